"""Plans against time: milestones against target and deadline, indicators against their baseline, projects against
the plan's period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from minshi_analysis.audit.finding import Finding, equal, figure, label, place
from minshi_analysis.audit.wording import own_clause
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.language.text import fold
from minshi_analysis.metrics.direction import direction_of
from minshi_analysis.metrics.forms import as_level
from minshi_analysis.model import records
from minshi_analysis.reasons import Reason, why

__all__ = ["check_schedules"]

_MONTHLY = re.compile(r"(?P<first>\d{1,2})月份?[-~至到](?P<last>\d{1,2})月份?[,、]?每月")


def check_schedules(tables: Mapping[str, pd.DataFrame]) -> Iterator[Iterator[Finding]]:
    """The findings of milestones, indicators and project terms, question by question."""
    yield _milestones(tables)
    yield _baselines(tables["indicators"])
    yield _terms(tables)


# --- milestones ----------------------------------------------------------------------------------------------------


def _milestones(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    tasks = tables["tasks"].set_index("task_id")
    targets = tables["targets"].set_index("target_id", drop=False)
    for task_id, steps in tables["milestones"].groupby("task_id", sort=False):
        task = tasks.loc[task_id]
        yield from _deadline(task_id, task, steps)
        for target_id, own in steps.dropna(subset=["target_id", "value"]).groupby("target_id", sort=False):
            target = targets.loc[target_id]
            clause = own_clause(task.text, target.value, target.unit, target.measure)
            subject = label(task_id, clause.text if clause else task.text)
            yield from _steps(target, own, steps, subject, task.deadline)
        own = targets[targets["task_id"] == task_id]
        yield from _monthly(own, steps, label(task_id, task.text))


def _deadline(task_id: str, task: pd.Series, steps: pd.DataFrame) -> Iterator[Finding]:
    dated = steps[[_prints(due, text) for due, text in zip(steps["due"], steps["text"], strict=True)]]
    if dated.empty or pd.isna(task.deadline):
        return
    last = dated.sort_values("due").iloc[-1]
    late = last["due"] > task.deadline
    about = {"due": last["due"], "deadline": task.deadline}
    said = why("after_deadline", text=last["text"], **about) if late else why("within_deadline", **about)
    key = f"{task_id.partition('/')[2]}.deadline"
    verdict = "mismatch" if late else "ok"
    yield Finding(task.doc_id, "milestone", key, label(task_id, task.text), verdict, said, **place(last))


def _prints(due: object, text: str) -> bool:
    """Whether the words name the month: a date that was only inferred from them is no statement of theirs."""
    return isinstance(due, str) and bool(re.search(rf"(?<!\d){int(due[5:7])}月", fold(text)))


def _steps(
    target: pd.Series, own: pd.DataFrame, steps: pd.DataFrame, subject: str, deadline: object
) -> Iterator[Finding]:
    """Rising towards the target, and there in the end."""
    share = own[own["kind"] == "percent"]
    count = own[own["kind"] == "quantity"]
    count = count[count["unit"].map(lambda unit: same_unit(unit, target.unit)).astype(bool)]
    for rows, goal, name in ((count, target.value, "steps"), (share, 100.0, "percent")):
        if rows.empty or pd.isna(goal):
            continue
        rows = rows.dropna(subset=["due"]).sort_values("due")
        if rows.empty:
            continue
        about = {
            "doc_id": target.doc_id,
            "kind": "milestone",
            "key": f"{target.target_id.partition('/')[2]}.{name}",
            "subject": subject,
            "expected": float(goal),
            **place(rows.iloc[-1]),
        }
        values = rows["value"].astype(float).tolist()
        listed = ", ".join(
            f"{v} {d}" for v, d in zip(map(figure, values), rows["due"].fillna("?"), strict=True)
        )
        if rows["due"].duplicated().any():
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
            said = why("last_is_target", due=rows.iloc[-1]["due"], listed=listed)
            yield Finding(**about, verdict="ok", actual=top, said=said)
        elif _finished_in_words(rows, steps):
            yield Finding(**about, verdict="ok", actual=top, said=why("finished_in_words", listed=listed))
        elif rows.iloc[-1]["due"] < _end(rows.iloc[-1]["due"], deadline):
            said = why("rest_after_last", last=top, goal=float(goal), listed=listed)
            yield Finding(**about, verdict="cannot_check", actual=top, said=said)
        else:
            said = why("milestones_end", last=top, goal=float(goal), listed=listed)
            yield Finding(**about, verdict="mismatch", actual=top, said=said)


def _end(last: str, deadline: object) -> str:
    """When the whole is due: a plan with quarters up to the third says of the fourth what the target says."""
    return deadline if isinstance(deadline, str) else f"{last[:4]}-12-31"


def _finished_in_words(rows: pd.DataFrame, steps: pd.DataFrame) -> bool:
    later = steps[steps["due"].notna() & (steps["due"] > rows["due"].max())]
    return not later.empty


def _monthly(targets: pd.DataFrame, steps: pd.DataFrame, subject: str) -> Iterator[Finding]:
    """So many every month, from one month to another."""
    for step in records(steps):
        flat = fold(step["text"])
        for m in _MONTHLY.finditer(flat):
            months = int(m["last"]) - int(m["first"]) + 1
            each = next((q for q in parse_quantities(step["text"]) if q.start >= m.end()), None)
            fitting = [
                t
                for t in records(targets)
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


def _baselines(indicators: pd.DataFrame) -> Iterator[Finding]:
    """A target worse than what was there already, or a five-year sum below five times the last year."""
    for row in map(as_level, records(indicators, "baseline", "target")):
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


def _terms(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """A term within the plan with less than all of its money, or one beyond the plan with all of it."""
    plans = tables["documents"].set_index("doc_id")
    known = tables["investments"].dropna(subset=["total_yi", "plan_period_yi", "start_year", "end_year"])
    for p in records(known):
        plan = plans.loc[p["doc_id"]]
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
