"""Spreadsheets: several sheets, titles and notes, merged ranges, values as a person sees them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from minshi_analysis.reading import xlsx
from minshi_analysis.reading.blocks import Document
from minshi_analysis.reading.display import displayed
from reading.checks import grids, held_together, lines, texts


def saved(book: openpyxl.Workbook, folder: Path) -> Document:
    book.save(folder / "a.xlsx")
    document = xlsx.read(folder / "a.xlsx")
    held_together(document)
    return document


@pytest.fixture
def book() -> openpyxl.Workbook:
    """A sheet with a title, a unit line, a two-row header, merged cells, a group row and a note."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务"
    rows = [
        ["2022年民生实事任务表"], [None, None, None, "单位:万元"], ["序号", "项目", "资金", None],
        [None, None, "市级", "县级"], ["一、教育方面"], [1, "学位", 1234.5, 0], [None, "床位", 20, None],
        [], ["注:含市本级"],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for merged in ("A1:D1", "A3:A4", "B3:B4", "C3:D3", "A5:D5", "A6:A7"):
        sheet.merge_cells(merged)
    return book


def test_a_sheet_with_everything(book, tmp_path):
    document = saved(book, tmp_path)
    (grid,) = grids(document)
    assert grid.spans
    assert texts(grid) == [
        ["序号", "项目", "资金", "资金"],
        ["序号", "项目", "市级", "县级"],
        ["一、教育方面", "一、教育方面", "一、教育方面", "一、教育方面"],
        ["1", "学位", "1234.5", "0"],
        ["1", "床位", "20", ""],
    ]
    assert grid.rows[4][0] is grid.rows[3][0]
    assert grid.rows[3][2].ref == "任务!C6"
    assert grid.rows[4][3].ref == "任务!D7"
    assert lines(document) == ["2022年民生实事任务表", "单位:万元", "注:含市本级"]
    assert document.blocks[1].ref == "任务!D2"


def test_several_sheets_keep_their_names_and_hidden_ones_are_reported(book, tmp_path):
    book.create_sheet("附件2").append(["区域", "任务数"])
    book["附件2"].append(["鹿城", 4000])
    book.create_sheet("底稿").append(["x", 1])
    book["底稿"].sheet_state = "hidden"
    document = saved(book, tmp_path)
    assert [(b.text, b.level) for b in document.blocks if hasattr(b, "level") and b.level] == [
        ("任务", 1),
        ("附件2", 1),
    ]
    assert texts(grids(document)[1]) == [["区域", "任务数"], ["鹿城", "4000"]]
    assert document.warnings == ("sheet 底稿 is hidden and is not read",)


def test_hidden_rows_and_columns_are_left_out_and_reported(book, tmp_path):
    book["任务"].column_dimensions["C"].hidden = True
    book["任务"].row_dimensions[5].hidden = True
    document = saved(book, tmp_path)
    assert texts(grids(document)[0])[1:] == [["序号", "项目", "县级"], ["1", "学位", "0"], ["1", "床位", ""]]
    assert document.warnings == (
        "sheet 任务: 1 hidden rows are not read",
        "sheet 任务: hidden columns are not read",
    )


def test_two_tables_below_each_other(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["表一"], ["序号", "项目"], [1, "学位"], [], ["二、健康方面"], [2, "床位1张"], [], ["表二"],
        ["区域", "任务数"], ["鹿城", 5],
    ):  # fmt: skip
        book.active.append(row)
    document = saved(book, tmp_path)
    assert [b.text if hasattr(b, "text") else texts(b) for b in document.blocks] == [
        "表一",
        [["序号", "项目"], ["1", "学位"], ["二、健康方面", ""], ["2", "床位1张"]],
        "表二",
        [["区域", "任务数"], ["鹿城", "5"]],
    ]


def test_formulas_without_a_stored_value_are_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.active.append([1, "=A2*2"])
    document = saved(book, tmp_path)
    assert texts(grids(document)[0]) == [["甲", "乙"], ["1", ""]]
    assert len(document.warnings) == 1
    assert "1 formulas have no stored value (B2)" in document.warnings[0]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.83, "0%", "83%"),
        (0.8333, "0.0%", "83.3%"),
        (1.1315, "0.00%", "113.15%"),
        (1234567, "#,##0", "1,234,567"),
        (12.5, "0.00", "12.50"),
        (2.5, "0.##", "2.5"),
        (3, '0"个"', "3个"),
        (-1234, "#,##0;(#,##0)", "(-1,234)"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-5.00"),
        (7, "000", "007"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "100000000000000000000"),
        (1.5, "# ?/?", "1.5"),
        (15000, '0!.0,"万"', "1.5万"),
        (15000000, '0!.0,"万元"', "1500.0万元"),
        (12345, '0!.0000"万"', "1.2345万"),
        (12345, '0"."0,"万"', "1.2万"),
        (15000000, "0.0,,", "15.0"),
        (12000, '[>=10000]0.0,"k";0', "12.0k"),
        (5, "[<1]0%;0", "5"),
        (0.5, "[<1]0%;0", "50%"),
        (-0.5, "[<1]0%;0", "-50%"),
        (50, '[>100]"高";[<10]"低";0', "50"),
        (5, '[>100]"高";[<10]"低";0', "低"),
        (-3, '[<0]"减"0;0', "减3"),
        (-5, "0", "-5"),
        (-5, "0;(0)", "(-5)"),
        (-5, "0;-0", "-5"),
        (-5, "0;0", "-5"),
        (-5, "0;[Red]0", "-5"),
        (-5, "#,##0_);[Red](#,##0)", "(-5)"),
        (-12.3, "▲0.0;▼0.0", "▼-12.3"),
        (-0.001, "0", "0"),
        (0, '0;-0;"—"', "—"),
        (0, "0;-0;;@", ""),
        (5, ";;;", ""),
        ("甲", ";;;", ""),
        ("甲", "0;-0;;@", "甲"),
        ("甲", '"共"@"个"', "共甲个"),
        (5, "@", "5"),
        (12.5, 'General"元"', "12.5元"),
        (123, "[DBNum1][$-804]General", "123"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234567.891, "#,##0.0##", "1,234,567.891"),
        (13800138000, "000-0000-0000", "138-0013-8000"),
        (20241130, '0000"年"00"月"00"日"', "2024年11月30日"),
        (12345, "0.00E+00", "12345"),
        (1e300, "0", f"{10**300}"),
        (0, "#", ""),
        (150, '[>=100]0"+";0', "150+"),
        (True, "General", "TRUE"),
        (dt.datetime(2022, 11, 30), "yyyy-mm-dd", "2022-11-30"),
        (dt.datetime(2022, 11, 30), 'yyyy"年"m"月"', "2022年11月"),
        (dt.datetime(2022, 11, 30), 'yyyy"年"m"月"d"日"', "2022年11月30日"),
        (dt.datetime(2022, 11, 30), 'm"月"d"日"', "11月30日"),
        (dt.datetime(2022, 11, 30, 8, 5), "yyyy-mm-dd hh:mm", "2022-11-30 08:05"),
        ("第一行\r\n第二行", "General", "第一行\n第二行"),
    ],
)
def test_values_as_a_person_sees_them(value, number_format, shown):
    assert displayed(value, number_format) == shown


def test_a_sheet_that_is_one_column_is_text(tmp_path):
    book = openpyxl.Workbook()
    for row in (["通知"], ["各县:"]):
        book.active.append(row)
    assert lines(saved(book, tmp_path)) == ["通知", "各县:"]


def test_an_empty_book_says_so(tmp_path):
    with pytest.raises(ValueError, match="holds no text in a visible sheet"):
        saved(openpyxl.Workbook(), tmp_path)
