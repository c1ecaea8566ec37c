"""Who gets how much: a plan's shares over regions, set against the residents, and what counties are left to pay."""

from __future__ import annotations

import pandas as pd

from minshi_analysis.locales import MISSING, number
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import labels, sourced
from minshi_analysis.notebook.saying import joined, quoted, some, task
from minshi_analysis.reasons import Reason, decoded, quantity, why

# Doubts of a census figure that a reader of a table must be told.
DOUBTS = ("census_zones_apart", "census_note", "census_boundary", "census_boundary_unknown")
RATES = ("%", "‰")

TIMES = "倍"  # unit of the tables
# Why a region has no share, by the basis that metrics give, and how it is said.
UNNAMED = {"implied_zero": "zero", "not_concerned": "rural"}

__all__ = [
    "estimated",
    "link_findings",
    "money_findings",
    "outliers",
    "share_findings",
    "share_notes",
    "shares",
    "split_by_region",
    "split_findings",
    "split_notes",
    "split_plans",
]


def split_plans(case: Case) -> tuple[str, ...]:
    """The own plans that divide their targets."""
    return tuple(doc for doc in case.kinds("plan") if len(case.of("allocations", (doc,))))


def rates_of(case: Case, doc_id: str) -> pd.DataFrame:
    return case.rates[case.rates["doc_id"].eq(doc_id)]


def census(rates: pd.DataFrame) -> Reason:
    """The date and kind of the residents that shares are set against."""
    days = [why("notebook.day", day=day) for day in sorted(set(rates["population_date"].dropna()))]
    return why("notebook.residents_of", days=days, kinds=sorted(set(rates["population_kind"].dropna())))


def doubts(rates: pd.DataFrame) -> Reason | None:
    """What speaks against the residents used: zones counted apart, a note of the census, its boundary."""
    found = [each for codes in rates["reason_codes"].dropna().unique() for each in decoded(codes)]
    kept = list(dict.fromkeys(each for each in found if each.code in DOUBTS))
    return why("notebook.residents_doubted", what=some(kept, 2)) if kept else None


def split_findings(case: Case) -> list[Reason | None]:
    """How a city's plan is divided, and who gets most for its residents."""
    out: list[Reason | None] = []
    for doc_id in split_plans(case):
        rows = case.of("allocations", (doc_id,))
        out.append(
            why(
                "notebook.split",
                targets=rows["target_id"].nunique(),
                regions=rows["region"].nunique(),
                shares=len(rows),
            )
        )
        far = outliers(case, doc_id).head(3)
        if len(far):
            parts = [outlier(row) for row in far.itertuples()]
            out.append(why("notebook.split_outliers", parts=parts, ids=joined(far["target_id"])))
    return out


def outliers(case: Case, doc_id: str) -> pd.DataFrame:
    """For each target the region whose part is furthest above its part of the residents, the furthest first.

    Splits of a few pieces, and those that some regions have nothing to do with, are left out.

    Returns
    -------
    DataFrame
        target_id, measure, region, allocated, unit, part and residents (%), beyond (points), times, target (printed), whole (the sum of
        all printed shares), apart (the shares of bodies without residents).
    """
    rates = rates_of(case, doc_id)
    odd = rates.loc[rates["basis"].eq("not_concerned"), "target_id"]
    rates = rates[~rates["target_id"].isin(odd) & ~rates["coarse"].fillna(False).astype(bool)]
    rates = rates[rates["quotient"].notna()]
    if rates.empty:
        return pd.DataFrame()
    printed = case.of("allocations", (doc_id,)).groupby("target_id")["value"].sum()
    target = rates["target_id"]
    people = rates["population"].groupby(target).transform("sum")
    counted = rates["allocated"].groupby(target).transform("sum")
    rates = rates.assign(
        whole=target.map(printed),
        part=100 * rates["allocated"] / target.map(printed),
        residents=100 * rates["population"] / people,
        target=target.map(case.tables["targets"].set_index("target_id")["value"]),
        apart=(target.map(printed) - counted).clip(lower=0),
        times=rates["quotient"],
        unit=rates["allocated_unit"],
    )
    rates = rates.assign(beyond=rates["part"] - rates["residents"])
    rates = rates.sort_values(["beyond", "target_id"], ascending=[False, True]).drop_duplicates("target_id")
    return rates[rates["beyond"].gt(0)].reset_index(drop=True)


def outlier(row) -> Reason:
    """One region's part of a target beside its part of the residents, with the base where it is not the printed target."""
    bases = []
    if pd.notna(row.target) and abs(row.whole - row.target) > 1e-6 and row.unit not in RATES:
        bases.append(
            why("notebook.base_sum", sum=quantity(row.whole, row.unit), target=quantity(row.target, row.unit))
        )
    if row.apart > 1e-6:
        bases.append(why("notebook.base_apart", amount=quantity(row.apart, row.unit)))
    return why(
        "notebook.outlier",
        region=row.region,
        task=quoted(row.measure),
        amount=quantity(row.allocated, row.unit),
        part=row.part,
        residents=row.residents,
        base=why("notebook.base", what=bases) if bases else None,
    )


def split_by_region(case: Case) -> pd.DataFrame:
    """A city's split by region, as printed: how many targets, how often first for its residents, zeros, the money estimated.

    Returns
    -------
    DataFrame
        region, targets, first (targets of which it has most for its residents), zero_printed, zero_implied (no share printed, and the
        others add up to the target), burden (the estimate of its part of the counties' money, 万元: a range).
    """
    plans = split_plans(case)
    if not plans:
        return pd.DataFrame()
    doc_id = plans[0]
    rates, rows = rates_of(case, doc_id), case.of("allocations", (doc_id,))
    known = rates[rates["quotient"].notna()]
    compared = known[~known["coarse"].fillna(False).astype(bool)].sort_values(["quotient", "region"])
    paid = _paid(case, doc_id)
    frame = pd.DataFrame({"region": rows["region"].unique()})  # as printed
    peopled = frame["region"].isin(known["region"])
    value = rows[rows["value"].notna()]

    def counted(part: pd.DataFrame, unique: bool = False) -> pd.Series:
        groups = part.groupby("region")["target_id"]
        return frame["region"].map(groups.nunique() if unique else groups.size()).fillna(0).astype("Int64")

    frame["targets"] = counted(value, unique=True)
    if len(known):
        frame["first"] = counted(compared.groupby("target_id").tail(1)).where(peopled)
        frame["zero_printed"] = counted(value[value["value"].eq(0)])
        frame["zero_implied"] = counted(rates[rates["basis"].eq("implied_zero")]).where(peopled)
    if len(paid):
        frame["burden"] = frame["region"].map(paid).fillna(MISSING)
    return frame


def split_notes(case: Case) -> list[Reason | None]:
    """What the table of regions counts, and the residents behind it."""
    plans = split_plans(case)
    if not plans:
        return []
    rates = rates_of(case, plans[0])
    if rates["quotient"].isna().all():
        known = rates["population"].notna().any()
        return [why("notebook.no_average_of_regions" if known else "notebook.no_residents_of_regions")]
    whole = case.of("targets", plans[:1])["target_id"].nunique()
    return [
        why(
            "notebook.split_counts",
            targets=whole,
            census=census(rates),
            doubts=doubts(rates),
            burden=why("notebook.split_counts_burden") if len(_paid(case, plans[0])) else None,
        ),
        zeros(case, plans[0]),
    ]


def zeros(case: Case, doc_id: str) -> Reason:
    """Whether the plan prints any 0 in its splits, and how many are inferred because the others add up to the target."""
    value = case.of("allocations", (doc_id,))["value"]
    implied = rates_of(case, doc_id)["basis"].eq("implied_zero")
    printed = int(value.eq(0).sum())
    return why(
        "notebook.zeros_printed" if printed else "notebook.zeros_none",
        printed=printed,
        implied=int(implied.sum()),
    )


def _paid(case: Case, doc_id: str) -> pd.Series:
    if case.of("funding", (doc_id,)).empty:
        return pd.Series(dtype="str")
    rows = attributed(case, doc_id)
    return pd.Series([_range(row) for row in rows.itertuples()], index=rows["payer"], dtype="str")


def _range(row) -> str:
    """An estimate as the range that it leaves, in two figures."""
    if pd.isna(row.value):
        return MISSING
    low, high = (_rounded(value) for value in (row.low, row.high))
    return number(low, digits=0) if low == high else f"{number(low, digits=0)}～{number(high, digits=0)}"


def _rounded(value: float) -> float:
    """To two figures: an estimate has no more."""
    return float(f"{value:.2g}")


def money_findings(case: Case) -> list[Reason | None]:
    """How far the counties' money can be attributed to counties, and what that gives for this region."""
    said: list[Reason | None] = []
    for doc_id in (*split_plans(case), *case.above):
        home = case.home(doc_id)
        if case.of("funding", (doc_id,)).empty:
            if doc_id in case.above:
                said.append(why("notebook.burden_none", home=home, region=case.region))
            continue
        parts = attributed(case, doc_id)
        if not parts["value"].gt(0).any():
            continue
        left = parts[~parts["estimate"].fillna(False).astype(bool)]
        said.append(
            why(
                "notebook.burden",
                home=home,
                share=100 - left["share"].sum(),
                rest=why("notebook.burden_rest", amount=left["value"].sum()) if len(left) else None,
                own=estimated(case, doc_id),
            )
        )
    return said


def estimated(case: Case, doc_id: str) -> Reason | None:
    """The region's part of the counties' money as estimated from a plan; None where it cannot be."""
    parts = attributed(case, doc_id)
    for row in parts[parts["payer"].eq(case.region)].itertuples():
        each = None
        if pd.notna(row.per_capita):
            ends = (row.low / row.value, row.high / row.value) if row.value else (1.0, 1.0)
            each = why(
                "notebook.burden_each",
                low=_rounded(row.per_capita * ends[0]),
                high=_rounded(row.per_capita * ends[1]),
                day=row.population_date,
                kind=row.population_kind,
            )
        return why(
            "notebook.burden_own",
            region=case.region,
            low=_rounded(row.low),
            high=_rounded(row.high),
            each=each,
        )
    return None


def attributed(case: Case, doc_id: str) -> pd.DataFrame:
    return case.attributed[case.attributed["doc_id"].eq(doc_id)]


def link_findings(case: Case) -> list[Reason | None]:
    """How the shares that a plan above gives the region agree with what its own report says was asked."""
    links = case.tables["links"]
    links = links[links["region"].eq(case.region)]
    if links.empty:
        return []
    other = links[~links["same"]]
    names = labels(case.tables["targets"], case.tables["tasks"])
    parts = [
        why(
            "notebook.linked_other",
            task=task(names[row.other_target_id]),
            plan=quantity(row.value, row.unit),
            report=quantity(row.other_value, row.unit),
        )
        for row in other.itertuples()
    ]
    listed = any(case.row(doc_id)["stage"] == "candidate" for doc_id in case.above)
    own = case.shares.loc[case.shares["value"].notna(), "target_id"]
    whole = int((~links["target_id"].isin(own)).sum())
    return [
        why(
            "notebook.linked",
            region=case.region,
            count=len(links),
            whole=why("notebook.linked_whole", count=whole) if whole else None,
            same=len(links) - len(other),
            other=why("notebook.linked_others", count=len(other), parts=parts) if len(other) else None,
            candidate=why("notebook.linked_candidate") if listed and len(other) else None,
            ids=joined(other["other_target_id"]),
        )
    ]


def mine(case: Case, doc_id: str) -> pd.DataFrame:
    """The region's shares that can be compared, with their place among all regions."""
    rates = rates_of(case, doc_id)
    whole = ~rates["coarse"].fillna(False).astype(bool)
    own = rates[rates["region"].eq(case.region) & rates["quotient"].notna() & whole]
    ranks = rates.groupby("target_id")["quotient"].rank(ascending=False, method="min")
    return own.assign(place=ranks.reindex(own.index)).sort_values(["quotient", "target_id"])


def share_findings(case: Case) -> list[Reason | None]:
    """What a plan above gives the region, and where that is far from its part of the residents."""
    out: list[Reason | None] = []
    for doc_id in case.above:
        own = case.shares[case.shares["doc_id"].eq(doc_id)]
        of = case.of("allocations", (doc_id,))["target_id"].nunique()
        named = own.loc[own["value"].notna(), "target_id"].nunique()
        rest = why("notebook.shared_rest", count=of - named) if of > named else None
        out.append(
            why(
                "notebook.shared",
                home=case.home(doc_id),
                count=of,
                named=named,
                region=case.region,
                rest=rest,
            )
        )
        compared = mine(case, doc_id)
        if compared.empty:
            rates = rates_of(case, doc_id)
            known = rates.loc[rates["region"].eq(case.region), "population"].notna().any()
            code = "shared_no_average" if known else "shared_no_residents"
            out.append(
                why(f"notebook.{code}", region=case.region, **({"home": case.home(doc_id)} if known else {}))
            )
            continue
        held = compared[compared["quotient"].gt(0)]
        out.append(
            why(
                "notebook.shared_extremes",
                region=case.region,
                high=_times(held.tail(3)[::-1]),
                low=_times(held.head(3)),
                ids=joined([*held.tail(3)["target_id"], *held.head(3)["target_id"]]),
            )
        )
        out.append(
            why(
                "notebook.shared_above",
                count=len(compared),
                more=int(compared["quotient"].gt(1).sum()),
                first=int(compared["place"].eq(1).sum()),
            )
        )
    return out


def _times(rows: pd.DataFrame) -> list[Reason]:
    return [why("notebook.times", task=task(row.measure), times=row.quotient) for row in rows.itertuples()]


def shares(case: Case) -> pd.DataFrame:
    """Every share of the region, with the whole target beside it.

    Returns
    -------
    DataFrame
        target_id, text, target, value (the share), part (%), per_10000, quotient (to the average; where residents are known), note,
        place.
    """
    own = case.shares
    if own.empty:
        return pd.DataFrame()
    targets = case.tables["targets"].set_index("target_id")
    whole = targets.loc[own["target_id"]]
    names = labels(case.tables["targets"], case.tables["tasks"])
    rates = pd.concat([rates_of(case, doc_id) for doc_id in case.above])
    rates = rates[rates["region"].eq(case.region)].set_index("target_id").reindex(own["target_id"])
    rate = whole["unit"].isin(RATES).to_numpy()
    frame = pd.DataFrame(
        {
            "target_id": own["target_id"].to_numpy(),
            "text": own["target_id"].map(names).to_numpy(),
            "target": whole["value"].to_numpy(),
            "target_unit": whole["unit"].to_numpy(),
            "bound": whole["bound"].to_numpy(),
            "share": own["value"].to_numpy(),
            "share_unit": own["unit"].to_numpy(),
            "part": (100 * own["value"].to_numpy() / whole["value"]).mask(rate).to_numpy(),
            "part_unit": "%",
        }
    )
    if rates["population"].notna().any():
        frame["per_10000"] = rates["value"].to_numpy()
        frame["quotient"] = rates["quotient"].to_numpy()
        frame["quotient_unit"] = TIMES
    frame["note"] = own["note"].to_numpy()
    return frame.assign(place=sourced(own["target_id"], own, case.documents, case.lang))


def share_notes(case: Case) -> list[Reason | None]:
    """The residents behind the shares, and how many targets print none for the region and why."""
    if case.shares.empty:
        return []
    rates = pd.concat([rates_of(case, doc_id) for doc_id in case.above])
    rates = rates[rates["region"].eq(case.region)]
    if rates["population"].notna().any():
        first = why("notebook.shares_per_head", census=census(rates), doubts=doubts(rates))
    else:
        first = why("notebook.shares_no_residents", region=case.region)
    return [first, *(_unnamed(case, doc_id) for doc_id in case.above)]


def _unnamed(case: Case, doc_id: str) -> Reason | None:
    """How many targets of a plan print no share of the region, and why."""
    rows, targets = case.of("allocations", (doc_id,)), case.of("targets", (doc_id,))
    divided = targets[targets["target_id"].isin(rows["target_id"])]
    own = rows[rows["region"].eq(case.region) & rows["value"].notna()]
    lost = divided[~divided["target_id"].isin(own["target_id"])]
    home, undivided = case.home(doc_id), len(targets) - len(divided)
    whole = why("notebook.undivided", home=home, count=undivided) if undivided else None
    if lost.empty:
        return whole
    names = labels(targets, case.of("tasks", (doc_id,)))
    rates = rates_of(case, doc_id)
    rates = rates[rates["region"].eq(case.region) & rates["population"].notna()]
    basis = rates.set_index("target_id")["basis"]
    groups: dict[str, list[str]] = {}
    for target in lost.to_dict("records") if len(basis) else ():
        groups.setdefault(_why_unnamed(target, basis), []).append(names[target["target_id"]])
    parts = [
        why(f"notebook.unnamed_{code}", count=len(group), tasks=some([task(each) for each in group], 5))
        for code, group in groups.items()
    ]
    if not parts and len(lost) <= 5:  # of a body that has a share of little, all the names say nothing
        parts = [
            why("notebook.unnamed_only", tasks=some([task(each) for each in lost["target_id"].map(names)]))
        ]
    return why(
        "notebook.unnamed",
        of=len(divided),
        count=len(lost),
        region=case.region,
        why=why("notebook.unnamed_why", parts=parts) if parts else None,
        undivided=whole,
    )


def _why_unnamed(target: dict, basis: pd.Series) -> str:
    if basis.get(target["target_id"]) in UNNAMED:
        return UNNAMED[basis[target["target_id"]]]
    if target["unit"] in RATES:
        return "rate"
    return "no_total" if pd.isna(target["value"]) else "not_closed"
