"""A five-year plan: what its indicators ask for, where they stand, and what is to be built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from minshi_analysis import charts, metrics
from minshi_analysis.language.dates import find_dates
from minshi_analysis.model import SEVERAL_YEARS
from minshi_analysis.notebook.case import load_documents_of
from minshi_analysis.notebook.places import place, short
from minshi_analysis.notebook.reasons import told
from minshi_analysis.notebook.shown import Prose, Table, findings, prose, table, title
from minshi_analysis.notebook.sources import cited
from minshi_analysis.notebook.words import MISSING, amount, listed, number, percent
from minshi_analysis.reasons import decoded
from minshi_analysis.tables.loaders import load

__all__ = [
    "Plan",
    "field_table",
    "five_year_plan",
    "indicator_chart",
    "indicator_table",
    "investment_chart",
    "observation_sources",
    "observed_table",
    "plan_findings",
    "plan_heading",
    "project_table",
    "prose_targets",
]

_TABLES = ("tasks", "targets", "indicators", "investments", "totals", "checks", "patches")
_START = {"below": "起点低于目标", "met": "起点已达目标", "better": "起点优于目标", "unknown": MISSING}
_STANDING = {"ahead": "快于进度", "on_track": "符合进度", "behind": "慢于进度", "unknown": MISSING}
_FIGURES = re.compile(r"[\d./%]*")
_ONLY = re.compile(r"(\S+) only: printed as (\S+)")
_DIRECTION = {"up": "升", "down": "降", "flat": "持平"}


@dataclass(frozen=True)
class Plan:
    """A five-year plan and its tables; `documents` has the one row of the plan."""

    doc_id: str
    documents: pd.DataFrame
    tables: Mapping[str, pd.DataFrame] = field(repr=False)

    @property
    def region(self) -> str:
        """The region the plan is of."""
        return str(self.documents["region"].iloc[0])

    @cached_property
    def trajectories(self) -> pd.DataFrame:
        """The metric, with what to call each indicator."""
        found = metrics.indicator_trajectories(tables=self.tables)
        sub = found["sub_name"].fillna("").map(lambda name: f"（{name}）" if name else "")
        cumulative = found["cumulative"].fillna(False).astype(bool)
        return found.assign(called=found["name"] + sub, cumulative=cumulative)


def five_year_plan(plan: str) -> Plan:
    """A five-year plan's tables.

    Parameters
    ----------
    plan : str
        Its doc_id.

    Raises
    ------
    ValueError
        No such plan; the message lists those there are.
    """
    documents = load("documents")
    plans = documents[documents["kind"].isin(SEVERAL_YEARS)]
    chosen = plans[plans["doc_id"].eq(plan)].reset_index(drop=True)
    if chosen.empty:
        raise ValueError(f"no five-year plan {plan!r}: there is {', '.join(plans['doc_id']) or 'none'}")
    tables = load_documents_of(chosen, _TABLES)
    return Plan(plan, chosen, tables | {"observations": load("observations", doc_id=plan)})


def plan_heading(plan: Plan) -> Prose:
    """The report's title."""
    return title(str(plan.documents["title"].iloc[0]))


def plan_findings(plan: Plan) -> Prose:
    """What the plan's tables say, in sentences, each computed from them."""
    return findings([*_indicator_findings(plan), *_investment_findings(plan)])


def _indicator_findings(plan: Plan) -> list[str]:
    rows = plan.trajectories
    if rows.empty:
        return ["规划没有列出指标。"]
    count = plan.tables["indicators"]["indicator_no"].nunique()
    blank = rows[rows["target"].isna()]
    out = [
        f"规划列出 {count} 个指标（{len(rows)} 行），分 {rows['field'].nunique()} 个领域；"
        f"{rows['baseline'].isna().sum()} 行没有印基期值，{len(blank)} 行没有印目标值"
        + (f"（{listed(blank['called'])}）。" if len(blank) else "。")
    ]
    known = rows[rows["start"].isin(["below", "met", "better"])]
    early = known[known["start"].ne("below")]
    out.append(f"{len(known)} 行可以比较起点与目标，其中 {len(early)} 行在规划开始时就已达到或优于目标。")
    worse = rows[rows["start"].eq("better") & rows["allowed"].gt(0) & ~rows["cumulative"]]
    if len(worse):
        said = "；".join(_change(row) for row in worse.itertuples())
        out.append(f"{len(worse)} 行的目标比起点宽松，达标并不要求改善：{said}。")
    flows = rows[rows["cumulative"] & rows["value"].notna() & rows["baseline"].gt(0)]
    said = "；".join(
        f"{row.called} {row.target_year - row.baseline_year} 年合计 {amount(row.target, row.target_unit)}，"
        f"合每年 {amount(row.value, row.baseline_unit)}，"
        f"而 {row.baseline_year} 年一年为 {amount(row.baseline, row.baseline_unit)}"
        for row in flows.itertuples()
    )
    if said:
        out.append(f"累计指标折成每年：{said}。")
    steep = known[known["start"].eq("below") & known["growth"].notna()]
    steep = steep.assign(pace=steep["growth"].abs()).sort_values("pace", ascending=False).head(3)
    said = "；".join(f"{_change(row)}，年均 {number(row.growth, 1)}%" for row in steep.itertuples())
    if said:
        out.append(f"要求变化最快的是：{said}。")
    seen = rows[rows["standing"].isin(list(_STANDING)[:3])]
    said = "；".join(
        f"{row.called} {row.observed_year} 年为 {amount(row.observed, row.observed_unit)}，{_STANDING[row.standing]}"
        for row in seen.itertuples()
    )
    if said:
        out.append(f"只有 {len(seen)} 个指标找到了可用的后续数据：{said}。其余指标后来怎样不知道。")
    else:
        out.append("没有找到任何指标可用的后续数据，各指标后来怎样不知道。")
    return out


def _change(row) -> str:
    target = amount(row.target, row.target_unit, row.bound)
    return f"{row.called} {number(row.baseline, 3)} → {target}"


def _investment_findings(plan: Plan) -> list[str]:
    rows = plan.tables["investments"]
    if rows.empty:
        return []
    fields = _fields(plan)
    total, period = rows["total_yi"].sum(), rows["plan_period_yi"].sum()
    first = fields.iloc[0]
    silent = rows[rows["total_yi"].isna()]
    if not total > 0:
        return [f"规划列出 {len(rows)} 个重大项目，没有印投资额。"]
    out = [
        f"{len(rows)} 个重大项目中 {len(rows) - len(silent)} 个印有投资额，逐项相加总投资 {number(total, 1)} 亿元，"
        f"其中规划期内 {number(period, 1)} 亿元（{percent(100 * period / total)}）。"
        f"{first['field']}的 {first['projects']} 个项目占总投资的 {percent(100 * first['total_yi'] / total)}。"
    ]
    if len(silent):
        by = silent["field"].value_counts()
        said = "、".join(f"{name} {count} 个" for name, count in by.items())
        out.append(f"{len(silent)} 个项目没有印投资额（{said}），合计因此偏低。")
    odd = rows[rows["plan_period_yi"].gt(rows["total_yi"])]
    if len(odd):
        out.append(f"{len(odd)} 个项目的规划期内投资大于总投资：{listed(odd['name'])}。")
    again = rows[rows.duplicated("name", keep=False)]
    if len(again):
        said = "；".join(
            f"{name}（序号 {'、'.join(part['item_no'])}，规划期内投资分别为 "
            f"{'、'.join(part['plan_period_yi'].map(number))} 亿元）"
            for name, part in again.groupby("name", sort=False)
        )
        out.append(f"同名项目列了不止一次：{said}；若为同一项目，合计重复计算了它。")
    return out


def indicator_chart(plan: Plan) -> charts.Picture | None:
    """Every indicator from baseline to target."""
    rows = plan.trajectories
    if rows.empty:
        return None
    names = {row.indicator_id: _two_lines(row.called) for row in rows.itertuples()}
    below = {row.indicator_id: _caption(row) for row in rows.itertuples()}
    seen = plan.tables["observations"]
    seen = seen[seen["region"].eq(plan.region) & ~seen["note"].fillna("").str.startswith("CONFLICT")]
    return charts.trajectory_panels(rows, seen, below, names)


def _two_lines(name: str, most: int = 13) -> str:
    """A name in two lines, the second empty or both about as long."""
    name = name.replace("（", "(").replace("）", ")")
    if len(name) <= most:
        return f"\n{name}"
    if len(name) > 2 * most:
        name = f"{name[: 2 * most - 1]}…"
    half = -(-len(name) // 2)
    return f"{name[:half]}\n{name[half:]}"


def _caption(row) -> str:
    unit = (
        row.target_unit if isinstance(row.target_unit, str) and not row.target_unit.startswith("（") else ""
    )
    target = amount(_scaled(row.target, unit)[0], _scaled(row.target, unit)[1], row.bound)
    if row.cumulative:
        return f"{row.target_year - row.baseline_year} 年累计 {target}"
    return f"{number(_scaled(row.baseline, unit)[0], 3)} → {target}"


def _scaled(value: float, unit: str) -> tuple[float, str]:
    """Large figures in 万, so that they fit above a small panel."""
    if pd.isna(value) or abs(value) < 100_000:
        return value, unit
    return value / 10_000, "亿元" if unit == "万元" else f"万{unit}"


def indicator_table(plan: Plan) -> Table | Prose:
    """Every indicator with baseline, target, the change a year, and how it starts."""
    rows = plan.trajectories
    source = plan.tables["indicators"].set_index("indicator_id")
    spots = place(source.reset_index(), plan.documents)
    spots.index = source.index
    cumulative = rows["cumulative"]
    why = rows["reason_codes"].map(
        lambda codes: told([r for r in decoded(codes) if r.code != "none_observed"])
    )
    noted = rows["indicator_id"].map(source["note"]).fillna("")
    said = ["；".join(_remarks(note, reasons)) for note, reasons in zip(noted, why, strict=True)]
    frame = pd.DataFrame(
        {
            "编号": rows["indicator_id"].map(short),
            "领域": rows["field"],
            "指标": rows["called"] + cumulative.map({True: "（累计）", False: ""}),
            "基期": [amount(row.baseline, row.baseline_unit) for row in rows.itertuples()],
            "目标": [amount(row.target, row.target_unit, row.bound) for row in rows.itertuples()],
            "每年须变化": [amount(row.value, str(row.unit).removesuffix("/年")) for row in rows.itertuples()],
            "方向": rows["direction"].map(_DIRECTION),
            "起点": rows["start"].map(_START),
            "说明": said,
            "出处": rows["indicator_id"].map(spots),
        }
    )
    note = "每年须变化：非累计指标为（目标－基期）÷年数，累计指标为目标÷年数，即每年须完成的量。"
    note += "目标没有印“以上”“以下”时，方向按指标名称（合格率宜升、浓度宜降）、再按目标高于或低于基期推定。"
    return table(frame, "indicators", f"指标。{note}", ["基期", "目标", "每年须变化"], "规划没有列出指标。")


def _remarks(note: str, why: str) -> list[str]:
    """What is printed beside an indicator's values, where the reasons do not repeat it; 98/98 is its value."""
    parts = [part for part in note.split(";") if part not in why and not _FIGURES.fullmatch(part)]
    return [*filter(None, parts), *filter(None, [why])]


def observed_table(plan: Plan) -> Table | Prose:
    """Where later values were found: observed, expected by then, projected."""
    rows = plan.trajectories[plan.trajectories["observed"].notna()]
    frame = pd.DataFrame(
        {
            "指标": rows["called"],
            "年份": rows["observed_year"].astype(str),
            "观测值": [amount(row.observed, row.observed_unit) for row in rows.itertuples()],
            "按直线路径应为": [amount(row.expected, row.expected_unit) for row in rows.itertuples()],
            "评价": rows["standing"].map(_STANDING),
            "推算到目标年": [
                f"{number(row.projected, 2)}（{number(row.low, 2)}～{number(row.high, 2)}）"
                if pd.notna(row.projected)
                else MISSING
                for row in rows.itertuples()
            ],
            "目标": [amount(row.target, row.target_unit, row.bound) for row in rows.itertuples()],
            "说明": [
                "；".join(filter(None, (told(row.reason_codes), _scope(plan, row))))
                for row in rows.itertuples()
            ],
        }
    )
    note = (
        "推算为最小二乘直线，括号内为 95% 预测区间；年份少，只作描述。符合进度指与路径相差不到半年的变化量。"
    )
    numbers = ["观测值", "按直线路径应为", "推算到目标年", "目标"]
    return table(frame, "observed", f"后来的观测值。{note}", numbers, "没有找到任何指标的后续观测值。")


def _scope(plan: Plan, row) -> str:
    """What part of the region the observed value is of, where its source names another."""
    seen = plan.tables["observations"]
    seen = seen[seen["indicator_id"].eq(row.indicator_id) & seen["year"].eq(row.observed_year)]
    parts = [part for note in seen["note"].dropna() for part in note.split("; ") if " only: " in part]
    found = [_ONLY.fullmatch(part) for part in parts]
    return "；".join(dict.fromkeys(f"观测值只计{m[1]}（源文为“{m[2]}”）" for m in found if m))


def _fields(plan: Plan) -> pd.DataFrame:
    grouped = plan.tables["investments"].groupby("field", sort=False)
    frame = grouped.agg(
        projects=("investment_id", "size"),
        total_yi=("total_yi", lambda values: values.sum(min_count=1)),
        plan_period_yi=("plan_period_yi", lambda values: values.sum(min_count=1)),
        blank=("total_yi", lambda values: int(values.isna().sum())),
    ).reset_index()
    return frame.sort_values("total_yi", ascending=False, kind="stable", na_position="last").reset_index(
        drop=True
    )


def investment_chart(plan: Plan) -> charts.Picture | None:
    """Investment by field."""
    return charts.investment_dots(_fields(plan)) if len(plan.tables["investments"]) else None


def field_table(plan: Plan) -> Table | Prose:
    """Projects and investment by field, added up from the list."""
    if plan.tables["investments"].empty:
        return prose("规划没有列出重大项目。")
    rows = _fields(plan)
    frame = pd.DataFrame(
        {
            "领域": rows["field"],
            "项目（个）": rows["projects"].map(number),
            "总投资（亿元）": rows["total_yi"].map(number),
            "规划期内（亿元）": rows["plan_period_yi"].map(number),
            "规划期内占比": (100 * rows["plan_period_yi"] / rows["total_yi"]).map(percent),
            "没有印投资额的项目（个）": rows["blank"].map(number),
        }
    )
    return table(
        frame, "fields", "各领域的重大项目，由项目表逐项相加，不是规划所印的汇总。", list(frame.columns[1:])
    )


def project_table(plan: Plan) -> Table | None:
    """Every project."""
    rows = plan.tables["investments"]
    if rows.empty:
        return None
    years = [_years(row.start_year, row.end_year) for row in rows.itertuples()]
    frame = pd.DataFrame(
        {
            "编号": rows["investment_id"].map(short),
            "领域": rows["field"],
            "项目": rows["name"],
            "性质": rows["kind"],
            "年限": years,
            "地点": rows["location"],
            "总投资（亿元）": rows["total_yi"].map(number),
            "规划期内（亿元）": rows["plan_period_yi"].map(number),
            "责任单位": rows["owner"],
            "出处": place(rows, plan.documents),
        }
    )
    return table(frame, "projects", "重大项目。“—”为没有印。", ["总投资（亿元）", "规划期内（亿元）"])


def _years(start: object, end: object) -> str:
    if pd.isna(start):
        return MISSING
    return str(start) if pd.isna(end) or start == end else f"{start}—{end}"


def prose_targets(plan: Plan) -> Table | Prose:
    """The targets that the plan's text and boxes set beside the indicators."""
    targets = plan.tables["targets"]
    tasks = plan.tables["tasks"].set_index("task_id")
    frame = pd.DataFrame(
        {
            "承诺": targets["task_id"].map(tasks["text"]).where(~targets["task_id"].duplicated(), "〃"),
            "计量": targets["measure"],
            "目标": [amount(row.value, row.unit, row.bound) for row in targets.itertuples()],
            "累计": targets["cumulative"].map({True: "是", False: ""}),
            "时限": targets["task_id"].map(_deadlines(plan)),
            "出处": targets["target_id"].map(short) + "，" + place(targets, plan.documents),
        }
    )
    note = "时限带“*”的，这一句没有印时限：承前文，前文也没有的按规划期末。"
    note = note if frame["时限"].str.endswith("*").any() else ""
    return table(frame, "prose", f"正文和专栏中的量化目标。{note}", ["目标"], "正文没有读出量化目标。")


def _deadlines(plan: Plan) -> dict[str, str]:
    """Each task's deadline, marked where its own words do not print it."""
    period = plan.documents.iloc[0]
    marked = {}
    for task in plan.tables["tasks"].dropna(subset=["deadline"]).to_dict("records"):
        printed = find_dates(task["text"], year=int(period["year"]), year_end=int(period["year_end"]))
        own = any(date.date == task["deadline"] for date in printed)
        marked[task["task_id"]] = task["deadline"] if own else f"{task['deadline']}*"
    return marked


def observation_sources(plan: Plan) -> Table | Prose:
    """Who published the later values."""
    seen = plan.tables["observations"]
    return cited(plan.tables["sources"], seen[seen["region"].eq(plan.region)]["source_id"])
