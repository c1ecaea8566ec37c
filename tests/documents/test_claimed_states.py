"""States that the words of a result claim, of all that a cell tells or of one of its clauses alone."""

from __future__ import annotations

import pytest
from laid import read_rows

TITLE = "磐安县2023年民生实事项目完成情况表"


def read(folder, rows, *, form="html", head=("序号", "工作任务", "责任单位", "落实进展情况")):
    printed = [list(head), *([str(k), *row] for k, row in enumerate(rows, start=1))]
    return read_rows(folder, form, printed, TITLE, region="330727", year=2023, kind="completion")


def claimed(tables):
    rows = tables["outcomes"][["value", "status_claimed"]].astype(object)
    return [tuple(None if v != v else v for v in row) for row in rows.where(rows.notna(), None).values]


@pytest.mark.parametrize("form", ["html", "docx", "txt", "xlsx"])
@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("已完成。培训厨师2046人次,建成工作室4个。", "met"),
        ("正在推进。培训厨师846人次,建成工作室1个。", "in_progress"),
        ("已全部完成任务;培训厨师2046人次,建成工作室4个。", "met"),
        ("已超额完成年度目标。培训厨师2046人次,建成工作室4个。", "over"),
        ("基本完成。培训厨师1446人次,建成工作室3个。", None),
    ],
)
def test_a_state_before_all_results_is_that_of_each(tmp_path, form, words, state):
    tables = read(tmp_path, [("培训厨师1500人次以上,新建工作室3个", "县人社局", words)], form=form)
    assert [said for _, said in claimed(tables)] == [state, state]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("绿道建成27公里,超额完成任务;老旧小区改造30个", [(27, "over"), (30, None)]),
        ("绿道建成27公里;老旧小区改造30个,未完成任务", [(27, None), (30, "behind")]),
        ("绿道建成27公里;老旧小区改造39个,均超额完成任务", [(27, "over"), (39, "over")]),
        ("25公里绿道已全部完工;老旧小区改造30个", [(25, "met"), (30, None)]),
        ("绿道建成21公里;36个小区均已完成改造", [(21, None), (36, "met")]),
        ("绿道建成21公里,超额完成一季度目标;老旧小区改造30个", [(21, None), (30, None)]),
    ],
)
def test_a_state_in_one_clause_is_that_of_its_result(tmp_path, words, expected):
    task = "新建城市绿道25公里,改造老旧小区36个"
    assert claimed(read(tmp_path, [(task, "县建设局", words)])) == expected


def test_what_is_said_to_be_done_and_is_less_than_promised_is_not_met(tmp_path):
    assert claimed(read(tmp_path, [("改造老旧小区36个", "县建设局", "30个小区已全部完工")])) == [(30, None)]
    assert claimed(read(tmp_path, [("改造老旧小区36个", "县建设局", "已进场施工,完成60%")])) == [
        (None, "in_progress")
    ]


@pytest.mark.parametrize("head", ["目标完成情况", "任务完成情况", "推进状态"])
def test_a_column_of_states_beside_the_results(tmp_path, head):
    tables = read(
        tmp_path,
        [
            ("改造老旧小区36个", "县建设局", "已改造30个", "未完成"),
            ("新增停车泊位300个", "县建设局", "已新增210个", "顺利推进"),
            ("新增床位60张", "县民政局", "已新增66张", "超额完成"),
        ],
        head=("序号", "工作任务", "责任单位", "进展情况及下一步打算", head),
    )
    assert claimed(tables) == [(30, "behind"), (210, "in_progress"), (66, "over")]


def test_a_note_that_only_says_a_state_claims_it(tmp_path):
    rows = [
        ("新增托位300个", "县卫健局", "已新增326个", "已超额完成全年目标"),
        ("改造老旧小区36个", "县建设局", "已改造30个", "部分小区未完成招标,超额完成有难度"),
    ]
    tables = read(tmp_path, rows, head=("序号", "工作任务", "责任单位", "完成情况", "说明"))
    assert claimed(tables) == [(326, "over"), (30, None)]


@pytest.mark.parametrize(
    "words", ["已将养育标准提高到2200元", "已经将养育标准提高到2200元", "已按计划把养育标准提高到2200元"]
)
def test_what_a_report_says_to_be_done_is_no_plan(tmp_path, words):
    task = "将孤儿养育标准提高到2200元"
    assert [value for value, _ in claimed(read(tmp_path, [(task, "县民政局", words)]))] == [2200]


def test_what_is_still_planned_is_no_result(tmp_path):
    tables = read(tmp_path, [("改造老旧小区36个", "县建设局", "年底前将改造36个")])
    assert [value for value, _ in claimed(tables)] == [None]
