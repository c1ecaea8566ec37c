"""Old workbooks (.xls): written again as a new one, as its cells look, and read as that.

So that there is one reader of spreadsheets. What the library does not tell of an old workbook (drawn text, formats that
depend on values) is named in the document's warnings where there is some.
"""

from __future__ import annotations

import io
import os
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from minshi_analysis.reading.blocks import Document
from minshi_analysis.reading.ooxml import brief

__all__ = ["is_workbook", "read"]

_STREAMS = ("Workbook", "Book")
_DRAWN, _CONDITIONS = 0x01B6, 0x01B0  # records of a drawn text, and of a format that depends on values
_FILL = 4  # the alignment that repeats a text over the cell's width
_SHIFTS: dict[int, Any] = {1: "superscript", 2: "subscript"}
_MAC_1904 = 1


def is_workbook(path: Path) -> bool:
    """Whether an OLE2 file's own stream (not that of something embedded in it) is a workbook."""
    return _stream(path) is not None


def _stream(path: Path) -> bytes | None:
    """The records of the workbook in an OLE2 file; None where there is none.

    The library of workbooks would find them itself, but follows a chain of sectors that leads back to itself for ever.
    """
    import olefile

    try:
        with olefile.OleFileIO(os.fspath(path)) as parts:
            found = next((name for name in _STREAMS if parts.exists(name)), None)
            return parts.openstream(found).read() if found else None
    except Exception:  # it raises whatever a damaged directory makes of it
        return None


def read(path: Path) -> Document:
    """Read an old workbook; see `minshi_analysis.reading.xlsx.read` for what comes of it.

    Raises
    ------
    ValueError
        Where the file is damaged or encrypted, or holds no text.
    """
    import xlrd

    from minshi_analysis.reading import xlsx

    path = Path(path)
    records = _stream(path)
    if not records:
        raise ValueError(f"{path.name} holds no workbook: get the file again")
    try:
        with xlrd.open_workbook(
            file_contents=records, formatting_info=True, on_demand=True, logfile=io.StringIO()
        ) as book:
            left = list(_left_out(book))
            new = _written_again(book)
    except Exception as error:  # it raises whatever its parts raise
        if "encrypted" in str(error):
            raise ValueError(
                f"{path.name} is encrypted: open it with its password and save it without one"
            ) from None
        why = brief(error, path) or type(error).__name__
        raise ValueError(f"{path.name} is damaged ({why}): open it and save it again as .xlsx") from error
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name  # its sentences name the file
        new.save(copy)
        document = xlsx.read(copy)
    return replace(document, warnings=(*document.warnings, *left))


def _left_out(book: Any) -> Iterator[str]:
    """What an old workbook may hold that is not read, one sentence each."""
    kinds = set()
    data, at = book.mem, book.base
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        kinds.add(kind)
        at += 4 + length
    if _DRAWN in kinds:
        yield "drawn text of an old workbook is not read: save it as .xlsx"
    if _CONDITIONS in kinds:
        yield "formats that depend on values are not followed in an old workbook: save it as .xlsx"


def _written_again(book: Any):
    """A new workbook with the cells, looks and spans of an old one."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    new = openpyxl.Workbook()
    new.remove(new.active)
    if book.datemode == _MAC_1904:
        new.epoch = CALENDAR_MAC_1904
    styles: dict[int, dict[str, Any]] = {}
    for sheet in book.sheets():
        page = new.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.visibility else "visible"
        page.sheet_view.showZeros = bool(sheet.show_zero_values)
        page.sheet_view.showFormulas = bool(sheet.show_formulas)
        for top, bottom, left, right in sheet.merged_cells:
            page.merged_cells.add(_address(top, left, bottom - 1, right - 1))
        _dimensions(sheet, page)
        for r in range(sheet.nrows):
            for c in range(sheet.row_len(r)):
                old = sheet.cell(r, c)
                if (value := _value(book, sheet, r, c, old)) is None:
                    continue
                cell = page.cell(r + 1, c + 1)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # =… and #N/A are what is printed, no formulas
                for name, look in styles.setdefault(old.xf_index, _look(book, old.xf_index)).items():
                    setattr(cell, name, look)
    return new


def _address(top: int, left: int, bottom: int, right: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"


def _dimensions(sheet: Any, page: Any) -> None:
    """Widths of columns, and which rows and columns are hidden."""
    from openpyxl.utils import get_column_letter

    for c, column in sheet.colinfo_map.items():
        known = page.column_dimensions[get_column_letter(c + 1)]
        known.width, known.hidden = column.width / 256, bool(column.hidden)
    for r, row in sheet.rowinfo_map.items():
        if row.hidden:
            page.row_dimensions[r + 1].hidden = True
    if sheet.defcolwidth:
        page.sheet_format.defaultColWidth = sheet.defcolwidth


def _value(book: Any, sheet: Any, r: int, c: int, old: Any) -> Any:
    """What a cell holds: a text (with the fonts of its parts), a number, a truth value, an error's name, or None."""
    import xlrd

    if old.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if old.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(old.value)
    if old.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(old.value, "#N/A")
    runs = sheet.rich_text_runlist_map.get((r, c)) if old.ctype == xlrd.XL_CELL_TEXT else None
    return _parts(book, old, runs) if runs else old.value


def _parts(book: Any, old: Any, runs: list[tuple[int, int]]) -> Any:
    """A text whose parts have fonts of their own; each run is where one begins and which font it is."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    first = book.xf_list[old.xf_index].font_index
    starts = [(0, first), *runs] if runs[0][0] else list(runs)
    ends = [start for start, _ in starts[1:]] + [len(old.value)]
    parts = []
    for (start, index), end in zip(starts, ends, strict=True):
        if start < end:
            font = book.font_list[index]
            own = InlineFont(
                strike=bool(font.struck_out),
                vertAlign=_SHIFTS.get(font.escapement),
                sz=font.height / 20,
                color=_colour(book, font.colour_index),
            )
            parts.append(TextBlock(own, old.value[start:end]))
    return CellRichText(parts)


def _look(book: Any, index: int) -> dict[str, Any]:
    """Number format, font, ground, alignment and diagonal of a cell's style."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    style = book.xf_list[index]
    font, ground, border = book.font_list[style.font_index], style.background, style.border
    found: dict[str, Any] = {
        "number_format": book.format_map[style.format_key].format_str or "General",
        "font": Font(
            strike=bool(font.struck_out),
            vertAlign=_SHIFTS.get(font.escapement),
            sz=font.height / 20,
            color=_colour(book, font.colour_index),
        ),
    }
    if ground.fill_pattern == 1 and (colour := _colour(book, ground.pattern_colour_index)):
        found["fill"] = PatternFill("solid", fgColor=colour)
    if style.alignment.hor_align == _FILL:
        found["alignment"] = Alignment(horizontal="fill")
    if border.diag_line_style and (border.diag_up or border.diag_down):
        found["border"] = Border(
            diagonal=Side(style="thin"), diagonalUp=bool(border.diag_up), diagonalDown=bool(border.diag_down)
        )
    return found


def _colour(book: Any, index: int):
    """A colour of the book's palette; None where it is the system's own."""
    from openpyxl.styles.colors import Color

    rgb = book.colour_map.get(index)
    return Color(rgb="FF{:02X}{:02X}{:02X}".format(*rgb)) if rgb else None
