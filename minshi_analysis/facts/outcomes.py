"""Outcomes: what a report says became of each target, with the status and the rate that it claims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.facts.context import Context, Row, printed, words
from minshi_analysis.facts.layout import Record, Table
from minshi_analysis.facts.matching import alike, pair
from minshi_analysis.facts.tasks import Task, measure_of, same_unit
from minshi_analysis.language import dates
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import clean, fold

__all__ = ["read_outcomes", "status_of"]

_STATUS = (
    ("over", re.compile(r"超额|超目标|超计划|超进度|超时序")),
    ("behind", re.compile(r"未完成|滞后|未达|落后|未按|延期")),
    ("in_progress", re.compile(r"进行中|推进中|正在|在建|有序推进|序时|正常|按计划|进度")),
    ("met", re.compile(r"完成|达标|达到|实现")),
)
_AS_OF = re.compile(r"截[至止]到?|截至?目前|(?<![\d月日年])至(?=\s*\d{1,2}\s*月)")
_EXCEEDED = re.compile(r"超额[^,，;；。]{0,12}完成[^,，;；。]{0,4}$")
_RESULT = re.compile(r"(?:已|实际|累计|目前|共|全部|均)[^,，;；。\d]{0,5}$")
_RATE_BEHIND = re.compile(r"[^,，;；。]{0,3}[,，]\s*(?:完成率|占|为|达)")
_ASKED = re.compile(r"(?:任务|目标|计划)(?:数|为|是)?\s*$")
_NUMBER = re.compile(r"^[(（]?\d{1,3}[)）.、](?!\d)\s*")


def status_of(text: str | None) -> str | None:
    """The status that words claim.

    Examples
    --------
    >>> status_of("超额完成"), status_of("完成任务"), status_of("未完成"), status_of(None)
    ('over', 'met', 'behind', None)
    """
    if not text:
        return None
    return next((status for status, form in _STATUS if form.search(text)), None)


def read_outcomes(table: Table, tasks: Sequence[Task], context: Context) -> list[Row]:
    """Rows of ``outcomes``: for every target a result, and every further result that a report prints.

    A result without a number keeps its words and has no value; a figure that could only be counted from names is not
    printed, and so not read.
    """
    column, status = table.column("result"), table.column("status")
    if column is None:
        return []
    rows: list[Row] = []
    for task in tasks:
        taken: set[str] = set()
        found: list[Row] = []
        for record in task.records:
            if column in record.cells:
                found += _of_record(task, record, column, status_of(words(record.at(status))), taken, context)
        silent = [t for t in task.targets if t["target_id"] not in taken] or ([] if found else [None])
        first = next((r for r in task.records if column in r.cells), None)
        if first is not None:
            claimed = status_of(words(first.at(status)))
            found += [_row(task, t, None, first, column, claimed, None, context) for t in silent]
        rows += sorted(found, key=lambda r: r["target_id"] or "~")
    return rows


def _of_record(
    task: Task, record: Record, column: int, claimed: str | None, taken: set[str], context: Context
) -> list[Row]:
    cell = record.cells[column]
    text = printed(cell)
    text = _NUMBER.sub(lambda mark: " " * len(mark[0]), text)
    quantities = parse_quantities(text, kind=context.kind)
    actuals = [
        q
        for q in quantities
        if q.role not in ("rate", "baseline") and not _repeats_target(q, quantities, task, text)
    ]
    free = [t for t in task.targets if t["target_id"] not in taken]
    paired = pair(actuals, free, [_emphasis(q, text) for q in actuals])
    taken.update(target["target_id"] for target in paired.values())
    rows = [
        _row(task, paired.get(i), q, record, column, claimed, None, context) for i, q in enumerate(actuals)
    ]
    for rate in (q for q in quantities if q.role == "rate" and q.unit == "%"):
        owner = _rated(rate, actuals, rows, text)
        if owner is not None:
            owner["rate_claimed"] = rate.value
        else:
            target = task.targets[0] if len(task.targets) == 1 else None
            row = _row(task, target, None, record, column, claimed, rate, context)
            if target is not None:
                taken.add(target["target_id"])
            rows.append(row)
    return rows


def _emphasis(q: Quantity, text: str) -> float:
    """How much a quantity's place marks it as the result: 实际完成…, a rate behind it; less for 年度任务…."""
    before, behind = text[max(0, q.start - 8) : q.start], text[q.end : q.end + 12]
    if _ASKED.search(before):
        return -1.0
    return 0.4 * bool(_RESULT.search(before)) + 0.4 * bool(_RATE_BEHIND.match(behind))


def _repeats_target(q: Quantity, quantities: Sequence[Quantity], task: Task, text: str) -> bool:
    """`超额113%完成120张…,实际完成136张`: the first number repeats the target; the result stands behind it."""
    same = any(t["value"] == q.value and same_unit(t["unit"], q.unit) for t in task.targets)
    return (
        same
        and bool(_EXCEEDED.search(text[: q.start]))
        and any(o.start > q.start and same_unit(o.unit, q.unit) for o in quantities)
    )


def _rated(rate: Quantity, actuals: Sequence[Quantity], rows: Sequence[Row], text: str) -> Row | None:
    """The result that a claimed rate belongs to: the last before it, else the only one."""
    before = [i for i, q in enumerate(actuals) if q.start < rate.start and rows[i]["rate_claimed"] is None]
    if before:
        return rows[before[-1]]
    return rows[0] if len(rows) == 1 and rows[0]["rate_claimed"] is None else None


def _row(
    task: Task,
    target: Row | None,
    q: Quantity | None,
    record: Record,
    column: int,
    claimed: str | None,
    rate: Quantity | None,
    context: Context,
) -> Row:
    cell = record.cells[column]
    start, end = (cell.start + q.start, cell.start + q.end) if q else (cell.start, cell.end)
    text = clean(printed(cell)).norm.strip()
    return context.row(
        {
            "task_id": task.task_id,
            "target_id": target["target_id"] if target else None,
            "measure": _measure(task, target, q),
            "value": q.value if q else None,
            "unit": (q.unit if q else target["unit"] if target else None) or None,
            "bound": q.bound if q else None,
            "status_claimed": claimed,
            "rate_claimed": rate.value if rate else None,
            "as_of": _as_of(text, context),
            "text": _NUMBER.sub("", text),
        },
        start,
        end,
        cell.ref,
    )


def _measure(task: Task, target: Row | None, q: Quantity | None) -> str | None:
    """What a result counts: its own words where they are close to the target's, else the target's."""
    if target is not None and (q is None or alike(q.measure, target["measure"]) <= 0.7):
        return target["measure"]
    return (q.measure or None) if q is not None else measure_of(task.headline)


def _as_of(text: str, context: Context) -> str | None:
    """The date a result is of: 截至10月31日 in its words, else the document's."""
    folded = fold(text)
    mark = _AS_OF.search(folded)
    found = dates.find_dates(folded[mark.end() : mark.end() + 16], year=context.year) if mark else []
    return found[0].date if found else context.as_of
