"""Which of a task's targets a reported or intermediate quantity speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from minshi_analysis.facts.context import Row
from minshi_analysis.language.kin import THINGS, countable, same_unit
from minshi_analysis.language.quantities import Quantity

__all__ = ["alike", "best_target", "closeness", "compatible", "is_named_alike", "is_share", "pair"]
_ALIKE, _UNLIKE = 0.6, 0.15  # of 路口改造 and 路口; of two measures that share one character in a dozen


def alike(a: str | None, b: str | None) -> float:
    """How alike two measures are, 0 to 1: the share of the shorter that stands in the longer in one piece.

    Examples
    --------
    >>> alike("新增普惠托位", "普惠托位")
    1.0
    """
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return 1.0
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return match.size / min(len(a), len(b))


def best_target(measure: str | None, unit: str | None, targets: Sequence[Row]) -> Row | None:
    """The target that a quantity with this measure and unit speaks of, or None: of those with its unit the most alike."""
    same = compatible(unit, targets)
    return max(same, key=lambda t: closeness(measure, t["measure"])) if same else None


def compatible(unit: str | None, targets: Sequence[Row]) -> list[Row]:
    """The targets that a quantity with this unit may speak of.

    Persons reported for a single target in person-times are meant for it; the unit stays as printed.
    """
    same = [t for t in targets if same_unit(t["unit"] or None, unit or None)]
    if not same and len(targets) == 1 and unit and countable(targets[0]["unit"], unit) and unit not in THINGS:
        return list(targets)
    return same


def pair(quantities: Sequence[Quantity], targets: Sequence[Row], emphasis: Sequence[float]) -> dict[int, Row]:
    """Which quantity is the result of which target, one to one.

    Parameters
    ----------
    quantities : sequence of Quantity
        Reported quantities in reading order.
    targets : sequence of rows
    emphasis : sequence of float
        How much a quantity's place marks it as the result (已完成…, with a rate behind it).

    Returns
    -------
    dict
        Index of the quantity -> target. The best pair first: alike words, an emphasised place, the same order as the
        targets, and, where several targets share a unit, an equal value. Things counted by another classifier
        (9个 promised, 9家 reported) are paired last, and only where value or words agree.
    """
    named = {
        k
        for k, target in enumerate(targets)
        if any(is_named_alike(quantity, target) for quantity in quantities)
    }
    ranks = []
    for i, quantity in enumerate(quantities):
        fitting = compatible(quantity.unit, targets)
        for k, target in enumerate(targets):
            near = closeness(quantity.measure, target["measure"]) + emphasis[i] - 0.01 * abs(i - k) - 0.02 * i
            equal = quantity.value == target["value"]
            # 5.31 alone, under the one target 每千人口床位数
            bare = not quantity.measure and len(targets) == 1
            other = is_share(quantity.measure) != is_share(target["measure"])
            if other and not bare and quantity.unit != "%":
                continue  # 每千人口托位数 is no result of 新增托位
            if target in fitting:
                apart = k in named and closeness(quantity.measure, target["measure"]) < _UNLIKE
                ranks.append((0 if apart else 1, near + 0.7 * (equal and len(fitting) > 1), i, k))
            elif (
                quantity.unit in THINGS
                and target["unit"] in THINGS
                and (equal or alike(quantity.measure, target["measure"]) > 0.6)
            ):
                ranks.append((0, near, i, k))
    paired: dict[int, Row] = {}
    for _, _, i, k in sorted(ranks, key=lambda rank: (-rank[0], -rank[1], rank[2], rank[3])):
        if i not in paired and all(target is not targets[k] for target in paired.values()):
            paired[i] = targets[k]
    return paired


def is_named_alike(quantity: Quantity, target: Row) -> bool:
    """Whether a result bears the name of a target that counts by another classifier: 12个路口, of 10处路口."""
    by_another = not same_unit(quantity.unit, target["unit"]) and {quantity.unit, target["unit"]} <= THINGS
    return by_another and closeness(quantity.measure, target["measure"]) > _ALIKE


def is_share(measure: str | None) -> bool:
    """Whether a measure is so much for each of something, and no amount.

    Examples
    --------
    >>> is_share("每千人食品检验量"), is_share("食品检验量")
    (True, False)
    """
    return bool(re.match(r"(?:平均)?每|(?:城乡|农村|城镇)?人均|户均|[千万]人", measure or ""))


def closeness(a: str | None, b: str | None) -> float:
    """Likeness of whole measures, 0 to 1, so that 普惠托位 is closer to 普惠托位 than to 托位.

    Examples
    --------
    >>> closeness("停车泊位", "停车泊位"), closeness("停车泊位", "公共停车泊位")
    (1.0, 0.8)
    """
    if not a or not b:
        return 0.0
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()
