"""Declared corrections: applied to what a source prints before anyone asks what it means, and never to the file.

A correction says where, what is printed, what it should be and why we know. In a text its printed words stand exactly
once; in any other file they stand exactly once in the cell or paragraph that its ``ref`` names. What it changes keeps
pointing at the printed words, and every row that it touches says ``patched``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from minshi_analysis.catalogue import CatalogueError, Correction
from minshi_analysis.reading import text as text_format
from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph

__all__ = ["Corrected", "Cut", "apply", "mend", "places"]

_SHOWN = 60  # characters of a place that a message quotes
_BEGUN, _GOES_ON = re.compile(r"\d[.,．，]?$"), re.compile(r"[.,．，]?\d")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a correction stands: in the corrected text, and in the printed one."""

    start: int
    end: int
    printed_start: int
    printed_end: int
    correction: Correction


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text with its corrections applied, and the way back to the printed one."""

    text: str
    cuts: tuple[Cut, ...] = ()

    def printed(self, start: int, end: int) -> tuple[int, int, bool]:
        """Printed offsets of a span of the corrected text, and whether a correction touches it.

        An end inside corrected words means the whole of the printed words.
        """
        touched = any(start < cut.end and end > cut.start for cut in self.cuts)
        first = self._back(start, at_end=False)
        return first, max(first, self._back(end, at_end=True)), touched

    def _back(self, offset: int, *, at_end: bool) -> int:
        moved = 0
        for cut in self.cuts:
            if cut.end <= offset and not (at_end and cut.end == offset):
                moved += (cut.printed_end - cut.printed_start) - (cut.end - cut.start)
            elif cut.start < offset or (cut.start == offset and not at_end):
                return cut.printed_end if at_end else cut.printed_start
        return offset + moved


def mend(document: Document, corrections: Iterable[Correction], doc_id: str) -> tuple[Document, Corrected]:
    """A document as its declared corrections leave it, and the way back to what is printed.

    Parameters
    ----------
    document : Document
        As it was read.
    corrections : iterable of Correction
    doc_id : str
        For the message.

    Raises
    ------
    CatalogueError
        A correction names no place, or one where its printed words do not stand exactly once; or two overlap.

    Examples
    --------
    >>> from minshi_analysis.reading.rendering import Rendering
    >>> page = Rendering()
    >>> page.paragraph("培训5O人", "p1")
    >>> declared = Correction("", "5O", "50", "O is a zero", ref="p1")
    >>> [block.text for block in mend(page.document(), [declared], "x")[0].blocks]
    ['培训50人']
    """
    if not document.plain:
        found = _placed(document, corrections, doc_id)
        corrected = _joined(document.text, found, doc_id)
        blocks = tuple(_moved(document.blocks, corrected))
        return replace(document, text=corrected.text, blocks=blocks), corrected
    corrected = apply(document.text, corrections, doc_id)
    again = text_format.parse(corrected.text)
    told = replace(again, warnings=document.warnings, about=document.about, damaged=document.damaged)
    return told, corrected


def apply(text: str, corrections: Iterable[Correction], doc_id: str) -> Corrected:
    """Replace in a text what corrections declare.

    Parameters
    ----------
    text : str
        The decoded source.
    corrections : iterable of Correction
    doc_id : str
        For the message.

    Raises
    ------
    CatalogueError
        The printed words of a correction do not stand exactly once in the source, or two corrections overlap.
    """
    found = []
    for correction in corrections:
        if correction.ref is not None:
            raise _refused(
                doc_id,
                correction,
                "a text has no places to refer to: leave out ref, say in where what line it is",
            )
        found.append((_only(text, correction, doc_id, "the source"), correction))
    return _joined(text, found, doc_id)


def places(document: Document) -> Mapping[str, list[Cell | Paragraph]]:
    """The cells and paragraphs of a document by their ``ref``; a merged cell once."""
    found: dict[str, dict[int, Cell | Paragraph]] = {}
    for block in document.blocks:
        for part in _parts(block):
            if part.ref:
                found.setdefault(part.ref, {}).setdefault(part.start, part)
    return {ref: list(parts.values()) for ref, parts in found.items()}


def _parts(block: Paragraph | Grid) -> Iterator[Cell | Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    else:
        for row in block.rows:
            yield from row


def _placed(
    document: Document, corrections: Iterable[Correction], doc_id: str
) -> list[tuple[int, Correction]]:
    """Where in a document's text each correction stands, found by the cell or paragraph that it names."""
    known = places(document)
    found = []
    for correction in corrections:
        if correction.ref is None:
            raise _refused(
                doc_id,
                correction,
                "the source is no plain text: name its cell or paragraph as ref, as source_ref in the tables does",
            )
        here = known.get(correction.ref, [])
        if len(here) != 1:
            some = ", ".join(list(known)[:3])
            many = f"{len(here)} places have" if here else "no cell or paragraph has"
            raise _refused(
                doc_id,
                correction,
                f"{many} the ref {correction.ref!r}: refs here look like {some}; see source_ref in the tables",
            )
        text = here[0].text
        said = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        where = f"{correction.ref}, where {said!r} stands"
        found.append((here[0].start + _only(text, correction, doc_id, where), correction))
    return found


def _only(text: str, correction: Correction, doc_id: str, where: str) -> int:
    """Where the printed words of a correction stand in a text: in one place, and not inside a longer number."""
    printed = correction.printed
    count = len(re.findall(f"(?={re.escape(printed)})", text))
    if count != 1:
        raise _refused(
            doc_id,
            correction,
            f"its printed words ({_short(printed)}) stand {count} times in {where}, not once; the source or the "
            "correction has changed: compare them and mend or delete the correction",
        )
    start = text.index(printed)
    for edge in (start, start + len(printed)):
        if _BEGUN.search(text[max(0, edge - 2) : edge]) and _GOES_ON.match(text[edge : edge + 2]):
            raise _refused(
                doc_id,
                correction,
                f"its printed words ({_short(printed)}) begin or end inside a longer number in {where}: "
                "give the whole number",
            )
    return start


def _short(printed: str) -> str:
    return repr(printed if len(printed) <= _SHOWN else printed[:_SHOWN] + "…")


def _refused(doc_id: str, correction: Correction, why: str) -> CatalogueError:
    return CatalogueError(f"data/corrections/{doc_id}.toml, {correction.where!r}: {why}")


def _joined(text: str, found: Iterable[tuple[int, Correction]], doc_id: str) -> Corrected:
    """A text with corrections put in where they were found."""
    pieces, cuts, done, length = [], [], 0, 0
    for start, correction in sorted(found, key=lambda pair: pair[0]):
        if start < done:
            raise _refused(
                doc_id, correction, "it overlaps the correction before it: make one of the two, or delete one"
            )
        pieces += [text[done:start], correction.corrected]
        length += start - done
        done = start + len(correction.printed)
        cuts.append(Cut(length, length + len(correction.corrected), start, done, correction))
        length += len(correction.corrected)
    return Corrected("".join([*pieces, text[done:]]), tuple(cuts))


def _moved(blocks: Iterable[Paragraph | Grid], corrected: Corrected) -> Iterator[Paragraph | Grid]:
    """Blocks with their corrected words and where those now stand; a merged cell stays one object at all its places."""
    ends = [cut.printed_end for cut in corrected.cuts]
    shifts = [0, *accumulate((c.end - c.start) - (c.printed_end - c.printed_start) for c in corrected.cuts)]
    met: dict[int, Cell] = {}

    def moved(part):
        start, end = (offset + shifts[bisect_right(ends, offset)] for offset in (part.start, part.end))
        return replace(part, text=corrected.text[start:end], start=start, end=end)

    def once(cell: Cell) -> Cell:
        if id(cell) not in met:
            met[id(cell)] = moved(cell) if cell.ref else cell
        return met[id(cell)]

    for block in blocks:
        if isinstance(block, Paragraph):
            yield moved(block)
        else:
            yield replace(block, rows=tuple(tuple(map(once, row)) for row in block.rows))
