"""Parts that a text names are no whole split: the document does not contradict itself by naming some of them."""

from __future__ import annotations

import pytest

from minshi_analysis import model
from minshi_analysis.audit import check_document
from minshi_analysis.intake.reader import read_document
from minshi_analysis.reading import read

HEAD = "岳阳市2017年民生实事工作方案\n\n"
FIVE = "岳阳楼区{}座、云溪区3座、君山区4座、华容县4座、平江县5座"


def checked(tmp_path, text, kind, suffix="txt"):
    path = tmp_path / f"a.{suffix}"
    path.write_text(text, "utf-8")
    tables = read_document(path, region="岳阳市", year=2017, kind="plan")
    checks = check_document({name: tables.get(name, model.empty(name)) for name in model.TABLES}, read(path))
    return checks[checks["kind"].eq(kind)]


@pytest.mark.parametrize(
    "words, verdict",
    [
        ("1.新建公厕32座，其中" + FIVE.format(2) + "。", "cannot_check"),
        ("1.新建公厕32座(其中:" + FIVE.format(2) + ")。", "cannot_check"),
        ("1.新建公厕32座：" + FIVE.format(2) + "，其余县市区按分解表执行。", "cannot_check"),
        ("1.新建公厕32座：" + FIVE.format(2) + "。", "mismatch"),  # a split of the whole that does not close
        ("1.新建公厕32座，其中" + FIVE.format(20) + "。", "mismatch"),  # parts above their whole
        ("1.新建公厕18座，其中" + FIVE.format(2) + "。", "ok"),
    ],
)
def test_shares_that_a_text_names(tmp_path, words, verdict):
    found = checked(tmp_path, HEAD + words + "\n2.新增托位900个。\n", "allocation_sum")
    assert found["verdict"].tolist() == [verdict]
    if verdict == "cannot_check":
        assert "name 5 of the shares, 18 of 32" in found["explanation"].iloc[0]


def test_shares_that_a_cell_names(tmp_path):
    page = (
        "<html><body><h1>岳阳市2017年民生实事工作方案</h1><table><tr><th>序号</th><th>目标任务</th><th>责任单位</th></tr>"
        f"<tr><td>1</td><td>新建公厕32座，其中{FIVE.format(2)}</td><td>市城管局</td></tr>"
        "<tr><td>2</td><td>新增托位900个</td><td>市卫计委</td></tr></table></body></html>"
    )
    assert checked(tmp_path, page, "allocation_sum", "html")["verdict"].tolist() == ["cannot_check"]


@pytest.mark.parametrize(
    "words, verdict",
    [
        ("总投资500万元，其中中央资金100万元，其余由社会资本筹集", "cannot_check"),
        ("总投资500万元，其中中央资金100万元、市级财政400万元", "ok"),
        ("总投资500万元，其中中央资金300万元、市级财政400万元", "mismatch"),
    ],
)
def test_funders_that_a_text_names(tmp_path, words, verdict):
    found = checked(tmp_path, HEAD + f"1.改造老旧小区5个，{words}。\n2.新增托位900个。\n", "funding_sum")
    assert found["verdict"].tolist() == [verdict]


def test_funders_in_columns_are_all_of_them(tmp_path):
    page = (
        "<html><body><h1>岳阳市2017年民生实事工作方案</h1><table><tr><th>序号</th><th>目标任务</th>"
        "<th>总投资（万元）</th><th>中央资金（万元）</th><th>市级财政（万元）</th></tr>"
        "<tr><td>1</td><td>改造老旧小区5个</td><td>500</td><td>100</td><td>300</td></tr>"
        "<tr><td>2</td><td>新增托位900个</td><td>90</td><td>40</td><td>50</td></tr></table></body></html>"
    )
    assert checked(tmp_path, page, "funding_sum", "html")["verdict"].tolist() == ["mismatch", "ok"]


def test_a_rate_is_held_against_figures_without_units(tmp_path):
    page = (
        "<html><body><h1>岳阳楼区2017年1-8月民生实事完成情况表</h1><table><tr><th>序号</th><th>项目名称</th><th>目标任务</th>"
        "<th>1-8月完成情况</th><th>完成率%</th></tr><tr><td>1</td><td>新增城镇就业</td><td>8950</td><td>7356</td><td>82%</td></tr>"
        "<tr><td>2</td><td>农村公办幼儿园</td><td>2所</td><td>1所</td><td>60%</td></tr></table></body></html>"
    )
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    tables = read_document(path, region="岳阳楼区", year=2017, kind="progress")
    checks = check_document({name: tables.get(name, model.empty(name)) for name in model.TABLES}, read(path))
    found = checks[checks["kind"].eq("rate_claimed")].set_index("subject")
    assert found.loc["1 新增城镇就业", "verdict"] == "ok"  # 7356 / 8950 = 82.19 %
    assert tables["targets"]["nature"].tolist() == ["flow", "flow"]
