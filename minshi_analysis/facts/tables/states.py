"""Which state the words of a result claim: of the whole cell, or of one of its clauses alone."""

from __future__ import annotations

import re

from minshi_analysis.facts.context import Row
from minshi_analysis.language import works
from minshi_analysis.language.quantities import Quantity
from minshi_analysis.language.text import fold

__all__ = ["beside_rate", "noted", "of_all", "of_result", "status_of"]

_STATUS = (
    ("over", re.compile(r"超额|超目标|超计划|超进度|超时序")),
    ("behind", re.compile(r"未完成|滞后|未达|落后|未按|延期|延误|偏慢|缓慢|慢于")),
    ("in_progress", re.compile(rf"{works.UNDER_WAY}|序时|正常|按计划|进度|推进中?$")),
    ("met", re.compile(r"完成|达标|达到|实现")),
)
_NEARLY = re.compile(
    r"基本(?:完成|达[到标]|实现)|(?:大部分|部分)完成"
)  # neither met nor missed, by its words
_TOLD = (
    ("behind", re.compile(r"未完成|未能完成|滞后|未达到|未按(?:期|时|计划)")),
    ("over", re.compile(r"超额(?:完成|实现)|超(?:目标|计划|任务|进度)")),
)
# What is reached of a part of the year's goal is not what the year's goal has come to: 超额完成一季度目标.
_OF_A_PART = re.compile(r"(?:[一二三四]季度|上半年|[本当]月|\d月份?|序时|时序|进度)[^,;。]{0,4}(?:目标|任务)")
_ALL = re.compile(r"[均都]|全部|各项|总体|整体")
_CLAUSE = re.compile(r"[;；。\n]")
_HOW = r"(?:已经?|基本|全部|全面|均|提前|超额|正在|有序|稳步|顺利|加快|按[时期]|按计划|尚?未)*"
_GOAL = r"(?:(?:全年|年度|年初|本?年)?(?:既定|预定)?(?:目标|任务|计划)+)?"
_AT_HEAD = re.compile(rf"\s*({_HOW}(?:完成|推进|实施|建设|达标){_GOAL})\s*(?:[。;；,，]|$)")
_WORKS = "(?:工程|项目|建设|整体|总体|工作|施工|推进|实施)*(?:进度|进展|工期)?"
_PACE = "(?:时序|序时|计划)(?:进度)?(?:要求)?"
_DEGREE = "(?:严重|明显|较为?|略有?|稍有?|相对|有所|已经?|均|仍)*"
_LATE = rf"{_WORKS}{_DEGREE}(?:滞后|落后|偏慢|缓慢|慢|延期|延误)(?:于?{_PACE})?|{_WORKS}未(?:能)?(?:达到?|按|完成){_PACE}"
_ON_TIME = rf"{_WORKS}{_HOW}(?:达到|符合|按照?|完成){_PACE}(?:推进|实施|进行)?"
_NOTED = re.compile(rf"\s*({_HOW}(?:完成|达标|达到|推进){_GOAL}|{_LATE}|{_ON_TIME})[。;；]?\s*")
_RATE = re.compile(r"(?:仅|只|已|累计|总体|整体|目前)*(?:完成率?|进度)?[:为约达]*\d+(?:\.\d+)?%")
_PIECE = re.compile(r"[,，;；。()（）\s]+")
_DONE = re.compile(
    rf"[^,，;；。\n]{{0,12}}?(?:[均都已]*全[部面]|[均都])已?(?:完成|{works.FINISHED}|配齐|到位|达标|验收)"
)


def status_of(text: str | None, asked: str = "") -> str | None:
    """The status that words claim; ``asked`` is what was promised.

    Examples
    --------
    >>> [status_of(words) for words in ("超额完成", "完成任务", "未完成", "主体已完成", "超额完成一季度目标", None)]
    ['over', 'met', 'behind', 'in_progress', None, None]
    """
    if not text or _NEARLY.search(text) or _OF_A_PART.search(text):
        return None
    if _TOLD[0][1].search(text):
        return "behind"
    folded = fold(text)
    whole = works.without_parts(folded, asked)
    said = next((status for status, form in _STATUS if form.search(whole)), None)
    return said or ("in_progress" if whole != folded else None)


def noted(text: str | None) -> str | None:
    """The status that a note claims where it says nothing else: 已超额完成全年目标."""
    found = _NOTED.fullmatch(text) if text else None
    return status_of(found[1]) if found else None


def beside_rate(text: str) -> str | None:
    """The status that words claim which say of a rate how far behind or in time it is, and nothing else.

    Examples
    --------
    >>> [beside_rate(words) for words in ("22%（严重滞后）", "进度滞后，仅完成40%", "80%（新区实验幼儿园进度滞后）", "95%")]
    ['behind', 'behind', None, None]
    """
    pieces = [piece for piece in _PIECE.split(_RATE.sub(",", text)) if piece]
    claimed = {noted(piece) for piece in pieces}
    said = claimed.pop() if len(claimed) == 1 else None
    return None if said == "met" else said  # beside a rate, 完成 is but what the rate is of


def _told_in(text: str) -> str | None:
    """The status that the words of a result themselves claim: 超额完成, 未完成; figures claim none."""
    return next((status for status, form in _TOLD if form.search(text) and not _OF_A_PART.search(text)), None)


def of_all(text: str, *, alone: bool) -> str | None:
    """The status that the words of a result claim of all that it tells of: in its one clause, in one that says so (均超额完成),
    or before them all (已完成。全年培训…); ``alone`` says that it tells of one thing.

    Examples
    --------
    >>> of_all("书房建成6家,超额完成任务;驿站建成3家", alone=False), of_all("书房6家;驿站3家,均超额完成任务", alone=False)
    (None, 'over')
    >>> of_all("正在推进。书房建成2家", alone=False)
    'in_progress'
    """
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    if alone or len(clauses) == 1:
        said = _told_in(text)
    else:
        said = next(
            (_told_in(clause) for clause in clauses if _ALL.search(clause) and _told_in(clause)), None
        )
    head = _AT_HEAD.match(text)
    return said or (status_of(head[1]) if head else None)


def of_result(q: Quantity, target: Row | None, text: str, *, alone: bool) -> str | None:
    """The status that words claim of one result: those of its own clause first, then those of all.

    What is said to be done is met where it is no less than was promised.
    """
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, q.start)), default=0)
    end = _CLAUSE.search(text, q.end)
    said = _told_in(text[begin : end.start() if end else len(text)])
    if said is None:
        said = "met" if _DONE.match(text, q.end) else of_all(text, alone=alone)
    short = target is not None and target["value"] is not None and q.value < target["value"]
    return None if said == "met" and short else said
