"""Tasks that a document's prose names and its table lost.

A plan lists its projects in a paragraph and splits them up in an annex; where pages of the annex are damaged, the
paragraph still says what was promised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from minshi_analysis.facts.context import Context, Row
from minshi_analysis.facts.matching import alike
from minshi_analysis.facts.task import Task
from minshi_analysis.language.kin import same_unit

__all__ = ["lost_tasks"]


def lost_tasks(found: Sequence[Task], known: Sequence[Task], context: Context) -> list[Task]:
    """The prose tasks that no table of the document holds, numbered behind those of their programme.

    A promise is known when the programme's tasks hold one with the same value and unit, or with the same words
    and unit. Where a document has no table of tasks, all of them are new; beside a table, those whose figures no
    table holds are. The prose names the lead agencies of a whole
    programme: where they are several, which of them leads a lost task is not known.
    """
    if not known:
        return list(found)
    tasks: list[Task] = []
    counts = Counter(task.row["programme"] for task in known)
    held: dict[str | None, list[Row]] = {}
    for task in known:
        held.setdefault(task.row["programme"], []).extend(task.targets)
    everything = [target for rows in held.values() for target in rows]
    taken = {task.task_id for task in known}
    for task in found:
        row, programme = task.row, task.row["programme"]
        beside = held.get(programme, everything)
        own = [t for t in task.targets if not any(_same(t, other) for other in beside)]
        if not own:
            continue
        if programme not in held:  # a promise of the prose alone, under its own number
            task_id = task.task_id
            if task_id in taken:
                doc_id, _, number = task_id.partition("/")
                task_id = f"{doc_id}/prose-{number}"
            tasks.append(_under(task, row, task_id, own))
            continue
        number = next(other.row["programme_no"] for other in known if other.row["programme"] == programme)
        task_id = None
        while task_id is None or task_id in taken:
            counts[programme] += 1
            place = ".".join(part for part in (number, str(counts[programme])) if part)
            task_id = f"{context.doc_id}/{place}"
        taken.add(task_id)
        row = row | {
            "programme_no": number,
            "item_no": str(counts[programme]),
            "lead_agency": row.get("lead_agency") if "、" not in (row.get("lead_agency") or "") else None,
        }
        tasks.append(_under(task, row, task_id, own))
    return tasks


def _under(task: Task, row: Row, task_id: str, targets: Sequence[Row]) -> Task:
    """The task with another id and those of its targets (and their shares) that are left."""
    ids = {t["target_id"]: f"{task_id}#{k}" for k, t in enumerate(targets, start=1)}
    return replace(
        task,
        row=row | {"task_id": task_id},
        targets=[t | {"task_id": task_id, "target_id": ids[t["target_id"]]} for t in targets],
        allocations=[
            a | {"target_id": ids[a["target_id"]]} for a in task.allocations if a["target_id"] in ids
        ],
    )


def _same(a: Row, b: Row) -> bool:
    if not same_unit(a["unit"], b["unit"]):
        return False
    return (a["value"] == b["value"] and a["unit"] != "%") or alike(a["measure"], b["measure"]) >= 0.8
