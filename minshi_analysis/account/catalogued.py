"""A catalogued document → its tables, as its declared corrections leave it, with the places that are printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from minshi_analysis.account.extract import Extraction, extract
from minshi_analysis.catalogue import Source
from minshi_analysis.facts.context import Context, Row
from minshi_analysis.reading import read
from minshi_analysis.reading import text as text_format
from minshi_analysis.reading.blocks import Document
from minshi_analysis.reading.corrections import Corrected, mend

__all__ = ["extract_corrected", "extract_source", "patches"]

_PLACE = frozenset({"source_start", "source_end", "source_ref", "patched"})


def extract_source(source: Source, printed: Document | None = None) -> Extraction:
    """The tables of a catalogued document, its declared corrections applied.

    Offsets are those of the printed source, and rows that a correction touches say ``patched``. ``printed`` is the
    document as it was read, where it was.

    Raises
    ------
    CatalogueError
        A correction does not fit what the source prints (see `mend`).
    """
    context = _context(source)
    printed = read(source.path) if printed is None else printed
    if not source.corrections:
        return extract(printed, context, furniture=source.furniture)
    document, corrected, found = extract_corrected(source, printed)
    if document.plain:
        tables = {name: _back(table, corrected) for name, table in found.tables.items()}
    else:
        before = extract(printed, context, furniture=source.furniture).tables
        tables = {name: _changed(table, before[name]) for name, table in found.tables.items()}
    unread, aside = (
        tuple(replace(u, start=s, end=e) for u in parts for s, e, _ in [corrected.printed(u.start, u.end)])
        for parts in (found.unread, found.aside)
    )
    return replace(found, tables=tables, unread=unread, aside=aside)


def extract_corrected(source: Source, printed: Document) -> tuple[Document, Corrected, Extraction]:
    """A catalogued document as its corrections leave it, the way back to what is printed, and what it says so corrected.

    All offsets are those of the corrected document.
    """
    document, corrected = mend(printed, source.corrections, source.doc_id)
    mended = replace(_context(source), mended=tuple((cut.start, cut.end) for cut in corrected.cuts))
    return document, corrected, extract(document, mended, furniture=source.furniture)


def _context(source: Source) -> Context:
    return Context(
        source.doc_id,
        source.kind,
        source.year,
        source.year_end,
        source.region,
        source.adcode,
        source.level,
        source.as_of,
        published=source.published,
    )


def _back(table: pd.DataFrame, corrected: Corrected) -> pd.DataFrame:
    """Offsets of the printed source in place of those of the corrected text."""
    if "source_start" not in table:
        return table
    places: list[tuple[Any, Any, bool]] = [
        (None, None, False) if pd.isna(start) else corrected.printed(int(start), int(end))
        for start, end in zip(table["source_start"], table["source_end"], strict=True)
    ]
    starts, ends, patched = zip(*places, strict=True) if places else ((), (), ())
    return table.assign(
        source_start=pd.array(starts, dtype="Int64"),
        source_end=pd.array(ends, dtype="Int64"),
        **({"patched": table["patched"] | pd.Series(patched, dtype=bool)} if "patched" in table else {}),
    )


def _changed(table: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Rows patched too where they say what none said before: a corrected head or unit changes the rows below it.

    Ids do not count, since one more row renumbers those behind it. Of a text this is not asked: there a correction
    may lay a damaged table anew, and a row is patched where its own words are corrected.
    """
    if "patched" not in table:
        return table
    said = [name for name in table if name not in _PLACE and not name.endswith("_id") and name != "part_of"]
    old = set(map(tuple, before[said].astype("string").fillna("").to_numpy()))
    new = [tuple(row) not in old for row in table[said].astype("string").fillna("").to_numpy()]
    return table.assign(patched=table["patched"] | pd.Series(new, index=table.index, dtype=bool))


def patches(source: Source) -> list[Row]:
    """Rows of the ``patches`` table: the declared corrections of a document and where their words are printed."""
    if not source.corrections:
        return []
    plain = all(correction.ref is None for correction in source.corrections)
    text = text_format.decode(source.path.read_bytes(), source.path.name) if plain else ""
    rows = []
    for correction in source.corrections:
        start = text.find(correction.printed)
        place = {"source_start": start, "source_end": start + len(correction.printed)} if plain else {}
        said = {name: getattr(correction, name) for name in ("where", "printed", "corrected", "reason")}
        rows.append({"doc_id": source.doc_id, **said, **place, "source_ref": correction.ref})
    return rows
