"""An item of a list: what it is called, what its lines say, and who answers for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from minshi_analysis.facts.prose.duties import Duties, duties, note_of, together
from minshi_analysis.facts.prose.labels import about, labelled
from minshi_analysis.language.text import Text
from minshi_analysis.layout.passages import Passage

__all__ = ["SHORT", "Item", "Line", "Outside", "Search", "answered", "lines_of"]

SHORT = 25  # characters of a bare title or label


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an item: what it is about ('' where no label says it), its words, who answers, and where it stands."""

    kind: str
    text: Text
    said: Duties
    ref: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item.

    Attributes
    ----------
    number, name : str or None
        As printed; the name of an item whose lines are printed below it.
    head : Text or None
        The words of such a name, with their places.
    group : Passage or None
        The heading above it.
    lines : tuple of Line
    form : {"number", "bullet", "line", "paragraph"}
        What makes it an item of a list.
    told : bool
        Its lines are prose under a heading, where words without a figure explain.
    nameless : bool
        Most items of its list have no name: what its first words look like (实施"保护视力"项目,…) is none either.
    """

    number: str | None
    name: str | None
    head: Text | None
    group: Passage | None
    lines: tuple[Line, ...]
    form: str
    told: bool
    ref: str
    start: int = 0
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """A passage in no item, and why."""

    passage: Passage
    reason: str


@dataclass(slots=True)
class Search:
    """What is gathered on the way, and what is known of the document."""

    year: int | None
    reports: bool
    outside: list[Outside] = field(default_factory=list)

    def leave(self, passages: Sequence[Passage], why: str = "") -> None:
        """Passages that belong to no item."""
        self.outside += [Outside(passage, why) for passage in passages]


def lines_of(text: Text, ref: str, above: str = "", *, first: bool = False) -> Iterator[Line]:
    """The lines of a printed paragraph; one with nothing but a label names what comes below it."""
    alone = about(text.norm)
    if alone and len(text.norm) <= SHORT:
        yield Line(alone, text.slice(len(text.norm), len(text.norm)), {}, ref)
        return
    for kind, part in labelled(text):
        if kind == "who":
            yield Line(kind, part, note_of(part), ref)
            continue
        said = note_of(part, bare=not first)
        if said:
            yield Line("who", part, said, ref)
            continue
        rest, said = duties(part)
        yield Line(kind or (above if above not in ("who", "") else ""), rest if said else part, said, ref)


def answered(lines: Sequence[Line], given: Duties) -> tuple[Line, ...]:
    """Lines with who answers for each: its own words, else the note below it, else what holds for the whole plan."""
    if lines and lines[0].kind == "who" and any(line.kind != "who" for line in lines):
        return _answered_before(lines, given)
    out: list[Line] = []
    waiting = 0
    ahead: Duties = {}
    for k, line in enumerate(lines):
        if line.kind != "who":
            ahead = ahead if line.kind else {}
            out.append(replace(line, said=ahead | line.said) if ahead else line)
            continue
        if _heads(lines, k):  # a name, who answers, then what was done
            more = lines[k - 1].kind == "who"
            ahead = together(ahead if more else {}, line.said, line.text)
            out[-1] = replace(out[-1], said=ahead)
            out[waiting:] = [o if o.said else replace(o, said=ahead) for o in out[waiting:]]
            waiting = len(out)
            continue
        for k in range(waiting, len(out)):
            out[k] = replace(out[k], said=together(out[k].said, line.said, line.text))
        if len(out) > waiting:
            last = len(out)
        else:
            last = waiting
            out = [replace(o, said=together(o.said, line.said, line.text)) for o in out]
        waiting = last if not _more_notes(lines, line) else waiting
    return tuple(replace(line, said=given | line.said) for line in out if line.text.norm.strip())


def _answered_before(lines: Sequence[Line], given: Duties) -> tuple[Line, ...]:
    """Lines of an item that begins with who answers: each note is of the lines below it."""
    out: list[Line] = []
    said: Duties = {}
    for before, line in zip([None, *lines], lines, strict=False):
        if line.kind == "who":
            said = together(said if before is not None and before.kind == "who" else {}, line.said, line.text)
        else:
            out.append(replace(line, said=given | said | line.said))
    if lines[-1].kind == "who":  # a note below all of them
        out = [replace(line, said=said | line.said) for line in out]
    return tuple(line for line in out if line.text.norm.strip())


def _heads(lines: Sequence[Line], k: int) -> bool:
    """Whether a note stands between an unlabelled line and labelled ones: 打通断头路, 牵头单位:…, 完成情况:…"""
    before = next((line for line in reversed(lines[:k]) if line.kind != "who"), None)
    after = next((line for line in lines[k + 1 :] if line.kind != "who"), None)
    if before is None or after is None or not after.kind:
        return False
    bare = len(before.text.norm) <= SHORT and not re.search(r"[\d,;。:]", before.text.folded)
    return not before.kind or bare  # below a labelled line a bare name is of no kind


def _more_notes(lines: Sequence[Line], note: Line) -> bool:
    """Whether another note follows at once: 牵头单位 and 完成时限 on two lines are of the same lines."""
    k = next(i for i, line in enumerate(lines) if line is note)
    return k + 1 < len(lines) and lines[k + 1].kind == "who"
