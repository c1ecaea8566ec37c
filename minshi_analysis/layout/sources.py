"""Sources of money as rows (资金来源 | 金额 | 占比): who pays is in the rows' names, and the whole table is one sum and its parts.

Turned, each source is a column of its own and the amounts are one record, a sum over all that the document lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minshi_analysis.language import heads
from minshi_analysis.language.funders import every_funder, named_funder
from minshi_analysis.language.head_parts import pattern
from minshi_analysis.layout.columns import distinct, label_in, lines_above, plain
from minshi_analysis.layout.turned import relabelled
from minshi_analysis.reading.blocks import Cell, Grid

__all__ = ["Sources", "sources_of"]

_LEAST = 2  # rows that say who pays
_MOST = 30
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)([万亿]?元)?")
_NOTHING = re.compile(r"[-—–/\s]*")
_UNIT = re.compile(r"[(\[](?:单位:)?([百千万亿]*元)[)\]]")
_SHARE = re.compile(r"占|比[例重]|构成比")
_CLOSE = 0.006  # of what is rounded to two decimals, a part


@dataclass(frozen=True, slots=True)
class Sources:
    """A table of sources as it is read.

    Attributes
    ----------
    grid : Grid or None
        A head with a column for each source and one row; None where it is not plain whose parts the sources are.
    spent : sequence of Cell
        The amounts of money spent, and of its parts.
    shares : sequence of Cell
        What part of the whole each source is.
    loose : sequence of Cell
        What else is printed beside them.
    heads : sequence of Cell
    """

    grid: Grid | None
    spent: Sequence[Cell] = ()
    shares: Sequence[Cell] = ()
    loose: Sequence[Cell] = ()
    heads: Sequence[Cell] = ()


@dataclass(slots=True)
class _Line:
    label: Cell
    amount: Cell
    kind: str  # total, spent or part

    @property
    def value(self) -> float:
        found = _AMOUNT.fullmatch(plain(self.amount))
        return float(found[1].replace(",", "")) if found else 0.0


def sources_of(grid: Grid) -> Sources | None:
    """A grid with a row for each source of money, turned; None for any other grid.

    What stands below a sum is its parts where they add up to it; parts of what was spent were spent too. Where they add
    up to no sum that is printed, nothing is read.
    """
    if not _LEAST < len(grid.rows) <= _MOST:
        return None
    above = lines_above(grid)
    head, *rows = grid.rows[above:]
    width = len(head)
    if len(distinct(head)) != width or width < 2 or not all(head) or any(len(row) > width for row in rows):
        return None
    labels = [label_in(cell) for cell in head]
    first = 1 if heads.role_of(labels[0]) == "index" else 0
    sums = [j for j in range(first + 1, width) if heads.is_money(labels[j]) and not _SHARE.search(labels[j])]
    if not sums:
        return None
    lines = [_line(row, first, sums[0]) for row in rows if any(row)]
    parts = [line for line in lines if line is not None and line.kind == "part"]
    sure = [line for line in parts if _is_money(label_in(line.label))]
    if (
        not all(lines) or len(parts) < _LEAST or 2 * len(sure) < len(parts)
    ):  # 县级文化馆, 乡镇卫生院: no money
        return None
    beside = [(j, row[j]) for row in rows for j in range(first + 1, len(row)) if j != sums[0] and row[j]]
    shares = [cell for j, cell in beside if heads.role_of(labels[j]) == "rate" or _SHARE.search(labels[j])]
    known = {id(cell) for cell in shares}
    loose = [cell for _, cell in beside if id(cell) not in known and re.search(r"\d", cell.text)]
    numbered = [row[0] for row in rows if first and row[0]]
    spent_parts = _parts_of(lines) if len(sums) == 1 and _in_one_unit(lines) else None
    if spent_parts is None:
        return Sources(None)
    spent = [line for line in lines if line.kind == "spent" or line in spent_parts]
    told = [line for line in lines if line not in spent and not _NOTHING.fullmatch(plain(line.amount))]
    unit = _UNIT.search(label_in(head[sums[0]]))
    names = [_named(line, unit[0] if unit else "") for line in told]
    name = relabelled(head[first], "项目")
    whole = relabelled(head[first], "合计")
    titles = [(next(filter(None, row)),) * (1 + len(told)) for row in grid.rows[:above] if any(row)]
    body = ((name, *names), (whole, *(line.amount for line in told)))
    turned = Grid((*titles, *body), spans=True, ref=grid.ref)
    return Sources(turned, [line.amount for line in spent], [*shares, *numbered], loose, head)


def _line(row: Sequence[Cell], first: int, at: int) -> _Line | None:
    """A row as a sum, as money spent or as a source; None where its name says nothing of money, or it holds no amount."""
    if at >= len(row) or not row[first] or not _is_amount(row[at]):
        return None
    label = label_in(row[first])
    roles = {head.role: head for head in heads.read_head([label])}
    if "spent" in roles:
        return _Line(row[first], row[at], "spent")
    money = roles.get("funds") or roles.get("total_investment") or roles.get("plan_investment")
    if money is not None and (money.funder or "total") == "total":
        return _Line(row[first], row[at], "total")
    if money is None and named_funder(label) is None:
        return None
    return _Line(row[first], row[at], "part")


def _is_money(label: str) -> bool:
    """Whether a name is that of money: 省级补助资金, 县财政, 企业投资、群众筹资; none of 县财政局办公楼, 企业投资服务中心."""
    first = re.split("[、,及和与(]", label.removeprefix("其中").lstrip(":"))[0]
    ends = re.search(rf"(?:{every_funder()}|{pattern('money').pattern})$", first)
    return ends is not None and any(head.role == "funds" for head in heads.read_head([label]))


def _is_amount(cell: Cell) -> bool:
    words = plain(cell)
    return bool(_AMOUNT.fullmatch(words) or _NOTHING.fullmatch(words))


def _named(line: _Line, unit: str) -> Cell:
    """The name of a line as the head of a column: it says that it is money, and in which unit."""
    label = label_in(line.label)
    money = "" if line.kind == "total" or heads.is_money(label) else "资金"
    return relabelled(line.label, f"{label}{money}{unit}")


def _in_one_unit(lines: Sequence[_Line]) -> bool:
    printed = (_AMOUNT.fullmatch(plain(line.amount)) for line in lines)
    return len({found[2] for found in printed if found}) == 1


def _parts_of(lines: Sequence[_Line]) -> list[_Line] | None:
    """The parts of what was spent, where all parts are plainly those of one sum; None where they are of none.

    One sum of money planned, at most, may be printed: a second would be of another year, or of other works.
    """
    parts = [line for line in lines if line.kind == "part"]
    sums = [line for line in lines if line.kind != "part"]
    if sum(line.kind == "total" for line in sums) > 1:
        return None
    if not sums:
        return []
    whole = sum(line.value for line in parts)
    slack = _CLOSE * (len(parts) + 1)
    of = [line for line in sums if abs(line.value - whole) <= slack]
    if not of:
        return None
    spent = [line for line in of if line.kind == "spent"]
    if (
        len(of) > 1 and spent
    ):  # all that was planned is spent: they are the parts of what stands right above them
        above = lines[: lines.index(parts[0])]
        return parts if above and above[-1].kind == "spent" else []
    return parts if spent else []
