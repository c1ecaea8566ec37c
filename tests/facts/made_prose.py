"""Lists of promises and results in running words as many offices write them, from a seed, with what they say."""

from __future__ import annotations

import random
from collections import Counter

from facts.drawing import BODIES, Drawn, Pencil, number
from variants.sheets import Notice

__all__ = ["labelled", "words"]

THINGS = (
    ("新建改建", "农村公路", "公里"),
    ("新增", "公办幼儿园学位", "个"),
    ("改造", "老旧小区", "个"),
    ("新增", "停车泊位", "个"),
    ("建设", "口袋公园", "座"),
    ("更新", "供水管网", "公里"),
    ("建设", "社区食堂", "处"),
    ("开展", "职业技能培训", "人次"),
    ("加装", "电梯", "台"),
    ("资助", "困难学生", "人"),
    ("新建", "村卫生室", "所"),
    ("新增", "养老床位", "张"),
    ("整治", "黑臭水体", "条"),
    ("发放", "救助物资", "份"),
)
MARKS = ("{}.", "{}、", "({})", "第{}件:")
PROMISES = (
    "{do}{what}{asked}",
    "全年{do}{what}{asked}",
    "计划{do}{what}{asked}以上",
    "{do}{what}不少于{asked}",
    "投资{money}万元,{do}{what}{asked}",
    "在2022年{do}{other}的基础上,再{do}{what}{asked}",
    "在去年{do}{other}的基础上,今年{do}{what}{asked}",
    "按照每{unit}补助{each}元的标准,{do}{what}{asked}",
    "到2023年底,{do}{what}{asked}",
)
# Results, and whether the promise is printed beside them.
RESULTS = (
    ("已{do}{what}{done}", False),
    ("截至6月底,已{do}{what}{done},完成年度目标任务的{rate}%", False),
    ("累计完成{what}{done},去年同期为{other}", False),
    ("年度目标{do}{what}{asked},已完成{done}", True),
    ("计划{do}{what}{asked},目前已完成{done},完成率{rate}%", True),
    ("目标任务:{do}{what}{asked}。完成情况:已{do}{done}", True),
    ("年度目标:{do}{what}{asked};已完成{done},完成率{rate}%", True),
    ("{do}{what}目标{asked},实际完成{done}", True),
)
WHO = (
    "。责任单位:{}",
    "。(责任单位:{})",
    "。({})",
    "。牵头单位:{}",
    "。(牵头单位:{};完成时限:2023年12月)",
    "。",
)


def words(seed: int) -> Drawn:
    """The list of a seed."""
    rng = random.Random(seed)
    kind = rng.choice(("plan", "progress", "completion"))
    mark, who = rng.choice(MARKS), rng.choice(WHO)
    things = rng.sample(THINGS, rng.randint(4, 9))
    lines = []
    facts: Counter = Counter()
    may: Counter = Counter()
    for i, (do, what, unit) in enumerate(things):
        asked = rng.choice((rng.randint(2, 90), rng.randint(100, 9000), rng.randint(1, 90) * 1000))
        done = max(1, int(asked * rng.choice((0.3, 0.5, 0.8, 1, 1.1))))
        form, promised = rng.choice(RESULTS) if kind != "plan" else (rng.choice(PROMISES), True)
        money = rng.randint(100, 9000)
        said = form.format(
            do=do,
            what=what,
            unit=unit,
            asked=f"{asked}{unit}",
            done=f"{done}{unit}",
            other=f"{rng.randint(2, 50)}{unit}",
            rate=f"{100 * done / asked:.1f}",
            money=money,
            each=rng.randint(100, 900),
        )
        lead = rng.choice(BODIES)
        lines.append(mark.format(i + 1) + said + who.format(lead))
        facts["target", what, float(asked), unit] += promised
        facts["result", what, None, float(done), unit] += kind != "plan"
        facts["rate", what, None, round(100 * done / asked, 1)] += "{rate}" in form
        may["money", what, "total", float(money)] += "{money}" in form
        may["lead", what, lead] += 1
        may["due", what, "2023-12-31"] += "12月" in who or "年底" in form or "全年" in form or "今年" in form
    title = "安平县2023年民生实事项目" + {"plan": "", "progress": "进展情况", "completion": "完成情况"}[kind]
    names = tuple(what for _, what, _ in things)
    return Drawn(kind, Notice((title, *lines), ()), names, +facts, +may)


# Promises with another figure beside the one that is promised, and what may be made of that.
BESIDE = (
    ("{do}{what}{asked}{unit},惠及群众{other}人", ("people",)),
    ("{do}{what}{asked}{unit},其中城关镇{part}{unit}、马店镇{rest}{unit}", ("share",)),
    ("{do}{what}{asked}{unit}(其中新建{part}{unit}、改造{rest}{unit})", ("target",)),
    ("现有{what}{other}{unit},年内再{do}{asked}{unit}", ()),
    ("将{what}由{part}{unit}增加到{asked}{unit}", ()),
    ("针对全县{other}{unit}{what}存在的问题,{do}{what}{asked}{unit}", ()),
    ("{do}{what}{asked}{unit},每{unit}补助{other}元", ()),
    ("{do}{what}{asked}{unit},涉及{other}个村", ()),
    ("总投资{other}万元,{do}{what}{asked}{unit}", ("money",)),
)
REPORTED = (
    ("上半年已{do}{what}{done}{unit},下半年计划{do}{other}{unit}", ()),
    ("已开工{other}{unit},完工{done}{unit}", ()),
    ("1-6月,{do}{what}{done}{unit},同比增加{other}{unit}", ()),
    ("已{do}{what}{done}{unit},其中城关镇{part}{unit}、马店镇{rest}{unit}", ("result",)),
    ("已{do}{what}{done}{unit},正在推进{other}{unit}", ()),
    ("累计{do}{what}{done}{unit},较去年同期多{other}{unit}", ()),
    ("已{do}{what}{done}{unit},剩余{other}{unit}正在施工", ()),
    ("截至6月底,{do}{what}{done}{unit},投入资金{other}万元", ("result",)),
    ("已完成{other}{unit}的选址工作,{do}{what}{done}{unit}", ()),
)
LABELS = ("牵头单位:{}", "责任单位:{}", "牵头部门:{}", "责任部门:{}")


def labelled(seed: int) -> Drawn:
    """Items with a title and labelled lines below it (目标任务: …, 工作进展: …, 牵头单位: …), in plans and reports."""
    pencil = Pencil(seed)
    kind = pencil.choice(("plan", "progress"))
    lines: list[str] = []
    facts: Counter = Counter()
    may: Counter = Counter()
    aim, told = (
        pencil.choice(("目标任务", "工作目标", "年度目标", "建设内容")),
        pencil.choice(("工作进展", "完成情况", "进展情况")),
    )
    label, due = pencil.choice(LABELS), pencil.maybe(0.4)
    for i, (do, what, unit) in enumerate(pencil.sample(THINGS, pencil.randint(3, 6)), 1):
        asked = pencil.figure(60, 3000)
        lines.append(f"{i}.{do}{what}" if pencil.maybe(0.8) else f"{i}.{what}工程")
        form, beside = pencil.choice(BESIDE) if kind == "plan" else ("{do}{what}{asked}{unit}", ())
        lines.append(f"{aim}:{_said(form, do, what, unit, asked, 0, beside, may, pencil)}。")
        facts["target", what, float(asked), unit] += 1
        if kind == "progress":
            done = pencil.below(asked)
            form, beside = pencil.choice(REPORTED)
            lines.append(f"{told}:{_said(form, do, what, unit, asked, done, beside, may, pencil)}。")
            facts["result", what, None, float(done), unit] += 1
        lead = pencil.choice(BODIES)
        lines.append(label.format(lead) + (";完成时限:2023年11月底" if due else ""))
        facts["lead", what, lead] += 1
        may["due", what, "2023-11-30" if due else "2023-12-31"] += 1
    title = "安平县2023年民生实事项目" + ("实施方案" if kind == "plan" else "进展情况")
    return Drawn(kind, Notice((title, *lines), ()), tuple(what for _, what, _ in THINGS), +facts, +may)


def _said(form: str, do: str, what: str, unit: str, asked, done, beside, may: Counter, pencil: Pencil) -> str:
    """A sentence with its figures; what may be made of those beside the first is noted."""
    whole = done or asked
    part = pencil.below(whole, 0.6)
    rest, other = whole - part, pencil.figure(20, 3000)
    places = (("城关镇", part), ("马店镇", rest))
    may.update(("share", what, place, float(value), unit) for place, value in places if "share" in beside)
    may.update(("target", what, float(value), unit) for _, value in places if "target" in beside)
    may.update(("result", what, place, float(value), unit) for place, value in places if "result" in beside)
    if "result" in beside:
        may["result", what, None, float(other), "万元"] += 1
    if "people" in beside:
        may["target", what, float(other), "人"] += 1
    if "money" in beside:
        may["money", what, "total", float(other)] += 1
    return form.format(
        do=do,
        what=what,
        unit=unit,
        asked=number(asked),
        done=number(done),
        part=number(part),
        rest=number(rest),
        other=other,
    )
