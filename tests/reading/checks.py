"""What every test of a reader asks."""

from __future__ import annotations

from minshi_analysis.reading.blocks import Document, Grid, Paragraph

__all__ = ["grids", "held_together", "lines", "texts"]


def grids(document: Document) -> list[Grid]:
    """The grids of a document."""
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    """The texts of the paragraphs of a document."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def texts(grid: Grid) -> list[list[str]]:
    """The text at every place of a grid."""
    return [[cell.text for cell in row] for row in grid.rows]


def held_together(document: Document) -> None:
    """What is true of every document: offsets point at the text, in order; rows are even; refs differ."""
    end = 0
    refs = set()
    assert not document.plain
    for block in document.blocks:
        if isinstance(block, Paragraph):
            cells = [block]
        else:
            cells = list({id(cell): cell for row in block.rows for cell in row}.values())
            assert len({len(row) for row in block.rows}) == 1
        for cell in cells:
            assert document.text[cell.start : cell.end] == cell.text
            assert cell.start >= end
            assert cell.ref
            assert cell.ref not in refs
            refs.add(cell.ref)
            end = cell.end
