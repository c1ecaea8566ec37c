"""Funding lines: one row per printed line of money, with its funders side by side and the tasks it serves."""

from collections.abc import Mapping

import pandas as pd

from minshi_analysis.metrics.result import because, join_ids, natural
from minshi_analysis.model import FUNDERS

__all__ = ["PARTS", "amount_of", "funding_lines"]

PARTS = tuple(funder for funder in FUNDERS if funder != "total")


def funding_lines(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Each funding line once, however many tasks share it.

    Parameters
    ----------
    tables : mapping
        `funding`, `funding_tasks` and `tasks`.

    Returns
    -------
    DataFrame
        funding_id, doc_id, one column per funder (万元, NaN where not printed), task_ids (tuple),
        programme and programme_no (joined by `|` where a line serves tasks of several programmes).
        A line without tasks has an empty tuple.

    Raises
    ------
    ValueError
        Two amounts of one funder in one line.
    """
    funding, tasks = tables["funding"], tables["tasks"]
    twice = funding[funding.duplicated(["funding_id", "funder"])]
    if len(twice):
        row = twice.iloc[0]
        raise ValueError(f"funding {row['funding_id']}: two amounts of funder {row['funder']}: keep one")
    wide = funding.pivot(index="funding_id", columns="funder", values="amount_wan").reindex(
        columns=list(FUNDERS)
    )
    doc = funding.drop_duplicates("funding_id").set_index("funding_id")["doc_id"]
    serves = tables["funding_tasks"].merge(tasks, on="task_id", how="left", suffixes=("_line", ""))
    by_line = dict(list(serves.groupby("funding_id")))
    rows = []
    for funding_id in sorted(wide.index, key=natural):
        served = by_line.get(funding_id)
        served = tasks.iloc[:0] if served is None else served
        served = served.loc[sorted(served.index, key=lambda i: natural(served.at[i, "task_id"]))]
        rows.append(
            {
                "funding_id": funding_id,
                "doc_id": doc[funding_id],
                **wide.loc[funding_id].to_dict(),
                "task_ids": tuple(dict.fromkeys(served["task_id"])),
                "programme": _joined(served["programme"]),
                "programme_no": _joined(served["programme_no"]),
            }
        )
    columns = ["funding_id", "doc_id", *FUNDERS, "task_ids", "programme", "programme_no"]
    return pd.DataFrame(rows, columns=columns)


def _joined(values: pd.Series) -> str | None:
    return "|".join(dict.fromkeys(values.dropna())) or None


def amount_of(lines: pd.DataFrame, funder: str) -> dict:
    """The sum of a funder's printed amounts over lines, with how many lines it rests on.

    Returns
    -------
    dict
        amount (万元, NaN where no line prints one), lines, lines_missing, source_ids, reason.
    """
    printed = lines[funder].dropna()
    missing = len(lines) - len(printed)
    reason = None
    if not len(lines):
        reason = "no funding line is printed"
    elif not len(printed):
        reason = "no funding line prints this amount"
    elif missing:
        reason = f"{missing} of {len(lines)} lines print no amount: a lower bound"
    return {
        "amount": sum(printed) if len(printed) else float("nan"),
        "lines": len(lines),
        "lines_missing": missing,
        "source_ids": join_ids(lines["funding_id"]),
        "reason": because(reason),
    }
