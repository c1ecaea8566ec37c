"""When: the milestones that a plan promises on the way."""

from __future__ import annotations

import pandas as pd

from minshi_analysis import charts, metrics
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import short
from minshi_analysis.notebook.shown import Prose, Table, prose, table
from minshi_analysis.notebook.words import MISSING, percent

__all__ = ["milestone_chart", "milestone_findings", "milestone_table"]

_KINDS = {"quantity": "数量", "percent": "比例", "stage": "开工等状态", "qualitative": "文字"}


def _dated(case: Case) -> tuple[str, ...]:
    return tuple(doc for doc in case.kinds("plan") if len(case.of("milestones", (doc,))))


def milestone_findings(case: Case) -> list[str]:
    """In which months the milestones fall, and how much is left to the last quarter."""
    plans = _dated(case)
    if not plans:
        return []
    stones = case.of("milestones", plans)
    stones = stones[stones["due"].notna()]
    months = stones["due"].str[5:7].astype(int).value_counts()
    kinds = stones["kind"].value_counts()
    most = "、".join(f"{month}月（{count} 个）" for month, count in months.head(4).items())
    said = "、".join(f"{kinds.get(kind, 0)} 个为{word}" for kind, word in _KINDS.items())
    out = [f"计划承诺了 {len(stones)} 个中间节点（{said}），集中在{most}。"]
    late = metrics.back_loading(case.region, case.year, per="city", tables=case.tables).set_index("scope")
    if "printed" in late.index and pd.notna(late.at["printed", "value"]):
        row = late.loc["printed"]
        out.append(
            f"{int(row['of_tasks'])} 项任务中 {int(row['tasks'])} 项印有九月底以前的进度（或时限已到），平均把 "
            f"{percent(row['value'])} 的工作量留到第四季度；其余没有印，留到第四季度多少不知道。"
        )
    return out


def milestone_chart(case: Case) -> charts.Picture | None:
    """The promised curve; nothing where the plan promises no milestones."""
    if not _dated(case):
        return None
    shares = metrics.milestone_curve(case.region, case.year, tables=case.tables)
    city = metrics.milestone_curve(case.region, case.year, per="city", tables=case.tables)
    return charts.milestone_steps(shares, city, case.year)


def milestone_table(case: Case) -> Table | Prose | None:
    """What share of each task is promised by each quarter's end."""
    if not case.own:
        return prose(f"没有收录{case.region}自己的 {case.year} 年文件。")
    if not _dated(case):
        return prose(f"收录的{case.region} {case.year} 年文件没有承诺年中的进度节点。")
    states = metrics.milestone_curve(case.region, case.year, per="task", tables=case.tables)
    text = case.of("tasks").set_index("task_id")["text"]
    rows = []
    for task, part in states.groupby("task_id", sort=False):
        part = part.sort_values("due")
        if not part["targets"].max():
            continue
        quarters = {
            f"{at}季度末": percent(value, 0) for at, value in zip("一二三四", part["value"], strict=True)
        }
        early = part["value"].iloc[:3].notna().any()
        basis = "所印节点" if early else "只有最终时限" if part["value"].notna().any() else MISSING
        rows.append({"任务": text[task], **quarters, "依据": basis, "出处": short(task)})
    frame = pd.DataFrame(rows)
    note = "几个目标的任务只平均印有进度的目标；“—”为届时没有印出进度，不是零。存量水平、比率和开工数没有进度曲线，不在表中。"
    return table(frame, "milestones", f"到各季度末承诺完成的比例。{note}", list(frame.columns[1:5]))
