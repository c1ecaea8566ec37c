"""Values observed of a plan's indicators: those of a review or a report, beside the targets or in a table of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.tables.levels import unit_of
from minshi_analysis.facts.tables.lines import Line, is_nothing
from minshi_analysis.facts.tables.names import bare, without
from minshi_analysis.facts.tables.sheet import (
    Indicators,
    Sheet,
    beside,
    enter,
    printed_unit,
    read_level,
    tell,
    whole,
)
from minshi_analysis.layout.tables import Unread

__all__ = ["observe", "observed"]


def observed(sheet: Sheet, line: Line, j: int, row: Row, context: Context, out: Indicators) -> None:
    """A line's value in a column of observations, as one of the indicator of a row."""
    use, cell = sheet.uses[j], line.cells.get(j)
    if is_nothing(cell):
        return
    level = read_level(sheet, line, j, unit_of(sheet.unit), out)
    if level is None or level.value is None:
        return
    year = use.year or (int(context.as_of[:4]) if context.as_of else None)
    if year is None:
        tell(
            out.unread,
            cell,
            line,
            f"an observed value of which no year is printed, under {sheet.table.columns[j].label}",
        )
        return
    if row["unit"] and level.unit and level.unit != row["unit"]:
        tell(out.unread, cell, line, f"an observed value in another unit than its indicator's: {level.unit}")
        return
    told = ("预计" if use.expected else None, "累计" if level.form == "sum" else None, level.note)
    exact = None if level.bound == "exact" else cell.text.strip()
    place = context.row({}, level.start, level.end, cell.ref)
    out.observations.append(
        {
            "region": context.region,
            "indicator_id": row["indicator_id"],
            "year": year,
            "value": level.value,
            "unit": level.unit or row["unit"],
            "note": ";".join(filter(None, (*told, exact))) or None,
            "figures": ((level.start, level.end),),
            **place,
        }
    )


def observe(
    sheet: Sheet,
    lines: Sequence[Line | Unread],
    context: Context,
    known: Mapping[tuple[str, str | None], Row],
    out: Indicators,
) -> None:
    """A table of observed values alone: they are of the indicators that another table of the document has."""
    taken: set[str] = set()
    for line in lines:
        if isinstance(line, Unread):
            out.unread.append(line)
            continue
        enter(sheet, line, 0, taken)
        unit = printed_unit(sheet, line)
        sub = bare(words(line.part) or "")
        if any(use.what == "double" for use in sheet.uses.values()):
            part = whole(line, "two columns of one year, and their heads do not tell them apart")
            out.unread += [part] if part and line.cells else []
            continue
        row = known.get((without(sheet.name, unit), without(sub, unit) if sub else None))
        if row is None:
            part = whole(
                line, "observed values of an indicator that no table of the document sets a target for"
            )
            out.unread += [part] if part and line.cells else []
            continue
        for j, use in sheet.uses.items():
            if use.what == "observed":
                observed(sheet, line, j, row, context, out)
        beside(sheet, line, set(), out)
