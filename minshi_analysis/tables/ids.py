"""Ids of the rows that have none of their own: they are named after what they belong to.

A share ``target_id@region``, an amount ``funding_id@funder``, a result ``task_id/outcome-1``, a milestone
``task_id/milestone-1``, a sum ``doc_id/total-1``, a correction ``doc_id/patch-1``, a link
``target_id=other_target_id``, a population figure ``population/温州市@2022-12-31.year_end``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from minshi_analysis.model import Row, records

__all__ = ["JOINED", "NUMBERED", "joined_id", "numbered", "numbered_ids", "population_id"]

# Rows that are counted within what they belong to: the owner's column, and their word.
NUMBERED = {
    "outcomes": ("task_id", "outcome"),
    "milestones": ("task_id", "milestone"),
    "totals": ("doc_id", "total"),
    "patches": ("doc_id", "patch"),
}
JOINED = {
    "allocations": ("target_id", "@", "region"),
    "funding": ("funding_id", "@", "funder"),
    "funding_tasks": ("funding_id", "=", "task_id"),
    "links": ("target_id", "=", "other_target_id"),
    "observations": ("indicator_id", "@", "year"),
}


def joined_id(table: str, row: Mapping[str, Any]) -> str:
    """The id of a row that two of its columns make."""
    owner, mark, part = JOINED[table]
    return f"{row[owner]}{mark}{row[part]}"


def numbered_ids(table: str, rows: pd.DataFrame) -> pd.Series:
    """The ids of rows that are counted, on the rows' index: see `numbered`.

    Examples
    --------
    >>> rows = pd.DataFrame({"task_id": ["a/1", "a/1"], "source_start": [20, 10]})
    >>> numbered_ids("outcomes", rows).tolist()
    ['a/1/outcome-2', 'a/1/outcome-1']
    """
    return pd.Series(numbered(table, records(rows)), index=rows.index, dtype="str")


def numbered(table: str, rows: Sequence[Row]) -> list[str]:
    """The ids of rows that are counted in the order in which they are printed, within what they belong to.

    Where no place is known their words decide, so that the order of the rows does not.
    """
    owner, word = NUMBERED[table]
    places = [_printed_at(row) for row in rows]
    ids, before = [""] * len(rows), Counter[str]()
    for at in sorted(range(len(rows)), key=places.__getitem__):
        own = str(rows[at][owner])
        before[own] += 1
        ids[at] = f"{own}/{word}-{before[own]}"
    return ids


def _printed_at(row: Row) -> tuple:
    """What orders rows: their place, then their words, of which those that are missing stand last."""
    start = row.get("source_start")
    said = [row.get(name) for name in ("due", "target_id", "value", "source_ref", "measure", "text")]
    return -1 if pd.isna(start) else start, [
        (True, "") if pd.isna(each) else (False, str(each)) for each in said
    ]


def population_id(row: Mapping[str, Any]) -> str:
    """The id of a population figure.

    Examples
    --------
    >>> population_id({"region": "温州市", "date": "2022-12-31", "kind": "year_end", "boundary": "unchanged"})
    'population/温州市@2022-12-31.year_end'
    """
    boundary = row.get("boundary")
    plain = not isinstance(boundary, str) or boundary == "unchanged"
    parts = [row.get("date"), row.get("kind"), None if plain else boundary]
    about = ".".join(str(part) for part in parts if isinstance(part, str))
    return f"population/{row['region']}" + (f"@{about}" if about else "")
