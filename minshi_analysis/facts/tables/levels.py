"""What a cell of a plan's table prints: a level, a sum of years in brackets, an increase, or no figure at all.

A cell is read whole or not at all: `1:8`, `1 200` and `95,其中农村90` print more than one number, and the first of them
is not the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from minshi_analysis.language import grammar as g
from minshi_analysis.language.numerals import neat
from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.text import fold
from minshi_analysis.reading.blocks import Cell

__all__ = ["Brackets", "Level", "Unit", "bracket_note", "level_of", "unit_of"]

_NOTHING = re.compile(r"[-/\s.]*|无|暂无|空")
_NUMBER = re.compile(r"(?<![/\d.])\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?![\d,，])|(?<![/\d.])\d+(?:\.\d+)?(?!\d)")
_RANGE = re.compile(r"(?:-+|~|至|到)")
# A mark of a note behind a figure: 77.3[a], 80①, 10.5*, 95(注1).
_MARK = re.compile(
    r"(?<=[\d%)\]\u4e00-\u9fff])(?:\[[a-z\d]{1,2}\]|[①-⑳]|[*★☆△▲※#†]+|\(?注\d{0,2}\)?|[¹²³⁴⁵⁶⁷⁸⁹]+)$"
)
_ASIDE = re.compile(r"\(([^()]{1,16})\)$")
_TWICE = re.compile(r"(\d+(?:\.\d+)?%?)/\1")  # 98/98: one level for both things that the name speaks of
_PER = re.compile(r"/(?:1?[万千]|10+万?|[百十]万)")  # 12/10万
_LESS = re.compile(r"下降|降低|减少|压减|缩小")
_MORE = re.compile(r"(?:累计)?(?:增加|提高|提升|上升|新增|净增|增长|多增)")
_TO = re.compile(r"(?:[增提][加高升]?|上升|下降|降低?|减少?)?[到至]|达到?|保持在?|稳定在?|维持在?|控制在|为")
_SCALE = re.compile(r"(?:十|百|千|万|亿)+")
_IN_BRACKETS = re.compile(
    r"(?P<open>[\[(])\s*(?P<close>[\])])[^,;。]{0,8}?[为系是指表](?P<what>[^;。\n]{2,40})"
)
_SUMMED = re.compile(r"(?:[一二三四五六]年|期内|规划期)?(?:累计|合计)(?:[数值]|目标)?")
# The year that a change is counted from, before its verb: 比2020年提高0.5年.
_AGAINST = re.compile(
    rf"(?:[比较]|与)(?:19|20)\d\d年(?:[末底]|同期)?(?:相比)?,?(?=(?:累计)?(?:{_MORE.pattern}|{_LESS.pattern}))"
)
_YEAR = re.compile(r"(?:19|20)\d\d年?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: what a bare number is multiplied by, its name, and whether it is one of the list."""

    scale: float
    name: str | None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Brackets:
    """What a note below the table says of figures in brackets: those of which it speaks, and whether they are sums."""

    square: bool | None = None
    round: bool | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What a cell prints.

    ``form`` is level, sum or increase. ``value`` is missing where no figure is printed (``note`` has the words) or where
    the cell cannot be read (``reason`` says why). ``start`` and ``end`` span the figure in the document; ``marks`` are
    the spans of marks of notes.
    """

    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    bound: str | None = None
    form: str = "level"
    note: str | None = None
    reason: str | None = None
    start: int = 0
    end: int = 0
    marks: tuple[tuple[int, int], ...] = ()
    year: int | None = None


def unit_of(printed: str | None) -> Unit | None:
    """A unit as printed in a column of units or in a name's brackets; None where nothing is printed (blank, -, /).

    Examples
    --------
    >>> unit_of("万人次"), unit_of("Bq"), unit_of("-")
    (Unit(scale=10000.0, name='人次', known=True), Unit(scale=1.0, name='Bq', known=False), None)
    """
    words = (printed or "").strip()
    if _NOTHING.fullmatch(fold(words)):
        return None
    if found := parse_unit(f"({words})") or parse_unit(words):
        return Unit(*found)
    scale = None if words.startswith("万分之") or re.search("[、,，和或]", words) else _SCALE.match(words)
    if scale and words[scale.end() :]:
        return Unit(parse_unit(f"({scale[0]}人)")[0], words[scale.end() :], False)
    return Unit(1.0, words, False)


def bracket_note(texts: Iterable[str]) -> Brackets:
    """What the notes of a table, tidy and folded, say of figures in brackets.

    Examples
    --------
    >>> bracket_note(["注:[]内为五年累计数。"]), bracket_note(["注:()内为2019年数据"])
    (Brackets(square=True, round=None), Brackets(square=None, round=False))
    """
    square = round_ = None
    for text in texts:
        for match in _IN_BRACKETS.finditer(text):
            summed = bool(
                re.search(r"累计|合计|总[数量]|[五三]年|期内|增加|新增", match["what"])
            ) and not _YEAR.search(match["what"])
            if match["open"] == "[":
                square = summed
            else:
                round_ = summed
    return Brackets(square, round_)


def level_of(
    cell: Cell | None, unit: Unit | None, name: str = "", brackets: Brackets | None = None
) -> Level | None:
    """What a cell prints, in the base unit; None where it prints nothing.

    Parameters
    ----------
    cell : Cell or None
    unit : Unit or None
        What the indicator's head declares.
    name : str
        The indicator's name: where it speaks of a fall (下降率), 下降5 is 5.
    brackets : Brackets, optional
        What the table's notes say of brackets.

    Examples
    --------
    >>> read = lambda text, unit: level_of(Cell(text, 0, len(text)), unit_of(unit))
    >>> read("〔45〕", "万人").value, read("〔45〕", "万人").form, read("≥95", "%").bound, read("97-98", "%").upper
    (450000.0, 'sum', 'at_least', 98.0)
    >>> read("增加150", "个").form, read("1:8", None).reason
    ('increase', 'more than one number in the cell')
    >>> over = read("比2020年提高0.5年", "年")
    >>> over.value, over.form, over.note
    (0.5, 'increase', '比2020年')
    """
    if cell is None:
        return None
    text = cell.said
    s = text.folded.replace("−", "-").rstrip("。;,、 ")
    if _NOTHING.fullmatch(s):
        return None
    marks: list[tuple[int, int]] = []
    beside: list[str] = []
    while mark := _MARK.search(s):
        if text.norm[mark.start()] in "〔【":  # 78.93〔1〕: the increase beside the level, no mark of a note
            beside.append(text.norm[mark.start() : mark.end()])
        marks.append(text.span(mark.start(), mark.end()))
        s = s[: mark.start()]
    if not re.search(r"\d", s):
        return Level(note=text.norm[: len(s)], marks=tuple(marks))
    behind = _ASIDE.search(s)
    body = s[: behind.start()] if behind and _NUMBER.search(s[: behind.start()]) else s
    aside = behind[1] if behind and body != s else ""
    if against := _AGAINST.match(body):
        beside.append(text.norm[: against.end()].rstrip(",，"))
        body = body[against.end() :]
    cut = _cut(body)
    if isinstance(cut, str) or (re.search(r"\d", aside) and not _YEAR.fullmatch(aside)):
        why = cut if isinstance(cut, str) else _SEVERAL
        return Level(reason=why, marks=tuple(marks))
    read = _read(cut, unit, name, brackets or Brackets())
    if isinstance(read, str):
        return Level(reason=read, marks=tuple(marks))
    if _SUMMED.fullmatch(aside) and read.form == "level":  # 6000(累计)
        read, aside = replace(read, form="sum"), ""
    opens = against.end() if against else 0
    start, end = text.span(opens, opens + len(body))
    if _TWICE.fullmatch(body):
        beside.append(body)
    note = ";".join(filter(None, (read.note, *beside, aside))) or None
    year = int(aside[:4]) if _YEAR.fullmatch(aside) else None
    return replace(read, note=note, start=start, end=end, marks=tuple(marks), year=year)


_SEVERAL = "more than one number in the cell"
_AMONG = "a figure among other words"


@dataclass(frozen=True, slots=True)
class _Cut:
    """A cell taken apart: the words before its number, the number or the two ends of a range, the words behind."""

    left: str
    low: str
    high: str | None
    right: str
    bracket: str


def _cut(s: str) -> _Cut | str:
    """A cell with one number or one range, or why it is none."""
    if twice := _TWICE.fullmatch(s):
        s = twice[1]
    numbers = list(_NUMBER.finditer(s))
    if not numbers:
        return _AMONG
    first, last = numbers[0], numbers[-1]
    high = None
    if len(numbers) == 2:
        between = s[first.end() : last.start()]
        joint = _RANGE.search(between)
        if (
            not joint
            or between[joint.end() :]
            or between[: joint.start()] not in ("", s[last.end() :][: joint.start()])
        ):
            return _SEVERAL
        high = last[0]
    elif len(numbers) > 2:
        return _SEVERAL
    left, right = s[: first.start()], s[last.end() :]
    bracket = ""
    opened = re.search(r"[\[(]", left)
    if opened:
        bracket = opened[0]
        closed = "]" if bracket == "[" else ")"
        if closed not in right:
            return "a bracket that is not closed"
        left, right = left.replace(bracket, "", 1), right.replace(closed, "", 1)
    if re.search(r"[\[\](){}:]", left + right) or left.endswith(("第", "每")):
        return _AMONG
    return _Cut(left.strip(), first[0], high, right.strip(), bracket)


def _read(cut: _Cut, unit: Unit | None, name: str, brackets: Brackets) -> Level | str:
    """A cell's figure in its unit and form, or why its words do not fit the indicator."""
    left, bound = _before(cut.left)
    own, bound_after, rest = _behind(cut.right, unit)
    if rest and (not re.fullmatch(r"[\u4e00-\u9fff]+", rest) or (unit is not None and rest == cut.right)):
        return _AMONG
    if rest and rest == cut.right:  # a unit that nobody knows
        own, rest = Unit(1.0, rest, False), ""
    if re.search(r"[+\-]", left):
        return "a figure with a sign" if left != "-" or cut.bracket else _negative(cut, unit)
    form = _form(left, cut, name, unit, own, brackets)
    if form not in ("level", "sum", "increase"):
        return form
    scale, called = (unit.scale, unit.name) if unit else (1.0, None)
    if own is not None and not (form == "increase" and own.name == "百分点" and called == "%"):
        if unit is not None and own.name not in (called, None):
            return "a figure in another unit than its indicator's"
        if own.name is None and called == "万元":  # 1.5亿 under 万元 is 1.5亿元
            own = Unit(own.scale / 10_000, called)
        elif own.name is None and unit is not None and unit.scale != 1:
            return "a figure with a scale of its own beside that of its unit"
        scale, called = own.scale, own.name or called
    low, high = (neat(float(re.sub("[,，]", "", x)) * scale) if x else None for x in (cut.low, cut.high))
    bounds = {b for b in (bound, bound_after) if b}
    if len(bounds) > 1 or (high is not None and (high <= low or bounds)):
        return _AMONG
    return Level(
        low, high, called, "range" if high is not None else min(bounds, default="exact"), form, rest or None
    )


def _negative(cut: _Cut, unit: Unit | None) -> Level | str:
    """A figure below zero: -2.3."""
    if cut.high is not None or cut.right.strip(unit.name or "" if unit else ""):
        return "a figure with a sign"
    scale = unit.scale if unit else 1.0
    return Level(
        -neat(float(re.sub("[,，]", "", cut.low)) * scale), None, unit.name if unit else None, "exact"
    )


def _before(left: str) -> tuple[str, str | None]:
    """The words before a figure without its comparator, and how that binds."""
    for word, bound in sorted([*g.BEFORE.items(), ("控制在", "at_most")], key=lambda entry: -len(entry[0])):
        if word in left:
            return left.replace(word, "", 1).strip(), bound
    return left, None


def _behind(right: str, unit: Unit | None) -> tuple[Unit | None, str | None, str]:
    """The unit behind a figure, how the words after it bind, and what is left."""
    own, length = _own_unit(right, unit)
    right = right[length:]
    after = g.AFTER.match(right)
    bound = g.AFTER_BOUND[after["word"].lstrip("及或和")] if after else None
    return own, bound, (right[after.end() :] if after else right).strip()


def _own_unit(right: str, unit: Unit | None) -> tuple[Unit | None, int]:
    """The unit that the words behind a figure begin with, and its length; a scale alone has no name."""
    if rate := _PER.match(right):
        known = unit is not None and (unit.name or "").endswith(rate[0])
        return Unit(1.0, unit.name if known else rate[0], known), rate.end()
    for end in range(min(len(right), 10), 0, -1):
        words = right[:end].removeprefix("个") if right[:end].endswith("百分点") else right[:end]
        if unit is not None and words == unit.name:
            return Unit(1.0, unit.name), end
        if re.fullmatch(r"[万亿千百]+", words):
            return Unit(parse_unit(f"({words}人)")[0], None), end
        if found := parse_unit(words):
            return Unit(*found), end
    return None, 0


def _form(left: str, cut: _Cut, name: str, unit: Unit | None, own: Unit | None, brackets: Brackets) -> str:
    """level, sum or increase; or why the words before the figure do not let it be any."""
    summed = cut.bracket != ""
    if cut.bracket == "(" and not brackets.round:
        return "a figure in round brackets"
    if cut.bracket == "[" and brackets.square is False:
        return "a figure in brackets, which by the note below is no sum of the period"
    if re.search(r"年均|每年|同比|比上年|较", left):
        return "a change from year to year, no level"
    changed = (
        own is not None
        and own.name in ("%", "百分点")
        and not (unit is not None and unit.name in ("%", "百分点"))
    )
    if left in ("累计", "共", "合计", "总计"):
        return "sum"
    if _TO.fullmatch(left) or not left:
        return "sum" if summed else "level"
    if changed:
        return "a change in percent, where the indicator is an amount"
    if _LESS.fullmatch(left):
        return (
            ("sum" if summed else "level")
            if _LESS.search(name)
            else "a decrease, where the indicator is a level"
        )
    if _MORE.fullmatch(left):
        if own is not None and own.name == "%" and not re.search(r"增[长幅]|增速", name):
            return "a change in percent, which may be of points or of the value"
        return ("sum" if summed else "level") if left in name else "increase"
    return _AMONG
