"""Who answers for all parts of an item, said in a line below the last of them; and the words above parts as their programme."""

from __future__ import annotations

import pytest

TITLE = "磐安县2023年民生实事\n"
OTHER = "三、教育\n新建幼儿园9所。\n责任单位:县教育局\n"


def who(tables):
    found = tables["tasks"][["programme", "lead_agency", "partner_agencies"]].astype(object)
    return list(found.where(found.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("note", "lead", "helps"),
    [
        ("主办单位:县食安办、县市场监管局;协办单位:县农业局", "县食安办、县市场监管局", "县农业局"),
        ("(责任单位:县食安办)", "县食安办", None),
        ("牵头单位:县食安办\n配合单位:县农业局", "县食安办", "县农业局"),
        ("责任部门:县食安办", "县食安办", None),
    ],
)
@pytest.mark.parametrize("marks", ["(一)(二)(三)", "1.2.3."])
def test_a_line_below_the_last_part_is_of_all_parts(read, note, lead, helps, marks):
    a, b, c = (marks[k : k + len(marks) // 3] for k in range(0, len(marks), len(marks) // 3))
    words = f"一、治理“餐桌污染”,建设“放心工程”\n{a}抽检合格率达97%以上。\n{b}创建示范街2条。\n{c}破获案件400起以上。\n{note}\n"
    alone = "二、养老\n新建幸福院30个。\n责任单位:县民政局\n"
    programme = "治理“餐桌污染”,建设“放心工程”"
    assert who(read(TITLE + words + alone + OTHER)) == [
        *[(programme, lead, helps)] * 3,
        ("养老", "县民政局", None),
        ("教育", "县教育局", None),
    ]


@pytest.mark.parametrize("own", ["\n责任单位:县卫健局", "(县卫健局负责)"])
def test_parts_with_lines_of_their_own_give_none_away(read, own):
    words = f"一、健康\n(一)改造卫生院3所。{own}\n(二)体检700人。\n(三)新增床位50张。\n责任单位:县医保局\n"
    assert [lead for _, lead, _ in who(read(TITLE + words + OTHER))] == [
        "县卫健局",
        None,
        "县医保局",
        "县教育局",
    ]


def test_a_line_below_one_of_several_chapters_may_be_the_last_items_alone(read):
    words = "一、健康\n1.改造卫生院3所。\n2.体检700人。\n二、养老\n3.新建幸福院30个。\n4.新增床位50张。\n责任单位:县民政局\n"
    assert [lead for _, lead, _ in who(read(TITLE + words))] == [None, None, None, "县民政局"]


@pytest.mark.parametrize(
    "head", ["治理“餐桌污染”,建设“放心工程”", "健全服务体系,提升养老水平;改善环境", "促进就业,稳定增收。"]
)
def test_the_words_above_parts_are_their_programme(read, head):
    tables = read(
        f"{TITLE}一、{head}\n(一)创建示范街2条。\n(二)新建幸福院30个。\n二、教育\n(一)新建幼儿园9所。\n(二)新增学位90个。\n"
    )
    assert [row[0] for row in who(tables)] == [head.rstrip("。")] * 2 + ["教育"] * 2
