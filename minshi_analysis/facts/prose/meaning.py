"""What each figure of a sentence is: promised, reported, the target that a report names, a rate, or no value at all.

Every reading of a figure has evidence: words before it and after it in its clause, each with a weight, and where the
sentence stands. The readings are weighed against each other, none is taken because it comes first; how far the best is
ahead says how sure it is. A figure that is no value has the reason, in words that a user understands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from minshi_analysis.facts.prose.costs import funder_of, is_paid, is_spent, is_won
from minshi_analysis.facts.prose.done_of import are_begun, done_of, noun_of
from minshi_analysis.facts.prose.each import is_size_of_each
from minshi_analysis.facts.prose.evidence import AIM, REASONS, RULES
from minshi_analysis.facts.prose.growth import SHARES, as_change, is_promised_change
from minshi_analysis.facts.prose.past import NEXT_YEAR, is_past
from minshi_analysis.facts.prose.plans import is_qualifier, spread
from minshi_analysis.facts.prose.rates import is_of_plan, is_rate, is_rated, is_share_of_part
from minshi_analysis.facts.prose.surplus import with_results
from minshi_analysis.facts.prose.where import is_actor, is_there
from minshi_analysis.language import works
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.dates import Date, find_dates, looks_back
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import Text, without_names

__all__ = [
    "IN_AIM",
    "Figure",
    "Place",
    "counts",
    "figures_of",
    "is_reporting",
]

_ALSO_REPORTED = frozenset(
    {
        "begun",
        "surplus",
        "rest",
        "list",
        "vote",
        "state",
        "need",
        "where",
        "among",
        "part",
        "size",
        "extent",
        "forecast",
        "aim",
    }
)
_PAID_OUT = re.compile(r"(?:资助|补助|奖补|补贴|奖励|报销|救助金)(?:金)?标准(?:分别)?(?:为|是)?每")
_PERCENTAGE = frozenset({"%"})
_RAISED = re.compile(
    r"(?:提高|增加|提升|上调|调整|提标|上升|增)(?:到|至|为)|不低于|达到?|标准[^,;。\d]{0,6}(?:为|到|至)"
)
_REPORTS = re.compile(
    r"实际(?:完成|建成|新增|改造|发放|培训|开展|新建|竣工)?[^,。;\d]{0,6}\d|"
    r"^(?:截至|截止|目前|到目前|至目前|今年以来|到?1-\d{1,2}月|上半年|前三季度)|"
    r"已(?!有|经济|近|达|过)[\u4e00-\u9fff]{2,14}\d|"
    rf"已(?:于[^,。;]{{2,10}}?|(?!有|经济)[^,。;]{{0,8}}?)(?:拨付|下达|达|送|为\d|{works.DONE})|"
    rf"累计(?:完成|新增|建成|发放)|(?:^|[,;])(?:完工|竣工)\d|(?:完|竣)工率|完成率|完成比例|(?:占|为|完成|达)[^,。;]{{0,6}}{AIM}[^,。;]{{0,12}}的?\d|"
    rf"{AIM}[^,;。]{{0,6}}\d[^,;。]*,(?:\d{{1,2}}月(?:份|底)?)?[^,;。\d]{{0,8}}(?:完成|建成|新增|改造|竣工)[^,;。\d]{{0,8}}\d|"
    r"提前[^,。;]{0,4}完成|超额|超(?:目标|任务|计划)|\d%的?完成|全部(?:完成|完工|建成|竣工)|正在|均已|全部已|"
    r"未完成|完成(?:了|约|近)*\d[\d.]*%|(?:目标|任务|计划)的\d|如期完成|按时完成|圆满完成|进度[^,。;]{0,4}\d"
)
_STILL_TO_COME = re.compile(  # 确保12月底前|全部完成: no word of what was done
    r"(?:确保(?!了)|力争|争取|预计|拟(?!定)|将(?=[于在]|全部|全面|如期|按[时期]|完成|实现|基本))[^,;。]*$"
)
_LINKS = re.compile(r"^(?:中|里|均|已|都|到|的|,|全部|全面|超额|提前|按[时期]|如期|完成|达标|建成|竣工)+")
_OF_THEM = re.compile(r"(?:的|共|涉及|安排|确定|清单|实事|项目)[^,;。\d]{0,3}$")
_MERE = re.compile(r"[已的中其共有余下未完成超额任务尚前提到底月全部\d年度县市区]")
_ABOUT = re.compile(r"(?:每[人月年户]*|约|近|不低于|不少于|不超过|超过?|的?标准|人均|[月年户]均?|了)*")
_RISE = re.compile(
    r"(?:分别|逐步|统一|依次)?(?:提高|提升|增加|上升|上调|扩大|扩展|降低|下降|减少|缩短|调整|升|降|增|减)(?:到|至|为)?了?"
)
_DONE = re.compile(
    r"^(?:截至|截止|目前|到目前|至目前|今年以来|1-\d{1,2}月|上半年)|"
    rf"已(?:经)?[^,。;]{{0,6}}(?:{works.DONE})|累计完成|完成率|"
    r"(?:占|完成)[^,。;]{0,6}(?:目标|任务|计划)[^,。;]{0,4}的?\d|提前[^,。;]{0,4}完成|超额"
)
_AGAIN = re.compile(r"[,;](?=(?:再|今年(?!以来)|本年|年内|计划|将|拟|力争|20\d\d年))")
_ITEMS = frozenset({"项", "件", "个", "类"})
IN_AIM = re.compile(rf"{AIM}\((?!其中)[^()]*$")  # 完成年度任务(原定的2万户)的163%
_ASKED_FOR = re.compile(rf"{AIM}(?:任务)?(?:分别)?(?:为|是)?:[^,;。:\d]{{0,30}}$")
_LOOK = 120  # characters on either side of a figure
_POWERS = frozenset({"吨", "千瓦", "兆瓦", "千伏安", "立方米", "升", "匹"})
_EACH_OF = re.compile(r"\d[台座个套口组辆]$")
_PREPARED = re.compile(  # 垦造项目40个,复垦项目2个,均已完成招投标
    r"[^;。]*?,(?:目前)?(?:均|都|全部)(?:已经?)?(?:完成|进入|进行)(?:了)?(?:招投?标|设计|前期|立项|选址|可研|评审|勘察|备案|审批|方案)"
)
_PEOPLE = frozenset({"人", "名", "位", "人次"})
_EACH_TIME = re.compile(r"每[期班场次批届轮节][^,;。\d]{0,6}$")  # 托管班4期,每期40人
_KINDS_OF = frozenset({"种", "类"})
_ACROSS = re.compile(r"(?:^|[、米里顶底路桥坝河面基均])[宽高深厚]度?(?:约|为|达到?)*$")
_TASKS = re.compile(r"(?:[重要具][点要体]|年度|民生|目标|工作|考核)*任务(?![\d:为是(])")
_FOR_SO_MANY = re.compile(r"每[百千万]{1,2}[名人户个]?(?:人口)?(?:约|达到?|为)*$")
_TASKS_SO_FAR = re.compile(
    rf"^(?:截[至止].*?[日底末]|其中|目前|现|另有|全[省市州县区])*(?:已|未|尚|正在?|全部|提前|按[时期]|超额|进度|有序|还)*"
    rf"(?:完成|{works.BEGUN}|{works.FINISHED}|实施|推进|办结|达标|建设|进行|进展|顺利|落实|滞后|正常|在建|年度|目标|重点|民生|工作|的)*"
    r"(?:任务|事项|实事|项目)(?:共|有|为|计)*$"
)
_HANDED_DOWN = re.compile(
    r"(?:实事|民[生心](?:项目|工程))[^,;。\d]*(?:分解|下达|涉及|承担|落实|交办|承接)[^,;。\d]*(?:任务|项目|事项|实事|工程)(?:共|有|为|计)*$"
    r"|(?:承担|涉及|承接|分解)[^,;。\d]*(?:实事|民[生心](?:项目|工程))(?:的?任务|项目|事项)?(?:共|有|为|计)*$"
)
_PLACED = re.compile(r"^(?:目前|现|已|均|共|分别)*在(?:全?[省市县区镇乡]|其中的?)*$")
_NOUN = re.compile(r"[^,;。\d]{0,8}")
_AIMED_AT = re.compile(r"(?:^|并)(?:对|针对|面向)[^,;。]{0,16}$|(?:涉及|涵盖|包括|包含|中的|以及|患有?)$")
_MERE_STATE = re.compile(
    r"(?:^|已|均)(?:已|其中|目前|实际|余下|剩余|尚有|全部|均|共|经|超额)*"
    rf"(?:完成|达标|在建|{works.BEGUN}|{works.FINISHED})了?$"
)
_PROMISES = re.compile(
    r"新[增建改]|建[成设]|计划|拟|将|再|力争|确保|今年|本年|20\d\d年|完成|实施|改造|提[高升]|达到|开展|推进|创建|配备|发放|投用|增加|扩大|解决"
)
_FROM = re.compile(r"比|较|[高低]于|高出|低出")
_BRACKETS = re.compile(r"\([^()]*\)")
_AHEAD = re.compile(
    r"(?:^|[)、])(?:下一?步|下半年|后续|其余)?(?:预计|拟|力争|确保|计划|将(?=[于在再继陆全年]|\d+月|完成|建成|新增))(?!投资|完成率)"
)
_TEARS = re.compile(r"[,;。!?:]")
_TO_THE_NEW = re.compile(  # between an old value and its new one; of a bare 农村 the rest is understood
    r"[^,;。!?:]*(?:,(?:(?:[农乡]村|城[市镇])[由从][^,;。!?:]*|[^,;。!?:\d]{0,4}[提调增升涨][^,;。!?:]*))?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: in a plan or a report, what its line is about, and the document's year.

    ``afterwards`` says that a report was printed the year after: 去年 is its own year, 今年 the next one.
    """

    reports: bool
    kind: str = ""  # of the line: promise, result, past, steps, money
    year: int | None = None
    level: str | None = None
    region: str | None = None
    likely: str = ""  # what an unmarked figure is: promise or result
    afterwards: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence with its reading, how far that is ahead of the next, and the reason where it is no value."""

    text: Text
    quantity: Quantity
    reading: str
    lead: float
    funder: str | None = None

    @property
    def reason(self) -> str:
        return REASONS.get(self.reading, "what it is cannot be told")


@lru_cache(maxsize=256)
def _parsed(words: str, kind: str) -> tuple[Quantity, ...]:
    """The quantities of words that are asked about several times."""
    return tuple(parse_quantities(words, kind=kind))


def counts(text: Text) -> list[Quantity]:
    """The figures of a text that may be promised or reported: they qualify and describe nothing.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> [q.value for q in counts(clean("20户以上自然村通路,建书房5家"))]
    [5.0]
    """
    folded = text.folded
    out = []
    for quantity in _parsed(text.norm, "plan"):
        before, after = _beside(folded, quantity)
        weighed = _weighed(quantity, before, after, folded)
        none = (
            _is_bracketed_money(quantity, folded)
            or is_qualifier(quantity, before, after)
            or any(r in ("list", "vote") for r, _ in weighed)
        )
        if quantity.role != "baseline" and not (none or _is_bracketed_money(quantity, folded)):
            out.append(quantity)
    return out


def is_reporting(text: Text) -> bool:
    """Whether a sentence reports (已…, 完成率, 占年度目标的…) and does not promise.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> is_reporting(clean("新建书房5家")), is_reporting(clean("建成5家,为任务的100%"))
    (False, True)
    >>> is_reporting(clean("确保12月底前全部完成"))
    False
    """
    folded = text.folded
    return any(not _STILL_TO_COME.search(folded, 0, m.start()) for m in _REPORTS.finditer(folded))


def figures_of(text: Text, place: Place) -> list[Figure]:
    """The figures of a sentence, each with its reading.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> said = clean("全年新建幼儿园48所,超额完成40所的年度目标任务,完成率120%。")
    >>> [(f.quantity.value, f.reading) for f in figures_of(said, Place(True, year=2023, likely="result"))]
    [(48.0, 'result'), (40.0, 'aim'), (120.0, 'rate')]
    """
    folded = text.folded
    parsed = _parsed(text.norm, "progress" if place.reports else "plan")
    quantities = [as_change(quantity, folded) for quantity in spread(parsed, folded)]
    dates = find_dates(folded, year=place.year)
    old = _old(quantities, folded)
    quantities = _with_old_unit(quantities, old, folded)
    done = 0 if place.reports else done_before(folded)
    out: list[Figure] = []
    for k, quantity in enumerate(quantities):
        if _is_bracketed_money(quantity, folded):
            out.append(Figure(text, quantity, "cost", 3.0, "total"))
            continue
        if is_size_of_each(folded, quantity, quantities):
            out.append(Figure(text, quantity, "standard", 3.0))
            continue
        where = {"level": place.level, "region": place.region}
        funder = funder_of(text.norm, quantity, money=place.kind == "money", **where)
        won = funder is not None and place.kind != "money" and is_won(text.norm, quantity)
        if won and not (place.reports and place.likely == "result"):
            funder = None
            beside = any(q.unit not in ("万元", "%") for q in quantities)
            reading, lead = ("won", 3.0) if beside else ("promise", 2.0)
        elif not place.reports and place.kind != "money" and is_paid(folded, quantity):
            reading, lead, funder = "done", 3.0, None
        elif place.reports and quantity.unit == "万元" and _is_spent(quantity, folded, quantities):
            reading, lead, funder = "spent", 3.0, None
        elif funder is not None and place.reports and place.kind != "money" and place.likely == "result":
            funder = None
            reading, lead = ("result" if is_of_plan(folded, quantity) else "spent"), 3.0
        elif funder is not None:
            reading, lead = "cost", 3.0
        elif k in old:
            reading, lead = "old", 3.0
        elif quantity.start < done:
            reading, lead = "done", 3.0
        else:
            reading, lead = _read(quantity, folded, place, dates, out)
            plain = reading in ("result", "promise") and bool(out)
            if plain and _is_glued(out[-1].quantity, quantity, folded):
                reading, lead = out[-1].reading, min(lead, out[-1].lead)
        out.append(Figure(text, quantity, reading, lead, funder))
    out = _compared(_of_the_whole(_going_on(out, folded, place), folded), folded, place)
    if not place.reports:
        return _acting(out, folded, quantities)
    return with_results(_there(_some_done(_ahead(out, folded, place), folded), folded))


def _ahead(figures: list[Figure], folded: str, place: Place) -> list[Figure]:
    """Figures, those told from results that are still to come behind what was done: 已开工20所,预计9月新增学位2100个."""
    if place.likely != "result":
        return figures
    told = next((k for k, f in enumerate(figures) if f.reading in ("result", "begun")), len(figures))
    return [
        replace(f, reading="next", lead=3.0)
        if k > told and f.reading == "result" and _AHEAD.search(clause_before(folded, f.quantity.start))
        else f
        for k, f in enumerate(figures)
    ]


def _there(figures: list[Figure], folded: str) -> list[Figure]:
    """Figures, those of places and bodies told from what was done there, which the sentence counts behind them."""
    done = [k for k, f in enumerate(figures) if f.reading in ("result", "aim") and f.quantity.unit != "%"]
    return [
        replace(f, reading="where", lead=3.0)
        if f.reading in ("result", "promise") and done and k < done[-1] and is_there(folded, f.quantity)
        else f
        for k, f in enumerate(figures)
    ]


def _acting(figures: list[Figure], folded: str, quantities: Sequence[Quantity]) -> list[Figure]:
    """Figures, those of who does it told from what is promised: 32家医院开展义诊200场."""
    if len(figures) < 2:
        return figures
    return [
        replace(f, reading="where", lead=3.0)
        if f.reading == "promise" and is_actor(folded, f.quantity, quantities)
        else f
        for f in figures
    ]


def _some_done(figures: list[Figure], folded: str) -> list[Figure]:
    """Figures, those that say how many there are in all made targets of how many are done: 20个小区中,18个已完工."""
    pairs = done_of(folded, [figure.quantity for figure in figures])
    out = list(figures)
    for k, figure in enumerate(figures[:-1]):
        if (figure.quantity, figures[k + 1].quantity) not in pairs or figure.reading == "list":
            continue
        if are_begun(folded, figure.quantity):
            out[k] = replace(figure, reading="begun", lead=3.0)
            continue
        named = noun_of(folded, figure.quantity) or figure.quantity.measure
        whole = replace(figure.quantity, measure=named)
        out[k] = replace(figure, quantity=whole, reading="aim", lead=3.0)
        done = replace(figures[k + 1].quantity, measure=named)
        out[k + 1] = replace(figures[k + 1], quantity=done, reading="result", lead=3.0)
    return out


def _is_glued(before: Quantity, quantity: Quantity, folded: str) -> bool:
    """Whether a figure is printed right behind another one, of one verb with it: 已动工2.65万户9.95万人."""
    return before.end == quantity.start and quantity.unit != "%" and before.unit != "%"


def _going_on(figures: list[Figure], folded: str, place: Place) -> list[Figure]:
    """Figures, those of a plan that go on to tell what there is: 现有工程146处,服务人口52万人,其中31处不稳定."""
    out: list[Figure] = []
    for figure in figures:
        before = out[-1] if out else None
        if (
            not place.reports
            and before is not None
            and before.reading in ("state", "need")
            and figure.reading == "promise"
            and not _PROMISES.search(folded, before.quantity.end, figure.quantity.end + 4)
        ):
            figure = replace(figure, reading="state", lead=2.0)
        out.append(figure)
    return out


def _compared(figures: list[Figure], folded: str, place: Place) -> list[Figure]:
    """Figures, those of a report's distance from another told from results: 比全市平均低21.5个百分点."""
    return [
        replace(f, reading="surplus", lead=3.0)
        if place.reports
        and f.reading == "result"
        and f.quantity.unit == "百分点"
        and _FROM.search(_TEARS.split(folded[: f.quantity.start])[-1])
        else f
        for f in figures
    ]


def _of_the_whole(figures: list[Figure], folded: str) -> list[Figure]:
    """Figures, those that count the items themselves told from results: 32个项目已完工20个,完工率62.5%,在建12个."""
    whole = next((f for f in figures if f.reading == "list"), None)
    if whole is None:
        return figures
    out: list[Figure] = []
    for figure in figures:
        before, after = _beside(folded, figure.quantity)
        mere = (
            figure.quantity.unit == whole.quantity.unit and not after.strip() and _MERE_STATE.search(before)
        )
        rate = figure.reading == "rate" and out and out[-1].reading == "list"
        out.append(replace(figure, reading="list", lead=3.0) if mere or rate else figure)
    return out


def _is_summed_up(folded: str, quantity: Quantity) -> bool:
    """Whether a figure in brackets is a part of a sum beside it: 甲院(80张)、乙院(48张)共计128张; 15120人(其中初中4980人)."""
    unit, head = re.escape(quantity.unit), folded[max(0, quantity.start - _LOOK) : quantity.start]
    if not unit or "(" not in head:
        return False
    behind = folded[quantity.end : quantity.end + _LOOK]
    if head.endswith("(") and behind.startswith(")"):
        return re.match(rf"[^;。]*?(?:共计|合计|总计|共)\d[\d.]*[万亿]?{unit}", behind) is not None
    if re.match(r"[^,;。()\d]{0,6}(?:已|均|全部|完成|建成|投用|竣工)", behind):
        return False  # 21所(其中9所已投用)
    return re.search(rf"\d[\d.]*[万亿]?{unit}[^,;。()\d]{{0,8}}\((?:其中|包括|含)[^()]*$", head) is not None


def _is_bracketed_money(quantity: Quantity, folded: str) -> bool:
    """Whether an amount stands in brackets of its own behind what it is for: 义务教育学校建设(3200万元)."""
    return (
        quantity.unit == "万元"
        and folded[quantity.start - 1 : quantity.start] == "("
        and folded[quantity.end : quantity.end + 1] == ")"
    )


def done_before(folded: str) -> int:
    """How far a plan's sentence tells what was done: up to where it promises again (今年再建18个), or to its end.

    Examples
    --------
    >>> said = "已建成公园22个,今年再建18个"
    >>> said[: done_before(said)], done_before("新建公园18个")
    ('已建成公园22个', 0)
    """
    done = _DONE.search(folded)
    if done is None:
        return 0
    again = _AGAIN.search(folded, done.end())
    return again.start() if again else len(folded)


def _read(
    quantity: Quantity, folded: str, place: Place, dates: Sequence[Date], before_it: Sequence[Figure]
) -> tuple[str, float]:
    """The best reading of a figure, and how far it is ahead."""
    before, after = _beside(folded, quantity)
    results = [f.quantity for f in before_it if f.reading == "result"]
    if place.reports and is_share_of_part(folded, quantity, results):
        return "part", 3.0
    if quantity.unit in _PERCENTAGE and is_rate(quantity, folded, before, after, place, before_it):
        return "rate", 3.0
    scores: dict[str, float] = {place.likely or ("result" if place.reports else "promise"): 2.0}
    if place.kind in ("promise", "result", "past"):
        scores[place.kind] = scores.get(place.kind, 0) + 3.0
    for reading, weight in _weighed(quantity, before, after, folded):
        scores[reading] = scores.get(reading, 0) + weight
    past = is_past(quantity, folded, dates, place)
    if past:
        scores["past"] = scores.get("past", 0) + 6.0
    if place.afterwards and NEXT_YEAR.search(folded, 0, quantity.start):
        scores["next"] = scores.get("next", 0) + 9.0
    if is_qualifier(quantity, before, after):
        scores["qualifier"] = scores.get("qualifier", 0) + 7.0
    if quantity.role == "baseline":
        scores["old"] = scores.get("old", 0) + 8.0
    if place.kind == "result":  # a label of results says nothing against works begun or a surplus
        for other in _ALSO_REPORTED & set(scores):
            scores[other] += 3.0
    _for_the_document(scores, quantity, folded, before, place, past=past)
    if _FOR_SO_MANY.search(before) and any(f.quantity.unit == quantity.unit for f in before_it):
        scores["norm"] = scores.get("norm", 0) + 9.0  # 抽检5.48万批次,达到每千人6.8批次: no second result
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (reading, best), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    return reading, best - second


def _for_the_document(
    scores: dict[str, float], quantity: Quantity, folded: str, before: str, place: Place, *, past: bool
) -> None:
    """Weigh readings by the kind of document: a plan has no results, a report of works begun may rate them."""
    if place.reports:
        scores.pop("done", None)
        scores.pop("norm", None)
        if place.likely == "promise" and "aim" in scores:
            scores["promise"] = scores.get("promise", 0) + scores.pop("aim")
        if is_of_plan(folded, quantity):
            scores.pop("begun", None)  # 开工新建195所,完成年度计划的130%: the plan asks for the beginning
            scores.pop("aim", None)
    else:
        if "result" in scores and place.likely != "result":
            scores["promise"] = scores.get("promise", 0) + scores.pop("result")
        for reading in ("begun", "surplus", "rest", "aim"):  # 开工建设1.5万个 is promised
            if reading in scores:
                scores["promise"] = scores.get("promise", 0) + scores.pop(reading)
        if is_promised_change(quantity, folded) and not past:
            scores.pop("past", None)  # 收入比上年增长8%
        scores.pop("among", None)
        scores.pop("part", None)
        scores.pop("extent", None)  # 建筑面积1.9万平方米 may be what a plan promises
        if "done" in scores and re.search(r"累计(?!已)", before):
            scores.pop("done")
    money = quantity.unit == "万元" or quantity.unit.startswith("元")
    for reading in ("standard", "norm"):
        counted = money or (quantity.unit == "次" and reading == "standard")  # 每年免费体检1次
        bounded = quantity.bound in (
            "at_least",
            "more_than",
        )  # 每户补助不超过5000元 is a ceiling of each case
        raised = _RAISED.search(before) and not _PAID_OUT.search(before)
        held = quantity.unit in _PEOPLE and _EACH_TIME.search(before)
        if reading in scores and not held and (not counted or bounded or raised):
            scores.pop(reading)
    if quantity.unit == "%":
        scores.pop("list", None)


def _is_spent(quantity: Quantity, folded: str, quantities: Sequence[Quantity]) -> bool:
    """Whether an amount is what was invested or paid out (累计完成投资6.8亿元), of which the sentence prints no target."""
    others = any(q is not quantity and q.unit == "万元" and not is_spent(folded, q) for q in quantities)
    return is_spent(folded, quantity) and not others and not is_rated(folded, quantity)


def _weighed(quantity: Quantity, before: str, after: str, folded: str) -> Iterator[tuple[str, float]]:
    for reading, weight, left, right in RULES:
        if (left is None or left.search(before)) and (right is None or right.match(after)):
            if reading == "list" and quantity.unit not in (*_ITEMS, "大类", "名"):
                continue
            yield reading, weight
    if quantity.unit in _POWERS and _EACH_OF.search(folded[max(0, quantity.start - 2) : quantity.start]):
        yield "size", 9  # 3台6吨锅炉
    if quantity.unit in ("米", "厘米") and _ACROSS.search(before):
        yield "size", 9  # 总长1400米,宽50米
    if quantity.unit in ("项", "件"):
        yield from (("list", weight) for weight in _of_items(quantity, before, after, folded))
    if _PLACED.search(before) and _NOUN.fullmatch(after) and folded[quantity.end + len(after) :][:1] == ",":
        yield "where", 9  # 在46个小区,建成38个厢房
    if _is_summed_up(folded, quantity):
        yield "part", 9
    head = folded[max(0, quantity.start - _LOOK) : quantity.start]
    if _ASKED_FOR.search(head) or IN_AIM.search(head):
        yield "aim", 9
    if _PREPARED.match(folded[quantity.end : quantity.end + _LOOK]):
        yield "begun", 8
    if quantity.unit in _KINDS_OF and _AIMED_AT.search(before):
        yield "qualifier", 9  # 对16种慢性病患者
    if quantity.unit in _ITEMS and before.endswith("(") and folded[quantity.end : quantity.end + 1] == ")":
        yield "list", 6  # 教育类(2项)


def _of_items(quantity: Quantity, before: str, after: str, folded: str) -> Iterator[float]:
    """What speaks for it that so many 项 or 件 are the items themselves."""
    if _TASKS.match(after):
        yield 13  # 涉及的16项工作任务全面完成: the unit says that tasks are counted
    if not re.match(r"[\u4e00-\u9fff]", after):
        if _TASKS_SO_FAR.search(before):
            yield 13  # 已完成任务2项,未开工任务3项
        if _HANDED_DOWN.search(before):
            yield 13  # 市级民生实事分解至我区任务5项
    if not re.match(r"[\u4e00-\u9fff]{2}", _LINKS.sub("", after)):
        # 完成19项, 其中的8项, 安排的10件、27项, 共涉及69件: nothing is named that they are items of
        another = re.match(r"、\d+[项件个]", folded[quantity.end : quantity.end + 8])
        if not _MERE.sub("", before) or _OF_THEM.search(before) or another:
            yield 6


def _old(quantities: Sequence[Quantity], folded: str) -> set[int]:
    """Which figures are the values before: 由574元、271元分别提高到609元、300元, 从70%提高到75%."""
    old: set[int] = set()
    for mark in re.finditer(r"[由从]", folded):
        rise = _RISE.search(folded, mark.end())
        if rise is None or _TEARS.search(folded, mark.end(), rise.start()):
            continue
        new = next((q for q in quantities if q.start >= rise.end()), None)
        if new is None or not _ABOUT.fullmatch(folded, rise.end(), new.start):
            continue  # 由县教育局牵头新建学校3所并提升改造: nothing is raised
        old |= {
            k
            for k, q in enumerate(quantities)
            if mark.end() <= q.start and q.end <= rise.start() and _sort_of(q) == _sort_of(new)
        }
    return old


def _sort_of(quantity: Quantity) -> str:
    """Shares, money or a count: what is raised stays of its sort, in whatever unit."""
    if quantity.unit in SHARES:
        return "share"
    return "money" if re.match("[万亿]?元", quantity.unit) else "count"


def _with_old_unit(quantities: Sequence[Quantity], old: set[int], folded: str) -> list[Quantity]:
    """Give new values the unit of the old ones of their clause where only those print its period.

    由每月680元、620元提高到720元; not 农村由每年4850元提高到5236元,城市由656元提高到680元: nobody says of what the second is.
    """
    out = list(quantities)
    bearing = [quantities[k] for k in sorted(old) if quantities[k].unit.startswith("元/")]
    for k, new in enumerate(quantities if bearing else ()):
        if new.unit == "元":
            before = (q for q in bearing if q.end <= new.start)
            units = {q.unit for q in before if _TO_THE_NEW.fullmatch(folded, q.end, new.start)}
            if len(units) == 1:
                out[k] = replace(new, unit=units.pop())
    return out


def _beside(folded: str, quantity: Quantity) -> tuple[str, str]:
    """The words of a figure's clause before it, without what stands in closed brackets, and behind it."""
    before = _TEARS.split(folded[max(0, quantity.start - 60) : quantity.start])[-1]
    after = _TEARS.split(folded[quantity.end : quantity.end + 60], maxsplit=1)[0]
    return without_names(_BRACKETS.sub("", before)), without_names(after)


def reporting_date(text: Text, year: int | None) -> str | None:
    """The date that a report's sentence is of: 截至6月底."""
    folded = text.folded
    return next((d.date for d in find_dates(folded, year=year) if looks_back(folded, d)), None)
