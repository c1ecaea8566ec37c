"""A grid as it is drawn: each merged cell once, with the rows and columns that it covers."""

from __future__ import annotations

from collections.abc import Iterator

from minshi_analysis.reading.blocks import BLANK, Cell, Grid

__all__ = ["drawn"]


def drawn(grid: Grid) -> Iterator[list[tuple[Cell, int, int]]]:
    """Rows of (cell, rows that it covers, columns that it covers).

    Examples
    --------
    >>> a, b, c = Cell("a", 0, 1), Cell("b", 1, 2), Cell("c", 2, 3)
    >>> [[(cell.text, *span) for cell, *span in row] for row in drawn(Grid(((a, a, b), (a, a, c)), spans=True))]
    [[('a', 2, 2), ('b', 1, 1)], [('c', 1, 1)]]
    """
    if not grid.spans:
        yield from ([(cell, 1, 1) for cell in row] for row in grid.rows)
        return
    rows = list(grid.rows)
    covered: set[tuple[int, int]] = set()
    for i, row in enumerate(rows):
        cells = []
        for j, cell in enumerate(row):
            if (i, j) in covered:
                continue
            down, across = (1, 1) if cell is BLANK else _span(rows, i, j)
            covered.update((i + y, j + x) for y in range(down) for x in range(across))
            cells.append((cell, down, across))
        yield cells


def _span(rows: list[tuple[Cell, ...]], i: int, j: int) -> tuple[int, int]:
    """How many rows and columns the cell at a place covers from there on."""
    cell = rows[i][j]
    across = 1
    while j + across < len(rows[i]) and rows[i][j + across] is cell:
        across += 1
    down = 1
    while i + down < len(rows):
        below = rows[i + down][j : j + across]
        if len(below) < across or any(other is not cell for other in below):
            break
        down += 1
    return down, across
