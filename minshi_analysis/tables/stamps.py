"""Stamps: what the tables on disk were made from, and what they are, so that nobody reads stale or damaged ones.

``data/tables/parquet/stamps.json`` holds the hash of every source, description, correction and reference file that
the build read, and of every CSV and Parquet file that it wrote. A file whose size and time are those of the stamp is
taken for unchanged, unless it was written within the two seconds before the stamp: those, and all others, are hashed.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minshi_analysis.catalogue import is_litter
from minshi_analysis.hashes import code_hashes, digest
from minshi_analysis.model.tables import TABLES
from minshi_analysis.sentences import few

__all__ = [
    "NAME",
    "StaleTables",
    "Stamps",
    "changes",
    "code",
    "read",
    "refuse_stale",
    "schema",
    "take",
    "timeless",
    "told_stale",
    "warn_stale",
    "write",
]

NAME = "stamps.json"
_INPUTS = ("raw", "corrections", "reference")
_FRESH = 2 * 10**9  # nanoseconds: a file may change twice within the same tick of its clock
_PATIENCE = 20  # a check that took a millisecond is not made again for twenty

Stamp = list[Any]  # size, time in nanoseconds, hash


class StaleTables(UserWarning, ValueError):
    """The tables are not those that the sources would give now."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """What was written beside the Parquet files."""

    schema: str
    version: str
    code: str
    written: int
    inputs: Mapping[str, Stamp]
    csv: Mapping[str, Stamp]
    parquet: Mapping[str, Stamp]


@functools.cache
def schema() -> str:
    """The version of the model: another one for other tables, columns or types.

    Examples
    --------
    >>> len(schema())
    12
    """
    said = [(t.name, [(column.name, column.type) for column in t.columns]) for t in TABLES.values()]
    return digest(json.dumps(said).encode())[:12]


@functools.cache
def code() -> str:
    """A hash of the library's own files."""
    return digest(json.dumps(code_hashes()).encode())


def take(project: Path) -> dict[str, Stamp]:
    """The stamps of everything that a build reads, as it lies there now."""
    return {name: _stamp(path) for name, path in _inputs(project)}


def write(folder: Path, inputs: Mapping[str, Stamp]) -> None:
    """Stamp the tables that stand in a folder.

    Parameters
    ----------
    folder : Path
        With the CSV files, and the Parquet files in ``parquet``.
    inputs : mapping
        What the tables were made from (see `take`), as it was before it was read.
    """
    from minshi_analysis import __version__

    said = {
        "schema": schema(),
        "version": __version__,
        "code": code(),
        "written": time.time_ns(),
        "inputs": dict(inputs),
        "csv": {path.stem: _stamp(path) for path in sorted(folder.glob("*.csv"))},
        "parquet": {
            path.parent.name: _stamp(path) for path in sorted(folder.glob("parquet/*/part-0.parquet"))
        },
    }
    (folder / "parquet").mkdir(exist_ok=True)
    (folder / "parquet" / NAME).write_text(json.dumps(said, ensure_ascii=False) + "\n", "utf-8")


def read(project: Path) -> Stamps | None:
    """The stamps of a project's tables; None where there are none that can be read."""
    try:
        path = project / "data" / "tables" / "parquet" / NAME
        return Stamps(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def timeless(data: bytes) -> bytes:
    """The stamps without times: where files have been copied, their hashes alone tell."""
    said = json.loads(data)
    said["written"] = 0
    for part in ("inputs", "csv", "parquet"):
        said[part] = {name: [size, 0, hashed] for name, (size, _, hashed) in said[part].items()}
    return json.dumps(said, ensure_ascii=False).encode()


def changes(project: Path) -> list[str]:
    """Why the tables are not those that the sources would give; empty where they are."""
    stamps = read(project)
    if stamps is None:
        return ["the tables were not built here, or by an older version"]
    if (own := _other_version(stamps)) is not None:
        return [own]
    tables = project / "data" / "tables"
    written = ((f"data/tables/{name}.csv", tables / f"{name}.csv") for name in TABLES)
    built = ((f"data/tables/parquet/{name}", tables / "parquet" / name / "part-0.parquet") for name in TABLES)
    return [
        *_differences(stamps.inputs, _inputs(project), stamps.written),
        *_differences(
            {f"data/tables/{name}.csv": s for name, s in stamps.csv.items()}, written, stamps.written
        ),
        *_differences(
            {f"data/tables/parquet/{name}": s for name, s in stamps.parquet.items()}, built, stamps.written
        ),
    ]


def _other_version(stamps: Stamps) -> str | None:
    from minshi_analysis import __version__

    if stamps.schema != schema():
        return "the tables were built with other columns, by another version of the package"
    if stamps.version != __version__:
        return f"the tables were built by version {stamps.version} of the package, this is {__version__}"
    return None


def _differences(
    before: Mapping[str, Stamp], now: Iterable[tuple[str, Path | str]], written: int
) -> Iterator[str]:
    left = dict(before)
    for name, path in now:
        stamp = left.pop(name, None)
        try:
            if stamp is None:
                if os.path.isfile(path):
                    yield f"{name} is new"
            elif not _same(path, stamp, written):
                yield f"{name} changed"
        except FileNotFoundError:
            yield f"{name} is gone"
    yield from (f"{name} is gone" for name in left)


def _inputs(project: Path) -> Iterator[tuple[str, Path | str]]:
    for part in _INPUTS:
        folder = f"data/{part}"
        for name in sorted(_files(os.path.join(project, folder), folder)):
            base = name.rpartition("/")[2]
            if not is_litter(base) and not (part == "reference" and base.endswith(".md")):
                yield name, os.path.join(project, name)


def _files(folder: str, name: str) -> Iterator[str]:
    """The files below a folder, as they are called from the project; a country has thirty thousand, so no Path is made."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{name}/{entry.name}")
        elif entry.is_file():
            yield f"{name}/{entry.name}"


def _stamp(path: Path | str) -> Stamp:
    about = os.stat(path)
    return [about.st_size, about.st_mtime_ns, _hash(path)]


def _same(path: Path | str, stamp: Stamp, written: int) -> bool:
    size, changed, hashed = stamp
    about = os.stat(path)
    if about.st_size != size:
        return False
    if about.st_mtime_ns == changed and changed < written - _FRESH:
        return True
    return _hash(path) == hashed


def _hash(path: Path | str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_checked: dict[Path, tuple[float, list[str]]] = {}
_told: set[tuple[Path, tuple[str, ...]]] = set()


def _lately(project: Path) -> list[str]:
    """As `changes`, but not asked again at once: a check costs what it costs to look at every file."""
    now = time.monotonic()
    due, found = _checked.get(project, (0.0, []))
    if now >= due:
        found = changes(project)
        took = time.monotonic() - now
        _checked[project] = (now + _PATIENCE * took, found)
    return found


def warn_stale(project: Path) -> None:
    """Warn, once for each change, where the tables are stale; where there are none, whoever reads them says so."""
    found = tuple(_lately(project))
    if found and read(project) is not None and (project, found) not in _told:
        _told.add((project, found))
        warnings.warn(_sentence(project, found), StaleTables, stacklevel=4)


def refuse_stale(project: Path) -> None:
    """Raise where the tables are stale.

    Raises
    ------
    StaleTables
        The message says what changed and what to do.
    """
    if found := changes(project):
        raise StaleTables(_sentence(project, found))


def told_stale(project: Path) -> str:
    """In one sentence that the tables are stale; empty where they are not, or where there are none."""
    found = changes(project) if read(project) is not None else []
    return _sentence(project, found) if found else ""


def _sentence(project: Path, found: list[str] | tuple[str, ...]) -> str:
    return f"the tables of {project.name} are stale: {few(found, '; ', 3)}; run `minshi build` first"
