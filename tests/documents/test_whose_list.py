"""Whose list it is: a street's, a town's, a zone's, whatever office above it the text follows."""

from __future__ import annotations

import pytest

from minshi_analysis.intake.identify import DOUBT, identify
from minshi_analysis.language.places import owners
from minshi_analysis.reading.text import parse

LIST = "一、改造老旧小区4个。\n\n二、新建幼儿园3所。\n\n三、新增停车位300个。\n"
ABOVE = "会议围绕静安区委、区政府决策部署,汇民智、聚民心。"


def said(title, text):
    return identify(parse(f"{title}\n\n{text}\n\n{LIST}"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("芷江西路街道2023年实事项目", "芷江西路街道"),
        ("关于印发《芷江西路街道2023年实事项目》的通知", "芷江西路街道"),
        ("大陈镇2023年十件民生实事", "大陈镇"),
        ("竹山乡2023年民生实事项目清单", "竹山乡"),
        ("大田街道办事处2023年民生实事项目", "大田街道"),
    ],
)
def test_a_list_in_the_title_is_its_towns_and_not_that_of_the_office_above_it(title, name):
    found = said(title, ABOVE)
    assert (found.region, found.adcode, found.level) == (name, None, "town")
    assert found.sure["region"] >= DOUBT


@pytest.mark.parametrize(
    ("title", "sentence", "name"),
    [
        ("这一街道发布十大实事项目!", "会议表决通过了芷江西路街道2023年实事项目。", "芷江西路街道"),
        ("十件实事来了", "据了解,大陈镇2023年十大民生实事项目包括:", "大陈镇"),
        ("票决出炉", "会议票决产生竹山乡2023年民生实事项目。", "竹山乡"),
        ("高新区2023年民生实事来了", "西安高新区2023年民生实事项目如下:", "西安高新区"),
    ],
)
def test_a_list_in_the_first_sentences_is_its_towns_or_zones(title, sentence, name):
    found = said(title, f"{ABOVE}\n\n会上听取了《2022年实事项目完成情况》。\n\n{sentence}")
    assert (found.region, found.adcode, found.year) == (name, None, 2023)
    assert found.sure["region"] >= DOUBT and found.sure["year"] >= DOUBT


@pytest.mark.parametrize(
    "title",
    [
        "高新区2023年民生实事项目清单",
        "经济技术开发区管委会2023年民生实事项目",
        "阳光社区2023年实事项目",
        "该街道2023年民生实事项目",
        "在镇党委领导下办好2023年民生实事",
    ],
)
def test_a_list_of_who_is_not_named_is_asked_about_and_not_the_office_aboves(title):
    found = said(title, ABOVE)
    assert found.region is None or found.sure["region"] < DOUBT


def test_a_town_whose_list_the_county_tells_of_beside_its_own_signature_is_asked_about():
    found = said("2023年民生实事项目", "静安区人民政府\n\n芷江西路街道2023年实事项目已经公布。")
    assert found.sure["region"] < DOUBT


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("静安区2023年实事项目", "静安区"),
        ("2023年实事项目", "静安区"),
        ("区教育局2023年民生实事", "静安区"),
        ("各街道2023年民生实事项目", "静安区"),
        ("浦东新区2023年民生实事项目", "浦东新区"),
    ],
)
def test_the_list_of_a_district_stays_its_own(title, region):
    found = said(title, f"{ABOVE}\n\n此前,芷江西路街道2022年实事项目已经完成。")
    assert found.region == region and found.sure["region"] >= DOUBT


def test_what_lives_in_every_town_owns_no_list():
    for words in (
        "全镇实事",
        "各街道民生实事",
        "特色小镇2023年实事",
        "农村实事",
        "城镇2023年民生实事",
        "辖区实事",
    ):
        assert owners(words) == []


@pytest.mark.parametrize(
    "looking_back",
    [
        "会上听取了《2022年实事项目完成情况》。",
        "会议审议了2022年度民生实事项目落实情况的报告。",
        "代表们评议2022年政府民生实事推进情况。",
    ],
)
def test_the_year_of_a_list_that_is_looked_back_on_is_not_the_plans(looking_back):
    found = said("十件实事来了", f"{looking_back}\n\n会议通过了大陈镇2023年民生实事项目。")
    assert found.year == 2023 and found.sure["year"] >= DOUBT


def test_two_years_of_lists_are_still_asked_about():
    found = said("十件实事来了", "大陈镇2022年民生实事项目全部办结,2023年民生实事项目如下。")
    assert found.sure["year"] < DOUBT
