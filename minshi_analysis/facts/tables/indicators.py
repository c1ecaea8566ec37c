"""Indicators and major projects of five-year plans, and the summary tables that add projects up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from minshi_analysis.facts.context import Context, Row, printed, words
from minshi_analysis.facts.tables.funding import total_row
from minshi_analysis.language import agencies, dates
from minshi_analysis.language.quantities import Quantity, parse_unit, parse_value
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.layout.columns import plain
from minshi_analysis.layout.tables import Record, Table
from minshi_analysis.reading.blocks import Cell, Paragraph

__all__ = ["read_indicators", "read_investments", "read_summary"]

_UNIT = re.compile(r"[(（]([^()（）]{1,12})[)）]\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PACE = re.compile(r"年均|增[长速幅]")  # a change over years, though its label names them
_NUMBERED = re.compile(r"[(（]?(?P<number>\d{1,3})(?:[)）、．]|\.(?!\d))\s*(?=\S)")
_NATURE = re.compile(r"约束性?|预期性?|指导性?")  # says itself what it is
_NOTHING = re.compile(r"[-—–/\s]*")
# 除人均预期寿命、…为户籍口径外: a note below the table says which indicators count whom.
_APART = re.compile(r"除(?P<names>[^,。;:]{2,200}?)为(?P<base>[^,。;:为]{2,6}口径)外")


def read_indicators(table: Table, context: Context, paragraphs: Iterable[Paragraph] = ()) -> list[Row]:
    """Rows of ``indicators``: baseline and target in base units.

    Words in place of a value become the note, and so do what a note below says of whom an indicator counts and
    what stands in other columns: 约束性, 备注 as they are, 2022年 and 年均增长 with their labels.
    """
    below = (cell.text for record in table.records if record.kind != "row" for cell in record.cells.values())
    bases = _bases([*(paragraph.text for paragraph in paragraphs), *below])
    index, name, sub, field, unit = (
        table.column(role) for role in ("index", "indicator", "sub_name", "programme", "unit")
    )
    years = sorted(
        (
            (j, int(_YEAR.search(table.columns[j].label)[0]))
            for j in table.columns_of("year")
            if not _PACE.search(table.columns[j].label)
        ),
        key=lambda pair: pair[1],
    )
    if len(years) < 2:
        raise ValueError(
            f"{context.doc_id}: the indicator table {table.title!r} needs a column for the first and one for the last year"
        )
    (base_column, base_year), (goal_column, goal_year) = years[0], years[-1]
    told = {index, name, sub, field, unit, base_column, goal_column}
    others = [j for j in range(len(table.columns)) if j not in told]
    rows: list[Row] = []
    label: Cell | None = None
    number = ""
    taken: set[str] = set()
    part = 0
    for record in table.records:
        if record.kind != "row":
            continue
        if name in record.cells:
            label = record.cells[name]
            called = tidy(label.text)
            number = words(record.at(index)) or str(len(rows) + 1)
            if index is None and (found := _NUMBERED.match(called)):
                number, called = found["number"], called[found.end() :]
            key = _free(number, taken)
            taken.add(key)
            part = 0
        part += 1
        printed_unit = words(record.at(unit)) or _unit_of(called)
        baseline, base_note = _value(record.cells.get(base_column), printed_unit)
        target, goal_note = _value(record.cells.get(goal_column), printed_unit)
        sub_name = words(record.cells.get(sub)) if sub is not None else None
        value = target or baseline
        bare = _bare_name(called, printed_unit)
        notes = (base_note, goal_note, bases.get(bare), *_beside(table, record, others))
        rows.append(
            context.row(
                {
                    "indicator_id": f"{context.doc_id}/indicator-{key}" + (f".{part}" if sub_name else ""),
                    "indicator_no": number,
                    "field": words(record.at(field)),
                    "name": bare,
                    "sub_name": sub_name,
                    "unit": (value.unit if value else _base_unit(printed_unit)) or None,
                    "baseline_year": base_year,
                    "baseline": baseline.value if baseline else None,
                    "baseline_bound": baseline.bound if baseline else None,
                    "target_year": goal_year,
                    "target": target.value if target else None,
                    "bound": target.bound if target else None,
                    "cumulative": bool(target and target.cumulative),
                    "note": ";".join(dict.fromkeys(filter(None, notes))) or None,
                },
                record.start,
                record.end,
                record.ref,
            )
        )
    return rows


def _free(number: str, taken: set[str]) -> str:
    """The number, with -2, -3, … where a field begins to count anew."""
    return next(n for k in count(1) if (n := number if k == 1 else f"{number}-{k}") not in taken)


def _beside(table: Table, record: Record, columns: Iterable[int]) -> Iterator[str]:
    """What a row prints in columns that the model has no place for, with the labels that it needs."""
    for j in columns:
        text, column = words(record.cells.get(j)) or "", table.columns[j]
        if not _NOTHING.fullmatch(text):
            bare = column.role == "note" or not column.label or _NATURE.fullmatch(text)
            yield text if bare else f"{column.label} {text}"


def _bases(texts: Iterable[str]) -> dict[str, str]:
    """Indicator -> 户籍口径 and the like, where a note sets some apart from the others."""
    found = (
        match
        for text in texts
        if "口" in text and "外" in text
        for match in _APART.finditer(fold(tidy(text)))
    )
    return {name: match["base"] for match in found for name in re.split("[、和]", match["names"])}


def _unit_of(name: str) -> str | None:
    """The unit in the last brackets of an indicator's name, where it is one: （万人次）, not （含公办园）."""
    found = _UNIT.search(name)
    return found[1] if found and parse_unit(f"({found[1]})") is not None else None


def _bare_name(name: str, unit: str | None) -> str:
    found = _UNIT.search(name)
    return name[: found.start()].strip() if found and found[1] == unit else name


def _base_unit(unit: str | None) -> str | None:
    scaled = parse_unit(f"({unit})") if unit else None
    return scaled[1] if scaled else unit


def _value(cell: Cell | None, unit: str | None) -> tuple[Quantity | None, str | None]:
    """A printed value, and what is printed that the value does not say."""
    text = words(cell) or ""
    if _NOTHING.fullmatch(text):
        return None, None
    value = parse_value(fold(text), unit)
    if value is None:
        return None, text
    return value, text if "/" in text else None


def read_investments(table: Table, context: Context) -> list[Row]:
    """Rows of ``investments``; 待定 and —— are missing."""
    rows: list[Row] = []
    field: str | None = None
    columns = {
        role: table.column(role)
        for role in ("index", "project", "kind", "period", "location", "content", "owner")
    }
    for record in table.records:
        if record.kind == "group":
            field = words(next(iter(record.cells.values())))
        if record.kind != "row":
            continue

        def cell(role: str, record: Record = record) -> Cell | None:
            return record.cells.get(columns[role])

        number = words(cell("index")) or str(len(rows) + 1)
        period = dates.parse_period(fold(re.sub(r"\s", "", cell("period").text))) if cell("period") else None
        rows.append(
            context.row(
                {
                    "investment_id": f"{context.doc_id}/project-{number}",
                    "item_no": number,
                    "field": field,
                    "name": words(cell("project")),
                    "kind": words(cell("kind")),
                    "start_year": period[0] if period else None,
                    "end_year": period[1] if period else None,
                    "location": _or_none(words(cell("location"))),
                    "total_yi": _yi(table, "total_investment", record),
                    "plan_period_yi": _yi(table, "plan_investment", record),
                    "owner": agencies.one_per_body(printed(cell("owner"))) if cell("owner") else None,
                    "text": words(cell("content")),
                },
                record.start,
                record.end,
                record.ref,
            )
        )
    return rows


def _or_none(text: str | None) -> str | None:
    return None if text is None or _NOTHING.fullmatch(text) else text


def _yi(table: Table, role: str, record: Record) -> float | None:
    """An amount in 亿元, whatever unit its column's head prints."""
    column = table.column(role)
    cell = record.cells.get(column) if column is not None else None
    label = table.columns[column].label if column is not None else ""
    unit = re.search(r"[(\[]([万亿]?元)[)\]]", label) or re.search(r"单位[::]?([万亿]?元)", table.header)
    if unit is None:
        raise ValueError(
            f"the column {label!r} of {table.title!r} prints amounts without a unit; declare it as a correction"
        )
    value = parse_value(plain(cell), unit[1]) if cell else None
    return round(value.value / 10_000, 6) if value else None


def read_summary(table: Table, context: Context) -> list[Row]:
    """Rows of ``totals`` from a table that adds projects up: number, total and plan-period investment of a field."""
    rows: list[Row] = []
    field = table.column("programme")
    for record in table.records:
        subject = words(record.at(field))
        place = {"source_start": record.start, "source_end": record.end, "source_ref": record.ref}
        count = record.cells.get(table.column("count"))
        number = parse_value(plain(count), "个") if count else None
        found = [
            ("number", number.value if number else None, "个"),
            ("total_yi", _yi(table, "total_investment", record), "亿元"),
            ("plan_period_yi", _yi(table, "plan_investment", record), "亿元"),
        ]
        rows += [
            total_row("investments", subject, name, v, unit, place, context)
            for name, v, unit in found
            if v is not None
        ]
    return rows
