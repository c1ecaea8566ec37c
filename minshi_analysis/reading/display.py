"""Spreadsheet values as a person sees them: number formats, dates, percentages."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["displayed"]

# What may stand in a format around its digits: literals, escapes, spacing, colours and currencies.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_MASK = re.compile(r"([^0#,.%?/E]*)((?:[#0,]*[#0])?(?:\.[0#]+)?)(%?)([^0#,.%?/E]*)")


def displayed(value: object, number_format: str = "General") -> str:
    """A cell's value as its sheet shows it.

    Parameters
    ----------
    value : object
        What openpyxl gives: text, number, truth value, date, time or duration.
    number_format : str
        The cell's format. One beyond digits, separators, percent and literals (fractions, exponents) is not
        imitated: the number is written out in full.

    Returns
    -------
    str

    Examples
    --------
    >>> displayed(0.83, "0%"), displayed(1234.5, "#,##0.00"), displayed(0.1 + 0.2)
    ('83%', '1,234.50', '0.3')
    >>> import datetime
    >>> displayed(datetime.datetime(2022, 11, 30), 'yyyy"年"m"月"')
    '2022年11月'
    """
    if isinstance(value, str):
        return value.replace("_x000D_", "").replace("\r\n", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (dt.datetime, dt.date)):
        return _date(value, number_format)
    if isinstance(value, (int, float)):
        return _number(value, number_format or "General")
    return str(value)


def _number(value: float, number_format: str) -> str:
    exact = Decimal(repr(value)) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return str(value)
    sections = number_format.split(";")
    section = sections[0]
    negative = exact < 0
    if negative and len(sections) > 1 and re.search(r"[0#]", sections[1]):
        section = sections[1]
        negative = False
    literals: list[str] = []

    def keep(match: re.Match) -> str:
        literals.append(match[1] or match[2] or match[3] or "")
        return f"\ue000{chr(0xE100 + len(literals) - 1)}" if literals[-1] else ""

    mask = _MASK.fullmatch(_LITERAL.sub(keep, section).strip())
    if mask is None or not mask[2] or len(literals) > 200:
        return f"{exact:f}" if exact != exact.to_integral_value() else f"{exact.to_integral_value():f}"
    before, digits, percent, after = mask.groups()
    whole, _, fraction = digits.partition(".")
    amount = abs(exact) * 100 if percent else abs(exact)
    least = fraction.count("0")
    text = f"{amount.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP):f}"
    if len(fraction) > least:  # places that are only printed when they are not 0
        head, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    if "," in whole:
        head, dot, tail = text.partition(".")
        text = f"{int(head):,}{dot}{tail}"
    if (places := whole.count("0")) > 1:
        head, dot, tail = text.partition(".")
        text = head.zfill(places) + dot + tail
    shown = f"{'-' if negative and amount else ''}{before}{text}{percent}{after}"
    return re.sub("\ue000(.)", lambda m: literals[ord(m[1]) - 0xE100], shown).strip()


def _date(value: dt.date, number_format: str) -> str:
    """A date in the parts that its format shows: a month stays a month."""
    plain = re.sub(r"\[[^\]]*\]|AM/PM|上午/下午", "", number_format, flags=re.I).lower()
    words = re.sub(r'"[^"]*"|\\.', "", plain)
    if "d" not in words and "y" in words and "m" in words:
        return f"{value.year}年{value.month}月"
    if "y" not in words and "d" in words:
        return f"{value.month}月{value.day}日"
    day = f"{value.year}年{value.month}月{value.day}日" if "年" in plain else value.strftime("%Y-%m-%d")
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return f"{day} {value:%H:%M}" if value.second == 0 else f"{day} {value:%H:%M:%S}"
    return day
