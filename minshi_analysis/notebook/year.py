"""When: the milestones that a plan promises on the way."""

from __future__ import annotations

import pandas as pd

from minshi_analysis import metrics
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import short
from minshi_analysis.notebook.saying import joined, quoted
from minshi_analysis.reasons import Reason, quantity, why

__all__ = ["dated", "first_counted", "milestone_findings", "no_milestones", "quarters"]

KINDS = ("quantity", "percent", "stage", "qualitative")
# What most people look for first where a plan has many promises: schools, care, clinics, homes.
NEAR = ("学校", "中小学", "幼儿园", "学位", "养老", "托位", "医院", "卫生院", "住房")
SECOND_QUARTER = "04-01"


def dated(case: Case) -> tuple[str, ...]:
    """The own plans that print milestones."""
    return tuple(doc for doc in case.kinds("plan") if len(case.of("milestones", (doc,))))


def milestone_findings(case: Case) -> list[Reason | None]:
    """In which months the milestones fall, and how much is left to the last quarter."""
    plans = dated(case)
    if not plans:
        return []
    stones = case.of("milestones", plans)
    stones = stones[stones["due"].notna()]
    months, kinds = stones["due"].str[5:7].astype(int).value_counts(), stones["kind"].value_counts()
    out: list[Reason | None] = [
        why(
            "notebook.stones",
            count=len(stones),
            last=int(
                stones["due"]
                .eq(stones["task_id"].map(case.of("tasks", plans).set_index("task_id")["deadline"]))
                .sum()
            ),
            kinds=[why(f"notebook.stones_{kind}", count=int(kinds.get(kind, 0))) for kind in KINDS],
            months=[why("notebook.stones_in", month=int(m), count=int(n)) for m, n in months.head(4).items()],
        )
    ]
    late = case.ask(metrics.back_loading, per="city").set_index("scope")
    if "printed" in late.index and pd.notna(late.at["printed", "value"]):
        row = late.loc["printed"]
        out.append(
            why("notebook.back_loaded", of=int(row["of_tasks"]), tasks=int(row["tasks"]), share=row["value"])
        )
    return out


def first_counted(case: Case) -> pd.DataFrame:
    """For each promise of whole things with printed steps: the first step that prints a number, before which nothing countable is due.

    Returns
    -------
    DataFrame
        target_id, task_id, measure, value, unit, due and first (the step's number), near (how soon many look for it: NEAR).
    """
    stones = case.of("milestones", dated(case))
    counted = stones[
        stones["kind"].isin(["quantity", "percent"]) & stones["due"].notna() & stones["target_id"].notna()
    ]
    counted = counted.sort_values(["due", "target_id"]).drop_duplicates("target_id")
    targets = case.of("targets", dated(case)).set_index("target_id")
    frame = pd.DataFrame(
        {
            "target_id": counted["target_id"],
            "task_id": counted["task_id"],
            "measure": counted["target_id"].map(targets["measure"]),
            "value": counted["target_id"].map(targets["value"]),
            "unit": counted["target_id"].map(targets["unit"]),
            "due": counted["due"],
            "first": counted["value"],
            "first_unit": counted["unit"],
        }
    )
    near = frame["measure"].fillna("").map(lambda text: [*(word in text for word in NEAR), True].index(True))
    return frame.assign(near=near).sort_values("target_id", kind="stable").reset_index(drop=True)


def nothing_in_spring(case: Case) -> Reason | None:
    """How many promises print their first countable step after the first quarter, with one that many look for."""
    rows = first_counted(case)
    if rows.empty:
        return None
    late = rows[rows["due"].ge(f"{case.year}-{SECOND_QUARTER}")]
    near = late[late["near"].lt(len(NEAR)) & ~late["unit"].eq("%")].sort_values("near", kind="stable")
    if near.empty:
        return None
    row = near.iloc[0]
    return why(
        "notebook.headline_spring",
        thing=quoted(row["measure"]),
        whole=quantity(row["value"], row["unit"]),
        day=row["due"],
        first=quantity(row["first"], row["first_unit"]),
        late=len(late),
        of=len(rows),
        ids=joined([row["target_id"]]),
    )


def no_milestones(case: Case) -> Reason | None:
    """Why there is no table of milestones; None where there is one."""
    about = {"region": case.region, "year": case.year}
    if not case.own:
        return why("notebook.stones_no_document", **about)
    return None if dated(case) else why("notebook.stones_none", **about)


def quarters(case: Case) -> pd.DataFrame:
    """What share of each task is promised by each quarter's end.

    Returns
    -------
    DataFrame
        task_id, text, q1 to q4 (%; missing where none is printed by then), basis, number.
    """
    if not dated(case):
        return pd.DataFrame()
    states = case.ask(metrics.milestone_curve, per="task")
    text = case.of("tasks").set_index("task_id")["text"]
    rows = []
    for task, part in states.groupby("task_id", sort=False):
        part = part.sort_values("due")
        if not part["targets"].max():
            continue
        ends = dict(zip(("q1", "q2", "q3", "q4"), part["value"], strict=True))
        early = part["value"].iloc[:3].notna().any()
        basis = "stones" if early else "deadline" if part["value"].notna().any() else None
        about = why(f"notebook.basis_{basis}") if basis else None
        rows.append({"task_id": task, "text": text[task], **ends, "rests_on": about, "number": short(task)})
    units = {f"q{at}_unit": "%" for at in range(1, 5)}
    return pd.DataFrame(rows).assign(**units)
