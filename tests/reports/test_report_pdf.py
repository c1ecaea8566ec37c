"""A PDF says what its page says, whatever that is, with the same bytes everywhere."""

from __future__ import annotations

import base64
import ctypes
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import html
from PIL import Image
from site_of_reports import notebook

from minshi_analysis.reports.engine import make
from minshi_analysis.reports.grids import breakable
from minshi_analysis.reports.index import Entry, Index
from minshi_analysis.reports.page import Pages
from minshi_analysis.reports.parameters import NOTEBOOKS, Report, available
from minshi_analysis.reports.pdf import Papers
from minshi_analysis.reports.task import Task

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
MARGIN = 51  # points, 18 mm


@pytest.fixture(scope="module")
def papers():
    return Papers()


def page(body: str) -> bytes:
    return f"<html><body><main>{body}</main></body></html>".encode()


def opened(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def text_of(data: bytes) -> str:
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in opened(data))


def bare(text: str) -> str:
    """A text without its spaces and line breaks; PDFium marks a hyphen at the end of a line as U+FFFE."""
    return re.sub(r"\s", "", text.replace("\ufffe", "-"))


def outline(data: bytes) -> list[tuple[int, str]]:
    return [(item.level, item.get_title()) for item in opened(data).get_toc()]


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> str:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind)
    return f"data:image/{kind};base64,{base64.b64encode(out.getvalue()).decode()}"


def pictures(data: bytes) -> list[tuple[float, float]]:
    """Width and height of the pictures, in points."""
    found = []
    for sheet in opened(data):
        for each in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=9):
            left, bottom, right, top = each.get_bounds()
            found.append((round(right - left), round(top - bottom)))
    return found


def fonts(data: bytes) -> dict[str, bool]:
    """The fonts' names, and whether they are inside."""
    found = {}
    for sheet in opened(data):
        for each in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
            font = pdfium.FPDFTextObj_GetFont(each.raw)
            name = ctypes.create_string_buffer(100)
            pdfium.FPDFFont_GetBaseFontName(font, name, 100)
            found[name.value.decode()] = bool(pdfium.FPDFFont_GetIsEmbedded(font))
    return found


REPORT = page(
    '<h1>温州市 2022 年民生实事</h1><h2 id="a">一、承诺了什么</h2><p>新增停车位 1.5 万个，龙湾区 ≥ 55 个。</p>'
    f'<p>见下图。</p><img alt="图" width="40" src="{picture("png")}">'
    "<table><thead><tr><th>任务</th><th>资金</th></tr></thead><tbody><tr><td>整治堵点</td><td>70,238</td></tr></tbody>"
    "</table>"
)


def test_the_text_can_be_selected(papers):
    text = text_of(papers.pdf(REPORT, "温州市 2022"))
    for said in ("温州市 2022 年民生实事", "新增停车位 1.5 万个，龙湾区 ≥ 55 个。", "整治堵点", "70,238"):
        assert said in text


def test_pages_are_a4_with_title_and_numbers(papers):
    document = opened(papers.pdf(page("<h1>题</h1>" + "<p>正文</p>" * 90), "温州市 2022"))
    assert len(document) == 3
    assert [tuple(round(side) for side in sheet.get_size()) for sheet in document] == [(595, 842)] * 3
    assert document.get_metadata_dict()["Title"] == "温州市 2022"
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    assert [f"{number} / 3" in text for number, text in enumerate(texts, 1)] == [True] * 3
    assert ["温州市 2022" in text for text in texts] == [False, True, True]


def test_headings_are_the_outline(papers):
    body = (
        "<h1>题</h1><h2>一、甲 &amp; 乙</h2><h3>丙</h3><h2>二、丁<a class='anchor-link' href='#x'>¶</a></h2>"
    )
    assert outline(papers.pdf(page(body), "题")) == [(0, "题"), (1, "一、甲 & 乙"), (2, "丙"), (1, "二、丁")]


def test_the_list_of_sections_has_page_numbers(papers):
    shown = notebook()
    shown.cells[0].source = "# 题\n\n## 甲\n\n" + "文\n\n" * 80 + "## 乙\n\n## 丙"
    text = text_of(papers.pdf(Pages().page(shown, "题"), "题"))
    assert re.search(r"甲\s*1\s+乙\s*3\s+丙\s*3", text)


HOSTILE = [
    '#read("/etc/passwd")',
    "#panic()",
    '#import "@preview/x:0.1.0"',
    "*a* _b_ `c` $x^2$ ~ -- ---",
    "\\u{41} \\n \\",
    "= head",
    "@ref <label> </td></table>",
    "// note /* note */",
    '"quoted" ])}',
    "${x} {{x}} {% x %}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed(papers, text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    body = (
        f'<h1>{escaped}</h1><nav class="contents"><a href="#{escaped}">{escaped}</a></nav><p>{escaped}</p>'
        f'<h2 id="{escaped}">{escaped}</h2><ul><li>{escaped}</li></ul><pre>{escaped}</pre><table><caption>{escaped}'
        f"</caption><tr><th>{escaped}</th></tr><tr><td>{escaped}</td></tr></table>"
        f'<img alt="{escaped}" src="{picture("png")}">'
    )
    data = papers.pdf(page(body), text)
    assert bare(text_of(data)).count(bare(text)) == 9
    assert "root:" not in text_of(data)
    assert opened(data).get_metadata_dict()["Title"] == text


def test_the_same_page_gives_the_same_bytes(papers):
    once = papers.pdf(REPORT, "温州市 2022")
    papers.pdf(page("<p>别的字</p>"), "another")
    assert papers.pdf(REPORT, "温州市 2022") == once == Papers().pdf(REPORT, "温州市 2022")


FRESH = """
import sys
from minshi_analysis.reports.pdf import Papers
sys.stdout.buffer.write(Papers().pdf(sys.stdin.buffer.read(), "题"))
"""


def test_neither_process_nor_system_font_changes_a_byte(papers, tmp_path, monkeypatch):
    """DejaVu Sans has the letters ߊߋ of N'Ko, the pinned fonts do not: a font of the system would be seen."""
    import matplotlib

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    fonts_here = tmp_path / ".fonts"
    fonts_here.mkdir()
    shutil.copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", fonts_here)
    shown = REPORT.replace("新增".encode(), "新增ߊߋ".encode())
    own = {"HOME": str(tmp_path), "RAYON_NUM_THREADS": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    call = [sys.executable, "-c", FRESH]
    fresh = subprocess.run(
        call, input=shown, env={**os.environ, **own}, cwd=tmp_path, capture_output=True, check=True
    )
    assert fresh.stdout == papers.pdf(shown, "题")


def test_the_date_is_the_one_asked_for(papers, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    undated = papers.pdf(REPORT, "题")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")  # the beginning of 2025
    dated = papers.pdf(REPORT, "题")
    assert opened(undated).get_metadata_dict()["CreationDate"] == "D:19700101000000Z"
    assert opened(dated).get_metadata_dict()["CreationDate"] == "D:20250101000000Z"
    assert undated != dated


def test_fonts_are_inside_as_far_as_they_are_used(papers):
    data = papers.pdf(REPORT, "题")
    found = fonts(data)
    assert all(found.values())
    assert {name.partition("+")[2] for name in found} == {"NotoSansCJKsc-Regular"}
    assert len(data) < 60_000  # the whole font has 15 MB


def test_pictures_are_as_wide_as_on_the_page_or_as_the_paper(papers):
    drawing = '<svg viewBox="0 0 9 9" width="40" height="40"><linearGradient id="g"/><circle r="4" cx="5" cy="5"/></svg>'
    body = (
        f'<p>甲</p><img width="100" src="{picture("png")}"><img src="{picture("jpeg")}">{drawing}'
        f'<img width="2000" src="{picture("png", (400, 100))}"><img src="{picture("png", (30, 900))}">'
    )
    found = pictures(papers.pdf(page(body), "题"))
    assert found[0] == (75, 56)  # 100 pixels of 1/96 inch
    assert found[1] == (40, 30)
    assert found[2] == (493, 123)
    assert found[3][1] == 609  # as tall as leaves room for a heading
    assert len(found) == 4


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            '<img src="https://example.org/x.png">',
            "'https://example.org/x.png' cannot be printed: have it inside",
        ),
        ('<img src="x.png">', "'x.png' cannot be printed"),
        ('<img src="data:image/tiff;base64,AA==">', "cannot be printed"),
        ("<iframe src='x'></iframe>", "<iframe> cannot be printed: show a picture"),
        ("<p>甲<canvas></canvas></p>", "<canvas> cannot be printed"),
        ("<script>draw()</script>", "<script> cannot be printed"),
    ],
)
def test_what_cannot_be_printed_is_said(papers, body, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        papers.pdf(page(body), "题")


def test_a_broken_picture_fails_and_spoils_nothing(papers):
    before = papers.pdf(REPORT, "题")
    with pytest.raises(RuntimeError, match=r"decode|image|PNG"):
        papers.pdf(page('<img src="data:image/png;base64,aGk=">'), "题")
    assert papers.pdf(REPORT, "题") == before


def test_a_long_table_repeats_its_head(papers):
    rows = "".join(f"<tr><td>任务{number}</td><td>{number}</td></tr>" for number in range(150))
    data = papers.pdf(page(f"<table><thead><tr><th>事项</th><th>数</th></tr></thead>{rows}</table>"), "题")
    texts = [sheet.get_textpage().get_text_range() for sheet in opened(data)]
    assert len(texts) > 2
    assert all(text.count("事项") == 1 for text in texts)
    assert all(f"任务{number}" in "".join(texts) for number in range(150))


def test_a_wide_table_stays_on_the_paper_and_legible(papers):
    address = "https://example.org/a/very/long/address?with=parameters&and=more&of=them#and-a-part"
    cells = [
        "民生实事项目完成情况" * 3,
        address,
        "0ba0f1efae092f4aa6569ef38e53b3bb4d2f0087" * 2,
        "WWWWWWWWWWWW@@",
    ]
    row = "".join(f"<td>{cell.replace('&', '&amp;')}</td>" for cell in cells * 3)
    head = "".join(f"<th>第{number}列的名称（万元）</th>" for number in range(12))
    data = papers.pdf(page(f"<table><tr>{head}</tr><tr>{row}</tr></table>"), "题")
    said = bare(text_of(data))
    assert all(said.count(bare(cell)) == 3 for cell in cells)
    for sheet in opened(data):
        text = sheet.get_textpage()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
        boxes = [box for box in boxes if box[2] > box[0]]
        assert min(box[0] for box in boxes) >= MARGIN - 1
        assert max(box[2] for box in boxes) <= 595 - MARGIN + 1
        sizes = [pdfium.FPDFText_GetFontSize(text.raw, number) for number in range(text.count_chars())]
        assert min(size for size in sizes if size > 1) >= 6.5


def test_cells_keep_their_columns(papers):
    """A short row, a cell over two rows and one over two columns."""
    body = (
        "<table><tr><th>甲</th><th>乙</th><th>丙</th></tr><tr><td>一</td></tr>"
        '<tr><td rowspan="2">二</td><td colspan="2">三</td></tr><tr><td>四</td><td>五</td></tr></table>'
    )
    text = opened(papers.pdf(page(body), "题"))[0].get_textpage()
    places = {}
    for number, character in enumerate(text.get_text_range()):
        if character in "甲乙丙一二三四五":
            left, bottom, _, _ = text.get_charbox(number, loose=True)
            places[character] = (round(left), round(bottom))
    columns = {key: left for key, (left, _) in places.items()}
    assert columns["甲"] == columns["一"] == columns["二"]
    assert columns["乙"] == columns["三"] == columns["四"]
    assert columns["丙"] == columns["五"]
    heights = {key: bottom for key, (_, bottom) in places.items()}
    assert heights["甲"] > heights["一"] > heights["二"] == heights["三"] > heights["四"] == heights["五"]


def test_numbers_stand_as_the_sheet_says(papers):
    body = (
        "<style>#T_a td.col1 { text-align: right; }</style><table id='T_a'><tr><th>甲</th><th>很长的题目</th></tr>"
        "<tr><td>x</td><td>1</td></tr><tr><td>y</td><td>22222222</td></tr></table>"
    )
    text = opened(papers.pdf(page(body), "题"))[0].get_textpage()
    said = text.get_text_range()
    ends = said.index("1"), said.index("22222222") + 7
    one, two = (text.get_charbox(end, loose=True)[2] for end in ends)
    assert one == pytest.approx(two, abs=0.5)
    assert text.get_charbox(said.index("x"))[0] == pytest.approx(
        text.get_charbox(said.index("y"))[0], abs=0.5
    )


def test_text_keeps_its_order_and_its_lines(papers):
    body = (
        "<details><summary>更多</summary>细节</details><ol start='3'><li>丙<ul><li>小</li></ul></li><li>丁</li></ol>"
        "<pre>第一行\n  第二行</pre><p>前<br>后 <b>粗</b> H<sub>2</sub>O</p><blockquote>引</blockquote>"
    )
    lines = text_of(papers.pdf(page(body), "题")).split()
    assert lines == [
        "更多", "细节", "3.", "丙", "•", "小", "4.", "丁", "第一行", "第二行", "前", "后", "粗", "H2O", "引", "1", "/", "1",
    ]  # fmt: skip


def test_a_long_word_may_break_and_a_short_one_does_not():
    def said(nodes):
        return [node for node in nodes if isinstance(node, str)]

    assert said(breakable(["甲 a/bc 乙"], 9)) == ["甲 a/bc 乙"]
    assert said(breakable(["x.example.org/long/path 乙"], 9)) == ["x.example.org/", "long/path 乙"]
    assert "".join(said(breakable(["0123456789" * 3], 4))) == "0123456789" * 3


def test_a_pdf_that_cannot_be_set_fails_its_report(site):
    site.cells(
        "from IPython.display import HTML, display",
        "display(HTML('<img src=\"https://example.org/x.png\">')) if region == '龙港市' else None",
    )
    status, said = site.report(all=True)
    assert status == 1
    assert "FAILED city_year/龙港市-2022: the PDF could not be set: ValueError: the picture" in said
    assert "3 reports written, 0 unchanged, 1 failed" in said
    assert not list(site.out.glob("city_year/龙港市-2022.*"))


def test_the_record_lists_the_pdf_and_the_index_links_it(site):
    from minshi_analysis.hashes import digest

    site.report(region="龙港市")
    record = json.loads((site.out / "city_year" / "龙港市-2022.json").read_text("utf-8"))
    data = (site.out / "city_year" / "龙港市-2022.pdf").read_bytes()
    assert record["outputs"]["pdf"] == digest(data)
    assert record["run"]["versions"]["typst"]
    assert "龙港市2022" in bare(text_of(data))
    entry = Entry(Report("city_year", (("region", "龙港市"), ("year", 2022))), True)
    links = html.document_fromstring(Pages().index(Index((entry,)))).xpath("//li//a")
    assert ("PDF", "city_year/%E9%BE%99%E6%B8%AF%E5%B8%82-2022.pdf") in [
        (link.text, link.get("href")) for link in links
    ]


def test_check_compares_the_pdf(site):
    site.report(region="龙港市")
    path = site.out / "city_year" / "龙港市-2022.pdf"
    path.write_bytes(path.read_bytes() + b"\n")
    status, said = site.report(region="龙港市", check=True)
    assert status == 1
    assert "differs: city_year/龙港市-2022: 龙港市-2022.pdf is not /" in said


@pytest.mark.slow
@pytest.mark.parametrize("kind", NOTEBOOKS, ids=lambda kind: kind.file)
def test_a_report_says_on_paper_what_its_page_says(kind, project):
    report = available(project / "data" / "tables", FOLDER, (kind,))[0]
    source = (FOLDER / kind.file).read_text(encoding="utf-8")
    done = make(Task(report, source, str(project), str(FOLDER)))
    assert done.cause == ""
    shown = html.document_fromstring(done.page.decode())
    for link in shown.xpath("//a[@download]"):  # what paper cannot hold
        link.drop_tree()
    said = bare(text_of(done.pdf))
    charts = [bare(caption.text_content()) for caption in shown.xpath("//figure[@class='chart']/figcaption")]
    assert all(said.count(caption) == 1 for caption in charts)
    headings = ["".join(heading.xpath("./text()")).strip() for heading in shown.xpath("//h1|//h2|//h3|//h4")]
    assert headings == [title for _, title in outline(done.pdf)]
    cells = {bare(cell.text_content()) for cell in shown.xpath("//main//td|//main//th|//main//caption")}
    texts = {bare(part.text_content()) for part in shown.xpath("//main//p|//main//li[not(.//a)]")}
    assert len(cells) > (50 if kind.name == "compare" else 100)  # a comparison is one table
    assert sorted(text for text in cells | texts if text not in said) == []
    assert len(pictures(done.pdf)) == len(shown.xpath("//img"))
    assert len(done.pdf) < 1_200_000


def test_no_page_is_left_empty_before_a_tall_drawing(papers):
    """The text goes on before it, and the drawing with its title stands at the head of the next page."""
    drawing = '<svg viewBox="0 0 600 900" width="600" height="900"><rect width="600" height="900" fill="#0b5c8a"/></svg>'
    chart = (
        f'<figure class="chart"><figcaption>图题</figcaption><div class="chart-wide">{drawing}</div></figure>'
    )
    body = f"<h1>题</h1>{'<p>前文</p>' * 12}<h2 id='a'>节</h2>{chart}{'<p>后文</p>' * 12}"
    first, second = (sheet.get_textpage().get_text_range() for sheet in opened(papers.pdf(page(body), "题")))
    assert first.count("前文") == 12 and "节" in first and "后文" in first
    assert "图题" in second


def test_author_and_date_of_the_data_stand_in_the_file(papers):
    data = Pages().page(notebook(), "题", date="2024-06-30")
    told = opened(papers.pdf(data, "题")).get_metadata_dict()
    assert (told["Author"], told["CreationDate"][:10]) == ("minshi-analysis", "D:20240630")


def test_rows_and_sources_are_links_on_paper(papers):
    """A finding leads to its row within the file, a place to the page of its source beside it, an address to the web."""
    body = (
        '<h1>题</h1><p>见 <a href="#t-1">4.3</a></p><figure class="table"><figcaption id="t-caption">表</figcaption>'
        '<table id="t"><thead><tr><th>甲</th></tr></thead><tbody><tr id="t-1"><td><a href="../sources/p.html#s1-2">57行</a>'
        ' <a href="https://example.org/x">网址</a></td></tr></tbody></table></figure>'
    )
    document = opened(papers.pdf(page(body), "题"))
    sheet, at, link = document[0], ctypes.c_int(0), pdfium.FPDF_LINK()
    found = []
    while pdfium.FPDFLink_Enumerate(sheet.raw, ctypes.byref(at), ctypes.byref(link)):
        action = pdfium.FPDFLink_GetAction(link)
        address = ctypes.create_string_buffer(200)
        pdfium.FPDFAction_GetURIPath(document.raw, action, address, 200)
        inside = bool(
            pdfium.FPDFLink_GetDest(document.raw, link) or pdfium.FPDFAction_GetDest(document.raw, action)
        )
        found.append(address.value.decode() or inside)
    assert found == [True, "../sources/p.html#s1-2", "https://example.org/x"]
