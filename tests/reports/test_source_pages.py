"""The page of a source: what is printed, with every cited place marked, an anchor, and its corrections shown."""

from __future__ import annotations

import csv
import re

import docx
import openpyxl
import pytest
from lxml import html

from minshi_analysis import read_document
from minshi_analysis.reports import beside, records
from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.source_page import LONGEST, source_page
from minshi_analysis.reports.task import Place, SourceDocument

PLACED = (
    "tasks",
    "targets",
    "allocations",
    "funding",
    "outcomes",
    "milestones",
    "indicators",
    "investments",
    "checks",
)


@pytest.fixture(scope="module")
def glyphs():
    return Glyphs()


def page(glyphs, text: str | bytes, *places: Place, file: str = "plan.txt") -> str:
    data = text.encode() if isinstance(text, str) else text
    return source_page(SourceDocument("plan", "计划", file, data, (), places), glyphs).decode()


def drawn(made: str) -> html.HtmlElement:
    (found,) = html.document_fromstring(made).find_class("source")
    return found


def lines(made: str) -> list[str]:
    return [each.text_content() for each in drawn(made).find_class("text")]


TEXT = "一、停车\n新增停车位1500个：鹿城500个，龙湾1000个。\n其余<b>见</b>附件。"


def at(words: str, table: str = "targets", row: str = "plan/1#1", **more: str) -> Place:
    start = TEXT.index(words)
    return Place(start, start + len(words), "", table, row, **more)


def test_lines_are_numbered_and_say_what_is_printed(glyphs):
    made = page(glyphs, TEXT)
    assert lines(made) == TEXT.split("\n")
    assert [each.text for each in drawn(made).find_class("no")] == ["1", "2", "3"]
    assert [each.get("id") for each in drawn(made).find_class("line")] == ["L1", "L2", "L3"]


def test_marks_hold_one_another_and_change_no_word(glyphs):
    whole = at("新增停车位1500个：鹿城500个，龙湾1000个。", "tasks", "plan/1")
    inner = [at("1500个"), at("鹿城500个", "allocations", "plan/1#1@鹿城区"), at("龙湾1000个", "allocations")]
    made = page(glyphs, TEXT, whole, *inner)
    assert lines(made) == TEXT.split("\n")
    outer = drawn(made).get_element_by_id(whole.anchor)
    assert [mark.text for mark in outer.iter("mark") if mark is not outer] == [
        "1500个",
        "鹿城500个",
        "龙湾1000个",
    ]
    assert all(len(drawn(made).xpath(f"//*[@id='{place.anchor}']")) == 1 for place in (whole, *inner))


@pytest.mark.parametrize(
    ("first", "second"), [("停车位1500", "1500个"), ("停车\n新增", "新增停车位"), ("。\n其余", "1000个。")]
)
def test_places_that_cross_each_other_or_a_line_keep_their_anchors(glyphs, first, second):
    made = page(glyphs, TEXT, at(first), at(second))
    assert lines(made) == TEXT.split("\n")
    for words in (first, second):
        (mark,) = drawn(made).xpath(f"//*[@id='{at(words).anchor}']")
        assert mark.text_content()[:1] in words


def test_one_place_of_several_rows_tells_them_all(glyphs):
    made = page(glyphs, TEXT, at("1500个", told="1500个"), at("1500个", "checks", "plan/sum/1"))
    (mark,) = drawn(made).iter("mark")
    assert mark.get("title") == "目标 1#1 1500个\n核对 sum/1"


def test_a_correction_is_struck_out_and_followed_by_what_it_should_be(glyphs):
    patch = at(
        "龙湾1000个", "patches", "第二行", told="合计为1600", printed="龙湾1000个", corrected="龙湾1100个"
    )
    made = drawn(page(glyphs, TEXT, patch, at("1000个")))
    (gone,) = made.iter("del")
    assert (
        gone.text_content() == "龙湾1000个"
        and gone.get("id") == patch.anchor
        and gone.get("title") == "合计为1600"
    )
    (new,) = made.iter("ins")
    assert new.text == "龙湾1100个" and new.getprevious() is gone


def test_what_was_not_understood_is_marked_apart(glyphs):
    (mark,) = drawn(page(glyphs, TEXT, at("附件", "unread", "", told="no value"))).iter("mark")
    assert mark.get("class") == "unread" and "no value" in mark.get("title")


def test_words_of_the_document_are_no_markup(glyphs):
    made = page(glyphs, "<script>x()</script>\u202e\x01<img src=x onerror=x()>")
    assert not drawn(made).xpath(".//script | .//img")
    assert "\u202e" not in made and "\x01" not in made


def test_of_a_long_document_only_what_is_cited_is_shown(glyphs):
    text = "\n".join(f"第{n}行" for n in range(LONGEST // 5))
    start = text.index("第40000行")
    made = page(glyphs, text, Place(start, start + 7, "", "targets", "plan/1"))
    assert lines(made) == [f"第{n}行" for n in range(39997, 40004)]
    assert [each.get("id") for each in drawn(made).find_class("line")][3] == "L40001"
    assert "此处 39,997 行没有被引用，略去" in made


def html_file(path):
    path.write_text(
        "<table><tr><th>项目</th><th>目标</th></tr><tr><td>新增停车位</td><td>1500个</td></tr></table>",
        "utf-8",
    )


def word_file(path):
    document = docx.Document()
    grid = document.add_table(2, 2)
    for cell, words in zip(grid._cells, ("项目", "目标", "新增停车位", "1500个"), strict=True):
        cell.text = words
    document.save(path)


def sheet_file(path):
    book = openpyxl.Workbook()
    book.active.append(["项目", "目标"])
    book.active.append(["新增停车位", "1500个"])
    book.save(path)


@pytest.mark.parametrize(
    ("name", "make"), [("p.html", html_file), ("p.docx", word_file), ("p.xlsx", sheet_file)]
)
def test_cells_of_other_files_are_anchors_and_marked(glyphs, tmp_path, name, make):
    make(tmp_path / name)
    row = read_document(tmp_path / name, region="温州市", year=2024, kind="plan")["targets"].iloc[0]
    place = Place(None, None, row["source_ref"], "targets", row["target_id"])
    made = drawn(page(glyphs, (tmp_path / name).read_bytes(), place, file=name))
    (cell,) = made.xpath(f"//*[@id='{place.anchor}']")
    assert cell.tag == "td" and "1500个" in cell.text_content()
    assert [mark.text for mark in made.iter("mark")] == [cell.text_content()]


def test_every_row_of_the_tables_has_its_place_on_the_page_of_its_source(project, glyphs):
    """The five documents: each place of each row is an anchor, whose first words are those printed there."""
    tables = project / "data" / "tables"
    ids = ["wenzhou-2022-plan", "yueqing-2022-completion", "lucheng-2024-progress"]
    found = beside.sources(project, tables, ids, records.gather(project, tables, project / "notebooks"))
    for doc_id, each in zip(ids, found, strict=True):
        (source,) = each.gather()
        made = source_page(source, glyphs).decode()
        text = source.data.decode("utf-8-sig").replace("\r\n", "\n")
        names = set(re.findall(r' id="(s\d+-\d+)"', made))
        rows = [
            row
            for table in PLACED
            for row in csv.DictReader((tables / f"{table}.csv").open(encoding="utf-8-sig"))
        ]
        mine = [row for row in rows if row["doc_id"] == doc_id and row["source_start"]]
        assert len(mine) > 50
        assert {f"s{row['source_start']}-{row['source_end']}" for row in mine} <= names
        assert len(lines(made)) == text.count("\n") + 1
