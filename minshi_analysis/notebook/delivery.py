"""What was delivered: results against promises, at the year's end or on the way."""

from __future__ import annotations

import pandas as pd

from minshi_analysis import metrics
from minshi_analysis.facts.same import counted_once
from minshi_analysis.notebook.case import REPORTS, Case
from minshi_analysis.notebook.naming import Named, named_finished
from minshi_analysis.notebook.places import labels, sourced
from minshi_analysis.notebook.saying import some
from minshi_analysis.reasons import Reason, decoded, quantity, say, why

__all__ = [
    "alike",
    "called",
    "charted",
    "charted_of",
    "classed",
    "classes",
    "counted",
    "delivered",
    "judged_of",
    "named",
    "of_several",
    "reached",
    "reports_of",
    "results",
    "uncounted",
]

LEVELS = ("nation", "province", "city", "county", "town")
CLASSES = ("over", "met", "behind", "in_progress", "unknown")
POINTS = "百分点"


def reports_of(case: Case) -> tuple[str, ...]:
    """The region's own reports, the last word first: completion before progress, then the latest date."""
    rows = case.documents[case.documents["doc_id"].isin(case.kinds(*REPORTS))]
    rows = rows.assign(final=rows["kind"].eq("completion"))
    rows = rows.sort_values(["final", "as_of", "doc_id"], ascending=[False, False, True], na_position="last")
    return tuple(rows["doc_id"])


def called(case: Case) -> dict[str, Reason]:
    """What to call each report: its kind and date, its id too where several share these."""
    names = {}
    for doc_id in reports_of(case):
        report = case.row(doc_id)
        day = report["as_of"] if pd.notna(report["as_of"]) else None
        until = why("notebook.until", day=day) if day else None
        names[doc_id] = why("notebook.report", kind=report["kind"], until=until)
    known = list(names.values())
    return {
        doc_id: why("notebook.report_id", report=name, id=doc_id) if known.count(name) > 1 else name
        for doc_id, name in names.items()
    }


def of_several(case: Case, doc_id: str) -> Reason | None:
    """Which report it is, where there are several; None where it is the only one."""
    names = called(case)
    return names[doc_id] if len(names) > 1 else None


def delivered(case: Case, doc_ids: tuple[str, ...]) -> pd.DataFrame:
    """One row a target, with what to call it; of several results for one target those with a number."""
    done = case.ask(metrics.over_completion, of=doc_ids)
    names = labels(case.of("targets", doc_ids), case.of("tasks", doc_ids))
    text = case.of("tasks", doc_ids).set_index("task_id")["text"]
    titled = done["target_id"].map(names).astype(object).fillna(done["task_id"].map(text)).str.rstrip("。")
    again = titled.groupby(titled).transform("size").gt(1)
    twice = again & done["level"].groupby(titled).transform("nunique").gt(1)
    words = [
        say("notebook.of_level", case.lang, task=task, level=level) if both else task
        for task, level, both in zip(titled, done["level"], twice, strict=True)
    ]
    return done.assign(measure=words)


def counted(case: Case) -> frozenset[str]:
    """The targets that are counted: no part beside its whole, no promise of several lists twice."""
    once = counted_once(case.tables)
    return frozenset(once.loc[once["counts"], "target_id"])


def judged_of(done: pd.DataFrame) -> pd.DataFrame:
    known = done[done["target_id"].notna() & done["class"].ne("unknown")]
    return known.drop_duplicates("target_id", keep="last")


def alike(judged: pd.DataFrame) -> pd.DataFrame:
    """Without results counted in another unit than the promise: their ratio may mean nothing."""
    return judged[judged["promised_unit"].eq(judged["reported_unit"])]


def reached(row) -> Reason | None:
    """How far a result reaches: a ratio, or for two rates the difference in points."""
    if pd.notna(row.value):
        return why("notebook.reached", value=row.value)
    if pd.notna(row.difference) and row.difference_unit == POINTS:
        code = "more" if row.difference > 0 else "less" if row.difference < 0 else "even"
        return why(f"notebook.points_{code}", value=abs(row.difference))
    return None


def named(case: Case, doc_id: str) -> dict[str, tuple[Named, float, str]]:
    """Task -> what its result names as finished, the promised number and its unit: where no number of results is printed."""
    judged = set(judged_of(delivered(case, (doc_id,)))["task_id"])
    targets = case.of("targets", (doc_id,)).drop_duplicates("task_id", keep=False).set_index("task_id")
    texts = case.of("outcomes", (doc_id,)).drop_duplicates("task_id").set_index("task_id")["text"].dropna()
    found = {}
    for each, text in texts.items():
        if each in judged or each not in targets.index:
            continue
        names, whole = named_finished(text), targets.at[each, "value"]
        if names and pd.notna(whole) and names.count <= whole:
            found[each] = (names, whole, targets.at[each, "unit"])
    return found


def uncounted(case: Case, doc_id: str | None = None) -> pd.DataFrame:
    """Tasks none of whose targets can be judged by numbers, with what the report prints and names; of the last report that has some.

    Returns
    -------
    DataFrame
        task_id, text, reported_text, named (finished by name, of how many), not_judged (why), place.
    """
    for report in reports_of(case) if doc_id is None else (doc_id,):
        rows = _silent(case, report)
        if len(rows) or doc_id:
            return rows
    return pd.DataFrame()


def _silent(case: Case, doc_id: str) -> pd.DataFrame:
    done = delivered(case, (doc_id,))
    held = case.ask(metrics.held_to_plan, of=(doc_id,))
    judged = {*judged_of(done)["task_id"], *held.loc[held["sure"].astype(bool), "task_id"]}
    tasks = case.of("tasks", (doc_id,))
    tasks = tasks[~tasks["task_id"].isin(judged)]
    outcomes = case.of("outcomes", (doc_id,)).drop_duplicates("task_id").set_index("task_id")
    told = done.dropna(subset=["reason_codes"]).sort_values("target_id", na_position="last", kind="stable")
    told = told.drop_duplicates("task_id").set_index("task_id")[
        "reason_codes"
    ]  # of the promise, before results without one
    found = named(case, doc_id)
    names = {
        task: why(
            "notebook.named_of",
            count=quantity(each.count, unit),
            of=quantity(whole, unit),
            names=some(each.names, 5),
        )
        for task, (each, whole, unit) in found.items()
    }
    reasons = {
        task: (why("notebook.only_named"),) if task in found else decoded(told.get(task))
        for task in tasks["task_id"]
    }
    return pd.DataFrame(
        {
            "task_id": tasks["task_id"],
            "text": tasks["text"],
            "reported_text": tasks["task_id"].map(outcomes["text"]),
            "named": pd.Series(
                [names.get(task) for task in tasks["task_id"]], index=tasks.index, dtype=object
            ),
            "not_judged": pd.Series(
                [reasons[task] for task in tasks["task_id"]], index=tasks.index, dtype=object
            ),
            "place": pd.Series(
                sourced(tasks["task_id"], tasks, case.documents, case.lang), index=tasks.index, dtype=object
            ),
        }
    ).reset_index(drop=True)


def charted(case: Case) -> pd.DataFrame:
    """The targets of the last report with comparable figures, each once, with promise and result; for a chart.

    Rates, and results in another unit than their promise, have no `value`: a chart counts and does not draw them.

    Returns
    -------
    DataFrame
        Of ``metrics.over_completion``, and of a progress report with `value` and `elapsed` of ``metrics.progress_to_date``.
    """
    for doc_id in reports_of(case):
        done = delivered(case, (doc_id,))
        judged = judged_of(done[done["target_id"].isin(counted(case))])
        drawn = judged["target_id"].isin(alike(judged)["target_id"])
        if case.row(doc_id)["kind"] == "progress":
            known = case.ask(metrics.progress_to_date, of=(doc_id,)).dropna(subset=["value", "target_id"])
            known = known.drop_duplicates("target_id", keep="last").set_index("target_id")
            judged = judged.assign(
                value=judged["target_id"].map(known["value"]).where(drawn),
                elapsed=judged["target_id"].map(known["elapsed"]),
            )
        else:
            judged = judged.assign(value=judged["value"].where(drawn))
            if not judged["value"].sub(100).abs().gt(1e-6).any():
                continue  # all just met: a chart would show a line
        if judged["value"].notna().any():
            return judged.reset_index(drop=True)
    return pd.DataFrame()


def classed(case: Case) -> pd.DataFrame:
    """Tasks by class and level of one report: reports of one year speak of the same tasks, and their sum counts these again.

    It is the report that `charted` is of, else the last one that can be judged, else the last.

    Returns
    -------
    DataFrame
        Of ``metrics.completion_summary(by="level")``.
    """
    rows = case.ask(metrics.completion_summary, by="level")
    drawn = charted(case)
    first = tuple(drawn["doc_id"].head(1)) if len(drawn) else ()
    told = set(rows.loc[rows["class"].ne("unknown") & rows["value"].gt(0), "doc_id"])
    judged = tuple(doc_id for doc_id in reports_of(case) if doc_id in told)
    for doc_id in (*first, *judged, *reports_of(case)):
        return rows[rows["doc_id"].eq(doc_id)].reset_index(drop=True)
    return rows


def charted_of(case: Case) -> Reason | None:
    """Which report the charts are of, where there are several."""
    rows = charted(case)
    rows = rows if len(rows) else classed(case)
    of = of_several(case, rows["doc_id"].iloc[0]) if len(rows) else None
    return why("notebook.charted", report=of) if of else None


def classes(case: Case) -> pd.DataFrame:
    """Tasks by class, as computed and as the report claims, by the level whose programme they are of.

    Returns
    -------
    DataFrame
        report (where there are several), level, tasks, over, met, behind, in_progress, unknown (counts), claimed.
    """
    reports = reports_of(case)
    found = case.ask(metrics.completion_summary, of=reports, by="level")
    names, rows = called(case), []
    for doc_id in reports:
        for level in LEVELS:
            part = found[found["doc_id"].eq(doc_id) & found["level"].eq(level)].set_index("class")
            if part.empty:
                continue
            claimed = [
                why("notebook.claimed", kind=name, count=part.at[name, "claimed"])
                for name in CLASSES[:4]
                if name in part.index and part.at[name, "claimed"]
            ]
            rows.append(
                {"report": names[doc_id], "level": level, "tasks": int(part["tasks"].iloc[0])}
                | {f"tasks_{name}": int(part["value"].get(name, 0)) for name in CLASSES}
                | {"claimed": tuple(claimed) or why("notebook.claimed_none")}
            )
    frame = pd.DataFrame(rows)
    dull = [column for column in frame if frame[column].eq(0).all()]
    return frame.drop(columns=dull + (["report"] if len(reports) == 1 else []))


def results(case: Case) -> pd.DataFrame:
    """Every promise with its result, rate, class and claim.

    Returns
    -------
    DataFrame
        target_id, report and level (where there are several), measure, lead_agency, promised, reported, reached (%; in points for
        rates), class, status_claimed, rate_claimed, place.
    """
    reports = reports_of(case)
    if not reports:
        return pd.DataFrame()
    done = pd.concat([delivered(case, (doc_id,)) for doc_id in reports], ignore_index=True)
    done = done[done["target_id"].notna()].reset_index(drop=True)
    outcome = case.of("outcomes", reports).drop_duplicates("target_id").set_index("target_id")
    where = outcome.reindex(done["target_id"]).reset_index()
    places = sourced(done["target_id"], where, case.documents, case.lang)
    claimed = done["status_claimed"].where(done["status_claimed"].isin(CLASSES[:4]))
    frame = pd.DataFrame(
        {
            "target_id": done["target_id"],
            "report": done["doc_id"].map(called(case)),
            "level": done["level"],
            "measure": done["measure"],
            "lead_agency": done["lead_agency"],
            "promised": done["promised"],
            "promised_unit": done["promised_unit"],
            "promised_bound": done["bound"],
            "reported": done["reported"],
            "reported_unit": done["reported_unit"],
            "reported_bound": done["reported_bound"],
            "reached": pd.Series([reached(row) for row in done.itertuples()], dtype=object),
            "class": done["class"],
            "status_claimed": claimed,
            "rate_claimed": done["rate_claimed"],
            "rate_claimed_unit": "%",
            "place": places,
        }
    )
    dull = [column for column in ("report", "level") if frame[column].nunique() == 1]
    return frame.drop(columns=dull).drop_duplicates()
