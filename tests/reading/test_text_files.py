"""The three looks of a table in a text file, and prose between them."""

from __future__ import annotations

import pytest

from minshi_analysis.reading import read
from minshi_analysis.reading.blocks import Grid, Paragraph
from minshi_analysis.reading.text import decode, parse


def grids(text):
    return [[[c.text for c in row] for row in b.rows] for b in parse(text).blocks if isinstance(b, Grid)]


def prose(text):
    return [(b.level, b.text) for b in parse(text).blocks if isinstance(b, Paragraph)]


def test_tabs():
    assert grids("前言\n序号\t项目\n1\t书房\n\n2\t驿站\n") == [
        [["序号", "项目"], ["1", "书房"]],
        [["2", "驿站"]],
    ]


def test_pipes_that_end_each_row():
    assert grids("甲 | 乙 |\n1 | 2 |\n3 | | |\n") == [[["甲", "乙"], ["1", "2"], ["3", "", ""]]]


def test_a_cell_that_goes_on_in_the_next_line():
    assert grids("甲 | 乙 |\n1 | 二月完成;\n三月开工 |\n") == [[["甲", "乙"], ["1", "二月完成;\n三月开工"]]]


def test_a_row_that_breaks_behind_a_pipe():
    text = (
        "序号 | 名称 | 数 | 单位 | 备注 |\n11 | 礼包 |\n人社局\n人社局 | 全市 | |\n12 | 就业 | 1 | 2 | 3 |\n"
    )
    rows = grids(text)[0]
    assert [len(row) for row in rows] == [5, 5, 5]
    assert rows[1][2].split() == ["人社局", "人社局"]


def test_markdown_pipes():
    assert grids("| 甲 | 乙 |\n|---|:-:|\n| 1 | 2 |\n") == [[["甲", "乙"], ["1", "2"]]]


def test_an_empty_first_cell_is_no_pipe_around_the_table():
    assert grids("序号 | 任务 | 资金 |  | 时限\n |  | 省 | 县 | \n1 | 书房 | 3 | 4 | 6月\n") == [
        [["序号", "任务", "资金", "", "时限"], ["", "", "省", "县", ""], ["1", "书房", "3", "4", "6月"]]
    ]
    assert grids(" | 鹿城 | 乐清\n书房 | 1 | 2\n | 3 | 4\n") == [
        [["", "鹿城", "乐清"], ["书房", "1", "2"], ["", "3", "4"]]
    ]


def test_an_empty_last_cell_is_no_pipe_around_the_table():
    assert grids("序号 | 任务 | 资金 | \n |  | 省 | 县\n1 | 书房 | 3 | 4\n2 | 驿站 |  | \n") == [
        [["序号", "任务", "资金", ""], ["", "", "省", "县"], ["1", "书房", "3", "4"], ["2", "驿站", "", ""]]
    ]
    assert grids("甲 | 乙 | \n1 | 2 | 3\n\n丙 | 丁 |\n4 | 5 |\n") == [
        [["甲", "乙", ""], ["1", "2", "3"]],
        [["丙", "丁"], ["4", "5"]],
    ]


def test_a_head_without_the_pipe_before_it():
    assert grids("甲 | 乙 |\n| 1 | 2 |\n| | 3 |\n") == [[["甲", "乙"], ["1", "2"], ["", "3"]]]


def test_one_cell_a_line():
    text = "\n\t序号\n\t名称\n\n\t1\n\t书房\n二期\n\n\t2\n\t驿站\n\n\n正文。\n"
    assert grids(text) == [[["序号", "名称"], ["1", "书房\n二期"], ["2", "驿站"]]]
    assert prose(text) == [(0, "正文。")]


def test_a_box_is_paragraphs():
    text = "\t专栏1 行动\n1.引进100人。\n2.建房5间。\n\n\n正文。\n"
    assert prose(text) == [(3, "专栏1 行动"), (0, "1.引进100人。"), (0, "2.建房5间。"), (0, "正文。")]


def test_headings():
    assert prose("# 标题\n一、总则\n（一）目标\n1.建书房5家。\n") == [
        (1, "标题"),
        (1, "一、总则"),
        (2, "（一）目标"),
        (0, "1.建书房5家。"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "\t", "\t\n\t\n", "|", "||", "||\n", "| |\n", "\t\n\n\n\t\n", "a\tb", "|a|", "﻿甲\t乙\n"],
)
def test_strange_files(text):
    document = parse(text)
    for block in document.blocks:
        cells = [block] if isinstance(block, Paragraph) else [c for row in block.rows for c in row]
        assert all(document.text[c.start : c.end] == c.text for c in cells)


def test_encodings():
    assert decode("民生实事".encode("gb18030"), "x") == "民生实事"
    assert decode("﻿民生".encode(), "x").endswith("民生")
    with pytest.raises(ValueError, match="not text"):
        decode(b"\x00\x01\x02\xff\xfe", "x.txt")


def test_a_short_table_keeps_its_cells_and_a_long_one_does_not():
    """Cells carry their words: those of a short table are tidied once, a long one is read row by row."""
    short = parse("序号|项目|\n1|建书房 5家|\n").blocks[0].rows
    assert short[1][1] is short[1][1] is short[1:][0][1]
    assert (short[1][1].said.norm, short[1][1].said.at[3]) == ("建书房5家", short[1][1].start + 4)
    long = parse("序号|项目|\n" + "1|建书房5家|\n" * 1_500).blocks[0].rows
    assert long[1] is not long[1]
    assert list(long[1:3]) == [long[1], long[2]]


def test_tags_of_an_export_are_no_words_of_a_cell():
    cell = parse("序号|项目|\n1|建<br>书房<b>5家</b>|\n").blocks[0].rows[1][1]
    assert cell.said.norm == "建书房5家"
    assert cell.text[cell.said.at[3] - cell.start] == "5"


BIG5 = "本年度民生實事專案由市政府負責。\n新增停車位1500個，建成書房5家。\n"


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_big5_is_not_taken_for_gb18030(tmp_path, name):
    text = BIG5 if name == "a.txt" else f"<p>{BIG5}"
    (tmp_path / name).write_bytes(text.encode("big5"))
    assert "新增停車位1500個" in read(tmp_path / name).text


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_signs_of_ones_own_do_not_make_a_text_big5(tmp_path, name):
    text = "新增停车位1500个，建成书房5家。" * 5 + "\ue000"
    (tmp_path / name).write_bytes((text if name == "a.txt" else f"<p>{text}").encode("gb18030"))
    assert "新增停车位1500个" in read(tmp_path / name).text
