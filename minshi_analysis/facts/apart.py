"""Targets of one task that would have one name: 改造项目12个,计划竣工3个 are two figures of the same works."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from minshi_analysis.facts.context import Row
from minshi_analysis.facts.nature import words_around
from minshi_analysis.language.text import fold

__all__ = ["told_apart"]

_PLANS = re.compile(
    r"(?:计划|力争|争取|确保|预计|拟|将|并|再|其中|年内|全年|当年|今年|本年|年底前|\d{1,2}月底?前?)+"
)
_DEED = re.compile(r"[\u4e00-\u9fff]{2,6}")


def told_apart(targets: Sequence[Row], text: str | None) -> list[Row]:
    """The targets of a task, those that take their name from one before them called by what their own clause says is done.

    Parameters
    ----------
    targets : sequence of Row
        In the order in which they are printed.
    text : str or None
        The words of their task.

    Examples
    --------
    >>> rows = [{"measure": "公交线路", "unit": "条", "value": n} for n in (10.0, 20.0)]
    >>> [row["measure"] for row in told_apart(rows, "新辟公交线路10条,优化调整20条")]
    ['公交线路', '公交线路（优化调整）']
    """
    said = fold(text or "")
    held: dict[tuple[str, str], set[float]] = defaultdict(set)
    out = []
    for row in targets:
        measure, value, whole = row["measure"], row["value"], row.get("part_of")
        name = (measure or "", row["unit"] or "")
        if measure and not pd.isna(value) and whole is None:
            if held[name] and value not in held[name]:
                before, behind = words_around(said, value, "")
                own = _PLANS.sub("", before)
                if _DEED.fullmatch(own) and fold(measure) not in before + behind:
                    row = row | {"measure": f"{measure}（{own}）"}
            held[name].add(value)
        out.append(row)
    return out
