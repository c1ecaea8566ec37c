"""Trace: the printed source of any row, and the chain from a check or a metric back to its rows.

Ids are those of the tables; for rows without an id of their own see :mod:`minshi_analysis.tables.ids`. A population
figure leads to its citation, and so does a row of the census that the package holds (``census2020/511802``).
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from minshi_analysis import reference
from minshi_analysis.audit.page import Place, as_html
from minshi_analysis.audit.printed import Printed, printed
from minshi_analysis.reasons import figure
from minshi_analysis.tables.ids import NUMBERED, joined_id, numbered_ids, population_id

__all__ = ["Step", "Trace", "UnknownId", "row_ids", "trace"]

_TABLES = (
    "documents", "tasks", "targets", "allocations", "funding", "funding_tasks", "outcomes", "milestones", "indicators",
    "observations", "investments", "population", "sources", "totals", "checks", "links", "patches",
)  # fmt: skip
_KEYS = {
    "documents": "doc_id", "tasks": "task_id", "targets": "target_id", "indicators": "indicator_id",
    "investments": "investment_id", "checks": "check_id", "sources": "source_id",
}  # fmt: skip
_HIDDEN = frozenset({"doc_id", "source_start", "source_end", "source_ref", "patched", "text"})
_FIGURES = ("value", "amount_wan", "baseline", "target", "total_yi", "plan_period_yi", "expected", "actual")
_MOST = 40  # rows shown behind one row


class UnknownId(ValueError):
    """No row has this id; the message lists those nearest to it."""


class ChangedSource(ValueError):
    """A source is no longer the file that the tables were built from."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a chain: its id, table and fields, where it is printed, and the corrections that apply."""

    row_id: str
    table: str
    about: str
    where: str = ""
    printed: str = ""
    corrections: tuple[str, ...] = ()
    depth: int = 0
    place: Place | None = field(default=None, repr=False)

    def __str__(self) -> str:
        lines = [f"{self.table} {self.row_id}"]
        lines += [f"  {part}" for part in (self.about, self.where) if part]
        lines += [f"    {line}" for line in self.printed.splitlines()]
        lines += [f"  {line}" for text in self.corrections for line in text.splitlines()]
        return "\n".join("  " * self.depth + line for line in lines)


@dataclass(frozen=True, slots=True)
class Trace:
    """What `trace` found: the steps from the row asked for to what stands behind it.

    Printed, it is text; in a notebook it shows itself.
    """

    row_id: str
    steps: tuple[Step, ...] = field(default=())

    def __str__(self) -> str:
        return "\n".join(str(step) for step in self.steps)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        """The steps, and below them the first printed place as it stands on the page."""
        marked = escape(str(self)).replace("»", "<mark>").replace("«", "</mark>")
        place = next((step.place for step in self.steps if step.place is not None), None)
        return f"<pre class='trace'>{marked}</pre>" + (as_html(place) if place is not None else "")


def trace(
    row: str | Mapping[str, Any] | pd.Series,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    project: Path | None = None,
) -> Trace:
    """The printed source of a value.

    Parameters
    ----------
    row : str, mapping or Series
        The id of a row of any table; several ids joined by ``|``; or a row of a metric's result, of which the
        ``source_ids`` are traced.
    tables : mapping of table name to DataFrame, optional
        Without it the project's built tables are read.
    project : Path, optional
        The project that holds the sources; found from the working directory.

    Returns
    -------
    Trace
        The lines that print the row, the figure between » and «; the corrections that were applied; and the rows
        behind it.

    Raises
    ------
    UnknownId
        No row has the id.

    Examples
    --------
    >>> import minshi_analysis as minshi
    >>> trace(minshi.load("targets").iloc[0]).steps[0].table
    'targets'
    """
    from minshi_analysis import catalogue
    from minshi_analysis.tables import files as store

    project = project or catalogue.find_project()
    tables = tables or {name: store.read_table(project, name) for name in _TABLES}
    evidence = _Evidence(project, tables)
    asked = row if isinstance(row, str) else _source_ids(row)
    if not asked.strip(" |"):
        raise UnknownId("the id is empty: ids look like document/4.3#1")
    steps = [step for part in asked.split("|") if part for step in evidence.chain(part.strip())]
    return Trace(asked, tuple(steps))


def _source_ids(row: Mapping[str, Any] | pd.Series) -> str:
    """The ids behind a row of a metric, or the row's own id."""
    for name in (
        "source_ids",
        "check_id",
        "target_id",
        "task_id",
        "indicator_id",
        "investment_id",
        "funding_id",
        "doc_id",
    ):
        if name in row and isinstance(row[name], str):
            return row[name]
    raise UnknownId(f"the row has no source_ids and no id: its columns are {', '.join(map(str, row.keys()))}")


def row_ids(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The id of every row: (id, table, row)."""
    for name in _TABLES:
        if name not in tables:
            continue
        rows = tables[name].to_dict("records")
        if name in _KEYS:
            yield from ((str(row[_KEYS[name]]), name, row) for row in rows)
        elif name in NUMBERED:
            yield from zip(numbered_ids(name, tables[name]), [name] * len(rows), rows, strict=True)
        elif name == "population":
            yield from ((population_id(row), name, row) for row in rows)
        else:
            yield from ((joined_id(name, row), name, row) for row in rows)


class _Evidence:
    """The rows by id, and the texts of the sources, read when first asked for."""

    def __init__(self, project: Path, tables: Mapping[str, pd.DataFrame]):
        self._project, self._tables = project, tables
        self._rows: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for row_id, name, row in row_ids(tables):
            self._rows.setdefault(row_id, []).append((name, row))
        self._rows[reference.SOURCE] = [("sources", dict(reference.CITATION))]
        self._lines: dict[str, list[str]] = {}
        for row_id, found in self._rows.items():
            if found[0][0] == "funding":
                self._lines.setdefault(row_id.partition("@")[0], []).append(row_id)
        self._sources: dict[str, Printed | None] = {}
        self._compared: set[str] = set()

    def chain(self, row_id: str) -> Iterator[Step]:
        """The steps of one id: its rows, then what stands behind them."""
        if counted := reference.counted(row_id):
            self._rows[row_id] = [("census2020", counted | {"source_id": reference.SOURCE})]
        if row_id not in self._rows and row_id not in self._lines:
            raise UnknownId(self._sentence(row_id))
        for own in self._lines.get(row_id, [row_id]):
            for name, row in self._rows[own]:
                yield self._step(own, name, row, 0)
        rows = (own for other in self._behind(row_id) for own in self._lines.get(other, [other]))
        behind = [other for other in dict.fromkeys(rows) if other in self._rows and other != row_id]
        for other in behind[:_MOST]:
            for name, row in self._rows[other]:
                yield self._step(other, name, row, 1)
        if len(behind) > _MOST:
            yield Step(f"and {len(behind) - _MOST} more", "rows", "", depth=1)

    def _sentence(self, row_id: str) -> str:
        known = [*self._rows, *self._lines]
        near = [k for k in known if row_id and k.startswith(row_id)][:5]
        near += difflib.get_close_matches(row_id, known, n=5, cutoff=0.5)
        near = list(dict.fromkeys(near))[:5]
        return f"no row has the id {row_id!r}; " + (
            f"the nearest are {', '.join(near)}" if near else "ids look like document/4.3#1"
        )

    # --- what stands behind a row ----------------------------------------------------------------------------------

    def _behind(self, row_id: str) -> Iterator[str]:
        name, row = self._rows[self._lines.get(row_id, [row_id])[0]][0]
        if name == "checks":
            yield from self._of_check(row)
        elif name == "links":
            yield (
                f"{row['target_id']}@{row['region']}"
                if f"{row['target_id']}@{row['region']}" in self._rows
                else row["target_id"]
            )
            yield row["other_target_id"]
        elif name == "funding":
            served = self._tables["funding_tasks"]
            yield from served.loc[served["funding_id"] == row["funding_id"], "task_id"]
        elif name == "observations":
            yield row["indicator_id"]
            yield from _listed(row["source_id"])
        elif name in ("population", "census2020"):
            yield from _listed(row["source_id"])
        else:
            yield from (
                row[key]
                for key in ("target_id", "task_id")
                if isinstance(row.get(key), str) and row[key] != row_id
            )

    def _of_check(self, check: Mapping[str, Any]) -> Iterator[str]:
        """The rows that a check speaks of: those that its id names, and the parts that it adds up."""
        key = check["check_id"].split("/", 2)[2]
        named = [
            found for part in re.split(r"=|@prose-\d+", key) if (found := self._named(part, check["doc_id"]))
        ]
        yield from named
        kind = check["kind"]
        for row_id in named:
            yield from self._parts(row_id, kind)
        if kind in ("grand_total", "summary_vs_list"):
            yield from self._printed_within(check, "totals")
            yield from self._summed(key, check["doc_id"])
        if kind == "between_documents":
            for row_id in named:
                yield from self._linked(row_id, check["doc_id"])

    def _named(self, part: str, doc_id: str) -> str | None:
        """The longest row id that a part of a check's id begins with."""
        part = re.sub(r"\(\d+\)$", "", part)
        words = (
            part if part.startswith(tuple(self._tables["documents"]["doc_id"] + "/")) else f"{doc_id}/{part}"
        )
        while words and words != doc_id:
            if words in self._rows or words in self._lines:
                return words
            words = words.rpartition(".")[0] if "." in words.rpartition("/")[2] else words.rpartition("#")[0]
        return None

    def _parts(self, row_id: str, kind: str) -> Iterator[str]:
        wanted = {
            "allocation_sum": ("@",),
            "funding_sum": ("@",),
            "rate_claimed": ("/outcome-",),
            "status_claimed": ("#", "/outcome-"),
            "same_thing_twice": ("/outcome-",),
            "parts_vs_whole": ("/outcome-",),
            "milestone": ("/milestone-",),
        }.get(kind, ())
        for mark in wanted:
            owner = row_id.partition("#")[0] if mark.startswith("/") else row_id
            yield from (k for k in self._rows if k.startswith(owner + mark))

    def _printed_within(self, check: Mapping[str, Any], table: str) -> Iterator[str]:
        for row_id, found in self._rows.items():
            name, row = found[0]
            same = (
                name == table
                and row["doc_id"] == check["doc_id"]
                and row["source_start"] == check["source_start"]
            )
            if same and pd.notna(check["expected"]) and row["value"] == check["expected"]:
                yield row_id

    def _summed(self, key: str, doc_id: str) -> Iterator[str]:
        """The rows of a column, a list, or one field of a list."""
        what, _, column = key.partition(".")
        for row_id, found in self._rows.items():
            name, row = found[0]
            if row.get("doc_id") != doc_id:
                continue
            summed = {
                "funding": lambda r: what == "funding" and r["funder"] == column,
                "investments": lambda r: what in ("list", r["field"]),
                "totals": lambda r: what == "summary" and r["of"] == "investments" and r["column"] == column,
            }
            if name in summed and summed[name](row):
                yield row_id

    def _linked(self, row_id: str, doc_id: str) -> Iterator[str]:
        links = self._tables["links"]
        for link in links[links["target_id"] == row_id].itertuples():
            if link.other_target_id.startswith(doc_id + "/"):
                share = f"{row_id}@{link.region}"
                yield from (share, link.other_target_id) if share in self._rows else (link.other_target_id,)

    # --- one row ---------------------------------------------------------------------------------------------------

    def _step(self, row_id: str, name: str, row: Mapping[str, Any], depth: int) -> Step:
        about = " · ".join(
            f"{key} {_shown(value)}" for key, value in row.items() if key not in _HIDDEN and _there(value)
        )
        start, end = row.get("source_start"), row.get("source_end")
        if isinstance(row.get("doc_id"), str):
            self._compare(row["doc_id"])
        source = self._source(row["doc_id"]) if _there(row.get("doc_id")) else None
        if source is None:
            place = row.get("source_ref") if _there(row.get("source_ref")) else f"characters {start}-{end}"
            known = "doc_id" in row and (_there(row.get("source_ref")) or _there(start))
            return Step(row_id, name, about, f"{row['doc_id']}: {place}" if known else "", depth=depth)
        figures: list[Any] = [row.get(c) for c in _FIGURES]
        values = [v for v in figures if _there(v) and not isinstance(v, str)]
        where, lines = source.quoted(row, values)
        told = tuple(self._corrections(row, source)) if row.get("patched") is True else ()
        place = self._place(row, values) if where else None
        return Step(row_id, name, about, where, lines, told, depth, place)

    def _place(self, row: Mapping[str, Any], values: list[float]) -> Place:
        path = self._project / "data" / "raw" / self._file(row["doc_id"])
        if _there(row.get("source_start")):
            return Place(path, int(row["source_start"]), int(row["source_end"]), values=tuple(values))
        return Place(path, ref=row["source_ref"], values=tuple(values))

    def _corrections(self, row: Mapping[str, Any], source: Printed) -> Iterator[str]:
        touching = source.corrections(row, self._tables["patches"])
        for p in touching:
            words, reads = p["printed"].strip(), _text_or_nothing(p["corrected"])
            yield f"corrected ({p['where']}): {words!r} reads {reads!r}\n  because {p['reason']}"
        if touching:
            yield f"as corrected: {source.corrected(row, touching)}"

    def _file(self, doc_id: str) -> str:
        documents = self._tables["documents"]
        return str(documents.loc[documents["doc_id"] == doc_id, "file"].iloc[0])

    def _compare(self, doc_id: str) -> None:
        """Refuse to point into a file that is not the one that the tables were built from."""
        if doc_id in self._compared:
            return
        documents = self._tables["documents"].set_index("doc_id")
        path = self._project / "data" / "raw" / self._file(doc_id)
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != documents.at[doc_id, "sha256"]:
            raise ChangedSource(
                f"data/raw/{path.name} is not the file that the tables were built from, its places would be wrong: "
                "restore it, or declare it and run `minshi build`"
            )
        self._compared.add(doc_id)

    def _source(self, doc_id: str) -> Printed | None:
        """The source as it prints, read when it is first asked for."""
        if doc_id not in self._sources:
            self._sources[doc_id] = printed(self._project / "data" / "raw" / self._file(doc_id))
        return self._sources[doc_id]


def _listed(ids: object) -> list[str]:
    return ids.split("|") if isinstance(ids, str) else []


def _there(value: object) -> bool:
    return value is not None and not (isinstance(value, float) and pd.isna(value)) and value is not pd.NA


def _shown(value: object) -> str:
    return figure(value) if isinstance(value, float) else str(value)


def _text_or_nothing(text: object) -> str:
    return text.strip() if isinstance(text, str) else ""
