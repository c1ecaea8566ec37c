"""Lists of duties: what is promised in one column, and in the next the measures and steps, with figures of their own."""

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
    title = "磐安县2024年民生实事项目责任分解表"
    path = write(Notice((title,), (sheet("", 1, rows),)), tmp_path / f"page{suffix}")
    return read_document(path, region="磐安县", year=2024, kind="plan")


def promised(tables):
    return tables["targets"][["measure", "value", "unit"]].values.tolist()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["推进措施", "主要工作", "实施步骤", "工作举措", "落实措施"])
def test_dated_steps_are_milestones_and_other_measures_no_promise(tmp_path, form, head):
    rows = [
        ["序号", "实事项目", head, "完成时限", "牵头单位"],
        ["1", "新建农村公路50公里", "3月底前完成招标；6月底前建成20公里。", "11月底", "县交通局"],
        ["2", "新增养老床位200张", "组建专班3个，每月调度2次。", "12月底", "县民政局"],
        ["3", "改造老旧小区30个", "4月底前开工10个；8月底前完工20个", "10月底", "县住建局"],
    ]
    tables = tables_of(tmp_path, form, rows)
    assert promised(tables) == [["农村公路", 50, "公里"], ["养老床位", 200, "张"], ["老旧小区", 30, "个"]]
    assert not len(tables["outcomes"])
    steps = tables["milestones"].dropna(subset=["due", "value"])
    assert steps[["due", "value", "kind"]].values.tolist() == [
        ["2024-06-30", 20, "quantity"],
        ["2024-04-30", 10, "stage"],
        ["2024-08-31", 20, "quantity"],
    ]
    assert tables["confidence"]["confidence"].min() >= 0.8
    told = " ".join(tables["unread"]["text"])
    assert "3个" in told


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["工作举措及实施计划", "推进措施和时间安排", "实施步骤"])
def test_numbered_steps_begin_with_their_month(tmp_path, form, head):
    rows = [
        ["序号", "实事项目", head, "牵头单位"],
        [
            "1",
            "新建学校7所",
            "1.4月底前6所学校主体完工。2.8月底前6所竣工交付。3.11月底前全部投用。",
            "县教育局",
        ],
        ["2", "新增托位500个", "（1）3月底前新增托位100个；（2）9月底前完成托位500个。", "县卫健局"],
        ["3", "新建步道1.5公里", "1、5月底前开工。2、9月底前建成步道1.5公里。", "县住建局"],
    ]
    tables = tables_of(tmp_path, form, rows)
    assert promised(tables) == [["学校", 7, "所"], ["托位", 500, "个"], ["步道", 1.5, "公里"]]
    steps = tables["milestones"]
    assert steps["due"].tolist() == [
        *("2024-04-30", "2024-08-31", "2024-11-30", "2024-03-31", "2024-09-30", "2024-05-31", "2024-09-30")
    ]
    assert steps["value"].dropna().tolist() == [6, 6, 100, 500, 1.5]
    assert steps["kind"].tolist()[:2] == ["stage", "quantity"]
    assert not len(tables["unread"])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["工作措施", "具体做法", "推进举措"])
def test_the_aims_beside_the_measures_are_the_promises(tmp_path, form, head):
    rows = [
        ["序号", "实事项目", "工作目标", head, "完成时限", "牵头单位"],
        [
            "1",
            "口袋公园建设",
            "建成口袋公园12个",
            "组建专班3个；每个公园配备健身器材5件",
            "2024年12月",
            "县住建局",
        ],
        ["2", "两癌检查", "为5000名妇女免费检查", "成立3支检查队，下乡40次", "2024年12月", "县卫健局"],
    ]
    tables = tables_of(tmp_path, form, rows)
    assert promised(tables) == [["口袋公园", 12, "个"], ["妇女", 5000, "名"]]
    assert tables["tasks"]["programme"].tolist() == ["口袋公园建设", "两癌检查"]
    told = " ".join(tables["unread"]["text"])
    assert all(figure in told for figure in ("3个", "5件", "40次"))
    assert tables["confidence"]["confidence"].min() >= 0.8


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["主要工作", "推进措施", "主要举措"])
def test_measures_beside_bare_names_are_the_promises(tmp_path, form, head):
    rows = [
        ["序号", "实事项目", head, "责任单位"],
        ["1", "农村道路提升", "新建农村公路50公里，改造危桥6座", "县交通局"],
        ["2", "养老服务提升", "建成敬老院2家，新增床位200张", "县民政局"],
    ]
    tables = tables_of(tmp_path, form, rows)
    assert [value for _, value, _ in promised(tables)] == [50, 6, 2, 200]
    assert not len(tables["outcomes"])
