"""What the five documents must give: counts and sums that they print or that were counted by hand."""

from __future__ import annotations

import pytest

from minshi_analysis import catalogue
from minshi_analysis.layout.claims import About
from minshi_analysis.layout.tables import lay_out
from minshi_analysis.reading import text as text_format
from minshi_analysis.reading.blocks import Grid
from minshi_analysis.reading.corrections import apply
from minshi_analysis.tables import build

PLAN, REPORT, LIST, HALF, FIVE = (
    "wenzhou-2022-plan",
    "yueqing-2022-completion",
    "hangzhou-2024-plan",
    "lucheng-2024-progress",
    "wenzhou-14fyp-social",
)
DOCUMENTS = (PLAN, REPORT, LIST, HALF, FIVE)


def of(table, doc_id):
    return table[table["doc_id"] == doc_id]


# What of the five documents is in no row, read by eye: counts of items, background, a surplus in %, steps of the works.
UNREAD = {
    "hangzhou-2024-plan": ("26家殘疾人托養機構", "平均每月完成1000餘場", "約35萬", "859萬"),
    "lucheng-2024-progress": ("16 幢", "将目标任务分解至各街镇", "疗休养 2 次"),
    "wenzhou-14fyp-social": (
        "1万美元",
        "建立居民健康档案",
        "12348",
        "2019",
        "礼堂家",
        "1+X",
        "远小于全国（2.64）",
    ),
    "wenzhou-2022-plan": ("1088名", "共12项", "老年食堂 200 个", "培训10万人", '"扶残助弱"工程'),
    "yueqing-2022-completion": ("共计126项", "56.67%", "5个项目曾因", "超额240%", "150名", "推进5米"),
}


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_what_is_in_no_row_is_known(made, doc_id):
    """Every part that is not read is one that a person has looked at; no promise and no result is among them."""
    unread = [item.text.replace("\n", "") for item in made.unread[doc_id]]
    strange = [text for text in unread if not any(known in text for known in UNREAD[doc_id])]
    assert strange == []
    assert [known for known in UNREAD[doc_id] if not any(known in text for text in unread)] == []


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_every_cell_of_every_table_is_accounted_for(project, doc_id):
    """Each printed cell stands in a row, a group's head, a total, a note, or is header, metadata or furniture."""
    source = catalogue.known(project, doc_id)
    printed = text_format.decode(source.path.read_bytes(), source.path.name)
    document = text_format.parse(apply(printed, source.corrections, doc_id).text)
    about = About(source.adcode, source.level, source.year, source.kind)
    layout = lay_out(document, about, furniture=source.furniture)
    placed = {(cell.start, cell.end) for t in layout.tables for r in t.records for cell in r.cells.values()}
    labels = [(cell.start, cell.end) for t in layout.tables for r in t.records for cell in r.spanned.values()]
    aside = [(item.start, item.end) for item in layout.aside]
    lost = [
        cell.text
        for block in document.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        if cell
        and (cell.start, cell.end) not in placed
        and not any(start <= cell.start and cell.end <= end for start, end in (*aside, *labels))
    ]
    assert lost == []


def test_the_plans_money_adds_up_to_its_printed_grand_totals(tables):
    # 总额, 上级支持, 市财政统筹, 县市区财政, 其他来源 as printed in the annex's last row
    printed = {
        "total": 608488.4889,
        "superior": 7843.62,
        "city": 24795.93,
        "county": 484817.0389,
        "other": 91031.9,
    }
    sums = of(tables["funding"], PLAN).groupby("funder")["amount_wan"].sum()
    assert sums.to_dict() == pytest.approx(printed, abs=1e-6)


def test_the_plans_annex_is_split_over_sixteen_bodies(tables):
    shares = of(tables["allocations"], PLAN)
    assert len(shares) == 705
    assert shares["region"].nunique() == 16
    assert shares["value"].notna().all()


def test_the_report_lists_three_levels(tables):
    levels = of(tables["tasks"], REPORT)["level"].value_counts().to_dict()
    assert levels == {"province": 30, "city": 49, "county": 47}


def test_the_list_has_48_items_59_split_targets_and_15_bodies(tables):
    assert len(of(tables["tasks"], LIST)) == 48
    shares = of(tables["allocations"], LIST)
    assert shares["target_id"].nunique() == 59
    assert shares["region"].nunique() == 15


def test_the_list_promises_over_a_hundred_dated_quantities(tables):
    dated = of(tables["milestones"], LIST).query("kind in ('quantity', 'percent') and due.notna()")
    assert len(dated) > 100
    assert dated["value"].notna().all()


def test_the_half_year_report_has_28_items_in_ten_categories(tables):
    tasks = of(tables["tasks"], HALF)
    assert len(tasks) == 28
    assert tasks["programme"].nunique() == 10


def test_the_five_year_plan(tables):
    indicators = of(tables["indicators"], FIVE)
    assert len(indicators) == 60
    assert indicators["indicator_no"].nunique() == 58
    projects = of(tables["investments"], FIVE)
    assert len(projects) == 69
    assert projects["field"].nunique() == 10
    assert len(of(tables["targets"], FIVE)) >= 80


def test_tasks_that_the_annex_lost_come_back_from_the_prose(tables):
    tasks = of(tables["tasks"], PLAN).set_index("text")
    lost = tasks.loc["新(改)建农村老人活动中心60个以上"]
    assert lost["programme"] == "幸福颐养"
    assert lost[["deadline", "lead_agency"]].isna().all()  # printed for the programme, not for this task
    assert "新增6种特殊病种享受基本医保住院待遇" in tasks.index


def test_the_committed_tables_are_what_the_build_gives(project):
    assert build.compare(project) == []


def test_a_second_build_gives_the_same(tables, project):
    again = build.make_tables(project, force=True).tables
    for name, table in tables.items():
        assert table.equals(again[name]), name
