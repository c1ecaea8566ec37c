"""Tables that are stale or damaged are told or refused, and never read as if they were not."""

from __future__ import annotations

import shutil
import threading
import warnings

import pandas as pd
import pytest

from minshi_analysis import load, trace
from minshi_analysis.audit.trace import ChangedSource
from minshi_analysis.reports import command
from minshi_analysis.tables import build, stamps
from minshi_analysis.tables import files as store

PLAN = "wenzhou-2022-plan"


@pytest.fixture(scope="module")
def whole(project, tables, tmp_path_factory):
    """A project of the five documents, as a build leaves it."""
    root = tmp_path_factory.mktemp("whole")
    shutil.copytree(project / "data", root / "data", ignore=shutil.ignore_patterns("tables"))
    store.write_tables(root, tables)
    return root


@pytest.fixture
def built(whole, tmp_path, monkeypatch):
    root = tmp_path / "own"
    shutil.copytree(whole, root)
    monkeypatch.setenv("MINSHI_PROJECT", str(root))
    return root


def edit(path, old=b"", new=b"\n"):
    data = path.read_bytes()
    path.write_bytes(data.replace(old, new, 1) if old else data + new)


def test_tables_that_were_never_built_are_told_in_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "own/data/raw").mkdir(parents=True)
    monkeypatch.setenv("MINSHI_PROJECT", str(tmp_path / "own"))
    with warnings.catch_warnings(), pytest.raises(store.MissingTables, match="have not been built") as told:
        warnings.simplefilter("error")
        load("targets")
    assert told.value.__context__ is None


CHANGES = [
    ("data/raw/wenzhou-2022-plan.txt", "changed"),
    ("data/raw/wenzhou-2022-plan.toml", "changed"),
    ("data/corrections/wenzhou-2022-plan.toml", "changed"),
    ("data/reference/population.csv", "changed"),
    ("data/tables/targets.csv", "changed"),
    ("data/raw/other.txt", "is new"),
]


@pytest.mark.parametrize(("name", "what"), CHANGES)
def test_loaders_warn_once_and_reports_refuse(built, capsys, name, what):
    assert stamps.changes(built) == []
    path = built / name
    path.write_bytes(b"new") if what == "is new" else edit(path)
    assert stamps.changes(built) == [f"{name} {what}"]
    with pytest.warns(stamps.StaleTables, match=f"{name} {what}; run `minshi build`"):
        load("documents")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load("documents")
    assert command.run(all=True, project=built) == 2
    assert f"{name} {what}" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["data/tables/targets.csv", "data/raw/hangzhou-2024-plan.txt"])
def test_a_file_that_is_gone_is_told(built, name):
    (built / name).unlink()
    assert stamps.changes(built) == [f"{name} is gone"]
    assert not build.is_current(built)


def test_a_change_that_keeps_size_and_time_within_the_same_moment_is_seen(built):
    path = built / "data" / "reference" / "population.csv"
    about = path.stat()
    store.write_tables(built, {name: store.read_table(built, name) for name in stamps.TABLES})
    edit(path, b"9572903", b"9572904")
    assert path.stat().st_size == about.st_size
    assert stamps.changes(built) == ["data/reference/population.csv changed"]


def test_a_file_that_was_only_touched_is_the_same(built):
    (built / "data" / "raw" / "wenzhou-2022-plan.txt").touch()
    assert stamps.changes(built) == []


@pytest.mark.parametrize("at", [40, 0.3, 0.6, -9])
def test_one_bit_of_parquet_is_read_from_the_csv(built, tables, at):
    path = built / "data" / "tables" / "parquet" / "targets" / "part-0.parquet"
    data = bytearray(path.read_bytes())
    data[int(len(data) * at) if isinstance(at, float) else at] ^= 1
    path.write_bytes(data)
    pd.testing.assert_frame_equal(store.read_table(built, "targets"), tables["targets"])
    assert not build.is_current(built)
    edit(built / "data" / "tables" / "targets.csv")
    with pytest.raises(store.DamagedTables, match="run `minshi build`"):
        store.read_table(built, "targets")


def test_every_table_is_the_same_from_its_csv(built, tables):
    for name, table in tables.items():
        again = store.read_csv(name, built / "data" / "tables" / f"{name}.csv")
        pd.testing.assert_frame_equal(again, table, obj=name)


def test_tables_of_another_model_are_refused(built, monkeypatch):
    monkeypatch.setattr(stamps, "schema", lambda: "another")
    with pytest.raises(store.MissingTables, match="another version of the package: run `minshi build`"):
        store.read_table(built, "targets")


def test_a_line_at_the_head_of_a_source_does_not_move_a_trace(built):
    path = built / "data" / "raw" / f"{PLAN}.txt"
    path.write_bytes(b"a new line\n" + path.read_bytes())
    with pytest.warns(stamps.StaleTables), pytest.raises(ChangedSource, match="its places would be wrong"):
        load("targets")
        trace(f"{PLAN}/4.3#1")


def test_a_loader_meets_no_gap_while_tables_are_replaced(built, tables):
    few = {name: tables[name] for name in ("documents", "targets")}
    failed = []
    done = threading.Event()

    def read():
        while not done.is_set():
            try:
                assert len(store.read_table(built, "targets")) == len(tables["targets"])
            except Exception as error:
                failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    writers = [
        threading.Thread(target=lambda: [store.write_tables(built, few) for _ in range(15)]) for _ in "ab"
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    reader.join()
    assert failed == []
    assert [path.name for path in (built / "data").glob(".*")] == []


def test_what_a_killed_run_left_is_swept_up(built, tables):
    left = built / "data" / ".tables-999999999-abc"
    left.mkdir()
    store.write_tables(built, {"documents": tables["documents"]})
    assert not left.exists()
