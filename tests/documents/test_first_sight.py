"""Habits of documents that the reader met for the first time: each kind with three siblings, expected by eye."""

from __future__ import annotations

import pytest
from notices import promised

from minshi_analysis.intake.reader import read_document


def read(tmp_path, text, suffix=".txt"):
    """The tables of a text, and in `unread` what was not understood."""
    path = tmp_path / f"notice{suffix}"
    path.write_text(text, "utf-8")
    return read_document(path)


def _table(rows):
    cells = "".join(
        "<tr>" + "".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in row) + "</tr>" for row in rows
    )
    return f"<table>{cells}</table>"


def _paid(tables):
    rows = tables["funding"].dropna(subset=["amount_wan"])
    return sorted(zip(rows["funder"], rows["amount_wan"], strict=True))


@pytest.mark.parametrize(
    "above", ["资金筹措（万元）", "资金来源（万元）", "投资构成（万元）", "资金安排（万元）"]
)
def test_a_head_that_stands_alone_over_the_levels_that_pay(tmp_path, above):
    """Its row holds nothing else; 市本级 and 县本级 below it pay and are no regions."""
    page = _table(
        [
            ["<td colspan=7>灵山县2021年为民办实事项目表</td>"],
            ["", "", "", f"<td colspan=4>{above}</td>"],
            ["序号", "项目名称", "建设内容", "总投资", "自治区", "市本级", "县本级"],
            ["1", "饮水安全", "建设集中供水工程18处", "520", "320", "100", "100"],
            ["2", "学前教育", "新建幼儿园4所", "3500", "1500", "", "2000"],
        ]
    )
    tables = read(tmp_path, f"<h1>灵山县2021年为民办实事项目表</h1>{page}", suffix=".html")
    assert promised(tables) == [("集中供水工程", 18, "处"), ("幼儿园", 4, "所")]
    assert len(tables["allocations"]) == 0
    assert _paid(tables) == [
        ("county", 100), ("county", 2000), ("superior", 100), ("superior", 320), ("superior", 1500),
        ("total", 520), ("total", 3500),
    ]  # fmt: skip


@pytest.mark.parametrize("own", ["市本级", "县本级", "市本级\t县本级", "县本级\t市本级"])
def test_the_own_level_beside_others_that_pay_is_no_region(tmp_path, own):
    """Without a region that is a place, 本级 is a purse: 中央 | 自治区 | 县本级, and no word for money anywhere."""
    n = own.count("\t") + 1
    figures = "\t".join(["80"] * n)
    text = (
        f"灵山县2021年为民办实事项目表\n单位：万元\n序号\t项目名称\t建设内容\t中央\t自治区\t{own}\t责任单位\n"
        f"1\t饮水安全\t建设集中供水工程18处\t800\t320\t{figures}\t县水利局\n"
        f"2\t学前教育\t新建幼儿园4所\t2100\t1500\t{figures}\t县教育局\n"
    )
    tables = read(tmp_path, text)
    assert len(tables["allocations"]) == 0
    assert promised(tables) == [("集中供水工程", 18, "处"), ("幼儿园", 4, "所")]


@pytest.mark.parametrize(
    "name, aim",
    [
        ("实事名称", "2024年工作目标"),
        ("项目名称", "建设内容"),
        ("民生实事", "目标任务"),
        ("项目", "主要内容"),
    ],
)
def test_one_cell_a_line_with_names_before_the_aims(tmp_path, name, aim):
    """The line with the name begins no row of its own: the body and the date are those of its row."""
    lines = ["序号", name, aim, "责任单位", "完成时间"]
    lines += ["1", "学校建设", "建成中小学3所、幼儿园2所", "区教委", "8月底"]
    lines += ["2", "城市更新", "完工老旧小区38万平方米", "区住房城乡建委", "11月底"]
    tables = read(tmp_path, "重庆市渝北区2024年重点民生实事\n" + "\n".join(lines))
    said = tables["tasks"][["lead_agency", "deadline"]].values.tolist()
    assert said == [["区教委", "2024-08-31"], ["区住房城乡建委", "2024-11-30"]]
    assert [row[1:] for row in promised(tables)] == [(3, "所"), (2, "所"), (380000, "平方米")]


@pytest.mark.parametrize("first", ["完成施工招标", "主体工程完成30%", "完成率30%", "完成4公里"])
def test_what_the_first_row_says_is_no_head(tmp_path, first):
    """The words of a step in the first row make no report of a plan."""
    text = (
        "诸城市2022年重点民生实事任务分解台账\n序号\t民生实事\t年度目标\t第一季度\t第四季度\t牵头单位\n"
        f"1\t城市绿道\t建成绿道26公里\t{first}\t完成26公里\t市园林中心\n"
    )
    assert read(tmp_path, text)["documents"]["kind"].tolist() == ["plan"]


@pytest.mark.parametrize(
    "words", ["可新增学位1080个", "投用后可提供学位1080个", "可满足1080名学生入学", "可容纳学生1080人"]
)
def test_what_works_will_give_once_is_no_result(tmp_path, words):
    text = f"监利市2023年上半年民生实事项目进展情况\n一、学校建设。第三小学主体封顶，完成投资3200万元，{words}。\n"
    assert 1080 not in read(tmp_path, text)["outcomes"]["value"].tolist()


@pytest.mark.parametrize(
    "words", ["涉及3个乡镇", "涉及朱河、汴河等3个镇", "涉及全市3个街道", "共涉及3个行政村"]
)
def test_how_many_places_works_concern_is_no_result(tmp_path, words):
    text = f"监利市2023年上半年民生实事项目进展情况\n一、农村供水。{words}，已铺设管网12公里。\n"
    assert read(tmp_path, text)["outcomes"]["value"].tolist() == [12]


@pytest.mark.parametrize("rate", ["总体进度78%", "整体完成率78%", "总进度78%", "已完成总任务的78%"])
def test_a_rate_in_a_heading_is_of_none_of_the_items_below_it(tmp_path, rate):
    text = (
        f"普宁市2022年民生实事第三季度进展情况\n一、改善群众出行条件，{rate}。\n"
        "（一）建设农村路35公里。已完工26公里。\n（二）改造危桥6座。已完成4座。\n"
        f"二、完善养老服务，{rate}。\n（三）建设长者饭堂18个。目前已建成18个。\n（四）改造家庭120户。已完成100户。\n"
    )
    tables = read(tmp_path, text)
    found = tables["outcomes"].merge(tables["targets"], on="target_id", suffixes=("", "_asked"))
    assert found[["value_asked", "value"]].values.tolist() == [[35, 26], [6, 4], [18, 18], [120, 100]]
    assert found["rate_claimed"].isna().all()
    assert tables["unread"]["text"].str.contains("78%").sum() == 2


@pytest.mark.parametrize(
    "before, begun", [("", "均已开工"), ("", "目前均已开工"), ("计划", "全部正在施工"), ("", "现均已启动")]
)
def test_works_begun_by_several_words_are_asked_for_and_not_done(tmp_path, before, begun):
    text = f"普宁市2022年民生实事进展情况\n一、出行。{before}改造危旧桥梁6座，{begun}。\n二、养老。建成饭堂18个。\n"
    rows = read(tmp_path, text)["outcomes"]
    assert 6 not in rows["value"].tolist()
    assert rows["status_claimed"].tolist()[0] == "in_progress"


@pytest.mark.parametrize(
    "above, own",
    [
        ("株洲市下达任务", "醴陵市目标任务"),
        ("省定任务数", "县定任务数"),
        ("上级下达目标数", "本县目标数"),
        ("原目标数", "调整后目标数"),
    ],
)
def test_of_two_columns_of_targets_the_own_one_and_in_doubt(tmp_path, above, own):
    text = (
        f"醴陵市2022年重点民生实事任务表\n序号\t指标名称\t计量单位\t{above}\t{own}\t牵头单位\n"
        "1\t新增公办学位\t个\t1080\t1200\t市教育局\n2\t两癌检查\t人\t6500\t6500\t市卫健局\n"
    )
    tables = read(tmp_path, text)
    assert tables["targets"]["value"].tolist() == [1200, 6500]
    sure = tables["confidence"].set_index("row_id")["confidence"]
    first, second = (sure[i] for i in tables["tasks"]["task_id"])
    assert first < 0.8 <= second  # where both say the same there is no doubt
    assert "1080" in " ".join(tables["unread"]["text"])


@pytest.mark.parametrize(
    "said, state",
    [
        ("完成路基42公里", "未完成"),
        ("已完成28公里", "完成"),
        ("已完成28公里", "超额完成"),
        ("完成31公里", "未完成"),
    ],
)
def test_a_state_that_the_figures_do_not_show_is_a_doubt(tmp_path, said, state):
    text = (
        "永安市2023年为民办实事项目完成情况\n序号\t项目名称\t年度目标任务\t完成情况\t是否完成\t责任单位\n"
        f"1\t农村公路\t新改建农村公路30公里\t{said}\t{state}\t市交通局\n"
        "2\t学校\t新建学校2所\t已建成2所\t完成\t市教育局\n"
    )
    tables = read(tmp_path, text)
    sure = tables["confidence"].set_index("row_id")["confidence"]
    first, second = (sure[i] for i in tables["tasks"]["task_id"])
    assert first < 0.8 <= second


@pytest.mark.parametrize("size", ["建筑面积5600平方米", "总长5公里", "库容5600立方米", "占地面积30亩"])
def test_how_large_something_is_names_nothing_behind_it(tmp_path, size):
    text = f"民勤县2022年为民办实事方案\n1.新建县城第六幼儿园，{size}，设12个班。\n2.改造旱厕28处。\n"
    rows = read(tmp_path, text)["targets"]
    wrong = rows[(rows["value"] == 12) & rows["measure"].fillna("").str.contains("面积|总长|库容")]
    assert wrong.empty


@pytest.mark.parametrize(
    "told",
    [
        "全部开工，完工1.12万户，完工率74.7%",
        "完工1.12万户",
        "竣工1.12万户，竣工率74.7%",
        "截至11月末，完工1.12万户",
    ],
)
def test_works_ended_in_the_sentence_behind_what_was_asked(tmp_path, told):
    text = f"曲靖市2023年10件惠民实事11月进展情况\n一、改造老旧小区1.5万户。{told}。\n二、新增就业4.2万人。完成4.5万人。\n"
    tables = read(tmp_path, text)
    found = tables["outcomes"].merge(tables["targets"], on="target_id", suffixes=("", "_asked"))
    assert found[["value_asked", "value"]].values.tolist() == [[15000, 11200], [42000, 45000]]


@pytest.mark.parametrize(
    "level", ["每千人口托位数达3.1个", "人均托位0.3个", "每千名儿童拥有托位31个", "千人口托位数达到3.1个"]
)
def test_so_much_for_each_is_no_result_of_an_amount(tmp_path, level):
    text = f"曲靖市2023年惠民实事完成情况\n一、新增普惠托位3000个。已新增3268个，{level}。\n"
    tables = read(tmp_path, text)
    rows = tables["outcomes"]
    assert rows.loc[rows["target_id"].notna(), "value"].tolist() == [3268]


@pytest.mark.parametrize(
    "head, body",
    [("牵头单位", "县民政局"), ("责任单位", "县民政局"), ("责任部门", "县民政局"), ("主办单位", "县民政局")],
)
def test_who_answers_is_said_in_the_split_alone(tmp_path, head, body):
    """The table of money names the task, the one of towns says who answers."""
    text = (
        "仁寿县2024年民生实事资金安排表（单位：万元）\n序号\t项目\t总投资\t省级及以上\t县级\n1\t新建老年人助餐点\t220\t110\t110\n\n"
        f"仁寿县2024年民生实事任务分解表\n序号\t项目\t单位\t任务数\t文林街道\t视高街道\t富加镇\t{head}\n1\t新建老年人助餐点\t个\t22\t6\t6\t10\t{body}\n"
    )
    tables = read(tmp_path, text)
    assert tables["tasks"]["lead_agency"].tolist() == [body]
    assert tables["allocations"]["value"].tolist() == [6, 6, 10]


@pytest.mark.parametrize(
    "rate",
    ["家庭医生签约率达42.3%", "重点人群签约率76.8%", "居民签约率达到42.3%", "家庭医生签约率提升到42.3%"],
)
def test_the_rate_of_those_signed_up_is_no_beginning_of_works(tmp_path, rate):
    tables = read(
        tmp_path, f"舒城县2022年民生实事完成情况\n一、医疗。{rate}，高于目标2.3个百分点，已新增床位50张。\n"
    )
    values = tables["outcomes"]["value"].tolist()
    assert 50 in values and 2.3 not in values
    assert "works begun" not in " ".join(tables["unread"]["reason"].dropna())


@pytest.mark.parametrize("asked", ["（目标14座）", "（计划14座）", "（年度目标14座）", "（任务数14座）"])
def test_a_target_in_brackets_is_named_by_the_figure_before_it_alone(tmp_path, asked):
    text = f"舒城县2022年民生实事完成情况\n一、出行。已完成农村公路提质改造82.6公里（目标80公里）、危桥改造14座{asked}。\n"
    measures = read(tmp_path, text)["targets"]["measure"].tolist()
    assert len(measures) == 2 and not any("82.6" in measure for measure in measures)


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：县政府督查室\t截止日期：2023年9月20日",
        "填报单位：县政府办\t单位：万元",
        "制表：县督查室\t时间：2023年9月20日",
        "报送单位（盖章）：县督查室\t填报日期：9月20日",
    ],
)
def test_a_line_that_is_filled_in_over_a_table_is_no_head(tmp_path, line):
    text = (
        f"景泰县2023年民生实事进展情况统计表\n{line}\n序号\t项目名称\t建设内容\t项目进展\t责任单位\n"
        "1\t集中供热\t改造供热管网12公里\t已改造管网9.5公里\t县住建局\n2\t幸福院\t新建幸福院8个\t8个全部建成\t县民政局\n"
    )
    tables = read(tmp_path, text)
    assert tables["tasks"]["item_no"].tolist() == ["1", "2"] or tables["tasks"]["programme_no"].tolist() == [
        "1",
        "2",
    ]
    assert tables["outcomes"]["value"].tolist() == [9.5, 8]
    assert (tables["confidence"]["confidence"] >= 0.8).all()


@pytest.mark.parametrize(
    "said", ["2栋主体封顶，1栋正在装修", "2栋主体已封顶", "2栋已封顶", "2栋完成主体施工"]
)
def test_topped_out_is_not_done(tmp_path, said):
    text = (
        "景泰县2023年民生实事进展情况统计表\n序号\t项目名称\t建设内容\t项目进展\t责任单位\n"
        f"1\t校舍\t新建教学楼3栋\t{said}\t县教育局\n2\t幸福院\t新建幸福院8个\t8个全部建成\t县民政局\n"
    )
    assert 2 not in read(tmp_path, text)["outcomes"]["value"].tolist()


@pytest.mark.parametrize("cell", ["3/3", "860/800", "14.2/15", "8个/9个"])
def test_two_figures_parted_by_a_stroke_are_no_result(tmp_path, cell):
    text = (
        "鹤山市2021年十件民生实事完成情况表\n序号\t项目内容\t完成情况\t完成进度\t责任单位\n"
        f"1\t新建公共停车场（个）\t{cell}\t100%\t市城管局\n2\t新建幼儿园3所\t已建成3所\t100%\t市教育局\n"
    )
    tables = read(tmp_path, text)
    assert tables["outcomes"]["value"].dropna().tolist() == [3] and cell in tables["unread"]["text"].tolist()


@pytest.mark.parametrize(
    "said",
    [
        "完成路基42公里、路面28.6公里",
        "完成路基28公里和路面20公里",
        "完成清表40公里、垫层12公里",
        "完成沟槽22公里、管沟18公里",
    ],
)
def test_of_two_results_that_fit_one_target_alike_neither_is_its_own(tmp_path, said):
    text = (
        "永安市2023年为民办实事项目进展情况\n序号\t项目名称\t年度目标任务\t完成情况\t责任单位\n"
        f"1\t农村公路\t新改建农村公路30公里\t{said}\t市交通局\n2\t学校\t新建学校2所\t已建成2所\t市教育局\n"
    )
    rows = read(tmp_path, text)["outcomes"].dropna(subset=["value"])
    assert rows["target_id"].notna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    "now",
    [
        "现有供水工程146处，服务人口52万人",
        "目前共有供水工程146处，其中不稳定31处",
        "针对自来水普及率仅为41%的问题",
        "已有供水工程146处，覆盖村庄210个",
    ],
)
def test_what_there_is_goes_on_to_the_end_of_its_sentence(tmp_path, now):
    text = f"商城县2025年重点民生实事计划\n1.推进农村供水。我县{now}。2025年计划维修供水工程24处。\n2.建设医共体2个。\n"
    assert read(tmp_path, text)["targets"]["value"].tolist() == [24, 2]


@pytest.mark.parametrize(
    "far",
    [
        "比全市平均进度低21.5个百分点",
        "较时序进度慢5个百分点",
        "高于全省平均2.3个百分点",
        "比上月提高8个百分点",
    ],
)
def test_how_far_a_result_is_from_another_is_none(tmp_path, far):
    text = f"新野县2023年重点民生实事进展情况\n1.户厕改造。目标任务5000户，目前完成2150户，占目标任务的43%，{far}。\n"
    rows = read(tmp_path, text)["outcomes"]
    assert rows["value"].tolist() == [2150] and rows["rate_claimed"].tolist() == [43]


@pytest.mark.parametrize("asks", ["目标任务", "年度目标", "计划", "年度任务"])
def test_several_targets_then_their_results_in_one_sentence(tmp_path, asks):
    text = f"新野县2023年重点民生实事进展情况\n1.“两癌”筛查。{asks}宫颈癌筛查6400人、乳腺癌筛查6300人，实际分别完成6588人、6502人。\n"
    tables = read(tmp_path, text)
    assert tables["targets"]["value"].tolist() == [6400, 6300]
    assert tables["outcomes"]["value"].tolist() == [6588, 6502]
    assert tables["outcomes"]["target_id"].tolist() == tables["targets"]["target_id"].tolist()


@pytest.mark.parametrize(
    "head", ["“十四五”以来累计完成", "历年累计完成", "2021年以来累计完成", "开工以来累计完成"]
)
def test_what_several_years_made_is_no_result_of_the_year(tmp_path, head):
    text = (
        f"芦溪县2024年民生实事完成情况\n序号\t民生实事\t年度目标任务\t本年完成\t{head}\t完成率\t责任单位\n"
        "1\t新增就业\t4200人\t4386人\t4900人\t104.4%\t县人社局\n2\t农村改厕\t1600户\t1600户\t2200户\t100%\t县农业农村局\n"
    )
    assert read(tmp_path, text)["outcomes"]["value"].tolist() == [4386, 1600]


@pytest.mark.parametrize("told", ["完成", "实际完成", "完成数", "完成情况"])
def test_the_result_of_a_region_is_no_share(tmp_path, told):
    page = _table(
        [
            [
                "<td rowspan=2>项目</td>",
                "<td rowspan=2>单位</td>",
                "<td colspan=2>金川区</td>",
                "<td colspan=2>永昌县</td>",
            ],
            ["任务", told, "任务", told],
            ["农村户厕改造", "户", "1000", "1080", "2000", "2040"],
            ["城镇新增就业", "人", "4300", "4400", "2500", "2550"],
        ]
    )
    tables = read(tmp_path, f"<h1>金昌市2023年民生实事分县区完成情况表</h1>{page}", suffix=".html")
    assert not set(tables["allocations"]["value"]) & {1080, 2040, 4400, 2550}
