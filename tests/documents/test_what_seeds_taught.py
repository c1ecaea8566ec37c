"""Kinds of tables that documents drawn from a seed taught: towns, heads that lost their spans, words of another time."""

from __future__ import annotations

import pytest

from minshi_analysis import read_document
from minshi_analysis.language.heads import role_of
from minshi_analysis.language.regions import town

KNOWN = {"region": "131125", "year": 2023}


def _read(folder, text, suffix=".txt", **known):
    path = folder / f"made{suffix}"
    path.write_text(text, "utf-8")
    return read_document(path, **KNOWN | known)


def _found(tables, name, *columns):
    rows = tables[name]
    return [tuple(row) for row in rows[rows["value"].notna()][list(columns)].itertuples(index=False)]


def _told(tables):
    return " ".join(tables["unread"]["text"].dropna())


# ---- towns


def test_a_title_names_the_task_of_a_table_of_towns_that_only_asks(tmp_path):
    tables = _read(
        tmp_path,
        "安平县2023年农村户厕改造任务分解表\n序号\t乡镇\t计划数（户）\t备注\n1\t古城镇\t240\t\n2\t马店镇\t298\t\n3\t全县\t538\t\n",
        kind="plan",
    )
    assert tables["tasks"]["text"].tolist() == ["农村户厕改造"]
    assert _found(tables, "targets", "value", "unit") == [(538, "户")]
    assert _found(tables, "allocations", "region", "value") == [("古城镇", 240), ("马店镇", 298)]


@pytest.mark.parametrize("name", ["和平区域", "果园场部", "新世纪片", "东部管理处"])
def test_the_first_row_of_a_name_that_nobody_knows_is_no_head(tmp_path, name):
    tables = _read(
        tmp_path,
        f"安平县2023年农村户厕改造任务分解表\n乡镇\t计划数（户）\n{name}\t2411\n马店镇\t298\n城关镇\t310\n",
        kind="plan",
    )
    assert "2411" in _told(tables)
    assert _found(tables, "allocations", "region", "value") == [("马店镇", 298), ("城关镇", 310)]


@pytest.mark.parametrize("blank", [True, False], ids=["merged", "repeated"])
def test_of_a_table_of_villages_the_sums_are_the_shares_of_the_towns(tmp_path, blank):
    again = "" if blank else "{}"
    tables = _read(
        tmp_path,
        "安平县2023年适老化改造任务分解表\n乡镇名称\t行政村\t任务数（户）\n"
        f"城关镇\t张庄村\t24\n{again.format('城关镇')}\t石桥村\t36\n{again.format('城关镇')}\t小计\t60\n"
        f"马店镇\t南坡村\t11\n{again.format('马店镇')}\t后河村\t18\n{again.format('马店镇')}\t小计\t29\n合计\t\t89\n",
        kind="plan",
    )
    assert _found(tables, "targets", "value") == [(89,)]
    assert _found(tables, "allocations", "region", "value") == [("城关镇", 60), ("马店镇", 29)]
    assert all(figure in _told(tables) for figure in ("24", "36", "11", "18"))


@pytest.mark.parametrize("head", ["行政村", "村（社区）", "村名", "实施地点"])
@pytest.mark.parametrize("blank", [True, False], ids=["merged", "repeated"])
def test_villages_without_sums_are_no_shares_of_towns_and_no_tasks(tmp_path, head, blank):
    again = "" if blank else "{}"
    tables = _read(
        tmp_path,
        f"安平县2023年适老化改造任务分解表\n乡镇名称\t{head}\t任务数（户）\t资金（万元）\n"
        f"城关镇\t张庄村\t24\t301\n{again.format('城关镇')}\t石桥村\t36\t302\n"
        f"马店镇\t南坡村\t11\t303\n{again.format('马店镇')}\t后河村\t18\t304\n",
        kind="plan",
    )
    assert _found(tables, "targets", "value") == _found(tables, "allocations", "value") == []
    assert tables["funding"].empty
    assert all(figure in _told(tables) for figure in ("24", "36", "11", "18", "301", "304"))


@pytest.mark.parametrize("name", ["东黄城镇", "古城镇", "石城镇", "新城镇"])
def test_towns_whose_names_end_as_the_word_for_towns(name):
    assert town(name) is not None


@pytest.mark.parametrize("name", ["城镇", "全县城镇", "新增城镇", "小城镇", "中心城镇"])
def test_the_word_for_towns_is_none(name):
    assert town(name) is None


@pytest.mark.parametrize("head", ["下一步工作", "下步打算及措施", "存在问题及下一步工作", "下阶段重点任务"])
def test_what_comes_next_is_no_task_of_the_year(tmp_path, head):
    tables = _read(
        tmp_path,
        f"安平县2023年民生实事项目进展情况表\n序号\t项目名称\t目标任务\t完成情况\t{head}\n"
        "1\t加装电梯\t198台\t已完成158台\t计划8月底前完成剩余41台\n2\t新增学位\t654个\t已完成523个\t尚有17户未签协议\n",
        kind="progress",
    )
    assert _found(tables, "targets", "value") == [(198,), (654,)]
    assert _found(tables, "outcomes", "value") == [(158,), (523,)]
    assert tables["tasks"]["deadline"].isna().all()
    assert "41台" in _told(tables) and "17户" in _told(tables)


@pytest.mark.parametrize("head", ["问题整改情况", "下步工作计划"])
def test_heads_that_keep_their_role(head):
    assert role_of(head) != "task"


# ---- words of another time, works begun and prepared


@pytest.mark.parametrize(
    "words",
    [
        "本月完成{}公里,累计完成571公里",
        "已完成571公里,去年同期完成{}公里",
        "完成571公里,同比增加{}公里",
        "已下达{}公里任务指标,完成571公里",
        "已完成571公里,正在推进{}公里",
        "已进场施工{}公里,完工571公里",
        "已完成{}公里选址工作,完工571公里",
        "完成{}公里的设计和招标,完工571公里",
    ],
)
def test_a_cell_has_one_result_and_tells_the_other_figure(tmp_path, words):
    tables = _read(
        tmp_path,
        "安平县2023年民生实事项目进展情况表\n序号\t项目名称\t年度目标\t进展情况\n"
        f"1\t新建农村公路\t1000公里\t{words.format(133)}\n2\t改造厕所\t20座\t已完成12座\n",
        kind="progress",
    )
    assert _found(tables, "outcomes", "value") == [(571,), (12,)]
    assert "133" in _told(tables)
    assert tables["confidence"]["confidence"].min() >= 0.9


def test_what_a_promise_is_about_is_no_preparation(tmp_path):
    tables = _read(
        tmp_path,
        "安平县2023年民生实事项目进展情况表\n序号\t项目名称\t年度目标\t进展情况\n"
        "1\t开展隐患排查\t100处\t已完成80处隐患排查\n2\t改造厕所\t20座\t已完成12座\n",
        kind="progress",
    )
    assert _found(tables, "outcomes", "value") == [(80,), (12,)]


# ---- heads that lost their spans


def _page(*rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<html><body><p>安平县2023年民生实事项目表</p><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></body></html>"


def test_quarters_stand_under_the_one_head_of_steps(tmp_path):
    page = _page(
        "序号|项目|目标|季度目标|责任单位",
        "一季度|二季度|三季度|四季度",
        "1|改造厕所|186座|开工建设|完成83座|完成130座|完成186座|县住建局",
        "2|建设公园|19座|完成招标|完成8座|完成13座|完成19座|县民政局",
    )
    steps = _found(_read(tmp_path, page, ".html", kind="plan"), "milestones", "due", "value")
    assert [value for _, value in steps if value in (83, 8)] == [83, 8]
    assert {due for due, value in steps if value in (83, 8)} == {"2023-06-30"}


def test_who_pays_stands_under_the_head_that_asks_for_it(tmp_path):
    page = _page(
        "序号|项目内容|总投资（万元）|年度投资（万元）|资金来源（万元）|责任单位",
        "省级|县级",
        "1|改造厕所186座|2600|900|300|600|县住建局",
        "2|建设公园19座|1500|700|200|500|县民政局",
    )
    money = _read(tmp_path, page, ".html", kind="plan")["funding"]
    assert sorted(zip(money["funder"], money["amount_wan"], strict=True)) == [
        ("county", 500),
        ("county", 600),
        ("superior", 200),
        ("superior", 300),
        ("total", 700),
        ("total", 900),
    ]


def test_a_table_is_told_where_it_is_not_plain_what_its_heads_stand_under(tmp_path):
    page = _page(
        "序号|项目内容|完成情况|进展情况|责任单位",
        "完成数|完成率",
        "1|改造厕所186座|90座|48%|41座|县住建局",
        "2|建设公园19座|9座|47%|42座|县民政局",
    )
    tables = _read(tmp_path, page, ".html", kind="progress")
    assert all(tables[name].empty for name in ("targets", "outcomes"))
    assert all(figure in _told(tables) for figure in ("186座", "90座", "48%", "42座"))


# ---- money in words


@pytest.mark.parametrize(
    "words", ["3420万元,其中:{}", "3420万元({})", "总投资3420万元,其中{}", "共需3420万元。其中,{}。"]
)
def test_the_sum_before_who_pays(tmp_path, words):
    said = words.format("社会资本1957万元;中央资金1463万元")
    money = _read(
        tmp_path,
        f"安平县2023年民生实事项目表\n序号\t项目名称\t建设内容\t资金来源\n1\t厕所\t改造厕所186座\t{said}\n2\t公园\t建设公园19座\t县级资金50万元\n",
        kind="plan",
    )["funding"]
    assert sorted(zip(money["funder"], money["amount_wan"], strict=True)) == [
        ("county", 50),
        ("social", 1957),
        ("superior", 1463),
        ("total", 3420),
    ]


def test_a_first_amount_that_is_no_sum_is_told(tmp_path):
    tables = _read(
        tmp_path,
        "安平县2023年民生实事项目表\n序号\t项目名称\t建设内容\t资金来源\n1\t厕所\t改造厕所186座\t3420万元,其中:社会资本1957万元\n",
        kind="plan",
    )
    assert tables["funding"].empty and "3420万元" in _told(tables)
