"""Spreadsheets: every visible sheet becomes its titles, its tables with merged ranges, and its notes.

Cells read as a person sees them: 0.83 in a percent format is ``83%``, a date is a date, a formula is its
stored value. What nobody sees (see `visible`), hidden sheets, rows and columns too, is left out, and the document's
warnings say so.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from minshi_analysis.reading.blocks import Document
from minshi_analysis.reading.display import displayed
from minshi_analysis.reading.ooxml import archive, brief, damage, name_of, part
from minshi_analysis.reading.rendering import Rendering
from minshi_analysis.reading.spans import Piece, expand, squeeze
from minshi_analysis.reading.visible import (
    COVERED,
    DRAWN,
    HIDDEN,
    RAISED,
    STRUCK,
    TINY_POINTS,
    LeftOut,
    raised,
)
from minshi_analysis.reading.xlsx_looks import (
    CellLooks,
    Part,
    boxes,
    changing,
    crossed,
    parts_of,
    rich_strings,
    seen,
)

__all__ = ["read"]

_NOTE = re.compile(
    r"[(（※*]?(注|备注|備註|说明|說明|附|单位|單位|填表|审核|審核|制表|製表|数据|數據)|\D[\s\S]{11,}"
)
MAX_STYLES = 10_000_000  # bytes of a book's styles: each becomes an object of a hundred times its size
MAX_ACROSS = 1_000  # merged ranges over one row that are followed
MAX_CELLS = 50_000_000  # rows times columns that a sheet may claim
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass(slots=True)
class _Sheet:
    """What the library's streaming mode does not tell of a sheet."""

    name: str
    part: str
    hidden: bool
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right from 1
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    without_value: list[str] = field(default_factory=list)
    rich: dict[str, tuple[Part, ...]] = field(
        default_factory=dict
    )  # address -> parts with fonts of their own
    looks: CellLooks = field(default_factory=CellLooks)
    noughts: bool = True  # whether a value of nought is shown
    narrow: list[str] = field(default_factory=list)  # numbers that their columns show as ####
    widths: list[tuple[int, int, float]] = field(default_factory=list)  # first and last column, characters
    disorder: bool = False  # whether a row or cell stands twice, or before one that should come first
    formulas: bool = False  # whether formulas are shown instead of values
    conditions: dict[int, str] = field(
        default_factory=dict
    )  # style of a condition -> the first range it is for


def read(path: Path) -> Document:
    """Read a spreadsheet.

    Parameters
    ----------
    path : Path
        An ``.xlsx`` (or ``.xlsm``) file.

    Returns
    -------
    Document
        For each visible sheet its name where there are several (a heading), the lines above a table and the
        notes under it as paragraphs, and its grids; every ref is the cell's address (``Sheet1!B4``).

    Raises
    ------
    ValueError
        Where the file is empty, damaged, encrypted, an old ``.xls``, claims more cells than it can hold, or
        holds no text.
    """
    path = Path(path)
    out = Rendering()
    with archive(path) as parts:
        _check_styles(parts, path)
        for what in damage(parts):
            out.damage(what)
        sheets = list(_sheets(parts, path))
        rich = rich_strings(parts, path)
        for words in boxes(parts, path):
            out.left_out.add(DRAWN, words)
        for sheet in sheets:
            if not sheet.hidden:
                _look(parts, sheet, rich, path)
    with path.open("rb") as file:  # the library judges a path by its suffix, a file by its content
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            styles = changing(book)
            for sheet in sheets:
                sheet.conditions = {n: at for n, at in sheet.conditions.items() if n in styles or n < 0}
            by_part = {getattr(each, "_worksheet_path", ""): each for each in book.worksheets}
            found = {
                sheet.name: _pieces(by_part[sheet.part], sheet, out.left_out)
                for sheet in sheets
                if not sheet.hidden
            }
        except Exception as error:  # it raises whatever its parts raise
            raise ValueError(
                f"{path.name} is damaged ({brief(error, path)}): open it and save it again as .xlsx"
            ) from error
    for sheet in sheets:
        if sheet.hidden:
            out.warn(f"sheet {sheet.name} is hidden and is not read")
            continue
        pieces = found.pop(sheet.name)
        if pieces and sum(not other.hidden for other in sheets) > 1:
            out.paragraph(sheet.name, f"{sheet.name}!", 1)
        for number, (titles, cells, notes) in enumerate(_tables(pieces), 1):
            for piece in titles:
                out.paragraph(piece.text, piece.ref)
            out.grid(_with_blanks(cells, sheet.name), f"{sheet.name}!t{number}")
            for piece in notes:
                out.paragraph(piece.text, piece.ref)
        _report(out, sheet)
    if not out.blocks:
        raise ValueError(f"{path.name} holds no text in a visible sheet: unhide the sheet that is meant")
    return out.document()


def _sheets(parts: zipfile.ZipFile, path: Path) -> Iterator[_Sheet]:
    """The worksheets in their order, with the part of the archive that holds each."""
    names = set(parts.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        raise ValueError(
            f"{path.name} is a zip archive but no Excel file: unpack it and read the files inside"
        )
    targets = {}
    for event, element in part(parts, "xl/_rels/workbook.xml.rels", path):
        if event == "end" and (element.get("Type") or "").endswith("/worksheet"):
            target = element.get("Target") or ""
            targets[element.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    taken: set[str] = set()
    for event, element in part(parts, "xl/workbook.xml", path):
        if event == "end" and name_of(element) == "sheet":
            relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            if targets.get(relation) in names:
                name = element.get("name") or ""
                while name in taken:  # a damaged book may have two of one name
                    name += "'"
                taken.add(name)
                yield _Sheet(name, targets[relation], element.get("state", "visible") != "visible")


def _check_styles(parts: zipfile.ZipFile, path: Path) -> None:
    for member in parts.infolist():
        if member.filename == "xl/styles.xml" and member.file_size > MAX_STYLES:
            raise ValueError(
                f"{path.name} has {member.file_size // 1_000_000:,} MB of styles: copy its cells into a new book"
            )


def _look(parts: zipfile.ZipFile, sheet: _Sheet, rich: dict[int, tuple[Part, ...]], path: Path) -> None:
    """Read a sheet's merged ranges, hidden rows and columns, texts in parts, and the formulas that lack a value."""
    walk = _Walk(sheet, rich)
    for event, element in part(parts, sheet.part, path):
        if event == "start":
            continue
        tag = name_of(element)
        if tag in ("f", "v", "is"):
            walk.content(tag, element)
        elif tag == "c":
            walk.cell(element)
        elif tag == "row":
            walk.row(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        else:
            _set(sheet, tag, element)
    if walk.rows * walk.last_column > MAX_CELLS or walk.last_row > 1_048_576:
        raise ValueError(
            f"{path.name}: sheet {sheet.name} claims {walk.rows:,} rows of {walk.last_column:,} columns: "
            "delete the empty rows and columns and save it again"
        )


@dataclass(slots=True)
class _Walk:
    """How far a sheet has been read, and what the cell in hand holds: its content comes before its own end."""

    sheet: _Sheet
    rich: dict[int, tuple[Part, ...]]
    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    before: int = 0  # the column of the row's cell before
    has_formula: bool = False
    has_value: bool = False
    shared: str = ""
    inline: tuple[Part, ...] = ()

    def content(self, tag: str, element: etree._Element) -> None:
        """A formula (f), a value (v) or a text of the cell's own (is)."""
        if tag == "f":
            self.has_formula = True
        elif tag == "v":
            self.has_value = self.has_value or bool(element.text)
            self.shared = element.text or "" if self.rich else ""
        else:
            self.has_value = True
            if len(element) > 1:
                self.inline = parts_of(element)

    def cell(self, element: etree._Element) -> None:
        """Note what a cell lacks and of which parts its text is; the next one begins with nothing."""
        address = element.get("r") or ""
        if self.has_formula and not self.has_value and element.get("t") != "str":  # "str": an empty text
            self.sheet.without_value.append(address)
        shared = self.rich.get(int(self.shared), ()) if self.shared.isdecimal() else ()
        if own := self.inline or (shared if element.get("t") == "s" else ()):
            self.sheet.rich[address] = own
        self.has_formula = self.has_value = False
        self.shared, self.inline = "", ()
        letters = address.rstrip("0123456789")
        if letters.isalpha() and len(letters) <= 3:
            column = column_index_from_string(letters)
            self.sheet.disorder |= column <= self.before
            self.before = column
            self.last_column = max(self.last_column, column)

    def row(self, element: etree._Element) -> None:
        """Note where a row stands, and whether it is shown."""
        self.rows += 1
        number = element.get("r") or ""
        here = int(number[:7]) if number.isdigit() else self.last_row + 1
        self.sheet.disorder |= here <= self.last_row
        self.last_row, self.before = here, 0
        if element.get("hidden") in ("1", "true") or _is_flat(element.get("ht")):
            self.sheet.hidden_rows.add(here)


def _set(sheet: _Sheet, tag: str, element: etree._Element) -> None:
    """Note what an element says of the sheet as a whole: merged ranges, columns, conditions, how values are shown."""
    if tag == "tablePart":
        sheet.looks.styled = True
    elif tag == "sheetView":
        sheet.noughts = element.get("showZeros") not in ("0", "false")
        sheet.formulas = element.get("showFormulas") in ("1", "true")
    elif tag == "cfRule" and (element.get("dxfId") or "").isdecimal():
        around = element.getparent().get("sqref") or ""
        sheet.conditions.setdefault(int(element.get("dxfId")[:6]), around[:40])
    elif tag in ("dataBar", "iconSet") and element.get("showValue") in ("0", "false"):
        around = element.getparent().getparent().get("sqref") or ""
        sheet.conditions.setdefault(-1, around[:40])
    elif tag == "col" and (element.get("hidden") in ("1", "true") or _is_flat(element.get("width"), 0.3)):
        sheet.hidden_columns.append((int(element.get("min", "0")), int(element.get("max", "0"))))
    elif tag == "col" and re.fullmatch(r"\d{1,2}(\.\d*)?", element.get("width") or ""):
        first, last = int(element.get("min", "0")), int(element.get("max", "0"))
        sheet.widths.append((first, last, float(element.get("width"))))
    elif tag == "mergeCell" and (match := _RANGE.fullmatch(element.get("ref") or "")) and match[3]:
        left, right = column_index_from_string(match[1]), column_index_from_string(match[3])
        sheet.merged.append((int(match[2]), left, int(match[4]), right))


def _is_flat(size: str | None, least: float = TINY_POINTS) -> bool:
    """Whether a row or column is given no room to show anything in."""
    return bool(size and re.fullmatch(r"\d{1,6}(\.\d*)?", size)) and float(size) <= least


def _pieces(worksheet, sheet: _Sheet, left: LeftOut) -> list[Piece]:
    """The sheet's filled cells and merged ranges, with their addresses; what is hidden is left out."""
    merged = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
    covers = _Covers(sheet.merged)
    worksheet.reset_dimensions()
    pieces = []
    for row in worksheet.iter_rows():
        for cell in row:
            if cell.value is None or (sheet.hidden_columns and _hidden(sheet, cell.column)):
                continue
            if covers.over(cell.row, cell.column):
                left.add(COVERED, str(cell.value))
                continue
            bottom, right = merged.get((cell.row, cell.column), (cell.row, cell.column))
            if sheet.hidden_rows and all(r in sheet.hidden_rows for r in range(cell.row, bottom + 1)):
                continue
            address = f"{get_column_letter(cell.column)}{cell.row}"
            text = _shown(cell, sheet, address, left)
            if isinstance(cell.value, int | float) and right == cell.column and _is_narrow(cell, text, sheet):
                sheet.narrow.append(address)
            ref = f"{sheet.name}!{address}"
            pieces.append(
                Piece(cell.row, cell.column, bottom - cell.row + 1, right - cell.column + 1, text, ref)
            )
    return [piece for piece in pieces if piece.text]


def _shown(cell, sheet: _Sheet, address: str, left: LeftOut) -> str:
    """What is read of a cell."""
    text = displayed(cell.value, cell.number_format).strip()
    if cell.value == 0 and not sheet.noughts and not isinstance(cell.value, bool):
        text = ""
    unseen, shift = sheet.looks.of(cell)
    if not text:
        left.add(HIDDEN, "" if cell.value == 0 else str(cell.value))  # a format that shows nothing
    elif unseen:
        left.add(unseen, text)
        return ""
    elif text[0].isdecimal() and crossed(cell):
        left.add(STRUCK, text)
        return ""
    elif address in sheet.rich:
        return seen(sheet.rich[address], left, sheet.looks.on_white(cell)).strip()
    elif shift:
        kept = raised(text, "", shift < 0)
        if not kept:
            left.add(RAISED, text)
        return kept
    return text


def _is_narrow(cell, text: str, sheet: _Sheet) -> bool:
    """Whether a column is so narrow that it shows #### instead of a number."""
    width = next((width for first, last, width in sheet.widths if first <= cell.column <= last), None)
    return width is not None and len(text) > width + 1 and not cell.alignment.shrink_to_fit


class _Covers:
    """Which places a merged range covers beside its corner: what a file keeps there is not shown."""

    def __init__(self, merged: list[tuple[int, int, int, int]]) -> None:
        self._coming = sorted(merged, reverse=True)
        self._here: list[tuple[int, int, int, int]] = []
        self._row = 0

    def over(self, row: int, column: int) -> bool:
        """Whether a place is covered; rows are asked in their order."""
        if row != self._row:
            self._row = row
            while self._coming and self._coming[-1][0] <= row:
                self._here.append(self._coming.pop())
            self._here = [each for each in self._here if each[2] >= row][:MAX_ACROSS]
        return any(
            left <= column <= right and (top, left) != (row, column) for top, left, _, right in self._here
        )


def _hidden(sheet: _Sheet, column: int) -> bool:
    return any(first <= column <= last for first, last in sheet.hidden_columns)


def _lines(pieces: list[Piece]) -> list[tuple[list[Piece], int]]:
    """Rows of pieces from top to bottom, each with the number of filled cells in it, those from above too."""
    by_row: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_row.setdefault(piece.row, []).append(piece)
    lines: list[tuple[list[Piece], int]] = []
    above: list[Piece] = []
    for row in sorted(by_row):
        above = [piece for piece in above if piece.row + piece.rows > row]
        lines.append((by_row[row], len(above) + len(by_row[row])))
        above += [piece for piece in by_row[row] if piece.rows > 1]
    return lines


def _tables(pieces: list[Piece]) -> Iterator[tuple[list[Piece], list[Piece], list[Piece]]]:
    """The sheet's tables: titles above, cells, notes below.

    Lines of one cell before the first line of several are titles; after the last one they are notes if they
    are merged, long or say so. Behind an empty row a new table begins if a title and a header stand there;
    otherwise the table goes on.
    """
    runs: list[list[tuple[list[Piece], int]]] = []
    reach = 0
    for line in _lines(pieces):
        if not runs or line[0][0].row > reach:
            runs.append([])
        runs[-1].append(line)
        reach = max(reach, *(piece.row + piece.rows for piece in line[0]))
    table: list[tuple[list[Piece], int]] = []
    for run in runs:
        if any(filled > 1 for _, filled in table) and _begins_table(run):
            yield _parted(table)
            table = []
        table += run
    if table:
        yield _parted(table)


def _begins_table(run: list[tuple[list[Piece], int]]) -> bool:
    """Whether a run of lines has a title and then a header: short cells without digits."""
    header = next((i for i, (_, filled) in enumerate(run) if filled > 1), None)
    if not header:
        return False
    return all(len(p.text) <= 20 and not re.search(r"\d", p.text) for p in run[header][0])


def _parted(lines: list[tuple[list[Piece], int]]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    full = [i for i, (line, filled) in enumerate(lines) if filled > 1]
    first, last = (full[0], full[-1] + 1) if full else (len(lines), len(lines))
    while last < len(lines) and not _NOTE.match(lines[last][0][0].text) and lines[last][0][0].columns == 1:
        last += 1
    parts = lines[:first], lines[first:last], lines[last:]
    titles, cells, notes = ([piece for line, _ in part for piece in line] for part in parts)
    return titles, cells, notes


def _with_blanks(pieces: list[Piece], name: str) -> list[Piece]:
    """The table's cells from its own corner, its empty places as pieces that know their address."""
    tops, lefts = sorted({p.row for p in pieces}), sorted({p.column for p in pieces})
    pieces = squeeze(pieces)
    for r, line in enumerate(expand(pieces) or []):
        for c, index in enumerate(line):
            if index is None:
                pieces.append(Piece(r, c, ref=f"{name}!{get_column_letter(lefts[c])}{tops[r]}"))
    return pieces


def _report(out: Rendering, sheet: _Sheet) -> None:
    """Say what was left out of a sheet and which of its values are missing."""
    if sheet.hidden_rows:
        out.warn(f"sheet {sheet.name}: {len(sheet.hidden_rows)} hidden rows are not read")
    if sheet.hidden_columns:
        out.warn(f"sheet {sheet.name}: hidden columns are not read")
    if sheet.disorder:
        out.damage(f"sheet {sheet.name} has a row or a cell twice, or not in its order")
    if sheet.narrow:
        some = ", ".join(sheet.narrow[:5]) + (" …" if len(sheet.narrow) > 5 else "")
        out.warn(f"sheet {sheet.name} shows #### for numbers wider than their column ({some}): they are read")
    if sheet.formulas:
        out.warn(f"sheet {sheet.name} shows its formulas: their stored values are read")
    if sheet.conditions:
        some = "; ".join(dict.fromkeys(sheet.conditions.values()))
        out.warn(
            f"sheet {sheet.name}: conditions may hide, strike out or change what is shown ({some[:80]}): "
            "it is read as it is stored"
        )
    if sheet.without_value:
        some = ", ".join(sheet.without_value[:5]) + (" …" if len(sheet.without_value) > 5 else "")
        out.warn(
            f"sheet {sheet.name}: {len(sheet.without_value)} formulas have no stored value ({some}): "
            "open the file in a spreadsheet program and save it to read them"
        )
