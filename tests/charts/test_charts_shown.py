"""Where a chart is shown: a report's page, and a notebook that other tools turn into HTML."""

import re

import nbformat
import pandas as pd
import pytest

from minshi_analysis import charts
from minshi_analysis.reports.page import Pages

ROWS = pd.DataFrame(
    {
        "programme": ["畅通美丽", "安居改造"],
        "funder": ["county", "city"],
        "amount": [120000.0, 1000.0],
        "total": [120000.0, 1000.0],
    }
)


@pytest.fixture(scope="module")
def picture():
    return charts.funding_bars(ROWS)


@pytest.fixture(scope="module")
def notebook(picture):
    data, metadata = picture._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    cells = [nbformat.v4.new_code_cell("charts.funding_bars(rows)", outputs=[output]) for _ in range(2)]
    return nbformat.v4.new_notebook(cells=cells)


def test_a_page_shows_figures_of_its_own_numbered_in_order(notebook, picture):
    page = Pages().page(notebook, "题").decode()
    assert re.findall(r'<figure class="chart" id="([^"]*)"', page) == ["chart-1", "chart-2"]
    assert re.findall(r'<b class="chart-number">([^<]*)</b>', page) == ["图 1", "图 2"]
    assert page.count(picture.svg) == page.count(picture.narrow) == 2
    assert "image/png" not in page


def test_other_tools_show_the_png(notebook):
    """What JupyterLab, GitHub and nbconvert pick: the chart's own type is nothing to them."""
    from nbconvert.exporters import HTMLExporter

    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert len(re.findall(r'src="data:image/png;base64[^>]*width="860"', page)) == 2
    assert '<figure class="chart"' not in page
