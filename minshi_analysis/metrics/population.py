"""Residents of regions: of a stated kind, date and boundary, never interpolated, and reported with the
figure.
"""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from minshi_analysis.model import POPULATION_KINDS

__all__ = ["hosts", "included", "residents"]

# What a share printed for two bodies together says of the second: 含浙南产业集聚区.
_CONTAINS = re.compile(r"含\s*([\u4e00-\u9fff]+)")
_INCLUDES = re.compile(r"includes ([\u4e00-\u9fff]+)")
_BOUNDARY = re.compile(r"(?P<year>\d{4})_new|old_(?P<last>\d{4})")


def included(population: pd.DataFrame) -> dict[str, str]:
    """The bodies that the population knows as part of a region, and that region.

    Parameters
    ----------
    population : DataFrame
        The model's table.

    Returns
    -------
    dict of str to str
        Body -> region.
    """
    combined = population[population["boundary"].eq("combined")]
    pairs = zip(combined["region"], combined["note"], strict=True)
    return {found[1]: region for region, note in pairs if (found := _included(note))}


def hosts(shares: pd.DataFrame, known: Mapping[str, str]) -> dict[str, str]:
    """The bodies that must be counted with the region around them, and that region.

    A body is where a share's note says that it contains it (含浙南产业集聚区), and where the population
    knows it as part of a region while the split gives it no share of its own: else its residents would drop
    out.

    Parameters
    ----------
    shares : DataFrame
        Rows of allocations.
    known : mapping
        See :func:`included`.

    Returns
    -------
    dict of str to str
        Body -> region.
    """
    pairs = zip(shares["region"], shares["note"], strict=True)
    told = {found[1]: region for region, note in pairs if (found := _contained(note))}
    regions = set(shares["region"])
    return {body: host for body, host in known.items() if body not in regions and host in regions} | told


def _contained(note: object) -> re.Match | None:
    return _CONTAINS.search(note) if isinstance(note, str) else None


def _included(note: object) -> re.Match | None:
    return _INCLUDES.search(note) if isinstance(note, str) else None


def residents(
    population: pd.DataFrame,
    regions: Iterable[str],
    year: int,
    kind: str,
    population_year: int | None = None,
    combined: Iterable[str] = (),
) -> pd.DataFrame:
    """One population figure per region, or the reason there is none.

    Parameters
    ----------
    population : DataFrame
        The model's table.
    regions : iterable of str
    year : int
        Year the figures are set against; it decides which boundary holds.
    kind : {'census', 'year_end'}
        `census`: the last census not after the year. `year_end`: the figure of the end of exactly that year.
    population_year : int, optional
        Another year to take the population from; the boundary stays that of `year`.
    combined : iterable of str
        Regions to count with the body that they contain (boundary `combined`).

    Returns
    -------
    DataFrame
        region, population (NaN where none), population_kind, population_date, population_boundary,
        population_note, population_source, includes (the body counted with the region), reason.

    Raises
    ------
    ValueError
        An unknown kind, or two figures that answer equally.
    """
    if kind not in POPULATION_KINDS:
        raise ValueError(f"population_kind is {kind!r}: choose one of {', '.join(POPULATION_KINDS)}")
    wanted = int(population_year or year)
    rows = population[population["kind"].eq(kind) & population["population"].notna()]
    dated = rows["date"].str.slice(0, 4).astype(int)
    if kind == "census":
        dated = dated[dated.le(wanted)]
        dated = dated[dated.eq(dated.max())]
    else:
        dated = dated[dated.eq(wanted)]
    by_region: dict[str, list[dict]] = {}
    for row in rows.loc[dated.index].to_dict("records"):
        if _holds(row["boundary"], year):
            by_region.setdefault(row["region"], []).append(row)
    combined = set(combined)
    return pd.DataFrame(
        [_pick(region, by_region.get(region), kind, wanted, region in combined) for region in regions],
        columns=_COLUMNS,
    )


_COLUMNS = [
    "region",
    "population",
    "population_kind",
    "population_date",
    "population_boundary",
    "population_note",
    "population_source",
    "includes",
    "reason",
]


def _holds(boundary: object, year: int) -> bool:
    found = _BOUNDARY.fullmatch(boundary) if isinstance(boundary, str) else None
    if found is None:
        return True
    return year >= int(found["year"]) if found["year"] else year <= int(found["last"])


def _pick(region: str, rows: list[dict] | None, kind: str, wanted: int, combined: bool) -> dict:
    none = {"region": region, "population": float("nan"), "population_kind": kind}
    if rows is None:
        return none | {"reason": f"no {kind} population of {region} for {wanted}"}
    alike = [row for row in rows if (row["boundary"] == "combined") == combined]
    if combined and not alike:
        return none | {"reason": f"no {kind} population of {region} for {wanted} with the body it contains"}
    alike = alike or rows
    if len(alike) > 1:
        raise ValueError(
            f"population has {len(alike)} {kind} figures of {region} for {wanted}: keep one boundary"
        )
    row = alike[0]
    includes = _included(row["note"])
    return {
        "region": region,
        "population": float(row["population"]),
        "population_kind": kind,
        "population_date": row["date"],
        "population_boundary": row["boundary"],
        "population_note": row["note"],
        "population_source": row["source_id"],
        "includes": includes[1] if includes and row["boundary"] == "combined" else None,
        "reason": None,
    }
