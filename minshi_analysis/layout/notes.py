"""Notes beside tables and at the end of texts (注:, 备注:, 填表说明): they explain what is printed and promise nothing.

A note's numbered sentences are no items, whether they stand in its line or below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from minshi_analysis.layout.marks import NOTE, Mark, in_line, number_of
from minshi_analysis.layout.passages import Passage
from minshi_analysis.reading.blocks import Paragraph

__all__ = ["without_notes", "without_starred"]

_STARRED = re.compile(r"[*※]\s*(?![\d*])")

_ANY = -1  # a depth: the list below a label may have marks of any kind


def without_notes(found: Sequence[Passage]) -> list[Passage]:
    """Passages without the notes among them, and without the numbered ones below that go on with a note's list.

    Such a list counts on from the note's last number. Where the text's own list does so too (备注:1.… between its 1. and 2.),
    what follows is the text's.

    Examples
    --------
    >>> from minshi_analysis.layout.passages import passages
    >>> from minshi_analysis.reading.blocks import Paragraph
    >>> printed = "1.新建书房5家。|2.改造小区3个。|注:1.书房含驿站。|2.小区以竣工为准。".split("|")
    >>> lines = [Paragraph(line, 100 * k, 100 * k + len(line)) for k, line in enumerate(printed)]
    >>> [passage.text.norm for passage in without_notes(passages(lines))]
    ['新建书房5家。', '改造小区3个。']
    """
    kept: list[Passage] = []
    counted: dict[int, int] = {}  # the last number of the text's own lists, by depth
    due: Mark | None = None  # how an open note goes on
    alone = False  # all that is printed of it so far is its label
    for passage in found:
        if label := NOTE.match(passage.text.folded):
            said = passage.text.folded[label.end() :].strip()
            due, alone = _next(said), not said
        elif due is not None and _goes_on(passage, due, counted, alone):
            if passage.depth is not None and due.depth in (_ANY, passage.depth):
                due = _behind(passage.depth, passage.number)
            alone = False
        else:
            due = None
            if passage.depth is not None:
                counted = {depth: n for depth, n in counted.items() if depth < passage.depth}
                counted[passage.depth] = int(passage.number or 0)
            kept.append(passage)
    return kept


def without_starred(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs beside a document's tables without those that a star marks as notes to them (※为省级实事)."""
    return [paragraph for paragraph in paragraphs if not _STARRED.match(paragraph.said.folded)]


def _next(said: str) -> Mark | None:
    """The mark that a note's list goes on with, by the words behind its label; None where it has no list."""
    first = number_of(said)
    marks = [mark for _, mark in in_line(said, (None, None))] or ([first] if first else [])
    if marks:
        return _behind(marks[-1].depth, marks[-1].number)
    return Mark(_ANY, "1", 0) if not said or said.endswith(":") else None


def _behind(depth: int, number: str | None) -> Mark:
    return Mark(depth, str(int(number or 0) + 1), 0)


def _goes_on(passage: Passage, due: Mark, counted: Mapping[int, int], alone: bool) -> bool:
    """Whether a passage is the next of a note's list, lies deeper in it, or is all that the note's label is of."""
    if passage.depth is None:
        return alone and not passage.heading and not passage.level
    if passage.depth > due.depth != _ANY:
        return True
    if passage.level or passage.number != due.number or due.depth not in (_ANY, passage.depth):
        return False
    return due.number == "1" or counted.get(passage.depth) != int(due.number) - 1
