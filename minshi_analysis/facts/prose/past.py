"""Other years: whether a figure is of one before the document's own, and what a report printed the year after calls its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from minshi_analysis.facts.prose.growth import is_promised_change
from minshi_analysis.language.dates import Date
from minshi_analysis.language.quantities import Quantity

if TYPE_CHECKING:
    from minshi_analysis.facts.prose.meaning import Place

__all__ = ["NEXT_YEAR", "OWN_YEAR", "is_past", "names_own_year"]

# What a report that is printed the year after calls its own year, and the next one.
OWN_YEAR = re.compile(r"(?<![比较同和与])(?:去年|过去的?一年|上一年度?)(?!同期|[底末]|的?基础)")
NEXT_YEAR = re.compile(r"(?:今年(?!以来)|本年|明年|下一年)[^;。去]*$")
_PLANNED_NEXT = re.compile(r"(?:今年|本年)(?!以来)[^。;；\n]{0,16}(?:将|计划|拟|再|力争|继续|确保)")
_LAST = re.compile(r"(?:去年|上年|上一年|前年|往年|同期|近年来|[近过]去?[一二三两几\d]年)[^;。今本]*$")
_ON_TOP = re.compile(r"基础上[,，]?|[,;]再(?=[\u4e00-\u9fff])")  # 在2022年新建14个的基础上, 再新建20个
_THIS_YEAR = re.compile(rf"今年|本年|全年|{_ON_TOP.pattern}")
_COMPARED = ("比", "较", "同比")
_BRACKETS = re.compile(r"\([^()]*\)")


def names_own_year(words: str) -> bool:
    """Whether a text calls its own year 今年: what it plans for 今年 apart.

    Examples
    --------
    >>> names_own_year("今年以来新建公厕7座"), names_own_year("去年新建公厕7座。今年计划再建5座")
    (True, False)
    """
    return len(re.findall("今年|本年(?!度)", words)) > len(_PLANNED_NEXT.findall(words))


def is_past(quantity: Quantity, folded: str, dates: Sequence[Date], place: Place) -> bool:
    """Whether the last date before a figure in its sentence lies before the document's year, and no promise begins behind it."""
    year = place.year
    if year is None:
        return False
    named = _LAST.search(folded, 0, quantity.start)
    if named is not None and place.afterwards and OWN_YEAR.match(folded, named.start()):
        return False
    promised = not place.reports and is_promised_change(quantity, folded)
    if named is not None and promised and folded[: named.start()].endswith(_COMPARED):
        named = None  # 比上年增长8%
    if named is not None:
        return not _ON_TOP.search(folded, named.start(), quantity.start)
    outside = _BRACKETS.sub(lambda m: "·" * len(m[0]), folded[: quantity.start])  # 25个(其中2023年结转8个)
    last = next((d for d in reversed(dates) if d.end <= quantity.start and outside[d.start] != "·"), None)
    if last is None or not last.own_year or int(last.date[:4]) >= year:
        return False
    compared = folded[max(0, last.start - 1) : last.start] in ("较", "比", "由", "从")
    return not compared and not _THIS_YEAR.search(folded, last.end, quantity.start)
