"""What a page prints beside its promises and is none of them: tables of steps, what was voted down, so many each time."""

from __future__ import annotations

import pytest
from notices import sure

from minshi_analysis.facts.prose.duties import agencies
from minshi_analysis.intake.reader import read_document
from minshi_analysis.language.quantities import parse_quantities

PLAN = "磐安县2023年民生实事项目清单"
REPORT = "磐安县2023年民生实事完成情况"


def of_page(folder, suffix, words):
    path = folder / f"page.{suffix}"
    path.write_text(words, encoding="utf-8")
    return read_document(path, region="330727", year=2023, kind="plan")


def html(title, *blocks):
    inside = "".join(
        "<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in block) + "</table>"
        if isinstance(block, list)
        else f"<p>{block}</p>"
        for block in blocks
    )
    return f"<html><body><h1>{title}</h1>{inside}</body></html>"


def promised(tables):
    known = sure(tables)
    return [(row.value, row.unit) for row in tables["targets"].itertuples() if known[row.task_id] >= 0.8]


def steps(tables):
    return [(row.due, row.value) for row in tables["milestones"].itertuples()]


STEPS = {
    "md": f"# {PLAN}\n\n## 一、养老服务\n\n建成老年食堂18家。\n\n|季度|工作目标|责任人|\n|---|---|---|\n|一季度|完成选址|张某|\n"
    "|二季度|建成老年食堂8家|张某|\n|三季度|建成老年食堂18家|张某|\n\n## 二、公路\n\n改造公路40公里。\n",
    "html": html(
        PLAN,
        "一、养老服务",
        "建成老年食堂18家。",
        [
            ["序号", "时间节点", "目标"],
            ["1", "6月底前", "建成老年食堂8家"],
            ["2", "9月底前", "建成老年食堂18家"],
        ],
        "二、公路",
        "改造公路40公里。",
    ),
    "txt": f"{PLAN}\n\n一、养老服务\n建成老年食堂18家。\n完成时限\t工作任务\t责任单位\n6月底\t建成老年食堂8家\t县民政局\n9月底\t"
    "建成老年食堂18家\t县民政局\n二、公路\n改造公路40公里。\n完成时限\t工作任务\t责任单位\n6月底\t完成招标\t县交通局\n11月底\t全部完工\t县交通局\n",
}


@pytest.mark.parametrize("suffix", STEPS)
def test_a_table_of_dates_below_an_item_is_its_steps(tmp_path, suffix):
    tables = of_page(tmp_path, suffix, STEPS[suffix])
    assert promised(tables) == [(18, "家"), (40, "公里")]
    assert steps(tables) == [("2023-06-30", 8), ("2023-09-30", 18)]


def test_a_table_of_tasks_that_begins_with_their_deadlines_is_none_of_steps(tmp_path):
    words = (
        f"{PLAN}\n\n完成时限\t任务\t责任单位\n3月底\t新建公厕5座\t县住建局\n6月底\t改造公路40公里\t县交通局\n"
    )
    assert promised(of_page(tmp_path, "txt", words)) == [(5, "座"), (40, "公里")]


def test_where_works_are_only_prepared_the_whole_is_not_due(tmp_path):
    rows = [["时间节点", "目标"], ["3月底", "完成6个服务站选址"], ["6月底", "完成6个服务站设计"]]
    tables = of_page(
        tmp_path, "html", html(PLAN, "一、医疗卫生", "新建服务站6个。", rows, "二、公路", "改造公路40公里。")
    )
    assert tables["tasks"]["deadline"].isna().all()
    assert set(tables["milestones"]["kind"]) == {"stage"}


VOTES = {
    "chapter": ("txt", f"{PLAN}\n一、入选项目\n1.新建幼儿园3所。\n2.新建公厕20座。\n二、未列入的候选项目\n3.改造农贸市场4个。\n"),
    "heading": ("md", f"# {PLAN}\n\n## 正式项目\n\n1. 新建幼儿园3所。\n2. 新建公厕20座。\n\n## 备选项目\n\n1. 改造农贸市场4个。\n"),
    "bracket": (
        "txt",
        f"{PLAN}\n1.新建幼儿园3所（221票，通过）。\n2.新建公厕20座（201票，通过）。\n3.改造农贸市场4个（96票，未获通过）。\n",
    ),
    "line": (
        "html",
        html(PLAN, "以下项目当选：", "1.新建幼儿园3所。", "2.新建公厕20座。", "以下项目落选：", "3.改造农贸市场4个。"),
    ),
    "column": (
        "html",
        html(
            PLAN,
            [
                ["序号", "项目名称", "建设内容", "票决结果"],
                ["1", "幼儿园", "新建幼儿园3所", "入选"],
                ["2", "公厕", "新建公厕20座", "入选"],
                ["3", "市场", "改造农贸市场4个", "未入选"],
            ],
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("where", VOTES)
def test_what_was_voted_down_is_promised_by_nobody(tmp_path, where):
    assert promised(of_page(tmp_path, *VOTES[where])) == [(3, "所"), (20, "座")]


def test_a_page_of_candidates_alone_lists_them(tmp_path):
    words = "磐安县2023年民生实事备选项目\n一、备选项目\n1.新建幼儿园3所。\n2.新建公厕20座。\n"
    assert promised(of_page(tmp_path, "txt", words)) == [(3, "所"), (20, "座")]


@pytest.mark.parametrize(
    "words",
    [
        "年初计划建设食堂10个，建成12个，超额完成。",
        "计划建设食堂10个，建成12个。",
        "“幸福食堂”计划建设食堂10个，实际建成12个。",
        "应建食堂10个，实际建成12个。",
        "年度任务建设食堂10个，开工12个，完工12个。",
    ],
)
def test_what_was_built_behind_what_was_planned_is_its_result(read, words):
    tables = read(
        f"{REPORT}\n一、养老服务。{words}\n二、公路。计划改造公路30公里，已完成31公里。\n", kind="completion"
    )
    assert list(tables["targets"]["value"]) == [10, 30]
    assert list(tables["outcomes"]["value"].dropna()) == [12, 31]


def test_what_is_in_hand_behind_a_result_is_not_the_result(read):
    tables = read(
        f"{REPORT}\n一、环境。计划新建公厕30座，已建成12座、在建9座。\n二、公路。已改造公路31公里。\n",
        kind="progress",
    )
    first = tables["outcomes"].iloc[0]
    assert (first["value"], first["unit"]) == (12, "座")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("开展托管班4期，每期40人。", [(4, "期")]),
        ("举办公益课堂12期，每次不少于30人。", [(12, "期")]),
        ("开办培训班5期，每班招收50名。", [(5, "期")]),
    ],
)
def test_what_is_held_again_and_again_is_counted_and_so_many_each_time_are_no_sum(read, words, found):
    assert promised(read(f"{PLAN}\n1.{words}\n2.新建公厕7座。\n")) == [*found, (7, "座")]


@pytest.mark.parametrize("words", ["建设二期工程", "建成产业园3期项目", "第4期课程"])
def test_a_part_of_the_works_is_no_quantity(words):
    assert not parse_quantities(words, kind="plan")


@pytest.mark.parametrize(
    ("words", "measure"),
    [("举办招聘会6场", "招聘会"), ("举办培训班12期", "培训班"), ("发放灭火器350具", "灭火器")],
)
def test_what_is_held_or_handed_out_is_named(words, measure):
    assert [q.measure for q in parse_quantities(words, kind="plan")] == [measure]


@pytest.mark.parametrize(
    "said",
    [
        "县教育局，县财政局配合",
        "县教育局牵头，县财政局配合",
        "县教育局（县财政局协办）",
        "县教育局；县财政局参与",
    ],
)
def test_who_helps_behind_who_leads(said):
    assert agencies(f"责任单位：{said}") == {"lead_agency": "县教育局", "partner_agencies": "县财政局"}


def test_an_open_promise_is_a_plan(read):
    words = (
        "某街道2023年为民办实事承诺书\n一、修路\n承诺内容：硬化小巷11条。\n完成时限：9月底前\n"
        "二、助餐\n承诺事项：建设助餐点3个。\n完成时限：6月底\n"
    )
    tables = read(words)
    assert tables["documents"]["kind"].iloc[0] == "plan"
    assert promised(tables) == [(11, "条"), (3, "个")]


@pytest.mark.parametrize("years", ["2013—2017年", "2012-2016年", "2014年至2016年"])
def test_of_an_item_of_several_years_the_result_is_what_was_done_in_all_of_them(read, years):
    done = "上半年新增12处，累计完成45处，占总计划的75%。"
    words = f"磐安县2015年民生实事上半年进展情况\n1.建设供水工程60处（{years}）。{done}\n2.新建公厕20座。已建成7座。\n"
    tables = read(words, year=2015)
    assert list(tables["targets"]["value"]) == [60, 20]
    told = tables["outcomes"].set_index("target_id")
    assert list(told.loc[tables["targets"]["target_id"], "value"]) == [45, 7]
    assert told.loc[tables["targets"]["target_id"].iloc[0], "rate_claimed"] == 75


@pytest.mark.parametrize("head", ["年均/累计", "年均增速［累计］", "年均增长【累计】"])
def test_a_sum_in_brackets_of_any_width_is_the_target(tmp_path, head):
    opening, closing = {"/": "〔〕", "［": "［］", "【": "【】"}[next(c for c in head if c in "/［【")]
    rows = f"|1|城镇新增就业（人）|1120|—|{opening}5000{closing}|\n|2|人均预期寿命（岁）|75.4|76.5|{opening}1.1{closing}|\n"
    path = tmp_path / "plan.md"
    path.write_text(
        f"# 磐安县“十四五”规划主要指标\n\n|序号|指标|2020年|2025年|{head}|\n|---|---|---|---|---|\n{rows}",
        encoding="utf-8",
    )
    found = read_document(path, region="330727", year=2021, year_end=2025, kind="five_year_plan")[
        "indicators"
    ]
    assert list(zip(found["target"], found["cumulative"], strict=True)) == [(5000, True), (76.5, False)]


def test_a_comma_within_a_number_ends_no_task(read):
    tables = read(
        f"{REPORT}\n1.污水管接户新增2,150户，年度目标2,000户，达成率107.5%。\n2.新建公厕7座。\n",
        kind="completion",
    )
    first = tables["outcomes"].iloc[0]
    assert "2,150户" in tables["tasks"]["text"].iloc[0]
    assert (first["value"], first["rate_claimed"]) == (2150, 107.5)


def test_what_did_not_pass_an_inspection_was_not_voted_on(read):
    words = f"{REPORT}\n一、已通过验收的项目\n1.改造公路，完成31公里。\n二、未通过验收的项目\n1.新建公厕，完成7座。\n"
    assert {31, 7} <= set(read(words, kind="completion")["outcomes"]["value"])


def test_a_table_below_a_heading_of_the_schedule_is_one_of_steps_whatever_its_head(read):
    plan = f"{PLAN}\n\n一、养老服务\n建成老年食堂18家。\n二、公路\n改造公路40公里。\n三、时间安排\n"
    tables = read(
        f"{plan}时间\t工作内容\n3月底\t制定方案\n6月底\t改造公路20公里\n12月底\t全部完成\n", kind="plan"
    )
    assert promised(tables) == [(18, "家"), (40, "公里")]
    assert any("20公里" in words for words in tables["unread"]["text"])


@pytest.mark.parametrize(
    "title", ["代表票决定实事 人大监督促落地", "强化督查考核 办好2023年民生实事", "加强组织领导 抓实事"]
)
def test_a_title_that_speaks_of_how_work_is_led_is_no_chapter_without_promises(tmp_path, title):
    page = f"# {title}\n\n磐安县2023年民生实事项目\n\n1. 新建幼儿园3所。\n2. 新建公厕20座。\n"
    assert promised(of_page(tmp_path, "md", page)) == [(3, "所"), (20, "座")]


def test_a_first_chapter_that_speaks_of_it_is_one(tmp_path):
    page = f"# {PLAN}\n\n## 工作背景\n\n1. 建成公厕20座。\n\n## 重点任务\n\n1. 新建幼儿园5所。\n2. 新建公厕25座。\n"
    assert promised(of_page(tmp_path, "md", page)) == [(5, "所"), (25, "座")]


@pytest.mark.parametrize(
    "words", ["据了解，去年12件民生实事全部完成，改造小区188个。", "2022年，全县已改造小区188个。"]
)
def test_what_was_done_last_year_below_the_last_item_is_no_task(read, words):
    tables = read(f"{PLAN}\n一是新建幼儿园3所。\n二是新建公厕20座。\n{words}\n")
    assert len(tables["tasks"]) == 2


@pytest.mark.parametrize("late", ["滞后项目3项：", "进展缓慢的项目：", "未完成的事项2项："])
def test_what_is_late_says_nothing_of_the_item_above_it(read, late):
    told = f"{late}一是教室照明改造工程正在编制招标文件，计划改造教室320间；二是美丽海岸2公里尚未启动。"
    tables = read(
        f"磐安县2023年民生实事1-8月进展情况\n1.建设分类屋。建成45座，超额完成40座任务。\n2.整治隐患路段。完成整治9处。\n{told}\n",
        kind="progress",
    )
    assert list(tables["outcomes"]["value"]) == [45, 9]
    assert list(tables["outcomes"]["status_claimed"].dropna()) == ["over"]
    assert any("320间" in words for words in tables["unread"]["text"].dropna())
