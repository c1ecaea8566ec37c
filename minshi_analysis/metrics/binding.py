"""How hard the wording of promises binds, and how much composite figures depend on what they weigh."""

import re
from collections.abc import Mapping

import pandas as pd

from minshi_analysis.facts.nature import words_around
from minshi_analysis.language.bodies import one_name
from minshi_analysis.language.text import fold
from minshi_analysis.metrics.completion import over_completion
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.lines import funding_lines
from minshi_analysis.metrics.milestones import milestone_curve
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.reasons import why

__all__ = ["BINDING", "bound_structure", "sensitivity"]

# From what binds hardest to what binds least.
BINDING = ("at_least", "exact", "full", "at_most", "range", "approx", "strive", "no_number")
_STRIVE = re.compile(r"力争|争取|努力|力求|有望|探索")
_FULL = re.compile(r"全覆盖|全部|应\w尽\w|愿\w尽\w")


def bound_structure(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    by: str = "total",
) -> pd.DataFrame:
    """How many promises are worded how: 以上, an exact figure, 全覆盖, 约, 力争, no number.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets. Only plans.
    by : {'total', 'programme', 'agency'}

    Returns
    -------
    DataFrame
        Keys doc_id, the group, binding (`at_least` and `more_than` as one, `exact`, `full`: 全覆盖 or 100 %, `at_most`, `range`, `approx`,
        `strive`: 力争, `no_number`); value (个), share (% of the group's promises); stage; source_ids; reason. A task without a target
        is a promise without a number. Parts of another target are not counted.

    Notes
    -----
    Legal drafting calls it obligation and precision. It is of the wording only: a lenient target may be worded hard.

    Examples
    --------
    >>> found = bound_structure("温州市", 2022).set_index("binding")["value"]
    >>> int(found["approx"])  # 约1.5万人, 约0.7万人, 约10万人
    3
    """
    if by not in ("total", "programme", "agency"):
        raise ValueError(f"by is {by!r}: choose total, programme or agency")
    t = resolve(("tasks", "targets"), region, year, tables, kinds=("plan",))
    tasks = t["tasks"].assign(total="total", agency=t["tasks"]["lead_agency"].map(one_name))
    texts = dict(zip(tasks["task_id"], tasks["text"], strict=True))
    groups = dict(zip(tasks["task_id"], tasks[by], strict=True))
    counted: dict[tuple, list[str]] = {}
    for target in t["targets"][t["targets"]["part_of"].isna()].to_dict("records"):
        kind = _binding(target, texts.get(target["task_id"]))
        group = groups.get(target["task_id"])
        counted.setdefault((target["doc_id"], _text(group), kind), []).append(target["target_id"])
    for task in tasks[~tasks["task_id"].isin(t["targets"]["task_id"])].itertuples():
        counted.setdefault((task.doc_id, _text(getattr(task, by)), "no_number"), []).append(task.task_id)
    whole: dict[tuple, int] = {}
    for (doc_id, group, _), ids in counted.items():
        whole[doc_id, group] = whole.get((doc_id, group), 0) + len(ids)
    rows = [
        {
            "doc_id": doc_id,
            by: group or None,
            "binding": kind,
            "value": len(ids),
            "share": 100 * len(ids) / whole[doc_id, group],
            "source_ids": join_ids(ids),
        }
        for (doc_id, group, kind), ids in counted.items()
    ]
    return result(rows, ["doc_id", by, "binding"], {"value": "个", "share": "%"}, (), t["documents"])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _binding(target: Mapping, text: object) -> str:
    flat = fold(text) if isinstance(text, str) else ""
    before, _ = words_around(flat, target["value"], fold(str(target["measure"])))
    if _STRIVE.search(before):
        return "strive"
    if pd.isna(target["value"]):
        return "full" if _FULL.search(flat) else "no_number"
    if target["unit"] == "%" and target["value"] == 100:
        return "full"
    bound = target["bound"] if isinstance(target["bound"], str) else "exact"
    return {"more_than": "at_least", "less_than": "at_most"}.get(bound, bound)


def sensitivity(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Each composite figure under other weights: what of it is the documents', and what is ours.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`.

    Returns
    -------
    DataFrame
        Keys doc_id, figure, variant; value and unit; promises (个, it rests on); stage; source_ids; reason. Figures: `completion`
        (%, the mean of what is printed, capped at 100; of a report) and `due_by_september` (%, the mean share; of a plan).
        Variants: `targets` (each weighs the same), `tasks`, `programmes`, `money` (by the printed total of a task's own line), and
        for completion `uncapped`. Where variants lie far apart the figure is mostly a choice of weights.
    """
    t = resolve(
        ("tasks", "targets"),
        region,
        year,
        tables,
        optional=("outcomes", "milestones", "funding", "funding_tasks"),
    )
    kinds = t["documents"].set_index("doc_id")["kind"]
    programme = dict(zip(t["tasks"]["task_id"], t["tasks"]["programme"].fillna("-"), strict=True))
    money = _money(t)
    rows = []
    if kinds.isin(["progress", "completion"]).any():
        done = over_completion(tables=t)
        done = done[done["target_id"].notna() & done["value"].notna()]
        for doc_id, part in done.groupby("doc_id"):
            part = part.sort_values("value").drop_duplicates("target_id", keep="last")
            capped = part.assign(value=part["value"].clip(upper=100))
            rows += _variants(doc_id, "completion", capped, programme, money)
            rows.append(_variant(doc_id, "completion", "uncapped", part["value"].mean(), part))
    if kinds.eq("plan").any() and len(t["milestones"]):
        states = milestone_curve(tables=t, per="task")
        states = states[states["due"].str.endswith("09-30") & states["value"].notna()]
        for doc_id, part in states.groupby("doc_id"):
            rows += _variants(doc_id, "due_by_september", part, programme, money)
    figures = {"value": "%", "promises": "个"}
    return result(rows, ["doc_id", "figure", "variant"], figures, (), t["documents"])


def _money(t: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """The printed total of each line that one task has alone."""
    if not len(t["funding"]):
        return {}
    lines = funding_lines(t)
    alone = lines[lines["task_ids"].map(len).eq(1) & lines["total"].notna()]
    return {line.task_ids[0]: float(line.total) for line in alone.itertuples()}


def _variants(doc_id: str, figure: str, part: pd.DataFrame, programme: Mapping, money: Mapping) -> list[dict]:
    rows = []
    if "target_id" in part:
        rows.append(_variant(doc_id, figure, "targets", part["value"].mean(), part))
    tasks = part.groupby("task_id")["value"].mean()
    rows.append(_variant(doc_id, figure, "tasks", tasks.mean(), part))
    groups = tasks.groupby(tasks.index.map(lambda task: programme.get(task, "-"))).mean()
    rows.append(_variant(doc_id, figure, "programmes", groups.mean(), part))
    weights = tasks.index.map(lambda task: money.get(task, 0.0)).to_numpy(float)
    value = float((tasks * weights).sum() / weights.sum()) if weights.sum() else float("nan")
    reason = None if weights.sum() else why("no_money_to_weigh")
    rows.append(_variant(doc_id, figure, "money", value, part, reason))
    return rows


def _variant(doc_id, figure, variant, value, part, reason=None) -> dict:
    ids = part["target_id"] if "target_id" in part else part["task_id"]
    return {
        "doc_id": doc_id,
        "figure": figure,
        "variant": variant,
        "value": float(value),
        "promises": len(part),
        "source_ids": join_ids(ids),
        "reason": because(reason),
    }
