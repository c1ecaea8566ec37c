"""A plan that names the shares of a few regions gives no average: there is a rate per resident and no quotient."""

from __future__ import annotations

import math

import pytest

from minshi_analysis import metrics
from minshi_analysis.charts import allocation_heatmap
from minshi_analysis.intake.reader import read_document

# 岳阳市 has nine counties; residents of 2020: 岳阳楼区 980401, 云溪区 153657, 君山区 201634, 华容县 553800.
PLAN = """岳阳市2017年民生实事工作方案

1.新增养老服务床位1200张，其中岳阳楼区71张。
2.新增城镇就业55000人，其中岳阳楼区8950人、云溪区3100人、君山区3000人、华容县7200人。
3.新建公厕200座，其中岳阳楼区20座、云溪区30座、君山区40座、华容县40座、平江县50座。
"""


@pytest.fixture(scope="module")
def rates(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "a.txt"
    path.write_text(PLAN, "utf-8")
    found = metrics.allocation_rates(tables=read_document(path, region="岳阳市", year=2017, kind="plan"))
    return found.assign(task=found["target_id"].str.extract(r"(\d)#", expand=False)).set_index(
        ["task", "region"]
    )


@pytest.mark.parametrize("task, named", [("1", 1), ("2", 4)])
def test_few_shares_have_a_rate_and_no_average(rates, task, named):
    part = rates.loc[task]
    assert part["quotient"].isna().all() and part["quotient_of_one"].isna().all()
    assert f"shares of {named} of 9 regions are known" in part.loc["岳阳楼区", "reason"]
    amount = {"1": 71, "2": 8950}[task]
    assert part.loc["岳阳楼区", "value"] == pytest.approx(10_000 * amount / 980_401)


def test_most_shares_have_one(rates):
    part = rates.loc["3"]
    known = part[part["basis"].eq("printed")]
    assert len(known) == 5 and known["quotient"].notna().all()
    people = known["population"].sum()
    assert known.loc["岳阳楼区", "quotient"] == pytest.approx((20 / 180) / (980_401 / people))
    assert math.isnan(part.loc["汨罗市", "quotient"])


def test_a_chart_does_not_say_that_they_have_no_residents(rates):
    chart = allocation_heatmap(rates.reset_index(), lang="zh")
    assert "另有 4 个地区没有可比的份额" in chart.measure and "没有人口数" not in chart.measure
