"""Units: the longest one at a place in a text, its canonical form, and what a header or caption declares."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from minshi_analysis.language import grammar as g
from minshi_analysis.language.numerals import neat, numeral
from minshi_analysis.language.text import clean, fold

__all__ = [
    "DESCRIBING",
    "UNITS",
    "Declaration",
    "based",
    "canonical_unit",
    "declarations",
    "describes",
    "parse_unit",
    "scaled_unit",
    "unit_at",
]

UNITS = g.UNITS


def _lexicon() -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
    """Longer units by their first two characters, longest first; and those of one character."""
    longer: dict[str, list[tuple[str, str]]] = {}
    single: dict[str, str] = {}
    for unit, kind in sorted([*g.UNITS.items(), *g.DESCRIBING.items()], key=lambda entry: -len(entry[0])):
        if len(unit) == 1:
            single[unit] = kind
        else:
            longer.setdefault(unit[:2], []).append((unit, kind))
    return longer, single


_LONGER, _SINGLE = _lexicon()
DESCRIBING = frozenset(g.DESCRIBING.values())
_DECLARED = re.compile(r"\(((?:[^()]|\([^()]*\)){1,14})\)")
_CAPTION = re.compile(r"(?<![任头办施责门导合管主要])单位[:为]")  # 责任单位: is no caption
_SCALE = re.compile(rf"{g.SCALE}|十")
_NO_UNIT = frozenset(("", ".", "、", *g.CLAUSE.replace("(", "")))  # no unit begins with one of these


def describes(kind: str) -> bool:
    """Whether a kind of unit only describes (dates, ages, durations, ratings)."""
    return kind in DESCRIBING


def unit_at(s: str, at: int) -> tuple[str, str, int]:
    """The longest unit at ``at`` of a folded text, with 套(间) and 吨/日.

    Returns
    -------
    (str, str, int)
        Canonical unit, kind and end; ``("", "", at)`` where there is none.
    """
    if s.startswith(" ", at):
        at += 1
    if s[at : at + 1] in _NO_UNIT:
        return "", "", at
    unit, kind = _longest(s, at)
    if not unit:
        if s.startswith("(", at) and (m := g.UNIT_ALTERNATIVE.match(s, at)) and m[1] in g.UNITS:
            return m[1], g.UNITS[m[1]], m.end()  # 150(套)
        if m := g.OPEN_UNIT.match(s, at):
            return m[0], "count", m.end()  # 25万客/日
        return "", "", at
    end = at + len(unit)
    after = s[end : end + 1]
    if kind in DESCRIBING:
        return unit, kind, end
    if kind == "length" and (m := g.CIRCLE.match(s, end)):
        return unit, "attribute", m.end()
    unit = g.CANONICAL.get(unit, unit)
    if after == "(" and (m := g.UNIT_ALTERNATIVE.match(s, end)) and m[1] in g.UNITS:
        unit, end = f"{unit}({m[1]})", m.end()
        after = s[end : end + 1]
    if after == "/" and (m := g.PER.match(s, end)):
        unit, kind = _per(unit, kind, m)
        end = m.end()
    elif after == "/" and kind == "money" and g.OPEN_PER.match(s, end):
        kind, end = "standard", end + 2
    return unit, kind, end


def _longest(s: str, at: int) -> tuple[str, str]:
    for unit, kind in _LONGER.get(s[at : at + 2], ()):
        if s.startswith(unit, at) and _ends(s, at + len(unit), unit):
            return unit, kind
    unit = s[at : at + 1]
    kind = _SINGLE.get(unit)
    return (unit, kind) if kind is not None and _ends(s, at + 1, unit) else ("", "")


def _ends(s: str, end: int, unit: str) -> bool:
    """Whether what follows a unit does not make another word of it."""
    after = s[end : end + 1]
    if not after or (unit.isascii() and after.isascii() and after.isalpha()):
        return not after
    return after not in g.NOT_FOLLOWED_BY.get(unit, "")


def _per(unit: str, kind: str, m: re.Match) -> tuple[str, str]:
    """元/人·月 is a standard in 元/月, and so is 元/月/人; 微克/立方米 stays as printed."""
    if kind != "money":
        what = m["unit"] if g.CJK.match(m["unit"]) else g.CANONICAL[m["unit"]]
        return unit + f"/{m['scale'] or ''}{what}" + (f"·{m['period']}" if m["period"] else "") + (
            f"/{m['whom']}" if m["whom"] else ""
        ), kind
    period = next((x for x in (m["period"], m["unit"]) if x in ("月", "年", "天", "日")), "")
    if period:
        return f"{unit}/{period}", "standard"
    return (unit if m["unit"] in g.BENEFICIARIES else f"{unit}/{m['unit']}"), "standard"


def based(value: float, unit: str, kind: str, scaled: bool) -> tuple[float, str]:
    """Base units: scaled money is in 万元, tenths (成) are percent."""
    if unit == "元" and kind == "money" and scaled:
        return neat(value / 10**4), "万元"
    if unit == "成":
        return neat(value * 10), "%"
    return value, unit


def scaled_unit(s: str) -> tuple[float, str] | None:
    """``万人次`` -> (10000, 人次); None unless the whole folded string is a unit."""
    found = _scaled_at(s, 0) if 0 < len(s) <= 14 else None
    return found[:2] if found and found[2] == len(s) else None


def _scaled_at(s: str, at: int) -> tuple[float, str, int] | None:
    """Scale, unit and end of what is declared at ``at``."""
    m = _SCALE.match(s, at)
    scale = float(numeral("一" + m[0])) if m else 1.0
    start = m.end() if m else at
    unit, kind, end = unit_at(s, start)
    if not unit and m and "亿" in m[0]:
        return scale / 10**4, "万元", start
    if not unit or (describes(kind) and unit not in g.MEASURING):
        return None
    return *based(scale, unit, kind, m is not None), end


def _captioned(s: str, at: int) -> tuple[float, str, int] | None:
    """What a caption (单位:万元) declares: money, or a unit that nothing Chinese follows."""
    found = _scaled_at(s, at)
    return found if found and ("元" in found[1] or not g.CJK.match(s, found[2])) else None


@functools.lru_cache(maxsize=512)  # a table's few heads are asked for every cell below them
def parse_unit(header: str) -> tuple[float, str] | None:
    """Scale and unit that a header, a caption or a bare unit declares.

    Parameters
    ----------
    header : str
        ``总投资（亿元）``, ``单位：万元``, ``职业技能培训（万人次）``, ``指标（%）``, ``万人次``.

    Returns
    -------
    (float, str) or None
        What a bare number under it is multiplied by, and its unit (money in 万元); None where none is declared.

    Examples
    --------
    >>> parse_unit("总投资（亿元）"), parse_unit("职业技能培训（万人次）"), parse_unit("传染病收治能力（床/万人口）")
    ((10000.0, '万元'), (10000.0, '人次'), (1.0, '床/万人口'))
    """
    s = fold(clean(header).norm).strip()
    if whole := scaled_unit(s):
        return whole
    if (m := _CAPTION.search(s)) and (captioned := _captioned(s, m.end())):
        return captioned[:2]
    for m in reversed(list(_DECLARED.finditer(s))):
        if found := scaled_unit(m[1]):
            return found
    return None


def canonical_unit(unit: str) -> str:
    """The registry's form of a unit: half-width, simplified, one name.

    Examples
    --------
    >>> canonical_unit("套（間）"), canonical_unit("㎡"), canonical_unit("％")
    ('套(间)', '平方米', '%')
    """
    found = parse_unit(unit)
    return found[1] if found else fold(clean(unit).norm).strip()


class Declaration(NamedTuple):
    """A unit that a text declares for the bare numbers behind ``end``: in brackets (万人), or as a caption."""

    end: int
    scale: float
    unit: str
    caption: bool


def declarations(s: str) -> list[Declaration]:
    """The units that a folded text declares, in reading order."""
    found = []
    if "(" in s:
        for m in _DECLARED.finditer(s):
            if unit := scaled_unit(m[1]):
                found.append(Declaration(m.end(), *unit, False))
    if "单位" in s:
        for m in _CAPTION.finditer(s):
            if captioned := _captioned(s, m.end()):
                scale, name, end = captioned
                found.append(Declaration(end, scale, name, True))
    return sorted(found)
