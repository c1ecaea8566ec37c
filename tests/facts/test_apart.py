"""Two figures of the same works have two names, in words and in the cells of tables."""

import pytest
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

KNOWN = {"region": "320404", "year": 2021}
PAIRS = [
    ("实施老旧小区改造项目12个,计划竣工3个", ["老旧小区改造项目", "老旧小区改造项目（竣工）"]),
    ("开工建设安置房20000套,基本建成8000套", ["安置房", "安置房（基本建成）"]),
    ("新辟公交线路10条,优化调整20条", ["公交线路", "公交线路（优化调整）"]),
    ("改造道路9条,年内建成4条", ["道路", "道路（建成）"]),
]


@pytest.mark.parametrize("form", ["md", "xlsx", "docx", "html"])
def test_in_a_table(tmp_path, form):
    rows = [
        ["序号", "主要内容", "责任单位"],
        *([str(k), words, "区住建局"] for k, (words, _) in enumerate(PAIRS, 1)),
    ]
    notice = Notice((), (sheet("钟楼区2021年民生实事项目", 1, rows),))
    found = read_document(writers.FORMS[form](notice, tmp_path / f"page.{form}"), **KNOWN)["targets"]
    assert found.groupby("task_id")["measure"].agg(list).tolist() == [names for _, names in PAIRS]


def test_in_a_list(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "钟楼区2021年民生实事项目\n" + "\n".join(f"{k}.{words}。" for k, (words, _) in enumerate(PAIRS, 1)),
        encoding="utf-8",
    )
    found = read_document(path, **KNOWN)["targets"]
    assert found.groupby("task_id")["measure"].agg(list).tolist() == [names for _, names in PAIRS]


@pytest.mark.parametrize(
    "words",
    [
        "完成3个、新开工1个老旧小区改造",  # the clause names what it counts
        "新建学校5所,其中小学3所",  # a part
        "新增学位1080个;新建公办幼儿园2所,新增学位540个",
    ],
)
def test_names_that_are_printed_stay(tmp_path, words):
    path = tmp_path / "page.txt"
    path.write_text(f"钟楼区2021年民生实事项目\n1.{words}。\n2.新建公园5个。", encoding="utf-8")
    assert not read_document(path, **KNOWN)["targets"]["measure"].str.contains("（").any()
