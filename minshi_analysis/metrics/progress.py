"""A report in mid-year against the calendar and against promised milestones."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from minshi_analysis.metrics.completion import over_completion
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.milestones import promised_shares
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.reasons import Reason, decoded, why

__all__ = ["progress_to_date", "year_elapsed"]


def year_elapsed(day: str) -> float:
    """The share of its year that has passed at the end of a day, %.

    Examples
    --------
    >>> round(year_elapsed("2024-06-30"), 2)  # day 182 of 366
    49.73
    """
    at = date.fromisoformat(day)
    length = (date(at.year + 1, 1, 1) - date(at.year, 1, 1)).days
    return 100 * at.timetuple().tm_yday / length


def progress_to_date(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    margin: float = 5.0,
) -> pd.DataFrame:
    """Completion reported so far, less what the calendar and the milestones would have by then.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, outcomes, and milestones
        where there are some. Only progress reports are read.
    margin : float
        Percentage points within which a promise is on track.

    Returns
    -------
    DataFrame
        One row per reported result. Keys doc_id, task_id, target_id, measure; value (%, completed; the
        report's own rate where it prints no quantity), rate_claimed (%, as the report gives it), elapsed (%, of the
        year at as_of), ahead (百分点, value - elapsed), due (%, promised by the last milestone not after as_of),
        ahead_of_due (百分点); nature, as_of, calendar and schedule (ahead, on_track, behind, unknown, no_calendar), class,
        status_claimed; stage; source_ids; reason.

    Notes
    -----
    The calendar is for flows and supposes even work through the year; building works are tendered first and finished
    late, so `behind` by the calendar is a question, not a verdict. A level (参保人数达80万人), a rate or works begun do not
    grow from nought on 1 January: `no_calendar`. A rate of one of several sites (一处完成85%) is no rate of the task.

    Examples
    --------
    >>> found = progress_to_date("鹿城区", 2024).set_index("target_id")
    >>> homes = found.loc["lucheng-2024-progress/3.1#1"]  # 5109 of 5000 by the end of June
    >>> round(float(homes["value"]), 2), round(float(homes["ahead"]), 2)
    (102.18, 52.45)
    """
    t = resolve(
        ("tasks", "targets", "outcomes"), region, year, tables, optional=("milestones",), kinds=("progress",)
    )
    as_of = t["documents"].set_index("doc_id")["as_of"]
    done = over_completion(tables=t)
    promised = (
        promised_shares(t) if len(t["milestones"]) else pd.DataFrame(columns=["target_id", "due", "value"])
    )
    promised = (
        promised[promised["value"].notna() & promised["basis"].eq("printed")] if len(promised) else promised
    )
    rows = []
    for row in done.to_dict("records"):
        site = not isinstance(row["target_id"], str) and pd.notna(row["rate_claimed"])
        own = pd.isna(row["value"]) and pd.notna(row["rate_claimed"]) and not site
        value = row["rate_claimed"] if own else row["value"]
        flow = not isinstance(row["nature"], str) or row["nature"] == "flow"
        day = row["as_of"] if pd.notna(row["as_of"]) else as_of.get(row["doc_id"])
        elapsed = year_elapsed(day) if pd.notna(day) else float("nan")
        steps = (
            promised[promised["target_id"].eq(row["target_id"]) & promised["due"].le(day)]
            if pd.notna(day)
            else promised.iloc[:0]
        )
        step = steps.sort_values(["due", "value"]).iloc[-1] if len(steps) else None
        due = float(step["value"]) if step is not None else float("nan")
        ahead = value - elapsed if flow else float("nan")
        rows.append(
            row
            | {
                "as_of": day,
                "value": value,
                "elapsed": elapsed,
                "ahead": ahead,
                "due": due,
                "ahead_of_due": value - due,
                "calendar": _standing(ahead, margin) if flow else "no_calendar",
                "schedule": _standing(value - due, margin),
                "source_ids": join_ids(row["source_ids"], step["source_ids"] if step is not None else None),
                "reason": because(
                    why("own_rate") if own else _told(row),
                    why("rate_of_site", site=row["measure"], rate=row["rate_claimed"]) if site else None,
                    None if flow else why("no_calendar", nature=row["nature"]),
                    None if pd.notna(day) else why("no_date_of_report"),
                    None if step is not None else why("no_milestone_by_then"),
                ),
            }
        )
    figures = {
        "value": "%",
        "rate_claimed": "%",
        "elapsed": "%",
        "ahead": "百分点",
        "due": "%",
        "ahead_of_due": "百分点",
    }
    notes = ["nature", "as_of", "calendar", "schedule", "class", "status_claimed"]
    return result(rows, ["doc_id", "task_id", "target_id", "measure"], figures, notes, t["documents"])


def _told(row: Mapping) -> tuple[Reason, ...]:
    return decoded(row["reason_codes"])


def _standing(gap: float, margin: float) -> str:
    if pd.isna(gap):
        return "unknown"
    return "on_track" if abs(gap) <= margin else "ahead" if gap > 0 else "behind"
