"""What a promised unit costs: a funding line's money per classroom, bed or kilometre."""

from collections.abc import Mapping

import pandas as pd

from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.lines import funding_lines
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.reasons import Reason, why

__all__ = ["funding_per_unit"]

YUAN_PER_WAN = 10_000
# A promise of at least n units makes the printed money per unit an upper limit, and the other way round.
_OPPOSITE = {"at_least": "at_most", "more_than": "less_than", "at_most": "at_least", "less_than": "more_than"}


def funding_per_unit(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    funder: str = "total",
) -> pd.DataFrame:
    """Planned money per promised unit: ``amount_wan * 10000 / target``, yuan.

    Only where the money is for one quantity: a line that serves several tasks or targets, a target that is
    a rate or a sum of money, or one without a printed number gives a missing value with its reason.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, funding, funding_tasks.
    funder : str
        Whose money; `total` is the printed sum.

    Returns
    -------
    DataFrame
        One row per target of a plan. Keys doc_id, task_id, target_id; measure, programme; value (元/个,
        元/张, ...), amount (万元), quantity (the target's unit); bound (`at_most` where the promise is
        `at_least`); source_ids; reason. A printed amount of 0 gives 0.

    Examples
    --------
    >>> costs = funding_per_unit("温州市", 2022).set_index("target_id")
    >>> float(costs.at["wenzhou-2022-plan/1.1#1", "value"])  # 元 per classroom: 17853 万元 / 5000
    35706.0
    """
    t = resolve(("tasks", "targets", "funding", "funding_tasks"), region, year, tables, kinds=("plan",))
    line_of = {task: line for line in funding_lines(t).to_dict("records") for task in line["task_ids"]}
    lines_of_task = t["funding_tasks"].groupby("task_id")["funding_id"].nunique()
    tasks = t["tasks"].set_index("task_id")
    siblings = t["targets"][t["targets"]["part_of"].isna()].groupby("task_id")["target_id"].nunique()
    rows = []
    for target in t["targets"].itertuples():
        line = line_of.get(target.task_id)
        amount = line[funder] if line else float("nan")
        reason = _obstacle(
            target, line, amount, siblings.get(target.task_id, 1), lines_of_task.get(target.task_id, 0)
        )
        unit = None if pd.isna(target.unit) else target.unit
        rows.append(
            {
                "doc_id": target.doc_id,
                "task_id": target.task_id,
                "target_id": target.target_id,
                "measure": target.measure,
                "programme": tasks.at[target.task_id, "programme"] if target.task_id in tasks.index else None,
                "value": float("nan") if reason else amount * YUAN_PER_WAN / target.value,
                "unit": f"元/{unit or '（未印单位）'}",
                "amount": amount,
                "quantity": target.value,
                "quantity_unit": unit or "（未印单位）",
                "bound": _OPPOSITE.get(target.bound, target.bound),
                "source_ids": join_ids(target.target_id, line["funding_id"] if line else None),
                "reason": because(reason),
            }
        )
    keys = ["doc_id", "task_id", "target_id", "measure", "programme"]
    return result(rows, keys, {"value": None, "amount": "万元", "quantity": None}, ["bound"], t["documents"])


def _obstacle(target, line, amount, siblings: int, lines: int) -> Reason | None:
    if line is None:
        return why("task_without_line")
    if lines > 1:
        return why("lines_of_task", lines=lines)
    if len(line["task_ids"]) > 1:
        return why("line_of_tasks", tasks=len(line["task_ids"]))
    if isinstance(target.part_of, str):
        return why("part_of", whole=target.part_of)
    if siblings > 1:
        return why("line_of_targets", targets=siblings)
    if pd.isna(amount):
        return why("line_without_amount")
    if pd.isna(target.value) or target.value <= 0:
        return why("no_quantity")
    if target.unit in ("%", "‰", "万元", "元"):
        return why("no_number_of_units")
    if target.nature == "stock":
        return why("level_not_flow")
    return None
