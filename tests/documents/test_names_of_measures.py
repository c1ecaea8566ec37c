"""What the figures of whole documents are called: titles beside their parts, bare results, standards of two periods."""

from __future__ import annotations

import pytest
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

FORMS = {
    "html": (writers.to_html, ".html"),
    "docx": (writers.to_docx, ".docx"),
    "xlsx": (writers.to_xlsx, ".xlsx"),
    "pipes": (writers.to_pipes, ".txt"),
}


def tables_of(tmp_path, form, rows):
    write, suffix = FORMS[form]
    title = "福清市2022年为民办实事项目完成情况表"
    path = write(Notice((title,), (sheet("", 1, rows),)), tmp_path / f"page{suffix}")
    return read_document(path, region="福清市", year=2022, kind="completion")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["每千人口床位数", "人均公园绿地面积", "每千人口托位数"])
def test_a_bare_result_is_called_by_its_one_target(tmp_path, form, name):
    unit = "平方米" if "面积" in name else "张"
    rows = [
        ["序号", "指标内容", "单位", "目标值", "完成值"],
        ["1", "新增公办学位", "个", "2700", "2970"],
        ["2", name, unit, "5.2", "5.31"],
        ["3", "新建公办幼儿园", "所", "3", "3"],
    ]
    outcomes = tables_of(tmp_path, form, rows)["outcomes"]
    assert outcomes[["measure", "value"]].values.tolist() == [
        ["公办学位", 2970],
        [name, 5.31],
        ["公办幼儿园", 3],
    ]
    assert outcomes["target_id"].notna().all()


PLAN = "三都水族自治县2023年十件民生实事实施方案\n\n一、实施教育工程。新建公办幼儿园3所。\n二、实施救助提标工程。{}\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "农村低保年人均保障标准由4850元提高到5236元，城市低保月标准由656元提高到680元。",
            [["农村低保年人均保障标准", 5236, "元/年"], ["城市低保月标准", 680, "元/月"]],
        ),
        (
            "农村低保标准由每人每年4850元提高到5236元，城市低保标准由600元提高到650元。",
            [["农村低保标准", 5236, "元/年"], ["城市低保标准", 650, "元"]],
        ),
        (
            "城市低保标准由每人每月680元提高到720元，护理补贴年标准由620元提高到660元。",
            [["城市低保标准", 720, "元/月"], ["护理补贴年标准", 660, "元/年"]],
        ),
        ("城镇低保月人均标准由668元提高到715元。", [["城镇低保月人均标准", 715, "元/月"]]),
    ],
)
def test_a_standard_has_the_period_of_its_own_clause(tmp_path, said, expected):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN.format(said), encoding="utf-8")
    targets = read_document(path, region="三都水族自治县", year=2023, kind="plan")["targets"]
    assert targets[["measure", "value", "unit"]].values.tolist()[1:] == expected


HEAD = "<tr><td>序号</td><td colspan=2>民生实事项目名称</td><td>责任单位</td><td>目标任务</td><td>完成情况</td></tr>"


@pytest.mark.parametrize(
    ("part", "aim", "expected"),
    [
        ("城市低保补差水平达到300元/人", "100%", "城市低保补差水平"),
        ("完成在职参保人数6300人", "6300人", "在职参保人数"),
        ("新增养老床位", "300张", "养老床位"),
        ("发放临时救助金", "500万元", "临时救助金"),
    ],
)
def test_a_title_is_no_part_of_the_name_beside_it(tmp_path, part, aim, expected):
    title = "深化养老保险制度改革和提高城乡低保补助标准"
    rows = (
        f"<tr><td rowspan=2>1</td><td rowspan=2>{title}</td><td>{part}</td><td>民政局</td><td>{aim}</td><td>{aim}</td></tr>"
        "<tr><td>新增公办学位</td><td>教育局</td><td>200个</td><td>200个</td></tr>"
        "<tr><td>2</td><td colspan=2>新增城镇就业</td><td>人社局</td><td>8950人</td><td>7356人</td></tr>"
    )
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><body><h2>岳阳楼区2017年民生实事完成情况表</h2><table>{HEAD}{rows}</table></body></html>",
        encoding="utf-8",
    )
    tables = read_document(path, region="岳阳楼区", year=2017, kind="completion")
    assert tables["targets"]["measure"].tolist() == [expected, "公办学位", "新增城镇就业"]
    assert tables["tasks"]["text"].iloc[0] == f"{title}：{part}"
