"""Names of a package that are imported when they are first asked for: a session may never need what is slow to load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["attached"]


def attached(
    package: str, homes: Mapping[str, str], beside: Iterable[str] = ()
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` of a package whose names stand in modules of it.

    Parameters
    ----------
    package : str
    homes : mapping of str to str
        Name -> the module of the package that it stands in.
    beside : iterable of str
        Names that the package has already, which a mistyped one may have meant.

    Examples
    --------
    >>> get, names = attached("minshi_analysis", {"few": "sentences"})
    >>> get("few").__name__, names()
    ('few', ['few'])
    """

    def get(name: str) -> Any:
        if name not in homes:
            import difflib

            # Said in the message: a notebook's traceback makes no suggestions of its own.
            near = (
                []
                if name.startswith("__")
                else difflib.get_close_matches(name, [*homes, *beside], n=1, cutoff=0.7)
            )
            meant = f": did you mean {near[0]}?" if near else ""
            raise AttributeError(f"module {package!r} has no attribute {name!r}{meant}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return get, lambda: sorted(homes)
