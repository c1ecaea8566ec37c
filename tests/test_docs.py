"""Every example runs: docstrings, Python blocks of the pages in one namespace a page, `minshi` command lines."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import minshi_analysis

ROOT = Path(__file__).resolve().parents[1]

PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
READ_ONLY = ("query", "audit", "trace")  # commands of the pages that change nothing and need no file


MODULES = sorted(m.name for m in pkgutil.walk_packages(minshi_analysis.__path__, "minshi_analysis."))


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_run(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def blocks(page, language):
    return [match[2] for match in BLOCK.finditer(page.read_text("utf-8")) if match[1] == language]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_blocks_run(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    namespace: dict = {}
    for block in blocks(page, "python"):
        exec(compile(block, page.name, "exec"), namespace)


def test_the_chinese_readme_has_the_same_blocks():
    """Comments are in the page's own language; all else is the same."""
    for language in ("python", "console"):
        here, there = (
            [re.sub(r"\s+# .*", "", block) for block in blocks(ROOT / name, language)]
            for name in ("README.md", "README.zh.md")
        )
        assert here == there


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_command_lines_run(page):
    for block in blocks(page, "console"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["minshi"] and words[1] in READ_ONLY:
                done = subprocess.run(
                    [sys.executable, "-m", "minshi_analysis.cli", *words[1:]],
                    cwd=ROOT,
                    capture_output=True,
                    text=True,
                )
                assert done.returncode == 0, (line, done.stderr)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
