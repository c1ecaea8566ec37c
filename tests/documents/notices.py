"""Short documents of our own making, read as any document is."""

from __future__ import annotations

from minshi_analysis.facts.prose.evidence import SET_ASIDE
from minshi_analysis.intake.reader import read_document


def read(tmp_path, text, suffix=".txt", **known):
    """The tables of a text, all of which must have been understood: what is no value of a row is known by its reason."""
    path = tmp_path / f"notice{suffix}"
    path.write_text(text, "utf-8")
    tables = read_document(path, **known)
    unread = tables["unread"]
    left = unread[~unread["reason"].isin(SET_ASIDE.values())]
    assert len(left) == 0, left
    return tables


def promised(tables):
    """Measure, value and unit of each target."""
    rows = tables["targets"]
    return list(zip(rows["measure"], rows["value"], rows["unit"], strict=True))


def sure(tables):
    """How sure each row is, by its id."""
    return tables["confidence"].set_index("row_id")["confidence"]
