"""Tables of which a stranger read each cell by eye: sources of money, parts of results, names beside bare figures."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from minshi_analysis.intake.reader import read_document

TITLE = "榆林市2020年民生实事"


def html(folder, rows, above="", title=TITLE + "资金安排情况"):
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    path = folder / "table.html"
    path.write_text(
        f"<html><body><h1>{title}</h1><p>{above}</p><table>{cells}</table></body></html>", "utf-8"
    )
    return read_document(path)


def text(folder, rows, above="", title=TITLE + "资金安排情况"):
    path = folder / "table.txt"
    path.write_text(
        "\n".join([title, *filter(None, [above]), *("\t".join(map(str, row)) for row in rows)]), "utf-8"
    )
    return read_document(path)


def sheet(folder, rows, above="", title=TITLE + "资金安排情况"):
    book = Workbook()
    for row in [(title,), *([(above,)] if above else []), *rows]:
        book.active.append(row)
    book.save(folder / "table.xlsx")
    return read_document(folder / "table.xlsx")


def sums(tables):
    return [(row["column"], row["value"]) for row in tables["totals"].to_dict("records")]


def told(tables):
    return dict(zip(tables["unread"]["text"], tables["unread"]["reason"], strict=True))


# ---- who pays is in the rows


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize(
    ("head", "names"),
    [
        (("项目", "金额", "备注"), ("总投资", "其中：中央资金", "市级财政", "企业投资、群众筹资投劳等")),
        (("资金来源", "金额", "占比（%）"), ("合计", "中央预算内", "市级财政", "企业自筹")),
        (("资金类别", "投资额", "说明"), ("计划总投资", "中央专项资金", "市本级财政", "社会资本")),
        (("资金构成", "资金", "备注"), ("资金总额", "国家补助", "市级配套", "社会捐赠")),
    ],
)
def test_sources_in_rows_are_one_sum_and_its_parts_and_no_tasks(tmp_path, write, head, names):
    rows = [head, *((name, amount, "") for name, amount in zip(names, (2800, 1200, 1300, 300), strict=True))]
    tables = write(tmp_path, rows, "单位：万元")
    assert sums(tables) == [("total", 2800), ("superior", 1200), ("city", 1300), ("social", 300)]
    assert tables["tasks"].empty and tables["funding"].empty


@pytest.mark.parametrize("write", [html, text, sheet])
@pytest.mark.parametrize("spent", ["上半年实际完成投资", "已到位资金", "累计完成投资"])
def test_parts_of_what_was_spent_are_spent(tmp_path, write, spent):
    rows = [
        ("项目", "金额（亿元）", "备注"),
        ("全年计划总投资", 277, ""),
        (spent, 156.92, ""),
        ("其中：中央专项资金", 38.15, ""),
        ("市级财政", 24.21, ""),
        ("区县投入", 80.01, ""),
        ("企业投资、受益人筹资投劳等", 14.55, ""),
    ]
    tables = write(tmp_path, rows)
    assert sums(tables) == [("total", 2770000)]
    assert tables["tasks"].empty and tables["funding"].empty
    assert {told(tables)[amount] for amount in ("156.92", "38.15", "24.21", "80.01", "14.55")} == {
        "money spent, no promise"
    }


@pytest.mark.parametrize(
    "rows",
    [
        [("项目", "金额", "备注"), ("总投资", 2800, ""), ("中央资金", 1200, ""), ("市级资金", 1500, "")],
        [
            ("资金来源", "计划投资", "到位资金"),
            ("中央资金", 1200, 1000),
            ("省级资金", 600, 500),
            ("市级资金", 1, 1),
        ],
        [("项目", "金额"), ("2019年总投资", 9), ("2020年总投资", 8), ("中央资金", 5), ("市级资金", 3)],
        [("项目", "金额"), ("总投资", "3亿元"), ("中央资金", "20000"), ("市级资金", "10000")],
    ],
)
def test_sources_that_add_up_to_no_sum_are_told(tmp_path, rows):
    tables = html(tmp_path, rows, "单位：万元")
    assert tables["totals"].empty and tables["tasks"].empty and tables["funding"].empty
    assert any("add up to no sum" in reason for reason in told(tables).values())


@pytest.mark.parametrize(
    "names",
    [("县级公路改造", "省级文化馆", "乡镇卫生院"), ("县级财政局办公楼", "企业投资服务中心", "乡镇卫生院")],
)
def test_projects_that_are_called_after_bodies_are_no_sources(tmp_path, names):
    rows = [("项目", "资金（万元）"), *zip(names, (2800, 1200, 1300), strict=True)]
    tables = html(tmp_path, rows)
    assert tables["totals"].empty
    assert list(tables["funding"]["funder"]) in ([], ["total"] * 3)
