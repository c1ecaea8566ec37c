"""The documentation site is built without a warning, holds every public name, and needs no network to be read."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

PAGES = {
    "minshi_analysis": "minshi_analysis",
    "minshi_analysis.audit": "audit",
    "minshi_analysis.charts": "charts",
    "minshi_analysis.metrics": "metrics",
    "minshi_analysis.notebook": "notebook",
    "minshi_analysis.tables.export": "tables",
    "minshi_analysis.tables.query": "tables",
}
# What a browser fetches by itself; a link is followed only by who clicks on it.
FETCHED = re.compile(r"""(?:\bsrc=|<link[^>]*\bhref=|@import\s|url\()["']?(?:https?:)?//[^"')\s>]+""")


@pytest.fixture(scope="module")
def site(tmp_path_factory, project) -> Path:
    out = tmp_path_factory.mktemp("site")
    words = ["--quiet", "--fail-on-warning", "--keep-going", "--doctree-dir", str(out / "trees")]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words, str(project / "docs"), str(out / "site")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return out / "site"


@pytest.mark.slow
@pytest.mark.parametrize("module", PAGES)
def test_every_public_name_is_on_its_page(site, module):
    page = (site / "api" / f"{PAGES[module]}.html").read_text("utf-8")
    functions = [
        name
        for name in importlib.import_module(module).__all__
        if getattr(importlib.import_module(module), name).__doc__
        and callable(getattr(importlib.import_module(module), name))
    ]
    assert functions
    assert not [name for name in functions if f'id="{module}.{name}"' not in page]


@pytest.mark.slow
def test_nothing_is_fetched_from_the_network(site):
    read = [page for page in site.rglob("*") if page.suffix in (".html", ".css", ".js")]
    assert len(read) > 15
    found = {page.name: FETCHED.findall(page.read_text("utf-8", "replace")) for page in read}
    assert not {name: said for name, said in found.items() if said}


@pytest.mark.slow
def test_every_link_within_the_site_leads_somewhere(site):
    trees = {path: html.parse(str(path)) for path in site.rglob("*.html")}
    names = {path: {*tree.xpath("//@id"), *tree.xpath("//a/@name")} for path, tree in trees.items()}
    followed, broken = 0, []
    for path, tree in trees.items():
        for link in tree.xpath("//a/@href | //link/@href | //img/@src | //script/@src"):
            there = urlsplit(link)
            if there.scheme:
                continue
            followed += 1
            file = (path.parent / unquote(there.path)).resolve() if there.path else path
            if not file.is_file() or (there.fragment and unquote(there.fragment) not in names.get(file, ())):
                broken.append((path.name, link))
    assert followed > 500 and broken == []


@pytest.mark.slow
def test_every_page_of_the_docs_is_reached_from_the_first(site, project):
    first = (site / "index.html").read_text("utf-8")
    pages = [page.stem for page in (project / "docs").glob("*.md") if page.stem != "index"]
    assert not [page for page in pages if f'href="{page}.html"' not in first]
