"""The numbers that a list prints before its items, in the styles of HTML and of Word."""

from __future__ import annotations

import re

__all__ = ["numeral"]

_DIGITS = "零一二三四五六七八九"
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE = frozenset(
    re.findall(
        r"\w+",
        "chineseCounting chineseCountingThousand chineseLegalSimplified ideographDigital japaneseCounting "
        "taiwaneseCounting taiwaneseCountingThousand",
    )
)


def numeral(number: int, style: str) -> str:
    """A list number as printed; a style without numbers (``bullet``, ``none``) prints nothing.

    Parameters
    ----------
    number : int
        From 0.
    style : str
        An HTML list type (``1``, ``a``, ``A``, ``i``, ``I``) or a Word number format.

    Examples
    --------
    >>> numeral(12, "chineseCounting"), numeral(4, "I"), numeral(3, "decimalEnclosedCircle")
    ('十二', 'IV', '③')
    """
    if style in ("bullet", "none", ""):
        return ""
    if style in _CHINESE and 0 <= number < 1000:
        return _chinese(number)
    if style in ("a", "A", "lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if style in ("a", "lowerLetter") else "A") + number - 1)
    if style in ("i", "I", "lowerRoman", "upperRoman") and 1 <= number < 400:
        text = ""
        for value, sign in _ROMAN:
            while number >= value:
                text, number = text + sign, number - value
        return text if style in ("i", "lowerRoman") else text.upper()
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x245F + number)
    if style == "ideographTraditional" and 1 <= number <= 10:
        return _HEAVENLY[number - 1]
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _chinese(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return "十" + (_DIGITS[number - 10] if number > 10 else "")
    if number < 100:
        return _DIGITS[number // 10] + "十" + (_DIGITS[number % 10] if number % 10 else "")
    rest = number % 100
    tail = (
        ""
        if not rest
        else "零" + _DIGITS[rest]
        if rest < 10
        else ("一" if rest < 20 else "") + _chinese(rest)
    )
    return _DIGITS[number // 100] + "百" + tail
