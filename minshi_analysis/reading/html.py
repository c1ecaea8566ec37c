"""Web pages: HTML and pages saved as one file (MHTML) become paragraphs and grids.

A table becomes a grid with its row and column spans expanded; a table that only places things on the page
is read as running text (see `rendering`). What nobody sees is left out (see `visible`); list items carry their
printed numbers.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import etree, html

from minshi_analysis.reading.blocks import Document
from minshi_analysis.reading.body import about_page, take_out
from minshi_analysis.reading.html_style import GONE, Look, Styles
from minshi_analysis.reading.numerals import numeral
from minshi_analysis.reading.rendering import Item, Rendering, Table
from minshi_analysis.reading.spans import Piece, flow
from minshi_analysis.reading.text import as_big5
from minshi_analysis.reading.visible import DRAWN, GAP, HIDDEN, RAISED, LeftOut, apart, raised

__all__ = ["decode", "read"]

_SKIP = frozenset(
    re.findall(
        r"\w+",
        "script style head noscript template iframe object svg math select option audio video canvas map progress meter",
    )
)
_BLOCK = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary "
        "table tbody td tfoot th thead tr ul",
    )
)
_SHOWN = frozenset(("math", "svg", "select", "object", "progress", "meter"))  # of those, what a person sees
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NO_NUMBER = re.compile(r"list-style(-type)?\s*:[^;]*\bnone\b", re.I)
_NUMBERED = re.compile(
    r"[\s\xa0]*[(（【〔]?(\d{1,3}|[一二三四五六七八九十]{1,3})[)）】〕、.．]|[\s\xa0]*[①-⑳]"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
MAX_ATTRIBUTES = 2_000  # of one element: the parser compares each with all others
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_EDGE = " \t\r\n\f\xa0\u3000\u200b\ufeff"


def read(path: Path) -> Document:
    """Read a web page.

    Parameters
    ----------
    path : Path
        An ``.html`` or ``.mht`` file in any encoding that it declares, in UTF-8 or in GB18030.

    Returns
    -------
    Document
        Paragraphs (``p1`` …; headings with their level, list items with their number) and grids (``t1`` …) in
        reading order; cells are ``t1/r2/c3``.

    Raises
    ------
    ValueError
        Where the page holds no text or is nested deeper than 2,000 elements.
    """
    path = Path(path)
    text, damage = decode(path.read_bytes())
    if not text.strip():
        raise ValueError(f"{path.name} is empty: save the page again")
    if any(len(tag.split()) > MAX_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise ValueError(f"{path.name} gives an element more than {MAX_ATTRIBUTES:,} attributes: not read")
    if "\0" in text:
        damage.append("it holds bytes of zero")
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        raise ValueError(
            f"{path.name} holds no text: save the page again once it is shown completely"
        ) from None
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise ValueError(
            f"{path.name} nests elements deeper than 2,000 levels: save it from a browser as text"
        )
    out = Rendering()
    for what in (*damage, *_cut_off(text)):
        out.damage(what)
    styles, about = Styles(root, out.warn), about_page(root)
    lines, kinds = take_out(root)
    out.write(_Walk(styles, out.left_out).walk(root))
    if not out.blocks:
        raise ValueError(
            f"{path.name} holds no text (is it drawn by a script?): save the page once it is shown completely"
        )
    return replace(out.document(), about=about | {"page": "\n".join(lines), "left_out": "|".join(kinds)})


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of a page and in what way its bytes are damaged.

    A byte order mark decides; then UTF-8 if the bytes are valid UTF-8 (pages saved by a browser often still
    declare the old encoding); then what the page declares, GB2312 and GBK being read as GB18030, which
    contains them.
    """
    if b"mime-version:" in data[:4096].lower() and b"multipart/related" in data[:8192].lower():
        return _mhtml(data)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return text, ["some bytes are not valid UTF-16"] if "\ufffd" in text else []
    declared = re.search(
        rb"charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]*encoding=[\"']([\w-]+)", data[:8192], re.I
    )
    label = (declared[1] or declared[2]).decode("ascii").lower() if declared else ""
    label = "gb18030" if label in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936") else label
    for encoding in dict.fromkeys(("utf-8", label, "gb18030", "big5")):
        try:
            "".encode(encoding)  # of what Python calls an encoding some are none of text
            decoder = codecs.getincrementaldecoder(encoding)("strict")
            text = decoder.decode(data)  # a file cut inside a character is still of its encoding
            if encoding == "gb18030" and not label.startswith("gb") and (other := as_big5(data, text)):
                return other, []
            return text, ["it is cut inside a character"] if decoder.getstate()[0] else []
        except (LookupError, UnicodeError):
            text = data.decode("utf-8", "replace")
            if text.count("\ufffd") <= len(text) // 200:  # some bytes turned over, and no other encoding
                return text, ["some bytes are not valid UTF-8"]
    best = min(("gb18030", "utf-8"), key=lambda e: data.decode(e, "replace").count("\ufffd"))
    return data.decode(best, "replace"), [f"some bytes are not valid {best}"]


def _cut_off(text: str) -> list[str]:
    """How the page ends, where it does not end as a page does."""
    lower = text[-20_000:].lower()
    if re.search(r"<[a-z/][^<>]*\Z", lower):
        return ["the page ends inside a tag"]
    opened, closed = lower.rfind("<table"), lower.rfind("</table")
    if text.lower().count("<table") > text.lower().count("</table") and opened >= closed:
        return ["the page ends inside a table"]
    return []


def _mhtml(data: bytes) -> tuple[str, list[str]]:
    """The page inside a page saved as one file."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for piece in message.walk():
        if piece.get_content_type() == "text/html":
            charset = piece.get_content_charset()
            page: Any = piece.get_payload(decode=True) or b""
            damage = ["a part of the saved page is not encoded as it says"] if piece.defects else []
            if charset and not re.search(rb"charset\s*=", page[:8192], re.I):
                page = b'<meta charset="' + charset.encode("ascii", "ignore") + b'">' + page
            text, more = decode(page)
            return text, damage + more
    return "", []


@dataclass(slots=True)
class _Flow:
    """What stands in the page or in a cell, and the line that is being put together."""

    items: list[Item] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    cut: bool = False  # something was just taken out of the line
    stands: bool = False  # something stands there that is not read

    def add(self, text: str) -> None:
        if (self.cut or self.stands) and text:
            if self.parts and apart(self.parts[-1], text, self.stands):
                self.parts.append(GAP)
            self.cut = self.stands = False
        self.parts.append(text)

    def end_line(self, level: int = 0) -> None:
        if self.parts:
            text = "".join(self.parts).strip(_EDGE)
            self.parts.clear()
            if text:
                self.items.append((text, level))


@dataclass(slots=True)
class _Rows:
    """The rows of a table that is being read: groups of rows of ``((rows, columns), items)``."""

    table: Table
    groups: list[tuple[str, list[list]]] = field(default_factory=list)
    row: list | None = None

    def new_row(self) -> None:
        if not self.groups:
            self.groups.append(("tbody", []))
        self.row = []
        self.groups[-1][1].append(self.row)

    def close(self) -> None:
        """Place the cells, the head first and the foot last, as a browser shows them."""
        rank = {"thead": 0, "tfoot": 2}
        groups = [rows for _, rows in sorted(self.groups, key=lambda group: rank.get(group[0], 1))]
        corners = flow([[[span for span, _ in row] for row in rows] for rows in groups])
        if corners is None:
            self.table.known = False
            rows = (row for group in groups for row in group)
            corners = [Piece(r, c) for r, row in enumerate(rows) for c, _ in enumerate(row)]
        elif _lost([row for rows in groups for row in rows]):
            self.table.ragged = True
        items = (items for rows in groups for row in rows for _, items in row)
        self.table.cells = list(zip(corners, items, strict=True))


def _lost(rows: Sequence[Sequence[tuple]]) -> bool:
    """Whether the spans of a table were lost: no cell has one, and rows of several cells are not equally long."""
    if any(span != (1, 1) for row in rows for span, _ in row):
        return False
    return len({len(row) for row in rows if len(row) > 1}) > 1


class _Walk:
    """One pass over the tree without recursion; `walk` returns the page's flow."""

    def __init__(self, styles: Styles, left: LeftOut) -> None:
        self.styles, self.left = styles, left
        self.looks: list[tuple[Any, Any]] = [(None, Look())]  # elements that change how their text looks
        self.flows = [_Flow()]
        self.tables: list[_Rows] = []
        self.lists: list[list] = []  # [tag, next number, step, style]
        self.pre = 0
        self.heading = 0

    def walk(self, root: etree._Element) -> list[Item]:
        steps = etree.iterwalk(root, events=("start", "end"))
        skipped: set[etree._Element] = set()
        for event, element in steps:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _SKIP or not tag or not self._sees(tag, element):
                    if tag in _SKIP:
                        self._passed(tag, element)
                    skipped.add(element)
                    steps.skip_subtree()
                else:
                    self._start(tag, element)
                    self.flows[-1].cut |= self.looks[-1][0] is element and self.looks[-1][1].shifted
                    self._text(element.text)
            else:
                if element in skipped:
                    skipped.discard(element)
                else:
                    self._end(tag, element)
                    if self.looks[-1][0] is element:
                        self.flows[-1].cut |= self.looks.pop()[1].shifted
                self._text(element.tail)
        self.flows[-1].end_line()
        return self.flows[0].items

    def _sees(self, tag: str, element: etree._Element) -> bool:
        """Note how the text of an element looks; false where the element is not displayed."""
        around = self.looks[-1][1]
        if tag == "summary" and _is_folded(element.getparent()) and self.looks[-1][0] is element.getparent():
            around = self.looks[-2][1]  # it is seen, whatever is folded away under it
        look = self.styles.look(tag, element, around)
        if look is GONE:
            if len(element) or element.text:
                self.left.add(HIDDEN, "".join(_first_text(element, 20)))
            return False
        if tag == "details" and _is_folded(element) and isinstance(look, Look):
            look = replace(look, gone=look.gone or HIDDEN)
        if look is not self.looks[-1][1]:
            self.looks.append((element, look))
        return True

    def _passed(self, tag: str, element: etree._Element) -> None:
        """Something stands in the line that is not read; what it says is told where a person sees it."""
        self.flows[-1].stands = True
        if tag in _SHOWN:
            words = "".join(element.itertext())
            self._drawn(words)
            if tag in ("math", "svg") and re.search(r"\d", words):
                self.flows[-1].add(GAP)  # the figure beside it may go on in it

    def _drawn(self, words: str) -> None:
        if re.search(r"\d", words):
            self.left.add(DRAWN, words)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        here, look = self.flows[-1], self.looks[-1][1]
        if look.unseen:
            self.left.add(look.unseen, text)
            here.cut = here.cut or not text.isspace()
        elif look.raised and not text.isspace():
            kept = raised(text, "".join(here.parts[-3:]), look.raised < 0)
            if kept:
                here.add(kept)
            else:
                self.left.add(RAISED, text)
                here.cut = True
        elif self.pre:
            first, *others = text.split("\n")
            here.add(first)
            for line in others:
                here.end_line()
                here.add(line)
        elif look.turned and not text.isspace():
            here.add(f"{GAP}{text}{GAP}")
        elif not text.isspace() or (here.parts and not here.parts[-1].endswith(" ")):
            here.add(_SPACE.sub(" ", text))

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag == "br" and self.heading:
            self.flows[-1].parts.append(" ")  # a title broken over two lines is one title
        elif tag in _BLOCK:
            self.flows[-1].end_line()
        if tag in _HEADINGS:
            self.heading += 1
        if tag in ("img", "input"):
            self.flows[-1].stands = True
            words = _filled_in(element) if tag == "input" else ""
            self._drawn(words)
            if words[-1:].isdecimal():
                self.flows[-1].add(GAP)
        if element in self.styles.printed:
            self.left.add(DRAWN, "a figure that the style sheet prints")
            self.flows[-1].add(GAP)
        if tag == "table":
            table = Table(layout=(element.get("role") or "").lower() in ("presentation", "none"))
            self.flows[-1].items.append(table)
            self.tables.append(_Rows(table))
        elif tag in ("thead", "tbody", "tfoot") and self.tables:
            self.tables[-1].groups.append((tag, []))
            self.tables[-1].row = None
        elif tag == "tr" and self.tables:
            self.tables[-1].new_row()
        elif tag in ("td", "th") and self.tables:
            if self.tables[-1].row is None:
                self.tables[-1].new_row()
            cell = _Flow()
            span = _span(element, "rowspan"), _span(element, "colspan") or 1
            self.tables[-1].row.append((span, cell.items))
            self.flows.append(cell)
        elif tag in ("ol", "ul", "menu", "dir"):
            self.lists.append(_list(tag, element))
        elif tag == "li" and self.lists:
            self._number(element)
        elif tag == "pre":
            self.pre += 1

    def _end(self, tag: str, element: etree._Element) -> None:
        if tag in _BLOCK and not (tag == "br" and self.heading):
            self.flows[-1].end_line(int(tag[1]) if tag in _HEADINGS else 0)
        if tag in _HEADINGS:
            self.heading -= 1
        elif tag == "caption" and self.tables:
            items, table = self.flows[-1].items, self.tables[-1].table
            if (
                table in items
            ):  # the caption stands above its table; in a cell, as some write it, it is the cell's
                items.append(items.pop(items.index(table)))
        if tag == "table":
            self.tables.pop().close()
        elif tag == "tr" and self.tables:
            self.tables[-1].row = None
        elif tag in ("td", "th") and self.tables:
            self.flows.pop()
        elif tag in ("ol", "ul", "menu", "dir"):
            self.lists.pop()
        elif tag == "pre":
            self.pre -= 1

    def _number(self, element: etree._Element) -> None:
        """Print an item's number, unless the list hides it or the item prints its own."""
        kind, number, step, style = self.lists[-1]
        if kind != "ol":
            return
        value = re.match(r"\s*(-?\d+)", element.get("value") or "")
        number = int(value[1][:9]) if value else number
        self.lists[-1][1] = number + step
        if self.looks[-1][1].unseen:
            return
        if style and not _NUMBERED.match("".join(_first_text(element))):
            self.flows[-1].parts.append(f"{numeral(number, style)}. ")


def _is_folded(element: etree._Element | None) -> bool:
    """Whether an element shows no more than its summary until somebody opens it."""
    return element is not None and element.tag == "details" and element.get("open") is None


def _filled_in(element: etree._Element) -> str:
    """What a field of a form shows."""
    kind = (element.get("type") or "text").lower()
    return element.get("value") or "" if kind in ("text", "number", "tel", "search") else ""


def _span(element: etree._Element, name: str) -> int:
    said = element.get(name)
    number = re.match(r"\s*\+?(\d+)", said) if said else None
    return int(number[1][:9]) if number else 1


def _list(tag: str, element: etree._Element) -> list:
    start = re.match(r"\s*(-?\d+)", element.get("start") or "")
    style = "" if _NO_NUMBER.search(element.get("style") or "") else element.get("type") or "1"
    backwards = element.get("reversed") is not None
    first = int(start[1][:9]) if start else len(element) if backwards else 1
    return [tag, first, -1 if backwards else 1, style]


def _first_text(element: etree._Element, enough: int = 8) -> Iterator[str]:
    """The beginning of an element's text, enough to see a number."""
    seen = 0
    for text in element.itertext():
        yield text
        seen += len(text.strip())
        if seen > enough:
            return
