"""Printed lines: the source text around a figure, the figure marked, and what the corrections make of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from minshi_analysis.language.text import fold, tidy

__all__ = ["Quote", "figures_in", "marked", "mended", "quote", "stands"]

_OPEN, _CLOSE = "»", "«"
_AROUND = 46  # characters shown on either side of a figure in a long line
_LINES = 6
_FIGURE = 24  # a longer span is a record or a sentence, not a figure
_PRINTED = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:[ \t]*[百千万亿]+(?:元)?)?")
_NUMBER = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?P<scale>[十百千万亿]*)(?P<yuan>[多余]?元)?")
_HEAD = re.compile(r"(?<![\d十百千万亿])(?P<scale>[百千万亿]+)(?P<yuan>元)?|(?P<plain>元)")
_SCALES = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8}
_MONEY = 1e-4  # 元 in 万元
_WORDS = {"过半": 50.0, "一半": 50.0, "半数": 50.0, "翻番": 2.0}
_DIGITS = {c: float(i) for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2.0}


@dataclass(frozen=True, slots=True)
class Quote:
    """Printed lines with a figure marked.

    Attributes
    ----------
    line : int
        Number of the first line, from 1.
    text : str
        The lines, the span between » and «, long lines cut with ….
    """

    line: int
    text: str


def quote(source: str, start: int, end: int, values: Iterable[float] = ()) -> Quote:
    """The lines of a source that hold a span, the span marked.

    Parameters
    ----------
    source : str
    start, end : int
        The span.
    values : iterable of float
        Figures to look for where the span is a whole record: they are marked then, and not all of it.

    Examples
    --------
    >>> quote("甲\\n新增停车位 1.5 万个: 鹿城", 8, 14)
    Quote(line=2, text='新增停车位 »1.5 万个«: 鹿城')
    >>> quote("高中段 85 ≥95 甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未", 0, 30, values=[95]).text
    '高中段 85 ≥»95« 甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未'
    """
    start = min(start, len(source))
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", end)
    last = len(source) if last < 0 else last
    before, after = source[first:start], source[end:last]
    if len(before) > _AROUND + 8:
        before = "…" + before[-_AROUND:]
    if len(after) > _AROUND + 8:
        after = after[:_AROUND] + "…"
    text = f"{before.lstrip()}{marked(source[start:end], tuple(values))}{after.rstrip()}"
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > _LINES:
        kept = {0, 1, len(lines) - 1} | {i for i, line in enumerate(lines) if _OPEN in line or _CLOSE in line}
        lines = [line if i in kept else "…" for i, line in enumerate(lines) if i in kept or i - 1 in kept]
    return Quote(source.count("\n", 0, start) + 1, "\n".join(lines).replace("\t", " ⇥ "))


def marked(span: str, values: tuple[float, ...], longest: int = _FIGURE) -> str:
    """The span between the marks; in one that is longer only the figures that are looked for, where they stand in it."""
    if len(span) > longest and values:
        pieces, at = [], 0
        for m in _PRINTED.finditer(span):
            if any(stands(value, m[0]) for value in values):
                pieces += [span[at : m.start()], _OPEN, m[0].strip(), _CLOSE]
                at = m.end() if m[0] == m[0].strip() else m.start() + len(m[0].rstrip())
        if at:
            return "".join([*pieces, span[at:]])
    return f"{_OPEN}{span}{_CLOSE}"


def mended(source: str, patches: Iterable[Mapping], start: int, end: int) -> str:
    """A span of the source as the declared corrections leave it; the whole of a correction that it touches."""
    touching = [p for p in patches if p["source_start"] < end and p["source_end"] > start]
    touching.sort(key=lambda p: p["source_start"])
    pieces, at = [], min([start, *(int(p["source_start"]) for p in touching)])
    for p in touching:
        pieces += [source[at : int(p["source_start"])], "" if pd.isna(p["corrected"]) else p["corrected"]]
        at = int(p["source_end"])
    return "".join([*pieces, source[at : max(end, at)]])


def figures_in(text: str) -> set[float]:
    """Every number that a text prints, in base units: 1.5万个 is 15000, 2亿元 is 20000 (万元).

    A scale that stands apart, in the head of a column or the name of an indicator (万人), may apply to any number
    that has none of its own. Independent of the grammar, on purpose: traced figures are held against this.

    Examples
    --------
    >>> sorted(figures_in("新增停车位 1.5 万个, 提升 50 公里"))
    [50.0, 15000.0]
    """
    flat = re.sub(r"(?<=\d),(?=\d{3})", "", fold(tidy(text)))
    heads = {1.0} | {f for m in _HEAD.finditer(flat) for f in _factors(m["scale"], m["yuan"] or m["plain"])}
    found = {value for char, value in _DIGITS.items() if char in flat} | {
        v for word, v in _WORDS.items() if word in flat
    }
    for m in _NUMBER.finditer(flat):
        own = _factors(m["scale"], m["yuan"]) if m["scale"] or m["yuan"] else heads
        found |= {round(float(m["n"]) * factor, 6) for factor in own}
    return found | {round(int(a) / int(b), 6) for a, b in re.findall(r"(\d+)/(\d+)", flat) if int(b)}


def _factors(scale: str | None, yuan: str | None) -> set[float]:
    """What a printed scale multiplies by; with 元 also into 万元."""
    factor = math.prod(_SCALES[char] for char in scale or "")
    return {factor, factor * _MONEY} if yuan else {factor}


def stands(value: float, text: str) -> bool:
    """Whether a figure stands in a text.

    Examples
    --------
    >>> stands(15000, "1.5 万个"), stands(1500, "1.5 万个")
    (True, False)
    """
    return any(abs(value - found) <= 1e-6 * max(1.0, abs(value)) for found in figures_in(text))
