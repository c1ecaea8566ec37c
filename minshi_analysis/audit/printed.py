"""What a source prints, and where in it a row stands: by offsets in a text, by cell or paragraph in any other file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from minshi_analysis.audit.quoting import mended, quote, stands
from minshi_analysis.reading.blocks import Document, Grid

__all__ = ["Printed", "printed"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Printed:
    """A source as it prints.

    Attributes
    ----------
    name : str
        Of the file.
    text : str
        Of a text all of it; of another file what its reader writes down, cells with tabs between them.
    cells : mapping of ref to (int, int)
        Where in ``text`` each cell and paragraph stands that has a ref; empty for a text.
    lines : mapping of ref to (int, int)
        The line of the table that a cell begins in; of a paragraph itself.
    beside : mapping of ref to set of ref
        The cells that share a line of the table with it.
    """

    name: str
    text: str
    cells: Mapping[str, Span]
    lines: Mapping[str, Span]
    beside: Mapping[str, set[str]]

    def quoted(self, row: Mapping[str, Any], values: Iterable[float]) -> tuple[str, str]:
        """Where a row stands, in words, and the printed lines with its figures marked; both "" where it says no place.

        A row that takes figures of several cells is quoted with its whole line.
        """
        if _there(row.get("source_start")):
            start, end = int(row["source_start"]), int(row["source_end"])
            lines = quote(self.text, start, end, values)
            return f"{self.name}, line {lines.line} (characters {start}-{end})", lines.text
        ref: Any = row.get("source_ref")
        if not _there(ref):
            return "", ""
        values = tuple(values)
        if ref not in self.cells:
            return f"{self.name}, {ref}", ""
        start, end = self.cells[ref]
        if values and not any(stands(value, self.text[start:end]) for value in values):
            start, end = self.lines[ref]
        return f"{self.name}, {ref}", quote(self.text, start, end, values).text

    def corrections(self, row: Mapping[str, Any], patches: pd.DataFrame) -> list[dict[str, Any]]:
        """The declared corrections of its document that made a row what it is, each with where it stands in the text.

        Of a row without plain text they are those in its line of the table; where there is none, a head, a unit or a
        line above was corrected, and all are told.
        """
        own = patches[patches["doc_id"] == row["doc_id"]].to_dict("records")
        if _there(row.get("source_start")):
            start, end = row["source_start"], row["source_end"]
            return [p for p in own if p["source_start"] < end and p["source_end"] > start]
        for p in own:
            first, last = self.cells.get(p["source_ref"], (0, 0))
            p["source_start"] = max(first, self.text.find(p["printed"], first, last))
            p["source_end"] = p["source_start"] + len(p["printed"])
        ref: Any = row.get("source_ref")
        near = self.beside.get(ref, {ref})
        return [p for p in own if p["source_ref"] in near] or own

    def corrected(self, row: Mapping[str, Any], touching: Iterable[Mapping[str, Any]]) -> str:
        """The words of a row as corrections leave them: its place in a text, else its line of the table."""
        if _there(row.get("source_start")):
            start, end = int(row["source_start"]), int(row["source_end"])
        else:
            start, end = self.lines.get(row["source_ref"], (0, 0))
        return mended(self.text, touching, start, end).replace("\t", " ⇥ ").strip(" ⇥\n")


def printed(path: Path) -> Printed | None:
    """A source as it prints, or None where the file cannot be read."""
    from minshi_analysis import reading
    from minshi_analysis.reading import opening
    from minshi_analysis.reading import text as text_format

    try:
        if opening.kind(path) == "text":
            return Printed(path.name, text_format.decode(path.read_bytes(), path.name), {}, {}, {})
        return _of(reading.read(path), path.name)
    except (OSError, ValueError):
        return None


def _of(document: Document, name: str) -> Printed:
    cells: dict[str, Span] = {}
    lines: dict[str, Span] = {}
    beside: dict[str, set[str]] = defaultdict(set)
    for block in document.blocks:
        if not isinstance(block, Grid):
            cells[block.ref] = lines[block.ref] = (block.start, block.end)
            continue
        for row in block.rows:
            own = [cell for cell in row if cell.ref not in cells]
            for cell in own:
                cells[cell.ref] = (cell.start, cell.end)
                lines[cell.ref] = (own[0].start, max(each.end for each in own))
            refs = {cell.ref for cell in row}
            for ref in refs:
                beside[ref] |= refs
    return Printed(name, document.text, cells, lines, dict(beside))


def _there(value: object) -> bool:
    return value is not None and value is not pd.NA and value == value
