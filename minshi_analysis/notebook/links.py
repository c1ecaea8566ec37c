"""Links in what a notebook shows, written in the text itself as Markdown writes them.

A cell or a sentence may hold ``[57行](source:doc#s10-20)``, the place in the page of a source document that lies beside
the reports, or ``[4.3](row:doc/4.3)``, a row of a table on the same page. With ``^`` before it a link is a note: it
stands behind its sentence and is no part of its words. Text of documents cannot make a link to anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import quote

__all__ = ["anchor", "bare", "cite", "html", "rows_of", "to_row", "to_source"]

_LINK = re.compile(r"(\^?)\[([^\[\]]*)\]\((source|row):([^()\s]+)\)")
_NOTES = 4  # links behind a sentence


def anchor(start: Any, end: Any, ref: object = None) -> str:
    """The name of a place in the page of a source: the cell or paragraph of its reference, else the span of characters.

    Examples
    --------
    >>> anchor(10, 20), anchor(10, 20, "t1/r2/c3"), anchor(None, None)
    ('s10-20', 't1/r2/c3', '')
    """
    if isinstance(ref, str) and ref:
        return ref
    return "" if start is None or start != start else f"s{int(start)}-{int(start if end != end else end)}"


def to_source(text: str, doc_id: str, place: str, row: str = "") -> str:
    """A text that leads to a place in a source; `row` is the id of the row that it is the place of.

    Examples
    --------
    >>> to_source("57行", "city-plan", "s10-20", "city-plan/4.3")
    '[57行](source:city-plan#s10-20?city-plan/4.3)'
    """
    about = f"?{quote(row, safe='/@=:')}" if row else ""
    return f"[{text}](source:{quote(doc_id)}#{quote(place, safe='/')}{about})"


def to_row(text: str, row: str) -> str:
    """A text that leads to a row of a table on the same page.

    Examples
    --------
    >>> to_row("4.3", "city-plan/4.3")
    '[4.3](row:city-plan/4.3)'
    """
    return f"[{text}](row:{quote(row, safe='/@=:')})"


def cite(sentence: str, rows: Iterable[str]) -> str:
    """A sentence with links to the first rows that it rests on behind it.

    Examples
    --------
    >>> cite("最大的一笔是道路。", ["city-plan/4.3"])
    '最大的一笔是道路。^[4.3](row:city-plan/4.3)'
    """
    kept = list(dict.fromkeys(row for row in rows if isinstance(row, str)))[:_NOTES]
    return (
        sentence + "".join(f"^{to_row(row.partition('/')[2] or row, row)}" for row in kept)
        if sentence
        else ""
    )


def bare(text: str) -> str:
    """The text without its links: their words stay, notes go.

    Examples
    --------
    >>> bare("4.3，[57行](source:plan#s10-20)。^[4.3](row:plan/4.3)")
    '4.3，57行。'
    """
    return _LINK.sub(lambda found: "" if found[1] else found[2], text)


def rows_of(text: str) -> list[str]:
    """The ids of the rows whose places a text leads to, quoted as in addresses.

    Examples
    --------
    >>> rows_of("[57行](source:plan#s10-20?plan/4.3%231)")
    ['plan/4.3%231']
    """
    return [
        row
        for _, _, kind, to in _LINK.findall(text)
        if kind == "source"
        for row in [to.partition("?")[2]]
        if row
    ]


def html(text: str) -> str:
    """The text as HTML, escaped, with its links.

    Examples
    --------
    >>> html("<b> [57行](source:plan#s10-20)")
    '&lt;b&gt; <a href="../sources/plan.html#s10-20">57行</a>'
    """
    parts, done = [], 0
    for found in _LINK.finditer(text):
        parts += [escape(text[done : found.start()]), _element(*found.groups())]
        done = found.end()
    return "".join([*parts, escape(text[done:])])


def _element(note: str, text: str, kind: str, to: str) -> str:
    doc_id, _, place = to.partition("?")[0].partition("#")
    address = f"../sources/{doc_id}.html#{place}" if kind == "source" else f"#row:{to}"
    shown = f'<a href="{escape(address)}">{escape(text)}</a>'
    return f' <small class="cite">{shown}</small>' if note else shown
