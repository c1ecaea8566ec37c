"""What a report was made of: hashes of its inputs and outputs, which alone decide whether it is made again.

The record lies beside the report. Everything an output may depend on is a named hash: the notebook, the library's
files, the lock, the interpreter, and of the tables the rows that the notebook read. Times and memory stand in the
record for people; nothing is decided by them.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minshi_analysis.hashes import changed_since_loaded, code_hashes, digest, installed
from minshi_analysis.reports.parameters import Report

__all__ = [
    "Inputs",
    "RowHashes",
    "gather",
    "outputs",
    "read",
    "reasons",
    "record_path",
    "write",
]

Rows = Callable[[Mapping[str, Any]], str]


class RowHashes:
    """The hash of the rows that a recorded read of a table would get now; pandas is loaded only if asked."""

    def __init__(self, project: Path):
        self._project = project
        self._found: dict[str, str] = {}

    def __call__(self, read: Mapping[str, Any]) -> str:
        key = json.dumps({name: value for name, value in read.items() if name != "rows"}, sort_keys=True)
        if key not in self._found:
            self._found[key] = self._hash(**json.loads(key))
        return self._found[key]

    def _hash(self, table: str, **filters: Any) -> str:
        from minshi_analysis import load
        from minshi_analysis.tables.reads import digest as rows_digest
        from minshi_analysis.workers.fork import environment

        with environment({"MINSHI_PROJECT": str(self._project)}):
            try:
                return rows_digest(load(table, **filters))
            except ValueError as error:  # such as a document that is gone: the notebook is to say so
                return f"cannot be read: {error}"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Hashes of what reports depend on: `common` for all, `notebooks` and `tables` by name."""

    common: Mapping[str, str]
    notebooks: Mapping[str, str]
    tables: Mapping[str, str]

    def of(self, report: Report, reads: list[Mapping[str, Any]] | None) -> dict[str, str]:
        """The inputs of one report; without knowledge of what it reads, every table."""
        read = {read["table"] for read in reads} if reads is not None else set(self.tables)
        tables = {f"table {name}": hash_ for name, hash_ in self.tables.items() if name in read}
        notebook = {f"notebook {report.notebook}": self.notebooks[report.notebook]}
        return {**self.common, **notebook, **tables}


def gather(project: Path, tables: Path, notebooks: Path) -> Inputs:
    """Hash everything that reports depend on.

    Parameters
    ----------
    project, tables, notebooks : Path
        The project, the folder of its tables' CSVs, the folder of its notebooks.
    """
    common = code_hashes()
    if changed := changed_since_loaded():  # what runs is not what the files say: such a report is made again
        common["changed since it was loaded"] = digest("\n".join(changed).encode())
    lock = project / "requirements.lock"
    common["requirements.lock"] = digest(lock.read_bytes()) if lock.is_file() else installed()
    common["python"] = platform.python_version()
    common["SOURCE_DATE_EPOCH"] = os.environ.get("SOURCE_DATE_EPOCH", "0")
    return Inputs(
        common,
        {path.stem: digest(path.read_bytes()) for path in sorted(notebooks.glob("*.ipynb"))},
        {path.stem: digest(path.read_bytes()) for path in sorted(tables.glob("*.csv"))},
    )


def record_path(out: Path, report: Report) -> Path:
    """Where a report's record lies."""
    return out / f"{report.name}.json"


def outputs(out: Path, report: Report) -> dict[str, Path]:
    """A report's files, by suffix."""
    return {suffix: out / f"{report.name}.{suffix}" for suffix in ("ipynb", "html", "pdf")}


def read(path: Path) -> dict[str, Any] | None:
    """A record, or None where there is none that can be read."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and {"inputs", "outputs"} <= record.keys() else None


def reasons(out: Path, report: Report, inputs: Inputs, rows: Rows | None = None) -> list[str]:
    """Why a report has to be made again; empty where it is as it would be.

    Parameters
    ----------
    out : Path
        Folder of the reports.
    report : Report
    inputs : Inputs
        What would go into it now.
    rows : callable, optional
        Gives the hash of the rows that a recorded read would get now: a table that changed elsewhere than in
        those rows is no reason. Without it every change of a table that was read is one.
    """
    record = read(record_path(out, report))
    if record is None:
        return ["it was never made"]
    why = []
    for suffix, path in outputs(out, report).items():
        try:
            if digest(path.read_bytes()) != record["outputs"].get(suffix):
                why.append(f"{path.name} was changed after it was made")
        except OSError:
            why.append(f"{path.name} is not there")
    reads = record.get("reads")
    before, now = record["inputs"], inputs.of(report, reads)
    changed = [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
    if rows and reads and not why and all(name.startswith("table ") for name in changed):
        changed = [name for name in changed if not _same_rows(name.removeprefix("table "), reads, rows)]
    for name in changed:
        verb = "is new" if name not in before else "is gone" if name not in now else "changed"
        why.append(f"{name} {verb}")
    return why


def _same_rows(table: str, reads: list[Mapping[str, Any]], rows: Rows) -> bool:
    return all(rows(read) == read["rows"] for read in reads if read["table"] == table)


def write(data: bytes, path: Path, scratch: Path) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    data : bytes
    path : Path
        Where it goes; folders are made.
    scratch : Path
        Folder on the same file system for the file while it is not whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch.mkdir(parents=True, exist_ok=True)
    unfinished = scratch / f"{os.getpid()}-{path.name}"
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
