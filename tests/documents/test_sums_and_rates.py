"""Tables of offices: sums of groups among the tasks, rates of the money, labels over several rows, columns of one thing each."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from minshi_analysis.intake.reader import read_document

KNOWN = {"region": "341324", "year": 2023, "kind": "plan"}


def read(folder, rows, merged=(), **said):
    """Reads rows as a sheet of 泗县."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "table.xlsx")
    return read_document(folder / "table.xlsx", **KNOWN | said)


def page(folder, rows, **said):
    """Reads rows as a page's table; a cell that spans rows is a pair of its words and how many."""
    cells = [[c if isinstance(c, tuple) else (c, 1) for c in row] for row in rows]
    body = "".join(
        "<tr>" + "".join(f'<td rowspan="{down}">{words}</td>' for words, down in row) + "</tr>"
        for row in cells
    )
    (folder / "table.html").write_text(
        f"<html><body><p>泗县民生实事项目表</p><table>{body}</table></body></html>"
    )
    return read_document(folder / "table.html", **KNOWN | said)


def told(tables):
    return " ".join(tables["unread"]["text"].dropna())


def sure(tables):
    return set(tables["confidence"]["confidence"])


# ---- a label over several rows of which one has no number


@pytest.mark.parametrize("again", [None, "病有所医"])
def test_a_label_over_rows_without_numbers_is_printed_once(tmp_path, again):
    rows = [
        ["泗县“十四五”公共服务主要指标"],
        ["领域", "序号", "指标", "单位", "2020年", "2025年"],
        ["病有所医", 1, "每千人口医师数", "人", 1.75, 2.4],
        [again, None, "其中：中医类别", "人", 0.24, 0.4],
        ["老有所养", 2, "护理型床位占比", "%", 31, 55],
    ]
    merged = ["A1:F1"] if again else ["A1:F1", "A3:A4"]
    tables = read(tmp_path, rows, merged, year=2021, kind="five_year_plan")
    assert list(tables["indicators"]["field"]) == ["病有所医", "病有所医", "老有所养"]


def test_a_label_over_tasks_without_numbers_is_printed_once(tmp_path):
    tables = page(
        tmp_path,
        [
            ["序号", "类别", "建设内容", "责任单位"],
            ["1", ("教育", 2), "新建幼儿园3所", "县教育局"],
            ["", "新增学位540个", "县教育局"],
            ["2", "交通", "新建农村公路40公里", "县交通运输局"],
        ],
    )
    assert list(tables["tasks"]["programme"]) == ["教育", "教育", "交通"]


# ---- sums of groups


@pytest.mark.parametrize(
    ("number", "name"),
    [("一", "县级医院"), (None, "一、县级医院"), ("（一）", "县级医院"), (None, "县级医院")],
)
def test_sums_over_a_group_are_no_line_of_the_task_above(tmp_path, number, name):
    rows = [
        ["序号", "项目单位", "建设内容", "总投资（万元）", "中央", "县级"],
        [number, name, None, 940, 250, 690],
        [1, "县人民医院", "新建外科大楼21000平方米", 800, 200, 600],
        [2, "县中医院", "新建康复楼4200平方米", 140, 50, 90],
        [
            number and number.replace("一", "二"),
            name.replace("一", "二").replace("县级医院", "卫生院"),
            None,
            59,
            38,
            21,
        ],
        [3, "草沟镇中心卫生院", "新建门诊楼1600平方米", 34, 22, 12],
        [4, "大庄镇卫生院", "改建住院楼1200平方米", 25, 16, 9],
        ["合计", None, None, 999, 288, 711],
    ]
    tables = read(tmp_path, rows)
    assert list(tables["tasks"]["lead_agency"]) == [
        "县人民医院",
        "县中医院",
        "草沟镇中心卫生院",
        "大庄镇卫生院",
    ]
    amounts = tables["funding"].query("funder == 'total'")["amount_wan"]
    assert list(amounts) == [800, 140, 34, 25]
    assert min(sure(tables)) >= 0.9


def test_a_row_without_words_whose_money_is_no_sum_is_no_group(tmp_path):
    rows = [
        ["序号", "项目名称", "建设内容", "总投资（万元）"],
        [1, "农村公路", "新建农村公路40公里", 800],
        [2, "饮水工程", None, 300],
        [3, "卫生室", "新建卫生室18所", 120],
        [4, "幼儿园", "新建幼儿园2所", 260],
    ]
    tables = read(tmp_path, rows)
    assert "饮水工程" not in set(tables["tasks"]["programme"].dropna()) - {"饮水工程"}
    third = tables["tasks"][tables["tasks"]["text"].str.contains("卫生室")].iloc[0]
    assert third["programme"] != "饮水工程"


# ---- rates of the money


@pytest.mark.parametrize("head", ["占年度计划%", "完成率", "完成比例（%）", "进度（%）"])
def test_a_rate_that_is_that_of_the_money_beside_is_none_of_the_works(tmp_path, head):
    rows = [
        ["序号", "项目名称", "建设内容", "计划投资（万元）", "完成投资（万元）", head, "形象进度"],
        [1, "菜市场", "改造菜市场5个", 2350, 2010, 85.5, "已完成3个"],
        [2, "小区", "改造老旧小区8个", 7000, 7240, 103.4, "已完成8个"],
        [3, "托位", "新增托位360个", 680, 544, 80, "新增托位288个"],
    ]
    tables = read(tmp_path, rows, kind="progress")
    assert tables["outcomes"]["rate_claimed"].isna().all()
    assert sorted(tables["outcomes"]["value"].dropna()) == [3, 8, 288]
    assert {"85.5", "103.4"} <= set(told(tables).split())


def test_a_rate_of_the_works_beside_money_stays_theirs(tmp_path):
    rows = [
        ["序号", "项目名称", "建设内容", "计划投资（万元）", "完成投资（万元）", "完成率（%）", "完成数量"],
        [1, "菜市场", "改造菜市场5个", 2350, 2010, 60, "3个"],
        [2, "小区", "改造老旧小区8个", 7000, 7240, 100, "8个"],
        [3, "托位", "新增托位360个", 680, 544, 80, "288个"],
    ]
    tables = read(tmp_path, rows, kind="progress")
    assert sorted(tables["outcomes"]["rate_claimed"].dropna()) == [60, 80, 100]


# ---- who answers stands under the regions; shares with signs between thousands


@pytest.mark.parametrize(
    ("label", "first"), [("责任单位", "6,800"), ("牵头部门", "12,000"), ("责任部门", "1,234,000")]
)
def test_who_answers_may_stand_under_the_regions(tmp_path, label, first):
    whole = int(first.replace(",", "")) + 200
    (tmp_path / "t.csv").write_text(
        "青海省2016年为民办实事任务分解表,,\n市（州）,危旧房改造（户）,新建幼儿园（所）\n"
        f'西宁市,"{first}",12\n海东市,200,21\n全省合计,"{whole:,}",33\n{label},省住建厅,省教育厅、省财政厅\n'
    )
    tables = read_document(tmp_path / "t.csv", region="630000", year=2016, kind="plan")
    assert list(tables["tasks"]["lead_agency"].str.split("、").str[0]) == ["省住建厅", "省教育厅"]
    assert list(tables["targets"]["value"]) == [whole, 33]
    assert list(tables["allocations"]["value"])[:2] == [whole - 200, 200]
    assert min(sure(tables)) >= 0.9


# ---- columns that tell of several things


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("进展情况、存在问题及下一步打算", "存在问题"),
        ("完成情况及存在问题", "存在的主要问题"),
        ("工作进展和下一步措施", "下一步措施"),
    ],
)
def test_a_column_that_tells_of_results_first_has_the_results(tmp_path, head, label):
    rows = [
        ["序号", "工作任务", "责任单位", head, "目标完成情况"],
        [
            1,
            "新增托位600个",
            "县卫健局",
            f"进展情况：已新增托位215个。\n{label}：还有12个托位未备案。",
            "顺利推进",
        ],
        [
            2,
            "新增充电桩320个",
            "县发改局",
            f"进展情况：已建成78个，9个班组进场。\n{label}：再选址40个。",
            "达到预期",
        ],
    ]
    tables = read(tmp_path, rows, kind="progress")
    assert list(tables["outcomes"]["value"].dropna()) == [215, 78]
    assert tables["outcomes"]["status_claimed"].isna().all()
    assert "12个" in told(tables) and "40个" in told(tables)


def test_words_alone_hold_no_figures_of_a_result(tmp_path):
    rows = [
        ["序号", "项目", "目标", "单位", "目标值", "完成数", "进度研判"],
        [1, "老果园", "改造老果园", "亩", 1200, 960, "快于序时"],
        [2, "供水", "新建蓄水池", "口", 12, 12, "已完成"],
    ]
    assert sure(read(tmp_path, rows, kind="progress")) == {1.0}


def test_a_stage_in_per_cent_is_of_what_stands_next_to_it(tmp_path):
    rows = [
        ["序号", "项目", "建设内容", "形象进度"],
        [1, "幼儿园", "新建幼儿园1所", "主体结顶，室内装修完成60%，场外工程完成20%"],
        [2, "菜市场", "改造菜市场5个", "已完成3个"],
    ]
    rows = read(tmp_path, rows, kind="progress")["outcomes"]
    rated = rows[rows["rate_claimed"].notna()]
    assert dict(zip(rated["rate_claimed"], rated["measure"], strict=True)) == {60: "室内装修", 20: "场外工程"}


# ---- columns of one thing each


@pytest.mark.parametrize(
    "head", ["新增床位（张）", "新增养老床位(张)", "新建病房床位（张）", "拟建床位（张）"]
)
def test_a_column_called_after_what_is_added_has_targets_beside_the_words(tmp_path, head):
    rows = [
        ["序号", "项目名称", "建设内容", head, "总投资（万元）"],
        [1, "县中医院", "新建康复楼4200平方米", 50, 1400],
        [2, "大庄镇卫生院", "改建住院楼1200平方米", 20, 250],
    ]
    tables = read(tmp_path, rows)
    assert list(zip(tables["targets"]["value"], tables["targets"]["unit"], strict=True)) == [
        (4200, "平方米"),
        (50, "张"),
        (1200, "平方米"),
        (20, "张"),
    ]
    assert tables["targets"]["measure"].iloc[1].endswith("床位")
    assert min(sure(tables)) >= 0.9


@pytest.mark.parametrize(
    "head", ["现有床位（张）", "2022年新增床位（张）", "受益人口（人）", "新增已完工床位（张）"]
)
def test_a_column_of_what_there_is_adds_nothing(tmp_path, head):
    rows = [
        ["序号", "项目名称", "建设内容", head],
        [1, "县中医院", "新建康复楼4200平方米", 57],
        [2, "大庄镇卫生院", "改建住院楼1200平方米", 23],
    ]
    tables = read(tmp_path, rows)
    assert set(tables["targets"]["value"]) == {4200, 1200}
    assert "57" in told(tables)


def test_a_figure_over_two_tasks_is_neither_s(tmp_path):
    rows = [
        ["序号", "项目名称", "建设内容", "新增床位（张）"],
        [1, "县中医院", "新建康复楼4200平方米", 57],
        [2, "大庄镇卫生院", "改建住院楼1200平方米", None],
        [3, "草沟镇卫生院", "新建门诊楼1600平方米", 24],
    ]
    tables = read(tmp_path, rows, ["D2:D3"])
    assert 57 not in set(tables["targets"]["value"]) and 24 in set(tables["targets"]["value"])
    assert "57" in told(tables)


# ---- money


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("省级200万元，县级98万元", {("superior", 200), ("county", 98)}),
        ("中央 200万元、自筹98万元", {("superior", 200), ("social", 98)}),
        ("县财政200万元；社会捐资98万元", {("county", 200), ("social", 98)}),
    ],
)
def test_a_cell_says_who_pays_beside_the_sum(tmp_path, cell, parts):
    rows = [
        ["序号", "项目名称", "建设内容", "资金（万元）", "资金渠道"],
        [1, "幼儿园", "新建幼儿园1所", 298, cell],
        [2, "宿舍", "新建宿舍1860平方米", 410, "省级专项资金"],
    ]
    money = read(tmp_path, rows)["funding"]
    assert money["amount_wan"].notna().all()
    found = set(zip(money["funder"], money["amount_wan"], strict=True))
    assert found == {("total", 298), ("total", 410)} | parts


@pytest.mark.parametrize("line", ["计量单位：万元、平方米、公里", "单位：个、万元", "单位:万元、米"])
def test_a_line_may_give_several_units_one_of_them_of_money(tmp_path, line):
    rows = [
        ["泗县民生工程建设计划表"],
        ["填报单位：泗县发改委", None, None, line],
        ["序号", "项目名称", "建设规模", "计划投资"],
        [1, "道路", "硬化水泥路8.6公里", 516],
        [2, "幼儿园", "改扩建校舍1800平方米", 260],
    ]
    assert list(read(tmp_path, rows, ["A1:D1"])["funding"]["amount_wan"]) == [516, 260]


def test_two_units_of_money_say_nothing(tmp_path):
    rows = [
        ["填报单位：泗县发改委", None, None, "单位：万元、元"],
        ["序号", "项目名称", "建设规模", "计划投资"],
        [1, "道路", "硬化水泥路8.6公里", 516],
        [2, "幼儿园", "改扩建校舍1800平方米", 260],
    ]
    tables = read(tmp_path, rows)
    assert tables["funding"].empty or tables["funding"]["amount_wan"].isna().all()
    assert "516" in told(tables)


@pytest.mark.parametrize(
    ("head", "funder"),
    [
        ("县级及单位自筹", "other"),
        ("市级和县级配套", "other"),
        ("中央及省级", "superior"),
        ("单位自筹", "social"),
        ("国投", "superior"),
    ],
)
def test_two_who_pay_together_are_neither(tmp_path, head, funder):
    rows = [
        ["序号", "项目名称", "建设内容", "资金来源（万元）", None, None],
        [None, None, None, "合计", "县级", head],
        [1, "道路", "硬化水泥路8.6公里", 516, 16, 500],
        [2, "幼儿园", "改扩建校舍1800平方米", 260, 60, 200],
    ]
    money = read(tmp_path, rows, ["A1:A2", "B1:B2", "C1:C2", "D1:F1"])["funding"]
    assert set(money[money["amount_wan"].isin([500, 200])]["funder"]) == {funder}


def test_a_numbered_row_without_words_may_be_another_task(tmp_path):
    rows = [
        ["序号", "项目名称", "建设内容", "责任单位", "总投资（万元）"],
        [1, "农村公路", "新建农村公路40公里", "县交通局", 800],
        [2, "饮水工程", None, "县水利局", 300],
        [3, "卫生室", "新建卫生室18所", "县卫健委", 120],
    ]
    tables = read(tmp_path, rows)
    doubts = tables["confidence"].set_index("row_id")["confidence"]
    assert doubts["table/1.1"] < 0.8 and doubts["table/3.1"] >= 0.9
    assert "300" in told(tables)


# ---- what a second batch taught


@pytest.mark.parametrize("head", ["支付率（%）", "拨付率", "支出进度（%）", "资金拨付比例", "完成率（%）"])
def test_a_share_of_money_that_came_in_is_no_rate_of_the_works(tmp_path, head):
    rows = [
        [
            "序号",
            "项目",
            "目标",
            "完成情况",
            "计划资金（万元）",
            "到位资金（万元）",
            "支付资金（万元）",
            head,
        ],
        [1, "学位", "新增高中学位1500个", "主体封顶", 6200, 4000, 2750, 68.75],
        [2, "社区", "改造社区服务中心14个", "完成改造11个", 1120, 1000, 896, 89.6],
        [3, "站点", "新建污水处理站9座", "已建成6座", 4860, 4860, 3110, 63.99],
    ]
    tables = read(tmp_path, rows, kind="progress")
    assert tables["outcomes"]["rate_claimed"].isna().all()
    assert sorted(tables["outcomes"]["value"].dropna()) == [6, 11]


@pytest.mark.parametrize(("thing", "unit"), [("彩超", "台"), ("B超", "台"), ("商超", "家"), ("村超", "场")])
def test_a_thing_whose_name_ends_like_a_bound_is_bound_by_nothing(tmp_path, thing, unit):
    rows = [
        ["序号", "项目名称", "建设内容", "责任单位"],
        [1, "甲", f"新增{thing}12{unit}", "县卫健委"],
        [2, "乙", f"完成改造超12{unit}", "县商务局"],
    ]
    targets = read(tmp_path, rows)["targets"]
    assert list(targets["bound"]) == ["exact", "more_than"]
    assert targets["measure"].iloc[0].endswith(thing)


@pytest.mark.parametrize("told", ["对照2023年完成情况", "附上年进展情况", "含2023年落实情况"])
def test_what_a_title_has_beside_a_list_does_not_make_it_a_report(tmp_path, told):
    rows = [
        [f"泗县2024年民生实事项目安排（{told}）"],
        ["项目", "单位", "2023年完成", "2024年计划", "主管部门"],
        ["新增托位", "个", 312, 280, "县卫健局"],
        ["新建城市书房", "家", 2, 3, "县文旅局"],
        ["新增绿道", "公里", 12.6, 14, "县住建局"],
    ]
    tables = read(tmp_path, rows, ["A1:E1"], year=2024, kind=None)
    assert list(tables["documents"]["kind"]) == ["plan"]
    assert list(tables["targets"]["value"]) == [280, 3, 14]


@pytest.mark.parametrize("title", ["", "三亚市2020年为民办实事事项完成情况\n"])
def test_semicolons_part_a_table_as_commas_do(tmp_path, title):
    words = (
        f"{title}序号;事项;计量单位;年计划;累计完成;责任单位\n"
        '1;新增公办幼儿园学位;个;4200;4560;市教育局\n2;新建公共厕所;座;35;33;"市住建局;市城管局"\n'
        "3;建设农村公路;公里;62;62;\n"
    )
    (tmp_path / "t.csv").write_text(words)
    tables = read_document(tmp_path / "t.csv", region="460200", year=2020, kind="completion")
    assert list(tables["targets"]["value"]) == [4200, 35, 62]
    assert list(tables["outcomes"]["value"]) == [4560, 33, 62]


def test_semicolons_in_sentences_part_nothing(tmp_path):
    (tmp_path / "t.txt").write_text(
        "泗县2023年民生实事\n1. 新建幼儿园5所;新增学位540个;配备教师60名;\n2. 新建公厕9座;改造公厕12座;新增车位300个;\n"
        "3. 新建公路40公里;改造危桥6座;安装护栏12公里;\n"
    )
    assert {540, 300, 6} <= set(read_document(tmp_path / "t.txt", **KNOWN)["targets"]["value"])


@pytest.mark.parametrize("much", ["户数（户）", "任务数量（户）", "改造户数（户）", "计划户数（户）"])
def test_how_much_there_is_beside_what_it_costs_is_called_by_its_task(tmp_path, much):
    rows = [
        ["乡镇", "危房改造", None, "街巷硬化", None],
        [None, much, "资金（万元）", "里程（公里）", "资金（万元）"],
        ["草沟镇", 120, 240, 8.5, 340],
        ["大庄镇", 310, 620, 16, 640],
        ["黑塔镇", 280, 560, 14.8, 592],
        ["合计", 710, 1420, 39.3, 1572],
    ]
    tables = read(tmp_path, rows, ["A1:A2", "B1:C1", "D1:E1"])
    assert list(tables["tasks"]["text"]) == ["危房改造", "街巷硬化"]
    assert list(tables["targets"]["value"]) == [710, 39.3]
    assert len(tables["allocations"]) == 6
    assert "1572" in told(tables)
