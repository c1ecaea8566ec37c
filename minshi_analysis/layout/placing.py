"""Placing: which cell of a row stands in which column.

Where spans were lost, cells have slid to the left, and each row is laid back over the columns by what its cells
look like. A placement says how a row lies, not what stands in it: a long table has few different ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from minshi_analysis.language.heads import SPANNING
from minshi_analysis.language.phrases import MAKING
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.layout.columns import Column, plain
from minshi_analysis.layout.fitting import fit
from minshi_analysis.layout.marks import NOTE
from minshi_analysis.reading.blocks import Cell

__all__ = ["SUM", "Placement", "Record", "has_made", "is_total", "place"]


@dataclass(frozen=True, slots=True)
class Placement:
    """How a row lies over the columns of its table.

    Attributes
    ----------
    kind : str
        row, group (a heading among the rows), total, or note.
    places : tuple of (int, int)
        Column and position in the row of each placed cell.
    loose : tuple of int
        Positions of the cells that no column takes.
    laid : bool
        Cells do not stand in their printed places but were laid over the columns by what they hold.
    made : bool
        Blank cells of the row are not printed, but were put where a column seemed to have none (a cell a line).
    """

    kind: str
    places: tuple[tuple[int, int], ...]
    loose: tuple[int, ...] = ()
    laid: bool = False
    made: bool = False


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
    made: bool = False

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

    def bare(self) -> Record:
        """The record without its cells: how it was read, not what it says."""
        return replace(self, cells={}, spanned={})

    @classmethod
    def of(cls, row: Sequence[Cell], placement: Placement) -> Record:
        """The record that a row is, when it lies as a placement says."""
        cells = {j: row[i] for j, i in placement.places}
        doubts = tuple(f"no column for {row[i].text[:20]!r}" for i in placement.loose)
        return cls(placement.kind, cells, doubts=doubts, laid=placement.laid, made=placement.made)


_TOTAL = re.compile(r"(?:合计|总计|总额|小计|汇总数?|共计|全市合计|总\s*额)(?:\(.*\))?")
_GROUP = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[类部])"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}")
SUM = re.compile(r"[\d,]+(?:\.\d+)?[%个项万亿元]{0,3}|[-—/]+")
_NAMES = frozenset({"programme", "task", "part", "project", "indicator"})
_SLID = 6.0  # a cell that suits its column gains 3, one that does not loses as much
_PROMISE = re.compile(rf"其中|{'|'.join(map(re.escape, MAKING.split()))}")
_SIZE = re.compile(r"\(\s*共?\s*\d+\s*[个项件类]\s*(?:项目|任务|指标)?\s*\)")
_BODIES = frozenset({"lead", "partner", "person"})
_PROMISING = frozenset({"task", "part", "target"})
_IN_SENTENCES = _PROMISING | {"schedule", "result", "note"}
_TOLD = re.compile(r"^(?:[(（]?\d{1,2}[)）.、])?(?:已|目前|截[至止]|累计|正在|完成|存在问题|下一?步|注)")
_NOTED = frozenset({"注", "备注", "说明"})
_OF_A_LIST = frozenset("件项类大")  # 办好10件实事: what a list is called, and no promise of it


def place(row: Sequence[Cell], columns: Sequence[Column], stands: bool) -> Placement | None:
    """How a row lies over the columns; None for a row without words.

    ``stands`` says that its cells are known to stand in the columns that they are printed in.
    """
    filled = [i for i, cell in enumerate(row) if cell and (i == 0 or cell is not row[i - 1])]
    if not filled:
        return None
    if len(filled) == 1 and len(columns) > 2:
        words = plain(row[filled[0]])
        if NOTE.match(words) or words in _NOTED:
            return Placement("note", ((0, filled[0]),))
        task = next((j for j, column in enumerate(columns) if column.role == "task"), None)
        if len(row) == 1 and not stands and (goes_on := _continued(row[0], columns, task)) is not None:
            column, guessed = goes_on
            return Placement("row", ((column, 0),), laid=column != 0, made=guessed)
        if task is not None and _promises(words) and _stands_alone(row, filled[0], task, stands):
            return Placement("row", ((task, filled[0]),), laid=task != filled[0])
        return Placement("group", ((0, filled[0]),))
    if _is_group(row, columns, filled, stands):
        named = [(i, i) for i in filled if i < len(columns)]
        if _is_numbered(plain(row[filled[0]])):
            named = named[1:] + named[:1]  # its name stands first
        return Placement("group", tuple(named))
    places, loose = _straight(row, columns) if stands else _aligned(row, columns)
    names = [i for j, i in places.items() if columns[j].role in _NAMES]  # 一 | 就业促进工程 | 小计
    total = any(is_total(row[i]) for i in (*filled[:2], *names))
    laid = not all(j < len(row) and row[j] is row[i] for j, i in places.items())
    return Placement("total" if total else "row", tuple(places.items()), tuple(loose), laid, has_made(row))


def _promises(words: str) -> bool:
    """Whether the only words of a row are a promise and no heading: 新增学位810个, 其中普惠托位400个."""
    if not _PROMISE.match(words) or _SIZE.search(words):
        return False
    return any(quantity.unit not in _OF_A_LIST for quantity in parse_quantities(words, kind="plan"))


def _continued(cell: Cell, columns: Sequence[Column], task: int | None) -> tuple[int, bool] | None:
    """The column whose cell a line that is a row by itself goes on with, and whether that is a guess; None where it may be a
    heading. It is the next line of the row's last cell, or all of a row that is merged with the one above but for its promise."""
    words, last = plain(cell), len(columns) - 1
    role = columns[last].role
    if _GROUP.match(words) or _SIZE.search(words):
        return None
    if role in _BODIES and fit(role, words, cell.text) > 0:
        return last, False
    if _TOLD.match(words) or "。" in words:
        return last, role not in _IN_SENTENCES
    counted = bool(re.search(r"\d", words)) and bool(parse_quantities(words, kind="plan"))
    if counted and role in _PROMISING:
        return last, last != task
    if counted and task is not None:
        return task, role in _IN_SENTENCES or (role is None and not _promises(words))
    return None


def _stands_alone(row: Sequence[Cell], at: int, task: int, stands: bool) -> bool:
    """Whether a row's only cell is a task's: printed in the tasks' column, or first where spans were lost."""
    return (at == task and sum(cell is row[at] for cell in row) == 1) if stands else at in (0, task)


def has_made(row: Sequence[Cell]) -> bool:
    """Whether blank cells of a row are not printed: they take no place behind the cell before them."""
    return any(not row[i] and row[i - 1] and row[i].start == row[i - 1].end for i in range(1, len(row)))


def is_total(cell: Cell) -> bool:
    """Whether a cell says that its row is a sum of others: 合计, 小计(个)."""
    return bool(_TOTAL.fullmatch(plain(cell)))


def _is_group(row: Sequence[Cell], columns: Sequence[Column], filled: Sequence[int], stands: bool) -> bool:
    """Whether a row names a group and has only the group's sums behind it (一、教育类 | 3200).

    The name covers the columns of words, or stands where the numbers do and leaves them blank.
    """
    first = row[filled[0]]
    if len(row) != len(columns):
        return False
    if stands and columns[filled[0]].role == "index" and len(filled) == 2 and _is_numbered(plain(first)):
        named = _SIZE.sub("", plain(row[filled[1]]))
        return not re.search(r"\d", named) and _covers_words(
            row, columns, filled[1]
        )  # 一 | 省定项目 over the rest
    if stands and columns[filled[0]].role == "index" and _NUMERAL.fullmatch(plain(first)) and len(filled) > 2:
        first, filled = row[filled[1]], filled[1:]  # 一 | 产业发展项目 over the columns of words | 2136
    elif not _GROUP.match(plain(first)):
        return False
    covers = {column.role for column, cell in zip(columns, row, strict=True) if cell is first}
    blank = {column.role for column, cell in zip(columns, row, strict=True) if not cell}
    wide = stands and bool(covers & _NAMES) and bool(covers - _NAMES - {None})
    bare = (
        covers == {"index"} and bool(blank & _NAMES) and not (_NAMES & {columns[i].role for i in filled[1:]})
    )
    return (wide or bare) and all(SUM.fullmatch(plain(row[i])) for i in filled[1:])


def _is_numbered(words: str) -> bool:
    """Whether a cell prints a group's number and nothing else: 一, 二、, (三), 第一类."""
    return bool(_NUMERAL.fullmatch(words) or _GROUP.fullmatch(words))


def _covers_words(row: Sequence[Cell], columns: Sequence[Column], at: int) -> bool:
    """Whether one cell stands where a row's name and other things do: no task is its own lead agency and result."""
    covers = {column.role for column, cell in zip(columns, row, strict=True) if cell is row[at]}
    return bool(covers & _NAMES) and bool(covers - _NAMES - {None})


def _straight(row: Sequence[Cell], columns: Sequence[Column]) -> tuple[dict[int, int], list[int]]:
    """A row of a grid that knows its spans: cells stand where they are."""
    filled = [i for i, cell in enumerate(row) if cell]
    return {i: i for i in filled if i < len(columns)}, [i for i in filled if i >= len(columns)]


def _suited(columns: Sequence[Column], roles: Iterable[str | None], cell: Cell) -> list[float]:
    """How well a cell suits each column, asked once a role: one of which no role is known may hold figures as well as words."""
    words = plain(cell)
    by_role = {role: fit(role, words, cell.text) for role in roles}
    either = max(by_role.get(None, 0.0), fit("region", words))
    return [either if column.role is None and column.label else by_role[column.role] for column in columns]


def _may_stand(cell: Cell, column: Column) -> bool:
    """Whether a cell does not speak against the column that it is printed in; a target may be told in words."""
    words = plain(cell)
    return fit(column.role, words, cell.text) >= -0.5 or (
        column.role == "target" and bool(re.search(r"\d", words))
    )


def _aligned(row: Sequence[Cell], columns: Sequence[Column]) -> tuple[dict[int, int], list[int]]:
    """Lay the cells of a row over the columns, in order, by what they look like.

    A dynamic programme over (cell, column): a cell in a column that suits it gains, a cell left over loses much,
    a blank column costs nothing where cells often span rows. Standing in the printed place is a little better
    than not; so is closing up to the right edge, for collapsed spans push cells to the left. A row that prints its
    blank cells has lost none: it stays where it is unless the other way is better by more than one cell that suits.
    """
    filled = [(i, cell) for i, cell in enumerate(row) if cell]
    n, m, full = len(filled), len(columns), len(row) == len(columns)
    places = [i for i, _ in filled] if full else range(n) if n == m else ()
    if places and all(_may_stand(cell, columns[j]) for j, (_, cell) in zip(places, filled, strict=True)):
        return {j: i for j, (i, _) in zip(places, filled, strict=True)}, []
    roles = {column.role for column in columns}
    gain = [_suited(columns, roles, cell) for _, cell in filled]
    stays = sum(gain[k][i] for k, (i, _) in enumerate(filled)) if full and filled[-1][0] >= n else None
    for k, (i, _) in enumerate(filled):
        for j in range(m):
            gain[k][j] += 0.02 * (full and i == j) + 0.03 * (len(row) - i == m - j or n - k == m - j)
    skip = [
        0.0 if column.role in SPANNING or not (column.role or column.label) else -0.2 for column in columns
    ]
    above = list(accumulate(skip, initial=0.0))
    move = [["skip"] * (m + 1)]
    for gains in gain:
        best, moves = [above[0] - 6.0], ["lose"]
        for j in range(m):
            score, how = above[j] + gains[j], "take"
            if (skipped := best[j] + skip[j]) > score:
                score, how = skipped, "skip"
            if (lost := above[j + 1] - 6.0) > score:
                score, how = lost, "lose"
            best.append(score)
            moves.append(how)
        above = best
        move.append(moves)
    if stays is not None and above[-1] - stays < _SLID:
        return {i: i for i, _ in filled}, []
    taken: dict[int, int] = {}
    loose: list[int] = []
    k, j = n, m
    while k or j:
        if move[k][j] == "take":
            k, j = k - 1, j - 1
            taken[j] = filled[k][0]
        elif move[k][j] == "skip":
            j -= 1
        else:
            k -= 1
            loose.append(filled[k][0])
    return dict(sorted(taken.items())), loose[::-1]
