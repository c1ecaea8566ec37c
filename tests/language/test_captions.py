"""What stands above a table says the unit of its figures, in the ways in which offices print it."""

import pytest

from minshi_analysis.language.captions import money_unit, units_said


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("(单位:户)", ["户"]),
        ("表1 分解表 单位:个、万元", ["个", "万元"]),
        ("计量单位:万元、平方米和公里", ["万元", "平方米", "公里"]),
        ("(单位:个/万元)", ["个", "万元"]),
        ("(单位:元/人·月)", ["元/人·月"]),
        ("(单位:1/10万)", ["1/10万"]),
        ("责任单位 完成时限", []),
        ("牵头单位:住建局", []),
    ],
)
def test_a_line_names_the_units_of_the_figures_below_it(line, units):
    assert units_said(line) == units


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (["序号 项目 投资", "(金额单位:亿元)"], "亿元"),
        (["资金安排表[万元]"], "万元"),
        (["总投资(万元) 人均补助(元)", "(单位:万元)"], "万元"),  # two in the heads: the line above decides
        (["(单位:元、万元)"], None),
        (["(单位:万美元)"], None),
        (["每人(元以上)"], None),
    ],
)
def test_the_unit_of_amounts_is_one_that_a_line_names_alone(texts, unit):
    assert money_unit(texts) == unit
