"""Where a figure stands: a short id and the line of the source, so that a person can look."""

from __future__ import annotations

import bisect
from pathlib import Path
from typing import Any

import pandas as pd

from minshi_analysis.notebook import links
from minshi_analysis.reasons import say

__all__ = ["labels", "place", "short", "sourced"]

_IDS = ("check_id", "target_id", "indicator_id", "investment_id", "funding_id", "task_id")


def short(identifier: object) -> str:
    """An id without its document: `city-plan/4.3#1` is `4.3#1`.

    Examples
    --------
    >>> short("city-plan/4.3#1")
    '4.3#1'
    """
    return str(identifier).partition("/")[2] or str(identifier)


def place(rows: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> pd.Series:
    """The printed place of each row: the line of a text source, else the reference (page, table, row); each a link to it.

    Parameters
    ----------
    rows : DataFrame
        doc_id, source_start, source_end, source_ref, and the id of the row.
    documents : DataFrame
        Their documents (doc_id, file).

    Returns
    -------
    Series of str
        `57行` as `links.to_source` writes it; a character offset where the source file is not at hand.
    """
    files = documents.drop_duplicates("doc_id").set_index("doc_id")["file"]
    starts = {doc: _line_starts(files.get(doc)) for doc in rows["doc_id"].dropna().unique()}
    return pd.Series(
        [_linked(row, starts, lang) for row in rows.to_dict("records")], index=rows.index, dtype="str"
    )


def sourced(ids: pd.Series, rows: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> list[str]:
    """The short id of each row and its printed place: what a person looks up."""
    spots = place(rows, documents, lang)
    return [
        say("notebook.at", lang, id=short(each), spot=spot or None)
        for each, spot in zip(ids, spots, strict=True)
    ]


def _linked(row: dict, starts: dict[str, list[int]], lang: str) -> str:
    shown = _one(row, starts, lang)
    where = links.anchor(row.get("source_start"), row.get("source_end"), row.get("source_ref"))
    about = next((row[name] for name in _IDS if isinstance(row.get(name), str)), "")
    return links.to_source(shown, row["doc_id"], where, about) if shown and where else shown


def _one(row: dict, starts: dict[str, list[int]], lang: str) -> str:
    if isinstance(row.get("source_ref"), str):
        return row["source_ref"]
    at: Any = row.get("source_start")
    if pd.isna(at):
        return ""
    lines = starts.get(row["doc_id"])
    if lines:
        return say("notebook.at_line", lang, line=bisect.bisect_right(lines, int(at)))
    return say("notebook.at_offset", lang, offset=int(at))


def _line_starts(file: object) -> list[int]:
    """Offsets at which the lines of a text source begin; empty where there is no such file here."""
    from minshi_analysis.catalogue import find_project
    from minshi_analysis.reading.text import decode

    path: Path = find_project() / "data" / "raw" / str(file)
    if not path.is_file() or path.suffix not in (".txt", ".md"):
        return []
    text = decode(path.read_bytes(), path.name)
    return [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]


def labels(targets: pd.DataFrame, tasks: pd.DataFrame) -> pd.Series:
    """What to call each target: the words of its task, or its measure where the task has several.

    Parameters
    ----------
    targets : DataFrame
        target_id, task_id, measure.
    tasks : DataFrame
        task_id, text.

    Returns
    -------
    Series
        Of str, by target_id.
    """
    text = tasks.drop_duplicates("task_id").set_index("task_id")["text"]
    alone = targets.groupby("task_id")["target_id"].transform("size").eq(1)
    words = targets["task_id"].map(text).str.rstrip("。；;,，")
    words = words.where(alone | targets["measure"].isna(), targets["measure"])
    return pd.Series(words.to_numpy(), index=targets["target_id"].to_numpy(), dtype="str")
