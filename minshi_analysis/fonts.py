"""The one font that charts, pages and PDFs are set in, as a file."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["FAMILY", "MissingFont", "font_file"]

FAMILY = "Noto Sans CJK SC"
VARIABLE = "MINSHI_FONT"
_SYSTEM = (  # where systems that have the font keep it
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/Library/Fonts/NotoSansCJK-Regular.ttc",
)


class MissingFont(ValueError):
    """The font is not on this machine; the message says how to get it."""


def font_file() -> Path:
    """The collection NotoSansCJK-Regular.ttc: of MINSHI_FONT, else of the package, else of the system.

    Raises
    ------
    MissingFont
        It is in none of these places.

    Examples
    --------
    >>> font_file().suffix
    '.ttc'
    """
    if named := os.environ.get(VARIABLE):
        if Path(named).is_file():
            return Path(named)
        raise MissingFont(f"{VARIABLE} names no file: {named}")
    try:
        from noto_cjk_sans_otc import FONT_PATH
    except ImportError:
        for path in map(Path, _SYSTEM):
            if path.is_file():
                return path
        raise MissingFont(
            f"the font {FAMILY} is not here: install noto-cjk-sans-otc, or set {VARIABLE} to NotoSansCJK-Regular.ttc"
        ) from None
    return Path(str(FONT_PATH))
