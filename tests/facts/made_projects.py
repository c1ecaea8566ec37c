"""Lists of projects as county offices make them, from a seed: size, money of the whole and of the year, who pays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from facts.drawing import BODIES, THINGS, Column, Drawn, Pencil, merged, number, table
from variants.sheets import Notice

__all__ = ["projects", "yearly"]

PAYERS = (
    ("superior", ("中央", "中央资金", "中央预算内资金")),
    ("superior", ("省级", "省级资金", "省级补助")),
    ("superior", ("市级", "市级资金")),
    ("county", ("县级", "县级资金", "县级配套")),
    ("bond", ("专项债券", "政府专项债")),
    ("social", ("社会资本", "企业自筹")),
)
WORKS = (
    "安平县中医院迁建项目",
    "滹沱河生态修复工程",
    "城东污水处理厂扩建项目",
    "职教中心实训楼",
    "丝网产业园标准厂房",
    "农村供水一体化工程",
    "县文化艺术中心",
    "高速连接线改造工程",
    "冷链物流基地",
    "智慧停车场项目",
)


def yearly(seed: int) -> Drawn:
    """A county's projects of one year: how much of what, what it costs, who pays and who answers."""
    pencil = Pencil(seed)
    things = pencil.sample(THINGS, pencil.randint(3, 9))
    facts: Counter = Counter()
    may: Counter = Counter()
    payers = [one for one in PAYERS if pencil.maybe(0.6)] or list(PAYERS[:2])
    labels = [pencil.choice(names) for _, names in payers]
    two = pencil.maybe(0.4)  # the whole cost beside the year's
    in_words = pencil.maybe(0.4)  # who pays in the words of one cell
    rows: list[dict[str, str]] = []
    for thing, unit in things:
        asked = pencil.figure(5, 900)
        facts["target", thing, float(asked), unit] += 1
        paid = [pencil.figure(10, 5000) if pencil.maybe(0.8) else 0 for _ in payers]
        paid[0] = paid[0] or pencil.figure(10, 5000)
        year = sum(paid)
        whole = year + pencil.figure(100, 20000) if two else year
        row = {"size": f"{number(asked)}{unit}", "whole": number(whole), "year": number(year)}
        row |= {f"payer {k}": number(p) if p else "" for k, p in enumerate(paid)}
        parts = ",".join(f"{label}{number(p)}万元" for label, p in zip(labels, paid, strict=True) if p)
        form = pencil.choice(("{year}万元,其中:{parts}", "总投资{year}万元,其中{parts}", "{parts}"))
        row["words"] = form.format(year=number(year), parts=parts)
        printed = not in_words or "{year}" in form
        rows.append(row)
        may["money", thing, "total", float(whole)] += two
        if two or printed:
            (may if two else facts)["money", thing, "total", float(year)] += 1
        for (funder, _), p in zip(payers, paid, strict=True):
            facts["money", thing, funder, float(p)] += p > 0

    def cells(key: str) -> list[str]:
        return [row[key] for row in rows]

    size = pencil.choice(("建设规模", "建设内容及规模", "建设规模及内容", "年度建设任务"))
    sized = [f"{thing}{s}" for (thing, _), s in zip(things, cells("size"), strict=True)]
    columns = [
        Column(("序号",), [str(k) for k in range(1, len(rows) + 1)]),
        Column(("项目名称",), [thing + "项目" * pencil.maybe(0.4) for thing, _ in things]),
        Column((size,), sized if pencil.maybe(0.6) else cells("size")),
    ]
    if two:
        columns.append(Column((pencil.choice(("总投资(万元)", "概算总投资(万元)")),), cells("whole")))
    over = pencil.choice(("资金来源", "资金筹措", "资金来源及构成"))
    if in_words:
        columns.append(Column((over,), cells("words")))
        if two:
            columns.append(
                Column((pencil.choice(("年度投资(万元)", "2023年计划投资(万元)")),), cells("year"))
            )
    else:
        year = pencil.choice(("年度投资", "2023年计划投资", "年度计划投资")) if two else "总投资"
        columns.append(Column((f"{year}(万元)",), cells("year")))
        columns += [Column((f"{over}(万元)", label), cells(f"payer {k}")) for k, label in enumerate(labels)]
    leads = [pencil.choice(BODIES) for _ in things]
    columns.append(Column((pencil.choice(("责任单位", "牵头单位", "实施单位")),), merged(leads)))
    facts.update(("lead", thing, lead) for (thing, _), lead in zip(things, leads, strict=True))
    if pencil.maybe(0.3):
        columns.append(
            Column(
                ("进度安排",),
                [pencil.choice(("6月开工,12月完工", "上半年完成招标,年底建成", "已开工")) for _ in rows],
            )
        )
    more = []
    if pencil.maybe(0.4):
        more = [(0 if pencil.maybe(0.5) else len(rows), _sum_row(columns, pencil))]
    title = pencil.choice(("安平县2023年民生实事项目表", "安平县2023年重点民生项目计划表"))
    return Drawn(
        "plan", Notice((), (table(title, columns, *more),)), tuple(t for t, _ in things), +facts, +may
    )


def _sum_row(columns: Sequence[Column], pencil: Pencil) -> list[str]:
    """A row of sums: under each column of amounts the sum of its cells."""
    out = ["", pencil.choice(("合计", "总计"))]
    for column in columns[2:]:
        cells = [cell for cell in column.cells if cell and cell != "^"]
        plain = all(cell.replace(".", "").isdigit() for cell in cells)
        out.append(number(sum(map(float, cells))) if plain and cells else "")
    return out


def projects(seed: int) -> Drawn:
    """A plan's list of major projects: years, money in all and in the plan's years, who carries it out."""
    pencil = Pencil(seed)
    works = pencil.sample(WORKS, pencil.randint(3, 8))
    unit = pencil.choice(("万元", "亿元"))
    scale = 1e4 if unit == "万元" else 1
    where = pencil.choice(("head", "caption"))
    facts: Counter = Counter()
    years, costs, plans = [], [], []
    for name in works:
        whole = pencil.figure(3000, 90000) if unit == "万元" else pencil.figure(1, 90, 10)
        part = int(pencil.below(whole, 0.4, 0.7, 0.9)) if unit == "万元" else round(whole * 0.6, 2)
        first = pencil.randint(2019, 2023)
        last = pencil.randint(max(first, 2021), 2025)
        years.append(f"{first}-{last}" if first != last else f"{first}")
        costs.append(number(whole))
        plans.append(number(part))
        facts["cost", name, round(whole / scale, 8)] += 1
        facts["cost in plan", name, round(part / scale, 8)] += 1
        facts["years", name, first, last] += 1
    mark = f"({unit})" if where == "head" else ""
    columns = [
        Column(("序号",), [str(k) for k in range(1, len(works) + 1)]),
        Column(("项目名称",), works),
        Column((pencil.choice(("建设内容及规模", "主要建设内容")),), [_size(pencil) for _ in works]),
        Column(
            (pencil.choice(("建设性质", "性质")),), [pencil.choice(("新建", "续建", "改扩建")) for _ in works]
        ),
        Column((pencil.choice(("建设年限", "起止年限", "建设期限")),), years),
        Column((f"总投资{mark}",), costs),
        Column(
            (pencil.choice(("“十四五”投资{}", "“十四五”期间投资{}", "“十四五”计划投资{}")).format(mark),),
            plans,
        ),
        Column(
            (pencil.choice(("责任单位", "建设单位", "实施主体")),), [pencil.choice(BODIES) for _ in works]
        ),
    ]
    if pencil.maybe(0.4):
        columns.insert(
            2, Column(("建设地点",), [pencil.choice(("城关镇", "马店镇", "县城东区")) for _ in works])
        )
    if pencil.maybe(0.3):
        at = pencil.randint(4, len(columns) - 1)
        columns.insert(
            at,
            Column(
                (pencil.choice(("已完成投资{}", "2021年计划投资{}")).format(mark),),
                [number(pencil.figure(10, 900)) for _ in works],
            ),
        )
    title = "安平县“十四五”重点项目表"
    above = () if where == "head" else (f"单位:{unit}",)
    one = table(title, columns)
    notice = Notice((title, *above), (table("", columns),)) if above else Notice((), (one,))
    return Drawn("five_year_plan", notice, tuple(works), +facts, year=2021, year_end=2025)


def _size(pencil: Pencil) -> str:
    return pencil.choice(
        (
            f"建筑面积{pencil.figure(1000, 60000)}平方米",
            f"新建厂房{pencil.figure(3, 30)}栋,总建筑面积{pencil.figure(3, 60)}万平方米",
            f"日处理能力{pencil.figure(1, 9)}万吨",
            "改造道路及附属设施",
        )
    )
