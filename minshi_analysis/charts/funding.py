"""Where the money goes."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from minshi_analysis import locales
from minshi_analysis.charts.house import Chart, chart, require
from minshi_analysis.charts.paper import Paper
from minshi_analysis.charts.texts import named, sources
from minshi_analysis.charts.tones import FUNDERS
from minshi_analysis.reasons import say, term

__all__ = ["funding_bars"]

YI = 10_000  # 万元
AXIS = {"zh": YI, "en": 100}  # 万元 in one step of the axis: 亿元, and a million


@chart
def funding_bars(
    structure: pd.DataFrame, *, lang: str = "zh", documents: pd.DataFrame | None = None
) -> Chart:
    """Money by programme, stacked by funder.

    Parameters
    ----------
    structure : DataFrame
        Of ``metrics.funding_structure(..., by="programme")``: programme, funder, amount and total (万元).
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: programme, funder, amount_yi (亿元), largest programme first.

    Raises
    ------
    ValueError
        No rows, or columns missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"programme": ["畅通", "安居"], "funder": ["county", "city"],
    ...                      "amount": [30000.0, 10000.0], "total": [30000.0, 10000.0]})
    >>> funding_bars(rows).title
    '畅通占4 亿元的75.0%'
    """
    require(structure, "programme", "funder", "amount", "total")
    rows = structure.assign(programme=structure["programme"].fillna(say("charts.ungrouped", lang)))
    totals = rows.drop_duplicates("programme").set_index("programme")["total"]
    silent = int(totals.isna().sum())
    totals = totals.dropna().sort_values(ascending=False, kind="stable")
    require(totals.to_frame(), "total")
    wide = rows.pivot_table(index="programme", columns="funder", values="amount", aggfunc="sum")
    wide = wide.reindex(index=totals.index, columns=[name for name in FUNDERS if name in wide])
    whole, first, last = totals.sum(), totals.index[0], totals.index[-1]
    part = 100 * totals / whole if whole else totals * 0.0
    funders = wide.sum().sort_values(ascending=False)
    said = {"n": len(totals), "whole": whole, "silent": silent or None}
    extremes = {
        "first": named("programme", first, lang),
        "first_money": totals[first],
        "first_share": part[first],
        "last": named("programme", last, lang),
        "last_money": totals[last],
        "last_share": part[last],
        "funder": funders.index[0],
        "funder_share": 100 * funders.iloc[0] / whole if whole else 0.0,
    }

    def draw(paper: Paper) -> Figure:
        legend = [
            (
                Patch(facecolor=FUNDERS[name][0], hatch=FUNDERS[name][1], edgecolor="white"),
                term("funder", name, lang),
            )
            for name in wide.columns
        ]
        labels = [named("programme", name, lang) for name in totals.index]
        notes = [say("charts.money_part", lang, money=totals[name], part=part[name]) for name in totals.index]
        drawn = paper.rows(labels, notes, legend=legend, axis=say("charts.money_axis", lang))
        left = np.zeros(len(wide))
        for name in wide.columns:
            values = wide[name].fillna(0).to_numpy() / AXIS[lang]
            colour, hatch = FUNDERS[name]
            drawn.axes.barh(drawn.places, values, left=left, color=colour, hatch=hatch, edgecolor="white",
                            linewidth=0.6, height=0.16)  # fmt: skip
            left = left + values
        drawn.axes.set_xlim(0, max(left.max(), 1e-9))
        drawn.axes.xaxis.set_major_formatter(lambda value, _: locales.number(value, lang))
        drawn.axes.locator_params(axis="x", nbins=4 if paper.narrow else 7)
        return drawn.figure

    data = (wide / YI).stack().dropna().rename("amount_yi").reset_index()
    return Chart(
        say("charts.funding_title", lang, **said, **extremes),
        say("charts.funding_measure", lang, **said),
        sources(structure, documents, lang),
        say("charts.funding_alt", lang, **said, **extremes),
        data,
        draw,
    )
