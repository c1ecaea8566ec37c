"""Shares of a split that are printed with a bound, or with what they include."""

from __future__ import annotations

import pytest
from laid import FORMS, read_rows
from notices import sure

TITLE = "杭州市2018年民生实事项目任务分解表"
HEADS = ["序号", "项目名称", "单位", "全市任务", "上城区", "下城区", "西湖区", "牵头单位"]


def split(tmp_path, form, whole, cell):
    rows = [["1", "电梯安装监管装置", "台", whole, "300", "400", cell, "市质监局"]]
    rows += [["2", "新建公共厕所", "座", "60", "10", "20", "30", "市城管委"]]
    tables = read_rows(tmp_path, form, [HEADS, *rows], TITLE)
    shares = tables["allocations"][tables["allocations"]["region"] == "西湖区"]
    return tables, list(zip(shares["value"], shares["unit"], shares["note"].fillna(""), strict=True))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("whole", "bound", "cell", "note"),
    [
        ("≥1000", "at_least", "≥300", "≥"),
        ("不少于1000", "at_least", "不少于300", "不少于"),
        ("1000以上", "at_least", "300以上", "以上"),
        ("约1000", "approx", "约300台", "约"),
    ],
)
def test_a_share_with_a_bound_is_one(tmp_path, form, whole, bound, cell, note):
    tables, shares = split(tmp_path, form, whole, cell)
    assert shares[0] == (300, "台", note)
    assert tables["targets"]["value"].tolist() == [1000, 60]
    assert tables["targets"]["bound"].tolist() == [bound, "exact"]
    assert tables["unread"].empty
    assert sure(tables).min() >= 0.9


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("note", ["含之江5", "其中之江度假区5", "包括之江50台", "含之江"])
@pytest.mark.parametrize("unit", ["", "台"])
def test_what_a_share_includes_is_its_note(tmp_path, form, note, unit):
    tables, shares = split(tmp_path, form, "1000", f"300{unit}({note})")
    assert shares[0] == (300, "台", note)
    assert tables["unread"].empty


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("cell", ["300(计划350)", "300(完成250)", "300+50"])
def test_another_figure_beside_a_share_leaves_it_open(tmp_path, form, cell):
    tables, shares = split(tmp_path, form, "1000", cell)
    assert len(shares) == 1  # the other row's
    assert cell in tables["unread"]["text"].tolist()


# ---- heads of places that are no more, that have no code, or that stand together

PLACES = [
    ("宁波市", 2014, "江东", "江东区", "330204"),
    ("杭州市", 2018, "下城", "下城区", "330103"),
    ("上海市", 2014, "闸北", "闸北区", "310108"),
    ("淮安市", 2015, "清浦", "清浦区", "320811"),
    ("宁波市", 2014, "保税区", "保税区", None),
    ("宁波市", 2024, "开发区", "开发区", None),
    ("苏州市", 2024, "度假区", "度假区", None),
]
FIRST = {
    "宁波市": ("海曙", "鄞州"),
    "杭州市": ("西湖", "滨江"),
    "上海市": ("黄浦", "徐汇"),
    "淮安市": ("淮阴", "洪泽"),
    "苏州市": ("吴中", "相城"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("place", "year", "head", "name", "code"), PLACES)
def test_a_head_names_a_place_of_its_year_or_without_a_code(tmp_path, form, place, year, head, name, code):
    rows = [["序号", "项目名称", "单位", "全市任务", *FIRST[place], head, "牵头单位"]]
    rows += [["1", "新建停车位", "个", "1000", "300", "400", "300", "市住建局"]]
    tables = read_rows(tmp_path, form, rows, f"{place}{year}年民生实事项目任务分解表")
    last = tables["allocations"].iloc[-1]
    assert (last["region"], last["adcode"] if code else None, last["value"]) == (name, code, 300)
    assert sure(tables).min() >= 0.9


@pytest.mark.parametrize("form", FORMS)
def test_a_short_name_of_a_place_that_was_no_more_is_none(tmp_path, form):
    rows = [["序号", "项目名称", "单位", "全市任务", "海曙", "鄞州", "江东", "牵头单位"]]
    rows += [["1", "新建停车位", "个", "1000", "300", "400", "300", "市住建局"]]
    tables = read_rows(tmp_path, form, rows, "宁波市2024年民生实事项目任务分解表")
    assert "江东区" not in tables["allocations"]["region"].tolist()
    assert "300" in tables["unread"]["text"].tolist()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["海曙、江东、江北", "海曙区,江北区", "镇海、北仑"])
def test_a_figure_of_several_places_together_is_told(tmp_path, form, head):
    rows = [["序号", "项目名称", "单位", "全市任务", "鄞州", "余姚", head, "牵头单位"]]
    rows += [["1", "新建停车位", "个", "1000", "300", "400", "299", "市住建局"]]
    tables = read_rows(tmp_path, form, rows, "宁波市2014年民生实事项目任务分解表")
    assert tables["allocations"]["value"].tolist() == [300, 400]
    told = tables["unread"].set_index("text")["reason"]
    assert told["299"].startswith("one figure for ")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", ["全覆盖", "应保尽保", "按需提供"])
def test_a_target_in_words_beside_blank_shares_is_kept(tmp_path, form, words):
    rows = [HEADS, ["1", "残疾人免费乘车", "/", words, "/", "/", "/", "市残联"]]
    rows += [["2", "新建公共厕所", "座", "60", "10", "20", "30", "市城管委"]]
    tasks = read_rows(tmp_path, form, rows, TITLE)["tasks"]
    assert tasks["全市任务"].dropna().tolist() == [words]


@pytest.mark.parametrize("form", [*FORMS, "pdf"])
@pytest.mark.parametrize("corner", ["", "类别", "指标情况"])
def test_the_shares_of_a_table_that_names_no_task_are_told_row_by_row(tmp_path, form, corner):
    rows = [[corner, "鄞州", "海曙", "镇海", "北仑", "合计"]]
    rows += [["新辟线路年度目标", "2", "5", "1", "2", "10"], ["实际完成", "1", "2", "0", "3", "6"]]
    known = {"region": "宁波市", "year": 2014, "kind": "progress"}
    tables = read_rows(tmp_path, form, rows, "实际完成情况:", **known)
    told = [text.replace(" ", "") for text in tables["unread"]["text"].dropna()]
    read = tables["allocations"]["value"].tolist()
    assert read == [2, 5, 1, 2] or {"新辟线路年度目标|2|5|1|2|10", "实际完成|1|2|0|3|6"} <= set(told)
