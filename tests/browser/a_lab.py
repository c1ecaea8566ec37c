"""JupyterLab of a project for the tests that look at it in a browser, started as `make lab` starts it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Error

TRIES = 3
SOON = 40  # seconds in which the first cell begins
WAIT = 300  # seconds that a slow machine may take for all cells
TALL = {"width": 1300, "height": 6000}  # so that JupyterLab draws every cell


@contextmanager
def a_lab(project: Path, home: Path) -> Iterator[str]:
    """Where JupyterLab listens, with ``{}`` for the path; nothing of the user's own settings is read or written."""
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
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "MINSHI"))}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "minshi_analysis.cli", "lab", "--", *options],
            cwd=project, env=kept | {"HOME": str(home)}, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        until(
            lambda: _listens(port), lambda: f"JupyterLab does not start: {(home / 'log').read_text()[-800:]}"
        )
        yield f"http://127.0.0.1:{port}/{{}}?token=t"
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def run_all(page, saved: Callable[[], list[dict]]) -> None:
    """Run every cell of the notebook that is open, till the file has what became of them."""
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=1000 * WAIT)
    page.wait_for_selector(".jp-Toolbar-kernelName:has-text('minshi ·')", timeout=1000 * WAIT)
    _ask_for_all(page)

    def finished() -> bool:
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        return all(cell["execution_count"] for cell in saved()) or errors(saved()) != []

    until(finished, lambda: "the notebook does not come to its end")
    page.wait_for_timeout(3000)


def _ask_for_all(page) -> None:
    """*Run All Cells*, again where nothing begins: a menu that opens while the page is still being set loses the click."""
    begun = page.locator(".jp-InputPrompt").filter(has_text=re.compile(r"\[(?:\*|\d+)\]"))
    for _ in range(TRIES):
        page.click("text=Run >> nth=0")
        page.click("text=Run All Cells")
        try:
            begun.first.wait_for(timeout=1000 * SOON)
            return
        except Error:
            page.keyboard.press("Escape")
    pytest.fail("JupyterLab does not begin to run the notebook")


def errors(cells: list[dict]) -> list[dict]:
    return [output for cell in cells for output in cell["outputs"] if output["output_type"] == "error"]


def until(done: Callable[[], bool], sentence: Callable[[], str]) -> None:
    end = time.monotonic() + WAIT
    while not done():
        if time.monotonic() > end:
            pytest.fail(sentence())
        time.sleep(0.5)


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
