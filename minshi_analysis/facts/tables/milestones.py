"""Milestones: what a plan promises for the months on the way, from its schedule's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.matching import alike, best_target, closeness, pair
from minshi_analysis.facts.prose.evidence import SET_ASIDE
from minshi_analysis.facts.tables.tasks import stated
from minshi_analysis.facts.tables.units import declared_unit
from minshi_analysis.facts.task import Task
from minshi_analysis.language import dates, works
from minshi_analysis.language.heads import is_means
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import Text
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.tables import Record, Table, Unread
from minshi_analysis.reading.blocks import Cell

__all__ = ["read_milestones"]

_MEASURE = "how a thing is to be done, of which no date is printed: no promise"
_NOTHING = re.compile(r"[-—–/\s]*")
_MARK = re.compile(r"(?:^|(?<=[\s;。:,]))[(]?\d{1,2}[).、](?=\d{1,2}月|[\u4e00-\u9fff])")  # 1.4月底前完成选址
_CLAUSE = re.compile(r"[^;。\n]+")
_HEAD = re.compile(r"\[([^\[\]]+)\]")
_HALF = re.compile(r"任务过半|过半任务|完成过半")
_STAGE = re.compile(rf"{works.BEGUN}|{works.PREPARED}|{works.TOPPED_OUT}|初验")
_BEGUN = re.compile(rf"(?:开工|(?<!发)动工|(?:进场|启动)(?:建设|施工))(?!.*(?:{works.FINISHED}))")
_MONTHLY = re.compile(r"(?P<first>\d{1,2})月?[-—–~至到](?P<last>\d{1,2})月[^,;。]{0,6}每个?月")
_SEASON = re.compile("季度|月|半年")  # a head that names a part of the year dates what stands below it
_WITHIN = re.compile(r"年内|全年")
# A part of the works named before its date (泵站改造3月开工,东大河整治工程10月开工) begins a clause of its own.
_NAMED_FIRST = re.compile(
    r"(?<=[,，;；])(?!确保|因|待|并)[\u4e00-\u9fff]{1,10}(?:工程|项目|标段|[路段站桥河]|中心|改造|建设)"
    rf"(?=\d{{1,2}}月[^,;]*(?:完成|{works.BEGUN}|{works.FINISHED})|年内)"
)
# The name of what is to be done, over the dates by which (1.停车泊位:6月底前完成1200个), and how far it goes.
_SPOKEN = r"(?:\d{1,2}月|年[内底]|[一二三四]季度|[上下]半年|每)"
_LABEL = re.compile(
    rf"(?:^|(?<=[\s;。:]))(?P<number>[(]?\d{{1,2}}[).、]\s*)?(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff、()\"“”]{{1,19}}):(?=\s*{_SPOKEN})"
)
_NEXT = re.compile(
    r"\n|(?<=[\s;。])[(]?\d{1,2}[).、](?=\s*[\u4e00-\u9fff]|\d{1,2}月)|(?<=[;。])\s*[\u4e00-\u9fff、()]{2,20}:"
)
_NEXT_SENTENCE = re.compile(r"(?<=[\n。])|(?<=;)\s*[\u4e00-\u9fff、()]{2,20}:")
_NAME_ALONE = re.compile(r"[\u4e00-\u9fff、()]{2,20}:\s*")  # no state
_OF_TIME = re.compile(
    r"[月季]|半年|(?:计划|安排|进度|目标|节点|阶段|时间|步骤|要求|措施|情况|方案|任务|内容)$"
)
_ALIKE = 0.6
_REST = re.compile(r"(?:剩余|剩下|其余|余下)的?\d")  # what is left to do is no state that is reached
_FLOW = re.compile(r"(?:每月|每周|每季度|每天|月均|平均每)")  # so much a month is no state that is reached


def read_milestones(table: Table, tasks: Sequence[Task], context: Context) -> list[Row]:
    """Rows of ``milestones`` from the schedule's columns: one for each dated promise, and for each quantity in it.

    A column for each quarter or month (一季度计划, 6月底) dates what stands in it; a measure (推进措施) without a date is none.
    Where there is no schedule, deadlines that promise more than one state (3月底前完成选址;6月底前完成3个) are one.
    """
    columns = table.columns_of("schedule")
    deadline = table.column("deadline")
    rows: list[Row] = []
    for task in tasks:
        for record in task.records:
            for column in columns:
                if column in record.cells:
                    label = table.columns[column].label
                    named = len(columns) > 1 or _SEASON.search(label)
                    due = context.deadline(label) if named else None
                    cell = record.cells[column]
                    bare = _of_figure(task, table, record, cell, due, context) if due else None
                    found = [bare] if bare else list(_of_cell(task, cell, context, due))
                    undated = [row for row in found if is_means(label) and not row["due"]]
                    rows += [row for row in found if row not in undated]
                    task.aside += dict.fromkeys(
                        Unread(row["source_start"], row["source_end"], cell.ref, row["text"], _MEASURE)
                        for row in undated
                        if re.search(r"\d", row["text"])
                    )
        for steps in task.steps:
            rows += _of_cell(task, steps, context)
        for record in task.records:
            if not columns and deadline in record.cells and _is_schedule(record.cells[deadline], context):
                rows += _of_cell(task, record.cells[deadline], context)
    return rows


def _of_figure(
    task: Task, table: Table, record: Record, cell: Cell, due: str, context: Context
) -> Row | None:
    """The milestone of a cell that holds a figure and nothing else (一季度目标 | 300), in its row's unit or its target's."""
    if not is_figure(cell.said.folded):
        return None
    unit = declared_unit(table, record, "schedule") or (
        task.targets[0]["unit"] if len(task.targets) == 1 else None
    )
    found = stated(cell, unit)
    if len(found) != 1:
        return None
    quantity, start, end = found[0]
    share = quantity.unit == "%" and not any(t["unit"] == "%" for t in task.targets)
    target = task.targets[0] if len(task.targets) == 1 else best_target(None, quantity.unit, task.targets)
    base = {"task_id": task.task_id, "due": due, "text": words(cell)}
    row = _valued(base, "percent" if share else "quantity", quantity, target)
    return context.row(row, start, end, cell.ref)


def _is_schedule(cell: Cell, context: Context) -> bool:
    """Whether a deadline's cell promises more than one dated state."""
    clauses = [clause for clause in _clauses(cell.said, context) if len(clause.norm.strip()) >= 6]
    return sum(_due(clause, context) is not None for clause in clauses) > 1


def _of_cell(task: Task, cell: Cell, context: Context, head: str | None = None) -> Iterator[Row]:
    """The milestones of a cell; ``head`` is the date that its column's label names."""
    if _NOTHING.fullmatch(cell.text):
        return
    for named, own in _parts(cell.said, task.targets):
        for part, label, targets in _labelled(named, own):
            for clause in _clauses(part, context):
                due = _due(clause, context) or head
                for row in _of_clause(task, targets, clause, due, cell.ref, context):
                    yield row | {"text": f"{label}:{row['text']}"} if label else row


def _parts(whole: Text, targets: Sequence[Row]) -> Iterator[tuple[Text, Sequence[Row]]]:
    """A schedule that treats its task's targets one after the other, each under its name in brackets."""
    folded = whole.folded
    heads = list(_HEAD.finditer(folded))
    if not heads:
        yield whole, targets
        return
    for k, head in enumerate(heads):
        end = heads[k + 1].start() if k + 1 < len(heads) else len(folded)
        named = parse_quantities(head[1], kind="plan")
        own = [t for q in named for t in targets if t["value"] == q.value and t["unit"] == q.unit]
        own = own or [t for t in targets if alike(t["measure"], head[1]) >= _ALIKE]
        yield whole.slice(head.end(), end), own or targets


def _labelled(whole: Text, targets: Sequence[Row]) -> Iterator[tuple[Text, str, Sequence[Row]]]:
    """The parts of a schedule that stand behind a name and a colon (1.停车泊位:6月底前完成1200个;9月底前…), each with its name
    and the targets that it names, and what stands between them.

    A numbered name goes as far as the next number, another one as far as its sentence.
    """
    folded = whole.folded
    at = 0
    for label in _LABEL.finditer(folded) if ":" in folded else ():
        if label.start() < at or _OF_TIME.search(label["name"]):
            continue
        if at < label.start():
            yield whole.slice(at, label.start()), "", targets
        end = (_NEXT if label["number"] else _NEXT_SENTENCE).search(folded, label.end())
        at = end.start() if end else len(folded)
        yield whole.slice(label.end(), at), label["name"], _named(label["name"], targets)
    if at < len(folded):
        yield whole.slice(at, len(folded)), "", targets


def _named(name: str, targets: Sequence[Row]) -> Sequence[Row]:
    """The targets that a name is that of, of each unit those that are closest to it; all where it is that of none."""
    near = [(closeness(name, t["measure"]), t) for t in targets if alike(name, t["measure"]) >= _ALIKE]
    best = [
        t
        for score, t in near
        if all(score >= other for other, rival in near if same_unit(rival["unit"], t["unit"]))
    ]
    return best or targets


def _clauses(part: Text, context: Context) -> Iterator[Text]:
    """The dated promises of a schedule: between semicolons, and from each comma or colon behind which a month stands."""
    folded = _MARK.sub(lambda mark: " " * len(mark[0]), part.folded)
    dated = {
        d.start
        for d in dates.find_dates(folded, year=context.year)
        if re.search("[月季]|年[内底末]", d.surface)
    }
    dated |= {m.start() for m in _WITHIN.finditer(folded)}
    dated |= {m.start() for m in _NAMED_FIRST.finditer(folded)}
    for match in _CLAUSE.finditer(folded):
        cuts = [
            i + 1
            for i in range(match.start(), match.end())
            if folded[i] in ",:" and i + 1 + (folded[i + 1 : i + 2] == " ") in dated
        ]
        for start, end in zip([match.start(), *cuts], [*cuts, match.end()], strict=True):
            start += len(folded[start:end]) - len(folded[start:end].lstrip(" ,、"))
            if start < end and not (folded[end - 1] == ":" and _NAME_ALONE.fullmatch(folded[start:end])):
                yield part.slice(start, end)


def _due(clause: Text, context: Context) -> str | None:
    """The date that a clause begins with; of a range (4月-8月) its end."""
    folded = clause.folded
    found = dates.find_dates(folded, year=context.year)
    if found and found[0].start <= 12:
        return found[0].date
    within = _WITHIN.search(folded)  # 宏图路年内完成50%: by the year's end
    return context.deadline("年底") if within and within.start() <= 12 else None


def _of_clause(
    task: Task, targets: Sequence[Row], clause: Text, due: str | None, ref: str, context: Context
) -> Iterator[Row]:
    folded = clause.folded
    start, end = clause.span(0, len(folded))
    monthly = _MONTHLY.search(folded)
    if monthly and int(monthly["last"]) <= 12:
        yield from _each_month(task, targets, clause, monthly, ref, context)
        return
    base = {
        "task_id": task.task_id,
        "target_id": None,
        "due": due,
        "value": None,
        "unit": None,
        "bound": None,
        "text": clause.norm.strip(" ,，"),
    }
    found = [] if _FLOW.search(folded) else parse_quantities(folded, kind="plan")
    found = [q for q in found if q.role not in ("baseline", "background")]
    if found and (left := _REST.search(folded)):
        rest = [q for q in found if q.end > left.start()]
        found = [q for q in found if q not in rest]
        places = [(clause.span(q.start, q.end), q.surface) for q in rest]
        task.aside += [Unread(*place, ref, surface, SET_ASIDE["rest"]) for place, surface in places]
    rates = any(t["unit"] == "%" for t in targets)
    shares = [q for q in found if q.unit == "%" and not rates]
    counts = [q for q in found if q not in shares]
    whole = targets[0] if len(targets) == 1 else None
    # Several percentages in one clause speak of parts; a stage (进场施工60个) is not the thing itself.
    rows = [_valued(base, "percent", q, whole if len(shares) == 1 else None) for q in shares]
    able = [q for q in counts if not _is_stage(q, folded, task)]
    paired = {id(able[i]): target for i, target in _paired(able, targets).items()}
    rows += [_valued(base, "quantity" if q in able else "stage", q, paired.get(id(q))) for q in counts]
    own = whole["target_id"] if whole else None
    if not rows and _HALF.search(folded):
        half = {"kind": "percent", "value": 50.0, "unit": "%", "bound": "more_than", "target_id": own}
        rows.append(base | half)
    yield from (
        context.row(row, start, end, ref)
        for row in rows
        or [base | {"kind": "stage" if _BEGUN.search(folded) else "qualitative", "target_id": own}]
    )


def _paired(steps: Sequence[Quantity], targets: Sequence[Row]) -> dict[int, Row]:
    """The target that each step leads to; none goes beyond its own where another of its unit can hold it."""
    found = pair(steps, targets, [0.0] * len(steps))
    for i, target in found.items():
        value = steps[i].value
        larger = [t for t in targets if same_unit(t["unit"], target["unit"]) and (t["value"] or 0) >= value]
        if (target["value"] or value) < value and len(larger) == 1 and larger[0] not in found.values():
            found[i] = larger[0]
    return found


def _each_month(
    task: Task, targets: Sequence[Row], clause: Text, monthly: re.Match[str], ref: str, context: Context
) -> Iterator[Row]:
    """So much in each of several months (5月-8月每月完成250堂) is a promise for every one of them."""
    folded = clause.folded
    start, end = clause.span(0, len(folded))
    found = [q for q in parse_quantities(folded, kind="plan") if q.start >= monthly.end() and q.unit != "%"]
    if len(found) != 1:
        return
    paired = pair(found, targets, [0.0]).get(0)
    base = {"task_id": task.task_id, "text": clause.norm.strip(" ,，")}
    for month in range(int(monthly["first"]), int(monthly["last"]) + 1):
        row = base | {"due": context.deadline(f"{month}月")}
        yield context.row(_valued(row, "quantity", found[0], paired), start, end, ref)


def _is_stage(q: Quantity, folded: str, task: Task) -> bool:
    """Whether a quantity counts a step on the way (进场施工, 线路方案) that the task itself does not promise."""
    near = folded[max(0, q.start - 8) : q.start] + " " + folded[q.end : q.end + 8]
    stage = _STAGE.search(near)
    return stage is not None and stage[0] not in task.headline


def _valued(base: Row, kind: str, q: Quantity, target: Row | None) -> Row:
    found = {"value": q.value, "upper": q.upper, "unit": q.unit or None, "bound": q.bound}
    return {**base, "kind": kind, "target_id": target["target_id"] if target else None, **found}
