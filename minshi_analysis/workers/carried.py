"""A file as it travels: a worker may have no disk in common with us, so its bytes go along with the call."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Carried", "carry", "printable"]

# A worker of a cluster may have several threads. PDFium bears only one at a time, and reading gains nothing by more.
_READING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Carried:
    """The name of a file, without its folder, and its bytes."""

    name: str
    data: bytes

    @contextlib.contextmanager
    def laid_out(self) -> Iterator[Path]:
        """The file in a scratch folder, for as long as it is read; one at a time in a process.

        Examples
        --------
        >>> with Carried("notice.txt", b"text").laid_out() as path:
        ...     path.name, path.read_bytes()
        ('notice.txt', b'text')
        """
        with _READING, tempfile.TemporaryDirectory(prefix="minshi-") as folder:
            path = Path(folder, self.name)
            path.write_bytes(self.data)
            yield path


def carry(path: Path) -> Carried:
    """A file of this disk, ready to travel."""
    return Carried(path.name, path.read_bytes())


def printable(path: Path) -> str:
    """A path as it can be printed: what of it is not UTF-8 is shown as a sign of its own.

    Examples
    --------
    >>> printable(Path("plan.txt"))
    'plan.txt'
    """
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
