"""Row and column spans: printed cells of whatever format become one rectangular grid.

Every format says in its own way that a cell covers several places: HTML by counts, Word by grid columns
and continuation marks, a spreadsheet by ranges, a PDF by ruling lines. Here they are all the same: a
`Piece` is a printed cell with its corner and its extents. `flow` finds the corners where a format gives
only counts, `squeeze` drops the rows and columns in which no cell begins, and `expand` puts each piece at
every place that it covers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["MAX_COLSPAN", "MAX_PLACES", "MAX_ROWSPAN", "MAX_STEPS", "Piece", "expand", "flow", "squeeze"]

MAX_COLSPAN = 1000  # the limits of the HTML standard, which browsers keep too
MAX_ROWSPAN = 65534
MAX_STEPS = 5_000_000  # places and reaching cells that are gone through for one grid
MAX_PLACES = 2_000_000  # a grid of more places is not expanded; its rows are kept as printed


class Piece(NamedTuple):
    """A printed cell: its upper left corner (from 0), how many rows and columns it covers, its text."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    ref: str = ""


def flow(groups: Iterable[Sequence[Sequence[tuple[int, int]]]]) -> list[Piece] | None:
    """Find the corner of every cell of a table whose cells only say how far they reach.

    The algorithm of the HTML standard: a cell takes the next place of its row that no cell from above
    covers, and no cell reaches beyond its row group.

    Parameters
    ----------
    groups : iterable of row groups
        Each a sequence of rows, each a sequence of ``(rows, columns)``; 0 rows reach to the group's end.

    Returns
    -------
    list of Piece, or None
        One for each cell, in order, without text; None where following the spans takes more than `MAX_STEPS`.
        Pieces may overlap, as they may in HTML; each one's own corner is its alone.

    Examples
    --------
    >>> [(p.row, p.column) for p in flow([[[(2, 1), (1, 1)], [(1, 1)]]])]
    [(0, 0), (0, 1), (1, 1)]
    """
    groups = list(groups)
    pieces: list[Piece] = []
    first = steps = 0
    for group in groups:
        end = first + len(group)
        above: list[tuple[int, int, int]] = []  # cells that reach down here: left, right, row below them
        for row, cells in enumerate(group, first):
            above = _merged(span for span in above if span[2] > row)
            steps += len(above)
            if steps > MAX_STEPS:
                return None
            column, passed = 0, 0
            reaching = []
            for rows, columns in cells:
                while passed < len(above) and above[passed][0] <= column:
                    column = max(column, above[passed][1])
                    passed += 1
                rows = end - row if rows == 0 else min(max(rows, 1), MAX_ROWSPAN, end - row)
                columns = min(max(columns, 1), MAX_COLSPAN)
                pieces.append(Piece(row, column, rows, columns))
                if rows > 1:
                    reaching.append((column, column + columns, row + rows))
                column += columns
            above += reaching
        first = end
    return pieces


def _merged(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Spans from left to right, neighbours that end in the same row as one."""
    merged: list[tuple[int, int, int]] = []
    for left, right, low in sorted(spans):
        if merged and merged[-1][1] == left and merged[-1][2] == low:
            merged[-1] = (merged[-1][0], right, low)
        else:
            merged.append((left, right, low))
    return merged


def squeeze(pieces: Iterable[Piece]) -> list[Piece]:
    """Drop every row and column in which no piece begins: they hold nothing new.

    Keeps a title that claims a million columns from making them, and undoes the empty grid columns that
    word processors leave behind.

    Examples
    --------
    >>> [(p.column, p.columns) for p in squeeze([Piece(0, 0, 1, 3), Piece(0, 3, 1, 2)])]
    [(0, 1), (1, 1)]
    """
    pieces = list(pieces)
    tops = sorted({p.row for p in pieces})
    lefts = sorted({p.column for p in pieces})
    squeezed = []
    for p in pieces:
        row, column = bisect_left(tops, p.row), bisect_left(lefts, p.column)
        rows = bisect_left(tops, p.row + p.rows) - row
        columns = bisect_left(lefts, p.column + p.columns) - column
        squeezed.append(Piece(row, column, rows, columns, p.text, p.ref))
    return squeezed


def expand(pieces: Sequence[Piece]) -> list[list[int | None]] | None:
    """The grid that pieces cover: at each place the index of its piece, or None where nothing stands.

    Where two pieces overlap, the place belongs to the one that begins there, else to the earlier one; so
    every piece keeps at least its corner.

    Returns
    -------
    list of list of (int or None), or None
        Rows of equal length; None where the grid would have more than `MAX_PLACES` places, or overlapping pieces
        cover more than `MAX_STEPS`.

    Examples
    --------
    >>> expand([Piece(0, 0, rows=2), Piece(0, 1), Piece(1, 1)])
    [[0, 1], [0, 2]]
    """
    if not pieces:
        return []
    height = max(p.row + p.rows for p in pieces)
    width = max(p.column + p.columns for p in pieces)
    covered = sum(p.rows * p.columns for p in pieces)  # more than there are places where they overlap
    if height * width > MAX_PLACES or covered > MAX_STEPS:
        return None
    places: list[list[int | None]] = [[None] * width for _ in range(height)]
    for index, p in enumerate(pieces):
        places[p.row][p.column] = index
    for index, p in enumerate(pieces):
        if p.rows == 1 and p.columns == 1:
            continue
        for row in places[p.row : p.row + p.rows]:
            for column in range(p.column, p.column + p.columns):
                if row[column] is None:
                    row[column] = index
    return places
