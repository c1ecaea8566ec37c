"""What a promise of a page is called: its name says what is done there, and is none of what stands in quotation marks."""

from __future__ import annotations

import pytest
from notices import sure

from minshi_analysis.intake.reader import read_document

PLAN = "磐安县2023年民生实事项目清单"


def lines(suffix, *said):
    """A page of numbered promises."""
    numbered = [f"{number}、{words}。" for number, words in zip("一二三四五六七八九", said, strict=False)]
    if suffix == "html":
        return f"<html><body><h1>{PLAN}</h1>{''.join(f'<p>{line}</p>' for line in numbered)}</body></html>"
    return f"{'# ' if suffix == 'md' else ''}{PLAN}\n\n" + "\n\n".join(numbered)


def named(folder, suffix, *said, kind="plan"):
    path = folder / f"page.{suffix}"
    path.write_text(lines(suffix, *said), "utf-8")
    tables = read_document(path, region="330727", year=2023, kind=kind)
    known = sure(tables)
    rows = [(row.measure, row.value) for row in tables["targets"].itertuples() if known[row.task_id] >= 0.8]
    return rows, tables


@pytest.mark.parametrize("suffix", ["txt", "html", "md"])
def test_a_name_says_what_is_done_there(tmp_path, suffix):
    rows, _ = named(
        tmp_path,
        suffix,
        "建设乡镇卫生院100所，为200个乡镇卫生院配备数字化影像设备",
        "27所中小学校门口安装升降防撞柱",
        "在4个安置小区加装健身器材",
        "为4000名小学生免费筛查配镜、为5000名老人免费安装呼叫器",
        "新建3个村卫生室配备DR",
    )
    assert rows == [
        ("乡镇卫生院", 100),
        ("乡镇卫生院配备数字化影像设备", 200),
        ("中小学校门口安装升降防撞柱", 27),
        ("安置小区加装健身器材", 4),
        ("小学生免费筛查配镜", 4000),
        ("老人免费安装呼叫器", 5000),
        ("村卫生室", 3),
    ]


def test_a_plan_names_its_promises_alike_and_tells_counts_in_words(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(
        "磐安县“十四五”公共服务规划\n\n第四章 教育\n到2025年，为200个乡镇卫生院配备DR，新建九年一贯制学校5所、24小时自助图书馆3个。"
        "“十四五”期间改造老旧小区96个，新建三所幼儿园、五座公厕。",
        "utf-8",
    )
    tables = read_document(path, region="330727", year=2021, kind="five_year_plan")
    assert tables["targets"]["measure"].tolist() == [
        "乡镇卫生院配备DR",
        "九年一贯制学校",
        "24小时自助图书馆",
        "老旧小区",
    ]
    assert tables["unread"]["text"].tolist() == ["三所", "五座"]


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("刷新30处墙绘", False),
        ("巡演24场大戏", False),
        ("回收30吨农膜", False),
        ("改造30处墙绘", True),
        ("路灯200盏亮化", True),
    ],
)
def test_a_bare_word_that_may_be_what_is_done_is_doubted(tmp_path, said, sure):
    rows, tables = named(tmp_path, "txt", said)
    assert (len(rows) == 1) is sure
    assert len(tables["targets"]) == 1


@pytest.mark.parametrize("suffix", ["txt", "html", "md"])
def test_no_word_of_a_name_says_what_a_figure_is(tmp_path, suffix):
    said = [
        "全年举办“武原有戏”演出24场以上",
        "开设“共有书房”5家",
        "举办《太原有约》讲座12场",
        "放映“拟你所想”电影60场",
    ]
    rows, tables = named(tmp_path, suffix, *said)
    assert rows == [
        ('"武原有戏"演出', 24),
        ('"共有书房"', 5),
        ("《太原有约》讲座", 12),
        ('"拟你所想"电影', 60),
    ]
    assert tables["unread"].empty


def test_what_stands_there_is_still_told(tmp_path):
    rows, tables = named(tmp_path, "txt", "县城现有“城市书房”6家，新建“城市书房”2家")
    assert rows == [('"城市书房"', 2)]
    assert tables["unread"]["reason"].tolist() == ["what there is already"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("食品抽检样本量达到常住人口每千人6.8批次", ("每千人食品抽检样本量", 6.8)),
        ("每千常住人口床位达到6.2张", ("每千常住人口床位", 6.2)),
        ("全科医生达到户籍人口每万人3.9名", ("每万人全科医生", 3.9)),
    ],
)
def test_a_level_for_so_many_people_is_no_count_of_the_people(tmp_path, said, expected):
    rows, _ = named(tmp_path, "txt", said)
    assert rows == [expected]


def report(folder, body):
    path = folder / "report.txt"
    path.write_text(f"磐安县2023年一季度民生实事项目进展情况\n\n{body}", "utf-8")
    return read_document(path, region="330727", year=2023, kind="progress")


def test_a_level_for_so_many_people_is_no_second_result(tmp_path):
    tables = report(
        tmp_path,
        "一、开展食品抽检4.7万批次。\n全年开展食品抽检5.48万批次，样本量达到全市常住人口每千人6.8批次，"
        "超额完成4.7万批次的年度目标任务。",
    )
    (row,) = tables["outcomes"].itertuples()
    assert (row.value, row.unit) == (54800, "批次")
    assert "6.8批次" in " ".join(tables["unread"]["text"])


@pytest.mark.parametrize(
    "summary",
    [
        "截至3月31日，已完成任务2项，已开工建设任务15项，未开工任务3项。",
        "全年共20项任务，已完成目标任务18件，在建项目2件。",
        "总体进展：提前完成任务3项，按期推进任务6项，进度滞后任务1项。",
        "截至6月底，已完成的有8项，正在推进的有5项，未启动的有1项。",
    ],
)
def test_how_many_tasks_are_done_is_neither_promised_nor_a_result(tmp_path, summary):
    body = "一、新建公厕12座\n进展情况：已建成12座。\n二、改造公园5个\n进展情况：已改造3个。\n"
    for tables in (report(tmp_path, f"{summary}\n{body}"), report(tmp_path, f"{body}{summary}")):
        assert tables["targets"]["value"].tolist() == [12, 5]
        assert tables["outcomes"]["value"].tolist() == [12, 3]


@pytest.mark.parametrize(
    ("title", "goal", "expected"),
    [
        (
            "新增学位5000个项目",
            "任务目标：9月1日前建成学校2所，新增学位不少于5000个",
            [("学校", 2, "exact", "2023-09-01"), ("学位", 5000, "at_least", None)],
        ),
        (
            "新建300个公共充电桩项目",
            "年度目标：2023年计划在三个片区共完成300个公共充电桩建设",
            [("公共充电桩", 300, "exact", "2023-12-31")],
        ),
        (
            "“四好农村路”80公里建设项目",
            "目标任务：10月底前新改建农村公路80公里以上",
            [("农村公路", 80, "at_least", "2023-10-31")],
        ),
        (
            "资助困难学生1.2万名",
            "工作目标：资助家庭经济困难学生1.2万人",
            [("家庭经济困难学生", 12000, "exact", None)],
        ),
        # another thing of the same number is another promise
        ("新建公园5个", "任务目标：新建公厕5座", [("公园", 5, "exact", None), ("公厕", 5, "exact", None)]),
    ],
)
def test_a_title_that_prints_the_goal_s_figure_promises_it_once(tmp_path, title, goal, expected):
    path = tmp_path / "page.txt"
    path.write_text(
        f"{PLAN}\n\n一、{title}\n{goal}。\n\n二、河道治理项目\n任务目标：治理河道7公里。\n", "utf-8"
    )
    tables = read_document(path, region="330727", year=2023, kind="plan")
    due = {row.task_id: row.deadline for row in tables["tasks"].itertuples()}
    rows = [
        (row.measure, row.value, row.bound, due[row.task_id] if isinstance(due[row.task_id], str) else None)
        for row in tables["targets"].itertuples()
    ]
    assert rows == [*expected, ("河道", 7, "exact", None)]
    assert not len(tables["milestones"])
    repeated = "the target, repeated" in set(tables["unread"]["reason"])
    assert repeated == (len(tables["tasks"]["programme"].dropna()) == len(tables["tasks"]))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "新建居家养老服务站点2个，满足年一万人次以上惠老助餐需求",
            [("居家养老服务站点", 2), ("惠老助餐", 10000)],
        ),
        ("新建康复站3个，年服务5000人次以上残疾人", [("康复站", 3), ("残疾人", 5000)]),
        ("改造客运站1座，日均接待两千人次以上旅客", [("客运站", 1), ("旅客", 2000)]),
        ("新建医院1所，满足每年3万人次以上就医需求", [("医院", 1), ("就医", 30000)]),
    ],
)
def test_how_many_are_served_in_a_year_is_promised(tmp_path, words, expected):
    rows, _ = named(tmp_path, "txt", words, "治理河道7公里")
    assert rows == [*expected, ("河道", 7)]


@pytest.mark.parametrize("kept", ["500张床位以上的医院", "1万人次以上的康复需求", "3万元以上的项目"])
def test_a_threshold_is_told_where_the_next_clause_counts_something_else(tmp_path, kept):
    _, tables = named(tmp_path, "txt", f"服务{kept}，新建公厕5座", "治理河道7公里")
    assert any(kept[:3] in text for text in tables["unread"]["text"])
