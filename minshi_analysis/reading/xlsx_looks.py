"""How a spreadsheet's cells look: fonts, fills, and the parts of a text that have a font of their own."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from minshi_analysis.reading.display import unescaped
from minshi_analysis.reading.ooxml import attribute, child, chunks, name_of, part
from minshi_analysis.reading.visible import (
    GAP,
    GROUND,
    RAISED,
    STRUCK,
    TINY,
    TINY_POINTS,
    TWICE,
    LeftOut,
    apart,
    close_colours,
    raised,
)

__all__ = ["CellLooks", "Part", "boxes", "changing", "crossed", "parts_of", "rich_strings", "seen"]

WHITE, BLACK = (255.0, 255.0, 255.0), (0.0, 0.0, 0.0)
_SHIFTS = {"superscript": 1, "subscript": -1}
_INDEXED = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK, 65: WHITE}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a cell's text: why it is not seen ("" where it is), and whether it is raised (1) or lowered (-1)."""

    text: str
    unseen: str = ""
    shift: int = 0


@dataclass(slots=True)
class CellLooks:
    """What the style of a cell says of its text, worked out once a style.

    ``styled`` is true where a table's style, which is not followed, may lie behind the cells.
    """

    styled: bool = False
    _known: dict[int, tuple[str, int]] = field(default_factory=dict)

    def of(self, cell) -> tuple[str, int]:
        """Why nothing of a cell is seen, or "", and whether it is all raised or lowered."""
        if cell._style_id not in self._known:
            self._known[cell._style_id] = self._look(cell)
        return self._known[cell._style_id]

    def on_white(self, cell) -> bool:
        """Whether white is behind a cell's text."""
        return self._ground(cell.fill) == WHITE

    def _look(self, cell) -> tuple[str, int]:
        font = cell.font
        if font.strike:
            return STRUCK, 0
        if font.sz is not None and font.sz <= TINY_POINTS:
            return TINY, 0
        if cell.alignment.horizontal == "fill":  # 1 is shown as 1111
            return TWICE, 0
        colour, ground = _colour(font.color), self._ground(cell.fill)
        if colour and ground and close_colours(colour, ground):
            return GROUND, 0
        return "", _SHIFTS.get(font.vertAlign or "", 0)

    def _ground(self, fill) -> tuple[float, ...] | None:
        if getattr(fill, "patternType", "gradient") is None:
            return None if self.styled else WHITE
        return _colour(fill.fgColor) if getattr(fill, "patternType", "") == "solid" else None


def _colour(colour) -> tuple[float, ...] | None:
    """A colour of the library, None where it is not known."""
    if colour is None:
        return None
    plain = None
    if colour.type == "rgb":
        plain = _rgb(colour.rgb)
    elif colour.type == "theme":
        plain = {0: WHITE, 1: BLACK}.get(colour.theme)
    elif colour.type == "indexed":
        plain = _INDEXED.get(colour.indexed)
    return _tinted(plain, colour.tint) if plain and colour.tint else plain


def _tinted(colour: tuple[float, ...], tint: float) -> tuple[float, ...]:
    """A colour made lighter (to 1) or darker (to -1)."""
    to = WHITE if tint > 0 else BLACK
    share = min(1.0, abs(tint))
    return tuple(one * (1 - share) + other * share for one, other in zip(colour, to, strict=True))


def crossed(cell) -> bool:
    """Whether a line is drawn through a cell from corner to corner."""
    line = cell.border.diagonal
    return bool(cell.border.diagonalUp or cell.border.diagonalDown) and line is not None and bool(line.style)


def _rgb(value: object) -> tuple[float, ...] | None:
    if not isinstance(value, str) or len(value) not in (6, 8):
        return None
    try:
        return tuple(float(int(value[-6:][i : i + 2], 16)) for i in (0, 2, 4))
    except ValueError:
        return None


def changing(book) -> set[int]:
    """The styles of conditions that hide, strike out or change what is shown, by number."""
    found = set()
    for number, style in enumerate(book._differential_styles.styles):
        font = style.font
        colour = _colour(font.color) if font is not None else None
        gone = font is not None and bool(font.strike)
        fill = _colour(style.fill.bgColor) if style.fill is not None else None
        gone = gone or (fill is not None and close_colours(fill, BLACK))
        if style.numFmt is not None or gone or (colour is not None and close_colours(colour, WHITE)):
            found.add(number)
    return found


def boxes(parts: zipfile.ZipFile, path: Path) -> Iterator[str]:
    """The words of the text boxes that lie over cells."""
    for name in parts.namelist():
        if name.startswith("xl/drawings/drawing") and name.endswith(".xml"):
            for event, element in part(parts, name, path):
                if event == "end" and name_of(element) == "txBody":
                    yield "".join(element.itertext("{*}t"))


def rich_strings(parts: zipfile.ZipFile, path: Path) -> dict[int, tuple[Part, ...]]:
    """Of the texts that a book keeps in one place, those with parts that look different, by number."""
    name = "xl/sharedStrings.xml"
    if name not in parts.namelist() or not _has_looks(parts, name, path):
        return {}
    found, number = {}, 0
    for event, element in part(parts, name, path):
        if event == "end" and name_of(element) == "si":
            pieces = parts_of(element)
            if any(piece.unseen or piece.shift for piece in pieces):
                found[number] = pieces
            number += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return found


def _has_looks(parts: zipfile.ZipFile, name: str, path: Path) -> bool:
    """Whether a part speaks of strokes, raised print, sizes or colours at all; most do not."""
    last = b""
    for data in chunks(parts, name, path):
        if any(word in last + data for word in (b"strike", b"vertAlign", b"sz ", b"color")):
            return True
        last = data[-20:]
    return False


def parts_of(element: etree._Element) -> tuple[Part, ...]:
    """The parts of a text with fonts of their own."""
    return tuple(_parts(element))


def _parts(element: etree._Element) -> Iterator[Part]:
    for inner in element:
        if name_of(inner) == "t":
            yield Part(unescaped(inner.text or ""))
        elif name_of(inner) == "r":
            text = child(inner, "t")
            yield _part(child(inner, "rPr"), "" if text is None else unescaped(text.text or ""))


def _part(font: etree._Element | None, text: str) -> Part:
    if font is None:
        return Part(text)
    strike, size, colour = child(font, "strike"), attribute(child(font, "sz")), child(font, "color")
    if strike is not None and attribute(strike) not in ("0", "false"):
        return Part(text, STRUCK)
    if size and size.replace(".", "", 1).isdecimal() and float(size[:8]) <= TINY_POINTS:
        return Part(text, TINY)
    white = attribute(colour, "theme") == "0" and not attribute(colour, "tint")
    shown = WHITE if white else _rgb(attribute(colour, "rgb"))
    if shown is not None and close_colours(shown, WHITE):
        return Part(text, GROUND)
    return Part(text, "", _SHIFTS.get(attribute(child(font, "vertAlign")) or "", 0))


def seen(parts: tuple[Part, ...], left: LeftOut, on_white: bool = True) -> str:
    """What is read of a cell's text; what is not is counted. White parts are only unseen on white."""
    text, cut = "", False
    for piece in parts:
        kept = piece.text
        if piece.unseen and (on_white or piece.unseen != GROUND):
            left.add(piece.unseen, kept)
            kept = ""
        elif piece.shift and kept.strip():
            kept = raised(kept, text, piece.shift < 0)
            if not kept:
                left.add(RAISED, piece.text)
        text += (GAP if cut and apart(text, kept) else "") + kept
        cut = not kept or (cut and not kept.strip())
    return text
