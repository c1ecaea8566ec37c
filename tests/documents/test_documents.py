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


def test_nothing_is_left_unread(made):
    """But a note in place of one task's shares (约35万大学生), and 16幢完成或正在解危: how many are finished is not known."""
    found = {doc_id: [item.text for item in unread] for doc_id, unread in made.unread.items() if unread}
    assert {doc_id: len(texts) for doc_id, texts in found.items()} == {LIST: 1, HALF: 1}
    assert "約35萬" in found[LIST][0] and found[HALF] == ["16 幢"]


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
    again = build.make_tables(project).tables
    for name, table in tables.items():
        assert table.equals(again[name]), name
