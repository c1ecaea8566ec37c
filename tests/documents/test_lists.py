"""Numbered prose lists of annual plans: the city's own plan, and lists in the manner of other places.

The expected rows were read from the documents, or written with the lists, by eye.
"""

import doctest
from pathlib import Path

import pandas as pd
import pytest

from minshi_analysis.facts.context import Context
from minshi_analysis.facts.prose import (
    costs,
    duties,
    item,
    items,
    labels,
    lists,
    meaning,
    parts,
    promises,
    results,
    rows,
    unmarked,
)
from minshi_analysis.facts.prose.lists import read_prose
from minshi_analysis.language.text import tidy
from minshi_analysis.layout import marks
from minshi_analysis.model import conform
from minshi_analysis.reading import text as reader
from minshi_analysis.reading.blocks import Paragraph

ROOT = Path(__file__).parents[2]


def paragraphs(document):
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def written(text):
    return paragraphs(reader.parse(text))


def read(found, year=2023, kind="plan", level="city"):
    """Tasks, targets and results of paragraphs."""
    prose = read_prose(found, Context("x", kind, year, level=level))
    targets = [target for task in prose.tasks for target in task.targets]
    return [task.row for task in prose.tasks], targets, prose.outcomes


# The prose of the city's annual plan, read by eye: item, how many task lines, values in order.
ANNUAL = {
    "1": ("温馨教室", [5000]),
    "2": ("优托护苗", [25, 7500, 4500, 50, 50, 10000]),
    "3": ("幸福颐养", [110, 60, 200, 900, 1000, 2000, 30, 100000]),
    "4": ("畅通美丽", [10, 20, 15000, None, 110, 50, 100]),
    "5": ("安居改造", [7000, 40000, 65, 130, 70]),
    "6": ("食药无忧", [40, 100, 800, 100, 30]),
    "7": ("扶残助弱", [5000, 11, 1000, 40, 130, 250]),
    "8": ("共享惠民", [500, 1200, 800, 850, 25, 20, 60, 6, 50]),
    "9": ("明眸皓齿", [4000, 110000, 70000]),
    "10": ("医保纾困", [147000, 380, 6, 100, 100, 100]),
    "11": ("避灾除险", [140, 28, 13, 15, None]),
    "12": ("就业提升", [150000, 55000, 27000, 15000, 10000]),
}


@pytest.fixture(scope="module")
def annual():
    source = reader.read(ROOT / "data" / "raw" / "wenzhou-2022-plan.txt")
    return source, *read(paragraphs(source), 2022)[:2]


def test_the_annual_plans_items_and_clauses(annual):
    _, tasks, targets = annual
    got = {}
    for task in tasks:
        values = [t["value"] for t in targets if t["task_id"] == task["task_id"]]
        got.setdefault(task["programme_no"], (task["programme"], []))[1].extend(values or [None])
    assert got == ANNUAL
    assert len(tasks) == sum(len(values) for _, values in ANNUAL.values()) - 2  # three rates are one promise


def test_clauses_agencies_and_places_of_the_annual_plan(annual):
    source, tasks, targets = annual
    by_id = {t["task_id"]: t for t in tasks}
    assert by_id["x/1.1"]["text"] == "为5000个中小学教室新安装空调及新风系统,进一步优化学生在校学习环境"
    assert by_id["x/2.3"]["text"] == "新增普惠托位4500个"
    assert by_id["x/4.3"]["text"] == "新增停车位1.5万个"
    assert by_id["x/4.4"]["text"] == "市区困难群众、持证残疾人和65周岁以上市民凭卡免费乘坐公交车"
    assert by_id["x/5.2"]["text"] == "建设筹集保障性租赁住房4万套(间)"  # a page break stands in it
    assert by_id["x/7.1"]["text"] == "为5000户独居老人、残障人士居所实施消防安全改造"
    assert by_id["x/8.3"]["text"] == "建立共享书房、共享车位、共享厨房等共享空间800处以上"
    assert by_id["x/8.6"]["text"] == "文化驿站20家"
    assert by_id["x/3.1"]["lead_agency"] == "市民政局、市教育局、市科协"
    for task in tasks:
        assert tidy(source.text[task["source_start"] : task["source_end"]]) == task["text"]
    assert {t["bound"] for t in targets if t["value"] in (7500, 1200, 130, 380)} >= {"at_least"}


OTHERS = {
    "brackets and groups": (
        """# 某省2023年为民办实事实施方案

一、教育惠民
（1）学前教育扩容工程。新建公办幼儿园20所，新增学位6000个；为1.2万名农村儿童提供营养午餐。【责任单位：省教育厅；配合单位：省财政厅、省卫生健康委】
（2）“护眼”行动，为300所学校更换教室照明灯具，完成视力筛查85万人次以上。【责任单位：省教育厅、省疾控局】
二、住房保障
（3）老旧小区改造工程。改造老旧小区1200个，加装电梯不少于400部。【责任单位：省住建厅 完成时限：2023年11月底】
""",
        [
            ("x/1.1", "学前教育扩容工程", "新建公办幼儿园20所", "省教育厅", None, [(20, "所", "exact")]),
            ("x/1.2", "学前教育扩容工程", "新增学位6000个", "省教育厅", None, [(6000, "个", "exact")]),
            (
                "x/1.3",
                "学前教育扩容工程",
                "为1.2万名农村儿童提供营养午餐",
                "省教育厅",
                None,
                [(12000, "名", "exact")],
            ),
            (
                "x/2.1",
                "护眼",
                "为300所学校更换教室照明灯具",
                "省教育厅、省疾控局",
                None,
                [(300, "所", "exact")],
            ),
            (
                "x/2.2",
                "护眼",
                "完成视力筛查85万人次以上",
                "省教育厅、省疾控局",
                None,
                [(850000, "人次", "at_least")],
            ),
            (
                "x/3.1",
                "老旧小区改造工程",
                "改造老旧小区1200个",
                "省住建厅",
                "2023-11-30",
                [(1200, "个", "exact")],
            ),
            (
                "x/3.2",
                "老旧小区改造工程",
                "加装电梯不少于400部",
                "省住建厅",
                "2023-11-30",
                [(400, "部", "at_least")],
            ),
        ],
    ),
    "items without names": (
        """2023年民生实事项目

1、新建社区食堂60家，其中农村30家。由市民政局负责，10月底前完成。
2、新增公共停车泊位8000个以上。由市城管局牵头负责。
3、改造农村户厕2.6万户，建设污水处理站45座。（市农业农村局、市生态环境局）
4、困难群众持卡免费乘坐公交车。（市交通运输局）
""",
        [
            (
                "x/1.1",
                None,
                "新建社区食堂60家，其中农村30家",
                "市民政局",
                "2023-10-31",
                [(60, "家", "exact"), (30, "家", "exact")],
            ),
            (
                "x/1.2",
                None,
                "新增公共停车泊位8000个以上",
                "市城管局",
                None,
                [(8000, "个", "at_least")],
            ),
            (
                "x/1.3",
                None,
                "改造农村户厕2.6万户，建设污水处理站45座",
                "市农业农村局、市生态环境局",
                None,
                [(26000, "户", "exact"), (45, "座", "exact")],
            ),
            ("x/1.4", None, "困难群众持卡免费乘坐公交车", "市交通运输局", None, []),
        ],
    ),
    "circled numbers, agencies below": (
        """三、实施内容
① 就业促进：城镇新增就业5.5万人，培训农民工1万人次。
牵头单位：县人社局
② 健康守护：为65岁以上老年人免费体检8万人，
新建村卫生室35个。
牵头单位：县卫健局；责任人：李明
""",
        [
            ("x/1.1", "就业促进", "城镇新增就业5.5万人", "县人社局", None, [(55000, "人", "exact")]),
            ("x/1.2", "就业促进", "培训农民工1万人次", "县人社局", None, [(10000, "人次", "exact")]),
            (
                "x/2.1",
                "健康守护",
                "为65岁以上老年人免费体检8万人",
                "县卫健局",
                None,
                [(80000, "人", "exact")],
            ),
            ("x/2.2", "健康守护", "新建村卫生室35个", "县卫健局", None, [(35, "个", "exact")]),
        ],
    ),
    "heading and body, with progress": (
        """第一项 道路畅通工程
新改建农村公路120公里，改造危桥9座。截至6月底，已完成农村公路改建75公里，占年度目标任务的62.5%。
第二项 文化进村工程
送戏下乡600场。截至6月底，已完成380场，占年度目标任务的63.3%。
""",
        [
            ("x/1.1", "道路畅通工程", "新改建农村公路120公里", None, None, [(120, "公里", "exact")]),
            ("x/1.2", "道路畅通工程", "改造危桥9座", None, None, [(9, "座", "exact")]),
            ("x/2.1", "文化进村工程", "送戏下乡600场", None, None, [(600, "场", "exact")]),
        ],
    ),
    "lists that count from one again": (
        """（一）老有所养
1. “银龄”工程，新增养老床位500张。
（二）病有所医
1. “健康”工程，新建卫生站20个。
""",
        [
            ("x/1.1.1", "银龄", "新增养老床位500张", None, None, [(500, "张", "exact")]),
            ("x/2.1.1", "健康", "新建卫生站20个", None, None, [(20, "个", "exact")]),
        ],
    ),
    "short items without a full stop": (
        """一、重点任务
1.新建城市书房5家
2.改造老旧小区30个
（责任单位：市住建局）
""",
        [
            ("x/1.1", "重点任务", "新建城市书房5家", None, None, [(5, "家", "exact")]),
            ("x/1.2", "重点任务", "改造老旧小区30个", "市住建局", None, [(30, "个", "exact")]),
        ],
    ),
    "what was done last year is no promise": (
        """一、2022年完成情况
1. “暖心”工程，新建食堂12家，完成率120%。
二、2023年项目
1. “暖心”工程，新建食堂15家。
""",
        [("x/1.1", "暖心", "新建食堂15家", None, None, [(15, "家", "exact")])],
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_lists_in_the_manner_of_other_places(name):
    text, expected = OTHERS[name]
    tasks, targets, _ = read(written(text))
    got = [
        (
            task["task_id"],
            task["programme"],
            task["text"],
            task["lead_agency"],
            task["deadline"],
            [(t["value"], t["unit"], t["bound"]) for t in targets if t["task_id"] == task["task_id"]],
        )
        for task in tasks
    ]
    assert got == expected
    for task in tasks:
        assert tidy(text[task["source_start"] : task["source_end"]]) == task["text"]


def test_partner_agencies_and_persons():
    text, _ = OTHERS["brackets and groups"]
    tasks, _, _ = read(written(text), level="province")
    assert tasks[0]["partner_agencies"] == "省财政厅、省卫生健康委"
    text, _ = OTHERS["circled numbers, agencies below"]
    tasks, _, _ = read(written(text), level="county")
    assert [t["responsible"] for t in tasks] == [None, None, "李明", "李明"]


def test_a_note_below_a_line_is_of_that_line_only():
    """The first line has no deadline of its own, and takes none from the next one."""
    text = "一、教育\n新建幼儿园3所。\n牵头单位：市教育局\n新增学位900个。\n牵头单位：市住建局\n完成时限：11月底\n二、住房\n改造小区9个。\n"
    tasks, _, _ = read(written(text))
    assert [(t["text"], t["lead_agency"], t["deadline"]) for t in tasks] == [
        ("新建幼儿园3所", "市教育局", None),
        ("新增学位900个", "市住建局", "2023-11-30"),
        ("改造小区9个", None, None),
    ]


def test_what_an_item_reports_stands_beside_what_it_promises():
    text, _ = OTHERS["heading and body, with progress"]
    _, targets, results = read(written(text), 2024, "progress")
    assert [(t["task_id"], t["value"]) for t in targets] == [("x/1.1", 120), ("x/1.2", 9), ("x/2.1", 600)]
    assert [(r["task_id"], r["value"], r["unit"], r["rate_claimed"], r["as_of"]) for r in results] == [
        ("x/1.1", 75, "公里", 62.5, "2024-06-30"),
        ("x/2.1", 380, "场", 63.3, "2024-06-30"),
    ]
    assert results[0]["text"] == "截至6月底，已完成农村公路改建75公里，占年度目标任务的62.5%。"
    assert [r["target_id"] for r in results] == ["x/1.1#1", "x/2.1#1"]


def test_rows_are_rows_of_the_model(annual):
    _, tasks, targets = annual
    for name, made in (("tasks", tasks), ("targets", targets)):
        assert len(conform(name, pd.DataFrame(made))) == len(made)
    text, _ = OTHERS["heading and body, with progress"]
    results = pd.DataFrame(read(written(text), 2024, "progress")[2]).drop(columns="figures")
    assert len(conform("outcomes", results)) == 2


def test_traditional_characters_say_the_same():
    text = "1. 「溫馨教室」工程，為5000個教室安裝空調，新增托位１．５萬個以上。（牽頭單位：市教育局）"
    tasks, targets, _ = read([Paragraph(text, 0, len(text))], 2022)
    assert [(t["programme"], t["text"], t["lead_agency"]) for t in tasks] == [
        ("温馨教室", "为5000个教室安装空调", "市教育局"),
        ("温馨教室", "新增托位1.5万个以上", "市教育局"),
    ]
    assert [(t["value"], t["bound"]) for t in targets] == [(5000, "exact"), (15000, "at_least")]


def test_a_list_without_promises_gives_nothing():
    text = "一、指导思想\n1. 坚持以人为本。\n2. 坚持量力而行。\n"
    assert read(written(text)) == ([], [], [])


MODULES = [
    costs,
    duties,
    item,
    items,
    labels,
    lists,
    marks,
    meaning,
    parts,
    promises,
    results,
    rows,
    unmarked,
]


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0
