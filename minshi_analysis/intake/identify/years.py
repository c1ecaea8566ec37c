"""The year that the promises are for, and the years of a plan: the title's before any other number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from minshi_analysis.intake.identify.front import Front
from minshi_analysis.intake.identify.identity import Found
from minshi_analysis.language import dates

__all__ = ["years_of"]

_RANGE = re.compile(
    r"(?<!\d)(20[0-4]\d)年?(?:\d{1,2}月)?[-~至到]+(20[0-4]\d)(?=年|[)\]]|$|[\u4e00-\u9fff])(?!学年|年学)"
)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)年(?:度)?")
_BARE = re.compile(r"(?<!\d)(20[0-4]\d)(?=[01]\d[0-3]\d(?!\d)|[^\d年]|$)")
_DAY = re.compile(r"(?<!\d)20\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}日?")
_BEFORE = re.compile(r"(?:自|从|到|至|截至|截止|较|比|(?<!关)于)$")  # 自2005年以来, 到2035年, 截至2020年底
_AFTER = re.compile(r"\d{0,2}月?[底末]?(?:以?来|以前|之前|起|以后|远景|基础|同期|相比|[底末](?!前))")
_PERIOD = re.compile(r"规划(?:期限?|期)[^。]{0,6}?(20\d\d)年?[-~至到]+(20\d\d)年")
_FIVE_YEARS = re.compile(
    r"第([一二三四五六七八九十]{1,3})个五年|[\"\[(]?(?<![一二三四五六七八九])(十[一二三四五六七八九]?)五(?![年\d])"
)
_PROMISES = r"实事|民[生心](?:工程|项目)|目标任务|工作任务|重点工作|政府工作报告"
_NEAR = re.compile(rf"(?<!\d)(20[0-4]\d)年度?(?!\d{{1,2}}[月日])[^。;\n]{{0,25}}?(?:{_PROMISES})")
_NOW = re.compile(
    rf"今年(?!以来)[^。;\n]{{0,60}}?(?:{_PROMISES}|办好|安排)|今年(?:的|[\u4e00-\u9fff]{{0,6}}){{0,2}}政府工作报告"
)


_AS_OF_LINE = re.compile(r"[(]?截[至止]到?(20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}[日号]|[底末])?[)]?")


# A list that a plan looks back on: 会上听取了《2022年实事项目完成情况》.
_LOOKED_BACK = re.compile(r"[^,。;\n]{0,30}?(?:完成|落实|办理|进展|推进|实施|执行)情况")
# What a report says at its end of the year to come: 2022年,我州将再办10件惠民实事.
_LOOKS_AHEAD = re.compile(r"年度?[^。;\n]{0,30}?(?:将(?!为民办|要求)|拟|再办|继续|计划|打算|谋划)")


def years_of(
    front: Front, title: str, headings: Sequence[str], kind: str | None, published: str | None
) -> tuple[Found | None, int | None]:
    """The year with where it was found, and the last year of a plan of several."""
    if kind in ("five_year_plan", "review") and (period := _period(front, title, headings)):
        return Found(period.value[0], period.where, period.sure), period.value[1]
    for where, texts, sure in (("the title", [title], 0.95), ("a heading", headings, 0.85)):
        found = _stated(texts, where, sure)
        if found:
            return found
    return _in_text(front, title, published, kind), None


def _period(front: Front, title: str, headings: Sequence[str]) -> Found | None:
    for where, text, sure in _telling(front, title, headings):
        found = _RANGE.search(text) if where in ("the title", "a heading") else _PERIOD.search(text)
        if found and int(found[1]) < int(found[2]):
            return Found((int(found[1]), int(found[2])), f"{found[0]!r} in {where}", sure)
        if where != "the text" and (period := _named_period(text)):
            return Found(period[:2], f"{period[2]!r} in {where}", sure)
    named = Counter(p for p in (_named_period(line.text) for line in front.lines) if p)
    if named:
        (first, last, words), _ = named.most_common(1)[0]
        return Found((first, last), f"{words!r} in the text", 0.7)
    return None


def _telling(front: Front, title: str, headings: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """What may tell a plan's years, the surest first: where it stands, its words, and how sure it is."""
    yield "the title", title, 0.95
    yield from (("a heading", heading, 0.85) for heading in headings)
    yield "the text", front.lead, 0.8
    yield "the text", front.body, 0.8
    yield "the file's name", front.file_name, 0.7


def _named_period(text: str) -> tuple[int, int, str] | None:
    """The years of the last plan that a title names: a review of the 十三五 in a plan of the 十四五 comes first."""
    found = list(_FIVE_YEARS.finditer(text))
    if not found:
        return None
    name = next(filter(None, found[-1].groups()))
    end = dates.parse_deadline(f"“{name}五”期间")
    return (int(end[:4]) - 4, int(end[:4]), found[-1][0]) if end else None


def _stated(texts: Iterable[str], where: str, sure: float) -> tuple[Found, int | None] | None:
    """The one year of titles, or that of the first; two of them are a doubt."""
    for text in texts:
        text = _DAY.sub("", text)
        if found := _RANGE.search(text):
            return Found(int(found[1]), f"{found[0]!r} in {where}", sure), int(found[2])
        years = _years(text)
        if not years:
            continue
        if len(years) > 1:
            listed = " and ".join(map(str, years))
            return Found(years[0], f"{where} names {listed}", 0.4), None
        return Found(years[0], f"'{years[0]}年' in {where}", sure), None
    return None


def _years(text: str) -> list[int]:
    """Years of a title, each once: not one that something is counted from, up to or compared with."""
    found = [int(m[1]) for m in _YEAR.finditer(text) if _is_named(text, m)]
    return list(dict.fromkeys(found or [int(m[1]) for m in _BARE.finditer(text)]))


def _is_named(text: str, year: re.Match) -> bool:
    """Whether a year stands for itself: nothing is counted from it, up to it, or compared with it."""
    return not _BEFORE.search(text[: year.start()]) and not _AFTER.match(text, year.end())


def _in_text(front: Front, title: str, published: str | None, kind: str | None) -> Found | None:
    """Where no title has it: 今年 beside a date of publication, the sentence on the promises, the date alone."""
    year = int(published[:4]) if published else None
    reports = kind in ("progress", "completion")
    opening = f"{title}\n{front.lead}"
    if year and (_NOW.search(opening) or "今年" in title):
        return Found(year, f"今年, published {published}", 0.85)
    lines = (_AS_OF_LINE.fullmatch(line.text) for line in front.lines)
    if alone := next((m for m in lines if m), None):
        return Found(int(alone[1]), f"{alone[0]!r} on a line of its own", 0.75)
    beside = [m for m in _NEAR.finditer(opening) if not _BEFORE.search(opening[: m.start()])]
    if kind == "plan":
        beside = [m for m in beside if not _LOOKED_BACK.match(opening, m.end())] or beside
    elif reports:
        beside = [m for m in beside if not _LOOKS_AHEAD.match(opening, m.end(1))]
    near = Counter(int(m[1]) for m in beside)
    heads = Counter(int(m[1]) for label in front.labels for m in _YEAR.finditer(label))
    counted = near or heads
    if len(counted) == 1:
        ((best, _),) = counted.items()
        return Found(best, f"'{best}年' beside the promises in the text", 0.75)
    if counted:
        best = year if year in counted else max(counted)
        listed = ", ".join(map(str, sorted(counted)))
        return Found(best, f"the text speaks of {listed}", 0.65 if year in counted else 0.4)
    if year:
        other = any(_is_named(front.lead, m) and int(m[1]) != year for m in _YEAR.finditer(front.lead))
        return Found(year, f"the date of publication, {published}", 0.45 if other else 0.65)
    if named := _years(front.file_name):
        return Found(named[0], "the file's name", 0.6 if len(named) == 1 else 0.3)
    spoken = Counter(
        int(m[1])
        for m in _YEAR.finditer(front.lead)
        if _is_named(front.lead, m) and not (reports and _LOOKS_AHEAD.match(front.lead, m.end(1)))
    )
    if spoken:
        return Found(
            spoken.most_common(1)[0][0], "a year named in the text", 0.6 if len(spoken) == 1 else 0.3
        )
    return None
