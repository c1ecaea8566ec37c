"""Ids of the rows that have none of their own: they are named after what they belong to.

A share ``target_id@region``, an amount ``funding_id@funder``, a result ``task_id/outcome-1``, a milestone
``task_id/milestone-1``, a sum ``doc_id/total-1``, a correction ``doc_id/patch-1``, a link
``target_id=other_target_id``, a population figure ``population/温州市@2022-12-31.year_end``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["JOINED", "NUMBERED", "joined_id", "numbered_ids", "population_id"]

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
    """The ids of rows that are counted in the order in which they are printed, on the rows' index.

    Where no place is known their words decide, so that the order of the rows does not.

    Examples
    --------
    >>> rows = pd.DataFrame({"task_id": ["a/1", "a/1"], "source_start": [20, 10]})
    >>> numbered_ids("outcomes", rows).tolist()
    ['a/1/outcome-2', 'a/1/outcome-1']
    """
    owner, word = NUMBERED[table]
    if rows.empty:
        return pd.Series([], index=rows.index, dtype="str")
    start = rows["source_start"].fillna(-1) if "source_start" in rows else 0
    keys = pd.DataFrame({"owner": rows[owner], "start": start}, index=rows.index)
    for name in ("due", "target_id", "value", "source_ref", "measure", "text"):
        keys[name] = rows[name].astype(str) if name in rows else ""
    place = keys.sort_values(list(keys.columns), kind="stable").groupby("owner").cumcount() + 1
    return rows[owner].astype(str) + f"/{word}-" + place.reindex(rows.index).astype(str)


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
