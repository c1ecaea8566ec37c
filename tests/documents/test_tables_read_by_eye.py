"""Tables of which a stranger read each cell by eye: sources of money, parts of results, names beside bare figures."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from minshi_analysis.intake.reader import read_document

TITLE = "榆林市2020年民生实事"


def html(folder, rows, above="", title=TITLE + "资金安排情况"):
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    path = folder / "table.html"
    path.write_text(
        f"<html><body><h1>{title}</h1><p>{above}</p><table>{cells}</table></body></html>", "utf-8"
    )
    return read_document(path)


def text(folder, rows, above="", title=TITLE + "资金安排情况"):
    path = folder / "table.txt"
    path.write_text(
        "\n".join([title, *filter(None, [above]), *("\t".join(map(str, row)) for row in rows)]), "utf-8"
    )
    return read_document(path)


def sheet(folder, rows, above="", title=TITLE + "资金安排情况"):
    book = Workbook()
    for row in [(title,), *([(above,)] if above else []), *rows]:
        book.active.append(row)
    book.save(folder / "table.xlsx")
    return read_document(folder / "table.xlsx")


def sums(tables):
    return [(row["column"], row["value"]) for row in tables["totals"].to_dict("records")]


def told(tables):
    return dict(zip(tables["unread"]["text"], tables["unread"]["reason"], strict=True))


# ---- who pays is in the rows


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize(
    ("head", "names"),
    [
        (("项目", "金额", "备注"), ("总投资", "其中：中央资金", "市级财政", "企业投资、群众筹资投劳等")),
        (("资金来源", "金额", "占比（%）"), ("合计", "中央预算内", "市级财政", "企业自筹")),
        (("资金类别", "投资额", "说明"), ("计划总投资", "中央专项资金", "市本级财政", "社会资本")),
        (("资金构成", "资金", "备注"), ("资金总额", "国家补助", "市级配套", "社会捐赠")),
    ],
)
def test_sources_in_rows_are_one_sum_and_its_parts_and_no_tasks(tmp_path, write, head, names):
    rows = [head, *((name, amount, "") for name, amount in zip(names, (2800, 1200, 1300, 300), strict=True))]
    tables = write(tmp_path, rows, "单位：万元")
    assert sums(tables) == [("total", 2800), ("superior", 1200), ("city", 1300), ("social", 300)]
    assert tables["tasks"].empty and tables["funding"].empty


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize("spent", ["上半年实际完成投资", "已到位资金", "累计完成投资"])
def test_parts_of_what_was_spent_are_spent(tmp_path, write, spent):
    rows = [
        ("项目", "金额（亿元）", "备注"),
        ("全年计划总投资", 277, ""),
        (spent, 156.92, ""),
        ("其中：中央专项资金", 38.15, ""),
        ("市级财政", 24.21, ""),
        ("区县投入", 80.01, ""),
        ("企业投资、受益人筹资投劳等", 14.55, ""),
    ]
    tables = write(tmp_path, rows)
    assert sums(tables) == [("total", 2770000)]
    assert tables["tasks"].empty and tables["funding"].empty
    assert {told(tables)[amount] for amount in ("156.92", "38.15", "24.21", "80.01", "14.55")} == {
        "money spent, no promise"
    }


@pytest.mark.parametrize(
    "rows",
    [
        [("项目", "金额", "备注"), ("总投资", 2800, ""), ("中央资金", 1200, ""), ("市级资金", 1500, "")],
        [
            ("资金来源", "计划投资", "到位资金"),
            ("中央资金", 1200, 1000),
            ("省级资金", 600, 500),
            ("市级资金", 1, 1),
        ],
        [("项目", "金额"), ("2019年总投资", 9), ("2020年总投资", 8), ("中央资金", 5), ("市级资金", 3)],
        [("项目", "金额"), ("总投资", "3亿元"), ("中央资金", "20000"), ("市级资金", "10000")],
    ],
)
def test_sources_that_add_up_to_no_sum_are_told(tmp_path, rows):
    tables = html(tmp_path, rows, "单位：万元")
    assert tables["totals"].empty and tables["tasks"].empty and tables["funding"].empty
    assert any("add up to no sum" in reason for reason in told(tables).values())


@pytest.mark.parametrize(
    "names",
    [("县级公路改造", "省级文化馆", "乡镇卫生院"), ("县级财政局办公楼", "企业投资服务中心", "乡镇卫生院")],
)
def test_projects_that_are_called_after_bodies_are_no_sources(tmp_path, names):
    rows = [("项目", "资金（万元）"), *zip(names, (2800, 1200, 1300), strict=True)]
    tables = html(tmp_path, rows)
    assert tables["totals"].empty
    assert list(tables["funding"]["funder"]) in ([], ["total"] * 3)


# ---- what is a part of a result


def progress(write, folder, goal, words):
    rows = [
        ("序号", "项目名称", "年度目标", "截至9月底进展情况"),
        (1, "一号项目", goal, words),
        (2, "停车设施", "新增停车位5000个", "新增4320个"),
    ]
    tables = write(folder, rows, title="大连市2021年重点民生工程前三季度进展情况")
    outcomes = tables["outcomes"].to_dict("records")
    return tables, [row for row in outcomes if not row["task_id"].endswith("2.1")]


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize(
    ("goal", "words", "whole", "part", "share"),
    [
        ("办理登记5万件", "办理婚姻登记48987件，其中跨区办理6449件，占比13.1%", 48987, 6449, "13.1%"),
        ("新增城镇就业8万人", "新增7.2万人，其中高校毕业生1.05万人，占14.6%", 72000, 10500, "14.6%"),
        ("发放贷款3亿元", "发放2.6亿元，其中小微企业1.1亿元，占总额的42.3%", 26000, 11000, "42.3%"),
        ("培训2万人次", "培训18600人次，其中农民工12400人次，占三分之二", 18600, 12400, "三分之二"),
        ("办理案件5万件", "办理48987件，其中女性24000人，占总人数的49%", 48987, 24000, "49%"),
    ],
)
def test_a_part_of_a_result_does_not_take_the_target_and_its_share_is_no_rate(
    tmp_path, write, goal, words, whole, part, share
):
    tables, rows = progress(write, tmp_path, goal, words)
    assert [(r["value"], r["target_id"] is not None and r["target_id"] == r["target_id"]) for r in rows] == [
        (whole, True),
        (part, False),
    ]
    assert all(r["rate_claimed"] != r["rate_claimed"] or r["rate_claimed"] is None for r in rows)
    assert told(tables)[share] == "a part of a sum that is printed beside it"


@pytest.mark.parametrize(
    ("goal", "words", "expected"),
    [
        ("新增停车位1万个", "新增9200个，占年度目标的92%", [(9200, 92)]),
        ("改造小区20个", "改造小区20个，其中已完工15个，占75%", [(15, 75)]),
        (
            "培训2万人次",
            "培训18600人次，完成率93%，其中农民工9800人次，占比52.7%",
            [(18600, 93), (9800, None)],
        ),
    ],
)
def test_a_rate_of_the_target_stays_one_beside_parts(tmp_path, goal, words, expected):
    _, rows = progress(html, tmp_path, goal, words)
    rates = [None if r["rate_claimed"] != r["rate_claimed"] else r["rate_claimed"] for r in rows]
    assert list(zip([r["value"] for r in rows], rates, strict=True)) == expected


@pytest.mark.parametrize(
    "words",
    [
        "新增停车位7630个（其中公共停车位1423个），路口改造5个",
        "新增停车位7630个，其中公共停车位1423个，路口改造5个",
    ],
)
def test_what_goes_on_behind_a_part_is_none(tmp_path, words):
    _, rows = progress(html, tmp_path, "新增停车位7000个、路口渠化改造5个", words)
    assert [(r["value"], r["target_id"]) for r in rows][:2] == [(7630, "table/1.1#1"), (5, "table/1.1#2")]
    assert [r["value"] for r in rows][2:] == [1423]


def test_a_part_that_was_promised_has_its_own_target(tmp_path):
    _, rows = progress(
        html, tmp_path, "改造小区20个，其中加装电梯小区5个", "改造小区18个，其中加装电梯小区4个"
    )
    assert [(r["value"], r["target_id"][-1]) for r in rows] == [(18, "1"), (4, "2")]


@pytest.mark.parametrize("share", ["占比52.7%", "占培训总人数的52.7%", "占52.7%"])
def test_the_share_of_a_part_is_no_rate_in_sentences_either(tmp_path, share):
    path = tmp_path / "prose.txt"
    path.write_text(
        "大连市2021年民生实事完成情况\n一、职业技能培训。培训技能人员18600人次，其中农民工9800人次，"
        f"{share}。\n二、停车设施。新增停车位4320个，完成率86.4%。\n",
        "utf-8",
    )
    outcomes = read_document(path)["outcomes"].dropna(subset=["rate_claimed"])
    assert list(outcomes["rate_claimed"]) == [86.4]


# ---- the name of a bare figure stands beside it


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize(
    ("name", "goal"),
    [("项目名称", "年度目标"), ("实事名称", "目标任务"), ("工程名称", "年度任务"), ("实事项目", "年度目标")],
)
def test_a_goal_that_only_says_how_many_is_called_by_the_name_beside_it(tmp_path, write, name, goal):
    rows = [
        ("序号", name, goal, "牵头单位"),
        (1, "农村公路维修改造", "500公里", "市交通局"),
        (2, "棚户区", "新开工11万套，基本建成13.2万套", "市住建局"),
        (3, "义务教育学校", "改扩建12所，新增学位3000个", "市教育局"),
        (4, "供热设施", "维修改造锅炉146台", "市城管局"),
    ]
    tables = write(tmp_path, rows, title="大连市2021年重点民生工程任务表")
    assert [(row["measure"], row["value"]) for row in tables["targets"].to_dict("records")] == [
        ("农村公路维修改造", 500),
        ("棚户区", 110000),
        ("棚户区（基本建成）", 132000),
        ("义务教育学校", 12),
        ("学位", 3000),
        ("锅炉", 146),
    ]
    assert list(tables["tasks"]["text"]) == [
        "农村公路维修改造：500公里",
        "棚户区：新开工11万套，基本建成13.2万套",
        "义务教育学校：改扩建12所，新增学位3000个",
        "维修改造锅炉146台",
    ]


def test_stages_in_the_column_of_targets_are_told_apart(tmp_path):
    rows = [
        ("序号", "项目名称", "年度目标", "牵头单位"),
        (1, "农村公路改造", "500公里", "市交通局"),
        (2, "棚户区改造", "新开工11万套，基本建成13.2万套", "市住建局"),
    ]
    tables = html(tmp_path, rows, title="大连市2021年重点民生工程任务表")
    assert list(tables["targets"]["measure"]) == ["农村公路改造", "棚户区改造", "棚户区改造（基本建成）"]


# ---- two units above a sheet, one of them that of its shares


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("单位：人、%", "人"),
        ("单位：人次，％", "人次"),
        ("计量单位：户/%", "户"),
        ("单位：人、万元和%", "人"),
    ],
)
def test_percent_above_a_sheet_is_the_unit_of_shares_and_the_other_of_the_rest(tmp_path, write, said, unit):
    rows = [
        ("序号", "项目名称", "责任单位", "年度任务", "累计完成", "完成率"),
        (1, "技能脱贫培训", "市人社局", 4000, 5038, 125.95),
        (2, "高校毕业生就业率", "市人社局", 90, 92, 102.22),
        *([(3, "完成投资", "市住建局", 26571, 26970, 101.5)] if "万元" in said else []),
    ]
    tables = write(tmp_path, rows, said, "安庆市2019年民生工程进度表（1—8月）")
    units = [None if value != value else value for value in tables["targets"]["unit"]]
    assert units == [unit, "%", None][: len(units)]  # so much money, or so many cases: that is not plain
    assert [None if v != v else v for v in tables["outcomes"]["unit"]] == units


@pytest.mark.parametrize("said", ["单位：人", "单位：人、%", "（计量单位：人）"])
@pytest.mark.parametrize("beside", ["表二：培训就业类项目", "填报时间：2019年8月"])
def test_a_unit_beside_the_name_of_a_sheet_is_that_of_its_figures(tmp_path, beside, said):
    rows = [
        (beside, None, None, None, None, said),
        ("序号", "项目名称", "责任单位", "年度任务", "累计完成", "完成率"),
        (1, "技能脱贫培训", "市人社局", 4000, 5038, 125.95),
        (2, "退役士兵培训", "市人社局", 1315, 1305, 99.24),
    ]
    tables = sheet(tmp_path, rows, title="安庆市2019年民生工程进度表（1—8月）")
    assert list(tables["targets"]["unit"]) == list(tables["outcomes"]["unit"]) == ["人", "人"]


# ---- a start is no deadline


@pytest.mark.parametrize(
    "start",
    [
        "7月1日起按新标准",
        "3月起按月",
        "2021年10月起分批",
        "自9月起",
        "6月底起陆续",
        "10月1日后",
        "7月1日以后",
    ],
)
@pytest.mark.parametrize("write", [html, text, sheet])
def test_the_day_from_which_something_is_paid_is_no_deadline(tmp_path, write, start):
    rows = [
        ("序号", "项目名称", "年度目标", "牵头单位"),
        (1, "高龄津贴", f"{start}发放高龄津贴3万人", "市民政局"),
        (2, "停车设施", "10月底前建成停车位5000个", "市城管局"),
    ]
    tables = write(tmp_path, rows, title="大连市2021年重点民生工程任务表")
    assert [None if d != d else d for d in tables["tasks"]["deadline"]] == [None, "2021-10-31"]


@pytest.mark.parametrize("start", ["7月1日起", "3月起按月发放"])
def test_a_start_in_the_column_of_deadlines_is_none_either(tmp_path, start):
    rows = [
        ("序号", "年度目标", "完成时限", "牵头单位"),
        (1, "发放高龄津贴3万人", start, "市民政局"),
        (2, "改造小区20个", "2021年11月", "市住建局"),
        (3, "建成学校3所", "截至12月20日", "市教育局"),
    ]
    tables = html(tmp_path, rows, title="大连市2021年重点民生工程任务表")
    assert [None if d != d else d for d in tables["tasks"]["deadline"]] == [None, "2021-11-30", "2021-12-20"]


@pytest.mark.parametrize("start", ["7月1日起按新标准", "3月起按月", "9月起分批"])
def test_a_start_in_a_sentence_is_no_deadline(tmp_path, start):
    path = tmp_path / "prose.txt"
    path.write_text(
        f"大连市2021年民生实事\n1.{start}发放高龄津贴3万人。\n2.10月底前新增停车位5000个。\n", "utf-8"
    )
    tables = read_document(path)
    assert [None if d != d else d for d in tables["tasks"]["deadline"]] == [None, "2021-10-31"]


# ---- works of several years


WORKS = (
    ("撤并村通公路", 2606, 1075, 2585, 99.2),
    ("行政村整治", 2000, 300, 650, 32.5),
    ("幸福院", 1000, 120, 640, 64),
)


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize(
    ("whole", "part", "done", "rate"),
    [
        ("计划总目标", "上半年完成", "累计完成", "占总计划（%）"),
        ("三年总目标", "本年完成", "累计完成", "完成率（%）"),
        ("2013-2017年目标任务", "6月完成", "开工以来累计完成", "完成比例（%）"),
    ],
)
def test_a_rate_shows_of_which_target_a_result_is(tmp_path, write, whole, part, done, rate):
    rows = [
        (
            "序号",
            "项目名称",
            "实施年限",
            f"{whole}（个）",
            f"{part}（个）",
            f"{done}（个）",
            rate,
            "牵头部门",
        ),
        *((k, n, "2013—2017年", t, p, r, s, "市交委") for k, (n, t, p, r, s) in enumerate(WORKS, start=1)),
    ]
    tables = write(tmp_path, rows, title="重庆市2015年重点民生实事上半年推进情况")
    outcomes = tables["outcomes"].to_dict("records")
    assert [(r["value"], r["rate_claimed"]) for r in outcomes] == [(r, s) for _, _, _, r, s in WORKS]
    assert list(tables["targets"]["value"]) == [t for _, t, *_ in WORKS]
    assert [r["target_id"] for r in outcomes] == list(tables["targets"]["target_id"])
    assert {r for t, r in told(tables).items() if t in ("1075", "300", "120")} == {
        f"figures of a part of the period only: {part}(个)"
    }


@pytest.mark.parametrize(
    ("targets", "rates"), [((9000, 9000, 9000), (99.2, 32.5, 64)), ((2585, 650, 640), (100, 100, 100))]
)
def test_a_target_of_several_years_that_no_rate_speaks_of_stays_unread(tmp_path, targets, rates):
    rows = [
        ("序号", "项目名称", "三年总目标（个）", "累计完成（个）", "完成率（%）", "牵头部门"),
        *(
            (k, name, asked, done, rate, "市交委")
            for k, ((name, _, _, done, _), asked, rate) in enumerate(
                zip(WORKS, targets, rates, strict=True), start=1
            )
        ),
    ]
    tables = html(tmp_path, rows, title="重庆市2015年重点民生实事上半年推进情况")
    assert tables["targets"].empty
    assert "figures of several years: 三年总目标(个)" in told(tables).values()


# ---- one cell a line, with a group merged over its rows


def lines(folder, *cells, title="宝鸡市2023年民生实事目标任务表"):
    path = folder / "lines.txt"
    path.write_text("\n".join([title, *cells]) + "\n", "utf-8")
    return read_document(path)


INDICATORS = {
    "教育": [
        ("学前三年毛入园率", "%", "62.5", "85", "预期性"),
        ("义务教育巩固率", "%", "91.8", "95", "约束性"),
    ],
    "卫生计生": [
        ("人均预期寿命", "岁", "74.6", "76", "预期性"),
        ("婴儿死亡率", "‰", "8.7", "≤7.5", "约束性"),
    ],
    "文化体育": [("人均体育场地面积", "平方米", "1.12", "1.8", "预期性")],
}


@pytest.mark.parametrize("group", ["类别", "领域", "分类"])
def test_indicators_a_cell_a_line_with_a_group_before_them(tmp_path, group):
    cells, number = [group, "序号", "指标", "单位", "2015年", "2020年", "属性"], 0
    for name, rows in INDICATORS.items():
        cells.append(name)
        for row in rows:
            number += 1
            cells += [str(number), *row]
    tables = lines(tmp_path, *cells, title="弥勒市社会事业发展“十三五”规划\n专栏1 主要指标")
    read = [
        (r["field"], r["name"], r["baseline"], r["target"]) for r in tables["indicators"].to_dict("records")
    ]
    assert read == [
        (field, name, float(before), float(after.strip("≤")))
        for field, rows in INDICATORS.items()
        for name, _, before, after, _ in rows
    ]


PLAN = (
    "类别",
    "序号",
    "项目",
    "目标",
    "责任单位",
    "教育",
    "1",
    "新建幼儿园",
    "5所",
    "市教育局",
    "2",
    "新增学位",
    "3000个",
)
REST = ("就业", "3", "城镇新增就业", "2.3万人", "市人社局", "4", "职业技能培训", "1.2万人次", "市人社局")


def test_promises_a_cell_a_line_with_a_group_before_them(tmp_path):
    tables = lines(tmp_path, *PLAN, "市教育局", *REST)
    assert list(tables["targets"]["value"]) == [5, 3000, 23000, 12000]
    assert list(tables["tasks"]["lead_agency"]) == ["市教育局", "市教育局", "市人社局", "市人社局"]


def test_a_row_that_lost_a_cell_takes_none_of_the_next_group(tmp_path):
    tables = lines(tmp_path, *PLAN, *REST)
    assert "就业" not in list(tables["tasks"]["lead_agency"])
    tables = lines(tmp_path, *PLAN[:-1], "市教育局", *REST)
    assert 3000 not in list(tables["targets"]["value"])


# ---- a cell of rates for each of several targets


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize(
    ("cell", "rates"),
    [
        ("80.8%、58.5%", [80.8, 58.5]),
        ("80.8，58.5", [80.8, 58.5]),
        ("80.8%/58.5%", [80.8, 58.5]),
        ("58.5%、80.8%", [None, None]),
    ],
)
def test_rates_of_one_cell_are_those_of_the_targets_in_their_order(tmp_path, write, cell, rates):
    rows = [
        ("序号", "项目名称", "年度目标", "进展情况", "完成率"),
        (1, "供热设施", "维修改造锅炉146台、供热管网40公里", "维修改造锅炉118台、供热管网23.4公里", cell),
        (2, "停车设施", "新增停车位5000个", "新增4320个", "86.4%"),
    ]
    tables = write(tmp_path, rows, title="大连市2021年重点民生工程前三季度进展情况")
    found = tables["outcomes"].set_index("value")["rate_claimed"]
    assert [None if rate != rate else rate for rate in (found[118], found[23.4])] == rates
    assert (cell in told(tables)) == (rates == [None, None])
