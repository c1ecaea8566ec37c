"""Claims about results: a rate against actual and target, a status against the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from minshi_analysis.audit.finding import BOUND_WORDS, Finding, equal, figure, label, place
from minshi_analysis.audit.wording import likeness
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import parse_quantities

__all__ = ["check_claims"]

_PEOPLE = frozenset({"人", "名", "位", "人次", "例"})
_OVER = re.compile(r"超额")
_WORDS = {"over": "超额完成", "met": "完成任务", "behind": "未完成", "in_progress": "进行中"}
_SIMILAR = 0.6


def check_claims(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """The findings of every rate and status that results claim."""
    targets: dict[str, list[dict]] = {}
    for target in tables["targets"].to_dict("records"):
        targets.setdefault(target["task_id"], []).append(target)
    results: dict[str, list[dict]] = {}
    for result in tables["outcomes"].to_dict("records"):
        results.setdefault(result["task_id"], []).append(result)
    everywhere = [target for found in targets.values() for target in found]
    texts = dict(zip(tables["tasks"]["task_id"], tables["tasks"]["text"], strict=True))
    for task_id, found in results.items():
        promised, subject = targets.get(task_id, []), label(task_id, texts[task_id])
        for row in found:
            if pd.notna(row["rate_claimed"]):
                yield _rate(row, found, promised, everywhere, subject)
        claimed = next((r["status_claimed"] for r in found if isinstance(r["status_claimed"], str)), None)
        if claimed is not None:
            yield _status(claimed, found, promised, subject)


# --- rates ---------------------------------------------------------------------------------------------------------


def _rate(
    row: dict, results: list[dict], promised: list[dict], everywhere: list[dict], subject: str
) -> Finding:
    claimed = float(row["rate_claimed"])
    target = _target_of(row, promised)
    key = (target["target_id"] if target else row["task_id"]).partition("/")[2]
    about = {"doc_id": row["doc_id"], "kind": "rate_claimed", "key": key, "expected": claimed, **place(row)}
    if target is not None:
        subject = (
            f"{subject} · {target['measure']}"
            if len(promised) > 1 and isinstance(target["measure"], str)
            else subject
        )
    about["subject"] = subject
    if not _counts(row["text"], claimed):
        note = f"{figure(claimed)} % is a state of the works, not a share of the promised number"
        return Finding(**about, verdict="cannot_check", explanation=note)
    if target is None or pd.isna(target["value"]):
        return Finding(
            **about,
            verdict="cannot_check",
            explanation="no promised figure is printed to hold the rate against",
        )
    done = _results_for(row, results, target)
    if not done:
        return Finding(
            **about, verdict="cannot_check", explanation="no result is printed to hold the rate against"
        )
    goal = float(target["value"])
    for value in done:
        share = 100 * value / goal
        if _printed_as(share, claimed):
            note = f"{figure(value)} / {figure(goal)} = {share:.2f} %"
            if abs(share - claimed) > 0.5 * _last_digit(claimed) + 1e-9:
                note += ", printed cut off instead of rounded"
            return Finding(**about, verdict="ok", actual=round(share, 2), explanation=note)
    value = done[0]
    share = round(100 * value / goal, 2)
    fits = _other_target(value, claimed, target, everywhere)
    note = f"genuine inconsistency: {figure(value)} / {figure(goal)} = {share:.2f} %; {fits}"
    return Finding(**about, verdict="mismatch", actual=share, explanation=note)


def _counts(text: object, rate: float) -> bool:
    """Whether the words give the rate as done of promised (完成率113%, 超额113%), and not as progress of works.

    A rate that the words do not print stands in a column of its own, 完成率.
    """
    printed = re.escape(figure(rate))
    if isinstance(text, str) and not re.search(rf"{printed}0*[%％]", text):
        return True
    return isinstance(text, str) and bool(
        re.search(rf"(?:完成率|完成比例|超额|目标|任务数?)[^,，。;；]{{0,6}}?{printed}0*[%％]", text)
    )


def _target_of(row: dict, promised: list[dict]) -> dict | None:
    named = [t for t in promised if t["target_id"] == row["target_id"]]
    fitting = named or [t for t in promised if same_unit(t["unit"], row["unit"])]
    return fitting[0] if len(fitting) == 1 else None


def _results_for(row: dict, results: list[dict], target: dict) -> list[float]:
    """What may be meant by the result: the row's own value, else those of its unit, largest first, and their sum."""
    fitting = [
        float(r["value"])
        for r in results
        if pd.notna(r["value"]) and _comparable(r["unit"], target["unit"]) and _for_target(r, target)
    ]
    own = [float(row["value"])] if pd.notna(row["value"]) and _comparable(row["unit"], target["unit"]) else []
    rest = sorted((v for v in fitting if v not in own), reverse=True)
    said = _in_words(row["text"], target["unit"])
    sums = [round(sum(values), 6) for values in (fitting, said) if len(values) > 1]
    return [*own, *rest, *(said if not own else []), *sums]


def _in_words(text: object, unit: object) -> list[float]:
    """The numbers with a unit that the words of a result print, whatever they are taken for."""
    found = parse_quantities(text) if isinstance(text, str) else []
    return [q.value for q in found if _comparable(q.unit, unit)]


def _for_target(result: dict, target: dict) -> bool:
    return pd.isna(result["target_id"]) or result["target_id"] == target["target_id"]


def _comparable(a: object, b: object) -> bool:
    return same_unit(a, b) or (a in _PEOPLE and b in _PEOPLE)


def _last_digit(rate: float) -> float:
    decimals = len(figure(rate).partition(".")[2])
    return 10.0**-decimals


def _printed_as(share: float, claimed: float) -> bool:
    """Whether a share may be printed so: rounded, or cut off, at the digits that are printed."""
    step = _last_digit(claimed)
    return abs(share - claimed) <= 0.5 * step + 1e-9 or 0 <= share - claimed < step


def _other_target(value: float, claimed: float, target: dict, everywhere: list[dict]) -> str:
    """Which target the rate would fit, and whether the document prints it for the same thing."""
    step = 0.5 * _last_digit(claimed)
    low, high = 100 * value / (claimed + step), 100 * value / (claimed - step)
    for other in everywhere:
        fits = (
            other["doc_id"] == target["doc_id"]
            and pd.notna(other["value"])
            and low <= other["value"] <= high
            and same_unit(other["unit"], target["unit"])
        )
        if fits and likeness(str(other["measure"]), str(target["measure"])) >= _SIMILAR:
            where = other["task_id"].partition("/")[2]
            return f"{figure(claimed)} % fits the target of {where}: {figure(other['value'])}"
    implied = _roundest(low, high)
    sum_of = f"{figure(value)} / {figure(implied)}"
    return f"{figure(claimed)} % fits only a target of {figure(implied)}, printed nowhere for it ({sum_of})"


def _roundest(low: float, high: float) -> float:
    """The number with the fewest digits between two."""
    for power in range(9, -4, -1):
        step = 10.0**power
        if (first := -(-low // step) * step) and low <= first <= high:
            return round(first, 4)
    return round((low + high) / 2, 4)


# --- status --------------------------------------------------------------------------------------------------------


def _status(claimed: str, results: list[dict], promised: list[dict], subject: str) -> Finding:
    first = results[0]
    key = first["task_id"].partition("/")[2]
    about = {
        "doc_id": first["doc_id"],
        "kind": "status_claimed",
        "key": key,
        "subject": subject,
        **place(first),
    }
    said = _WORDS[claimed]
    held = [x for t in promised if (x := _held(t, results, claimed)) is not None]
    if not held:
        return Finding(
            **about,
            verdict="cannot_check",
            explanation=f"{said}: no printed result to hold against a printed figure",
        )
    goal, done, bound, state = (
        max(held, key=lambda h: h[3] == "over") if claimed == "over" else max(held, key=_gravity)
    )
    about |= {"expected": goal, "actual": done}
    numbers = f"{figure(done)} done of {figure(goal)}"
    if claimed == "over":
        if state == "over":
            return Finding(**about, verdict="ok", explanation=f"{said}: {numbers}")
        if _says_over(results):
            return Finding(
                **about,
                verdict="ok",
                explanation=f"{said}: {numbers}, and the text says what was done beyond it",
            )
        return Finding(
            **about, verdict="mismatch", explanation=f"genuine inconsistency: {said} is claimed for {numbers}"
        )
    if claimed == "met" and state == "behind":
        return Finding(
            **about, verdict="mismatch", explanation=f"genuine inconsistency: {said} is claimed for {numbers}"
        )
    if claimed == "met" and state == "over":
        if bound in ("at_least", "more_than"):
            note = f"exceeded and claimed as {said}: explained by {BOUND_WORDS[bound]} ({numbers})"
            return Finding(**about, verdict="ok", explanation=note)
        note = f"genuine inconsistency: {numbers} is 超额完成, yet the status says {said}"
        return Finding(**about, verdict="mismatch", explanation=note)
    return Finding(**about, verdict="ok", explanation=f"{said}: {numbers}")


def _gravity(held: tuple) -> int:
    """What speaks most against a plain 完成任务: behind first, then exceeding an exact figure."""
    return {"behind": 3, "over": 2 if held[2] not in ("at_least", "more_than") else 1, "met": 0}[held[3]]


def _held(target: dict, results: list[dict], claimed: str) -> tuple[float, float, str, str] | None:
    """A target and its result: promised, done, bound, and where that leaves it; None where a figure is missing."""
    if pd.isna(target["value"]):
        return None
    goal, bound = float(target["value"]), target["bound"]
    comparable = [r for r in results if pd.notna(r["value"]) and _comparable(r["unit"], target["unit"])]
    done = [float(r["value"]) for r in comparable if _for_target(r, target)]
    together = round(sum(float(r["value"]) for r in comparable), 6)
    if not any(r["target_id"] == target["target_id"] for r in comparable):  # none is said to be the result
        said = [v for text in _texts(results) for v in _in_words(text, target["unit"])]
        done, together = [*done, *said], max(together, round(sum(said), 6))
    if not done:
        return None
    if bound in ("at_most", "less_than"):
        best = min(done)
        return goal, best, bound, "met" if equal(best, goal) else "over" if best < goal else "behind"
    best = max(done)
    if claimed != "over" and any(equal(value, goal) for value in done) and not _says_over(results):
        best = goal  # what else is printed beside the promised number counts something else
    if best < goal and equal(together, goal):
        best = goal  # reported place by place
    elif claimed == "over" and best <= goal < together:
        best = together  # the promised number, and more beside it
    return goal, best, bound, "met" if equal(best, goal) else "over" if best > goal else "behind"


def _texts(results: list[dict]) -> list[str]:
    return list(dict.fromkeys(r["text"] for r in results if isinstance(r["text"], str)))


def _says_over(results: list[dict]) -> bool:
    return any(_OVER.search(text) for text in _texts(results))
