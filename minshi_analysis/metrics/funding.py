"""Where the money goes: per resident, by funder, and how concentrated over programmes.

Amounts are the printed plan figures in 万元 (the plans call them estimates or subsidies); a line that serves
several tasks is counted once and never divided between them.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.lines import PARTS, amount_of, funding_lines
from minshi_analysis.metrics.population import NOTES, residents
from minshi_analysis.metrics.result import because, join_ids, natural, result
from minshi_analysis.model import FUNDERS
from minshi_analysis.reasons import Reason, why

__all__ = ["funding_concentration", "funding_structure", "per_capita_funding"]

YUAN_PER_WAN = 10_000
# Printed parts may be rounded to a hundredth of a 万元; a larger difference is one.
ROUNDING = 0.005

_TABLES = ("tasks", "funding", "funding_tasks")


def per_capita_funding(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    by: str | Iterable[str] = "programme",
    funder: str = "total",
    population_kind: str = "year_end",
    population_year: int | None = None,
    denominator: str | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Planned money per resident: ``amount_wan * 10000 / population``, yuan.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs funding, funding_tasks, tasks, population.
    by : {'total', 'programme', 'task', 'funder'} or several of them
        One row per document and group. With `funder` each funder is a row (`total` is the printed sum, not
        to be added to its parts); without it only the one named by `funder`.
        By task, the tasks that share a funding line stand together in one row.
    funder : str
        Whose money, where `by` does not list the funders.
    population_kind, population_year, denominator
        See :func:`minshi_analysis.metrics.population.residents`. Default: the document's region at the end of
        the document's year; where no such figure is published the value is missing and `reason` says so. A region
        of which the tables hold no population at all is set against the 2020 census of the package.

    Returns
    -------
    DataFrame
        Keys doc_id, region, year and the groups; value (元/人), amount (万元), population (人), lines and
        lines_missing (行), each with its unit; what is counted (population_of), its kind, date, boundary and note;
        source_ids; reason.

    Notes
    -----
    Assumes that all residents of the region are the reference, whoever benefits. Planned, not spent, money.

    Examples
    --------
    >>> per_capita_funding("温州市", 2022, by="total")[["value", "unit"]].round(2).values.tolist()
    [[628.67, '元/人']]
    """
    groups = _groups(by)
    t = resolve((*_TABLES, "population"), region, year, tables, kinds=("plan",))
    lines, rows = funding_lines(t), []
    for document in t["documents"].itertuples():
        people = residents(
            t["population"],
            [document.region],
            document.year,
            population_kind,
            population_year,
            codes={document.region: document.adcode},
            denominator=denominator,
        ).iloc[0]
        for group, part in _grouped(lines, t["tasks"], document.doc_id, groups):
            for who in [w for w in FUNDERS if w in lines] if "funder" in groups else (funder,):
                money = amount_of(part, who)
                rows.append(
                    {
                        "doc_id": document.doc_id,
                        "region": document.region,
                        "year": document.year,
                        "funder": who,
                        **group,
                        **money,
                        **people[["population", *NOTES]].to_dict(),
                        "value": money["amount"] * YUAN_PER_WAN / people["population"],
                        "source_ids": join_ids(
                            money["source_ids"] or group.get("task_id") or document.doc_id,
                            people["population_source"],
                        ),
                        "reason": because(money["reason"], group.get("reason"), people["reason"]),
                    }
                )
    keys = ["doc_id", "region", "year", *_group_columns(groups), "funder"]
    return result(rows, keys, _PER_CAPITA, NOTES, t["documents"])


_PER_CAPITA = {"value": "元/人", "amount": "万元", "population": "人", "lines": "行", "lines_missing": "行"}


def funding_structure(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    by: str | Iterable[str] = "total",
) -> pd.DataFrame:
    """Who pays: each funder's share of the printed total, ``100 * part / total``, %.

    Parameters
    ----------
    region, year, tables
        As in :func:`per_capita_funding`, without population.
    by : {'total', 'programme', 'task'}

    Returns
    -------
    DataFrame
        Keys doc_id, region, year, the group and funder; value (%), amount and total (万元). Only lines that
        print a total are counted. Where the parts do not add up to the total, a row `unexplained` holds the
        rest (negative where the parts exceed it).

    Examples
    --------
    >>> shares = funding_structure("温州市", 2022).set_index("funder")["value"]
    >>> float(shares["county"].round(2))  # 484817.0389 of 608488.4889 万元
    79.68
    """
    groups = _groups(by)
    if "funder" in groups:
        raise ValueError("funding_structure lists the funders of each group: by is total, programme or task")
    t = resolve(_TABLES, region, year, tables, kinds=("plan",))
    lines, rows = funding_lines(t), []
    for document in t["documents"].itertuples():
        for group, part in _grouped(lines, t["tasks"], document.doc_id, groups):
            whole = amount_of(part, "total")
            counted = part[part["total"].notna()]
            total = whole["amount"]
            amounts = {who: amount_of(counted, who) for who in PARTS if who in counted}
            rest = total - sum(
                money["amount"] for money in amounts.values() if money["amount"] == money["amount"]
            )
            if abs(rest) > ROUNDING:
                amounts["unexplained"] = whole | {
                    "amount": rest,
                    "reason": because(whole["reason"], why("parts_not_total")),
                }
            for who, money in amounts.items():
                zero = why("total_is_0") if total == 0 else None
                rows.append(
                    {
                        "doc_id": document.doc_id,
                        "region": document.region,
                        "year": document.year,
                        **group,
                        "funder": who,
                        "value": 100 * money["amount"] / total if total else float("nan"),
                        "amount": money["amount"],
                        "total": total,
                        "source_ids": whole["source_ids"] or group.get("task_id") or document.doc_id,
                        "reason": because(whole["reason"], money["reason"], group.get("reason"), zero),
                    }
                )
    keys = ["doc_id", "region", "year", *_group_columns(groups), "funder"]
    return result(rows, keys, {"value": "%", "amount": "万元", "total": "万元"}, (), t["documents"])


def funding_concentration(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    by: str = "programme",
    funder: str = "total",
    top: int = 3,
) -> pd.DataFrame:
    """How concentrated the money is over programmes.

    With ``s`` the programmes' shares: `herfindahl` ``sum(s**2)`` (1/n to 1), `effective_number`
    ``1/sum(s**2)`` (how many equal programmes would be as concentrated), `top_share` the share of the
    largest `top`.

    Returns
    -------
    DataFrame
        Keys doc_id, region, year, measure; value and unit; groups (the number of programmes with money),
        source_ids.

    Examples
    --------
    >>> funding_concentration("温州市", 2022)["measure"].tolist()
    ['effective_number', 'herfindahl', 'top_3_share']
    """
    t = resolve(_TABLES, region, year, tables, kinds=("plan",))
    lines, rows = funding_lines(t), []
    unit = {"programme": "个项目", "task": "项"}.get(by)
    if unit is None:
        raise ValueError(f"by is {by!r}: choose programme or task")
    for document in t["documents"].itertuples():
        amounts, ids, reasons = [], [], []
        for group, part in _grouped(lines, t["tasks"], document.doc_id, (by,)):
            money = amount_of(part, funder)
            ids.append(money["source_ids"] or document.doc_id)
            reasons.append(because(money["reason"], group.get("reason")))
            amounts.append(money["amount"])
        known = sorted(amount for amount in amounts if amount == amount and amount > 0)
        total = sum(known)
        shares = [amount / total for amount in known]
        herfindahl = sum(share**2 for share in shares) if shares else float("nan")
        limited = sum(bool(reason) for reason in reasons)
        values = {
            "herfindahl": (herfindahl, "0..1"),
            "effective_number": (1 / herfindahl, unit),
            f"top_{top}_share": (100 * sum(shares[-top:]) if shares else float("nan"), "%"),
        }
        for measure, (value, its_unit) in values.items():
            rows.append(
                {
                    "doc_id": document.doc_id,
                    "region": document.region,
                    "year": document.year,
                    "measure": measure,
                    "value": value,
                    "unit": its_unit,
                    "groups": len(known),
                    "groups_unit": unit,
                    "source_ids": join_ids(ids) or document.doc_id,
                    "reason": because(
                        None if shares else why("no_money_of", funder=funder),
                        why("groups_without_money", some=limited, all=len(amounts)) if limited else None,
                    ),
                }
            )
    return result(
        rows, ["doc_id", "region", "year", "measure"], {"value": None, "groups": None}, (), t["documents"]
    )


def _groups(by: str | Iterable[str]) -> tuple[str, ...]:
    groups = (by,) if isinstance(by, str) else tuple(by)
    strange = set(groups) - {"total", "programme", "task", "funder"}
    if strange or not groups or {"programme", "task"} <= set(groups):
        raise ValueError(f"by is {by!r}: choose total, programme, task (one of them), and funder")
    return groups


def _group_columns(groups: tuple[str, ...]) -> list[str]:
    if "programme" in groups:
        return ["programme_no", "programme"]
    return ["task_id", "programme"] if "task" in groups else []


def _grouped(lines: pd.DataFrame, tasks: pd.DataFrame, doc_id: str, groups: tuple[str, ...]):
    """(names of the group, its lines) for a document; a task without a line is in a group, or is one."""
    own = lines[lines["doc_id"].eq(doc_id)]
    loose = own[own["task_ids"].map(len).eq(0)]["funding_id"].tolist()
    own = own[own["task_ids"].map(len).gt(0)]
    tasks = tasks[tasks["doc_id"].eq(doc_id)]
    served = {task for ids in own["task_ids"] for task in ids}
    unfunded = tasks[~tasks["task_id"].isin(served)]
    aside = why("lines_without_task", lines=loose, count=len(loose)) if loose else None
    if "programme" in groups:
        names = pd.concat([own[["programme_no", "programme"]], unfunded[["programme_no", "programme"]]])
        for number, name in _distinct(names):
            without = int(
                (_same(unfunded["programme_no"], number) & _same(unfunded["programme"], name)).sum()
            )
            yield (
                {"programme_no": number, "programme": name, "reason": _without(without, aside)},
                own[_same(own["programme_no"], number) & _same(own["programme"], name)],
            )
    elif "task" in groups:
        for ids, part in own.groupby("task_ids"):
            shared = why("one_line_for_tasks", tasks=len(ids)) if len(ids) > 1 else None
            name = part["programme"].iloc[0]
            yield {"task_id": "|".join(ids), "programme": name, "reason": because(shared, aside)}, part
        for task in unfunded.itertuples():
            yield {"task_id": task.task_id, "programme": task.programme, "reason": aside}, own.iloc[:0]
    else:
        yield {"reason": _without(len(unfunded), aside)}, own


def _without(count: int, aside: Reason | None) -> tuple[Reason, ...]:
    return because(why("tasks_without_line", tasks=count) if count else None, aside)


def _distinct(names: pd.DataFrame) -> list[tuple]:
    pairs = {tuple(None if pd.isna(part) else part for part in row) for row in names.itertuples(index=False)}
    return sorted(pairs, key=lambda pair: (natural(pair[0]), natural(pair[1])))


def _same(values: pd.Series, wanted: object) -> pd.Series:
    return values.isna() if wanted is None else values.eq(wanted).fillna(False)
