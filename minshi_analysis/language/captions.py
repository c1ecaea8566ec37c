"""What a table's title, or the line above it, says of the unit of its figures: 单位:户, (金额单位:亿元), 计量单位:万元、公里."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minshi_analysis.language.head_parts import pattern
from minshi_analysis.language.quantities import parse_unit

__all__ = ["money_unit", "unit_of_thing", "units_said"]

_SAID = re.compile(r"(?<![任头办施管合])单位[:为]?\s*([^()\s:;。]{1,24})")  # none of 责任单位, 牵头单位
_MONEY = re.compile(r"[百千万亿]*元")
_SHARE = re.compile(r"(?:率|比[重例率]|占比|份额)(?:达到?|[提升]高?[到至]|控制在|[不低高]+于|以[上内])?$")
_BARE = re.compile(r"[(\[]\s*([百千万亿]*元)[)\]]")  # 资金安排表(万元)


def units_said(text: str) -> list[str]:
    """The units that folded words name for the figures below them.

    Examples
    --------
    >>> units_said("(单位:户)"), units_said("计量单位:万元、平方米、公里"), units_said("(单位:元/人)"), units_said("2023年计划")
    (['户'], ['万元', '平方米', '公里'], ['元/人'], [])
    """
    lists = (re.split("[、,和及]", match[1]) for match in _SAID.finditer(text))
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


def unit_of_thing(text: str, name: str) -> str | None:
    """The unit that a line above a table gives the bare figures of what a name counts, or None where it is not plain.

    Money is none of things counted, and % is that of shares alone, which are told by their names.

    Examples
    --------
    >>> said = "(单位:人、%)"
    >>> unit_of_thing(said, "技能培训"), unit_of_thing(said, "就业率"), unit_of_thing("(单位:人)", "就业率")
    ('人', '%', None)
    >>> unit_of_thing("(单位:个、万元)", "公厕"), unit_of_thing("(单位:人、个)", "公厕")
    ('个', None)
    >>> unit_of_thing("(单位:个、万元)", "完成投资") is None
    True
    """
    units = {unit: scaled[1] for unit in units_said(text) if (scaled := parse_unit(unit))}
    if _SHARE.search(name):
        return "%" if "%" in units.values() else None
    if re.search(rf"(?:{pattern('money').pattern})$", name) and {"元", "万元"} & {*units.values()}:
        return None  # 补助 may be so many cases, or so much money
    counted = [unit for unit, plain in units.items() if plain not in ("元", "万元", "%")]
    return counted[0] if len(counted) == 1 else None
