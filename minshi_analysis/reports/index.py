"""What the index shows, gathered from the tables' CSVs and the reports' records; plain values that travel.

`landing` sets the page.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from html import unescape
from pathlib import Path

from minshi_analysis.model import SEVERAL_YEARS
from minshi_analysis.reports import records
from minshi_analysis.reports.parameters import Report

__all__ = [
    "WORKBOOK",
    "Download",
    "Entry",
    "Index",
    "Known",
    "Part",
    "Warning",
    "dates",
    "downloaded",
    "entries",
    "first_findings",
    "gathered",
    "paged",
    "part_of",
]

MANY = 600  # reports on one page
WORKBOOK = "minshi-tables.xlsx"
_WORKBOOK_ROWS = 200_000  # of all tables; more take a spreadsheet too long to open
FINDINGS = 3  # of each report on the index
WARNINGS = 12  # of the audit
_FINDINGS = re.compile(r'<ul class="(?:headlines|findings)">(.*?)</ul>', re.S)
_ITEM = re.compile(r"<li>(.*?)</li>", re.S)
_NOTE = re.compile(r' <small class="cite">.*?</small>', re.S)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """A report on the index, whether its page is there, and the first things that it has found."""

    report: Report
    made: bool
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a region's year: `kinds` of documents, and ``split`` or ``share`` where targets are divided."""

    region: str
    code: str
    year: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warning:
    """What the audit found: its class, the document, what it is about, and why, as codes of `reasons`."""

    kind: str
    title: str
    subject: str
    codes: str


@dataclass(frozen=True, slots=True)
class Download:
    """A table to be had: its rows, and the files it is had as."""

    name: str
    rows: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A province of an index of several pages: its code, its years, and how many regions and reports it has."""

    code: str
    years: tuple[int, ...]
    regions: int
    reports: int


@dataclass(frozen=True, slots=True)
class Index:
    """All that the index shows; `parts` where other pages show the regions, `part` where this is one of those, and `names`
    (region and code) of all that the other pages show."""

    entries: tuple[Entry, ...]
    known: tuple[Known, ...] = ()
    warnings: tuple[Warning, ...] = ()
    classes: Mapping[str, int] = field(default_factory=dict)
    downloads: tuple[Download, ...] = ()
    documents: int = 0
    date: str = ""
    lang: str = "zh"
    langs: tuple[str, ...] = ("zh",)  # in which there are reports
    parts: tuple[Part, ...] = ()
    part: str = ""
    names: tuple[tuple[str, str], ...] = ()
    workbook: bool = False  # whether all tables can be had as one

    def plain(self) -> dict:
        """All of it as what JSON knows, for a hash."""
        return asdict(self)


def entries(reports: Iterable[Report], out: Path) -> list[Entry]:
    """An entry for every report that exists, made or not."""
    found = []
    for report in reports:
        record = records.read(records.record_path(out, report)) or {}
        made = (out / f"{report.name}.html").is_file()
        found.append(Entry(report, made, tuple(record.get("findings", ()))))
    return found


def first_findings(page: bytes) -> list[str]:
    """The first things that a report has found, as its page says them, without their links.

    Examples
    --------
    >>> first_findings(b'<ul class="findings"><li>a &amp; b</li><li>c <small class="cite"><a>4.3</a></small></li></ul>')
    ['a & b', 'c']
    """
    found = _FINDINGS.search(page.decode())
    items = _ITEM.findall(found[1]) if found else []
    return [unescape(_TAG.sub("", _NOTE.sub("", item))).strip() for item in items[:FINDINGS]]


def gathered(listed: Sequence[Entry], tables: Path) -> Index:
    """What the index shows, of the tables that are there."""
    documents = _rows(tables, "documents")
    facts = [row for row in _rows(tables, "checks") if row["verdict"] == "mismatch" and not row["follows"]]
    facts.sort(key=lambda row: -float(row["importance"] or 0))
    titles = {row["doc_id"]: row["title"] for row in documents}
    classes: dict[str, int] = {}
    for row in facts:
        classes[row["class"]] = classes.get(row["class"], 0) + 1
    shown = (
        Warning(r["class"], titles.get(r["doc_id"], ""), r["subject"], r["codes"]) for r in facts[:WARNINGS]
    )
    downloads = tuple(_downloads(tables))
    return Index(
        tuple(listed),
        tuple(_known(documents, _rows(tables, "allocations"))),
        tuple(shown),
        classes,
        downloads,
        len(documents),
        max(map(_day, documents), default=""),
        workbook=_fits(downloads),
    )


def paged(index: Index) -> list[Index]:
    """The index as one page; of many reports as a page for each province, and one that leads to them.

    A page of fifteen thousand reports takes a browser a minute; these take it less than a second.
    """
    if len(index.entries) <= MANY:
        return [index]
    entries: dict[str, list[Entry]] = {}
    for entry in index.entries:
        name, code = entry.report.region
        entries.setdefault(part_of(code) if name else "", []).append(entry)
    known: dict[str, list[Known]] = {}
    for each in index.known:
        known.setdefault(part_of(each.code), []).append(each)
    parts = [
        Index(
            tuple(entries.get(code, ())),
            tuple(known.get(code, ())),
            lang=index.lang,
            langs=index.langs,
            date=index.date,
            part=code,
        )
        for code in sorted(known.keys() | entries.keys() - {""})
    ]
    names = tuple(dict.fromkeys((each.region, each.code) for each in index.known))
    first = replace(
        index, entries=tuple(entries.get("", ())), known=(), parts=tuple(map(_part, parts)), names=names
    )
    return [*parts, first]  # which leads to them


def part_of(code: str) -> str:
    """The page on which a region is shown: its province's.

    Examples
    --------
    >>> part_of("330302"), part_of("")
    ('33', '00')
    """
    return code[:2] or "00"


def _part(index: Index) -> Part:
    years = sorted({each.year for each in index.known})
    regions = len({(each.code, each.region) for each in index.known})
    return Part(index.part, tuple(years), regions, len(index.entries))


def _fits(downloads: Sequence[Download]) -> bool:
    """Whether the tables can be had as one workbook: they are built, and not too many rows."""
    built = all(len(each.files) > 1 for each in downloads)
    return built and 0 < sum(each.rows for each in downloads) <= _WORKBOOK_ROWS


def dates(tables: Path) -> dict[str, str]:
    """The day of each document, where it prints one: of its publication, else of its figures."""
    return {row["doc_id"]: _day(row) for row in _rows(tables, "documents")}


def _day(row: Mapping[str, str]) -> str:
    return row.get("published") or row.get("as_of") or ""


def _rows(tables: Path, name: str) -> list[dict[str, str]]:
    path = tables / f"{name}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _known(documents: Sequence[Mapping[str, str]], shares: Sequence[Mapping[str, str]]) -> list[Known]:
    """Of each region and year what is known, by code and year."""
    yearly = {row["doc_id"]: row for row in documents if row["kind"] not in SEVERAL_YEARS}
    found: dict[tuple[str, str, int], set[str]] = {}
    for row in yearly.values():
        found.setdefault((row["adcode"], row["region"], int(row["year"])), set()).add(row["kind"])
    for row in shares:
        plan = yearly.get(row["doc_id"])
        if plan is None or not row["adcode"]:
            continue
        year = int(plan["year"])
        found.setdefault((plan["adcode"], plan["region"], year), set()).add("split")
        if row["adcode"] != plan["adcode"]:
            found.setdefault((row["adcode"], row["region"], year), set()).add("share")
    order = ("plan", "split", "share", "progress", "completion")
    return [
        Known(region, code, year, tuple(kind for kind in order if kind in kinds))
        for (code, region, year), kinds in sorted(found.items())
    ]


def _downloads(tables: Path) -> Iterable[Download]:
    for path in sorted(tables.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = sum(1 for _ in csv.reader(file)) - 1
        files = (path.name, *([f"{path.stem}.parquet"] if _parquet(tables, path.stem) else []))
        yield Download(path.stem, rows, files)


def _parquet(tables: Path, name: str) -> Path | None:
    """A table's Parquet file; none where it lies in several."""
    below = (tables.parent if tables.name == "csv" else tables) / "parquet" / name
    parts = sorted(below.glob("*.parquet"))
    return parts[0] if len(parts) == 1 else None


def downloaded(index: Index, tables: Path) -> dict[str, Path]:
    """The files that the index offers, by name, and what says what their columns mean."""
    found = {
        each.name: [tables / f"{each.name}.csv", _parquet(tables, each.name)] for each in index.downloads
    }
    files = {f"{name}.{suffix}": path for name, paths in found.items()
             for suffix, path in zip(("csv", "parquet"), paths, strict=True) if path}  # fmt: skip
    package = tables / "datapackage.json"
    return files | ({package.name: package} if package.is_file() else {})
