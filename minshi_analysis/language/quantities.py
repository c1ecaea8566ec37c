"""Quantities in official Chinese prose: how much of what, in which unit, bound and role, and where it is printed.

The doors of the quantity grammar: ``parse_quantities`` for text, ``parse_value`` for a table cell, ``parse_unit`` for
a header. Behind them ``scanner`` decides which numbers count something, ``measures`` and ``roles`` say what and how;
``grammar`` and ``phrases`` hold all the words, as data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minshi_analysis.language import grammar as g
from minshi_analysis.language.measures import describe
from minshi_analysis.language.numerals import neat, value_of
from minshi_analysis.language.roles import KINDS
from minshi_analysis.language.scanner import Page, scan
from minshi_analysis.language.text import clean, fold
from minshi_analysis.language.units import UNITS, based, canonical_unit, describes, parse_unit, unit_at

__all__ = ["UNITS", "Quantity", "canonical_unit", "parse_quantities", "parse_unit", "parse_value"]

_CHUNK = 1 << 16
# A line end that ends a phrase: before an empty line or a numbered item, or after the end of a clause.
_HARD = re.compile(
    r"\n(?=\s{0,9}\n)|(?<=[。；;!！?？|:：])\r?\n|\n(?=[ \u3000]{0,4}[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．])"
)
_BEFORE = tuple(sorted(g.BEFORE, key=len, reverse=True))
_NOTE = re.compile(r"\(\d+\)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One printed quantity.

    Attributes
    ----------
    value : float
        In base units (``1.5万个`` is 15000.0); money in 万元; the lower end of a range.
    unit : str
        Canonical unit (``个``, ``万元``, ``%``, ``元/月``), ``""`` for a pure ratio.
    bound : str
        exact, at_least, more_than, at_most, less_than or approx.
    cumulative : bool
        A sum over a period (累计, 〔45〕).
    measure : str
        The words that say what is counted, in tidy form; ``""`` where the text has none.
    role : str
        target, actual, rate, amount or baseline.
    start, end : int
        Offsets of the printed quantity in the given text, comparators included.
    surface : str
        The printed text between them.
    upper : float or None
        The upper end of a range.
    """

    value: float
    unit: str
    bound: str = "exact"
    cumulative: bool = False
    measure: str = ""
    role: str = "target"
    start: int = 0
    end: int = 0
    surface: str = ""
    upper: float | None = None


def parse_quantities(text: str, *, unit: str | None = None, kind: str | None = None) -> list[Quantity]:
    """The quantities of a text, in reading order.

    Parameters
    ----------
    text : str
        Printed text: raw, traditional or simplified, half or full width.
    unit : str, optional
        Scale and unit that a header or caption declares for bare numbers (``万元``, ``（%）``, ``万人次``).
    kind : str, optional
        Kind of document (plan, progress, completion, five_year_plan), or a role (target, actual): decides the role
        where the words do not.

    Returns
    -------
    list of Quantity

    Raises
    ------
    ValueError
        If ``unit`` or ``kind`` is not known.

    Examples
    --------
    >>> [(q.measure, q.value, q.unit, q.bound) for q in parse_quantities("新增托位7500个以上,其中新增普惠托位4500个")]
    [('托位', 7500.0, '个', 'at_least'), ('普惠托位', 4500.0, '个', 'exact')]
    """
    declared = _declared(unit)
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind {kind!r} is not known: use one of {', '.join(sorted(KINDS))}")
    found: list[Quantity] = []
    for offset, chunk in _chunks(text):
        printed = _HARD.sub(lambda m: g.BREAK * len(m[0]), chunk).replace("\t", "|")
        tidy = clean(printed, offset)
        page = Page(tidy.norm, fold(tidy.norm), declared)
        for h in describe(page, list(scan(page)), kind):
            start, end = tidy.span(h.outer_start, h.outer_end)
            found.append(
                Quantity(
                    h.value,
                    h.unit,
                    h.bound,
                    h.cumulative,
                    h.measure,
                    h.role,
                    start,
                    end,
                    text[start:end],
                    h.upper,
                )
            )
    return found


def parse_value(cell: str, unit: str | None = None) -> Quantity | None:
    """The figure of a table cell, or None where it prints none (``--``, ``省下目标``, ``待定``).

    Parameters
    ----------
    cell : str
        ``4350``, ``＞90``, ``〔45〕`` (cumulative), ``1.8左右``, ``98/98`` (the first), ``5(4)個`` (5), ``1.5万个``.
    unit : str, optional
        What the header declares (see ``parse_unit``).

    Raises
    ------
    ValueError
        If ``unit`` is not known.

    Examples
    --------
    >>> q = parse_value("〔50〕", "万人次")
    >>> q.value, q.unit, q.cumulative
    (500000.0, '人次', True)
    >>> parse_value("省下目标", "%") is None
    True
    """
    declared = _declared(unit)
    tidy = clean(cell)
    s = fold(tidy.norm)
    m = g.NUMBER.search(s)
    if m is None:
        return None
    prefix = s[: m.start()].strip(" [(")
    bare = not prefix or (prefix.endswith(_BEFORE) and prefix.lstrip(" [(") in g.BEFORE)
    if not bare or m["num"][0] not in "0123456789" or g.RANGE.match(s, m.end()):
        return next(iter(parse_quantities(cell, unit=unit)), None)
    read = value_of(m)
    if read is None:
        return None
    value, end = read[0], m.end()
    note = _NOTE.match(s, end)
    own, kind, stop = unit_at(s, note.end() if note else end)
    if own:
        if describes(kind) and (own not in ("岁", "年") or value >= 1000):
            return None
        value, own = based(value, own, kind, bool(m["scale"]))
        end = stop
    elif declared:
        value, own = neat(value * declared[0]), declared[1]
    bound = g.BEFORE.get(prefix, "more_than" if m["mid"] or m["post"] else "exact")
    if after := g.AFTER.match(s, end):
        bound, end = g.AFTER_BOUND[after["word"].lstrip("及或和")], after.end()
    begin, stop = tidy.span(m.start() - len(prefix), end)
    return Quantity(value, own, bound, "[" in s[: m.start()], "", "target", begin, stop, cell[begin:stop])


def _declared(unit: str | None) -> tuple[float, str] | None:
    if unit is None:
        return None
    declared = parse_unit(unit)
    if declared is None:
        raise ValueError(
            f"unit {unit!r} is not known: use a printed unit such as 万元, %, 万人次 (see UNITS)"
        )
    return declared


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of bounded size, cut at a line end, else at a clause end, else anywhere."""
    start, n = 0, len(text)
    while start < n:
        end = min(start + _CHUNK, n)
        if end < n:
            cut = next(
                (c for mark in "\n。；;，,|" if (c := text.rfind(mark, start + 1, end)) > start), end - 1
            )
            end = cut + 1
        yield start, text[start:end]
        start = end
