"""`make notebooks`: the committed notebooks with their outputs, the same bytes each time."""

from __future__ import annotations

import io

import nbformat

from minshi_analysis.reports.refresh import refresh


def test_a_notebook_keeps_its_outputs_and_its_own_cells(site):
    site.cells("print(region, year)", "1 / 1")
    path = site.root / "notebooks" / "city_year.ipynb"
    said = io.StringIO()
    assert refresh(site.root, said) == 0
    assert said.getvalue() == "changed   city_year.ipynb\n"
    kept = nbformat.read(path, as_version=4)
    assert [cell.id for cell in kept.cells] == ["head", "parameters", "code-0", "code-1"]
    assert kept.cells[2].outputs[0].text == "温州市 2022\n"
    before = path.read_bytes()
    assert refresh(site.root, said) == 0
    assert said.getvalue().endswith("unchanged city_year.ipynb\n")
    assert path.read_bytes() == before


def test_a_notebook_that_fails_stays_as_it_was(site):
    site.cells("1 / 0")
    path = site.root / "notebooks" / "city_year.ipynb"
    before = path.read_bytes()
    said = io.StringIO()
    assert refresh(site.root, said) == 1
    assert said.getvalue().startswith("FAILED city_year.ipynb: ZeroDivisionError: division by zero in cell 3")
    assert path.read_bytes() == before
