"""Layout: grids → tables whose records know what each of their cells means.

Headers tell what the columns hold, pages of one table are joined, every row is placed over the columns; what
cannot be placed is kept and reported, never dropped. Of a long table only the rows' placements are kept: its
records are made from the grids as they are walked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.columns import About, Column, Header, distinct, header_of, plain, prints_blanks
from minshi_analysis.layout.fitting import fit
from minshi_analysis.layout.forms import formed
from minshi_analysis.layout.gathered import gathered
from minshi_analysis.layout.headless import carded, headless
from minshi_analysis.layout.indicators import indicator_columns
from minshi_analysis.layout.lines import gridded
from minshi_analysis.layout.nested import Nested, nested
from minshi_analysis.layout.placing import Placement, Record, has_made, place
from minshi_analysis.layout.schedules import scheduled
from minshi_analysis.layout.sources import sources_of
from minshi_analysis.layout.spanning import spanned
from minshi_analysis.layout.subtotals import subtotals
from minshi_analysis.layout.turned import Turned, paged, stacked, turned
from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph

__all__ = ["Layout", "Record", "Records", "Table", "Unread", "lay_out"]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something printed that the reader could not place: where, what, and why."""

    start: int
    end: int
    ref: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a long table in order, made anew from its grids' rows each time they are walked.

    ``pages`` are the rows of each of its grids with how each of them lies; a row without data lies nowhere.
    """

    columns: tuple[Column, ...]
    pages: tuple[tuple[Sequence[Sequence[Cell]], Sequence[Placement | None]], ...]
    spans: bool = False

    def __iter__(self) -> Iterator[Record]:
        return spanned(self.columns, self._printed, known=self.spans)

    def _printed(self) -> Iterator[Record]:
        for rows, placements in self.pages:
            for row, placement in zip(rows, placements, strict=True):
                if placement is not None:
                    yield Record.of(row, placement)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document: kind, title, columns, records in order, the words of its header and of the lines above.

    ``spans`` says that its grid knows its spans: a cell that is blank there is blank.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    records: Iterable[Record]
    header: str
    caption: str = ""
    spans: bool = False

    def column(self, role: str) -> int | None:
        """Index of the column with a role, or None."""
        for j, column in enumerate(self.columns):
            if column.role == role:
                return j
        return None

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


_OF_NO_SUM = "sources of money that add up to no sum beside them"
_KEPT = 1_000  # rows of a table up to which its records are made once
_PAGE = re.compile(r"[-—–\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d+\s*页?)?)[-—–\s]*")
_GOES_ON = re.compile(r"\(?(?:[续接]上?[页表]?|下?转下?页)\s*\d{0,2}\)?|附?表\s*\d{0,2}\s*\(?续表?\)?")
_CAPTION = re.compile(
    r"(?:金额|计量|货币)?单位[:：](?:[^,;。]{1,8}|[^,;。、:：]{1,5}(?:[、,，和及][^,;。、:：]{1,4})+)"
)
_BEHIND = re.compile(r"\s(?:计量)?单位:([^\s,;。:]{1,6})$")
_DATELINE = re.compile(r"(?:发布|发文|更新|成文)?(?:时间|日期|来源|浏览次数|发布机构)[:：]")
_ATTACHED = re.compile(r"(?:附件[::]?\s*)?(\d{1,2})[.、](.{4,60})")


def lay_out(document: Document, about: About, *, furniture: Iterable[str] = ()) -> Layout:
    """The tables of a document.

    Parameters
    ----------
    document : Document
    about : About
        What is known of it, so that names of regions in heads, years and levels are known.
    furniture : iterable of str
        Declared page furniture (site footers and the like): rows with one of these texts are no data.

    Returns
    -------
    Layout
    """
    region, several_years = about.region, about.several_years
    tables: list[Table] = []
    pages: list[list[tuple[Sequence[Sequence[Cell]], list[Placement | None]]]] = []  # of each table
    unread: list[Unread] = []
    paragraphs: list[Paragraph] = []
    between: list[Paragraph] = []
    aside: list[Unread] = []
    furniture = tuple(furniture)
    known: dict[Placement, Placement] = {}
    apart = made = False  # whether the grid, or the one before, has other columns than it prints
    blocks = scheduled(carded(formed(gridded(document.blocks, region))), about)
    for block in blocks if several_years else paged(blocks, region, _PAGE):
        if isinstance(block, Paragraph):
            if not (_PAGE.fullmatch(block.text) or _GOES_ON.fullmatch(block.said.folded.strip())):
                between.append(block)
            paragraphs.append(block)
            continue
        if _is_metadata(block):
            aside += [_unread(row, "metadata") for row in block.rows]
            between = []
            continue
        put_together = guessed = False
        if not several_years and (sources := sources_of(block)) is not None:
            if sources.grid is None:
                unread += [_unread(row, _OF_NO_SUM) for row in block.rows if any(row)]
                between = []
                continue
            unread += [_unread((cell,), "money spent, no promise") for cell in sources.spent]
            unread += [_unread((cell,), "beside a source of money") for cell in sources.loose]
            aside += [_unread((cell,), "which part of the money it is") for cell in sources.shares]
            aside.append(_unread(sources.heads, "header"))
            block = sources.grid
        elif not several_years:
            printed = block
            level = nested(block, region)
            regional, loose, numbers = gathered(level.grid, region)
            apart, made = made or regional is not level.grid, regional is not level.grid
            upright = stacked(regional)
            found = turned(upright, region, _named_task(between))
            if found.grid is level.grid is not block:  # no split: its columns are as they are printed
                level, found = Nested(block), Turned(block)
            put_together = made or found.grid is not upright
            block = found.grid
            guessed = block.spans and not printed.spans and any(map(has_made, printed.rows))
            unread += [
                _unread(row, "a part of what stands in the row of the region above") for row in level.parts
            ]
            aside += [_unread(row, "the sum of rows that are read") for row in level.sums]
            unread += [_unread((cell,), "no region's share of a task") for cell in (*loose, *found.loose)]
            aside += [_unread((cell,), "the number of a row") for cell in (*numbers, *found.numbers)]
        header = header_of(block, about)
        aside += [_unread(row, "furniture") for row in block.rows if _is_furniture(row, furniture)]
        goes_on = bool(tables) and not between and not apart and _goes_on(tables[-1], header, block)
        if not goes_on:
            header = header or headless(block, about)
            if header is None or header.kind is None:
                unread += [_unread(row, "no known header above this row") for row in block.rows if any(row)]
                continue
            over: list[Paragraph | Cell] = [*between[-3:]]
            over += [cell for row in block.rows[: header.height] for cell in distinct(row) if cell]
            caption = "".join(map(_caption, over))  # 表二:培训类 | | 单位:人
            title = header.title if len(header.title) > 8 else ""
            tables.append(
                Table(
                    header.kind,
                    title or _title(between),
                    _inferred(header, block),
                    (),
                    header.words,
                    caption,
                    block.spans,
                )
            )
            pages.append([])
        height = header.height if header else 0
        heads = block.rows[:height]
        if put_together:  # a head and the regions below it: between them stand figures
            heads = [(cell,) for row in heads for cell in row if cell]
        aside += [_unread(row, "header") for row in heads]
        rows = block.rows[height:]
        stands = _stands(block, tables[-1])
        placements: list[Placement | None] = []
        again = _heads(block.rows[:height])
        sums = subtotals(rows, tables[-1].columns) if tables[-1].kind == "tasks" and block.spans else {}
        for i, row in enumerate(rows):
            if _is_again(row, again):
                aside.append(_unread(row, "header"))
                placements.append(None)
                continue
            lies = None
            if not _is_furniture(row, furniture):
                lies = sums.get(i) or place(row, tables[-1].columns, stands(row))
            if lies and guessed:  # it is made of cells of many rows
                lies = replace(lies, made=True)
            placements.append(lies and known.setdefault(lies, lies))
            unread += [_unread((row[k],), "no column takes this cell") for k in (lies.loose if lies else ())]
        pages[-1].append((rows, placements))
        between = []
    titles = _attached_titles(paragraphs)
    if len(titles) == len(tables):
        tables = [replace(table, title=title) for table, title in zip(tables, titles, strict=True)]
    done = tuple(
        replace(table, records=_records(table, tuple(own))) for table, own in zip(tables, pages, strict=True)
    )
    return Layout(done, tuple(paragraphs), tuple(unread), tuple(aside))


def _title(between: Sequence[Paragraph]) -> str:
    """The last line above a table that is short, and no caption or line of a page's furniture (发布时间: …)."""
    lines = [p.text for p in between if not (_caption(p) or _DATELINE.match(p.said.folded))]
    return tidy(lines[-1]) if lines and len(lines[-1]) <= 60 else ""


_TASK_OF_TITLE = re.compile(
    r"^.*?(?:20\d\d年(?:度|第?[一二三四]季度|\d{1,2}月)?)(?:省|市|县|区|州)?(?P<name>[^年]{4,30}?)(?:项目)?(?:目标)?(?:任务|计划)?(?:完成|进展|实施|推进|分解|落实|执行)?"
    r"(?:情况|进度|比例)?(?:统计|汇总|一览|调度|明细|分解|通报|排名)*表?(?:\(.*\))?$"
)
_NO_NAME = re.compile(r"民生|实事|工程$|工作$|项目$|任务$|指标$|目标$|办理")


def _named_task(between: Sequence[Paragraph]) -> Cell | None:
    """The task that the title over a table names (2023年农村户厕改造任务完成情况统计表, …实事(老旧小区改造)进度表), in its place."""
    lines = [p for p in between if len(p.text) <= 60 and "表" in p.text and not _caption(p)]
    if not lines:
        return None
    title = lines[-1]
    words = fold(title.text)
    inside = re.search(r"\((?P<name>[\u4e00-\u9fff\"]{4,24})\)", words)
    found = inside if inside and not re.search("截[至止]", inside["name"]) else _TASK_OF_TITLE.match(words)
    if found is None or _NO_NAME.search(found["name"]):
        return None
    start, end = title.start + found.start("name"), title.start + found.end("name")
    return Cell(title.text[found.start("name") : found.end("name")], start, end, title.ref)


def _caption(line: Paragraph | Cell) -> str:
    """The unit that a line above a table, or a cell above its heads, gives its amounts (单位:万元), or nothing."""
    words = line.said.folded.strip("() ")
    behind = _BEHIND.search(fold(line.text).rstrip(") "))  # 截止时间:10月31日    单位:户
    if behind and parse_unit(behind[1]):
        return f"(单位:{behind[1]})"
    return f"({words})" if _CAPTION.fullmatch(words) else ""


def _attached_titles(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The titles under 附件: 1.…, 2.…: the tables' own, where a table was separated from its title."""
    titles: list[str] = []
    for paragraph in paragraphs:
        words = paragraph.said.folded
        found = _ATTACHED.fullmatch(words)
        if found and int(found[1]) == len(titles) + 1 and (titles or words.startswith("附件")):
            titles.append(tidy(found[2]))
        elif titles:
            break
    return titles


def _is_metadata(grid: Grid) -> bool:
    """The box over a published document (索引号: …, 文号: …): labels that end in a colon, each with its value."""
    labels = (fold(cell.text).rstrip().endswith(":") for row in grid.rows for cell in row[::2] if cell)
    return next(labels, False) and all(labels)


def _goes_on(previous: Table, header: Header | None, grid: Grid) -> bool:
    """Whether a grid is the next page of a table: it repeats its header, perhaps damaged, or has none."""
    width = max(len(row) for row in grid.rows)
    if header is None:
        return abs(width - len(previous.columns)) <= 1
    pairs = list(zip(previous.columns, header.columns, strict=False))
    same = sum(a.label[:2] == b.label[:2] for a, b in pairs if b.label)
    other = sum(a.label[:2] != b.label[:2] for a, b in pairs if b.label)
    return same >= 2 and other <= 1 + same // 4 and abs(width - len(previous.columns)) <= 1


def _inferred(header: Header, grid: Grid) -> tuple[Column, ...]:
    """Roles of columns whose label is missing or covers several columns, by what their cells hold."""
    columns = list(header.columns)
    rows = grid.rows[header.height :]
    if header.kind == "indicators":
        stands = grid.spans or _is_full(grid, columns)
        return indicator_columns(columns, [row for row in rows if _is_wide(row)], spans=stands)
    for j, column in enumerate(columns):
        if column.role is not None or column.label:
            continue
        found = [row[j] for row in rows if j < len(row) and row[j] and _is_wide(row)]
        if not found or (any(is_figure(plain(cell)) for cell in found) and j > 0):
            continue  # figures without a head are nobody's
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
        and not any(len(row) >= len(columns) and row[len(columns) - 1] and _is_wide(row) for row in rows)
    ):
        columns.pop()
    return tuple(columns)


def _stands(grid: Grid, table: Table) -> Callable[[Sequence[Cell]], bool]:
    """Says of a grid's rows whether their cells are known to stand in the columns that they are printed in.

    They are where the grid knows its spans; and in a row with a cell for each column, where the grid prints its blank cells,
    or where it is a plan's table and each column has a head of its own. Of other rows the cells themselves tell.
    """
    if grid.spans:
        return lambda row: True
    labels = [column.label for column in table.columns]
    own = table.kind in ("indicators", "investments") and all(labels) and len(set(labels)) == len(labels)
    known = own or _is_full(grid, table.columns)
    return lambda row: known and len(row) == len(labels)


def _heads(rows: Sequence[Sequence[Cell]]) -> dict[str, set[tuple[str, ...]]]:
    """The rows of a header that hold several labels, as they are printed, by their first cell."""
    out: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        if _is_wide(row):
            out.setdefault(row[0].text, set()).add(tuple(map(plain, row)))
    return out


def _is_again(row: Sequence[Cell], heads: dict[str, set[tuple[str, ...]]]) -> bool:
    """Whether a row is the header again, as it is printed on top of each page."""
    own = heads.get(row[0].text) if row else None
    return bool(own) and tuple(map(plain, row)) in own


def _is_full(grid: Grid, columns: Sequence[Column]) -> bool:
    """Whether the cells of a grid stand in their columns: it prints its blanks, and each column has a head; where a head goes
    over several columns, their cells tell what each of them is."""
    return all(column.label for column in columns) and prints_blanks(grid)


def _is_wide(row: Sequence[Cell]) -> bool:
    """Whether a row holds more than a heading or a note."""
    return sum(map(bool, distinct(row))) > 1


def _is_furniture(row: Sequence[Cell], furniture: tuple[str, ...]) -> bool:
    return bool(furniture) and any(cell.said.norm in furniture for cell in row if cell)


def _records(table: Table, pages: tuple) -> Iterable[Record]:
    """The records of a table: made once where it is short, each time they are walked where it is long."""
    records = Records(table.columns, pages, table.spans)
    return tuple(records) if sum(len(rows) for rows, _ in pages) <= _KEPT else records


def _unread(row: Sequence[Cell], reason: str) -> Unread:
    filled = [cell for cell in row if cell]
    words = " | ".join(cell.text for cell in filled)
    return Unread(filled[0].start, filled[-1].end, filled[0].ref, words, reason)
