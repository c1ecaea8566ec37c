"""Clauses of a folded text: what stands between its commas, stops and colons."""

from __future__ import annotations

__all__ = ["begin_of", "clause_before", "in_bracket"]

_EDGES = ",;。:!?"


def begin_of(folded: str, at: int, edges: str) -> int:
    """Where the part of a text begins that a place stands in: behind the last of some signs before it.

    Examples
    --------
    >>> begin_of("新建5所;改造3所", 8, ";。")
    5
    """
    return max(folded.rfind(edge, 0, at) for edge in edges) + 1


def clause_before(folded: str, at: int, more: str = "") -> str:
    """The words of a clause before a place in it; ``more`` are signs that also end one.

    Examples
    --------
    >>> words = "为80岁以上老人配餐,新建食堂(站)3家"
    >>> clause_before(words, words.index("3")), clause_before(words, words.index("3"), "()")
    ('新建食堂(站)', '')
    """
    return folded[begin_of(folded, at, _EDGES + more) : at]


def in_bracket(folded: str, at: int) -> bool:
    """Whether a place lies in an open bracket.

    Examples
    --------
    >>> in_bracket("新建食堂(站)3家", 5), in_bracket("新建食堂(站)3家", 7)
    (True, False)
    """
    return folded.count("(", 0, at) > folded.count(")", 0, at)
