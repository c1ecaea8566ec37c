"""Loaders: one for each table, and ``load`` for any, filtered by document, region and year."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Literal, Protocol

from minshi_analysis.model import TABLES

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "TableName",
    "load",
    "load_allocations",
    "load_checks",
    "load_confidence",
    "load_documents",
    "load_extras",
    "load_funding",
    "load_funding_tasks",
    "load_indicators",
    "load_investments",
    "load_links",
    "load_milestones",
    "load_observations",
    "load_outcomes",
    "load_patches",
    "load_population",
    "load_sources",
    "load_targets",
    "load_tasks",
    "load_totals",
    "load_unread",
]

TableName = Literal[
    "documents",
    "tasks",
    "targets",
    "allocations",
    "funding",
    "funding_tasks",
    "outcomes",
    "milestones",
    "indicators",
    "observations",
    "investments",
    "population",
    "sources",
    "extras",
    "totals",
    "unread",
    "confidence",
    "checks",
    "links",
    "patches",
]


def load(
    table: TableName | str, region: str | None = None, year: int | None = None, doc_id: str | None = None
) -> pd.DataFrame:
    """A table of the project, as the build validated and wrote it.

    Parameters
    ----------
    table : str
        Name of a table (`TableName`): documents, tasks, targets, allocations, funding, funding_tasks, outcomes,
        milestones, indicators, observations, investments, population, sources, extras, totals, unread, confidence,
        checks, links, patches.
    region : str, optional
        Full official name, or six-digit code where several have the name. In tables with a region column
        (documents, allocations, observations, population, links) the rows of that region; in the others the rows
        of that region's documents.
    year : int, optional
        Rows of documents whose period covers the year; in population and observations, rows of that year.
    doc_id : str, optional
        Rows of one document.

    Warns
    -----
    StaleTables
        Once for each change: a source, a correction, a reference file or a CSV is not what the tables were built from.

    Returns
    -------
    DataFrame
        The columns of the data model, in its order, with units and types as ``model.TABLES`` says; provenance in
        doc_id, source_start, source_end, source_ref and patched. Empty where nothing matches.

    Raises
    ------
    KeyError
        No table of that name.
    MissingTables
        The tables have not been built (`minshi build`).
    DamagedTables
        The table on disk is not what the build wrote.
    ValueError
        No document of that doc_id (the message lists those there are), no region of that full name or code, a
        name of several regions in the tables (the message gives their codes), or no year.

    Examples
    --------
    >>> load("documents").columns.tolist()[:4]
    ['doc_id', 'title', 'issuer', 'region']
    """
    from minshi_analysis import catalogue
    from minshi_analysis.tables import files as store
    from minshi_analysis.tables import reads, stamps

    project = catalogue.find_project()
    stamps.warn_stale(project)
    if region is None and year is None and doc_id is None:
        rows = store.read_valid(project, table)
    else:
        with store.unchanged(project):  # rows and documents of one build
            rows = store.read_valid(project, table)
            documents = rows if table == "documents" else store.read_valid(project, "documents")
        rows = _chosen(table, rows, documents, region, year, doc_id)
    reads.note(table, rows, region=region, year=year, doc_id=doc_id)
    return rows


def _chosen(table, rows, documents, region, year, doc_id):
    """The rows of a document, region and year."""
    if doc_id is not None and doc_id not in set(documents["doc_id"]):
        raise ValueError(f"no document {doc_id!r}: there are {', '.join(documents['doc_id'])}")
    if year is not None and not (isinstance(year, Integral) or str(year).isdigit()):
        raise ValueError(f"{year!r} is no year: give a number such as 2022")
    year = int(year) if year is not None else None
    name = code = None
    if region is not None:
        name, code = _region(region, rows, documents)
    keep = documents["doc_id"].notna()
    if doc_id is not None:
        keep &= documents["doc_id"] == doc_id
    if year is not None:
        keep &= (documents["year"] <= year) & (documents["year_end"].fillna(documents["year"]) >= year)
    if region is not None and "region" not in rows:
        keep &= _is(documents, name, code)
    by_document = (
        "doc_id" in rows and table != "observations"
    )  # an observation is of its own year and indicator
    chosen = rows["doc_id"].isin(documents.loc[keep, "doc_id"]) if by_document else _dated(rows, year, doc_id)
    if region is not None and "region" in rows:
        chosen &= _is(rows, name, code) if "adcode" in rows else _about(rows, name, code, documents)
    return rows[chosen].reset_index(drop=True)


def _region(region, rows, documents):
    """The name and, if it was given, the code of a region.

    A region without rows is an empty answer; a word that is no region's full name or code is a slip.
    """
    from minshi_analysis.language import regions

    region = str(region)
    tables = [table for table in (rows, documents) if {"region", "adcode"} <= set(table.columns)]
    pairs = [table[["region", "adcode"]].drop_duplicates().itertuples(index=False) for table in tables]
    name, code = regions.meant(region, [pair for each in pairs for pair in each])
    if any((table["region"] == name).any() for table in (rows, documents) if "region" in table):
        return name, code
    found = regions.find(region)
    # 朝阳区 is a full name, of two regions.
    if name == region and all(namesake.name != region for namesake in regions.named(region)):
        meant = f"did you mean {found.name}?" if found else "give the full official name, such as 温州市"
        raise ValueError(f"no region {region!r}: {meant}")
    return name, code


def _is(rows, name, code):
    """Which rows are of a region: by its code if that was given."""
    return (rows["region"] == name) if code is None else (rows["adcode"] == code).fillna(False)


def _about(rows, name, code, documents):
    """Which links and observations are of a region: those of its name and, by a code, of documents of its city."""
    chosen = rows["region"] == name
    if code is None:
        return chosen
    near = documents.loc[documents["adcode"].str[:4].eq(code[:4]).fillna(False), "doc_id"]
    key = "other_target_id" if "other_target_id" in rows else "indicator_id"
    return chosen & rows[key].str.split("/").str[0].isin(near)


def _dated(rows, year, doc_id):
    """Tables without documents: figures of a year, or ids that begin with the document's."""
    chosen = rows[rows.columns[0]].notna()
    if year is not None and "year" in rows:
        chosen &= rows["year"] == year
    if year is not None and "date" in rows:
        chosen &= rows["date"].str.startswith(f"{year:04d}")
    key = next((c for c in ("indicator_id", "target_id") if c in rows), None)
    if doc_id is not None and key:
        chosen &= rows[key].str.startswith(f"{doc_id}/")
    return chosen


class Loader(Protocol):
    """A function that loads one table, with the filters of `load`."""

    def __call__(
        self, region: str | None = None, year: int | None = None, doc_id: str | None = None
    ) -> pd.DataFrame: ...


def _loader(name: TableName) -> Loader:
    """One table's loader, documented from the model."""

    def loader(region: str | None = None, year: int | None = None, doc_id: str | None = None) -> pd.DataFrame:
        return load(name, region=region, year=year, doc_id=doc_id)

    table = TABLES[name]
    columns = "\n".join(f"        {column.name} : {column.about}" for column in table.columns)
    source = (
        "the catalogued documents" if table.extracted else "the catalogue, the reference figures or the audit"
    )
    loader.__name__ = loader.__qualname__ = f"load_{name}"
    loader.__doc__ = (
        f"The table ``{name}``: one row is {table.row}.\n\n"
        "    Parameters\n    ----------\n    region, year, doc_id : optional\n        Filters, as for `load`.\n\n"
        f"    Returns\n    -------\n    DataFrame\n{columns}\n\n"
        "    Raises\n    ------\n    MissingTables, DamagedTables, ValueError\n        As `load` does.\n\n"
        f"    Notes\n    -----\n    Read from {source}.\n"
    )
    return loader


load_documents: Loader = _loader("documents")
load_tasks: Loader = _loader("tasks")
load_targets: Loader = _loader("targets")
load_allocations: Loader = _loader("allocations")
load_funding: Loader = _loader("funding")
load_funding_tasks: Loader = _loader("funding_tasks")
load_outcomes: Loader = _loader("outcomes")
load_milestones: Loader = _loader("milestones")
load_indicators: Loader = _loader("indicators")
load_observations: Loader = _loader("observations")
load_investments: Loader = _loader("investments")
load_population: Loader = _loader("population")
load_sources: Loader = _loader("sources")
load_extras: Loader = _loader("extras")
load_totals: Loader = _loader("totals")
load_unread: Loader = _loader("unread")
load_confidence: Loader = _loader("confidence")
load_checks: Loader = _loader("checks")
load_links: Loader = _loader("links")
load_patches: Loader = _loader("patches")
