"""How sure the reader is of each task, and why not surer."""

from __future__ import annotations

from minshi_analysis.facts.context import Row
from minshi_analysis.facts.task import Task

__all__ = ["confidence_of", "row_confidence"]

# What makes a reading less sure, and by how much.
_DOUBTS = {
    "cells laid over the columns by what they hold": 0.1,
    "a cell without a column": 0.3,
    "no quantity in the task's words": 0.1,
    "shares not fully understood": 0.3,
    "the shares do not add up to the target": 0.2,
    "a share or target without a unit": 0.2,
    "read from prose": 0.1,
}


def confidence_of(task: Task) -> Row:
    """A task's row of ``confidence``: its id, confidence (0..1), reasons (separated by ;).

    1.0 means that nothing was in doubt; each doubt takes something away.
    """
    doubts = _doubts(task)
    own = dict(task.doubts)
    left = max(0.0, 1.0 - sum(_DOUBTS[doubt] for doubt in doubts) - sum(own.values()))
    return {
        "doc_id": task.row["doc_id"],
        "row_id": task.task_id,
        "confidence": round(left, 2),
        "reasons": "; ".join([*doubts, *own]) or None,
    }


def row_confidence(row: Row, key: str) -> Row:
    """The row of ``confidence`` of a row that carries its own ``doubts``, each with what it takes away.

    Examples
    --------
    >>> row_confidence({"doc_id": "x", "indicator_id": "x/indicator-1", "doubts": (("no unit is printed", 0.1),)}, "indicator_id")
    {'doc_id': 'x', 'row_id': 'x/indicator-1', 'confidence': 0.9, 'reasons': 'no unit is printed'}
    """
    doubts = row["doubts"]
    return {
        "doc_id": row["doc_id"],
        "row_id": row[key],
        "confidence": round(max(0.0, 1.0 - sum(weight for _, weight in doubts)), 2),
        "reasons": "; ".join(reason for reason, _ in doubts) or None,
    }


def _doubts(task: Task) -> list[str]:
    found = []
    if not task.records:
        found.append("read from prose")
    if any(record.laid for record in task.records):
        found.append("cells laid over the columns by what they hold")
    if any(record.doubts for record in task.records):
        found.append("a cell without a column")
    if not task.targets:
        found.append("no quantity in the task's words")
    if task.rest:
        found.append("shares not fully understood")
    if any(not row["unit"] for row in (*task.targets, *task.allocations)):
        found.append("a share or target without a unit")
    if _short(task):
        found.append("the shares do not add up to the target")
    return found


def _short(task: Task) -> bool:
    """Whether the shares of a counted target add up to less than the target: one may have been lost."""
    for target in task.targets:
        shares = [
            a["value"]
            for a in task.allocations
            if a["target_id"] == target["target_id"] and a["value"] is not None
        ]
        if (
            shares
            and target["value"]
            and target["unit"] != "%"
            and sum(shares) < target["value"] * (1 - 1e-9)
        ):
            return True
    return False
