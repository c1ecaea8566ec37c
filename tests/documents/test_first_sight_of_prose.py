"""What pages that nobody had read taught: rows that looked sure and were none, and what any reader would have seen."""

from __future__ import annotations

import pytest

PLAN = "磐安县2023年民生实事项目清单"
REPORT = "磐安县2023年民生实事完成情况"


def confidence(tables):
    """The confidence of each target's task, by the target's value."""
    sure = tables["confidence"].set_index("row_id")["confidence"]
    return {row.value: sure[row.task_id] for row in tables["targets"].itertuples()}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("为全县12个乡镇配备救护车各1辆。", 12),
        ("对14个乡镇的56个行政村实施改厕3200户。", 56),
        ("在3个街道、18个社区开展试点，建设儿童友好空间21个。", 18),
        ("新建水厂1座，惠及2个乡镇5.6万人。", 2),
    ],
)
def test_a_count_of_places_before_what_is_done_there_is_doubted(read, words, value):
    found = confidence(read(f"{PLAN}\n1.{words}\n2.新建公厕7座。\n"))
    assert found.get(value, 0) < 0.8
    assert found[7] >= 0.9


@pytest.mark.parametrize(
    "words", ["对56个行政村实施环境整治。", "改造3个乡镇卫生院、12个村卫生室。", "创建30个美丽乡村。"]
)
def test_a_count_of_places_that_is_the_promise_is_sure(read, words):
    assert min(confidence(read(f"{PLAN}\n1.{words}\n2.新建公厕7座。\n")).values()) >= 0.9


@pytest.mark.parametrize(
    "words", ["各镇新建公厕2座。", "为每个村配备保洁车各2辆。", "各社区建设书屋1个。", "各乡镇组织演出4场。"]
)
def test_so_many_in_each_place_is_no_sum(read, words):
    found = confidence(read(f"{PLAN}\n1.{words}\n2.开展各类培训1200人次。\n"))
    assert found.pop(1200) >= 0.9
    assert found and max(found.values()) < 0.8


@pytest.mark.parametrize(
    "words",
    [
        "建设占地30亩的公园2个。",
        "改造宽6米的道路2条。",
        "新建容量50吨的水塔2座。",
        "实施面积800平方米的广场提升2处。",
    ],
)
def test_how_large_each_of_the_things_counted_is_is_doubted(read, words):
    found = confidence(read(f"{PLAN}\n1.{words}\n2.新建公厕12座。\n"))
    assert found[12] >= 0.9
    assert all(sure < 0.8 for value, sure in found.items() if value not in (2, 12))


@pytest.mark.parametrize(
    "bracket", ["（其中2022年结转8个）", "（2022年开工）", "（含2022年续建项目）", "（见2022年清单）"]
)
def test_a_year_in_brackets_dates_nothing_behind_them(read, bracket):
    found = read(f"{PLAN}\n1.改造老旧小区25个{bracket}，涉及楼栋120栋、居民3600户。\n2.新建公厕12座。\n")
    assert {25, 120, 3600} <= set(found["targets"]["value"])


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("培育10个年产值超1000万元的合作社。", 10),
        ("扶持20个年收入5万元以上的家庭农场。", 20),
        ("建设8个月产百吨的加工车间。", 8),
        ("新增30天然气站。", None),
    ],
)
def test_a_count_before_a_word_that_begins_like_a_time_counts(read, words, value):
    found = read(f"{PLAN}\n1.{words}\n2.新建公厕12座，工期6个月。\n")["targets"]
    assert (value in set(found["value"])) is (value is not None)
    assert 6 not in set(found["value"])


@pytest.mark.parametrize(
    ("words", "done", "asked"),
    [
        ("全年新建幼儿园48所，超额完成40所的年度目标任务。", 48, 40),
        ("建成公厕12座，超额完成市下达的10座任务。", 12, 10),
        ("改造管网16公里，完成省定15公里目标。", 16, 15),
        ("发放补贴3200人，超过全年3000人的任务。", 3200, 3000),
    ],
)
def test_a_target_that_only_calls_itself_one_is_that_of_the_result_before_it(read, words, done, asked):
    found = read(f"{REPORT}\n一、工程\n{words}\n二、就业\n新增就业3200人，完成目标的106%。")
    (target,) = found["targets"].itertuples()
    (result,) = (row for row in found["outcomes"].itertuples() if row.target_id == target.target_id)
    assert (result.value, target.value) == (done, asked)
    assert confidence(found)[asked] >= 0.9


@pytest.mark.parametrize(
    "words",
    [
        "新建幼儿园5所、小学3所，超额完成6所的目标任务。",
        "建成公路12公里，改造公路20公里，超额完成30公里的年度任务。",
        "春季资助学生3200人，秋季资助学生3350人，全年计划资助6000人。",
        "甲线铺管8公里、乙线铺管7公里，超额完成14公里的目标。",
    ],
)
def test_a_target_behind_several_results_is_sure_of_none(read, words):
    found = confidence(read(f"{REPORT}\n一、工程\n{words}\n二、就业\n新增就业3200人，完成3000人任务的106%。"))
    assert all(sure < 0.8 for value, sure in found.items() if value != 3000)


@pytest.mark.parametrize(
    ("asks", "tells"),
    [("任务目标", "进展情况"), ("目标任务", "完成情况"), ("年度目标", "目前进展"), ("建设内容", "实施情况")],
)
def test_what_was_asked_and_what_was_done_line_by_line_are_items(read, asks, tells):
    found = read(
        f"{REPORT}\n{asks}：对10处路口进行渠化改造。\n{tells}：共完成和平路等12个路口改造，实行禁止左转措施128处。\n"
        f"{asks}：改造100个老旧小区的管网。\n{tells}：实际完成277个老旧小区改造。\n{asks}：新建幼儿园50所。\n{tells}：已建成48所。\n"
        "来源：县府办"
    )
    asked = found["targets"].set_index("target_id")["value"]
    pairs = {
        (row.value, asked[row.target_id])
        for row in found["outcomes"].itertuples()
        if row.target_id == row.target_id
    }
    assert {(12, 10), (277, 100), (48, 50)} == pairs


@pytest.mark.parametrize(
    ("words", "whole", "step", "due"),
    [
        ("培训技能人才1200人，6月底前完成500人，年底前全部完成。", 1200, (500, "人"), "2023-06-30"),
        ("改造小区8个，6月底前完成50%。", 8, (50, "%"), "2023-06-30"),
        (
            "改造管网16公里。3月底前完成招标，9月底前完成10公里，12月底前全部完工。",
            16,
            (10, "公里"),
            "2023-09-30",
        ),
        ("道路工程：实施道路改造5条，上半年开工3条。", 5, (3, "条"), "2023-06-30"),
        ("发放补贴3000万元，到9月底发放补贴1500万元。", 3000, (1500, "万元"), "2023-09-30"),
    ],
)
def test_a_dated_part_of_a_promise_is_a_step_to_it(read, words, whole, step, due):
    found = read(f"{PLAN}\n1.{words}\n2.新建公厕7座。\n")
    assert list(found["targets"]["value"]) == [whole, 7]
    rows = found["milestones"].dropna(subset=["value"])
    assert [((row.value, row.unit), row.due) for row in rows.itertuples()] == [(step, due)]
    assert rows["target_id"].iloc[0] == found["targets"]["target_id"].iloc[0]
    (deadline,) = found["tasks"]["deadline"].head(1)
    assert deadline != due


@pytest.mark.parametrize(
    "words",
    [
        "9月底前建成公园2个，年底前完成绿道16公里。",
        "新建学校2所，8月底前建成食堂1所。",
        "新建充电桩300个，6月底前改造路灯100个。",
        "2023年新建公厕12座，其中城区8座。",
        "启动试点100个，年内建成不少于30个。",
    ],
)
def test_another_thing_that_is_dated_is_promised_itself(read, words):
    found = read(f"{PLAN}\n1.{words}\n2.新建公厕7座。\n")
    assert found["milestones"].empty
    assert len(found["targets"]) >= 3


def test_two_dated_figures_of_one_thing_are_sure_of_nothing(read):
    for words in ("6月底前新建公厕5座，12月底前新建公厕7座。", "上半年培训500人，下半年培训700人。"):
        found = confidence(read(f"{PLAN}\n1.{words}\n2.新建书屋9家。\n"))
        assert found.pop(9) >= 0.9
        assert all(sure < 0.8 for sure in found.values())


@pytest.mark.parametrize("label", ["进度安排", "时间安排", "序时进度", "工作步骤"])
def test_a_line_of_steps_below_a_promise_is_its_schedule(read, label):
    found = read(
        f"{PLAN}\n1.新建标准化卫生室20个。{label}：一季度完成选址；二季度完成5个；三季度完成15个。\n2.新建公厕7座。\n"
    )
    rows = found["milestones"]
    assert list(rows["due"]) == ["2023-06-30", "2023-09-30"]
    assert list(rows["value"]) == [5, 15]
    assert list(found["targets"]["value"]) == [20, 7]


@pytest.mark.parametrize(
    "words", ["有3项属于社会保障工程", "5件涉及教育", "其中4项归县住建局", "有6项达到序时要求"]
)
def test_what_is_said_of_the_items_themselves_counts_them(read, words):
    found = read(
        f"{REPORT}\n一、工程\n新增的8个小项中，{words}。\n二、就业\n新增就业3200人，完成3000人任务的106%。"
    )
    sure = found["confidence"].set_index("row_id")["confidence"]
    counted = [*found["targets"].itertuples(), *found["outcomes"].itertuples()]
    assert all(sure[row.task_id] < 0.8 for row in counted if row.unit in ("项", "件"))


@pytest.mark.parametrize(
    ("words", "value", "share"),
    [
        ("新建普惠性幼儿园2所，公办学位占比达到89%", 2, 89),
        ("招引教师158名，研究生学历教师占比为62%", 158, 62),
        ("新建公园3个，绿地面积占总面积的41%", 3, 41),
        ("建成养老机构4家，护理型床位占比提高到55%", 4, 55),
    ],
)
def test_a_share_that_names_what_it_is_of_is_a_result_and_no_rate(read, words, value, share):
    found = read(f"{REPORT}\n1.{words}。\n2.新建车位300个，完成率100%。")["outcomes"]
    assert list(zip(found["value"], found["unit"], strict=True))[:2] == [
        (value, found["unit"][0]),
        (share, "%"),
    ]
    assert list(found["rate_claimed"].fillna(0)) == [0, 0, 100]


@pytest.mark.parametrize("words", ["占比60%", "占总数的60%", "完成占比60%", "已完工项目占总量的60%"])
def test_a_share_of_what_was_to_be_done_is_its_rate(read, words):
    found = read(f"{REPORT}\n1.改造老旧小区12个，{words}。\n2.新建车位300个，完成率100%。")["outcomes"]
    assert list(zip(found["value"], found["rate_claimed"], strict=True)) == [(12, 60), (300, 100)]


@pytest.mark.parametrize(
    "words",
    [
        "市政府民生实事10大类50个事项",
        "民生实事12类45件53个事项",
        "为民实事6个方面20个子项",
        "民生实事共10件42个子项",
    ],
)
def test_items_counted_behind_their_classes_are_no_result(read, words):
    found = read(f"{REPORT}\n{words}，其中14个事项已提前完成全年任务。\n1.新建车位300个，完成率100%。")
    assert list(found["outcomes"]["value"]) == [300]


@pytest.mark.parametrize(
    "words",
    [
        "农村危房改造动工186户，竣工171户",
        "农房改造开工186户，完工171户",
        "危房改造启动186户，已竣工171户",
        "旧房改造已开工建设186户，建成171户",
    ],
)
def test_how_many_were_begun_is_no_target_of_how_many_are_finished(read, words):
    found = read(f"{REPORT}\n1.{words}。\n2.新建车位300个，完成率100%。")
    sure = found["confidence"].set_index("row_id")["confidence"]
    assert all(sure[row.task_id] < 0.8 for row in found["targets"].itertuples() if row.value == 186)
    assert not (set(found["outcomes"]["value"]) & {186})
