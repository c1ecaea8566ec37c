"""Splits in tables: a column for each region, a row for each target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.matching import alike, best_target
from minshi_analysis.facts.tables.shares import Share, share_cell
from minshi_analysis.facts.tables.tasks import (
    Task,
    measure_with,
    read_tasks,
    row_unit,
    same_unit,
    share_row,
    target_rows,
)
from minshi_analysis.language.numerals import neat
from minshi_analysis.language.quantities import Quantity, parse_quantities, parse_unit
from minshi_analysis.language.text import fold
from minshi_analysis.layout.columns import plain
from minshi_analysis.layout.tables import Record, Table, Unread

__all__ = ["read_split"]

_SIGNS = re.compile(r"[\s“”\"'‘’,，、。()（）]")
_PART = re.compile(r"\(([^()\d]{2,20})\)")  # what a part is of: 20条(城乡公交)
_BARE = re.compile(r"([\d.]+)(万|亿)?(.*)")


def read_split(
    table: Table, tasks: list[Task], context: Context
) -> tuple[list[Row], list[Task], list[Unread]]:
    """Rows of ``allocations`` from a table with region columns.

    The table's tasks are those of the document's other tables where their words say so; a task that stands only
    here is a task of its own. A row's target is the one with its printed value and unit, else a further target of
    the task (a part: 20条(城乡公交) of 100条).

    Returns
    -------
    allocations, new_tasks, unread
    """
    text, target_column = table.column("task"), table.column("target")
    regions = [(j, column.region) for j, column in enumerate(table.columns) if column.region is not None]
    known = list(tasks)
    taken = {task.task_id for task in tasks}
    fresh: list[Task] = []
    rows: list[Row] = []
    unread: list[Unread] = []
    current: Task | None = None
    whole = read_tasks(table, context, several=False)
    own = {task.records[0].start: replace(task, records=task.records[:1]) for task in whole}
    for record in table.records:
        if record.kind != "row":
            continue
        if text in record.cells:
            current = _task_of(plain(record.cells[text]), known)
            if current is None:
                current = own[record.start].numbered_beside(taken)
                known.append(current)
                taken.add(current.task_id)
                fresh.append(current)
        if current is None:
            continue
        current.records.append(record)
        cells = [(region, record.cells[j]) for j, region in regions if j in record.cells]
        shares = [(region, cell, share_cell(plain(cell), current.headline)) for region, cell in cells]
        if all(share is None for *_, share in shares):
            continue  # nothing is split: a note stands instead, and the row keeps it
        unread += [
            Unread(c.start, c.end, c.ref, c.text, f"no share can be read for {r.name}")
            for r, c, share in shares
            if share is None
        ]
        unit = row_unit(table, record)
        found = [
            _counted(Share(r, s[0], s[1], s[2], c.start, c.end), unit)
            for r, c, s in shares
            if s and s[0] is not None
        ]
        if not found:
            continue
        target = _target_of(current, record, target_column, found, context, unit)
        rows += [share_row(target, share, context, record.ref) for share in found]
    return rows, fresh, unread


def _task_of(headline: str, tasks: Sequence[Task]) -> Task | None:
    """The task with these words: equal but for signs, or part of its words."""
    mine = _SIGNS.sub("", headline)
    best, score = None, 0.0
    for task in tasks:
        theirs = _SIGNS.sub("", fold(task.row["text"]))
        if mine == theirs:
            return task
        closeness = alike(mine, theirs) if min(len(mine), len(theirs)) >= 6 else 0.0
        if closeness > score:
            best, score = task, closeness
    return best if score >= 0.8 else None


def _counted(share: Share, unit: str | None) -> Share:
    """A share that is a bare number, in the unit that its row prints in a column of its own (4.5 under 万亩)."""
    scaled = parse_unit(unit) if unit and not share.unit else None
    if scaled is None or share.value is None:
        return share
    return replace(share, value=neat(share.value * scaled[0]), unit=scaled[1])


def _target_of(
    task: Task,
    record: Record,
    column: int | None,
    shares: Sequence[Share],
    context: Context,
    declared: str | None = None,
) -> Row:
    """The target that a row splits; ``declared`` is the unit that the row prints for its bare numbers."""
    cell = record.cells.get(column) if column is not None else None
    unit = next((share.unit for share in shares if share.unit), None)
    if cell is None:
        return _split_target(task, unit, shares) or _further(
            task, None, record.start, record.end, context, unit
        )
    quantity = next(iter(parse_quantities(plain(cell), unit=declared, kind="plan")), None) or _bare(
        plain(cell), task, unit
    )
    if quantity is None:
        return _split_target(task, unit, shares) or _further(task, None, cell.start, cell.end, context, unit)
    named = _PART.search(plain(cell))
    for target in task.targets:
        equal = target["value"] == quantity.value and same_unit(
            target["unit"], quantity.unit or target["unit"]
        )
        if equal and (named is None or named[1] == target["measure"]):
            return target
    return _further(task, quantity, cell.start, cell.end, context, unit, words(cell))


def _split_target(task: Task, unit: str | None, shares: Sequence[Share]) -> Row | None:
    """The target of a row that prints none: the one in the shares' unit; for bare numbers the one that they add up
    to, or the only one that there is."""
    if unit is not None:
        return best_target(None, unit, task.targets)
    whole = sum(share.value for share in shares if share.value is not None)
    equal = [t for t in task.targets if t["value"] is not None and abs(t["value"] - whole) <= 1e-9 * whole]
    if len(equal) == 1:
        return equal[0]
    return task.targets[0] if len(task.targets) == 1 else None


def _bare(text: str, task: Task, unit: str | None) -> Quantity | None:
    """A number whose unit only the shares or the task's words give: 859万."""
    match = _BARE.fullmatch(text)
    scaled = parse_unit(f"({match[2]}个)") if match and match[2] else (1.0, "")
    if match is None or scaled is None:
        return None
    told = unit or (task.targets[0]["unit"] if task.targets else None)
    return Quantity(value=float(match[1]) * scaled[0], unit=told or "")


def _further(
    task: Task,
    quantity: Quantity | None,
    start: int,
    end: int,
    context: Context,
    unit: str | None,
    label: str | None = None,
) -> Row:
    quantity = quantity or Quantity(value=float("nan"), unit=unit or "")
    row = target_rows(task.task_id, [(quantity, start, end)], context, first=len(task.targets) + 1)[0]
    named = _PART.search(fold(label or ""))
    row["measure"] = (
        (named[1] if named else None)
        or row["measure"]
        or (task.targets[0]["measure"] if task.targets else measure_with(task.headline, row["unit"]))
    )
    row["value"] = None if quantity.value != quantity.value else quantity.value
    task.targets.append(row)
    return row
