"""What a plan's sentences promise and what they only tell, and who answers for it, as other places print it."""

from __future__ import annotations

import pytest

from minshi_analysis.facts.context import Context
from minshi_analysis.facts.prose.plans import plan_targets
from minshi_analysis.intake.reader import read_document
from minshi_analysis.reading import text as reader
from minshi_analysis.reading.blocks import Paragraph


def said(text):
    found = [block for block in reader.parse(text).blocks if isinstance(block, Paragraph)]
    return plan_targets(found, Context("x", "five_year_plan", 2021, 2025, level="county"))


def promised(text):
    return [(t["value"], t["unit"]) for t in said(text).targets]


@pytest.mark.parametrize(
    ("chapter", "words", "figure"),
    [
        ("一、发展基础", "“十三五”以来，新建幼儿园12所。", "12所"),
        ("一、形势", "到2025年60岁以上老年人口达到5.2万人。", "5.2万人"),
        ("二、面临的挑战", "学位缺口达到3200个。", "3200个"),
        ("二、短板和不足", "每千人床位为5.1张。", "5.1张"),
        ("三、人口预测", "到2025年常住人口达到48万人。", "48万人"),
    ],
)
def test_a_chapter_that_looks_back_or_around_promises_nothing_and_says_why(chapter, words, figure):
    found = said(f"{chapter}\n{words}\n四、发展目标\n到2025年，养老床位达到1800张。\n")
    assert [(t["value"], t["unit"]) for t in found.targets] == [(1800, "张")]
    (aside,) = [part for part in found.aside if figure in part.text]
    assert aside.reason.startswith("background: the chapter ")


@pytest.mark.parametrize(
    "chapter", ["一、补齐民生短板", "一、应对人口老龄化挑战", "一、破解发展难题", "一、总结推广经验"]
)
def test_a_chapter_of_duties_promises(chapter):
    assert promised(f"{chapter}\n新建幼儿园12所。\n") == [(12, "所")]


@pytest.mark.parametrize(
    ("words", "figure", "reason"),
    [
        ("预计到2025年全县老年人口达到6.4万人。", "6.4万人", "a forecast"),
        ("据测算，到2025年学位需求达到8200个。", "8200个", "a forecast"),
        ("目前全县有养老机构45所，到2025年达到60所。", "45所", "what there is, no promise"),
        ("现有托位900个，力争达到1500个。", "900个", "what there is, no promise"),
        ("截至2020年底，每千名老人床位32张。", "32张", "a sentence of years before the plan"),
    ],
)
def test_what_is_and_what_is_forecast_is_no_target(words, figure, reason):
    found = said(f"一、发展目标\n到2025年，参保率达到95%。{words}\n")
    assert figure not in [f"{t['value']:g}{t['unit']}" for t in found.targets]
    assert reason in [part.reason for part in found.aside if part.text.endswith(figure)]


def test_a_forecast_of_works_is_a_promise():
    assert promised("一、重点任务\n预计到2025年新建养老服务中心12个。\n") == [(12, "个")]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("1.就业帮扶。新增残疾人就业1500人。（责任单位：县残联、县人社局）", "县残联、县人社局"),
        ("1.就业帮扶。新增残疾人就业1500人。【县残联】", "县残联"),
        ("1.就业帮扶。（县残联牵头）新增残疾人就业1500人。", "县残联"),
        ("1.就业帮扶。新增残疾人就业1500人。责任单位：县残联。", "县残联"),
        ("1.就业帮扶。新增残疾人就业1500人。\n责任单位：县残联", "县残联"),
        ("（一）就业帮扶（牵头单位：县残联）\n新增残疾人就业1500人。", "县残联"),
        ("1.就业帮扶。新增残疾人就业1500人，服务中心（文化馆）建成2个。", None),
        ("1.就业帮扶。新增残疾人就业1500人，完善社区卫生服务中心（乡镇卫生院）。", None),
    ],
)
def test_who_answers_for_a_paragraph(text, lead):
    tasks = said(f"一、重点任务\n{text}\n").tasks
    assert tasks and all(task.get("lead_agency") == lead for task in tasks)


def test_each_sentence_has_the_bracket_behind_it():
    tasks = said(
        "一、重点任务\n到2023年，新建幼儿园6所。（责任单位：县教育局）到2025年，新增床位400张。（责任单位：县民政局）\n"
    ).tasks
    assert [(t["deadline"], t["lead_agency"]) for t in tasks] == [
        ("2023-12-31", "县教育局"),
        ("2025-12-31", "县民政局"),
    ]


def test_every_figure_of_a_plans_prose_is_a_target_or_has_a_reason(tmp_path):
    """Each promise and each figure set aside is printed where it says."""
    text = (
        "一、发展基础\n新建学校3所，床位达到900张。\n二、重点任务\n由1800元提高到2200元。"
        "为500人以上的村配备医生。新建书房7家。目前有馆舍4处。\n"
    )
    found = said(text)
    targets = {text[t["source_start"] : t["source_end"]] for t in found.targets}
    aside = {text[part.start : part.end] for part in found.aside}
    assert targets == {"2200元", "7家"}
    assert {"3所", "900张", "1800元", "4处"} <= aside
    assert all(part.reason for part in found.aside)


def test_a_review_s_sentences_are_told_and_promise_nothing(tmp_path):
    path = tmp_path / "review.txt"
    path.write_text(
        "湘乡市“十四五”规划纲要实施中期评估报告\n两年来新建学校12所。\n下一步，新增床位300张。\n", "utf-8"
    )
    tables = read_document(path, region="湘乡市", kind="review", year=2021, year_end=2025)
    assert len(tables["targets"]) == 0
    assert [text for text in tables["unread"]["text"] if "12所" in text or "300张" in text]


@pytest.mark.parametrize(
    ("words", "figure", "reason"),
    [
        ("建设寄宿制学校4所，每所投资约1200万元。", "1200万元", "an amount for each of them"),
        (
            "乡镇养老服务中心覆盖率达到60%，较2020年提高25个百分点。",
            "25个百分点",
            "a change against another year, beside the level",
        ),
    ],
)
def test_an_amount_for_each_and_a_comparison_are_no_targets(words, figure, reason):
    found = said(f"一、重点任务\n到2025年，{words}\n")
    assert len(found.targets) == 1
    assert [part.reason for part in found.aside if figure in part.text] == [reason]


def test_an_annex_s_number_is_no_target():
    assert promised("一、重点任务\n新建书房5家。\n附件1 名词解释\n") == [(5, "家")]


def test_a_figure_of_which_nothing_says_that_it_is_promised_is_not_understood():
    found = said("一、重点任务\n县医院迁建：建筑面积4.2万平方米，床位500张。\n")
    assert [part.text for part in found.unread if "500" in part.text] == ["床位500张"]
    assert "500张" not in [f"{t['value']:g}{t['unit']}" for t in found.targets]


def test_a_growth_in_percent_is_no_level():
    found = said("一、目标\n到2025年，农村低保标准年均增长5%以上，辍学率下降到0.5%，能耗降低13.5%。\n")
    assert [(t["measure"], t["value"]) for t in found.targets] == [
        ("农村低保标准年均增长", 5),
        ("辍学率", 0.5),
        ("能耗降低", 13.5),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("五年新建、改扩建学校45所，新增学位2.8万个。", [(45, True), (28000, True)]),
        (
            "“十四五”期间改造老旧小区680个，惠及居民11.2万户；改造棚户区9000套。",
            [(680, True), (112000, True), (9000, True)],
        ),
        ("规划期内引进教师1200名，培训校长300人次。", [(1200, True), (300, True)]),
        ("五年累计城镇新增就业12万人，开展培训20万人次。", [(120000, True), (200000, True)]),
        # a level, a share and what is due earlier are no sums of the years
        (
            "五年新改建农村公路800公里，公交车达到900辆，到2025年新增病床3000张。",
            [(800, True), (900, False), (3000, False)],
        ),
        ("五年新建健身步道120公里，2023年底前建成体育馆3座。", [(120, True), (3, False)]),
        ("到2025年，新建五年制学校2所。", [(2, False)]),
    ],
)
def test_what_a_sentence_says_of_the_plan_s_years_holds_for_its_figures(words, expected):
    assert [(row["value"], row["cumulative"]) for row in said(words).targets] == expected
