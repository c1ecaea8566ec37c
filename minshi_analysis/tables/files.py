"""Tables on disk: CSV for people, Parquet for programs, and a Frictionless data package that describes both.

``data/tables`` is written whole or not at all: a build that fails leaves the last good tables in place.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import TextIO

import pandas as pd

from minshi_analysis import model

__all__ = [
    "MissingTables",
    "new_folder",
    "query",
    "read_table",
    "read_valid",
    "tables_folder",
    "write_csv",
    "write_csvs",
    "write_tables",
]

_FRICTIONLESS = {"text": "string", "number": "number", "integer": "integer", "flag": "boolean"}


class MissingTables(FileNotFoundError):
    """The tables have not been built."""


def tables_folder(project: Path) -> Path:
    """Where a project's tables are."""
    return project / "data" / "tables"


def read_table(project: Path, name: str) -> pd.DataFrame:
    """One table, typed.

    Parameters
    ----------
    project : Path
    name : str
        A name of ``model.TABLES``.

    Raises
    ------
    MissingTables
        The tables have not been built.
    KeyError
        No table of that name.
    """
    from pyarrow import parquet

    # Without threads: the parent of the warm kernels reads the tables once for all, and forks.
    with parquet.ParquetFile(_parquet(project, name), pre_buffer=False) as file:
        return model.conform(name, file.read(use_threads=False).to_pandas(use_threads=False))


def _parquet(project: Path, name: str) -> Path:
    if name not in model.TABLES:
        raise KeyError(f"no table {name!r}: there are {', '.join(model.TABLES)}")
    path = tables_folder(project) / "parquet" / name / "part-0.parquet"
    if not path.is_file():
        raise MissingTables(f"the tables of {project.name} have not been built: run `minshi build` there")
    return path


def read_valid(project: Path, name: str) -> pd.DataFrame:
    """One table, held to the model (its own rules; references were checked when it was built).

    A report loads the same few tables dozens of times: as long as the file is the same, it is read and checked once.
    Every call gets a frame of its own (copy on write).
    """
    stamp = _parquet(project, name).stat()
    return _checked(project, name, (stamp.st_ino, stamp.st_mtime_ns, stamp.st_size)).copy(deep=False)


@functools.lru_cache(maxsize=64)
def _checked(project: Path, name: str, stamp: tuple[int, int, int]) -> pd.DataFrame:
    rows = read_table(project, name)
    model.validate({name: rows}, references=False)
    return rows


def write_tables(
    project: Path, tables: Mapping[str, pd.DataFrame], marks: Mapping[str, str] | None = None
) -> None:
    """Write all tables of a project, atomically.

    They are written to a scratch folder beside their place, which then takes the place of the old one. ``marks`` are
    small files (name and content) that go beside the Parquet files.
    """
    target = tables_folder(project)
    with _scratch(target.parent) as scratch:
        (scratch / "parquet").mkdir()
        for name, table in tables.items():
            write_csv(table, scratch / f"{name}.csv")
            (scratch / "parquet" / name).mkdir()
            table.to_parquet(scratch / "parquet" / name / "part-0.parquet", index=False)
        for name, content in (marks or {}).items():
            (scratch / "parquet" / name).write_text(content, "utf-8")
        (scratch / "datapackage.json").write_text(
            json.dumps(descriptor(tables), ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
        _swap(scratch, target)


def write_csvs(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Any tables as one CSV each, in a folder that appears whole or not at all (see `new_folder`)."""
    with new_folder(folder, {f"{name}.csv" for name in tables}) as scratch:
        for name, table in tables.items():
            write_csv(table, scratch / f"{name}.csv")


@contextlib.contextmanager
def new_folder(folder: Path, names: Set[str]) -> Iterator[Path]:
    """A scratch folder for files of these names, which takes the place of ``folder`` once all is written.

    Raises
    ------
    ValueError
        The folder is there already and holds other files, or it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file: name a new folder")
    if folder.exists() and {p.name for p in folder.iterdir()} - names:
        raise ValueError(f"{folder} holds other files: name a new folder")
    try:
        with _scratch(folder.absolute().parent) as scratch:
            yield scratch
            _swap(scratch, folder.absolute())
    except ConnectionError:
        raise  # it is not about the folder
    except OSError as error:
        raise ValueError(f"{folder} cannot be written ({error.strerror}): name another folder") from error


def query(project: Path, sql: str) -> pd.DataFrame:
    """Rows of a SQL query (DuckDB) over the project's tables, each under its name.

    Raises
    ------
    ValueError
        The query is not SQL, or names no table or column there is.
    MissingTables
        The tables have not been built.
    """
    import duckdb

    folder = tables_folder(project) / "parquet"
    if not folder.is_dir():
        raise MissingTables(f"the tables of {project.name} have not been built: run `minshi build` there")
    with duckdb.connect() as connection:
        for name in model.TABLES:
            path = str(folder / name / "part-0.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        try:
            answer = connection.execute(sql)
            if answer is None:
                raise ValueError("the query is empty: write SQL such as SELECT * FROM documents")
            return answer.df()
        except duckdb.Error as error:
            raise ValueError(f"the query cannot be answered: {str(error).splitlines()[0]}") from error


def write_csv(table: pd.DataFrame, path: Path | TextIO) -> None:
    """A table for people: UTF-8, one row a line, whole numbers without a decimal point, missing values empty."""
    shown = table.copy()
    for column in shown.select_dtypes("float"):
        shown[column] = shown[column].map(_number, na_action="ignore").astype(object)
    shown.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


@contextlib.contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".tables-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap(new: Path, target: Path) -> None:
    """Put a folder in another's place; the old one is gone only once the new one stands."""
    old = target.with_name(f".{target.name}-old-{os.getpid()}")
    new.chmod(0o755)
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def descriptor(tables: Mapping[str, pd.DataFrame]) -> dict:
    """The Frictionless data package of the CSV files: every column with its type, meaning and constraints."""
    resources = []
    for name in tables:
        table = model.TABLES[name]
        fields = []
        for column in table.columns:
            rules = {
                "required": column.required,
                "unique": column.unique,
                "enum": list(column.among),
                "pattern": column.pattern,
            }
            field = {"name": column.name, "type": _FRICTIONLESS[column.type], "description": column.about}
            constraints = {key: value for key, value in rules.items() if value}
            fields.append(field | ({"constraints": constraints} if constraints else {}))
        links = [
            {"fields": key, "reference": {"resource": other.split(".")[0], "fields": other.split(".")[1]}}
            for key, other in table.refers.items()
            if key != "source_id"  # may name several sources
        ]
        schema = {"fields": fields, "missingValues": [""]} | ({"foreignKeys": links} if links else {})
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "title": f"one row: {table.row}",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": schema,
            }
        )
    return {
        "name": "minshi-tables",
        "title": "民生实事: plans, progress and completion reports as tidy tables",
        "profile": "tabular-data-package",
        "licenses": [{"name": "CC0-1.0", "title": "official documents are in the public domain"}],
        "resources": resources,
    }
