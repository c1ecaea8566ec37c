"""Tables of indicators: what each of their columns of values holds, and of which year.

A head says its year (2025年, “十三五”末) or its place in the plan (基期值, 规划目标), and perhaps whether what stands under
it was wished or reached (2020年目标, 2020年完成). Which of them is the baseline, which the target and which an
observation follows from the years that the plan is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from minshi_analysis.layout.claims import Column
from minshi_analysis.reading.blocks import Cell

__all__ = [
    "Head",
    "Use",
    "head_of",
    "indicator_columns",
    "over_years",
    "plan_end",
    "says_sum",
    "uses_of",
    "valued",
]

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d年?(?:-+|~|至|到)(?:(?:19|20)\d\d)(?!\d)")
_PLAN = re.compile(
    r'["\']?(?P<n>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])五["\']?(?![年级])'
)
_TARGET = re.compile(r"目标|规划|预期|计划|指标值|任务|要求")
_ACTUAL = re.compile(r"实际|完成|实绩|实现|达到|达成|现状|现值|当前|已|评估值|数据")
_EXPECTED = re.compile(r"预计|预估|预测|初步|快报")
_BASE = re.compile(r"基期|基数|基准|基年|现状|起点|期初|初始")
_BARE = re.compile(  # a head without a year that is a value's: 目标值, 规划目标, 现状, 基期数
    r"(?:规划|发展|总体|预期|计划|主要)?(?:期末|末期|终期)?(?:目标|预期|规划|计划|指标(?=[值数])|基期|基数|基准|现状|实际|完成|当前|现(?=[值数状])|评估(?=[值数]))"
    r"(?:目标|完成|实际)?(?:年?[值数量]|水平|情况)?|规划期末值?|期末值?|期初值?"
)
_GROWTH = re.compile(r"年均|年平均|增[长减速幅]|变化|提高幅度|升幅|降幅|[较比](?:19|20)\d\d")
_SUM = re.compile(r"累计|合计|总[量计]|五年")
_RATE = re.compile(
    r"(?:完成|达标|目标|任务|计划)(?:完成)?(?:率|比例|进度|百分比|比重)|^进度|进度(?:\(?%\)?)?$|实现程度"
)
_PART = re.compile(r"上半年|下半年|季度|\d{1,2}月|\d{1,2}-\d{1,2}月")
# Heads that tell of an indicator and hold none of its values, though a year may stand in them.
_TOLD = re.compile(
    r"属性|性质|类型|备注|说明|责任|牵头|单位|部门|评价|来源|依据|领域|类别|序号|名称|投资|资金"
)
_WRITTEN = re.compile(r"[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NAMES = re.compile(r"指标(?:名称|内容)?$|^(?:主要)?(?:项目|内容|名称|类目)(?:名称)?$")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column of values: its year, where it names one, and what it says of the values.

    ``said`` is target, actual, expected, base, growth (a change, a pace), rate (a share of the target), part (of a part
    of the year), span (of several years together), or None. ``summed`` says that sums of several years stand here too.
    """

    year: int | None
    said: str | None
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """What a column of values is for its plan: baseline, target, observed, or another thing that has a name.

    ``expected`` says that the head calls the value an estimate (预计).
    """

    what: str
    year: int | None
    expected: bool = False
    summed: bool = False


def head_of(label: str) -> Head | None:
    """What a folded label says of the values under it, or None where it heads no values.

    Examples
    --------
    >>> head_of("2025年目标"), head_of('"十三五"末').year, head_of("基期值").said, head_of("属性")
    (Head(year=2025, said='target', summed=False), 2020, 'base', None)
    """
    label = _in_digits(label)
    if _TOLD.search(label) or len(label) > _LONGEST:
        return None
    summed = bool(_SUM.search(label))
    if _GROWTH.search(label):
        return Head(None, "growth", summed)
    year = _YEAR.search(label)
    plan = _PLAN.search(label)
    if _YEARS.search(label):
        return Head(None, "span", True)
    if year is None and plan is None:
        bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", label) or label
        if _RATE.search(label):
            return Head(None, "rate")
        if summed and len(bare) <= 8:
            return Head(None, "span", True)
        return Head(None, _said(label), False) if _BARE.fullmatch(bare) else None
    if _RATE.search(label):
        return Head(None, "rate")
    ends = int(year[1]) if year else plan_end(plan["n"])
    if _PART.search(label):
        return Head(ends, "part")
    if year is None and re.search(r"初|以来", label):
        return None
    said = _said(label[: plan.start()] + label[plan.end() :] if plan else label)
    if year is None and summed:
        return Head(ends, "span", True)
    return Head(ends, said, summed)


def _in_digits(label: str) -> str:
    """二〇二五年 as 2025年."""
    return _WRITTEN.sub(lambda written: written[0].translate(_DIGITS), label)


def plan_end(number: str) -> int:
    """The last year of a five-year plan: 十四五 is 2021-2025."""
    digits = "零一二三四五六七八九"
    tens, ten, ones = number.partition("十")
    value = (
        (10 * (digits.index(tens) if tens else 1) + (digits.index(ones) if ones else 0))
        if ten
        else digits.index(number)
    )
    return 1955 + 5 * value


def _said(label: str) -> str | None:
    if _EXPECTED.search(label):
        return "expected"
    if _BASE.search(label):
        return "base"
    wished, reached = bool(_TARGET.search(label)), bool(_ACTUAL.search(label))
    if wished and reached:  # 规划目标完成: the last word decides
        last = max(
            (m.start(), word)
            for word, p in (("target", _TARGET), ("actual", _ACTUAL))
            for m in p.finditer(label)
        )
        return last[1]
    return "target" if wished else "actual" if reached else None


def over_years(columns: Sequence[Column]) -> bool:
    """Whether labels say that a table has indicators over several years, whatever its document is for.

    2022年完成 beside 2023年目标 are a year's task and the year before it.
    """
    heads = [head_of(column.label) for column in columns]
    years = {head.year for head in heads if head is not None and head.year is not None}
    return any("指标" in column.label for column in columns) and bool(years) and max(years) - min(years) > 1


def valued(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns as those of a table of indicators, where their labels say that it is one.

    Columns of values have the role ``year``, whether they name a year or not; 主要项目和指标 names indicators too.
    """
    values = [j for j, column in enumerate(columns) if column.region is None and head_of(column.label)]
    dated = [j for j in values if head_of(columns[j].label).year is not None]
    if not values or any(column.role in ("total_investment", "plan_investment") for column in columns):
        return tuple(columns)
    names = next(
        (j for j, column in enumerate(columns) if column.role == "indicator" and j not in values), None
    )
    if names is None:
        names = next((j for j, c in enumerate(columns) if j not in values and _NAMES.search(c.label)), None)
        if names is None or not (len(dated) > 1 or "指标" in columns[names].label):
            return tuple(columns)
    elif len(values) == 1 and not dated:
        return tuple(columns)
    roles = {names: "indicator"} | dict.fromkeys(values, "year")
    return tuple(
        replace(column, role=roles[j]) if j in roles else _beside(column) for j, column in enumerate(columns)
    )


def _beside(column: Column) -> Column:
    """A column that is neither the name nor a value: 属性 is a remark, and a second column of names a field."""
    if re.search(r"属性|性质|类型|评价", column.label):
        return replace(column, role="note")
    if column.role in ("project", "indicator", "task") or (
        column.role is None and re.search(r"类别|领域|分类|方面|维度", column.label)
    ):
        return replace(column, role="programme")
    return column


def uses_of(columns: Sequence[Column], first: int | None, last: int | None, reports: bool) -> dict[int, Use]:
    """What each column of values is for a plan of these years.

    Parameters
    ----------
    columns : sequence of Column
        Those with the role ``year`` are looked at.
    first, last : int or None
        The plan's years; where they are not known, the first and last year of the table stand for them.
    reports : bool
        The document reports (a review, a completion): a year between without words was observed.

    Returns
    -------
    dict of int to Use
        ``what`` is baseline, target, observed; before, between, beyond (another year's), growth, rate, part, span; wish
        (a target of another period), double (a second column of the same).
    """
    heads = {j: head_of(column.label) for j, column in enumerate(columns) if column.role == "year"}
    heads = {j: head for j, head in _own_words(columns, heads).items() if head is not None}
    dated = sorted({head.year for head in heads.values() if head.year is not None and head.said != "part"})
    if last is None:
        first, last = (dated[0] + 1, dated[-1]) if len(dated) > 1 else (None, dated[0] if dated else None)
    first = first if first is not None else last
    uses = {j: _use(head, first, last, reports) for j, head in heads.items()}
    _sums(uses, {j: _in_digits(columns[j].label) for j in heads}, first, last)
    _one("target", uses, heads)
    for j in [j for j, use in uses.items() if use.what == "wish"]:
        if _is_start(j, columns, uses, heads):
            uses[j] = replace(uses[j], what="baseline")
    _one("baseline", uses, heads)
    return uses


def _sums(uses: dict[int, Use], labels: dict[int, str], first: int | None, last: int | None) -> None:
    """Columns of sums beside others: 2025年累计 beside 2025年 is what the years add up to; of the sums of several periods
    that of the plan is its own, and the one of the period before it the baseline where there is no other."""
    for what, to in (("target", "span"), ("baseline", "before")):
        own = [j for j, use in uses.items() if use.what == what]
        levels = {uses[j].year for j in own if not says_sum(labels[j])}
        for j in own:
            if says_sum(labels[j]) and uses[j].year in levels:
                uses[j] = Use(to, uses[j].year, summed=True)
    ends = {j: uses[j].year or _last_year(labels[j]) for j, use in uses.items() if use.what == "span"}
    for j, year in sorted(ends.items(), key=lambda end: end[1] or 0, reverse=True):
        uses[j] = replace(uses[j], year=year)
        if year is None or last is None or len(ends) == 1 or year == last:
            continue
        start = year < (first or last) and all(use.what != "baseline" for use in uses.values())
        uses[j] = Use("baseline" if start else "between", year, summed=True)


def says_sum(label: str) -> bool:
    """Whether a head says that sums of the years stand under it, and not only what brackets mean: 2025年累计."""
    return "累计" in re.sub(r"\[[^\[\]]*\]", "", label)


def _last_year(label: str) -> int | None:
    years = _YEAR.findall(label)
    return int(years[-1]) if years else None


def _own_words(columns: Sequence[Column], heads: dict[int, Head | None]) -> dict[int, Head | None]:
    """Heads by themselves, and with the year that stands over two of them.

    What stands over all of them (规划目标 over 2020年 and 2025年) tells none apart. Where spans were lost, the year over
    目标 and 实际 stands over the first alone.
    """
    labels = {j: _in_digits(columns[j].label) for j in heads}
    alike = takewhile(lambda chars: len(set(chars)) == 1, zip(*labels.values(), strict=False))
    shared = re.match(r'[^\d"]*', "".join(chars[0] for chars in alike))[0] if len(labels) > 1 else ""
    if len(shared) >= 2 and all(len(label) > len(shared) for label in labels.values()):
        heads = {j: head_of(label[len(shared) :]) or heads[j] for j, label in labels.items()}
    out = dict(heads)
    for j, head in heads.items():
        left = out.get(j - 1)
        said = (
            {head.said, left.said} if head and left and head.year is None and left.year is not None else set()
        )
        if said == {"target", "actual"}:
            out[j] = replace(head, year=left.year)
    return out


def _is_start(j: int, columns: Sequence[Column], uses: dict[int, Use], heads: dict[int, Head]) -> bool:
    """Whether 规划目标 over 2020年 and 2025年 makes 2020 no target: the word stands over both, or before the last year
    of all that are before the plan and no plan is named."""
    label, year = columns[j].label, uses[j].year
    if any(use.what == "target" and _under_one_head(label, columns[k].label) for k, use in uses.items()):
        return True
    others = {heads[k].year for k, use in uses.items() if k != j and use.what in ("baseline", "wish")}
    last = all(other is None or other < year for other in others)
    return last and not (label[:1].isdigit() or _PLAN.search(label))


def _under_one_head(label: str, other: str) -> bool:
    alike = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(label, other, strict=False)))
    return len(re.match(r'[^\d"]*', alike)[0]) >= 2


def _use(head: Head, first: int | None, last: int | None, reports: bool) -> Use:
    """The place of a column by itself; of several baselines or targets `_one` keeps the best."""
    expected = head.said == "expected"
    if head.said in ("growth", "rate", "part", "span"):
        return Use(head.said, head.year, summed=head.summed)
    if head.year is None:
        what = {"base": "baseline", "actual": "observed"}.get(head.said or "", "target")
        return Use(what, last if what == "target" else None, expected)
    if first is None or last is None or head.year > last:
        return Use("beyond", head.year, expected)
    if head.year < first:
        return Use("wish" if head.said == "target" else "baseline", head.year, expected)
    if head.said in ("actual", "base"):
        return Use("observed", head.year)
    if head.year == last:
        return Use("observed" if expected and reports else "target", head.year, expected and reports)
    if head.said == "target":
        return Use("between", head.year)
    return Use("observed" if reports or expected else "between", head.year, expected)


def _one(what: str, uses: dict[int, Use], heads: dict[int, Head]) -> None:
    """Keep one column as the baseline or the target, and name what the others are."""
    found = [j for j, use in uses.items() if use.what == what]
    if what == "baseline" and not found:
        # 2022年现状 of a plan that was made late; 规划目标 of the year before it, where nothing else is its start
        late = [j for j, head in heads.items() if head.said == "base" and uses[j].what == "observed"]
        found = late[:1] or [j for j, use in uses.items() if use.what == "baseline"]
        for j in found:
            uses[j] = replace(uses[j], what="baseline")
    if what == "target" and not found:
        between = [j for j, use in uses.items() if use.what == "between" and heads[j].said == "target"]
        found = sorted(between, key=lambda j: heads[j].year or 0)[-1:]
        for j in found:
            uses[j] = replace(uses[j], what="target")
    if len(found) < 2:
        return
    said = "target" if what == "target" else "base"
    best = max(found, key=lambda j: (heads[j].said == said, heads[j].year is not None, heads[j].year or 0))
    for j in found:
        if j != best:
            same = heads[j].year in (heads[best].year, None) and heads[j].said == heads[best].said
            uses[j] = replace(
                uses[j], what="double" if same else "before" if what == "baseline" else "between"
            )
    if any(uses[j].what == "double" for j in found):
        uses[best] = replace(uses[best], what="double")


def indicator_columns(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, spans: bool = False
) -> tuple[Column, ...]:
    """指标名称 also covers the number before it and the part after it: give these columns of their own.

    ``rows`` are the table's rows of more than one cell; ``spans`` says that cells stand where they are.
    """
    if spans:
        return _covered(columns, rows)
    width = max((len(row) for row in rows), default=len(columns))
    named = [c for c in columns if c.role or c.label]
    if width <= len(columns) and len({c.label for c in named}) == len(columns):
        return tuple(columns)  # each column has a label of its own
    known = [c for c in named if c.role not in ("index", "indicator")]
    extra = width - len({c.label for c in named})
    label = next(c.label for c in columns if c.role == "indicator")
    numbered = any(column.role == "index" for column in columns)
    block = [Column("indicator", label)]
    if extra or numbered:
        block = [Column("index", label), *block]
    if extra >= 2 or (extra == 1 and numbered):
        block.append(Column("sub_name", label))
    before = [c for c in known if c.role == "programme"]
    rest = [c for c in known if c.role != "programme"]
    return (*before, *block, *rest)


def _covered(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """Columns under one merged 指标名称: a number, the name, and the name of a part."""
    out = list(columns)
    name = next(j for j, column in enumerate(columns) if column.role == "indicator")
    run = [j for j in range(len(columns)) if columns[j].label == columns[name].label]
    numbers = [row[run[0]].text.strip() for row in rows if run[0] < len(row) and row[run[0]]]
    if (
        len(run) > 1
        and numbers
        and all(re.fullmatch(r"[(（]?\d{1,3}[)）.、．]?", words) for words in numbers)
    ):
        out[run[0]] = replace(out[run[0]], role="index")
        run = run[1:]
    for j, role in zip(run, ("indicator", "sub_name"), strict=False):
        out[j] = replace(out[j], role=role)
    return tuple(out)
