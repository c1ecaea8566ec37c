"""A table of indicators under way: what its columns are for, which indicator is being read, what its cells print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.tables.levels import Level, Unit, level_of
from minshi_analysis.facts.tables.lines import Line, beside_blanks, is_nothing, numbered
from minshi_analysis.facts.tables.names import bare, unit_above, unit_in
from minshi_analysis.facts.tables.notes import Notes, notes_of
from minshi_analysis.facts.tables.units import unit_said
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.layout.indicators import Use, uses_of
from minshi_analysis.layout.tables import Table, Unread
from minshi_analysis.reading.blocks import Cell

__all__ = [
    "Indicators",
    "Sheet",
    "beside",
    "enter",
    "is_no_unit",
    "printed_unit",
    "read_level",
    "sheet_of",
    "tell",
    "whole",
]

_TOLD = frozenset(
    {"note", "kind", "lead", "partner", "person", "owner", "status", "location", "deadline", "programme"}
)
_BARE = re.compile(r"约束性?|预期性?|指导性?")  # says itself what it is


@dataclass(slots=True)
class Indicators:
    """What the tables of indicators of a document give.

    ``unread`` are figures of which it is not known what they say, ``aside`` those that are known to be no data of the
    indicators (marks of notes, figures of the plan before), both with their reasons.
    """

    rows: list[Row] = field(default_factory=list)
    observations: list[Row] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    aside: list[Unread] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A table under way: what its columns are for, and the indicator that a part or an unnamed line goes on with."""

    table: Table
    uses: Mapping[int, Use]
    notes: Notes
    shared: frozenset[int]  # ids of cells of values that stand in several rows
    merged: frozenset[int]  # starts of cells of values that may be of several rows
    name: str = ""
    number: str = ""
    key: str = ""
    unit: str | None = None
    above: bool = False  # the unit is not the indicator's own, but stands over the table
    part: int = 0

    def values(self) -> list[int]:
        """The columns whose values go into rows."""
        into = ("baseline", "target", "observed", "span", "growth", "double")
        return [j for j, use in self.uses.items() if use.what in into]

    def at(self, what: str) -> int | None:
        return next((j for j, use in self.uses.items() if use.what == what), None)


def sheet_of(table: Table, context: Context, said: Sequence[str]) -> Sheet:
    """A table before its first line; ``said`` is the document's prose, tidy and folded, in which the notes below the table stand."""
    reports = context.kind in ("review", "completion", "progress")
    uses = uses_of(table.columns, context.year, context.year_end, reports)
    below = [
        cell.said.folded for record in table.records if record.kind != "row" for cell in record.cells.values()
    ]
    values = [
        c
        for r in table.records
        if r.kind == "row"
        for j, c in r.cells.items()
        if j in uses and re.search(r"\d", c.text)
    ]
    times = Counter(id(cell) for cell in values)
    return Sheet(
        table,
        uses,
        notes_of([*said, *below]),
        frozenset(i for i, n in times.items() if n > 1),
        beside_blanks(table, uses),
    )


def enter(sheet: Sheet, line: Line, done: int, taken: set[str]) -> None:
    """Go on to a line's indicator: its number, its name without it, and a key for its id that no other has."""
    if line.name is not None:
        found, called = numbered(words(line.name) or "")
        own = sheet.table.column("index") is None
        sheet.name = bare(called if own else words(line.name) or "")
        sheet.number = line.number or (found if own else None) or str(done + 1)
        sheet.key = next(
            n for k in count(1) if (n := sheet.number if k == 1 else f"{sheet.number}-{k}") not in taken
        )
        taken.add(sheet.key)
        sheet.part, sheet.unit = 0, None
    if line.cells:
        sheet.part += 1


def printed_unit(sheet: Sheet, line: Line) -> str | None:
    """The unit of a line: its own, its part's, that of its indicator, else that over the table (``sheet.above``)."""
    column = sheet.table.column("unit")
    here = words(line.cells.get(column)) if column is not None else None
    if here and (here := unit_said(here)) is None:
        sheet.unit, sheet.above = None, False
        return None
    part = words(line.part)
    own = here or (unit_in(bare(part)) if part else None) or unit_in(sheet.name) or sheet.unit
    sheet.above = own is None
    heads = [
        sheet.table.columns[j].label
        for j, u in sheet.uses.items()
        if u.what in ("baseline", "target", "observed")
    ]
    sheet.unit = own or unit_above(heads, (sheet.table.caption, fold(tidy(sheet.table.title))))
    return sheet.unit


def is_no_unit(sheet: Sheet, line: Line) -> bool:
    """Whether a line prints something under 单位 that is no unit."""
    column = sheet.table.column("unit")
    here = words(line.cells.get(column)) if column is not None else None
    return here is not None and unit_said(here) is None


def read_level(sheet: Sheet, line: Line, j: int | None, unit: Unit | None, out: Indicators) -> Level | None:
    """What a line prints in a column; a cell that cannot be read is told."""
    cell = line.cells.get(j) if j is not None else None
    if cell is None:
        return None
    if id(cell) in sheet.shared or (
        re.search(r"\d", cell.text) and sum(c is cell for c in line.cells.values()) > 1
    ):
        tell(out.unread, cell, line, "one figure over several rows or columns: whose it is is not known")
        return None
    level = level_of(cell, unit, sheet.name + (line.part.text if line.part else ""), sheet.notes.brackets)
    if level is not None:
        out.aside += [
            Unread(a, b, cell.ref, cell.text, "a mark that points to a note") for a, b in level.marks
        ]
        if level.reason:
            tell(out.unread, cell, line, level.reason)
            return None
    return level


def tell(parts: list[Unread], cell: Cell, line: Line, reason: str) -> None:
    """A cell's figures as no row's, with the name that they stand beside; a merged cell once."""
    if any((part.start, part.end, part.ref) == (cell.start, cell.end, cell.ref) for part in parts[-3:]):
        return
    named = " / ".join(filter(None, (words(line.name), words(line.part)))) if line.name or line.part else ""
    parts.append(
        Unread(cell.start, cell.end, cell.ref, f"{named}: {cell.text}" if named else cell.text, reason)
    )


def whole(line: Line | Unread, why: str) -> Unread | None:
    """A line as a part that holds figures and is no row, or None where it holds none."""
    if isinstance(line, Unread):
        return line
    cells = list({id(c): c for c in (line.name, line.part, *line.cells.values()) if c is not None}.values())
    if not any(re.search(r"\d", cell.text) for cell in cells):
        return None
    start, end = min(c.start for c in cells), max(c.end for c in cells)
    return Unread(start, end, cells[0].ref, " | ".join(c.text for c in cells), why)


def beside(
    sheet: Sheet, line: Line, used: set[int | None], out: Indicators
) -> list[tuple[str, tuple[int, int] | None]]:
    """What a line prints in other columns, as its note, with the place of a figure; what nobody knows is told."""
    own = {sheet.table.column(role) for role in ("index", "indicator", "sub_name", "unit")}
    notes: list[tuple[str, tuple[int, int] | None]] = []
    for j, cell in sorted(line.cells.items()):
        column, use, text = sheet.table.columns[j], sheet.uses.get(j), words(cell) or ""
        if (
            j in used | own
            or column.role == "programme"
            or is_nothing(cell)
            or (use and use.what == "observed")
        ):
            continue
        figure = (cell.start, cell.end) if re.search(r"\d", text) else None
        if use is not None and use.what in ("double", "target", "baseline"):
            if figure:
                tell(out.unread, cell, line, f"one of two columns of one year, under {column.label}")
        elif use is None and figure and not re.search(r"[\u4e00-\u9fff]{2}", text):
            what = f"under {column.label}" if column.label else "its column has no head"
            tell(out.unread, cell, line, f"a figure of an unknown kind: {what}")
        elif use is not None or column.role in _TOLD:
            bare = column.role == "note" or not column.label or _BARE.fullmatch(text)
            notes.append((text if bare else f"{column.label} {text}", figure))
        elif figure:
            tell(out.unread, cell, line, f"a figure of an unknown kind: under {column.label or 'no head'}")
        else:
            notes.append((f"{column.label} {text}" if column.label else text, None))
    return notes
