"""The short forms of `benchmarks/scale.py` and `country.py`: made documents are read right, and reports come of them."""

from __future__ import annotations

import ast
import json
import sys

import country
import pytest
from closing import open_figures
from corpus import documents
from country import Spent
from scale import CELLS, compare, project_of

from minshi_analysis.intake.reader import read_whole
from minshi_analysis.reports.parameters import available


def test_the_cells_of_made_documents_are_right(tmp_path):
    layouts = set()
    for made in documents(90):
        known = {"region": made.place.adcode, "year": made.year, "kind": made.kind}
        found = read_whole(made.write(tmp_path), **known)
        tables = found.tables
        assert open_figures(found.ledger, found.unread, found.document) == [], made.text
        for name in CELLS:
            truth = made.truth.get(name, {})
            cells = sum(map(len, truth.values()))
            assert compare(name, tables, truth) == (cells, 0, 0, 0), (made.number, name, made.text)
        assert tables["unread"].empty
        layouts.add((made.kind, frozenset(made.truth)))
    assert len(layouts) == 5  # plans with promises only, money or shares; completion and progress


def test_a_wrong_cell_is_counted():
    made = next(made for made in documents(90) if "outcomes" in made.truth)
    (key, (value, unit)), *rest = made.truth["outcomes"].items()
    import pandas as pd

    rows = pd.DataFrame(
        [{"task_id": f"x/{item}", "value": value, "unit": unit} for (item,), (value, unit) in rest]
        + [
            {"task_id": f"x/{key[0]}", "value": value + 1, "unit": unit},
            {"task_id": "x/99", "value": 1.0, "unit": "个"},
        ]
    )
    assert compare("outcomes", {"outcomes": rows}, made.truth["outcomes"]) == (2 * len(rest) + 1, 1, 0, 2)


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
def test_every_report_of_other_documents_comes_out(tmp_path, monkeypatch):
    """Every kind of document the corpus has: the notebooks' cells run, whatever of a plan is not there."""
    project = project_of(documents(24), tmp_path)
    monkeypatch.setenv("MINSHI_PROJECT", str(project))
    reports = available(project / "data" / "tables", project / "notebooks")
    assert {report.notebook for report in reports} == {
        "audit",
        "city_year",
        "compare",
        "completion",
        "funding_equity",
    }
    for report in reports:
        _run(project / "notebooks" / f"{report.notebook}.ipynb", dict(report.parameters))


def _run(notebook, parameters):
    """The cells as plain code, each result shown as a page would show it."""
    scope = {}
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        *statements, last = ast.parse("".join(cell["source"])).body
        if not isinstance(last, ast.Expr):
            statements, last = [*statements, last], None
        exec(compile(ast.Module(statements, []), notebook.name, "exec"), scope)
        if "parameters" in cell["metadata"].get("tags", []):
            scope.update(parameters)
        if last is None:
            continue
        shown = eval(compile(ast.Expression(last.value), notebook.name, "eval"), scope)
        for form in ("_repr_html_", "_repr_markdown_", "_repr_mimebundle_"):
            if hasattr(shown, form):
                assert getattr(shown, form)() is not None


def test_slopes_are_told_from_what_was_spent():
    """Ten, twenty and forty documents: a step that takes a tenth of a second for each, and one that squares them."""
    linear = {size: Spent(1 + size / 10, 0, 100) for size in (10, 20, 40)}
    square = {size: Spent(size**2 / 100, 0, 200) for size in (10, 20, 40)}
    found = {size: {"read": linear[size], "link": square[size]} for size in (10, 20, 40)}
    _, _, read, link = country.table(found).splitlines()
    assert read == "| read | 2.0 s | 3.0 s | 5.0 s | 100.0 ms | 25 min | 1.0 | 100 MB |"
    assert link == "| link | 1.0 s | 4.0 s | 16.0 s | 600.0 ms | 150 min | 2.0 | 200 MB |"


@pytest.mark.slow
def test_every_step_of_the_country_is_taken():
    """The short form of `benchmarks/country.py`: a project from `minshi new` to a report."""
    found = country.measure(12, [sys.executable, "-m", "minshi_analysis.cli"])
    assert list(found) == [
        "new",
        "build",
        "build, nothing changed",
        "build, one document changed",
        "build --if-needed, nothing changed",
        "audit",
        "plan of all reports",
        "reports of a county's year",
    ]
    assert all(each.processor > 0 and each.memory > 0 for each in found.values())
