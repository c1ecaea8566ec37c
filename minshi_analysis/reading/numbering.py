"""Word's automatic numbers and heading levels, which stand in the styles and not in the text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from minshi_analysis.reading.numerals import numeral
from minshi_analysis.reading.ooxml import attribute, child, elements, name_of

__all__ = ["Numbering"]


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _Style:
    based_on: str = ""
    heading: int = 0
    list_id: str = ""
    level: int = 0


@dataclass(slots=True)
class Numbering:
    """Counts a document's lists as Word does; one object reads one document from start to end."""

    styles: dict[str, _Style] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # list id -> its definition
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # definition -> levels
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)  # list id -> level -> first number
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        parts: zipfile.ZipFile,
        folder: str,
        names: Collection[str],
        path: Path,
        styles: Sequence[etree._Element],
    ) -> Numbering:
        """The numbering that a Word file defines; a file without styles or lists has an empty one."""
        made = cls()
        for element in styles:
            made._add_style(element)
        if f"{folder}/numbering.xml" in names:
            for element in elements(parts, f"{folder}/numbering.xml", path, "abstractNum", "num"):
                if name_of(element) == "abstractNum":
                    made.levels[_value(element, "abstractNumId")] = _levels(element)
                else:
                    made._add_list(element)
        return made

    def next(self, properties: etree._Element | None) -> tuple[int, str]:
        """Heading level (0: body text) and printed number ("" for none) of the next paragraph."""
        style = _value(child(properties, "pStyle"))
        heading, list_id, level = self._inherited(style)
        outline = _value(child(properties, "outlineLvl"))
        if outline.isdecimal():
            heading = int(outline) + 1 if int(outline) < 9 else 0
        direct = child(properties, "numPr")
        if direct is not None:
            list_id = _value(child(direct, "numId")) or list_id
            level = _integer(_value(child(direct, "ilvl")), level)
        return heading, self._label(list_id, level)

    def _label(self, list_id: str, level: int) -> str:
        definition = self.lists.get(list_id, "")
        levels = self.levels.get(definition, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(definition, {})
        for deep, first in self.restarts.pop(list_id, {}).items():
            counts[deep] = first - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [deep for deep in counts if deep > level]:
            del counts[deeper]

        def printed(match: re.Match) -> str:
            other = int(match[1]) - 1
            if other not in levels:
                return ""
            return numeral(counts.setdefault(other, levels[other].start), levels[other].style)

        return (
            ""
            if levels[level].style in ("bullet", "none")
            else re.sub(r"%([1-9])", printed, levels[level].text)
        )

    def _inherited(self, style: str) -> tuple[int, str, int]:
        heading, list_id, level = 0, "", 0
        for _ in range(20):  # styles may be based on each other in a ring
            if style not in self.styles:
                break
            own = self.styles[style]
            heading = heading or own.heading
            if not list_id and own.list_id:
                list_id, level = own.list_id, own.level
            style = own.based_on
        return heading, list_id, level

    def _add_style(self, element: etree._Element) -> None:
        properties = child(element, "pPr")
        numbers = child(properties, "numPr")
        outline = _value(child(properties, "outlineLvl"))
        named = re.fullmatch(r"(?:heading|标题|標題)\s*([1-9])", _value(child(element, "name")), re.I)
        heading = int(named[1]) if named else int(outline) + 1 if outline in set("012345678") else 0
        self.styles[_value(element, "styleId")] = _Style(
            _value(child(element, "basedOn")),
            heading,
            _value(child(numbers, "numId")),
            _integer(_value(child(numbers, "ilvl")), 0),
        )

    def _add_list(self, element: etree._Element) -> None:
        list_id = _value(element, "numId")
        self.lists[list_id] = _value(child(element, "abstractNumId"))
        for override in element:
            first = _value(child(override, "startOverride"))
            if first.isdecimal():
                level = _integer(_value(override, "ilvl"), 0)
                self.restarts.setdefault(list_id, {})[level] = _integer(first, 1)


def _levels(element: etree._Element) -> dict[int, _Level]:
    found = {}
    for inner in element:
        if name_of(inner) == "lvl":
            start = _integer(_value(child(inner, "start")), 1)
            style = _value(child(inner, "numFmt")) or "decimal"
            found[_integer(_value(inner, "ilvl"), 0)] = _Level(start, style, _value(child(inner, "lvlText")))
    return found


def _value(element: etree._Element | None, name: str = "val") -> str:
    return attribute(element, name) or ""


def _integer(text: str, default: int) -> int:
    return int(text[:6]) if text.isascii() and text.isdecimal() else default
