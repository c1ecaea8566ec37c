"""Reasons: why a value is missing, what limits it, what a check found. A code with parameters, worded in one place.

The metrics and the audit hold no sentences. Each language is a catalogue, ``words/reasons.<language>.toml``: a sentence a
code, and the words for the codes that stand in sentences. A second language is a second catalogue.
"""

from __future__ import annotations

import json
import string
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from minshi_analysis.sentences import few

__all__ = ["Reason", "catalogue", "coded", "decoded", "figure", "why", "worded"]


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
    words = catalogue(language)
    said = [_say(reason, words) for reason in found if reason is not None]
    return words["mark"]["between"].join(dict.fromkeys(text for text in said if text)) or None


def _say(reason: Reason, words: Mapping[str, Any]) -> str:
    return _Wording(words).format(words["say"][reason.code], **dict(reason.params))


class _Wording(string.Formatter):
    """``{name}`` prints a figure or a word; ``{name:bound}`` looks a code up among the words called bound; ``{name:?…}``
    prints what follows with the value in place of ``*`` where there is one, and else nothing."""

    def __init__(self, words: Mapping[str, Any]):
        self._words = words

    def get_value(self, key, args, kwargs):
        return kwargs.get(key)

    def format_field(self, value: Any, spec: str) -> str:
        if spec.startswith("?"):
            return (
                ""
                if value is None or value == "" or value == []
                else spec[1:].replace("*", self._print(value))
            )
        if spec:
            return self._words["words"].get(spec, {}).get(str(value), "" if value is None else str(value))
        return self._print(value)

    def _print(self, value: Any) -> str:
        if isinstance(value, (list, tuple)):
            return few([self._print(entry) for entry in value], self._words["mark"]["list"])
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


@lru_cache
def catalogue(language: str) -> Mapping[str, Any]:
    """The words of a language: mark, words, say.

    Raises
    ------
    ValueError
        There is no catalogue of this language.
    """
    path = resources.files("minshi_analysis") / "words" / f"reasons.{language}.toml"
    if not path.is_file():
        raise ValueError(f"no words for the language {language!r}: choose en or zh")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _plain(value: Any) -> Any:
    """What JSON and hashing both take."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return tuple(
            _plain(entry) for entry in (sorted(value) if isinstance(value, (set, frozenset)) else value)
        )
    if hasattr(value, "item"):
        value = value.item()
    return value
