"""Shares of places of which each has as much: 卫子镇、射箭乡、磨滩镇各1所."""

from __future__ import annotations

import pytest
from laid import read_rows

HEAD = ["序号", "项目", "目标", "分解情况", "责任单位"]


def shares(folder, form, target, said):
    rows = [HEAD, ["1", "建设农村幼儿园(所)", target, said, "区教科局"]]
    rows.append(["2", "改造农村公路(公里)", "42.5", "王家镇12.5 红岩镇10 昭化镇20", "区交通局"])
    tables = read_rows(
        folder, form, rows, "昭化区2017年民生工程目标任务分解表", region="510811", year=2017, kind="plan"
    )
    found = tables["allocations"]
    found = found[found["target_id"].str.contains("/1#")]
    confidence = tables["confidence"].set_index("row_id")["confidence"]
    return list(zip(found["region"], found["value"], strict=True)), confidence["table/1"]


@pytest.mark.parametrize("form", ["html", "xlsx", "txt"])
@pytest.mark.parametrize(
    ("target", "said", "expected"),
    [
        ("3", "卫子镇、射箭乡、磨滩镇各1所", [("卫子镇", 1), ("射箭乡", 1), ("磨滩镇", 1)]),
        ("4", "卫子镇和射箭乡各2所", [("卫子镇", 2), ("射箭乡", 2)]),
        ("5", "卫子镇,射箭乡各2所,磨滩镇1所", [("卫子镇", 2), ("射箭乡", 2), ("磨滩镇", 1)]),
        ("5", "磨滩镇3所;卫子镇、射箭乡各1所", [("磨滩镇", 3), ("卫子镇", 1), ("射箭乡", 1)]),
    ],
)
def test_each_of_several_places_has_as_much(tmp_path, form, target, said, expected):
    assert shares(tmp_path, form, target, said) == (expected, 1.0)


@pytest.mark.parametrize("said", ["卫子镇、中心小学各1所", "各乡镇各1所"])
def test_what_is_no_place_has_no_share(tmp_path, said):
    found, _ = shares(tmp_path, "html", "3", said)
    assert found == []
