"""Who answers for a task and by when, from the cells of a table; one cell may say who leads, who helps and who signs."""

from __future__ import annotations

import re
from dataclasses import replace

from minshi_analysis.facts.context import Context, Row, printed, words
from minshi_analysis.facts.prose import duties
from minshi_analysis.language import agencies, works
from minshi_analysis.layout.tables import Record, Table

__all__ = ["WHO", "join_who", "who_and_when"]

WHO = frozenset({"lead", "partner", "person", "deadline"})
_STEP = re.compile(
    r"[;；,，。](?=\d{1,2}月|[一二三四]季度)"
)  # 3月底前选址;6月底前完成: the last is the deadline
_BARE_YEAR = re.compile(r"20\d{2}")
_BEGUN = re.compile(works.BEGUN)
_SHORT_ROLE = re.compile(r"(牵头|主办|承办|责任|配合|协办|协同)\s*(?=[:：])")
_SAYS_WHO = re.compile(
    r"(?:牵头|主办|承办|责任|配合|协办|协同|责任人|负责人)(?:单位|部门)?\s*[:：]|(?:牵头|配合)[,，;；。、]|配合$|牵头$"
)


def who_and_when(table: Table, record: Record, context: Context) -> Row:
    """lead_agency, partner_agencies, responsible and deadline of a row, None where it does not print them."""
    said = {
        name: _bodies(table, record, role)
        for name, role in (("lead_agency", "lead"), ("partner_agencies", "partner"))
    }
    names = [
        name
        for j in table.columns_of("person")
        for cell in [record.at(j)]
        if cell
        for name in agencies.persons(cell.text)
    ]
    own, label = record.at(table.column("lead")), ""
    if own is not None:
        label = table.columns[table.column("lead")].label
        said |= _of_one_cell(printed(own), named=bool(re.search(r"人|领导", label)))
    names += agencies.persons(said.pop("responsible", "") or "")
    due = words(record.at(table.column("deadline")))
    return {
        **said,
        "responsible": "、".join(dict.fromkeys(names)) or None,
        "deadline": _deadline(due, context) if due else None,
    }


def _bodies(table: Table, record: Record, role: str) -> str | None:
    cell = record.at(table.column(role))
    return agencies.one_per_body(printed(cell)) or None if cell else None


def _of_one_cell(text: str, *, named: bool) -> Row:
    """What a cell of bodies says by labels (牵头:县住建局 配合:各乡镇), and whom it names, where its head asks for persons."""
    said: Row = {}
    if _SAYS_WHO.search(text):
        said = dict(duties.agencies(_SHORT_ROLE.sub(r"\1单位", re.sub(r"\s*\n\s*", ";", text.strip()))))
        said = {
            key: said.get(key) for key in ("lead_agency", "partner_agencies", "responsible") if key in said
        }
    if not named:
        return said
    lead = said.get("lead_agency") or agencies.one_per_body(text)
    pieces = re.split(r"[\s、,，]+", said.get("lead_agency") or text.strip())
    people = [piece for piece in pieces if agencies.is_person(piece)]
    bodies = [piece for piece in pieces if piece not in people]
    if people and bodies:
        said["responsible"] = "、".join(filter(None, (said.get("responsible"), *people)))
        lead = "、".join(bodies)
    return said | {"lead_agency": lead}


def join_who(row: Row, table: Table, record: Record, context: Context) -> None:
    """Add to a task who answers for a further line of it."""
    own = replace(record, spanned={})
    for name, value in who_and_when(table, own, context).items():
        if value and name != "deadline" and value not in (row[name] or ""):
            row[name] = "、".join(filter(None, (row[name], value)))


def _deadline(due: str, context: Context) -> str | None:
    """The date by which a task is done: the last one that is not of its beginning (5月底前动工)."""
    if _BARE_YEAR.fullmatch(due):
        return context.deadline(f"{due}年")
    steps = [step for step in _STEP.split(due) if not _BEGUN.search(step)]
    return max(filter(None, map(context.deadline, steps)), default=None)
