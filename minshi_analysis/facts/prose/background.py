"""What a plan's prose prints and does not promise, and why: what was reached, what is, what is forecast, who qualifies.

The chapters that look back or around are known by their headings. Elsewhere the words of the figure's own clause decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minshi_analysis.language.dates import Date, find_dates, looks_back
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import Text, without_names
from minshi_analysis.layout.passages import Passage, sentences
from minshi_analysis.layout.tables import Unread

__all__ = [
    "CLAUSE",
    "NEAR",
    "OPEN",
    "UNSAID",
    "around",
    "doubting",
    "is_qualifier",
    "looks_back_at",
    "no_promise",
    "set_aside",
    "told_of",
]

# Headings of chapters that look back or around: what they print is a state, not a promise.
_LOOKING_BACK = re.compile(
    r"(?:现实|发展|工作|规划|建设|改革)基础(?:$|[和与及、])|回顾"
    r"|(?:主要|工作|发展|突出|建设|改革|取得的?|显著|历史)(?:成就|成绩|成效|进展)|成效显著|发展现状|现状(?:$|[和与及、分])"
    r"|(?:面临|发展|宏观|当前|主要|国内外?)的?(?:形势|机遇|挑战|问题|背景|环境)|形势(?:[和与及、分])|机遇[和与及、]挑战"
    r"|(?:存在|突出)的?(?:问题|短板|不足)|(?:规划|编制|时代)背景|^(?:前言|序言|引言)$|编制(?:依据|说明)"
)
# A heading that ends so looks back or around too, where no verb makes it a duty (补齐短板, 解决问题).
_STATE = re.compile(
    r"(?:形势|机遇|挑战|短板|问题|不足|困难|差距|成就|成绩|成效|经验|现状|(?:需求|趋势|人口)(?:预测|分析))(?:分析|研判)?$"
)
_DUTY = re.compile(
    r"补|解决|破解|应对|抓住?|把握|巩固|夯实|提升|扩大|改善|优化|化解|加|推|完善|健全|满足|关[爱心]|推广|整治|治理|缩小|消除"
)
# Words that promise what follows them.
_MAKE = (
    r"(?:新改扩建|改扩建|新改建|新[建增改引设开育认配]|[建改扩创打引培推评选招增附配][建成造进育设立选聘集出]?|完成|支持|遴选|认定|"
    r"实施|开展|培训|建有|拥有|投用|改造|提升|提高|增加|集聚|发展|创建|举办|组织|吸引|发放|资助|救助|配[备齐足]|设置|安装|招[聘录]|开发|推出|至少有?)"
)
_PROMISES = re.compile(
    rf"{_MAKE}|实现|确保|力争|达到|达|保持|稳定|维持|巩固|控制|降低|下降|缩小|增长|不[低少超高大小]|[低高大小多]于|超过|突破|以内|至少|"
    r"[率比重]$|覆盖面$|占比$"
)
_MADE_HERE = re.compile(rf"{_MAKE}(?:[\u4e00-\u9fff]{{0,2}}(?:至少|不少于|不低于|约|近|超过?|了))?$")
_SIZE = re.compile(
    r"(?:床位|泊位|车位|学位|班级|人口|面积|规模)(?:及|或)?以[上下内]$"
)  # 500张床位以上养老机构
_PEOPLE = frozenset({"名", "人", "户", "位", "人次"})
# Whom a promise is for: 引导1000名以上毕业生到基层就业, 带动200户以上农户增收.
_LED = re.compile(
    r"(?:引导|带动|帮助|帮扶|扶持|吸引|吸纳|促进|组织|选派|输送|培养|推荐|保障|救助|资助|实现|新增|解决|惠及|满足|服务|接待|容纳|对|为|向)(?:每?[年月日]均?)?(?:约|近|超过?|不少于)?$"
)
_SIZES = frozenset({"个班", "班", "张", "床", "人", "个"})
_THINGS = frozenset("台处座所家辆部栋条套支盏项场")  # units that count things, and measure none
_SHARE_DOES = re.compile(
    r"的?[\u4e00-\u9fff]{1,8}?(?:实现|达到|建成|建有|完成|覆盖|配备|开展|创成|拥有|开放|接入)"
)
_REACHES = re.compile(r"(?:实现|确保|对|为)(?:全[市县区省州])?(?:约|近|超过?)?$")
_OF_SIZE = re.compile(r"(?:的)?(?:办学)?规模的?[\u4e00-\u9fff]{2}|制(?![度定造])[\u4e00-\u9fff]{2}")
_EXPLAINS = re.compile(r"(?:即|指|称|含|其中的|简称)$")
_NORM = re.compile(r"按照?[^,;。]{0,15}$")
_SUMS_UP = re.compile(r"(?:等|共|这|该|上述|以上|现有|原有|已有|全市|全县|全区|全省)$")
_NEW = re.compile(r"新建|新增|新[改开设]|建成|建设|打造|完成|实施|创成|创建|改造|培育")
UNSAID = "neither a year nor a word of promising goes with it"  # it may be a promise: it is not understood
OPEN = "it may be promised or reported"  # though its words also speak for another reading
# Reasons by which a figure is known for what it is, whatever stands around it.
_ALWAYS = frozenset(
    {
        "an old value, from which a new one is promised",
        "the number of an annex or a table",
        "an amount for each of them",
        "a norm",
        "part of a name",
    }
)
_THRESHOLD = "a threshold: who or what qualifies"
_CHANGE_BESIDE = "a change against another year, beside the level"
_IN_WORDS = "a count in words that sums up what is listed"
_EXPLANATION = "an explanation"
_ON_TOP = re.compile(r"基础上|[比较]20\d\d年")
_FORECAST_ALONE = "a forecast"
_BUILT = frozenset("所家座处条间套栋幢部辆张户")  # 三所幼儿园 are built; 五项行动, 三个层次 sum up
_BUILDS = re.compile(r"(?:新[建增]|建成|改造|扩建|改建)$")
_ANNEX = re.compile(r"(?:附件|附表|附录|专栏|图|表)\s*$")
_MONEY = ("元", "万元", "亿元")
_FOR_EACH = re.compile(
    r"每[\u4e00-\u9fff]{1,4}(?:平均|年均|财政|给予|投入)?(?:补助|投资|造价|资助|奖励|标准|成本)[\u4e00-\u9fff]{0,2}$"
)
_AGAINST = re.compile(r"[较比]\S*(?:提高|提升|增加|上升|降低|下降|增长)")
# Words before a figure that make it a state, and a forecast.
_PRESENT = re.compile(
    r"现有|目前|当前|截至|截止|现状|已(?:有|建|完|达|经|实|累)|缺口|缺少|尚[有缺]|仅有|存量|共有(?!产权)|拥有(?=各类|注册)"
)
_FORECAST = re.compile(r"预计|预测|据测算|预判")
CLAUSE = re.compile(r"[,;。!?:]")
NEAR = 120  # characters of a clause that are looked at on either side of a figure
_MADE = re.compile(
    r"新[建增改开设]|建[成设立有]|打造|完成|实施|创[成建]|改造|培[育训]|投[资入]|开工|竣工|供给"
)


def looks_back_at(heading: str) -> bool:
    """Whether a chapter of this name tells of what was or is.

    Examples
    --------
    >>> looks_back_at("发展基础"), looks_back_at("形势"), looks_back_at("补齐民生短板"), looks_back_at("重点任务")
    (True, True, False, False)
    """
    return bool(_LOOKING_BACK.search(heading) or (_STATE.search(heading) and not _DUTY.search(heading)))


def no_promise(quantity: Quantity, folded: str, date: Date | None, year: int, *, given: bool) -> str | None:
    """Why a quantity of a sentence is no target, or None where it is one.

    Parameters
    ----------
    quantity : Quantity
    folded : str
        The sentence.
    date : Date or None
        The last date before the quantity.
    year : int
        First year of the plan.
    given : bool
        A horizon holds for it: what has one needs no word of promising.

    Examples
    --------
    >>> words = "预计到2025年老年人口达到5.2万人"
    >>> no_promise(parse_quantities(words, kind="plan")[0], words, None, 2021, given=True)
    'a forecast'
    """
    before, after = around(folded, quantity)
    if _ANNEX.search(before):
        return "the number of an annex or a table"
    if quantity.role == "baseline":
        return "an old value, from which a new one is promised"
    if is_qualifier(quantity, before, after):
        return "a threshold: who or what qualifies"
    if not re.search(r"\d", quantity.surface) and quantity.unit != "%" and quantity.bound == "exact":
        return "a count in words that sums up what is listed"
    if date and int(date.date[:4]) < year and folded[max(0, date.start - 1) : date.start] not in ("较", "比"):
        return f"of {date.date[:4]}, before the plan begins"
    forecast = list(_FORECAST.finditer(folded, 0, quantity.start))
    if forecast and not _MADE.search(folded, forecast[-1].end(), quantity.start):
        return "a forecast"
    if _PRESENT.search(before):
        return "what there is, no promise"
    if _EXPLAINS.search(before):
        return "an explanation"
    if quantity.unit in _MONEY and _FOR_EACH.search(before):
        return "an amount for each of them"
    if quantity.unit == "百分点" and _AGAINST.match(before):
        return "a change against another year, beside the level"
    if _NORM.search(before) and after.startswith("标准"):
        return "a norm"
    if _SUMS_UP.search(before) and not _NEW.search(before):
        return "a count of what there is"
    if given or _PROMISES.search(before) or (quantity.unit == "%" and _PROMISES.search(after)):
        return None
    return UNSAID


def told_of(passage: Passage, heading: str, ref: str, year: int) -> Iterator[Unread]:
    """The figures of a passage in a chapter that looks back, each with the reason; what is to be by a year of the plan may
    be promised there."""
    why = f"background: the chapter {heading} tells of what was or is"
    for sentence in sentences(passage.text):
        ahead = [
            d
            for d in find_dates(sentence.norm)
            if int(d.date[:4]) > year and not looks_back(sentence.norm, d)
        ]
        for quantity in parse_quantities(sentence.norm, kind="plan"):
            made = re.search(_MAKE, around(sentence.folded, quantity)[0])
            may_be = made and any(d.end <= quantity.start for d in ahead)
            yield set_aside(sentence, quantity, ref, f"{OPEN}: {why}" if may_be else why)


def doubting(why: str, quantity: Quantity, others: Sequence[Quantity], folded: str, *, ahead: bool) -> str:
    """The reason why a figure is no target, which says so where other words of its sentence may promise it all the same.

    Parameters
    ----------
    why : str
        As `no_promise` gives it.
    quantity : Quantity
    others : sequence of Quantity
        All of its sentence.
    folded : str
    ahead : bool
        The sentence names a year of the plan.

    Examples
    --------
    >>> def told(words):
    ...     (found,) = parse_quantities(words, kind="plan")
    ...     return doubting("what there is, no promise", found, [found], words, ahead=False)
    >>> told("全县现有床位300张"), told("存量住房改造3000套")
    ('what there is, no promise', 'it may be promised or reported: what there is, no promise')
    """
    if why in _ALWAYS:
        return why
    before, _ = around(folded, quantity)
    made = _MADE_HERE.search(before) is not None
    if why == _THRESHOLD:
        open_ = made and not any(q.start >= quantity.end for q in others)
    elif why == _CHANGE_BESIDE:
        open_ = not any(q is not quantity and q.unit == "%" for q in others)
    elif why == _IN_WORDS:
        made = re.search(_MAKE, before) is not None  # 新建三所幼儿园、五座公厕: also the next of a list
        open_ = (made and quantity.unit in _BUILT) or (quantity.unit == "个" and bool(_BUILDS.search(before)))
    elif why == _EXPLANATION:
        open_ = before.endswith("含") and re.search(_MAKE, before) is not None
    elif why == _FORECAST_ALONE:
        open_ = made
    else:
        done = re.search(r"已(?!列入|纳入)", before)
        open_ = not done and (ahead or made or bool(_ON_TOP.search(folded, 0, quantity.start)))
    return f"{OPEN}: {why}" if open_ else why


def set_aside(text: Text, quantity: Quantity, ref: str, reason: str) -> Unread:
    """A figure that is no promise, where it is printed."""
    start, end = text.span(quantity.start, quantity.end)
    clause = max((m.end() for m in CLAUSE.finditer(text.folded, 0, quantity.start)), default=0)
    said = text.norm[clause if reason == UNSAID else quantity.start : quantity.end]
    return Unread(start, end, ref, said, reason)


def is_qualifier(quantity: Quantity, before: str, after: str) -> bool:
    """Whether a quantity only says who or what qualifies: 500人以上常住人口的行政村, 200张床位以上公办机构.

    ``before`` and ``after`` are the rest of its clause. With a verb of making before it (建设11个以上示范点)
    it is promised, and so is a share that opens its clause (60%以上县创成示范县).
    """
    if quantity.unit in _SIZES and _OF_SIZE.match(after):
        return True  # 12个班规模幼儿园1所
    if not quantity.surface.endswith(("以上", "以下", "以内")) or not re.match(r"[\u4e00-\u9fff]", after):
        return False
    if quantity.unit in _PEOPLE and _LED.search(before) and not re.match(r"的|规模|以上|常住", after):
        return False
    if _SIZE.search(quantity.surface):
        return True
    if quantity.unit == "%" and _SHARE_DOES.match(after):
        return False  # 70%以上的社区实现全覆盖
    if quantity.unit in _THINGS and _REACHES.search(before):
        return False  # 实现10万台以上电梯维保
    return not (_MADE_HERE.search(before) or (quantity.unit == "%" and not before.strip("其中")))


def around(folded: str, quantity: Quantity) -> tuple[str, str]:
    """The words of a quantity's clause before it, without what stands in brackets there, and after it."""
    before = CLAUSE.split(folded[max(0, quantity.start - NEAR) : quantity.start])[-1]
    after = CLAUSE.split(folded[quantity.end : quantity.end + NEAR], maxsplit=1)[0]
    return without_names(re.sub(r"\([^()]*\)", "", before)), without_names(after)
