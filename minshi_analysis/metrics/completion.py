"""Promise against result: ratio, class, and what the report itself claims."""

from collections.abc import Mapping

import pandas as pd

from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.judging import CLASSES, best_of, compared
from minshi_analysis.metrics.result import because, join_ids, natural, result
from minshi_analysis.model import records
from minshi_analysis.reasons import why

__all__ = ["completion_summary", "over_completion"]


def over_completion(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    per: str = "target",
) -> pd.DataFrame:
    """Completion of each promise: ``100 * result / target``, %, with class and claim side by side.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, outcomes. Only reports
        (kind progress or completion) are read.
    per : {'target', 'task'}
        A target with several results is taken at its best one. A task's value is that of its weakest
        target, `best` that of its strongest. It is behind where one target is, else unknown where one
        target is, else over where one target is over, else met.

    Returns
    -------
    DataFrame
        Keys doc_id, task_id (target_id, measure); value (%), and per target: promised and reported (their
        unit), difference (their unit; 百分点 for rates), rate_claimed (%), claim_gap (百分点, rate_claimed
        - value); per task: best (%), targets and known (个). Notes nature, level, programme, agency (one name for each
        body), bound, reported_bound, as_of, class, status_claimed, agrees (whether the status holds, see :func:`judge`; beside
        the targets that decide it), stage; source_ids; reason. In a progress report a promise that is not yet kept is
        `in_progress`. Under `at_most` and `less_than` a ratio below 100 is the better one: read the class.

    Notes
    -----
    A rate against a rate has no ratio: `difference` is in points. A result in per cent of a target in units is the
    report's own rate of completion: `rate_claimed`, no value. 16幢完成或正在解危 does not say how many are finished, and has no
    value. Promises whose result is only told in words stay as rows without value. What a text adds to the promised
    number (此外还建设了2处, 超额完成1座) is added to it; results of the parts of a target make up the whole's.

    Examples
    --------
    >>> found = over_completion("乐清市", 2022).set_index("target_id")
    >>> lifts = found.loc["yueqing-2022-completion/city.21#1"]  # 22 of 15台以上
    >>> round(float(lifts["value"]), 1), lifts["class"], float(lifts["rate_claimed"])
    (146.7, 'over', 146.7)
    """
    if per not in ("target", "task"):
        raise ValueError(f"per is {per!r}: choose target or task")
    t = resolve(("tasks", "targets", "outcomes"), region, year, tables, kinds=("progress", "completion"))
    rows = compared({name: records(t[name]) for name in ("documents", "tasks", "targets", "outcomes")})
    notes = ["nature", "level", "programme", "lead_agency", "agency"]
    if per == "target":
        figures = {"value": "%", "promised": None, "reported": None, "difference": None}
        figures |= {"rate_claimed": "%", "claim_gap": "百分点"}
        notes += ["bound", "reported_bound", "as_of", "class", "status_claimed", "agrees"]
        keys = ["doc_id", "task_id", "target_id", "measure"]
        return result(rows, keys, figures, notes, t["documents"])
    by_task: dict[str, list[dict]] = {}
    for row in sorted(rows, key=lambda row: natural(row["target_id"])):
        by_task.setdefault(row["task_id"], []).append(row)
    figures = {"value": "%", "best": "%", "targets": "个", "known": "个"}
    notes = [*notes[1:], "class", "status_claimed", "agrees"]
    return result(map(_task, by_task.values()), ["doc_id", "task_id"], figures, notes, t["documents"])


def completion_summary(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    by: str = "level",
) -> pd.DataFrame:
    """How many tasks are over, met, behind, unknown, as computed and as claimed.

    Parameters
    ----------
    region, year, tables
        As in :func:`over_completion`.
    by : {'level', 'programme', 'agency', 'total'}
        `agency` counts 市卫健局 and 市卫生健康局 as the one body that they are.

    Returns
    -------
    DataFrame
        Keys doc_id, the group and class; value (项, tasks of this class as computed), share (%), claimed
        (项, tasks the report gives this status; `unknown` where it gives none), claimed_share (%), tasks
        (项, all of the group); stage; source_ids of the tasks of the group; reason.

    Examples
    --------
    >>> found = completion_summary("乐清市", 2022).set_index(["level", "class"])
    >>> found.loc[("city", "over"), ["claimed", "tasks"]].tolist()  # 49项,其中23项超额完成
    [23.0, 49.0]
    """
    if by not in ("level", "programme", "agency", "lead_agency", "total"):
        raise ValueError(f"by is {by!r}: choose level, programme, agency or total")
    by = "agency" if by == "lead_agency" else by
    t = resolve(("tasks", "targets", "outcomes"), region, year, tables, kinds=("progress", "completion"))
    tasks = over_completion(tables=t, per="task")
    tasks["total"] = "total"
    rows = []
    for (doc_id, group), part in tasks.groupby(["doc_id", by], dropna=False):
        computed, claimed = (
            part["class"].value_counts(),
            part["status_claimed"].fillna("unknown").value_counts(),
        )
        unclear = why("tasks_unknown", tasks=int(computed["unknown"])) if computed.get("unknown") else None
        for name in CLASSES:
            rows.append(
                {
                    "doc_id": doc_id,
                    by: group,
                    "class": name,
                    "value": computed.get(name, 0),
                    "share": 100 * computed.get(name, 0) / len(part),
                    "claimed": claimed.get(name, 0),
                    "claimed_share": 100 * claimed.get(name, 0) / len(part),
                    "tasks": len(part),
                    "source_ids": join_ids(part["task_id"]),
                    "reason": unclear,
                }
            )
    figures = {"value": "项", "share": "%", "claimed": "项", "claimed_share": "%", "tasks": "项"}
    return result(rows, ["doc_id", by, "class"], figures, (), t["documents"])


def _task(rows: list[dict]) -> dict:
    """A task from the rows of its targets; results that answer to no target have no say."""
    best = best_of(rows)
    names = {row["class"] for row in best.values()} or {"unknown"}
    name = next(name for name in ("behind", "in_progress", "unknown", "over", "met") if name in names)
    values = [row["value"] for row in best.values() if pd.notna(row["value"])]
    claim = next((row["status_claimed"] for row in rows if pd.notna(row["status_claimed"])), None)
    unclear = [row["reason"] for row in best.values() if row["class"] == "unknown"]
    agrees = [row["agrees"] for row in rows if row["agrees"] is not None]
    told = [row["reason"] for row in best.values()] if not values else unclear
    return rows[0] | {
        "value": min(values, default=float("nan")),
        "best": max(values, default=float("nan")),
        "targets": len(best),
        "known": len(best) - len(unclear),
        "class": name,
        "status_claimed": claim,
        "agrees": bool(all(agrees)) if agrees else None,
        "source_ids": join_ids([row["source_ids"] for row in rows]),
        "reason": because(*told) if best else because(*(row["reason"] for row in rows)),
    }
