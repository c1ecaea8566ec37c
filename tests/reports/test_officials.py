"""Officials' names on the pages of sources: left out and marked, in every format, without moving a line or an offset."""

from __future__ import annotations

import csv

import openpyxl
import pytest
from lxml import html

from minshi_analysis.reports import beside, records
from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.officials import hidden, names_of
from minshi_analysis.reports.source_page import source_page
from minshi_analysis.reports.task import SourceDocument

NAMED = ["yueqing-2022-completion", "hangzhou-2024-plan"]


def drawn(project, cited, names=False):
    tables = project / "data" / "tables"
    inputs = records.gather(project, tables, project / "notebooks")
    for each in beside.sources(project, tables, cited, inputs, names):
        (source,) = each.gather()
        yield each, source, source_page(source, Glyphs()).decode()


def lines(page):
    (found,) = html.document_fromstring(page).find_class("source")
    return [each.text_content() for each in found.find_class("text")]


# As they are printed: with spaces, in traditional characters, two in a cell.
PRINTED = {
    "yueqing-2022-completion": ["仇永亲", "王 孝", "王孝", "赵章盛、倪海滨", "黄扬武 徐祥忠 郑鹏"],
    "hangzhou-2024-plan": ["方 毅", "吳金富", "劉誌勇", "漆憲忠 鄧偉民", "楊 煥"],
}


@pytest.mark.parametrize("doc_id", NAMED)
def test_names_are_left_out_unless_asked_for(project, doc_id):
    ((_, source, page),) = drawn(project, [doc_id])
    ((_, _, shown),) = drawn(project, [doc_id], names=True)
    printed = source.data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    assert lines(shown) == printed
    assert [len(line) for line in lines(page)] == [len(line) for line in printed]
    text = "\n".join(lines(page))
    assert [words for words in PRINTED[doc_id] if words in text] == []
    assert [words for words in PRINTED[doc_id] if words not in "\n".join(printed)] == []
    assert "×" in text and "--names" in page and "--names" not in shown


def test_nothing_but_names_is_left_out(project):
    """What is not a name stays: figures, bodies, tasks, also where two signs of a name stand in other words."""
    ((_, source, page),) = drawn(project, ["yueqing-2022-completion"])
    printed = source.data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    with (project / "data" / "tables" / "tasks.csv").open(encoding="utf-8-sig", newline="") as file:
        names = names_of(row["responsible"] for row in csv.DictReader(file) if row["doc_id"] == NAMED[0])
    close = [line.replace(" ", "") for line in printed]
    longest = sum(len(name) * line.count(name) for line in close for name in names)
    assert 0 < sum(line.count("×") for line in lines(page)) <= longest
    assert "王十朋纪念馆" in "\n".join(lines(page))  # 王 alone is no name


def test_a_cell_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["项目", "责任人"])
    book.active.append(["新增停车位1500个", "张 三、李四光"])
    book.save(tmp_path / "p.xlsx")
    source = SourceDocument(
        "p", "计划", "p.xlsx", (tmp_path / "p.xlsx").read_bytes(), (), (), hidden=("张三", "李四光")
    )
    page = source_page(source, Glyphs()).decode()
    assert "× ×、×××" in page and "张 三" not in page and "李四光" not in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("责任人：方毅", "责任人：××"),
        ("责任人方毅负责", "责任人方毅负责"),  # no stop behind it: it may be another word
        ("方毅、吴金富", "××、×××"),
        ("东方毅力小学", "东方毅力小学"),
        ("|方　毅|", "|×　×|"),
    ],
)
def test_a_name_stands_by_itself(text, expected):
    assert hidden(text, ["方毅", "吴金富"]) == expected


def test_the_page_of_a_source_for_english_reports(project):
    """Frame and headings in English, the document's own words Chinese; each leads to the other where both are cited."""
    made = {
        each.name: page
        for each, _, page in drawn(project, ["lucheng-2024-progress", "lucheng-2024-progress.en"])
    }
    chinese, english = made["sources/lucheng-2024-progress"], made["sources/lucheng-2024-progress.en"]
    assert '<html lang="en">' in english and ">The text</h2>" in english and "Issued by" in english
    assert 'href="lucheng-2024-progress.html" hreflang="zh-Hans"' in english
    assert 'href="lucheng-2024-progress.en.html" hreflang="en"' in chinese
    assert lines(chinese) == lines(english)
    ((_, _, alone),) = drawn(project, ["lucheng-2024-progress"])
    assert "hreflang" not in alone
