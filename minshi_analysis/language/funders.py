"""Who pays, by the words of a head or a cell: a level of government, society, bonds, or all of them."""

from __future__ import annotations

import functools
import re

from minshi_analysis.language.head_parts import bare_of, label_of, parts, pattern
from minshi_analysis.language.regions import find

__all__ = ["every_funder", "funder_of", "named_funder", "seen_from"]

_LEVELS = ("nation", "province", "city", "county", "town")
_NAMED_CITY = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,7}市)(?:级|本级|财政|补)")


def funder_of(words: str, level: str | None, region: str | None = None) -> str:
    """The model's funder for printed words, seen from a document's own level: 市级财政 is superior to a county.

    Examples
    --------
    >>> funder_of("市级财政", "county"), funder_of("市级财政", "city"), funder_of("自筹资金", "city"), funder_of("合计", None)
    ('superior', 'city', 'social', 'total')
    """
    return seen_from(named_funder(label_of(words)) or "total", level, region)


def seen_from(funder: str, level: str | None, region: str | None = None) -> str:
    """A funder by level of government as the model names it in a document of a level.

    In a county that is a city (丰城市) 市级 is its own; 州级, 设区市 and the name of a prefecture's city are above it.
    """
    if funder == "city" and level == "county" and (region or "").endswith("市"):
        return "county"
    funder = "city" if funder == "prefecture" else funder
    if funder == "own":
        return level if level in _LEVELS[1:] else "other"
    if funder not in _LEVELS:
        return funder
    own = _LEVELS.index(level) if level in _LEVELS else _LEVELS.index("city")
    return "superior" if _LEVELS.index(funder) < own else funder


@functools.cache
def every_funder() -> str:
    """All words for who pays as alternatives, the longest first."""
    words = {word for name in parts() if name.startswith("funder.") for word in parts()[name]}
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def named_funder(label: str) -> str | None:
    """Who pays by a label's words: the word that stands first in it, the longest where several begin there."""
    bare = bare_of(label)
    if len({_side(part) for part in re.split("[及和与、]", bare)} - {None}) > 1:
        return (
            "other"  # 县级及单位自筹, 市级和县级配套: two who pay, and which of them how much is not printed
        )
    return _named(bare)


def _side(words: str) -> str | None:
    """On which side a payer of a compound stands: above a county, in it, or in society."""
    kind = _named(words)
    if kind in ("nation", "province", "city", "prefecture", "superior"):
        return "above"
    return {"county": "within", "town": "within", "social": "social"}.get(kind or "")


def _named(bare: str) -> str | None:
    city = _NAMED_CITY.search(bare)
    region = find(city["name"]) if city else None
    if region is not None and region.adcode.endswith("00"):
        return "prefecture"
    best: tuple[int, int, str] | None = None
    for name in parts():
        if not name.startswith("funder."):
            continue
        kind = name.removeprefix("funder.")
        for word in parts()[name]:
            at = bare.find(word)
            if at < 0 or (len(word) == 1 and len(bare) > 2):
                continue
            rank = (at, -len(word), kind)
            best = min(best, rank) if best else rank
    if best is None:
        return None
    if best[2] in ("province", "city") and re.search("自治区|[省市]", bare) and "以上" in bare:
        return "superior"
    named = {kind for kind in ("social", "bond") if pattern(f"funder.{kind}").search(bare)}
    return (
        named.pop()
        if len(named) == 1
        and best[2] in ("town", "city", "prefecture", "county", "province", "other")
        and re.search("自筹|债", bare)
        else best[2]
    )
