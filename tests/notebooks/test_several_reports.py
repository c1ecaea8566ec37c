"""A county and year with a plan, two reports on the way and the year's last one: which report says what."""

import pandas as pd
import pytest

from minshi_analysis import charts
from minshi_analysis import notebook as report
from minshi_analysis.intake.reader import read_document
from minshi_analysis.model import empty
from minshi_analysis.notebook import delivery_said
from minshi_analysis.notebook.case import Case
from minshi_analysis.reasons import say


def delivery_findings(case):
    return [say(finding) for finding in delivery_said.delivery_findings(case)]


def drawn_of(case):
    """The chart of a notebook, and which report it is of."""
    rows = report.charted(case)
    draw = charts.progress_dots if "elapsed" in rows else charts.completion_dots
    told = report.charted_of(case)
    return draw(rows), say(told) if told else ""


SOURCES = {
    "a-plan": "宝应县2024年度民生实事项目\n序号\t项目内容\t责任单位\n"
    "1\t新增医疗床位300张\t县卫健委\n2\t新建农村公路120公里\t县交通局\n",
    "b-first": "宝应县2024年民生实事项目一季度进展情况\n序号\t项目内容\t目标任务\t完成情况\t责任单位\n"
    "1\t新增医疗床位\t300张\t30张\t县卫健委\n2\t新建农村公路\t120公里\t24公里\t县交通局\n",
    "c-half": "宝应县2024年上半年民生实事项目进展情况\n序号\t项目内容\t目标任务\t完成情况\t责任单位\n"
    "1\t新增医疗床位\t300张\t180张\t县卫健委\n2\t新建农村公路\t120公里\t132公里\t县交通局\n",
    "d-last": "宝应县2024年度民生实事项目完成情况\n序号\t项目内容\t完成情况\t是否完成\t责任单位\n"
    "1\t新增医疗床位300张\t新增医疗床位260张\t未完成\t县卫健委\n"
    "2\t新建农村公路120公里\t完成132公里\t超额完成\t县交通局\n",
}


@pytest.fixture
def case(tmp_path):
    """The case of some of these documents."""

    def made(*names):
        read = []
        for name in names:
            path = tmp_path / f"{name}.txt"
            path.write_text(SOURCES[name], "utf-8")
            read.append(read_document(path))
        tables = {table: pd.concat([each[table] for each in read], ignore_index=True) for table in read[0]}
        tables |= {name: empty(name) for name in ("population", "sources", "links", "patches")}
        return Case("宝应县", 2024, tables["documents"], names, (), (), tables)

    return made


def test_the_classes_are_counted_report_by_report_the_last_word_first(case):
    rows = report.show(report.classes(case(*SOURCES))).rows
    assert rows["报告"].tolist() == [
        "完成情况报告",
        "截至2024年6月30日的进展报告",
        "截至2024年3月31日的进展报告",
    ]
    # Beds 260, 180, 30 of 300; roads 132, 132, 24 of 120 km.
    assert rows["任务（项）"].tolist() == ["2", "2", "2"]
    assert rows["超额（项）"].tolist() == ["1", "1", "0"]
    assert rows["未达到（项）"].tolist() == ["1", "0", "0"]
    assert rows["进行中（项）"].tolist() == ["0", "1", "2"]


def test_every_result_says_of_which_report_it_is(case):
    rows = report.show(report.results(case(*SOURCES))).rows
    beds = rows[rows["任务"].str.contains("床位")].set_index("报告")["结果"]
    assert beds.to_dict() == {
        "完成情况报告": "260 张",
        "截至2024年6月30日的进展报告": "180 张",
        "截至2024年3月31日的进展报告": "30 张",
    }


def test_the_chart_is_of_the_last_word_and_says_so(case):
    drawn, told = drawn_of(case(*SOURCES))
    assert "图画的是完成情况报告" in told
    assert sorted(drawn.data["value"].round(1)) == [86.7, 110]  # 260 of 300, 132 of 120
    drawn, told = drawn_of(case("a-plan", "b-first", "c-half"))
    assert "图画的是截至2024年6月30日的进展报告" in told
    assert sorted(drawn.data["value"].round(1)) == [60, 110]  # 180 of 300, 132 of 120


def test_the_findings_name_their_report(case):
    said = delivery_findings(case(*SOURCES))
    assert said[0].startswith("完成情况报告的 2 个目标中，2 个的结果印有可比的数字")
    assert any(line.startswith("截至2024年6月30日的进展报告中，已经超过全年目标的有") for line in said)
    assert any(line.startswith("截至2024年3月31日的进展报告中，慢于日历进度的有") for line in said)


def test_one_report_is_not_named(case):
    alone = case("a-plan", "c-half")
    assert "报告" not in report.show(report.classes(alone)).rows
    assert "报告" not in report.show(report.results(alone)).rows
    assert drawn_of(alone)[1] == ""
    assert "进展报告中" not in "".join(delivery_findings(alone))


def test_the_bars_of_classes_count_no_task_twice(case):
    """Two tasks in three reports of one year are two tasks; the bars are of the report that is drawn beside them."""
    own = case("a-plan", "b-first", "c-half", "d-last")
    rows = report.classed(own)
    assert rows["doc_id"].nunique() == 1 and rows["value"].sum() == 2
    assert rows["doc_id"].iloc[0] == report.charted(own)["doc_id"].iloc[0]
    assert charts.class_bars(rows).title.startswith("2项任务")
