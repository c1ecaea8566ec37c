"""What every reader of facts needs to know of the document at hand, and how a row says where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from minshi_analysis.language import dates
from minshi_analysis.layout.claims import About
from minshi_analysis.reading.blocks import Cell

__all__ = ["Context", "Row", "printed", "words"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """A document's identity, as far as its rows depend on it, and where in its text corrections were applied."""

    doc_id: str
    kind: str
    year: int
    year_end: int | None = None
    region: str | None = None
    adcode: str | None = None
    level: str | None = None
    as_of: str | None = None
    mended: tuple[tuple[int, int], ...] = ()
    guessed: bool = False  # its kind is told by its sentences alone
    published: str | None = None
    this_year: bool = False  # it calls its own year 今年

    def row(
        self, values: Mapping[str, Any], start: int, end: int, ref: str = "", also: Iterable[Cell] = ()
    ) -> Row:
        """A row of the model with its provenance (offsets in the text that was read).

        ``also`` are cells elsewhere that the row takes words from (a merged cell of the lead agency): where a
        correction mended one of them, the row is patched too.
        """
        spans = [(start, end), *((cell.start, cell.end) for cell in also)] if self.mended else ()
        patched = any(self.touched(*span) for span in spans)
        place = {"source_start": start, "source_end": end, "source_ref": ref or None}
        return {**values, "doc_id": self.doc_id, **place, "patched": patched}

    def touched(self, start: int, end: int) -> bool:
        """Whether a correction mended something of a span."""
        return any(a < end and start < b for a, b in self.mended)

    @property
    def afterwards(self) -> bool:
        """Whether it reports of a year and was printed in the next one: 去年 is then its own year."""
        printed = int(self.published[:4]) if self.published else None
        told = self.kind in ("progress", "completion") and self.year is not None and not self.this_year
        return told and printed == self.year + 1

    @property
    def about(self) -> About:
        """The document, as far as the heads of its tables depend on it."""
        return About(self.adcode, self.level, self.year, self.kind)

    def deadline(self, text: str) -> str | None:
        """The date that words of this document name, or None."""
        return dates.parse_deadline(text, year=self.year, year_end=self.year_end)


def printed(cell: Cell) -> str:
    """A cell's text in simplified characters, the tags of an export blanked out: same length, same offsets."""
    return cell.simplified


def words(cell: Cell | None) -> str | None:
    """A cell's tidy text, or None."""
    return (cell.said.norm or None) if cell is not None else None
