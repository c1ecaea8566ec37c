"""Claims: from which printed figures the rows of each table say that their values come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from minshi_analysis.facts.context import Row
from minshi_analysis.layout.tables import Layout, Unread

__all__ = ["DIGITS", "Claim", "claims_of", "unclaimed_columns"]

# Of each table the column that names its row and those whose values are printed figures.
_VALUES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "targets": ("target_id", ("value", "upper")),
    "allocations": ("target_id", ("value",)),
    "funding": ("funding_id", ("amount_wan",)),
    "outcomes": ("task_id", ("value", "upper", "rate_claimed")),
    "milestones": ("task_id", ("value", "upper")),
    "indicators": ("indicator_id", ("baseline", "target", "upper")),
    "observations": ("indicator_id", ("value",)),
    "investments": ("investment_id", ("total_yi", "plan_period_yi", "start_year", "end_year")),
    "totals": ("subject", ("value",)),
}
# Words of a row that are kept as they are printed, figures and all.
_KEPT = {
    "investments": ("name", "text", "location", "kind", "owner", "field", "start_year", "end_year"),
    "indicators": ("name", "sub_name", "field", "note", "indicator_no", "baseline_year", "target_year"),
}
_IN_TEXT = frozenset({"tasks", "extras"})
DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A row's claim to a printed place: from where to where, of which table and row, and the values it may be.

    ``unit`` and ``measure`` say what the row counts: by them a figure that is printed again is known.
    """

    start: int
    end: int
    table: str
    row_id: str
    values: tuple[float, ...]
    unit: str = ""
    measure: str = ""


def claims_of(table: str, rows: Iterable[Row]) -> Iterator[Claim]:
    """What rows of a table claim of the printed page.

    A row's ``figures`` are the places of the figures that its values come from; without them its own place is.
    """
    if table in _IN_TEXT:
        for row in rows:
            yield Claim(row["source_start"], row["source_end"], "text", row["task_id"], ())
        return
    if table not in _VALUES:
        return
    key, names = _VALUES[table]
    for row in rows:
        if table in _KEPT:
            kept = " ".join(str(row.get(name) or "") for name in _KEPT[table])
            yield Claim(row["source_start"], row["source_end"], "kept", row[key], (), measure=kept)
        values = [row.get(name) for name in names]
        numbers = tuple(float(v) for v in values if v is not None and v == v)
        noted = tuple(float(n.replace(",", "")) for n in DIGITS.findall(row.get("note") or ""))
        places = row.get("figures")
        if places is None:
            places = ((row["source_start"], row["source_end"]),)
        row_id = row.get("target_id") or row.get(key) or ""
        if numbers or noted:
            for start, end in places:
                about = row.get("unit") or "", row.get("measure") or ""
                yield Claim(start, end, table, row_id, numbers + noted, *about)


def unclaimed_columns(layout: Layout) -> Iterator[Unread]:
    """The figures in columns of which no role is known, or which are of another year or month.

    Of lists of tasks and their splits: the tables of plans of several years tell theirs themselves.
    """
    for table in layout.tables:
        loose = [j for j, column in enumerate(table.columns) if column.role is None]
        if not loose or table.kind not in ("tasks", "split"):
            continue
        seen: set[int] = set()
        for record in table.records:
            for j in loose:
                cell = record.cells.get(j)
                if cell is None or cell.start in seen or not re.search(r"\d", cell.text):
                    continue
                seen.add(cell.start)
                column = table.columns[j]
                why = column.reason or "no role is known for this column"
                yield Unread(cell.start, cell.end, cell.ref, cell.text, f"{why}: {column.label or 'no head'}")
