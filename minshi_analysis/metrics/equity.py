"""Who gets how much: allocations per resident, their inequality, and whether a policy group is favoured."""

from collections.abc import Iterable, Iterator, Mapping
from math import fsum

import numpy as np
import pandas as pd
from scipy import stats

from minshi_analysis.metrics.completion import NO_UNIT
from minshi_analysis.metrics.inequality import gini, theil, theil_parts
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.population import hosts, included, residents
from minshi_analysis.metrics.result import because, join_ids, result

__all__ = ["allocation_equity", "allocation_rates"]

PER = 10_000
RATES = ("%", "‰")
NOT_PRINTED = "no share is printed, and the printed shares do not add up to the target"
_TABLES = ("tasks", "targets", "allocations", "population")
_POPULATION_NOTES = ("population_kind", "population_date", "population_boundary", "population_note")


def allocation_rates(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    population_kind: str = "census",
    population_year: int | None = None,
) -> pd.DataFrame:
    """Each region's share per 10,000 residents, and its location quotient.

    ``rate = 10000 * share / residents``; ``quotient = (share / sum of shares) / (residents / sum of
    residents)`` over the regions with residents: above 1 a region gets more than its residents' part.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, allocations, population.
    population_kind, population_year
        See :func:`minshi_analysis.metrics.population.residents`. Default: the last census, which alone
        covers every county of a city; year-end figures of counties are published for some years only.

    Returns
    -------
    DataFrame
        Keys doc_id, target_id, measure, region; value (unit/万人), quotient (倍), allocated (the target's
        unit), population (人); basis (`printed`, or `implied_zero`: a county left out of a split that adds
        up to its target); population notes; source_ids; reason. A body without residents, such as the
        city's own share, has a row without rate.

    Notes
    -----
    A share printed for two bodies together is set against the residents of both. Residents of all ages
    stand in for those a task is for; need is not measured.

    Examples
    --------
    >>> found = allocation_rates("温州市", 2022).set_index(["target_id", "region"])
    >>> round(float(found.loc[("wenzhou-2022-plan/5.4#1", "鹿城区"), "value"]), 3)  # 50 for 1,167,165
    0.428
    """
    t = resolve(_TABLES, region, year, tables)
    rows = []
    for target, document, shares in _splits(t, population_kind, population_year):
        unit = target["unit"] if pd.notna(target["unit"]) else NO_UNIT
        counted = [share for share in shares if _known(share["population"]) and _known(share["value"])]
        amount, people = (fsum(share[name] for share in counted) for name in ("value", "population"))
        for share in shares:
            rate = share["value"] / share["population"]
            obstacle = "a rate is not divided among regions" if unit in RATES else None
            rows.append(
                {
                    "doc_id": document["doc_id"],
                    "target_id": target["target_id"],
                    "measure": target["measure"],
                    "region": share["region"],
                    "value": float("nan") if obstacle else PER * rate,
                    "unit": f"{unit}/万人",
                    "quotient": float("nan") if obstacle or not amount else rate / (amount / people),
                    "allocated": share["value"],
                    "allocated_unit": unit,
                    **{name: share[name] for name in ("population", *_POPULATION_NOTES)},
                    "basis": share["basis"],
                    "source_ids": join_ids(target["target_id"], share["population_source"]),
                    "reason": because(obstacle, share["reason"]),
                }
            )
    figures = {"value": None, "quotient": "倍", "allocated": None, "population": "人"}
    return result(rows, ["doc_id", "target_id", "measure", "region"], figures, ["basis", *_POPULATION_NOTES])


def allocation_equity(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    group: Iterable[str] | None = None,
    advantage: Mapping[str, float] | None = None,
    population_kind: str = "census",
    population_year: int | None = None,
    draws: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """How unequal each split is per resident, and whether it favours a group of regions.

    Parameters
    ----------
    region, year, tables, population_kind, population_year
        As in :func:`allocation_rates`.
    group : iterable of str, optional
        Full names of the regions a policy means to favour.
    advantage : mapping of region to number, optional
        Any measure of how well off a region is.
    draws, confidence, seed : int, float, int
        Of the bootstrap: regions are drawn with replacement, the interval is of percentiles.

    Returns
    -------
    DataFrame
        Keys doc_id, target_id, measure, statistic; value and unit; low and high (the interval); regions (个,
        compared), implied_zero (个, of them left out of a split that adds up); population_kind,
        population_date; source_ids; reason. Statistics: `gini` and `theil` (weighted by residents, of the
        rate per resident); `theil_within` and `theil_between` (the group and the rest); `group_ratio` (倍,
        the group's rate over the others'); `group_correlation` and `advantage_correlation` (Spearman's rank
        correlation of the rate with belonging, or the measure; without weights); `without_population` (%,
        the part of the split that goes to bodies without residents).

    Notes
    -----
    Counties are few and not a sample: the interval tells how much hangs on single counties, not a chance of
    error. Many targets are tested at once; read the pattern, not the one that stands out.

    Examples
    --------
    >>> mountains = ["永嘉县", "文成县", "平阳县", "泰顺县", "苍南县"]
    >>> found = allocation_equity("温州市", 2022, group=mountains).set_index(["target_id", "statistic"])
    >>> round(float(found.loc[("wenzhou-2022-plan/8.4#1", "group_ratio"), "value"]), 2)
    1.27
    """
    t = resolve(_TABLES, region, year, tables)
    members = set(group or ())
    rows = []
    for target, document, records in _splits(t, population_kind, population_year):
        shares = pd.DataFrame(records)
        keys = {"doc_id": document["doc_id"], "target_id": target["target_id"], "measure": target["measure"]}
        counted = shares[shares["population"].notna() & shares["value"].notna()].sort_values("region")
        whole = shares["value"].sum()
        ids = join_ids(target["target_id"], counted["population_source"].tolist())
        lost = int((shares["population"].notna() & shares["value"].isna()).sum())
        unknown = f"{lost} counties have no printed share and are left out" if lost else None
        common = keys | {
            "regions": len(counted),
            "implied_zero": counted["basis"].eq("implied_zero").sum(),
            "population_kind": population_kind,
            "population_date": "|".join(sorted(set(counted["population_date"].dropna()))),
            "source_ids": ids,
            "reason": because(unknown, *shares.loc[shares["population"].isna(), "reason"]),
        }
        obstacle = _obstacle(target, counted)
        aside = (
            100 * shares.loc[shares["population"].isna(), "value"].sum() / whole if whole else float("nan")
        )
        outside = aside if target["unit"] not in RATES else float("nan")
        found = {"without_population": (outside, "%", None)}
        found |= _statistics(counted, members, advantage, draws, confidence, seed, obstacle)
        for name, (value, unit, interval) in found.items():
            low, high = interval or (float("nan"), float("nan"))
            undefined = "not defined for these regions" if np.isnan(value) and not obstacle else None
            rows.append(
                common
                | {"statistic": name, "value": value, "unit": unit, "low": low, "high": high}
                | {
                    "low_unit": unit,
                    "high_unit": unit,
                    "reason": because(obstacle, undefined, common["reason"]),
                }
            )
    figures = {"value": None, "low": None, "high": None, "regions": "个", "implied_zero": "个"}
    notes = ["population_kind", "population_date"]
    return result(rows, ["doc_id", "target_id", "measure", "statistic"], figures, notes)


def _obstacle(target: Mapping, counted: pd.DataFrame) -> str | None:
    if target["unit"] in RATES:
        return "a rate is not divided among regions"
    if len(counted) < 2 or not counted["value"].sum() > 0:
        return "fewer than two regions with residents share it"
    return None


def _splits(
    t: Mapping[str, pd.DataFrame], kind: str, population_year: int | None
) -> Iterator[tuple[dict, dict, list[dict]]]:
    """(target, document, shares with residents) of each target that is split over regions."""
    documents = {row["doc_id"]: row for row in t["documents"].to_dict("records")}
    inside = {doc_id: _inside(row["adcode"], t["population"]) for doc_id, row in documents.items()}
    known = included(t["population"])
    split = dict(list(t["allocations"].groupby("target_id")))
    asked: dict[tuple, list[dict]] = {}  # most targets of a document are split over the same regions
    for target in t["targets"].to_dict("records"):
        if target["target_id"] in split:
            document, shares = documents[target["doc_id"]], split[target["target_id"]]
            together = hosts(shares, known)
            regions = tuple(sorted({*shares["region"], *inside[document["doc_id"]]}))
            key = (document["doc_id"], regions, tuple(sorted(together.items())))
            if key not in asked:
                found = residents(
                    t["population"],
                    regions,
                    document["year"],
                    kind,
                    population_year,
                    combined=together.values(),
                )
                asked[key] = found.to_dict("records")
            yield target, document, _shares(target, shares, asked[key], together)


def _inside(code: object, population: pd.DataFrame) -> set[str]:
    """Every region right under a document's own, by its code."""
    if not isinstance(code, str) or not code.endswith("00"):
        return set()  # a county's split is over bodies without a code
    codes = population["adcode"].fillna("")
    if code.endswith("0000"):
        under = codes.str.startswith(code[:2]) & codes.str.endswith("00") & ~codes.str.endswith("0000")
    else:
        under = codes.str.startswith(code[:4]) & ~codes.str.endswith("00")
    return set(population.loc[under, "region"])


def _known(value: float) -> bool:
    return value == value


def _shares(
    target: Mapping, shares: pd.DataFrame, people: list[dict], together: Mapping[str, str]
) -> list[dict]:
    """A record for each region that could have a share: its residents, value (NaN if unknown) and basis."""
    printed: dict[str, list[float]] = {}
    for region, value in zip(shares["region"], shares["value"], strict=True):
        printed.setdefault(region, []).extend([value] if _known(value) else [])
    values = {region: _sum(each) for region, each in printed.items()}
    whole = fsum(value for value in values.values() if _known(value))
    adds_up = pd.notna(target["value"]) and np.isclose(whole, target["value"], rtol=1e-9)
    # A region of a boundary that does not hold has neither a share nor residents.
    people = [row for row in people if _known(row["population"]) or row["region"] in values]
    here = {row["region"] for row in people}
    values = {region: values.get(region, float("nan")) for region in here}
    for body, host in _counted_with(people, together).items():
        if host in values:
            both = [values[region] for region in (body, host) if region in values]
            values[host] = _sum([value for value in both if _known(value)])
        values.pop(body, None)
    found = []
    for row in people:
        if row["region"] not in values:
            continue
        value, basis, reason = values[row["region"]], "printed", row["reason"]
        if not _known(value):
            basis = "implied_zero" if adds_up else "not_printed"
            value = 0.0 if adds_up else value
            reason = reason if adds_up else NOT_PRINTED
        found.append(row | {"value": value, "basis": basis, "reason": reason})
    return found


def _sum(values: list[float]) -> float:
    """Their sum, of nothing NaN."""
    return fsum(values) if values else float("nan")


def _counted_with(people: list[dict], together: Mapping[str, str]) -> dict[str, str]:
    """Bodies whose residents are counted with a host's: their shares must be added to it."""
    named = {row["includes"]: row["region"] for row in people if isinstance(row["includes"], str)}
    return {**named, **together}


def _statistics(counted, members, advantage, draws, confidence, seed, obstacle) -> dict[str, tuple]:
    values, weights = counted["value"].to_numpy(float), counted["population"].to_numpy(float)
    belongs = counted["region"].isin(members).to_numpy()
    measure = counted["region"].map(dict(advantage or {})).to_numpy(float) if advantage else None
    wanted = ["gini", "theil"]
    wanted += ["theil_within", "theil_between", "group_ratio", "group_correlation"] if members else []
    wanted += ["advantage_correlation"] if advantage else []
    units = {
        "group_ratio": "倍",
        "group_correlation": "-1..1",
        "advantage_correlation": "-1..1",
        "gini": "0..1",
    }
    if obstacle:
        return {name: (float("nan"), units.get(name, "nat"), None) for name in wanted}
    rate = values / weights
    picks = np.random.default_rng(seed).integers(0, len(rate), (draws, len(rate)))
    drawn = {"rate": rate[picks], "weights": weights[picks], "belongs": belongs[picks]}
    whole = {"rate": rate, "weights": weights, "belongs": belongs}
    if measure is not None:
        drawn["measure"], whole["measure"] = measure[picks], measure
    out = {}
    for name in wanted:
        if name in ("theil_within", "theil_between"):
            parts = theil_parts(rate, weights, belongs)
            two = belongs.any() and not belongs.all()
            out[name] = (parts[name == "theil_between"] if two else float("nan"), "nat", None)
            continue
        compute = _COMPUTE[name]
        spread = np.asarray(compute(**drawn), float)
        spread = spread[np.isfinite(spread)]
        tail = 100 * (1 - confidence) / 2
        interval = tuple(np.percentile(spread, [tail, 100 - tail])) if len(spread) else None
        out[name] = (float(compute(**whole)), units.get(name, "nat"), interval)
    return out


def _ratio(rate, weights, belongs, **_) -> np.ndarray:
    amount = rate * weights
    inside = np.where(belongs, amount, 0).sum(-1) / np.where(belongs, weights, 0).sum(-1).clip(1e-300)
    outside = np.where(belongs, 0, amount).sum(-1) / np.where(belongs, 0, weights).sum(-1).clip(1e-300)
    defined = belongs.any(-1) & (~belongs).any(-1) & (outside > 0)
    return np.where(defined, inside / np.where(outside > 0, outside, 1), np.nan)


def _spearman(rate: np.ndarray, other: np.ndarray) -> np.ndarray:
    known = np.isfinite(np.broadcast_to(other, rate.shape))
    if not known.all():
        if rate.ndim > 1:
            return np.array([_spearman(r[k], o[k]) for r, o, k in zip(rate, other, known, strict=True)])
        rate, other = rate[known], other[known]
    if rate.shape[-1] < 3:
        return np.array(np.nan)
    first, second = stats.rankdata(rate, axis=-1), stats.rankdata(other, axis=-1)
    first = first - first.mean(-1, keepdims=True)
    second = second - second.mean(-1, keepdims=True)
    size = np.sqrt((first**2).sum(-1) * (second**2).sum(-1))
    return np.divide((first * second).sum(-1), size, out=np.full(np.shape(size), np.nan), where=size > 0)


_COMPUTE = {
    "gini": lambda rate, weights, **_: gini(rate, weights),
    "theil": lambda rate, weights, **_: theil(rate, weights),
    "group_ratio": _ratio,
    "group_correlation": lambda rate, belongs, **_: _spearman(rate, belongs.astype(float)),
    "advantage_correlation": lambda rate, measure, **_: _spearman(rate, measure),
}
