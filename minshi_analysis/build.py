"""The build: every catalogued document → all tables of the project, checked before they take the old ones' place."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from minshi_analysis import catalogue, model, reference, store
from minshi_analysis.facts.extract import EXTRACTED, extract_source, patches
from minshi_analysis.facts.layout import Unread

__all__ = ["Build", "build", "compare", "is_current", "make_tables"]


INPUTS = "inputs.sha256"  # beside the Parquet files: what they were made from


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made: the tables, and what of each document could not be placed."""

    tables: dict[str, pd.DataFrame]
    unread: dict[str, tuple[Unread, ...]]


def make_tables(project: Path, say: Callable[[str], None] = lambda line: None) -> Build:
    """The tables of a project, validated, not yet written.

    Raises
    ------
    CatalogueError
        Something is wrong with a source or its description.
    InvalidTables
        The tables break a rule of the model.
    """
    sources = catalogue.sources(project)
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in EXTRACTED}
    unread: dict[str, tuple[Unread, ...]] = {}
    for source in sources:
        found = extract_source(source)
        unread[source.doc_id] = found.unread
        rows = sum(map(len, found.tables.values()))
        say(f"{source.doc_id}: {rows} rows, {len(found.unread)} not understood")
        for item in found.unread:
            say(f"  not understood at {item.start}-{item.end}: {item.text[:60]!r} ({item.reason})")
        for name, table in found.tables.items():
            parts[name].append(table)
    tables = {"documents": model.conform("documents", pd.DataFrame([source.row() for source in sources]))}
    for name, found in parts.items():
        tables[name] = pd.concat(found, ignore_index=True) if found else model.empty(name)
    corrections = [row for source in sources for row in patches(source)]
    tables["patches"] = model.conform(
        "patches", pd.DataFrame(corrections, columns=model.TABLES["patches"].names)
    )
    tables |= reference.load_reference(
        project / "data" / "reference", tables["indicators"], tables["documents"]
    )
    tables |= _audited(tables, sources)
    tables = {name: tables[name] for name in model.TABLES}
    model.validate(tables)
    return Build(tables, unread)


def _audited(tables: dict[str, pd.DataFrame], sources: list[catalogue.Source]) -> dict[str, pd.DataFrame]:
    """Checks and links; checks also hold the documents' prose against their tables."""
    from minshi_analysis.audit import run_checks, run_links
    from minshi_analysis.reading import read

    documents = {source.doc_id: read(source.path) for source in sources}
    return {"checks": run_checks(tables, documents), "links": run_links(tables)}


def is_current(project: Path) -> bool:
    """Whether the built tables come from the sources, descriptions, reference figures and code as they are now."""
    built = store.tables_folder(project) / "parquet" / INPUTS
    return built.is_file() and built.read_text("utf-8") == _inputs(project)


def _inputs(project: Path) -> str:
    """A hash of everything that the tables depend on."""
    package = Path(__file__).parent
    data = [p for name in ("raw", "corrections", "reference") for p in (project / "data" / name).rglob("*")]
    digest = hashlib.sha256()
    for path in sorted(p for p in [*data, *package.rglob("*.py")] if p.is_file()):
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def build(project: Path, say: Callable[[str], None] = lambda line: None) -> Build:
    """Make the tables of a project and write them to ``data/tables``."""
    made = make_tables(project, say)
    store.write_tables(project, made.tables, {INPUTS: _inputs(project)})
    return made


def compare(project: Path) -> list[str]:
    """How the committed CSV files differ from what a build gives now; empty where they do not."""
    import tempfile

    made = make_tables(project)
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
    return differences
