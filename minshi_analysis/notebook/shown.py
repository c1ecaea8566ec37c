"""What a notebook cell shows: tables and prose whose HTML and plain text are the same on every machine.

Everything is escaped: the words come from documents that others wrote.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from minshi_analysis.notebook.words import MISSING

__all__ = ["Prose", "Table", "findings", "prose", "table", "title"]

SHORT = 10  # ems that stay in one line


@dataclass(frozen=True)
class Table:
    """A table to read: text cells, numbers already formatted and set to the right.

    Parameters
    ----------
    rows : DataFrame
        Cells as text.
    name : str
        Unique on the page; ids of the HTML come from it.
    caption : str
        What the table shows, its units and its legend.
    numbers : tuple of str
        Columns set to the right.
    """

    rows: pd.DataFrame
    name: str
    caption: str
    numbers: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        styler = self.rows.style.format(escape="html").hide(axis="index")
        styler = styler.set_uuid(self.name).set_caption(html.escape(self.caption))
        styler.cell_ids = False
        return styler.set_table_styles({column: self._style(column) for column in self.rows}).to_html()

    def _style(self, column: str) -> list[dict[str, str]]:
        """Numbers to the right, short cells in one line, and room for long ones: a wide table scrolls."""
        longest = self.rows[column].map(_ems).max()
        if column in self.numbers:
            cell, head = (
                "text-align:right;white-space:nowrap",
                "text-align:right;white-space:normal;min-width:4em",
            )
        elif longest <= SHORT:
            cell = head = "white-space:nowrap"
        else:
            wrap = ";overflow-wrap:anywhere" if self.rows[column].str.contains("://").any() else ""
            cell = head = f"min-width:{min(longest / 4, 9):.0f}em{wrap}"
        return [{"selector": "td", "props": cell}, {"selector": "th", "props": head}]

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.rows.to_csv(index=False, sep='|', lineterminator=chr(10))}".rstrip()


def _ems(text: str) -> float:
    """Width of a text: a Chinese character is one em, a Latin one about half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.55 for sign in text)


def table(
    rows: pd.DataFrame, name: str, caption: str, numbers: Sequence[str] = (), empty: str = ""
) -> Table | Prose:
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
    return Table(rows.fillna(MISSING).astype(str), name, caption, tuple(numbers))


@dataclass(frozen=True)
class Prose:
    """Sentences: a heading, paragraphs, or a list."""

    sentences: tuple[str, ...]
    tag: str = "p"
    inner: str = field(default="")

    def _repr_html_(self) -> str:
        parts = [html.escape(sentence) for sentence in self.sentences]
        if self.tag == "ul":
            return "<ul>" + "".join(f"<li>{part}</li>" for part in parts) + "</ul>"
        return "".join(f"<{self.tag}>{part}</{self.tag}>" for part in parts)

    def __repr__(self) -> str:
        return "\n".join(f"- {line}" if self.tag == "ul" else line for line in self.sentences)


def prose(*sentences: str) -> Prose | None:
    """Paragraphs; None, which shows nothing, where there are none.

    Examples
    --------
    >>> prose("计划没有印资金。")
    计划没有印资金。
    """
    told = tuple(sentence for sentence in sentences if sentence)
    return Prose(told) if told else None


def findings(sentences: Iterable[str]) -> Prose:
    """What was found, as a list."""
    return Prose(tuple(sentence for sentence in sentences if sentence), "ul")


def title(text: str) -> Prose:
    """The heading of a report."""
    return Prose((text,), "h1")
