"""Summary tables of projects: how many a field has, and what they cost together."""

from __future__ import annotations

import re

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.tables.funding import total_row
from minshi_analysis.facts.tables.investments import amount_yi, unit_of_amounts
from minshi_analysis.language.quantities import parse_value
from minshi_analysis.layout.columns import plain
from minshi_analysis.layout.tables import Table, Unread

__all__ = ["read_summary"]


def read_summary(table: Table, context: Context) -> tuple[list[Row], list[Unread]]:
    """Rows of ``totals`` from a table that adds projects up: number, total and plan-period investment of a field.

    Returns
    -------
    rows, unread
        ``unread`` are figures whose unit or column is not known.
    """
    rows: list[Row] = []
    unread: list[Unread] = []
    field, number = table.column("programme"), table.column("count")
    money = {role: table.column(role) for role in ("total_investment", "plan_investment")}
    for record in table.records:
        subject = words(record.at(field))
        place = {"source_start": record.start, "source_end": record.end, "source_ref": record.ref}
        count = parse_value(plain(cell), "个") if (cell := record.cells.get(number)) else None
        found = [("number", count.value if count else None, "个")]
        for column, role in (("total_yi", "total_investment"), ("plan_period_yi", "plan_investment")):
            cell = record.cells.get(money[role]) if money[role] is not None else None
            amount = amount_yi(cell, unit_of_amounts(table, money[role])) if cell else None
            if isinstance(amount, str):
                unread.append(Unread(cell.start, cell.end, cell.ref, cell.text, amount))
                amount = None
            found.append((column, amount, "亿元"))
        rows += [
            total_row("investments", subject, name, v, unit, place, context)
            for name, v, unit in found
            if v is not None
        ]
        told = {field, number, *money.values(), table.column("index")}
        unread += [
            Unread(
                cell.start,
                cell.end,
                cell.ref,
                cell.text,
                f"a figure of an unknown kind, under {table.columns[j].label}",
            )
            for j, cell in record.cells.items()
            if record.kind in ("row", "total") and j not in told and re.search(r"\d", cell.text)
        ]
    return rows, unread
