"""The form of every result: keys, figures each with its unit beside it, notes, `source_ids`, `reason`.

`value` is the metric's own figure and `unit` its unit; any other figure `x` has its unit in `x_unit`.
`source_ids` joins by `|` the ids of the rows behind the figures: of documents, tasks, targets, shares, funding lines,
results, indicators, population figures, and of `sources`. `reason` says why a value is missing, or what limits it;
`reason_codes` is the same as codes (:mod:`minshi_analysis.reasons`). `stage` is there where documents are: a list of
candidates says so in each row.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from minshi_analysis.reasons import Reason, coded, why, worded

__all__ = ["because", "join_ids", "natural", "result", "stages_of"]


def natural(text: object) -> tuple:
    """A sort key under which item 10 comes after item 9.

    Examples
    --------
    >>> sorted(["a/10", "a/9"], key=natural)
    ['a/9', 'a/10']
    """
    return _parts("" if _absent(text) else str(text))


@lru_cache(maxsize=1 << 16)  # the same ids are sorted again and again
def _parts(text: str) -> tuple:
    pieces = re.split(r"(\d+)", text)
    return tuple((0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in pieces if piece)


def join_ids(*ids: object) -> str:
    """Ids, and iterables of ids, as one string: each once, in natural order within an argument.

    Examples
    --------
    >>> join_ids(["p/10", "p/9", "p/9"], "CENSUS|YEARBOOK", None)
    'p/9|p/10|CENSUS|YEARBOOK'
    """
    found: list[str] = []
    for argument in ids:
        if isinstance(argument, str):
            found += argument.split("|")
        elif isinstance(argument, Iterable):
            flat = (part for entry in argument if not _absent(entry) for part in str(entry).split("|"))
            found += sorted(flat, key=natural)
    return "|".join(dict.fromkeys(part for part in found if part))


def because(*reasons: "Reason | Iterable[Reason] | None") -> tuple[Reason, ...]:
    """Reasons, and iterables of reasons, as one tuple: each once."""
    found: list[Reason] = []
    for reason in reasons:
        if isinstance(reason, Reason):
            found.append(reason)
        elif isinstance(reason, (tuple, list)):
            found += reason
    return tuple(dict.fromkeys(found))


def result(
    rows: Iterable[Mapping],
    keys: Iterable[str],
    figures: Mapping[str, str | None],
    notes: Iterable[str] = (),
    documents: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Rows as a result table in the common form.

    Parameters
    ----------
    rows : iterable of mappings
        With `source_ids`, and `reason` (a Reason, or several) where there is something to say.
    keys, notes : iterables of str
        Columns before and after the figures.
    figures : mapping of figure to unit
        None where each row brings its own unit (`unit` for `value`, `x_unit` for `x`).
    documents : DataFrame, optional
        Of the rows' `doc_id`: their stage stands beside the figures, and a list of candidates is a reason.

    Returns
    -------
    DataFrame
        Sorted by its keys in natural order, so that the order of the input does not matter.
    """
    keys, notes, rows = list(keys), list(notes), list(rows)
    if documents is not None:
        stages = stages_of(documents)
        rows = [_staged(row, stages.get(row["doc_id"])) for row in rows]
        notes.append("stage")
    rows = sorted(rows, key=lambda row: tuple(natural(row.get(key)) for key in keys))
    out: dict[str, pd.Series] = {}
    for key in keys:
        out[key] = _column(rows, key)
    for figure, unit in figures.items():
        out[figure] = pd.Series([_number(row.get(figure)) for row in rows], dtype="float64")
        name = "unit" if figure == "value" else f"{figure}_unit"
        out[name] = pd.Series([unit or row.get(name) for row in rows], dtype="str")
    for note in notes:
        out[note] = _column(rows, note)
    out["source_ids"] = pd.Series([row["source_ids"] for row in rows], dtype="str")
    reasons = [because(row.get("reason")) for row in rows]
    out["reason"] = pd.Series([worded(found) for found in reasons], dtype="str")
    out["reason_codes"] = pd.Series([coded(found) for found in reasons], dtype="str")
    return pd.DataFrame(out)


def stages_of(documents: pd.DataFrame) -> dict[str, str]:
    """The stage of each document whose words say it: candidate, adopted, revised."""
    if "stage" not in documents:
        return {}
    told = documents[documents["stage"].notna()]
    return dict(zip(told["doc_id"], told["stage"], strict=True))


def _staged(row: Mapping, stage: str | None) -> Mapping:
    limits = why("candidate_list") if stage == "candidate" else None
    return {**row, "stage": stage, "reason": because(limits, row.get("reason"))}


def _column(rows: list[Mapping], name: str) -> pd.Series:
    values = [None if _absent(row.get(name)) else row.get(name) for row in rows]
    present = [value for value in values if value is not None]
    if name == "year" or name.endswith("_year"):
        return pd.Series(values, dtype="Int64")
    if present and all(isinstance(value, bool) for value in present):
        return pd.Series(values, dtype="boolean")
    return pd.Series([None if value is None else str(value) for value in values], dtype="str")


def _number(value: Any) -> float:
    return float("nan") if _absent(value) else float(value)


def _absent(value: object) -> bool:
    if isinstance(value, str):  # by far the most are
        return False
    return value is None or (not isinstance(value, (str, list, tuple, dict)) and bool(pd.isna(value)))
