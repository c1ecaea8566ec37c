"""Text files: prose, and the looks that a table has once a file has become text.

A table's row is a line with tabs (recognised scans), a run of cells that ends in a pipe, perhaps over several
lines (pages copied from a browser; Markdown), or a run of lines with one cell each behind a tab (word-processor
exports; the last cell of a row is followed by a blank line, the table by two), or the whole file is one with commas
(CSV). Nothing is interpreted here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import takewhile
from pathlib import Path

from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph, Rows
from minshi_analysis.reading.text_commas import cells, records
from minshi_analysis.reading.text_marks import seen
from minshi_analysis.reading.text_pasted import pasted

__all__ = ["as_big5", "decode", "decoded", "parse", "read"]

_HEADINGS = (
    (re.compile(r"[一二三四五六七八九十]{1,3}、[^。;；]{1,40}$"), 1),
    (re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）][^。;；]{1,40}$"), 2),
)
MAX_LINES = 200  # of one row with pipes: one that is never closed is not the rest of the text
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")  # what no text has
_MARK = re.compile(r"(#{1,6}[ \t]+)|([ ]*[-*+][ \t]+)|([ \u3000]+)")
_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")  # |---|---| and +---+---+


# UTF-32 first: its little-endian mark begins with that of UTF-16.
_WIDE = {
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def decode(data: bytes, name: str) -> str:
    """Bytes to text: UTF-8 (with or without BOM), UTF-16 or UTF-32 with BOM, else GB18030 or Big5; see `decoded`."""
    return decoded(data, name)[0]


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Bytes to text, and in what way they are damaged ("" where they are not).

    A file that is cut inside a character, or has some bytes turned over, is still a text of its encoding: what is not
    valid is shown as \ufffd. Only a text that another encoding explains better is of that one.

    Raises
    ------
    ValueError
        The bytes are not text in any of these encodings.
    """
    for encoding, marks in _WIDE.items():
        if data.startswith(marks):
            text = data.decode(encoding, "replace")
            return text, f"some bytes are not valid {encoding.upper()}" if "\ufffd" in text else ""
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        try:
            text = decoder.decode(data)
        except UnicodeDecodeError:
            text = data.decode(encoding, "replace")
            if text.count("\ufffd") > len(text) // 200 or _CONTROL.search(text):
                continue
            return text, f"some bytes are not valid {encoding.upper()}"
        if "\x00" not in text:
            if encoding == "gb18030" and (traditional := as_big5(data, text)):
                return traditional, ""
            return text, "it is cut inside a character" if decoder.getstate()[0] else ""
    raise ValueError(
        f"{name}: the bytes are not text in UTF-8, UTF-16 or GB18030; export the file as UTF-8 text"
    )


def as_big5(data: bytes, text: str) -> str | None:
    """The text of bytes in Big5, which GB18030 takes for signs that no font has; None where ``text`` is as it should be.

    Examples
    --------
    >>> data = "本年度民生實事專案".encode("big5")
    >>> as_big5(data, data.decode("gb18030"))
    '本年度民生實事專案'
    """
    if len(_PRIVATE.findall(text)) <= len(text) // 50:
        return None
    try:
        return data.decode("big5")
    except UnicodeDecodeError:
        return None


def read(path: Path) -> Document:
    """The paragraphs and grids of a text or Markdown file."""
    text, damage = decoded(path.read_bytes(), path.name)
    document = parse(text)
    if not damage:
        return document
    said = f"damaged: {damage}; figures may be missing"
    return replace(document, warnings=(said, *document.warnings), damaged=True)


def parse(text: str) -> Document:
    """The paragraphs and grids of a decoded text, in reading order.

    What is struck out, raised or hidden in it (see `visible`) is blanked, so that all offsets stay as they are.

    Examples
    --------
    >>> [type(block).__name__ for block in parse("一、总则\\n序号|项目|\\n1|建书房5家|\\n").blocks]
    ['Paragraph', 'Grid']
    """
    text, left = seen(text)
    for mark in ",;":
        if (places := records(text, mark)) is not None:
            return Document(text, tuple(_parted(text, places, mark)), warnings=tuple(left.sentences()))
    lines = _lines(text)
    blocks: list[Paragraph | Grid] = []
    i = 0
    while i < len(lines):
        start, line = lines[i]
        if _is_piped(line):
            closed = _is_closed(lines, i)
            i, places = _piped(lines, i, closed)
            split = partial(_pipe_cells, closed=closed, bare=_bare(text, places))
            blocks.append(Grid(Rows(text, places, split)))
        elif line.startswith("\t") and "\t" not in line[1:] and line.strip():
            i, found = _stacked(text, lines, i)
            blocks += found
        elif "\t" in line and line.strip():
            i, places = pasted(lines, i) or _tabbed(lines, i)
            blocks.append(Grid(Rows(text, places, partial(_split, mark="\t"))))
        else:
            blocks += _paragraph(start, line)
            i += 1
    return Document(text, tuple(blocks), warnings=tuple(left.sentences()))


def _parted(text: str, places: list[tuple[int, int]], mark: str) -> Iterator[Paragraph | Grid]:
    """A table with commas or semicolons, and the lines above it that fill one field: its title, and what is said of it."""
    for i, (start, end) in enumerate(places):
        row = cells(start, text[start:end], mark)
        filled = [cell for cell in row if cell]
        if len(filled) > 1:
            yield Grid(Rows(text, places[i:], partial(cells, mark=mark)))
            return
        for cell in filled:
            yield from _paragraph(cell.start, cell.text)


def _lines(text: str) -> list[tuple[int, str]]:
    """Each line with its offset, without its end."""
    out, start = [], 0
    for piece in text.splitlines(keepends=True):
        out.append((start, piece.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
        start += len(piece)
    return out


def _paragraph(start: int, line: str) -> list[Paragraph]:
    """A line of prose, without Markdown's marks and the typist's indent."""
    level, begin = 0, 0
    while mark := _MARK.match(line, begin):
        level = level or len((mark[1] or "").strip())
        begin = mark.end()
    body = line[begin:].rstrip()
    if not body:
        return []
    if not level:
        level = next((depth for pattern, depth in _HEADINGS if pattern.match(body)), 0)
    return [Paragraph(body, start + begin, start + begin + len(body), level=level)]


def _cell(start: int, raw: str) -> Cell:
    body = raw.strip()
    begin = start + (len(raw) - len(raw.lstrip()) if body else 0)
    return Cell(body, begin, begin + len(body))


def _split(start: int, row: str, mark: str) -> tuple[Cell, ...]:
    cells = []
    for piece in row.split(mark):
        cells.append(_cell(start, piece))
        start += len(piece) + 1
    return tuple(cells)


def _pipe_cells(start: int, row: str, closed: bool, bare: frozenset[int]) -> tuple[Cell, ...]:
    """The cells of a row with pipes; those around the table hold none, where it has them.

    A row may begin with a pipe because its first cell is empty: then other rows have as many pipes and begin with a word.
    """
    cells = _split(start, row, "|")
    opened = row.lstrip().startswith("|") and row.count("|") not in bare
    return cells[opened : len(cells) - closed]


def _bare(text: str, places: list[tuple[int, int]]) -> frozenset[int]:
    """How many pipes the rows have that do not begin with one."""
    rows = (text[start:end] for start, end in places)
    return frozenset(row.count("|") for row in rows if not row.lstrip().startswith("|"))


def _tab_cells(start: int, row: str) -> tuple[Cell, ...]:
    """The cells of a row that has each behind a tab at the start of a line."""
    begins = [offset for offset, line in _lines(row) if line.startswith("\t")]
    ends = [*begins[1:], len(row)]
    return tuple(_cell(start + a, row[a:b]) for a, b in zip(begins, ends, strict=True))


def _tabbed(lines: list[tuple[int, str]], i: int) -> tuple[int, list[tuple[int, int]]]:
    """Consecutive lines with tabs; a line is a row."""
    places = []
    while i < len(lines) and "\t" in lines[i][1]:
        start, line = lines[i]
        if line.strip():
            places.append((start, start + len(line)))
        i += 1
    return i, places


def _is_piped(line: str) -> bool:
    return line.count("|") >= 2 or (
        line.startswith("|") and line.rstrip().endswith("|") and len(line.strip()) > 1
    )


def _is_closed(lines: list[tuple[int, str]], i: int) -> bool:
    """Whether the rows from here end in a pipe; where others have as many pipes and a word behind, a cell is empty."""
    first = lines[i][1]
    if not first.rstrip().endswith("|"):
        return False
    rows = takewhile(_is_piped, (lines[j][1] for j in range(i, len(lines))))
    return all(row.rstrip().endswith("|") or row.count("|") != first.count("|") for row in rows)


def _piped(lines: list[tuple[int, str]], i: int, closed: bool) -> tuple[int, list[tuple[int, int]]]:
    """Consecutive rows with pipes. Where rows end in a pipe, one that does not goes on in the next line."""
    width = lines[i][1].count("|")
    places = []
    while i < len(lines) and (_is_piped(lines[i][1]) or (closed and "|" in lines[i][1])):
        start, row = lines[i]
        i += 1
        end = i + MAX_LINES
        while closed and not row.rstrip().endswith("|") and i < min(end, len(lines)) and lines[i][1].strip():
            row, i = _joined(start, row, lines[i]), i + 1
        last = _completed(lines, i, width - row.count("|")) if closed else i
        while i < last:
            row, i = _joined(start, row, lines[i]), i + 1
        if not _RULE.fullmatch(row):
            places.append((start, start + len(row)))
    return i, places


def _joined(start: int, row: str, line: tuple[int, str]) -> str:
    """A row and its next line, with the line ends between them, so that offsets hold."""
    return row + "\n" * (line[0] - start - len(row)) + line[1]


def _completed(lines: list[tuple[int, str]], i: int, lacking: int) -> int:
    """Where a short row ends: behind the next lines, if they bring just the pipes that it lacks, in a cell's middle."""
    for j in range(i, min(i + 4, len(lines))):
        line = lines[j][1]
        if lacking <= 0 or not line.strip() or (j == i and _is_piped(line)):
            return i
        lacking -= line.count("|")
        if lacking == 0 and line.rstrip().endswith("|"):
            return j + 1
    return i


def _stacked(text: str, lines: list[tuple[int, str]], i: int) -> tuple[int, list[Paragraph | Grid]]:
    """Cells behind a tab, one a line; lines without a tab go on with the cell before them.

    A row of a single cell that stands alone is no table but a framed box: its lines are paragraphs.
    """
    places: list[tuple[int, int]] = []
    begin: int | None = None  # of the row
    single = True
    while i < len(lines) and lines[i][1].startswith("\t"):
        start, last = lines[i][0], i
        single = single and begin is None
        begin = start if begin is None else begin
        i += 1
        while i < len(lines) and not lines[i][1].startswith("\t"):
            if lines[i][1].strip():
                if i - last > 2:  # two blank lines: the table is over
                    break
                last = i
            i += 1
        blank_after = (
            last + 1 < len(lines)
            and not lines[last + 1][1].strip()
            and not lines[last + 1][1].startswith("\t")
        )
        if blank_after or i >= len(lines) or not lines[i][1].startswith("\t"):
            places.append((begin, lines[last][0] + len(lines[last][1])))
            begin = None
        if i < len(lines) and not lines[i][1].startswith("\t"):
            break
    rows = Rows(text, places, _tab_cells)
    return i, [p for row in rows for p in _box(text, row[0])] if single else [Grid(rows)]


def _box(text: str, cell: Cell) -> list[Paragraph]:
    """A framed box: its first line is its title, each other line a paragraph."""
    out: list[Paragraph] = []
    for offset, line in _lines(text[cell.start : cell.end]):
        for paragraph in _paragraph(cell.start + offset, line):
            level = 3 if not out else paragraph.level
            out.append(Paragraph(paragraph.text, paragraph.start, paragraph.end, level=level))
    return out
