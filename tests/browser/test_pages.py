"""The report and the index in a real browser: no outside address, no error, Chinese that renders without system fonts."""

from __future__ import annotations

import re
import shutil
from urllib.parse import unquote

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
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
    """Two reports in both languages, their sources and the indices, in a folder of their own."""
    out = tmp_path_factory.mktemp("site")
    for lang in ("zh", "en"):
        assert run(region="乐清市", year=2022, lang=lang, out=out, project=project) == 0
    return out


def report_of(site, lang="zh"):
    return site / "city_year" / f"乐清市-2022{'' if lang == 'zh' else f'-{lang}'}.html"


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
        "a[href]:not([href^='#'])", "links => links.map(link => link.getAttribute('href'))"
    )
    assert len(links) > 40 and all((site / unquote(link)).is_file() for link in links)


def test_a_report_needs_no_network_and_shows_its_figures(browser, site):
    report = report_of(site)
    page, outside, errors = visit(browser, report)
    assert (outside, errors) == ([], [])
    assert "乐清市" in page.inner_text("body")
    shown = page.locator("main svg:visible, main img:visible")
    assert shown.count() >= 2 and all(
        shown.nth(i).bounding_box()["width"] > 300 for i in range(shown.count())
    )


def test_chinese_renders_with_the_pages_own_font(browser, site):
    """The embedded font is loaded and draws: a machine without Chinese fonts shows words, not boxes."""
    report = report_of(site)
    page, _, _ = visit(browser, report)
    loaded = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length")
    assert loaded >= 1


def test_the_page_does_not_scroll_sideways(browser, site):
    report = report_of(site)
    page, _, _ = visit(browser, report)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_row_leads_to_its_line_in_the_page_of_its_source(browser, site):
    """Followed as a reader follows it: a table's row, its 出处, the marked figure in the numbered line of the source."""
    report = report_of(site)
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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_finding_leads_to_its_row_and_the_row_to_its_line(browser, site, lang):
    """Clicked through as a reader does who doubts a sentence: the finding, the row, the marked figure in the source."""
    page, outside, errors = visit(browser, report_of(site, lang))
    finding = page.locator("ul.headlines li", has_text="7,630").first
    link = finding.locator("small.cite a").first
    assert link.inner_text() == "county.13#4"
    link.click()
    row = page.locator("tr:target")
    assert row.is_visible() and row.get_attribute("data-row") == "yueqing-2022-completion/county.13#4"
    assert "7,630" in row.inner_text() and "5,000" in row.inner_text()
    row.locator("a").last.click()
    page.wait_for_url(f"**/sources/yueqing-2022-completion{'' if lang == 'zh' else '.en'}.html#*")
    marked = page.locator("mark:target")
    assert marked.is_visible() and "7630" in marked.inner_text()
    assert page.locator("h1").inner_text().startswith("2022年度省政府")
    assert (page.locator("h2").last.inner_text() == "The text") == (lang == "en")
    assert (outside, errors) == ([], [])


def test_the_switch_leads_to_the_other_language_and_back(browser, site):
    page, _, _ = visit(browser, report_of(site))
    for word, lang in (("English", "en"), ("中文", "zh-Hans")):
        page.click(f".switch >> text={word}")
        page.wait_for_function("lang => document.documentElement.lang === lang", arg=lang)
        assert "乐清市" in page.locator("h1").inner_text()
    for name in ("index", "terms"):
        page, _, _ = visit(browser, site / f"{name}.html")
        page.click(".switch >> text=English")
        page.wait_for_url(f"**/{name}.en.html")


def test_the_english_index_finds_places_and_leads_to_english_reports(browser, site):
    page, _, _ = visit(browser, site / "index.en.html")
    page.fill("#find", "yueqing")
    rows = page.locator("#grid tbody tr:visible")
    assert rows.count() == 1 and "Yueqing 乐清市" in rows.inner_text()
    rows.locator("a").first.click()
    page.wait_for_url("**/city_year/*-2022-en.html")
    assert page.locator("h1").inner_text().startswith("Yueqing")


def everything(site):
    """Every kind of page: the index, the words, a report, the pages of its sources."""
    return sorted(site.rglob("*.html"))


def test_every_page_is_whole_small_and_keeps_to_itself(browser, site):
    pages = everything(site)
    assert {path.parent.name for path in pages} >= {site.name, "city_year", "sources"}
    for path in pages:
        assert path.stat().st_size < 1_500_000, path.name
        page, outside, errors = visit(browser, path)
        assert (outside, errors) == ([], []), path.name
        for width in (1200, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path.name, width)
        page.close()


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (390, "dark")])
def test_no_rule_of_accessibility_is_broken(browser, site, width, scheme):
    """axe-core, all its rules, best practices too."""
    for path in everything(site):
        page, _, _ = visit(browser, path)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page).response["violations"]
        told = [
            (each["id"], each["impact"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found
        ]
        assert told == [], path.name
        page.close()


@pytest.mark.parametrize(
    ("asked", "found"), [("乐清", True), ("lq", True), ("yueqing", True), ("yq", True), ("zzz", False)]
)
def test_the_index_finds_a_place_by_name_reading_and_initials(browser, site, asked, found):
    page, _, _ = visit(browser, site / "index.html")
    rows = page.locator("#grid tbody tr")
    everyone = rows.count()
    page.fill("#find", asked)
    shown = [row for row in rows.all_inner_texts() if row]
    shown = [rows.nth(i).inner_text() for i in range(everyone) if rows.nth(i).is_visible()]
    assert any("乐清市" in row for row in shown) == found
    assert len(shown) <= 3 and page.inner_text("#found")
    page.fill("#find", "")
    assert sum(rows.nth(i).is_visible() for i in range(everyone)) == everyone


def test_the_index_offers_the_tables(browser, site):
    page, _, _ = visit(browser, site / "index.html")
    with page.expect_download() as waiting:
        page.click("a[href='tables/allocations.csv']")
    assert waiting.value.path().read_text("utf-8-sig").startswith("target_id,region,")
    with page.expect_download() as waiting:
        page.click("a[href='tables/allocations.parquet']")
    assert waiting.value.path().read_bytes()[:4] == b"PAR1"
    with page.expect_download() as waiting:
        page.click("a[href='tables/minshi-tables.xlsx']")
    book = openpyxl.load_workbook(waiting.value.path().open("rb"), read_only=True)
    assert {"documents", "targets", "codebook"} <= set(book.sheetnames)


def test_tables_sort_and_filter(browser, site):
    report = report_of(site)
    page, _, errors = visit(browser, report)
    column = [head.strip() for head in page.locator("#delivery thead th").all_inner_texts()].index("完成率")

    def rates():
        return [row.split("\t")[column] for row in page.locator("#delivery tbody tr").all_inner_texts()]

    def numbers(cells):
        found = [re.search(r"\d+(\.\d+)?", cell.replace(",", "")) for cell in cells]
        return [float(each[0]) for each in found if each]

    before = rates()
    assert numbers(before) != sorted(numbers(before))
    button = page.locator("#delivery thead th").nth(column).locator("button")
    button.click()
    assert (
        numbers(rates()) == sorted(numbers(before))
        and page.locator("#delivery th[aria-sort=ascending]").count() == 1
    )
    assert numbers(rates()[len(numbers(before)) :]) == []  # what has no number stands last
    button.press("Enter")
    assert numbers(rates()) == sorted(numbers(before), reverse=True)
    field = page.locator("figure:has(#delivery) input[type=search]")
    field.fill("农村公路")
    shown = page.locator("#delivery tbody tr:visible")
    assert 0 < shown.count() < 10 and all("农村公路" in text for text in shown.all_inner_texts())
    assert errors == []


def test_the_head_of_a_table_stays_in_sight(browser, site):
    report = report_of(site)
    page, _, _ = visit(browser, report)
    box = page.locator(".scroll:has(#delivery)")
    box.scroll_into_view_if_needed()
    box.evaluate("box => { box.scrollTop = 900; }")
    head, top = page.locator("#delivery thead th").first.bounding_box(), box.bounding_box()
    assert abs(head["y"] - top["y"]) < 2


def test_the_first_chart_stands_within_a_screen_and_a_half(browser, site):
    report = report_of(site)
    page, _, _ = visit(browser, report)
    assert page.locator("main img, main svg").first.bounding_box()["y"] < 1.5 * 900


def test_the_keyboard_reaches_the_text_first_and_its_focus_is_seen(browser, site):
    report = report_of(site)
    page, _, _ = visit(browser, report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_print_keeps_to_the_page(browser, site, lang):
    """Nothing runs past an A4 page, no drawing is taller than one, heads are repeated and boxes do not scroll."""
    for report in (report_of(site, lang), site / "completion" / report_of(site, lang).name):
        page, _, _ = visit(browser, report)
        page.set_viewport_size({"width": 703, "height": 1000})  # what is between the margins
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        wide = page.evaluate(
            "Math.max(...[...document.querySelectorAll('table')].map(each => each.offsetWidth))"
        )
        assert wide <= 703
        tall = page.evaluate(
            "Math.max(...[...document.querySelectorAll('svg')].map(each => each.getBoundingClientRect().height))"
        )
        assert 0 < tall <= 780
        boxed = page.evaluate(
            "[...document.querySelectorAll('.scroll, .output_subarea, th button')]"
            ".filter(each => getComputedStyle(each).overflow !== 'visible').length"
        )
        assert boxed == 0


def test_the_first_column_of_a_wide_table_stays_in_sight(browser, site):
    page, _, _ = visit(browser, report_of(site, "en"))
    page.set_viewport_size({"width": 390, "height": 844})
    box = page.locator(".scroll:has(#delivery)")
    box.evaluate("box => { box.scrollLeft = 300; }")
    first, left = page.locator("#delivery tbody tr td").first.bounding_box(), box.bounding_box()
    assert abs(first["x"] - left["x"]) < 2
    assert page.locator("#delivery-caption").evaluate("each => each.closest('.scroll') === null")
