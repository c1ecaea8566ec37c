"""The same thing twice: an entry that is listed twice, a result that two lists of a document report differently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import pandas as pd

from minshi_analysis.audit.finding import Finding, Tables, equal, figure, label, place
from minshi_analysis.audit.wording import likeness, own_clause
from minshi_analysis.language.kin import same_unit
from minshi_analysis.model import Row, grouped, having
from minshi_analysis.reasons import why

__all__ = ["check_repeats"]

_ALIKE = 0.75
_NAMED_ALIKE = 0.6
_QUOTED = re.compile('["“]([^"”“]{2,20})["”]')
_AMOUNTS = {"total_yi": "总投资", "plan_period_yi": "计划投资"}


def check_repeats(tables: Tables) -> Iterator[Iterator[Finding]]:
    """The findings of entries listed twice and results reported twice, question by question."""
    yield _projects(tables["investments"])
    yield _results(tables)


def _projects(projects: Sequence[Row]) -> Iterator[Finding]:
    for name, rows in grouped(projects, "name").items():
        if len(rows) < 2:
            continue
        first, doc_id = rows[0], rows[0]["doc_id"]
        where = [f"{row['item_no']} ({row['field']})" for row in rows]
        key = "=".join(row["investment_id"].partition("/")[2] for row in rows)
        said = why("listed_again", times=len(rows), where=where)
        yield Finding(doc_id, "duplicate", key, name, "mismatch", said, 1.0, float(len(rows)), **place(first))
        for column, what in _AMOUNTS.items():
            values = [float(row[column]) for row in having(rows, column)]
            if len(values) < 2:
                continue
            same = all(equal(v, values[0]) for v in values)
            printed = [f"{row['item_no']}: {figure(row[column])}" for row in rows]
            yield Finding(
                doc_id,
                "same_thing_twice",
                f"{key}.{column}",
                f"{name} {what}",
                "ok" if same else "mismatch",
                why("entries_agree", printed=printed) if same else why("entries_differ", printed=printed),
                values[0],
                next((v for v in values if not equal(v, values[0])), values[1]),
                **place(rows[1]),
            )


def _results(tables: Tables) -> Iterator[Finding]:
    """Results for the same promise in two lists of one document (省级, 市级, 县级)."""
    tasks = {task["task_id"]: task for task in tables["tasks"]}
    for doc_id, found in grouped(_reported(tables, tasks), "doc_id").items():
        if len({e["level"] for e in found}) < 2:
            continue
        for a, b in combinations(found, 2):
            if a["level"] == b["level"] or not _same_thing(a, b):
                continue
            agree = equal(a["value"], b["value"])
            known = a["promised"] is not None and b["promised"] is not None
            sizes = known and not equal(a["promised"], b["promised"])
            if sizes and not agree:
                continue  # two promises of different size need not end alike
            said = {
                "first": label(a["task_id"]),
                "a": a["value"],
                "second": label(b["task_id"]),
                "b": b["value"],
            }
            yield Finding(
                doc_id,
                "same_thing_twice",
                f"{a['task_id'].partition('/')[2]}={b['task_id'].partition('/')[2]}",
                f"{label(a['task_id'])} / {label(b['task_id'], tasks[b['task_id']]['text'])} {a['measure']}",
                "ok" if agree else "mismatch",
                why("reports_agree" if agree else "reports_differ", unit=b["unit"], **said),
                a["value"],
                b["value"],
                **place(b),
                built=sizes,
            )


def _reported(tables: Tables, tasks: Mapping[str, dict]) -> Iterator[dict]:
    """One entry a target with its largest result, and one for each result of a task without a target."""
    results = grouped(having(tables["outcomes"], "value"), "task_id")
    targets = grouped(tables["targets"], "task_id")
    for task_id, promised in targets.items():
        for t in promised:
            own = [r for r in results.get(task_id, []) if same_unit(r["unit"], t["unit"])]
            attached = [r for r in own if r["target_id"] == t["target_id"]]
            own = attached + [r for r in own if pd.isna(r["target_id"])] if len(promised) == 1 else attached
            if not own or t["unit"] == "%" or pd.isna(t["value"]):
                continue
            task = tasks[task_id]
            clause = own_clause(task["text"], t["value"], t["unit"], t["measure"])
            best = max(own, key=lambda r: r["value"])
            yield _entry(best, task, clause.words if clause else str(t["measure"]), float(t["value"]))
    for task_id, found in results.items():
        if task_id not in targets:
            yield from (_entry(r, tasks[task_id], str(tasks[task_id]["text"]), None) for r in found)


def _entry(result: dict, task: dict, words: str, promised: float | None) -> dict:
    more = {"level": task["level"], "words": words, "promised": promised, "value": float(result["value"])}
    return result | more


def _same_thing(a: dict, b: dict) -> bool:
    """The same unit, and the same words: of the promise, or of a result that bears a proper name (“温州益康保”)."""
    if not same_unit(a["unit"], b["unit"]):
        return False
    if likeness(a["words"], b["words"]) >= _ALIKE:
        return True
    names = set(_QUOTED.findall(str(a["text"]))) & set(_QUOTED.findall(str(b["text"])))
    return bool(names) and likeness(a["words"], b["words"]) >= _NAMED_ALIKE
