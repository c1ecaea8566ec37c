"""Tables with commas (CSV), as spreadsheets and open-data pages save them; prose with commas is none."""

from __future__ import annotations

import pytest

from minshi_analysis.account.extract import extract
from minshi_analysis.facts.context import Context
from minshi_analysis.reading.blocks import Grid, Paragraph
from minshi_analysis.reading.text import parse

HEAD = "序号,项目内容,年度目标,责任单位\n"
ROWS = '1,新建公办幼儿园,5所,县教育局\n2,"改造老旧小区,含加装电梯",12个,县住建局\n3,新增停车位,"1,500个",县城管局\n'


@pytest.mark.parametrize(
    "above",
    [
        "",
        "永嘉县2024年民生实事项目\n",  # a title without commas
        "永嘉县2024年民生实事项目,,,\n",  # and as a spreadsheet saves it
        '"永嘉县2024年\n民生实事项目",,,\n\n',
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_with_commas_is_a_table(above, end):
    text = (above + HEAD + ROWS).replace("\n", end)
    document = parse(text)
    assert isinstance(document.blocks[-1], Grid)
    assert [type(block) for block in document.blocks[:-1]] == ([Paragraph] if above else [])
    rows = document.blocks[-1].rows
    assert [cell.text for cell in rows[2]] == ["2", "改造老旧小区,含加装电梯", "12个", "县住建局"]
    assert all(text[cell.start : cell.end] == cell.text for row in rows for cell in row)
    found = extract(document, Context("x", "plan", 2024, None, "永嘉县", "330324", "county"))
    targets = found.tables["targets"]
    assert list(zip(targets["measure"], targets["value"], targets["unit"], strict=True)) == [
        ("公办幼儿园", 5, "所"),
        ("老旧小区", 12, "个"),
        ("停车位", 1500, "个"),
    ]
    assert found.unread == ()


def test_funders_of_a_table_with_commas():
    text = '项目名称,总投资(万元),省级,县级\n新建水厂,"1,200.50","1,000.5",200\n改造管网,300,100,200\n新建公厕,90,,90\n'
    found = extract(parse(text), Context("x", "plan", 2024, None, "永嘉县", "330324", "county"))
    lines = found.tables["funding"].dropna(subset="amount_wan")
    assert lines["amount_wan"].tolist() == [1200.5, 1000.5, 200, 300, 100, 200, 90, 90]


@pytest.mark.parametrize(
    "text",
    [
        "新建幼儿园5所,公厕9座,公园1个。\n改造小区3个,道路2条,管网9公里。\n培训100人,就业20人,创业3人。\n",
        "新建幼儿园5所,公厕9座\n改造小区3个,道路2条\n培训100人,就业20人\n",  # two fields are no table
        "一,二,三\n四,五\n六,七,八\n九,十,甲\n",
        'a,"b,c\nd,e,f\ng,h,i\nj,k,l\n',  # a quotation mark that is not closed
    ],
)
def test_prose_with_commas_is_prose(text):
    assert not any(isinstance(block, Grid) for block in parse(text).blocks)
