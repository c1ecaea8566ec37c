"""The rules: rows take the registry's columns and types, and are held to its constraints with pandera."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING, Any

from minshi_analysis.model.tables import TABLES, Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["InvalidTables", "conform", "empty", "validate"]

# A unit may be any that is printed: one word, or two with a slash, which no sentence holds; a number begins it only where it
# says of how many (1/10万).
_UNIT = re.compile(r"(?:[^\s\d,;:。、|，；：]|1/1\d*)[^\s,;:。|，；：]{0,19}")
# pandas dtypes by the short names used below.
DTYPES = {"text": "str", "number": "float64", "integer": "Int64", "flag": "bool"}


class InvalidTables(ValueError):
    """The tables break a rule of the model; the message names table, column, rule and rows."""


def empty(name: str) -> pd.DataFrame:
    """A table without rows, typed.

    Examples
    --------
    >>> empty("funding_tasks").columns.tolist()[:2]
    ['funding_id', 'task_id']
    """
    return _empty(name).copy(deep=False)


@cache  # most tables of most documents are empty
def _empty(name: str) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {column.name: pd.Series(dtype=DTYPES[column.type]) for column in TABLES[name].columns}
    )


def conform(
    name: str, rows: pd.DataFrame | Sequence[Mapping[str, Any]], *, without: Set[str] = frozenset()
) -> pd.DataFrame:
    """The columns of the model, in its order and with its types.

    Parameters
    ----------
    name : str
        Table name.
    rows : DataFrame, or sequence of mappings
        Rows with some or all of the table's columns; a value that is absent is missing.
    without : set of str
        What else rows may say, and columns that are left missing.

    Raises
    ------
    InvalidTables
        A column that the model does not know, or a value that is not of its column's type.

    Examples
    --------
    >>> conform("funding_tasks", [{"funding_id": "a/funding-1", "task_id": "a/1"}])["task_id"].tolist()
    ['a/1']
    """
    import pandas as pd

    table = TABLES[name]
    frame = rows if isinstance(rows, pd.DataFrame) else None
    said = (set().union(*rows) if frame is None else set(frame.columns)) - without
    if unknown := sorted(said - set(table.names)):
        raise InvalidTables(f"table {name}: the model has no column {', '.join(unknown)}")
    if not len(rows):
        return empty(name)
    if frame is not None and _is_typed(table, frame):
        return frame.reset_index(drop=True)
    out = {}
    for column in table.columns:
        if column.name not in said:
            values: Sequence = [None] * len(rows)
        elif frame is None:
            values = [row.get(column.name) for row in rows]
        else:
            values = frame[column.name].tolist()
        try:
            out[column.name] = _typed(values, column)
        except (TypeError, ValueError) as error:
            raise InvalidTables(f"table {name}, column {column.name}: {error}") from error
    return _framed(name, out, len(rows))


def _framed(name: str, columns: Mapping[str, Any], count: int) -> pd.DataFrame:
    """A frame of arrays that have their types already: four times as fast as the constructor, which looks what each may be."""
    import numpy as np
    import pandas as pd
    from pandas.api.internals import create_dataframe_from_blocks  # type: ignore[import-not-found]  # stubs lack it

    blocks = [
        (array.reshape(1, -1) if isinstance(array, np.ndarray) else array, np.array([place]))
        for place, array in enumerate(columns.values())
    ]
    labels = _empty(name).columns.view()
    return create_dataframe_from_blocks(blocks, index=pd.RangeIndex(count), columns=labels)


def _is_typed(table: Table, frame: pd.DataFrame) -> bool:
    """Whether a frame has the columns and types already, as one that was written and read again."""
    kinds = [DTYPES[column.type] for column in table.columns]
    if tuple(frame.columns) != tuple(table.names) or [str(kind) for kind in frame.dtypes] != kinds:
        return False
    return not any(frame[column.name].eq("").any() for column in table.columns if column.type == "text")


def _typed(values: Sequence, column: Column):
    """The values as an array of the column's type. Arrays and no Series: a document has fifteen small tables."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    kinds = set(map(type, values))
    if column.type == "text":
        if kinds == {type(None)}:
            return _dtype("text").__from_arrow__(pa.nulls(len(values), pa.large_string()))
        words = values if kinds <= {str, type(None)} else map(_word, values)
        return _dtype("text").__from_arrow__(pa.array([word or None for word in words], pa.large_string()))
    if column.type == "number" and kinds <= {float, int, type(None)}:
        return np.array(values, dtype="float64")
    known = [None if value is None or value is pd.NA or value != value else value for value in values]
    if column.type == "flag":
        return np.array([bool(value) for value in known])
    if column.type == "number":
        return np.array([np.nan if value is None else value for value in known], dtype="float64")
    if kinds <= {int, type(None)}:  # neither text nor fractions
        missing = np.array([value is None for value in known])
        return pd.arrays.IntegerArray(np.array([value or 0 for value in known], dtype="int64"), missing)
    return pd.array(known, dtype=_dtype("integer"))


def _word(value: object) -> str | None:
    import pandas as pd

    return None if value is None or pd.isna(value) else str(value)


@cache
def _dtype(kind: str):
    import pandas as pd

    return pd.api.types.pandas_dtype(DTYPES[kind])


def validate(
    tables: Mapping[str, pd.DataFrame],
    *,
    references: bool = True,
    among: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Hold tables to the model.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
    references : bool
        Also check that ids resolve (needs the tables that are referred to).
    among : mapping of table name to DataFrame, optional
        Where ids resolve, if not in `tables` themselves.

    Raises
    ------
    InvalidTables
        With one line for each broken rule.
    """
    import pandera.errors

    problems: list[str] = []
    for name, rows in tables.items():
        try:
            _schema(TABLES[name]).validate(rows, lazy=True)
        except pandera.errors.SchemaErrors as errors:
            for (column, check), cases in errors.failure_cases.groupby(["column", "check"], dropna=False):
                shown = ", ".join(map(repr, cases["failure_case"].head(3)))
                problems.append(f"{name}.{column}: {check} fails for {len(cases)} rows, such as {shown}")
        problems += _impossible(name, rows)
    if references:
        for name, rows in tables.items():
            problems += _dangling(TABLES[name], rows, tables if among is None else among)
    if problems:
        raise InvalidTables("the tables break the model:\n  " + "\n  ".join(problems))


def _schema(table: Table):
    import pandera.pandas as pa

    columns = {}
    for column in table.columns:
        checks = []
        if column.among:
            checks.append(pa.Check.isin(column.among))
        if column.pattern:
            checks.append(pa.Check.str_matches(f"^(?:{column.pattern})$"))
        if column.at_least is not None:
            checks.append(pa.Check.ge(column.at_least))
        columns[column.name] = pa.Column(
            None, checks, nullable=not column.required, unique=column.unique, description=column.about
        )
    return pa.DataFrameSchema(columns, strict=True, name=table.name)


def _impossible(name: str, rows: pd.DataFrame) -> list[str]:
    """Rules over more than one column: known units and regions, spans that are spans."""
    from minshi_analysis.language import regions

    problems = []
    if "unit" in rows:
        strange = sorted(u for u in set(rows["unit"].dropna()) if not _UNIT.fullmatch(u))
        if strange:
            problems.append(
                f"{name}.unit: {', '.join(map(repr, strange))} is no unit: a unit is one printed word"
            )
    if {"region", "adcode"} <= set(rows.columns):
        named = rows.loc[rows["region"].notna(), ["region", "adcode"]].drop_duplicates()
        strange = sorted(
            {r for r, c in zip(named["region"], named["adcode"], strict=True) if not regions.is_known(r, c)}
        )
        if strange:
            problems.append(f"{name}.region: unknown regions or wrong codes: {', '.join(strange)}")
    if {"source_start", "source_end"} <= set(rows.columns):
        bad = int((rows["source_end"] < rows["source_start"]).fillna(False).sum())
        if bad:
            problems.append(f"{name}: {bad} rows end before they start in the source")
    return problems


def _dangling(table: Table, rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    problems = []
    for column, target in table.refers.items():
        other, key = target.split(".")
        if other in tables and column in rows:
            values = rows[column].dropna().unique().tolist()
            named = {part for value in values for part in value.split("|")}
            lost = sorted(named - set(tables[other][key].unique().tolist()))
            if lost:
                problems.append(
                    f"{table.name}.{column}: {len(lost)} values are not in {target}, such as {lost[0]!r}"
                )
    return problems
