"""Projects of a plan with their total and the plan's part of it under one head."""

from __future__ import annotations

import pytest
from laid import FORMS, read_rows
from notices import sure

TITLE = "酒泉市“十四五”公共服务重大项目表"
KNOWN = {"region": "酒泉市", "year": 2021, "year_end": 2025, "kind": "five_year_plan"}
ROWS = [
    ["1", "第二中学新校区", "新建", "建筑面积5.2万平方米", "2021-2023", "28600", "28600", "市教育局"],
    ["2", "人民医院门诊楼", "续建", "床位500张", "2018-2021", "32500", "9600", "市卫健委"],
    ["3", "综合福利院", "新建", "床位400张", "2022-2024", "11800", "11800", "市民政局"],
]
SUMS = {
    "total, plan": ("总投资(万元)", "合计", "其中:“十四五”投资"),
    "whole, plan": ("估算总投资(万元)", "小计", "“十四五”期间"),
    "named below": ("投资(万元)", "总投资", "其中:“十四五”期间"),
    "years": ("投资规模(万元)", "总投资", "2021-2025年"),
    "period": ("投资额(万元)", "总投资", "规划期内"),
    "blank": ("总投资(万元)", "", "其中:“十四五”投资"),
    "blank, years": ("总投资(万元)", "", "其中:十四五期间"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("how", SUMS)
@pytest.mark.parametrize("merged", [True, False])
def test_the_total_and_the_plans_part_are_told_apart(tmp_path, form, how, merged):
    over, total, plan = SUMS[how]
    top = ["序号", "项目名称", "建设性质", "建设规模及内容", "建设年限", over, "<", "责任单位"]
    below = ["^" if merged else ""]
    low = [*below * 5, total, plan, *below]
    tables = read_rows(tmp_path, form, [top, low, *ROWS], TITLE, **KNOWN)
    rows = tables["investments"]
    assert rows["name"].tolist() == ["第二中学新校区", "人民医院门诊楼", "综合福利院"]
    assert rows["total_yi"].tolist() == [2.86, 3.25, 1.18]
    assert rows["plan_period_yi"].tolist() == [2.86, 0.96, 1.18]
    assert rows["field"].isna().all()
    assert sure(tables).min() >= 0.9


@pytest.mark.parametrize("form", FORMS)
def test_a_group_below_a_wide_head_is_no_head(tmp_path, form):
    top = ["项目", "<", "建设性质", "总投资(万元)", "责任单位"]
    rows = [["", "教育工程", "", "", ""], *([r[0], r[1], r[2], r[5], r[7]] for r in ROWS)]
    tables = read_rows(tmp_path, form, [top, *rows], TITLE, **KNOWN)
    assert tables["investments"]["total_yi"].tolist() == [2.86, 3.25, 1.18]
    assert set(tables["investments"]["field"]) == {"教育工程"}
