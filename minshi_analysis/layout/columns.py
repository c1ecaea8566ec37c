"""Columns: which rows of a grid are its header, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minshi_analysis.language import agencies, headers
from minshi_analysis.language.regions import Region, named_in
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.reading.blocks import Cell, Grid

__all__ = ["Column", "Header", "distinct", "fit", "header_of", "plain"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role (None where nothing is known), its printed label, and the region it is for."""

    role: str | None
    label: str
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its columns, how many rows it takes, and its words (units stand there)."""

    columns: tuple[Column, ...]
    height: int
    words: str

    @property
    def roles(self) -> set[str]:
        return {column.role for column in self.columns if column.role}

    @property
    def kind(self) -> str | None:
        return headers.table_kind(self.roles, sum(column.region is not None for column in self.columns))


_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SENTENCE = re.compile(r"[。;；!?]|\d{1,3}[.、)]")
_STATUS = re.compile(
    r"(?:超额|提前|已|基本|全部|按时|正在|未|正常)*(?:完成|推进|达标|开工|实施|滞后)(?:任务)?|进行中|在建|超额完成|未完成"
)
_AMOUNT = re.compile(r"[><≥≤≈约]*[\d,]+(?:\.\d+)?(?:万|亿)?元?|[-—–/无]+|待定")
_SHARE = re.compile(r"[-—–/]+|无|约?[\d.,]+\s*(?:\([\d.,]+\))?\D{0,12}(?:\([^()]*\))?|[\d.]+%")
_PROMISE = re.compile(r"目标|任务[数量]|计划|任务$")
_RATE = re.compile(r"[约≥>]*[\d.]+%?|[-—–/]+")
_DUE = re.compile(r"\d{1,4}[年月日.\-/]|[一二三四]季度|[上下]半年|全年|年底|底前|持续|长期")
_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.、)]|\([一二三四五六七八九十]+\)|[①-⑳])")
_DONE = re.compile(r"已|完成|截[至止]|目前|累计|正在|均|启动|建成")


def plain(cell: Cell) -> str:
    """A cell's words for looking at: tidy, folded, without the tags that an export left in it."""
    return fold(tidy(_TAG.sub(" ", cell.text)))


def fit(role: str | None, words: str, raw: str | None = None) -> float:
    """How well words suit a column's role: positive where they look like it, negative where they do not.

    ``raw`` is the cell as printed: names are told apart by their spaces.
    """
    if role == "index":
        return 3 if re.fullmatch(r"\(?\d{1,3}[.、)]?|[一二三四五六七八九十]{1,3}", words) else -5
    if role == "status":
        return 4 if _STATUS.fullmatch(words) else -4
    if role == "rate":
        return 4 if _RATE.fullmatch(words) else -1 if _STATUS.fullmatch(words) else -4
    if role == "person":
        return 2 if agencies.is_person(words if raw is None else raw) else -3
    if role in ("lead", "partner", "owner"):
        return (
            3 if agencies.is_agency(words) else -1 if len(words) < 12 and not re.search(r"\d", words) else -4
        )
    if role == "deadline":
        return 3 if len(words) <= 24 and _DUE.search(words) else -3
    if role in headers.FUNDERS or role in ("total_investment", "plan_investment", "count"):
        return 3 if _AMOUNT.fullmatch(words) else -1 if len(words) <= 3 else -5
    if role == "region":
        return 2 if _SHARE.fullmatch(words) else -2 if len(words) <= 12 else -4
    if role == "target":
        return 2 if _SHARE.fullmatch(words) else -1
    if role == "year":
        return 1 if len(words) <= 12 else -3
    if _STATUS.fullmatch(words) or _AMOUNT.fullmatch(words):
        return -3
    if role == "task":
        return 2.5 if _NUMBERED.match(words) else 1 - 2 * agencies.is_agency(words)
    if role in ("result", "schedule"):
        return (
            1.5 if _DONE.search(words) and not _NUMBERED.match(words) else 0.5 - 2 * agencies.is_agency(words)
        )
    if role == "programme":
        return (
            -3 if _NUMBERED.match(words) else 1 if len(words) <= 30 and not re.search(r"\d", words) else -0.5
        )
    return 0.8 if role in ("indicator", "project") else 0.3


def header_of(grid: Grid, within: str | None, several_years: bool = True) -> Header | None:
    """The header of a grid: its first rows that hold labels and no data.

    Parameters
    ----------
    grid : Grid
    within : str or None
        Code of the document's region: region names are columns too.
    several_years : bool
        The document plans several years: 2025年目标 is a year's value, and 总投资 a major project's. In a document of
        one year the first is the task, the second what the task costs.

    Returns
    -------
    Header or None
        None where the first rows say nothing that the vocabulary knows.
    """
    best: Header | None = None
    for height in range(1, 4):
        if height >= len(grid.rows) or not all(_labels(row) for row in grid.rows[:height]):
            break
        columns = _resolved(_columns(grid, height, within, several_years), several_years)
        known = sum(column.role is not None for column in columns)
        if known >= 2 and (best is None or known > sum(c.role is not None for c in best.columns)):
            words = "".join(headers.label_of(c.text) for row in grid.rows[:height] for c in distinct(row))
            best = Header(columns, height, words)
    return best


def distinct(row: Sequence[Cell]) -> list[Cell]:
    """Each cell once: a merged cell stands at every place it covers."""
    return [cell for i, cell in enumerate(row) if i == 0 or cell is not row[i - 1]]


def _labels(row: Sequence[Cell]) -> bool:
    """Whether a row could be a header's: at least two short labels, no sentence, no bare number."""
    words = [headers.label_of(cell.text) for cell in distinct(row) if cell]
    return len(words) >= 2 and not any(
        len(w) > 30 or _SENTENCE.search(w) or (re.fullmatch(r"[\d.,%]+", w) and not headers.is_year(w))
        for w in words
    )


def _columns(grid: Grid, height: int, within: str | None, several_years: bool) -> tuple[Column, ...]:
    width = max(len(row) for row in grid.rows)
    levels = [
        [headers.label_of(cell.text) for cell in row] + [""] * (width - len(row))
        for row in grid.rows[:height]
    ]
    if height > 1 and not grid.spans:
        levels = [levels[0], *(_placed(levels[0], lower) for lower in levels[1:])]
    columns = []
    for j in range(width):
        parts = list(dict.fromkeys(level[j] for level in levels if level[j]))
        columns.append(_column(parts, within, several_years))
    return tuple(columns)


def _placed(upper: list[str], lower: list[str]) -> list[str]:
    """A second header row whose first columns were covered by taller cells: it belongs under the label that spans.

    Where its cells are as many as the columns, they stand where they are.
    """
    filled = sum(map(bool, lower))
    if not lower[0] or filled == len(lower) or any(not w for w in lower[:filled]):
        return lower
    wide = [
        (j, span)
        for j, label in enumerate(upper)
        if label
        for span in [next((k for k in range(j + 1, len(upper)) if upper[k]), len(upper)) - j]
        if span >= filled > 1
    ]
    if not wide:
        return lower
    start = wide[-1][0]
    return [""] * start + lower[:filled] + [""] * (len(lower) - start - filled)


def _column(parts: list[str], within: str | None, several_years: bool) -> Column:
    """A column from its labels, top to bottom: the lowest that is known says what it holds."""
    label = "".join(parts)
    for words in (*reversed(parts), label):
        region = named_in(re.sub(r"\(.*?\)", "", words), within) if within and len(words) <= 16 else None
        if region is not None:
            return Column("region", label, region)
        if headers.is_year(words) and (several_years or headers.role_of(words) is None):
            return Column("year", label)
        role = headers.role_of(words)
        if role and not (
            role in ("index", "unit") and words != label
        ):  # 号 and 单位 may be the end of a longer label
            return Column(role, label)
    return Column(headers.role_of(label), label)


def _resolved(columns: tuple[Column, ...], several_years: bool) -> tuple[Column, ...]:
    """Roles that depend on the columns beside them, and no role twice.

    项目名称 is the programme where another column holds the tasks, the project of a plan's investment table where money
    and period stand beside it, else the task itself. 项目内容 before 目标任务 is the task, and the second its target.
    合计 before the regions of a split is what is split.
    """
    regions = sum(column.region is not None for column in columns)
    columns = tuple(
        replace(column, role=_role_beside(column, regions, several_years and not regions))
        for column in columns
    )
    roles = {column.role for column in columns}
    names = "programme" if "task" in roles else "project" if "total_investment" in roles else "task"
    if "project" in roles and "programme" in roles and names == "programme":
        names = "project"
    out: list[Column] = []
    for column in columns:
        role = names if column.role == "project" else column.role
        if role == "content" and "total_investment" not in roles:
            role = "task" if names != "task" or "project" not in roles else None
        if role == "lead" and "total_investment" in roles:
            role = "owner"
        if role == "total_investment" and "plan_investment" in roles and any(c.role == role for c in out):
            role = None
        if role == "task" and any(c.role == role for c in out) and _PROMISE.search(column.label):
            role = "target"
        repeatable = role in (None, "region", "year", "person", "schedule")
        out.append(replace(column, role=role if repeatable or all(c.role != role for c in out) else None))
    return tuple(out)


def _role_beside(column: Column, regions: int, projects: bool) -> str | None:
    """A column's role by what table it stands in: a split has no funders, a list of one year's tasks no investments."""
    if regions >= 3 and column.role == "funds_total":
        return "target"
    if not projects and column.role in ("total_investment", "content"):
        return {"total_investment": "funds_total", "content": "task"}[column.role]
    return column.role
