"""Indicators whose sum of the period stands in a column of its own, beside that of the level."""

from __future__ import annotations

import pandas as pd
import pytest
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

FORMS = {
    "html": (writers.to_html, ".html"),
    "docx": (writers.to_docx, ".docx"),
    "xlsx": (writers.to_xlsx, ".xlsx"),
    "pdf": (writers.to_pdf, ".pdf"),
    "pipes": (writers.to_pipes, ".txt"),
}
TITLE = "磐安县“十四五”公共服务规划（2021—2025年）"


def indicators(tmp_path, form, rows, high=1):
    write, suffix = FORMS[form]
    path = write(Notice((TITLE,), (sheet("主要指标", high, rows),)), tmp_path / f"page{suffix}")
    tables = read_document(path, region="磐安县", kind="five_year_plan")
    assert not tables["unread"]["text"].str.contains(r"\d").any()
    got = tables["indicators"].astype(object).where(pd.notna(tables["indicators"]), None)
    names = [
        "name",
        "baseline_year",
        "baseline",
        "baseline_form",
        "target_year",
        "target",
        "form",
        "cumulative",
    ]
    return got[names].values.tolist(), tables["confidence"]["confidence"].min()


BEDS = ["养老床位", 2020, 1200, "level", 2025, 1700, "level", False]
JOBS = ["城镇新增就业", 2020, 1100, "level", 2025, 6000, "sum", True]
HOMES = ["改造老旧小区", None, None, None, 2025, 2400, "sum", True]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("head", "jobs", "homes"),
    [
        ("五年累计", "6000", "2400"),
        ("2025年累计", "6000", "2400"),
        ("“十四五”累计", "[6000]", "2400"),
        ("2021—2025年累计", "6000", "〔2400〕"),
        ("年均增长〔累计〕", "〔6000〕", "2400（累计）"),
        ("年均/累计", "6000（五年累计）", "累计2400"),
    ],
)
def test_what_the_level_leaves_open_the_sum_says(tmp_path, form, head, jobs, homes):
    rows = [
        ["序号", "指标名称", "单位", "2020年", "2025年", head, "属性"],
        ["1", "养老床位", "张", "1200", "1700", "—", "预期性"],
        ["2", "城镇新增就业", "人", "1100", "—", jobs, "预期性"],
        ["3", "改造老旧小区", "户", "—", "—", homes, "约束性"],
    ]
    got, sure = indicators(tmp_path, form, rows)
    got[2][1] = None  # of no baseline no year is asked
    assert got == [BEDS, JOBS, HOMES] and sure >= 0.8


@pytest.mark.parametrize("form", FORMS)
def test_level_and_sum_under_the_head_of_one_year(tmp_path, form):
    rows = [
        ["序号", "指标名称", "单位", "2020年", "2025年", "<"],
        ["^", "^", "^", "^", "目标值", "累计"],
        ["1", "养老床位", "张", "1200", "1700", "—"],
        ["2", "城镇新增就业", "人", "1100", "—", "6000"],
    ]
    got, sure = indicators(tmp_path, form, rows, 2)
    assert got == [BEDS, JOBS] and sure >= 0.8


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("heads", [("“十三五”累计", "“十四五”累计"), ("2016-2020年累计", "2021-2025年累计")])
def test_the_sum_of_the_period_before_is_no_target(tmp_path, form, heads):
    rows = [
        ["序号", "指标名称", "单位", *heads],
        ["1", "城镇新增就业", "人", "5200", "6000"],
        ["2", "新增养老床位", "张", "300", "500"],
    ]
    got, sure = indicators(tmp_path, form, rows)
    assert [(row[2], row[3], row[5], row[6]) for row in got] == [
        (5200, "sum", 6000, "sum"),
        (300, "sum", 500, "sum"),
    ]
    assert sure >= 0.8


def test_a_figure_that_its_cell_calls_a_sum(tmp_path):
    rows = [
        ["序号", "指标名称", "单位", "2020年", "2025年"],
        ["2", "城镇新增就业", "人", "1100", "6000(累计)"],
    ]
    rows += [["3", "养老床位", "张", "1200", "1700"]]
    got, _ = indicators(tmp_path, "html", rows)
    assert got == [JOBS, BEDS]


def test_one_column_that_says_sum_over_levels_too_is_in_doubt(tmp_path):
    rows = [["序号", "指标名称", "单位", "2020年", "2025年累计"], ["1", "养老床位", "张", "1200", "1700"]]
    rows += [["2", "城镇新增就业", "人", "5200", "6000"]]
    assert indicators(tmp_path, "xlsx", rows)[1] < 0.8
