"""The promised year."""

from __future__ import annotations

import pandas as pd

from minshi_analysis.charts.house import (
    BLUE,
    INK,
    SKY,
    axes,
    bare,
    chart,
    legend,
    require,
)


@chart
def milestone_steps(shares: pd.DataFrame, city: pd.DataFrame, year: int):
    """The promised curve of the year: each target as a step line, the mean of all tasks at the quarters' ends.

    Parameters
    ----------
    shares : DataFrame
        Of ``metrics.milestone_curve(per="target")``: target_id, due, value (%).
    city : DataFrame
        Of ``metrics.milestone_curve(per="city")``: scope, due, value (%), tasks.
    year : int

    Returns
    -------
    Picture
        Data: scope, due, value (%), tasks.
    """
    require(city, "scope", "due", "value", "tasks")
    figure, ax = axes(4.1)
    first = pd.Timestamp(f"{year}-01-01")

    def day(dates: pd.Series) -> pd.Series:
        return (pd.to_datetime(dates) - first).dt.days + 1

    told = shares[shares["value"].notna() & shares["due"].notna()]
    for _, steps in told.groupby("target_id"):
        steps = steps.sort_values(["due", "value"]).drop_duplicates("due", keep="last")
        if len(steps) > 1:
            values = steps["value"].clip(upper=100).cummax()
            ax.step([0, *day(steps["due"])], [0, *values], where="post", color=SKY, alpha=0.35, linewidth=0.8)
    for scope, colour, label in (
        ("printed", BLUE, "届时印有进度的任务，平均"),
        ("constant", INK, "每季度都印有进度的任务，平均"),
    ):
        line = city[city["scope"].eq(scope) & city["value"].notna()].sort_values("due")
        if line.empty:
            continue
        x, y = [0, *day(line["due"])], [0, *line["value"]]
        ax.plot(
            x,
            y,
            color=colour,
            linewidth=2,
            marker="o",
            markersize=4.5,
            label=f"{label}（{int(line['tasks'].max())}项）",
        )
        below = scope == "constant"
        for at, value in zip(x[1:], y[1:], strict=True):
            if value < 99.5 or below:
                ax.annotate(f"{value:.0f}%", (at, value), (4, -12) if below else (-4, 7), textcoords="offset points",
                            ha="left" if below else "right", fontsize=9, color=colour)  # fmt: skip
    starts = [(pd.Timestamp(f"{year}-{month:02d}-01") - first).days for month in range(1, 13)]
    ax.set_xticks([start + 15 for start in starts], [f"{month}月" for month in range(1, 13)])
    ax.set_xlim(0, 372)
    ax.set_ylim(0, 108)
    ax.yaxis.set_major_formatter("{x:g}%")
    bare(ax, grid="y")
    legend(ax)
    ax.set_ylabel("承诺完成的比例")
    return figure, "一年中承诺的进度曲线（细线为单个目标）", city[["scope", "due", "value", "tasks"]]
