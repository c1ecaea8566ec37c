"""Money: who pays how much for which tasks, each shared cell counted once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from minshi_analysis.facts.context import Context, Row, printed, words
from minshi_analysis.facts.prose.costs import funder_of
from minshi_analysis.facts.tables.lines import MADE
from minshi_analysis.facts.tables.tasks import REFUSED
from minshi_analysis.facts.task import Task
from minshi_analysis.language.agencies import is_agency
from minshi_analysis.language.captions import money_unit
from minshi_analysis.language.figures import figures
from minshi_analysis.language.heads import seen_from
from minshi_analysis.language.numerals import neat
from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.text import clean, fold
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.columns import plain, without_mark
from minshi_analysis.layout.placing import is_total
from minshi_analysis.layout.tables import Record, Table, Unread
from minshi_analysis.model import FUNDERS
from minshi_analysis.reading.blocks import Cell

__all__ = ["amount_of", "read_funding", "total_row"]

_UNIT = re.compile(r"[(\[:]?(?:单位[::])?([万亿百千]*元)[)\]]?")
_FOREIGN = re.compile(r"[美欧日港澳英]元|美金|欧元|英镑|USD|\$|€|£")
_ORDINAL = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]?")
_NOTHING = re.compile(r"[-—–/\s]*|无|暂无|待定")
_AMOUNT = re.compile(
    r"(?:约|近|不超过|至少|[≥≤><]=?)*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<scale>[万亿千百]*)(?P<unit>元)?(?:以上|左右|以内)?(?:\([^()\d]{0,12}\))?"
)
_WORDED = re.compile(r"[\u4e00-\u9fff]{3}|[\u4e00-\u9fff]{2}\s*\d")  # 省级200万元: who pays stands before
SLID = ("a body stands under a head of money: cells may stand under other heads than theirs", 0.3)
FEWER = ("fewer amounts than heads of money, in a row whose blank cells are not printed", 0.25)
_SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}


@dataclass(frozen=True, slots=True)
class _Money:
    """A column of money: where it stands, who pays, and the unit of its bare numbers."""

    index: int
    funder: str
    printed: str
    unit: str | None


def read_funding(
    table: Table, tasks: Sequence[Task], context: Context
) -> tuple[list[Row], list[Row], list[Row], list[Unread]]:
    """Rows of ``funding``, ``funding_tasks`` and ``totals`` (the printed sums of the columns), and what is unread.

    A merged cell of money serves several task lines. Where the spans are known it is the same cell; where they
    were lost, a line without money belongs to the nearest line with money of the same programme and lead agency.
    Amounts whose unit is printed nowhere (header, title, a line above, the cell) are unread, an entry for each row:
    they may be 元, 万元 or 亿元. So is a cell of which it is not plain what it says (50+30, 300-500, two lines).
    """
    columns, unread = _columns(table, context)
    if not columns:
        said, of = _in_words(tasks, context)
        return _doubted(said, of, tasks), of, [], unread
    lines: list[Row] = []
    served: list[Row] = []
    ids: dict[int, str] = {}
    paid = [_paid(task, columns) for task in tasks]
    slid = _has_slid(table, columns)
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
                rows, lost = _lines(ids[source], owner.records[0], columns, context)
                doubts = tuple(_doubts(table, owner.records[0], columns, slid))
                lines, unread = lines + [row | {"doubts": doubts} for row in rows], unread + lost
        cells = paid[source].values()
        served.append(
            context.row(
                {"funding_id": ids[source], "task_id": task.task_id},
                min(c.start for c in cells),
                max(c.end for c in cells),
            )
        )
    read = {row["funding_id"] for row in lines}
    served = [row for row in served if row["funding_id"] in read]
    totals = []
    for record in table.records:
        if record.kind in ("total", "group") and any(c.index in record.cells for c in columns):
            rows, lost = _lines("", record, columns, context)
            unread += lost
            money = {column.index for column in columns}
            subject = summed_by([cell for j, cell in record.cells.items() if j not in money])
            totals += [
                total_row("funding", subject, row["funder"], row["amount_wan"], "万元", row, context)
                for row in rows
                if row["amount_wan"] is not None
            ]
    return _doubted(lines, served, tasks), served, totals, unread


def _doubted(lines: Sequence[Row], served: Sequence[Row], tasks: Sequence[Task]) -> list[Row]:
    """Lines of money, those doubted that a task is to have which the vote refused: nobody will spend it, or not all of it."""
    refused = {task.task_id for task in tasks if REFUSED in task.doubts}
    lost = {row["funding_id"] for row in served if row["task_id"] in refused}
    return [
        row | {"doubts": (*row.get("doubts", ()), REFUSED)} if row["funding_id"] in lost else row
        for row in lines
    ]


def _has_slid(table: Table, columns: Sequence[_Money]) -> bool:
    """Whether bodies stand under heads of money, in a table whose spans are not known: its cells are not under their heads."""
    if table.spans:
        return False
    indices = {column.index for column in columns}
    cells = (record.cells.get(j) for record in table.records if record.kind == "row" for j in indices)
    return any(
        is_agency(line) for cell in cells if cell for line in fold(cell.text).splitlines() if line.strip()
    )


def _doubts(
    table: Table, record: Record, columns: Sequence[_Money], slid: bool
) -> Iterator[tuple[str, float]]:
    """Why amounts may be another funder's: they were laid under their heads by their order alone."""
    if slid:
        yield SLID
    if record.made:
        yield MADE
    elif record.laid and not table.spans and any(column.index not in record.cells for column in columns):
        yield FEWER


def _in_words(tasks: Sequence[Task], context: Context) -> tuple[list[Row], list[Row]]:
    """What the words of tasks say that they cost, in a table that has no column for money."""
    lines: list[Row] = []
    served: list[Row] = []
    for task in tasks:
        funding_id = f"{context.doc_id}/funding-{task.task_id.removeprefix(context.doc_id)[1:]}"
        for funder, q, start, end, ref in task.costs:
            said = {"funding_id": funding_id, "funder": funder, "funder_printed": q.measure or None}
            row = context.row(said | {"amount_wan": float(q.value)}, start, end, ref)
            lines.append(row | {"figures": ((start, end),)})
        if task.costs:
            own = {"funding_id": funding_id, "task_id": task.task_id}
            served.append(context.row(own, task.costs[0][2], task.costs[-1][3]))
    return lines, served


def _columns(table: Table, context: Context) -> tuple[list[_Money], list[Unread]]:
    """The columns of money, and the amounts of those that are no promise of the year."""
    money = [(j, column) for j, column in enumerate(table.columns) if column.role == "funds"]
    totals = [(j, column) for j, column in money if column.funder == "total"]
    sums = [(j, column) for j, column in totals if not _in_sentences(table, j)]
    meant = next((j for j, column in sums if column.period == "year"), sums[0][0] if sums else None)
    said = {unit for _, column in money if (unit := _unit_in(column.label))}
    shared = said.pop() if len(said) == 1 else money_unit((table.header, table.caption, fold(table.title)))
    unread: list[Unread] = []
    columns = []
    for j, column in money:
        worded = _in_sentences(table, j)
        if column.funder == "total" and j != meant and not worded:
            unread += _column_of(table, j, f"another sum than that of the year, under {column.label}")
            continue
        unit = _unit_in(column.label) or shared
        columns.append(
            _Money(j, seen_from(column.funder or "other", context.level, context.region), column.label, unit)
        )
    for j, column in enumerate(table.columns):
        if column.role == "spent":
            unread += _column_of(table, j, f"money spent, no promise, under {column.label}")
    if unread_here := _without_unit(table, columns, context):
        return [], unread + unread_here
    return sorted(columns, key=lambda column: FUNDERS.index(column.funder)), unread


def _in_sentences(table: Table, j: int) -> bool:
    """Whether a column of money says in words who pays how much (省级补助1200万元,县级配套1180万元), and gives no sums."""
    cells = [words(c) or "" for record in table.records if (c := record.cells.get(j)) is not None]
    told = [text for text in cells if re.search(r"\d", text)]
    return bool(told) and sum(bool(_WORDED.search(fold(text))) for text in told) > len(told) / 2


def _unit_in(label: str) -> str | None:
    found = _UNIT.search(label)
    return found[1] if found and not _FOREIGN.search(label) and parse_unit(found[1]) else None


def _column_of(table: Table, j: int, reason: str) -> list[Unread]:
    """The figures of a column, each a part that is not read."""
    cells = {id(c): c for record in table.records if (c := record.cells.get(j)) is not None}
    return [Unread(c.start, c.end, c.ref, c.text, reason) for c in cells.values() if re.search(r"\d", c.text)]


def _without_unit(table: Table, columns: Sequence[_Money], context: Context) -> list[Unread]:
    """The amounts of each row, where some of the table are bare numbers of which no unit is known."""
    rows: list[Unread] = []
    bare = False
    if all(column.unit for column in columns):
        return rows
    for record in table.records:
        found = [(c, record.cells[c.index]) for c in columns if c.index in record.cells]
        if record.kind == "group" or not any(re.search(r"\d", cell.text) for _, cell in found):
            continue
        bare = bare or any(
            column.unit is None
            and amount_of(words(cell) or "", None) is None
            and re.search(r"\d", cell.text)
            and not re.search(r"[\u4e00-\u9fff]{3}", cell.text)
            and not _worded(cell, column, "", context)
            for column, cell in found
        )
        labels = "、".join(dict.fromkeys(column.printed for column, _ in found))
        why = (
            f"no unit is printed for the amounts under {labels}: not in the header, the title or a line above"
        )
        cells = [cell for _, cell in found]
        said = " | ".join(cell.text for cell in cells)
        rows.append(Unread(cells[0].start, cells[-1].end, cells[0].ref, said, why))
    return rows if bare else []


def amount_of(text: str, unit: str | None) -> float | None:
    """The amount of a cell in 万元: one number, in the cell's own unit or in its column's.

    Examples
    --------
    >>> amount_of("1,200", "万元"), amount_of("1.5亿", "万元"), amount_of("3000", "元"), amount_of("50+30", "万元")
    (1200.0, 15000.0, 0.3, None)
    """
    said = _AMOUNT.fullmatch(without_mark(fold(text).strip()))
    if said is None or said["scale"] not in _SCALES:
        return None
    number = float(said["number"].replace(",", ""))
    if said["unit"] or said["scale"] in ("万", "亿", "千万", "百万"):  # 3000万 says its own scale
        return neat(number * _SCALES[said["scale"]] / 10_000)
    declared = parse_unit(unit) if unit and not said["scale"] else None
    if declared is None:
        return None
    return neat(number * declared[0] * (1 if declared[1] == "万元" else 1 / 10_000))


def summed_by(cells: Iterable[Cell]) -> str | None:
    """What a line of sums is about, from its cells of words: its group's name where it prints one (一 | 就业工程 | 小计)."""
    said = [cell for cell in cells if not (_ORDINAL.fullmatch(plain(cell)) or is_figure(plain(cell)))]
    named = next((cell for cell in said if not is_total(cell)), None)
    return words(named or next(iter(said), None))


def total_row(
    table: str, subject: str | None, column: str, value: float, unit: str, place: Row, context: Context
) -> Row:
    """A row of ``totals``: a printed sum, of which table and column."""
    what = {"of": table, "subject": subject, "column": column, "value": value, "unit": unit}
    return context.row(what, place["source_start"], place["source_end"], place["source_ref"] or "")


def _paid(task: Task, columns: Sequence[_Money]) -> dict[int, Cell]:
    record = task.records[0]
    return {c.index: record.cells[c.index] for c in columns if c.index in record.cells}


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


def _worded(cell: Cell, column: _Money, funding_id: str, context: Context) -> list[Row]:
    """A row for each amount of a cell that names who pays it (中央资金1200万元、县级资金200万元); none where one is not plain.

    An amount that begins the cell without a name is the sum of those behind it (3420万元,其中:…).
    """
    if column.funder != "total":
        return []
    said = clean(printed(cell), cell.start)
    found = figures(said.norm)
    rows = []
    for figure in found:
        quantity = figure.quantity
        where = {"level": context.level, "region": context.region}
        funder = quantity and funder_of(said.norm, quantity, money=True, **where)
        named = re.search(r"[\u4e00-\u9fff]{2}", _before(said.folded, quantity.start)) if quantity else None
        if funder is None or not (named or not said.folded[: quantity.start].strip()):
            return []
        start, end = said.span(quantity.start, quantity.end)
        values = {"funding_id": funding_id, "funder": funder, "amount_wan": float(quantity.value)}
        values["funder_printed"] = _before(said.norm, quantity.start)
        rows.append(context.row(values, start, end, cell.ref) | {"figures": ((start, end),)})
    if rows and not rows[0]["funder_printed"]:
        parts = sum(row["amount_wan"] for row in rows[1:])
        return rows if abs(parts - rows[0]["amount_wan"]) < 0.01 else []
    return rows


def _once(rows: Sequence[Row]) -> list[Row]:
    """The rows of a line in which a sum that is printed twice, in figures and in words, is one; beside a sum, words under
    another head of all money (资金来源: 街道财政) are no second one."""
    out: list[Row] = []
    summed = any(row["funder"] == "total" and row["amount_wan"] is not None for row in rows)
    for row in rows:
        if summed and row["funder"] == "total" and row["amount_wan"] is None:
            continue
        again = row["funder"] == "total" and row["amount_wan"] is not None
        same = next(
            (r for r in out if again and r["funder"] == "total" and r["amount_wan"] == row["amount_wan"]),
            None,
        )
        if same is None:
            out.append(row)
        else:
            same["figures"] = (*same["figures"], *row["figures"])
    return out


def _before(text: str, at: int) -> str:
    """The words before an amount in its enumeration."""
    return re.split(r"[,，;；、。:：()（）+]", text[:at])[-1].strip()


def _lines(
    funding_id: str, record: Record, columns: Sequence[_Money], context: Context
) -> tuple[list[Row], list[Unread]]:
    """A row for each funder of a line, and the cells that are not plain; no row where nothing is."""
    rows: list[Row] = []
    unread: list[Unread] = []
    for column in columns:
        cell = record.cells.get(column.index)
        text = words(cell) or "" if cell else ""
        amount = amount_of(text, column.unit)
        if amount is None and cell is not None and (parts := _worded(cell, column, funding_id, context)):
            rows += parts
            continue
        if cell is not None and amount is None and re.search(r"\d|[一二三四五六七八九十壹贰叁]", text):
            why = f"it is not plain what amount this is, under {column.printed}"
            unread.append(Unread(cell.start, cell.end, cell.ref, cell.text, why))
        start, end, ref = (cell.start, cell.end, cell.ref) if cell else (record.start, record.end, record.ref)
        said = {"funding_id": funding_id, "funder": column.funder, "funder_printed": column.printed}
        rows.append(
            context.row(said | {"amount_wan": amount}, start, end, ref)
            | {"figures": ((start, end),) if amount is not None else ()}
        )
    return (_once(rows) if any(row["amount_wan"] is not None for row in rows) or not unread else []), unread
