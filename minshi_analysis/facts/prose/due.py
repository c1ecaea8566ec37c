"""By when a promise is due, as its own words say: a day of theirs is not always that of all that they promise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minshi_analysis.language import works
from minshi_analysis.language.clauses import begin_of, clause_before
from minshi_analysis.language.dates import Date, find_dates, looks_back, parse_deadline
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.language.text import fold

__all__ = ["begins_anew", "due_of", "ends_before", "is_of_a_part", "trails"]

_BEGIN = re.compile(rf"{works.BEGUN}|{works.PREPARED}|着手|签订|开始")
_MAKES = "建成|新[建增]|改造|完成"
_MERE = re.compile(  # of a clause behind its date: what says that something is done, and names nothing
    rf"[前之以底末]|力争|确保|争取|计划|基本|实现|达到?|投入|使用|运[营行]|开放|正式|[并和及的了]|全面|总体|主体|整体|工程|建设|施工|任务|目标|"
    rf"工作|项目|年度|竣工|验收|[、()]|安装|调试|装修|{works.FINISHED}|{_MAKES}|开通|打造|启用"
)
_NAMED = 3  # characters that name works
_ENDS = re.compile("[;。]")
_OF_ALL = re.compile(r"全部|[均都](?=建|完|竣|投|达|实)|(?:上述|以上)(?:各?项|任务|工程)")
_END = re.compile(
    rf"完成|{works.FINISHED}|投入|验收|使用|开学|开放|办结|达到|实现|运营|底前|前$|全部|发放|结束"
)


def due_of(words: str, year: int | None) -> str | None:
    """The day by which words say that something is finished: not that by which it begins.

    Examples
    --------
    >>> due_of("6月底前开工，11月底前完工", 2024), due_of("5月底前动工", 2024), due_of("2024年12月", 2024)
    ('2024-11-30', None, '2024-12-31')
    """
    folded = fold(words)
    found = [d for d in find_dates(folded, year=year) if not looks_back(folded, d)]
    if found and begins_anew(folded, found[0], of_another=True):
        return None  # 新建学校8所;6月底前,新建幼儿园4所: the words name no day for both
    if is_of_a_part(folded, found):
        return None
    if len(found) > 1:
        found = [d for d in found if _what(folded, d.end)[1]] or [
            d for d in found if not _what(folded, d.end)[0]
        ]
        return (
            found[-1].date
            if len(found) == 1 or (found and _ordered(found))
            else parse_deadline(words, year=year)
        )
    if found and _what(folded, found[0].end) == (True, False):
        return None
    return parse_deadline(words, year=year)


def begins_anew(folded: str, date: Date, *, of_another: bool = False) -> bool:
    """Whether a date is of what follows it alone: a semicolon parts it from a promise, and it has a figure of its own.

    One that is said of all (新建6个;新建3所,2023年底前全部建成) is not; ``of_another`` asks that its figure counts a thing
    that its words name, and is no step of what stands before it (新建8所;6月底前建成4所).

    Examples
    --------
    >>> words = "改建卫生院6个;到2023年,建成中心3个"
    >>> begins_anew(words, find_dates(words)[0])
    True
    """
    cut = folded.rfind(";", 0, date.start)
    if cut < 0 or not parse_quantities(folded[:cut], kind="plan"):
        return False
    own = re.split("[;。]", folded[cut + 1 :], maxsplit=1)[0]
    counted = [
        q for q in parse_quantities(own, kind="plan") if not of_another or (q.measure and q.unit != "%")
    ]
    return bool(counted) and not _OF_ALL.search(own)


def trails(folded: str, date: Date) -> bool:
    """Whether a date stands behind the figure that it is of, and so holds for nothing that follows: 改造敬老院5所,9月底前建成.

    Examples
    --------
    >>> [trails(words, find_dates(words, year=2024)[0]) for words in ("改造敬老院5所,9月底前建成", "9月底前改造敬老院5所")]
    [True, False]
    """
    start, end = _sentence_of(folded, date)
    return (
        bool(_counted(folded[start : date.start]))
        and not _counted(folded[date.end : end])
        and not _OF_ALL.search(folded[start:end])
    )


def ends_before(folded: str, date: Date) -> bool:
    """Whether a date that trails its figure has another promise behind it, behind a semicolon or full stop, that names no day.

    Examples
    --------
    >>> words = "改造敬老院5所,9月底前建成投用;新增床位300张"
    >>> ends_before(words, find_dates(words, year=2024)[0])
    True
    """
    if not trails(folded, date):
        return False
    behind = _ENDS.split(folded[_sentence_of(folded, date)[1] :])
    return any(_counted(part) and not find_dates(part, year=int(date.date[:4])) for part in behind)


def is_of_a_part(folded: str, found: Iterable[Date]) -> bool:
    """Whether a day of a promise's words is that of some of it alone: of what stands before a semicolon (改造敬老院5所,9月底前
    建成投用;新增床位300张), or of its own clause."""
    return any(ends_before(folded, date) or _is_of_its_own(folded, date) for date in found)


def _is_of_its_own(folded: str, date: Date) -> bool:
    """Whether a date is of its clause alone: it names works that the promises before it do not (…20个,6月底前建成城市书房5座).

    Examples
    --------
    >>> def own(words):
    ...     return _is_of_its_own(words, find_dates(words, year=2024)[0])
    >>> own("新增公交线路40条,确保12月底前开通地铁5号线"), own("新建学校8所,6月底前建成4所"), own("新建学校8所,6月底前全部建成")
    (True, False, False)
    """
    start, end = _sentence_of(folded, date)
    before = folded[start : date.start]
    behind = re.split("[,;。]", folded[date.end : end], maxsplit=1)[0]
    if not _counted(before.removesuffix(clause_before(before, len(before)))) or _OF_ALL.search(behind):
        return False
    named = _MERE.sub("", re.sub(r"\d[\d.]*[万亿]?[\u4e00-\u9fff]?$", "", behind))
    works_of_it = re.search(rf"(?:开通|打造|启用|{_MAKES})[^\d]*[\u4e00-\u9fff]", behind)
    return works_of_it is not None and len(named) >= _NAMED and named[:_NAMED] not in before


def _sentence_of(folded: str, date: Date) -> tuple[int, int]:
    """Where the part of words between semicolons or full stops begins and ends that a date stands in."""
    start = begin_of(folded, date.start, ";。")
    end = _ENDS.search(folded, date.end)
    return start, end.start() if end else len(folded)


def _counted(words: str) -> bool:
    """Whether words count a thing that they name."""
    return any(q.measure and q.unit != "%" for q in parse_quantities(words, kind="plan"))


def _what(folded: str, at: int) -> tuple[bool, bool]:
    """Whether a clause behind a date speaks of a beginning, and whether of an end."""
    clause = re.split(r"[,;。]", folded[at : at + 30], maxsplit=1)[0]
    begins = bool(_BEGIN.search(clause))
    return begins, not begins and bool(_END.search(clause))


def _ordered(found: list) -> bool:
    days = [d.date for d in found]
    return days == sorted(days)
