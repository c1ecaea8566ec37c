"""A plan and its mid-term review in one project: what the review prints is observed of the plan's indicators."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from minshi_analysis.metrics import indicator_trajectories
from minshi_analysis.reports.parameters import available
from minshi_analysis.tables.build import make_tables

PLAN = (
    "湘乡市“十四五”社会事业规划\n主要指标\n序号\t指标\t单位\t2020年\t2025年\n"
    "1\t城镇化率\t%\t60\t65\n2\t养老床位\t张\t900\t1500\n3\t人均预期寿命\t岁\t77.93\t〔1〕\n"
    "4\t城镇新增就业\t人\t5200\t〔26000〕\n"
)
REVIEW = (
    "湘乡市“十四五”规划实施中期评估报告\n主要指标完成情况\n序号\t指标\t单位\t2020年\t2022年实际\t2025年目标\n"
    "1\t城镇化率\t%\t60\t62.4\t65\n2\t养老床位数\t张\t900\t1100\t1500\n3\t人均预期寿命\t岁\t77.93\t78.3\t〔1〕\n"
    "4\t城镇新增就业\t人\t5200\t〔10900〕\t〔26000〕\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory, project):
    root = tmp_path_factory.mktemp("reviewed")
    raw = root / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copytree(project / "data" / "reference", root / "data" / "reference")
    for name, kind, text in (("plan", "five_year_plan", PLAN), ("review", "review", REVIEW)):
        (raw / f"xiangxiang-{name}.txt").write_text(text, "utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        (raw / f"xiangxiang-{name}.toml").write_text(
            f'file = "xiangxiang-{name}.txt"\nsha256 = "{digest}"\ntitle = "湘乡市"\nregion = "湘乡市"\nadcode = "430381"\n'
            f'level = "county"\nyear = 2021\nyear_end = 2025\nkind = "{kind}"\nscript = "hans"\n',
            "utf-8",
        )
    return make_tables(root).tables


def test_the_review_s_values_are_of_the_plan_s_indicator_of_the_same_name(made):
    seen = made["observations"]
    rows = sorted(zip(seen["indicator_id"], seen["year"], seen["value"], seen["doc_id"], strict=True))
    assert rows == [
        ("xiangxiang-plan/indicator-1", 2022, 62.4, "xiangxiang-review"),
        ("xiangxiang-plan/indicator-3", 2022, 78.3, "xiangxiang-review"),
        ("xiangxiang-plan/indicator-4", 2022, 10900, "xiangxiang-review"),
        ("xiangxiang-review/indicator-1", 2022, 62.4, "xiangxiang-review"),
        ("xiangxiang-review/indicator-2", 2022, 1100, "xiangxiang-review"),
        ("xiangxiang-review/indicator-3", 2022, 78.3, "xiangxiang-review"),
        ("xiangxiang-review/indicator-4", 2022, 10900, "xiangxiang-review"),
    ]
    assert REVIEW[slice(*seen[["source_start", "source_end"]].iloc[0])] == "62.4"


def test_the_path_of_the_plan_has_the_review_s_value(made):
    found = indicator_trajectories("湘乡市", 2022, tables=made).set_index("indicator_id")
    of_plan = found.loc["xiangxiang-plan/indicator-1"]
    assert (of_plan["observed"], of_plan["observed_year"], of_plan["expected"]) == (62.4, 2022, 62)
    assert "xiangxiang-review" in of_plan["source_ids"]
    assert found.loc["xiangxiang-review/indicator-2", "observed"] == 1100


def test_an_increase_leads_to_a_level_and_a_sum_is_compared_with_as_many_years(made):
    found = indicator_trajectories("湘乡市", 2022, tables=made).set_index("indicator_id")
    life = found.loc["xiangxiang-plan/indicator-3"]  # 77.93 and 1 in five years: 78.33 after two
    assert (life["direction"], round(life["expected"], 2), life["standing"]) == ("up", 78.33, "on_track")
    jobs = found.loc["xiangxiang-plan/indicator-4"]  # 26000 in five years: 10400 after two
    assert (jobs["observed"], jobs["expected"], jobs["points"]) == (10900, 10400, 2)


def test_a_review_has_the_report_of_a_plan_and_none_of_a_year(made, tmp_path):
    for name, table in made.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    notebooks = Path(__file__).parents[2] / "notebooks"
    reports = [(r.notebook, r.documents) for r in available(tmp_path, notebooks)]
    assert ("indicator_trajectories", ("xiangxiang-review",)) in reports
    assert not [documents for notebook, documents in reports if notebook == "city_year"]
