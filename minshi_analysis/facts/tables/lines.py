"""The lines of an indicator: what one row of cells tells of one indicator, or of several that share the row.

A cell may hold several lines (学前教育毛入园率 / 其中:农村) that answer line by line to those of the cells beside it. Where
they do not answer, nobody knows which figure is whose, and the row is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from minshi_analysis.language.text import fold
from minshi_analysis.layout.naming import BLANK
from minshi_analysis.layout.placing import is_total
from minshi_analysis.layout.tables import Record, Table, Unread
from minshi_analysis.reading.blocks import Cell

__all__ = [
    "LAID",
    "LOOSE",
    "MADE",
    "MAYBE_MERGED",
    "Line",
    "beside_blanks",
    "is_nothing",
    "lines_of",
    "numbered",
]

_PART = re.compile(r"^\s*(?:其中|#|—{1,2}(?=[\u4e00-\u9fff]))\s*[:：]?\s*")
_NUMBERED = re.compile(r"[(（]?(?P<number>\d{1,3})(?:[)）、．]|\.(?!\d))\s*(?=\S)")
_FIELD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[部类]分?)\s*"
)
_SIZE = re.compile(r"[(（]\s*(?:共\s*)?\d+\s*[个项条]\s*(?:项目|指标)?\s*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed of one indicator.

    Attributes
    ----------
    name, part : Cell or None
        Its name; the name of a part of it (其中:小学). A line without a name goes on with the one before.
    field : str or None
    number : str or None
        The printed number.
    cells : mapping of int to Cell
        What stands in each column of values, unit and notes.
    record : Record
        The row that it stands in.
    shared : bool
        Several lines stand in the row.
    """

    name: Cell | None
    part: Cell | None
    field: str | None
    number: str | None
    cells: Mapping[int, Cell]
    record: Record
    shared: bool = False


LAID = ("cells laid over the columns by what they hold", 0.1)
MADE = ("blank cells were put where a row seemed to lack some", 0.25)
LOOSE = ("a cell without a column", 0.3)
MAYBE_MERGED = ("beside a blank cell, in a table of which merged cells are not known", 0.25)


def beside_blanks(table: Table, columns: Iterable[int]) -> frozenset[int]:
    """Where the cells begin that may stand for the row above or below too, which prints nothing there.

    In a table without lines (an unruled PDF) a merged cell is printed beside one of its rows.
    """
    rows = [r for r in table.records if r.kind == "row"]
    if table.spans or not rows or not rows[0].ref:
        return frozenset()
    found: set[int] = set()
    for j in columns:
        cells = [row.cells.get(j) for row in rows]
        for i, cell in enumerate(cells):
            near = [cells[k] for k in (i - 1, i + 1) if 0 <= k < len(cells)]
            if cell and any(not other for other in near):
                found.add(cell.start)
    return frozenset(found)


def is_nothing(cell: Cell | None) -> bool:
    """Whether a cell is blank or prints a dash."""
    return cell is None or bool(BLANK.fullmatch(cell.text))


def numbered(name: str) -> tuple[str | None, str]:
    """The number that a name begins with, and the name without it.

    Examples
    --------
    >>> numbered("1.学前教育毛入园率"), numbered("15分钟健身圈覆盖率")
    (('1', '学前教育毛入园率'), (None, '15分钟健身圈覆盖率'))
    """
    found = _NUMBERED.match(name)
    return (found["number"], name[found.end() :]) if found else (None, name)


def lines_of(table: Table, values: Sequence[int]) -> Iterator[Line | Unread]:
    """The lines of a table of indicators in order, and the rows of which it is not plain whose the figures are.

    ``values`` are the columns whose lines must answer to the names; a cell of another column is the first line's.
    """
    group: str | None = None
    name, field_ = table.column("indicator"), table.column("programme")
    printed = table.columns_of("year")
    for record in table.records:
        if record.kind not in ("row", "group", "total"):
            continue
        own = {j: cell for j, cell in record.cells.items() if cell}
        if record.kind == "group" or (
            not any(j in own for j in printed) and set(own) <= {name, table.column("index")}
        ):
            cell = own.get(name) or next(iter(own.values()), None)
            if cell is not None and (head := _headed(cell)) is not None:
                group = head
            elif cell is not None:
                yield Line(cell, None, group, None, {}, record)
            continue
        if all(_same(cell, table.columns[j].label) for j, cell in own.items()):
            continue  # the header, printed again
        if any(is_total(own[j]) for j in (name, field_, table.column("index")) if j in own):
            yield _unread(own, "a sum of the rows above it, and no indicator")
            continue
        label = record.at(field_)
        said = label.said.norm if label else group
        yield from _lines(table, record, own, values, said)


def _same(cell: Cell, label: str) -> bool:
    return bool(label) and re.sub(r"\s", "", cell.said.folded) in label


def _headed(cell: Cell) -> str | None:
    """The field that a row of one cell names; None where it is an indicator whose parts follow (4.标准班额比例)."""
    words = _SIZE.sub("", cell.said.norm)
    bare = _FIELD.sub("", words)
    return None if bare == words and numbered(words)[0] else bare.rstrip(":：") or None


def _lines(
    table: Table, record: Record, own: Mapping[int, Cell], values: Sequence[int], field_: str | None
) -> Iterator[Line | Unread]:
    """The lines of a row: one, or as many as its names and values have."""
    name, part, index = (table.column(role) for role in ("indicator", "sub_name", "index"))
    number = own.get(index)
    parts = {j: _pieces(own[j]) for j in values if j in own}
    high = max((len(pieces) for pieces in parts.values()), default=1)
    sub = own.get(part) if own.get(part) is not own.get(name) else None
    if high <= 1:
        if sub is None and name in own and (found := _PART.match(own[name].text)):
            yield Line(None, _behind(own[name], found.end()), field_, None, own, record)
        else:
            yield Line(own.get(name), sub, field_, _number(number), own, record)
        return
    named = sub or own.get(name)
    names = _names(named, high) if named is not None else None
    if names is None or any(
        len(p) not in (1, high) or (len(p) == 1 and re.search(r"\d", p[0].text)) for p in parts.values()
    ):
        yield _unread(own, "several figures in one cell, and not as many names beside them")
        return
    units = own.get(table.column("unit"))
    numbers = _split(number) if number is not None else []
    for i, (head, part_) in enumerate(names):
        cells = {j: cell for j, cell in own.items() if j not in parts and (i == 0 or not _figured(cell))}
        cells |= {j: p[i] if len(p) > 1 else p[0] for j, p in parts.items()}
        if units is not None and len(_split(units)) == high:
            cells[table.column("unit")] = _split(units)[i]
        if sub is not None:
            head, part_ = (own.get(name) if i == 0 else None), head
        printed = numbers[i] if len(numbers) == high else number if i == 0 else None
        yield Line(head, part_, field_, _number(printed), cells, record, True)


def _figured(cell: Cell) -> bool:
    return bool(re.search(r"\d", cell.text))


def _names(cell: Cell, high: int) -> list[tuple[Cell | None, Cell | None]] | None:
    """For each line of values the name and the part that it is of; None where the names are not as many."""
    pieces = _split(cell)
    first = next((i for i, piece in enumerate(pieces) if _PART.match(piece.text)), None)
    bare = [_behind(p, found.end()) if (found := _PART.match(p.text)) else p for p in pieces]
    if (
        len(pieces) == high + 1 and first == 1
    ):  # 义务教育标准班额比例 / 其中:小学 / 初中: the first prints no value
        return [(bare[0] if i == 0 else None, piece) for i, piece in enumerate(bare[1:])]
    if len(pieces) != high or first == 0:
        return None
    return [
        (piece, None) if first is None or i < first or numbered(fold(piece.text))[0] else (None, piece)
        for i, piece in enumerate(bare)
    ]


def _pieces(cell: Cell) -> list[Cell]:
    """The lines of a cell of values, where more than one of them is an answer; else the cell."""
    pieces = _split(cell)
    answers = sum(bool(re.search(r"\d", piece.text)) or is_nothing(piece) for piece in pieces)
    return pieces if len(pieces) > 1 and answers == len(pieces) else [cell]


def _split(cell: Cell) -> list[Cell]:
    """The printed lines of a cell, each with its place."""
    out, at = [], cell.start
    for line in cell.text.splitlines(keepends=True):
        body = line.strip()
        if body:
            begin = at + line.index(body)
            out.append(Cell(body, begin, begin + len(body), cell.ref))
        at += len(line)
    return out


def _behind(cell: Cell, at: int) -> Cell:
    """A cell without its first characters."""
    return Cell(cell.text[at:], cell.start + at, cell.end, cell.ref)


def _number(cell: Cell | None) -> str | None:
    return cell.said.norm.rstrip(".、") or None if cell is not None else None


def _unread(own: Mapping[int, Cell], reason: str) -> Unread:
    cells = list({id(cell): cell for cell in own.values()}.values())
    return Unread(
        min(c.start for c in cells),
        max(c.end for c in cells),
        cells[0].ref,
        " | ".join(c.text for c in cells),
        reason,
    )
