"""Made tables in every form, and made lists: what is in a row that is not doubted is right, what is in none is told."""

from __future__ import annotations

import os
from collections import Counter

import pandas as pd
import pytest
from facts.made_prose import words
from facts.made_splits import split
from facts.made_tables import Made, made

from minshi_analysis import read_document

SEEDS = range(int(os.environ.get("MINSHI_FUZZ", "40")))


def _rows(tables: dict[str, pd.DataFrame], numbers: dict[str, int]) -> dict[str, list[tuple[tuple, float]]]:
    """Of each table the rows with a value, as `Made` has them, and how sure the reader is of each."""
    sure = tables["confidence"].set_index("row_id")["confidence"]
    paid = tables["funding"].merge(tables["funding_tasks"][["funding_id", "task_id"]], on="funding_id")
    paid = paid[paid["amount_wan"].fillna(0) != 0]  # a dash is an amount that is not there
    found = {
        "funding": [
            ((numbers[row.task_id], row.funder, row.amount_wan), sure[row.funding_id])
            for row in paid.itertuples()
        ]
    }
    for name in ("targets", "outcomes"):
        rows = tables[name].dropna(subset=["value"]).itertuples()
        found[name] = [((numbers[row.task_id], row.value, row.unit), sure[row.task_id]) for row in rows]
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_wrong_or_lost_in_silence(tmp_path, seed):
    case: Made = made(seed)
    tables = read_document(case.write(tmp_path), region="131125", year=2023, kind=case.kind)
    assert [
        name for name, text in zip(case.names, tables["tasks"]["text"], strict=True) if name not in text
    ] == []
    numbers = {task: i for i, task in enumerate(tables["tasks"]["task_id"], 1)}
    told = len(tables["unread"])
    for name, rows in _rows(tables, numbers).items():
        true: Counter = getattr(case, name)
        wrong = Counter(key for key, sure in rows if sure >= 0.8) - true
        assert not wrong, name
        lost = true - Counter(key for key, _ in rows)
        assert not lost or told >= lost.total(), name


@pytest.mark.parametrize("seed", SEEDS)
def test_no_share_is_wrong_or_lost(tmp_path, seed):
    case = split(seed)
    tables = read_document(case.write(tmp_path), region="330300", year=2023, kind=case.kind)
    tasks = tables["tasks"].reset_index(drop=True)
    numbers = {
        row.task_id: next(i for i, name in enumerate(case.names) if name in row.text)
        for row in tasks.itertuples()
    }
    targets = tables["targets"].set_index("target_id")["task_id"].map(numbers)
    shares = Counter(
        (targets[row.target_id], row.region, row.value, row.unit)
        for row in tables["allocations"].dropna(subset=["value"]).itertuples()
    )
    wholes = tables["targets"].dropna(subset=["value"])
    shares.update((numbers[row.task_id], None, row.value, row.unit) for row in wholes.itertuples())
    results = Counter(
        (numbers[row.task_id], row.region if pd.notna(row.region) else None, row.value, row.unit)
        for row in tables["outcomes"].dropna(subset=["value"]).itertuples()
    )
    assert shares == case.shares
    assert results == case.results


@pytest.mark.parametrize("seed", SEEDS)
def test_running_words_are_read_as_they_were_meant(tmp_path, seed):
    case = words(seed)
    tables = read_document(case.write(tmp_path), region="131125", year=2023, kind=case.kind)
    numbers = {
        row.task_id: next(i for i, name in enumerate(case.names) if name in row.text)
        for row in tables["tasks"].itertuples()
    }
    for name in ("targets", "outcomes"):
        rows = tables[name].dropna(subset=["value"]).itertuples()
        assert Counter((numbers[row.task_id], row.value, row.unit) for row in rows) == getattr(case, name)
    assert set(tables["tasks"]["deadline"].dropna()) <= {"2023-12-31"}
