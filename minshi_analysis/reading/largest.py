"""The largest lines near a document's beginning: mostly its title, over however many lines it is broken."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median

from lxml import etree

from minshi_analysis.reading.ooxml import attribute, name_of, part

__all__ = ["ENOUGH", "about_word", "largest", "line_of"]

ENOUGH = 40  # lines
_LONGEST = 90  # characters of a title
_LARGER = 1.15  # times the median size


def largest(lines: Sequence[tuple[str, float]]) -> str:
    """The first run of lines in the largest print, as one; "" where none is larger than the others.

    Examples
    --------
    >>> largest([("附件", 16), ("某县2024年民生实事", 22), ("项目清单", 22), ("一、教育", 16), ("新建幼儿园。", 16)])
    '某县2024年民生实事项目清单'
    """
    lines = [(text.strip(), size) for text, size in lines[:ENOUGH] if text.strip()]
    if len(lines) < 3:
        return ""
    top = max(size for _, size in lines)
    if top < _LARGER * median(size for _, size in lines):
        return ""
    start = next(i for i, (_, size) in enumerate(lines) if size >= 0.97 * top)
    taken = []
    for text, size in lines[start:]:
        if size < 0.97 * top:
            break
        taken.append(text)
    title = "".join(taken)
    return title if len(title) <= _LONGEST else ""


def about_word(parts: zipfile.ZipFile, path: Path, lines: Sequence[tuple[str, float]]) -> dict[str, str]:
    """What a Word file says of itself: its declared title, and the largest of its first lines."""
    found: dict[str, str] = {}
    if "docProps/core.xml" in parts.namelist():
        with suppress(ValueError):  # what a damaged part would say is not needed
            events = part(parts, "docProps/core.xml", path)
            title = next((e.text for event, e in events if event == "end" and name_of(e) == "title"), None)
            if title and title.strip():
                found["title"] = title.strip()
    if line := largest(lines):
        found["largest"] = line
    return found


def line_of(paragraph: etree._Element) -> tuple[str, float]:
    """The words of a Word file's paragraph and the size of its largest run (half points; 21 where none is given)."""
    runs = [e for e in paragraph.iter() if name_of(e) == "r"]
    words = "".join(t.text or "" for run in runs for t in run.iter() if name_of(t) == "t")
    sizes = [attribute(e) or "" for run in runs for e in run.iter() if name_of(e) == "sz"]
    return words, max((float(s) for s in sizes if s.replace(".", "", 1).isdigit()), default=21.0)
