"""The prose of a document: its paragraphs as tidy passages that know where they are printed.

A page break inside a sentence makes two paragraphs of it; a passage joins them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minshi_analysis.language.text import Text, clean
from minshi_analysis.reading.blocks import Document, Paragraph

__all__ = ["Passage", "passages"]

_ENDS = '。;；:：!！?？)）”"'
_SHORT = 24  # a line shorter than this without a full stop is a heading, not the first half of a sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a document's prose.

    Attributes
    ----------
    doc_id, kind : str
        The document and its kind.
    body : Text
        The tidy text, with the printed offset of each character.
    plain : bool
        Whether offsets are those of the source (false for PDF, DOCX, HTML and XLSX).
    """

    doc_id: str
    kind: str
    body: Text
    plain: bool

    @property
    def text(self) -> str:
        return self.body.norm

    @property
    def start(self) -> int | None:
        return self.body.at[0] if self.plain else None

    @property
    def end(self) -> int | None:
        return self.body.at[len(self.body.norm)] if self.plain else None

    def place(self, start: int, end: int) -> dict[str, Any]:
        """Printed offsets of a part, as fields of a finding."""
        if not self.plain:
            return {"start": None, "end": None}
        first, last = self.body.span(start, end)
        return {"start": first, "end": last}


def passages(doc_id: str, kind: str, document: Document) -> Iterator[Passage]:
    """The passages of a document that was read, in reading order."""
    held: list[Paragraph] = []
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        held.append(block)
        if _goes_on(block):
            continue
        yield _passage(doc_id, kind, document, held)
        held = []
    if held:
        yield _passage(doc_id, kind, document, held)


def _goes_on(paragraph: Paragraph) -> bool:
    text = paragraph.text.rstrip()
    return not paragraph.level and len(text) > _SHORT and not text.endswith(tuple(_ENDS))


def _passage(doc_id: str, kind: str, document: Document, held: list[Paragraph]) -> Passage:
    start, end = held[0].start, held[-1].end
    return Passage(doc_id, kind, clean(document.text[start:end], start), document.plain)
