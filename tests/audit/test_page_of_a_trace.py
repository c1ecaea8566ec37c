"""In a notebook a trace shows the place on the page, the figure marked: of every format, by documents made here."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

import minshi_analysis as minshi
from minshi_analysis.audit.page import Place, as_html

MARK = re.compile(r"<mark>(.*?)</mark>", re.S)
ROWS = [["项目", "目标"], ["新增停车位", "1.5万个"], ["改造小区", "65个"], ["提升绿道", "65公里"]]


def html(path: Path) -> Place:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    path.write_text(f"<html><body><p>计划</p><table>{body}</table></body></html>", "utf-8")
    return Place(path, ref="t1/r3/c2", values=(65.0,))


def docx(path: Path) -> Place:
    made = Document()
    table = made.add_table(len(ROWS), 2)
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            table.cell(i, j).text = cell
    made.save(path)
    return Place(path, ref="t1/r3/c2", values=(65.0,))


def xlsx(path: Path) -> Place:
    made = Workbook()
    for row in ROWS:
        made.active.append(row)
    made.save(path)
    return Place(path, ref="Sheet!B3", values=(65.0,))


@pytest.mark.parametrize("make", [html, docx, xlsx])
def test_the_figure_is_marked_in_its_cell_and_nowhere_else(tmp_path, make):
    made = as_html(make(tmp_path / f"plan.{make.__name__}"))
    assert MARK.findall(made) == ["65"]
    assert "<mark>65</mark>个" in made and "公里" in made and "1.5万个" in made


def test_a_row_of_several_cells_is_marked_where_its_figures_stand(tmp_path):
    place = html(tmp_path / "plan.html")
    made = as_html(Place(place.path, ref="t1/r2/c1", values=(15000.0,)))
    assert MARK.findall(made) == ["1.5万"]


def test_a_text_is_shown_with_what_stands_around(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("一、计划\n新增停车位1.5万个: 鹿城\n三、<b>其他</b>\n", "utf-8")
    made = as_html(Place(path, 10, 15, values=(15000.0,)))
    assert MARK.findall(made) == ["1.5万个"]
    assert "一、计划" in made and "&lt;b&gt;其他" in made


def pixels(made: str) -> tuple[int, int, bytes]:
    data = base64.b64decode(re.search(r"base64,([^']+)", made)[1])
    width, height = (int.from_bytes(data[i : i + 4], "big") for i in (16, 20))
    length = int.from_bytes(data[33:37], "big")
    return width, height, zlib.decompress(data[41 : 41 + length])


def yellow(made: str) -> tuple[int, int, int, int] | None:
    """The box of what a marker coloured: left, top, right, bottom."""
    width, height, data = pixels(made)
    found = []
    for y in range(height):
        line = data[y * (3 * width + 1) + 1 : (y + 1) * (3 * width + 1)]
        found += [(x, y) for x in range(width) if line[3 * x + 2] < 100 < line[3 * x]]
    if not found:
        return None
    xs, ys = zip(*found, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize(("second", "seen"), [("Lifts: 65.5", True), ("Lifts: 65", False)])
def test_a_pdf_shows_its_page_and_marks_only_a_figure_it_can_tell(tmp_path, second, seen):
    path = tmp_path / "plan.pdf"
    canvas = Canvas(str(path), pagesize=(400, 300))
    canvas.drawString(50, 200, "Estates: 65")
    canvas.drawString(50, 100, second)
    canvas.save()
    made = as_html(Place(path, ref="p1/p1", values=(65.0,)))
    assert pixels(made)[:2] == (560, 420)
    assert (yellow(made) is not None) is seen
    if seen:  # 65 stands at 50 + the width of its words, 100 points under the top: pixels are 1.4 of a point
        left, top, right, bottom = yellow(made)
        assert 130 < left < right < 180 and 120 < top < bottom < 150


def test_a_trace_in_a_notebook_ends_with_the_page():
    made = minshi.trace("wenzhou-2022-plan/4.3#1")._repr_html_()
    page = made.partition("<div class='printed'")[2]
    assert MARK.findall(page) == ["1.5 万个"] and "打通断头路20条以上" in page


def test_a_source_that_is_gone_leaves_the_steps(tmp_path):
    assert as_html(Place(tmp_path / "gone.txt", 0, 3)) == ""
