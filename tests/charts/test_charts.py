"""What is drawn: the plotted data, the artists, the font, and that nothing outside the chart changes."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from minshi_analysis import charts
from minshi_analysis.charts import house

# 温州市 2022, annex: 新增停车位 180000 = 120000 (county) + 60000 (other); 老旧小区改造 1000 (city).
STRUCTURE = pd.DataFrame(
    {
        "programme": ["畅通美丽", "畅通美丽", "安居改造"],
        "funder": ["county", "other", "city"],
        "amount": [120000.0, 60000.0, 1000.0],
        "total": [180000.0, 180000.0, 1000.0],
    }
)
RATES = pd.DataFrame(
    {
        "target_id": ["d/1.1#1"] * 3 + ["d/1.2#1"] * 3,
        "measure": ["停车位"] * 3 + ["绿道"] * 3,
        "region": ["鹿城区", "龙湾区", "乐清市"] * 2,
        "quotient": [2.0, 1.0, 0.5, 0.0, 4.0, np.nan],
    }
)
DONE = pd.DataFrame(
    {
        "target_id": ["d/1#1", "d/2#1", "d/3#1"],
        "measure": ["教室", "托位", "碧道"],
        "value": [100.0, 168.6, 52.9],
        "class": ["met", "over", "behind"],
    }
)
TRAJECTORIES = pd.DataFrame(
    {
        "indicator_id": ["p/1", "p/2", "p/3"],
        "baseline": [29.5, np.nan, 142000.0],
        "target": [50.0, 80.0, 450000.0],
        "baseline_year": [2020, 2020, 2020],
        "target_year": [2025, 2025, 2025],
        "cumulative": [False, False, True],
        "start": ["below", "unknown", "better"],
    }
)
SEEN = pd.DataFrame({"indicator_id": ["p/1", "p/1"], "year": [2020, 2022], "value": [29.5, 41.0]})
TITLES = {"p/1": "覆盖率", "p/2": "持证率", "p/3": "就业"}


def _pictures():
    city = pd.DataFrame(
        {
            "scope": ["all", "all", "dated", "dated"],
            "due": ["2024-06-30", "2024-12-31"] * 2,
            "value": [37.0, 100.0, 45.0, 100.0],
            "tasks": [47.0, 47.0, 37.0, 37.0],
        }
    )
    shares = pd.DataFrame(
        {"target_id": ["d/1#1", "d/1#1"], "due": ["2024-03-31", "2024-06-30"], "value": [20.0, 100.0]}
    )
    progress = DONE.assign(elapsed=49.7)
    fields = pd.DataFrame(
        {
            "field": ["医疗", "教育"],
            "total_yi": [155.6, 119.4],
            "plan_period_yi": [136.1, 76.7],
            "projects": [10, 6],
        }
    )
    labels = ["5,000 / 5,000 个", "1,155 / 685 个", "5.29 / 10 公里"]
    return {
        "funding_bars": charts.funding_bars(STRUCTURE),
        "allocation_heatmap": charts.allocation_heatmap(RATES),
        "share_strip": charts.share_strip(RATES, "鹿城区"),
        "completion_dots": charts.completion_dots(DONE, labels),
        "progress_dots": charts.progress_dots(progress, labels),
        "milestone_steps": charts.milestone_steps(shares, city, 2024),
        "trajectory_panels": charts.trajectory_panels(TRAJECTORIES, SEEN, TITLES, TITLES),
        "investment_dots": charts.investment_dots(fields),
    }


@pytest.fixture(scope="module")
def pictures():
    return _pictures()


def test_every_chart_is_tested(pictures):
    assert set(pictures) == set(charts.__all__) - {"FUNDERS", "Picture"}


def test_the_same_input_gives_the_same_bytes(pictures):
    again = _pictures()
    assert {name: picture.png for name, picture in pictures.items()} == {
        name: picture.png for name, picture in again.items()
    }


def test_a_legend_hides_nothing_of_the_plot(pictures):
    with_legend = [picture.figure for picture in pictures.values() if picture.figure.legends]
    assert len(with_legend) == 4
    for figure in with_legend:
        legend = figure.legends[0].get_window_extent()
        assert not any(ax.get_window_extent().overlaps(legend) for ax in figure.axes)
    assert not any(ax.get_legend() for picture in pictures.values() for ax in picture.figure.axes)


def test_a_chart_changes_no_global_setting():
    before = dict(mpl.rcParams)
    charts.funding_bars(STRUCTURE)
    assert dict(mpl.rcParams) == before


def test_pictures_fit_a_page_of_900_px_and_say_what_they_show(pictures):
    for picture in pictures.values():
        data, metadata = picture._repr_mimebundle_()
        assert metadata["image/png"]["width"] <= 900
        assert metadata["image/png"]["alt"] == picture.alt != ""
        assert data["text/plain"].startswith(f"[图] {picture.alt}\n")
        assert picture.png.startswith(b"\x89PNG")


def test_no_picture_carries_a_date_or_the_name_of_a_program(pictures):
    for picture in pictures.values():
        assert b"tEXt" not in picture.png.split(b"IDAT")[0]


def test_every_character_has_a_glyph_in_the_packaged_font(pictures):
    from fontTools.ttLib import TTCollection
    from matplotlib.text import Text
    from noto_cjk_sans_otc import FONT_PATH

    fonts = TTCollection(str(FONT_PATH)).fonts
    font = next(font for font in fonts if font["name"].getDebugName(1) == house.FAMILY)
    known = set(font.getBestCmap()) | {ord("\n")}
    for name, picture in pictures.items():
        drawn = {character for text in picture.figure.findobj(Text) for character in text.get_text()}
        assert {c for c in drawn if ord(c) not in known} == set(), name
        fonts_used = {text.get_fontname() for text in picture.figure.findobj(Text) if text.get_text()}
        assert fonts_used == {house.FAMILY}, name


def test_bars_are_as_long_as_the_money(pictures):
    widths = sorted(patch.get_width() for patch in pictures["funding_bars"].figure.axes[0].patches)
    assert [round(width, 4) for width in widths if width] == [0.1, 6.0, 12.0]
    assert pictures["funding_bars"].data.to_dict("list") == {
        "programme": ["畅通美丽", "畅通美丽", "安居改造"],
        "funder": ["county", "other", "city"],
        "amount_yi": [12.0, 6.0, 0.1],
    }


def test_heat_map_shades_the_logarithm_and_marks_zero_and_none(pictures):
    ax = pictures["allocation_heatmap"].figure.axes[0]
    shades = ax.collections[0].get_array()
    columns = [label.get_text().replace("\n", "") for label in ax.get_xticklabels()]
    first = dict(zip(columns, np.ma.getdata(shades).reshape(2, 3)[0], strict=True))
    assert first == {"鹿城区": 1.0, "龙湾区": 0.0, "乐清市": -1.0}
    assert np.ma.getmaskarray(shades).sum() == 1
    assert [text.get_text() for text in ax.texts] == ["0"]


def test_strip_shows_the_region_and_leaves_zero_out(pictures):
    assert pictures["share_strip"].data.to_dict("list") == {
        "target_id": ["d/1.1#1"],
        "measure": ["停车位"],
        "quotient": [2.0],
    }


def test_completion_leaves_out_what_is_exactly_met(pictures):
    assert pictures["completion_dots"].data["value"].tolist() == [168.6, 52.9]


def test_what_is_behind_is_drawn_however_many_exceed():
    many = pd.concat(
        [DONE.iloc[[2]], *[DONE.iloc[[1]].assign(target_id=f"d/{k}#1", value=300.0) for k in range(40)]]
    )
    drawn = charts.completion_dots(many, [""] * len(many), most=10).data
    assert len(drawn) == 10
    assert drawn["value"].min() == 52.9


def test_a_cumulative_target_starts_from_nothing(pictures):
    panels = pictures["trajectory_panels"].figure.axes
    flat, summed = panels[0].lines[0], panels[2].lines[0]
    assert (flat.get_ydata() == [29.5, 50.0]).all()
    assert (summed.get_ydata() == [0.0, 450000.0]).all()
    assert pictures["trajectory_panels"].data["observed"].tolist() == [1, 0, 0]


def test_an_empty_table_is_an_error_not_an_empty_chart():
    with pytest.raises(ValueError, match="no rows"):
        charts.funding_bars(STRUCTURE.iloc[:0])
    with pytest.raises(ValueError, match="needs the columns total"):
        charts.funding_bars(STRUCTURE.drop(columns="total"))
