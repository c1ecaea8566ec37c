"""A document → the tables of the model: the one place where reading, language and facts meet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from types import MappingProxyType

import pandas as pd

from minshi_analysis import model
from minshi_analysis.account.claiming import Claim, claims_of, unclaimed_columns
from minshi_analysis.account.confidence import (
    CELLS,
    DAMAGED,
    GUESSED,
    INVENTED,
    NOT_UNDERSTOOD,
    TWICE,
    UNDATED,
    Doubts,
)
from minshi_analysis.account.ledger import Ledger, close
from minshi_analysis.facts.apart import told_apart
from minshi_analysis.facts.context import Context, Row
from minshi_analysis.facts.first_leads import first_leads, says_first_leads
from minshi_analysis.facts.nature import with_natures, with_parts
from minshi_analysis.facts.period import of_periods
from minshi_analysis.facts.prose.lists import Prose, read_prose
from minshi_analysis.facts.prose.past import names_own_year
from minshi_analysis.facts.prose.plans import plan_targets
from minshi_analysis.facts.prose.recovery import lost_tasks
from minshi_analysis.facts.sheets import Sheets
from minshi_analysis.facts.tables.funding import read_funding
from minshi_analysis.facts.tables.indicators import read_indicators
from minshi_analysis.facts.tables.investments import read_investments
from minshi_analysis.facts.tables.milestones import read_milestones
from minshi_analysis.facts.tables.outcomes import read_outcomes
from minshi_analysis.facts.tables.splits import read_split
from minshi_analysis.facts.tables.summaries import read_summary
from minshi_analysis.facts.tables.tasks import each_task
from minshi_analysis.facts.task import Task
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.lines import heads_alone
from minshi_analysis.layout.notes import without_starred
from minshi_analysis.layout.tables import Layout, Table, Unread, lay_out
from minshi_analysis.reading.blocks import Document, Paragraph, Places

__all__ = ["EXTRACTED", "Extraction", "extract"]

_BATCH = 1_000  # tasks
# What a row tells the account of the reading, and no table holds.
_ACCOUNT = frozenset({"figures", "doubts", "named"})
_SAYING = 8  # characters: what is shorter is a label
_LEAST_CELLS = 6  # lines that are a figure alone, from which on they are the cells of a table
EXTRACTED = tuple(name for name, table in model.TABLES.items() if table.extracted)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document says: its tables (with ``unread`` and ``confidence``), what in it could not be placed, what is known
    to be no data (``aside``), with the reason, and the account of all its figures."""

    tables: Mapping[str, pd.DataFrame]
    unread: tuple[Unread, ...]
    aside: tuple[Unread, ...]
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class _Found:
    """What is being read of a document: its layout, and where rows, doubts, and parts in no row are gathered."""

    context: Context
    layout: Layout
    sheets: Sheets
    doubts: Doubts
    unread: list[Unread]
    aside: list[Unread]
    first_leads: bool  # of several bodies the one listed first leads: a note says so


def extract(document: Document, context: Context, *, furniture: Iterable[str] = ()) -> Extraction:
    """The tables of a document that has been read.

    Parameters
    ----------
    document : Document
    context : Context
        What is known of it.
    furniture : iterable of str
        Declared rows that are no data.

    Returns
    -------
    Extraction
        Every extracted table of the model, typed, without validation; unread parts with reasons.
    """
    if context.afterwards:
        context = replace(context, this_year=names_own_year(document.text))
    layout = lay_out(document, context.about, furniture=furniture)
    claims: list[Claim] = []
    lost = sum(map(_is_cell, layout.paragraphs)) >= _LEAST_CELLS or heads_alone(layout.paragraphs)
    doubts = Doubts(context.doc_id, [CELLS] if lost else [])

    # Where no offset is kept every row says the cell that it begins in; a task, which is a whole record, that of its words.
    places = None if document.plain else Places(document)

    def watch(name: str, rows: Sequence[Row]) -> None:
        claims.extend(claims_of(name, rows))
        for row in rows:
            start = row.get("source_start")
            if context.mended:
                spans = [
                    *row.get("figures", ()),
                    *([(start, row["source_end"])] if start is not None else ()),
                ]
                if any(context.touched(*span) for span in spans):
                    row["patched"] = True
            if places is not None and start is not None and not (name == "tasks" and row.get("source_ref")):
                row["source_ref"] = places.ref(start)
        if name == "funding":
            doubts.money(rows)

    sheets = Sheets({name: partial(_typed, name, document.plain) for name in EXTRACTED}, watch)
    unread, aside = [*layout.unread, *unclaimed_columns(layout)], list(layout.aside)
    found = _Found(context, layout, sheets, doubts, unread, aside, says_first_leads(document.text))
    if context.kind == "five_year_plan":
        _planned(found)
    elif context.kind == "review":
        unread += _reviewed(layout)
    said = _said(layout, context)
    known = _from_tables(found, said)
    _from_prose(found, said, known, beside=sheets.holds("tasks"))
    aside += said.aside
    if not unread and layout.paragraphs and not any(map(sheets.holds, EXTRACTED)):
        unread += _nothing_read(layout)
    ledger = close(document, layout, claims, unread, aside, context.year)
    unread += ledger.over
    if places is not None:
        unread = [
            part if part.ref or part.end <= part.start else replace(part, ref=places.ref(part.start))
            for part in unread
        ]
    doubts.more(_found_by(ledger, claims))
    if document.damaged:
        doubts.all(DAMAGED)
    if context.guessed:
        doubts.all(GUESSED)
    sheets.add("confidence", doubts.rows())
    sheets.add("unread", [_unread(part, context) for part in unread])
    sheets.add("unread", [_told(warning, context) for warning in document.warnings])
    tables = sheets.tables()
    tables["targets"] = with_parts(tables["targets"], document.text)
    return Extraction(tables, tuple(unread), tuple(aside), ledger)


def _found_by(ledger: Ledger, claims: Sequence[Claim]) -> dict[str, list[tuple[str, float]]]:
    """What the ledger makes doubtful, by the row that confidence speaks of."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row_id in ledger.invented:
        found[row_id.partition("#")[0]].append(INVENTED)
    for entry in ledger.twice:
        found[entry.row_id.partition("#")[0]].append(TWICE)
    over = sorted(part.start for part in ledger.over)
    for claim in claims:
        if claim.table == "text" and bisect_left(over, claim.end) > bisect_left(over, claim.start):
            found[claim.row_id].append(NOT_UNDERSTOOD)
    return found


def _unread(part: Unread, context: Context) -> Row:
    place = {"source_start": part.start, "source_end": part.end, "source_ref": part.ref or None}
    return {"doc_id": context.doc_id, **place, "text": part.text, "reason": part.reason}


def _told(warning: str, context: Context) -> Row:
    """What the reader of the format could not read (a picture, a hidden sheet): no words of it are known."""
    return {"doc_id": context.doc_id, "text": None, "reason": warning}


def _typed(name: str, plain: bool, rows: list[Row]) -> pd.DataFrame:
    """Rows of a table, typed; offsets count in a plain text only."""
    left = _ACCOUNT if plain else _ACCOUNT | {"source_start", "source_end"}
    return model.conform(name, rows, without=left)


def _nothing_read(layout: Layout) -> list[Unread]:
    """Every paragraph of a document of which nothing was read, that has words or figures of its own."""
    why = "no promise, result or indicator can be read in the whole document"
    told = [p for p in layout.paragraphs if re.search(r"\d", p.text) or len(p.text) >= _SAYING]
    return [Unread(p.start, p.end, p.ref, p.text, why) for p in told or layout.paragraphs[:1]]


def _said(layout: Layout, context: Context) -> Prose:
    """What the lists and sentences of a document's prose say; plans and reviews of several years have their own readers."""
    if context.kind in model.SEVERAL_YEARS:
        return Prose()
    paragraphs = without_starred(layout.paragraphs) if layout.tables else layout.paragraphs
    return read_prose(paragraphs, context)


def _known(targets: Sequence[Row], text: str) -> list[Row]:
    """The targets of a task with what its words say of them: their natures, and names that tell them apart."""
    return told_apart(with_natures(targets, text), text)


def _is_cell(paragraph: Paragraph) -> bool:
    """Whether a line is a figure and nothing else, and no number of an item: a cell of a table, one a line."""
    words = paragraph.said.folded.strip()
    return (
        is_figure(words)
        and bool(re.search(r"\d", words))
        and not re.fullmatch(r"\d{1,2}[.、]?|(?:19|20)\d\d年?", words)
    )


def _from_tables(found: _Found, said: Prose) -> list[Task]:
    """Rows from the document's tables, and the tasks that its prose may speak of: none where it has no lists."""
    context, layout, sheets = found.context, found.layout, found.sheets
    tasks: list[Task] = []
    taken: set[str] = set()
    reported: dict[str, list[Row]] = {}
    split: dict[str, list[Row]] = defaultdict(list)
    several = sum(table.kind == "tasks" for table in layout.tables) > 1
    splits = [table for table in layout.tables if table.kind == "split"]
    for table in layout.tables:
        if table.kind == "tasks":
            for batch in _batches(table, context, several, taken):
                money, served, totals, lost = read_funding(table, batch, context)
                found.unread.extend(lost)
                sheets.add("funding", money)
                sheets.add("funding_tasks", served)
                sheets.add("totals", totals)
                results, lost = read_outcomes(table, batch, context)
                found.unread.extend(lost)
                sheets.add("outcomes", results)
                steps = read_milestones(table, batch, context)
                sheets.add("milestones", steps)
                if context.kind in ("progress", "completion"):
                    undated = {row["task_id"] for row in steps if row["value"] is not None and not row["due"]}
                    for task in batch:
                        task.doubts += (UNDATED,) if task.task_id in undated else ()
                told = _by_task(results)
                if splits:  # which add to tasks of any table
                    tasks += [task.bare() for task in batch]
                    reported |= told
                    continue
                _finish(found, batch, told)
                if said.tasks:
                    tasks += [task.brief() for task in batch]
    _from_plan_tables(found)
    for table in splits:
        shares, fresh, results, lost = read_split(table, tasks, context)
        sheets.add("outcomes", results)
        sheets.add("allocations", shares)
        for share in shares:
            split[share["target_id"].partition("#")[0]].append(share)
        found.unread.extend(lost)
        tasks += fresh
        for task_id, own in _by_task(results).items():
            reported.setdefault(task_id, []).extend(own)
    if splits:
        _finish(found, tasks, reported, split)
    return tasks


def _by_task(results: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in results:
        found.setdefault(row["task_id"], []).append(row)
    return found


def _from_plan_tables(found: _Found) -> None:
    """Indicators with what was observed of them, and major projects with their sums."""
    layout, sheets = found.layout, found.sheets
    indicators = read_indicators(_of_kind(layout, "indicators"), found.context, layout.paragraphs)
    sheets.add("indicators", indicators.rows)
    sheets.add("observations", indicators.observations)
    projects = read_investments(_of_kind(layout, "investments"), found.context)
    sheets.add("investments", projects.rows)
    sheets.add("totals", projects.totals)
    for rows, key in ((indicators.rows, "indicator_id"), (projects.rows, "investment_id")):
        for row in rows:
            found.doubts.add(row[key], row["doubts"])
    found.unread.extend([*indicators.unread, *projects.unread])
    found.aside.extend([*indicators.aside, *projects.aside])
    for table in _of_kind(layout, "summary"):
        totals, lost = read_summary(table, found.context)
        sheets.add("totals", totals)
        found.unread.extend(lost)


def _of_kind(layout: Layout, kind: str) -> list[Table]:
    return [table for table in layout.tables if table.kind == kind]


def _batches(table: Table, context: Context, several: bool, taken: set[str]) -> Iterator[list[Task]]:
    """The tasks of a table, some at a time; all at once where money is printed, which any of its lines may share.

    `taken` are the ids there are, to which those of this table are added.
    """
    tasks = _with_own_ids(each_task(table, context, several=several), taken)
    if any(column.role == "funds" for column in table.columns):
        yield list(tasks)
    while found := list(islice(tasks, _BATCH)):
        yield found


def _with_own_ids(tasks: Iterable[Task], taken: set[str]) -> Iterator[Task]:
    for task in tasks:
        task = task.numbered_beside(taken)
        taken.add(task.task_id)
        yield task


def _planned(found: _Found) -> None:
    """Tasks and targets of a five-year plan's chapters."""
    context = found.context
    said = plan_targets(found.layout.paragraphs, context)
    found.sheets.add("tasks", said.tasks)
    found.sheets.add("funding", said.funding)
    found.sheets.add("funding_tasks", said.served)
    texts = {row["task_id"]: row["text"] for row in said.tasks}
    for task_id, own in groupby(said.targets, key=itemgetter("task_id")):
        found.sheets.add("targets", _known(list(own), texts[task_id]))
    for row in said.tasks:
        found.doubts.said(row["task_id"], row["doubts"])
    found.unread.extend(said.unread)
    found.aside.extend(said.aside)


def _reviewed(layout: Layout) -> list[Unread]:
    """What a review tells in sentences: results and plans in one breath, of which only its tables are read."""
    why = "a review's prose: its indicators are read from its tables only"
    return [Unread(p.start, p.end, p.ref, p.text, why) for p in layout.paragraphs if parse_quantities(p.text)]


def _from_prose(found: _Found, said: Prose, known: list[Task], *, beside: bool) -> None:
    """Tasks that only the prose names, with what it says of them, and what of the prose is in no row.

    ``beside`` says that tables of the document list tasks.
    """
    sheets = found.sheets
    lost = lost_tasks(said.tasks, known, found.context)
    kept = {task.task_id for task in lost} if not known else set()
    served = [row for row in said.served if row["task_id"] in kept]
    paid = {row["funding_id"] for row in served}
    if not sheets.holds("funding"):
        money = [row for row in said.funding if row["funding_id"] in paid]
        doubted = [row | {"doubts": (*row.get("doubts", ()), *found.doubts.of_prose)} for row in money]
        sheets.add("funding", doubted)
        sheets.add("funding_tasks", served)
        why = "a table lists the tasks that this amount is for"
        found.unread.extend(
            Unread(
                row["source_start"],
                row["source_end"],
                row["source_ref"] or "",
                f"{row['amount_wan']:g}万元",
                why,
            )
            for row in said.funding
            if row["funding_id"] not in paid
        )
    results = [] if sheets.holds("outcomes") else [row for row in said.outcomes if row["task_id"] in kept]
    sheets.add("outcomes", results)
    if not sheets.holds("milestones"):
        sheets.add("milestones", [row for row in said.milestones if row["task_id"] in kept])
    _finish(found, lost, _by_task(results))
    if not beside:
        found.unread.extend(said.unread)


def _finish(
    found: _Found,
    tasks: Iterable[Task],
    results: Mapping[str, Sequence[Row]],
    split: Mapping[str, Sequence[Row]] = MappingProxyType({}),
) -> None:
    """Take the rows of tasks of which nothing else will speak; ``results`` and ``split``, the shares of tables with a
    column for each region, are those of each."""
    sheets, reports = found.sheets, found.context.kind in ("progress", "completion")
    for task in tasks:
        sheets.add("tasks", [first_leads(task.row) if found.first_leads else task.row])
        sheets.add("targets", of_periods(_known(task.targets, task.row["text"]), task.row["text"]))
        sheets.add("allocations", task.allocations)
        sheets.add("extras", task.extras)
        whole = replace(task, allocations=[*task.allocations, *split.get(task.task_id, ())])
        found.doubts.task(whole, results.get(task.task_id, ()), reports=reports)
        found.unread.extend(task.aside)
        found.unread.extend(
            Unread(start, end, "", text, f"no share can be read in {task.task_id}")
            for start, end, text in task.rest
        )
