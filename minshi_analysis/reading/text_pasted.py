"""Tables pasted from a browser: a row is a line with tabs, but two things of it take lines of their own.

A line break inside a cell breaks the row, and a row of which all cells but one are merged with those above is that one
cell, alone. The number of tabs tells the first, the numbers of the rows around it the second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["pasted"]

_NUMBER = re.compile(r"[(（]?(\d{1,3})[)）.、]?")
_HEADING = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.]|第[一二三四五六七八九十]{1,3}[类部]")
_LONGEST = 20  # lines of one cell
_ALONE = 6  # lines between two rows

Lines = Sequence[tuple[int, str]]


def pasted(lines: Lines, i: int) -> tuple[int, list[tuple[int, int]]] | None:
    """The rows of a table with tabs from line ``i``, and where it ends; None where its rows do not have one length each.

    Each row begins with its number and has as many tabs as the heads, over one line or several. A line without tabs is of
    the table where the next row's number goes on behind it.

    Examples
    --------
    >>> lines = [(0, "序号\\t任务\\t进展"), (9, "1\\t建校1所\\t已开工。"), (21, "新增学位810个"), (30, "2\\t修路\\t完成"), (38, "注")]
    >>> pasted(lines, 0)
    (4, [(0, 8), (9, 20), (21, 29), (30, 37)])
    """
    width = lines[i][1].count("\t")
    places: list[tuple[int, int]] = []
    last: int | None = None  # the number of the row before
    while i < len(lines):
        number = _number_of(lines[i][1])
        if number is None and "\t" not in lines[i][1]:
            behind = _goes_on(lines, i, last, width)
            if behind is None:
                break
            places += [_place(lines, k, k + 1) for k in range(i, behind)]
            i = behind
            continue
        end = i + 1 if number is None else _end_of_row(lines, i, width)
        if end is None:
            return None
        if lines[i][1].strip():
            places.append(_place(lines, i, end))
        last = last if number is None else number
        i = end
    return i, places


def _number_of(line: str) -> int | None:
    """The number that a row begins with, in a cell of its own."""
    first, tab, _ = line.partition("\t")
    found = _NUMBER.fullmatch(first.strip()) if tab else None
    return int(found[1]) if found else None


def _end_of_row(lines: Lines, i: int, width: int) -> int | None:
    """The line behind a row, whose next lines bring just the tabs that its first one lacks; None where they do not."""
    tabs = lines[i][1].count("\t")
    for k in range(i + 1, min(i + _LONGEST, len(lines))):
        if tabs >= width or not lines[k][1].strip() or _number_of(lines[k][1]) is not None:
            break
        tabs += lines[k][1].count("\t")
        i = k
    return i + 1 if tabs == width else None


def _goes_on(lines: Lines, i: int, last: int | None, width: int) -> int | None:
    """The next row behind lines without tabs, where its number goes on, or begins again below a heading (二、教育类)."""
    for k in range(i, min(i + _ALONE, len(lines))):
        line = lines[k][1]
        if not line.strip():
            return None
        if "\t" in line:
            number = _number_of(line)
            again = number == 1 and any(_HEADING.match(lines[j][1].strip()) for j in range(i, k))
            whole = number is not None and _end_of_row(lines, k, width) is not None
            return k if whole and (again or (last is not None and number == last + 1)) else None
    return None


def _place(lines: Lines, i: int, end: int) -> tuple[int, int]:
    start, line = lines[end - 1]
    return lines[i][0], start + len(line)
