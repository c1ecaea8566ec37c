"""Habits of tables that nobody had seen before they were met: what each must give, in words and figures of our own."""

from __future__ import annotations

import re

import pytest
from notices import promised, read, sure

from minshi_analysis.intake.reader import read_document
from minshi_analysis.language.heads import read_head
from minshi_analysis.language.quantities import parse_quantities


def page(folder, title, rows, *above, **known):
    """A page with one table; a cell is its words, or words with the rows and columns it covers."""
    out = []
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row]
        out.append(
            "<tr>"
            + "".join(f'<td rowspan="{high}" colspan="{wide}">{words}</td>' for words, high, wide in cells)
            + "</tr>"
        )
    lines = "".join(f"<p>{line}</p>" for line in above)
    path = folder / "page.html"
    path.write_text(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{lines}<table>{''.join(out)}</table></body></html>",
        encoding="utf-8",
    )
    return read_document(path, **known)


def text_of(folder, text, **known):
    """The tables of a text, whatever of it is unread."""
    path = folder / "notice.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path, **known)


# ---- heads


def test_a_bare_percent_sign_heads_a_column(tmp_path):
    tables = page(
        tmp_path,
        "安吉县2023年民生实事项目进展情况(1-9月)",
        [
            [
                ("序号", 2, 1),
                ("项目名称", 2, 1),
                ("建设规模及内容", 2, 1),
                ("年度投资(万元)", 2, 1),
                ("进度", 1, 2),
                ("责任单位", 2, 1),
            ],
            ["%", "形象进度"],
            ["1", "护眼灯光", "改造教室420间", "360", "85.0", "安装收尾", "县教育局"],
            ["2", "乡村食堂", "新建老年食堂6个", "240", "50.0", "内部装修", "县民政局"],
        ],
    )
    assert promised(tables) == [("教室", 420, "间"), ("老年食堂", 6, "个")]
    assert tables["funding"]["amount_wan"].tolist() == [360, 240]
    assert tables["outcomes"]["rate_claimed"].dropna().tolist() == [85, 50]


@pytest.mark.parametrize("over", ["2024年计划投入", "经费保障", "2024年安排"])
def test_heads_that_name_three_funders_speak_of_money_whatever_stands_over_them(tmp_path, over):
    tables = page(
        tmp_path,
        "岳西县2024年民生实事安排表",
        [
            [("序号", 2, 1), ("项目名称", 2, 1), ("目标任务", 2, 1), ("2023年实际投入", 2, 1), (over, 1, 4), ("牵头单位", 2, 1)],
            ["小计", "中央", "省", "县"],
            ["1", "营养改善", "惠及学生9200人", "610", "700", "560", "70", "70", "县教育局"],
            ["2", "残疾人补贴", "发放补贴4100人", "380", "400", "", "200", "200", "县残联"],
        ],
        "单位:万元",
        region="岳西县",
    )  # fmt: skip
    lines = tables["funding"].groupby("funder")["amount_wan"].apply(lambda own: own.dropna().tolist())
    assert lines["total"] == [700, 400]
    assert lines["superior"] == [560, 70, 200]
    assert lines["county"] == [70, 200]


def test_levels_alone_are_no_money(tmp_path):
    """省级, 市级, 县级 over counts say whose projects they are."""
    text = (
        "龙游县2024年民生实事项目数\n序号\t项目名称\t建设内容\t省级\t市级\t县级\t责任单位\n"
        "1\t书房\t新建书房4家\t1\t1\t2\t县文旅局\n2\t公园\t新建公园3个\t0\t1\t2\t县建设局\n"
    )
    assert text_of(tmp_path, text, region="龙游县")["funding"].empty


@pytest.mark.parametrize(
    ("labels", "role", "funder"),
    [
        (["资金(万元)", "计划"], "funds", "total"),
        (["资金安排(万元)", "预算"], "funds", "total"),
        (["资金(万元)", "已到位"], "spent", None),
        (["2024年投入"], "funds", "total"),
        (["2023年实际投入"], "spent", None),
        (["投入使用时间"], "deadline", None),
        (["目标任务及进度要求"], "task", None),
        (["工作目标及进度计划"], "task", None),
        (["建设内容和推进计划"], "task", None),
        (["任务及完成情况"], "result", None),
    ],
)
def test_heads_that_say_two_things_or_only_half(labels, role, funder):
    found = read_head(labels, year=2024)
    assert (found[0].role if found else None) == role or (role == "schedule" and not found)
    if funder:
        assert found[0].funder == funder


# ---- rows of regions


def test_a_row_of_bodies_under_the_names_of_tasks_names_no_task(tmp_path):
    """地区 covers the row of bodies too: two tasks of one body stay two."""
    tables = page(
        tmp_path,
        "眉县2022年民生工程完成情况表",
        [
            [("乡镇", 4, 1), ("就业促进工程", 1, 6)],
            [("城镇新增就业(人)", 1, 3), ("技能培训(人)", 1, 3)],
            [("县人力资源和社会保障局", 1, 6)],
            ["目标任务", "进度", "完成比例(%)"] * 2,
            ["全县", "900", "990", "110", "400", "380", "95"],
            ["首善镇", "600", "640", "106.7", "250", "230", "92"],
            ["常兴镇", "300", "350", "116.7", "150", "150", "100"],
        ],
        region="眉县",
    )
    assert promised(tables) == [("城镇新增就业", 900, "人"), ("技能培训", 400, "人")]
    assert set(tables["tasks"]["lead_agency"]) == {"县人力资源和社会保障局"}
    whole = tables["outcomes"][tables["outcomes"]["region"].isna()]
    assert whole[["value", "rate_claimed"]].to_numpy().tolist() == [[990, 110], [380, 95]]
    assert tables["allocations"]["value"].tolist() == [600, 300, 250, 150]


def test_two_lines_of_results_of_one_task_lose_none(tmp_path):
    """A second line of results of the same region is no correction of the first: it is told as unread."""
    text = (
        "文成县2023年民生实事进展\n乡镇\t农村公路(公里)\t农村公路(公里)\t农村公路(公里)\n乡镇\t目标\t完成\t累计完成\n"
        "大峃镇\t20\t9\t18\n珊溪镇\t12\t5\t11\n玉壶镇\t10\t4\t9\n"
    )
    tables = text_of(tmp_path, text, region="文成县", year=2023)
    told = "".join(tables["unread"]["text"].fillna("")) + "".join(map(str, tables["outcomes"]["value"]))
    assert all(figure in told for figure in ("18", "11", "9"))


# ---- units and measures


def test_the_unit_in_the_name_of_a_part_is_that_of_its_target(tmp_path):
    """项目 over three columns: group, task and what is counted with its unit (免费教科书(万册))."""
    tables = page(
        tmp_path,
        "旺苍县2018年民生工程目标任务分解表",
        [
            [("项目", 1, 3), "目标", "分解情况", "责任单位"],
            [("教育助学", 2, 1), ("资助学生", 2, 1), "免费教科书(万册)", "8.5", "东河镇5 嘉川镇3.5", ("县教育局", 2, 1)],
            ["保教费减免(人)", "700", "东河镇420、嘉川镇280"],
        ],
        region="旺苍县",
    )  # fmt: skip
    assert promised(tables) == [("免费教科书", 85_000, "册"), ("保教费减免", 700, "人")]


@pytest.mark.parametrize(
    "said", ["公办学校就读比例:泰顺>85%", "公办学校就读比例:石门县85%", "公办学校就读比例:青羊镇85%"]
)
def test_a_place_behind_a_colon_is_not_what_is_counted(said):
    (found,) = parse_quantities(said, kind="plan")
    assert found.measure == "公办学校就读比例"


def test_a_rate_behind_the_result_is_its_rate(tmp_path):
    text = (
        "庆元县2023年民生实事进展情况\n序号\t项目内容\t牵头单位\t落实情况\n"
        "1\t为6200名学生开展脊柱筛查\t县教育局\t截至6月底,已筛查6318人,达到101.9%\n"
        "2\t开展职业培训1500人次\t县人社局\t已培训1230人次(82%)\n"
    )
    outcomes = read(tmp_path, text, region="庆元县")["outcomes"]
    assert outcomes[["value", "rate_claimed"]].to_numpy().tolist() == [[6318, 101.9], [1230, 82]]


# ---- what is no promise


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("新建公办幼儿园2所,可容纳24个班", [2]),
        ("新建小学1所,预计可提供学位900个", [1]),
        ("改造泵站3座,现有泵站11座", [3]),
        ("改造菜市场4000平方米,总投资约350万元", [4000]),
        ("为3200名60岁以上的老人体检", [3200]),
        ("新建小学2所,新增学位1620个", [2, 1620]),
        ("发放救助资金500万元以上", [500]),
    ],
)
def test_a_size_a_cost_or_what_there_is_is_no_target_in_a_table_either(tmp_path, said, kept):
    text = f"遂昌县2024年民生实事\n序号\t项目内容\t责任单位\n1\t{said}\t县住建局\n2\t新建公园3个\t县建设局\n"
    tables = text_of(tmp_path, text, region="遂昌县")
    assert tables["targets"]["value"].tolist() == [*kept, 3]


# ---- steps in the words of the task


@pytest.mark.parametrize("head", ["目标任务及进度要求", "目标任务", "建设内容"])
def test_dated_steps_behind_a_promise_are_milestones(tmp_path, head):
    text = (
        f"景宁县2024年民生实事\n序号\t实事名称\t{head}\t牵头单位\n"
        "1\t老旧小区\t改造老旧小区9个,惠及居民1800户,其中:3月底前完成摸底;6月底前完成改造4个;11月底前全部完工。\t县建设局\n"
        "2\t公厕提升\t新建公厕7座、改造公厕20座。上半年新建3座、改造8座;年底前全部完成。\t县综合执法局\n"
        "3\t教育扩容\t新建小学2所。2024年9月1日前投入使用。\t县教育局\n"
    )
    tables = read(tmp_path, text, region="景宁县")
    assert tables["targets"]["value"].tolist() == [9, 1800, 7, 20, 2]
    steps = tables["milestones"].dropna(subset=["value"])
    assert steps[["due", "value"]].astype(str).to_numpy().tolist() == [
        ["2024-06-30", "4.0"],
        ["2024-06-30", "3.0"],
        ["2024-06-30", "8.0"],
    ]
    assert tables["tasks"]["deadline"].tolist() == ["2024-11-30", "2024-12-31", "2024-09-01"]


@pytest.mark.parametrize(
    "said",
    [
        "完成校舍修缮2所。8月底前新增学位900个;12月底前改造食堂5间",
        "3月底前改造公厕5座;6月底前改造小区3个;12月底前新建公园2个",
        "完成前期工作。6月底前建成公厕5座;12月底前建成公园2个",
    ],
)
def test_dated_promises_of_several_things_are_promises(tmp_path, said):
    text = f"缙云县2024年民生实事\n序号\t实事名称\t目标任务\t牵头单位\n1\t提升\t{said}\t县建设局\n2\t公园\t新建公园7个\t县建设局\n"
    values = text_of(tmp_path, text, region="缙云县")["targets"]["value"].tolist()
    assert values == [float(n) for n in re.findall(r"(\d+)[所个间座]", said)] + [7]


def test_one_column_of_a_quarter_dates_what_stands_in_it(tmp_path):
    text = (
        "三门县2024年民生实事一季度进展\n序号\t工作任务\t责任单位\t一季度目标\t进展情况\n"
        "1\t新增托位300个\t县卫健局\t新增60个\t已新增托位72个\n2\t改造管网12公里\t县建设局\t完成2公里\t完成2.5公里\n"
    )
    steps = read(tmp_path, text, region="三门县")["milestones"]
    assert steps[["due", "value"]].astype(str).to_numpy().tolist() == [
        ["2024-03-31", "60.0"],
        ["2024-03-31", "2.0"],
    ]


# ---- tables without heads


def test_rows_that_say_their_item_need_no_heads(tmp_path):
    tables = page(
        tmp_path,
        "上犹县2024年民生实事项目清单",
        [
            ["实事一:教育提质", "新建幼儿园2所,新增学位540个", "责任单位:县教体局"],
            ["实事二:就业创业", "城镇新增就业1800人", "责任单位:县人社局"],
            ["实事三:安居工程", "改造老旧小区4个、510户", "责任单位:县住建局"],
        ],
        region="上犹县",
    )
    assert [(value, unit) for _, value, unit in promised(tables)] == [
        (2, "所"),
        (540, "个"),
        (1800, "人"),
        (4, "个"),
        (510, "户"),
    ]
    assert tables["tasks"]["lead_agency"].tolist() == ["县教体局", "县人社局", "县住建局"]
    assert tables["tasks"]["item_no"].tolist() == ["1", "2", "3"]


def test_rows_that_only_look_like_a_list_are_doubted(tmp_path):
    tables = page(
        tmp_path,
        "上犹县2024年民生实事项目清单",
        [
            ["1", "新建幼儿园2所,新增学位540个", "县教体局"],
            ["2", "城镇新增就业1800人以上", "县人社局"],
            ["3", "改造老旧小区4个、510户", "县住建局"],
        ],
        region="上犹县",
    )
    assert tables["targets"]["value"].tolist() == [2, 540, 1800, 4, 510]
    assert (sure(tables) < 0.8).all()


def test_figures_without_heads_stay_unread(tmp_path):
    tables = page(
        tmp_path,
        "上犹县2024年民生实事项目清单",
        [["1", "书房", "12", "15"], ["2", "公园", "4", "6"], ["3", "学校", "2", "2"]],
        region="上犹县",
    )
    assert tables["targets"].empty
    assert "12" in "".join(tables["unread"]["text"].fillna(""))


def test_cards_are_read_in_their_order(tmp_path):
    """A cell for each item, its name over its words: no columns of anything."""
    tables = page(
        tmp_path,
        "公安县2024年十件民生实事",
        [
            ["实事一:优化教育", "实事二:方便就医"],
            ["新建幼儿园2所,新增学位860个。(责任单位:县教育局)", "改造村卫生室35个。(责任单位:县卫健局)"],
            ["实事三:改善居住", "实事四:方便出行"],
            ["改造老旧小区16个。(责任单位:县住建局)", "改造农村公路90公里。(责任单位:县交通局)"],
        ],
        region="公安县",
    )
    assert tables["targets"]["value"].tolist() == [2, 860, 35, 16, 90]


# ---- what is to come, what was finished, and parts of the year


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("全年预计完成", "aside"),
        ("拟完成", "aside"),
        ("计划完成", "target"),
        ("计划完成情况", "result"),
        ("预计完成时间", "deadline"),
        ("已竣工", "result"),
        ("完工数", "result"),
        ("竣工率", "rate"),
        ("竣工时间", "deadline"),
        ("补助标准", "aside"),
    ],
)
def test_what_is_still_to_come_is_no_result(label, role):
    assert read_head([label])[0].role == role


def test_quarters_with_plan_and_result_each(tmp_path):
    tables = page(
        tmp_path,
        "弥渡县2024年惠民实事推进情况",
        [
            [
                *((label, 2, 1) for label in ("序号", "实事名称", "目标任务")),
                *((label, 1, 2) for label in ("一季度", "上半年", "前三季度")),
                ("完成率", 2, 1),
            ],
            ["计划", "实际"] * 3,
            ["1", "农村危房改造", "160户", "20户", "24户", "80户", "77户", "130户", "144户", "90%"],
            ["2", "新建村级卫生室", "20个", "2个", "2个", "9个", "8个", "16个", "15个", "75%"],
        ],
        region="弥渡县",
    )
    assert tables["targets"]["value"].tolist() == [160, 20]
    assert tables["outcomes"][["value", "rate_claimed"]].to_numpy().tolist() == [[144, 90], [15, 75]]
    steps = tables["milestones"][["due", "value"]].astype(str).to_numpy().tolist()
    assert ["2024-06-30", "80.0"] in steps
    assert ["2024-03-31", "2.0"] in steps
    told = "".join(tables["unread"]["text"].fillna(""))
    assert all(words in told for words in ("24户", "77户", "8个"))


# ---- regions as columns, with what was asked and what was done


def test_the_result_of_each_region_beside_its_share(tmp_path):
    tables = page(
        tmp_path,
        "汉中市2024年民生实事任务完成情况表",
        [
            [("序号", 2, 1), ("项目名称", 2, 1), ("单位", 2, 1), ("全市", 1, 3), ("汉台区", 1, 2), ("洋县", 1, 2), ("责任单位", 2, 1)],
            ["任务", "完成", "完成率", "任务", "完成", "任务", "完成"],
            ["1", "城镇新增就业", "人", "5000", "5150", "103%", "3000", "3130", "2000", "2020", "市人社局"],
            ["2", "普惠托位", "个", "700", "560", "80%", "400", "330", "300", "230", "市卫健委"],
        ],
        region="汉中市",
    )  # fmt: skip
    assert tables["targets"]["value"].tolist() == [5000, 700]
    assert tables["allocations"]["value"].tolist() == [3000, 2000, 400, 300]
    rows = tables["outcomes"]
    assert [(r.region if isinstance(r.region, str) else None, r.value) for r in rows.itertuples()] == [
        (None, 5150),
        ("汉台区", 3130),
        ("洋县", 2020),
        (None, 560),
        ("汉台区", 330),
        ("洋县", 230),
    ]
    assert rows["rate_claimed"].dropna().tolist() == [103, 80]
    assert rows["target_id"].nunique() == 2


# ---- groups with sums, forms, and money in words


@pytest.mark.parametrize("wide", [3, 1], ids=["over the words", "where the numbers stand"])
def test_a_group_with_its_sums_is_no_task(tmp_path, wide):
    def group(name):
        return [(name, 1, 3)] if wide == 3 else [name, "", ""]

    tables = page(
        tmp_path,
        "武义县2024年民生实事投资计划",
        [
            ["序号", "项目名称", "建设内容", "2024年投资计划", "县财政", "镇(街道)", "责任单位"],
            [*group("一、教育类"), "5200", "4400", "800", ""],
            ["1", "幼儿园迁建", "新建幼儿园1所,设15个班", "2200", "1900", "300", "县教育局"],
            ["2", "中学扩建", "新增学位600个", "3000", "2500", "500", "县教育局"],
            [*group("二、交通类"), "900", "600", "300", ""],
            ["3", "农村公路", "大中修农村公路38公里", "900", "600", "300", "县交通局"],
        ],
        "单位:万元",
        region="武义县",
    )
    assert tables["targets"]["value"].tolist() == [1, 600, 38]
    assert tables["tasks"]["programme"].str.contains("教育|交通").all()
    lines = tables["funding"].groupby("funder")["amount_wan"].apply(list)
    assert lines["total"] == [2200, 3000, 900]
    assert lines["county"] == [1900, 2500, 600]


def test_a_group_of_projects_with_its_sums_is_no_project(tmp_path):
    tables = page(
        tmp_path,
        "连平县国民经济和社会发展第十四个五年规划重大建设项目表",
        [
            [
                *((label, 2, 1) for label in ("序号", "项目名称", "建设性质", "建设规模及主要内容", "建设起止年限", "总投资")),
                ("“十四五”计划投资", 1, 3),
            ],
            ["合计", "财政资金", "社会资本"],
            [("一、教育(2个)", 1, 5), "90000", "60000", "45000", "15000"],
            ["1", "高级中学扩建", "扩建", "新增学位900个", "2021-2023", "40000", "30000", "30000", "0"],
            ["2", "职业学校", "新建", "占地120亩", "2022-2026", "50000", "30000", "15000", "15000"],
            [("合计", 1, 5), "90000", "60000", "45000", "15000"],
        ],
        "单位:万元",
        region="连平县",
    )  # fmt: skip
    projects = tables["investments"]
    assert projects["name"].tolist() == ["高级中学扩建", "职业学校"]
    assert projects["field"].tolist() == ["教育", "教育"]
    assert projects[["total_yi", "plan_period_yi"]].to_numpy().tolist() == [[4, 3], [5, 3]]


def test_a_form_for_each_project(tmp_path):
    """Labels beside their values, a small table for each project: the first row is no head of columns."""
    labels = ("项目名称", "建设内容", "投资估算", "责任单位", "完成时限")
    parks = ("城市公园项目", "改造公园2个,新建口袋公园5个", "1500万元", "市城管局", "2024年10月底")
    water = ("饮水保障项目", "改造管网76公里", "3200万元", "市水利局", "2024年12月底")
    forms = "".join(
        f"<p>{title}</p><table>"
        + "".join(
            f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in zip(labels, row, strict=True)
        )
        + "</table>"
        for title, row in (("一、公园提质", parks), ("二、饮水保障", water))
    )
    path = tmp_path / "page.html"
    title = "耒阳市2024年重点民生实事项目责任清单"
    path.write_text(f"<html><body><h1>{title}</h1>{forms}</body></html>", encoding="utf-8")
    tables = read_document(path, region="耒阳市", kind="plan")
    assert tables["targets"]["value"].tolist() == [2, 5, 76]
    assert tables["funding"]["amount_wan"].tolist() == [1500, 3200]
    assert tables["tasks"]["lead_agency"].tolist() == ["市城管局", "市水利局"]
    assert tables["tasks"]["deadline"].tolist() == ["2024-10-31", "2024-12-31"]


def test_who_pays_in_words_beside_the_sums(tmp_path):
    text = (
        "南丰县2024年民生实事计划表\n序号\t项目名称\t建设内容\t总投资(万元)\t本年计划投资(万元)\t资金来源\t责任单位\n"
        "1\t学校扩容\t新增学位900个\t4200\t2600\t专项债1500万元,县级财政1100万元\t县教育局\n"
        "2\t公路提升\t改造农村公路88公里\t1900\t1900\t省级补助1000万元,县级配套900万元\t县交通局\n"
    )
    lines = text_of(tmp_path, text, region="南丰县")["funding"].groupby("funder")["amount_wan"].apply(list)
    assert lines["total"] == [2600, 1900]
    assert lines["county"] == [1100, 900]
    assert lines["bond"] == [1500]
    assert lines["superior"] == [1000]


def test_one_cell_without_an_amount_spoils_no_other(tmp_path):
    text = (
        "涡阳县2017年民生工程一览表\n序号\t项目名称\t实施内容\t补助标准\t资金筹措\t责任单位\n"
        "1\t危房改造\t改造危房1200户\t每户补助2万元\t中央补助900万元,县配套1500万元\t县住建局\n"
        "2\t低保\t保障低保对象5.2万人\t年人均3200元\t中央和省财政承担80%,县财政承担20%\t县民政局\n"
    )
    tables = text_of(tmp_path, text, region="涡阳县")
    assert tables["funding"]["amount_wan"].tolist() == [900, 1500]
    assert "80%" in "".join(tables["unread"]["text"].fillna(""))
    assert "3200元" in "".join(tables["tasks"]["补助标准"])  # a standard, kept under its head


def test_what_is_beyond_the_target_and_what_there_is_are_no_results(tmp_path):
    text = (
        "景宁县2024年民生实事进展\n序号\t项目\t牵头单位\t完成情况\n"
        "1\t新增持证护理员85人\t县民政局\t新增持证护理员91人,超额完成6人\n"
        "2\t新增托位160个\t县卫健局\t新增托位102个,现有托位1300个\n"
    )
    outcomes = text_of(tmp_path, text, region="景宁县")["outcomes"]
    assert outcomes["value"].tolist() == [91, 102]


def test_the_body_of_our_own_level_leads(tmp_path):
    text = (
        "石柱县2024年民生实事进展\n序号\t实事名称\t年度目标\t进展情况\t市级主管部门\t县级责任单位\n"
        "1\t普惠托育\t新增托位200个\t新增托位145个\t市卫生健康委\t县卫生健康委\n"
        "2\t妇女培训\t培训妇女900人次\t培训妇女620人次\t市妇联\t县妇联\n"
    )
    assert text_of(tmp_path, text, region="石柱县")["tasks"]["lead_agency"].tolist() == [
        "县卫生健康委",
        "县妇联",
    ]
