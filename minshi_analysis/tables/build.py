"""The build: every catalogued document → all tables of the project, checked before they take the old ones' place."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from minshi_analysis import catalogue, model
from minshi_analysis.account.catalogued import extract_source, patches
from minshi_analysis.account.extract import EXTRACTED
from minshi_analysis.audit import check_between, check_document
from minshi_analysis.audit.links import families
from minshi_analysis.audit.weighing import table_of
from minshi_analysis.layout.tables import Unread
from minshi_analysis.reading import read as read_file
from minshi_analysis.reading.corrections import mend
from minshi_analysis.sentences import few
from minshi_analysis.tables import files as store
from minshi_analysis.tables import reference, stamps
from minshi_analysis.tables.kept import Entry, Kept, joined, key_of, key_of_several
from minshi_analysis.tables.reviews import observed_of_plans
from minshi_analysis.tables.twice import held_twice
from minshi_analysis.workers.carried import Carried, carry
from minshi_analysis.workers.crew import crew, watched
from minshi_analysis.workers.limits import Limits, limited, told
from minshi_analysis.workers.pool import Bench, Lost

__all__ = ["Build", "LostDocument", "build", "compare", "is_current", "make_tables", "read_source"]


FEW = 20  # documents that are read sooner here than by processes that have to be warmed first


class LostDocument(RuntimeError):
    """A document was lost through no fault of its own that is known; the message names it and says how."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made: the tables, what of each document could not be placed, and how many documents were read, and how
    many kept as they had been read before."""

    tables: dict[str, pd.DataFrame]
    unread: dict[str, tuple[Unread, ...]]
    read: int
    kept: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What has to be made, if it is not kept: its key, what it is about, and the call that makes it."""

    key: str
    about: str
    call: Callable[[], tuple[Any, ...]]


def make_tables(
    project: Path,
    say: Callable[[str], None] = lambda line: None,
    *,
    force: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
) -> Build:
    """The tables of a project, validated, not yet written.

    Parameters
    ----------
    project : Path
    say : callable
        Is told, line by line, what was read, and what was not understood of it, now or before.
    force : bool
        Read every document again, also those that are as they were when they were last read (see `tables.kept`).
    workers : int, optional
        Processes that read at once; where nothing is said, up to twenty documents are read by a fork of this one, and
        more by one process a core as far as memory allows.
    scheduler : str, optional
        Address of a Dask scheduler, to have the documents read on its cluster.
    limits : Limits, optional
        What reading one document may take.

    Raises
    ------
    CatalogueError
        Something is wrong with a source or its description.
    LostDocument
        The worker that read a document ended, or failed on it.
    InvalidTables
        The tables break a rule of the model.
    """
    sources = catalogue.sources(project)
    kept = Kept(project, force=force)
    made = partial(_made, kept=kept, workers=workers, scheduler=scheduler, limits=limits or Limits())

    asked = [_Asked(key_of(source), source.doc_id, partial(_reading, source)) for source in sources]
    read, count = made(asked, "read", tell=partial(_tell, say))
    tables = {"documents": model.conform("documents", [source.row() for source in sources])}
    linked, _ = made(_families(tables["documents"], asked, read), "compared with those below it")
    if kept.damaged:
        say(f"{kept.damaged} kept readings were damaged, and have been made again")

    tables |= {name: _joined(name, read) for name in (*EXTRACTED, "patches")}
    tables |= _referred(project, tables)
    model.validate(tables)
    checks = (joined(each, "checks") for each in (read, linked))
    audit = {
        "checks": table_of(found for found in checks if found is not None),
        "links": _joined("links", linked),
    }
    model.validate(audit, among=tables)
    kept.sweep()
    if kept.changed:
        say(
            f"{few(kept.changed, most=3)} changed after the library was loaded: these tables are by the code as it was; "
            "build again for those of the new"
        )
    for sentence in held_twice(tables):
        say(sentence)
    return Build(
        {name: (tables | audit)[name] for name in model.TABLES},
        {source.doc_id: _unread(entry) for source, entry in zip(sources, read, strict=True)},
        read=count,
        kept=len(sources) - count,
    )


def _made(
    asked: Sequence[_Asked],
    verb: str,
    tell: Callable[[str, Entry, bool], None] = lambda about, entry, again: None,
    *,
    kept: Kept,
    workers: int | None,
    scheduler: str | None,
    limits: Limits,
) -> tuple[list[Entry], int]:
    """An entry for everything that is asked, in its order, whoever made it and whenever it came; and how many were made."""
    found: dict[int, Entry] = {}
    for number, each in enumerate(asked):
        if (entry := kept.get(each.key)) is not None:
            found[number] = entry
            tell(each.about, entry, True)
    missing = [number for number in range(len(asked)) if number not in found]
    if not missing:
        return [found[number] for number in range(len(asked))], 0
    calls = ((number, limited, (limits, *asked[number].call())) for number in missing)
    with crew(len(missing), workers, scheduler, few=FEW) as hands:
        for number, entry in watched(hands.run(calls), len(missing)):
            about = asked[number].about
            if isinstance(entry, ValueError):
                raise entry
            if isinstance(entry, Lost):
                why = told(entry.cause, limits)
                raise LostDocument(f"{about} could not be {verb}: {why}; nothing was written")
            kept.put(asked[number].key, entry)
            found[number] = entry
            tell(about, entry, False)
    return [found[number] for number in range(len(asked))], len(missing)


def _tell(say: Callable[[str], None], doc_id: str, entry: Entry, again: bool) -> None:
    """What was read of a document; where it was read before, only what was not understood of it."""
    unread = _unread(entry)
    if unread or not again:
        say(f"{doc_id}: {entry.about['rows']} rows, {len(unread)} not understood")
    for item in unread:
        place = (
            item.ref or f"{item.start}-{item.end}"
        )  # a cell of a sheet has an address, a text its characters
        say(f"  not understood at {place}: {item.text[:60]!r} ({item.reason})")


def _unread(entry: Entry) -> tuple[Unread, ...]:
    return tuple(Unread(*item) for item in entry.about["unread"])


def _joined(name: str, entries: Sequence[Entry]) -> pd.DataFrame:
    rows = joined(entries, name)
    return model.empty(name) if rows is None else model.conform(name, rows)


# --- one document --------------------------------------------------------------------------------------------------


def _reading(source: catalogue.Source) -> tuple[Any, ...]:
    return read_source, carry(source.path), replace(source, path=Path(source.path.name))


def read_source(_bench: Bench, file: Carried, source: catalogue.Source) -> Entry | ValueError:
    """Anywhere: read a document and ask it what it says of itself; an error in it is an answer, to be raised where the build
    is.

    Tables without rows are left out: most are, and ten thousand documents would have a hundred thousand of them.
    """
    try:
        if hashlib.sha256(file.data).hexdigest() != source.sha256:
            raise ValueError(f"data/raw/{file.name} changed while the tables were built: build again")
        with file.laid_out() as path:
            source = replace(source, path=path)
            document = read_file(path)
            found = extract_source(source, document)
            corrections = patches(source)
    except ValueError as error:
        return error
    if (
        not document.plain
    ):  # it has no offsets that the checks could point to: they read it as it is corrected
        document, _ = mend(document, source.corrections, source.doc_id)
    tables = dict(found.tables) | {"patches": model.conform("patches", corrections)}
    rows = {name: table for name, table in tables.items() if len(table)}
    about = {
        "rows": sum(map(len, found.tables.values())),
        "unread": [[part.start, part.end, part.ref, part.text, part.reason] for part in found.unread],
    }
    known = rows | {"documents": model.conform("documents", [source.row()])}
    return Entry.of(rows | {"checks": check_document(known, document)}, about)


# --- documents of a region and of those within it ------------------------------------------------------------------


def _families(documents: pd.DataFrame, asked: Sequence[_Asked], read: Sequence[Entry]) -> list[_Asked]:
    """What is to be compared: each document with those that it may share a promise with."""
    keys = {each.about: (each.key, entry) for each, entry in zip(asked, read, strict=True)}
    found = []
    for upper, lower in families(documents):
        family = [upper, *lower]
        entries = [keys[row["doc_id"]][1] for row in family]
        key = key_of_several([keys[row["doc_id"]][0] for row in family])
        found.append(_Asked(key, upper["doc_id"], partial(_comparing, family, entries)))
    return found


def _comparing(family: Sequence[dict], entries: Sequence[Entry]) -> tuple[Any, ...]:
    return compare_family, family, entries


def compare_family(_bench: Bench, documents: Sequence[dict], read: Sequence[Entry]) -> Entry:
    """Anywhere: what documents of one year say of the same promises."""
    names = ("tasks", "targets", "allocations", "patches")
    tables = {name: _joined(name, read) for name in names}
    tables["documents"] = model.conform("documents", documents)
    links, checks = check_between(tables)
    return Entry.of({"links": links, "checks": checks}, {})


def _referred(project: Path, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Figures of other sources, and the observations that documents print beside them."""
    indicators, documents, printed = (tables[name] for name in ("indicators", "documents", "observations"))
    referred = reference.load_reference(project / "data" / "reference", indicators, documents)
    if len(printed):
        shared = observed_of_plans(printed, indicators, documents)
        referred["observations"] = pd.concat([referred["observations"], printed, shared], ignore_index=True)
    return referred


def is_current(project: Path) -> bool:
    """Whether the built tables come from the sources, descriptions, reference figures and code as they are now."""
    built = stamps.read(project)
    return built is not None and built.code == stamps.code() and not stamps.changes(project)


def build(
    project: Path,
    say: Callable[[str], None] = lambda line: None,
    *,
    force: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
) -> Build:
    """Make the tables of a project (see `make_tables`) and write them to ``data/tables``."""
    if not any(not catalogue.is_litter(path.name) for path in (project / "data" / "raw").glob("*")):
        raise catalogue.CatalogueError(
            f"{project.name} has no documents yet: put one into data/raw with `minshi add FILE`"
        )
    inputs = stamps.take(project)  # before anything is read: what changes meanwhile is stale, not built
    made = make_tables(project, say, force=force, workers=workers, scheduler=scheduler, limits=limits)
    store.write_tables(project, made.tables, inputs)
    return made


def compare(
    project: Path,
    *,
    force: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
) -> list[str]:
    """How the committed CSV files differ from what a build gives now; empty where they do not."""
    import tempfile

    made = make_tables(project, force=force, workers=workers, scheduler=scheduler, limits=limits)
    differences = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, table in made.tables.items():
            new = Path(scratch) / f"{name}.csv"
            store.write_csv(table, new)
            old = store.tables_folder(project) / new.name
            before = old.read_text("utf-8").splitlines() if old.is_file() else []
            after = new.read_text("utf-8").splitlines()
            changed = [
                line for line in difflib.unified_diff(before, after, n=0, lineterm="") if line[:1] in "+-"
            ][2:]
            differences += [f"{name}.csv: {line}" for line in changed]
    return [*differences, *_other_rows(project, made.tables)]


def _other_rows(project: Path, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """The Parquet files that do not hold what a build gives now; none where there are none, as in a fresh clone."""
    if stamps.read(project) is None:
        return []
    other = []
    for name, table in tables.items():
        try:
            if not store.read_parquet(project, name).equals(table):
                other.append(f"parquet/{name}: not what a build gives now")
        except (OSError, ValueError) as error:
            other.append(f"parquet/{name}: {error}")
    return other
