"""Findings as the table ``checks``: what class each is of, how much it weighs, which facts are said twice, and where the
reader is in doubt rather than the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from minshi_analysis import model
from minshi_analysis.account.unread_kinds import of_unknown_column
from minshi_analysis.audit.finding import Finding, equal
from minshi_analysis.model import Row, having
from minshi_analysis.reasons import coded, why, worded

__all__ = ["class_of", "importance_of", "table_of", "weighed"]

_CLASSES = {
    "rate_claimed": "wording",
    "status_claimed": "wording",
    "heading_vs_body": "wording",
    "between_documents": "change",
    "duplicate": "repeat",
    "plan_vs_baseline": "policy",
}
# What a mismatch of each class weighs before its size is looked at: a document against itself most.
_WEIGHTS = {"arithmetic": 0.8, "wording": 0.7, "repeat": 0.6, "change": 0.5, "policy": 0.4, "reading": 0.2}
_LIGHT = {
    "plan_period": 0.5,
    "project_kind": 0.4,
    "ends_early": 0.4,
    "note_without_row": 0.3,
}  # of their class's weight
_UNSURE, _AGAIN = 0.1, 0.3
# Sums that rest on rows of tables: what the reader did not understand may be what they lack.
_SUMS = frozenset({"allocation_sum", "funding_sum", "grand_total", "summary_vs_list"})
_FIGURES = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_CELL = 60  # characters: a cell or a clause; the numbers of a paragraph close anything


def weighed(questions: Iterable[Iterable[Finding]], unread: Sequence[Row] = ()) -> pd.DataFrame:
    """Findings as rows of ``checks``, as they come; the column ``question`` has the place of their question among others.

    Parameters
    ----------
    questions : iterable of iterables of Finding
        What each question found in one document, or between documents. A repeated id gets a number behind it.
    unread : sequence of rows
        What the reader did not understand: a sum that does not close beside it is in doubt, and no mismatch.
    """
    placed = [(place, _in_doubt(found, unread)) for place, part in enumerate(questions) for found in part]
    rows: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    follows = _follows([found for _, found in placed])
    for _, f in placed:
        seen[f.check_id] = seen.get(f.check_id, 0) + 1
        again = f"({seen[f.check_id]})" if seen[f.check_id] > 1 else ""
        gap = f.actual - f.expected if f.expected is not None and f.actual is not None else None
        first = follows.get(f.check_id)
        weight = importance_of(f)
        rows.append(
            {
                "check_id": f.check_id + again,
                "kind": f.kind,
                "subject": f.subject,
                "expected": f.expected,
                "actual": f.actual,
                "difference": None if gap is None else round(gap, 6),
                "verdict": f.verdict,
                "class": class_of(f),
                "importance": round(weight * (_AGAIN if first else 1), 3),
                "explanation": worded(f.reasons),
                "codes": coded(f.reasons),
                "follows": first,
                "by_construction": f.built,
                "doc_id": f.doc_id,
                "source_start": f.start,
                "source_end": f.end,
            }
        )
    table = model.conform("checks", rows)
    return table.assign(question=pd.Series([place for place, _ in placed], dtype="int64"))


def table_of(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The table ``checks`` of what was `weighed` of many documents, in their order: the weightiest first.

    What weighs the same stands question by question, and then as it is printed.
    """
    found = list(parts)
    if not found:
        return model.empty("checks")
    rows = pd.concat(found, ignore_index=True)
    order = np.lexsort((rows["question"].to_numpy("int64"), -rows["importance"]))  # stable
    return model.conform("checks", rows.iloc[order].drop(columns="question"))


def class_of(f: Finding) -> str:
    """What kind of finding it is: arithmetic, wording, change, repeat, policy or reading."""
    if any(reason.code == "reader_in_doubt" for reason in f.reasons):
        return "reading"
    if f.kind == "same_thing_twice":
        return "repeat" if f.key.startswith("project-") else "arithmetic"
    return _CLASSES.get(f.kind, "arithmetic")


def importance_of(f: Finding) -> float:
    """How much a finding weighs, 0 to 1: its class, and how large the gap is beside what is stated.

    Examples
    --------
    >>> importance_of(Finding("d", "allocation_sum", "1", "x", "ok"))
    0.0
    >>> large, small = (Finding("d", "allocation_sum", "1", "x", "mismatch", None, 100.0, a) for a in (150.0, 101.0))
    >>> importance_of(large) > importance_of(small) > 0
    True
    """
    if f.verdict != "mismatch":
        return 0.0 if f.verdict == "ok" else _UNSURE
    weight = _WEIGHTS[class_of(f)] * _LIGHT.get(f.kind, 1.0)
    if f.expected is None or f.actual is None or not f.expected or pd.isna(f.expected) or pd.isna(f.actual):
        return weight
    size = min(1.0, 4 * abs(f.actual - f.expected) / abs(f.expected))
    return weight * (0.6 + 0.4 * size)


def _in_doubt(f: Finding, unread: Sequence[Row]) -> Finding:
    """A sum that does not close beside a column that was not understood, or that is short by unread figures of a cell."""
    if f.verdict != "mismatch" or f.kind not in _SUMS or f.expected is None or f.actual is None:
        return f
    gap = f.expected - f.actual
    for text, reason in ((row["text"], row["reason"]) for row in having(unread, "text")):
        if len(text) > _CELL:
            continue
        figures = [float(n) for n in _FIGURES.findall(text)]
        closes = gap > 0 and any(equal(gap, n) for n in (*figures, sum(figures)))  # what is lost can only add
        if figures and (closes or of_unknown_column(reason)):
            said = why("reader_in_doubt", text=text[:40], reason=reason, closes="yes" if closes else "")
            return replace(f, verdict="cannot_check", said=(*f.reasons, said))
    return f


# --- one fact, said in several findings ----------------------------------------------------------------------------


def _follows(findings: Sequence[Finding]) -> dict[str, str]:
    """Finding -> the one that says its fact first."""
    wrong = [f for f in findings if f.verdict == "mismatch"]
    found: dict[str, str] = {}
    for f in wrong:
        first = next((g for g in wrong if g is not f and _same_fact(g, f)), None)
        if first is not None and found.get(first.check_id) != f.check_id:
            found[f.check_id] = first.check_id
    return found


def _same_fact(first: Finding, f: Finding) -> bool:
    """Whether `f` only says again what `first` says."""
    if first.doc_id != f.doc_id:
        return False
    if f.kind == "same_thing_twice":
        return first.kind == "duplicate" and f.key.startswith(first.key)
    if f.kind == "grand_total":  # a total is wrong by what one of its lines is wrong by
        same_column = first.key.rpartition(".")[2] == f.key.rpartition(".")[2]
        return first.kind == "summary_vs_list" and same_column and _gap(first) == _gap(f) is not None
    if f.kind == "parts_vs_whole" and f.key.startswith("summary."):
        return first.kind == "summary_vs_list" and first.key.startswith(f.key.removeprefix("summary.") + ".")
    if f.kind == "rate_claimed":
        return (
            first.kind == "rate_claimed"
            and _rate_of(first) == _rate_of(f) is not None
            and (first.start or 0) < (f.start or 0)
        )
    return False


def _gap(f: Finding) -> float | None:
    return None if f.expected is None or f.actual is None else round(f.actual - f.expected, 6)


def _rate_of(f: Finding) -> Mapping | None:
    """The rate and the result that a claim is about: 113.15 % of 6789 in three lists is one slip."""
    said = next((dict(r.params) for r in f.reasons if r.code == "rate_differs"), None)
    return said and {"claimed": said["claimed"], "done": said["done"]}
