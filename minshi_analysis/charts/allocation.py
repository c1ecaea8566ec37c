"""Who gets how much."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minshi_analysis.charts.house import Chart, chart, require
from minshi_analysis.charts.paper import NOTE, POINTS, Paper
from minshi_analysis.charts.scales import Ratios
from minshi_analysis.charts.texts import measures, named, sources, wrapped
from minshi_analysis.charts.tones import BLUE, INK, SOFT
from minshi_analysis.reasons import say
from minshi_analysis.widths import ems

__all__ = ["allocation_heatmap", "share_strip"]

SHADES = "YlGnBu"  # from light to dark throughout, so that grey print says the same


@chart
def allocation_heatmap(
    rates: pd.DataFrame,
    order: list[str] | None = None,
    most: float = 4.0,
    *,
    lang: str = "zh",
    documents: pd.DataFrame | None = None,
) -> Chart:
    """Each region's share per resident against the average (location quotient), targets by regions.

    Parameters
    ----------
    rates : DataFrame
        Of ``metrics.allocation_rates``: target_id, measure, region, quotient.
    order : list of str, optional
        Targets (values of target_id) from top to bottom.
    most : float
        Where the shades end, up and down: `most` times and one `most`-th of the average.
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: target_id, measure, region, quotient (倍; missing where the region has no share in the table).

    Examples
    --------
    >>> rates = pd.DataFrame({"target_id": "d/1#1", "measure": "停车位", "region": ["鹿城区", "乐清市"],
    ...                       "quotient": [2.0, 0.5]})
    >>> allocation_heatmap(rates).title
    '按人均，鹿城区得到最多（各项份额的中位数是平均的 2.00 倍），乐清市最少（0.50 倍）'
    """
    require(rates, "target_id", "measure", "region", "quotient")
    told = rates
    rates = rates[rates["quotient"].notna()]
    require(rates, "quotient")
    wide = rates.pivot(index="target_id", columns="region", values="quotient")
    wide = wide.loc[[target for target in order or sorted(wide.index) if target in wide.index]]
    few = wide.count().lt(wide.count().max() / 2)  # a median of few targets ranks nothing: to the right
    ranks = pd.DataFrame({"few": few, "middle": -wide.median()}).sort_values(["few", "middle"], kind="stable")
    wide = wide[ranks.index]
    names = rates.drop_duplicates("target_id").set_index("target_id").loc[wide.index, ["measure"]]
    called = dict(zip(wide.index, measures(names.reset_index(), lang), strict=True))
    names = names["measure"]
    inferred = _inferred(rates)
    ranked = wide.loc[:, ~few[wide.columns]].median()
    cells = wide.stack()
    best, least = cells.idxmax(), cells.idxmin()
    absent = told[~told["region"].isin(wide.columns)]
    housed = absent[absent["population"].notna()] if "population" in absent else absent.iloc[:0]
    said = {
        "targets": len(wide),
        "regions": wide.shape[1],
        "silent": absent["region"].nunique() - housed["region"].nunique() or None,
        "unnamed": housed["region"].nunique() or None,
        "most": most,
        "high": named("region", ranked.index[0], lang),
        "high_middle": ranked.iloc[0],
        "low": named("region", ranked.index[-1], lang),
        "low_middle": ranked.iloc[-1],
        "top_region": named("region", best[1], lang),
        "top_measure": called[best[0]],
        "top": cells[best],
        "zeros": int((cells == 0).sum()),
        "inferred": len(inferred) or None,
        "cells": len(cells),
        "bottom": cells[least],
        "bottom_region": named("region", least[1], lang),
        "bottom_measure": called[least[0]],
    }
    data = cells.rename("quotient").reset_index().assign(measure=lambda d: d["target_id"].map(names))

    def draw(paper: Paper) -> Figure:
        return _heatmap(paper, wide, list(called.values()), inferred, most)

    return Chart(
        say("charts.heatmap_title" if len(ranked) > 1 else "charts.heatmap_title_one", lang, **said),
        say("charts.heatmap_measure", lang, **said),
        sources(told, documents, lang),
        say("charts.heatmap_alt", lang, **said),
        data[["target_id", "measure", "region", "quotient"]],
        draw,
    )


def _inferred(rates: pd.DataFrame) -> set[tuple[str, str]]:
    """Targets and regions whose zero no document prints: the shares of the others are the whole target."""
    if "basis" not in rates:
        return set()
    rows = rates[rates["basis"].eq("implied_zero") & rates["quotient"].eq(0)]
    return set(zip(rows["target_id"], rows["region"], strict=True))


def _heatmap(paper: Paper, wide: pd.DataFrame, names: list[str], inferred: set, most: float) -> Figure:
    size = 8.0
    room = 8.2 if paper.narrow else min(max(map(ems, names)), 21.0)
    texts = [wrapped(name, room) for name in names]
    left, right = room * size / POINTS + 0.1, 0.05
    across = (paper.width - left - right) / wide.shape[1] * POINTS / size  # em over a column
    heads = [_upright(named("region", name, paper.lang), across, paper.lang) for name in wide.columns]
    turned = any(turn for _, turn in heads)
    deep = max(
        max(map(ems, text.split("\n"))) if turned else 1.2 * len(text.split("\n")) for text, _ in heads
    )
    bar = 0.52
    top = bar + (deep * size + 6) / POINTS
    heights = np.array([max(len(lines) * size * 1.2 / POINTS + 0.05, 0.2) for lines in texts])
    figure = paper.figure(top + heights.sum() + 0.04)
    ax = paper.axes(figure, left, right, top, 0.04)
    rows, columns = np.concatenate([[0], np.cumsum(heights)]), np.arange(wide.shape[1] + 1)
    limit = np.log2(most)
    with np.errstate(divide="ignore"):
        shades = np.log2(wide).clip(-limit, limit)
    mesh = ax.pcolormesh(columns, rows, shades, cmap=SHADES, vmin=-limit, vmax=limit)
    ax.set_xlim(0, wide.shape[1])
    ax.set_ylim(rows[-1], 0)
    ax.vlines(columns, 0, rows[-1], color="white", linewidth=0.8)
    ax.hlines(rows, 0, wide.shape[1], color="white", linewidth=0.8)
    middles = (rows[:-1] + rows[1:]) / 2
    for row, column in zip(*np.nonzero((wide == 0).to_numpy()), strict=True):
        guessed = (wide.index[row], wide.columns[column]) in inferred
        ax.text(
            column + 0.5,
            middles[row],
            "(0)" if guessed else "0",
            ha="center",
            va="center",
            fontsize=7,
            color=INK,
        )
    for row, column in zip(*np.nonzero(wide.isna().to_numpy()), strict=True):
        ax.text(column + 0.5, middles[row], "–", ha="center", va="center", fontsize=7, color=SOFT)
    ax.set_yticks(middles, ["\n".join(lines) for lines in texts], fontsize=size, linespacing=1.1)
    ax.xaxis.tick_top()
    ax.set_xticks(columns[:-1] + 0.5, [text for text, _ in heads], fontsize=size, rotation=90 if turned else 0,
                  linespacing=1.1)  # fmt: skip
    _key(paper, figure, mesh, most, limit)
    return figure


def _key(paper: Paper, figure: Figure, mesh, most: float, limit: float) -> None:
    """What the shades mean, above."""
    above, _, whole = figure.__dict__["minshi_room"]
    wide = min(3.4, paper.width - 0.6)
    box = (
        (paper.width - wide) / 2 / paper.width,
        (whole - above - 0.13) / whole,
        wide / paper.width,
        0.11 / whole,
    )
    key = figure.add_axes(box)
    shades = np.linspace(-limit, limit, 33)
    key.pcolormesh(shades, [0, 1], shades[np.newaxis, :-1] + limit / 32, cmap=mesh.cmap, norm=mesh.norm)
    marks = {-limit: "charts.key_least", -limit / 2: "charts.key", 0: "charts.key_average", limit / 2: "charts.key",
             limit: "charts.key_most"}  # fmt: skip
    said = [
        say(code, paper.lang, ratio=_ratio(2.0**place), most=_ratio(2.0 ** abs(place)))
        for place, code in marks.items()
    ]
    key.set_xticks(list(marks), said, fontsize=NOTE - 0.5)
    key.set_yticks([])
    key.set_xlim(-limit, limit)


def _upright(name: str, across: float, lang: str) -> tuple[str, bool]:
    """A name over a column this wide, in em; other than Chinese ones are turned."""
    if lang != "zh":
        return "\n".join(wrapped(name, 13.0 if across > 2.6 else 99.0)), True
    step = max(1, min(4, int(across)))
    step = -(-len(name) // -(-len(name) // step))  # even lines
    return "\n".join(name[at : at + step] for at in range(0, len(name), step)), False


def _ratio(value: float) -> str:
    return "0" if value == 0 else f"{value:g}" if value >= 1 else f"1/{1 / value:g}"


@chart
def share_strip(
    rates: pd.DataFrame,
    region: str,
    most: int = 24,
    *,
    lang: str = "zh",
    documents: pd.DataFrame | None = None,
) -> Chart:
    """One region's shares per resident against the average, with the other regions behind.

    Parameters
    ----------
    rates : DataFrame
        Of ``metrics.allocation_rates``: target_id, measure, region, quotient.
    region : str
    most : int
        Targets shown: those furthest from the average.
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: target_id, measure, quotient of the region (倍), highest first.

    Examples
    --------
    >>> rates = pd.DataFrame({"target_id": ["d/1#1"] * 2 + ["d/2#1"] * 2, "measure": ["停车位"] * 2 + ["绿道"] * 2,
    ...                       "region": ["鹿城区", "乐清市"] * 2, "quotient": [2.0, 0.5, 0.0, 4.0]})
    >>> share_strip(rates, "鹿城区").title
    '按人口平均，鹿城区得到最多的是停车位（平均的2倍），最少的是绿道（0倍）'
    """
    require(rates, "target_id", "measure", "region", "quotient")
    told = rates
    rates = rates[rates["quotient"].notna()]
    own = rates[rates["region"].eq(region)]
    require(own, "quotient")
    with np.errstate(divide="ignore"):
        own = own.assign(
            called=measures(own, lang), far=np.log2(own["quotient"].to_numpy()).__abs__()
        )  # zero is furthest
    whole = own.sort_values(["far", "target_id"], ascending=[False, True], kind="stable")
    shown = whole.head(most).sort_values(["quotient", "target_id"], ascending=[False, True], kind="stable")
    others = rates[rates["target_id"].isin(shown["target_id"]) & ~rates["region"].eq(region)]
    inferred = {pair for pair in _inferred(rates) if pair[1] == region}
    ordered = own.sort_values(["quotient", "target_id"], kind="stable")
    said = {
        "region": named("region", region, lang),
        "others": rates.loc[~rates["region"].eq(region), "region"].nunique(),
        "targets": len(own),
        "shown": len(shown),
        "above": int(own["quotient"].gt(1).sum()),
        "zeros": int(own["quotient"].eq(0).sum()),
        "inferred": len(inferred) or None,
        "high": ordered["called"].iloc[-1],
        "high_ratio": ordered["quotient"].iloc[-1],
        "low": ordered["called"].iloc[0],
        "low_ratio": ordered["quotient"].iloc[0],
    }
    said["selection"] = say(
        "charts.all_shown" if len(shown) == len(own) else "charts.furthest_shown", lang,
        n=len(own), shown=len(shown),
    )  # fmt: skip

    def draw(paper: Paper) -> Figure:
        import seaborn as sns  # brings scipy.stats: half a second

        legend = [
            (Line2D([], [], color=BLUE, marker="o", markersize=6, linewidth=1.4), said["region"]),
            (
                Line2D([], [], color=SOFT, marker="|", markersize=6, linestyle="none"),
                say("charts.others", lang),
            ),
        ]
        notes = [
            say(
                "charts.times_inferred" if (row.target_id, region) in inferred else "charts.times",
                lang,
                ratio=row.quotient,
            )
            for row in shown.itertuples()
        ]
        drawn = paper.rows(list(shown["called"]), notes, legend=legend, axis=say("charts.ratio_axis", lang))
        scale = Ratios(pd.concat([shown["quotient"], others["quotient"]]), 1.0)
        places = dict(zip(shown["target_id"], drawn.places, strict=True))
        ax = drawn.axes
        ax.axvline(0.0, color=INK, linewidth=0.9)
        sns.scatterplot(x=scale.at(others["quotient"]), y=others["target_id"].map(places).to_numpy(), s=26,
                        marker="|", color=SOFT, linewidth=0.8, zorder=2, ax=ax)  # fmt: skip
        ax.hlines(drawn.places, 0.0, scale.at(shown["quotient"]), color=BLUE, linewidth=1.4, zorder=2)
        ax.scatter(scale.at(shown["quotient"]), drawn.places, s=34, color=BLUE, zorder=3)
        steps = [2.0**power for power in range(-12, 13, 2 if paper.narrow else 1)]
        scale.show(ax, steps, _ratio)
        return drawn.figure

    return Chart(
        say("charts.strip_title" if len(own) > 1 else "charts.strip_title_one", lang, **said),
        say("charts.strip_measure", lang, **said),
        sources(told[told["target_id"].isin(own["target_id"])], documents, lang),
        say("charts.strip_alt", lang, **said),
        shown[["target_id", "measure", "quotient"]],
        draw,
    )
