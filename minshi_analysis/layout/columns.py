"""Columns: which rows of a grid are its header, and what each column holds by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from minshi_analysis.language import heads
from minshi_analysis.language.agencies import is_agency
from minshi_analysis.layout.claims import About, Column, claim, is_figure
from minshi_analysis.layout.fitting import fit
from minshi_analysis.layout.indicators import over_years, valued
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

__all__ = [
    "About",
    "Column",
    "Header",
    "distinct",
    "header_of",
    "label_in",
    "lines_above",
    "over_blanks",
    "plain",
    "prints_blanks",
    "without_mark",
]

T = TypeVar("T")
_SOURCES = re.compile(r"来源|筹措|构成|渠道|组成|其中|安排")
_UNDER = {
    "schedule": frozenset({"schedule"}),
    "result": frozenset({"result", "rate", "status", "spent"}),
    "target": frozenset({"target", "unit"}),
}
_INVESTED = frozenset({"funds", "total_investment", "plan_investment"})

_LONG = 1_000  # rows of a grid up to which it is asked how its cells stand
_SAMPLE = 60  # rows whose cells speak for the columns' roles


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its columns, how many rows it takes, its words (units stand there), and the title printed in it."""

    columns: tuple[Column, ...]
    height: int
    words: str
    title: str = ""

    @property
    def roles(self) -> set[str]:
        return {column.role for column in self.columns if column.role}

    @property
    def kind(self) -> str | None:
        return table_kind(self.roles, sum(column.region is not None for column in self.columns))


def table_kind(roles: set[str], regions: int) -> str | None:
    """What a table is about, from its columns' roles and how many of them are regions.

    Returns
    -------
    str or None
        split, investments, summary, indicators, tasks; None where the header says too little.
    """
    if regions >= 3 or (regions and roles & {"task", "project", "target"}):
        return "split"
    if roles & {"total_investment", "plan_investment"}:
        return "summary" if "count" in roles else "investments"
    if "indicator" in roles and "year" in roles:
        return "indicators"
    if roles & {"task", "project"} and len(roles) >= 2:
        return "tasks"
    return None


_FILLED_IN = re.compile(r"[\u4e00-\u9fff()]{2,10}:\s*\S")
_DATE = re.compile(
    r"\(?(?:截[至止]|时间|日期)*(?:20\d\d年(?:\d{1,2}月(?:份|底|末)?(?:\d{1,2}日)?)?|20\d\d[-./]\d{1,2}[-./]\d{1,2})\)?"
)
_MARKED = re.compile(r"(?<=[\d%元万亿])\s*(?:[①-⑳*※#]|\[\d{1,2}\])+$")
_MARKS = tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*※#]")
_NAMED = re.compile(
    r"(?:民生|惠民|为民|重点)?(?:实事|工程|项目|任务|事项)(?:之)?[一二三四五六七八九十\d]{1,3}(?:$|[、.:)])"
)
_SENTENCE = re.compile(r"[。;；!?]|\d{1,3}[.、)]")


def plain(cell: Cell) -> str:
    """A cell's words for looking at: without the mark of a note behind a figure."""
    return without_mark(cell.said.folded)


def label_in(cell: Cell | Paragraph) -> str:
    """A head's words: folded, without spaces and specks of a scan."""
    return heads.label(cell.said.folded)


def without_mark(words: str) -> str:
    """A figure without the mark of a note behind it: 300①, 500*, 800[1]."""
    return _MARKED.sub("", words) if words.endswith(_MARKS) else words


def header_of(grid: Grid, about: About) -> Header | None:
    """The header of a grid: its first rows that hold labels and no data.

    Parameters
    ----------
    grid : Grid
    about : About
        What is known of the document.

    Returns
    -------
    Header or None
        None where the first rows say nothing that the vocabulary knows.
    """
    best: Header | None = None
    above = lines_above(grid)
    if _is_lost(grid, above):
        return None
    placed = grid.spans or prints_blanks(grid)
    for height in range(1, 4):
        end = above + height
        if end >= len(grid.rows) or not all(_labels(row, alone=True) for row in grid.rows[above:end]):
            break
        two = grid.rows[end - 2 : end] if height > 1 else ()
        under = _is_under_wide(two, grid.spans)
        if not (under or _labels(grid.rows[end - 1])) or _reaches_below(grid, end):
            continue
        columns = claim(_labels_of(grid, above, end), _sample(grid, end, placed), about, fit, placed=placed)
        columns = valued(columns) if about.several_years or over_years(columns) else columns
        known = sum(column.role is not None for column in columns)
        before = sum(c.role is not None for c in best.columns) if best is not None else 0
        taller = (known == before and (under or _says_again(two))) or (known >= before - 1 and _fills(two))
        if known >= 2 and (known > before or taller):
            words = " ".join(label_in(c) for row in grid.rows[:end] for c in distinct(row) if c)
            over = (row for row in grid.rows[:above] if not _is_filled_in(_printed(row)))
            title = next((c.text for row in over for c in row if c), "")
            best = Header(columns, end, words, title)
    return best


def _is_lost(grid: Grid, above: int) -> bool:
    """Whether the spans of two rows of heads were lost and it is not plain under which head the lower ones stand: what is
    behind that head may be any column's."""
    rows = grid.rows[above : above + 2]
    if grid.spans or len(rows) < 2 or not all(_labels(row) for row in rows):
        return False
    width = max(len(row) for row in grid.rows)
    if len(rows[0]) == width:
        return False  # its blanks are printed
    upper, lower = (_filled([label_in(cell) for cell in row]) for row in rows)
    return _is_under_one(upper, lower, width) and _spread([upper, lower], width) is None


def _says_again(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the lower of two rows of heads prints labels of the upper one again: heads merged downwards, spans lost."""
    if len(rows) < 2 or len(rows[0]) != len(rows[1]):
        return False
    same = [bool(a) and a is not b and label_in(a) == label_in(b) for a, b in zip(*rows, strict=True)]
    return sum(same) >= 2 and not all(same)


def _is_under_wide(rows: Sequence[Sequence[Cell]], spans: bool) -> bool:
    """Whether the lower of two rows has heads of money, all of them under one of money that goes over several columns: 总投资
    over a blank and 其中:“十四五”投资."""
    if len(rows) < 2 or len(rows[0]) != len(rows[1]):
        return False
    upper, lower = rows
    below = [j for j, cell in enumerate(lower) if cell and cell is not upper[j]]
    over = list(upper) if spans else over_blanks(upper, [True] * len(upper))
    wide = [j for j in below if any(over[j] is over[k] for k in (j - 1, j + 1) if 0 <= k < len(over))]
    labels = [(label_in(over[j]), label_in(lower[j])) for j in below]
    known = all(heads.is_money(whole) and heads.read_head([whole, part]) for whole, part in labels)
    return bool(below) and wide == below and known


def _fills(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the lower of two rows of heads stands under blanks of the upper one, and leaves blank what that names: a head
    over several columns, printed once, and the heads below it."""
    if len(rows) < 2 or len(rows[0]) != len(rows[1]):
        return False
    upper, lower = ([bool(cell) for cell in row] for row in rows)
    under = sum(b and not a for a, b in zip(upper, lower, strict=True))
    left = sum(a and not b for a, b in zip(upper, lower, strict=True))
    return under >= 1 and left >= 2 and not lower[0]


def distinct(row: Sequence[Cell]) -> list[Cell]:
    """Each cell once: a merged cell stands at every place it covers."""
    return [cell for i, cell in enumerate(row) if i == 0 or cell is not row[i - 1]]


def lines_above(grid: Grid) -> int:
    """How many rows above the heads are lines over the whole width: the table's title, 单位:万元."""
    above = 0
    while above < min(3, len(grid.rows) - 2) and _is_line(grid.rows[above]):
        above += 1
    return above


def _is_line(row: Sequence[Cell]) -> bool:
    """Whether a row is one line over the whole table; a head that stands alone over some columns (资金来源) is none."""
    filled = [(j, cell) for j, cell in enumerate(row) if cell]
    if _is_filled_in(_printed(row)):
        return True
    if sum(map(bool, distinct(row))) > 1:
        return False
    return not filled or filled[0][0] == 0 or heads.role_of(label_in(filled[0][1])) is None


def _printed(row: Sequence[Cell]) -> list[str]:
    return [cell.said.folded.strip() for cell in distinct(row) if cell]


def _is_filled_in(words: Sequence[str]) -> bool:
    """Whether a row says who filled in the table and when, and is none of its heads.

    Examples
    --------
    >>> _is_filled_in(["填报单位:县政府督查室", "2011年1月20日"]), _is_filled_in(["填报单位:", "县政府督查室"])
    (True, True)
    >>> _is_filled_in(["县民政局", "2011年1月20日"]), _is_filled_in(["项目", "截至2011年1月20日"])
    (True, False)
    >>> _is_filled_in(["项目:", "责任单位:"])
    False
    """
    filled = [bool(_FILLED_IN.match(said)) for said in words]
    labels = [said.endswith(":") for said in words]
    values = [before and not label for before, label in zip([False, *labels], labels, strict=False)]
    dated = [bool(_DATE.fullmatch(said)) for said in words]
    bodies = [is_agency(said) for said in words]
    told = all(map(any, zip(filled, labels, values, dated, bodies, strict=True)))
    return told and (any(filled) or any(values) or (any(dated) and any(bodies)))


def _reaches_below(grid: Grid, end: int) -> bool:
    """Whether a cell of the row before ``end`` goes on below it: the header does too."""
    pairs = zip(grid.rows[end - 1], grid.rows[end], strict=False)
    return grid.spans and end + 1 < len(grid.rows) and any(a is b and a for a, b in pairs)


def prints_blanks(grid: Grid) -> bool:
    """Whether a grid prints its blank cells: all rows are equally long, and some have a blank between two filled cells or
    before the first. Nothing has slid then, whatever is known of its spans."""
    if len(grid.rows) > _LONG or len({len(row) for row in grid.rows if len(row) > 1}) != 1:
        return False
    return any(map(_has_gap, grid.rows))


def _has_gap(row: Sequence[Cell]) -> bool:
    filled = list(map(bool, row))
    return False in filled and any(filled[filled.index(False) :])


def _sample(grid: Grid, height: int, placed: bool) -> list[list[str]]:
    """What the cells of each column hold, of rows of which it is known where their cells stand."""
    width = max(len(row) for row in grid.rows)
    found: list[list[str]] = [[] for _ in range(width)]
    for row in grid.rows[height : height + _SAMPLE]:
        if len(row) != width or sum(map(bool, distinct(row))) < 2:
            continue
        blank = next((j for j, cell in enumerate(row) if not cell), width)
        for j, cell in enumerate(row if placed else row[:blank]):  # behind a blank, cells may have slid
            if cell and (j == 0 or cell is not row[j - 1]):
                found[j].append(plain(cell))
    return found


def _labels(row: Sequence[Cell], *, alone: bool = False) -> bool:
    """Whether a row could be a header's: short labels, no sentence, no bare number; at least two, unless one may stand alone."""
    words = [label_in(cell) for cell in distinct(row) if cell]
    if _NAMED.match(words[0] if words else ""):
        return False  # 实事一 | 城区停车场 | 新建停车场4处: a row that says which item it is
    return len(words) >= (1 if alone else 2) and not any(
        len(w) > 30 or _SENTENCE.search(w) or (re.fullmatch(r"[\d.,]+%?", w) and not heads.is_year(w))
        for w in words
    )


def _labels_of(grid: Grid, above: int, end: int) -> list[list[str]]:
    """Of each column its labels from top to bottom.

    A label that was only wrapped over two rows (主要责任 | 单位) is one; one that spans several columns is of each.
    """
    width = max(len(row) for row in grid.rows)
    levels = [[label_in(cell) for cell in row] + [""] * (width - len(row)) for row in grid.rows[above:end]]
    if len(levels) == 2 and not grid.spans and (spread := _spread(levels, width)) is not None:
        levels = spread
    elif len(levels) > 1 and not grid.spans:
        if len(levels) == 2 and _fills(grid.rows[above:end]):
            levels[0] = over_blanks(*levels)
        levels = [levels[0], *(_placed(levels[0], lower) for lower in levels[1:])]
    elif not grid.spans:
        levels = [_over_names(levels[0], grid.rows[end:])]
    out = []
    for j in range(width):
        parts: list[str] = []
        for k, level in enumerate(levels):
            if not level[j] or level[j] in parts:
                continue
            if parts and not grid.spans and _wrapped(levels[k - 1], level, j):
                parts[-1] += level[j]
            else:
                parts.append(level[j])
        out.append(parts)
    return out


def _over_names(labels: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Heads of which one of names (项目) goes on over the blank heads behind it, where each of them stands over words."""
    over = over_blanks(labels, [True] * len(labels))
    blank = [
        j
        for j, own in enumerate(labels)
        if not own and over[j] and heads.role_of(over[j]) in ("task", "project")
    ]
    body = [row for row in rows[:_SAMPLE] if sum(map(bool, row)) > 1] if blank else []
    if any(len(row) != len(labels) for row in body):
        return [*labels]
    named = [*labels]
    for j in blank:
        held = [plain(row[j]) for row in body if row[j]]
        if named[j - 1] and held and not any(map(is_figure, held)):
            named[j] = over[j]
    return named


def _spread(levels: Sequence[Sequence[str]], width: int) -> list[list[str]] | None:
    """Two rows of heads of which the lower one stands under one head of the upper (资金安排 over 合计 | 中央 | 县级), where spans
    were lost: with it, there are as many as the longest row has cells. None where it is not plain which head that is."""
    upper, lower = (_filled(level) for level in levels)
    if not _is_under_one(upper, lower, width):
        return None
    under = [j for j, words in enumerate(upper) if _belong(words, lower)]
    under = [j for j in under if _SOURCES.search(upper[j])] or under
    if len(under) != 1:
        return None
    j = under[0]
    top = [*upper[:j], *[upper[j]] * len(lower), *upper[j + 1 :]]
    return [top, [""] * j + lower + [""] * (len(upper) - 1 - j)]


def _filled(labels: Sequence[str]) -> list[str]:
    """Labels without the blank ones behind the last."""
    return list(labels[: max((j + 1 for j, words in enumerate(labels) if words), default=0)])


def _is_under_one(upper: Sequence[str], lower: Sequence[str], width: int) -> bool:
    """Whether a row of heads is as long as it is where all of it stands under one head of the row above."""
    return len(lower) > 1 and all(upper) and all(lower) and len(upper) + len(lower) - 1 == width


def _belong(over: str, lower: Sequence[str]) -> bool:
    """Whether heads may stand under another one: who pays under money, quarters under steps, what was done under 完成情况."""
    read = [heads.read_head([over, words]) for words in lower]
    roles = {found[0].role if found else None for found in read}
    if heads.is_money(over):
        return roles <= _INVESTED
    if heads.role_of(over) == "split":
        return True
    return any(heads.role_of(over) == role and roles <= below for role, below in _UNDER.items())


def over_blanks(upper: Sequence[T], lower: Sequence[object]) -> list[T]:
    """An upper row of heads in which each stands over the blanks behind it that have a head below.

    Examples
    --------
    >>> over_blanks(["县区", "床位", "", "", "车位"], ["", "目标", "完成", "", "目标"])
    ['县区', '床位', '床位', '', '车位']
    """
    out = list(upper)
    for j in range(1, min(len(out), len(lower))):
        if not out[j] and lower[j]:
            out[j] = out[j - 1]
    return out


def _wrapped(upper: Sequence[str], lower: Sequence[str], j: int) -> bool:
    """Whether a lower label goes on with the upper one: that one says nothing by itself, or the two make a known head."""
    behind = next((k for k in range(j + 1, len(upper)) if upper[k]), len(upper))
    spans = any(lower[k] for k in range(j + 1, behind))
    spans = spans or upper[j] in (
        *upper[max(0, j - 1) : j],
        *upper[j + 1 : j + 2],
    )  # printed at each place it covers
    return (
        bool(upper[j])
        and not spans
        and (heads.role_of(upper[j] + lower[j]) not in (None, heads.role_of(lower[j])) or len(lower[j]) <= 2)
    )


def _placed(upper: list[str], lower: list[str]) -> list[str]:
    """A second header row whose first columns were covered by taller cells: it belongs under the label that spans.

    Where its cells are as many as the columns, they stand where they are.
    """
    filled = sum(map(bool, lower))
    if not lower[0] or filled == len(lower) or any(not w for w in lower[:filled]):
        return lower
    wide = [
        (j, span)
        for j, label in enumerate(upper)
        if label
        for span in [next((k for k in range(j + 1, len(upper)) if upper[k]), len(upper)) - j]
        if span >= filled > 1
    ]
    if not wide:
        return lower
    start = wide[-1][0]
    return [""] * start + lower[:filled] + [""] * (len(lower) - start - filled)
