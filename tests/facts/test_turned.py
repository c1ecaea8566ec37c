"""Which grids are splits with a row for each county, and what is left of them as it stands."""

from __future__ import annotations

import pytest

from minshi_analysis.facts.prose.costs import funder_of
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.layout.turned import Turned, turned
from minshi_analysis.reading.blocks import Grid
from minshi_analysis.reading.text import parse


def grid(text):
    return next(block for block in parse(text).blocks if isinstance(block, Grid))


@pytest.mark.parametrize(
    "label", ["县区", "地区", "县（市、区）", "县市区", "单位", "区域", "各县（市、区）", "县/任务"]
)
def test_a_row_for_each_county_becomes_a_column(label):
    text = f"{label}\t改造农村公路（公里）\t新增床位\n全市\t30\t60张\n龙湾区\t10\t\n永嘉县\t8.5\t20张\n平阳县\t11.5\t40张\n"
    found = turned(grid(text), "330300")
    lying, loose = found.grid, found.loose
    assert loose == []
    assert [[cell.text for cell in row] for row in lying.rows] == [
        ["任务", "单位", "合计", "龙湾区", "永嘉县", "平阳县"],
        ["改造农村公路", "公里", "30", "10", "8.5", "11.5"],
        ["新增床位", "—", "60张", "", "20张", "40张"],
    ]
    cells = [cell for row in lying.rows[1:] for cell in row if cell and cell.text != "—"]
    assert all(text[cell.start : cell.end] == cell.text for cell in cells)


@pytest.mark.parametrize(
    "text",
    [
        "县区\t项目名称\t建设内容\n龙湾区\t书房\t新建书房2家\n龙湾区\t公园\t新建公园1个\n永嘉县\t学校\t新建学校1所\n",
        "县区\t目标任务（个）\t完成数（个）\t完成率\n龙湾区\t10\t8\t80%\n永嘉县\t9\t9\t100%\n平阳县\t4\t3\t75%\n",
        "单位\t新增床位（张）\t新增车位（个）\n市民政局\t10\t8\n市交通局\t9\t9\n市住建局\t4\t3\n",
        "县区\t补助资金（万元）\t市财政（万元）\n龙湾区\t10\t8\n永嘉县\t9\t9\n平阳县\t4\t3\n",
    ],
    ids=["projects of counties", "progress of one task", "no counties", "money"],
)
def test_other_grids_stay_as_they_are(text):
    printed = grid(text)
    assert turned(printed, "330300") == Turned(printed)


@pytest.mark.parametrize("mark", ["\t", " | ", ","])
def test_heads_of_two_rows_that_lost_their_spans(mark):
    """A task's name goes on over its blank places, as far as there are labels below."""
    rows = [
        ["县区", "新增床位（张）", "", "", "完成危房改造（户）", ""],
        ["", "目标数", "完成数", "完成率", "目标数", "完成数"],
        ["龙湾区", "10", "8", "80%", "5", "5"],
        ["永嘉县", "9", "9", "100%", "4", "2"],
    ]
    found = turned(grid("\n".join(map(mark.join, rows)) + "\n"), "330300")
    lying, loose = found.grid, found.loose
    assert loose == []
    assert [[cell.text for cell in row] for row in lying.rows] == [
        ["任务", "分项", "单位", "龙湾区", "永嘉县"],
        ["新增床位", "目标数", "张", "10", "9"],
        ["新增床位", "完成数", "张", "8", "9"],
        ["新增床位", "完成率", "%", "80%", "100%"],
        ["完成危房改造", "目标数", "户", "5", "4"],
        ["完成危房改造", "完成数", "户", "5", "2"],
    ]


@pytest.mark.parametrize("name", ["完成适老化改造", "完成危房改造", "完成就业技能培训", "完成白内障手术"])
def test_a_task_may_be_called_after_its_completion(name):
    text = f"县区\t新增床位（张）\t{name}（户）\n龙湾区\t10\t8\n永嘉县\t9\t9\n"
    lying = turned(grid(text), "330300").grid
    assert [row[0].text for row in lying.rows] == ["任务", "新增床位", name]


@pytest.mark.parametrize("name", ["完成改造数量", "完成任务情况", "累计完成数", "完成改造户数"])
def test_a_result_is_no_task(name):
    printed = grid(f"县区\t新增床位（张）\t{name}（户）\n龙湾区\t10\t8\n永嘉县\t9\t9\n")
    assert turned(printed, "330300") == Turned(printed)


@pytest.mark.parametrize(
    ("said", "funder"),
    [
        ("项目总投资约1.2亿元", "total"),
        ("投入资金300万元", "total"),
        ("安排补助资金300万元", "total"),
        ("争取上级补助资金300万元", "superior"),
        ("其中市级财政300万元", "city"),
        ("区财政配套300万元", "county"),
        ("总投资500万元,其中市级300万元", "city"),
        ("发放创业担保贷款300万元", None),
        ("发放消费券300万元", None),
        ("减免税费300万元", None),
        ("完成投资300万元", None),
        ("每户补助2万元", None),
        ("改造小区20个", None),
    ],
)
def test_who_pays_in_the_words_before_an_amount(said, funder):
    assert funder_of(said, parse_quantities(said, kind="plan")[-1]) == funder


@pytest.mark.parametrize(
    ("head", "other"),
    [
        ("开工数（个）", "9"),
        ("已开工数", "9"),
        ("实际开工小区数", "9"),
        ("补助资金（万元）", "6.3"),
        ("补助金额", "6.3"),
        ("已拨付资金（万元）", "6.3"),
        ("去年同期（个）", "12"),
        ("当月新增（个）", "2"),
        ("排名", "1"),
        ("序时进度", "50%"),
    ],
)
def test_what_is_told_of_a_region_beside_its_share_is_no_task(head, other):
    text = f"县区\t改造小区（个）\t{head}\n龙湾区\t10\t{other}\n永嘉县\t8\t{other}\n平阳县\t11\t{other}\n"
    found = turned(grid(text), "330300")
    lying, loose = found.grid, found.loose
    assert [[cell.text for cell in row] for row in lying.rows] == [
        ["任务", "单位", "龙湾区", "永嘉县", "平阳县"],
        ["改造小区", "个", "10", "8", "11"],
    ]
    assert [cell.text for cell in loose] == [other] * 3


def test_what_stands_beside_a_target_under_one_head_and_is_no_result_is_no_task():
    text = (
        "县区\t改造小区（个）\t改造小区（个）\t涉及居民（万户）\t涉及居民（万户）\n"
        "县区\t计划任务数\t开工数\t计划任务数\t进场数\n"
        "龙湾区\t10\t9\t1.2\t1.1\n永嘉县\t8\t7\t0.8\t0.7\n合计\t18\t16\t2\t1.8\n"
    )
    found = turned(grid(text), "330300")
    lying, loose = found.grid, found.loose
    assert [[cell.text for cell in row] for row in lying.rows] == [
        ["任务", "分项", "单位", "龙湾区", "永嘉县", "合计"],
        ["改造小区", "计划任务数", "个", "10", "8", "18"],
        ["涉及居民", "计划任务数", "万户", "1.2", "0.8", "2"],
    ]
    assert [cell.text for cell in loose] == ["9", "7", "16", "1.1", "0.7", "1.8"]


def test_the_sum_under_a_head_is_what_the_head_names():
    text = (
        "镇街\t年度任务（户）\t年度任务（户）\t年度任务（户）\t第一批已拨付（万元）\t第一批已拨付（万元）\n"
        "镇街\t小计\tC级\tD级\tC级\tD级\n"
        "棠香街道\t8\t1\t7\t0.75\t24.5\n龙水镇\t5\t3\t2\t2.25\t7\n合计\t13\t4\t9\t3\t31.5\n"
    )
    found = turned(grid(text), "500111")
    lying, loose = found.grid, found.loose
    assert [[cell.text for cell in row[:4]] for row in lying.rows] == [
        ["类别", "任务", "单位", "棠香街道"],
        ["", "年度任务", "户", "8"],
        ["年度任务（户）", "C级", "户", "1"],
        ["年度任务（户）", "D级", "户", "7"],
    ]
    assert len(loose) == 6
