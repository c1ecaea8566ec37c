"""Projects with their parts, and the sums of parts: whose each row is, and which rows are nobody's task."""

from __future__ import annotations

import csv

import pytest
from notices import sure
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

TITLE = "杭州市2018年民生实事项目任务分解表"
FORMS = ("csv", "txt", "md", "html", "docx", "xlsx")


def written(path, form, rows, title=TITLE):
    """A file of rows in which ``^`` goes on from above: merged where the form can, else blank."""
    if form == "csv":
        plain = [["" if cell in ("^", "<") else cell for cell in row] for row in rows]
        with (path / "table.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[title, *[""] * (len(rows[0]) - 1)], *plain])
        return path / "table.csv"
    return writers.FORMS[form](Notice((), (sheet(title, 1, rows),)), path / f"table.{form}")


def read(path, form, rows, title=TITLE, **known):
    return read_document(written(path, form, rows, title), **known)


# ---- parts in a column of their own, with the project's number and name printed once

ROWS = [
    ["1", "农村道路", "提升改造农村公路", "公里", "380", "市交通局", "11月底"],
    ["^", "^", "城市道路增亮", "条", "60", "市城管委", "10月底"],
    ["2", "消防安全", "升级社区微型消防站", "个", "68", "市消防局", "11月底"],
    ["^", "^", "设置电动自行车充放点", "处", "1000", "市公安局", "9月底"],
]
EACH = [
    ("农村道路", "提升改造农村公路", "市交通局", "2018-11-30", 380, "公里"),
    ("农村道路", "城市道路增亮", "市城管委", "2018-10-31", 60, "条"),
    ("消防安全", "升级社区微型消防站", "市消防局", "2018-11-30", 68, "个"),
    ("消防安全", "设置电动自行车充放点", "市公安局", "2018-09-30", 1000, "处"),
]
PARTS = ("子项目", "子项", "子项目名称", "分项", "小项", "细项名称", "子工程", "具体任务")


def heads(first, part):
    return ["序号", first, part, "单位", "目标任务", "牵头单位", "完成时限"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("first", ["项目名称", "工程名称"])
@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_a_task_under_its_project(tmp_path, form, first, part):
    tables = read(tmp_path, form, [heads(first, part), *ROWS])
    rows = tables["tasks"].merge(tables["targets"], on="task_id")
    said = rows[["programme", "text", "lead_agency", "deadline", "value", "unit"]]
    assert list(said.itertuples(index=False, name=None)) == EACH
    assert sure(tables).min() == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["甲乙", "环节"])
def test_words_below_a_head_that_nobody_knows_are_kept_and_doubted(tmp_path, form, head):
    tables = read(tmp_path, form, [heads("项目名称", head), *ROWS])
    assert "；".join(tables["tasks"][head]) == "；".join(text for _, text, *_ in EACH)
    told = "".join(tables["unread"]["text"].dropna()) + "".join(tables["tasks"]["lead_agency"])
    assert all(lead in told for _, _, lead, *_ in EACH)
    assert sure(tables).max() < 0.8


@pytest.mark.parametrize("form", FORMS)
def test_the_project_between_its_group_and_its_parts_is_kept(tmp_path, form):
    rows = [
        [row[0], "^" if row[0] == "^" else "城建类", *row[1:3], row[4] + row[3], *row[5:]] for row in ROWS
    ]
    tasks = read(
        tmp_path, form, [["序号", "类别", "项目名称", "子项", "数量", "牵头单位", "完成时限"], *rows]
    )["tasks"]
    assert tasks["text"].tolist() == [text for _, text, *_ in EACH]
    assert set(tasks["programme"]) == {"城建类"}
    assert list(dict.fromkeys(tasks["项目名称"].dropna())) == ["农村道路", "消防安全"]


@pytest.mark.parametrize("form", FORMS)
def test_lines_of_targets_and_results_are_no_parts(tmp_path, form):
    rows = [
        ["事项", "分项", "单位", "全市", "鹿城区", "龙湾区", "瓯海区"],
        ["新建停车位", "目标", "个", "90", "30", "40", "20"],
        ["新建停车位", "完成", "个", "66", "21", "30", "15"],
    ]
    tables = read(
        tmp_path, form, rows, "温州市2018年停车位建设情况", region="温州市", year=2018, kind="progress"
    )
    assert tables["tasks"]["text"].tolist() == ["新建停车位"]
    assert tables["targets"]["value"].tolist() == [90]
    assert tables["outcomes"]["value"].tolist() == [66, 21, 30, 15]
