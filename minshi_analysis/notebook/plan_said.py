"""What a five-year plan's tables say, in sentences: the findings and, of them, those that matter first."""

from __future__ import annotations

import pandas as pd

from minshi_analysis.notebook.plan import Plan, caveats, fields
from minshi_analysis.notebook.saying import joined, some, task
from minshi_analysis.notebook.shown import Prose, findings, title
from minshi_analysis.reasons import Reason, quantity, why

__all__ = ["plan_findings", "plan_heading", "plan_headlines", "said_first_of_plan", "said_of_plan"]

LOOSER = ("better",)
ALL_PROJECTS = "汇总数"


def plan_heading(plan: Plan) -> Prose:
    """The report's title."""
    return title(
        why("notebook.plan_title", title=str(plan.documents["title"].iloc[0]), region=plan.region), plan.lang
    )


def plan_headlines(plan: Plan) -> Prose | None:
    """The three findings that matter first: asked for less than there was, let things get worse, counted one thing twice."""
    return findings(said_first_of_plan(plan), plan.lang, "headlines")


def said_first_of_plan(plan: Plan) -> list[Reason]:
    """What the first rules say that say something, as codes with their figures."""
    rules = (_fewer_than_before, _lenient, _listed_twice, _fastest, _observed)
    return [finding for rule in rules if (finding := rule(plan))][:3]


def plan_findings(plan: Plan) -> Prose | None:
    """What the plan's tables say, in sentences, each computed from them."""
    return findings(said_of_plan(plan), plan.lang)


def said_of_plan(plan: Plan) -> list[Reason]:
    return [finding for finding in (*_indicator_findings(plan), *_investment_findings(plan)) if finding]


def _indicator_findings(plan: Plan) -> list[Reason | None]:
    rows = plan.trajectories
    if rows.empty:
        return [why("notebook.no_indicators")]
    blank = rows[rows["target"].isna()]
    known = rows[rows["start"].isin(["below", "met", "better"])]
    early = known[known["start"].ne("below")]
    return [
        why(
            "notebook.indicators",
            count=plan.tables["indicators"]["indicator_no"].nunique(),
            rows=len(rows),
            fields=rows["field"].nunique(),
            no_baseline=int(rows["baseline"].isna().sum()),
            no_target=len(blank),
            names=why("notebook.indicators_blank", names=some([task(name) for name in blank["called"]]))
            if len(blank)
            else None,
        ),
        why(
            "notebook.indicators_early", count=len(known), early=len(early), ids=joined(early["indicator_id"])
        ),
        _lenient(plan),
        _flows(plan),
        _fastest(plan),
        _observed(plan),
    ]


def _lenient(plan: Plan) -> Reason | None:
    """The targets that are met while things get worse, each with its direction and what says it."""
    rows = plan.trajectories
    worse = rows[rows["start"].isin(LOOSER) & rows["allowed"].gt(0) & ~rows["cumulative"]]
    if worse.empty:
        return None
    parts = [
        why("notebook.lenient_part", change=_change(row), direction=row.direction, by=row.direction_by)
        for row in worse.itertuples()
    ]
    return why("notebook.lenient", count=len(worse), parts=parts, ids=joined(worse["indicator_id"]))


def _yearly(rows: pd.DataFrame) -> list[Reason]:
    return [
        why(
            "notebook.flow",
            name=task(row.called),
            years=int(row.target_year - row.baseline_year),
            total=quantity(row.target, row.target_unit),
            each=quantity(row.value, row.baseline_unit),
            year=int(row.baseline_year),
            before=quantity(row.baseline, row.baseline_unit),
            aside=why("notebook.flow_by_prose") if "sum_by_prose" in str(row.reason_codes) else None,
        )
        for row in rows.itertuples()
    ]


def _sums_of_period(plan: Plan) -> pd.DataFrame:
    rows = plan.trajectories
    return rows[rows["cumulative"] & rows["value"].notna() & rows["baseline"].gt(0)]


def _flows(plan: Plan) -> Reason | None:
    flows = _sums_of_period(plan)
    return (
        why("notebook.flows", parts=_yearly(flows), ids=joined(flows["indicator_id"])) if len(flows) else None
    )


def _fewer_than_before(plan: Plan) -> Reason | None:
    """A sum of the period that comes to less a year than the year before it had."""
    flows = _sums_of_period(plan)
    less = flows[flows["value"].lt(flows["baseline"]) & flows["direction"].ne("down")]
    if less.empty:
        return None
    row = less.assign(part=less["value"] / less["baseline"]).sort_values("part").iloc[:1]
    return why("notebook.headline_fewer", flow=_yearly(row)[0], ids=joined(row["indicator_id"]))


def _fastest(plan: Plan) -> Reason | None:
    rows = plan.trajectories
    steep = rows[rows["start"].eq("below") & rows["growth"].notna() & ~rows["cumulative"]]
    steep = steep.assign(pace=steep["growth"].abs()).sort_values("pace", ascending=False).head(3)
    if steep.empty:
        return None
    parts = [why("notebook.steep_part", change=_change(row), growth=row.growth) for row in steep.itertuples()]
    aside = why("notebook.steep_summed") if rows["cumulative"].any() else None
    return why("notebook.steep", parts=parts, aside=aside, ids=joined(steep["indicator_id"]))


def _observed(plan: Plan) -> Reason:
    rows = plan.trajectories
    seen = rows[rows["standing"].isin(["ahead", "on_track", "behind"])]
    if seen.empty:
        return why("notebook.observed_none")
    parts = [
        why(
            "notebook.observed_part",
            name=task(row.called),
            year=int(row.observed_year),
            value=quantity(row.observed, row.observed_unit),
            standing=row.standing,
            caveat=why("notebook.observed_caveat", what=known) if (known := caveats(plan, row)) else None,
        )
        for row in seen.itertuples()
    ]
    return why("notebook.observed", count=len(seen), parts=parts, ids=joined(seen["indicator_id"]))


def _change(row) -> Reason:
    return why(
        "notebook.change",
        name=task(row.called),
        before=row.baseline,
        target=quantity(row.target, row.target_unit, row.bound),
    )


def _investment_findings(plan: Plan) -> list[Reason | None]:
    rows = plan.tables["investments"]
    if rows.empty:
        return []
    total, period = rows["total_yi"].sum(), rows["plan_period_yi"].sum()
    if not total > 0:
        return [why("notebook.projects_no_money", count=len(rows))]
    first, silent = fields(plan).iloc[0], rows[rows["total_yi"].isna()]
    out: list[Reason | None] = [
        why(
            "notebook.projects",
            count=len(rows),
            with_money=len(rows) - len(silent),
            total=total,
            period=period,
            share=100 * period / total,
            printed=_printed_sum(plan, total, period),
            field=first["field"],
            of_field=int(first["projects"]),
            part=100 * first["total_yi"] / total,
        )
    ]
    if len(silent):
        counts = silent["field"].value_counts()
        parts = [why("notebook.projects_of", field=name, count=int(n)) for name, n in counts.items()]
        out.append(
            why("notebook.projects_silent", count=len(silent), parts=why("notebook.listed", items=parts))
        )
    odd = rows[rows["plan_period_yi"].gt(rows["total_yi"])]
    if len(odd):
        out.append(
            why(
                "notebook.projects_odd",
                count=len(odd),
                names=some([task(name) for name in odd["name"]]),
                ids=joined(odd["investment_id"]),
            )
        )
    out.append(_listed_twice(plan))
    return out


def _printed_sum(plan: Plan, total: float, period: float) -> Reason | None:
    """What the plan itself prints as the sums of its projects, where it is not what they add up to."""
    whole = plan.tables["totals"]
    whole = whole[whole["of"].eq("investments") & whole["subject"].eq(ALL_PROJECTS)].set_index("column")[
        "value"
    ]
    printed, within = whole.get("total_yi"), whole.get("plan_period_yi")
    if printed is None or within is None or (abs(printed - total) < 0.05 and abs(within - period) < 0.05):
        return None
    return why("notebook.projects_printed", total=printed, period=within)


def _listed_twice(plan: Plan) -> Reason | None:
    rows = plan.tables["investments"]
    again = rows[rows.duplicated("name", keep=False)]
    if again.empty:
        return None
    parts = [
        why(
            "notebook.twice_part",
            name=task(name),
            numbers=list(part["item_no"]),
            amounts=[why("notebook.yi", amount=value) for value in part["plan_period_yi"]],
        )
        for name, part in again.groupby("name", sort=False)
    ]
    return why("notebook.twice", parts=parts, ids=joined(again["investment_id"]))
