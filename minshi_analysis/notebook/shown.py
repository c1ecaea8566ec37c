"""What a notebook cell shows: tables and prose whose HTML and plain text are the same on every machine.

Everything is escaped: the words come from documents that others wrote. The HTML holds no style attribute and no script;
its classes are styled by the page, and by one style sheet that stands before a table where there is no page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

import pandas as pd

from minshi_analysis.locales import MISSING
from minshi_analysis.notebook import links
from minshi_analysis.reasons import Reason, say, why
from minshi_analysis.widths import ems

__all__ = ["STYLE", "Prose", "Table", "findings", "method", "notes", "prose", "section", "table", "title"]

SHORT = 10  # ems that stay in one line
WIDEST = {"zh": 9, "en": 14}  # ems that a column of long text asks for: English says it in more signs
LEVEL = 12  # ems of a figure with its unit that stay in one line
# A page has these rules in its own style sheet and leaves this out.
STYLE = (
    "<style>figure.table td,figure.table th{text-align:left;vertical-align:top}figure.table .n{text-align:right}"
    "figure.table .n,figure.table .k{white-space:nowrap}figure.table .scroll{overflow:auto}</style>"
)
_COMMAND = re.compile("`([^`<>]+)`")  # what is typed, in a sentence that is worded for terminals too
_CHINESE = re.compile("[\u3400-\u9fff]")
_ENGLISH = re.compile(r"\b[A-Za-z][a-z]+[ ,.;:]+[A-Za-z]?[a-z]+")


@dataclass(frozen=True)
class Table:
    """A table to read: text cells, numbers already formatted and set to the right.

    Parameters
    ----------
    rows : DataFrame
        Cells as text, with links as `links` writes them. A row is called by the row of the data whose place it shows.
    name : str
        Unique on the page; ids of the HTML come from it.
    caption : str
        What the table shows, its units and its legend.
    numbers : tuple of str
        Columns set to the right.
    lang : str
        The language of the report: words of the other one are marked as such.
    """

    rows: pd.DataFrame
    name: str
    caption: str
    numbers: tuple[str, ...] = ()
    lang: str = "zh"

    def _repr_html_(self) -> str:
        name, caption = html.escape(self.name), html.escape(self.caption)
        looks = [self._look(column) for column in self.rows]
        heads = "".join(
            f'<th scope="col"{look}>{html.escape(str(column))}</th>'
            for column, look in zip(self.rows, looks, strict=True)
        )
        body = "\n".join(
            self._row(number, cells, looks)
            for number, cells in enumerate(self.rows.itertuples(index=False, name=None), 1)
        )
        return (
            f'{STYLE}<figure class="table"><figcaption id="{name}-caption">{caption}</figcaption>'
            f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-caption">'
            f'<table id="{name}" aria-labelledby="{name}-caption"><thead><tr>{heads}</tr></thead>\n'
            f"<tbody>\n{body}\n</tbody></table></div></figure>"
        )

    def _row(self, number: int, cells: Sequence[str], looks: Sequence[str]) -> str:
        about = next((row for text in cells for row in links.rows_of(text)), None)
        called = f' data-row="{html.escape(unquote(about))}"' if about else ""
        told = "".join(
            f"<td{look}{_language(text, self.lang)}>{links.html(text)}</td>"
            for text, look in zip(cells, looks, strict=True)
        )
        return f'<tr id="{html.escape(self.name)}-{number}"{called}>{told}</tr>'

    def _look(self, column: str) -> str:
        """Numbers to the right, short cells in one line, and room for long ones: a wide table scrolls."""
        longest = self.rows[column].map(links.bare).map(ems).max()
        if column in self.numbers:
            return ' class="n"' if longest <= LEVEL else ' class="n w7"'
        if longest <= SHORT:
            return ' class="k"'
        return f' class="w{min(longest / 4, WIDEST[self.lang]):.0f}"'

    def __repr__(self) -> str:
        rows = self.rows.map(links.bare)
        return f"{self.caption}\n{rows.to_csv(index=False, sep='|', lineterminator=chr(10))}".rstrip()


def _language(text: str, of: str) -> str:
    """An attribute for a text that is in the other language than the report."""
    text = links.bare(text)
    chinese = bool(_CHINESE.search(text))
    if of == "zh":
        return ' lang="en"' if not chinese and _ENGLISH.search(text) and "://" not in text else ""
    return ' lang="zh-Hans"' if chinese else ""


def table(
    rows: pd.DataFrame,
    name: str,
    caption: str,
    numbers: Sequence[str] = (),
    empty: str = "",
    lang: str = "zh",
) -> Table | Prose | None:
    """A table, or where it has no rows the sentence `empty`.

    Examples
    --------
    >>> table(pd.DataFrame({"县": ["乐清市"], "份额（个）": ["760"]}), "shares", "份额", ["份额（个）"])
    份额
    县|份额（个）
    乐清市|760
    """
    if rows.empty:
        return prose(empty)
    return Table(rows.fillna(MISSING).astype(str), name, caption, tuple(numbers), lang)


@dataclass(frozen=True)
class Prose:
    """Sentences: a heading (with an address on the page), paragraphs, or a list."""

    sentences: tuple[str, ...]
    tag: str = "p"
    name: str = field(default="")

    def _repr_html_(self) -> str:
        parts = [_COMMAND.sub(r"<code>\1</code>", links.html(sentence)) for sentence in self.sentences]
        if self.tag == "ul":
            return (
                f'<ul class="{self.name or "findings"}">'
                + "".join(f"<li>{part}</li>" for part in parts)
                + "</ul>"
            )
        name = f' id="{self.name}"' if self.name else ""
        return "".join(f"<{self.tag}{name}>{part}</{self.tag}>" for part in parts)

    def __repr__(self) -> str:
        told = map(links.bare, self.sentences)
        return "\n".join(f"- {line}" if self.tag == "ul" else line for line in told)


def prose(*sentences: str | Reason | None, lang: str = "zh") -> Prose | None:
    """Paragraphs; None, which shows nothing, where there are none.

    Examples
    --------
    >>> prose("计划没有印资金。")
    计划没有印资金。
    """
    told = tuple(_said(sentence, lang) for sentence in sentences if sentence)
    return Prose(told) if told else None


def _said(sentence: str | Reason, lang: str) -> str:
    """A sentence, with links to the rows that its parameter `ids` names."""
    if not isinstance(sentence, Reason):
        return sentence
    ids = dict(sentence.params).get("ids") or ""
    return links.cite(say(sentence, lang), str(ids).split("|") if ids else ())


def findings(sentences: Iterable[str | Reason | None], lang: str = "zh", name: str = "") -> Prose | None:
    """What was found, as a list; None where it is nothing."""
    told = tuple(_said(sentence, lang) for sentence in sentences if sentence)
    return Prose(told, "ul", name) if told else None


def title(text: str | Reason, lang: str = "zh") -> Prose:
    """The heading of a report."""
    return Prose((_said(text, lang),), "h1")


def section(name: str, lang: str = "zh") -> Prose:
    """The heading of a section of a report; its name is its address on the page.

    Examples
    --------
    >>> section("money")
    用谁的钱
    >>> section("money", "en")
    Whose money
    """
    return Prose((say(f"notebook.section_{name}", lang),), "h2", name)


def notes(lang: str, *names: str) -> Prose | None:
    """How a report is to be read: sentences of the catalogue, as a list."""
    marks = (*names, "glosses") if lang != "zh" else names
    return findings([why(f"notebook.reading_{name}") for name in marks], lang, "notes")


def method(lang: str, name: str = "") -> Prose | None:
    """How a section came about: a sentence of the catalogue."""
    return prose(why(f"notebook.method{name and '_'}{name}"), lang=lang)
