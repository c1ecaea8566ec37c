"""Habits of tables that nobody had seen before they were met: what each must give, in words and figures of our own."""

from __future__ import annotations

import pytest
from notices import promised, read

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


def sure(tables):
    return tables["confidence"].set_index("row_id")["confidence"]


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
        "1\t老旧小区\t改造老旧小区9个,惠及居民1800户。3月底前完成摸底;6月底前完成改造4个;11月底前全部完工。\t县建设局\n"
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
