"""Hashes, which alone decide whether something is made again."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

__all__ = ["changed_since_loaded", "code_hashes", "digest", "installed"]

_LOADED = time.time_ns()  # with the package itself, whose loaders need this module


def digest(data: bytes) -> str:
    """SHA-256, short enough to read: 128 bits.

    Examples
    --------
    >>> digest(b"")
    'e3b0c44298fc1c149afbf4c8996fb924'
    """
    return hashlib.sha256(data).hexdigest()[:32]


def code_hashes() -> dict[str, str]:
    """The hash of every file of the library, by name."""
    return {name: digest(path.read_bytes()) for name, path in _files()}


def changed_since_loaded() -> list[str]:
    """The library's files that were written after this process loaded it: what it makes is not what they would make."""
    now = time.time_ns()
    return [name for name, path in _files() if _LOADED < path.stat().st_mtime_ns <= now]


def _files() -> Iterator[tuple[str, Path]]:
    package = Path(__file__).resolve().parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield f"minshi_analysis/{path.relative_to(package).as_posix()}", path


def installed() -> str:
    """A hash of the names and versions of everything that is installed beside the library."""
    names = {name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder)}
    return digest("\n".join(sorted(name for name in names if name.endswith(".dist-info"))).encode())
