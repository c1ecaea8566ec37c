"""What a figure in the cell of a result is: the result, a rate, works begun, what was passed, what is still planned."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.facts.context import Row
from minshi_analysis.facts.matching import alike, is_share
from minshi_analysis.facts.nature import is_of_another_kind
from minshi_analysis.facts.prose.evidence import REASONS
from minshi_analysis.facts.prose.past import OWN_YEAR
from minshi_analysis.facts.prose.rates import whole_of
from minshi_analysis.facts.task import Task
from minshi_analysis.language import works
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.numerals import neat
from minshi_analysis.language.quantities import Quantity
from minshi_analysis.language.text import fold

__all__ = [
    "SURPLUS",
    "answers_none",
    "closes",
    "emphasis",
    "fits_rate",
    "has_rival",
    "in_part",
    "is_begun",
    "is_gap",
    "is_part",
    "is_rate",
    "is_result",
    "set_aside",
]

_EXCEEDED = re.compile(r"超额[^,，;；。]{0,12}完成[^,，;；。]{0,4}$")
SURPLUS = re.compile(r"超额(?:完成|新增|建成)\s*$")
_RESULT = re.compile(r"(?:已|实际|累计|目前|共|全部|均)[^,，;；。\d]{0,5}$")
_RATE_BEHIND = re.compile(r"[^,，;；。]{0,12}[,，]\s*(?:完成率|占|为|达)")
_REACHED = re.compile(r"\s*[,，(（]\s*(?:达到?了?|为|占|即)?\s*")  # 16010人,达到101.9%
_RATE_OF = re.compile(r"(?:完成|兑现|执行|竣工|完工)(?:率|比例)[^,，;；。\d]{0,8}$")  # 完成率均达100%
_DONE_BEHIND = re.compile(r"\s*(?:完成|落实|到位|竣工|完工)")
_ASKED = re.compile(r"(?:任务?|目标|计划)(?:数|为|是)?\s*$")
# 已将标准提高到2200元 and 按计划建成 report; 将 is also the mark of an object.
_PLANNED = re.compile(
    r"(?:(?<!按)(?<!按照)计划|拟|预计|(?<!已)(?<!已经)(?<!均)(?<!成功)将)(?!完成率)[^。;；:：]{0,24}$"
)
_LEFT_OVER = re.compile(
    r"(?:剩余?|剩下|其余|余下|尚有|还有|尚未完成|未完成)的?\s*$"
)  # 剩余1个: what is not done
_STARTED = re.compile(
    rf"(?:(?:{works.BEGUN}|在建|招标|签约|立项)(?:建设|改造|实施)?|{works.TOPPED_OUT}|正在[^,，;；。\d]{{0,6}}|进场施工)\s*$"
)
_PREPARED = re.compile(rf"(?P<what>{works.PREPARED}|{works.SETTLED})(?:工作|了|出|好)?\s*$")
_PREPARED_BEHIND = re.compile(
    rf"[^,，;；。\d]{{0,6}}?(?P<what>{works.PREPARED}|[场用]地|地块|(?:建设|施工|承建)单位)"
)
# What else stands before a figure that is no result of the year, with the reason.
_ASIDE = (
    (
        re.compile(r"(?:[本当上][月周旬](?![底末])|本季度)[^,，;；。]{0,14}$"),
        "figures of a part of the period only",
    ),
    (re.compile(r"(?:去年|上年|同期|往年|前年)[^,，;；。]{0,14}$"), REASONS["past"]),
    (re.compile(r"同比[^,，;；。\d]{0,6}$"), REASONS["past"]),
    (re.compile(r"下达[^,，;；。\d]{0,6}$"), REASONS["aim"]),
    (_LEFT_OVER, REASONS["rest"]),
)
_START_BEHIND = re.compile(
    rf"[^,，;；。\d]{{0,6}}(?:{works.TOPPED_OUT}|封顶|{works.UNDER_WAY}|开工建设)"
    rf"|[^,，;；。\d]{{0,10}}(?:已|均|全部)+(?:{works.BEGUN}|在建)"
)
_EITHER = re.compile(
    r"(?:已?完成|完工)或(?:正在|在|即将)"
)  # 16幢完成或正在解危: how many are finished is not known
_LISTED = re.compile(r"[、和,，及]")
_NAMED = 0.75  # of the signs of a part's name, where a target is called after it


def closes(rate: float, value: float, target: float) -> bool:
    """Whether a printed rate is that of a result and its target, as far as rounding shows."""
    return bool(target) and abs(100 * value / target - rate) <= max(0.51, 0.006 * rate)


def is_gap(surplus: Quantity, quantities: Sequence[Quantity], task: Task) -> bool:
    """Whether a surplus is what another result of the cell has beyond a target: 91人,超额完成6人 of 85."""
    return any(
        same_unit(q.unit, surplus.unit) and t["value"] and neat(q.value - t["value"]) == surplus.value
        for q in quantities
        for t in task.targets
        if same_unit(t["unit"], surplus.unit)
    )


def fits_rate(q: Quantity, targets: Sequence[Row], rate: Quantity | None) -> bool:
    """Whether the rate of a column beside is that of this quantity and a target."""
    return rate is not None and any(t["value"] and closes(rate.value, q.value, t["value"]) for t in targets)


def is_rate(q: Quantity, quantities: Sequence[Quantity], task: Task, text: str) -> bool:
    """Whether a percentage is a share done, not the thing itself: 完成率110%, 占50%, 100%完成."""
    if q.unit != "%" or any(t["unit"] == "%" for t in task.targets):
        return q.role == "rate" and q.unit == "%" and all(t["unit"] != "%" for t in task.targets)
    told = any(
        _REACHED.fullmatch(text[o.end : q.start]) for o in quantities if o.end <= q.start and o.unit != "%"
    )
    return (
        told
        or q.role == "rate"
        or bool(_RATE_OF.search(text[: q.start]) or _DONE_BEHIND.match(text[q.end :]))
    )


def is_result(q: Quantity, quantities: Sequence[Quantity], task: Task, text: str) -> bool:
    """Whether a quantity reports something: not a comparison, not the task repeated, nothing that is still planned."""
    before = text[max(0, q.start - 30) : q.start]
    if q.role == "baseline" or any(form.search(before) for form in (_ASKED, _PLANNED, _LEFT_OVER)):
        return False
    quoted = before.rfind("“") > before.rfind("”")
    repeated = any(t["value"] == q.value and same_unit(t["unit"], q.unit) for t in task.targets)
    later = any(o.start > q.start and same_unit(o.unit, q.unit) for o in quantities)
    return not (repeated and later and (quoted or _EXCEEDED.search(before)))


def set_aside(
    quantities: Sequence[Quantity], text: str, *, afterwards: bool = False
) -> dict[int, tuple[Quantity, str]]:
    """Which quantities of a cell are of another time (本月完成12个, 去年同期30个), handed down or left to do, by their id, with the reason.

    ``afterwards`` says that 去年 is the document's own year.
    """
    found: dict[int, tuple[Quantity, str]] = {}
    for q in quantities:
        before = text[: q.start]
        said = next(((mark, why) for form, why in _ASIDE if (mark := form.search(before))), None)
        if said and not (afterwards and OWN_YEAR.match(before, said[0].start())):
            found[id(q)] = q, said[1]
    return found


def has_rival(q: Quantity, able: Sequence[Quantity], targets: Sequence[Row], text: str) -> bool:
    """Whether two results of an enumeration could be that of one target alike: 路基42公里、路面28.6公里 of 农村公路30公里,
    38个厢房、70个分类亭 of 达标小区210个."""
    asked = [t for t in targets if same_unit(t["unit"], q.unit)]
    if len(asked) != 1 or not q.measure:
        return False
    for other in able:
        first, second = (q, other) if q.start < other.start else (other, q)
        if (
            other is not q
            and same_unit(other.unit, q.unit)
            and other.measure not in (q.measure, "", None)
            and is_share(other.measure) == is_share(q.measure)  # 检验2.1万批次,达到每千人5.1批次
            and _are_listed(text[first.end : second.start], first.measure, second.measure)
            and abs(alike(q.measure, asked[0]["measure"]) - alike(other.measure, asked[0]["measure"])) < 0.05
        ):
            return True
    return False


def _are_listed(between: str, first: str, second: str) -> bool:
    """Whether only a sign of a list stands between two figures, beside what they count (before or behind them)."""
    rest = between.removeprefix(first)
    return bool(_LISTED.match(rest)) and len(rest) <= len(second) + 3 and "其中" not in rest


def answers_none(q: Quantity, targets: Sequence[Row], task: Task, text: str) -> bool:
    """Whether a quantity is of another kind than each target of its unit: 新增学位1290个, of 学位增至1800个."""
    asked = [t for t in targets if same_unit(t["unit"], q.unit)]
    words = fold(task.headline)
    return bool(asked) and all(is_of_another_kind(q, fold(text), target, words) for target in asked)


def in_part(q: Quantity, text: str) -> bool:
    """Whether a quantity stands in brackets that say what something includes: （含2个卡口）."""
    before = text[: q.start]
    opened = max(before.rfind("("), before.rfind("（"))
    return opened > max(before.rfind(")"), before.rfind("）")) and before[opened + 1 :].lstrip().startswith(
        ("含", "其中")
    )


def is_part(q: Quantity, results: Sequence[Quantity], targets: Sequence[Row], text: str) -> bool:
    """Whether a result is a part of another (18600人,其中农民工9800人), and no target is called after that part."""
    whole = whole_of(fold(text), q, results)
    asked = [t for t in targets if same_unit(t["unit"], q.unit)]
    if whole is None or not same_unit(whole.unit, q.unit):
        return False
    named = fold(q.measure or "")
    return not any(named and _share_of(named, fold(t["measure"] or "")) >= _NAMED for t in asked)


def _share_of(words: str, other: str) -> float:
    """How many of the signs of words stand in others, in any order: all of 路口改造 in 路口渠化改造."""
    return sum(sign in other for sign in words) / len(words)


def is_begun(q: Quantity, task: Task, text: str) -> bool:
    """Whether a quantity counts what is only begun or prepared (已开工10个, 5所均已开工, 完成12处选址), where the task promises
    more of that thing."""
    asked = works.asked_of(fold(q.measure), fold(task.headline))
    if re.search(rf"{works.BEGUN}|{works.SHELL}|招标", asked):
        return False
    if _EITHER.match(text[q.end :].lstrip()):
        return True
    if (found := _PREPARED.search(text[: q.start]) or _PREPARED_BEHIND.match(text[q.end :])) is not None:
        return found["what"] not in asked
    return bool(_STARTED.search(text[: q.start]) or _START_BEHIND.match(text[q.end :]))


def emphasis(q: Quantity, text: str) -> float:
    """How much a quantity's place marks it as the result: 实际完成…, a rate behind it."""
    before, behind = text[max(0, q.start - 8) : q.start], text[q.end : q.end + 24]
    return 0.4 * bool(_RESULT.search(before)) + 1.5 * bool(_RATE_BEHIND.match(behind))
