"""A document → the tables of the model: the one place where reading, language and facts meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from minshi_analysis import model
from minshi_analysis.catalogue import Source
from minshi_analysis.facts import corrections as corrected_text
from minshi_analysis.facts.confidence import confidence_of
from minshi_analysis.facts.context import Context, Row
from minshi_analysis.facts.funding import read_funding
from minshi_analysis.facts.indicators import read_indicators, read_investments, read_summary
from minshi_analysis.facts.layout import Layout, Unread, lay_out
from minshi_analysis.facts.lists import list_results, list_tasks
from minshi_analysis.facts.matching import best_target
from minshi_analysis.facts.milestones import read_milestones
from minshi_analysis.facts.outcomes import read_outcomes, status_of
from minshi_analysis.facts.prose import plan_targets
from minshi_analysis.facts.recovery import lost_tasks
from minshi_analysis.facts.splits import read_split
from minshi_analysis.facts.tasks import Task, read_tasks
from minshi_analysis.reading import text as text_format
from minshi_analysis.reading.blocks import Document

__all__ = ["Extraction", "extract", "extract_source", "patches"]

EXTRACTED = tuple(name for name, table in model.TABLES.items() if table.extracted)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document says: its tables, what in it could not be placed, and how sure the reader is of each task."""

    tables: Mapping[str, pd.DataFrame]
    unread: tuple[Unread, ...]
    confidence: pd.DataFrame


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
    layout = lay_out(document, region=context.adcode, furniture=furniture)
    rows: dict[str, list[Row]] = {name: [] for name in EXTRACTED}
    unread = list(layout.unread)
    tasks = _from_tables(layout, context, rows, unread)
    _from_prose(layout, context, tasks, rows)
    for task in tasks:
        rows["tasks"].append(task.row)
        rows["targets"] += task.targets
        rows["allocations"] += task.allocations
        rows["extras"] += task.extras
        unread += [
            Unread(start, end, "", text, f"no share can be read in {task.task_id}")
            for start, end, text in task.rest
        ]
    tables = {
        name: model.conform(name, pd.DataFrame(found, columns=_columns(found, name)))
        for name, found in rows.items()
    }
    if not document.plain:
        tables = {
            name: table.assign(source_start=pd.NA, source_end=pd.NA).astype(table.dtypes)
            for name, table in tables.items()
        }
    return Extraction(tables, tuple(unread), confidence_of(tasks))


def _columns(rows: list[Row], name: str) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row)) or model.TABLES[name].names


def _from_tables(
    layout: Layout, context: Context, rows: dict[str, list[Row]], unread: list[Unread]
) -> list[Task]:
    tasks: list[Task] = []
    several = sum(table.kind == "tasks" for table in layout.tables) > 1
    for table in layout.tables:
        if table.kind == "tasks":
            found = read_tasks(table, context, several=several)
            money, served, totals = read_funding(table, found, context)
            rows["funding"] += money
            rows["funding_tasks"] += served
            rows["totals"] += totals
            rows["outcomes"] += read_outcomes(table, found, context)
            rows["milestones"] += read_milestones(table, found, context)
            tasks += found
        elif table.kind == "indicators":
            rows["indicators"] += read_indicators(table, context)
        elif table.kind == "investments":
            rows["investments"] += read_investments(table, context)
        elif table.kind == "summary":
            rows["totals"] += read_summary(table, context)
    for table in layout.tables:
        if table.kind == "split":
            shares, fresh, lost = read_split(table, tasks, context)
            rows["allocations"] += shares
            unread += lost
            tasks += fresh
    return tasks


def _from_prose(layout: Layout, context: Context, tasks: list[Task], rows: dict[str, list[Row]]) -> None:
    if context.kind == "five_year_plan":
        found, targets = plan_targets(
            layout.paragraphs,
            doc_id=context.doc_id,
            level=context.level,
            year=context.year,
            year_end=context.year_end,
        )
        rows["tasks"] += found
        rows["targets"] += targets
        return
    found, targets = list_tasks(
        layout.paragraphs, doc_id=context.doc_id, level=context.level, year=context.year
    )
    tasks += lost_tasks(found, targets, tasks, context)
    if context.kind != "plan" and not rows["outcomes"]:
        rows["outcomes"] += _reported(layout, context, tasks)


def _reported(layout: Layout, context: Context, tasks: list[Task]) -> list[Row]:
    """Results from the sentences of a prose list, each with the target that it speaks of."""
    by_id = {task.task_id: task for task in tasks}
    rows = []
    for row in list_results(layout.paragraphs, doc_id=context.doc_id, year=context.year):
        task = by_id.get(row["task_id"])
        if task is None:
            continue
        target = best_target(row["measure"], row["unit"], task.targets)
        status = status_of(row["text"]) if context.kind == "completion" else None
        as_of = row["as_of"] or context.as_of
        rows.append(
            row | {"target_id": target and target["target_id"], "status_claimed": status, "as_of": as_of}
        )
    return rows


def extract_source(source: Source) -> Extraction:
    """The tables of a catalogued document, its declared corrections applied.

    Offsets are those of the printed source, and rows that a correction touches say ``patched``.
    """
    context = Context(
        source.doc_id,
        source.kind,
        source.year,
        source.year_end,
        source.region,
        source.adcode,
        source.level,
        source.as_of,
    )
    if source.path.suffix.lower() not in (".txt", ".md"):
        from minshi_analysis.reading import read

        return extract(read(source.path), context, furniture=source.furniture)
    printed = text_format.decode(source.path.read_bytes(), source.path.name)
    corrected = corrected_text.apply(printed, source.corrections, source.doc_id)
    context = replace(context, mended=tuple((cut.start, cut.end) for cut in corrected.cuts))
    found = extract(text_format.parse(corrected.text), context, furniture=source.furniture)
    if not source.corrections:
        return found
    unread = tuple(
        replace(u, start=s, end=e) for u in found.unread for s, e, _ in [corrected.printed(u.start, u.end)]
    )
    tables = {name: _back(table, corrected) for name, table in found.tables.items()}
    return replace(found, tables=tables, unread=unread)


def _back(table: pd.DataFrame, corrected: corrected_text.Corrected) -> pd.DataFrame:
    """Offsets of the printed source in place of those of the corrected text."""
    places: list[tuple[Any, Any, bool]] = [
        corrected.printed(int(start), int(end))
        for start, end in zip(table["source_start"], table["source_end"], strict=True)
    ]
    starts, ends, patched = zip(*places, strict=True) if places else ((), (), ())
    return table.assign(
        source_start=pd.array(starts, dtype="Int64"),
        source_end=pd.array(ends, dtype="Int64"),
        patched=table["patched"] | pd.Series(patched, dtype=bool),
    )


def patches(source: Source) -> list[Row]:
    """Rows of the ``patches`` table: the declared corrections of a document and where their words are printed."""
    if not source.corrections:
        return []
    text = text_format.decode(source.path.read_bytes(), source.path.name)
    return [
        {
            "doc_id": source.doc_id,
            "where": correction.where,
            "printed": correction.printed,
            "corrected": correction.corrected,
            "reason": correction.reason,
            "source_start": text.find(correction.printed),
            "source_end": text.find(correction.printed) + len(correction.printed),
        }
        for correction in source.corrections
    ]
