"""What the head of a column says: which role, of which period, whose money.

A head is read by its parts (年度 + 计划 + 投资), which stand as data in ``heads.toml``: a head that nobody has seen is
understood where its parts are known. Chinese puts what a thing is behind what it is of, so the last part decides
(投资完成率 is a rate, 计划完成时间 a time). A head may have several readings; what the cells hold decides between them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

from minshi_analysis.language import works
from minshi_analysis.language.text import fold, tidy

__all__ = [
    "SPANNING",
    "Head",
    "funder_of",
    "is_money",
    "is_year",
    "label_of",
    "parts",
    "read_head",
    "role_of",
    "seen_from",
]

# A cell of these columns often covers several rows: one programme, one agency for many tasks.
SPANNING = frozenset({"index", "programme", "lead", "partner", "person", "deadline"})

WEAK = 0.5  # the score of a head that speaks of money only where others beside it do
_LEVELS = ("nation", "province", "city", "county", "town")
_SPECKS = re.compile(r"[\s·•*★◆]|^[-_.]+|[-_.:]+$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?!\d)")
_NO_MORE = re.compile(r"(?:同期|全年)?(?:总?数|总?量|值|水平)?")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
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
_STEP = re.compile(
    r"^(?:\d{4}年)?(?:\d{1,2}月份?(?:底|末)?(?:前)?|(?:第?[一二三四1-4]|前[二两三])季度|上半年|下半年|年底)(?:前|目标|计划|节点|任务|安排|进度)*$"
)
_SO_FAR = re.compile(  # 三季度累计, 截至9月底累计: how far it has come, and nothing else
    r"(?:截[至止]|1月?份?[-—~至到])?(?:\d{4}年)?(?:\d{1,2}月份?[底末]?|[上全]半?年|[前第]?[一二三四1-4]季度)累计[数量]?"
)
_GROWTH = re.compile(r"增[长减]|同比|较.*年|比.*年|环比|增幅|增速")
_OF_PLAN = re.compile(r"(?:占|为).{0,8}(?:目标|任务|计划|比)|[%％]|完成.{0,8}(?:目标|计划|任务)的?(?:%|比例)")
_AND = re.compile(r"([\u4e00-\u9fff]{2,8}?)[及和与、][\u4e00-\u9fff]{2,8}$")
_CHECKED = re.compile(r"(?:(?P<own>自报|上报|申报|填报)|核定|核实|核查|审定|认定|验收合格)(?:完成)?[数量]$")
_SEASON = re.compile(r"(?:第?[一二三四1-4]|前[二两三])季度|[上下]半年|(?<!\d)\d{1,2}月(?:底|末|份)?$")
_OF_PERIOD = re.compile(r"(?:十[一二三四五六七八九]?五|规划期|规划期内|五年).{0,8}投资")
_FINISHED = re.compile(
    rf"(?:累计|实际|目前|现)?(?:已|全部)?(?:{works.FINISHED}|办结)(?:数量?|量|个数|项目数)?"
)
_AHEAD = re.compile(
    r"(?:20\d\d年|全年|年度|年底|年内|本[年月季]度?|下[月季]度?)?(?:(?P<plan>计划|应)|预计|拟|将)(?:能|可|要|再)?"
    r"(?:完成|完工|竣工|建成|实现|达到)"
)
_IN_USE = re.compile("投入(?:使用|运[营行]|生产)")
_CONTROLLED = re.compile(r"(?:满意|合格|优良|达标|知晓|覆盖)(?:率|度)")


@dataclass(frozen=True, slots=True)
class Head:
    """A reading of a column's head.

    Attributes
    ----------
    role : str
        What the column holds: index, person, lead, partner, deadline, period, funds, spent, rate, result, target,
        task, schedule, status, programme, project, indicator, unit, location, kind, content, count, note, split, total_investment,
        plan_investment, aside (known, and no data of ours).
    score : float
        How plainly the words say it, 0 to 1.
    period : str or None
        before (last year's), longer (of several years), part (a month's), todate, year, later; None where the words name none.
    funder : str or None
        For funds: total, a level of government, own, superior, social, bond, other.
    """

    role: str
    score: float
    period: str | None = None
    funder: str | None = None


@functools.cache
def parts() -> Mapping[str, tuple[str, ...]]:
    """The parts of each class (``leading``, ``funder.city``, …), the longest first."""
    import tomllib

    data = tomllib.loads(
        resources.files("minshi_analysis.language").joinpath("heads.toml").read_text("utf-8")
    )
    found: dict[str, tuple[str, ...]] = {}
    for name, entry in data.items():
        nested = (
            {name: entry} if "words" in entry else {f"{name}.{sub}": inner for sub, inner in entry.items()}
        )
        found |= {key: tuple(sorted(inner["words"], key=len, reverse=True)) for key, inner in nested.items()}
    return found


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, parts()[name])))


def _money_in(label: str) -> re.Match[str] | None:
    """The first word of money in a label; 投入使用 is none."""
    return _pattern("money").search(_IN_USE.sub("", label))


def label_of(text: str) -> str:
    """A head's words from its printed ones: tidy, folded, without spaces and specks of a scan."""
    return label(fold(tidy(text)))


def label(words: str) -> str:
    """A head's words from folded ones."""
    return _SPECKS.sub("", words)


def is_year(label: str) -> bool:
    """Whether a label names a year's column (2020年, 2025年目标)."""
    return bool(_YEAR.search(label)) and len(label) <= 12


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
    return bool(_money_in(label))


def funder_of(words: str, level: str | None, region: str | None = None) -> str:
    """The model's funder for printed words, seen from a document's own level: 市级财政 is superior to a county.

    Examples
    --------
    >>> funder_of("市级财政", "county"), funder_of("市级财政", "city"), funder_of("自筹资金", "city"), funder_of("合计", None)
    ('superior', 'city', 'social', 'total')
    """
    return seen_from(_funder(label_of(words)) or "total", level, region)


def seen_from(funder: str, level: str | None, region: str | None = None) -> str:
    """A funder by level of government as the model names it in a document of a level.

    In a county that is a city (丰城市) 市级 is its own.
    """
    if funder == "city" and level == "county" and (region or "").endswith("市"):
        return "county"
    if funder == "own":
        return level if level in _LEVELS[1:] else "other"
    if funder not in _LEVELS:
        return funder
    own = _LEVELS.index(level) if level in _LEVELS else _LEVELS.index("city")
    return "superior" if _LEVELS.index(funder) < own else funder


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
    bare = _bare(labels[-1])
    period = period_of(whole, year)
    above = "".join(map(_bare, labels[:-1]))
    money = bool(_money_in(above))
    found = _readings(bare, labels[-1], money)
    first = _AND.match(bare)
    if first and len(labels) == 1 and found and found[0].role in ("deadline", "lead"):  # 工作任务及时限要求
        found += [
            replace(head, score=0.92 if head.role in ("task", "target") else head.score - 0.2)
            for head in _readings(first[1], first[1], money)
        ]
    if first and len(labels) == 1 and found and {"schedule", "result"} & {head.role for head in found[:2]}:
        before = [head for head in _readings(first[1], first[1], money) if head.role in ("task", "target")]
        if before and "情况" not in bare:  # 目标任务及进度要求: the promise stands first
            found = [replace(head, score=max(head.score, 0.85)) for head in before] + [
                replace(head, score=head.score - 0.3) for head in found if head.role not in ("task", "target")
            ]
    if not found and above:  # a lower label that says nothing by itself: the whole says it
        found = _readings(_bare(whole), whole, money)
    elif above and not money and _STEP.fullmatch(bare) and _tells(above):
        found = [Head("result", 0.85, period="todate" if "累计" in whole else "part")]  # 进展情况 | 一季度
    elif above and not money and _SEASON.search(above) and {h.role for h in found[:1]} & {"task", "target"}:
        found = [Head("schedule", 0.85)]  # 上半年 | 计划
    elif money and _OF_PERIOD.search(above) and found[0].role == "funds" and found[0].funder == "total":
        found = [replace(found[0], role="plan_investment")]  # “十四五”投资 | 合计
    elif above and not money and bare in ("数量", "数", "量", "规模", "个数"):
        found = [_under(head, above) for head in found]
    elif not found and not money and _SO_FAR.fullmatch(bare):
        found = [Head("result", 0.7)]
    elif not found and period == "before":
        rest = _YEAR.sub("", _pattern("period.before").sub("", bare))
        if _NO_MORE.fullmatch(rest):  # 去年同期, 2022年: when, and nothing else
            found = [Head("result", 0.5)]
    return tuple(
        replace(head, period=head.period or period) for head in sorted(found, key=lambda head: -head.score)
    )


def _tells(above: str) -> bool:
    """Whether a head over others says that what stands below it is reported (进展情况, 完成情况) and not planned."""
    told = re.search(r"(?:进展|完成|推进|落实|实施|执行|工作|进度)情况|进展|完成$", above)
    return bool(told) and not _pattern("promised").search(above) and not re.search("安排|要求|节点", above)


def _bare(label: str) -> str:
    """A label without its brackets, and without the words that only say of which year it is."""
    bare = _BRACKETS.sub("", label) or label.strip("()[]")
    return _SPECKS.sub("", bare)


def period_of(label: str, year: int | None) -> str | None:
    """The period that a label names."""
    if _SINCE.search(label) or _YEARS.search(label):
        return "longer"
    years = [int(found[1]) for found in _YEAR.finditer(label)]
    if _pattern("period.before").search(label) and not _GROWTH.search(label):
        return "before"
    if year is not None and years:
        if max(years) < year:
            return "before"
        if min(years) > year:
            return "later"
    if _pattern("period.part").search(label):
        return "todate" if "累计" in label and "上月" not in label else "part"
    if _TO_MONTH.search(label) or _DAY.search(label) or _pattern("period.todate").search(label):
        return "todate"
    if _MONTH.search(label):
        return "part"
    return "year" if years or _pattern("period.year").search(label) else None


def _under(head: Head, above: str) -> Head:
    """A lower label under one that says what it is of: 完成情况 | 数量 is a result's figure."""
    if (
        head.role in ("target", "count")
        and _pattern("reached").search(above)
        and not _pattern("promised").search(above)
    ):
        return replace(head, role="result", score=min(head.score, 0.7))
    return head


def _readings(bare: str, printed: str, money: bool) -> list[Head]:
    """The readings of one label. The order is that of the parts: what a label ends with says what it is."""
    if bare in parts()["index"] or re.fullmatch(r"序.?号?", bare):
        return [Head("index", 0.95)]
    both = re.search(r"(?:单位|部门)(?:[及和与、/]|\()(?:主要|分管|直接)?(?:责任|负责)?(?:人|领导)", printed)
    for name in ("contact", "person"):
        if _pattern(name).search(bare) and not both:  # 责任单位及责任人: the bodies stand first
            return [Head("aside" if name == "contact" else "person", 0.9)]
    for reading in (_who, _steps, _when, _plain_things, _money_read, _shares, _amounts):
        found = reading(bare, printed, money)
        if found:
            return found
    return []


def _who(bare: str, printed: str, money: bool) -> list[Head]:
    leading, helping, watching = (_pattern(n).search(bare) for n in ("leading", "helping", "watching"))
    body = re.search(f"(?:{_pattern('body').pattern})[及和与、(]?.{{0,3}}$", bare)
    if _CHECKED.search(bare):  # 责任单位自报数
        return []
    if money and not re.search("责任|牵头|主管|实施", bare):  # 单位自筹, 建设单位 under 资金来源
        return []
    beside = re.search(r"(?:单位|部门)[及和与、/](?:主要|分管|直接)?(?:责任|负责)?(?:人|领导)", bare)
    if beside and not (helping or watching):
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
    if _STEP.fullmatch(bare):
        return [Head("schedule", 0.8), Head("result", 0.3)]
    if (
        re.search("季度|月", bare)
        and _pattern("promised").search(bare)
        and not _pattern("reached").search(bare)
    ):
        return [Head("schedule", 0.7)]
    if _pattern("steps").search(bare) and not re.search("实际|完成情况|完成率", bare):
        return [Head("schedule", 0.85)]
    return []


def _when(bare: str, printed: str, money: bool) -> list[Head]:
    noun = _pattern("when").search(bare)
    if bare in parts()["lasting"] or re.search("起止|年限|周期", bare):
        return [Head("period", 0.85)]
    if noun and not _money_in(bare):
        if _pattern("beginning").search(bare) and not _pattern("ending").search(bare):
            return [Head("aside", 0.8)]
        return [Head("deadline", 0.9 if _pattern("ending").search(bare) or bare != "时间" else 0.6)]
    return []


def _plain_things(bare: str, printed: str, money: bool) -> list[Head]:
    """Heads that are what they say: 备注, 建设地点, 类别, 指标名称."""
    if bare in parts()["leaf"]:
        return [Head("leaf", 0.9)]
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
    if _pattern("place").search(bare) and not _pattern("reached").search(bare):
        return [Head("location", 0.85)]
    if _pattern("split").search(bare) and not _pattern("reached").search(bare):
        return [Head("split", 0.8)]
    return []


def _money_read(bare: str, printed: str, money: bool) -> list[Head]:
    noun = _money_in(bare)
    if not noun and not money:
        funder = _funder(bare)
        named = re.fullmatch(r".{0,4}(?:级|本级|级配套|自筹|捐赠|统筹|来源|补助|支持|专项)", bare)
        if funder and (named or re.search(r"[万亿千百]?元", printed)):
            return [Head("funds", 0.75, funder=funder)]
        if funder and re.fullmatch(f"(?:{_every_funder()}|[和与及、级财政本]|来源|资金|及?以上|部分)+", bare):
            return [Head("funds", WEAK, funder=funder)]
        return [Head("funds", WEAK, funder="total")] if bare in ("合计", "小计", "总计", "计") else []
    if re.search("标准$", bare):
        return [Head("aside", 0.8)]  # 补助标准: what is paid for each
    if _pattern("share").search(bare) or re.search("%", printed):
        return [Head("aside", 0.85)]  # 投资完成率: the rate of the money, not of the works
    if re.search(r"(?:进展|进度|落实|完成|使用)情况", bare):
        return [Head("spent", 0.8)]
    planned = _pattern("promised").search(bare) or re.search(
        "概算|估算|匡算|预算|需求|所需|规模|安排|预计", bare
    )
    if _pattern("spent").search(bare) and not planned:
        return [Head("spent", 0.85)]
    if _OF_PERIOD.search(bare):
        return [Head("plan_investment", 0.9, funder="total")]
    funder = _funder(bare)
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
    of_year = _YEAR.search(bare) or _pattern("period.year").search(bare)
    if re.search(r"总投资|投资总额|估算投资|匡算投资|项目投资|投资规模", bare) and not of_year:
        return [Head("total_investment", 0.9, funder="total")]
    return [Head("funds", 0.9, funder="total")]


def _shares(bare: str, printed: str, money: bool) -> list[Head]:
    if _GROWTH.search(bare):
        return [Head("aside", 0.7)]
    share = re.search(f"(?:{_pattern('share').pattern})$", bare) or _OF_PLAN.search(printed)
    if not share:
        return []
    if _CONTROLLED.search(bare) and not re.search("完成|任务|计划", bare):
        return []
    known = (
        _pattern("reached").search(bare)
        or re.search("完工|竣工|建成|办结", bare)
        or _OF_PLAN.search(printed)
        or _pattern("promised").search(bare)
    )
    return [Head("rate", 0.9 if known else 0.5)]


def _amounts(bare: str, printed: str, money: bool) -> list[Head]:
    """Tasks, targets and results: what a label ends with, and what the cells must say where it leaves both open."""
    if _pattern("state").search(bare):
        return [Head("status", 0.85)]
    reached = list(_pattern("reached").finditer(bare))
    if _FINISHED.fullmatch(bare):
        return [Head("result", 0.8)]
    promised = list(_pattern("promised").finditer(bare))
    if _pattern("progress").search(bare):
        return [Head("result", 0.7), Head("schedule", 0.6)]
    if re.search(r"(?:进展|完成|落实|推进|执行|办理|实施|工作|达成|实现)(?:的)?情况|进展", bare):
        return [Head("result", 0.9)]
    if checked := _CHECKED.search(bare):  # 自报数 beside 核定数: the one that was checked is the result
        return [Head("result", 0.6 if checked["own"] else 0.85)]
    if reached and (ahead := _AHEAD.match(bare)):  # 预计完成, 计划完成数: what is still to come
        return [Head("target", 0.6), Head("task", 0.4)] if ahead["plan"] else [Head("aside", 0.8)]
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
    if _pattern("grouping").search(bare) or bare == "名称":
        return [Head("programme", 0.85)]
    if re.search(r"(?:项目|工程|实事|事项)名称(?!及)", bare) or re.fullmatch(r".{0,6}(?:项目|名称)", bare):
        return [Head("project", 0.85)]
    if re.fullmatch(r"(?:民生|惠民|为民|重点)?(?:办?实事|事项)", bare):
        return [Head("task", 0.9), Head("project", 0.4)]  # a name, where another column has the task's words
    if _pattern("task").search(bare):
        return [Head("task", 0.9)]
    if _pattern("project").search(bare):
        return [Head("project", 0.6)]
    return []


@functools.cache
def _every_funder() -> str:
    words = {word for name in parts() if name.startswith("funder.") for word in parts()[name]}
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _funder(label: str) -> str | None:
    """Who pays by a label's words: the word that stands first in it, the longest where several begin there."""
    bare = _bare(label)
    best: tuple[int, int, str] | None = None
    for name in parts():
        if not name.startswith("funder."):
            continue
        kind = name.removeprefix("funder.")
        for word in parts()[name]:
            at = bare.find(word)
            if at < 0 or (len(word) == 1 and len(bare) > 2):
                continue
            rank = (at, -len(word), kind)
            best = min(best, rank) if best else rank
    if best is None:
        return None
    if best[2] in ("province", "city") and re.search("自治区|[省市]", bare) and "以上" in bare:
        return "superior"
    named = {kind for kind in ("social", "bond") if _pattern(f"funder.{kind}").search(bare)}
    return (
        named.pop()
        if len(named) == 1
        and best[2] in ("town", "city", "county", "province", "other")
        and re.search("自筹|债", bare)
        else best[2]
    )
