"""Tables with commas or semicolons (CSV): what a spreadsheet or an open-data page saves, recognised by its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minshi_analysis.reading.blocks import Cell

__all__ = ["cells", "records"]

_FIELDS = {
    mark: re.compile(
        rf'[ \t]*(?:"(?P<quoted>(?:[^"]|"")*)"[ \t]*|(?P<plain>[^{mark}"\r\n]*))(?P<end>{mark}|\r\n|\r|\n|\Z)'
    )
    for mark in ",;"
}
_FIGURE = re.compile(r"[\d,]+(?:\.\d+)?%?")
_LEAST_FIELDS, _LEAST_RECORDS = 3, 3
_TITLES = 3  # lines above the table that have no comma
_SENTENCE = ("。", "；", ";", "！", ":", "：")


def records(text: str, mark: str = ",") -> list[tuple[int, int]] | None:
    """Where each record of a text with commas (or another ``mark``) starts and ends; None where the text is none.

    Every record has as many fields, at least three, as a spreadsheet saves them; a title above has empty fields behind it,
    or none. Prose differs by its second line, or ends a line as a sentence. Blank lines are no records. A table whose rows all
    have tabs or pipes is parted by those, whatever commas stand in it (1,200个).

    Examples
    --------
    >>> records("项目,单位,目标\\n幼儿园,所,5\\n公厕,座,\\"1,200\\"\\n"), records("新建幼儿园5所,公厕9座,\\n另建公园。")
    ([(0, 8), (9, 16), (17, 29)], None)
    """
    found: list[tuple[int, int]] = []
    wanted = titles = 0
    ends = tuple(end for end in _SENTENCE if end != mark)
    for start, end, fields in _walk(text, mark):
        if fields == 0:
            return None
        printed = text[start:end].strip()
        if fields == 1 and (not printed or (not wanted and len(found) < _TITLES)):
            found += [(start, end)] if printed else []
            continue
        if not wanted:
            wanted, titles = fields, len(found)
        if fields != wanted or fields < _LEAST_FIELDS or printed.endswith(ends):
            return None
        found.append((start, end))
    marked = all(any(text.count(other, start, end) >= 2 for other in "\t|") for start, end in found[titles:])
    if not wanted or marked or len(found) - titles < _LEAST_RECORDS:
        return None
    return found if mark == "," or _counts(text, found[titles:], mark) else None


def _counts(text: str, places: list[tuple[int, int]], mark: str) -> bool:
    """Whether a column of the records has a head of words and mere numbers below it: sentences have clauses between semicolons."""
    rows = [cells(start, text[start:end], mark) for start, end in places]
    below = zip(*rows[1:], strict=False)
    return any(
        cell.text
        and not re.search(r"\d", cell.text)
        and all(_FIGURE.fullmatch(c.text) for c in own if c)
        and any(own)
        for cell, own in zip(rows[0], below, strict=False)
    )


def _walk(text: str, mark: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of fields of each record; no fields where a quotation mark is not closed."""
    at = start = fields = 0
    while at < len(text):
        field = _FIELDS[mark].match(text, at)
        if field is None:
            yield start, at, 0
            return
        fields += 1
        at = field.end()
        if field["end"] == mark:
            continue
        yield start, field.start("end"), fields
        start, fields = at, 0
    if fields:  # the text ends behind a comma
        yield start, at, fields + 1


def cells(start: int, record: str, mark: str = ",") -> tuple[Cell, ...]:
    """The cells of a record, each with its place in the text; quotation marks are none of what is printed."""
    found, at = [], 0
    while at <= len(record):
        field = _FIELDS[mark].match(record, at)
        if field is None:
            break
        part = "quoted" if field["quoted"] is not None else "plain"
        raw, begin = field[part], field.start(part)
        body = raw.strip()
        begin += len(raw) - len(raw.lstrip()) if body else 0
        found.append(Cell(body, start + begin, start + begin + len(body)))
        at = field.end()
        if field["end"] != mark:
            break
    return tuple(found)
