"""The place in a source where a row is printed, as a reader of the page sees it: the figure marked among what stands around.

Of a text the lines around, of a table the rows around, of a PDF the picture of the page as well. Everything is escaped.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from minshi_analysis.account.grids import drawn
from minshi_analysis.audit.quoting import figures_in, marked, stands
from minshi_analysis.reading.blocks import Document, Grid, Paragraph

__all__ = ["Place", "as_html"]

_BEFORE, _AFTER = 250, 500  # characters of a text around a figure: few enough that it is in sight
_ROWS = 3  # rows of a table, and paragraphs, on either side
_SCALE = 1.4  # pixels of a PDF's picture for a point
_NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_BOX = "border:1px solid #999;padding:.6em 1em;max-height:26em;overflow:auto;text-align:left"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is printed: a span of a text, or the cell or paragraph of any other file, and the row's figures."""

    path: Path
    start: int | None = None
    end: int | None = None
    ref: str = ""
    values: tuple[float, ...] = ()


def as_html(place: Place) -> str:
    """The surroundings of a place, the figure marked; "" where the file cannot be read any more."""
    from minshi_analysis import reading
    from minshi_analysis.reading import opening
    from minshi_analysis.reading import text as text_format

    try:
        if place.start is not None and place.end is not None:
            text = text_format.decode(place.path.read_bytes(), place.path.name)
            inside = f"<div style='white-space:pre-wrap'>{_of_text(text, place)}</div>"
        else:
            inside = "".join(_of_blocks(reading.read(place.path), place))
            if opening.kind(place.path) == "pdf":
                inside += _picture(place)
    except (OSError, ValueError):
        return ""
    return f"<div class='printed' style='{_BOX}'>{inside}</div>" if inside else ""


def _of_text(text: str, place: Place) -> str:
    """The lines around a span; of a long line what is near."""
    start, end = place.start or 0, place.end or 0
    first = max(0, start - _BEFORE)
    first = (
        text.find("\n", first, start) + 1 or first if first else 0
    )  # from the head of a line, if one is near
    before = text[first:start]
    after = text[end : end + _AFTER]
    after = after.rpartition("\n")[0] or after
    return escape(before) + _html(marked(text[start:end], place.values)) + escape(after)


def _html(text: str) -> str:
    return escape(text).replace("»", "<mark>").replace("«", "</mark>")


def _with_figures(text: str, values: tuple[float, ...]) -> str:
    """A cell or paragraph with the figures of its row marked; without any all of it, unless a figure stands elsewhere."""
    if values and not any(stands(value, text) for value in values):
        return escape(text)
    return _html(marked(text, values, longest=0))


def _of_blocks(document: Document, place: Place) -> Iterator[str]:
    """The table or the paragraphs that hold a cell or paragraph."""
    blocks = document.blocks
    for i, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.ref == place.ref:
            for near in blocks[max(0, i - _ROWS) : i + _ROWS + 1]:
                if isinstance(near, Paragraph):
                    text = (
                        _html(marked(near.text, place.values, longest=0))
                        if near is block
                        else escape(near.text)
                    )
                    yield f"<p>{text}</p>"
            return
        if isinstance(block, Grid) and any(cell.ref == place.ref for row in block.rows for cell in row):
            yield _of_grid(block, place)
            return


def _of_grid(grid: Grid, place: Place) -> str:
    rows = list(drawn(grid))
    at = next(i for i, row in enumerate(rows) for cell, *_ in row if cell.ref == place.ref)
    own = next(cell for cell, *_ in rows[at] if cell.ref == place.ref)
    here = not place.values or any(stands(value, own.text) for value in place.values)
    kept = [0, *range(max(1, at - _ROWS), min(len(rows), at + _ROWS + 1))]
    lines = []
    for i in kept:
        cells = []
        for cell, down, across in rows[i]:
            mark = cell.ref == place.ref if here else i == at
            inside = _with_figures(cell.text, place.values) if mark else escape(cell.text)
            cells.append(
                f"<td rowspan='{down}' colspan='{across}' style='border:1px solid #bbb'>{inside}</td>"
            )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


# --- the picture of a PDF's page -----------------------------------------------------------------------------------


def _picture(place: Place) -> str:
    """The page with the figure in a frame; without one where it cannot be told which of several it is."""
    import pypdfium2

    number = re.match(r"p(\d+)/", place.ref)
    if not number:
        return ""
    with pypdfium2.PdfDocument(place.path) as pdf:
        page = pdf[int(number[1]) - 1]
        image = page.render(scale=_SCALE, rev_byteorder=True).to_numpy()[..., :3].copy()
        words = page.get_textpage()
        box = _box(words, place)
        if box is not None:
            _frame(image, page.get_height(), box)
    told = "" if box is not None else "<p><small>the page (which of its figures it is: see above)</small></p>"
    data = base64.b64encode(_png(image)).decode("ascii")
    return f"{told}<img alt='page {number[1]}' style='max-width:100%' src='data:image/png;base64,{data}'>"


def _box(words: Any, place: Place) -> tuple[float, float, float, float] | None:
    """Where the figure stands on the page, if it stands there once."""
    printed = {m[0] for m in _NUMERAL.finditer(words.get_text_range()) if _is_one_of(m[0], place.values)}
    found = [box for text in printed for box in _boxes(words, text)]
    return found[0] if len(found) == 1 else None


def _is_one_of(text: str, values: Iterable[float]) -> bool:
    return any(value in figures_in(text) or stands(value, f"{text}万") for value in values)


def _boxes(words: Any, text: str) -> Iterator[tuple[float, float, float, float]]:
    """The places of a numeral that is not a part of a longer one."""
    search = words.search(text)
    while (place := search.get_next()) is not None:
        start, count = place
        around = words.get_text_range(max(0, start - 1), 1 if start else 0) + words.get_text_range(
            start + count, 1
        )
        if not re.search(r"[\d.]", around):
            boxes = [words.get_charbox(i) for i in range(start, start + count)]
            left, bottom, right, top = zip(*boxes, strict=True)
            yield min(left), min(bottom), max(right), max(top)


def _frame(image: Any, height: float, box: tuple[float, float, float, float]) -> None:
    """Colour what lies within a box yellow, as a marker does: only what is bright changes."""
    left, bottom, right, top = box
    rows = slice(max(0, int((height - top - 2) * _SCALE)), int((height - bottom + 2) * _SCALE) + 1)
    columns = slice(max(0, int((left - 2) * _SCALE)), int((right + 2) * _SCALE) + 1)
    image[rows, columns, 2] = image[rows, columns, 2] // 3


def _png(image: Any) -> bytes:
    """An RGB picture as a PNG file."""
    height, width, _ = image.shape
    lines = b"".join(b"\0" + image[i].tobytes() for i in range(height))

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(lines, 9))
        + part(b"IEND", b"")
    )
