"""What a plan promises: tasks, agencies, deadlines, and whose money."""

from __future__ import annotations

import pandas as pd

from minshi_analysis import charts, metrics
from minshi_analysis.facts.same import counted_once
from minshi_analysis.language.bodies import one_name
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.metrics.lines import funding_lines
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import place, short
from minshi_analysis.notebook.reasons import told
from minshi_analysis.notebook.shown import Prose, Table, prose, table
from minshi_analysis.notebook.split import estimated
from minshi_analysis.notebook.words import FUNDER, KIND, amount, date, listed, money, number, percent

__all__ = [
    "candidates",
    "funding_chart",
    "funding_findings",
    "funding_table",
    "promise_findings",
    "promises",
    "unit_costs",
]

UNGROUPED = "未列工程的任务"


def promise_findings(case: Case) -> list[str]:
    """How much each own document promises, to be done by whom and when."""
    out, once = [candidates(case)], counted_once(case.tables)
    for doc_id in case.own:
        tasks = case.of("tasks", (doc_id,))
        row = case.row(doc_id)
        programmes = tasks["programme"].nunique()
        said = f"{KIND[row['kind']]}《{row['title']}》列出 "
        said += f"{programmes} 个工程、" if programmes else ""
        mine = once[once["doc_id"].eq(doc_id) & once["value"].notna()]
        counted, aside = int(mine["counts"].sum()), int((~mine["counts"]).sum())
        said += f"{len(tasks)} 项任务、{counted} 个量化目标"
        said += f"（“其中”所列部分和几级清单的同一承诺 {aside} 个不重复计）" if aside else ""
        leads = tasks["lead_agency"].map(one_name).dropna()
        if len(leads):
            most = leads.value_counts()
            said += f"，由 {most.size} 个牵头单位负责"
            if most.size > 1 and most.iloc[0] > most.iloc[1]:
                said += f"，其中{most.index[0]}最多（{most.iloc[0]} 项）"
        out.append(said + "。" + _deadlines(tasks))
    return out


def candidates(case: Case) -> str:
    """That a plan used here is a list of candidates; nothing where none is."""
    plans = case.documents[case.documents["stage"].eq("candidate").fillna(False).astype(bool)]
    plans = plans[plans["doc_id"].isin((*case.own, *case.above))]
    if plans.empty:
        return ""
    named = "、".join(f"《{title}》" for title in plans["title"])
    return (
        f"{named}是交付代表票决的候选项目清单，不是最终确定的计划：最后定下哪些项目、多少资金，文件没有印。"
    )


def _deadlines(tasks: pd.DataFrame) -> str:
    due = tasks["deadline"].dropna()
    if due.empty:
        return "文件没有逐项印完成时限。"
    last = due.value_counts()
    if last.size == 1 and len(due) == len(tasks):
        return f"全部任务的完成时限都是{date(last.index[0])}。"
    early = sorted(day for day in last.index if day != last.index[0])
    rest = f"，{sum(last[day] for day in early)} 项另有时限（{listed([date(day) for day in early], counter='个日期')}）"
    blank = len(tasks) - len(due)
    none = f"，{blank} 项没有印时限" if blank else ""
    return f"{last.iloc[0]} 项任务的完成时限是{date(last.index[0])}{rest if early else ''}{none}。"


def promises(case: Case) -> Table | Prose:
    """The plan's tasks with agency, deadline and money, and the quantities that their words do not say."""
    plans = case.kinds("plan")
    tasks = case.of("tasks", plans)
    if tasks.empty:
        return prose(
            f"没有收录{case.region} {case.year} 年自己的计划。",
            "报告所列的任务和结果见第四节。" if case.own else "",
            "上级计划分给它的份额见第三节。" if case.above else "",
        )
    cells, unsaid = _money_cells(case), _unsaid(tasks, case.of("targets", plans))
    money_told = "资金为计划测算总额；“合用”指几项任务合用一笔资金；“未印”指文件没有印资金。"
    rows = pd.DataFrame(
        {
            "工程": tasks["programme"],
            "任务": tasks["text"],
            "目标": [unsaid.get(task, "") for task in tasks["task_id"]],
            "牵头单位": tasks["lead_agency"],
            "时限": tasks["deadline"],
            "资金（万元）": [cells.get(task, "未印") for task in tasks["task_id"]],
            "出处": tasks["task_id"].map(short) + "，" + place(tasks, case.documents),
        }
    )
    rows = rows.drop(columns=[name for name in ("工程", "牵头单位", "时限") if rows[name].isna().all()])
    if not cells:
        rows, money_told = rows.drop(columns="资金（万元）"), "文件没有印资金。"
    if not unsaid:
        rows = rows.drop(columns="目标")
    note = "目标：任务的文字没有写出、印在别处的数量。" if unsaid else ""
    note += f"{money_told}出处：任务编号，原文所在处。"
    numbers = ["资金（万元）"] if cells else []
    return table(rows, "promises", f"{case.region}{case.year}年计划的任务。{note}", numbers)


def _unsaid(tasks: pd.DataFrame, targets: pd.DataFrame) -> dict[str, str]:
    """The quantities of each task that its words do not say, such as those of a column of their own."""
    told = {
        task: {(quantity.value, quantity.unit) for quantity in parse_quantities(text)}
        for task, text in zip(tasks["task_id"], tasks["text"], strict=True)
    }
    found: dict[str, list[str]] = {}
    known = targets[targets["value"].notna()]
    several = known["task_id"].duplicated(keep=False)
    for target, named in zip(known.to_dict("records"), several, strict=True):
        value, unit = target["value"], None if pd.isna(target["unit"]) else target["unit"]
        if (value, unit) in told[target["task_id"]]:
            continue
        measure = f"{target['measure']} " if named and pd.notna(target["measure"]) else ""
        found.setdefault(target["task_id"], []).append(measure + amount(value, unit, target["bound"]))
    return {task: "；".join(cells) for task, cells in found.items()}


def _money_cells(case: Case) -> dict[str, str]:
    cells = {}
    for line in funding_lines(case.tables).to_dict("records"):
        for at, task in enumerate(line["task_ids"]):
            text = number(line["total"])
            if len(line["task_ids"]) > 1:
                text = (
                    f"{text}（{len(line['task_ids'])}项合用）"
                    if at == 0
                    else f"合用（{short(line['task_ids'][0])}）"
                )
            cells[task] = text
    return cells


def _funded(case: Case) -> tuple[str, ...]:
    return tuple(doc for doc in case.kinds("plan") if len(case.of("funding", (doc,))))


def funding_findings(case: Case) -> list[str]:
    """Whose money, on what, and how much for a resident."""
    if not _funded(case):
        return [_unprinted(case)] if case.own else []
    whole = metrics.funding_structure(case.region, case.year, tables=case.tables)
    total = whole["total"].iloc[0]
    parts = whole[whole["amount"].notna()].sort_values("amount", ascending=False)
    split = "，".join(
        f"{FUNDER[row.funder]} {money(row.amount)}（{percent(row.value)}）" for row in parts.itertuples()
    )
    out = [f"测算总资金 {money(total)}，其中{split}。" if pd.notna(total) else "计划印有资金，没有印总额。"]
    tasks = funding_lines(case.tables)
    tasks = tasks[tasks["doc_id"].isin(_funded(case)) & tasks["total"].notna()]
    if pd.isna(total) or tasks.empty:
        return out
    biggest = tasks.sort_values("total", ascending=False).iloc[0]
    text = (
        case.of("tasks").set_index("task_id")["text"].get(biggest["task_ids"][0], "")
        if biggest["task_ids"]
        else ""
    )
    shared = f"等 {len(biggest['task_ids'])} 项任务合用的" if len(biggest["task_ids"]) > 1 else ""
    programmes = case.of("tasks", _funded(case))["programme"].nunique()
    zero = int(tasks["total"].eq(0).sum())
    top = metrics.funding_concentration(case.region, case.year, tables=case.tables).set_index("measure")[
        "value"
    ]
    out.append(
        f"最大的一笔是“{text.rstrip('。')}”{shared}：{money(biggest['total'])}，占总资金的 "
        f"{percent(100 * biggest['total'] / total)}"
        + (f"；资金最多的三个工程占 {percent(top['top_3_share'])}" if programmes > 3 else "")
        + (f"；{zero} 笔资金印为 0。" if zero else "。")
    )
    head = metrics.per_capita_funding(case.region, case.year, by="total", tables=case.tables).iloc[0]
    if pd.notna(head["value"]):
        out.append(
            f"按 {date(head['population_date'])}常住人口 {number(head['population'] / 10_000)} 万人计，"
            f"人均 {number(head['value'], 0)} 元（计划测算额，不是决算）。"
        )
    else:
        out.append(f"人均资金无法计算：{told(head['reason_codes'])}。")
    return out


def _unprinted(case: Case) -> str:
    return f"收录的{case.region} {case.year} 年自己的文件没有印资金，实际的资金来源和人均资金不知道。"


def _estimates(case: Case) -> list[str]:
    """What plans above give in place of printed money, told as in the key findings."""
    found = [(case.home(doc_id), estimated(case, doc_id)) for doc_id in case.above]
    return [f"由{home}的计划估算，{own}；怎样估算见第三节末。" for home, own in found if own]


def funding_chart(case: Case) -> charts.Picture | None:
    """Money by programme and funder; nothing where no money is printed, or no programmes are."""
    if not _funded(case):
        return None
    structure = metrics.funding_structure(case.region, case.year, by="programme", tables=case.tables)
    structure = structure[structure["total"].gt(0) & structure["amount"].notna()]
    if structure["programme"].isna().all():  # or empty
        return None
    return charts.funding_bars(structure.fillna({"programme": UNGROUPED}))


def funding_table(case: Case) -> Table | Prose | None:
    """Money by programme: in all, for a resident, by funder."""
    if not case.own:
        return prose(
            f"没有收录{case.region} {case.year} 年自己的文件，实际的资金来源和人均资金不知道。",
            *_estimates(case),
        )
    if not _funded(case):
        return prose(_unprinted(case), *_estimates(case))
    each = metrics.per_capita_funding(case.region, case.year, by=("programme", "funder"), tables=case.tables)
    wide = each.pivot(index=["programme_no", "programme"], columns="funder", values="amount")
    whole = each[each["funder"].eq("total")].set_index(["programme_no", "programme"])
    order = sorted(wide.index, key=lambda key: -whole.loc[key, "amount"])
    if len(order) == 1 and pd.isna(order[0][1]):  # no programmes: the sum says it all
        order = []
    total = metrics.per_capita_funding(case.region, case.year, by=("total", "funder"), tables=case.tables)
    total = total.set_index("funder")
    printed = [name for name in total.index if name != "total"]
    rows = [
        {
            "工程": key[1] if pd.notna(key[1]) else UNGROUPED,
            "总额（万元）": number(whole.loc[key, "amount"]),
            "人均（元）": number(whole.loc[key, "value"], 1),
            **{f"{FUNDER[name]}（万元）": number(wide.loc[key, name]) for name in printed},
            "说明": told(whole.loc[key, "reason_codes"]),
        }
        for key in order
    ]
    rows.append(
        {
            "工程": "合计",
            "总额（万元）": number(total.loc["total", "amount"]),
            "人均（元）": number(total.loc["total", "value"], 1),
            **{f"{FUNDER[n]}（万元）": number(total.loc[n, "amount"]) for n in printed},
            "说明": told(total.loc["total", "reason_codes"]),
        }
    )
    frame = pd.DataFrame(rows)
    return table(
        frame, "funding", "各工程的资金（计划测算）。几项任务合用的资金只计一次。", list(frame.columns[1:-1])
    )


def unit_costs(case: Case, most: int = 12) -> Table | None:
    """What a promised unit costs, where money is printed for one quantity; the dearest first."""
    if not _funded(case):
        return None
    costs = metrics.funding_per_unit(case.region, case.year, tables=case.tables)
    known = costs[costs["value"].gt(0)].sort_values("value", ascending=False)
    if known.empty:
        return None
    text = case.tables["tasks"].set_index("task_id")["text"]
    shown = known.head(most)
    rows = pd.DataFrame(
        {
            "任务": shown["task_id"].map(text),
            "资金（万元）": shown["amount"].map(number),
            "每单位（元）": [number(row.value, 0) for row in shown.itertuples()],
            "单位": shown["unit"],
            "出处": shown["target_id"].map(short),
        }
    )
    note = f"共 {len(known)} 个目标可算"
    if len(costs) > len(known):
        note += (
            f"；其余 {len(costs) - len(known)} 个因几项任务合用资金、资金为 0 或未印、目标不是数量而不能算"
        )
    return table(
        rows,
        "unit-costs",
        f"每单位的测算资金，最高的 {len(shown)} 个。{note}。",
        ["资金（万元）", "每单位（元）"],
    )
