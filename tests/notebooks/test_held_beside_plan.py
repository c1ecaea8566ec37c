"""What a report says of results that print no targets: the plan of the year beside them, and how sure that is."""

from __future__ import annotations

import pandas as pd
import pytest

from minshi_analysis import notebook as report
from minshi_analysis.intake.reader import read_document
from minshi_analysis.model import empty
from minshi_analysis.notebook import delivery_said
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.headlines import said_first
from minshi_analysis.reasons import say

SOURCES = {
    "plan": "宝应县2024年度民生实事项目\n\n1.新增医疗床位300张。\n2.新建农村公路120公里。\n3.新增公共停车泊位500个。\n",
    "last": "宝应县2024年度民生实事项目完成情况\n\n1.新增医疗床位260张。\n2.建成农村公路132公里。\n3.新增停车泊位510个。\n",
    "news": "宝应县2024年民生实事项目进展情况\n\n1.安装路灯20盏。\n",
}


@pytest.fixture
def case(tmp_path):
    def made(*names, lang="zh"):
        read = []
        for name in names:
            (tmp_path / f"{name}.txt").write_text(SOURCES[name], "utf-8")
            kind = {"plan": "plan", "last": "completion", "news": "progress"}[name]
            read.append(read_document(tmp_path / f"{name}.txt", region="宝应县", year=2024, kind=kind))
        tables = {table: pd.concat([each[table] for each in read], ignore_index=True) for table in read[0]}
        tables |= {name: empty(name) for name in ("population", "sources", "links", "patches", "checks")}
        return Case("宝应县", 2024, tables["documents"], names, (), (), tables, lang=lang)

    return made


def test_the_table_has_the_words_of_both_and_judges_only_what_is_alike(case):
    rows = report.show(report.held(case("plan", "last")), "held").rows.set_index("任务")
    assert rows["判定"].to_dict() == {
        "新增医疗床位300张": "未达到",  # 260 of 300
        "新建农村公路120公里": "超额",  # 132 of 120
        "新增公共停车泊位500个": "无法判定",
    }
    assert rows["完成率"].tolist() == ["86.7%", "110%", "—"]
    assert rows.loc["新建农村公路120公里", "报告原文"] == "建成农村公路132公里"
    assert "是否同一承诺存疑" in rows.loc["新增公共停车泊位500个", "为何不能判定"]
    assert {"出处", "报告出处", "相同程度"} <= set(rows)


def test_the_sentence_counts_them_and_stands_among_the_first(case):
    own = case("plan", "last", "news")
    said = [say(finding) for finding in delivery_said.delivery_findings(own)]
    assert (
        "按用语和事项名称与同年计划的目标对上 2 个：超额 1；未达到 1；另有 1 个是否同一承诺存疑，不判定"
        in said[0]
    )
    assert any("自己没有印量化目标" in say(finding) for finding in said_first(own))
    assert not any("0 个目标中" in line for line in said)


def test_without_a_plan_nothing_is_reckoned(case):
    own = case("last")
    assert report.held(own).empty
    assert "完成率无法计算" in say(delivery_said.delivery_findings(own)[0])


def test_tasks_that_the_plan_judges_are_not_called_unjudged(case):
    texts = report.uncounted(case("plan", "last"))["text"].tolist()
    assert texts == ["新增停车泊位510个"]


def test_a_command_in_a_sentence_is_set_as_one():
    shown = report.prose("编号可交给 `minshi trace`，显示原文")._repr_html_()
    assert "<code>minshi trace</code>" in shown and "`" not in shown
