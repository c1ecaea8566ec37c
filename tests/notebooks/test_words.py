"""The words of a report: doctests of the modules, and that no reason of a metric stays in English."""

import doctest
import importlib
import re

import pandas as pd
import pytest

from minshi_analysis import metrics
from minshi_analysis.notebook.reasons import reason
from minshi_analysis.notebook.shown import table

ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,}")


@pytest.mark.parametrize("name", ["words", "reasons", "shown", "places"])
def test_examples_in_docstrings_run(name):
    module = importlib.import_module(f"minshi_analysis.notebook.{name}")
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    "name",
    [
        "per_capita_funding",
        "funding_structure",
        "funding_per_unit",
        "attributed_funding",
        "over_completion",
        "progress_to_date",
        "allocation_rates",
        "milestone_curve",
        "indicator_trajectories",
    ],
)
def test_every_reason_has_a_chinese_form(name, tables):
    told = set(getattr(metrics, name)(tables=tables)["reason"].dropna())
    assert {text for text in told if ENGLISH.search(reason(text))} == set()


def test_explanations_are_translated_with_their_figures():
    assert (
        reason("genuine inconsistency: 5100 is 100 more than the stated 5000")
        == "合计 5100，比所印的 5000 多 100"
    )
    assert reason("no target is printed (省下目标)") == "未印目标值（省下目标）"


def test_what_is_not_known_stays_as_it_is():
    assert reason("an entirely new reason") == "an entirely new reason"


def test_hostile_text_is_escaped():
    shown = table(pd.DataFrame({"任务": ["<script>alert(1)</script>"]}), "t", "<b>标题</b>")
    markup = shown._repr_html_()
    assert "<script>" not in markup
    assert "<b>" not in markup
    assert "&lt;script&gt;" in markup


def test_a_table_without_rows_is_a_sentence():
    assert repr(table(pd.DataFrame({"任务": []}), "t", "标题", empty="没有任务。")) == "没有任务。"
