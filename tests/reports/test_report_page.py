"""A page needs no network and no fonts, and hostile text stays text."""

from __future__ import annotations

import base64
import hashlib
import io
import re

import nbformat
import pandas as pd
import pytest
from fontTools.ttLib import TTCollection, TTFont
from site_of_reports import notebook

from minshi_analysis.fonts import FAMILY, font_file
from minshi_analysis.notebook.links import cite, to_source
from minshi_analysis.notebook.shown import findings, table
from minshi_analysis.reports.arranged import LONG
from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.index import Entry, Index, Known, Warning
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
    own = re.sub(r"<a [^>]*>|xmlns='[^']*'", "", own)  # a link is followed by a reader only
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?!data:|#)[^"'\s>]+""", own)
    assert not re.findall(r"""url\((?!["']?data:)""", own)
    assert not re.findall(r"@import|<script [^>]*src|<iframe|https?://|//[a-z]+\.", own)


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
    assert 'class="contents"' not in pages.page(showing(), "题").decode()


def test_a_title_is_text(pages):
    page = pages.page(showing(), "</title><script>alert(1)</script>").decode()
    assert "<script>alert" not in page
    assert "<title>&lt;/title&gt;&lt;script&gt;" in page


def test_the_index_escapes_what_it_shows(pages):
    report = Report("city_year", (("region", "<script>x</script>"), ("year", 2022)), documents=("<i>",))
    found = [Entry(report, True, ("<b>1</b>",)), Entry(Report("audit", title="审计"), False)]
    known = Known("<script>x</script>", "", 2022, ("plan",))
    warned = Warning("arithmetic", "<i>", "<i>", "")
    page = pages.index(Index(tuple(found), (known,), (warned,), {"arithmetic": 1})).decode()
    assert "<script>x" not in page
    assert "<i>" not in page and "<b>1" not in page
    assert "审计 <small>（尚未生成）</small>" in page


def test_a_font_draws_what_the_big_one_draws():
    from fontTools.pens.boundsPen import BoundsPen

    small = TTFont(io.BytesIO(Glyphs().woff2("温1，")))
    big = next(
        font for font in TTCollection(str(font_file())).fonts if font["name"].getDebugName(1) == FAMILY
    )
    for character in "温1，":
        bounds = []
        for font in (small, big):
            drawn = font.getGlyphSet()
            name = font.getBestCmap()[ord(character)]
            pen = BoundsPen(drawn)
            drawn[name].draw(pen)
            bounds.append((pen.bounds, font["hmtx"][name][0]))
        assert bounds[0] == bounds[1]
    assert small["head"].flags & 1 << 11  # as WOFF2 asks


def policy(page: str) -> str:
    (found,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    return found


def test_the_policy_lets_nothing_in_but_what_is_ours(pages):
    """Every style sheet and the one script is named by its hash; nothing else runs, loads or is sent."""
    styled = html("<style>td{color:red}</style><table><tr><td>1</td></tr></table><script>bad()</script>")
    page = pages.page(showing(styled), "题").decode()
    rules = dict(part.strip().split(" ", 1) for part in policy(page).split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == rules["font-src"] == "data:"

    def hashes(tag: str) -> list[str]:
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        return [
            "'sha256-" + base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() + "'"
            for each in found
        ]

    assert set(rules["style-src-elem"].split()) == set(hashes("style"))
    allowed, scripts = rules["script-src"].split(), hashes("script")
    assert len(allowed) == 1 and allowed[0] == scripts[-1] and len(scripts) == 2


def cell(*outputs: dict, **more) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell("x", outputs=[nbformat.from_dict(each) for each in outputs], **more)


def test_a_section_without_content_vanishes(pages):
    word = nbformat.v4.new_markdown_cell
    warned = {"output_type": "stream", "name": "stderr", "text": "FutureWarning: soon"}
    shown = showing()
    shown.cells += [
        word("## 空"), cell(), cell(warned), word("## 满"), cell(html("<p>1</p>")), word("## 读法\n\n都是字。"),
    ]  # fmt: skip
    page = pages.page(shown, "题").decode()
    assert re.findall(r"<h2[^>]*>([^<]*)", page) == ["满", "读法"]


def numbered(rows: int, name: str) -> dict:
    frame = pd.DataFrame({"事": [f"事{n}" for n in range(rows)]})
    return html(table(frame, name, f"{name}的表。说明在后。")._repr_html_())


def test_long_tables_go_to_the_end_and_keep_their_number(pages):
    shown = showing()
    word = nbformat.v4.new_markdown_cell
    shown.cells += [word("## 甲"), cell(numbered(LONG + 1, "长")), cell(numbered(LONG, "短")), word("## 乙")]
    page = pages.page(shown, "题").decode()
    order = [
        page.index(part)
        for part in (
            'href="#长-caption"',
            'id="短-caption"',
            ">乙<a class=",
            'id="appendix"',
            'id="长-caption"',
        )
    ]
    assert order == sorted(order)
    assert re.findall(r"<b>(表 \d)</b>", page) == ["表 2", "表 1"]
    assert "（16 行）在附表：长的表。</p>" in page


def test_a_finding_leads_to_its_row_and_a_row_to_its_source(pages):
    place = to_source("57行", "plan", "s10-20", "plan/4.3#1")
    rows = table(pd.DataFrame({"任务": ["路"], "出处": [f"4.3，{place}"]}), "t", "表")
    said = findings([cite("路最贵。", ["plan/4.3#1", "plan/9.9"])])
    page = pages.page(showing(html(said._repr_html_()), html(rows._repr_html_())), "题").decode()
    assert '<a href="#t-1">4.3#1</a>' in page and 'id="t-1" data-row="plan/4.3#1"' in page
    assert '<a href="../sources/plan.html#s10-20">57行</a>' in page
    assert "9.9</a>" not in page  # no table has the row
    assert repr(said) == "- 路最贵。" and "4.3，57行" in repr(rows)


@pytest.mark.parametrize(
    "text", ["[x](javascript:alert(1))", "[x](source:a'><b>#c)", "[<i>](row:x)", "[x](https://e.org)"]
)
def test_words_of_a_document_make_no_link_to_elsewhere(text):
    shown = table(pd.DataFrame({"任务": [text]}), "t", text)._repr_html_()
    assert 'javascript:alert(1)"' not in shown
    assert not re.findall(r'href="(?!\.\./sources/|#row:)', shown)
    assert "<b>" not in shown and "<i>" not in shown


def test_what_a_forwarded_link_shows(pages):
    page = pages.page(showing(html(findings(["甲 & 乙。" * 60])._repr_html_())), "题").decode()
    said = re.findall(r'<meta (?:name|property)="(?:og:)?description" content="([^"]*)"', page)
    assert len(set(said)) == 1 and said[0].startswith("甲 &amp; 乙。") and said[0].endswith("…")
    assert '<meta property="og:title" content="题">' in page
    assert '<link rel="icon" href="data:image/svg+xml;base64,' in page


@pytest.mark.parametrize(
    ("name", "first"), [("headlines", ["一", "二", "三", "四"]), ("findings", ["一", "二", "三"])]
)
def test_the_first_chart_stands_behind_the_findings_that_matter_first(pages, name, first):
    said = f'<ul class="{name}"><li>一</li><li>二</li><li>三</li><li>四</li></ul>'
    shown = showing(html(said), html("<p>正文</p>"), PICTURE, PICTURE)
    page = pages.page(shown, "题").decode()
    before, after = page.split("<img", 1)
    assert re.findall(r"<li>(.)</li>", before) == first and "正文" in after and after.count("<img") == 1
    assert page.count("<li>四</li>") == 1


def test_a_heading_that_code_shows_opens_a_section_too(pages):
    shown = showing()
    heads = ['<h2 id="a">空</h2>', '<h2 id="b">满</h2>']
    shown.cells += [cell(html(heads[0])), cell(), cell(html(heads[1])), cell(html("<p>1</p>"))]
    page = pages.page(shown, "题").decode()
    assert heads[0] not in page and heads[1] in page


def test_a_chart_made_for_pages_is_shown_as_it_is_and_numbered(pages):
    drawn = {
        **PICTURE,
        "data": {**PICTURE["data"], "application/vnd.minshi.chart+html": "<figure class='chart'>x</figure>"},
    }
    page = pages.page(showing(drawn), "题").decode()
    assert "<figure class='chart'>x</figure>" in page and "<img" not in page


def test_reports_leave_out_who_answers_by_name(project):
    """The names of responsible officials stay in the tables; nothing that a report shows asks for their column."""
    package = project / "minshi_analysis"
    rooms = [
        *(package / "notebook").glob("*.py"),
        *(package / "charts").glob("*.py"),
        *(project / "notebooks").glob("*.ipynb"),
    ]
    assert len(rooms) > 10
    assert [
        path.name
        for path in rooms
        if re.search(r"""["']responsible["']|\.responsible\b""", path.read_text("utf-8"))
    ] == []
