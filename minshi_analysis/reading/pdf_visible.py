"""Which characters of a PDF page nobody sees: invisible print, white on white, under a cover, struck out, raised marks.

A page is painted in the order of its objects: what is painted later lies above. Invisible print over a picture is the
text layer of a recognised scan, and is read.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from minshi_analysis.reading.visible import (
    COVERED,
    DRAWN,
    GROUND,
    HIDDEN,
    RAISED,
    STRUCK,
    TINY,
    TINY_POINTS,
    LeftOut,
    close_colours,
    raised,
)

__all__ = ["Object", "Veils", "drawn_over", "raise_marks", "says_otherwise", "strike", "struck_boxes"]

WHITE = (255.0, 255.0, 255.0)
_LEAST = 3.0  # points: a smaller filled shape covers nothing
_CLIPS = 8  # of one object, each inside the one before
_BAND, _TALLEST = 32, 15_000  # points: strips of a page, and the tallest page there is
_MOST = 2_000  # covers and grounds of a page that are looked at
_SMALL = 0.78  # of its neighbour's size: a character smaller than that may be a mark

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Object:
    """An object of a page as it was found: its handle, its kind, its matrix, and that of the form it is in."""

    handle: object
    kind: int
    matrix: tuple[float, ...]
    outer: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Print:
    """A text object: its place in the order of painting, its colour, and why it is not seen whatever lies about it."""

    order: int
    colour: tuple[float, ...] | None = None
    unseen: str = ""
    clip: Box | None = None  # where it is cut off, if it is


@dataclass(slots=True)
class Veils:
    """What of a page's print is not seen; asked for each character, where the page gives any reason to."""

    prints: dict[int, _Print] = field(default_factory=dict)  # by address
    origins: dict[tuple[int, int], _Print] = field(default_factory=dict)
    grounds: list[tuple[int, Box, tuple[float, ...] | None]] = field(default_factory=list)
    suspicious: bool = False
    _bands: dict[int, list] = field(
        default_factory=dict
    )  # grounds by the strips of the page that they reach into

    @classmethod
    def of(cls, objects: Sequence[Object]) -> Veils:
        """Look at the objects of a page, in the order of painting."""
        made = cls()
        first = None
        for order, item in enumerate(objects):
            if item.kind == pdfium.FPDF_PAGEOBJ_TEXT:
                first = order if first is None else first
                made._print(order, item)
            elif (
                item.kind
                in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
                and len(made.grounds) < _MOST
            ):
                ground = _ground(item)
                if ground is not None:
                    made.grounds.append((order, *ground))
                    made.suspicious |= first is not None
                    _, low, _, high = ground[0]
                    for band in range(int(low // _BAND), int(min(high, low + _TALLEST) // _BAND) + 1):
                        made._bands.setdefault(band, []).append(made.grounds[-1])
        return made

    def _print(self, order: int, item: Object) -> None:
        handle = item.handle
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        outlined = mode in (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
        colour = _fill(handle, outlined)
        filled = outlined or mode in (
            pdfium.FPDF_TEXTRENDERMODE_FILL,
            pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP,
        )
        clear = filled and colour is not None and colour[3] < 13
        never = mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
        unseen = HIDDEN if clear or never else ""
        size = ctypes.c_float()
        if pdfium.FPDFTextObj_GetFontSize(handle, size):
            a, b, c, d = item.matrix[:4]
            scale = max((a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5)
            if size.value * scale <= TINY_POINTS:
                unseen = TINY
        bright = filled and colour is not None and min(colour[:3]) > 200
        clip = _clip(item)
        made = _Print(order, colour[:3] if filled and colour is not None else None, unseen, clip)
        self.suspicious |= bool(unseen) or bright or clip is not None
        self.prints[_address(handle)] = made
        self.origins[_spot(item.matrix[4], item.matrix[5])] = made

    def by_handle(self, handle) -> _Print | None:
        return self.prints.get(_address(handle)) if handle else None

    def at(self, x: float, y: float) -> _Print | None:
        """The print that begins at a point."""
        return self.origins.get(_spot(x, y))

    def hides(self, text: _Print | None, x: float, y: float) -> str:
        """Why a character of some print, whose middle is at a point, is not seen, or ""."""
        if text is None:
            return ""
        if text.clip and not (text.clip[0] <= x <= text.clip[2] and text.clip[1] <= y <= text.clip[3]):
            return HIDDEN
        below: tuple[float, ...] | None = WHITE
        picture = False
        for order, (left, bottom, right, top), colour in self._bands.get(int(y // _BAND), ()):
            if left <= x <= right and bottom <= y <= top:
                if order > text.order:
                    if text.unseen != HIDDEN or colour is not None:
                        return COVERED
                    picture = True
                else:
                    below = colour
                    picture |= colour is None
        if text.unseen:
            return "" if text.unseen == HIDDEN and picture else text.unseen
        same = text.colour is not None and below is not None and close_colours(text.colour, below)
        return GROUND if same else ""


def _address(handle) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _spot(x: float, y: float) -> tuple[int, int]:
    return round(x * 4), round(y * 4)


def _clip(item: Object) -> Box | None:
    """The box that a text is cut off at, where some of it lies outside; of clips only upright boxes are followed."""
    path = pdfium.FPDFPageObj_GetClipPath(item.handle)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    if count < 1:
        return None
    left, bottom, right, top = -1e9, -1e9, 1e9, 1e9
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(count, _CLIPS)):
        if pdfium.FPDFClipPath_CountPathSegments(path, number) not in (4, 5):
            continue
        corners = []
        for corner in (0, 2):
            segment = pdfium.FPDFClipPath_GetPathSegment(path, number, corner)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            corners.append((x.value, y.value))
        (ax, ay), (bx, by) = corners
        left, right = max(left, min(ax, bx)), min(right, max(ax, bx))
        bottom, top = max(bottom, min(ay, by)), min(top, max(ay, by))
    inside = _bounds(item.handle)
    if inside is None or (
        left <= inside[0] + 1 and bottom <= inside[1] + 1 and right >= inside[2] - 1 and top >= inside[3] - 1
    ):
        return None
    return _placed((left - 1, bottom - 1, right + 1, top + 1), item.outer)


def _bounds(handle) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _placed(box: Box, matrix: tuple[float, ...]) -> Box:
    """A box where the matrix of the form that it is in puts it."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def says_otherwise(objects: Iterable[Object]) -> bool:
    """Whether some print of a page says that it is another text than the one that is printed (ActualText)."""
    length = ctypes.c_ulong()
    for item in objects:
        if item.kind != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        for number in range(min(pdfium.FPDFPageObj_CountMarks(item.handle), _CLIPS)):
            mark = pdfium.FPDFPageObj_GetMark(item.handle, number)
            if pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length):
                return True
    return False


def _fill(handle, outlined: bool = False) -> tuple[float, ...] | None:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    ask = pdfium.FPDFPageObj_GetStrokeColor if outlined else pdfium.FPDFPageObj_GetFillColor
    if not ask(handle, r, g, b, a):
        return None
    return float(r.value), float(g.value), float(b.value), float(a.value)


def _ground(item: Object) -> tuple[Box, tuple[float, ...] | None] | None:
    """The box of a picture (its colour is None) or of a filled shape that hides what lies below it."""
    handle, colour = item.handle, None
    if item.kind == pdfium.FPDF_PAGEOBJ_PATH:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
        said = _fill(handle) if fill.value else None
        if said is None or said[3] < 230:
            return None
        colour = said[:3]
    if pdfium.FPDFPageObj_HasTransparency(handle):
        return None
    bounds = _bounds(handle)
    if bounds is None:
        return None
    box = _placed(bounds, item.outer)
    return (box, colour) if min(box[2] - box[0], box[3] - box[1]) > _LEAST else None


def struck_boxes(page) -> list[Box]:
    """Where a page is struck out by remarks on it."""
    found = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annot = pdfium.FPDFPage_GetAnnot(page.raw, number)
        if pdfium.FPDFAnnot_GetSubtype(annot) == pdfium.FPDF_ANNOT_STRIKEOUT:
            quad = pdfium.FS_QUADPOINTSF()
            for i in range(pdfium.FPDFAnnot_CountAttachmentPoints(annot)):
                if pdfium.FPDFAnnot_GetAttachmentPoints(annot, i, quad):
                    xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                    found.append((min(xs), min(ys), max(xs), max(ys)))
        pdfium.FPDFPage_CloseAnnot(annot)
    return found


_COVERING = (pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON, 28)  # 28: Redact
_DRAWING = (pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_POLYLINE)


def drawn_over(page, left: LeftOut) -> None:
    """Note the fields of forms and the remarks that a page shows with words of their own."""
    size = 400
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annot = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annot)
        if kind in (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP):
            words = (ctypes.c_ushort * size)()
            key = b"V" if kind == pdfium.FPDF_ANNOT_WIDGET else b"Contents"
            pdfium.FPDFAnnot_GetStringValue(annot, key, words, 2 * size)
            text = "".join(map(chr, words)).partition("\0")[0]
            left.add(DRAWN, text if any(char.isdigit() for char in text) else "")
        elif kind in _COVERING and pdfium.FPDFAnnot_HasKey(annot, b"IC"):
            left.add(DRAWN, "a remark that covers part of the page")
        elif kind in _DRAWING:
            left.add(DRAWN, "a line of a remark")
        pdfium.FPDFPage_CloseAnnot(annot)


def strike(chars: list, across: list, down: list, left: LeftOut) -> tuple[list, list]:
    """Take out the characters that a line is drawn through, and those lines.

    A line that ends at upright lines, or goes on where no text is, is a table's.
    """
    near = {int(rule.at // 4) + step for rule in across for step in (-1, 0, 1)}
    rows: dict[int, list] = defaultdict(list)  # characters by their middles, in steps of four points
    for char in chars:
        row = int((char[2] + char[4]) // 8)
        if row in near:
            rows[row].append(char)
    walls = sorted((round(rule.at), rule) for rule in down)
    places = [at for at, _ in walls]
    gone: set[int] = set()
    kept = []
    for rule in across:
        here = [c for row in range(int(rule.at // 4) - 1, int(rule.at // 4) + 2) for c in rows.get(row, ())]
        these = [c for c in here if c.text != " " and _crosses(rule, c)] if here else []
        if these and _is_stroke(rule, these) and not _is_walled(rule, walls, places):
            gone.update(map(id, these))
            left.add(STRUCK, "".join(c.text for c in sorted(these, key=lambda c: c.x0)))
        else:
            kept.append(rule)
    if not gone:
        return chars, across
    return [char for char in chars if id(char) not in gone], kept


def _crosses(rule, char) -> bool:
    middle, centre = (char.top + char.bottom) / 2, (char.x0 + char.x1) / 2
    return abs(rule.at - middle) <= 0.22 * char.size and rule.start - 1 <= centre <= rule.end + 1


def _is_stroke(rule, these: Sequence) -> bool:
    room = 1.5 * max(char.size for char in these)
    first, last = min(c.x0 for c in these), max(c.x1 for c in these)
    covered = sum(c.x1 - c.x0 for c in these)
    return rule.start >= first - room and rule.end <= last + room and covered >= 0.4 * (rule.end - rule.start)


def _is_walled(rule, walls: Sequence, places: Sequence[int]) -> bool:
    def touched(x: float) -> bool:
        near = walls[bisect_left(places, x - 3) : bisect_right(places, x + 3)]
        return any(wall.start - 2 <= rule.at <= wall.end + 2 for _, wall in near)

    return touched(rule.start) and touched(rule.end)


def raise_marks(chars: list, left: LeftOut) -> list:
    """Take out small raised and lowered marks; what belongs to a unit or a name stands on its line."""
    sizes = [char[4] - char[2] for char in chars if not char.turn and char.text != " "]
    if not sizes or min(sizes) > _SMALL * max(sizes):
        return chars
    ends: dict[int, list] = defaultdict(list)  # characters by their right edge
    for char in chars:
        if char.text != " " and not char.turn:
            ends[int(char.x1 // 6)].append(char)
    bases: dict[int, tuple] = {}  # id of a small character -> the one it is small beside, and the mark so far
    marks: dict[int, list] = {}
    most = max(sizes)
    small = (c for c in chars if c.text != " " and not c.turn and c.size <= _SMALL * most)
    for char in sorted(small, key=lambda c: c.x0):
        base = _base(char, ends, bases)
        if base is not None:
            bases[id(char)] = base
            marks.setdefault(id(base), []).append(char)
    if not marks:
        return chars
    by_id = {id(char): char for char in chars}
    changed: dict[int, object] = {}
    for base_id, mark in marks.items():
        base, text = by_id[base_id], "".join(char.text for char in mark)
        if len(text) > 4 or not any(c.isdigit() or c in "*※＊[]()（）〔〕①②③④⑤" for c in text):
            continue
        lowered = mark[0].bottom > base.bottom
        kept = raised(text, _before(base, chars), lowered)
        changed |= {id(char): None for char in mark}
        if kept:
            changed[id(mark[0])] = mark[0]._replace(
                text=kept, x1=mark[-1].x1, top=base.top, bottom=base.bottom
            )
        else:
            left.add(RAISED, text)
    return [new for char in chars if (new := changed.get(id(char), char)) is not None]


def _base(char, ends: dict[int, list], bases: dict[int, tuple]):
    """The larger character that a small one is set beside, above or below the line, or None."""
    cell = int(char.x0 // 6)
    for other in (o for at in (cell - 1, cell, cell + 1) for o in ends.get(at, ())):
        base = bases.get(id(other), other)
        size = base.size
        if (
            other is char
            or not -0.15 * size <= char.x0 - other.x1 <= 0.35 * size
            or char.size > _SMALL * size
        ):
            continue
        high = char.bottom < base.bottom - 0.2 * size and char.bottom > base.top
        low = (
            base.bottom + 0.05 * size < char.bottom < base.bottom + 0.6 * size
            and char.top > base.top + 0.2 * size
        )
        if high or low:
            return base
    return None


def _before(base, chars: Iterable) -> str:
    """The text that ends with a character."""
    here = [
        c
        for c in chars
        if c.x1 <= base.x1 and base.x1 - c.x0 < 4 * base.size and abs(c.bottom - base.bottom) < 2
    ]
    return "".join(c.text for c in sorted(here, key=lambda c: c.x0))
