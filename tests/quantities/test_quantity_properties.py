"""Properties: every printed form of a quantity comes back, every script gives the same, no text does harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from quantity_scoring import cases

from minshi_analysis.language.quantities import parse_quantities, parse_unit, parse_value

UNITS = ["个", "户", "人次", "套(间)", "平方米", "公里", "张", "条", "吨/日", "节(次)", "座", "名"]
BEFORE = {
    "": "exact",
    "不少于": "at_least",
    "不低于": "at_least",
    "超过": "more_than",
    "不超过": "at_most",
    "约": "approx",
    "近": "approx",
}
AFTER = {"": "exact", "以上": "at_least", "左右": "approx", "以内": "at_most", "及以上": "at_least"}
TO_TRADITIONAL = OpenCC("s2t").convert
CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TO_FULL = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})


def chinese(n: int) -> str:
    """A whole number in Chinese numerals, as officials write it (一千零五十, 两万 as 二万)."""
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]

    def below_10000(m: int) -> str:
        out, gap = "", False
        for power in (3, 2, 1, 0):
            d = m // 10**power % 10
            if d:
                out += ("零" if gap and out else "") + digits[d] + places[power]
                gap = False
            else:
                gap = True
        return out

    high, low = divmod(n, 10000)
    text = (
        (below_10000(high) + "万" if high else "")
        + ("零" if high and 0 < low < 1000 else "")
        + below_10000(low)
    )
    return text.removeprefix("一") if text.startswith("一十") else text


@st.composite
def printed(draw):
    """(printed quantity, value, unit, bound)"""
    unit = draw(st.sampled_from(UNITS))
    forms = ["plain", "commas", "scaled", "chinese", "capital", "compound", "more", "spaced", "full"]
    form = draw(st.sampled_from(forms))
    n = draw(st.integers(11, 9_999_999))
    if form == "scaled":
        tenths = draw(st.integers(1, 99_999))
        number, value = f"{tenths / 100:g}万", tenths * 100
    elif form == "commas":
        number, value = f"{n:,}", n
    elif form in ("chinese", "capital"):
        n = draw(st.integers(11, 99_999_999))
        number, value = chinese(n), n
        if form == "capital" and len(number) > 1:
            number = number.translate(CAPITALS)
    elif form == "compound":
        wan, qian = draw(st.integers(1, 9_999)), draw(st.integers(1, 9))
        number, value = f"{wan}万{qian}千", wan * 10_000 + qian * 1_000
    elif form == "more":
        number, value = f"{n}余", n
    elif form == "spaced":
        number, value = f" {n} ", n
    elif form == "full":
        number, value = str(n).translate(TO_FULL), n
    else:
        number, value = str(n), n
    if form == "more":
        return f"{number}{unit}", value, unit, "more_than"
    if draw(st.booleans()):
        word = draw(st.sampled_from(sorted(BEFORE)))
        return f"{word}{number}{unit}", value, unit, BEFORE[word]
    word = draw(st.sampled_from(sorted(AFTER)))
    return f"{number}{unit}{word}", value, unit, AFTER[word]


@given(
    printed(), st.sampled_from(["新增公共停车位{}", "公共停车位{},明年再议。", "2024年,公共停车位建成{};"])
)
@settings(max_examples=400)
def test_any_printed_form_comes_back(quantity, frame):
    surface, value, unit, bound = quantity
    text = frame.format(surface)
    (q,) = parse_quantities(text)
    assert (q.value, q.unit, q.bound, q.measure) == (value, unit, bound, "公共停车位")
    assert text[q.start : q.end] == q.surface == surface.strip()


@given(
    st.integers(2, 900),
    st.integers(1, 90),
    st.sampled_from(["-", "—", "~", "至", "到", "～"]),
    st.sampled_from(["", "万"]),
)
def test_any_range_comes_back(low, more, dash, scale):
    (q,) = parse_quantities(f"新增床位{low}{dash}{low + more}{scale}张")
    factor = 10**4 if scale else 1
    assert (q.value, q.upper, q.unit) == (low * factor, (low + more) * factor, "张")


def _fields(text):
    return [(q.value, q.unit, q.bound, q.cumulative, q.role, q.upper) for q in parse_quantities(text)]


@pytest.mark.parametrize(
    "name", ["cases.jsonl", "fresh.jsonl", "fresh2.jsonl", "fresh3.jsonl", "fresh4.jsonl"]
)
def test_every_script_and_width_gives_the_same(name):
    for row in cases(name):
        text = row["text"]
        plain = _fields(text)
        assert _fields(text.translate(TO_FULL)) == plain, text
        assert _fields(TO_TRADITIONAL(text)) == plain, text
        measures = [q.measure for q in parse_quantities(text)]
        assert [q.measure for q in parse_quantities(text.translate(TO_FULL))] == measures


HABITS = (
    "0123456789.,%‰一二两三十百千万亿余多约近超过不少于以上左右个户元年月岁级"
    '至-—~()（）[]〔〕|"“”、,。;:分之成倍第每累计其中 \n\t'
)


@given(st.text(max_size=80) | st.text(alphabet=HABITS, max_size=80))
@settings(max_examples=600)
def test_any_text_is_read(text):
    end = 0
    for q in parse_quantities(text):
        assert 0 <= q.start < q.end <= len(text)
        assert q.start >= end
        assert text[q.start : q.end] == q.surface
        assert q.value == q.value and q.unit is not None
        end = q.end
    value = parse_value(text)
    assert value is None or text[value.start : value.end] == value.surface
    assert parse_unit(text) is None or parse_unit(text)[0] > 0


RUNS = """9 万 一 ( ) ((1 1( 1, 1,111 1,1111 1. 1- 百 、1 “ " 个 1个 约 1/ 十万 单位: |1 |目标1
    (万元)1 累计 至1 的 新增 不 二分之 0个( 每 1个的 从1个到 3个(a) 一二"""


@pytest.mark.parametrize("pattern", [*RUNS.split(), " ", "\n", "\t1", "1 ", "e\u0301", "\ue000"])
def test_hostile_runs_are_read(pattern):
    text = pattern * (60_000 // len(pattern))
    parse_quantities(text)
    parse_value(text)
    parse_unit(text)
