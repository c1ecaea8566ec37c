"""The tutorial in a real JupyterLab, started as `make lab` starts it: from the first cell to the last."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
WAIT = 300  # seconds that a slow machine may take for all cells
TALL = {"width": 1300, "height": 6000}  # so that JupyterLab draws every cell

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
def address(own, tmp_path_factory):
    """JupyterLab of the project; nothing of the user's own settings is read or written."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--port={port}",
        "--IdentityProvider.token=t",
        "--allow-root",
    ]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "MINSHI"))} | {
        "HOME": str(home)
    }
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "minshi_analysis.cli", "lab", "--", *options],
            cwd=own, env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(lambda: _listens(port), f"JupyterLab does not start: {(home / 'log').read_text()[-800:]}")
        yield f"http://127.0.0.1:{port}/?token=t"
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def _wait(done, sentence: str) -> None:
    until = time.monotonic() + WAIT
    while not done():
        if time.monotonic() > until:
            pytest.fail(sentence)
        time.sleep(0.5)


@pytest.fixture(scope="module")
def lab(address, own):
    """The page after *Run All Cells*, and the requests that left this machine."""
    if CHROMIUM is None:
        pytest.fail(
            "the browser tests need Chromium: install it (Debian: apt-get install chromium) and run again"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport=TALL)
        outside: list[str] = []
        page.on("request", lambda asked: outside.append(asked.url) if _leaves(asked.url) else None)
        page.goto(address)
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=1000 * WAIT)
        page.wait_for_selector(".jp-Toolbar-kernelName:has-text('minshi ·')", timeout=1000 * WAIT)
        page.click("text=Run >> nth=0")
        page.click("text=Run All Cells")

        def finished() -> bool:
            page.keyboard.press("Control+s")
            page.wait_for_timeout(1000)
            return all(cell["execution_count"] for cell in _code(own)) or _errors(own) != []

        _wait(finished, "the tutorial does not come to its end")
        page.wait_for_timeout(2000)
        yield page, outside
        browser.close()


def _leaves(url: str) -> bool:
    return not re.match(r"(?:https?|wss?)://127\.0\.0\.1[:/]|(?:data|blob|about):", url)


def _code(own: Path) -> list[dict]:
    saved = json.loads((own / "notebooks" / "tutorial.ipynb").read_text("utf-8"))
    return [cell for cell in saved["cells"] if cell["cell_type"] == "code"]


def _errors(own: Path) -> list[dict]:
    return [output for cell in _code(own) for output in cell["outputs"] if output["output_type"] == "error"]


def test_the_tutorial_runs_from_first_to_last_cell(lab, own):
    page, _ = lab
    if folder := os.environ.get("MINSHI_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/tutorial.png")
    assert _errors(own) == []
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
