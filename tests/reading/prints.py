"""Ways of print: pages of a PDF on which a line is set in parts, each in its way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from variants.writers import register

SIZE = 12


class Print:
    """A page with a line that goes on where its last part ended."""

    def __init__(self, path: Path, embedded: bool = True):
        words = "".join(sorted({*"停车位序号投资万元个新增公园绿地以上m²³k[]()-×,.%①0123456789"}))
        self.font = register(words if embedded else "")
        self.canvas, self.x, self.y = Canvas(str(path)), 72.0, 700.0
        self.canvas.setFont(self.font, SIZE)
        self.canvas.drawString(72, 760, "序号")

    def width(self, text: str, size: float = SIZE) -> float:
        return stringWidth(text, self.font, size)

    def plain(self, text: str) -> None:
        self.canvas.drawString(self.x, self.y, text)
        self.x += self.width(text)

    def inked(self, text: str, colour: object) -> None:
        self.canvas.setFillColor(colour)
        self.plain(text)
        self.canvas.setFillColor(black)

    def sized(self, text: str, size: float, up: float = 0) -> None:
        self.canvas.setFont(self.font, size)
        self.canvas.drawString(self.x, self.y + up, text)
        self.canvas.setFont(self.font, SIZE)
        self.x += self.width(text, size)

    def boxed(self, left: float, width: float, colour: object) -> None:
        self.canvas.setFillColor(colour)
        self.canvas.rect(left, self.y - 3, width, SIZE + 3, stroke=0, fill=1)
        self.canvas.setFillColor(black)

    def raw(self, before: str, text: str, after: str) -> None:
        """A part between two pieces of the page's language."""
        self.canvas._code.append(before)
        self.plain(text)
        self.canvas._code.append(after)


def _struck(p: Print, text: str) -> None:
    p.canvas.line(p.x, p.y + 4, p.x + p.width(text), p.y + 4)
    p.plain(text)


def _struck_after(p: Print, text: str) -> None:
    left = p.x
    p.plain(text)
    p.canvas.line(left, p.y + 4, p.x, p.y + 4)


def _struck_twice(p: Print, text: str) -> None:
    p.canvas.line(p.x, p.y + 3.4, p.x + p.width(text), p.y + 3.4)
    p.canvas.line(p.x, p.y + 5, p.x + p.width(text), p.y + 5)
    p.plain(text)


def _struck_thick(p: Print, text: str) -> None:
    p.canvas.rect(p.x, p.y + 3.6, p.width(text), 1, stroke=0, fill=1)
    p.plain(text)


def _struck_red(p: Print, text: str) -> None:
    p.canvas.setStrokeColor(Color(1, 0, 0))
    _struck(p, text)
    p.canvas.setStrokeColor(black)


def _struck_in_pieces(p: Print, text: str) -> None:
    for char in text:
        _struck(p, char)


def _covered(colour: object) -> Callable[[Print, str], None]:
    def cover(p: Print, text: str) -> None:
        left = p.x
        p.plain(text)
        p.boxed(left, p.x - left, colour)

    return cover


def _under_a_picture(p: Print, text: str) -> None:
    from PIL import Image

    left = p.x
    p.plain(text)
    picture = ImageReader(Image.new("RGB", (8, 8), "white"))
    p.canvas.drawImage(picture, left, p.y - 3, p.x - left, SIZE + 3)


def _on_its_colour(p: Print, text: str) -> None:
    red = Color(0.8, 0, 0)
    p.boxed(p.x, p.width(text), red)
    p.inked(text, red)


def _twice(p: Print, text: str) -> None:
    p.canvas.drawString(p.x + 0.7, p.y - 0.5, text)
    p.plain(text)


def _off_page(p: Print, text: str) -> None:
    p.canvas.drawString(-300, p.y, text)


def _above_page(p: Print, text: str) -> None:
    p.canvas.drawString(p.x, 2000, text)


def _outside_the_crop(p: Print, text: str) -> None:
    p.canvas.setCropBox((0, 0, 595, 740))
    p.canvas.drawString(p.x, 790, text)


def _remark(p: Print, text: str) -> None:
    left = p.x
    p.plain(text)
    x0, y0, x1, y1 = left, p.y - 2, p.x, p.y + SIZE
    p.canvas._addAnnotation(_StruckRemark(x0, y0, x1, y1))


def _StruckRemark(x0: float, y0: float, x1: float, y1: float):
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    return PDFDictionary(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("StrikeOut"),
            "Rect": PDFArray([x0, y0, x1, y1]),
            "QuadPoints": PDFArray([x0, y1, x1, y1, x0, y0, x1, y0]),
        }
    )


# What is done to the part that is not seen, and whether the part takes no room where it is not seen.
HIDING: dict[str, Callable[[Print, str], None]] = {
    "white": lambda p, t: p.inked(t, white),
    "nearly white": lambda p, t: p.inked(t, Color(0.99, 0.99, 0.98)),
    "on its own colour": _on_its_colour,
    "clear": lambda p, t: _clear(p, t),
    "invisible": lambda p, t: p.raw("BT 3 Tr ET", t, "BT 0 Tr ET"),
    "only a path": lambda p, t: p.raw("q BT 7 Tr ET", t, "Q BT 0 Tr ET"),
    "tiny": lambda p, t: p.sized(t, 0.6),
    "narrow as a hair": lambda p, t: p.raw("BT 1 Tz ET", t, "BT 100 Tz ET"),
    "under white": _covered(white),
    "under black": _covered(black),
    "under grey": _covered(Color(0.7, 0.7, 0.7)),
    "under a picture": _under_a_picture,
    "off the page": _off_page,
    "above the page": _above_page,
    "outside the crop": _outside_the_crop,
    "clipped away": lambda p, t: p.raw("q 0 0 10 10 re W n", t, "Q"),
}
STRIKING: dict[str, Callable[[Print, str], None]] = {
    "by a line": _struck,
    "by a line after": _struck_after,
    "by two lines": _struck_twice,
    "by a thin box": _struck_thick,
    "in red": _struck_red,
    "in pieces": _struck_in_pieces,
    "by a remark": _remark,
}


def _clear(p: Print, text: str) -> None:
    p.canvas.setFillAlpha(0)
    p.plain(text)
    p.canvas.setFillAlpha(1)
