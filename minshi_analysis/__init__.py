"""China's 民生实事 documents as tidy, verified, traceable tables.

>>> import minshi_analysis as minshi
>>> minshi.load("targets", region="温州市", year=2022)  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from minshi_analysis.lazy import attached
from minshi_analysis.tables.loaders import *  # noqa: F403
from minshi_analysis.tables.loaders import __all__ as _loaders

if TYPE_CHECKING:  # what __getattr__ below gives, for type checkers and editors
    from minshi_analysis import metrics as metrics
    from minshi_analysis.account.sheet import sheet as sheet
    from minshi_analysis.audit.trace import trace as trace
    from minshi_analysis.intake.reader import read_document as read_document
    from minshi_analysis.language.quantities import Quantity as Quantity
    from minshi_analysis.language.quantities import parse_quantities as parse_quantities

_LAZY = {
    "parse_quantities": "language.quantities",
    "Quantity": "language.quantities",
    "read_document": "intake.reader",
    "sheet": "account.sheet",
    "trace": "audit.trace",
}

__all__ = [*_loaders, *_LAZY]
__version__ = "0.1.0"

_get = attached(__name__, _LAZY, (*_loaders, "metrics"))[0]


if not TYPE_CHECKING:  # a checker takes a module with this for one that has any name

    def __getattr__(name: str):
        """What a session may never need is imported when it is first asked for."""
        if name == "metrics":
            return importlib.import_module(f"{__name__}.metrics")
        return _get(name)


def __dir__() -> list[str]:
    return sorted([*__all__, "metrics", "__version__"])
