"""Rows of groups, figures with a slash, parts in brackets, words of delay, and tables that look back."""

from __future__ import annotations

import pandas as pd
import pytest
from laid import read_rows
from openpyxl import Workbook
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.facts.nature import with_parts
from minshi_analysis.facts.tables.states import beside_rate, noted
from minshi_analysis.intake.reader import read_document

TITLE = "张家界市2018年民生实事项目进度情况表"
PLAN = "金寨县2017年民生实事项目任务分解表"


def said(tables, name, *columns):
    rows = tables[name].astype(object)
    return [
        tuple(None if value != value or str(value) == "<NA>" else value for value in row)
        for row in rows[list(columns)].itertuples(index=False, name=None)
    ]


# ---- a table that looks back


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
@pytest.mark.parametrize(
    "caption",
    ["专栏1 “十一五”民政事业发展主要指标实现情况", "表1 民政事业发展完成情况", "“十一五”规划指标完成情况"],
)
def test_the_figures_of_the_plan_before_are_told(tmp_path, form, caption):
    rows = [
        ["主要项目和指标", "2005年", "2010年", "年均增长（%）"],
        ["民政事业费支出（亿元）", "24.3", "98.6", "32.3"],
        ["救助受灾群众（万人次）", "〔1860〕", "<", "—"],
        ["福利彩票销售额（亿元）", "8.1", "22.5", "22.7"],
    ]
    path = tmp_path / f"plan.{form}"
    now = [
        ["序号", "主要指标", "2010年", "2015年"],
        ["1", "社会组织数（个）", "11000", "15000"],
        ["2", "养老床位（张）", "142000", "220000"],
    ]
    notice = Notice(
        ("江西省民政事业发展“十二五”规划",),
        (sheet(caption, 1, rows), sheet("专栏2 “十二五”主要指标", 1, now)),
    )
    tables = read_document(writers.FORMS[form](notice, path), kind="five_year_plan", year=2011, year_end=2015)
    held = set(tables["observations"]["value"].dropna()) | set(tables["indicators"]["baseline"].dropna())
    told = " ".join(tables["unread"]["text"].dropna())
    lost = [n for n in ("24.3", "98.6", "8.1", "22.5") if n not in told and float(n) * 1e4 not in held]
    assert lost == []
    assert "1860" in told or 18600000 in held


# ---- two figures with a slash


@pytest.mark.parametrize(
    ("unit", "head", "figures", "expected"),
    [
        ("个/泊位", "年度任务", "5/860", [(5, "个"), (860, "泊位")]),
        ("所/个", "目标任务", "4/1200", [(4, "所"), (1200, "个")]),
        ("处／公里", "年度目标", "12／36.5", [(12, "处"), (36.5, "公里")]),
        ("座/米", "年度任务", "3 / 1500", [(3, "座"), (1500, "米")]),
        ("", "年度任务（个/张）", "2/300", [(2, "个"), (300, "张")]),
    ],
)
@pytest.mark.parametrize("form", ["xlsx", "html", "docx", "csv"])
def test_two_units_with_a_slash_have_two_figures(tmp_path, form, unit, head, figures, expected):
    rows = [
        ["序号", "项目名称", "计量单位", head, "责任单位"],
        ["1", "市中心城区公共停车场建设", unit, figures, "市城管局"],
        ["2", "农村危房改造", "户", "2980", "市住建局"],
        ["3", "新增城镇就业人员", "人", "15000", "市人社局"],
    ]
    found = said(read_rows(tmp_path, form, rows, TITLE), "targets", "value", "unit")
    assert found[:2] == expected and (2980, "户") in found


@pytest.mark.parametrize("unit", ["个", "", "—"])
@pytest.mark.parametrize("figures", ["5/860", "3/12", "约5/860"])
@pytest.mark.parametrize("form", ["xlsx", "html"])
def test_a_target_is_never_a_quotient(tmp_path, form, figures, unit):
    rows = [
        ["序号", "项目名称", "计量单位", "年度任务", "责任单位"],
        ["1", "公共停车场建设", unit, figures, "市城管局"],
        ["2", "农村危房改造", "户", "2980", "市住建局"],
        ["3", "新增城镇就业人员", "人", "15000", "市人社局"],
    ]
    tables = read_rows(tmp_path, form, rows, TITLE)
    assert said(tables, "targets", "value") == [(2980,), (15000,)]
    assert figures in tables["unread"]["text"].tolist()


# ---- what 其中 reaches


@pytest.mark.parametrize(
    "between",
    [
        "\t4385\t2300\t1225\t\t860\t\t县民政局\n3\t残疾人救助\t",
        "\t县民政局\n3\t",
        "\n3.",
        "\n",
    ],
)
@pytest.mark.parametrize("ids", [("2", "3"), ("1.2", "1.3")])
def test_an_among_lists_the_parts_of_one_task(between, ids):
    rows = [
        (ids[0], 1, "供养特困人员", 6850.0),
        (ids[0], 2, "集中供养", 1900.0),
        (ids[1], 1, "困难残疾人生活补贴", 4286.0),
    ]
    told = {"unit": "人", "bound": "exact", "nature": "flow", "part_of": pd.NA}
    targets = pd.DataFrame(
        {"target_id": f"d/{task}#{n}", "task_id": f"d/{task}", "measure": name, "value": value} | told
        for task, n, name, value in rows
    ).astype({"part_of": "string", "nature": "string"})
    text = f"2\t供养特困人员6850人，其中集中供养1900人{between}发放困难残疾人生活补贴4286人；\n发放"
    found = with_parts(targets, text)["part_of"]
    assert found.isna().tolist() == [True, False, True] and found[1] == f"d/{ids[0]}#1"


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("新增公共停车位1500个（含新能源充电车位150个）", {150: 1500}),
        ("新增养老床位800张(包括护理型床位300张)，改造厨房20个", {300: 800}),
        ("新建幼儿园12所（其中公办园7所），改造小学3所", {7: 12}),
        ("新增学位900个（包含公办学位（小学）400个），改造公厕30座", {400: 900}),
        ("新增停车位1500个（不含路边车位200个）", {}),
        ("新增体育场地30处（含）以上，建设公园10处", {}),
    ],
)
@pytest.mark.parametrize("form", ["xlsx", "txt"])
def test_what_a_bracket_includes_is_a_part(tmp_path, form, words, parts):
    rows = [["序号", "实施内容", "责任单位"], ["1", words, "市城管局"], ["2", "改造农村危房50户", "市住建局"]]
    targets = read_rows(tmp_path, form, rows, PLAN)["targets"]
    ids = targets.set_index("target_id")["value"]
    found = {row.value: ids[row.part_of] for row in targets.dropna(subset="part_of").itertuples()}
    assert found == parts


# ---- a group's row over all columns


@pytest.mark.parametrize("mark", ["一", "一、", "（一）", "第一类"])
@pytest.mark.parametrize(("name", "width"), [("省定项目", 4), ("教育类（2项）", 4), ("生活保障", 3)])
@pytest.mark.parametrize("form", ["xlsx", "html", "docx"])
def test_a_name_over_all_columns_is_a_programme(tmp_path, form, mark, name, width):
    over = [mark, name, *["<"] * (width - 1), *[""] * (4 - width)]
    rows = [
        ["序号", "项目名称", "年度任务", "完成情况", "责任单位"],
        over,
        ["1", "城镇棚户区改造", "3896套", "3896套", "市住建局"],
        ["2", "农村危房改造", "2980户", "2913户", "市住建局"],
        [over[0].replace("一", "二"), "市定项目", *over[2:]],
        ["3", "新增停车位", "860个", "486个", "市城管局"],
    ]
    tables = read_rows(tmp_path, form, rows, TITLE)
    found = said(tables, "tasks", "programme", "text", "lead_agency")
    assert [row[2] for row in found] == ["市住建局", "市住建局", "市城管局"]
    assert [row[0][:2] for row in found] == [name[:2], name[:2], "市定"]
    assert tables["outcomes"]["value"].tolist() == [3896, 2913, 486]


def test_a_promise_over_several_columns_stays_a_task(tmp_path):
    rows = [
        ["序号", "项目名称", "年度任务", "责任单位"],
        ["一", "新建公园5个", "<", "市城管局"],
        ["二", "改造农村危房20户", "<", "市住建局"],
    ]
    tables = read_rows(tmp_path, "xlsx", rows, TITLE)
    assert said(tables, "targets", "value") == [(5,), (20,)]


# ---- words of delay


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("进度滞后", "behind"),
        ("严重滞后", "behind"),
        ("工程进度略有滞后。", "behind"),
        ("推进缓慢", "behind"),
        ("整体进展偏慢", "behind"),
        ("滞后于时序进度", "behind"),
        ("未达到时序进度", "behind"),
        ("达到时序进度", "in_progress"),
        ("已达到序时进度要求", "in_progress"),
        ("符合时序进度", "in_progress"),
        ("超额完成", "over"),
        ("新区幼儿园进度滞后", None),
        ("管网已铺设38公里", None),
        ("县民生实事", None),
    ],
)
def test_what_a_note_says_of_the_pace(words, status):
    assert noted(words) == status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("22%（严重滞后）", "behind"),
        ("进度滞后，仅完成40%", "behind"),
        ("完成35%,推进缓慢", "behind"),
        ("完成60%，达到时序进度", "in_progress"),
        ("80%（新区实验幼儿园进度滞后）", None),
        ("57%（赤溪、灵溪偏慢）", None),
        ("95%", None),
        ("已完成95%", None),
    ],
)
def test_what_is_said_beside_a_rate(words, status):
    assert beside_rate(words) == status


@pytest.mark.parametrize("form", ["xlsx", "html", "txt"])
@pytest.mark.parametrize("column", ["完成率", "当前完成率"])
def test_delays_are_statuses_in_tables(tmp_path, form, column):
    rows = [
        ["序号", "项目内容", column, "责任单位", "备注"],
        ["1", "推进县职业中专扩容提升", "22%（严重滞后）", "市教育局", ""],
        ["2", "改造农贸市场6家", "40%", "市市场监管局", "进度滞后"],
        ["3", "改造卫生院8家", "75%", "市卫健局", "达到时序进度"],
        ["4", "打通断头路12条", "88%（金乡镇推进缓慢）", "市住建局", ""],
    ]
    tables = read_rows(tmp_path, form, rows, TITLE)
    assert said(tables, "outcomes", "rate_claimed", "status_claimed") == [
        (22, "behind"),
        (40, "behind"),
        (75, "in_progress"),
        (88, None),
    ]


def test_a_workbook_whose_group_is_merged(tmp_path):
    book = Workbook()
    page = book.active
    for row in (
        [TITLE],
        ["序号", "项目名称", "计量单位", "年度任务", "完成数", "责任单位"],
        ["一", "省定项目"],
        [1, "农村危房改造", "户", 2980, 2913, "市住建局"],
        ["二", "市定项目"],
        [2, "公共停车场建设", "个/泊位", "5/860", "3/486", "市城管局"],
    ):
        page.append(row)
    for cells in ("A1:F1", "B3:F3", "B5:F5"):
        page.merge_cells(cells)
    book.save(tmp_path / "table.xlsx")
    tables = read_document(tmp_path / "table.xlsx")
    assert said(tables, "tasks", "programme", "item_no") == [("省定项目", "1"), ("市定项目", "2")]
    assert said(tables, "targets", "value", "unit") == [(2980, "户"), (5, "个"), (860, "泊位")]
    assert "3/486" in tables["unread"]["text"].tolist()
