"""Tables of promises and results as many offices make them, from a seed, with what a careful person reads in them.

Which columns there are, in what order, how they are called, where units stand, what is merged or left blank: each is
drawn. The truth is made with the table, never read from it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from facts.drawing import BODIES, THINGS, Drawn, heads, merged
from variants.sheets import Notice, sheet

__all__ = ["made"]

PROGRAMMES = ("教育提升工程", "健康惠民工程", "交通畅通工程", "安居宜居工程", "养老助残工程")
PEOPLE = ("张建国", "李明", "王秀兰", "赵志强")
DAYS = {
    "6月底": "2023-06-30",
    "10月底前": "2023-10-31",
    "12月31日": "2023-12-31",
    "11月底": "2023-11-30",
    "9月": "2023-09-30",
}
HEADS = {
    "index": ("序号", "编号", "项目序号"),
    "programme": ("类别", "项目类别", "领域", "工程名称", "所属工程"),
    "name": ("项目名称", "实事项目", "任务名称", "工作任务", "项目"),
    "content": ("建设内容及规模", "主要建设内容", "工作内容", "目标任务", "年度目标任务", "实施内容"),
    "target": ("目标值", "计划数", "年度目标", "任务数", "数量", "建设规模"),
    "unit": ("单位", "计量单位"),
    "lead": ("责任单位", "牵头单位", "主管部门", "牵头部门", "实施单位"),
    "person": ("责任领导", "分管领导", "责任人", "县级领导"),
    "due": ("完成时限", "完成时间", "时间节点", "计划完成时间"),
    "note": ("备注", "说明"),
    "result": ("完成数", "累计完成", "实际完成", "完成情况", "目前完成", "截至6月底完成数"),
    "rate": ("完成率", "完成率(%)", "完成比例", "占年度目标比例(%)"),
    "before": ("去年同期", "上年完成", "2022年完成", "去年完成数"),
    "month": ("本月完成", "6月完成", "当月完成数"),
    "trouble": ("存在问题", "存在的困难"),
    "nobody": ("督查评分", "群众评议", "红黄绿灯值"),
    "money": ("资金来源", "资金筹措", "资金安排"),
    "sum": ("合计", "小计", "总计"),
    "whole": ("总投资", "投资总额", "概算总投资"),
}
FUNDERS = (
    ("superior", ("中央", "中央资金", "上级资金")),
    ("superior", ("省级", "省级资金", "省财政")),
    ("superior", ("市级", "市财政", "市级配套")),
    ("county", ("县级", "县财政", "县级配套")),
    ("social", ("社会资本", "社会投资", "企业自筹")),
)
KINDS = {"plan": "计划表", "progress": "进展情况表", "completion": "完成情况表"}


@dataclass
class Item:
    """A promise of a made table."""

    number: int
    programme: str
    name: str
    unit: str
    value: int
    lead: str
    due: str
    reached: int = 0
    paid: list[float] = field(default_factory=list)


def _printed(value: int, rng: random.Random) -> str:
    return (
        f"{value / 10000:g}万" if value >= 10000 and value % 1000 == 0 and rng.random() < 0.4 else str(value)
    )


def _items(rng: random.Random) -> list[Item]:
    count = rng.randint(4, 12)
    programmes = rng.sample(PROGRAMMES, rng.randint(2, 4))
    items = []
    for i, (name, unit) in enumerate(rng.sample(THINGS, count)):
        value = rng.choice((rng.randint(2, 90), rng.randint(100, 9000), rng.randint(1, 90) * 1000))
        programme = programmes[i * len(programmes) // count]
        items.append(Item(i + 1, programme, name, unit, value, rng.choice(BODIES), rng.choice(tuple(DAYS))))
    return items


def made(seed: int) -> Drawn:
    """The table of a seed."""
    rng = random.Random(seed)
    kind = rng.choice(("plan", "plan", "progress", "completion"))
    joined = rng.random() < 0.6
    items = _items(rng)

    def head(name: str) -> tuple[str, ...]:
        return (rng.choice(HEADS[name]),)

    def each(of: Callable[[Item], str]) -> list[str]:
        return [of(item) for item in items]

    def runs(cells: Sequence[str]) -> Sequence[str]:
        return merged(cells) if joined else cells

    columns: list[tuple[tuple[str, ...], list[str]]] = []
    if rng.random() < 0.8:
        columns.append((head("index"), each(lambda x: str(x.number))))
    if rng.random() < 0.6:
        columns.append((head("programme"), runs(each(lambda x: x.programme))))
    promise, apart = _promise(items, head, rng)
    columns += promise
    tail: list[tuple[tuple[str, ...], list[str]]] = []
    facts = Counter(("target", item.name, float(item.value), item.unit) for item in items)
    if kind == "plan" and rng.random() < 0.5:
        money, amounts = _money(items, head, rng)
        tail += money
        facts.update(amounts)
    if kind != "plan":
        results, rated = _results(items, head, rng, apart)
        tail += results
        facts.update(("result", item.name, None, float(item.reached), item.unit) for item in items)
        facts.update(rated)
    if rng.random() < 0.7:
        tail.insert(rng.choice((0, len(tail))), (head("lead"), runs(each(lambda x: x.lead))))
    if rng.random() < 0.3:
        tail.append((head("person"), [rng.choice(PEOPLE) for _ in items]))
    if rng.random() < 0.4:
        year = rng.choice(("2023年", ""))
        tail.append((head("due"), each(lambda x: year + x.due)))
    if rng.random() < 0.2:
        tail.append((head("nobody"), [str(rng.randint(60, 100)) for _ in items]))
    if rng.random() < 0.3:
        tail.append((head("note"), ["" for _ in items]))
    title = f"安平县2023年民生实事项目{KINDS[kind]}"
    top = heads([labels for labels, _ in columns + tail])
    body = [[cells[r] for _, cells in columns + tail] for r in range(len(items))]
    may = Counter({("lead", item.name, item.lead): 1 for item in items})
    may.update(("due", item.name, DAYS[item.due]) for item in items)
    notice = Notice((), (sheet(title, len(top), [*top, *_between(body, top, rng)]),))
    return Drawn(kind, notice, tuple(item.name for item in items), facts, may)


def _between(
    body: Sequence[Sequence[str]], heads: Sequence[Sequence[str]], rng: random.Random
) -> list[list[str]]:
    """The rows with what offices print between and below them: groups, the head of the next page, a note."""
    rows = [list(row) for row in body]
    wide = ["<"] * (len(rows[0]) - 1)
    if not any("^" in row for row in rows):  # no merged cell may be parted
        if rng.random() < 0.3:
            at = rng.randint(1, len(rows) - 1)
            rows = [["一、教育类", *wide], *rows[:at], ["二、民生保障类", *wide], *rows[at:]]
        if rng.random() < 0.3:
            at = rng.randint(2, len(rows) - 1)
            rows = [*rows[:at], *map(list, heads), *rows[at:]]
    if rng.random() < 0.2:
        rows.append(["注:以上数据截至2023年6月底。", *wide])
    return rows


def _promise(items: Sequence[Item], head: Callable, rng: random.Random) -> tuple[list, bool]:
    """The columns that say what is promised, and whether the unit has one of its own."""
    whole = [f"{x.name}{_printed(x.value, rng)}{x.unit}" for x in items]
    names = [x.name + "项目" * (rng.random() < 0.3) for x in items]
    way = rng.choice(("words", "names and words", "names and figures", "names, figures, units"))
    if way == "words":
        return [(head(rng.choice(("content", "name"))), whole)], False
    if way == "names and words":
        return [
            (head("name"), names),
            (head("content"), [rng.choice((words, f"全年{words}。")) for words in whole]),
        ], False
    if way == "names and figures":
        return [
            (head("name"), names),
            (head("target"), [f"{_printed(x.value, rng)}{x.unit}" for x in items]),
        ], False
    units = (head("unit"), [x.unit for x in items])
    figures = (head("target"), [_printed(x.value, rng) for x in items])
    return [(head("name"), names), *rng.choice(((units, figures), (figures, units)))], True


def _results(items: Sequence[Item], head: Callable, rng: random.Random, apart: bool) -> tuple[list, Counter]:
    """The columns of a report: results to date, and often those of the month or of the year before beside them."""

    def shown(value: float, item: Item) -> str:
        return _printed(max(1, int(value)), rng) + ("" if apart else item.unit)

    for item in items:
        item.reached = max(1, int(item.value * rng.choice((0.3, 0.5, 0.8, 1, 1, 1.05, 1.2))))
    group = [(head("result"), [shown(x.reached, x) for x in items])]
    if rng.random() < 0.35:
        group.append((head("month"), [shown(x.reached * rng.uniform(0.05, 0.3), x) for x in items]))
    if rng.random() < 0.35:
        group.append((head("before"), [shown(x.value * rng.uniform(0.5, 1.1), x) for x in items]))
    rng.shuffle(group)
    rated: Counter = Counter()
    if rng.random() < 0.5:
        rate = head("rate")
        rated.update(("rate", x.name, None, round(100 * x.reached / x.value, 1)) for x in items)
        sign = "" if "%" in rate[0] else "%"
        group.append((rate, [f"{round(100 * x.reached / x.value, 1):g}{sign}" for x in items]))
    if rng.random() < 0.3:
        group.append((head("trouble"), [rng.choice(("", "无", "资金到位较慢", "征地困难")) for _ in items]))
    return group, rated


def _money(items: Sequence[Item], head: Callable, rng: random.Random) -> tuple[list, Counter]:
    """The columns of money by funder, under one head or each with its own, in 万元."""
    funders = [one for one in FUNDERS if rng.random() < 0.7] or list(FUNDERS[:2])
    over = head("money")[0]
    two, above = rng.random() < 0.6, rng.random() < 0.7

    def labels(own: str) -> tuple[str, ...]:
        return ((f"{over}(万元)", own) if above else (over, f"{own}(万元)")) if two else (f"{own}(万元)",)

    for item in items:
        item.paid = [rng.choice((0, rng.randint(5, 5000), rng.randint(50, 50000) / 10)) for _ in funders]
    columns = []
    amounts: Counter = Counter()
    if rng.random() < 0.6:
        columns.append(
            (labels(head("sum" if two else "whole")[0]), [f"{round(sum(x.paid), 1):g}" for x in items])
        )
        amounts.update(("money", x.name, "total", round(sum(x.paid), 1)) for x in items if sum(x.paid))
    for k, (funder, names) in enumerate(funders):
        blank = rng.choice(("", "0", "-", "/"))
        columns.append((labels(rng.choice(names)), [f"{x.paid[k]:g}" if x.paid[k] else blank for x in items]))
        amounts.update(("money", x.name, funder, float(x.paid[k])) for x in items if x.paid[k])
    return columns, amounts
