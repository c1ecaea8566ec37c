"""Splits with a row for each county of each task: gathered, so that they lie as the others do, a column for each region.

Under 项目名称 | 县区 | 任务数 a task goes on over several rows, each of them one region's: its name is printed once (merged,
or blank below) or in each row. Gathered, a task has one row; every cell keeps its place in the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minshi_analysis.language import heads
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.layout.columns import label_in, plain
from minshi_analysis.layout.naming import BLANK, is_figure
from minshi_analysis.layout.turned import cut_unit, headed, heads_regions, is_paid, relabelled
from minshi_analysis.reading.blocks import Cell, Grid

__all__ = ["gathered"]

_NAMES = frozenset({"task", "project", "content", "programme"})
_LEAVES = {"target": "目标", "task": "目标", "content": "目标", "result": "完成数", "rate": "完成率"}


@dataclass(slots=True)
class _Task:
    """The rows of one task: what its own columns print, what they print in all rows, and the row of each region (合计: of the whole)."""

    own: dict[int, Cell] = field(default_factory=dict)
    said: dict[int, list[Cell]] = field(default_factory=dict)
    rows: dict[str, Sequence[Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the columns of a grid are: the region's, those of the task (its names, its units), those of figures by what they tell.

    ``worded`` is the column of targets where its cells tell them in words, the same ones for each region (新增托位300个).
    """

    key: int
    names: tuple[int, ...]
    units: tuple[int, ...]
    own: tuple[int, ...]
    leaves: dict[str, int]
    counting: tuple[int, ...]
    worded: int | None = None


def gathered(grid: Grid, within: str | None) -> tuple[Grid, list[Cell], list[Cell]]:
    """A grid with a row for each region of each task as one with a row for each task; any other grid as it is.

    Parameters
    ----------
    grid : Grid
    within : str or None
        Code of the document's region; without it no regions are known.

    Returns
    -------
    grid : Grid
        The task's own columns, 分项 where a result or a rate stands beside the task, 合计 where a row prints the whole, and
        a column for each region.
    loose : list of Cell
        Cells that have no place in a split: money of one region, remarks, a sum over all tasks.
    numbers : list of Cell
        The number of a task in each row but the first.
    """
    key = next((j for j, cell in enumerate(grid.rows[0]) if heads_regions(label_in(cell))), None)
    if within is None or key is None or len(grid.rows) < 3:
        return grid, [], []
    header, *printed = _narrow(grid)
    key = header.index(grid.rows[0][key])
    body = [_whole(row, key, len(header), within) for row in printed if any(row)]
    plan = _plan(header, body, key)
    found = _tasks(body, plan, within) if plan is not None else None
    if plan is None or found is None:
        return grid, [], []
    tasks, loose = found
    regions = list(dict.fromkeys(word for task in tasks for word in task.rows))
    regions.sort(key=lambda word: word != "合计")
    corner = header[key]
    several = len(plan.leaves) > 1
    units = {leaf: cut_unit(header[j])[1] for leaf, j in plan.leaves.items()}
    united = any(unit.text != "—" for unit in units.values())
    top = [header[j] for j in plan.own]
    top += [_said(name, corner) for name, here in (("分项", several), ("单位", united)) if here]
    top += [_head(word, tasks, key) for word in regions]
    rows = [tuple(top)]
    blank = Cell("", corner.end, corner.end, corner.ref)
    for task in tasks:
        for leaf, j in plan.leaves.items():
            told = [_said(_LEAVES[leaf], header[j])] if several else []
            unit = [_said("%", header[j]) if leaf == "rate" else units[leaf]] if united else []
            cells = [task.rows[word][j] if word in task.rows else blank for word in regions]
            rows.append((*(task.own.get(k, blank) for k in plan.own), *told, *unit, *cells))
    numbers = [cell for task in tasks for j in plan.counting for cell in task.said.get(j, [])[1:]]
    return Grid(tuple(rows), spans=True, ref=grid.ref), loose, numbers


def _narrow(grid: Grid) -> list[Sequence[Cell]]:
    """The rows of a grid without the columns in which each cell is that of the column before (a PDF's further rules)."""
    width = len(grid.rows[0])
    if not grid.spans or any(len(row) != width for row in grid.rows):
        return list(grid.rows)
    kept = [j for j in range(width) if j == 0 or any(row[j] is not row[j - 1] for row in grid.rows)]
    return [tuple(row[j] for j in kept) for row in grid.rows]


def _said(words: str, at: Cell) -> Cell:
    return Cell(words, at.start, at.end, at.ref)


def _head(word: str, tasks: Sequence[_Task], key: int) -> Cell:
    """The head of a region's column: its name, where it is first printed."""
    first = next(task.rows[word][key] for task in tasks if word in task.rows)
    return relabelled(first, word)


def _whole(row: Sequence[Cell], key: int, width: int, within: str) -> tuple[Cell, ...]:
    """A row with a cell for each column: one that begins with its region, under a cell merged downwards, stands there."""
    missing = width - len(row)
    filled = (Cell("", row[-1].end, row[-1].end, row[-1].ref),)
    if missing >= key and headed(row[0], within):
        return (*filled * key, *row, *filled * (missing - key))
    return (*row, *filled * missing)


def _plan(header: Sequence[Cell], body: Sequence[Sequence[Cell]], key: int) -> _Plan | None:
    """What the columns are; None where it is not plain which of them holds the shares."""
    roles = [heads.role_of(label_in(cell)) for cell in header]
    names, own, figures, paid = [], [], {}, False
    for j, cell in enumerate(header):
        filled = [plain(row[j]) for row in body if row[j] and not BLANK.fullmatch(plain(row[j]))]
        if is_paid(re.sub(r"\s", "", cell.said.folded)):
            paid = True
            continue
        if j == key or not filled:
            continue
        if (roles[j] is None or roles[j] in _LEAVES) and sum(map(is_figure, filled)) > len(filled) / 2:
            figures[j] = roles[j]
        else:
            own.append(j)
            names += [j] if roles[j] in _NAMES else []
    leaves: dict[str, int] = {}
    for j, role in figures.items():
        leaf = role if role in ("result", "rate") else "target" if role in _LEAVES else None
        leaf = leaf or ("target" if role is None and len(figures) == 1 else None)
        if leaf is None or leaf in leaves:
            return None
        leaves[leaf] = j
    units, counting = (tuple(j for j in own if roles[j] == role) for role in ("unit", "index"))
    worded = [j for j in own if roles[j] in _LEAVES and all(_counted(row[j]) for row in body if row[j])]
    if leaves or paid or len(worded) != 1 or worded == names:  # each with its own money is a task of its own
        known = bool(names) and "target" in leaves
        return _Plan(key, tuple(names), units, tuple(own), leaves, counting) if known else None
    names = [j for j in names if j != worded[0]]
    return (
        _Plan(key, tuple(names), units, tuple(own), {"target": worded[0]}, counting, worded[0])
        if names
        else None
    )


def _counted(cell: Cell) -> tuple[Cell, Cell] | None:
    """The words of a cell without its only quantity, and that; None where it has none, or several."""
    found = parse_quantities(cell.untagged, kind="plan")
    if len(found) != 1:
        return None
    start, end = found[0].start, found[0].end
    words = cell.text[:start] + cell.text[end:]
    figure = Cell(cell.text[start:end], cell.start + start, cell.start + end, cell.ref)
    return Cell(words, cell.start, cell.end, cell.ref), figure


def _with(row: Sequence[Cell], j: int, cell: Cell) -> Sequence[Cell]:
    return (*row[:j], cell, *row[j + 1 :])


def _tasks(body: Sequence[Sequence[Cell]], plan: _Plan, within: str) -> tuple[list[_Task], list[Cell]] | None:
    """The tasks, and the cells that no split has a place for; None where the rows are not the regions of tasks.

    Most rows must be of a task with several regions, none of them twice: else a row is a task, and its region only says
    where. What a row leaves blank of its task, or of its region where that stands first, goes on from the row above.
    """
    tasks: dict[tuple[str, ...], _Task] = {}
    loose: list[Cell] = []
    named: tuple[str, ...] = ()
    region: Cell | None = None
    used = {plan.key, *plan.own, *plan.leaves.values()}
    for row in body:
        printed = tuple(plain(row[j]) for j in plan.names)
        named = printed if any(printed) else named
        if row[plan.key] or plan.key > plan.names[0] or not any(printed):
            region = row[plan.key]
        word = headed(region, within) if region else None
        if word is None or not any(named) or not (any(printed) or row[plan.key]):
            loose += [cell for cell in row if cell]
            continue
        task = tasks.setdefault(named, _Task())
        if word in task.rows:
            return None
        row = (*row[: plan.key], region, *row[plan.key + 1 :])
        told = _counted(row[plan.worded]) if plan.worded is not None else None
        task.rows[word] = row if told is None else _with(row, plan.worded, told[1])
        loose += [cell for j, cell in enumerate(row) if cell and j not in used]
        for j in plan.own:
            if row[j]:
                task.said.setdefault(j, []).append(
                    told[0] if told is not None and j == plan.worded else row[j]
                )
    for task in tasks.values():
        for j, cells in task.said.items():
            if len(set(map(plain, cells))) == 1:
                task.own[j] = cells[0]
            elif j in plan.units or (plan.worded is not None and j in (plan.worded, *plan.counting)):
                return None
            else:
                loose += cells  # each region's own body answers
    rows = [len(task.rows) for task in tasks.values()]
    several = sum(count for count in rows if count > 1)
    return (list(tasks.values()), loose) if several and several >= 2 * sum(rows) / 3 else None
