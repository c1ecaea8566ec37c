"""The reading sheet: a document as it is printed, with every figure marked by where the ledger says it went.

One HTML file that needs no network. What the document says comes from anywhere, so every word of it is escaped, and the
page's policy runs no script and loads no style or font but its own.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from minshi_analysis.account.grids import drawn
from minshi_analysis.account.sheet_rows import Rows
from minshi_analysis.account.sheet_words import Saying, safe
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

if TYPE_CHECKING:
    from minshi_analysis.intake.reader import Reading
    from minshi_analysis.reading.corrections import Cut

__all__ = ["Sheet", "in_folder", "sheet", "sheet_of"]

_KEYS = ("next", "previous", "correct", "help", "close")
_COUNTED = 300_000  # characters of a text up to which it is asked whether a line stands in it once
_LONG = 40  # characters from which on a cell has room
_LINES = 3  # lines of a text by which a place in it is told from others


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
        in_folder(path)
        scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
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


def in_folder(path: Path) -> None:
    """Refuse a file for a sheet in a folder that is not there."""
    if not path.parent.is_dir():
        raise ValueError(f"{path.parent} is no folder: make it, or name another file for the sheet")


def sheet(path: str | Path, **known: Any) -> Sheet:
    """The reading sheet of a document: every printed figure, and where it went.

    Parameters
    ----------
    path : str or Path
        A file; or the id of a document of the catalogue, which is shown as its corrections leave it.
    **known : optional
        What is known of a file, as for `read_document`.

    Examples
    --------
    >>> sheet("data/raw/wenzhou-2022-plan.txt").html.startswith("<!DOCTYPE html>")
    True
    >>> "更正" in sheet("wenzhou-2022-plan").html
    True
    """
    from minshi_analysis import catalogue
    from minshi_analysis.intake.reader import read_catalogued, read_whole

    if known or Path(path).suffix or Path(path).exists():
        return sheet_of(read_whole(path, **known))
    return sheet_of(read_catalogued(catalogue.known(catalogue.find_project(), str(path))))


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
    return Sheet(_Page(reading, language).html())


@lru_cache
def _part(name: str) -> str:
    return (resources.files("minshi_analysis.account") / "templates" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _font(text: str) -> str:
    """The rule of a font with the characters of a text; "" where the extra for reports is not installed.

    Without it the page is set in a font of the machine, and the same in all other respects.
    """
    from minshi_analysis.fonts import MissingFont

    try:
        address = _glyphs().data_url(set(text))
    except (ImportError, MissingFont):
        return ""
    return f"@font-face{{font-family:Sheet;src:url({address})}}"


@lru_cache
def _glyphs():
    from minshi_analysis.reports.glyphs import Glyphs

    return Glyphs()


class _Page:
    """The page of one reading, part by part."""

    def __init__(self, reading: Reading, language: str):
        self._reading = reading
        self._saying = Saying(reading, language)
        self._words = self._saying.words
        self._page = self._words["page"]
        self._entries = self._saying.entries
        self._starts = [entry.start for entry in self._entries]
        self._cut_ends = [cut.end for cut in reading.cuts]
        self._line_ends = [found.start() for found in re.finditer("\n", reading.document.text)]

    def html(self) -> str:
        page, rows = self._page, Rows(self._reading, self._saying)
        about = self._reading.tables["documents"].iloc[0]
        script = _part("sheet.js")
        parts = {
            "lang": page["lang"],
            "title": safe(f"{about['title']} · {page['name']}"),
            "doc_id": safe(about["doc_id"]),
            "counts": self._counts(),
            "guessed": self._list(safe(self._saying.guess(line)) for line in self._reading.found),
            "warnings": self._warnings(),
            "document": "\n".join(self._blocks()),
            "rows": "\n".join(rows.tables()),
            "parts": self._list(rows.parts()),
            "corrections": self._corrections(),
            "help": "".join(f"<div>{safe(page[f'key_{name}'])}</div>" for name in _KEYS),
            "script": script,
            "script_hash": _hash(script),
        }
        parts |= {f"say_{name}": safe(word) for name, word in page.items()}
        body = Template(_part("sheet.html"))
        style = _font(body.safe_substitute(parts)) + _part("sheet.css")
        return body.substitute(parts, style=style, style_hash=_hash(style))

    def _list(self, items: Iterable[str]) -> str:
        found = "".join(f"<li>{item}</li>" for item in items)
        return f"<ul>{found}</ul>" if found else f"<p class='soft'>{safe(self._page['none'])}</p>"

    def _warnings(self) -> str:
        told = [safe(self._saying.sentence(said)) for said in self._reading.document.warnings]
        return f"<h2>{safe(self._page['warnings'])}</h2>{self._list(told)}" if told else ""

    # --- counts

    def _counts(self) -> str:
        counts = Counter({state: self._reading.ledger.count(state) for state in ("read", "aside", "unread")})
        counts["doubted"] = sum(self._saying.is_doubted(i) for i in range(len(self._entries)))
        counts["read"] -= counts["doubted"]
        top = "".join(
            f'<li><mark class="{state}">{safe(word)}</mark> <b data-count="{state}">{counts[state]}</b></li>'
            for state, word in self._words["states"].items()
        )
        why: Counter[tuple[str, str]] = Counter()
        for (state, what), number in self._reading.ledger.counts.items():
            if state != "read":
                why[state, self._saying.why(what)] += number
        lines = (
            f"{safe(self._words['states'][state])} · {safe(what)}：{number}"
            for (state, what), number in sorted(why.items(), key=lambda pair: (pair[0][0], -pair[1]))
        )
        more = f"<details><summary>{safe(self._page['more'])}</summary>{self._list(lines)}</details>"
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
                yield f"<{tag}{self._anchor(block)}>{self._marked(block)}{self._mended(block)}</{tag}>"

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
                    again = f" <span class='soft'>{safe(self._page['again'])}</span>"
                    cells.append(f"<td{span}>{safe(cell.text)}{again}</td>")
                else:
                    met.add(cell.start)
                    cells.append(
                        f"<td{span}{self._anchor(cell)}>{self._marked(cell)}{self._mended(cell)}</td>"
                    )
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f'<div class="wide"><table>{"".join(rows)}</table></div>'

    def _anchor(self, block: Cell | Paragraph) -> str:
        """What a place on the page is called, and, where figures stand in it, what a correction of it says."""
        if self._cuts(block):
            said = " data-mended"
        elif block.ref:
            said = f' data-ref="{safe(block.ref)}"'
        elif self._within(block):
            where, first, last = self._where(block)
            printed = self._reading.document.text[first:last]
            more = f' data-printed="{safe(printed)}" data-at="{block.start - first}"'
            said = f' data-where="{safe(where)}"' + (more if printed != block.text else "")
            said = said.replace("\r", "&#13;")
        else:
            said = ""
        return f' id="b{block.start}" tabindex="-1"{said}'

    def _cuts(self, block: Cell | Paragraph) -> Sequence[Cut]:
        """The declared corrections that changed a block."""
        cuts = self._reading.cuts
        first = bisect_left(self._cut_ends, block.start)
        last = next((i for i in range(first, len(cuts)) if cuts[i].start > block.end), len(cuts))
        return cuts[first:last]

    def _mended(self, block: Cell | Paragraph) -> str:
        """A sign behind the block that a correction begins in; it says what was printed and why that was changed."""
        begun = (cut for cut in self._cuts(block) if block.start <= cut.start <= block.end)
        word = safe(self._page["correct"])
        return "".join(f'<ins tabindex="0" title="{safe(self._told(cut))}">{word}</ins>' for cut in begun)

    def _told(self, cut: Cut) -> str:
        said = cut.correction
        return self._page["mended"].format(said.printed.strip(), said.corrected.strip(), said.reason)

    def _corrections(self) -> str:
        """The declared corrections, each with where it stands."""
        if not self._reading.cuts:
            return ""
        told = (safe(f"{cut.correction.where}。{self._told(cut)}") for cut in self._reading.cuts)
        return f"<h2>{safe(self._page['corrections'])}</h2>{self._list(told)}"

    def _where(self, block: Cell | Paragraph) -> tuple[str, int, int]:
        """The line of a text that a block stands in, and from where to where its words stand in the text once: the block,
        its line, or a line or two more."""
        text = self._reading.document.text
        where = self._page["line"].format(bisect_left(self._line_ends, block.start) + 1)
        first, last = block.start, block.end
        for _ in range(_LINES):
            words = text[first:last]
            if len(text) > _COUNTED or (text.find(words) == first and text.find(words, first + 1) < 0):
                break
            first = text.rfind("\n", 0, max(0, first - 1)) + 1
            last = text.find("\n", last) if text.find("\n", last) >= 0 else len(text)
        return where, first, last

    def _marked(self, block: Cell | Paragraph) -> str:
        """A block's words with the figures in them marked; the ledger has them in the order of the text."""
        pieces, done = [], block.start
        for i in self._within(block):
            entry = self._entries[i]
            pieces.append(safe(block.text[done - block.start : entry.start - block.start]))
            pieces.append(self._mark(i, block.text[entry.start - block.start : entry.end - block.start]))
            done = entry.end
        pieces.append(safe(block.text[done - block.start :]))
        return "".join(pieces)

    def _within(self, block: Cell | Paragraph) -> range:
        first = bisect_left(self._starts, block.start)
        return range(first, bisect_left(self._starts, block.end, first))

    def _mark(self, i: int, text: str) -> str:
        entry = self._entries[i]
        looks = "doubted" if self._saying.is_doubted(i) else entry.state
        row = f' data-row="{safe(entry.row_id)}"' if entry.row_id else ""
        return (
            f'<mark id="f{i}" class="{looks}" tabindex="0" data-state="{entry.state}"{row} '
            f'title="{safe(self._saying.told(i))}">{safe(text)}</mark>'
        )
