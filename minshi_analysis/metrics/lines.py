"""Funding lines: one row per printed line of money, with its funders side by side and the tasks it serves."""

from collections.abc import Mapping

import pandas as pd

from minshi_analysis.metrics.result import because, join_ids, natural
from minshi_analysis.model import FUNDERS
from minshi_analysis.reasons import why

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
        Two totals in one line.
    """
    funding, tasks = tables["funding"], tables["tasks"]
    twice = funding[funding["funder"].eq("total") & funding.duplicated(["funding_id", "funder"])]
    if len(twice):
        raise ValueError(f"funding {twice.iloc[0]['funding_id']}: two totals: keep one")
    present = [who for who in FUNDERS if who == "total" or funding["funder"].eq(who).any()]
    amounts: dict[str, dict[str, float]] = {}
    docs: dict[str, str] = {}
    for row in funding[["funding_id", "doc_id", "funder", "amount_wan"]].itertuples(index=False):
        line = amounts.setdefault(row.funding_id, dict.fromkeys(present, float("nan")))
        docs.setdefault(row.funding_id, row.doc_id)
        if pd.notna(row.amount_wan):  # two columns may be one funder's: 中央 and 省级 are both superior
            line[row.funder] = row.amount_wan + (0.0 if pd.isna(line[row.funder]) else line[row.funder])
    about = tasks.drop_duplicates("task_id").set_index("task_id")[["programme", "programme_no"]].T.to_dict()
    served: dict[str, list[str]] = {}
    pairs = tables["funding_tasks"][["funding_id", "task_id"]].itertuples(index=False)
    for funding_id, task_id in pairs:
        served.setdefault(funding_id, []).append(task_id)
    rows = []
    for funding_id in sorted(amounts, key=natural):
        ids = tuple(dict.fromkeys(sorted(served.get(funding_id, ()), key=natural)))
        rows.append(
            {
                "funding_id": funding_id,
                "doc_id": docs[funding_id],
                **amounts[funding_id],
                "task_ids": ids,
                **{name: _joined(about, ids, name) for name in ("programme", "programme_no")},
            }
        )
    columns = ["funding_id", "doc_id", *present, "task_ids", "programme", "programme_no"]
    return pd.DataFrame(rows, columns=columns)


def _joined(about: Mapping[str, Mapping[str, object]], ids: tuple[str, ...], name: str) -> str | None:
    """What the tasks are filed under, each once."""
    found = [about[task_id][name] for task_id in ids if task_id in about]
    return "|".join(dict.fromkeys(str(value) for value in found if pd.notna(value))) or None


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
        reason = why("no_line")
    elif not len(printed):
        reason = why("no_amount")
    elif missing:
        reason = why("lines_without_amount", some=missing, all=len(lines))
    return {
        "amount": sum(printed) if len(printed) else float("nan"),
        "lines": len(lines),
        "lines_missing": missing,
        "source_ids": join_ids(lines["funding_id"]),
        "reason": because(reason),
    }
