"""Whatever way the seen number differs from the file's, the seen one is read, or it is told: the table of `ways`."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from minshi_analysis.language.figures import figures
from minshi_analysis.reading import read
from minshi_analysis.reading.blocks import Document, Paragraph
from reading import ways

WORD_SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    }.items()
)


def page(folder: Path, body: str) -> Path:
    """A web page."""
    path = folder / "a.html"
    path.write_text(f"<html><meta charset=utf-8><style>{ways.SHEET}</style><body><p>序号<p>{body}", "utf-8")
    return path


def letter(folder: Path, content: str, before: str = "") -> Path:
    """A Word file of a paragraph, written as Word writes it."""
    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr(
            "word/document.xml",
            f"<w:document {WORD_SPACES}><w:body><w:p>{ways.run('序号')}</w:p>{before}"
            f"<w:p>{content}</w:p></w:body></w:document>",
        )
        parts.writestr("word/styles.xml", f"<w:styles {WORD_SPACES}>{ways.STYLES}</w:styles>")
    return path


def seen_in(document: Document, unit: str | None = None) -> tuple[str, bool]:
    """The quantities that a document's lines hold, and whether anything of it is told."""
    lines = []
    for block in document.blocks:
        cells = [block] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
        lines += [cell.text for cell in cells]
    found = [figure for line in lines for figure in figures(line, unit=unit)]
    read_as = "; ".join(f"{f.quantity.value:.12g} {f.quantity.unit}" for f in found if f.quantity)
    return read_as, bool(document.warnings) or any(f.reason for f in found)


def asked(document: Document, expected: str, unit: str | None = None) -> None:
    found, told = seen_in(document, unit)
    if expected == "told":
        assert (found, told) == ("", True)
    else:
        assert found == expected


def named(cases: list[tuple]) -> list:
    return [pytest.param(*case[1:-2], case[-1], id=case[0]) for case in cases]


@pytest.mark.parametrize(("body", "expected"), named(ways.HTML))
def test_a_page(tmp_path, body, expected):
    asked(read(page(tmp_path, body)), expected)


@pytest.mark.parametrize(("line", "expected"), named(ways.TEXT))
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_a_text(tmp_path, line, expected, suffix):
    (tmp_path / f"a.{suffix}").write_text(f"序号\n{line}\n", "utf-8", newline="")
    document = read(tmp_path / f"a.{suffix}")
    assert len(document.text) == len(line) + 4  # offsets stay those of the file
    asked(document, expected)


@pytest.mark.parametrize(("content", "expected"), named(ways.WORD))
def test_a_word_file(tmp_path, content, expected):
    asked(read(letter(tmp_path, content)), expected)


@pytest.mark.parametrize(("value", "number_format", "expected"), named(ways.SHEETS))
def test_a_cell_of_a_sheet(tmp_path, value, number_format, expected):
    book = openpyxl.Workbook()
    for row in (["项目", "目标"], ["停车位", value], ["学校", "新建"]):
        book.active.append(row)
    book.active["B2"].number_format = number_format
    book.save(tmp_path / "a.xlsx")
    asked(read(tmp_path / "a.xlsx"), expected, "个")


@pytest.mark.parametrize(("parts", "expected"), named(ways.PARTS))
def test_a_part_of_a_cell(tmp_path, parts, expected):
    book = openpyxl.Workbook()
    book.active.append(["序号"])
    book.active.append([CellRichText(*(TextBlock(InlineFont(**f), t) if f else t for t, f in parts))])
    book.save(tmp_path / "a.xlsx")
    asked(read(tmp_path / "a.xlsx"), expected)


def test_there_are_enough_ways():
    count = sum(map(len, (ways.HTML, ways.WORD, ways.SHEETS, ways.PARTS, ways.TEXT)))
    assert count >= 240
    for cases in (ways.HTML, ways.WORD, ways.SHEETS, ways.PARTS, ways.TEXT):
        assert len({case[0] for case in cases}) == len(cases)
    assert not re.search(r"\d", "told")
