"""Where the money goes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from minshi_analysis.charts.house import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    SOFT,
    axes,
    bare,
    chart,
    legend,
    require,
)

FUNDERS = {
    "county": ("县市区财政", BLUE),
    "other": ("其他来源", ORANGE),
    "city": ("市财政", GREEN),
    "superior": ("上级支持", PURPLE),
    "province": ("省财政", SKY),
    "town": ("乡镇街道财政", RED),
    "social": ("社会资本和自筹", SOFT),
    "bond": ("债券", INK),
    "unexplained": ("未说明", FAINT),
}


@chart
def funding_bars(structure: pd.DataFrame):
    """Money by programme, stacked by funder, 亿元.

    Parameters
    ----------
    structure : DataFrame
        Of ``metrics.funding_structure(..., by="programme")``: programme, funder, amount and total (万元).

    Returns
    -------
    Picture
        Data: programme, funder, amount_yi (亿元), largest programme first.

    Raises
    ------
    ValueError
        No rows, or columns missing.
    """
    require(structure, "programme", "funder", "amount", "total")
    wide = structure.pivot_table(index="programme", columns="funder", values="amount", aggfunc="sum") / 10_000
    wide = wide.reindex(columns=[name for name in FUNDERS if name in wide])
    totals = (structure.drop_duplicates("programme").set_index("programme")["total"] / 10_000).sort_values()
    wide = wide.loc[totals.index]
    figure, ax = axes(1.15 + 0.32 * len(wide))
    left = np.zeros(len(wide))
    for name in wide.columns:
        label, colour = FUNDERS[name]
        values = wide[name].fillna(0).to_numpy()
        ax.barh(wide.index, values, left=left, color=colour, label=label, height=0.66)
        left = left + values
    whole = totals.sum()
    for place, value in enumerate(totals):
        ax.annotate(
            f"{value:,.2f}（{100 * value / whole:.1f}%）",
            (left[place], place),
            (5, 0),
            textcoords="offset points",
            va="center",
            color=SOFT,
            fontsize=8.5,
        )
    bare(ax)
    ax.set_xlim(0, 1.18 * max(left.max(), 1e-9))
    ax.set_xlabel("亿元（括号内为占总额的比例）")
    legend(ax)
    data = wide[::-1].stack().dropna().rename("amount_yi").reset_index()
    return figure, "各工程的资金及来源，单位亿元", data
