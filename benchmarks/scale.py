"""The size of the country: extraction, storage, a national query and a sample of reports, with known truth.

`python benchmarks/scale.py 1000 10000` makes a corpus of each size (see `corpus`) and prints one table: documents
per second per core, memory, bytes on disk, the query's time, and the cells that are right, silently wrong or
missing. Linear means that the first line is the same for both sizes. `--before ../other-checkout` prints the same of another
checkout's code, measured behind this one.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from corpus import Made, documents
from country import describe
from spent import python_of

from minshi_analysis.catalogue import find_project
from minshi_analysis.workers.pool import Lost, Pool, fitting_workers

CHUNK = 50  # documents in one call to a worker
FLUSH = 100  # chunks kept before they are written: a partition's files should not be crumbs


@dataclass(frozen=True, slots=True)
class Cells:
    """What of a table's rows is compared: the columns that tell them apart within a task, and the cells."""

    key: tuple[str, ...]
    cells: tuple[str, ...]


CELLS = {
    "tasks": Cells((), ("lead_agency", "deadline")),
    "targets": Cells((), ("value", "unit")),
    "outcomes": Cells((), ("value", "unit")),
    "funding": Cells(("funder",), ("amount_wan",)),
    "allocations": Cells(("region",), ("value",)),
}
QUERY = """
SELECT province, unit, count(*) AS targets, sum(value) AS promised
FROM read_parquet('{path}/targets/*/*/*.parquet', hive_partitioning = true)
GROUP BY province, unit ORDER BY province, unit
"""


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker read of a chunk: rows by table, cells right, wrong, missing and in excess, seconds of the processor."""

    tables: dict[str, pd.DataFrame]
    right: int
    wrong: int
    missing: int
    extra: int
    processor: float
    peak_memory: int


def read_chunk(_bench: Any, made: list[Made], folder: str) -> Read:
    """In a worker: write the documents of a chunk, read them, compare with the truth."""
    from minshi_analysis.intake.reader import read_document

    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in CELLS}
    counts = [0, 0, 0, 0]
    began = time.process_time()
    for document in made:
        path = document.write(Path(folder))
        tables = read_document(path, region=document.place.adcode, year=document.year, kind=document.kind)
        for name in CELLS:
            found = compare(name, tables, document.truth.get(name, {}))
            counts = [a + b for a, b in zip(counts, found, strict=True)]
            parts[name].append(tables[name].assign(province=document.province, year=document.year))
        path.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    rows = {name: pd.concat(each, ignore_index=True) for name, each in parts.items()}
    return Read(rows, *counts, time.process_time() - began, peak)


def compare(
    name: str, tables: dict[str, pd.DataFrame], truth: Mapping[tuple, tuple]
) -> tuple[int, int, int, int]:
    """Cells of a table that are right, silently wrong, missing, and in excess."""
    columns, rows = CELLS[name], tables[name]
    if name == "funding":
        rows = rows.merge(tables["funding_tasks"], on="funding_id", suffixes=("", "_line"))
    if name == "allocations":
        rows = rows.merge(tables["targets"][["target_id", "task_id"]], on="target_id")
    width = len(next(iter(truth.values()))) if truth else len(columns.cells)
    found: dict[tuple, tuple] = {}
    extra = 0
    for row in rows.to_dict("records"):
        item = int(row["task_id"].rpartition("/")[2].rpartition(".")[2])
        key = (item, *(row[column] for column in columns.key))
        extra += width * (key in found)
        found.setdefault(key, tuple(row[column] for column in columns.cells[:width]))
    right = wrong = missing = 0
    for key, should in truth.items():
        for got, value in zip(found.pop(key, (None,) * width), should, strict=True):
            missing += bool(pd.isna(got))
            right += got == value
            wrong += not pd.isna(got) and got != value
    return right, wrong, missing, extra + width * len(found)


def measure(count: int, workers: int) -> dict[str, str]:
    """Everything that is measured of a corpus of one size."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="minshi-scale-") as folder:
        corpus, store = Path(folder, "corpus"), Path(folder, "store")
        corpus.mkdir()
        stream = documents(count)
        chunks = iter(lambda: list(islice(stream, CHUNK)), [])
        with Pool(workers) as pool:
            list(pool.run([("warm", read_chunk, (list(documents(4)), str(corpus)))]))
            calls = ((number, read_chunk, (chunk, str(corpus))) for number, chunk in enumerate(chunks))
            began = time.perf_counter()
            reads, waiting = [], []
            for number, read in pool.run(calls):
                if isinstance(read, Lost):
                    raise SystemExit(f"chunk {number} was lost: {read.cause}")
                waiting.append(read.tables)
                if len(waiting) == FLUSH:
                    _store(waiting, store, number)
                    waiting = []
                reads.append(Read({}, *(getattr(read, field.name) for field in fields(Read)[1:])))
            _store(waiting, store, len(reads))
            took = time.perf_counter() - began
        size = sum(path.stat().st_size for path in store.rglob("*.parquet"))
        began = time.perf_counter()
        rows = duckdb.sql(QUERY.format(path=store)).fetchall()
        asked = time.perf_counter() - began
    sums = {
        name: sum(getattr(read, name) for read in reads) for name in ("right", "wrong", "missing", "extra")
    }
    spent = sum(read.processor for read in reads)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "documents per second per core": f"{count / took / workers:.1f}",
        "seconds": f"{took:.1f}",
        "processor milliseconds of a worker per document": f"{1000 * spent / count:.1f}",
        "cells right": f"{sums['right']} of {sums['right'] + sums['wrong'] + sums['missing']}",
        "cells silently wrong, missing, in excess": f"{sums['wrong']}, {sums['missing']}, {sums['extra']}",
        "peak memory of a worker": f"{max(read.peak_memory for read in reads) / 2**20:.0f} MB",
        "peak memory of the command": f"{own / 2**20:.0f} MB",
        "on disk (Parquet by province and year)": f"{size / 2**20:.1f} MB",
        "national query (DuckDB)": f"{asked:.2f} s, {len(rows)} rows",
    }


def _store(read: list[dict[str, pd.DataFrame]], store: Path, number: int) -> None:
    """Append the rows of some chunks to the partitions of their province and year."""
    for name in CELLS if read else ():
        rows = pd.concat([tables[name] for tables in read], ignore_index=True)
        for (province, year), part in rows.groupby(["province", "year"]):
            folder = store / name / f"province={province}" / f"year={year}"
            folder.mkdir(parents=True, exist_ok=True)
            part.drop(columns=["province", "year"]).to_parquet(folder / f"{number}.parquet", index=False)


def reports(count: int) -> str:
    """Seconds for a sample of reports: a project of some documents of the corpus, built and reported on."""
    from minshi_analysis.reports.command import run

    with tempfile.TemporaryDirectory(prefix="minshi-scale-") as folder:
        project = project_of(documents(count), Path(folder))
        began = time.perf_counter()
        status = run(project=project, say=sys.stderr)
        took = time.perf_counter() - began
        made = len(list((project / "reports").glob("*/*.ipynb")))
    return f"{made} reports of {count} documents in {took:.1f} s" + (", with failures" if status else "")


def project_of(made: Iterable[Made], project: Path) -> Path:
    """A project of some documents, with this one's notebooks and reference figures, built."""
    from minshi_analysis.tables.build import build

    home, raw = find_project(), project / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copytree(home / "data" / "reference", project / "data" / "reference")
    (project / "notebooks").mkdir()
    for notebook in (home / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, project / "notebooks")
    for document in made:
        describe(document, document.write(raw))
    build(project)
    return project


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--reports", type=int, default=8, help="size of the sample of reports")
    parser.add_argument("--before", type=Path, help="another checkout, measured behind this one")
    options = parser.parse_args()
    workers = fitting_workers()
    columns = {count: measure(count, workers) for count in options.documents}
    sizes = list(columns)
    print(f"{workers} cores, Python {sys.version.split()[0]}\n")
    print("| documents | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    print("| --- |" + " ---: |" * len(sizes))
    for name in columns[sizes[0]]:
        print(f"| {name} | " + " | ".join(columns[size][name] for size in sizes) + " |")
    if options.reports:
        print(f"\nA sample: {reports(options.reports)}")
    if options.before:
        print(f"\nWith the code of {options.before.name}:\n", flush=True)
        again = [
            python_of(options.before),
            Path(__file__).resolve(),
            *map(str, options.documents),
            "--reports",
            "0",
        ]
        own = os.environ | {"PYTHONPATH": str(options.before.resolve())}
        # From its folder: the server of forks looks for the package in the folder that it is started in.
        raise SystemExit(subprocess.run(again, env=own, cwd=options.before).returncode)


if __name__ == "__main__":
    main()
