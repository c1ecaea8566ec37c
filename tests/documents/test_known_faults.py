"""Faults of reading that were known and left, each with what a person reads, in several places, forms and words."""

from __future__ import annotations

import pytest
from notices import sure
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

PLAN = "磐安县2023年民生实事项目表"
REPORT = "磐安县2023年民生实事完成情况"


def unruled(folder, rows, title=PLAN):
    """The tables of a PDF whose table has no lines: ``^`` continues the cell above."""
    notice = Notice((title,), (sheet("项目表", 1, rows),))
    path = writers.to_pdf(notice, folder / "page.pdf", ruled=False)
    return read_document(path, region="330727", year=2023)


def rows_of(tables, name, *columns):
    """The values of a table's columns, missing ones as None."""
    return [
        tuple(None if value != value else value for value in row)
        for row in tables[name][list(columns)].itertuples(index=False)
    ]


# ---- a merged cell in a table without lines


HEAD = ["序号", "项目内容", "责任单位", "完成时限"]
MERGED = {
    "beside the middle of three": (
        [
            ["新建公厕12座", "县住建局", "2023年6月底"],
            ["新建幼儿园3所", "县教育局", "2023年9月底"],
            ["改造小学5所", "^", "2023年10月底"],
            ["新增学位900个", "^", "2023年11月底"],
            ["新增床位300张", "县民政局", "2023年11月底"],
        ],
        ["县住建局", "县教育局", "县教育局", "县教育局", "县民政局"],
    ),
    "between two": (
        [
            ["新建公厕12座", "县住建局", "2023年6月底"],
            ["新建幼儿园3所", "县教育局", "2023年9月底"],
            ["改造小学5所", "^", "2023年10月底"],
            ["新增床位300张", "县民政局", "2023年11月底"],
            ["新建书房5家", "县文旅局", "2023年11月底"],
        ],
        ["县住建局", "县教育局", "县教育局", "县民政局", "县文旅局"],
    ),
    "beside the second row, where nothing stands above": (
        [
            ["新建公厕12座", "县住建局", "2023年6月底"],
            ["新建幼儿园3所", "^", "2023年9月底"],
            ["改造小学5所", "^", "2023年10月底"],
            ["新增床位300张", "县民政局", "2023年11月底"],
            ["新建书房5家", "县文旅局", "2023年11月底"],
        ],
        ["县住建局", "县住建局", "县住建局", "县民政局", "县文旅局"],
    ),
    "and of who is to be ready when": (
        [
            ["新建公厕12座", "县住建局", "2023年6月底"],
            ["新建幼儿园3所", "县教育局", "2023年9月底"],
            ["改造小学5所", "^", "^"],
            ["新增学位900个", "^", "^"],
            ["新增床位300张", "县民政局", "2023年11月底"],
        ],
        ["县住建局", "县教育局", "县教育局", "县教育局", "县民政局"],
    ),
}


@pytest.mark.parametrize("case", MERGED)
def test_who_answers_by_a_merged_cell_without_lines_is_right_or_doubted(tmp_path, case):
    rows, right = MERGED[case]
    tables = unruled(tmp_path, [HEAD, *([str(k), *row] for k, row in enumerate(rows, 1))])
    known = sure(tables)
    for task, lead in zip(tables["tasks"].itertuples(), right, strict=True):
        assert task.lead_agency == lead or known[task.task_id] < 0.8
    deadlines = [row[-1] for row in rows]
    for task, due in zip(tables["tasks"].itertuples(), deadlines, strict=True):
        assert due != "^" or task.deadline == "2023-09-30" or known[task.task_id] < 0.8


def test_rows_of_a_table_without_lines_that_print_who_answers_stay_sure(tmp_path):
    rows = [
        ["1", "新建公厕12座", "县住建局", "县财政局", "2023年6月底"],
        ["2", "新建幼儿园3所", "县教育局", "", "2023年9月底"],
        ["3", "改造小学5所", "县教育局", "", "2023年10月底"],
        ["4", "新增床位300张", "县民政局", "县卫健局", "2023年11月底"],
    ]
    tables = unruled(tmp_path, [["序号", "项目内容", "责任单位", "配合单位", "完成时限"], *rows])
    assert sure(tables).min() >= 0.9
    assert rows_of(tables, "tasks", "lead_agency", "partner_agencies") == [
        ("县住建局", "县财政局"),
        ("县教育局", None),
        ("县教育局", None),
        ("县民政局", "县卫健局"),
    ]


def test_a_text_in_which_no_body_stands_beside_the_first_row_is_doubted_below_too(read):
    tables = read(
        f"{PLAN}\n序号\t项目内容\t责任单位\t完成时限\n1\t新建公厕12座\t\t2023年6月底\n2\t新建幼儿园3所\t县教育局\t2023年9月底\n"
        "3\t改造小学5所\t\t2023年10月底\n4\t新增床位300张\t县民政局\t2023年11月底\n"
    )
    known = sure(tables)
    assert [known[task] < 0.8 for task in tables["tasks"]["task_id"]] == [True, False, True, False]


def test_a_text_whose_merged_cells_stand_beside_their_first_row_is_sure(read):
    tables = read(
        f"{PLAN}\n序号\t项目内容\t责任单位\t完成时限\n1\t新建公厕12座\t县住建局\t2023年6月底\n2\t新建幼儿园3所\t县教育局\t2023年9月底\n"
        "3\t改造小学5所\t\t2023年10月底\n4\t新增床位300张\t县民政局\t2023年11月底\n"
    )
    assert sure(tables).min() >= 0.9
    assert tables["tasks"]["lead_agency"].tolist() == ["县住建局", "县教育局", "县教育局", "县民政局"]


# ---- money that is to be won


@pytest.mark.parametrize(
    ("words", "value", "measure"),
    [
        ("争取扶贫资金10万元，发展茶叶种植", 10, "扶贫资金"),
        ("全年向上争取专项资金2亿元", 20000, "专项资金"),
        ("申请中央预算内资金800万元", 800, "中央预算内资金"),
        ("募集慈善资金30万元", 30, "慈善资金"),
        ("争取中央、省级资金3亿元", 30000, "资金"),
    ],
)
def test_money_that_a_promise_is_to_win_is_what_it_promises(read, words, value, measure):
    listed = read(f"磐安县2023年民生实事项目清单\n1.{words}。\n2.新建书房5家。\n")
    table = read(
        f"{PLAN}\n序号\t项目名称\t建设任务\t责任单位\n1\t产业\t{words}\t县财政局\n2\t书房\t新建书房5家\t县文旅局\n"
    )
    for tables in (listed, table):
        assert tables["funding"].empty
        first = tables["targets"].iloc[0]
        assert (first["value"], first["unit"]) == (value, "万元")
        assert measure in first["measure"]


@pytest.mark.parametrize(
    "words",
    [
        "新建公厕3座，争取上级资金50万元",
        "全年争取上级资金50万元，新建公厕3座",
        "新建公厕3座，申请省级补助50万元",
    ],
)
def test_money_to_be_won_beside_a_promise_is_told(read, words):
    listed = read(f"磐安县2023年民生实事项目清单\n1.{words}。\n2.新建书房5家。\n")
    table = read(
        f"{PLAN}\n序号\t项目名称\t建设任务\t责任单位\n1\t公厕\t{words}\t县住建局\n2\t书房\t新建书房5家\t县文旅局\n"
    )
    for tables in (listed, table):
        assert tables["funding"].empty
        assert rows_of(tables, "targets", "value", "unit") == [(3, "座"), (5, "家")]
        assert any("50万元" in row.text for row in tables["unread"].itertuples())


@pytest.mark.parametrize(
    ("words", "money"),
    [
        (
            "新建幼儿园2所，总投资6500万元，其中争取上级补助2000万元，县级配套4500万元",
            [("total", 6500), ("superior", 2000), ("county", 4500)],
        ),
        ("改造小区20个（争取上级资金300万元，县级配套200万元）", [("superior", 300), ("county", 200)]),
        ("改造小区20个，县级配套200万元，申请省级补助300万元", [("county", 200), ("superior", 300)]),
    ],
)
def test_money_to_be_won_that_is_a_part_of_what_works_cost_is_a_funders(read, words, money):
    tables = read(f"磐安县2023年民生实事项目清单\n1.{words}。\n2.新建书房5家。\n")
    assert rows_of(tables, "funding", "funder", "amount_wan") == money
    table = read(
        f"{PLAN}\n序号\t项目名称\t资金来源\t责任单位\n1\t改造小区20个\t争取上级资金300万元，县级配套200万元\t县住建局\n2\t新建书房5家\t争取上级补助50万元\t县文旅局\n"
    )
    assert rows_of(table, "funding", "funder", "amount_wan") == [
        ("superior", 300),
        ("county", 200),
        ("superior", 50),
    ]


# ---- a part of the works that is done


PARTS = [
    "框架结构已完成",
    "主体已完成",
    "基础已完成",
    "桩基工程已完成",
    "地下室结构已全部完成",
    "路基工程已全面完成",
    "土建已完成，设备安装正在进行",
    "三层楼面浇筑已完成",
    "招投标工作已完成",
    "施工图设计已完成",
    "一期工程已完成",
    "装修工程已完成",
]


@pytest.mark.parametrize("words", PARTS)
def test_a_part_of_the_works_that_is_done_meets_no_promise(read, words):
    prose = read(
        f"{REPORT}\n一、教育\n新建中心幼儿园2所。{words}。\n二、就业\n新增就业3200人，完成目标的106%。\n"
    )
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t新建中心幼儿园2所\t{words}\t县教育局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    state = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t完成状态\n1\t新建中心幼儿园2所\t正在建设\t{words}\n2\t新增就业3000人\t新增就业3200人\t已完成\n"
    )
    for tables in (prose, table, state):
        told = tables["outcomes"][tables["outcomes"]["task_id"] == tables["tasks"]["task_id"].iloc[0]]
        states = told["status_claimed"].dropna().tolist()
        assert states == ["in_progress"] or (tables is table and states == [])
        assert told["value"].isna().all()
    assert state["outcomes"]["status_claimed"].tolist()[-1] == "met"


@pytest.mark.parametrize(
    "words",
    [
        "已全部完成",
        "主体已完成，已投入使用",
        "装修工程已完成，已竣工验收",
        "基础教育资源扩优已完成",
        "均已建成",
    ],
)
def test_works_that_are_done_as_a_whole_meet_their_promise(read, words):
    prose = read(
        f"{REPORT}\n一、教育\n新建中心幼儿园2所。{words}。\n二、就业\n新增就业3200人，完成目标的106%。\n"
    )
    assert prose["outcomes"]["status_claimed"].iloc[0] == "met"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("完成装修工程3处", "装修工程已完成"),
        ("完成校舍屋面维修5处", "屋面维修已完成"),
        ("完成3个项目施工图设计", "施工图设计已完成"),
        ("建成水厂一期工程1座", "一期工程已完成"),
    ],
)
def test_a_part_of_works_that_is_the_promise_meets_it(read, asked, words):
    prose = read(f"{REPORT}\n一、教育\n{asked}。{words}。\n二、就业\n新增就业3200人，完成目标的106%。\n")
    state = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t完成状态\n1\t{asked}\t按期推进\t{words}\n2\t新增就业3000人\t新增就业3200人\t已完成\n"
    )
    for tables in (prose, state):
        assert tables["outcomes"]["status_claimed"].iloc[0] == "met"


@pytest.mark.parametrize(
    "words", ["2所主体已完成", "2所基础已完成", "2所框架结构均已完成", "完成桩基施工2所"]
)
def test_so_many_of_which_a_part_is_done_are_no_result(read, words):
    prose = read(
        f"{REPORT}\n一、教育\n年度目标：新建中心幼儿园2所。\n进展情况：{words}。\n二、就业\n年度目标：新增就业3000人。\n进展情况：新增就业3200人。\n"
    )
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t新建中心幼儿园2所\t{words}\t县教育局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    for tables in (prose, table):
        assert tables["outcomes"]["value"].dropna().tolist() == [3200]


@pytest.mark.parametrize("words", ["新增市场主体1200户", "培育经营主体1200户", "签订框架协议1200份"])
def test_a_word_that_also_names_a_part_of_works_counts_what_it_counts(read, words):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t优化营商环境\t{words}\t县市监局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    prose = read(
        f"{REPORT}\n一、发展\n年度目标：{words[:-5]}1000{words[-1]}。\n进展情况：{words}。\n二、就业\n年度目标：新增就业3000人。\n进展情况：新增就业3200人。\n"
    )
    for tables in (table, prose):
        assert tables["outcomes"]["value"].dropna().tolist() == [1200, 3200]


# ---- of so many so many are done


SOME = [
    "20个小区中，18个已完工",
    "20个小区中，已有18个完工",
    "20个小区，已完工18个",
    "改造老旧小区20个，其中18个已完工",
    "改造老旧小区20个（18个已完工）",
    "老旧小区20个，目前18个均已完成",
]


@pytest.mark.parametrize("words", SOME)
def test_how_many_are_done_is_the_result_of_how_many_there_are(read, words):
    prose = read(f"{REPORT}\n一、老旧小区改造\n{words}。\n二、就业\n新增就业3200人，完成目标的106%。\n")
    target, told = prose["targets"].iloc[0], prose["outcomes"].iloc[0]
    assert (target["value"], told["value"], told["target_id"]) == (20, 18, target["target_id"])
    assert told["status_claimed"] != "met"
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t改造老旧小区20个\t{words}\t县住建局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    assert rows_of(table, "outcomes", "task_id", "value")[0][1] == 18
    assert rows_of(table, "outcomes", "target_id")[0] == (table["targets"]["target_id"][0],)
    assert len(table["outcomes"]) == 2
    assert sure(table).min() >= 0.9


@pytest.mark.parametrize(
    "words", ["甲镇3个，乙镇5个，目前已建成4个", "改造小区20个、公园12个，其中10个已完工"]
)
def test_what_is_done_of_a_list_is_not_of_its_last(read, words):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t改造提升\t{words}\t县住建局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    assert not any("in all" in row.reason for row in table["unread"].itertuples())


def test_works_whose_report_names_a_part_are_in_hand(read):
    found = read(
        f"{REPORT}\n一、幼儿园\n新建乡镇幼儿园：任务数6所，已建成2所，主体完工3所。\n二、就业\n新增就业3200人，完成目标的106%。\n"
    )
    assert rows_of(found, "outcomes", "value", "status_claimed")[0] == (2, "in_progress")


def test_projects_of_which_some_are_done_may_be_the_items_themselves(read):
    tables = read(
        f"{REPORT}\n一、水利工程\n20个项目中，18个已完成。\n二、就业\n新增就业3200人，完成目标的106%。\n"
    )
    assert rows_of(tables, "targets", "value") == [(20,)]
    assert rows_of(tables, "outcomes", "value")[0] == (18,)
    assert sure(tables)[tables["tasks"]["task_id"][0]] < 0.8


def test_a_target_without_words_of_its_own_is_sure_beside_its_result(read):
    tables = read(
        f"{REPORT}\n一、新增公办幼儿园学位\n目标任务1350个，已完成1080个，完成率80%。\n二、就业\n新增就业3200人，完成目标的106%。\n"
    )
    assert rows_of(tables, "outcomes", "value")[0] == (1080,)
    assert sure(tables)[tables["tasks"]["task_id"][0]] >= 0.9


@pytest.mark.parametrize(
    ("words", "done"),
    [
        ("建成公厕20座，其中18座已投入使用", 20),
        ("完成改造20座，其中18座已完成验收", 20),
        ("新建公厕20座，其中18座主体已完工", None),
        ("20座公厕均已建成", 20),
    ],
)
def test_what_is_done_of_more_that_is_done_is_no_result(read, words, done):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t新建公厕20座\t{words}\t县住建局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    first = table["outcomes"][table["outcomes"]["target_id"] == table["targets"]["target_id"][0]]
    values = first["value"].dropna().tolist()
    assert values == [done] if done else values in ([], [20])


@pytest.mark.parametrize("words", ["10件民生实事中，8件已完成", "12项任务中，9项已完成"])
def test_items_of_which_some_are_done_are_no_result(read, words):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t办好民生实事\t{words}\t县府办\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    prose = read(f"{REPORT}\n一、总体情况\n{words}。\n二、就业\n新增就业3200人，完成目标的106%。\n")
    for tables in (table, prose):
        assert tables["outcomes"]["value"].dropna().tolist() == [3200]


# ---- sums among indicators


INDICATORS = "磐安县“十四五”公共服务规划\n主要指标\n"


@pytest.mark.parametrize(
    "table",
    [
        "序号\t指标名称\t单位\t2020年\t2025年\n1\t幼儿园学位\t个\t100\t200\n2\t小学学位\t个\t300\t350\n3\t小计\t个\t400\t550\n4\t养老床位\t张\t50\t80\n",
        "序号\t指标名称\t单位\t2020年\t2025年\n1\t幼儿园学位\t个\t100\t200\n2\t小学学位\t个\t300\t350\n3\t养老床位\t张\t50\t80\n合计\t\t\t400\t550\n",
        "领域\t指标名称\t单位\t2020年\t2025年\n教育\t幼儿园学位\t个\t100\t200\n教育\t小学学位\t个\t300\t350\n教育\t合计\t个\t400\t550\n养老\t养老床位\t张\t50\t80\n",
        "| 序号 | 指标名称 | 单位 | 2020年 | 2025年 |\n|---|---|---|---|---|\n| 1 | 幼儿园学位 | 个 | 100 | 200 |\n"
        "| 2 | 小学学位 | 个 | 300 | 350 |\n|  | 总计（个） | 个 | 400 | 550 |\n| 3 | 养老床位 | 张 | 50 | 80 |\n",
    ],
)
def test_a_sum_among_indicators_is_told_and_is_none(read, table):
    tables = read(INDICATORS + table, year=2021, year_end=2025)
    assert rows_of(tables, "indicators", "name", "baseline", "target") == [
        ("幼儿园学位", 100, 200),
        ("小学学位", 300, 350),
        ("养老床位", 50, 80),
    ]
    told = " ".join(tables["unread"]["text"].dropna())
    assert "400" in told and "550" in told
    assert sure(tables).min() >= 0.9


def test_the_whole_of_an_indicator_with_parts_and_a_name_with_a_sum_in_it_stay(read):
    tables = read(
        INDICATORS + "序号\t指标名称\t单位\t2020年\t2025年\n1\t养老床位合计\t张\t100\t200\n"
        "2\t民生投资总计\t亿元\t10\t20\n3\t在校生总数\t人\t300\t350\n",
        year=2021,
        year_end=2025,
    )
    assert rows_of(tables, "indicators", "name", "target") == [
        ("养老床位合计", 200),
        ("民生投资总计", 200000),
        ("在校生总数", 350),
    ]


# ---- a line of a cell that ends in 以上


@pytest.mark.parametrize(
    ("words", "value", "unit", "bound"),
    [
        ("改造危房366户以上\n同步实施风貌提升", 366, "户", "at_least"),
        ("培训1200人次以上\n确保就业稳定", 1200, "人次", "at_least"),
        ("新增学位900个左右\n优化教育资源布局", 900, "个", "approx"),
        ("改造危房366户以上\n并完善配套设施", 366, "户", "at_least"),
    ],
)
@pytest.mark.parametrize("ruled", [True, False])
def test_a_line_of_a_cell_that_ends_in_a_bound_ends_there(tmp_path, words, value, unit, bound, ruled):
    rows = [["1", words, "县住建局"], ["2", "新建公厕7座", "县住建局"], ["3", "新建书房5家", "县文旅局"]]
    notice = Notice((PLAN,), (sheet("项目表", 1, [["序号", "项目内容", "责任单位"], *rows]),))
    path = writers.to_pdf(notice, tmp_path / "page.pdf", ruled=ruled)
    tables = read_document(path, region="330727", year=2023)
    assert rows_of(tables, "targets", "value", "unit", "bound")[0] == (value, unit, bound)
    assert sure(tables).min() >= 0.9


@pytest.mark.parametrize("words", ["为50户以上\n自然村通硬化路", "对50户以上\n村寨实施亮化"])
def test_a_line_that_ends_in_a_bound_of_places_goes_on(tmp_path, words):
    said = words.replace("\n", "<br>")
    page = f"<p>{PLAN}</p><table><tr><td>序号</td><td>项目内容</td><td>责任单位</td></tr>"
    page += f"<tr><td>1</td><td>{said}</td><td>县交通局</td></tr><tr><td>2</td><td>新建公厕7座</td><td>县住建局</td></tr></table>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    tables = read_document(tmp_path / "page.html", region="330727", year=2023)
    assert rows_of(tables, "targets", "value") == [(7,)]


# ---- bounds in the heads of columns


@pytest.mark.parametrize(
    ("head", "bound"),
    [
        ("目标值不低于", "at_least"),
        ("目标值（≥）", "at_least"),
        ("任务数（不少于）", "at_least"),
        ("不超过", "at_most"),
        ("控制在…以内", "at_most"),
        ("年度目标低于", "less_than"),
    ],
)
def test_a_bound_in_the_head_of_targets_binds_them(read, head, bound):
    tables = read(
        f"磐安县2023年民生实事目标任务表\n序号\t项目\t单位\t{head}\t责任单位\n1\t城镇新增就业\t人\t1200\t县人社局\n2\t养老参保率\t%\t95\t县人社局\n"
    )
    assert rows_of(tables, "targets", "value", "unit", "bound") == [(1200, "人", bound), (95, "%", bound)]
    plan = read(
        f"磐安县“十四五”就业规划\n主要指标\n序号\t指标名称\t单位\t2020年\t2025年{head}\n1\t城镇新增就业\t人\t1000\t1200\n2\t养老参保率\t%\t90\t95\n",
        year=2021,
        year_end=2025,
    )
    assert rows_of(plan, "indicators", "baseline", "target", "bound") == [
        (1000, 1200, bound),
        (90, 95, bound),
    ]


@pytest.mark.parametrize(
    ("head", "bound"),
    [
        ("失业率低于(%)", "less_than"),
        ("失业率控制在(%)以内", "at_most"),
        ("参保率不低于(%)", "at_least"),
        ("就业率(%)以上", "at_least"),
    ],
)
def test_a_head_that_names_what_it_binds_is_no_rate_of_results(read, head, bound):
    tables = read(
        f"磐安县2023年民生实事目标任务表\n序号\t项目\t{head}\t责任单位\n1\t就业援助\t3.5\t县人社局\n2\t青年就业\t3\t县人社局\n"
    )
    assert tables["outcomes"].empty
    assert rows_of(tables, "targets", "value", "unit", "bound") == [(3.5, "%", bound), (3, "%", bound)]
    split = read(
        f"磐安县2023年民生实事目标任务分解表\n乡镇\t新增就业(人)\t{head}\n安文街道\t1200\t3.5\n尚湖镇\t800\t3.8\n方前镇\t600\t3.6\n"
    )
    assert rows_of(split, "targets", "unit", "bound") == [("人", "exact"), ("%", bound)]
    assert rows_of(split, "allocations", "value")[3:] == [(3.5,), (3.8,), (3.6,)]


def test_a_value_that_says_its_own_bound_keeps_it(read):
    tables = read(
        "磐安县2023年民生实事目标任务表\n序号\t项目\t单位\t目标值不低于\t责任单位\n1\t城镇新增就业\t人\t1200以上\t县人社局\n2\t失业率\t%\t≤4\t县人社局\n"
    )
    assert rows_of(tables, "targets", "bound") == [("at_least",), ("at_most",)]


@pytest.mark.parametrize(
    ("head", "role"),
    [("超额完成数", "result"), ("规模以上企业数", None), ("完成率", "rate"), ("超过目标比例(%)", "rate")],
)
def test_words_like_bounds_bind_nothing(head, role):
    from minshi_analysis.language.heads import role_of

    assert role_of(head) == role


# ---- further pages of a table with a row for each region of each task


SPLIT = [
    ["1", "新建公厕(座)", "婺城区", "1", "市住建局"],
    ["^", "^", "金东区", "2", "^"],
    ["^", "^", "兰溪市", "3", "^"],
    ["2", "新建书房(家)", "婺城区", "4", "市文旅局"],
    ["^", "^", "金东区", "5", "^"],
    ["^", "^", "兰溪市", "6", "^"],
    ["3", "新增床位(张)", "婺城区", "70", "市民政局"],
    ["^", "^", "金东区", "80", "^"],
    ["^", "^", "兰溪市", "90", "^"],
]
SPLIT_HEAD = ["序号", "项目名称", "县区", "任务数", "责任单位"]


def _pages(cut):
    """The rows before and behind a page's end; what spans it is blank on the second page."""
    second = [list(row) for row in SPLIT[cut:]]
    open_ = set(range(5))
    for row in second:
        open_ &= {j for j in open_ if row[j] == "^"}
        for j in open_:
            row[j] = ""
    return [SPLIT_HEAD, *SPLIT[:cut]], second


def _html(pages, between=""):
    parts = []
    for rows in pages:
        table = sheet("", 0, rows)
        lines = ("".join(map(writers._td, writers._begin(table, row))) for row in range(table.height))
        parts.append("<table border=1>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")
    return f"<p>金华市2023年民生实事任务分解表</p>{between.join(parts)}"


@pytest.mark.parametrize("cut", [6, 7, 8])
@pytest.mark.parametrize("form", ["html", "numbered", "tabs"])
def test_a_further_page_without_heads_goes_on_with_the_shares(tmp_path, cut, form):
    pages = _pages(cut)
    if form == "tabs":
        lines = ["\t".join("" if cell == "^" else cell for cell in row) for rows in pages for row in rows]
        lines.insert(cut + 1, "— 1 —")
        path = tmp_path / "page.txt"
        path.write_text("金华市2023年民生实事任务分解表\n" + "\n".join(lines), encoding="utf-8")
    else:
        path = tmp_path / "page.html"
        path.write_text(_html(pages, "<p>— 1 —</p>" if form == "numbered" else ""), encoding="utf-8")
    tables = read_document(path, region="330700", year=2023)
    assert rows_of(tables, "allocations", "region", "value", "unit") == [
        (row[2], float(row[3]), unit) for row, unit in zip(SPLIT, "座座座家家家张张张", strict=True)
    ]
    assert rows_of(tables, "tasks", "lead_agency") == [("市住建局",), ("市文旅局",), ("市民政局",)]
    assert sure(tables).min() >= 0.9


def test_another_table_behind_a_split_is_no_page_of_it(tmp_path):
    first, _ = _pages(9)
    other = [["1", "李某", "城中", "12", "副局长"], ["2", "王某", "城南", "13", "科长"]]
    path = tmp_path / "page.html"
    path.write_text(_html([first, other]), encoding="utf-8")
    tables = read_document(path, region="330700", year=2023)
    assert len(tables["allocations"]) == 9
    assert "李某" in " ".join(tables["unread"]["text"].dropna())


# ---- 去年 in a report that is printed the year after


@pytest.mark.parametrize("dated", ["发布时间：2024-01-18\n", "（2024年1月12日）\n"])
@pytest.mark.parametrize(
    ("words", "value", "rate"),
    [
        ("去年，全县新建公厕12座，完成目标的120%。", 12, 120),
        ("去年新建公厕12座，完成年度任务的106%。", 12, 106),
        ("过去一年，全县建成公厕12座，完成率120%。", 12, 120),
        ("去年全年新建公厕12座，比上年多5座，完成目标的120%。", 12, 120),
    ],
)
def test_last_year_of_a_report_printed_the_year_after_is_its_own(read, dated, words, value, rate):
    tables = read(f"{REPORT}\n{dated}一、厕所\n{words}\n二、养老\n新增养老床位300张，完成目标的100%。\n")
    assert rows_of(tables, "outcomes", "value", "rate_claimed") == [(value, rate), (300, 100)]
    undated = read(f"{REPORT}\n一、厕所\n{words}\n二、养老\n新增养老床位300张，完成目标的100%。\n")
    assert rows_of(undated, "outcomes", "value") == [(300,)]
    assert any("12座" in row.text for row in undated["unread"].itertuples())


def test_last_year_of_a_report_that_calls_its_own_year_this_year_is_the_one_before(read):
    tables = read(
        f"{REPORT}\n发布时间：2024-01-18\n一、厕所\n去年新建公厕12座。今年已新建公厕7座，完成目标的100%。\n二、养老\n新增养老床位300张，完成目标的100%。\n"
    )
    assert rows_of(tables, "outcomes", "value") == [(7,), (300,)]


def test_last_year_in_a_cell_of_a_report_printed_the_year_after_is_its_own(read):
    rows = (
        "1\t新建公厕10座\t去年新建公厕12座\t县住建局\n2\t新增床位300张\t已新增300张，比去年多20张\t县民政局\n"
    )
    told = read(f"{REPORT}\n发布时间：2024-01-18\n序号\t项目内容\t完成情况\t责任单位\n{rows}")
    assert rows_of(told, "outcomes", "value") == [(12,), (300,)]
    own = read(f"{REPORT}\n发布时间：2023-12-18\n序号\t项目内容\t完成情况\t责任单位\n{rows}")
    assert own["outcomes"]["value"].dropna().tolist() == [300]


@pytest.mark.parametrize(
    "words", ["较去年同期多12座。", "比去年增加12座。", "今年，计划再新建公厕12座。", "今年将新建公厕12座。"]
)
def test_what_a_report_printed_the_year_after_compares_or_plans_is_no_result(read, words):
    tables = read(
        f"{REPORT}\n发布时间：2024-01-18\n一、厕所\n新建公厕7座，完成目标的100%。{words}\n二、养老\n新增养老床位300张，完成目标的100%。\n"
    )
    assert 12 not in tables["outcomes"]["value"].tolist() + tables["targets"]["value"].tolist()
    assert any("12座" in row.text for row in tables["unread"].itertuples())


# ---- one rate of several works


SHARED = [
    "建成公园7个、绿道16公里，整体完成率128%",
    "建成公园7个，建成绿道16公里，完成率均达100%",
    "建成公园7个，建成绿道16公里，完成率均为100%",
    "建成公园7个，建成绿道16公里，均完成年度任务的100%",
    "建成公园7个、绿道16公里，任务完成率都达到100%",
    "建成公园7个，建成绿道16公里，平均完成率98%",
]


@pytest.mark.parametrize("words", SHARED)
def test_one_rate_of_several_works_stands_beside_none_of_them(read, words):
    prose = read(f"{REPORT}\n一、公园\n{words}。\n二、养老\n新增养老床位300张，完成目标的100%。\n")
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t建设公园7个、绿道16公里\t{words}\t县住建局\n2\t新增床位300张\t新增床位300张\t县民政局\n"
    )
    one = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t建设公园7个\t{words}\t县住建局\n2\t新增床位300张\t新增床位300张\t县民政局\n"
    )
    for tables in (prose, table, one):
        rows = rows_of(tables, "outcomes", "value", "unit", "rate_claimed")
        assert (7, "个", None) in rows and (16, "公里", None) in rows
        assert len(rows) == 3
        rate = words.rstrip("%")[-3:].strip("率达为的到")
        assert any(f"{rate}%" in str(row.text) for row in tables["unread"].itertuples())
    assert sure(table).min() >= 0.9


@pytest.mark.parametrize(
    "words", ["建成公园7个，完成率均达100%", "建成公园7个，完成率达100%", "建成公园7个，完成年度任务的100%"]
)
def test_the_rate_of_one_work_stands_beside_it(read, words):
    prose = read(f"{REPORT}\n一、公园\n{words}。\n二、养老\n新增养老床位300张，完成目标的100%。\n")
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t建设公园7个\t{words}\t县住建局\n2\t新增床位300张\t新增床位300张\t县民政局\n"
    )
    for tables in (prose, table):
        assert rows_of(tables, "outcomes", "value", "rate_claimed")[0] == (7, 100)


def test_each_work_with_its_own_rate_keeps_it(read):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t建设公园6个、绿道15公里\t建成公园6个，完成率100%；建成绿道18公里，完成率120%\t县住建局\n2\t新增床位300张\t新增床位300张\t县民政局\n"
    )
    assert rows_of(table, "outcomes", "value", "rate_claimed")[:2] == [(6, 100), (18, 120)]


# ---- places and bodies in a result


@pytest.mark.parametrize(
    ("words", "there", "done"),
    [
        ("在46个村开展农村厕所改造，改造户厕3200户", "46个", [(3200, "户")]),
        ("在3家医院设立发热门诊5个", "3家", [(5, "个")]),
        ("联合12所学校开展培训2300人次", "12所", [(2300, "人次")]),
        ("依托5个社区卫生服务中心，筛查妇女8000人", "5个", [(8000, "人")]),
        ("由4家单位承建公厕12座", "4家", [(12, "座")]),
        ("组织3家医院开展义诊15场", "3家", [(15, "场")]),
    ],
)
def test_where_and_with_whom_a_thing_was_done_is_no_result(read, words, there, done):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t提升公共服务\t{words}\t县卫健局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    prose = read(
        f"{REPORT}\n一、服务\n{words}，完成目标的100%。\n二、就业\n新增就业3200人，完成目标的106%。\n"
    )
    for tables in (table, prose):
        assert rows_of(tables, "outcomes", "value", "unit") == [*done, (3200, "人")]
        assert any(there in row.text for row in tables["unread"].itertuples())


@pytest.mark.parametrize(
    "words", ["已在3家医院开通预约挂号服务", "选取3家医院作为试点", "在3所学校增设课后服务"]
)
def test_where_alone_is_no_result_of_a_task_that_asks_for_no_such_thing(read, words):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t提升公共服务\t{words}\t县卫健局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    assert table["outcomes"]["value"].dropna().tolist() == [3200]
    assert any("3" in row.text for row in table["unread"].itertuples())


@pytest.mark.parametrize(
    ("asked", "words", "done"),
    [
        ("在3家医院开通预约挂号服务", "已在3家医院开通预约挂号服务", (3, "家")),
        ("完成46个村快递进村", "46个村实现快递进村", (46, "个")),
        ("改造医院3家", "3家医院完成改造", (3, "家")),
        ("组织演出120场", "组织演出126场", (126, "场")),
        ("新建社区服务中心5个", "在城区新建社区服务中心5个", (5, "个")),
    ],
)
def test_places_and_bodies_that_are_promised_are_results(read, asked, words, done):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t{asked}\t{words}\t县卫健局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    assert rows_of(table, "outcomes", "value", "unit")[0] == done
    assert rows_of(table, "outcomes", "target_id")[0] == (table["targets"]["target_id"][0],)


# ---- money that was spent


PAID = [
    "已支出资金300万元",
    "已拨付资金300万元",
    "到位资金300万元",
    "实际支出300万元",
    "已支付工程款300万元",
    "资金已到位300万元",
]


@pytest.mark.parametrize("words", PAID)
def test_money_that_was_spent_is_told_and_neither_result_nor_promise(read, words):
    listed = read(f"{REPORT}\n一、厕所\n{words}。\n二、就业\n新增就业3200人，完成目标的106%。\n")
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t新建公厕7座\t新建公厕7座，{words}\t县住建局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    plan = read(f"磐安县2023年民生实事项目清单\n1.新建公厕7座，{words}。\n2.新建书房5家。\n")
    planned = read(
        f"{PLAN}\n序号\t项目名称\t建设任务\t责任单位\n1\t公厕\t新建公厕7座，{words}\t县住建局\n2\t书房\t新建书房5家\t县文旅局\n"
    )
    for tables in (listed, table, plan, planned):
        assert "万元" not in [*tables["outcomes"]["unit"], *tables["targets"]["unit"]]
        assert any("300万元" in row.text for row in tables["unread"].itertuples())
        assert tables["funding"].empty
    assert rows_of(table, "outcomes", "value") == [(7,), (3200,)]
    assert rows_of(plan, "targets", "value") == rows_of(planned, "targets", "value") == [(7,), (5,)]
    assert min(sure(table).min(), sure(plan).min(), sure(planned).min()) >= 0.9


@pytest.mark.parametrize(
    ("asked", "words", "rows"),
    [
        ("完成投资400万元", "完成投资300万元", [(300, "万元")]),
        ("发放低保金", "发放低保金300万元", [(300, "万元")]),
        ("发放助学贷款200万元", "已发放助学贷款300万元", [(300, "万元")]),
    ],
)
def test_money_that_is_promised_or_paid_to_people_is_a_result(read, asked, words, rows):
    table = read(
        f"{REPORT}\n序号\t项目内容\t完成情况\t责任单位\n1\t{asked}\t{words}\t县民政局\n2\t新增就业3000人\t新增就业3200人\t县人社局\n"
    )
    assert rows_of(table, "outcomes", "value", "unit")[:1] == rows


def test_what_works_cost_stays_the_cost_beside_what_was_paid(read):
    tables = read(
        "磐安县2023年民生实事项目清单\n1.新建公厕7座，总投资500万元，已到位资金300万元。\n2.新建书房5家，所需资金50万元由县财政安排。\n"
    )
    assert rows_of(tables, "funding", "funder", "amount_wan") == [("total", 500), ("total", 50)]
    assert any("300万元" in row.text for row in tables["unread"].itertuples())
