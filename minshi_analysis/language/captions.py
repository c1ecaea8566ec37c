"""What a table's title, or the line above it, says of the unit of its figures: 单位:户, (金额单位:亿元), 计量单位:万元、公里."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minshi_analysis.language.quantities import parse_unit

__all__ = ["money_unit", "units_said"]

_SAID = re.compile(r"(?<![任头办施管合])单位[:为]?\s*([^()\s:;。]{1,24})")  # none of 责任单位, 牵头单位
_MONEY = re.compile(r"[百千万亿]*元")
_BARE = re.compile(r"[(\[]\s*([百千万亿]*元)[)\]]")  # 资金安排表(万元)


def units_said(text: str) -> list[str]:
    """The units that folded words name for the figures below them.

    Examples
    --------
    >>> units_said("(单位:户)"), units_said("计量单位:万元、平方米、公里"), units_said("(单位:元/人)"), units_said("2023年计划")
    (['户'], ['万元', '平方米', '公里'], ['元/人'], [])
    """
    lists = (re.split("[、,和]", match[1]) for match in _SAID.finditer(text))
    return [unit for each in lists for said in each for unit in _alternatives(said)]


def _alternatives(said: str) -> list[str]:
    """Units that a stroke divides (人/户), or the one that it is part of (元/月, 1/10万)."""
    parts = said.split("/")
    return parts if not parse_unit(said) and all(map(parse_unit, parts)) else [said] if said else []


def money_unit(texts: Iterable[str]) -> str | None:
    """The unit of amounts by the first of some folded texts that names just one, with 单位 or in brackets of its own.

    Examples
    --------
    >>> money_unit(["计量单位:万元、平方米"]), money_unit(["序号 项目", "资金安排表(亿元)"]), money_unit(["单位:元、万元"])
    ('万元', '亿元', None)
    """
    for text in texts:
        said = {unit for unit in units_said(text) if _MONEY.fullmatch(unit)} | set(_BARE.findall(text))
        if len(said) == 1:
            return said.pop()
    return None
