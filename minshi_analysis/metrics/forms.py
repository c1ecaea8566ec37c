"""Indicators whose target is no level: an increase over the baseline, a sum beside the sum of the period before."""

import difflib
from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["as_level", "sum_by_prose", "summed"]

_ALIKE = 4  # signs that two names share where they are of one thing


def as_level(indicator: Mapping) -> dict:
    """An indicator with a target that its path can lead to, and a baseline that it can start from.

    An increase (〔1〕 beside 77.93) leads to the baseline and the increase together; where the baseline is the sum of a
    period (〔5.9〕), a year of it is its share.

    Examples
    --------
    >>> life = {"baseline": 77.93, "target": 1.0, "form": "increase", "baseline_form": "level", "cumulative": True}
    >>> as_level(life)["target"], as_level(life)["cumulative"]
    (78.93, False)
    """
    out = dict(indicator)
    known = pd.notna(out["baseline"]) and pd.notna(out["target"])
    if known and out.get("form") == "increase" and out.get("baseline_form") != "sum":
        return out | {"target": round(out["baseline"] + out["target"], 9), "cumulative": False}
    end: Any = out.get("target_year")
    start: Any = out.get("baseline_year")
    if (
        known
        and out.get("baseline_form") == "sum"
        and out["cumulative"]
        and pd.notna(end)
        and pd.notna(start)
    ):
        return out | {"baseline": out["baseline"] / (int(end) - int(start))}
    return out


def summed(observed: pd.DataFrame) -> pd.DataFrame:
    """The observations that are sums since the baseline (〔10900〕), not values of a year."""
    return observed[observed["note"].fillna("").str.contains("累计")]


def sum_by_prose(indicator: Mapping, targets: pd.DataFrame) -> bool:
    """Whether the plan's own text promises the indicator's target as so many to be done: one like name, number and unit.

    The table of indicators then prints a sum of the period (改造…老旧小区500个以上) without saying so, and its baseline is one
    year's number. The unit must be a count of things done: a level (失业保险参保人数150万人) is no sum.

    Examples
    --------
    >>> told = pd.DataFrame({"nature": ["flow"], "value": [500.0], "unit": ["个"], "measure": ["改造老旧小区"]})
    >>> row = {"name": "老旧小区改造数量", "target": 500.0, "unit": "个", "cumulative": False}
    >>> sum_by_prose(row, told), sum_by_prose(row | {"target": 600.0}, told)
    (True, False)
    """
    if indicator["cumulative"] or pd.isna(indicator["target"]) or targets.empty:
        return False
    same = targets["nature"].eq("flow") & targets["value"].eq(indicator["target"])
    same &= targets["unit"].eq(indicator["unit"]) & targets["measure"].notna()
    return any(_alike(indicator["name"], measure) for measure in targets.loc[same, "measure"])


def _alike(name: str, measure: str) -> bool:
    match = difflib.SequenceMatcher(None, name, measure, autojunk=False).find_longest_match()
    return match.size >= _ALIKE
