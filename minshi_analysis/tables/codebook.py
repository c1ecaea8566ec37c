"""What every column means: as rows, which go along with exports, and as the page docs/tables.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from minshi_analysis.model import TABLES
from minshi_analysis.model.tables import Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["codebook", "page"]

_PAGE = """# The tables

Written from the model by `make docs`; a test holds it to the model. Conventions: values in base units, money in 万元,
percentages as printed; what the source does not print is missing, never 0. Text is simplified characters; dates are ISO;
`adcode` is text. `source_start` and `source_end` count characters of the decoded source, `source_ref` names page, table,
row and column where a format has no plain text.

`minshi export --to xlsx|sqlite|duckdb|parquet|csv` gives all of them to other programs, with this codebook. In files for
Excel no text is ever a formula: a cell of the workbook that begins with `=`, `+`, `-` or `@` is marked as text, and
`--to csv --excel` writes a byte order mark and an apostrophe before such a cell (only there, and only in text columns: a
negative number stays a number). CSV has no types, so a spreadsheet reads an `adcode` there as a number; the workbook has
it as text.
"""


def codebook(names: Iterable[str] = TABLES) -> pd.DataFrame:
    """A row for each column: table, column, type, unit, required, key, values, description.

    Examples
    --------
    >>> codebook(["funding"]).set_index("column").at["amount_wan", "unit"]
    '万元'
    """
    import pandas as pd

    rows = [_row(TABLES[name], column) for name in names for column in TABLES[name].columns]
    return pd.DataFrame(rows).astype({"required": bool})


def _row(table: Table, column: Column) -> dict:
    return {
        "table": table.name,
        "column": column.name,
        "type": column.type,
        "unit": column.unit or None,
        "required": column.required,
        "key": "primary" if column.unique else table.refers.get(column.name),
        "values": "|".join(column.among) or None,
        "description": column.about,
    }


def page() -> str:
    """The page of all tables, as Markdown."""
    parts = [_PAGE]
    for table in TABLES.values():
        parts.append(
            f"\n## {table.name}\n\nOne row is {table.row}.\n\n| column | type | meaning |\n|---|---|---|\n"
        )
        parts += [
            f"| `{column.name}` | {_kind(table, column)} | {_meaning(column)} |\n" for column in table.columns
        ]
    return "".join(parts)


def _kind(table: Table, column: Column) -> str:
    unit = f", {column.unit}" if column.unit else ""
    refers = table.refers.get(column.name)
    key = ", key" if column.unique else f", of `{refers}`" if refers else ""
    return f"{column.type}{unit}{key}"


def _meaning(column: Column) -> str:
    values = ": " + ", ".join(f"`{value}`" for value in column.among) if column.among else ""
    return (column.about + values).replace("|", "\\\\|") + ("" if column.required else "; may be missing")


if __name__ == "__main__":
    print(page(), end="")
