"""Spans: which rows a cell belongs to that is printed once for several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from minshi_analysis.language.heads import SPANNING
from minshi_analysis.layout.columns import Column, plain
from minshi_analysis.layout.placing import Record, is_total
from minshi_analysis.reading.blocks import Cell

__all__ = ["spanned"]

_LABELLED = frozenset({"row", "total"})  # a group's sum may print its label: 就业促进工程 | 小计
_WITH_LEAD = frozenset({"partner", "person"})


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive rows beside which one programme's label is printed, and the label's words in one."""

    first: int
    last: int
    words: str
    cells: Mapping[int, Cell]


def spanned(
    columns: Sequence[Column], records: Callable[[], Iterable[Record]], *, known: bool = False
) -> Iterator[Record]:
    """Give each row the cells that span it: from above, and a programme's also from below.

    Recognition prints a merged cell's words beside some row in its middle. Rows above it belong to it where its
    words name what they are about; else a cell spans downwards. Who helps goes on where who leads does: beside a
    body of its own a blank is a blank.

    Parameters
    ----------
    columns : sequence of Column
    records : callable
        Gives the rows of the table from its first: they are walked twice, side by side, for a label that is printed
        further down.
    known : bool
        The grid knows its spans: what is blank there is blank, but for the label of a programme and its number.

    Yields
    ------
    Record
    """
    reaching = ("index", "programme") if known else SPANNING
    spanning = [j for j, column in enumerate(columns) if column.role in reaching]
    programme, task, index, lead = (_column(columns, role) for role in ("programme", "task", "index", "lead"))
    runs = iter(()) if programme is None else _label_runs(records(), programme, index)
    run, following = None, next(runs, None)
    last: dict[int, Cell] = {}
    for i, record in enumerate(records()):
        if record.kind not in _LABELLED:
            yield record
            continue
        if following is not None:
            headline = plain(record.cells[task]).split(":")[0] if task in record.cells else ""
            if _begins(i, run, following, headline):
                run, following = following, next(runs, None)
                last = {j: cell for j, cell in last.items() if columns[j].role not in ("index", "programme")}
                last |= run.cells
        if record.kind != "row":
            yield record
            continue
        labels = run.cells if run else {}
        if lead in record.cells:
            last = {j: cell for j, cell in last.items() if columns[j].role not in _WITH_LEAD}
        for j in spanning:
            if j in record.cells and not (run and columns[j].role in ("index", "programme")):
                last[j] = record.cells[j]
        above = {j: last[j] for j in spanning if j in last and j not in record.cells} | dict(labels)
        own = {j: cell for j, cell in record.cells.items() if not (run and j == programme)} or record.cells
        # the label's cells are one object in every row that they span
        own = {j: labels[j] if labels.get(j) == cell else cell for j, cell in own.items()}
        yield replace(record, cells=own, spanned=above)


def _column(columns: Sequence[Column], role: str) -> int | None:
    return next((j for j, column in enumerate(columns) if column.role == role), None)


def _label_runs(records: Iterable[Record], programme: int, index: int | None) -> Iterator[_Run]:
    """The programmes' labels. A label may be wrapped over several rows; an opening quote, 其中 or a second number
    starts the next."""
    rows: list[tuple[int, Mapping[int, Cell]]] = []
    for i, record in enumerate(records):
        if record.kind not in _LABELLED or programme not in record.cells or is_total(record.cells[programme]):
            continue
        if rows and (
            index is None
            or plain(record.cells[programme]).startswith(('"', "其中"))
            or plain(rows[-1][1][programme]).startswith("其中")
            or (index in record.cells and any(index in cells for _, cells in rows))
            or rows[-1][0] != i - 1
        ):
            yield _run(rows, programme, index)
            rows = []
        rows.append((i, record.cells))
    if rows:
        yield _run(rows, programme, index)


def _run(rows: Sequence[tuple[int, Mapping[int, Cell]]], programme: int, index: int | None) -> _Run:
    label = _merged([cells[programme] for _, cells in rows])
    number = next(({index: cells[index]} for _, cells in rows if index in cells), {})
    return _Run(rows[0][0], rows[-1][0], plain(label), {programme: label} | number)


def _merged(cells: Sequence[Cell]) -> Cell:
    """One cell from the pieces of a label that was printed over several rows; the same label again is no piece of it."""
    pieces = [cells[0]] + [cell for before, cell in pairwise(cells) if plain(cell) != plain(before)]
    if len(pieces) == 1:
        return cells[0]
    return Cell(" ".join(cell.text for cell in pieces), pieces[0].start, pieces[-1].end, pieces[0].ref)


def _begins(i: int, run: _Run | None, following: _Run, headline: str) -> bool:
    """Whether the following run begins with row ``i``: printed beside it, or naming the row's task."""
    if run is None or i >= following.first:
        return True
    if i <= run.last or not headline:
        return False
    mine, theirs = (_named(headline, label.words) for label in (run, following))
    return theirs >= 0.6 and theirs > mine


def _named(headline: str, label: str) -> float:
    """The share of a headline that stands in a label in one piece."""
    match = SequenceMatcher(None, headline, label, autojunk=False).find_longest_match()
    return match.size / max(len(headline), 1)
