"""The three findings that matter first: the rules that choose them, in the order in which they are asked.

Each rule says one thing that a newspaper could print, or nothing; the first three that say something are the headlines. Results
come before money, money before shares, shares before the calendar; how many promises there are is no headline.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from minshi_analysis import metrics
from minshi_analysis.metrics.lines import funding_lines
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.delivery import delivered, judged_of, reports_of, uncounted
from minshi_analysis.notebook.delivery_said import comparable, named_finding, parts_below, result, since
from minshi_analysis.notebook.held import held_finding
from minshi_analysis.notebook.naming import preparing
from minshi_analysis.notebook.promise import funded, paid_for, unprinted
from minshi_analysis.notebook.saying import joined, quoted, some, task
from minshi_analysis.notebook.shown import Prose, findings
from minshi_analysis.notebook.split import link_findings, mine, outlier, outliers, split_plans
from minshi_analysis.notebook.year import nothing_in_spring
from minshi_analysis.reasons import Reason, quantity, why

__all__ = ["MOST", "RULES", "headlines", "said_first"]

MOST = 3
LARGE = 10.0  # % of all money that make a line a story
FEW = 3  # a split over at most one region in so many is a story
TWICE = 2.0  # times its residents' part, from which a share is a story
HALF = 50.0


def headlines(case: Case) -> Prose | None:
    """The three findings that matter first."""
    return findings(said_first(case), case.lang, "headlines")


def said_first(case: Case) -> list[Reason]:
    """What the first rules say that say something."""
    said: list[Reason] = []
    for rule in RULES:
        if len(said) < MOST and (found := rule(case)):
            said.append(found)
    return said


def missed(case: Case) -> Reason | None:
    """Promises of a closed year that the printed numbers do not reach."""
    for doc_id in reports_of(case):
        judged = judged_of(delivered(case, (doc_id,)))
        behind = judged[judged["class"].eq("behind")]
        if case.row(doc_id)["kind"] == "completion" and len(behind):
            parts = [result(row) for row in behind.head(3).itertuples()]
            return why(
                "notebook.headline_missed",
                count=len(behind),
                of=len(judged),
                parts=parts,
                ids=joined(behind["target_id"]),
            )
    return None


def only_in_parts(case: Case) -> Reason | None:
    """A promise exceeded only by counting what is not for everyone: 7,630 parking spaces, of which 1,423 are public."""
    found = [part for doc_id in reports_of(case) for part in parts_below(case, doc_id)]
    return found[0] if found else None


def other_list(case: Case) -> Reason | None:
    """Targets that the county's own report states otherwise than the plan above."""
    found = [each for each in link_findings(case) if each and dict(each.params).get("other")]
    return found[0] if found else None


def beside_plan(case: Case) -> Reason | None:
    """Of the last report, where it prints no targets: how its results stand to the plan of the same year."""
    for doc_id in reports_of(case)[:1]:
        if case.of("targets", (doc_id,)).empty:
            found = held_finding(case, doc_id)
            return found if found and dict(found.params)["count"] else None
    return None


def half_way(case: Case) -> Reason | None:
    """Of a progress report: how many targets have a comparable number, and how many of those are reached."""
    reports = [doc_id for doc_id in reports_of(case) if case.row(doc_id)["kind"] == "progress"]
    told = [doc_id for doc_id in reports if len(case.of("targets", (doc_id,)))]
    for doc_id in told or reports:  # one that prints no targets says least
        judged = judged_of(delivered(case, (doc_id,)))
        hit = judged[judged["class"].isin(["over", "met"])]
        return why(
            "notebook.headline_half_way",
            since=since(case.row(doc_id)["as_of"]),
            judged=comparable(len(case.of("targets", (doc_id,))), len(judged), len(hit), few=True),
            ids=joined(hit["target_id"]),
        )
    return None


def only_prepared(case: Case) -> Reason | None:
    """Of a progress report: the tasks of which it tells preparation alone."""
    for doc_id in reports_of(case):
        if case.row(doc_id)["kind"] == "progress":
            rows = uncounted(case, doc_id)
            rows = rows[rows["reported_text"].fillna("").map(preparing)]
            if len(rows):
                tasks = some([task(text) for text in rows["text"]], 3)
                whole = len(case.of("tasks", (doc_id,)))
                return why(
                    "notebook.headline_prepared",
                    count=len(rows),
                    of=whole,
                    tasks=tasks,
                    ids=joined(rows["task_id"]),
                )
    return None


def named_of(case: Case) -> Reason | None:
    """Of a progress report: what it names as finished, of how many."""
    told = (
        named_finding(case, doc_id, None)
        for doc_id in reports_of(case)
        if case.row(doc_id)["kind"] == "progress"
    )
    return next(filter(None, told), None)


def who_pays(case: Case) -> Reason | None:
    """A funder that is not the one who promises pays more than half."""
    if not funded(case):
        return None
    rows = case.ask(metrics.funding_structure)
    rows = rows[
        rows["amount"].notna()
        & rows["value"].gt(HALF)
        & rows["funder"].isin(["county", "town", "social", "bond"])
    ]
    if rows.empty:
        return None
    row = rows.iloc[0]
    own = case.ask(metrics.funding_structure)
    own = own[own["funder"].eq("city") & own["amount"].notna()]
    city = why("notebook.headline_city_pays", share=own["value"].iloc[0]) if len(own) else None
    return why(
        "notebook.headline_pays",
        region=case.region,
        total=row["total"],
        funder=row["funder"],
        amount=row["amount"],
        share=row["value"],
        city=city,
        ids=paid_for(case, [row["source_ids"]]),
    )


def large_and_few(case: Case) -> Reason | None:
    """A line with much of the money, all of whose things lie in few regions."""
    if not funded(case):
        return None
    lines = funding_lines(case.tables)
    lines = lines[lines["doc_id"].isin(funded(case)) & lines["total"].notna()]
    total = case.ask(metrics.funding_structure)["total"].iloc[0]
    if pd.isna(total):
        return None
    targets, text = case.of("targets", funded(case)), case.of("tasks").set_index("task_id")["text"]
    shares = case.of("allocations", funded(case))
    everyone = shares["region"].nunique()
    for line in lines.sort_values("total", ascending=False).to_dict("records"):
        own = targets[targets["task_id"].isin(line["task_ids"])]
        if 100 * line["total"] / total < LARGE or len(line["task_ids"]) != 1 or len(own) != 1:
            continue
        parts = shares[shares["target_id"].eq(own["target_id"].iloc[0]) & shares["value"].gt(0)]
        closes = abs(parts["value"].sum() - own["value"].iloc[0]) < 1e-6
        if closes and 0 < len(parts) * FEW <= everyone:
            return why(
                "notebook.headline_few",
                task=quoted(text[line["task_ids"][0]]),
                amount=line["total"],
                share=100 * line["total"] / total,
                regions=[why("notebook.region", region=region) for region in parts["region"]],
                count=len(parts),
                of=everyone,
                ids=line["task_ids"][0],
            )
    return None


def beyond_residents(case: Case) -> Reason | None:
    """A city's share of one region that is at least twice its part of the residents: the largest by times and points together."""
    for doc_id in split_plans(case):
        rows = outliers(case, doc_id)
        if rows.empty:
            continue
        whole = rows["unit"].ne("%") & rows["part"].ge(20) & rows["times"].ge(TWICE)
        rows = rows[whole].assign(lopsided=lambda each: each["times"] * each["beyond"])
        rows = rows.sort_values(["lopsided", "target_id"], ascending=[False, True])
        if len(rows):
            row = next(rows.head(1).itertuples())
            return why("notebook.headline_outlier", outlier=outlier(row), ids=row.target_id)
    return None


def own_share(case: Case) -> Reason | None:
    """A county's share that is furthest above its part of the residents."""
    for doc_id in case.above:
        rows = outliers(case, doc_id)
        rows = rows[rows["region"].eq(case.region) & rows["times"].ge(TWICE)] if len(rows) else rows
        if len(rows):
            row = next(rows.sort_values(["times", "target_id"], ascending=[False, True]).head(1).itertuples())
            return why(
                "notebook.headline_own", home=case.home(doc_id), outlier=outlier(row), ids=row.target_id
            )
    return None


def least_share(case: Case) -> Reason | None:
    """A county's share that is furthest below its part of the residents."""
    for doc_id in case.above:
        rows = mine(case, doc_id)
        rows = rows[rows["quotient"].gt(0) & rows["quotient"].le(1 / TWICE)]
        if len(rows):
            row = rows.iloc[0]
            shares = case.of("allocations", (doc_id,)).groupby("target_id")["value"].sum()
            rates = case.rates[case.rates["doc_id"].eq(doc_id) & case.rates["target_id"].eq(row["target_id"])]
            people = 100 * row["population"] / rates.loc[rates["quotient"].notna(), "population"].sum()
            return why(
                "notebook.headline_least",
                home=case.home(doc_id),
                region=case.region,
                task=quoted(row["measure"]),
                amount=quantity(row["allocated"], row["allocated_unit"]),
                part=100 * row["allocated"] / shares[row["target_id"]],
                residents=people,
                ids=row["target_id"],
            )
    return None


def nothing_told(case: Case) -> Reason | None:
    """That nobody says what became of the promises."""
    if reports_of(case) or not (case.own or case.above):
        return None
    return why("notebook.headline_untold", region=case.region, year=case.year)


def no_money(case: Case) -> Reason | None:
    """That the plan prints no money."""
    return unprinted(case) if case.kinds("plan") and not funded(case) else None


RULES: tuple[Callable[[Case], Reason | None], ...] = (
    missed,
    only_in_parts,
    large_and_few,
    who_pays,
    beyond_residents,
    beside_plan,
    half_way,
    named_of,
    only_prepared,
    own_share,
    least_share,
    other_list,
    nothing_in_spring,
    no_money,
    nothing_told,
)
