"""`make notebooks`: the committed notebooks with their outputs, the same bytes each time."""

from __future__ import annotations

import nbformat
import pytest

from minshi_analysis.reports.refresh import refresh


@pytest.fixture
def path(site, monkeypatch):
    monkeypatch.setenv("MINSHI_PROJECT", str(site.root))
    return site.root / "notebooks" / "city_year.ipynb"


def test_a_notebook_keeps_its_outputs_and_its_own_cells(site, path):
    site.cells("print(region, year)", "1 / 1")
    assert refresh(path) is True
    kept = nbformat.read(path, as_version=4)
    assert [cell.id for cell in kept.cells] == ["head", "parameters", "code-0", "code-1"]
    assert kept.cells[2].outputs[0].text == "温州市 2022\n"
    before = path.read_bytes()
    assert refresh(path) is False
    assert path.read_bytes() == before


def test_a_notebook_that_fails_stays_as_it_was(site, path):
    site.cells("1 / 0")
    before = path.read_bytes()
    with pytest.raises(Exception, match="ZeroDivisionError"):
        refresh(path)
    assert path.read_bytes() == before
