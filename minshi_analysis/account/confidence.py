"""How sure the reader is of each row, and why not surer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from minshi_analysis.account.constraints import doubts_of_money, doubts_of_results, doubts_of_shares
from minshi_analysis.facts.context import Row
from minshi_analysis.facts.tables.lines import LAID, LOOSE, MADE
from minshi_analysis.facts.task import Task
from minshi_analysis.language.text import fold
from minshi_analysis.layout.claims import is_figure

__all__ = ["Doubts"]

# What makes a reading less sure, and by how much. A row of which one thing alone makes it likely to be wrong stands below
# 0.8; docs/readers.md has the table by which the weights were set.
WORDLESS = ("no quantity in the task's words", 0.1)
# Of 119 such results of pages that nobody had read 34 were none: sizes of works, counts of projects, what was planned.
UNASKED = ("a result that no printed target asks for", 0.15)
REST = ("shares not fully understood", 0.3)
UNITLESS = ("a share or target without a unit", 0.15)
OF_PROSE = ("read from prose", 0.1)
NOT_UNDERSTOOD = ("a figure in its words was not understood", 0.25)
INVENTED = ("a value stands nowhere in the words that it comes from", 0.5)
TWICE = ("two rows claim one printed figure", 0.3)
DAMAGED = ("the file is damaged: figures may be missing", 0.25)
GUESSED = ("whether it promises or reports is told by its sentences alone", 0.15)
ALONE = ("its words are a figure alone: a cell of a table that was not recognised", 0.3)
CELLS = (
    "figures stand in lines of their own: a table was not recognised, and what is read beside them may be its cells",
    0.25,
)
UNDATED = ("a report's step that no date goes with: it may be a result", 0.25)
UNREPORTED = ("a report that tells no result of it: what it prints may be one", 0.25)


class Doubts:
    """What is in doubt about the rows of one document, gathered while it is read.

    Examples
    --------
    >>> doubts = Doubts("x")
    >>> doubts.add("x/indicator-1", [("no unit is printed", 0.1)])
    >>> doubts.rows()
    [{'doc_id': 'x', 'row_id': 'x/indicator-1', 'confidence': 0.9, 'reasons': 'no unit is printed'}]
    """

    def __init__(self, doc_id: str, of_prose: Iterable[tuple[str, float]] = ()):
        self._doc_id = doc_id
        self._found: dict[str, dict[str, float]] = {}
        self.of_prose = tuple(of_prose)  # doubts about whatever the document's running words say

    def add(self, row_id: str, doubts: Iterable[tuple[str, float]] = ()) -> None:
        """A row that is read, and what is in doubt about it."""
        self._found.setdefault(row_id, {}).update(doubts)

    def said(self, row_id: str, doubts: Iterable[tuple[str, float]] = ()) -> None:
        """A row that is read from running words, and what is in doubt about it."""
        self.add(row_id, [*doubts, *self.of_prose])

    def more(self, doubts: Mapping[str, Iterable[tuple[str, float]]]) -> None:
        """Further doubts about rows that are known; what is of no known row is left."""
        for row_id, found in doubts.items():
            if row_id in self._found:
                self._found[row_id].update(found)

    def all(self, doubt: tuple[str, float]) -> None:
        """A doubt about every row of the document."""
        for found in self._found.values():
            found.update([doubt])

    def task(self, task: Task, results: Sequence[Row] = (), *, reports: bool = False) -> None:
        """A task with its targets and shares; ``reports`` says that its document tells what became of such tasks."""
        found = [
            *_of_task(task, results),
            *task.doubts,
            *doubts_of_shares(task),
            *doubts_of_results(task, results),
        ]
        if task.records:
            self.add(task.task_id, found)
            return
        if reports and task.targets and not results:
            found.append(UNREPORTED)
        self.said(task.task_id, found)

    def money(self, rows: Iterable[Row]) -> None:
        """Lines of money: each funder's part, and their sum."""
        lines: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            lines[row["funding_id"]].append(row)
        for funding_id, parts in lines.items():
            found = {doubt for part in parts for doubt in part.get("doubts", ())}
            self.add(funding_id, [*doubts_of_money(parts), *sorted(found)])

    def rows(self) -> list[Row]:
        """Rows of ``confidence``: 1.0 where nothing is in doubt; each doubt takes something away."""
        return [
            {
                "doc_id": self._doc_id,
                "row_id": row_id,
                "confidence": round(max(0.0, 1.0 - sum(doubts.values())), 2),
                "reasons": "; ".join(doubts) or None,
            }
            for row_id, doubts in self._found.items()
        ]


def _of_task(task: Task, results: Sequence[Row]) -> Iterable[tuple[str, float]]:
    if not task.records:
        yield OF_PROSE
        if is_figure(fold(task.row["text"] or "").rstrip("。;,")):
            yield ALONE
    if any(record.laid for record in task.records):
        yield LAID
    if any(record.made for record in task.records):
        yield MADE
    if any(record.doubts for record in task.records):
        yield LOOSE
    if not task.targets:
        counted = any(row["value"] is not None for row in results)
        yield UNASKED if counted and not task.records else WORDLESS
    if task.rest:
        yield REST
    if any(not row["unit"] for row in (*task.targets, *task.allocations)):
        yield UNITLESS
