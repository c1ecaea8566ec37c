"""Reasons and sentences: a code with parameters, worded in one place.

Metrics, audit, notebooks, charts and pages hold no sentences. What a room says is ``words/<room>.<language>.toml``: a
sentence a code, and the words for codes that stand in sentences; words that all rooms share are in
``words/terms.<language>.toml``. The codes of ``words/reasons`` need no room. Another language is another set of files.
"""

from __future__ import annotations

import json
import string
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from minshi_analysis import glosses, locales
from minshi_analysis.sentences import few

__all__ = ["Reason", "catalogue", "coded", "decoded", "figure", "quantity", "say", "term", "why", "worded"]

ROOM = "reasons"  # the room of codes without one
TERMS = "terms"
WAN_IN_YI = 10_000


class Reason(NamedTuple):
    """A code and its parameters, sorted by name."""

    code: str
    params: tuple[tuple[str, Any], ...] = ()


def why(code: str, /, **params: Any) -> Reason:
    """A reason.

    Examples
    --------
    >>> why("no_population", region="平阳县", kind="census", year=2022)
    Reason(code='no_population', params=(('kind', 'census'), ('region', '平阳县'), ('year', 2022)))
    """
    return Reason(code, tuple(sorted((name, _plain(value)) for name, value in params.items())))


def coded(reasons: Iterable[Reason | None]) -> str | None:
    """Reasons as a text for a column, each once; None where there is none."""
    kept = dict.fromkeys(reason for reason in reasons if reason is not None)
    return json.dumps([[r.code, dict(r.params)] for r in kept], ensure_ascii=False) if kept else None


def decoded(text: object) -> tuple[Reason, ...]:
    """The reasons of a column's text."""
    if not isinstance(text, str) or not text:
        return ()
    return tuple(why(code, **params) for code, params in json.loads(text))


def worded(reasons: object, language: str = "en") -> str | None:
    """Reasons, or a column's text of them, as sentences; None where there is none.

    Examples
    --------
    >>> worded([why("no_population", region="平阳县", kind="census", year=2022)])
    'no census population of 平阳县 for 2022'
    >>> worded(coded([why("no_population", region="平阳县", kind="census", year=2022)]), "zh")
    '没有平阳县2022年可用的普查人口'
    """
    found = reasons if isinstance(reasons, (list, tuple)) else decoded(reasons)
    said = [_said(reason, language) for reason in found if reason is not None]
    return catalogue(language)["mark"]["between"].join(dict.fromkeys(text for text in said if text)) or None


def say(code: str | Reason, /, lang: str = "zh", **params: Any) -> str:
    """One sentence of a room: a code ``room.code`` with its parameters, or a Reason that holds both.

    A parameter may be a Reason or a list of them: a part of the sentence that has a code of its own.

    Examples
    --------
    >>> say(quantity(7500, "人", "at_least"), "en"), say(quantity(7500, "人", "at_least"))
    ('at least 7,500 people', '7,500 人以上')
    >>> say("terms.amount", "en", value=1423, unit="公里")
    '1,423 km'
    """
    return _said(code if isinstance(code, Reason) else why(code, **params), lang)


def quantity(value: Any, unit: Any = None, bound: Any = "exact") -> Reason | None:
    """A figure with its unit and bound, as a part of a sentence; None where there is no figure.

    Examples
    --------
    >>> say(quantity(83, "%")), say(quantity(0.011)), say(quantity(27, "微克/立方米", "at_most"), "en")
    ('83%', '0.011', 'at most 27 µg/m³')
    >>> say(quantity(7965, "万元")), say(quantity(7965, "万元"), "en")
    ('7,965 万元', 'CNY 79,650,000')
    """
    if value is None or value != value:
        return None
    if not isinstance(unit, str) or not unit or unit.startswith("（"):
        said = why("terms.amount_bare", value=value)
    elif unit == "万元":  # not "10,000 CNY 10,000"
        said = why("terms.amount_wan", wan=value)
    else:
        said = why("terms.amount_rate" if unit in ("%", "‰") else "terms.amount", value=value, unit=unit)
    bounded = isinstance(bound, str) and f"amount_{bound}" in catalogue("zh", TERMS)["say"]
    return why(f"terms.amount_{bound}", amount=said) if bounded else said


def term(kind: str, code: Any, lang: str = "zh") -> str:
    """The word of a code among the words that all rooms share; the code itself where it has none.

    Examples
    --------
    >>> term("funder", "county"), term("funder", "county", "en")
    ('县市区财政', 'counties and districts')
    >>> term("unit", "元/公里", "en"), term("unit", "元/个", "en"), term("unit", "个/万人", "en"), term("unit", "元/个")
    ('CNY per km', 'CNY each', 'per 10,000 residents', '元/个')
    """
    return _Wording(lang, TERMS).format_field(code, kind)


def _said(reason: Reason, language: str) -> str:
    room, _, code = reason.code.rpartition(".")
    room = room or ROOM
    said = _Wording(language, room).format(catalogue(language, room)["say"][code], **dict(reason.params))
    return said.rstrip() if room == TERMS else said  # a unit may have no word


class _Wording(string.Formatter):
    """What stands in the braces of a sentence.

    ``{name}`` prints a figure, a word or a part of the sentence; ``{name:funder}`` looks a code up among the words called
    funder; ``{name:?…}`` prints what follows with the value in place of ``*`` where there is one, and else nothing.
    ``{name:n}``, ``{name:n1}``, ``{name:f1}`` (15.0), ``{name:f2}``, ``{name:percent}``, ``{name:percent0}``, ``{name:share}`` (15.0 %),
    ``{name:money}`` (of 万元), ``{name:yi}`` (of 亿元), ``{name:people}``, ``{name:date}`` and ``{name:monthname}`` print numbers by
    the language's rules, ``{name:task|tasks}`` a count with its word; ``{name:or_dash}`` a part or a dash.
    """

    _NUMBERS = {  # noqa: RUF012
        "n": locales.number,
        "n0": lambda value, lang: locales.number(value, lang, 0),
        "n1": lambda value, lang: locales.number(value, lang, 1),
        "n3": lambda value, lang: locales.number(value, lang, 3),
        "f1": lambda value, lang: locales.percent(value, lang, fixed=True).removesuffix("%"),
        "f2": lambda value, lang: locales.percent(value, lang, 2, fixed=True).removesuffix("%"),
        "people": locales.compact,
        "percent": locales.percent,
        "percent0": lambda value, lang: locales.percent(value, lang, 0),
        "share": lambda value, lang: locales.percent(value, lang, fixed=True),
        "money": locales.money,
        "wan": locales.wan,
        "yi": lambda value, lang: locales.money(value and value * WAN_IN_YI, lang),
        "date": locales.date,
        "monthname": locales.month,
    }

    def __init__(self, language: str, room: str):
        self._language = language
        self._words = catalogue(language, room)

    def get_value(self, key, args, kwargs):
        return kwargs.get(key)

    def format_field(self, value: Any, spec: str) -> str:
        if spec.startswith("?"):
            return "" if value is None or value in ("", [], ()) else spec[1:].replace("*", self._print(value))
        if isinstance(value, (list, tuple)) and not isinstance(value, Reason) and spec:
            return self._list([self.format_field(entry, spec) for entry in value])
        if isinstance(value, Reason):
            return _said(value, self._language)
        if spec == "or_dash":
            return locales.MISSING if value is None else self._print(value)
        if spec in self._NUMBERS:
            return self._NUMBERS[spec](value, self._language)
        if "|" in spec:
            return locales.plural(value, spec, self._language)
        return self._word(spec, value) if spec else self._print(value)

    def _word(self, kind: str, value: Any) -> str:
        code = "" if value is None else str(value)
        if kind in glosses.KINDS:
            return glosses.glossed(kind, code, self._language)
        own = self._words.get("words", {}).get(kind)
        if own is None:
            own = catalogue(self._language, TERMS)["words"].get(kind, {})
        if kind == "unit" and own and code not in own and "/" in code:
            return self._rate(code)
        return own.get(code, code)

    def _rate(self, unit: str) -> str:
        """A unit for each of another (元/个, 台/万人), in a language that has words for units."""
        what, _, each = unit.rpartition("/")
        whole = self._word("unit", what)
        by = catalogue(self._language, TERMS)["words"]["each"].get(each)
        form = "each" if by is None else "per" if whole else "only"
        return say(f"terms.unit_{form}", self._language, what=whole, each=by or "").strip()

    def _list(self, entries: list[str]) -> str:
        return self._words.get("mark", catalogue(self._language)["mark"])["list"].join(entries)

    def _print(self, value: Any) -> str:
        if isinstance(value, Reason):
            return _said(value, self._language)
        if isinstance(value, (list, tuple)):
            if value and isinstance(value[0], Reason):
                marks = self._words.get("mark", catalogue(self._language)["mark"])
                return marks["between"].join(self._print(entry) for entry in value)
            return few(
                [self._print(entry) for entry in value],
                self._words.get("mark", catalogue(self._language)["mark"])["list"],
            )
        if isinstance(value, bool) or value is None:
            return "" if value is None else str(value)
        return figure(value) if isinstance(value, (int, float)) else str(value)


def figure(value: float) -> str:
    """A number as a reader writes it: no binary dust, no exponent.

    Examples
    --------
    >>> figure(119.19999999999999), figure(100500.0)
    ('119.2', '100500')
    """
    return f"{round(float(value), 4):.4f}".rstrip("0").rstrip(".")


def catalogue(language: str, room: str = ROOM) -> Mapping[str, Any]:
    """The words of a room in a language: mark, words, say.

    Raises
    ------
    ValueError
        There is no catalogue of this language.
    """
    return _catalogue(language, room)


@lru_cache
def _catalogue(language: str, room: str) -> Mapping[str, Any]:
    path = resources.files("minshi_analysis") / "words" / f"{room}.{language}.toml"
    if not path.is_file():
        choice = " or ".join(sorted(locales.LANGUAGES))
        raise ValueError(f"no words for the language {language!r}: choose {choice}")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _plain(value: Any) -> Any:
    """What JSON and hashing both take; a part of a sentence stays one."""
    if isinstance(value, Reason):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return tuple(
            _plain(entry) for entry in (sorted(value) if isinstance(value, (set, frozenset)) else value)
        )
    if hasattr(value, "item"):
        value = value.item()
    return value
