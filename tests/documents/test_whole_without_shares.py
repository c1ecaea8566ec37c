"""A column of a table of regions in which the whole has its figures and no region has a share."""

from __future__ import annotations

import pytest
from laid import read_rows


@pytest.mark.parametrize("form", ["html", "xlsx", "docx"])
@pytest.mark.parametrize("nothing", ["/", "-", "—", "无"])
def test_the_whole_is_promised_where_no_region_has_a_share(tmp_path, form, nothing):
    rows = [
        ["地区", "妇女居家培训(人)", "<", "<", "现代农业科技培训(人次)", "<", "<"],
        ["^", "目标任务", "进度", "完成比例(%)", "目标任务", "进度", "完成比例(%)"],
        ["全市", "1000", "1078", "107.8", "500", "520", "104"],
        ["东坡区", "600", "648", "108", nothing, nothing, nothing],
        ["彭山区", "400", "430", "107.5", nothing, nothing, nothing],
    ]
    tables = read_rows(
        tmp_path,
        form,
        rows,
        "眉山市2019年民生工程完成情况表",
        region="511400",
        year=2019,
        kind="completion",
    )
    targets = tables["targets"]
    assert list(zip(targets["value"], targets["unit"], strict=True)) == [(1000, "人"), (500, "人次")]
    whole = tables["outcomes"][tables["outcomes"]["region"].isna()]
    assert whole["value"].tolist() == [1078, 520] and whole["rate_claimed"].tolist() == [107.8, 104]
    assert tables["allocations"]["value"].tolist() == [600, 400]
    assert tables["unread"].empty
    assert tables["confidence"]["confidence"].min() == 1.0
