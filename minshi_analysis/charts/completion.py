"""Promise against result."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from minshi_analysis import locales
from minshi_analysis.charts.house import Chart, chart, require
from minshi_analysis.charts.paper import Paper
from minshi_analysis.charts.scales import Ratios
from minshi_analysis.charts.texts import measures, sources
from minshi_analysis.charts.tones import FAINT, INK, ORANGE, STANDING_BARS, STANDINGS
from minshi_analysis.reasons import say, term

__all__ = ["class_bars", "completion_dots", "progress_dots"]

TICKS = (1, 2, 5, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000)


def pairs(rows: pd.DataFrame, lang: str) -> list[str]:
    """What stands beside a mark: the result and the promise, where the rows have them."""
    if not _paired(rows):
        return [locales.percent(value, lang) for value in rows["value"]]
    return [
        say("charts.pair_wan", lang, reported=row.reported, promised=row.promised)
        if row.promised_unit == "万元"
        else say("charts.pair", lang, reported=row.reported, promised=row.promised, unit=row.promised_unit)
        for row in rows.itertuples()
    ]


def _paired(rows: pd.DataFrame) -> bool:
    return {"reported", "promised", "promised_unit"} <= set(rows)


@chart
def completion_dots(
    done: pd.DataFrame,
    labels: list[str] | None = None,
    most: int = 30,
    *,
    lang: str = "zh",
    documents: pd.DataFrame | None = None,
) -> Chart:
    """Result against promise, one mark a target, with the promise as a line at 100 %.

    Parameters
    ----------
    done : DataFrame
        Of ``metrics.over_completion``: target_id, measure, value (%), class; reported, promised and promised_unit are
        printed beside the marks where there are these columns.
    labels : list of str, optional
        What to print there instead, a word a row.
    most : int
        Targets shown, the largest deviations, and all that are behind; those exactly at 100 % are only counted.
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: target_id, measure, value (%), class, highest first.

    Examples
    --------
    >>> done = pd.DataFrame({"target_id": ["d/1#1", "d/2#1", "d/3#1"], "measure": ["教室", "托位", "碧道"],
    ...                      "value": [100.0, 168.6, 52.9], "class": ["met", "over", "behind"]})
    >>> completion_dots(done).title
    '3个目标中1个超额，1个未达到'
    """
    require(done, "target_id", "measure", "value", "class")
    told = done.assign(label=pairs(done, lang) if labels is None else labels, called=measures(done, lang))
    known = told[told["value"].notna()]
    exact = known["value"].sub(100).abs().le(1e-6)
    away = known[~exact]
    require(away, "value")
    with np.errstate(divide="ignore"):
        away = away.assign(far=np.abs(np.log(away["value"].to_numpy(dtype=float) / 100)))
    away = away.assign(behind=away["class"].ne("over"))
    away = away.sort_values(["behind", "far", "target_id"], ascending=[False, False, True], kind="stable")
    shown = away.head(max(most, int(away["behind"].sum())))
    shown = shown.sort_values(["value", "target_id"], ascending=[False, True], kind="stable")
    counts = told["class"].value_counts()
    said = {
        "targets": len(told),
        "beside": "beside" if labels is not None or _paired(done) else None,
        "unknown": len(told) - len(known) or None,
        "exact": int(exact.sum()),
        "away": len(away),
        "shown": len(shown),
        "over": int(counts.get("over", 0)),
        "behind": int(counts.get("behind", 0)),
        "pending": int(counts.get("in_progress", 0)) or None,
        "high": shown["called"].iloc[0],
        "high_share": shown["value"].iloc[0],
        "low": shown["called"].iloc[-1],
        "low_share": shown["value"].iloc[-1],
    }
    said["selection"] = say(
        "charts.away_all" if len(shown) == len(away) else "charts.away_furthest", lang,
        exact=said["exact"], away=len(away), shown=len(shown),
    )  # fmt: skip

    def draw(paper: Paper) -> Figure:
        present = [name for name in STANDINGS if name in set(shown["class"])]
        legend = [(_mark(name), term("class", name, lang)) for name in present]
        drawn = paper.rows(
            list(shown["called"]), list(shown["label"]), legend=legend, axis=say("charts.rate_axis", lang)
        )
        scale, ax = Ratios(shown["value"], 100.0), drawn.axes
        ax.axvline(2.0, color=INK, linewidth=0.9)
        kinds, at = (
            shown["class"].where(shown["class"].isin(list(STANDINGS)), "unknown"),
            scale.at(shown["value"]),
        )
        for kind in dict.fromkeys(kinds):
            colour, mark = STANDINGS[kind]
            own = kinds.eq(kind).to_numpy()
            ax.hlines(drawn.places[own], 2.0, at[own], color=colour, linewidth=1.3)
            ax.scatter(at[own], drawn.places[own], s=34, marker=mark, color=colour, zorder=3)
        scale.show(ax, _ticks(scale, paper), lambda value: f"{value:g}%")
        return drawn.figure

    return Chart(
        say("charts.completion_title", lang, **said),
        say("charts.completion_measure", lang, **said),
        sources(done, documents, lang),
        say("charts.completion_alt", lang, **said),
        shown[["target_id", "measure", "value", "class"]],
        draw,
    )


def _mark(name: str) -> Line2D:
    colour, mark = STANDINGS[name]
    return Line2D([], [], color=colour, marker=mark, markersize=6, linestyle="none")


def _ticks(scale: Ratios, paper: Paper) -> list[float]:
    """Round shares, closer where the scale is short, and never so close that their words touch."""
    fine = (*range(10, 100, 10), *range(100, 200, 20))
    ticks = [float(tick) for tick in (fine if scale.high - scale.low < 0.6 else TICKS)]
    apart = (scale.high - scale.low) * (0.13 if paper.narrow else 0.06)
    kept = [100.0]
    for tick in sorted(ticks, key=lambda tick: abs(np.log10(tick) - 2)):
        if all(abs(np.log10(tick / other)) >= apart for other in kept):
            kept.append(tick)
    return sorted(kept)


def _undrawn(told: pd.DataFrame) -> int:
    """The targets that are reached and have no ratio to draw: rates, where the rows say what class they are of."""
    if "class" not in told:
        return 0
    return int((told["value"].isna() & told["class"].isin(["over", "met"])).sum())


@chart
def progress_dots(
    progress: pd.DataFrame,
    labels: list[str] | None = None,
    *,
    lang: str = "zh",
    documents: pd.DataFrame | None = None,
) -> Chart:
    """Completion reported in mid-year beside the share of the year that has passed.

    Parameters
    ----------
    progress : DataFrame
        Of ``metrics.progress_to_date``: target_id, measure, value and elapsed (%).
    labels : list of str, optional
        What to print beside each row's mark; the share where nothing is said.
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: target_id, measure, value (%), elapsed (%), highest first.

    Examples
    --------
    >>> rows = pd.DataFrame({"target_id": ["d/1#1", "d/2#1"], "measure": ["教室", "托位"], "value": [100.0, 20.0],
    ...                      "elapsed": [50.0, 50.0]})
    >>> progress_dots(rows).title
    '时间过去50%：2个目标中1个已达全年目标，1个慢于日历'
    """
    require(progress, "target_id", "measure", "value", "elapsed")
    told = progress.assign(
        label=pairs(progress, lang) if labels is None else labels, called=measures(progress, lang)
    )
    rows = told[told["value"].notna()]
    rows = rows.sort_values(["value", "target_id"], ascending=[False, True], kind="stable")
    require(rows, "value")
    elapsed = rows["elapsed"].iloc[0]
    dated = pd.notna(elapsed)
    kinds = [
        "met" if value >= 100 else "in_progress" if not dated else "ahead" if value >= elapsed else "behind"
        for value in rows["value"]
    ]
    said = {
        "elapsed": elapsed if dated else None,
        "targets": len(told),
        "beside": "beside" if labels is not None or _paired(progress) else None,
        "unknown": len(told) - len(rows) or None,
        "met": kinds.count("met") + _undrawn(told),
        "behind": kinds.count("behind"),
        "high": rows["called"].iloc[0],
        "high_share": rows["value"].iloc[0],
        "low": rows["called"].iloc[-1],
        "low_share": rows["value"].iloc[-1],
    }

    def draw(paper: Paper) -> Figure:
        words = {"met": "charts.at_target", "ahead": "charts.ahead", "behind": "charts.behind",
                 "in_progress": "charts.under_way"}  # fmt: skip
        legend = [(_mark(kind), say(words[kind], lang)) for kind in words if kind in kinds]
        if dated:
            dashes = Line2D([], [], color=ORANGE, linewidth=1.6, linestyle=(0, (3, 2)))
            legend.append((dashes, say("charts.time_passed", lang, elapsed=elapsed)))
        drawn = paper.rows(
            list(rows["called"]), list(rows["label"]), legend=legend, axis=say("charts.progress_axis", lang)
        )
        ax = drawn.axes
        ax.axvline(100, color=INK, linewidth=0.9)
        if dated:
            ax.axvline(elapsed, color=ORANGE, linewidth=1.6, linestyle=(0, (3, 2)))
        ax.hlines(drawn.places, 0, rows["value"], color=FAINT, linewidth=1.3)
        for kind in dict.fromkeys(kinds):
            colour, mark = STANDINGS[kind]
            own = np.array(kinds) == kind
            ax.scatter(
                rows["value"].to_numpy()[own], drawn.places[own], s=36, marker=mark, color=colour, zorder=3
            )
        ax.set_xlim(min(0, rows["value"].min()), 1.03 * max(rows["value"].max(), 100))
        ax.locator_params(axis="x", nbins=4 if paper.narrow else 8)
        ax.xaxis.set_major_formatter("{x:g}%")
        return drawn.figure

    return Chart(
        say("charts.progress_title" if dated else "charts.progress_title_undated", lang, **said),
        say("charts.progress_measure", lang, **said),
        sources(progress, documents, lang),
        say("charts.progress_alt", lang, **said),
        rows[["target_id", "measure", "value", "elapsed"]],
        draw,
    )


@chart
def class_bars(summary: pd.DataFrame, *, lang: str = "zh", documents: pd.DataFrame | None = None) -> Chart:
    """Tasks by class, as computed from the figures and as the report claims, by the level of their list.

    Parameters
    ----------
    summary : DataFrame
        Of ``metrics.completion_summary(by="level")``: doc_id, level, class, value and claimed (tasks).
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: level, class, computed, claimed (tasks).

    Examples
    --------
    >>> rows = pd.DataFrame({"level": "city", "class": ["over", "met", "unknown"], "value": [25.0, 24.0, 1.0],
    ...                      "claimed": [23.0, 26.0, 1.0]})
    >>> class_bars(rows).title
    '50项任务按数字判定：25项超额，24项达到，0项未达到，1项无法判定'
    """
    require(summary, "level", "class", "value", "claimed")
    levels = list(dict.fromkeys(summary["level"]))
    sums = summary.groupby(["level", "class"])[["value", "claimed"]].sum()
    counts = sums["value"].groupby("class").sum()
    claims = bool(sums["claimed"].drop("unknown", level="class", errors="ignore").sum())
    said = {
        "tasks": int(counts.sum()),
        **{name: int(counts.get(name, 0)) for name in ("over", "met", "behind", "unknown")},
        "pending": int(counts.get("in_progress", 0)) or None,
        "levels": len(levels),
        "silent": None if claims else "silent",
    }

    def draw(paper: Paper) -> Figure:
        used = sums[sums.sum(axis=1).gt(0)].index.get_level_values("class")
        present = [name for name in STANDING_BARS if name in used]
        legend = [
            (Patch(facecolor=STANDING_BARS[n][0], hatch=STANDING_BARS[n][1], edgecolor="white"), term("class", n, lang))
            for n in present
        ]  # fmt: skip
        kinds = ("value", "claimed") if claims else ("value",)
        bars = [(level, kind) for level in levels for kind in kinds]
        labels = [say(f"charts.class_{kind}", lang, level=level) for level, kind in bars]
        notes = [say("charts.class_tasks", lang, n=sums.loc[level, kind].sum()) for level, kind in bars]
        drawn = paper.rows(labels, notes, legend=legend, axis=say("charts.class_axis", lang))
        for place, (level, kind) in zip(drawn.places, bars, strict=True):
            left = 0.0
            for name in present:
                width = sums[kind].get((level, name), 0.0)
                colour, hatch = STANDING_BARS[name]
                drawn.axes.barh(place, width, left=left, height=0.16, color=colour, hatch=hatch, edgecolor="white",
                                linewidth=0.6)  # fmt: skip
                left += width
        drawn.axes.set_xlim(0, None)
        drawn.axes.locator_params(axis="x", nbins=4 if paper.narrow else 8, integer=True)
        return drawn.figure

    data = sums.rename(columns={"value": "computed"}).reset_index()
    return Chart(
        say("charts.class_title", lang, **said),
        say("charts.class_measure", lang, **said),
        sources(summary, documents, lang),
        say("charts.class_alt", lang, **said),
        data,
        draw,
    )
