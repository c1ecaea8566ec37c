"""Constraints: what the figures of one promise must satisfy among themselves.

They do not mend a reading, they doubt it: a document may be wrong itself, and then its rows are read right and doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from minshi_analysis.facts.context import Row
from minshi_analysis.facts.task import Task
from minshi_analysis.language import works
from minshi_analysis.language.kin import THINGS

__all__ = ["doubts_of_money", "doubts_of_results", "doubts_of_shares"]

SHORT = ("the shares do not add up to the target", 0.25)
OVER = ("the shares are more than the target", 0.25)
UNSUMMED = ("the funders do not add up to the total", 0.25)
RATE = ("the rate is not that of the result and the target", 0.25)
STATE = ("the words claim another state than the result and the target show", 0.25)
FAR = ("the result is far from the target", 0.25)
OTHER = ("by its words the result counts another thing than its target", 0.25)
BESIDE = ("results named by places beside the target: they may be its shares", 0.25)
PARTS = ("targets named by places add up to the one before them: they may be its shares", 0.25)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[^小社园]区|县|市|镇|乡|街道|旗)")
_NO_THING = re.compile(rf"^[已均现共全]|(?:{works.DONE}|验收|运营|使用|落成|运行|开放|成功)$")
_SLACK = 1e-6
_FAR = 20.0  # times more or less than promised


def doubts_of_shares(task: Task) -> Iterator[tuple[str, float]]:
    """Shares of a counted target that add up to less (one may be lost) or to more (a column may be none of a region)."""
    for k, target in enumerate(task.targets):
        later = [t for t in task.targets[k + 1 :] if t["unit"] == target["unit"]]
        parts = [t["value"] or 0.0 for t in later if _PLACE.fullmatch(t["measure"] or "")]
        if len(parts) > 1 and abs(sum(parts) - (target["value"] or 0.0)) <= _SLACK * sum(parts):
            yield PARTS
        if not target["value"] or target["unit"] == "%" or not target.get("target_id"):
            continue
        shares = [
            share["value"]
            for share in task.allocations
            if share["target_id"] == target["target_id"] and share["value"] is not None
        ]
        if not shares:
            continue
        whole, bound = sum(shares), target.get("bound")
        if whole < target["value"] * (1 - _SLACK):
            yield SHORT
        elif whole > target["value"] * (1 + _SLACK) and bound not in (
            "at_least",
            "more_than",
            "approx",
            "range",
        ):
            yield OVER


def doubts_of_money(rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    """The funders of a line against its printed total; a line of which a part is not printed proves nothing."""
    total = [row["amount_wan"] for row in rows if row["funder"] == "total"]
    parts = [row["amount_wan"] for row in rows if row["funder"] != "total"]
    known = [part for part in parts if part is not None]
    if len(total) == 1 and total[0] is not None and len(known) > 1:
        gap = sum(known) - total[0]
        if abs(gap) > max(0.51, _SLACK * abs(total[0])) and (gap > 0 or len(known) == len(parts)):
            yield UNSUMMED


def doubts_of_results(task: Task, results: Iterable[Row]) -> Iterator[tuple[str, float]]:
    """Results against their targets and rates."""
    asked = {target["target_id"]: target for target in task.targets}
    shares = {(share["target_id"], share["region"]): share["value"] for share in task.allocations}
    results = list(results)
    named = [r for r in results if r["target_id"] is None and r["value"] is not None and not r.get("region")]
    named = [r for r in named if _PLACE.fullmatch(r["measure"] or "")]
    if task.targets and len(named) > 1 and task.records:
        yield BESIDE
    for row in results:
        target = asked.get(row["target_id"])
        if row.get("region") and target is not None:  # a region's result answers to its share
            target = target | {"value": shares.get((row["target_id"], row["region"]))}
        if target is None or not target["value"] or row["value"] is None:
            continue
        share = 100 * row["value"] / target["value"]
        if (rate := row.get("rate_claimed")) is not None and abs(share - rate) > max(0.51, 0.006 * share):
            yield RATE
        if target.get("bound") not in ("at_most", "less_than") and _contradicts(row, target):
            yield STATE
        if share > 100 * _FAR or 0 < share < 100 / _FAR:
            yield FAR
        if _counts_another(row, target):
            yield OTHER


def _counts_another(row: Row, target: Row) -> bool:
    """Whether a result that is not what was promised names, by its last word, a thing that its target does not name:
    分类亭70个 of 达标小区210个."""
    named, asked = row.get("named") or "", target.get("measure") or ""
    if len(named) < 2 or not asked or row["unit"] not in THINGS or row["value"] == target["value"]:
        return False
    return named[-1] not in asked and not _NO_THING.search(named)


def _contradicts(row: Row, target: Row) -> bool:
    """Whether a result is less than a target that is said to be met, or more than one that is said to be missed."""
    short = row["value"] < target["value"] * (1 - _SLACK)
    past = row["value"] > target["value"] * (1 + _SLACK)
    said = row.get("status_claimed")
    return (said in ("met", "over") and short) or (said == "behind" and past)
