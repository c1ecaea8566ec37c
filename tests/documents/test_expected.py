"""Figures read from the five documents by eye (see expected/README.md) stand in the tables."""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from minshi_analysis.language.text import fold, tidy

FOLDER = Path(__file__).parent / "expected"
PLAIN = str.maketrans("", "", "\"'“”‘’「」 \n\t")


def bare(text) -> str:
    return fold(tidy(str(text))).translate(PLAIN)


@cache
def expected(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def cases(name: str):
    return [pytest.param(row, id=f"{row['doc_id']}-{i}") for i, row in enumerate(expected(name), start=2)]


def task_of(tables, row) -> pd.DataFrame:
    tasks = tables["tasks"]
    found = tasks[tasks["doc_id"] == row["doc_id"]]
    if row.get("level"):
        found = found[found["level"] == row["level"]]
    found = found[[bare(row["key"]) in bare(text) for text in found["text"]]]
    assert len(found), f"no task says {row['key']!r}"
    if row.get("measure_contains"):
        return found
    shortest = found["text"].map(len).min()
    return found[found["text"].map(len) == shortest]


def only(found: pd.DataFrame, row, column: str = "measure_contains") -> pd.DataFrame:
    word = row.get(column)
    if word and len(found):
        found = found[[bare(word) in bare(measure) for measure in found["measure"]]]
    return found


def holds(found: pd.DataFrame, row, columns) -> bool:
    """Whether one of the rows has all the values that the expectation gives."""
    given = [column for column in columns if row.get(column)]
    return any(all(same(got[column], row[column], column) for column in given) for _, got in found.iterrows())


def same(got, want: str, column: str) -> bool:
    if pd.isna(got):
        return False
    if isinstance(got, bool):
        return got == (want == "true")
    if isinstance(got, (int, float)):
        return math.isclose(float(got), float(want), rel_tol=1e-9)
    return bare(got) == bare(want)


def show(found: pd.DataFrame) -> str:
    return found.drop(columns=["doc_id", "source_ref", "patched"], errors="ignore").to_string(index=False)


@pytest.mark.parametrize("row", cases("tasks"))
def test_tasks(tables, row):
    found = task_of(tables, row)
    assert holds(found, row, ("programme", "lead_agency", "responsible", "deadline")), show(found)
    if row["partner_contains"]:
        assert any(bare(row["partner_contains"]) in bare(p) for p in found["partner_agencies"])


@pytest.mark.parametrize("row", cases("targets"))
def test_targets(tables, row):
    task = task_of(tables, row)
    found = tables["targets"][tables["targets"]["task_id"].isin(task["task_id"])]
    some = only(found, row)
    if row["missing"] == "true":
        assert some["value"].isna().all(), show(found)
    else:
        assert holds(some, row, ("value", "unit", "bound", "cumulative")), show(found)


@pytest.mark.parametrize("row", cases("allocations"))
def test_allocations(tables, row):
    task = task_of(tables, row)
    targets = tables["targets"][tables["targets"]["task_id"].isin(task["task_id"])]
    shares = tables["allocations"]
    found = shares[
        shares["target_id"].isin(only(targets, row)["target_id"]) & (shares["region"] == row["region"])
    ]
    if row["missing"] == "true":
        assert found["value"].isna().all(), show(found)
    else:
        assert holds(found, row, ("adcode", "value", "unit", "note")), show(found)


@pytest.mark.parametrize("row", cases("funding"))
def test_funding(tables, row):
    ids = lines_of(tables, row)
    money = tables["funding"]
    found = money[money["funding_id"].isin(ids) & (money["funder"] == row["funder"])]
    if row["missing"] == "true":
        assert found["amount_wan"].isna().all(), show(found)
    else:
        assert holds(found, row, ("amount_wan",)), show(found)


def lines_of(tables, row) -> set[str]:
    served = tables["funding_tasks"]
    return set(served.loc[served["task_id"].isin(task_of(tables, row)["task_id"]), "funding_id"])


@pytest.mark.parametrize("row", cases("funding_tasks"))
def test_funding_tasks(tables, row):
    served = tables["funding_tasks"]
    ids = lines_of(tables, row)
    assert len(ids) == 1
    if row["shares_with"]:
        assert ids == lines_of(tables, row | {"key": row["shares_with"]})
    if row["tasks_in_line"]:
        assert int(served["funding_id"].isin(ids).sum()) == int(row["tasks_in_line"])


@pytest.mark.parametrize("row", cases("outcomes"))
def test_outcomes(tables, row):
    task = task_of(tables, row)
    found = tables["outcomes"][tables["outcomes"]["task_id"].isin(task["task_id"])]
    some = only(found, row)
    given = ("unit", "bound", "status_claimed", "rate_claimed", "as_of")
    if row["missing"] == "true":
        assert some["value"].isna().any() and holds(some[some["value"].isna()], row, given), show(found)
    else:
        assert holds(some, row, ("value", *given)), show(found)


@pytest.mark.parametrize("row", cases("milestones"))
def test_milestones(tables, row):
    task = task_of(tables, row)
    found = tables["milestones"][tables["milestones"]["task_id"].isin(task["task_id"])]
    assert holds(found, row, ("due", "value", "unit", "bound", "kind")), show(found)
    if row["missing"] == "true":
        due = found[(found["due"] == row["due"]) & (found["kind"] == row["kind"])]
        assert due["value"].isna().any(), show(found)


@pytest.mark.parametrize("row", cases("indicators"))
def test_indicators(tables, row):
    rows = tables["indicators"]
    found = rows[(rows["doc_id"] == row["doc_id"]) & (rows["indicator_no"] == row["indicator_no"])]
    if row["sub_name"]:
        found = found[found["sub_name"] == row["sub_name"]]
    assert len(found) == 1 or not row["sub_name"], show(found)
    assert holds(
        found, row, ("field", "unit", "baseline", "baseline_bound", "target", "bound", "cumulative")
    ), show(found)
    assert bare(row["name_contains"]) in bare(found["name"].iloc[0])
    if row["note_contains"]:
        assert bare(row["note_contains"]) in bare(found["note"].iloc[0])
    for column in filter(None, row["missing"].replace(",", " ").replace("|", " ").split()):
        assert found[column].isna().all(), (column, show(found))


@pytest.mark.parametrize("row", cases("investments"))
def test_investments(tables, row):
    rows = tables["investments"]
    found = rows[(rows["doc_id"] == row["doc_id"]) & (rows["item_no"] == row["item_no"])]
    columns = (
        "field",
        "name",
        "kind",
        "start_year",
        "end_year",
        "location",
        "total_yi",
        "plan_period_yi",
        "owner",
    )
    assert holds(found, row, columns), show(found)
    for column in filter(None, row["missing"].replace(",", " ").replace("|", " ").split()):
        assert found[column].isna().all(), (column, show(found))
