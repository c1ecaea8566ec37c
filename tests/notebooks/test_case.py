"""What is chosen for a region and year, and what the findings say: expected figures read from the sources."""

import pytest

from minshi_analysis import charts, metrics
from minshi_analysis import notebook as report
from minshi_analysis.intake.reader import read_document
from minshi_analysis.model import empty
from minshi_analysis.notebook import delivery_said, promise, split
from minshi_analysis.notebook.case import Case, city_year
from minshi_analysis.notebook.links import bare
from minshi_analysis.notebook.plan_said import said_of_plan
from minshi_analysis.reasons import say


def said(findings) -> list[str]:
    return [say(finding) for finding in findings if finding]


def promise_findings(case):
    return said(promise.promise_findings(case))


def funding_findings(case):
    return said(promise.funding_findings(case))


def split_findings(case):
    return said(split.split_findings(case))


def share_findings(case):
    return said(split.share_findings(case))


def delivery_findings(case):
    return said(delivery_said.delivery_findings(case))


def share_told(case) -> str:
    return "".join(said(split.share_notes(case)))


def promises(case):
    return report.show(report.promises(case), "promises").rows


def money(case):
    return report.show(report.money_by_programme(case), "funding")


def bars(case):
    """What the notebook draws of a case's money."""
    rows = case.ask(metrics.funding_structure, by="programme")
    return rows[rows["amount"].notna() & rows["total"].gt(0) & rows["programme"].notna()]


@pytest.fixture(scope="module")
def wenzhou():
    return city_year("温州市", 2022)


@pytest.fixture(scope="module")
def yueqing():
    return city_year("乐清市", 2022)


@pytest.fixture(scope="module")
def lucheng():
    return city_year("鹿城区", 2024)


def test_a_city_has_its_plan_and_the_reports_of_its_counties(wenzhou):
    assert wenzhou.own == ("wenzhou-2022-plan",)
    assert wenzhou.above == ()
    assert wenzhou.below == ("yueqing-2022-completion",)


def test_a_county_with_a_report_has_its_share_too(yueqing):
    assert yueqing.own == ("yueqing-2022-completion",)
    assert yueqing.above == ("wenzhou-2022-plan",)


def test_a_county_without_a_document_has_its_share(tables):
    case = city_year("永嘉县", 2022)
    assert (case.own, case.above) == ((), ("wenzhou-2022-plan",))
    # 新增公办幼儿学位: 永嘉 800 个; 困难群众参加商业补充保险: 永嘉 28325 人
    shares = case.shares.set_index("target_id")["value"]
    assert shares["wenzhou-2022-plan/2.6#1"] == 800
    assert shares["wenzhou-2022-plan/10.1#1"] == 28325


def test_a_five_year_plan_is_no_yearly_document():
    with pytest.raises(ValueError, match=r"nothing for 温州市 2021: there is 温州市 \(2022\)$"):
        city_year("温州市", 2021)
    with pytest.raises(ValueError, match=r"nothing for 温洲市 2022: did you mean 温州市 \(2022\)\?$"):
        city_year("温洲市", 2022)


def test_an_unknown_plan_lists_those_there_are():
    with pytest.raises(ValueError, match="wenzhou-14fyp-social"):
        report.five_year_plan("nowhere")


def test_promises_of_the_plan(wenzhou):
    first, told = promise_findings(wenzhou)[:2]
    assert "候选项目清单，不是最终确定的计划" in first
    assert "12 个工程" in told
    assert "项任务的完成时限是2022年11月30日" in told


def test_money_of_the_plan(wenzhou):
    # Printed totals: 608488.4889 = 7843.62 + 24795.93 + 484817.0389 + 91031.9; 停车位 180000;
    # 484817.0389 / 608488.4889 = 79.68 %, 180000 / 608488.4889 = 29.58 %; 6084884889 / 9679000 = 628.7.
    told = "".join(funding_findings(wenzhou))
    assert "测算总资金 60.85 亿元" in told
    assert "县市区财政 48.48 亿元（79.7%）" in told
    assert "“新增停车位1.5万个”：18 亿元，占总资金的 29.6%" in told
    assert "人均 629 元" in told


def test_money_that_is_not_printed_is_not_made_up():
    hangzhou = city_year("杭州市", 2024)
    assert funding_findings(hangzhou) == [
        "收录的杭州市 2024 年自己的文件没有印资金，实际的资金来源和人均资金不知道。"
    ]
    assert "money" not in report.promises(hangzhou)
    assert bars(hangzhou).empty


def test_the_split_has_705_shares_over_16_bodies(wenzhou):
    assert "16 个地区或单位，共 705 个份额" in split_findings(wenzhou)[0]


def test_what_a_county_gets_most_of(yueqing):
    # 提升绿道: 10公里 of 50; the zones 温州生态园 (2) and 瓯江口 (5) have no residents of their own: 10 / 43 for 1452707 of
    # 9572903 residents, 0.2326 / 0.1517 = 1.53. 自闭症儿童康复机构 (3 of 11) is too few to compare; 课桌椅 is the least.
    told = "".join(share_findings(yueqing))
    assert "温州市的计划把" in told
    assert "提升绿道50公里（1.53 倍）" in told
    assert "康复机构11家" not in told
    assert "最少的是：新配置11万套手摇式升降课桌椅" in told


def test_targets_without_a_share_are_told_with_the_reason(yueqing):
    # 整治堵点10个: 鹿城 2 … add up to 10; 新增停车位1.5万个: to 15000, neither names 乐清. 完成回迁安置7000户以上: the
    # shares behind 瓯海 are lost. Of the annex' lines only 免费乘坐公交车 and the tasks of the text are not divided.
    told = share_told(yueqing)
    assert "60 个目标中 3 个没有印乐清市的份额" in told
    assert "2 个按零计，因为各地份额之和已等于目标（整治堵点10个、新增停车位1.5万个）" in told
    assert "1 个不知道，因为可辨认的各地份额之和不等于目标（完成回迁安置7000户以上）" in told


def test_a_target_without_a_total_is_not_compared_with_its_shares():
    told = share_told(city_year("洞头区", 2022))
    assert "1 个不知道，因为目标没有印总数（实现地质灾害隐患点综合治理全覆盖）" in told


def test_money_is_told_alike_everywhere(yueqing):
    told, findings = "".join(said(promise.money_elsewhere(yueqing))), repr(report.key_findings(yueqing))
    for part in ("自己的文件没有印资金", "乐清市财政负担 1.5 亿元～4.8 亿元，人均 100～330 元"):
        assert part in told
        assert part in findings
    assert all(line in findings for line in said(report.money_findings(yueqing)))


def test_a_county_whose_city_prints_no_money_is_promised_no_estimate():
    assert "估算" not in "".join(said(promise.money_elsewhere(city_year("上城区", 2024))))


def test_a_level_has_one_name(yueqing):
    assert report.show(report.classes(yueqing)).rows["层级"].tolist() == ["省级", "市级", "县级"]
    assert set(report.show(report.results(yueqing)).rows["层级"]) == {"省级", "市级", "县级"}


def test_a_city_without_a_report_has_what_its_counties_say(wenzhou):
    assert report.results(wenzhou).empty
    told, findings = "\n".join(said(report.elsewhere(wenzhou))), repr(report.key_findings(wenzhou))
    assert "没有收录温州市 2022 年自己的完成情况或进展报告" in told
    assert "下辖的乐清市报告了市级任务在当地的结果" in told
    assert all(line in findings for line in told.splitlines())


def _one_document(path, text, **known):
    """The case of a single document that is not in the catalogue."""
    path.write_text(text, "utf-8")
    tables = read_document(path, **known)
    documents = tables["documents"]
    tables |= {name: empty(name) for name in ("population", "sources", "links", "patches")}
    home = documents.iloc[0]
    return Case(home["region"], int(home["year"]), documents, (home["doc_id"],), (), (), tables)


def test_a_plan_without_programmes_and_funders(tmp_path):
    text = (
        "锦江区2025年民生实事项目任务分解表\n序号\t项目名称\t资金测算总额(万元)\t牵头单位\t完成时限\n"
        "1\t新增城镇就业1.2万人以上\t300\t区人社局\t2025年12月\n2\t新增停车位300个\t800\t区住建局\t2025年10月\n"
    )
    case = _one_document(tmp_path / "plan.txt", text, region="锦江区")
    told = "".join(funding_findings(case))
    assert "测算总资金 1,100 万元" in told and "工程" not in told and "—" not in told
    assert bars(case).empty
    assert money(case).rows["总额（万元）"].tolist() == ["1,100"]
    assert "工程" not in promises(case)
    assert "最多" not in promise_findings(case)[0]  # one task each


def test_a_funder_that_is_not_printed_is_left_out(tmp_path):
    text = (
        "长沙市2025年重点民生实事任务表\n序号\t项目名称\t年度目标\t资金来源(亿元)\t\t\t\t责任部门\n"
        "\t\t\t合计\t省级财政\t市级财政\t其他\t\n1\t安居\t改造老旧小区200个\t1.5\t0.5\t0.8\t0.2\t市住建局\n"
        "2\t出行\t新增停车位8000个\t0.6\t0\t0.6\t\t市城管局\n"
    )
    case = _one_document(tmp_path / "plan.txt", text, region="长沙市")
    assert "县市区财政" not in "".join(funding_findings(case))
    assert set(charts.funding_bars(bars(case)).data["funder"]) == {"superior", "city", "other"}


def test_what_a_completion_report_exceeds(yueqing):
    # 送展览讲座 237 场 against 10 场; 课桌椅 5250 against 1000.
    told = "".join(delivery_findings(yueqing))
    assert "送展览讲座，237 场 / 10 场（2,370%）" in told
    assert "新配置1000套手摇式升降课桌椅，5,250 套 / 1,000 套（525%）" in told


def test_what_had_not_begun_by_mid_year(lucheng):
    # 白内障 108 of 80; 空调: only a tender; 环鹿步道 "基本完成" is not preparation.
    told = delivery_findings(lucheng)
    assert "为困难群众免费治疗白内障80例，108 例 / 80 例" in "".join(told)
    early = next(sentence for sentence in told if "前期工作" in sentence)
    assert "为750个教室安装空调" in early
    assert "环鹿步道" not in early


def test_a_region_without_residents_is_not_compared():
    case = city_year("温州生态园", 2022)
    assert "没有常住人口数" in "".join(share_findings(case))
    assert not (case.rates["region"].eq("温州生态园") & case.rates["quotient"].gt(0)).any()


def test_places_are_lines_of_the_source(wenzhou, project):
    promised = promises(wenzhou).map(bare)
    place = promised.loc[promised["任务"].eq("新增停车位1.5万个"), "出处"].item()
    line = int(bare(place).split("，")[1].removesuffix("行"))
    source = (project / "data" / "raw" / "wenzhou-2022-plan.txt").read_text("utf-8").split("\n")
    assert "新增停车位 1.5 万个" in source[line - 1]


def test_deadlines_that_a_sentence_does_not_print_are_marked():
    shown = report.show(report.prose_targets(report.five_year_plan("wenzhou-14fyp-social")), "prose")
    due = dict(zip(shown.rows["出处"].str.partition("#")[0], shown.rows["时限"], strict=True))
    # 到2025年，全市常住人口…; 五年新增城镇就业45万人; 顶尖人才集聚行动: 25名以上, no date
    assert (due["4.1"], due["2.2"], due["4.3"]) == ("2025-12-31", "2025-12-31", "2025-12-31*")
    assert "“*”" in shown.caption


def test_a_figure_of_a_part_of_the_city_says_so():
    shown = report.show(report.observed(report.five_year_plan("wenzhou-14fyp-social"))).rows.set_index("名称")
    assert shown.at["城市细颗粒物（PM2.5）平均浓度", "说明"] == "观测值只计市区（源文为“市区PM2.5年均浓度”）"


def test_the_five_year_plan(project):
    plan = report.five_year_plan("wenzhou-14fyp-social")
    told = "".join(said(said_of_plan(plan)))
    assert "58 个指标（60 行）" in told
    # 失业率 1.79 -> below 3.5; PM2.5 25 -> at most 27; 老年人健康管理率 73.28 -> 72; 普惠幼儿园 91.91 -> over 90
    for name in (
        "城镇登记失业率 1.79",
        "PM2.5）平均浓度 25",
        "老年人健康管理率 73.28",
        "普惠幼儿园（含公办园）比例 91.91",
    ):
        assert name in told
    assert "新增城镇就业人数 5 年合计 450,000 人，合每年 90,000 人，而 2020 年一年为 142,000 人" in told
    assert "温州龙舟运动基地（序号 21、39" in told
    assert "69 个重大项目" in told


def test_no_promise_is_counted_twice_in_a_headline(wenzhou, yueqing):
    # 温州: 67 figures, of which 普惠托位 and 高技能人才 are parts; 乐清: 156, of which the lists say 31 twice, and four parts
    assert "65 个量化目标（“其中”所列部分和几级清单的同一承诺 2 个不重复计）" in promise_findings(wenzhou)[1]
    assert (
        "121 个量化目标（“其中”所列部分和几级清单的同一承诺 35 个不重复计）" in promise_findings(yueqing)[1]
    )
    assert "完成情况报告的 121 个目标中" in " ".join(delivery_findings(yueqing))
