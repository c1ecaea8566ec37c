"""Lists of promises and results in running words as many offices write them, from a seed, with what they say."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from facts.made_tables import BODIES

__all__ = ["Words", "words"]

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


@dataclass(frozen=True)
class Words:
    """A list: of each item its thing, of each promise and result the item, value and unit."""

    kind: str
    title: str
    lines: tuple[str, ...]
    names: tuple[str, ...]
    targets: Counter
    outcomes: Counter

    def write(self, folder: Path) -> Path:
        path = folder / "made.txt"
        path.write_text("\n".join([self.title, *self.lines, ""]), "utf-8")
        return path


def words(seed: int) -> Words:
    """The list of a seed."""
    rng = random.Random(seed)
    kind = rng.choice(("plan", "progress", "completion"))
    mark, who = rng.choice(MARKS), rng.choice(WHO)
    things = rng.sample(THINGS, rng.randint(4, 9))
    lines = []
    targets: Counter = Counter()
    outcomes: Counter = Counter()
    for i, (do, what, unit) in enumerate(things):
        asked = rng.choice((rng.randint(2, 90), rng.randint(100, 9000), rng.randint(1, 90) * 1000))
        done = max(1, int(asked * rng.choice((0.3, 0.5, 0.8, 1, 1.1))))
        form, promised = rng.choice(RESULTS) if kind != "plan" else (rng.choice(PROMISES), True)
        said = form.format(
            do=do,
            what=what,
            unit=unit,
            asked=f"{asked}{unit}",
            done=f"{done}{unit}",
            other=f"{rng.randint(2, 50)}{unit}",
            rate=f"{100 * done / asked:.1f}",
            money=rng.randint(100, 9000),
            each=rng.randint(100, 900),
        )
        lines.append(mark.format(i + 1) + said + who.format(rng.choice(BODIES)))
        targets[i, float(asked), unit] += promised
        outcomes[i, float(done), unit] += kind != "plan"
    title = "安平县2023年民生实事项目" + {"plan": "", "progress": "进展情况", "completion": "完成情况"}[kind]
    return Words(kind, title, tuple(lines), tuple(what for _, what, _ in things), +targets, +outcomes)
