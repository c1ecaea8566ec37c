"""The model refuses what breaks its rules, and says where."""

from __future__ import annotations

import pandas as pd
import pytest

from minshi_analysis import model
from minshi_analysis.language.units import unit_at
from minshi_analysis.model import InvalidTables
from minshi_analysis.model.tables import MONEY


def broken(tables, name, **changes):
    rows = tables[name].copy()
    for column, value in changes.items():
        rows.loc[rows.index[0], column] = value
    return dict(tables) | {name: rows}


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("targets", {"bound": "about"}, "targets.bound"),
        ("targets", {"unit": "个,其中"}, "'个,其中' is no unit"),
        ("indicators", {"unit": "10个"}, "'10个' is no unit"),
        ("targets", {"task_id": "nowhere/1"}, "not in tasks.task_id"),
        ("allocations", {"value": -1.0}, "allocations.value"),
        ("allocations", {"region": "鹿城"}, "unknown regions or wrong codes: 鹿城"),
        ("allocations", {"adcode": "330399"}, "unknown regions or wrong codes"),
        ("tasks", {"deadline": "2022-11"}, "tasks.deadline"),
        ("documents", {"sha256": "x"}, "documents.sha256"),
        ("tasks", {"source_end": 0}, "end before they start"),
        ("outcomes", {"status_claimed": "done"}, "outcomes.status_claimed"),
    ],
)
def test_a_broken_rule_is_named(tables, name, changes, message):
    with pytest.raises(InvalidTables, match=message):
        model.validate(broken(tables, name, **changes))


def test_a_unit_that_the_grammar_does_not_know_is_a_unit(tables):
    for name in ("targets", "indicators"):
        model.validate(broken(tables, name, unit="光年"))
        model.validate(broken(tables, name, unit="1/10万"))


def test_the_units_of_the_five_documents_are_those_of_the_grammar(tables):
    """Nothing of our own making: each is the longest unit at its own beginning."""
    for name, rows in tables.items():
        if "unit" in rows and name != "observations":
            units = set(rows["unit"].dropna()) - set(MONEY)
            assert {u for u in units if unit_at(u, 0)[2] != len(u)} == set(), name


def test_an_id_twice_is_refused(tables):
    rows = pd.concat([tables["tasks"], tables["tasks"].head(1)], ignore_index=True)
    with pytest.raises(InvalidTables, match=r"tasks\.task_id"):
        model.validate({"tasks": rows}, references=False)


def test_conform_refuses_unknown_columns_and_types():
    with pytest.raises(InvalidTables, match="no column colour"):
        model.conform("tasks", pd.DataFrame({"colour": ["red"]}))
    with pytest.raises(InvalidTables, match="column value"):
        model.conform("targets", pd.DataFrame({"value": ["many"]}))


def test_rows_take_the_types_that_a_frame_takes():
    rows = [
        {"doc_id": "a", "year": 2024.0, "as_of": ""},
        {"doc_id": "b", "as_of": float("nan"), "year": None},
        {"year": pd.NA, "doc_id": "c"},
    ]
    made = model.conform("documents", rows)
    assert made["year"].tolist() == [2024, pd.NA, pd.NA]
    assert made["as_of"].isna().all()
    pd.testing.assert_frame_equal(made, model.conform("documents", pd.DataFrame(rows)))
    pd.testing.assert_frame_equal(model.conform("documents", []), model.empty("documents"))


@pytest.mark.parametrize("row", [{"year": 2024.5}, {"year": "many"}, {"colour": "red"}])
def test_no_row_is_bent_to_its_types(row):
    with pytest.raises(InvalidTables):
        model.conform("documents", [row])


def test_missing_is_missing_never_empty_text():
    rows = model.conform("tasks", pd.DataFrame({"task_id": ["x/1"], "text": ["建房"], "lead_agency": [""]}))
    assert rows["lead_agency"].isna().all()


def test_every_table_of_the_data_model_has_its_columns():
    """Columns of the contract, typed from it."""
    contract = {
        "targets": "target_id, task_id, measure, value, upper, unit, bound, cumulative, nature, part_of",
        "allocations": "target_id, region, adcode, value, unit, note",
        "funding": "funding_id, funder, funder_printed, amount_wan",
        "outcomes": "task_id, target_id, region, adcode, measure, value, upper, unit, bound, status_claimed, rate_claimed, "
        "as_of, text",
        "milestones": "task_id, target_id, due, value, upper, unit, bound, kind, text",
        "checks": "check_id, kind, subject, expected, actual, difference, verdict, class, importance, "
        "explanation",
        "links": "target_id, other_target_id, region, value, other_value, unit, same, score",
        "patches": "doc_id, where, printed, corrected, reason",
    }
    for name, columns in contract.items():
        assert model.TABLES[name].names[: len(columns.split(", "))] == columns.split(", ")
