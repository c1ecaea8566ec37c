"""The page of a source document: what it prints, line by line or cell by cell, with every cited figure marked.

It lies beside the reports, so that a reader without the command line can look up each figure: a place that a report names is
an anchor here (`minshi_analysis.notebook.links.anchor`). Corrections are shown where they were made; what was not
understood is marked too.
"""

from __future__ import annotations

import re
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from minshi_analysis.account.grids import drawn
from minshi_analysis.account.sheet_words import reason_said
from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph
from minshi_analysis.reading.text import decode
from minshi_analysis.reasons import say
from minshi_analysis.reports.frame import Frame, framed
from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.officials import hidden
from minshi_analysis.reports.task import Place, SourceDocument

__all__ = ["source_page"]

LONGEST = 300_000  # characters: of a longer document only the lines around what is cited are shown
_AROUND = 3  # of such lines
_IDS = 4  # ids of rows beside a line
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def source_page(source: SourceDocument, glyphs: Glyphs) -> bytes:
    """The page of a source document.

    Examples
    --------
    >>> plan = SourceDocument("plan", "计划", "plan.txt", "停车位500个".encode(), (), (Place(3, 7, "", "targets", "plan/1.1#1"),))
    >>> '<mark id="s3-7" title="目标 1.1#1">500个</mark>' in source_page(plan, Glyphs()).decode()
    True
    """
    lang = source.lang
    cited = [place for place in source.places if place.table not in ("patches", "unread")]
    body = "\n".join(
        (
            f'<h1 lang="zh-Hans">{_safe(source.title)}</h1>',
            f'<p class="lead">{_safe(say("pages.source_lead", lang, file=source.file, places=len({p.anchor for p in cited})))}</p>',
            f'<p class="lead">{_safe(say("pages.source_names", lang))}</p>' if source.hidden else "",
            _about(source),
            _corrections(source),
            f"<h2>{_safe(say('pages.source_text', lang))}</h2>",
            f'<div class="source" lang="zh-Hans">\n{"".join(_drawn(source))}</div>',
        )
    )
    title = f"{source.title} · {say('pages.source', lang)}"
    frame = Frame(title, lang=lang, root="../", others=dict(source.others), wide=True, date=source.date)
    return framed(frame, body, glyphs)


def _safe(text: object) -> str:
    """Words for the page: escaped, and signs that would turn or break a line of it made visible."""
    return escape(_UNSHOWN.sub("\ufffd", str(text)))


def _about(source: SourceDocument) -> str:
    parts = []
    for word, value in source.about:
        shown = _safe(value)
        if re.match(r"https?://", value):
            shown = f'<a href="{shown}" rel="noreferrer">{shown}</a>'
        parts.append(f"<dt>{_safe(word)}</dt><dd>{shown}</dd>")
    return f"<dl>{''.join(parts)}</dl>" if parts else ""


def _corrections(source: SourceDocument) -> str:
    lang, found = source.lang, [place for place in source.places if place.table == "patches"]
    if not found:
        return ""
    items = "".join(
        f'<li><a href="#{escape(place.anchor)}">{_safe(place.row_id)}</a> <del>{_safe(place.printed)}</del> '
        f"{_inserted(place, lang)}<br>{_safe(place.told)}</li>"
        for place in found
    )
    return f"<h2>{_safe(say('pages.corrections', lang))}</h2>\n<ul>{items}</ul>"


def _inserted(place: Place, lang: str) -> str:
    return f"<ins>{_safe(place.corrected or say('pages.deleted', lang))}</ins>"


def _drawn(source: SourceDocument) -> Iterator[str]:
    if Path(source.file).suffix.lower() in (".txt", ".md"):
        return _Lines(source).drawn()
    return _blocks(source)


# --- a text: lines


class _Lines:
    """A text's numbered lines, with marks that may hold one another."""

    def __init__(self, source: SourceDocument):
        self._source = source
        self._text = hidden(decode(source.data, source.file), source.hidden)
        spans: dict[tuple[int, int], list[Place]] = {}
        for place in source.places:
            if place.start is not None:
                spans.setdefault((place.start, place.end or place.start), []).append(place)
        self._spans = sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1]))

    def drawn(self) -> Iterator[str]:
        start, hidden = 0, 0
        shown = self._shown() if len(self._text) > LONGEST else None
        open_: list[tuple[tuple[int, int], list[Place]]] = []
        ahead = 0
        for number, line in enumerate(self._text.split("\n"), 1):
            end = start + len(line)
            while ahead < len(self._spans) and self._spans[ahead][0][0] <= end:
                open_.append(self._spans[ahead])
                ahead += 1
            here = [span for span in open_ if span[0][1] > start or span[0][0] >= start]
            open_ = [span for span in here if span[0][1] > end]
            if shown is not None and number not in shown:
                hidden += 1
            else:
                yield from self._left_out(hidden)
                hidden = 0
                yield self._line(number, start, line, here)
            start = end + 1
        yield from self._left_out(hidden)

    def _shown(self) -> set[int]:
        ends = [found.start() for found in re.finditer("\n", self._text)]
        cited = {bisect_left(ends, span[0]) + 1 for span, _ in self._spans}
        return {line + by for line in cited for by in range(-_AROUND, _AROUND + 1)}

    def _left_out(self, lines: int) -> Iterator[str]:
        if lines:
            yield f'<p class="lead">{_safe(say("pages.left_out", self._source.lang, lines=lines))}</p>\n'

    def _line(
        self, number: int, start: int, line: str, spans: Sequence[tuple[tuple[int, int], list[Place]]]
    ) -> str:
        rows = dict.fromkeys(
            _short(place.row_id).partition("@")[0]  # a share stands with its target
            for (begin, _), places in spans
            for place in places
            if begin >= start and place.row_id and place.table not in ("patches", "unread", "checks")
        )
        ids = " ".join([*list(rows)[:_IDS], *(["…"] if len(rows) > _IDS else [])])
        return (
            f'<div class="line" id="L{number}"><a class="no" href="#L{number}">{number}</a>'
            f'<span class="text">{self._marked(start, line, spans)}</span><span class="ids">{_safe(ids)}</span></div>\n'
        )

    def _marked(self, start: int, line: str, spans: Sequence[tuple[tuple[int, int], list[Place]]]) -> str:
        """The line with marks: one that reaches out of the one that holds it is cut there."""
        out: list[str] = []
        closing: list[tuple[int, str]] = []
        at, end = start, start + len(line)

        def up_to(place: int) -> None:
            nonlocal at
            while closing and closing[-1][0] <= place:
                stop, tail = closing.pop()
                out.extend((_safe(line[at - start : stop - start]), tail))
                at = stop
            out.append(_safe(line[at - start : place - start]))
            at = place

        for (begin, stop), places in spans:
            inner = max(begin, start)
            up_to(max(inner, at))
            stop = min(stop, end, *(each for each, _ in closing))
            head, tail = _mark(
                places,
                self._source.lang,
                first=begin >= start,
                last=places[0].end is not None and stop >= places[0].end,
            )
            out.append(head)
            closing.append((max(stop, at), tail))
        up_to(end)
        return "".join(out)


def _mark(places: Sequence[Place], lang: str, *, first: bool, last: bool) -> tuple[str, str]:
    """The tags of a span: a correction is struck out with what it should be behind it, all else is marked."""
    named = f' id="{escape(places[0].anchor)}"' if first else ""
    patch = next((place for place in places if place.table == "patches"), None)
    if patch:
        behind = f" {_inserted(patch, lang)}" if last else ""
        return f'<del{named} title="{_safe(patch.told)}">', f"</del>{behind}"
    looks = ' class="unread"' if all(place.table == "unread" for place in places) else ""
    return f'<mark{named}{looks} title="{_safe(_told(places, lang))}">', "</mark>"


def _told(places: Sequence[Place], lang: str) -> str:
    """The rows that cite a place, a line each."""
    told = ((say("pages.row", lang, table=p.table), _short(p.row_id), _figure(p, lang)) for p in places)
    return "\n".join(dict.fromkeys(" ".join(part for part in parts if part) for parts in told))


def _figure(place: Place, lang: str) -> str:
    return reason_said(place.told, lang) if place.table == "unread" else place.told


def _short(row_id: str) -> str:
    return row_id.partition("/")[2] or row_id


# --- any other document: paragraphs and cells


def _blocks(source: SourceDocument) -> Iterator[str]:
    at: dict[str, list[Place]] = {}
    for place in source.places:
        at.setdefault(place.ref, []).append(place)
    met: set[str] = set()
    for block in _read(source).blocks:
        if isinstance(block, Grid):
            rows = ("".join(_cell(*each, at, met, source) for each in row) for row in drawn(block))
            body = "".join(f"<tr>{row}</tr>\n" for row in rows)
            label = _safe(say("pages.source_table", source.lang, ref=block.ref))
            yield f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>{body}</table></div>\n'
        elif block.text.strip():
            yield f"<p{_named(block, met)}>{_words(block, at.get(block.ref, ()), source)}</p>\n"


def _read(source: SourceDocument) -> Document:
    from minshi_analysis.reading import read

    with tempfile.TemporaryDirectory(prefix="minshi-") as folder:
        path = Path(folder, source.file)
        path.write_bytes(source.data)
        return read(path)


def _cell(
    cell: Cell, down: int, across: int, at: dict[str, list[Place]], met: set[str], source: SourceDocument
) -> str:
    span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    if not cell:
        return f"<td{span}></td>"
    return f"<td{span}{_named(cell, met)}>{_words(cell, at.get(cell.ref, ()), source)}</td>"


def _named(block: Cell | Paragraph, met: set[str]) -> str:
    if not block.ref or block.ref in met:
        return ""
    met.add(block.ref)
    return f' id="{escape(block.ref)}" data-ref="{escape(block.ref)}"'


def _words(block: Cell | Paragraph, places: Iterable[Place], source: SourceDocument) -> str:
    """The words of a cell or paragraph; what they are is known of it as a whole."""
    places = list(places)
    text, lang = _safe(hidden(block.text, source.hidden)), source.lang
    for patch in (place for place in places if place.table == "patches"):
        printed = _safe(patch.printed)
        text = text.replace(
            printed, f'<del title="{_safe(patch.told)}">{printed}</del> {_inserted(patch, lang)}', 1
        )
    rows = [place for place in places if place.table != "patches"]
    if not rows:
        return text
    looks = ' class="unread"' if all(place.table == "unread" for place in rows) else ""
    return f'<mark{looks} title="{_safe(_told(rows, lang))}">{text}</mark>'
