"""Tables of other writers: quarters that report, works of towns, effects beside promises, two tables side by side."""

from __future__ import annotations

import pytest
from notices import sure
from openpyxl import Workbook

from minshi_analysis import model
from minshi_analysis.audit import run_checks
from minshi_analysis.intake.reader import read_document


def read(folder, text, **known):
    path = folder / "table.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path, **known)


def found(tables, name, *columns):
    rows = tables.get(name)
    rows = [] if rows is None or rows.empty else rows[rows["value"].notna()].to_dict("records")
    return [tuple(row[c] for c in columns) for row in rows]


# ---- quarters that report


@pytest.mark.parametrize(
    ("over", "early", "late"),
    [
        ("进展情况", "一季度", "三季度"),
        ("完成情况", "上半年", "下半年"),
        ("工作进展情况", "4月", "10月"),
        ("落实情况", "6月底", "12月底"),
    ],
)
def test_the_last_of_several_columns_of_progress_has_the_results(tmp_path, over, early, late):
    tables = read(
        tmp_path,
        "余杭区2020年民生实事项目进展情况\n"
        f"序号\t实事内容\t责任单位\t{over}\t{over}\n序号\t实事内容\t责任单位\t{early}\t{late}\n"
        "1\t新增照料中心30家\t区民政局\t已完成5家建设任务。\t累计完成21家。\n"
        "2\t新增停车泊位3000个\t区城管局\t新增泊位420个。\t新增泊位2380个。\n",
    )
    assert found(tables, "outcomes", "value", "unit") == [(21, "家"), (2380, "个")]
    assert found(tables, "milestones", "value") == []
    told = " ".join(tables["unread"]["text"].dropna())
    assert "5家" in told and "420个" in told


def test_quarters_without_a_head_that_tell_what_was_done_are_no_promises(tmp_path):
    tables = read(
        tmp_path,
        "余杭区2020年民生实事项目完成情况\n序号\t实事内容\t责任单位\t一季度\t二季度\n"
        "1\t新增照料中心30家\t区民政局\t目前已完成5家。\t累计完成21家。\n"
        "2\t新增停车泊位3000个\t区城管局\t目前新增泊位420个。\t累计新增泊位2380个。\n",
    )
    assert found(tables, "milestones", "value") == []
    assert set(found(tables, "outcomes", "value")) <= {(21,), (2380,)}


def test_quarters_of_a_plan_stay_promises(tmp_path):
    tables = read(
        tmp_path,
        "余杭区2020年民生实事项目实施计划\n序号\t实事内容\t责任单位\t工作安排\t工作安排\n序号\t实事内容\t责任单位\t二季度\t四季度\n"
        "1\t新增照料中心30家\t区民政局\t完成选址\t建成30家\n2\t新增停车泊位3000个\t区城管局\t新增1200个\t新增3000个\n",
    )
    assert {d[0] for d in found(tables, "milestones", "value")} == {30, 1200, 3000}
    assert tables["outcomes"].empty


# ---- works of towns


@pytest.mark.parametrize(
    ("head", "first", "second", "long"),
    [
        ("路线名称", "张漕线", "横九线", {6.8, 4.25, 9.6}),
        ("学校名称", "中心小学", "实验幼儿园", {6.8, 4.25, 9.6}),
        ("建设内容", "硬化村组路", "新建拦水坝", {6.8, 4.25, 9.6}),
        ("项目类型", "新建", "改建", set()),
    ],
)
def test_a_column_of_names_beside_the_towns_makes_no_shares(tmp_path, head, first, second, long):
    tables = read(
        tmp_path,
        "蕲春县2022年建设计划表\n"
        f"乡镇\t{head}\t里程（公里）\t路面宽度（米）\n"
        f"漕河镇\t{first}\t6.8\t6.5\n横车镇\t{second}\t4.25\t5\n青石镇\t{first}\t9.6\t6.5\n",
        kind="plan",
    )
    assert tables["allocations"].empty
    assert {v for (v,) in found(tables, "targets", "value")} == long  # how long each is, and not how wide
    told = " ".join(tables["unread"]["text"].dropna())
    assert "6.5" in told and all((figure in told) != bool(long) for figure in ("6.8", "4.25", "9.6"))


# ---- effects beside promises


@pytest.mark.parametrize("head", ["绩效目标", "预期效益目标", "受益目标"])
def test_what_works_bring_about_is_not_what_is_promised(tmp_path, head):
    tables = read(
        tmp_path,
        f"彭阳县2021年民生实事项目表\n序号\t项目名称\t建设任务\t{head}\t责任单位\n"
        "1\t肉牛圈棚\t新建标准化圈棚320座\t受益农户312户\t县农业农村局\n"
        "2\t农村供水\t铺设管道42.6公里\t受益人口4410人\t县水务局\n",
    )
    assert found(tables, "targets", "value", "unit") == [(320, "座"), (42.6, "公里")]
    told = " ".join(tables["unread"]["text"].dropna())
    assert "312户" in told and "4410人" in told


def test_two_columns_that_promise_different_things_are_doubted(tmp_path):
    tables = read(
        tmp_path,
        "彭阳县2021年民生实事项目表\n序号\t建设任务\t年度目标\t责任单位\n"
        "1\t新建标准化圈棚320座\t完成圈棚主体并补栏600头\t县农业农村局\n2\t铺设管道42.6公里\t入户1260户\t县水务局\n",
    )
    assert (sure(tables) < 0.8).all()
    told = " ".join(tables["unread"]["text"].dropna())
    assert "320座" in told and "42.6公里" in told


# ---- side by side, and without heads


def test_two_halves_of_a_table_of_towns_stand_one_below_the_other(tmp_path):
    tables = read(
        tmp_path,
        "桐城市2023年农村户厕改造任务完成情况统计表\n"
        "镇（街道）\t任务数（户）\t完成数（户）\t完成率\t镇（街道）\t任务数（户）\t完成数（户）\t完成率\n"
        "文昌街道\t120\t118\t98.3%\t新渡镇\t260\t248\t95.4%\n范岗镇\t310\t310\t100%\t合计\t690\t676\t98%\n",
    )
    assert found(tables, "targets", "value", "unit") == [(690, "户")]
    assert found(tables, "allocations", "region", "value") == [
        ("文昌街道", 120),
        ("范岗镇", 310),
        ("新渡镇", 260),
    ]
    whole = tables["outcomes"][tables["outcomes"]["region"].isna()]
    assert whole["value"].tolist() == [676] and whole["rate_claimed"].tolist() == [98]


def test_a_column_of_dates_without_a_head_says_when(tmp_path):
    tables = read(
        tmp_path,
        "奉化区2024年度民生实事项目\n\n"
        "实事一 | 新建公办幼儿园4所 | 区教育局 | 10月底\n实事二 | 改造城镇老旧小区11个 | 区住建局 | 12月底\n"
        "实事三 | 新增公共停车位1200个 | 区综合执法局 | 11月底前\n",
    )
    assert tables["tasks"]["deadline"].tolist() == ["2024-10-31", "2024-12-31", "2024-11-30"]


# ---- names over tasks, places in results


def test_of_two_columns_of_tasks_the_one_with_the_figures_has_them(tmp_path):
    tables = read(
        tmp_path,
        "余杭区2020年民生实事项目任务分解表\n实事内容\t工作任务\t责任单位\n"
        "养老助残\t创建20个无障碍社区\t区残联\n养老助残\t新增30家照料中心\t区民政局\n便民停车\t新增停车泊位3000个\t区城管局\n",
    )
    assert tables["tasks"]["text"].tolist() == [
        "创建20个无障碍社区",
        "新增30家照料中心",
        "新增停车泊位3000个",
    ]
    assert tables["tasks"]["programme"].tolist() == ["养老助残", "养老助残", "便民停车"]


@pytest.mark.parametrize(
    "said",
    [
        "其中北山街道4个，西溪街道5个，三墩镇6个，其中3个点位已完成建设。",
        "北山街道4个、西溪街道5个、三墩镇6个，正在施工。",
        "任务分解到北山街道4个、三墩镇11个。",
    ],
)
def test_results_named_by_places_may_be_the_targets_shares(tmp_path, said):
    tables = read(
        tmp_path,
        "西湖区2024年民生实事项目进展情况\n序号\t项目\t牵头单位\t进展情况\n"
        f"1\t新增老年食堂15个\t区民政局\t{said}\n2\t新增护理型床位500张\t区民政局\t已完成500张。\n",
        region="杭州市西湖区",
    )
    doubted = sure(tables)
    wrong = tables["outcomes"]
    wrong = wrong[wrong["value"].isin([4, 5, 6, 11])]
    assert all(doubted[task] < 0.8 for task in wrong["task_id"])


# ---- cells that have slid, or only seem to


def test_a_blank_first_cell_of_a_row_with_pipes_keeps_its_place(tmp_path):
    tables = read(
        tmp_path,
        "金寨县2022年民生工程资金安排表\n\n单位：万元\n\n"
        "序号 | 项目名称 | 年度目标任务 | 资金安排 |  |  |  | 责任单位\n |  |  | 合计 | 中央 | 省级 | 县级 | \n"
        "1 | 农村公路 | 养护农村公路4200公里 | 9655.6 | 2010 | 3750.6 | 3895 | 县交通运输局\n"
        "2 | 学前教育 | 新建公办幼儿园4所 | 3800 | 1500 | 800 | 1500 | 县教育局\n",
    )
    money = tables["funding"][["funder", "amount_wan"]].dropna().to_records(index=False).tolist()
    assert money[:4] == [("total", 9655.6), ("superior", 2010), ("superior", 3750.6), ("county", 3895)]


def test_a_frame_of_pipes_is_no_cell(tmp_path):
    tables = read(
        tmp_path,
        "鹿泉区2023年民生实事项目任务表\n\n| 序号 | 实事项目 | 年度目标 | 责任单位 |\n|---|---|---|---|\n"
        "| 1 | 农村户厕改造 | 1200座 | 区农业农村局 |\n|  | 农村公路提升 | 45.5公里 | 区交通运输局 |\n",
    )
    assert found(tables, "targets", "value", "unit") == [(1200, "座"), (45.5, "公里")]


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_commas_in_the_figures_of_a_table_part_no_cells(tmp_path, mark):
    rows = [
        ("序号", "项目", "年度目标", "责任单位"),
        ("1", "泊车", "新增车位1,200个", "区交通局"),
        ("2", "长者", "服务长者6,500名", "区民政局"),
        ("3", "社屋", "提供房屋2,400套", "区住建局"),
        ("4", "培训", "培训2,000人次", "区人社局"),
    ]
    text = "鹿泉区2024年民生实事项目\n\n" + "\n".join(map(mark.join, rows)) + "\n"
    assert [v for (v,) in found(read(tmp_path, text), "targets", "value")] == [1200, 6500, 2400, 2000]


def lost(folder, title, rows, **known):
    """A page whose tables have lost their spans: each row has the cells that are printed in it."""
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    path = folder / "page.html"
    path.write_text(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><table>{cells}</table></body></html>",
        encoding="utf-8",
    )
    return read_document(path, **known)


def test_a_page_without_spans_whose_rows_are_not_equally_long_has_lost_them(tmp_path):
    tables = lost(
        tmp_path,
        "桂平市国民经济和社会发展第十四个五年规划主要指标",
        [
            ["类别", "序号", "指标名称", "2020年", "2025年", "年均增长（%）", "属性"],
            ["经济发展", "1", "规模以上工业企业数（家）", "188", "≥320", "—", "预期性"],
            ["2", "常住人口城镇化率（%）", "42.1", "50", "〔7.9〕", "预期性"],
            ["民生福祉", "3", "城镇登记失业率（%）", "3.1", "4.5", "—", "预期性"],
            ["4", "每千人口医师数（人）", "1.68", "2.6", "—", "约束性"],
        ],
    )
    rows = tables["indicators"][["name", "baseline", "target"]].to_records(index=False).tolist()
    assert rows == [
        ("规模以上工业企业数", 188, 320),
        ("常住人口城镇化率", 42.1, 50),
        ("城镇登记失业率", 3.1, 4.5),
        ("每千人口医师数", 1.68, 2.6),
    ]


def test_labels_under_the_one_head_of_money_stand_there_although_spans_were_lost(tmp_path):
    tables = lost(
        tmp_path,
        "蓝田县2022年十件惠民实事任务分解表",
        [
            ["序号", "项目名称", "建设内容", "投资估算（万元）", "牵头单位及主要负责人", "完成时限"],
            ["总投资", "其中：县级财政"],
            ["1", "教育提升", "新建幼儿园2所", "3200", "1200", "县教育局 张平", "2022年8月"],
            ["改造农村学校食堂18个", "540", "500", "2022年10月"],
            ["2", "饮水安全", "新建供水工程6处", "1860", "460", "县水务局 李安", "2022年11月"],
        ],
    )
    money = tables["funding"][["funder", "amount_wan"]].to_records(index=False).tolist()
    assert money == [
        ("total", 3200),
        ("county", 1200),
        ("total", 540),
        ("county", 500),
        ("total", 1860),
        ("county", 460),
    ]
    assert tables["tasks"]["lead_agency"].tolist()[::2] == ["县教育局", "县水务局"]
    assert tables["tasks"]["responsible"].tolist()[::2] == ["张平", "李安"]


def test_amounts_beside_a_blank_that_is_not_printed_are_doubted(tmp_path):
    cells = "序号 实事名称 主要内容 总投资 中央及自治区 市级财政 旗区财政 企业自筹 牵头单位"
    cells += " 1 老旧小区改造 改造老旧小区92个 4.86 1.92 0.84 1.1 1 市住建局 2 学校建设 新建学校14所 7.5 3.2 4.3 市教体局"
    cells += " 3 安全饮水 新建水厂3座 1.08 0.6 0.18 0.2 0.1 市水利局"
    text = "鄂尔多斯市2022年民生实事资金筹措表\n\n（单位：亿元）\n\n" + "\n\n".join(cells.split()) + "\n"
    tables = read(tmp_path, text)
    doubted = sure(tables)
    short = tables["funding"][tables["funding"]["amount_wan"] == 75000]["funding_id"].iloc[0]
    whole = tables["funding"][tables["funding"]["amount_wan"] == 48600]["funding_id"].iloc[0]
    assert doubted[short] < 0.8 <= doubted[whole]


def test_a_unit_or_a_figure_names_no_indicator(tmp_path):
    tables = read(
        tmp_path,
        "甘孜州“十四五”公共服务发展主要指标\n\n主要指标\t单位\t2020年\t2025年\t指标性质\n"
        "学前教育毛入园率\t%\t86.5\t90以上\t预期性\n万人\t\t47.3\t48\t预期性\n188\t家\t320\t350\t预期性\n1/10万\t\t38.6\t30\t预期性\n",
        region="甘孜藏族自治州",
        kind="five_year_plan",
        year=2021,
    )
    assert tables["indicators"]["name"].tolist() == ["学前教育毛入园率"]
    told = " ".join(tables["unread"]["text"].dropna())
    assert all(figure in told for figure in ("47.3", "48", "320", "350", "38.6"))


@pytest.mark.parametrize("head", ["前三年累计完成", "近五年完成数", "三年来完成情况"])
def test_what_several_years_brought_is_no_result_of_this_one(tmp_path, head):
    tables = read(
        tmp_path,
        f"鹿泉区2023年民生实事项目完成情况\n\n序号\t项目\t年度目标\t{head}\t责任单位\n"
        "1\t农村户厕改造\t1200座\t5310\t区农业农村局\n2\t农村公路提升\t45公里\t188\t区交通运输局\n",
    )
    assert not {5310, 188} & {v for (v,) in found(tables, "outcomes", "value")}


# ---- heads printed once over several columns; tables that nobody recognised; notes


def test_a_head_over_blanks_goes_on_below_although_its_blanks_are_printed(tmp_path):
    tables = read(
        tmp_path,
        "正安县2023年民生实事上半年进展情况统计表\n\n"
        "序号 | 实事名称 | 单位 | 年度目标 | 完成情况 |  |  | 责任单位\n |  |  |  | 6月当月 | 1-6月累计 | 占年度目标（%） | \n"
        "1 | 城镇新增就业 | 人 | 3800 | 410 | 2356 | 62 | 县人社局\n2 | 改造农村公路 | 公里 | 120 | 25.5 | 66 | 55 | 县交通局\n",
    )
    rows = tables["outcomes"][["value", "rate_claimed"]].to_records(index=False).tolist()
    assert rows == [(2356, 62), (66, 55)]


def test_blank_cells_that_are_printed_keep_worded_targets_in_their_column(tmp_path):
    tables = read(
        tmp_path,
        "茶陵县2024年民生实事推进情况调度表\n\n序号\t责任单位\t事项\t目标任务\t截至9月底完成情况\t第四季度工作计划\t存在困难\n"
        "1\t县教育局\t公办学位\t新增公办学位1200个\t新增学位900个\t12月底前完成剩余300个学位\t\n"
        "2\t\t社区助餐\t建设老年助餐点15个\t已建成11个\t10月底前建成4个\t资金拨付较慢\n",
    )
    assert found(tables, "targets", "value", "unit") == [(1200, "个"), (15, "个")]
    assert found(tables, "outcomes", "value", "unit") == [(900, "个"), (11, "个")]


def test_a_table_that_was_not_recognised_makes_all_that_is_read_beside_its_cells_doubtful(tmp_path):
    cells = (
        "地区 户厕改造 完成 比例 太平街 320户 300户 93.75% 安和街 180户 171户 95% 永宁街 260户 248户 95.4%"
    )
    text = "新余市2023年民生实事项目完成情况\n\n一、新建口袋公园12个\n\n" + "\n\n".join(cells.split()) + "\n"
    tables = read(tmp_path, text)
    assert (sure(tables) < 0.8).all()


@pytest.mark.parametrize(
    "note", ["说明：第1项含往年结转任务150个。", "备注：1.改造补助标准为0.75万元/户", "*含续建项目6公里"]
)
def test_a_note_below_a_table_promises_nothing(tmp_path, note):
    tables = read(
        tmp_path,
        "鹿泉区2023年民生实事项目任务表\n\n序号\t实事项目\t年度目标\t责任单位\n"
        f"1\t农村户厕改造\t1200座\t区农业农村局\n2\t农村公路提升\t45公里\t区交通运输局\n\n{note}\n",
    )
    assert found(tables, "targets", "value", "unit") == [(1200, "座"), (45, "公里")]
    figure = next(f for f in ("150", "0.75", "6公里") if f in note)
    assert figure in " ".join(tables["unread"]["text"].dropna())


# ---- groups numbered by a bare numeral; a part that 其中 names


def test_a_group_numbered_by_a_bare_numeral_is_no_project(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in [
        ["彭阳县2021年财政涉农资金项目计划表（单位：万元）"],
        ["序号", "项目名称", "建设地点", "建设任务", "合计", "中央", "县级", "责任单位"],
        ["一", "产业发展项目", None, None, 2136, 1886, 250, None],
        [1, "肉牛圈棚", "古城镇", "新建圈棚320座", 960, 860, 100, "县农业农村局"],
        [2, "高标准农田", "城阳乡", "建设农田1.2万亩", 1176, 1026, 150, "县农业农村局"],
    ]:
        sheet.append(row)
    sheet.merge_cells("B3:D3")
    book.save(tmp_path / "plan.xlsx")
    tables = read_document(tmp_path / "plan.xlsx")
    assert tables["tasks"]["programme"].tolist() == ["产业发展项目"] * 2
    whole = tables["funding"][tables["funding"]["funder"] == "total"]
    assert whole["amount_wan"].tolist() == [960, 1176]
    assert tables["totals"]["value"].tolist() == [2136, 1886, 250]


def test_one_part_of_the_money_contradicts_no_total(tmp_path):
    tables = read(
        tmp_path,
        "蓝田县2022年十件惠民实事任务分解表\n\n序号\t建设内容\t总投资（万元）\t其中：县级财政（万元）\t责任单位\n"
        "1\t新建幼儿园2所\t3200\t1200\t县教育局\n2\t新建供水工程6处\t1860\t460\t县水务局\n",
    )
    checks = run_checks({name: model.empty(name) for name in model.TABLES} | dict(tables))
    told = checks[checks["kind"] == "funding_sum"]
    assert len(told) and not told["verdict"].eq("mismatch").any()
