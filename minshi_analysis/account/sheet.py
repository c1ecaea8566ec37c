"""The reading sheet: a document as it is printed, with every figure marked by where the ledger says it went.

One HTML file that needs no network. What the document says comes from anywhere, so every word of it is escaped, and the
page's policy runs no script and loads no style but its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from minshi_analysis.account.grids import drawn
from minshi_analysis.account.ledger import Entry, same_number
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

if TYPE_CHECKING:
    import pandas as pd

    from minshi_analysis.intake.reader import Reading

__all__ = ["Sheet", "sheet", "sheet_of"]

SURE = 0.8  # a row that is less sure is doubted
_SHOWN = (
    "targets", "outcomes", "allocations", "milestones", "funding", "indicators", "observations", "investments",
    "totals", "tasks",
)  # fmt: skip
_KEYS = ("target_id", "funding_id", "indicator_id", "investment_id", "task_id", "subject")
_ABOUT_FIGURE = (
    "name", "sub_name", "measure", "region", "funder_printed", "value", "upper", "unit", "bound", "amount_wan",
    "rate_claimed", "baseline_year", "baseline", "target_year", "target", "year", "due", "as_of", "total_yi",
    "plan_period_yi", "subject",
)  # fmt: skip
_NUMBERS = (
    "value",
    "upper",
    "amount_wan",
    "rate_claimed",
    "baseline",
    "target",
    "total_yi",
    "plan_period_yi",
)
_PLACE = frozenset({"doc_id", "source_start", "source_end", "source_ref"})
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BEHIND = re.compile(r"(: | \(|, under | in (?=\S*/))")  # what follows a reason's own words


@dataclass(frozen=True)
class Sheet:
    """A reading sheet; in a notebook it shows itself.

    Attributes
    ----------
    html : str
        The whole page.
    """

    html: str

    def save(self, path: str | Path) -> Path:
        """Write the page, whole or not at all."""
        path = Path(path)
        if not path.parent.is_dir():
            raise ValueError(f"{path.parent} is no folder: make it, or name another file for the sheet")
        scratch = path.with_name(f".{path.name}.part")
        try:
            scratch.write_text(self.html, "utf-8")
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
        return path

    def __repr__(self) -> str:
        return f"Sheet({len(self.html)} characters)"

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which can reach nothing of the notebook."""
        return (
            '<iframe sandbox="allow-scripts" style="width:100%;height:80vh;border:1px solid #999" '
            f'srcdoc="{escape(self.html)}"></iframe>'
        )


def sheet(path: str | Path, **known: Any) -> Sheet:
    """The reading sheet of a document: every printed figure, and where it went.

    Parameters
    ----------
    path : str or Path
    **known : optional
        What is known of it, as for `read_document`.

    Examples
    --------
    >>> sheet("data/raw/wenzhou-2022-plan.txt").html.startswith("<!DOCTYPE html>")
    True
    """
    from minshi_analysis.intake.reader import read_whole

    return sheet_of(read_whole(path, **known))


def sheet_of(reading: Reading, language: str = "zh") -> Sheet:
    """The reading sheet of a document that has been read.

    Raises
    ------
    ValueError
        The document is too long: its ledger counts the figures, but does not keep them.
    """
    if reading.ledger.counts and not reading.ledger.entries:
        raise ValueError(
            "the document is too long for a reading sheet: leave out --sheet, or cut the document into parts"
        )
    return Sheet(_Page(reading, words(language)).html())


@lru_cache
def words(language: str) -> Mapping[str, Mapping[str, str]]:
    """All words of the page that are not the document's, by section (``words/sheet.<language>.toml``)."""
    path = resources.files("minshi_analysis") / "words" / f"sheet.{language}.toml"
    return tomllib.loads(path.read_text("utf-8"))


@lru_cache
def _part(name: str) -> str:
    return (resources.files("minshi_analysis.account") / "templates" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _safe(text: object) -> str:
    """Words for the page: escaped, and signs that would turn or break a line of it made visible."""
    return escape(_UNSHOWN.sub("\ufffd", str(text)))


def _said(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


class _Page:
    """The page of one reading, part by part."""

    def __init__(self, reading: Reading, said: Mapping[str, Mapping[str, str]]):
        self._reading, self._words = reading, said
        self._page = said["page"]
        self._entries = reading.ledger.entries
        self._next = 0
        self._first: dict[str, int] = {}
        for i, entry in enumerate(self._entries):
            self._first.setdefault(entry.row_id, i)
        self._records = {name: self._shown(reading.tables[name]) for name in _SHOWN if name in reading.tables}
        self._by_id: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for name, rows in self._records.items():
            for row in rows:
                for key in {row[k] for k in ("target_id", *_KEYS) if row.get(k)}:
                    self._by_id[name, key].append(row)
        sure = reading.tables["confidence"]
        self._sure = dict(
            zip(sure["row_id"], zip(sure["confidence"], sure["reasons"], strict=True), strict=True)
        )
        self._doubts = [self._confidence(e.row_id) if e.state == "read" else None for e in self._entries]

    def html(self) -> str:
        style, script, page = _part("sheet.css"), _part("sheet.js"), self._page
        title = str(self._reading.tables["documents"]["title"].iloc[0])
        help_ = "".join(
            f"<div>{_safe(page[k])}</div>" for k in ("key_next", "key_previous", "key_help", "key_close")
        )
        signs = (("previous", "previous", "‹ p"), ("next", "next", "n ›"), ("ask", "help", "?"))
        return Template(_part("sheet.html")).substitute(
            lang=page["lang"],
            title=_safe(f"{title} · {page['name']}"),
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            counts_head=_safe(page["counts"]),
            counts=self._counts(),
            guessed_head=_safe(page["guessed"]),
            guessed=self._list(self._guess(line) for line in self._reading.found),
            warnings=self._warnings(),
            document_head=_safe(page["document"]),
            document="\n".join(self._blocks()),
            rows_head=_safe(page["rows"]),
            rows="\n".join(self._tables()),
            parts_head=_safe(page["parts"]),
            parts=self._list(self._parts()),
            help=help_,
            hint=_safe(page["hint"]),
            buttons="".join(
                f'<button id="{name}" type="button" title="{_safe(page[word])}" aria-label="{_safe(page[word])}">{sign}</button>'
                for name, word, sign in signs
            ),
        )

    def _list(self, items: Iterable[str]) -> str:
        found = "".join(f"<li>{item}</li>" for item in items)
        return f"<ul>{found}</ul>" if found else f"<p class='soft'>{_safe(self._page['none'])}</p>"

    def _guess(self, line: str) -> str:
        name, colon, rest = line.partition(": ")
        return _safe(self._words["columns"].get(name, name) + colon + rest)

    def _warnings(self) -> str:
        told = self._reading.document.warnings
        return f"<h2>{_safe(self._page['warnings'])}</h2>{self._list(map(_safe, told))}" if told else ""

    # --- counts

    def _counts(self) -> str:
        counts = Counter({state: self._reading.ledger.count(state) for state in ("read", "aside", "unread")})
        counts["doubted"] = sum(self._is_doubted(i) for i in range(len(self._entries)))
        counts["read"] -= counts["doubted"]
        top = "".join(
            f'<li><mark class="{state}">{_safe(word)}</mark> <b data-count="{state}">{counts[state]}</b></li>'
            for state, word in self._words["states"].items()
        )
        why: Counter[tuple[str, str]] = Counter()
        for (state, what), number in self._reading.ledger.counts.items():
            if state != "read":
                why[state, self._why(what)] += number
        lines = (
            f"{_safe(self._words['states'][state])} · {_safe(what)}：{number}"
            for (state, what), number in sorted(why.items(), key=lambda pair: (pair[0][0], -pair[1]))
        )
        more = f"<details><summary>{_safe(self._page['more'])}</summary>{self._list(lines)}</details>"
        return f'<ul class="counts">{top}</ul>{more}'

    # --- the document

    def _blocks(self) -> Iterator[str]:
        """Paragraphs and tables in reading order, each place of the text once."""
        met: set[int] = set()
        for block in self._reading.document.blocks:
            if isinstance(block, Grid):
                yield self._grid(block, met)
            elif block.start not in met or not block.text.strip():
                met.add(block.start)
                tag = f"h{min(6, block.level + 2)}" if block.level else "p"
                yield f"<{tag}{self._anchor(block)}>{self._marked(block)}</{tag}>"

    def _grid(self, grid: Grid, met: set[int]) -> str:
        rows = []
        for row in drawn(grid):
            cells = []
            for cell, down, across in row:
                span = (f' rowspan="{down}"' if down > 1 else "") + (
                    f' colspan="{across}"' if across > 1 else ""
                )
                if not cell:
                    cells.append(f"<td{span}></td>")
                elif cell.start in met:
                    again = f" <span class='soft'>{_safe(self._page['again'])}</span>"
                    cells.append(f"<td{span}>{_safe(cell.text)}{again}</td>")
                else:
                    met.add(cell.start)
                    cells.append(f"<td{span}{self._anchor(cell)}>{self._marked(cell)}</td>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f'<div class="wide"><table>{"".join(rows)}</table></div>'

    def _anchor(self, block: Cell | Paragraph) -> str:
        ref = f' data-ref="{_safe(block.ref)}"' if block.ref else ""
        return f' id="b{block.start}" tabindex="-1"{ref}'

    def _marked(self, block: Cell | Paragraph) -> str:
        """A block's words with the figures in them marked; the ledger has them in the order of the text."""
        pieces, done = [], block.start
        for i in self._within(block):
            entry = self._entries[i]
            pieces.append(_safe(block.text[done - block.start : entry.start - block.start]))
            pieces.append(self._mark(i, block.text[entry.start - block.start : entry.end - block.start]))
            done = entry.end
        pieces.append(_safe(block.text[done - block.start :]))
        return "".join(pieces)

    def _within(self, block: Cell | Paragraph) -> range:
        first = bisect_left(self._starts, block.start)
        return range(first, bisect_left(self._starts, block.end, first))

    @cached_property
    def _starts(self) -> list[int]:
        return [entry.start for entry in self._entries]

    def _mark(self, i: int, text: str) -> str:
        entry = self._entries[i]
        looks = "doubted" if self._is_doubted(i) else entry.state
        row = f' data-row="{_safe(entry.row_id)}"' if entry.row_id else ""
        return (
            f'<mark id="f{i}" class="{looks}" tabindex="0" data-state="{entry.state}"{row} '
            f'title="{_safe(self._told(i))}">{_safe(text)}</mark>'
        )

    # --- what is said of a figure

    def _told(self, i: int) -> str:
        entry, between = self._entries[i], self._page["between"]
        state = self._words["states"]["doubted" if self._is_doubted(i) else entry.state]
        if entry.what not in self._words["tables"]:
            return f"{state}：{self._why(entry.what)}"
        parts = [f"{state}：{self._words['tables'][entry.what]} {entry.row_id}"]
        parts += (self._told_row(row) for row in self._rows_of(entry))
        if (doubt := self._doubts[i]) is not None:
            parts.append(f"{self._page['confidence']} {doubt[0]:.2f}")
            parts += [self._why(reason) for reason in doubt[1]]
        return between.join(part for part in parts if part)

    def _told_row(self, row: Mapping[str, Any]) -> str:
        columns = self._words["columns"]
        told = [f"{columns[name]} {_said(row[name])}" for name in _ABOUT_FIGURE if name in row]
        if not row.keys() & {"year", "target_year", "due", "as_of", "start_year"}:
            told.append(f"{self._page['period']} {self._reading.tables['documents']['year'].iloc[0]}")
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

    def _confidence(self, row_id: str) -> tuple[float, list[str]] | None:
        found = self._sure.get(row_id) or self._sure.get(row_id.partition("#")[0])
        if found is None:
            return None
        reasons = found[1] if isinstance(found[1], str) else ""
        return float(found[0]), [reason for reason in reasons.split("; ") if reason]

    def _is_doubted(self, i: int) -> bool:
        doubt = self._doubts[i]
        return doubt is not None and doubt[0] < SURE

    def _why(self, reason: str) -> str:
        """A reason in the page's language, with what it is about as it stands; one that is not listed as it is."""
        known = {**self._words["tables"], **self._words["reasons"]}
        if reason in known:
            return known[reason]
        own, *rest = _BEHIND.split(reason, maxsplit=1)
        if own not in known:
            return reason
        return f"{known[own]}（{self._why(rest[1].rstrip(')'))}）"

    # --- the rows

    @staticmethod
    def _shown(table: pd.DataFrame) -> list[dict[str, Any]]:
        """Rows with what they hold: no missing values."""
        return [
            {name: value for name, value in row.items() if value is not None and value == value}
            for row in table.astype(object).where(table.notna(), None).to_dict("records")
        ]

    def _tables(self) -> Iterator[str]:
        for number, (name, rows) in enumerate((n, r) for n, r in self._records.items() if r):
            held = {key for row in rows for key in row}
            columns = [c for c in self._reading.tables[name].columns if c in held and c not in _PLACE]
            if not any(row.get("patched") for row in rows):
                columns = [c for c in columns if c != "patched"]
            heads = "".join(f"<th>{_safe(self._words['columns'].get(c, c))}</th>" for c in columns)
            body = "".join(self._row(row, columns) for row in rows)
            yield (
                f"<details{' open' * (number == 0)}><summary>{_safe(self._words['tables'][name])} {len(rows)}</summary>"
                f'<div class="wide"><table data-table="{name}"><tr><th>{_safe(self._page["where"])}</th>{heads}</tr>'
                f"{body}</table></div></details>"
            )

    def _row(self, row: Mapping[str, Any], columns: Iterable[str]) -> str:
        row_id = next((row[key] for key in _KEYS if row.get(key)), "")
        cells = "".join(f"<td>{_safe(_said(row[c])) if c in row else ''}</td>" for c in columns)
        at = self._place(row, row_id)
        link = f'<a href="#{at}" aria-label="{_safe(self._page["where"])}">↦</a>' if at else ""
        return f'<tr data-row="{_safe(row_id)}"><td>{link}</td>{cells}</tr>'

    def _place(self, row: Mapping[str, Any], row_id: str) -> str:
        """Where a row stands on the page: at its first figure, or at the cell or paragraph of its words."""
        if row_id in self._first and row_id:
            return f"f{self._first[row_id]}"
        if self._reading.document.plain and "source_start" in row:
            i = bisect_right(self._block_starts, row["source_start"]) - 1
            return f"b{self._block_starts[i]}" if i >= 0 else ""
        start = self._refs.get(row.get("source_ref", ""))
        return "" if start is None else f"b{start}"

    def _parts(self) -> Iterator[str]:
        starts = self._block_starts
        for part in sorted(self._reading.unread, key=lambda part: part.start):
            i = bisect_right(starts, part.start) - 1
            text = _safe(part.text if len(part.text) <= 120 else part.text[:120] + "…")
            shown = f'<a href="#b{starts[i]}">{text}</a>' if i >= 0 and part.end > part.start else text
            yield f"{_safe(self._why(part.reason))}：{shown} <span class='soft'>{_safe(part.ref)}</span>"

    @cached_property
    def _block_starts(self) -> list[int]:
        """Where the blocks start that are drawn with an anchor."""
        return sorted({block.start for block in self._drawn()})

    @cached_property
    def _refs(self) -> dict[str, int]:
        return {block.ref: block.start for block in self._drawn() if block.ref}

    def _drawn(self) -> Iterator[Cell | Paragraph]:
        for block in self._reading.document.blocks:
            if isinstance(block, Grid):
                yield from (cell for row in block.rows for cell in row if cell)
            else:
                yield block
