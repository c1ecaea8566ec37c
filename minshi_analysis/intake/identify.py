"""What a document says of itself: title, issuer, region, year, kind, dates and number, each with where it was found.

Nothing is guessed in silence: what is not found is missing, and what was found in one weak place says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from minshi_analysis.language import dates, regions
from minshi_analysis.language.heads import role_of
from minshi_analysis.language.text import fold, simplified, tidy
from minshi_analysis.model import KINDS
from minshi_analysis.reading.blocks import Document, Grid, Paragraph

__all__ = ["Identity", "identify", "stated"]

_READ = 200_000  # characters in which place names are counted
_FRONT = 40  # blocks at the beginning, and as many at the end, in which a document presents itself
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,9}?(?:自治区|自治州|自治县|特别行政区|省|市|区|县|旗)|[\u4e00-\u9fff]县|[城郊矿]区"
)
_UNLISTED = re.compile(
    r"[\u4e00-\u9fff]{1,5}?[区县](?=20\d\d|人民政府|民生|为民|十)"
)  # 江干区2020年, 高新区民生实事
_YEAR = re.compile(r"(20\d\d)年度?")
_PERIOD = re.compile(r"规划(?:期限?|期)[^。]{0,6}(20\d\d)年?[-—~至](20\d\d)年")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}[\[(〔](?:19|20)\d\d[\])〕]\d{1,4}号")
_ISSUER = re.compile(
    r"(?:[\u4e00-\u9fff]{2,12}(?:人民政府(?:办公[厅室])?|人民代表大会|委员会|办公[厅室]|管委会|领导小组))$"
)
_FIVE_YEARS = re.compile(
    r"第([一二三四五六七八九十]{1,3})个五年|[“\"]([一二三四五六七八九十]{1,3})五[”\"]|(十[一二三四五六七八九]?)五(?![年\d])"
)
_PART_OF_YEAR = r"[一二三]季度|(?<!下)半年|1月?[-—–~～至到](?:[2-9]|1[01])月"
_KINDS = (
    ("progress", _PART_OF_YEAR + r".*(?:情况|进[展度]|通报|报告)"),
    ("completion", r"年度完成情况|完成情况(?:的)?(?:通报|报告|公示)?$|完成情况|办结|总结"),
    ("progress", r"进展|半年度?|季度|推进情况|进度(?!安排|计划|目标|节点)"),
    ("five_year_plan", r"[一二三四五六七八九十]+五[”\"]?.{0,20}规划|五年规划"),
    (
        "plan",
        r"候选项目|责任分解|任务分解|责任清单|实施方案|工作方案|计划|目标任务|关于.{0,30}通知",
    ),
)
_PROMISES = r"实事|民生(?:工程|项目)|清单"  # a title that says no more is a plan's


@dataclass(frozen=True, slots=True)
class Identity:
    """What was found of a document; None where it says nothing. ``notes`` tell where each was found."""

    title: str | None = None
    issuer: str | None = None
    region: str | None = None
    adcode: str | None = None
    level: str | None = None
    year: int | None = None
    year_end: int | None = None
    kind: str | None = None
    as_of: str | None = None
    published: str | None = None
    reference_no: str | None = None
    script: str = "hans"
    notes: tuple[str, ...] = ()


def identify(document: Document, name: str = "") -> Identity:
    """What a document says of itself.

    Parameters
    ----------
    document : Document
    name : str
        The file's name, the last place to look.

    Returns
    -------
    Identity
    """
    lines = [(tidy(p.text), p.level) for p in _front(document)]
    title = _title(lines)
    places = (
        [("title", title or "")]
        + [("heading", t) for t, level in lines if level]
        + [("text", t) for t, _ in lines]
        + [("file name", tidy(name))]
    )
    notes: list[str] = []

    def first(pattern: re.Pattern | str, what: str) -> re.Match | None:
        for where, text in places:
            found = re.search(pattern, fold(text))
            if found:
                notes.append(f"{what}: {found[0]!r} in the {where}")
                return found
        return None

    region = _region(document, places, notes)
    kind = _kind(document, places, notes)
    year, year_end = _years(kind, title, first)
    number = first(_NUMBER, "reference_no")
    issuer = next((m[0] for t, _ in lines for m in [_ISSUER.search(t)] if m and len(t) <= 30), None)
    return Identity(
        title=title,
        issuer=issuer,
        region=region.name if region else None,
        adcode=region.adcode if region else None,
        level=region.level if region else None,
        year=year,
        year_end=year_end,
        kind=kind,
        as_of=_as_of(places, kind, year),
        published=_published(lines),
        reference_no=number[0] if number else None,
        script="hant" if _is_traditional(document.text[:5000]) else "hans",
        notes=tuple(notes),
    )


def stated(region: str | None = None, year: int | None = None, kind: str | None = None) -> dict[str, Any]:
    """What a person says of a document, checked: fields of an `Identity`.

    A region is a full name or a six-digit code of today's list or of the well-known regions that are no more, or the
    name of a development zone, which has no code.

    Raises
    ------
    ValueError
        A region or kind that does not exist, or a region that was no more in that year.
    """
    said: dict[str, Any] = {}
    if region is not None:
        said |= _place(region, year)
    if year is not None:
        said["year"] = int(year)
    if kind is not None:
        if kind not in KINDS:
            raise ValueError(f"no kind {kind!r}: there are {', '.join(KINDS)}")
        said["kind"] = kind
    return said


def _place(name: str, year: int | None) -> dict[str, str | None]:
    """The fields of a region that a person names."""
    place = regions.find(name)
    if place is None and not regions.named(name) and regions.body(name):
        return {"region": name, "adcode": None, "level": None}  # a zone is of no level of government
    if place is None:
        raise ValueError(_no_region(name))
    end = regions.ended(place)
    if end is not None and year is not None and int(year) > end:
        raise ValueError(
            f"{place.name} ended in {end}: it has no document for {year}; give the region of today"
        )
    return {"region": place.name, "adcode": place.adcode, "level": place.level}


def _no_region(name: str) -> str:
    several = [region.adcode for region in regions.named(name)]
    if len(several) > 1:
        listed = regions.told(several)
        return f"no region {name!r} alone: {len(several)} are called so; give the code of one: {listed}"
    return f"no region {name!r} in China's list: give the full name or its six-digit code"


def _front(document: Document) -> Iterator[Paragraph]:
    """The paragraphs at both ends, and the cells of small tables among them (the box over a published page)."""
    blocks = document.blocks
    ends = blocks if len(blocks) <= 2 * _FRONT else (*blocks[:_FRONT], *blocks[-_FRONT:])
    for block in ends:
        if isinstance(block, Paragraph):
            yield block
        elif len(block.rows) <= 6:
            yield from (
                Paragraph(c.text, c.start, c.end) for row in block.rows for c in row if c and len(c.text) < 80
            )
        else:
            yield from (
                Paragraph(c.text, c.start, c.end)
                for row in block.rows[:2]
                for c in row
                if c and len(c.text) < 60
            )


def _title(lines: list[tuple[str, int]]) -> str | None:
    """The first line that reads like a title: not long, no sentence, about 实事, 项目, 规划, or a year."""
    for text, _ in lines[:25]:
        if (
            8 <= len(text) <= 70
            and not re.search(r"[。;;]", text)
            and re.search(r"实事|民生|规划|项目.*(?:表|情况|报告|清单|通知)", text)
        ):
            return text.removeprefix("附件:").strip()
    return None


def _region(document: Document, places: list[tuple[str, str]], notes: list[str]) -> regions.Region | None:
    """The region that the document names most, its title counting more; a short name only where nothing else is there.

    杭州市西湖区 is one name: the city that a county's name begins with is not meant. Where the list of regions does not
    have the county (an abolished one), the document does not speak for the city either.
    """
    found: Counter[regions.Region] = Counter()
    shared: tuple[regions.Region, ...] = ()  # the title's one name, if several regions have it
    weights = {"title": 5, "heading": 2}
    for where, text in places:
        if where not in weights and where != "file name":
            continue
        matches: list[tuple[re.Match | None, regions.Region | None]] = []
        for match in _PLACE.finditer(text):
            matches.append((match, _resolved(match[0], [*(r for _, r in reversed(matches) if r), *found])))
        if where == "title" and all(region is None for _, region in matches):
            shared = next((several for match, _ in matches if (several := _namesakes(match[0]))), ())
        for (match, region), (after, below) in pairwise([*matches, (None, None)]):
            joined = after is not None and after.start() == match.end()
            if region is None or (joined and below is not None and below.parent == region.adcode):
                continue
            if joined and below is None and where == "title" and _UNLISTED.match(text, after.start()):
                notes.append(f"region: {region.name} has no {after[0]} in today's list")
                return None
            found[region] += weights.get(where, 1)
    for match in _PLACE.finditer(tidy(document.text[:_READ])):
        region = _resolved(match[0], found)
        if region is not None and region.level != "province":
            found[region] += 1
    if shared:
        likely = [region for region in shared if region in found] or [
            region for region in shared if region.parent in {other.adcode for other in found}
        ]
        if len(likely) != 1:
            several = regions.told(region.adcode for region in shared)
            notes.append(f"region: {shared[0].name} is {several}")
            return None
        notes.append(f"region: {likely[0].name} of the title, {likely[0].adcode} by the places in the text")
        return likely[0]
    if not found:
        return None
    best, count = found.most_common(1)[0]
    notes.append(f"region: {best.name}, named most ({count})")
    return best


def _resolved(word: str, seen: Iterable[regions.Region]) -> regions.Region | None:
    """A place name in running words: the longest end of the match that is a name."""
    for start in range(len(word) - 1):
        name = word[start:]
        region = regions.find(name) or next(
            (
                regions.find(name, within=r.adcode)
                for r in seen
                if r.adcode and regions.find(name, within=r.adcode)
            ),
            None,
        )
        if region is not None and region.name == name:
            return region
    return None


def _namesakes(word: str) -> tuple[regions.Region, ...]:
    """The regions whose full name ends a place name, where there are several; 城区 in a title is mostly no name."""
    for start in range(len(word) - 2):
        several = [region for region in regions.named(word[start:]) if region.name == word[start:]]
        if several:
            return tuple(several) if len(several) > 1 else ()
    return ()


def _kind(document: Document, places: list[tuple[str, str]], notes: list[str]) -> str | None:
    if any(_PERIOD.search(fold(text)) for _, text in places):
        notes.append("kind: five_year_plan, from its stated period")
        return "five_year_plan"
    labels = {
        role_of(tidy(c.text))
        for b in document.blocks
        if isinstance(b, Grid)
        for row in b.rows[:2]
        for c in row
        if c and len(c.text) < 20
    }
    for where, text in places[:1] + [p for p in places if p[0] == "heading"]:
        for kind, words in _KINDS:
            if re.search(words, fold(text)):
                notes.append(f"kind: {kind}, from the {where}")
                return kind
    if "result" in labels:
        kind = "completion" if labels & {"status", "rate"} else "progress"
        notes.append(f"kind: {kind}, from a column of results")
        return kind
    if labels & {"task", "project", "indicator"}:
        notes.append("kind: plan, from the columns of its table")
        return "plan"
    if re.search(_PROMISES, fold(places[0][1])):
        notes.append("kind: plan, from the title")
        return "plan"
    for where, text in places:
        for kind, words in _KINDS:
            if re.search(words, fold(text)):
                notes.append(f"kind: {kind}, from the {where}")
                return kind
    return None


def _years(kind: str | None, title: str | None, first) -> tuple[int | None, int | None]:
    if kind == "five_year_plan":
        stated = first(_PERIOD, "period")
        if stated:
            return int(stated[1]), int(stated[2])
        named = first(_FIVE_YEARS, "period")
        period = dates.parse_deadline(f"“{next(filter(None, named.groups()))}五”期间") if named else None
        if period:
            return int(period[:4]) - 4, int(period[:4])
    found = first(_YEAR, "year") or first(r"(20\d\d)", "year")
    return (int(found[1]), None) if found else (None, None)


def _as_of(places: list[tuple[str, str]], kind: str | None, year: int | None) -> str | None:
    if kind not in ("progress", "completion"):
        return None
    for where, text in places:
        found = re.search(r"截[至止]到?(.{2,16})", fold(text))
        if found and (date := dates.parse_deadline(found[1], year=year)):
            return date
        part = re.search(_PART_OF_YEAR, fold(text)) if kind == "progress" and year else None
        if part and where != "text":
            return dates.parse_deadline("上半年" if "半年" in part[0] else part[0], year=year)
    return None


def _published(lines: list[tuple[str, int]]) -> str | None:
    """A line that is a date and nothing else, or that labels one."""
    for text, _ in lines:
        words = re.sub(r"^(?:成文日期|发布日期|发文日期|公开日期|日期|时间)[::]?", "", fold(text)).strip(
            "() "
        )
        if re.fullmatch(r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})", words):
            return dates.parse_deadline(words)
    return None


def _is_traditional(text: str) -> bool:
    return sum(a != b for a, b in zip(text, simplified(text), strict=True)) > 0.02 * len(text)
