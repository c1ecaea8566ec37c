"""Who answers for a promise and by when, in the ways in which strangers' documents print it."""

from __future__ import annotations

import pytest

from minshi_analysis.facts.prose.duties import agencies
from minshi_analysis.intake.reader import read_document
from minshi_analysis.language.head_parts import parts

KNOWN = {"region": "320281", "year": 2023}


@pytest.fixture
def tasks(tmp_path):
    """The tasks of a notice with these lines below its title, as (bodies, day, words)."""

    def reading(*lines: str, title: str = "江阴市2023年为民办实事项目清单", ext: str = "txt"):
        path = tmp_path / f"page.{ext}"
        page = "\n".join((title, *lines))
        if ext == "html":
            page = "<html><body><h1>" + page.replace("\n", "</h1>", 1).replace("\n", "<p>") + "</body></html>"
        path.write_text(page, encoding="utf-8")
        found = read_document(path, **KNOWN)["tasks"]
        said = found[["lead_agency", "deadline", "text"]].astype(object).where(lambda t: t.notna(), None)
        return list(said.itertuples(index=False, name=None))

    return reading


@pytest.mark.parametrize(
    ("bracket", "lead", "day"),
    [
        ("（市教育局，8月底前）", "市教育局", "2023-08-31"),
        ("（12月底前，市住建局）", "市住建局", "2023-12-31"),
        ("（市卫健委、市急救中心，11月底前完成）", "市卫健委、市急救中心", "2023-11-30"),
        ("（市卫健委负责，10月底前）", "市卫健委", "2023-10-31"),
        ("（市园林局 6月底前）", "市园林局", "2023-06-30"),
        ("（市园林局、各镇街，12月）", "市园林局、各镇街", "2023-12-31"),
        ("（市园林局、市住建局，市财政局配合，10月底前）", "市园林局、市住建局", "2023-10-31"),
        ("[市城管局，第四季度]", "市城管局", "2023-12-31"),
        ("责任单位:市卫健委;2023年8月底前", "市卫健委", "2023-08-31"),
        ("（牵头单位：市卫健委，11月底前完成）", "市卫健委", "2023-11-30"),
    ],
)
def test_bodies_and_a_day_stand_side_by_side(tasks, bracket, lead, day):
    assert tasks("1.新建公园5个。" + bracket, "2.改造泵站9座。（市水利局）") == [
        (lead, day, "新建公园5个"),
        ("市水利局", None, "改造泵站9座"),
    ]


def test_a_line_below_an_item_says_both(tasks):
    assert tasks("1.新建公园5个。", "市园林局，6月底前", "2.改造泵站9座。", "市水利局") == [
        ("市园林局", "2023-06-30", "新建公园5个"),
        ("市水利局", None, "改造泵站9座"),
    ]


def test_a_bracket_that_says_more_is_none_of_bodies(tasks):
    said = tasks(
        "1.新建公园5个。（含口袋公园，6月底前）", "2.改造泵站9座（包括城东泵站）。", "3.新建桥3座（市区）。"
    )
    assert [lead for lead, _, _ in said] == [None, None, None]


@pytest.mark.parametrize(
    ("bracket", "lead", "day"),
    [
        ("（牵头单位：市教育局）", "市教育局", None),
        ("（市卫健委）", "市卫健委", None),
        ("（责任单位：市住建局，12月底前）", "市住建局", "2023-12-31"),
        ("（市民政局牵头，市财政局配合）", "市民政局", None),
    ],
)
def test_a_heading_says_it_of_all_below_it(tasks, bracket, lead, day):
    said = tasks(
        "一、惠民工程" + bracket,
        "1.新建公园5个。",
        "2.改造泵站9座。（市水利局）",
        "二、其他",
        "1.新建桥3座。",
    )
    assert said == [
        (lead, day, "新建公园5个"),
        ("市水利局", day, "改造泵站9座"),
        (None, None, "新建桥3座"),
    ]


def test_a_programme_is_called_without_the_bracket(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "江阴市2023年为民办实事项目清单\n一、教育优先（牵头单位：市教育局）\n1.新建学校5所。\n2.改造食堂9个。"
    )
    assert set(read_document(path, **KNOWN)["tasks"]["programme"]) == {"教育优先"}


@pytest.mark.parametrize("ext", ["txt", "html"])
@pytest.mark.parametrize("label", ["主办单位", "主管部门", "责任科室", "落实单位", "承担机构", "实施主体"])
def test_labels_of_those_who_answer(tasks, label, ext):
    lines = ("一、新建公园", "主要内容：新建公园5个。", f"{label}：市园林局、市财政局")
    more = ("二、改造泵站", "主要内容：改造泵站9座。", f"{label}：市水利局")
    footer = ("版权所有：江阴市人民政府",)
    assert [lead for lead, _, _ in tasks(*lines, *more, *footer, ext=ext)] == [
        "市园林局、市财政局",
        "市水利局",
    ]


@pytest.mark.parametrize("ext", ["txt", "html"])
def test_who_runs_the_site_answers_for_nothing(tasks, ext):
    said = tasks("1.新建公园5个。", "2.改造泵站9座。", "主办：江阴市人民政府 技术支持：信息中心", ext=ext)
    assert [lead for lead, _, _ in said] == [None, None]


@pytest.mark.parametrize("part", parts()["leading"])
def test_words_that_lead_a_head_lead_a_line(part):
    """What the heads of columns know, lines know: 主管部门 is no other word in a list than above a column."""
    if part not in (
        "主要",
        "项目",
        "市级",
        "主体",
    ):  # parts of longer heads: 主要责任单位, 项目业主, 责任主体
        assert agencies(f"{part}单位：市教育局") == {"lead_agency": "市教育局"}


@pytest.mark.parametrize("part", parts()["helping"])
def test_words_that_help_in_a_head_help_in_a_line(part):
    if part != "共建":  # 共建单位 of a column are partners; of a line, who shares the cost
        said = agencies(f"牵头单位：市教育局；{part}单位：市财政局")
        assert said == {"lead_agency": "市教育局", "partner_agencies": "市财政局"}


def test_parts_that_print_their_heading_again_answer_for_themselves(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "江阴市2022年十件实事完成情况\n"
        "一、改造小区9个；新建公厕30座。（责任单位：市住建局、市城管局）该件实事已全面完成\n"
        "1.改造小区9个（责任单位：市住建局）\n此项工作已完成。截至12月底，共完成改造小区10个。\n"
        "2.新建公厕30座（责任单位：市城管局）\n此项工作已完成。全市完成新建公厕31座。\n"
        "二、新建公园8个。（责任单位：市园林局）\n此项工作已完成。新建公园8个。\n",
        encoding="utf-8",
    )
    found = read_document(path, region="320281", year=2022)
    assert found["tasks"]["lead_agency"].tolist() == ["市住建局", "市城管局", "市园林局"]
    assert found["targets"]["value"].tolist() == [9, 30, 8]
    pairs = found["outcomes"].merge(found["targets"], on="target_id", suffixes=("", "_asked"))
    assert list(zip(pairs["value_asked"], pairs["value"], strict=True)) == [(9, 10), (30, 31), (8, 8)]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (
            "治理农村污水18个村，新建管网36公里，8月底前完成主体工程，12月底前投入运行",
            ["2023-12-31", "2023-12-31"],
        ),
        ("新建卫生服务站1个，改造卫生室9个。总投资60万元，6月底前完成", ["2023-06-30", "2023-06-30"]),
        ("改造小区7个，惠及居民2100户。总投资2300万元。10月底前完工", ["2023-10-31", "2023-10-31"]),
        ("10月底前新建公园2个、步道3公里", ["2023-10-31", "2023-10-31"]),
        ("改造敬老院5所，11月底前建成投用；新增床位300张", ["2023-11-30", None]),
        ("新建学校8所，3月底前开工；新增学位540个", [None, None]),
        ("新建学校8所，6月底前完成招标，新增学位540个", [None, None]),
        ("改造敬老院5所，11月底前建成投用，新增床位300张", ["2023-11-30", None]),
    ],
)
def test_a_day_that_a_clause_says_of_those_before_it(tasks, words, days):
    said = tasks("一、民生工程", f"{words}。", "二、绿化工程", "新建林地40亩，改造绿道9公里。")
    assert [day for _, day, _ in said] == [*days, None, None]


@pytest.mark.parametrize(
    ("notes", "lead", "partners"),
    [
        (("牵头单位：县城管局", "责任单位：县城投集团"), "县城管局", "县城投集团"),
        (("责任单位：县城投集团", "牵头单位：县城管局"), "县城管局", "县城投集团"),
        (("主管部门：县城管局", "责任单位：县城投集团、各乡镇"), "县城管局", "县城投集团、各乡镇"),
        (
            ("牵头单位：县城管局", "实施单位：县城投集团", "配合单位：县财政局"),
            "县城管局",
            "县城投集团、县财政局",
        ),
        (("责任单位：县城管局", "配合单位：县财政局"), "县城管局", "县财政局"),
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_two_lines_name_bodies_and_none_is_lost(tmp_path, notes, lead, partners, below):
    own = ["任务目标：新建公园5个。"]
    lines = [*own, *notes] if below else [*notes, *own]
    path = tmp_path / "page.txt"
    path.write_text(
        "\n".join(
            ("江阴市2023年民生实事项目", "一、建设公园", *lines, "二、改造泵站", "任务目标：改造泵站9座。")
        )
    )
    found = read_document(path, **KNOWN)["tasks"].iloc[0]
    assert (found["lead_agency"], found["partner_agencies"]) == (lead, partners)


@pytest.mark.parametrize(
    "bracket",
    [
        "（牵头单位：市人社局，数据提供单位：市统计局）",
        "（数据提供单位：市统计局；牵头单位：市人社局）",
        "（牵头单位：市人社局 考核部门：市统计局）",
    ],
)
def test_another_label_ends_the_names_of_bodies(tasks, bracket):
    assert tasks("1.新增就业5万人。" + bracket, "2.新建公园9个。")[0][0] == "市人社局"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("新增公交线路40条，新投放公交车1500辆，确保12月底前开通地铁5号线一期", None),
        ("新建口袋公园20个，6月底前建成城市书房5座，改造公厕30座", None),
        ("更新健身路径15处，9月底前建成社区健身中心1个", None),
        ("新建学校8所，9月底前全部建成", "2023-09-30"),
        ("新建幼儿园5所，新增学位900个，8月底前幼儿园建成投用", "2023-08-31"),
        ("改造小区20个，11月底前完成改造任务并通过验收", "2023-11-30"),
    ],
)
@pytest.mark.parametrize("form", ["list", "table"])
def test_a_day_of_other_works_is_not_that_of_the_promise(tmp_path, form, words, day):
    path = tmp_path / ("page.txt" if form == "list" else "page.html")
    if form == "list":
        page = f"江阴市2023年民生实事项目\n1.{words}。\n2.新建公园9个。"
    else:
        rows = [("序号", "工作内容", "责任单位"), ("1", words, "市住建局"), ("2", "新建公园9个", "市园林局")]
        cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        page = f"<h1>江阴市2023年民生实事项目</h1><table>{cells}</table>"
    path.write_text(page, encoding="utf-8")
    found = read_document(path, **KNOWN)["tasks"]["deadline"].astype(object)
    assert found.where(found.notna(), None)[0] == day


@pytest.mark.parametrize(
    ("first", "mark"),
    [
        ("一、市级民生实事项目", "二、区级民生实事项目"),
        ("（一）教育", "（二）民生实事项目"),
        ("一、任务", "2.重点任务"),
    ],
)
def test_labelled_lines_are_no_heads_of_a_table(tmp_path, first, mark):
    """配合单位:…, 完成时限:… and a numbered heading behind them are no three heads that stand in lines of their own."""
    own = ("工作目标：新建公园5个。", "配合单位：各镇", "完成时限：2023年10月底")
    path = tmp_path / "page.txt"
    path.write_text(
        "\n".join(("江阴市2023年民生实事项目清单", first, "1.建设公园", *own, mark, "6.改造泵站", *own)),
        encoding="utf-8",
    )
    found = read_document(path, **KNOWN)
    assert len(found["targets"]) == 2
    assert found["confidence"]["confidence"].min() >= 0.9


@pytest.mark.parametrize(
    ("sentence", "lead", "partners"),
    [
        ("此项工作由市建委负责组织，市国土局、燃气集团具体实施。", "市建委", "市国土局、燃气集团"),
        ("该项目由市教育局牵头，市财政局配合。", "市教育局", "市财政局"),
        ("以上两项工作由市住建局负责。", "市住建局", None),
        ("由市民政局会同市残联组织实施", "市民政局", "市残联"),
        (
            "上述任务均由市水利局牵头负责，市财政局、各镇街配合，11月底前完成。",
            "市水利局",
            "市财政局、各镇街",
        ),
    ],
)
@pytest.mark.parametrize("joint", ["\n", ""])
def test_a_sentence_at_an_items_end_says_who_answers(read, sentence, lead, partners, joint):
    said = f"{joint}{sentence}\n"
    words = f"磐安县2023年民生实事\n一、教育\n新建学校5所，改造食堂12个。{said}二、住房\n改造小区3个。{said}三、养老\n新增床位30张。"
    found = read(words)["tasks"]
    said = found[["text", "lead_agency", "partner_agencies"]].astype(object).where(lambda t: t.notna(), None)
    assert said.values.tolist() == [
        ["新建学校5所", lead, partners],
        ["改造食堂12个", lead, partners],
        ["改造小区3个", lead, partners],
        ["新增床位30张", None, None],
    ]


def test_who_answers_is_told_where_it_is_not_understood(read):
    words = "磐安县2023年民生实事\n1.新建学校5所。\n此项工作由有关方面共同负责。\n2.改造小区3个。\n3.由县教育局负责新建食堂4个。"
    found = read(words)
    assert found["tasks"]["lead_agency"].isna().tolist() == [True, True, False]
    assert [w for w in found["unread"]["text"].dropna() if "由" in w] == ["此项工作由有关方面共同负责。"]
