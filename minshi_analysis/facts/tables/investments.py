"""Major projects of plans: what is built where and when, what it costs, and who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from minshi_analysis.facts.context import Context, Row, printed, words
from minshi_analysis.facts.tables.funding import total_row
from minshi_analysis.facts.tables.levels import level_of, unit_of
from minshi_analysis.facts.tables.lines import LAID, LOOSE, MADE, MAYBE_MERGED, beside_blanks, is_nothing
from minshi_analysis.language import agencies, works
from minshi_analysis.language.captions import money_unit
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.layout.tables import Record, Table, Unread
from minshi_analysis.reading.blocks import Cell

__all__ = ["Projects", "amount_yi", "read_investments", "unit_of_amounts"]

_MONEY = {"total_yi": "total_investment", "plan_period_yi": "plan_investment"}
_GROUP = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])\s*")
_AMOUNT = re.compile(r"[\d,]+(?:\.\d+)?|[-—/]+")
_CHINESE = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]?")
_SIZE = re.compile(r"[(（]\s*共?\s*(\d+)\s*[个项]\s*(?:项目)?\s*[)）]\s*$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ENDS = re.compile(rf"完成|{works.FINISHED}|[底末年]前")
_START = re.compile(rf"{works.BEGUN}|起始|起$|开始")
_END = re.compile(rf"完成|{works.FINISHED}|止$")
_CONTENT = re.compile(r"内容|规模|任务|概况")
_SPENT = re.compile(r"已完成|累计完成|完成投资|已投|到位|截[至止]")
_DATED = ("period", "starts", "ends")
_TOLD = frozenset(
    {
        "index",
        "project",
        "kind",
        "location",
        "content",
        "owner",
        "lead",
        "partner",
        "person",
        "programme",
        "note",
        "status",
    }
)


@dataclass(slots=True)
class Projects:
    """What the project tables of a document give: projects, the printed sums, and the figures that are in neither."""

    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    aside: list[Unread] = field(default_factory=list)


def read_investments(tables: Iterable[Table], context: Context) -> Projects:
    """Rows of ``investments`` from the project tables of a document, and of ``totals`` from their sums.

    待定 and — are missing. An amount whose unit is printed nowhere, one that stands once for several projects, and what a
    column of another kind prints (已完成投资, a year's investment) are told and are in no row.
    """
    out, taken = Projects(), set[str]()
    for table in tables:
        _read(table, context, taken, out)
    return out


def _read(table: Table, context: Context, taken: set[str], out: Projects) -> None:
    columns = _columns(table)
    group: str | None = None
    begun = len(out.rows)
    sums: dict[str, list[float]] = {}
    records = list(table.records)
    shared = _shared(records, columns)
    merged = beside_blanks(table, [columns[role] for role in _MONEY.values() if role in columns])
    for record, cells in _projects(records, columns):
        if record.kind == "group" or _numbered_group(record):
            filled = list({id(cell): cell for cell in record.cells.values() if cell}.values())
            cell = filled[1] if _numbered_group(record) else filled[0]
            group, size = _group(cell)
            if any(other is not cell and re.search(r"\d", other.text) for other in filled[1:]):
                _total(table, record, columns, context, out)
            out.aside += (
                [Unread(cell.start, cell.end, cell.ref, cell.text, "the number of projects of a group")]
                if size
                else []
            )
        elif record.kind == "total":
            for column, value in _total(table, record, columns, context, out).items():
                sums.setdefault(column, []).append(value)
        elif record.kind == "row" and not _repeats(table, record):
            _project(table, record, cells, columns, group, shared, merged, context, taken, out)
    for column, values in sums.items():
        found = [row[column] for row in out.rows[begun:] if row[column] is not None]
        wholes = max(values), sum(values)  # the last of them all, or one for each field
        if found and all(abs(sum(found) - whole) > 0.005 * max(1e-9, abs(whole)) for whole in wholes):
            for row in out.rows[begun:]:
                row["doubts"] = (*row["doubts"], ("the amounts do not add up to the printed sum", 0.25))


def _columns(table: Table) -> dict[str, int]:
    """The columns by what they hold; begin and end of the works may have one each."""
    found = {c.role: j for j, c in reversed(list(enumerate(table.columns))) if c.role}
    if "owner" not in found and "lead" in found:
        found["owner"] = found["lead"]
    if "content" not in found:  # 建设内容 is the task where a table lists tasks
        content = next((j for j in _contents(table) if j != found.get("project")), None)
        found |= {} if content is None else {"content": content}
    dated = [(j, c.label) for j, c in enumerate(table.columns) if c.role in ("period", "deadline", None)]
    for name, pattern in (("starts", _START), ("ends", _END)):
        j = next((j for j, label in dated if pattern.search(label) and "投资" not in label), None)
        if j is not None and (name == "starts" or "starts" in found or found.get("period") != j):
            found[name] = j
    if "starts" in found and found.get("period") == found["starts"]:
        del found["period"]
    return found


def _contents(table: Table) -> list[int]:
    """The columns that say what is built, and how large."""
    return [
        j
        for j, c in enumerate(table.columns)
        if c.role in ("content", "task", "target", None) and _CONTENT.search(c.label)
    ]


def _shared(records: Iterable[Record], columns: Mapping[str, int]) -> frozenset[int]:
    """Ids of cells of money that stand in the rows of several projects."""
    rows: dict[int, set[int]] = {}
    for record in records:
        name = record.cells.get(columns.get("project", -1))
        for role in _MONEY.values():
            cell = record.cells.get(columns.get(role, -1))
            if record.kind == "row" and cell is not None and name is not None and re.search(r"\d", cell.text):
                rows.setdefault(id(cell), set()).add(id(name))
    return frozenset(cell for cell, names in rows.items() if len(names) > 1)


def _projects(
    records: Iterable[Record], columns: Mapping[str, int]
) -> Iterator[tuple[Record, Mapping[str, Cell]]]:
    """Records with their cells by role; the rows that one merged name spans, without money of their own, are one."""
    last: tuple[Record, dict[str, Cell]] | None = None
    for record in records:
        cells = {role: record.cells[j] for role, j in columns.items() if j in record.cells}
        if record.kind == "row" and last is not None and _goes_on(last[1], cells):
            before, now = last[1].get("content"), cells.get("content")
            if before is not None and now is not None and before is not now:
                text = f"{before.text}\n{now.text}"
                last[1]["content"] = Cell(text, before.start, now.end, before.ref)
            continue
        if last is not None:
            yield last
        last = (record, cells)
    if last is not None:
        yield last


def _goes_on(last: Mapping[str, Cell], cells: Mapping[str, Cell]) -> bool:
    """Whether a row only goes on with the project above it."""
    name, above = cells.get("project"), last.get("project")
    if above is None or (name is not None and name is not above):
        return False
    own = [
        cells[role]
        for role in (*_MONEY.values(), "index")
        if role in cells and cells[role] is not last.get(role)
    ]
    return all(is_nothing(cell) for cell in own) and "content" in cells


def _group(cell: Cell) -> tuple[str | None, bool]:
    """The name of a group of projects, and whether it prints how many they are."""
    said = cell.said.norm
    size = _SIZE.search(said)
    return _GROUP.sub("", _SIZE.sub("", said)).strip() or None, size is not None


def _numbered_group(record: Record) -> bool:
    """Whether a row only numbers and names a group, perhaps with its sums: 二 | 教育类 | 58600."""
    filled = list({id(cell): cell for cell in record.cells.values() if cell}.values())
    if record.kind != "row" or len(filled) < 2 or not _CHINESE.fullmatch(filled[0].text.strip()):
        return False
    return all(_AMOUNT.fullmatch(cell.said.folded) for cell in filled[2:])


def _repeats(table: Table, record: Record) -> bool:
    """Whether a row is the header, printed again on another page."""
    return all(
        re.sub(r"\s", "", c.said.folded) in table.columns[j].label for j, c in record.cells.items() if c
    )


def _project(
    table: Table,
    record: Record,
    cells: Mapping[str, Cell],
    columns: Mapping[str, int],
    group: str | None,
    shared: frozenset[int],
    merged: frozenset[int],
    context: Context,
    taken: set[str],
    out: Projects,
) -> None:
    """A project's row; a row without a name is told."""
    name = words(cells.get("project"))
    if name is None:
        if any(re.search(r"\d", cell.text) for cell in record.cells.values()):
            text = " | ".join(cell.text for cell in record.cells.values())
            out.unread.append(
                Unread(record.start, record.end, record.ref, text, "a row of a project table without a name")
            )
        return
    number = (words(cells.get("index")) or str(len(out.rows) + 1)).rstrip(".、")
    key = next(n for k in count(1) if (n := number if k == 1 else f"{number}-{k}") not in taken)
    taken.add(key)
    money, figures = _amounts(table, cells, columns, shared, out)
    start, end = _years(cells, out)
    figures += [(cells[role].start, cells[role].end) for role in _DATED if role in cells and (start or end)]
    field_ = words(record.at(columns.get("programme"))) if "programme" in columns else None
    _unknown(table, record, columns, out)
    out.rows.append(
        context.row(
            {
                "investment_id": f"{context.doc_id}/project-{key}",
                "item_no": number,
                "field": field_ or group,
                "name": name,
                "kind": words(cells.get("kind")),
                "start_year": start,
                "end_year": end,
                "location": _or_none(cells.get("location")),
                **money,
                "owner": agencies.one_per_body(printed(cells["owner"])) if "owner" in cells else None,
                "text": _content(table, record, cells),
                "figures": tuple(figures),
                "doubts": (
                    *_doubts(record, money),
                    *([MAYBE_MERGED] if any(a in merged for a, _ in figures) else ()),
                ),
            },
            record.start,
            record.end,
            record.ref,
        )
    )


def _content(table: Table, record: Record, cells: Mapping[str, Cell]) -> str | None:
    """What is built: the words of its column, and of a second one for the size."""
    first = cells.get("content")
    if first is None:
        return None
    others = [record.cells[j] for j in _contents(table) if j in record.cells]
    more = [(cell.start, cell) for cell in others if cell.start >= first.end or cell.end <= first.start]
    found = [cell for _, cell in sorted([(first.start, first), *more], key=lambda entry: entry[0])]
    return ";".join(filter(None, dict.fromkeys(map(words, found)))) or None


def _or_none(cell: Cell | None) -> str | None:
    return None if is_nothing(cell) else words(cell)


def _amounts(
    table: Table, cells: Mapping[str, Cell], columns: Mapping[str, int], shared: frozenset[int], out: Projects
) -> tuple[dict[str, float | None], list[tuple[int, int]]]:
    """The amounts of a project in 亿元, and where they are printed; what is no plain amount is told."""
    money: dict[str, float | None] = {}
    figures: list[tuple[int, int]] = []
    for column, role in _MONEY.items():
        cell = cells.get(role)
        money[column] = None
        if cell is None:
            continue
        amount = (
            "one amount for several projects"
            if id(cell) in shared
            else amount_yi(cell, unit_of_amounts(table, columns[role]))
        )
        if isinstance(amount, str):
            out.unread.append(
                Unread(cell.start, cell.end, cell.ref, f"{words(cells.get('project'))}: {cell.text}", amount)
            )
        elif amount is not None:
            money[column] = amount
            figures.append((cell.start, cell.end))
    return money, figures


def unit_of_amounts(table: Table, column: int | None) -> str | None:
    """The unit of the amounts of a column: that of its head, else of a line above the table or of its title."""
    label = table.columns[column].label if column is not None else ""
    return money_unit((label, table.header, table.caption, fold(tidy(table.title))))


def amount_yi(cell: Cell, unit: str | None) -> float | str | None:
    """An amount in 亿元, None where nothing is printed, or why it is not plain.

    Examples
    --------
    >>> amount_yi(Cell("63000", 0, 5), "万元"), amount_yi(Cell("1.2亿元", 0, 5), "万元"), amount_yi(Cell("待定", 0, 2), "万元")
    (6.3, 1.2, None)
    """
    level = level_of(cell, unit_of(unit))
    if level is None or (level.value is None and not level.reason):
        return None
    if level.reason:
        return level.reason
    if level.unit not in ("万元", "元"):
        return "an amount of which no unit is printed: not in the head, the title or a line above"
    if level.upper is not None or level.form != "level" or level.note:
        return "more than a plain amount in the cell"
    return round(level.value / (10_000 if level.unit == "万元" else 100_000_000), 8)


def _years(cells: Mapping[str, Cell], out: Projects) -> tuple[int | None, int | None]:
    """First and last year of the works: 2021-2024, 2022年底前完工 (its end alone), or a column for each."""
    ends: list[int | None] = []
    for role in ("starts", "ends"):
        years = [int(y) for y in _YEAR.findall(fold(cells[role].text))] if role in cells else []
        ends.append(years[0] if len(years) == 1 else None)
    if any(ends) or "period" not in cells:
        return ends[0], ends[1]
    text = re.sub(r"\s", "", cells["period"].said.folded)
    years = [int(year) for year in _YEAR.findall(text)]
    if len(years) == 1:
        return (
            (None, years[0])
            if _ENDS.search(text)
            else (years[0], years[0])
            if not _START.search(text)
            else (years[0], None)
        )
    if len(years) == 2 and years[0] <= years[1]:
        return years[0], years[1]
    if re.search(r"\d", text):
        cell = cells["period"]
        out.unread.append(
            Unread(
                cell.start, cell.end, cell.ref, cell.text, "a period whose first and last year are not plain"
            )
        )
    return None, None


def _doubts(record: Record, money: Mapping[str, float | None]) -> list[tuple[str, float]]:
    """What makes a project's reading less sure, and by how much."""
    found: list[tuple[str, float]] = []
    if record.laid:
        found.append(LAID)
    if record.made:
        found.append(MADE)
    if record.doubts:
        found.append(LOOSE)
    total, part = money["total_yi"], money["plan_period_yi"]
    if total is not None and part is not None and part > total * (1 + 1e-9):
        found.append(("more is to be spent in the plan's years than in all", 0.25))
    return found


def _unknown(table: Table, record: Record, columns: Mapping[str, int], out: Projects) -> None:
    """The figures of columns that the table of projects has no place for."""
    known = {columns[role] for role in (*_MONEY.values(), *_DATED) if role in columns}
    for j, cell in record.cells.items():
        column = table.columns[j]
        if j in known or j in _contents(table) or column.role in _TOLD or not re.search(r"\d", cell.text):
            continue
        what = (
            "money spent so far"
            if _SPENT.search(column.label)
            else "another sum than the project's"
            if "资" in column.label
            else "a figure of an unknown kind"
        )
        out.unread.append(
            Unread(cell.start, cell.end, cell.ref, cell.text, f"{what}, under {column.label or 'no head'}")
        )


def _total(
    table: Table, record: Record, columns: Mapping[str, int], context: Context, out: Projects
) -> dict[str, float]:
    """The printed sums of a table, as rows of ``totals``."""
    place = {"source_start": record.start, "source_end": record.end, "source_ref": record.ref}
    filled = [words(c) for _, c in sorted(record.cells.items()) if c]
    subject = next((said for said in filled if said and not _CHINESE.fullmatch(said)), None)
    sums: dict[str, float] = {}
    for column, role in _MONEY.items():
        cell = record.cells.get(columns.get(role, -1))
        amount = amount_yi(cell, unit_of_amounts(table, columns[role])) if cell is not None else None
        if isinstance(amount, str):
            out.unread.append(Unread(cell.start, cell.end, cell.ref, cell.text, amount))
        elif amount is not None:
            sums[column] = amount
            row = total_row("investments", subject, column, amount, "亿元", place, context)
            out.totals.append(row | {"figures": ((cell.start, cell.end),)})
    _unknown(table, record, columns, out)
    return sums
