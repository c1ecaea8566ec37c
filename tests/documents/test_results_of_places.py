"""Results that a cell names by the regions that they are of, and bounds with what they are compared with between."""

from __future__ import annotations

import pytest
from laid import read_rows

from minshi_analysis import parse_quantities


def read(folder, form, task, said):
    rows = [
        ["序号", "工作任务", "牵头单位", "落实进展情况"],
        ["1", task, "市民政局", said],
        ["2", "新增床位60张", "市民政局", "已新增床位66张"],
    ]
    tables = read_rows(
        folder,
        form,
        rows,
        "肇庆市2020年十件民生实事落实进展情况",
        region="441200",
        year=2020,
        kind="progress",
    )
    found = tables["outcomes"]
    found = found[found["task_id"].str.endswith("/1") & found["value"].notna()]
    columns = [found[name].astype(object).where(found[name].notna(), None) for name in ("region", "value")]
    return found, list(zip(*columns, strict=True))


@pytest.mark.parametrize("form", ["html", "txt"])
@pytest.mark.parametrize(
    ("task", "said", "expected"),
    [
        (
            "提高特困人员供养标准",
            "已提高供养标准,其中,端州区提高到20100元/人年,鼎湖区提高到17340元/人年",
            [("端州区", 20100), ("鼎湖区", 17340)],
        ),
        (
            "新增停车泊位1000个",
            "已新增870个,其中端州区400个、鼎湖区300个、高要区170个",
            [(None, 870), ("端州区", 400), ("鼎湖区", 300), ("高要区", 170)],
        ),
        (
            "新增停车泊位1000个",
            "端州区建成400个;四会市建成300个",
            [("端州区", 400), ("四会市", 300)],
        ),
    ],
)
def test_results_named_by_regions_are_those_of_the_regions(tmp_path, form, task, said, expected):
    rows, found = read(tmp_path, form, task, said)
    assert found == expected
    assert not set(rows["measure"]) & {"端州区", "鼎湖区", "高要区", "四会市"}
    assert rows["adcode"].notna().sum() == sum(region is not None for region, _ in expected)


def test_things_that_end_like_places_are_things(tmp_path):
    _, found = read(tmp_path, "html", "改造老旧小区9个,新建园区2个", "改造老旧小区9个,新建园区2个")
    assert found == [(None, 9), (None, 2)]


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("基本生活标准不低于当地最低生活保障标准的1.6倍", "at_least"),
        ("护理补贴不少于当地上年度标准的1.2倍", "at_least"),
        ("床位收费不高于市场平均价格的80%", "at_most"),
        ("租金不超过同地段同类住房的90%", "at_most"),
        ("标准不低于全省平均,达到本市低保的1.5倍", "exact"),
    ],
)
def test_what_a_multiple_is_of_stands_between_it_and_its_bound(words, bound):
    assert [q.bound for q in parse_quantities(words)] == [bound]
