"""Regions of China: names, short names, codes, and the bodies that plans treat like regions but have no code.

Names and codes (GB/T 2260, current to 2026) stand in ``reference/regions.csv``. A short name (鹿城, 瑞安) means
something only within a region: the same word names several counties of the country.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import combinations
from types import MappingProxyType

from minshi_analysis.language.former import FORMER

__all__ = [
    "NATION",
    "Ambiguous",
    "Region",
    "body",
    "children",
    "ended",
    "find",
    "holds",
    "index",
    "is_known",
    "meant",
    "named",
    "named_in",
    "own_level",
    "parent",
    "told",
    "town",
]

# What a county-level name ends with, longest first, so that its short form can be had.
_SUFFIXES = re.compile(r"(?:自治县|自治旗|自治州|自治区|特别行政区|地区|林区|特区|[省市县区旗盟州])$")
_NATIONS = re.compile(
    r"(?:壮族|回族|藏族|彝族|苗族|侗族|瑶族|土家族|畲族|满族|蒙古族?|维吾尔|哈萨克|傣族|白族|黎族|羌族|各族|布依族|朝鲜族|景颇族|傈僳族|"
    r"哈尼族|佤族|拉祜族|水族|纳西族|仫佬族|毛南族|仡佬族|撒拉族|土族|东乡族|保安族|裕固族|锡伯|达斡尔族|鄂温克族|鄂伦春|柯尔克孜|独龙族|怒族|普米族|布朗族|塔吉克)"
)

# The share of the government itself, beside the shares of its regions: 市直 and 市本级 are one thing.
_OWN = re.compile(r"^[省市区县州]\s*(?:本级|直属?|级)$")

# Development zones and managed areas: they receive shares like counties, and have no code of the standard.
_BODY = re.compile(
    r"^[\u4e00-\u9fff]{1,14}(?:集聚区|开发区|生态园|名胜区|高新区|新区|度假区|园区|经开区|功能区|保税区|示范区|旅游区|产业区|"
    r"工业区|试验区|实验区|贸易区|新城|农场|林场|管委会|管理区|合作区|风景区|经济区|产业城|科技城|景区)$"
    r"|^(?:(?:综合)?保税区|综保区|保税港区|开发区|经开区|度假区|集聚区|新区)$"  # a document has one of each, and says no more
)

# A place below the county, by its printed name; 乡镇, 改造镇 and the like are none.
_TOWN = re.compile(
    r"(?!集镇|城镇)(?!.*(?:乡镇|[省市县区全各小型心点增]城镇|村镇|[心小乡村边场圩老]集镇|重点镇|中心镇|[建造增改设个各等为余对在]))[\u4e00-\u9fff]{1,5}(?:镇|乡|街道|苏木|办事处|街道办)"
)
_BELOW = re.compile(r"^[\u4e00-\u9fff]{1,9}(?:镇|乡|街道|苏木|办事处|街道办)$")

# Autonomous prefectures, leagues and banners are called by less than their full name in their own documents.
_USUAL = (
    ("自治州", ("州", "自治州")),
    ("自治县", ("县", "自治县")),
    ("自治旗", ("旗", "自治旗")),
    ("区", ("区",)),
)
_CONTRACTED = {"锡盟": "152500", "博州": "652700", "巴州": "652800", "克州": "653000", "版纳州": "532800"}

NATION = "全国"


class Ambiguous(ValueError):
    """A name stands for several regions; the message gives their codes."""


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
        bare = _NATIONS.sub("", cut)
        cut = bare if len(bare) >= 2 else cut
        return cut if len(cut) >= 2 else self.name


@functools.cache
def _index() -> dict[str, tuple[Region, ...]]:
    """Code -> region, name -> regions and short name -> regions of the whole country, in one mapping."""
    lines = (
        resources.files("minshi_analysis").joinpath("reference/regions.csv").read_text("utf-8").splitlines()
    )
    rows = (line.split(",") for line in lines[1:])
    return _by_name(Region(name, code, level, above or None) for code, name, level, above in rows)


def _by_name(found: Iterable[Region]) -> dict[str, tuple[Region, ...]]:
    found = tuple(found)
    names: dict[str, list[Region]] = {}
    banners: dict[str, list[Region]] = {}
    for region in found:
        for key in dict.fromkeys((region.adcode, region.name, *_usual(region), region.short)):
            names.setdefault(key, []).append(region)
        for key in _banner(region.name):
            banners.setdefault(key, []).append(region)
    codes = {region.adcode: region for region in found}
    once = {key: regions for key, regions in banners.items() if len(regions) == 1 and key not in names}
    once |= {key: [codes[code]] for key, code in _CONTRACTED.items() if code in codes}
    return {key: tuple(regions) for key, regions in (names | once).items()}


def _usual(region: Region) -> tuple[str, ...]:
    """凉山州 and 凉山自治州 for 凉山彝族自治州, 张家川县 for 张家川回族自治县, 管城区 for 管城回族区."""
    ends = next((ends for full, ends in _USUAL if region.name.endswith(full)), ())
    stem = region.short
    return tuple(stem + end for end in ends if stem != region.name and stem + end != region.name)


def _banner(name: str) -> Iterable[str]:
    """科左中旗 for 科尔沁左翼中旗: the first character, some of the others in their order, and 旗."""
    if name.endswith("旗") and len(name) >= 5:
        for size in (1, 2):
            for middle in combinations(name[1:-1], size):
                yield f"{name[0]}{''.join(middle)}旗"


@functools.cache
def _ended() -> dict[Region, int]:
    """Regions that are no more, and the year in which they ended."""
    found = {}
    for year, listed in FORMER.items():
        for code, name in re.findall(r"(\d{6}) (\S+)", listed):
            # A city, or a county of one; under a municipality (北京 11, 天津 12, 上海 31, 重庆 50) directly.
            city = not code.endswith("00") and code[:2] not in ("11", "12", "31", "50")
            level = "city" if code.endswith("00") else "county"
            found[Region(name, code, level, f"{code[:4]}00" if city else f"{code[:2]}0000")] = year
    return found


@functools.cache
def _former() -> dict[str, tuple[Region, ...]]:
    """The same mapping as of today's regions, of those that are no more: by code and full name only."""
    names: dict[str, list[Region]] = {}
    for region in _ended():
        for key in (region.adcode, region.name):
            names.setdefault(key, []).append(region)
    return {key: tuple(regions) for key, regions in names.items()}


@functools.cache
def _former_by_short(year: int) -> dict[str, tuple[Region, ...]]:
    """Short name -> regions that are no more, and were in a year."""
    names: dict[str, list[Region]] = {}
    for region, last in _ended().items():
        if last >= year:
            names.setdefault(region.short, []).append(region)
    return {key: tuple(regions) for key, regions in names.items()}


@functools.cache
def index() -> Mapping[str, tuple[Region, ...]]:
    """Every name, usual form, short name and code, with the regions of today that have it and, by full name, of before."""
    return MappingProxyType({**_former(), **_index()})


def ended(region: Region) -> int | None:
    """The year in which a region ceased to be, None for one of today.

    Examples
    --------
    >>> ended(find("江干区")), ended(find("上城区"))
    (2021, None)
    """
    return _ended().get(region)


def find(name: str, within: str | None = None, year: int | None = None) -> Region | None:
    """The region of a name, short name or code.

    Parameters
    ----------
    name : str
        Full name, short name or six-digit code.
    within : str, optional
        Code of the region in which the name is meant; short names of counties need it.
    year : int, optional
        When it is meant: then a region that ended later is known by its short name too.

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
    >>> find("江东", within="330200", year=2014).name, find("江东", within="330200", year=2024)
    ('江东区', None)
    """
    short = {name: _former_by_short(year).get(name, ())} if within and year is not None else {}
    for listed in (_index(), _former(), short):  # a name means today's region where there is one
        candidates = [
            r for r in listed.get(name, ()) if not within or r.adcode == within or holds(within, r.adcode)
        ]
        if candidates:
            break
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


def named(name: str, year: int | None = None) -> tuple[Region, ...]:
    """The regions of the whole country with a full name, or else with a short one, by code.

    With a year, also those that ended in it or later: two 江北区 in 2023, one today.

    Examples
    --------
    >>> [region.adcode for region in named("鼓楼区")]
    ['320106', '320302', '350102', '410204']
    """
    found = _index().get(name, ()) or _former().get(name, ())
    if year is not None:
        found += tuple(r for r in _former().get(name, ()) if _ended()[r] >= year and r not in found)
    exact = [region for region in found if region.name == name]
    return tuple(sorted(exact or found, key=lambda region: region.adcode or ""))


def parent(adcode: str) -> Region | None:
    """The region above the one of a code: its city or province.

    Examples
    --------
    >>> parent("320302").name, parent("110105").name
    ('徐州市', '北京市')
    """
    region = find(adcode)
    return find(region.parent) if region and region.parent else None


def told(codes: Iterable[str]) -> str:
    """Codes of regions of one name, each with the region above it.

    Examples
    --------
    >>> told(["320302", "410204"])
    '320302 (徐州市) and 410204 (开封市)'
    """
    said = [f"{code} ({above.name})" if (above := parent(code)) else code for code in codes]
    return " and ".join(part for part in (", ".join(said[:-1]), said[-1]) if part)


def meant(word: str, held: Iterable[tuple[str, object]]) -> tuple[str, str | None]:
    """The name and, where a code was given, the code of the region that is asked for.

    Parameters
    ----------
    word : str
        Full name or six-digit code.
    held : iterable of (str, str or missing)
        Names and codes of the regions that the tables speak of.

    Raises
    ------
    Ambiguous
        The name stands for several of the regions held; the message gives their codes.

    Examples
    --------
    >>> meant("320302", [("鼓楼区", "320302")]), meant("鼓楼区", [("鼓楼区", "320302")])
    (('鼓楼区', '320302'), ('鼓楼区', None))
    >>> meant("鼓楼区", [("鼓楼区", "320302"), ("鼓楼区", "410204")])
    Traceback (most recent call last):
        ...
    minshi_analysis.language.regions.Ambiguous: 鼓楼区 is 320302 (徐州市) and 410204 (开封市): give the code
    """
    coded = [(name, code) for name, code in held if isinstance(code, str) and code]
    if re.fullmatch(r"[0-9]{6}", word):
        known = find(word)
        return next((name for name, code in coded if code == word), known.name if known else word), word
    codes = sorted({code for name, code in coded if name == word})
    if len(codes) > 1:
        raise Ambiguous(f"{word} is {told(codes)}: give the code")
    return word, None


def holds(code: str, other: str | None) -> bool:
    """Whether the region of a code holds the one of another code.

    Examples
    --------
    >>> holds("330300", "330302"), holds("330302", "330300")
    (True, False)
    """
    stem = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return other is not None and other != code and other.startswith(stem)


def children(adcode: str) -> tuple[Region, ...]:
    """The regions directly under one today, in the order of their codes."""
    under = {r for regions in _index().values() for r in regions if r.parent == adcode}
    return tuple(sorted(under, key=lambda r: r.adcode or ""))


def own_level(word: str) -> bool:
    """Whether a word means the government's own share: 市本级, 市直, 县本级."""
    return bool(_OWN.match(word))


def body(word: str) -> bool:
    """Whether a word is the name of a development zone or managed area without a code."""
    return bool(_BODY.match(word)) and word not in _index()


@functools.lru_cache(maxsize=1024)  # the same few regions are named in every row of a split
def named_in(word: str, within: str | None, year: int | None = None) -> Region | None:
    """What a word in a split or in a table's head names within a document's region.

    Parameters
    ----------
    word : str
        Tidy text without spaces: 鹿城, 乐清市, 市直, 浙南产业集聚区.
    within : str or None
        Code of the document's region.
    year : int, optional
        Of the document.

    Returns
    -------
    Region or None
        A region of that region, its own share (``X本级``), or a body without a code.

    Examples
    --------
    >>> named_in("市直", "330300")
    Region(name='市本级', adcode=None, level='own', parent='330300')
    >>> named_in("枣庄市市中区", "370000").adcode
    '370402'
    """
    if own_level(word):
        return Region(f"{word[0]}本级", None, "own", within)
    region = find(word, within, year) if within else find(word)
    region = region or (_below(word, within) if within else None)
    if region is not None and region.adcode != within:
        return region
    return Region(word, None, "body", within) if body(word) else None


def _below(word: str, within: str) -> Region | None:
    """The region of a name behind that of the region above it: 济南市历下区, 赣州市信丰."""
    for k in range(2, len(word) - 1):
        above = find(word[:k], within)
        own = find(word[k:], above.adcode) if above is not None else None
        if own is not None and own != above:
            return own
    return None


def town(word: str, within: str | None = None) -> Region | None:
    """A town, township, street or village by its printed name: such places have no code here.

    Examples
    --------
    >>> town("青羊镇").level, town("就业")
    ('town', None)
    """
    return Region(word, None, "town", within) if _TOWN.fullmatch(word) else None


def is_known(name: str, adcode: str | None) -> bool:
    """Whether a full name and its code belong together (no code: an own share or a body)."""
    if not isinstance(name, str):
        return False
    if not isinstance(adcode, str):
        return own_level(name) or body(name) or bool(_BELOW.match(name)) or name == NATION
    return any(r.name == name for r in index().get(adcode, ())) or body(name)
