"""The scanner: one walk over the numbers of a folded text, each read with its scale, unit and comparators, or dropped.

What is dropped (dates, ages, durations, thresholds, codes, names) is reported too where it closes a phrase, for it
cuts the noun of the quantity behind it (3岁以下婴幼儿托位增4万个). No recursion, bounded windows, possessive runs:
linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from minshi_analysis.language import grammar as g
from minshi_analysis.language.numerals import neat, numeral, value_of
from minshi_analysis.language.units import based, declarations, describes, unit_at

__all__ = ["Hit", "Page", "scan"]

_WINDOW = 60
_REACH_OF_HEADER = 200
_BEFORE = tuple(sorted(g.BEFORE, key=len, reverse=True))
_BEFORE_ENDS = frozenset(word[-1] for word in _BEFORE)
_QUOTED = re.compile(r"“[^“”]{1,40}”|‘[^‘’]{1,40}’|\"[^\"]{1,40}\"|「[^「」]{1,40}」|《[^《》]{1,60}》")
_BOUNDARY = re.compile(f"[{re.escape(g.CLAUSE)}]")
_COUNTED = frozenset(("count", "people", "household", "place"))
_LATER_NUMBER = re.compile(r"[^\d,;。:|、并且及]{0,24}?\d")


@dataclass(slots=True)
class Hit:
    """A quantity while it is being read: offsets in the tidy text, of the number and with its comparators."""

    value: float
    unit: str
    kind: str
    start: int
    end: int
    upper: float | None = None
    bound: str = "exact"
    cumulative: bool = False
    outer_start: int = 0
    outer_end: int = 0
    against_target: bool = False
    measure: str = ""
    role: str = ""
    said: bool = False


class Page:
    """A tidy text with its clause boundaries, quotations and declared units, each found once.

    Attributes
    ----------
    s, norm : str
        The folded and the tidy text, of the same length.
    declared : (float, str) or None
        Scale and unit that the caller says bare numbers have.
    """

    def __init__(self, norm: str, folded: str, declared: tuple[float, str] | None = None):
        self.s, self.norm, self.declared = folded, norm, declared
        self.marker = -1  # where an item's number (1.) ended
        self.cuts = [m.start() for m in _BOUNDARY.finditer(folded)]
        quotes = [m.span() for m in _QUOTED.finditer(norm)]
        self._quote_starts, self._quote_ends = [a for a, _ in quotes], [b for _, b in quotes]
        self._declarations = declarations(folded)

    def left_edge(self, at: int, floor: int) -> int:
        """Where the clause of a number begins; a bracket closed before it belongs to the noun (急救(120)分站6个)."""
        low = max(floor, at - _WINDOW)
        i = bisect_left(self.cuts, at) - 1
        while i >= 0 and self.cuts[i] >= low:
            cut = self.cuts[i]
            if self.s[cut] != ")":
                return cut + 1
            opened = self.s.rfind("(", low, cut)
            if opened < 0:
                return cut + 1
            i = bisect_left(self.cuts, opened) - 1
        return low

    def clause_start(self, at: int) -> int:
        """The nearest boundary of any kind before ``at``."""
        i = bisect_left(self.cuts, at)
        start = self.cuts[i - 1] + 1 if i else 0
        return start if at - start < _WINDOW else at - _WINDOW

    def right_edge(self, at: int, ceiling: int) -> int:
        """Where the noun phrase behind a number ends at the latest."""
        end = min(ceiling, at + 40)
        i = bisect_left(self.cuts, at)
        while i < len(self.cuts) and self.cuts[i] < end:
            cut = self.cuts[i]
            if self.s[cut] != "(" or not g.SHORT_BRACKET.match(self.s, cut, end):
                end = cut
                break
            i += 2  # 县(市)获评: the bracket is part of the noun
        if end < ceiling or ceiling == len(self.s):
            return end
        comma = self.s.rfind("、", at, end)  # before the next number: 18个小区改造、229个…
        return comma if comma >= 0 else end

    def quote(self, at: int) -> tuple[int, int] | None:
        """The quotation around ``at``."""
        i = bisect_right(self._quote_starts, at) - 1
        return (self._quote_starts[i], self._quote_ends[i]) if i >= 0 and at < self._quote_ends[i] else None

    def inherited(self, at: int) -> tuple[float, str] | None:
        """The unit of a bare number: from its header in the same row, from a caption, from the caller."""
        i = bisect_right(self._declarations, (at + 1,)) - 1
        if i >= 0 and at - self._declarations[i].end <= _REACH_OF_HEADER:
            header = self._declarations[i]
            gap = self.s[header.end : at]
            if g.BREAK not in gap and (header.caption or "|" in gap or len(gap) <= 6):
                return header.scale, header.unit
        return self.declared or self._row_unit(at)

    def _row_unit(self, at: int) -> tuple[float, str] | None:
        """The unit of the row's first quantity, for its labelled cells (城镇新增就业1100人 | 目标1100)."""
        if self.s.rfind("|", max(0, at - 40), at) < 0 or not g.LABEL.search(self.s[max(0, at - 12) : at]):
            return None
        start = max(self.s.rfind(g.BREAK, max(0, at - 120), at) + 1, at - 120, 0)
        for m in g.NUMBER.finditer(self.s, start, at):
            unit, kind, _ = unit_at(self.s, m.end())
            if unit and kind != "percent" and not describes(kind):
                return 1.0, unit
        return None


def scan(page: Page) -> Iterator[Hit | tuple[int, int]]:
    """Quantities, and the spans of the numbers that only describe, in reading order."""
    s, pos = page.s, 0
    last: Hit | None = None
    while first := g.NUMBER_START.search(s, pos):
        pos = first.end()
        if (m := g.NUMBER.match(s, pos - 1)) is None:
            continue
        hit, pos, describing = _read(page, m, last)
        if hit is not None:
            last = hit
            yield hit
        elif describing:
            yield m.start(), pos


def _read(page: Page, m: re.Match, last: Hit | None) -> tuple[Hit | None, int, bool]:
    """The quantity at a number, where to go on, and whether a dropped number closes a phrase."""
    s, a, e = page.s, m.start(), m.end()
    part, text, mid, scale, post = m.groups()
    arabic = text[0] in "0123456789"
    before = s[a - 1] if a else ""
    if (before in g.GLUE and a != page.marker) or (arabic and before.isascii() and before.isalnum()):
        return None, e, False
    if before == "-" and a > 1 and s[a - 2].isascii() and s[a - 2].isalnum():
        return None, e, False
    if not arabic and g.VAGUE.fullmatch(s, a - 1, e):
        return None, e, False
    read = value_of(m)
    if read is None or (text in g.SCALES and not (post or mid) and text != "十"):
        return None, e, False
    value, upper = read
    unit, kind, end = unit_at(s, e)
    if s.endswith(g.RANK, max(0, a - 3), a) and not (
        before == "前" and kind == "people" and g.CJK.match(s, end)
    ):
        return None, max(end, e), describes(kind)
    scaled = bool(scale)
    if "." in text and kind in _COUNTED and not scaled and (not before or before in "|" + g.BREAK):
        page.marker = a + text.index(".") + 1  # 1.5000户居民: an item's number, then the quantity
        return None, page.marker, False
    if (
        not describes(kind)
        and (r := g.RANGE.match(s, end if unit else e))
        and (m2 := g.NUMBER.match(s, r.end()))
    ):
        second, (unit2, kind2, end2) = value_of(m2), unit_at(s, m2.end())
        if describes(kind2) and kind2 != "attribute":
            return None, end2, True
        if second and (unit2 or page.declared) and unit in ("", unit2):
            if m2["scale"] and not scaled and not unit and (plain := numeral(m2["num"])) and value < plain:
                value, scaled = neat(value * second[0] / plain), True
            if second[0] > value:
                upper, unit, kind, end, e, m = second[0], unit2, kind2, end2, m2.end(), m2
    if part or text == "百分之百":
        unit, kind, end = ("‰" if part == "千分之" else "%"), "percent", e
    elif describes(kind):
        measured = unit in ("岁", "年") and any(w in s[max(0, a - 16) : a] for w in g.MEASURED_IN_YEARS)
        if not measured:
            return None, end, kind != "attribute"  # 三级医院: part of the noun
    if unit:
        if unit == "成" and s[end : end + 1] in g.DIGITS:  # 九成五
            value, end = value + g.DIGITS[s[end]] / 10, end + 1
        if upper is not None:
            upper = based(upper, unit, kind, scaled or bool(m["scale"]))[0]
        value, unit = based(value, unit, kind, scaled or bool(upper and m["scale"]))
        hit = Hit(value, unit, kind, a, end, upper)
    else:
        hit = _without_unit(page, m, a, e, value, upper, last)
        if hit is None:
            return None, e, False
    if mid or post:
        hit.bound = "approx" if "来" in (mid, post) else "more_than"
    counts = _accept(page, text, hit, last)
    return (hit if counts else None), max(hit.end, hit.outer_end), arabic


def _without_unit(page, m, a, e, value, upper, last) -> Hit | None:
    """A number without a unit of its own: a ratio, a fraction, people, money, or a unit inherited."""
    s, after = page.s, page.s[e : e + 1]
    if after == "/":
        if f := g.PER_HEAD.match(s, e):
            return Hit(value, f[0], "ratio", a, f.end())
        if (
            (f := g.FRACTION.match(s, e))
            and 0 < value < int(f[1])
            and not m["scale"]
            and page.declared is None
        ):
            return Hit(value / int(f[1]), "", "ratio", a, f.end())
    if after == "分" and (f := g.PARTS.match(s, e)) and not m["scale"] and value <= 10:
        return Hit(g.DIGITS[f[1]] / value, "", "ratio", a, f.end())
    if m["scale"] and m["scale"][-1] in "万亿" and after not in ("+", "-", "×", "级"):
        left = s[max(page.clause_start(a), a - 14) : a]
        if g.PEOPLE.search(s, e, page.right_edge(e, e + 10)) or g.PEOPLE.search(left[-8:]):
            return Hit(value, "人", "people", a, e, upper)
        if "亿" in m["scale"] and g.MONEY_WORDS.search(left):
            return Hit(neat(value / 10**4), "万元", "money", a, e)
    if m["num"][0] not in "0123456789" or after in ("+", "×", "]") or (after.isascii() and after.isalnum()):
        return None
    if (declared := page.inherited(a)) and declared[1]:
        scale, unit = declared
        kind = g.UNITS.get(unit.split("/")[0].split("(")[0], "money" if unit.endswith("元") else "count")
        return Hit(neat(value * scale), unit, kind, a, e, None if upper is None else neat(upper * scale))
    if not m["scale"] and after not in (":", "/"):
        follows = last is not None and last.kind == "ratio" and a - last.outer_end < 16
        if g.RATIO_NAMES.search(s[max(0, a - 20) : a]) or (
            follows and g.REACHES.fullmatch(s, last.outer_end, a)
        ):
            return Hit(value, "", "ratio", a, e, upper)
    return None


def _accept(page: Page, text: str, hit: Hit, last: Hit | None) -> bool:
    """Read the comparators around a quantity into it; whether it counts at all."""
    s, a, e = page.s, hit.start, hit.end
    hit.outer_start, hit.outer_end = a, e
    arabic = text[0] in "0123456789"
    quote = page.quote(a)
    if quote and e < quote[1] and (not arabic or a == quote[0] + 1) and hit.kind != "percent":
        return False
    comparator = ""
    if (
        a
        and s[a - 1] in _BEFORE_ENDS
        and s.endswith(_BEFORE, max(0, a - 6), a)
        and not s.endswith(g.NOT_BEFORE, max(0, a - 3), a)
    ):
        comparator = next(w for w in _BEFORE if s.endswith(w, 0, a))
        hit.bound, hit.outer_start = g.BEFORE[comparator], a - len(comparator)
    if g.OF_THE_TARGET.match(s, e) or s.endswith(g.TARGET_BRACKET, 0, a):
        hit.against_target = True
        if comparator and hit.bound == "more_than":  # 超过110万户的任务: what it is compared with
            hit.bound, hit.outer_start = "exact", a
    after = g.AFTER.match(s, e)
    if after:
        bound = g.AFTER_BOUND[after["word"].lstrip("及或和")]
        if hit.bound in ("exact", "approx") or (bound == "at_least" and not comparator):
            hit.bound = bound
        hit.outer_end = after.end()
    if _threshold(page, hit, after, comparator):
        return False
    plain = hit.bound == "exact" and hit.upper is None and not (comparator or after)
    if plain and len(text) == 1 and not arabic and hit.kind != "ratio" and not _single_counts(s, hit, text):
        return False
    begin = max(page.clause_start(a), last.outer_end if last else 0)
    left = s[begin : hit.outer_start]
    if hit.bound == "exact" and g.AT_LEAST_EARLIER.search(left, max(0, len(left) - 10)):
        hit.bound = "at_least"
    if g.TOTAL in left:  # as the label of a table cell it is a column's name
        hit.cumulative = s[begin - 1 : begin] != "|"
    if hit.unit == "元" and hit.kind == "money":
        near = left[max((i + 1 for i, c in enumerate(left) if c.isdigit()), default=0) :]
        period = next((period for words, period in g.PERIODS if any(w in near for w in words)), "")
        if period:
            hit.unit = "元/" + period
        elif last is not None and last.unit.startswith("元/") and g.REACHES.fullmatch(s, last.outer_end, a):
            hit.unit = last.unit
    return True


def _threshold(page: Page, hit: Hit, after: re.Match | None, comparator: str) -> bool:
    """Whether the quantity only says who or what qualifies (50户以上村寨, 超过5万元的费用)."""
    s, end = page.s, hit.outer_end
    if hit.kind in _COUNTED and g.FOR_PLACES.search(s, max(0, hit.start - 16), hit.start):
        return bool(g.MADE_THERE.match(s, end))
    if hit.kind in ("percent", "ratio") or not (after or comparator):
        return False
    follow = s[end : end + 1]
    if after and follow == ")" and s[hit.start - 1 : hit.start] == "(":
        return True
    if hit.against_target or not g.CJK.match(follow):
        return False
    made = g.MADE.search(s[max(0, hit.outer_start - 8) : hit.outer_start])
    if after and after["word"] not in ("左右", "上下", "之多"):
        if made:
            return bool(_LATER_NUMBER.match(s, end))
        return follow == "的" or not (hit.kind == "count" or hit.unit in ("名", "位", "人次"))
    return bool(comparator) and follow == "的" and not made and hit.bound in ("more_than", "less_than")


def _single_counts(s: str, hit: Hit, text: str) -> bool:
    """Whether a single Chinese numeral counts: 学校两所, 新建两所, 近六成; not 两家医院, 一个平台, 十名院士."""
    if hit.unit == "%" or hit.value >= 100:
        return True
    unit = hit.unit.split("(")[0]
    follow = s[hit.end : hit.end + 1]
    if text == "十" and unit in ("件", "项"):
        return True
    if text == "一" or unit not in g.SINGLE_HAN_UNITS:
        return False
    if not follow or follow in g.CLAUSE or follow == "、":
        return bool(g.CJK.match(s, hit.start - 1)) if hit.start else False
    return s.endswith(g.NEWLY_MADE, 0, hit.start)
