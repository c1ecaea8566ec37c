"""Regions within regions: a table whose rows name counties and, in a column before or in rows above, their cities.

One task's shares are those of one level. The rows of the counties are read where they add up to those of their cities, or
where these print none; else the rows of the cities are, and what their parts have is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from minshi_analysis.language.regions import find, named_in, own_level, town
from minshi_analysis.layout.columns import label_in, plain
from minshi_analysis.layout.naming import BLANK, is_figure
from minshi_analysis.layout.subtotals import figure_in
from minshi_analysis.layout.turned import bare, headed, heads_regions, naming, relabelled
from minshi_analysis.reading.blocks import Cell, Grid

__all__ = ["Nested", "nested"]

_HIGH = 4  # rows among which the first one of a region stands
_SUBTOTAL = re.compile(r"小计|全[市州盟县区旗镇](?:合计|总计|小计)?")
_RATE = re.compile(r"[率比]|%|排名|位次")
_SLACK = 0.011  # of a sum, for each of its figures: they may be rounded


@dataclass(frozen=True, slots=True)
class Nested:
    """A grid whose rows name regions of one level; any other grid as it is.

    ``parts`` are the rows of regions whose figures are in the row of the region above, ``sums`` those that are the sums of
    others.
    """

    grid: Grid
    parts: Sequence[Sequence[Cell]] = ()
    sums: Sequence[Sequence[Cell]] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with its label: of a region that has parts or may have some (``over``), of such a part, of the whole, or of none.

    ``group`` is what the row is about beside its own region: the task of a table with rows for each, the region above.
    """

    row: Sequence[Cell]
    label: Cell
    group: tuple[str, ...] = ()
    over: bool = False
    part: bool = False


def nested(grid: Grid, within: str | None) -> Nested:
    """A grid whose regions stand on two levels as one whose rows name regions of one level.

    Parameters
    ----------
    grid : Grid
    within : str or None
        Code of the document's region; without it no regions are known.

    Returns
    -------
    Nested
        Where the level above has a column of its own, one column stands in place of the two. A county whose name its
        province has twice is called with that of its city.
    """
    heads, width = grid.rows[0], len(grid.rows[0])
    pair = next((j for j, two in enumerate(pairwise(heads)) if two[0] is not two[1] and _head(*two)), None)
    key = pair if pair is not None else next((j for j, cell in enumerate(heads) if _head(cell)), None)
    if within is None or key is None or len(grid.rows) < 3 or any(len(row) != width for row in grid.rows):
        return Nested(grid)
    last = key if pair is None else key + 1
    high = _high(grid, range(key, last + 1), within)
    walk: Callable[..., Iterator[_Line]] = _listed if pair is None else _lines
    lines = list(walk(grid.rows[high:], key, within)) if high else []
    if len(lines) < len(grid.rows) - high or not any(line.part for line in lines):
        return Nested(grid)
    groups: dict[tuple[str, ...], list[_Line]] = {}
    for line in lines:
        if line.over or line.part:
            groups.setdefault(line.group, []).append(line)
    twofold = [own for own in groups.values() if {line.over for line in own} == {True, False}]
    figures = [j for j in range(last + 1, width) if not any(_is_rate(row[j]) for row in grid.rows[:high])]
    proven = all(_adds_up(own, figures) for own in twofold)
    if pair is None and not (twofold and proven):
        return Nested(grid)
    fine = not twofold or (proven and _are_apart(lines))
    kept, left = _of_one_level(lines, {id(x) for own in twofold for x in own if x.over == fine})
    rows = [(*row[:key], *row[last:]) for row in grid.rows[:high]]
    rows += [(*line.row[:key], line.label, *line.row[last + 1 :]) for line in kept]
    read = {id(cell) for row in rows for cell in row}
    told = [_told(line.row, key, read) for line in left]
    return Nested(Grid(tuple(rows), grid.spans, grid.ref), *(((), told) if fine else (told, ())))


def _told(row: Sequence[Cell], key: int, read: set[int]) -> list[Cell]:
    """The cells of a row that is not read: its region, its figures and its number, but for those that a row that is read has too."""
    cells = [(j, cell) for j, cell in enumerate(row) if cell and (j == 0 or cell is not row[j - 1])]
    return [c for j, c in cells if id(c) not in read and (j >= key or is_figure(plain(c)))]


def _head(*cells: Cell) -> bool:
    return all(heads_regions(label_in(cell)) for cell in cells)


def _is_rate(head: Cell) -> bool:
    return _RATE.search(label_in(head)) is not None


def _high(grid: Grid, keys: Iterable[int], within: str) -> int:
    """How many rows are heads: those before the first one that names a region; 0 where none does."""
    for i, row in enumerate(islice(grid.rows, _HIGH + 1)):
        if i and any(headed(naming(row, j), within) for j in keys):
            return i
    return 0


def _lines(body: Iterable[Sequence[Cell]], key: int, within: str) -> Iterator[_Line]:
    """What each row is by its two columns of regions; they end at a row with figures of which that is not plain."""
    above: tuple[Cell, str] | None = None  # the region above, and what it is called
    about: tuple[str, ...] = ()
    summed: set[tuple[str, ...]] = set()  # groups whose sum has been printed
    for row in body:
        upper, lower = row[key] or naming(row, key), row[key + 1]
        printed = tuple(plain(cell) for cell in row[:key] if not is_figure(plain(cell)))
        about = printed if any(printed) else about
        word = headed(upper, within) if upper else None
        if word is not None:
            own = word != "合计" or find(bare(upper)) is not None
            above = (upper, word) if own else None
        if upper and (lower is upper or BLANK.fullmatch(plain(lower))):
            if word is None and _counts(row[key + 2 :]):
                return
            summed.add((*about, word or ""))
            yield _Line(row, relabelled(upper, word), (*about, word or ""), over=word not in (None, "合计"))
            continue
        part = _called(lower, above, within) if lower else None
        if part is None or (upper and word is None) or (part != "合计" and above is None):
            if _counts(row[key:]):
                return
            yield _Line(row, Cell("", lower.end, lower.end, lower.ref))
            continue
        group = (*about, above[1] if above else "")
        if part != "合计":
            yield _Line(row, relabelled(lower, part), group, part=True)
            continue
        of_group = above is not None and (bool(upper) or _SUBTOTAL.fullmatch(bare(lower)) is not None)
        if above is not None and not of_group and group not in summed:
            return  # 合计 behind the last of a group: its own sum, or that of all
        summed.add(group)
        if above is not None and of_group and above[1] != "合计":
            yield _Line(row, relabelled(*above), group, over=True)
        else:
            yield _Line(row, relabelled(lower, "合计"))


def _listed(body: Iterable[Sequence[Cell]], key: int, within: str) -> Iterator[_Line]:
    """What each row is where the row of a region stands above those of its parts (济南市, 历下区, 市中区, 青岛市, …)."""
    above: tuple[Cell, str] | None = None
    for row in body:
        cell = naming(row, key)
        word = headed(cell, within)
        if word == "合计":
            above = None
            yield _Line(row, relabelled(cell, word))
        elif above is not None and _is_inside(bare(cell), above[1], within):
            yield _Line(row, relabelled(cell, _called(cell, above, within)), (above[1],), part=True)
        elif word is not None:
            above = cell, word
            yield _Line(row, relabelled(cell, word), (word,), over=True)
        elif _counts(row[key:]):
            return
        else:
            yield _Line(row, cell)


def _counts(cells: Sequence[Cell]) -> bool:
    return any(re.search(r"\d", plain(cell)) for cell in cells)


def _is_inside(word: str, above: str, within: str) -> bool:
    """Whether a region lies in the one above it, by its code or, being a town, by its kind."""
    over = named_in(above, within)
    if over is None or not over.adcode:
        return False
    own = named_in(word, over.adcode)
    return own is not None or (over.level == "county" and town(word) is not None)


def _called(cell: Cell, above: tuple[Cell, str] | None, within: str) -> str | None:
    """What a row is called by its region: by its name, with that of the region above where several have it."""
    over = named_in(re.sub(r"\(.*?\)", "", above[1]), within) if above is not None else None
    if over is None or not over.adcode:
        return headed(cell, within)
    word = headed(cell, over.adcode)
    own = named_in(re.sub(r"\(.*?\)", "", word), over.adcode) if word else None
    alone = own is None or not own.adcode or named_in(bare(cell), within) == own
    return word if alone else f"{over.name}{own.name}"


def _are_apart(lines: Iterable[_Line]) -> bool:
    """Whether each part has a name of its own: 市本级 is of every city."""
    named = Counter((*line.group[:-1], bare(line.label)) for line in lines if line.part)
    return max(named.values()) == 1 and not any(own_level(names[-1]) for names in named)


def _adds_up(group: Sequence[_Line], figures: Sequence[int]) -> bool:
    """Whether the row of a region is the sum of those of its parts, in every column of figures."""
    (own, *more), parts = ([line.row for line in group if line.over == over] for over in (True, False))
    counted = 0
    for j in figures:
        whole = figure_in(own[j])
        each = [figure_in(row[j]) for row in parts if not BLANK.fullmatch(plain(row[j]))]
        if whole is None and not any(value is not None for value in each):
            continue
        if whole is None or None in each:
            return False
        if abs(sum(filter(None, each)) - whole) > _SLACK * max(1, len(each)):
            return False
        counted += 1
    return counted > 0 and not more


def _of_one_level(lines: Sequence[_Line], dropped: set[int]) -> tuple[list[_Line], list[_Line]]:
    """The lines that are read, with the words that a line before prints for both, and the lines that are not."""
    carried: dict[tuple[str, ...], Sequence[Cell]] = {}
    kept: list[_Line] = []
    left: list[_Line] = []
    for line in lines:
        if id(line) in dropped:
            carried.setdefault(line.group, line.row)
            left.append(line)
            continue
        before = carried.pop(line.group, line.row)
        words = [
            a if a and not b and not is_figure(plain(a)) else b for a, b in zip(before, line.row, strict=True)
        ]
        kept.append(replace(line, row=words))
    return kept, left
