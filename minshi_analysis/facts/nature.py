"""What kind of figure a target is (flow, stock, rate, stage), and which targets are parts of another.

Both are read from the words around the figure in the task's line, so that a level is never counted as work done and
a part is never added to its whole. :mod:`minshi_analysis.facts.same` says which promises of several lists are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from minshi_analysis.facts.context import Row
from minshi_analysis.language import works
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import fold, tidy

__all__ = [
    "adds_to",
    "ends_what_begins",
    "is_of_another_kind",
    "nature_of",
    "with_natures",
    "with_parts",
    "words_around",
]

_RATES = frozenset({"%", "‰", "百分点"})
_PER = re.compile(
    r"^每[十百千万亿\d]|^人均|每[十百千万]+\w{0,4}(?:人口?|户|老年人)\w*(?:拥有|配备)?\w*数?$|比$"
)
_EACH_HEAD = re.compile(r"人均\w{0,8}$")
_LEVEL_UNITS = frozenset({"岁", "年", "分", "分贝", "度"})
_LEVEL_OF_MONEY = re.compile(
    r"标准|补贴|补助|津贴|待遇|福利|工资|收入|单价|增加值|产值|营收|总值|规模|余额|存量"
)
_MONEY = re.compile(r"^[万亿]?元$|美元$")
_FOR_EACH = re.compile(r"(?:每|各)(?:一|1)?(?:[个所家座县市区镇乡村户名]|\(|特殊|社区|街道)(?!.*共)")
_YEARLY = re.compile(r"每年|年均|全年")
# Works that are begun; what is promised is that they are under way.
_BEGUN = re.compile(rf"(?:{works.BEGUN}|招标|立项)(?!率|前|后|之日|时间)(?!.*(?:{works.FINISHED}))")
_DEEDS = re.compile(
    r"新增|新建|新设|新辟|新[(、改扩迁增建]|净增|扩建|改建|改造|建成|建设|完成|实施|开展|举办|组织|打造|打通|培训|培养|培育|"
    r"创建|创成|安装|配置|配备|提升|整治|整改|治理|解危|发放|救助|资助|治疗|筛查|体检|检查|检测|抽检|接种|服务|推出|提供|筹集|"
    r"分配|引进|引育|集聚|遴选|认定|认证|设立|建立|组建|优化|更新|修复|修缮|投用|投放|放映|演出|供应|种植|造林|清运|拆除|"
    r"安置|搬迁|招聘|招募|支持|扶持|减免|化解|争取|征缴|帮扶|惠及|受益|免费|支援|加固|提标|铺设|架设|疏浚|消除|解决|开通|"
    r"开办|新(?:投用|配置|改造|拓展|安装)|创|送"
)
# A number without a unit beside one of these is so many new ones, and no ratio: 新增城镇就业 | 8950.
_COUNTED = re.compile(r"新增|新建|净增|新[(、改扩迁增建]|改造|建成|开展|培训|救助|安装|筛查|发放|检查|抽检")
_OWN_DEED = re.compile(rf"{_DEEDS.pattern}|{works.BEGUN}|{works.FINISHED}")
_REACHED = re.compile(
    r"(?:总[数量]|累计)(?:达到?|为)|保有量|(?:提高|增加|扩大|提升|上升|降低?|减少|缩小|控制)[到至在]|增至|降至|"
    r"(?:稳定|保持|维持)在"
)
_STANDS = re.compile(r"(?:达到?|保持|稳定|维持|拥有|(?:[数量率]|规模|人口)为)$")
_UP_TO = re.compile(r"[\u4e00-\u9fff](?<![截甚乃])至(?:约|近|不少于)?$")  # 扩充学位至1800个
# So many more, and not how many there are then.
_ADDED = re.compile(r"[新净]增|增[加设添]|新[建购添设改扩投]|更新|更换|扩建|改扩建")
_IN_ALL = re.compile(r"总[数量计]|累计|共计|保有量|(?:[增加高大升充]|^)[至到](?:了|约|近)?$|之?后")
# Numbers that stand: how many there are, and not how many are added or served in the year.
_STANDING = re.compile(
    r"(?:人数|人口|总数|总量|参保\w{0,3}人员|从业人员|床位数|托位数|学位数|藏书量|发卡量|保有量|里程数?|拥有量|浓度|寿命|规模|数)$"
)
_SERVED = re.compile(
    r"新增|净增|新[(、改扩迁增建招引]|完成|累计|解决|搬迁|转移|脱贫|减少|(?:筛查|培训|救助|服务|接种|受益|惠及|招聘|安置|参观|放映|检测|体检|诊疗)(?:人数|人次|次数|场次|户数)|受益|惠及"
    # "创业帮扶"服务企业数46家
    r"|(?:服务|帮扶|培训|救助|资助|扶持|接种|筛查)(?:企业|人员|对象|家庭|儿童|学生|老年?人|群众|居民|妇女|劳动者|患者)数"
)
_EDGE = re.compile(r"[,;。:、!?\n\t|]")
_NUMBER = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(百|千|万|亿)?")
_SCALE = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


def with_natures(targets: Sequence[Row], text: str | None) -> list[Row]:
    """The targets of one task with the `nature` of each, and `part_of` where the task's own words list parts.

    Parameters
    ----------
    targets : sequence of Row
    text : str or None
        The words of their task.
    """
    said = fold(text or "")
    parts = _listed(targets, said) if len(targets) > 2 else []
    return [
        row
        | {"nature": nature_of(row, said)}
        | ({"part_of": targets[0]["target_id"]} if row["target_id"] in parts else {})
        for row in targets
    ]


def with_parts(targets: pd.DataFrame, text: str) -> pd.DataFrame:
    """The targets of a document with `part_of` where an 其中 says which they are parts of.

    Parameters
    ----------
    targets : DataFrame
        With natures, all of a document.
    text : str
        The document's text: no single line may hold the 其中.
    """
    named = list(_named(text))
    if not named or targets.empty:
        return targets
    asked = ("target_id", "task_id", "measure", "value", "unit", "bound", "nature")
    folded = {name: targets[name].map(_word) for name in ("measure", "unit")}
    cells = zip(*(folded.get(name, targets[name]).tolist() for name in asked), strict=True)
    rows: list[Mapping] = [dict(zip(asked, row, strict=True)) for row in cells]
    natures = {row["target_id"]: row["nature"] for row in rows}
    found: dict[str, str] = {}
    for whole, parts in named:
        # One 其中 lists the parts of one task: behind its last, the next row's words may follow.
        within: set[str] = set()
        for part, words in parts:
            pairs = list(_pairs(rows, whole, part))
            within = within or {row["task_id"] for _, row in pairs}
            for a, row in pairs:
                if row["task_id"] in within and found.setdefault(row["target_id"], a) == a:
                    natures[row["target_id"]] = _of_part(row, natures[a], words)
    if not found:
        return targets
    ids, known = targets["target_id"].tolist(), targets["part_of"].tolist()
    parts_of = [found.get(target_id, whole) for target_id, whole in zip(ids, known, strict=True)]
    return targets.assign(
        part_of=pd.array(parts_of, dtype=targets["part_of"].dtype),
        nature=pd.array([natures[target_id] for target_id in ids], dtype=targets["nature"].dtype),
    )


# --- the nature of a figure ----------------------------------------------------------------------------------------


def nature_of(target: Mapping, text: str) -> str:
    """What kind of figure a target is.

    Parameters
    ----------
    target : mapping
        measure, value, unit, bound.
    text : str
        The line of its task.

    Returns
    -------
    str
        `flow` (so many new ones), `stock` (a level to stand at), `rate` (a share or ratio) or `stage` (so many under way).

    Examples
    --------
    >>> nature_of({"measure": "托位", "value": 7500.0, "unit": "个"}, "新增托位7500个以上")
    'flow'
    >>> nature_of({"measure": "长期护理保险参保人数", "value": 8e5, "unit": "人"}, "长期护理保险参保人数达80万人")
    'stock'
    >>> nature_of({"measure": "保障房", "value": 1e6, "unit": "平方米"}, "新开工保障房100万平方米")
    'stage'
    """
    measure, unit = _word(target.get("measure")), _word(target.get("unit"))
    before, after = words_around(text, target.get("value"), measure)
    if (
        unit in _RATES
        or (not unit and pd.notna(target.get("value")) and not _COUNTED.search(f"{before}{measure}|{text}"))
        or _PER.search(measure)
        or _EACH_HEAD.search(before)
    ):
        return "stock" if "寿命" in measure else "rate"
    if (
        unit in _LEVEL_UNITS
        or "/" in unit
        or target.get("bound") in ("at_most", "less_than")
        or _FOR_EACH.search(before + measure)
    ):
        return "stock"
    said = f"{before}{measure}"
    if _MONEY.search(unit):
        return "stock" if _LEVEL_OF_MONEY.search(said + after) else "flow"
    if _BEGUN.search(f"{said}|{after}"):
        return "stage"
    if _REACHED.search(said) or _UP_TO.search(before):
        return "stock"
    if _STANDING.search(measure) and not _SERVED.search(said) and not _YEARLY.search(said):
        return "stock"
    if _DEEDS.search(said) or _YEARLY.search(said):
        return "flow"
    return "stock" if _STANDS.search(before) else "flow"


def adds_to(quantity: Quantity, folded: str, target: Mapping, asked: str) -> bool:
    """Whether a reported quantity only adds to the level that a target is to reach: 新增学位1290个, of 扩充学位至1800个.

    Parameters
    ----------
    quantity : Quantity
    folded : str
        The words that report it.
    target : mapping
        measure, value, unit, bound.
    asked : str
        The words that promise the target.

    Examples
    --------
    >>> goal = {"measure": "养老床位", "value": 8000.0, "unit": "张"}
    >>> def adds(words):
    ...     return adds_to(parse_quantities(words)[-1], words, goal, "养老床位达到8000张")
    >>> adds("新增床位600张"), adds("床位增加到8100张")
    (True, False)
    """
    before = clause_before(folded, quantity.start)
    if not _ADDED.search(before) or _IN_ALL.search(before):
        return False
    measure = _word(target["measure"])
    own = words_around(asked, target["value"], measure)[0] + measure
    yearly = _FOR_EACH.search(own) or _ADDED.search(own)  # 新增就业保持在5万人
    return nature_of(target, asked) == "stock" and not yearly


def ends_what_begins(quantity: Quantity, folded: str, target: Mapping, asked: str) -> bool:
    """Whether a reported quantity counts what is finished, where a target asks how many are begun: 竣工1200套, of 新开工3000套.

    What is finished was begun: as many as the target asks for, and no begun ones printed beside, are its result.

    Examples
    --------
    >>> goal = {"measure": "住房", "value": 3000.0, "unit": "套"}
    >>> def ends(words):
    ...     return [ends_what_begins(q, words, goal, "新开工住房3000套") for q in parse_quantities(words)]
    >>> ends("新开工住房3200套,竣工1200套")
    [False, True]
    """
    behind = _EDGE.split(folded[quantity.end :], maxsplit=1)[0]
    said = clause_before(folded, quantity.start) + behind
    if not re.search(works.FINISHED, said) or re.search(works.BEGUN, said):
        return False
    begun = re.search(rf"(?:{works.BEGUN})[^,;。\d]*\d", folded) is not None
    return (begun or quantity.value < (target["value"] or 0)) and nature_of(target, asked) == "stage"


def is_of_another_kind(quantity: Quantity, folded: str, target: Mapping, asked: str) -> bool:
    """Whether a reported quantity is no result of a target, since one of them counts what the other does not: what is added and
    a level, what is finished and what is begun."""
    return adds_to(quantity, folded, target, asked) or ends_what_begins(quantity, folded, target, asked)


def words_around(text: str, value: Any, measure: str) -> tuple[str, str]:
    """The words of a figure's own clause before and behind it.

    Examples
    --------
    >>> words_around("完成3个、新开工1个老旧小区改造", 1.0, "老旧小区改造")
    ('新开工', '个老旧小区改造')
    """
    known = None if pd.isna(value) else float(value)
    places = [m.span() for m in _NUMBER.finditer(text) if _is(m, known)] if known is not None else []
    at = text.find(measure) if measure else -1
    if not places and at >= 0:
        places = [(at, at + len(measure))]
    if not places:
        return (text, "") if known is None else ("", "")
    start, end = min(places, key=lambda p: (abs(p[0] - at) if at >= 0 else 0, p[0]))
    low = max((m.end() for m in _EDGE.finditer(text, 0, start)), default=0)
    if at >= 0 and at < start and low > at and start - at <= len(measure) + 8:
        low = max((m.end() for m in _EDGE.finditer(text, 0, at)), default=0)  # the measure itself has a 、
    high = next((m.start() for m in _EDGE.finditer(text, end)), len(text))
    return text[low:start], text[end:high]


def _is(number: re.Match, value: float) -> bool:
    return abs(float(number[1]) * _SCALE.get(number[2], 1.0) - value) < 1e-6 * max(1.0, abs(value))


def _word(value: object) -> str:
    return fold(value) if isinstance(value, str) else ""


def _of_part(part: Mapping, whole: str, words: str) -> str:
    """What kind of figure a part is: its whole's kind (新增1500个,其中公共停车泊位不少于400个), unless the words before it tell of a
    deed of its own (总数达到5万个,其中新增4500个) or it is a ceiling, a price or a standard."""
    own, unit = part["nature"], part["unit"]
    kinds = {"flow", "stock", "stage"}
    if not {own, whole} <= kinds or own == "stage" or part["bound"] in ("at_most", "less_than"):
        return own
    if unit in _LEVEL_UNITS or "/" in unit or _MONEY.search(unit) or _OWN_DEED.search(words):
        return own
    return whole


# --- wholes and parts ----------------------------------------------------------------------------------------------

_AMONG = re.compile(r"(?:其中)?[:,]?(?:包括|包含|含|有)?")
_MARK = re.compile(r"其中|(?<=[(（])(?:包括|包含|含)(?![)）])")
_INSIDE = re.compile(r"[^()]*+(?:\([^()]*+\)[^()]*+)*+")  # up to the bracket that closes
_STOP = re.compile(r"[;。!?\n\t|]")
_WINDOW = 120


def _named(text: str) -> Iterator[tuple[Quantity, list[tuple[Quantity, str]]]]:
    """The quantity before each 其中, or 含 in brackets, that it is of, and its parts behind it, each with the words before it."""
    seen = set()
    for mark in _MARK.finditer(text):
        above = fold(tidy(text[max(0, mark.start() - _WINDOW) : mark.start()]))
        below = fold(tidy(text[mark.start() : mark.end() + _WINDOW].partition("\t")[0]))
        head = _STOP.split(above)[-1] or _STOP.split(above.rstrip(";。,( "))[-1]
        tail = _STOP.split(_AMONG.sub("", below, count=1))[0]
        if above.endswith("(") and (inside := _INSIDE.match(tail)):
            tail = inside[0]
        if (head, tail) in seen:
            continue
        seen.add((head, tail))
        before, behind = parse_quantities(head, kind="plan"), parse_quantities(tail, kind="plan")
        if before and behind:
            wholes = [whole for whole in reversed(before) if _is_sum(whole, behind, tail)] or before[-1:]
            yield wholes[0], list(_of_kind(wholes[0], behind, tail))


def _is_sum(whole: Quantity, parts: Sequence[Quantity], tail: str) -> bool:
    """Whether several parts add up to a quantity: what stands between it and them is told of it too (12个,计划竣工3个,其中…)."""
    own = [part.value for part, _ in _of_kind(whole, parts, tail)]
    return len(own) > 1 and abs(sum(own) - whole.value) < 1e-6


def _of_kind(whole: Quantity, parts: Sequence[Quantity], tail: str) -> Iterator[tuple[Quantity, str]]:
    """The quantities behind an 其中 that are of the whole's kind and do not exceed it together, each with the words before it."""
    left, last = whole.value, 0
    for part in parts:
        between = tail[last : part.start]
        anew = last and re.match(r"[^、和及]{0,3},\s*(?:新|完成|开展|实施|提升)", between)
        if not same_unit(part.unit, whole.unit) or part.value > left + 1e-9 or (anew and part.value != left):
            return
        yield part, between
        left, last = left - part.value, part.end


def _pairs(rows: Sequence[Mapping], whole: Quantity, part: Quantity) -> Iterator[tuple[str, Mapping]]:
    """The whole's id and the part, of targets that print these two figures: in one task, or each in its own of a programme."""
    wholes = [row for row in rows if _prints(row, whole)]
    for row in rows:
        if not _prints(row, part):
            continue
        own = [w for w in wholes if w["task_id"] == row["task_id"] and w["target_id"] != row["target_id"]]
        own = own or [w for w in wholes if w["task_id"] != row["task_id"] and _group(w) == _group(row)]
        if own:
            yield own[0]["target_id"], row


def _prints(row: Mapping, quantity: Quantity) -> bool:
    if row["value"] != quantity.value or not same_unit(row["unit"], quantity.unit):
        return False
    measure, said = row["measure"], fold(quantity.measure)
    return measure == said or (min(len(measure), len(said)) >= 2 and (measure in said or said in measure))


def _group(row: Mapping) -> str:
    return row["task_id"].rpartition("/")[2].rpartition(".")[0]


def _listed(own: Sequence[Mapping], text: str) -> list[str]:
    """The targets behind a task's first that add up to it, where its words name them or a bracket encloses them."""
    whole, parts = own[0], own[1:]
    same = all(same_unit(_word(whole["unit"]), _word(row["unit"])) for row in parts)
    if not same or pd.isna(whole["value"]) or any(pd.isna(row["value"]) for row in parts):
        return []
    if abs(sum(row["value"] for row in parts) - whole["value"]) > 1e-6:
        return []
    name = set(_word(whole["measure"]))
    named = all(set(_word(row["measure"])) <= name for row in parts)
    inside = text.partition("(")[2]
    bracketed = all(words_around(inside, row["value"], "") != ("", "") for row in parts)
    return [row["target_id"] for row in parts] if named or bracketed else []
