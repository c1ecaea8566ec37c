"""What a percentage is by which something grows or falls: 低保标准增长5% is no level of 5 %, and its measure says so."""

from __future__ import annotations

import re
from dataclasses import replace

from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.quantities import Quantity

__all__ = ["SHARES", "as_change", "is_change", "is_promised_change"]

SHARES = frozenset({"%", "百分点"})
_VERBS = "增长|递增|上升|上涨|提高|提升|增加|扩大|下降|降低|减少|压减|缩小|上调|下调"
_MOVES = re.compile(
    rf"(?P<how>(?:年均|(?<![上去前本同\d])年)?(?P<verb>{_VERBS}))(?:幅度|了|约|近|达到?)*"
    r"(?:[\d.]+(?:%|个?百分点)(?:以上|左右)?[、和及])*$"  # 分别增长7%、8%
)
_SAID = re.compile(rf"(?:{_VERBS})$")
_AGAINST = re.compile(r"[同环]比|(?<!占)[比较](?:[上去前]|20\d\d)年")
_AGAINST_END = re.compile(r"(?:[同环]比|[比较](?:(?:[上去前]|20\d\d)?年)?(?:同期|末|底)?)$")
_RATES = re.compile("增[长速幅]|[降升]幅")


def is_change(quantity: Quantity, folded: str) -> bool:
    """Whether words say right before a share that something moves by so much: 增长8%, 提高3个百分点; not 提高到93%."""
    return quantity.unit in SHARES and _MOVES.search(_before(quantity, folded)) is not None


def is_promised_change(quantity: Quantity, folded: str) -> bool:
    """Whether a change is all that is said, even where it is against another year; it only describes a level beside it.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> def alone(words):
    ...     return [q.value for q in parse_quantities(words, kind="plan") if is_promised_change(q, words)]
    >>> alone("预算收入比上年增长8%"), alone("占比达到55%,较上年提高3个百分点")
    ([8.0], [])
    """
    beside = "%" in folded[: quantity.start] or "%" in folded[quantity.end :]
    return is_change(quantity, folded) and (quantity.unit == "%" or not beside)


def as_change(quantity: Quantity, folded: str) -> Quantity:
    """A share by which something moves with a measure that says so; a level behind such a move without it.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> def measures(words):
    ...     return [as_change(q, words).measure for q in parse_quantities(words, kind="plan")]
    >>> measures("低保标准年均增长5%以上"), measures("食堂覆盖率提升5个百分点,达到85%")
    (['低保标准年均增长'], ['食堂覆盖率提升', '食堂覆盖率'])
    >>> measures("预算收入比上年增长8%"), measures("城乡居民收入分别增长7%、8%")
    (['预算收入增长'], ['城镇居民收入增长', '农村居民收入增长'])
    """
    if quantity.unit not in SHARES:
        return quantity
    before, measure = _before(quantity, folded), quantity.measure
    moves = _MOVES.search(before)
    if moves is None:
        inherited = quantity.unit == "%" and _SAID.search(measure) and measure not in before
        return replace(quantity, measure=_SAID.sub("", measure)) if inherited else quantity
    if _RATES.search(measure):
        return quantity
    named = measure.removesuffix(moves["how"]).removesuffix(moves["verb"])
    if _AGAINST.search(before):
        named = _AGAINST_END.sub("", named)
    return replace(quantity, measure=f"{named}{moves['how']}" if named else measure or moves["how"])


def _before(quantity: Quantity, folded: str) -> str:
    return clause_before(folded, quantity.start)
