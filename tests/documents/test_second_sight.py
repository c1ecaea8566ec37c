"""Habits that a second round of documents of other places showed, each in several places and words."""

from __future__ import annotations

import pytest

from minshi_analysis.intake.reader import read_whole


def read(tmp_path, text, name="notice.txt", **known):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_whole(path, **({"region": "芦溪县", "year": 2024} | known)).tables


def results(tables):
    return tables["outcomes"]["value"].dropna().tolist()


def table(*rows):
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


@pytest.mark.parametrize(
    "head", ["最新进度（8月24日）", "当前进度", "目前进度", "工程进度（截至9月20日）", "形象进度"]
)
def test_the_progress_that_a_report_tells_is_no_step_that_it_promises(tmp_path, head):
    text = "芦溪县2024年民生实事项目实施进度表\n" + table(
        ["序号", "责任单位", "实施内容", head],
        ["1", "县民政局", "新增养老床位420张，增设助餐点6个", "新增养老床位300张；助餐点建成5个"],
        ["2", "县交通局", "改造农村公路86公里", "农村公路完成71.5公里"],
    )
    tables = read(tmp_path, text)
    assert results(tables) == [300, 5, 71.5] and not len(tables["milestones"])


@pytest.mark.parametrize(
    "head", ["进展情况（{}月）", "{}月进展情况", "工作进展（{}月）", "完成情况（{}月底）"]
)
def test_of_columns_that_tell_the_state_of_a_month_the_last_is_the_result(tmp_path, head):
    text = "芦溪县2024年民生实事项目进展情况表\n" + table(
        ["项目", "项目内容", "牵头单位", head.format(4), head.format(12), head.format(8)],
        ["农村饮水", "提升饮用水达标人口1.8万人", "县水利局", "完成0.4万人", "完成1.86万人", "完成1.2万人"],
        ["交通", "新建停车位500个", "县交通局", "建成90个", "建成512个", "建成260个"],
    )
    tables = read(tmp_path, text, kind="progress")
    assert results(tables) == [18600, 512]
    assert tables["confidence"]["confidence"].lt(0.95).all()
    assert {"完成0.4万人", "完成1.2万人", "建成90个", "建成260个"} <= set(tables["unread"]["text"])


def test_bare_figures_of_months_stay_unread(tmp_path):
    text = "芦溪县2024年民生实事项目进展情况表\n" + table(
        ["项目", "项目内容", "牵头单位", "完成情况（4月）", "完成情况（8月）"],
        ["交通", "新建停车位500个", "县交通局", "90", "260"],
        ["厕所", "改造厕所800户", "县住建局", "120", "300"],
    )
    tables = read(tmp_path, text, kind="progress")
    assert results(tables) == [] and {"90", "260"} <= set(tables["unread"]["text"])


@pytest.mark.parametrize("remark", ["", "（实验幼儿园滞后）", "(政策处理未完成)"])
@pytest.mark.parametrize("head", ["当前进度", "完成率", "任务完成比例"])
def test_a_rate_that_stands_alone_is_its_tasks(tmp_path, head, remark):
    text = "芦溪县2024年民生实事未完成项目进度表（截至10月31日）\n" + table(
        ["序号", "项目内容", head, "牵头单位"],
        ["1", "建设农村公路48公里", f"85%{remark}", "县交通局"],
        ["2", "新增文化驿站11个", "97.5%", "县文广旅体局"],
        ["3", "改造小区9个", "88%", "县住建局"],
    )
    tables = read(tmp_path, text)
    assert tables["outcomes"]["rate_claimed"].tolist() == [85, 97.5, 88] and results(tables) == []
    assert not len(tables["unread"])


@pytest.mark.parametrize(
    "under_way",
    ["1个正在办理前期手续", "1个即将完工", "另1个处于招标阶段", "1个仍在内装"],
)
def test_what_is_under_way_is_no_result(tmp_path, under_way):
    text = (
        f"芦溪县2024年民生实事进展情况\n1.便民市场建设。新建便民市场3个，目前主体完工2个，{under_way}。\n"
        "2.公路。计划改造公路60公里，已完成38公里。\n"
    )
    tables = read(tmp_path, text)
    assert results(tables) == [38] and tables["targets"]["value"].tolist() == [3, 60]


@pytest.mark.parametrize("done", ["全部完成", "已全部完成", "如期完成", "均已建成"])
def test_what_was_planned_and_is_all_done_is_a_target_that_is_met(tmp_path, done):
    text = (
        f"芦溪县2024年民生实事完成情况\n1.老旧小区改造。计划改造小区19个、建筑面积58万平方米，{done}。\n"
        "2.公路。计划改造公路60公里，实际完成63公里。\n"
    )
    tables = read(tmp_path, text)
    assert tables["targets"]["value"].tolist() == [19, 580000, 60] and results(tables) == [63]
    assert tables["outcomes"]["status_claimed"].tolist()[:2] == ["met", "met"]


@pytest.mark.parametrize(
    "spent", ["累计完成投资6.8亿元", "已到位资金1200万元", "拨付补助资金360万元", "完成投资5.2亿元"]
)
def test_what_was_spent_is_no_result_that_nobody_promised(tmp_path, spent):
    text = (
        f"芦溪县2024年民生实事完成情况\n1.老旧小区改造。计划改造小区19个，实际改造21个，{spent}。\n"
        "2.公路。计划改造公路60公里，实际完成63公里。\n"
    )
    assert results(read(tmp_path, text)) == [21, 63]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [("改造提升农村公路1\n20公里", 120), ("新建幼儿园3.\n5万平方米", 35000), ("新增停车位1\n500个", 1500)],
)
@pytest.mark.parametrize("name", ["notice.txt", "notice.md"])
def test_what_stands_behind_a_line_that_cuts_a_number_is_no_number(tmp_path, cut, whole, name):
    text = f"芦溪县2024年十件民生实事\n\n1.{cut}，新增学位1080个。\n2.建设书房5家。\n"
    tables = read(tmp_path, text, name)
    sure = set(tables["confidence"].query("confidence >= 0.8")["row_id"])
    assert set(tables["targets"]["value"]) - {1080, 5} <= {whole}
    assert all(row.value in (1080, 5) for row in tables["targets"].itertuples() if row.task_id in sure)


def test_a_list_counts_on_beyond_a_thousand(tmp_path):
    lines = "".join(f"{n}、新建村级文化礼堂{n - 990}个。\n" for n in range(997, 1004))
    tables = read(tmp_path, "芦溪县2024年民生实事项目清单\n" + lines)
    assert tables["targets"]["value"].tolist() == list(range(7, 14)) and not len(tables["unread"])


@pytest.mark.parametrize(
    ("cell", "lead", "partner", "person"),
    [
        ("牵头：县住建局 王立军\n配合：城关镇", "县住建局", "城关镇", "王立军"),
        ("县住建局 王立军", "县住建局", None, "王立军"),
        ("牵头单位：县住建局；配合单位：县财政局、各乡镇", "县住建局", "县财政局、各乡镇", None),
    ],
)
def test_one_cell_says_who_leads_who_helps_and_who_signs(tmp_path, cell, lead, partner, person):
    rows = [["序号", "项目名称", "建设任务", "责任单位及责任人"]]
    rows += [[str(k), f"项目{k}", f"改造厕所{k}00户", cell.replace("\n", "<br>")] for k in (1, 2, 3)]
    html = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    page = f"<html><body><p>芦溪县2024年民生实事项目责任分解表</p><table>{html}</table></body></html>"
    task = read(tmp_path, page, "notice.html")["tasks"].iloc[0]
    assert task["lead_agency"] == lead
    assert (partner is None and task["partner_agencies"] != task["partner_agencies"]) or task[
        "partner_agencies"
    ] == partner
    assert person is None or task["responsible"] == person


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("芦溪县2024年民生实事办理情况月报（11月）", "progress"),
        ("芦溪县十七届人大四次会议票决2024年县政府民生实事项目结果", "plan"),
    ],
)
def test_the_kind_that_a_title_says(tmp_path, title, kind):
    text = f"{title}\n" + table(
        ["序号", "实事项目", "年度目标", "累计完成", "完成进度", "责任单位"],
        ["1", "新建幼儿园（所）", "20", "20", "100%", "县教育局"],
    )
    assert read(tmp_path, text)["documents"]["kind"].tolist() == [kind]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("一、超额完成的指标有2个，分别是：", "over"),
        ("一、按时完成的任务有2项，分别是：", "met"),
        ("一、全面完成的实事共2件：", "met"),
    ],
)
def test_what_a_heading_announces_as_done_is_reported_below_it(tmp_path, head, told):
    text = (
        f"芦溪县2024年重点民生实事完成情况通报\n\n2024年，省、市下达我县重点民生实事共14项22个指标，全部完成年度任务。\n\n{head}\n"
        "1.新增城镇就业4120人；\n2.改造城镇老旧小区7个，惠及居民972户。\n"
    )
    tables = read(tmp_path, text)
    assert results(tables) == [4120, 7, 972] and not len(tables["targets"])
    assert set(tables["outcomes"]["status_claimed"]) == {told}
    # of such results without a printed target nearly a third are none, on pages read for the first time
    assert set(tables["confidence"]["reasons"]) == {
        "read from prose; a result that no printed target asks for"
    }


@pytest.mark.parametrize("begun", ["12个小区已全部开工", "12个小区均已启动改造", "已开工12个"])
def test_works_begun_behind_a_label_of_results_are_no_result(tmp_path, begun):
    text = (
        "芦溪县2024年民生实事上半年进展情况\n（一）城镇老旧小区改造\n目标任务：改造老旧小区12个、2360户。\n"
        f"进展情况：{begun}，其中5个小区完成主体改造，完成投资3200万元。\n"
        "（二）养老\n目标任务：建设“幸福大院”4所。\n进展情况：“幸福大院”建成2所，在建2所。\n"
    )
    tables = read(tmp_path, text)
    assert results(tables) == [2] and tables["targets"]["value"].tolist() == [12, 2360, 4]


@pytest.mark.parametrize(
    "standard", ["资助标准为每生每年1300元", "补助标准每人1300元", "奖补标准为每户1300元"]
)
def test_what_is_paid_for_each_is_a_standard_and_no_promise(tmp_path, standard):
    text = f"芦溪县2024年民生工程目标任务\n1、学前教育资助：惠及幼儿3900人，{standard}。\n2、农村改厕：新建户厕5000座。\n"
    tables = read(tmp_path, text)
    assert tables["targets"]["value"].tolist() == [3900, 5000]


@pytest.mark.parametrize("names", [("项目", "子项目"), ("项目名称", "具体项目"), ("实事项目", "分项项目")])
def test_of_two_columns_of_names_the_finer_one_has_the_tasks(tmp_path, names):
    rows = [
        ["序号", *names, "年度目标", "责任单位"],
        ["1", "幼有所育", "新增普惠托位", "320个", "县卫健委"],
        ["2", "幼有所育", "婴幼儿照护指导站", "6个", "县卫健委"],
        ["3", "老有所养", "农村互助养老睦邻点", "12个", "县民政局"],
    ]
    tables = read(tmp_path, "芦溪县2024年为民办实事项目任务分解\n" + table(*rows))
    assert tables["tasks"]["programme"].tolist() == ["幼有所育", "幼有所育", "老有所养"]
    assert tables["targets"]["measure"].tolist() == ["普惠托位", "婴幼儿照护指导站", "农村互助养老睦邻点"]


@pytest.mark.parametrize("group", ["教育类（2个）", "教育类", "（一）教育"])
def test_a_group_of_projects_with_its_sums_is_no_project(tmp_path, group):
    rows = [
        ["序号", "项目名称", "建设性质", "建设期限", "总投资（万元）", "“十四五”投资（万元）"],
        ["一", group, "", "", "58600", "52600"],
        ["1", "职业教育中心扩建", "扩建", "2020-2023", "18600", "12600"],
        ["2", "县城学校建设", "新建", "2021-2025", "40000", "40000"],
    ]
    text = "芦溪县“十四五”公共服务重点建设项目表\n" + table(*rows)
    tables = read(tmp_path, text, year=2021, kind="five_year_plan")
    assert tables["investments"]["total_yi"].tolist() == [1.86, 4]


@pytest.mark.parametrize("place", ["鲍集镇", "大集镇", "马集镇"])
def test_a_town_may_be_called_after_a_market(tmp_path, place):
    rows = [
        ["序号", "项目名称", "年度目标", "镇街分解", "责任单位"],
        ["1", "睦邻点", "12个", f"河桥镇4、{place}5、淮河镇3", "县民政局"],
        ["2", "照护点", "6个", "河桥镇2、桂五镇4", "县民政局"],
    ]
    shares = read(tmp_path, "芦溪县2024年民生实事任务分解\n" + table(*rows))["allocations"]
    assert shares["value"].tolist() == [4, 5, 3, 2, 4] and place in set(shares["region"])


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("萍乡市2024年农村户用卫生厕所改造任务完成情况统计表", "截止时间：2024年10月31日    单位：户\n"),
        ("萍乡市2024年重点民生实事（农村户用卫生厕所改造）完成进度表", "单位：户\n"),
    ],
)
@pytest.mark.parametrize(
    ("asked", "done"), [("年度任务", "完成数"), ("计划改造数", "已完工数"), ("目标任务", "实际完成")]
)
def test_a_table_by_county_of_the_task_that_its_title_names(tmp_path, title, unit, asked, done):
    text = f"{title}\n{unit}\n" + table(
        ["序号", "县区", asked, "累计开工数", done, "完成率", "排名"],
        ["1", "安源区", "4200", "4200", "4010", "95.5%", "3"],
        ["2", "湘东区", "1800", "1800", "1800", "100%", "1"],
        ["3", "芦溪县", "1300", "1290", "1196", "92%", "2"],
        ["", "全市", "7300", "7290", "7006", "96%", ""],
    )
    tables = read(tmp_path, text, region="萍乡市")
    (target,) = tables["targets"].to_dict("records")
    assert (target["measure"], target["value"], target["unit"]) == ("农村户用卫生厕所改造", 7300, "户")
    assert tables["allocations"]["value"].tolist() == [4200, 1800, 1300]
    whole = tables["outcomes"][tables["outcomes"]["region"].isna()]
    assert whole["value"].tolist() == [7006] and whole["rate_claimed"].tolist() == [96]
    assert {"4200", "1290", "7290"} <= set(tables["unread"]["text"])  # works begun


@pytest.mark.parametrize(
    "title", ["萍乡市2024年民生实事项目进展情况表", "进度表", "萍乡市2024年重点工作任务完成情况表"]
)
def test_a_title_that_names_no_task_leaves_the_counties_unread(tmp_path, title):
    text = f"{title}\n\n" + table(
        ["序号", "县区", "年度任务", "完成数", "完成率"],
        ["1", "安源区", "4200", "4010", "95.5%"],
        ["2", "湘东区", "1800", "1800", "100%"],
        ["3", "芦溪县", "1300", "1196", "92%"],
    )
    tables = read(tmp_path, text, region="萍乡市", kind="progress")
    assert not len(tables["targets"]) and not len(tables["allocations"]) and len(tables["unread"])


@pytest.mark.parametrize("head", ["资金来源及金额", "资金筹措", "资金安排", "投资及来源"])
def test_a_cell_of_money_that_names_who_pays_each_part(tmp_path, head):
    text = "芦溪县2024年为民办实事事项安排表\n" + table(
        ["序号", "事项名称", "主要内容", head, "责任单位"],
        [
            "1",
            "饮水工程",
            "新建供水工程9宗",
            "中央衔接资金1200万元、省级资金600万元、县级资金200万元",
            "县水务局",
        ],
        ["2", "食堂改造", "改造学校食堂14间", "县财政资金560万元", "县教育局"],
        ["3", "人居环境", "建设公厕12座", "地方政府债券4200万元", "县住建局"],
    )
    paid = read(tmp_path, text)["funding"]
    assert list(zip(paid["funder"], paid["amount_wan"], strict=True)) == [
        ("superior", 1200), ("superior", 600), ("county", 200), ("county", 560), ("bond", 4200),
    ]  # fmt: skip


@pytest.mark.parametrize("longer", ["三年总目标", "2023-2025年目标", "规划期目标", "三年行动目标"])
@pytest.mark.parametrize("own", ["2024年目标", "年度目标", "本年任务"])
def test_what_is_asked_of_several_years_is_no_target_of_the_year(tmp_path, longer, own):
    text = "芦溪县民生实事三年行动2024年任务清单\n" + table(
        ["类别", "任务", "单位", longer, "2023年完成", own, "责任单位"],
        ["一老一小", "新增普惠托位", "个", "450", "162", "150", "县卫健委"],
        ["城市更新", "改造老旧小区", "个", "18", "7", "6", "县住建局"],
    )
    tables = read(tmp_path, text, kind="plan")
    assert tables["targets"]["value"].tolist() == [150, 6]
    assert {"450", "162"} <= set(tables["unread"]["text"])


@pytest.mark.parametrize("size", ["12个班规模幼儿园", "12班规模的公办幼儿园", "12个班办学规模的幼儿园"])
def test_the_size_of_what_is_built_is_no_number_of_them(tmp_path, size):
    tables = read(tmp_path, f"芦溪县2024年民生实事\n1.建设{size}1所，新增学位360个。\n2.建设书房5家。\n")
    sure = set(tables["confidence"].query("confidence >= 0.8")["row_id"])
    told = [row.value for row in tables["targets"].itertuples() if row.task_id in sure]
    assert 12 not in told and {1, 360} & set(tables["targets"]["value"]) == {1, 360}


def test_in_a_county_that_is_a_city_the_citys_money_is_its_own(tmp_path):
    text = "{}2024年民生实事\n1.建设幼儿园1所。总投资2600万元，其中市级财政1600万元，上级补助1000万元。\n2.建设书房5家。\n"
    for region, own in (("武夷山市", "county"), ("芦溪县", "superior")):
        paid = read(tmp_path, text.format(region), region=region)["funding"]
        assert paid["funder"].tolist() == ["total", own, "superior"]


@pytest.mark.parametrize("told", ["受场地影响，新增社康机构5家", "新增社康机构5家", "全年新增社康机构5家"])
def test_a_quoted_task_and_what_became_of_it(tmp_path, told):
    text = (
        f"芦溪县2024年民生实事落实情况\n1.关于“新增社康机构6家”。{told}，1家计划于2025年一季度投入运营。\n"
        "2.关于“新增停车位1500个”。全年新增停车位1782个。\n"
    )
    tables = read(tmp_path, text)
    assert tables["targets"]["value"].tolist() == [6, 1500] and results(tables) == [5, 1782]


@pytest.mark.parametrize("name", ["notice.txt", "notice.html"])
@pytest.mark.parametrize("heads", [("序号", "项目", "目标"), ("编号", "实事项目", "年度任务")])
def test_a_table_of_two_halves_side_by_side(tmp_path, name, heads):
    rows = [
        [*heads, *heads],
        ["1", "新建公办幼儿园", "2所", "4", "改造农村公路", "80公里"],
        ["2", "新增养老床位", "120张", "5", "新增停车泊位", "400个"],
        ["3", "改造老旧小区", "11个", "", "", ""],
    ]
    if name.endswith("html"):
        cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        text = f"<html><body><p>芦溪县2024年民生实事清单</p><table>{cells}</table></body></html>"
    else:
        text = "芦溪县2024年民生实事清单\n" + table(*rows)
    tables = read(tmp_path, text, name)
    assert tables["targets"]["value"].tolist() == [2, 120, 11, 80, 400] and not len(tables["unread"])


@pytest.mark.parametrize(
    ("own", "checked"),
    [("责任单位自报数", "市考核组核定数"), ("上报数", "核查数"), ("单位申报完成数", "审定完成数")],
)
@pytest.mark.parametrize("turned_round", [False, True])
def test_of_two_results_the_one_that_was_checked(tmp_path, own, checked, turned_round):
    told = [(own, "10120", "6"), (checked, "10085", "5")][:: -1 if turned_round else 1]
    rows = [
        ["序号", "实事项目", "单位", "目标任务", *(head for head, _, _ in told), "完成率"],
        ["1", "新增城镇就业", "人", "9000", *(value for _, value, _ in told), "112.06%"],
        ["2", "新建农村公办幼儿园", "所", "6", *(value for _, _, value in told), "83.33%"],
    ]
    tables = read(tmp_path, "芦溪县2024年民生实事项目考核验收结果\n" + table(*rows), kind="completion")
    assert results(tables) == [10085, 5] and {"10120", "6"} <= set(tables["unread"]["text"])


@pytest.mark.parametrize(
    ("draft", "revised"),
    [("年初目标", "调整后目标"), ("原定任务", "变更后任务"), ("年度目标", "调整后的目标")],
)
def test_of_two_targets_the_one_that_holds_now(tmp_path, draft, revised):
    text = "芦溪县2024年民生实事执行情况表\n" + table(
        ["序号", "任务名称", "计量单位", draft, revised, "1-11月完成", "牵头单位"],
        ["1", "农村安居提升", "户", "320", "350", "350", "县住建局"],
        ["2", "新改建农村公路", "公里", "150", "165", "158.4", "县交通局"],
    )
    tables = read(tmp_path, text)
    assert tables["targets"]["value"].tolist() == [350, 165] and results(tables) == [350, 158.4]


@pytest.mark.parametrize(
    "told",
    ["已完成9738人、9652人", "实际完成9738人、9652人", "目前已达9738人、9652人", "分别完成9738人和9652人"],
)
def test_results_that_answer_to_their_targets_one_by_one(tmp_path, told):
    text = (
        f"芦溪县2024年重点民生实事9月份进展情况\n1.“两癌”筛查。目标任务宫颈癌9500人、乳腺癌9600人，{told}。\n"
        "2.公路。目标任务70公里，已完成72.6公里。\n"
    )
    tables = read(tmp_path, text)
    assert tables["targets"]["value"].tolist() == [9500, 9600, 70] and results(tables) == [9738, 9652, 72.6]
    linked = dict(zip(tables["targets"]["target_id"], tables["targets"]["value"], strict=True))
    assert [linked[t] for t in tables["outcomes"]["target_id"]] == [9500, 9600, 70]


@pytest.mark.parametrize("head", ["牵头单位评分", "责任部门得分", "项目负责人打分"])
def test_figures_under_a_head_of_bodies_answer_for_nothing(tmp_path, head):
    text = "芦溪县2024年民生实事项目考核结果\n" + table(
        ["序号", "实事项目", "单位", "目标任务", "完成数", head],
        ["1", "新增城镇就业", "人", "9000", "10085", "96"],
        ["2", "新建农村公办幼儿园", "所", "6", "5", "88"],
    )
    tables = read(tmp_path, text, kind="completion")
    assert tables["tasks"][["lead_agency", "responsible"]].isna().all(axis=None)
    assert results(tables) == [10085, 5] and {"96", "88"} <= set(tables["unread"]["text"])


@pytest.mark.parametrize(("head", "sure"), [("工作安排", False), ("下步工作安排（12月）", True)])
def test_a_step_of_a_report_without_a_date_is_doubted(tmp_path, head, sure):
    text = "芦溪县2024年民生实事项目实施情况表\n" + table(
        ["序号", "责任单位", "实施内容", head],
        [
            "1",
            "县民政局",
            "新增养老床位420张",
            "新增养老床位300张" if not sure else "12月底前新增养老床位420张",
        ],
        ["2", "县交通局", "改造农村公路86公里", "完成农村公路71.5公里" if not sure else "12月底前完成86公里"],
    )
    tables = read(tmp_path, text, kind="progress")
    assert len(tables["milestones"])
    assert tables["confidence"]["confidence"].ge(0.8).all() == sure


@pytest.mark.parametrize(
    ("office", "day"),
    [
        ("芦溪县教育局", "2024年1月19日"),
        ("芦溪县人民政府办公室", "2024年1月19日"),
        ("芦溪县发展和改革局", "二〇二四年一月十九日"),
        ("中共芦溪县委办公室\n芦溪县人民政府办公室", "2024年1月19日\n（此件公开发布）"),
        ("芦溪县教育局", "2024年1月19日\n附件：芦溪县2024年民生实事任务分解表"),
    ],
)
@pytest.mark.parametrize("name", ["notice.txt", "notice.md"])
def test_who_signs_a_document_answers_for_none_of_its_items(tmp_path, name, office, day):
    lines = ["芦溪县2024年民生实事", "1.新增公办幼儿园学位540个。", "2.新建管网93公里。", office, day]
    tables = read(tmp_path, ("\n\n" if name.endswith("md") else "\n").join(lines), name, kind="plan")
    assert tables["targets"]["value"].tolist() == [540, 93]
    assert tables["tasks"][["lead_agency", "deadline"]].isna().all(axis=None)


def test_who_stands_below_each_item_answers_for_it(tmp_path):
    text = (
        "芦溪县2024年民生实事\n1.新增公办幼儿园学位540个。\n县教育局\n2024年8月31日\n"
        "2.新建管网93公里。\n县水利局\n2024年11月30日\n"
    )
    tasks = read(tmp_path, text, kind="plan")["tasks"]
    assert tasks["lead_agency"].tolist() == ["县教育局", "县水利局"]
    assert tasks["deadline"].tolist() == ["2024-08-31", "2024-11-30"]


@pytest.mark.parametrize(
    "rate", ["整体完成率128.5%", "总体完成率为128.5%", "综合完成率达128.5%", "平均完成率128.5%"]
)
@pytest.mark.parametrize("form", ["prose", "table"])
def test_the_rate_of_several_results_together_is_that_of_none(tmp_path, form, rate):
    said = f"已新建公园7个，建成绿道16.5公里，{rate}。"
    text = "芦溪县2024年民生实事完成情况\n" + (
        f"（一）{said}\n（二）已新增学位540个，完成率108%。\n"
        if form == "prose"
        else table(
            ["序号", "实施内容", "完成情况"],
            ["1", "新建公园6个，建成绿道16公里", said],
            ["2", "新增学位500个", "已新增学位540个，完成率108%。"],
        )
    )
    tables = read(tmp_path, text, kind="completion")
    assert results(tables) == [7, 16.5, 540]
    assert tables["outcomes"]["rate_claimed"].dropna().tolist() == [108]
    assert tables["unread"]["text"].str.contains("128.5").any()


@pytest.mark.parametrize(
    "size", ["路面从3.5米拓宽至6米", "河面宽度达12米", "桥面加宽到7.5米", "堤坝加高至4.2米"]
)
@pytest.mark.parametrize("kind", ["plan", "completion"])
def test_how_wide_the_works_are_is_neither_promised_nor_reported(tmp_path, kind, size):
    done = "完成" if kind == "completion" else ""
    text = f"芦溪县2024年民生实事\n一、道路提升\n{done}改造农村道路2.4公里，{size}，{done}安装路灯72盏。\n二、公园\n{done}新建公园3个。\n"
    tables = read(tmp_path, text, kind=kind)
    values = tables["targets"]["value"].tolist() if kind == "plan" else results(tables)
    assert values == [2.4, 72, 3]


@pytest.mark.parametrize("numbers", [(1, 3), (1, 2), (3, 4)])
def test_a_promise_beside_a_table_gets_a_number_that_is_free(tmp_path, numbers):
    """A list names three works, its table only two of them: the third has a number of its own, with or without programme."""
    first, second = numbers
    tasks = read(
        tmp_path,
        "鹿城区2024年民生实事项目清单\n一、新增停车位500个。\n二、新建公厕17座。\n三、建设公园3个。\n附表\n"
        "序号\t项目名称\t目标任务\t牵头单位\n"
        f"{first}\t新增停车位\t500个\t区住建局\n{second}\t建设公园\t3个\t区园林局\n",
        region="鹿城区",
        year=2024,
        kind="plan",
    )["tasks"]
    assert tasks["text"].tolist() == ["新增停车位", "建设公园", "新建公厕17座"]
    assert tasks["task_id"].is_unique
    assert not tasks["task_id"].str.contains("None").any()
