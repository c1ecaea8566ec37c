"""Units of bare numbers in a table: from the row, the head of the column, the name, or the line above."""

from __future__ import annotations

import re

from minshi_analysis.facts.context import words
from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.text import fold
from minshi_analysis.layout.tables import Record, Table

__all__ = ["declared_unit", "unit_in_name"]

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]")
_NAMED = re.compile(
    r"^(?P<name>.*[^(（\s])\s*[(（](?P<unit>[^()（）]{1,8}(?:[(（][^()（）]{1,3}[)）])?)[)）]\s*$", re.S
)
_CAPTION = re.compile(r"单位[::]([^()]{1,6})\)")
_NO_UNIT = re.compile(r"[-—–/\s]*|无")


def declared_unit(table: Table, record: Record, role: str, *, named: bool = True) -> str | None:
    """The unit that a bare number in a column of this role has, as `parse_unit` reads it; None where none is printed.

    A cell of 单位 that is blank, or no unit, declares nothing, and neither does the row above it. ``named`` asks the
    name of the task too (城镇新增就业(人)).
    """
    column = table.column("unit")
    own = words(record.at(column)) if column is not None else None
    if own is not None and not _NO_UNIT.fullmatch(own):
        return own if parse_unit(own) else None
    at = table.column(role)
    heads = [table.columns[at].label] if at is not None else []
    for found in (m[1] for head in heads for m in _IN_BRACKETS.finditer(head)):
        if parse_unit(found):
            return found
    name = words(record.at(table.column("task"))) if named else None
    return (unit_in_name(name)[1] if name else None) or _of_caption(table)


def _of_caption(table: Table) -> str | None:
    """The unit that a line above the table gives all its bare numbers (单位:户); money is none of things counted."""
    found = _CAPTION.search(table.caption)
    scaled = parse_unit(found[1]) if found else None
    return found[1] if scaled and scaled[1] not in ("元", "万元") else None


def unit_in_name(name: str) -> tuple[str, str | None]:
    """A name without the unit in its last brackets, and that unit.

    Examples
    --------
    >>> unit_in_name("城镇新增就业人数(人)"), unit_in_name("幼儿园(含公办园)")
    (('城镇新增就业人数', '人'), ('幼儿园(含公办园)', None))
    """
    found = _NAMED.match(name)
    if found is None or parse_unit(fold(found["unit"])) is None:
        return name, None
    return found["name"], fold(found["unit"])
