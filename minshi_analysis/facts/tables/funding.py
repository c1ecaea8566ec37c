"""Money: who pays how much for which tasks, each shared cell counted once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.tables.tasks import Task
from minshi_analysis.language.headers import FUNDERS
from minshi_analysis.language.quantities import parse_unit, parse_value
from minshi_analysis.language.text import fold
from minshi_analysis.layout.tables import Record, Table, Unread

__all__ = ["read_funding", "total_row"]

_UNIT = re.compile(r"[(\[:]?(?:单位[::])?([万亿百千]*元)[)\]]?")
_TITLED = re.compile(r"[(\[](?:金额|计量|货币)?(?:单位:?)?([万亿百千]*元)[)\]]")
_OWN = re.compile(r"\d\s*[万亿百千]*元|^[-—–/\s0.]*$|^无$")


def read_funding(
    table: Table, tasks: Sequence[Task], context: Context
) -> tuple[list[Row], list[Row], list[Row], list[Unread]]:
    """Rows of ``funding``, ``funding_tasks`` and ``totals`` (the printed sums of the columns), and what is unread.

    A merged cell of money serves several task lines. Where the spans are known it is the same cell; where they
    were lost, a line without money belongs to the nearest line with money of the same programme and lead agency.
    Amounts whose unit is printed nowhere (header, title, a line above, the cell) are unread, an entry for each row:
    they may be 元, 万元 or 亿元.
    """
    columns = {
        table.column(role): funder for role, funder in FUNDERS.items() if table.column(role) is not None
    }
    if not columns:
        return [], [], [], []
    found = _UNIT.search(table.header) or _TITLED.search(fold(table.title))
    unit = found[1] if found and parse_unit(found[1]) else None
    if unit is None and (unread := _without_unit(table, columns)):
        return [], [], [], unread
    lines: list[Row] = []
    served: list[Row] = []
    ids: dict[int, str] = {}
    paid = [_paid(task, columns) for task in tasks]
    for i, task in enumerate(tasks):
        source = i if paid[i] else _nearest(i, tasks, paid)
        if source is None:
            continue
        if source not in ids:
            owner = tasks[source]
            first = next(iter(paid[source].values()))
            known = ids.get(next((k for k in ids if next(iter(paid[k].values())) is first), -1))
            ids[source] = (
                known or f"{context.doc_id}/funding-{owner.task_id.removeprefix(context.doc_id)[1:]}"
            )
            if known is None:
                lines += _lines(ids[source], owner.records[0], columns, unit, context)
        cells = paid[source].values()
        served.append(
            context.row(
                {"funding_id": ids[source], "task_id": task.task_id},
                min(c.start for c in cells),
                max(c.end for c in cells),
            )
        )
    totals = [
        total_row(
            "funding",
            words(next(iter(record.cells.values()))),
            row["funder"],
            row["amount_wan"],
            "万元",
            row,
            context,
        )
        for record in table.records
        if record.kind == "total"
        for row in _lines("", record, columns, unit, context)
        if row["amount_wan"] is not None
    ]
    return lines, served, totals, []


def _without_unit(table: Table, columns: dict[int, str]) -> list[Unread]:
    """The amounts of each row, where some of the table are bare numbers of which no unit is known."""
    rows: list[Unread] = []
    bare = False
    for record in table.records:
        cells = [record.cells[j] for j in columns if j in record.cells] if record.kind != "group" else []
        if not any(re.search(r"\d", cell.text) for cell in cells):
            continue
        bare = bare or not all(_OWN.search(words(cell) or "") for cell in cells)
        labels = "、".join(dict.fromkeys(table.columns[j].label for j in columns if j in record.cells))
        why = (
            f"no unit is printed for the amounts under {labels}: not in the header, the title or a line above"
        )
        said = " | ".join(cell.text for cell in cells)
        rows.append(Unread(cells[0].start, cells[-1].end, cells[0].ref, said, why))
    return rows if bare else []


def total_row(
    table: str, subject: str | None, column: str, value: float, unit: str, place: Row, context: Context
) -> Row:
    """A row of ``totals``: a printed sum, of which table and column."""
    what = {"of": table, "subject": subject, "column": column, "value": value, "unit": unit}
    return context.row(what, place["source_start"], place["source_end"], place["source_ref"] or "")


def _paid(task: Task, columns: dict[int, str]) -> dict:
    record = task.records[0]
    return {j: record.cells[j] for j in columns if j in record.cells}


def _nearest(i: int, tasks: Sequence[Task], paid: Sequence[dict]) -> int | None:
    """The nearest line with money that a line without can share: same programme, same lead agency in between."""

    def key(task: Task):
        return task.row["programme_no"], task.row["programme"], task.row["lead_agency"]

    for distance in range(1, len(tasks)):
        for k in (i - distance, i + distance):
            between = range(min(i, k), max(i, k) + 1)
            if 0 <= k < len(tasks) and paid[k] and all(key(tasks[b]) == key(tasks[i]) for b in between):
                return k
    return None


def _lines(
    funding_id: str, record: Record, columns: dict[int, str], unit: str | None, context: Context
) -> list[Row]:
    rows = []
    for j, funder in columns.items():
        cell = record.cells.get(j)
        amount = parse_value(words(cell) or "", unit) if cell else None
        start, end, ref = (cell.start, cell.end, cell.ref) if cell else (record.start, record.end, record.ref)
        rows.append(
            context.row(
                {"funding_id": funding_id, "funder": funder, "amount_wan": amount and amount.value},
                start,
                end,
                ref,
            )
        )
    return rows
