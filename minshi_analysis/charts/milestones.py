"""The promised year."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minshi_analysis.charts.house import Chart, chart, require
from minshi_analysis.charts.paper import LABEL, NOTE, POINTS, Paper
from minshi_analysis.charts.texts import sources
from minshi_analysis.charts.tones import BLUE, INK, SKY
from minshi_analysis.reasons import say

__all__ = ["milestone_steps"]

LINES: dict[str, tuple[str, str, Any]] = {"printed": (BLUE, "o", "-"), "constant": (INK, "s", (0, (5, 2)))}


@chart
def milestone_steps(
    shares: pd.DataFrame,
    city: pd.DataFrame,
    year: int,
    *,
    lang: str = "zh",
    documents: pd.DataFrame | None = None,
) -> Chart:
    """The promised curve of the year: each target as a step line, the mean of all tasks at the quarters' ends.

    Parameters
    ----------
    shares : DataFrame
        Of ``metrics.milestone_curve(per="target")``: target_id, due, value (%).
    city : DataFrame
        Of ``metrics.milestone_curve(per="city")``: scope, due, value (%), tasks.
    year : int
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: scope, due, value (%), tasks.

    Examples
    --------
    >>> city = pd.DataFrame({"scope": "printed", "due": ["2024-06-30", "2024-09-30", "2024-12-31"],
    ...                      "value": [37.0, 77.0, 100.0], "tasks": [30.0, 35.0, 35.0]})
    >>> steps = pd.DataFrame({"target_id": ["d/1#1"], "due": ["2024-06-30"], "value": [20.0]})
    >>> milestone_steps(steps, city, 2024).title
    '印有进度的任务到九月底平均承诺完成77%，23%留到第四季度'
    """
    require(city, "scope", "due", "value", "tasks")
    told = shares[shares["value"].notna() & shares["due"].notna()]
    lines = {
        scope: city[city["scope"].eq(scope) & city["value"].notna()].sort_values("due") for scope in LINES
    }
    lines = {scope: line for scope, line in lines.items() if len(line)}
    require(pd.concat(list(lines.values())) if lines else city.iloc[:0], "value")
    main = next(iter(lines.values()))
    autumn = main[main["due"].eq(f"{year}-09-30")]
    steps = {target: part.sort_values(["due", "value"]).drop_duplicates("due", keep="last")
             for target, part in told.groupby("target_id")}  # fmt: skip
    steps = {target: part for target, part in steps.items() if len(part) > 1}
    said = {
        "year": year,
        "autumn": autumn["value"].iloc[0] if len(autumn) else None,
        "left": 100 - autumn["value"].iloc[0] if len(autumn) else None,
        "tasks": int(main["tasks"].max()),
        "of_tasks": int(city["of_tasks"].max()) if "of_tasks" in city else None,
        "targets": int(shares["target_id"].nunique()),
        "stepped": len(steps),
        "first_day": main["due"].iloc[0],
        "first": main["value"].iloc[0],
        "last_day": main["due"].iloc[-1],
        "last": main["value"].iloc[-1],
    }

    def draw(paper: Paper) -> Figure:
        return _curves(paper, lines, steps, year)

    return Chart(
        say("charts.milestone_title" if len(autumn) else "charts.milestone_title_open", lang, **said),
        say("charts.milestone_measure", lang, **said),
        sources(city, documents, lang),
        say("charts.milestone_alt", lang, **said),
        city[["scope", "due", "value", "tasks"]],
        draw,
    )


def _curves(paper: Paper, lines: dict, steps: dict, year: int) -> Figure:
    lang = paper.lang
    first = pd.Timestamp(f"{year}-01-01")

    def day(dates: pd.Series) -> pd.Series:
        return (pd.to_datetime(dates) - first).dt.days + 1

    legend = [
        (Line2D([], [], color=LINES[scope][0], marker=LINES[scope][1], linestyle=LINES[scope][2], markersize=5),
         say(f"charts.curve_{scope}", lang, tasks=int(line["tasks"].max())))
        for scope, line in lines.items()
    ]  # fmt: skip
    legend.append((Line2D([], [], color=SKY, linewidth=0.9), say("charts.curve_target", lang, n=len(steps))))
    top = paper.legend_lines(legend) * NOTE * 1.6 / POINTS + 0.14
    figure = paper.figure(top + 3.0 + 0.3)
    ax = paper.axes(figure, 0.48, 0.1, top, 0.3)
    for part in steps.values():
        values = part["value"].clip(upper=100).cummax()
        ax.step([0, *day(part["due"])], [0, *values], where="post", color=SKY, alpha=0.45, linewidth=0.8)
    for scope, line in lines.items():
        colour, mark, dashes = LINES[scope]
        x, y = [0, *day(line["due"])], [0, *line["value"]]
        ax.plot(x, y, color=colour, linewidth=2, marker=mark, markersize=5, linestyle=dashes)
        below = scope == "constant"
        for at, value in zip(x[1:], y[1:], strict=True):
            if value < 99.5:
                ax.annotate(f"{value:.0f}%", (at, value), (5, -12) if below else (-5, 7), textcoords="offset points",
                            ha="left" if below else "right", fontsize=LABEL, color=colour)  # fmt: skip
    starts = [(pd.Timestamp(f"{year}-{month:02d}-01") - first).days for month in range(1, 13)]
    words = [
        say("charts.month_short" if paper.narrow else "charts.month", lang, month=str(n))
        for n in range(1, 13)
    ]
    ax.set_xticks([start + 15 for start in starts], words, fontsize=NOTE)
    ax.set_xlim(0, 372)
    ax.set_ylim(0, 108)
    ax.yaxis.set_major_formatter("{x:g}%")
    ax.tick_params(axis="y", labelsize=NOTE)
    ax.grid(axis="y")
    paper.legend(figure, legend)
    return figure
