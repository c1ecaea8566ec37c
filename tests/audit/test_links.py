"""Promises in two documents: the Wenzhou plan's shares for 乐清市 and the Yueqing report on them."""

from __future__ import annotations

import pandas as pd
import pytest

from minshi_analysis import model
from minshi_analysis.audit import run_links

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
    assert finding["verdict"] == "mismatch"
    assert finding["expected"] == VANISHED[number]
    assert pd.isna(finding["actual"])
    assert finding["explanation"].startswith("vanished")


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
