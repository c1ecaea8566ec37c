"""`minshi audit` and `minshi trace`: print the checks and links, print the source of a value."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

__all__ = ["FORMATS", "run_audit", "run_trace"]

FORMATS = ("text", "csv", "json", "quiet")
# What a reader should look at first.
_ORDER = ("mismatch", "cannot_check", "not_additive", "ok")
# What a step of a trace says to a program: all but the picture of its place.
_TOLD = ("row_id", "table", "about", "where", "printed", "corrections", "depth")
_TITLES = {
    "mismatch": "does not hold",
    "cannot_check": "cannot be checked",
    "not_additive": "does not add up, and need not",
    "ok": "holds",
}


def run_audit(
    format: str = "text",
    *,
    doc_id: str | None = None,
    every: bool = False,
    table: str = "checks",
    project: Path | None = None,
    out: TextIO | None = None,
) -> int:
    """Print what the audit found.

    Parameters
    ----------
    format : {"text", "csv", "json", "quiet"}
        A report for readers, the rows of a table, one JSON object that sums up, or of the report only what does not hold.
    doc_id : str, optional
        Only the findings of one document.
    every : bool
        In text, also list what holds; without it, only its number.
    table : {"checks", "links"}
        Which rows to print as CSV.
    project : Path, optional
        The project; found from the working directory.
    out : text file, optional
        Where to print; standard output.

    Returns
    -------
    int
        0. A mismatch in a document is a finding, not a failure.

    Raises
    ------
    ValueError
        Unknown format, table or document.
    """
    from minshi_analysis import catalogue
    from minshi_analysis.tables import files as store

    out = out or sys.stdout
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}: there are {', '.join(FORMATS)}")
    if table not in ("checks", "links"):
        raise ValueError(f"the audit has no table {table!r}: there are checks and links")
    project = project or catalogue.find_project()
    checks, links = store.read_valid(project, "checks"), store.read_valid(project, "links")
    if doc_id is not None:
        known = store.read_valid(project, "documents")["doc_id"]
        if doc_id not in set(known):
            raise ValueError(f"no document {doc_id!r}: there are {', '.join(known)}")
        checks = checks[checks["doc_id"] == doc_id]
        links = links[(links["target_id"] + "|" + links["other_target_id"]).str.contains(doc_id, regex=False)]
    if format == "csv":
        rows = checks if table == "checks" else links
        out.write(rows.to_csv(index=False, lineterminator="\n"))
        return 0
    if format == "json":
        print(json.dumps(summed(checks, links), ensure_ascii=False), file=out)
        return 0
    wrong = checks[checks["verdict"] == "mismatch"]
    if format == "text":
        out.write(report(checks, links, every=every))
    elif len(wrong):
        print(*_section("mismatch", wrong), sep="\n", file=out)
    return 0


def summed(checks: pd.DataFrame, links: pd.DataFrame) -> dict[str, Any]:
    """Checks and links as numbers by verdict, and what does not hold with its words: what a monitor reads."""
    columns = [
        "check_id",
        "doc_id",
        "kind",
        "class",
        "importance",
        "subject",
        "expected",
        "actual",
        "explanation",
    ]
    wrong = checks.loc[checks["verdict"] == "mismatch", columns]
    same = int(links["same"].sum())
    return {
        "checks": {verdict: int((checks["verdict"] == verdict).sum()) for verdict in _ORDER},
        "links": {"same": same, "changed": len(links) - same},
        "mismatches": json.loads(wrong.to_json(orient="records", force_ascii=False)),
    }


def report(checks: pd.DataFrame, links: pd.DataFrame, *, every: bool = False) -> str:
    """Checks and links as text: what does not hold first, by document, each with its id for `minshi trace`."""
    lines = []
    for verdict in _ORDER:
        rows = checks[checks["verdict"] == verdict]
        if verdict == "ok" and not every:
            kinds = rows["kind"].value_counts().sort_index()
            lines.append(f"{_TITLES[verdict]}: {len(rows)}")
            lines += [f"  {kind}: {number}" for kind, number in kinds.items()]
        else:
            lines += _section(verdict, rows)
    same = int(links["same"].sum())
    lines.append(
        f"promises in two documents: {len(links)} linked, {same} with equal values, {len(links) - same} changed"
    )
    return "\n".join(lines) + "\n"


def _section(verdict: str, rows: pd.DataFrame) -> list[str]:
    lines = [f"{_TITLES[verdict]}: {len(rows)}"]
    for name, own in rows.groupby("doc_id", sort=True):
        lines.append(f"  {name}")
        for row in own.itertuples():
            lines.append(f"    {row.subject}")
            lines += [f"      {part}" for part in (row.explanation, row.check_id) if isinstance(part, str)]
    return lines


def run_trace(
    row_id: str,
    format: str = "text",
    *,
    project: Path | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Print the printed source of a row.

    Parameters
    ----------
    row_id : str
        An id of any table; several joined by ``|``.
    format : {"text", "json", "quiet"}
        For readers, as one JSON object, or not at all: the status alone says whether there is such a row.
    project : Path, optional
    out, err : text files, optional
        Standard output and standard error.

    Returns
    -------
    int
        0, or 2 where no row has the id; then one sentence says which ids are near.
    """
    from minshi_analysis.audit.trace import UnknownId, trace

    try:
        found = trace(row_id, project=project)
    except UnknownId as error:
        print(f"minshi: {error}", file=err or sys.stderr)
        return 2
    if format == "text":
        print(found, file=out or sys.stdout)
    elif format == "json":
        steps = [{name: getattr(step, name) for name in _TOLD} for step in found.steps]
        told = {"id": found.row_id, "steps": steps}
        print(json.dumps(told, ensure_ascii=False), file=out or sys.stdout)
    return 0
