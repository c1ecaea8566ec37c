"""The promised curve of the year: what share of each promise is due by when, and how much is left to the
end.
"""

import re
from collections.abc import Mapping

import pandas as pd

from minshi_analysis.language import works
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.result import because, join_ids, natural, result
from minshi_analysis.reasons import Reason, why
from minshi_analysis.tables.ids import numbered_ids

__all__ = ["QUARTER_ENDS", "back_loading", "milestone_curve", "promised_shares"]

NO_UNIT = "（未印单位）"
QUARTER_ENDS = ("03-31", "06-30", "09-30", "12-31")
# A step that counts works begun, or says how far they are: no part of a promise that counts finished ones.
_BEGUN = re.compile(rf"(?:{works.BEGUN}|招标|立项)[^,;。%\d]{{0,6}}$")
_PLANNED = re.compile(r"^[^,;。]{0,12}(?:方案|名单|清单|计划)")
_STATE = re.compile(r"形象进度[^,;。\d]{0,4}$")
# Words that end a task: all of it is done by then.
_ALL_DONE = re.compile(
    rf"(?:全[部面]|所有\w{{0,8}}?|各项\w{{0,8}}?)(?:完成|{works.FINISHED})(?!率|[^,;。]{{0,8}}(?:{works.PREPARED}|培训))"
    r"|完成(?:了)?(?:全部|所有|全年|年度)(?:\w{0,10}?)(?:任务|内容|建设|项目|工程)?(?:$|[,;。])"
)
_BASICALLY = re.compile(r"基本(?:完成|建成)")


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
        `target`: each printed milestone. `task` and `city`: the state at each quarter's end, the mean over the
        task's flows that print one by then, and over the tasks that have one, all weighing alike.

    Returns
    -------
    DataFrame
        Keys doc_id, task_id, target_id (as far as `per` goes; for the city `scope`), due; value (%). Per
        target: milestone (its unit), left (what is then to come, in the target's unit; 百分点 for rates), nature, kind, bound
        (`at_least`: a lower bound), basis (`printed`; `words`: the words say that all is done; `deadline`: the
        promise itself, due whole on the task's deadline), text. Per task: targets and dated, those whose state is printed
        by then (个). Per city: tasks that have a state, and of_tasks, all of the document (项); scope is `printed` (each task
        that prints a state by then) and `constant` (those that print one for every quarter before the last: the same tasks
        along the curve). stage; source_ids; reason.

    Notes
    -----
    Curves are for flows. A promise without a printed state is missing, never nought. A level or a rate (保障率达到80%) does
    not grow from nought, and has no share: its milestones stand as they are printed, with what is left. Works begun
    (进场施工60个) and 形象进度 are states of the works. A part is not counted beside its whole.

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
    rows = _share_rows(t)
    if per == "target":
        return _shares_frame(rows, t["documents"])
    tasks = _task_states(t, rows)
    if per == "task":
        figures = {"value": "%", "targets": "个", "dated": "个"}
        notes = ["programme", "deadline"]
        return result(tasks, ["doc_id", "task_id", "due"], figures, notes, t["documents"])
    figures = {"value": "%", "tasks": "项", "of_tasks": "项"}
    return result(_city_states(tasks), ["doc_id", "scope", "due"], figures, (), t["documents"])


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
        Keys doc_id and task_id (or `scope`); value (%), targets and dated (个) or tasks and of_tasks (项); stage;
        source_ids; reason. Missing for a task that prints no state by then: what it leaves to the last quarter is not
        known.

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
        documents, tasks, targets, milestones.

    Returns
    -------
    DataFrame
        As :func:`milestone_curve` per target.
    """
    return _shares_frame(_share_rows(t), t["documents"])


def _shares_frame(rows: list[dict], documents: pd.DataFrame) -> pd.DataFrame:
    keys = ["doc_id", "task_id", "target_id", "due", "basis", "text"]
    notes = ["measure", "nature", "kind", "bound"]
    figures = {"value": "%", "milestone": None, "left": None}
    frame = result(rows, keys, figures, notes, documents)
    return frame[["doc_id", "task_id", "target_id", "due", "value", "unit", "milestone", "milestone_unit", "left", "left_unit",
                  "measure", "nature", "kind", "bound", "basis", "text", "stage", "source_ids", "reason",
                  "reason_codes"]]  # fmt: skip


def _share_rows(t: Mapping[str, pd.DataFrame]) -> list[dict]:
    targets = {row["target_id"]: row for row in t["targets"].to_dict("records")}
    of_task: dict[str, list[str]] = {}
    for target_id, target in targets.items():
        if not isinstance(target["part_of"], str):
            of_task.setdefault(target["task_id"], []).append(target_id)
    deadline = dict(zip(t["tasks"]["task_id"], t["tasks"]["deadline"], strict=True))
    steps = t["milestones"].assign(milestone_id=numbered_ids("milestones", t["milestones"]))
    rows, before = [], _so_far(steps)
    for row in steps.to_dict("records"):
        for target_id in _targets_meant(row, of_task):
            rows.append(_share(row, target_id, targets.get(target_id), before.get(row["milestone_id"], 0.0)))
    whole: dict[str, str] = {}  # when a milestone promises all of a target, at the latest
    for row in rows:
        if pd.notna(row["due"]) and row["complete"]:
            whole[row["target_id"]] = max(row["due"], whole.get(row["target_id"], ""))
    for target_id, target in targets.items():
        due = deadline.get(target["task_id"])
        if due is not None and pd.notna(due) and whole.get(target_id, "") < due:
            rows.append(_promise_itself(target, due))
    for code, found in (("two_at_once", _at_once(rows)), ("overtaken", _overtaken(rows))):
        for row in found:
            row["reason"] = because(row["reason"], why(code))
            row["value"] = float("nan") if code == "two_at_once" else row["value"]
            row["aside"] = True
    return rows


def _so_far(steps: pd.DataFrame) -> dict[str, float]:
    """What the months before have made, of steps that print so many every month (5月-8月每月完成250堂)."""
    monthly = steps[
        steps["text"].fillna("").str.contains("每月|每季")
        & steps["kind"].eq("quantity")
        & steps["due"].notna()
    ]
    found: dict[str, float] = {}
    for _, own in monthly.sort_values("due").groupby(["task_id", "text"]):
        if own["due"].nunique() > 1:
            found |= dict(zip(own["milestone_id"], own["value"].cumsum() - own["value"], strict=True))
    return found


def _targets_meant(row: Mapping, of_task: Mapping[str, list[str]]) -> list:
    """The target named; else all of the task's: 各项任务完成50% is said of each."""
    if pd.notna(row["target_id"]):
        return [row["target_id"]]
    own = of_task.get(row["task_id"], [])
    return own if len(own) == 1 or (own and row["kind"] != "quantity") else [None]


def _share(row: Mapping, target_id: str | None, target: Mapping | None, before: float = 0.0) -> dict:
    value, reason, basis = _value({**row, "value": row["value"] + before} if before else row, target)
    level = target is not None and target["nature"] in ("stock", "rate") and row["kind"] != "percent"
    left = float("nan")
    if target is not None and level and pd.notna(row["value"]) and row["unit"] == target["unit"]:
        left = target["value"] - row["value"]
    return {
        "doc_id": row["doc_id"],
        "task_id": row["task_id"],
        "target_id": target_id,
        "due": row["due"],
        "value": value,
        "milestone": row["value"],
        "milestone_unit": row["unit"] if pd.notna(row["unit"]) else NO_UNIT,
        "left": left,
        "left_unit": "百分点" if target is not None and target["unit"] == "%" else _unit(target),
        "measure": target["measure"] if target is not None else None,
        "nature": target["nature"] if target is not None else None,
        "kind": row["kind"],
        "bound": row["bound"],
        "basis": basis,
        "text": row["text"],
        "complete": value >= 100 or left == 0,
        "source_ids": join_ids(target_id or row["task_id"], row["milestone_id"]),
        "reason": because(reason, None if pd.notna(row["due"]) else why("no_date")),
    }


def _value(row: Mapping, target: Mapping | None) -> tuple[float, Reason | None, str]:
    """The share of the promise, why there is none, and what it rests on."""
    nothing = float("nan")
    if pd.isna(row["value"]):
        flow = (target is not None and target["nature"] in ("flow", "stage")) or target is None
        if (
            flow
            and isinstance(row["text"], str)
            and _ALL_DONE.search(row["text"])
            and not _BASICALLY.search(row["text"])
        ):
            return 100.0, why("words_end_it"), "words"
        return nothing, why("in_words"), "printed"
    if _state_of_works(row, target):
        return nothing, why("state_of_works"), "printed"
    if row["kind"] == "percent" and (target is None or target["nature"] not in ("stock", "rate")):
        return float(row["value"]), None, "printed"
    if target is None:
        return nothing, why("milestone_without_target"), "printed"
    if target["nature"] in ("stock", "rate"):
        return nothing, why("level_has_no_share", nature=target["nature"]), "printed"
    if pd.isna(target["value"]) or target["value"] <= 0:
        return nothing, why("target_without_number"), "printed"
    if row["unit"] == "%":
        return float(row["value"]), None, "printed"
    if pd.notna(row["unit"]) and pd.notna(target["unit"]) and row["unit"] != target["unit"]:
        return nothing, why("milestone_unit", milestone=row["unit"], target=target["unit"]), "printed"
    return 100 * row["value"] / target["value"], None, "printed"


def _state_of_works(row: Mapping, target: Mapping | None) -> bool:
    """Whether the figure counts works begun or planned, or says how far they are, while the promise counts finished ones."""
    text = row["text"]
    if target is not None and target["nature"] == "stage":
        return False
    if row["kind"] == "stage":
        return True
    if not isinstance(text, str):
        return False
    for m in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?)(万|亿)?(%)?", text):
        printed = float(m[1]) * {"万": 1e4, "亿": 1e8}.get(m[2], 1.0)
        if printed != row["value"]:
            continue
        before, behind = text[: m.start()], text[m.end() :]
        if _BEGUN.search(before) or _STATE.search(before) or (not m[3] and _PLANNED.search(behind)):
            return True
    return False


def _unit(target: Mapping | None) -> str:
    return target["unit"] if target is not None and pd.notna(target["unit"]) else NO_UNIT


def _promise_itself(target: Mapping, due: str) -> dict:
    level = target["nature"] in ("stock", "rate")
    return {
        "doc_id": target["doc_id"],
        "task_id": target["task_id"],
        "target_id": target["target_id"],
        "due": due,
        "value": float("nan") if level else 100.0,
        "milestone": target["value"],
        "milestone_unit": _unit(target),
        "left": 0.0 if level and pd.notna(target["value"]) else float("nan"),
        "left_unit": "百分点" if target["unit"] == "%" else _unit(target),
        "measure": target["measure"],
        "nature": target["nature"],
        "bound": target["bound"],
        "basis": "deadline",
        "complete": True,
        "source_ids": join_ids(target["target_id"], target["task_id"]),
        "reason": because(
            why("due_whole"), why("level_has_no_share", nature=target["nature"]) if level else None
        ),
    }


def _at_once(rows: list[dict]) -> list[dict]:
    """Two different shares of one target by one date: two things are counted, and neither is the promise."""
    held: dict[tuple, list[dict]] = {}
    for row in rows:
        if (
            row["target_id"]
            and row["value"] == row["value"]
            and pd.notna(row["due"])
            and row["basis"] == "printed"
        ):
            held.setdefault((row["target_id"], row["due"]), []).append(row)
    mixed = {target for (target, _), own in held.items() if len({row["value"] for row in own}) > 1}
    begun = {
        (row["target_id"], row["due"])
        for row in rows
        if why("state_of_works") in because(row["reason"]) and row["milestone_unit"] == "%"
    }
    mixed |= {target for target, due in begun if (target, due) in held}
    return [row for (target, _), own in held.items() if target in mixed for row in own]


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


def _task_states(t: Mapping[str, pd.DataFrame], shares: list[dict]) -> list[dict]:
    """Each task at each quarter's end: the mean over its flows that print a state by then."""
    year = dict(zip(t["documents"]["doc_id"], t["documents"]["year"], strict=True))
    told: dict[str, list[dict]] = {}
    for row in shares:
        if (
            row["value"] == row["value"]
            and pd.notna(row["due"])
            and row["target_id"]
            and not row.get("aside")
        ):
            told.setdefault(row["task_id"], []).append(row)
    flows: dict[str, list[str]] = {}
    for row in t["targets"].itertuples():
        if row.nature == "flow" and not isinstance(row.part_of, str):
            flows.setdefault(row.task_id, []).append(row.target_id)
    others = set(t["targets"]["task_id"]) - set(flows)
    rows = []
    for task in t["tasks"].to_dict("records"):
        targets = sorted(flows.get(task["task_id"], []), key=natural)
        mine = [row for row in told.get(task["task_id"], []) if row["target_id"] in targets]
        for end in QUARTER_ENDS:
            due = f"{year[task['doc_id']]}-{end}"
            until: dict[str, list[dict]] = {}
            for row in mine:
                if row["due"] <= due:
                    until.setdefault(row["target_id"], []).append(row)
            reached = [min(max(row["value"] for row in own), 100.0) for own in until.values()]
            early = any(row["basis"] != "deadline" for own in until.values() for row in own)
            rows.append(
                {
                    "doc_id": task["doc_id"],
                    "task_id": task["task_id"],
                    "programme": task["programme"],
                    "deadline": task["deadline"],
                    "due": due,
                    "value": sum(reached) / len(reached) if reached else None,
                    "targets": len(targets),
                    "dated": len(reached),
                    "printed": early,
                    "source_ids": join_ids(
                        task["task_id"], targets, [row["source_ids"] for own in until.values() for row in own]
                    ),
                    "reason": because(_why_stateless(task, targets, reached, task["task_id"] in others)),
                }
            )
    return rows


def _why_stateless(task: Mapping, targets: list, reached: list, other: bool) -> Reason | None:
    if not targets:
        return why("no_flow") if other else why("task_without_quantity")
    if not reached:
        return why("neither_milestone_nor_deadline") if pd.isna(task["deadline"]) else why("no_state_by_then")
    if len(reached) < len(targets):
        return why("some_without_state", some=len(targets) - len(reached), all=len(targets))
    return None


def _city_states(tasks: list[dict]) -> list[dict]:
    rows = []
    for doc_id in sorted({row["doc_id"] for row in tasks}):
        here = [row for row in tasks if row["doc_id"] == doc_id]
        known = [row for row in here if row["value"] is not None]
        early = {
            end: {row["task_id"] for row in known if row["due"].endswith(end)} for end in QUARTER_ENDS[:3]
        }
        always = set.intersection(*early.values())
        all_tasks = len({row["task_id"] for row in here})
        for due in sorted({row["due"] for row in here}):
            for scope in ("printed", "constant"):
                chosen = [
                    row
                    for row in known
                    if row["due"] == due and (scope == "printed" or row["task_id"] in always)
                ]
                rows.append(
                    {
                        "doc_id": doc_id,
                        "scope": scope,
                        "due": due,
                        "value": sum(row["value"] for row in chosen) / len(chosen) if chosen else None,
                        "tasks": len(chosen),
                        "of_tasks": all_tasks,
                        "source_ids": join_ids([row["task_id"] for row in chosen]) or doc_id,
                        "reason": because(
                            None if chosen else why("no_task_with_milestone"),
                            why("tasks_without_state", some=all_tasks - len(chosen), all=all_tasks)
                            if len(chosen) < all_tasks
                            else None,
                        ),
                    }
                )
    return rows
