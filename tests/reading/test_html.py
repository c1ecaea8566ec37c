"""Web pages as government sites and their readers make them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from minshi_analysis.reading import html
from minshi_analysis.reading.blocks import Document
from reading.checks import grids, held_together, lines, texts


def page(folder: Path, body: str, encoding: str = "utf-8", head: str = "") -> Document:
    path = folder / "page.html"
    path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    document = html.read(path)
    held_together(document)
    return document


def test_row_and_column_spans(tmp_path):
    document = page(
        tmp_path,
        "<table><tr><th rowspan=2>序号<th colspan=3>资金来源(万元)<tr><th>合计<th>市级<th>县级"
        "<tr><td rowspan=2>1<td>300<td>100<td>200<tr><td>50<td colspan=2>50</table>",
    )
    (grid,) = grids(document)
    assert grid.spans
    assert texts(grid) == [
        ["序号", "资金来源(万元)", "资金来源(万元)", "资金来源(万元)"],
        ["序号", "合计", "市级", "县级"],
        ["1", "300", "100", "200"],
        ["1", "50", "50", "50"],
    ]
    assert grid.rows[0][0] is grid.rows[1][0]
    assert grid.rows[3][2].ref == "t1/r4/c3"
    assert document.text == "序号\t资金来源(万元)\n合计\t市级\t县级\n1\t300\t100\t200\n50\t50\n"


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="gb2312">'),  # a browser saved it and left the old declaration
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gbk", '<meta charset="gbk">'),
        ("gb18030", ""),
        ("big5", '<meta charset="big5">'),
    ],
)
def test_encodings(tmp_path, encoding, head):
    text = "溫州市民政局" if encoding == "big5" else "温州市民政局,瓯海区、龙湾区"
    assert lines(page(tmp_path, f"<p>{text}</p>", encoding, head)) == [text]


def test_a_character_outside_gb2312_in_a_page_that_declares_it(tmp_path):
    assert lines(page(tmp_path, "<p>浬浦镇、䶮村</p>", "gb18030", '<meta charset="gb2312">')) == [
        "浬浦镇、䶮村"
    ]


def test_breaks_and_paragraphs_in_a_cell_are_lines(tmp_path):
    (grid,) = grids(
        page(tmp_path, "<table><tr><td>区卫健局<br>区大数据局<td><p>已完成<p>　　85%&nbsp;</table>")
    )
    assert texts(grid) == [["区卫健局\n区大数据局", "已完成\n85%"]]


def test_lists_print_their_numbers(tmp_path):
    body = (
        "<ol start=3><li>新增学位<li>新增床位</ol><ol type=a><li>甲</ol><ul><li>乙</ul>"
        '<ol style="list-style-type: none"><li>1. 将目标分解</ol><ol><li>1. 将目标分解</ol>'
    )
    assert lines(page(tmp_path, body)) == [
        "3. 新增学位", "4. 新增床位", "a. 甲", "乙", "1. 将目标分解", "1. 将目标分解",
    ]  # fmt: skip


def test_a_list_inside_a_cell(tmp_path):
    (grid,) = grids(page(tmp_path, "<table><tr><td>残联<td><ol><li>分解任务。<li>完成排摸。</ol></table>"))
    assert texts(grid) == [["残联", "1. 分解任务。\n2. 完成排摸。"]]


def test_headings_have_levels_and_titles_broken_in_two_are_one(tmp_path):
    document = page(tmp_path, "<h1>关于民生实事<br>项目的通知</h1><h3>一、目标</h3><p>正文</p>")
    assert [(b.text, b.level) for b in document.blocks] == [
        ("关于民生实事 项目的通知", 1),
        ("一、目标", 3),
        ("正文", 0),
    ]


def test_what_is_hidden_is_not_read(tmp_path):
    body = (
        "<script>var a='脚本';</script><style>.b{}</style><!-- 注释 --><p style='display: none'>藏一</p>"
        "<p hidden>藏二</p><table><tr><td>甲<td style='display:none'>藏三<td>乙"
        "<tr style='visibility:hidden'><td>藏四<td>x"
        "<tr><td>丙<td>丁</table><p>尾<noscript>藏五</noscript></p>"
    )
    document = page(tmp_path, body)
    assert texts(grids(document)[0]) == [["甲", "乙"], ["丙", "丁"]]
    assert lines(document) == ["尾"]


def test_a_table_in_a_cell_is_a_grid_of_its_own(tmp_path):
    body = (
        "<table><tr><th>项目<th>分解<tr><td>停车位<td>见下"
        "<table><tr><td>鹿城<td>4000<tr><td>龙湾<td>1500</table>共5500<tr><td>绿道<td>110公里</table><p>完</p>"
    )
    document = page(tmp_path, body)
    outer, inner = grids(document)
    assert texts(outer) == [["项目", "分解"], ["停车位", "见下\n共5500"], ["绿道", "110公里"]]
    assert texts(inner) == [["鹿城", "4000"], ["龙湾", "1500"]]
    assert (outer.ref, inner.ref) == ("t1", "t2")
    assert [type(b).__name__ for b in document.blocks] == ["Grid", "Grid", "Paragraph"]


def test_a_table_that_lays_out_the_page_is_no_table(tmp_path):
    body = (
        "<table><tr><td>首页 政务公开</td></tr><tr><td><table><tr><td>导航</td><td><h1>通知</h1><p>各县:</p>"
        "<table border=1><tr><td>序号<td>项目<tr><td>1<td>学位</table><p>附件</p></td></tr></table></td></tr>"
        "<tr><td>版权所有</td></tr></table>"
    )
    document = page(tmp_path, body)
    assert [b.text if hasattr(b, "text") else texts(b) for b in document.blocks] == [
        "首页 政务公开", "导航", "通知", "各县:", [["序号", "项目"], ["1", "学位"]], "附件", "版权所有",
    ]  # fmt: skip


def test_a_caption_stands_above_its_table_and_a_foot_under_it(tmp_path):
    body = "<table><caption>任务表</caption><tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td>学位<td>3</tbody></table>"
    document = page(tmp_path, body)
    assert lines(document) == ["任务表"]
    assert texts(grids(document)[0]) == [["学位", "3"], ["合计", "3"]]


def test_text_between_rows_is_not_lost(tmp_path):
    document = page(tmp_path, "<table>单位:万元<tr><td>甲<td>1</tr>说明<tr><td>乙<td>2</table>")
    assert "单位:万元" in document.text
    assert "说明" in document.text
    assert texts(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_cells_and_rows_left_open(tmp_path):
    (grid,) = grids(page(tmp_path, "<table><td>甲<td>1<tr><td>乙<td>2"))
    assert texts(grid) == [["甲", "1"], ["乙", "2"]]


def test_rows_of_different_length_are_filled_with_blanks(tmp_path):
    (grid,) = grids(page(tmp_path, "<table><tr><td>甲<td>1<td>2<tr><td>乙</table>"))
    assert texts(grid) == [["甲", "1", "2"], ["乙", "", ""]]
    assert grid.rows[1][2].ref == "t1/r2/c3"


def test_preformatted_lines_stay_lines(tmp_path):
    assert lines(page(tmp_path, "<pre>序号\t项目\n1\t学位</pre>")) == ["序号\t项目", "1\t学位"]


def test_a_page_saved_as_one_file(tmp_path):
    path = tmp_path / "page.mhtml"
    body = "<html><body><p>温州市</p><table><tr><td>甲<td>1</table></body></html>".encode("gbk")
    path.write_bytes(
        b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(body)
        + b"\r\n--b--\r\n"
    )
    document = html.read(path)
    assert lines(document) == ["温州市"]
    assert texts(grids(document)[0]) == [["甲", "1"]]


def test_a_page_without_text_says_so(tmp_path):
    with pytest.raises(ValueError, match="holds no text"):
        page(tmp_path, "<div id=app></div><script>render()</script>")
