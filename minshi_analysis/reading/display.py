"""Spreadsheet values as a person sees them: number formats with their sections, conditions and scales; dates."""

from __future__ import annotations

import datetime as dt
import functools
import operator
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

__all__ = ["displayed", "unescaped"]

# A format's pieces: literals, escapes (! is one in Chinese sheets), spacing, what stands in square brackets, digits.
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<power>[Ee][+-]0+)|(?P<mark>[0#?.,%@;])|(?P<other>.)",
    re.S | re.I,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_HOLDS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHITE = re.compile(r"white|白色?|(?:colou?r|颜色)\s?2", re.I)  # the colour of the paper
_LONGEST = 255  # characters of a format, as in Excel


@dataclass(frozen=True, slots=True)
class _Section:
    """One of a format's sections: its pieces, as (kind, text), and for which numbers it is."""

    pieces: tuple[tuple[str, str], ...] = ()
    condition: tuple[str, Decimal] | None = None

    def holds(self, number: Decimal) -> bool:
        return self.condition is not None and _HOLDS[self.condition[0]](number, self.condition[1])

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.pieces)

    @property
    def words(self) -> str:
        return "".join(text for kind, text in self.pieces if kind == "text")


def displayed(value: object, number_format: str = "General") -> str:
    """A cell's value as its sheet shows it.

    Parameters
    ----------
    value : object
        What openpyxl gives: text, number, truth value, date, time or duration.
    number_format : str
        The cell's format. Fractions and exponents are written out as plain numbers, Chinese numerals ([DBNum1]) as
        digits: they show the same number. A minus that a format shows by a colour alone is printed.

    Returns
    -------
    str

    Examples
    --------
    >>> displayed(0.83, "0%"), displayed(1234.5, "#,##0.00"), displayed(0.1 + 0.2)
    ('83%', '1,234.50', '0.3')
    >>> displayed(15000000, '0!.0,"万元"'), displayed(5, "[<1]0%;0"), displayed(0, '0;-0;"—"')
    ('1500.0万元', '5', '—')
    >>> import datetime
    >>> displayed(datetime.datetime(2022, 11, 30), 'yyyy"年"m"月"')
    '2022年11月'
    """
    number_format = number_format or "General"
    if isinstance(value, str):
        return _text(unescaped(value).replace("\r\n", "\n").replace("\r", ""), number_format)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (dt.datetime, dt.date)):
        return _date(value, number_format)
    if isinstance(value, dt.timedelta):
        return _span(value)
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    return str(value)


def unescaped(text: str) -> str:
    """A text of a workbook with the characters that it writes as ``_x0035_``.

    Examples
    --------
    >>> unescaped("1_x0035_00"), unescaped("a_x005F_x0035_")
    ('1500', 'a_x0035_')
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: "" if (sign := chr(int(match[1], 16))) == "\r" else sign, text)


def _text(value: str, number_format: str) -> str:
    """A text: in the fourth section, or in one that asks for a text; else as it is."""
    sections = _sections(number_format)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) <= 3 and not section.has("@"):
        return value
    return "".join(value if kind == "@" else text for kind, text in section.pieces if kind in ("@", "text"))


def _number(value: float, number_format: str) -> str:
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return str(value)
    section, signed = _chosen(_sections(number_format), exact)
    if not section.pieces or section.has("unseen"):
        return ""
    if (
        exact.adjusted() > 30
        or section.has("@", "general", "power")
        or (section.has("?") and ("text", "/") in section.pieces)
    ):
        shown = _in_full(abs(exact))
        if section.has("general"):
            shown = "".join(
                shown if kind == "general" else text
                for kind, text in section.pieces
                if kind in ("general", "text")
            )
        elif section.has("@"):
            shown = "".join(shown if kind == "@" else text for kind, text in section.pieces)
        shown, amount = shown.strip(), abs(exact)
    else:
        shown, amount = _in_places(abs(exact), section)
    if amount and exact < 0 and shown and not signed:
        return _plainly_negative(shown)
    return f"-{shown}" if signed and amount and shown else shown


def _plainly_negative(shown: str) -> str:
    """Brackets and triangles that stand for a minus, with one: (1,500) alone may be a note; words say it themselves."""
    return shown if re.search(r"[-−–]|[^\W\d_]", shown) else re.sub(r"(?=\d)", "-", shown, count=1)


def _span(value: dt.timedelta) -> str:
    """Hours and minutes, as clocks count them."""
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")


@functools.lru_cache(1024)
def _sections(number_format: str) -> tuple[_Section, ...]:
    made: list[_Section] = []
    pieces: list[tuple[str, str]] = []
    condition = None
    for match in _PIECE.finditer(number_format[:_LONGEST]):
        kind, text = match.lastgroup, match[match.lastgroup] if match.lastgroup else ""
        if kind == "mark" and text == ";":
            made.append(_Section(tuple(pieces), condition))
            pieces, condition = [], None
        elif kind == "bracket":
            if said := _CONDITION.fullmatch(text.strip()):
                condition = said[1], Decimal(said[2])
            elif _WHITE.fullmatch(text.strip()):
                pieces.append(("unseen", ""))
            elif text.startswith("$"):
                pieces.append(("text", text[1:].split("-")[0]))
        elif kind == "mark":
            pieces.append((text, text))
        elif kind in ("general", "power"):
            pieces.append((kind, text))
        elif kind:
            pieces.append(("text", text))
        else:
            filled = match[0].startswith("*") and match[0][1:].isdecimal()  # 15000000, as wide as the cell
            pieces.append(("text", "\ufffc" if filled else " " if match[0].startswith("_") else ""))
    return (*made, _Section(tuple(pieces), condition))


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, bool]:
    """The section for a number, and whether the number's minus still has to be printed."""
    numbers = sections[:3]
    negative = number < 0
    if any(section.condition for section in numbers):
        for place, section in enumerate(numbers):
            implied = place == 1 and len(numbers) > 2 and not section.condition and negative
            last = place == len(numbers) - 1 and not section.condition
            if section.holds(number) or implied or last:
                own = section.condition or ("", Decimal(0))
                shows = implied or (own[0].startswith("<") and own[0] != "<>" and own[1] <= 0)
                return section, negative and not (shows and _signs(section))
        return _Section((("general", ""),)), negative
    if len(numbers) == 1 or not (negative or (number == 0 and len(numbers) > 2)):
        return numbers[0], negative
    if not negative:
        return numbers[2], False
    return numbers[1], not _signs(numbers[1])


def _signs(section: _Section) -> bool:
    """Whether a section for negative numbers says so itself, by a sign, brackets or words."""
    return not section.pieces or bool(re.search(r"[-−–(（▲△▼▽]|[^\W\d_]", section.words))


def _in_full(amount: Decimal) -> str:
    whole = amount.to_integral_value()
    return f"{whole:f}" if amount == whole else f"{amount:f}"


def _in_places(amount: Decimal, section: _Section) -> tuple[str, Decimal]:
    """A number laid into a section's places; and what of it is shown, which may be nothing after rounding."""
    kinds = [kind for kind, _ in section.pieces]
    places = [i for i, kind in enumerate(kinds) if kind in "0#?" and kind]
    if not places:
        return section.words.strip(), Decimal(1)
    point = kinds.index(".") if "." in kinds else len(kinds)
    before, after = [i for i in places if i < point], [i for i in places if i > point]
    commas = [i for i, kind in enumerate(kinds) if kind == ","]
    edge = before[-1] if before else -1
    grouped = any(before and before[0] < i < edge for i in commas)
    with localcontext(prec=60):
        amount *= Decimal(100) ** kinds.count("%")
        amount = amount.scaleb(-3 * sum(edge < i < point or (bool(after) and i > after[-1]) for i in commas))
        amount = amount.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    whole, _, fraction = f"{amount:f}".partition(".")
    digits = _left_of_point("" if whole == "0" else whole, before, kinds, grouped) | _right_of_point(
        fraction, after, kinds
    )
    shown = []
    for i, (kind, text) in enumerate(section.pieces):
        if kind in "0#?":
            shown.append(digits[i])
        elif kind == ".":
            shown.append("." if any(digits[j] for j in after) or not after else "")
        elif kind != ",":
            shown.append(text)
    return "".join(shown).strip(), amount


def _left_of_point(whole: str, before: list[int], kinds: list[str], grouped: bool) -> dict[int, str]:
    """Which digits stand at each place before the point: the last at the last, what is over at the first."""
    digits: dict[int, str] = {}
    count = 0
    for number, place in enumerate(reversed(before)):
        last = number == len(before) - 1
        here, whole = (whole, "") if last else (whole[-1:], whole[:-1])
        if not here and kinds[place] == "0":
            here = "0"
        text = ""
        for digit in reversed(here):
            text = digit + ("," if grouped and count and count % 3 == 0 else "") + text
            count += 1
        digits[place] = text
    return digits


def _right_of_point(fraction: str, after: list[int], kinds: list[str]) -> dict[int, str]:
    """The digits behind the point; zeros at the end stand only where the format asks for them."""
    digits: dict[int, str] = {}
    needed = False
    for place, digit in reversed(list(zip(after, fraction, strict=True))):
        needed = needed or digit != "0" or kinds[place] == "0"
        digits[place] = digit if needed else ""
    return digits


def _date(value: dt.date, number_format: str) -> str:
    """A date in the parts that its format shows: a month stays a month."""
    plain = re.sub(r"\[[^\]]*\]|AM/PM|上午/下午", "", number_format, flags=re.I).lower()
    words = re.sub(r'"[^"]*"|\\.', "", plain)
    if "d" not in words and "y" in words and "m" in words:
        return f"{value.year}年{value.month}月"
    if "d" not in words and "m" not in words and "y" in words:
        return f"{value.year}年" if "年" in plain else str(value.year)
    if "y" not in words and "d" in words:
        return f"{value.month}月{value.day}日"
    day = f"{value.year}年{value.month}月{value.day}日" if "年" in plain else value.strftime("%Y-%m-%d")
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return f"{day} {value:%H:%M}" if value.second == 0 else f"{day} {value:%H:%M:%S}"
    return day
