"""What documents of counties say of themselves: region, year, kind and the date that they speak of."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pandas as pd
import pytest

from minshi_analysis.intake.adding import add
from minshi_analysis.intake.identify import identify, stated
from minshi_analysis.intake.reader import Unidentified, read_document, read_whole
from minshi_analysis.language import regions
from minshi_analysis.reading import read
from minshi_analysis.reading.text import parse

TABLE = "序号\t项目内容\t责任单位\n1\t新增普惠托位300个\t区卫健局\n"

CORPUS = Path(__file__).parents[1] / "corpus"


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
    assert add(file, tmp_path).path.name == "321023-2024-progress-03.toml"
    assert not add(file, tmp_path).new
    file.write_text(f"宝应县2024年民生实事项目一季度进展情况\n{TABLE}又及。\n", "utf-8")
    with pytest.raises(
        ValueError,
        match="already has 321023-2024-progress-03, another document: add this one alone, with another id",
    ):
        add(file, tmp_path)


def test_the_largest_line_of_a_word_file_is_its_title_over_two_lines(tmp_path):
    path = tmp_path / "a.docx"
    made = docx.Document()
    made.core_properties.title = "2019年某市工作总结"  # of the file that was written over
    for text, size in (
        ("某办〔2024〕5号", 12),
        ("汉中市洋县2024年十大", 22),
        ("民生实事项目清单", 22),
        ("一、教育", 12),
        ("1.新建幼儿园3所。", 12),
        ("2.新建公厕3座。", 12),
    ):
        made.add_paragraph().add_run(text).font.size = docx.shared.Pt(size)
    made.save(path)
    said = identify(read(path))
    assert (said.title, said.region, said.year) == ("汉中市洋县2024年十大民生实事项目清单", "洋县", 2024)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("云南省人民政府办公厅关于印发2016年", "10大惠民实事责任分解方案的通知"),
        ("洋县人民政府关于下达2024年度", "民生实事项目目标任务的通知"),
        ("洋县2024年", "十大民生实事项目清单"),
    ],
)
@pytest.mark.parametrize("style", ["Heading 1", "Title"])
def test_headings_over_which_a_title_is_broken_are_one(tmp_path, style, first, second):
    path = tmp_path / "a.docx"
    made = docx.Document()
    for text in (first, second):
        made.add_paragraph(style=style).add_run(text).font.size = docx.shared.Pt(22)
    for text in ("一、教育", "1.新建幼儿园3所。", "2.新建公厕3座。", "3.改造小区9个。"):
        made.add_paragraph().add_run(text).font.size = docx.shared.Pt(12)
    made.save(path)
    assert identify(read(path)).title == first + second


def test_a_browsers_print_has_its_whole_title():
    said = identify(read(CORPUS / "yunnan-2016-radicals" / "document.pdf"))
    assert said.title == "云南省人民政府办公厅关于印发2016年10大惠民实事责任分解方案的通知"
    assert said.issuer == "云南省人民政府办公厅"


def test_the_title_of_a_table_is_the_documents_where_there_is_no_other(tmp_path):
    rows = "<tr><td colspan=3>张家川县2024年民生实事项目清单</td></tr><tr><td>序号</td><td>项目</td><td>责任单位</td></tr>"
    path = tmp_path / "a.html"
    path.write_text(
        f"<table>{rows}<tr><td>1</td><td>新建幼儿园3所</td><td>县教育局</td></tr></table>", "utf-8"
    )
    said = identify(read(path))
    assert said.title == "张家川县2024年民生实事项目清单"
    assert (said.region, said.sure["region"] > 0.8) == ("张家川回族自治县", True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("常州市钟楼区", "320404"),
        ("凉山州西昌市", "513401"),
        ("重庆市江北区", "500105"),
        ("四川省凉山州", "513400"),
        ("锡盟", "152500"),
        ("达县", "511721"),
        ("湖南", "430000"),
    ],
)
def test_a_region_is_stated_by_any_of_its_names(name, code):
    assert stated(name)["adcode"] == code


def test_what_has_no_code_is_stated_by_its_name():
    assert stated("全国") == {"region": "全国", "adcode": None, "level": "nation"}
    assert stated("乐清市大荆镇") == {"region": "大荆镇", "adcode": None, "level": "town"}
    assert stated("河北雄安新区") == {"region": "雄安新区", "adcode": None, "level": None}


def test_a_name_of_two_regions_in_the_year_given_is_not_taken_for_todays():
    assert stated("江北区")["adcode"] == "330205"
    with pytest.raises(ValueError, match=r"330205 \(宁波市\) and 500105 \(重庆市\)"):
        stated("江北区", year=2023)


@pytest.mark.parametrize(
    "words",
    [
        "推进城乡结合部和县城学校扩容",
        "新建市区和平安小区停车位",
        "各市县和区直单位",
        "东西南山区道路硬化工程",
        "县城区级公路",
    ],
)
def test_no_name_is_cut_out_of_running_words(words):
    said = found("2024年民生实事项目", f"一、{words}100公里。\n")
    assert said.doubtful("region")


def test_a_document_that_another_government_signs_is_asked_about(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "浙江省2024年民生实事完成情况\n青田县人民政府\n2024年12月3日\n1.新增托位300个,完成300个。\n", "utf-8"
    )
    with pytest.raises(
        Unidentified, match=r"does not clearly say its region \('浙江省' in the title, but 青田县 signs it\)"
    ):
        read_document(path)


SITES = [
    ("余姚市", "宁波市", "330281", "330200"),
    ("钟楼区", "常州市", "320404", "320400"),
    ("大足区", "重庆市", "500111", "500000"),
    ("安宁市", "昆明市", "530181", "530100"),
]


def page_of(path, site, above, rows):
    title = f"2025年{above}民生实事项目进展情况"
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    head = f"<meta charset=utf-8><meta name=SiteName content='{site}人民政府'><title>{site}人民政府 {title}</title>"
    foot = f"<div>主办单位:{site}人民政府办公室</div>"
    path.write_text(
        f"<html><head>{head}</head><body><h1>{title}</h1><table>{cells}</table>{foot}</body></html>", "utf-8"
    )
    return path


@pytest.mark.parametrize(("site", "above", "own", "whole"), SITES)
def test_a_place_reports_what_its_offices_did_of_the_items_of_the_region_above(
    tmp_path, site, above, own, whole
):
    rows = [
        ["序号", "目标任务", "责任单位", "进展情况"],
        ["1", "新建老年食堂8家", f"{site}民政局", "已建成5家。"],
    ]
    rows += [["2", "建成“宁静小区”5个", f"生态环境局{site[:-1]}分局", "已完成1个。"]]
    said = identify(read(page_of(tmp_path / "page.html", site, above, rows)))
    assert (said.adcode, said.doubtful("region")) == (own, False)
    assert f"the page is of {site}" in said.note("region")


@pytest.mark.parametrize(("site", "above", "own", "whole"), SITES)
def test_the_list_of_the_region_above_on_a_place_s_page_is_asked_about(tmp_path, site, above, own, whole):
    rows = [["序号", "目标任务", "责任单位", "进展情况"], ["1", "新建老年食堂8家", "市民政局", "已建成5家。"]]
    said = identify(read(page_of(tmp_path / "page.html", site, above, rows)))
    assert said.doubtful("region")
    assert f"but the page is of {site}" in said.note("region")


def test_a_split_over_places_is_of_the_region_above_whoever_shows_it(tmp_path):
    rows = [["序号", "目标任务", "余姚市", "慈溪市", "宁海县"], ["1", "新建老年食堂8家", "3家", "3家", "2家"]]
    said = identify(read(page_of(tmp_path / "page.html", "余姚市", "宁波市", rows)))
    assert (said.adcode, said.doubtful("region")) == ("330200", False)


def test_what_was_found_is_told_with_how_sure_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"汉中市洋县2024年民生实事候选项目\n{TABLE}", "utf-8")
    reading = read_whole(path, kind="plan")
    assert reading.tables["documents"].loc[0, "stage"] == "candidate"
    told = reading.found
    assert "region: 洋县 610723 county ('汉中市洋县' in the title; sure 0.95)" in told
    assert "kind: plan (given)" in told


YEARS = [
    ("2024年5月3日\n关于做好今年民生实事的通知\n某县人民政府办公室", 2024),
    ("某县民生实事\n自2005年以来,年年办实事。\n某县人民政府\n2024年1月5日", 2024),
    ("某县民生实事项目\n备案号:浙ICP备20520012号 33010002052001", None),
    ("某县2023年民生实事完成情况\n发布时间:2024-01-20", 2023),
    ("某县二○二四年民生实事项目", 2024),
    ("某县民生实事项目\n到2035年远景目标明确,到2025年基本完成。", None),
    ("某县2024年民生实事(2023年12月28日县人大会议通过)", 2024),
    ("“十四五”时期某县2024年民生实事清单", 2024),
]


@pytest.mark.parametrize(("head", "year"), YEARS, ids=[head.split("\n")[0] for head, _ in YEARS])
def test_the_year_is_the_promises_and_no_other_number(head, year):
    said = identify(parse(f"{head}\n1.新建幼儿园3所。\n"))
    assert (None if said.doubtful("year") else said.year) == year


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2024-03-05",
        "发布时间:2024年3月5日 09:30 来源:县府办",
        "成文日期 2024-03-05",
        "时间: 2024/3/5",
        "[日期:2024-03-05]",
        "2024-03-05 15:25 县民生办",
        "发表时间：2024.3.5 信息来源：县府办",
        "二〇二四年三月五日",
        "发布日期: 2024- 03- 05 15: 29 浏览次数: 信息来源: 县府办",
        "发布时间:2024 - 3 - 5",
        "成文日期:2024 年 3 月 5 日",
        "[日期:2024/ 03/ 05]",
    ],
)
def test_the_day_of_publication_by_its_many_names(line):
    assert identify(parse(f"某县民生实事项目\n{line}\n1.新建幼儿园3所。\n")).published == "2024-03-05"


BODY = "<p>1.新建幼儿园3所,责任单位:县教育局。</p><p>2.新增停车位400个,责任单位:县住建局。</p><p>3.改造道路3条,责任单位:县交通局。</p>"
PLAIN = "<h1>2024年民生实事项目清单</h1>"


@pytest.mark.parametrize(
    ("head", "region"),
    [
        ("<title>2024年民生实事项目清单_平顺县人民政府</title><body><div>2024年民生实事项目清单</div>", "平顺县"),
        (f"<meta name=SiteName content='平顺县人民政府'><body>{PLAIN}", "平顺县"),
        ("<body><h1>平顺县人民政府门户网站</h1><h2>2024年民生实事项目清单</h2>", "平顺县"),
        (f"<body>{PLAIN}<div class=footer>主办:平顺县人民政府办公室</div>", "平顺县"),
        (f"<body>{PLAIN}<p>来源:平顺县人民政府办公室 2024-02-01</p>", "平顺县"),
        (f"<body><table><tr><td>发文机关</td><td>平顺县人民政府</td><td>文号</td><td>1号</td></tr></table>{PLAIN}", "平顺县"),
        (f"<body>{PLAIN}<p>平顺县第十七届人民代表大会第四次会议票决产生下列项目。</p>", "平顺县"),
        ("<title>新闻_中国政府网</title><body><h1>平顺:今年办好8件民生实事</h1><p>2024-02-01</p>", "平顺县"),
        # A city's site, and offices of a county: not the city's.
        (f"<title>2024年民生实事项目清单_长治市人民政府</title><body>{PLAIN}", None),
        ("<body><h1>长治市2024年民生实事项目清单</h1>", None),
    ],
)  # fmt: skip
def test_the_region_of_a_page_is_that_of_who_answers_for_it(tmp_path, head, region):
    path = tmp_path / "page.html"
    path.write_text(f"<html><meta charset=utf-8>{head}{BODY}", "utf-8")
    said = identify(read(path))
    assert (None if said.doubtful("region") else said.region) == region
    assert "2024年民生实事项目清单" in said.title or "平顺" in said.title


@pytest.mark.parametrize(
    ("head", "title", "kind"),
    [
        ("关于印发洋县2024年民生实事\n实施方案的通知", "关于印发洋县2024年民生实事实施方案的通知", "plan"),
        (
            "关于2023年洋县民生实事项目\n完成情况的报告",
            "关于2023年洋县民生实事项目完成情况的报告",
            "completion",
        ),
        ("洋县2023年度民生实事项目\n完成情况表", "洋县2023年度民生实事项目完成情况表", "completion"),
        (
            "洋县人民政府办公室\n关于2024年民生实事进展情况的通报",
            "洋县人民政府办公室关于2024年民生实事进展情况的通报",
            "progress",
        ),
        ("洋县2024年民生实事项目\n(征求意见稿)", "洋县2024年民生实事项目(征求意见稿)", "plan"),
        ("首页>政务公开>民生实事\n洋县2024年民生实事项目", "洋县2024年民生实事项目", "plan"),
        ("洋县2024年民生实事项目\n一、教育\n完成情况", "洋县2024年民生实事项目", "plan"),
    ],
)
def test_a_title_broken_over_lines_is_one(head, title, kind):
    said = identify(parse(f"{head}\n1.新建幼儿园3所。\n"))
    assert (said.title, said.kind) == (title, kind)


@pytest.mark.parametrize(
    ("sentences", "kind"),
    [
        ("截至目前,幼儿园已完成3所,完成率100%。已建成停车位400个。已完成道路5公里。", "progress"),
        ("新建幼儿园3所,为目标的150%。新增停车位400个,占任务的120%。已全部完成。超额完成。", "completion"),
        ("新建幼儿园3所。新增停车位400个。12月底前完成。确保改造道路5公里。", "plan"),
    ],
)
def test_the_tense_of_the_sentences_tells_where_the_title_does_not(sentences, kind):
    said = identify(parse(f"洋县2024年民生实事\n{sentences}\n"))
    assert (said.kind, said.doubtful("kind")) == (kind, False)


_REPORTED = "1.新建公厕12座,目前已完工9座。\n2.改造管网16公里,完成年度计划的61.5%。\n3.新增学位900个,实际新增1020个。\n"


@pytest.mark.parametrize(
    "title",
    [
        "安远县2023年民生实事项目公布",
        "安远县2023年民生实事清单",
        "安远县2023年十件实事责任分解",
        "关于印发安远县2023年民生实事方案的通知",
    ],
)
def test_a_plan_s_title_above_sentences_that_report_is_no_sure_plan(title, tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(f"{title}\n{_REPORTED}", "utf-8")
    sure = read_document(path)["confidence"]["confidence"]
    assert len(sure) and (sure < 0.8).all()
    path.write_text(
        f"{title}\n1.新建公厕12座,12月底前全部完成。\n2.改造管网16公里。\n3.新增学位900个。\n", "utf-8"
    )
    assert (read_document(path)["confidence"]["confidence"] >= 0.9).all()


def test_the_heads_of_a_table_that_is_printed_one_cell_a_line_tell_its_kind():
    lines = "序号\n项目\n年度目标\n完成情况\n1\n新增泊位\n2300个\n1610个\n2\n改造菜市场\n5个\n3个\n"
    assert found("安远县2023年民生实事", lines).kind == "progress"
    assert found("安远县2023年民生实事", lines.replace("完成情况\n", "责任单位\n")).kind == "plan"


def test_what_was_done_since_the_year_began_is_a_report_under_a_title_that_only_praises():
    body = "今年以来,安远县民生实事进展顺利。\n投资736万元,完成368户危房改造。新建公路12公里。\n"
    for title in ("安远县办好民生实事", "安远县2023年民生实事", "安远县:民生实事暖人心"):
        assert found(title, body).kind in ("progress", "completion"), title
