"""Tables without heads (实事一:教育提质 | 新建幼儿园3所 | 责任单位:县教体局): what their columns hold, by their cells alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from minshi_analysis.language import agencies
from minshi_analysis.language.agencies import BODIES, LEADS
from minshi_analysis.layout.claims import About, Column
from minshi_analysis.layout.columns import Header, distinct, plain
from minshi_analysis.layout.fitting import fit
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

__all__ = ["carded", "headless"]

_LEAST_ROWS = 3
_MOST_ROWS = 60  # of a grid of cards
_MOST = 0.8  # share of a column's cells that must look like what it is taken for
_LABELLED = 0.75  # how sure the columns of rows are that say themselves which item they are
_LOOKS = 0.45  # and of rows that only look like a list of tasks: a guess
_ITEM = re.compile(
    r"(?:(?:民生|惠民|为民|重点|票决)?(?:实事|工程|项目|任务|事项)(?:之)?[一二三四五六七八九十\d]{1,3}|"
    r"第[一二三四五六七八九十\d]{1,3}[件项])[、.:：)\s]*"
)
_ANSWERS = re.compile(rf"(?:{LEADS})(?:{BODIES}):|(?:牵头|责任|承办|主办|主管):")


def headless(grid: Grid, about: About) -> Header | None:
    """The columns of a grid whose first row holds data, or None where its cells do not say what they are.

    A list of one year's promises is taken for one only where every row prints its item (实事一:…), or a number, words with
    a figure and a body that answers for them; figures alone say nothing.
    """
    if about.several_years or about.kind not in ("plan", "progress", "completion"):
        return None
    rows = [row for row in grid.rows if any(row)]
    width = max(map(len, rows), default=0)
    if len(rows) < _LEAST_ROWS or any(len(row) != width for row in rows) or not 2 <= width <= 6:
        return None
    if any(len(distinct(row)) == 1 for row in rows):
        return None
    columns = [_column([plain(row[j]) for row in rows], j) for j in range(width)]
    roles = [column.role for column in columns]
    labelled = "programme" in roles and _ITEM.match(plain(rows[0][roles.index("programme")]))
    listed = "index" in roles and "lead" in roles
    if roles.count("task") != 1 or not (labelled or listed):
        return None
    if len(roles) - roles.count(None) < len(roles) - 1 or len({r for r in roles if r}) < len(
        list(filter(None, roles))
    ):
        return None
    score = _LABELLED if labelled else _LOOKS
    found = tuple(Column(column.role, "", score=score, reason=column.reason) for column in columns)
    return Header(found, 0, "")


def _column(cells: Sequence[str], j: int) -> Column:
    """What a column holds, by the look of its cells."""
    filled = [words for words in cells if words]

    def mostly(test) -> bool:
        return len(filled) >= 0.5 * len(cells) and sum(map(bool, map(test, filled))) >= _MOST * len(filled)

    if j == 0 and mostly(lambda words: fit("index", words) > 0):
        return Column("index", "")
    if mostly(_ITEM.match):
        return Column("programme", "")
    if mostly(lambda words: _ANSWERS.match(words) or agencies.is_agency(words)):
        return Column("lead", "")
    if j and mostly(lambda words: len(words) <= 12 and fit("deadline", words) > 0):
        return Column("deadline", "")
    if (
        mostly(lambda words: len(words) >= 6)
        and sum(bool(re.search(r"\d", w)) for w in filled) >= len(filled) / 2
    ):
        return Column("task", "")
    return Column(None, "", score=0.0, reason="no role is known for this head")


def carded(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    """Blocks, the cards of a grid (a cell for each item, or its name over its words) as paragraphs in their order."""
    for block in blocks:
        cards = _cards(block) if isinstance(block, Grid) and len(block.rows) <= _MOST_ROWS else None
        if cards is None:
            yield block
            continue
        yield from (Paragraph(cell.text, cell.start, cell.end, cell.ref) for cell in cards)


def _are_items(row: Sequence[Cell]) -> bool:
    """Whether each cell of a row says itself which item it is."""
    return all(_ITEM.match(plain(cell)) for cell in row)


def _cards(grid: Grid) -> list[Cell] | None:
    rows = [[cell for cell in distinct(row) if cell] for row in grid.rows if any(row)]
    if len(rows) < 2 or not _are_items(rows[0]) or all(len(row) == 1 for row in rows):
        return None
    named = list(map(_are_items, rows))
    if all(named):
        return [cell for row in rows for cell in row]
    over = named[::2], named[1::2]
    if not (all(over[0]) and not any(over[1]) and len(rows) % 2 == 0):
        return None
    if any(len(rows[i]) != len(rows[i + 1]) for i in range(0, len(rows), 2)):
        return None
    return [
        cell
        for i in range(0, len(rows), 2)
        for pair in zip(rows[i], rows[i + 1], strict=True)
        for cell in pair
    ]
