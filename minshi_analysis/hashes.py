"""Hashes, which alone decide whether something is made again."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

__all__ = ["code_hashes", "digest", "installed"]


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
    package = Path(__file__).resolve().parent
    return {
        f"minshi_analysis/{path.relative_to(package).as_posix()}": digest(path.read_bytes())
        for path in sorted(package.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }


def installed() -> str:
    """A hash of the names and versions of everything that is installed beside the library."""
    names = {name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder)}
    return digest("\n".join(sorted(name for name in names if name.endswith(".dist-info"))).encode())
