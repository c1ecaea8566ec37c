"""An estimate of which region pays: the counties' part of a line, divided as its task is divided."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from minshi_analysis.language.regions import own_level
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.lines import funding_lines
from minshi_analysis.metrics.population import NOTES, hosts, included, residents, whole
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.model import records
from minshi_analysis.reasons import Reason, why

__all__ = ["attributed_funding"]

YUAN_PER_WAN = 10_000
UNATTRIBUTED = "（未分摊）"
# How many times as much a unit may plausibly cost in one region as in the others: works by ground and size, services and
# subsidies a head by local rates. Assumptions, not printed figures: `spread` replaces them.
SPREAD = {"works": 2.0, "service": 1.5}
_PEOPLE = frozenset({"人", "名", "位", "人次", "户", "例", "场", "场次", "批次", "堂", "节(次)", "种"})
_ABOUT = 0.05  # 约: shares within a twentieth of their head


def attributed_funding(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    by: str = "region",
    funder: str = "county",
    population_kind: str = "census",
    population_year: int | None = None,
    denominator: str | pd.DataFrame | None = None,
    spread: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """ESTIMATE of each region's part of the counties' money: ``amount * share / sum(shares)`` of the task's
    split.

    The plans print one amount for all counties together. Where a line serves one target with a printed
    split that adds up to it, the amount is divided in its proportion, as if a unit cost the same everywhere. Lines of
    several tasks or targets, without a split, split as rates, or with shares that do not add up to their head (beyond
    what 以上 explains) are not attributed; their money stands in rows of their own.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, allocations, funding,
        funding_tasks, population.
    by : {'region', 'line'}
        Sums per region, or each line's parts.
    funder : str
        Whose money. For `county` the government's own share (市本级) bears nothing: it has no county
        treasury.
    population_kind, population_year, denominator
        See :func:`minshi_analysis.metrics.population.residents`; the census is the kind that covers all
        counties.
    spread : mapping, optional
        How many times as much a unit may cost in one region as in the others, for `works` and `service` (persons,
        households, events). Default 2 and 1.5: assumptions.

    Returns
    -------
    DataFrame
        Keys doc_id, payer (a region, or `（未分摊）` for what cannot be attributed) and funding_id (by line);
        value (万元, at equal unit cost), low and high (万元: where a unit costs a region `spread` times less, or more, than the
        others), share (% of the funder's money), per_capita (元/人) and population (人) by region; estimate (true where
        divided by us); population notes; stage; source_ids; reason. The values add up to the funder's printed money: print
        the range beside them, and no more digits than it leaves. Where a share is printed for two bodies together, both
        are one payer.

    Examples
    --------
    >>> float(attributed_funding("温州市", 2022)["value"].sum().round(4))  # the counties' printed total
    484817.0389
    """
    if by not in ("region", "line"):
        raise ValueError(f"by is {by!r}: choose region or line")
    names = ("tasks", "targets", "allocations", "funding", "funding_tasks", "population")
    t = resolve(names, region, year, tables, kinds=("plan",))
    lines, rows = funding_lines(t), []
    targets = _by(t["targets"], "task_id")
    splits = _by(t["allocations"][["target_id", "region", "value"]], "target_id")
    known = included(whole(t["population"]))
    for document in t["documents"].itertuples():
        own = lines[lines["doc_id"].eq(document.doc_id) & lines["task_ids"].map(len).gt(0)]
        shares = t["allocations"][t["allocations"]["doc_id"].eq(document.doc_id)]
        merged = hosts(records(shares), known)
        parts = []
        for line in own.to_dict("records"):
            mine = [row for task in line["task_ids"] for row in targets.get(task, ())]
            parts += _divide(line, funder, mine, splits, merged, {**SPREAD, **(spread or {})})
        total = sum(part["value"] for part in parts if part["value"] == part["value"])
        if by == "region":
            how = (population_kind, population_year, denominator)
            codes = dict(zip(shares["region"], shares["adcode"], strict=True))
            parts = _by_payer(parts, t["population"], document, how, merged, codes)
        for part in parts:
            zero = None if total else why("no_money_of", funder=funder)
            rows.append(
                {
                    "doc_id": document.doc_id,
                    **part,
                    "share": 100 * part["value"] / total if total else float("nan"),
                    "estimate": part["payer"] != UNATTRIBUTED,
                    "reason": because(part["reason"], zero),
                }
            )
    figures = {"value": "万元", "low": "万元", "high": "万元", "share": "%"}
    if by == "line":
        keys = ["doc_id", "funding_id", "payer"]
        return result(rows, keys, figures, ["estimate"], t["documents"])
    figures |= {"per_capita": "元/人", "population": "人"}
    return result(rows, ["doc_id", "payer"], figures, ["estimate", *NOTES], t["documents"])


def _by(rows: pd.DataFrame, key: str) -> dict[str, list[Any]]:
    """Rows by what stands in a column: plain ones, for they are asked for one by one."""
    found: dict[str, list[Any]] = {}
    for row in rows.itertuples(index=False):
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _divide(
    line: Mapping,
    funder: str,
    targets: list,
    splits: Mapping[str, list[Any]],
    merged: Mapping[str, str],
    spread: Mapping[str, float],
) -> list[dict]:
    """A line's money of a funder: a part for each region where its one target is split, else one part."""
    source, amount = line["funding_id"], line.get(funder, float("nan"))  # no line may name that funder
    money = f"{source}@{funder}"
    left = {"funding_id": source, "payer": UNATTRIBUTED, "value": amount, "low": amount, "high": amount}
    left |= {"source_ids": join_ids(source, money)}
    if pd.isna(amount):
        return [left | {"source_ids": source, "reason": why("line_no_amount_of", line=source, funder=funder)}]
    if amount == 0:
        return []
    targets = [target for target in targets if not isinstance(target.part_of, str)]
    if len(line["task_ids"]) > 1 or len(targets) != 1:
        counts = {"tasks": len(line["task_ids"]), "targets": len(targets)}
        return [left | {"reason": why("line_for_many", line=source, **counts)}]
    target = targets[0]
    no_split = [left | {"reason": why("line_without_split", line=source)}]
    if target.target_id not in splits or target.unit in ("%", "‰"):
        return no_split
    shares = splits[target.target_id]
    gap = _open_split(target, shares)
    if gap is not None:
        return [left | {"reason": gap}]
    if funder == "county":
        shares = [share for share in shares if not own_level(share.region)]
    base = _sum(shares)
    if not base:
        return no_split
    factor = spread["service" if target.unit in _PEOPLE else "works"]
    payers: dict[str, list[Any]] = {}
    for share in shares:
        payers.setdefault(merged.get(share.region, share.region), []).append(share)
    parts = []
    for payer, own in sorted(payers.items()):
        value = _sum(own)
        ids = [f"{target.target_id}@{share.region}" for share in own]
        parts.append(
            {
                "funding_id": source,
                "payer": payer,
                "value": amount * value / base,
                "low": _dearer(amount, value, base - value, 1 / factor),
                "high": _dearer(amount, value, base - value, factor),
                "source_ids": join_ids(source, money, target.target_id, ids),
                "reason": why("estimate", spread=factor),
            }
        )
    return parts


def _dearer(amount: float, own: float, others: float, factor: float) -> float:
    """A region's part where a unit costs it `factor` times what it costs the others."""
    return amount * own * factor / (own * factor + others) if own else 0.0


def _sum(shares: list[Any]) -> float:
    """What the shares that print a number make together."""
    return float(np.sum([share.value if pd.notna(share.value) else 0.0 for share in shares]))


def _open_split(target, shares: list[Any]) -> Reason | None:
    """Why a split cannot be taken as complete, or None."""
    said = _sum(shares)
    if pd.isna(target.value):
        return why("head_without_number", target=target.target_id, shares=said)
    missing = target.value - said
    more = target.bound in ("at_least", "more_than") and missing < 0
    less = target.bound in ("at_most", "less_than") and missing > 0
    about = target.bound == "approx" and abs(missing) <= _ABOUT * abs(target.value)
    if abs(missing) <= 1e-6 * max(1.0, abs(target.value)) or more or less or about:
        return None
    return why("split_open", target=target.target_id, stated=float(target.value), shares=said)


def _by_payer(parts, population, document, how, merged, codes) -> list[dict]:
    kind, population_year, denominator = how
    grouped: dict[str, list[dict]] = {}
    for part in parts:
        grouped.setdefault(part["payer"], []).append(part)
    payers = [payer for payer in grouped if payer != UNATTRIBUTED]
    people = residents(
        population,
        payers,
        document.year,
        kind,
        population_year,
        combined=merged.values(),
        codes=codes,
        denominator=denominator,
    )
    people = people.set_index("region", drop=False)
    out = []
    for payer, own in grouped.items():
        known = [part["value"] for part in own if part["value"] == part["value"]]
        row = {
            "payer": payer,
            "value": sum(known) if known else float("nan"),
            **{
                end: sum(part[end] for part in own if part[end] == part[end])
                for end in ("low", "high")
                if known
            },
            "source_ids": join_ids([part["source_ids"] for part in own]),
            "reason": because(*(part["reason"] for part in own)),
        }
        if payer in people.index:
            who = people.loc[payer]
            row |= {name: who[name] for name in ("population", *NOTES)}
            row["per_capita"] = row["value"] * YUAN_PER_WAN / who["population"]
            row["source_ids"] = join_ids(row["source_ids"], who["population_source"])
            bodies = [body for body, host in merged.items() if host == payer]
            together = why("with_bodies", bodies=bodies) if bodies else None
            row["reason"] = because(row["reason"], together, who["reason"])
        out.append(row)
    return out
