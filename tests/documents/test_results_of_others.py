"""Results that answer to another thing than they seem to: the parts of other works, what is left, what is only begun."""

from __future__ import annotations

import pytest
from laid import read_rows

from minshi_analysis.intake.reader import read_document

HEAD = ["序号", "工作任务", "责任单位", "落实情况"]


def told(folder, *items, ext="txt"):
    """The tables of a report in numbered lines."""
    lines = "".join(f"{k}.{words}\n" for k, words in enumerate(items, 1))
    path = folder / f"page.{ext}"
    path.write_text(f"芦溪县2023年民生实事项目上半年进展情况\n\n{lines}", encoding="utf-8")
    return read_document(path, region="芦溪县", year=2023, kind="progress")


def laid(folder, form, asked, reported):
    """The tables of a report of one row of a table."""
    rows = [HEAD, ["1", asked, "县住建局", reported], ["2", "新增公交线路2条", "县交通局", "新增公交线路2条"]]
    return read_rows(folder, form, rows, "芦溪县2023年民生实事落实情况", region="芦溪县", year=2023)


def results(tables):
    """The value of each result beside that of its target, nothing where it has none."""
    asked = tables["targets"].set_index("target_id")["value"]
    rows = tables["outcomes"].dropna(subset=["value"])
    return [(row.value, asked.get(row.target_id)) for row in rows.itertuples()]


def left(tables):
    return " ".join(tables["unread"]["text"].dropna())


# ---- a part of the works that another thing's promise names

OTHERS = [
    ("完成县妇幼保健院主体工程建设，7个乡镇卫生院完成搬迁或改扩建", "7所卫生院主体工程已基本完工", "7所"),
    ("完成一中宿舍楼主体工程，新建幼儿园5所", "5所幼儿园主体均已完工，正在装修", "5所"),
    ("改造公厕30座，完成福利院主体工程", "30座公厕主体工程已完工", "30座"),
    ("市民广场开工建设；建设口袋公园6个", "口袋公园开工4个", "4个"),
]


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
@pytest.mark.parametrize(("asked", "reported", "figure"), OTHERS)
def test_a_part_that_is_promised_of_other_works_is_no_result_of_these(
    tmp_path, form, asked, reported, figure
):
    tables = laid(tmp_path, form, asked, reported)
    assert results(tables) == [(2, 2)] and figure in left(tables)


@pytest.mark.parametrize(("asked", "reported", "figure"), OTHERS[:3])
def test_nor_does_it_say_in_prose_that_these_are_finished(tmp_path, asked, reported, figure):
    tables = told(tmp_path, f"{asked}。{reported}。")
    assert results(tables) == [] and figure in left(tables)
    assert "met" not in set(tables["outcomes"]["status_claimed"])


@pytest.mark.parametrize(
    ("asked", "reported", "values"),
    [
        ("新建中学3所，年底前主体完工", "3所中学主体均已完工", (3, 3)),
        ("完成3所中学主体建设，新增停车位200个", "3所中学主体完工", (3, 3)),
        ("新建公园3个，开工建设安置房500套", "安置房开工480套", (480, 500)),
    ],
)
def test_a_part_that_is_promised_of_the_thing_itself_is_one(tmp_path, asked, reported, values):
    assert values in results(laid(tmp_path, "html", asked, reported))
