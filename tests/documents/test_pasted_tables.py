"""Tables pasted from a browser: line breaks inside cells, and rows of which one cell alone is not merged."""

from __future__ import annotations

import pytest
from notices import sure

from minshi_analysis.intake.reader import read_document

HEAD = "序号\t工作任务\t责任单位\t进展情况\t推进状态\n"


def read(folder, text):
    path = folder / "table.txt"
    path.write_text("磐安县2023年民生实事项目进展情况\n" + text, encoding="utf-8")
    return read_document(path, region="330727", year=2023)


def promised(tables):
    rows = tables["targets"]
    return list(zip(rows["value"], rows["unit"], strict=True))


def results(tables):
    rows = tables["outcomes"]
    return [] if rows.empty else rows[rows["value"].notna()]["value"].tolist()


@pytest.mark.parametrize(
    "lone", ["新增学位540个", "其中新增普惠学位540个", "公办学校学位达到540个以上", "培训学位教师540个"]
)
def test_a_row_that_is_merged_but_for_its_promise_goes_on_with_the_item_above(tmp_path, lone):
    tables = read(
        tmp_path,
        f"{HEAD}1\t新建公办幼儿园2所\t县教育局\t已建成1所。\t顺利推进\n{lone}\n"
        "2\t改造老旧小区6个\t县建设局\t已完成改造4个。\t顺利推进\n",
    )
    assert promised(tables) == [(2, "所"), (540, "个"), (6, "个")]
    assert tables["tasks"]["item_no"].tolist() == ["1", "1", "2"]
    assert tables["tasks"]["programme"].isna().all()
    assert results(tables) == [1, 4]


@pytest.mark.parametrize(
    ("rows", "task", "outcome"),
    [
        (
            "1\t新建公办幼儿园2所\t县教育局\t进展情况:已建成1所。\n下步打算:增加施工人员。\t顺利推进\n",
            "新建公办幼儿园2所",
            "进展情况:已建成1所。下步打算:增加施工人员。",
        ),
        (
            "1\t新建公办幼儿园2所;\n新增学位540个\t县教育局\t已建成1所。\t顺利推进\n",
            "新建公办幼儿园2所;新增学位540个",
            "已建成1所。",
        ),
        (
            "1\t新建公办幼儿园2所\t县教育局\n县财政局\t已建成1所。\n存在问题:用地不足。\n下步打算:加快报批。\t未完成\n",
            "新建公办幼儿园2所",
            "已建成1所。存在问题:用地不足。下步打算:加快报批。",
        ),
    ],
)
def test_a_line_break_inside_a_cell_ends_no_row(tmp_path, rows, task, outcome):
    tables = read(tmp_path, f"{HEAD}{rows}2\t改造老旧小区6个\t县建设局\t已完成改造4个。\t顺利推进\n")
    assert tables["tasks"]["text"].tolist() == [task, "改造老旧小区6个"]
    assert results(tables) == [1, 4]
    assert tables["outcomes"]["text"].iloc[0] == outcome


def test_lines_between_rows_are_headings_or_the_last_cell(tmp_path):
    tables = read(
        tmp_path,
        "序号\t项目名称\t目标任务\t牵头单位\t配合单位\n一、教育惠民\n"
        "1\t幼儿园建设\t新建公办幼儿园2所\t县教育局\t县财政局\n县建设局\n2\t学位扩容\t新增学位540个\t县教育局\t县财政局\n"
        "二、健康守护\n1\t卫生院改造\t改造卫生院3家\t县卫健局\t县财政局\n",
    )
    assert promised(tables) == [(2, "所"), (540, "个"), (3, "家")]
    assert tables["tasks"]["lead_agency"].tolist() == ["县教育局", "县教育局", "县卫健局"]
    assert "教育" in tables["tasks"]["programme"][0] and "健康" in tables["tasks"]["programme"][2]


def test_a_line_that_may_be_the_rest_of_the_last_cell_is_doubted(tmp_path):
    tables = read(
        tmp_path,
        "序号\t工作任务\t责任单位\t进展情况\n1\t新建公办幼儿园2所\t县教育局\t已建成1所,\n新增学位540个\n"
        "2\t改造老旧小区6个\t县建设局\t已完成改造4个。\n",
    )
    of_line = tables["tasks"][tables["tasks"]["text"].str.contains("540")]["task_id"]
    confidence = tables["confidence"].set_index("row_id")["confidence"]
    assert (confidence[of_line] < 0.8).all()
    assert (6, "个") in promised(tables) and results(tables) == [1, 4]


def test_a_line_behind_a_table_is_none_of_its_rows(tmp_path):
    tables = read(
        tmp_path,
        "序号\t工作任务\t责任单位\n1\t新建公办幼儿园2所\t县教育局\n2\t改造老旧小区6个\t县建设局\n新增停车泊位300个。\n"
        "表二\n序号\t工作任务\t责任单位\n3\t新增床位30张\t县民政局\n",
    )
    assert promised(tables) == [(2, "所"), (6, "个"), (30, "张")]
    assert (sure(tables) >= 0.8).all()
    assert "300个" in " ".join(tables["unread"]["text"].dropna())
