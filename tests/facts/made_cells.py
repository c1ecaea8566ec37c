"""Tables whose cells say several things, from a seed: numbered promises, groups with their sums, money in words."""

from __future__ import annotations

from collections import Counter

from facts.drawing import BODIES, THINGS, Column, Drawn, Pencil, merged, number, table
from variants.sheets import Notice

__all__ = ["cells"]

GROUPS = ("教育提升工程", "健康惠民工程", "交通畅通工程", "安居宜居工程", "养老助残工程")
MARKS = ("{}.", "{}、", "({})", "①")
CIRCLED = "①②③④⑤"
CHINESE = "零一二三四五六七八九十"
PAYERS = (
    ("superior", "中央资金"),
    ("superior", "省级资金"),
    ("superior", "市级资金"),
    ("county", "县级资金"),
    ("social", "社会资本"),
)


def cells(seed: int) -> Drawn:
    """A plan with several promises to a cell."""
    pencil = Pencil(seed)
    pool = pencil.sample(THINGS, pencil.randint(5, 10))
    mark = pencil.choice((*MARKS, "", ""))
    joint = pencil.choice((";\n", "\n", ";", "。\n"))
    facts: Counter = Counter()
    rows: list[dict[str, str]] = []
    while pool:
        own, pool = pool[: pencil.choice((1, 2, 2, 3))], pool[3:]
        said = [_promise(pencil, thing, unit, own[0][0], facts) for thing, unit in own]
        numbered = [(_mark(mark, k) if len(own) > 1 else "") + words for k, words in enumerate(said)]
        money = _money(pencil, own[0][0], facts)
        lead = pencil.choice(BODIES)
        facts["lead", own[0][0], lead] += 1
        rows.append({"name": own[0][0], "said": joint.join(numbered), "money": money, "lead": lead})
    names = tuple(row["name"] for row in rows)
    columns = [
        Column(("序号",), [str(k) for k in range(1, len(rows) + 1)]),
        Column(
            (pencil.choice(("项目名称", "实事项目", "任务名称")),), [f"{row['name']}项目" for row in rows]
        ),
        Column(
            (pencil.choice(("建设内容", "主要建设内容", "工作内容", "目标任务", "年度目标任务")),),
            [row["said"] for row in rows],
        ),
    ]
    if pencil.maybe(0.5):
        columns.append(
            Column(
                (pencil.choice(("资金来源", "资金安排", "所需资金", "投资及来源")),),
                [row["money"] for row in rows],
            )
        )
    else:
        facts = Counter({fact: n for fact, n in facts.items() if fact[0] != "money"})
    columns.append(Column((pencil.choice(("责任单位", "牵头单位")),), merged([row["lead"] for row in rows])))
    more = []
    if pencil.maybe(0.3):
        cut = pencil.randint(1, len(rows) - 1) if len(rows) > 1 else 0
        if not any("^" in column.cells for column in columns):
            first, second = pencil.sample(GROUPS, 2)
            more = [(0, [f"一、{first}"]), *([(cut, [f"二、{second}"])] if cut else [])]
    title = pencil.choice(("安平县2023年民生实事项目表", "安平县2023年十件民生实事任务分解表"))
    may = Counter(("due", name, "2023-12-31") for name in names)
    return Drawn("plan", Notice((), (table(title, columns, *more),)), names, +facts, may)


def _mark(mark: str, k: int) -> str:
    return CIRCLED[k] if mark == "①" else mark.format(k + 1)


def _promise(pencil: Pencil, thing: str, unit: str, name: str, facts: Counter) -> str:
    """The words of one promise under the name of its row."""
    value = pencil.figure(11, 3000)
    facts["target", name, float(value), unit] += 1
    form = pencil.choice(
        (
            "{thing}{value}{unit}",
            "{thing}{value}{unit}以上",
            "{thing}不少于{value}{unit}",
            "全年{thing}{value}{unit}",
            "计划{thing}{value}{unit}",
            "{thing}{value}{unit},12月底前完成",
            "年内完成{thing}{value}{unit}",
            "在2022年{thing}{other}{unit}的基础上,再{thing}{value}{unit}",
        )
    )
    return form.format(thing=thing, unit=unit, value=number(value), other=pencil.figure(11, 900))


def _money(pencil: Pencil, name: str, facts: Counter) -> str:
    """Who pays, in words."""
    payers = pencil.sample(PAYERS, pencil.randint(1, 3))
    paid = [pencil.figure(10, 4000) for _ in payers]
    form = pencil.choice(
        (
            "{whole}万元,其中:{parts}",
            "总投资{whole}万元,其中{parts}",
            "共需资金{whole}万元。其中,{parts}。",
            "{parts}",
            "{whole}万元({parts})",
        )
    )
    if "{whole}" in form:
        facts["money", name, "total", float(sum(paid))] += 1
    for (funder, _), p in zip(payers, paid, strict=True):
        facts["money", name, funder, float(p)] += 1
    parts = pencil.choice((",", "、", ";")).join(
        f"{label}{number(p)}万元" for (_, label), p in zip(payers, paid, strict=True)
    )
    return form.format(whole=number(sum(paid)), parts=parts)
