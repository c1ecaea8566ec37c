"""Every printed number is in exactly one figure, with its quantity or the reason why it is none."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quantity_scoring import cases

from minshi_analysis.language.figures import REASONS, figures
from minshi_analysis.language.quantities import parse_quantities

DIGIT = re.compile("[0-9０-９]")
HABITS = (
    "0123456789０５.,%‰一二两三十百千万亿余多约近超过不少于以上左右个户元年月岁级"
    "至-—~()（）[]〔〕|\"“”、,，。;:'·+/×分之成倍半第每累计其中美①OlGX \n\t\u200b\u200e\u202e"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至2024年6月底新增托位7500个", [("2024年", "date"), ("6月底", "date"), ("7500个", None)]),
        ("杭政办函〔2024〕4号", [("2024", "code"), ("4号", "code")]),
        ("3月5号前", [("3月", "date"), ("5号", "date")]),
        ("为65周岁以上老人体检", [("65周岁", "age")]),
        ("建成“15分钟生活圈”", [("15分钟", "duration")]),
        ("落实“1+8+X”体系", [("1+8+X", "name")]),
        ("3.新增托位200个", [("3", "item_number"), ("200个", None)]),
        ("（二）新增托位200个", [("二", "item_number"), ("200个", None)]),
        ("1.2024年新建幼儿园3所", [("1.", "item_number"), ("2024年", "date"), ("3所", None)]),
        ("50户以上村寨的管网", [("50户以上", "threshold")]),
        ("沿边0—3公里范围的行政村", [("0—3公里", "place")]),
        ("新增车位800-1000个", [("800-1000个", None)]),
        ("走访两家医院、第二批学校", [("两家", "word"), ("二批", "ordinal")]),
        ("一体化推进、三农工作、统一部署", []),
        ("引进外资1200万美元", [("1200万美元", "foreign_money")]),
        ("培训数十人", [("十人", "vague")]),
        ("停车位１２００个", [("１２００个", None)]),
        ("联系电话：82345678", [("82345678", "code")]),
        ("网址www.21yq.com", [("21", "code")]),
        ("新增停车位1200[1]个、托位300个[2]", [("1200[1]个", None), ("300个", None), ("2", "mark")]),
        ("3个5G基站、PM2.5浓度", [("3个", None), ("5", "name"), ("2.5", "name")]),
        ("投资 50+30 万元", [("50+30", "unclear")]),
        ("累计〔45〕", [("45", "bare")]),
        ("[45]", [("45", "bare")]),
        ("目标：500，实际：480", [("500", "bare"), ("480", "bare")]),
        ("托位(500)，床位(80)", [("500", "bare"), ("80", "bare")]),
        ("(1)学位。(2)托位", [("1", "item_number"), ("2", "item_number")]),
        ("师生比1:15", [("1:15", "unclear")]),
        ("每天8:30-17:30开放", [("8:30", "date"), ("17:30", "date")]),
        ("整治沿线5公里", [("5公里", None)]),
        ("十个乡镇卫生院改造提升", [("十个", None)]),
        ("投资 2000 ，完成 1950", [("2000", "bare"), ("1950", "bare")]),  # no years
    ],
)  # fmt: skip
def test_figures_and_reasons(text, expected):
    assert [(f.surface, f.reason) for f in figures(text, kind="plan")] == expected


def _holds(text, **known):
    found = figures(text, **known)
    end = 0
    for f in found:
        assert end <= f.start < f.end <= len(text)
        assert text[f.start : f.end] == f.surface
        assert (f.quantity is None) == (f.reason in REASONS)
        end = f.end
    inside = [any(f.start <= m.start() < f.end for f in found) for m in DIGIT.finditer(text)]
    assert all(inside), text
    assert [f.quantity for f in found if f.quantity] == parse_quantities(text, **known)


@given(
    st.text(max_size=80) | st.text(alphabet=HABITS, max_size=80),
    st.sampled_from([None, "万元", "%"]),
    st.sampled_from([None, "plan"]),
)
@settings(max_examples=1500)
def test_every_digit_is_in_one_figure(text, unit, kind):
    _holds(text, unit=unit, kind=kind)


@pytest.mark.parametrize(
    "name", ["cases.jsonl", "fresh.jsonl", "fresh2.jsonl", "fresh3.jsonl", "fresh4.jsonl"]
)
def test_every_case_is_accounted_for(name):
    for row in cases(name):
        _holds(row["text"])


@given(
    st.integers(1, 999),
    st.integers(0, 99_999),
    st.sampled_from([",", ", ", "，", "'", "’", "·", "・", "+", "＋", "/", " ", "  ", "\t", "\n", "×", ":", "O", "l", "\u202e", "."]),
    st.sampled_from(["个", "万元", "户", "%", "公里", "人"]),
)  # fmt: skip
@settings(max_examples=600)
def test_a_torn_number_is_one_number_or_none(head, tail, joint, unit):
    """停车位1, 500个 is no 500; and no measure ends in the digits that were left over."""
    printed = f"{head}{joint}{tail}{unit}"
    for q in parse_quantities("新增停车位" + printed + ",计划"):
        assert q.surface == printed, (printed, q)
        assert not re.search(r"[0-9]$", q.measure)


@pytest.mark.parametrize(
    "pattern", ["1,50", "1'5", "2、3", "1个、2", "1千5", "〔1〕", "1[1]", "1\t", "1+", "1 ", "O1"]
)
def test_hostile_runs_are_accounted_for(pattern):
    _holds(pattern * (3_000 // len(pattern)))
