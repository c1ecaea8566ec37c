"""Tables of indicators and of projects in plans and reviews, in every format, read as a careful person reads them."""

from __future__ import annotations

import doctest
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from plan_sheets import CASES, PROJECTS
from variants import writers
from variants.sheets import Box, Sheet

from minshi_analysis.account.extract import extract
from minshi_analysis.facts.context import Context
from minshi_analysis.facts.tables import investments, levels, lines, names, notes
from minshi_analysis.facts.tables.indicators import read_indicators
from minshi_analysis.facts.tables.investments import read_investments
from minshi_analysis.intake.reader import read_document
from minshi_analysis.layout import indicators as heads
from minshi_analysis.layout.tables import lay_out
from minshi_analysis.reading import read

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


@pytest.mark.parametrize(("name", "form"), [*_EVERY, *_PROJECTS])
def test_every_figure_is_claimed_once_or_told(tmp_path, name, form):
    """No two values of one figure, and none that stands nowhere."""
    case = CASES.get(name) or PROJECTS[name]
    path = _written(case.notice, tmp_path / f"plan.{_SUFFIX.get(form, form)}", form)
    known = {"kind": "five_year_plan", "year": 2021, "year_end": 2025} | case.known
    context = Context("x", **known, region="景宁畲族自治县", level="county")
    document = read(path)
    layout = lay_out(document, context.about)
    found = read_indicators([t for t in layout.tables if t.kind == "indicators"], context, layout.paragraphs)
    built = read_investments([t for t in layout.tables if t.kind == "investments"], context)
    rows = (*found.rows, *found.observations, *built.rows, *built.totals)
    claimed = sorted(place for row in rows for place in row["figures"])
    assert all(a[1] <= b[0] for a, b in pairwise(claimed))
    told = [(p.start, p.end) for p in (*found.unread, *found.aside, *built.unread, *built.aside)]
    assert not [place for place in claimed if any(a < place[1] and place[0] < b for a, b in told)]
    ledger = extract(document, context).ledger
    assert not ledger.twice and not ledger.invented


def _with_column(sheet: Sheet, at: int, head: str, figures: list[str]) -> Sheet | None:
    """The sheet with one more column, a figure in each row that is a row of its own; None within a merged head."""
    boxes, widened = [], set()
    for box in sheet.boxes:
        if box.column >= at:
            boxes.append(replace(box, column=box.column + 1))
        elif box.column + box.columns > at:
            if box.row < sheet.header:
                return None
            widened |= set(range(box.row, box.row + box.rows))
            boxes.append(replace(box, columns=box.columns + 1))
        else:
            boxes.append(box)
    boxes.append(Box(0, at, sheet.header, 1, head))
    body = [r for r in range(sheet.header, sheet.height) if r not in widened and _is_wide(sheet, r)]
    boxes += [Box(r, at, text=figure) for r, figure in zip(body, figures, strict=False)]
    return replace(sheet, boxes=tuple(boxes))


def _is_wide(sheet: Sheet, row: int) -> bool:
    return sum(bool(box and box.text) for box in sheet.places()[row]) > 2


_ONE_LINE = [
    name for name in CASES if name not in ("two-halves-side-by-side", "one-figure-for-two", "the-plan-before")
]
_HEADS = ["全国平均", "排名", "测算依据值", "2012年", "2030年远景", "2023年1-6月", "较上年", "权重"]


@given(
    name=st.sampled_from(_ONE_LINE),
    form=st.sampled_from(["html", "tabs", "xlsx"]),
    head=st.sampled_from(_HEADS),
    place=st.integers(2, 9),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_one_more_column_changes_no_fact_and_is_told(tmp_path_factory, name, form, head, place):
    """A column that nobody declared, or of another year, anywhere behind the name."""
    case = CASES[name]
    assume(form in case.formats)
    figures = [f"{700 + 7 * i}.{i + 1}" for i in range(case.sheets[0].height)]
    more = _with_column(case.sheets[0], min(place, case.sheets[0].width), head, figures)
    assume(more is not None)
    path = tmp_path_factory.mktemp("more")
    with_more = _read(replace(case, sheets=(more, *case.sheets[1:])), path, form)
    got = _rows(with_more["indicators"])
    want = [{key: value for key, value in row.items() if key != "note"} for row in case.rows]
    assert [{key: row[key] for key in some} for row, some in zip(got, want, strict=True)] == want
    assert len(with_more["observations"]) == len(case.observed)
    said = " ".join([*(row["note"] or "" for row in got), *with_more["unread"]["text"].dropna()])
    printed = {box.text for box in more.boxes}
    assert [figure for figure in figures if figure in printed and figure not in said] == []


@pytest.mark.parametrize("name", ["one-figure-for-two", "merged-money-and-periods-in-words"])
def test_where_lines_are_not_drawn_a_figure_beside_a_blank_is_doubted(tmp_path, name):
    """A PDF without rules prints a merged cell beside one of its rows."""
    case = CASES.get(name) or PROJECTS[name]
    path = writers.to_pdf(case.notice, tmp_path / "plan.pdf", ruled=False)
    tables = read_document(path, region="景宁畲族自治县")
    sure = tables["confidence"].set_index("row_id")["confidence"]
    table, key, values = (
        ("indicators", "indicator_id", ["baseline", "target"])
        if name in CASES
        else ("investments", "investment_id", ["total_yi", "plan_period_yi"])
    )
    got = _rows(tables[table])
    wants = [[row[value] for value in values] for row in case.rows]
    wrong = [
        row[key] for row, want in zip(got, wants, strict=True) if [row[value] for value in values] != want
    ]
    assert wrong and all(sure[row_id] < 0.8 for row_id in wrong)
