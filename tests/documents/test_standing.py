"""What a row of running words stands on: without words of its own it is doubted, and paragraphs without marks are read so."""

from __future__ import annotations

import pytest

from minshi_analysis.layout.marks import number_of


def values(tables, name):
    return [(row.value, row.unit) for row in tables[name].itertuples()]


def confidence(tables, task_id):
    return tables["confidence"].set_index("row_id")["confidence"][task_id]


PLAN = "磐安县2023年民生实事项目\n1.新建幼儿园3所。\n2.{}\n3.改造公厕12座。"
REPORT = "磐安县2023年民生实事10月进展情况\n一、教育\n{}\n二、就业\n新增就业3200人，完成目标的106%。"


@pytest.mark.parametrize(
    "words",
    [
        "支持乡镇办好实事，每个乡镇不少于2件。",
        "建设文化广场，每村建成1个。",
        "配强网格力量，每个社区配备3名网格员。",
        "每个街道新建1所养老机构。",
    ],
)
def test_so_much_for_each_is_doubted(read, words):
    tables = read(PLAN.format(words))
    sure = [confidence(tables, row.task_id) for row in tables["targets"].itertuples()]
    assert sure[0] >= 0.9 and sure[-1] >= 0.9
    assert all(value < 0.8 for value in sure[1:-1])


def test_a_level_for_each_thousand_is_no_norm(read):
    tables = read(PLAN.format("每千名老年人拥有养老床位达到40张。"))
    row = next(row for row in tables["targets"].itertuples() if row.unit == "张")
    assert confidence(tables, row.task_id) >= 0.9


@pytest.mark.parametrize(
    "words",
    [
        "市级重点民生实事项目分解至我区任务5项。",
        "承接省级为民办实事分解任务8件。",
        "承担市级惠民工程分解到我县4项。",
    ],
)
def test_what_a_list_takes_over_is_in_no_row_that_is_sure(read, words):
    tables = read(PLAN.format(words))
    for row in tables["targets"].itertuples():
        if row.unit in ("项", "件"):
            assert confidence(tables, row.task_id) < 0.8, row.measure


@pytest.mark.parametrize(
    "words",
    [
        "6项率先完成年度目标任务，5项进展较快。",
        "我县涉及任务47项，正在开展前期工作6项。",
        "4项进展较快，3项进展较慢。",
        "2件实事推进顺利，1件实事进展滞后。",
    ],
)
def test_counts_of_items_are_in_no_row_that_is_sure(read, words):
    tables = read(REPORT.format(words))
    for name in ("targets", "outcomes"):
        for row in tables[name].itertuples():
            if row.unit in ("项", "件"):
                assert confidence(tables, row.task_id) < 0.8, (name, row.measure)


@pytest.mark.parametrize(
    "words",
    [
        "引进甲类企业、乙类企业、上市公司投资项目不少于3个。上半年，引进甲类企业投资项目3个；引进乙类企业投资项目1个。",
        "新建小学、初中、高中校舍不少于5栋。上半年，新建小学校舍5栋；新建初中校舍2栋。",
        "培训电工、焊工、月嫂等技工不少于300人。上半年，培训电工技工300人；培训焊工技工120人。",
        "创建省级示范村、市级示范村、县级示范村不少于9个。上半年，创建省级示范村9个；创建市级示范村4个。",
    ],
)
def test_a_result_of_one_kind_beside_the_target_of_several_is_doubted(read, words):
    tables = read(REPORT.format(words))
    (target,) = [row for row in tables["targets"].itertuples() if row.unit != "人" or row.value == 300][:1]
    assert confidence(tables, target.task_id) < 0.8


FOLLOWED = (
    ("改造农村公路3000公里。上半年已完成610公里。", 3000, 610),
    ("2000个行政村环境连片整治。累计完成了650个行政村整治工作，占总计划的32.5%。", 2000, 650),
    ("计划今年整修旧楼区500万平方米，截至目前完成428万平方米，占任务的85.6%。", 5000000, 4280000),
    ("计划今年完成节能改造200万平方米，已下发三批改造计划。已完成66.6万平方米。", 2000000, 666000),
)


def test_paragraphs_that_are_followed_up_are_items(read):
    words = "\n".join(said for said, _, _ in FOLLOWED)
    tables = read(f"磐安县2023年重点民生实事上半年进展\n各部门落实责任，主要进度如下：\n{words}")
    targets = tables["targets"].set_index("target_id")
    pairs = {
        (targets["value"][row.target_id], row.value)
        for row in tables["outcomes"].itertuples()
        if isinstance(row.target_id, str)
    }
    assert pairs == {(asked, done) for _, asked, done in FOLLOWED}


def test_a_paragraph_without_a_mark_is_an_item_that_is_doubted(read):
    words = "\n".join(said for said, _, _ in FOLLOWED[:3])
    news = "县委、县政府确定的2023年民心工程，经广大干部职工共同努力，到目前进展顺利，"
    news += "其余项目进入收尾阶段或正在加紧施工，各部门将继续落实责任，确保全年任务圆满完成。"
    tables = read(f"城建系统项目进展顺利\n{news}\n{words}", kind="progress")
    first = next(row for row in tables["targets"].itertuples() if row.value == 3000)
    assert confidence(tables, first.task_id) < 0.8


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("根据清单，我市2023年拟新建公共充电桩200个，请市民提出意见。", 200, "个"),
        ("据悉，今年将改造老旧小区35个，进一步改善居住条件。", 35, "个"),
        ("县交通局计划新建农村公路60公里，方便群众出行。", 60, "公里"),
        ("力争年底前完成户厕改造1200座，惠及更多农户。", 1200, "座"),
    ],
)
def test_a_plan_without_a_list_is_read_and_doubted(read, words, value, unit):
    tables = read(f"2023年民生实事项目公开征求意见\n近日，有关部门研究部署。\n{words}", kind="plan")
    assert values(tables, "targets") == [(value, unit)]
    assert all(confidence(tables, row.task_id) < 0.8 for row in tables["targets"].itertuples())


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("该项目计划投资480万元，共建设充电桩5000个。完成项目投资380万元，于12月全面完工。", 480),
        ("项目计划总投资1.7亿元，建设内容为管网改造。已于6月底完成建设。", 17000),
        ("工程概算投资290.36万元，重新铺设管涵。已于8月完工。", 290.36),
        ("该工程估算总投资95万元，新建公厕2座。已全部建成。", 95),
    ],
)
def test_what_finished_works_were_to_cost_is_their_money(read, words, amount):
    tables = read(
        f"磐安县2023年民生实事完成情况\n1.甲工程项目。\n{words}\n2.乙工程项目。\n新增就业3200人，完成目标的106%。"
    )
    assert list(tables["funding"]["amount_wan"]) == [amount]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("积极引导1000名以上高校毕业生到基层就业。", 1000),
        ("带动200户以上农户增收。", 200),
        ("帮助500人以上困难群众就业。", 500),
        ("组织3000人以上劳动力参加培训。", 3000),
    ],
)
def test_whom_a_promise_is_for_is_promised(read, words, value):
    tables = read(PLAN.format(words))
    assert value in [row.value for row in tables["targets"].itertuples()]


def test_who_qualifies_is_not(read):
    tables = read(PLAN.format("完善500人以上常住人口的行政村公路。"))
    assert 500 not in [row.value for row in tables["targets"].itertuples()]


@pytest.mark.parametrize("words", ["更新完毕", "安装完毕", "验收完毕", "改造完成"])
def test_what_is_done_to_the_end_is_met(read, words):
    tables = read(REPORT.format(f"计划更新公交车1000辆，已于日前{words}。"))
    row = next(row for row in tables["outcomes"].itertuples() if row.unit == "辆")
    assert row.status_claimed == "met" and row.value != row.value


def test_a_list_of_months_is_no_number():
    assert number_of("7、8月在促进就业项目中") is None
    assert number_of("1、2季度完成") is None
    assert number_of("7、新建公厕").number == "7"


@pytest.mark.parametrize(
    "words",
    ["日处理生活污水4000吨", "每日供水500吨", "年产饲料3000吨", "日转运垃圾120吨"],
)
def test_what_works_can_do_is_no_result(read, words):
    tables = read(REPORT.format(f"该项目已建成。目前，污水处理厂{words}。"))
    assert not [row for row in tables["outcomes"].itertuples() if row.unit == "吨"]


@pytest.mark.parametrize(
    "words",
    [
        "全年10万人搬迁任务，目前已动工2.65万户9.95万人，其中已竣工1.42万户5.26万人。",
        "全年300所学校改造任务，目前已开工120所8.4万平方米，其中已竣工60所4.1万平方米。",
        "全年800公里农路任务，目前已启动210条640公里，其中已竣工150条430公里。",
        "全年5万户改厕任务，目前已开工320村4.2万户，其中已完工180村2.6万户。",
    ],
)
def test_figures_of_one_verb_are_read_alike(read, words):
    tables = read(REPORT.format(words))
    done = [row.value for row in tables["outcomes"].itertuples() if row.unit not in ("项", "%")]
    begun = {"99500": 99500, "84000": 84000, "640": 640, "42000": 42000}.values()
    assert not set(begun) & set(done)


@pytest.mark.parametrize(
    "words",
    [
        "改善96所学校办学条件。运动场实际开工31所，完工18所。",
        "解决40个小区停车难。口袋公园实际开工9个，完工6个。",
        "治理60处隐患路段。公交站亭实际开工25处，完工14处。",
        "扶持30家养老机构。社区食堂实际开工12家，完工7家。",
    ],
)
def test_a_result_of_other_works_does_not_answer_a_target_for_sure(read, words):
    tables = read(REPORT.format(words))
    for row in tables["outcomes"].itertuples():
        if row.value in (18, 6, 14, 7) and isinstance(row.target_id, str):
            assert confidence(tables, row.task_id) < 0.8


@pytest.mark.parametrize(
    "words",
    [
        "解决了1.2万人的安全饮水问题；新增通油路乡镇4个。",
        "完成了28所农村寄宿制学校改扩建，新建教师周转宿舍1.4万平方米。",
        "竣工道路84条，安装路灯1260盏。",
        "累计发放图书8600册，购置课桌3200套。",
    ],
)
def test_what_running_words_say_is_done_is_a_result_that_is_doubted(read, words):
    tables = read(f"去年民生工程全面完成\n据了解，去年各项工作稳步推进。\n{words}", kind="completion")
    assert len(tables["outcomes"]) >= 1
    assert all(confidence(tables, row.task_id) < 0.8 for row in tables["outcomes"].itertuples())


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("磐安：办好民生实事 提升幸福指数", "progress"),
        ("磐安今年上半年做了哪些民生实事", "progress"),
        ("磐安县民生工作回顾", "completion"),
        ("磐安县办好民生实事责任分工", "plan"),
    ],
)
def test_a_slogan_over_what_was_done_is_no_plan(read, title, kind):
    body = (
        "今年以来，各部门合力推进。\n截至目前，棚改项目完成率100%。截至目前，改造工程竣工投入使用，群众直接受益。\n"
        "停车位完成年度任务91.63%。"
    )
    if kind == "completion":
        body = "新增就业3200人。改造农村危房258户。"
    if kind == "plan":
        body = "1.新建幼儿园3所。（责任单位：县教育局）\n2.改造公厕12座。（责任单位：县住建局）"
    assert list(read(f"{title}\n{body}")["documents"]["kind"]) == [kind]


@pytest.mark.parametrize(
    "words",
    [
        "60个已完成或基本完成配套建设，19个正在加紧建设。",
        "36所已投用，4所正在施工。",
        "12条已通车，3条在建。",
        "8处完工，2处正在施工。",
    ],
)
def test_what_is_done_beside_what_is_in_hand_is_no_target(read, words):
    tables = read(REPORT.format(words))
    asked = [row for row in tables["targets"].itertuples() if row.unit in ("个", "所", "条", "处")]
    assert all(confidence(tables, row.task_id) < 0.8 for row in asked)
