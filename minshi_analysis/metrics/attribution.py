"""An estimate of which region pays: the counties' part of a line, divided as its task is divided."""

from collections.abc import Mapping

import pandas as pd

from minshi_analysis.language.regions import own_level
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.lines import funding_lines
from minshi_analysis.metrics.population import hosts, included, residents
from minshi_analysis.metrics.result import because, join_ids, result

__all__ = ["attributed_funding"]

YUAN_PER_WAN = 10_000
UNATTRIBUTED = "（未分摊）"


def attributed_funding(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    by: str = "region",
    funder: str = "county",
    population_kind: str = "census",
    population_year: int | None = None,
) -> pd.DataFrame:
    """ESTIMATE of each region's part of the counties' money: ``amount * share / sum(shares)`` of the task's
    split.

    The plans print one amount for all counties together. Where a line serves one target with a printed
    split, the amount is divided in its proportion, as if a unit cost the same everywhere. Lines of several
    tasks or targets, without a split, or split as rates are not attributed; their money stands in rows of
    their own.

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
    population_kind, population_year
        See :func:`minshi_analysis.metrics.population.residents`; the census is the kind that covers all
        counties.

    Returns
    -------
    DataFrame
        Keys doc_id, payer (a region, or `（未分摊）` for what cannot be attributed) and funding_id (by line);
        value (万元), share (% of the funder's money), per_capita (元/人) and population (人) by region;
        estimate (true where divided by us); population notes; source_ids; reason. The values add up to the
        funder's printed money. Where a share is printed for two bodies together, both are one payer.

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
    targets = dict(list(t["targets"].groupby("task_id")))
    splits = dict(list(t["allocations"].groupby("target_id")))
    for document in t["documents"].itertuples():
        own = lines[lines["doc_id"].eq(document.doc_id) & lines["task_ids"].map(len).gt(0)]
        shares = t["allocations"][t["allocations"]["doc_id"].eq(document.doc_id)]
        merged = hosts(shares, included(t["population"]))
        parts = []
        for line in own.to_dict("records"):
            mine = [row for task in line["task_ids"] if task in targets for row in targets[task].itertuples()]
            parts += _divide(line, funder, mine, splits, merged)
        total = sum(part["value"] for part in parts if part["value"] == part["value"])
        if by == "region":
            parts = _by_payer(parts, t["population"], document, population_kind, population_year, merged)
        for part in parts:
            zero = None if total else f"no money of {funder} is printed"
            rows.append(
                {
                    "doc_id": document.doc_id,
                    **part,
                    "share": 100 * part["value"] / total if total else float("nan"),
                    "estimate": part["payer"] != UNATTRIBUTED,
                    "reason": because(part["reason"], zero),
                }
            )
    figures = {"value": "万元", "share": "%"}
    if by == "line":
        return result(rows, ["doc_id", "funding_id", "payer"], figures, ["estimate"])
    figures |= {"per_capita": "元/人", "population": "人"}
    notes = ["estimate", "population_kind", "population_date", "population_boundary", "population_note"]
    return result(rows, ["doc_id", "payer"], figures, notes)


def _divide(
    line: Mapping,
    funder: str,
    targets: list,
    splits: Mapping[str, pd.DataFrame],
    merged: Mapping[str, str],
) -> list[dict]:
    """A line's money of a funder: a part for each region where its one target is split, else one part."""
    source, amount = line["funding_id"], line[funder]
    left = {"funding_id": source, "payer": UNATTRIBUTED, "value": amount, "source_ids": source}
    if pd.isna(amount):
        return [left | {"reason": f"{source}: no amount of {funder} is printed"}]
    if amount == 0:
        return []
    if len(line["task_ids"]) > 1 or len(targets) != 1:
        counts = f"{len(line['task_ids'])} tasks, {len(targets)} targets"
        return [left | {"reason": f"{source}: one amount for {counts}"}]
    target = targets[0]
    no_split = [left | {"reason": f"{source}: its task has no split of a quantity over regions"}]
    if target.target_id not in splits or target.unit in ("%", "‰"):
        return no_split
    shares = splits[target.target_id]
    if funder == "county":
        shares = shares[~shares["region"].map(own_level).astype(bool)]
    base = shares["value"].sum()
    if not base:
        return no_split
    payers = shares["region"].map(lambda name: merged.get(name, name))
    return [
        {
            "funding_id": source,
            "payer": payer,
            "value": amount * value / base,
            "source_ids": join_ids(source, target.target_id),
            "reason": "estimate: divided as the task's quantity is",
        }
        for payer, value in shares["value"].groupby(payers).sum().items()
    ]


def _by_payer(parts, population, document, kind, population_year, merged) -> list[dict]:
    grouped: dict[str, list[dict]] = {}
    for part in parts:
        grouped.setdefault(part["payer"], []).append(part)
    payers = [payer for payer in grouped if payer != UNATTRIBUTED]
    people = residents(population, payers, document.year, kind, population_year, combined=merged.values())
    people = people.set_index("region", drop=False)
    out = []
    for payer, own in grouped.items():
        known = [part["value"] for part in own if part["value"] == part["value"]]
        row = {
            "payer": payer,
            "value": sum(known) if known else float("nan"),
            "source_ids": join_ids([part["source_ids"] for part in own]),
            "reason": because(*(part["reason"] for part in own)),
        }
        if payer in people.index:
            who = people.loc[payer]
            notes = (
                "population",
                "population_kind",
                "population_date",
                "population_boundary",
                "population_note",
            )
            row |= {name: who[name] for name in notes}
            row["per_capita"] = row["value"] * YUAN_PER_WAN / who["population"]
            row["source_ids"] = join_ids(row["source_ids"], who["population_source"])
            bodies = [body for body, host in merged.items() if host == payer]
            together = f"with {', '.join(bodies)}" if bodies else None
            row["reason"] = because(row["reason"], together, who["reason"])
        out.append(row)
    return out
