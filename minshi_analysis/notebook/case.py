"""What the tables hold for one region and year: its own documents, those that give it a share, those below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import pandas as pd

from minshi_analysis.language import regions
from minshi_analysis.metrics.inputs import nearest, regions_of, without_namesakes
from minshi_analysis.model import empty
from minshi_analysis.notebook.places import labels
from minshi_analysis.reasons import catalogue
from minshi_analysis.tables.loaders import load

__all__ = ["Case", "city_year", "load_documents_of", "without_rows"]

YEARLY = ("plan", "progress", "completion")
REPORTS = ("progress", "completion")
_EXTRACTED = (
    "tasks",
    "targets",
    "allocations",
    "funding",
    "funding_tasks",
    "outcomes",
    "milestones",
    "checks",
    "links",
    "patches",
    "unread",
)


@dataclass(frozen=True)
class Case:
    """One region and year.

    Attributes
    ----------
    region, year : str, int
    documents : DataFrame
        The documents used, own first.
    own, above, below : tuple of str
        doc_ids: issued for the region; plans of a region above that give it a share; reports of regions inside it.
    adcode : str or None
        The region's code; None where it has none.
    called : str
        The region's name, behind that of the region above it where the tables have another of the name.
    lang : str
        The language of the report, zh or en.
    answers : dict
        What metrics have said already.
    tables : mapping of table name to DataFrame
        The rows of those documents, with population and sources whole; what the metrics take as `tables`.
    """

    region: str
    year: int
    documents: pd.DataFrame
    own: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    adcode: str | None = None
    called: str = ""
    lang: str = "zh"
    answers: dict[tuple[Any, ...], pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def ask(
        self, metric: Callable[..., pd.DataFrame], of: tuple[str, ...] | None = None, **options: Any
    ) -> pd.DataFrame:
        """What a metric says of these documents (the own ones, where nothing is said); no rows where it has none to ask.

        For the documents of one region it is ``metric(region, year)``.
        """
        key = (metric, *sorted(options.items()))
        if key not in self.answers:
            try:
                self.answers[key] = metric(tables=self.tables, **options)
            except ValueError:  # no document of the kind that the metric asks for
                self.answers[key] = metric(tables=without_rows(), **options).iloc[:0]
        rows = self.answers[key]
        return rows[rows["doc_id"].isin(self.own if of is None else of)].reset_index(drop=True)

    def of(self, table: str, doc_ids: tuple[str, ...] | None = None) -> pd.DataFrame:
        """Rows of a table of these documents (the own ones, where nothing is said)."""
        rows = self.tables[table]
        return rows[rows["doc_id"].isin(self.own if doc_ids is None else doc_ids)]

    def kinds(self, *kinds: str, of: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """doc_ids of these kinds (among the own ones, where nothing is said)."""
        chosen = self.documents[self.documents["kind"].isin(kinds)]["doc_id"]
        return tuple(doc for doc in chosen if doc in (self.own if of is None else of))

    @cached_property
    def rates(self) -> pd.DataFrame:
        """Shares per resident of every plan that divides its targets, each with what to call its target."""
        from minshi_analysis import metrics

        divided = [doc for doc in (*self.kinds("plan"), *self.above) if len(self.of("allocations", (doc,)))]
        parts = []
        for doc in divided:
            rates = metrics.allocation_rates(self.home(doc), self.year, tables=self.tables)
            names = labels(self.of("targets", (doc,)), self.of("tasks", (doc,)))
            parts.append(
                rates[rates["doc_id"].eq(doc)].assign(measure=lambda d, n=names: d["target_id"].map(n))
            )
        return pd.concat(parts, ignore_index=True) if parts else self.ask(metrics.allocation_rates).iloc[:0]

    @cached_property
    def attributed(self) -> pd.DataFrame:
        """The estimate of each county's part of the counties' money, of every plan that prints money."""
        from minshi_analysis import metrics

        homes = dict.fromkeys(self.home(doc) for doc in (*self.kinds("plan"), *self.above))
        parts = [metrics.attributed_funding(home, self.year, tables=self.tables) for home in homes]
        return pd.concat(parts, ignore_index=True) if parts else self.ask(metrics.attributed_funding).iloc[:0]

    @cached_property
    def shares(self) -> pd.DataFrame:
        """What plans of the region above allot to the region."""
        rows = self.of("allocations", self.above)
        rows = without_namesakes(rows, {self.region: {self.adcode}} if self.adcode else {})
        return rows[rows["region"].eq(self.region)]

    def row(self, doc_id: str) -> pd.Series:
        """A document's row."""
        return self.documents.set_index("doc_id").loc[doc_id]

    def home(self, doc_id: str) -> str:
        """The region a document is of."""
        return str(self.row(doc_id)["region"])


@cache
def without_rows() -> dict[str, pd.DataFrame]:
    """Tables without rows but for a document of each kind: what a metric says of them has its columns."""
    tables = {
        name: empty(name) for name in (*_EXTRACTED, "population", "sources", "indicators", "observations")
    }
    kinds = pd.DataFrame({"doc_id": YEARLY, "kind": YEARLY, "region": "", "year": 2020})
    return tables | {"documents": pd.concat([empty("documents"), kinds]).astype(empty("documents").dtypes)}


def city_year(region: str, year: int, lang: str = "zh") -> Case:
    """What the tables hold for a region and year: the first call of a notebook.

    Parameters
    ----------
    region : str
        Full official name (温州市, 乐清市, 浙南产业集聚区), or six-digit code where several have the name.
    year : int
    lang : str
        The language of the report: zh or en.

    Raises
    ------
    ValueError
        Nothing is held (the message says what comes nearest), or the name stands for several regions (it gives
        their codes).

    Examples
    --------
    >>> case = city_year("乐清市", 2022)
    >>> case.region, len(case.above)
    ('乐清市', 1)
    """
    catalogue(lang)  # refuses a language that there is not
    documents = load("documents")
    pairs = zip(documents["region"], documents["adcode"], strict=True)
    asked, (region, code) = region, regions.meant(str(region), pairs)
    documents = documents[documents["kind"].isin(YEARLY) & documents["year"].eq(year).fillna(False)]
    mine = documents["region"].eq(region) if code is None else documents["adcode"].eq(code).fillna(False)
    own = documents[mine]
    own = own.sort_values("kind", key=lambda kinds: kinds.map(YEARLY.index), kind="stable")  # the plan first
    try:
        shares = load("allocations", region=asked, year=year)
    except regions.Ambiguous:
        raise
    except ValueError:  # no region of that name
        raise ValueError(_nothing(region, year)) from None
    above = documents[documents["doc_id"].isin(shares["doc_id"]) & ~mine]
    if own.empty and above.empty:
        raise ValueError(_nothing(region, year))
    below = documents[documents["kind"].isin(REPORTS) & _inside(documents, own)]
    chosen = pd.concat([own, above, below]).reset_index(drop=True)
    ids = (tuple(own["doc_id"]), tuple(above["doc_id"]), tuple(below["doc_id"]))
    called = _called(region, code, year)
    code = code or next(iter([*own["adcode"].dropna(), *shares["adcode"].dropna()]), None)
    tables = load_documents_of(chosen)
    homes = regions_of(pd.concat([documents[mine], tables["allocations"]])) | (
        {region: {code}} if code else {}
    )
    tables["population"] = without_namesakes(tables["population"], homes)
    return Case(region, int(year), chosen, *ids, tables, code, called, lang)


def _called(name: str, code: str | None, year: int) -> str:
    """A region's name, behind that of the region above it where the name alone is refused."""
    above = regions.parent(code) if code else None
    if above is None:
        return name
    try:
        load("allocations", region=name, year=year)
    except regions.Ambiguous:
        return f"{above.name}{name}"
    return name


def load_documents_of(
    documents: pd.DataFrame, names: tuple[str, ...] = _EXTRACTED
) -> dict[str, pd.DataFrame]:
    """The rows of these documents of the tables named, with documents, population and sources."""
    tables = {"documents": documents, "population": load("population"), "sources": load("sources")}
    for name in names:
        parts = [load(name, doc_id=doc) for doc in documents["doc_id"]]
        parts = [part for part in parts if len(part)]
        tables[name] = pd.concat(parts, ignore_index=True) if parts else empty(name)
    return tables


def _inside(documents: pd.DataFrame, own: pd.DataFrame) -> pd.Series:
    """Documents of the counties of a city whose own document is among `own`."""
    cities = set(own.loc[own["level"].eq("city"), "adcode"].dropna().str[:4])
    return documents["adcode"].fillna("").str[:4].isin(cities) & ~documents["doc_id"].isin(own["doc_id"])


def _nothing(region: str, year: int) -> str:
    """That nothing is held of the region and year, and what comes nearest."""
    documents, shares = load("documents"), load("allocations")
    documents = documents[documents["kind"].isin(YEARLY)]
    years = documents.set_index("doc_id")["year"]
    pairs = set(zip(documents["region"], documents["year"], strict=True))
    shares = shares[shares["doc_id"].isin(years.index)]
    pairs |= set(zip(shares["region"], shares["doc_id"].map(years), strict=True))
    held: dict[str, list[str]] = {}
    for name, held_year in sorted(pairs):
        held.setdefault(name, []).append(str(held_year))
    return f"the tables hold nothing for {region} {year}: {nearest(region, held)}"
