"""Completion: ratio, class, claim, and progress in mid-year."""

import math

import pandas as pd
import pytest
from test_funding import only

from minshi_analysis import metrics
from minshi_analysis.metrics.judging import classify

REPORT = "yueqing-2022-completion"


def test_ratios_of_the_report(tables):
    found = metrics.over_completion("乐清市", 2022, tables=tables)
    worked = {
        "province.2#1": (101.3158, "over"),  # 托位 1155 / 1140
        "province.2#2": (168.6131, "over"),  # 普惠托位 1155 / 685
        "province.7#1": (200.4735, "over"),  # 45307 / 22600人次以上
        "city.16#1": (212.0, "over"),  # 提升绿道 21.2 / 10公里
        "city.18#1": (111.5519, "over"),  # 956 / 857户以上, claimed as 完成任务
        "city.35#1": (100.0, "met"),  # 155场次以上 of 155场次以上
        "county.15#1": (100.0, "met"),  # 15 / 15座以上: the number itself is met, not over
    }
    for target, (value, name) in worked.items():
        row = only(found, target_id=f"{REPORT}/{target}")
        assert row.value == pytest.approx(value, abs=5e-5) and row["class"] == name
    training = only(found, target_id=f"{REPORT}/province.7#1")  # 完成率200%: 200 - 200.4735
    assert training.rate_claimed == 200 and training.claim_gap == pytest.approx(-0.4735, abs=5e-5)
    kitchens = only(found, target_id=f"{REPORT}/county.17#1")
    assert (round(kitchens.difference, 9), kitchens.difference_unit) == (2.4, "百分点")
    assert kitchens["class"] == "over" and math.isnan(kitchens.value)  # two percentages have no ratio
    assert kitchens.reason == "two percentages have no ratio: the difference is in points"
    modest = only(found, target_id=f"{REPORT}/city.18#1")
    assert modest.status_claimed == "met" and modest.agrees  # explained by 以上
    people = only(found, target_id=f"{REPORT}/county.28#1")  # 培训6895人 of 5000人次以上
    assert people["class"] == "over" and people.reason == "counted in 人, promised in 人次"


def test_a_result_in_words_keeps_its_row(tables):
    found = metrics.over_completion("乐清市", 2022, tables=tables)
    row = only(found, task_id=f"{REPORT}/county.20")  # 建成城市噪声自动监测网络: no number
    assert row["class"] == "unknown" and math.isnan(row.value) and row.reason


def test_tasks_and_summary(tables):
    tasks = metrics.over_completion("乐清市", 2022, tables=tables, per="task")
    chargers = only(tasks, task_id=f"{REPORT}/county.15")  # 15 / 15座 and 212 / 100把
    assert (chargers.value, chargers.best, chargers["class"]) == (100, 212, "over")
    found = metrics.completion_summary("乐清市", 2022, tables=tables)
    # city: 持证养老护理员 248/150, 绿道, 回迁安置 over, 服务进小区 met; claimed over only 绿道
    over = only(found, level="city", **{"class": "over"})
    assert (over.value, over.share, over.claimed, over.claimed_share, over.tasks) == (3, 75, 1, 25, 4)
    assert only(found, level="province", **{"class": "over"}).claimed == 2
    unknown = only(found, level="county", **{"class": "unknown"})
    assert unknown.value == 1 and unknown.reason == "tasks that cannot be computed: 1"
    for by in ("programme", "agency", "total"):
        assert metrics.completion_summary("乐清市", 2022, tables=tables, by=by)["value"].sum() == len(tasks)


def test_half_year_against_the_calendar(tables):
    found = metrics.progress_to_date("鹿城区", 2024, tables=tables)
    # 2024-06-30 is day 182 of 366: 49.7268 % of the year
    homes = only(found, target_id="lucheng-2024-progress/3.1#1")  # 5109 / 5000 套(间) = 102.18
    assert (homes.value, homes.elapsed) == (pytest.approx(102.18), pytest.approx(49.7268, abs=5e-5))
    assert homes.ahead == pytest.approx(52.4532, abs=5e-5) and homes["class"] == "over"
    houses = only(found, target_id="lucheng-2024-progress/9.3#1")  # 16 of 20幢 by mid-year: 80 %, not behind
    assert (houses.value, houses["class"], houses.calendar) == (80, "in_progress", "ahead")
    schools = found[found["target_id"].eq("lucheng-2024-progress/1.1#1")]  # 小学 85 %, 幼儿园 65 %
    assert sorted(schools["value"]) == [65, 85] and set(schools["reason"].str.split(";").str[0]) == {
        "the report's own rate"
    }
    pitches = only(found, target_id="lucheng-2024-progress/10.2#1")  # 已完成选址工作: words only
    assert pitches.calendar == "unknown" and "prints no number" in pitches.reason


def test_half_year_against_milestones(tables):
    """No report here has milestones of its own; one is supposed: 2500 homes by the end of March."""
    promise = (
        tables["milestones"]
        .iloc[[1]]
        .assign(
            doc_id="lucheng-2024-progress",
            task_id="lucheng-2024-progress/3.1",
            target_id="lucheng-2024-progress/3.1#1",
            due="2024-03-31",
            value=2500.0,
            unit="套(间)",
        )
    )
    found = metrics.progress_to_date(
        tables=tables | {"milestones": pd.concat([tables["milestones"], promise])}
    )
    row = only(found, target_id="lucheng-2024-progress/3.1#1")
    assert (row.due, row.ahead_of_due, row.schedule) == (50, pytest.approx(52.18), "ahead")
    assert only(found, target_id="lucheng-2024-progress/6.2#1").schedule == "unknown"


@pytest.mark.parametrize(
    "target, bound, value, value_bound, expected",
    [
        (80, "at_least", 79.9, "exact", "behind"),
        (90, "more_than", 90, "exact", "behind"),  # 超过90 is not met by 90
        (90, "more_than", 90, "more_than", "met"),
        (90, "more_than", 90, "at_least", "unknown"),
        (3.5, "less_than", 1.79, "exact", "over"),  # 失业率<3.5: less is better
        (27, "at_most", 27, "exact", "met"),
        (27, "at_most", 28, "exact", "behind"),
        (100, "exact", 100, "at_most", "unknown"),
        (100, "exact", 90, "at_most", "behind"),
        (100, "exact", 120, "at_least", "over"),
        (15000, "approx", 14500, "exact", "met"),  # 约1.5万: within 5 %
        (15000, "approx", 14000, "exact", "behind"),
        (100, "exact", 97, "approx", "met"),
        (float("nan"), "exact", 5, "exact", "unknown"),
        (5, "exact", float("nan"), "exact", "unknown"),
    ],
)
def test_bounds(target, bound, value, value_bound, expected):
    assert classify(target, bound, value, value_bound) == expected


def test_a_plan_is_no_report(tables):
    with pytest.raises(
        ValueError, match="no progress/completion document of 温州市 for 2022: there are 乐清市"
    ):
        metrics.over_completion("温州市", 2022, tables=tables)


@pytest.mark.parametrize(
    ("claim", "classes", "texts", "expected"),
    [
        ("met", ["met", "behind"], (), (False, "missed")),
        ("met", ["met", "met"], (), (True, "holds")),
        ("over", ["met", "over"], (), (True, "holds")),  # one figure exceeded is enough
        ("over", ["met", "met"], (), (False, "not_over")),
        ("over", ["met", "behind"], (), (False, "not_over")),
        ("over", ["met"], ("提前超额完成任务",), (True, "said_beyond")),
        ("over", ["met", "unknown"], (), (None, "undecided")),
        ("behind", ["met", "behind"], (), (True, "holds")),
        ("behind", ["met"], (), (False, "not_missed")),
        ("in_progress", ["in_progress"], (), (True, "holds")),
        ("met", ["unknown"], (), (None, "no_figure")),
        (None, ["met"], (), (None, "no_figure")),
    ],
)
def test_a_status_is_of_the_task_and_not_of_each_figure(claim, classes, texts, expected):
    from minshi_analysis.metrics.judging import judge

    rows = [{"class": name, "bound": "exact"} for name in classes]
    assert judge(claim, rows, texts)[::2] == expected
