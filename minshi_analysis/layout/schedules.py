"""Small tables of dates below an item (时间节点 | 工作目标 | 责任单位): its steps, which are lines of the item and no tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from minshi_analysis.language.dates import only_date
from minshi_analysis.layout.columns import About, distinct, label_in, plain
from minshi_analysis.layout.fitting import fit
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

__all__ = ["scheduled"]

_LEAST = 2  # dated rows
_MOST = 16  # more than a step for each month, a head and what is below are a list of their own
_WHEN = re.compile(r"(?:时间|时限|日期|节点|阶段|季度|月份|进度|期限)")
_ON_THE_WAY = re.compile(
    r"节点|阶段|季度|月份|进度"
)  # a head that speaks of steps; 完成时限 may be a task's own
_PLANNED = re.compile(
    r"(?:时间|进度|工作|实施|推进|序时)(?:安排|步骤|节点|进度)|节点|步骤|阶段"
)  # 三、时间安排
_LONGEST_TITLE = 25
_WHAT = re.compile(r"目标|任务|内容|计划|安排|要求|措施|事项|节点|进度|成果")


def scheduled(blocks: Iterable[Paragraph | Grid], about: About) -> Iterator[Paragraph | Grid]:
    """Blocks of a plan, its tables of dated steps as lines (3月底:完成选址), each where its row is printed.

    A head that may be a task's deadline as well (完成时限) is one of steps where several such tables stand in the document,
    each below its item, or where the heading above says so.
    """
    if about.kind != "plan" or about.several_years:
        yield from blocks
        return
    blocks = list(blocks)
    found = [_steps(block, about.year) if isinstance(block, Grid) else None for block in blocks]
    several = sum(at is not None for at in found) > 1
    above = ""
    for block, at in zip(blocks, found, strict=True):
        if isinstance(block, Paragraph):
            above = block.said.folded
        elif at is not None and (several or _speaks_of_steps(label_in(block.rows[0][at]), above)):
            yield from (_line(row[at], row[at + 1]) for row in block.rows[1:])
            continue
        yield block


def _speaks_of_steps(label: str, above: str) -> bool:
    """Whether the head of the dates, or the heading right above the table, says that works go on by them."""
    return bool(_ON_THE_WAY.search(label)) or (len(above) <= _LONGEST_TITLE and bool(_PLANNED.search(above)))


def _steps(grid: Grid, year: int | None) -> int | None:
    """The column of the dates in a table of steps, beside which stands what is to be reached; None for any other table."""
    if not _LEAST < len(grid.rows) <= _MOST:
        return None
    head, *rows = grid.rows
    if len({len(row) for row in grid.rows}) != 1 or len(distinct(head)) != len(head):
        return None
    labels = [label_in(cell) for cell in head]
    first = 1 if fit("index", plain(rows[0][0])) > 0 and len(labels) > 2 else 0
    if len(labels) < first + 2 or not _WHEN.search(labels[first]) or not _WHAT.search(labels[first + 1]):
        return None
    dates = [only_date(row[first].said.folded, year=year or 2000) for row in rows]
    if not all(dates) or any(a >= b for a, b in pairwise(dates)) or not all(row[first + 1] for row in rows):
        return None
    return first


def _line(when: Cell, what: Cell) -> Paragraph:
    """A row's date and words as one sentence, at their printed places; its signs stand where the cells are parted."""
    parted = " " * (what.start - when.end - 1)
    return Paragraph(f"{when.text}：{parted}{what.text.rstrip('。；;')}。", when.start, what.end, what.ref)
