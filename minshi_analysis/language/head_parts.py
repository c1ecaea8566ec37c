"""The parts of heads: the classes of words of ``heads.toml``, and a label without its specks and brackets."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from minshi_analysis.language import grammar
from minshi_analysis.language.text import fold, tidy

__all__ = [
    "GROWTH",
    "GUESSED",
    "OF_PERIOD",
    "STEP",
    "YEAR",
    "Head",
    "bare_of",
    "bound_of",
    "label",
    "label_of",
    "money_in",
    "parts",
    "pattern",
]

_SPECKS = re.compile(r"[\s·•*★◆]|^[-_.]+|[-_.:]+$")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_IN_USE = re.compile("投入(?:使用|运[营行]|生产)")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?!\d)")
STEP = re.compile(
    r"^(?:\d{4}年)?(?:\d{1,2}月份?(?:底|末)?(?:前)?|(?:第?[一二三四1-4]|前[二两三])季度|上半年|下半年|年底)(?:前|目标|计划|节点|任务|安排|进度)*$"
)
GROWTH = re.compile(r"增[长减]|同比|较.*年|比.*年|环比|增幅|增速")
_COMPARATORS = {  # 约 and 超 alone end other words too
    word: bound
    for word, bound in sorted(grammar.BEFORE.items(), key=lambda entry: -len(entry[0]))
    if bound in ("at_least", "at_most") or word in ("低于", "小于", "高于", "大于", "多于", "少于", "<", ">")
}
_BOUND_BEHIND = re.compile(r"[)\]](以[上下内]|左右)$")  # 就业率(%)以上
GUESSED = 0.7  # the score of a head that may also be another's, at most
OF_PERIOD = re.compile(r"(?:十[一二三四五六七八九]?五|规划期|规划期内|五年).{0,8}投资")


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
def pattern(name: str) -> re.Pattern[str]:
    """Any of the parts of a class, as a pattern."""
    return re.compile("|".join(map(re.escape, parts()[name])))


def money_in(label: str) -> re.Match[str] | None:
    """The first word of money in a label; 投入使用 is none."""
    return pattern("money").search(_IN_USE.sub("", label))


def bound_of(label: str) -> str | None:
    """How a head binds the figures below it: by a comparator at its end, or around its unit.

    Examples
    --------
    >>> [bound_of(head) for head in ("目标值不低于", "失业率控制在(%)以内", "任务数(≥)", "规模以上企业数")]
    ['at_least', 'at_most', 'at_least', None]
    """
    behind = _BOUND_BEHIND.search(label)
    bare = _BRACKETS.sub(lambda held: held[1] if held[1] in _COMPARATORS else "", label)
    if "控制在" in bare and bare.endswith(("控制在", "以内", "以下")):
        return "at_most"
    if behind:
        return grammar.AFTER_BOUND[behind[1]]
    return next((bound for word, bound in _COMPARATORS.items() if bare.endswith(word)), None)


def label_of(text: str) -> str:
    """A head's words from its printed ones: tidy, folded, without spaces and specks of a scan."""
    return label(fold(tidy(text)))


@functools.lru_cache(maxsize=256)  # several readers ask of one line whether it is a head
def label(words: str) -> str:
    """A head's words from folded ones."""
    return _SPECKS.sub("", words)


def bare_of(label: str) -> str:
    """A label without its brackets and specks."""
    bare = _BRACKETS.sub("", label) or label.strip("()[]")
    return _SPECKS.sub("", bare)
