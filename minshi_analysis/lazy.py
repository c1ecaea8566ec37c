"""Names of a package that are imported when they are first asked for: a session may never need what is slow to load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["attached"]


def attached(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` of a package whose names stand in modules of it.

    Parameters
    ----------
    package : str
    homes : mapping of str to str
        Name -> the module of the package that it stands in.

    Examples
    --------
    >>> get, names = attached("minshi_analysis", {"few": "sentences"})
    >>> get("few").__name__, names()
    ('few', ['few'])
    """

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return get, lambda: sorted(homes)
