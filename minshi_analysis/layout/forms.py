"""Forms: a small table for each project whose rows are a label and its value (项目名称 | …, 建设内容 | …, 责任单位 | …).

Such a table lies on its side: its labels are heads, its values one record. Forms with the same labels are one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minshi_analysis.language import heads
from minshi_analysis.layout.columns import distinct, label_in
from minshi_analysis.layout.sources import sources_of
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

__all__ = ["formed"]

_LEAST = 3  # labels of a form
_MOST = 16
_LONGEST = 12  # characters of a label
_BETWEEN = 2  # short lines between two forms (二、农村饮水保障)
_NAMES = frozenset({"project", "task", "programme", "content"})
_MORE = frozenset(
    {"lead", "funds", "total_investment", "deadline", "result", "person", "target", "content", "task"}
)


def formed(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    """Blocks, the forms among them as tables with a row for each form."""
    held: Grid | None = None
    between: list[Paragraph] = []
    for block in blocks:
        form = _form(block) if isinstance(block, Grid) else None
        if (
            held is not None
            and isinstance(block, Paragraph)
            and len(between) < _BETWEEN
            and len(block.text) <= 40
        ):
            between.append(block)
            continue
        if held is not None and form is not None and _labels(held) == _labels(form):
            yield from between
            held, between = Grid((*held.rows, form.rows[1]), spans=True, ref=held.ref), []
            continue
        if held is not None:
            yield held
            yield from between
            held, between = None, []
        if form is not None:
            held = form
        else:
            yield block
    if held is not None:
        yield held
        yield from between


def _labels(grid: Grid) -> list[str]:
    return [label_in(cell) for cell in grid.rows[0]]


def _form(grid: Grid) -> Grid | None:
    """A form as a head and one row; None for any other grid."""
    if not _LEAST <= len(grid.rows) <= _MOST or sources_of(grid) is not None:
        return None
    pairs: list[tuple[Cell, Cell]] = []
    for row in grid.rows:
        cells = distinct(row)
        if len(cells) not in (2, 4) or not all(cells[::2]):
            return None
        pairs += zip(cells[::2], cells[1::2], strict=True)
    labels = [label_in(label) for label, _ in pairs]
    if any(len(label) > _LONGEST for label in labels) or len(set(labels)) < len(labels):
        return None
    roles = [heads.role_of(label) for label in labels]
    known = [role for role in roles if role]
    if len(known) < _LEAST or len(known) < 0.7 * len(roles) or known[0] not in _NAMES | {"index"}:
        return None
    if not {*known[1:]} & _MORE or _are_heads([value for _, value in pairs]):
        return None
    if (
        heads.role_of(label_in(pairs[0][1])) == "funds"
    ):  # 项目 | 资金(万元) are heads: no project is called so
        return None
    return Grid(
        (tuple(label for label, _ in pairs), tuple(value for _, value in pairs)), spans=True, ref=grid.ref
    )


def _are_heads(values: list[Cell]) -> bool:
    """Whether the values are labels too: then the grid is a table of two columns, or lists what its columns mean."""
    filled = [value for value in values if value]
    short = [
        v
        for v in filled
        if len(v.text) <= _LONGEST and heads.role_of(label_in(v)) not in (None, "project", "lead")
    ]
    return not filled or len(short) > len(filled) / 2
