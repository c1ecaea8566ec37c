"""A page: a tidy text with its boundaries, quotations and declared units, and what is found on it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from minshi_analysis.language import grammar as g
from minshi_analysis.language.units import declarations, describes, unit_at

__all__ = ["Hit", "Page", "Skip"]

_WINDOW = 120
_REACH_OF_HEADER = 200
_QUOTED = re.compile(r"“[^“”]{1,40}”|‘[^‘’]{1,40}’|\"[^\"]{1,40}\"|「[^「」]{1,40}」|《[^《》]{1,60}》")
_BOUNDARY = re.compile(f"[{re.escape(g.CLAUSE)}]")


class Page:
    """A tidy text with its clause boundaries, quotations and declared units, each found once.

    Attributes
    ----------
    s, norm : str
        The folded and the tidy text, of the same length.
    declared : (float, str) or None
        Scale and unit that the caller says bare numbers have.
    cell : bool
        Whether the text is a cell for one figure: there a bare number counts.
    """

    def __init__(self, norm: str, folded: str, declared: tuple[float, str] | None = None, cell: bool = False):
        self.s, self.norm, self.declared, self.cell = folded, norm, declared, cell
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
    sure: float = 0.5


@dataclass(slots=True)
class Skip:
    """A printed number that is no quantity, with the reason; `cuts` where it closes the noun phrase before it."""

    start: int
    end: int
    reason: str
    cuts: bool = False
