"""What the reading sheet says of a figure: which row it is in and what that row says, or why it is in none."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from minshi_analysis.account.ledger import Entry, same_number
from minshi_analysis.reasons import term

if TYPE_CHECKING:
    import pandas as pd

    from minshi_analysis.intake.reader import Reading

__all__ = ["KEYS", "SHOWN", "Saying", "reason_in", "reason_said", "safe", "words"]

SURE = 0.8  # a row that is less sure is doubted
SHOWN = (
    "targets", "outcomes", "allocations", "milestones", "funding", "indicators", "observations", "investments",
    "totals", "tasks",
)  # fmt: skip
KEYS = ("target_id", "funding_id", "indicator_id", "investment_id", "task_id", "subject")
_ABOUT_FIGURE = (
    "name", "sub_name", "measure", "region", "funder_printed", "bound", "value", "upper", "unit", "amount_wan",
    "rate_claimed", "status_claimed", "baseline_year", "baseline", "target_year", "target", "year", "due", "as_of",
    "total_yi", "plan_period_yi", "subject",
)  # fmt: skip
_NUMBERS = (
    "value", "upper", "amount_wan", "rate_claimed", "baseline", "target", "total_yi", "plan_period_yi",
)  # fmt: skip
_TERMS = {
    "level": "level",
    "funder": "funder",
    "column": "funder",
}  # columns whose codes have words that all rooms share
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BEHIND = re.compile(r"(: | \(|, under | in (?=\S*/))")  # what follows a reason's own words


@lru_cache
def words(language: str) -> Mapping[str, Mapping[str, Any]]:
    """All words of the page that are not the document's, by section (``words/sheet.<language>.toml``)."""
    path = resources.files("minshi_analysis") / "words" / f"sheet.{language}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def reason_in(reason: str, words: Mapping[str, Mapping[str, Any]]) -> str:
    """A reason in the words of a language, with what it is about as it stands; one that is not listed as it is.

    Examples
    --------
    >>> reason_in("no role is known for this head: 督查得分", words("zh"))
    '不认识这个表头（督查得分）'
    """
    known = {**words["tables"], **words["reasons"]}
    if reason in known:
        return known[reason]
    own, *rest = _BEHIND.split(reason, maxsplit=1)
    if own not in known:
        return _sentence(reason, words)
    return f"{known[own]}（{reason_in(rest[1].rstrip(')'), words)}）"


def reason_said(reason: str, lang: str) -> str:
    """A reason in the language of a page: in Chinese as the reading sheet says it, in English as it is kept.

    Examples
    --------
    >>> reason_said("a heading", "zh"), reason_said("a heading", "en")
    ('标题', 'a heading')
    """
    return reason_in(reason, words(lang)) if lang == "zh" else reason


def _sentence(text: str, words: Mapping[str, Mapping[str, Any]]) -> str:
    for phrase, said in words["phrases"].items():
        text = re.sub(phrase, said, text)
    return text


def safe(text: object) -> str:
    """Words for the page: escaped, and signs that would turn or break a line of it made visible."""
    return escape(_UNSHOWN.sub("\ufffd", str(text)))


class Saying:
    """What is said of the figures of one reading, in one language.

    Attributes
    ----------
    words : mapping
        The page's words.
    records : mapping of table to list of dict
        The rows that are shown, with what they hold.
    """

    def __init__(self, reading: Reading, language: str):
        self.words, self._language, self._reading = words(language), language, reading
        self.entries = reading.ledger.entries
        self.records = {name: _shown(reading.tables[name]) for name in SHOWN if name in reading.tables}
        self._by_id: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for name, rows in self.records.items():
            for row in rows:
                for key in {row[k] for k in KEYS if row.get(k)}:
                    self._by_id[name, key].append(row)
        sure = reading.tables["confidence"]
        self._sure = dict(
            zip(sure["row_id"], zip(sure["confidence"], sure["reasons"], strict=True), strict=True)
        )
        self._doubts = [self.confidence(e.row_id) if e.state == "read" else None for e in self.entries]

    def told(self, i: int) -> str:
        """All that is said of a figure, in one line."""
        entry, page = self.entries[i], self.words["page"]
        state = self.words["states"]["doubted" if self.is_doubted(i) else entry.state]
        if entry.what not in self.words["tables"]:
            return f"{state}：{self.why(entry.what)}"
        parts = [f"{state}：{self.words['tables'][entry.what]} {entry.row_id}"]
        parts += (self._told_row(row) for row in self._rows_of(entry))
        if (doubt := self._doubts[i]) is not None:
            parts.append(f"{page['confidence']} {doubt[0]:.2f}")
            parts += [self.why(reason) for reason in doubt[1]]
        return page["between"].join(part for part in parts if part)

    def value(self, column: str, value: object) -> str:
        """A row's value in words; nothing where it says what goes without saying."""
        if column in _TERMS:
            return term(_TERMS[column], value, self._language)
        codes = self.words["codes"].get(column.removeprefix("baseline_"), {})
        if isinstance(value, bool):
            return codes.get("yes", "") if value else ""
        return codes.get(value, f"{value:.10g}" if isinstance(value, float) else str(value))

    def confidence(self, row_id: str) -> tuple[float, list[str]] | None:
        """How sure the reader is of a row, and what it doubts."""
        found = self._sure.get(row_id) or self._sure.get(row_id.partition("#")[0])
        if found is None:
            return None
        reasons = found[1] if isinstance(found[1], str) else ""
        return float(found[0]), [reason for reason in reasons.split("; ") if reason]

    def is_doubted(self, i: int) -> bool:
        """Whether a figure is in a row of which the reader is not sure."""
        doubt = self._doubts[i]
        return doubt is not None and doubt[0] < SURE

    def why(self, reason: str) -> str:
        """A reason in the page's language."""
        return reason_in(reason, self.words)

    def sentence(self, text: str) -> str:
        """What the reader of the file says of it, in the page's language as far as its phrases are listed."""
        return _sentence(text, self.words)

    def guess(self, line: str) -> str:
        """Where the identity of the document was found: a line of `Identity.told`."""
        name, _, rest = line.partition(": ")
        value, bracket, how = rest.rpartition(" (") if rest.endswith(")") else (rest, "", "")
        if name == "region":
            value = re.sub(r"(?<= )[a-z]+$", lambda level: term("level", level[0], self._language), value)
        elif name == "kind":
            value = term(name, value, self._language)
        elif name == "stage":
            value = self.value(name, value)
        else:
            value = value.replace(" to ", "–") if name == "year" else value
        label = self.words["columns"].get(name, name)
        return f"{label}：{value}" + (f"（{self.sentence(how[:-1])}）" if bracket else "")

    def _told_row(self, row: Mapping[str, Any]) -> str:
        columns = self.words["columns"]
        said = {name: self.value(name, row[name]) for name in _ABOUT_FIGURE if name in row}
        told = [f"{columns[name]} {word}" for name, word in said.items() if word]
        if not row.keys() & {"year", "target_year", "due", "as_of", "start_year"}:
            year = self._reading.tables["documents"]["year"].iloc[0]
            told.append(f"{self.words['page']['period']} {year}")
        return "，".join(told)

    def _rows_of(self, entry: Entry) -> list[dict[str, Any]]:
        """The rows that a figure is in: of those with its id, those at its place with its number."""
        rows = self._by_id.get((entry.what, entry.row_id), [])
        if self._reading.document.plain:
            here = [
                r
                for r in rows
                if r.get("source_start", 0) < entry.end and r.get("source_end", 0) > entry.start
            ]
        else:
            here = [r for r in rows if r.get("source_ref") == entry.ref]
        rows = here or rows
        right = [r for r in rows if any(same_number(entry.text, r[n]) for n in _NUMBERS if n in r)]
        return (right or rows)[:3]


def _shown(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with what they hold: no missing values."""
    return [
        {name: value for name, value in row.items() if value is not None and value == value}
        for row in table.astype(object).where(table.notna(), None).to_dict("records")
    ]
