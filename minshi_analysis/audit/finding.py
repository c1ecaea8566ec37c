"""A finding: one arithmetic statement of a document, what it adds up to, the verdict, and a sentence for a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import pandas as pd

from minshi_analysis.model import Row, having
from minshi_analysis.reasons import Reason, figure, why

__all__ = [
    "BOUND_WORDS",
    "Finding",
    "Tables",
    "damage",
    "distinct",
    "equal",
    "figure",
    "label",
    "last_due",
    "line_of",
    "place",
    "weigh",
]

# A document's, each as its rows: thirty questions to a few rows are no work for frames.
Tables = Mapping[str, list[Row]]
# How a bound is printed.
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

    ``key`` is the part of the check's id behind document and kind; ``said`` is what a reader should know, as reasons;
    ``expected`` is what the statement says and ``actual`` what was found; ``built`` marks a statement that is only asked
    because it holds.
    """

    doc_id: str
    kind: str
    key: str
    subject: str
    verdict: str
    said: Reason | tuple[Reason | None, ...] | None = None
    expected: float | None = None
    actual: float | None = None
    start: int | None = None
    end: int | None = None
    built: bool = False

    @property
    def check_id(self) -> str:
        return f"{self.doc_id}/{self.kind}/{self.key}"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What a reader should know."""
        said = (self.said,) if isinstance(self.said, Reason) else self.said or ()
        return tuple(reason for reason in said if reason is not None)


def equal(a: float, b: float) -> bool:
    """Whether two figures are the same but for the dust of binary fractions."""
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def weigh(stated: float, found: float, bound: object = "exact") -> tuple[str, Reason | None]:
    """Verdict and reason of a figure found against a figure stated with a bound.

    Examples
    --------
    >>> weigh(20, 24, "at_least")[0], weigh(65, 77)[0]
    ('ok', 'mismatch')
    """
    if equal(stated, found):
        return "ok", None
    about = {"stated": stated, "found": found}
    if bound in ("at_least", "more_than") and found > stated:
        return "ok", why("explained_more", bound=BOUND_WORDS[str(bound)], **about)
    if bound in ("at_most", "less_than") and found < stated:
        return "ok", why("explained_less", bound=BOUND_WORDS[str(bound)], **about)
    if bound == "approx" and abs(found - stated) <= _APPROXIMATE * abs(stated):
        return "ok", why("explained_about", **about)
    return "mismatch", why("more" if found > stated else "less", gap=round(abs(found - stated), 6), **about)


def place(row: Mapping[str, Any]) -> dict[str, Any]:
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


def damage(patches: Iterable[Row], rows: Iterable[Row]) -> Row | None:
    """The declared correction that touches rows of a table, or None."""
    for row in rows:
        if not row["patched"]:
            continue
        declared = [patch for patch in patches if patch["doc_id"] == row["doc_id"]]
        if pd.isna(
            row["source_start"]
        ):  # no plain text: the line, since a row takes figures of several cells
            line = line_of(str(row["source_ref"]))
            hit = [p for p in having(declared, "source_ref") if line_of(p["source_ref"]) == line]
        else:
            start, end = row["source_start"], row["source_end"]
            placed = having(declared, "source_start", "source_end")
            hit = [p for p in placed if p["source_start"] < end and p["source_end"] > start]
        if hit:
            return hit[0]
    return None


def distinct(rows: Iterable[dict], *names: str) -> list[dict]:
    """The first of the rows that say the same in some columns.

    Examples
    --------
    >>> distinct([{"n": 1, "m": 1}, {"n": 1, "m": 2}, {"n": 2, "m": 3}], "n")
    [{'n': 1, 'm': 1}, {'n': 2, 'm': 3}]
    """
    found: dict[tuple, dict] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in names), row)
    return list(found.values())


def last_due(rows: Iterable[Row]) -> Row:
    """Of rows with a date the one with the last; of several the last one."""
    return sorted(rows, key=itemgetter("due"))[-1]


def line_of(ref: str) -> str:
    """The line of a table that a place is in; of a paragraph itself.

    Examples
    --------
    >>> line_of("p3/t1/r4/c2"), line_of("Sheet1!BC4"), line_of("p12")
    ('p3/t1/r4', 'Sheet1!4', 'p12')
    """
    return re.sub(r"/c\d+$|(?<=!)[A-Z]+(?=\d+$)", "", ref)
