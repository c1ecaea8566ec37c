"""Tables by town as county offices make them, from a seed: one task over its towns, with villages, sums and money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from facts.drawing import Column, Drawn, Pencil, merged, number, table
from variants.sheets import Notice

__all__ = ["by_town"]

TOWNS = ("城关镇", "东黄城镇", "大何庄乡", "程油子乡", "南王庄镇", "马店镇", "两洼乡", "子文街道", "和平街道")
PLACES = {
    "村": ("张庄村", "李家沟村", "东王村", "石桥村", "南坡村", "后河村", "柳林村", "新立村"),
    "社区": ("向阳社区", "建设路社区", "东关社区", "北苑社区", "花园社区", "文化路社区"),
    "路名": ("人民路", "建设街", "张漕线", "横九线", "滨河路", "育才路"),
}
TASKS = (
    ("农村户厕改造", "户"),
    ("农村公路建设", "公里"),
    ("老旧小区改造", "户"),
    ("农村危房改造", "户"),
    ("电动汽车充电桩建设", "个"),
    ("高标准农田建设", "亩"),
    ("适老化改造", "户"),
)
REGION = ("乡镇(街道)", "乡镇", "镇街", "镇(街道)", "所属乡镇", "乡镇名称")
TITLES = {
    "plan": ("{}任务分解表", "{}任务分配表", "{}目标任务表"),
    "progress": ("{}进展情况表", "{}进度统计表", "{}任务完成情况统计表"),
}


def by_town(seed: int) -> Drawn:
    """One task over the towns of a county: what each has to do or has done, perhaps village by village."""
    pencil = Pencil(seed)
    kind = pencil.choice(("plan", "progress"))
    name, unit = pencil.choice(TASKS)
    towns = sorted(pencil.sample(TOWNS, pencil.randint(3, 7)), key=TOWNS.index)
    villages = pencil.maybe(0.4)
    sums = villages and pencil.maybe(0.6)
    whole = pencil.choice(("", "first", "last", "last"))
    figures = [("target", f"{pencil.choice(('任务数', '目标数', '计划数', '年度任务'))}({unit})")]
    if kind == "progress":
        figures.append(("result", f"{pencil.choice(('完成数', '已完成数', '累计完成'))}({unit})"))
    if pencil.maybe(0.4):
        figures.append(("money", pencil.choice(("补助资金(万元)", "总投资(万元)", "资金(万元)"))))
    if kind == "progress" and pencil.maybe(0.5):
        figures.append(("rate", pencil.choice(("完成率", "完成比例"))))
    if pencil.maybe(0.2):
        figures.append(("other", pencil.choice(("排名", "在建数", "开工数", "上年完成数", "涉及村数"))))

    facts: Counter = Counter()
    may: Counter = Counter()
    rows: list[tuple[str, str, list[str]]] = []

    def add(town: str, place: str, asked: float, region: str | None, into: Counter) -> list[float]:
        """A row with its figures, and what they say of a region."""
        done = pencil.below(asked)
        values = {
            "target": asked,
            "result": done,
            "money": pencil.figure(5, 900),
            "other": pencil.figure(2, 30),
        }
        values["rate"] = round(100 * done / asked, 1)
        rows.append((town, place, [number(values[k]) + "%" * (k == "rate") for k, _ in figures]))
        own = (name, region)
        into["share", name, region, float(asked), unit] += region is not None
        into["target", name, float(asked), unit] += region is None
        if kind == "progress":
            into["result", *own, float(done), unit] += 1
            into["rate", *own, values["rate"]] += any(k == "rate" for k, _ in figures)
        return [asked, done]

    for town in towns:
        parts = (
            pencil.sample(PLACES[pencil.choice(("村", "社区"))], pencil.randint(2, 3)) if villages else ["—"]
        )
        own = [pencil.figure(20, 3000) for _ in parts]
        if not villages:
            add(town, "", own[0], town, facts)
            continue
        for place, asked in zip(parts, own, strict=True):
            add(town, place, asked, place, may)
        if sums:
            add(town, "小计", sum(own), town, facts)
    total = sum(
        fact[-2] * n for fact, n in (facts if sums or not villages else may).items() if fact[0] == "share"
    )
    if whole:
        add(pencil.choice(("合计", "总计", "全县合计", "全县")), "", total, None, facts)
        if whole == "first":
            rows.insert(0, rows.pop())
    columns = _columns(pencil, rows, figures, villages)
    title = "安平县2023年" + pencil.choice(TITLES[kind]).format(name)
    return Drawn(kind, Notice((), (table(title, columns),)), (name,), +facts, +may)


def _columns(
    pencil: Pencil, rows: Sequence[tuple[str, str, list[str]]], figures: Sequence, villages: bool
) -> list[Column]:
    """The columns: a number, the town, perhaps its villages, the figures."""
    names = [town for town, _, _ in rows]
    columns = [Column((pencil.choice(REGION),), merged(names) if villages and pencil.maybe(0.7) else names)]
    if villages:
        columns.append(
            Column(
                (pencil.choice(("村(社区)", "行政村", "实施地点", "村名")),), [place for _, place, _ in rows]
            )
        )
    columns += [Column((head,), [own[k] for _, _, own in rows]) for k, (_, head) in enumerate(figures)]
    if pencil.maybe(0.6):
        columns.insert(0, Column(("序号",), [str(k) for k in range(1, len(rows) + 1)]))
    if pencil.maybe(0.3):
        columns.append(Column(("备注",), ["" for _ in rows]))
    return columns
