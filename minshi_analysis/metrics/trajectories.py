"""A plan's indicators: the path that each asks for, what it allows, and where observations stand on it."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from minshi_analysis.metrics import paths
from minshi_analysis.metrics.direction import DOWN, UP, direction_of
from minshi_analysis.metrics.forms import as_level, sum_by_prose, summed
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.judging import NO_UNIT, classify
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.model import SEVERAL_YEARS
from minshi_analysis.reasons import Reason, why

__all__ = ["indicator_paths", "indicator_trajectories"]

# Observed within half a year of the schedule is on track.
MARGIN_YEARS = 0.5
# The note of a reference figure that contradicts a better one of the same year begins so.
CONFLICT = "CONFLICT"
_KEYS = ["doc_id", "indicator_id", "field", "name", "sub_name"]


def indicator_trajectories(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """For each indicator: the change a year that it asks for, what it allows, where the observations stand.

    Direction: `at_least`, `more_than` up; `at_most`, `less_than` down; else what the name says (合格率 up, 浓度
    down), else the sign of target - baseline (`direction_by`: bound, name, figures). For a cumulative target the baseline
    is one year's flow and the pace is target / years; the comparison at the start is of that pace with the flow. A target
    that the plan's text promises as so many to be done is such a sum too, and `reason` says so.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs indicators, and observations where there
        are some. Only plans of several years and their reviews.
    level : float
        Of the prediction interval.

    Returns
    -------
    DataFrame
        One row per indicator. Keys doc_id, indicator_id, field, name, sub_name. value (unit/年): the linear
        change per year, for cumulative ones the needed flow per year. growth (%/年). baseline, target
        (their unit), allowed (how much worse than the baseline the target lets it become, their unit).
        observed (the last observation), expected (the path in that year), gap (observed - expected),
        projected, low, high (least-squares line in the target year and its interval), points (个, years
        observed, baseline included). Notes: baseline_year, target_year, observed_year, bound, cumulative,
        direction (up, down, flat), direction_by, start (below, met, better, unknown), standing (ahead, on_track, behind,
        unknown), reaches (already: the last observation is at the target or beyond it; yes, no, uncertain: the
        interval against the target), stage, source_ids, reason.

    Notes
    -----
    An indicator met at the start is judged against its target, not against a path that worsens. On track is
    within half a year's change of the path. A trend of few years is a description, no forecast.
    Where the bound is exact and the name says nothing, the direction is inferred from the two figures.

    Examples
    --------
    >>> found = indicator_trajectories("温州市", 2022).set_index("name")
    >>> jobless = found.loc["城镇登记失业率"]  # 1.79 -> <3.5
    >>> jobless["start"], round(float(jobless["allowed"]), 2)
    ('better', 1.71)
    """
    optional = ("observations", "targets")
    t = resolve(("indicators",), region, year, tables, optional=optional, kinds=SEVERAL_YEARS)
    home = t["documents"].set_index("doc_id")["region"]
    rows = []
    for indicator in _indicators(t):
        seen = t["observations"][t["observations"]["indicator_id"].eq(indicator["indicator_id"])]
        seen = seen[seen["region"].eq(home[indicator["doc_id"]])]
        row = _asked(indicator)
        row |= _standing(indicator, row, seen, level)
        unit = row["target_unit"]
        row |= {
            f"{name}_unit": unit for name in ("baseline", "observed", "expected", "projected", "low", "high")
        }
        row |= {f"{name}_unit": _step(unit) for name in ("allowed", "gap")}
        row["source_ids"] = join_ids(indicator["indicator_id"], sorted(set(row.pop("sources", ()))))
        rows.append(row)
    figures = {"value": None, "growth": "%/年", "baseline": None, "target": None, "allowed": None}
    figures |= dict.fromkeys(("observed", "expected", "gap", "projected", "low", "high")) | {"points": "个"}
    notes = [
        "baseline_year",
        "target_year",
        "observed_year",
        "bound",
        "cumulative",
        "direction",
        "direction_by",
        "start",
        "standing",
    ]
    return result(rows, _KEYS, figures, [*notes, "reaches"], t["documents"])


def indicator_paths(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """The paths year by year: linear ``b + (t - b) * k / n`` and of constant growth ``b * (t / b)**(k / n)``.

    For a cumulative target the value is the sum so far: of equal flows (`linear`), and of flows that grow
    from the baseline's at one rate (`growth`).

    Returns
    -------
    DataFrame
        Keys doc_id, indicator_id, field, name, sub_name, path (linear, growth), year; value and unit;
        source_ids; reason. An indicator without baseline or target keeps one row without value.

    Examples
    --------
    >>> found = indicator_paths("温州市", 2022)
    >>> jobs = found[found["name"].eq("新增城镇就业人数") & found["path"].eq("linear")]
    >>> jobs["value"].tolist()  # 〔45〕万人 in five years
    [0.0, 90000.0, 180000.0, 270000.0, 360000.0, 450000.0]
    """
    t = resolve(("indicators",), region, year, tables, optional=("targets",), kinds=SEVERAL_YEARS)
    rows = []
    for indicator in _indicators(t):
        asked = _asked(indicator)
        common = {key: indicator[key] for key in _KEYS}
        common |= {"unit": asked["target_unit"], "source_ids": indicator["indicator_id"]}
        for name in ("linear", "growth"):
            values = _path(indicator, name)
            if values is None:
                reason = asked["reason"] or why("no_growth_path")
                rows.append(common | {"path": name, "reason": reason})
                continue
            for step, value in enumerate(values):
                rows.append(
                    common | {"path": name, "year": int(indicator["baseline_year"]) + step, "value": value}
                )
    return result(rows, [*_KEYS, "path", "year"], {"value": None}, (), t["documents"])


def _indicators(tables: Mapping[str, pd.DataFrame]) -> Iterator[dict]:
    """The indicators with targets that a path can lead to, and whether the text alone says that one is a sum."""
    targets = tables["targets"]
    for indicator in tables["indicators"].to_dict("records"):
        own = targets[targets["doc_id"].eq(indicator["doc_id"])]
        told = sum_by_prose(indicator, own)
        yield as_level(indicator | {"cumulative": bool(indicator["cumulative"]) or told}) | {"by_prose": told}


def _path(indicator: Mapping, name: str) -> np.ndarray | None:
    baseline, target, years = indicator["baseline"], indicator["target"], _years(indicator)
    if pd.isna(target) or not years:
        return None
    if indicator["cumulative"]:
        steps = np.arange(years + 1)
        if name == "linear":
            return target * steps / years
        rate = paths.flow_growth(baseline, target, years) if pd.notna(baseline) else float("nan")
        flows = baseline * (1 + rate) ** steps
        return None if np.isnan(rate) else np.concatenate([[0.0], np.cumsum(flows[1:])])
    if pd.isna(baseline):
        return None
    if name == "linear":
        return paths.linear_path(baseline, target, years)
    return paths.growth_path(baseline, target, years) if baseline > 0 and target > 0 else None


def _years(indicator: Mapping) -> int:
    first, last = indicator["baseline_year"], indicator["target_year"]
    return 0 if pd.isna(first) or pd.isna(last) else int(last) - int(first)


def _asked(indicator: Mapping) -> dict:
    baseline, target, years = indicator["baseline"], indicator["target"], _years(indicator)
    unit = indicator["unit"] if pd.notna(indicator["unit"]) else NO_UNIT
    cumulative = bool(indicator["cumulative"])
    bound = indicator["bound"] if pd.notna(indicator["bound"]) else "exact"
    pace = target / years if years and pd.notna(target) else float("nan")
    goal = pace if cumulative else target
    # A sum is to be reached: without a bound that caps it, more is what it asks for.
    direction, by = direction_of(indicator["name"], bound, baseline, goal)
    if cumulative and bound not in DOWN:
        direction, by = "up", by if bound in UP else "name"
    start, allowed = _start(goal, bound, baseline, indicator["baseline_bound"], direction)
    change = pace if cumulative else (target - baseline) / years if years else float("nan")
    rate = float("nan")
    if years and pd.notna(baseline) and pd.notna(target):
        rate = (paths.flow_growth if cumulative else paths.growth_rate)(baseline, target, years)
    side = indicator["baseline_bound"]
    return {key: indicator[key] for key in [*_KEYS, "baseline_year", "target_year", "bound"]} | {
        "value": change,
        "unit": f"{_step(unit)}/年",
        "growth": 100 * rate,
        "baseline": baseline,
        "target": target,
        "target_unit": unit,
        "allowed": allowed,
        "cumulative": cumulative,
        "direction": direction,
        "direction_by": by,
        "start": start,
        "reason": because(
            _absent("baseline", baseline, indicator["note"]),
            _absent("target", target, indicator["note"]),
            why("baseline_bound", bound=side) if pd.notna(side) and side != "exact" else None,
            why("sum_by_prose") if indicator["by_prose"] else None,
        ),
    }


def _step(unit: str) -> str:
    """The unit of a difference: rates differ by percentage points."""
    return "百分点" if unit == "%" else unit


def _absent(what: str, value: float, note: object) -> Reason | None:
    if pd.notna(value):
        return None
    return why(f"no_{what}", note=note if pd.notna(note) else "")


def _start(
    goal: float, bound: str, baseline: float, baseline_bound: Any, direction: str | None
) -> tuple[str, float]:
    """How the baseline stands to the goal, and how much worse the goal lets it become."""
    if direction is None:
        return "unknown", float("nan")
    if bound not in (*UP, *DOWN):
        bound = "at_most" if direction == "down" else "at_least"
    name = classify(goal, bound, baseline, baseline_bound, approx=0.0)
    start = {"over": "better", "met": "met", "behind": "below", "unknown": "unknown"}[name]
    return start, abs(baseline - goal) if start == "better" else 0.0 if start != "unknown" else float("nan")


def _observed(seen: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Reason, ...]]:
    """One value per year, and what was left aside."""
    notes = seen["note"].fillna("")
    aside = seen[notes.str.startswith(CONFLICT)]
    kept = seen[~notes.str.startswith(CONFLICT)]
    disputed = kept[kept.groupby("year")["value"].transform("nunique").gt(1)]
    kept = (
        kept[~kept["year"].isin(disputed["year"])].sort_values(["year", "source_id"]).drop_duplicates("year")
    )
    weak = (
        kept[kept["note"].fillna("").str.contains("low reliability|low-reliability")]["year"]
        .astype(int)
        .tolist()
    )
    return kept, because(
        why("contradicted", values=_listed(aside)) if len(aside) else None,
        why("two_values", values=_listed(disputed)) if len(disputed) else None,
        why("low_reliability", years=", ".join(map(str, weak))) if weak else None,
    )


def _listed(rows: pd.DataFrame) -> str:
    return ", ".join(sorted(f"{row.value:g} ({row.year})" for row in rows.itertuples()))


def _standing(indicator: Mapping, asked: Mapping, seen: pd.DataFrame, level: float) -> dict:
    years, target = _years(indicator), indicator["target"]
    none = {"standing": "unknown", "reaches": None, "points": 0.0}
    if not len(seen):
        return none | {"reason": because(asked["reason"], why("none_observed"))}
    kept, aside = _observed(seen)
    cited = kept.reindex(columns=["source_id", "doc_id"]).bfill(axis=1)["source_id"].tolist()
    sources = [f"{indicator['indicator_id']}@{year}" for year in kept["year"]] + cited
    later = kept[kept["year"].gt(indicator["baseline_year"]) & kept["year"].le(indicator["target_year"])]
    if indicator["cumulative"]:
        return none | _flows(indicator, asked, later, years) | {"sources": sources}
    points = later[["year", "value"]].astype(float)
    if pd.notna(indicator["baseline"]):
        first = pd.DataFrame({"year": [float(indicator["baseline_year"])], "value": [indicator["baseline"]]})
        points = pd.concat([first, points], ignore_index=True)
    out = none | {"points": len(points), "sources": sources}
    reason = because(asked["reason"], aside)
    if not len(later):
        return out | {"reason": because(reason, why("none_observed"))}
    last = later.iloc[-1]
    out |= {"observed": last["value"], "observed_year": int(last["year"])}
    if len(points) < 3:
        reason = because(reason, why("too_few_years", years=len(points)))
    else:
        value, low, high = paths.project(
            points["year"].to_numpy(), points["value"].to_numpy(), int(indicator["target_year"]), level
        )
        out |= {"projected": value, "low": low, "high": high}
    if pd.isna(target) or asked["direction"] is None:
        return out | {"reason": reason}
    sign = -1 if asked["direction"] == "down" else 1
    if asked["start"] in ("met", "better"):
        expected, slack = target, 0.0
    elif pd.isna(indicator["baseline"]) or not years:
        return out | {"reason": reason}
    else:
        expected = indicator["baseline"] + asked["value"] * (
            int(last["year"]) - int(indicator["baseline_year"])
        )
        slack = MARGIN_YEARS * abs(asked["value"])
    gap = last["value"] - expected
    within = abs(gap) <= slack + 1e-9
    out |= {"expected": expected, "gap": gap}
    out["standing"] = "on_track" if within else "ahead" if sign * gap > 0 else "behind"
    name = classify(target, _bound_of(indicator, asked), float(last["value"]), approx=0.0)
    if name in ("over", "met") and asked["start"] not in ("met", "better"):
        out["reaches"] = "already"
    elif "projected" in out:
        near, far = sorted((sign * (out["low"] - target), sign * (out["high"] - target)))
        out["reaches"] = "yes" if near >= 0 else "no" if far < 0 else "uncertain"
    return out | {"reason": reason}


def _bound_of(indicator: Mapping, asked: Mapping) -> str:
    bound = indicator["bound"] if pd.notna(indicator["bound"]) else "exact"
    return bound if bound in (*UP, *DOWN) else "at_most" if asked["direction"] == "down" else "at_least"


def _flows(indicator: Mapping, asked: Mapping, later: pd.DataFrame, years: int) -> dict:
    """A cumulative target: the flows observed without a gap since the baseline, against as many years'
    pace.
    """
    first = int(indicator["baseline_year"]) + 1
    told = summed(later)
    if len(told) and years and pd.notna(indicator["target"]):
        return _against_pace(asked, told["value"].iloc[-1], int(told["year"].iloc[-1]) - first + 1, first)
    values = dict(zip(later["year"].astype(int), later["value"], strict=True))
    run = 0
    while first + run in values:
        run += 1
    if not run or not years or pd.isna(indicator["target"]):
        return {"reason": because(asked["reason"], why("no_run"))}
    return _against_pace(asked, sum(values[first + step] for step in range(run)), run, first)


def _against_pace(asked: Mapping, total: float, run: int, first: int) -> dict:
    """A sum of so many years from the first, against as many years' pace."""
    expected = asked["value"] * run
    gap, slack = total - expected, MARGIN_YEARS * abs(asked["value"])
    return {
        "observed": total,
        "observed_year": first + run - 1,
        "expected": expected,
        "gap": gap,
        "points": run,
        "standing": "on_track" if abs(gap) <= slack + 1e-9 else "ahead" if gap > 0 else "behind",
        "reason": because(asked["reason"], why("sum_so_far")),
    }
