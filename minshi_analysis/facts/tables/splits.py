"""Splits in tables: a column for each region, a row for each target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.matching import alike, best_target
from minshi_analysis.facts.tables.elsewhere import OTHER_FIGURE, Whole, meant, said_again
from minshi_analysis.facts.tables.shares import Share, share_cell
from minshi_analysis.facts.tables.tasks import read_tasks
from minshi_analysis.facts.tables.units import bound_by, declared_unit
from minshi_analysis.facts.task import Task, measure_with, share_row, target_rows
from minshi_analysis.language.heads import label_of, role_of
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.numerals import neat
from minshi_analysis.language.quantities import Quantity, parse_quantities, parse_unit, parse_value
from minshi_analysis.language.regions import Region
from minshi_analysis.language.text import fold
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.columns import plain
from minshi_analysis.layout.tables import Record, Table, Unread
from minshi_analysis.reading.blocks import Cell

__all__ = ["read_split"]

_WHO = ("lead_agency", "partner_agencies", "responsible", "deadline")
_SIGNS = re.compile(r"[\s“”\"'‘’,，、。()（）]")
_PART = re.compile(r"\(([^()\d]{2,20})\)")  # what a part is of: 20条(城乡公交)
_BARE = re.compile(r"([\d.]+)(万|亿)?(.*)")


def read_split(
    table: Table, tasks: list[Task], context: Context
) -> tuple[list[Row], list[Task], list[Row], list[Unread]]:
    """Rows of ``allocations`` from a table with region columns.

    The table's tasks are those of the document's other tables where their words say so; a task that stands only
    here is a task of its own. A row's target is the one with its printed value and unit, else a further target of
    the task (a part: 20条(城乡公交) of 100条).

    Returns
    -------
    allocations, new_tasks, outcomes, unread
        Outcomes where each task has a line for 目标 and one for 完成: the result of each region, and of the whole.
    """
    if table.column("task") is None:
        return [], [], [], list(_of_no_task(table))
    regions = [(j, column.region) for j, column in enumerate(table.columns) if column.region is not None]
    known, said = list(tasks), list(map(_words, tasks))
    others = list(zip(tasks, said, strict=True))
    taken = {task.task_id for task in tasks}
    fresh: list[Task] = []
    rows: list[Row] = []
    unread: list[Unread] = []
    results: dict[tuple[str, str | None], Row] = {}
    for own in read_tasks(table, context, several=False):
        at = _task_of(own.headline, said)
        if at is None and others:
            whole, split = _whole_of_line(own, table, regions), {row["target_id"] for row in rows}
            at, may_be = meant(own, whole, others, split)
            (own if at is None else known[at]).doubts += (OTHER_FIGURE,) if may_be else ()
            if at is not None and whole is not None:
                said_again(known[at], whole)
        if at is None:
            current = replace(own, records=[]).numbered_beside(taken)
            known.append(current)
            said.append(_words(current))
            taken.add(current.task_id)
            fresh.append(current)
        else:
            current = known[at]
            current.extras += [row | {"task_id": current.task_id} for row in own.extras]
        for name in _WHO:  # where the table that names the task does not say who answers
            current.row[name] = current.row[name] or own.row[name]
        for record in own.records:
            current.records.append(record)
            leaf = role_of(label_of(words(record.at(table.column("leaf"))) or ""))
            if leaf in ("result", "rate"):
                unread += _told(current, table, record, regions, leaf, results, context)
                continue
            unread += _told_beside(current, table, record, results, context)
            shares, lost = _of_record(current, table, record, regions, context)
            rows += shares
            unread += lost
    return rows, fresh, list(results.values()), unread


def _told(
    task: Task,
    table: Table,
    record: Record,
    regions: Sequence[tuple[int, Region]],
    leaf: str,
    results: dict[tuple[str, str | None], Row],
    context: Context,
) -> list[Unread]:
    """Add a line of results, or of their rates, by region; what of it cannot be read."""
    unread: list[Unread] = []
    target = task.targets[0] if len(task.targets) == 1 else None
    unit = (
        "%"
        if leaf == "rate"
        else declared_unit(table, record, "target") or (target["unit"] if target else None)
    )
    whole = table.column("target")
    for region, cell in [(None, record.cells.get(whole)), *((r, record.cells.get(j)) for j, r in regions)]:
        if cell is None or not re.search(r"\d", cell.text):
            continue
        unread += _add(task, target, region, cell, unit, leaf, results, context)
    return unread


def _add(
    task: Task,
    target: Row | None,
    region: Region | None,
    cell: Cell,
    unit: str | None,
    leaf: str,
    results: dict[tuple[str, str | None], Row],
    context: Context,
) -> list[Unread]:
    """Add one result, or the rate of one, of a region or of the whole; what cannot be read is told."""
    value = parse_value(plain(cell), unit)
    name = region.name if region else None
    key = task.task_id, name
    if value is None or (leaf == "rate") != (key in results):
        why = "it is not plain whose result this is"
        return [Unread(cell.start, cell.end, cell.ref, cell.text, why)]
    if leaf == "rate":
        results[key] |= {"rate_claimed": value.value}
        results[key]["figures"] = (*results[key]["figures"], (cell.start, cell.end))
        return []
    said = {"task_id": task.task_id, "target_id": target and target["target_id"], "region": name}
    said |= {"adcode": region.adcode if region else None, "measure": target and target["measure"]}
    said |= {"value": value.value, "unit": value.unit or None, "bound": value.bound, "text": words(cell)}
    row = context.row(said | {"as_of": context.as_of}, cell.start, cell.end, cell.ref)
    results[key] = row | {"figures": ((cell.start, cell.end),)}
    return []


def _told_beside(
    task: Task,
    table: Table,
    record: Record,
    results: dict[tuple[str, str | None], Row],
    context: Context,
) -> list[Unread]:
    """Add the results, and their rates, of columns beside those of the shares: 全市 任务 | 完成, 沙坡头区 任务 | 完成."""
    unread: list[Unread] = []
    unit = declared_unit(table, record, "target")
    target = None
    for leaf in ("result", "rate"):
        columns: list[tuple[Region | None, int]] = [(None, j) for j in table.columns_of(leaf)]
        columns += [(table.columns[j].of, j) for j in table.columns_of(f"region_{leaf}")]
        for region, j in columns:
            cell = record.cells.get(j)
            if cell is None or not re.search(r"\d", cell.text):
                continue
            if target is None:
                target = _whole_of(task, table, record, context, unit)
            said = "%" if leaf == "rate" else unit or (target["unit"] if target else None)
            unread += _add(task, target, region, cell, said, leaf, results, context)
    return unread


def _whole_of(task: Task, table: Table, record: Record, context: Context, unit: str | None) -> Row | None:
    """The target that a row's results are of: the one that its 全市 prints, else the only one that there is."""
    cell = record.cells.get(table.column("target")) if table.column("target") is not None else None
    if cell is not None and re.search(r"\d", cell.text):
        return _target_of(task, record, table.column("target"), [], context, unit)
    return task.targets[0] if len(task.targets) == 1 else None


def _of_record(
    task: Task, table: Table, record: Record, regions: Sequence[tuple[int, Region]], context: Context
) -> tuple[list[Row], list[Unread]]:
    """The shares of one line, and the cells of it that are none."""
    cells = [(region, record.cells[j]) for j, region in regions if j in record.cells]
    printed_for: dict[int, list[Region]] = {}
    for region, cell in cells:
        printed_for.setdefault(id(cell), []).append(region)
    shares = [(region, cell, share_cell(plain(cell), task.headline)) for region, cell in cells]
    if all(share is None for *_, share in shares):
        return [], _noted([cell for _, cell in cells])
    unread = [
        Unread(c.start, c.end, c.ref, c.text, f"no share can be read for {r.name}")
        for r, c, share in shares
        if share is None and printed_for[id(c)][0] is r
    ]
    unit = declared_unit(table, record, "target")
    found = []
    for region, cell, share in shares:
        together = printed_for[id(cell)]
        if share is None or share[0] is None or len(together) > 1:
            if len(together) > 1 and region is together[0] and re.search(r"\d", cell.text):
                names = "、".join(r.name for r in together)
                unread.append(
                    Unread(cell.start, cell.end, cell.ref, cell.text, f"one figure for {names} together")
                )
            continue
        found.append(_counted(Share(region, share[0], share[1], share[2], cell.start, cell.end), unit))
    column = table.column("target")
    if not found:
        whole = record.cells.get(column) if column is not None else None
        if (
            whole is not None and not unread and is_figure(plain(whole))
        ):  # 全市 500 | 东坡区 /: no region has a share
            _target_of(task, record, column, [], context, unit)
        return [], unread
    target = _target_of(task, record, column, found, context, unit)
    return [share_row(target, share, context, record.ref) for share in found], unread


def _of_no_task(table: Table) -> Iterator[Unread]:
    """The rows of a table whose shares are of what the text above it says: each whole, since a figure alone tells nothing."""
    for record in table.records:
        cells = dict.fromkeys([*record.spanned.values(), *record.cells.values()])
        if any(re.search(r"\d", cell.text) for cell in cells):
            told = " | ".join(cell.text for cell in cells)
            why = "shares of regions in a table that names no task"
            yield Unread(record.start, record.end, record.ref, told, why)


def _noted(cells: Sequence[Cell]) -> list[Unread]:
    """A note that stands over the regions' columns in place of shares: the row keeps its words, not its figures."""
    distinct = {id(cell): cell for cell in cells if re.search(r"\d", cell.text)}
    return [Unread(c.start, c.end, c.ref, c.text, "a note in place of the shares") for c in distinct.values()]


def _task_of(headline: str, words: Sequence[str]) -> int | None:
    """Which task, by the words of each without signs, a headline names: its words, or part of them."""
    mine = _SIGNS.sub("", headline)
    if mine in words:
        return words.index(mine)
    close = [alike(mine, theirs) if min(len(mine), len(theirs)) >= 6 else 0.0 for theirs in words]
    best = max(close, default=0.0)
    return close.index(best) if best >= 0.8 else None


def _words(task: Task) -> str:
    """A task's words without signs."""
    return _SIGNS.sub("", fold(task.row["text"]))


def _whole_of_line(own: Task, table: Table, regions: Sequence[tuple[int, Region]]) -> Whole | None:
    """What the first line of a task of a split has of the whole; nothing where its figures cannot be read."""
    record = own.records[0]
    if role_of(label_of(words(record.at(table.column("leaf"))) or "")) in ("result", "rate"):
        return None
    unit = declared_unit(table, record, "target")
    cell = record.cells.get(table.column("target")) if table.column("target") is not None else None
    found = parse_value(plain(cell), unit) if cell is not None else None
    if found is not None:
        return Whole(found.value, found.unit or None, cell)
    cells = {id(record.cells[j]): (region, record.cells[j]) for j, region in regions if j in record.cells}
    read = [(region, share_cell(plain(cell), own.headline)) for region, cell in cells.values()]
    shares = [_counted(Share(r, said[0], said[1], None, 0, 0), unit) for r, said in read if said is not None]
    counted = [share for share in shares if share.value is not None]
    if not counted:
        return None
    return Whole(neat(sum(share.value or 0.0 for share in counted)), counted[0].unit)


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
    quantity = bound_by(task.headline, quantity or Quantity(value=float("nan"), unit=unit or ""), unit)
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
