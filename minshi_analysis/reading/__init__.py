"""A file → what it prints: paragraphs and grids in which every cell keeps its place. One module a format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minshi_analysis.reading.blocks import Document

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".mhtml", ".mht", ".docx", ".xlsx", ".xls", ".pdf")


def read(path: Path) -> Document:
    """Read a file of any known format, told by its content.

    Raises
    ------
    ValueError
        The file is missing, empty, damaged, encrypted, a scan without text, or of an unknown format; one sentence
        says what to do.
    """
    import importlib

    from minshi_analysis.reading.body import without_noise
    from minshi_analysis.reading.opening import kind

    path = Path(path)
    if path.is_dir():
        raise ValueError(f"{path} is a folder: give a file")
    if not path.is_file():
        raise ValueError(f"{path}: no such file")
    module = importlib.import_module(f"minshi_analysis.reading.{kind(path)}")
    return without_noise(module.read(path))
