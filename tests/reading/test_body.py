"""What of a page is read: the document, and nothing of the site around it."""

from __future__ import annotations

import pytest

from minshi_analysis.intake.identify import identify
from minshi_analysis.reading import read
from reading.pages import PAGES, PROSE, PROSE_WORDS, TABLE_WORDS


def page(tmp_path, html, name="page.html"):
    path = tmp_path / name
    path.write_text(html, "utf-8")
    return read(path)


@pytest.mark.parametrize("made", PAGES, ids=lambda made: made.name)
def test_the_document_is_read_and_the_site_is_not(tmp_path, made):
    document = page(tmp_path, made.html)
    assert [words for words in made.kept if words not in document.text] == []
    assert [words for words in made.gone if words in document.text] == []


def test_what_is_left_out_is_said_once_and_kept_for_who_asks(tmp_path):
    made = next(p for p in PAGES if p.name == "landmarks")
    document = page(tmp_path, made.html)
    said = [w for w in document.warnings if w.startswith("left out of the page")]
    assert said == ["left out of the page: head of the site, navigation, sidebar, footer"]
    assert "人民路88号" in document.about["page"]


def test_a_saved_page_is_a_page(tmp_path):
    made = next(p for p in PAGES if p.name == "names of classes")
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n\n"
    document = page(tmp_path, f"{head}{made.html}\n--x--\n", "page.mhtml")
    assert all(words in document.text for words in TABLE_WORDS) and "900" not in document.text


COPIED = """您当前所在位置：首页 > 政务公开 > 民生实事
某县2024年民生实事项目
发布日期：2024-03-05 来源：县府办 浏览次数：3321 字体：[大 中 小] 打印 关闭
一、教育惠民
1.新建幼儿园3所。
2.推广首页服务、扫码分享服务点12个
分享到：
上一篇：2023年新增停车位900个
相关阅读
全县一季度新增就业1260人
去年建成公园77个
版权所有：某县人民政府 主办：某县人民政府办公室
"""


@pytest.mark.parametrize("name", ["page.txt", "page.md"])
def test_the_noise_of_a_copied_page_is_not_read(tmp_path, name):
    document = page(tmp_path, COPIED, name)
    assert [block.text for block in document.blocks] == [
        "某县2024年民生实事项目",
        "一、教育惠民",
        "1.新建幼儿园3所。",
        "2.推广首页服务、扫码分享服务点12个",
    ]
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text == COPIED[block.start : block.end]
    assert not any(figure in document.text for figure in ("3321", "900", "1260", "77"))


def test_the_day_and_the_office_of_a_page_are_known_from_what_is_not_read(tmp_path):
    said = identify(page(tmp_path, COPIED, "page.txt"))
    assert (said.published, said.year) == ("2024-03-05", 2024)
    footer = "<div class=footer>主办:宁波市江北区人民政府办公室</div>"
    said = identify(page(tmp_path, f"<h1>2023年区政府民生实事项目</h1>{PROSE}{footer}"))
    assert (said.region, said.adcode) == ("江北区", "330205")


def test_a_page_of_nothing_but_tools_is_read_as_it_stands(tmp_path):
    assert "打印" in page(tmp_path, "打印 关闭\n分享到:\n", "page.txt").text


def test_a_list_under_a_word_for_related_things_goes_on_where_its_items_are_numbered(tmp_path):
    text = "某县2024年民生实事\n1.新建幼儿园3所。\n2.改造道路64公里。\n相关链接\n去年新增托位55个\n三、其他\n3.新建公园5个。\n"
    document = page(tmp_path, text, "page.txt")
    assert "55" not in document.text and "新建公园5个" in document.text


def test_prose_words_are_all_of_the_prose():
    assert all(words in PROSE for words in PROSE_WORDS)


def test_page_numbers_and_running_heads_of_a_text_are_not_read(tmp_path):
    pages = [
        f"某县民生实事工作手册\n{i}.新建幼儿园{i}3所。\n去年新建{i}9所。\n— {i} —\n" for i in range(1, 5)
    ]
    document = page(tmp_path, "".join(pages) + "第5页 共5页\n", "book.txt")
    assert [
        block.text for block in document.blocks if "幼儿园" not in block.text and "去年" not in block.text
    ] == [
        "某县民生实事工作手册"  # the first is no edge of two pages: it may be the title
    ]
    assert document.warnings == ("left out of the page: running heads",)


def test_a_number_alone_on_its_line_is_an_item_of_a_copied_table(tmp_path):
    document = page(tmp_path, "某县2024年民生实事\n1\n新建幼儿园3所\n2\n新建公厕5座\n", "cells.txt")
    assert [block.text for block in document.blocks][1:4:2] == ["1", "2"]
