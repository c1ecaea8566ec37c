"""A report without targets held against its county's plan of the same year: judged where words and names are the same, else shown."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from minshi_analysis import metrics, model
from minshi_analysis.intake.reader import read_document
from minshi_analysis.reasons import say

PLAN = """岳阳楼区2017年民生实事工作方案

1.新增城镇就业8950人。
2.新建农村公办幼儿园2所。
3.提升绿道12公里。
4.新增养老服务床位71张，其中护理型床位30张。
5.新增公厕40座。
6.改造棚户区7699套。
7.新增公共停车泊位300个。
"""
REPORT = """岳阳楼区2017年民生实事完成情况

1.新增城镇就业9871人。
2.建成农村公办幼儿园2所。
3.新增绿道15公里。
4.新增养老服务床位75个。
5.新增公厕42座。
6.改造棚户区7102套。
7.新增停车泊位310个。
"""


def read(tmp_path, name, text, kind, **about):
    path = tmp_path / f"{name}.txt"
    path.write_text(text, "utf-8")
    return read_document(path, region="岳阳楼区", year=2017, kind=kind, **about)


def together(*read_tables):
    return {
        name: pd.concat([model.empty(name), *(t[name] for t in read_tables if name in t)], ignore_index=True)
        for name in ("documents", "tasks", "targets", "outcomes", "allocations")
    }


@pytest.fixture
def found(tmp_path):
    plan = read(tmp_path, "plan", PLAN, "plan")
    report = read(tmp_path, "report", REPORT, "completion")
    assert report["targets"].empty  # the report prints what was done and not what was promised
    rows = metrics.held_to_plan(tables=together(plan, report))
    return rows.assign(task=rows["target_id"].str.extract(r"(\d)#", expand=False)).set_index("task")


def test_the_same_words_are_judged(found):
    for task, value, standing in (("1", 110.2905, "over"), ("5", 105.0, "over"), ("6", 92.2457, "behind")):
        row = found.loc[task]
        assert row["sure"] and row["class"] == standing
        assert row["value"] == pytest.approx(value, abs=1e-3)
        assert row["words_alike"] == row["names_alike"] == 100


def test_what_is_built_is_what_was_to_be_built(found):
    assert found.loc["2", "sure"] and found.loc["2", "class"] == "met"


def test_other_words_are_shown_and_not_judged(found):
    row = found.loc["7"]
    assert not row["sure"] and math.isnan(row["value"]) and row["class"] == "unknown"
    assert "新增公共停车泊位300个" in row["reason"] and "新增停车泊位310个" in row["reason"]


def test_another_deed_is_another_promise(found):
    assert "3" not in found.index  # 提升绿道 and 新增绿道: so many of one are no result of the other


def test_other_units_are_not_held_against_each_other(found):
    assert "4" not in found.index  # 71张 and 75个: not known to be the same things


def test_the_evidence_is_in_the_row(found):
    row = found.loc["1"]
    assert (row["plan_words"], row["report_words"]) == ("新增城镇就业8950人", "新增城镇就业9871人")
    assert {"plan/1.1#1", "report/1.1"} <= set(row["source_ids"].split("|"))
    assert "held against a target of plan" in row["reason"]


def test_two_promises_in_like_words_leave_it_open(tmp_path):
    plan = read(
        tmp_path, "plan", "岳阳楼区2017年民生实事工作方案\n\n1.新建公厕40座。\n2.新建公厕60座。\n", "plan"
    )
    report = read(tmp_path, "report", "岳阳楼区2017年民生实事完成情况\n\n1.新建公厕42座。\n", "completion")
    row = metrics.held_to_plan(tables=together(plan, report)).iloc[0]
    assert not row["sure"] and math.isnan(row["value"]) and "nearly the same" in row["reason"]


def test_candidates_other_years_and_other_places_hold_nothing(tmp_path):
    report = read(tmp_path, "report", REPORT, "completion")
    plan = together(read(tmp_path, "plan", PLAN, "plan"), report)
    for column, value in (("stage", "candidate"), ("year", 2016), ("adcode", "430603")):
        documents = plan["documents"].copy()
        documents.loc[documents["kind"].eq("plan"), column] = value
        assert metrics.held_to_plan(tables={**plan, "documents": documents}).empty
    assert metrics.held_to_plan(tables=together(report)).empty


def test_a_report_of_the_way_is_under_way(tmp_path):
    plan = read(tmp_path, "plan", PLAN, "plan")
    report = read(tmp_path, "report", REPORT.replace("完成情况", "进展情况"), "progress", as_of="2017-08-31")
    row = metrics.held_to_plan(tables=together(plan, report)).set_index("target_id").loc["plan/1.6#1"]
    assert row["class"] == "in_progress"


def test_the_sentence_of_a_report_without_targets_says_so():
    from minshi_analysis.notebook.delivery_said import comparable

    assert say(comparable(0, 0, 0), "zh") == "报告的任务没有印量化目标，完成多少无法计算"
    assert say(comparable(3, 0, 0), "zh") == "3 个目标中没有一个报告了可比的完成数字"
