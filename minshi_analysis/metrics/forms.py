"""Indicators whose target is no level: an increase over the baseline, a sum beside the sum of the period before."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["as_level", "summed"]


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
