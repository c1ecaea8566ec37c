"""Kin of units: which units count the same things by another word."""

from __future__ import annotations

__all__ = ["THINGS", "countable", "same_unit"]

_SAME = (
    frozenset({"人", "名", "位"}),
    frozenset({"场", "场次"}),
    frozenset({"套", "套(间)", "间"}),
    frozenset({"栋", "幢"}),
    frozenset({"公里", "千米", "km"}),
    frozenset({"平方米", "㎡", "m²"}),
)
# Classifiers of things, and of persons: a report may count by another one than the plan.
THINGS = frozenset({"个", "处", "家", "所", "座", "项"})
_ALIKE = (
    THINGS,
    frozenset({"人", "名", "位", "人次", "例"}),
)


def same_unit(a: str | None, b: str | None) -> bool:
    """Whether two units count the same things: equal, or kin (人 and 名, 场 and 场次).

    Examples
    --------
    >>> same_unit("人", "名"), same_unit("个", "家")
    (True, False)
    """
    return a == b or any(a in kin and b in kin for kin in _SAME)


def countable(a: str | None, b: str | None) -> bool:
    """Whether two units may count the same things by another classifier (9个 promised, 9家 reported)."""
    return same_unit(a, b) or any(a in kin and b in kin for kin in _ALIKE)
