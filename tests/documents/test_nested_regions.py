"""Splits whose rows name regions of two levels: 市 | 县区, or the row of a city above those of its counties."""

from __future__ import annotations

import pytest
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.account.unread_kinds import may_be
from minshi_analysis.intake.reader import read_document

FORMS = {
    "html": (writers.to_html, ".html"),
    "docx": (writers.to_docx, ".docx"),
    "xlsx": (writers.to_xlsx, ".xlsx"),
    "pdf": (writers.to_pdf, ".pdf"),
    "pipes": (writers.to_pipes, ".txt"),
    "tabs": (writers.to_tabs, ".txt"),
}


def shares(tmp_path, form, title, high, rows, **known):
    """Of each task its target and the shares of regions; beside it the tables."""
    write, suffix = FORMS[form]
    path = write(Notice((title,), (sheet("", high, rows),)), tmp_path / f"page{suffix}")
    tables = read_document(path, **{"kind": "plan", "year": 2024} | known)
    found = {}
    for target in tables["targets"].itertuples():
        own = tables["allocations"][tables["allocations"]["target_id"] == target.target_id]
        found[target.measure] = target.value, dict(zip(own["region"], own["value"], strict=True))
    assert tables["confidence"]["confidence"].min() >= 0.8
    return found, tables


JINAN = {"历下区": 300, "市中区": 250, "槐荫区": 450}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sum_first", [True, False])
def test_the_counties_behind_a_column_of_their_city(tmp_path, form, sum_first):
    marks = ["其中:1.", "2.", "3."]
    parts = [["^", f"{mark}{name}", str(n)] for mark, (name, n) in zip(marks, JINAN.items(), strict=True)]
    parts = [["^", "全市小计:", "1000"], *parts] if sum_first else [*parts, ["^", "小计", "1000"]]
    parts[0][0] = "济南市"
    rows = [["市", "县区", "新增托位(个)"], *parts]
    found, tables = shares(tmp_path, form, "济南市2024年民生实事任务分解表", 1, rows, region="济南市")
    assert found == {"托位": (1000, JINAN)}
    assert not len(tables["unread"])


PROVINCE = [
    ["济南市", "小计", "3300", "2900"],
    ["^", "历下区", "1200", "1200"],
    ["^", "市中区", "2100", "1700"],  # a name that the province has twice
    ["枣庄市", "小计", "5700", "2800"],
    ["^", "市中区", "2200", "1300"],
    ["^", "滕州市", "3500", "1500"],
]
HEADS = ["市", "县(市、区)", "新增托位(个)", "改造老旧小区(户)"]
WHOLE = ["全省合计", "<", "9000", "5700"]
TITLE = "山东省2024年民生实事任务分解表"


@pytest.mark.parametrize("form", FORMS)
def test_the_counties_of_a_province_where_they_add_up_to_their_cities(tmp_path, form):
    found, tables = shares(tmp_path, form, TITLE, 1, [HEADS, WHOLE, *PROVINCE], region="山东省")
    assert {measure: value for measure, (value, _) in found.items()} == {"托位": 9000, "老旧小区": 5700}
    rows = tables["allocations"].query("unit == '个'")
    got = sorted(zip(rows["adcode"], rows["value"], strict=True))
    assert got == [("370102", 1200), ("370103", 2100), ("370402", 2200), ("370481", 3500)]
    assert not len(tables["unread"])


@pytest.mark.parametrize("form", FORMS)
def test_counties_that_do_not_add_up_are_parts_of_what_is_read(tmp_path, form):
    rows = [HEADS, WHOLE, *PROVINCE[:-1], ["^", "滕州市", "3499", "1500"]]
    found, tables = shares(tmp_path, form, TITLE, 1, rows, region="山东省")
    assert found["托位"] == (9000, {"济南市": 3300, "枣庄市": 5700})
    told = " ".join(tables["unread"]["text"])
    assert all(figure in told for figure in ("2100", "2200", "3499", "滕州市"))
    assert may_be(tables["unread"], "shares").all()


@pytest.mark.parametrize("form", ["html", "pipes"])
def test_what_each_city_keeps_for_itself_has_no_name_of_its_own(tmp_path, form):
    rows = [
        [cell.replace("历下区", "市本级").replace("滕州市", "市本级") for cell in row] for row in PROVINCE
    ]
    found, _ = shares(tmp_path, form, TITLE, 1, [HEADS, WHOLE, *rows], region="山东省")
    assert found["老旧小区"] == (5700, {"济南市": 2900, "枣庄市": 2800})


@pytest.mark.parametrize("form", FORMS)
def test_the_row_of_a_city_above_those_of_its_counties(tmp_path, form):
    rows = [[row[0] if row[1] == "小计" else row[1], *row[2:]] for row in PROVINCE]
    rows = [["地区", *HEADS[2:]], ["全省合计", "9000", "5700"], *rows]
    found, tables = shares(tmp_path, form, TITLE, 1, rows, region="山东省")
    assert sorted(tables["allocations"].query("unit == '户'")["value"]) == [1200, 1300, 1500, 1700]
    assert found["托位"][0] == 9000 and not len(tables["unread"])


@pytest.mark.parametrize("form", FORMS)
def test_rows_of_each_task_that_name_city_and_county(tmp_path, form):
    rows = [
        ["序号", "项目名称", "市", "县区", "任务数", "单位"],
        ["1", "新增托位", "济南市", "全市小计:", "1000", "个"],
        *(["^", "^", "^", name, str(n), "个"] for name, n in JINAN.items()),
        ["2", "改造老旧小区", "济南市", "全市小计:", "30", "户"],
        *(["^", "^", "^", name, "10", "户"] for name in JINAN),
    ]
    found, _ = shares(tmp_path, form, "济南市2024年民生实事任务分解表", 1, rows, region="济南市")
    assert found == {"托位": (1000, JINAN), "老旧小区": (30, dict.fromkeys(JINAN, 10))}


def test_towns_of_a_county_that_is_named_beside_them(tmp_path):
    rows = [
        ["县", "乡镇", "改造户厕(户)", "新建公厕(座)"],
        ["磐安县", "尖山镇", "120", "2"],
        ["^", "冷水镇", "80", "1"],
        ["^", "安文街道", "50", "3"],
        ["合计", "<", "250", "6"],
    ]
    found, _ = shares(tmp_path, "docx", "磐安县2024年农村改厕任务分配表", 1, rows, region="磐安县")
    assert found["公厕"] == (6, {"尖山镇": 2, "冷水镇": 1, "安文街道": 3})


def test_projects_that_each_stand_in_a_town_stay_projects(tmp_path):
    rows = [
        ["序号", "县区", "乡镇", "项目名称", "建设内容"],
        ["1", "磐安县", "尖山镇", "尖山公园", "新建公园2个"],
        ["2", "^", "冷水镇", "冷水书房", "新建书房3家"],
        ["3", "^", "安文街道", "安文停车场", "新增车位40个"],
    ]
    found, _ = shares(tmp_path, "html", "磐安县2024年民生实事项目表", 1, rows, region="磐安县")
    assert found == {"公园": (2, {}), "书房": (3, {}), "车位": (40, {})}


def test_a_page_that_goes_on_within_a_city(tmp_path):
    one, other = PROVINCE[4:]
    pages = sheet("", 1, [HEADS, WHOLE, *PROVINCE[:4]]), sheet("", 0, [["", *other[1:]], one])
    page = writers.to_html(Notice((TITLE,), pages), tmp_path / "page.html")
    page.write_text(page.read_text("utf-8").replace("<p></p>", ""), "utf-8")
    tables = read_document(page, region="山东省", year=2024, kind="plan")
    assert tables["allocations"].query("unit == '个'")["value"].tolist() == [1200, 2100, 3500, 2200]
    assert tables["confidence"]["confidence"].min() >= 0.8 and not len(tables["unread"])
