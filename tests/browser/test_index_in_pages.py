"""An index of fifteen thousand reports in a real browser: its places are found from the first page, without any server."""

from __future__ import annotations

import pytest
from corpus import YEARS, places
from test_pages import browser, visit

from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.index import Entry, Index, Known, paged
from minshi_analysis.reports.landing import landing_page
from minshi_analysis.reports.parameters import Report

pytestmark = pytest.mark.slow
__all__ = ["browser"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out, glyphs = tmp_path_factory.mktemp("site"), Glyphs()
    entries, known = [], []
    for place in places()[:3000]:
        for year in YEARS:
            said, region = (("region", place.adcode), ("year", year)), (place.name, place.adcode)
            entries.append(
                Entry(Report("city_year", said, f"{place.name} {year}", ("d",), region), True, ("甲",))
            )
            known.append(Known(place.name, place.adcode, year, ("plan",)))
    for page in paged(Index(tuple(entries), tuple(known), documents=15_000)):
        if page.part in ("", "33"):
            name = f"index-{page.part}.html" if page.part else "index.html"
            (out / name).write_bytes(landing_page(page, glyphs))
    return out


@pytest.mark.parametrize("asked", ["乐清", "yueqing", "yq", "lq", "330382", "温州 乐"])
def test_a_place_is_found_and_leads_to_its_row(browser, site, asked):
    page, outside, errors = visit(browser, site / "index.html")
    page.fill("#find", asked)
    assert "乐清市 温州市" in page.locator("#places li").all_inner_texts()
    page.click("#places a:text-is('乐清市')")
    page.wait_for_url("**/index-33.html#r330382")
    assert page.locator("#r330382").is_visible()
    assert (outside, errors) == ([], [])
    page.close()


def test_what_is_not_there_is_said_and_nothing_is_listed_unasked(browser, site):
    page, _, _ = visit(browser, site / "index.html")
    assert page.locator("#places").is_hidden() and page.inner_text("#found") == ""
    page.fill("#find", "zzz")
    assert page.locator("#places").is_hidden() and page.inner_text("#found") == "没有符合的行"
    page.fill("#find", "a")
    assert page.locator("#places li").count() == 60 and page.inner_text("#found").startswith("显示 60 / ")
    page.fill("#find", "")
    assert page.locator("#places").is_hidden() and page.inner_text("#found") == ""
    page.close()
