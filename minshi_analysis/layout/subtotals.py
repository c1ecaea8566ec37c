"""Subtotals: rows among the tasks that name a group and have its sums behind, whatever column the name stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.layout.columns import Column, distinct, plain
from minshi_analysis.layout.placing import SUM, Placement, is_total
from minshi_analysis.reading.blocks import Cell

__all__ = ["figure_in", "subtotals"]

_MONEY = frozenset({"funds", "spent", "total_investment", "plan_investment"})
_NUMERAL = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]?")
_COUNTED = re.compile(r"\(?[一二三四五六七八九十]{1,3}(?:[)、.]|$)")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def subtotals(rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> dict[int, Placement]:
    """How the rows lie that hold the sums of the rows below them (一 | 县级医院 | | 9400), by their place among the rows.

    The name alone does not tell such a row from a task without words of its own. Its money does: it is that of the rows down
    to the next such row. One row below one name proves little, so that there have to be several of one or the other.
    """
    task = next((j for j, column in enumerate(columns) if column.role == "task"), None)
    money = [j for j, column in enumerate(columns) if column.role in _MONEY]
    if task is None or not money or any(len(row) != len(columns) for row in rows if any(row)):
        return {}
    able = [i for i, row in enumerate(rows) if _names_a_group(row, task, money)]
    if not able:
        return {}
    ends = [*able[1:], len(rows)]
    found: dict[int, Placement] = {}
    proof = 0
    for i, end in zip(able, ends, strict=True):
        parts = [row for row in rows[i + 1 : end] if any(row) and not _is_total(row)]
        if parts and _adds_up(rows[i], parts, money):
            found[i] = _lies(rows[i])
            proof += len(parts)
    if proof < 2 or (len(found) < 2 and proof <= len(found)):
        return {}
    # 四、其他项目(明细略): numbered on from those above, and no row below it.
    marks = {mark for i in found if (mark := _mark(rows[i]))}
    alone = [
        i
        for i, end in zip(able, ends, strict=True)
        if i not in found and not any(map(any, rows[i + 1 : end]))
    ]
    return found | {i: _lies(rows[i]) for i in alone if _mark(rows[i]) in marks}


def _mark(row: Sequence[Cell]) -> str:
    """The form of the number that a row begins with (一、 and 二、 have one form), "" for none."""
    number = _COUNTED.match(plain(next(cell for cell in row if cell)))
    return re.sub("[一二三四五六七八九十]+", "一", number[0]) if number else ""


def _names_a_group(row: Sequence[Cell], task: int, money: Sequence[int]) -> bool:
    """Whether a row has a name, no task's words, and figures else."""
    if not any(row) or row[task] or not any(row[j] for j in money) or _is_total(row):
        return False
    words = [plain(cell) for cell in distinct(row) if cell]
    named = [said for said in words if not SUM.fullmatch(said) and not _NUMERAL.fullmatch(said)]
    return len(named) == 1 and (named[0] == words[0] or _NUMERAL.fullmatch(words[0]) is not None)


def _is_total(row: Sequence[Cell]) -> bool:
    return any(map(is_total, [cell for cell in distinct(row) if cell][:2]))


def _adds_up(row: Sequence[Cell], parts: Sequence[Sequence[Cell]], money: Sequence[int]) -> bool:
    """Whether each sum of a row's money is that of the rows below; a cell that several of them share counts once."""
    for j in money:
        own = figure_in(row[j])
        cells = {id(part[j]): part[j] for part in parts if part[j]}
        values = [figure_in(cell) for cell in cells.values()]
        if own is None and not row[j]:
            continue
        if (
            own is None
            or None in values
            or abs(sum(filter(None, values)) - own) > 0.011 * max(1, len(values))
        ):
            return False
    return True


def figure_in(cell: Cell) -> float | None:
    """The number that a cell is, None where it is anything else."""
    said = _NUMBER.fullmatch(plain(cell)) if cell else None
    return float(said[0].replace(",", "")) if said else None


def _lies(row: Sequence[Cell]) -> Placement:
    """The row's cells where they stand, its name first."""
    places = [(i, i) for i, cell in enumerate(row) if cell and (i == 0 or cell is not row[i - 1])]
    name = next(k for k, (i, _) in enumerate(places) if not _NUMERAL.fullmatch(plain(row[i])))
    return Placement("group", tuple([places[name], *places[:name], *places[name + 1 :]]))
