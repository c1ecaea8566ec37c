"""Tables of indicators with more columns than a first and a last year: nothing printed is dropped."""

from __future__ import annotations

from minshi_analysis.intake.reader import read_document


def indicators(tmp_path, text):
    path = tmp_path / "plan.txt"
    path.write_text(text, "utf-8")
    tables = read_document(path, region="库尔勒市")
    assert len(tables["unread"]) == 0, tables["unread"]
    return tables["indicators"]


TITLE = "库尔勒市“十四五”社会事业发展规划（2021—2025年）\n主要指标表\n"


def test_the_years_between_and_the_nature_of_an_indicator_are_its_note(tmp_path):
    rows = indicators(
        tmp_path,
        TITLE + "指标名称\t单位\t2020年\t2021年\t2022年\t2023年\t2024年\t2025年\t属性\n"
        "九年义务教育巩固率\t%\t98\t98.2\t98.4\t98.6\t98.8\t99\t约束性\n"
        "每千常住人口医疗机构床位数\t张\t7.1\t7.2\t7.3\t7.4\t7.5\t7.6\t预期性\n",
    )
    assert rows[["baseline_year", "baseline", "target_year", "target"]].to_numpy().tolist() == [
        [2020, 98, 2025, 99],
        [2020, 7.1, 2025, 7.6],
    ]
    assert rows["note"].tolist() == [
        "2021年 98.2;2022年 98.4;2023年 98.6;2024年 98.8;约束性",
        "2021年 7.2;2022年 7.3;2023年 7.4;2024年 7.5;预期性",
    ]


def test_a_yearly_growth_is_no_year_and_a_remark_is_kept(tmp_path):
    rows = indicators(
        tmp_path,
        TITLE + "序号\t指标名称\t单位\t2020年\t2025年\t2025年均增长\t指标属性\t备注\n"
        "1\t居民人均可支配收入\t元\t30000\t42000\t7%\t预期性\t不变价\n"
        "2\t人均预期寿命\t岁\t77\t78.5\t—\t约束性\t\n",
    )
    assert rows["target"].tolist() == [42000, 78.5]
    assert rows["note"].tolist() == ["2025年均增长 7%;预期性;不变价", "约束性"]


def test_the_number_before_a_name_is_the_indicators_own(tmp_path):
    rows = indicators(
        tmp_path,
        TITLE + "指标名称\t单位\t2020年\t2025年\n"
        "1.居民人均可支配收入\t元\t30000\t42000\n2．人均预期寿命\t岁\t77\t78.5\n15分钟健身圈覆盖率\t%\t80\t95\n",
    )
    assert rows["indicator_no"].tolist() == ["1", "2", "3"]
    assert rows["name"].tolist() == ["居民人均可支配收入", "人均预期寿命", "15分钟健身圈覆盖率"]
    assert rows["note"].isna().all()


def test_fields_that_each_count_from_one_keep_their_numbers(tmp_path):
    rows = indicators(
        tmp_path,
        TITLE + "类别\t指标名称\t单位\t2020年\t2025年\n"
        "教育\t1.高等教育毛入学率\t%\t52\t60\n教育\t2.学前教育毛入园率\t%\t96\t98\n"
        "健康\t1.人均预期寿命\t岁\t77\t78.5\n",
    )
    assert rows["indicator_no"].tolist() == ["1", "2", "1"]
    assert rows["indicator_id"].str.partition("/")[2].tolist() == [
        "indicator-1",
        "indicator-2",
        "indicator-1-2",
    ]
    assert rows["name"].tolist() == ["高等教育毛入学率", "学前教育毛入园率", "人均预期寿命"]
