"""Word files: paragraphs with their automatic numbers, and tables with merged and nested cells.

Reads the XML in one stream, element by element, so that a file of thousands of pages needs no tree in memory.
Deleted text and what nobody sees (see `visible`) is left out, inserted text is kept; text boxes and notes are read;
what cannot be read (pictures, embedded files) is named in the document's warnings.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from minshi_analysis.reading.blocks import Document
from minshi_analysis.reading.docx_line import Line
from minshi_analysis.reading.docx_looks import (
    Look,
    Looks,
    ground_of,
    is_crossed,
    is_dropped,
    is_flat,
    out_of_sight,
    symbol,
)
from minshi_analysis.reading.largest import ENOUGH, about_word, line_of
from minshi_analysis.reading.numbering import Numbering
from minshi_analysis.reading.ooxml import archive, attribute, child, damage, elements, name_of, part
from minshi_analysis.reading.rendering import Item, Rendering, Table
from minshi_analysis.reading.spans import Piece
from minshi_analysis.reading.visible import DRAWN, GAP, RAISED, STRUCK, TINY, raised

__all__ = ["read"]

# Elements that only wrap others, among blocks and among runs.
_WRAPPERS = frozenset(
    re.findall(
        r"\w+",
        "sdt sdtContent customXml ins moveTo smartTag hyperlink fldSimple dir r ruby rubyBase oMath "
        "oMathPara AlternateContent Choice",
    )
)
# What stands in a body itself, and is no mark of a place.
_TOP = (
    "p",
    "tbl",
    "sdt",
    "customXml",
    "ins",
    "moveTo",
    "smartTag",
    "AlternateContent",
    "altChunk",
    "oMathPara",
    "del",
)
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
# Parts of formulas that are no plain characters.
_FORMULAS = frozenset(
    re.findall(
        r"\w+",
        "f sSup sSub sSubSup sPre rad nary d func eqArr m acc bar box borderBox groupChr limLow limUpp",
    )
)
# What Word fills in, and signs of fonts that have no meaning outside them.
_FILLED_IN = frozenset(
    ("sym", "pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong", "subDoc")
)
_NOTES = ("footnoteReference", "endnoteReference")
_LOST = {"drawing": "pictures", "pict": "pictures", "object": "embedded files", "altChunk": "embedded files"}


def read(path: Path) -> Document:
    """Read a Word file.

    Parameters
    ----------
    path : Path
        A ``.docx`` (or ``.docm``) file.

    Returns
    -------
    Document
        Paragraphs (``p1`` …; headings with their level, list items with their number) and grids (``t1`` …)
        in reading order; cells are ``t1/r2/c3``; foot- and endnotes stand at the end.

    Raises
    ------
    ValueError
        Where the file is empty, damaged, encrypted, an old ``.doc``, or holds no text.
    """
    path = Path(path)
    out = Rendering()
    with archive(path) as parts:
        main = _main_name(parts, path)
        folder = main.rpartition("/")[0]
        names = set(parts.namelist())
        for what in damage(parts):
            out.damage(what)
        sheet = f"{folder}/styles.xml"
        styles = list(elements(parts, sheet, path, "style")) if sheet in names else []
        body = _Body(Numbering.of(parts, folder, names, path, styles), Looks.of(styles), out)
        first: list[tuple[str, float]] = []
        for block in _top_blocks(parts, main, path):
            if len(first) < ENOUGH:
                first += [line_of(each) for each in _unwrapped([block]) if name_of(each) == "p"]
            out.write(body.items(block))
        out.write(body.left_over())
        for name in (f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
            if name in names:
                for note in _notes(parts, name, path):
                    out.write(item for block in note for item in body.items(block))
        about = about_word(parts, path, first)
    for what, count in sorted(body.lost.items()):
        out.warn(f"{count} {what} are not read")
    if not out.blocks:
        raise ValueError(f"{path.name} holds no text: if its pages are pictures, recognise them (OCR) first")
    return replace(out.document(), about=about)


class _Body:
    """Turns block elements into items; counts what cannot be read."""

    def __init__(self, numbering: Numbering, looks: Looks, out: Rendering) -> None:
        self.numbering, self.looks = numbering, looks
        self.out = out
        self.around = Look()  # what a cell, and the table it is of, make of their text
        self.flat = False  # inside a row without height
        self.carried = ""  # a line whose paragraph mark is deleted or hidden goes on in the next paragraph
        self.lost: dict[str, int] = {}

    def items(self, block: etree._Element) -> list[Item]:
        """The lines and tables of a block element, with those of the text boxes anchored in it."""
        found: list[Item] = []
        for element in _unwrapped([block]):
            tag = name_of(element)
            if tag == "p":
                found += self._paragraph(element)
            elif tag == "tbl":
                found += [*self.left_over(), self._table(element)]
            elif tag in _LOST:
                self._lose(tag)
        return found

    def _paragraph(self, paragraph: etree._Element, in_cell: bool = False) -> list[Item]:
        properties = child(paragraph, "pPr")
        line = Line([self.carried] if self.carried else [])
        self.carried = ""
        boxes = self._fill(line, paragraph, properties)
        text = "".join(line.parts).strip(" \t\r\n\u3000\xa0")
        level, label = self.numbering.next(properties)
        found: list[Item] = []
        if text and not label and not boxes and (_goes_on(paragraph) or is_dropped(properties)):
            self.carried = text
            return found
        if text or (label and in_cell):  # a column of automatic numbers has no other text
            gap = " " if label and label[-1] not in "、)）：" else ""
            found.append(((label + gap + text).strip(), level))
        for box in boxes:
            for block in box:
                found += self.items(block)
            found += self.left_over()
        return found

    def _fill(
        self, line: Line, paragraph: etree._Element, of_all: etree._Element | None
    ) -> list[etree._Element]:
        """Write what a paragraph prints into its line; returns the text boxes that hang on it."""
        own = Look(ground=ground_of(of_all), out=out_of_sight(of_all) or None)
        style = attribute(child(of_all, "pStyle"))
        around = own.over(self.looks.named(style).over(self.around))
        boxes: list[etree._Element] = []
        for element, properties in _contents(paragraph):
            tag = name_of(element)
            text = _text_of(tag, element)
            if text and line.coded:
                continue
            if text and line.mark is not None and element.getparent() is line.mark:
                self.out.left_out.add(RAISED, text)
                line.cut = True
            elif text:
                self._write(text, self.looks.run(properties, around), line)
            elif tag in _LOST:
                line.stands = True
                boxes += self._drawn(element, tag)
            else:
                self._follow(line, element, tag)
        return boxes

    def _follow(self, line: Line, element: etree._Element, tag: str) -> None:
        """What an element without text of its own does to its line: taken out, turned, a field, a formula, a note's mark."""
        if tag in ("rt", "del", "moveFrom"):
            words = "".join(element.itertext("{*}t", "{*}delText"))
            self.out.left_out.add(RAISED if tag == "rt" else STRUCK, words)
            line.cut = line.cut or bool(words)
        elif tag == "bdo":
            words = "".join(element.itertext("{*}t"))
            line.parts.append(f"{GAP}{words}{GAP}" if attribute(element) == "rtl" else words)
        elif tag in _FILLED_IN:
            line.stands = True
        elif tag in _NOTES:
            line.mark = element.getparent() if _is_set(element, "customMarkFollows") else line.mark
        elif tag in _FORMULAS:
            words = "".join(element.itertext("{*}t"))
            self.out.left_out.add(DRAWN, words)
            line.stand(words)
        elif tag in ("fldChar", "instrText"):
            line.field(attribute(element, "fldCharType"), element.text or "", self.out.left_out)

    def _drawn(self, element: etree._Element, tag: str) -> list[etree._Element]:
        """The text boxes of a drawing; one without any is lost where it shows a picture or a chart."""
        boxes = list(_boxes(element))
        shown = ("blip", "imagedata", "OLEObject", "relIds", "chart")
        if not boxes and any(name_of(e) in shown for e in element.iter()):
            self._lose(tag)
        return boxes

    def left_over(self) -> list[Item]:
        """The line whose paragraph mark is not seen, where no paragraph follows that it could go on in."""
        text, self.carried = self.carried, ""
        return [(text, 0)] if text else []

    def _write(self, text: str, look: Look, line: Line) -> None:
        """Add a run's text to its line, as far as it is seen and printed as it stands here."""
        if look.symbols and re.search(r"[!-~]", text):
            self.out.left_out.add(DRAWN, text)
            line.stand(text)
            return
        text = self._seen(text, look, line.parts)
        line.add(f"{GAP}{text}{GAP}" if look.pressed and text.strip() else text)

    def _seen(self, text: str, look: Look, parts: list[str]) -> str:
        """What is read of a run's text; what is not is counted."""
        kind = TINY if self.flat else look.unseen
        if kind:
            self.out.left_out.add(kind, text)
            return ""
        shift = look.raised or 0
        if not shift and look.lifted and abs(look.lifted) >= 2 and "".join(parts).strip():
            shift = 1 if look.lifted > 0 else -1
            shift = (
                shift if len(text.strip()) <= 4 else 0
            )  # a whole line may be moved to sit well in its cell
        if not shift or not text.strip():
            return text
        kept = raised(text, "".join(parts[-3:]), shift < 0)
        if not kept:
            self.out.left_out.add(RAISED, text)
        return kept

    def _table(self, table: etree._Element) -> Table:
        """Place the cells by grid columns; a continued cell makes the one above it longer."""
        placed: list[list] = []  # [row, column, rows, columns, items]
        open_above: dict[int, int] = {}  # column -> index in placed of the cell that may be continued there
        row = 0
        before = self.around, self.flat
        whole = child(table, "tblPr")
        styled = "?" if self.looks.shades(attribute(child(whole, "tblStyle"))) else None
        ground = ground_of(whole) or styled or self.around.ground
        for line in _unwrapped(table):
            properties = child(line, "trPr")
            if (
                name_of(line) != "tr"
                or child(properties, "del") is not None
                or _is_on(child(properties, "hidden"))
            ):
                continue
            self.flat = before[1] or is_flat(properties)
            column = _number(child(properties, "gridBefore"), 0)
            continued: dict[int, int] = {}
            for cell in _unwrapped(line):
                if name_of(cell) != "tc":
                    continue
                looks = child(cell, "tcPr")
                columns = max(_number(child(looks, "gridSpan"), 1), 1)
                self.around = Look(ground=ground_of(looks) or ground)
                items = self._cell(cell)
                words = "".join(cell.itertext("{*}t", "{*}delText")).strip()
                crossed = is_crossed(looks) and words[:1].isdecimal()
                if child(looks, "cellDel") is not None or crossed:
                    self.out.left_out.add(STRUCK, words)
                    items = []
                vertical, sideways = _merge(looks, "vMerge"), _merge(looks, "hMerge")
                above = open_above.get(column)
                if vertical == "continue" and above is not None:
                    placed[above][2] += 1
                    placed[above][4] += items
                    continued[column] = above
                elif sideways == "continue" and placed and placed[-1][0] == row:
                    placed[-1][3] += columns
                    placed[-1][4] += items
                else:
                    placed.append([row, column, 1, columns, items])
                    if vertical:
                        continued[column] = len(placed) - 1
                column += columns
            open_above = continued
            row += 1
        self.around, self.flat = before
        return Table([(Piece(r, c, rows, columns), items) for r, c, rows, columns, items in placed])

    def _cell(self, cell: etree._Element) -> list[Item]:
        found: list[Item] = []
        for element in _unwrapped(cell):
            if name_of(element) == "p":
                found += self._paragraph(element, in_cell=True)
            elif name_of(element) == "tbl":
                found += [*self.left_over(), self._table(element)]
        return found + self.left_over()

    def _lose(self, tag: str) -> None:
        self.lost[_LOST[tag]] = self.lost.get(_LOST[tag], 0) + 1


def _top_blocks(parts: zipfile.ZipFile, name: str, path: Path) -> Iterator[etree._Element]:
    """The children of the document's body, one at a time, each dropped once it is read."""
    body = None
    for element in elements(parts, name, path, *_TOP):
        above = element.getparent()
        if body is None and above is not None and name_of(above) == "body":
            body = above
        if above is body and body is not None:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del body[0]


def _notes(parts: zipfile.ZipFile, name: str, path: Path) -> Iterator[etree._Element]:
    for event, element in part(parts, name, path):
        kind = attribute(element, "type")
        if event == "end" and name_of(element) in ("footnote", "endnote") and kind in (None, "normal"):
            yield element


def _main_name(parts: zipfile.ZipFile, path: Path) -> str:
    """Where the text is: nearly always ``word/document.xml``, else where the package's relations say."""
    if "word/document.xml" in parts.namelist():
        return "word/document.xml"
    if "_rels/.rels" in parts.namelist():
        for event, element in part(parts, "_rels/.rels", path):
            if event == "end" and (element.get("Type") or "").endswith("/officeDocument"):
                target = (element.get("Target") or "").lstrip("/")
                if target in parts.namelist():
                    return target
    raise ValueError(f"{path.name} is a zip archive but no Word file: unpack it and read the files inside")


def _unwrapped(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Blocks, rows, cells or run contents, through the elements that only wrap them."""
    todo = list(elements)[::-1]
    while todo:
        element = todo.pop()
        if name_of(element) not in _WRAPPERS:
            yield element
        else:
            todo += list(element)[::-1]


def _contents(paragraph: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """What stands in a paragraph, each with the properties of the run it is of."""
    todo: list[tuple[etree._Element, etree._Element | None]] = [(e, None) for e in paragraph][::-1]
    while todo:
        element, properties = todo.pop()
        name = name_of(element)
        if name not in _WRAPPERS:
            yield element, properties
            continue
        if name == "r":
            properties = child(element, "rPr")
        todo += [(e, properties) for e in element][::-1]


def _text_of(tag: str, element: etree._Element) -> str:
    if tag == "t":
        return element.text or ""
    if tag == "br":
        return "" if attribute(element, "type") in ("page", "column") else "\n"
    return symbol(element) if tag == "sym" else _MARKS.get(tag, "")


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes in a drawing, without the fallback that repeats them for old programs."""
    todo = [element]
    while todo:
        here = todo.pop()
        if name_of(here) == "txbxContent":
            yield here
        elif name_of(here) != "Fallback":
            todo += list(here)[::-1]


def _goes_on(paragraph: etree._Element) -> bool:
    """Whether a paragraph's mark is deleted or hidden, so that the next paragraph stands on the same line."""
    mark = child(child(paragraph, "pPr"), "rPr")
    return child(mark, "del") is not None or any(_is_on(child(mark, n)) for n in ("vanish", "specVanish"))


def _number(element: etree._Element | None, default: int) -> int:
    value = attribute(element) or ""
    return int(value[:6]) if value.isascii() and value.isdigit() else default


def _is_set(element: etree._Element, name: str) -> bool:
    return attribute(element, name) not in (None, "0", "false", "off")


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and attribute(element) not in ("0", "false", "off")


def _merge(looks: etree._Element | None, name: str) -> str:
    element = child(looks, name)
    return "" if element is None else attribute(element) or "continue"
