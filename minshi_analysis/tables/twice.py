"""One document that a project holds twice: a notice as a page and as a PDF, or copied by two offices.

Each copy is counted, charted and compared as a document of its own, so a person should hear of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import pandas as pd

from minshi_analysis.model.rows import Row, records

__all__ = ["held_twice"]

_SAME = ("region", "adcode", "year", "year_end", "kind", "stage", "as_of")
_FIGURES = {
    "targets": ("measure", "value", "upper", "unit"),
    "outcomes": ("measure", "value", "upper", "unit"),
    "indicators": ("name", "sub_name", "baseline", "target", "unit"),
}
_FEW = 3  # figures that two documents may share by chance
_NEARLY = 0.9  # of the longer one's: formats lose a line


def held_twice(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """A sentence for each two documents of one region, time and kind that print the same figures.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``documents``, ``targets``, ``outcomes`` and ``indicators``.

    Yields
    ------
    str
        Which two, how many figures they share, and what to do.
    """
    groups: dict[tuple, list[Row]] = {}
    for row in records(tables["documents"]):
        groups.setdefault(_known(row, _SAME), []).append(row)
    alike = [own for own in groups.values() if len(own) > 1]
    figures = _figures(tables, {row["doc_id"] for own in alike for row in own}) if alike else {}
    for own in alike:
        for one, other in combinations(own, 2):
            first, second = (figures.get(row["doc_id"], Counter()) for row in (one, other))
            both, most = (first & second).total(), max(first.total(), second.total())
            if both >= _FEW and both >= _NEARLY * most:
                yield _sentence(one, other, both, most)


def _figures(tables: Mapping[str, pd.DataFrame], asked: set[str]) -> dict[str, Counter]:
    found: dict[str, Counter] = {}
    for name, columns in _FIGURES.items():
        table = tables[name]
        for row in records(table[table["doc_id"].isin(asked)]):
            found.setdefault(row["doc_id"], Counter())[(name, *_known(row, columns))] += 1
    return found


def _known(row: Row, columns: Iterable[str]) -> tuple:
    """What columns say; None where that is not known, as missing values are not equal to each other."""
    return tuple(None if pd.isna(row[column]) else row[column] for column in columns)


def _sentence(one: Row, other: Row, both: int, most: int) -> str:
    return (
        f"{one['doc_id']} and {other['doc_id']} are both {one['region']} {one['year']} {one['kind']} and print the same "
        f"figures ({both} of {most}): where they are one document, keep one of them in data/raw, or each is counted"
    )
