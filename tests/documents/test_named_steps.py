"""Steps of a schedule that stand behind the name of what they are steps to."""

from __future__ import annotations

import pytest
from laid import read_rows

HEAD = ["序号", "实事项目", "实施计划", "责任单位"]


def steps(folder, form, task, plan):
    rows = [HEAD, ["1", task, plan, "县建设局"], ["2", "新增床位60张", "12月底前完成60张", "县民政局"]]
    tables = read_rows(
        folder, form, rows, "磐安县2023年民生实事项目实施计划", region="330727", year=2023, kind="plan"
    )
    named = tables["targets"].set_index("target_id")["measure"]
    found = tables["milestones"]
    found = found[found["task_id"].str.endswith("/1")]
    return tables, [
        (row.due[5:], row.value, named.get(row.target_id), row.text)
        for row in found[["due", "value", "target_id", "text"]].astype(object).fillna("").itertuples()
    ]


@pytest.mark.parametrize("form", ["txt", "html", "xlsx", "docx"])
@pytest.mark.parametrize(
    ("task", "name", "part"),
    [
        ("新增停车泊位3000个,其中公共停车泊位1200个", "停车泊位", "公共停车泊位"),
        ("新增学位3000个,其中公办幼儿园学位1200个", "学位", "公办幼儿园学位"),
    ],
)
def test_the_name_over_steps_wins_over_an_equal_figure(tmp_path, form, task, name, part):
    plan = f"{name}:6月底前完成1200个;9月底前完成2200个;11月底前完成3000个。"
    _, found = steps(tmp_path, form, task, plan)
    assert found == [
        ("06-30", 1200, name, f"{name}:6月底前完成1200个"),
        ("09-30", 2200, name, f"{name}:9月底前完成2200个"),
        ("11-30", 3000, name, f"{name}:11月底前完成3000个"),
    ]
    _, found = steps(tmp_path, form, task, f"{part}:6月底前完成300个;11月底前完成1200个。")
    assert [measure for _, _, measure, _ in found] == [part, part]


def test_numbered_names_go_as_far_as_the_next_number(tmp_path):
    _, found = steps(
        tmp_path,
        "html",
        "实施农村公路大中修100公里;新增电动自行车充电端口5000个",
        "1.农村公路大中修:7月底前开工。11月底前建成。2.充电端口:上半年完成40%;12月底前全部完成。",
    )
    assert found == [
        ("07-31", "", "农村公路大中修", "农村公路大中修:7月底前开工"),
        ("11-30", "", "农村公路大中修", "农村公路大中修:11月底前建成"),
        ("06-30", 40, "电动自行车充电端口", "充电端口:上半年完成40%"),
        ("12-31", "", "电动自行车充电端口", "充电端口:12月底前全部完成"),
    ]


def test_a_name_that_is_no_target_s_and_a_word_for_the_plan_change_nothing(tmp_path):
    _, found = steps(tmp_path, "txt", "改造老旧小区12个", "配套道路:3月底前开工;9月底前完成8个")
    assert found == [
        ("03-31", "", "老旧小区", "配套道路:3月底前开工"),
        ("09-30", 8, "老旧小区", "配套道路:9月底前完成8个"),
    ]
    _, found = steps(tmp_path, "txt", "改造老旧小区12个", "时间安排:3月底前开工;9月底前完成8个")
    assert [text for *_, text in found] == ["3月底前开工", "9月底前完成8个"]


@pytest.mark.parametrize(
    ("plan", "rest"),
    [
        ("12月底前完工8个,其余4个完成主体工程", "4个"),
        ("9月底前完成8个,剩余4个12月底前完成", "4个"),
        ("10月底前建成8个,余下的4个有序推进", "4个"),
    ],
)
def test_what_is_left_to_do_hides_no_step_before_it(tmp_path, plan, rest):
    tables, found = steps(tmp_path, "xlsx", "改造老旧小区12个", plan)
    assert [value for _, value, *_ in found if value] == [8]
    assert rest in tables["unread"]["text"].tolist()
    assert tables["confidence"].set_index("row_id")["confidence"].min() == 1.0
