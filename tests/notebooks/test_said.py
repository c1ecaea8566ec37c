"""The findings that reports lead with, as literal expectations read in the documents of data/raw, and the faults they once had."""

import dataclasses

import pandas as pd
import pytest

from minshi_analysis import notebook as report
from minshi_analysis.notebook import delivery, naming, promise, split
from minshi_analysis.notebook.city import said_of
from minshi_analysis.notebook.headlines import said_first
from minshi_analysis.notebook.plan_said import said_of_plan
from minshi_analysis.reasons import say


def said(findings, lang="zh"):
    return [say(finding, lang) for finding in findings if finding]


@pytest.fixture(scope="module")
def cases():
    asked = (("温州市", 2022), ("乐清市", 2022), ("鹿城区", 2024), ("杭州市", 2024), ("上城区", 2024))
    return {region: report.city_year(region, year) for region, year in asked}


@pytest.fixture(scope="module")
def plan():
    return report.five_year_plan("wenzhou-14fyp-social")


def test_the_stories_that_a_reader_found_lead(cases, plan):
    """Each by the words that only it has; the sentences themselves are in every_sentence.toml."""
    leads = {region: " ".join(said(said_first(case))) for region, case in cases.items()}
    assert (
        "要 18 亿元" in leads["温州市"]
        and "79.7%" in leads["温州市"]
        and "27.3%（30,000 套）" in leads["温州市"]
    )
    assert "只有 1,423 个" in leads["乐清市"]
    assert "49.5%（99 个）" in leads["杭州市"] and "一季度没有一个“中小学、幼儿园”到期" in leads["杭州市"]
    assert "49.5%（99 个）" in leads["上城区"]
    assert report.plan_headlines(plan).sentences[0].startswith("目标比上一年还少：新增城镇就业人数")


def test_findings_of_the_five_year_plan(plan):
    steep = next(each for each in said(said_of_plan(plan)) if "变化最快" in each)
    assert "城镇老旧小区改造数量 57" not in steep  # 500 个以上 is the plan's sum of the period
    assert "未到目标" in report.show(report.indicators(plan)).rows["起点"].str.cat()
    assert not report.show(report.indicators(plan)).rows["起点"].str.contains("低于").any()


def test_zeros_that_are_inferred_are_no_printed_ones(cases):
    for region in ("温州市", "杭州市"):
        notes = "".join(said(split.split_notes(cases[region])))
        assert "文件没有印 0；" in notes and "按零计" in notes
        assert report.split_by_region(cases[region])["zero_printed"].eq(0).all()


def test_kinds_of_doubt_are_counted_apart(cases):
    told = said(said_of(cases["乐清市"]))[-1]
    assert "文件自相矛盾 1 处、说法与数字不合 2 处、两份文件不同 4 处" in told
    linked = next(each for each in said(said_of(cases["乐清市"])) if "对上" in each)
    assert "上级计划是候选清单，数字不同可以是后来调整，不是差错" in linked


def test_bases_and_even_rounding_are_told(cases):
    told = "".join(said(split.split_findings(cases["温州市"])))
    assert "各地份额合计 77 个，不等于所印目标 65 个，占比按份额合计计" in told
    money = said(promise.funding_findings(cases["温州市"]))[0]
    assert "（79.7%）" in money and "（15.0%）" in money


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("南山东路、南山西路、葡萄路、绣山路均已完工，其余正在有序推进中。", 4),
        ("猫儿桥河、张宅河已完工，完成率100%；鱼鳞泱河已复工，当前进度75%。", 2),
        ("甲工程（含2个卡口）、乙工程（含2个卡口）均已完工验收；丙工程（含2个卡口）完成85%。", 4),
        ("小学：已完成85%。幼儿园：已完成65%。", None),
    ],
)
def test_what_is_named_as_finished_is_counted(text, count):
    found = naming.named_finished(text)
    assert (found.count if found else None) == count


@pytest.mark.parametrize(
    "text",
    [
        "已完成招标流程，部分已入校安装。",
        "已完成选址工作，并进场施工。",
        "第一次活动已于6月29日赴泰顺开展，已对接。",
    ],
)
def test_what_has_begun_is_no_preparation(text):
    assert not naming.preparing(text)


def test_results_of_named_parts_are_not_without_a_target(cases):
    rows = delivery.uncounted(cases["鹿城区"]).set_index("task_id")
    for task in ("5.2", "5.3"):
        assert "没有对应" not in "".join(said(rows.at[f"lucheng-2024-progress/{task}", "not_judged"]))


def test_what_was_not_understood_withholds_that_nothing_is_printed(cases):
    case = cases["鹿城区"]
    lost = pd.DataFrame(
        {"doc_id": [case.own[0]], "text": ["补助资金 500 万元"], "reason": ["no role is known for this head"]}
    )
    tables = dict(case.tables) | {"unread": pd.concat([case.tables["unread"], lost], ignore_index=True)}
    told = say(promise.unprinted(dataclasses.replace(case, tables=tables)))
    assert "不能说文件没有印" in told and "补助资金 500 万元" in told
    assert "没有印资金，" in say(promise.unprinted(case))
    assert "补助资金 500 万元" in repr(report.notice(dataclasses.replace(case, tables=tables), "money"))
