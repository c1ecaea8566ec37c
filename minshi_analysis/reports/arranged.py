"""How a report is arranged for readers: empty sections vanish, long tables go to an appendix, links find their rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from minshi_analysis.reasons import say

__all__ = ["LONG", "arranged", "filled"]

LONG = 15  # rows of a table that goes to the appendix
_SECTION = re.compile(r'<h2 id="([^"]*)">([^<]*)<')
_TABLE = re.compile(r'<figure class="table"><figcaption id="([^"]*)">(.*?)</figcaption>(.*?)</figure>', re.S)
_ROW = re.compile(r'<tr id="([^"]*)"(?: data-row="([^"]*)")?>')
_TO_ROW = re.compile(r'<a href="#row:([^"]*)">(.*?)</a>', re.S)
_PICTURE = re.compile(r'<figure class="chart".*?</figure>|<img [^>]*src="data:image/png[^>]*>', re.S)
# A heading of a section behind which, but for the boxes of cells, the next one stands.
_HOLLOW = re.compile(r'<h2 id="[^"]*">(?:(?!</h2>).)*</h2>((?:\s|</?div[^>]*>)*<h2 )', re.S)
_FINDINGS = re.compile(r'<ul class="(headlines|findings)">.*?</ul>', re.S)
_FIRST = 3  # findings that stand before the first chart
_SENTENCE = re.compile(r"\A.*?(?:。|\. |\Z)", re.S)


def filled(cells: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The cells without sections whose code shows nothing; a section of words alone stays.

    Examples
    --------
    >>> head = {"cell_type": "markdown", "source": "## 钱"}
    >>> [len(filled([head, {"cell_type": "code", "outputs": shown}])) for shown in ([], [{"data": {}}])]
    [0, 2]
    """
    sections: list[list[Mapping[str, Any]]] = [[]]
    for cell in cells:
        if _opens(cell):
            sections.append([])
        sections[-1].append(cell)
    first, *rest = sections
    return [*first, *(cell for section in rest if _says(section) for cell in section)]


def _opens(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is a section's heading: in Markdown, or shown by code."""
    if cell["cell_type"] == "markdown":
        return cell["source"].startswith("## ")
    return any(
        str(each.get("data", {}).get("text/html", "")).startswith("<h2") for each in cell.get("outputs", ())
    )


def _says(section: Sequence[Mapping[str, Any]]) -> bool:
    code = [cell for cell in section if cell["cell_type"] == "code" and not _opens(cell)]
    if not code and section and section[0]["cell_type"] == "code":
        return len(section) > 1  # a heading and words
    return not code or any(
        output.get("name") != "stderr" for cell in code for output in cell.get("outputs", ())
    )


def arranged(html: str, lang: str = "zh", terms: str = "") -> str:
    """The body of a report: tables numbered, long ones at its end, a list of sections, links to rows resolved.

    `terms` is the address of the page that explains the words. Where there is one, the report leads to it below its title, and
    says what 民生实事 is where the notebook does not.
    """
    html = _with_contents(_linked(_with_tables(_with_chart_ahead(html), lang)), lang)
    if not terms:
        return html
    link = f'<a href="{escape(terms)}">{escape(say("pages.more_terms", lang))}</a>'
    above = html[html.find("</h1>") : html.find("<h2")]
    said = "" if "<p>" in above else f"{escape(say('pages.explained', lang))} "
    return html.replace("</h1>", f'</h1>\n<p class="lead">{said}{link}</p>', 1)


def _with_chart_ahead(html: str) -> str:
    """The first chart behind the findings that matter first, where a reader of the first screen sees it."""
    chart = _PICTURE.search(html)
    said = _FINDINGS.search(html)
    if not chart or not said or chart.start() < said.end():
        return html
    html = _HOLLOW.sub(r"\1", html[: chart.start()] + html[chart.end() :])
    said = _FINDINGS.search(html) or said
    items = list(re.finditer("</li>", said[0]))
    place = said.end()
    drawn = chart[0]
    if said[1] == "findings" and len(items) > _FIRST:  # the list goes on behind it
        place = said.start() + items[_FIRST - 1].end()
        drawn = f'</ul>\n{drawn}\n<ul class="findings">'
    return f"{html[:place]}\n{drawn}\n{html[place:]}"


def _with_tables(html: str, lang: str) -> str:
    long: list[str] = []
    numbers = itertools.count(1)

    def placed(found: re.Match[str]) -> str:
        anchor, caption, rest = found.groups()
        rows = rest.count("<tr ")
        number = say("pages.table", lang, number=next(numbers))
        head = f"<b>{escape(number)}</b>{say('pages.between', lang)}"
        whole = f'<figure class="table"><figcaption id="{anchor}">{head}{caption}</figcaption>{rest}</figure>'
        if rows <= LONG:
            return whole
        long.append(whole)
        link = f'<a href="#{anchor}">{escape(number)}</a>'
        words = say("pages.moved", lang, number="\x00", rows=rows, caption="\x01")
        said = escape(words).replace("\x00", link).replace("\x01", _SENTENCE.findall(caption)[0])
        return f'<p class="moved">{said}</p>'

    html = _TABLE.sub(placed, html)
    if not long:
        return html
    word = escape(say("pages.appendix", lang))
    return f'{html}\n<h2 id="appendix">{word}</h2>\n' + "\n".join(long)


def _linked(html: str) -> str:
    """Links to rows by the id of the data lead to the first row of a table that has it; where none has, they are no links."""
    rows: dict[str, str] = {}
    for anchor, about in _ROW.findall(html):
        if about:
            rows.setdefault(about, anchor)

    def resolved(found: re.Match[str]) -> str:
        row = unquote(found[1])
        of_task = row.partition("#")[0]  # a target stands in the row of its task
        anchor = rows.get(escape(row)) or rows.get(escape(of_task))
        return f'<a href="#{quote(anchor)}">{found[2]}</a>' if anchor else found[2]

    return _TO_ROW.sub(resolved, html)


def _with_contents(html: str, lang: str) -> str:
    """A list of the page's sections behind its title, where it has more than two."""
    sections = _SECTION.findall(html)
    title = html.find("</h1>") + len("</h1>")
    if title < len("</h1>"):
        return html
    if len(sections) < 3:
        return html
    items = "".join(f'<li><a href="#{anchor}">{name}</a></li>' for anchor, name in sections)
    word = escape(say("pages.contents", lang))
    return f'{html[:title]}\n<nav class="contents" aria-label="{word}"><ol>{items}</ol></nav>{html[title:]}'
