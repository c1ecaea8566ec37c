"""Sheets: the rows of the model's tables as they are read, packed into typed columns every few thousand.

A row under way is a dictionary and takes a kilobyte; a packed one takes little more than its characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from minshi_analysis.facts.context import Row

__all__ = ["Sheets"]

_ROWS = 20_000


class Sheets:
    """Rows of several tables, in the order in which they came.

    Parameters
    ----------
    typed : mapping of str to callable
        For each table what makes a typed DataFrame of its rows, the same columns for every batch.
    watch : callable
        Is shown every row as it comes: name of the table, rows.

    Examples
    --------
    >>> sheets = Sheets({"numbers": lambda rows: pd.DataFrame(rows, columns=["n"])})
    >>> sheets.add("numbers", [{"n": 1}, {"n": 2}])
    >>> sheets.tables()["numbers"]["n"].tolist()
    [1, 2]
    """

    def __init__(
        self,
        typed: Mapping[str, Callable[[list[Row]], pd.DataFrame]],
        watch: Callable[[str, Sequence[Row]], None] = lambda name, rows: None,
    ):
        self._typed, self._watch = typed, watch
        self._packed: dict[str, list[pd.DataFrame]] = {name: [] for name in typed}
        self._rows: dict[str, list[Row]] = {name: [] for name in typed}

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Rows of a table."""
        rows = list(rows)
        self._watch(name, rows)
        self._rows[name].extend(rows)
        if len(self._rows[name]) >= _ROWS:
            self._pack(name)

    def holds(self, name: str) -> bool:
        """Whether a table has rows."""
        return bool(self._rows[name] or self._packed[name])

    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables; the sheets are empty afterwards."""
        return {name: self._table(name) for name in self._typed}

    def _table(self, name: str) -> pd.DataFrame:
        if self._rows[name] or not self._packed[name]:
            self._pack(name)
        packed, self._packed[name] = self._packed[name], []
        return pd.concat(packed, ignore_index=True) if len(packed) > 1 else packed[0]

    def _pack(self, name: str) -> None:
        self._packed[name].append(self._typed[name](self._rows[name]))
        self._rows[name] = []
