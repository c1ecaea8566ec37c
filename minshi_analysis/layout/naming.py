"""Naming: which of a table's columns of words has its tasks, which names their groups, which their parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from minshi_analysis.language.heads import GUESSED, is_finer, is_means
from minshi_analysis.language.quantities import parse_quantities

if TYPE_CHECKING:
    from minshi_analysis.layout.claims import Column

__all__ = ["BLANK", "NOTHING", "is_figure", "named"]

BLANK = re.compile(r"[-—–/\s]*|无")
NOTHING = re.compile(rf"{BLANK.pattern}|待定")
_DATED = re.compile(r"\d月|季度|[上下]半年|[年月]底")
_FIGURE = re.compile(
    r"(?:约|近|超|达到?|不少于|不低于|不超过|至少|[≥≤><]=?)*[\d.,]+(?:[-—~至][\d.,]+)?\s*[万亿千百]?[^\d\s,;。、]{0,5}"
    r"(?:/[^\d\s]{1,4})?(?:以上|左右|以内|以下)?(?:\([^()]{0,12}\))?"
)


def is_figure(words: str) -> bool:
    """Whether a cell's words are a figure and nothing else: 57个, ≥300个, 不低于600元/月.

    Examples
    --------
    >>> is_figure("不低于600元/月"), is_figure("3.2万人(64%)"), is_figure("新建公园5个")
    (True, True, False)
    """
    return bool(_FIGURE.fullmatch(words))


def named(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """The columns with the roles that their names have beside each other; ``cells`` are what each column holds."""
    columns = _means_aside(columns, cells)
    return list(_named(_parts_named(_parts_promised(_finer_named(columns, cells), cells))))


def _means_aside(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> Sequence[Column]:
    """Beside a column whose words promise (实事项目 | 新建公路50公里), one of measures or steps (推进措施) has none of the tasks:
    it says what is to be done by when. Where a promise goes on over several of them, they are its parts."""
    means = [j for j, c in enumerate(columns) if is_means(c.label) and c.role in ("task", "schedule", None)]
    able = [j for j, c in enumerate(columns) if _names_tasks(c) and j not in means and _promises(cells[j])]
    if not means or not able:
        return columns
    first = next((j for j in able if columns[j].role in ("task", "target")), able[0])
    whole = {words for words in cells[first] if not NOTHING.fullmatch(words)}
    if any(sum(not NOTHING.fullmatch(words) for words in cells[j]) > len(whole) for j in means):
        return columns
    out = [replace(c, role="schedule", reason=None) if j in means else c for j, c in enumerate(columns)]
    if columns[first].role != "task":
        sure = max(columns[first].score, GUESSED)
        out[first] = replace(columns[first], role="task", reason=None, score=sure)
    return out


def _names_tasks(column: Column) -> bool:
    return column.role in ("task", "project", "target", "content") or column.reason in (
        "another column of the table is the task",
        "another column of the table is the project",
    )


def _promises(cells: Sequence[str]) -> bool:
    """Whether most cells of a column say in words what is promised, and how much of it."""
    filled = [words for words in cells if not NOTHING.fullmatch(words)]
    worded = [words for words in filled if not is_figure(words) and parse_quantities(words, kind="plan")]
    return len(worded) > len(filled) / 2


def _finer_named(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """Of two columns of names (项目, 子项目) that list no tasks beside, the finer one has the tasks."""
    out = _tasks_named([*columns], cells)
    first = next((j for j, column in enumerate(columns) if column.role == "project"), None)
    if first is None or any(
        column.role in ("task", "total_investment", "plan_investment") for column in columns
    ):
        return out
    under = [j for j, column in enumerate(out) if column.label and column.label == out[first].label]
    for j in range(first + 1, len(out)):
        rival = out[j].reason == "another column of the table is the project"
        last = len(under) > 2 and j == under[-1]  # 项目 over three columns: the third has the tasks
        if (
            rival
            and (last or len(set(cells[j])) > len(set(cells[first])) or is_finer(out[j].label))
            and not any(map(is_figure, cells[j]))
        ):
            grouped = any(column.role == "programme" for column in out)  # 类别 | 项目名称 | 子项目
            out[first] = replace(out[first], role="project" if grouped else "programme")
            out[j] = replace(out[j], role="task", reason=None, score=GUESSED)
            break
    return out


def _tasks_named(columns: list[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """Of two columns of tasks (实事内容 | 工作任务) the one behind has them, where it has the figures that the first one lacks;
    the first names their groups."""
    first = next((j for j, column in enumerate(columns) if column.role == "task"), None)
    if first is None or any(column.role in ("programme", "project") for column in columns):
        return columns
    for j in range(first + 1, len(columns)):
        own, before = ([w for w in cells[k] if not NOTHING.fullmatch(w)] for k in (j, first))
        rival = columns[j].reason == "another column of the table is the task"
        if not (rival or columns[j].role == "target") or any(map(is_figure, own)):
            continue
        counted = sum(bool(re.search(r"\d", w)) for w in own) > len(own) / 2
        grouped = len(set(before)) < len(before) and len(set(own)) == len(own)
        if counted and (rival or grouped) and not any(re.search(r"\d", w) for w in before):
            columns[first] = replace(columns[first], role="programme")
            columns[j] = replace(columns[j], role="task", reason=None, score=GUESSED)
            break
    return columns


def _parts_promised(columns: list[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """Of two columns of promises (总任务 | 分项任务) of which each of the first goes on over several of the second, that one
    has its parts."""
    first = next((j for j, column in enumerate(columns) if column.role == "task"), None)
    if first is None:
        return columns
    for j in range(first + 1, len(columns)):
        whole, own = ([w for w in cells[k] if not NOTHING.fullmatch(w)] for k in (first, j))
        rival = columns[j].reason == "another column of the table is the task"
        if not (rival or columns[j].role == "target") or any(map(is_figure, own)):
            continue
        both = all(sum(bool(re.search(r"\d", w)) for w in told) > len(told) / 2 for told in (whole, own))
        dated = sum(bool(_DATED.search(w)) for w in own) > len(own) / 3  # what is to be done by when
        if both and not dated and len(set(own)) == len(own) and len(set(whole)) < len(own):
            columns[j] = replace(columns[j], role="part", reason=None, score=columns[first].score)
            break
    return columns


def _parts_named(columns: Sequence[Column]) -> list[Column]:
    """The second column under one head over names holds their parts, where there are any."""
    out = list(columns)
    for j in range(1, len(out)):
        before, here = out[j - 1], out[j]
        if (
            here.role is None
            and here.label
            and here.label == before.label
            and before.role in ("task", "project")
        ):
            out[j] = replace(here, role="part", reason=None, score=before.score)
        elif (
            here.role == "task"
            and before.reason == "another column of the table is the task"
            and here.label == before.label
        ):  # the cells of the finer one look more like tasks: the names are the first's all the same
            out[j - 1] = replace(before, role="task", reason=None, score=here.score)
            out[j] = replace(here, role="part")
    return out


def _named(columns: Sequence[Column]) -> tuple[Column, ...]:
    """What a column of names is: the programme where another holds the tasks, the project of a plan's investment table
    where money stands beside it, else the task itself."""
    roles = {column.role for column in columns}
    if "project" not in roles:
        return tuple(columns)
    projects = roles & {"total_investment", "plan_investment"}
    role = (
        "project"
        if projects or {"task", "programme"} <= roles
        else "programme"
        if "task" in roles
        else "task"
    )
    return tuple(replace(column, role=role) if column.role == "project" else column for column in columns)
