"""Tables without ruling lines: columns from where the words stand, rows from the space between the lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from minshi_analysis.reading.pdf_drawing import Rule
from minshi_analysis.reading.pdf_lines import Line, columns_apart, joined
from minshi_analysis.reading.spans import Piece

__all__ = ["tables"]

Row = list[Line]


def tables(rows: Sequence[Row], across: Sequence[Rule]) -> list[list[Row] | list[Piece]]:
    """Part lines into running text (lists of lines) and tables (lists of pieces), in order.

    A table is at least three lines in several parts (or two in three or more) that stand in the same columns,
    with the lines of one part between them that fit into one column; or what stands between the first and the
    last of at least three equally long horizontal rules.
    """
    ladders = _ladders(across)
    made: list[list[Row] | list[Piece]] = []
    text: list[Row] = []
    i = 0
    while i < len(rows):
        end = _ladder_end(rows, i, ladders) or _table_end(rows, i)
        if end > i:
            pieces = _pieces(rows[i:end], across)
            if pieces:
                above = _above(text, rows[i:end])
                if above:
                    pieces = _pieces([*text[-above:], *rows[i:end]], across)
                    del text[-above:]
                if text:
                    made.append(text)
                    text = []
                made.append(pieces)
                i = end
                continue
        text.append(rows[i])
        i += 1
    if text:
        made.append(text)
    return made


def _ladders(across: Sequence[Rule]) -> list[tuple[float, float]]:
    """From the first to the last of three or more rules of the same length, one under the other."""
    groups: list[list[Rule]] = []
    for rule in sorted(across):
        for group in groups:
            if abs(group[0].start - rule.start) < 5 and abs(group[0].end - rule.end) < 5:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [(g[0].at, g[-1].at) for g in groups if len(g) >= 3 and g[0].end - g[0].start > 100]


def _ladder_end(rows: Sequence[Row], begin: int, ladders: Sequence[tuple[float, float]]) -> int:
    """The row after those in the ladder that row ``begin`` stands in, or 0."""
    for top, bottom in ladders:
        if top < rows[begin][0].middle < bottom:
            return next((i for i in range(begin, len(rows)) if rows[i][0].middle > bottom), len(rows))
    return 0


def _table_end(rows: Sequence[Row], begin: int) -> int:
    """The row after a table that begins at ``begin``, or ``begin`` where none does."""
    if len(rows[begin]) < 2:
        return begin
    last = begin
    anchors = 1
    widest = len(rows[begin])
    for i in range(begin + 1, len(rows)):
        row = rows[i]
        if row[0].top - rows[i - 1][0].bottom > 4 * row[0].size:
            break
        if len(row) >= 2:
            if not _aligned(rows[begin : i + 1]):
                break
            anchors, last, widest = anchors + 1, i, max(widest, len(row))
        elif not _fits(row[0], rows[begin : last + 1]):
            break
    if anchors < 3 and not (anchors == 2 and widest >= 3):
        return begin
    for i in range(last + 1, len(rows)):  # what goes on in one column under the last row
        if len(rows[i]) > 1 or rows[i][0].top - rows[i - 1][0].bottom > 0.6 * rows[i][0].size:
            break
        if not _fits(rows[i][0], rows[begin : last + 1]):
            break
        last = i
    return last + 1


def _above(text: Sequence[Row], rows: Sequence[Row]) -> int:
    """How many lines right above the first row belong to it: the head over several columns, a cell's top."""
    columns = columns_apart([row for row in rows if len(row) > 1])
    count = 0
    below = rows[0]
    while count < len(text):
        row = text[-count - 1]
        gap = min(p.top for p in below) - max(p.bottom for p in row)
        indented = row[0].x0 > columns[1][0] - row[0].size
        if (
            len(row) > 1
            or gap > (1.5 if indented else 0.4) * row[0].size
            or not (indented or _fits(row[0], rows))
        ):
            break
        count, below = count + 1, row
    return count


def _aligned(rows: Sequence[Row]) -> bool:
    """Whether the last row keeps to the columns of those before."""
    return len(columns_apart(rows)) >= 2


def _fits(line: Line, rows: Sequence[Row]) -> bool:
    """Whether a line stands within one of the columns, or is a short one at the left (a group's name)."""
    columns = columns_apart([row for row in rows if len(row) > 1])
    over = [c for c in columns if line.x0 < c[1] - 1 and line.x1 > c[0] + 1]
    left, right = columns[0][0], columns[-1][1]
    short = line.x1 - line.x0 < 0.4 * (right - left) and abs(line.x0 - left) < line.size
    return len(over) <= 1 or (short and line.text.rstrip()[-1] not in "。；;")


def _pieces(rows: Sequence[Row], across: Sequence[Rule]) -> list[Piece]:
    several = [row for row in rows if len(row) > 1]
    whole = max(p.x1 for row in rows for p in row) - min(p.x0 for row in rows for p in row)
    narrow = [row for row in rows if row[-1].x1 - row[0].x0 < 0.6 * whole]
    columns = columns_apart(several if len(several) > 2 else [*several, *narrow])
    if len(columns) < 2 or _is_prose(rows, columns):
        return []
    placed: list[dict[int, list[Line]]] = []
    for group in _grouped(rows, columns, across):
        cells: dict[int, list[Line]] = {}
        for part in sorted((part for row in group for part in row), key=lambda p: (p.top, p.x0)):
            cells.setdefault(_column(part, columns), []).append(part)
        placed.append(cells)
    size = rows[0][0].size
    widths = [  # in a narrow column every line looks full: there lines stay apart
        max((p.x1 for cells in placed for p in cells.get(c, ())), default=right)
        - min((p.x0 for cells in placed for p in cells.get(c, ())), default=left)
        for c, (left, right) in enumerate(columns)
    ]
    return [
        Piece(r, c, text=joined(cells.get(c, []), widths[c] if widths[c] > 8 * size else math.inf))
        for r, cells in enumerate(placed)
        for c in range(len(columns))
    ]


def _column(part: Line, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a part stands in most; over several, the first of them."""
    shares = [min(part.x1, b) - max(part.x0, a) for a, b in columns]
    covered = [i for i, share in enumerate(shares) if share > 0.5 * (columns[i][1] - columns[i][0])]
    if len(covered) > 1:
        return covered[0]
    return max(range(len(columns)), key=shares.__getitem__)


def _bridges(row: Row, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line is one part over several columns: a head over others, a group's name."""
    return len(row) == 1 and sum(row[0].x0 < b - 1 and row[0].x1 > a + 1 for a, b in columns) > 1


def _grouped(
    rows: Sequence[Row], columns: Sequence[tuple[float, float]], across: Sequence[Rule]
) -> list[list[Row]]:
    """Lines of one table row together: as rules part them, else wider space, else a line in several parts.

    A line over several columns is a row of its own, and so is one that stands further below the line above it
    in its column than the lines of one cell do.
    """
    left, right = min(p.x0 for row in rows for p in row), max(p.x1 for row in rows for p in row)
    marks = sorted(r.at for r in across if min(r.end, right) - max(r.start, left) > 0.6 * (right - left))
    middles = [sum(p.middle for p in row) / len(row) for row in rows]
    inside = [mark for mark in marks if middles[0] < mark < middles[-1]]
    gaps = [max(p.top for p in b) - min(p.bottom for p in a) for a, b in pairwise(rows)]
    size = rows[0][0].size
    tight = min(gaps) if gaps else 0.0
    apart = [gap > tight + 0.35 * size for gap in gaps]
    groups = [[rows[0]]]
    reach = {_column(p, columns): p.bottom for p in rows[0]}  # how far down each column is filled
    for i in range(1, len(rows)):
        parts = {_column(p, columns): p for p in rows[i]}
        far = any(p.top - reach.get(c, p.top) > 0.9 * size for c, p in parts.items())
        if any(middles[i - 1] < mark < middles[i] for mark in inside):
            new = True
        elif len(inside) >= 2:
            new = False
        elif _bridges(rows[i], columns) or _bridges(rows[i - 1], columns):
            new = True
        elif any(apart) and any(len(row) == 1 for row in rows):
            new = far or apart[i - 1]
        else:
            new = len(rows[i]) > 1
        if new:
            groups.append([])
            reach = {}
        reach |= {c: p.bottom for c, p in parts.items()}
        groups[-1].append(rows[i])
    return groups


def _is_prose(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether two columns are running text set side by side and no table."""
    if len(columns) != 2 or len(rows) < 8:
        return False
    for a, b in columns:
        inside = [p for row in rows for p in row if p.x0 < b and p.x1 > a]
        if (
            sum(p.x1 - p.x0 > 0.85 * (b - a) for p in inside) < 0.7 * len(inside)
            or b - a < 10 * inside[0].size
        ):
            return False
    return True
