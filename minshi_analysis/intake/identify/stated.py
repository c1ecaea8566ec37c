"""What a person says of a document, held against what there is."""

from __future__ import annotations

from typing import Any

from minshi_analysis.language import places, regions
from minshi_analysis.language.regions import Region
from minshi_analysis.model import KINDS

__all__ = ["fields_of", "stated"]


def stated(region: str | None = None, year: int | None = None, kind: str | None = None) -> dict[str, Any]:
    """What a person says of a document, checked: fields of an `Identity`.

    A region is a name (with those above it before it or without), or a six-digit code, of today's list or of the
    regions that are no more; or the name of a town or a development zone, which have no code; or 全国.

    Raises
    ------
    ValueError
        A region or kind that does not exist, or a region that was no more in that year.

    Examples
    --------
    >>> stated("常州市钟楼区"), stated("凉山州西昌市")["adcode"]
    ({'region': '钟楼区', 'adcode': '320404', 'level': 'county'}, '513401')
    """
    said: dict[str, Any] = {}
    if region is not None:
        said |= fields_of(_place(region, None if year is None else int(year)))
    if year is not None:
        said["year"] = int(year)
    if kind is not None:
        if kind not in KINDS:
            raise ValueError(f"no kind {kind!r}: there are {', '.join(KINDS)}")
        said["kind"] = kind
    return said


def fields_of(place: Region) -> dict[str, str | None]:
    """The fields of a region; a zone is of no level of government."""
    level = None if place.level == "body" else place.level
    return {"region": place.name, "adcode": place.adcode, "level": level}


def _place(name: str, year: int | None) -> Region:
    """The region that a person names."""
    name = "".join(name.split())
    if name in (regions.NATION, "中国", "中华人民共和国"):
        return Region(regions.NATION, None, "nation")
    place = regions.find(name)
    several = regions.named(name, year) if place is None or year is not None else (place,)
    if not several:
        several = places.resolve(name, year)
    if place is not None and len(several) > 1 and not all(r.name == name for r in several):
        several = (place,)  # a short name of which one is meant: 吉林, the province
    if not several and regions.body(name):
        return Region(name, None, "body")
    if not several and (below := regions.town(name)):
        return below
    if len(several) != 1:
        raise ValueError(_no_region(name, several))
    (place,) = several
    end = regions.ended(place)
    if end is not None and year is not None and year > end:
        raise ValueError(
            f"{place.name} ended in {end}: it has no document for {year}; give the region of today"
        )
    return place


def _no_region(name: str, several: tuple[Region, ...]) -> str:
    if len(several) > 1:
        listed = regions.told(region.adcode for region in several)
        return f"no region {name!r} alone: {len(several)} are called so; give the code of one: {listed}"
    return f"no region {name!r} in China's list: give the full name or its six-digit code"
