"""Indicators of plans and of their reviews: baseline and target, and the values observed since.

What each column of values is follows from its head and the plan's years (`layout.indicators`), what a cell prints from
`levels`, which figures belong together from `lines`. A figure that is none of these is told, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.tables.levels import Level, Unit, unit_of
from minshi_analysis.facts.tables.lines import LAID, LOOSE, MADE, MAYBE_MERGED, Line, is_nothing, lines_of
from minshi_analysis.facts.tables.names import bare, without
from minshi_analysis.facts.tables.observations import observe, observed
from minshi_analysis.facts.tables.sheet import (
    Indicators,
    Sheet,
    beside,
    enter,
    is_no_unit,
    printed_unit,
    read_level,
    sheet_of,
    tell,
    whole,
)
from minshi_analysis.facts.tables.units import NO_UNIT, bound_in_name
from minshi_analysis.language.heads import bound_of
from minshi_analysis.language.text import fold
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.indicators import plan_end, says_sum
from minshi_analysis.layout.tables import Table, Unread
from minshi_analysis.reading.blocks import Cell, Paragraph

__all__ = ["Indicators", "read_indicators"]

_RATES = frozenset({"%", "‰", "百分点", "岁", "年"})  # levels that do not add up over the years
_PLAN = re.compile(r'["“]([一二三四五六七八九十]{1,3})五["”]')


def read_indicators(
    tables: Iterable[Table], context: Context, paragraphs: Iterable[Paragraph] = ()
) -> Indicators:
    """Rows of ``indicators`` and of ``observations`` from the indicator tables of a document.

    Parameters
    ----------
    tables : iterable of Table
    context : Context
        The plan's years and what kind of document it is decide what is baseline, target and observation.
    paragraphs : iterable of Paragraph
        The document's prose: notes below a table say what brackets and marks mean.

    Returns
    -------
    Indicators
        An indicator without baseline, target and words in their place that another table of the document has is that
        one: its values are observations of it.
    """
    out, taken = Indicators(), set[str]()
    said = [paragraph.said.folded for paragraph in paragraphs]
    later: list[tuple[Sheet, list[Line | Unread]]] = []
    for table in tables:
        sheet = sheet_of(table, context, said)
        lines = list(lines_of(table, sheet.values()))
        if why := _of_another_period(sheet, context):
            out.unread += [part for line in lines if (part := whole(line, why))]
        elif sheet.at("target") is None and sheet.at("baseline") is None and sheet.at("span") is None:
            later.append((sheet, lines))
        else:
            _read(sheet, lines, context, taken, out)
    known = {(row["name"], row["sub_name"]): row for row in out.rows}
    for sheet, lines in later:
        observe(sheet, lines, context, known, out)
    return out


def _of_another_period(sheet: Sheet, context: Context) -> str | None:
    """Why a table is of no plan of this document: it looks back on the plan before."""
    whats = {use.what for use in sheet.uses.values()}
    named = [plan_end(n) for n in _PLAN.findall(sheet.table.title)]
    if named and context.year and max(named) < context.year:
        return f"figures of the plan to {max(named)}, in a plan from {context.year}"
    if (
        whats
        and whats <= {"baseline", "before", "wish", "growth", "rate", "part"}
        and any(use.year for use in sheet.uses.values())
    ):
        last = max(use.year for use in sheet.uses.values() if use.year)
        return (
            f"a table whose figures end in {last}, in a plan from {context.year}: what was reached before it"
        )
    return None


def _read(
    sheet: Sheet, lines: Sequence[Line | Unread], context: Context, taken: set[str], out: Indicators
) -> None:
    for line in lines:
        if isinstance(line, Unread):
            out.unread.append(line)
            continue
        enter(sheet, line, len(out.rows), taken)
        if not line.cells:
            continue
        if not sheet.name:
            part = whole(line, "figures of an indicator without a name")
            out.unread += [part] if part else []
            continue
        row = _row(sheet, line, context, out)
        if not _is_name(row["name"]):  # a unit or a figure: the cells have slid
            part = whole(line, "figures of an indicator without a name")
            out.unread += [part] if part else []
            continue
        out.rows.append(row)
        for j, use in sheet.uses.items():
            if use.what == "observed":
                observed(sheet, line, j, row, context, out)


def _is_name(name: str | None) -> bool:
    """Whether words name an indicator: no unit (万人, 1/10万), no figure (188, 16万亩, [10.4]万亩)."""
    if (
        not name
        or is_figure(re.sub(r"[\[\]()〔〕【】]", "", name))
        or len(re.findall(r"[A-Za-z\u4e00-\u9fff]", name)) < 2
    ):
        return False
    unit = unit_of(name)
    return unit is None or not unit.known or unit.scale == 1  # 床位 is a name too


def _row(sheet: Sheet, line: Line, context: Context, out: Indicators) -> Row:
    """The row of an indicator, or of a part of it."""
    sub = bare(words(line.part) or "") or None
    printed = printed_unit(sheet, line)
    unit = unit_of(printed)
    base_at, goal_at = sheet.at("baseline"), _goal(sheet, line)
    base, goal = (read_level(sheet, line, j, unit, out) for j in (base_at, goal_at))
    base, goal = _agreeing(base, goal, line, base_at, goal_at, out)
    base, goal = _summed(sheet, base, base_at), _summed(sheet, goal, goal_at)
    form, doubts = _form(base, goal)
    name = without(sheet.name, printed)
    others = beside(sheet, line, {base_at, goal_at}, out)
    notes = (
        base and base.note,
        goal and goal.note,
        sheet.notes.bases.get(name),
        *_marks(sheet, line),
        *(n for n, _ in others),
    )
    base_use = sheet.uses.get(base_at) if base_at is not None else None
    figures = [(v.start, v.end) for v in (base, goal) if v is not None and v.value is not None] + [
        s for _, s in others if s
    ]
    doubts += _doubts(sheet, line, unit, (base, goal), context)
    units = [v.unit for v in (goal, base) if v is not None and v.value is not None]
    cells = (
        [c for c in (line.name, line.part, *line.cells.values()) if c is not None] if line.shared else None
    )
    return context.row(
        {
            "indicator_id": f"{context.doc_id}/indicator-{sheet.key}" + (f".{sheet.part}" if sub else ""),
            "indicator_no": sheet.number,
            "field": line.field,
            "name": name,
            "sub_name": without(sub, printed) if sub else None,
            "unit": (units[0] if units else unit.name if unit else None) or None,
            "baseline_year": ((base and base.year) or base_use.year or sheet.notes.base_year)
            if base_use
            else None,
            "baseline": base.value if base else None,
            "baseline_bound": base.bound if base else None,
            "target_year": _goal_year(sheet, goal_at, context),
            "target": goal.value if goal else None,
            "upper": goal.upper if goal else None,
            "bound": _bound(goal, sub or sheet.name, sheet.table.columns[goal_at].label if goal else ""),
            "cumulative": bool(goal and goal.value is not None and goal.form == "sum"),
            "form": form,
            "baseline_form": base.form
            if base and base.value is not None and base.form != "increase"
            else None,
            "note": ";".join(dict.fromkeys(filter(None, notes))) or None,
            "figures": tuple(dict.fromkeys(figures)),
            "doubts": tuple(doubts),
        },
        min(c.start for c in cells) if cells else line.record.start,
        max(c.end for c in cells) if cells else line.record.end,
        line.record.ref,
    )


def _summed(sheet: Sheet, level: Level | None, at: int | None) -> Level | None:
    """What a line prints under 累计: all that the years add up to."""
    use = sheet.uses[at] if at is not None else None
    if level is None or use is None or level.form != "level":
        return level
    summed = use.what == "span" or (use.what == "baseline" and use.summed)
    return replace(level, form="sum") if summed else level


def _goal_year(sheet: Sheet, at: int | None, context: Context) -> int | None:
    """The year of a target: that of its head; the plan's last where the head says 累计 and names no year."""
    if at is None:
        return None
    use = sheet.uses[at]
    return use.year or (context.year_end if use.what in ("span", "growth") else None)


def _bound(goal: Level | None, name: str, head: str) -> str | None:
    """How a target binds: by its own cell, or where that only prints a number by its head or its name (控制在(%)以内)."""
    if goal is None or goal.bound != "exact":
        return goal.bound if goal else None
    return bound_of(head) or bound_in_name(name, goal.unit) or goal.bound


def _goal(sheet: Sheet, line: Line) -> int | None:
    """The column of a line's target: that of the target year, or 累计 where that prints nothing."""
    goal, span = sheet.at("target"), sheet.at("span")
    summed = next((j for j, use in sheet.uses.items() if use.what == "growth" and use.summed), None)
    if goal is not None and not is_nothing(line.cells.get(goal)):
        return goal
    if span is not None and not is_nothing(line.cells.get(span)):
        return span
    said = fold((line.cells.get(summed) or Cell("", 0, 0)).text) if summed is not None else ""
    return summed if re.search(r"\[\s*\d|累计", said) else goal


def _agreeing(
    base: Level | None,
    goal: Level | None,
    line: Line,
    base_at: int | None,
    goal_at: int | None,
    out: Indicators,
) -> tuple[Level | None, Level | None]:
    """Baseline and target in one unit: where each prints its own and they differ, neither is the row's."""
    if base and goal and base.value is not None and goal.value is not None and base.unit != goal.unit:
        if {base.unit, goal.unit} == {"元", "万元"}:  # 11000元 and 1.5万元
            return _in_yuan(base), _in_yuan(goal)
        for j in (base_at, goal_at):
            tell(
                out.unread,
                line.cells[j],
                line,
                f"baseline and target in different units: {base.unit}, {goal.unit}",
            )
        return None, None
    return base, goal


def _in_yuan(level: Level) -> Level:
    scale = 10_000 if level.unit == "万元" else 1
    upper = None if level.upper is None else level.upper * scale
    return replace(level, value=level.value * scale, upper=upper, unit="元")


def _form(base: Level | None, goal: Level | None) -> tuple[str | None, list[tuple[str, float]]]:
    """level, sum or increase, and what is in doubt: 〔1〕 beside 77.93岁 is what is to be added to it."""
    if goal is None or goal.value is None:
        return None, []
    if goal.form == "sum" and base is not None and base.value is not None and base.form == "level":
        if goal.unit in _RATES:
            return "increase", []
        if goal.value < base.value:
            return "increase", [("a sum smaller than the level before it: read as an increase", 0.15)]
    return goal.form, []


def _doubts(
    sheet: Sheet, line: Line, unit: Unit | None, levels: tuple[Level | None, Level | None], context: Context
) -> list[tuple[str, float]]:
    """What makes the reading of a line less sure, and by how much."""
    valued = [v for v in levels if v is not None and v.value is not None]
    found: list[tuple[str, float]] = []
    if context.year_end is None:
        found.append(("the plan's last year is not known", 0.3))
    goal_at = sheet.at("target")
    levelled = levels[1] is not None and levels[1].form == "level" and goal_at is not None
    if levelled and says_sum(sheet.table.columns[goal_at].label):
        found.append(("the head of the target says 累计: a level, or the sum of the years", 0.25))
    if valued and is_no_unit(sheet, line):
        found.append(NO_UNIT)
    elif valued and unit is None and not any(v.unit for v in valued):
        scaled = sheet.table.column("unit") is not None and not sheet.table.spans
        found.append(("no unit is printed", 0.3 if scaled else 0.1))
    if unit is not None and not unit.known:
        several = bool(re.search("[、,，和或]", unit.name or ""))
        found.append(
            ("several units for one figure", 0.3)
            if several
            else ("a unit that is not in the list of units", 0.05)
        )
    if unit is not None and sheet.above:
        found.append(("the unit stands above the table", 0.1))
    if line.shared:
        found.append(("several indicators in one row of cells", 0.05))
    if line.record.laid and len(line.record.cells) != len(sheet.table.columns):
        found.append(LAID)
    if any(v.start in sheet.merged for v in valued):
        found.append(MAYBE_MERGED)
    if line.record.made:
        found.append(MADE)
    if line.record.doubts:
        found.append(LOOSE)
    if len(valued) == 2 and {v.form for v in valued} == {"level"}:
        low, high = sorted(abs(v.value) for v in valued)
        if low and high > 30 * low:
            found.append(
                ("the target is more than thirty times the baseline, or less than a thirtieth", 0.25)
            )
    return found


def _marks(sheet: Sheet, line: Line) -> list[str]:
    """What notes say of the marks behind a line's values: [a]为2019年数据."""
    texts = [fold(cell.text) for j, cell in line.cells.items() if j in sheet.uses]
    return [what for mark, what in sheet.notes.marks.items() if any(t.strip().endswith(mark) for t in texts)]
