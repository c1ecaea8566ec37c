"""Two writers to one output, and loaders while tables are rebuilt: nothing is missing, mixed or lost."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import pandas as pd
import pytest

import minshi_analysis as minshi
from minshi_analysis import model
from minshi_analysis.tables import files as store
from minshi_analysis.tables import stamps

BUILDS = 12
CONTEXT = multiprocessing.get_context("spawn")


def tables_of(number: int) -> dict[str, pd.DataFrame]:
    """Tables of build `number`: its documents and its money say which."""
    doc_id = f"d{number}"
    document = {
        "doc_id": doc_id, "title": "计划", "region": "温州市", "adcode": "330300", "year": 2022, "kind": "plan",
        "file": f"{doc_id}.txt", "sha256": "0" * 64, "issuer": "市政府", "level": "city",
    }  # fmt: skip
    money = [
        {
            "funding_id": f"{doc_id}/{i}",
            "funder": "total",
            "amount_wan": float(number),
            "doc_id": doc_id,
            "patched": False,
        }
        for i in range(50)
    ]
    rows = {"documents": [document], "funding": money}
    made = {name: model.conform(name, pd.DataFrame(found)) for name, found in rows.items()}
    return {name: made.get(name, model.empty(name)) for name in model.TABLES}


def _write(project: Path, first: int, in_one_step: bool) -> None:
    """A builder: one build after the other."""
    if not in_one_step:
        store._exchange = lambda one, other: False  # a system without it
    for number in range(first, first + BUILDS):
        store.write_tables(project, tables_of(number))


def _read(project: Path, done, errors) -> None:
    """A loader: what it gets is one build's, and of one build only."""
    os.environ["MINSHI_PROJECT"] = str(project)
    stamps.warn_stale = lambda project: None
    try:
        loads = 0
        while not done.is_set() or loads < 20:
            rows = minshi.load("funding", region="温州市", year=2022)
            assert len(rows) == 50, f"{len(rows)} rows of the region's document"
            assert rows["amount_wan"].nunique() == 1 and rows["doc_id"].nunique() == 1
            assert len(store.read_table(project, "documents")) == 1
            loads += 1
    except BaseException as error:
        errors.put(f"{type(error).__name__}: {error}")


@pytest.mark.parametrize("in_one_step", [True, False], ids=["exchange", "two renames"])
def test_loaders_meet_no_gap_while_two_builders_write(tmp_path, in_one_step):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    store.write_tables(tmp_path, tables_of(0))
    done, errors = CONTEXT.Event(), CONTEXT.Queue()
    loaders = [CONTEXT.Process(target=_read, args=(tmp_path, done, errors)) for _ in range(2)]
    builders = [CONTEXT.Process(target=_write, args=(tmp_path, first, in_one_step)) for first in (100, 500)]
    for process in (*loaders, *builders):
        process.start()
    for process in builders:
        process.join()
    done.set()
    for process in loaders:
        process.join()
    assert errors.empty(), errors.get()
    assert [process.exitcode for process in builders] == [0, 0]
    last = store.read_table(tmp_path, "funding")["amount_wan"].iloc[0]
    assert last in (100 + BUILDS - 1, 500 + BUILDS - 1)
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["raw", "tables"]
    package = json.loads((tmp_path / "data" / "tables" / "datapackage.json").read_text("utf-8"))
    assert len(package["resources"]) >= len(model.TABLES)


def _extract(folder: Path, number: int) -> None:
    for _ in range(BUILDS):
        store.write_csvs({"funding": tables_of(number)["funding"]}, folder)


def test_two_writers_to_one_folder_leave_the_whole_of_one(tmp_path):
    out = tmp_path / "out"
    writers = [CONTEXT.Process(target=_extract, args=(out, number)) for number in (7, 8)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0, 0]
    rows = store.read_csv("funding", out / "funding.csv")
    assert len(rows) == 50 and rows["amount_wan"].nunique() == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
