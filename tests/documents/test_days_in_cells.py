"""Days by which a row is done that stand in its notes, or before its promise in the cell of its target."""

from __future__ import annotations

import pytest
from laid import read_rows

TITLE = "磐安县2023年民生实事项目表"
KNOWN = {"region": "330727", "year": 2023}


def due(folder, form, note, *, target="改造农村公路42公里", head="备注", kind="plan"):
    rows = [
        ["序号", "项目名称", "目标任务", "责任单位", head],
        ["1", "农村公路", target, "县交通局", note],
        ["2", "养老服务", "新增床位60张", "县民政局", ""],
    ]
    tables = read_rows(folder, form, rows, TITLE, kind=kind, **KNOWN)
    found = tables["tasks"]["deadline"]
    assert found.isna().to_list()[1:] == [True]
    return None if found.isna()[0] else str(found[0])[:10]


@pytest.mark.parametrize(
    ("form", "head", "note", "day"),
    [
        ("html", "备注", "11月底前完工", "2023-11-30"),
        ("xlsx", "备注", "12月底前完成", "2023-12-31"),
        ("docx", "说明", "确保10月底前全部建成投用。", "2023-10-31"),
        ("md", "备注", "预计9月中旬竣工验收", "2023-09-20"),
        ("html", "备注", "2023年6月30日前完成建设并投入使用", "2023-06-30"),
    ],
)
def test_a_note_that_says_only_by_when_is_the_deadline(tmp_path, form, head, note, day):
    assert due(tmp_path, form, note, head=head) == day


@pytest.mark.parametrize(
    "note",
    ["续建1所", "6月底前开工", "11月底前完成20公里", "2022年完工的2条除外", "县级配套,11月底前完成招标"],
)
def test_a_note_that_says_more_is_none(tmp_path, note):
    assert due(tmp_path, "html", note) is None


def test_a_report_s_note_dates_no_promise(tmp_path):
    assert due(tmp_path, "html", "12月底前完工", kind="progress") is None


@pytest.mark.parametrize(
    ("form", "target", "day"),
    [
        ("html", "10月底前新增停车泊位300个", "2023-10-31"),
        ("xlsx", "9月底前改造农村公路42公里", "2023-09-30"),
        ("txt", "12月底前累计培训护理员500人", "2023-12-31"),
        ("html", "10月底前启动改造农村公路42公里", None),
        ("html", "10月底前新增停车泊位300个,新建公厕5座", None),
        ("html", "新增停车泊位300个,其中10月底前新增100个", None),
    ],
)
def test_a_day_before_the_one_promise_of_a_cell_is_its_deadline(tmp_path, form, target, day):
    assert due(tmp_path, form, "", target=target) == day
