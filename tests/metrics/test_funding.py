"""Money: per resident, per unit, by funder, concentrated, and attributed to counties."""

import pytest

from minshi_analysis import metrics

PLAN = "wenzhou-2022-plan"
CANDIDATES = "a list of candidates put to the vote: what was adopted is not printed here"


def only(frame, **keys):
    """The one row with these keys."""
    for key, value in keys.items():
        frame = frame[frame[key].eq(value)]
    assert len(frame) == 1, f"{len(frame)} rows for {keys}"
    return frame.iloc[0]


def test_per_resident_by_programme(tables):
    found = metrics.per_capita_funding("温州市", 2022, tables=tables)
    # 967.9万人 at the end of 2022. 温馨教室: 17853 万元 = 178,530,000 元 / 9,679,000 = 18.4451
    assert only(found, programme="温馨教室").value == pytest.approx(18.4451, abs=5e-5)
    # 幸福颐养: 6600 + 1350 = 7950; 79,500,000 / 9,679,000 = 8.2137
    assert only(found, programme="幸福颐养").value == pytest.approx(8.2137, abs=5e-5)
    # 畅通美丽: 70238 + 44000 + 180000 = 294238; 2,942,380,000 / 9,679,000 = 303.9963
    assert only(found, programme="畅通美丽").value == pytest.approx(303.9963, abs=5e-5)
    # 就业提升: one line of 15000 for three tasks, counted once, and 300; 153,000,000 / 9,679,000 = 15.8074
    assert only(found, programme="就业提升").value == pytest.approx(15.8074, abs=5e-5)
    # 食药无忧: 0 is printed, and 0 is not missing
    assert only(found, programme="食药无忧").value == 0
    row = only(found, programme="幸福颐养")
    assert (row.population, row.population_kind, row.population_date) == (9_679_000, "year_end", "2022-12-31")
    assert row.reason == f"{CANDIDATES}; tasks without a funding line: 1" and row.stage == "candidate"
    assert found["programme_no"].tolist() == ["1", "3", "4", "5", "6", "8", "11", "12"]


def test_per_resident_total_funder_and_task(tables):
    # 17853 + 6600 + 1350 + 70238 + 44000 + 180000 + 858 + 0 + 5000 + 4942.2 + 15000 + 300 = 346141.2
    total = metrics.per_capita_funding("温州市", 2022, tables=tables, by="total").iloc[0]
    assert total.amount == pytest.approx(346141.2)
    assert total.value == pytest.approx(357.6208, abs=5e-5)  # 3,461,412,000 / 9,679,000
    # with the census of 2020 (957.2903万人) instead: 3,461,412,000 / 9,572,903 = 361.5844
    census = metrics.per_capita_funding("温州市", 2022, tables=tables, by="total", population_kind="census")
    assert census.iloc[0].value == pytest.approx(361.5844, abs=5e-5)
    funders = metrics.per_capita_funding("温州市", 2022, tables=tables, by="funder")
    # counties: 16933 + 4180 + 165 + 58180 + 40000 + 120000 + 5000 + 2338 = 246796; /967.9 = 254.9809
    assert only(funders, funder="county").value == pytest.approx(254.9809, abs=5e-5)
    tasks = metrics.per_capita_funding("温州市", 2022, tables=tables, by="task")
    shared = only(tasks, task_id=f"{PLAN}/12.1|{PLAN}/12.2|{PLAN}/12.3")
    assert shared.amount == 15000 and shared.reason == f"{CANDIDATES}; one funding line for 3 tasks"
    lost = only(tasks, task_id=f"{PLAN}/3.2")  # its line in the annex is lost: missing, not 0
    assert lost.value != lost.value and lost.reason == f"{CANDIDATES}; no funding line is printed"


def test_a_missing_population_is_said_not_filled(tables):
    # No year-end figure of 温州 is published for 2025.
    found = metrics.per_capita_funding("温州市", 2022, tables=tables, by="total", population_year=2025).iloc[
        0
    ]
    assert found.value != found.value and found.amount == pytest.approx(346141.2)
    assert "no year_end population of 温州市 for 2025" in found.reason


def test_an_amount_not_printed_makes_the_sum_a_lower_bound(tables):
    funding = tables["funding"].copy()
    lost = funding["funding_id"].eq(f"{PLAN}/3.4@funding") & funding["funder"].eq("total")
    funding.loc[lost, "amount_wan"] = float("nan")
    found = metrics.per_capita_funding("温州市", 2022, tables=tables | {"funding": funding})
    row = only(found, programme="幸福颐养")
    assert row.amount == 6600 and row.lines_missing == 1
    assert "1 of 2 lines print no amount: a lower bound" in row.reason


def test_structure_adds_up_and_says_where_it_does_not(tables):
    found = metrics.funding_structure("温州市", 2022, tables=tables)
    # superior 1185 + 1936.2 = 3121.2; city 920 + 2420 + 3200 + 4000 + 858 = 11398; other 84826; of 346141.2
    assert only(found, funder="superior").value == pytest.approx(0.9017, abs=5e-5)
    assert only(found, funder="city").value == pytest.approx(3.2929, abs=5e-5)
    assert only(found, funder="county").value == pytest.approx(71.2992, abs=5e-5)
    assert found["value"].sum() == pytest.approx(100)
    funding = tables["funding"].copy()
    line = funding["funding_id"].eq(f"{PLAN}/1.1@funding") & funding["funder"].eq("city")
    funding.loc[line, "amount_wan"] = 900.0  # 20 too little
    found = metrics.funding_structure("温州市", 2022, tables=tables | {"funding": funding}, by="programme")
    rest = only(found, programme="温馨教室", funder="unexplained")
    assert rest.amount == pytest.approx(20) and "do not add up" in rest.reason


def test_concentration(tables):
    found = metrics.funding_concentration("温州市", 2022, tables=tables)
    # shares of 17853, 7950, 294238, 858, 5000, 4942.2, 15300 in 346141.2:
    # .051577 .022968 .850052 .002479 .014445 .014278 .044202; squares sum to
    # .002660 + .000528 + .722588 + .000006 + .000209 + .000204 + .001954 = .728149
    assert only(found, measure="herfindahl").value == pytest.approx(0.72815, abs=2e-5)
    assert only(found, measure="effective_number").value == pytest.approx(1.3733, abs=1e-4)
    # 294238 + 17853 + 15300 = 327391; / 346141.2 = 94.5831 %
    assert only(found, measure="top_3_share").value == pytest.approx(94.5831, abs=5e-5)


def test_per_unit(tables):
    found = metrics.funding_per_unit("温州市", 2022, tables=tables)
    worked = {
        "1.1#1": (35706, "元/个"),  # 17853 万元 / 5000 classrooms
        "3.1#1": (600000, "元/个"),  # 6600 万元 / 110 centres
        "3.4#1": (15000, "元/张"),  # 1350 万元 / 900 beds
        "4.3#1": (120000, "元/个"),  # 180000 万元 / 15000 places
        "5.4#1": (66000, "元/台"),  # 858 万元 / 130 lifts
        "6.5#1": (0, "元/家"),  # 0 is printed
    }
    for target, (value, unit) in worked.items():
        row = only(found, target_id=f"{PLAN}/{target}")
        assert (row.value, row.unit) == (pytest.approx(value), unit)
    assert only(found, target_id=f"{PLAN}/5.4#1").bound == "at_most"  # 130台以上: not more than 66000 each
    for target, reason in {"12.2#1": "serves 3 tasks", "3.2#1": "no funding line"}.items():
        row = only(found, target_id=f"{PLAN}/{target}")
        assert row.value != row.value and reason in row.reason


def test_attribution_is_an_estimate_that_adds_up(tables):
    found = metrics.attributed_funding("温州市", 2022, tables=tables)
    # 停车位 120000 over 15000: 生态园 400 -> 3200. Not in the other splits, and without residents.
    garden = only(found, payer="温州生态园")
    assert garden.value == pytest.approx(3200) and garden.per_capita != garden.per_capita
    # 永嘉: 生活圈 5000 * 65 / 850 = 382.353; the classrooms add up to 5100 of 5000 and are not divided
    yongjia = only(found, payer="永嘉县")
    assert yongjia.value == pytest.approx(382.353, abs=5e-4)
    assert yongjia.per_capita == pytest.approx(4.3968, abs=5e-5)  # 3,823,530 / 869,624
    # twice as dear as elsewhere: 5000 * 130 / (130 + 785) = 710.383; half: 5000 * 32.5 / (32.5 + 785) = 198.777
    assert (yongjia.low, yongjia.high) == (pytest.approx(198.777, abs=5e-4), pytest.approx(710.383, abs=5e-4))
    # 龙湾 is printed with 浙南产业集聚区 once, so both are one payer, of 475,693 + 249,343 residents:
    # 120000 * 5000 / 15000 + 5000 * 55 / 850 = 40000 + 323.529
    longwan = only(found, payer="龙湾区")
    assert longwan.value == pytest.approx(40323.529, abs=5e-4) and longwan.population == 725_036
    assert "浙南产业集聚区" not in found["payer"].tolist() and "with 浙南产业集聚区" in longwan.reason
    # 3.1, 3.4, 4.1, 4.2 have no split here: 4180 + 165 + 58180 + 40000 = 102525; with the classrooms' 16933: 119458
    # of 246796 = 48.4035 %
    rest = only(found, payer="（未分摊）")
    assert rest.value == 119458 and rest.share == pytest.approx(48.4035, abs=5e-5) and not rest.estimate
    assert found["value"].sum() == pytest.approx(246796)
    assert found["share"].sum() == pytest.approx(100)
    lines = metrics.attributed_funding("温州市", 2022, tables=tables, by="line")
    assert lines["value"].sum() == pytest.approx(246796)


def test_where_no_line_names_the_funder_nothing_is_attributed_and_it_is_said(tables):
    funding = tables["funding"]
    without = tables | {"funding": funding[funding["funder"] != "county"]}
    found = metrics.attributed_funding("温州市", 2022, tables=without)
    assert not found["estimate"].any() and found["value"].isna().all()
    assert "county" in found["reason"].iloc[0]


def test_a_plan_without_money_keeps_its_row(tables):
    found = metrics.per_capita_funding("杭州市", 2024, tables=tables, by="total").iloc[0]
    assert found.value != found.value and "no funding line is printed" in found.reason


@pytest.mark.parametrize("by", ["agency", ("programme", "task"), ()])
def test_unknown_groups_are_refused(tables, by):
    with pytest.raises(ValueError, match="by is"):
        metrics.per_capita_funding("温州市", 2022, tables=tables, by=by)
