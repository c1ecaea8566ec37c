"""Libraries that import what is slow to load and of no use here do without it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

__all__ = ["UNWANTED", "without"]

# jsonschema would check addresses with the first two, which no notebook's schema has: one builds a grammar for a second.
# Nobody debugs a report's kernel.
UNWANTED = ("rfc3987_syntax", "rfc3986_validator", "debugpy")


@contextlib.contextmanager
def without(names: tuple[str, ...] = UNWANTED) -> Iterator[None]:
    """For a while these modules are not installed, as far as an import can see; those that are loaded stay.

    Examples
    --------
    >>> with without(("antigravity",)):
    ...     import antigravity
    Traceback (most recent call last):
    ModuleNotFoundError: import of antigravity halted; None in sys.modules
    """
    known: dict[str, Any] = sys.modules
    blocked = [name for name in names if name not in known]
    known.update(dict.fromkeys(blocked))
    try:
        yield
    finally:
        for name in blocked:
            del sys.modules[name]
