"""What a figure is divided by: residents of a stated kind, date and boundary, people of an age, or a table of the user's own.
Never interpolated, and reported with the figure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from minshi_analysis import reference
from minshi_analysis.metrics.result import because, join_ids
from minshi_analysis.model import POPULATION_KINDS, Row, grouped, having, records
from minshi_analysis.reasons import why
from minshi_analysis.tables.ids import population_id

__all__ = ["NOTES", "hosts", "included", "residents", "residents_of", "whole"]

# What stands beside each figure of residents.
NOTES = (
    "population_of",
    "population_kind",
    "population_date",
    "population_boundary",
    "population_note",
)
# What a share printed for two bodies together says of the second: 含浙南产业集聚区.
_CONTAINS = re.compile(r"含\s*([\u4e00-\u9fff]+)")
_INCLUDES = re.compile(r"includes ([\u4e00-\u9fff]+)")
_BOUNDARY = re.compile(r"(?P<year>\d{4})_new|old_(?P<last>\d{4})")
_OPTIONAL = ("adcode", "date", "kind", "boundary", "note", "source_id")
_COLUMNS = ["region", "population", *NOTES, "population_source", "includes", "reason"]


def included(population: Iterable[Row]) -> dict[str, str]:
    """The bodies that the population knows as part of a region, and that region.

    Parameters
    ----------
    population : iterable of rows
        See :func:`whole`.

    Returns
    -------
    dict of str to str
        Body -> region.
    """
    combined = (
        row for row in population if isinstance(row["boundary"], str) and row["boundary"] == "combined"
    )
    return {found[1]: row["region"] for row in combined if (found := _included(row["note"]))}


def hosts(shares: Sequence[Row], known: Mapping[str, str]) -> dict[str, str]:
    """The bodies that must be counted with the region around them, and that region.

    A body is where a share's note says that it contains it (含浙南产业集聚区), and where the population
    knows it as part of a region while the split gives it no share of its own: else its residents would drop
    out.

    Parameters
    ----------
    shares : sequence of rows
        Of allocations.
    known : mapping
        See :func:`included`.

    Returns
    -------
    dict of str to str
        Body -> region.
    """
    told = {found[1]: share["region"] for share in shares if (found := _contained(share["note"]))}
    regions = {share["region"] for share in shares}
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
    *,
    codes: Mapping[str, object] | None = None,
    denominator: str | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One figure to divide by per region, or the reason there is none.

    Parameters
    ----------
    population : DataFrame
        The model's table; `region` and `population` alone will do.
    regions : iterable of str
    year : int
        Year the figures are set against; it decides which boundary holds.
    kind : {'census', 'year_end'}
        `census`: the last census not after the year. `year_end`: the figure of the end of exactly that year.
    population_year : int, optional
        Another year to take the population from; the boundary stays that of `year`.
    combined : iterable of str
        Regions to count with the body that they contain (boundary `combined`).
    codes : mapping of region to code, optional
        Decides which region of a name is meant in the package's census.
    denominator : str or DataFrame, optional
        Something else to divide by: `residents`, `aged_0_14`, `aged_60`, `aged_65` of the package's census of 2020, or
        a table of one's own with `region` and `value` (or `population`), `counts` (what it counts: 老年人口) and `source`;
        `adcode` and `date` may be there. Without it the residents of `population`, and for a region that this table does
        not have at all those of the package's census, which `reason` then says.

    Returns
    -------
    DataFrame
        region, population (NaN where none), population_of (what is counted), population_kind, population_date,
        population_boundary, population_note, population_source (ids of the row and of its source), includes (the body
        counted with the region), reason.

    Raises
    ------
    ValueError
        An unknown kind or denominator, a figure that is not above nought, or two that answer equally.
    """
    how = (year, kind, population_year, combined)
    found = residents_of(whole(population), regions, *how, codes=codes, denominator=denominator)
    return pd.DataFrame(found, columns=_COLUMNS)


def residents_of(
    population: Sequence[Row],
    regions: Iterable[str],
    year: int,
    kind: str,
    population_year: int | None = None,
    combined: Iterable[str] = (),
    *,
    codes: Mapping[str, object] | None = None,
    denominator: str | pd.DataFrame | None = None,
) -> list[dict]:
    """The same as rows, of the rows that `whole` gives: who asks often makes them once."""
    if kind not in POPULATION_KINDS:
        raise ValueError(f"population_kind is {kind!r}: choose one of {', '.join(POPULATION_KINDS)}")
    regions, combined, codes = list(regions), set(combined), codes or {}
    if isinstance(denominator, str):
        if denominator not in reference.AGES:
            raise ValueError(
                f"denominator is {denominator!r}: choose one of {', '.join(reference.AGES)}, or pass a table with region and value"
            )
        found = [_counted(region, codes.get(region), year, denominator) for region in regions]
    elif denominator is not None:
        found = _of_user(denominator, regions, codes)
    else:
        wanted = int(population_year or year)
        here, held = {row["region"] for row in population}, _held(population, year, kind, wanted)
        found = [
            _pick(region, held.get(region), kind, wanted, region in combined)
            if region in here
            else _stand_in(region, codes.get(region), year, kind, wanted)
            for region in regions
        ]
    return [dict.fromkeys(_COLUMNS) | row for row in found]


def whole(population: pd.DataFrame) -> list[Row]:
    """The rows of the table with all columns of the model, and no figure that counts nobody."""
    lacking = [name for name in ("region", "population") if name not in population]
    if lacking:
        raise ValueError(
            f"the population needs the columns region and population: {', '.join(lacking)} is missing"
        )
    rows = [dict.fromkeys(_OPTIONAL) | row for row in records(population)]
    for row in having(rows, "population"):
        if row["population"] <= 0:
            raise ValueError(
                f"the population of {row['region']} is {row['population']:g}: give a number above 0"
            )
    return rows


def _held(population: Iterable[Row], year: int, kind: str, wanted: int) -> dict[str, list[Row]]:
    """Region -> the rows of a kind whose date and boundary answer."""
    dated = [
        (int(row["date"][:4]) if isinstance(row["date"], str) else None, row)
        for row in having(population, "population")
        if pd.isna(row["kind"]) or row["kind"] == kind
    ]
    years = [of for of, _ in dated if of is not None and of <= wanted]
    answer = max(years, default=None) if kind == "census" else wanted
    answering = (row for of, row in dated if of in (None, answer) and _holds(row["boundary"], year))
    return grouped(answering, "region")


def _holds(boundary: object, year: int) -> bool:
    found = _BOUNDARY.fullmatch(boundary) if isinstance(boundary, str) else None
    if found is None:
        return True
    return year >= int(found["year"]) if found["year"] else year <= int(found["last"])


def _pick(region: str, rows: list[dict] | None, kind: str, wanted: int, combined: bool) -> dict:
    none = {
        "region": region,
        "population": float("nan"),
        "population_kind": kind,
        "population_of": "residents",
    }
    if rows is None:
        return none | {"reason": because(why("no_population", kind=kind, region=region, year=wanted))}
    alike = [row for row in rows if (row["boundary"] == "combined") == combined]
    if combined and not alike:
        reason = why("no_population_combined", kind=kind, region=region, year=wanted)
        return none | {"reason": because(reason)}
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
        "population_of": "residents",
        "population_kind": row["kind"] if isinstance(row["kind"], str) else None,
        "population_date": row["date"],
        "population_boundary": row["boundary"],
        "population_note": row["note"],
        "population_source": join_ids(population_id(row), row["source_id"]),
        "includes": includes[1] if includes and row["boundary"] == "combined" else None,
        "reason": (),
    }


def _stand_in(region: str, code: object, year: int, kind: str, wanted: int) -> dict:
    """The package's census, for a region of which the tables hold no figure at all."""
    row = _counted(region, code, year, "residents")
    if row["population"] != row["population"]:
        return row | {
            "reason": because(why("no_population", kind=kind, region=region, year=wanted), row["reason"])
        }
    return row


def _counted(region: str, code: object, year: int, what: str) -> dict:
    found = reference.count(region, code, year, what)
    return {
        "region": region,
        "population": found.value,
        "population_of": what,
        "population_kind": "census",
        "population_date": reference.DATE if found.ids else None,
        "population_boundary": found.boundary,
        "population_source": join_ids(found.ids, reference.SOURCE) if found.ids else None,
        "reason": found.reasons,
    }


def _of_user(table: pd.DataFrame, regions: list[str], codes: Mapping[str, object]) -> list[dict]:
    """Figures of a table of the user's own."""
    if not isinstance(table, pd.DataFrame):
        raise ValueError("denominator is neither a name nor a table: pass a DataFrame with region and value")
    value = next((name for name in ("value", "population") if name in table), None)
    if "region" not in table or value is None:
        raise ValueError("the denominator needs the columns region and value")
    rows = []
    for region in regions:
        own = table[table["region"].eq(region) & table[value].notna()]
        if "adcode" in table and isinstance(codes.get(region), str):
            own = own[own["adcode"].isna() | own["adcode"].eq(codes[region])]
        if len(own) > 1:
            raise ValueError(f"the denominator has {len(own)} figures of {region}: keep one")
        if own.empty:
            rows.append(
                {
                    "region": region,
                    "population": float("nan"),
                    "reason": because(why("no_denominator", region=region)),
                }
            )
            continue
        row = own.iloc[0]
        if not row[value] > 0:
            raise ValueError(f"the denominator of {region} is {row[value]:g}: give a number above 0")
        source = str(row["source"]) if "source" in table and pd.notna(row["source"]) else None
        rows.append(
            {
                "region": region,
                "population": float(row[value]),
                "population_of": str(row["counts"])
                if "counts" in table and pd.notna(row["counts"])
                else "own",
                "population_kind": "own",
                "population_date": row["date"] if "date" in table else None,
                "population_note": source,
                "reason": because(why("own_denominator", source=source)),
            }
        )
    return rows
