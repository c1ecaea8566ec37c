"""Quantities in official Chinese prose: how much of what, in which unit, bound and role, and where it is printed.

The doors of the quantity grammar: ``parse_quantities`` for text, ``parse_value`` for a table cell, ``parse_unit`` for
a header. Behind them ``scanner`` decides which numbers count something, ``measures`` and ``roles`` say what and how;
``grammar`` and ``phrases`` hold all the words, as data.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from minshi_analysis.language import grammar as g
from minshi_analysis.language.measures import describe
from minshi_analysis.language.numerals import neat, plain_numerals
from minshi_analysis.language.page import Hit, Page, Skip
from minshi_analysis.language.roles import KINDS
from minshi_analysis.language.scanner import scan
from minshi_analysis.language.text import Text, clean
from minshi_analysis.language.units import UNITS, canonical_unit, parse_unit

__all__ = [
    "CELL",
    "UNITS",
    "Quantity",
    "canonical_unit",
    "pages",
    "parse_quantities",
    "parse_unit",
    "parse_value",
    "quantity",
]

_CHUNK = 1 << 16
CELL = 300  # characters up to which a text is kept as it was read: a cell or a sentence
# A line end that ends a phrase: before an empty line or a numbered item, after the end of a clause, or between a bound
# and a verb (改造366户以上, and below it 同步提升…). Patterns that begin with the sign itself are found quickly.
_HARD = re.compile(
    r"\n(?:(?=\s{0,9}\n)|(?<=[。；;!！?？|:：]\n)|(?=[ \u3000]{0,4}[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．])"
    r"|(?:(?<=以[上下内]\n)|(?<=左右\n))(?=[ \u3000]{0,4}(?:同[步时]|并|另|确保|力争|加[强快大]|优化|完[善成]|全面|进一步|积极|"
    r"不断|推[进动广]|开[展工通]|实[施现]|新[建增]|改[造扩建]|建[设成立]|打造|提[升高供]|落实|配[备套]|组织|举办|安装)))"
)
_HARD_RETURN = re.compile(r"\r\n(?<=[。；;!！?？|:：]\r\n)")
_TURNING = "\u200f\u202b\u202d\u202e\u2067\u2068\u061c"  # what stands behind is printed in another order
_TO_MARK = re.compile(
    rf"[\s\ufffc\u0300-\u036f\u20d0-\u20ff{g.BREAK}{g.TORN}{_TURNING}]"
)  # without one of these nothing is marked
_OWN = str.maketrans(
    dict.fromkeys((g.BREAK, g.TORN), "\ufffd")
)  # signs of fonts that look like our own marks
# Something stood there that was not read, or stands on the digit before: a ring, a bar, a key's frame.
_LOST_SIGN = re.compile("[\ufffc\u0300-\u0334\u0339-\u036f\u20d0-\u20ff]+")
# Between two digits more than one space, or a wide one: two numbers side by side, or one that was taken apart.
_WIDE = re.compile(
    r"[\u3000\u2001-\u2003 \xa0](?<=[0-9０-９].)(?:(?<=[\u3000\u2001-\u2003])|(?=[ \xa0\u2001-\u2003\u3000]))"
    r"[ \xa0\u2001-\u2003\u3000]*(?=[0-9０-９])"
)
_TEAR = re.compile(r"[\t\n]\s{0,99}(?=[0-9０-９])")
# 1 200 as typesetters group it.
_THIN = re.compile(r"[\xa0\u2009\u202f](?<=[0-9].)(?=[0-9]{3}(?![0-9]))")
_IN_BRACKETS = re.compile(
    r"(?<![0-9０-９.%％万亿])[〔\[【［]([^〔〕\[\]【】［］]{1,30})[〕\]】］](?![0-9０-９.])"
)  # 〔45〕 is a sum
_BRACKETS = re.compile(r"\([^()]*\)")
_MARK = re.compile(r"(?<=[0-9])\[[0-9]{1,2}\]$")  # 1200[1]; but 78.93〔1〕 has two figures
_RIVALS = ("bare", "unclear")  # a number beside the one that was read
_WHOLE_CELL = re.compile(r"(?:^|[\t\n|])[\s0-9０-９.,%％<>＜＞≥≤≧≦〔〕\[\]()（）-]{0,30}$")


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
        exact, at_least, more_than, at_most, less_than, approx or range (then ``upper`` is its other end).
    cumulative : bool
        A sum over a period (累计, 〔45〕).
    measure : str
        The words that say what is counted, in tidy form; ``""`` where the text has none.
    role : str
        target, actual, rate (a share done, a growth), amount (money), or what is beside the promise: baseline (an old
        value), background (an earlier year, what there is, what is wanting), standard (so much for each).
    start, end : int
        Offsets of the printed quantity in the given text, comparators included.
    surface : str
        The printed text between them.
    upper : float or None
        The upper end of a range.
    sure : float
        How sure the role is, 0..1.
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
    sure: float = 0.5


def parse_quantities(
    text: str, *, unit: str | None = None, kind: str | None = None, year: int | None = None
) -> list[Quantity]:
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
    year : int, optional
        Year of the document: what a plan tells of an earlier year is background.

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
    found: list[Quantity] = []
    for tidy, _, items in pages(text, unit, kind, year):
        found += [quantity(text, tidy, item) for item in items if isinstance(item, Hit)]
    return found


def pages(
    text: str, unit: str | None, kind: str | None, year: int | None = None, cell: bool = False
) -> Iterable[tuple[Text, str, list[Hit | Skip]]]:
    """The one walk over a text: each piece, tidy and folded, with every number on it in reading order.

    Raises
    ------
    ValueError
        If ``unit`` or ``kind`` is not known.
    """
    return (_cell if len(text) <= CELL else _walk)(text, unit, kind, year, cell)


@functools.lru_cache(maxsize=2048)
def _cell(*asked) -> tuple[tuple[Text, str, list[Hit | Skip]], ...]:
    """The pages of a short text, kept: a table's words are asked for its columns, its rows and its account."""
    return tuple(_walk(*asked))


def _walk(
    text: str, unit: str | None, kind: str | None, year: int | None, cell: bool
) -> Iterator[tuple[Text, str, list[Hit | Skip]]]:
    declared = _declared(unit)
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind {kind!r} is not known: use one of {', '.join(sorted(KINDS))}")
    for offset, chunk in _chunks(text):
        tidy = clean(_marked(chunk), offset)
        folded = plain_numerals(tidy.folded)
        if g.NUMBER_START.search(folded) is None:  # half of a plan's sentences
            yield tidy, folded, []
            continue
        page = Page(tidy.norm, folded, declared, cell)
        yield tidy, folded, describe(page, list(scan(page)), kind, year)


def quantity(text: str, tidy: Text, hit: Hit) -> Quantity:
    """What was found on a page, with its place in the printed text."""
    start, end = tidy.span(hit.outer_start, hit.outer_end)
    return Quantity(
        hit.value,
        hit.unit,
        hit.bound,
        hit.cumulative,
        hit.measure,
        hit.role,
        start,
        end,
        text[start:end],
        hit.upper,
        hit.sure,
    )


def _marked(chunk: str) -> str:
    """The text with its breaks marked, at the same length: ends of phrases, cells, and what tears a number."""
    if not _TO_MARK.search(chunk):
        return chunk
    if g.BREAK in chunk or g.TORN in chunk:
        chunk = chunk.translate(_OWN)
    chunk = _WIDE.sub(lambda m: g.TORN * len(m[0]), _LOST_SIGN.sub(lambda m: g.TORN * len(m[0]), chunk))
    if "\r" in chunk:
        chunk = _HARD_RETURN.sub(2 * g.BREAK, chunk)
    marked = _TEAR.sub(_torn, _THIN.sub(",", _HARD.sub(g.BREAK, chunk)))
    for turning in _TURNING:
        marked = marked.replace(turning, g.TORN)
    return marked.replace("\t", "|")


def _torn(m: re.Match) -> str:
    """A tab or line end before a digit: where a digit stands before it too, cells of their own, or a number in two."""
    before = m.string[max(0, m.start() - 40) : m.start()].rstrip(" \u3000\r")
    if not before or not before[-1].isdigit():
        return m[0]
    return (("|" if "\t" in m[0] else g.BREAK) if _WHOLE_CELL.search(before) else g.TORN) * len(m[0])


def parse_value(cell: str, unit: str | None = None) -> Quantity | None:
    """The one figure of a table cell, or None: where it prints none (``--``, ``省下目标``), more than one (``50+30``),
    or one that is not in the unit's kind of money (``12万美元``).

    Parameters
    ----------
    cell : str
        ``4350``, ``＞90``, ``〔45〕`` (cumulative), ``1.8左右``, ``98/98`` (98), ``5(4)個`` (5), ``1.5万个``, ``3-5``.
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
    blank = _IN_BRACKETS.sub(lambda m: "\u2060" + m[1] + "\u2060", cell, count=1)
    found: list[tuple[Text, Hit]] = []
    for tidy, folded, items in pages(blank, unit, None, cell=True):
        aside = [m.span() for m in (*_BRACKETS.finditer(folded), *_MARK.finditer(tidy.norm))]
        rivals = [x for x in items if not any(start < x.start < end for start, end in aside)]
        if any(isinstance(x, Skip) and x.reason in _RIVALS for x in rivals):
            return None
        found += [(tidy, x) for x in rivals if isinstance(x, Hit)]
    declared = _declared(unit)
    if len(found) > 1 and declared:
        found = [(tidy, hit) for tidy, hit in found if hit.unit == declared[1]]
    if len(found) != 1:
        return None
    one = quantity(cell, *found[0])
    if declared and declared[1] == "万元" and one.unit != "万元":
        if one.unit != "元":
            return None  # 5个, 60% in a column of money
        upper = None if one.upper is None else neat(one.upper / 10**4)
        one = replace(one, value=neat(one.value / 10**4), upper=upper, unit="万元")
    return replace(one, measure="", role="target", cumulative=blank != cell)


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
