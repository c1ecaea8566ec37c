"""Tasks and targets from a table: who promised what, how much of it, for whom, by when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from minshi_analysis.facts.apart import told_apart
from minshi_analysis.facts.context import Context, Row, printed, words
from minshi_analysis.facts.prose.evidence import SET_ASIDE
from minshi_analysis.facts.prose.growth import as_change
from minshi_analysis.facts.prose.standing import EACH
from minshi_analysis.facts.tables.shares import Share, shares_in, split
from minshi_analysis.facts.tables.units import (
    NO_UNIT,
    bound_by,
    declared_unit,
    in_full,
    two_of,
    two_units,
    unit_in_name,
    unit_said,
)
from minshi_analysis.facts.tables.who import WHO, join_who, who_and_when
from minshi_analysis.facts.tables.wording import due_alone, due_in, none_of_it, says_of_each, stepped
from minshi_analysis.facts.task import Task, measure_of, measure_with, share_row, target_rows
from minshi_analysis.language.figures import figures
from minshi_analysis.language.heads import is_means, role_of
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.phrases import BALLOT, NOT_CHOSEN, SAYS_WHAT_IS_MADE, VOTED
from minshi_analysis.language.quantities import Quantity, parse_quantities, parse_value
from minshi_analysis.language.regions import find
from minshi_analysis.language.text import clean, fold
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.columns import plain
from minshi_analysis.layout.naming import NOTHING
from minshi_analysis.layout.tables import Record, Table, Unread
from minshi_analysis.layout.turned import heads_regions
from minshi_analysis.reading.blocks import Cell

__all__ = ["each_task", "level_of", "programme_name", "read_tasks", "stated"]

_QUOTED = re.compile(r"[“\"「](.{2,20}?)[”\"」]")
_MARKS = r"[★☆◆◇▲△●○■□※*]*"
_NUMBER = re.compile(
    rf"\s*{_MARKS}\s*(?:[(（](\d{{1,3}})[)）]|(\d{{1,3}})[.、](?!\d))\s*{_MARKS}|\s*[★☆◆◇▲△●○■□※]+\s*"
)
_MEASURED = frozenset(
    {
        "target",
        "unit",
        "schedule",
        "result",
        "rate",
        "status",
        "funds",
        "spent",
        "split",
        "region_result",
        "region_rate",
        "measure",
    }
)
_NAMES = frozenset({"programme", "task", "part"})
_USED = frozenset({"index"}) | _NAMES | WHO | _MEASURED
_RIVAL = re.compile(r"another column of the table is the (target|result|rate|task)")
_VOTED = re.compile(f"{VOTED}|是否(?:通过|列入|采纳)")
_BALLOT = re.compile(BALLOT)
_REFUSED = re.compile(f"(?:表决)?(?:{NOT_CHOSEN}|不予?(?:通过|列入|采纳)|否决?|[×✗✘xX])")
REFUSED = (SET_ASIDE["refused"], 0.4)
_EFFECT = re.compile(r"绩效|效益|成效|受益")
ANOTHER = ("a row without a task's words below it: it may be another task", 0.25)
_FIRST = 1_000  # rows of a table that are asked how its cells stand
_GUESS = 0.5  # below this score the role of a column is a guess
APART = ("who answers, or by when, is printed beside another row: it may not be meant for this one", 0.25)
FOR_EACH = (EACH[0], 0.25)
PLACED = ("rows of the same words name several regions: each may be a share", 0.25)
_REPORTS = frozenset({"progress", "completion", "review"})
_PROMISED = ("target", "actual", "amount", "rate", "standard")


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
    text, programme = table.column("task"), table.column("programme")
    numbering = _Numbering(table, (several and level) or None)
    unsure = _of_unknown_reach(table)
    merged = _shared(table)
    task: Task | None = None
    group: str | None = None
    above: Cell | None = None
    for record in table.records:
        if record.kind == "group":
            group = words(next(iter(record.cells.values())))
        if record.kind != "row":
            continue
        record, above = _going_on(table, record, above), record.cells.get(text, above)
        if text not in record.cells:
            if task is not None:  # a further line of the task above: its own agency and person answer too
                task.records.append(record)
                own = _further_extras(task, table, record, context)
                task.extras += own
                if _may_be_another(table, task.records[0], record, named=bool(own)):
                    task.doubts += (ANOTHER,)
                    task.aside.append(_told(record))
                else:
                    join_who(task.row, table, record, context)
            continue
        shared = task is not None and _is_of_another_place(table, task.records[0], record)
        if task is not None:
            task.doubts += (PLACED,) if shared else ()
            yield task
        label = words(record.at(programme))
        grouped = group if numbering.named or not label else None  # 一、教育类 over rows with a 项目名称 each
        task = _task(table, record, numbering, level, label, grouped, group, context)
        if label is not None and (numbering.named or label in numbering.own):
            _named_by(task, label)
        task.extras = _extras(task, table, record, context)
        task.doubts += (*_doubts(table, record), *([PLACED] if shared else []))
        task.doubts += (APART,) if any(j not in record.cells for j in unsure) else ()
        if grouped and label:  # its own name, where the group has the programme's place
            task.extras.append(_extra(task, table.columns[programme].label, record.at(programme), context))
        _stated_target(task, table, record, context)
        _counted_beside(task, table, record, merged, context)
        _split_cell(task, table, record, context)
    if task is not None:
        yield task


def _of_unknown_reach(table: Table) -> list[int]:
    """The columns of who answers, and by when, whose cells may stand for rows above them too.

    Where merged cells are not known a copied text prints them beside their first row. A PDF without lines prints them
    beside their middle, and so does a text in which nothing stands beside the first row of all.
    """
    if table.spans:
        return []
    rows = [record for record in islice(table.records, _FIRST) if record.kind == "row"]
    found = []
    for role in ("lead" if table.column("lead") is not None else "person", "deadline"):
        j = table.column(role)
        filled = [j in record.cells for record in rows]
        if any(filled) and (rows[0].ref or not filled[0]):
            found.append(j)
    return found


def _is_of_another_place(table: Table, before: Record, record: Record) -> bool:
    """Whether two rows of the same words name two regions in a column for them."""
    text = table.column("task")
    if text not in before.cells or words(before.cells[text]) != words(record.cells[text]):
        return False
    return any(
        j in before.cells and j in record.cells and words(before.cells[j]) != words(record.cells[j])
        for j, column in enumerate(table.columns)
        if j != text and column.label and heads_regions(column.label) and column.role not in WHO
    )


def _going_on(table: Table, record: Record, above: Cell | None) -> Record:
    """A line on which a promise goes on whose parts (总任务 | 分项任务) are promises too: the part is its task.

    The promise itself, merged over its lines or left blank below, is that of the first of them.
    """
    text, part = table.column("task"), table.column("part")
    own = record.cells.get(part) if part is not None else None
    whole = record.cells.get(text, above)
    if own is None or above is None or whole is not above or own.text == above.text:
        return record
    if not parse_quantities(printed(above), kind="plan") or not parse_quantities(printed(own), kind="plan"):
        return record
    return replace(record, cells={**record.cells, text: own})


def _may_be_another(table: Table, first: Record, record: Record, *, named: bool) -> bool:
    """Whether a row without a task's words may be one of its own: it prints another number than the task above; or a target of
    its own, and has slid, with fewer cells than there are columns, or is ``named``, in a column that nobody knows."""
    index, target = table.column("index"), table.column("target")
    own = words(record.cells.get(index)) if index is not None else None
    if own and own != words(first.at(index)):
        return True
    slid = not table.spans and record.laid
    return (slid or named) and target is not None and target in record.cells


def _told(record: Record) -> Unread:
    """A row of which it is not plain whose it is: its words are told, its figures where no other row takes them."""
    printed = dict.fromkeys(record.cells.values())
    return Unread(record.start, record.end, record.ref, " | ".join(c.text for c in printed), ANOTHER[0])


@dataclass(slots=True)
class _Numbering:
    """How the tasks of a table are numbered: by its own column, by a mark before their words, or by us."""

    table: Table
    level: str | None
    items: bool = True
    named: bool = False
    read: int = 0
    counts: Counter[str | None] = None
    own: frozenset[str] = frozenset()  # the names that one row alone has

    def __post_init__(self) -> None:
        programme = self.table.column("programme")
        self.own = _names_of_rows(self.table, programme)
        self.counts = Counter()
        self.items = programme is None or _numbers_items(self.table, self.table.column("index"), programme)
        self.named = programme is not None and role_of(self.table.columns[programme].label) == "project"

    def number(
        self, number: str | None, mark: str | None, label: str | None, grouped: str | None, group: str | None
    ) -> tuple[str | None, str]:
        """Number of the programme and of the task in it."""
        self.read += 1
        if self.table.column("programme") is None and group is None:
            return None, number or mark or str(self.read)
        self.counts[number or label] += 1
        programme_no = None if self.items or grouped else number
        item_no = mark or (str(self.counts[number or label]) if programme_no else number or str(self.read))
        return programme_no, item_no


def _task(
    table: Table,
    record: Record,
    numbering: _Numbering,
    level: str | None,
    label: str | None,
    grouped: str | None,
    group: str | None,
    context: Context,
) -> Task:
    """The task of a record, with the targets and shares that its words name."""
    whole = record.cells[table.column("task")]
    cell, steps = stepped(whole, context)
    number = words(record.at(table.column("index")))
    body, mark = _without_number(cell)
    part = record.cells.get(table.column("part")) if table.column("part") is not None else None
    part = part if part is not None and part is not cell and part.text != cell.text else None
    programme_no, item_no = numbering.number(number, mark, label, grouped, group)
    about = ".".join(p for p in (numbering.level or programme_no, item_no) if p)
    found = split(body.text, body.start, context.adcode)
    headline = found.headline.norm or label or ""
    source = record.at(table.column("programme")) if not found.headline.norm and label else None
    said = (found.shares and headline) or body.said.norm
    if part is not None:
        said += _mark_between(said, part) + (words(part) or "")
    row = context.row(
        {
            "task_id": f"{context.doc_id}/{about}",
            "level": level,
            "programme_no": programme_no,
            "programme": grouped or programme_name(label),
            "item_no": item_no,
            "text": said,
        }
        | who_and_when(table, record, context),
        record.start,
        record.end,
        cell.ref,
        also=[cell for j, cell in record.spanned.items() if table.columns[j].role in WHO],
    )
    name = headline if part is None else part.said.norm if _is_own(part, headline) else said
    task = Task(row, fold(name), records=[record], rest=found.rest, counted=not (number or mark))
    head = body.text[: found.headline.at[-1] - body.start] if found.shares else body.text
    quantities = (
        _in_label(source, context.year) if source is not None else _in_words(head, body.start, context.year)
    )
    if part is not None:
        quantities += _in_words(printed(part), part.start, context.year)
    free = all(column.role not in ("funds", "spent") for column in table.columns)  # no column is for money
    others = none_of_it(head, [q for q, _, _ in quantities], context) if part is None else {}
    promised = [q for j, q in enumerate(quantities) if q[0].role in _PROMISED and j not in others]
    task.targets = target_rows(task.task_id, promised, context, cell.ref)
    task.doubts += (FOR_EACH,) if part is None and says_of_each(head, [q for q, _, _ in promised]) else ()
    task.steps = (steps,) if steps is not None else ()
    row["deadline"] = (
        row["deadline"] or due_in(printed(whole), context) or _due_in_notes(table, record, context)
    )
    why = "an earlier or present state, or a standard: no promise of the year"
    task.aside += [
        Unread(a, b, cell.ref, q.surface, others[j].reason if j in others else why)
        for j, (q, a, b) in enumerate(quantities)
        if (q, a, b) not in promised and not (j in others and others[j].funder and free)
    ]
    task.costs = [(o.funder, *quantities[j], cell.ref) for j, o in others.items() if o.funder and free]
    named = record.cells.get(table.column("programme"))
    if not task.targets and source is None and named is not None:
        why = "a figure in the name of its group"
        lost = _in_label(named, context.year)
        task.aside += [
            Unread(a, b, named.ref, q.surface, why) for q, a, b in lost if q.unit not in ("件", "项")
        ]
    if found.shares:
        task.allocations = _allocations(task, found.shares, context, cell.ref)
    return task


def _due_in_notes(table: Table, record: Record, context: Context) -> str | None:
    """The day by which the notes beside a task say that it is done; a report's notes say when what is late may be."""
    if context.kind in _REPORTS:
        return None
    notes = (record.at(j) for j in table.columns_of("note"))
    return next(filter(None, (due_alone(printed(note), context) for note in notes if note)), None)


def _names_of_rows(table: Table, programme: int | None) -> frozenset[str]:
    """The names beside the tasks' words that are those of one row each, and none of a group's: 农村公路改造 | 500公里."""
    if programme is None:
        return frozenset()
    rows = (record for record in islice(table.records, _FIRST) if record.kind == "row")
    named = Counter(words(record.at(programme)) for record in rows)
    return frozenset(name for name, times in named.items() if name and times == 1)


def _named_by(task: Task, name: str) -> None:
    """Call the targets of a task whose own words only say how many (500公里; 新开工11万套) by the name beside them."""
    nameless = [target for target in task.targets if not target["measure"]]
    for target in nameless:
        target["measure"] = measure_with(fold(name), target["unit"])
    if nameless and fold(name) not in fold(task.row["text"]):
        task.row["text"] = f"{name}：{task.row['text']}"


def _mark_between(said: str, part: Cell) -> str:
    """What parts a task's words from those of its part: a title is no piece of 完成参保6300人, which names itself."""
    if re.search(r"\d", said):
        return "；"
    itself = re.search(r"\d", part.said.folded) or SAYS_WHAT_IS_MADE.match(part.said.folded)
    return "：" if itself and not said.endswith(("：", ":")) else ""


def _is_own(part: Cell, headline: str) -> bool:
    """Whether a part's words name by themselves what is counted: with its unit (城镇新增就业人数(人)), or its task again."""
    return unit_in_name(part.said.norm)[1] is not None or fold(headline) in part.said.folded


def _in_words(text: str, start: int, year: int | None) -> list[tuple[Quantity, int, int]]:
    folded = fold(text)
    return [
        (as_change(q, folded), start + q.start, start + q.end)
        for q in parse_quantities(text, kind="plan", year=year)
    ]


def _in_label(cell: Cell, year: int | None) -> list[tuple[Quantity, int, int]]:
    """The quantities of a label that may be pieced together from several rows: then no figure has a place of its own."""
    text = printed(cell)
    exact = len(text) == cell.end - cell.start
    found = _in_words(text, cell.start, year)
    return found if exact else [(q, cell.start, cell.end) for q, _, _ in found]


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


def stated(cell: Cell, unit: str | None, kind: str = "plan") -> list[tuple[Quantity, int, int]]:
    """The quantities of a cell in a column of figures: a bare number is one, in the unit declared for it or in none."""
    text = printed(cell)
    found = [
        (as_change(in_full(q, unit), fold(text)), cell.start + q.start, cell.start + q.end)
        for q in parse_quantities(text, unit=unit, kind=kind)
    ]
    bare = parse_value(text) if not found and is_figure(fold(clean(text).norm)) else None
    if bare is not None and re.search(r"\d", text):
        found = [(bare, cell.start + bare.start, cell.start + bare.end)]
    return found


def _stated_target(task: Task, table: Table, record: Record, context: Context) -> None:
    """The target that has a column of its own (目标值, 数量), where the task's words do not say it already."""
    cell = record.at(table.column("target"))
    if cell is None:
        return
    if table.kind != "tasks":  # a split's figures are read with its shares
        if not NOTHING.fullmatch(plain(cell)) and not re.search(r"\d", cell.text):
            task.extras.append(_extra(task, table.columns[table.column("target")].label, cell, context))
        return
    cell, steps = stepped(cell, context)
    task.steps += (steps,) if steps is not None else ()
    task.row["deadline"] = task.row["deadline"] or due_in(printed(record.at(table.column("target"))), context)
    found = _two_figures(cell, table, record)
    if found == []:
        why = "two figures in one cell: it is not plain what each is of"
        task.aside.append(Unread(cell.start, cell.end, cell.ref, cell.text, why))
        return
    found = found or stated(cell, declared_unit(table, record, "target"))
    others = none_of_it(printed(cell), [q for q, _, _ in found], context)
    task.aside += [
        Unread(*found[j][1:], cell.ref, found[j][0].surface, other.reason) for j, other in others.items()
    ]
    found = [each for j, each in enumerate(found) if j not in others]
    if not found:  # words that promise no figure: they are kept as they are printed
        column = table.columns[table.column("target")].label
        task.extras.append(_extra(task, column, cell, context))
        return
    column = table.columns[table.column("target")].label
    if task.targets and _EFFECT.search(column):  # 绩效目标 beside a task that says how much of what
        why = "what the works are to bring about, beside what is promised"
        task.aside += [Unread(a, b, cell.ref, q.surface, why) for q, a, b in found]
        return
    own, named = list(task.targets), unit_in_name(task.headline)[0]
    task.targets = []
    for figure, start, end in found:
        quantity = bound_by(task.headline, figure, head=column)
        same = next((t for t in own if _is_same(t, quantity)), None)
        row = same or target_rows(task.task_id, [(quantity, start, end)], context, cell.ref)[0]
        row["measure"] = row["measure"] or measure_with(named, row["unit"])
        if same is not None:
            own.remove(same)
            row["figures"] = ((row["source_start"], row["source_end"]), (start, end))
        task.targets.append(row)
    why = "a figure in the task's name, which has its target in a column of its own"
    worded = record.at(table.column("task"))
    task.aside += [
        Unread(t["source_start"], t["source_end"], worded.ref, _slice(worded, t) or t["measure"] or "", why)
        for t in own
    ]
    if own and not is_figure(cell.said.folded):
        task.doubts += (("its words and the column of targets name different things", 0.25),)
    task.targets = told_apart(
        task.targets, printed(cell)
    )  # 新开工11万套,基本建成13.2万套: the cell says of which
    for k, row in enumerate(task.targets, start=1):
        row["target_id"] = f"{task.task_id}#{k}"


def _two_figures(cell: Cell, table: Table, record: Record) -> list[tuple[Quantity, int, int]] | None:
    """The two targets of a cell that prints them with a slash (个/泊位 | 5/860); none where their units are not printed so."""
    text = printed(cell)
    both = two_of(text, two_units(table, record, "target")) if "/" in cell.said.folded else None
    return None if both is None else [(q, cell.start + q.start, cell.start + q.end) for q in both]


def _counted_beside(
    task: Task, table: Table, record: Record, shared: frozenset[int], context: Context
) -> None:
    """The targets in columns that are called after what they count: 新增床位(张) | 300 beside the task's words."""
    for j in table.columns_of("measure"):
        cell = record.cells.get(j)
        name, unit = unit_in_name(table.columns[j].label)
        found = stated(cell, unit) if cell is not None and id(cell) not in shared else []
        if len(found) != 1:  # the account tells what is printed there
            continue
        quantity, start, end = found[0]
        same = next((t for t in task.targets if _is_same(t, quantity)), None)
        if same is not None:
            same["figures"] = (*same.get("figures", ()), (start, end))
            continue
        row = target_rows(task.task_id, found, context, cell.ref, first=len(task.targets) + 1)[0]
        task.targets.append(row | {"measure": measure_with(name, row["unit"])})


def _shared(table: Table) -> frozenset[int]:
    """The cells of such columns that stand beside several tasks: whose figure it is, is not printed."""
    cells = [id(r.cells[j]) for j in table.columns_of("measure") for r in table.records if j in r.cells]
    return frozenset(key for key, count in Counter(cells).items() if count > 1)


def _slice(cell: Cell, target: Row) -> str:
    """The words of a cell that a target's figure was read from."""
    return printed(cell)[target["source_start"] - cell.start : target["source_end"] - cell.start]


def _is_same(target: Row, quantity: Quantity) -> bool:
    """Whether a figure of the target's column is one that the task's words print too, perhaps without its unit."""
    if not quantity.unit:
        return quantity.value in (
            target["value"],
            1e4 * target["value"] if target["unit"] == "万元" else None,
        )
    return quantity.value == target["value"] and same_unit(quantity.unit, target["unit"])


def _split_cell(task: Task, table: Table, record: Record, context: Context) -> None:
    """The split that stands in one cell (任务分解: 青羊镇280、龙溪镇15)."""
    cell = record.at(table.column("split"))
    if cell is None:
        return
    shares, rest = shares_in(printed(cell), cell.start, context.adcode)
    task.rest += tuple(rest)
    if shares:
        task.allocations += _allocations(task, shares, context, cell.ref)
    elif not rest:
        task.extras.append(_extra(task, table.columns[table.column("split")].label, cell, context))


def _doubts(table: Table, record: Record) -> Iterator[tuple[str, float]]:
    """What the columns make doubtful: a role that is a guess, or figures nobody claims where none are the targets."""
    measured = [column for column in table.columns if column.role in ("task", "target", "result", "rate")]
    if any(column.score < _GUESS for column in measured):
        yield "the role of a column is a guess", 0.25
    if any(column.role == "result" and column.period == "part" for column in table.columns):
        yield "the column of results names a month: it may tell of that month alone", 0.15
    for j, column in enumerate(table.columns):
        rival = _RIVAL.fullmatch(column.reason) if column.reason else None
        own = record.at(table.column(rival[1])) if rival else None
        said = fold(words(record.cells[j]) or "") if own and j in record.cells else ""
        if said and figures(said) and fold(words(own)) != said:  # words alone (快于序时) hold no figures
            yield "another column may hold its figures", 0.25
    ballot = any(_BALLOT.search(column.label) for column in table.columns)
    voted = [
        cell
        for j, cell in record.cells.items()
        if _VOTED.search(label := table.columns[j].label) or (ballot and label.endswith(("结果", "情况")))
    ]
    if any(_REFUSED.fullmatch(cell.said.folded.strip()) for cell in voted):
        yield REFUSED
    units = table.column("unit")
    unit = words(record.at(units)) if units is not None else None
    if unit and unit_said(unit) is None:
        yield NO_UNIT
    if table.column("target") is None and any(
        column.role is None and j in record.cells and is_figure(record.cells[j].said.folded)
        for j, column in enumerate(table.columns)
    ):
        yield "a column of figures was not understood, and no other holds the targets", 0.25


def _extras(task: Task, table: Table, record: Record, context: Context) -> list[Row]:
    """What stands in columns that the model has no place for, under their printed labels; figures that no column
    claims are no such thing."""
    return [
        _extra(task, column.label or f"column {j + 1}", record.cells[j], context)
        for j, column in enumerate(table.columns)
        if j in record.cells
        and (
            column.role not in _USED
            or (column.role in _NAMES and j != table.column(column.role))
            or (column.role == "schedule" and is_means(column.label))
        )
        and column.region is None
        and not (column.role is None and re.search(r"\d", record.cells[j].text))
    ]


def _further_extras(task: Task, table: Table, record: Record, context: Context) -> list[Row]:
    """What a further line of a task prints in such columns besides what its lines above do."""
    known = {(row["column"], row["text"]) for row in task.extras}
    return [row for row in _extras(task, table, record, context) if (row["column"], row["text"]) not in known]


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
