"""Equity: rates per resident, inequality, the policy group; and cities side by side."""

import math

import numpy as np
import pytest
from inequality.gini import Gini
from inequality.theil import Theil, TheilD
from scipy import stats
from test_funding import only

from minshi_analysis import metrics
from minshi_analysis.metrics.inequality import gini, theil, theil_parts

PLAN = "wenzhou-2022-plan"
# 推动全市公共服务资源更多向永嘉、文成、平阳、泰顺、苍南等山区五县地区倾斜
MOUNTAINS = ["永嘉县", "文成县", "平阳县", "泰顺县", "苍南县"]


@pytest.fixture(scope="module")
def rates(tables):
    return metrics.allocation_rates("温州市", 2022, tables=tables)


@pytest.fixture(scope="module")
def equity(tables):
    return metrics.allocation_equity("温州市", 2022, tables=tables, group=MOUNTAINS)


def test_rates_and_quotients(rates):
    # 鹿城: 50台 / 1,167,165 residents
    assert only(rates, target_id=f"{PLAN}/5.4#1", region="鹿城区").value == pytest.approx(0.42839, abs=5e-6)
    # 永嘉: 610 classrooms / 869,624
    assert only(rates, target_id=f"{PLAN}/1.1#1", region="永嘉县").value == pytest.approx(7.01453, abs=5e-6)
    # 龙湾(含浙南产业集聚区) 55 / (475,693 + 249,343)
    both = only(rates, target_id=f"{PLAN}/8.4#1", region="龙湾区")
    assert both.value == pytest.approx(0.758583, abs=5e-7) and both.population_boundary == "combined"
    # printed apart, they are counted apart: 4000 / 475,693
    apart = only(rates, target_id=f"{PLAN}/4.3#1", region="龙湾区")
    assert apart.value == pytest.approx(84.0878, abs=5e-5) and apart.population_boundary == "unchanged"
    # 瓯海: (5600 / 14600) / (963,238 / 9,572,903) = .383562 / .100621
    assert only(rates, target_id=f"{PLAN}/4.3#1", region="瓯海区").quotient == pytest.approx(
        3.81193, abs=5e-6
    )


def test_bodies_and_absent_counties(rates, equity):
    garden = only(rates, target_id=f"{PLAN}/4.3#1", region="温州生态园")
    assert garden.allocated == 400 and math.isnan(garden.value) and "no census population" in garden.reason
    # The splits of 11.3 add up to 13, so the counties they leave out get none.
    assert only(rates, target_id=f"{PLAN}/11.3#1", region="永嘉县").basis == "implied_zero"
    # Those of 5.4 add up to 136, not to 130; no county is left out, and the zone is counted with 龙湾.
    lifts = rates[rates["target_id"].eq(f"{PLAN}/5.4#1")]
    assert set(lifts["basis"]) == {"printed"} and len(lifts) == 12
    assert only(lifts, region="龙湾区").population == 725_036
    aside = equity[equity["statistic"].eq("without_population")].set_index("target_id")["value"]
    assert aside[f"{PLAN}/1.1#1"] == pytest.approx(100 * 240 / 5100)  # 市直 240
    assert aside[f"{PLAN}/4.3#1"] == pytest.approx(100 * 400 / 15000)  # 生态园 400


def test_a_county_left_out_of_a_split_with_a_rest_is_unknown(tables):
    shares = tables["allocations"]
    shares = shares[~(shares["target_id"].eq(f"{PLAN}/11.3#1") & shares["region"].eq("苍南县"))]
    found = metrics.allocation_rates("温州市", 2022, tables=tables | {"allocations": shares})
    row = only(found, target_id=f"{PLAN}/11.3#1", region="苍南县")
    assert math.isnan(row.value) and row.basis == "not_printed" and "do not add up" in row.reason


def test_a_county_s_split_does_not_reach_its_neighbours(tables):
    documents = tables["documents"].copy()
    plan = documents["doc_id"].eq(PLAN)
    documents.loc[plan, ["region", "adcode"]] = ["乐清市", "330382"]
    found = metrics.allocation_rates(
        "乐清市",
        2022,
        tables=tables | {"documents": documents},
    )
    assert "永嘉县" not in set(found[found["target_id"].eq(f"{PLAN}/11.3#1")]["region"])


def test_inequality_by_hand(equity):
    # 停车位, poorest first: nine counties none; 鹿城 4000, 浙南 1000, 瓯海 5600, 龙湾 4000 of 14600,
    # of residents .121924 .026047 .100621 .049691. Twice the area under the Lorenz curve:
    # .121924 * .273973 + .026047 * .616439 + .100621 * 1.068493 + .049691 * 1.726027 = .242742
    assert only(equity, target_id=f"{PLAN}/4.3#1", statistic="gini").value == pytest.approx(
        1 - 0.242742, abs=2e-6
    )
    # The same four: .273973 ln 2.247080 + .068493 ln 2.629624 + .383562 ln 3.811933 + .273973 ln 5.513497
    assert only(equity, target_id=f"{PLAN}/4.3#1", statistic="theil").value == pytest.approx(
        1.26902, abs=1e-5
    )
    # 生活圈: five counties 65 + 50 + 85 + 60 + 65 = 325 of 850 = .382353,
    # of residents 3,130,832 / 9,572,903 = .327052: .382353 ln 1.169090 + .617647 ln .917807 = .006769
    between = only(equity, target_id=f"{PLAN}/8.4#1", statistic="theil_between").value
    within = only(equity, target_id=f"{PLAN}/8.4#1", statistic="theil_within").value
    assert between == pytest.approx(0.006769, abs=1e-6)
    assert within + between == pytest.approx(only(equity, target_id=f"{PLAN}/8.4#1", statistic="theil").value)


def test_does_the_group_get_more(equity):
    # 生活圈: (325 / 3,130,832) / (525 / 6,442,071) = 1.2738
    circles = only(equity, target_id=f"{PLAN}/8.4#1", statistic="group_ratio")
    assert circles.value == pytest.approx(1.2738, abs=5e-5) and 0 < circles.p <= circles.q <= 1
    # 电梯: 4 + 4 + 10 + 4 + 10 = 32, the others 104: (32 / 3,130,832) / (104 / 6,442,071) = .6331
    assert only(equity, target_id=f"{PLAN}/5.4#1", statistic="group_ratio").value == pytest.approx(
        0.6331, abs=5e-5
    )
    assert only(equity, target_id=f"{PLAN}/4.3#1", statistic="group_ratio").value == 0  # 停车位: none


def test_rank_correlations_are_those_of_scipy(tables, rates, equity):
    own = rates[rates["target_id"].eq(f"{PLAN}/8.4#1")]
    member = own["region"].isin(MOUNTAINS).astype(float)
    expected = stats.spearmanr(own["value"], member).statistic
    # over the greatest that five of twelve can reach: the five highest rates all in the group
    most = stats.spearmanr(np.sort(own["value"]), np.sort(member)).statistic
    assert only(equity, target_id=f"{PLAN}/8.4#1", statistic="group_correlation").value == pytest.approx(
        expected / most
    )
    urban = tables["observations"].query("year == 2021").set_index("region")["value"].to_dict()
    found = metrics.allocation_equity("温州市", 2022, tables=tables, advantage=urban)
    expected = stats.spearmanr(own["value"], own["region"].map(urban)).statistic
    row = only(found, target_id=f"{PLAN}/8.4#1", statistic="advantage_correlation")
    assert row.value == pytest.approx(expected) and 0 < row.p <= 1


def test_a_permutation_test_by_hand():
    """Of the 10 ways to choose two of five, one gives the two highest rates: a ratio as great has p = 1/10 (one side)."""
    from minshi_analysis.metrics.favour import _dealt, _ratios

    values, weights = np.array([1.0, 2.0, 3.0, 4.0, 10.0]), np.ones(5)
    dealt = _dealt(np.array([False, False, False, True, True]), 100, 0)
    ratios = _ratios(values, weights, dealt)
    assert len(dealt) == 10 and (ratios >= ratios[-1]).sum() == 1 and ratios[-1] == pytest.approx(7 / 2)


def test_a_coarse_split_says_nothing_of_equity(tables, equity):
    """病险水库 13座 for 12 counties: a county gets one or none."""
    rows = equity[equity["target_id"].eq(f"{PLAN}/11.3#1") & equity["statistic"].eq("gini")]
    assert rows["coarse"].all() and rows["value"].isna().all() and "whole number" in rows["reason"].iloc[0]


def test_rural_things_are_no_nought_in_a_city_district(tables):
    renamed = tables["targets"].copy()
    renamed.loc[renamed["target_id"].eq(f"{PLAN}/11.3#1"), "measure"] = "农村公路"
    found = metrics.allocation_rates("温州市", 2022, tables=tables | {"targets": renamed})
    assert only(found, target_id=f"{PLAN}/11.3#1", region="鹿城区").basis == "not_concerned"
    assert only(found, target_id=f"{PLAN}/11.3#1", region="永嘉县").basis == "implied_zero"


def test_against_the_package_inequality():
    values = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0])
    equal, groups = np.ones(6), np.array([0, 0, 1, 1, 1, 0])
    assert gini(values, equal) == pytest.approx(Gini(values).g)
    assert theil(values, equal) == pytest.approx(Theil(values).T)
    within, between = theil_parts(values, equal, groups)
    decomposed = TheilD(values, groups)
    assert between == pytest.approx(np.ravel(decomposed.bg)[0]) and within == pytest.approx(
        np.ravel(decomposed.wg)[0]
    )
    # A weight of n is n residents with the same rate.
    weights = np.array([2, 1, 3, 1, 1, 2])
    every = np.repeat(values, weights)
    assert gini(values, weights) == pytest.approx(Gini(every).g)
    assert theil(values, weights) == pytest.approx(Theil(every).T)


def test_lifts_in_two_cities(tables):
    found = metrics.compare_cities("加装电梯", tables=tables)
    wenzhou = only(found, region="温州市")  # 130台以上 / 967.9万人
    hangzhou = only(found, region="杭州市")  # 1000台 / 1262.4万人
    assert wenzhou.value == pytest.approx(0.13431, abs=5e-6) and wenzhou.bound == "at_least"
    assert hangzhou.value == pytest.approx(0.79214, abs=5e-6)
    assert (hangzhou.unit, hangzhou.population_date) == ("台/万人", "2024-12-31")
    common = metrics.compare_cities(tables=tables)
    assert set(common["measure_key"]) == {"加装电梯"}
    with pytest.raises(ValueError, match="no target counts '公园'"):
        metrics.compare_cities("公园", tables=tables)
