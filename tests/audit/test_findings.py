"""The audit against a reader's findings.

`expected_findings.csv` was made by reading the five documents by eye. Rows marked `hard` bind: each has to be found
with its verdict and its figures. Rows marked `soft` are matters of judgement: they may be reported, and need not.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

with Path(__file__).with_name("expected_findings.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = list(csv.DictReader(file))
HARD = [row for row in EXPECTED if row["certainty"] == "hard"]
FAILING = [row for row in HARD if row["verdict"] != "ok"]
HOLDING = [row for row in HARD if row["verdict"] == "ok" and row["check_id"]]


@pytest.fixture(scope="module")
def checks(tables):
    return tables["checks"]


@pytest.fixture(scope="module")
def found(checks) -> dict[str, dict]:
    return {row["check_id"]: row for row in checks.to_dict("records")}


def _name(row: dict[str, str]) -> str:
    return row["check_id"] or f"{row['kind']} {row['subject']}"


def _figures(row) -> list[float]:
    """The two figures, whichever of them the document states."""
    numbers = []
    for name in ("expected", "actual"):
        try:
            number = float(row[name])
        except (TypeError, ValueError):
            continue
        if number == number:
            numbers.append(round(number, 2))
    return sorted(numbers)


def test_more_than_twenty_statements_fail(checks):
    assert len([row for row in FAILING if row["verdict"] == "mismatch"]) > 20
    assert (checks["verdict"] == "mismatch").sum() > 20


@pytest.mark.parametrize("row", FAILING, ids=_name)
def test_what_a_reader_found_is_found(row, found):
    assert row["check_id"] in found
    finding = found[row["check_id"]]
    assert finding["verdict"] == row["verdict"]
    if "-" not in row["expected"]:  # dates stand in the explanation
        assert set(_figures(row)) <= set(_figures(finding))
    assert finding["kind"] == row["kind"]
    assert isinstance(finding["explanation"], str)


@pytest.mark.parametrize("row", HOLDING, ids=_name)
def test_what_holds_is_checked_and_holds(row, found):
    assert row["check_id"] in found
    finding = found[row["check_id"]]
    assert finding["verdict"] == "ok"
    assert set(_figures(row)) <= {round(value, 2) for value in _figures(finding)}


def test_no_false_alarm(checks):
    """Every mismatch is one that the reader saw too."""
    seen = {row["check_id"] for row in EXPECTED if row["verdict"] == "mismatch"}
    alarms = checks.loc[checks["verdict"] == "mismatch", "check_id"]
    assert sorted(set(alarms) - seen) == []


def test_bounds_explain(found):
    explained = [row for row in EXPECTED if row["explanation"].endswith("explained by 以上")]
    assert len(explained) == 11
    for row in explained:
        finding = found[row["check_id"]]
        assert finding["verdict"] == "ok"
        assert "explained by 以上" in finding["explanation"], row["check_id"]


def test_damage_explains_and_names_its_correction(found):
    for key in ("2.2#1", "5.1#1"):
        finding = found[f"wenzhou-2022-plan/allocation_sum/{key}"]
        assert "damage in the source" in finding["explanation"]
        assert "cannot mend" in finding["explanation"]
    mended = found["wenzhou-2022-plan/allocation_sum/8.7#1"]
    assert mended["verdict"] == "ok"
    assert "mended by the corrections file" in mended["explanation"]


@pytest.mark.parametrize("key", ["province.14#1", "city.19#1", "county.44#1"])
def test_a_rate_names_the_target_that_it_fits(key, found):
    explanation = found[f"yueqing-2022-completion/rate_claimed/{key}"]["explanation"]
    assert "fits only a target of 6000" in explanation
    assert "6789 / 6000" in explanation


def test_the_deadline_that_is_missed_is_named(found):
    explanation = found["hangzhou-2024-plan/milestone/2.4.deadline"]["explanation"]
    assert "2024-12-31" in explanation and "2024-11-30" in explanation


def test_every_kind_of_the_question_is_asked(checks):
    assert set(checks["kind"]) == {
        "allocation_sum",
        "funding_sum",
        "grand_total",
        "summary_vs_list",
        "count_vs_table",
        "rate_claimed",
        "status_claimed",
        "prose_vs_table",
        "parts_vs_whole",
        "milestone",
        "plan_vs_baseline",
        "plan_period",
        "duplicate",
        "same_thing_twice",
        "between_documents",
        "project_kind",
        "note_without_row",
        "ends_early",
        "heading_vs_body",
    }


def test_every_document_is_audited(checks, tables):
    assert set(checks["doc_id"]) == set(tables["documents"]["doc_id"])


def test_every_split_and_every_funding_line_is_checked(checks, tables):
    split = checks[checks["kind"] == "allocation_sum"]
    assert len(split) == tables["allocations"]["target_id"].nunique()
    lines = tables["funding"]["funding_id"].nunique()
    assert (checks["kind"] == "funding_sum").sum() == lines + 1  # and the total line itself


def test_an_explanation_stands_where_one_is_needed(checks):
    needing = checks[checks["verdict"] != "ok"]
    assert needing["explanation"].notna().all()
    assert checks["check_id"].str.startswith(tuple(checks["doc_id"].unique())).all()


# The facts that do not hold, by class, read by eye; what only says one of them again follows it.
FACTS = {
    "arithmetic": {
        "wenzhou-2022-plan/allocation_sum/1.1#1",
        "wenzhou-2022-plan/allocation_sum/3.6#1",
        "wenzhou-2022-plan/allocation_sum/3.7#1",
        "wenzhou-2022-plan/allocation_sum/5.3#1",
        "wenzhou-2022-plan/allocation_sum/8.1#1",
        "yueqing-2022-completion/same_thing_twice/city.46=county.33",  # 13560 and 13924 insured
        "lucheng-2024-progress/parts_vs_whole/8.1.done.1",  # 1514 + 886 of 2413
        "hangzhou-2024-plan/milestone/2.4.deadline",  # 12月底, due 11月底
        "hangzhou-2024-plan/ends_early/3.2",  # the only step is 3月底, due 11月底
        "wenzhou-14fyp-social/summary_vs_list/文化.total_yi",
        "wenzhou-14fyp-social/summary_vs_list/文化.plan_period_yi",
        "wenzhou-14fyp-social/prose_vs_table/6.9#3=indicator-6.3",
        "wenzhou-14fyp-social/prose_vs_table/2.4#2=indicator-44",
        "wenzhou-14fyp-social/prose_vs_table/13.4#1=indicator-50",
        "wenzhou-14fyp-social/plan_period/project-37",  # 2021-2028, 30 of 30 in the plan
        "wenzhou-14fyp-social/plan_period/project-43",  # 2020-2028, 6 of 6
        "wenzhou-14fyp-social/plan_period/project-47",  # 2021-2023, 1.5 of 2
        # 新建 with a start before 2021, and 续建 with one in 2021
        *(f"wenzhou-14fyp-social/project_kind/project-{n}" for n in (28, 29, 33, 40, 41, 48, 50)),
        "wenzhou-14fyp-social/note_without_row/prose-6936",  # 全市生产总值、人均生产总值按现价计算
    },
    "wording": {
        "yueqing-2022-completion/rate_claimed/province.14#1",  # 113.15 % of 6600; city.19 and county.44 say it again
        "yueqing-2022-completion/status_claimed/city.9",  # 248 of 150, 完成任务
        "wenzhou-2022-plan/heading_vs_body/4.4",  # 65周岁以上 and 65-69; 残疾人 and 轻度残疾人
    },
    "change": {
        f"yueqing-2022-completion/between_documents/wenzhou-2022-plan/{n}#1"
        for n in ("4.2", "5.4", "7.3", "12.1")
    },
    "repeat": {"wenzhou-14fyp-social/duplicate/project-21=project-39"},
    "policy": {f"wenzhou-14fyp-social/plan_vs_baseline/indicator-{n}" for n in (5, 11, 12, 36, 48, 52)},
    "reading": set(),
}


@pytest.mark.parametrize("name", FACTS)
def test_facts_by_class_and_no_false_alarm(checks, name):
    wrong = checks[checks["verdict"].eq("mismatch") & checks["class"].eq(name)]
    assert set(wrong[wrong["follows"].isna()]["check_id"]) == FACTS[name]


def test_what_says_a_fact_again_names_the_first(checks):
    again = checks.dropna(subset="follows").set_index("check_id")["follows"].to_dict()
    plan, report = "wenzhou-14fyp-social", "yueqing-2022-completion"
    assert again == {
        f"{plan}/grand_total/list.total_yi": f"{plan}/summary_vs_list/文化.total_yi",
        f"{plan}/grand_total/list.plan_period_yi": f"{plan}/summary_vs_list/文化.plan_period_yi",
        f"{plan}/parts_vs_whole/summary.文化": f"{plan}/summary_vs_list/文化.total_yi",
        f"{plan}/same_thing_twice/project-21=project-39.plan_period_yi": f"{plan}/duplicate/project-21=project-39",
        f"{report}/rate_claimed/city.19#1": f"{report}/rate_claimed/province.14#1",
        f"{report}/rate_claimed/county.44#1": f"{report}/rate_claimed/province.14#1",
    }


def test_findings_are_listed_by_weight(checks):
    weights = checks["importance"].tolist()
    assert weights == sorted(weights, reverse=True) and 0 < weights[0] <= 1
    assert checks.loc[checks["verdict"].eq("ok"), "importance"].eq(0).all()


@pytest.mark.parametrize(
    ("key", "said"),
    [("3.6#1", "50 for each of 31, a round sum, and not for each of 30"), ("8.1#1", "10 for each of 500")],
)
def test_money_explains_a_slip(found, key, said):
    """1550 / 31 = 50 exactly; 5000 / 500 = 10."""
    assert said in found[f"wenzhou-2022-plan/allocation_sum/{key}"]["explanation"]


def test_an_accusation_says_what_is_printed_and_no_motive(checks):
    said = checks.loc[checks["verdict"].eq("mismatch"), "explanation"]
    assert said.str.contains("prints|states|lists|describes|changed").all()
    assert not said.str.contains("genuine|wrong|false|error|cheat").any()


def test_a_sum_that_closes_with_unread_figures_accuses_the_reader(tables):
    from minshi_analysis.audit.finding import Finding
    from minshi_analysis.audit.weighing import weighed

    short = Finding("wenzhou-2022-plan", "allocation_sum", "9.9#1", "x", "mismatch", None, 100.0, 80.0)
    row = {"text": "经开区 20个", "reason": "no place"}
    told = weighed([[short]], [row]).iloc[0]
    assert (told["verdict"], told["class"]) == ("cannot_check", "reading")
    assert "the sum closes with its figures" in told["explanation"]
    other = weighed([[short]], [row | {"text": "经开区 7个"}]).iloc[0]
    assert (other["verdict"], other["class"]) == ("mismatch", "arithmetic")  # 7 closes nothing
    column = weighed([[short]], [{"text": "7", "reason": "no role is known for this head: 得分"}]).iloc[0]
    assert column["class"] == "reading"
