"""Corrections of any cells: each place holds its own words, all others hold theirs, and every offset leads back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minshi_analysis.catalogue import Correction
from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph
from minshi_analysis.reading.corrections import mend
from minshi_analysis.reading.rendering import Rendering
from minshi_analysis.reading.spans import Piece

WORDS = st.text("停车位新增个\n，O", min_size=1, max_size=6).filter(str.strip)


@st.composite
def mended(draw) -> tuple[Document, dict[str, str], list[Correction]]:
    """A document with a merged cell, the words that each place should hold, and the corrections that make them so."""
    page, said = Rendering(), {}
    height, width = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    page.paragraph(draw(WORDS), "p1")
    pieces = [Piece(0, 0, rows=2, text=draw(WORDS))]
    pieces += [
        Piece(r, c, text=draw(st.one_of(st.just(""), WORDS)))
        for r in range(height)
        for c in range(width)
        if (r, c) not in ((0, 0), (1, 0))
    ]
    page.grid(pieces, "t1")
    page.paragraph(draw(WORDS), "p2")
    document = page.document()
    declared = []
    for part in parts(document):
        said[part.ref] = part.text
        if part.text and draw(st.booleans()):
            start = draw(st.integers(0, len(part.text) - 1))
            printed = part.text[start : draw(st.integers(start + 1, len(part.text)))]
            if part.text.find(printed) == start and part.text.find(printed, start + 1) < 0:
                corrected = draw(st.text("甲乙12\n", max_size=5))
                said[part.ref] = part.text.replace(printed, corrected)
                declared.append(Correction("", printed, corrected, "", ref=part.ref))
    return document, said, draw(st.permutations(declared))


def parts(document: Document) -> list[Cell | Paragraph]:
    found = {}
    for block in document.blocks:
        for part in (block,) if isinstance(block, Paragraph) else (c for row in block.rows for c in row):
            found.setdefault(part.ref, part)
    return list(found.values())


@given(mended())
def test_every_place_of_a_mended_document_holds_its_own_words(made):
    document, said, declared = made
    after, corrected = mend(document, declared, "x")
    assert [type(block) for block in after.blocks] == [type(block) for block in document.blocks]
    touched = {correction.ref for correction in declared}
    for old, new in zip(parts(document), parts(after), strict=True):
        assert (new.ref, new.text) == (old.ref, said[old.ref])
        assert after.text[new.start : new.end] == new.text
        if new.ref not in touched and new.text:
            assert corrected.printed(new.start, new.end) == (old.start, old.end, False)
    (grid,) = (block for block in after.blocks if isinstance(block, Grid))
    assert grid.rows[0][0] is grid.rows[1][0]
    assert [(cut.correction.printed, cut.correction.corrected) for cut in corrected.cuts] == [
        (document.text[cut.printed_start : cut.printed_end], after.text[cut.start : cut.end])
        for cut in corrected.cuts
    ]
