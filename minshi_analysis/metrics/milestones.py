"""The promised curve of the year: what share of each promise is due by when, and how much is left to the
end.
"""

from collections.abc import Mapping

import pandas as pd

from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.result import because, join_ids, natural, result

__all__ = ["back_loading", "milestone_curve", "promised_shares"]

# Why a milestone is left out of the curves.
OVERTAKEN = "more than a later milestone promises: it counts something else, and is not in the curve"
QUARTER_ENDS = ("03-31", "06-30", "09-30", "12-31")


def milestone_curve(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    per: str = "target",
) -> pd.DataFrame:
    """The share of each promise due by each date: ``100 * milestone / target``, or the printed per cent.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, milestones. Only plans.
    per : {'target', 'task', 'city'}
        `target`: each printed milestone. `task` and `city`: the state at each quarter's end, the mean over
        the task's targets and then over the tasks, all weighing alike.

    Returns
    -------
    DataFrame
        Keys doc_id, task_id, target_id (as far as `per` goes; for the city `scope`), due; value (%). Per
        target: milestone (its unit), kind, bound (`at_least`: a lower bound), basis (`printed`, or
        `deadline`: the promise itself, due whole on the task's deadline), text. Per task: targets and
        dated, those with a milestone in numbers before the deadline (个). Per city: tasks (项); scope is
        `all` (a promise without numbered milestones counts 0 until its deadline: nothing is promised
        earlier) and `dated` (only tasks with numbered milestones). source_ids; reason.

    Notes
    -----
    A promise in words (`完成招标`) has no share and stays as a row without value.

    Examples
    --------
    >>> curve = milestone_curve("杭州市", 2024)
    >>> jobs = curve[curve["target_id"].eq("hangzhou-2024-plan/3.3#1")]
    >>> dict(zip(jobs["due"], jobs["value"], strict=True))  # 6, 13, 20 and 25 of 25万人
    {'2024-03-31': 24.0, '2024-06-30': 52.0, '2024-09-30': 80.0, '2024-11-30': 100.0}
    """
    if per not in ("target", "task", "city"):
        raise ValueError(f"per is {per!r}: choose target, task or city")
    t = resolve(("tasks", "targets", "milestones"), region, year, tables, kinds=("plan",))
    shares = promised_shares(t)
    if per == "target":
        return shares
    tasks = _task_states(t, shares)
    if per == "task":
        figures = {"value": "%", "targets": "个", "dated": "个"}
        return result(tasks, ["doc_id", "task_id", "due"], figures, ["programme", "deadline"])
    return result(_city_states(tasks), ["doc_id", "scope", "due"], {"value": "%", "tasks": "项"})


def back_loading(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    per: str = "task",
) -> pd.DataFrame:
    """What is left to the last quarter: ``100 - share due by 30 September``, %.

    Parameters
    ----------
    region, year, tables
        As in :func:`milestone_curve`.
    per : {'task', 'city'}

    Returns
    -------
    DataFrame
        Keys doc_id and task_id (or `scope`); value (%), targets and dated (个) or tasks (项); source_ids;
        reason. 100 for a task without milestones in numbers whose deadline is in the last quarter: `reason`
        says that it rests on the deadline alone.

    Examples
    --------
    >>> found = back_loading("杭州市", 2024).set_index("task_id")["value"]
    >>> float(found["hangzhou-2024-plan/4.3"])  # 加装电梯: 750 of 1000 by the end of September
    25.0
    """
    if per not in ("task", "city"):
        raise ValueError(f"per is {per!r}: choose task or city")
    states = milestone_curve(region, year, tables=tables, per=per)
    third = states[states["due"].str.endswith(QUARTER_ENDS[2])].copy()
    third["value"] = 100 - third["value"]
    return third.drop(columns="due").reset_index(drop=True)


def promised_shares(t: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The printed milestones of each target as shares, and the promise itself as due on the deadline.

    Parameters
    ----------
    t : mapping
        tasks, targets, milestones.

    Returns
    -------
    DataFrame
        As :func:`milestone_curve` per target.
    """
    targets = {row["target_id"]: row for row in t["targets"].to_dict("records")}
    of_task: dict[str, list[str]] = {}
    for target_id, target in targets.items():
        of_task.setdefault(target["task_id"], []).append(target_id)
    deadline = dict(zip(t["tasks"]["task_id"], t["tasks"]["deadline"], strict=True))
    rows = []
    for row in t["milestones"].to_dict("records"):
        for target_id in _targets_meant(row, of_task):
            rows.append(_share(row, target_id, targets.get(target_id)))
    whole: dict[str, str] = {}  # when a milestone promises all of a target, at the latest
    for row in rows:
        if pd.notna(row["due"]) and row["value"] >= 100:
            whole[row["target_id"]] = max(row["due"], whole.get(row["target_id"], ""))
    for target_id, target in targets.items():
        due = deadline.get(target["task_id"])
        if pd.notna(due) and whole.get(target_id, "") < due:
            rows.append(_promise_itself(target, due))
    for row in _overtaken(rows):
        row["reason"] = because(row["reason"], OVERTAKEN)
    keys = ["doc_id", "task_id", "target_id", "due", "basis", "text"]
    notes = ["measure", "kind", "bound"]
    frame = result(rows, keys, {"value": "%", "milestone": None}, notes)
    return frame[["doc_id", "task_id", "target_id", "due", "value", "unit", "milestone", "milestone_unit",
                  "measure", "kind", "bound", "basis", "text", "source_ids", "reason"]]  # fmt: skip


def _targets_meant(row: Mapping, of_task: Mapping[str, list[str]]) -> list:
    """The target named; else all of the task's: 各项任务完成50% is said of each."""
    if pd.notna(row["target_id"]):
        return [row["target_id"]]
    own = of_task.get(row["task_id"], [])
    return own if len(own) == 1 or (own and row["kind"] != "quantity") else [None]


def _share(row: Mapping, target_id: str | None, target: Mapping | None) -> dict:
    value, reason = float("nan"), None
    if pd.isna(row["value"]):
        reason = "promised in words"
    elif row["kind"] == "percent" or (row["unit"] == "%" and (target is None or target["unit"] != "%")):
        value = row["value"]
    elif target is None:
        reason = "the milestone names no target of the task"
    elif pd.isna(target["value"]) or target["value"] == 0:
        reason = "the target has no printed number"
    elif pd.notna(row["unit"]) and pd.notna(target["unit"]) and row["unit"] != target["unit"]:
        reason = f"the milestone is in {row['unit']}, the target in {target['unit']}"
    else:
        value = 100 * row["value"] / target["value"]
    if (
        row["kind"] == "percent"
        and target is not None
        and target["unit"] == "%"
        and pd.notna(target["value"])
    ):
        # A rate that rises: 80% of people now, 83% in the end. Its share is of the rate promised.
        value = 100 * row["value"] / target["value"]
    return {
        "doc_id": row["doc_id"],
        "task_id": row["task_id"],
        "target_id": target_id,
        "due": row["due"],
        "value": value,
        "milestone": row["value"],
        "milestone_unit": row["unit"] if pd.notna(row["unit"]) else "（未印单位）",
        "measure": target["measure"] if target is not None else None,
        "kind": row["kind"],
        "bound": row["bound"],
        "basis": "printed",
        "text": row["text"],
        "source_ids": join_ids(target_id or row["task_id"]),
        "reason": reason if pd.notna(row["due"]) else because(reason, "no date is printed"),
    }


def _promise_itself(target: Mapping, due: str) -> dict:
    return {
        "doc_id": target["doc_id"],
        "task_id": target["task_id"],
        "target_id": target["target_id"],
        "due": due,
        "value": 100.0,
        "milestone": target["value"],
        "milestone_unit": target["unit"] if pd.notna(target["unit"]) else "（未印单位）",
        "measure": target["measure"],
        "bound": target["bound"],
        "basis": "deadline",
        "source_ids": target["target_id"],
        "reason": "the whole promise is due on the task's deadline",
    }


def _overtaken(rows: list[dict]) -> list[dict]:
    """Milestones above a later one of their target: they count something else, such as works begun."""
    lowest: dict[str, float] = {}
    told = [row for row in rows if row["target_id"] and row["value"] == row["value"] and pd.notna(row["due"])]
    told.sort(key=lambda row: row["value"])
    found = []
    for row in sorted(told, key=lambda row: row["due"], reverse=True):
        if row["value"] > lowest.get(row["target_id"], float("inf")):
            found.append(row)
        lowest[row["target_id"]] = min(row["value"], lowest.get(row["target_id"], float("inf")))
    return found


def _task_states(t: Mapping[str, pd.DataFrame], shares: pd.DataFrame) -> list[dict]:
    """Each task at each quarter's end; a task without targets stays, without value."""
    year = dict(zip(t["documents"]["doc_id"], t["documents"]["year"], strict=True))
    told: dict[str, list[dict]] = {}
    for row in shares[shares["value"].notna() & shares["due"].notna()].to_dict("records"):
        overtaken = isinstance(row["reason"], str) and OVERTAKEN in row["reason"]
        if not overtaken and pd.notna(row["target_id"]):
            told.setdefault(row["task_id"], []).append(row)
    own: dict[str, list[str]] = {}
    for task_id, target_id in zip(t["targets"]["task_id"], t["targets"]["target_id"], strict=True):
        own.setdefault(task_id, []).append(target_id)
    rows = []
    for task in t["tasks"].to_dict("records"):
        mine, targets = told.get(task["task_id"], []), sorted(own.get(task["task_id"], []), key=natural)
        latest = task["deadline"] if pd.notna(task["deadline"]) else "9"
        dated = len({r["target_id"] for r in mine if r["basis"] == "printed" and r["due"] < latest})
        for end in QUARTER_ENDS:
            due = f"{year[task['doc_id']]}-{end}"
            until: dict[str, float] = {}
            for row in mine:
                if row["due"] <= due:
                    until[row["target_id"]] = max(row["value"], until.get(row["target_id"], row["value"]))
            reached = [min(until.get(target, 0.0), 100.0) for target in targets]
            state = sum(reached) / len(targets) if targets else None
            undated = pd.isna(task["deadline"]) and targets and not mine
            rows.append(
                {
                    "doc_id": task["doc_id"],
                    "task_id": task["task_id"],
                    "programme": task["programme"],
                    "deadline": task["deadline"],
                    "due": due,
                    "value": None if undated else state,
                    "targets": len(targets),
                    "dated": dated,
                    "source_ids": join_ids(task["task_id"], targets),
                    "reason": because(
                        None if targets else "the task has no quantity",
                        "neither a milestone in numbers nor a deadline" if undated else None,
                        "no milestone in numbers before the deadline"
                        if targets and not dated and not undated
                        else None,
                    ),
                }
            )
    return rows


def _city_states(tasks: list[dict]) -> list[dict]:
    rows = []
    for doc_id, due in sorted({(row["doc_id"], row["due"]) for row in tasks}):
        here = [row for row in tasks if (row["doc_id"], row["due"]) == (doc_id, due)]
        known = [row for row in here if row["value"] is not None]
        for scope, chosen in (("all", known), ("dated", [row for row in known if row["dated"]])):
            left = len(here) - len(known)
            rows.append(
                {
                    "doc_id": doc_id,
                    "scope": scope,
                    "due": due,
                    "value": sum(row["value"] for row in chosen) / len(chosen) if chosen else None,
                    "tasks": len(chosen),
                    "source_ids": join_ids([row["task_id"] for row in chosen]) or doc_id,
                    "reason": because(
                        None if chosen else "no task has a milestone in numbers",
                        f"{left} of {len(here)} tasks have no quantity or date" if left else None,
                    ),
                }
            )
    return rows
