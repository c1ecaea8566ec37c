"""Every printed number of a text, in reading order: with the quantity it is part of, or with the reason why it is none.

What the ledger of figures is built on. The same walk as ``parse_quantities``, so that the two cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from minshi_analysis.language import grammar as g
from minshi_analysis.language.page import Skip
from minshi_analysis.language.quantities import CELL, Quantity, pages, quantity

__all__ = ["REASONS", "Figure", "figures"]

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "date": "a date, a year or a time of day",
        "age": "an age",
        "duration": "a length of time",
        "ordinal": "a rank or a place in a row",
        "item_number": "the number of an item or a section",
        "mark": "the mark of a footnote",
        "name": "part of a name",
        "rating": "a grade, a class or a technical rating",
        "code": "a document's number, a telephone number or another code",
        "threshold": "who or what qualifies",
        "place": "where it is or for which places",
        "word": "part of a word that counts nothing",
        "vague": "a number that is not named",
        "foreign_money": "an amount in foreign money",
        "bare": "a number without a unit",
        "unclear": "digits that may be one number or several",
    }
)
_OF_KIND = {"attribute": "rating"}  # kinds of units that have another name as a reason
_ADDRESS = re.compile(r"(?:https?:|www\.|@)[^\s\u4e00-\u9fff]*$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}[^0-9]|[一二][〇○零九]")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-/.~至].*")
_CLOCK = re.compile(r"[0-2]?[0-9]:[0-5][0-9]")
_OPEN_HOURS = re.compile(r"上午|下午|早|晚|每[日天]|时间|开放|营业|[0-9]:[0-5][0-9][-~至]")
_PART_OF_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2})?[-/.~至]$")
_NAMED = re.compile(r"[路线楼栋幢室弄巷]|热线|专线")
_CODED = re.compile(
    r"(?:电话|传真|邮编|编码|代码|热线|编号|索引号|文号|号码|账号|信箱)[:为是]? ?$|[字发办政函规]\[$"
)
_ANNEXED = re.compile(
    r"(?:附件|附表|附录|附图|专栏|图表|续表|^表|^图|[|。;:\n]表|[|。;:\n]图) ?(?:[0-9]{1,2}[-.])?$"
)
_TEXT = re.compile(r" ?[\u4e00-\u9fff\[“\"]")
_STARTS = "|。;!?" + g.BREAK


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number, or the two of a range.

    Attributes
    ----------
    start, end : int
        Offsets in the given text; a quantity's are the quantity's own, its comparators included.
    surface : str
        The printed text between them.
    quantity : Quantity or None
        What it says, as ``parse_quantities`` gives it.
    reason : str or None
        Why it is no quantity, one of ``REASONS``; None for a quantity.
    """

    start: int
    end: int
    surface: str
    quantity: Quantity | None
    reason: str | None


def figures(
    text: str, *, unit: str | None = None, kind: str | None = None, year: int | None = None
) -> list[Figure]:
    """Every printed number of a text, each in exactly one figure.

    Arabic digits always; Chinese numerals where they count or could count (两家, 三年, 第二批; not 一体化, 三农).

    Parameters
    ----------
    text : str
        Printed text.
    unit, kind, year : optional
        As for ``parse_quantities``.

    Returns
    -------
    list of Figure
        In reading order, without overlaps. Those with a quantity are what ``parse_quantities`` returns.

    Raises
    ------
    ValueError
        If ``unit`` or ``kind`` is not known.

    Examples
    --------
    >>> [(f.surface, f.reason) for f in figures("2、2024年新增托位7500个,服务0-3岁儿童,投资50+30万元")]
    [('2', 'item_number'), ('2024年', 'date'), ('7500个', None), ('0-3岁', 'age'), ('50+30', 'unclear')]
    """
    return list((_of_cell if len(text) <= CELL else _walk)(text, unit, kind, year))


def _walk(text: str, unit: str | None, kind: str | None, year: int | None) -> Iterator[Figure]:
    for tidy, folded, items in pages(text, unit, kind, year):
        for item in items:
            if isinstance(item, Skip):
                start, end = tidy.span(item.start, item.end)
                reason = _reason(folded, item)
                if reason == "mark" and text[start - 1] not in "[［":
                    reason = "bare"  # 〔45〕 is a figure
                yield Figure(start, end, text[start:end], None, reason)
            else:
                read = quantity(text, tidy, item)
                yield Figure(read.start, read.end, read.surface, read, None)


@lru_cache(maxsize=2048)
def _of_cell(*asked) -> tuple[Figure, ...]:
    """The figures of a short text, kept: most cells of a table with a number print what another one does."""
    return tuple(_walk(*asked))


def _reason(s: str, skip: Skip) -> str:
    """The reason in the words of the closed list."""
    before = s[max(0, skip.start - 24) : skip.start]
    if skip.reason == "date" and s[skip.end - 1] == "号" and "月" not in before[-4:]:
        return "code"  # 〔2024〕4号, 2号楼
    if skip.reason == "duration" and _YEAR.match(s, skip.start, skip.end):
        return "date"
    if skip.reason not in ("bare", "unclear", "code"):
        return _OF_KIND.get(skip.reason, skip.reason)
    return _of_bare(before, s[skip.start : skip.end], s[skip.end : skip.end + 6], skip.reason)


def _of_bare(before: str, number: str, after: str, reason: str) -> str:
    """What a number without a unit is: a code, a date, a mark, an item's number only where what stands around says so."""
    if _ADDRESS.search(before):
        return "code"
    if _PART_OF_DATE.search(before) or _DATE.fullmatch(number):
        return "code" if after.startswith("]") else "date"
    if _CLOCK.fullmatch(number) and _OPEN_HOURS.search(before):
        return "date"
    if reason == "unclear":
        return "unclear"
    digits = sum(c.isdigit() for c in number)
    if _ANNEXED.search(before):
        return "item_number"
    if before.endswith("之"):
        return "ordinal"  # 民生工程之1
    if digits > 11 or (number[0] == "0" and digits > 2 and "." not in number) or _CODED.search(before):
        return "code"
    if reason == "code" or (after[:1].isascii() and after[:1].isalpha()):
        return "name" if g.CJK.search(after[:2]) else "code"
    if digits <= 2 and after.startswith("]") and re.search(r"[^|\s\[]\[$", before):
        return "mark"
    if _numbers_an_item(before, digits, after):
        return "item_number"
    return "name" if _NAMED.match(after) else "bare"


def _numbers_an_item(before: str, digits: int, after: str) -> bool:
    """Whether a number opens a line or a sentence, with a mark behind it: 1. (2) 三、"""
    before = before.rstrip(" ")
    bracket = before.endswith("(")
    opens = before[:-1].rstrip(" ")[-1:] if bracket else before[-1:]
    closes = after[:1] == ")" if bracket else after[:1] in ("、", ".", ")", "．")
    if opens == ":":  # 如下: (1)新增; but 目标:500、
        return closes and digits <= 2 and bool(_TEXT.match(after, 1))
    return closes and digits <= 3 and (not opens or opens in _STARTS)
