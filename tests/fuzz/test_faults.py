"""Faults on purpose: killed or out of disk at every step of writing, single bits turned over in every file of state.

A fork (`faults`) counts what it asks of the file system (opening to write, renaming, making, removing) and dies at one of
them, or is told that the disk is full. What is read afterwards is the old or the new, never between, and the next run is
whole. `tests/reports/test_faults_of_runs` does the same to whole commands.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from fuzz.faults import FULL, KILLED, steps
from minshi_analysis import model
from minshi_analysis.intake.adding import add
from minshi_analysis.tables import files as store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are tried in forks")

TEXT = "鹿城区2024年民生实事项目\n1.新增停车位100个。\n2.新建书房5家。\n"


def tables(amount: float) -> dict[str, pd.DataFrame]:
    rows = {
        "funding_id": ["x/1"],
        "funder": ["total"],
        "amount_wan": [amount],
        "doc_id": ["x"],
        "patched": [False],
    }
    return {"funding": model.conform("funding", pd.DataFrame(rows))}


@pytest.mark.parametrize("how", [KILLED, FULL])
def test_tables_are_the_old_or_the_new_after_every_fault(tmp_path, how):
    store.write_tables(tmp_path, tables(5000.0))

    def seen(_at: int) -> None:
        assert store.read_valid(tmp_path, "funding")["amount_wan"].item() in (5000.0, 6000.0)

    count = steps(lambda at: lambda: store.write_tables(tmp_path, tables(6000.0)), seen, how)
    assert count >= 5
    store.write_tables(tmp_path, tables(7000.0))  # the next run is whole, and sweeps up
    assert store.read_valid(tmp_path, "funding")["amount_wan"].item() == 7000.0
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["tables"]


@pytest.mark.parametrize("how", [KILLED, FULL])
def test_a_folder_of_csv_is_whole_or_as_it_was(tmp_path, how):
    out = tmp_path / "out"
    store.write_csvs(tables(5000.0), out)

    def seen(_at: int) -> None:
        assert "5000" in (out / "funding.csv").read_text() or "6000" in (out / "funding.csv").read_text()

    assert steps(lambda at: lambda: store.write_csvs(tables(6000.0), out), seen, how) >= 3
    store.write_csvs(tables(7000.0), out)
    assert "7000" in (out / "funding.csv").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("how", [KILLED, FULL])
def test_adding_a_document_is_done_or_can_be_done_again(tmp_path, how):
    source = tmp_path / "plan.txt"
    source.write_text(TEXT, "utf-8")
    known = {"region": "鹿城区", "year": 2024, "kind": "plan"}

    def project(at: int) -> Path:
        (tmp_path / str(at) / "data" / "raw").mkdir(parents=True, exist_ok=True)
        return tmp_path / str(at)

    def work(at: int) -> Callable[[], object]:
        there = project(at)
        return lambda: add(source, there, **known)

    def seen(_at: int) -> None:
        made = sorted(tmp_path.glob("*/data/raw/*.toml"))
        assert all("鹿城区" in path.read_text("utf-8") for path in made)  # never half a description

    count = steps(work, seen, how)
    for at in range(1, count + 1):
        add(source, project(at), **known)
        raw = project(at) / "data" / "raw"
        assert (raw / "plan.txt").read_text("utf-8") == TEXT
        assert "鹿城区" in (raw / "plan.toml").read_text("utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_a_bit_turned_over_in_a_file_of_state_changes_no_number(tmp_path, seed):
    store.write_tables(tmp_path, tables(5000.0))
    kept = tmp_path / "kept"
    shutil.copytree(tmp_path / "data", kept)
    files = sorted(path.relative_to(kept) for path in kept.rglob("*") if path.is_file())
    dice = random.Random(seed)
    told = 0
    for file in files:
        for _ in range(6):
            shutil.rmtree(tmp_path / "data")
            shutil.copytree(kept, tmp_path / "data")
            data = bytearray((tmp_path / "data" / file).read_bytes())
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            (tmp_path / "data" / file).write_bytes(data)
            try:
                table = store.read_valid(tmp_path, "funding")
            except (ValueError, OSError) as error:
                told += 1
                assert len(str(error).splitlines()) == 1
            else:
                assert table["amount_wan"].item() == 5000.0
    assert len(files) >= 4
    store.write_tables(tmp_path, tables(6000.0))
    assert store.read_valid(tmp_path, "funding")["amount_wan"].item() == 6000.0


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_is_read_only_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises((OSError, ValueError), match=str(tmp_path)):
        store.write_csvs(tables(1.0), tmp_path / "out")
