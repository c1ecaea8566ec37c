"""The metrics on what the sources give: figures that the documents print, or that follow from them."""

import pytest
from test_funding import only

from minshi_analysis import metrics

MOUNTAINS = ["永嘉县", "文成县", "平阳县", "泰顺县", "苍南县"]


def test_money_of_the_plan(built):
    total = metrics.per_capita_funding("温州市", 2022, tables=built, by="total").iloc[0]
    assert total.amount == pytest.approx(608488.4889)  # 总额, as printed
    assert total.value == pytest.approx(628.6688, abs=5e-5)  # 6,084,884,889 / 9,679,000
    structure = metrics.funding_structure("温州市", 2022, tables=built).set_index("funder")["amount"]
    # 总额 608488.4889 7843.62 24795.93 484817.0389 91031.9
    assert structure.to_dict() == pytest.approx(
        {"superior": 7843.62, "city": 24795.93, "county": 484817.0389, "other": 91031.9}
    )
    counties = metrics.attributed_funding("温州市", 2022, tables=built)
    assert counties["value"].sum() == pytest.approx(484817.0389)


def test_claims_are_those_of_the_first_page(built):
    """17项超额完成、占比56.67%; 23项, 46.94%; 17项, 36.17%."""
    found = metrics.completion_summary("乐清市", 2022, tables=built)
    worked = {"province": (17, 30, 56.67), "city": (23, 49, 46.94), "county": (17, 47, 36.17)}
    for level, (claimed, tasks, share) in worked.items():
        row = only(found, level=level, **{"class": "over"})
        assert (row.claimed, row.tasks, round(row.claimed_share, 2)) == (claimed, tasks, share)


def test_a_claimed_rate_that_the_numbers_do_not_bear_out(built):
    found = metrics.over_completion("乐清市", 2022, tables=built)
    row = only(found, target_id="yueqing-2022-completion/city.19#1")
    # 建设筹集保障性租赁住房6789套(间),完成率113.15%, of 6600: 102.8636 %; 6789 / 6000 would be 113.15 %
    assert row.value == pytest.approx(102.8636, abs=5e-5) and row.claim_gap == pytest.approx(
        10.2864, abs=5e-5
    )


def test_half_year(built):
    found = metrics.progress_to_date("鹿城区", 2024, tables=built)
    assert only(found, target_id="lucheng-2024-progress/4.2#1").value == pytest.approx(110)  # 5500 of 5000
    assert only(found, target_id="lucheng-2024-progress/4.3#1").value == pytest.approx(107.15)  # 2143 of 2000


def test_indicators_of_the_plan(built):
    found = metrics.indicator_trajectories("温州市", 2022, tables=built)
    better = found[found["start"].eq("better")].set_index("name")["allowed"].round(2).to_dict()
    # What the plan lets get worse: 91.91 -> >90; 14.2万 a year -> 〔45〕, 9万 a year; 1.79 -> <3.5;
    # 73.28 -> >=72; 25 -> <=27; 100 -> 99.5, which the name says is to rise
    assert {name.replace("（", "(").replace("）", ")"): value for name, value in better.items()} == {
        "普惠幼儿园(含公办园)比例": 1.91,
        "新增城镇就业人数": 52000,
        "城镇登记失业率": 1.71,
        "老年人健康管理率": 1.28,
        "城市细颗粒物(PM2.5)平均浓度": 2.0,
        "基本药物抽检合格率": 0.5,
    }
    assert found["standing"].ne("unknown").sum() == 3  # the others have no later value, or no target


def test_milestones_and_tilt(built):
    tail = metrics.back_loading("杭州市", 2024, tables=built).set_index("task_id")["value"]
    assert tail["hangzhou-2024-plan/3.3"] == pytest.approx(20)  # 20万 of 25万 by the end of September
    assert tail["hangzhou-2024-plan/2.1"] == 0  # 9月底完成项目进度的100%
    equity = metrics.allocation_equity("温州市", 2022, tables=built, group=MOUNTAINS, permutations=50)
    ratio = equity[equity["statistic"].eq("group_ratio")].set_index("target_id")["value"]
    # 认知障碍床位: (80 + 50 + 110 + 50 + 120) / 3,130,832 over
    # (80 + 30 + 80 + 20 + 130 + 130 + 20) / 6,442,071
    assert ratio["wenzhou-2022-plan/3.3#1"] == pytest.approx(1.7217, abs=5e-5)
    common = metrics.compare_cities(tables=built)
    beds = only(common, measure_key="认知障碍照护专区床位", region="温州市")
    assert beds.value == pytest.approx(0.92985, abs=5e-6)  # 900 / 967.9
