"""The days of a document: when it was published, and the day of which a report speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.intake.identify.front import Front
from minshi_analysis.intake.identify.identity import Found
from minshi_analysis.intake.identify.kinds import PART_OF_YEAR
from minshi_analysis.language import dates
from minshi_analysis.layout.marks import number_of

__all__ = ["as_of", "published_of"]

_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_YEAR = r"(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})"
_DAY = rf"({_YEAR}年{_NUMBER}月{_NUMBER}日|{_YEAR}\s?([-/.])\s?\d{{1,2}}\s?\2\s?\d{{1,2}})"
_SOME_DAY = re.compile(_DAY)
_OUT = r"(?:发布|发表|公开|公布|上网|发稿)"  # the day it came out, before the day it was made
_LABELLED = tuple(
    re.compile(words.replace("DAY", _DAY))
    for words in (
        rf"{_OUT}(?:日期|时间)[:]?\s*DAY",
        r"(?:成文|发文|生成|印发|签发|制发)(?:日期|时间)[:]?\s*DAY",
        r"(?:^|[^\u4e00-\u9fff])(?:更新)?(?:日期|时间)[:]\s*DAY",
    )
)
_UNLABELLED = tuple(
    (re.compile(words.replace("DAY", _DAY)), sure)
    for words, sure in (
        (r"(?:^|[·|\s])DAY\s*\d{1,2}:\d\d", 0.85),  # a byline
        (r"^DAY\s*(?:来源|作者)", 0.85),
        (r"[·|]\s*DAY$", 0.85),
        (r"^[(\[]?DAY(?:\s*\d{1,2}:\d\d(?::\d\d)?)?[)\]]?$", 0.8),  # a line of its own
        (r"DAY(?:印发|发布)$", 0.75),
        (r"^[\u4e00-\u9fff,、()\d]{2,40}?\s*DAY$", 0.75),  # behind who signs
    )
)
_DATES = re.compile(r"20\d\d年?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d+[-./]\d+(?:[-./]\d+)?")
_SHORT = 30  # characters of a line that only names the day
_OF_ALL = re.compile(  # 截至11月底,10件民生实事已完成8件; 进展情况如下
    r"实事|民[生心](?:工程|项目)|如下|所有|各个?(?:项目|指标|项|事项)|全部(?:项目|指标|事项|工程)|数据截[至止]|[\d一二三四五六七八九十]+[项件个](?:重点|年度)?(?:项目|指标|事项|任务)"
)


def published_of(front: Front) -> Found | None:
    """The day of publication: a label's, a byline's, a line of its own, what the file says of itself."""
    dated = [line for line in front.lines if len(line.text) <= 120 and _SOME_DAY.search(line.text)]
    for pattern, sure in (*((pattern, 0.9) for pattern in _LABELLED), *_UNLABELLED):
        for line in dated:
            found = pattern.search(line.text)
            if found and (day := _iso(found[1])):
                return Found(day, f"{line.text[max(0, found.start() - 2) : found.end()][-40:]!r}", sure)
    said = re.match(_DAY, front.document.about.get("published", ""))
    if said and (day := _iso(said[1])):
        return Found(day, "what the page says of itself", 0.8)
    return None


def as_of(
    front: Front, title: str, headings: Sequence[str], kind: str | None, year: int | None
) -> Found | None:
    """The day that a report speaks of."""
    if kind not in ("progress", "completion") or year is None:
        return None
    places = [
        ("the title", title),
        *(("a heading", h) for h in headings),
        *(("the text", line.text) for line in front.lines),
    ]
    for where, text in places:
        found = re.search(r"截[至止]到?(.{2,16})", text)
        if found and where == "the text" and not _is_of_all(text):
            continue
        if found and (day := dates.parse_deadline(found[1], year=year)):
            return Found(day, f"{found[0]!r} in {where}", 0.9)
        part = re.search(PART_OF_YEAR, text) if kind == "progress" else None
        if part and where != "the text":
            day = dates.parse_deadline("上半年" if "半年" in part[0] else part[0], year=year)
            return Found(day, f"{part[0]!r} in {where}", 0.85) if day else None
    return None


def _is_of_all(line: str) -> bool:
    """Whether a line that names the day of its state says it of all that is reported, and not of its one item."""
    if number_of(line) is not None:
        return False
    return bool(_OF_ALL.search(line)) or (len(line) <= _SHORT and not re.search(r"\d", _DATES.sub("", line)))


def _iso(words: str) -> str | None:
    return dates.parse_deadline(re.sub(r"\s", "", words).replace("/", "-").replace(".", "-"))
