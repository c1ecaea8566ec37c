"""What a report says of promises and shares where a plan prints them in columns, and the tables hold no residents."""

import pytest

from minshi_analysis import charts
from minshi_analysis.intake.reader import read_document
from minshi_analysis.model import empty
from minshi_analysis.notebook import indicators, show
from minshi_analysis.notebook import promises as promised
from minshi_analysis.notebook.case import Case, city_year
from minshi_analysis.notebook.plan import Plan
from minshi_analysis.notebook.split import share_findings, share_notes, shares, split_by_region, split_notes
from minshi_analysis.reasons import say


def promises(case):
    return show(promised(case), "promises")


def notes(found) -> str:
    return "".join(say(finding) for finding in found if finding)


def compared(case):
    return case.rates[case.rates["quotient"].notna()]


# A split with its quantities in a column 合计, of a city of which no population is held.
SPLIT = (
    "许昌市2025年重点民生实事任务分解表\n"
    "序号\t任务名称\t单位\t合计\t市本级\t魏都区\t建安区\t禹州市\t长葛市\t鄢陵县\t襄城县\n"
    "1\t新增城镇就业\t人\t42000\t2000\t9000\t6500\t8500\t7000\t4800\t4200\n"
    "2\t高标准农田建设\t万亩\t21.5\t—\t—\t4.5\t6\t4\t3.5\t3.5\n"
    "3\t农村卫生厕所普及率\t%\t85\t\t84\t86\t85\t86\t84\t85\n"
)


def held(path, text, region, home=None):
    """The case of a region whose own document this is, or whose city's."""
    path.write_text(text, "utf-8")
    tables = read_document(path, region=home or region)
    tables |= {name: empty(name) for name in ("population", "sources", "links", "patches")}
    ids = (tables["documents"].iloc[0]["doc_id"],)
    own, over = ((), ids) if home else (ids, ())
    return Case(region, 2025, tables["documents"], own, over, (), tables)


@pytest.fixture
def city(tmp_path):
    return held(tmp_path / "split.txt", SPLIT, "许昌市")


@pytest.fixture
def county(tmp_path):
    return held(tmp_path / "split.txt", SPLIT, "魏都区", home="许昌市")


def test_what_is_promised_in_a_column_of_its_own_is_shown(city):
    shown = promises(city)
    # 万亩 is base units: 21.5万亩 are 215000 亩.
    assert shown.rows["任务"].tolist() == ["新增城镇就业", "高标准农田建设", "农村卫生厕所普及率"]
    assert shown.rows["目标"].tolist() == ["42,000 人", "215,000 亩", "85%"]
    assert "目标：" in shown.caption


def test_bounds_and_several_quantities_of_a_task_are_shown(tmp_path):
    text = (
        "彭州市2025年民生实事\n序号\t任务名称\t目标值\t责任单位\n"
        "1\t改造老旧小区\t15个以上\t市住建局\n2\t新增停车位300个\t\t市城管局\n"
        "3\t幼儿园建设\t新建3所、新增学位900个\t市教育局\n"
    )
    shown = promises(held(tmp_path / "plan.txt", text, "彭州市")).rows
    said = dict(zip(shown["任务"], shown["目标"], strict=True))
    assert said["改造老旧小区"] == "15 个以上"
    assert said["新增停车位300个"] == ""  # its words say it
    assert "3 所" in said["幼儿园建设"]
    assert "学位 900 个" in said["幼儿园建设"]


def test_no_column_where_the_words_say_all():
    assert "目标" not in promises(city_year("温州市", 2022)).rows


def test_what_a_split_within_a_task_says_is_shown():
    """杭州 6.2: 100条 in all are printed, and 城乡公交20条、地铁接驳线40条、… in the split's columns."""
    shown = promises(city_year("杭州市", 2024)).rows
    line = shown[shown["任务"].str.startswith("新辟优化城乡公交")].iloc[0]
    assert "城乡公交 20 条" in line["目标"]
    assert "100" not in line["目标"]
    assert shown["目标"].ne("").sum() == 1


def test_the_shares_of_a_county_are_set_against_the_census_of_the_package(county):
    # 魏都区: 9000 for 554,465 residents, of 40000 for 4,310,500 in the six counties (市本级 apart)
    shown, told = show(shares(county), "shares"), notes(share_notes(county))
    columns = ["目标", "份额", "占比"]
    assert shown.rows.set_index("任务")[columns].to_numpy().tolist() == [
        ["42,000 人", "9,000 人", "21.4%"],
        ["85%", "84%", "—"],
    ]
    assert shown.rows.iloc[0][["每万人", "与平均之比（倍）"]].tolist() == ["162.32", "1.75"]
    assert "2020年11月1日普查" in told and "共69498人" in told  # zones tabulated apart in 许昌
    assert "1 个没有印魏都区的份额" in told
    assert charts.share_strip(compared(county), "魏都区") is not None
    assert "3 个目标分解到各地，其中 2 个印有魏都区的份额" in say(share_findings(county)[0])


def test_the_split_of_a_city_is_shown_as_printed(city):
    shown, told = show(split_by_region(city), "split"), notes(split_notes(city))
    assert list(shown.rows) == [
        "地区", "有份额的目标（个）", "人均居首的目标（个）", "印作0的份额（个）", "按零计的目标（个）",
    ]  # fmt: skip
    assert dict(shown.rows.iloc[:, :2].to_numpy().tolist()) == {
        "市本级": "1",
        "魏都区": "2",
        "建安区": "3",
        "禹州市": "3",
        "长葛市": "3",
        "鄢陵县": "3",
        "襄城县": "3",
    }
    assert shown.rows["地区"].tolist()[0] == "市本级"  # in the printed order
    assert "共 3 个目标" in told
    assert "2020年11月1日普查" in told
    assert charts.allocation_heatmap(compared(city)) is not None


def test_what_is_printed_beside_an_indicator_is_shown(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(
        "库尔勒市“十四五”社会事业发展规划（2021—2025年）\n主要指标表\n"
        "指标名称\t单位\t2020年\t2022年\t2025年\t属性\n九年义务教育巩固率\t%\t98\t98.4\t99\t约束性\n",
        "utf-8",
    )
    tables = read_document(path, region="库尔勒市")
    tables |= {name: empty(name) for name in ("observations", "sources", "patches")}
    documents = tables["documents"]
    shown = show(indicators(Plan(documents["doc_id"].iloc[0], documents, tables))).rows
    assert shown["说明"].tolist() == ["2022年 98.4；约束性"]
