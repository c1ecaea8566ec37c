"""SQL over the tables, which reads them and nothing else: no file, no network, no extension, nothing written."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from minshi_analysis import model
from minshi_analysis.tables import files as store

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["query", "shown"]

_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",  # else a query could name any variable of this program
}
_READING = ("SELECT", "EXPLAIN", "MULTI")  # MULTI: PIVOT


def query(project: Path, sql: str) -> pd.DataFrame:
    """Rows of a SQL query (DuckDB) over the project's tables, each under its name.

    Parameters
    ----------
    project : Path
    sql : str
        One statement that reads: SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW, EXPLAIN, PIVOT.

    Raises
    ------
    ValueError
        The query is not SQL, does more than read, or names no table or column there is.
    MissingTables
        The tables have not been built.

    Examples
    --------
    >>> query(Path("."), "SELECT count(*) AS n FROM documents WHERE kind = 'plan'")["n"].tolist()
    [2]
    """
    import duckdb
    import pyarrow as pa

    with duckdb.connect(config=_LOCKED) as connection:
        for name in _named(sql):
            rows = pa.Table.from_pandas(store.read_table(project, name), preserve_index=False)
            connection.register("rows", rows)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows')
            connection.unregister("rows")
        connection.execute("SET lock_configuration = true")
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1:
                asked = "is empty" if not statements else f"is {len(statements)} statements"
                raise ValueError(f"the query {asked}: write one, such as SELECT * FROM documents")
            kind = statements[0].type.name
            if kind not in _READING:
                raise ValueError(f"a query only reads: write SELECT …, not {kind.replace('_', ' ')}")
            return connection.execute(statements[0]).df()
        except duckdb.Error as error:
            said = " ".join(str(error).split()).rstrip(" ^~")  # the whole message, in one line
            raise ValueError(f"the query cannot be answered: {said}") from error


def shown(rows: pd.DataFrame, format: str) -> bytes:
    """Rows as a table for people, or as CSV, JSON (a list of objects) or Parquet for programs.

    Examples
    --------
    >>> import pandas as pd
    >>> shown(pd.DataFrame({"n": [1]}), "csv"), shown(pd.DataFrame({"n": [1]}), "json")
    (b'n\\n1\\n', b'[{"n":1}]\\n')
    """
    if format == "parquet":
        out = io.BytesIO()
        rows.to_parquet(out, index=False)
        return out.getvalue()
    if format == "csv":
        return rows.to_csv(index=False, lineterminator="\n").encode()
    if format == "json":
        return (rows.to_json(orient="records", force_ascii=False, date_format="iso") + "\n").encode()
    if rows.empty:
        return "\n".join(["  ".join(rows.columns), "0 rows", ""]).encode()
    return (rows.to_string(index=False) + "\n").encode()


def _named(sql: str) -> list[str]:
    """The tables that a query may read: those that it names, or all of them where it names none."""
    words = set(re.findall(r"\w+", sql.lower()))
    return [name for name in model.TABLES if name in words] or list(model.TABLES)
