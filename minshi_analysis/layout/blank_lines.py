"""Tables with one cell a line that keep a line for a blank cell: how far two lines stand apart tells what is between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from minshi_analysis.reading.blocks import Cell, Paragraph

__all__ = ["kept"]

_Rows = tuple[list[tuple[Cell, ...]], int]


def kept(
    run: Sequence[Paragraph], i: int, wide: int, index: int, numbers: Callable[[str, int], bool]
) -> _Rows | None:
    """The rows of a table whose heads are the ``wide`` lines from ``i`` on, and where it ends.

    Parameters
    ----------
    run : sequence of Paragraph
    i, wide : int
    index : int
        The column of the rows' numbers: the first, or the second behind one that is merged downwards (类别).
    numbers : callable
        Whether words are a number.

    Returns
    -------
    tuple or None
        None where a line is not explained, a row has more cells or fewer than heads, or no blank cell is kept.
    """
    apart = {after.start - before.end for before, after in pairwise(run[i : i + wide])}
    if len(apart) != 1:
        return None
    cells, places = _with_blanks(run, i, apart.pop())
    printed = len(cells)
    if places[-1] == len(run) - 1:  # a blank line at the end of a text is not there
        end = cells[-1].end + 1
        cells, places = [*cells, *[Cell("", end, end)] * 2], [*places, *places[-1:] * 2]
    rows, p, between = [tuple(cells[:wide])], wide, set[int]()
    while True:
        begin = next((k for k in range(p, len(cells)) if cells[k]), len(cells))
        found = _row(cells, begin, wide, index, len(rows), numbers)
        if found is None:
            break
        between.add(begin - p)
        row, taken = found
        rows.append(row)
        p = begin + taken
    blank = any(not cell for row in rows[1:] for cell in row[index:])
    # a row that lost a cell would have a blank line less behind it than the others
    even = len(between) == 1 and (p <= printed or between == {0})
    if any(numbers(cell.text, len(rows)) for cell in cells[p : p + 2 * wide]):
        return None  # it goes on with a row that is no such one
    return (rows, places[p - 1] + 1) if len(rows) > 2 and blank and even else None


def _with_blanks(run: Sequence[Paragraph], i: int, apart: int) -> tuple[list[Cell], list[int]]:
    """The lines from ``i`` on with the blank ones between them, as far as they are explained, and which line each is or follows."""
    cells = [Cell(run[i].text, run[i].start, run[i].end, run[i].ref)]
    places = [i]
    for k, (before, after) in enumerate(pairwise(run[i:]), start=i):
        room = after.start - before.end - apart
        blanks = (
            room // (apart + 1) if room % (apart + 1) == 0 else room // apart if room % apart == 0 else -1
        )
        if blanks < 0:
            break
        cells += [
            Cell("", before.end + n * (apart + 1) + apart, before.end + n * (apart + 1) + apart)
            for n in range(blanks)
        ]
        places += [k] * blanks
        cells.append(Cell(after.text, after.start, after.end, after.ref))
        places.append(k + 1)
    return cells, places


def _row(
    cells: Sequence[Cell], p: int, wide: int, index: int, number: int, numbers: Callable[[str, int], bool]
) -> tuple[tuple[Cell, ...], int] | None:
    """The row with a number that begins at a cell, and how many cells it takes; what stands before the number may be
    printed further up."""
    for missing in (index, 0) if index else (0,):
        row = tuple(cells[p : p + wide - missing])
        if len(row) == wide - missing and numbers(row[index - missing].text, number):
            return (*(Cell("", row[0].start, row[0].start),) * missing, *row), len(row)
    return None
