"""Heads of columns are read by their parts: every example of the vocabulary, and heads that nobody has written down."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from minshi_analysis.language.heads import funder_of, label_of, read_head

DATA = tomllib.loads(resources.files("minshi_analysis.language").joinpath("heads.toml").read_text("utf-8"))
CLASSES = {
    name: entry
    for top, value in DATA.items()
    for name, entry in (
        [(top, value)] if "words" in value else [(f"{top}.{k}", inner) for k, inner in value.items()]
    )
}
# What a head of each class may be read as; funders are asked for under 资金来源.
ROLES = {
    "index": {"index"},
    "person": {"person"},
    "contact": {"aside"},
    "ranked": {"ranked"},
    "body": {"lead"},
    "leading": {"lead"},
    "helping": {"partner"},
    "watching": {"aside"},
    "when": {"deadline"},
    "ending": {"deadline"},
    "beginning": {"aside"},
    "lasting": {"period"},
    "money": {"funds", "total_investment"},
    "spent": {"spent", "funds"},
    "promised": {"task", "target"},
    "amount": {"target"},
    "reached": {"result"},
    "share": {"rate"},
    "steps": {"schedule"},
    "progress": {"result"},
    "state": {"status"},
    "task": {"task"},
    "project": {"project", "programme"},
    "grouping": {"programme"},
    "indicator": {"indicator"},
    "unit": {"unit"},
    "place": {"location"},
    "kind": {"kind"},
    "size": {"content"},
    "count": {"count"},
    "note": {"note"},
    "split": {"split"},
    "leaf": {"leaf"},
}


@pytest.mark.parametrize("name", CLASSES)
def test_every_word_stands_in_an_example(name):
    entry = CLASSES[name]
    unused = [word for word in entry["words"] if not any(word in example for example in entry["examples"])]
    assert unused == []


@pytest.mark.parametrize(("name", "roles"), ROLES.items())
def test_every_example_has_its_role(name, roles):
    read = {example: read_head([label_of(example)])[0].role for example in CLASSES[name]["examples"]}
    assert {example: role for example, role in read.items() if role not in roles} == {}


@pytest.mark.parametrize("name", [name for name in CLASSES if name.startswith("funder.")])
def test_every_example_of_a_funder_is_money(name):
    for example in CLASSES[name]["examples"]:
        assert read_head(["资金来源(万元)", label_of(example)])[0].role == "funds", example


# Made of known parts, and in no list: (head, role, period).
UNSEEN = [
    ("承担科室", "lead", None),
    ("组织实施部门", "lead", None),
    ("协助部门", "partner", None),
    ("最迟竣工时限", "deadline", None),
    ("预计交付日期", "deadline", None),
    ("投入使用期限", "deadline", None),
    ("本年预算金额", "funds", "year"),
    ("匡算资金", "funds", None),
    ("2024年安排资金", "funds", "year"),
    ("年度任务指标", "task", "year"),
    ("全年计划数", "target", "year"),
    ("承诺任务量", "target", None),
    ("截至9月底实际完成", "result", "todate"),
    ("1-11月完成数量", "result", "todate"),
    ("目前办理进展", "result", "todate"),
    ("占全年计划%", "rate", "year"),
    ("目标完成比例", "rate", None),
    ("实施措施", "task", None),
    ("上年实际完成", "result", "before"),
    ("2023年完成数", "result", "before"),
    ("当月完成量", "result", "part"),
    ("三季度目标", "schedule", None),
    ("9月底", "schedule", None),
    ("累计支付资金", "spent", "todate"),
    ("资金到位率", "aside", None),
    ("投资完成率(%)", "aside", None),
    ("开工日期", "aside", None),
    ("督导部门", "aside", None),
    ("去年同期", "result", "before"),
    ("上年同期数", "result", "before"),
    ("2023年全年", "result", "before"),
    ("往年", "result", "before"),
]


@pytest.mark.parametrize(("head", "role", "period"), UNSEEN)
def test_a_head_of_known_parts_is_understood(head, role, period):
    found = read_head([label_of(head)], year=2024)[0]
    assert (found.role, found.period) == (role, period)


@pytest.mark.parametrize("head", ["满意度", "同比增长", "天气", "群众满意率", "去年评分"])
def test_what_is_none_of_ours_is_no_target_and_no_result(head):
    assert not {h.role for h in read_head([label_of(head)], year=2024)} & {
        "target",
        "task",
        "result",
        "rate",
        "funds",
    }


@pytest.mark.parametrize(
    ("words", "level", "funder"),
    [
        ("中央预算内资金", "city", "superior"),
        ("省级财政", "city", "superior"),
        ("省级财政", "province", "province"),
        ("市级", "county", "superior"),
        ("市级", "city", "city"),
        ("区县配套", "city", "county"),
        ("乡镇自筹", "county", "social"),
        ("镇级财政", "county", "town"),
        ("本级财政", "county", "county"),
        ("专项债券", "county", "bond"),
        ("社会资本", "city", "social"),
        ("其他来源", "city", "other"),
    ],
)
def test_a_funder_is_seen_from_the_document_s_own_level(words, level, funder):
    assert funder_of(words, level) == funder


@pytest.mark.parametrize(
    ("words", "region", "funder"),
    [
        ("市级", "蒙自市", "county"),
        ("乐陵市级", "乐陵市", "county"),
        ("州级", "蒙自市", "superior"),
        ("州财政配套", "蒙自市", "superior"),
        ("盟市资金", "霍林郭勒市", "superior"),
        ("设区市补助", "义乌市", "superior"),
        ("德州市级", "乐陵市", "superior"),
        ("德州市财政", "乐陵市", "superior"),
    ],
)
def test_in_a_county_that_is_a_city_the_prefecture_is_above_it(words, region, funder):
    assert funder_of(words, "county", region) == funder


@pytest.mark.parametrize("words", ["州级财政", "盟市配套", "地级市资金", "德州市财政"])
def test_a_prefecture_s_own_money_is_the_city_s(words):
    assert funder_of(words, "city", "德州市") == "city"
