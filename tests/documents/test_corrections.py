"""Declared corrections: applied where they are declared, guarded, and traceable to the printed words."""

from __future__ import annotations

import pytest

from minshi_analysis.catalogue import CatalogueError, Correction
from minshi_analysis.reading.corrections import apply

MEND = Correction("first line", "5O人", "50人", "O is a zero: the total says 50")


def test_what_is_declared_is_replaced_and_points_at_the_printed_words():
    printed = "培训5O人,建房3间"
    corrected = apply(printed, [MEND], "x")
    assert corrected.text == "培训50人,建房3间"
    assert corrected.printed(2, 5) == (2, 5, True)
    assert corrected.printed(8, 10) == (8, 10, False)


def test_offsets_behind_a_longer_correction_move_back():
    printed = "甲A乙丙"
    corrected = apply(printed, [Correction("", "A", "很长的话", "")], "x")
    start = corrected.text.index("丙")
    assert corrected.printed(start, start + 1) == (3, 4, False)
    assert corrected.printed(2, 3) == (1, 2, True)


def test_a_correction_that_no_longer_fits_stops_the_build():
    with pytest.raises(CatalogueError, match="stand 0 times in the source"):
        apply("培训50人", [MEND], "x")


def test_a_correction_that_fits_twice_stops_the_build():
    with pytest.raises(CatalogueError, match="stand 2 times"):
        apply("5O人和5O人", [MEND], "x")


def test_overlapping_corrections_are_refused():
    with pytest.raises(CatalogueError, match="overlaps"):
        apply("5O人员", [MEND, Correction("", "人员", "人", "")], "x")


def test_every_correction_of_the_plan_is_in_the_patches_table_with_a_reason(tables):
    patches = tables["patches"]
    assert len(patches) == 6
    assert patches["reason"].str.len().min() > 40
    assert (patches["source_start"] >= 0).all()


def test_rows_that_a_correction_touches_say_so(tables):
    targets = tables["targets"].set_index("target_id")
    assert targets.loc["wenzhou-2022-plan/2.2#1", "patched"]
    assert not targets.loc["wenzhou-2022-plan/4.3#1", "patched"]
