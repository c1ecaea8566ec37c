"""PDF files with a text layer: running text, ruled tables, tables that only stand in columns.

A page is read, reduced to lines and cells, and let go before the next, so that memory grows with the text
and not with the file. A table that goes on over a page break is one grid on each page, both with the same
columns.
Running heads, feet and page numbers are recognised by where they stand and that they recur.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from statistics import median

import pypdfium2
from pdfminer.pdfexceptions import PDFException

from minshi_analysis.reading.blocks import Document, Grid
from minshi_analysis.reading.largest import largest
from minshi_analysis.reading.pdf_columns import tables
from minshi_analysis.reading.pdf_damage import damage, hides_layers
from minshi_analysis.reading.pdf_drawing import Char, Drawing, Rule, draw
from minshi_analysis.reading.pdf_forms import endless
from minshi_analysis.reading.pdf_lines import Line, joined, lines, paragraphs, turned, whole
from minshi_analysis.reading.pdf_ruling import MAX_RULES, Frame, frames
from minshi_analysis.reading.pdf_unembedded import Unembedded
from minshi_analysis.reading.rendering import Rendering
from minshi_analysis.reading.spans import Piece, expand

__all__ = ["joins", "read"]

_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*(第?\s*\d{1,4}\s*[页頁]?)(\s*[/／,，]?\s*共?\s*\d{1,4}\s*[页頁]?)?[-—–－·•\s]*"
)
MAX_LOST = 1_000  # pages that cannot be read
_MARGIN = 0.12  # of the page's height: where running heads and feet stand


@dataclass(slots=True)
class _Table:
    """A table of one page; ``xs`` are its column edges where they are drawn."""

    top: float
    bottom: float
    pieces: list[Piece]
    xs: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    items: list[Line | _Table] = field(default_factory=list)


@dataclass(slots=True)
class _Book:
    """The pages of a file as they are read, and of which of them nothing is."""

    pages: list[_Page] = field(default_factory=list)
    chars: int = 0
    unmapped: int = 0  # characters of which their fonts do not say what they are
    pictures: int = 0
    bare: list[int] = field(default_factory=list)  # numbers of pages that are a picture
    blank: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)  # that the library cannot read


def read(path: Path) -> Document:
    """Read a PDF.

    Parameters
    ----------
    path : Path
        A ``.pdf`` file with a text layer.

    Returns
    -------
    Document
        Paragraphs (``p3/p1``: page 3, first paragraph; larger print is a heading) and grids (``p3/t1``) in
        reading order; cells are ``p3/t1/r4/c2``. Grids from ruling lines know their spans; those from
        columns of words do not.

    Raises
    ------
    ValueError
        Where the file is empty, truncated, damaged, encrypted, a scan without a text layer, or its fonts do
        not say which characters they draw.
    """
    path = Path(path)
    data = path.read_bytes()
    if said := endless(data):
        raise ValueError(f"{path.name}: {said}: print it to a new PDF file")
    book = _open(path)
    slow = Unembedded(path)
    out = Rendering()
    for what in damage(data, len(book)):
        out.damage(what)
    if hides_layers(data):
        out.damage("it has layers that are switched off, and what stands on them may be read")
    del data
    try:
        found = _drawn(book, slow, out)
    finally:
        book.close()
        slow.close()
    for said in slow.complaints:
        out.damage(f"its library says: {said}")
    _judge(found, path, out)
    pages = found.pages
    _drop_furniture(pages, out)
    _align(pages)
    _write(pages, out)
    lines = [(item.text, item.size) for page in pages[:1] for item in page.items if isinstance(item, Line)]
    return replace(out.document(), about={"largest": largest(lines)})


def _drawn(book: pypdfium2.PdfDocument, slow: Unembedded, out: Rendering) -> _Book:
    """What each page of a file draws; pages that cannot be read are named as damage."""
    found = _Book()
    for number in range(1, len(book) + 1):
        try:
            page = book[number - 1]
            drawing = draw(page, partial(slow.chars, number), out.left_out)
            page.close()
        except (pypdfium2.PdfiumError, PDFException):
            found.lost.append(number)
            if len(found.lost) > MAX_LOST:
                break
            continue
        printed = sum(char.text != " " for char in drawing.chars)
        found.chars += printed
        found.unmapped += drawing.unmapped
        found.pictures += drawing.pictures
        if not printed:
            (found.bare if drawing.pictures else found.blank).append(number)
        _note(drawing, number, out)
        found.pages.append(_read_page(drawing, number))
    for number in found.lost[:10]:
        out.damage(f"page {number} is not read")
    if len(found.lost) > MAX_LOST:
        out.damage(f"more than {MAX_LOST:,} pages cannot be read, the rest is not tried")
    return found


def _judge(found: _Book, path: Path, out: Rendering) -> None:
    """Refuse a file without text, and warn of the pages of one that has some."""
    if not found.chars and found.unmapped:
        raise ValueError(
            f"{path.name}: its fonts do not say which characters they draw: recognise it (OCR) first"
        )
    if not found.chars:
        what = "a scan without a text layer" if found.pictures else "without any text"
        raise ValueError(f"{path.name} is {what}: recognise it (OCR) and read the result")
    if found.unmapped > 0.05 * found.chars:
        out.warn(f"{found.unmapped} characters cannot be read: their fonts do not say what they are")
    if found.bare:
        some = ", ".join(map(str, found.bare[:10])) + (" …" if len(found.bare) > 10 else "")
        out.warn(f"{len(found.bare)} pages are pictures without text and are not read (pages {some})")
    if found.blank:  # so is a page whose content is damaged, or whose letters are drawn as shapes
        some = ", ".join(map(str, found.blank[:10])) + (" …" if len(found.blank) > 10 else "")
        out.warn(f"pages without any text: {some}; if they are not blank in print, get the file again")


def joins(previous: Grid, grid: Grid) -> bool:
    """Whether a grid may go on where the one before it, with nothing between them, left off at a page break.

    Examples
    --------
    >>> from minshi_analysis.reading.blocks import Cell
    >>> joins(Grid(((Cell("a", 0, 1),),), ref="p1/t2"), Grid(((Cell("b", 2, 3),),), ref="p2/t1"))
    True
    """
    before, after = re.match(r"p(\d+)/t", previous.ref), re.match(r"p(\d+)/t1$", grid.ref)
    if not before or not after or int(after[1]) != int(before[1]) + 1:
        return False
    return len(previous.rows[-1]) == len(grid.rows[0]) and previous.spans == grid.spans


def _open(path: Path) -> pypdfium2.PdfDocument:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(max(size - 4096, 0))
        tail = file.read()
    if not size:
        raise ValueError(f"{path.name} is empty: get the file again")
    if b"%PDF-" not in head:
        raise ValueError(
            f"{path.name} is no PDF file: its name ends in {path.suffix}, its content does not agree"
        )
    try:
        book = pypdfium2.PdfDocument(path)
        count = len(book)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ValueError(f"{path.name} is encrypted: save a copy of it without a password") from None
        raise ValueError(f"{path.name} is truncated or damaged: get the file again") from None
    if b"%%EOF" not in tail or not count:
        book.close()
        raise ValueError(f"{path.name} is truncated: its end is missing, get the file again")
    return book


def _note(drawing: Drawing, number: int, out: Rendering) -> None:
    if drawing.slanted:
        out.warn(f"slanted text is left out as a watermark: {drawing.slanted[:30]}")
    if drawing.overfull or len(drawing.across) + len(drawing.down) > MAX_RULES:
        out.warn(f"page {number} draws too many objects: its ruling lines are not followed")


def _read_page(drawing: Drawing, number: int) -> _Page:
    page = _Page(number, drawing.width, drawing.height)
    rest = drawing.chars
    made: list[_Table] = []
    for frame in frames(drawing):
        if len(frame.xs) > 2:  # boxes one above the other hold running text
            table, rest = _ruled(frame, rest)
            if table is not None:
                made.append(table)
    rows = lines(char for char in rest if not char.turn)
    if any(char.turn for char in rest):
        rows = sorted([*rows, *_side_by_side(turned(rest))], key=lambda row: row[0].middle)
    for end in (0, -1):  # page numbers first, so that no table takes them for a cell
        lone = bool(rows) and len(rows[end]) == 1
        if lone and _in_margin(rows[end][0], page) and _PAGE_NUMBER.fullmatch(rows[end][0].text.strip()):
            rows.pop(end)
    made.sort(key=lambda table: table.top)
    loose = [r for r in drawing.across if not any(_inside(r, table) for table in made)]
    begin = 0
    for table in [*made, None]:
        end = begin
        while end < len(rows) and (table is None or rows[end][0].middle < table.top):
            end += 1
        for part in tables(rows[begin:end], loose):
            page.items += (
                [whole(row) for row in part] if isinstance(part[0], list) else [_Table(0.0, 0.0, part)]
            )
        if table is not None:
            page.items.append(table)
        begin = end
    return page


def _ruled(frame: Frame, chars: list[Char]) -> tuple[_Table | None, list[Char]]:
    """A frame with the characters that stand in it, and the characters that do not."""
    left, top, right, bottom = frame.box
    places = expand(frame.pieces) or []
    inside: dict[int, list[Char]] = {}
    rest = []
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        if left < x < right and top < y < bottom:
            index = places[bisect_right(frame.ys, y) - 1][bisect_right(frame.xs, x) - 1]
            inside.setdefault(index, []).append(char)
        else:
            rest.append(char)
    found: dict[int, list[Line]] = {}
    on_edge: dict[int, str] = {}  # text that is turned in its cell, as heads of narrow columns are
    for index, these in inside.items():
        rows = [whole(row) for row in lines(char for char in these if not char.turn)]
        if rows:
            found[index] = rows
        if any(char.turn for char in these):
            on_edge[index] = "".join(line.text for row in turned(these) for line in row).strip()
    if not found and not on_edge:
        return None, chars
    edges = {index: frame.edges(frame.pieces[index]) for index in found}
    rooms = [line.x0 - edges[index][0] for index, these in found.items() for line in these]
    room = min(rooms, default=0.0)
    pieces = []
    for index, piece in enumerate(frame.pieces):
        text = ""
        if index in found:
            text = joined(found[index], edges[index][2] - edges[index][0] - 2 * max(room, 0.0))
        if on_edge.get(index):
            text = f"{text}\n{on_edge[index]}".strip()
        pieces.append(piece._replace(text=text))
    return _Table(top, bottom, pieces, frame.xs), rest


def _side_by_side(rows: list[list[Line]]) -> list[list[Line]]:
    """Lines turned on their side, those that stand beside each other as one row."""
    made: list[list[Line]] = []
    for line in sorted((line for row in rows for line in row), key=lambda line: line.middle):
        if made and line.top < made[-1][0].middle < line.bottom:
            made[-1].append(line)
        else:
            made.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in made]


def _inside(across: Rule, table: _Table) -> bool:
    return table.top - 3 <= across.at <= table.bottom + 3


def _in_margin(line: Line, page: _Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _drop_furniture(pages: list[_Page], out: Rendering) -> None:
    """Take out running heads and feet: lines at a page's edge that recur, their digits aside."""
    seen: Counter[str] = Counter()
    edges: list[list[tuple[_Page, Line, str]]] = []
    for page in pages:
        ends = [item for item in (*page.items[:2], *page.items[-2:]) if isinstance(item, Line)]
        these = {
            id(line): (page, line, re.sub(r"\d+", "#", line.text.strip()))
            for line in ends
            if _in_margin(line, page)
        }
        edges.append(list(these.values()))
        seen.update({key for _, _, key in these.values()})
    recurring = {key for key, count in seen.items() if count >= 3 and count >= 0.25 * min(len(pages), 40)}
    for page, line, key in (entry for these in edges for entry in these):
        if key in recurring:
            page.items = [item for item in page.items if item is not line]
    for key in sorted(recurring):
        out.warn(f"a line that recurs at the edge of {seen[key]} pages is left out as a running head: {key}")


def _align(pages: list[_Page]) -> None:
    """Give a table that goes on over page breaks the same columns on every page."""
    chain: list[_Table] = []
    for before, page in zip([None, *pages], pages, strict=False):
        last = before.items[-1] if before and before.items else None
        first = page.items[0] if page.items else None
        if not (chain and last is chain[-1] and isinstance(first, _Table) and _same_edges(chain[-1], first)):
            _share_columns(chain)
            chain = [first] if isinstance(first, _Table) and first.xs else []
        else:
            chain.append(first)
        for item in page.items[1:] if chain and chain[-1] is first else page.items:
            if isinstance(item, _Table) and item.xs:
                _share_columns(chain)
                chain = [item]
    _share_columns(chain)


def _same_edges(a: _Table, b: _Table) -> bool:
    return bool(a.xs and b.xs) and abs(a.xs[0] - b.xs[0]) < 6 and abs(a.xs[-1] - b.xs[-1]) < 6


def _share_columns(chain: list[_Table]) -> None:
    """Columns of all pages of a table: every edge of any page in which, on some page, a cell begins."""
    edges: list[float] = []
    for x in sorted(table.xs[piece.column] for table in chain for piece in table.pieces):
        if not edges or x - edges[-1] > 4:
            edges.append(x)
    ends = [*edges, chain[0].xs[-1]] if chain else []
    for table in chain:
        lefts, rights = [_index(edges, x) for x in table.xs], [_index(ends, x) for x in table.xs]
        for i, piece in enumerate(table.pieces):
            left, right = lefts[piece.column], rights[piece.column + piece.columns]
            table.pieces[i] = piece._replace(column=left, columns=max(right - left, 1))


def _index(edges: list[float], x: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - x))


def _write(pages: list[_Page], out: Rendering) -> None:
    """Write pages in order; running text that a page break parts is one paragraph."""
    text: list[Line] = []
    of_page: dict[int, int] = {}  # id of a line -> its page
    sizes = [item.size for page in pages for item in page.items if isinstance(item, Line) for _ in item.text]
    usual = median(sizes) if sizes else 0.0
    margins = _margins(pages)
    counts: Counter[int] = Counter()

    def flush(left: float, right: float) -> None:
        for words, first, _ in paragraphs(text, left, right):
            number = of_page[id(first)]
            counts[number] += 1
            out.paragraph(words, f"p{number}/p{counts[number]}", int(first.size > 1.2 * usual))
        text.clear()

    left = right = 0.0
    for page in pages:
        here = margins[round(page.width)]
        if text and here != (left, right):
            flush(left, right)
        left, right = here
        tables_here = 0
        for item in page.items:
            if isinstance(item, Line):
                text.append(item)
                of_page[id(item)] = page.number
                continue
            flush(left, right)
            tables_here += 1
            if not item.xs:
                out.warn("tables without ruling lines are read by where their words stand: check their rows")
            out.grid(item.pieces, f"p{page.number}/t{tables_here}", known=bool(item.xs))
    flush(left, right)


def _margins(pages: list[_Page]) -> dict[int, tuple[float, float]]:
    """Left and right margin of running text, for each width of page."""
    found: dict[int, list[Line]] = {round(page.width): [] for page in pages}
    for page in pages:
        found[round(page.width)] += [item for item in page.items if isinstance(item, Line)]
    margins = {}
    for width, these in found.items():
        if not these:
            margins[width] = (0.0, float(width))
            continue
        lefts, rights = sorted(line.x0 for line in these), sorted(line.x1 for line in these)
        left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 50]
        full = sum(right - x < these[0].size for x in rights)
        if full < 0.3 * len(these) or right - left < 0.45 * width:  # no margin: take the left one's mirror
            right = max(right, width - left)
        margins[width] = (left, right)
    return margins
