"""What the head of a column says: which role, of which period, whose money.

A head is read by its parts (年度 + 计划 + 投资), which stand as data in ``heads.toml``: a head that nobody has seen is
understood where its parts are known. Chinese puts what a thing is behind what it is of, so the last part decides
(投资完成率 is a rate, 计划完成时间 a time). A head may have several readings; what the cells hold decides between them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from minshi_analysis.language.funders import funder_of, seen_from
from minshi_analysis.language.head_parts import (
    GROWTH,
    GUESSED,
    OF_PERIOD,
    STEP,
    YEAR,
    Head,
    bare_of,
    bound_of,
    label,
    label_of,
    money_in,
    parts,
    pattern,
)
from minshi_analysis.language.head_readings import WEAK, is_finer, is_means, readings, tells_of_more

__all__ = [
    "GUESSED",
    "SPANNING",
    "WEAK",
    "Head",
    "bound_of",
    "funder_of",
    "is_finer",
    "is_means",
    "is_money",
    "is_year",
    "label",
    "label_of",
    "parts",
    "period_of",
    "read_head",
    "role_of",
    "seen_from",
    "tells_of_more",
]

# A cell of these columns often covers several rows: one programme, one agency for many tasks.
SPANNING = frozenset({"index", "programme", "lead", "partner", "person", "deadline"})

_OF_ANY = re.compile(
    r"(?:\d{4}年?|年度|全年|规划|目标|任务|计划|指标|[数量值]|不[低少小]于|不[高大多]于|不超过|低于|小于|高于|大于|控制在|[….]|以[内下]|[≥≤<>=])*"
)
_NO_MORE = re.compile(r"(?:同期|全年)?(?:总?数|总?量|值|水平)?")
_TO_MONTH = re.compile(
    r"(?:1月?份?[-—~至到]|截[至止]|至)\d{1,2}月|(?:上半年|[一前][二两三1-3]?季度|第?[一二三四1-4]季度)(?=.*累计)"
)
_YEARS = re.compile(
    r"(?:[两二三四五]年|20\d\d年?[-~至到]+20\d\d年?|规划期|行动期)(?:行动)?(?:内|期)?(?:累计|总|规划)?(?:目标|任务|计划)|总(?:体)?目标(?!.*年度)"
)  # 三年总目标: of several years
_SINCE = re.compile(
    r"(?<!年初)(?<![今本当]年)以来|历年|开工至今|[前近][两二三四五]年|[两二三四五]年[来间]"
)  # 十四五以来累计完成
_MONTH = re.compile(r"(?<![-—~至到\d])\d{1,2}月(?!底|末|前|以前|之前)")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")  # 最新进度(8月24日): as things stand that day
_SO_FAR = re.compile(  # 三季度累计, 截至9月底累计: how far it has come, and nothing else
    r"(?:截[至止]|1月?份?[-—~至到])?(?:\d{4}年)?(?:\d{1,2}月份?[底末]?|[上全]半?年|[前第]?[一二三四1-4]季度)累计[数量]?"
)
_PERIOD = re.compile(  # under a head of money: the years of a plan, and nothing else
    r"(?:其中)?[::]?[\"“]?(?:十[一二三四五六七八九]?五|规划(?=期)|五年|(?P<first>20\d\d)年?[-—~至到]+20\d\d年?)[\"”]?"
    r"(?:时期|期间|规划|期)*内?(?:投入|安排)?"
)
_AND = re.compile(r"([\u4e00-\u9fff]{2,8}?)[及和与、][\u4e00-\u9fff]{2,8}$")
_SEASON = re.compile(r"(?:第?[一二三四1-4]|前[二两三])季度|[上下]半年|(?<!\d)\d{1,2}月(?:底|末|份)?$")


def is_year(label: str) -> bool:
    """Whether a label names a year's column (2020年, 2025年目标)."""
    return bool(YEAR.search(label)) and len(label) <= 12


@functools.lru_cache(maxsize=1024)  # the same few labels are asked for in every table
def role_of(label: str) -> str | None:
    """The role that a label gives its column where nothing else is known, or None.

    Examples
    --------
    >>> role_of("主要责任单位"), role_of("年度计划投资"), role_of("牵头单位分管领导"), role_of("任务完成率")
    ('lead', 'funds', 'person', 'rate')
    """
    found = read_head([label])
    return found[0].role if found else None


def is_money(label: str) -> bool:
    """Whether a label speaks of money."""
    return bool(money_in(label))


def read_head(labels: Sequence[str], *, year: int | None = None) -> tuple[Head, ...]:
    """The readings of a column's head, the plainest first.

    Parameters
    ----------
    labels : sequence of str
        Its labels from top to bottom, as `label_of` gives them; the lowest says what it is, those above of what.
    year : int, optional
        The document's year, by which other years are told.

    Examples
    --------
    >>> [(h.role, h.period) for h in read_head(["去年完成情况"])]
    [('result', 'before')]
    >>> [(h.role, h.funder) for h in read_head(["资金来源(万元)", "省级"])]
    [('funds', 'province')]
    """
    return _read(tuple(labels), year)


@functools.lru_cache(maxsize=1024)  # for each height that a table's head may have, and in many documents
def _read(labels: tuple[str, ...], year: int | None) -> tuple[Head, ...]:
    if not labels:
        return ()
    whole = "".join(labels)
    bare = bare_of(labels[-1])
    period = period_of(whole, year)
    above = "".join(map(bare_of, labels[:-1]))
    money = bool(money_in(above))
    found = readings(bare, labels[-1], money)
    if bound_of(labels[-1]) and not money and not money_in(bare):
        # 目标值不低于 is a target's head; 失业率低于(%) names one, and no rate of a result
        found = [Head("target", 0.85)] if _OF_ANY.fullmatch(bare) else []
    first = _AND.match(bare)
    if first and len(labels) == 1 and found and found[0].role in ("deadline", "lead"):  # 工作任务及时限要求
        found += [
            replace(head, score=0.92 if head.role in ("task", "target") else head.score - 0.2)
            for head in readings(first[1], first[1], money)
        ]
    if first and len(labels) == 1 and found and {"schedule", "result"} & {head.role for head in found[:2]}:
        before = [head for head in readings(first[1], first[1], money) if head.role in ("task", "target")]
        if before and "情况" not in bare:  # 目标任务及进度要求: the promise stands first
            found = [replace(head, score=max(head.score, 0.85)) for head in before] + [
                replace(head, score=head.score - 0.3) for head in found if head.role not in ("task", "target")
            ]
    if not found and above:  # a lower label that says nothing by itself: the whole says it
        found = readings(bare_of(whole), whole, money)
    elif above and not money and STEP.fullmatch(bare) and _tells(above):
        found = [Head("result", 0.85, period="todate" if "累计" in whole else "part")]  # 进展情况 | 一季度
    elif above and not money and _SEASON.search(above) and {h.role for h in found[:1]} & {"task", "target"}:
        found = [Head("schedule", 0.85)]  # 上半年 | 计划
    elif money and found[0].role == "funds" and (role := _summed(bare, above, year)):
        found = [Head(role, 0.9, funder="total")]
    elif above and not money and bare in ("数量", "数", "量", "规模", "个数"):
        found = [_under(head, above) for head in found]
    elif not found and not money and _SO_FAR.fullmatch(bare):
        found = [Head("result", 0.7)]
    elif not found and period == "before":
        rest = YEAR.sub("", pattern("period.before").sub("", bare))
        if _NO_MORE.fullmatch(rest):  # 去年同期, 2022年: when, and nothing else
            found = [Head("result", 0.5)]
    return tuple(
        replace(head, period=head.period or period) for head in sorted(found, key=lambda head: -head.score)
    )


def _summed(bare: str, above: str, year: int | None) -> str | None:
    """Which sum of a project a lower label under a head of money is: 总投资 | 合计, “十四五”投资 | 合计, 投资 | 2021-2025年."""
    if bare in parts()["whole"]:
        if OF_PERIOD.search(above):
            return "plan_investment"
        over = readings(above, above, False)
        return "total_investment" if over and over[0].role == "total_investment" else None
    own = _PERIOD.fullmatch(bare)
    return "plan_investment" if own and own["first"] in (None, str(year)) else None


def _tells(above: str) -> bool:
    """Whether a head over others says that what stands below it is reported (进展情况, 完成情况) and not planned."""
    told = re.search(r"(?:进展|完成|推进|落实|实施|执行|工作|进度)情况|进展|完成$", above)
    return bool(told) and not pattern("promised").search(above) and not re.search("安排|要求|节点", above)


def period_of(label: str, year: int | None) -> str | None:
    """The period that a label names."""
    if _SINCE.search(label) or _YEARS.search(label):
        return "longer"
    years = [int(found[1]) for found in YEAR.finditer(label)]
    if pattern("period.before").search(label) and not GROWTH.search(label):
        return "before"
    if year is not None and years:
        if max(years) < year:
            return "before"
        if min(years) > year:
            return "later"
    if pattern("period.part").search(label):
        return "todate" if "累计" in label and "上月" not in label else "part"
    if _TO_MONTH.search(label) or _DAY.search(label) or pattern("period.todate").search(label):
        return "todate"
    if _MONTH.search(label):
        return "part"
    return "year" if years or pattern("period.year").search(label) else None


def _under(head: Head, above: str) -> Head:
    """A lower label under one that says what it is of: 完成情况 | 数量 is a result's figure."""
    if (
        head.role in ("target", "count")
        and pattern("reached").search(above)
        and not pattern("promised").search(above)
    ):
        return replace(head, role="result", score=min(head.score, 0.7))
    return head
