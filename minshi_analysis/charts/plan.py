"""A five-year plan: where each indicator starts and is to end, and where the money is to go."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minshi_analysis import locales
from minshi_analysis.charts.house import Chart, chart, require
from minshi_analysis.charts.paper import LEADING, NOTE, POINTS, Paper
from minshi_analysis.charts.scales import Ratios
from minshi_analysis.charts.texts import named, sources, wrapped
from minshi_analysis.charts.tones import BLUE, FAINT, INK, SOFT, STARTS
from minshi_analysis.reasons import quantity, say

__all__ = ["investment_dots", "trajectory_panels"]

COLUMNS, NARROW_COLUMNS = 4, 2
PANEL, CAPTION = 8.5, 8.0  # points
PLOT, FOOT = 0.62, 0.32  # inches of a panel's plot, and below it
TICKS = tuple(step * 10.0**power for power in range(-3, 6) for step in (1, 2, 5))


@chart
def trajectory_panels(
    trajectories: pd.DataFrame,
    observations: pd.DataFrame,
    labels: dict[str, str] | None = None,
    titles: dict[str, str] | None = None,
    *,
    lang: str = "zh",
    documents: pd.DataFrame | None = None,
) -> Chart:
    """Small multiples: baseline → target, coloured and dashed by what is already met at the start, observations as dots.

    Parameters
    ----------
    trajectories : DataFrame
        Of ``metrics.indicator_trajectories``: indicator_id, baseline, target (their unit), baseline_year,
        target_year, cumulative, start; name, sub_name, baseline_unit, target_unit and bound are printed.
    observations : DataFrame
        indicator_id, year, value: later values of the plan's own region.
    labels, titles : dict of indicator_id to str, optional
        What to print under a panel's title instead (`29.5 → 50% 以上`), and the title.
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: indicator_id, baseline, target, start, observed (how many later values are drawn).

    Examples
    --------
    >>> rows = pd.DataFrame({"indicator_id": ["p/1"], "name": ["覆盖率"], "baseline": [29.5], "target": [50.0],
    ...                      "baseline_year": [2020], "target_year": [2025], "cumulative": [False], "start": ["below"]})
    >>> trajectory_panels(rows, pd.DataFrame({"indicator_id": [], "year": [], "value": []})).title
    '1个指标：1个起点未到目标，0个已达，0个起点优于目标'
    """
    require(trajectories, "indicator_id", "baseline", "target", "baseline_year", "target_year", "start")
    rows = trajectories[trajectories["target"].notna() | trajectories["baseline"].notna()]
    require(rows, "target")
    panels = []
    for row in rows.to_dict("records"):
        seen = observations[observations["indicator_id"].eq(row["indicator_id"])]
        seen = seen[seen["year"].gt(row["baseline_year"]) & seen["value"].notna()]
        title = titles[row["indicator_id"]] if titles else _name(row, lang)
        caption = labels[row["indicator_id"]] if labels else _path(row, lang)
        panels.append((row, seen, title, caption))
    counts = rows["start"].value_counts()
    said = {
        "n": len(rows),
        "left": len(trajectories) - len(rows) or None,
        **{start: int(counts.get(start, 0)) for start in STARTS},
        "seen": sum(len(seen) > 0 for _, seen, *_ in panels),
    }

    def draw(paper: Paper) -> Figure:
        return _panels(paper, panels)

    drawn = [
        {key: row[key] for key in ("indicator_id", "baseline", "target", "start")} | {"observed": len(seen)}
        for row, seen, *_ in panels
    ]
    said["unknown"] = said["unknown"] or None
    return Chart(
        say("charts.trajectory_title", lang, **said),
        say("charts.trajectory_measure", lang, **said),
        sources(trajectories, documents, lang),
        say("charts.trajectory_alt", lang, **said),
        pd.DataFrame(drawn),
        draw,
    )


def _name(row: dict, lang: str) -> str:
    names = [row.get(key) for key in ("name", "sub_name")]
    return " ".join(named("measure", name, lang) for name in names if isinstance(name, str))


def _path(row: dict, lang: str) -> str:
    unit = row.get("target_unit")
    ends = [
        quantity(row["baseline"], row.get("baseline_unit", unit)),
        quantity(row["target"], unit, row.get("bound")),
    ]
    code = "charts.sum_path" if row.get("cumulative") else "charts.path"
    return say(code, lang, baseline=ends[0] or locales.MISSING, target=ends[1] or locales.MISSING)


def _panels(paper: Paper, panels: list) -> Figure:
    columns = min(NARROW_COLUMNS if paper.narrow else COLUMNS, max(len(panels), 1))
    gap, side = 0.2, 0.06
    room = (paper.width - 2 * side - gap * (columns - 1)) / columns
    starts = [start for start in STARTS if any(row["start"] == start for row, *_ in panels)]
    legend = [
        (Line2D([], [], color=STARTS[start][0], linestyle=STARTS[start][1], marker="D", markersize=4, linewidth=1.6),
         say(f"charts.start_{start}", paper.lang))
        for start in starts
    ]  # fmt: skip
    if any(len(seen) for _, seen, *_ in panels):
        legend.append((Line2D([], [], color=INK, marker="x", markersize=5, linestyle="none"),
                       say("charts.observed", paper.lang)))  # fmt: skip
    most = room * POINTS / PANEL
    texts = [
        (wrapped(title, most), wrapped(caption, room * POINTS / CAPTION)) for _, _, title, caption in panels
    ]
    heads = [
        max(len(title) * PANEL + len(caption) * CAPTION for title, caption in texts[at : at + columns])
        * LEADING
        / POINTS
        for at in range(0, len(panels), columns)
    ]
    above = paper.legend_lines(legend) * NOTE * 1.6 / POINTS + 0.12
    height = above + sum(head + 0.1 + PLOT + FOOT for head in heads)
    figure = paper.figure(height)
    ax = paper.axes(
        figure, 0, 0, 0, 0
    )  # one for all panels, in inches: axes of their own would take ten times as long
    ax.set(xlim=(0, paper.width), ylim=(height, 0), xticks=[], yticks=[])
    top = above
    for line, head in enumerate(heads):
        floor = top + head + 0.1 + PLOT
        for column, number in enumerate(range(line * columns, min((line + 1) * columns, len(panels)))):
            left = side + column * (room + gap)
            row, seen, *_ = panels[number]
            title, caption = texts[number]
            ax.text(left, top, "\n".join(title), fontsize=PANEL, va="top", linespacing=1.15)
            ax.text(left, top + len(title) * PANEL * LEADING / POINTS, "\n".join(caption), fontsize=CAPTION, va="top",
                    color=STARTS[row["start"]][0], linespacing=1.15)  # fmt: skip
            _panel(ax, row, seen, left, left + room, floor)
        top = floor + FOOT
    paper.legend(figure, legend)
    return figure


def _panel(ax, row: dict, seen: pd.DataFrame, left: float, right: float, floor: float) -> None:
    """One indicator between these places, standing on `floor`, on a scale of its own."""
    first, last = float(row["baseline_year"]), float(row["target_year"])
    colour, dashes = STARTS[row["start"]]
    summed = bool(row["cumulative"])
    start, target = (0.0 if summed else row["baseline"]), row["target"]
    years = np.array([] if summed else seen["year"], dtype=float)
    values = np.array([] if summed else seen["value"], dtype=float)
    known = [value for value in (start, target, *values) if pd.notna(value)]
    low, high = min(known), max(known)
    last_seen = max([last, *years])

    def x(year):
        return left + 0.06 + (np.asarray(year) - first) / max(last_seen - first, 1.0) * (right - left - 0.12)

    def y(value):
        share = (np.asarray(value, dtype=float) - low) / (high - low) if high > low else 0.5
        return floor - PLOT * (0.15 + 0.7 * share)

    ax.plot([left, right], [floor, floor], color=FAINT, linewidth=0.8)
    if pd.notna(start) and pd.notna(target):
        ax.plot(x([first, last]), [y(start), y(target)], color=colour, linewidth=1.6, linestyle=dashes)
    if pd.notna(start) and not summed:
        ax.plot(x(first), y(start), "o", color=colour, markersize=4)
    if pd.notna(target):
        ax.plot(x(last), y(target), "D", color=colour, markersize=4.5)
    if len(years):
        ax.plot(x(years), y(values), "x", color=INK, markersize=5, linestyle="none", zorder=4)
    for year in (first, last):
        side = {"ha": "left"} if year == first else {"ha": "center" if last_seen > last else "right"}
        place = left if year == first else x(last) if last_seen > last else right
        ax.text(place, floor + 0.03, f"{year:.0f}", fontsize=CAPTION, color=SOFT, va="top", **side)


@chart
def investment_dots(
    fields: pd.DataFrame, *, lang: str = "zh", documents: pd.DataFrame | None = None
) -> Chart:
    """Investment by field: the whole and the part within the plan period, 亿元, on a logarithmic scale.

    Parameters
    ----------
    fields : DataFrame
        field, total_yi, plan_period_yi, projects; doc_id for the source line.
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: field, total_yi, plan_period_yi, projects, largest first.

    Examples
    --------
    >>> fields = pd.DataFrame({"field": ["医疗", "教育"], "total_yi": [150.0, 50.0], "plan_period_yi": [120.0, 40.0],
    ...                        "projects": [10, 6]})
    >>> investment_dots(fields).title
    '医疗占总投资200 亿元的75.0%'
    """
    require(fields, "field", "total_yi", "plan_period_yi", "projects")
    rows = fields[fields["total_yi"].notna()]
    rows = rows.sort_values(["total_yi", "field"], ascending=[False, True], kind="stable")
    require(rows, "field")
    whole, period = rows["total_yi"].sum(), rows["plan_period_yi"].sum()
    silent = fields[fields["total_yi"].isna()]
    said = {
        "n": len(rows),
        "projects": int(fields["projects"].sum()),
        "whole": whole * 10_000,
        "period": period * 10_000,
        "silent": [named("field", name, lang) for name in silent["field"]] or None,
        "first": named("field", rows["field"].iloc[0], lang),
        "first_money": rows["total_yi"].iloc[0] * 10_000,
        "share": 100 * rows["total_yi"].iloc[0] / whole if whole else None,
        "last": named("field", rows["field"].iloc[-1], lang),
        "last_money": rows["total_yi"].iloc[-1] * 10_000,
    }

    def draw(paper: Paper) -> Figure:
        legend = [
            (Line2D([], [], marker="o", markersize=7, linestyle="none", markerfacecolor="white", color=BLUE),
             say("charts.total", lang)),
            (Line2D([], [], marker="o", markersize=5, linestyle="none", color=BLUE), say("charts.period", lang)),
        ]  # fmt: skip
        labels = [
            say("charts.field", lang, field=named("field", row.field, lang), projects=row.projects)
            for row in rows.itertuples()
        ]
        notes = [
            say("charts.investment", lang, period=row.plan_period_yi, total=row.total_yi)
            for row in rows.itertuples()
        ]
        drawn = paper.rows(labels, notes, legend=legend, axis=say("charts.investment_axis", lang))
        scale, ax = Ratios(pd.concat([rows["total_yi"], rows["plan_period_yi"]])), drawn.axes
        total, part = scale.at(rows["total_yi"]), scale.at(rows["plan_period_yi"])
        ax.hlines(drawn.places, part, total, color=FAINT, linewidth=2.4)
        ax.scatter(total, drawn.places, s=46, facecolor="white", edgecolor=BLUE, linewidth=1.5, zorder=3)
        ax.scatter(part, drawn.places, s=24, color=BLUE, zorder=4)
        steps = [tick for tick in TICKS if not paper.narrow or f"{tick:e}"[0] == "1"]
        scale.show(ax, steps, lambda value: f"{value:g}")
        return drawn.figure

    return Chart(
        say("charts.investment_title", lang, **said),
        say("charts.investment_measure", lang, **said),
        sources(fields, documents, lang),
        say("charts.investment_alt", lang, **said),
        rows[["field", "total_yi", "plan_period_yi", "projects"]],
        draw,
    )
