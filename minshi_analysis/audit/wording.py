"""The words around a figure: the clause that says what it counts, and how alike two such clauses are.

Checks hold one promise against another by its words. The printed clause is compared, and not only the measure that
the grammar made of it: 新增绿道 and 提升绿道 both count 绿道 and are two promises.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import fold

__all__ = ["Clause", "clauses", "likeness", "own_clause"]

_MARK = re.compile(r"[,;。:\n!?|]")
_BETWEEN = re.compile(r"[、,;。:)\n|]|和|及|以及|$")
_NOISE = re.compile(r"[^\w%]|\d+[.、]|的")
_BRACKETS = re.compile(r"\([^()]*\)")
_SAME = (
    ("地区生产总值", "GDP"),
    ("筹集", ""),
    ("全市", ""),
    ("达到", ""),
    ("到2025年", ""),
    ("保持", ""),
    ("占比", "比例"),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A quantity, the clause that it stands in, and the clause's words without the quantity."""

    quantity: Quantity
    text: str
    words: str


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[Clause, ...]:
    """The quantities of a text, each with its own clause.

    Examples
    --------
    >>> [c.words for c in clauses("新增城市书房25家、文化驿站20家")]
    ['新增城市书房', '文化驿站']
    """
    flat = fold(text)
    found = parse_quantities(text)
    out = []
    for i, q in enumerate(found):
        low = found[i - 1].end if i else 0
        marks = [m.end() for m in _MARK.finditer(flat, low, q.start)]
        low = marks[-1] if marks else low
        high = found[i + 1].start if i + 1 < len(found) else len(text)
        mark = _MARK.search(flat, q.end, high)
        high = q.end if _BETWEEN.match(flat, q.end) else mark.start() if mark else high
        quoted = flat.rfind('"', 0, q.start) + 1
        if (
            flat.count('"', 0, q.start) % 2 and (closing := flat.find('"', q.end)) >= 0
        ):  # a quoted task: all of it
            low, high = max(low, quoted), min(high, closing)
        clause = text[low:high].strip(" 、和及")
        words = (text[low : q.start] + text[q.end : high]).strip(" 、和及,;。")
        out.append(Clause(q, clause, words))
    return tuple(out)


def own_clause(text: object, value: object, unit: object, measure: object) -> Clause | None:
    """The clause of a task that a target was read from, or None."""
    if not isinstance(text, str):
        return None
    fitting = [
        c
        for c in clauses(text)
        if c.quantity.value == value and same_unit(c.quantity.unit or None, _none(unit))
    ]
    if not fitting:
        return None
    return max(fitting, key=lambda c: likeness(c.words, str(measure)))


def _none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def likeness(a: str, b: str) -> float:
    """How alike two wordings are, 0 to 1: the characters that both have, whatever their order.

    Examples
    --------
    >>> likeness("建设筹集保障性租赁住房", "建设筹集保障性租赁住房")
    1.0
    >>> likeness("新增绿道", "提升绿道")
    0.5
    """
    return max(
        _dice(_core(a), _core(b)), _dice(_core(_BRACKETS.sub("", fold(a))), _core(_BRACKETS.sub("", fold(b))))
    )


@lru_cache(maxsize=8192)
def _core(words: str) -> str:
    words = fold(words)
    for variant, one in _SAME:
        words = words.replace(variant, one)
    return _NOISE.sub("", words)


def _dice(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    common = sum((Counter(a) & Counter(b)).values())
    return round(2 * common / (len(a) + len(b)), 4)
