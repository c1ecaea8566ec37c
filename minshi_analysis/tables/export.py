"""The tables for other programs: a workbook, a database, Parquet, CSV; each with the codebook.

What is written holds the same values and types as the loaders give, as far as the format knows types.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from minshi_analysis.model import TABLES
from minshi_analysis.tables import files as store
from minshi_analysis.tables.codebook import codebook
from minshi_analysis.tables.package import descriptor

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FORMATS", "export", "harmless"]

Tables = Mapping[str, "pd.DataFrame"]
_SQL = {"text": "TEXT", "number": "DOUBLE", "integer": "BIGINT", "flag": "BOOLEAN"}
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would compute
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
)  # which XML cannot hold: Excel shows them from _x0001_
_SHEET_ROWS, _CELL = 1_048_576, 32_767  # what Excel holds


def export(
    project: Path,
    to: str,
    out: Path | None = None,
    *,
    names: Sequence[str] | None = None,
    excel: bool = False,
    force: bool = False,
) -> Path:
    """Write the tables of a project for another program.

    Parameters
    ----------
    project : Path
    to : {"xlsx", "sqlite", "duckdb", "parquet", "csv"}
    out : Path, optional
        The file, or for parquet and csv the folder; minshi-tables with the format's ending in the working folder.
    names : sequence of str, optional
        Only these tables.
    excel : bool
        CSV files for a spreadsheet: with a byte order mark, and no cell that would be computed (see `harmless`).
    force : bool
        Write over a file that is there.

    Returns
    -------
    Path
        What was written, whole or not at all.

    Raises
    ------
    ValueError
        No such format or table, the file is there already, or the rows do not fit into a workbook.
    MissingTables
        The tables have not been built.
    """
    if to not in FORMATS:
        raise ValueError(f"no format {to!r}: there are {', '.join(FORMATS)}")
    if excel and to != "csv":
        raise ValueError("--excel is for --to csv; a workbook for Excel is --to xlsx")
    for name in names or ():
        if name not in TABLES:
            raise ValueError(f"no table {name!r}: there are {', '.join(TABLES)}")
    tables = {name: store.read_valid(project, name) for name in names or TABLES}
    if to in ("parquet", "csv"):
        out = out or Path(f"minshi-tables-{to}")
        write = {"parquet": _parquet, "csv": _excel if excel else _csv}[to]
        kept = {"codebook.csv", "datapackage.json"} if to == "csv" else {"codebook.parquet"}
        with store.new_folder(out, {f"{name}.{to}" for name in TABLES} | kept) as folder:
            write(tables, folder)
        return out
    out = out or Path(f"minshi-tables.{to}")
    if out.exists() and not force:
        raise ValueError(f"{out} is there already: give --force to write over it, or another --out")
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        _FILES[to](tables, scratch)
        os.replace(scratch, out)
    finally:
        scratch.unlink(missing_ok=True)
    return out


def harmless(text: str) -> str:
    """A text that no spreadsheet computes: with an apostrophe where it begins as a formula does.

    Examples
    --------
    >>> harmless("=1+1"), harmless("新增停车位")
    ("'=1+1", '新增停车位')
    """
    return f"'{text}" if text.startswith(_RISKY) else text


def _csv(tables: Tables, folder: Path) -> None:
    for name, table in {**tables, "codebook": codebook(tables)}.items():
        store.write_csv(table, folder / f"{name}.csv")
    package = json.dumps(descriptor(tables), ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(package, "utf-8")


def _excel(tables: Tables, folder: Path) -> None:
    import pandas as pd

    for name, table in {**tables, "codebook": codebook(tables)}.items():
        shown = table.copy()
        for column in shown:
            if not pd.api.types.is_numeric_dtype(shown[column]):
                shown[column] = shown[column].map(harmless, na_action="ignore")
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            store.write_csv(shown, file)


def _parquet(tables: Tables, folder: Path) -> None:
    for name, table in tables.items():
        store.write_parquet(name, table, folder / f"{name}.parquet")
    codebook(tables).to_parquet(folder / "codebook.parquet", index=False)


def _rows(table: pd.DataFrame) -> Iterator[tuple]:
    """Rows of plain Python values; None for what is missing."""
    columns = [values.astype(object).where(values.notna(), None).tolist() for _, values in table.items()]
    return zip(*columns, strict=True)


def _columns(name: str, table: pd.DataFrame) -> list[str]:
    """The columns as SQL declares them."""
    if name == "codebook":
        return [f'"{column}" {"BOOLEAN" if column == "required" else "TEXT"}' for column in table]
    said = []
    for column in TABLES[name].columns:
        rules = " PRIMARY KEY" if column.unique else " NOT NULL" if column.required else ""
        said.append(f'"{column.name}" {_SQL[column.type]}{rules}')
    return said


def _sqlite(tables: Tables, path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as base, base:
        for name, table in {**tables, "codebook": codebook(tables)}.items():
            keys = _references(name, tables) if name in TABLES else []
            base.execute(f'CREATE TABLE "{name}" ({", ".join([*_columns(name, table), *keys])})')
            marks = ", ".join("?" * len(table.columns))
            base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', _rows(table))


def _references(name: str, tables: Tables) -> list[str]:
    """The foreign keys of a table, to those keys that name one row; a source_id may name several sources."""
    found = []
    for key, other in TABLES[name].refers.items():
        table, column = other.split(".")
        if table in tables and TABLES[table].key == column and key != "source_id":
            found.append(f'FOREIGN KEY ("{key}") REFERENCES "{table}" ("{column}")')
    return found


def _duckdb(tables: Tables, path: Path) -> None:
    import duckdb
    import pyarrow as pa

    with duckdb.connect(str(path)) as base:
        for name, table in {**tables, "codebook": codebook(tables)}.items():
            base.register("rows", pa.Table.from_pandas(table, preserve_index=False))
            base.execute(f'CREATE TABLE "{name}" ({", ".join(_columns(name, table))})')
            base.execute(f'INSERT INTO "{name}" SELECT * FROM rows')
            base.unregister("rows")
            for column in TABLES[name].columns if name in TABLES else ():
                about = f"{column.about} ({column.unit})" if column.unit else column.about
                base.execute(f'COMMENT ON COLUMN "{name}"."{column.name}" IS {_quoted(about)}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _xlsx(tables: Tables, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    for name, table in {**tables, "codebook": codebook(tables)}.items():
        if len(table) >= _SHEET_ROWS:
            raise ValueError(
                f"{name} has {len(table)} rows, more than a sheet holds: export to another format"
            )
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        head = [WriteOnlyCell(sheet, column) for column in table.columns]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        for row in _rows(table):
            cells = []
            for column, value in zip(table.columns, row, strict=True):
                if not isinstance(value, str):
                    cells.append(value)
                    continue
                if len(value) > _CELL:
                    raise ValueError(
                        f"{name}.{column} has a text of {len(value)} characters, more than a cell holds"
                    )
                cell = WriteOnlyCell(sheet, _CONTROLS.sub(_escaped, value))
                cell.data_type = "s"  # whatever it begins with
                if column == "adcode":
                    cell.number_format = "@"
                elif value.startswith(_RISKY):
                    cell.quotePrefix = True  # also when a person edits it
                cells.append(cell)
            sheet.append(cells)
    # In memory first: on a full disk the library leaves a page of its own complaints behind the one that helps.
    made = io.BytesIO()
    book.save(made)
    path.write_bytes(made.getvalue())


def _escaped(found: re.Match) -> str:
    return f"_x{ord(found[0]):04X}_"


_FILES: Mapping[str, Callable[[Tables, Path], None]] = {"xlsx": _xlsx, "sqlite": _sqlite, "duckdb": _duckdb}
FORMATS = (*_FILES, "parquet", "csv")
