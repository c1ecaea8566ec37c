"""Forms of a PDF that draw themselves, or each other so often that a few bytes fill the memory.

The library follows every form that a page draws before it answers anything, so this is asked of the bytes first. Forms
stand outside of compressed parts, what they draw may stand in them.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping

__all__ = ["MAX_DRAWN", "endless"]

MAX_DRAWN = 100_000  # forms that one page or form draws, those inside of them too
_UNPACKED = 8_000_000  # bytes of one compressed part that are looked at
_HEAD = 100_000  # bytes of an object's head
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,9})\s{1,8}[0-9]{1,5}\s{1,8}obj\b")
_FORM = re.compile(rb"/(?:Subtype|S)\s*/Form\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]{1,100})\s+([0-9]{1,9})\s+[0-9]{1,5}\s+R")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]{1,100})\s+Do\b")


def endless(data: bytes) -> str:
    """What forms do to whoever follows them, or "" where they can be followed.

    Examples
    --------
    >>> form = b"1 0 obj <</Subtype /Form /Resources <</XObject <</X 1 0 R>> >> >>stream\\n/X Do\\nendstream endobj"
    >>> endless(form), endless(form.replace(b"/X Do", b""))
    ('a form in it draws itself', '')
    """
    if not _FORM.search(data):
        return ""
    heads, bodies = _objects(data)
    forms = {number for number, head in heads.items() if _FORM.search(head)}
    named = {number: _names(head, heads, forms) for number, head in heads.items()}
    if not any(named[number] for number in forms):
        return ""  # forms that draw no forms: as many as the file is long
    pages: dict[bytes, set[int]] = {}
    for number in heads.keys() - forms:
        for name, ones in named[number].items():
            pages.setdefault(name, set()).update(ones)
    drawn: dict[int, dict[int, int]] = {}
    for number, body in bodies.items():
        names = named[number] if number in forms and named[number] else pages
        counts = Counter(_DRAWN.findall(_unpacked(heads[number], body)))
        drawn[number] = {one: count for name, count in counts.items() for one in names.get(name, ())}
    return _followed(drawn, forms)


def _objects(data: bytes) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """The heads of a file's objects by number, those inside compressed parts too, and the bodies of those that have one."""
    heads: dict[int, bytes] = {}
    bodies: dict[int, bytes] = {}
    for match in _OBJECT.finditer(data):
        head = data[match.end() : match.end() + _HEAD]
        ends = [at for at in (head.find(b"endobj"), head.find(b"stream")) if at >= 0]
        head = head[: min(ends, default=len(head))]
        number, start = int(match[1]), match.end() + len(head)
        heads[number] = head
        if data.startswith(b"stream", start):
            end = data.find(b"endstream", start)
            bodies[number] = data[start + 6 : end if end >= 0 else len(data)].lstrip(b"\r\n")
            if b"/ObjStm" in head:
                heads |= {
                    n: inner for n, inner in _inside(_unpacked(head, bodies.pop(number))) if n not in heads
                }
    return heads, bodies


def _inside(unpacked: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects of a compressed part: numbers and places stand at its beginning."""
    listed = re.match(rb"[0-9\s]*", unpacked)[0]
    numbers = [int(each) for each in listed.split()[:200_000]]
    places = numbers[1::2]
    for number, start, end in zip(numbers[::2], places, [*places[1:], None], strict=False):
        yield number, unpacked[len(listed) + start : len(listed) + end if end is not None else None][:_HEAD]


def _names(head: bytes, heads: Mapping[int, bytes], forms: set[int]) -> dict[bytes, set[int]]:
    """The forms that an object can draw, by name; its resources may be objects of their own."""
    found: dict[bytes, set[int]] = {}
    todo, seen = [head], 0
    while todo and seen < 20:
        seen += 1
        for name, number in _NAMED.findall(todo.pop()):
            if int(number) in forms and name not in (b"Parent", b"P"):
                found.setdefault(name, set()).add(int(number))
            elif name in (b"Resources", b"XObject") and int(number) in heads:
                todo.append(heads[int(number)])
    return found


def _unpacked(head: bytes, body: bytes) -> bytes:
    if b"/FlateDecode" not in head and b"/Fl" not in head:
        return body[:_UNPACKED]
    try:
        return zlib.decompressobj().decompress(body, _UNPACKED)
    except zlib.error:
        return b""


def _followed(drawn: Mapping[int, Mapping[int, int]], forms: set[int]) -> str:
    """Count what each object draws, from the innermost outwards."""
    counts: dict[int, int] = {}
    within: set[int] = set()
    for first in drawn:
        todo = [first]
        while todo:
            here = todo[-1]
            if here in counts:
                todo.pop()
                continue
            within.add(here)
            open_ones = [one for one in drawn.get(here, {}) if one not in counts]
            if any(one in within for one in open_ones):
                return "a form in it draws itself"
            if open_ones:
                todo += open_ones
                continue
            counts[here] = 1 + sum(times * counts[one] for one, times in drawn.get(here, {}).items())
            within.discard(here)
            todo.pop()
            if counts[here] > MAX_DRAWN:
                return f"its forms draw each other more than {MAX_DRAWN:,} times"
    return ""
