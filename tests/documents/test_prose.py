"""Facts from prose: the targets in a multi-year plan's sentences and boxes.

The expected rows were read from the documents by eye. `expected_prose.csv` lists every target that the
five-year plan's prose sets: the words that print it (unique in the tidy text), part of its measure, its
value, unit and bound, whether it is a sum over the period, and when it is due.
"""

import csv
import doctest
from pathlib import Path

import pandas as pd
import pytest

from minshi_analysis.facts.context import Context
from minshi_analysis.facts.prose import plans as prose
from minshi_analysis.facts.prose.plans import plan_targets
from minshi_analysis.language.text import clean, fold, tidy
from minshi_analysis.layout import passages
from minshi_analysis.model import conform
from minshi_analysis.reading import text as reader
from minshi_analysis.reading.blocks import Paragraph

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).with_name("expected_prose.csv")

# Targets beside the expected ones, judged by eye: both are printed and promised, at the edge of what counts.
JUDGED_RIGHT = {
    "新建初中学校规模不超过42个班级": "a limit on what is built, not an amount of it",
    "1/3的初中创成省现代化学校": "a share printed as a fraction",
}


def paragraphs(document):
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def written(text):
    return paragraphs(reader.parse(text))


@pytest.fixture(scope="module")
def source():
    return reader.read(ROOT / "data" / "raw" / "wenzhou-14fyp-social.txt")


@pytest.fixture(scope="module")
def plan(source):
    return plan_targets(paragraphs(source), Context("plan", "five_year_plan", 2021, 2025, level="city"))


@pytest.fixture(scope="module")
def expected():
    with EXPECTED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def matched(source, plan, expected):
    """Each expected row with the target printed at its words, and the targets left over."""
    whole = clean(source.text)
    left = list(plan[1])
    pairs = []
    for row in expected:
        assert whole.norm.count(row["phrase"]) == 1, row["phrase"]
        at = whole.norm.index(row["phrase"])
        start, end = whole.span(at, at + len(row["phrase"]))
        hit = next(
            (t for t in left if start <= t["source_start"] < end and t["value"] == float(row["value"])), None
        )
        if hit:
            left.remove(hit)
        pairs.append((row, hit))
    return pairs, left


def test_the_plans_prose_yields_its_targets(plan, matched, expected):
    """Recall and precision of the plan's targets, each at least 97 %."""
    tasks, targets, *_ = plan
    due = {task["task_id"]: task["deadline"] for task in tasks}
    pairs, left = matched
    wrong = [
        row["phrase"]
        for row, hit in pairs
        if hit is None
        or hit["unit"] != (row["unit"] or None)
        or hit["bound"] != row["bound"]
        or hit["cumulative"] != (row["cumulative"] == "True")
        or due[hit["task_id"]] != row["deadline"]
    ]
    assert len(expected) == 138
    assert 1 - len(wrong) / len(expected) >= 0.97, wrong

    judged = {tidy(words) for words in JUDGED_RIGHT}
    said = {task["task_id"]: task["text"] for task in tasks}
    extra = [t for t in left if not any(w in said[t["task_id"]] and _figure(t) in w for w in judged)]
    precision = 1 - len(extra) / len(targets)
    assert precision >= 0.97, [(t["measure"], t["value"], said[t["task_id"]]) for t in extra]
    print(f"recall {1 - len(wrong) / len(expected):.3f}, precision {precision:.3f}, {len(targets)} targets")


def _figure(target):
    return "1/3" if target["value"] < 1 else f"{target['value']:g}"


def test_the_plans_targets_say_what_they_count(matched):
    pairs, _ = matched
    wrong = [
        (row["measure_contains"], hit["measure"])
        for row, hit in pairs
        if hit and fold(row["measure_contains"]) not in fold(hit["measure"] or "")
    ]
    assert len(wrong) <= 0.07 * len(pairs), wrong


def test_figures_behind_fenbie_have_their_own_measures(plan):
    shares = {t["measure"]: t["value"] for t in plan[1] if "占地区生产总值比重" in (t["measure"] or "")}
    assert shares == {
        "文化及相关产业增加值占地区生产总值比重": 6.5,
        "旅游产业增加值占地区生产总值比重": 9.0,
        "体育产业增加值占地区生产总值比重": 2.0,
    }


@pytest.mark.parametrize(
    "words",
    [
        "建成农村文化礼堂3013家",
        "五年来累计新增就业62万人",
        "缩小至2020年的1.96",
        "从1万美元向1.5万美元跨越",
        "“人才新政40条”",
        "“1”即1个体育总会",
        "500人以上常住人口的行政村",
        "加快县（市、区）200张床位以上公办护理型养老机构建设",
        "全市13个现代医院管理制度省级试点",
        "等8项基本救助",
        "0-6岁儿童",
        "14-24岁失业青年",
        "从16周岁延长至18周岁",
        "打造城市社区10分钟健身圈",
        "打造1.5小时偏远农村基本公共服务圈",
        "“12348”公共法律服务热线",
        "按照0.29/千人标准",
        "最新数据为2019年",
    ],
)
def test_what_describes_names_or_qualifies_is_no_target(source, plan, words):
    whole = clean(source.text)
    at = whole.norm.index(words)
    start, end = whole.span(at, at + len(words))
    inside = [t for t in plan[1] if start <= t["source_start"] < end]
    assert inside == []


def test_tasks_stand_under_their_chapter_and_point_at_the_print(source, plan):
    tasks, targets, *_ = plan
    first = next(t for t in tasks if t["programme_no"] == "5")
    assert (first["task_id"], first["programme"], first["item_no"]) == (
        "plan/5.1",
        "推动更充分更高质量就业",
        "1",
    )
    assert first["text"] == "“十四五”期间，累计开展职业技能培训50万人次。"
    assert all(tidy(source.text[t["source_start"] : t["source_end"]]).endswith(t["text"]) for t in tasks)
    for target in targets:
        assert any(c.isdigit() for c in source.text[target["source_start"] : target["source_end"]])
    assert len({t["task_id"] for t in tasks}) == len(tasks)
    assert len({t["target_id"] for t in targets}) == len(targets)


def test_a_promise_to_all_without_a_figure_is_a_task_with_its_own_year(plan):
    tasks, targets, *_ = plan
    counted = {t["task_id"] for t in targets}
    (one,) = [t for t in tasks if t["deadline"] == "2022-12-31"]
    assert "确保2022年儿童福利服务机构实现县（市、区）全覆盖" in one["text"]
    assert one["task_id"] not in counted


# --- a plan in the manner of another place -----------------------------------------------------------------

OTHER_PLAN = """第一章 发展环境
第一节 “十三五”发展成就
全市建成养老机构48家，床位达到9600张，护理型床位占比42%。
第二节 面临形势
到2020年末，60岁以上人口占比达21.3%。
第二章 总体要求
第一节 主要目标
每千老年人口拥有养老床位55张，居家社区养老服务设施覆盖率100%。
第三章 主要任务
第一节 扩大养老服务供给
2020年护理型床位占比42%，到2025年提高到60%以上。其中乡镇敬老院护理型床位不少于2000张。支持500张床位以上养老机构设立医疗机构。
做好全省5个医养结合试点工作，落实“银发十条”。新建县级失能照护机构6所。
第二节 加强人才培养
到2023年，培训养老护理员1.2万人次；到2025年，培训3万人次以上。“十四五”期间，新增养老服务管理人才800名。
专栏1 重点工程
1.社区养老工程。新建社区养老服务中心120个，
配建助餐点260处。
2.适老化改造工程。累计改造特殊困难老年人家庭1.5万户。
3.信息平台。整合三类数据，打造两大平台。
"""


def test_another_plan():
    tasks, targets, *_ = plan_targets(
        written(OTHER_PLAN), Context("x", "five_year_plan", 2021, 2025, level="city")
    )
    due = {t["task_id"]: t["deadline"] for t in tasks}
    got = [(t["value"], t["unit"], t["bound"], t["cumulative"], due[t["task_id"]][:4]) for t in targets]
    assert got == [
        (55, "张", "exact", False, "2025"),
        (100, "%", "exact", False, "2025"),
        (60, "%", "at_least", False, "2025"),
        (2000, "张", "at_least", False, "2025"),
        (6, "所", "exact", False, "2025"),
        (12000, "人次", "exact", False, "2023"),
        (30000, "人次", "at_least", False, "2025"),
        (800, "名", "exact", True, "2025"),
        (120, "个", "exact", False, "2025"),
        (260, "处", "exact", False, "2025"),
        (15000, "户", "exact", True, "2025"),
    ]
    assert {t["programme"] for t in tasks} == {"总体要求", "主要任务"}


def test_rows_are_rows_of_the_model(plan):
    for name, rows in zip(("tasks", "targets"), plan[:2], strict=True):
        assert len(conform(name, pd.DataFrame(rows).drop(columns="doubts", errors="ignore"))) == len(rows)


def test_prose_without_promises_gives_nothing():
    assert plan_targets([], Context("x", "five_year_plan", 2021, 2025, level="city"))[:2] == ([], [])
    said = written("一、指导思想\n坚持以人民为中心。\n")
    assert plan_targets(said, Context("x", "five_year_plan", 2021, 2025, level="city"))[:2] == ([], [])


@pytest.mark.parametrize("module", [passages, prose], ids=lambda m: m.__name__)
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0
