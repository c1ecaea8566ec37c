"""Milestones: the promised curve and its back-loading."""

import pytest
from test_funding import only

from minshi_analysis import metrics

PLAN = "hangzhou-2024-plan"


def test_shares_of_the_promise(tables):
    found = metrics.milestone_curve("杭州市", 2024, tables=tables)
    worked = {
        ("3.3#1", "2024-03-31"): 24.0,  # 6万 of 25万
        ("3.3#1", "2024-06-30"): 52.0,  # 13万
        ("3.3#1", "2024-09-30"): 80.0,  # 20万
        ("1.1#1", "2024-09-30"): 44.0529,  # 不少于100 of 227
        ("4.3#1", "2024-06-30"): 50.0,  # 500 of 1000台
        ("3.5#1", "2024-06-30"): 40.0,  # 6月底前完成40%
    }
    for (target, due), value in worked.items():
        row = only(found, target_id=f"{PLAN}/{target}", due=due)
        assert row.value == pytest.approx(value, abs=5e-5)
    assert only(found, target_id=f"{PLAN}/1.1#1", due="2024-09-30").bound == "at_least"
    # 各项任务完成50% is said of both targets
    assert len(found[found["task_id"].eq(f"{PLAN}/5.1") & found["value"].eq(50)]) == 2
    words = only(found, target_id=f"{PLAN}/4.3#1", due="2024-03-31")
    assert words.value != words.value and words.reason == "promised in words"
    end = only(found, target_id=f"{PLAN}/1.1#1", due="2024-11-30")
    assert (end.value, end.basis) == (100, "deadline")
    assert "2024-11-30" not in found[found["target_id"].eq(f"{PLAN}/9.5#1")]["due"].tolist()


def test_curve_of_the_city(tables):
    found = metrics.milestone_curve("杭州市", 2024, tables=tables, per="city").set_index(["scope", "due"])[
        "value"
    ]
    # 助餐点 就业 见习 电梯 养育 博物馆(5月底) 场馆(9月底), by the end of June: - 52 40 50 50 100 -
    assert found["printed", "2024-06-30"] == pytest.approx(292 / 5)
    # September: 44.0529 80 80 75 100 100 100
    assert found["printed", "2024-09-30"] == pytest.approx(82.7218, abs=5e-5)
    # 就业 and 见习 alone print a state for March, June and September
    quarters = ("2024-03-31", "2024-06-30", "2024-09-30")
    assert [found["constant", due] for due in quarters] == [22, 46, 80]
    assert found["printed", "2024-12-31"] == 100


def test_back_loading(tables):
    found = metrics.back_loading("杭州市", 2024, tables=tables)
    worked = {
        "1.1": 55.9471,
        "3.3": 20,
        "3.5": 20,
        "4.3": 25,
        "5.1": 0,
        "9.2": 0,
    }  # 100 - share by 30 September
    for task, value in worked.items():
        assert only(found, task_id=f"{PLAN}/{task}").value == pytest.approx(value, abs=5e-5)
    museum = only(found, task_id=f"{PLAN}/9.2")
    assert museum.dated == 1  # its deadline is the end of May
    city = metrics.back_loading("杭州市", 2024, tables=tables, per="city")
    assert only(city, scope="printed").value == pytest.approx(17.2782, abs=5e-5)
    assert only(city, scope="printed").tasks == 7 and only(city, scope="constant").value == 20


def test_a_milestone_above_a_later_one_counts_something_else(tables):
    """Of 100 lines, 100 are planned in March and 60 % run in June: the first is not 100 % of the promise."""
    milestones = tables["milestones"].copy()
    first = milestones["target_id"].eq(f"{PLAN}/4.3#1") & milestones["due"].eq("2024-06-30")
    milestones.loc[first, "value"] = 1000.0
    supposed = tables | {"milestones": milestones}
    found = metrics.milestone_curve("杭州市", 2024, tables=supposed)
    row = only(found, target_id=f"{PLAN}/4.3#1", due="2024-06-30")
    assert row.value == 100 and row.reason.startswith("more than a later milestone promises")
    tasks = metrics.milestone_curve("杭州市", 2024, tables=supposed, per="task")
    june = only(tasks, task_id=f"{PLAN}/4.3", due="2024-06-30")
    assert june.value != june.value and june.reason == "no state is printed by then"
    assert only(tasks, task_id=f"{PLAN}/4.3", due="2024-09-30").value == 75
