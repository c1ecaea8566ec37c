"""Notes (注:, 备注:, 说明:, 填表说明) explain what is printed: wherever they stand and however they are numbered, they are no tasks."""

from __future__ import annotations

import pytest
from docx import Document
from openpyxl import Workbook

from minshi_analysis.intake.reader import read_whole

PLACE = {"region": "芦溪县", "year": 2024, "kind": "plan"}
TASKS = ("新建公办幼儿园3所", "改造农村公路86公里")
ROWS = [
    ["序号", "实施内容", "牵头单位"],
    ["1", TASKS[0], "县教育局"],
    ["2", TASKS[1], "县交通局"],
]
TITLE = "芦溪县2024年民生实事项目表"
NOTES = [
    ["注:1.建筑面积以竣工测绘为准。2.户数含住宅楼底层商业网点。"],
    ["备注:新增学位含改扩建学校的学位120个。"],
    ["说明：", "1.新建幼儿园以开园为准。", "2.公路含村道30公里。"],
    ["填表说明", "1.完成数填至月底。", "2.新增床位120张以下的不填。"],
    ["注1:新建指2024年内开工。", "注2:改造里程含桥梁12座。"],
]


def texts(path):
    return read_whole(path, **PLACE).tables["tasks"]["text"].tolist()


def in_text(path, *, above, below):
    cells = [f"| {' | '.join(row)} |" for row in ROWS]
    path.write_text("\n".join([TITLE, *above, "", *cells, "", *below]), encoding="utf-8")


def in_html(path, *, above, below, inside):
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    rows += "".join(f'<tr><td colspan="3">{line}</td></tr>' for line in inside)
    said = ["".join(f"<p>{line}</p>" for line in lines) for lines in (above, below)]
    page = f"<html><body><h1>{TITLE}</h1>{said[0]}<table>{rows}</table>{said[1]}</body></html>"
    path.write_text(page, encoding="utf-8")


def in_docx(path, *, above, below, inside):
    page = Document()
    for line in (TITLE, *above):
        page.add_paragraph(line)
    table = page.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for line in inside:
        cells = table.add_row().cells
        cells[0].merge(cells[2]).text = line
    for line in below:
        page.add_paragraph(line)
    page.save(path)


def in_xlsx(path, *, above, below, inside):
    book = Workbook()
    sheet = book.active
    for line in (TITLE, *above):
        sheet.append([line])
    for row in ROWS:
        sheet.append(row)
    for line in (*inside, *below):
        sheet.append([line])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=3)
    book.save(path)


MADE = {"html": in_html, "docx": in_docx, "xlsx": in_xlsx}


@pytest.mark.parametrize("notes", NOTES)
@pytest.mark.parametrize("at", ["above", "below", "inside"])
@pytest.mark.parametrize("form", MADE)
def test_a_note_beside_a_table_is_no_task(tmp_path, form, at, notes):
    path = tmp_path / f"table.{form}"
    MADE[form](path, **{"above": [], "below": [], "inside": [], at: notes})
    assert texts(path) == list(TASKS)


@pytest.mark.parametrize("notes", NOTES)
@pytest.mark.parametrize("at", ["above", "below"])
def test_a_note_beside_a_table_of_a_text_is_no_task(tmp_path, at, notes):
    path = tmp_path / "table.md"
    in_text(path, **{"above": [], "below": [], at: notes})
    assert texts(path) == list(TASKS)


@pytest.mark.parametrize("notes", NOTES)
def test_a_note_is_no_task_where_its_table_is_not_read(tmp_path, notes):
    path = tmp_path / "table.html"
    strange = "<table><tr><td>甲项</td><td>乙项</td></tr><tr><td>12</td><td>30</td></tr></table>"
    said = "".join(f"<p>{line}</p>" for line in notes)
    path.write_text(f"<html><body><h1>{TITLE}</h1>{strange}{said}</body></html>", encoding="utf-8")
    assert texts(path) == []


@pytest.mark.parametrize("notes", NOTES)
@pytest.mark.parametrize("marks", [("1.", "2."), ("一、", "二、"), ("", "")])
def test_a_note_at_the_end_of_a_text_is_no_task(tmp_path, marks, notes):
    path = tmp_path / "list.txt"
    items = [f"{mark}{words}。" for mark, words in zip(marks, TASKS, strict=True)]
    path.write_text("\n".join([TITLE, *items, *notes]), encoding="utf-8")
    told = read_whole(path, **PLACE).tables
    assert [text.rstrip("。") for text in told["tasks"]["text"]] == list(TASKS)
    assert sorted(told["targets"]["value"]) == [3, 86]


def test_the_figures_of_a_note_are_told(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(f"{TITLE}\n1.{TASKS[0]}。\n2.{TASKS[1]}。\n注:1.公路含村道30公里。", encoding="utf-8")
    assert read_whole(path, **PLACE).tables["unread"]["text"].str.contains("30公里").any()


def test_a_list_that_goes_on_behind_a_note_is_read_on(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(f"{TITLE}\n1.{TASKS[0]}。\n备注:1.含改扩建。\n2.{TASKS[1]}。", encoding="utf-8")
    assert [text.rstrip("。") for text in texts(path)] == list(TASKS)


def test_words_that_only_begin_like_a_note_are_none(tmp_path):
    path = tmp_path / "table.html"
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS[1:])
    head = "<tr>" + "".join(f"<td>{cell}</td>" for cell in ROWS[0]) + "</tr>"
    group = '<tr><td colspan="3">注重教育优先</td></tr>'
    page = f"<html><body><h1>{TITLE}</h1><table>{head}{group}{rows}</table></body></html>"
    path.write_text(page, encoding="utf-8")
    assert set(read_whole(path, **PLACE).tables["tasks"]["programme"]) == {"注重教育优先"}
