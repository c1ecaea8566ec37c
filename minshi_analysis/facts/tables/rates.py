"""Rates that have a column of their own: what a cell says, and whether they are of the works or of the money beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from minshi_analysis.facts.context import printed, words
from minshi_analysis.facts.tables.funding import amount_of
from minshi_analysis.facts.tables.telling import closes
from minshi_analysis.language.quantities import Quantity, parse_value
from minshi_analysis.layout.tables import Record, Table, Unread
from minshi_analysis.reading.blocks import Cell

__all__ = ["listed_rates", "rate_of_works", "stated_rate"]

_REMARK = re.compile(r"[(（][^()（）\d]*[)）]\s*$")  # 85%(实验幼儿园滞后)
_LIST = re.compile(r"\d+(?:\.\d+)?\s*[%％]?(?:\s*[、,，;；/\n]\s*\d+(?:\.\d+)?\s*[%％]?)+")
_MONEY = frozenset({"funds", "total_investment", "plan_investment"})


def stated_rate(cell: Cell | None) -> Quantity | None:
    """The rate that a cell of 完成率 prints, in %; its place is that in the document."""
    if cell is None:
        return None
    text = _REMARK.sub(lambda remark: " " * len(remark[0]), printed(cell))
    rate = parse_value(text, "%")
    if rate is None or rate.unit != "%" or len(re.findall(r"\d+(?:\.\d+)?", text)) != 1:
        return None
    return replace(rate, start=cell.start + rate.start, end=cell.start + rate.end)


def listed_rates(cell: Cell) -> list[Quantity]:
    """The rates that a cell of 完成率 lists (80.8%、58.5%), in order; none where it prints anything else."""
    text = printed(cell)
    if not _LIST.fullmatch(text.strip()):
        return []
    found = [(m, parse_value(m[0], "%")) for m in re.finditer(r"\d+(?:\.\d+)?\s*[%％]?", text)]
    return [
        replace(q, start=cell.start + m.start(), end=cell.start + m.end()) for m, q in found if q is not None
    ]


def rate_of_works(table: Table, records: Sequence[Record]) -> tuple[int | None, list[Unread]]:
    """The column of rates of what is promised, or None; and what the column prints where its rates are those of the money."""
    column = table.column("rate")
    if column is None or not _is_of_money(table, records, column):
        return column, []
    cells = [cell for r in records if (cell := r.cells.get(column)) is not None]
    why = "the rate of the money beside, not of the works"
    return None, [Unread(c.start, c.end, c.ref, c.text, why) for c in cells if re.search(r"\d", c.text)]


def _is_of_money(table: Table, records: Sequence[Record], column: int) -> bool:
    """Whether a column of rates (占年度计划%) says of every row how much of the planned money beside it is spent.

    A head that names neither leaves that open: two rows at least must tell, and 0 and 100 % are everything's.
    """
    planned = [j for j, c in enumerate(table.columns) if c.role in _MONEY and c.funder == "total"]
    planned += table.columns_of("spent")  # paid out of what has come in
    told = [r for r in records if column in r.cells and stated_rate(r.cells[column]) is not None]
    for asked, spent in product(planned, table.columns_of("spent")):
        if asked == spent:
            continue
        rows = [(stated_rate(r.cells[column]).value, _amount(r, spent), _amount(r, asked)) for r in told]
        known = [(rate, have, want) for rate, have, want in rows if have is not None and want]
        proof = sum(rate not in (0, 100) for rate, _, _ in known)
        if proof >= 2 and all(closes(*row) for row in known):
            return True
    return False


def _amount(record: Record, column: int) -> float | None:
    cell = record.cells.get(column)
    return amount_of(words(cell) or "", "万元") if cell is not None else None
