"""Tasks of another table: which of them a line of a split speaks of, in other words or by its figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from minshi_analysis.facts.matching import alike
from minshi_analysis.facts.tables.units import unit_in_name
from minshi_analysis.facts.task import Task, measure_of
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.text import fold
from minshi_analysis.reading.blocks import Cell

__all__ = ["OTHER_FIGURE", "Whole", "meant", "said_again"]

OTHER_FIGURE = (
    "a line by regions with words of another table's task, and another figure: it may be that task",
    0.25,
)
_ALIKE = 0.5  # how alike the words of two tables are at least that may speak of one task
_SIGNS = re.compile(r"[\s“”\"'‘’,，、。()（）]")


@dataclass(frozen=True, slots=True)
class Whole:
    """What a line splits: the number that it prints, or that its shares add up to, and the unit if it says one."""

    value: float
    unit: str | None
    at: Cell | None = None  # where it is printed

    def is_counted_in(self, tasks: Iterable[Task]) -> bool:
        """Whether one of some tasks promises anything in its unit."""
        units = (target["unit"] for task in tasks for target in task.targets)
        return any(same_unit(unit, self.unit or unit) for unit in units)


def meant(
    own: Task, whole: Whole | None, tasks: Sequence[tuple[Task, str]], split: Set[str]
) -> tuple[int | None, bool]:
    """The task of another table that a line splits, by other words than that table has; and whether that is in doubt.

    It bears the name of the task's programme, the only one there or the one that promises as much; or it has the task's
    figure, and its number or some of its words.

    Parameters
    ----------
    own : Task
        The line, as a task of its own.
    whole : Whole or None
        What it splits.
    tasks : sequence of (Task, str)
        Those of other tables, each with its words without signs.
    split : set of str
        Targets whose shares have been read: each has one line.

    Returns
    -------
    int or None
        The place of the task among the others.
    bool
    """
    name = unit_in_name(own.headline)[0]
    mine = _SIGNS.sub("", measure_of(name) or name)
    near = [k for k, (task, words) in enumerate(tasks) if _is_near(mine, own, task, words)]
    named = _of_programme(name, tasks, range(len(tasks))) or _of_programme(own.row["programme"], tasks, near)
    if len(named) == 1:
        task = tasks[named[0]][0]
        other = whole is not None and whole.at is not None and not _promises(task, whole, frozenset())
        return named[0], whole is not None and other and whole.is_counted_in([task])
    equal = [k for k in named or near if whole is not None and _promises(tasks[k][0], whole, split)]
    if len(equal) == 1:
        return equal[0], False
    rivals = [tasks[k][0] for k in named or near if named or alike(mine, tasks[k][1]) >= _ALIKE]
    return None, bool(rivals) if whole is None else whole.is_counted_in(rivals)


def said_again(task: Task, whole: Whole) -> None:
    """The target of a task that a line of another table prints as what it splits: its figure stands there too."""
    for target in task.targets if whole.at is not None else ():
        if target["value"] == whole.value and same_unit(target["unit"], whole.unit or target["unit"]):
            own = target.get("figures", ((target["source_start"], target["source_end"]),))
            target["figures"] = (*own, (whole.at.start, whole.at.end))
            return


def _of_programme(name: str | None, tasks: Sequence[tuple[Task, str]], among: Iterable[int]) -> list[int]:
    return [k for k in among if name and fold(tasks[k][0].row["programme"] or "") == fold(name)]


def _is_near(mine: str, own: Task, task: Task, theirs: str) -> bool:
    """Whether a line has words of a task: half of the shorter, or some and the same number."""
    likeness = alike(mine, theirs)
    number = not own.counted and own.row["item_no"] == (task.row["programme_no"] or task.row["item_no"])
    return likeness * min(len(mine), len(theirs)) > 1.5 and (number or likeness >= _ALIKE)


def _promises(task: Task, whole: Whole, split: Set[str]) -> bool:
    equal = (target for target in task.targets if target["value"] == whole.value)
    return any(same_unit(t["unit"], whole.unit or t["unit"]) and t["target_id"] not in split for t in equal)
