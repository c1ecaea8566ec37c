"""Tasks that a document's prose names and its table lost.

A plan lists its projects in a paragraph and splits them up in an annex; where pages of the annex are damaged, the
paragraph still says what was promised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from minshi_analysis.facts.context import Context, Row
from minshi_analysis.facts.matching import alike
from minshi_analysis.facts.task import Task
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.text import fold

__all__ = ["lost_tasks"]


def lost_tasks(
    found: Sequence[Row], targets: Sequence[Row], known: Sequence[Task], context: Context
) -> list[Task]:
    """The prose tasks that no table of the document holds, numbered behind those of their programme.

    A promise is known when the programme's tasks hold one with the same value and unit, or with the same words
    and unit. Where a document has no table of tasks, all of them are new; beside a table, those whose figures no
    table holds are. The prose names the lead agencies of a whole
    programme: where they are several, which of them leads a lost task is not known.
    """
    tasks: list[Task] = []
    counts = Counter(task.row["programme"] for task in known)
    held: dict[str | None, list[Row]] = {}
    for task in known:
        held.setdefault(task.row["programme"], []).extend(task.targets)
    everything = [target for rows in held.values() for target in rows]
    taken = {task.task_id for task in known}
    by_task: dict[str, list[Row]] = {}
    for target in targets:
        by_task.setdefault(target["task_id"], []).append(target)
    for row in found:
        own = by_task.get(row["task_id"], [])
        programme = row["programme"]
        if known:
            beside = held.get(programme, everything)
            own = [t for t in own if not any(_same(t, other) for other in beside)]
            if not own:
                continue
            if programme not in held:  # a promise of the prose alone, under its own number
                tasks.append(_of_prose(row, own, taken))
                continue
            counts[programme] += 1
            number = next(task.row["programme_no"] for task in known if task.row["programme"] == programme)
            task_id = f"{context.doc_id}/{number}.{counts[programme]}"
            row = row | {
                "task_id": task_id,
                "programme_no": number,
                "item_no": str(counts[programme]),
                "lead_agency": row.get("lead_agency") if "、" not in (row.get("lead_agency") or "") else None,
            }
            own = [
                t | {"task_id": task_id, "target_id": f"{task_id}#{k}"} for k, t in enumerate(own, start=1)
            ]
        tasks.append(Task(dict(row), fold(row["text"]), targets=[dict(t) for t in own]))
    return tasks


def _of_prose(row: Row, targets: Sequence[Row], taken: set[str]) -> Task:
    task_id = row["task_id"]
    if task_id in taken:
        doc_id, _, number = task_id.partition("/")
        task_id = f"{doc_id}/prose-{number}"
    own = [t | {"task_id": task_id, "target_id": f"{task_id}#{k}"} for k, t in enumerate(targets, start=1)]
    return Task(row | {"task_id": task_id}, fold(row["text"]), targets=own)


def _same(a: Row, b: Row) -> bool:
    if not same_unit(a["unit"], b["unit"]):
        return False
    return (a["value"] == b["value"] and a["unit"] != "%") or alike(a["measure"], b["measure"]) >= 0.8
