"""Habits of documents in words that a blind batch showed, each in several places and words."""

from __future__ import annotations

import pytest


def progress(*lines):
    return "磐安县2023年民生实事进展情况\n截至9月底,各项目进展如下:\n" + "\n".join(lines) + "\n"


# --- 超额完成: what came of it, or by how much ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "asked", "came", "unit"),
    [
        ("计划新建或改造80个社区便利店,现已超额完成93个。", 80, 93, "个"),
        ("计划新建50个农家店,已超额完成58个农家店。", 50, 58, "个"),
        ("1.新建口袋公园20个。目前已超额完成26个。", 20, 26, "个"),
        ("1.城镇新增就业1.2万人。完成情况:超额完成1.3万人。", 12000, 13000, "人"),
        (
            "项目\t年度目标\t进展情况\n农家店\t新建农家店50个\t已超额完成58个农家店\n公厕\t新建公厕9座\t建成9座",
            50,
            58,
            "个",
        ),
    ],
)
def test_what_is_completed_beyond_its_target_is_the_result(read, said, asked, came, unit):
    tables = read(progress(said), kind="progress")
    target = tables["targets"].iloc[0]
    outcome = tables["outcomes"].iloc[0]
    assert (target["value"], target["unit"]) == (asked, unit)
    assert (outcome["value"], outcome["unit"], outcome["status_claimed"]) == (came, unit, "over")
    assert outcome["target_id"] == target["target_id"]


@pytest.mark.parametrize(
    "said",
    [
        "计划新建公园3个,现已超额完成12个。",  # 12, or 15
        "1.改造公厕30座。已超额完成12座。",
        "全年培训农民超额完成300人。",
        "项目\t年度目标\t进展情况\n公厕\t改造公厕30座\t已超额完成12座\n公园\t新建公园9个\t建成9个",
        "项目\t年度目标\t进展情况\n公厕\t改造公厕3座\t已超额完成12座\n公园\t新建公园9个\t建成9个",
    ],
)
def test_what_may_be_a_surplus_is_told_and_no_result(read, said):
    tables = read(progress(said), kind="progress")
    assert not tables["outcomes"]["value"].isin([12, 300]).any()
    assert tables["unread"]["text"].str.contains("12|300").any()


def test_a_surplus_that_the_page_itself_closes_is_known(read):
    tables = read(progress("计划培训护理员85人,实际培训护理员91人,超额完成6人。"), kind="progress")
    assert tables["outcomes"]["value"].tolist() == [91] and not len(tables["unread"])


# --- plans of several years: what works cost ----------------------------------------------------------------------


def plan(*lines):
    return "磐安县“十四五”公共服务规划\n二、主要任务\n" + "\n".join(lines) + "\n"


def planned(read, *lines):
    return read(plan(*lines), kind="five_year_plan", year=2021)


@pytest.mark.parametrize(
    ("said", "counted", "paid"),
    [
        ("（一）新建县级养老服务中心，设置床位300张，总投资1.2亿元。", [300], 12000),
        ("（一）新建县疾病预防控制中心，总建筑面积1.2万平方米，总投资8600万元。", [12000], 8600),
        ("（一）改造敬老院5所，概算投资2600万元。", [5], 2600),
        ("计划投资3500万元，新建社区日间照料中心12个。", [12], 3500),
        ("到2025年，新建县医院床位500张，投资估算约5亿元。", [500], 50000),
        ("到2025年，新建学校8所。项目总投资3亿元。", [8], 30000),
    ],
)
def test_what_the_works_of_a_plan_cost_is_money_and_no_target(read, said, counted, paid):
    tables = planned(read, said)
    assert tables["targets"]["value"].tolist() == counted
    assert tables["funding"][["funder", "amount_wan"]].values.tolist() == [["total", paid]]
    assert tables["funding_tasks"]["task_id"].tolist() == tables["tasks"]["task_id"].tolist()


@pytest.mark.parametrize(
    ("said", "amounts"),
    [
        ("到2025年，固定资产投资达到300亿元。", [3e6]),
        ("到2025年，完成投资12亿元。", [120000]),
        ("到2025年，引进社会资金5亿元。", [50000]),
        ("到2025年，全社会研发投入达8亿元。", [80000]),
    ],
)
def test_money_that_a_plan_aims_at_stays_its_target(read, said, amounts):
    tables = planned(read, said)
    assert tables["targets"]["value"].tolist() == amounts and not len(tables["funding"])


@pytest.mark.parametrize(
    "said",
    [
        "（一）新建县医院，概算投资3亿元；新建县中医院，投资估算2亿元。",
        "项目总投资3亿元。",
        "到2025年，项目上级资金已到位3亿元。",
        "到2025年，工程已落实资金3亿元。",
    ],
)
def test_a_sum_of_which_the_words_do_not_say_what_it_is_for_is_told(read, said):
    tables = planned(read, said, "到2025年，新建公园8个。")
    assert tables["targets"]["value"].tolist() == [8] and not len(tables["funding"])
    assert tables["unread"]["text"].str.contains("3亿元").any()


# --- a date behind a semicolon ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "due"),
    [
        (
            "（一）改扩建镇卫生院6个；到2023年，建成区域医疗卫生中心3个；到2025年，建成5个。",
            {6: "2025-12-31", 3: "2023-12-31", 5: "2025-12-31"},
        ),
        ("（一）新建学校8所；2022年，新建幼儿园4所。", {8: "2025-12-31", 4: "2022-12-31"}),
        ("改造敬老院5所；2024年底前，新增床位300张。", {5: "2025-12-31", 300: "2024-12-31"}),
        ("（一）新建学校8所；新建幼儿园4所，2023年底前全部建成。", {8: "2023-12-31", 4: "2023-12-31"}),
        ("（一）新建学校8所；2023年底前建成投用。", {8: "2023-12-31"}),
    ],
)
def test_a_date_behind_a_semicolon_is_of_what_follows_it(read, said, due):
    tables = planned(read, said)
    days = dict(zip(tables["tasks"]["task_id"], tables["tasks"]["deadline"], strict=True))
    told = {row.value: days[row.task_id] for row in tables["targets"].itertuples()}
    assert {value: str(day)[:10] for value, day in told.items()} == due


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("1.新建学校8所；6月底前，新建幼儿园4所。", "none"),
        ("1.新建公厕9座；新建公园4个，10月底前全部建成。", "2023-10-31"),
        ("1.改造小区9个；11月底前完工。", "2023-11-30"),
        ("1.新建学校8所；6月底前建成4所，12月底前全部建成。", "2023-12-31"),
    ],
)
def test_a_day_of_a_part_of_a_promise_is_not_that_of_all(read, said, due):
    day = read(f"磐安县2023年民生实事项目\n{said}\n2.新建公园3个。\n", kind="plan")["tasks"]["deadline"][0]
    assert (str(day)[:10] if day == day and day is not None else "none") == due


# --- money of what the vote refused -------------------------------------------------------------------------------


def ballot(*heads, rows):
    head = ["序号", "项目名称", "建设内容", *heads]
    lines = ["\t".join(map(str, line)) for line in (head, *rows)]
    return "磐安县2023年民生实事项目人大代表票决结果\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("head", "yes", "no"),
    [
        ("票决结果", "通过", "未通过"),
        ("表决情况", "当选", "未当选"),
        ("入选情况", "入选", "落选"),
        ("是否入选", "是", "否"),
        ("票决结果", "通过", "不通过"),
    ],
)
def test_money_of_what_the_vote_refused_is_doubted_with_it(read, head, yes, no):
    words = ballot(
        "计划投资（万元）",
        head,
        rows=[
            (1, "停车", "新增公共停车泊位850个", 2100, yes),
            (2, "老年助餐", "新建老年食堂12个", 560, no),
            (3, "公交", "新建公交站台40座", 60, yes),
        ],
    )
    tables = read(words, kind="plan")
    sure = dict(zip(tables["confidence"]["row_id"], tables["confidence"]["confidence"], strict=True))
    paid = {row.amount_wan: sure[row.funding_id] for row in tables["funding"].itertuples()}
    assert set(paid) == {2100, 560, 60}
    assert paid[560] < 0.8 <= min(paid[2100], paid[60])


def test_money_in_the_words_of_what_the_vote_refused_is_doubted_with_it(read):
    words = ballot(
        "票决结果",
        rows=[
            (1, "停车", "新增公共停车泊位850个,总投资2100万元", "通过"),
            (2, "老年助餐", "新建老年食堂12个,总投资560万元", "未通过"),
            (3, "公交", "新建公交站台40座", "通过"),
        ],
    )
    tables = read(words, kind="plan")
    sure = dict(zip(tables["confidence"]["row_id"], tables["confidence"]["confidence"], strict=True))
    paid = {row.amount_wan: sure[row.funding_id] for row in tables["funding"].itertuples()}
    assert paid[560] < 0.8 <= paid[2100]


# --- what is all done, and what is done of something else beside it ---------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said", "came"),
    [
        (
            "完成危房改造2381户,同步实施“三改”1900户",
            "2381户危房改造全部竣工并通过验收,“三改”完成2044户",
            [2381, 2044],
        ),
        ("新建公厕30座,改造公厕9座", "30座公厕全部建成投用,改造完成8座", [30, 8]),
        ("新建公园20个,口袋公园9个", "20个公园均已建成,口袋公园完成9个", [20, 9]),
        ("改造小区20个", "20个小区中,18个已完工", [18]),  # here the first is what there is in all
    ],
)
def test_what_is_all_done_is_a_result_of_its_own(read, asked, said, came):
    found = read(progress(f"1.{asked}。", f"{said}。"), kind="progress")["outcomes"]
    assert found["value"].tolist() == came
