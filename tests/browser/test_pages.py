"""The report and the index in a real browser: no outside address, no error, Chinese that renders without system fonts."""

from __future__ import annotations

import shutil
from urllib.parse import unquote

import pytest
from playwright.sync_api import sync_playwright

from minshi_analysis.reports.command import run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory, project):
    """Two reports and the index, in a folder of their own."""
    out = tmp_path_factory.mktemp("site")
    assert run(region="乐清市", year=2022, out=out, project=project) == 0
    return out


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.fail(
            "the browser tests need Chromium: install it (Debian: apt-get install chromium) and run again"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def visit(browser, path):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    outside = [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    return page, outside, errors


def test_the_index_leads_to_every_report(browser, site):
    page, outside, errors = visit(browser, site / "index.html")
    assert (outside, errors) == ([], [])
    links = page.eval_on_selector_all(
        "a[href$='.html']", "links => links.map(link => link.getAttribute('href'))"
    )
    assert links and all((site / unquote(link)).is_file() for link in links)


def test_a_report_needs_no_network_and_shows_its_figures(browser, site):
    (report,) = sorted(site.glob("city_year/*.html"))
    page, outside, errors = visit(browser, report)
    assert (outside, errors) == ([], [])
    assert "乐清市" in page.inner_text("body")
    pictures = page.eval_on_selector_all("img", "images => images.map(image => image.naturalWidth)")
    assert len(pictures) >= 2 and min(pictures) > 300


def test_chinese_renders_with_the_pages_own_font(browser, site):
    """The embedded font is loaded and draws: a machine without Chinese fonts shows words, not boxes."""
    (report,) = sorted(site.glob("city_year/*.html"))
    page, _, _ = visit(browser, report)
    loaded = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length")
    assert loaded >= 1


def test_the_page_does_not_scroll_sideways(browser, site):
    (report,) = sorted(site.glob("city_year/*.html"))
    page, _, _ = visit(browser, report)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_row_leads_to_its_line_in_the_page_of_its_source(browser, site):
    """Followed as a reader follows it: a table's row, its 出处, the marked figure in the numbered line of the source."""
    (report,) = sorted(site.glob("city_year/*.html"))
    page, _, _ = visit(browser, report)
    row = page.locator("#delivery tr", has_text="新改建农村公路").first
    assert row.get_attribute("data-row").startswith("yueqing-2022-completion/")
    link = row.locator("a").last
    line = link.inner_text().removesuffix("行")
    errors, asked = [], []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url))
    link.click()
    page.wait_for_url("**/sources/yueqing-2022-completion.html#*")
    marked = page.locator("mark:target")
    assert marked.is_visible() and "公里" in marked.inner_text()
    assert marked.locator("xpath=ancestor::*[@class='line']").get_attribute("id") == f"L{line}"
    assert errors == [] and all(url.startswith(("file:", "data:")) for url in asked)
