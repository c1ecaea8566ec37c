"""Regions named in running words, each with the path that is printed before it.

常州市钟楼区 is one name: the path tells which 钟楼区, and the city is not meant. A name is known by how names are built
(the tree of regions, full and usual forms, a form of its own for towns and zones that are in no list) and by where it
stands: 城乡结合部和县城 does not name 和县.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from minshi_analysis.language import regions
from minshi_analysis.language.regions import Region

__all__ = ["Mention", "mentions", "owners", "resolve"]

# What may stand right before a name in running words.
_LEFT = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[年月日在于对为由到从至给的及与于向]|以及|印发|关于|转发|批转|公布|位于|中共|[室厅府会]|代表|受)$"
)
# What makes of a name's last character the first of another word: 县城, 市区, 区级, 县直.
_OTHER_WORD = re.compile(
    r"[城级直域际辖属]|区(?!级|委|政府|人民)|[市县](?=[级直域])|[场民](?=[的、。,;]|主)|[镇乡](?=村)"
)
# What comes behind the region that a title or an office belongs to.
_TAIL = re.compile(
    r"$|[^\u4e00-\u9fff]|20\d\d|二[〇○零]|今年|上半年|[一二三四]季度|\d|党委|党工委|管委会|管理委员会|人民|人大|政府|政协|办事处|办公|政务|财政|"
    r"民生|民心|为民|惠民|实事|十[大件项佳]|重[点大要]|年度|第[一二三四五六七八九十]|国民经济|关于|社会|教育|卫生|养老|项目|规划|“|\""
)
_ZONE = re.compile(
    r"(?P<stem>(?:(?!和|与|及|各|的|在|市|县)[\u4e00-\u9fff]){0,8}?)"
    r"(?:(?:经济|高新|高技术|技术|产业|工业|国家级?|综合|旅游|农业|自由|海洋|现代){0,5}"
    r"(?:开发区|产业园区|工业园区|保税区|度假区|示范区|合作区|实验区|试验区|集聚区|名胜区|风景区|管理区|经济区|功能区|贸易区|生态园)"
    r"|(?<=[\u4e00-\u9fff])(?:新区|园区|新城|农场|林场|景区)|高新区|经开区)"
)
_TOWN = re.compile(
    r"(?P<stem>(?![市县区]|我?(?:代表|受|由))(?:(?![各乡镇全和与及])[\u4e00-\u9fff]){1,8}?)(?P<end>街道|镇(?!级|村)|乡(?!镇|村|级)|苏木)"
)
# A town, a street or a zone with the list that is its own: 芷江西路街道2023年十大实事项目.
_OWNER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,24}?(?:(?<![城小集])[镇乡]|街道|苏木|社区|(?<![农乡])村|(?<![城郊市辖小老山地校片])区|新城|农场|林场))"
    r"(?:街道办|办事处|党工委|党委|管委会|管理委员会|人民政府|政府)?"
    r"(?P<year>20\d\d)?年?度?(?:[一二三四五六七八九十\d]{1,3}[大件项])?(?:重[点大要]|民生|民心|为民|惠民|利民|便民|政府|办|微){0,4}实事(?!求是)"
)
_BEFORE_OWNER = re.compile(r".*(?:了|关于|[公发宣]布|印发|通过|产生|确定|审议|[为将对由把和与及])")
_NO_OWNER = re.compile(
    r"[本我该这两此区县市](?:[镇乡村区]|街道|苏木|社区|新城|农场|林场)$|[各全]|辖区|所[在有]|年度"
)
_UNLISTED = re.compile(r"[\u4e00-\u9fff]{1,6}?[区县旗](?=20\d\d|人民政府|民生|为民|十)")
_SHORT_TAIL = re.compile(
    r"$|[:,、。!!)(\s\[《\"]|20\d\d|今年|明年|二[〇○零]|将?(?:重点)?办[好成]|省?政府|[省市](?!场)|全[省市区县]|十[大件项]|民生|为民|发布|日报|晚报|新闻|\d"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A region named in words.

    Attributes
    ----------
    start, end : int
        Where its path stands.
    regions : tuple of Region
        The region; several where the words fit several, none where a child is named that the list does not have.
    above : Region or None
        The printed region before the last of the path.
    short : bool
        Whether the last name lacks its 市 or 县 (湖南, 江北).
    clear : bool
        Whether it stands as a title or an office names its region, with a word behind it that goes with one.
    unlisted : str
        The child that the list does not have.
    """

    start: int
    end: int
    regions: tuple[Region, ...]
    above: Region | None = None
    short: bool = False
    clear: bool = False
    unlisted: str = ""

    @property
    def region(self) -> Region | None:
        """The one region that is meant, if it is one."""
        return self.regions[0] if len(self.regions) == 1 else None


# Streets are called after roads, and these after other places: 芷江西路街道 lies in Shanghai.
_ROAD = re.compile(r"[东南西北中]{0,2}[一二三四五]?(?:大?[路街]|大道)(?:街道|办事处)")
_FULL = frozenset("省市县区州盟旗")


def mentions(text: str, year: int | None = None) -> list[Mention]:
    """The regions that a text names, in their order.

    Parameters
    ----------
    text : str
        Tidy text.
    year : int, optional
        Of the document: regions that had not ended before it are meant too.

    Examples
    --------
    >>> [m.region.adcode for m in mentions("重庆市江北区和凉山州西昌市结对", 2023)]
    ['500105', '513401']
    >>> mentions("推进城乡结合部和县城学校扩容")
    []
    """
    return list(_found(text, year))


def resolve(words: str, year: int | None = None) -> tuple[Region, ...]:
    """The regions that a name alone stands for: a name, a path of names, a code, a town or a zone.

    Examples
    --------
    >>> [region.adcode for region in resolve("常州市钟楼区")], [region.level for region in resolve("乐清市大荆镇")]
    (['320404'], ['town'])
    """
    if re.fullmatch(r"\d{6}", words):
        place = regions.find(words)
        return (place,) if place else ()
    whole = [m for m in _paths(words, 0, year) if m.end == len(words)]
    return whole[0].regions if whole else ()


def owners(text: str, year: int | None = None) -> list[tuple[str, Region | None]]:
    """The towns, streets and zones whose own list a text speaks of, without the name of what lies above them.

    Parameters
    ----------
    text : str
        Tidy text.
    year : int, optional
        Of the document: a list of another year is another document's.

    Returns
    -------
    list of (str, Region or None)
        Each name, and its region: None where the name alone does not tell it (高新区, 阳光社区).

    Examples
    --------
    >>> [name for name, _ in owners("会议表决通过了芷江西路街道2023年实事项目")]
    ['芷江西路街道']
    >>> owners("静安区2023年实事项目")
    []
    """
    found: dict[str, Region | None] = {}
    for m in _OWNER.finditer(text) if "实事" in text else ():
        if year is not None and m["year"] and int(m["year"]) != year:
            continue
        led = _BEFORE_OWNER.match(m["name"])
        names = (m["name"], m["name"][led.end() :]) if led else (m["name"],)
        named = next(filter(None, (_owner(name, year) for name in names)), None)
        if named:
            found[named[0]] = named[1]
    return list(found.items())


def _owner(name: str, year: int | None) -> tuple[str, Region | None] | None:
    """A town or a zone with its region, where the name is one and no county's."""
    several = resolve(name, year)
    if _NO_OWNER.match(name) or any(r.level not in ("town", "body") for r in several):
        return None
    zone = _ZONE.fullmatch(name)
    if zone and zone["stem"] and not several:
        several = (Region(name, None, "body"),)
    place = several[0] if len(several) == 1 else regions.town(name)
    unclear = zone or (name.endswith(("社区", "村")) and len(name) <= 6)
    return (place.name if place else name, place) if place or unclear else None


def _found(text: str, year: int | None) -> Iterator[Mention]:
    start, initials = 0, _initials()
    while start < len(text):
        best = None
        if text[start] in initials or _LEFT.search(text, max(0, start - 2), start):
            best = next((m for m in _paths(text, start, year) if _stands(text, m)), None)
        if best is None:
            start += 1
            continue
        yield best
        start = best.end


def _paths(text: str, start: int, year: int | None) -> Iterator[Mention]:
    """The paths that begin at a place, the longest first."""
    found = []
    for end, several, short in _names(text, start, None, year):
        found += _extended(text, start, end, several, short, year)
    if not found and (place := _made(text, start, None, start)):
        found.append(place)
    yield from sorted(found, key=lambda m: (-m.end, m.short))


def _names(
    text: str, start: int, within: Region | None, year: int | None
) -> Iterator[tuple[int, tuple[Region, ...], bool]]:
    """Names of the list at a place: where each ends, its regions, and whether it is a short one."""
    longest = _beginnings().get(text[start : start + 2], 0)
    for end in range(min(len(text), start + longest), start + 1, -1):
        name = text[start:end]
        if name.isdigit() or name not in regions.index():
            continue
        several = regions.index()[name] if within else regions.named(name, year)
        if within:
            held = [r for r in several if within.adcode and regions.holds(within.adcode, r.adcode)]
            place = regions.find(name, within.adcode) if within.adcode and not held else None
            several = tuple(held) or ((place,) if place and place != within else ())
        if not several:
            continue
        short = all(name == r.short != r.name for r in several)
        exact = tuple(r for r in several if name != r.short or r.name == name)
        yield end, exact or _highest(several), short


def _highest(several: tuple[Region, ...]) -> tuple[Region, ...]:
    """Of the regions with a short name those of the highest level: 吉林 is the province."""
    for level in ("province", "city"):
        if some := tuple(r for r in several if r.level == level):
            return some
    return several


def _extended(
    text: str, start: int, end: int, several: tuple[Region, ...], short: bool, year: int | None
) -> list[Mention]:
    """A first name with all that goes on from it: the name alone, and the paths that it begins."""
    longer = []
    for region in several:
        for after, below, is_short in _names(text, end, region, year):
            if (
                is_short
                and not _SHORT_TAIL.match(text, after)
                and not any(_names(text, after, below[0], year))
            ):
                continue
            for deeper in _extended(text, end, after, below, is_short, year):
                longer.append(_replace(deeper, start, deeper.above or region))
        if not longer and (place := _made(text, end, region, start)):
            longer.append(place)
    if longer:
        furthest = max(m.end for m in longer)
        return [m for m in longer if m.end == furthest][:1] if len(longer) == 1 else _merged(longer, furthest)
    lost = _UNLISTED.match(text, end) if not short and several[0].level in ("province", "city") else None
    if lost and not _TAIL.match(text, end):
        return [Mention(start, end, (), several[0], unlisted=lost[0], clear=True)]
    return [Mention(start, end, several, None, short, bool(_TAIL.match(text, end)))]


def _merged(longer: list[Mention], end: int) -> list[Mention]:
    """Paths of the same words as one mention of several regions."""
    same = [m for m in longer if m.end == end]
    several = tuple(dict.fromkeys(r for m in same for r in m.regions))
    return [
        Mention(same[0].start, end, several, same[0].above, same[0].short, same[0].clear, same[0].unlisted)
    ]


def _replace(m: Mention, start: int, above: Region) -> Mention:
    return Mention(start, m.end, m.regions, above, m.short, m.clear, m.unlisted)


def _made(text: str, at: int, above: Region | None, start: int) -> Mention | None:
    """A town or a zone that no list has: known by how its name ends, where a word that goes with a region follows."""
    zone = _ZONE.match(text, at)
    if zone and _TAIL.match(text, zone.end()) and (zone["stem"] or above):
        before = text[start:at]
        # 高新区 is many zones, and 苏州工业园区 is one name; 郑州市郑东新区 and 河北雄安新区 are a path.
        joined = above is not None and above.level == "city" and before.endswith(above.short)
        name = zone[0] if len(zone["stem"]) >= 2 and not joined else text[start : zone.end()]
        if regions.body(name):
            place = Region(name, None, "body", above.adcode if above else None)
            return Mention(start, zone.end(), (place,), above, clear=True)
    if above is not None and _ROAD.match(text, at) and text[at - 1] not in _FULL:
        return None
    town = _TOWN.match(text, at)
    # A town stands under a county, a street's office under a city too (东莞市); alone it is known by its government.
    held = above is not None and (above.level in ("county", "city") or above.adcode is None)
    alone = above is None and text.startswith("人民政府", town.end()) if town else False
    if town and (held or alone) and _TAIL.match(text, town.end()):
        place = Region(town[0], None, "town", above.adcode if above else None)
        return Mention(start, town.end(), (place,), above, clear=True)
    return None


def _stands(text: str, m: Mention) -> bool:
    """Whether the words around a name let it be one: no piece of another word."""
    free = bool(_LEFT.search(text, max(0, m.start - 2), m.start))
    if m.unlisted or (m.above is not None and not m.short):
        return True
    name = text[m.start : m.end]
    if m.short:
        return free and bool(_SHORT_TAIL.match(text, m.end))
    if any(r.level in ("town", "body") for r in m.regions):
        return free
    if len(name) <= 2 or name[0] in "和新":  # 和县, 和平区, 新城区: easily cut out of other words
        return free and not _OTHER_WORD.match(text, m.end)
    return free or not _OTHER_WORD.match(text, m.end)


@functools.cache
def _beginnings() -> dict[str, int]:
    """The two characters that names begin with, and how long the longest name is that begins so."""
    longest: dict[str, int] = {}
    for name in regions.index():
        longest[name[:2]] = max(len(name), longest.get(name[:2], 0))
    return longest


@functools.cache
def _initials() -> frozenset[str]:
    """The characters that names begin with."""
    return frozenset(name[0] for name in regions.index())
