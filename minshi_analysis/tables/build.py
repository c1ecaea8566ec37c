"""The build: every catalogued document → all tables of the project, checked before they take the old ones' place."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from minshi_analysis import catalogue, model
from minshi_analysis.audit import run_checks, run_links
from minshi_analysis.facts.catalogued import extract_source, patches
from minshi_analysis.facts.extract import EXTRACTED
from minshi_analysis.layout.tables import Unread
from minshi_analysis.reading import read as read_file
from minshi_analysis.reading.blocks import Document, Paragraph
from minshi_analysis.reading.corrections import mend
from minshi_analysis.tables import files as store
from minshi_analysis.tables import reference, stamps
from minshi_analysis.tables.reviews import observed_of_plans
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
    """What a build made: the tables, and what of each document could not be placed."""

    tables: dict[str, pd.DataFrame]
    unread: dict[str, tuple[Unread, ...]]


@dataclass(frozen=True, slots=True)
class Read:
    """What comes of one source: its rows, what in it could not be placed, and its prose, which the checks ask for."""

    tables: dict[str, pd.DataFrame]
    unread: tuple[Unread, ...]
    prose: Document

    @property
    def rows(self) -> int:
        return sum(map(len, self.tables.values()))


def make_tables(
    project: Path,
    say: Callable[[str], None] = lambda line: None,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
) -> Build:
    """The tables of a project, validated, not yet written.

    Parameters
    ----------
    project : Path
    say : callable
        Is told, line by line, what was read.
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
    read = _read_all(sources, say, workers, scheduler, limits or Limits())
    tables = {"documents": model.conform("documents", [source.row() for source in sources])}
    for name in EXTRACTED:
        found = [each.tables[name] for each in read if name in each.tables]
        tables[name] = pd.concat(found, ignore_index=True) if found else model.empty(name)
    corrections = [row for source in sources for row in patches(source)]
    tables["patches"] = model.conform("patches", corrections)
    referred = reference.load_reference(
        project / "data" / "reference", tables["indicators"], tables["documents"]
    )
    printed = tables["observations"]
    if len(printed):
        shared = observed_of_plans(printed, tables["indicators"], tables["documents"])
        referred["observations"] = pd.concat([referred["observations"], printed, shared], ignore_index=True)
    tables |= referred
    model.validate(tables)
    prose = {source.doc_id: each.prose for source, each in zip(sources, read, strict=True)}
    audit = {"checks": run_checks(tables, prose), "links": run_links(tables)}
    model.validate(audit, among=tables)
    tables = {name: (tables | audit)[name] for name in model.TABLES}
    return Build(tables, {source.doc_id: each.unread for source, each in zip(sources, read, strict=True)})


def _read_all(
    sources: Sequence[catalogue.Source],
    say: Callable[[str], None],
    workers: int | None,
    scheduler: str | None,
    limits: Limits,
) -> list[Read]:
    """What each source says, in the catalogue's order, whoever read it and whenever it came."""
    calls = (
        (
            number,
            limited,
            (limits, read_source, carry(source.path), replace(source, path=Path(source.path.name))),
        )
        for number, source in enumerate(sources)
    )
    found: dict[int, Read] = {}
    with crew(len(sources), workers, scheduler, few=FEW) as hands:
        for number, read in watched(hands.run(calls), len(sources)):
            doc_id = sources[number].doc_id
            if isinstance(read, ValueError):
                raise read
            if isinstance(read, Lost):
                raise LostDocument(
                    f"{doc_id} could not be read: {told(read.cause, limits)}; nothing was written"
                )
            say(f"{doc_id}: {read.rows} rows, {len(read.unread)} not understood")
            for item in read.unread:
                say(f"  not understood at {item.start}-{item.end}: {item.text[:60]!r} ({item.reason})")
            found[number] = read
    return [found[number] for number in range(len(sources))]


def read_source(_bench: Bench, file: Carried, source: catalogue.Source) -> Read | ValueError:
    """Anywhere: read a document, once; an error in it is an answer, to be raised where the build is.

    Tables without rows are left out: most are, and ten thousand documents would have a hundred thousand of them.
    """
    try:
        if hashlib.sha256(file.data).hexdigest() != source.sha256:
            raise ValueError(f"data/raw/{file.name} changed while the tables were built: build again")
        with file.laid_out() as path:
            document = read_file(path)
            found = extract_source(replace(source, path=path), document)
    except ValueError as error:
        return error
    if (
        not document.plain
    ):  # it has no offsets that the checks could point to: they read it as it is corrected
        document, _ = mend(document, source.corrections, source.doc_id)
    prose = tuple(block for block in document.blocks if isinstance(block, Paragraph))
    rows = {name: table for name, table in found.tables.items() if len(table)}
    return Read(rows, found.unread, Document(document.text, prose, document.plain))


def is_current(project: Path) -> bool:
    """Whether the built tables come from the sources, descriptions, reference figures and code as they are now."""
    built = stamps.read(project)
    return built is not None and built.code == stamps.code() and not stamps.changes(project)


def build(
    project: Path,
    say: Callable[[str], None] = lambda line: None,
    *,
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
    made = make_tables(project, say, workers=workers, scheduler=scheduler, limits=limits)
    store.write_tables(project, made.tables, inputs)
    return made


def compare(
    project: Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    limits: Limits | None = None,
) -> list[str]:
    """How the committed CSV files differ from what a build gives now; empty where they do not."""
    import tempfile

    made = make_tables(project, workers=workers, scheduler=scheduler, limits=limits)
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
