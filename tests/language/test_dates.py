"""Deadlines, horizons and periods: expected values read from the words by eye."""

import doctest

import pytest

from minshi_analysis.language import dates
from minshi_analysis.language.dates import find_dates, parse_deadline, parse_period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年11月", "2022-11-30"),
        ("2022 年 11 月", "2022-11-30"),
        ("2022年11月底前", "2022-11-30"),
        ("2024年2月", "2024-02-29"),
        ("2022年11月30日前", "2022-11-30"),
        ("2022-11-30", "2022-11-30"),
        ("2022/3/5", "2022-03-05"),
        ("2022.11", "2022-11-30"),
        ("2022年底前", "2022-12-31"),
        ("2022年度", "2022-12-31"),
        ("到2025年", "2025-12-31"),
        ("到2025年末城镇住房保障受益覆盖率达到23%", "2025-12-31"),
        ("确保2022年儿童福利服务机构实现县（市、区）全覆盖", "2022-12-31"),
        ("“十四五”期间，累计开展职业技能培训50万人次", "2025-12-31"),
        ("十五五末", "2030-12-31"),
        ("截至2022年12月20号", "2022-12-20"),
        ("二〇二二年十一月", "2022-11-30"),
        ("二〇二二年十一月三十日", "2022-11-30"),
        ("2022年第一季度", "2022-03-31"),
        ("2022年上半年", "2022-06-30"),
        ("2022年1-11月", "2022-11-30"),
        ("2022年10月-12月", "2022-12-31"),
        ("2021年9月至2022年6月", "2022-06-30"),
        ("2021-2025", "2025-12-31"),
        ("2022年3月上旬", "2022-03-10"),
        ("从2021年起，到2023年完成", "2023-12-31"),
    ],
)
def test_deadlines_that_name_their_year(text, expected):
    assert parse_deadline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月底", "2022-11-30"),
        ("11月底前", "2022-11-30"),
        ("十二月底", "2022-12-31"),
        ("5月18日", "2022-05-18"),
        ("6月30日前完成", "2022-06-30"),
        ("9月份", "2022-09-30"),
        ("3月正式启动", "2022-03-31"),
        ("1月-3月", "2022-03-31"),
        ("1-3月", "2022-03-31"),
        ("1月1日至3月31日", "2022-03-31"),
        ("11月中旬", "2022-11-20"),
        ("第三季度", "2022-09-30"),
        ("前三季度", "2022-09-30"),
        ("上半年", "2022-06-30"),
        ("年底前", "2022-12-31"),
        ("今年底", "2022-12-31"),
        ("全年", "2022-12-31"),
        ("明年6月", "2023-06-30"),
        ("五年新增城镇就业45万人", "2025-12-31"),
        ("规划期内", "2025-12-31"),
    ],
)
def test_deadlines_that_need_the_documents_year(text, expected):
    assert parse_deadline(text, year=2022, year_end=2025) == expected
    assert parse_deadline(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "长期坚持",
        "持续推进",
        "每3个月",
        "3个月",
        "65周岁以上",
        "15分钟健身圈",
        "12345热线",
        "2月30日",
        "较2015年年底分别下降85.2%",
        "每月开展一次",
        "近五年来",
        "投资2000.12万元",
    ],
)
def test_no_deadline(text):
    assert parse_deadline(text, year=2022, year_end=2025) is None


def test_dates_in_reading_order_know_their_place():
    text = "3月底前完成6万人;6月底前完成13万人;9月底前完成20万人"
    found = find_dates(text, year=2024)
    assert [d.date for d in found] == ["2024-03-31", "2024-06-30", "2024-09-30"]
    assert [text[d.start : d.end] for d in found] == ["3月", "6月", "9月"]
    assert not any(d.own_year for d in found)


def test_a_plan_period_is_marked():
    assert [(d.date, d.plan) for d in find_dates("“十四五”期间新增，2022年建成")] == [
        ("2025-12-31", True),
        ("2022-12-31", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-2021、", (2018, 2021)),
        ("2021-\n\n2025", (2021, 2025)),
        ("2021年-2025年", (2021, 2025)),
        ("2021—2025年", (2021, 2025)),
        ("2021年3月至2023年5月", (2021, 2023)),
        ("2021", (2021, 2021)),
        ("续建", None),
        ("——", None),
        ("2025-2021", None),
    ],
)
def test_periods(text, expected):
    assert parse_period(text) == expected


@pytest.mark.parametrize(
    "text", ["1" * 20000, "月" * 20000, "十" * 20000, "2022年" * 5000, " " * 20000 + "年"]
)
def test_hostile_text_comes_back(text):
    find_dates(text, year=2022, year_end=2025)


def test_the_examples_run():
    assert doctest.testmod(dates).failed == 0
