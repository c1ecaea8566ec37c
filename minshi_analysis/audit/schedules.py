"""Plans against time: milestones against target and deadline, indicators against their baseline, projects against
the plan's period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

import pandas as pd

from minshi_analysis.audit.finding import Finding, Tables, equal, figure, label, last_due, place
from minshi_analysis.audit.wording import own_clause
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.language.text import fold
from minshi_analysis.metrics.direction import direction_of
from minshi_analysis.metrics.forms import as_level
from minshi_analysis.model import Row, grouped, having
from minshi_analysis.reasons import Reason, why

__all__ = ["check_schedules"]

_MONTHLY = re.compile(r"(?P<first>\d{1,2})月份?[-~至到](?P<last>\d{1,2})月份?[,、]?每月")


def check_schedules(tables: Tables) -> Iterator[Iterator[Finding]]:
    """The findings of milestones, indicators and project terms, question by question."""
    yield _milestones(tables)
    yield _baselines(tables["indicators"])
    yield _terms(tables)


# --- milestones ----------------------------------------------------------------------------------------------------


def _milestones(tables: Tables) -> Iterator[Finding]:
    tasks = {task["task_id"]: task for task in tables["tasks"]}
    targets = {target["target_id"]: target for target in tables["targets"]}
    of_task = grouped(tables["targets"], "task_id")
    for task_id, steps in grouped(tables["milestones"], "task_id").items():
        task = tasks[task_id]
        yield from _deadline(task, steps)
        for target_id, own in grouped(having(steps, "value"), "target_id").items():
            target = targets[target_id]
            clause = own_clause(task["text"], target["value"], target["unit"], target["measure"])
            subject = label(task_id, clause.text if clause else task["text"])
            yield from _steps(target, own, steps, subject, task["deadline"])
        yield from _monthly(of_task.get(task_id, ()), steps, label(task_id, task["text"]))


def _deadline(task: Row, steps: Sequence[Row]) -> Iterator[Finding]:
    dated = [step for step in steps if _prints(step["due"], step["text"])]
    if not dated or pd.isna(task["deadline"]):
        return
    last = last_due(dated)
    late = last["due"] > task["deadline"]
    about = {"due": last["due"], "deadline": task["deadline"]}
    said = why("after_deadline", text=last["text"], **about) if late else why("within_deadline", **about)
    key = f"{task['task_id'].partition('/')[2]}.deadline"
    verdict = "mismatch" if late else "ok"
    subject = label(task["task_id"], task["text"])
    yield Finding(task["doc_id"], "milestone", key, subject, verdict, said, **place(last))


def _prints(due: object, text: str) -> bool:
    """Whether the words name the month: a date that was only inferred from them is no statement of theirs."""
    return isinstance(due, str) and bool(re.search(rf"(?<!\d){int(due[5:7])}月", fold(text)))


def _steps(
    target: Row, own: Sequence[Row], steps: Sequence[Row], subject: str, deadline: object
) -> Iterator[Finding]:
    """Rising towards the target, and there in the end."""
    share = [step for step in own if step["kind"] == "percent"]
    count = [step for step in own if step["kind"] == "quantity" and same_unit(step["unit"], target["unit"])]
    for found, goal, name in ((count, target["value"], "steps"), (share, 100.0, "percent")):
        rows = sorted(having(found, "due"), key=itemgetter("due"))
        if not rows or pd.isna(goal):
            continue
        about = {
            "doc_id": target["doc_id"],
            "kind": "milestone",
            "key": f"{target['target_id'].partition('/')[2]}.{name}",
            "subject": subject,
            "expected": float(goal),
            **place(rows[-1]),
        }
        values = [float(row["value"]) for row in rows]
        listed = ", ".join(f"{figure(row['value'])} {row['due']}" for row in rows)
        if len({row["due"] for row in rows}) < len(rows):
            yield Finding(**about, verdict="cannot_check", said=why("two_stages", listed=listed))
            continue
        falls = any(b < a for a, b in pairwise(values))
        top = max(values)
        if top > goal and not equal(top, float(goal)) and name == "percent":
            yield Finding(
                **about,
                verdict="mismatch",
                actual=top,
                said=why("more_than_all", listed=listed),
            )
        elif falls:
            yield Finding(
                **about,
                verdict="mismatch",
                actual=top,
                said=why("milestones_fall", listed=listed),
            )
        elif top > goal and not equal(top, float(goal)):
            said = why("last_beyond_target", listed=listed, goal=float(goal))
            yield Finding(**about, verdict="mismatch", actual=top, said=said)
        elif equal(top, float(goal)):
            said = why("last_is_target", due=rows[-1]["due"], listed=listed)
            yield Finding(**about, verdict="ok", actual=top, said=said)
        elif _finished_in_words(rows, steps):
            yield Finding(**about, verdict="ok", actual=top, said=why("finished_in_words", listed=listed))
        elif rows[-1]["due"] < _end(rows[-1]["due"], deadline):
            said = why("rest_after_last", last=top, goal=float(goal), listed=listed)
            yield Finding(**about, verdict="cannot_check", actual=top, said=said)
        else:
            said = why("milestones_end", last=top, goal=float(goal), listed=listed)
            yield Finding(**about, verdict="mismatch", actual=top, said=said)


def _end(last: str, deadline: object) -> str:
    """When the whole is due: a plan with quarters up to the third says of the fourth what the target says."""
    return deadline if isinstance(deadline, str) else f"{last[:4]}-12-31"


def _finished_in_words(rows: Sequence[Row], steps: Sequence[Row]) -> bool:
    return any(step["due"] > rows[-1]["due"] for step in having(steps, "due"))


def _monthly(targets: Sequence[Row], steps: Sequence[Row], subject: str) -> Iterator[Finding]:
    """So many every month, from one month to another."""
    for step in steps:
        flat = fold(step["text"])
        for m in _MONTHLY.finditer(flat):
            months = int(m["last"]) - int(m["first"]) + 1
            each = next((q for q in parse_quantities(step["text"]) if q.start >= m.end()), None)
            fitting = [
                t
                for t in targets
                if each is not None and same_unit(t["unit"], each.unit) and pd.notna(t["value"])
            ]
            if each is None or not fitting or months < 1:
                continue
            goal, made = float(fitting[0]["value"]), months * each.value
            said = why("months_make", months=months, each=each.value, made=made, goal=goal)
            verdict = "ok" if made >= goal or equal(made, goal) else "cannot_check"
            key = f"{fitting[0]['target_id'].partition('/')[2]}.monthly"
            yield Finding(step["doc_id"], "milestone", key, subject, verdict, said, goal, made, **place(step))


# --- indicators ----------------------------------------------------------------------------------------------------


def _baselines(indicators: Sequence[Row]) -> Iterator[Finding]:
    """A target worse than what was there already, or a five-year sum below five times the last year."""
    for row in map(as_level, having(indicators, "baseline", "target")):
        name = " ".join(str(row[c]) for c in ("name", "sub_name") if pd.notna(row[c]))
        about = {
            "doc_id": row["doc_id"],
            "kind": "plan_vs_baseline",
            "key": row["indicator_id"].partition("/")[2],
            "subject": f"{row['indicator_no']} {name}",
            "expected": float(row["baseline"]),
            "actual": float(row["target"]),
            **place(row),
        }
        worse, said = _worse(row, name)
        built = (
            said.code == "from_to" and dict(said.params)["by"] == "figures"
        )  # the direction is that of the figures
        yield Finding(**about, verdict="mismatch" if worse else "ok", said=said, built=built)


def _worse(row: dict, name: str) -> tuple[bool, Reason]:
    base, goal = float(row["baseline"]), float(row["target"])
    from_year, to_year = row["baseline_year"], row["target_year"]
    if row["cumulative"]:
        years = int(to_year - from_year) if pd.notna(from_year) and pd.notna(to_year) else 5
        each = goal / years
        less = each < base and not equal(each, base)
        said = {"goal": goal, "years": years, "each": each, "base": base, "year": _year(from_year)}
        return less, why("sum_below_pace" if less else "sum_and_pace", **said)
    if equal(base, goal):
        return False, why("keeps_baseline")
    direction, by = direction_of(name, row["bound"], base, goal)
    if by != "figures" and (goal > base) != (direction == "up"):
        return True, why("target_below_start", year=_year(from_year), base=base, goal=goal, by=by)
    return False, why("from_to", base=base, goal=goal, by=by)


def _year(year: Any) -> int | None:
    return None if pd.isna(year) else int(year)


# --- project terms -------------------------------------------------------------------------------------------------


def _terms(tables: Tables) -> Iterator[Finding]:
    """A term within the plan with less than all of its money, or one beyond the plan with all of it."""
    plans = {document["doc_id"]: document for document in tables["documents"]}
    for p in having(tables["investments"], "total_yi", "plan_period_yi", "start_year", "end_year"):
        plan = plans[p["doc_id"]]
        if pd.isna(plan["year_end"]):
            continue
        whole, part = float(p["total_yi"]), float(p["plan_period_yi"])
        term = f"{p['start_year']}-{p['end_year']}"
        within = p["start_year"] >= plan["year"] and p["end_year"] <= plan["year_end"]
        beyond = p["end_year"] > plan["year_end"]
        verdict, said = "ok", why("term_agrees", term=term)
        if within and not equal(whole, part):
            verdict, said = "mismatch", why("term_within", term=term, part=part, whole=whole)
        elif beyond and equal(whole, part):
            verdict, said = "mismatch", why("term_beyond", term=term)
        elif not within and equal(whole, part):
            verdict, said = "cannot_check", why("begun_before", term=term)
        key = p["investment_id"].partition("/")[2]
        yield Finding(
            p["doc_id"],
            "plan_period",
            key,
            f"{p['item_no']} {p['name']}",
            verdict,
            said,
            whole,
            part,
            **place(p),
        )
