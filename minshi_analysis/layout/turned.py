"""Splits with a row for each county: turned, so that they lie as the others do, a column for each region.

A head `县区 | 新增城镇就业(人) | 新增停车位(个)` names the tasks, the rows under it the regions. Turned, every cell
keeps its place in the document; a head is cut into the task's words and its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from minshi_analysis.language import heads
from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.regions import find, named_in
from minshi_analysis.language.text import fold
from minshi_analysis.layout.columns import distinct, fit, plain
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

__all__ = ["paged", "turned"]

_HIGH = 3  # rows that a header may take
_REGION = re.compile(
    r"各?(?:[县市区州旗盟镇]|地市|设区市|[(),、/])*[县市区州旗](?:[()])?(?:名称)?|(?:地区|区域|辖区|属地|行政区划?|单位)(?:名称)?"
)
_WHOLE = re.compile(r"合计|总计|共计|小计|全[省市州盟县区旗](?:合计|总计)?|总[数量]")
_UNIT = re.compile(r"\s*[(（\[【](?P<unit>[^()（）\[\]【】]{1,8})[)）\]】]\s*$")
# Labels of what is told about one task, not of a task: 目标任务 beside 完成数 by county.
_NO_TASK = frozenset({"result", "rate", "status", "target", "task", "schedule", "year"})


def paged(
    blocks: Iterable[Paragraph | Grid], within: str | None, number: re.Pattern[str]
) -> Iterator[Paragraph | Grid]:
    """Blocks in which the pages of a split with a row for each county are one grid, its header printed once.

    Its next page has as many columns and begins with the same header or with a region. 合计 may stand on any page.
    ``number`` is what a page's number looks like, which may stand between.
    """
    begun: Grid | None = None
    numbers: list[Paragraph] = []
    for block in blocks:
        if begun is not None and isinstance(block, Paragraph) and number.fullmatch(block.text):
            numbers.append(block)
            continue
        rows = _further(begun, block, within) if begun is not None and isinstance(block, Grid) else None
        if rows is not None:
            begun = Grid((*begun.rows, *rows), begun.spans, begun.ref)
            continue
        if begun is not None:
            yield from (begun, *numbers)
            begun, numbers = None, []
        if within and isinstance(block, Grid) and _label(block):
            begun = block
        else:
            yield block
    if begun is not None:
        yield from (begun, *numbers)


def _further(begun: Grid, page: Grid, within: str | None) -> Sequence[Sequence[Cell]] | None:
    """The rows that a page adds to a split that has begun; None where it is another table."""
    at = _label(begun)
    if at is None or within is None or len(page.rows[0]) != len(begun.rows[0]):
        return None
    high, key = at
    printed = [[plain(cell) for cell in row] for row in begun.rows[:high]]
    if [[plain(cell) for cell in row] for row in page.rows[:high]] == printed:
        return page.rows[high:]
    return page.rows if _headed(page.rows[0][key], within) else None


def turned(grid: Grid, within: str | None) -> tuple[Grid, list[Cell]]:
    """A grid with a row for each region as one with a column for each; any other grid as it is.

    Parameters
    ----------
    grid : Grid
    within : str or None
        Code of the document's region; without it no regions are known.

    Returns
    -------
    grid : Grid
        Header: the task, its unit, and the rows' regions, 合计 for the whole; below it a row for each column.
    loose : list of Cell
        Cells of columns without figures (备注) and of rows that name no region: they have no place in a split.
    """
    at = _label(grid) if within else None
    if at is None:
        return grid, []
    high, key = at
    body = [row for row in grid.rows[high:] if any(row)]
    keys = [_headed(row[key], within) if key < len(row) else None for row in body]
    named = [word for word in keys if word and word != "合计"]
    heads = _heads(grid.rows[:high], key)
    if len(named) < 3 or len(set(named)) < len(named) or heads is None:
        return grid, []
    rows = [row for row, word in zip(body, keys, strict=True) if word]
    loose = [cell for row, word in zip(body, keys, strict=True) if not word for cell in distinct(row) if cell]
    columns: list[tuple[Cell, list[Cell]]] = []
    for j, head in heads:
        cells = [row[j] if j < len(row) else Cell("", row[-1].end, row[-1].end) for row in rows]
        filled = [cell for cell in cells if cell]
        figures = [cell for cell in filled if fit("region", plain(cell)) > 0]
        if head and len(figures) > len(filled) / 2 and re.search(r"\d", "".join(map(plain, figures))):
            columns.append((head, cells))
        else:
            loose += [cell for cell in filled if not re.fullmatch(r"[-—–/]+|无", plain(cell))]
    if len(columns) <= len(heads) / 2 or any(_tells(head) for head, _ in columns):
        return grid, []
    label = grid.rows[0][key]
    top = [Cell("任务", label.start, label.end, label.ref), Cell("单位", label.start, label.end, label.ref)]
    top += [_as(row[key], word) for row, word in zip(rows, filter(None, keys), strict=True)]
    turned_rows = [tuple(top)] + [(*_cut(head), *cells) for head, cells in columns]
    return Grid(tuple(turned_rows), spans=True, ref=grid.ref), loose


def _label(grid: Grid) -> tuple[int, int] | None:
    """Height of the header and the column of regions, where its label says that it is one."""
    if len(grid.rows) < 4:
        return None
    for key, cell in enumerate(grid.rows[0][:2]):
        words = heads.label_of(cell.text)
        if any(_REGION.fullmatch(part) for part in re.split(r"[\\/|]", words)):
            upper = islice(grid.rows, _HIGH)
            high = sum(1 for row in upper if key < len(row) and (row[key] is cell or not row[key]))
            before = grid.rows[0][:key]
            known = all(heads.role_of(heads.label_of(c.text)) == "index" for c in before)
            return (max(high, 1), key) if known else None
    return None


def _heads(rows: Sequence[Sequence[Cell]], key: int) -> list[tuple[int, Cell]] | None:
    """The cells that name the columns behind the regions; None where heads of several rows do not say which."""
    if len(rows) > 1 and any(
        j < len(row) and row[j] is not rows[0][j] for row in rows for j in range(key + 1, len(rows[0]))
    ):
        return None
    return [(j, cell) for j, cell in enumerate(rows[0]) if j > key]


def _headed(cell: Cell, within: str) -> str | None:
    """The column that a row becomes: its region's name, 合计 for the whole; None where it names neither."""
    words = re.sub(r"\s", "", plain(cell))
    bare = re.sub(r"\(.*?\)", "", words)
    if not bare or len(bare) > 16:
        return None
    own = find(bare)
    if _WHOLE.fullmatch(bare) or (own is not None and own.adcode == within):
        return "合计"
    return words if named_in(bare, within) is not None else None


def _as(cell: Cell, words: str) -> Cell:
    """A row's label as a column's: the whole has one name, a region is printed as it is."""
    return Cell(words, cell.start, cell.end, cell.ref) if words == "合计" else cell


def _tells(head: Cell) -> bool:
    words = _UNIT.sub("", fold(head.text))
    role = heads.role_of(heads.label_of(words))
    money = role == "funds" and "元" in head.text
    return role in _NO_TASK or money or heads.is_year(heads.label_of(words))


def _cut(head: Cell) -> tuple[Cell, Cell]:
    """A head's words and its unit, each in its place: 新增停车位(个)."""
    found = _UNIT.search(head.text)
    if found is None or not parse_unit(fold(found["unit"])):
        return head, Cell("—", head.end, head.end, head.ref)
    start = head.start + found.start("unit")
    unit = Cell(found["unit"], start, start + len(found["unit"]), head.ref)
    return Cell(head.text[: found.start()], head.start, head.start + found.start(), head.ref), unit
