"""Tables whose lines or blank cells were lost: what each must give, and what is doubted or told; all figures are made up."""

from __future__ import annotations

import docx
import pytest
from notices import sure
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

TOWNS = ["新渥街道", "尖山镇", "仁川镇"]
SPLIT = ["序号", "项目名称", "单位", "全县任务", *TOWNS, "责任单位"]


def shares(tables):
    rows = tables["allocations"]
    return list(zip(rows["region"], rows["value"], strict=True))


def each_sure(tables, rows="tasks", key="task_id"):
    """How sure the reader is of each row of a table."""
    return list(sure(tables)[tables[rows][key]])


def lines(*cells, title="磐安县2023年民生实事任务分解表"):
    return "\n".join([title, *cells, ""])


# ---- one cell a line


def test_names_of_towns_head_columns(read):
    rows = ["1", "农村户厕改造", "座", "320", "100", "120", "100", "县农业农村局"]
    rows += ["2", "通组公路硬化", "公里", "12.5", "4", "5.5", "3", "县交通运输局"]
    tables = read(lines(*SPLIT, *rows))
    assert tables["targets"]["value"].tolist() == [320, 12.5]
    assert shares(tables)[3:] == list(zip(TOWNS, [4, 5.5, 3], strict=True))
    assert min(each_sure(tables)) >= 0.9


@pytest.mark.parametrize("own", [("2", "1", "1"), ("1", "2", "1"), ("1", "1", "2")])
def test_a_figure_that_is_the_next_number_begins_no_row(read, own):
    whole = str(sum(map(int, own)))
    rows = [
        "1",
        "社区食堂",
        "个",
        whole,
        *own,
        "县民政局",
        "2",
        "托育机构",
        "家",
        "3",
        "1",
        "1",
        "1",
        "县卫健局",
    ]
    tables = read(lines(*SPLIT, *rows, "3", "足球场", "片", "3", "1", "1", "1", "县文旅局"))
    assert tables["tasks"]["text"].tolist() == ["社区食堂", "托育机构", "足球场"]
    assert shares(tables)[:3] == [(town, float(v)) for town, v in zip(TOWNS, own, strict=True)]


def test_where_a_row_ends_that_lacks_a_cell(read):
    """One town's cell is not printed: neither a figure nor a body stands behind a row's number."""
    rows = ["1", "社区食堂", "个", "4", "2", "2", "县民政局"]
    rows += ["2", "托育机构", "家", "3", "1", "1", "1", "县卫健局"]
    tables = read(lines(*SPLIT, *rows))
    assert tables["tasks"]["text"].tolist() == ["社区食堂", "托育机构"]
    first, second = each_sure(tables)
    assert first < 0.8 <= second


@pytest.mark.parametrize(
    "heads",
    [
        ["序号", "项目名称", "建设内容", "资金来源（万元）", "合计", "省级", "县级", "自筹"],
        ["序号", "项目名称", "建设内容", "资金安排（万元）", "责任单位", "小计", "省级", "县级", "自筹"],
    ],
    ids=["last", "before who answers"],
)
def test_the_lower_row_of_heads_stands_under_the_one_head_of_money(read, heads):
    behind = ["县民政局"] if "责任单位" in heads else []
    rows = ["1", "社区食堂", "新建社区食堂4家", "120", "60", "40", "20", *behind]
    rows += ["2", "托育机构", "新增托位90个", "300", "100", "150", "50", *behind]
    rows += ["3", "足球场", "建设足球场3片", "90", "30", "40", "20", *behind]
    tables = read(lines(*heads, *rows))
    money = tables["funding"].pivot(index="funding_id", columns="funder", values="amount_wan")
    assert money["total"].tolist() == [120, 300, 90]
    assert money["superior"].tolist() == [60, 100, 30]
    assert money["county"].tolist() == [40, 150, 40]


MISSING = {
    "funds": (
        ["序号", "项目名称", "建设内容", "总投资（万元）", "省级", "县级", "自筹", "责任单位"],
        ["1", "社区食堂", "新建社区食堂4家", "120", "60", "60", "县民政局"],
        ("funding", "funding_id"),
    ),
    "funds all there": (
        ["序号", "项目名称", "建设内容", "总投资（万元）", "省级", "责任领导", "责任单位"],
        ["1", "社区食堂", "新建社区食堂4家", "120", "60", "县民政局"],
        ("funding", "funding_id"),
    ),
    "towns as rows": (
        ["序号", "乡镇", "任务数（户）", "完成数（户）", "完成率"],
        ["1", "尖山镇", "40", "75%", "2", "仁川镇", "30", "15", "50%", "3", "新渥街道", "20", "20", "100%"],
        ("tasks", "task_id"),
    ),
}


@pytest.mark.parametrize("case", MISSING.values(), ids=MISSING)
def test_what_stands_beside_a_blank_put_by_guess_is_not_sure(read, case):
    heads, cells, (table, key) = case
    tables = read(lines(*heads, *cells, title="磐安县2023年农村户厕改造进度统计表"), kind="progress")
    assert not tables[table].empty
    assert max(each_sure(tables, table, key)) < 0.8


def test_a_project_beside_a_blank_put_by_guess_is_not_sure(read):
    heads = ["序号", "项目名称", "建设性质", "建设年限", "总投资（亿元）", "“十四五”投资（亿元）", "责任单位"]
    cells = ["1", "县人民医院迁建", "新建", "2021-2024", "6.3", "县卫生健康局"]
    cells += ["2", "县一中扩建", "扩建", "2022-2024", "2.5", "1.5", "县教育局"]
    text = "磐安县“十四五”公共服务规划\n重点项目表\n" + "\n".join([*heads, *cells]) + "\n"
    first, second = each_sure(
        read(text, year=2021, year_end=2025, kind="five_year_plan"), "investments", "investment_id"
    )
    assert first < 0.8 <= second


@pytest.mark.parametrize("numbered", [True, False])
def test_words_below_heads_of_which_no_table_was_made_are_doubted(read, numbered):
    """群众评议 is no head that is known: what is read of the lines behind is read as prose, and no deadline of it is sure."""
    heads = ["序号", "项目名称", "年度目标", "完成情况", "存在问题", "群众评议得分"]
    cells = ["1", "改造农村公路", "20公里", "已完工12公里", "计划8月底前完成剩余8公里", "九十"]
    tables = read(lines(*heads[not numbered :], *cells[not numbered :]), kind="progress")
    assert tables["tasks"].empty or max(each_sure(tables)) < 0.8


def test_money_below_heads_of_which_no_table_was_made_is_doubted(read):
    heads = ["序号", "项目名称", "建设内容", "资金来源", "群众评议得分"]
    cells = ["1", "社区食堂", "新建社区食堂4家", "总投资120万元，其中省级资金60万元，县级资金60万元", "九十"]
    tables = read(lines(*heads, *cells), kind="plan")
    assert tables["funding"].empty or max(each_sure(tables, "funding", "funding_id")) < 0.8


def test_heads_that_are_printed_again_are_no_body(read):
    heads = ["序号", "项目名称", "目标任务", "责任单位"]
    first, second = ["1", "社区食堂", "4家", "县民政局"], ["2", "足球场", "3片", "县文旅局"]
    tables = read(lines(*heads, *first, *heads, *second, "3", "托育机构", "5家", "县卫健局"))
    assert tables["tasks"]["lead_agency"].tolist() == ["县民政局", "县文旅局", "县卫健局"]
    assert min(each_sure(tables)) >= 0.9


@pytest.mark.parametrize("mark", ["②", "2.", "（2）", "2、"])
def test_a_last_cell_that_goes_on_is_not_cut(read, mark):
    heads = ["序号", "项目名称", "建设内容", "责任单位"]
    cells = [
        "1",
        "社区食堂",
        "新建社区食堂4家",
        "县民政局",
        "2",
        "老旧小区",
        "改造老旧小区9个",
        f"{mark}更新供水管网26公里",
    ]
    tables = read(lines(*heads, *cells), kind="plan")
    assert each_sure(tables)[-1] < 0.8


# ---- aligned by blanks

HEADS = f"{'序号':<6}{'项目':<12}{'单位':<6}{'目标':<8}{'本月完成':<8}{'累计完成':<8}{'责任单位'}"


@pytest.mark.parametrize("blank", ["month", "last", "none"])
def test_cells_stand_under_the_heads_that_they_begin_below(read, blank):
    def row(*cells):
        wide = (8, 16, 8, 10, 12, 12, 0)
        return "".join(
            c + " " * (w - sum(2 if ord(s) > 255 else 1 for s in c)) for c, w in zip(cells, wide, strict=True)
        )

    month, lead = ("" if blank == "month" else "5"), ("" if blank == "last" else "县民政局")
    text = "磐安县2023年6月民生实事进度表\n" + row(
        "序号", "项目", "单位", "目标", "本月完成", "累计完成", "责任单位"
    )
    text += "\n" + row("1", "改造公厕", "座", "30", month, "12", lead) + "\n"
    text += row("2", "新增托位", "个", "90", "8", "60", "县卫健局") + "\n"
    tables = read(text, kind="progress")
    assert tables["outcomes"]["value"].tolist() == [12, 60]
    assert tables["tasks"]["lead_agency"].fillna("").tolist() == [lead, "县卫健局"]
    assert min(each_sure(tables)) >= (
        0.7 if blank == "last" else 0.9
    )  # the body of the row below may answer for it too


# ---- a row of one cell that is a promise

ROWS = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    ["1", "新建中小学校1所", "县教育局", "11月底前"],
    ["", "新增学位810个", "", ""],
    ["2", "新增托位660个", "县卫健局", "10月底前"],
    ["", "其中普惠托位400个", "", ""],
]


def _pipes(path, rows):
    """As a page gives it whose first cells go on over two rows: what is left stands first."""
    said = [row if row[0] else [row[1], "", "", ""] for row in rows]
    path.write_text("\n".join(" | ".join(row) for row in said) + "\n", "utf-8")


FORMS = ("docx", "xlsx", "html", "txt")


def written(form, path, rows):
    if form == "txt":
        _pipes(path, rows)
    else:
        writers.FORMS[form](Notice((), (sheet("", 1, rows),)), path)


@pytest.mark.parametrize("form", FORMS)
def test_a_promise_alone_in_its_row_is_no_heading(tmp_path, form):
    path = tmp_path / f"page.{form}"
    written(form, path, ROWS)
    tables = read_document(path, region="330727", year=2023, kind="plan")
    assert tables["targets"]["value"].tolist() == [1, 810, 660, 400]
    assert tables["tasks"]["programme"].isna().all()


@pytest.mark.parametrize(
    "heading", ["一、教育类", "新建类（2项）", "办好10件实事", "提升类项目", "实施健康惠民工程"]
)
@pytest.mark.parametrize("form", FORMS)
def test_a_heading_alone_in_its_row_is_none_of_its_promises(tmp_path, form, heading):
    path = tmp_path / f"page.{form}"
    written(form, path, [ROWS[0], [heading, "", "", ""], ROWS[1], ROWS[3]])
    tables = read_document(path, region="330727", year=2023, kind="plan")
    assert tables["targets"]["value"].tolist() == [1, 660]


# ---- the next page, units, who pays


@pytest.mark.parametrize("mark", ["（续）", "续表", "续表1", "接上表", "（接上页）"])
def test_a_table_goes_on_behind_a_line_that_says_so(tmp_path, mark):
    document = docx.Document()
    document.add_paragraph("磐安县2023年民生实事任务表")
    for k, rows in enumerate((ROWS[:2], [["2", "新增托位660个", "县卫健局", "10月底前"]])):
        if k:
            document.add_paragraph(mark)
        table = document.add_table(len(rows), 4)
        for i, row in enumerate(rows):
            for j, words in enumerate(row):
                table.cell(i, j).text = words
    document.save(str(tmp_path / "page.docx"))
    tables = read_document(tmp_path / "page.docx", region="330727", year=2023, kind="plan")
    assert tables["targets"]["value"].tolist() == [1, 660]


@pytest.mark.parametrize(
    ("said", "unit"),
    [("个、万元", "个"), ("万元、个", "个"), ("户和万元", "户"), ("万元", ""), ("个、户", "")],
)
def test_of_the_units_above_a_table_the_one_that_counts(read, said, unit):
    text = f"2023年养老服务站建设任务及资金安排表\n单位：{said}\n序号\t乡镇\t建设任务\t补助资金\n"
    text += "1\t尖山镇\t3\t36\n2\t仁川镇\t5\t60\n\t合计\t8\t96\n"
    tables = read(text, kind="plan")
    assert tables["allocations"]["value"].tolist() == [3, 5]
    assert tables["allocations"]["unit"].fillna("").tolist() == [unit, unit]


# ---- one cell a line, and a line for a blank cell

BLANKED = [
    ["序号", "项目名称", "单位", "目标任务", "完成数", "上年完成", "责任单位", "备注"],
    ["1", "改造公厕", "座", "30", "12", "", "县城管局", ""],
    ["2", "新增托位", "个", "90", "60", "45", "县卫健局", "续建"],
    ["3", "社区食堂", "家", "8", "", "5", "县民政局", ""],
]


@pytest.mark.parametrize("sign", [" ", "\u3000", ""], ids=["blank", "wide", "none"])
@pytest.mark.parametrize("apart", ["\n", "\n\n"], ids=["close", "apart"])
def test_a_blank_line_among_the_cells_is_a_blank_cell(read, apart, sign):
    cells = [cell or sign for row in BLANKED for cell in row]
    tables = read(apart.join(["磐安县2023年民生实事进度表", *cells]) + "\n", kind="progress")
    assert tables["targets"]["value"].tolist() == [30, 90, 8]
    assert tables["outcomes"]["value"].tolist() == [12, 60]
    assert tables["tasks"]["lead_agency"].tolist() == ["县城管局", "县卫健局", "县民政局"]
    assert min(each_sure(tables)) >= 0.9


@pytest.mark.parametrize("lost", [5, 6, 7])
def test_a_blank_line_between_rows_is_no_cell_of_one_that_lost_one(read, lost):
    """Each row has a blank line behind it, blank cells have none: 3 has lost its result, and is not sure."""
    rows = [
        ["1", "改造公厕", "座", "30", "12", "11", "县城管局", "续建"],
        ["2", "新增托位", "个", "90", "60", "45", "县卫健局", "续建"],
    ]
    rows.append(["3", "社区食堂", "家", "8", "6", "5", "县民政局", "续建"])
    rows[2] = [cell for j, cell in enumerate(rows[2], 1) if j != lost]
    text = "\n".join(
        ["磐安县2023年民生实事进度表", *BLANKED[0], *("\n".join([*row, ""]) for row in rows), ""]
    )
    tables = read(text, kind="progress")
    assert tables["tasks"].empty or each_sure(tables)[-1] < 0.8


def test_a_row_with_a_cell_of_two_lines_ends_no_table(read):
    rows = [
        *BLANKED[:3],
        ["3", "社区食堂", "家", "8", "4", "5", "县民政局", "县商务局", ""],
        ["4", "足球场", "片", "6", "2", "1", "县文旅局", ""],
    ]
    tables = read(
        "\n".join(["磐安县2023年民生实事进度表", *(cell or " " for row in rows for cell in row), ""]),
        kind="progress",
    )
    told = set(tables["unread"]["text"]) | set(map(str, tables["targets"]["value"].astype(int)))
    assert {"8", "6"} <= told or tables["tasks"].empty


def test_indicators_with_a_line_for_a_blank_cell_and_a_field_over_several(read):
    cells = ["类别", "序号", "名称", "单位", "2020年", "2025年", "备注"]
    cells += [
        "教育",
        "1",
        "学前三年毛入园率",
        "%",
        "97.2",
        "98.5",
        " ",
        "2",
        "高中阶段毛入学率",
        "%",
        " ",
        "99",
        "预期",
    ]
    cells += ["养老", "3", "护理型床位占比", "%", "48", "60", " ", "4", "老年食堂", "个", "12", "30", " "]
    text = "\n\n".join(["磐安县“十四五”公共服务规划（2021—2025年）", "主要指标", *cells]) + "\n"
    rows = read(text, year=2021, year_end=2025, kind="five_year_plan")["indicators"]
    assert rows["field"].tolist() == ["教育", "教育", "养老", "养老"]
    assert rows["baseline"].fillna(0).tolist() == [97.2, 0, 48, 12]
    assert rows["target"].tolist() == [98.5, 99, 60, 30]


# ---- small things that a second batch taught


@pytest.mark.parametrize("who", ["街道财政", "上级补助", "自筹", "多渠道筹集"])
def test_who_pays_in_words_beside_the_sum_is_no_second_sum(read, who):
    text = "磐安县2023年民生实事\n序号\t项目名称\t建设内容\t总投资（万元）\t资金来源\n"
    tables = read(text + f"1\t口袋公园\t新建口袋公园3个\t260\t{who}\n", kind="plan")
    assert tables["funding"][["funder", "amount_wan"]].values.tolist() == [["total", 260]]


@pytest.mark.parametrize(
    ("name", "unit", "nature"),
    [
        ("解决农村不安全饮水人口", "人", "flow"),
        ("搬迁户数", "户", "flow"),
        ("减少贫困人口", "人", "flow"),
        ("转移农村劳动力人数", "人", "flow"),
        ("城乡居民参保人数", "人", "stock"),
        ("公共图书藏书量", "册", "stock"),
    ],
)
def test_people_for_whom_something_is_done_are_no_level(read, name, unit, nature):
    text = f"磐安县2023年民生实事\n序号\t项目\t单位\t全年任务\t责任单位\n1\t{name}\t{unit}\t6500\t县政府办\n"
    assert read(text, kind="plan")["targets"]["nature"].tolist() == [nature]
