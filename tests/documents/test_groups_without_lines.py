"""Groups of a plan of money whose lines are left out: their sums are sums of groups, as those above are."""

from __future__ import annotations

import pytest
from laid import read_rows

HEAD = ["项目名称", "合计", "中央", "省级", "目标任务", "牵头单位"]


def read(folder, form, last, *, marks=("一、", "二、")):
    rows = [
        HEAD,
        [f"{marks[0]}社保项目", "900", "500", "400", "", ""],
        ["养老服务", "600", "300", "300", "新增床位60张", "省民政厅"],
        ["就业服务", "300", "200", "100", "培训护理员500人", "省人社厅"],
        [f"{marks[1]}教育项目", "700", "400", "300", "", ""],
        ["幼儿园", "450", "250", "200", "新建幼儿园13所", "省教育厅"],
        ["中小学", "250", "150", "100", "新增学位1200个", "省教育厅"],
        [last, "810", "610", "200", "", ""],
    ]
    title = "浙江省2023年民生实事资金安排表(单位:万元)"
    return read_rows(folder, form, rows, title, region="330000", year=2023, kind="plan")


@pytest.mark.parametrize("form", ["xlsx", "html", "docx"])
@pytest.mark.parametrize(
    ("marks", "last"),
    [
        (("一、", "二、"), "三、其他项目(明细略)"),
        (("(一)", "(二)"), "(三)交通等项目"),
        (("一、", "二、"), "三、安居、交通等其他惠民项目"),
    ],
)
def test_a_group_without_lines_has_its_sums_and_its_name(tmp_path, form, marks, last):
    tables = read(tmp_path, form, last, marks=marks)
    sums = tables["totals"]
    own = sums[sums["subject"] == last]
    assert sorted(own["value"]) == [200, 610, 810]
    assert tables["unread"].empty
    assert tables["tasks"]["text"].str.contains("其他|交通").sum() == 0


def test_a_line_without_a_number_like_theirs_is_no_group(tmp_path):
    tables = read(tmp_path, "xlsx", "老旧小区改造")
    assert "老旧小区改造" not in tables["totals"]["subject"].tolist()
    assert not tables["unread"].empty
