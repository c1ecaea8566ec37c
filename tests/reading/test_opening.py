"""Files that cannot be read say what they are and what to do; hostile ones do no harm."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from variants.sheets import Notice, sheet
from variants.writers import to_docx, to_html, to_pdf, to_xlsx

from minshi_analysis.reading import read
from minshi_analysis.reading.opening import kind
from reading.checks import grids, held_together, lines, texts

SMALL = Notice(("通知",), (sheet("表", 1, [["序号", "项目"], ["1", "新增学位"], ["2", "新增床位"]]),))
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
WRITERS: dict[str, Callable[[Notice, Path], Path]] = {
    "html": to_html,
    "docx": to_docx,
    "xlsx": to_xlsx,
    "pdf": to_pdf,
}


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("suffix", ["", ".txt", ".doc", ".xls"])
def test_the_content_decides_and_not_the_name(tmp_path, form, suffix):
    path = WRITERS[form](SMALL, tmp_path / f"a{suffix}")
    assert kind(path) == form
    assert texts(grids(read(path))[0])[1] == ["1", "新增学位"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "old Word file .*save it as .docx"),
        (OLE2 + "Workbook".encode("utf-16-le"), "old Excel file .*save it as .xlsx"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "is encrypted: open it with its password"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture .*OCR"),
        (b"{\\rtf1\\ansi", "RTF file"),
        (b"Rar!\x1a\x07\0", "is an archive"),
        (b"PK\x03\x04" + b"\0" * 200, "truncated or damaged"),
        (b"%PDF-1.7\n" + b"1 0 obj\n" * 20, "truncated"),
    ],
)
def test_files_of_other_kinds(tmp_path, content, sentence):
    path = tmp_path / "通知.doc"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=sentence) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("通知.doc ")


def test_a_zip_of_something_else(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("附件1.pdf", "x")
    with pytest.raises(ValueError, match="no Word or Excel file: unpack it"):
        read(tmp_path / "a.zip")


def test_an_ofd_file_says_how_to_go_on(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.ofd", "w") as archive:
        archive.writestr("OFD.xml", "<OFD/>")
    with pytest.raises(ValueError, match="OFD file: print it to a PDF file"):
        read(tmp_path / "a.ofd")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_a_text_of_any_encoding(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("永嘉县2024年民生实事：新建幼儿园5所。".encode(encoding))
    assert [block.said.norm for block in read(path).blocks] == ["永嘉县2024年民生实事：新建幼儿园5所。"]


@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_truncated_files(tmp_path, form, share):
    path = WRITERS[form](SMALL, tmp_path / f"a.{form}")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ValueError, match=r"truncated|damaged"):
        read(path)


@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("step", range(0, 40))
def test_damaged_files_give_a_sentence_or_the_text(tmp_path, form, step):
    path = WRITERS[form](SMALL, tmp_path / f"a.{form}")
    data = bytearray(path.read_bytes())
    at = len(data) * step // 40
    data[at : at + 8] = b"\xff" * len(data[at : at + 8])
    path.write_bytes(data)
    try:
        held_together(read(path))
    except ValueError as error:
        assert str(error).startswith("a.")


def test_a_page_cut_in_the_middle_is_read_as_far_as_it_goes(tmp_path):
    path = to_html(SMALL, tmp_path / "a.html", "gb18030")
    data = path.read_bytes()
    path.write_bytes(data[: data.index("床位".encode("gb18030")) + 1])
    assert texts(grids(read(path))[0]) == [["序号", "项目"], ["1", "新增学位"], ["2", "新增"]]


def test_an_encrypted_pdf(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(100, 100, "text")
    canvas.save()
    with pytest.raises(ValueError, match="is encrypted: save a copy of it without a password"):
        read(tmp_path / "a.pdf")


def test_a_million_columns(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<table><tr><td colspan=1000000>标题<td colspan=99999999999999999999 rowspan=999999999>乙"
        "<tr><td>1<td>2</table>",
        encoding="utf-8",
    )
    (grid,) = grids(read(path))
    assert texts(grid) == [["标题", "标题", "乙"], ["1", "2", "乙"]]


def test_a_grid_too_large_to_expand_keeps_its_rows(tmp_path):
    rows = "".join(f"<tr><td>{i}</td>" + "<td>" * 3 + "</tr>" for i in range(3000))
    wide = "<tr>" + "".join(f"<td>{i}</td>" for i in range(900)) + "</tr>"
    (tmp_path / "a.html").write_text(f"<table>{wide}{rows}</table>", encoding="utf-8")
    document = read(tmp_path / "a.html")
    (grid,) = grids(document)
    assert not grid.spans
    assert (len(grid.rows), len(grid.rows[0]), len(grid.rows[1])) == (3001, 900, 4)
    assert "spans are not expanded" in document.warnings[0]


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "font"])
def test_deep_nesting_in_a_page(tmp_path, tag):
    path = tmp_path / "a.html"
    path.write_text(f"<{tag}>" * 600 + "深处", encoding="utf-8")
    assert lines(read(path)) == ["深处"]
    path.write_text(f"<{tag}>" * 200_000 + "深处", encoding="utf-8")
    with pytest.raises(ValueError, match=r"deeper than 2,000 levels"):
        read(path)


def packed(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return path


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
)


def test_entities_in_office_files(tmp_path):
    path = packed(
        tmp_path / "a.docx",
        word__document=f"{BOMB}<document><body><p><r><t>&c;</t></r></p></body></document>",
    )
    with pytest.raises(ValueError, match="declares entities"):
        read(path)
    book = to_xlsx(SMALL, tmp_path / "a.xlsx")
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = BOMB.encode() + re.sub(
        rb"<\?xml.*?\?>", b"", parts["xl/worksheets/sheet1.xml"]
    )
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(ValueError, match="declares entities"):
        read(book)


def test_deep_nesting_in_a_word_file(tmp_path):
    deep = "<sdt>" * 5000 + "<p><r><t>深处</t></r></p>" + "</sdt>" * 5000
    path = packed(tmp_path / "a.docx", word__document=f"<document><body>{deep}</body></document>")
    with pytest.raises(ValueError, match="damaged"):
        read(path)


def test_an_archive_that_unpacks_to_gigabytes(tmp_path):
    path = tmp_path / "a.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as stream,
    ):
        for _ in range(320):
            stream.write(b" " * 1_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(ValueError, match="would unpack to 320 MB and is not opened"):
        read(path)


def test_a_sheet_that_claims_the_whole_plane(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "甲", "乙"
    book.active["A2"], book.active["B2"] = "丙", "丁"
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["xl/worksheets/sheet1.xml"]
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    parts["xl/worksheets/sheet1.xml"] = xml.replace(b"</sheetData>", merged).replace(
        b"A1:B2", b"A1:XFD1048576"
    )
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert texts(grids(read(tmp_path / "a.xlsx"))[0]) == [["甲", "乙"], ["丙", "丁"]]


def test_a_sheet_of_a_million_far_cells_is_refused(tmp_path):
    rows = "".join(f'<row r="{i}"><c r="XFD{i}"/></row>' for i in range(1, 5000))
    book = to_xlsx(SMALL, tmp_path / "a.xlsx")
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts["xl/worksheets/sheet1.xml"] = (
        b"<worksheet " + space + b"><sheetData>" + rows.encode() + b"</sheetData></worksheet>"
    )
    with zipfile.ZipFile(book, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(ValueError, match="claims 4,999 rows of 16,384 columns"):
        read(book)
