"""Splits of a city's promises over its counties as many offices make them, from a seed, with what they say."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

from facts.drawing import THINGS, Drawn
from variants.sheets import Notice, sheet

__all__ = ["split"]

COUNTIES = (
    "鹿城区",
    "龙湾区",
    "瓯海区",
    "洞头区",
    "永嘉县",
    "平阳县",
    "苍南县",
    "文成县",
    "泰顺县",
    "瑞安市",
    "乐清市",
)


def split(seed: int) -> Drawn:
    """The split of a seed: with a column for each county, or with a row for each."""
    rng = random.Random(seed)
    kind = rng.choice(("plan", "progress"))
    counties = sorted(rng.sample(COUNTIES, rng.randint(4, 9)), key=COUNTIES.index)
    things = rng.sample(THINGS, rng.randint(2, 6))
    shares = [
        [rng.choice((0, rng.randint(1, 500), rng.randint(1, 40) * 100)) for _ in counties] for _ in things
    ]
    for own in shares:
        own[0] = own[0] or 7
    reached = [[int(v * rng.choice((0.5, 0.9, 1, 1.1))) for v in own] for own in shares]
    whole = rng.random() < 0.7
    wide = kind == "plan" and rng.random() < 0.5
    short = rng.random() < 0.4
    labels = [name[:-1] if short else name for name in counties]
    blank = rng.choice(("", "-", "/"))
    make = _columns if wide else _rows
    depth, rows = make(things, labels, shares, reached, whole, kind, blank, rng)
    title = "温州市2023年民生实事" + ("任务分解表" if kind == "plan" else "进展情况表")
    facts = _counted(things, counties, shares, shares, whole, "share")
    if kind == "progress":
        facts += _counted(things, counties, reached, shares, whole, "result")
        facts += _rates(things, counties, reached, shares, whole) if "完成率" in rows[1] else Counter()
    names = tuple(name for name, _ in things)
    return Drawn(kind, Notice((), (sheet(title, depth, rows),)), names, facts, region="330300")


def _counted(
    things: Sequence, counties: Sequence[str], values: Sequence, asked: Sequence, whole: bool, kind: str
) -> Counter:
    """What each region has of each task; a region of which nothing is asked prints no figure."""
    found: Counter = Counter()
    for i, (name, unit) in enumerate(things):
        own = zip(counties, values[i], asked[i], strict=True)
        found.update((kind, name, county, float(value), unit) for county, value, share in own if share)
        if whole:
            total = float(sum(values[i])), unit
            found[("target", name, *total) if kind == "share" else (kind, name, None, *total)] += 1
    return found


def _rates(
    things: Sequence, counties: Sequence[str], reached: Sequence, asked: Sequence, whole: bool
) -> Counter:
    found: Counter = Counter()
    for i, (name, _) in enumerate(things):
        own = [*zip(counties, reached[i], asked[i], strict=True)]
        own += [(None, sum(reached[i]), sum(asked[i]))] * whole
        found.update(
            ("rate", name, region, round(100 * done / share, 1)) for region, done, share in own if share
        )
    return found


def _columns(
    things: Sequence,
    labels: Sequence[str],
    shares: Sequence,
    _r: Sequence,
    whole: bool,
    _k: str,
    blank: str,
    rng,
) -> tuple[int, list[list[str]]]:
    """A row for each task."""
    where = rng.choice(("cell", "column", "name"))
    total = [rng.choice(("全市合计", "合计", "全市", "总任务"))] * whole
    rows = [["序号", "项目名称", *["单位"] * (where == "column"), *total, *labels]]
    for i, (name, unit) in enumerate(things):
        own = [*[sum(shares[i])] * whole, *shares[i]]
        cells = [f"{value}{unit * (where == 'cell')}" if value else blank for value in own]
        words = f"{name}({unit})" if where == "name" else name
        rows.append([str(i + 1), words, *[unit] * (where == "column"), *cells])
    return 1, rows


def _rows(
    things: Sequence,
    labels: Sequence[str],
    shares: Sequence,
    reached: Sequence,
    whole: bool,
    kind: str,
    blank: str,
    rng: random.Random,
) -> tuple[int, list[list[str]]]:
    """A row for each county; in a report each task has its figures under its name."""
    report = kind == "progress"
    lower = ["目标数", "完成数", *["完成率"] * (rng.random() < 0.6)] if report else ["任务数"]
    two = report or rng.random() < 0.3
    numbered = rng.random() < 0.4
    top, below = [rng.choice(("县(市、区)", "地区", "单位", "县市区"))], ["^"]
    for name, unit in things:
        top += [f"{name}({unit})", *["<"] * (len(lower) - 1)]
        below += lower

    def line(label: str, of: Callable[[Sequence[int]], int]) -> list[str]:
        out = [label]
        for own, done in zip(shares, reached, strict=True):
            asked, made = of(own), of(done)
            figures = [str(asked), str(made), f"{100 * made / asked:.1f}%"] if asked else [blank] * 3
            out += figures[: len(lower)]
        return out

    body = [line(label, lambda own, k=k: own[k]) for k, label in enumerate(labels)]
    if numbered:
        top, below = ["序号", *top], ["^", *below]
        body = [[str(k), *row] for k, row in enumerate(body, 1)]
    if whole:
        total = [""] * numbered + line(rng.choice(("合计", "全市", "总计", "全市合计")), sum)
        body = [*body, total] if rng.random() < 0.6 else [total, *body]
    return 1 + two, [top, *[below] * two, *body]
