"""Numbers, money, dates and plurals as a language writes them, by the rules of the Unicode CLDR."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Any, Literal

__all__ = ["LANGUAGES", "MISSING", "compact", "date", "money", "month", "number", "percent", "plural", "wan"]

LANGUAGES = {"zh": "zh_Hans_CN", "en": "en_GB"}
MISSING = "—"
CURRENCY: dict[str, tuple[Literal["short", "long"], str]] = {
    "zh": ("short", "{}元"),
    "en": ("long", "CNY {}"),
}  # which of CLDR's compact forms, and the mark
YUAN_IN_WAN = 10_000
_COMPACT = re.compile(r"(-?[\d.]+)(.*)")


def number(value: Any, lang: str = "zh", digits: int = 2) -> str:
    """A number with its separators and no more decimals than it has; one too small for them keeps two figures.

    Examples
    --------
    >>> number(608488.4889), number(5000.0), number(-0.0012), number(float("nan"))
    ('608,488.49', '5,000', '-0.0012', '—')
    """
    if _missing(value):
        return MISSING
    if 0 < abs(value) < 10**-digits:
        return f"{value:.2g}"
    from babel.numbers import format_decimal

    return format_decimal(round(float(value), digits) + 0.0, format=_pattern(digits), locale=LANGUAGES[lang])


def percent(value: Any, lang: str = "zh", digits: int = 1, *, fixed: bool = False) -> str:
    """A percentage of a value that is counted in hundredths; `fixed` keeps the zero of 15.0 %.

    Examples
    --------
    >>> percent(79.6756), percent(100.0), percent(14.96, fixed=True)
    ('79.7%', '100%', '15.0%')
    """
    if _missing(value):
        return MISSING
    return f"{value:,.{digits}f}%" if fixed else f"{number(value, lang, digits)}%"


def money(wan: Any, lang: str = "zh") -> str:
    """A sum in 万元, in the language's own thousands: 万 and 亿, or million and billion.

    Examples
    --------
    >>> money(608488.4889), money(858.0), money(608488.4889, "en"), money(858.0, "en")
    ('60.85 亿元', '858 万元', 'CNY 6.08 billion', 'CNY 8.58 million')
    """
    if _missing(wan):
        return MISSING
    return CURRENCY[lang][1].format(compact(round(float(wan) * YUAN_IN_WAN), lang))


def wan(value: Any, lang: str = "zh") -> str:
    """A figure that is printed in 万元, in full: English has no such unit, and says so many yuan.

    Examples
    --------
    >>> wan(7965.0), wan(7965.0, "en"), wan(87.6, "en")
    ('7,965 万元', 'CNY 79,650,000', 'CNY 876,000')
    """
    if _missing(value):
        return MISSING
    if lang == "zh":
        return f"{number(value, lang)} 万元"
    return f"CNY {number(round(float(value) * YUAN_IN_WAN, 4), lang)}"


def compact(value: Any, lang: str = "zh") -> str:
    """A large count in the language's own thousands.

    Examples
    --------
    >>> compact(9679000), compact(9679000, "en")
    ('967.9 万', '9.68 million')
    """
    if _missing(value):
        return MISSING
    from babel.numbers import format_compact_decimal

    said = format_compact_decimal(float(value), format_type=CURRENCY[lang][0], locale=lang, fraction_digits=2)
    digits, rest = _COMPACT.fullmatch(said).groups()  # type: ignore[union-attr]
    return f"{number(float(digits), lang)} {rest.strip()}".strip()


def date(iso: Any, lang: str = "zh") -> str:
    """An ISO date in words.

    Examples
    --------
    >>> date("2022-11-30"), date("2022-11-30", "en")
    ('2022年11月30日', '30 November 2022')
    """
    if not isinstance(iso, str) or not iso:
        return MISSING
    from babel.dates import format_date

    return format_date(datetime.date.fromisoformat(iso), "long", locale=LANGUAGES[lang])


def month(value: Any, lang: str = "zh") -> str:
    """A month by its number.

    Examples
    --------
    >>> month(3), month(3, "en")
    ('3月', 'March')
    """
    from babel.dates import get_month_names

    return (
        get_month_names("wide", "stand-alone", locale=LANGUAGES["en"])[int(value)]
        if lang == "en"
        else f"{value}月"
    )


def plural(value: Any, forms: str, lang: str = "en") -> str:
    """A count and its word: the forms stand in the order of the language's plural categories.

    Examples
    --------
    >>> plural(1, "task|tasks"), plural(1423, "task|tasks"), plural(None, "task|tasks")
    ('1 task', '1,423 tasks', '— tasks')
    """
    words = forms.split("|")
    form = "other" if _missing(value) else _rules(lang)(value)
    return f"{number(value, lang)} {words[0] if form == 'one' else words[-1]}"


@cache
def _rules(lang: str) -> Any:
    from babel import Locale

    return Locale.parse(LANGUAGES[lang]).plural_form


@cache
def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "#" * digits if digits else "")


def _missing(value: Any) -> bool:
    return value is None or value != value
