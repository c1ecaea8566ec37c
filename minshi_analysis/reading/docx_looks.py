"""How a run of a Word file looks: what its own properties, its styles and its ground say of whether it is seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from minshi_analysis.reading.ooxml import attribute, child, name_of
from minshi_analysis.reading.visible import GROUND, HIDDEN, OFF_PAGE, STRUCK, TINY, TINY_POINTS, close_colours

__all__ = ["Look", "Looks", "ground_of", "is_crossed", "is_dropped", "is_flat", "out_of_sight", "symbol"]

WHITE = (255.0, 255.0, 255.0)
_DEPTH = 20  # styles may be based on each other in a ring
_NARROW = 5  # hundredths of a character's width: nobody reads it
_MARKERS = {
    "black": (0.0, 0.0, 0.0),
    "white": WHITE,
    "yellow": (255.0, 255.0, 0.0),
    "green": (0.0, 255.0, 0.0),
    "cyan": (0.0, 255.0, 255.0),
    "magenta": (255.0, 0.0, 255.0),
    "blue": (0.0, 0.0, 255.0),
    "red": (255.0, 0.0, 0.0),
    "darkBlue": (0.0, 0.0, 128.0),
    "darkRed": (128.0, 0.0, 0.0),
    "darkGray": (128.0, 128.0, 128.0),
    "lightGray": (192.0, 192.0, 192.0),
}
_FAR = -9000  # twentieths of a point
_PRESSED = -60  # twentieths of a point between characters: they lie over each other
_PICTURES = re.compile(
    r"(?:wing|web)dings|marlett|zapf", re.I
)  # fonts that draw signs for letters and digits
# What the font Symbol draws at places of its own; Wingdings has its numbers in circles.
_SYMBOLS = {0x2D: "−", 0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"}
_RAISED = {"superscript": 1, "subscript": -1, "baseline": 0}


@dataclass(frozen=True, slots=True)
class Look:
    """What properties say; None where they say nothing. ``ground`` is of a shading, "?" of one that is not known."""

    struck: bool | None = None
    hidden: bool | None = None
    raised: int | None = None
    size: float | None = None  # points
    lifted: float | None = None  # points above the line
    colour: tuple[float, ...] | None = None
    ground: tuple[float, ...] | str | None = None
    symbols: bool | None = None  # in a font that draws signs for letters and digits
    pressed: bool | None = None  # characters lie over each other
    out: str | None = None  # why nobody sees the paragraph

    def over(self, below: Look) -> Look:
        """This look where it says something, else the one below."""
        said = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) is not None}
        return replace(below, **said) if said else below

    @property
    def unseen(self) -> str:
        """The kind of what is not read (see `visible`), or ""."""
        if self.hidden or self.out:
            return self.out or HIDDEN
        if self.struck:
            return STRUCK
        if self.size is not None and self.size <= TINY_POINTS:
            return TINY
        ground = self.ground or WHITE
        same = self.colour is not None and not isinstance(ground, str) and close_colours(self.colour, ground)
        return GROUND if same else ""


PLAIN = Look()


@dataclass(slots=True)
class Looks:
    """The looks that a document's styles give."""

    styles: dict[str, tuple[str, Look]] = field(
        default_factory=dict
    )  # id -> what it is based on, its own look
    shaded: set[str] = field(default_factory=set)  # table styles that shade cells in some way

    @classmethod
    def of(cls, styles: Sequence[etree._Element]) -> Looks:
        """The looks of the styles that a Word file defines."""
        made = cls()
        for element in styles:
            name = attribute(element, "styleId") or ""
            own = look_of(child(element, "rPr")).over(Look(ground=ground_of(child(element, "pPr"))))
            made.styles[name] = (attribute(child(element, "basedOn")) or "", own)
            if attribute(element, "type") == "table" and next(element.iter("{*}shd"), None) is not None:
                made.shaded.add(name)
        return made

    def named(self, style: str | None) -> Look:
        """The look that a style gives, with those it is based on."""
        look = PLAIN
        for _ in range(_DEPTH):
            if not style or style not in self.styles:
                break
            style, own = self.styles[style]
            look = look.over(own)
        return look

    def run(self, properties: etree._Element | None, around: Look) -> Look:
        """The look of a run in a paragraph of some look."""
        if properties is None or not len(properties):
            return around
        own = look_of(properties)
        style = attribute(child(properties, "rStyle"))
        below = self.named(style).over(around) if style else around
        return own.over(below) if own is not PLAIN else below

    def shades(self, style: str | None) -> bool:
        """Whether a table's style shades cells: which of them, it would take Word to say."""
        for _ in range(_DEPTH):
            if style in self.shaded:
                return True
            style = self.styles.get(style or "", ("", PLAIN))[0]
        return False


def look_of(properties: etree._Element | None) -> Look:
    """What a run's or a style's own properties say."""
    said: dict = {}
    for element in () if properties is None else properties:
        name, value = name_of(element), attribute(element)
        if name in ("strike", "dstrike"):
            said["struck"] = said.get("struck", False) or _is_on(value)
        elif name in ("vanish", "specVanish"):
            said["hidden"] = said.get("hidden", False) or _is_on(value)
        elif name == "vertAlign":
            said["raised"] = _RAISED.get(value or "", 0)
        elif name in ("sz", "position") and (value or "").lstrip("-").isdecimal():
            said["size" if name == "sz" else "lifted"] = int(value[:6]) / 2
        elif name == "color":
            said["colour"] = _colour(element, value)
        elif name == "rFonts":
            said["symbols"] = bool(_PICTURES.search(attribute(element, "ascii") or ""))
        elif name == "spacing" and (value or "").startswith("-") and value[1:].isdecimal():
            said["pressed"] = int(value[:7]) <= _PRESSED
        elif name == "textFill":  # what newer programs fill letters with
            if child(element, "noFill") is not None:
                said["hidden"] = True
            elif (filled := _rgb(attribute(child(child(element, "solidFill"), "srgbClr")))) is not None:
                said["colour"] = filled
        elif name == "w" and (value or "").isdecimal() and int(value[:4]) <= _NARROW:
            said["size"] = 0.0
    ground = ground_of(properties)
    if ground is not None:
        said["ground"] = ground
    return Look(**said) if said else PLAIN


def ground_of(properties: etree._Element | None) -> tuple[float, ...] | str | None:
    """The shading in some properties: a colour, "?" for a pattern, None for none."""
    marker = attribute(child(properties, "highlight")) if properties is not None else None
    if marker not in (None, "none"):
        return _MARKERS.get(marker, "?")
    shading = child(properties, "shd") if properties is not None else None
    if shading is None:
        return None
    if attribute(shading) not in (None, "clear", "nil"):
        return "?"
    return _rgb(attribute(shading, "fill"))


def is_flat(row: etree._Element | None) -> bool:
    """Whether a table's row is given no height to show anything in."""
    height = child(row, "trHeight") if row is not None else None
    value = attribute(height) or ""
    return attribute(height, "hRule") == "exact" and value.isdecimal() and int(value[:6]) <= 20 * TINY_POINTS


def out_of_sight(paragraph: etree._Element | None) -> str:
    """Why nobody sees a paragraph: its lines have no height, or it stands beyond the page's edge; else ""."""
    if paragraph is None:
        return ""
    lines, frame, indent = (child(paragraph, name) for name in ("spacing", "framePr", "ind"))
    height = attribute(lines, "line") or ""
    if attribute(lines, "lineRule") == "exact" and height.isdecimal() and int(height[:6]) <= 20 * TINY_POINTS:
        return TINY
    said = [attribute(frame, name) for name in ("x", "y")] + [attribute(indent, n) for n in ("left", "start")]
    far = any(re.fullmatch(r"-\d{4,7}", value or "") and int(value) <= _FAR for value in said)
    return OFF_PAGE if far else ""


def is_crossed(cell: etree._Element | None) -> bool:
    """Whether a line is drawn through a table's cell from corner to corner."""
    borders = child(cell, "tcBorders")
    lines = (attribute(child(borders, name)) for name in ("tl2br", "tr2bl"))
    return any(line not in (None, "nil", "none") for line in lines)


def is_dropped(paragraph: etree._Element | None) -> bool:
    """Whether a paragraph is the large first letters of the next one."""
    return attribute(child(paragraph, "framePr"), "dropCap") in ("drop", "margin")


def symbol(element: etree._Element) -> str:
    """A character from a symbol font; those without a meaning outside the font are left out."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    font, place = (attribute(element, "font") or "").lower(), code & 0xFF
    if font == "symbol" and (code < 0x100 or 0xF000 <= code <= 0xF0FF):
        return chr(place) if chr(place) in "0123456789.,%+/()" else _SYMBOLS.get(place, "")
    if font == "wingdings" and 0x81 <= place <= 0x8A:
        return chr(ord("①") + place - 0x81)
    return "" if 0xE000 <= code <= 0xF8FF or code > 0x10FFFF or _PICTURES.search(font) else chr(code)


def _is_on(value: str | None) -> bool:
    return value not in ("0", "false", "off")


def _colour(element: etree._Element, value: str | None) -> tuple[float, ...] | None:
    """A colour that is said, or the paper's where a theme says so."""
    changed = attribute(element, "themeShade") or attribute(element, "themeTint")
    if attribute(element, "themeColor") in ("background1", "light1") and not changed:
        return WHITE
    return _rgb(value)


def _rgb(value: str | None) -> tuple[float, ...] | None:
    if value is None or len(value) != 6:
        return None
    try:
        return tuple(float(int(value[i : i + 2], 16)) for i in (0, 2, 4))
    except ValueError:
        return None
