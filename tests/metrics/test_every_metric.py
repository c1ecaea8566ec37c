"""What holds of every metric: units and sources beside each figure, and properties that no data changes."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minshi_analysis import metrics
from minshi_analysis.audit.trace import row_ids
from minshi_analysis.metrics import paths
from minshi_analysis.metrics.inequality import gini, theil, theil_parts
from minshi_analysis.metrics.judging import classify
from minshi_analysis.model import BOUNDS

MOUNTAINS = ["永嘉县", "文成县", "平阳县", "泰顺县", "苍南县"]
CALLS = {
    "per_capita_funding": [{"by": by} for by in ("total", "programme", "task", ("programme", "funder"))],
    "funding_structure": [{"by": by} for by in ("total", "programme", "task")],
    "funding_concentration": [{"by": by} for by in ("programme", "task")],
    "funding_per_unit": [{}],
    "attributed_funding": [{"by": by} for by in ("region", "line")],
    "over_completion": [{"per": per} for per in ("target", "task")],
    "completion_summary": [{"by": by} for by in ("level", "programme", "agency", "total")],
    "progress_to_date": [{}],
    "indicator_trajectories": [{}],
    "indicator_paths": [{}],
    "milestone_curve": [{"per": per} for per in ("target", "task", "city")],
    "back_loading": [{"per": per} for per in ("task", "city")],
    "allocation_rates": [{}],
    "allocation_equity": [
        {"group": MOUNTAINS, "advantage": {"鹿城区": 90.7, "文成县": 44.3, "乐清市": 65.9}}
    ],
    "size_and_group": [{"group": MOUNTAINS}],
    "promise_survival": [{}],
    "ambition": [{}],
    "delivered_per_yuan": [{}],
    "bound_structure": [{"by": by} for by in ("total", "programme", "agency")],
    "sensitivity": [{}],
    "compare_cities": [{}, {"measure": "加装电梯"}],
}
EVERY = [pytest.param(name, call, id=f"{name}-{call}") for name, calls in CALLS.items() for call in calls]


def test_no_metric_is_left_out():
    # timeliness has no rows here: no document has both milestones and results (see test_referee); held_to_plan has none, as
    # the reports print each target themselves (see test_held_to_plan)
    assert set(CALLS) | {"timeliness", "held_to_plan"} == set(metrics.__all__)


@pytest.mark.parametrize("name, call", EVERY)
@pytest.mark.parametrize("kind", ["typed", "built"])
def test_every_figure_has_a_unit_and_a_source(request, kind, name, call):
    tables = request.getfixturevalue("tables" if kind == "typed" else "built")
    found = getattr(metrics, name)(tables=tables, **call)
    assert len(found) and "value" in found
    assert found.attrs == {}
    figures = [
        column
        for column in found.select_dtypes("number")
        if column != "year" and not column.endswith("_year")
    ]
    for figure in figures:
        unit = found["unit" if figure == "value" else f"{figure}_unit"]
        assert unit.notna().all() and unit.str.len().gt(0).all(), figure
    known = {row_id for row_id, _, _ in row_ids(tables)} | set(tables["funding"]["funding_id"])
    for ids in found["source_ids"]:
        assert ids and set(ids.split("|")) <= known
    silent = found[found["value"].isna() & found["reason"].isna()]
    assert silent.empty, f"{len(silent)} values are missing without a reason"


@pytest.mark.parametrize("name, call", EVERY)
def test_the_order_of_rows_does_not_matter(tables, name, call):
    shuffled = {table: rows.sample(frac=1, random_state=7) for table, rows in tables.items()}
    metric = getattr(metrics, name)
    pd.testing.assert_frame_equal(metric(tables=shuffled, **call), metric(tables=tables, **call))


@settings(max_examples=6, deadline=None)
@given(factor=st.integers(2, 50))
def test_more_residents_less_each(tables, factor):
    more = tables["population"].assign(population=tables["population"]["population"] * factor)
    for name in ("per_capita_funding", "allocation_rates", "compare_cities"):
        metric = getattr(metrics, name)
        before, after = metric(tables=tables), metric(tables=tables | {"population": more})
        np.testing.assert_allclose(after["value"], before["value"] / factor, rtol=1e-12)
    # What compares regions with each other does not change.
    np.testing.assert_allclose(
        metrics.allocation_rates(tables=tables | {"population": more})["quotient"],
        metrics.allocation_rates(tables=tables)["quotient"],
    )


@settings(max_examples=6, deadline=None)
@given(shares=st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)))
def test_two_regions_together_have_the_weighted_rate(tables, shares):
    target = tables["targets"]["target_id"].eq("wenzhou-2022-plan/5.4#1")
    rows = tables["allocations"][tables["allocations"]["target_id"].eq("wenzhou-2022-plan/5.4#1")]
    pair = rows[rows["region"].isin(["文成县", "泰顺县"])].assign(value=[float(share) for share in shares])
    common = tables | {"targets": tables["targets"][target].assign(value=float(sum(shares)))}
    apart = metrics.allocation_rates(tables=common | {"allocations": pair}).set_index("region")
    merged = pair.iloc[[0]].assign(value=float(sum(shares)))
    people = tables["population"]
    both = people[people["region"].isin(["文成县", "泰顺县"]) & people["kind"].eq("census")]
    host = both[both["region"].eq(merged["region"].iloc[0])].assign(population=both["population"].sum())
    rest = people[~people["region"].isin(["文成县", "泰顺县"])]
    together = metrics.allocation_rates(
        tables=common | {"allocations": merged, "population": pd.concat([rest, host])}
    ).set_index("region")
    two = apart.loc[["文成县", "泰顺县"]]
    for column in ("value", "quotient"):
        weighted = np.average(two[column], weights=two["population"])
        assert together.at[merged["region"].iloc[0], column] == pytest.approx(weighted)


@given(
    value=st.floats(1e-6, 1e9, allow_nan=False),
    bound=st.sampled_from(BOUNDS),
    value_bound=st.sampled_from(BOUNDS),
)
def test_a_ratio_of_one_is_never_over(value, bound, value_bound):
    assert classify(value, bound, value, value_bound) != "over"


positive = st.lists(st.tuples(st.floats(0.01, 1e4), st.integers(1, 10**7)), min_size=2, max_size=12)


@given(rows=positive, data=st.data())
def test_inequality_laws(rows, data):
    values, weights = np.array([v for v, _ in rows]), np.array([w for _, w in rows], float)
    assert -1e-12 <= gini(values, weights) < 1 and theil(values, weights) >= -1e-12
    assert gini(values * 3, weights) == pytest.approx(gini(values, weights), abs=1e-9)
    groups = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    assert sum(theil_parts(values, weights, groups)) == pytest.approx(float(theil(values, weights)), abs=1e-9)
    # A region cut into two of the same rate, or two such regions merged, are as unequal as before.
    cut = np.append(values, values[0]), np.append(weights, weights[0] / 3)
    cut[1][0] *= 2 / 3
    assert gini(*cut) == pytest.approx(gini(values, weights), abs=1e-9)
    assert theil(*cut) == pytest.approx(theil(values, weights), abs=1e-9)
    assert gini(np.full(len(rows), 2.5), weights) == pytest.approx(0, abs=1e-9)


@given(baseline=st.floats(0.1, 1e6), target=st.floats(0.1, 1e6), years=st.integers(1, 10))
def test_paths_begin_and_end_where_they_should(baseline, target, years):
    for path in (paths.linear_path, paths.growth_path):
        values = path(baseline, target, years)
        assert len(values) == years + 1
        assert values[0] == pytest.approx(baseline) and values[-1] == pytest.approx(target)


@settings(deadline=None)
@given(flow=st.floats(1, 1e6), pace=st.floats(0.2, 5), years=st.integers(1, 10))
def test_flows_that_grow_sum_to_the_target(flow, pace, years):
    rate = paths.flow_growth(flow, flow * pace * years, years)
    total = sum(flow * (1 + rate) ** year for year in range(1, years + 1))
    assert math.isclose(total, flow * pace * years, rel_tol=1e-6)
