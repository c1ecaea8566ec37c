"""Results of a report that prints no targets, held against the plan of the same region and year by the names of their tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from minshi_analysis.audit.wording import likeness, own_clause
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.judging import NO_UNIT, compared
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.model import empty, records
from minshi_analysis.reasons import Reason, why

__all__ = ["held_to_plan"]

ALIKE = 0.6  # below this in words or in names two promises are not compared at all
SURE = 0.9  # from this in both, without a rival, they are held to be one
_RIVAL = 0.1  # how much less alike the next one must be
# What a plan has built and a report has finished building: 新建2所, 建成2所. To rebuild or enlarge is another deed.
_BUILT = re.compile(r"^(?:已|共)?(?:新建成?|建成|建设|完成建设)")
_NOT_ADOPTED = ("candidate", "draft")


def held_to_plan(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Results without a printed target against the plan of the same region and year: ``100 * result / target``, %.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, outcomes of reports (kind progress or
        completion) and of plans.

    Returns
    -------
    DataFrame
        Keys doc_id (the report), plan_id, task_id (the report's), target_id (the plan's), measure; value (%), promised and reported
        (their unit), difference; words_alike and names_alike (%, how alike the words around the two figures and the names of the two
        tasks are). Notes sure, plan_words, report_words, bound, reported_bound, as_of, class, status_claimed, agrees; stage;
        source_ids of both; reason. Where `sure` is false there is no value and the class is unknown: the words are shown for a person to
        decide.

    Notes
    -----
    Only results of a whole, of tasks for which the report prints no target itself; plans that are candidates or drafts are left
    out. Two figures are held to be of one promise where they count in the same unit, tasks are of the same level, and both the words
    around the figures and the names of the tasks are at least nine tenths alike, with no other pair nearly so. Several plans must print
    the same figure. That the plan was not changed since is not known.

    Examples
    --------
    >>> held_to_plan("乐清市", 2022).empty  # its report prints each target itself
    True
    """
    names = ("tasks", "targets", "outcomes")
    t = resolve(names, region, year, tables, kinds=("progress", "completion"))
    try:
        plans = resolve(("tasks", "targets"), region, year, tables, kinds=("plan",))
    except ValueError:  # there is none
        plans = {name: empty(name) for name in ("documents", *names)}
    rows: list[dict] = []
    for report in t["documents"].to_dict("records"):
        rows += _held(report, _one(t, [report["doc_id"]]), _plans_of(report, plans))
    figures = {"value": "%", "promised": None, "reported": None, "difference": None}
    figures |= {"words_alike": "%", "names_alike": "%"}
    notes = ["sure", "plan_words", "report_words", "bound", "reported_bound", "as_of", "class"]
    keys = ["doc_id", "plan_id", "task_id", "target_id", "measure"]
    return result(rows, keys, figures, [*notes, "status_claimed", "agrees"], t["documents"])


def _one(t: Mapping[str, pd.DataFrame], doc_ids: list[str]) -> dict[str, pd.DataFrame]:
    return {name: rows[rows["doc_id"].isin(doc_ids)] for name, rows in t.items()}


def _plans_of(report: Mapping, plans: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The adopted plans of the report's region and year."""
    known = plans["documents"]
    code = report["adcode"]
    same = known["adcode"].eq(code) if isinstance(code, str) else known["region"].eq(report["region"])
    same &= known["year"].eq(report["year"]).fillna(False).astype(bool)
    if "stage" in known:
        same &= ~known["stage"].isin(_NOT_ADOPTED)
    return _one(plans, list(known.loc[same, "doc_id"]))


def _held(report: Mapping, t: dict[str, pd.DataFrame], plans: dict[str, pd.DataFrame]) -> Iterator[dict]:
    from minshi_analysis.tables.ids import numbered_ids

    outcomes = t["outcomes"].assign(outcome_id=numbered_ids("outcomes", t["outcomes"]))
    own = set(t["targets"]["task_id"])
    loose = outcomes[
        outcomes["target_id"].isna()
        & outcomes["value"].notna()
        & outcomes["region"].isna()
        & ~outcomes["task_id"].isin(own)
        & ~outcomes["unit"].isin(["%", "‰"])
    ]
    done = [_told(row, t["tasks"]) for row in loose.to_dict("records")]
    asked = [
        _promised(row, plans["tasks"]) for row in plans["targets"].dropna(subset="value").to_dict("records")
    ]
    chosen = _assigned(asked, done)
    if not chosen:
        return
    judged = _judged(report, {**t, "outcomes": outcomes}, [(asked[i], done[j]) for i, j, _ in chosen])
    for i, j, rival in chosen:
        promise, told = asked[i], done[j]
        words, names = _likeness(promise, told)
        obstacle = _doubt(words, names, promise, told, rival)
        evidence = why(
            "held_by_words", plan=promise["doc_id"], words=round(100 * words), names=round(100 * names)
        )
        row = judged.get((promise["target_id"], told["outcome_id"]))
        if obstacle is not None or row is None:
            row = _unjudged(promise, told)
        yield row | {
            "doc_id": report["doc_id"],
            "plan_id": promise["doc_id"],
            "task_id": told["task_id"],
            "target_id": promise["target_id"],
            "measure": promise["measure"],
            "words_alike": 100 * words,
            "names_alike": 100 * names,
            "sure": obstacle is None,
            "plan_words": promise["text"],
            "report_words": told["text"],
            "source_ids": join_ids(
                promise["target_id"], promise["task_id"], told["task_id"], told["outcome_id"]
            ),
            "reason": because(obstacle, evidence, row.get("reason")),
        }


def _promised(target: dict, tasks: pd.DataFrame) -> dict:
    task = tasks[tasks["task_id"].eq(target["task_id"])].iloc[0]
    return target | _words(target, task["text"], task)


def _told(outcome: dict, tasks: pd.DataFrame) -> dict:
    task = tasks[tasks["task_id"].eq(outcome["task_id"])].iloc[0]
    return outcome | _words(outcome, outcome["text"], task) | {"text": str(outcome["text"]).rstrip("。")}


def _words(row: Mapping, text: object, task: pd.Series) -> dict:
    """The words around a figure, and the names that its task goes by."""
    clause = own_clause(text, row["value"], row["unit"], row["measure"])
    words = clause.words if clause and clause.words else row["measure"]
    named = [_unnumbered(each) for each in (task["text"], task.get("programme")) if isinstance(each, str)]
    return {
        "words": words if isinstance(words, str) else "",
        "names": named,
        "level": task.get("level"),
        "text": str(task["text"]).rstrip("。"),
    }


def _unnumbered(text: str) -> str:
    """A task's words without its figures: the plan and the report print other ones."""
    kept, last = [], 0
    for quantity in parse_quantities(text):
        kept.append(text[last : quantity.start])
        last = quantity.end
    return "".join([*kept, text[last:]]).strip("，,、；;。 ")


def _likeness(promise: Mapping, told: Mapping) -> tuple[float, float]:
    """How alike the words around the figures are, and the names of the tasks; a plan's words may be the report's name of the task."""
    names = [
        likeness(_BUILT.sub("", a), _BUILT.sub("", b))
        for a in (*promise["names"], promise["words"])
        for b in told["names"]
    ]
    words = (_BUILT.sub("", row["words"]) for row in (promise, told))
    return likeness(*words), max(names, default=0.0)


def _assigned(asked: list[dict], done: list[dict]) -> list[tuple[int, int, dict | None]]:
    """Promise and result one to one, the most alike in all; and a promise or result that nearly takes the place of either."""
    from scipy.optimize import linear_sum_assignment

    if not asked or not done:
        return []
    scores = np.zeros((len(asked), len(done)))
    for i, promise in enumerate(asked):
        for j, told in enumerate(done):
            levels = (promise["level"], told["level"])
            apart = all(isinstance(level, str) for level in levels) and levels[0] != levels[1]
            if not apart and same_unit(_text(promise["unit"]), _text(told["unit"])):
                both = _likeness(promise, told)
                scores[i, j] = sum(both) / 2 if min(both) >= ALIKE else 0.0
    found = []
    for i, j in zip(*linear_sum_assignment(-scores), strict=True):
        if scores[i, j] <= 0:
            continue
        near = [asked[k] for k in np.flatnonzero(scores[:, j] > scores[i, j] - _RIVAL) if k != i]
        near = [other for other in near if _other_promise(other, asked[i])]
        near += [done[k] for k in np.flatnonzero(scores[i] > scores[i, j] - _RIVAL) if k != j]
        found.append((int(i), int(j), near[0] if near else None))
    return found


def _other_promise(other: Mapping, promise: Mapping) -> bool:
    """Whether a rival is no mere repetition of the promise in another plan."""
    return other["doc_id"] == promise["doc_id"] or other["value"] != promise["value"]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _doubt(
    words: float, names: float, promise: Mapping, told: Mapping, rival: Mapping | None
) -> Reason | None:
    if min(words, names) < SURE:
        return why("held_names_differ", plan=promise["text"], report=told["text"])
    if _text(promise["unit"]) is None:
        return why("held_no_unit")
    if rival is not None:
        return why("held_rival", other=rival["words"])
    return None


def _judged(report: Mapping, t: dict[str, pd.DataFrame], pairs: list[tuple[dict, dict]]) -> dict[tuple, dict]:
    """What becomes of the plan's targets when the report's words answer to them."""
    answers = {told["outcome_id"]: promise["target_id"] for promise, told in pairs}
    outcomes, own = t["outcomes"], t["outcomes"]["target_id"]
    outcomes = outcomes.assign(target_id=own.where(own.notna(), outcomes["outcome_id"].map(answers)))
    outcomes = outcomes.drop(columns="outcome_id")
    targets = [
        {name: promise[name] for name in t["targets"]}
        | {"task_id": told["task_id"], "doc_id": report["doc_id"]}
        for promise, told in pairs
    ]
    asked = {"documents": t["documents"], "tasks": t["tasks"], "outcomes": outcomes}
    rows = compared({name: records(table) for name, table in asked.items()} | {"targets": targets})
    by_id = {promise["target_id"]: told["outcome_id"] for promise, told in pairs}
    return {(row["target_id"], by_id[row["target_id"]]): row for row in rows if row["target_id"] in by_id}


def _unjudged(promise: Mapping, told: Mapping) -> dict:
    nothing = dict.fromkeys(("value", "difference"), float("nan"))
    return nothing | {
        "promised": promise["value"],
        "promised_unit": _text(promise["unit"]) or NO_UNIT,
        "reported": told["value"],
        "reported_unit": _text(told["unit"]) or NO_UNIT,
        "difference_unit": NO_UNIT,
        "bound": promise["bound"],
        "reported_bound": told["bound"],
        "as_of": told["as_of"],
        "class": "unknown",
        "status_claimed": told["status_claimed"],
        "agrees": None,
    }
