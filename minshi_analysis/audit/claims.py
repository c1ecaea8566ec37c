"""Claims about results: a rate against actual and target, a status against the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from minshi_analysis.audit.finding import BOUND_WORDS, Finding, Tables, label, place
from minshi_analysis.audit.wording import likeness
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.metrics.judging import compared
from minshi_analysis.model import grouped, having
from minshi_analysis.reasons import Reason, figure, why

__all__ = ["check_claims"]

_PEOPLE = frozenset({"人", "名", "位", "人次", "例"})
_SIMILAR = 0.6


def check_claims(tables: Tables) -> Iterator[Iterator[Finding]]:
    """The findings of every rate and status that results claim, question by question."""
    texts = {task["task_id"]: task["text"] for task in tables["tasks"]}
    yield _rates(tables, texts)
    yield _statuses(tables, texts)


# --- rates ---------------------------------------------------------------------------------------------------------


def _rates(tables: Tables, texts: Mapping[str, str]) -> Iterator[Finding]:
    targets = grouped(tables["targets"], "task_id")
    shares = {(share["target_id"], share["region"]): share["value"] for share in tables["allocations"]}
    everywhere = [target for found in targets.values() for target in found]
    for task_id, found in grouped(tables["outcomes"], "task_id").items():
        promised, subject = targets.get(task_id, []), label(task_id, texts[task_id])
        for row in found:
            if pd.notna(row["rate_claimed"]):
                own = _of_its_region(row, promised, shares)
                beside = (
                    [r for r in found if r.get("region") == row.get("region")]
                    if pd.notna(row.get("region"))
                    else found
                )
                yield _rate(row, beside, own, everywhere, subject)


def _of_its_region(row: dict, promised: list[dict], shares: Mapping[tuple[str, str], object]) -> list[dict]:
    """The targets that a result answers to: of a region's its shares, where they are printed."""
    if pd.isna(row.get("region")):
        return promised
    return [
        target | {"value": shares[target["target_id"], row["region"]]}
        for target in promised
        if (target["target_id"], row["region"]) in shares
    ]


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
        return Finding(**about, verdict="cannot_check", said=why("rate_of_works", claimed=claimed))
    if target is None or pd.isna(target["value"]):
        return Finding(**about, verdict="cannot_check", said=why("rate_without_target"))
    done = _results_for(row, results, target)
    if not done:
        return Finding(**about, verdict="cannot_check", said=why("rate_without_result"))
    goal = float(target["value"])
    for value in done:
        share = 100 * value / goal
        if _printed_as(share, claimed):
            cut = abs(share - claimed) > 0.5 * _last_digit(claimed) + 1e-9
            said = why("rate_cut_off" if cut else "rate_is", done=value, goal=goal, share=round(share, 2))
            return Finding(**about, verdict="ok", actual=round(share, 2), said=said)
    if not any(pd.notna(r["value"]) for r in (row, *results)):  # the words' numbers are none of a result
        return Finding(**about, verdict="cannot_check", said=why("rate_without_result"))
    value = done[0]
    share = round(100 * value / goal, 2)
    said = why("rate_differs", claimed=claimed, done=value, goal=goal, share=share)
    fits = _other_target(value, claimed, target, everywhere)
    return Finding(**about, verdict="mismatch", actual=share, said=(said, fits))


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


def _comparable(a: Any, b: Any) -> bool:
    if pd.isna(a) and pd.isna(b):
        return True  # a table without units: 8950 | 7356 | 82%
    return same_unit(a, b) or (a in _PEOPLE and b in _PEOPLE)


def _last_digit(rate: float) -> float:
    decimals = len(figure(rate).partition(".")[2])
    return 10.0**-decimals


def _printed_as(share: float, claimed: float) -> bool:
    """Whether a share may be printed so: rounded, or cut off, at the digits that are printed."""
    step = _last_digit(claimed)
    return abs(share - claimed) <= 0.5 * step + 1e-9 or 0 <= share - claimed < step


def _other_target(value: float, claimed: float, target: dict, everywhere: list[dict]) -> Reason:
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
            return why("rate_fits", claimed=claimed, where=where, target=other["value"])
    return why("rate_fits_only", claimed=claimed, done=value, implied=_roundest(low, high))


def _roundest(low: float, high: float) -> float:
    """The number with the fewest digits between two."""
    for power in range(9, -4, -1):
        step = 10.0**power
        if (first := -(-low // step) * step) and low <= first <= high:
            return round(first, 4)
    return round((low + high) / 2, 4)


# --- status --------------------------------------------------------------------------------------------------------


def _statuses(tables: Tables, texts: Mapping[str, str]) -> Iterator[Finding]:
    """A task's claimed status by the rule that the metrics use too."""
    if not having(tables["outcomes"], "status_claimed"):
        return
    held = grouped(compared(tables), "task_id")
    places = {row["task_id"]: row for row in reversed(tables["outcomes"])}
    for task_id, place_of in places.items():
        own = held.get(task_id, [])
        claim = next((row["status_claimed"] for row in own if isinstance(row["status_claimed"], str)), None)
        if claim is None:
            continue
        first = next(row for row in own if isinstance(row["status_claimed"], str))
        holds, decides, code = first.get("judged_as", (None, None, "no_figure"))
        about = {
            "doc_id": place_of["doc_id"],
            "kind": "status_claimed",
            "key": task_id.partition("/")[2],
            "subject": label(task_id, texts[task_id]),
            **place(place_of),
        }
        if decides is None:
            yield Finding(**about, verdict="cannot_check", said=why("status_without_figure", status=claim))
            continue
        figures = {"status": claim, "done": decides["reported"], "goal": decides["promised"]}
        about |= {"expected": decides["promised"], "actual": decides["reported"]}
        if code == "explained":
            said = why("status_explained", bound=BOUND_WORDS[decides["bound"]], **figures)
        else:
            said = why(f"status_{code}", **figures)
        yield Finding(**about, verdict="ok" if holds else "mismatch", said=said)
