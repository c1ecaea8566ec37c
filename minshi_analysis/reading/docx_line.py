"""The line that a paragraph of a Word file becomes: its parts as they come, and the fields that open and close in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from minshi_analysis.reading.visible import DRAWN, GAP, LeftOut, apart

__all__ = ["Line"]


@dataclass(slots=True)
class Line:
    """The parts of a paragraph's text as they come, and what stood before the next one."""

    parts: list[str]
    cut: bool = False  # something was just taken out
    stands: bool = False  # something stands there that is not read
    # Of each open field: the parts before it, its instruction, whether its result has begun.
    fields: list[list] = field(default_factory=list)
    mark: etree._Element | None = None  # the run that is a note's mark of its own

    @property
    def coded(self) -> bool:
        """Whether what comes is a field's instruction, which nobody sees."""
        return any(not result for _, _, result in self.fields)

    def stand(self, words: str) -> None:
        """Something stands here that is not read; where it has digits, the figure beside it may go on in it."""
        self.stands = True
        if re.search(r"\d", words):
            self.parts.append(GAP)

    def add(self, text: str) -> None:
        """Add what is read of a run."""
        if text and (self.cut or self.stands) and self.parts and apart(self.parts[-1], text, self.stands):
            self.parts.append(GAP)
        self.cut = not text or (self.cut and text.isspace())
        self.stands = self.stands and not text
        if text:
            self.parts.append(text)

    def field(self, kind: str | None, instruction: str, left: LeftOut) -> None:
        """Follow a field: where it ends without a result, what it draws is not read."""
        if kind == "begin":
            self.fields.append([len(self.parts), "", False])
        elif kind == "separate" and self.fields:
            self.fields[-1][2] = True
        elif kind == "end" and self.fields:
            begin, said, _ = self.fields.pop()
            if len(self.parts) == begin and not self.coded:
                drawn = said if said.strip().lower().startswith("eq") else ""
                self.stand(drawn)
                left.add(DRAWN, drawn)
        elif self.fields:
            self.fields[-1][1] += instruction
