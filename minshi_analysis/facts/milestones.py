"""Milestones: what a plan promises for the months on the way, from its schedule's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minshi_analysis.facts.context import Context, Row, printed
from minshi_analysis.facts.layout import Table
from minshi_analysis.facts.matching import alike, best_target
from minshi_analysis.facts.tasks import Task
from minshi_analysis.language import dates
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import Text, clean, fold
from minshi_analysis.reading.blocks import Cell

__all__ = ["read_milestones"]

_CLAUSE = re.compile(r"[^;。\n]+")
_HEAD = re.compile(r"\[([^\[\]]+)\]")
_HALF = re.compile(r"任务过半|过半任务|完成过半")
_FLOW = re.compile(r"(?:每月|每周|每季度|每天|月均|平均每)")  # so much a month is no state that is reached


def read_milestones(table: Table, tasks: Sequence[Task], context: Context) -> list[Row]:
    """Rows of ``milestones`` from the schedule column: one for each dated promise, and for each quantity in it."""
    column = table.column("schedule")
    if column is None:
        return []
    return [
        row
        for task in tasks
        for record in task.records
        if column in record.cells
        for row in _of_cell(task, record.cells[column], context)
    ]


def _of_cell(task: Task, cell: Cell, context: Context) -> Iterator[Row]:
    whole = clean(printed(cell), cell.start)
    for part, targets in _parts(whole, task.targets):
        due = None
        for clause in _clauses(part, context):
            due = _due(clause, context) or due
            yield from _of_clause(task, targets, clause, due, cell.ref, context)


def _parts(whole: Text, targets: Sequence[Row]) -> Iterator[tuple[Text, Sequence[Row]]]:
    """A schedule that treats its task's targets one after the other, each under its name in brackets."""
    folded = fold(whole.norm)
    heads = list(_HEAD.finditer(folded))
    if not heads:
        yield whole, targets
        return
    for k, head in enumerate(heads):
        end = heads[k + 1].start() if k + 1 < len(heads) else len(folded)
        named = parse_quantities(head[1], kind="plan")
        own = [t for q in named for t in targets if t["value"] == q.value and t["unit"] == q.unit]
        own = own or [t for t in targets if alike(t["measure"], head[1]) >= 0.6]
        yield whole.slice(head.end(), end), own or targets


def _clauses(part: Text, context: Context) -> Iterator[Text]:
    """The dated promises of a schedule: between semicolons, and from each comma behind which a date stands."""
    folded = fold(part.norm)
    dated = {d.start for d in dates.find_dates(folded, year=context.year)}
    for match in _CLAUSE.finditer(folded):
        cuts = [i + 1 for i in range(match.start(), match.end()) if folded[i] == "," and i + 1 in dated]
        for start, end in zip([match.start(), *cuts], [*cuts, match.end()], strict=True):
            start += len(folded[start:end]) - len(folded[start:end].lstrip(" ,、"))
            if start < end:
                yield part.slice(start, end)


def _due(clause: Text, context: Context) -> str | None:
    """The date that a clause begins with; of a range (4月-8月) its end."""
    folded = fold(clause.norm)
    found = dates.find_dates(folded, year=context.year)
    return found[0].date if found and found[0].start <= 12 else None


def _of_clause(
    task: Task, targets: Sequence[Row], clause: Text, due: str | None, ref: str, context: Context
) -> Iterator[Row]:
    folded = fold(clause.norm)
    start, end = clause.span(0, len(folded))
    base = {
        "task_id": task.task_id,
        "target_id": None,
        "due": due,
        "value": None,
        "unit": None,
        "bound": None,
        "text": clause.norm.strip(" ,，"),
    }
    found = (
        []
        if _FLOW.search(folded)
        else [q for q in parse_quantities(folded, kind="plan") if q.role != "baseline"]
    )
    rates = any(t["unit"] == "%" for t in targets)
    rows = []
    for q in found:
        if q.unit == "%" and not rates:
            target = targets[0] if len(targets) == 1 else best_target(q.measure, None, targets)
            rows.append(_valued(base, "percent", q, target))
        else:
            target = best_target(q.measure, q.unit, targets)
            if (
                target is None
                and q.unit != "%"
                and len(found) > 1
                and any(best_target(o.measure, o.unit, targets) for o in found)
            ):
                continue
            rows.append(_valued(base, "quantity", q, target))
    if not rows and _HALF.search(folded):
        target = targets[0]["target_id"] if len(targets) == 1 else None
        rows.append(
            {**base, "kind": "percent", "value": 50.0, "unit": "%", "bound": "more_than", "target_id": target}
        )
    yield from (context.row(row, start, end, ref) for row in rows or [{**base, "kind": "qualitative"}])


def _valued(base: Row, kind: str, q: Quantity, target: Row | None) -> Row:
    found = {"value": q.value, "unit": q.unit or None, "bound": q.bound}
    return {**base, "kind": kind, "target_id": target["target_id"] if target else None, **found}
