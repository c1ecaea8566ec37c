"""A task under construction: its row, its targets, its shares, and what is in doubt about them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import count

from minshi_analysis.facts.context import Context, Row
from minshi_analysis.facts.tables.shares import Share
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.layout.placing import Record
from minshi_analysis.layout.tables import Unread
from minshi_analysis.reading.blocks import Cell

__all__ = ["Task", "measure_of", "measure_with", "share_row", "target_row", "target_rows"]


@dataclass(slots=True)
class Task:
    """A task under construction: its row, its targets, and the records that speak of it."""

    row: Row
    headline: str
    targets: list[Row] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    allocations: list[Row] = field(default_factory=list)
    rest: tuple[tuple[int, int, str], ...] = ()
    extras: list[Row] = field(default_factory=list)
    aside: list[Unread] = field(default_factory=list)  # figures of it that are no target, and why
    counted: bool = False  # its number is not printed
    costs: list[tuple[str, Quantity, int, int, str]] = field(
        default_factory=list
    )  # in its words: who pays, what, where
    steps: tuple[Cell, ...] = ()  # the dated steps that its own words print
    doubts: tuple[tuple[str, float], ...] = ()  # what makes its reading less sure, and by how much

    @property
    def task_id(self) -> str:
        return self.row["task_id"]

    def numbered_beside(self, taken: Set[str]) -> Task:
        """The task with an id that is not taken, where a table or group begins to count anew: it counts on.

        A printed number stays as it is printed.
        """
        if self.task_id not in taken:
            return self
        stem = self.task_id.removesuffix(self.row["item_no"])
        first = 1 + sum(task_id.startswith(stem) for task_id in taken)
        number = next(number for number in count(first) if f"{stem}{number}" not in taken)

        def moved(row: Row) -> Row:
            ids = {name: row[name] for name in ("task_id", "target_id") if row.get(name)}
            return row | {
                name: f"{stem}{number}{value.removeprefix(self.task_id)}" for name, value in ids.items()
            }

        return replace(
            self,
            row=moved(self.row) | ({"item_no": str(number)} if self.counted else {}),
            targets=[moved(row) for row in self.targets],
            allocations=[moved(row) for row in self.allocations],
            extras=[moved(row) for row in self.extras],
        )

    def bare(self) -> Task:
        """The task without the cells it was read from."""
        return replace(self, records=[record.bare() for record in self.records])

    def brief(self) -> Task:
        """What the document's prose is compared with: the task's place and its targets."""
        row = {name: self.row[name] for name in ("task_id", "programme_no", "programme")}
        return Task(row, self.headline, self.targets)


def target_rows(
    task_id: str,
    quantities: Sequence[tuple[Quantity, int, int]],
    context: Context,
    ref: str = "",
    first: int = 1,
) -> list[Row]:
    """Rows of ``targets`` from quantities and where each is printed."""
    return [
        target_row(task_id, k, q, context, (start, end), ref)
        for k, (q, start, end) in enumerate(quantities, start=first)
    ]


def target_row(
    task_id: str, k: int, quantity: Quantity, context: Context, place: tuple[int, int], ref: str = ""
) -> Row:
    """The row of a task's ``k``-th target: a quantity, and where its figure is printed."""
    values = {
        "target_id": f"{task_id}#{k}",
        "task_id": task_id,
        "measure": quantity.measure or None,
        "value": quantity.value,
        "upper": quantity.upper,
        "unit": quantity.unit or None,
        "bound": quantity.bound,
        "cumulative": quantity.cumulative,
    }
    return context.row(values, *place, ref)


def share_row(target: Row, share: Share, context: Context, ref: str = "") -> Row:
    """A row of ``allocations``."""
    return context.row(
        {
            "target_id": target["target_id"],
            "region": share.region.name,
            "adcode": share.region.adcode,
            "value": share.value,
            "unit": share.unit or target["unit"],
            "note": share.note,
        },
        share.start,
        share.end,
        ref,
    )


_VERB = re.compile(r"^(?:为|实现|完成|推进|开展|实施|新增|新建|建成|打造|提升|全面)+")


# What belongs to the thing that is counted, behind its name: 改造老旧小区,含加装电梯.
_COUNTED = re.compile(r"\s*[(（][^()（）]*\d[^()（）]*[)）]\s*$")  # 改造配电网(37个村): where it is done
_INCLUDED = re.compile(r"(?<=[\u4e00-\u9fff])[,，;；(（](?:包?含|包括|其中|配套|同步|同时|惠及|并).*$", re.S)


def measure_of(headline: str) -> str | None:
    """What a task without a number is about: its words without the verbs before and 全覆盖 behind."""
    return _VERB.sub("", headline).removesuffix("全覆盖").strip("。,; ") or None


def measure_with(headline: str, unit: str | None) -> str | None:
    """What a figure counts that stands in a cell of its own, beside words that name it: as if it stood behind them.

    Examples
    --------
    >>> measure_with("改造老旧小区,含加装电梯", "个"), measure_with("加强养老服务,新增养老床位", "张")
    ('老旧小区', '养老床位')
    >>> measure_with("村级配电网改造(37个村)", "万元")
    '村级配电网改造'
    """
    named = _INCLUDED.sub("", _COUNTED.sub("", headline))
    found = parse_quantities(f"{named.rstrip('。,; ')}9{unit or ''}", kind="plan")
    return (found[-1].measure if found else None) or measure_of(headline)
