"""Names of indicators: the unit that ends one, and the mark of a note behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minshi_analysis.language.captions import units_said
from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.text import fold

__all__ = ["bare", "unit_above", "unit_in", "without"]

_UNIT = re.compile(
    r"(?:[(（](?P<brackets>[^()（）]{1,12})[)）]|[,，]\s*(?P<behind>[^\s,，]{1,5})|(?P<sign>[%％‰]))"
    r"(?P<bound>(?:及?以[上内下]|左右)?)\s*$"
)
_MARK = re.compile(r"(?:[①-⑳*★☆△▲※]|[\[〔][a-z\d]{1,2}[\]〕])+$")
_SIGNS = re.compile(r"[A-Za-zμ℃‰%]+(?:/[\w³²%]+)*|[^\s/]{0,4}/[^\s/]{1,6}")  # dB, μg/m3, 1/10万


def unit_in(name: str) -> str | None:
    """The unit that ends an indicator's name: （万人次）, (dB), 入园率%, 床位，张, (%)以内; not （含公办园）."""
    found = _UNIT.search(name)
    if found is None or (found["bound"] and not found["brackets"]):
        return None
    unit = found["brackets"] or found["behind"] or found["sign"]
    known = parse_unit(f"({unit})") is not None
    return unit if known or (found["brackets"] and _SIGNS.fullmatch(fold(unit))) else None


def unit_above(heads: Iterable[str], lines: Iterable[str]) -> str | None:
    """The unit that stands over the values: in the heads of all of their columns, above the table or in its title.

    Examples
    --------
    >>> unit_above(["2020年(万人)", "2025年(万人)"], []), unit_above(["2020年"], ["(单位:万人)"])
    ('万人', '万人')
    """
    units = {unit_in(label) for label in heads}
    if len(units) == 1 and (unit := units.pop()):
        return unit
    said = {unit for text in lines for unit in units_said(text)}
    return said.pop() if len(said) == 1 else None


def bare(name: str) -> str:
    """A name without the mark of a note behind it: 人均预期寿命（岁）①."""
    return _MARK.sub("", name)


def without(name: str, unit: str | None) -> str:
    """A name without its unit, but for how it binds its figure (控制在(%)以内)."""
    found = _UNIT.search(name) if unit and unit_in(name) == unit else None
    return (name[: found.start()] + found["bound"]).strip() if found else name
