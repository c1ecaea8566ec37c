"""Promises in two documents: the Wenzhou plan's shares for 乐清市 and the Yueqing report on them."""

from __future__ import annotations

import pandas as pd
import pytest

from minshi_analysis import model
from minshi_analysis.audit import run_links
from minshi_analysis.audit.links import check_documents
from minshi_analysis.intake.reader import read_document
from minshi_analysis.reasons import worded

PLAN, REPORT = "wenzhou-2022-plan", "yueqing-2022-completion"
# Read by eye: the plan's share for 乐清, and the report's own promise.
CHANGED = {"4.2#1": (2, 3), "5.4#1": (10, 15), "7.3#1": (90, 93)}
VANISHED = {"11.1#1": 22, "11.2#1": 2, "11.5#1": 13, "12.4#1": 1350, "12.5#1": 1140}


@pytest.fixture(scope="module")
def links(tables):
    return tables["links"]


@pytest.fixture(scope="module")
def found(tables) -> dict[str, dict]:
    return {row["check_id"]: row for row in tables["checks"].to_dict("records")}


def test_at_least_44_promises_are_equal(links):
    same = links[links["same"]]
    assert len(same) >= 44
    assert (same["value"] == same["other_value"]).all()


def test_links_are_one_to_one_and_reasoned(links):
    assert links["target_id"].is_unique
    assert links["other_target_id"].is_unique
    assert links["score"].between(0.6, 1).all()
    assert links["reason"].notna().all()
    assert set(links["region"]) == {"乐清市"}


def test_what_changed_is_linked_and_not_the_same(links):
    of_the_list = links[links["other_target_id"].str.startswith(f"{REPORT}/city.")]
    changed = of_the_list[~of_the_list["same"]].set_index("target_id")
    assert {i.partition("/")[2]: (row.value, row.other_value) for i, row in changed.iterrows()} == CHANGED


@pytest.mark.parametrize("number", VANISHED)
def test_what_vanished_is_named(number, found):
    finding = found[f"{REPORT}/between_documents/{PLAN}/{number}"]
    # the plan is a list of candidates: what was adopted is not known, and nothing vanished for certain
    assert finding["verdict"] == "cannot_check"
    assert finding["expected"] == VANISHED[number]
    assert pd.isna(finding["actual"])
    assert "candidate list" in finding["explanation"] and finding["class"] == "change"


def test_what_vanished_may_live_on_in_the_countys_own_list(found):
    note = found[f"{REPORT}/between_documents/{PLAN}/11.1#1"]["explanation"]
    assert "县级40" in note and "20个" in note


@pytest.mark.parametrize("number, why", [("city.18#1", "damage in the source"), ("city.7#1", "no split")])
def test_what_cannot_be_compared_says_why(number, why, found):
    finding = found[f"{REPORT}/between_documents/{REPORT}/{number}"]
    assert finding["verdict"] == "cannot_check"
    assert why in finding["explanation"]


def test_an_unsplit_promise_links_only_where_it_is_equal(links):
    unsplit = links[links["reason"].str.contains("no split")]
    promised = set(unsplit["other_target_id"].str.partition("/")[2])
    assert promised == {"city.48#1", "city.49#1", "city.49#2", "city.49#3"}  # 特殊病种, and three times 100%
    assert unsplit["same"].all()


def test_same_words_are_told_apart_by_their_verbs(links):
    pairs = links.set_index("target_id")["other_target_id"]
    assert pairs[f"{PLAN}/4.5#1"] == f"{REPORT}/city.15#1"  # 新增绿道
    assert pairs[f"{PLAN}/4.6#1"] == f"{REPORT}/city.16#1"  # 提升绿道


def test_documents_of_other_years_and_regions_are_not_linked(links):
    assert set(links["target_id"].str.partition("/")[0]) == {PLAN}
    assert set(links["other_target_id"].str.partition("/")[0]) == {REPORT}


def test_no_documents_no_links():
    assert run_links({name: model.empty(name) for name in model.TABLES}).empty


COUNTY = (
    "太和县2025年民生实事1—10月进展情况\n截至2025年10月31日，我县民生实事项目总体进展顺利。\n"
    "序号\t项目名称\t年度目标任务\t1—10月完成情况\t完成率\t牵头单位\n"
    "1\t老年助餐\t新建老年食堂（助餐点）25个\t27个\t108%\t县民政局\n"
    "2\t城市停车便民\t新增城市停车泊位1900个\t新增停车泊位1200个\t63.2%\t县城管局\n"
    "3\t农村供水\t改造供水管网60公里\t改造管网58公里\t96.7%\t县水利局\n"
)
CITY = (
    "阜阳市2025年50项民生实事目标任务分解表\n"
    "序号\t项目名称\t目标任务\t颍州区\t颍东区\t太和县\t临泉县\t牵头单位\n"
    "1\t老年助餐\t新建老年食堂（助餐点）94个\t25\t18\t25\t26\t市民政局\n"
    "2\t困难残疾人康复\t为6500名困难精神残疾人提供药费补助\t1800\t1100\t1700\t1900\t市残联\n"
    "3\t城市停车便民\t新增城市停车泊位8500个\t3500\t1500\t1700\t1800\t市城管局\n"
)


@pytest.fixture(scope="module")
def unlevelled(tmp_path_factory):
    """A county's report that does not say whose programme its tasks are of, and its city's split."""
    folder = tmp_path_factory.mktemp("unlevelled")
    read = []
    for name, text, region in (("city", CITY, "阜阳市"), ("county", COUNTY, "太和县")):
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8")
        read.append(read_document(path, region=region))
    names = ("documents", "tasks", "targets", "allocations")
    whole = {name: pd.concat([tables[name] for tables in read], ignore_index=True) for name in names}
    return {name: model.empty(name) for name in model.TABLES} | whole


def test_a_county_that_prints_no_level_is_compared_by_its_own_list(unlevelled):
    assert unlevelled["tasks"]["level"].tolist() == ["city"] * 3 + ["county"] * 3
    links = run_links(unlevelled)
    # 老年食堂: a share of 25, and 25 promised; 停车泊位: 1700 and 1900. 残疾人 and 供水 stand on one side only.
    assert list(zip(links["value"], links["other_value"], links["same"], strict=True)) == [
        (25, 25, True),
        (1700, 1900, False),
    ]
    assert links["reason"].str.contains("prints no level").all()


def test_what_differs_from_a_list_without_a_level_is_no_error(unlevelled):
    found = {finding.subject: finding for finding in check_documents(unlevelled)}
    assert [finding.verdict for finding in found.values()] == ["ok", "cannot_check"]
    assert "may be the region's own promise" in worded(list(found.values())[1].reasons)


def test_what_an_adopted_plan_gave_and_a_later_list_lacks_has_vanished(tables):
    documents = tables["documents"].copy()
    documents.loc[documents["doc_id"].eq(PLAN), "stage"] = "adopted"
    found = {f.key: f for f in check_documents(tables | {"documents": documents})}
    assert found[f"{PLAN}/11.1#1"].verdict == "mismatch"
    assert worded(found[f"{PLAN}/11.1#1"].reasons).startswith("vanished")
