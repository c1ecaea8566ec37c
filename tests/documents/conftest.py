from __future__ import annotations

import pytest

from minshi_analysis.intake.reader import read_document


@pytest.fixture
def read(tmp_path):
    """Reads words as a text of 磐安县 of 2023, unless told otherwise."""

    def reading(words: str, **said):
        path = tmp_path / "page.txt"
        path.write_text(words, encoding="utf-8")
        return read_document(path, **{"region": "330727", "year": 2023} | said)

    return reading
