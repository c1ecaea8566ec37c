"""The link between the languages of a report: on both pages while both are there, and on neither while one is not."""

from __future__ import annotations

import json
import re

import nbformat
import pytest

from minshi_analysis.reports.parameters import Report, in_language
from minshi_analysis.reports.twins import twin_of

CHINESE, ENGLISH = "city_year/龙港市-2022", "city_year/龙港市-2022-en"


@pytest.fixture
def made(site):
    path = site.root / "notebooks" / "city_year.ipynb"
    book = nbformat.read(path, as_version=4)
    book.cells[1].source += '\nlang: str = "zh"  # optional'
    nbformat.write(book, path)
    status, said = site.report(region="龙港市")
    assert status == 0, said
    return site


def switch(site, name):
    page = (site.out / f"{name}.html").read_text("utf-8")
    (found,) = re.findall(r'<div class="switch">(.*?)</div>', page)
    return re.findall(r'href="([^"]*)" hreflang="([^"]*)"', found)


def test_a_page_alone_has_no_link_and_two_have_one_each(made):
    assert switch(made, CHINESE) == []
    status, said = made.report(region="龙港市", lang="en")
    assert status == 0 and "1 report written" in said, said
    assert switch(made, CHINESE) == [("%E9%BE%99%E6%B8%AF%E5%B8%82-2022-en.html", "en")]
    assert switch(made, ENGLISH) == [("%E9%BE%99%E6%B8%AF%E5%B8%82-2022.html", "zh-Hans")]
    for lang in ("zh", "en"):  # the link that came later is no reason to make a page again
        status, said = made.report(region="龙港市", lang=lang)
        assert (status, said.split(":")[0]) == (0, "nothing to do"), said
        status, said = made.report(region="龙港市", lang=lang, check=True)
        assert status == 0, said


def test_a_page_whose_twin_has_gone_is_made_again_without_the_link(made):
    made.report(region="龙港市", lang="en")
    for suffix in ("html", "ipynb", "pdf", "json"):
        (made.out / f"{ENGLISH}.{suffix}").unlink()
    status, said = made.report(region="龙港市", why=CHINESE)
    assert (status, f"{ENGLISH}.html is gone" in said) == (0, True), said
    made.report(region="龙港市")
    assert switch(made, CHINESE) == []


def test_a_page_that_was_changed_by_hand_is_not_touched(made):
    page = made.out / f"{CHINESE}.html"
    page.write_bytes(page.read_bytes() + b"<!-- mine -->")
    before = page.read_bytes()
    made.report(region="龙港市", lang="en")
    assert page.read_bytes() == before
    assert not json.loads((made.out / f"{CHINESE}.json").read_text("utf-8"))["twin"]


@pytest.mark.parametrize(
    "report",
    [
        Report("audit", title="各文件的核对"),
        Report("compare", title="各地同类承诺"),
        Report("city_year", (("region", "320302"), ("year", 2024)), "徐州市鼓楼区 2024"),
        Report("city_year", (("region", "乐清市"), ("year", 2022))),
    ],
)
def test_of_every_kind_each_is_the_twin_of_the_other(report):
    (english,) = in_language([report], "en")
    assert twin_of(report) == english
    assert twin_of(english) == report


def test_the_index_of_a_language_lists_the_reports_of_it_alone(made):
    made.report(region="龙港市", lang="en")
    for name, there, not_there in (
        ("index.html", "-2022.html", "-en.html"),
        ("index.en.html", "-2022-en.html", "-2022.html"),
    ):
        page = (made.out / name).read_text("utf-8")
        links = re.findall(r'href="(city_year/[^"]*\.html)"', page)
        assert links and all(link.endswith(there) for link in links), links
        assert not any(link.endswith(not_there) for link in links), links
