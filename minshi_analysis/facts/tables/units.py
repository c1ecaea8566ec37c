"""Units of bare numbers in a table: from the row, the head of the column, the name, or the line above."""

from __future__ import annotations

import re
from dataclasses import replace

from minshi_analysis.facts.context import words
from minshi_analysis.language.captions import unit_of_thing
from minshi_analysis.language.heads import bound_of
from minshi_analysis.language.quantities import Quantity, parse_quantities, parse_unit
from minshi_analysis.language.text import fold
from minshi_analysis.layout.naming import BLANK
from minshi_analysis.layout.tables import Record, Table

__all__ = [
    "NO_UNIT",
    "bound_by",
    "bound_in_name",
    "declared_unit",
    "in_full",
    "two_of",
    "two_units",
    "unit_in_name",
    "unit_said",
]

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]")
_NAMED = re.compile(
    r"^(?P<name>.*[^(（\s])\s*[(（](?P<unit>[^()（）]{1,8}(?:[(（][^()（）]{1,3}[)）])?)[)）]\s*(?P<behind>(?:及?以[上内下]|左右)?)$",
    re.S,
)
_REMARK = re.compile(r"([^()（）]{1,14})[(（].*[)）]")
_ONE_WORD = re.compile(r"(?:[^\s\d,;:。、|，；：]|1/1\d*)[^\s,;:。|，；：]{0,13}")  # as the model has it
_COUNTS = re.compile(r"[\u4e00-\u9fff]{1,4}")
_TWO = re.compile(  # 5/860, 3处/12个; no number for so many heads (12.5/10万)
    r"(?P<before>[^\d/%]{0,6})(?P<first>\d[\d.,]*[^\d\s/%]{0,3})\s*/\s*"
    r"(?P<second>\d[\d.,]*+(?![十百千万亿])[^\d\s/%]{0,3})"
)
NO_UNIT = ("what stands in the column of units is no unit", 0.3)


def declared_unit(table: Table, record: Record, role: str, *, named: bool = True) -> str | None:
    """The unit that a bare number in a column of this role has, as `parse_unit` reads it; None where none is printed.

    A cell of 单位 that is blank, or no unit, declares nothing, and neither does the row above it. ``named`` asks the
    name of the task too (城镇新增就业(人)).
    """
    column = table.column("unit")
    own = words(record.at(column)) if column is not None else None
    if own is not None and not BLANK.fullmatch(own):
        said = unit_said(own)
        return said if said and parse_unit(said) else None
    at = table.column(role)
    heads = [table.columns[at].label] if at is not None else []
    for found in (m[1] for head in heads for m in _IN_BRACKETS.finditer(head)):
        if parse_unit(found):
            return found
    names = [name for part in ("part", "task") if (name := words(record.at(table.column(part))))]
    own = next((unit for name in names if (unit := unit_in_name(name)[1])), None) if named else None
    return own or unit_of_thing(table.caption, fold(names[0]) if names else "")


def in_full(quantity: Quantity, declared: str | None) -> Quantity:
    """A quantity whose cell prints its unit in part (60元) in the whole unit that is declared for it (元/月).

    Examples
    --------
    >>> (sixty,) = parse_quantities("不低于60元")
    >>> in_full(sixty, "元/月/人").unit, in_full(sixty, "个").unit, in_full(sixty, None).unit
    ('元/月', '元', '元')
    """
    whole = parse_unit(declared) if declared else None
    if whole is None or not quantity.unit or not whole[1].startswith(f"{quantity.unit}/"):
        return quantity
    return replace(quantity, unit=whole[1])


def two_units(table: Table, record: Record, role: str) -> tuple[str, str] | None:
    """The two units that are printed for one column with a slash between them (个/泊位), where both count things."""
    names = [words(record.at(table.column(part))) for part in ("unit", "part", "task")]
    at = table.column(role)
    heads = [table.columns[at].label] if at is not None else []
    printed = [
        names[0],
        *(m[1] for said in (*heads, *names[1:]) if said for m in _IN_BRACKETS.finditer(fold(said))),
    ]
    for unit in printed:
        first, slash, second = fold(unit or "").strip().partition("/")
        if slash and all(_COUNTS.fullmatch(each) and parse_unit(each) for each in (first, second)):
            return first, second
    return None


def two_of(text: str, units: tuple[str, str] | None) -> list[Quantity] | None:
    """The figures of a cell that prints two with a slash (5/860), each in its unit; none where it is not plain what they
    count; None where a cell prints no such two.

    Examples
    --------
    >>> [(q.value, q.unit) for q in two_of("5/860", ("个", "泊位"))]
    [(5.0, '个'), (860.0, '泊位')]
    >>> two_of("5/860", None), two_of("860个", ("个", "泊位"))
    ([], None)
    """
    if "/" not in fold(text) or (found := _TWO.fullmatch(fold(text).strip())) is None:
        return None
    if units is None or found["before"]:
        return []
    lead = len(text) - len(text.lstrip())
    out = []
    for name, unit in zip(("first", "second"), units, strict=True):
        read = parse_quantities(found[name], unit=unit, kind="plan")
        if len(read) != 1 or not read[0].unit:
            return []
        start = lead + found.start(name)
        out.append(replace(read[0], start=start, end=start + len(found[name])))
    return out


def unit_said(printed: str) -> str | None:
    """The unit of a cell of 单位, without a remark in brackets behind it; None where its words are no unit.

    Examples
    --------
    >>> unit_said("套(间)"), unit_said("张(其中护理型不低于55%)"), unit_said("按省里的要求,不少于去年")
    ('套(间)', '张', None)
    """
    if parse_unit(f"({printed})"):
        return printed
    remark = _REMARK.fullmatch(printed.strip())
    if remark and parse_unit(f"({remark[1]})"):
        return remark[1]
    return printed if _ONE_WORD.fullmatch(printed.strip()) or parse_unit(printed) else None


def unit_in_name(name: str) -> tuple[str, str | None]:
    """A name without the unit in its last brackets, and that unit.

    Examples
    --------
    >>> unit_in_name("城镇新增就业人数(人)"), unit_in_name("失业率控制在(%)以内"), unit_in_name("幼儿园(含公办园)")
    (('城镇新增就业人数', '人'), ('失业率控制在', '%'), ('幼儿园(含公办园)', None))
    """
    found = _NAMED.match(name)
    if found is None or parse_unit(fold(found["unit"])) is None:
        return name, None
    return found["name"], fold(found["unit"])


def bound_in_name(name: str, unit: str | None = None) -> str | None:
    """How a name binds the bare figure in a cell beside it, or None: by its words around the unit, or at its end.

    Examples
    --------
    >>> bound_in_name("城镇登记失业率控制在(%)以内"), bound_in_name("失业率低于", "%"), bound_in_name("就业(人)")
    ('at_most', 'less_than', None)
    """
    found = _NAMED.match(name)
    bare, own = unit_in_name(name)
    behind = found["behind"] if found is not None and own else ""
    said = parse_quantities(f"{fold(bare)}9{own or unit or ''}{behind}", kind="plan")
    return said[-1].bound if said and said[-1].bound not in ("exact", "approx") else None


def bound_by(name: str, quantity: Quantity, unit: str | None = None, head: str = "") -> Quantity:
    """A quantity, bound as the name beside it, or the head of its column, says where it is a mere number itself."""
    if quantity.bound != "exact":
        return quantity
    bound = bound_of(head) or bound_in_name(name, quantity.unit or unit)
    return replace(quantity, bound=bound) if bound else quantity
