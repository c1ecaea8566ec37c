"""What reports there are: the notebooks, their typed parameters, and every value the tables hold data for.

Everything here is decided before a kernel starts, from the CSVs alone and without pandas, so that a misspelt
region costs milliseconds and says what exists.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from minshi_analysis.model import SEVERAL_YEARS
from minshi_analysis.sentences import few

__all__ = ["NOTEBOOKS", "OWN", "Notebook", "Report", "UnknownReport", "available", "choose", "in_language"]

OWN = "zh"  # the language of a notebook that is given none
Rows = Callable[[str], list[dict[str, str]]]


class UnknownReport(ValueError):
    """The parameters name no report; the message says what comes nearest."""


@dataclass(frozen=True, slots=True)
class Report:
    """One notebook with one set of parameters.

    Examples
    --------
    >>> report = Report("city_year", (("region", "温州市"), ("year", 2022)))
    >>> report.name, report.label
    ('city_year/温州市-2022', '温州市 2022')
    """

    notebook: str
    parameters: tuple[tuple[str, str | int], ...] = ()
    title: str = ""
    documents: tuple[str, ...] = field(default=(), compare=False)
    region: tuple[str, str] = field(default=("", ""), compare=False)  # full name and code

    @property
    def name(self) -> str:
        """Path of the report below the output folder, without suffix: safe on every file system."""
        values = "-".join(str(value) for _, value in self.parameters) or self.notebook
        return f"{self.notebook}/{re.sub(r'[^-.0-9A-Za-z_一-鿿㐀-䶿]', '_', values).lstrip('.') or '_'}"

    @property
    def label(self) -> str:
        """What a person calls it."""
        return self.title or " ".join(str(value) for _, value in self.parameters) or self.notebook


@dataclass(frozen=True, slots=True)
class Notebook:
    """A parameterised notebook: its file, the types of its parameters, and the reports the tables allow."""

    name: str
    parameters: Mapping[str, type]
    reports: Callable[[Rows], Iterator[Report]]

    @property
    def file(self) -> str:
        return f"{self.name}.ipynb"


def _regions_and_years(rows: Rows) -> Iterator[Report]:
    """A region has a report of a year when a document of that year is its own or gives it a share.

    A region is called by its name, or by its code where the tables have another of that name.
    """
    every, allotted = rows("documents"), rows("allocations")
    documents = {row["doc_id"]: row for row in every if row["kind"] not in SEVERAL_YEARS}
    codes: dict[str, set[str]] = {}
    for row in [*every, *allotted]:
        codes.setdefault(row["region"], set()).update({row["adcode"]} - {""})
    covered: dict[tuple[str, str, str], set[str]] = {}
    shares = [row for row in allotted if row["doc_id"] in documents and row["adcode"]]
    for row in [*documents.values(), *shares]:
        key = (documents[row["doc_id"]]["year"], row["adcode"], row["region"])
        covered.setdefault(key, set()).add(row["doc_id"])
    for (year, code, region), doc_ids in sorted(covered.items()):
        shared = code and len(codes[region]) > 1
        parameters = (("region", code if shared else region), ("year", int(year)))
        title = f"{_above(code)}{region} {year}" if shared else ""
        yield Report("city_year", parameters, title, tuple(sorted(doc_ids)), (region, code))


def _above(code: str) -> str:
    from minshi_analysis.language.regions import parent  # the list of regions, only where it is needed

    above = parent(code)
    return above.name if above else code


def _plans(rows: Rows) -> Iterator[Report]:
    for row in sorted(rows("documents"), key=lambda row: row["doc_id"]):
        if row["kind"] in SEVERAL_YEARS:
            doc_id = row["doc_id"]
            region = (row["region"], row["adcode"])
            yield Report("indicator_trajectories", (("plan", doc_id),), row["title"], (doc_id,), region)


def _once(rows: Rows) -> Iterator[Report]:
    documents = tuple(sorted(row["doc_id"] for row in rows("documents")))
    if documents:
        yield Report("audit", title="各文件的核对", documents=documents)


def _yearly(name: str, kinds: Sequence[str], needed: str = "") -> Callable[[Rows], Iterator[Report]]:
    """A report for each region and year with a document of these kinds of its own (that has rows of a table, where one is needed)."""

    def reports(rows: Rows) -> Iterator[Report]:
        held = {row["doc_id"] for row in rows(needed)} if needed else None
        own: dict[str, set[str]] = {}
        for row in rows("documents"):
            if row["kind"] in kinds and (held is None or row["doc_id"] in held):
                for called in {row["region"], row["adcode"]}:
                    own.setdefault(called, set()).add(row["doc_id"])
        for report in _regions_and_years(rows):
            if own.get(str(dict(report.parameters)["region"]), set()) & set(report.documents):
                yield replace(report, notebook=name)

    return reports


def _compared(rows: Rows) -> Iterator[Report]:
    plans = tuple(sorted(row["doc_id"] for row in rows("documents") if row["kind"] == "plan"))
    if len(plans) > 1:
        yield Report("compare", title="各地同类承诺", documents=plans)


NOTEBOOKS: tuple[Notebook, ...] = (
    Notebook("city_year", {"region": str, "year": int}, _regions_and_years),
    Notebook("funding_equity", {"region": str, "year": int}, _yearly("funding_equity", ("plan",), "funding")),
    Notebook("milestones", {"region": str, "year": int}, _yearly("milestones", ("plan",), "milestones")),
    Notebook("completion", {"region": str, "year": int}, _yearly("completion", ("progress", "completion"))),
    Notebook("compare", {}, _compared),
    Notebook("indicator_trajectories", {"plan": str}, _plans),
    Notebook("audit", {}, _once),
)


def in_language(reports: Sequence[Report], lang: str) -> list[Report]:
    """The same reports in a language; that of the notebooks needs no parameter.

    Examples
    --------
    >>> [report.name for report in in_language([Report("city_year", (("region", "温州市"), ("year", 2022)))], "en")]
    ['city_year/温州市-2022-en']
    """
    if lang == OWN:
        return list(reports)
    return [
        replace(report, parameters=(*report.parameters, ("lang", lang)), title=f"{report.label} ({lang})")
        for report in reports
    ]


def available(tables: Path, notebooks: Path, registry: tuple[Notebook, ...] = NOTEBOOKS) -> list[Report]:
    """Every report that the built tables allow, in a fixed order.

    Parameters
    ----------
    tables : Path
        Folder of the tables' CSVs.
    notebooks : Path
        Folder of the notebooks; one that is not there has no reports.
    registry : tuple of Notebook

    Raises
    ------
    FileNotFoundError
        There are no tables yet.
    """

    @cache  # every notebook asks for the documents
    def rows(table: str) -> list[dict[str, str]]:
        path = tables / f"{table}.csv"
        if not path.is_file():
            raise FileNotFoundError(f"there is no {path}: run `minshi build` first")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    present = [notebook for notebook in registry if (notebooks / notebook.file).is_file()]
    return [report for notebook in present for report in notebook.reports(rows)]


def choose(
    reports: list[Report],
    doc: str | None = None,
    registry: tuple[Notebook, ...] = NOTEBOOKS,
    **parameters: object,
) -> list[Report]:
    """The reports that a person asked for.

    Parameters
    ----------
    reports : list of Report
        What exists (see `available`).
    doc : str, optional
        Only reports that cover this document.
    registry : tuple of Notebook
        Where the parameters' names and types are looked up.
    **parameters : optional
        Values of the notebooks' parameters; what is None or left out is free.

    Raises
    ------
    UnknownReport
        No notebook has such a parameter, a value has the wrong type, or nothing matches; the message says what
        comes nearest.

    Examples
    --------
    >>> have = [Report("city_year", (("region", "温州市"), ("year", 2022)))]
    >>> [report.name for report in choose(have, region="温州市")]
    ['city_year/温州市-2022']
    >>> choose(have, region="温州")
    Traceback (most recent call last):
        ...
    minshi_analysis.reports.parameters.UnknownReport: no report for 温州: did you mean 温州市?
    """
    types = {name: kind for notebook in registry for name, kind in notebook.parameters.items()}
    wanted: dict[str, object] = {}
    for name, value in parameters.items():
        if name not in types:
            raise UnknownReport(f"no notebook has a parameter {name}; there are: {', '.join(sorted(types))}")
        if value is not None:
            wanted[name] = _typed(name, value, types[name])
    if "region" in wanted:
        wanted["region"] = _region(reports, str(wanted["region"]))
    found = [
        report
        for report in reports
        if wanted.items() <= dict(report.parameters).items() and (doc is None or doc in report.documents)
    ]
    if not found:
        asked = wanted | ({"document": doc} if doc else {})
        raise UnknownReport(_nothing(reports, asked))
    return found


def _region(reports: list[Report], asked: str) -> str:
    """The parameter of the reports on a region that is called by its name or its code."""
    values = {report.region: str(value) for report in reports for value in _values(report, "region")}
    meant = [region for region in values if asked in (*region, values[region])]
    if len(meant) > 1 and len({code for _, code in meant}) > 1:
        from minshi_analysis.language.regions import told

        raise UnknownReport(f"{asked} is {told(sorted(code for _, code in meant))}: give the code")
    return values[meant[0]] if meant else asked


def _nothing(reports: list[Report], asked: dict[str, object]) -> str:
    """What was asked for in vain, and what comes nearest to the first value that leaves no report."""
    words = " ".join(map(str, asked.values())) or "anything"
    left, held, known = reports, [], []
    for name, value in asked.items():
        known = list(dict.fromkeys(each for report in left for each in _values(report, name)))
        left = [report for report in left if value in _values(report, name)]
        if not left:
            break
        held.append(str(value))
    near = (
        difflib.get_close_matches(str(value), map(str, known), n=3, cutoff=0.5) if asked and not held else []
    )
    if near and isinstance(value, str):
        return f"no report for {words}: did you mean {' or '.join(near)}?"
    there = few(sorted(map(str, known))) or "none"
    return f"no report for {words}: {' '.join(held) + ' has' if held else 'there are'} {there}"


def _values(report: Report, name: str) -> tuple:
    """A report's values of a parameter, or its documents."""
    if name == "document":
        return report.documents
    return tuple(value for key, value in report.parameters if key == name)


def _typed(name: str, value: object, kind: type) -> object:
    if isinstance(value, kind) and not isinstance(value, bool):
        return value
    try:
        if kind is int and isinstance(value, str):
            return int(value)
    except ValueError:
        pass
    wanted = {int: "a whole number such as 2022", str: "text"}.get(kind, kind.__name__)
    raise UnknownReport(f"{name} must be {wanted}, not {value!r}")
