"""The pages that lie beside the reports: the index, the words explained, and a page of every source that a report cites.

Each is a function of what its record names; one whose record and file agree is not made again.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from minshi_analysis.hashes import digest
from minshi_analysis.reasons import say
from minshi_analysis.reports import records
from minshi_analysis.reports.officials import names_of
from minshi_analysis.reports.task import Place, SourceDocument
from minshi_analysis.reports.work import page_of_source

__all__ = ["Beside", "cited_sources", "is_due", "sources", "write"]

_ABOUT = ("doc_id", "issuer", "reference_no", "published", "as_of", "url", "file", "sha256")
# Tables whose rows have a place, with the columns that make an id and the one that holds the figure.
_CITING = {
    "tasks": (("task_id",), None),
    "targets": (("target_id",), "value"),
    "allocations": (("target_id", "region"), "value"),
    "funding": (("funding_id", "funder"), "amount_wan"),
    "outcomes": (("target_id", "task_id"), "value"),
    "milestones": (("target_id", "task_id"), "due"),
    "indicators": (("indicator_id",), "target"),
    "observations": (("indicator_id",), "value"),
    "investments": (("investment_id",), "total_yi"),
    "totals": (("subject",), "value"),
    "checks": (("check_id",), None),
    "extras": (("task_id",), None),
}
_ENGLISH = ".en"
_SOURCE = re.compile(rb'href="\.\./sources/([^"#]+)\.html')


@dataclass(frozen=True, slots=True)
class Beside:
    """A page, or another file, beside the reports.

    `name` is its path without `suffix`, `made_from` the hash of what it is a function of, `call` the function that a worker
    is asked to call, `gather` gives that function's arguments when they are needed, `files` are copied beside it, by where
    they go.
    """

    name: str
    made_from: str
    call: Callable[..., bytes]
    gather: Callable[[], tuple[Any, ...]]
    files: Mapping[str, Path] = field(default_factory=dict)
    suffix: str = "html"


def is_due(page: Beside, out: Path) -> bool:
    """Whether the page is not there as it would be made."""
    record = records.read(out / f"{page.name}.json")
    if not all((out / name).is_file() for name in page.files):
        return True
    try:
        there = digest((out / f"{page.name}.{page.suffix}").read_bytes())
    except OSError:
        return True
    return (
        record is None
        or record["inputs"] != {"made_from": page.made_from}
        or record["outputs"] != {page.suffix: there}
    )


def write(page: Beside, data: bytes, out: Path, scratch: Path) -> None:
    """The page with what belongs to it, and then its record: one without its record is made again."""
    for name, path in page.files.items():
        records.write(path.read_bytes(), out / name, scratch)
    records.write(data, out / f"{page.name}.{page.suffix}", scratch)
    record = {"inputs": {"made_from": page.made_from}, "outputs": {page.suffix: digest(data)}}
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    records.write(text.encode(), out / f"{page.name}.json", scratch)


def cited_sources(page: bytes) -> list[str]:
    """The pages of documents that a report's page leads to: a doc_id, in English reports with its language behind it."""
    return sorted({unquote(name.decode()) for name in _SOURCE.findall(page)})


def sources(
    project: Path, tables: Path, cited: Sequence[str], inputs: records.Inputs, names: bool = False
) -> Iterator[Beside]:
    """The pages of these source documents.

    Parameters
    ----------
    project, tables : Path
    cited : sequence of str
        What reports lead to, as `cited_sources` finds it.
    inputs : Inputs
        Hashes of the library and the tables.
    names : bool
        Whether the names of officials are shown.
    """
    rows = _Rows(tables)
    known = {row["doc_id"]: row for row in rows["documents"]} if cited else {}
    common = json.dumps([inputs.common, inputs.tables], sort_keys=True)
    for name in cited:
        doc_id, lang = (name, "zh") if name in known else (name.removesuffix(_ENGLISH), "en")
        if doc_id not in known:
            continue
        about = known[doc_id]
        pages = {"zh": doc_id, "en": f"{doc_id}{_ENGLISH}"}
        others = tuple(
            (code, f"{quote(page)}.html") for code, page in pages.items() if code != lang and page in cited
        )
        made_from = digest(json.dumps([common, about["sha256"], lang, others, names]).encode())
        gather = partial(_gathered, project, rows, about, lang, others, names)
        yield Beside(f"sources/{name}", made_from, page_of_source, gather)


def _gathered(*asked: Any) -> tuple[SourceDocument]:
    return (_document(*asked),)


def _document(
    project: Path,
    rows: _Rows,
    about: Mapping[str, str],
    lang: str,
    others: tuple[tuple[str, str], ...],
    names: bool,
) -> SourceDocument:
    import hashlib

    path = project / "data" / "raw" / about["file"]
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != about["sha256"]:
        raise OSError(f"{path} is no longer the file that the tables were built from: run `minshi build`")
    told = tuple((say(f"pages.about_{name}", lang), about[name]) for name in _ABOUT if about.get(name))
    date = about.get("published") or about.get("as_of") or ""
    return SourceDocument(
        about["doc_id"],
        about["title"],
        about["file"],
        data,
        told,
        tuple(_places(rows, about["doc_id"])),
        date,
        lang,
        () if names else names_of(row["responsible"] for row in rows.of("tasks", about["doc_id"])),
        others,
    )


def _places(rows: _Rows, doc_id: str) -> Iterator[Place]:
    for table, (keys, figure) in _CITING.items():
        for row in rows.of(table, doc_id):
            found = [row[key] for key in keys if row.get(key)]
            row_id = "@".join(found) if len(keys) == 2 and keys[1] != "task_id" else next(iter(found), "")
            told = f"{row[figure]}{row.get('unit') or ''}" if figure and row.get(figure) else ""
            yield _place(row, table, row_id, told)
    for row in rows.of("unread", doc_id):
        yield _place(row, "unread", "", row["reason"])
    for row in rows.of("patches", doc_id):
        yield _place(row, "patches", row["where"], row["reason"], row["printed"], row["corrected"])


def _place(
    row: Mapping[str, str], table: str, row_id: str, told: str, printed: str = "", corrected: str = ""
) -> Place:
    start, end = (int(float(row[name])) if row.get(name) else None for name in ("source_start", "source_end"))
    return Place(start, end, row.get("source_ref") or "", table, row_id, told, printed, corrected)


class _Rows:
    """The rows of tables, read when they are asked for, and once."""

    def __init__(self, tables: Path):
        self._tables = tables
        self._read: dict[str, list[dict[str, str]]] = {}
        self._by_document: dict[str, dict[str, list[dict[str, str]]]] = {}

    def __getitem__(self, table: str) -> list[dict[str, str]]:
        if table not in self._read:
            path = self._tables / f"{table}.csv"
            self._read[table] = []
            if path.is_file():
                with path.open(encoding="utf-8-sig", newline="") as file:
                    self._read[table] = list(csv.DictReader(file))
        return self._read[table]

    def of(self, table: str, doc_id: str) -> list[dict[str, str]]:
        """The rows of a document that have a place."""
        if table not in self._by_document:
            found: dict[str, list[dict[str, str]]] = {}
            for row in self[table]:
                if row.get("source_start") or row.get("source_ref"):
                    found.setdefault(row.get("doc_id", ""), []).append(row)
            self._by_document[table] = found
        return self._by_document[table].get(doc_id, [])
