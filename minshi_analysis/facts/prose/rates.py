"""Rates: whether a percentage says how much of a target is done, and whether one stands behind an amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from minshi_analysis.facts.prose.evidence import AIM
from minshi_analysis.language import works
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import Quantity

if TYPE_CHECKING:
    from minshi_analysis.facts.prose.meaning import Figure, Place

__all__ = ["is_of_plan", "is_rate", "is_rated", "is_share_of_part", "whole_of"]

_NAMED = re.compile(
    r"(?:完成|达成|兑现|执行|竣工|完工|建成|交付|支付|拨付)(?:率|比例|度|进度)[^,;。\d]{0,6}$|(?:总体|工程|形象|建设|整体|序时)?进度[^,;。\d]{0,6}$"
)
_OF_AIM = re.compile(rf"(?:占|为|达到?|达|完成了?|是|相当于)[^,;。%]{{0,14}}{AIM}[^,;。%]{{0,16}}的?$")
_DONE = re.compile(r"完成(?:了|约|近)?$")  # 已改造46公里,完成92%
_OF_ALL = re.compile(r"占(?:总数|总量|总额|比)?[^,;。%]{0,8}的?$")
_OF_WORKS = re.compile(
    r"完成(?:了)?(?:总|全部)?(?:工程量|工程总量|工作量|投资额?|形象进度|建设内容|总量)的?(?:约|近)?$"
)
_OF_RESULTS = re.compile(
    rf"{works.DONE}|(?:任务|目标|计划|项目|工程|工作)?(?:数|量|总数|总量)|[已均全共约目前累计分别其中]|[^\u4e00-\u9fff]"
)
_RATE_AFTER = re.compile(r"的?(?:完成|超额完成)(?:了)?(?:年度|全年)?(?:目标|任务|计划)")
_RATE_NEXT = re.compile(r",?(?:占|为|完成)[^。;\d]{0,14}\d[\d.]*%")  # 完成投资2.1亿元,占年度计划的98%
_STOP = re.compile(r"[。;；\n]")
_SHARE = re.compile(
    rf"[,，、(（]*(?:大?约?占[比有]?|(?:所占|占|构成)?比[例重])(?!{AIM})[^,，。;；\d]{{0,10}}"
)
_RATED = re.compile(rf"[^,;。\d]{{0,14}},?(?:完成|占|为|达)[^,;。\d]{{0,8}}{AIM}[^,;。\d]{{0,6}}的?\d")


def is_rated(folded: str, quantity: Quantity) -> bool:
    """Whether the share of its target that an amount is stands behind it."""
    return is_of_plan(folded, quantity) or bool(_RATE_NEXT.match(folded, quantity.end))


def is_of_plan(folded: str, quantity: Quantity) -> bool:
    """Whether a figure is followed by the share of the plan that it is."""
    behind = folded[quantity.end : quantity.end + 40]
    return bool(_RATED.match(behind))


def whole_of(folded: str, part: Quantity, results: Sequence[Quantity]) -> Quantity | None:
    """The result that another is a part of, behind an 其中 of one sentence (新增7.2万人,其中高校毕业生1.05万人), or None.

    ``results`` are those of the sentence; where what stands before 其中 is none (开工20个,其中建成12个), nothing is a part.
    """
    begin = max((m.end() for m in _STOP.finditer(folded, 0, part.start)), default=0)
    mark = folded.rfind("其中", begin, part.start)
    if mark < 0 or (
        folded.rfind("(", begin, mark) > folded.rfind(")", begin, mark) and ")" in folded[mark : part.start]
    ):
        return None  # behind (其中…) the whole goes on
    before = [q for q in results if begin <= q.start and q.end <= mark and q.unit != "%"]
    like = [q for q in before if same_unit(q.unit, part.unit)]
    return next(
        (q for q in reversed(like) if q.value >= part.value), None if like else (before or [None])[-1]
    )


def is_share_of_part(folded: str, share: Quantity, results: Sequence[Quantity]) -> bool:
    """Whether a percentage says how much of a result a part of it is: 48987件,其中跨区办理6449件,占比13.1%; 占总人数的49%.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> for said in ("办理48987件,其中跨区6449件,占13.1%", "办理48987件,占任务的98%"):
    ...     *results, share = parse_quantities(said)
    ...     print(is_share_of_part(said, share, results))
    True
    False
    """
    if share.unit != "%" and (share.unit or share.value >= 1):  # 占三分之二
        return False
    part = next((q for q in reversed(results) if q.end <= share.start and q.unit != "%"), None)
    if part is None or whole_of(folded, part, results) is None:
        return False
    return _SHARE.fullmatch(folded, part.end, share.start) is not None


def is_rate(
    quantity: Quantity, folded: str, before: str, after: str, place: Place, before_it: Sequence[Figure]
) -> bool:
    """Whether a percentage says how much of a target is done."""
    head = folded[: quantity.start]
    if place.kind == "rate" or _NAMED.search(before) or _RATE_AFTER.match(after):
        return True
    if place.reports and (
        _OF_AIM.search(before)
        or _DONE.search(before)
        or _OF_WORKS.search(before)
        or (before_it and (share := _OF_ALL.search(before)) and not _names_its_own(before[: share.start()]))
    ):
        return True
    bracketed = head.endswith(("(", "(完成")) and folded[quantity.end : quantity.end + 1] == ")"
    if place.reports and bracketed:
        return True
    previous = before_it[-1] if before_it else None
    if place.reports and previous is not None and not before.strip() and not after.strip():
        return (
            previous.reading in ("result", "aim") and folded[previous.quantity.end] == ","
        )  # 完成3.2万户,100%
    between = folded[previous.quantity.end : quantity.start] if previous else ""
    return previous is not None and previous.reading == "rate" and between in ("、", "和", "及", ",")


def _names_its_own(words: str) -> bool:
    """Whether the words before 占 name what it is a share of: 公办学位占比达到89% is no rate of the kindergartens before it."""
    return len(_OF_RESULTS.sub("", words)) > 1
