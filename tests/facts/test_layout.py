"""Layout by meaning: headers by their words, rows by what their cells hold, spans from above and below."""

from __future__ import annotations

import pytest

from minshi_analysis.account.extract import extract
from minshi_analysis.facts.context import Context
from minshi_analysis.layout.claims import About
from minshi_analysis.layout.columns import header_of, plain
from minshi_analysis.layout.tables import lay_out
from minshi_analysis.reading.blocks import Grid
from minshi_analysis.reading.text import parse


def roles(text, within="330300"):
    grid = next(b for b in parse(text).blocks if isinstance(b, Grid))
    return [column.role for column in header_of(grid, About(within, "city", 2022)).columns]


def rows(text, region="330300"):
    (table,) = lay_out(parse(text), About(region, "city", 2022)).tables
    return [
        {table.columns[j].role: plain(record.at(j)) for j in range(len(table.columns)) if record.at(j)}
        for record in table.records
        if record.kind == "row"
    ]


def test_synonyms():
    assert roles("序号\t实事项目\t年度目标\t责任部门\t时间节点\n1\t书房\t建成5家\t市文广旅局\t11月底\n") == [
        "index",
        "programme",
        "task",
        "lead",
        "deadline",
    ]


def test_two_row_header_with_words_split_over_both():
    text = "序\t\t\t资金(万元)\t\t责任\t完成\n号\t项目名称\t任务数\t总额\t市财政\t单位\t时限\n1\t甲\t建5家\t10\t10\t市民政局\t2022年11月\n"
    assert roles(text) == ["index", "programme", "task", "funds", "funds", "lead", "deadline"]


def test_regions_under_a_label_that_spans_them():
    text = (
        "序号 | 项目名称 | 牵头单位 | 任务分解 | | |\n鹿城区 | 龙湾区 | 瓯海区 | | | |\n"
        "1 | 书房6家 | 市文广旅局 | 1家 | 2家 | 3家 |\n"
    )
    assert roles(text)[3:] == ["region", "region", "region"]


def test_cells_that_slid_to_the_left_go_back_to_their_columns():
    text = (
        "名称 | 项目内容 | 完成情况 | 完成成效 | 责任单位 | 责任人 |\n"
        "“书香”工程 | 1.新增书房5家。 | 新增6家。 | 超额完成 | 市文广旅局 | 王 孝 |\n"
        "2.新增驿站1家。 | 已新增1家。 | 完成任务 | 市文广旅局 | 郑亦东 | |\n"
        "3.新增场馆1家。 | 已新增1家。 | 完成任务 | 徐乐荣 | | |\n"
    )
    got = rows(text)
    assert [r["task"] for r in got] == ["1.新增书房5家。", "2.新增驿站1家。", "3.新增场馆1家。"]
    assert [r["lead"] for r in got] == ["市文广旅局"] * 3
    assert [r["person"] for r in got] == ["王孝", "郑亦东", "徐乐荣"]
    assert {r["programme"] for r in got} == {'"书香"工程'}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            "序号\t工作任务\t年度目标\t本月完成\t完成情况\t存在问题\t评分",
            "4\t建设菜市场\t建设菜市场3个\t1个\t2个\t\t64",
        ),
        (
            "序号 | 类别 | 项目名称 | 单位 | 目标值 | 完成数 | 备注 | 牵头单位",
            "4 |  | 建设口袋公园 | 座 | 8 | 8 |  | 县城管局",
        ),
        ("类别,实事项目,目标值,单位,牵头单位,完成数,问题,说明", ",建设口袋公园,5,座,县残联,4,资金到位慢,"),
        ("序号\t任务\t责任单位\t完成时限\t进展情况\t备注", "4\t新增驿站1家\t\t持续推进\t已新增1家\t"),
    ],
)
def test_a_row_that_prints_its_blank_cells_has_not_slid(head, row):
    """The places of its cells are printed: that one of them hardly suits its column moves none of them."""
    mark = next(mark for mark in ("\t", " | ", ",") if mark in head)
    (table,) = lay_out(parse(f"{head}\n{row}\n{row}\n"), About("330300", "city", 2022)).tables
    for record in table.records:
        assert not record.laid
        stands = {j: plain(cell) for j, cell in record.cells.items()}
        assert stands == {j: words for j, words in enumerate(row.split(mark)) if words.strip()}


@pytest.mark.parametrize("mark", ["\t", " | ", ","])
def test_a_head_that_is_printed_again_within_the_table_is_no_row(mark):
    head = [["序号", "项目名称", "资金(万元)", "", "时限"], ["", "", "省级", "县级", ""]]
    body = [["1", "新建书房5家", "3", "4", "6月底"], ["2", "新增驿站2家", "1", "2", "9月底"]]
    lines = [*head, body[0], *head, body[1]]
    found = lay_out(parse("\n".join(map(mark.join, lines)) + "\n"), About("330300", "city", 2022))
    (table,) = found.tables
    assert [plain(record.at(1)) for record in table.records] == ["新建书房5家", "新增驿站2家"]
    assert [unread.reason for unread in found.aside] == ["header"] * 4


def test_a_label_printed_in_the_middle_of_its_rows():
    head = "序号\t项目名称\t任务数\t牵头单位\t完成时限\n"
    text = head + (
        "1\t“温馨”工程,装空调50台。\t装空调50台\t市教育局\t2022年11月\n"
        "\t\t新增托位100个\t市卫健委\t2022年11月\n"
        "2\t“护苗”工程,新增托位100个,新增学位200个,新建园所3所。\t新增学位200个\t市教育局\t2022年11月\n"
        "\t\t新建园所3所\t市教育局\t2022年11月\n"
    )
    assert [r["index"] for r in rows(text)] == ["1", "2", "2", "2"]


def test_pages_are_joined_and_their_headers_are_no_rows():
    page = "序号\t项目内容\t责任单位\t进展情况\n"
    text = page + "1\t建书房1家\t区文旅局\t已完成\n\n" + page + "2\t建驿站2家\t区文旅局\t正在推进\n"
    assert [r["index"] for r in rows(text, "330302")] == ["1", "2"]


def test_groups_totals_and_notes():
    text = (
        "序号\t项目内容\t牵头单位\t完成时限\n一、教育方面\t\t\t\n1\t建园3所\t市教育局\t11月底\n"
        "合计\t3\t\t\n注:以实际为准\t\t\t\n"
    )
    (table,) = lay_out(parse(text), About("330300", "city", 2022)).tables
    assert [record.kind for record in table.records] == ["group", "row", "total", "note"]


def test_a_table_without_a_known_header_is_reported_not_dropped():
    layout = lay_out(parse("天气\t温度\n晴\t三十\n"), About())
    assert [item.text for item in layout.unread] == ["天气 | 温度", "晴 | 三十"]


def test_metadata_and_furniture_are_set_aside():
    text = "索引号: | 001 | 文号: | 甲〔2024〕1号 |\n\n正文\n"
    layout = lay_out(parse(text), About())
    assert layout.unread == () and [item.reason for item in layout.aside] == ["metadata"]


@pytest.mark.parametrize("head", ["建设时间", "实施年限", "完成时限", "竣工时间"])
@pytest.mark.parametrize("cell", ["2024", "2024年", "2024.3-2024.12", "2023-2024年"])
def test_a_column_of_dates_may_hold_bare_years(head, cell):
    """A year alone is a date where the head asks for one, and no figure that nobody knows."""
    names = ("公厕", "公园", "书屋")
    rows = [f"|{i}|新建{name}{i + 10}个|{cell}|县住建局|\n" for i, name in enumerate(names, 1)]
    text = f"洋县2024年民生实事项目\n|序号|项目名称|{head}|责任单位|\n" + "".join(rows)
    found = extract(parse(text), Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    assert found.unread == ()
    assert found.tables["targets"]["value"].tolist() == [11, 12, 13]
    ends = head in ("完成时限", "竣工时间")
    assert found.tables["tasks"]["deadline"].dropna().tolist() == (["2024-12-31"] * 3 if ends else [])


@pytest.mark.parametrize("head", ["时序进度", "序时进度", "计划进度", "目标进度"])
@pytest.mark.parametrize("actual", ["实际进度", "完成率", "完成进度"])
def test_how_far_the_year_is_is_no_rate_of_the_works(head, actual):
    rows = "|1|公厕改造|26座|20座|70%|76.9%|\n|2|增设床位|150张|60张|70%|40%|\n|3|新增停车位|200个|160个|70%|80%|\n"
    text = (
        f"洋县2024年民生实事进展情况(截至8月底)\n|序号|项目名称|年度任务|8月底完成|{head}|{actual}|\n{rows}"
    )
    found = extract(
        parse(text), Context("x", "progress", 2024, None, "洋县", "610723", "county", "2024-08-31")
    )
    assert found.tables["outcomes"]["rate_claimed"].tolist() == [76.9, 40, 80]
    assert found.tables["outcomes"]["value"].tolist() == [20, 60, 160]
