"""What a file says, before anyone asks what it means: paragraphs and grids in which every cell keeps its place."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from minshi_analysis.language.text import Text, clean, simplified

__all__ = ["BLANK", "Cell", "Document", "Grid", "Paragraph", "Places", "Rows"]

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_KEPT = 1_000  # rows of a text's table up to which its cells are kept once they are split


@dataclass(frozen=True)
class Cell:
    """A printed cell.

    Attributes
    ----------
    text : str
        As printed, untouched.
    start, end : int
        Offsets of ``text`` in ``Document.text``; ``Document.text[start:end] == text``.
    ref : str
        For formats without plain text: page, table, row and column (``p3/t1/r4/c2``, ``Sheet1!B4``); else "".
    """

    text: str
    start: int
    end: int
    ref: str = ""

    def __bool__(self) -> bool:
        return bool(self.text) and not self.text.isspace()

    @cached_property
    def said(self) -> Text:
        """Its words for reading, with the way back to the document."""
        return clean(self.untagged, self.start)

    @cached_property
    def simplified(self) -> str:
        """Its text in simplified characters, tags as spaces: same length, same offsets."""
        return simplified(self.untagged)

    @property
    def untagged(self) -> str:
        """Its text with the tags that an export left in it as spaces: same length, same offsets."""
        return _TAG.sub(lambda tag: " " * len(tag[0]), self.text) if "<" in self.text else self.text


@dataclass(frozen=True)
class Paragraph:
    """A printed paragraph outside tables; ``level`` is 1.. for a heading, 0 for body text."""

    text: str
    start: int
    end: int
    ref: str = ""
    level: int = 0

    @cached_property
    def said(self) -> Text:
        """Its words for reading, with the way back to the document."""
        return clean(self.text, self.start)


class Rows(Sequence):
    """Rows of a text that are split into cells when they are asked for.

    A cell takes twenty times the memory of the characters in it; a table of half a million rows is read row by row, and
    only the cells of a short one are kept, with what is known of their words.

    Parameters
    ----------
    text : str
        The whole text.
    places : iterable of (int, int)
        Where each row starts and ends in it.
    split : callable
        Offset and words of a row -> its cells.
    """

    __slots__ = ("_ends", "_kept", "_split", "_starts", "_text")

    def __init__(
        self,
        text: str,
        places: Iterable[tuple[int, int]],
        split: Callable[[int, str], tuple[Cell, ...]],
    ):
        self._text, self._split = text, split
        self._starts, self._ends = array("q"), array("q")
        for start, end in places:
            self._starts.append(start)
            self._ends.append(end)
        self._kept: dict[int, tuple[Cell, ...]] | None = {} if len(self._starts) <= _KEPT else None

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, i):
        if isinstance(i, slice):
            if self._kept is not None:
                return [self[k] for k in range(*i.indices(len(self)))]
            return Rows(self._text, zip(self._starts[i], self._ends[i], strict=True), self._split)
        if self._kept is None:
            return self._cells(i)
        if i not in self._kept:
            self._kept[i] = self._cells(i)
        return self._kept[i]

    def _cells(self, i: int) -> tuple[Cell, ...]:
        return self._split(self._starts[i], self._text[self._starts[i] : self._ends[i]])


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: rows of cells.

    Where the format knows its spans (HTML, DOCX, XLSX, ruled PDF), ``spans`` is true, every row has the same
    length and a merged cell stands, as the same object, at every place that it covers. Where it does not (text out
    of a scan, a page copied from a browser), ``spans`` is false and rows are as printed: ragged, shifted, with
    blank cells where a span was.
    """

    rows: Sequence[tuple[Cell, ...]]
    spans: bool = False
    ref: str = ""

    @property
    def start(self) -> int:
        return self.rows[0][0].start

    @property
    def end(self) -> int:
        return self.rows[-1][-1].end


@dataclass(frozen=True, slots=True)
class Document:
    """A file read: its text and its blocks in reading order.

    For text files ``text`` is the decoded file. For other formats it is a rendering made by the reader, so that
    offsets work the same everywhere; there provenance is the blocks' ``ref`` and ``plain`` is false.
    ``about`` is what the file says of itself beside its text: its ``title``, the ``site`` it is of, when it was
    ``published``, and its ``largest`` line.
    ``warnings`` say what was left out and why; ``damaged`` is true where the file is, so that figures may be missing
    or wrong that its reader could not see.
    """

    text: str
    blocks: tuple[Paragraph | Grid, ...]
    plain: bool = True
    warnings: tuple[str, ...] = field(default=())
    about: Mapping[str, str] = field(default_factory=dict)
    damaged: bool = False


BLANK = Cell("", 0, 0)


class Places:
    """The cells and paragraphs of a document by where they stand in its text.

    Examples
    --------
    >>> cell = Cell("停车位", 4, 7, "t1/r1/c2")
    >>> places = Places(Document("序号\\t\\t停车位", (Grid(((Cell("序号", 0, 2, "t1/r1/c1"), cell),)),), plain=False))
    >>> places.ref(5), places.ref(7)
    ('t1/r1/c2', 't1/r1/c2')
    """

    __slots__ = ("_parts", "_starts")

    def __init__(self, document: Document):
        found: dict[int, Cell | Paragraph] = {}
        for block in document.blocks:
            for part in (block,) if isinstance(block, Paragraph) else (c for row in block.rows for c in row):
                if part.text:
                    found.setdefault(part.start, part)
        self._starts = sorted(found)
        self._parts = [found[start] for start in self._starts]

    def ref(self, offset: int) -> str:
        """The ref of the cell or paragraph that an offset is in, or the last before it; "" where there is none."""
        i = bisect_right(self._starts, offset) - 1
        return self._parts[i].ref if i >= 0 else ""
