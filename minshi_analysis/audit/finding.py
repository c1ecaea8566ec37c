"""A finding: one arithmetic statement of a document, what it adds up to, the verdict, and a sentence for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from minshi_analysis import model

__all__ = ["BOUND_WORDS", "Finding", "damage", "equal", "figure", "label", "place", "table_of", "weigh"]

# How a bound is printed, for explanations.
BOUND_WORDS = {
    "exact": "",
    "at_least": "以上",
    "more_than": "超过",
    "at_most": "以内",
    "less_than": "低于",
    "approx": "约",
}
_APPROXIMATE = 0.05  # 约 and 左右: what lies within a twentieth is what was said
_LEVELS = {"province": "省级", "city": "市级", "county": "县级"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of ``checks``.

    ``key`` is the part of the check's id behind document and kind; ``expected`` is what the statement says and
    ``actual`` what was found.
    """

    doc_id: str
    kind: str
    key: str
    subject: str
    verdict: str
    explanation: str = ""
    expected: float | None = None
    actual: float | None = None
    start: int | None = None
    end: int | None = None

    @property
    def check_id(self) -> str:
        return f"{self.doc_id}/{self.kind}/{self.key}"


def table_of(findings: Iterable[Finding]) -> pd.DataFrame:
    """Findings as the table ``checks``; a repeated id gets a number behind it."""
    rows: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for f in findings:
        seen[f.check_id] = seen.get(f.check_id, 0) + 1
        again = f"({seen[f.check_id]})" if seen[f.check_id] > 1 else ""
        known = f.expected is not None and f.actual is not None
        rows.append(
            {
                "check_id": f.check_id + again,
                "kind": f.kind,
                "subject": f.subject,
                "expected": f.expected,
                "actual": f.actual,
                "difference": round(f.actual - f.expected, 6) if known else None,
                "verdict": f.verdict,
                "explanation": f.explanation,
                "doc_id": f.doc_id,
                "source_start": f.start,
                "source_end": f.end,
            }
        )
    return model.conform("checks", pd.DataFrame(rows, columns=model.TABLES["checks"].names))


def equal(a: float, b: float) -> bool:
    """Whether two figures are the same but for the dust of binary fractions."""
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def weigh(stated: float, found: float, bound: object = "exact") -> tuple[str, str]:
    """Verdict and explanation of a figure found against a figure stated with a bound.

    Examples
    --------
    >>> weigh(20, 24, "at_least")
    ('ok', 'explained by 以上: 20 or more were promised, 24 are there')
    >>> weigh(65, 77)
    ('mismatch', 'genuine inconsistency: 77 is 12 more than the stated 65')
    """
    if equal(stated, found):
        return "ok", ""
    if bound in ("at_least", "more_than") and found > stated:
        word = BOUND_WORDS[str(bound)]
        return "ok", f"explained by {word}: {figure(stated)} or more were promised, {figure(found)} are there"
    if bound in ("at_most", "less_than") and found < stated:
        word = BOUND_WORDS[str(bound)]
        return "ok", f"explained by {word}: at most {figure(stated)} was stated, {figure(found)} is there"
    if bound == "approx" and abs(found - stated) <= _APPROXIMATE * abs(stated):
        return "ok", f"explained by 约: {figure(found)} is about {figure(stated)}"
    more = "more" if found > stated else "less"
    gap = figure(abs(found - stated))
    return (
        "mismatch",
        f"genuine inconsistency: {figure(found)} is {gap} {more} than the stated {figure(stated)}",
    )


def figure(value: float) -> str:
    """A number as a reader writes it: no binary dust, no exponent.

    Examples
    --------
    >>> figure(119.19999999999999), figure(100500.0)
    ('119.2', '100500')
    """
    return f"{round(float(value), 4):.4f}".rstrip("0").rstrip(".")


def place(row: Mapping[str, Any] | pd.Series) -> dict[str, int | None]:
    """Where a row stands in its source, as fields of a finding."""
    start, end = row["source_start"], row["source_end"]
    return {"start": None if pd.isna(start) else int(start), "end": None if pd.isna(end) else int(end)}


def label(task_id: str, text: object = "") -> str:
    """A task for readers: its number, with the level of the list where a document has several, and its words.

    Examples
    --------
    >>> label("document/province.14", "建设保障性租赁住房6600套(间)")
    '省级14 建设保障性租赁住房6600套(间)'
    """
    number = task_id.partition("/")[2]
    level, _, item = number.partition(".")
    number = f"{_LEVELS[level]}{item}" if level in _LEVELS else number
    words = "" if text is None or pd.isna(text) else str(text)
    return f"{number} {words if len(words) <= 80 else words[:79] + '…'}".strip()


def damage(patches: pd.DataFrame, rows: pd.DataFrame) -> pd.Series | None:
    """The declared correction that touches rows of a table, or None."""
    if not rows["patched"].any():
        return None
    for row in rows[rows["patched"]].itertuples():
        hit = patches[
            (patches["doc_id"] == row.doc_id)
            & (patches["source_start"] < row.source_end)
            & (patches["source_end"] > row.source_start)
        ]
        if len(hit):
            return hit.iloc[0]
    return None
