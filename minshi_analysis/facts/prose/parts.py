"""A promise's split over places, as its sentence prints it: …1000个:元坝镇280个、白果乡150个, 其中甲区400、乙区600."""

from __future__ import annotations

import re

from minshi_analysis.facts.tables.shares import SCALES, Share, unit_of
from minshi_analysis.language.regions import Region, named_in
from minshi_analysis.language.text import Text

__all__ = ["shares_of"]

_SHARE = re.compile(
    r"(?:^|(?<=[,;:。、(]))(?:其中[:,]?|包括|含|分别[为是])?(?P<name>[\u4e00-\u9fff]{2,12}?)(?P<note>\([^()\d]{1,20}\))?"
    r"(?:新[建增]|完成|改造|各|约|计划)?(?P<value>\d+(?:\.\d+)?)(?P<scale>[万亿])?"
    r"(?P<unit>(?:(?!以上|左右|以内)[\u4e00-\u9fff]){0,4}(?:\([\u4e00-\u9fff]\))?)(?=[,;、。)]|$)"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:镇|(?<!城)乡|街道|苏木|办事处|管委会|开发区|新区|园区|林场|农场)")
_OPENS = re.compile(r"[:(]|其中|分别")


def shares_of(text: Text, within: str | None) -> list[Share]:
    """The shares that a promise's words print behind the whole.

    Parameters
    ----------
    text : Text
        The words of the promise.
    within : str or None
        Code of the document's region, in which the names are meant. Towns have their printed name and no code.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> said = clean("改造农房430户:元坝镇280户、白果乡150户。")
    >>> [(share.region.name, share.value, share.unit) for share in shares_of(said, None)]
    [('元坝镇', 280.0, '户'), ('白果乡', 150.0, '户')]
    """
    folded = text.folded
    first = re.search(r"\d", folded)
    if first is None:
        return []
    found: list[Share] = []
    opened = False
    for match in _SHARE.finditer(folded):
        region = _region(match["name"], within)
        if region is None or match.start() < first.end():
            continue
        opened = opened or bool(_OPENS.search(folded, first.end(), match.start("value")))
        unit = unit_of(match["unit"])
        value = float(match["value"]) * SCALES[match["scale"]]
        note = match["note"][1:-1] if match["note"] else None
        found.append(Share(region, value, unit, note, *text.span(match.start("value"), match.end())))
    return found if opened or len(found) >= 2 else []


def _region(name: str, within: str | None) -> Region | None:
    region = (named_in(name, within) or named_in(name[:-1], within)) if within else None
    if region is not None:
        return region
    return Region(name, None, "town", within) if _TOWN.fullmatch(name) else None
