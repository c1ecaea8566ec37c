"""Beside the document on the reading sheet: the rows that were read, where each is printed, and what is in none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from minshi_analysis.account.sheet_words import KEYS, Saying, safe
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

if TYPE_CHECKING:
    from minshi_analysis.intake.reader import Reading

__all__ = ["Rows"]

_UNSHOWN = frozenset({"doc_id", "source_start", "source_end", "source_ref", "adcode", "indicator_no", *KEYS})
_LONG = 120  # characters of a part that are shown
_WORDS = 12  # characters from which on a cell has room


class Rows:
    """The rows of a reading as the sheet lists them."""

    def __init__(self, reading: Reading, saying: Saying):
        self._reading, self._saying = reading, saying
        self._doc = f"{reading.tables['documents']['doc_id'].iloc[0]}/"
        self._first: dict[str, int] = {}
        for i, entry in enumerate(saying.entries):
            self._first.setdefault(entry.row_id, i)

    def tables(self) -> Iterator[str]:
        """Each table that has rows, the first one open."""
        said, page = self._saying.words, self._saying.words["page"]
        for number, (name, rows) in enumerate((n, r) for n, r in self._saying.records.items() if r):
            worded = [self._worded(row) for row in rows]
            held = {column for row in worded for column, word in row.items() if word}
            columns = sorted(held, key=["id", "confidence", *self._reading.tables[name].columns].index)
            heads = "".join(f"<th>{safe(said['columns'].get(c, c))}</th>" for c in columns)
            body = "".join(self._row(row, words, columns) for row, words in zip(rows, worded, strict=True))
            yield (
                f"<details{' open' * (number == 0)}><summary>{safe(said['tables'][name])} {len(rows)}</summary>"
                f'<div class="wide"><table data-table="{name}"><tr><th>{safe(page["where"])}</th>{heads}</tr>'
                f"{body}</table></div></details>"
            )

    def parts(self) -> Iterator[str]:
        """What is in no row: each reason once, with the parts that it holds of in reading order."""
        found: dict[str, dict[str, None]] = {}
        for part in sorted(self._reading.unread, key=lambda part: part.start):
            i = bisect_right(self._block_starts, part.start) - 1
            text = safe(part.text if len(part.text) <= _LONG else part.text[:_LONG] + "…")
            linked = i >= 0 and part.end > part.start
            shown = f'<a href="#b{self._block_starts[i]}">{text}</a>' if linked else text
            found.setdefault(self._saying.why(part.reason), {})[shown] = (
                None  # once, however many figures it has
            )
        mark = safe(self._saying.words["page"]["between"])
        yield from (f"{safe(why)}：{mark.join(shown)}" for why, shown in found.items())

    def _worded(self, row: Mapping[str, Any]) -> dict[str, str]:
        """A row in words, by column; its id without the document's, and how sure the reader is of it."""
        row_id = _id_of(row)
        said = {"id": row_id.removeprefix(self._doc)}
        said |= {name: self._saying.value(name, value) for name, value in row.items() if name not in _UNSHOWN}
        if "part_of" in said:
            said["part_of"] = said["part_of"].removeprefix(self._doc)
        if (sure := self._saying.confidence(row_id)) is not None:
            said["confidence"] = f"{sure[0]:.2f}"
        return said

    def _row(self, row: Mapping[str, Any], said: Mapping[str, str], columns: list[str]) -> str:
        row_id = _id_of(row)
        cells = "".join(
            f"<td{_looks(row.get(c, said.get(c, '')))}>{safe(said.get(c, ''))}</td>" for c in columns
        )
        at = self._place(row, row_id)
        name = safe(self._saying.words["page"]["where"])
        link = f'<a href="#{at}" aria-label="{name}">↦</a>' if at else ""
        return f'<tr data-row="{safe(row_id)}"><td>{link}</td>{cells}</tr>'

    def _place(self, row: Mapping[str, Any], row_id: str) -> str:
        """Where a row stands on the page: at its first figure, or at the cell or paragraph of its words."""
        if row_id in self._first and row_id:
            return f"f{self._first[row_id]}"
        if self._reading.document.plain and "source_start" in row:
            i = bisect_right(self._block_starts, row["source_start"]) - 1
            return f"b{self._block_starts[i]}" if i >= 0 else ""
        start = self._refs.get(row.get("source_ref", ""))
        return "" if start is None else f"b{start}"

    @cached_property
    def _block_starts(self) -> list[int]:
        """Where the blocks start that are drawn with an anchor."""
        return sorted({block.start for block in self._drawn()})

    @cached_property
    def _refs(self) -> dict[str, int]:
        return {block.ref: block.start for block in self._drawn() if block.ref}

    def _drawn(self) -> Iterator[Cell | Paragraph]:
        for block in self._reading.document.blocks:
            if isinstance(block, Grid):
                yield from (cell for row in block.rows for cell in row if cell)
            else:
                yield block


def _id_of(row: Mapping[str, Any]) -> str:
    return next((row[key] for key in KEYS if row.get(key)), "")


def _looks(value: object) -> str:
    """Figures are not broken over lines, and words have room."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return ' class="figure"'
    return ' class="words"' if isinstance(value, str) and len(value) > _WORDS else ""
