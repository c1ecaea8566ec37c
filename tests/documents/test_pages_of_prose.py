"""Habits of lists, notices and news that public pages have, each with what a person reads from it."""

from __future__ import annotations

import pytest
from notices import sure

from minshi_analysis.facts.prose.duties import agencies
from minshi_analysis.facts.prose.item import Line, answered
from minshi_analysis.intake.reader import read_document
from minshi_analysis.language.text import clean


def values(tables, name):
    """Value and unit of each row."""
    return [(row.value, row.unit) for row in tables[name].itertuples()]


def test_a_name_that_is_printed_as_a_sentence_is_the_name(read):
    found = read(
        "磐安县2023年民生实事完成情况\n第一项：校舍维修工程。\n包括完成三所小学的屋面翻新。该项目总投资约86万元，资金由街道负责。"
        "该项目已于8月20日前完工并投入使用。\n第二项：农路大修工程。\n包括东线、西线。其中东线投资约25万元、西线投资约10万元。该项目已于10月中旬完工。"
    )
    tasks = found["tasks"]
    assert list(tasks["programme"]) == ["校舍维修工程", "农路大修工程"]
    assert tasks["lead_agency"].isna().all()  # who pays is not who answers
    assert tasks["deadline"].isna().all()  # the day when it was finished is no deadline
    assert list(found["funding"]["amount_wan"]) == [86]  # 25 and 10 are parts of a sum that is not printed
    assert list(found["outcomes"]["status_claimed"]) == ["met", "met"]


@pytest.mark.parametrize(
    "words",
    [
        "绿道工程已完成驿站选点36处，总进度80%。",
        "绿道工程已完成驿站选点36处，湖西桥下空间改造进度50%。",
        "排水工程已完成驿站选点36处，工程整体进度约69%。",
    ],
)
def test_how_far_works_have_come_is_no_rate_of_a_result(read, words):
    found = read(f"磐安县2023年民生实事10月推进情况\n一、道路\n{words}")
    assert found["outcomes"]["rate_claimed"].isna().all()
    assert any("%" in row.text for row in found["unread"].itertuples())


@pytest.mark.parametrize(
    "words",
    [
        "改扩建学校21所、9所已完成。",
        "改扩建学校21所，9所已建成。",
        "改扩建学校21所（其中9所已投用）。",
        "改扩建学校21所，其中9所已全部竣工。",
    ],
)
def test_the_part_that_is_done_is_the_result_of_the_whole(read, words):
    found = read(
        f"磐安县2023年民生实事完成情况\n一、教育\n{words}\n二、就业\n新增就业3200人，完成目标的106%。"
    )
    targets = found["targets"].set_index("target_id")["value"]
    first = next(row for row in found["outcomes"].itertuples() if row.unit == "所")
    assert (first.value, targets[first.target_id]) == (9, 21)


def test_what_is_raised_from_an_old_share_is_not_compared(read):
    found = read(
        "磐安县2023年民生实事完成情况\n一、医保\n门诊报销比例从50%提高到60%，住院报销比例从70%提高到75%。"
    )
    assert values(found, "outcomes") == [(60, "%"), (75, "%")]


def test_lines_that_each_have_their_answer_below_are_items(read):
    found = read(
        "磐安县2021年十大实事任务分解\n关键词 教育\n新增学位2.1万个。\n主管领导：王某\n责任单位：县教育局\n主要责任人：李某\n"
        "进度安排：6月底前开工8所；12月底前全部建成。\n关键词 就业\n新增就业5万人。\n主管领导：赵某\n责任单位：县人社局\n主要责任人：孙某\n"
    )
    assert values(found, "targets") == [(21000, "个"), (50000, "人")]
    assert list(found["tasks"]["lead_agency"]) == ["县教育局", "县人社局"]
    assert list(found["tasks"]["responsible"]) == ["王某、李某", "赵某、孙某"]


def test_whom_a_promise_is_for_and_what_it_reaches(read):
    found = read(
        "磐安县2018年民生实事清单\n1.对签约居民中的16种慢性病患者，延长用药量；新增母婴室120处。\n2.实现2万台以上电梯维保全覆盖，新建书房8家。\n"
        "3.对20户以上自然村通路。"
    )
    assert values(found, "targets") == [(120, "处"), (20000, "台"), (8, "家")]


def test_a_notice_on_how_results_will_be_judged_promises(read):
    found = read(
        "磐安县关于做好2018年民生实事项目绩效考核工作的通知\n一、项目内容\n（一）新建书房8家。\n（二）改造农路30公里。"
    )
    assert found["documents"]["kind"].tolist() == ["plan"]
    assert len(found["targets"]) == 2


def test_what_a_heading_reports_before_its_list_stands_under_it(read):
    found = read(
        "磐安县2022年民生实事完成情况\n一、医疗行动\n全年支出1.2亿元，完成计划的108%。一是救助困难群众3.1万人次。二是建成门诊12家，完成计划的120%。"
    )
    assert set(found["tasks"]["programme"]) == {"医疗行动"}
    assert found["tasks"]["deadline"].isna().all()  # 全年 in the words of a result


@pytest.mark.parametrize(
    "words",
    [
        "其中6个项目进入收尾阶段，2个项目在清表，1个项目浇捣渠道。",
        "垦造耕地项目40个约3750亩，复垦项目2个约56亩，均已完成招投标。",
        "该项目建设面积620亩，总长5公里，占地12亩。",
        "完成旱改水测绘1900亩，目前正在设计阶段。",
        "已确定5座公厕位置及经费来源。",
    ],
)
def test_works_in_hand_and_how_large_they_are_are_no_results(read, words):
    found = read(
        f"磐安县2023年民生实事进展情况\n一、农田\n{words}\n二、就业\n新增就业3200人，完成目标的80%。"
    )
    assert [pair for pair in values(found, "outcomes") if pair[0] == pair[0]] == [(3200, "人")]
    assert any(row.text.rstrip("。") in words for row in found["unread"].itertuples())


def test_a_place_of_works_is_no_result_of_its_target(read):
    found = read(
        "磐安县2023年民生实事进展情况\n1.厕所\n年度目标：新建公厕5座。\n进展情况：已确定5座公厕的建厕位置。"
    )
    assert found["outcomes"]["value"].isna().all()


@pytest.mark.parametrize(
    "words",
    [
        "开展儿童免费涂氟服务1900人，儿童牙齿窝沟封闭完成1200人。",
        "完成健身工程16个，建成全民健身路径工程5个。",
        "完成16个健身工程，建成5个全民健身路径。",
    ],
)
def test_a_result_behind_another_is_not_its_outcome(read, words):
    found = read(
        f"磐安县2023年民生实事完成情况\n一、健康\n{words}\n二、就业\n新增就业3200人，完成目标的106%。"
    )
    assert found["targets"].empty
    assert len(found["outcomes"]) == 3


def test_how_far_a_thing_is_done_is_a_rate_and_not_its_value(read):
    found = read(
        "磐安县2023年民生实事进展情况\n1.农网工程完成84.3%；改造线路完成86%；更换配变243台，完成81.7%。\n2.供水\n全县12个项目村已解决1.3万人饮水问题，占计划2万人的65%。"
    )
    assert [(r.value, r.unit, r.rate_claimed) for r in found["outcomes"].itertuples()] == [
        (243, "台", 81.7),
        (13000, "人", 65),
    ]
    assert values(found, "targets") == [(20000, "人")]


def test_what_a_bureau_was_asked_for_is_a_target(read):
    found = read(
        "磐安县水利局2023年为民办实事项目完成情况公示\n索引号：44/2023-17　生成日期：2023-11-26\n我局承办项目指标任务为："
        "巩固和新增自来水人口2100人，截至11月25日，已顺利完成年度目标任务。\n实际完成自来水人口2539人，完成率120.9%。"
    )
    assert (2100, "人") not in values(found, "outcomes")
    assert (2539, "人") in values(found, "outcomes")
    assert not found["tasks"]["text"].str.contains("索引号").any()


def test_a_share_of_places_that_do_something_is_promised(read):
    found = read("磐安县2023年民生实事\n1.在全县70%以上的社区实现便民服务全覆盖。\n2.新建书房2家。")
    assert values(found, "targets") == [(70, "%"), (2, "家")]


def test_lines_of_cameras_are_counted_and_lines_of_buses_named(read):
    found = read("磐安县2023年民生实事\n1.新增监控1200路，优化302路公交线路。\n2.新建800路视频点位。")
    assert values(found, "targets") == [(1200, "路"), (800, "路")]


def test_a_place_is_not_what_is_counted(read):
    found = read(
        "磐安县2023年民生实事\n1.支持城市区281条背街小巷改造，市区和新区各增加1条公交线路。\n2.为辖区431户困难家庭投保。\n3.购置100辆环保公交车。"
        "（牵头责任单位：县交通局，协同责任单位：县财政局）"
    )
    measures = list(found["targets"]["measure"])
    assert measures[0].startswith("背街小巷")
    assert measures[1] == "公交线路"
    assert measures[3] == "环保公交车"
    assert not any("区" in measure for measure in measures)
    last = found["tasks"].iloc[-1]
    assert (last["lead_agency"], last["partner_agencies"]) == ("县交通局", "县财政局")


def test_who_speaks_is_no_part_of_a_town(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "白石乡政府2022年为民办实事进展情况报告\n各位代表：\n我代表白石乡人民政府，向各位代表汇报进展情况。\n一、路灯\n已安装路灯120盏，完成计划的80%。",
        encoding="utf-8",
    )
    assert read_document(path)["documents"]["region"].tolist() == ["白石乡"]


def test_a_result_of_another_name_is_a_doubt(read):
    found = read(
        "磐安县2023年民生实事进展情况\n1.文化\n年度目标：送戏下乡120场次，建书房3个。\n进展情况：5月开展电影放映70场次，建成书房2个。"
    )
    linked = found["outcomes"].set_index("value")["task_id"]
    assert sure(found)[linked[70]] < 0.8


def test_who_answers_above_what_was_done(read):
    found = read(
        "关于磐安县2023年民生实事推进落实情况的督查报告\n一、就业工程\n1优化就业服务\n牵头单位：县人社局\n完成情况：达到序时进度\n"
        "具体情况：新增就业2760人，完成年度任务的46%\n2加快主体培育\n牵头单位：县市监局\n完成情况：达到序时进度\n具体情况：新发展企业517户，完成目标的51.7%\n"
    )
    assert list(found["tasks"]["lead_agency"]) == ["县人社局", "县市监局"]
    assert list(found["tasks"]["programme"]) == ["优化就业服务", "加快主体培育"]


def test_parts_in_brackets_are_not_the_sum_behind_them(read):
    found = read(
        "磐安县2023年民生实事完成情况\n（一）完成120张床位改造\n完成甲院（80张）、乙院（48张）、丙院（54张）共计182张床位改造，超额完成年度任务。\n"
        "（二）新增驿站2家\n新增3家驿站，超额完成年度任务。"
    )
    assert values(found, "outcomes") == [(182, "张"), (3, "家")]


@pytest.mark.parametrize(
    ("words", "asked", "done"),
    [
        ("今年计划为困难家庭建设的6300套住房，到10月底，实际完成104%、6552套住房。", 6300, 6552),
        ("计划更新1000辆出租车，实际已完成更新1065辆。", 1000, 1065),
        ("计划新增16条公交线，到目前实际新增17条。", 16, 17),
    ],
)
def test_what_a_report_says_was_planned_is_the_target(read, words, asked, done):
    found = read(f"磐安县2023年民生实事10月推进情况\n{words}")
    assert [row.value for row in found["targets"].itertuples()] == [asked]
    assert [row.value for row in found["outcomes"].itertuples()] == [done]


def test_items_and_the_power_of_machines_are_no_results(read):
    found = read(
        "磐安县2023年民生实事完成情况\n2023年实施15项重点民生实事35个项目，全年20个项目中已有8个项目提前完成。\n1.供热\n3台6吨锅炉已完成安装。"
        "由住建局组织推进和落实。"
    )
    assert values(found, "outcomes") == [(3, "台")]
    assert list(found["tasks"]["lead_agency"]) == ["住建局"]


def test_a_month_before_the_result_keeps_it_from_the_promise(read):
    found = read(
        "磐安县2023年民生工程进展情况\n1、资助困难学生：任务数630人，6月份完成692人资助，资金51.9万元。"
    )
    assert values(found, "targets") == [(630, "人")]
    assert values(found, "outcomes") == [(692, "人")]
    assert found["funding"].empty


def test_news_of_what_was_done_is_a_report(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "磐安县多举措改善民生\n2023年9月8日\n今年以来，磐安县采取措施改善民生，2023年民生实事进展顺利。\n——加力住房。完成469户危房改造。\n"
        "——加力饮水。解决875户5240人的饮水问题。\n——加力道路。新建公路12公里。",
        encoding="utf-8",
    )
    found = read_document(path)
    assert found["targets"].empty
    assert (469, "户") in values(found, "outcomes")
    assert (sure(found) < 0.8).all()  # its kind is told by its sentences alone


def test_one_for_each_town_is_promised(read):
    found = read(
        "磐安县“十四五”残疾人保障规划\n一、重点任务\n到2025年，每个乡镇配备1名以上专职委员，新建康复机构6所。",
        year=2021,
    )
    assert (1, "名") in values(found, "targets")


@pytest.mark.parametrize(
    "words",
    [
        "由环保局牵头的3件环保重点民生实事均已完成。",
        "全县18个村上报亮化项目。",
        "全县9个项目乡镇已解决1.3万人饮水问题。",
        "全市累计12个区县210个村实施了整治项目。",
    ],
)
def test_who_takes_part_is_no_result(read, words):
    found = read(
        f"磐安县2023年民生实事完成情况\n一、整治\n{words}\n二、就业\n新增就业3200人，完成目标的106%。"
    )
    assert not {3, 18, 9, 12} & {value for value, _ in values(found, "outcomes")}


def test_targets_in_brackets_have_no_result_of_their_own(read):
    found = read(
        "磐安县2023年民生实事进展情况\n截至11月底，完成旱厕改造3269户，完成省定任务（1426户）的229%；完成年度任务（原定的2000户）的163%；"
        "完成总任务（含追加的1000户，共计3000户）的109%。"
    )
    assert values(found, "outcomes") == [(3269, "户")]


def test_what_is_ever_so_much_more_is_no_result_of_a_target(read):
    found = read("磐安县2023年民生实事完成情况\n一、住房\n新落实配租724户，累计向5000户家庭发放租金。")
    assert (724, "户") not in values(found, "targets")


def test_parts_of_a_result_in_brackets_are_not_its_value(read):
    found = read(
        "磐安县2023年民生工程进展情况\n1、免除学杂费：任务数1460人。1—6月完成1512人（其中初中498人，小学1014人）。"
    )
    assert values(found, "outcomes") == [(1512, "人")]


def test_deeds_in_order_are_items(read):
    found = read(
        "磐安县关于实施2023年实事的意见\n一、主要内容\n实事一：修建周转房56套。\n实事二：免除顺产费用。\n实事三：新建农路12公里。"
    )
    assert len(found["tasks"]) == 3
    assert values(found, "targets") == [(56, "套"), (12, "公里")]


def test_counts_of_projects_are_no_results(read):
    found = read(
        "磐安县2023年上半年民生工程推进情况\n今年磐安县承担58项省定项目，完成的有28项，占48.3%。20件民生大事，已完成3件。\n一、就业\n"
        "新增就业3200人，提前完成每个社区配备1名协管员的任务。"
    )
    assert values(found, "outcomes") == [(3200, "人")]


def test_a_heading_says_who_answers_for_all_below(read):
    found = read(
        "磐安县2023年实事任务清单\n一、县教育局牵头（2项）\n1.新建幼儿园1所。\n2.筛查视力420名。\n"
        "二、县住建局负责（1项）\n3.改造小区8个。"
    )
    assert list(found["tasks"]["lead_agency"]) == ["县教育局", "县教育局", "县住建局"]


def test_a_date_below_a_long_title_is_no_part_of_it(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "长乐区有序推进今年为民办实事项目 1-4月份完成投资14.7亿元，占年度计划41.5%\n"
        "2019-06-14 来源：长乐新闻网\n新建公园3个，完成计划的60%。",
        encoding="utf-8",
    )
    found = read_document(path)
    assert not found["unread"]["text"].str.contains("41.5%2019").any()
    assert not found["tasks"]["text"].str.contains("2019-06").any()


def test_titles_in_marks_name_what_they_count(read):
    found = read(
        "磐安县2023年为民办实事清单\n一、内容\n包括《新增就业200人》《建成幼儿园3所，新增园位100个》《建成健身中心1个》3个为民办实事方案。"
    )
    assert not any("》" in measure for measure in found["targets"]["measure"])
    assert (3, "个") not in values(found, "targets")


def test_a_kind_told_by_sentences_alone_is_a_doubt_of_every_row(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "磐安县让百姓生活更美好\n2023年2月8日\n2023年磐安县将办好十件民生实事。\n一、教育。新建幼儿园3所。\n二、交通。新建农路12公里。\n三、养老。新增床位80张。",
        encoding="utf-8",
    )
    found = read_document(path)
    assert found["documents"]["kind"].tolist() == ["plan"]
    assert len(found["targets"]) == 3
    assert (sure(found) < 0.8).all()


def test_a_result_many_times_its_target_is_another_things(read):
    found = read("磐安县2023年民生实事完成情况\n一、住房\n新落实配租72户，累计完成发放500户。")
    assert (72, "户") not in values(found, "targets")


def test_who_answers_below_a_name_and_above_its_labels():
    said = [
        ("", "打通断头路"),
        ("who", "牵头单位：县住建局"),
        ("result", "已竣工道路2条"),
        ("result", "新增泊位"),
        ("who", "牵头单位：县城管局"),
        ("who", "配合单位：县公安局"),
        ("result", "已完成泊位312个"),
    ]
    lines = [Line(kind, clean(words), agencies(words) if kind == "who" else {}, "") for kind, words in said]
    leads = [line.said for line in answered(lines, {})]
    first, second = (
        {"lead_agency": "县住建局"},
        {"lead_agency": "县城管局", "partner_agencies": "县公安局"},
    )
    assert leads == [first, first, second, second]


def test_villages_that_do_something_are_promised_in_a_plan(read):
    found = read("磐安县2023年民生实事清单\n1.18个村实施道路硬化。\n2.在6个乡镇7个村实施搬迁。")
    assert values(found, "targets") == [(18, "个"), (6, "个"), (7, "个")]
