"""What a reader of the page sees, the same for every format; each format's reader says where it stands.

Not read, and told in the document's warnings:

- what is struck out: it was taken back. Where it stood between two digits, these stay apart;
- raised and lowered marks: a note's number is no digit of the figure before it. What belongs to a unit or a
  name stays: m², km³, PM2.5, CO2, 10⁴;
- what is hidden: not displayed, of no size, in the colour of its ground, off the page, under a cover, printed twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

__all__ = [
    "COVERED",
    "DRAWN",
    "GAP",
    "GROUND",
    "HIDDEN",
    "OFF_PAGE",
    "OVER",
    "OVERLAID",
    "RAISED",
    "STRUCK",
    "TINY",
    "TWICE",
    "LeftOut",
    "apart",
    "close_colours",
    "raised",
    "without_overlays",
]

STRUCK = "struck out"
RAISED = "raised or lowered marks"
HIDDEN = "not displayed"
GROUND = "in the colour of their ground"
TINY = "of no size"
OFF_PAGE = "off the page"
COVERED = "under a cover"
TWICE = "printed twice"
OVER = "printed over each other"
DRAWN = "in formulas, fields or drawings"

# Stands where something between two parts of a number was taken out or could not be read: it is no number then.
GAP = "\ufffc"

TINY_POINTS = 2.0  # print of that size or below is not read by anyone
_NEAR = 20  # of 255: colours that differ by no more are one to the eye
_SAMPLES = 3
_SCALES = frozenset("百千万亿.,%")
_OVERLAYS = "\u0335\u0336\u0337\u0338"  # strokes that are typed over the character before them
OVERLAID = re.compile(f"(?:[^\\s{_OVERLAYS}][{_OVERLAYS}]+)+")
_UNIT = re.compile(r"(?:^|[^A-Za-z])[kdcmh]?m$|㎞$|米$|㎜$|㎝$")
_POWER = re.compile(r"[×xX*·]\s?10$")
_HIGH = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(slots=True)
class LeftOut:
    """Counts what is not read, kind by kind, with the first of each.

    Examples
    --------
    >>> left = LeftOut()
    >>> left.add(STRUCK, "1000")
    >>> left.add(STRUCK, " ")
    >>> left.sentences()
    ['1 place is struck out and not read: 1000']
    """

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, text: str) -> None:
        """Note a text that is not read; blank ones do not count."""
        text = " ".join(text.split())
        if not text:
            return
        self.counts[kind] += 1
        samples = self.samples.setdefault(kind, [])
        if len(samples) < _SAMPLES and text[:20] not in samples:
            samples.append(text[:20])

    def add_runs(self, kinds: Iterable[tuple[str, str]]) -> None:
        """Note characters in their order, each with its kind ("" where it is read): neighbours are one place."""
        for kind, run in groupby(kinds, key=itemgetter(0)):
            if kind:
                self.add(kind, "".join(text for _, text in run))

    def sentences(self) -> list[str]:
        """One sentence a kind."""
        said = []
        for kind, count in self.counts.items():
            some = "; ".join(self.samples[kind]) + (" …" if count > len(self.samples[kind]) else "")
            if kind == RAISED:
                said.append(f"{count} {kind} {'is' if count == 1 else 'are'} not read: {some}")
            else:
                said.append(
                    f"{count} {'place is' if count == 1 else 'places are'} {kind} and not read: {some}"
                )
        return said


def raised(text: str, before: str, lowered: bool = False) -> str:
    """What is read of a raised or lowered text; a mark gives "".

    Parameters
    ----------
    text : str
    before : str
        What stands before it on its line.
    lowered : bool
        Whether it is lowered.

    Examples
    --------
    >>> raised("2", "新增绿地3000m"), raised("1", "1200"), raised("2.5", "PM", lowered=True), raised("4", "3×10")
    ('²', '', '2.5', '⁴')
    """
    bare = text.strip()
    if not re.search(r"\d", bare):
        # Words in small print are words; a star, a bracket or a circled number is a mark.
        return text if re.search(r"[^\W\d_]{2}", bare) and not bare.startswith("注") else ""
    if lowered:
        return bare if re.search(r"[A-Za-z]$", before) and re.fullmatch(r"[\d.]+", bare) else ""
    if bare in ("2", "3") and _UNIT.search(before):
        return bare.translate(_HIGH)
    if re.fullmatch(r"[-+−]?\d{1,2}", bare) and _POWER.search(before):
        return bare.translate(_HIGH)
    return ""


def apart(before: str, after: str, stands: bool = False) -> bool:
    """Whether two texts between which something was taken out would run into one number.

    Parameters
    ----------
    before, after : str
    stands : bool
        Whether something stands there that is not read, as a picture: it may be a digit or a fraction.

    Examples
    --------
    >>> apart("停车位100", "300个"), apart("停车位", "300个"), apart("1", "万个"), apart("1", "万个", stands=True)
    (True, False, False, True)
    """
    return before[-1:].isdecimal() and (after[:1].isdecimal() or (stands and after[:1] in _SCALES))


def close_colours(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """Whether two colours (red, green, blue from 0 to 255) are one to the eye.

    Examples
    --------
    >>> close_colours((255, 255, 255), (250, 250, 245)), close_colours((0, 0, 0), (255, 255, 255))
    (True, False)
    """
    return abs(a[0] - b[0]) <= _NEAR and abs(a[1] - b[1]) <= _NEAR and abs(a[2] - b[2]) <= _NEAR


def without_overlays(text: str, left: LeftOut) -> str:
    """A text without the characters that have a stroke typed over them.

    Examples
    --------
    >>> without_overlays("1\\u03360\\u03360\\u0336800个", LeftOut())
    '800个'
    """
    if not any(mark in text for mark in _OVERLAYS):
        return text
    return "".join(_kept(text, left))


def _kept(text: str, left: LeftOut) -> Iterator[str]:
    end = 0
    for match in OVERLAID.finditer(text):
        left.add(STRUCK, re.sub(f"[{_OVERLAYS}]", "", match[0]))
        yield text[end : match.start()]
        if apart(text[end : match.start()], text[match.end() : match.end() + 1]):
            yield GAP
        end = match.end()
    yield text[end:]
