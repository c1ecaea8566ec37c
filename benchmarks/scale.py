"""The size of the country: extraction, storage, a national query and a sample of reports, with known truth.

`python benchmarks/scale.py 1000 10000` makes a corpus of each size (see `corpus`) and prints one table: documents
per second per core, memory, bytes on disk, the query's time, and the cells that are right, silently wrong or
missing. Linear means that the first line is the same for both sizes.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from corpus import Made, documents

from minshi_analysis.catalogue import find_project
from minshi_analysis.workers.pool import Lost, Pool, fitting_workers

CHUNK = 50  # documents in one call to a worker
FLUSH = 100  # chunks kept before they are written: a partition's files should not be crumbs
KEPT = ("tasks", "targets", "outcomes")
QUERY = """
SELECT province, unit, count(*) AS targets, sum(value) AS promised
FROM read_parquet('{path}/targets/*/*/*.parquet', hive_partitioning = true)
GROUP BY province, unit ORDER BY province, unit
"""


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker read of a chunk: rows by table, and cells right, wrong, missing and in excess."""

    tables: dict[str, pd.DataFrame]
    right: int
    wrong: int
    missing: int
    extra: int
    peak_memory: int


def read_chunk(_bench: Any, made: list[Made], folder: str) -> Read:
    """In a worker: write the documents of a chunk, read them, compare with the truth."""
    from minshi_analysis.reader import read_document

    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in KEPT}
    counts = [0, 0, 0, 0]
    for document in made:
        path = document.write(Path(folder))
        tables = read_document(path, region=document.adcode, year=document.year, kind=document.kind)
        for name, truth in (("targets", document.targets), ("outcomes", document.outcomes)):
            counts = [a + b for a, b in zip(counts, _compare(tables[name], truth), strict=True)]
        for name in KEPT:
            parts[name].append(tables[name].assign(province=document.province, year=document.year))
        path.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Read({name: pd.concat(each, ignore_index=True) for name, each in parts.items()}, *counts, peak)


def _compare(rows: pd.DataFrame, truth: Iterable[tuple[int, float, str]]) -> tuple[int, int, int, int]:
    """Cells right, silently wrong, missing, and in excess: each promise is a value and a unit."""
    found: dict[int, tuple[float, str]] = {}
    extra = 0
    for task_id, value, unit in zip(rows["task_id"], rows["value"], rows["unit"], strict=True):
        item = int(task_id.rpartition("/")[2].rpartition(".")[2])
        extra += 2 * (item in found)
        found.setdefault(item, (value, unit))
    right = wrong = missing = 0
    for item, value, unit in truth:
        got = found.pop(item, (None, None))
        for is_value, should in zip(got, (value, unit), strict=True):
            missing += bool(pd.isna(is_value))
            right += is_value == should
            wrong += not pd.isna(is_value) and is_value != should
    return right, wrong, missing, extra + 2 * len(found)


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
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "documents per second per core": f"{count / took / workers:.1f}",
        "seconds": f"{took:.1f}",
        "cells right": f"{sums['right']} of {sums['right'] + sums['wrong'] + sums['missing']}",
        "cells silently wrong, missing, in excess": f"{sums['wrong']}, {sums['missing']}, {sums['extra']}",
        "peak memory of a worker": f"{max(read.peak_memory for read in reads) / 2**20:.0f} MB",
        "peak memory of the command": f"{own / 2**20:.0f} MB",
        "on disk (Parquet by province and year)": f"{size / 2**20:.1f} MB",
        "national query (DuckDB)": f"{asked:.2f} s, {len(rows)} rows",
    }


def _store(read: list[dict[str, pd.DataFrame]], store: Path, number: int) -> None:
    """Append the rows of some chunks to the partitions of their province and year."""
    for name in KEPT if read else ():
        rows = pd.concat([tables[name] for tables in read], ignore_index=True)
        for (province, year), part in rows.groupby(["province", "year"]):
            folder = store / name / f"province={province}" / f"year={year}"
            folder.mkdir(parents=True, exist_ok=True)
            part.drop(columns=["province", "year"]).to_parquet(folder / f"{number}.parquet", index=False)


def reports(count: int) -> str:
    """Seconds for a sample of reports: a project of some documents of the corpus, built and reported on."""
    from minshi_analysis.build import build
    from minshi_analysis.reports.command import run

    home = find_project()
    with tempfile.TemporaryDirectory(prefix="minshi-scale-") as folder:
        project = Path(folder)
        raw = project / "data" / "raw"
        raw.mkdir(parents=True)
        shutil.copytree(home / "data" / "reference", project / "data" / "reference")
        (project / "notebooks").mkdir()
        shutil.copy(home / "notebooks" / "city_year.ipynb", project / "notebooks")
        for document in documents(count):
            _describe(document, document.write(raw))
        build(project)
        began = time.perf_counter()
        status = run(project=project, say=sys.stderr)
        took = time.perf_counter() - began
    return f"{count} reports in {took:.1f} s" + (", with failures" if status else "")


def _describe(document: Made, path: Path) -> None:
    said = {"file": path.name, "title": path.stem, "region": document.region, "adcode": document.adcode}
    said |= {
        "level": "county",
        "kind": document.kind,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    lines = [f'{key} = "{value}"' for key, value in said.items()]
    path.with_suffix(".toml").write_text("\n".join([*lines, f"year = {document.year}", ""]), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--reports", type=int, default=8, help="size of the sample of reports")
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


if __name__ == "__main__":
    main()
