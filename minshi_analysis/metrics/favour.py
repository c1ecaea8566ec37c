"""Whether a split favours a group of regions, beside what size alone explains, tested by permutation."""

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from minshi_analysis.metrics.equity import RATES, coarse, sparse, splits
from minshi_analysis.metrics.inequality import gini, theil, theil_parts
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.reasons import Reason, why

__all__ = ["allocation_equity", "corrected", "size_and_group"]

_TABLES = ("tasks", "targets", "allocations", "population")
_SPARE = 5  # observations beyond the coefficients, below which a fit says nothing
_EXACT = 5_000  # so many ways to choose the group are all tried
_UNITS = {
    "gini": "0..1",
    "theil": "nat",
    "theil_within": "nat",
    "theil_between": "nat",
    "group_ratio": "倍",
    "group_correlation": "-1..1",
    "group_given_size": "t",
    "population_correlation": "-1..1",
    "advantage_correlation": "-1..1",
    "without_population": "%",
}


def allocation_equity(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    group: Iterable[str] | None = None,
    advantage: Mapping[str, float] | None = None,
    population_kind: str = "census",
    population_year: int | None = None,
    denominator: str | pd.DataFrame | None = None,
    permutations: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """How unequal each split is per resident, and whether it favours a group of regions beyond what size explains.

    Parameters
    ----------
    region, year, tables, population_kind, population_year, denominator
        As in :func:`minshi_analysis.metrics.allocation_rates`.
    group : iterable of str, optional
        Full names of the regions a policy means to favour.
    advantage : mapping of region to number, optional
        Any measure of how well off a region is.
    permutations, seed : int
        How often labels are dealt anew where not every way can be tried.

    Returns
    -------
    DataFrame
        Keys doc_id, target_id, measure, statistic; value and unit; p (0..1, permutation test, two-sided) and q (p corrected
        for all splits of the document, Benjamini and Hochberg); regions (个, compared), implied_zero (个, of them left out of
        a split that adds up); coarse; population_of, population_kind, population_date; stage; source_ids; reason.
        Statistics: `gini` and `theil` (weighted by residents, of the rate per resident; no interval: twelve counties are no
        sample); `theil_within` and `theil_between` (the group and the rest); `group_ratio` (倍, the group's rate over the
        others'); `group_correlation` (Spearman, over the greatest it can be with a group of that size); `group_given_size` (t of
        belonging in a regression of the rate on belonging and the logarithm of residents); `population_correlation`
        (Spearman of rate and residents: units come whole, so small regions have high rates); `advantage_correlation`;
        `without_population` (%, the part of the split that goes to bodies without residents). A coarse split (one library for
        each county) has no statistics but the last.

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
    for target, document, records in splits(t, population_kind, population_year, denominator):
        rows += _rows(target, document, records, members, advantage, permutations, seed)
    _correct(rows)
    figures = {"value": None, "p": "0..1", "q": "0..1", "regions": "个", "implied_zero": "个"}
    notes = ["coarse", "population_of", "population_kind", "population_date"]
    keys = ["doc_id", "target_id", "measure", "statistic"]
    return result(rows, keys, figures, notes, t["documents"])


def _rows(target, document, records, members, advantage, permutations, seed) -> list[dict]:
    shares = pd.DataFrame(records)
    counted = shares[shares["population"].notna() & shares["value"].notna()].sort_values("region")
    housed = shares["population"].notna()
    whole = shares["value"].sum()
    few = coarse(target, records)
    lost = int((housed & shares["value"].isna() & shares["basis"].eq("not_printed")).sum())
    aside = int(shares["basis"].eq("not_concerned").sum())
    common = {
        "doc_id": document["doc_id"],
        "target_id": target["target_id"],
        "measure": target["measure"],
        "coarse": few,
        "regions": len(counted),
        "implied_zero": counted["basis"].eq("implied_zero").sum(),
        "population_of": _only(counted["population_of"]),
        "population_kind": _only(counted["population_kind"]),
        "population_date": _only(counted["population_date"]),
        "source_ids": join_ids(
            target["target_id"],
            [entry for ids in counted["share_ids"] for entry in ids],
            counted["population_source"].dropna().tolist(),
        ),
    }
    limits = because(
        why("regions_unknown", regions=lost) if lost else None,
        why("regions_not_concerned", regions=aside) if aside else None,
        *shares.loc[~housed, "reason"],
    )
    obstacle = _obstacle(target, counted, few)
    outside = (
        100 * shares.loc[~housed, "value"].sum() / whole
        if whole and target["unit"] not in RATES
        else float("nan")
    )
    found = {"without_population": (outside, float("nan"))}
    found |= _statistics(counted, members, advantage, permutations, seed, obstacle)
    rows = []
    for name, (value, p) in found.items():
        undefined = why("not_defined") if np.isnan(value) and not obstacle else None
        held = obstacle if name != "without_population" or np.isnan(value) else None
        reason = because(held, undefined, limits)
        rows.append(
            common | {"statistic": name, "value": value, "unit": _UNITS[name], "p": p, "reason": reason}
        )
    return rows


def _only(values: pd.Series) -> str | None:
    return "|".join(sorted(set(values.dropna().astype(str)))) or None


def _obstacle(target: Mapping, counted: pd.DataFrame, few: bool) -> Reason | None:
    if target["unit"] in RATES:
        return why("rate_not_divided")
    if len(counted) < 2 or not counted["value"].sum() > 0:
        return why("fewer_than_two")
    return why("coarse_split") if few else None


def corrected(p: Iterable[float]) -> np.ndarray:
    """p-values corrected for how many they are, by Benjamini and Hochberg; NaN stays.

    Examples
    --------
    >>> corrected([0.01, 0.04, 0.03, float("nan")]).round(3).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    p = np.asarray(list(p), float)
    known = np.flatnonzero(np.isfinite(p))
    order = known[np.argsort(p[known])]
    raised = p[order] * len(order) / np.arange(1, len(order) + 1)
    out = np.full(len(p), np.nan)
    out[order] = np.minimum.accumulate(raised[::-1])[::-1].clip(max=1.0)
    return out


def _correct(rows: list[dict]) -> None:
    held: dict[tuple, list[dict]] = {}
    for row in sorted(rows, key=lambda row: str(row["target_id"])):
        held.setdefault((row["doc_id"], row["statistic"]), []).append(row)
    for own in held.values():
        for row, q in zip(own, corrected(row["p"] for row in own), strict=True):
            row["q"] = float(q)


# --- statistics ----------------------------------------------------------------------------------------------------


def _statistics(counted, members, advantage, permutations, seed, obstacle) -> dict[str, tuple[float, float]]:
    values, weights = counted["value"].to_numpy(float), counted["population"].to_numpy(float)
    belongs = counted["region"].isin(members).to_numpy()
    measure = counted["region"].map(dict(advantage or {})).to_numpy(float) if advantage else None
    wanted = ["gini", "theil", "population_correlation"]
    wanted += (
        ["theil_within", "theil_between", "group_ratio", "group_correlation", "group_given_size"]
        if members
        else []
    )
    wanted += ["advantage_correlation"] if advantage else []
    if obstacle:
        return {name: (float("nan"), float("nan")) for name in wanted}
    rate = values / weights
    two = bool(belongs.any() and not belongs.all())
    dealt = _dealt(belongs, permutations, seed) if members and two else None
    shuffled = _shuffled(len(rate), permutations, seed)
    out: dict[str, tuple[float, float]] = {
        "gini": (float(gini(rate, weights)), float("nan")),
        "theil": (float(theil(rate, weights)), float("nan")),
        "population_correlation": _tested(
            _spearman(rate, weights), lambda: _spearmans(rate[shuffled], weights)
        ),
    }
    if members:
        within, between = theil_parts(rate, weights, belongs) if two else (float("nan"), float("nan"))
        out |= {"theil_within": (within, float("nan")), "theil_between": (between, float("nan"))}
        out |= _of_group(values, weights, rate, belongs, dealt)
    if measure is not None:
        known = np.isfinite(measure)
        own, other = rate[known], measure[known]
        mixed = _shuffled(len(own), permutations, seed)
        out["advantage_correlation"] = _tested(_spearman(own, other), lambda: _spearmans(own[mixed], other))
    return {name: out[name] for name in wanted}


def _of_group(values, weights, rate, belongs, dealt) -> dict[str, tuple[float, float]]:
    nothing = (float("nan"), float("nan"))
    if dealt is None:
        return dict.fromkeys(("group_ratio", "group_correlation", "group_given_size"), nothing)
    every = comb(len(belongs), int(belongs.sum())) <= _EXACT
    ratio = float(_ratios(values, weights, belongs[None])[0])
    with np.errstate(divide="ignore"):
        tested = (
            _tested(np.log(ratio), lambda: np.log(_ratios(values, weights, dealt)), every=every)
            if ratio == ratio
            else nothing
        )
    most = _spearman(np.sort(rate), np.sort(belongs.astype(float)))
    rho = _spearman(rate, belongs.astype(float)) / most if most else float("nan")
    ranks = _ranks(rate)
    out = {
        "group_ratio": (ratio, tested[1]),
        "group_correlation": _tested(
            rho, lambda: _spearmans_of(ranks, dealt.astype(float)) / most, every=every
        ),
    }
    t_value, size = _with_size(rate, belongs, np.log(weights)), np.log(weights)
    out["group_given_size"] = _tested(
        t_value, lambda: np.array([_with_size(rate, chosen, size) for chosen in dealt]), every=every
    )
    return out


def _tested(value: float, spread: Callable[[], np.ndarray], *, every: bool = False) -> tuple[float, float]:
    """A statistic and its two-sided p: how often chance gives one as far from nought."""
    if not np.isfinite(value):
        infinite = bool(np.isinf(value))
        if not infinite:
            return value, float("nan")
    drawn = np.abs(spread())
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return value, float("nan")
    extreme = int((drawn >= abs(value) - 1e-9).sum())
    # every way to choose holds the one there is; of random ones it is one more
    return value, extreme / len(drawn) if every else (extreme + 1) / (len(drawn) + 1)


def _dealt(belongs: np.ndarray, permutations: int, seed: int) -> np.ndarray:
    """Every way to choose a group of that size, or so many of them at random."""
    n, k = len(belongs), int(belongs.sum())
    if comb(n, k) <= _EXACT:
        found = np.zeros((comb(n, k), n), bool)
        for row, chosen in zip(found, combinations(range(n), k), strict=True):
            row[list(chosen)] = True
        return found
    random = np.random.default_rng(seed)
    return np.array([random.permutation(belongs) for _ in range(permutations)])


def _shuffled(n: int, permutations: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return np.array([random.permutation(n) for _ in range(permutations)])


def _ratios(values, weights, chosen) -> np.ndarray:
    """The group's rate over the others', for each choice of the group."""
    inside = (chosen * values).sum(-1) / (chosen * weights).sum(-1)
    outside = (~chosen * values).sum(-1) / (~chosen * weights).sum(-1)
    return np.divide(inside, outside, out=np.full(len(inside), np.nan), where=outside > 0)


def _spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(_spearmans(np.asarray(a)[None], b)[0]) if len(a) >= 3 else float("nan")


def _spearmans(rows: np.ndarray, other: np.ndarray) -> np.ndarray:
    return _pearsons(_ranks(rows), _ranks(other)[None])


def _spearmans_of(ranks: np.ndarray, others: np.ndarray) -> np.ndarray:
    return _pearsons(ranks[None], _ranks(others))


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks within each row, ties shared (scipy has them too, but takes half a second to import)."""
    rows = np.atleast_2d(values)
    return pd.DataFrame(rows).rank(axis=1).to_numpy().reshape(np.shape(values))


def _pearsons(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    a, b = a - a.mean(-1, keepdims=True), b - b.mean(-1, keepdims=True)
    size = np.sqrt((a**2).sum(-1) * (b**2).sum(-1))
    return np.divide((a * b).sum(-1), size, out=np.full(np.shape(size), np.nan), where=size > 0)


def _with_size(rate: np.ndarray, belongs: np.ndarray, size: np.ndarray) -> float:
    """t of belonging in ``rate ~ 1 + belongs + log residents``; NaN where nothing is left to judge by."""
    found = _regress(rate, np.column_stack([np.ones(len(rate)), belongs.astype(float), size]))
    return float(found[1][1]) if found else float("nan")


def _regress(y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Coefficients and their t by least squares, or None where there is nothing left over."""
    n, k = x.shape
    if n < k + _SPARE or np.linalg.matrix_rank(x) < k:
        return None
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ y
    rest = y - x @ beta
    scatter = float(rest @ rest) / (n - k)
    if scatter <= 1e-30:
        return None
    return beta, beta / np.sqrt(scatter * np.diag(inverse))


def size_and_group(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    group: Iterable[str],
    population_kind: str = "census",
    population_year: int | None = None,
    denominator: str | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Over all splits of a document that can be compared: does the group get more than its residents' part, given its size?

    Regresses each region's mean location quotient on belonging and the logarithm of residents. What looks like favour is
    mostly size: small regions have high quotients because units come whole.

    Parameters
    ----------
    region, year, tables, group, population_kind, population_year, denominator
        As in :func:`allocation_equity`.

    Returns
    -------
    DataFrame
        Keys doc_id, term (`group`, `log_population`); value (倍, the coefficient), t (t), alone (倍, the difference of the
        group's mean from the others' without size beside it; only for `group`), regions and splits (个); stage;
        source_ids; reason.

    Examples
    --------
    >>> mountains = ["永嘉县", "文成县", "平阳县", "泰顺县", "苍南县"]
    >>> found = size_and_group("温州市", 2022, group=mountains).set_index("term")
    >>> bool(found.loc["log_population", "value"] < 0)
    True
    """
    t = resolve(_TABLES, region, year, tables)
    members, rows = set(group), []
    by_document: dict[str, list[dict]] = {}
    for target, document, records in splits(t, population_kind, population_year, denominator):
        counted = [r for r in records if r["population"] == r["population"] and r["value"] == r["value"]]
        amount, people = sum(r["value"] for r in counted), sum(r["population"] for r in counted)
        if target["unit"] in RATES or coarse(target, records) or sparse(records) or not amount:
            continue
        for r in counted:
            quotient = (r["value"] / r["population"]) / (amount / people)
            by_document.setdefault(document["doc_id"], []).append(
                r | {"quotient": quotient, "target": target["target_id"]}
            )
    for doc_id in sorted(by_document):
        rows += _size_rows(doc_id, pd.DataFrame(by_document[doc_id]), members)
    for doc_id in sorted(set(t["documents"]["doc_id"])) if not by_document else ():
        rows += [
            {
                "doc_id": doc_id,
                "term": term,
                "unit": "倍",
                "source_ids": doc_id,
                "reason": why("no_split_to_compare"),
            }
            for term in ("group", "log_population")
        ]
    figures = {"value": "倍", "t": "t", "alone": "倍", "regions": "个", "splits": "个"}
    return result(rows, ["doc_id", "term"], figures, (), t["documents"])


def _size_rows(doc_id: str, found: pd.DataFrame, members: set[str]) -> list[dict]:
    mean = (
        found.groupby("region")
        .agg(quotient=("quotient", "mean"), population=("population", "max"))
        .sort_index()
    )
    belongs = mean.index.isin(list(members))
    x = np.column_stack([np.ones(len(mean)), belongs.astype(float), np.log(mean["population"])])
    fitted = _regress(mean["quotient"].to_numpy(float), x)
    alone = mean["quotient"][belongs].mean() - mean["quotient"][~belongs].mean()
    common = {
        "doc_id": doc_id,
        "regions": len(mean),
        "splits": found["target"].nunique(),
        "source_ids": join_ids(
            sorted(set(found["target"])), found["population_source"].dropna().unique().tolist()
        ),
    }
    rows = []
    for k, term in ((1, "group"), (2, "log_population")):
        value, t_value = (
            (float(fitted[0][k]), float(fitted[1][k])) if fitted else (float("nan"), float("nan"))
        )
        reason = because(why("size_first"), None if fitted else why("not_defined"))
        rows.append(
            common
            | {"term": term, "value": value, "t": t_value, "reason": reason}
            | ({"alone": alone} if k == 1 else {})
        )
    return rows
