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
