"""The text of a document that has none: blocks are written one after the other and know where they stand.

A web page or a PDF has no plain text that offsets could count in. Its reader hands what it found, in
reading order, to a `Rendering`; that writes it down (cells with tabs, rows and paragraphs with newlines),
notes the offsets, and decides alike for all formats what becomes of tables inside tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph
from minshi_analysis.reading.spans import MAX_PLACES, Piece, expand, squeeze
from minshi_analysis.reading.visible import LeftOut, without_overlays

__all__ = ["Item", "Rendering", "Table"]


@dataclass(slots=True, eq=False)
class Table:
    """A table as a reader finds it: each cell a piece (its text not yet set) and the items that stand in it.

    ``layout`` is true where the file itself says that the table only places things on the page; ``known`` is false
    where its spans could not be followed, ``ragged`` true where they were lost: its rows are as long as they are printed.
    """

    cells: list[tuple[Piece, list[Item]]] = field(default_factory=list)
    layout: bool = False
    known: bool = True
    ragged: bool = False

    def places_only(self) -> bool:
        """Whether this table is no table but a page's furniture: its cells are read as running text.

        True where the file says so, where there is only one column, where it holds other tables but hardly
        a row of its own, and where its one row holds whole articles.
        """
        if self.layout or len({piece.column for piece, _ in self.cells}) <= 1:
            return True
        filled: dict[int, int] = {}
        nested = False
        longest = 0
        for piece, items in self.cells:
            lines = sum(isinstance(item, tuple) for item in items)
            filled[piece.row] = filled.get(piece.row, 0) + bool(lines)
            nested |= lines < len(items)
            longest = max(longest, lines)
        if nested and sum(count >= 2 for count in filled.values()) < 2:
            return True
        return len(filled) == 1 and longest >= 5


Item = tuple[str, int] | Table  # a line with its heading level (0: body text), or a table


class Rendering:
    """Collects blocks into a `Document`.

    Examples
    --------
    >>> page = Rendering()
    >>> page.paragraph("一、目标", "p1", level=1)
    >>> page.grid([Piece(0, 0, text="序号"), Piece(0, 1, text="任务")], "t1")
    >>> document = page.document()
    >>> document.text
    '一、目标\\n序号\\t任务\\n'
    >>> document.blocks[1].rows[0][1].ref
    't1/r1/c2'
    """

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.warnings: list[str] = []
        self.left_out = LeftOut()
        self.damaged = False
        self._parts: list[str] = []
        self._at = 0
        self._paragraphs = 0
        self._tables = 0

    def warn(self, sentence: str) -> None:
        """Note something that a reader of the document should know, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def damage(self, what: str) -> None:
        """Note that the file is damaged, and in what way."""
        self.damaged = True
        self.warn(f"damaged: {what}; figures may be missing")

    def write(self, items: Iterable[Item]) -> None:
        """Write lines and tables in order, numbering them ``p1``, ``p2`` … and ``t1``, ``t2`` …

        A table inside a cell comes after the table that holds it and is not repeated in that cell.
        """
        todo = list(items)[::-1]
        while todo:
            item = todo.pop()
            if isinstance(item, tuple):
                self._paragraphs += 1
                self.paragraph(item[0], f"p{self._paragraphs}", item[1])
            elif item.places_only():
                todo += [inner for _, inside in item.cells for inner in inside][::-1]
            else:
                self._tables += 1
                texts = ("\n".join(i[0] for i in inside if isinstance(i, tuple)) for _, inside in item.cells)
                pieces = [
                    piece._replace(text=text) for (piece, _), text in zip(item.cells, texts, strict=True)
                ]
                if not item.known:
                    self.warn(
                        f"table t{self._tables} claims more merged cells than can be followed: its rows are kept as printed"
                    )
                self.grid(squeeze(pieces), f"t{self._tables}", item.known, ragged=item.ragged)
                todo += [i for _, inside in item.cells for i in inside if isinstance(i, Table)][::-1]

    def paragraph(self, text: str, ref: str, level: int = 0) -> None:
        """Write a paragraph; one without text is left out."""
        text = without_overlays(text, self.left_out)
        if text.strip():
            start, end = self._put(text)
            self.blocks.append(Paragraph(text, start, end, ref, level))
            self._put("\n")

    def grid(self, pieces: Sequence[Piece], ref: str, known: bool = True, *, ragged: bool = False) -> None:
        """Write a table; one without text is left out.

        A piece without a ``ref`` of its own gets one from its corner, and so does an empty place. ``known``
        is false where the file does not say which cells are merged; rows of a ``ragged`` table end with their last piece.
        """
        if not any(piece.text.strip() for piece in pieces):
            return
        pieces = sorted(pieces, key=lambda p: (p.row, p.column))
        places = expand(pieces)
        if places is None:
            self.warn(
                f"table {ref} would have more than {MAX_PLACES:,} places: its spans are not expanded and its "
                "rows are kept as printed"
            )
            lines: dict[int, list[Cell]] = {}
            for piece in pieces:
                if piece.row in lines:
                    self._put("\t")
                elif lines:
                    self._put("\n")
                lines.setdefault(piece.row, []).append(self._cell(piece, ref))
            self._put("\n")
            self.blocks.append(Grid(tuple(map(tuple, lines.values())), ref=ref))
            return
        cells: dict[int, Cell] = {}
        rows = []
        for r, line in enumerate(places):
            if ragged:
                line = line[: 1 + max((c for c, index in enumerate(line) if index is not None), default=-1)]
            row: list[Cell] = []
            written = False
            for c, index in enumerate(line):
                if index is not None and index in cells:  # reaches here from above or from the left
                    row.append(cells[index])
                    continue
                if written:
                    self._put("\t")
                written = True
                cell = self._cell(Piece(r, c) if index is None else pieces[index], ref)
                if index is not None:
                    cells[index] = cell
                row.append(cell)
            self._put("\n")
            rows.append(tuple(row))
        self.blocks.append(Grid(tuple(rows), spans=known and not ragged, ref=ref))

    def document(self) -> Document:
        """The document written so far."""
        return Document(
            "".join(self._parts),
            tuple(self.blocks),
            plain=False,
            warnings=(*self.warnings, *self.left_out.sentences()),
            damaged=self.damaged,
        )

    def _cell(self, piece: Piece, ref: str) -> Cell:
        text = without_overlays(piece.text, self.left_out)
        start, end = self._put(text)
        return Cell(text, start, end, piece.ref or f"{ref}/r{piece.row + 1}/c{piece.column + 1}")

    def _put(self, text: str) -> tuple[int, int]:
        start = self._at
        self._parts.append(text)
        self._at += len(text)
        return start, self._at
