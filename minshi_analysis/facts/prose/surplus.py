"""What stands behind 超额完成: what came of a target (计划20个,现已超额完成26个), or by how much it was passed (91人,超额完成6人)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.numerals import neat

if TYPE_CHECKING:
    from minshi_analysis.facts.prose.meaning import Figure
    from minshi_analysis.language.quantities import Quantity

__all__ = ["is_reached", "with_results"]

_EITHER = re.compile(r"超(?:额|出)?(?:完成|新增|建成|新建|改造|实现)?了?$")
_MOST = 2  # times a target that is passed; beyond it nobody can tell which of the two is meant
_UNSURE = 1.0


def with_results(figures: Sequence[Figure], asked: Sequence[Quantity] = ()) -> list[Figure]:
    """Figures, each that 超额完成 stands before read by the arithmetic that the page itself prints.

    It is what came of a target that it exceeds where no other result is printed; it is a surplus where a result and a
    target differ by it, or where it is less than the target. Of any other nobody can tell, and so it is not sure.

    Parameters
    ----------
    figures : sequence of Figure
        Of a sentence.
    asked : sequence of Quantity
        Targets that other sentences of its item print.

    Examples
    --------
    >>> from minshi_analysis.facts.prose.meaning import Place, figures_of
    >>> from minshi_analysis.language.text import clean
    >>> said = figures_of(clean("计划新建公园20个,现已超额完成26个。"), Place(True, year=2023, likely="result"))
    >>> [(f.quantity.value, f.reading) for f in with_results(said)]
    [(20.0, 'aim'), (26.0, 'result')]
    """
    return [_weighed(figure, figures, asked) if _is_either(figure) else figure for figure in figures]


def is_reached(value: float, aim: float) -> bool:
    """Whether what 超额完成 stands before is what came of a target: more than that, and not so much that it may be a surplus."""
    return aim < value <= _MOST * aim


def _is_either(figure: Figure) -> bool:
    return (
        figure.reading == "surplus"
        and figure.quantity.unit not in ("%", "百分点")
        and _EITHER.search(figure.text.folded[: figure.quantity.start]) is not None
    )


def _weighed(figure: Figure, figures: Sequence[Figure], asked: Sequence[Quantity]) -> Figure:
    own = figure.quantity
    alike = [f for f in figures if f is not figure and same_unit(f.quantity.unit, own.unit)]
    results = [f.quantity.value for f in alike if f.reading == "result"]
    aims = [f.quantity.value for f in alike if f.reading in ("aim", "promise")]
    aims += [q.value for q in asked if same_unit(q.unit, own.unit)]
    if any(neat(result - aim) == own.value for result in results for aim in aims):
        return figure
    if results or len(set(aims)) != 1:
        return replace(figure, lead=_UNSURE)
    (aim,) = set(aims)
    if is_reached(own.value, aim):
        return replace(figure, reading="result")
    return figure if own.value < aim else replace(figure, lead=_UNSURE)
