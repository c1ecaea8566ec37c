"""Tables whose lines were lost: one cell a line, or cells parted by spaces, as a copied page gives them.

A run of short lines that are all heads of columns, begun by 序号, opens such a table; the numbers that follow begin its
rows. A cell may take several lines (three agencies): the lines of a row are laid over the columns by what they look like.
Of two rows of heads the lower ones stand last; what they stand under is known where the rows have a cell for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from minshi_analysis.language import heads
from minshi_analysis.language.agencies import is_agency
from minshi_analysis.language.regions import town
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.layout.blank_lines import kept
from minshi_analysis.layout.columns import label_in
from minshi_analysis.layout.fitting import fit
from minshi_analysis.layout.naming import NOTHING, is_figure
from minshi_analysis.layout.turned import cut_unit, headed, heads_regions
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

__all__ = ["gridded", "heads_alone"]

_LONGEST_HEAD = 16
_SAYS = re.compile(r":.|^(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.]|^\([一二三四五六七八九十]{1,3}\)")
_INDEX = re.compile(r"[(（]?(\d{1,3})[)）.、]?")
_MOST_LINES = 12  # of one row, and as many more as it has columns beyond six
_MOST_HEADS = 24
_UNITED = re.compile(r"[(\[][^()\[\]]*元[)\]]")
_WORDED = frozenset({"task", "project", "programme", "content", "indicator", "region"})
_BODY = re.compile(r"(?:[局委办厅]|委员会|办公室|公司|政府|联合?会|中心)$")
_FURTHER = re.compile(r"[②-⑳]|[(（]?[2-9][)）.、](?!\d)")
_SHARED = -0.4  # what it costs that a cell takes one more line
_BLANK = -0.3  # and that a column has none


def gridded(blocks: Iterable[Paragraph | Grid], within: str | None = None) -> Iterator[Paragraph | Grid]:
    """The blocks of a document, with runs of lines that are a table's cells as grids; ``within`` is the code of its region."""
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        yield from _gridded(run, within)
        run = []
        yield block
    yield from _gridded(run, within)


def heads_alone(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether three heads of columns stand in lines of their own: the lines behind them are a table's cells.

    A line that says what its label announces (配合单位:各镇) is no head, nor is a numbered heading.
    """
    known = [
        len(words) <= _LONGEST_HEAD and not _SAYS.search(words) and heads.role_of(words)
        for words in map(label_in, paragraphs)
    ]
    return any(map(all, zip(known, known[1:], known[2:], strict=False)))


def _gridded(run: Sequence[Paragraph], within: str | None) -> Iterator[Paragraph | Grid]:
    i = 0
    while i < len(run):
        found = (
            _kept(run, i, within)
            or _grouped(run, i, within)
            or _stacked(run, i, within)
            or _spaced(run, i)
            or _of_regions(run, i)
        )
        if found is None:
            yield run[i]
            i += 1
            continue
        rows, i = found
        yield Grid(tuple(rows), spans=False, ref=rows[0][0].ref)


def _cell(paragraph: Paragraph) -> Cell:
    return Cell(paragraph.text, paragraph.start, paragraph.end, paragraph.ref)


def _kept(run: Sequence[Paragraph], i: int, within: str | None) -> tuple[list[tuple[Cell, ...]], int] | None:
    """A table with one cell a line whose blank cells have lines too; its numbers may stand behind a merged 类别."""
    behind = i + 1 < len(run) and heads.role_of(label_in(run[i])) == "programme"
    many = len(_heads(run, i + behind, within))
    if many < 2:
        return None
    known = i + behind + many
    first = next((k for k in range(i + 1, min(known + 2, len(run))) if _is_number(run[k].text, 1)), i)
    wide = first - i - behind  # before the first number stands what goes over its row and those below
    return kept(run, i, wide, int(behind), _is_number) if wide > 2 and i + wide <= known else None


def _grouped(
    run: Sequence[Paragraph], i: int, within: str | None
) -> tuple[list[tuple[Cell, ...]], int] | None:
    """A table with one cell a line whose first column (类别) is merged downwards, so that its cell is printed before the first
    row of each group alone; every row must have a line for each further column."""
    if i + 1 >= len(run) or heads.role_of(label_in(run[i])) != "programme":
        return None
    wide = (
        next((k for k in range(i + 4, min(i + _MOST_HEADS, len(run))) if _is_number(run[k].text, 1)), i)
        - i
        - 2
    )
    if wide < 3 or len(_heads(run, i + 1, within)) < wide:
        return None
    rows, at = [tuple(map(_cell, run[i : i + 1 + wide]))], i + 1 + wide
    while (named := _begins(run, at, len(rows))) is not None:
        group = _cell(run[at]) if named else _blank(_cell(run[at - 1]))
        rows.append((group, *map(_cell, run[at + named : at + named + wide])))
        at += named + wide
    rest = run[at : at + 2 * wide]
    if len(rows) < 3 or len(rows[-1]) != 1 + wide or any(_is_number(p.text, len(rows)) for p in rest):
        return None  # a row has more cells, or fewer
    return (rows, at) if _end_alike([row[-1] for row in rows]) else None


def _end_alike(column: Sequence[Cell]) -> bool:
    """Whether the cells of a last column look like one another: in a row that lost a cell the next group's name stands there."""
    role, cells = heads.role_of(label_in(column[0])), [cell.said.folded for cell in column[1:]]
    if role == "kind":  # 约束性, 预期性
        return len({words[-1:] for words in cells}) == 1
    looks = [fit(role, words) > 0 for words in cells]
    return all(looks) or not any(looks)


def _begins(run: Sequence[Paragraph], at: int, number: int) -> int | None:
    """How many lines stand before a row's number, 1 where a group begins with it; None where no such row begins."""
    if _numbers(run, at, number):
        return 0
    return 1 if _numbers(run, at + 1, number) and not _is_figure(run[at]) else None


def _heads(run: Sequence[Paragraph], i: int, within: str | None) -> list[str]:
    """The roles of the lines from ``i`` on that are heads of columns, begun by 序号; a region's name heads its shares."""
    roles: list[str] = []
    for paragraph in run[i : i + _MOST_HEADS]:
        words = label_in(paragraph)
        role = heads.role_of(words) if len(words) <= _LONGEST_HEAD else None
        if not roles and role != "index":
            break
        if role is None and within and headed(_cell(paragraph), within):
            role = "region"
        elif role is None and heads.is_year(words):
            role = "year"
        elif role == "funds" and heads_regions(words):
            role = "programme"  # 乡镇(街道) over names of towns: who they are, not what they pay
        elif role == "task" and cut_unit(_cell(paragraph))[1].text != "—":
            role = "target"  # 改造任务(户) holds figures
        if role is None:
            break
        roles.append(role)
    return roles


def _stacked(
    run: Sequence[Paragraph], i: int, within: str | None
) -> tuple[list[tuple[Cell, ...]], int] | None:
    """A table with one cell a line from ``i`` on, and where it ends."""
    roles = _heads(run, i, within)
    if len(roles) < 3:
        return None
    at = i + len(roles)
    rows = [tuple(map(_cell, run[i:at]))]
    again = [label_in(paragraph) for paragraph in run[i:at]]  # as it is printed on top of the next page
    if (under := _under_one(run, i, roles)) is not None:
        rows, roles = under
    number = 1
    while at < len(run) and _is_number(run[at].text, number):
        found = _end_of_row(run, at, number, roles, again)
        if found is None:
            return None
        end, last = found
        cells = [_cell(p) for p in run[at:end]]
        parts = _rows_of_one_number(cells, roles)
        if parts:
            rows += parts
            taken = len(cells)
        else:
            laid = _laid(cells, roles, whole=not last)
            if laid is None:
                return None
            row, taken = laid
            rows.append(row)
        at, number = at + taken, number + 1
        if last:
            break
        if [label_in(p) for p in run[at : at + len(again)]] == again:
            rows.append(tuple(map(_cell, run[at : at + len(again)])))
            at += len(again)
    if at < len(run) and _FURTHER.match(run[at].said.folded):
        return None  # ②: a cell of the last row goes on
    return (rows, at) if len(rows) > 1 else None


def _end_of_row(
    run: Sequence[Paragraph], at: int, number: int, roles: Sequence[str | None], again: Sequence[str]
) -> tuple[int, bool] | None:
    """Where the row of a number ends, and whether it is the last; None where several lines may be the next row's number.

    A row with a line for each column ends there, and one before the heads that are printed again. Else the next number is the
    line that names follow, and no figure or body.
    """
    most = at + _MOST_LINES + max(0, len(roles) - 6)
    found = [k for k in range(at + 1, min(len(run), most + 1)) if _is_number(run[k].text, number + 1)]
    full = at + len(roles)
    if full in found or full == len(run):
        return full, full == len(run)
    for k in found:
        head = k - len(again)
        if head > at and [label_in(p) for p in run[head:k]] == again:
            return head, False
    named = [k for k in found if k + 1 < len(run) and _is_name(run[k + 1])]
    if roles[1] in _WORDED and found:
        if not named:
            return None  # none of them begins a row, and it is not plain whether another does
        found = named
    if len(found) > 1:
        return None
    return (found[0], False) if found else (min(len(run), most), True)


def _is_name(line: Paragraph) -> bool:
    words = line.said.folded
    body = is_agency(words) and _BODY.search(words) and town(words) is None
    return not _is_figure(line) and not body


def _under_one(
    run: Sequence[Paragraph], i: int, roles: Sequence[str]
) -> tuple[list[tuple[Cell, ...]], list[str]] | None:
    """The two rows of heads, and the roles of the columns, where the last heads (合计, 中央, 省级) stand under one head of
    money before them, which has no column of its own; None where each head has its column.

    They do where most rows have a line less than there are heads.
    """
    at, m = i + len(roles), len(roles)
    labels = [label_in(p) for p in run[i:at]]
    lower = m
    while lower and (heads.role_of(labels[lower - 1]) == "funds") and not _UNITED.search(labels[lower - 1]):
        lower -= 1
    over = [j for j in range(lower) if roles[j] == "funds"]
    if m - lower < 2 or len(over) != 1:
        return None
    starts = [at]
    while (
        k := next(
            (k for k in (starts[-1] + m - 1, starts[-1] + m) if _numbers(run, k, len(starts) + 1)), None
        )
    ) is not None:
        starts.append(k)
    long = [b - a for a, b in pairwise(starts)]
    if not _numbers(run, at, 1) or not long or long.count(m - 1) <= len(long) / 2:
        return None
    cells, j = [_cell(p) for p in run[i:at]], over[0]
    top = [*cells[: j + 1], *[_blank(cells[j])] * (m - lower - 1), *cells[j + 1 : lower]]
    low = [*[_blank(cells[lower - 1])] * j, *cells[lower:], *[_blank(cells[-1])] * (lower - j - 1)]
    return [tuple(top), tuple(low)], [*roles[:j], *roles[lower:], *roles[j + 1 : lower]]


def _numbers(run: Sequence[Paragraph], k: int, number: int) -> bool:
    return k < len(run) and _is_number(run[k].text, number)


def _blank(before: Cell) -> Cell:
    return Cell("", before.end, before.end)


def _of_regions(run: Sequence[Paragraph], i: int) -> tuple[list[tuple[Cell, ...]], int] | None:
    """A table with a row for each region, one cell a line, from ``i`` on, and where it ends.

    Each row must have a name and a figure for each further head, a dash where there is none: where one has fewer, it is
    not known which cells are missing, and no line is a table's.
    """
    if not heads_regions(label_in(run[i])):
        return None
    first = next((k for k in range(i + 1, min(i + _MOST_LINES, len(run))) if _is_figure(run[k])), None)
    wide = first - 1 - i if first is not None else 0  # the line before the first figure is a row's name
    if wide < 2 or any(len(label_in(p)) > _LONGEST_HEAD + 4 for p in run[i : i + wide]):
        return None
    rows, at = [run[i : i + wide]], i + wide
    while at + 1 < len(run) and not _is_figure(run[at]) and _is_figure(run[at + 1]):
        row = run[at : at + wide]
        behind = run[at + wide : at + wide + 1]
        if len(row) < wide or not all(map(_is_figure, row[1:])) or any(map(_is_figure, behind)):
            return None
        rows.append(row)
        at += wide
    return ([tuple(map(_cell, row)) for row in rows], at) if len(rows) > 2 else None


def _is_figure(paragraph: Paragraph) -> bool:
    words = paragraph.said.folded
    return is_figure(words) or bool(NOTHING.fullmatch(words))


def _rows_of_one_number(cells: Sequence[Cell], roles: Sequence[str | None]) -> list[tuple[Cell, ...]]:
    """The rows that share one merged number: each line that can only be a task's begins one."""
    task = next((j for j, role in enumerate(roles) if role in ("task", "project")), None)
    if task is None or len(cells) <= len(roles):
        return []  # a cell for each column, or fewer: one row
    others = [
        role for role in roles[1:] if role not in ("task", "project", "note", "result", "schedule", None)
    ]
    starts = [
        k
        for k, cell in enumerate(cells[1:], start=1)
        for words in [cell.said.folded]
        if fit("task", words, cell.text) > 0 and all(fit(role, words, cell.text) < 0 for role in others)
    ]
    if {"task", "project"} <= set(roles):  # the name before a task's words begins no row of its own
        starts = [k for k in starts if k - 1 not in starts]
    if len(starts) < 2 or starts[0] != 1 or not others:
        return []
    blank = Cell("", cells[0].end, cells[0].end)
    rows = []
    for k, (begin, end) in enumerate(zip(starts, [*starts[1:], len(cells)], strict=True)):
        laid = _laid(cells[begin:end], roles[1:], whole=True)
        if laid is None:
            return []
        rows.append((cells[0] if k == 0 else blank, *laid[0]))
    return rows


def _is_number(text: str, number: int) -> bool:
    found = _INDEX.fullmatch(fold(tidy(text)).strip())
    return found is not None and int(found[1]) == number


def _spaced(run: Sequence[Paragraph], i: int) -> tuple[list[tuple[Cell, ...]], int] | None:
    """A table whose cells are parted by spaces, a row a line, from ``i`` on, and where it ends."""
    labels = _pieces(run[i])
    if len(labels) < 3 or heads.role_of(label_in(labels[0])) != "index":
        return None
    roles = [heads.role_of(label_in(cell)) for cell in labels]
    if roles.count(None) > len(roles) // 3:
        return None
    rows, at = [tuple(labels)], i + 1
    below: list[tuple[Cell, ...] | None] = []  # the rows as they stand under the heads
    while at < len(run):
        pieces = _pieces(run[at])
        if len(pieces) < 3 or not _INDEX.fullmatch(fold(pieces[0].text)):
            break
        if (laid := _laid(pieces, roles, whole=True)) is None:
            break
        rows.append(laid[0])
        below.append(_under(run[i], labels, run[at], pieces))
        at += 1
    if all(below):
        rows[1:] = filter(None, below)
    return (rows, at) if len(rows) > 1 else None


def _under(
    head: Paragraph, labels: Sequence[Cell], line: Paragraph, pieces: Sequence[Cell]
) -> tuple[Cell, ...] | None:
    """The cells of a line under the heads that they begin below; None where one begins below none."""
    places = [_width(head, label) for label in labels]
    row = [Cell("", line.end + 1, line.end + 1)] * len(labels)
    for piece in pieces:
        place = _width(line, piece)
        j = next((j for j, own in enumerate(places) if abs(own - place) <= 1), None)
        if j is None or row[j]:
            return None
        row[j] = piece
    return tuple(row)


def _width(line: Paragraph, cell: Cell) -> int:
    """How far into its line a cell begins, where a Chinese sign is twice as wide as a digit."""
    return sum(1 + (east_asian_width(sign) in "WF") for sign in line.text[: cell.start - line.start])


def _pieces(paragraph: Paragraph) -> list[Cell]:
    return [
        Cell(m[0], paragraph.start + m.start(), paragraph.start + m.end(), paragraph.ref)
        for m in re.finditer(r"\S+", paragraph.text)
    ]


def _laid(
    cells: Sequence[Cell], roles: Sequence[str | None], *, whole: bool
) -> tuple[tuple[Cell, ...], int] | None:
    """A row's cells over the columns, in order, and how many of them it takes: all, if ``whole``. None where they do not go.

    A dynamic programme over (cell, column) in which a column may take several cells, or none. A figure is a cell of its own.
    """
    n, m = len(cells), len(roles)
    words = [cell.said.folded for cell in cells]
    gain = [[_suits(role, words[k], cells[k].text, roles) for role in roles] for k in range(n)]
    alone = list(map(is_figure, words))
    worst = float("-inf")
    best = [[worst] * (m + 1) for _ in range(n + 1)]
    came = [[0] * (m + 1) for _ in range(n + 1)]  # how many cells column j took
    best[0][0] = 0.0
    for j in range(1, m + 1):
        for k in range(n + 1):
            for took in range(min(k, 6) + 1):
                before = best[k - took][j - 1]
                if before == worst or (took > 1 and any(alone[k - took : k])):
                    continue
                own = sum(gain[k - t - 1][j - 1] for t in range(took)) / took if took else _BLANK
                total = before + own + _SHARED * max(0, took - 1)
                if total > best[k][j]:
                    best[k][j], came[k][j] = total, took
    if max(best[k][m] for k in range(1, n + 1)) == worst or (whole and best[n][m] == worst):
        return None
    taken = n if whole else max(range(1, n + 1), key=lambda k: best[k][m] + 0.1 * k)
    row: list[Cell] = []
    k = taken
    for j in range(m, 0, -1):
        took = came[k][j]
        row.append(_joined(cells[k - took : k], cells[k - 1]) if took else _blank(cells[k - 1]))
        k -= took
    return tuple(row[::-1]), taken


def _suits(role: str | None, words: str, printed: str, roles: Sequence[str | None]) -> float:
    """How well a cell suits a column; 目标任务 beside names may hold figures or words."""
    fitting = fit(role, words, printed)
    return max(fitting, fit("target", words, printed)) if role == "task" and "project" in roles else fitting


def _joined(cells: Sequence[Cell], last: Cell) -> Cell:
    """Several lines of one cell as one, with the line ends between them."""
    first = cells[0]
    if len(cells) == 1:
        return first
    text = first.text
    for before, cell in pairwise(cells):
        text += "\n" * max(1, cell.start - before.end) + cell.text
    return Cell(text, first.start, last.end, first.ref)
