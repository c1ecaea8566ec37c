"""Tables of progress as county offices make them, from a seed: results in figures and in words, steps by quarter."""

from __future__ import annotations

from collections import Counter

from facts.drawing import BODIES, THINGS, Column, Drawn, Pencil, merged, number, table
from variants.sheets import Notice

__all__ = ["progress"]

HEADS = {
    "target": ("年度目标", "目标任务", "全年任务", "计划数"),
    "result": ("完成情况", "进展情况", "目前进展", "工作进展情况", "截至6月底进展情况", "推进情况"),
    "figure": ("累计完成", "截至6月底完成数", "已完成", "实际完成"),
    "rate": ("完成率", "完成比例(%)", "占年度目标(%)", "完成进度"),
    "month": ("本月完成", "6月完成", "当月新增"),
    "before": ("去年同期", "上年完成", "2022年完成"),
    "note": ("备注", "说明"),
    "trouble": ("存在问题", "存在问题及原因", "下一步工作"),
    "lead": ("责任单位", "牵头单位", "牵头部门", "责任部门"),
    "state": ("进度评价", "是否完成", "完成状态"),
}
# What a cell of results says, and whether it prints what is done.
TOLD = (
    ("已完成{done}{unit}", True),
    ("已完成{done}{unit},完成率{rate}%", True),
    ("累计完成{done}{unit},占年度任务的{rate}%", True),
    ("目前已完成{done}{unit},其余正在施工", True),
    ("已开工{begun}{unit},完工{done}{unit}", True),
    ("开工{begun}{unit},其中已完工{done}{unit}", True),
    ("已完成{done}{unit},正在推进{other}{unit}", True),
    ("截至6月底,{thing}已完成{done}{unit},完成年度目标的{rate}%", True),
    ("本月完成{other}{unit},累计完成{done}{unit}", True),
    ("已完成{done}{unit},去年同期完成{other}{unit}", True),
    ("已完成招投标,正在施工", False),
    ("正在开展前期工作", False),
    ("已开工{begun}{unit}", False),
    ("{begun}{unit}已全部开工建设", False),
    ("完成前期手续办理,计划7月开工", False),
    ("正在进行{begun}{unit}主体施工", False),
    ("已完成{begun}{unit}选址工作", False),
    ("已下达{begun}{unit}任务指标", False),
    ("已进场施工{begun}{unit}", False),
    ("完成{begun}{unit}的设计和招标", False),
)
QUARTERS = (
    ("一季度", "2023-03-31"),
    ("二季度", "2023-06-30"),
    ("三季度", "2023-09-30"),
    ("四季度", "2023-12-31"),
)


def progress(seed: int) -> Drawn:
    """What became of a county's promises by the middle of the year."""
    pencil = Pencil(seed)
    things = pencil.sample(THINGS, pencil.randint(3, 8))
    asked = [pencil.figure(20, 3000) for _ in things]
    worded, apart = pencil.maybe(0.6), pencil.maybe(0.3)  # results in words; units in a column of their own
    facts: Counter = Counter()

    def one(name: str, cells: list[str]) -> Column:
        return Column((pencil.choice(HEADS[name]),), cells)

    def amount(value: float, unit: str) -> str:
        return number(value) + unit * (not apart)

    columns = [Column(("序号",), [str(k) for k in range(1, len(things) + 1)])] if pencil.maybe(0.8) else []
    words = not apart and pencil.maybe(0.4)
    if words:
        head = pencil.choice(("项目内容", "工作任务", "实事项目", "目标任务"))
        columns.append(
            Column((head,), [f"{t}{amount(v, u)}" for (t, u), v in zip(things, asked, strict=True)])
        )
    else:
        columns.append(Column((pencil.choice(("项目名称", "实事项目", "任务名称")),), [t for t, _ in things]))
        if apart:
            columns.append(Column(("单位",), [unit for _, unit in things]))
        columns.append(one("target", [amount(v, u) for (_, u), v in zip(things, asked, strict=True)]))
    told, figures, rates = [], [], []
    for (thing, unit), value in zip(things, asked, strict=True):
        done = pencil.below(value)
        rate = round(100 * done / value, 1)
        form, prints = pencil.choice(TOLD) if worded else ("", True)
        other, begun = pencil.below(value, 0.1, 0.2), pencil.below(value, 0.95)
        told.append(form.format(thing=thing, unit=unit, done=done, rate=rate, other=other, begun=begun))
        figures.append(amount(done, unit))
        rates.append(f"{rate:g}")
        facts["target", thing, float(value), unit] += 1
        facts["result", thing, None, float(done), unit] += prints
        facts["rate", thing, None, rate] += "{rate}" in form
    if worded:
        more = [one("result", told)]
    else:
        more = [one("figure", figures)]
        if pencil.maybe(0.5):
            rate = one("rate", rates)
            more.append(rate if "%" in rate.labels[0] else Column(rate.labels, [f"{r}%" for r in rates]))
            facts.update(("rate", thing, None, float(r)) for (thing, _), r in zip(things, rates, strict=True))
    for name, share in (("month", 0.25), ("before", 0.25)):
        if pencil.maybe(share):
            beside = [amount(pencil.below(v, 0.1, 0.9), u) for (_, u), v in zip(things, asked, strict=True)]
            more.insert(pencil.choice((0, len(more))), one(name, beside))
    if pencil.maybe(0.25):
        at = pencil.choice((0, len(more)))
        more[at:at] = _quarters(pencil, things, asked, apart, facts)
    columns += more
    leads = [pencil.choice(BODIES) for _ in things]
    if pencil.maybe(0.6):
        columns.insert(pencil.choice((len(columns) - len(more), len(columns))), one("lead", merged(leads)))
        facts.update(("lead", thing, lead) for (thing, _), lead in zip(things, leads, strict=True))
    if pencil.maybe(0.3):
        columns.append(one("trouble", [_trouble(pencil) for _ in things]))
    if pencil.maybe(0.3):
        columns.append(one("note", [pencil.choice(("", "", "省定", "涉及5个乡镇")) for _ in things]))
    title = pencil.choice(("安平县2023年民生实事项目进展情况表", "安平县2023年民生实事上半年进展情况一览表"))
    return Drawn("progress", Notice((), (table(title, columns),)), tuple(t for t, _ in things), +facts)


def _trouble(pencil: Pencil) -> str:
    return pencil.choice(
        (
            "",
            "无",
            "资金缺口较大",
            "征地困难",
            f"尚有{pencil.figure(3, 40)}户未签协议",
            f"计划8月底前完成剩余{pencil.figure(3, 40)}个",
        )
    )


def _quarters(pencil: Pencil, things, asked, apart: bool, facts: Counter) -> list[Column]:
    """The steps of the year, a column for each quarter: the last is the target itself."""
    over = pencil.choice(("季度目标", "进度安排", "工作计划"))
    columns = []
    for k, (quarter, due) in enumerate(QUARTERS):
        cells = []
        for (thing, unit), value in zip(things, asked, strict=True):
            if k == 0:
                cells.append(pencil.choice(("完成前期工作", "完成招标", "开工建设")))
                continue
            step = value if k == 3 else pencil.below(value, 0.2 + 0.25 * k)
            cells.append(f"完成{number(step)}{unit}")
            facts["step", thing, due, float(step), unit] += 1
        columns.append(Column((over, quarter), cells))
    return columns
