"""A five-year plan: where each indicator starts and is to end, and where the money is to go."""

from __future__ import annotations

import numpy as np
import pandas as pd

from minshi_analysis.charts.house import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    SOFT,
    WIDTH,
    axes,
    bare,
    canvas,
    chart,
    legend,
    require,
)

__all__ = ["investment_dots", "trajectory_panels"]

COLUMNS = 5
_STARTS = {"below": BLUE, "met": GREEN, "better": ORANGE, "unknown": SOFT}


@chart
def trajectory_panels(
    trajectories: pd.DataFrame, observations: pd.DataFrame, labels: dict[str, str], titles: dict[str, str]
):
    """Small multiples: baseline → target, coloured by what is already met at the start, observations as dots.

    Parameters
    ----------
    trajectories : DataFrame
        Of ``metrics.indicator_trajectories``: indicator_id, baseline, target (their unit), baseline_year,
        target_year, cumulative, start.
    observations : DataFrame
        indicator_id, year, value: later values of the plan's own region.
    labels, titles : dict of indicator_id to str
        What to print under a panel's title (`29.5 → 50% 以上`), and the title.

    Returns
    -------
    Picture
        Data: indicator_id, baseline, target, start, observed (how many later values are drawn).
    """
    require(trajectories, "indicator_id", "baseline", "target", "baseline_year", "target_year", "start")
    rows = trajectories[trajectories["target"].notna() | trajectories["baseline"].notna()]
    require(rows, "target")
    lines = -(-len(rows) // COLUMNS)
    figure = canvas(WIDTH, 1.28 * lines + 0.1)
    figure.get_layout_engine().set(h_pad=0.06, w_pad=0.05)
    grid = figure.subplots(lines, COLUMNS, squeeze=False).ravel()
    drawn = []
    for ax, row in zip(grid, rows.to_dict("records"), strict=False):
        seen = observations[observations["indicator_id"].eq(row["indicator_id"])]
        seen = seen[seen["year"].gt(row["baseline_year"])]
        _panel(ax, row, seen)
        ax.set_title(titles[row["indicator_id"]], fontsize=7, pad=12, linespacing=1.15)
        ax.text(0, 1.03, labels[row["indicator_id"]], transform=ax.transAxes, fontsize=6.8, va="bottom",
                color=_STARTS[row["start"]])  # fmt: skip
        drawn.append(
            {key: row[key] for key in ("indicator_id", "baseline", "target", "start")}
            | {"observed": len(seen)}
        )
    for ax in grid[len(rows) :]:
        ax.set_axis_off()
    return figure, "各指标从基期到目标期的路径", pd.DataFrame(drawn)


def _panel(ax, row: dict, seen: pd.DataFrame) -> None:
    first, last = float(row["baseline_year"]), float(row["target_year"])
    colour = _STARTS[row["start"]]
    start = 0.0 if row["cumulative"] else row["baseline"]
    if pd.notna(start) and pd.notna(row["target"]):
        ax.plot([first, last], [start, row["target"]], color=colour, linewidth=1.4)
    if pd.notna(start) and not row["cumulative"]:
        ax.plot(first, start, "o", color=colour, markersize=3.6)
    if pd.notna(row["target"]):
        ax.plot(last, row["target"], "D", color=colour, markersize=4)
    if not row["cumulative"]:
        ax.plot(
            seen["year"].astype(float),
            seen["value"],
            "o",
            color=INK,
            markersize=2.6,
            linestyle="none",
            zorder=4,
        )
    ax.set_xlim(first - 0.4, last + 0.4)
    ax.set_xticks([first, last], [f"{first:.0f}", f"{last:.0f}"], fontsize=6.5)
    ax.margins(y=0.25)
    ax.set_yticks([])
    for side in ("left", "top", "right"):
        ax.spines[side].set_visible(False)


@chart
def investment_dots(fields: pd.DataFrame):
    """Investment by field: the whole and the part within the plan period, 亿元, on a logarithmic scale.

    Parameters
    ----------
    fields : DataFrame
        field, total_yi, plan_period_yi, projects.

    Returns
    -------
    Picture
        Data: the same, largest first.
    """
    require(fields, "field", "total_yi", "plan_period_yi", "projects")
    rows = fields[fields["total_yi"].gt(0)].sort_values(["total_yi", "field"], kind="stable")
    require(rows, "field")
    figure, ax = axes(1.25 + 0.34 * len(rows))
    places = np.arange(len(rows))
    ax.hlines(places, rows["plan_period_yi"], rows["total_yi"], color=FAINT, linewidth=2.4)
    ax.scatter(
        rows["total_yi"],
        places,
        s=46,
        facecolor="white",
        edgecolor=BLUE,
        linewidth=1.5,
        zorder=3,
        label="总投资",
    )
    ax.scatter(rows["plan_period_yi"], places, s=26, color=BLUE, zorder=4, label="规划期内投资")
    for at, row in enumerate(rows.itertuples()):
        text = f"{row.plan_period_yi:,.1f} / {row.total_yi:,.1f}"
        ax.annotate(text, (max(row.total_yi, row.plan_period_yi), at), (9, 0), textcoords="offset points",
                    va="center", fontsize=8.5, color=SOFT)  # fmt: skip
    ax.set_yticks(places, [f"{row.field}（{row.projects}）" for row in rows.itertuples()])
    ax.set_xscale("log")
    ax.set_xlim(rows["plan_period_yi"].min() / 1.6, rows["total_yi"].max() * 5)
    ax.xaxis.set_major_formatter("{x:g}")
    ax.minorticks_off()
    bare(ax)
    ax.set_xlabel("亿元（对数刻度；领域名后为项目数）")
    legend(ax)
    return figure, "各领域重大项目的总投资和规划期内投资", rows[::-1]
