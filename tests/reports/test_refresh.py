"""`make notebooks`: the committed notebooks with their outputs, the same bytes each time."""

from __future__ import annotations

import nbformat
import pytest

from minshi_analysis.reports.refresh import changes, refresh


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


def test_what_changed_is_told_cell_by_cell_without_pages_of_html(site, path):
    site.cells("print(region, year)", "year + 1")
    refresh(path)
    before = path.read_bytes()
    text = before.decode("utf-8").replace("温州市 2022", "温州市 2021")
    told = changes(before, text.encode("utf-8"))
    assert "温州市 2022" in told and "温州市 2021" in told and "2023" not in told
    assert changes(before, before).strip() == ""
