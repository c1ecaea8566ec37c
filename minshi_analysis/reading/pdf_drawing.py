"""What a PDF page draws: characters and ruling lines, turned upright, in points from the top left."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from minshi_analysis.language.text import RADICALS
from minshi_analysis.reading.pdf_unembedded import hides_text
from minshi_analysis.reading.pdf_visible import (
    Object,
    Veils,
    drawn_over,
    raise_marks,
    says_otherwise,
    strike,
    struck_boxes,
)
from minshi_analysis.reading.visible import GAP, OFF_PAGE, OVER, STRUCK, TINY, TWICE, LeftOut

__all__ = ["Char", "Drawing", "Rule", "draw"]

# Characters as a page draws them: text, left, bottom, right, top, and the angle in degrees.
Found = list[tuple[str, float, float, float, float, int]]

MAX_OBJECTS = 100_000  # drawn objects of one page that are looked at
MAX_DEPTH = 8  # of forms inside forms
_THIN = 3.0  # points; a thinner filled rectangle is a line
_HAIR = 0.03  # of its height: a digit as narrow as that is no print
_SHORT = 4.0  # points; a shorter line is part of a sign


class Char(NamedTuple):
    """A character (every kind of space is " ") and its box; ``size`` is its height.

    ``turn`` is how far it is turned from the page's other text, in degrees counterclockwise: 90 is read from bottom to
    top.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int = 0

    @property
    def size(self) -> float:
        return self.x1 - self.x0 if self.turn % 180 else self.bottom - self.top


class Rule(NamedTuple):
    """A ruling line: at ``at`` (x of a vertical one, y of a horizontal one) from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawing:
    """One page: its characters, its rules, and what stood in the way of reading it."""

    width: float
    height: float
    chars: list[Char]
    across: list[Rule]  # horizontal rules
    down: list[Rule]  # vertical rules
    pictures: int = 0
    unmapped: int = 0  # characters whose font does not say what they are
    slanted: str = ""  # text across the page, such as a watermark
    overfull: bool = False  # more objects than are looked at


def draw(page, unembedded: Callable[[Veils, LeftOut], Found], left_out: LeftOut) -> Drawing:
    """Look at one page of an open PDF.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    unembedded : callable
        Gives the page's characters where some are in fonts that are not in the file.
    left_out : LeftOut
        Takes note of what is not seen.

    Returns
    -------
    Drawing
        Turned so that most of its text stands upright, whatever the page says of its rotation.
    """
    left, bottom, right, top = page.get_cropbox()
    objects, overfull = _objects(page)
    unnamed = any(hides_text(item.handle) for item in objects if item.kind == pdfium.FPDF_PAGEOBJ_TEXT)
    veils = Veils.of(objects)
    slow = unnamed or says_otherwise(objects)
    found = unembedded(veils, left_out) if slow else _found(page, veils, left_out)
    upright = Counter(entry[5] for entry in found if entry[5] % 90 == 0 and not entry[0].isspace())
    turn = upright.most_common(1)[0][0] if upright else 0
    turned = _Turn(left, bottom, right, top, turn)
    width, height = (right - left, top - bottom) if turn % 180 == 0 else (top - bottom, right - left)
    drawing = Drawing(width, height, [], [], [], overfull=overfull)
    off: list[str] = []
    thin: list[str] = []
    for printed, x0, y0, x1, y1, angle in found:
        text = RADICALS.get(printed, printed)
        if text in ("\0", "\ufffd", "\ufffe") or "\ue000" <= text[:1] <= "\uf8ff":
            drawing.unmapped += 1
        elif angle % 90:
            drawing.slanted += text.strip()
        elif not (left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top):
            off.append(text)
        elif text.isdecimal() and min(x1 - x0, y1 - y0) < _HAIR * max(x1 - x0, y1 - y0):
            thin.append(text)
        elif text.isspace() or text.isprintable():
            text = " " if text.isspace() else text
            (ax, ay), (bx, by) = turned(x0, y0), turned(x1, y1)
            here = (angle - turn) % 360
            drawing.chars.append(Char(text, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), here))
    left_out.add(OFF_PAGE, "".join(off))
    left_out.add(TINY, "".join(thin))
    drawn_over(page, left_out)
    for item in objects:
        if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.pictures += 1
        elif item.kind == pdfium.FPDF_PAGEOBJ_PATH:
            _rules(item.handle, item.matrix, turned, drawing)
    chars = _once(drawing.chars, left_out)
    for x0, y0, x1, y1 in struck_boxes(page):
        (ax, ay), (bx, by) = turned(x0, y0), turned(x1, y1)
        chars = _without(chars, (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), left_out)
    chars, drawing.across = strike(chars, drawing.across, drawing.down, left_out)
    drawing.chars = raise_marks(chars, left_out)
    return drawing


def _without(chars: list[Char], box: tuple[float, float, float, float], left_out: LeftOut) -> list[Char]:
    """The characters outside a box that is struck out."""
    x0, y0, x1, y1 = box
    struck = [c for c in chars if x0 <= (c.x0 + c.x1) / 2 <= x1 and y0 <= (c.top + c.bottom) / 2 <= y1]
    left_out.add(STRUCK, "".join(c.text for c in struck))
    gone = set(map(id, struck))
    return [c for c in chars if id(c) not in gone]


class _Turn(NamedTuple):
    """Page coordinates to points from the top left of the page turned by a multiple of 90 degrees."""

    left: float
    bottom: float
    right: float
    top: float
    degrees: int

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        if self.degrees == 90:
            return y - self.bottom, x - self.left
        if self.degrees == 180:
            return self.right - x, y - self.bottom
        if self.degrees == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def _found(page, veils: Veils, left_out: LeftOut) -> Found:
    """The page's characters in its own coordinates, without those that are not seen."""
    text_page = page.get_textpage()
    try:
        handle = text_page.raw
        box = pdfium.FS_RECTF()
        reference = ctypes.byref(box)
        found = []
        kinds: list[tuple[str, str]] = []
        for i in range(text_page.count_chars()):
            if pdfium.FPDFText_IsGenerated(handle, i) == 1:
                continue
            char = chr(pdfium.FPDFText_GetUnicode(handle, i))
            if char in "\r\n\t" or not pdfium.FPDFText_GetLooseCharBox(handle, i, reference):
                continue
            if veils.suspicious and char > " ":
                middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
                unseen = veils.hides(veils.by_handle(pdfium.FPDFText_GetTextObject(handle, i)), *middle)
                if unseen or kinds:
                    kinds.append((unseen, char))
                if unseen:
                    continue
            angle = -round(math.degrees(pdfium.FPDFText_GetCharAngle(handle, i))) % 360  # it counts clockwise
            found.append((char, box.left, box.bottom, box.right, box.top, angle))
        left_out.add_runs(kinds)
        return found
    finally:
        text_page.close()


def _once(chars: list[Char], left_out: LeftOut) -> list[Char]:
    """Every character once: bold print is often the same character drawn twice, a hair apart, a shadow further.

    Two of the same that are meant do not lie over each other for half their width.
    """
    seen: dict[tuple[str, int], list[Char]] = {}  # by their text and row
    digits: dict[tuple[int, int], int] = {}  # where a digit stands, and its number in those kept
    over = []
    kept: list[Char] = []
    twice: list[tuple[str, str]] = []
    for char in chars:
        text, x0, top, _, bottom, turn = char
        row = int(top // 4)
        twin = None
        for at in (row, row - 1, row + 1):
            for other in seen.get((text, at), ()):
                if abs(other.x0 - x0) < 4 and abs(other.top - top) < 4 and _is_twin(other, char):
                    twin = other
        if twin is None and text.isdecimal() and not turn:
            below = _digit_below(char, digits, kept)
            if below is not None:  # two digits in one place are neither
                over.append(kept[below].text + text)
                kept[below] = kept[below]._replace(text=GAP)
                continue
            digits[row, int(x0 // 4)] = len(kept)
        if twin is None or turn % 180:
            seen.setdefault((text, row), []).append(char)
            kept.append(char)
            if twice:
                twice.append(("", text))
        elif abs(twin.x0 - x0) + abs(twin.top - top) > 0.2 * (bottom - top):
            twice.append((TWICE, text))
    left_out.add_runs(twice)
    for both in over:
        left_out.add(OVER, both)
    return kept


def _digit_below(char: Char, digits: dict[tuple[int, int], int], kept: list[Char]) -> int | None:
    """The number of another digit that a digit is printed over."""
    row, column = int(char.top // 4), int(char.x0 // 4)
    for place in ((row + r, column + c) for r in (0, -1, 1) for c in (0, -1, 1)):
        below = digits.get(place)
        if below is not None and _is_twin(kept[below], char):
            return below
    return None


def _is_twin(other: Char, char: Char) -> bool:
    wide, high = max(0.5 * (char.x1 - char.x0), 0.5), max(0.3 * char.size, 0.5)
    return abs(other.x0 - char.x0) < wide and abs(other.top - char.top) < high


def _objects(page) -> tuple[list[Object], bool]:
    """The page's objects in the order of painting, those inside forms too; and whether there are more."""
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    count = pdfium.FPDFPage_CountObjects(page.raw)
    todo: list[tuple[Any, tuple[float, ...], int]] = [
        (pdfium.FPDFPage_GetObject(page.raw, i), identity, 0) for i in range(min(count, MAX_OBJECTS))
    ]
    found = []
    while todo:
        item, outer, depth = todo.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        matrix = _times(_matrix(item), outer)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            for i in range(min(max(pdfium.FPDFFormObj_CountObjects(item), 0), MAX_OBJECTS)):
                todo.append((pdfium.FPDFFormObj_GetObject(item, i), matrix, depth + 1))
        else:
            found.append(Object(item, kind, matrix, outer))
        if len(found) + len(todo) > 2 * MAX_OBJECTS:
            return found[::-1], True
    return found[::-1], count > MAX_OBJECTS


def _rules(path, matrix, turned: _Turn, drawing: Drawing) -> None:
    """The straight upright lines of a path: its strokes, and filled rectangles thin as a line."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    outlines: list[list[tuple[float, float]]] = []
    for i in range(min(pdfium.FPDFPath_CountSegments(path), 10_000)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        a, b, c, d, e, f = matrix
        point = turned(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([point])
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            outlines[-1].append(point)
        else:
            outlines.append([point])  # a curve is no ruling line
        if pdfium.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    for outline in outlines:
        xs, ys = [p[0] for p in outline], [p[1] for p in outline]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        if len(outline) >= 4 and min(wide, high) <= _THIN < max(wide, high):
            if wide > high:
                drawing.across.append(Rule((min(ys) + max(ys)) / 2, min(xs), max(xs)))
            else:
                drawing.down.append(Rule((min(xs) + max(xs)) / 2, min(ys), max(ys)))
        elif stroke.value:
            for (ax, ay), (bx, by) in pairwise(outline):
                if abs(ay - by) <= 1 and abs(ax - bx) >= _SHORT:
                    drawing.across.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
                elif abs(ax - bx) <= 1 and abs(ay - by) >= _SHORT:
                    drawing.down.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))


def _matrix(item) -> tuple[float, ...]:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(raw)):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return raw.a, raw.b, raw.c, raw.d, raw.e, raw.f


def _times(first, then) -> tuple[float, ...]:
    """The matrix that does ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
