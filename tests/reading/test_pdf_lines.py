"""Lines of a PDF that go on, and lines that end: each side of every tolerance, on lines of size 10."""

from __future__ import annotations

import pytest

from minshi_analysis.reading.pdf_lines import Line, goes_on, joined, paragraphs


def line(
    text: str, x1: float, x0: float = 0.0, top: float = 0.0, size: float = 10.0, first: float = 10.0
) -> Line:
    return Line(text, x0, top, x1, top + size, size, first)


@pytest.mark.parametrize(
    ("room", "text"),
    [
        (0.0, "新增停车位个"),  # the line is full
        (11.0, "新增停车位个"),  # the next character would not have had its space
        (13.0, "新增停车位\n个"),  # it would: the line ended of itself
        (40.0, "新增停车位\n个"),
    ],
)
def test_a_line_of_a_cell_that_was_full_goes_on(room, text):
    assert joined([line("新增停车位", 50.0), line("个", 10.0)], 50.0 + room) == text


def test_a_number_is_not_cut_where_its_line_ends():
    """The first word of the next line counts whole: 1500 did not fit behind 停车位."""
    room = 25.0
    assert (
        joined([line("停车位", 30.0), line("1500个", 40.0, first=20.0 + 10.0)], 30.0 + room) == "停车位1500个"
    )
    assert joined([line("停车位", 30.0), line("1500个", 40.0, first=10.0)], 30.0 + room) == "停车位\n1500个"


def test_a_full_line_ends_where_a_numbered_item_begins():
    lines = [line("新增停车位100个。", 50.0), line("2.新增公厕5座", 50.0)]
    assert joined(lines, 50.0) == "新增停车位100个。\n2.新增公厕5座"
    assert joined([line("新增停车位100个", 50.0), line("2.5公里", 50.0)], 50.0) == "新增停车位100个2.5公里"


@pytest.mark.parametrize(("indent", "on"), [(0.0, True), (7.0, True), (9.0, False), (20.0, False)])
def test_a_paragraph_goes_on_at_the_margin_and_not_behind_an_indent(indent, on):
    assert goes_on(line("新增停车位", 100.0), line("一百个", 50.0, x0=indent), 0.0, 100.0) is on


@pytest.mark.parametrize(("size", "on"), [(10.0, True), (10.8, True), (11.5, False), (14.0, False)])
def test_a_paragraph_goes_on_in_letters_of_one_size(size, on):
    assert goes_on(line("新增停车位", 100.0), line("一百个", 50.0, size=size), 0.0, 100.0) is on


@pytest.mark.parametrize(("gap", "made"), [(2.0, 1), (12.0, 1), (14.0, 2), (40.0, 2)])
def test_a_paragraph_ends_where_the_next_line_is_far_below(gap, made):
    rows = [line("新增停车位", 100.0), line("一百个", 50.0, top=10.0 + gap)]
    assert len(paragraphs(rows, 0.0, 100.0)) == made
