"""Who does something, who benefits by it, and a level that is not to be passed."""

from __future__ import annotations

import pytest

from minshi_analysis.facts.nature import nature_of
from minshi_analysis.language.quantities import parse_quantities

PLAN = "磐安县2023年民生实事项目\n1.新建幼儿园3所。\n2.{}\n3.改造公厕12座。"


def promised(read, words):
    tables = read(PLAN.format(words))
    sure = tables["confidence"].set_index("row_id")["confidence"]
    rows = list(tables["targets"].itertuples())[1:-1]
    return [(r.value, r.unit) for r in rows], [sure[r.task_id] for r in rows], list(tables["unread"]["text"])


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("460个居村综合文化活动室提供不少于2300场文化活动。", 2300, "场"),
        ("32家医院开展义诊200场。", 200, "场"),
        ("全县18个社区组织活动90次。", 90, "次"),
        ("由15支队伍开展河道巡查300公里。", 300, "公里"),
        ("200名志愿者开展上门服务3000人次。", 3000, "人次"),
        ("组织50家企业举办招聘会10场。", 10, "场"),
        ("组织120名医务人员开展巡回义诊50场次。", 50, "场次"),
    ],
)
def test_who_does_it_is_no_promise_and_is_told(read, words, value, unit):
    rows, sure, unread = promised(read, words)
    assert rows == [(value, unit)] and sure[0] >= 0.9
    assert unread == [words]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("为460个活动室配备图书2300册。", [460, 2300]),
        ("改造460个活动室,开展文化活动200场。", [460, 200]),
        ("100所学校开展心理健康教育。", [100]),
        ("120所学校开设课后服务。", [120]),
        ("8所学校开展校舍加固改造12栋。", [8, 12]),
        ("10所学校开展食堂改造、提供午餐服务2万人次。", [10, 20000]),
        ("组织120名失业人员开展技能培训300期。", [120, 300]),
    ],
)
def test_what_is_done_to_or_by_them_and_counted_alone_is_promised(read, words, values):
    rows, sure, unread = promised(read, words)
    assert [value for value, _ in rows] == values
    assert min(sure) >= 0.9 and unread == []


def test_who_provides_works_may_be_promised_too_and_is_doubted(read):
    rows, sure, _ = promised(read, "20家企业提供就业岗位500个。")
    assert [value for value, _ in rows] == [20, 500] and max(sure) < 0.8


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("建设供水管网20公里,受益群众约6万人", "受益群众"),
        ("建设供水管网20公里,受益人口6万人", "受益人口"),
        ("改造老旧小区20个,受益居民3000户", "受益居民"),
        ("实施营养改善计划,受益学生2.3万名", "受益学生"),
        ("建设供水管网20公里,使6万群众受益", "受益群众"),
    ],
)
def test_who_benefits_is_named_so_and_is_no_level(read, words, measure):
    assert parse_quantities(words)[-1].measure == measure
    tables = read(PLAN.format(f"{words}。"))
    row = next(r for r in tables["targets"].itertuples() if r.measure == measure)
    assert row.nature == "flow"


def test_who_is_served_keeps_the_name_of_its_own():
    (pupils,) = parse_quantities("服务小学生160人次以上")
    (households,) = parse_quantities("打造服务5000户居民的便民服务圈")
    assert (pupils.measure, households.measure) == ("小学生", "居民")


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("失业登记人数控制在732人", ["at_most"]),
        ("登记失业人数控制到800人", ["at_most"]),
        ("道路交通事故死亡人数控制为30人", ["at_most"]),
        ("建设成本限定在每平方米5000元", ["at_most"]),
        ("城镇登记失业率、调查失业率分别控制在4%和5.5%", ["at_most", "at_most"]),
        ("班额控制在45人,新建学校2所", ["at_most", "exact"]),
        ("登记失业人数压减至732人", ["exact"]),
        ("登记失业人数降至732人", ["exact"]),
        ("城镇登记失业率控制在4.5%左右", ["approx"]),
        ("城镇登记失业率控制在3-5%之间", ["range"]),
        ("安装控制器300个", ["exact"]),
    ],
)
def test_a_level_under_which_something_is_kept_is_the_most(words, bounds):
    assert [q.bound for q in parse_quantities(words)] == bounds


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("开办爱心暑托班2个班点", "个"),
        ("开通4个班车线路", "个"),
        ("新增农村客运3个班线", "个"),
        ("扩建小学12个班", "个班"),
        ("开办暑托班10个班、600人", "个班"),
        ("配备教学设备12台套", "台套"),
    ],
)
def test_a_unit_is_not_cut_out_of_a_longer_word(words, unit):
    assert parse_quantities(words)[0].unit == unit


@pytest.mark.parametrize(
    ("measure", "words", "nature"),
    [
        ("“创业帮扶”服务企业数", "“创业帮扶”服务企业数46家", "flow"),
        ("培训人员数", "培训人员数1200人", "flow"),
        ("救助对象数", "救助对象数300人", "flow"),
        ("接种儿童数", "接种儿童数5000人", "flow"),
        ("失业登记人数", "失业登记人数降至732人", "stock"),
        ("养老服务设施数", "养老服务设施数达到46个", "stock"),
    ],
)
def test_how_many_are_served_in_the_year_is_no_level(measure, words, nature):
    assert (
        nature_of({"measure": measure, "value": parse_quantities(words)[0].value, "unit": "家"}, words)
        == nature
    )
