"""Every measure of the built tables reads as words: whole brackets and quotes, no dangling connector, no stump."""

import csv
import re
from pathlib import Path

import pytest

TABLES = Path(__file__).parents[2] / "data" / "tables"
PAIRS = {")": "(", "）": "（", "”": "“", "’": "‘", "》": "《", "」": "「", "]": "[", "〕": "〔"}


def measures(table: str) -> set[str]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row["measure"] for row in csv.DictReader(file)} - {""}


def is_closed(text: str) -> bool:
    """Whether brackets and quotation marks open and close in order."""
    waiting = []
    for mark in text:
        if mark in PAIRS.values():
            waiting.append(mark)
        elif mark in PAIRS and (not waiting or waiting.pop() != PAIRS[mark]):
            return False
    return not waiting and text.count('"') % 2 == 0


@pytest.mark.parametrize("table", ["targets", "outcomes"])
def test_measures_are_whole(table):
    found = measures(table)
    assert len(found) > 100
    assert sorted(m for m in found if not is_closed(m)) == []
    assert sorted(m for m in found if re.search(r"[的并和、]$|(?<!惠)及$", m)) == []  # 惠及 is a verb
    assert sorted(m for m in found if len(m) < 2) == []


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("县(市、区)", True),
        ("县(市", False),
        ("“新开工海塘", False),
        (")路(", False),
        ('"双高"中职', True),
        ('"双高', False),
    ],
)
def test_what_closed_means(text, closed):
    assert is_closed(text) == closed
