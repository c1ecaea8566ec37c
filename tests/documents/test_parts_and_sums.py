"""Projects with their parts, and the sums of parts: whose each row is, and which rows are nobody's task."""

from __future__ import annotations

import pytest
from laid import FORMS, read_rows
from notices import sure

TITLE = "杭州市2018年民生实事项目任务分解表"

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
    tables = read_rows(tmp_path, form, [heads(first, part), *ROWS], TITLE)
    rows = tables["tasks"].merge(tables["targets"], on="task_id")
    said = rows[["programme", "text", "lead_agency", "deadline", "value", "unit"]]
    assert list(said.itertuples(index=False, name=None)) == EACH
    assert sure(tables).min() == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["甲乙", "环节"])
def test_words_below_a_head_that_nobody_knows_are_kept_and_doubted(tmp_path, form, head):
    tables = read_rows(tmp_path, form, [heads("项目名称", head), *ROWS], TITLE)
    assert "；".join(tables["tasks"][head]) == "；".join(text for _, text, *_ in EACH)
    told = "".join(tables["unread"]["text"].dropna()) + "".join(tables["tasks"]["lead_agency"])
    assert all(lead in told for _, _, lead, *_ in EACH)
    assert sure(tables).max() < 0.8


@pytest.mark.parametrize("form", FORMS)
def test_the_project_between_its_group_and_its_parts_is_kept(tmp_path, form):
    rows = [
        [row[0], "^" if row[0] == "^" else "城建类", *row[1:3], row[4] + row[3], *row[5:]] for row in ROWS
    ]
    top = ["序号", "类别", "项目名称", "子项", "数量", "牵头单位", "完成时限"]
    tasks = read_rows(tmp_path, form, [top, *rows], TITLE)["tasks"]
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
    tables = read_rows(
        tmp_path, form, rows, "温州市2018年停车位建设情况", region="温州市", year=2018, kind="progress"
    )
    assert tables["tasks"]["text"].tolist() == ["新建停车位"]
    assert tables["targets"]["value"].tolist() == [90]
    assert tables["outcomes"]["value"].tolist() == [66, 21, 30, 15]


# ---- sums of a group among its tasks

MONEY = [
    "序号",
    "民生工程",
    "项目名称及目标任务",
    "合计(万元)",
    "中央(万元)",
    "县级(万元)",
    "牵头单位",
    "完成时限",
]
GROUPS = [
    (
        ["一", "就业促进工程", "SUM", "500", "300", "200", "", ""],
        ["1", "^", "开展技能培训4200人次", "200", "100", "100", "县人社局", "12月底"],
        ["2", "^", "新增就业1800人", "300", "200", "100", "县就业局", "11月底"],
    ),
    (
        ["二", "扶贫解困工程", "SUM", "800", "400", "400", "", ""],
        ["3", "^", "改造危房1500户", "600", "300", "300", "县住建局", "10月底"],
        ["4", "^", "新建敬老院2所", "200", "100", "100", "县民政局", "12月底"],
    ),
]
SPONSORED = "通江县2013年民生工程项目及资金安排表"


def before(word):
    """A group's sum above its tasks, beside its name."""
    return [[cell.replace("SUM", word) for cell in row] for group in GROUPS for row in group]


def behind(word):
    """A group's sum below its tasks, beside which its name goes on."""
    rows = []
    for sums, first, second in GROUPS:
        rows += [[first[0], sums[1], *first[2:]], second, ["", "^", word, *sums[3:]]]
    return rows


@pytest.mark.parametrize("form", [*FORMS, "pdf"])
@pytest.mark.parametrize("laid", [before, behind])
@pytest.mark.parametrize("word", ["小计", "合计", "小 计"])
def test_the_sum_of_a_group_is_no_task_and_its_money_is_counted_once(tmp_path, form, laid, word):
    total = ["总计", "", "", "1300", "700", "600", "", ""]
    tables = read_rows(tmp_path, form, [MONEY, *laid(word), total], SPONSORED)
    tasks, money, totals = (tables[name] for name in ("tasks", "funding", "totals"))
    assert tasks["programme"].tolist() == ["就业促进工程"] * 2 + ["扶贫解困工程"] * 2
    assert tasks["lead_agency"].tolist() == ["县人社局", "县就业局", "县住建局", "县民政局"]
    assert money[money["funder"] == "total"]["amount_wan"].tolist() == [200, 300, 600, 200]
    assert totals[totals["column"] == "total"]["value"].tolist() == [500, 800, 1300]
    if laid is before:
        assert totals["subject"].drop_duplicates().tolist() == ["就业促进工程", "扶贫解困工程", "总计"]
    assert sure(tables).min() >= 0.9


@pytest.mark.parametrize("form", FORMS)
def test_the_sum_of_the_parts_of_a_project_is_no_part(tmp_path, form):
    rows = [["1", "农村道路", "小计", "公里", "440", "", ""], ["^", "^", *ROWS[0][2:]]]
    rows += [["^", "^", "改造连村路", "公里", "60", "市城管委", "10月底"], *ROWS[2:]]
    tables = read_rows(tmp_path, form, [heads("项目名称", "子项目"), *rows], TITLE)
    assert tables["tasks"]["text"].tolist() == [EACH[0][1], "改造连村路", EACH[2][1], EACH[3][1]]
    assert tables["targets"]["value"].tolist() == [380, 60, 68, 1000]
    assert "440" in tables["unread"]["text"].tolist()


@pytest.mark.parametrize("form", FORMS)
def test_the_sum_of_a_field_is_no_project(tmp_path, form):
    top = ["序号", "领域", "项目名称", "建设年限", "总投资(亿元)", "责任单位"]
    rows = [
        ["一", "教育", "小计", "", "3.5", ""],
        ["1", "^", "第二中学新校区", "2021-2023", "2.5", "市教育局"],
        ["2", "^", "职业学院扩建", "2022-2024", "1", "市教育局"],
        ["二", "医疗", "小计", "", "6", ""],
        ["3", "^", "市人民医院门诊楼", "2021-2024", "4", "市卫健委"],
        ["4", "^", "市中医院", "2021-2025", "2", "市卫健委"],
    ]
    known = {"region": "酒泉市", "year": 2021, "year_end": 2025, "kind": "five_year_plan"}
    tables = read_rows(tmp_path, form, [top, *rows], "酒泉市“十四五”公共服务重大项目表", **known)
    assert tables["investments"]["total_yi"].tolist() == [2.5, 1, 4, 2]
    assert tables["totals"]["value"].tolist() == [3.5, 6]
    assert sure(tables).min() >= 0.9
