"""By when the clauses of a sentence are due, where one of them alone says it: 新建管网36公里、泵站2座,12月底前投入运行."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minshi_analysis.language import works
from minshi_analysis.language.dates import find_dates
from minshi_analysis.language.text import Text

if TYPE_CHECKING:
    from minshi_analysis.facts.prose.promises import Said

__all__ = ["with_days"]

_BEFORE = re.compile(r"(?:[\s,;、。]|力争|确保|争取|计划|预计|项目|工程|均|并|于|在|到|至)*")
_ENDS = re.compile(
    rf"(?:完成|{works.FINISHED}|投[入运产]|启用|开放|验收|到位|办结|实现)[^,;。]{{0,6}}[,;。\s]*$"
)
_NO_END = re.compile(rf"{works.TOPPED_OUT}|{works.BEGUN}|{works.PREPARED}")
_SENTENCE = frozenset("。!?")
_SHORT = 16  # characters behind a day that say no more than that something ends
_ANY_YEAR = 2000  # whether words name a day is asked here, and not which


def with_days(said: Sequence[Said]) -> list[Said]:
    """The clauses of an item's line, those that only say a day joined to the one before: on it all are due that name none.

    Such a clause is of all that stands before it in its sentence; as a sentence by itself (10月底前完工。) of all before it.
    A day before the first of several things (10月底前新建公园2个、步道3公里) is of those that a 、 joins to it.
    """
    out = [part for each in said for part in _without_end(each)]
    own = [bool(find_dates(each.text.folded, year=_ANY_YEAR)) for each in out]
    ends = [_end_alone(each) for each in out]
    for k, each in enumerate(out):
        if day := ends[k]:
            for i in _before(out, k):
                if not own[i]:
                    out[i] = replace(out[i], due=day)
        elif k and not own[k] and _ending(out[k - 1]) == "、" and _leads(out[k - 1]):
            out[k] = replace(each, due=out[k - 1].due or out[k - 1].text.norm)
    kept: list[Said] = []
    for each, end in zip(out, ends, strict=True):
        if not end:
            kept.append(each)
        elif kept and _ending(kept[-1]) not in {*_SENTENCE, ";"}:
            kept[-1] = replace(kept[-1], text=_through(kept[-1], each))
    return kept


def _through(said: Said, last: Said) -> Text:
    """The words of a line from one clause through a later one."""
    at = said.line.text.at
    first, behind = bisect.bisect_left(at, said.text.at[0]), bisect.bisect_left(at, last.text.at[0])
    return said.line.text.slice(first, behind + len(last.text.norm))


def _without_end(said: Said) -> Iterator[Said]:
    """A clause behind the words that say by when the one before it ends, which are a clause of their own
    (…5所,11月底前建成投用,新增床位300张)."""
    cut = said.text.folded.find(",")
    first = replace(said, text=said.text.slice(0, cut + 1), promised=[], costs=[])
    if cut > 0 and (said.promised or said.costs) and _end_alone(first):
        yield first
        said = replace(said, text=said.text.slice(cut + 1, len(said.text.norm)))
    yield said


def _before(said: Sequence[Said], k: int) -> Iterator[int]:
    """The clauses that a clause's day is of: those of its sentence, else all before it, or those behind the last semicolon
    but its own. What a sentence says of costs alone is none of it (总投资60万元,6月底前完成)."""
    begins = k
    while begins and (_ending(said[begins - 1]) not in _SENTENCE) and not said[begins - 1].promised:
        begins -= 1
    all_before = begins > 0 and _ending(said[begins - 1]) in _SENTENCE
    for i in range(k - 1, -1, -1):
        if i < k - 1 and not all_before and _ending(said[i]) in {*_SENTENCE, ";"}:
            return
        yield i


def _end_alone(said: Said) -> str | None:
    """The words of a clause that says nothing but by when something ends (8月底前完成主体工程,12月底前投入运行): the last end."""
    if said.promised or said.costs:
        return None
    ends = None
    for piece in re.split(",", said.text.folded.strip(" ,;、。")):
        found = find_dates(piece, year=_ANY_YEAR)
        if len(found) != 1 or not _BEFORE.fullmatch(piece, 0, found[0].start):
            return None
        behind = piece[found[0].end :]
        if len(behind) > _SHORT or re.search(r"\d", behind):
            return None
        if _ENDS.search(behind) and not _NO_END.search(behind):
            ends = piece
    return ends


def _leads(said: Said) -> bool:
    """Whether a clause begins with its day, or takes that of one before it."""
    found = find_dates(said.text.folded, year=_ANY_YEAR)
    return said.due is not None or (
        bool(found) and bool(_BEFORE.fullmatch(said.text.folded, 0, found[0].start))
    )


def _ending(said: Said) -> str:
    return said.text.folded.strip()[-1:]
