"""Each section of a notebook works on its own: the parameters, the first cell, and the section's cells, in either language."""

import ast
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
BEGINNING = 2  # the parameters, and the first cell


def sections(name):
    """The cells of each section, without its heading."""
    cells = [cell.source for cell in nbformat.read(FOLDER / f"{name}.ipynb", as_version=4).cells]
    found = []
    for source in cells[BEGINNING:]:
        if source.startswith("section("):
            found.append([])
        elif found:
            found[-1].append(source)
    return cells[:BEGINNING], [each for each in found if each]


def run(source, names):
    """Run a cell as a kernel does; the value of its last expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("city_year", {"region": "乐清市", "year": 2022, "lang": "zh"}),
        ("city_year", {"region": "杭州市", "year": 2024, "lang": "en"}),
        ("indicator_trajectories", {"lang": "en"}),
        ("funding_equity", {"lang": "en"}),
        ("milestones", {"lang": "en"}),
        ("completion", {"lang": "en"}),
        ("compare", {"lang": "en"}),
        ("audit", {"lang": "en"}),
    ],
)
def test_a_section_copied_into_a_notebook_of_its_own_works(project, name, given):
    beginning, parts = sections(name)
    begun = {}
    run(beginning[0], begun)
    begun |= given
    run(beginning[1], begun)
    assert len(parts) > 1
    for part in parts:
        names = dict(begun)
        shown = [run(source, names) for source in part]
        said = " ".join(repr(each) for each in shown if each is not None)
        assert said
        assert "Reason(" not in said


def test_cells_compute_in_sight():
    """Rows, a filter or a sort, and what shows them: not one call a section."""
    _, parts = sections("city_year")
    cells = [source for part in parts for source in part]
    assert sum("rows = " in source for source in cells) >= 12
    assert any("case.ask(metrics." in source for source in cells)
