"""A note that the body listed first leads: for all tasks, wherever it stands, and never a part of a name."""

from __future__ import annotations

import pytest
from laid import FORMS, read_rows

from minshi_analysis.facts.first_leads import says_first_leads

TITLE = "磐安县2023年民生实事责任分解\n"
ITEMS = (
    "1.新建幼儿园4所。\n责任单位:县教育局、县自然资源和规划局,各乡镇政府(新城管委会){}\n"
    "2.改造卫生院3所。\n责任单位:县卫生健康局\n"
    "3.硬化公路120公里。\n责任单位:县交通运输局和县财政局\n"
)
WHO = [
    ("县教育局", "县自然资源和规划局、各乡镇政府(新城管委会)"),
    ("县卫生健康局", None),
    ("县交通运输局", "县财政局"),
]
NOTES = (
    "列第一位者为工作牵头单位或汇总单位,下同",
    "排在首位的为牵头单位",
    "第一个单位为牵头单位,下同",
    "排名第一的部门为主要责任部门",
)


def who(tables):
    found = tables["tasks"][["lead_agency", "partner_agencies"]].astype(object)
    return list(found.where(found.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("place", ["({})", ",{}", "({}。)"])
def test_a_note_behind_the_first_names_holds_for_all(read, note, place):
    assert who(read(TITLE + ITEMS.format(place.format(note)))) == WHO


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("where", ["(注:{})\n", "说明:责任单位中{}。\n"])
def test_a_note_above_or_below_the_list_holds_for_all(read, note, where):
    line = where.format(note)
    assert who(read(TITLE + line + ITEMS.format(""))) == WHO
    assert who(read(TITLE + ITEMS.format("") + line)) == WHO


def test_helpers_of_their_own_stay_behind_the_others(read):
    words = "1.新建幼儿园4所。(牵头单位:县教育局、县住建局;配合单位:县财政局)\n2.改造卫生院3所。(牵头单位:县卫健局)\n"
    note = "注:牵头单位有多个的,第一个为牵头单位。"
    assert who(read(TITLE + words + note)) == [("县教育局", "县住建局、县财政局"), ("县卫健局", None)]


@pytest.mark.parametrize("form", FORMS)
def test_a_note_below_a_table(tmp_path, form):
    rows = [
        ["序号", "项目内容", "牵头单位", "配合单位"],
        ["1", "新增停车泊位1200个", "县城管局、县公安局", "各街道"],
        ["2", "改造老旧小区15个", "县住建局", "县财政局"],
        ["", "注:列第一位的为牵头单位", "", ""],
    ]
    tables = read_rows(
        tmp_path, form, rows, "磐安县2023年民生实事项目表", region="330727", year=2023, kind="plan"
    )
    assert who(tables) == [("县城管局", "县公安局、各街道"), ("县住建局", "县财政局")]


@pytest.mark.parametrize("form", FORMS)
def test_a_note_in_a_tables_head(tmp_path, form):
    rows = [
        ["序号", "项目内容", "责任单位(第一个为牵头单位)"],
        ["1", "新增停车泊位1200个", "县城管局、县公安局"],
        ["2", "改造老旧小区15个", "县住建局"],
    ]
    tables = read_rows(
        tmp_path, form, rows, "磐安县2023年民生实事项目表", region="330727", year=2023, kind="plan"
    )
    assert who(tables) == [("县城管局", "县公安局"), ("县住建局", None)]


def test_without_a_note_all_bodies_answer_alike(read):
    assert who(read(TITLE + ITEMS.format("")))[0] == (
        "县教育局、县自然资源和规划局,各乡镇政府(新城管委会)",
        None,
    )


@pytest.mark.parametrize(
    "words",
    [
        "党委书记是第一责任人,由县教育局牵头",
        "第一批项目由县教育局牵头",
        "教育局为牵头单位",
        "第一季度为牵头单位申报期",
    ],
)
def test_other_words_are_no_such_note(words):
    assert not says_first_leads(words)
