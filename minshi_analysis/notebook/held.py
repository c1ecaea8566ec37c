"""Results of reports that print no targets, beside the plan of the same year: what was held to be one promise, and how sure that is."""

from __future__ import annotations

import pandas as pd

from minshi_analysis import metrics
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.delivery import called, reached, reports_of
from minshi_analysis.notebook.places import labels, sourced
from minshi_analysis.reasons import Reason, decoded, why

__all__ = ["held", "held_finding"]


def held(case: Case) -> pd.DataFrame:
    """The plan's targets that results without a target of their own were held against, with the words of both.

    Returns
    -------
    DataFrame
        report (where there are several), measure (the plan's promise), reported_text, promised, reported, reached, class (missing where in
        doubt), alike (how alike words and names are), not_judged (why), place (in the plan), report_place.
    """
    rows = case.ask(metrics.held_to_plan)
    if rows.empty:
        return pd.DataFrame()
    plans = tuple(dict.fromkeys(rows["plan_id"]))
    targets, tasks = case.of("targets", plans), case.of("tasks", plans)
    outcomes = case.of("outcomes", reports_of(case)).drop_duplicates("task_id").set_index("task_id")
    where = targets.set_index("target_id").reindex(rows["target_id"]).reset_index()
    there = outcomes.reindex(rows["task_id"]).reset_index()
    frame = pd.DataFrame(
        {
            "target_id": rows["target_id"],
            "report": rows["doc_id"].map(called(case)),
            "measure": _under(
                rows["target_id"].map(labels(targets, tasks)), where["task_id"], tasks, "programme"
            ),
            "reported_text": _under(
                rows["report_words"], rows["task_id"], case.of("tasks", reports_of(case)), "text"
            ),
            "promised": rows["promised"],
            "promised_unit": rows["promised_unit"],
            "promised_bound": rows["bound"],
            "reported": rows["reported"],
            "reported_unit": rows["reported_unit"],
            "reported_bound": rows["reported_bound"],
            "reached": pd.Series([reached(row) for row in rows.itertuples()], dtype=object),
            "class": rows["class"],
            "alike": pd.Series([_alike(row) for row in rows.itertuples()], dtype=object),
            "not_judged": pd.Series([_doubts(row) for row in rows.to_dict("records")], dtype=object),
            "place": sourced(rows["target_id"], where, case.documents, case.lang),
            "report_place": sourced(rows["task_id"], there, case.documents, case.lang),
        }
    )
    return frame.drop(columns=["report"] if frame["report"].nunique() == 1 else [])


def _under(words: pd.Series, task_ids: pd.Series, tasks: pd.DataFrame, name: str) -> list[str]:
    """Words behind the name that their task goes by, where they do not say it: 筛查3600人 of 孕产妇产前筛查."""
    names = task_ids.map(tasks.drop_duplicates("task_id").set_index("task_id")[name])
    return [
        f"{title}：{text}" if isinstance(title, str) and title not in text else text
        for title, text in zip(names, words, strict=True)
    ]


def _alike(row) -> Reason:
    return why("notebook.held_alike", words=row.words_alike, names=row.names_alike)


def _doubts(row: dict) -> tuple[Reason, ...] | None:
    """Why a pair is not judged; the evidence itself stands in a column of its own."""
    if row["sure"] and row["class"] != "unknown":
        return None
    return tuple(each for each in decoded(row["reason_codes"]) if each.code != "held_by_words") or None


def held_finding(case: Case, doc_id: str) -> Reason | None:
    """How a report without targets of its own stands to the plan of its year; None where nothing could be held against it."""
    rows = case.ask(metrics.held_to_plan)
    rows = rows[rows["doc_id"].eq(doc_id)]
    if rows.empty:
        return None
    sure = rows[rows["sure"]]
    counts = sure["class"].value_counts()
    return why(
        "notebook.held",
        report=called(case)[doc_id],
        count=len(sure),
        parts=[
            why("notebook.claimed", kind=name, count=int(counts[name]))
            for name in ("over", "met", "behind", "in_progress", "unknown")
            if counts.get(name)
        ],
        doubted=why("notebook.held_doubted", count=len(rows) - len(sure)) if len(rows) > len(sure) else None,
        ids="|".join(sure.loc[sure["class"].eq("behind"), "target_id"]) or None,
    )
