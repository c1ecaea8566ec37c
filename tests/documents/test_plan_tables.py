"""Tables of indicators and of projects in plans and reviews, in every format, read as a careful person reads them."""

from __future__ import annotations

import doctest

import pytest
from plan_sheets import CASES, PROJECTS
from variants import writers
from variants.sheets import Sheet

from minshi_analysis.facts.tables import investments, levels, lines, names, notes
from minshi_analysis.intake.reader import read_document
from minshi_analysis.layout import indicators as heads

_SUFFIX = {"pipes": "txt", "tabs": "txt", "lines": "txt"}


def _written(notice, path, form):
    """The file of a notice; ``lines`` is a page copied from a word processor, one cell a line."""
    if form != "lines":
        return getattr(writers, f"to_{form}")(notice, path)
    parts = list(notice.paragraphs)
    for sheet in notice.sheets:
        parts += ["", sheet.title, *_lines(sheet), ""]
    path.write_text("\n".join(parts), "utf-8")
    return path


def _lines(sheet: Sheet):
    for r, row in enumerate(sheet.places()):
        yield ""
        for c, box in enumerate(row):
            yield "\t" + (box.text if box and (box.row, box.column) == (r, c) else "")
    yield ""


def _read(case, tmp_path, form):
    path = tmp_path / f"plan.{_SUFFIX.get(form, form)}"
    return read_document(_written(case.notice, path, form), **{"region": "景宁畲族自治县"} | case.known)


def _rows(table):
    return table.astype(object).where(table.notna(), None).to_dict("records")


_EVERY = [(name, form) for name, case in CASES.items() for form in case.formats]
_LINES = ["three-levels-of-years", "odd-units", "mid-term-review"]


@pytest.mark.parametrize(("name", "form"), [*_EVERY, *((name, "lines") for name in _LINES)])
def test_indicators(tmp_path, name, form):
    case = CASES[name]
    tables = _read(case, tmp_path, form)
    got = _rows(tables["indicators"])
    assert [{key: row[key] for key in want} for row, want in zip(got, case.rows, strict=True)] == list(
        case.rows
    )
    numbers = {row["indicator_id"]: row["indicator_no"] for row in got}
    seen = tables["observations"]
    assert len(numbers) == len(got)
    observed = [
        (numbers[i], y, v) for i, y, v in zip(seen["indicator_id"], seen["year"], seen["value"], strict=True)
    ]
    assert sorted(observed) == sorted(case.observed)
    told = tables["unread"]["text"].dropna().tolist()
    assert all(any(figure in text for text in told) for figure in case.told)
    assert case.told or not told


_PROJECTS = [(name, form) for name, case in PROJECTS.items() for form in case.formats]


@pytest.mark.parametrize(("name", "form"), _PROJECTS)
def test_projects(tmp_path, name, form):
    case = PROJECTS[name]
    tables = _read(case, tmp_path, form)
    got = _rows(tables["investments"])
    assert [{key: row[key] for key in want} for row, want in zip(got, case.rows, strict=True)] == list(
        case.rows
    )
    assert tables["investments"]["investment_id"].is_unique
    told = tables["unread"]["text"].dropna().tolist()
    assert all(any(figure in text for text in told) for figure in case.told)
    assert case.told or not told


@pytest.mark.parametrize(
    "module", [heads, investments, levels, lines, names, notes], ids=lambda m: m.__name__
)
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0
