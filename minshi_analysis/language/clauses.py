"""Clauses of a folded text: what stands between its commas, stops and colons."""

from __future__ import annotations

__all__ = ["clause_before"]

_EDGES = ",;。:!?"


def clause_before(folded: str, at: int, more: str = "") -> str:
    """The words of a clause before a place in it; ``more`` are signs that also end one.

    Examples
    --------
    >>> words = "为80岁以上老人配餐,新建食堂(站)3家"
    >>> clause_before(words, words.index("3")), clause_before(words, words.index("3"), "()")
    ('新建食堂(站)', '')
    """
    return folded[max(folded.rfind(edge, 0, at) for edge in _EDGES + more) + 1 : at]
