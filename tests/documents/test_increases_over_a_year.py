"""Targets of indicators that are printed as a change since a year that their cell names."""

from __future__ import annotations

import pytest
from laid import read_rows


def read(folder, form, name, unit, base, goal):
    rows = [
        ["序号", "指标名称", "单位", "2020年", "2025年", "属性"],
        ["1", "每千人口医疗床位数", "张", "6.1", "7.5", "预期性"],
        ["2", name, unit, base, goal, "预期性"],
    ]
    tables = read_rows(
        folder,
        form,
        rows,
        "济宁市“十四五”教育事业发展主要指标",
        region="370800",
        year=2021,
        kind="five_year_plan",
    )
    return tables, tables["indicators"].iloc[1]


@pytest.mark.parametrize(
    ("form", "name", "unit", "base", "goal", "value", "said"),
    [
        ("docx", "新增劳动力平均受教育年限", "年", "13.6(2019年)", "比2020年提高0.5年", 0.5, "比2020年"),
        ("xlsx", "公共图书馆藏书", "万册", "150", "较2020年增加30万册", 300_000, "较2020年"),
        ("html", "养老机构床位", "张", "3200", "比2020年末新增800张以上", 800, "比2020年末"),
        ("txt", "全民健身场地", "处", "210", "与2020年相比,净增90", 90, "与2020年相比"),
    ],
)
def test_an_increase_over_a_named_year_is_one(tmp_path, form, name, unit, base, goal, value, said):
    tables, row = read(tmp_path, form, name, unit, base, goal)
    assert (row["target"], row["form"]) == (value, "increase")
    assert said in row["note"]
    assert tables["unread"].empty or not tables["unread"]["text"].fillna("").str.contains(goal).any()


@pytest.mark.parametrize("goal", ["比2020年提高", "比2020年3所增加5所", "比2020年低0.5年", "2020年的1.5倍"])
def test_other_words_beside_a_year_are_none(tmp_path, goal):
    _, row = read(tmp_path, "html", "新增劳动力平均受教育年限", "年", "13.6", goal)
    assert row["target"] != row["target"]


def test_a_decrease_that_the_name_speaks_of_is_a_level(tmp_path):
    _, row = read(tmp_path, "html", "单位地区生产总值能耗下降率", "%", "3.2", "比2020年下降13.5%")
    assert (row["target"], row["form"]) == (13.5, "level")
