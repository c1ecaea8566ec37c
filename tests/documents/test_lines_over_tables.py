"""Lines over a table that say who filled it in and when: none of its heads, whatever head they stand above."""

from __future__ import annotations

import pytest
from laid import FORMS, read_rows

HEADS = ["序号", "考核指标", "计量单位", "年度任务", "实际完成", "完成率(%)"]
ROWS = [
    ["1", "改造县乡公路", "公里", "2000", "3290", "164.5"],
    ["2", "扩建乡镇敬老院", "所", "150", "174", "116"],
    ["3", "新建农村沼气池", "口", "120000", "131661", "109.7"],
]
LINES = {
    "over the result": ["填报单位:省为民办实事办公室", "", "", "", "2011年1月20日", ""],
    "over the rate": ["填报单位:省为民办实事办公室", "", "", "", "", "2011年1月20日"],
    "over the target": ["填报单位:省为民办实事办公室", "", "", "2011-01-20", "", ""],
    "in cells of their own": ["填报单位:", "省为民办实事办公室", "", "", "填报时间:", "2011年1月20日"],
    "without labels": ["省民政厅", "", "", "", "", "2011年1月20日"],
    "of a month": ["制表单位:省民政厅", "", "", "", "(截至2010年12月)", ""],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("line", LINES)
def test_a_date_over_a_head_is_no_part_of_it(tmp_path, form, line):
    title = "湖南省2010年为民办实事考核指标完成情况表"
    tables = read_rows(tmp_path, form, [LINES[line], HEADS, *ROWS], title, region="湖南省")
    assert tables["targets"]["value"].tolist() == [2000, 150, 120000]
    assert tables["outcomes"]["value"].tolist() == [3290, 174, 131661]
    assert tables["outcomes"]["rate_claimed"].tolist() == [164.5, 116, 109.7]
    assert tables["unread"].empty


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("over", ["2011年", "截至2011年3月底"])
def test_a_year_over_heads_is_a_part_of_them(tmp_path, form, over):
    top = ["序号", "考核指标", "计量单位", "年度任务", over, "<"]
    low = ["^", "^", "^", "^", "实际完成", "完成率(%)"]
    tables = read_rows(tmp_path, form, [top, low, *ROWS], "湖南省2010年为民办实事完成情况表", region="湖南省")
    assert tables["targets"]["value"].tolist() == [2000, 150, 120000]
    assert tables["outcomes"].empty
