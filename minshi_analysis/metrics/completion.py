"""Promise against result: ratio, class, and what the report itself claims."""

from collections.abc import Mapping
from math import isclose

import pandas as pd

from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.result import because, join_ids, natural, result

__all__ = ["CLASSES", "classify", "completion_summary", "over_completion"]

CLASSES = ("over", "met", "behind", "in_progress", "unknown")
# An amount promised or reported as 约 is met within this share of it.
APPROX = 0.05
NO_UNIT = "（未印单位）"
# Lower is better under these bounds; a strict bound is not met by its own number.
_UPPER = ("at_most", "less_than")
_STRICT = ("more_than", "less_than")
_FLIP = {"at_least": "at_most", "at_most": "at_least", "more_than": "less_than", "less_than": "more_than"}
# Units that measure rather than count: results in another unit are not comparable.
_MEASURES = ("%", "‰", "公里", "米", "平方米", "万平方米", "亩", "公顷", "吨", "万元", "元", "小时")


def classify(
    target: float, bound: str, value: float, value_bound: str = "exact", approx: float = APPROX
) -> str:
    """over, met, behind or unknown: a value against a target, both with their bounds.

    Better than the target's number is over, the number itself is met (except under a strict bound: 超过,
    低于), worse is behind; under `at_most` and `less_than` less is better. A value known only from one side
    (`155场次以上`) is unknown where that side does not decide.

    Examples
    --------
    >>> classify(5000, "exact", 5000), classify(7500, "at_least", 7600), classify(5, "at_most", 4)
    ('met', 'over', 'over')
    >>> classify(130, "at_least", 120, "at_least")
    'unknown'
    """
    if pd.isna(target) or pd.isna(value):
        return "unknown"
    bound = "exact" if pd.isna(bound) else bound
    value_bound = "exact" if pd.isna(value_bound) else value_bound
    gap = value - target
    if bound in _UPPER:
        gap, value_bound = -gap, _FLIP.get(value_bound, value_bound)
    slack = approx * abs(target) if "approx" in (bound, value_bound) else 0.0
    equal = abs(gap) <= slack or isclose(value, target, rel_tol=1e-9, abs_tol=1e-12)
    if value_bound in _UPPER:  # at most this good: only failing is certain
        short = not equal and gap < 0
        return (
            "behind" if short or (equal and (bound in _STRICT or value_bound == "less_than")) else "unknown"
        )
    if equal:
        if bound in _STRICT and value_bound != "more_than":
            return "unknown" if value_bound == "at_least" else "behind"
        return "met"
    if gap > 0:
        return "over"
    return "unknown" if value_bound in ("at_least", "more_than") else "behind"


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
        - value); per task: best (%), targets and known (个). Notes level, programme, lead_agency, bound,
        reported_bound, as_of, class, status_claimed, agrees (class equals claim, missing where either is);
        source_ids; reason. In a progress report a promise that is not yet kept is `in_progress`. Under
        `at_most` and `less_than` a ratio below 100 is the better one: read the class.

    Notes
    -----
    A result in per cent of a target in units is the report's own rate of completion: `rate_claimed`, no
    value. Promises whose result is only told in words stay as rows without value.

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
    rows = _compared(t)
    notes = ["level", "programme", "lead_agency"]
    if per == "target":
        figures = {"value": "%", "promised": None, "reported": None, "difference": None}
        figures |= {"rate_claimed": "%", "claim_gap": "百分点"}
        notes += ["bound", "reported_bound", "as_of", "class", "status_claimed", "agrees"]
        return result(rows, ["doc_id", "task_id", "target_id", "measure"], figures, notes)
    by_task: dict[str, list[dict]] = {}
    for row in sorted(rows, key=lambda row: natural(row["target_id"])):
        by_task.setdefault(row["task_id"], []).append(row)
    figures = {"value": "%", "best": "%", "targets": "个", "known": "个"}
    notes += ["class", "status_claimed", "agrees"]
    return result(map(_task, by_task.values()), ["doc_id", "task_id"], figures, notes)


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
    by : {'level', 'programme', 'lead_agency', 'total'}

    Returns
    -------
    DataFrame
        Keys doc_id, the group and class; value (项, tasks of this class as computed), share (%), claimed
        (项, tasks the report gives this status; `unknown` where it gives none), claimed_share (%), tasks
        (项, all of the group); source_ids of the tasks of the group; reason.

    Examples
    --------
    >>> found = completion_summary("乐清市", 2022).set_index(["level", "class"])
    >>> found.loc[("city", "over"), ["claimed", "tasks"]].tolist()  # 49项,其中23项超额完成
    [23.0, 49.0]
    """
    if by not in ("level", "programme", "lead_agency", "total"):
        raise ValueError(f"by is {by!r}: choose level, programme, lead_agency or total")
    tasks = over_completion(region, year, tables=tables, per="task")
    tasks["total"] = "total"
    rows = []
    for (doc_id, group), part in tasks.groupby(["doc_id", by], dropna=False):
        computed, claimed = (
            part["class"].value_counts(),
            part["status_claimed"].fillna("unknown").value_counts(),
        )
        for name in CLASSES:
            unclear = (
                f"tasks that cannot be computed: {computed['unknown']}" if computed.get("unknown") else None
            )
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
    return result(rows, ["doc_id", by, "class"], figures)


def _compared(t: Mapping[str, pd.DataFrame]) -> list[dict]:
    tasks = t["tasks"].set_index("task_id")
    kinds = t["documents"].set_index("doc_id")["kind"]
    outcomes = t["outcomes"]
    told = outcomes[outcomes["target_id"].notna()]
    pairs = t["targets"].merge(told, on=["target_id"], how="left", suffixes=("", "_out"))
    rows = [_pair(row, kinds) for row in pairs.to_dict("records")]
    claims = _claims(outcomes)
    for row in rows:
        if pd.isna(row["status_claimed"]):
            row["status_claimed"] = claims.get(row["task_id"])
    seen = {row["task_id"] for row in rows}
    for row in outcomes[outcomes["target_id"].isna()].to_dict("records"):
        if row["task_id"] not in seen or pd.notna(row["value"]):
            rows.append(_loose(row))
            seen.add(row["task_id"])
    silent = [task for task in tasks.index if task not in seen]
    rows += [_silent(task, tasks.at[task, "doc_id"], claims.get(task)) for task in silent]
    for row in rows:
        for name in ("level", "programme", "lead_agency"):
            row[name] = tasks.at[row["task_id"], name] if row["task_id"] in tasks.index else None
        claim = row["status_claimed"]
        decided = row["class"] != "unknown" and pd.notna(claim)
        row["agrees"] = bool(row["class"] == claim) if decided else None
    return rows


def _claims(outcomes: pd.DataFrame) -> dict[str, str]:
    told = outcomes[outcomes["status_claimed"].notna()]
    return dict(zip(told["task_id"], told["status_claimed"], strict=True))


def _pair(row: dict, kinds: pd.Series) -> dict:
    unit, promised, reported = row["unit"], row["value"], row["value_out"]
    rate = pd.notna(reported) and row["unit_out"] in ("%", "‰") and unit != row["unit_out"]
    claimed = reported if rate else row["rate_claimed"]
    progress = kinds.get(row["doc_id"]) == "progress"
    reason, value, name = None, float("nan"), "unknown"
    if pd.isna(row.get("task_id_out")):
        reason = "the report has no result for it"
    elif pd.isna(reported):
        reason = "the result prints no number" + (", only a rate" if pd.notna(claimed) else "")
    elif rate:
        reason = "the report gives a rate of completion, not a quantity"
    elif pd.isna(promised):
        reason = "the target has no printed number"
    elif _incomparable(unit, row["unit_out"]):
        reason = f"the result is in {row['unit_out']}, the target in {unit}"
    else:
        name = classify(promised, row["bound"], reported, row["bound_out"])
        value = 100 * reported / promised if promised else float("nan")
        reason = because(
            None if promised else "the target is 0: no ratio",
            None if name != "unknown" else "the result is known from one side only",
            None if _alike(unit, row["unit_out"]) else f"counted in {row['unit_out']}, promised in {unit}",
        )
    plain = (
        pd.notna(reported) and pd.notna(promised) and not rate and not _incomparable(unit, row["unit_out"])
    )
    return {
        "doc_id": row["doc_id"],
        "task_id": row["task_id"],
        "target_id": row["target_id"],
        "measure": row["measure"],
        "value": value,
        "promised": promised,
        "promised_unit": _unit(unit),
        "reported": reported,
        "reported_unit": _unit(row["unit_out"] if pd.notna(row["unit_out"]) else unit),
        "difference": reported - promised if plain else float("nan"),
        "difference_unit": "百分点" if unit == "%" else _unit(unit),
        "rate_claimed": claimed,
        "claim_gap": claimed - value,
        "bound": row["bound"],
        "reported_bound": row["bound_out"],
        "as_of": row["as_of"],
        "class": "in_progress" if progress and name == "behind" else name,
        "status_claimed": row["status_claimed"],
        "source_ids": join_ids(row["target_id"], row["task_id"]),
        "reason": reason,
    }


def _loose(row: dict) -> dict:
    return {
        "doc_id": row["doc_id"],
        "task_id": row["task_id"],
        "measure": row["measure"],
        "target_id": None,
        "promised_unit": NO_UNIT,
        "reported": row["value"],
        "reported_unit": _unit(row["unit"]),
        "difference_unit": NO_UNIT,
        "rate_claimed": row["rate_claimed"],
        "reported_bound": row["bound"],
        "as_of": row["as_of"],
        "class": "unknown",
        "status_claimed": row["status_claimed"],
        "source_ids": row["task_id"],
        "reason": "the result answers to no target",
    }


def _silent(task_id: str, doc_id: str, claim: str | None) -> dict:
    none = {"promised_unit": NO_UNIT, "reported_unit": NO_UNIT, "difference_unit": NO_UNIT}
    row = {
        "doc_id": doc_id,
        "task_id": task_id,
        "target_id": None,
        "class": "unknown",
        "status_claimed": claim,
    }
    return row | none | {"source_ids": task_id, "reason": "the task has no quantity and no reported number"}


def _task(rows: list[dict]) -> dict:
    """A task from the rows of its targets; results that answer to no target have no say."""
    order = ("over", "met", "in_progress", "behind", "unknown")
    best: dict[str, dict] = {}
    for row in rows:
        target = row["target_id"]
        if target and (target not in best or _rank(row, order) < _rank(best[target], order)):
            best[target] = row
    names = {row["class"] for row in best.values()} or {"unknown"}
    name = next(name for name in ("behind", "in_progress", "unknown", "over", "met") if name in names)
    values = [row["value"] for row in best.values() if pd.notna(row["value"])]
    claim = next((row["status_claimed"] for row in rows if pd.notna(row["status_claimed"])), None)
    unclear = [row["reason"] for row in best.values() if row["class"] == "unknown"]
    return rows[0] | {
        "value": min(values, default=float("nan")),
        "best": max(values, default=float("nan")),
        "targets": len(best),
        "known": len(best) - len(unclear),
        "class": name,
        "status_claimed": claim,
        "agrees": bool(name == claim) if name != "unknown" and claim else None,
        "source_ids": join_ids([row["source_ids"] for row in rows]),
        "reason": because(*unclear) if best else because(*(row["reason"] for row in rows)),
    }


def _rank(row: dict, order: tuple[str, ...]) -> tuple:
    """The best class first, then the greater value: of several results the last stage is meant."""
    return order.index(row["class"]), -row["value"] if pd.notna(row["value"]) else float("inf")


def _unit(unit: object) -> str:
    return NO_UNIT if pd.isna(unit) else unit


def _alike(unit: object, other: object) -> bool:
    return pd.isna(unit) or pd.isna(other) or unit == other


def _incomparable(unit: object, other: object) -> bool:
    return not _alike(unit, other) and (unit in _MEASURES or other in _MEASURES)
