"""A table of a page for paper: its cells, how wide its columns are, and how small its text has to be.

A page scrolls sideways where a table is wide; paper does not. The text gets smaller as far as it stays legible, then
the columns with the longest text give way first, and words longer than their column may break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from minshi_analysis.widths import ems

__all__ = ["breakable", "grid", "styles"]

Rules = Mapping[tuple[str, int], str]

_INSET = 0.45  # em, on either side of a cell
_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5)  # points
_COMFORT = 11.0  # em that a column of running text should have before smaller text is tried
_LEAST = 6.0  # em that such a column gets in any case
_NARROWEST = 3.0  # em
_RIGID = 18.0  # em: a column that asks for no line breaks is heard up to this width
_TALL = 400.0  # em of text in one cell: such a row may go on on the next page
_GAP = {"kind": "gap", "width": 0.001}  # a line may end here; Typst passes over a gap of nothing
_RULE = re.compile(r"#([^\s{]+) td\.col(\d+) \{([^}]*)\}")
_RIGHT = re.compile(r"text-align:\s*right")
_WORDS = re.compile(r"([!-~]+)")
_BREAK = re.compile(r"(?<=[/_.?&=#@,;:+%-])")  # where an address or a name may best be broken


def styles(root: Any) -> Rules:
    """What a page's style sheets say of tables' columns, as pandas' Styler writes it: by table and column."""
    sheets = "\n".join(sheet.text or "" for sheet in root.iter("style"))
    return {(name, int(column)): rules for name, column, rules in _RULE.findall(sheets)}


def grid(
    table: Any, rules: Rules, read: Callable[[Any], list[Any]], room: float, caption: Any = None
) -> dict[str, Any]:
    """A table as a node for the Typst template.

    Parameters
    ----------
    table : lxml element
    rules : mapping
        See `styles`.
    read : callable
        Gives the nodes that a cell says.
    room : float
        Width of the paper, in points.
    caption : lxml element, optional
        What stands above it, where that is no part of the table.

    Returns
    -------
    dict
        How many rows are `titles`, the cells of the `head` and of the `rest`, the `columns`' widths in em of the
        table's text, the `size` of that text in points, and what else the template asks for.
    """
    rows = [row for row in table.xpath("./tr|./*/tr") if len(row)]
    titles = next((number for number, row in enumerate(rows) if not _is_head(row)), len(rows))
    placed = list(_placed(rows))
    columns = [_Column() for _ in range(max((cell.column + cell.columns for cell in placed), default=1))]
    for cell in placed:
        if cell.columns == 1:
            rule = rules.get((table.get("id", ""), cell.column), "")
            columns[cell.column].add(cell.element, cell.row < titles, rule)
    size, widths = _fit(columns, room)
    head: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    for cell in placed:
        own = sum(widths[cell.column : cell.column + cell.columns])
        body = breakable(read(cell.element), own)
        place = {"x": cell.column, "y": cell.row, "colspan": cell.columns, "rowspan": cell.rows}
        (head if cell.row < titles else rest).append({**place, "body": body})
    caption = table.find("caption") if caption is None else caption
    return {
        "kind": "table",
        "caption": None if caption is None else read(caption),
        "size": size,
        "inset": _INSET,
        "columns": [each + 2 * _INSET for each in widths],
        "align": ["right" if column.right else "left" for column in columns],
        "breakable": any(column.widest > _TALL for column in columns),
        "titles": titles,
        "head": head,
        "rest": rest,
    }


def breakable(nodes: Sequence[Any], room: float) -> list[Any]:
    """The nodes, with a place to break wherever a word of a string is wider than `room` (em).

    Examples
    --------
    >>> [piece for piece in breakable(["见 abc/de/f"], 2.5) if isinstance(piece, str)]
    ['见 abc/', 'de/f']
    """
    found: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            found.extend(_pieces(node, room))
        elif "body" in node:
            found.append({**node, "body": breakable(node["body"], room)})
        else:
            found.append(node)
    return found


def _pieces(text: str, room: float) -> list[Any]:
    pieces: list[Any] = [""]
    for part in _WORDS.split(text):  # every second one is a word
        if ems(part) <= room or not _WORDS.fullmatch(part):
            pieces[-1] += part
            continue
        used = 0.0
        for syllable in _BREAK.split(part):
            for bit in [syllable] if ems(syllable) <= room else syllable:
                if used + ems(bit) > room:
                    pieces += [_GAP, ""]
                    used = 0.0
                pieces[-1] += bit
                used += ems(bit)
    return pieces


@dataclass(frozen=True, slots=True)
class _Cell:
    element: Any
    row: int
    column: int
    rows: int
    columns: int


def _placed(rows: Sequence[Any]) -> Iterator[_Cell]:
    """Cells with their places: one that spans rows pushes those below it aside."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            down, across = _span(element, "rowspan"), _span(element, "colspan")
            taken.update((number + below, column + right) for below in range(down) for right in range(across))
            yield _Cell(element, number, column, down, across)


def _span(element: Any, name: str) -> int:
    said = element.get(name, "1")
    return min(max(1, int(said)), 1000) if said.isdecimal() else 1  # HTML's own limit


def _is_head(row: Any) -> bool:
    return row.getparent().tag == "thead" or all(cell.tag == "th" for cell in row)


class _Column:
    """How much room a column asks for, in em: at least `floor`, well set with `comfort`, on one line `natural`."""

    def __init__(self) -> None:
        self.right = False
        self.widest = self.floor = self.comfort = self.natural = _NARROWEST
        self._total, self._cells = 0.0, 0

    def add(self, element: Any, head: bool, rule: str) -> None:
        text = " ".join(element.text_content().split())
        wide = ems(text)
        if head:  # a long title may go on several lines
            short = max(min(wide, 4.0), wide / 3)
            self.floor, self.comfort = max(self.floor, short), max(self.comfort, short)
            self.natural = max(self.natural, min(wide, 10.0))
            return
        looks = element.get("class", "").split()
        self.right = self.right or "n" in looks or bool(_RIGHT.search(rule + element.get("style", "")))
        rigid = ("nowrap" in rule or "n" in looks or "k" in looks) and wide <= _RIGID
        self.floor = max(self.floor, wide if rigid else min(wide, _LEAST))
        self.comfort = max(self.comfort, wide if rigid else min(wide, _COMFORT))
        self.natural = max(self.natural, wide)
        self.widest = self.natural
        self._total, self._cells = self._total + wide, self._cells + 1

    @property
    def weight(self) -> float:
        """Its part of what is left over: long texts on average count, one long text among short ones less."""
        return sqrt(self.natural * max(self._total / max(self._cells, 1), 1.0))


def _fit(columns: Sequence[_Column], room: float) -> tuple[float, list[float]]:
    """The size of the text and the columns' widths."""
    for size in _SIZES:
        most = room / size - 2 * _INSET * len(columns)
        if sum(column.comfort for column in columns) <= most:
            break
    widths = [column.floor for column in columns]
    if sum(widths) > most:  # even the least is too much: all give way alike
        return size, [each * most / sum(widths) for each in widths]
    growing = set(range(len(columns)))
    while growing:
        spare = most - sum(widths)
        weights = sum(columns[number].weight for number in growing)
        full = {
            number
            for number in growing
            if widths[number] + spare * columns[number].weight / weights >= columns[number].natural
        }
        for number in full or growing:
            column = columns[number]
            widths[number] = column.natural if full else widths[number] + spare * column.weight / weights
        growing -= full or growing
    return size, [round(each, 3) for each in widths]
