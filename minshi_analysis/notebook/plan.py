"""A five-year plan: what its indicators ask for, where they stand, and what is to be built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from minshi_analysis import metrics
from minshi_analysis.glosses import glossed
from minshi_analysis.language.dates import find_dates
from minshi_analysis.model import SEVERAL_YEARS
from minshi_analysis.notebook.case import load_documents_of
from minshi_analysis.notebook.places import place, short, sourced
from minshi_analysis.reasons import Reason, catalogue, decoded, quantity, say, why, worded
from minshi_analysis.tables.loaders import load

__all__ = [
    "Plan",
    "captions",
    "caveats",
    "fields",
    "five_year_plan",
    "indicators",
    "later_values",
    "observed",
    "projects",
    "prose_targets",
    "sums",
]

_TABLES = ("tasks", "targets", "indicators", "investments", "totals", "checks", "patches", "unread")
_FIGURES = re.compile(r"[\d./%]*")
_ONLY = re.compile(r"(\S+) only: printed as (\S+)")
PER_YEAR = "/年"
TEN_THOUSANDS = {"": "万", "万元": "亿元"}
SUM_OF_FIELD = re.compile(r"^[一二三四五六七八九十]+、")


@dataclass(frozen=True)
class Plan:
    """A five-year plan and its tables; `documents` has the one row of the plan."""

    doc_id: str
    documents: pd.DataFrame
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    lang: str = "zh"

    @property
    def region(self) -> str:
        """The region the plan is of."""
        return str(self.documents["region"].iloc[0])

    @cached_property
    def trajectories(self) -> pd.DataFrame:
        """The metric, with what to call each indicator."""
        found = metrics.indicator_trajectories(tables=self.tables)
        sub = found["sub_name"].fillna("").map(lambda name: f"（{name}）" if name else "")
        cumulative = found["cumulative"].fillna(False).astype(bool)
        return found.assign(called=found["name"] + sub, cumulative=cumulative)


def five_year_plan(plan: str, lang: str = "zh") -> Plan:
    """A five-year plan's tables: the first call of a notebook.

    Parameters
    ----------
    plan : str
        Its doc_id.
    lang : str
        The language of the report: zh or en.

    Raises
    ------
    ValueError
        No such plan; the message lists those there are.
    """
    catalogue(lang)  # refuses a language that there is not
    documents = load("documents")
    plans = documents[documents["kind"].isin(SEVERAL_YEARS)]
    chosen = plans[plans["doc_id"].eq(plan)].reset_index(drop=True)
    if chosen.empty:
        raise ValueError(f"no five-year plan {plan!r}: there is {', '.join(plans['doc_id']) or 'none'}")
    tables = load_documents_of(chosen, _TABLES)
    return Plan(plan, chosen, tables | {"observations": load("observations", doc_id=plan)}, lang)


def later_values(plan: Plan) -> pd.DataFrame:
    """The observed values of the plan's own region that are not contradicted."""
    seen = plan.tables["observations"]
    return seen[seen["region"].eq(plan.region) & ~seen["note"].fillna("").str.startswith("CONFLICT")]


def captions(rows: pd.DataFrame, lang: str = "zh") -> tuple[dict[str, str], dict[str, str]]:
    """What to print above each panel of the indicators: from where to where, and the whole name, what it means before it."""
    below = {row.indicator_id: _caption(row, lang) for row in rows.itertuples()}
    return below, {row.indicator_id: glossed("measure", row.called, lang) for row in rows.itertuples()}


def _caption(row, lang: str) -> str:
    bare = isinstance(row.target_unit, str) and not row.target_unit.startswith("\uff08")
    scale, unit = _scaled(row.target, row.target_unit if bare else "", lang)
    target = quantity(row.target / scale, unit, row.bound) if pd.notna(row.target) else None
    if row.cumulative:
        return say("notebook.panel_sum", lang, years=int(row.target_year - row.baseline_year), target=target)
    return say("notebook.panel", lang, before=row.baseline / scale, target=target)


def _scaled(value: float, unit: str, lang: str) -> tuple[float, str]:
    """Large figures in the language's own thousands, so that they fit above a small panel."""
    if pd.isna(value) or abs(value) < 100_000 or lang != "zh":
        return 1, unit
    return 10_000, TEN_THOUSANDS.get(unit, f"{TEN_THOUSANDS['']}{unit}")


def indicators(plan: Plan) -> pd.DataFrame:
    """Every indicator with baseline, target, the change a year, its direction and what says it, and how it starts.

    Returns
    -------
    DataFrame
        indicator_id, number, field, name, baseline, target, yearly (the change needed), direction, direction_by, start, remarks, place.
    """
    rows = plan.trajectories
    source = plan.tables["indicators"].set_index("indicator_id", drop=False).loc[rows["indicator_id"]]
    noted, between = source["note"].fillna(""), catalogue(plan.lang)["mark"]["between"]
    reasons = [
        worded([r for r in decoded(codes) if r.code != "none_observed"], plan.lang) or ""
        for codes in rows["reason_codes"]
    ]
    remarks = [between.join(_remarks(note, reason)) for note, reason in zip(noted, reasons, strict=True)]
    names = [
        say("notebook.cumulative_name", plan.lang, name=name) if total else name
        for name, total in zip(rows["called"], rows["cumulative"], strict=True)
    ]
    return pd.DataFrame(
        {
            "indicator_id": rows["indicator_id"],
            "number": rows["indicator_id"].map(short),
            "field": rows["field"],
            "name": names,
            "baseline": rows["baseline"],
            "baseline_unit": rows["baseline_unit"],
            "target": rows["target"],
            "target_unit": rows["target_unit"],
            "target_bound": rows["bound"],
            "yearly": rows["value"],
            "yearly_unit": [str(unit).removesuffix(PER_YEAR) for unit in rows["unit"]],
            "direction": rows["direction"],
            "direction_by": rows["direction_by"],
            "start": rows["start"],
            "remarks": remarks,
            "place": place(source, plan.documents, plan.lang).to_numpy(),
        }
    )


def _remarks(note: str, reasons: str) -> list[str]:
    """What is printed beside an indicator's values, where the reasons do not repeat it; 98/98 is its value."""
    parts = [part for part in note.split(";") if part not in reasons and not _FIGURES.fullmatch(part)]
    return [*filter(None, parts), *filter(None, [reasons])]


def caveats(plan: Plan, row) -> list[Reason]:
    """What must stand beside an observed value: another part of the region, a weak source, a contradicted figure."""
    reasons = [each for each in decoded(row.reason_codes) if each.code != "none_observed"]
    return [*reasons, *_scope(plan, row)]


def _scope(plan: Plan, row) -> list[Reason]:
    """What part of the region the observed value is of, where its source names another."""
    seen = plan.tables["observations"]
    seen = seen[seen["indicator_id"].eq(row.indicator_id) & seen["year"].eq(row.observed_year)]
    parts = [part for note in seen["note"].dropna() for part in note.split("; ") if " only: " in part]
    found = [_ONLY.fullmatch(part) for part in parts]
    return list(dict.fromkeys(why("notebook.observed_of", part=m[1], printed=m[2]) for m in found if m))


def observed(plan: Plan) -> pd.DataFrame:
    """Where later values were found: observed, expected by then, projected, with what must be said of them.

    Returns
    -------
    DataFrame
        indicator_id, name, observed_year, observed, expected, standing, projected (with its range), target, remarks.
    """
    rows = plan.trajectories[plan.trajectories["observed"].notna()].reset_index(drop=True)
    frame = rows[["indicator_id"]].assign(
        name=rows["called"],
        observed_year=rows["observed_year"],
        observed=rows["observed"],
        observed_unit=rows["observed_unit"],
        expected=rows["expected"],
        expected_unit=rows["expected_unit"],
        standing=rows["standing"],
        projected=pd.Series(
            [
                why("notebook.projected", value=row.projected, low=row.low, high=row.high)
                if pd.notna(row.projected)
                else None
                for row in rows.itertuples()
            ],
            dtype=object,
        ),
        target=rows["target"],
        target_unit=rows["target_unit"],
        target_bound=rows["bound"],
        remarks=pd.Series([tuple(caveats(plan, row)) for row in rows.itertuples()], dtype=object),
    )
    return frame


def fields(plan: Plan) -> pd.DataFrame:
    """Projects and investment by field, added up from the list, the largest first; the sums that the plan prints beside them.

    Returns
    -------
    DataFrame
        field, projects, total_yi, plan_period_yi (亿元), blank (projects without an amount), share (%), printed_total_yi.
    """
    grouped = plan.tables["investments"].groupby("field", sort=False)
    frame = grouped.agg(
        projects=("investment_id", "size"),
        total_yi=("total_yi", lambda values: values.sum(min_count=1)),
        plan_period_yi=("plan_period_yi", lambda values: values.sum(min_count=1)),
        blank=("total_yi", lambda values: int(values.isna().sum())),
    ).reset_index()
    printed = sums(plan)
    frame["share"] = 100 * frame["plan_period_yi"] / frame["total_yi"]
    frame["share_unit"] = "%"
    for column in ("total_yi", "plan_period_yi"):
        frame[f"printed_{column}"] = frame["field"].map(printed.get(column, {}))
    order = frame.sort_values("total_yi", ascending=False, kind="stable", na_position="last")
    return order.reset_index(drop=True)


def sums(plan: Plan) -> dict[str, dict[str, float]]:
    """The sums of the fields as the plan prints them: column -> field -> amount."""
    rows = plan.tables["totals"]
    rows = rows[rows["of"].eq("investments") & rows["subject"].str.match(SUM_OF_FIELD)]
    names = rows["subject"].str.replace(SUM_OF_FIELD, "", regex=True)
    return {
        column: dict(zip(names[part.index], part["value"], strict=True))
        for column, part in rows.groupby("column")
    }


def projects(plan: Plan) -> pd.DataFrame:
    """Every project.

    Returns
    -------
    DataFrame
        investment_id, number, field, name, nature, years, location, total_yi, plan_period_yi (亿元), owner, place.
    """
    rows = plan.tables["investments"]
    if rows.empty:
        return rows
    return pd.DataFrame(
        {
            "investment_id": rows["investment_id"],
            "number": rows["investment_id"].map(short),
            "field": rows["field"],
            "name": rows["name"],
            "nature": rows["kind"],
            "term": [_years(row.start_year, row.end_year) for row in rows.itertuples()],
            "location": rows["location"],
            "total_yi": rows["total_yi"],
            "plan_period_yi": rows["plan_period_yi"],
            "owner": rows["owner"],
            "place": place(rows, plan.documents, plan.lang),
        }
    )


def _years(start: object, end: object) -> str | None:
    if pd.isna(start):
        return None
    return str(start) if pd.isna(end) or start == end else f"{start}—{end}"


def prose_targets(plan: Plan) -> pd.DataFrame:
    """The targets that the plan's text and boxes set beside the indicators.

    Returns
    -------
    DataFrame
        target_id, text (a ditto sign where it repeats), measure, target, cumulative, due (marked where its own words print none), place.
    """
    targets = plan.tables["targets"]
    tasks = plan.tables["tasks"].set_index("task_id")
    return pd.DataFrame(
        {
            "target_id": targets["target_id"],
            "text": targets["task_id"].map(tasks["text"]).where(~targets["task_id"].duplicated(), "〃"),
            "measure": targets["measure"],
            "target": targets["value"],
            "target_unit": targets["unit"],
            "target_bound": targets["bound"],
            "cumulative": targets["cumulative"].fillna(False).astype(bool).map({True: "✓", False: ""}),
            "due": targets["task_id"].map(_deadlines(plan)),
            "place": sourced(targets["target_id"], targets, plan.documents, plan.lang),
        }
    )


def _deadlines(plan: Plan) -> dict[str, str]:
    """Each task's deadline, marked where its own words do not print it."""
    period = plan.documents.iloc[0]
    marked = {}
    for each in plan.tables["tasks"].dropna(subset=["deadline"]).to_dict("records"):
        printed = find_dates(each["text"], year=int(period["year"]), year_end=int(period["year_end"]))
        own = any(date.date == each["deadline"] for date in printed)
        marked[each["task_id"]] = each["deadline"] if own else f"{each['deadline']}*"
    return marked
