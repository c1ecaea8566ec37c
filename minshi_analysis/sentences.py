"""Words that errors share, wherever they are raised."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["few"]


def few(names: Sequence[str], mark: str = ", ", most: int = 8) -> str:
    """Some of these names, and how many more there are.

    Examples
    --------
    >>> few(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return mark.join(names[:most]) + rest
