"""Indicators: the path asked for, what it allows, where observations stand."""

import math

import pandas as pd
import pytest
from test_funding import only

from minshi_analysis import metrics

PLAN = "wenzhou-14fyp-social"


@pytest.fixture(scope="module")
def found(tables):
    return metrics.indicator_trajectories("温州市", 2022, tables=tables)


def test_required_change(found):
    nursery = only(found, indicator_id=f"{PLAN}/2")  # 2.0 -> 4.5 in 5 years
    assert (nursery.value, nursery.unit) == (0.5, "个/年")
    assert nursery.growth == pytest.approx(17.6079, abs=5e-5)  # (4.5 / 2.0) ** (1 / 5) = 1.176079
    ratio = only(found, indicator_id=f"{PLAN}/17")  # 1.96 -> 1.9
    assert ratio.value == pytest.approx(-0.012) and ratio.direction == "down"
    urban = only(found, indicator_id=f"{PLAN}/16")  # 72.16 -> 75
    assert (round(urban.value, 9), urban.unit) == (0.568, "百分点/年")


def test_met_at_the_start_and_allowed_to_worsen(found):
    better = {"5": 1.91, "12": 1.71, "52": 2.0}  # 91.91 -> >90; 1.79 -> <3.5; 25 -> <=27
    for number, allowed in better.items():
        row = only(found, indicator_id=f"{PLAN}/{number}")
        assert row.start == "better" and row.allowed == pytest.approx(allowed)
    assert only(found, indicator_id=f"{PLAN}/31").start == "met"  # >99 -> >99
    assert only(found, indicator_id=f"{PLAN}/45").start == "unknown"  # >=83 may already be >=85
    assert only(found, indicator_id=f"{PLAN}/2").start == "below"
    missing = only(found, indicator_id=f"{PLAN}/3")  # — -> >=80
    assert missing.start == "unknown" and "no baseline is printed" in missing.reason
    assert "no target is printed (省下目标)" in only(found, indicator_id=f"{PLAN}/51").reason


def test_cumulative_targets_are_sums(found, tables):
    jobs = only(found, indicator_id=f"{PLAN}/11")  # 14.2万 in 2020, 〔45〕万 in five years: 9万 a year
    assert jobs.value == 90_000 and jobs.start == "better" and jobs.allowed == 52_000
    training = only(found, indicator_id=f"{PLAN}/13")  # 10万, 〔50〕万: the pace of 2020 is just enough
    assert training.value == 100_000 and training.start == "met" and training.growth == 0
    paths = metrics.indicator_paths("温州市", 2022, tables=tables)
    sums = paths[paths["indicator_id"].eq(f"{PLAN}/11") & paths["path"].eq("linear")]["value"]
    assert sums.tolist() == [0, 90_000, 180_000, 270_000, 360_000, 450_000]
    grown = paths[paths["indicator_id"].eq(f"{PLAN}/11") & paths["path"].eq("growth")]["value"]
    assert grown.iloc[-1] == pytest.approx(450_000)


def test_paths(tables):
    paths = metrics.indicator_paths("温州市", 2022, tables=tables)
    nursery = paths[paths["indicator_id"].eq(f"{PLAN}/2")].set_index(["path", "year"])["value"]
    assert nursery["linear"].tolist() == [2.0, 2.5, 3.0, 3.5, 4.0, 4.5]
    assert nursery["growth", 2022] == pytest.approx(2.7663, abs=5e-5)  # 2 * 2.25 ** .4
    assert paths[paths["indicator_id"].eq(f"{PLAN}/3")]["reason"].str.contains("no baseline").all()


def test_standing_and_projection(found):
    urban = only(found, indicator_id=f"{PLAN}/16")
    # Path in 2024: 72.16 + 4 * 0.568 = 74.432; observed 76.0
    assert urban.expected == pytest.approx(74.432) and urban.gap == pytest.approx(1.568)
    assert urban.standing == "ahead" and urban.observed_year == 2024
    # 72.16 72.8 73.7 74.7 76.0: mean 73.872, slope 9.58 / 10; 2025 is three years after the mean year:
    # 73.872 + 3 * 0.958 = 76.746. Residuals .204 -.114 -.172 -.130 .212, squares .14604, / 3 = .04868;
    # t(.975, 3) = 3.18245; 3.18245 * sqrt(.04868 * (1 + .2 + .9)) = 1.01752
    assert urban.projected == pytest.approx(76.746) and urban.points == 5
    assert (urban.low, urban.high) == (pytest.approx(75.7285, abs=1e-4), pytest.approx(77.7635, abs=1e-4))
    assert urban.reaches == "already"  # 76.0 in 2024, of 75
    assert "73.3 (2022)" in urban.reason and "low reliability: 2024" in urban.reason
    ratio = only(found, indicator_id=f"{PLAN}/17")  # path in 2022: 1.96 - 2 * .012 = 1.936; observed 1.91
    assert ratio.standing == "ahead" and ratio.expected == pytest.approx(1.936)
    # 1.96 1.94 1.91: slope -.025, mean 1.936667; 1.936667 - 4 * .025 = 1.836667, but the interval is wide
    assert ratio.projected == pytest.approx(1.836667, abs=1e-6) and ratio.reaches == "uncertain"
    dust = only(found, indicator_id=f"{PLAN}/52")  # met at the start: against <=27, observed 24
    assert (dust.expected, dust.gap, dust.standing) == (27, -3, "ahead")


def test_few_observations_are_not_projected(tables):
    seen = tables["observations"]
    seen = seen[seen["year"].le(2021)]
    found = metrics.indicator_trajectories("温州市", 2022, tables=tables | {"observations": seen})
    urban = only(found, indicator_id=f"{PLAN}/16")
    assert math.isnan(urban.projected) and "2 years observed: too few to project" in urban.reason
    assert urban.standing == "on_track"  # 72.8, path 72.728, half a year is 0.284
    none = only(found, indicator_id=f"{PLAN}/2")
    assert none.standing == "unknown" and none.reason == "no later value is observed"


def test_flows_are_added_while_no_year_is_missing(tables):
    """No yearly job figures are in the reference; 10万 in 2021 and 8万 in 2022 are supposed."""
    rows = pd.DataFrame(
        {
            "region": "温州市",
            "indicator_id": f"{PLAN}/11",
            "unit": "人",
            "source_id": "WZ2021POP",
            "note": None,
        }
        | {"year": pd.array([2021, 2022, 2024], dtype="Int64"), "value": [100_000.0, 80_000.0, 90_000.0]}
    )
    found = metrics.indicator_trajectories("温州市", 2022, tables=tables | {"observations": rows})
    jobs = only(found, indicator_id=f"{PLAN}/11")
    assert (jobs.observed, jobs.expected, jobs.gap, jobs.standing) == (180_000, 180_000, 0, "on_track")
    assert jobs.observed_year == 2022
