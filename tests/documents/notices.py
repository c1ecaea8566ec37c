"""Short documents of our own making, read as any document is."""

from __future__ import annotations

from minshi_analysis.intake.reader import read_document


def read(tmp_path, text, suffix=".txt", **known):
    """The tables of a text, all of which must have been understood."""
    path = tmp_path / f"notice{suffix}"
    path.write_text(text, "utf-8")
    tables = read_document(path, **known)
    assert len(tables["unread"]) == 0, tables["unread"]
    return tables


def promised(tables):
    """Measure, value and unit of each target."""
    rows = tables["targets"]
    return list(zip(rows["measure"], rows["value"], rows["unit"], strict=True))
