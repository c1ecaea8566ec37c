"""What stands beside a mark in English: money in yuan, and no Chinese remark where no unit is printed."""

from __future__ import annotations

import pandas as pd
import pytest

from minshi_analysis import notebook
from minshi_analysis.charts.completion import pairs
from minshi_analysis.reasons import quantity, say


@pytest.mark.parametrize(
    "unit, chinese, english",
    [
        ("万元", "7,965 万元 / 10,000 万元", "CNY 79,650,000 / CNY 100,000,000"),
        ("（未印单位）", "7,965 / 10,000 （未印单位）", "7,965 / 10,000 (no unit printed)"),
        ("人", "7,965 / 10,000 人", "7,965 / 10,000 people"),
    ],
)
def test_a_result_and_its_promise(unit, chinese, english):
    rows = pd.DataFrame(
        {"value": [79.65], "reported": [7965.0], "promised": [10000.0], "promised_unit": [unit]}
    )
    assert pairs(rows, "zh") == [chinese]
    assert pairs(rows, "en") == [english]


def test_a_table_of_several_units_prints_money_in_yuan():
    rows = pd.DataFrame(
        {"promised": [10000.0, 20.0], "promised_unit": ["万元", "场"], "measure": ["征缴基金", "送戏"]}
    )
    assert notebook.show(rows, lang="en").rows["Target"].tolist() == ["CNY 100,000,000", "20 events"]
    assert notebook.show(rows).rows["目标"].tolist() == ["10,000 万元", "20 场"]


def test_a_bound_stands_before_it():
    assert say(quantity(500, "万元", "at_least"), "en") == "at least CNY 5,000,000"
    assert say(quantity(500, "万元", "at_least")) == "500 万元以上"
