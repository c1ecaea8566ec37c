"""Documents drawn from a seed, in every form: what is in a row that is not doubted is right, what is in none is told."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from facts.drawing import FORMS, Drawn, lost, read_facts, wrong
from facts.made_cells import cells
from facts.made_indicators import indicators
from facts.made_progress import progress
from facts.made_projects import projects, yearly
from facts.made_prose import labelled, words
from facts.made_splits import split
from facts.made_tables import made
from facts.made_towns import by_town

from minshi_analysis import read_document

SEEDS = range(int(os.environ.get("MINSHI_FUZZ", "20")))
TABLES = {
    "tables": made,
    "splits": split,
    "towns": by_town,
    "progress": progress,
    "cells": cells,
    "indicators": indicators,
    "projects": projects,
    "yearly": yearly,
    "labelled": labelled,
}
# Of a table with one cell a line nobody sees the blank and merged cells: where some were put by guess its rows are doubted.
PLACED = tuple(form for form in FORMS if form != "lines.txt")
GUESSED = tuple(kind for kind in TABLES if kind != "labelled")
WORDED = ("tabs.txt", "html", "docx")


def _read(case: Drawn, path):
    tables = read_document(path, **case.known)
    return tables, read_facts(tables, case.names)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("draw", TABLES.values(), ids=TABLES)
def test_nothing_is_wrong_or_lost_in_silence(tmp_path, draw, seed):
    case = draw(seed)
    forms = PLACED if case.notice.sheets else WORDED
    form = forms[seed % len(forms)]
    tables, found = _read(case, FORMS[form](case.notice, tmp_path / f"made.{form}"))
    assert not wrong(case, found)
    assert not lost(case, found, tables)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", GUESSED)
def test_a_row_whose_blank_cells_are_guessed_is_not_sure(tmp_path, kind, seed):
    case = TABLES[kind](seed)
    _, found = _read(case, FORMS["lines.txt"](case.notice, tmp_path / "made.txt"))
    assert not wrong(case, found)


@pytest.mark.parametrize("draw", TABLES.values(), ids=TABLES)
def test_what_a_table_says_is_read(tmp_path, draw):
    """A reader that only told what it has not understood would pass the test above."""
    said: Counter = Counter()
    read: Counter = Counter()
    for seed in range(6):
        case = draw(seed)
        _, found = _read(case, FORMS["html"](case.notice, tmp_path / "made.html"))
        said += case.facts
        read += case.facts & Counter(fact for fact, _ in found)
    assert read.total() >= 0.9 * said.total()


@pytest.mark.parametrize("seed", SEEDS)
def test_running_words_are_read_as_they_were_meant(tmp_path, seed):
    case = words(seed)
    _, found = _read(case, FORMS["tabs.txt"](case.notice, tmp_path / "made.txt"))
    assert not Counter(fact for fact, _ in found) - case.facts - case.may
    assert not case.facts - Counter(fact for fact, _ in found)
