"""The tutorial in a real JupyterLab, started as `make lab` starts it: from the first cell to the last."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from a_lab import TALL, a_lab, errors, run_all
from test_pages import browser  # noqa: F401

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def own(tmp_path_factory, project) -> Path:
    """A copy of the project: JupyterLab saves what it runs."""
    folder = tmp_path_factory.mktemp("labs") / "我的项目"
    for name in ("raw", "corrections", "reference"):
        if (project / "data" / name).is_dir():
            shutil.copytree(project / "data" / name, folder / "data" / name)
    shutil.copytree(
        project / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    return folder


@pytest.fixture(scope="module")
def lab(browser, own, tmp_path_factory):  # noqa: F811
    """The page after *Run All Cells*, and the requests that left this machine."""
    outside: list[str] = []
    with a_lab(own, tmp_path_factory.mktemp("home")) as address:
        page = browser.new_page(viewport=TALL)
        page.on("request", lambda asked: outside.append(asked.url) if _leaves(asked.url) else None)
        page.goto(address.format(""))
        run_all(page, lambda: _code(own))
        yield page, outside
        page.close()


def _leaves(url: str) -> bool:
    return not re.match(r"(?:https?|wss?)://127\.0\.0\.1[:/]|(?:data|blob|about):", url)


def _code(own: Path) -> list[dict]:
    saved = json.loads((own / "notebooks" / "tutorial.ipynb").read_text("utf-8"))
    return [cell for cell in saved["cells"] if cell["cell_type"] == "code"]


def test_the_tutorial_runs_from_first_to_last_cell(lab, own):
    page, _ = lab
    if folder := os.environ.get("MINSHI_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/tutorial.png")
    assert errors(_code(own)) == []
    counts = [cell["execution_count"] for cell in _code(own)]
    assert counts == list(range(1, len(counts) + 1)) and len(counts) > 10


def test_the_kernel_is_named_for_the_project(lab):
    page, _ = lab
    assert page.inner_text(".jp-Toolbar-kernelName") == "minshi · 我的项目"


def test_nothing_is_asked_of_the_network(lab):
    _, outside = lab
    assert outside == []


def test_text_stands_left_and_figures_right_under_jupyterlabs_own_style(lab):
    page, _ = lab
    sides = page.eval_on_selector_all(
        ".jp-RenderedHTMLCommon table.dataframe td",
        "cells => cells.map(cell => [cell.innerText, getComputedStyle(cell).textAlign])",
    )
    assert {side for text, side in sides if re.search(r"[一-鿿]", text)} == {"left"}
    assert ("5000", "right") in [tuple(pair) for pair in sides]  # 中小学教室5000个, as the plan prints


def test_a_trace_shows_the_page_with_the_figure_marked(lab):
    page, _ = lab
    marks = page.eval_on_selector_all(".printed mark", "marks => marks.map(mark => mark.innerText)")
    assert marks[:2] == ["5000 个", "17853"]
    assert page.evaluate(
        "(() => {const mark = document.querySelector('.printed mark'), box = mark.closest('.printed').getBoundingClientRect();"
        "const at = mark.getBoundingClientRect(); return at.top >= box.top && at.bottom <= box.bottom})()"
    ), "the mark is out of sight"


def test_a_long_table_is_searched(lab):
    page, _ = lab
    page.fill(".dt-search input", "停车位")
    page.wait_for_timeout(500)
    rows = page.eval_on_selector_all("table.dataTable tbody tr", "rows => rows.map(row => row.innerText)")
    assert rows and all("停车位" in row for row in rows)


def test_make_lab_is_what_was_tried(project):
    recipe = (project / "Makefile").read_text("utf-8").partition("\nlab:")[2].splitlines()[1]
    assert recipe == "\t$(RUN)/minshi lab -- $(ARGS)"
