"""Outcomes: what a report says became of each target, with the status and the rate that it claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from minshi_analysis.facts.context import Context, Row, printed, words
from minshi_analysis.facts.matching import alike, pair
from minshi_analysis.facts.prose.evidence import REASONS, SET_ASIDE
from minshi_analysis.facts.prose.growth import as_change
from minshi_analysis.facts.prose.rates import is_share_of_part
from minshi_analysis.facts.prose.results import is_overall
from minshi_analysis.facts.prose.surplus import is_reached
from minshi_analysis.facts.tables.rates import listed_rates, rate_of_works, stated_rate
from minshi_analysis.facts.tables.states import beside_rate, noted, of_all, of_result, status_of
from minshi_analysis.facts.tables.telling import (
    SURPLUS,
    answers_none,
    closes,
    emphasis,
    fits_rate,
    has_rival,
    in_part,
    is_begun,
    is_gap,
    is_part,
    is_rate,
    is_result,
    set_aside,
)
from minshi_analysis.facts.tables.units import declared_unit, in_full
from minshi_analysis.facts.tables.wording import not_reported
from minshi_analysis.facts.task import Task, measure_of
from minshi_analysis.language import dates, heads, works
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.numerals import neat
from minshi_analysis.language.quantities import Quantity, parse_quantities, parse_unit, parse_value
from minshi_analysis.language.regions import Region, named_in
from minshi_analysis.language.text import clean, fold
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.tables import Record, Table, Unread
from minshi_analysis.reading.blocks import Cell

__all__ = ["read_outcomes"]

_AS_OF = re.compile(r"截[至止]到?|截至?目前|(?<![\d月日年])至(?=\s*\d{1,2}\s*月)")
_UNDER_WAY = re.compile(
    rf"(?:{works.BEGUN})(?:建设|改造|实施)|正在(?:有序)?(?:{works.GOING_ON})|在建中|{works.IN_HAND}"
)
_SENTENCE = re.compile(r"[。;；]")
_LISTED = re.compile(r"[、和,，及]")
_TWO = re.compile(r"[\d.]+[^\d\s/%]{0,3}/[\d.]+[^\d\s/%]{0,3}")  # 3/3, 860/800个
_COMMA = re.compile(r"[,，]")
_SUBJECT = re.compile(r"(?:(?!已|当前|目前|正在|完成|进度|均)[\u4e00-\u9fff、\"]){2,24}")
_BARE = re.compile(r"[\d,.]+[万亿]?")
# What a cell tells under labels of its own behind the results: 存在问题:…, 下步打算:…
_STILL_TO_DO = re.compile(
    r"(?:(?<=[\s。;；])|^)(?:[(（]?[一二三四五\d][)）、.]\s*)?(?:当前|目前)?(?:存在(?:的)?(?:主要)?(?:问题|困难)|主要(?:问题|困难|原因)|原因分析?|"
    r"下一?(?:步|阶段)[\u4e00-\u9fff]{0,8}|工作建议)\s*[:：].*?(?=(?:工作)?(?:进展|完成)情况\s*[:：]|$)",
    re.S,
)
_NUMBER = re.compile(r"^[(（]?\d{1,3}[)）.、](?!\d)\s*")


def _unit_of(task: Task, table: Table, record: Record) -> str | None:
    """The unit of a bare result: that of the only target, else that in the task's name."""
    if len(task.targets) == 1 and task.targets[0]["unit"]:
        declared = declared_unit(table, record, "result")
        scaled = parse_unit(declared) if declared else None
        if scaled and scaled[0] != 1 and same_unit(scaled[1], task.targets[0]["unit"]):
            return declared  # 筛查(万人): 1.5 is 15000 in either column
        return (
            task.targets[0]["unit"]
            if _BARE.fullmatch(words(record.at(table.column("result"))) or "")
            else None
        )
    return declared_unit(table, record, "result")


def read_outcomes(table: Table, tasks: Sequence[Task], context: Context) -> tuple[list[Row], list[Unread]]:
    """Rows of ``outcomes``: for every target a result, and every further result that a report prints.

    A result without a number keeps its words and has no value; a figure that could only be counted from names is not
    printed, and so not read. Works begun are no result: their figures are set aside with the reason.
    """
    column = table.column("result")
    rate, aside = rate_of_works(table, [record for task in tasks for record in task.records])
    if column is None:
        rated, left = _rates_alone(table, tasks, rate, context) if rate is not None else ([], [])
        return rated, aside + left

    mixed = heads.tells_of_more(table.columns[column].label)

    def claimed_by(record: Record, asked: str) -> str | None:
        return _claimed(table, record, asked, (table.column("status"), rate))

    rows: list[Row] = []
    for task in tasks:
        taken: set[str] = set()
        found: list[Row] = []
        for record in task.records:
            if column in record.cells:
                unit = declared_unit(table, record, "result", named=False) or _unit_of(task, table, record)
                known = stated_rate(record.cells.get(rate)) if rate is not None else None
                status = claimed_by(record, task.headline)
                own, left = _of_record(task, record, column, status, taken, context, unit, known, mixed=mixed)
                found += own
                aside += left
        taken |= {row["target_id"] for row in found}
        silent = [t for t in task.targets if t["target_id"] not in taken] or ([] if found else [None])
        first = next((r for r in task.records if column in r.cells), None)
        if first is not None:
            text = first.cells[column].said.norm
            claimed = (
                claimed_by(first, task.headline)
                or of_all(text, alone=not found)
                or ("in_progress" if _UNDER_WAY.search(text) else None)
            )
            for row in found:  # 已进场施工,完成60%: how far the whole is
                if row["target_id"] and row["value"] is None and claimed == "in_progress":
                    row["status_claimed"] = row["status_claimed"] or claimed
            found += [_row(task, t, None, first, column, claimed, None, context) for t in silent]
            rated, left = _own_rate(task, found, first, rate, context)
            found += rated
            aside += left
        elif (
            rate is not None
            and (first := next((r for r in task.records if rate in r.cells), None)) is not None
        ):
            found, left = _rate_alone(task, first, rate, context)
            aside += left
        rows += sorted(found, key=lambda r: r["target_id"] or "~")
    return rows, aside


def _claimed(table: Table, record: Record, asked: str, columns: Sequence[int | None]) -> str | None:
    """The status that a row claims in columns that say it, or else in its notes."""
    said = (status_of(words(record.at(j)), asked) for j in columns)
    notes = (noted(words(record.at(j))) for j in table.columns_of("note"))
    return next(filter(None, (*said, *notes)), None)


def _rates_alone(
    table: Table, tasks: Sequence[Task], column: int, context: Context
) -> tuple[list[Row], list[Unread]]:
    """The rates of a table that has no column of results (当前进度: 85%): each its task's, whose result is not printed."""
    rows: list[Row] = []
    aside: list[Unread] = []
    for task in tasks:
        for record in task.records:
            if column in record.cells:
                found, left = _rate_alone(task, record, column, context)
                status = _claimed(table, record, task.headline, (table.column("status"),))
                rows += [row | {"status_claimed": row["status_claimed"] or status} for row in found]
                aside += left
    return rows, aside


def _rate_alone(task: Task, record: Record, column: int, context: Context) -> tuple[list[Row], list[Unread]]:
    """The rate of a task of which no result is printed beside."""
    rate = stated_rate(record.cells[column])
    if rate is None:
        return [], _not_plain(record.cells[column])
    target = task.targets[0] if len(task.targets) == 1 else None
    row = _row(task, target, None, record, column, None, rate, context)
    return [row | {"text": words(record.cells[column]), "figures": ((rate.start, rate.end),)}], []


def _not_plain(cell: Cell) -> list[Unread]:
    if not re.search(r"\d", cell.text):
        return []
    return [Unread(cell.start, cell.end, cell.ref, cell.text, "it is not plain what rate this is")]


def _own_rate(
    task: Task, found: Sequence[Row], record: Record, column: int | None, context: Context
) -> tuple[list[Row], list[Unread]]:
    """Write the rate of a column of its own (完成率) beside the result that it is of.

    Of several targets it is that of the one that it is the rate of, to the decimal; where that is none or more than one,
    it stands in a row of its own, without a target. A bare 1 beside 5 of 5 is the whole, printed as a number.
    """
    cell = record.cells.get(column) if column is not None else None
    if cell is None:
        return [], []
    rate = stated_rate(cell)
    if rate is None:
        return [], [] if _each_its_own(task, found, cell) else _not_plain(cell)
    linked = [row for row in found if row["target_id"]]
    asked = {t["target_id"]: t["value"] for t in task.targets}
    whole = [row for row in linked if row["value"] is not None and asked[row["target_id"]]]
    if (
        "%" not in fold(cell.text)
        and rate.value <= 1.5
        and not any(closes(rate.value, row["value"], asked[row["target_id"]]) for row in whole)
    ):
        hundredfold = [closes(100 * rate.value, row["value"], asked[row["target_id"]]) for row in whole]
        if not any(hundredfold):
            return [], _not_plain(cell)
        rate = replace(rate, value=neat(100 * rate.value))
    if len(asked) > 1:
        told = (
            len(whole) == 1 or rate.value % 1 or rate.value == 100
        )  # a round one may be of all, and fit one by chance
        linked = [row for row in whole if told and closes(rate.value, row["value"], asked[row["target_id"]])]
    if len(linked) == 1:
        if linked[0]["rate_claimed"] is None:
            linked[0] |= {"rate_claimed": rate.value}
            linked[0]["figures"] = (*linked[0].get("figures", ()), (rate.start, rate.end))
        return [], []
    own = _row(task, None, None, record, column, None, rate, context)
    return [own | {"measure": measure_of(task.headline), "figures": ((rate.start, rate.end),)}], []


def _each_its_own(task: Task, found: Sequence[Row], cell: Cell) -> bool:
    """Write the rates that a cell lists (80.8%、58.5%) beside the results of as many targets, in their order, where each is
    the rate of its own."""
    rates = listed_rates(cell)
    results = {row["target_id"]: row for row in found if row["target_id"] and row["value"] is not None}
    linked = [(results.get(t["target_id"]), t["value"]) for t in task.targets]
    if not 1 < len(rates) == len(linked) or not all(
        row is not None and asked and closes(rate.value, row["value"], asked)
        for rate, (row, asked) in zip(rates, linked, strict=True)
    ):
        return False
    for rate, (row, _) in zip(rates, linked, strict=True):
        if row["rate_claimed"] is None:
            row["rate_claimed"] = rate.value
        row["figures"] = (*row.get("figures", ()), (rate.start, rate.end))
    return True


def _of_record(
    task: Task,
    record: Record,
    column: int,
    claimed: str | None,
    taken: set[str],
    context: Context,
    unit: str | None = None,
    rate: Quantity | None = None,
    *,
    mixed: bool = False,
) -> tuple[list[Row], list[Unread]]:
    """The results that a cell prints, and what in it is none; ``rate`` is what a column beside claims, ``mixed`` says that
    the column tells of other things too, so that only what is promised is a result there."""
    cell = record.cells[column]
    text = _NUMBER.sub(lambda mark: " " * len(mark[0]), printed(cell))
    text = _STILL_TO_DO.sub(lambda rest: " " * len(rest[0]), text)
    if _TWO.fullmatch(fold(text).strip()):
        why = "two figures in one cell: it is not plain which is the result"
        return [], [Unread(cell.start, cell.end, cell.ref, cell.text, why)]
    parsed = parse_quantities(text, unit=unit, kind=context.kind)
    quantities = [as_change(in_full(q, unit), fold(text)) for q in parsed]
    if not quantities and is_figure(fold(clean(text).norm)) and (bare := parse_value(text)) is not None:
        if len(task.targets) > 1:
            why = "it is not plain of which target this is the result"
            return [], [Unread(*place_of(bare, cell), cell.ref, cell.text, why)]
        quantities = [replace(bare, role="actual")]
    surplus = [
        q for q in quantities if SURPLUS.search(text[: q.start]) and not _is_what_came(q, quantities, task)
    ]
    others = set_aside(quantities, text, afterwards=context.afterwards)
    others |= not_reported(text, quantities, context, task.targets)
    others |= {
        id(q): (q, SET_ASIDE["surplus"])
        for q in surplus
        if is_gap(q, quantities, task) or _is_alone(q, quantities)
    }
    quantities = [q for q in quantities if id(q) not in others]
    rates = [q for q in quantities if is_rate(q, quantities, task, text)]
    actuals = [q for q in quantities if q not in rates and is_result(q, quantities, task, text)]
    begun = [q for q in actuals if is_begun(q, task, text)]
    actuals = [q for q in actuals if q not in begun]
    shares = [q for q in rates + actuals if is_share_of_part(fold(text), q, actuals)]
    rates, actuals = ([q for q in found if q not in shares] for found in (rates, actuals))
    others |= {id(q): (q, SET_ASIDE["part"]) for q in shares}
    places = _by_place(actuals, context)
    free = [t for t in task.targets if t["target_id"] not in taken]
    able = [q for q in actuals if q not in surplus and id(q) not in places and not in_part(q, text)]
    able = [q for q in able if not answers_none(q, free, task, text)]
    able = [q for q in able if not has_rival(q, able, free, text) and not is_part(q, actuals, free, text)]
    weight = [emphasis(q, text) + 2.0 * fits_rate(q, free, rate) for q in able]
    paired = {id(able[i]): target for i, target in pair(able, free, weight).items()}
    told = {(q.value, q.unit) for q in able if id(q) in paired}
    actuals = [
        q for q in actuals if id(q) in paired or (q.value, q.unit) not in told
    ]  # a figure stated twice
    taken.update(target["target_id"] for target in paired.values())
    if mixed:
        why = "no promise's figure, in a column that also tells what is still to do"
        others |= {id(q): (q, why) for q in actuals if id(q) not in paired}
        actuals = [q for q in actuals if id(q) in paired]
    rows = []
    for q in actuals:
        target = paired.get(id(q))
        asked = target is not None or not task.targets
        status = (claimed or of_result(q, target, text, alone=len(actuals) == 1)) if asked else None
        row = _row(task, target, q, record, column, status, None, context)
        if (region := places.get(id(q))) is not None:
            row |= _of_region(region, q, task)
        if (
            target is not None
            and q.value == target["value"]
            and any(same_unit(q.unit, s.unit) for s in surplus)
        ):
            row["value"] = None  # 3座完工,超额完成1座: the whole is not printed, and we do not add it up
        rows.append(row)
    rated, shared = _with_rates(rates, actuals, rows, text, task, record, column, context)
    rows += rated
    aside = [
        Unread(
            cell.start + q.start,
            cell.start + q.end,
            cell.ref,
            q.surface,
            "works begun, of which none is said to be finished",
        )
        for q in begun
    ]
    others |= {id(q): (q, REASONS["rate"]) for q in shared}
    aside += [Unread(*place_of(q, cell), cell.ref, q.surface, why) for q, why in others.values()]
    return rows, aside


def _by_place(actuals: Sequence[Quantity], context: Context) -> dict[int, Region]:
    """The regions that results are named by, by their ids, where several are (端州区提高到20100元,鼎湖区提高到17340元): they
    are parts of what came of the task."""
    if len(actuals) < 2 or context.adcode is None:
        return {}
    named = {id(q): named_in(fold(q.measure), context.adcode) for q in actuals if q.measure}
    if sum(region is not None and region.adcode is not None for region in named.values()) < 2:
        return {}
    return {key: region for key, region in named.items() if region is not None}


def _of_region(region: Region, q: Quantity, task: Task) -> Row:
    """What a region's result is of: the target of its unit, or what the task is about."""
    asked = [t for t in task.targets if same_unit(t["unit"], q.unit)]
    target = asked[0] if len(asked) == 1 else None
    measure = target["measure"] if target else measure_of(task.headline)
    of = {"target_id": target["target_id"] if target else None, "measure": measure}
    return of | {"region": region.name, "adcode": region.adcode}


def _is_alone(q: Quantity, quantities: Sequence[Quantity]) -> bool:
    return not any(other is not q and same_unit(other.unit, q.unit) for other in quantities)


def _is_what_came(q: Quantity, quantities: Sequence[Quantity], task: Task) -> bool:
    """Whether a figure behind 超额完成 is what came of the task's only target of its unit (20个 | 已超额完成26个)."""
    asked = [t["value"] for t in task.targets if same_unit(t["unit"], q.unit) and t["value"]]
    return _is_alone(q, quantities) and len(asked) == 1 and is_reached(q.value, asked[0])


def _with_rates(
    rates: Sequence[Quantity],
    actuals: Sequence[Quantity],
    rows: Sequence[Row],
    text: str,
    task: Task,
    record: Record,
    column: int,
    context: Context,
) -> tuple[list[Row], list[Quantity]]:
    """Write each claimed rate beside the result that it is of; a rate without a printed result gets a row of its own.

    A single rate of a task with a single target is that target's. Else a rate is of what stands before it in its
    sentence: the last figure, or all figures of one enumeration. Returned are the rows of their own, and the rates of
    several results together (整体完成率, 完成率均达…), which are that of none.
    """
    folded = fold(text)
    shared = [r for r in rates if is_overall(folded, r.start) and sum(q.start < r.start for q in actuals) > 1]
    rates = [r for r in rates if r not in shared]
    linked = [row for row in rows if row["target_id"]]
    if (
        len(rates) == 1
        and len(task.targets) == 1
        and _is_of(task.targets[0], rates[0], linked, text, record.cells[column])
    ):
        if linked:
            linked[0]["rate_claimed"] = rates[0].value
            linked[0]["figures"] = (*linked[0].get("figures", ()), place_of(rates[0], record.cells[column]))
            return [], shared
        row = _row(task, task.targets[0], None, record, column, None, rates[0], context)
        return [row | {"figures": (place_of(rates[0], record.cells[column]),)}], shared
    if (
        len(rates) == len(actuals) > 1
        and all(_LISTED.fullmatch(text[a.end : b.start]) for a, b in pairwise(rates))
        and actuals[-1].end <= rates[0].start
    ):  # 8000人、8200人,完成率80%、82%: each its own
        for row, rate in zip(rows, rates, strict=False):
            row["rate_claimed"] = rate.value
            row["figures"] = (*row.get("figures", ()), place_of(rate, record.cells[column]))
        return [], shared
    own = []
    for rate in rates:
        begin = max((m.end() for m in _SENTENCE.finditer(text, 0, rate.start)), default=0)
        before = [
            i
            for i, q in enumerate(actuals)
            if begin <= q.start < rate.start and rows[i]["rate_claimed"] is None
        ]
        while len(before) > 1 and _COMMA.search(text, actuals[before[0]].end, actuals[before[1]].start):
            before.pop(0)
        place = place_of(rate, record.cells[column])
        for i in before:
            rows[i]["rate_claimed"] = rate.value
            rows[i]["figures"] = (*rows[i].get("figures", ()), place)
        if not before:
            row = _row(task, None, None, record, column, None, rate, context)
            row["measure"] = _subject(text[begin : rate.start]) or row["measure"]
            row |= {"source_start": place[0], "source_end": place[1], "figures": (place,)}
            own.append(row)
    return own, shared


def place_of(q: Quantity, cell: Cell) -> tuple[int, int]:
    """Where in the document a quantity of a cell is printed."""
    return cell.start + q.start, cell.start + q.end


def _is_of(target: Row, rate: Quantity, linked: Sequence[Row], text: str, cell: Cell) -> bool:
    """Whether a rate is the target's: its sentence holds the result, names the target, or names nothing else."""
    begin = max((m.end() for m in _SENTENCE.finditer(text, 0, rate.start)), default=0)
    subject = _subject(text[begin : rate.start])
    stop = _SENTENCE.search(text, rate.end)
    end = stop.start() if stop else len(text)
    told = any(begin <= row["source_start"] - cell.start < end for row in linked)
    return told or not subject or alike(subject, target["measure"]) >= 0.6


def _subject(clause: str) -> str | None:
    """What a clause about progress speaks of: `小学：已完成`, `鱼鳞泱河已复工,当前进度`."""
    parts = reversed(re.split(r"[,，:：]", fold(clean(clause).norm)))  # 主体结顶,室内装修: of what is nearest
    return next((match[0] for part in parts if (match := _SUBJECT.match(part.strip()))), None)


def _row(
    task: Task,
    target: Row | None,
    q: Quantity | None,
    record: Record,
    column: int,
    claimed: str | None,
    rate: Quantity | None,
    context: Context,
) -> Row:
    cell = record.cells[column]
    start, end = (cell.start + q.start, cell.start + q.end) if q else (cell.start, cell.end)
    text = cell.said.norm
    return context.row(
        {
            "task_id": task.task_id,
            "target_id": target["target_id"] if target else None,
            "measure": _measure(task, target, q),
            "value": q.value if q else None,
            "unit": (q.unit if q else target["unit"] if target else None) or None,
            "bound": q.bound if q else None,
            "status_claimed": claimed or (beside_rate(text) if rate else None),
            "rate_claimed": rate.value if rate else None,
            "upper": q.upper if q else None,
            "as_of": _as_of(_around(printed(cell), q) if q else text, context),
            "text": _NUMBER.sub("", text),
        },
        start,
        end,
        cell.ref,
    ) | {"figures": ((start, end),) if q else (), "named": q.measure if q else None}


def _measure(task: Task, target: Row | None, q: Quantity | None) -> str | None:
    """What a result counts: its own words where they are close to the target's, else the target's."""
    if target is not None and (q is None or alike(q.measure, target["measure"]) <= 0.7):
        return target["measure"]
    return (q.measure or None) if q is not None else measure_of(task.headline)


def _around(text: str, q: Quantity) -> str:
    """The sentence that a quantity stands in: a date that another sentence names is not its date."""
    begin = max((m.end() for m in re.finditer(r"[。\n]", text[: q.start])), default=0)
    end = text.find("。", q.end)
    return clean(text[begin : end if end >= 0 else len(text)]).norm


def _as_of(text: str, context: Context) -> str | None:
    """The date a result is of: 截至10月31日 in its words, else the document's."""
    folded = fold(text)
    mark = _AS_OF.search(folded)
    found = dates.find_dates(folded[mark.end() : mark.end() + 16], year=context.year) if mark else []
    return found[0].date if found else context.as_of
