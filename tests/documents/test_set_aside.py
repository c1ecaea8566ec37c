"""No figure is set aside in silence that may be a promise or a result: it is in a row, or told as not understood."""

from __future__ import annotations

import pytest

from minshi_analysis.intake.reader import read_whole

TITLE = {"plan": "2024年民生实事项目", "progress": "2024年民生实事项目完成情况"}
NEXT = {"plan": "2.新建书房77家。", "progress": "2.新建书房77家，已完成。"}


def states(tmp_path, text, suffix=".txt", **known):
    """Where each printed figure of a text went."""
    path = tmp_path / f"notice{suffix}"
    path.write_text(text, "utf-8")
    found = read_whole(path, **{"region": "岳阳县", "year": 2024, **known})
    return {entry.text: (entry.state, entry.what) for entry in found.ledger.entries}


def of_item(tmp_path, kind, words):
    return states(tmp_path, f"{TITLE[kind]}\n1.{words}\n{NEXT[kind]}\n", kind=kind)


@pytest.mark.parametrize(
    ("kind", "words", "figure"),
    [
        # a list's number
        ("plan", "办好民生微实事300件。", "300件"),
        ("plan", "推出为民办实事项目50件，其中社区30件。", "50件"),
        ("progress", "新建健身步道15个项目已完成。", "15个"),
        ("progress", "全年新建公园5个，分别是：城东公园、城西公园。", "5个"),
        # a vote
        ("plan", "群众满意度达到95%以上。", "95%以上"),
        ("plan", "新增候选示范村20个。", "20个"),
        ("progress", "征集“微心愿”项目500个，全部完成。", "500个"),
        ("progress", "发放满意度问卷2000份。", "2000份"),
        # the value before
        ("plan", "由县教育局牵头新建学校3所并提升改造。", "3所"),
        ("plan", "由政府购买服务为500名老人提升居住环境。", "500名"),
        ("plan", "由企业建设充电桩200个降低收费。", "200个"),
        ("progress", "从9个乡镇中选取60个村提升改造。", "60个"),
        # by how much a target was passed
        ("progress", "高于目标任务完成厕所改造2300座。", "2300座"),
        ("progress", "就业人数比年初计划多1200人。", "1200人"),
        ("progress", "新建充电桩数量多于年度目标的600个。", "600个"),
        # what is left
        ("progress", "其余300户危房已完成改造。", "300户"),
        ("progress", "还有15个村新建了文化广场。", "15个"),
        ("progress", "对剩下的1200口水井完成改造。", "1200口"),
        ("progress", "剩余60%的管网已更换。", "60%"),
        # who qualifies
        ("plan", "建成36个班规模的学校。", "36个班"),
        ("plan", "安排100万元以上的资金用于救助。", "100万元以上"),
        ("plan", "新招20人以上村医。", "20人以上"),
        ("progress", "覆盖了95%以上的行政村。", "95%以上"),
        # a length of time, a grade, a word, a name
        ("plan", "急救响应时间缩短到10分钟以内。", "10分钟"),
        ("plan", "空气优良天数不少于300天。", "300天"),
        ("progress", "办理时限压缩到3天。", "3天"),
        ("plan", "开展5期培训。", "5期"),
        ("plan", "新建两所小学、三所幼儿园。", "三所"),
        ("progress", "对城西两座危桥进行拆除重建。", "两座"),
        ("plan", "新建公园5个年底前完工。", "5个"),
        ("plan", "改造小区12个月底前完工。", "12个"),
    ],
)
def test_words_of_another_reading_lose_no_figure(tmp_path, kind, words, figure):
    state, why = of_item(tmp_path, kind, words)[figure]
    assert state in ("read", "unread"), why


@pytest.mark.parametrize(
    ("kind", "words", "figure"),
    [
        ("progress", "完成10件民生实事，新建公园3个。", "10件"),
        ("plan", "低保标准由每月680元提高到720元。", "680元"),
        ("plan", "低保标准由每月680元提高到9000元/年。", "680元"),
        ("progress", "新改建公路82公里，较目标任务多完成12公里。", "12公里"),
        ("progress", "已完成12公里，剩余8公里建设任务年底完成。", "8公里"),
        ("plan", "新建500张床位以上医院2家。", "500张床位以上"),
        ("plan", "建设15分钟便民圈8个。", "15分钟"),
        ("plan", "推进二期工程，新建校舍3栋。", "二期"),
        ("progress", "开展为期20天的培训12次。", "20天"),
    ],
)
def test_what_is_certainly_none_stays_aside(tmp_path, kind, words, figure):
    assert of_item(tmp_path, kind, words)[figure][0] == "aside"


PLAN = "某县“十四五”公共服务发展规划（2021-2025年）\n{}\n{}\n第九章 重点任务\n到2025年，新建书房77家。\n"


@pytest.mark.parametrize(
    ("chapter", "words", "figure"),
    [
        ("第一章 主要目标", "到2025年，现有养老床位达到5000张以上。", "5000张以上"),
        ("第一章 主要目标", "到2025年，存量住房改造3000套。", "3000套"),
        ("第一章 主要目标", "在2018年基础上新增公园20个。", "20个"),
        ("第一章 主要目标", "到2025年，建成二十个公园。", "二十个"),
        ("第一章 主要目标", "到2025年，吸引100人以上的团队入驻。", "100人以上"),
        ("第一章 发展基础与目标", "到2025年，新建养老院12所。", "12所"),
        ("第一章 形势与任务", "到2025年，新建养老院12所。", "12所"),
    ],
)
def test_background_of_a_plan_loses_no_promise(tmp_path, chapter, words, figure):
    found = states(tmp_path, PLAN.format(chapter, words), kind="five_year_plan", year=2021)
    state, why = found[figure]
    assert state in ("read", "unread"), why


@pytest.mark.parametrize(
    ("chapter", "words", "figure"),
    [
        ("第一章 主要目标", "到2025年底累计达到80家，其中已建30家。", "30家"),
        ("第一章 发展基础", "2020年末，全县有养老院12所。", "12所"),
        ("第一章 主要目标", "预计到2025年老年人口达8万人，新增床位500张。", "8万人"),
    ],
)
def test_background_of_a_plan_stays_aside(tmp_path, chapter, words, figure):
    found = states(tmp_path, PLAN.format(chapter, words), kind="five_year_plan", year=2021)
    assert found[figure][0] == "aside"


@pytest.mark.parametrize("suffix", [".txt", ".html"])
@pytest.mark.parametrize(
    ("kind", "heads", "cells", "figure"),
    [
        ("plan", "序号|项目名称|责任单位|备注", "养老服务提升|民政局|新增床位300张", "300张"),
        ("plan", "序号|项目名称|责任单位|说明", "养老服务提升|民政局|新建养老院5所", "5所"),
        ("plan", "序号|目标任务|建设性质|责任单位", "养老院|新建5所|民政局", "5所"),
        ("plan", "序号|目标任务|建设地点|责任单位", "新建养老院|城东街道3所、城西街道2所|民政局", "2所"),
        ("progress", "序号|目标任务|责任单位|是否完成", "新建养老院5所|民政局|已完成4所", "4所"),
        ("progress", "序号|年度目标|完成情况|排名", "新建养老院5所|5所|已完成4所", "4所"),
        # a column of targets or results that prints what a form sets aside
        ("plan", "序号|目标任务|目标值|责任单位", "养老护理员培训|5期|人社局", "5期"),
        ("plan", "序号|目标任务|目标值|责任单位", "养老急救响应|10分钟以内|卫健委", "10分钟"),
        ("progress", "序号|年度目标|完成情况|责任单位", "优良天数300天|306天|环保局", "306天"),
        (
            "progress",
            "序号|年度目标|完成情况|责任单位",
            "培训500人|培训了500人以上养老护理员|人社局",
            "500人以上",
        ),
    ],
)
def test_a_column_that_is_kept_loses_no_figure(tmp_path, suffix, kind, heads, cells, figure):
    rows = [heads.split("|"), ["1", *cells.split("|")], ["2", *cells.replace("养老", "托幼").split("|")]]
    if suffix == ".html":
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        text = f"<html><body><h1>{TITLE[kind]}</h1><table>{body}</table></body></html>"
    else:
        text = "\n".join([TITLE[kind], *("\t".join(row) for row in rows)]) + "\n"
    state, why = states(tmp_path, text, suffix, kind=kind)[figure]
    assert state in ("read", "unread"), why


def test_a_figure_that_names_nothing_is_none_of_another_item(tmp_path):
    text = "2024年民生实事项目\n1.新建养老院5所。\n2.新建书房7家。\n注：另新建5所。\n"
    path = tmp_path / "notice.txt"
    path.write_text(text, "utf-8")
    found = read_whole(path, region="岳阳县", year=2024, kind="plan")
    assert [e.state for e in found.ledger.entries if e.text == "5所"] == ["read", "unread"]


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        ([("年度目标：", "新建养老院5所", "完成情况：", "已完成4所")], ("5所", "4所")),
        (
            [("新建养老院：", "5所"), ("改造危房：", "400户"), ("新增学位：", "1200个")],
            ("5所", "400户", "1200个"),
        ),
        (
            [("索引号：", "2024-5"), ("主题：", "新建养老院5所"), ("内容：", "新增床位300张")],
            ("5所", "300张"),
        ),
    ],
)
def test_a_box_of_labels_loses_no_figure(tmp_path, rows, figures):
    box = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    below = "<p>1.新建公园9座。</p><p>2.新建书房7家。</p>"
    text = f"<html><body><h1>{TITLE['plan']}</h1><table>{box}</table>{below}</body></html>"
    found = states(tmp_path, text, ".html", kind="plan")
    assert [found[figure][0] for figure in figures if found[figure][0] == "aside"] == []


@pytest.mark.parametrize("suffix", [".txt", ".html"])
@pytest.mark.parametrize(
    ("note", "figure"),
    [("其中中央资金2000万元", "2000万元"), ("含续建道路12公里", "12公里"), ("已完成投资300万元", "300万元")],
)
def test_a_note_of_a_project_is_told(tmp_path, suffix, note, figure):
    rows = [["项目名称", "建设性质", "建设年限", "总投资（万元）", "备注"]]
    rows += [[name, "新建", "2021-2025", "5000", note] for name in ("养老院建设", "敬老院改造")]
    title = "某县“十四五”公共服务发展规划（2021-2025年）重点项目表"
    if suffix == ".html":
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        text = f"<html><body><h1>{title}</h1><table>{body}</table></body></html>"
    else:
        text = "\n".join([title, *("\t".join(row) for row in rows)]) + "\n"
    assert states(tmp_path, text, suffix, kind="five_year_plan", year=2021)[figure][0] == "unread"
