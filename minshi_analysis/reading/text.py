"""Text files: prose, and the three looks that a table has once a file has become text.

A table's row is a line with tabs (recognised scans), a run of cells that ends in a pipe, perhaps over several
lines (pages copied from a browser; Markdown), or a run of lines with one cell each behind a tab (word-processor
exports; the last cell of a row is followed by a blank line, the table by two). Nothing is interpreted here.
"""

from __future__ import annotations

import re
from pathlib import Path

from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph

__all__ = ["decode", "parse", "read"]

_HEADINGS = (
    (re.compile(r"[一二三四五六七八九十]{1,3}、[^。;；]{1,40}$"), 1),
    (re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）][^。;；]{1,40}$"), 2),
)
_MARK = re.compile(r"(#{1,6}[ \t]+)|([ ]*[-*+][ \t]+)|([ \u3000]+)")
_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")  # |---|---| and +---+---+


def decode(data: bytes, name: str) -> str:
    """Bytes to text: UTF-8 (with or without BOM), UTF-16 with BOM, else GB18030.

    Raises
    ------
    ValueError
        The bytes are not text in any of these encodings.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValueError(f"{name}: the bytes are not text in UTF-8, UTF-16 or GB18030; export the file as UTF-8 text")


def read(path: Path) -> Document:
    """The paragraphs and grids of a text or Markdown file."""
    return parse(decode(path.read_bytes(), path.name))


def parse(text: str) -> Document:
    """The paragraphs and grids of a decoded text, in reading order.

    Examples
    --------
    >>> [type(block).__name__ for block in parse("一、总则\\n序号|项目|\\n1|建书房5家|\\n").blocks]
    ['Paragraph', 'Grid']
    """
    lines = _lines(text)
    blocks: list[Paragraph | Grid] = []
    i = 0
    while i < len(lines):
        start, line = lines[i]
        if _is_piped(line):
            i, rows = _piped(lines, i)
            blocks.append(Grid(tuple(rows)))
        elif line.startswith("\t") and "\t" not in line[1:] and line.strip():
            i, found = _stacked(text, lines, i)
            blocks += found
        elif "\t" in line and line.strip():
            i, rows = _tabbed(lines, i)
            blocks.append(Grid(tuple(rows)))
        else:
            blocks += _paragraph(start, line)
            i += 1
    return Document(text, tuple(blocks))


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


def _split(start: int, line: str, mark: str) -> list[Cell]:
    cells = []
    for piece in line.split(mark):
        cells.append(_cell(start, piece))
        start += len(piece) + 1
    return cells


def _tabbed(lines: list[tuple[int, str]], i: int) -> tuple[int, list[tuple[Cell, ...]]]:
    """Consecutive lines with tabs; a line is a row."""
    rows = []
    while i < len(lines) and "\t" in lines[i][1]:
        if lines[i][1].strip():
            rows.append(tuple(_split(*lines[i], "\t")))
        i += 1
    return i, rows


def _is_piped(line: str) -> bool:
    return line.count("|") >= 2 or (line.startswith("|") and line.rstrip().endswith("|") and len(line.strip()) > 1)


def _piped(lines: list[tuple[int, str]], i: int) -> tuple[int, list[tuple[Cell, ...]]]:
    """Consecutive rows with pipes. Where rows end in a pipe, one that does not goes on in the next line."""
    closed = lines[i][1].rstrip().endswith("|")
    width = lines[i][1].count("|")
    rows = []
    while i < len(lines) and (_is_piped(lines[i][1]) or (closed and "|" in lines[i][1])):
        start, row = lines[i]
        i += 1
        while closed and not row.rstrip().endswith("|") and i < len(lines) and lines[i][1].strip():
            row, i = _joined(start, row, lines[i]), i + 1
        last = _completed(lines, i, width - row.count("|")) if closed else i
        while i < last:
            row, i = _joined(start, row, lines[i]), i + 1
        if _RULE.fullmatch(row):
            continue
        cells = _split(start, row, "|")
        if closed:
            cells = cells[:-1]
        if row.lstrip().startswith("|"):
            cells = cells[1:]
        rows.append(tuple(cells))
    return i, rows


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
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    while i < len(lines) and lines[i][1].startswith("\t"):
        start, last = lines[i][0], i
        i += 1
        while i < len(lines) and not lines[i][1].startswith("\t"):
            if lines[i][1].strip():
                if i - last > 2:  # two blank lines: the table is over
                    break
                last = i
            i += 1
        end = lines[last][0] + len(lines[last][1])
        row.append(_cell(start, text[start:end]))
        blank_after = last + 1 < len(lines) and not lines[last + 1][1].strip() and not lines[last + 1][1].startswith("\t")
        if blank_after or i >= len(lines) or not lines[i][1].startswith("\t"):
            rows.append(tuple(row))
            row = []
        if i < len(lines) and not lines[i][1].startswith("\t"):
            break
    if all(len(r) == 1 for r in rows):
        return i, [p for r in rows for p in _box(text, r[0])]
    return i, [Grid(tuple(rows))]


def _box(text: str, cell: Cell) -> list[Paragraph]:
    """A framed box: its first line is its title, each other line a paragraph."""
    out: list[Paragraph] = []
    for offset, line in _lines(text[cell.start : cell.end]):
        for paragraph in _paragraph(cell.start + offset, line):
            level = 3 if not out else paragraph.level
            out.append(Paragraph(paragraph.text, paragraph.start, paragraph.end, level=level))
    return out
