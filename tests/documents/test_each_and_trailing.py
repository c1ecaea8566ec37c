"""What each of several has is no target, and a date behind what it is of holds for nothing that follows."""

from __future__ import annotations

import pytest
from notices import promised

from minshi_analysis.intake.reader import read_document

KNOWN = {"region": "岳阳县", "year": 2024}
TITLE = "2024年民生实事项目"
SURE = 0.8


def in_words(tmp_path, words, kind="plan"):
    path = tmp_path / "notice.txt"
    end = "，已完成" if kind == "progress" else ""
    title = TITLE + ("完成情况" if end else "")
    path.write_text(f"{title}\n1.{words}\n2.新建书房77家{end}。\n", "utf-8")
    return read_document(path, kind=kind, **KNOWN)


def in_cells(tmp_path, words, suffix):
    rows = [["序号", "目标任务", "责任单位"], ["1", words, "县民政局"], ["2", "新建书房77家", "县文旅局"]]
    if suffix == ".html":
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        text = f"<html><body><h1>{TITLE}</h1><table>{body}</table></body></html>"
    else:
        text = "\n".join([TITLE, *("\t".join(row) for row in rows)]) + "\n"
    path = tmp_path / f"notice{suffix}"
    path.write_text(text, "utf-8")
    return read_document(path, kind="plan", **KNOWN)


EACH = [
    ("新建日间照料中心5所，每所60平方米", 5.0, "60平方米"),
    ("新建便民中心5个，每个不少于200平方米", 5.0, "不少于200平方米"),
    ("新建公厕5处，每处投资5万元", 5.0, "5万元"),
    ("新建停车场5个，单个不少于50个泊位", 5.0, "不少于50个"),
    ("举办招聘会12场，每场不少于30家企业", 12.0, "不少于30家"),
    ("新建养老院5所，平均每所床位100张", 5.0, "100张"),
]


@pytest.mark.parametrize(("words", "value", "size"), EACH)
@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_a_cell_that_says_how_large_each_is_promises_the_count_alone(tmp_path, words, value, size, suffix):
    tables = in_cells(tmp_path, words, suffix)
    assert [row[1] for row in promised(tables)] == [value, 77.0]
    assert [text for text in tables["unread"]["text"] if size in text]


@pytest.mark.parametrize(("words", "value", "size"), EACH)
def test_a_sentence_that_says_how_large_each_is_promises_the_count_alone(tmp_path, words, value, size):
    tables = in_words(tmp_path, f"{words}。")
    assert [row[1] for row in promised(tables)] == [value, 77.0]
    assert (tables["unread"]["reason"] == "a standard for each case").any()


def test_a_result_that_says_how_large_each_is_reports_the_count_alone(tmp_path):
    tables = in_words(tmp_path, "新建日间照料中心5所，每所60平方米，已全部完成。", "progress")
    assert 60.0 not in tables["outcomes"]["value"].tolist() + tables["targets"]["value"].tolist()


@pytest.mark.parametrize(
    "words", ["每个乡镇新建养老院不少于1所", "为5个乡镇各配备救护车1辆", "每村建设文化广场1处"]
)
def test_so_much_for_each_is_doubted_in_a_cell_too(tmp_path, words):
    sure = in_cells(tmp_path, words, ".html")["confidence"]
    assert sure["confidence"].iloc[0] < SURE
    assert "so much for each, not in all" in sure["reasons"].iloc[0]


@pytest.mark.parametrize("words", ["每千名老人床位达到50张", "每年开展义诊12次", "每月举办讲座2场"])
def test_a_ratio_and_a_yearly_count_are_promised(tmp_path, words):
    sure = in_cells(tmp_path, words, ".html")["confidence"]
    assert sure["confidence"].iloc[0] >= SURE


# --- dates that trail ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("改造敬老院5所，9月底前建成投用；新增床位300张", None),
        ("改造敬老院5所，9月底前建成投用。新增床位300张", None),
        ("新建公厕20座，6月底前完工；改造公园30个，10月底前完工；新建书房3家", None),
        ("改造敬老院5所；新增床位300张，11月底前全部完成", "2024-11-30"),
        ("改造敬老院5所，9月底前建成投用；加强日常管理", "2024-09-30"),
        ("新建公厕20座，6月底前完工；改造公园30个，10月底前完工", "2024-10-31"),
    ],
)
def test_a_trailing_date_holds_for_nothing_behind_it(tmp_path, words, due):
    for tables in (in_words(tmp_path, f"{words}。"), in_cells(tmp_path, words, ".html")):
        assert (
            tables["tasks"]["deadline"]
            .astype(object)
            .where(tables["tasks"]["deadline"].notna(), None)
            .iloc[0]
            == due
        )


def test_a_trailing_date_stays_with_its_clause_in_a_named_item(tmp_path):
    tasks = in_words(tmp_path, "养老服务。改造敬老院5所，9月底前建成投用；新增床位300张。")["tasks"]
    assert tasks["text"].tolist()[:2] == ["改造敬老院5所，9月底前建成投用", "新增床位300张"]
    assert tasks["deadline"].iloc[0] == "2024-09-30"
    assert tasks["deadline"].isna().iloc[1]


@pytest.mark.parametrize("stop", ["；", "。"])
def test_a_trailing_date_of_a_plan_does_not_run_on(tmp_path, stop):
    path = tmp_path / "plan.txt"
    path.write_text(
        "某县“十四五”公共服务发展规划（2021-2025年）\n第一章 主要目标\n"
        f"改造敬老院5所，2023年底前建成投用{stop}新增床位300张。\n第二章 重点任务\n到2025年，新建书房77家。\n",
        "utf-8",
    )
    tables = read_document(path, region="岳阳县", year=2021, kind="five_year_plan")
    assert tables["tasks"]["deadline"].tolist() == ["2023-12-31", "2025-12-31", "2025-12-31"]


# --- growth --------------------------------------------------------------------------------------------------------

GROWTH = [
    ("城镇居民人均可支配收入增长8%以上", [("城镇居民人均可支配收入增长", 8.0, "%")]),
    ("一般公共预算收入比上年增长8%", [("一般公共预算收入增长", 8.0, "%")]),
    ("农村低保标准提高10%", [("农村低保标准提高", 10.0, "%")]),
    ("自来水普及率由90%提高2个百分点", [("自来水普及率提高", 2.0, "百分点")]),
    ("公办园在园幼儿占比提高3个百分点", [("公办园在园幼儿占比提高", 3.0, "百分点")]),
    ("食堂覆盖率提升5个百分点，达到85%", [("食堂覆盖率提升", 5.0, "百分点"), ("食堂覆盖率", 85.0, "%")]),
    ("新增就业3000人，增长8%", [("新增就业", 3000.0, "人"), ("新增就业增长", 8.0, "%")]),
    (
        "城镇、农村居民收入分别增长7%、8%",
        [("城镇居民收入增长", 7.0, "%"), ("农村居民收入增长", 8.0, "%")],
    ),
]


@pytest.mark.parametrize(("words", "rows"), GROWTH)
@pytest.mark.parametrize("suffix", ["", ".txt", ".html"])
def test_growth_is_measured_as_growth(tmp_path, words, rows, suffix):
    tables = in_cells(tmp_path, words, suffix) if suffix else in_words(tmp_path, f"{words}。")
    assert promised(tables)[:-1] == rows


@pytest.mark.parametrize("words", ["参保率提高到97%", "优良率达到85%", "入园率稳定在96%以上"])
def test_a_level_is_measured_as_a_level(tmp_path, words):
    ((measure, _, _), _) = promised(in_words(tmp_path, f"{words}。"))
    assert measure in words
    assert measure.endswith("率")


@pytest.mark.parametrize(
    "words",
    [
        "占比达到55%，较上年提高3个百分点",
        "入园率达到96%，比去年提高2个百分点",
        "较上年提高5个百分点，覆盖率达到85%",
    ],
)
def test_a_change_beside_its_level_is_no_target(tmp_path, words):
    tables = in_words(tmp_path, f"公办园在园幼儿{words}。")
    assert "百分点" not in tables["targets"]["unit"].tolist()
    assert "an amount of an earlier year" in tables["unread"]["reason"].tolist()


def test_what_a_report_compares_with_the_year_before_is_no_result(tmp_path):
    tables = in_words(tmp_path, "新增就业3000人，同比增长8%。", "progress")
    assert 8.0 not in tables["outcomes"]["value"].tolist()
    assert "an amount of an earlier year" in tables["unread"]["reason"].tolist()
