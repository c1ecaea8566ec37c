"""What strangers' documents taught: units in part, bodies line by line, votes and ranks beside what is promised."""

from __future__ import annotations

import pytest
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

KNOWN = {"region": "330727", "year": 2023}


@pytest.fixture(params=["md", "html", "docx", "xlsx"])
def read(request, tmp_path):
    """Reads rows below a title, in each format."""

    def reading(title: str, rows: list[list[str]]):
        notice = Notice((), (sheet(title, 1, rows),))
        return read_document(
            writers.FORMS[request.param](notice, tmp_path / f"page.{request.param}"), **KNOWN
        )

    return reading


@pytest.mark.parametrize(
    ("declared", "cell", "value", "unit"),
    [
        ("元/月/人", "不低于60元", 60, "元/月"),
        ("元/年/人", "3700元", 3700, "元/年"),
        ("元/人·月", "不低于197元以上", 197, "元/月"),
        ("吨/日", "300吨", 300, "吨/日"),
        ("元/月/户", "60", 60, "元/月"),
        ("元", "60元", 60, "元"),
    ],
)
def test_a_cell_prints_its_unit_in_part(read, declared, cell, value, unit):
    found = read(
        "磐安县2023年民生实事进展情况",
        [
            ["序号", "项目", "单位", "目标任务", "完成情况", "责任单位"],
            ["1", "提高困难人员补贴标准", declared, cell, cell.strip("不低于以上"), "县民政局"],
            ["2", "新建公共停车位", "个", "300", "310", "县城管局"],
        ],
    )
    assert list(zip(found["targets"]["value"], found["targets"]["unit"], strict=True)) == [
        (value, unit),
        (300, "个"),
    ]
    assert list(zip(found["outcomes"]["value"], found["outcomes"]["unit"], strict=True)) == [
        (value, unit),
        (310, "个"),
    ]


@pytest.mark.parametrize(
    ("cell", "bodies"),
    [
        ("经开区\n高新园(邹区镇)\n各街道\n市国有公司", "经开区、高新园(邹区镇)、各街道、市国有公司"),
        ("鹿城区\n龙湾区\n瓯海区", "鹿城区、龙湾区、瓯海区"),
        ("县发改局(粮食局)\n县财政局", "县发改局(粮食局)、县财政局"),
        ("高新区\n管委会", "高新区管委会"),
        ("各县（市、区）\n政府、功能区\n管委会", "各县（市、区）政府、功能区管委会"),
        ("市人力资源和社会\n保障局", "市人力资源和社会保障局"),
        ("县住房和城乡\n建设局", "县住房和城乡建设局"),
    ],
)
def test_each_line_of_a_cell_is_a_body_and_a_wrapped_name_is_one(read, cell, bodies):
    found = read(
        "磐安县2023年民生实事任务分解表",
        [
            ["序号", "项目内容", "牵头单位", "配合单位"],
            ["1", "新建公共停车位300个", "县城管局", cell],
            ["2", "新建幼儿园3所", "县教育局", "县财政局"],
        ],
    )
    assert found["tasks"]["partner_agencies"][0] == bodies


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (["赞成", "反对", "弃权"], [["201", "3", "4"], ["198", "5", "5"]]),
        (["得票数", "名次"], [["201票", "1"], ["198票", "2"]]),
        (["满意度排名"], [["第1名"], ["第2名"]]),
        (["进度位次"], [["3"], ["12"]]),
    ],
)
def test_votes_and_ranks_raise_no_doubt_and_are_no_targets(read, heads, cells):
    found = read(
        "磐安县2023年民生实事项目票决结果",
        [
            ["序号", "项目内容", "牵头单位", *heads],
            ["1", "新建公共停车位300个", "县城管局", *cells[0]],
            ["2", "新建幼儿园3所", "县教育局", *cells[1]],
        ],
    )
    assert list(found["targets"]["value"]) == [300, 3]
    assert list(found["confidence"]["confidence"].round(2)) == [1.0, 1.0]
    assert found["unread"].empty


def test_what_was_checked_is_no_vote(read):
    """验收 tells of works: a column of it that is not understood is told and doubted."""
    found = read(
        "磐安县2023年民生实事任务分解表",
        [
            ["序号", "项目内容", "牵头单位", "验收个数"],
            ["1", "新建公共停车位", "县城管局", "201"],
            ["2", "新建幼儿园", "县教育局", "17"],
        ],
    )
    read_or_told = {
        *found["unread"]["text"],
        *found["targets"]["value"].map("{:g}".format),
        *found["outcomes"]["value"].map("{:g}".format),
    }
    assert {"201", "17"} <= read_or_told
