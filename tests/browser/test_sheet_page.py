"""The reading sheet in a real browser: keys, no network, no error, a narrow screen, and words that are no script."""

from __future__ import annotations

import pytest
from test_pages import browser, visit  # noqa: F401

import minshi_analysis

pytestmark = pytest.mark.slow

BAD = "<script>window.ran=true</script><img src=https://example.org/x onerror=window.ran=true>"
TEXT = f"""洋县2024年民生实事项目表{BAD}
序号|项目名称|目标任务|督查得分|责任单位
1|停车位|新增停车位1500个{BAD}|97|县住建局
2|书房|新建书房12家|88|县文旅局
"""


@pytest.fixture
def page(browser, tmp_path):  # noqa: F811
    file = tmp_path / "n.txt"
    file.write_text(TEXT, "utf-8")
    made = minshi_analysis.sheet(file, region="洋县", year=2024, kind="plan").save(tmp_path / "s.html")
    page, outside, errors = visit(browser, made)
    yield page
    page.close()
    assert (outside, errors) == ([], [])


def test_keys_step_through_what_is_not_sure(page):
    unsure = page.locator("article mark.unread, article mark.doubted").all_inner_texts()
    assert "97" in unsure and len(unsure) < page.locator("article mark").count()
    met = []
    for _ in unsure:
        page.keyboard.press("n")
        met.append(page.evaluate("document.activeElement.innerText"))
    assert met == unsure
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.innerText") == unsure[-2]
    assert f"/{len(unsure)} " in page.inner_text("#told")


def test_the_keys_are_told(page):
    assert not page.is_visible("#help")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")


def test_pointing_at_a_figure_tells_its_row(page):
    page.hover("article mark:text-is('1500个')")
    assert "n/1.1#1" in page.inner_text("#told")
    assert page.locator("tr.lit").first.get_attribute("data-row") == "n/1.1#1"


def test_nothing_of_the_document_runs(page):
    assert page.evaluate("window.ran") is None
    assert page.locator("article img, article script").count() == 0


def test_a_narrow_screen_does_not_scroll_sideways(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
