"""English beside the documents' own words: regions, agencies, programmes, fields, measures.

A vocabulary, not a translation: what it does not hold keeps its Chinese name and a mark.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

__all__ = ["KINDS", "UNKNOWN", "glossed"]

KINDS = ("region", "agency", "programme", "field", "measure")
UNKNOWN = "°"
_BETWEEN = re.compile(r"[、,，;；]")
_PLACES = {"省": " Province", "县": " County", "区": " District", "市": ""}
_NO_NAME = re.compile("自治|新区|开发|产业|集聚|示范|管理|园区|景区|矿区|林区|特区")
_NUMBER = re.compile(r"\d[\d.]*万?")
_FILL = "#"  # a number, in the order of the document
_QUOTES = dict.fromkeys(map(ord, '"“”‘’'))  # the same words are printed with and without
_WIDE = str.maketrans("（），", "(),")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def glossed(kind: str, name: str, lang: str) -> str:
    """A name as a report of this language prints it: English before the Chinese, or the Chinese with the mark of the unknown.

    Examples
    --------
    >>> glossed("region", "乐清市", "en"), glossed("agency", "市教育局", "en"), glossed("agency", "某某办", "en")
    ('Yueqing 乐清市', 'Municipal Education Bureau 市教育局', '某某办°')
    >>> glossed("region", "乐清市", "zh")
    '乐清市'
    """
    if lang == "zh" or not _CHINESE.search(name):
        return name
    said = _agency(name, lang) if kind == "agency" else _templated(_vocabulary(lang)[kind], name)
    if said is None and kind == "region":
        said = _read(name)
    return f"{said} {name}" if said else f"{name}{UNKNOWN}"


def _read(name: str) -> str | None:
    """A county, district or city that the vocabulary does not hold, by its reading; None for any other kind of place.

    Examples
    --------
    >>> glossed("region", "平罗县", "en"), glossed("region", "六安市", "en"), glossed("region", "某某开发区", "en")
    ('Pingluo County 平罗县', "Lu'an 六安市", '某某开发区°')
    """
    stem, kind = name[:-1], name[-1:]
    if kind not in _PLACES or len(stem) < 2 or _NO_NAME.search(name):
        return None
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(stem, style=Style.NORMAL)
    joined = "".join(f"'{each}" if at and each[0] in "aoe" else each for at, each in enumerate(syllables))
    return f"{joined.capitalize()}{_PLACES[kind]}"


def _templated(words: Mapping[str, str], name: str) -> str | None:
    """What a name means whatever numbers stand in it: 新增绿道8公里 by the words for 新增绿道#公里.

    Examples
    --------
    >>> glossed("measure", "新增停车位1.5万个", "en")
    '15,000 new parking spaces 新增停车位1.5万个'
    """
    plain = _plain(name)
    if plain in words:
        return words[plain]
    said = words.get(_NUMBER.sub(_FILL, plain))
    numbers = iter(_NUMBER.findall(plain))
    return said and re.sub(_FILL, lambda _: _number(next(numbers)), said)


def _number(printed: str) -> str:
    digits = printed.removesuffix("万")
    value = float(digits) * (10_000 if printed.endswith("万") else 1)
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _plain(name: str) -> str:
    return name.translate(_QUOTES).translate(_WIDE)


def _agency(name: str, lang: str) -> str | None:
    """Each body of several, by its name and the level that it begins with; None where one is not known."""
    words, said = _vocabulary(lang), []
    for body in _BETWEEN.split(name):
        known = words["agency"].get(body)
        if known is None and body[1:] in words["agency"] and body[0] in words["prefix"]:
            known = f"{words['prefix'][body[0]]} {words['agency'][body[1:]]}"
        if known is None:
            return None
        said.append(known)
    return ", ".join(said)


@cache
def _vocabulary(lang: str) -> Mapping[str, Mapping[str, str]]:
    path = resources.files("minshi_analysis") / "words" / f"glosses.{lang}.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return {kind: {_plain(name): said for name, said in words.items()} for kind, words in found.items()}
