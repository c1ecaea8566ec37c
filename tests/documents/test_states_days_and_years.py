"""What words say of a result's state, of the day it is of, and of the years that a target is for."""

from __future__ import annotations

import pytest

from minshi_analysis.facts.prose.results import status_said

DONE = {"kind": "completion"}


@pytest.fixture
def states(read):
    """(value, state) of the results of a report."""

    def reading(words: str):
        found = read(words, **DONE)["outcomes"][["value", "status_claimed"]]
        return [(v, s if isinstance(s, str) else None) for v, s in found.itertuples(index=False, name=None)]

    return reading


@pytest.mark.parametrize(
    "words",
    [
        "2023年,省下达民生实事14个指标。其中,有3个指标超额完成年度任务,即:新增城镇就业6628人,为任务的116.3%;"
        "新建公路206公里,为任务的103.13%;改造危房713户,为任务的102%。此外,有2个指标全面完成年度任务,即:整治水源地16个,"
        "为任务的100%;完成棚户区改造235套,为任务的100%。",
        "2023年,3项指标超额完成年度任务,分别为:新增城镇就业6628人,为任务的116.3%;新建公路206公里,为任务的103.13%;"
        "改造危房713户,为任务的102%。2项指标全面完成年度任务,具体是:整治水源地16个,为任务的100%;完成棚户区改造235套,"
        "为任务的100%。",
        "磐安县2023年民生实事完成情况\n超额完成年度任务的指标有3个,包括:新增城镇就业6628人,为任务的116.3%;新建公路206公里,"
        "为任务的103.13%;改造危房713户,为任务的102%。\n全面完成年度任务的指标有2个,包括:整治水源地16个,为任务的100%;"
        "完成棚户区改造235套,为任务的100%。",
    ],
)
def test_words_before_a_list_are_said_of_all_of_it(states, words):
    assert states(words) == [(6628, "over"), (206, "over"), (713, "over"), (16, "met"), (235, "met")]


def test_words_that_say_how_many_speak_of_no_more(states):
    words = "其中,有2个指标超额完成年度任务,即:新增就业6628人,为任务的116%;新建公路206公里,为任务的103%。全年培训农民500人,完成率95%。"
    assert states(words) == [(6628, "over"), (206, "over"), (500, None)]


def test_a_floor_that_is_said_to_be_reached_is_no_result(states):
    met = "2个指标全面完成年度任务,即:整治水源地16个,为任务的100%;"
    words = met + "提高低保标准,城市低保标准不低于430元/月,农村低保标准不少于3200元/年,已达标。"
    assert states(words) == [(16, "met")]


@pytest.mark.parametrize(
    "words",
    [
        "完成年度目标任务(6000个)的113.7%",
        "完成年度目标任务6000个的113.7%",
        "达到全年计划(30所)的九成",
        "完成年度任务近九成",
        "完成全年目标任务过半",
        "实现年度目标的一半",
        "完成年度计划的百分之八十",
    ],
)
def test_a_rate_claims_no_state(words):
    assert status_said(words) is None


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("完成年度目标任务(6000个)", "met"),
        ("完成年度目标任务,完成率100%", "met"),
        ("超额完成年度任务(40所)", "over"),
        ("未完成年度目标任务(6000个)", "behind"),
    ],
)
def test_a_bracket_behind_the_target_takes_no_state(words, state):
    assert status_said(words) == state


def test_a_rate_in_a_table_claims_no_state(read):
    page = (
        "序号\t项目\t目标\t完成情况\n1\t新增停车位\t6000个\t新增停车位6820个,完成年度目标任务的113.7%\n"
        "2\t新建公园\t5个\t超额完成,建成7个\n"
    )
    found = read("磐安县2023年民生实事完成情况表\n" + page, **DONE)["outcomes"]
    assert found["status_claimed"].isna().tolist() == [True, False]


# --- the day of a report ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [
        "1.安置房建设。截至12月25日,已完成60个乡镇的安置工作,完成年度目标任务。",
        "“安置房”创建。截至2023年12月25日,已完成60个乡镇的创建工作,完成年度目标任务。",
        "一、安置房建设\n计划建设60套。截至12月25日,60套全部建成,完成年度目标任务。",
    ],
)
def test_the_day_of_one_item_is_not_that_of_all(read, first):
    second = {"1": "2.", "一": "二、学校建设\n"}.get(first[0], "")
    tables = read(
        f"磐安县2023年民生实事完成情况\n{first}\n{second}全年新建幼儿园48所,超额完成40所的年度目标任务。",
        **DONE,
    )
    day = tables["outcomes"].set_index("value")["as_of"]
    assert day.get(60.0) == "2023-12-25"
    assert day.isna()[48.0]


@pytest.mark.parametrize(
    "lead",
    [
        "截至11月30日,10件民生实事已完成8件。",
        "(截至2023年11月30日)",
        "今年以来,各部门抓好落实。截至11月底,各项目进展如下:",
        "注:数据截至2023年11月30日。",
    ],
)
def test_the_day_of_the_whole_list_is_that_of_all(read, lead):
    tables = read(
        f"磐安县2023年民生实事进展情况\n{lead}\n1.新建幼儿园50所。已建成48所。\n2.新建公园30个。已建成12个。",
        kind="progress",
    )
    assert tables["outcomes"]["as_of"].tolist() == ["2023-11-30"] * 2


# --- targets of several years ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "summed"),
    [
        ("2606个撤并村通公路(2021—2025年)。", [True]),
        ("三年内建成幼儿园5所。", [True]),
        ("2021-2023年累计改造危房3000户。", [True]),
        ("2021至2023年,累计新增养老床位3万张。", [True]),
        ("五年共培训农民5万人。", [True]),
        ("新建公园15个(三年内建成),今年建成绿道3公里。", [True, False]),
        ("农村危房改造6万户(2023年)。", [False]),
        ("为毕业2年内的高校毕业生500人发放补贴。", [False]),
        ("落实《2021-2023年行动计划》,新建公园3个。", [False]),
        ("2021-2025年每年新建公园3个。", [False]),
    ],
)
def test_a_target_of_several_years_is_cumulative(read, words, summed):
    tables = read(f"磐安县2023年民生实事\n1.{words}\n2.新建公厕7座。\n3.新建书房9家。")
    assert tables["targets"]["cumulative"].tolist() == [*summed, False, False]


def test_a_target_of_several_years_in_a_table(read):
    page = "序号\t项目\t牵头单位\n1\t新增养老床位300张(2021-2023年)\t县民政局\n2\t新建公园5个\t县住建局\n"
    found = read("磐安县2023年民生实事项目表\n" + page)["targets"]
    assert found["cumulative"].tolist() == [True, False]


# --- a series of results -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "values"),
    [
        ("购置图书345万册、课桌46.5万套、计算机3.2万台(套)", [3450000, 465000, 32000]),
        ("安装路灯90盏、监控80个和护栏700米", [90, 80, 700]),
        ("发放教材500册、校服600套", [500, 600]),
        ("购置图书300册,在建宿舍20套", [300]),
    ],
)
def test_one_verb_is_said_of_all_of_a_series(read, series, values):
    words = f"1.改造薄弱学校50所。上半年已完成45所;{series}。\n2.新建公厕9座。已建成7座。\n3.新建公园8个。已建成6个。\n"
    found = read("磐安县2023年民生实事上半年进展情况\n" + words, kind="progress")["outcomes"]
    assert found["value"].tolist() == [45, *values, 7, 6] or sorted(found["value"]) == sorted(
        [45, *values, 7, 6]
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("改善义务教育薄弱学校5100所", "寄宿制学校实际开工199所,完工102所"),
        ("改造农村公路3000公里", "建成旅游公路12公里"),
        ("整治城市河道900条", "完工生态河道8条"),
    ],
)
def test_another_sort_of_a_thing_does_not_answer_a_target_far_above_it(read, asked, told):
    words = (
        f"1.{asked}。上半年,{told}。\n2.新建公厕9座。上半年已建成7座。\n3.新建公园8个。上半年已建成6个。\n"
    )
    tables = read("磐安县2023年民生实事上半年进展情况\n" + words, kind="progress")
    targets = tables["targets"].set_index("target_id")["value"]
    answered = tables["outcomes"].dropna(subset=["target_id", "value"])
    assert sorted(targets[answered["target_id"]]) == [8, 9]
