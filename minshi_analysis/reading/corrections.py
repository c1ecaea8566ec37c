"""Declared corrections: applied to a source's text before it is read, and never to the file.

A correction says where, what is printed, what it should be and why we know. What it changes keeps pointing at the
printed words, and every row that it touches says ``patched``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from minshi_analysis.catalogue import CatalogueError, Correction

__all__ = ["Corrected", "apply"]


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a correction stands: in the corrected text, and in the printed one."""

    start: int
    end: int
    printed_start: int
    printed_end: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text with its corrections applied, and the way back to the printed one."""

    text: str
    cuts: tuple[_Cut, ...] = ()

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


def apply(text: str, corrections: Iterable[Correction], doc_id: str) -> Corrected:
    """Replace what corrections declare.

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
        count = text.count(correction.printed)
        if count != 1:
            raise CatalogueError(
                f"data/corrections/{doc_id}.toml, {correction.where!r}: its printed words stand {count} times in the source, "
                "not once; the source or the correction has changed: compare them and mend or delete the correction"
            )
        found.append((text.index(correction.printed), correction))
    found.sort(key=lambda pair: pair[0])
    pieces, cuts, done, length = [], [], 0, 0
    for start, correction in found:
        if start < done:
            raise CatalogueError(
                f"data/corrections/{doc_id}.toml, {correction.where!r}: it overlaps the correction before it"
            )
        pieces += [text[done:start], correction.corrected]
        length += start - done
        cuts.append(_Cut(length, length + len(correction.corrected), start, start + len(correction.printed)))
        length += len(correction.corrected)
        done = start + len(correction.printed)
    return Corrected("".join([*pieces, text[done:]]), tuple(cuts))
