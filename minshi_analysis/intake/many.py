"""Many documents that no catalogue knows: one CSV a table over all of them, and why each of the others was not read.

Each document is one call, which carries its bytes, to a process of this machine or of a cluster; what comes back are
its rows as they will stand in the files. Nothing holds more than one document at a time: rows go to disk as they
come, and are put into the documents' order at the end.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from minshi_analysis.intake.identify import stated
from minshi_analysis.intake.reader import name_of
from minshi_analysis.reading import SUFFIXES
from minshi_analysis.workers.carried import Carried, carry, printable
from minshi_analysis.workers.crew import crew, watched
from minshi_analysis.workers.limits import Limits, limited, told
from minshi_analysis.workers.pool import Bench, Lost

if TYPE_CHECKING:
    from minshi_analysis.intake.reader import Reading

__all__ = [
    "Extracted",
    "NothingRead",
    "documents_in",
    "extract_files",
    "ids_of",
    "read_apart",
    "rows_of",
]


class NothingRead(ValueError):
    """Not one of the documents could be read."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """How many documents were read, their rows, the parts that were not understood, and the files that failed."""

    read: int
    rows: int
    unread: int
    failed: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """A document's part of every CSV file, each with its header, and how many rows it has."""

    parts: Mapping[str, bytes]
    counts: Mapping[str, int]

    @property
    def rows(self) -> int:
        return sum(count for name, count in self.counts.items() if name not in _ABOUT)


_MISNAMED = "its name is not in UTF-8: rename it"
_ABOUT = ("documents", "confidence", "unread")  # tables that are about the reading, not of what was read


def extract_files(
    files: Sequence[Path],
    out: Path,
    *,
    region: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Extracted:
    """Write the tables of many documents as one CSV each.

    Parameters
    ----------
    files : sequence of Path
        See `documents_in`.
    out : Path
        Folder for the files, which appears whole or not at all. Every table has ``doc_id`` (see `ids_of`);
        ``extras.csv`` has what stands in columns that the model has no place for, ``unread.csv`` what could not be
        placed, ``failed.csv`` (file, reason) the files that could not be read.
    region, year, kind : optional
        What is known of all of them; found in each where it is not given.
    workers : int, optional
        Processes at once; one a core as far as memory allows where nothing is said.
    scheduler : str, optional
        Address of a Dask scheduler, to have them read on its cluster.
    limits : Limits, optional
        What reading one document may take.
    say : callable
        Is told of each document as it comes.

    Returns
    -------
    Extracted

    Raises
    ------
    NothingRead
        No file could be read; nothing is written.
    ValueError
        An argument names nothing known, two files cannot be told apart, or the folder cannot be written.
    """
    from minshi_analysis.tables.files import new_folder

    stated(region, year, kind)
    limits = limits or Limits()
    ids = ids_of(files)
    known = {"region": region, "year": year, "kind": kind}
    failed: dict[int, str] = {}
    rows = unread = 0

    def calls() -> Iterator[tuple[int, Callable[..., Any], tuple[Any, ...]]]:
        for number, path in enumerate(files):
            if printable(path) != str(path):
                failed[number] = _MISNAMED
                say(f"FAILED {printable(path)}: {failed[number]}")
                continue
            try:
                yield number, limited, (limits, rows_of, carry(path), known | {"doc_id": ids[number]})
            except OSError as error:
                failed[number] = f"{path.name} cannot be opened: {error.strerror}"
                say(f"FAILED {path}: {failed[number]}")

    names = {f"{name}.csv" for name in (*_tables(), "failed")}
    with (
        crew(len(files), workers, scheduler) as hands,
        new_folder(out, names) as scratch,
        tempfile.TemporaryFile(dir=scratch) as spool,
    ):
        gathered = _Gathered(spool)
        for number, result in watched(hands.run(calls()), len(files)):
            if isinstance(result, Rows):
                gathered.add(number, result.parts)
                rows, unread = rows + result.rows, unread + result.counts["unread"]
                say(f"{ids[number]}: {result.rows} rows, {result.counts['unread']} not understood")
            else:
                failed[number] = str(result) if isinstance(result, ValueError) else told(result.cause, limits)
                say(f"FAILED {files[number]}: {failed[number]}")
        if len(failed) == len(files):
            raise NothingRead(f"none of {len(files)} files could be read: nothing was written")
        gathered.write(scratch)
        reasons = {Path(printable(files[number])): failed[number] for number in sorted(failed)}
        with (scratch / "failed.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("file", "reason"), *reasons.items()])
    return Extracted(len(files) - len(failed), rows, unread, reasons)


def read_apart(path: Path, limits: Limits | None = None, **known: Any) -> Reading:
    """As `read_whole`, in a process of its own that keeps to limits.

    Raises
    ------
    ValueError
        As there, or the limits were too narrow.
    """
    limits = limits or Limits()
    if printable(path) != str(path):
        raise ValueError(f"{printable(path)}: {_MISNAMED}")
    with crew(1, few=1) as hands:
        ((_, result),) = hands.run([(0, limited, (limits, _reading_of, path, known))])
    if isinstance(result, Lost):
        result = ValueError(f"{path.name} could not be read: {told(result.cause, limits)}")
    if isinstance(result, Exception):
        raise result
    return result


def _reading_of(_bench: Bench, path: Path, known: Mapping[str, Any]) -> Reading | Exception:
    """In the process of `read_apart`: the document read, or the error that its caller is to have."""
    from minshi_analysis.intake.reader import read_whole

    try:
        return read_whole(path, **known)
    except (ValueError, OSError) as error:
        return error


def rows_of(_bench: Bench, file: Carried, known: Mapping[str, Any]) -> Rows | ValueError:
    """Anywhere: a document's part of every CSV file; an error in it is an answer."""
    from minshi_analysis.intake.reader import read_tables
    from minshi_analysis.tables.files import write_csv

    try:
        with file.laid_out() as path:
            tables = read_tables(path, **known)
    except ValueError as error:
        return error
    parts = {}
    for name, table in tables.items():
        if "doc_id" not in table:
            table.insert(0, "doc_id", known["doc_id"])
        text = io.StringIO()
        write_csv(table, text)
        parts[name] = text.getvalue().encode()
    return Rows(parts, {name: len(table) for name, table in tables.items()})


def _tables() -> list[str]:
    from minshi_analysis.model import TABLES

    return ["documents", *(name for name, table in TABLES.items() if table.extracted)]


class _Gathered:
    """Rows of many documents, spooled as they come and written as CSV files in the documents' order."""

    def __init__(self, spool: IO[bytes]):
        self._spool = spool
        self._heads: dict[str, bytes] = {}
        self._places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)

    def add(self, number: int, parts: Mapping[str, bytes]) -> None:
        for name, part in parts.items():
            head, _, rows = part.partition(b"\n")
            if self._heads.setdefault(name, head) != head:
                raise ValueError(f"{name}: document {number + 1} has other columns than the others")
            self._places[name].append((number, self._spool.tell(), len(rows)))
            self._spool.write(rows)

    def write(self, folder: Path) -> None:
        for name, head in self._heads.items():
            with (folder / f"{name}.csv").open("wb") as file:
                file.write(head + b"\n")
                for _, start, length in sorted(self._places[name]):
                    self._spool.seek(start)
                    file.write(self._spool.read(length))


def documents_in(given: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """The files that are meant: those named, and those in named folders that have the suffix of a document.

    Returns
    -------
    list of Path, list of str
        The files, each once, and a sentence for each folder of what in it was left out.

    Raises
    ------
    ValueError
        A path that is not there, or a folder without a document.
    """
    found: dict[Path, Path] = {}
    left = []
    for path in given:
        inside = _inside(path) if path.is_dir() else [path]
        documents = [p for p in inside if p.suffix.lower() in SUFFIXES] if path.is_dir() else inside
        if not path.exists():
            raise ValueError(f"{path}: no such file")
        if not documents:
            raise ValueError(f"{path} holds no document ({', '.join(SUFFIXES)}): name files")
        found |= {document.resolve(): document for document in documents if document.resolve() not in found}
        others = Counter(p.suffix.lower() or "without a suffix" for p in set(inside) - set(documents))
        if others:
            kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(others.items()))
            left.append(f"left out of {path}: {kinds} (a file that is named is read whatever its suffix)")
    return list(found.values()), left


def _inside(folder: Path) -> list[Path]:
    """Files of a folder and the folders in it; not what programs hide there (.git, Word's ~$locks)."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    )


def ids_of(files: Sequence[Path]) -> list[str]:
    """An id for each file: its name; where several would have the same, with suffix and folders as far as needed.

    Raises
    ------
    ValueError
        Two files whose paths differ in signs only.

    Examples
    --------
    >>> ids_of([Path("鹿城区/plan.pdf"), Path("龙湾区/plan.pdf"), Path("龙湾区/2024年.docx")])
    ['鹿城区-plan', '龙湾区-plan', '2024年']
    """
    ids = {path: name_of(path) for path in files}
    for folders in range(max((len(path.absolute().parts) for path in files), default=0)):
        for suffix in (False, True):
            again = _told_twice(ids)
            if again and (folders or suffix):
                ids |= {path: name_of(path.absolute(), folders, suffix=suffix) for path in again}
    if again := _told_twice(ids):
        raise ValueError(f"{again[0]} and {again[-1]} would have the same id: rename one")
    return [ids[path] for path in files]


def _told_twice(ids: Mapping[Path, str]) -> list[Path]:
    counts = Counter(ids.values())
    return [path for path, name in ids.items() if counts[name] > 1 or not name]
