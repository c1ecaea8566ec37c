"""From characters to lines, and from lines to the text of a cell or a paragraph.

A line that was only broken because the cell or the page was full goes on in the next one without a break; a
line that ended before it had to ends for good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from minshi_analysis.reading.pdf_drawing import Char

__all__ = ["Line", "columns_apart", "joined", "lines", "paragraphs", "turned", "whole"]

_GAP = 0.9  # of a character's size: a wider gap parts two columns
_ROOM = (
    0.25,
    0.6,
)  # of a size: between digits that far apart something may be missing; and where a space is printed
_ITEM = re.compile(
    r"[(（〔【]?(\d{1,3}|[一二三四五六七八九十]{1,3})([)）〕】、．]|\.(?!\d))|[①-⑳●•·※*]|注[:：]"
)
_STOP = "。；;！？!?：:"
_CLOSING = frozenset("，。、；：？！）》”’」』】〕…,.;:?!)]%％")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a part of one: its text, its box, its size, and how wide its first word is."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    first: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines(chars: Iterable[Char]) -> list[list[Line]]:
    """Lines from top to bottom, each in the parts that wide gaps leave, from left to right."""
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        here = (char.top + char.bottom) / 2
        if rows and here - middle <= 0.5 * min(char.size, rows[-1][0].size):
            rows[-1].append(char)
            middle += (here - middle) / len(rows[-1])
        else:
            rows.append([char])
            middle = here
    printed = (row for row in rows if any(char.text != " " for char in row))
    return [_parts(sorted(row, key=lambda c: c.x0)) for row in printed]


def turned(chars: Iterable[Char]) -> list[list[Line]]:
    """Lines of characters that are turned from the page's other text, as `lines`, in the order they are read.

    Their boxes are those on the page.
    """
    found = []
    for turn in (90, 270, 180):
        these = [upright(char) for char in chars if char.turn == turn]
        found += [[_put_back(line, turn) for line in row] for row in lines(these)] if these else []
    return found


def upright(char: Char) -> Char:
    """A turned character where it would stand if the page were turned so that it is upright."""
    if char.turn == 90:
        return Char(char.text, -char.bottom, char.x0, -char.top, char.x1)
    if char.turn == 270:
        return Char(char.text, char.top, -char.x1, char.bottom, -char.x0)
    return Char(char.text, -char.x1, -char.bottom, -char.x0, -char.top)


def _put_back(line: Line, turn: int) -> Line:
    x0, top, x1, bottom = line.x0, line.top, line.x1, line.bottom
    if turn == 90:
        x0, top, x1, bottom = top, -x1, bottom, -x0
    elif turn == 270:
        x0, top, x1, bottom = -bottom, x0, -top, x1
    else:
        x0, top, x1, bottom = -x1, -bottom, -x0, -top
    return replace(line, x0=x0, top=top, x1=x1, bottom=bottom)


def _parts(row: list[Char]) -> list[Line]:
    size = median(char.size for char in row if char.text != " ")
    parts: list[list[Char]] = []
    right = 0.0
    for char in row:
        if char.text == " ":
            if parts:
                parts[-1].append(char)
            continue
        if not parts or char.x0 - right > _GAP * size:
            parts.append([])
        parts[-1].append(char)
        right = char.x1
    return [_line(part, size) for part in parts]


def _line(chars: list[Char], size: float) -> Line:
    """A line of characters; of printed spaces one stays, and one is added where Latin words stand apart."""
    text = ""
    before: Char | None = None
    for char in chars:
        if char.text == " ":
            text += "" if text.endswith(" ") else " "
            continue
        gap = char.x0 - before.x1 if before is not None else 0.0
        if gap > _ROOM[text.endswith(" ")] * size and before.text.isdecimal() and char.text.isdecimal():
            text = text.rstrip(" ") + "  "  # two numbers, or one that lacks a digit
        if not text.endswith(" ") and gap > 0.18 * size:
            both = before.text + char.text
            text += " " if both.isascii() and both.isalnum() else ""
        text += char.text
        before = char
    printed = [char for char in chars if char.text != " "]
    word = re.match(r"[A-Za-z0-9.,%]+", text)
    ends = word.end() if word else 1
    if len(printed) > ends and printed[ends].text in _CLOSING:
        ends += 1
    return Line(
        text,
        printed[0].x0,
        min(c.top for c in printed),
        printed[-1].x1,
        max(c.bottom for c in printed),
        size,
        printed[ends - 1].x1 - printed[0].x0,
    )


def whole(parts: Sequence[Line]) -> Line:
    """The parts of one line as one, with a space for each gap, and two where it parts two numbers."""
    if len(parts) == 1:
        return parts[0]
    text = parts[0].text.rstrip()
    for part in parts[1:]:
        text += ("  " if text[-1:].isdecimal() and part.text[:1].isdecimal() else " ") + part.text.rstrip()
    return Line(
        text,
        parts[0].x0,
        min(part.top for part in parts),
        parts[-1].x1,
        max(part.bottom for part in parts),
        parts[0].size,
        parts[0].first,
    )


def joined(found: Sequence[Line], width: float) -> str:
    """The text of a cell whose lines had ``width`` points: broken lines joined, ended lines apart."""
    text = ""
    for number, line in enumerate(found):
        if number:
            text += _link(found[number - 1], line, width - (found[number - 1].x1 - found[number - 1].x0))
        text += line.text
    return text.strip()


def _link(before: Line, after: Line, slack: float) -> str:
    """What stands between two lines, given the room that the first one left."""
    last = before.text.rstrip()[-1]
    if slack > after.first + 0.15 * after.size or (last in _STOP and _ITEM.match(after.text)):
        return "\n"
    latin = last.isascii() and last.isalpha() and after.text[0].isascii() and after.text[0].isalpha()
    return " " if latin and not before.text.endswith(" ") else ""


def paragraphs(found: Sequence[Line], left: float, right: float) -> list[tuple[str, Line, Line]]:
    """Running text between two margins: ``(text, first line, last line)`` of each paragraph.

    A line goes on in the next one if it was full, and the next one stands at the margin and not further off
    than lines do.
    """
    made: list[tuple[str, Line, Line]] = []
    for line in found:
        if made:
            text, first, last = made[-1]
            if goes_on(last, line, left, right) and line.top - last.bottom < 1.3 * line.size:
                made[-1] = (text + _link(last, line, right - last.x1), first, line)
                made[-1] = (made[-1][0] + line.text, first, line)
                continue
        made.append((line.text, line, line))
    return [(text.strip(), first, last) for text, first, last in made]


def goes_on(last: Line, line: Line, left: float, right: float) -> bool:
    """Whether a paragraph's last line was full and the next line is its continuation."""
    if abs(last.size - line.size) > 0.1 * line.size or line.x0 - left > 0.8 * line.size:
        return False
    return _link(last, line, right - last.x1) != "\n"


def columns_apart(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """The columns that parts of lines stand in: stretches that hardly any line bridges.

    A part that stands alone between two columns makes one of its own; a part over several columns (a header
    over two others) makes none.
    """
    parts = [part for row in rows for part in row]
    if not parts:
        return []
    bridge = 1 if len(rows) >= 4 else 0
    edges = sorted([(p.x0, 1) for p in parts] + [(p.x1, -1) for p in parts])
    found: list[tuple[float, float]] = []
    depth, start = 0, None
    for x, step in edges:
        depth += step
        if start is None and depth > bridge:
            start = x
        elif start is not None and depth <= bridge:
            found.append((start, x))
            start = None
    size = median(part.size for part in parts)
    merged: list[tuple[float, float]] = []
    for a, b in found:
        if merged and a - merged[-1][1] < 0.4 * size:
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    for part in parts:
        if all(part.x1 <= a or part.x0 >= b for a, b in merged):
            merged.append((part.x0, part.x1))
    return sorted(merged)
