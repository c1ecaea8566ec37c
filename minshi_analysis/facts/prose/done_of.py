"""Of so many so many are done (20个小区中,18个已完工; 改造小区20个,其中18个已建成): the first is all, the second the result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from minshi_analysis.language import works
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import Quantity

__all__ = ["OF_ITEMS", "are_begun", "done_of", "noun_of"]

OF_ITEMS = re.compile(r"实事|民[生心]|为民|惠民|指标|任务|事项")  # they count the items themselves
_FINISHED = "完成|完工|竣工|建成"  # what is in use may be a part of what was built
_BETWEEN = re.compile(
    r"(?P<noun>[^,;。()\d]{0,16}?)(?P<of>之?中|里)?[,、(:]?"
    rf"(?:目前|现|其中|截[至止][^,;。()]{{1,10}},?|已经?|有|共|累计|均|实际)*(?P<done>(?:{_FINISHED})了?(?:改造|建设|整治|治理|施工|提升|更新|任务)*)?"
)
_BEHIND = re.compile(rf"[^,;。()\d]{{0,6}}?(?:已经?|均|全部|都)*(?:{_FINISHED})(?!率)")
_DONE_BEFORE = re.compile(
    rf"(?:已|实际|累计|共(?!有)|完成|发放|{works.FINISHED})[^,;。()\d]{{0,12}}$|(?:完成|实际)[^,;。()]{{0,4}}$"
)
_BEGUN_BEFORE = re.compile(rf"(?:{works.BEGUN})[^,;。()\d]*$")


def done_of(folded: str, quantities: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """What there is in all and how much of it is done, for each such pair of neighbours.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> def pairs(words):
    ...     return [(a.value, b.value) for a, b in done_of(words, parse_quantities(words, kind="progress"))]
    >>> pairs("20个小区中,18个已完工"), pairs("改造小区20个,已完成18个"), pairs("建成小区20个,其中18个已完成验收")
    ([(20.0, 18.0)], [(20.0, 18.0)], [])
    """
    pairs = pairwise(quantities)
    listed = [False, *(_are_listed(folded, *pair) for pair in pairwise(quantities))]
    return [
        pair for pair, one_of in zip(pairs, listed, strict=False) if not one_of and _is_done_of(folded, *pair)
    ]


def _are_listed(folded: str, first: Quantity, second: Quantity) -> bool:
    """Whether a figure is one of a list, all of which what is done may be of: 甲镇3个,乙镇5个,目前已建成4个."""
    between = folded[first.end : second.start]
    return same_unit(first.unit, second.unit) and bool(
        re.fullmatch(r"[^,;。()\d]{0,16}[,、][^,;。()\d]{0,16}", between)
    )


def _is_done_of(folded: str, whole: Quantity, done: Quantity) -> bool:
    if (
        not same_unit(whole.unit, done.unit)
        or whole.unit in ("%", "万元", "项", "件")
        or done.value > whole.value
    ):
        return False
    between = _BETWEEN.fullmatch(folded[whole.end : done.start])
    behind = _BEHIND.match(works.without_parts(folded[done.end : done.end + 24]))
    before = clause_before(folded, whole.start, "()")
    if between is None or not (between["done"] or behind):
        return False
    if OF_ITEMS.search(before + between["noun"]) or re.search(r"涉及", before):
        return False
    if between["of"]:
        return True
    return _DONE_BEFORE.search(before) is None and not re.search(
        f"{_FINISHED}|{works.BEGUN}", between["noun"]
    )


def are_begun(folded: str, whole: Quantity) -> bool:
    """Whether a figure says how many were begun (动工186户,竣工171户), and not how many there are.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> [are_begun(words, parse_quantities(words)[0]) for words in ("危房改造动工186户", "改造危房186户")]
    [True, False]
    """
    return bool(_BEGUN_BEFORE.search(clause_before(folded, whole.start, "()")))


def noun_of(folded: str, whole: Quantity) -> str:
    """What is counted where it stands behind its figure (20个小区中); nothing elsewhere."""
    found = re.match(r"[^,;。()\d]{1,16}?(?=之?中|里)", folded[whole.end :])
    return found[0] if found else ""
