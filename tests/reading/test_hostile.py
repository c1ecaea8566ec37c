"""Small files that would take the machine: each is read within seconds, or stops at a limit with one sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from minshi_analysis.intake.reader import read_document
from minshi_analysis.reading import read
from minshi_analysis.reading.html import decode
from reading.plain_pdf import write_pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = "<html><meta charset=utf-8>"
PAGE = HEAD + "<style>{}</style><p>新增800个<table>{}</table>"
ROWS = "<tr><td>1<td>2" * 1500
HOSTILE = {
    "row spans.html": HEAD
    + "<table>"
    + "<tr><td rowspan=65534>1<td rowspan=65534>2<td>3" * 10_000
    + "</table>",
    "spans of all lengths.html": HEAD
    + "<table>"
    + "".join(f"<tr><td rowspan={i * 7919 % 9000 + 2}>1" for i in range(9000))
    + "</table>",
    "attributes.html": HEAD + "<p>新增800个<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
    "open brackets.html": PAGE.format("{" * 100_000, ROWS),
    "open rules.html": PAGE.format("a{" * 50_000, ROWS),
    "long selector.html": PAGE.format("td " * 30_000 + "{color:red}", ROWS),
    "negations.html": PAGE.format("*" + ":not(.a)" * 10_000 + "{color:red}", ROWS),
    "many rules.html": PAGE.format("td{color:#fff}" * 8_000, ROWS),
    "large sheet.html": PAGE.format("td{color:#fff}" * 50_000, ROWS),
    "depth.html": HEAD + "<p>新增800个" + "<div>" * 100_000,
    "struck depth.html": HEAD + "<p>新增800个" + "<s>" * 1500 + "5",
    "caption in a cell.html": HEAD + "<table><tr><td>甲<caption>表</caption><td>乙</table>",
    "open row.txt": "| 序号 | 项目 |\n| 1 | 新增停车位\n" + "续行文字\n" * 40_000,
    "open rows.txt": "| 序号 | 项目 |\n" + "| 1 | 新增停车位\n" * 40_000,
    "tildes.md": "~~a" * 100_000,
    "tags.md": "<del>" * 100_000,
    "strokes.md": "1\u0336" * 100_000 + "完",
    "beside each other.html": PAGE.format("* ~ * ~ * ~ * {color:#fff}" * 11_000, ROWS),
    "below each other.html": PAGE.format("td td td td td td td td{color:#fff}" * 8_000, ROWS),
    "negated.html": PAGE.format(":not(b) ~ :not(b) ~ :not(b){color:#fff}", ROWS * 3),
    "inline.html": HEAD + "".join(f"<p style='{'a:b;' * 300}x:{i}'>新增{i}个" for i in range(500)),
    "bold.md": "**新增5" * 100_000,
    "struck.md": "~~新增5~~" * 30_000,
    "entities.md": "1&#53;" * 100_000,
    "spaces.txt": "新增停车位1" + " " * 500_000 + "5个",
    "wide.txt": "新增停车位1" + "\u3000" * 100_000 + "5个",
    "digits.txt": "新增停车位" + "1" * 1_000_000 + "个",
    "numbered lines.txt": "".join(f"{i}.新增停车位{i}个。\n" for i in range(1, 8001)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(HOSTILE[name], "utf-8")
    try:
        assert read(path).blocks
    except ValueError as error:
        assert len(str(error).splitlines()) == 1


TEXT = b"BT /F1 12 Tf 72 700 Td (Road 1500km) Tj ET "


def form(content: bytes, draws: int) -> bytes:
    head = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>/Length %d>>stream\n"
    )
    return head % (draws, len(content)) + content + b"\nendstream"


FORMS = {
    "draws itself": {10: form(b"/X Do", 10)},
    "draw each other": {10: form(b"/X Do", 11), 11: form(b"/X Do", 10)},
    "draw ten of the next": {number: form(b"/X Do " * 10, number + 1) for number in range(10, 40)},
}


@pytest.mark.parametrize("way", FORMS)
def test_forms_without_end_are_refused_before_the_library_follows_them(tmp_path: Path, way: str) -> None:
    more = {"resources": b"/XObject<</X 10 0 R>>", "more": FORMS[way]}
    path = write_pdf(tmp_path / "a.pdf", TEXT + b"/X Do", **more)
    with pytest.raises(ValueError, match=r"a\.pdf: (a form in it draws itself|its forms draw each other)"):
        read(path)


def test_forms_in_forms_are_followed(tmp_path: Path) -> None:
    forms = {10: form(b"/X Do " * 3, 11), 11: form(b"0 0 m 9 9 l S", 12)}
    path = write_pdf(tmp_path / "a.pdf", TEXT + b"/X Do", resources=b"/XObject<</X 10 0 R>>", more=forms)
    assert "Road 1500km" in read(path).text


def test_a_book_that_claims_pages_is_damaged(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", TEXT)
    path.write_bytes(path.read_bytes().replace(b"/Count 1", b"/Count 999999999"))
    assert read(path).damaged


def test_a_row_of_two_thousand_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (range(2000), [f"新增停车位{i}个" for i in range(2000)]):
        book.active.append(list(row))
    book.save(tmp_path / "a.xlsx")
    (grid,) = read(tmp_path / "a.xlsx").blocks
    assert len(grid.rows[1]) == 2000


@pytest.mark.parametrize("apart", [2, 8_000])
def test_merged_cells_of_a_word_file(tmp_path: Path, apart: int) -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = (
        cell.format(f'<w:vMerge w:val="{"continue" if i % apart else "restart"}"/>', f"第{i}项")
        + cell.format("", f"新增{i}个")
        for i in range(8_000)
    )
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as parts:
        table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
        parts.writestr(
            "word/document.xml", f"<w:document {W}><w:body><w:tbl>{table}</w:tbl></w:body></w:document>"
        )
    (grid,) = read(tmp_path / "a.docx").blocks
    assert len(grid.rows) == 8_000


def test_more_than_a_thousand_numbered_lines_give_their_tasks(tmp_path: Path) -> None:
    lines = "".join(f"{i}.新增停车位{i}个。\n" for i in range(1, 1201))
    (tmp_path / "a.txt").write_text("鹿城区2024年民生实事项目\n" + lines, "utf-8")
    tables = read_document(tmp_path / "a.txt", region="330302", year=2024, kind="plan")
    assert list(tables["targets"]["value"]) == list(range(1, 1201))


@pytest.mark.parametrize("label", ["zlib", "rot13", "base64", "hex", "undefined", "nothing-such", "idna"])
def test_a_page_may_declare_what_is_no_encoding(label: str) -> None:
    data = f"<meta charset={label}><p>新增800个".encode("gb18030")
    assert "新增800个" in decode(data)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_text_cut_inside_a_character_is_read_and_told(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(("新增停车位800个。\n" * 40 + "完").encode(encoding)[:-1])
    document = read(tmp_path / "a.txt")
    assert document.text.startswith(("新增停车位800个", "\ufeff新增停车位800个"))
    assert document.damaged
    assert document.warnings[0].startswith("damaged: ")
