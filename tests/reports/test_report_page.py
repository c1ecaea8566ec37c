"""A page needs no network and no fonts, and hostile text stays text."""

from __future__ import annotations

import base64
import io
import re

import nbformat
import pytest
from fontTools.ttLib import TTFont
from site_of_reports import notebook

from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.index import Entry
from minshi_analysis.reports.page import Pages
from minshi_analysis.reports.parameters import Report


@pytest.fixture(scope="module")
def pages():
    return Pages()


def showing(*outputs: dict) -> nbformat.NotebookNode:
    shown = notebook("secret_code = 1")
    text = "# 温州市 2022\n\n新增停车位 1.5 万个，龙湾区 ≥ 55 个。\n\n"
    shown.cells[0].source = text + "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"
    shown.cells[-1].outputs = [nbformat.from_dict(each) for each in outputs]
    return shown


def html(text: str) -> dict:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": text, "text/plain": ""}}


PICTURE = {
    "output_type": "display_data",
    "metadata": {},
    "data": {"image/png": "aGk=", "text/plain": "<Figure>"},
}
SVG = {
    "output_type": "display_data",
    "metadata": {},
    "data": {"image/svg+xml": "<svg/>", "text/plain": "<Figure>"},
}


def test_nothing_is_fetched(pages):
    page = pages.page(
        showing(PICTURE, SVG, html("<table><tr><td>1</td></tr></table>")), "温州市 2022"
    ).decode()
    own = re.sub(r"data:[\w/+-]+;base64,[A-Za-z0-9+/=]+", "data:", page)
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?!data:|#)[^"'\s>]+""", own)
    assert not re.findall(r"""url\((?!["']?data:)""", own)
    assert not re.findall(r"@import|<script|<link|<iframe|https?://|//[a-z]+\.", own)


def test_code_and_warnings_are_left_to_the_notebook(pages):
    warned = {"output_type": "stream", "name": "stderr", "text": "FutureWarning: soon"}
    page = pages.page(showing(warned), "t").decode()
    assert "secret_code" not in page
    assert "FutureWarning" not in page
    assert "<table>" in page


def test_the_page_carries_every_character_it_shows(pages):
    page = pages.page(showing(html("<b>龘鿫</b>")), "题").decode()
    (font,) = re.findall(r"data:font/woff2;base64,([A-Za-z0-9+/=]+)", page)
    known = TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()
    assert {ord(character) for character in "温州市新增停车位1.5万个，≥。龘题甲乙"} <= known.keys()
    assert len(known) < 300


def test_the_same_notebook_gives_the_same_bytes(pages):
    once = pages.page(showing(PICTURE), "温州市 2022")
    pages.page(showing(html("别的字")), "another")
    assert (
        pages.page(showing(PICTURE), "温州市 2022") == once == Pages().page(showing(PICTURE), "温州市 2022")
    )


def test_a_picture_has_words(pages):
    told = {**PICTURE, "metadata": {"image/png": {"alt": "各地停车位", "width": 300}}}
    page = pages.page(showing(PICTURE, told), "t").decode()
    pictures = re.findall(r"<img[^>]*>", page)
    assert ['alt="图"' in each for each in pictures] == [True, False]
    assert 'alt="各地停车位"' in pictures[1]
    assert "width=300" in pictures[1]


def test_a_page_of_many_sections_has_a_list_of_them(pages):
    long = showing()
    long.cells[0].source = "# 题\n\n## 甲\n\n## 乙 & 丙\n\n## 丁"
    page = pages.page(long, "题").decode()
    listed = re.findall(r'<li><a href="#([^"]*)">([^<]*)</a></li>', page)
    assert [name for _, name in listed] == ["甲", "乙 &amp; 丙", "丁"]
    assert all(f'id="{anchor}"' in page for anchor, _ in listed)
    assert "<nav" not in pages.page(showing(), "题").decode()


def test_a_title_is_text(pages):
    page = pages.page(showing(), "</title><script>alert(1)</script>").decode()
    assert "<script>" not in page
    assert "<title>&lt;/title&gt;&lt;script&gt;" in page


def test_the_index_escapes_what_it_shows(pages):
    report = Report("city_year", (("region", "<script>x</script>"), ("year", 2022)), documents=("<i>",))
    page = pages.index([Entry(report, True), Entry(Report("audit", title="审计"), False)]).decode()
    assert "<script>" not in page
    assert "<i>" not in page
    assert "审计 <small>（尚未生成）</small>" in page


def test_a_font_draws_what_the_big_one_draws():
    from fontTools.pens.boundsPen import BoundsPen

    glyphs = Glyphs()
    small = TTFont(io.BytesIO(glyphs.woff2("温1，")))
    big = glyphs._font
    for character in "温1，":
        bounds = []
        for font in (small, big):
            drawn = font.getGlyphSet()
            name = font.getBestCmap()[ord(character)]
            pen = BoundsPen(drawn)
            drawn[name].draw(pen)
            bounds.append((pen.bounds, font["hmtx"][name][0]))
        assert bounds[0] == bounds[1]
