"""A table with its true spans, free of any format, and what may be done to it that changes no fact."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise


@dataclass(frozen=True)
class Box:
    """A cell: its corner (from 0), how many rows and columns it covers, its text."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table: its title (a paragraph above it), the number of its header rows, its cells."""

    title: str
    header: int
    boxes: tuple[Box, ...]

    @property
    def height(self) -> int:
        return max(box.row + box.rows for box in self.boxes)

    @property
    def width(self) -> int:
        return max(box.column + box.columns for box in self.boxes)

    def expanded(self) -> list[list[str]]:
        """The text at every place."""
        return [["" if box is None else box.text for box in row] for row in self.places()]

    def places(self) -> list[list[Box | None]]:
        """The cell at every place."""
        grid: list[list[Box | None]] = [[None] * self.width for _ in range(self.height)]
        for box in self.boxes:
            for row in grid[box.row : box.row + box.rows]:
                row[box.column : box.column + box.columns] = [box] * box.columns
        return grid


@dataclass(frozen=True)
class Notice:
    """A document to be written: paragraphs, and the sheets that follow them."""

    paragraphs: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def sheet(title: str, header: int, rows: Sequence[Sequence[str]]) -> Sheet:
    """A sheet from rows of text, in which ``^`` continues the cell above and ``<`` the cell to the left.

    Examples
    --------
    >>> sheet("表", 1, [["序号", "资金", "<"], ["1", "2", "3"], ["^", "4", "5"]]).expanded()
    [['序号', '资金', '资金'], ['1', '2', '3'], ['1', '4', '5']]
    """
    boxes: dict[tuple[int, int], list[int]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            corner = owner[r, c - 1] if text == "<" else owner[r - 1, c] if text == "^" else (r, c)
            owner[r, c] = corner
            extent = boxes.setdefault(corner, [1, 1])
            extent[0], extent[1] = max(extent[0], r - corner[0] + 1), max(extent[1], c - corner[1] + 1)
    made = (Box(r, c, rows_, columns, rows[r][c]) for (r, c), (rows_, columns) in boxes.items())
    return Sheet(title, header, tuple(made))


def from_grid(title: str, header: int, rows: Sequence[Sequence[object]]) -> Sheet:
    """A sheet from an expanded grid whose merged cells are the same object at every place (`Grid.rows`)."""
    extents: dict[int, list] = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            box = extents.setdefault(id(cell), [r, c, r, c, cell.text])
            box[2], box[3] = max(box[2], r), max(box[3], c)
    boxes = (Box(r, c, low - r + 1, right - c + 1, text) for r, c, low, right, text in extents.values())
    return Sheet(title, header, tuple(boxes))


@functools.cache
def _converter(way: str):
    import opencc

    return opencc.OpenCC(way)


def traditional(text: str) -> str:
    """Traditional characters, as far as they lead back to the same simplified ones."""
    done = _converter("s2t").convert(text)
    if _converter("t2s").convert(done) == text and len(done) == len(text):
        return done
    letters = ((char, _converter("s2t").convert(char)) for char in text)
    return "".join(new if _converter("t2s").convert(new) == old else old for old, new in letters)


def in_traditional(notice: Notice) -> Notice:
    """The whole notice in traditional characters."""
    sheets = tuple(
        Sheet(
            traditional(s.title), s.header, tuple(replace(box, text=traditional(box.text)) for box in s.boxes)
        )
        for s in notice.sheets
    )
    return Notice(tuple(map(traditional, notice.paragraphs)), sheets)


def with_synonyms(notice: Notice, words: Mapping[str, str]) -> Notice:
    """Header cells in other words; spaces inside a printed header word do not matter."""

    def changed(s: Sheet) -> Sheet:
        boxes = (
            replace(box, text=words.get("".join(box.text.split()), box.text)) if box.row < s.header else box
            for box in s.boxes
        )
        return replace(s, boxes=tuple(boxes))

    return replace(notice, sheets=tuple(map(changed, notice.sheets)))


def reordered(notice: Notice, seed: int) -> Notice:
    """Columns in another order; columns under one head or joined by a merged cell stay together.

    Cells over the whole width (group rows) stay over the whole width.
    """
    return replace(notice, sheets=tuple(_reordered(s, seed) for s in notice.sheets))


def _reordered(s: Sheet, seed: int) -> Sheet:
    width = s.width
    tied = [False] * width  # to the column at the left
    for box in s.boxes:
        if 1 < box.columns < width:
            tied[box.column + 1 : box.column + box.columns] = [True] * (box.columns - 1)
    groups: list[list[int]] = []
    for column in range(width):
        if tied[column]:
            groups[-1].append(column)
        else:
            groups.append([column])
    random.Random(seed).shuffle(groups)
    to = {old: new for new, old in enumerate(column for group in groups for column in group)}
    boxes = (replace(box, column=0 if box.columns == width else to[box.column]) for box in s.boxes)
    return replace(s, boxes=tuple(sorted(boxes, key=lambda box: (box.row, box.column))))


def broken(s: Sheet, at: Sequence[int]) -> list[Sheet]:
    """The sheet as it stands on pages: parted before the given rows, its header on top of each part.

    A cell over a break stands in both parts.
    """
    edges = [s.header, *sorted(row for row in set(at) if s.header < row < s.height), s.height]
    head = [box for box in s.boxes if box.row < s.header]
    parts = []
    for first, last in pairwise(edges):
        boxes = list(head)
        for box in s.boxes:
            top, low = max(box.row, first), min(box.row + box.rows, last)
            if box.row >= s.header and top < low:
                boxes.append(replace(box, row=top - first + s.header, rows=low - top))
        parts.append(replace(s, boxes=tuple(boxes)))
    return parts
