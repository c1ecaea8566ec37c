"""A promise against what was there before, against its own steps, and against its money."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.metrics.completion import over_completion
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.judging import NO_UNIT
from minshi_analysis.metrics.milestones import promised_shares
from minshi_analysis.metrics.pairs import like_promises
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.metrics.unit_cost import funding_per_unit
from minshi_analysis.reasons import why

__all__ = ["ambition", "delivered_per_yuan", "timeliness"]

YUAN_PER_WAN = 10_000
_FROM = re.compile(r"(?:由|从)$")
_BEFORE = re.compile(r"(?:上年|去年|上一年|前一年)[^,;。]{0,16}$")
REPORTS = ("progress", "completion")


def ambition(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """How much more a promise is than what there was the year before, where the documents print it.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets; outcomes of an earlier report of the region
        where there is one.

    Returns
    -------
    DataFrame
        One row per target of a plan. Keys doc_id, task_id, target_id, measure; value (%, of flows and levels: how much more
        than before; missing for rates), difference (the unit; 百分点 for rates), promised and before (their unit); basis (`text`:
        由45%提高到50%, 上年完成…; `report`: the result of the year before), nature, bound; stage; source_ids; reason.

    Notes
    -----
    Goal-setting research calls it goal difficulty; against last year's result it is the ratchet. A promise below last
    year's result may be prudent, or the end of a programme: the figure says nothing of need.

    Examples
    --------
    >>> found = ambition("温州市", 2022)
    >>> found["before"].notna().sum(), found["reason"].str.contains("the year before").all()
    (np.int64(0), np.True_)
    """
    asked = resolve(("tasks", "targets"), region, year, tables, kinds=("plan",))
    every = resolve(("tasks", "targets"), None, None, tables, optional=("outcomes",))
    results = _results(every)
    texts = dict(zip(asked["tasks"]["task_id"], asked["tasks"]["text"], strict=True))
    keys = like_promises(asked).set_index("target_id")
    rows = []
    ids: Any
    for target in asked["targets"].to_dict("records"):
        before, ids, basis = _printed_before(target, texts.get(target["task_id"]))
        if basis is None and target["target_id"] in keys.index:
            own = keys.loc[target["target_id"]]
            before, ids = results.get((own["region"], int(own["year"]) - 1, own["key"]), (float("nan"), ()))
            basis = "report" if before == before else None
        rate = target["unit"] in ("%", "‰")
        known = before == before and pd.notna(target["value"])
        rows.append(
            {
                **{
                    name: target[name]
                    for name in ("doc_id", "task_id", "target_id", "measure", "nature", "bound")
                },
                "value": 100 * (target["value"] / before - 1)
                if known and not rate and before > 0
                else float("nan"),
                "difference": target["value"] - before if known else float("nan"),
                "difference_unit": "百分点" if rate else _unit(target["unit"]),
                "promised": target["value"],
                "promised_unit": _unit(target["unit"]),
                "before": before,
                "before_unit": _unit(target["unit"]),
                "basis": basis,
                "source_ids": join_ids(target["target_id"], target["task_id"], ids),
                "reason": because(
                    None if basis else why("no_year_before"),
                    why("target_without_number") if pd.isna(target["value"]) else None,
                    why("rate_in_points") if rate and known else None,
                ),
            }
        )
    figures = {"value": "%", "difference": None, "promised": None, "before": None}
    keys_ = ["doc_id", "task_id", "target_id", "measure"]
    return result(rows, keys_, figures, ["basis", "nature", "bound"], asked["documents"])


def _printed_before(target: Mapping, text: object) -> tuple[float, tuple, str | None]:
    """What the task's own words print of the year before."""
    if not isinstance(text, str) or pd.isna(target["value"]):
        return float("nan"), (), None
    found = [q for q in parse_quantities(text) if same_unit(q.unit or None, _none(target["unit"]))]
    numbers = [
        (m.start(), float(m[1])) for m in re.finditer(r"(?<![\d.])(\d+(?:\.\d+)?)(?=%|万|元|个|人)?", text)
    ]
    for at, value in [*((q.start, q.value) for q in found), *numbers]:
        head = text[:at]
        if value != target["value"] and (_FROM.search(head) or _BEFORE.search(head)):
            return float(value), (), "text"
    return float("nan"), (), None


def _none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _results(t: Mapping[str, pd.DataFrame]) -> dict[tuple, tuple[float, str]]:
    """(region, year, key) -> the result that a report gives, and its ids."""
    if not t["documents"]["kind"].isin(REPORTS).any():
        return {}
    done = over_completion(tables=t)
    done = done[done["target_id"].notna() & done["reported"].notna()].set_index("target_id")
    likes = like_promises(t)
    found: dict[tuple, tuple[float, str]] = {}
    for row in likes[likes["target_id"].isin(done.index)].itertuples():
        own = done.loc[[row.target_id]].sort_values("reported").iloc[-1]
        key = (row.region, int(row.year), row.key)
        if key not in found or own["reported"] > found[key][0]:
            found[key] = (float(own["reported"]), own["source_ids"])
    return found


def timeliness(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Milestones met and missed, on the day that a report is of.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, milestones and outcomes. A plan's steps meet a
        report of the same region and year by measure, deed and unit; steps and results of one document by their target.

    Returns
    -------
    DataFrame
        One row per milestone in numbers that is due by a report's date. Keys doc_id (the plan), other_doc_id (the report),
        target_id, due; value (百分点, the share reported less the share due), done and promised (%); as_of, status (met, missed,
        unknown); stage; source_ids; reason.

    Notes
    -----
    Project management calls it schedule variance. A report of a later day than the step may hide that it was late.
    """
    t = resolve(("tasks", "targets"), region, year, tables, optional=("outcomes", "milestones"))
    if not len(t["milestones"]):
        return _timely([], t["documents"])
    shares = promised_shares(t)
    shares = shares[shares["value"].notna() & shares["basis"].ne("deadline") & shares["due"].notna()]
    likes = like_promises(t)
    reported = _shares_reported(t, likes)
    keys = likes.set_index("target_id")
    rows = []
    for step in shares[shares["target_id"].isin(keys.index)].itertuples():
        own = keys.loc[step.target_id]
        for report in reported.get((own["region"], own["year"], own["key"]), []):
            if not isinstance(report["as_of"], str) or step.due > report["as_of"]:
                continue
            gap = report["value"] - step.value
            rows.append(
                {
                    "doc_id": step.doc_id,
                    "other_doc_id": report["doc_id"],
                    "target_id": step.target_id,
                    "due": step.due,
                    "value": gap,
                    "done": report["value"],
                    "promised": step.value,
                    "as_of": report["as_of"],
                    "status": "unknown" if gap != gap else "met" if gap >= -1e-9 else "missed",
                    "source_ids": join_ids(step.source_ids, report["source_ids"]),
                    "reason": None if gap == gap else why("no_number"),
                }
            )
    return _timely(rows, t["documents"])


def _timely(rows: list[dict], documents: pd.DataFrame) -> pd.DataFrame:
    figures = {"value": "百分点", "done": "%", "promised": "%"}
    return result(
        rows, ["doc_id", "other_doc_id", "target_id", "due"], figures, ["as_of", "status"], documents
    )


def _shares_reported(t: Mapping[str, pd.DataFrame], likes: pd.DataFrame) -> dict[tuple, list[dict]]:
    if not t["documents"]["kind"].isin(REPORTS).any():
        return {}
    done = over_completion(tables=t)
    day = t["documents"].set_index("doc_id")["as_of"]
    keys = likes.set_index("target_id")
    found: dict[tuple, list[dict]] = {}
    for row in done[done["target_id"].isin(keys.index)].to_dict("records"):
        own = keys.loc[row["target_id"]]
        value = row["value"] if row["value"] == row["value"] else row["rate_claimed"]
        as_of = row["as_of"] if isinstance(row["as_of"], str) else day.get(row["doc_id"])
        entry = {"doc_id": row["doc_id"], "value": value, "as_of": as_of, "source_ids": row["source_ids"]}
        found.setdefault((own["region"], own["year"], own["key"]), []).append(entry)
    return found


def delivered_per_yuan(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    funder: str = "total",
) -> pd.DataFrame:
    """Planned money per delivered unit, beside the planned money per promised unit.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs a plan with money and a report of the same region and year.
    funder : str
        Whose money.

    Returns
    -------
    DataFrame
        One row per target of a plan. Keys doc_id, task_id, target_id, measure; value (元 per delivered unit), planned (元 per
        promised unit), delivered (the unit), amount (万元); stage; source_ids; reason.

    Notes
    -----
    Known as unit cost or cost efficiency. The money is what was planned, not spent: a low figure may mean that more was
    delivered, that less was spent, or that the plan printed a subsidy only.
    """
    t = resolve(
        ("tasks", "targets", "funding", "funding_tasks"), region, year, tables, optional=("outcomes",)
    )
    plans = resolve(("targets",), region, year, tables, kinds=("plan",))["documents"]
    costs = funding_per_unit(tables=t, funder=funder)
    results = _results(t)
    keys = like_promises(t).set_index("target_id")
    rows = []
    for row in costs.to_dict("records"):
        own = keys.loc[row["target_id"]] if row["target_id"] in keys.index else None
        found = None if own is None else results.get((own["region"], int(own["year"]), own["key"]))
        delivered = found[0] if found else float("nan")
        payable = row["value"] == row["value"] and delivered == delivered and delivered > 0
        rows.append(
            {
                **{name: row[name] for name in ("doc_id", "task_id", "target_id", "measure")},
                "value": row["amount"] * YUAN_PER_WAN / delivered if payable else float("nan"),
                "unit": row["unit"],
                "planned": row["value"],
                "planned_unit": row["unit"],
                "delivered": delivered,
                "delivered_unit": row["quantity_unit"],
                "amount": row["amount"],
                "source_ids": join_ids(row["source_ids"], found[1] if found else None),
                "reason": because(
                    None if found else why("no_result_here"),
                    why("money_planned") if payable else None,
                    None if row["value"] == row["value"] else why("no_unit_cost"),
                ),
            }
        )
    figures = {"value": None, "planned": None, "delivered": None, "amount": "万元"}
    return result(rows, ["doc_id", "task_id", "target_id", "measure"], figures, (), plans)


def _unit(unit: object) -> str:
    return unit if isinstance(unit, str) else NO_UNIT
