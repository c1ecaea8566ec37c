"""What documents of counties say of themselves: region, year, kind and the date that they speak of."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from minshi_analysis.intake.adding import add
from minshi_analysis.intake.identify import identify, stated
from minshi_analysis.intake.reader import Unidentified, read_document
from minshi_analysis.language import regions
from minshi_analysis.reading.text import parse

TABLE = "序号\t项目内容\t责任单位\n1\t新增普惠托位300个\t区卫健局\n"


def found(title, table=TABLE):
    return identify(parse(f"{title}\n{table}"))


@pytest.mark.parametrize(
    ("title", "adcode"),
    [
        ("徐州市鼓楼区2025年为民办实事项目", "320302"),  # four districts of this name
        ("江苏省徐州市鼓楼区2025年为民办实事项目", "320302"),
        ("晋城市城区2025年民生实事", "140502"),
        ("北京市朝阳区2025年重要民生实事项目", "110105"),
        ("丰县2025年度民生实事项目计划表", "320321"),  # a name of two characters
        ("徐州市2025年民生实事各县(市、区)任务分解表", "320300"),
    ],
)
def test_the_county_is_meant_and_not_the_city_before_it(title, adcode):
    assert found(title).adcode == adcode


def test_a_county_that_is_no_longer_on_the_list_is_not_its_city(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(f"杭州市龙井区2020年民生实事项目\n{TABLE}", "utf-8")
    with pytest.raises(Unidentified, match="杭州市 has no 龙井区 in today's list"):
        read_document(path)


@pytest.mark.parametrize(
    ("title", "name", "adcode"),
    [
        ("杭州市江干区2020年民生实事项目", "江干区", "330104"),
        ("沾益县2015年民生实事项目", "沾益县", "530328"),
        ("温州市洞头县2014年为民办实事项目", "洞头县", "330322"),
        ("温州市洞头区2024年为民办实事项目", "洞头区", "330305"),
    ],
)
def test_a_well_known_region_that_is_no_more_is_known(title, name, adcode):
    said = found(title)
    assert (said.region, said.adcode, said.level) == (name, adcode, "county")
    assert stated(region=name) == {"region": name, "adcode": adcode, "level": "county"}


def test_a_short_name_means_the_region_of_today():
    assert regions.find("沾益", within="530300").name == "沾益区"
    assert "江干区" not in [region.name for region in regions.children("330100")]


def test_a_region_has_no_document_after_its_end():
    assert stated(region="江干区", year=2020)["adcode"] == "330104"
    with pytest.raises(ValueError, match="江干区 ended in 2021: it has no document for 2025"):
        stated(region="江干区", year=2025)


@pytest.mark.parametrize("name", ["高新区", "合肥高新区", "温州生态园"])
def test_a_development_zone_is_a_region_without_a_code(tmp_path, name):
    path = tmp_path / "notice.txt"
    path.write_text(f"{name}2025年民生实事项目\n{TABLE}", "utf-8")
    row = read_document(path, region=name)["documents"].iloc[0]
    assert (row["region"], row["year"], row["kind"]) == (name, 2025, "plan")
    assert pd.isna(row["adcode"]) and pd.isna(row["level"])


def test_a_name_of_several_regions_is_told_with_their_codes():
    with pytest.raises(ValueError, match=r"no region '鼓楼区' alone: 4 are called so.*320302 \(徐州市\)"):
        stated(region="鼓楼区")
    with pytest.raises(ValueError, match="no region '鼓楼县'"):
        stated(region="鼓楼县")


def test_a_title_with_a_name_of_several_regions_is_told_with_their_codes(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(f"鼓楼区2025年为民办实事项目\n{TABLE}", "utf-8")
    listed = "320106 (南京市), 320302 (徐州市), 350102 (福州市) and 410204 (开封市)"
    with pytest.raises(Unidentified, match=re.escape(f"its region (鼓楼区 is {listed}): give --region")):
        read_document(path)


def test_the_text_tells_which_of_several_regions_of_one_name_is_meant():
    table = TABLE + "2\t徐州市鼓楼区新增停车位500个\t区城管局\n"
    assert found("鼓楼区2025年为民办实事项目", table).adcode == "320302"
    # A city that has none of them decides nothing.
    assert found("鼓楼区2025年为民办实事项目", TABLE + "2\t学习温州市经验\t区府办\n").region is None


def test_a_word_of_the_title_that_is_mostly_no_name_does_not_hide_the_region():
    assert found("2025年城区民生实事项目", TABLE + "2\t温州市新增停车位500个\t市城管局\n").region == "温州市"


@pytest.mark.parametrize(
    ("title", "kind", "as_of"),
    [
        ("宝应县2024年上半年民生实事项目完成情况的通报", "progress", "2024-06-30"),
        ("宝应县2024年民生实事项目一季度进展情况", "progress", "2024-03-31"),
        ("太和县2025年民生实事1—10月进展情况", "progress", "2025-10-31"),
        ("宝应县2024年度民生实事项目完成情况", "completion", None),
        ("天台县2025年度民生实事项目进度计划", "plan", None),
        ("六安市2025年20项民生实事清单", "plan", None),
    ],
)
def test_the_kind_and_the_date_of_a_report(title, kind, as_of):
    said = found(title)
    assert (said.kind, said.as_of) == (kind, as_of)


def test_a_list_in_prose_is_a_plan_where_its_title_says_no_more():
    assert found("六安市2025年20项民生实事清单", "一、教育惠民\n(一)新增托位1200个。\n").kind == "plan"


def test_the_years_of_a_plan_whose_title_also_names_2035():
    said = found(
        "桐城市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", "到2025年,实现以下目标。\n"
    )
    assert (said.kind, said.year, said.year_end) == ("five_year_plan", 2021, 2025)


def test_an_id_for_a_file_with_a_chinese_name(tmp_path):
    """2024 alone would be the id of every county's document of the year."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    file = tmp_path / "宝应县2024年一季度.txt"
    file.write_text(f"宝应县2024年民生实事项目一季度进展情况\n{TABLE}", "utf-8")
    assert add(file, tmp_path).name == "321023-2024-progress-03.toml"
    with pytest.raises(ValueError, match="already has 321023-2024-progress-03: give another id"):
        add(file, tmp_path)
