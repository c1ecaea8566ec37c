"""Names stand whole above the panels of a chart, and figures with long units leave a table its width."""

import pandas as pd
import pytest

from minshi_analysis import charts, notebook
from minshi_analysis.notebook.shown import table


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_name_above_a_panel_is_cut(lang):
    plan = notebook.five_year_plan("wenzhou-14fyp-social", lang=lang)
    rows = plan.trajectories
    labels, titles = notebook.captions(rows, lang)
    assert all(name in titles[row] for row, name in zip(rows["indicator_id"], rows["called"], strict=True))
    drawn = charts.trajectory_panels(rows, notebook.later_values(plan), labels, titles, lang=lang)
    for figure in drawn.figures:
        said = "".join(text.get_text() for text in figure.axes[0].texts)
        said = "".join(said.split())
        assert "…" not in said
        for title in ("3岁以下婴幼儿托育机构覆盖率", "残疾人专业托养机构", "文化及相关产业增加值"):
            assert title in said
        if lang == "en":
            assert "nurserycoverageunderage3" in said and "disabledteenagersinupperschool" in said


@pytest.mark.parametrize(
    ("figure", "look"),
    [("0.79 台/万人", 'class="n"'), ("at least 0.13 units per 10,000 residents", 'class="n w7"')],
)
def test_a_figure_with_a_long_unit_may_be_broken(figure, look):
    shown = table(pd.DataFrame({"a": [figure]}), "t", "c", ["a"], lang="en")
    assert f"<td {look}>{figure}</td>" in shown._repr_html_().replace(' lang="zh-Hans"', "")
