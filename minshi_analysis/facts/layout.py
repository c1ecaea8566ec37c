"""Layout: grids → tables whose records know what each of their cells means.

Headers tell what the columns hold; where spans were lost, cells have slid to the left, and each row is laid back
over the columns by what its cells look like. Pages of one table are joined. Every row gets a disposition; what
cannot be placed is kept and reported, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from minshi_analysis.facts.columns import Column, Header, fit, header_of, plain
from minshi_analysis.language.headers import SPANNING
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph

__all__ = ["Layout", "Record", "Table", "Unread", "lay_out"]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something printed that the reader could not place: where, what, and why."""

    start: int
    end: int
    ref: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table: its cells by column, and those it takes over from a cell that spans it.

    ``kind`` is row, group (a heading among the rows), total, or note; ``laid`` says that its cells do not stand in
    their printed places but were laid over the columns by what they hold.
    """

    kind: str
    cells: Mapping[int, Cell]
    spanned: Mapping[int, Cell] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    laid: bool = False

    @property
    def start(self) -> int:
        return min(cell.start for cell in self.cells.values())

    @property
    def end(self) -> int:
        return max(cell.end for cell in self.cells.values())

    @property
    def ref(self) -> str:
        return next(iter(self.cells.values())).ref

    def at(self, column: int | None) -> Cell | None:
        """The cell of a column, its own or one that spans the row."""
        return None if column is None else self.cells.get(column) or self.spanned.get(column)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document: kind, title, columns, records in order, and the words of its header."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    header: str

    def column(self, role: str) -> int | None:
        """Index of the column with a role, or None."""
        return next((j for j, column in enumerate(self.columns) if column.role == role), None)

    def columns_of(self, role: str) -> list[int]:
        return [j for j, column in enumerate(self.columns) if column.role == role]


@dataclass(frozen=True, slots=True)
class Layout:
    """A document laid out: its tables, the paragraphs between them, and what could not be placed.

    ``aside`` are the printed rows that hold no data: headers, the box over a published page, declared furniture.
    """

    tables: tuple[Table, ...]
    paragraphs: tuple[Paragraph, ...]
    unread: tuple[Unread, ...]
    aside: tuple[Unread, ...] = ()


_TOTAL = re.compile(r"(?:合计|总计|总额|小计|汇总数?|共计|全市合计|总\s*额)(?:\(.*\))?")
_NOTE = re.compile(r"(?:注|备注|说明)[::]?")
_PAGE = re.compile(r"[-—–\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d+\s*页?)?)[-—–\s]*")
_ATTACHED = re.compile(r"(?:附件[::]?\s*)?(\d{1,2})[.、](.{4,60})")


def lay_out(document: Document, *, region: str | None = None, furniture: Iterable[str] = ()) -> Layout:
    """The tables of a document.

    Parameters
    ----------
    document : Document
    region : str, optional
        Code of the document's region, so that region names in headers are known.
    furniture : iterable of str
        Declared page furniture (site footers and the like): rows with one of these texts are no data.

    Returns
    -------
    Layout
    """
    tables: list[Table] = []
    unread: list[Unread] = []
    paragraphs: list[Paragraph] = []
    between: list[Paragraph] = []
    aside: list[Unread] = []
    furniture = tuple(furniture)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if not _PAGE.fullmatch(block.text):
                between.append(block)
            paragraphs.append(block)
            continue
        if _is_metadata(block):
            aside += [_unread(row, "metadata") for row in block.rows]
            between = []
            continue
        header = header_of(block, region)
        aside += [_unread(row, "furniture") for row in block.rows if _is_furniture(row, furniture)]
        previous = tables[-1] if tables and not between else None
        if previous is not None and _goes_on(previous, header, block):
            rows = block.rows[header.height if header else 0 :]
            aside += [_unread(row, "header") for row in block.rows[: header.height if header else 0]]
            records, lost = _records(rows, previous.columns, block.spans, furniture)
            tables[-1] = replace(previous, records=(*previous.records, *records))
        elif header is None or header.kind is None:
            unread += [_unread(row, "no known header above this row") for row in block.rows if any(row)]
            continue
        else:
            columns = _inferred(header, block)
            aside += [_unread(row, "header") for row in block.rows[: header.height]]
            records, lost = _records(block.rows[header.height :], columns, block.spans, furniture)
            title = _title(between)
            tables.append(Table(header.kind, title, columns, tuple(records), header.words))
        unread += lost
        between = []
    titles = _attached_titles(paragraphs)
    if len(titles) == len(tables):
        tables = [replace(table, title=title) for table, title in zip(tables, titles, strict=True)]
    done = tuple(replace(table, records=_spanned(table)) for table in tables)
    return Layout(done, tuple(paragraphs), tuple(unread), tuple(aside))


def _title(between: Sequence[Paragraph]) -> str:
    return tidy(between[-1].text) if between and len(between[-1].text) <= 60 else ""


def _attached_titles(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The titles under 附件: 1.…, 2.…: the tables' own, where a table was separated from its title."""
    titles: list[str] = []
    for paragraph in paragraphs:
        words = fold(tidy(paragraph.text))
        found = _ATTACHED.fullmatch(words)
        if found and int(found[1]) == len(titles) + 1 and (titles or words.startswith("附件")):
            titles.append(tidy(found[2]))
        elif titles:
            break
    return titles


def _is_metadata(grid: Grid) -> bool:
    """The box over a published document (索引号: …, 文号: …): labels that end in a colon, each with its value."""
    labels = [cell for row in grid.rows for cell in row[::2] if cell]
    return bool(labels) and all(fold(cell.text).rstrip().endswith(":") for cell in labels)


def _goes_on(previous: Table, header: Header | None, grid: Grid) -> bool:
    """Whether a grid is the next page of a table: it repeats its header, perhaps damaged, or has none."""
    width = max(len(row) for row in grid.rows)
    if header is None:
        return abs(width - len(previous.columns)) <= 1
    pairs = list(zip(previous.columns, header.columns, strict=False))
    same = sum(a.role == b.role and a.label[:2] == b.label[:2] for a, b in pairs if b.role)
    other = sum(a.role != b.role for a, b in pairs if b.role)
    return same >= 2 and other <= 1 + same // 4 and abs(width - len(previous.columns)) <= 1


def _inferred(header: Header, grid: Grid) -> tuple[Column, ...]:
    """Roles of columns whose label is missing or covers several columns, by what their cells hold."""
    columns = list(header.columns)
    rows = [row for row in grid.rows[header.height :] if sum(map(bool, row)) > 1]
    if header.kind == "indicators":
        return _indicator_columns(columns, rows)
    for j, column in enumerate(columns):
        if column.role is not None or column.label:
            continue
        found = [row[j] for row in rows if j < len(row) and row[j]]
        if not found:
            continue
        taken = {c.role for c in columns}
        task = next((k for k, c in enumerate(columns) if c.role == "task"), 0)
        before = ("index", "programme") if j < task else ("status", "deadline", "lead", "person", "result")
        for role in before:
            if role not in taken and sum(fit(role, plain(c), c.text) > 0.9 for c in found) >= 0.8 * len(
                found
            ):
                columns[j] = Column(role, "")
                break
    while (
        columns
        and columns[-1].role is None
        and not columns[-1].label
        and not any(len(row) >= len(columns) and row[len(columns) - 1] for row in rows)
    ):
        columns.pop()
    return tuple(columns)


def _indicator_columns(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """指标名称 also covers the number before it and the part after it: give these columns of their own."""
    width = max(len(row) for row in rows)
    named = [c for c in columns if c.role or c.label]
    known = [c for c in named if c.role not in (None, "index", "indicator")]
    extra = width - len({c.label for c in named})
    label = next(c.label for c in columns if c.role == "indicator")
    block = (
        [Column("index", label), Column("indicator", label)]
        if extra or _has(columns, "index")
        else [Column("indicator", label)]
    )
    if extra >= 2 or (extra == 1 and _has(columns, "index")):
        block.append(Column("sub_name", label))
    years = [c for c in known if c.role == "year"]
    before = [c for c in known if c.role == "programme"]
    rest = [c for c in known if c not in years and c not in before]
    return (
        *before,
        *block,
        *(c for c in rest if c.role == "unit"),
        *years,
        *(c for c in rest if c.role != "unit"),
    )


def _has(columns: Sequence[Column], role: str) -> bool:
    return any(column.role == role for column in columns)


def _records(
    rows: Iterable[Sequence[Cell]], columns: Sequence[Column], spans: bool, furniture: tuple[str, ...]
) -> tuple[list[Record], list[Unread]]:
    records: list[Record] = []
    unread: list[Unread] = []
    for row in rows:
        filled = [cell for i, cell in enumerate(row) if cell and (i == 0 or cell is not row[i - 1])]
        if not filled or _is_furniture(row, furniture):
            continue
        first = plain(filled[0])
        if len(filled) == 1 and len(columns) > 2:
            kind = "note" if _NOTE.match(first) else "group"
            records.append(Record(kind, {0: filled[0]}))
            continue
        cells, loose = _straight(row, columns) if spans else _aligned(row, columns)
        total = any(_TOTAL.fullmatch(plain(cell)) for cell in filled[:2])
        doubts = tuple(f"no column for {cell.text[:20]!r}" for cell in loose)
        laid = not all(j < len(row) and row[j] is cell for j, cell in cells.items())
        records.append(Record("total" if total else "row", cells, doubts=doubts, laid=laid))
        unread += [_unread((cell,), "no column takes this cell") for cell in loose]
    return records, unread


def _is_furniture(row: Sequence[Cell], furniture: tuple[str, ...]) -> bool:
    return any(tidy(cell.text) in furniture for cell in row if cell)


def _unread(row: Sequence[Cell], reason: str) -> Unread:
    filled = [cell for cell in row if cell]
    words = " | ".join(cell.text for cell in filled)
    return Unread(filled[0].start, filled[-1].end, filled[0].ref, words, reason)


def _straight(row: Sequence[Cell], columns: Sequence[Column]) -> tuple[dict[int, Cell], list[Cell]]:
    """A row of a grid that knows its spans: cells stand where they are."""
    cells = {j: cell for j, cell in enumerate(row) if cell and j < len(columns)}
    return cells, [cell for cell in row[len(columns) :] if cell]


def _aligned(row: Sequence[Cell], columns: Sequence[Column]) -> tuple[dict[int, Cell], list[Cell]]:
    """Lay the cells of a row over the columns, in order, by what they look like.

    A dynamic programme over (cell, column): a cell in a column that suits it gains, a cell left over loses much,
    a blank column costs nothing where cells often span rows. Standing in the printed place is a little better
    than not; so is closing up to the right edge, for collapsed spans push cells to the left.
    """
    filled = [(i, cell) for i, cell in enumerate(row) if cell]
    n, m, full = len(filled), len(columns), len(row) == len(columns)
    places = [i for i, _ in filled] if full else range(n) if n == m else ()
    if places and all(
        fit(columns[j].role, plain(cell), cell.text) >= -0.5
        for j, (_, cell) in zip(places, filled, strict=True)
    ):
        return {j: cell for j, (_, cell) in zip(places, filled, strict=True)}, []
    gain = [
        [fit(column.role, words, cell.text) for column in columns]
        for _, cell in filled
        for words in [plain(cell)]
    ]
    for k, (i, _) in enumerate(filled):
        for j in range(m):
            gain[k][j] += 0.02 * (full and i == j) + 0.03 * (len(row) - i == m - j or n - k == m - j)
    skip = [0.0 if column.role in SPANNING or column.role is None else -0.2 for column in columns]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    move = [[""] * (m + 1) for _ in range(n + 1)]
    for k in range(n + 1):
        for j in range(m + 1):
            options = []
            if k and j:
                options.append((best[k - 1][j - 1] + gain[k - 1][j - 1], "take"))
            if j:
                options.append((best[k][j - 1] + skip[j - 1], "skip"))
            if k:
                options.append((best[k - 1][j] - 6.0, "lose"))
            if options:
                best[k][j], move[k][j] = max(options, key=lambda option: option[0])
    cells: dict[int, Cell] = {}
    loose: list[Cell] = []
    k, j = n, m
    while k or j:
        if move[k][j] == "take":
            k, j = k - 1, j - 1
            cells[j] = filled[k][1]
        elif move[k][j] == "skip":
            j -= 1
        else:
            k -= 1
            loose.append(filled[k][1])
    return dict(sorted(cells.items())), loose[::-1]


def _spanned(table: Table) -> tuple[Record, ...]:
    """Give each row the cells that span it: from above, and a programme's also from below.

    Recognition prints a merged cell's words beside some row in its middle. Rows above it belong to it where its
    words name what they are about; else a cell spans downwards.
    """
    columns = [j for j, column in enumerate(table.columns) if column.role in SPANNING]
    programme, task = table.column("programme"), table.column("task")
    runs = _label_runs(table, programme)
    out: list[Record] = []
    last: dict[int, Cell] = {}
    current = -1
    for i, record in enumerate(table.records):
        if record.kind != "row":
            out.append(record)
            continue
        if runs:
            headline = plain(record.cells[task]).split(":")[0] if task in record.cells else ""
            begun = _run_of(i, current, runs, headline)
            if begun != current:
                current = begun
                last = {
                    j: cell for j, cell in last.items() if table.columns[j].role not in ("index", "programme")
                }
                last |= runs[current].cells
        for j in columns:
            if j in record.cells and not (runs and table.columns[j].role in ("index", "programme")):
                last[j] = record.cells[j]
        spanned = {j: last[j] for j in columns if j in last and j not in record.cells}
        own = {j: c for j, c in record.cells.items() if not (runs and j == programme)} or dict(record.cells)
        if runs and programme in runs[current].cells:
            spanned |= runs[current].cells
        out.append(replace(record, cells=own, spanned=spanned))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive rows beside which one programme's label is printed, and the label's words in one."""

    first: int
    last: int
    words: str
    cells: Mapping[int, Cell]


def _label_runs(table: Table, programme: int | None) -> list[_Run]:
    """The programmes' labels. A label may be wrapped over several rows; an opening quote or a second number starts
    the next."""
    if programme is None:
        return []
    index = table.column("index")
    groups: list[list[int]] = []
    for i, record in enumerate(table.records):
        if record.kind != "row" or programme not in record.cells:
            continue
        numbered = index in record.cells and any(
            index in table.records[k].cells for k in (groups[-1] if groups else ())
        )
        fresh = (
            index is None
            or plain(record.cells[programme]).startswith('"')
            or numbered
            or not groups
            or groups[-1][-1] != i - 1
        )
        if fresh:
            groups.append([i])
        else:
            groups[-1].append(i)
    runs = []
    for group in groups:
        rows = [table.records[i].cells for i in group]
        cells = {programme: _merged([row[programme] for row in rows])}
        number = next((row[index] for row in rows if index in row), None)
        if number is not None:
            cells[index] = number
        runs.append(_Run(group[0], group[-1], plain(cells[programme]), cells))
    return runs


def _merged(cells: Sequence[Cell]) -> Cell:
    """One cell from the pieces of a label that was printed over several rows."""
    if len(cells) == 1:
        return cells[0]
    return Cell(" ".join(cell.text for cell in cells), cells[0].start, cells[-1].end, cells[0].ref)


def _run_of(i: int, current: int, runs: Sequence[_Run], headline: str) -> int:
    """The run that row ``i`` belongs to: the one printed beside it, or the next where that names the row's task."""
    following = current + 1
    if following >= len(runs):
        return current
    if current < 0 or i >= runs[following].first:
        return following
    if i <= runs[current].last or not headline:
        return current
    mine, theirs = (_named(headline, runs[k].words) for k in (current, following))
    return following if theirs >= 0.6 and theirs > mine else current


def _named(headline: str, label: str) -> float:
    """The share of a headline that stands in a label in one piece."""
    match = SequenceMatcher(None, headline, label, autojunk=False).find_longest_match()
    return match.size / max(len(headline), 1)
