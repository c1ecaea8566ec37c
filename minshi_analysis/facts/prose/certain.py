"""Which figures that are in no row are set aside in silence: those whose own words leave no doubt. All others are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from minshi_analysis.facts.prose.evidence import SET_ASIDE
from minshi_analysis.facts.prose.growth import SHARES
from minshi_analysis.facts.prose.meaning import Figure
from minshi_analysis.language import works
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.kin import same_unit

__all__ = ["is_certain"]

_COUNTED = SET_ASIDE["list"]
_LEAD = 3.0  # how far the reading must be ahead of the next
_ITEMS = r"(?:实事|民[生心]工程|惠民工程|民生项目|指标|子项|小项)"
_OF_ITEMS = (
    r"(?:[省市州县区][定直级]?|重点|民生|为民|惠民|办|考核|责任|牵头|年度"
    r"|具体|新|大类|类|方面|[个件项的]|\d|[一二三四五六七八九十])*"
)
_COUNTED_BEHIND = re.compile(rf"[个件项]?{_OF_ITEMS}(?:{_ITEMS}|单位|政府|候选)")
_COUNTED_BEFORE = re.compile(rf"{_ITEMS}(?:项目|事项)?(?:共|共有|有|分别有|为)$")
_NAMED_BEFORE = re.compile(rf"(?<!微){_ITEMS}(?:项目|事项)?$")  # 2025年度民生实事项目8项, in no item
_NOTHING_NAMED = re.compile(
    rf"(?:项目)?(?=$|[,;。、:()]|被|已|均|全|超额|提前|按[时期]|如期|达标|达到|圆满|正在|列[入为]|在建|{works.BEGUN}|{works.FINISHED}|完成)"
)
_MAKES = re.compile(r"新[建增设开购]|[建改扩创打培配][建造成设育立备]|推出|发放|安装|治理|整治")
_MERE_ITEMS = frozenset({"件", "项"})
_VOTERS = re.compile(r"(?:[省市县区镇乡]?(?:人大|政协|党))?(?:代表|委员|选民)")
_VOTED = re.compile(r"(?:正式|初步)?候选|票(?![价证])")
_BALLOT = re.compile(r"(?:赞成|反对|弃权|得)票?$|票数?[:为]?$")
_ASKED = re.compile(
    r"(?:征集|收集|收到|发放)[^,;。\d]{0,10}(?:建议|意见|留言|提案|问卷)[^,;。\d]{0,4}$|发放问卷$"
)
_PERSONS = frozenset({"名", "人", "位"})
_DONE = re.compile(rf"完成|{works.FINISHED}|已|均|全部|了")
_AHEAD = re.compile(r"未|尚|正在|预计|计划|将|拟|待|[年月]底|继续|推进|在建|施工|滞后|力争")
_CLAUSE = re.compile(r"[,;。:!?]")
_SENTENCE = re.compile(r"[;。!?]")
_LESS = 2  # times that a result is more than what it passed its target by


def is_certain(figure: Figure, others: Sequence[Figure], reason: str, *, listed: bool) -> bool:
    """Whether a figure that is in no row can be nothing that a row should hold.

    Words that stand near a figure (实事, 满意度, 其余, 以上) do not make it what they speak of. It is, where the items
    themselves are named as what is counted, where voters or votes are, where a target and what passed it stand in one
    sentence, where what is left is not said to be done, and where a threshold has behind it how many there are that pass it.

    Parameters
    ----------
    figure : Figure
    others : sequence of Figure
        All figures of its sentence.
    reason : str
        Why it is in no row.
    listed : bool
        It stands in an item of a list, whose figures are what is promised or reported.

    Examples
    --------
    >>> from minshi_analysis.facts.prose.meaning import Place, figures_of
    >>> from minshi_analysis.language.text import clean
    >>> def told(words):
    ...     found = figures_of(clean(words), Place(True, year=2024, likely="result"))
    ...     return [f.quantity.value for f in found if not is_certain(f, found, f.reason, listed=True)]
    >>> told("10件民生实事全部完成"), told("办好民生微实事300件")
    ([], [300.0])
    >>> told("改造危房400户,剩余15户预计年底完工"), told("其余300户危房已完成改造")
    ([400.0], [300.0])
    """
    form = _FORMS.get(reason)
    if form is None:
        return False
    sure = figure.lead >= _LEAD and figure.reason == reason
    return (sure and form(figure, others, listed)) or (
        reason == _COUNTED and _is_named(figure, others, listed)
    )


def _before(figure: Figure) -> str:
    return clause_before(figure.text.folded, figure.quantity.start)


def _behind(figure: Figure) -> str:
    return figure.text.folded[figure.quantity.end :]


def _is_named(figure: Figure, others: Sequence[Figure], listed: bool) -> bool:
    """Whether items, or voters and votes, are named as what is counted; or it is a share of such."""
    if figure.quantity.unit == "%":
        return any(_is_named(other, others, listed) for other in others if other.quantity.unit != "%")
    return _names_items(figure, listed) or _names_votes(figure, listed)


def _is_counted(figure: Figure, others: Sequence[Figure], listed: bool) -> bool:
    """Whether it counts items or votes by its own words, or beside such and names nothing else: 10件、27项为民办实事."""
    if _is_named(figure, others, listed):
        return True
    if not _NOTHING_NAMED.match(_behind(figure)) or _MAKES.search(_before(figure)):
        return False
    mere = not listed and figure.quantity.unit in _MERE_ITEMS  # 2016年市政府10件、
    return mere or any(_is_named(other, others, listed) for other in others if other is not figure)


def _names_items(figure: Figure, listed: bool) -> bool:
    before = _before(figure)
    if _MAKES.search(before):
        return False
    return bool(
        _COUNTED_BEHIND.match(_behind(figure))
        or _COUNTED_BEFORE.search(before)
        or (not listed and _NAMED_BEFORE.search(before))
    )


def _names_votes(figure: Figure, listed: bool) -> bool:
    before, behind, unit = _before(figure), _behind(figure), figure.quantity.unit
    if _VOTED.match(behind) or _BALLOT.search(before) or unit == "票":
        return True
    if unit in _PERSONS:
        return bool(_VOTERS.match(behind) or re.search(rf"{_VOTERS.pattern}$", before))
    return not listed and _ASKED.search(before) is not None


def _is_left(figure: Figure, others: Sequence[Figure], listed: bool) -> bool:
    """Whether what is left (剩余, 其余, 还有) is not said to be done."""
    behind = _SENTENCE.split(_behind(figure))[0]
    return not _DONE.search(behind) or _AHEAD.search(behind) is not None


def _is_passed_by(figure: Figure, others: Sequence[Figure], listed: bool) -> bool:
    """Whether a result stands beside what it passed its target by, and is much more than that."""
    own = figure.quantity
    return any(
        other.reading not in ("aim", "surplus", "past")
        and _are_alike(other.quantity.unit, own.unit)
        and other.quantity.value > _LESS * own.value
        for other in others
    )


def _are_alike(unit: str, other: str) -> bool:
    """Whether one may be the difference of two of the other: 5160元/年 and 160元, 96% and 1个百分点."""
    return {unit, other} <= SHARES or same_unit(unit.split("/")[0], other.split("/")[0])


def _has_count(figure: Figure, others: Sequence[Figure], listed: bool) -> bool:
    """Whether it is counted behind a threshold, in its clause, how many there are that pass it: 500张床位以上医院2家."""
    folded, end = figure.text.folded, figure.quantity.end
    return any(
        other.reading in ("result", "promise", "aim", "rate")
        and other.quantity.start >= end
        and not _CLAUSE.search(folded, end, other.quantity.start)
        for other in others
    )


_FORMS: Mapping[str, Callable[[Figure, Sequence[Figure], bool], bool]] = {
    _COUNTED: _is_counted,
    SET_ASIDE["vote"]: _is_counted,
    SET_ASIDE["rest"]: _is_left,
    SET_ASIDE["surplus"]: _is_passed_by,
    SET_ASIDE["qualifier"]: _has_count,
    SET_ASIDE["old"]: lambda figure, others, listed: True,  # a new value stands behind it, or it is none
}
