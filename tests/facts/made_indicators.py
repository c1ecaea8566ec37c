"""Tables of a five-year plan's indicators as offices make them, from a seed."""

from __future__ import annotations

from collections import Counter

from facts.drawing import Column, Drawn, Pencil, merged, number, table
from variants.sheets import Notice

__all__ = ["indicators"]

# Field, name, unit, whether it is a share.
KNOWN = (
    ("经济发展", "常住人口城镇化率", "%"),
    ("经济发展", "高新技术产业增加值占比", "%"),
    ("创新驱动", "每万人口高价值发明专利拥有量", "件"),
    ("创新驱动", "研发经费投入强度", "%"),
    ("民生福祉", "城镇调查失业率", "%"),
    ("民生福祉", "每千人口执业(助理)医师数", "人"),
    ("民生福祉", "基本养老保险参保率", "%"),
    ("民生福祉", "每千人口拥有3岁以下婴幼儿托位数", "个"),
    ("民生福祉", "劳动年龄人口平均受教育年限", "年"),
    ("绿色生态", "森林覆盖率", "%"),
    ("绿色生态", "地表水达到或好于III类水体比例", "%"),
    ("安全保障", "粮食综合生产能力", "万吨"),
)
SUMS = (
    ("民生福祉", "城镇新增就业", "万人"),
    ("民生福祉", "新增停车泊位", "个"),
    ("绿色生态", "造林面积", "万亩"),
)
BOUNDS = (
    ("", "exact"),
    ("", "exact"),
    ("≥", "at_least"),
    (">", "more_than"),
    ("不低于", "at_least"),
    ("以上", "at_least"),
    ("左右", "approx"),
    ("≤", "at_most"),
)


def indicators(seed: int) -> Drawn:
    """The indicators of a county's plan for 2021 to 2025."""
    pencil = Pencil(seed)
    chosen = sorted(pencil.sample(KNOWN, pencil.randint(4, 9)), key=KNOWN.index)
    summed = pencil.sample(SUMS, pencil.choice((0, 1, 2)))
    chosen = sorted([*chosen, *summed], key=lambda one: one[0])
    where = pencil.choice(("name", "column", "value"))
    bracket = pencil.choice(("[{}]", "〔{}〕", "【{}】", "累计{}", "五年累计{}"))
    facts: Counter = Counter()
    base, aim, growth = [], [], []
    for _, name, unit in chosen:
        scale, called = (1e4, unit[1:]) if unit[0] == "万" else (1, unit)
        low, high = (
            (pencil.figure(10, 60, 10), pencil.figure(61, 99, 10))
            if unit == "%"
            else (pencil.figure(3, 40, 10), pencil.figure(41, 90, 10))
        )
        mark = unit * (where == "value")
        sum_ = (_, name, unit) in summed
        before = (
            pencil.choice((number(low) + mark, "-", bracket.format(number(low)) + mark))
            if sum_
            else number(low) + mark
        )
        word, bound = ("", "exact") if sum_ else pencil.choice(BOUNDS)
        said = number(high) + mark + word if word in ("以上", "左右") else word + number(high) + mark
        base.append(before)
        aim.append(bracket.format(number(high)) + mark if sum_ else said)
        growth.append(
            "-"
            if sum_
            else pencil.choice(("-", number(pencil.figure(1, 9, 10)), f"[{number(pencil.figure(1, 9, 10))}]"))
        )
        facts["aim", name, 2025, round(high * scale, 6), called, bound, "sum" if sum_ else "level"] += 1
        facts["baseline", name, 2020, round(low * scale, 6), called] += before != "-"
    names = [name + f"({unit})" * (where == "name") for _, name, unit in chosen]
    columns = [Column(("序号",), [str(k) for k in range(1, len(chosen) + 1)])] if pencil.maybe(0.7) else []
    if pencil.maybe(0.6):
        fields = [field for field, _, _ in chosen]
        columns.append(Column((pencil.choice(("类别", "领域", "指标类别")),), merged(fields)))
    columns.append(Column((pencil.choice(("指标名称", "指标", "主要指标")),), names))
    if where == "column":
        columns.append(Column((pencil.choice(("单位", "计量单位")),), [unit for _, _, unit in chosen]))
    columns.append(
        Column(
            (pencil.choice(("2020年", "2020年基数", "2020年完成值", "2020年实际", "基期值(2020年)")),), base
        )
    )
    columns.append(
        Column((pencil.choice(("2025年", "2025年目标", "2025年目标值", "规划目标(2025年)")),), aim)
    )
    if pencil.maybe(0.3):
        columns.append(Column((pencil.choice(("年均增长[累计]", "年均增速(%)", "年均增长(%)")),), growth))
    if pencil.maybe(0.7):
        columns.append(
            Column(
                (pencil.choice(("指标属性", "属性", "指标性质")),),
                [pencil.choice(("约束性", "预期性")) for _ in chosen],
            )
        )
    one = table("安平县“十四五”规划主要指标", columns)
    note = ("注:[]内为五年累计数。",) if pencil.maybe(0.4) else ()
    return Drawn(
        "five_year_plan",
        Notice(note, (one,)),
        tuple(n for _, n, _ in chosen),
        +facts,
        year=2021,
        year_end=2025,
    )
