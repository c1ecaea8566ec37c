"""Promise against result."""

from __future__ import annotations

import numpy as np
import pandas as pd

from minshi_analysis.charts.house import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    RED,
    SKY,
    SOFT,
    axes,
    bare,
    chart,
    cut,
    require,
)

_CLASS_COLOURS = {"over": BLUE, "met": GREEN, "behind": RED, "in_progress": ORANGE}


@chart
def completion_dots(done: pd.DataFrame, labels: list[str], most: int = 30):
    """Result against promise, one dot a target, with the promise as a line at 100 %.

    Parameters
    ----------
    done : DataFrame
        Of ``metrics.over_completion``: target_id, measure, value (%), class.
    labels : list of str
        What to print beside each row's dot (`1,155 / 1,140 个`).
    most : int
        Targets shown, the largest deviations; those exactly at 100 % are left to the text.

    Returns
    -------
    Picture
        Data: target_id, measure, value (%), class, highest first.
    """
    require(done, "target_id", "measure", "value", "class")
    done = done.assign(label=labels)
    done = done[done["value"].gt(0) & done["value"].sub(100).abs().gt(1e-6)]
    require(done, "value")
    done = done.assign(far=np.log(done["value"] / 100).abs())
    done = done.assign(behind=done["class"].ne("over"))  # what is behind is never left out
    done = done.sort_values(
        ["behind", "far", "target_id"], ascending=[False, False, True], kind="stable"
    ).head(most)
    done = done.sort_values(["value", "target_id"], kind="stable")
    figure, ax = axes(0.9 + 0.235 * len(done))
    ax.axvline(100, color=INK, linewidth=0.9)
    for at, row in enumerate(done.itertuples()):
        colour = _CLASS_COLOURS.get(done["class"].iloc[at], SOFT)
        ax.hlines(at, min(row.value, 100), max(row.value, 100), color=colour, linewidth=1.3)
        ax.scatter(row.value, at, s=32, color=colour, zorder=3)
        ax.annotate(row.label, (max(row.value, 100), at), (7, 0), textcoords="offset points", va="center",
                    fontsize=8, color=SOFT)  # fmt: skip
    ax.set_xscale("log")
    low, high = min(done["value"].min(), 100) / 1.15, max(done["value"].max(), 100) * 1.9
    ax.set_xlim(low, high)
    ticks = [
        t
        for t in (1, 2, 5, 10, 25, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000)
        if low <= t <= high / 1.5
    ]
    ax.set_xticks(ticks, [f"{tick:g}%" for tick in ticks])
    ax.minorticks_off()
    ax.set_yticks(range(len(done)), [cut(name, 20) for name in done["measure"]], fontsize=8.5)
    ax.set_ylim(-0.7, len(done) - 0.3)
    bare(ax)
    ax.set_xlabel("完成量 ÷ 目标（对数刻度；100%为刚好完成）")
    return figure, "各目标的完成率，竖线为100%", done[::-1][["target_id", "measure", "value", "class"]]


@chart
def progress_dots(progress: pd.DataFrame, labels: list[str]):
    """Completion reported in mid-year beside the share of the year that has passed.

    Parameters
    ----------
    progress : DataFrame
        Of ``metrics.progress_to_date``: target_id, measure, value and elapsed (%).
    labels : list of str
        What to print beside each row's dot.

    Returns
    -------
    Picture
        Data: target_id, measure, value (%), elapsed (%), highest first.
    """
    require(progress, "target_id", "measure", "value", "elapsed")
    rows = progress.assign(label=labels)
    rows = rows[rows["value"].notna()].sort_values(["value", "target_id"], kind="stable")
    require(rows, "value")
    elapsed = rows["elapsed"].iloc[0]
    figure, ax = axes(1.1 + 0.26 * len(rows))
    ax.axvline(100, color=INK, linewidth=0.9)
    ax.axvline(elapsed, color=ORANGE, linewidth=1.2, linestyle=(0, (4, 3)))
    ax.text(elapsed, len(rows) - 0.3, f" 时间过去{elapsed:.0f}%", color="#9a6a00", fontsize=8.5, va="bottom")
    ax.text(100, len(rows) - 0.3, " 全年目标", fontsize=8.5, va="bottom")
    ax.hlines(range(len(rows)), 0, rows["value"], color=FAINT, linewidth=1.3)
    colours = [BLUE if value >= 100 else SKY if value >= elapsed else RED for value in rows["value"]]
    ax.scatter(rows["value"], range(len(rows)), s=36, color=colours, zorder=3)
    for at, row in enumerate(rows.itertuples()):
        ax.annotate(
            row.label,
            (row.value, at),
            (7, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=SOFT,
        )
    ax.set_yticks(range(len(rows)), [cut(name, 20) for name in rows["measure"]], fontsize=8.5)
    ax.set_ylim(-0.7, len(rows) + 0.4)
    ax.set_xlim(0, 1.35 * max(rows["value"].max(), 100))
    ax.xaxis.set_major_formatter("{x:g}%")
    bare(ax)
    return figure, "年中已报告的完成率", rows[::-1][["target_id", "measure", "value", "elapsed"]]
