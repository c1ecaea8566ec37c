"""Short documents of our own making in the manner of other provinces, a habit each, with the tables they must give."""

from __future__ import annotations

import pytest
from notices import read

from minshi_analysis.intake.reader import read_document


def targets(tables):
    rows = tables["targets"]
    return list(zip(rows["measure"], rows["value"], rows["unit"], rows["bound"], strict=True))


def test_a_web_page_with_real_spans_and_other_words_for_everything(tmp_path):
    """四川: 主办单位 for the lead, 建设内容 for the task, 时间节点 for the deadline; programmes span rows."""
    html = """<html><body><h1>成都市锦江区2025年民生实事目标任务分解表</h1><table>
    <tr><th>类别</th><th>建设内容</th><th>主办单位</th><th>协办单位</th><th>时间节点</th></tr>
    <tr><td rowspan=2>就业增收</td><td>新增城镇就业1.2万人以上</td><td rowspan=2>区人社局</td><td>各街道</td><td>2025年12月</td></tr>
    <tr><td>开展职业技能培训3000人次</td><td>区财政局</td><td>2025年10月</td></tr></table></body></html>"""
    tables = read(tmp_path, html, ".html", region="锦江区")
    tasks = tables["tasks"]
    assert tables["documents"].loc[0, ["region", "year", "kind"]].tolist() == ["锦江区", 2025, "plan"]
    assert tasks["programme"].tolist() == ["就业增收", "就业增收"]
    assert tasks["lead_agency"].tolist() == ["区人社局", "区人社局"]
    assert tasks["partner_agencies"].tolist() == ["各街道", "区财政局"]
    assert tasks["deadline"].tolist() == ["2025-12-31", "2025-10-31"]
    assert targets(tables) == [
        ("新增城镇就业", 12000, "人", "at_least"),
        ("职业技能培训", 3000, "人次", "exact"),
    ]


def test_money_under_a_two_level_header_in_another_unit(tmp_path):
    """湖南: 资金来源 over its funders, amounts in 亿元."""
    text = (
        "长沙市2025年重点民生实事任务表\n"
        "序号\t项目名称\t年度目标\t资金来源(亿元)\t\t\t\t责任部门\n"
        "\t\t\t合计\t省级财政\t市级财政\t其他\t\n"
        "1\t安居\t改造老旧小区200个\t1.5\t0.5\t0.8\t0.2\t市住建局\n"
        "2\t出行\t新增停车位8000个\t0.6\t0\t0.6\t\t市城管局\n"
    )
    tables = read(tmp_path, text, region="长沙市")
    money = tables["funding"].pivot(index="funding_id", columns="funder", values="amount_wan")
    assert money["total"].tolist() == [15000, 6000]
    assert money["superior"].tolist() == [5000, 0]
    assert money["other"].iloc[0] == 2000 and money["other"].isna().iloc[1]  # blank is not printed, 0 is
    assert targets(tables) == [("老旧小区", 200, "个", "exact"), ("停车位", 8000, "个", "exact")]


def test_group_rows_totals_and_notes(tmp_path):
    """江西: 一、教育方面 among the rows, a total, a note under the table."""
    text = (
        "赣州市2024年民生实事安排\n序号\t工作内容\t牵头单位\t完成时限\n一、教育方面\t\t\t\n"
        "1\t新建幼儿园12所\t市教育局\t2024年9月\n二、医疗方面\t\t\t\n2\t免费筛查“两癌”5万人\t市卫健委\t2024年12月\n"
        "合计\t2项\t\t\n注:以上任务以实际完成为准\t\t\t\n"
    )
    (tmp_path / "notice.txt").write_text(text, "utf-8")
    tables = read_document(tmp_path / "notice.txt", region="赣州市")
    tasks = tables["tasks"]
    assert tables["unread"]["text"].tolist() == ["2项"]  # a sum of lines, which no table holds
    assert tasks["programme"].tolist() == ["一、教育方面", "二、医疗方面"]
    assert tasks["item_no"].tolist() == ["1", "2"]


def test_regions_as_columns_and_short_names(tmp_path):
    """江苏: a column for each district, the city's own share, a rate."""
    text = (
        "苏州市2025年民生实事任务分解\n项目名称\t量化目标\t牵头单位\t市本级\t姑苏\t吴中\t相城\n"
        "新增普惠托位6000个\t6000个\t市卫健委\t--\t1500个\t2500个\t2000个\n"
        "家庭医生签约率达到40%\t40%\t市卫健委\t--\t40%\t40%\t40%\n"
    )
    tables = read(tmp_path, text, region="苏州市")
    shares = tables["allocations"]
    assert tables["tasks"]["item_no"].tolist() == ["1", "2"]
    assert shares["region"].tolist() == ["姑苏区", "吴中区", "相城区"] * 2
    assert shares["adcode"].tolist()[:3] == ["320508", "320506", "320507"]
    assert shares["value"].tolist() == [1500, 2500, 2000, 40, 40, 40]


def test_a_task_that_stands_only_in_the_split_has_a_number_of_its_own(tmp_path):
    """A list numbered from 1, and a split of its first task and of one that the list does not have."""
    text = (
        "苏州市2025年民生实事\n序号\t项目名称\t牵头单位\n1\t新增普惠托位6000个\t市卫健委\n2\t改造农村公路80公里\t市交通局\n"
        "苏州市2025年民生实事任务分解\n项目名称\t量化目标\t姑苏\t吴中\t相城\n"
        "打通断头路9条\t9条\t4条\t3条\t2条\n新增普惠托位6000个\t6000个\t3500个\t1500个\t1000个\n"
    )
    tables = read(tmp_path, text, region="苏州市")
    numbered = dict(zip(tables["tasks"]["text"], tables["tasks"]["item_no"], strict=True))
    assert numbered == {"新增普惠托位6000个": "1", "改造农村公路80公里": "2", "打通断头路9条": "3"}
    of = tables["targets"].set_index("target_id")["value"]
    assert [of[target] for target in tables["allocations"]["target_id"]] == [9] * 3 + [6000] * 3


def test_numbers_that_begin_anew_under_each_group(tmp_path):
    """The printed number stays; the id counts on."""
    text = (
        "赣州市2024年民生实事安排\n序号\t工作内容\t牵头单位\t完成时限\n一、教育方面\t\t\t\n"
        "1\t新建幼儿园12所\t市教育局\t2024年9月\n2\t新增学位3000个\t市教育局\t2024年9月\n"
        "二、医疗方面\t\t\t\n1\t免费筛查“两癌”5万人\t市卫健委\t2024年12月\n"
    )
    tables = read(tmp_path, text, region="赣州市")
    assert tables["tasks"]["item_no"].tolist() == ["1", "2", "1"]
    assert [task.partition("/")[2] for task in tables["tasks"]["task_id"]] == ["1", "2", "3"]
    assert [target.partition("/")[2] for target in tables["targets"]["target_id"]] == ["1#1", "2#1", "3#1"]


def test_a_share_that_cannot_be_read_is_told_even_where_the_others_are_blank(tmp_path):
    text = (
        "苏州市2025年民生实事任务分解\n项目名称\t量化目标\t牵头单位\t市本级\t姑苏\t吴中\t相城\n"
        "新增普惠托位6000个\t6000个\t市卫健委\t--\t--\t若干\t--\n"
    )
    path = tmp_path / "notice.txt"
    path.write_text(text, "utf-8")
    unread = read_document(path, region="苏州市")["unread"]
    assert unread["text"].tolist() == ["若干"]


def test_columns_in_another_order_and_one_of_its_own(tmp_path):
    """山东: the agency first, a 备注 that the model has no place for."""
    text = (
        "济南市2025年为民办实事\n责任单位\t完成时间\t任务内容\t备注\n"
        "市交通局\t2025年6月底\t新辟公交线路10条\t结合地铁开通\n市水务局\t2025年11月底\t改造供水管网120公里\t\n"
    )
    tasks = read(tmp_path, text, region="济南市")["tasks"]
    assert tasks["lead_agency"].tolist() == ["市交通局", "市水务局"]
    assert tasks["deadline"].tolist() == ["2025-06-30", "2025-11-30"]
    assert tasks["备注"].iloc[0] == "结合地铁开通"


def test_a_target_in_a_column_of_its_own(tmp_path):
    """广东: 目标值 and 计量单位 beside the task."""
    text = (
        "佛山市2025年民生实事\n序号\t实事项目\t目标值\t单位\t责任单位\n"
        "1\t新建口袋公园\t50\t个\t市城管局\n2\t改造农村公路\t120.5\t公里\t市交通局\n"
    )
    tables = read(tmp_path, text, region="佛山市", kind="plan")
    assert tables["targets"]["value"].tolist() == [50, 120.5]
    assert tables["targets"]["unit"].tolist() == ["个", "公里"]


def test_progress_in_sentences(tmp_path):
    """安徽: 推进情况 as sentences with a date and a share of the year's task."""
    text = (
        "合肥市2024年民生实事上半年推进情况\n序号\t任务内容\t责任部门\t推进情况\n"
        "1\t新增停车位20000个\t市城管局\t截至6月底,已完成12000个,占年度目标任务的60%。\n"
        "2\t建成社区食堂100个\t市民政局\t正在选址。\n"
    )
    outcomes = read(tmp_path, text, region="合肥市")["outcomes"]
    first, second = outcomes.to_dict("records")
    assert (first["value"], first["rate_claimed"], first["as_of"]) == (12000, 60, "2024-06-30")
    assert second["value"] != second["value"]  # nothing is printed


def test_a_completion_report_with_collapsed_spans(tmp_path):
    """福建: pipes, the programme only in its first row, statuses in words."""
    text = (
        "厦门市2023年为民办实事完成情况\n项目 | 年度目标 | 完成情况 | 完成成效 | 牵头单位 |\n"
        "养老服务 | 新增床位500张 | 已新增床位620张。 | 超额完成 | 市民政局 |\n"
        "建设长者食堂20个 | 已建成20个。 | 完成任务 | 市民政局 | |\n"
    )
    tables = read(tmp_path, text, region="厦门市")
    assert tables["tasks"]["programme"].tolist() == ["养老服务", "养老服务"]
    outcomes = tables["outcomes"]
    assert outcomes["value"].tolist() == [620, 20]
    assert outcomes["status_claimed"].tolist() == ["over", "met"]


def test_markdown(tmp_path):
    text = (
        "# 昆明市2025年10件惠民实事\n\n| 序号 | 目标任务 | 责任单位 | 时限 |\n|---|:---|---|---|\n"
        "| 1 | 新建改建公厕不少于80座 | 市城管局 | 11月底前 |\n| 2 | 城镇新增就业超15万人 | 市人社局 | 年底前 |\n"
    )
    tables = read(tmp_path, text, ".md", region="昆明市")
    assert [(v, u, b) for _, v, u, b in targets(tables)] == [
        (80, "座", "at_least"),
        (150000, "人", "more_than"),
    ]
    assert tables["tasks"]["deadline"].tolist() == ["2025-11-30", "2025-12-31"]


def test_a_prose_list_with_headings_and_bodies(tmp_path):
    """河南: the heading's number belongs to the paragraph after it; the agency closes the item."""
    text = (
        "郑州市2025年重点民生实事\n一、加强就业服务\n1.城镇新增就业12万人以上。(责任单位:市人社局)\n"
        "2.开展职业技能培训20万人次。(责任单位:市人社局)\n二、提升养老服务\n1.新建社区养老中心30个。(责任单位:市民政局)\n"
    )
    tables = read(tmp_path, text, region="郑州市", kind="plan")
    assert tables["tasks"]["lead_agency"].tolist() == ["市人社局", "市人社局", "市民政局"]
    assert tables["tasks"]["programme"].tolist() == ["加强就业服务", "加强就业服务", "提升养老服务"]
    assert tables["targets"]["value"].tolist() == [120000, 200000, 30]


def test_one_cell_a_line_from_a_word_processor(tmp_path):
    text = (
        "太原市2025年实事安排\n\n\t序号\n\t任务内容\n\t责任单位\n\t完成时限\n\n\t1\n\t改造老旧小区\n150个\n\t市住建局\n\t2025年10月\n\n"
        "\t2\n\t新增学位1.2万个\n\t市教育局\n\t2025年9月\n\n\n以上任务请认真落实。\n"
    )
    tables = read(tmp_path, text, region="太原市")
    assert tables["tasks"]["text"].tolist() == ["改造老旧小区150个", "新增学位1.2万个"]
    assert tables["targets"]["value"].tolist() == [150, 12000]


def test_traditional_characters(tmp_path):
    text = (
        "廈門市2025年民生實事\n序號\t項目內容\t責任單位\t完成時限\n1\t新建幼兒園５所\t市教育局\t2025年9月底\n"
    )
    tables = read(tmp_path, text, region="厦门市")
    assert targets(tables) == [("幼儿园", 5, "所", "exact")]


@pytest.mark.parametrize(
    "word", ["责任单位", "责任部门", "主办单位", "牵头部门", "承办单位", "实施单位", "责任主体单位"]
)
def test_every_word_for_the_lead(tmp_path, word):
    text = f"贵阳市2025年民生实事\n序号\t工作任务\t{word}\t完成时限\n1\t新建书房5家\t市文旅局\t2025年9月\n"
    assert read(tmp_path, text, region="贵阳市")["tasks"]["lead_agency"].tolist() == ["市文旅局"]


def test_names_beside_bare_figures_are_the_tasks(tmp_path):
    """吉林: 项目名称 says what is done, 目标任务 only how much; a county whose name looks traditional."""
    text = (
        "松原市2024年民生实事项目任务分解表\n序号\t项目名称\t目标任务\t牵头单位\t宁江区\t长岭县\t乾安县\n"
        "1\t新增养老护理床位1006张\t1006张\t市民政局\t800张\t—\t206张\n2\t打通断头路9条\t9条\t市住建局\t4条\t3条\t2条\n"
    )
    tables = read(tmp_path, text, region="松原市")
    assert tables["tasks"]["text"].tolist() == ["新增养老护理床位1006张", "打通断头路9条"]
    assert tables["tasks"]["programme"].isna().all()
    assert targets(tables) == [("养老护理床位", 1006, "张", "exact"), ("断头路", 9, "条", "exact")]
    shares = tables["allocations"]
    assert shares["region"].tolist() == ["宁江区", "乾安县", "宁江区", "长岭县", "乾安县"]
    assert shares["value"].tolist() == [800, 206, 4, 3, 2]


def test_a_number_that_counts_the_tasks_within_programmes(tmp_path):
    """四川: 序号 stands between the merged programme and the task."""
    html = """<html><body><h1>成都市锦江区2025年民生实事目标任务分解表</h1><table>
    <tr><th>类别</th><th>序号</th><th>建设内容</th><th>主办单位</th></tr>
    <tr><td rowspan=2>就业增收</td><td>1</td><td>新增城镇就业1.2万人</td><td>区人社局</td></tr>
    <tr><td>2</td><td>开展职业技能培训3000人次</td><td>区人社局</td></tr>
    <tr><td>出行</td><td>3</td><td>新增停车位500个</td><td>区住建局</td></tr></table></body></html>"""
    tasks = read(tmp_path, html, ".html", region="锦江区")["tasks"]
    assert [task.partition("/")[2] for task in tasks["task_id"]] == ["1", "2", "3"]
    assert tasks["item_no"].tolist() == ["1", "2", "3"]
    assert tasks["programme"].tolist() == ["就业增收", "就业增收", "出行"]
    assert tasks["programme_no"].isna().all()


def test_a_note_that_sets_indicators_apart(tmp_path):
    text = (
        "某市“十四五”社会发展主要指标\n序号\t指标\t单位\t2020年\t2025年\n"
        "1\t人均预期寿命\t岁\t80\t82\n2\t每千人床位数\t张\t6\t7\n3\t参保人数\t万人\t500\t520\n"
        "注:除人均预期寿命、参保人数为户籍口径外,其余均为常住人口口径。\n"
    )
    rows = read(tmp_path, text, region="赣州市", year=2021, year_end=2025, kind="five_year_plan")[
        "indicators"
    ]
    assert rows["note"].fillna("").tolist() == ["户籍口径", "", "户籍口径"]
