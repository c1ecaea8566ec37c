"""The account closes: on the sources, on documents of other places, and on tables that nobody has seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from closing import open_figures
from hypothesis import given, settings
from hypothesis import strategies as st

from minshi_analysis import catalogue
from minshi_analysis.account.constraints import doubts_of_money, doubts_of_results, doubts_of_shares
from minshi_analysis.account.extract import extract
from minshi_analysis.facts.context import Context
from minshi_analysis.facts.task import Task
from minshi_analysis.reading import corrections, text
from minshi_analysis.reading.text import parse

PROJECT = Path(__file__).parents[2]
SOURCES = {source.doc_id: source for source in catalogue.sources(PROJECT)}
CONTEXT = Context("x", "progress", 2024, None, "洋县", "610723", "county", "2024-06-30")


@pytest.mark.parametrize("doc_id", SOURCES)
def test_the_account_of_a_source_closes(doc_id):
    source = SOURCES[doc_id]
    printed = text.decode(source.path.read_bytes(), source.path.name)
    document = parse(corrections.apply(printed, source.corrections, doc_id).text)
    where = (source.year_end, source.region, source.adcode, source.level, source.as_of)
    found = extract(document, Context(doc_id, source.kind, source.year, *where), furniture=source.furniture)
    assert open_figures(found.ledger, found.unread, document) == []


HEADS = {
    "target": ("目标任务", "年度目标", "任务数", "全年计划数"),
    "result": ("1-6月累计完成", "完成情况", "已完成数", "截至6月底完成"),
    "spent": ("完成投资(万元)", "已支付资金(万元)"),
    "money": ("年度计划投资(万元)", "总投资(万元)"),
    "before": ("去年完成情况", "上年同期完成", "2023年完成数"),
    "part": ("本月完成", "6月完成"),
    "unknown": ("督查得分", "网格编码", "考评"),
}
WHERE = {"target": "targets", "result": "outcomes", "money": "funding"}
VALUE = {"targets": "value", "outcomes": "value", "funding": "amount_wan"}


@st.composite
def tables(draw) -> tuple[str, dict[str, list[int]]]:
    """A table with tasks, agencies and some columns of figures, all different, and what each column prints."""
    kinds = draw(st.lists(st.sampled_from(sorted(HEADS)), unique=True, min_size=1, max_size=5))
    height = draw(st.integers(3, 6))
    numbers = draw(
        st.lists(
            st.integers(1001, 9998), min_size=height * len(kinds), max_size=height * len(kinds), unique=True
        )
    )
    order = draw(st.permutations([*kinds, "lead"]))
    heads = {kind: draw(st.sampled_from(HEADS[kind])) for kind in kinds} | {"lead": "责任单位"}
    things = ["停车位", "托位", "公厕", "公园", "学校", "床位"]
    printed: dict[str, list[int]] = {kind: [] for kind in kinds}
    rows = [["序号", "项目名称", *(heads[kind] for kind in order)]]
    for r in range(height):
        row = [str(r + 1), f"新增{things[r]}"]
        for kind in order:
            if kind == "lead":
                row.append("县住建局")
                continue
            number = numbers.pop()
            printed[kind].append(number)
            row.append(f"{number}" if kind in ("money", "spent", "unknown") else f"{number}个")
        rows.append(row)
    text = "洋县2024年民生实事项目进展情况表\n" + "\n".join("|" + "|".join(row) + "|" for row in rows) + "\n"
    return text, printed


@settings(max_examples=60, deadline=None)
@given(tables())
def test_every_figure_of_a_table_is_in_its_place_or_told(made):
    printed_text, printed = made
    document = parse(printed_text)
    found = extract(document, CONTEXT)
    assert open_figures(found.ledger, found.unread, document) == []
    values = {name: set(found.tables[name][VALUE[name]].dropna()) for name in VALUE}
    told = " ".join(part.text for part in found.unread)
    for kind, numbers in printed.items():
        own = WHERE.get(kind)
        for name, held in values.items():
            strangers = [n for n in numbers if n in held and name != own]
            assert strangers == [], f"{kind} in {name}: {printed_text}"
        lost = [n for n in numbers if (own is None or n not in values[own]) and str(n) not in told]
        assert lost == [], f"{kind} lost: {printed_text}"


@st.composite
def lists(draw) -> str:
    """A list of promises with background, dates, thresholds and figures that nobody declared."""
    marks = draw(st.sampled_from([lambda k: f"{k}.", lambda k: f"({k})", lambda k: f"{k}、"]))
    parts = st.sampled_from(
        [
            "去年完成{}个",
            "现有{}家",
            "缺口{}个",
            "投资{}万元",
            "服务{}人",
            "编号{}",
            "覆盖{}个村",
            "为{}户以上小区",
            "{}",
        ]
    )
    items = []
    for k in range(1, draw(st.integers(2, 5))):
        said = draw(parts).format(draw(st.integers(11, 9999)))
        items.append(f"{marks(k)}新增停车位{draw(st.integers(11, 9999))}个,{said}。（责任单位：县住建局）")
    return "洋县2024年民生实事项目\n" + "\n".join(items) + "\n"


@settings(max_examples=60, deadline=None)
@given(lists())
def test_every_figure_of_a_list_is_in_a_row_or_told(made):
    document = parse(made)
    found = extract(document, Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    assert open_figures(found.ledger, found.unread, document) == []


def task(value, shares, bound="exact"):
    target = {"target_id": "x/1#1", "value": value, "unit": "个", "bound": bound}
    rows = [{"target_id": "x/1#1", "value": share, "unit": "个"} for share in shares]
    return Task({"task_id": "x/1"}, "", targets=[target], allocations=rows)


def test_shares_that_do_not_add_up_are_doubted():
    assert [why for why, _ in doubts_of_shares(task(10, [4, 5]))] == [
        "the shares do not add up to the target"
    ]
    assert [why for why, _ in doubts_of_shares(task(10, [6, 5]))] == ["the shares are more than the target"]
    assert list(doubts_of_shares(task(10, [4, 6]))) == []
    assert list(doubts_of_shares(task(10, [6, 5], "at_least"))) == []
    assert list(doubts_of_shares(task(10, []))) == []


def test_funders_that_do_not_add_up_are_doubted():
    def lines(*amounts):
        return [{"funder": "total" if k == 0 else "city", "amount_wan": a} for k, a in enumerate(amounts)]

    assert list(doubts_of_money(lines(100, 60, 40))) == []
    assert len(list(doubts_of_money(lines(100, 60, 30)))) == 1
    assert len(list(doubts_of_money(lines(100, 60, 50)))) == 1
    assert list(doubts_of_money(lines(100, 60, None))) == []  # one is not printed
    assert list(doubts_of_money(lines(None, 60, 30))) == []


@pytest.mark.parametrize(
    ("value", "rate", "doubts"),
    [(5, 50, 0), (5, 50.4, 0), (5, 60, 1), (5, None, 0), (500, None, 1), (0.3, None, 1)],
)
def test_results_that_do_not_close_are_doubted(value, rate, doubts):
    row = {"target_id": "x/1#1", "value": value, "rate_claimed": rate}
    assert len(list(doubts_of_results(task(10, []), [row]))) == doubts


def test_a_cell_without_a_column_is_told_with_that_reason_and_doubts_its_row():
    text = "洋县2024年民生实事\n|序号|项目内容|责任单位|\n|1|新增停车位300个|县住建局|456|\n|2|新增托位20个|县卫健局|\n"
    found = extract(parse(text), Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    assert [(part.text, part.reason) for part in found.unread] == [
        ("456", "no role is known for this head: no head")
    ]
    ragged = text.replace("|县卫健局|", "|县卫健局|789|12|")
    found = extract(parse(ragged), Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    assert {part.text for part in found.unread} == {"456", "789", "12"}


@pytest.mark.parametrize(
    ("heads", "cells", "lost"),
    [  # a quantity in a column that holds none: of dates, names, units, numbers of rows
        ("单位|目标值|完成时限|责任单位", "所|5|年底前,其中3所6月底前|县教育局", "3所"),
        ("单位|目标值|完成时限|责任单位", "公里(含桥梁8座)|70|12月|县交通局", "8座"),
        ("单位|目标值|牵头单位|配合单位", "个|12|县住建局|各镇(每镇不少于15个)", "15个"),
        ("单位|目标值|责任人|责任单位", "个|12|张三(另建电梯60台)|县住建局", "60台"),
    ],
)
def test_a_column_accounts_only_for_figures_of_its_kind(heads, cells, lost):
    text = f"洋县2024年民生实事\n|序号|项目|{heads}|\n|1|改造小区|{cells}|\n|2|新建公厕|座|9|||\n"
    found = extract(parse(text), Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    went = {entry.text: entry.state for entry in found.ledger.entries}
    assert went[next(printed for printed in went if printed.endswith(lost))] == "unread"
    assert any(lost in part.text for part in found.unread)
    first = found.tables["confidence"].set_index("row_id")["confidence"]["x/1"]
    assert first < 0.8


@pytest.mark.parametrize(
    "head",
    [
        "|项目内容(新建120套)|责任单位|",
        "|项目|目标任务:改造小区9个|责任单位|",
        "|项目|年度目标|责任单位 县水务局改造管网30公里|",
    ],
)
def test_a_quantity_in_the_head_of_a_table_is_told(head):
    """A first row that is taken for heads may be a row: its quantities are not set aside with it."""
    cells = "|" * (head.count("|") - 1)
    text = f"洋县2024年民生实事\n{head}\n|新建公厕9座{cells[1:]}县城管局|\n|新建水厂2座{cells[1:]}县水务局|\n"
    found = extract(parse(text), Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    states = {entry.text: entry.state for entry in found.ledger.entries}
    assert states[next(text for text in states if text in head)] == "unread"


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        ("单位|目标值|完成时限|责任单位", "所|5|2024年12月31日前|县教育局"),
        ("单位|目标值|完成时限|责任单位", "件/万人(2020年起)|5|第3季度|县公安局110指挥中心"),
        ("单位|目标值|牵头单位|配合单位", "张|5|县民政局|县财政局等12个单位、18个镇街道"),
    ],
)
def test_dates_names_and_units_with_figures_are_no_lost_quantities(heads, cells):
    text = f"洋县2024年民生实事\n|序号|项目|{heads}|\n|1|改造小区|{cells}|\n|2|新建公厕|座|9|||\n"
    found = extract(parse(text), Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    assert found.unread == ()


@pytest.mark.parametrize(
    ("unit", "read", "sure"),
    [
        ("张(其中护理型不低于55%)", "张", False),  # the 55 % is in no row
        ("平方米(含地下)", "平方米", True),
        ("件/万人(年)", "件/万人", True),
        ("按省里的要求,不少于去年", None, False),
    ],
)
@pytest.mark.parametrize("plan", [False, True], ids=["tasks", "indicators"])
def test_what_stands_under_units_is_a_unit_or_a_doubt(unit, read, sure, plan):
    if plan:
        text = f"洋县“十四五”主要指标\n|序号|指标|单位|2020年|2025年|\n|1|床位|{unit}|500|520|\n|2|公厕|座|8|9|\n"
        context = Context("x", "five_year_plan", 2021, 2025, "洋县", "610723", "county")
    else:
        text = f"洋县2024年民生实事\n|序号|项目|单位|目标值|\n|1|新增床位|{unit}|520|\n|2|新建公厕|座|9|\n"
        context = Context("x", "plan", 2024, None, "洋县", "610723", "county")
    tables = extract(parse(text), context).tables
    row = tables["indicators" if plan else "targets"].iloc[0]
    assert (row["target" if plan else "value"], row["unit"] if row["unit"] == row["unit"] else None) == (
        520,
        read,
    )
    if not plan or read is None:
        assert (tables["confidence"]["confidence"].iloc[0] >= 0.8) == sure


def test_the_label_of_a_total_may_stand_in_the_second_cell():
    text = (
        "洋县2024年民生实事\n|序号|项目内容|投资(万元)|责任单位|\n|1|新增停车位300个|20|县住建局|\n|2|新增托位20个|30|县卫健局|\n"
        "| |合计|50| |\n"
    )
    found = extract(parse(text), Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    assert len(found.tables["tasks"]) == 2
    assert found.tables["totals"]["value"].tolist() == [50]


def test_the_told_sentence_counts_every_figure():
    text = "洋县2024年民生实事\n|序号|项目内容|督查得分|\n|1|新增停车位300个|77|\n|2|新增托位20个|88|\n"
    found = extract(parse(text), Context("x", "plan", 2024, None, "洋县", "610723", "county"))
    assert (
        found.ledger.told()
        == "4 figures read, 1 set aside (1 a date, a year or a time of day), 2 not understood"
    )


def test_a_figure_is_kept_only_where_the_kept_words_print_that_number():
    """The number of a row is no part of 1200张: a digit of a kept number accounts for nothing."""
    document = parse(
        "洋县“十四五”重大项目表\n单位:万元\n序号|项目名称|建设内容|建设年限|总投资\n"
        "1|县医院迁建|占地200亩,床位1200张|2021-2024|63000\n2|一中迁建|占地150亩|2022-2024|25500\n"
    )
    found = extract(document, Context("x", "five_year_plan", 2021, 2025, "洋县", "610723", "county"))
    went = {entry.text: (entry.state, entry.what) for entry in found.ledger.entries}
    assert went["1"] == went["2"] == ("read", "the number of a row")
    assert went["200亩"] == went["1200张"] == ("aside", "kept as it is printed")
