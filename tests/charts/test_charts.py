"""What is drawn and said: the plotted data, the artists, the words, and that nothing outside the chart changes."""

import base64
import doctest
import io
import re
from functools import cache
from importlib import import_module

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from lxml import etree
from matplotlib.text import Text

from minshi_analysis import charts
from minshi_analysis.charts import tones
from minshi_analysis.fonts import FAMILY

# 温州市 2022, annex: 新增停车位 180000 = 120000 (county) + 60000 (other); 老旧小区改造 1000 (city).
STRUCTURE = pd.DataFrame(
    {
        "doc_id": "wenzhou-2022-plan",
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
        "basis": ["printed"] * 3 + ["implied_zero", "printed", "printed"],
    }
)
DONE = pd.DataFrame(
    {
        "target_id": ["d/1#1", "d/2#1", "d/3#1", "d/4#1"],
        "measure": ["教室", "托位", "碧道", "驿站"],
        "value": [100.0, 168.6, 52.9, 0.0],
        "class": ["met", "over", "behind", "behind"],
        "reported": [5000.0, 1155.0, 5.29, 0.0],
        "promised": [5000.0, 685.0, 10.0, 3.0],
        "promised_unit": ["个", "个", "公里", "个"],
    }
)
TRAJECTORIES = pd.DataFrame(
    {
        "indicator_id": ["p/1", "p/2", "p/3"],
        "name": ["覆盖率", "持证率", "就业"],
        "baseline": [29.5, np.nan, 142000.0],
        "baseline_unit": ["%", "%", "人"],
        "target": [50.0, 80.0, 450000.0],
        "target_unit": ["%", "%", "人"],
        "bound": ["at_least", "exact", "exact"],
        "baseline_year": [2020, 2020, 2020],
        "target_year": [2025, 2025, 2025],
        "cumulative": [False, False, True],
        "start": ["below", "unknown", "better"],
    }
)
SEEN = pd.DataFrame({"indicator_id": ["p/1", "p/1"], "year": [2020, 2022], "value": [29.5, 41.0]})
CITY = pd.DataFrame(
    {
        "scope": ["printed"] * 3 + ["constant"] * 3,
        "due": ["2024-06-30", "2024-09-30", "2024-12-31"] * 2,
        "value": [37.0, 77.0, 100.0, 45.0, 80.0, 100.0],
        "tasks": [30.0, 35.0, 47.0, 11.0, 11.0, 11.0],
        "of_tasks": 48.0,
    }
)
STEPS = pd.DataFrame(
    {"target_id": ["d/1#1"] * 2, "due": ["2024-03-31", "2024-06-30"], "value": [20.0, 100.0]}
)
FIELDS = pd.DataFrame(
    {
        "field": ["医疗", "教育", "数字社会"],
        "total_yi": [155.6, 119.4, np.nan],
        "plan_period_yi": [136.1, 76.7, np.nan],
        "projects": [10, 6, 2],
    }
)
COMPARED = pd.DataFrame(
    {
        "measure_key": ["加装电梯", "加装电梯", "绿道"],
        "deed": "-",
        "level": "city",
        "region": ["温州市", "杭州市", "温州市"],
        "year": [2022, 2024, 2022],
        "value": [0.2, 0.8, 1.0],
        "unit": ["台/万人", "台/万人", "公里/万人"],
    }
)
BURDENS = pd.DataFrame(
    {
        "payer": ["平阳县", "文成县", "市本级"],
        "value": [50.0, 100.0, 10.0],
        "low": [40.0, 50.0, 5.0],
        "high": [60.0, 200.0, 20.0],
        "per_capita": [100.0, 400.0, np.nan],
        "estimate": True,
    }
)
SUMMARY = pd.DataFrame(
    {
        "level": ["city"] * 3 + ["county"] * 3,
        "class": ["over", "met", "unknown"] * 2,
        "value": [25.0, 24.0, 0.0, 23.0, 18.0, 6.0],
        "claimed": [23.0, 26.0, 0.0, 17.0, 30.0, 0.0],
    }
)
DOCUMENTS = pd.DataFrame({"doc_id": ["wenzhou-2022-plan"], "title": ["候选项目情况的报告"]})


def _drawn(lang="zh"):
    words = {"lang": lang, "documents": DOCUMENTS}
    return {
        "funding_bars": charts.funding_bars(STRUCTURE, **words),
        "allocation_heatmap": charts.allocation_heatmap(RATES, **words),
        "share_strip": charts.share_strip(RATES, "鹿城区", **words),
        "completion_dots": charts.completion_dots(DONE, **words),
        "progress_dots": charts.progress_dots(DONE.assign(elapsed=49.7), **words),
        "milestone_steps": charts.milestone_steps(STEPS, CITY, 2024, **words),
        "trajectory_panels": charts.trajectory_panels(TRAJECTORIES, SEEN, **words),
        "investment_dots": charts.investment_dots(FIELDS, **words),
        "comparison_bars": charts.comparison_bars(COMPARED, **words),
        "burden_ranges": charts.burden_ranges(BURDENS, **words),
        "class_bars": charts.class_bars(SUMMARY, **words),
    }


@pytest.fixture(scope="module")
def pictures():
    return _drawn()


@pytest.fixture(scope="module")
def english():
    return _drawn("en")


@cache
def texts(figure):
    """The words that are drawn, in their places."""
    figure.canvas.draw()
    beyond = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            beyond |= {tick.label1 for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high}
    found = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    return [text for text in found if text not in beyond]


def svg(drawing):
    return etree.fromstring(drawing.encode())


def test_every_chart_is_tested(pictures):
    assert set(pictures) == set(charts.__all__) - {"FIGURE", "Picture", "numbered"}


@pytest.mark.parametrize(
    "module",
    ["texts", "scales", "figure", "funding", "allocation", "completion", "milestones", "plan", "comparison"],
)
def test_examples_run(module):
    module = import_module(f"minshi_analysis.charts.{module}")
    result = doctest.testmod(module, extraglobs={"pd": pd, "np": np})
    assert (result.failed, result.attempted > 0) == (0, True)


def test_the_same_input_gives_the_same_bytes(pictures):
    again = _drawn()
    for name, picture in pictures.items():
        assert (picture.png, picture.html) == (again[name].png, again[name].html), name


def test_titles_say_what_was_found_and_measures_of_how_many(pictures):
    """Worked by hand from the tables above."""
    assert {name: picture.title for name, picture in pictures.items()} == {
        "funding_bars": "畅通美丽占18.1 亿元的99.4%",
        "allocation_heatmap": "按人均，龙湾区得到最多（各项份额的中位数是平均的 2.50 倍），乐清市最少（0.50 倍）",
        "share_strip": "按人口平均，鹿城区得到最多的是停车位（平均的2倍），最少的是绿道（0倍）",
        "completion_dots": "4个目标中1个超额，2个未达到",
        "progress_dots": "时间过去50%：4个目标中2个已达全年目标，1个慢于日历",
        "milestone_steps": "印有进度的任务到九月底平均承诺完成77%，23%留到第四季度",
        "trajectory_panels": "3个指标：1个起点未到目标，0个已达，1个起点优于目标，1个不能比较",
        "investment_dots": "医疗占总投资275 亿元的56.6%",
        "comparison_bars": "每万居民的加装电梯：杭州市（2024）是温州市（2022）的4倍",
        "burden_ranges": "估算的人均负担：文成县最高（200～800元），平阳县最低（80～120元）",
        "class_bars": "96项任务按数字判定：48项超额，42项达到，0项未达到，6项无法判定",
    }
    assert "12 个工程" not in pictures["funding_bars"].measure
    assert "共 2 个工程" in pictures["funding_bars"].measure
    assert "共 2 个目标、3 个地区" in pictures["allocation_heatmap"].measure
    assert "44 项" not in pictures["milestone_steps"].measure
    assert "没有印投资额而不在图中的：数字社会" in pictures["investment_dots"].measure


def test_every_picture_says_its_source_and_its_extremes(pictures):
    assert pictures["funding_bars"].source == "来源：《候选项目情况的报告》。计算：minshi-analysis。"
    assert (
        "最多的是畅通美丽，18 亿元（99.4%）；最少的是安居改造，1,000 万元（0.6%）"
        in pictures["funding_bars"].alt
    )
    assert "最高为托位，168.6%；最低为驿站，0%" in pictures["completion_dots"].alt
    assert "2024年6月30日37%，2024年12月31日100%" in pictures["milestone_steps"].alt


def test_the_english_ones_are_english_but_for_names_of_documents(pictures, english):
    names = "|".join(
        sorted(
            {"候选项目情况的报告", *STRUCTURE["programme"], *RATES["measure"], *RATES["region"], *DONE["measure"],
             *TRAJECTORIES["name"], *FIELDS["field"],
                *COMPARED["measure_key"],
                *COMPARED["region"],
                *COMPARED["unit"],
                *BURDENS["payer"], "个", "人", "公里"}, key=len, reverse=True,
        )
    )  # fmt: skip
    for name, picture in english.items():
        said = [picture.title, picture.measure, picture.source, picture.alt]
        said += [text.get_text() for figure in picture.figures for text in texts(figure)]
        for sentence in said:
            left = re.sub(names, "", sentence.replace("\n", ""))
            assert not re.search(r"[\u4e00-\u9fff]", left), (name, sentence)
        assert picture.data.equals(pictures[name].data)


def test_a_legend_hides_nothing_of_the_plot(pictures, english):
    for picture in [*pictures.values(), *english.values()]:
        for figure in picture.figures:
            for legend in figure.legends:
                others = [text for text in texts(figure) if text not in legend.get_texts()]
                box = legend.get_window_extent()
                assert not any(_touch(box, text.get_window_extent()) for text in others), picture.name


def _touch(one, other, slack=2.0):
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0) > slack
        and min(one.y1, other.y1) - max(one.y0, other.y0) > slack
    )


LONG = "重要公共服务场所无障碍环境建设改造提升工程（含既有住宅加装电梯和适老化改造）"


def test_long_labels_are_broken_not_cut_and_nothing_leaves_the_paper(pictures, english):
    long = [
        charts.completion_dots(DONE.assign(measure=[LONG + str(n) for n in range(4)])),
        charts.allocation_heatmap(
            RATES.assign(measure=LONG, region=RATES["region"].replace("鹿城区", "浙南产业集聚区"))
        ),
        charts.trajectory_panels(TRAJECTORIES.assign(name=LONG), SEEN),
        charts.funding_bars(STRUCTURE.assign(programme=LONG + STRUCTURE["programme"])),
    ]
    for picture in [*pictures.values(), *english.values(), *long]:
        for figure in picture.figures:
            page = figure.bbox
            for text in texts(figure):
                assert "…" not in text.get_text()
                box = text.get_window_extent()
                inside = box.x0 >= -1 and box.x1 <= page.x1 + 1 and box.y0 >= -1 and box.y1 <= page.y1 + 1
                assert inside, (picture.name, text.get_text())
    for figure in long[0].figures:
        drawn = "".join(text.get_text().replace("\n", "") for text in texts(figure))
        assert all(f"{LONG}{n}" in drawn for n in (1, 2, 3))


def test_words_of_a_chart_do_not_lie_on_each_other(pictures, english):
    for picture in [*pictures.values(), *english.values()]:
        for figure in picture.figures:
            boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
            for at, (word, box) in enumerate(boxes):
                for other, second in boxes[at + 1 :]:
                    assert not _touch(box, second, 4.0), (picture.name, word, other)


def test_a_telephone_gets_a_drawing_of_its_own_width_with_text_of_ten_pixels(pictures):
    for name, picture in pictures.items():
        drawing = svg(picture.narrow)
        assert int(drawing.get("width")) <= 390 - 40
        pixels = float(drawing.get("width")) / float(drawing.get("viewBox").split()[2])
        sizes = {float(text.get("font-size")) for text in drawing.iter("{*}text")}
        assert min(sizes) * pixels >= 9.7, name


def test_a_chart_changes_no_global_setting():
    before = dict(mpl.rcParams)
    charts.funding_bars(STRUCTURE)
    assert dict(mpl.rcParams) == before


def test_a_notebook_shows_a_png_that_says_all_itself(pictures):
    for picture in pictures.values():
        data, metadata = picture._repr_mimebundle_()
        assert metadata["image/png"] == {"width": 860, "alt": picture.alt}
        assert data["text/plain"].startswith(f"[图] {picture.title}\n")
        assert picture.png.startswith(b"\x89PNG") and b"tEXt" not in picture.png
        drawn = "".join(text.get_text() for text in picture.figures[0].texts).replace(" ", "")
        assert all(said.replace(" ", "") in drawn for said in (picture.title, picture.measure))
        foot = [text for text in picture.figures[0].texts if text.get_verticalalignment() == "bottom"]
        assert "".join(text.get_text() for text in foot[::-1]).replace(" ", "") == picture.source.replace(
            " ", ""
        )


def test_a_page_shows_an_svg_whose_words_are_in_the_page(pictures):
    for name, picture in pictures.items():
        for drawing in (svg(picture.svg), svg(picture.narrow)):
            assert (drawing.get("role"), drawing.get("aria-label")) == ("img", picture.alt)
            said = "".join(drawing.itertext())
            assert picture.title not in said and picture.source not in said
            assert not drawing.xpath(
                "//*[local-name()='image' or local-name()='style' or local-name()='script']"
            )
        assert len(picture.html) < 60_000, name
        assert "http" not in picture.html.replace("http://www.w3.org/2000/svg", "")


def test_a_page_numbers_its_charts_and_no_id_stands_twice(pictures):
    page = charts.numbered(
        "\n".join(picture.html for picture in [*pictures.values(), *pictures.values()][:11])
    )
    assert [f"图 {n}" for n in range(1, 12)] == re.findall(r'<b class="chart-number">([^<]*)</b>', page)
    once = charts.numbered("\n".join(picture.html for picture in pictures.values()))
    ids = re.findall(r'\bid="([^"]*)"', once)
    assert len(ids) == len(set(ids)) >= 8
    assert set(re.findall(r'(?:href="|url\()#([^")]*)', once)) <= set(ids)


def test_the_download_is_the_plotted_data(pictures):
    for name, picture in pictures.items():
        file, data = re.search(
            r'<a download="([^"]*)" href="data:text/csv;charset=utf-8;base64,([^"]*)"', picture.html
        ).groups()
        assert file == f"{name.replace('_', '-')}.csv"
        read = pd.read_csv(io.BytesIO(base64.b64decode(data)), encoding="utf-8-sig")
        pd.testing.assert_frame_equal(read, picture.data, check_dtype=False, rtol=1e-5)


def test_every_character_has_a_glyph_in_the_font(pictures, english):
    from fontTools.ttLib import TTCollection
    from noto_cjk_sans_otc import FONT_PATH

    fonts = TTCollection(str(FONT_PATH)).fonts
    font = next(font for font in fonts if font["name"].getDebugName(1) == FAMILY)
    known = set(font.getBestCmap()) | {ord("\n")}
    for picture in [*pictures.values(), *english.values()]:
        for figure in picture.figures:
            drawn = {character for text in texts(figure) for character in text.get_text()}
            assert {c for c in drawn if ord(c) not in known} == set(), picture.name
            assert {text.get_fontname() for text in texts(figure)} == {FAMILY}, picture.name


# Without colours: CIE lightness in grey print, and Machado's matrix for full deuteranopia and protanopia.
MACHADO = {
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}


def linear(colour):
    value = np.array(mpl.colors.to_rgb(colour))
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(light):
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.array(matrix) @ np.clip(light, 0, 1) / [0.9505, 1.0, 1.089]
    fx, fy, fz = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


@pytest.mark.parametrize("palette", ["FUNDERS", "STANDINGS", "STANDING_BARS", "STARTS", "HATCHES"])
def test_what_a_colour_says_a_mark_says_too(palette):
    """Any two differ in mark, hatch or dashes, or in lightness, and so in grey print too."""
    entries = getattr(tones, palette)
    entries = list(entries.items() if isinstance(entries, dict) else enumerate(entries))
    for at, (one, (colour, mark)) in enumerate(entries):
        for two, (other, second) in entries[at + 1 :]:
            grey = abs(lab(linear(colour))[0] - lab(linear(other))[0])
            seen = [
                np.linalg.norm(lab(np.array(m) @ linear(colour)) - lab(np.array(m) @ linear(other)))
                for m in MACHADO.values()
            ]
            assert mark != second or (grey > 15 and min(seen) > 15), (one, two)


def test_the_shades_of_the_heat_map_darken_all_the_way():
    from minshi_analysis.charts.allocation import SHADES

    shades = [linear(mpl.colormaps[SHADES](x)) for x in np.linspace(0, 1, 9)]
    for light in (shades, *([np.array(m) @ s for s in shades] for m in MACHADO.values())):
        steps = np.diff([lab(each)[0] for each in light])
        assert (steps < -3).all()


def test_bars_are_as_long_as_the_money(pictures):
    for figure in pictures["funding_bars"].figures:
        widths = sorted(patch.get_width() for patch in figure.axes[0].patches)
        assert [round(width, 4) for width in widths if width] == [0.1, 6.0, 12.0]
    assert pictures["funding_bars"].data.to_dict("list") == {
        "programme": ["畅通美丽", "畅通美丽", "安居改造"],
        "funder": ["county", "other", "city"],
        "amount_yi": [12.0, 6.0, 0.1],
    }


def test_a_programme_without_money_is_told(pictures):
    more = pd.concat([STRUCTURE, STRUCTURE.iloc[[0]].assign(programme="无", amount=np.nan, total=np.nan)])
    drawn = charts.funding_bars(more)
    assert "另有 1 个没有印资金，不在图中" in drawn.measure
    assert drawn.data.equals(pictures["funding_bars"].data)


def test_heat_map_shades_the_logarithm_and_marks_zero_and_none(pictures):
    ax = pictures["allocation_heatmap"].figures[0].axes[0]
    shades = np.ma.filled(ax.collections[0].get_array().reshape(2, 3), np.nan)
    columns = [label.get_text().replace("\n", "") for label in ax.get_xticklabels()]
    assert dict(zip(columns, shades[0], strict=True)) == {"鹿城区": 1.0, "龙湾区": 0.0, "乐清市": -1.0}
    assert np.isnan(shades).sum() == 1
    assert sorted(text.get_text() for text in ax.texts) == ["(0)", "–"]  # inferred, not printed
    printed = charts.allocation_heatmap(RATES.assign(basis="printed"))
    assert sorted(text.get_text() for text in printed.figures[0].axes[0].texts) == ["0", "–"]


def test_a_comparison_is_of_what_two_plans_promise(pictures):
    drawn = pictures["comparison_bars"]
    assert (
        "2 份计划中至少两份都有、单位相同的 1 项" in drawn.measure
        and "另有 1 项只有一份计划有" in drawn.measure
    )
    for figure in drawn.figures:
        assert [round(bar.get_width(), 6) for bar in figure.axes[0].patches] == [1.0, 0.25]


def test_a_comparison_of_many_plans_is_as_long_as_a_sheet_and_names_each_bar():
    compared = pd.DataFrame(
        {
            "measure_key": ["甲", "乙"] * 40,
            "thing": "-",
            "deed": "-",
            "level": "-",
            "unit": "个/万人",
            "year": 2024,
        }
    )
    compared["region"] = [f"第{number // 2 + 1}县" for number in range(80)]
    compared["value"] = [float(number + 1) for number in range(80)]
    drawn = charts.comparison_bars(compared)
    assert len(drawn.data) == 60 and drawn.data["measure_key"].tolist() == ["甲"] * 40 + ["乙"] * 20
    assert "图中为前 60 条，共 80 条" in drawn.measure
    for figure in drawn.figures:
        assert [round(bar.get_width(), 3) for bar in figure.axes[0].patches][39:41] == [0.013, 1.0]
        assert {bar.get_facecolor() for bar in figure.axes[0].patches} == {
            figure.axes[0].patches[0].get_facecolor()
        }
        said = " ".join(text.get_text() for text in figure.findobj(Text)).replace("\n", "")
        assert all(f"第{number}县（2024）" in said for number in (1, 21, 40))


def test_burdens_are_ranges_for_a_resident_and_say_who_is_not_in_them(pictures):
    drawn = pictures["burden_ranges"]
    assert drawn.data.to_numpy().tolist() == [["文成县", 400.0, 200.0, 800.0], ["平阳县", 100.0, 80.0, 120.0]]
    assert "另有 1 个没有人口数" in drawn.measure and "不是文件所印" in drawn.measure


def test_classes_stand_beside_what_is_claimed(pictures):
    for figure in pictures["class_bars"].figures:
        widths = [bar.get_width() for bar in figure.axes[0].patches]
        assert widths == [25.0, 24.0, 0.0, 23.0, 26.0, 0.0, 23.0, 18.0, 6.0, 17.0, 30.0, 0.0]


def test_regions_without_residents_are_told():
    more = pd.concat([RATES, RATES.iloc[[0]].assign(region="市本级", quotient=np.nan)])
    assert "另有 1 个地区没有人口数，不在图中" in charts.allocation_heatmap(more).measure


def test_strip_shows_zero_in_a_lane_of_its_own(pictures):
    assert pictures["share_strip"].data.to_dict("list") == {
        "target_id": ["d/1.1#1", "d/1.2#1"],
        "measure": ["停车位", "绿道"],
        "quotient": [2.0, 0.0],
    }
    for figure in pictures["share_strip"].figures:
        ax = figure.axes[0]
        words = [label.get_text() for label in ax.get_xticklabels()]
        dots = ax.collections[-1].get_offsets()
        assert words[0] == "0" and np.isfinite(dots).all()
        assert dots[1][0] == ax.get_xticks()[0] < ax.get_xticks()[1]


def test_a_selection_says_of_how_many_and_by_what_rule():
    many = pd.concat(
        [RATES.iloc[:3].assign(target_id=f"d/{n}#1", quotient=[2.0**n, 1.0, 0.5]) for n in range(1, 9)]
    )
    drawn = charts.share_strip(many, "鹿城区", most=5)
    assert "共 8 个，图中为与平均相差最大的 5 个" in drawn.measure and "共 8 个" in drawn.alt
    assert drawn.data["quotient"].tolist() == [256.0, 128.0, 64.0, 32.0, 16.0]


def test_completion_counts_what_is_exactly_met_and_shows_what_is_zero(pictures):
    drawn = pictures["completion_dots"]
    assert drawn.data["value"].tolist() == [168.6, 52.9, 0.0]
    assert "共 4 个有可比数字的目标，1 个恰为 100% 不画，图中为其余 3 个" in drawn.measure
    for figure in drawn.figures:
        ax = figure.axes[0]
        assert ax.get_xticklabels()[0].get_text() == "0%"
        assert (
            sum(
                len(marks.get_offsets())
                for marks in ax.collections
                if hasattr(marks, "get_sizes") and len(marks.get_sizes())
            )
            == 3
        )


def test_what_is_behind_is_drawn_however_many_exceed():
    many = pd.concat(
        [DONE.iloc[[2]], *[DONE.iloc[[1]].assign(target_id=f"d/{k}#1", value=300.0) for k in range(40)]]
    )
    drawn = charts.completion_dots(many, most=10)
    assert len(drawn.data) == 10 and drawn.data["value"].min() == 52.9
    assert "其余 41 个中画出未超额的全部和相差最大的，共 10 个" in drawn.measure
    behind = pd.concat([DONE.iloc[[2]].assign(target_id=f"d/{k}#1") for k in range(12)])
    assert len(charts.completion_dots(behind, most=10).data) == 12


def test_a_cumulative_target_starts_from_nothing(pictures):
    for figure in pictures["trajectory_panels"].figures:
        paths = [
            line
            for line in figure.axes[0].lines
            if len(line.get_xdata()) == 2 and line.get_linewidth() == 1.6
        ]
        assert len(paths) == 2  # nothing is known of where the second starts
        assert all(
            line.get_ydata()[0] > line.get_ydata()[1] for line in paths
        )  # upwards: the axis points down
    words = {text.get_text() for text in texts(pictures["trajectory_panels"].figures[0])}
    assert {"29.5% → 50%以上", "— → 80%", "五年合计450,000 人"} <= words
    assert pictures["trajectory_panels"].data["observed"].tolist() == [1, 0, 0]


def test_two_promises_of_one_name_are_told_apart():
    twice = DONE.assign(
        measure=["教室", "托位", "托位", "托位"], level=["city", "province", "city", "county"]
    )
    labels = "".join(text.get_text() for text in texts(charts.completion_dots(twice).figures[0]))
    assert all(f"托位（{level}）" in labels for level in ("省级", "市级", "县级"))


def test_an_empty_table_is_an_error_not_an_empty_chart():
    with pytest.raises(ValueError, match="no rows"):
        charts.funding_bars(STRUCTURE.iloc[:0])
    with pytest.raises(ValueError, match="needs the columns total"):
        charts.funding_bars(STRUCTURE.drop(columns="total"))
