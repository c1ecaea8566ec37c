"""A column that the reader does not know, or of another year or month, changes no fact, and every figure in it is told."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import pytest

from variants import sources
from variants.sheets import Box, Notice, Sheet
from variants.test_sources import FORMS, SOURCES, original

# Head (Y: the year before the document's), and what a cell of row r prints.
ADDED = {
    "unknown": ("督查得分", lambda r: f"{70000 + 13 * r}"),
    "last year's result": ("去年完成情况", lambda r: f"{70000 + 13 * r}个"),
    "last year's target": ("Y年目标任务", lambda r: f"{70000 + 13 * r}个"),
    "the month's result": ("本月完成", lambda r: f"{70000 + 13 * r}个"),
}
CASES = [
    *((what, form) for what in ADDED for form in ("html", "tabs")),
    *(("unknown", form) for form in ("docx", "xlsx", "pdf", "pipes")),
    *(("last year's result", form) for form in ("docx", "xlsx")),
]
# Tables that speak of the reading and not of the document.
ABOUT = {"confidence", "unread"}


def with_column(sheet: Sheet, head: str, says) -> tuple[Sheet, list[str]]:
    """A sheet with one more column at its end, and the figures in it."""
    width, figures = sheet.width, []
    boxes = [replace(box, columns=box.columns + 1) if box.columns == width else box for box in sheet.boxes]
    wide = {row for box in sheet.boxes if box.columns == width for row in range(box.row, box.row + box.rows)}
    boxes.append(Box(0, width, sheet.header, 1, head))
    for row in range(sheet.header, sheet.height):
        if row not in wide:
            figures.append(says(row))
            boxes.append(Box(row, width, text=figures[-1]))
    return replace(sheet, boxes=tuple(sorted(boxes, key=lambda box: (box.row, box.column)))), figures


@functools.cache
def added(doc_id: str, what: str) -> tuple[Notice, tuple[str, ...]]:
    notice, _ = original(doc_id)
    head, says = ADDED[what]
    head = head.replace("Y", str(SOURCES[doc_id].year - 1))
    made = [with_column(sheet, head, says) for sheet in notice.sheets]
    told = [figure for _, figures in made for figure in figures]
    return replace(notice, sheets=tuple(sheet for sheet, _ in made)), tuple(told)


@pytest.mark.slow
@pytest.mark.parametrize(("what", "form"), CASES)
@pytest.mark.parametrize("doc_id", [d for d, source in SOURCES.items() if source.kind != "five_year_plan"])
def test_a_further_column_changes_no_fact_and_is_told(
    tmp_path: Path, doc_id: str, what: str, form: str
) -> None:
    notice, told = added(doc_id, what)
    suffix, write = FORMS[form]
    found = sources.extracted(write(notice, tmp_path / f"a.{suffix}"), SOURCES[doc_id])
    _, expected = original(doc_id)
    for table in set(expected.tables) - ABOUT:
        assert sources.facts(found, table) == sources.facts(expected, table), table
    unread = " ".join(part.text for part in found.unread)
    assert [figure for figure in told if figure not in unread] == []
