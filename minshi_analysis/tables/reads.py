"""Which rows a program read: the table, the filter, and a hash of what came.

A report is made again when the rows it read would come out differently. The loaders call `note`; it does nothing
unless the environment variable MINSHI_READS names a file.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

import pandas as pd

__all__ = ["VARIABLE", "digest", "note"]

VARIABLE = "MINSHI_READS"


def digest(rows: pd.DataFrame) -> str:
    """A hash of columns, types and values; the index does not count.

    Examples
    --------
    >>> digest(pd.DataFrame({"a": [1]})) == digest(pd.DataFrame({"a": [1]}, index=[7]))
    True
    >>> digest(pd.DataFrame({"a": [1]})) == digest(pd.DataFrame({"a": [2]}))
    False
    """
    head = json.dumps([[str(name), str(kind)] for name, kind in rows.dtypes.items()]).encode()
    values = pd.util.hash_pandas_object(rows, index=False).to_numpy().tobytes()
    return hashlib.sha256(head + values).hexdigest()[:32]


def note(table: str, rows: pd.DataFrame, **filters: Any) -> None:
    """Note that rows of a table were read.

    Parameters
    ----------
    table : str
        Name of the table.
    rows : DataFrame
        What the reader got.
    **filters : optional
        What was asked for: region, year, doc_id.
    """
    path = os.environ.get(VARIABLE)
    if not path:
        return
    read = {"table": table, **{name: value for name, value in sorted(filters.items()) if value is not None}}
    line = json.dumps({**read, "rows": digest(rows)}, ensure_ascii=False, default=str) + "\n"
    with open(path, "a", encoding="utf-8") as file:
        file.write(line)
