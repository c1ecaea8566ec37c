"""What was read of each document, kept on disk: a document that is as it was is not read again.

An entry lies in ``.cache/read`` of the project under its key, the hash of everything that it was made from; nothing asks
for it under another. It begins with its own checksum and is written whole or not at all, so that what a damaged disk or
a killed run leaves is noticed, and made again. The folder can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from minshi_analysis.hashes import changed_since_loaded, digest, installed
from minshi_analysis.tables import stamps
from minshi_analysis.tables.files import write_file

if TYPE_CHECKING:
    import pyarrow as pa

    from minshi_analysis.catalogue import Source

__all__ = ["Entry", "Kept", "joined", "key_of", "key_of_several"]

_SUM = hashlib.sha256().digest_size


def key_of(source: Source) -> str:
    """The key of what is read of a document: whatever can change that is in it.

    The bytes of its file, all that its description and corrections say, the library with its vocabulary and its packaged
    figures, what is installed beside it, and the interpreter. Not the limits of memory and time, which decide whether a
    document is read and not what is read of it, and not the project's reference figures, which are asked later.
    """
    said = {field.name: getattr(source, field.name) for field in fields(source)}
    said |= {"path": source.path.name, "corrections": [asdict(each) for each in source.corrections]}
    return digest(json.dumps([_reader(), said], sort_keys=True).encode())


def key_of_several(keys: Sequence[str]) -> str:
    """The key of what follows from several entries."""
    return digest("\n".join(keys).encode())


@cache
def _reader() -> tuple[str, ...]:
    return stamps.code(), installed(), platform.python_version(), platform.machine()


@dataclass(frozen=True, slots=True)
class Entry:
    """Tables as bytes, each to be had without the others, with what is to be known beside them.

    Attributes
    ----------
    data : bytes
    about : mapping
        What is to be known beside the tables, as JSON has it.
    places : mapping of str to (int, int)
        Where in the bytes each table stands.

    Examples
    --------
    >>> entry = Entry.of({"numbers": pd.DataFrame({"n": [1, 2]})}, {"said": 1})
    >>> len(entry.table("numbers")), entry.about, entry.table("words") is None
    (2, {'said': 1}, True)
    """

    data: bytes
    about: Mapping[str, Any]
    places: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]) -> Entry:
        """Tables, and what is to be known beside them, as an entry."""
        parts = {name: _packed(table) for name, table in tables.items()}
        head = {"about": about, "tables": {name: len(part) for name, part in parts.items()}}
        said = json.dumps(head, ensure_ascii=False).encode()
        return cls.read(b"".join([b"%d\n" % len(said), said, *parts.values()]))

    @classmethod
    def read(cls, data: bytes) -> Entry:
        """An entry of the bytes that it was."""
        size, _, _ = data[:20].partition(b"\n")
        at = len(size) + 1 + int(size)
        head = json.loads(data[len(size) + 1 : at])
        ends = list(accumulate(head["tables"].values(), initial=at))
        return cls(data, head["about"], dict(zip(head["tables"], pairwise(ends), strict=True)))

    def table(self, name: str) -> pa.Table | None:
        """One of the tables; None where there is none of that name."""
        import pyarrow as pa

        if name not in self.places:
            return None
        part = pa.BufferReader(memoryview(self.data)[slice(*self.places[name])])
        with pa.ipc.open_stream(pa.CompressedInputStream(part, "zstd")) as stream:
            return stream.read_all()


def _packed(table: pd.DataFrame) -> bytes:
    import pyarrow as pa

    plain = pa.table({name: pa.array(column, from_pandas=True) for name, column in table.items()})
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as packed, pa.ipc.new_stream(packed, plain.schema) as stream:
        stream.write_table(plain.combine_chunks())
    return out.getvalue().to_pybytes()


def joined(entries: Iterable[Entry], name: str) -> pd.DataFrame | None:
    """A table of many entries, one below the other; None where none has it."""
    import pyarrow as pa

    found = [table for entry in entries if (table := entry.table(name)) is not None]
    typed = {pa.int64(): pd.Int64Dtype()}.get  # whole numbers that may be missing stay whole
    return pa.concat_tables(found).to_pandas(types_mapper=typed) if found else None


class Kept:
    """The entries of a project on disk.

    Parameters
    ----------
    project : Path
    force : bool
        Find nothing: everything is made again, and kept.

    Attributes
    ----------
    damaged : int
        How many entries were not what was written.
    changed : list of str
        Files of the library that changed after it was loaded (an editor beside a running notebook or test). A key tells
        what the files are, not what is running: then nothing is found, and nothing stays.
    """

    def __init__(self, project: Path, *, force: bool = False):
        self._folder = project / ".cache" / "read"
        self.changed = changed_since_loaded()
        self._force = force or bool(self.changed)
        self._used: set[str] = set()
        self._put: set[str] = set()
        self.damaged = 0

    def get(self, key: str) -> Entry | None:
        """What was kept under a key; None where nothing was, or what is there is not what was written."""
        self._used.add(key)
        if self._force:
            return None
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        if data[:_SUM] == _sum(key, data[_SUM:]):
            return Entry.read(data[_SUM:])
        self.damaged += 1
        return None

    def put(self, key: str, entry: Entry) -> None:
        """Keep an entry; where nothing can be written nothing is kept, and the next build reads again."""
        self._put.add(key)
        with contextlib.suppress(OSError):
            write_file(self._path(key), _sum(key, entry.data) + entry.data)

    def sweep(self) -> None:
        """Remove what was not asked for: documents that are gone, or are no longer as they were; and what was made while the
        library changed."""
        self.changed = changed_since_loaded()
        if self.changed:
            self._used -= self._put
        with contextlib.suppress(OSError):
            for folder in self._folder.iterdir():
                for path in folder.iterdir():
                    if path.name not in self._used:
                        path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _sum(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + data).digest()
