"""Residents, the reference files, and the choice of tables."""

import math

import pytest

from minshi_analysis import metrics
from minshi_analysis.metrics.population import residents
from minshi_analysis.reasons import worded
from minshi_analysis.tables.reference import load_reference, unmatched_observations


def one(tables, region, year, kind, **more):
    return residents(tables["population"], [region], year, kind, **more).iloc[0]


def test_kind_year_and_boundary(tables):
    assert one(tables, "温州市", 2022, "year_end").population == 9_679_000
    assert one(tables, "温州市", 2022, "census").population == 9_572_903
    assert one(tables, "上城区", 2024, "census").population == 1_323_467  # after the re-division of 2021
    assert one(tables, "上城区", 2020, "census").population == 357_657  # before it
    assert one(tables, "龙湾区", 2022, "census").population == 475_693  # without the zone printed apart
    assert one(tables, "龙湾区", 2022, "census", combined=["龙湾区"]).population == 725_036
    assert one(tables, "龙湾区", 2023, "year_end").includes == "浙南产业集聚区"  # the only figure there is
    assert one(tables, "温州市", 2022, "year_end", population_year=2021).population == 9_645_000


def test_no_figure_is_a_reason_not_a_guess(tables):
    row = one(tables, "鹿城区", 2022, "year_end")  # published for 2021 and 2023: not interpolated
    assert math.isnan(row.population) and worded(row.reason) == "no year_end population of 鹿城区 for 2022"
    with pytest.raises(ValueError, match="choose one of census, year_end"):
        one(tables, "温州市", 2022, "registered")


def test_census_adds_up_within_each_boundary(tables):
    census = tables["population"].query("kind == 'census' and region not in ['温州市', '杭州市']")
    plain = census[~census["boundary"].eq("combined")]
    wenzhou = plain["adcode"].fillna("").str.startswith("3303") | plain["region"].eq("浙南产业集聚区")
    assert plain[wenzhou]["population"].sum() == 9_572_903
    hangzhou = plain[~wenzhou]
    assert hangzhou[~hangzhou["boundary"].eq("old_2020")]["population"].sum() == 11_936_010
    assert hangzhou[~hangzhou["boundary"].eq("2021_new")]["population"].sum() == 11_936_010


def test_observations_are_matched_or_listed(tables):
    from figures import REFERENCE

    seen = tables["observations"]
    assert set(seen["indicator_id"]) == {f"wenzhou-14fyp-social/{n}" for n in (16, 17, 51, 52)}
    left = unmatched_observations(REFERENCE, tables["indicators"], tables["documents"])
    assert len(seen) + len(left) == 57  # rows of the file
    assert "城乡居民收入比(上半年)" in set(left["indicator"])  # a half-year is no year
    wrong = tables["indicators"].assign(name=tables["indicators"]["name"].str.replace("城镇化率", "城市化率"))
    with pytest.raises(ValueError, match=r"0 indicators of its plan are named 常住人口城镇化率: correct"):
        load_reference(REFERENCE, wrong, tables["documents"])


def test_tables_are_chosen_by_region_and_year(tables):
    with pytest.raises(ValueError, match="needs the tables funding"):
        metrics.per_capita_funding("温州市", 2022, tables={k: v for k, v in tables.items() if k != "funding"})
    assert len(metrics.indicator_trajectories("温州市", 2024, tables=tables)) == 13  # a plan of 2021-2025


@pytest.mark.parametrize(
    ("region", "year", "said"),
    [
        ("温州市", 2023, "no plan document of 温州市 for 2023: there is 温州市 (2022)"),
        ("温洲市", 2022, "no plan document of 温洲市 for 2022: did you mean 温州市 (2022)?"),
        ("温州", None, "no plan document of 温州: did you mean 温州市 (2022)?"),
        ("苏州市", 2022, "no plan document of 苏州市 for 2022: there are 温州市 (2022), 杭州市 (2024)"),
        (None, 1999, "no plan document for 1999: there are 温州市 (2022), 杭州市 (2024)"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(tables, region, year, said):
    with pytest.raises(ValueError) as error:
        metrics.per_capita_funding(region, year, tables=tables)
    assert str(error.value) == said
