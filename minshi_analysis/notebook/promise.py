"""What a plan promises: tasks, agencies, deadlines, and whose money."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from minshi_analysis import metrics
from minshi_analysis.facts.same import counted_once
from minshi_analysis.language.bodies import one_name
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.metrics.lines import funding_lines
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import short, sourced
from minshi_analysis.notebook.saying import joined, quoted, some, unread_of
from minshi_analysis.notebook.split import estimated
from minshi_analysis.reasons import Reason, decoded, quantity, why

__all__ = [
    "candidates",
    "funded",
    "funding_findings",
    "money_by_programme",
    "paid_for",
    "promise_findings",
    "promises",
    "unit_costs",
    "unprinted",
]


_BETWEEN = "[、,，;；]"
WAN = "万元"  # units of the tables
YUAN = "元"


def promise_findings(case: Case) -> list[Reason | None]:
    """How much each own document promises, to be done by whom and when."""
    out: list[Reason | None] = [candidates(case)]
    once = counted_once(case.tables)
    for doc_id in case.own:
        tasks, row = case.of("tasks", (doc_id,)), case.row(doc_id)
        mine = once[once["doc_id"].eq(doc_id) & once["value"].notna()]
        aside = int((~mine["counts"]).sum())
        programmes = tasks["programme"].nunique()
        out.append(
            why(
                "notebook.promised",
                kind=row["kind"],
                title=row["title"],
                programmes=why("notebook.programmes", count=programmes) if programmes else None,
                tasks=len(tasks),
                targets=int(mine["counts"].sum()),
                aside=why("notebook.counted_aside", count=aside) if aside else None,
                leads=_leads(tasks),
                due=_deadlines(tasks, unread_of(case.tables["unread"], (doc_id,), "deadlines")),
            )
        )
    return out


def _leads(tasks: pd.DataFrame) -> Reason | None:
    bodies = tasks["lead_agency"].dropna().str.split(_BETWEEN).explode()  # a task led by two counts for both
    leads = bodies.map(one_name).dropna()
    if leads.empty:
        return None
    most = leads.value_counts()
    first = most.size > 1 and most.iloc[0] > most.iloc[1]
    top = why("notebook.leads_most", agency=most.index[0], count=int(most.iloc[0])) if first else None
    return why("notebook.leads", count=int(most.size), most=top)


def candidates(case: Case) -> Reason | None:
    """That a plan used here is a list of candidates; nothing where none is."""
    plans = case.documents[case.documents["stage"].eq("candidate").fillna(False).astype(bool)]
    plans = plans[plans["doc_id"].isin((*case.own, *case.above))]
    if plans.empty:
        return None
    return why(
        "notebook.candidates", titles=[why("notebook.titled", title=title) for title in plans["title"]]
    )


def _deadlines(tasks: pd.DataFrame, unread: pd.DataFrame) -> Reason:
    due = tasks["deadline"].dropna()
    if due.empty:
        return why("notebook.due_unread" if len(unread) else "notebook.due_none", unread=len(unread))
    last = due.value_counts()
    if last.size == 1 and len(due) == len(tasks):
        return why("notebook.due_all", day=last.index[0])
    early = sorted(day for day in last.index if day != last.index[0])
    days = some([why("notebook.day", day=day) for day in early])
    other = (
        why("notebook.due_other", count=int(sum(last[day] for day in early)), days=days) if early else None
    )
    blank = len(tasks) - len(due)
    return why(
        "notebook.due_most",
        count=int(last.iloc[0]),
        day=last.index[0],
        other=other,
        blank=why("notebook.due_blank", count=blank) if blank else None,
    )


def promises(case: Case) -> pd.DataFrame:
    """The plan's tasks with agency, deadline and money, and the quantities that their words do not say.

    Returns
    -------
    DataFrame
        task_id, programme, text, unsaid (where a quantity stands outside the text), lead_agency, deadline, money (万元; the printed
        total, what it is shared with, or that none is printed), place.
    """
    plans = case.kinds("plan")
    tasks = case.of("tasks", plans)
    cells, unsaid = _money_cells(case), _unsaid(tasks, case.of("targets", plans))
    blank = why("notebook.not_printed")
    rows = pd.DataFrame(
        {
            "task_id": tasks["task_id"],
            "programme": tasks["programme"],
            "text": tasks["text"],
            "unsaid": [unsaid.get(task, "") for task in tasks["task_id"]],
            "lead_agency": tasks["lead_agency"],
            "deadline": tasks["deadline"],
            "money": [cells.get(task, blank) for task in tasks["task_id"]],
            "place": sourced(tasks["task_id"], tasks, case.documents, case.lang),
        }
    )
    dropped = ([] if cells else ["money"]) + ([] if unsaid else ["unsaid"])
    return rows.drop(columns=dropped)


def _unsaid(tasks: pd.DataFrame, targets: pd.DataFrame) -> dict[str, tuple[Reason, ...]]:
    """The quantities of each task that its words do not say, such as those of a column of their own."""
    told = {
        task: {(each.value, each.unit) for each in parse_quantities(text)}
        for task, text in zip(tasks["task_id"], tasks["text"], strict=True)
    }
    found: dict[str, tuple[Reason, ...]] = {}
    known = targets[targets["value"].notna()]
    several = known["task_id"].duplicated(keep=False)
    for target, named in zip(known.to_dict("records"), several, strict=True):
        value, unit = target["value"], None if pd.isna(target["unit"]) else target["unit"]
        if (value, unit) in told[target["task_id"]]:
            continue
        said: Any = quantity(value, unit, target["bound"])
        if named and pd.notna(target["measure"]):
            said = why("notebook.measured", measure=target["measure"], amount=said)
        found[target["task_id"]] = (*found.get(target["task_id"], ()), said)
    return found


def _money_cells(case: Case) -> dict[str, Reason]:
    cells = {}
    for line in funding_lines(case.tables).to_dict("records"):
        shared = len(line["task_ids"])
        for at, task in enumerate(line["task_ids"]):
            if shared == 1:
                cells[task] = why("notebook.money", amount=line["total"])
            elif at == 0:
                cells[task] = why("notebook.money_shared", amount=line["total"], count=shared)
            else:
                cells[task] = why("notebook.money_with", id=short(line["task_ids"][0]))
    return cells


def funded(case: Case) -> tuple[str, ...]:
    """The own plans that print money."""
    return tuple(doc for doc in case.kinds("plan") if len(case.of("funding", (doc,))))


def funding_findings(case: Case) -> list[Reason | None]:
    """Whose money, on what, and how much for a resident."""
    if not funded(case):
        return [unprinted(case)] if case.own else []
    whole = case.ask(metrics.funding_structure)
    total = whole["total"].iloc[0]
    if pd.isna(total):
        return [why("notebook.money_no_total")]
    parts = whole[whole["amount"].notna()].sort_values("amount", ascending=False)
    said = [
        why("notebook.money_part", funder=row.funder, amount=row.amount, share=row.value)
        for row in parts.itertuples()
    ]
    out: list[Reason | None] = [
        why("notebook.money_total", total=total, parts=said, ids=paid_for(case, parts["source_ids"]))
    ]
    lines = funding_lines(case.tables)
    lines = lines[lines["doc_id"].isin(funded(case)) & lines["total"].notna()]
    if lines.empty:
        return out
    out.append(_biggest(case, lines, total))
    head = case.ask(metrics.per_capita_funding, by="total").iloc[0]
    if pd.notna(head["value"]):
        out.append(
            why(
                "notebook.money_per_head",
                day=head["population_date"],
                people=head["population"],
                value=head["value"],
                ids=paid_for(case, [head["source_ids"]]),
            )
        )
    else:
        out.append(why("notebook.money_per_head_unknown", reasons=list(decoded(head["reason_codes"]))))
    return out


def _biggest(case: Case, lines: pd.DataFrame, total: float) -> Reason:
    biggest = lines.sort_values("total", ascending=False).iloc[0]
    ids = list(biggest["task_ids"])
    text = case.of("tasks").set_index("task_id")["text"].get(ids[0], "") if ids else ""
    programmes = case.of("tasks", funded(case))["programme"].nunique()
    top = case.ask(metrics.funding_concentration).set_index("measure")["value"]
    zero = int(lines["total"].eq(0).sum())
    return why(
        "notebook.money_biggest",
        task=quoted(text),
        shared=why("notebook.money_of_tasks", count=len(ids)) if len(ids) > 1 else None,
        amount=biggest["total"],
        share=100 * biggest["total"] / total,
        three=why("notebook.money_three", share=top["top_3_share"]) if programmes > 3 else None,
        zero=why("notebook.money_zero", count=zero) if zero else None,
        ids=joined(ids),
    )


def paid_for(case: Case, source_ids: Iterable[str]) -> str:
    """The tasks that lines of money pay for, of the largest line first: rows that the page's tables have."""
    lines = {row.partition("@")[0] for ids in source_ids for row in str(ids).split("|")}
    money = case.tables["funding"]
    money = money[money["funding_id"].isin(lines) & money["funder"].eq("total")]
    money = money.sort_values("amount_wan", ascending=False, kind="stable")
    tasks = case.tables["funding_tasks"].drop_duplicates("funding_id").set_index("funding_id")["task_id"]
    return joined(tasks.reindex(money["funding_id"]).dropna())


def unprinted(case: Case) -> Reason:
    """That the own documents print no money; where something was not understood that may be money, that instead."""
    unread = unread_of(case.tables["unread"], case.own, "money")
    return why(
        "notebook.money_unread" if len(unread) else "notebook.money_none",
        region=case.region,
        year=case.year,
        parts=[why("notebook.unread_item", text=_cut(text)) for text in unread["text"].head(3)]
        if len(unread)
        else None,
    )


def _cut(text: object, most: int = 40) -> str:
    text = " ".join(str(text).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def money_elsewhere(case: Case) -> list[Reason]:
    """What is known of a region's money whose own documents print none: estimates from plans above."""
    if funded(case):
        return []
    first = (
        unprinted(case) if case.own else why("notebook.money_no_document", region=case.region, year=case.year)
    )
    found = [(case.home(doc_id), estimated(case, doc_id)) for doc_id in case.above]
    return [first, *(why("notebook.money_estimated", home=home, own=own) for home, own in found if own)]


def money_by_programme(case: Case) -> pd.DataFrame:
    """Money by programme: in all, for a resident, by funder (万元, 元), largest first, and the sum of all.

    Returns
    -------
    DataFrame
        programme, total, per_capita, a column for each funder that is printed, reason_codes.
    """
    if not funded(case):
        return pd.DataFrame()
    each = case.ask(metrics.per_capita_funding, by=("programme", "funder")).fillna({"programme": ""})
    whole = case.ask(metrics.per_capita_funding, by=("total", "funder")).assign(programme=None)
    printed = [name for name in whole["funder"] if name != "total"]
    if (
        each["programme"].nunique() == 1 and each["programme"].iloc[0] == ""
    ):  # no programmes: the sum says it all
        each = each.iloc[:0]
    rows = []
    for part in (each, whole):
        groups = [
            group.set_index("funder") for _, group in part.groupby("programme", sort=False, dropna=False)
        ]
        for group in sorted(groups, key=lambda group: -group.at["total", "amount"]):
            rows.append(
                {
                    "programme": why("notebook.all_programmes")
                    if part is whole
                    else group["programme"].iloc[0] or why("notebook.no_programme"),
                    "total": group.at["total", "amount"],
                    "per_capita": group.at["total", "value"],
                    **{name: group["amount"].get(name) for name in printed},
                    "reason_codes": group.at["total", "reason_codes"],
                }
            )
    frame = pd.DataFrame(rows)
    units = {"per_capita": YUAN} | dict.fromkeys(["total", *printed], WAN)
    return frame.assign(**{f"{name}_unit": unit for name, unit in units.items()})


def unit_costs(case: Case) -> pd.DataFrame:
    """What a promised unit costs, where money is printed for one quantity; the dearest first.

    Returns
    -------
    DataFrame
        target_id, text, amount, value (元 for a unit), per (the unit), place. The attribute `left` counts targets that have none.
    """
    costs = case.ask(metrics.funding_per_unit)
    known = costs[costs["value"].gt(0)].sort_values("value", ascending=False)
    text = case.tables["tasks"].set_index("task_id")["text"]
    rows = pd.DataFrame(
        {
            "target_id": known["target_id"],
            "text": known["task_id"].map(text),
            "amount": known["amount"],
            "amount_unit": WAN,
            "cost": known["value"].round(),
            "cost_unit": known["unit"],
        }
    )
    rows.attrs["left"] = len(costs) - len(known)
    return rows
