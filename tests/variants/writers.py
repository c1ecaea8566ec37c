"""A notice written to a file: HTML, DOCX, XLSX, PDF, and text with pipes or tabs."""

from __future__ import annotations

import functools
import hashlib
import html
import io
import re
from collections.abc import Sequence
from pathlib import Path

from variants.sheets import Box, Notice, Sheet, broken

__all__ = ["FORMS", "register", "to_docx", "to_html", "to_pdf", "to_pipes", "to_tabs", "to_xlsx"]

_HEADS = "民生实事项目汇编"  # the running head of a PDF


def to_html(notice: Notice, path: Path, encoding: str = "utf-8") -> Path:
    """A page with row and column spans; a line break in a cell is a ``<br>``."""
    parts = [f'<html><head><meta charset="{encoding}"></head><body>']
    parts += [f"<p>{html.escape(text)}</p>" for text in notice.paragraphs]
    for sheet in notice.sheets:
        parts.append(f"<p>{html.escape(sheet.title)}</p><table border=1>")
        for row in range(sheet.height):
            parts.append("<tr>" + "".join(map(_td, _begin(sheet, row))) + "</tr>")
        parts.append("</table>")
    path.write_bytes("\n".join([*parts, "</body></html>"]).encode(encoding))
    return path


def _td(box: Box) -> str:
    spans = f' rowspan="{box.rows}"' * (box.rows > 1) + f' colspan="{box.columns}"' * (box.columns > 1)
    return f"<td{spans}>{html.escape(box.text).replace(chr(10), '<br>')}</td>"


def _begin(sheet: Sheet, row: int) -> list[Box]:
    """The cells to be written in a row; an empty place is an empty cell."""
    boxes = []
    for column, box in enumerate(sheet.places()[row]):
        if box is None:
            boxes.append(Box(row, column))
        elif (box.row, box.column) == (row, column):
            boxes.append(box)
    return boxes


def to_docx(notice: Notice, path: Path) -> Path:
    """A Word file with merged cells."""
    import docx

    document = docx.Document()
    for text in notice.paragraphs:
        document.add_paragraph(text)
    for sheet in notice.sheets:
        document.add_paragraph(sheet.title)
        table = document.add_table(sheet.height, sheet.width)
        cells = [list(row.cells) for row in table.rows]
        for box in sheet.boxes:
            cell = cells[box.row][box.column]
            if box.rows > 1 or box.columns > 1:
                cell = cell.merge(cells[box.row + box.rows - 1][box.column + box.columns - 1])
            cell.text = box.text
        document.add_paragraph("")
    document.save(str(path))
    return path


def to_xlsx(notice: Notice, path: Path) -> Path:
    """A workbook with one sheet for each table, its title merged over the whole width above it."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(notice.sheets, 1):
        tab = book.create_sheet(f"表{number}")
        row = 1
        for text in (*(notice.paragraphs if number == 1 else ()), sheet.title):
            tab.cell(row, 1, text)
            tab.merge_cells(start_row=row, start_column=1, end_row=row, end_column=sheet.width)
            row += 1
        for box in sheet.boxes:
            top, left = row + box.row, 1 + box.column
            tab.cell(top, left, box.text).data_type = "s"
            if box.rows > 1 or box.columns > 1:
                tab.merge_cells(
                    start_row=top,
                    start_column=left,
                    end_row=top + box.rows - 1,
                    end_column=left + box.columns - 1,
                )
    book.save(path)
    return path


def to_pdf(
    notice: Notice,
    path: Path,
    rows_per_page: int = 12,
    ruled: bool = True,
    rotated: bool = False,
    heads: bool = False,
    embedded: bool = False,
) -> Path:
    """A PDF with a page break in each table every so many rows, its header on top of every page.

    Parameters
    ----------
    ruled : bool
        Whether lines are drawn; without, rows are only set apart by space.
    rotated : bool
        Whether pages are landscape pages turned by the reader (``/Rotate 90``).
    heads : bool
        Whether every page has a running head and a page number.
    embedded : bool
        Whether the font is in the file; without, the file only names one, as many older ones do.
    """
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A2
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    font = register(_words(notice) if embedded else "")
    style = ParagraphStyle("text", fontName=font, fontSize=9, leading=12, wordWrap="CJK", spaceAfter=6)

    def text(words: str) -> Paragraph:
        # this writer drops a space at the end of a broken line, which a word processor keeps: names on lines
        words = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "\n", words)
        return Paragraph(html.escape(words).replace("\n", "<br/>"), style)

    def decorated(canvas, document) -> None:
        if rotated:
            canvas.setPageRotation(90)
        if heads:
            canvas.setFont(font, 9)
            canvas.drawString(60, A2[1] - 40, _HEADS)
            canvas.drawCentredString(A2[0] / 2, 30, f"— {document.page} —")

    story: list = [text(words) for words in notice.paragraphs]
    for sheet in notice.sheets:
        story.append(text(sheet.title))
        widths = _widths(sheet, A2[0] - 120)
        for part in broken(sheet, range(sheet.header + rows_per_page, sheet.height, rows_per_page)):
            cells: list[list] = [[""] * part.width for _ in range(part.height)]
            commands: list[tuple] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
            if ruled:
                commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
            else:
                commands += [("TOPPADDING", (0, 0), (-1, -1), 6), ("BOTTOMPADDING", (0, 0), (-1, -1), 6)]
            for box in part.boxes:
                cells[box.row][box.column] = text(box.text)
                last = box.column + box.columns - 1, box.row + box.rows - 1
                commands.append(("SPAN", (box.column, box.row), last))
            story += [Table(cells, colWidths=widths, style=TableStyle(commands)), PageBreak()]
    document = SimpleDocTemplate(str(path), pagesize=A2, leftMargin=60, rightMargin=60, invariant=1)
    document.build(story, onFirstPage=decorated, onLaterPages=decorated)
    return path


def _words(notice: Notice) -> str:
    """Every character that the notice prints."""
    cells = (box.text for sheet in notice.sheets for box in sheet.boxes)
    return "".join(
        sorted(
            {
                *"".join((*notice.paragraphs, *(s.title for s in notice.sheets), *cells)),
                *_HEADS,
                *"0123456789—",
            }
        )
    )


@functools.cache
def register(words: str = "") -> str:
    """The name of a font for the PDF writer: one with these characters to embed, or one that is only named."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    if not words:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        return "STSong-Light"
    name = f"Subset{hashlib.sha256(words.encode()).hexdigest()[:12]}"  # the writer caches fonts by name
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(_with_outlines(words, name))))
    return name


def _with_outlines(words: str, name: str) -> bytes:
    """A font of these characters with TrueType outlines, which is what the PDF writer can embed."""
    import noto_cjk_sans_otc
    from fontTools import subset
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    source = TTFont(noto_cjk_sans_otc.FONT_PATH, fontNumber=2, lazy=True)
    options = subset.Options(layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True)
    small = subset.Subsetter(options)
    small.populate(text=words + " ")
    small.subset(source)
    outlines = source.getGlyphSet()
    glyphs = {}
    for glyph in source.getGlyphOrder():
        pen = TTGlyphPen(None)
        outlines[glyph].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[glyph] = pen.glyph()
    made = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    made.setupGlyphOrder(source.getGlyphOrder())
    made.setupCharacterMap({code: glyph for code, glyph in source.getBestCmap().items() if glyph in glyphs})
    made.setupGlyf(glyphs)
    made.setupHorizontalMetrics({glyph: (source["hmtx"][glyph][0], 0) for glyph in glyphs})
    made.setupHorizontalHeader(ascent=880, descent=-120)
    made.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    made.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    made.setupPost()
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def _widths(sheet: Sheet, whole: float) -> list[float]:
    """Column widths by the text in them, none too narrow for a word."""
    longest = [2.0] * sheet.width
    for box in sheet.boxes:
        if box.columns == 1:
            longest[box.column] = max(longest[box.column], min(len(box.text), 60))
    narrow = 32.0  # two characters and the padding
    return [narrow + (whole - narrow * sheet.width) * length / sum(longest) for length in longest]


def to_pipes(notice: Notice, path: Path, repeated: bool = False) -> Path:
    """Text with pipes around every cell; a merged cell's other places are empty (or ``repeated``)."""
    return _to_text(notice, path, "| ", " | ", " |", repeated)


def to_tabs(notice: Notice, path: Path, repeated: bool = False) -> Path:
    """Text with a tab between cells; a merged cell's other places are empty (or ``repeated``)."""
    return _to_text(notice, path, "", "\t", "", repeated)


def _to_text(notice: Notice, path: Path, before: str, between: str, behind: str, repeated: bool) -> Path:
    lines = list(notice.paragraphs)
    for sheet in notice.sheets:
        lines.append(sheet.title)
        for r, row in enumerate(sheet.places()):
            texts = (
                box.text if box and (repeated or (box.row, box.column) == (r, c)) else ""
                for c, box in enumerate(row)
            )
            lines.append(before + between.join(text.replace("\n", " ") for text in texts) + behind)
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def texts(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """The texts of a grid's rows."""
    return [[cell.text for cell in row] for row in rows]


FORMS = {
    "txt": to_tabs,
    "md": to_pipes,
    "html": to_html,
    "docx": to_docx,
    "xlsx": to_xlsx,
    "pdf": to_pdf,
}  # ending -> the writer of a file with it
