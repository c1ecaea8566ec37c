"""A target and its results: what was reached, in which class, and whether the status that a report claims holds."""

import re
from collections.abc import Iterable, Mapping
from math import isclose
from typing import Any

import pandas as pd

from minshi_analysis.language import works
from minshi_analysis.language.bodies import one_name
from minshi_analysis.language.kin import same_unit
from minshi_analysis.metrics.result import because, join_ids, natural
from minshi_analysis.model import TABLES, Row, grouped, having
from minshi_analysis.reasons import Reason, figure, why
from minshi_analysis.tables.ids import numbered

__all__ = ["CLASSES", "NO_UNIT", "best_of", "classify", "compared", "judge"]

CLASSES = ("over", "met", "behind", "in_progress", "unknown")
# An amount promised or reported as 约 is met within this share of it.
APPROX = 0.05
NO_UNIT = "（未印单位）"
# Lower is better under these bounds; a strict bound is not met by its own number.
_UPPER = ("at_most", "less_than")
_LOWER = ("at_least", "more_than")
_STRICT = ("more_than", "less_than")
_FLIP = {"at_least": "at_most", "at_most": "at_least", "more_than": "less_than", "less_than": "more_than"}
# Units that measure rather than count: results in another unit are not comparable.
_MEASURES = ("%", "‰", "公里", "米", "平方米", "万平方米", "亩", "公顷", "吨", "万元", "元", "小时")
_OVER = re.compile(r"超额")
# Words that add a number to the promised one: 此外还建设了2处, 超额完成1座.
_BEYOND = r"(?:此外|另外|额外|另|还|超额(?!\d))[^。;,,;、]{0,24}?"
# Words that make a number one of finished and unfinished together.
_OR_UNDER_WAY = re.compile(rf"(?:或|和|及|、)(?:进行|推进|{works.UNDER_WAY}|{works.BEGUN})")


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


def judge(
    claim: object, rows: Iterable[Mapping], texts: Iterable[object] = ()
) -> tuple[bool | None, Mapping | None, str]:
    """Whether the status that a report gives a task holds: the one rule of the metrics and of the audit.

    A status is of the task, not of each of its figures. 超额完成 holds where one promised figure is exceeded, or the words
    say what was done beyond it; 完成任务 where none is missed, and none printed exactly is exceeded: beyond 以上 it is
    explained; 未完成 where one is missed. Where the figures do not decide there is no answer.

    Parameters
    ----------
    claim : str or missing
        over, met, behind, in_progress.
    rows : iterable of mappings
        With `class` and `bound`: what is known of each target of the task.
    texts : iterable of str
        The words of its results.

    Returns
    -------
    (bool or None, mapping or None, str)
        Whether it holds, the row that decides, and a code: no_figure, holds, said_beyond, explained, not_over, missed,
        exceeded, not_missed, undecided.

    Examples
    --------
    >>> row = {"class": "over", "bound": "at_least"}
    >>> judge("met", [row])[::2]
    (True, 'explained')
    >>> judge("met", [row | {"bound": "exact"}])[::2]
    (False, 'exceeded')
    """
    rows = list(rows)
    known = [row for row in rows if row["class"] in ("over", "met", "behind", "in_progress")]
    if not isinstance(claim, str) or not known:
        return None, None, "no_figure"
    first = {name: next((row for row in known if row["class"] == name), None) for name in CLASSES}
    missed = first["behind"] or first["in_progress"]
    whole = len(known) == len(rows)
    if claim == "in_progress":
        return True, known[0], "holds"
    if claim == "over":
        if first["over"]:
            return True, first["over"], "holds"
        if any(isinstance(text, str) and _OVER.search(text) for text in texts):
            return True, known[0], "said_beyond"
        return (False, missed or known[0], "not_over") if whole else (None, None, "undecided")
    if claim == "behind":
        if missed:
            return True, missed, "holds"
        return (False, known[0], "not_missed") if whole else (None, None, "undecided")
    if missed:
        return False, missed, "missed"
    exact = next((row for row in known if row["class"] == "over" and row["bound"] not in _LOWER), None)
    if exact is not None:
        return False, exact, "exceeded"
    return (True, first["over"], "explained") if first["over"] else (True, known[0], "holds")


def compared(t: Mapping[str, list[Row]]) -> list[dict]:
    """A row for each target and result, with its class, and (`judged_as`) whether the task's status holds, by which row and why.

    Parameters
    ----------
    t : mapping of table name to rows
        documents, tasks, targets and outcomes (see `minshi_analysis.model.records`).
    """
    tasks = {task_id: found[0] for task_id, found in grouped(t["tasks"], "task_id").items()}
    kinds = {document["doc_id"]: document["kind"] for document in t["documents"]}
    ids = numbered("outcomes", t["outcomes"])
    outcomes = [row | {"outcome_id": own} for row, own in zip(t["outcomes"], ids, strict=True)]
    told = grouped(outcomes, "target_id")
    loose = grouped((row for row in outcomes if pd.isna(row["target_id"])), "task_id")
    rows = [
        _pair(_beside(target, result), kinds, loose.get(target["task_id"], []))
        for target in t["targets"]
        for result in told.get(target["target_id"], [_NO_RESULT])
    ]
    _from_parts(rows, t["targets"], kinds)
    claims = {row["task_id"]: row["status_claimed"] for row in having(outcomes, "status_claimed")}
    for row in rows:
        if pd.isna(row["status_claimed"]):
            row["status_claimed"] = claims.get(row["task_id"])
    seen = {row["task_id"] for row in rows}
    for row in sorted(
        (row for own in loose.values() for row in own), key=lambda row: natural(row["outcome_id"])
    ):
        if row["task_id"] not in seen or pd.notna(row["value"]) or pd.notna(row["rate_claimed"]):
            rows.append(_loose(row))
            seen.add(row["task_id"])
    silent = [task for task in tasks if task not in seen]
    rows += [_silent(task, tasks[task]["doc_id"], claims.get(task)) for task in silent]
    for row in rows:
        for name in ("level", "programme", "lead_agency"):
            row[name] = tasks.get(row["task_id"], {}).get(name)
        row["agency"] = one_name(row["lead_agency"])
    _agree(rows, outcomes)
    return rows


_NO_RESULT = dict.fromkeys([*TABLES["outcomes"].names, "outcome_id"], float("nan"))


def _beside(target: Row, result: Row) -> Row:
    """A target with a result beside it, of which what both say is told apart by ``_out``."""
    named = ((name, value) for name, value in result.items() if name != "target_id")
    return target | {f"{name}_out" if name in target else name: value for name, value in named}


def _agree(rows: list[dict], outcomes: list[Row]) -> None:
    """Say beside the rows that decide whether the task's status holds."""
    texts = grouped(having(outcomes, "text"), "task_id")
    by_task: dict[str, list[dict]] = {}
    for row in rows:
        row["agrees"] = None
        if row["target_id"]:
            by_task.setdefault(row["task_id"], []).append(row)
    for task_id, own in by_task.items():
        best = list(best_of(own).values())
        words = [row["text"] for row in texts.get(task_id, ())]
        holds, decides, code = judge(own[0]["status_claimed"], best, words)
        for row in own:
            row["judged_as"] = (holds, decides, code)
            if decides is not None and (
                row is decides or (holds and row in best and row["class"] != "unknown")
            ):
                row["agrees"] = holds


def _pair(row: dict, kinds: Mapping[str, str], loose: list[dict]) -> dict:
    unit, promised, reported = row["unit"], row["value"], row["value_out"]
    rate = pd.notna(reported) and row["unit_out"] in ("%", "‰") and unit != row["unit_out"]
    claimed = reported if rate else row["rate_claimed"]
    reported, more, ids = _beyond(row, reported, loose)
    ids = join_ids(ids, row["outcome_id"] if isinstance(row.get("outcome_id"), str) else None)
    found = {
        "doc_id": row["doc_id"],
        "task_id": row["task_id"],
        "target_id": row["target_id"],
        "measure": row["measure"],
        "nature": row["nature"],
        "promised": promised,
        "promised_unit": _unit(unit),
        "reported": reported,
        "reported_unit": _unit(row["unit_out"] if pd.notna(row["unit_out"]) else unit),
        "difference_unit": "百分点" if unit == "%" else _unit(unit),
        "rate_claimed": claimed,
        "bound": row["bound"],
        "reported_bound": row["bound_out"],
        "as_of": row["as_of"],
        "status_claimed": row["status_claimed"],
        "source_ids": join_ids(row["target_id"], row["task_id"], ids),
    }
    return found | _measured(found, row, more, rate, kinds.get(row["doc_id"]) == "progress")


def _measured(found: Mapping, row: Mapping, more: Reason | None, rate: bool, progress: bool) -> dict:
    """Class, value and difference of a target and its result, or why there are none."""
    promised, reported, unit = found["promised"], found["reported"], row["unit"]
    missing = {
        "value": float("nan"),
        "difference": float("nan"),
        "claim_gap": float("nan"),
        "class": "unknown",
    }
    obstacle = _obstacle(row, found, rate)
    if obstacle is not None:
        return missing | {"reason": obstacle}
    name = classify(promised, row["bound"], reported, row["bound_out"])
    points = unit in ("%", "‰")
    value = float("nan") if points or promised <= 0 else 100 * reported / promised
    approx = "approx" in (row["bound"], row["bound_out"]) and name == "met" and reported != promised
    return {
        "value": value,
        "difference": reported - promised,
        "claim_gap": found["rate_claimed"] - value,
        "class": "in_progress" if progress and name == "behind" else name,
        "reason": because(
            why("rate_in_points") if points else why("target_0") if promised == 0 else None,
            why("one_side") if name == "unknown" else None,
            None
            if _alike(unit, row["unit_out"])
            else why("counted_in", reported=row["unit_out"], promised=unit),
            why("within_approx", share=100 * APPROX) if approx else None,
            why("level_reached") if row["nature"] == "stock" else None,
            more,
        ),
    }


def _obstacle(row: Mapping, found: Mapping, rate: bool) -> Reason | None:
    promised, reported = found["promised"], found["reported"]
    if pd.isna(row.get("task_id_out")):
        return why("no_result")
    if pd.isna(reported):
        return why("no_number_only_rate" if pd.notna(found["rate_claimed"]) else "no_number")
    if rate:
        return why("rate_not_quantity")
    if isinstance(row["text"], str) and _under_way(row["text"], reported):
        return why("finished_unknown", value=reported, unit=_unit(row["unit_out"]))
    if pd.isna(promised):
        return why("target_without_number")
    if promised < 0:
        return why("target_negative", value=promised)
    if _incomparable(row["unit"], row["unit_out"]):
        return why("units_differ", reported=row["unit_out"], promised=row["unit"])
    return None


def _under_way(text: str, value: float) -> bool:
    """Whether a number counts finished and unfinished together: 16幢完成或正在解危."""
    clause = next((part for part in re.split(r"[,,;;。]", text) if figure(value) in part), "")
    return bool(_OR_UNDER_WAY.search(clause))


def _beyond(row: Mapping, reported: float, loose: list[dict]) -> tuple[float, Reason | None, str]:
    """The promised number, and what the words add to it; else the result as it is printed."""
    goal, text = row["value"], row.get("text")
    if pd.isna(goal) or not isinstance(text, str):
        return reported, None, ""
    at_goal = reported == goal if pd.notna(reported) else _prints(text, goal, row["unit"])
    added = [
        other
        for other in loose
        if pd.notna(other["value"])
        and same_unit(other["unit"], row["unit"])
        and re.search(_BEYOND + re.escape(figure(other["value"]) + str(row["unit"])), text)
    ]
    if not at_goal or not added:
        return reported, None, ""
    more = sum(other["value"] for other in added)
    return (
        goal + more,
        why("beyond", promised=goal, more=more),
        join_ids([other["outcome_id"] for other in added]),
    )


def _prints(text: str, value: float, unit: object) -> bool:
    return bool(
        re.search(rf"(?<![\d.]){re.escape(figure(value) + (unit if isinstance(unit, str) else ''))}", text)
    ) or bool(re.search(rf"(?<![\d.]){re.escape(figure(value))}(?=[,,。])", text))


def _from_parts(rows: list[dict], targets: list[Row], kinds: Mapping[str, str]) -> None:
    """A whole whose result is not printed is what the results of its parts add up to, where all are printed."""
    whole_of = {row["target_id"]: row["part_of"] for row in targets if isinstance(row["part_of"], str)}
    by_target = {row["target_id"]: row for row in rows}
    units = {row["target_id"]: row["unit"] for row in targets}
    goals = {row["target_id"]: row["value"] for row in targets}
    for whole in set(whole_of.values()):
        parts = [by_target.get(part) for part, of in whole_of.items() if of == whole]
        row = by_target.get(whole)
        complete = (
            abs(sum(goals[part] for part, of in whole_of.items() if of == whole) - goals.get(whole, 0)) < 1e-6
        )
        if row is None or pd.notna(row["reported"]) or not complete:
            continue
        known = [part for part in parts if part is not None and pd.notna(part["reported"])]
        if len(known) < len(parts):
            continue
        row["reported"] = sum(part["reported"] for part in known)
        row["source_ids"] = join_ids(row["source_ids"], *(part["source_ids"] for part in known))
        printed = {"unit": units[whole], "unit_out": units[whole], "bound": row["bound"], "bound_out": None}
        printed |= {"nature": row["nature"], "task_id_out": row["task_id"], "text": None}
        progress = kinds.get(row["doc_id"]) == "progress"
        row |= _measured(row, printed, why("sum_of_parts", parts=len(parts)), False, progress)


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
        "source_ids": join_ids(row["task_id"], row["outcome_id"]),
        "reason": why("no_target_of_result"),
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
    return row | none | {"source_ids": task_id, "reason": why("no_quantity_no_result")}


def _unit(unit: Any) -> str:
    return NO_UNIT if pd.isna(unit) else unit


def _alike(unit: object, other: object) -> bool:
    return pd.isna(unit) or pd.isna(other) or unit == other


def _incomparable(unit: object, other: object) -> bool:
    return not _alike(unit, other) and (unit in _MEASURES or other in _MEASURES)


def best_of(rows: list[dict]) -> dict[str, dict]:
    """Target -> its best result: of several results the last stage is meant."""
    best: dict[str, dict] = {}
    for row in rows:
        target = row["target_id"]
        if target and (target not in best or _rank(row) < _rank(best[target])):
            best[target] = row
    return best


def _rank(row: dict) -> tuple:
    """The best class first, then the greater value."""
    order = ("over", "met", "in_progress", "behind", "unknown")
    return order.index(row["class"]), -row["value"] if pd.notna(row["value"]) else float("inf")
