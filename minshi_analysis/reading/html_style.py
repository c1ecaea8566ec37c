"""How a page's style sheets and attributes say what is seen, struck out, raised or hidden.

Style sheets inside the page are followed (selectors by cssselect, rules by tinycss2); those it only links to are not
there to be read. Of the properties only those count that decide whether a text is seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree
from tinycss2 import color4
from tinycss2.color3 import parse_color

from minshi_analysis.reading.html_rules import inline, on_screen, rarest, rules, selectors
from minshi_analysis.reading.visible import (
    GROUND,
    HIDDEN,
    OFF_PAGE,
    STRUCK,
    TINY,
    TINY_POINTS,
    close_colours,
)

__all__ = ["GONE", "Look", "Styles"]

MAX_SHEET = 500_000  # characters of style sheets that are followed
_SMALL = 0.8  # of the print around it
MAX_INLINE = 5_000  # characters of a style attribute
MAX_STEPS = 20_000_000  # steps of rules times elements, as far as rules can apply at all
_READERS_ONLY = frozenset(
    (
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "screen-reader-only",
        "a11y-hidden",
    )
)
_STRUCK = frozenset(("del", "s", "strike"))
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|r?em|%|ex|ch|cm|mm|in|pc|vw|vh)?$")
_PIXELS = {
    "px": 1.0,
    "": 1.0,
    "pt": 4 / 3,
    "cm": 37.8,
    "mm": 3.78,
    "in": 96.0,
    "pc": 16.0,
    "vw": 10.0,
    "vh": 8.0,
}
_FAR = -500.0  # pixels
_CLEAR = 0.05  # opacity
_GROUND_AS_PRINT = re.compile(r"\bcurrentcolor\b")
_PHRASES = frozenset(
    ["a", "b", "big", "em", "font", "i", "ins", "label", "mark", "small", "span", "strong", "tt", "u"]
)
_FIGURES = re.compile(
    r"(?<!\\)(?<!\\[0-9a-f])(?<!\\[0-9a-f]{2})(?<!\\[0-9a-f]{3})\d|counter|attr"
)  # not of an icon: \e601
_SIGNS = re.compile(
    r"[-−－±/亿万千百十%％‰〇零一二三四五六七八九]"
)  # they change the number that they stand beside
_FADED = re.compile(r"opacity\(\s*0?(\.0\d*)?%?\s*\)|blur\(\s*([5-9]|\d\d)")
_TURNED = re.compile(r"rotate[xyz]?\(\s*-?(1[3-9]\d|2[0-2]\d)deg|scale[xy]?\([^)]*-|matrix\(\s*-")
_TRANSLATED = re.compile(r"translate\w*\(([^)]*)\)")
_CLIPPED = re.compile(
    r"rect\(\s*[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?\s*\)"
    r"|inset\(\s*(50|100)%|circle\(\s*0|polygon\((?:\s*0(?:px|%)?[\s,]*)+\)|scale\w?\(\s*0\s*[,)]"
)

Said = Mapping[str, str]  # attributes of an element, or properties of its style
# The attributes beside ``style`` that say how an element looks.
_SAY_LOOKS = frozenset(("background", "bgcolor", "class", "color", "dir", "hidden", "open", "popover"))

GONE = "gone"  # not displayed at all: it takes no place either


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks at a place of the page.

    ``gone`` is why nothing inside is seen whatever it says of itself (see `visible`), or ""; ``raised`` is 1 for
    raised, -1 for lowered. ``ground`` is None where the page does not say what lies behind the text.
    """

    gone: str = ""
    hidden: bool = False
    raised: int = 0
    turned: bool = False  # printed from right to left, upside down, one over the other: in another way than it stands here
    shifted: bool = False  # printed elsewhere in its line than it stands here
    opacity: float = 1.0
    size: float = 16.0
    colour: tuple[float, ...] | None = (0.0, 0.0, 0.0)
    ground: tuple[float, ...] | None = (255.0, 255.0, 255.0)

    @property
    def unseen(self) -> str:
        """The kind of what is not read, or "" where the text is seen."""
        if self.gone:
            return self.gone
        if self.hidden:
            return HIDDEN
        if self.size <= TINY_POINTS * 4 / 3:
            return TINY
        if self.colour is None:
            return ""
        transparent = len(self.colour) > 3
        return GROUND if transparent or (self.ground and close_colours(self.colour, self.ground)) else ""


class Styles:
    """The style sheets of one page.

    Parameters
    ----------
    root : etree._Element
    warn : callable
        Is told what is not followed.
    """

    def __init__(self, root: etree._Element, warn: Callable[[str], None]) -> None:
        self._declared: dict[etree._Element, dict[str, tuple[tuple, str]]] = {}
        self.printed: set[etree._Element] = set()  # before or in these a sheet prints figures of its own
        self._linked = False
        sheets = []
        for element in root.iter("style", "link"):
            if element.tag == "link":
                self._linked |= "stylesheet" in (element.get("rel") or "").lower()
            elif on_screen(element.get("media") or ""):
                sheets.append("".join(element.itertext()))
        if sum(map(len, sheets)) > MAX_SHEET:
            warn(
                f"style sheets of more than {MAX_SHEET:,} characters are not followed: hidden text may be read"
            )
        elif sheets:
            self._follow(root, "\n".join(sheets), warn)

    def _follow(self, root: etree._Element, text: str, warn: Callable[[str], None]) -> None:
        found_rules = [rule for rule in rules(text) if rule[1]]
        if not found_rules:
            return
        names: Counter[str] = Counter()
        count = widest = 0
        for element in root.iter(etree.Element):
            count += 1
            widest = max(widest, len(element))
            names[element.tag] += 1
            if element.attrib:
                names.update(f".{name}" for name in (element.get("class") or "").split())
                names[f"#{element.get('id')}"] += 1
        steps = 0
        for order, (asked, declared) in enumerate(found_rules):
            for selector, weight, generated in selectors(asked, names):
                said = declared.get("content", ("", False))[0]
                if generated and not (_FIGURES.search(said) or _SIGNS.search(said)):
                    continue
                parts = selector.count("/") + selector.count("::")
                beside = selector.count("following-sibling::")
                steps += count * parts + beside * min(count, rarest(asked, names, count)) * widest
                if steps > MAX_STEPS:
                    warn("the page's style sheets are too many to be followed: hidden text may be read")
                    return
                found = root.xpath(selector)
                steps += 10 * len(found)  # each is written down
                if generated:
                    plain = _FIGURES.search(said)
                    self.printed.update(each for each in found if plain or _is_number(each))
                    continue
                for element in found:
                    mine = self._declared.setdefault(element, {})
                    for name, (value, important) in declared.items():
                        rank = (important, weight, order)
                        if name not in mine or mine[name][0] <= rank:
                            mine[name] = (rank, value)

    def look(self, tag: str, element: etree._Element, around: Look) -> Look | str:
        """How text looks inside an element that stands in a place of some look; `GONE` where it is not displayed."""
        if not element.attrib and element not in self._declared:
            if tag in _STRUCK:
                return replace(around, gone=around.gone or STRUCK)
            if tag in ("sup", "sub"):
                return replace(around, raised=1 if tag == "sup" else -1)
            if tag in ("rt", "rp"):
                return replace(around, gone=around.gone or HIDDEN)
            return GONE if tag == "dialog" else around
        said = {name: value for name, value in element.items() if name in _SAY_LOOKS}
        named = self._linked and bool(element.get("class") or element.get("id"))
        return _look(tag, tuple(said.items()), tuple(self._of(element).items()), around, named)

    def _of(self, element: etree._Element) -> dict[str, str]:
        found = self._declared.get(element, {})
        style = {name: value for name, (_, value) in found.items()}
        said = element.get("style")
        if said:
            for name, (value, important) in inline(said[:MAX_INLINE]).items():
                if important or name not in found or not found[name][0][0]:
                    style[name] = value
        return style


@lru_cache(1024)  # a page says the same of a thousand cells
def _look(
    tag: str,
    said: tuple[tuple[str, str], ...],
    styled: tuple[tuple[str, str], ...],
    around: Look,
    named: bool,
) -> Look | str:
    """How text looks inside an element with these attributes and this style.

    ``named`` says that a sheet that is not there may know the element by its class or id.
    """
    element, style = dict(said), dict(styled)
    if _is_gone(tag, element, style):
        return GONE
    visibility = style.get("visibility")
    opacity = (
        around.opacity
        * _amount(style.get("opacity", ""), 1.0)
        / (100 if "%" in style.get("opacity", "") else 1)
    )
    size = _size(style.get("font-size", ""), around.size)
    colour = _colour(tag, element, style, around.colour)
    ground = style.get("background-color") or style.get("background") or ""
    as_print = _GROUND_AS_PRINT.search(ground)
    return Look(
        gone=around.gone or _gone(tag, element, style) or (HIDDEN if opacity <= _CLEAR else ""),
        hidden=visibility in ("hidden", "collapse") if visibility else around.hidden,
        raised=_moved(style, size, around)
        or _shift(tag, style.get("vertical-align") or style.get("font-variant-position", ""), around.raised),
        turned=around.turned or _is_turned(tag, element, style),
        shifted=_is_shifted(tag, style),
        opacity=opacity,
        size=size,
        colour=colour,
        ground=colour if as_print else _ground(element, style, around.ground, named),
    )


def _colour(tag: str, element: Said, style: Said, around):
    said = style.get("-webkit-text-fill-color") or style.get("color")
    said = said or (element.get("color") if tag == "font" else None)
    return around if not said or said in ("inherit", "currentcolor") else _rgb(said)


def _ground(element: Said, style: Said, around, named: bool):
    if element.get("background") or style.get("background-image", "none") not in ("none", "initial"):
        return None
    said = style.get("background-color") or style.get("background") or element.get("bgcolor")
    if not said:  # a class may be given a ground by a sheet that is not there
        return None if named else around
    if re.search(r"url\(|gradient|var\(", said):
        return None
    if said.startswith(("hwb(", "lab(", "lch(", "oklab(", "oklch(", "color(")):
        return _rgb(said)
    parts = [said] if "(" in said else said.split()
    colours = [colour for part in parts if (colour := parse_color(part)) is not None]
    if not colours or colours[0] == "currentColor":
        return around
    return around if colours[0].alpha < 0.1 else _rgb(said if "(" in said else parts[0], colours[0])


def _is_gone(tag: str, element: Said, style: Said) -> bool:
    display = style.get("display")
    if display:
        return display == "none"
    if element.get("hidden") is not None or style.get("mso-hide") == "all":
        return True
    if tag == "tr" and style.get("visibility") in ("hidden", "collapse"):  # a row without anything in it
        return True
    return (tag == "dialog" and element.get("open") is None) or element.get("popover") is not None


def _gone(tag: str, element: Said, style: Said) -> str:
    """Why nothing in an element is seen, or ""."""
    decoration = style.get("text-decoration-line") or style.get("text-decoration")
    if "line-through" in decoration if decoration else tag in _STRUCK:
        return STRUCK
    if tag in ("rt", "rp") or style.get("content-visibility") == "hidden":
        return HIDDEN
    if _FADED.search(style.get("filter", "")):
        return HIDDEN
    if _is_flat(style):
        return TINY
    return OFF_PAGE if _is_off(style) or _is_for_readers(element, style) else ""


def _is_flat(style: Said) -> bool:
    """Whether an element's box has no room and shows nothing beyond it."""
    if _CLIPPED.search(style.get("clip", "") + style.get("clip-path", "") + style.get("transform", "")):
        return True
    if any(_NUMBER.match(said := style.get(name, "")) and _share(said) <= 0.1 for name in ("zoom", "scale")):
        return True
    if not style.get("overflow", "").startswith(("hidden", "clip")):
        return False
    flat = ("width", "height", "max-width", "max-height", "line-height")
    return any(_amount(style.get(name, ""), 99.0) <= (1 if name != "line-height" else 0) for name in flat)


def _is_off(style: Said) -> bool:
    """Whether an element or its first line is put beyond the page's edge."""
    if style.get("position") in ("absolute", "fixed"):
        for name in ("left", "top", "right", "bottom"):
            said = style.get(name, "")
            if _amount(said, 0.0) <= _FAR or (said.endswith("%") and _amount(said, 0.0) <= -100):
                return True
    if moved := _TRANSLATED.search(style.get("transform", "")):
        return any(_amount(part.strip(), 0.0) <= _FAR for part in moved[1].split(","))
    return any(_amount(style.get(n, ""), 0.0) <= _FAR for n in ("text-indent", "margin-left", "margin-top"))


def _moved(style: Said, size: float, around: Look) -> int:
    """Whether small print is put above or below its line by its place."""
    if style.get("position") != "relative" or size > _SMALL * around.size:
        return 0
    up = _amount(style.get("bottom", ""), 0.0) - _amount(style.get("top", ""), 0.0)
    return 1 if up >= 2 else -1 if up <= -2 else 0


def _is_turned(tag: str, element: Said, style: Said) -> bool:
    """Whether the characters are not printed one beside the other as they stand here, digits too."""
    if _TURNED.search(f"{style.get('transform', '')} rotate({style.get('rotate', '')})"):
        return True
    if tag in _PHRASES and style.get("order", "0") != "0":
        return True
    if (
        style.get("-webkit-text-security", "none") != "none"
        or _amount(style.get("letter-spacing", ""), 0.0) <= -6
    ):
        return True
    direction = style.get("direction") or (element.get("dir") or "").lower()
    return direction == "rtl" and (tag == "bdo" or "override" in style.get("unicode-bidi", ""))


def _is_shifted(tag: str, style: Said) -> bool:
    """Whether a phrase is put elsewhere than between those that it stands between here."""
    if tag not in _PHRASES:
        return False
    placed = style.get("position") in ("absolute", "fixed") or style.get("float", "none") in ("left", "right")
    return placed or _amount(style.get("margin-left", ""), 0.0) < -2


def _share(said: str) -> float:
    return _amount(said, 1.0) / (100 if said.endswith("%") else 1)


def _is_number(element: etree._Element) -> bool:
    """Whether an element holds a number, and not a line that begins with one."""
    return bool(re.fullmatch(r"\s*\d[\d.,]*\D{0,3}\s*", "".join(element.itertext())[:40]))


def _is_for_readers(element: Said, style: Said) -> bool:
    """Whether the class is one for programs that read aloud, and no sheet here says how it looks."""
    return "position" not in style and not _READERS_ONLY.isdisjoint((element.get("class") or "").split())


def _amount(said: str, otherwise: float) -> float:
    """A length in pixels, or a bare number."""
    match = _NUMBER.match(said)
    if not match:
        return otherwise
    unit = match[2] or ""
    return float(match[1]) * (1.0 if unit == "%" else _PIXELS.get(unit, 16.0))


def _size(said: str, around: float) -> float:
    match = _NUMBER.match(said)
    if not match:
        return (
            max(around, 13.0)
            if said in ("smaller", "larger") or said.endswith(("small", "medium", "large"))
            else around
        )
    if match[2] in ("em", "%", "ex"):
        return around * float(match[1]) / (100 if match[2] == "%" else 1)
    return _amount(said, around)


def _shift(tag: str, said: str, around: int) -> int:
    if tag in ("sup", "sub"):
        return 0 if said == "baseline" else 1 if tag == "sup" else -1
    if not said or tag in ("td", "th", "tr", "tbody", "thead", "table", "img"):
        return around
    if said in ("super", "sub"):
        return 1 if said == "super" else -1
    amount = _amount(said, 0.0) if _NUMBER.match(said) else 0.0
    return 1 if amount >= 2 else -1 if amount <= -2 else around


def _rgb(said: str, colour=None) -> tuple[float, ...] | None:
    """Red, green and blue to 255; four numbers for what is transparent, None for what is not known."""
    colour = parse_color(said) if colour is None else colour
    if colour is None:  # newer ways to say it
        newer = color4.parse_color(said)
        if newer is not None and newer != "currentcolor":
            if newer.space in ("lab", "lch", "oklab", "oklch"):  # of these only white is known
                white = newer.coordinates[0] >= (0.98 if newer.space.startswith("ok") else 98)
                return (255.0, 255.0, 255.0) if white else None
            colour = newer.to("srgb")
    if colour is None or colour == "currentColor":
        return None
    channels = tuple(255 * part for part in colour[:3])
    return (*channels, 0.0) if colour.alpha < 0.05 else channels
