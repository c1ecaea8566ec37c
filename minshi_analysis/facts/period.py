"""Targets of several years in a document of one: 2606个村通公路(2013—2017年), 三年内建成5所, 2014-2016年累计新增3万张."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.facts.context import Row
from minshi_analysis.facts.nature import words_around
from minshi_analysis.language.text import fold

__all__ = ["of_periods"]

_FROM_TO = r"(?:19|20)\d\d年?(?:[-—–~～]{1,2}|至|到)(?:(?:19|20)\d\d|\d\d)年(?!度|级|鉴|行动|规划|计划|方案)"
_N = r"(?:[二三四五六七八九十]|(?<!\d)[2-9])"
_OF_WHOM = r"(?<!第)(?<!毕业)(?<!离校)(?<!成立)(?<!登记)(?<!退役)(?<!结婚)(?<!入职)"  # 毕业2年内的毕业生
_WITHIN = rf"{_OF_WHOM}{_N}年(?:之?内(?!的|未)|时间|累计|总?共|合计|期间)"
_BEFORE = re.compile(rf"{_FROM_TO}|{_WITHIN}")
_BEHIND = re.compile(
    rf"[^,;。!?|\n]*?\((?:其中:?|即|(?:实施|建设)?(?:期限|周期|年限|时间):?)?(?:{_FROM_TO}|{_WITHIN})[^()\d]{{0,6}}(?:\)|$)"
)
_SUMMED = re.compile(rf"(?:{_FROM_TO}|{_N}年)(?:期间)?,?(?:累计|总?共|合计)[^,;。|]*$")
_CALLED = re.compile(r'《[^》]*》|"[^"]*"')
_YEARLY = re.compile(r"每年|年均|[由从](?=(?:19|20)\d\d年[^,;。]*(?:提高|降|增加到|提升))")


def of_periods(targets: Sequence[Row], text: str | None) -> list[Row]:
    """The targets of one task, those cumulative that its words promise for several years together.

    Parameters
    ----------
    targets : sequence of Row
        With natures: a level to stand at, or a rate, is no sum of years.
    text : str or None
        The words of their task.

    Examples
    --------
    >>> row = {"measure": "养老床位", "value": 30000.0, "nature": "flow", "cumulative": False}
    >>> [of_periods([row], words)[0]["cumulative"] for words in ("新增养老床位3万张(2014—2016年)", "新增养老床位3万张")]
    [True, False]
    """
    said = _CALLED.sub(lambda m: "·" * len(m[0]), fold(text or ""))
    if "年" not in said or not (_BEFORE.search(said) or _BEHIND.search(said)):
        return list(targets)
    return [row | {"cumulative": True} if _is_summed(row, said) else row for row in targets]


def _is_summed(row: Row, said: str) -> bool:
    if row["nature"] not in ("flow", "stage") or row["cumulative"]:
        return False
    before, behind = words_around(said, row["value"], fold(row["measure"] or ""))
    if _YEARLY.search(before):
        return False
    at = said.find(behind) if behind else len(said)
    head = said[: max(0, said.rfind(before, 0, at))]  # the clauses before its own
    return bool(_BEFORE.search(before) or _BEHIND.match(behind) or _SUMMED.search(head + before))
