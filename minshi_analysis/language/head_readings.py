"""The readings of one label of a head: what its last part says it is, and what it may be besides."""

from __future__ import annotations

import re
from dataclasses import replace

from minshi_analysis.language import works
from minshi_analysis.language.funders import every_funder, named_funder
from minshi_analysis.language.head_parts import (
    GROWTH,
    GUESSED,
    OF_PERIOD,
    STEP,
    YEAR,
    Head,
    money_in,
    parts,
    pattern,
)

__all__ = ["WEAK", "is_finer", "is_means", "readings", "tells_of_more"]

WEAK = 0.5  # the score of a head that speaks of money only where others beside it do
_AND_WHEN = "(?:[及和与、](?:时间|进度|实施|推进|工作|阶段)*(?:计划|安排|进度|步骤|节点|要求))?"
_FINER = 0.55  # of a head over parts: what they are parts of has the name
_OF_PLAN = re.compile(r"(?:占|为).{0,8}(?:目标|任务|计划|比)|[%％]|完成.{0,8}(?:目标|计划|任务)的?(?:%|比例)")
_CHECKED = re.compile(r"(?:(?P<own>自报|上报|申报|填报)|核定|核实|核查|审定|认定|验收合格)(?:完成)?[数量]$")
_FINISHED = re.compile(
    rf"(?:累计|实际|目前|现)?(?:已|全部)?(?:{works.FINISHED}|办结)(?:数量?|量|个数|项目数)?"
)
_AHEAD = re.compile(
    r"(?:20\d\d年|全年|年度|年底|年内|本[年月季]度?|下[月季]度?)?(?:(?P<plan>计划|应)|预计|拟|将)(?:能|可|要|再)?"
    r"(?:完成|完工|竣工|建成|实现|达到)"
)
_PLACES = re.compile(  # 乡镇名称, 所属县区, 行政村: names of places, and nothing that is done there
    r"(?:[县市区州旗]|乡镇|镇街|街镇|[乡镇村]|街道|办事处|[、(),/])+名称|所[属在](?:[县市区州旗]|乡镇|镇街|街镇|[乡镇村]|街道)+(?:名称)?|"
    r"(?:行政村|自然村|村庄|社区|村居|村组|小区|点位|路段|[、(),/]|村(?=名|\())+(?:名称?)?"
)
_WORKED = frozenset({"task", "target", "result"})
_NEXT = re.compile(r"下一?(?:步|阶段)|存在|问题|困难|原因|建议")  # what is told beside a promise: none of it
_CONTROLLED = re.compile(r"(?:满意|合格|优良|达标|知晓|覆盖)(?:率|度)")
_OF_PAYING = re.compile(
    r"(?:支付|拨付|支出|兑付|报账)(?:率|比例|进度|百分比)"
)  # what share of the money is paid
_ITS_HEAD = re.compile(
    r"(?:单位|部门)[及和与、/(](?:主要|分管|直接)?(?:责任|负责)?(?:人|领导)"
)  # beside a body


def readings(bare: str, printed: str, money: bool) -> list[Head]:
    """The readings of one label. The order is that of the parts: what a label ends with says what it is."""
    if bare in parts()["index"] or re.fullmatch(r"序.?号?", bare):
        return [Head("index", 0.95)]
    both = _ITS_HEAD.search(printed)
    for name in ("contact", "ranked", "person"):
        if pattern(name).search(bare) and not both:  # 责任单位及责任人: the bodies stand first
            return [Head("aside" if name == "contact" else name, 0.9)]
    for reading in (_who, _steps, _when, _plain_things, _money_read, _shares, _amounts):
        found = reading(bare, printed, money)
        if found:
            none = found[0].role in _WORKED and _NEXT.search(bare) and not re.search("解决|整[改治]", bare)
            return _before_the_rest(bare) if none else found
    return []


def tells_of_more(label: str) -> bool:
    """Whether a head of results also names what is still to do: what else its cells count is no result by itself."""
    return bool(_NEXT.search(label))


def is_finer(label: str) -> bool:
    """Whether a head stands over the parts of what another column names.

    Examples
    --------
    >>> is_finer("子项目名称"), is_finer("项目名称")
    (True, False)
    """
    return label.removesuffix("名称") in parts()["finer"]


def is_means(label: str) -> bool:
    """Whether a head stands over how a thing is done, and not over what.

    Examples
    --------
    >>> [is_means(head) for head in ("推进措施", "工作举措及实施计划", "整改措施落实情况", "主要任务")]
    [True, True, False, False]
    """
    return re.search(f"(?:{pattern('means').pattern}){_AND_WHEN}$", label) is not None


def _before_the_rest(bare: str) -> list[Head]:
    """A head that tells of results first, and behind them of what is still to do: 进展情况、存在问题及下一步打算."""
    first = re.split("[、及和与,]", bare)[0]
    if first == bare or _NEXT.search(first):
        return []
    return [replace(head, score=GUESSED) for head in _amounts(first, first, False) if head.role == "result"]


def _who(bare: str, printed: str, money: bool) -> list[Head]:
    leading, helping, watching = (pattern(n).search(bare) for n in ("leading", "helping", "watching"))
    body = re.search(f"(?:{pattern('body').pattern})[及和与、(]?.{{0,3}}$", bare)
    if _CHECKED.search(bare):  # 责任单位自报数
        return []
    paid = money or re.search(f"(?:自筹|配套)(?:{pattern('money').pattern})?$", bare)
    if paid and not re.search("责任|牵头|主管|实施", bare):  # 单位自筹, 建设单位 under 资金来源
        return []
    if _ITS_HEAD.search(bare) and not (helping or watching):
        return [Head("lead", 0.8)]
    if bare in parts()["unit"]:
        sure = 0.95 if "计量" in bare or bare == "量纲" else 0.6
        return [Head("unit", sure), Head("lead", 0.4)] if sure < 0.9 else [Head("unit", sure)]
    if body:
        if helping:
            return [Head("partner", 0.95)]
        if watching:
            return [Head("aside", 0.8)]
        return [Head("lead", 0.95 if leading else 0.6)]
    if re.fullmatch(r"(?:市级|县级|区级)?(?:牵头|责任|主办|承办|主责|负责)(?:方|人单位)?", bare):
        return [Head("lead", 0.8)]
    if re.fullmatch(r"(?:配合|协办|协同)", bare):
        return [Head("partner", 0.8)]
    return []


def _steps(bare: str, printed: str, money: bool) -> list[Head]:
    if STEP.fullmatch(bare):
        return [Head("schedule", 0.8), Head("result", 0.3)]
    if (
        re.search("季度|月", bare)
        and pattern("promised").search(bare)
        and not pattern("reached").search(bare)
    ):
        return [Head("schedule", 0.7)]
    if pattern("steps").search(bare) and not re.search("实际|完成情况|完成率", bare):
        return [Head("schedule", 0.85)]
    return []


def _when(bare: str, printed: str, money: bool) -> list[Head]:
    noun = pattern("when").search(bare)
    if bare in parts()["lasting"] or re.search("起止|年限|周期", bare):
        return [Head("period", 0.85)]
    if noun and not money_in(bare):
        if pattern("beginning").search(bare) and not pattern("ending").search(bare):
            return [Head("aside", 0.8)]
        return [Head("deadline", 0.9 if pattern("ending").search(bare) or bare != "时间" else 0.6)]
    return []


def _plain_things(bare: str, printed: str, money: bool) -> list[Head]:
    """Heads that are what they say: 备注, 建设地点, 类别, 指标名称."""
    if is_finer(bare):
        leaf = [Head("leaf", 0.9)] if bare in parts()["leaf"] else []
        return [*leaf, Head("project", _FINER)]
    if bare in parts()["note"]:
        return [Head("note", 0.95)]
    if bare in parts()["size"]:
        return [Head("content", 0.9)]
    if bare in parts()["count"]:
        return [Head("count", 0.8)]
    if bare in parts()["indicator"]:
        return [Head("indicator", 0.9 if bare != "指标" else 0.8), Head("task", 0.3)]
    if bare in parts()["kind"]:
        return [Head("kind", 0.9)]
    if re.search("指标名称|主要指标", bare):
        return [Head("indicator", 0.85)]
    if (pattern("place").search(bare) and not pattern("reached").search(bare)) or any(
        map(_PLACES.fullmatch, (bare, printed))
    ):
        return [Head("location", 0.85)]
    if pattern("split").search(bare) and not pattern("reached").search(bare):
        return [Head("split", 0.8)]
    return []


def _money_read(bare: str, printed: str, money: bool) -> list[Head]:
    noun = money_in(bare)
    if not noun and not money:
        funder = named_funder(bare)
        named = re.fullmatch(r".{0,4}(?:级|本级|级配套|自筹|捐赠|统筹|来源|补助|支持|专项)", bare)
        if funder and (named or re.search(r"[万亿千百]?元", printed)):
            return [Head("funds", 0.75, funder=funder)]
        if funder and re.fullmatch(f"(?:{every_funder()}|[和与及、级财政本]|来源|资金|及?以上|部分)+", bare):
            return [Head("funds", WEAK, funder=funder)]
        return [Head("funds", WEAK, funder="total")] if bare in ("合计", "小计", "总计", "计") else []
    if re.search("标准$", bare):
        return [Head("aside", 0.8)]  # 补助标准: what is paid for each
    if pattern("share").search(bare) or re.search("%", printed):
        return [Head("aside", 0.85)]  # 投资完成率: the rate of the money, not of the works
    if re.search(r"(?:进展|进度|落实|完成|使用)情况", bare):
        return [Head("spent", 0.8)]
    planned = pattern("promised").search(bare) or re.search(
        "概算|估算|匡算|预算|需求|所需|规模|安排|预计", bare
    )
    if pattern("spent").search(bare) and not planned:
        return [Head("spent", 0.85)]
    if OF_PERIOD.search(bare):
        return [Head("plan_investment", 0.9, funder="total")]
    funder = named_funder(bare)
    if funder:
        return [Head("funds", 0.9, funder=funder)]
    if money and re.fullmatch(r"(?:各级)?(?:财政|政府)(?:性)?(?:资金|投入|投资|补助|安排)?", bare):
        return [Head("funds", 0.8, funder="other")]  # beside 社会资本, of a level that is not named
    if money and bare in parts()["whole"]:
        return [Head("funds", 0.9, funder="total")]
    if money and not noun and planned:  # 资金(万元) | 计划: the sum, not another funder
        return [Head("funds", 0.9, funder="total")]
    if money and not noun:  # words under 资金来源 that name nobody we know
        return [Head("funds", 0.6, funder="other")]
    of_year = YEAR.search(bare) or pattern("period.year").search(bare)
    if re.search(r"总投资|投资总额|估算投资|匡算投资|项目投资|投资规模", bare) and not of_year:
        return [Head("total_investment", 0.9, funder="total")]
    return [Head("funds", 0.9, funder="total")]


def _shares(bare: str, printed: str, money: bool) -> list[Head]:
    if GROWTH.search(bare) or _OF_PAYING.search(bare):
        return [Head("aside", 0.7)]
    share = re.search(f"(?:{pattern('share').pattern})$", bare) or _OF_PLAN.search(printed)
    if not share:
        return []
    if _CONTROLLED.search(bare) and not re.search("完成|任务|计划", bare):
        return []
    known = (
        pattern("reached").search(bare)
        or re.search("完工|竣工|建成|办结", bare)
        or _OF_PLAN.search(printed)
        or pattern("promised").search(bare)
    )
    return [Head("rate", 0.9 if known else 0.5)]


def _amounts(bare: str, printed: str, money: bool) -> list[Head]:
    """Tasks, targets and results: what a label ends with, and what the cells must say where it leaves both open."""
    if pattern("state").search(bare):
        return [Head("status", 0.85)]
    reached = list(pattern("reached").finditer(bare))
    if _FINISHED.fullmatch(bare):
        return [Head("result", 0.8)]
    promised = list(pattern("promised").finditer(bare))
    if pattern("progress").search(bare):
        return [Head("result", 0.7), Head("schedule", 0.6)]
    if re.search(r"(?:进展|完成|落实|推进|执行|办理|实施|工作|达成|实现)(?:的)?情况|进展", bare):
        return [Head("result", 0.9)]
    if checked := _CHECKED.search(bare):  # 自报数 beside 核定数: the one that was checked is the result
        return [Head("result", 0.6 if checked["own"] else 0.85)]
    if reached and (ahead := _AHEAD.match(bare)):  # 预计完成, 计划完成数: what is still to come
        return [Head("target", 0.6), Head("task", 0.4)] if ahead["plan"] else [Head("aside", 0.8)]
    if reached and is_means(bare):
        return [Head("task", 0.6)]  # 推进措施, 落实举措: nothing is told to be done
    told = re.match(r"(?:.*(?:累计|实际|已|月|季度|目前))?完成", bare)  # 完成任务数, 1-6月完成目标
    if reached and (told or not promised or promised[-1].start() < reached[-1].start()):
        return [Head("result", 0.85)]
    return _promises(bare)


def _promises(bare: str) -> list[Head]:
    ends = next(
        (
            c
            for c in ("任务", "目标", "计划", "指标", "承诺")
            if bare.endswith((c, c + "数", c + "量", c + "值", c + "数量"))
        ),
        None,
    )
    if ends and bare.endswith(("数", "量", "值")):
        return [Head("target", 0.9), Head("task", 0.4)]
    if ends in ("任务", "目标", "计划", "指标", "承诺"):
        return [Head("task", 0.65), Head("target", 0.6)]
    if bare in ("数量", "规模", "数", "量", "总数"):
        return [Head("target", 0.8)]
    if pattern("grouping").search(bare) or bare == "名称":
        return [Head("programme", 0.85)]
    if re.search(r"(?:项目|工程|实事|事项)名称(?!及)", bare) or re.fullmatch(r".{0,6}(?:项目|名称)", bare):
        return [Head("project", 0.85)]
    if re.fullmatch(r"(?:民生|惠民|为民|重点)?(?:办?实事|事项)", bare):
        return [Head("task", 0.9), Head("project", 0.4)]  # a name, where another column has the task's words
    if pattern("task").search(bare):
        return [Head("task", 0.9)]
    if pattern("project").search(bare):
        return [Head("project", 0.6)]
    return []
