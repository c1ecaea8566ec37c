"""Row and column spans become one grid, whatever they claim."""

from __future__ import annotations

from minshi_analysis.reading.spans import MAX_PLACES, Piece, expand, flow, squeeze


def corners(groups):
    return [(p.row, p.column, p.rows, p.columns) for p in flow(groups)]


def test_a_cell_takes_the_next_place_that_is_free():
    rows = [[(1, 1), (2, 2), (1, 1)], [(1, 1), (1, 1)]]
    assert corners([rows]) == [(0, 0, 1, 1), (0, 1, 2, 2), (0, 3, 1, 1), (1, 0, 1, 1), (1, 3, 1, 1)]


def test_a_span_ends_with_its_row_group():
    assert corners([[[(5, 1), (0, 1)], [(1, 1)]], [[(1, 1)]]]) == [
        (0, 0, 2, 1),
        (0, 1, 2, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
    ]


def test_of_two_overlapping_cells_each_keeps_its_corner():
    # the second row's first cell is two wide and runs under the cell that reaches down in column 1
    rows = [[(1, 1), (2, 1), (1, 1)], [(1, 2), (1, 1)]]
    pieces = flow([rows])
    assert expand(pieces) == [[0, 1, 2], [3, 1, 4]]


def test_empty_rows_and_columns_of_a_wide_title_vanish():
    pieces = squeeze([Piece(0, 0, 1, 1000), Piece(3, 0), Piece(3, 5)])
    assert expand(pieces) == [[0, 0], [1, 2]]


def test_more_places_than_the_limit_are_not_made():
    assert expand([Piece(0, 0, 2, MAX_PLACES)]) is None


def test_many_long_spans_cost_no_more_than_their_number():
    row = [(65534, 1000)] * 50
    pieces = flow([[row] * 400])
    assert len(pieces) == 20_000
    assert max(p.row + p.rows for p in pieces) == 400
