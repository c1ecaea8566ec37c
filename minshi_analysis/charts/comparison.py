"""Several regions side by side: like promises, and what a plan costs each of those below it."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from minshi_analysis import locales
from minshi_analysis.charts.house import Chart, chart, require
from minshi_analysis.charts.paper import Paper
from minshi_analysis.charts.texts import named, sources
from minshi_analysis.charts.tones import BLUE, HATCHES, INK
from minshi_analysis.reasons import say

__all__ = ["burden_ranges", "comparison_bars"]

MOST = 60  # bars of a comparison: a sheet of paper


@chart
def comparison_bars(
    compared: pd.DataFrame, *, lang: str = "zh", documents: pd.DataFrame | None = None
) -> Chart:
    """Like promises of several regions, per 10,000 residents: a bar a region, each promise on a scale of its own.

    Parameters
    ----------
    compared : DataFrame
        Of ``metrics.compare_cities``: measure_key, deed, level, region, year, value, unit.
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: thing, deed, region, year, value, unit; the promises that differ most first, as many bars as fit. Where more
        plans stand beside each other than there are fills, each bar is named.

    Examples
    --------
    >>> rows = pd.DataFrame({"measure_key": "加装电梯", "thing": "加装电梯", "deed": "-", "level": "city", "year": [2024, 2022],
    ...                      "region": ["杭州市", "温州市"], "value": [0.8, 0.2], "unit": "台/万人"})
    >>> comparison_bars(rows).title
    '每万居民的加装电梯：杭州市（2024）是温州市（2022）的4倍'
    """
    require(compared, "measure_key", "deed", "level", "region", "year", "value", "unit")
    rows = compared[compared["value"].notna()]
    keys = ["measure_key", "deed", "level", "unit"]
    groups = [
        part.sort_values("value", ascending=False, kind="stable") for _, part in rows.groupby(keys, sort=True)
    ]
    alone = sum(len(part) < 2 for part in groups)
    groups = [part for part in groups if len(part) > 1]
    require(groups[0] if groups else rows.iloc[:0], "value")
    spread = [
        part["value"].iloc[0] / part["value"].iloc[-1] if part["value"].iloc[-1] > 0 else float("inf")
        for part in groups
    ]
    order = sorted(range(len(groups)), key=lambda at: (-spread[at], at))
    groups = [groups[at] for at in order]
    first, bars = groups[0], pd.concat(groups)
    shown = bars.assign(most=bars.groupby(keys)["value"].transform("max")).head(MOST)
    who = _plans(shown)
    said = {
        "n": len(groups),
        "regions": len(_plans(rows)),
        "bars": len(bars) if len(bars) > MOST else None,
        "shown": MOST if len(bars) > MOST else None,
        "alone": alone or None,
        "unknown": len(compared) - len(rows) or None,
        "thing": named("measure", first["measure_key"].iloc[0], lang),
        "high": _who(first.iloc[0], lang),
        "high_value": first["value"].iloc[0],
        "low": _who(first.iloc[-1], lang),
        "low_value": first["value"].iloc[-1],
        "unit": first["unit"].iloc[0],
        "times": spread[order[0]] if spread[order[0]] != float("inf") else None,
    }

    def draw(paper: Paper) -> Figure:
        alike = len(who) > len(HATCHES)  # too many to be told apart by their fill
        shades = dict.fromkeys(who, HATCHES[0]) if alike else dict(zip(who, HATCHES, strict=False))
        legend = [
            (Patch(facecolor=colour, hatch=hatch, edgecolor="white"), _who_words(name, lang))
            for name, (colour, hatch) in shades.items()
            if not alike
        ]
        labels, notes, widths, marks = [], [], [], []
        before = None
        for row in shown.itertuples():
            thing, name = named("measure", row.measure_key, lang), f"{row.region} {row.year}"
            promise = tuple(getattr(row, key) for key in keys)
            labels.append(thing if promise != before or paper.narrow else "")
            note = say("charts.per_resident", lang, value=row.value, unit=row.unit)
            notes.append(f"{_who_words(name, lang)}  {note}" if alike else note)
            widths.append(row.value / row.most if row.most else 0.0)
            marks.append(shades[name])
            before = promise
        drawn = paper.rows(labels, notes, legend=legend)
        for place, width, (colour, hatch) in zip(drawn.places, widths, marks, strict=True):
            drawn.axes.barh(
                place, width, height=0.16, color=colour, hatch=hatch, edgecolor="white", linewidth=0.6
            )
        drawn.axes.set_xlim(0, 1)
        drawn.axes.set_xticks([])
        return drawn.figure

    columns = ["measure_key", "deed", "region", "year", "value", "unit"]
    return Chart(
        say("charts.comparison_title" if said["times"] else "charts.comparison_title_zero", lang, **said),
        say("charts.comparison_measure", lang, **said),
        sources(rows, documents, lang),
        say("charts.comparison_alt", lang, **said),
        shown[columns],
        draw,
    )


def _plans(rows: pd.DataFrame) -> list[str]:
    return [
        f"{region} {year}" for region, year in sorted(set(zip(rows["region"], rows["year"], strict=True)))
    ]


def _who(row: pd.Series, lang: str) -> str:
    return say("charts.region_year", lang, region=named("region", row["region"], lang), year=str(row["year"]))


def _who_words(name: str, lang: str) -> str:
    region, _, year = name.rpartition(" ")
    return say("charts.region_year", lang, region=named("region", region, lang), year=year)


@chart
def burden_ranges(
    attributed: pd.DataFrame, *, lang: str = "zh", documents: pd.DataFrame | None = None
) -> Chart:
    """What a plan may cost each payer for a resident: the estimate and the range in which it lies, 元.

    Parameters
    ----------
    attributed : DataFrame
        Of ``metrics.attributed_funding``: payer, value, low, high (万元), per_capita (元), estimate.
    lang : str
    documents : DataFrame, optional
        The table documents, for the source line.

    Returns
    -------
    Picture
        Data: payer, per_capita, low, high (元 a resident), the highest first.

    Examples
    --------
    >>> rows = pd.DataFrame({"payer": ["文成县", "平阳县"], "value": [100.0, 50.0], "low": [50.0, 40.0], "high": [200.0, 60.0],
    ...                      "per_capita": [400.0, 100.0], "estimate": True})
    >>> burden_ranges(rows).title
    '估算的人均负担：文成县最高（200～800元），平阳县最低（80～120元）'
    """
    require(attributed, "payer", "value", "low", "high", "per_capita", "estimate")
    rows = attributed[attributed["estimate"].fillna(False).astype(bool)]
    known = rows[rows["per_capita"].notna() & rows["value"].gt(0)]
    require(known, "per_capita")
    share = known["per_capita"] / known["value"]
    known = known.assign(least=known["low"] * share, most=known["high"] * share)
    known = known.sort_values(["per_capita", "payer"], ascending=[False, True], kind="stable")
    said = {
        "n": len(known),
        "left": len(rows) - len(known) or None,
        "high": named("region", known["payer"].iloc[0], lang),
        "high_least": known["least"].iloc[0],
        "high_most": known["most"].iloc[0],
        "low": named("region", known["payer"].iloc[-1], lang),
        "low_least": known["least"].iloc[-1],
        "low_most": known["most"].iloc[-1],
    }

    def draw(paper: Paper) -> Figure:
        legend = [
            (Line2D([], [], color=INK, marker="o", markersize=5, linestyle="none"), say("charts.estimate", lang)),
            (Line2D([], [], color=BLUE, linewidth=2.4), say("charts.estimate_range", lang)),
        ]  # fmt: skip
        labels = [named("region", payer, lang) for payer in known["payer"]]
        notes = [say("charts.range", lang, least=row.least, most=row.most) for row in known.itertuples()]
        drawn = paper.rows(labels, notes, legend=legend, axis=say("charts.burden_axis", lang))
        ax = drawn.axes
        ax.hlines(drawn.places, known["least"], known["most"], color=BLUE, linewidth=2.4, alpha=0.6)
        ax.scatter(known["per_capita"], drawn.places, s=30, color=INK, zorder=3)
        ax.set_xlim(0, 1.03 * known["most"].max())
        ax.locator_params(axis="x", nbins=4 if paper.narrow else 7)
        ax.xaxis.set_major_formatter(lambda value, _: locales.number(value, lang))
        return drawn.figure

    data = known[["payer", "per_capita", "least", "most"]].rename(columns={"least": "low", "most": "high"})
    return Chart(
        say("charts.burden_title", lang, **said),
        say("charts.burden_measure", lang, **said),
        sources(rows, documents, lang),
        say("charts.burden_alt", lang, **said),
        data,
        draw,
    )
