"""What nobody sees is not read, in any format: a table of format, way, what is printed, and what is read of it."""

from __future__ import annotations

from pathlib import Path

import docx as word
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from reportlab.lib.colors import Color, black, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from variants.writers import register

from minshi_analysis.reading import read
from reading.checks import held_together

# name of the way: (before, what is not seen or raised, behind, what is read)
CASES = [
    ("停车位", "1000", "800个", "停车位800个"),
    ("", "1200", "960", "960"),
    ("投资", "50", "万元", "投资万元"),
    ("100", "200", "300个", "100\ufffc300个"),  # two numbers do not run into one
]
MARKS = [
    ("1200", "1", "", "1200"),
    ("托位400", "[2]", "个", "托位400个"),
    ("公园5", "3", "个", "公园5个"),
    ("绿地3000m", "2", "", "绿地3000m²"),
    ("10km", "2", "以上", "10km²以上"),
    ("500m", "3", "", "500m³"),
]
TAGS = {
    "del": "<del>{}</del>",
    "s": "<s>{}</s>",
    "strike": "<strike>{}</strike>",
    "style": "<span style='text-decoration:line-through'>{}</span>",
    "class": "<span class=gone>{}</span>",
}
HIDING = {
    "class": "<span class=hide>{}</span>",
    "attribute": "<span hidden>{}</span>",
    "white": "<span style='color:#fff'>{}</span>",
    "near white": "<font color='#fdfdfd'>{}</font>",
    "no size": "<span style='font-size:0'>{}</span>",
    "tiny": "<span style='font-size:1px'>{}</span>",
    "off the page": "<span style='position:absolute;left:-9999px'>{}</span>",
    "for readers aloud": "<span class=sr-only>{}</span>",
    "clear": "<span style='opacity:0'>{}</span>",
    "invisible": "<span style='visibility:hidden'>{}</span>",
    "clipped": "<span style='width:1px;height:1px;overflow:hidden'>{}</span>",
}
SHEET = (
    "<style>.gone{text-decoration:line-through}.hide{display:none}@media print{.shown{display:none}}</style>"
)


def told(path: Path, expected: str, kind: str) -> None:
    document = read(path)
    held_together_or_plain(document)
    said = [line for line in document.text.split("\n") if line.strip()]
    assert ["".join(line.split("\t")).strip() for line in said] == ["序号", expected]
    assert any(kind in warning for warning in document.warnings) or kind == ""
    assert not document.damaged


def held_together_or_plain(document) -> None:
    if not document.plain:
        held_together(document)


def page(folder: Path, body: str) -> Path:
    path = folder / "a.html"
    path.write_text(f"<html><meta charset=utf-8>{SHEET}<body><p>序号<p>{body}</body></html>", "utf-8")
    return path


@pytest.mark.parametrize("way", TAGS)
@pytest.mark.parametrize("case", CASES)
def test_struck_out_in_a_page(tmp_path, way, case):
    before, gone, after, expected = case
    told(page(tmp_path, before + TAGS[way].format(gone) + after), expected, "struck out")


@pytest.mark.parametrize("way", HIDING)
@pytest.mark.parametrize("case", CASES[:3])
def test_hidden_in_a_page(tmp_path, way, case):
    before, gone, after, expected = case
    told(page(tmp_path, before + HIDING[way].format(gone) + after), expected, "not read")


@pytest.mark.parametrize("way", ["<sup>{}</sup>", "<span style='vertical-align:super'>{}</span>"])
@pytest.mark.parametrize("case", MARKS)
def test_raised_in_a_page(tmp_path, way, case):
    before, mark, after, expected = case
    told(
        page(tmp_path, before + way.format(mark) + after),
        expected,
        "" if "²" in expected or "³" in expected else "raised",
    )


@pytest.mark.parametrize(
    "body",
    [
        "<span style='background:#147;color:#fff'>停车位800个</span>",
        "<span class=shown>停车位800个</span>",
        "<span aria-hidden=true>停车位800个</span>",
        "<span style='font-size:0'><b style='font-size:14px'>停车位800个</b></span>",
        "<s style='text-decoration:none'>停车位800个</s>",
    ],
)
def test_what_is_seen_in_a_page_is_read(tmp_path, body):
    told(page(tmp_path, body), "停车位800个", "")


@pytest.mark.parametrize("way", ["~~{}~~", "<del>{}</del>", "<s>{}</s>"])
@pytest.mark.parametrize("case", CASES[:3])
def test_struck_out_in_markdown(tmp_path, way, case):
    before, gone, after, expected = case
    path = tmp_path / "a.md"
    text = f"序号\n{before}{way.format(gone)}{after}\n"
    path.write_text(text, "utf-8")
    document = read(path)
    assert len(document.text) == len(text)  # offsets stay those of the file
    assert "".join(document.text.split()) == "序号" + expected
    assert "struck out" in document.warnings[0]


def test_two_tildes_between_digits_are_a_range(tmp_path):
    (tmp_path / "a.md").write_text("投资5~~10万元,8~~12个\n", "utf-8")
    assert read(tmp_path / "a.md").text == "投资5~~10万元,8~~12个\n"


def struck(run) -> None:
    run.font.strike = True


def twice_struck(run) -> None:
    run.font.double_strike = True


def by_style(name: str):
    def change(run) -> None:
        style = run.part.document.styles.add_style("gone", 2)
        setattr(style.font, name, True)
        run.style = style

    return change


def small(run) -> None:
    run.font.size = Pt(1)


def pale(run) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)


def hidden(run) -> None:
    run.font.hidden = True


def high(run) -> None:
    run.font.superscript = True


WORD = {
    "strike": (struck, "struck out"),
    "dstrike": (twice_struck, "struck out"),
    "style strike": (by_style("strike"), "struck out"),
    "vanish": (hidden, "not displayed"),
    "style vanish": (by_style("hidden"), "not displayed"),
    "tiny": (small, "of no size"),
    "white": (pale, "colour of their ground"),
}


def letter(folder: Path, parts, shade: str = "") -> Path:
    document = word.Document()
    document.add_paragraph("序号")
    paragraph = document.add_paragraph()
    for text, change in parts:
        run = paragraph.add_run(text)
        if change:
            change(run)
    if shade:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), shade)
        paragraph._p.get_or_add_pPr().append(shading)
    document.save(folder / "a.docx")
    return folder / "a.docx"


@pytest.mark.parametrize("way", WORD)
@pytest.mark.parametrize("case", CASES)
def test_not_seen_in_a_word_file(tmp_path, way, case):
    before, gone, after, expected = case
    change, kind = WORD[way]
    told(letter(tmp_path, [(before, None), (gone, change), (after, None)]), expected, kind)


@pytest.mark.parametrize("case", MARKS)
def test_raised_in_a_word_file(tmp_path, case):
    before, mark, after, expected = case
    told(letter(tmp_path, [(before, None), (mark, high), (after, None)]), expected, "")


def test_white_on_a_shaded_ground_is_seen(tmp_path):
    told(letter(tmp_path, [("停车位800个", pale)], shade="1F4E78"), "停车位800个", "")


SHEETS = {
    "strike": (InlineFont(strike=True), "struck out"),
    "tiny": (InlineFont(sz=1), "of no size"),
    "white": (InlineFont(color="FFFFFFFF"), "colour of their ground"),
}


def sheet(folder: Path, value) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["序号"])
    book.active.append([value])
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


@pytest.mark.parametrize("way", SHEETS)
@pytest.mark.parametrize("case", CASES)
def test_not_seen_in_a_part_of_a_cell(tmp_path, way, case):
    before, gone, after, expected = case
    font, kind = SHEETS[way]
    told(
        sheet(tmp_path, CellRichText(*[p for p in (before, TextBlock(font, gone), after) if p])),
        expected,
        kind,
    )


@pytest.mark.parametrize("case", MARKS)
def test_raised_in_a_part_of_a_cell(tmp_path, case):
    before, mark, after, expected = case
    font = InlineFont(vertAlign="superscript")
    told(
        sheet(tmp_path, CellRichText(*[p for p in (before, TextBlock(font, mark), after) if p])), expected, ""
    )


FONT = register("".join(sorted({*"停车位序号投资万元个托公园绿地以上m²³k[]0123456789"})))


class Print:
    """A page on which a line is set in parts, each in its way."""

    def __init__(self, path: Path, font: str):
        self.canvas, self.font, self.x, self.y = Canvas(str(path)), font, 72.0, 700.0
        self.canvas.setFont(font, 12)
        self.canvas.drawString(72, 760, "序号")

    def width(self, text: str) -> float:
        return stringWidth(text, self.font, 12)

    def plain(self, text: str) -> None:
        self.canvas.drawString(self.x, self.y, text)
        self.x += self.width(text)

    def struck(self, text: str) -> None:
        self.canvas.line(self.x, self.y + 4, self.x + self.width(text), self.y + 4)
        self.plain(text)

    def white(self, text: str) -> None:
        self.canvas.setFillColor(white)
        self.plain(text)
        self.canvas.setFillColor(black)

    def covered(self, text: str) -> None:
        left = self.x
        self.plain(text)
        self.canvas.setFillColor(white)
        self.canvas.rect(left, self.y - 3, self.width(text), 15, stroke=0, fill=1)
        self.canvas.setFillColor(black)

    def invisible(self, text: str) -> None:
        words = self.canvas.beginText(self.x, self.y)
        words.setTextRenderMode(3)
        words.textOut(text)
        self.canvas.drawText(words)
        self.canvas._code.append("BT 0 Tr ET")
        self.x += self.width(text)

    def high(self, text: str) -> None:
        self.canvas.setFont(self.font, 7)
        self.canvas.drawString(self.x, self.y + 5, text)
        self.canvas.setFont(self.font, 12)
        self.x += stringWidth(text, self.font, 7)


PRINTS = {
    "struck": "struck out",
    "white": "colour of their ground",
    "covered": "under a cover",
    "invisible": "not displayed",
}


@pytest.mark.parametrize("way", PRINTS)
@pytest.mark.parametrize("case", CASES[:2])
def test_not_seen_in_print(tmp_path, way, case):
    before, gone, after, expected = case
    print_ = Print(tmp_path / "a.pdf", FONT)
    print_.plain(before)
    getattr(print_, way)(gone)
    print_.plain(after)
    print_.canvas.save()
    document = read(tmp_path / "a.pdf")
    assert "".join(document.text.split()) == "序号" + expected
    assert any(PRINTS[way] in warning for warning in document.warnings)


@pytest.mark.parametrize("case", MARKS)
def test_raised_in_print(tmp_path, case):
    before, mark, after, expected = case
    print_ = Print(tmp_path / "a.pdf", FONT)
    print_.plain(before)
    print_.high(mark)
    print_.plain(after)
    print_.canvas.save()
    assert "".join(read(tmp_path / "a.pdf").text.split()) == "序号" + expected


def test_white_print_on_a_dark_ground_is_seen(tmp_path):
    print_ = Print(tmp_path / "a.pdf", FONT)
    print_.canvas.setFillColor(Color(0.1, 0.2, 0.5))
    print_.canvas.rect(70, 690, 200, 30, stroke=0, fill=1)
    print_.white("停车位800个")
    print_.canvas.save()
    assert "停车位800个" in read(tmp_path / "a.pdf").text


@pytest.mark.parametrize("flipped", range(40, 800, 53))
def test_a_bit_turned_over_in_a_page_is_told(tmp_path, flipped):
    print_ = Print(tmp_path / "a.pdf", FONT)
    for number in range(30):
        print_.x, print_.y = 72.0, 700.0 - 15 * number
        print_.plain(f"停车位{number}00个")
    print_.canvas.save()
    data = bytearray((tmp_path / "a.pdf").read_bytes())
    before = read(tmp_path / "a.pdf")
    start = data.rfind(b"stream", 0, data.rfind(b"endstream") - 5)
    data[start + flipped % 200 + 10] ^= 4
    (tmp_path / "a.pdf").write_bytes(data)
    try:
        after = read(tmp_path / "a.pdf")
    except ValueError:
        return
    assert after.damaged or after.text == before.text


def test_a_page_without_any_text_is_told(tmp_path):
    """One bit turned over in the name of a page's content, or of its filter, and nothing is shown."""
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number in (1, 2):
        canvas.drawString(72, 700, f"{number}500km")
        canvas.showPage()
    canvas.save()
    sound = (tmp_path / "a.pdf").read_bytes()
    assert read(tmp_path / "a.pdf").warnings == ()
    for name, broken in ((b"/Contents", b"/Cmntents"), (b"/FlateDecode", b"/FlatmDecode")):
        at = sound.rindex(name)
        (tmp_path / "b.pdf").write_bytes(sound[:at] + broken + sound[at + len(name) :])
        said = " ".join(read(tmp_path / "b.pdf").warnings)
        assert "pages without any text: " in said or "damaged" in said
