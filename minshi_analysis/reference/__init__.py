"""Figures that travel with the package: the 2020 census by region, with ages, its boundary and its doubts (README.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pandas as pd

from minshi_analysis.reasons import Reason, why

__all__ = ["AGES", "CITATION", "DATE", "SOURCE", "Count", "census", "count", "counted"]

SOURCE = "CENSUS2020"
DATE = "2020-11-01"
CITATION = {
    "source_id": SOURCE,
    "title": "Tabulation on the 2020 China Population Census by County (中国2020年人口普查分县资料), as digitised in leiii/census "
    "data/census/census_county_2020_v1.xlsx",
    "publisher": "National Bureau of Statistics of China / China Statistics Press (book); Lei Dong et al. (digitisation, MIT licence)",
    "date": "2022 (book); 2022-10-15 (file)",
    "url": "https://github.com/leiii/census",
    "how_verified": "commit 0ba0f1ef; counties and zones add up to their city, cities to their province, provinces to the nation",
}
# What may be counted, and its column.
AGES = {"residents": "residents", "aged_0_14": "aged_0_14", "aged_60": "aged_60", "aged_65": "aged_65"}
_EXCHANGED = re.compile(r"\((\d{4})\)")
LAST = 2024  # the boundaries are known up to the end of this year


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of the census for a region as its boundary was, or why there is none.

    `ids` are the rows of the census behind it (`census2020/511802`), `boundary` says of which year the boundary is.
    """

    value: float
    boundary: str | None
    ids: tuple[str, ...]
    reasons: tuple[Reason, ...]


@cache
def census() -> pd.DataFrame:
    """The census: adcode, region, level, parent, residents, aged_0_14, aged_60, aged_65, apart, note."""
    text = {"adcode": str, "region": str, "level": str, "parent": str, "note": str}
    with resources.as_file(resources.files(__name__) / "census2020.csv") as path:
        return pd.read_csv(path, dtype=text, encoding="utf-8")


@cache
def _rows() -> dict[str, dict]:
    return {row["adcode"]: row for row in census().to_dict("records") if isinstance(row["adcode"], str)}


@cache
def _changed() -> dict[str, dict]:
    with resources.as_file(resources.files(__name__) / "boundaries2024.csv") as path:
        rows = pd.read_csv(path, dtype=str, encoding="utf-8").to_dict("records")
    return {row["adcode"]: row for row in rows}


@cache
def _codes(name: str) -> tuple[str, ...]:
    found = {code for code, row in _rows().items() if row["region"] == name}
    return tuple(sorted(found | {code for code, row in _changed().items() if row["region"] == name}))


def counted(ident: str) -> dict | None:
    """The row of the census with an id such as `census2020/511802`."""
    return _rows().get(ident.removeprefix("census2020/")) if ident.startswith("census2020/") else None


def count(region: str, adcode: object, year: int, what: str = "residents") -> Count:
    """How many people of an age the census counted in a region, for its boundary of a year.

    Parameters
    ----------
    region : str
        Full name; decides where there is no code, if only one region has it.
    adcode : str or missing
    year : int
        Whose boundary is asked for.
    what : {'residents', 'aged_0_14', 'aged_60', 'aged_65'}

    Returns
    -------
    Count
        Without value where the region has no row, or where its boundary is not that of the census and no whole
        counties make it up.

    Examples
    --------
    >>> count("雨城区", None, 2023).value
    368909.0
    >>> from minshi_analysis.reasons import worded
    >>> worded(count("高县", "511525", 2024).reasons)
    'the boundary of 高县 is not that of the census of 2020 (territory exchanged with 511526 珙县 (2023)): no figure'
    """
    code = adcode if isinstance(adcode, str) else None
    if code is None:
        named = _codes(region)
        if len(named) > 1:
            return _none(why("census_namesakes", region=region, codes=named))
        code = named[0] if named else None
    change = _changed().get(code) if code else None
    if change and year > 2020 and year >= _year_of(change):
        sources = change["from"].split("+") if isinstance(change["from"], str) else []
        if not sources:
            note = change["note"] if isinstance(change["note"], str) else ""
            return _none(why("census_boundary", region=region, note=note))
        rows = [_rows()[old] for old in sources]
        return _sum(rows, what, f"{LAST} ({change['from']})", ())
    if code not in _rows():
        return _none(why("census_absent", region=region))
    row = _rows()[code]
    later = () if year <= LAST else (why("census_boundary_unknown", year=LAST),)
    return _sum([row], what, "2020", later)


def _year_of(change: dict) -> int:
    """From which year on a region is another one than that of the census; of a recoded one, from the first."""
    years = [int(y) for y in _EXCHANGED.findall(change["note"] if isinstance(change["note"], str) else "")]
    return min(years) if years and not isinstance(change["from"], str) else 2021


def _none(reason: Reason) -> Count:
    return Count(float("nan"), None, (), (reason,))


def _sum(rows: list[dict], what: str, boundary: str, more: tuple[Reason, ...]) -> Count:
    reasons = [why("census_of", date=DATE, boundary=boundary), *more]
    for row in rows:
        if row["level"] == "county" and pd.notna(row["apart"]):
            reasons.append(why("census_zones_apart", region=row["region"], apart=float(row["apart"])))
        if isinstance(row["note"], str):
            reasons.append(why("census_note", region=row["region"], note=row["note"]))
    value = float(sum(row[AGES[what]] for row in rows))
    return Count(value, boundary, tuple(f"census2020/{row['adcode']}" for row in rows), tuple(reasons))
