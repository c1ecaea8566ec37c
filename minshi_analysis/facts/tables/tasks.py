"""Tasks and targets from a table: who promised what, how much of it, for whom, by when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import count

from minshi_analysis.facts.context import Context, Row, printed, words
from minshi_analysis.facts.tables.shares import Share, split
from minshi_analysis.language import agencies
from minshi_analysis.language.headers import FUNDERS, role_of
from minshi_analysis.language.quantities import Quantity, parse_quantities, parse_unit
from minshi_analysis.language.regions import find
from minshi_analysis.language.text import clean, fold
from minshi_analysis.layout.tables import Record, Table
from minshi_analysis.reading.blocks import Cell

__all__ = [
    "Task",
    "each_task",
    "level_of",
    "measure_with",
    "programme_name",
    "read_tasks",
    "row_unit",
    "target_rows",
]

_QUOTED = re.compile(r"[“\"「](.{2,20}?)[”\"」]")
_NUMBER = re.compile(r"\s*(?:[(（](\d{1,3})[)）]|(\d{1,3})[.、](?!\d))\s*")
_USED = frozenset(
    {
        "index",
        "programme",
        "task",
        "target",
        "unit",
        "lead",
        "partner",
        "person",
        "deadline",
        "schedule",
        "result",
        "rate",
        "status",
        *FUNDERS,
    }
)
_STEP = re.compile(
    r"[;；,，。](?=\d{1,2}月|[一二三四]季度)"
)  # 3月底前选址;6月底前完成: the last is the deadline
_WHO = frozenset({"lead", "partner", "person", "deadline"})
_PROMISED = ("target", "actual", "amount")


@dataclass(slots=True)
class Task:
    """A task under construction: its row, its targets, and the records that speak of it."""

    row: Row
    headline: str
    targets: list[Row] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    allocations: list[Row] = field(default_factory=list)
    rest: tuple[tuple[int, int, str], ...] = ()
    extras: list[Row] = field(default_factory=list)
    counted: bool = False  # its number is not printed

    @property
    def task_id(self) -> str:
        return self.row["task_id"]

    def numbered_beside(self, taken: Set[str]) -> Task:
        """The task with an id that is not taken, where a table or group begins to count anew: it counts on.

        A printed number stays as it is printed.
        """
        if self.task_id not in taken:
            return self
        stem = self.task_id.removesuffix(self.row["item_no"])
        first = 1 + sum(task_id.startswith(stem) for task_id in taken)
        number = next(number for number in count(first) if f"{stem}{number}" not in taken)

        def moved(row: Row) -> Row:
            ids = {name: row[name] for name in ("task_id", "target_id") if row.get(name)}
            return row | {
                name: f"{stem}{number}{value.removeprefix(self.task_id)}" for name, value in ids.items()
            }

        return replace(
            self,
            row=moved(self.row) | ({"item_no": str(number)} if self.counted else {}),
            targets=[moved(row) for row in self.targets],
            allocations=[moved(row) for row in self.allocations],
            extras=[moved(row) for row in self.extras],
        )

    def bare(self) -> Task:
        """The task without the cells it was read from."""
        return replace(self, records=[record.bare() for record in self.records])

    def brief(self) -> Task:
        """What the document's prose is compared with: the task's place and its targets."""
        row = {name: self.row[name] for name in ("task_id", "programme_no", "programme")}
        return Task(row, self.headline, self.targets)


def programme_name(label: str | None) -> str | None:
    """The name of a programme: the words in quotes where its label begins with them (“畅通美丽”工程), else the label."""
    if not label:
        return None
    quoted = _QUOTED.match(label)
    return quoted[1] if quoted else label


def level_of(title: str, context: Context) -> str | None:
    """Whose programme a table lists, from its title: 省级, the parent city's, or the document's own."""
    head = title.split("民生")[0]
    region = find(context.adcode) if context.adcode else None
    parent = find(region.parent) if region and region.parent else None
    own = region.name if region else context.region or ""
    if re.search(r"本级", head) and (not parent or parent.short not in head):
        return context.level
    if re.search(r"省(?:级|政府|定)?", head):
        return "province"
    if parent and parent.short in head and own[:2] not in head:
        return parent.level
    return context.level


def read_tasks(table: Table, context: Context, *, several: bool) -> list[Task]:
    """The tasks of a table, as `each_task` gives them one by one."""
    return list(each_task(table, context, several=several))


def each_task(table: Table, context: Context, *, several: bool) -> Iterator[Task]:
    """The tasks of a table in order, each with its targets, its shares, and the records that belong to it.

    Parameters
    ----------
    table : Table
        A laid-out table of tasks.
    context : Context
    several : bool
        The document lists several levels' tasks: ids name the level.

    Yields
    ------
    Task
        When the next one begins: further lines of a table may belong to it.
    """
    level = level_of(table.title, context) if several else context.level
    text, index, programme = table.column("task"), table.column("index"), table.column("programme")
    items = programme is None or _numbers_items(table, index, programme)
    named = programme is not None and role_of(table.columns[programme].label) == "project"
    task: Task | None = None
    read = 0
    counts: Counter[str | None] = Counter()
    group: str | None = None
    for record in table.records:
        if record.kind == "group":
            group = words(next(iter(record.cells.values())))
        if record.kind != "row":
            continue
        if text not in record.cells:
            if task is not None:  # a further line of the task above: its own agency and person answer too
                task.records.append(record)
                _join_who(task.row, table, record, context)
            continue
        if task is not None:
            yield task
        read += 1
        cell = record.cells[text]
        label = words(record.at(programme))
        grouped = group if named or not label else None  # 一、教育类 over rows with a 项目名称 each
        number = words(record.at(index))
        body, mark = _without_number(cell)
        if programme is None and group is None:
            programme_no, item_no = None, number or mark or str(read)
        else:
            counts[number or label] += 1
            programme_no = None if items or grouped else number
            item_no = mark or (str(counts[number or label]) if programme_no else number or str(read))
        parts = [
            context.doc_id,
            ".".join(part for part in (level if several else programme_no, item_no) if part),
        ]
        found = split(body.text, body.start, context.adcode)
        headline = found.headline.norm or label or ""
        source = printed(record.at(programme)) if not found.headline.norm and label else None
        row = context.row(
            {
                "task_id": "/".join(parts),
                "level": level,
                "programme_no": programme_no,
                "programme": grouped or programme_name(label),
                "item_no": item_no,
                "text": headline if found.shares else clean(body.text).norm,
            }
            | _who_and_when(table, record, context),
            record.start,
            record.end,
            cell.ref,
            also=[cell for j, cell in record.spanned.items() if table.columns[j].role in _WHO],
        )
        counted = not (number or mark)
        task = Task(row, fold(headline), records=[record], rest=found.rest, counted=counted)
        if source is not None:  # the cell holds shares only: its headline is the programme's
            span = record.at(programme)
            exact = len(source) == span.end - span.start  # a label pieced together from several rows is not
            quantities = [
                (q, span.start + q.start, span.start + q.end) if exact else (q, span.start, span.end)
                for q in parse_quantities(source, kind="plan")
            ]
        else:
            head = body.text[: found.headline.at[-1] - body.start] if found.shares else body.text
            quantities = [
                (q, body.start + q.start, body.start + q.end) for q in parse_quantities(head, kind="plan")
            ]
        task.targets = target_rows(
            task.task_id, [q for q in quantities if q[0].role in (*_PROMISED, "rate")], context, cell.ref
        )
        if found.shares:
            task.allocations = _allocations(task, found.shares, context, cell.ref)
        task.extras = _extras(task, table, record, context)
        if grouped and label:  # its own name, where the group has the programme's place
            name = record.at(programme)
            task.extras.append(_extra(task, table.columns[programme].label, name, context))
        _stated_target(task, table, record, context)
    if task is not None:
        yield task


def _numbers_items(table: Table, index: int | None, programme: int) -> bool:
    """Whether 序号 beside a column of programmes counts the tasks: it differs within one programme."""
    before: tuple[str | None, str | None] | None = None
    for record in table.records:
        here = words(record.at(programme)), words(record.at(index))
        if record.kind != "row" or None in here:
            continue
        if before is not None and before[0] == here[0]:
            return before[1] != here[1]
        before = here
    return False


def _stated_target(task: Task, table: Table, record: Record, context: Context) -> None:
    """The target that has a column of its own (目标值, 数量), where the task's words do not say it already."""
    cell = record.at(table.column("target"))
    if cell is None or table.kind != "tasks":
        return
    unit = row_unit(table, record) or _head_unit(table, "target")
    text = printed(cell)
    found = [
        (q, cell.start + q.start, cell.start + q.end) for q in parse_quantities(text, unit=unit, kind="plan")
    ]
    if not found:  # words that promise no figure: they are kept as they are printed
        column = table.columns[table.column("target")].label
        task.extras.append(_extra(task, column, cell, context))
        return
    known = {(t["value"], t["unit"]) for t in task.targets}
    fresh = [f for f in found if (f[0].value, f[0].unit or None) not in known]
    rows = target_rows(task.task_id, fresh, context, cell.ref, first=len(task.targets) + 1)
    for row in rows:
        row["measure"] = row["measure"] or measure_with(task.headline, row["unit"])
    task.targets += rows


def row_unit(table: Table, record: Record) -> str | None:
    """The unit that a row prints in a column of its own, for the bare numbers in it; None where it is no unit."""
    unit = words(record.at(table.column("unit")))
    return unit if unit and parse_unit(unit) else None


def _head_unit(table: Table, role: str) -> str | None:
    column = table.column(role)
    return (
        table.columns[column].label
        if column is not None and parse_unit(table.columns[column].label)
        else None
    )


def _extras(task: Task, table: Table, record: Record, context: Context) -> list[Row]:
    """What stands in columns that the model has no place for, under their printed labels."""
    return [
        _extra(task, column.label or f"column {j + 1}", record.cells[j], context)
        for j, column in enumerate(table.columns)
        if j in record.cells and column.role not in _USED and column.region is None
    ]


def _extra(task: Task, column: str, cell: Cell, context: Context) -> Row:
    values = {"task_id": task.task_id, "column": column, "text": words(cell)}
    return context.row(values, cell.start, cell.end, cell.ref)


def _without_number(cell: Cell) -> tuple[Cell, str | None]:
    """A task's words without the number printed before them: `(2)组建…`, `3.新增…`."""
    text = printed(cell)
    match = _NUMBER.match(text)
    if not match:
        return Cell(text, cell.start, cell.end, cell.ref), None
    return Cell(text[match.end() :], cell.start + match.end(), cell.end, cell.ref), match[1] or match[2]


def _join_who(row: Row, table: Table, record: Record, context: Context) -> None:
    own = replace(record, spanned={})
    for name, value in _who_and_when(table, own, context).items():
        if value and name != "deadline" and value not in (row[name] or ""):
            row[name] = "、".join(filter(None, (row[name], value)))


def _who_and_when(table: Table, record: Record, context: Context) -> Row:
    def bodies(role: str) -> str | None:
        cell = record.at(table.column(role))
        return agencies.one_per_body(printed(cell)) or None if cell else None

    names = [
        name
        for j in table.columns_of("person")
        for cell in [record.at(j)]
        if cell
        for name in agencies.persons(cell.text)
    ]
    due = words(record.at(table.column("deadline")))
    return {
        "lead_agency": bodies("lead"),
        "partner_agencies": bodies("partner"),
        "responsible": "、".join(dict.fromkeys(names)) or None,
        "deadline": max(filter(None, map(context.deadline, _STEP.split(due))), default=None) if due else None,
    }


def target_rows(
    task_id: str,
    quantities: Sequence[tuple[Quantity, int, int]],
    context: Context,
    ref: str = "",
    first: int = 1,
) -> list[Row]:
    """Rows of ``targets`` from quantities and where each is printed."""
    return [
        context.row(
            {
                "target_id": f"{task_id}#{k}",
                "task_id": task_id,
                "measure": q.measure or None,
                "value": q.value,
                "unit": q.unit or None,
                "bound": q.bound,
                "cumulative": q.cumulative,
            },
            start,
            end,
            ref,
        )
        for k, (q, start, end) in enumerate(quantities, start=first)
    ]


def _allocations(task: Task, shares: Sequence[Share], context: Context, ref: str) -> list[Row]:
    """The shares of a task's target: the one with their unit; a target without a number where the words name none."""
    units = Counter(share.unit for share in shares if share.unit)
    unit = units.most_common(1)[0][0] if units else None
    target = next(
        (t for t in task.targets if same_unit(t["unit"], unit)), task.targets[0] if task.targets else None
    )
    if target is None:
        target = context.row(
            {
                "target_id": f"{task.task_id}#1",
                "task_id": task.task_id,
                "measure": measure_of(task.headline),
                "value": None,
                "unit": unit,
                "bound": None,
                "cumulative": False,
            },
            task.row["source_start"],
            task.row["source_end"],
            ref,
        )
        task.targets.append(target)
    return [share_row(target, share, context, ref) for share in shares]


def share_row(target: Row, share: Share, context: Context, ref: str = "") -> Row:
    """A row of ``allocations``."""
    return context.row(
        {
            "target_id": target["target_id"],
            "region": share.region.name,
            "adcode": share.region.adcode,
            "value": share.value,
            "unit": share.unit or target["unit"],
            "note": share.note,
        },
        share.start,
        share.end,
        ref,
    )


def same_unit(a: str | None, b: str | None) -> bool:
    """Whether two units count the same things: equal, or people (人, 名) or sittings (场, 场次) by another word."""
    return a == b or any(a in kin and b in kin for kin in _KIN)


_KIN = (
    frozenset({"人", "名", "位"}),
    frozenset({"场", "场次"}),
    frozenset({"套", "套(间)"}),
    frozenset({"栋", "幢"}),
)


_VERB = re.compile(r"^(?:为|实现|完成|推进|开展|实施|新增|新建|建成|打造|提升|全面)+")


def measure_of(headline: str) -> str | None:
    """What a task without a number is about: its words without the verbs before and 全覆盖 behind."""
    return _VERB.sub("", headline).removesuffix("全覆盖").strip("。,; ") or None


def measure_with(headline: str, unit: str | None) -> str | None:
    """What a figure counts that stands in a cell of its own, beside words that name it: as if it stood behind them."""
    found = parse_quantities(f"{headline.rstrip('。,; ')}9{unit or ''}", kind="plan")
    return (found[-1].measure if found else None) or measure_of(headline)
