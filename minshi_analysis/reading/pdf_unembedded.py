"""Text in fonts that a PDF names but does not contain.

The fast library measures a text by the glyphs that it finds on this machine. Where there is no such font, a
text has no height, and one of a single character no width either: the library then passes over it, or takes
it for a repetition of the one before, without a word. `hides_text` notices such a page, and `Unembedded` reads
its characters with a library that needs no glyphs.
"""

from __future__ import annotations

import logging
import math
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pypdfium2.raw as pdfium
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import apply_matrix_rect

if TYPE_CHECKING:
    from minshi_analysis.reading.pdf_visible import Veils
    from minshi_analysis.reading.visible import LeftOut

__all__ = ["Unembedded", "hides_text"]


def hides_text(text_object) -> bool:
    """Whether a text has no extent because its font is not in the file (a lone space has none either)."""
    left, bottom, right, top = (pdfium.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(text_object, left, bottom, right, top):
        return False
    if right.value - left.value > 0.01 and top.value - bottom.value > 0.01:
        return False
    font = pdfium.FPDFTextObj_GetFont(text_object)
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 0


class _Heard(logging.Handler):
    """Keeps what a library says instead of printing it; fonts without a box are common and no damage."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._complaints = complaints

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if "FontBBox" not in said and not self._complaints:
            self._complaints.append(said[:60])


class _Print(PDFTextDevice):
    """Keeps the characters that a page prints, each with its matrix and its box; all else that it draws is looked at elsewhere."""

    def begin_page(self, page: PDFPage, ctm: tuple[float, ...]) -> None:
        self.found: list[tuple[str, tuple[float, ...], tuple[float, float, float, float]]] = []

    def render_char(self, matrix, font, fontsize, scaling, rise, cid, ncs=None, graphicstate=None) -> float:
        """Keep a character, and say how far the next one stands from it."""
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = "\0"
        wide = font.char_width(cid) * fontsize * scaling
        if font.is_vertical():
            aside, above = font.char_disp(cid)
            left = fontsize * 0.5 if aside is None else aside * fontsize * 0.001
            top = (1000 - above) * fontsize * 0.001 + rise
            box = (-left, top + wide, -left + fontsize, top)
        else:
            low = font.get_descent() * fontsize + rise
            box = (0, low, wide, low + fontsize)
        self.found.append((text, matrix, apply_matrix_rect(matrix, box)))
        return wide


class Unembedded:
    """The characters of single pages of a PDF, by pdfminer; opened when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.complaints: list[str] = []  # what the library says it could not make sense of
        logger = logging.getLogger("pdfminer")
        logger.handlers, logger.propagate = [_Heard(self.complaints)], False
        self._file: BinaryIO | None = None
        self._pages: list[PDFPage] = []

    def chars(
        self, number: int, veils: Veils, left_out: LeftOut
    ) -> list[tuple[str, float, float, float, float, int]]:
        """Characters of a page (from 1): text, left, bottom, right, top in page coordinates, and angle.

        Raises
        ------
        PDFException
            Where the page is damaged.
        """
        try:
            return self._chars(number, veils, left_out)
        except Exception as error:  # on damaged files the library fails in any way
            raise PDFException(str(error)) from error

    def _chars(
        self, number: int, veils: Veils, left_out: LeftOut
    ) -> list[tuple[str, float, float, float, float, int]]:
        if self._file is None:
            self._file = self._path.open("rb")
            document = PDFDocument(PDFParser(self._file), caching=False)
            self._pages = list(PDFPage.create_pages(document))
            resources = PDFResourceManager(caching=True)
            self._device = _Print(resources)
            self._interpreter = PDFPageInterpreter(resources, self._device)
        page = self._pages[number - 1]
        page.rotate = 0  # the caller turns the page itself
        self._interpreter.process_page(page)
        left, bottom = page.mediabox[:2]
        found = []
        kinds: list[tuple[str, str]] = []
        within = None  # the print that the characters are of
        for text, matrix, (x0, y0, x1, y1) in self._device.found:
            if veils.suspicious:
                within = veils.at(matrix[4] + left, matrix[5] + bottom) or within
                middle = (x0 + x1) / 2 + left, (y0 + y1) / 2 + bottom
                unseen = veils.hides(within, *middle) if text > " " else ""
                kinds.append((unseen, text))
                if unseen:
                    continue
            angle = round(math.degrees(math.atan2(matrix[1], matrix[0]))) % 360
            found.append((text, x0 + left, y0 + bottom, x1 + left, y1 + bottom, angle))
        left_out.add_runs(kinds)
        return found

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
