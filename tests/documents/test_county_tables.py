"""Tables as county governments lay them out, a habit each, with what they must give."""

from __future__ import annotations

from notices import promised, read

from minshi_analysis.intake.reader import read_document


def test_the_target_in_a_column_beside_what_names_the_task(tmp_path):
    """江苏: 项目内容 names it, 目标任务 says how much; 新建和改造 is no part of what is counted."""
    text = (
        "宝应县2024年民生实事项目\n序号\t项目内容\t目标任务\t责任单位\n"
        "1\t新增学位\t2700个\t县教育局\n2\t新建和改造农村公路\t120公里\t县交通局\n"
    )
    tables = read(tmp_path, text, region="宝应县")
    assert tables["tasks"]["text"].tolist() == ["新增学位", "新建和改造农村公路"]
    assert promised(tables) == [("学位", 2700, "个"), ("农村公路", 120, "公里")]


def test_a_yearly_target_that_is_a_bare_amount_is_what_the_project_before_it_promises(tmp_path):
    text = (
        "微山县2025年民生实事项目\n序号\t项目名称\t2025年目标\t责任单位\n"
        "1\t新建口袋公园\t10个\t县城管局\n2\t农村道路改造\t88公里\t县交通局\n"
    )
    tables = read(tmp_path, text, region="微山县")
    assert tables["tasks"]["text"].tolist() == ["新建口袋公园", "农村道路改造"]
    assert promised(tables) == [("口袋公园", 10, "个"), ("农村道路改造", 88, "公里")]


def test_this_year_in_the_label_of_the_tasks(tmp_path):
    """年份 in a label of a yearly plan dates its tasks; it is no column of a year's values."""
    text = (
        "阜南县2025年民生实事\n序号\t项目名称\t2025年建设内容\t责任单位\n"
        "1\t老年助餐\t新建老年食堂22个\t县民政局\n2\t停车便民\t新增停车泊位1500个\t县城管局\n"
    )
    tables = read(tmp_path, text, region="阜南县")
    assert tables["tasks"]["programme"].tolist() == ["老年助餐", "停车便民"]
    assert promised(tables) == [("老年食堂", 22, "个"), ("停车泊位", 1500, "个")]


def test_what_a_yearly_list_costs_is_no_major_project(tmp_path):
    """江苏: 建设内容及规模 and 总投资 beside its funders, in a document of one year."""
    text = (
        "沛县2025年度民生实事项目计划表\n"
        "序号\t项目类别\t项目名称\t建设内容及规模\t总投资(万元)\t县财政\t上级补助\t责任单位\t完成时限\n"
        "1\t教育\t幼儿园扩建\t新增学位360个\t4500\t2500\t2000\t县教育局\t2025年8月底\n"
        "2\t交通\t农路提升\t改造农村公路68.5公里\t13800\t8800\t5000\t县交通局\t2025年11月底\n"
        "合计\t\t\t\t18300\t11300\t7000\t\t\n"
    )
    tables = read(tmp_path, text, region="沛县")
    assert promised(tables) == [("学位", 360, "个"), ("农村公路", 68.5, "公里")]
    money = tables["funding"].pivot(index="funding_id", columns="funder", values="amount_wan")
    assert money["total"].tolist() == [4500, 13800]
    assert money["county"].tolist() == [2500, 8800]
    assert money["superior"].tolist() == [2000, 5000]


def test_indicators_whose_columns_each_have_a_label(tmp_path):
    """The field before the name, 基期 and 目标 in brackets, 属性 behind: nothing slides."""
    text = (
        "邳州市“十四五”公共服务发展规划\n规划期限2021—2025年。\n"
        "序号\t类别\t指标名称\t单位\t2020年（基期）\t2025年目标\t属性\n"
        "1\t教育\t学前三年毛入园率\t%\t97.2\t≥98.5\t预期性\n6\t就业\t城镇新增就业\t万人\t1.8\t[9]\t预期性\n"
        "8\t文化\t人均文化设施面积\t平方米\t—\t0.4\t约束性\n"
    )
    rows = read(tmp_path, text, region="邳州市")["indicators"]
    assert rows["field"].tolist() == ["教育", "就业", "文化"]
    assert rows["baseline"].tolist()[:2] == [97.2, 18000] and rows["baseline"].isna()[2]
    assert rows["target"].tolist() == [98.5, 90000, 0.4]
    assert rows["bound"].tolist() == ["at_least", "exact", "exact"]
    assert rows["cumulative"].tolist() == [False, True, False]


def test_a_split_with_the_unit_and_the_whole_in_columns_of_their_own(tmp_path):
    """河南: 单位 and 合计 before the counties; 万亩 counts ten thousand."""
    text = (
        "许昌市2025年重点民生实事任务分解表\n序号\t任务名称\t单位\t合计\t市本级\t魏都区\t建安区\t禹州市\n"
        "1\t新增城镇就业\t人\t17500\t2000\t9000\t6500\t\n2\t高标准农田建设\t万亩\t10.5\t—\t—\t4.5\t6\n"
    )
    tables = read(tmp_path, text, region="许昌市")
    assert promised(tables) == [("新增城镇就业", 17500, "人"), ("高标准农田", 105000, "亩")]
    shares = tables["allocations"]
    assert list(zip(shares["region"], shares["value"], shares["unit"], strict=True)) == [
        ("市本级", 2000, "人"),
        ("魏都区", 9000, "人"),
        ("建安区", 6500, "人"),
        ("建安区", 45000, "亩"),
        ("禹州市", 60000, "亩"),
    ]


def test_bare_shares_are_of_the_only_target(tmp_path):
    """安徽: the unit stands in the task's words only, also where the shares do not add up."""
    text = (
        "阜阳市2025年民生实事任务分解表\n序号\t项目名称\t目标任务\t颍州区\t颍东区\t颍泉区\n"
        "1\t老年助餐\t新建老年食堂180个\t80\t60\t30\n2\t停车\t新增停车泊位1.5万个\t6500个\t4500个\t4000个\n"
    )
    tables = read(tmp_path, text, region="阜阳市")
    assert promised(tables) == [("老年食堂", 180, "个"), ("停车泊位", 15000, "个")]
    assert tables["allocations"]["value"].tolist() == [80, 60, 30, 6500, 4500, 4000]
    assert tables["allocations"]["unit"].tolist() == ["个"] * 6


def results(tables):
    rows = tables["outcomes"].astype(object).where(tables["outcomes"].notna(), None)
    return list(zip(rows["measure"], rows["value"], rows["unit"], rows["rate_claimed"], strict=True))


def test_a_quarter_s_progress_is_no_schedule(tmp_path):
    text = (
        "宝应县2024年民生实事项目一季度进展情况\n序号\t项目内容\t一季度进展情况\t责任单位\n"
        "1\t新建和改造农村公路120公里\t已完成24公里，占年度任务的20%。\t县交通局\n"
    )
    tables = read(tmp_path, text, region="宝应县")
    assert results(tables) == [("农村公路", 24, "公里", 20)]
    assert len(tables["milestones"]) == 0


def test_the_rate_in_a_column_of_its_own(tmp_path):
    """完成率 beside 是否完成; of two targets it is that of the one whose share it is, else of neither."""
    text = (
        "宝应县2024年度民生实事项目完成情况\n序号\t项目内容\t完成情况\t完成率\t是否完成\t责任单位\n"
        "1\t新建学校5所，新增学位2700个\t新建学校5所，新增学位2850个\t105.6%\t超额完成\t县教育局\n"
        "2\t新增医疗床位300张\t新增医疗床位260张\t86.7%\t未完成\t县卫健委\n"
        "3\t改造小区18个，惠及居民4600户\t改造小区18个，惠及居民4600户\t100%\t完成\t县住建局\n"
    )
    tables = read(tmp_path, text, region="宝应县")
    assert results(tables) == [
        ("学校", 5, "所", None),
        ("学位", 2850, "个", 105.6),
        ("医疗床位", 260, "张", 86.7),
        ("小区", 18, "个", None),
        ("居民", 4600, "户", None),
        ("改造小区18个,惠及居民4600户", None, None, 100),
    ]
    assert tables["outcomes"]["status_claimed"].tolist()[:5] == ["over", "over", "behind", "met", "met"]


def test_bare_results_have_the_unit_of_their_row(tmp_path):
    """江西: 年度目标, 1-9月完成数 and 完成率 under one label, in cells that span."""
    html = """<html><body><h3>吉水县2025年前三季度民生实事工程进展情况</h3><table>
    <tr><td rowspan="2">序号</td><td rowspan="2">项目名称</td><td rowspan="2">计量单位</td>
    <td colspan="3">进展情况</td><td rowspan="2">责任单位</td></tr>
    <tr><td>年度目标</td><td>1-9月完成数</td><td>完成率(%)</td></tr>
    <tr><td>1</td><td>城镇新增就业</td><td>人</td><td>2600</td><td>2480</td><td>95.4</td><td>县人社局</td></tr>
    <tr><td>2</td><td>发放创业担保贷款</td><td>万元</td><td>12000</td><td>12850</td><td>107.1</td><td>县就业局</td></tr>
    </table></body></html>"""
    tables = read(tmp_path, html, ".html", region="吉水县")
    assert promised(tables) == [("城镇新增就业", 2600, "人"), ("创业担保贷款", 12000, "万元")]
    assert results(tables) == [
        ("城镇新增就业", 2480, "人", 95.4),
        ("创业担保贷款", 12850, "万元", 107.1),
    ]


def milestones(tables):
    rows = tables["milestones"].astype(object).where(tables["milestones"].notna(), None)
    return list(zip(rows["due"], rows["value"], rows["unit"], strict=True))


def test_a_column_for_each_quarter(tmp_path):
    """浙江: the label dates what stands under it."""
    text = (
        "三门县2025年民生实事项目推进计划表\n序号\t项目名称\t年度目标\t一季度计划\t二季度计划\t三季度计划\t四季度计划\n"
        "1\t停车提升\t新增停车位1500个\t完成选址\t完成500个\t累计完成1000个\t完成1500个\n"
        "2\t公路\t改造农村公路35公里\t—\t完成40%\t完成75%\t完成100%\n"
    )
    assert milestones(read(tmp_path, text, region="三门县")) == [
        ("2025-03-31", None, None),
        ("2025-06-30", 500, "个"),
        ("2025-09-30", 1000, "个"),
        ("2025-12-31", 1500, "个"),
        ("2025-06-30", 40, "%"),
        ("2025-09-30", 75, "%"),
        ("2025-12-31", 100, "%"),
    ]


def test_a_column_for_some_months(tmp_path):
    text = (
        "天台县2025年度民生实事项目计划\n序号\t项目名称\t目标任务\t3月底\t6月底\t11月底\n"
        "1\t住宅加梯\t加装电梯50台\t完工5台\t完工15台\t完工50台\n"
    )
    assert milestones(read(tmp_path, text, region="天台县")) == [
        ("2025-03-31", 5, "台"),
        ("2025-06-30", 15, "台"),
        ("2025-11-30", 50, "台"),
    ]


def test_time_points_that_promise_states_are_a_schedule_and_the_last_is_the_deadline(tmp_path):
    text = (
        "常山县2026年民生实事项目责任清单\n序号\t项目内容\t时间节点\t牵头单位\n"
        "1\t新增托位240个\t3月底前完成选址；6月底前完成80个；11月底前完成240个。\t县卫健局\n"
        "2\t开展技能培训1200人次\t4月底前完成300人次，10月底前完成1200人次。\t县农业农村局\n"
        "3\t新建书房2家\t10月底前\t县文旅局\n"
    )
    tables = read(tmp_path, text, region="常山县")
    assert tables["tasks"]["deadline"].tolist() == ["2026-11-30", "2026-10-31", "2026-10-31"]
    assert milestones(tables) == [
        ("2026-03-31", None, None),
        ("2026-06-30", 80, "个"),
        ("2026-11-30", 240, "个"),
        ("2026-04-30", 300, "人次"),
        ("2026-10-31", 1200, "人次"),
    ]


def test_who_answers_in_a_sentence_behind_the_promise(tmp_path):
    """安徽: no brackets around 责任单位, a deadline behind it."""
    text = (
        "六安市2025年20项民生实事清单\n一、教育惠民\n（一）新增公办园托位1200个。责任单位：市教育局\n"
        "（二）建设智慧学校30所。牵头单位：市教育局。配合单位：市数据资源局。完成时限：2025年9月\n"
    )
    tasks = read(tmp_path, text, region="六安市")["tasks"]
    assert tasks["text"].tolist() == ["新增公办园托位1200个", "建设智慧学校30所"]
    assert tasks["lead_agency"].tolist() == ["市教育局", "市教育局"]
    assert tasks["partner_agencies"].tolist()[1] == "市数据资源局"
    assert tasks["deadline"].tolist()[1] == "2025-09-30"


def test_the_unit_of_money_above_the_table(tmp_path):
    text = (
        "鄂尔多斯市2025年民生实事资金安排表\n（单位：亿元）\n"
        "序号\t项目\t目标任务\t资金合计\t中央和自治区\t市级财政\t旗区财政\t其他\t责任单位\n"
        "1\t就业\t新增城镇就业2万人\t1.25\t0.6\t0.4\t0.25\t-\t市人社局\n"
        "2\t供暖\t改造供热管网95公里\t3.4\t1.1\t1.3\t0.8\t0.2\t市住建局\n"
    )
    money = read(tmp_path, text, region="鄂尔多斯市")["funding"]
    money = money.pivot(index="funding_id", columns="funder", values="amount_wan")
    assert money["total"].tolist() == [12500, 34000]
    assert money["superior"].tolist() == [6000, 11000]
    assert money["city"].tolist() == [4000, 13000]
    assert money["county"].tolist() == [2500, 8000]
    assert money["other"].isna().iloc[0] and money["other"].iloc[1] == 2000


def test_what_is_only_begun_or_left_over_is_no_result(tmp_path):
    text = (
        "宝应县2024年民生实事项目一季度进展情况\n序号\t项目内容\t进展情况\t责任单位\n"
        "1\t新建学校5所\t5所学校均已开工建设，总体进度25%。\t县教育局\n"
        "2\t建设养老服务中心12个\t已建成2个，在建7个，剩余3个正在选址。\t县民政局\n"
        "3\t改造老旧小区18个\t已开工10个小区。\t县住建局\n4\t新开工安置房5000套\t已开工4200套。\t县住建局\n"
    )
    (tmp_path / "notice.txt").write_text(text, "utf-8")
    tables = read_document(tmp_path / "notice.txt", region="宝应县")
    rows = tables["outcomes"]
    rows = rows[rows["target_id"].notna()].astype(object).where(rows.notna(), None)
    assert list(zip(rows["task_id"].str[-1], rows["value"], strict=True)) == [
        ("1", None),
        ("2", 2),
        ("3", None),
        ("4", 4200),
    ]
    begun = tables["unread"][tables["unread"]["reason"].str.startswith("works begun")]
    assert begun["text"].tolist() == ["5所", "7个", "10个"]  # told, and no result


def test_what_is_left_over_in_a_prose_report(tmp_path):
    text = (
        "沭阳县2024年民生实事项目完成情况报告\n一、未完成项目\n"
        "1.改造城中村4个。已完成3个，剩余1个因征收补偿协议未达成一致。（县住建局）\n"
    )
    assert read(tmp_path, text, region="沭阳县")["outcomes"]["value"].tolist() == [3]


def test_a_title_that_tells_of_完成情况_is_no_chapter_to_leave_out(tmp_path):
    """The title is a heading where the format knows headings."""
    html = (
        "<html><body><h1>洪江市2024年民生实事完成情况的通报</h1><p>2024年，8件民生实事全部完成。</p>"
        "<p>一、新增城镇就业3800人。全年实现城镇新增就业4105人，完成率108%。</p></body></html>"
    )
    tables = read(tmp_path, html, ".html", region="洪江市")
    assert promised(tables) == [("新增城镇就业", 3800, "人")]
    assert results(tables) == [("城镇新增就业", 4105, "人", 108)]


def test_a_document_of_which_nothing_can_be_read_says_so(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text("洪江市2024年民生实事完成情况的通报\n全部完成了任务。\n", "utf-8")
    unread = read_document(path)["unread"]
    assert unread["text"].tolist() == ["洪江市2024年民生实事完成情况的通报", "全部完成了任务。"]
    assert set(unread["reason"]) == {"no promise, result or indicator can be read in the whole document"}


def test_what_a_task_costs_in_one_column(tmp_path):
    text = (
        "祁阳市2025年重点民生实事项目表\n序号\t项目内容\t牵头单位\t投资(万元)\t完成时限\n"
        "1\t开展职业技能培训4000人次\t市人社局\t260\t2025年11月\n2\t新建污水管网22.6公里\t市住建局\t5200\t2025年12月\n"
    )
    money = read(tmp_path, text, region="祁阳市")["funding"]
    assert list(zip(money["funder"], money["amount_wan"], strict=True)) == [("total", 260), ("total", 5200)]


def shares(tables):
    rows = tables["allocations"].astype(object).where(tables["allocations"].notna(), None)
    return list(zip(rows["target_id"].str[-3:], rows["region"], rows["value"], rows["unit"], strict=True))


def test_a_split_with_a_row_for_each_county(tmp_path):
    """陕西: the heads name the tasks and their units, 合计 is what is promised; each figure keeps its place."""
    text = (
        "汉中市2025年民生实事县区任务分解表\n县区\t新增城镇就业（人）\t农村公路改造（公里）\t新增停车位\n"
        "合计\t21700\t104.5\t1000个\n汉台区\t12000\t30\t600个\n洋县\t6500\t74.5\t—\n"
        "镇巴县\t1400\t\t400个\n市本级\t1800\t\t\n"
    )
    tables = read(tmp_path, text, region="汉中市")
    assert tables["tasks"]["text"].tolist() == ["新增城镇就业", "农村公路改造", "新增停车位"]
    assert promised(tables) == [
        ("新增城镇就业", 21700, "人"),
        ("农村公路改造", 104.5, "公里"),
        ("停车位", 1000, "个"),
    ]
    assert shares(tables) == [
        ("1#1", "汉台区", 12000, "人"),
        ("1#1", "洋县", 6500, "人"),
        ("1#1", "镇巴县", 1400, "人"),
        ("1#1", "市本级", 1800, "人"),
        ("2#1", "汉台区", 30, "公里"),
        ("2#1", "洋县", 74.5, "公里"),
        ("3#1", "汉台区", 600, "个"),
        ("3#1", "镇巴县", 400, "个"),
    ]
    printed = [
        text[a:b]
        for name in ("targets", "allocations")
        for a, b in zip(tables[name]["source_start"], tables[name]["source_end"], strict=True)
    ]
    assert printed[:4] == ["21700", "104.5", "1000个", "12000"] and printed[-1] == "400个"


def test_a_split_by_county_without_the_whole(tmp_path):
    """Nobody prints what is promised in all: it is missing, and not added up. 序号 counts the counties."""
    html = """<html><body><h1>滁州市2025年民生实事任务分解表</h1><table>
    <tr><th>序号</th><th>县（市、区）</th><th>改造老旧小区（个）</th><th>技能培训（万人次）</th></tr>
    <tr><td>1</td><td>琅琊区</td><td>12</td><td>0.5</td></tr><tr><td>2</td><td>天长市</td><td>7</td><td>0.3</td></tr>
    <tr><td>3</td><td>来安县</td><td>0</td><td>0.25</td></tr></table></body></html>"""
    tables = read(tmp_path, html, ".html", region="滁州市")
    assert tables["tasks"]["text"].tolist() == ["改造老旧小区", "技能培训"]
    assert tables["targets"]["value"].isna().all() and tables["targets"]["unit"].tolist() == ["个", "人次"]
    assert shares(tables) == [
        ("1#1", "琅琊区", 12, "个"),
        ("1#1", "天长市", 7, "个"),
        ("1#1", "来安县", 0, "个"),
        ("2#1", "琅琊区", 5000, "人次"),
        ("2#1", "天长市", 3000, "人次"),
        ("2#1", "来安县", 2500, "人次"),
    ]


def test_the_pages_of_a_split_by_county_are_one(tmp_path):
    """The second page repeats the header, the third does not, a number stands between; 合计 ends the table."""
    head = "<tr><td>县区</td><td>新增城镇就业（人）</td><td>新增停车位（个）</td></tr>"
    row = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>".format
    pages = [
        [head, row("汉台区", 6000, 100), row("洋县", 2900, 40), row("勉县", 2800, 60)],
        [head, row("城固县", 3200, 50), row("略阳县", 1800, 20)],
        [row("市本级", 300, 30), row("合计", 17000, 300)],
    ]
    tables = "<p>— 2 —</p>".join(f"<table>{''.join(page)}</table>" for page in pages)
    html = f"<html><body><h1>汉中市2025年民生实事县区任务分解表</h1>{tables}</body></html>"
    found = read(tmp_path, html, ".html", region="汉中市")
    assert promised(found) == [("新增城镇就业", 17000, "人"), ("停车位", 300, "个")]
    assert [(region, value) for k, region, value, _ in shares(found) if k == "2#1"] == [
        ("汉台区", 100),
        ("洋县", 40),
        ("勉县", 60),
        ("城固县", 50),
        ("略阳县", 20),
        ("市本级", 30),
    ]


def test_remarks_beside_a_split_by_county_are_told(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(
        "滁州市2025年民生实事任务分解表\n单位\t改造老旧小区（个）\t新增停车位（个）\t备注\n"
        "琅琊区\t12\t300\t\n天长市\t7\t200\t含续建\n来安县\t5\t100\t\n全市\t24\t600\t\n",
        "utf-8",
    )
    tables = read_document(path, region="滁州市")
    assert promised(tables) == [("老旧小区", 24, "个"), ("停车位", 600, "个")]
    assert tables["unread"]["text"].tolist() == ["含续建"]


def test_a_group_over_named_projects_is_their_programme(tmp_path):
    """福建: 一、教育类 over rows that each have a 项目名称, numbered anew in each group."""
    html = """<html><body><h1>武平县2025年为民办实事项目</h1><table>
    <tr><th>序号</th><th>项目名称</th><th>建设内容</th><th>投资（万元）</th><th>责任单位</th></tr>
    <tr><td colspan="5">一、教育类</td></tr>
    <tr><td>1</td><td>实验小学改扩建</td><td>新增学位900个</td><td>5600</td><td rowspan="2">县教育局</td></tr>
    <tr><td>2</td><td>乡镇幼儿园</td><td>新建幼儿园3所</td><td>4300</td></tr>
    <tr><td colspan="5">二、医疗类</td></tr>
    <tr><td>1</td><td>县医院综合楼</td><td>新增床位200张</td><td>11600</td><td>县卫健局</td></tr></table></body></html>"""
    tables = read(tmp_path, html, ".html", region="武平县")
    tasks = tables["tasks"]
    assert tasks["text"].tolist() == ["新增学位900个", "新建幼儿园3所", "新增床位200张"]
    assert tasks["programme"].tolist() == ["一、教育类", "一、教育类", "二、医疗类"]
    assert tasks["item_no"].tolist() == ["1", "2", "1"] and tasks["task_id"].is_unique
    assert tasks["lead_agency"].tolist() == ["县教育局", "县教育局", "县卫健局"]
    assert tasks["项目名称"].tolist() == ["实验小学改扩建", "乡镇幼儿园", "县医院综合楼"]
    assert tables["funding"]["amount_wan"].tolist() == [5600, 4300, 11600]
