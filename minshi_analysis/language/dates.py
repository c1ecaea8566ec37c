"""Deadlines, horizons and periods: `2022年11月`, 6月底前, 到2025年末, “十四五”期间, 2018-2021.

Dates come back as ISO strings. A month, a quarter, a half year or a year is its last day; 上旬 and 月初 are
the 10th, 中旬 the 20th. Words that only mean something beside a document (11月底, 年底前, 五年新增) need
the document's year; without it they say nothing, and nothing is what comes back.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Date", "find_dates", "only_date", "parse_deadline", "parse_period"]

_CELL = 300  # characters up to which a text's dates are kept: a cell or a sentence
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "廿": 2}

# How a number of a date is printed: digits or Chinese numerals.
_YEAR = r"(?P<y>(?:19|20)\d{2}|[一二][〇○零九]\s*[〇○零一二三四五六七八九]\s*[〇○零一二三四五六七八九])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[三二廿]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DASH = r"\s*(?:[-—–－~～〜至到]|—{2})\s*"
_LABEL = r"[“\"「『]?"
_END = r"[”\"」』]?"

_Q = "第?(?P<{}>[前一二三四1-4]{{1,2}}个?季度|[上下]半年)"
_PART = "(?P<{}>份?[上中下]旬|份?初)?"
_SEP = r"\s*[-/.]\s*"


def _year(name: str) -> str:
    return rf"(?<!\d){_YEAR.replace('<y>', f'<{name}>')}"


# One alternative for each way to print a date, the longer first. Letters: y year, m month, d day, q quarter.
_FORMS = re.compile(
    rf"""
    {_year("y1")}\s*年\s*(?:{_MONTH}\s*月\s*{_DAY}\s*[日号]{_DASH})?
        (?P<m1>{_MONTH})\s*月\s*(?P<d1>{_DAY})\s*[日号]
  | {_year("y2")}\s*年(?:度)?\s*(?:{_MONTH}\s*(?:月份?)?{_DASH})?(?P<m2>{_MONTH})\s*月{_PART.format("part2")}
  | (?<!\d)(?P<y3>(?:19|20)\d{{2}}){_SEP}(?P<m3>1[0-2]|0?[1-9]){_SEP}
        (?P<d3>3[01]|[12]\d|0?[1-9])(?!\d|[-/.]\d)
  | (?<!\d)(?P<y4>(?:19|20)\d{{2}}){_SEP}(?P<m4>1[0-2]|0[1-9])(?!\d|[-/.]\d|\s*[万亿元人个户%])
  | {_year("y5")}\s*年(?:度)?\s*{_Q.format("q5")}
  | {_year("from6")}\s*年?{_DASH}{_YEAR.replace("<y>", "<y6>")}\s*年?(?:[底末])?
  | {_year("y7")}\s*年(?:度|年?[底末内]|(?P<mid7>年?中期?(?![共国央心小职高医级]))?)?
  | (?<![\d.])(?:{_MONTH}\s*月\s*{_DAY}\s*[日号]{_DASH})?(?P<m8>{_MONTH})\s*月\s*(?P<d8>{_DAY})\s*[日号]
  | (?<![\d.每个])(?:{_MONTH}\s*(?:月份?)?{_DASH})?(?P<m9>{_MONTH})\s*月{_PART.format("part9")}(?![度均])
  | (?<![每半]){_Q.format("q10")}
  | (?P<next>[今本当明次])年
        (?:[底末内度]|之内|\s*(?P<m11>{_MONTH})\s*月(?:\s*(?P<d11>{_DAY})\s*[日号])?)?
  | (?<![每多\d])(?P<year_end>年[底末内]|全年)
  | {_LABEL}(?P<plan>[一二三四五六七八九十]{{1,3}})五{_END}\s*(?:规划)?(?:期间|时期|期内|末|期末|以?来)
  | (?P<five>(?<![一二三四五六七八九十近])五年(?=[\u4e00-\u9fff]{{0,6}}(?:增|累计|建|完成|改造|培|引))
        |规划期(?:内|末|间))
    """,
    re.VERBOSE,
)

_MAYBE = re.compile(r"[年月季五〇○零九]|规划期|(?:19|20)\d\d")  # one of these is in every form
_YEARS, _MONTHS, _DAYS = (
    frozenset(name for name in _FORMS.groupindex if re.fullmatch(rf"{first}\d+", name)) for first in "ymd"
)

# What stands before a date that is compared with, counted from or looked back to, and behind one that begins.
_NOT_DUE_BEFORE = re.compile(r"(?:较|比|自|从|由|同比|截至|截止|截止到|相比|已于|已在)\s*$")
_NOT_DUE_AFTER = re.compile(r"\s*(?:份|[日号])?[底末]?(?:起|以来|以后|之后|后(?![续勤期])|开始)")
_NO_MORE = re.compile(
    r"[\s底末前内()]*(?:以前|之前)?[\s()]*"
)  # what may stand beside a date that stands alone
_AS_OF = re.compile(r"\s*(?:截至|截止到?|[(（])?\s*")
_BETWEEN = re.compile(rf"[底末]?{_DASH}")
_PERIOD = re.compile(rf"(?<!\d)((?:19|20)\d{{2}})\s*年?(?:\d{{1,2}}月)?(?:{_DASH}((?:19|20)\d{{2}}))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Date:
    """A date found in a text.

    Attributes
    ----------
    date : str
        ISO date; the last day of a period.
    start, end : int
        Offsets in the text that was given.
    surface : str
        As printed.
    own_year : bool
        The text itself names the year; otherwise it was taken from the context.
    plan : bool
        A whole plan period is meant (“十四五”期间, 五年新增): what is counted is a sum over its years.
    """

    date: str
    start: int
    end: int
    surface: str
    own_year: bool
    plan: bool = False


def find_dates(text: str, *, year: int | None = None, year_end: int | None = None) -> list[Date]:
    """Every date of a text, in reading order.

    Parameters
    ----------
    text : str
    year : int, optional
        Year of the document, for dates printed without one.
    year_end : int, optional
        Last year of the document's period, for 五年新增 and 规划期末.

    Returns
    -------
    list of Date
        Dates whose year is neither printed nor given are left out, and so are impossible ones (2月30日).

    Examples
    --------
    >>> [d.date for d in find_dates("3月底前完成6万人;6月底前完成13万人", year=2024)]
    ['2024-03-31', '2024-06-30']
    """
    return list((_kept if len(text) <= _CELL else _dates)(text, year, year_end))


def parse_deadline(text: str, *, year: int | None = None, year_end: int | None = None) -> str | None:
    """The date by which something is due, or None where the text names none.

    Dates that are compared with (较2020年), counted from (2021年8月起) or looked back to (截至6月底) are not
    deadlines, unless the text begins with that one date (截至2022年12月20日). Of a range the end is meant.

    Parameters
    ----------
    text : str
    year, year_end : int, optional
        The document's year and the last year of its period.

    Examples
    --------
    >>> parse_deadline("2022年11月")
    '2022-11-30'
    >>> parse_deadline("到2025年，全市常住人口达到1000万人")
    '2025-12-31'
    >>> parse_deadline("11月底前", year=2022)
    '2022-11-30'
    >>> parse_deadline("持续推进"), parse_deadline("7月1日起按新标准发放", year=2021)
    (None, None)
    """
    found = find_dates(text, year=year, year_end=year_end)
    due = [d for d in found if not looks_back(text, d)]
    if due:
        first = due[0]
        for later in due[1:]:  # 2021年9月至2022年6月
            if not _BETWEEN.fullmatch(text[first.end : later.start]):
                break
            first = later
        return first.date
    as_of = len(found) == 1 and _AS_OF.fullmatch(text[: found[0].start])
    if as_of and not _NOT_DUE_AFTER.match(text, found[0].end):  # 7月1日起按新标准发放 begins then
        return found[0].date
    return None


def only_date(text: str, *, year: int | None = None) -> str | None:
    """The day that words name where they name it and nothing else.

    Examples
    --------
    >>> only_date("6月底前", year=2024), only_date("6月底前开工", year=2024)
    ('2024-06-30', None)
    """
    found = find_dates(text, year=year)
    if not found or not _NO_MORE.fullmatch(text[: found[0].start] + text[found[-1].end :]):
        return None
    return found[-1].date


def looks_back(text: str, date: Date) -> bool:
    """Whether a date of the text is compared with, counted from or reported as of."""
    before = text[max(0, date.start - 4) : date.start]
    after = text[date.end : date.end + 4]
    return bool(_NOT_DUE_BEFORE.search(before) or _NOT_DUE_AFTER.match(after))


def parse_period(text: str) -> tuple[int, int] | None:
    """First and last year of a period.

    Examples
    --------
    >>> parse_period("2018-\\n2027")
    (2018, 2027)
    >>> parse_period("2021年")
    (2021, 2021)
    >>> parse_period("——") is None
    True
    """
    match = _PERIOD.search(text)
    if match is None:
        return None
    first = int(match[1])
    last = int(match[2] or first)
    return (first, last) if first <= last else None


@lru_cache(maxsize=2048)
def _kept(*asked) -> tuple[Date, ...]:
    """The dates of a short text, kept: many rows have one deadline, and who is due, by when and in which steps ask for it."""
    return tuple(_dates(*asked))


def _dates(text: str, year: int | None, year_end: int | None) -> Iterator[Date]:
    for match in _FORMS.finditer(text) if _MAYBE.search(text) else ():
        got = {name: value for name, value in match.groupdict().items() if value}
        own = next((name for name in got if name in _YEARS), None)
        printed = _number(got["y6"] if "y6" in got else got[own]) if own else None
        iso = _iso(got, printed, year, year_end)
        if iso:
            plan = "plan" in got or "five" in got
            yield Date(iso, match.start(), match.end(), match[0], own is not None or "plan" in got, plan)


def _iso(got: dict[str, str], printed: int | None, year: int | None, year_end: int | None) -> str | None:
    if "plan" in got:  # 六五 is 1981-1985, 十四五 2021-2025
        return f"{1955 + 5 * _number(got['plan'])}-12-31"
    if "five" in got:
        return f"{year_end}-12-31" if year_end else None
    if printed is None and year is None:
        return None
    at = printed if printed is not None else year + (got.get("next") in ("明", "次"))
    month = next((_number(v) for k, v in got.items() if k in _MONTHS), None)
    day = next((_number(v) for k, v in got.items() if k in _DAYS), None)
    if day:
        return _valid(at, month, day)
    if month:
        part = next((v for k, v in got.items() if k.startswith("part")), "")
        day = 10 if part.endswith(("上旬", "初")) else 20 if part.endswith("中旬") else None
        return _valid(at, month, day)
    quarter = got.get("q5") or got.get("q10")
    if quarter:
        return _valid(at, _last_month(quarter), None)
    return _valid(at, 6 if "mid7" in got else 12, None)


def _last_month(quarter: str) -> int:
    """The month with which a quarter or half year ends."""
    if quarter.endswith("半年"):
        return 6 if quarter.startswith("上") else 12
    return 3 * _number(re.sub(r"[前第个季度]", "", quarter))


def _valid(year: int, month: int, day: int | None) -> str | None:
    last = calendar.monthrange(year, month)[1]
    if day is not None and day > last:
        return None
    return datetime.date(year, month, day or last).isoformat()


def _number(text: str) -> int:
    """A number of a date: 2022, 二〇二二, 十一, 二十五, 三十."""
    text = re.sub(r"\s", "", text)
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" not in text:
        return int("".join(str(_DIGITS[c]) for c in text))
    tens, _, ones = text.partition("十")
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
