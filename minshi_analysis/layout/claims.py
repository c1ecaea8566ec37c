"""Claims: which column of a table holds what, decided for the table as a whole.

Each column has candidate roles from the words of its head, and its cells speak for or against them. The assignment that
is best for the whole table wins: of two results the one of the year to date, of two columns that could be the task the
one with words. A column of figures that no role takes stays without one and says why; it is never read as another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import cast

from minshi_analysis.language import heads
from minshi_analysis.language.heads import GUESSED, Head
from minshi_analysis.language.phrases import MAKING
from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.regions import Region, named_in, town
from minshi_analysis.language.works import FINISHED
from minshi_analysis.layout.naming import NOTHING, is_figure, named
from minshi_analysis.layout.rivals import handicap, last_month
from minshi_analysis.model import SEVERAL_YEARS

__all__ = ["About", "Column", "claim", "is_figure"]

_CONTENT = 0.1  # how much the look of a column's cells weighs beside the words of its head
_UNLIKE = -2.2  # a mean fit below which the cells speak against a role, whatever the head says
_FIGURES = 0.5  # share of a column's cells that are figures, from which on it is a column of figures
_MANY = frozenset(
    {"region", "year", "person", "schedule", "funds", "aside", "spent", "split", "note", "measure", "ranked"}
)
_NUMBER = re.compile(r"[\d.,]+[%分]?")
# How long the works are of which each has a row: 建设里程, 管网长度; what there is already is no promise.
_EXTENT = re.compile(r"(?!.*(?:现有|原有|已|总|上年|去年))[\u4e00-\u9fff]{0,6}(?:里程|长度)")
_NEW_THING = re.compile(
    rf"(?:{'|'.join(word for word in MAKING.split() if word[0] in '新拟' and not re.search(FINISHED, word))})"
    r"(?!.*(?:开工|完成|投用))[\u4e00-\u9fff、]{2,12}\((?P<unit>[^()]{1,6})\)"
)
_LEAVES = frozenset({"target", "task", "result", "rate"})
_BODIES = frozenset({"lead", "partner", "person", "owner"})
_WHOLE = re.compile(
    r"(?:全[省市州盟县区旗镇]|任务)?(?:合计|总计|共计|小计|总数|总量|总任务)数?|全[省市州盟县区旗镇](?:目标|任务|计划|总任务)?数?"
)
_YUAN = re.compile(r"[(\[][^()\[\]]*元[)\]]")
# Better to worse for a column of results; a column of the month or of the year before is no result of the year.
_OF_REGION = {"result": "region_result", "rate": "region_rate"}
_UNKNOWN = "no role is known for this head"
_TELLS = frozenset({"result", "rate", "status"})
_OF_RESULTS = {"todate": 3, "year": 2, None: 2}
_ROWS_THAT_TELL = 3  # whose rates close, before columns are read by it
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([万亿]?)")
_STATE = re.compile(r"情况|进展|进度")
_TOLD = re.compile(r"(?<![未尚])已(?!有|知)|累计(?:完成|新增|建成|发放)|目前|正在|截[至止]")
_OTHER_PERIOD = {
    "before": "figures of a year before",
    "later": "figures of a later year",
    "longer": "figures of several years",
    "part": "figures of a part of the period only",
}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the document that a table stands in, as far as its heads depend on it.

    Attributes
    ----------
    region, level : str or None
        Code and level of its region: names of regions are columns, and 市级 is superior to a county.
    year : int or None
    kind : str
    """

    region: str | None = None
    level: str | None = None
    year: int | None = None
    kind: str = "plan"

    @property
    def several_years(self) -> bool:
        """Whether the document plans several years: 2025年目标 is a year's value, and 总投资 a major project's."""
        return self.kind in SEVERAL_YEARS


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role (None where nothing is known), its printed label, and what the label says beside.

    Attributes
    ----------
    region : Region or None
        The region whose shares it holds.
    funder : str or None
        Of money: who pays, as `heads.Head` says it.
    period : str or None
    score : float
        How sure the role is, 0 to 1.
    of : Region or None
        The region whose result or rate it holds.
    reason : str or None
        Why the column has no role, where its cells hold figures.
    """

    role: str | None
    label: str
    region: Region | None = None
    funder: str | None = None
    period: str | None = None
    score: float = 1.0
    reason: str | None = None
    of: Region | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A reading of a column with how well head and cells support it."""

    head: Head
    total: float


def claim(
    labels: Sequence[Sequence[str]],
    cells: Sequence[Sequence[str]],
    about: About,
    fit: Callable[[str | None, str], float],
    *,
    placed: bool = True,
) -> tuple[Column, ...]:
    """The columns of a table.

    Parameters
    ----------
    labels : sequence of sequence of str
        Of each column its labels from top to bottom (`heads.label_of`).
    cells : sequence of sequence of str
        Of each column what its cells hold, as far as it is known which cells are its.
    about : About
    fit : callable
        How well a cell's words suit a role (`fitting.fit`).
    placed : bool
        It is known that the cells stand in their columns; else they may speak for a role, and not against it.
    """
    figures = [_share_of_figures(column) for column in cells]
    found: list[Column | list[_Candidate]] = [
        _fixed(parts, figures[j], about) or _candidates(parts, cells[j], about, fit, placed)
        for j, parts in enumerate(labels)
    ]
    found = _without_levels(found, labels, cells, about, fit, placed)
    if any(isinstance(one, Column) and one.region is not None for one in found):
        found = [_whole(parts) or one for parts, one in zip(labels, found, strict=True)]
    places = [
        _by_owner(one, parts, about)
        for one, parts in zip(_in_place(found, cells, figures, about), labels, strict=True)
    ]
    chosen = _assigned(
        places, labels, [bool(own) and share < _FIGURES for own, share in zip(cells, figures, strict=True)]
    )
    columns = [
        one if isinstance(one, Column) else _column(parts, one, cast(list[_Candidate], found[j]))
        for j, (parts, one) in enumerate(zip(labels, chosen, strict=True))
    ]
    columns = _of_whole_works(_earlier_told(columns), cells)
    return tuple(named(_states(columns, cells, fit), cells))


def _of_whole_works(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[Column]:
    """Columns of works of several years, where rates show that a result is what came of the target of all years
    (计划总目标 | 累计完成 | 占总计划): then that is the promise, and other results are of a part of the time."""
    longer = [j for j, c in enumerate(columns) if c.role is None and c.reason == _OTHER_PERIOD["longer"]]
    if not longer or any(column.role == "target" for column in columns):
        return list(columns)
    told = {role: [j for j, c in enumerate(columns) if _may_be(c, role)] for role in ("result", "rate")}
    found = list(columns)
    for whole, result, rate in product(longer, [*told["result"], *longer], told["rate"]):  # 开工以来累计完成
        if whole == result or not _all_close(cells[result], cells[whole], cells[rate]):
            continue
        for j in told["result"]:
            found[j] = replace(columns[j], role=None, score=0.0, reason=_OTHER_PERIOD["part"])
        for j, role in ((whole, "target"), (result, "result"), (rate, "rate")):
            found[j] = replace(columns[j], role=role, score=1.0, reason=None)
        found[result] = replace(found[result], period="todate")
        break
    return found


def _states(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], fit: Callable[[str | None, str], float]
) -> list[Column]:
    """Columns of which one beside the results prints states alone (目标完成情况 | 顺利推进), whatever it is called."""
    if {"status", "result"} & {column.role for column in columns} != {"result"}:
        return list(columns)
    return [
        replace(column, role="status", score=1.0, reason=None)
        if (_may_be(column, "result") or column.reason == _UNKNOWN)
        and column.role is None
        and len(own) > 1
        and all(fit("status", words) > 0 for words in own)
        else column
        for column, own in zip(columns, cells, strict=True)
    ]


def _may_be(column: Column, role: str) -> bool:
    return column.role == role or column.reason == f"another column of the table is the {role}"


def _all_close(results: Sequence[str], targets: Sequence[str], rates: Sequence[str]) -> bool:
    """Whether rates are those of results and targets beside them, in all rows but perhaps one of many."""
    if not _ROWS_THAT_TELL <= len(results) == len(targets) == len(rates):
        return False
    rows = [tuple(map(_amount, row)) for row in zip(results, targets, rates, strict=True)]
    known = [row for row in rows if None not in row and row[1]]
    close = [abs(100 * done / asked - rate) <= max(0.51, 0.006 * rate) for done, asked, rate in known]
    varied = len({rate for _, _, rate in known}) > 1  # all of them 100 would close by whatever was promised
    return varied and len(known) >= _ROWS_THAT_TELL and sum(close) >= len(rows) - len(rows) // 8


def _amount(words: str) -> float | None:
    found = _AMOUNT.match(words)
    return float(found[1].replace(",", "")) * {"万": 1e4, "亿": 1e8}.get(found[2], 1.0) if found else None


def _earlier_told(columns: Sequence[Column]) -> list[Column]:
    """Results of an earlier part of the year (上半年) beside those to date (前三季度) are no rivals of them."""
    last = next(
        (c for c in columns if c.role == "result" and c.period == "todate" and last_month(c.label)), None
    )
    return [
        replace(c, reason=_OTHER_PERIOD["part"])
        if last is not None
        and c.reason == "another column of the table is the result"
        and 0 < last_month(c.label) < last_month(last.label)
        else c
        for c in columns
    ]


def _without_levels(
    found: list[Column | list[_Candidate]],
    labels: Sequence[Sequence[str]],
    cells: Sequence[Sequence[str]],
    about: About,
    fit: Callable[[str | None, str], float],
    placed: bool,
) -> list[Column | list[_Candidate]]:
    """市本级 and 县本级 are regions only beside regions that are places: without one they pay (中央 | 自治区 | 市本级)."""
    places = [one.region for one in found if isinstance(one, Column) and one.region is not None]
    if not places or any(not region.name.endswith("本级") for region in places):
        return found
    return [
        _candidates(parts, cells[j], about, fit, placed) if isinstance(one, Column) and one.region else one
        for j, (parts, one) in enumerate(zip(labels, found, strict=True))
    ]


def _whole(parts: Sequence[str]) -> Column | None:
    """全市, 合计 among the regions of a split: what is split, a target."""
    named = any(_WHOLE.fullmatch(re.sub(r"\(.*?\)", "", words)) for words in parts[-1:])
    money = any(heads.is_money(words) for words in parts)
    return Column("target", "".join(parts)) if named and not money else None


def _share_of_figures(cells: Sequence[str]) -> float:
    filled = [words for words in cells if not NOTHING.fullmatch(words)]
    return sum(is_figure(words) for words in filled) / len(filled) if filled else 0.0


def _fixed(parts: Sequence[str], figures: float, about: About) -> Column | None:
    """A column whose label names a region or a year: no other reading is possible."""
    label = "".join(parts)
    money = any(heads.is_money(part) or _YUAN.search(part) for part in parts)
    for words in (*reversed(parts), label):
        bare = re.sub(r"\(.*?\)", "", words)
        able = about.region and len(words) <= 16 and not money
        region = named_in(bare, about.region, about.year) if able else None
        if region is None and figures >= _FIGURES and not money and not heads.role_of(bare):
            region = town(bare, about.region)
        if region is not None and words is not parts[-1] and (told := heads.role_of(parts[-1])) in _TELLS:
            if told in _OF_REGION:
                return Column(_OF_REGION[told], label, of=region)
            return Column(None, label, score=0.0, reason="a region's result beside its share")
        if region is not None:
            return Column("region", label, region)
        if able and (together := _named_together(bare, about)):
            return Column(None, label, score=0.0, reason=f"one figure for {'、'.join(together)} together")
        if about.several_years and heads.is_year(words) and not (money and _is_of_plan(parts, about.year)):
            return Column("year", label)
    return None


def _named_together(bare: str, about: About) -> list[str]:
    """The regions that a head names together (海曙、江东、江北): whose each figure below it is, is not printed."""
    named = [named_in(word, about.region, about.year) for word in re.split(r"[、,/和]", bare)]
    return [region.name for region in named if region] if len(named) > 1 and all(named) else []


def _is_of_plan(parts: Sequence[str], year: int | None) -> bool:
    """Whether years that a head of money names are all those of the plan: 投资 | 2021-2025年."""
    return any(head.role == "plan_investment" for head in heads.read_head(parts, year=year))


def _candidates(
    parts: Sequence[str],
    cells: Sequence[str],
    about: About,
    fit: Callable[[str | None, str], float],
    placed: bool,
) -> list[_Candidate]:
    out = []
    filled = [words for words in cells if not NOTHING.fullmatch(words)]
    figures = bool(filled) and all(map(_NUMBER.fullmatch, filled))
    said = heads.read_head(parts, year=about.year)
    if not said and parts and (_is_extent(parts[-1]) or _is_bound(parts)):
        said = (Head("target", GUESSED),)
    if not said and about.kind == "plan" and _is_new_thing(parts, about.year):
        said = (Head("measure", GUESSED),)
    for head in said:
        if figures and head.role in _BODIES:
            continue  # 牵头单位评分: figures answer for nothing
        if head.role == "leaf" and filled and not any(heads.role_of(words) in _LEAVES for words in filled):
            continue  # 分项 over names, and not over 目标 | 完成 | 完成率
        if head.role == "funds" and _is_weak_money(head) and filled and not re.search(r"\d", "".join(filled)):
            continue  # 镇 and 县(区) over names of places: nobody's money
        if head.role == "content" and not about.several_years and _share_of_figures(cells) >= _FIGURES:
            head = Head("target", GUESSED, period=head.period)  # 建设规模 | 3.2 says how much
        looks = [fit(head.role, words) for words in cells if not NOTHING.fullmatch(words)]
        mean = sum(looks) / len(looks) if looks else 0.0
        mean = mean if placed else max(0.0, mean)
        if mean > _UNLIKE:
            out.append(_Candidate(head, head.score + _CONTENT * max(-3.0, min(3.0, mean))))
    return sorted(out, key=lambda candidate: -candidate.total)


def _is_extent(label: str) -> bool:
    return _EXTENT.fullmatch(re.sub(r"\(.*?\)", "", label)) is not None


def _is_bound(parts: Sequence[str]) -> bool:
    """Whether a head says how its figures bind, and is none of money: 失业率低于(%)."""
    return heads.bound_of(parts[-1]) is not None and not any(map(heads.is_money, parts))


def _is_new_thing(parts: Sequence[str], year: int | None) -> bool:
    """Whether a head names what a plan adds, with its unit: 新增床位(张), 新建校舍(平方米); not what there is, nor money."""
    found = _NEW_THING.fullmatch(parts[-1]) if parts else None
    scaled = parse_unit(found["unit"]) if found else None
    return (
        bool(scaled)
        and scaled[1] not in ("元", "万元", "%")
        and heads.period_of("".join(parts), year) in (None, "year")
    )


def _by_owner(
    one: Column | list[_Candidate], parts: Sequence[str], about: About
) -> Column | list[_Candidate]:
    """Of two columns of targets or of bodies the document's own, not that of the level above, nor a first draft's."""
    if isinstance(one, Column) or not one:
        return one
    label = "".join(parts)
    less = {role: handicap(label, role, about.level, about.region) for role in {c.head.role for c in one}}
    return [replace(c, total=c.total - less[c.head.role]) if less[c.head.role] else c for c in one]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the other columns of a table say of one: their first readings, and whether one holds the tasks' words."""

    roles: frozenset[str]
    regions: bool
    worded: bool
    money: bool
    about: About


def _in_place(
    found: Sequence[Column | list[_Candidate]],
    cells: Sequence[Sequence[str]],
    figures: Sequence[float],
    about: About,
) -> list[Column | list[_Candidate]]:
    """The candidates as the table that they stand in lets them be.

    Where a column has the words of the tasks, 目标任务 beside it holds their figures; a split has no funders, a list of
    one year's tasks no investments; in a plan 形象进度 is a schedule.
    """
    first = [None if isinstance(one, Column) or not one else one[0].head.role for one in found]
    names = [j for j, role in enumerate(first) if role in ("task", "project", "indicator", "content")]
    table = _Beside(
        frozenset(filter(None, first)),
        any(isinstance(one, Column) and one.region is not None for one in found),
        any(figures[j] < _FIGURES for j in names),
        any(
            c.head.role == "funds" and c.head.score > heads.WEAK
            for one in found
            if isinstance(one, list)
            for c in one
        )
        or _are_funders(found),
        about,
    )
    told = [j for j, role in enumerate(first) if role == "result"]
    counted = [j for j in told if any(re.search(r"\d", words) for words in cells[j])]
    out: list[Column | list[_Candidate]] = []
    for j, one in enumerate(found):
        if isinstance(one, Column):
            out.append(one)
            continue
        if counted and j in told and cells[j] and j not in counted:
            one = [c for c in one if c.head.role != "result"]  # 目标完成情况 | 顺利推进 beside what was done
        one = [c for c in one if table.money or table.regions or not _is_weak_money(c.head)]
        fitting = [
            replace(c, head=replace(c.head, role=_role_here(c.head, figures[j], cells[j], table)))
            for c in one
        ]
        seen: dict[str, _Candidate] = {}
        for candidate in fitting:
            seen.setdefault(candidate.head.role, candidate)
        out.append(list(seen.values()))
    return out


def _are_funders(found: Sequence[Column | list[_Candidate]]) -> bool:
    """Whether heads that name three who pay (中央 | 省 | 县) speak of money, whatever stands over them; 中央 does nothing else."""
    named = {
        one[0].head.funder for one in found if isinstance(one, list) and one and _is_weak_money(one[0].head)
    }
    return len(named - {"total"}) >= 3 and "nation" in named


def _is_weak_money(head: Head) -> bool:
    """省级, 其他 and 合计 speak of money only beside other columns of money."""
    return head.role == "funds" and head.score <= heads.WEAK


_OF_ONE_YEAR = {
    "total_investment": "funds",
    "plan_investment": "funds",
    "content": "task",
    "indicator": "task",
    "count": "target",
}


def _role_here(head: Head, figures: float, cells: Sequence[str], table: _Beside) -> str:
    """A role as the table lets it be; ``cells`` are what is known of what the column holds."""
    role, several = head.role, table.about.several_years and not table.regions
    if table.regions and role == "funds" and head.funder == "total" and _is_weak_money(head):
        return "target"  # 合计 before the regions of a split is what is split
    if not several:
        role = _OF_ONE_YEAR.get(role, role)
    elif role == "lead" and table.roles & {"total_investment", "plan_investment"}:
        role = "owner"
    if role == "task" and figures >= _FIGURES and table.worded:
        return "target"
    if role == "target" and cells and figures < _FIGURES and not table.regions and "task" not in table.roles:
        return "task"  # 任务数 that says it in words
    if role in ("result", "schedule") and table.about.kind != "plan" and _are_shares(cells):
        # 进度 of a report, in %; 序时进度 is how far the year is
        return "aside" if role == "schedule" and head.score > GUESSED else "rate"
    if role == "schedule" and table.about.kind != "plan" and _are_told(cells):
        return "result"  # 一季度 | 二季度 of a report, whose cells say what was done
    if role == "result" and head.score <= GUESSED and table.about.kind == "plan":
        return "schedule"  # 形象进度 of a plan is what is to be
    if role == "schedule" and head.score < GUESSED and table.about.kind != "plan":
        return "result"  # and of a report what is: 最新进度, 当前进度
    return role


def _are_told(cells: Sequence[str]) -> bool:
    """Whether most cells of a column say what has been done, by their words."""
    filled = [words for words in cells if not NOTHING.fullmatch(words)]
    return bool(filled) and sum(bool(_TOLD.search(words)) for words in filled) > len(filled) / 2


def _are_shares(cells: Sequence[str]) -> bool:
    filled = [words for words in cells if not NOTHING.fullmatch(words)]
    return bool(filled) and sum(bool(re.fullmatch(r"[\d.]+%", words)) for words in filled) > len(filled) / 2


def _assigned(
    places: Sequence[Column | list[_Candidate]], labels: Sequence[Sequence[str]], worded: Sequence[bool]
) -> list[Column | _Candidate | None]:
    """One candidate for each column: no role twice that a table has once, the best claim first.

    ``worded`` says of each column whether its cells are words and no bare figures.
    """
    out: list[Column | _Candidate | None] = [one if isinstance(one, Column) else None for one in places]
    ranked = sorted(
        (
            (_rank(candidate, k) + 0.001 * last_month("".join(labels[j])), j, candidate)
            for j, one in enumerate(places)
            if not isinstance(one, Column)
            for k, candidate in enumerate(one)
        ),
        key=lambda entry: (-entry[0], entry[1]),
    )
    taken: set[str] = set()
    for _, j, candidate in ranked:
        role = candidate.head.role
        if out[j] is not None or (role in taken and role not in _MANY):
            continue
        if _other_period(candidate.head):
            continue
        out[j] = candidate
        taken.add(role)
    if "result" not in taken and (latest := _latest_state(places, labels, worded)) is not None:
        out[latest[0]] = latest[1]
    return out


def _latest_state(
    places: Sequence[Column | list[_Candidate]], labels: Sequence[Sequence[str]], worded: Sequence[bool]
) -> tuple[int, _Candidate] | None:
    """Of columns that tell in words how things stood in a month (进展情况(4月), 进展情况(8月)) that of the last month.

    Bare figures under such a head may be the month's alone: they stay without a role.
    """
    found = [
        (last_month(label), j, c)
        for j, one in enumerate(places)
        if not isinstance(one, Column) and worded[j]
        for c in one
        if c.head.role == "result" and c.head.period == "part"
        for label in ["".join(labels[j])]
        if last_month(label) and _STATE.search(label)
    ]
    return max(found, key=lambda entry: entry[:2])[1:] if found else None


def _rank(candidate: _Candidate, k: int) -> float:
    """How early a claim is heard: first readings before second ones, results by their period."""
    if candidate.head.role == "target" and candidate.head.period == "year":
        return candidate.total + 0.1 - 0.5 * k  # 2024年目标 beside another target
    better = 0.1 * _OF_RESULTS.get(candidate.head.period, 0) if candidate.head.role == "result" else 0.0
    return candidate.total + better - 0.5 * k


def _other_period(head: Head) -> str | None:
    """Why a column's figures are not of the document's year, or None."""
    if head.role in ("result", "rate", "target", "task", "funds", "spent", "status"):
        why = _OTHER_PERIOD.get(head.period or "")
        return (
            why if why and not (head.period == "part" and head.role in ("task", "funds", "spent")) else None
        )
    return None


def _column(parts: Sequence[str], chosen: _Candidate | None, found: Sequence[_Candidate]) -> Column:
    label = "".join(parts)
    if chosen is not None:
        head = chosen.head
        return Column(head.role, label, None, head.funder, head.period, min(1.0, max(0.0, chosen.total)))
    other = next((why for c in found if (why := _other_period(c.head))), None)
    if other is None and found:
        other = f"another column of the table is the {found[0].head.role}"
    period = found[0].head.period if found else None
    return Column(None, label, period=period, score=0.0, reason=other or _UNKNOWN)
