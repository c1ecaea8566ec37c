"""Tables from ruling lines: where a wall is drawn there is one, and places without a wall are one cell.

Nothing is guessed from where the text stands. Lines that touch form a table; every line's place is a possible
boundary; two neighbouring places belong to the same cell if no line runs between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

from minshi_analysis.reading.pdf_drawing import Drawing, Rule
from minshi_analysis.reading.spans import Piece

__all__ = ["Frame", "frames"]

_NEAR = 3.0  # points; lines as near as that are one line, and touch
MAX_RULES = 20_000
MAX_PLACES = 200_000


@dataclass(slots=True)
class Frame:
    """A ruled table: its boundaries and its cells, still without text."""

    xs: list[float]
    ys: list[float]
    pieces: list[Piece]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def edges(self, piece: Piece) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a cell."""
        return (
            self.xs[piece.column],
            self.ys[piece.row],
            self.xs[piece.column + piece.columns],
            self.ys[piece.row + piece.rows],
        )


def frames(drawing: Drawing) -> list[Frame]:
    """The ruled tables of a page, smallest first, so that a table inside a cell comes before its outer one.

    A single box is no table and left out.
    """
    if len(drawing.across) + len(drawing.down) > MAX_RULES:
        return []
    across, down = _joined(drawing.across), _joined(drawing.down)
    found = []
    for these_across, these_down in _touching(across, down):
        frame = _frame(these_across, these_down)
        if frame is not None and len(frame.pieces) > 1:
            found.append(frame)
    return sorted(found, key=lambda f: (f.box[2] - f.box[0]) * (f.box[3] - f.box[1]))


def _joined(rules: list[Rule]) -> list[Rule]:
    """Collinear lines that overlap or nearly meet, as one; lines drawn twice, once."""
    joined: list[Rule] = []
    for cluster in _clustered(rules):
        at = sum(r.at for r in cluster) / len(cluster)
        start, end = None, None
        for rule in sorted(cluster, key=lambda r: r.start):
            if end is not None and rule.start <= end + _NEAR:
                end = max(end, rule.end)
                continue
            if end is not None:
                joined.append(Rule(at, start, end))
            start, end = rule.start, rule.end
        joined.append(Rule(at, start, end))
    return joined


def _clustered(rules: list[Rule]) -> list[list[Rule]]:
    clusters: list[list[Rule]] = []
    for rule in sorted(rules):
        if clusters and rule.at - clusters[-1][0].at <= _NEAR:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return clusters


def _touching(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines connected by crossings."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    ordered = sorted(range(len(across)), key=lambda i: across[i].at)
    heights = [across[i].at for i in ordered]
    for j, wall in enumerate(down):
        low, high = bisect_left(heights, wall.start - _NEAR), bisect_right(heights, wall.end + _NEAR)
        for i in ordered[low:high]:
            if across[i].start - _NEAR <= wall.at <= across[i].end + _NEAR:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate(across):
        groups[root(i)][0].append(rule)
    for j, rule in enumerate(down):
        groups[root(len(across) + j)][1].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _frame(across: list[Rule], down: list[Rule]) -> Frame | None:
    xs = _boundaries(down, across)
    ys = _boundaries(across, down)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_PLACES:
        return None
    return Frame(xs, ys, _cells(xs, ys, across, down))


def _boundaries(rules: list[Rule], crossing: list[Rule]) -> list[float]:
    """Places of the lines of one direction; where the others reach beyond them, a table is open there."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    low, high = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    if low < places[0] - 2 * _NEAR:
        places.insert(0, low)
    if high > places[-1] + 2 * _NEAR:
        places.append(high)
    return places


def _cells(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[Piece]:
    """Grow each cell to the right and down until a wall; the rest of an odd shape becomes further cells."""
    rows, columns = len(ys) - 1, len(xs) - 1
    wall_left = _walls(xs, ys, down)  # [column][row]: a wall at the left of that place
    wall_above = _walls(ys, xs, across)  # [row][column]
    taken = [[False] * columns for _ in range(rows)]
    pieces = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            right = c + 1
            while right < columns and not taken[r][right] and not wall_left[right][r]:
                right += 1
            low = r + 1
            while low < rows and all(
                not wall_above[low][i] and not taken[low][i] and (i == c or not wall_left[i][low])
                for i in range(c, right)
            ):
                low += 1
            for i in range(r, low):
                taken[i][c:right] = [True] * (right - c)
            pieces.append(Piece(r, c, low - r, right - c))
    return pieces


def _walls(places: list[float], crossing: list[float], rules: list[Rule]) -> list[list[bool]]:
    """For each boundary and each place along it: whether a line runs along more than half of that place."""
    walls = [[False] * (len(crossing) - 1) for _ in places]
    for rule in rules:
        index = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        first = max(bisect_left(crossing, rule.start - _NEAR) - 1, 0)
        for i in range(first, len(crossing) - 1):
            low, high = crossing[i], crossing[i + 1]
            if low >= rule.end:
                break
            if min(rule.end, high) - max(rule.start, low) > (high - low) / 2:
                walls[index][i] = True
    return walls
