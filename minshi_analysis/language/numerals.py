"""Plain numerals: Arabic with separators, Chinese with scales, and the pairs that mean a range (两三个).

Own code and not a converter: the forms that matter here (二百余万, 3万余, 两三百) must be split before a converter
could read them, converters misread what they do not know (两三 as 23, 统一 as 统10), and hostile text needs a reader
whose limits are known. It is forty lines.
"""

from __future__ import annotations

import re

from minshi_analysis.language import grammar as g

__all__ = ["compound", "neat", "numeral", "plain_numerals", "value_of"]

_PAIR = re.compile(r"([一二两三四五六七八九])([一二三四五六七八九])([十百千万亿]?)")
_MAX_DIGITS = 18
_TERM = re.compile(r"零?([0-9]+(?:\.[0-9]+)?)([十百千]?)([万亿]*)")
# 壹仟贰佰: the numerals of cheques and contracts. Several in a row, for 陆 and 伍 alone are a land and a troop.
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_CAPITAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]+")
_CAPITAL_SIGNS = "拾佰仟壹贰叁"  # one of them stands in every such numeral


def numeral(text: str) -> float | None:
    """The number of a plain Arabic or Chinese numeral, None where it is none (一一, 三四五, a code of 19 digits).

    Examples
    --------
    >>> numeral("1,140"), numeral("三百零五"), numeral("一亿二千万"), numeral("一点五")
    (1140.0, 305.0, 120000000.0, 1.5)
    """
    if text[0] in "0123456789":
        digits = text.replace(",", "").replace(" ", "")
        return float(digits) if len(digits) <= _MAX_DIGITS else None
    whole, _, fraction = text.partition("点")
    if not whole or len(text) > _MAX_DIGITS or any(c not in g.DIGITS for c in fraction):
        return None
    total = section = digit = 0
    after_digit = False
    for c in whole:
        if c in g.DIGITS:
            if after_digit and digit:
                return None
            digit, after_digit = g.DIGITS[c], True
            continue
        scale = g.SCALES[c]
        if scale < 10**4:
            section += (digit or 1) * scale
        elif scale == 10**4:
            total, section = total + ((section + digit) or 1) * scale, 0
        else:
            total, section = (total + section + digit) * scale, 0
        digit, after_digit = 0, False
    return float(total + section + digit) + (
        float("0." + "".join(str(g.DIGITS[c]) for c in fraction)) if fraction else 0.0
    )


def value_of(number: re.Match) -> tuple[float, float | None] | None:
    """Value of a ``grammar.NUMBER`` match with its scale, and the upper end of a pair (两三个)."""
    text, scales = number.group("num", "scale")
    if scales is None and text.isdigit() and len(text) <= _MAX_DIGITS:
        return float(text), None
    scale = 1.0
    for c in scales or "":
        scale *= g.SCALES[c]
    if text == "百分之百":
        return 100.0, None
    if len(text) <= 3 and (pair := _PAIR.fullmatch(text)):
        low, high = g.DIGITS[pair[1]], g.DIGITS[pair[2]]
        scale *= g.SCALES.get(pair[3], 1)
        return (low * scale, high * scale) if high == low + 1 else None
    value = numeral(text)
    return None if value is None else (neat(value * scale), None)


def compound(text: str) -> float | None:
    """The number of digits and scales that alternate, None where they do not fall (1万5万, 1千2000).

    Examples
    --------
    >>> compound("2亿3000万"), compound("1万5千"), compound("1千2百万"), compound("1千2000")
    (230000000.0, 15000.0, 12000000.0, None)
    """
    total = section = 0.0
    below, high = 10**4, 10**13  # what the next term of the section, and the next section, must stay under
    for m in _TERM.finditer(text):
        value = float(m[1]) * g.SCALES.get(m[2], 1)
        if value >= below or ("." in m[1] and m.end() < len(text)):
            return None
        section, below = section + value, g.SCALES.get(m[2], 1)
        if m[3]:
            scale = 1
            for c in m[3]:
                scale *= g.SCALES[c]
            if section * scale >= high:
                return None
            total, section, below, high = total + section * scale, 0.0, min(scale, 10**4), scale
        elif not m[2] and len(m[1]) != 4 and m.start() and text[m.start()] != "零":
            return None  # 1万5, 3万500: a head and a tail that may belong to two numbers
    return neat(total + section)


def plain_numerals(s: str) -> str:
    """The numerals of contracts as common ones, character for character.

    Examples
    --------
    >>> plain_numerals("壹仟贰佰万元"), plain_numerals("大陆")
    ('一千二百万元', '大陆')
    """
    if not any(map(s.__contains__, _CAPITAL_SIGNS)):
        return s
    return _CAPITAL.sub(lambda m: m[0].translate(_CAPITALS), s)


def neat(value: float) -> float:
    """Without the dust of binary fractions (20.819 * 10000)."""
    return round(value, 10) if abs(value) < 1e5 else round(value, 4)
