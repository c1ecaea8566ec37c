"""Shares: how a target is split over regions, in a task's words or in a table with a column for each region."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minshi_analysis.language.grammar import ANY_BEFORE
from minshi_analysis.language.quantities import canonical_unit
from minshi_analysis.language.regions import Region, named_in, town
from minshi_analysis.language.text import Text, clean, fold

__all__ = ["SCALES", "Share", "Split", "share_cell", "shares_in", "split", "unit_of"]

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_ITEM = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,16}})(?P<note>\([^()]{{1,30}}\))?\s*(?:各|约)?(?P<value>{_NUMBER})(?P<scale>[万亿])?"
    r"(?P<unit>(?:[\u4e00-\u9fff/]{1,4}(?:\([\u4e00-\u9fff]\))?|%|‰)?)[\u4e00-\u9fff]{0,2}(?=[,，、;；。.)]|\s*$)"
)
# Names before 各 are one piece: 卫子镇、射箭乡、磨滩镇各1所.
_PIECE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,16}[、,，])+[\u4e00-\u9fff]{2,16}?各[^\s,，、;；。]+|[^\s,，、;；。]+"
)
_NAMES_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{2,16}[、,，])+$")
_NEXT_NAME = re.compile("[、,，]")
_AND = re.compile("[和及与]")
_SEPARATORS = re.compile(r"(?:其中|[,，、;；:：。.()（）\s])*")
_CELL = re.compile(
    rf"(?P<bound>(?:{ANY_BEFORE})?)\s*(?P<value>{_NUMBER})\s*(?P<scale>[万亿])?(?:\((?P<extra>{_NUMBER})\))?\s*(?P<rest>.*)"
)
_INCLUDED = re.compile(r"\(((?:包?含|包括|其中|内含)[^()]*)\)")  # 30(含之江5)
SCALES = {"万": 10_000.0, "亿": 100_000_000.0, None: 1.0}
_BRACKETED = re.compile(
    r"\((?=[\u4e00-\u9fff]{1,8}(?:街道|[镇乡区县市旗])\s*\d)"
)  # 助餐点6个(云开街道2个、龙岗镇4个)
_CHANGE = re.compile(r"(新增|新建|增加)\((提升|改建|改造|扩建|续建)\)")


@dataclass(frozen=True, slots=True)
class Share:
    """A region's share, with where it is printed."""

    region: Region
    value: float | None
    unit: str | None
    note: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Split:
    """A task's words taken apart: its headline, the shares behind it, and what of the shares was not understood."""

    headline: Text
    shares: tuple[Share, ...]
    rest: tuple[tuple[int, int, str], ...] = ()


def split(text: str, offset: int, within: str | None) -> Split:
    """Take a task's words apart: `新增停车位 1.5 万个: 鹿城 4000 个, …`, or shares alone.

    Parameters
    ----------
    text : str
        The printed words.
    offset : int
        Where they start in the document.
    within : str or None
        Code of the document's region, in which the short names are meant.

    Examples
    --------
    >>> [(s.region.name, s.value) for s in split("新增绿道110公里:鹿城15公里,龙湾(含浙南产业集聚区)2公里", 0, "330300").shares]
    [('鹿城区', 15.0), ('龙湾区', 2.0)]
    """
    whole = clean(text, offset)
    folded = whole.folded
    colon = folded.find(":")
    part = re.search(r"[,;。(]\s*其中[:,]?", folded)  # 新增停车位1000个,其中南湖区400个、秀洲区600个
    listed = _BRACKETED.search(folded)
    begins = [(colon + 1, colon)] if colon >= 0 else []
    begins += [*((m.end(), m.start()) for m in (part, listed) if m), (0, 0)]
    best: Split | None = None
    for begin, head in begins:
        shares, rest = _shares(whole, folded, begin, within)
        if len(shares) < 2 and (not shares or rest):
            continue
        if best is None or (len(rest), -len(shares)) < (len(best.rest), -len(best.shares)):
            best = Split(whole.slice(0, head), tuple(shares), tuple(rest))
    return best or Split(whole, ())


def shares_in(text: str, offset: int, within: str | None) -> tuple[list[Share], list[tuple[int, int, str]]]:
    """The shares of a cell that holds nothing else (元坝镇280 白果乡15), and what in it was not understood.

    Examples
    --------
    >>> [(s.region.name, s.value) for s in shares_in("300人:元坝镇200人、白果乡100人", 0, None)[0]]
    [('元坝镇', 200.0), ('白果乡', 100.0)]
    >>> [(s.region.name, s.value) for s in shares_in("卫子镇、射箭乡各2所,磨滩镇1所", 0, None)[0]]
    [('卫子镇', 2.0), ('射箭乡', 2.0), ('磨滩镇', 1.0)]
    """
    head = re.match(r"\s*[\d.,]+\s*[万亿]?[\u4e00-\u9fff]{0,3}\s*[:：(（,，](?:其中[:：]?)?", text)
    shares: list[Share] = []
    rest: list[tuple[int, int, str]] = []
    for piece in _PIECE.finditer(text, head.end() if head else 0):  # a space parts two shares, too
        found, left = _shares(clean(piece[0], offset + piece.start()), None, 0, within)
        shares += found
        if left or not found:
            rest.append((offset + piece.start(), offset + piece.end(), piece[0]))
    return (shares, rest) if shares else ([], [])


def _shares(
    whole: Text, folded: str | None, begin: int, within: str | None
) -> tuple[list[Share], list[tuple[int, int, str]]]:
    folded = whole.folded if folded is None else folded
    shares: list[Share] = []
    rest: list[tuple[int, int, str]] = []
    done = begin
    for match in _ITEM.finditer(folded, begin):
        gap = folded[done : match.start()]
        regions = [_region(match["name"], within)]
        if "各" in folded[match.end("name") - 1 : match.start("value")]:
            before = _NAMES_BEFORE.search(gap)
            regions = _each_of((before[0] if before else "") + match["name"].removesuffix("各"), within)
            gap = gap[: before.start()] if before and regions else gap
        if not regions or regions[0] is None:
            continue
        if not _SEPARATORS.fullmatch(gap):
            rest.append((*whole.span(done, done + len(gap)), gap))
        note = match["note"][1:-1] if match["note"] else None
        value = _number(match["value"]) * SCALES[match["scale"]]
        place = whole.span(match.start(), match.end())
        shares += [Share(region, value, unit_of(match["unit"]), note, *place) for region in regions if region]
        done = match.end()
    if shares and not _SEPARATORS.fullmatch(folded[done:]):
        rest.append((*whole.span(done, len(folded)), folded[done:]))
    return shares, rest


def _each_of(names: str, within: str | None) -> list[Region | None]:
    """The regions before 各, of which each has as much; none where one of the names is that of no region."""
    found: list[Region | None] = []
    for name in _NEXT_NAME.split(names):
        whole = _region(name, within)
        found += [whole] if whole else [_region(part, within) for part in _AND.split(name)]
    return found if all(found) else []


def _region(name: str, within: str | None) -> Region | None:
    return named_in(name, within) or town(name, within)


def _number(printed: str) -> float:
    return float(printed.replace(",", ""))


def unit_of(printed: str | None) -> str | None:
    """The registry's form of a share's printed unit, or None."""
    return canonical_unit(printed) or None if printed else None


def share_cell(words: str, head: str) -> tuple[float | None, str | None, str | None] | None:
    """A cell in a region's column: value, unit, note.

    Parameters
    ----------
    words : str
        Tidy, folded words of the cell: `340个`, `--`, `83%`, `5(4)个`, `3万`.
    head : str
        The task's words: under 新增(提升) the number in brackets is what is improved.

    Returns
    -------
    tuple or None
        None where the cell holds something else than a share; value None where it says there is none.

    Examples
    --------
    >>> share_cell("5(4)个", "新增(提升)“家门口青少年宫”教学点100个")
    (5.0, '个', '提升4')
    >>> share_cell("≥700台", ""), share_cell("30(含之江5)", "")
    ((700.0, '台', '≥'), (30.0, None, '含之江5'))
    >>> share_cell("--", "")
    (None, None, None)
    """
    if not words or re.fullmatch(r"[-—–/]+|无", words):
        return None, None, None
    included = _INCLUDED.search(words)
    match = _CELL.fullmatch(_INCLUDED.sub("", words, count=1))
    if match is None or re.search(r"\d", match["rest"]):
        return None
    note = match["bound"] or None
    if match["extra"]:
        change = _CHANGE.search(fold(head))
        also = f"{change[2]}{match['extra']}" if change else f"({match['extra']})"
        note = ",".join(filter(None, (note, also)))
    unit, bound = re.fullmatch(r"(.*?)(以上|以内|以下|左右)?", match["rest"].strip()).groups()
    note = ",".join(filter(None, (note, bound, included and included[1]))) or None
    return _number(match["value"]) * SCALES[match["scale"]], unit_of(unit), note
