"""Tables on disk: CSV for people, Parquet for programs, and a Frictionless data package that describes both.

``data/tables`` is written whole or not at all: a build that fails leaves the last good tables in place. What is read
is compared with what was written (`tables.stamps`): a damaged Parquet file is read from its CSV, or not at all.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import BinaryIO, TextIO

import pandas as pd

from minshi_analysis import model
from minshi_analysis.locks import held
from minshi_analysis.tables import stamps
from minshi_analysis.tables.package import descriptor

__all__ = [
    "DamagedTables",
    "MissingTables",
    "new_folder",
    "read_csv",
    "read_parquet",
    "read_table",
    "read_valid",
    "tables_folder",
    "unchanged",
    "write_csv",
    "write_csvs",
    "write_file",
    "write_parquet",
    "write_tables",
]


class MissingTables(FileNotFoundError):
    """The tables have not been built."""


class DamagedTables(ValueError):
    """A table on disk is not what the build wrote."""


def tables_folder(project: Path) -> Path:
    """Where a project's tables are."""
    return project / "data" / "tables"


def read_table(project: Path, name: str) -> pd.DataFrame:
    """One table, typed, as it was written.

    Parameters
    ----------
    project : Path
    name : str
        A name of ``model.TABLES``.

    Raises
    ------
    MissingTables
        The tables have not been built, or another version of the package built them.
    DamagedTables
        The table's file is not what the build wrote, and neither is its CSV.
    KeyError
        No table of that name.
    """
    _known(name)
    try:
        return read_parquet(project, name)
    except (MissingTables, DamagedTables):  # perhaps a build was just putting new tables into place
        if not (project / "data").is_dir():
            raise
    with held(project / "data", shared=True):
        try:
            return read_parquet(project, name)
        except DamagedTables:
            return _healed(project, name)


@contextlib.contextmanager
def unchanged(project: Path) -> Iterator[None]:
    """Let no build put other tables into place meanwhile: what is read within is of one build."""
    if not (project / "data").is_dir():
        yield
        return
    with held(project / "data", shared=True):
        yield


def _known(name: str) -> None:
    if name not in model.TABLES:
        raise KeyError(f"no table {name!r}: there are {', '.join(model.TABLES)}")


def read_parquet(project: Path, name: str) -> pd.DataFrame:
    """One table from its Parquet file, or DamagedTables where that is not what the build wrote."""
    from pyarrow import ArrowException, BufferReader, parquet

    stamp = _stamps(project).parquet.get(name)
    try:
        data = _parquet(project, name).read_bytes()
    except OSError as error:
        raise DamagedTables(f"{_parquet(project, name)} cannot be read: {error.strerror}") from error
    if stamp is None or hashlib.sha256(data).hexdigest() != stamp[2]:
        raise DamagedTables(f"{_parquet(project, name)} is not what the build wrote: run `minshi build`")
    # Without threads: the parent of the warm kernels reads the tables once for all, and forks.
    try:
        with parquet.ParquetFile(BufferReader(data), pre_buffer=False) as file:
            return model.conform(name, file.read(use_threads=False).to_pandas(use_threads=False))
    except ArrowException as error:
        raise DamagedTables(f"{_parquet(project, name)} cannot be read: {error}") from error


def _stamps(project: Path) -> stamps.Stamps:
    """The stamps, of tables of this very model."""
    found = stamps.read(project)
    if found is not None and found.schema == stamps.schema():
        return found
    built = "have not been built" if found is None else "were built by another version of the package"
    raise MissingTables(f"the tables of {project.name} {built}: run `minshi build` there")


def _healed(project: Path, name: str) -> pd.DataFrame:
    """A table from its CSV, which says the same, where that is as it was written."""
    path = tables_folder(project) / f"{name}.csv"
    stamp = _stamps(project).csv.get(name)
    data = path.read_bytes() if path.is_file() else b""
    if stamp is None or hashlib.sha256(data).hexdigest() != stamp[2]:
        raise DamagedTables(
            f"the table {name} of {project.name} is damaged, and {name}.csv is not what the build wrote: run `minshi build`"
        )
    return read_csv(name, io.BytesIO(data))


def read_csv(name: str, file: Path | BinaryIO) -> pd.DataFrame:
    """A table from a CSV file that `write_csv` wrote: the same values and types as in the Parquet file."""
    texts = [column.name for column in model.TABLES[name].columns if column.type == "text"]
    rows = pd.read_csv(
        file,
        dtype=dict.fromkeys(texts, "str"),
        keep_default_na=False,
        na_values=[""],
    )
    return model.conform(name, rows)


def _parquet(project: Path, name: str) -> Path:
    return tables_folder(project) / "parquet" / name / "part-0.parquet"


def read_valid(project: Path, name: str) -> pd.DataFrame:
    """One table, held to the model: the build did that, and the file's hash says that it is what the build wrote.

    A report loads the same few tables dozens of times: as long as the file is the same, it is read once. Every call
    gets a frame of its own (copy on write).
    """
    _known(name)
    about = None
    with contextlib.suppress(OSError):  # not there, or just being replaced
        about = _parquet(project, name).stat()
    if about is None:
        return read_table(project, name)
    return _once(project, name, (about.st_ino, about.st_mtime_ns, about.st_size)).copy(deep=False)


@functools.lru_cache(maxsize=64)
def _once(project: Path, name: str, stamp: tuple[int, int, int]) -> pd.DataFrame:
    return read_table(project, name)


def write_tables(
    project: Path, tables: Mapping[str, pd.DataFrame], inputs: Mapping[str, stamps.Stamp] | None = None
) -> None:
    """Write all tables of a project, atomically.

    They are written to a scratch folder beside their place, which then takes the place of the old one. ``inputs`` are
    the stamps of what they were made from (`stamps.take`), taken before it was read; as it is now where nothing is said.
    """
    target = tables_folder(project)
    inputs = stamps.take(project) if inputs is None else inputs
    try:
        with _scratch(target) as scratch:
            for name, table in tables.items():
                write_csv(table, scratch / f"{name}.csv")
                (scratch / "parquet" / name).mkdir(parents=True)
                write_parquet(name, table, scratch / "parquet" / name / "part-0.parquet")
            package = json.dumps(descriptor(tables), ensure_ascii=False, indent=1) + "\n"
            (scratch / "datapackage.json").write_text(package, "utf-8")
            stamps.write(scratch, inputs)
            _swap(scratch, target)
    except OSError as error:
        if error.filename or error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(target)) from error  # a full disk names no path


def write_parquet(name: str, table: pd.DataFrame, path: Path) -> None:
    """A table for programs: its columns' meanings and units in the schema, and the model's version beside them."""
    import pyarrow as pa
    from pyarrow import parquet

    plain = pa.Table.from_pandas(table, preserve_index=False)
    fields = []
    for field in plain.schema:
        column = model.TABLES[name].column(field.name)
        about = {"description": column.about} | ({"unit": column.unit} if column.unit else {})
        fields.append(field.with_metadata(about))
    about = {
        "minshi.table": name,
        "minshi.row": model.TABLES[name].row,
        "minshi.schema": stamps.schema(),
    }
    metadata = {**plain.schema.metadata, **{key.encode(): value.encode() for key, value in about.items()}}
    parquet.write_table(plain.cast(pa.schema(fields, metadata)), path)


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
    folder = folder.resolve()  # the folder that a link leads to
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file: name a new folder")
    if folder.exists() and {p.name for p in folder.iterdir()} - names:
        raise ValueError(f"{folder} holds other files: name a new folder")
    try:
        with _scratch(folder) as scratch:
            yield scratch
            _swap(scratch, folder)
    except ConnectionError:
        raise  # it is not about the folder
    except OSError as error:
        raise ValueError(f"{folder} cannot be written ({error.strerror}): name another folder") from error


def write_file(path: Path, data: bytes) -> None:
    """One file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        scratch.write_bytes(data)
        os.replace(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


def write_csv(table: pd.DataFrame, path: Path | TextIO) -> None:
    """A table for people: UTF-8, one row a line, whole numbers without a decimal point, missing values empty."""
    shown = table.copy()
    for column in shown.select_dtypes("float"):
        shown[column] = shown[column].map(_number, na_action="ignore").astype(object)
    shown.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


@contextlib.contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """A folder beside the one that is to be written; those that killed runs left behind are swept up."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-{os.getpid()}-", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Remove scratch folders whose process has ended; what it had moved aside comes back where nothing took its place."""
    for folder in target.parent.iterdir():
        left = re.fullmatch(rf"\.{re.escape(target.name)}-(\d+)-\w+(-old)?", folder.name)
        if left and not _alive(int(left[1])):
            if left[2] and not target.exists():
                folder.rename(target)
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    if os.name == "nt":
        return True  # no cheap way to know: left to the user
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _swap(new: Path, target: Path) -> None:
    """Put a folder in another's place, in one step where the system has one; one writer at a time.

    Where it has none, readers that find nothing wait for the lock and look again.
    """
    with held(target.parent):
        new.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o755)
        if not target.exists():
            new.rename(target)
        elif not _exchange(new, target):
            old = new.with_name(f"{new.name}-old")
            target.rename(old)
            try:
                new.rename(target)
            except OSError:
                old.rename(target)
                raise
            shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step (Linux); False where that cannot be done."""
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return rename(here, os.fsencode(one), here, os.fsencode(other), swap) == 0
