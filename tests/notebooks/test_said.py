"""The findings that reports lead with, as literal expectations read in the documents of data/raw, and the faults they once had."""

import dataclasses

import pandas as pd
import pytest

from minshi_analysis import notebook as report
from minshi_analysis.notebook import delivery, naming, promise, split
from minshi_analysis.notebook.city import said_of
from minshi_analysis.notebook.headlines import said_first
from minshi_analysis.notebook.plan import said_of_plan
from minshi_analysis.reasons import say


def said(findings, lang="zh"):
    return [say(finding, lang) for finding in findings if finding]


# Lines of data/raw/wenzhou-2022-plan.txt: 74 (parking: 180000 万元; 4000 + 4000 + 5600 + 1000 + 400 = 15000), 120 (desks: 龙港 30000
# of 110000, 市直 2000). Funding totals: 484817.0389 of 608488.4889. 龙港 464732 of 9572903 residents (census): 4.9 %.
WENZHOU = [
    "“新增停车位1.5万个”一项要 18 亿元，占全部资金的 29.6%，"
    "都在 16 个地区或单位中的 5 个：鹿城区、龙湾区、瓯海区、浙南产业集聚区、温州生态园。",
    "温州市承诺的 60.85 亿元里，县市区财政要出 48.48 亿元（79.7%），市财政出 4.1%。",
    "龙港市得到“新配置11万套手摇式升降课桌椅”的 27.3%（30,000 套），常住人口占 4.9%（另有 2,000 套在没有常住人口数的单位）。",
]
# yueqing-2022-completion.txt, line 103: 7630 = 1423 public + 6207 reserved, 5000 以上 promised.
YUEQING = "停车位报告完成 7,630 个，承诺 5,000 个以上；其中公共停车位只有 1,423 个（18.7%）。"
# hangzhou-2024-plan.txt, line 102: 上城 99 of 200; item 5.2: nothing counted by the end of March, 20 schools by June, 70 in all.
HANGZHOU = "上城区得到“完成改造城镇老旧小区200个”的 49.5%（99 个），常住人口占 11.1%。"
SCHOOLS = "一季度没有一个“中小学、幼儿园”到期：承诺全年 70 所，第一个数量节点是2024年6月30日的 20 所"
# wenzhou-14fyp-social.txt: 45万人 in five years against 14.2万人 in 2020; 龙舟 as nos. 21 and 39 with 8.3 and 12.9 亿元.
PLAN = [
    "目标比上一年还少：新增城镇就业人数 5 年合计 450,000 人，合每年 90,000 人，而 2020 年一年为 142,000 人。",
    "5 行的目标比起点宽松，达标并不要求改善：普惠幼儿园（含公办园）比例 91.91 → 超过90%（宜升，所印）；城镇登记失业率 1.79 → 低于3.5%"
    "（宜降，所印）；老年人健康管理率 73.28 → 72%以上（宜升，所印）；基本药物抽检合格率 100 → 99.5%（宜升，按名称推定）；"
    "城市细颗粒物（PM2.5）平均浓度 25 → 27 微克/立方米以内（宜降，所印）。",
    "同名项目列了不止一次：温州龙舟运动基地（序号 21、39，规划期内投资分别为 8.3、12.9 亿元）；若为同一项目，合计重复计算了它。",
]
# lucheng-2024-progress.txt, read whole: 28 lines in ten groups, 30 figures, 14 bodies answer for them (8.1 to 8.4 have one).
LUCHENG = [
    "进展报告《2024年度区政府民生实项目半年度进展表》列出 10 个工程、28 项任务、30 个量化目标，由 14 个牵头单位负责，"
    "其中区住房和城乡建设局最多（5 项）。文件没有逐项印完成时限。",
    "截至2024年6月30日（全年时间过去 50%），30 个目标中 9 个报告了可比的完成数字，其中 9 个已达到或超过全年目标。",
    "已经超过全年目标的有（结果 / 目标）：为困难群众免费治疗白内障80例，108 例 / 80 例；新建停车位5000个，5,500 个 / 5,000 个；"
    "新建新能源汽车智能充电桩2000个，2,143 个 / 2,000 个。",
    "没有印完成数、但点名说已完工的有：打通“断头路”“梗阻路”5条，点名 4 条，承诺 5 条；打通断头河5条，点名 2 条，承诺 5 条；"
    "打通绿道卡口8个，点名 6 个，承诺 8 个；新建滨水码头5座，点名 4 座，承诺 5 座。",
    "8 项任务只报告了招标、选址、设计、排摸一类前期工作，没有完成数量：为750个教室安装空调、完成残疾人家庭无障碍改造100户、"
    "为70周岁以上老人提供老年食堂就餐补助，惠及9.6万人、新增老年助餐服务点5个、向符合条件的新居民提供每人每月300元的住房租赁补贴、"
    "为综合积分排名前1000名新居民提供100元公交福利等 8 项。",
    "收录的鹿城区 2024 年自己的文件没有印资金，实际的资金来源和人均资金不知道。",
]


@pytest.fixture(scope="module")
def cases():
    asked = (("温州市", 2022), ("乐清市", 2022), ("鹿城区", 2024), ("杭州市", 2024), ("上城区", 2024))
    return {region: report.city_year(region, year) for region, year in asked}


@pytest.fixture(scope="module")
def plan():
    return report.five_year_plan("wenzhou-14fyp-social")


def test_the_stories_that_a_reader_found_lead(cases, plan):
    assert said(said_first(cases["温州市"])) == WENZHOU
    assert said(said_first(cases["乐清市"]))[0] == YUEQING
    first, second = said(said_first(cases["杭州市"]))[:2]
    assert first == HANGZHOU
    assert second.startswith(SCHOOLS)
    assert said(said_first(cases["上城区"]))[0] == f"杭州市的计划里，{HANGZHOU}"
    assert report.plan_headlines(plan).sentences[0].startswith(PLAN[0])


def test_every_finding_of_a_progress_report(cases):
    told = said(said_of(cases["鹿城区"]))
    assert told[:6] == LUCHENG
    assert told[6].startswith("核对了文件中的算术关系和说法") and "申请2413份" in told[6]


def test_findings_of_the_five_year_plan(plan):
    told = said(said_of_plan(plan))
    assert PLAN[1] in told and PLAN[2] in told
    whole = next(each for each in told if "逐项相加" in each)
    assert "2,347.7 亿元" in whole and "规划自己印的合计是 2,336.4 亿元和 1,844.6 亿元" in whole
    steep = next(each for each in told if "变化最快" in each)
    assert "城镇老旧小区改造数量 57" not in steep  # 500 个以上 is the plan's sum of the period
    seen = next(each for each in told if "后续数据" in each)
    assert "24 微克/立方米，快于进度（观测值只计市区" in seen
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


def test_english_says_the_same(cases):
    told = said(said_first(cases["温州市"]), "en")
    assert told[1] == (
        "Of the CNY 6.08 billion that Wenzhou 温州市 promises, the counties and districts pay CNY 4.85 billion (79.7%); the city pays 4.1%."
    )
    assert "15,000 new parking spaces 新增停车位1.5万个" in told[0] and "5 of 16 regions or bodies" in told[0]
