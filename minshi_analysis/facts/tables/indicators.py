"""Indicators of plans and of their reviews: baseline and target, and the values observed since.

What each column of values is follows from its head and the plan's years (`layout.indicators`), what a cell prints from
`levels`, which figures belong together from `lines`. A figure that is none of these is told, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from minshi_analysis.facts.context import Context, Row, words
from minshi_analysis.facts.tables.levels import Brackets, Level, Unit, bracket_note, level_of, unit_of
from minshi_analysis.facts.tables.lines import Line, is_nothing, lines_of, numbered
from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.layout.indicators import Use, plan_end, uses_of
from minshi_analysis.layout.tables import Table, Unread
from minshi_analysis.reading.blocks import Cell, Paragraph

__all__ = ["Indicators", "read_indicators"]

_UNIT = re.compile(
    r"(?:[(（](?P<brackets>[^()（）]{1,12})[)）]|[,，]\s*(?P<behind>[^\s,，]{1,5})|(?P<sign>[%％‰]))\s*$"
)
_CAPTION = re.compile(r"单位[:：]\s*([^()（）,，;；。\s]{1,8})")
_MARK = re.compile(r"(?:[①-⑳*★☆△▲※]|[\[〔][a-z\d]{1,2}[\]〕])+$")
_SIGNS = re.compile(r"[A-Za-zμ℃‰%]+(?:/[\w³²%]+)*|[^\s/]{0,4}/[^\s/]{1,6}")  # dB, μg/m3, 1/10万
_RATES = frozenset({"%", "‰", "百分点", "岁", "年"})  # levels that do not add up over the years
_PLAN = re.compile(r'["“]([一二三四五六七八九十]{1,3})五["”]')
# 除人均预期寿命、…为户籍口径外: a note below the table says which indicators count whom.
_APART = re.compile(r"除(?P<names>[^,。;:]{2,200}?)为(?P<base>[^,。;:为]{2,6}口径)外")
_MARKED = re.compile(
    r"(?P<mark>\[[a-z\d]{1,2}\]|[①-⑳]|\*+)\s*(?:内|处)?(?P<what>[为系是指][^,，;；。\[\]①-⑳*]{2,40})"
)
_BASE_YEAR = re.compile(r"基期为?((?:19|20)\d\d)年|((?:19|20)\d\d)年为基期")
_TOLD = frozenset(
    {"note", "kind", "lead", "partner", "person", "owner", "status", "location", "deadline", "programme"}
)
_BARE = re.compile(r"约束性?|预期性?|指导性?")  # says itself what it is
_LABELLED = {
    "before": "an earlier value than the baseline",
    "between": "a value between the plan's years",
    "beyond": "a value of a later year than the plan's",
    "wish": "a target of an earlier plan",
    "growth": "a change over years",
    "rate": "a share of the target",
    "part": "a value of a part of the year",
    "span": "a sum of several years beside the target",
}


@dataclass(slots=True)
class Indicators:
    """What the tables of indicators of a document give.

    ``unread`` are figures of which it is not known what they say, ``aside`` those that are known to be no data of the
    indicators (marks of notes, figures of the plan before), both with their reasons.
    """

    rows: list[Row] = field(default_factory=list)
    observations: list[Row] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    aside: list[Unread] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Notes:
    """What is printed below a table of its figures."""

    brackets: Brackets
    bases: Mapping[str, str]
    marks: Mapping[str, str]
    base_year: int | None


@dataclass(slots=True)
class _Sheet:
    """A table under way: what its columns are for, and the indicator that a part or an unnamed line goes on with."""

    table: Table
    uses: Mapping[int, Use]
    notes: _Notes
    shared: frozenset[int]  # ids of cells of values that stand in several rows
    name: str = ""
    number: str = ""
    key: str = ""
    unit: str | None = None
    above: bool = False  # the unit is not the indicator's own, but stands over the table
    part: int = 0

    def at(self, what: str) -> int | None:
        return next((j for j, use in self.uses.items() if use.what == what), None)


def read_indicators(
    tables: Iterable[Table], context: Context, paragraphs: Iterable[Paragraph] = ()
) -> Indicators:
    """Rows of ``indicators`` and of ``observations`` from the indicator tables of a document.

    Parameters
    ----------
    tables : iterable of Table
    context : Context
        The plan's years and what kind of document it is decide what is baseline, target and observation.
    paragraphs : iterable of Paragraph
        The document's prose: notes below a table say what brackets and marks mean.

    Returns
    -------
    Indicators
        An indicator without baseline, target and words in their place that another table of the document has is that
        one: its values are observations of it.
    """
    out, taken = Indicators(), set[str]()
    said = [paragraph.text for paragraph in paragraphs]
    later: list[tuple[_Sheet, list[Line | Unread]]] = []
    for table in tables:
        sheet = _sheet(table, context, said)
        lines = list(lines_of(table))
        if why := _of_another_period(sheet, context):
            out.aside += [part for line in lines if (part := _whole(line, why))]
        elif sheet.at("target") is None and sheet.at("baseline") is None and sheet.at("span") is None:
            later.append((sheet, lines))
        else:
            _read(sheet, lines, context, taken, out)
    known = {(row["name"], row["sub_name"]): row for row in out.rows}
    for sheet, lines in later:
        _observe(sheet, lines, context, known, out)
    return out


def _sheet(table: Table, context: Context, said: Sequence[str]) -> _Sheet:
    reports = context.kind in ("review", "completion", "progress")
    uses = uses_of(table.columns, context.year, context.year_end, reports)
    below = [cell.text for record in table.records if record.kind != "row" for cell in record.cells.values()]
    texts = [*said, *below]
    year = next((m for text in texts if (m := _BASE_YEAR.search(fold(tidy(text))))), None)
    marks = {
        m["mark"]: m["what"] for text in texts if "注" in text for m in _MARKED.finditer(fold(tidy(text)))
    }
    notes = _Notes(bracket_note(texts), _bases(texts), marks, int(year[1] or year[2]) if year else None)
    values = [
        c
        for r in table.records
        if r.kind == "row"
        for j, c in r.cells.items()
        if j in uses and re.search(r"\d", c.text)
    ]
    ids = [id(cell) for cell in values]
    return _Sheet(table, uses, notes, frozenset(i for i in ids if ids.count(i) > 1))


def _of_another_period(sheet: _Sheet, context: Context) -> str | None:
    """Why a table is of no plan of this document: it looks back on the plan before."""
    whats = {use.what for use in sheet.uses.values()}
    named = [plan_end(n) for n in _PLAN.findall(sheet.table.title)]
    if named and context.year and max(named) < context.year:
        return f"figures of the plan to {max(named)}, in a plan from {context.year}"
    if (
        whats
        and whats <= {"baseline", "before", "wish", "growth", "rate", "part"}
        and any(use.year for use in sheet.uses.values())
    ):
        last = max(use.year for use in sheet.uses.values() if use.year)
        return (
            f"a table whose figures end in {last}, in a plan from {context.year}: what was reached before it"
        )
    return None


def _whole(line: Line | Unread, why: str) -> Unread | None:
    """A line as a part that holds figures and is no row, or None where it holds none."""
    if isinstance(line, Unread):
        return line
    cells = list({id(c): c for c in (line.name, line.part, *line.cells.values()) if c is not None}.values())
    if not any(re.search(r"\d", cell.text) for cell in cells):
        return None
    start, end = min(c.start for c in cells), max(c.end for c in cells)
    return Unread(start, end, cells[0].ref, " | ".join(c.text for c in cells), why)


def _read(
    sheet: _Sheet, lines: Sequence[Line | Unread], context: Context, taken: set[str], out: Indicators
) -> None:
    for line in lines:
        if isinstance(line, Unread):
            out.unread.append(line)
            continue
        _enter(sheet, line, len(out.rows), taken)
        if not line.cells:
            continue
        if not sheet.name:
            part = _whole(line, "figures of an indicator without a name")
            out.unread += [part] if part else []
            continue
        row = _row(sheet, line, context, out)
        out.rows.append(row)
        for j, use in sheet.uses.items():
            if use.what == "observed":
                _observed(sheet, line, j, row, context, out)


def _enter(sheet: _Sheet, line: Line, done: int, taken: set[str]) -> None:
    """Go on to a line's indicator: its number, its name without it, and a key for its id that no other has."""
    if line.name is not None:
        found, called = numbered(words(line.name) or "")
        own = sheet.table.column("index") is None
        sheet.name = _bare(called if own else words(line.name) or "")
        sheet.number = line.number or (found if own else None) or str(done + 1)
        sheet.key = next(
            n for k in count(1) if (n := sheet.number if k == 1 else f"{sheet.number}-{k}") not in taken
        )
        taken.add(sheet.key)
        sheet.part, sheet.unit = 0, None
    if line.cells:
        sheet.part += 1


def _row(sheet: _Sheet, line: Line, context: Context, out: Indicators) -> Row:
    """The row of an indicator, or of a part of it."""
    column = sheet.table.column("unit")
    sub = _bare(words(line.part) or "") or None
    here = words(line.cells.get(column)) if column is not None else None
    printed = here or (_unit_in(sub) if sub else None) or _unit_in(sheet.name) or sheet.unit
    sheet.above = printed is None
    printed = printed or _unit_above(sheet)
    sheet.unit = printed
    unit = unit_of(printed)
    base_at, goal_at = sheet.at("baseline"), _goal(sheet, line)
    base, goal = (_level(sheet, line, j, unit, out) for j in (base_at, goal_at))
    base, goal = _agreeing(base, goal, line, base_at, goal_at, out)
    form, doubts = _form(base, goal)
    bare = _without(sheet.name, printed)
    beside = _beside(sheet, line, {base_at, goal_at}, out)
    notes = (
        base and base.note,
        goal and goal.note,
        sheet.notes.bases.get(bare),
        *_marks(sheet, line),
        *(n for n, _ in beside),
    )
    base_use, goal_use = (sheet.uses.get(j) if j is not None else None for j in (base_at, goal_at))
    figures = [(v.start, v.end) for v in (base, goal) if v is not None and v.value is not None] + [
        s for _, s in beside if s
    ]
    doubts += _doubts(sheet, line, unit, (base, goal), context)
    units = [v.unit for v in (goal, base) if v is not None and v.value is not None]
    cells = (
        [c for c in (line.name, line.part, *line.cells.values()) if c is not None] if line.shared else None
    )
    return context.row(
        {
            "indicator_id": f"{context.doc_id}/indicator-{sheet.key}" + (f".{sheet.part}" if sub else ""),
            "indicator_no": sheet.number,
            "field": line.field,
            "name": bare,
            "sub_name": _without(sub, printed) if sub else None,
            "unit": (units[0] if units else unit.name if unit else None) or None,
            "baseline_year": ((base and base.year) or base_use.year or sheet.notes.base_year)
            if base_use
            else None,
            "baseline": base.value if base else None,
            "baseline_bound": base.bound if base else None,
            "target_year": goal_use.year if goal_use else None,
            "target": goal.value if goal else None,
            "upper": goal.upper if goal else None,
            "bound": goal.bound if goal else None,
            "cumulative": bool(goal and goal.value is not None and goal.form == "sum"),
            "form": form,
            "baseline_form": base.form
            if base and base.value is not None and base.form != "increase"
            else None,
            "note": ";".join(dict.fromkeys(filter(None, notes))) or None,
            "figures": tuple(dict.fromkeys(figures)),
            "doubts": tuple(doubts),
        },
        min(c.start for c in cells) if cells else line.record.start,
        max(c.end for c in cells) if cells else line.record.end,
        line.record.ref,
    )


def _goal(sheet: _Sheet, line: Line) -> int | None:
    """The column of a line's target: that of the target year, or 累计 where that prints nothing."""
    goal, span = sheet.at("target"), sheet.at("span")
    summed = next((j for j, use in sheet.uses.items() if use.what == "growth" and use.summed), None)
    if goal is not None and not is_nothing(line.cells.get(goal)):
        return goal
    if span is not None and not is_nothing(line.cells.get(span)):
        return span
    bracketed = summed is not None and re.search(
        r"[\[〔【]\s*\d", (line.cells.get(summed) or Cell("", 0, 0)).text
    )
    return summed if bracketed else goal


def _level(sheet: _Sheet, line: Line, j: int | None, unit: Unit | None, out: Indicators) -> Level | None:
    """What a line prints in a column; a cell that cannot be read is told."""
    cell = line.cells.get(j) if j is not None else None
    if cell is None:
        return None
    if id(cell) in sheet.shared or (
        re.search(r"\d", cell.text) and sum(c is cell for c in line.cells.values()) > 1
    ):
        _tell(out.unread, cell, line, "one figure over several rows or columns: whose it is is not known")
        return None
    level = level_of(cell, unit, sheet.name + (line.part.text if line.part else ""), sheet.notes.brackets)
    if level is not None:
        out.aside += [
            Unread(a, b, cell.ref, cell.text, "a mark that points to a note") for a, b in level.marks
        ]
        if level.reason:
            _tell(out.unread, cell, line, level.reason)
            return None
    return level


def _tell(parts: list[Unread], cell: Cell, line: Line, reason: str) -> None:
    """A cell's figures as no row's, with the name that they stand beside; a merged cell once."""
    if any((part.start, part.end, part.ref) == (cell.start, cell.end, cell.ref) for part in parts[-3:]):
        return
    named = " / ".join(filter(None, (words(line.name), words(line.part)))) if line.name or line.part else ""
    parts.append(
        Unread(cell.start, cell.end, cell.ref, f"{named}: {cell.text}" if named else cell.text, reason)
    )


def _agreeing(
    base: Level | None,
    goal: Level | None,
    line: Line,
    base_at: int | None,
    goal_at: int | None,
    out: Indicators,
) -> tuple[Level | None, Level | None]:
    """Baseline and target in one unit: where each prints its own and they differ, neither is the row's."""
    if base and goal and base.value is not None and goal.value is not None and base.unit != goal.unit:
        if {base.unit, goal.unit} == {"元", "万元"}:  # 11000元 and 1.5万元
            return _in_yuan(base), _in_yuan(goal)
        for j in (base_at, goal_at):
            _tell(
                out.unread,
                line.cells[j],
                line,
                f"baseline and target in different units: {base.unit}, {goal.unit}",
            )
        return None, None
    return base, goal


def _in_yuan(level: Level) -> Level:
    scale = 10_000 if level.unit == "万元" else 1
    upper = None if level.upper is None else level.upper * scale
    return replace(level, value=level.value * scale, upper=upper, unit="元")


def _form(base: Level | None, goal: Level | None) -> tuple[str | None, list[tuple[str, float]]]:
    """level, sum or increase, and what is in doubt: 〔1〕 beside 77.93岁 is what is to be added to it."""
    if goal is None or goal.value is None:
        return None, []
    if goal.form == "sum" and base is not None and base.value is not None and base.form == "level":
        if goal.unit in _RATES:
            return "increase", []
        if goal.value < base.value:
            return "increase", [("a sum smaller than the level before it: read as an increase", 0.15)]
    return goal.form, []


def _doubts(
    sheet: _Sheet, line: Line, unit: Unit | None, levels: tuple[Level | None, Level | None], context: Context
) -> list[tuple[str, float]]:
    """What makes the reading of a line less sure, and by how much."""
    valued = [v for v in levels if v is not None and v.value is not None]
    found: list[tuple[str, float]] = []
    if context.year_end is None:
        found.append(("the plan's last year is not known", 0.3))
    if valued and unit is None and not any(v.unit for v in valued):
        scaled = sheet.table.column("unit") is not None and not sheet.table.spans
        found.append(("no unit is printed", 0.3 if scaled else 0.1))
    if unit is not None and not unit.known:
        several = bool(re.search("[、,，和或]", unit.name or ""))
        found.append(
            ("several units for one figure", 0.3)
            if several
            else ("a unit that is not in the list of units", 0.05)
        )
    if unit is not None and sheet.above:
        found.append(("the unit stands above the table", 0.1))
    if line.shared:
        found.append(("several indicators in one row of cells", 0.05))
    if line.record.laid and len(line.record.cells) != len(sheet.table.columns):
        found.append(("cells laid over the columns by what they hold", 0.1))
    if line.record.doubts:
        found.append(("a cell without a column", 0.3))
    if len(valued) == 2 and {v.form for v in valued} == {"level"}:
        low, high = sorted(abs(v.value) for v in valued)
        if low and high > 30 * low:
            found.append(
                ("the target is more than thirty times the baseline, or less than a thirtieth", 0.25)
            )
    return found


def _beside(
    sheet: _Sheet, line: Line, used: set[int | None], out: Indicators
) -> list[tuple[str, tuple[int, int] | None]]:
    """What a line prints in other columns, as its note, with the place of a figure; what nobody knows is told."""
    own = {sheet.table.column(role) for role in ("index", "indicator", "sub_name", "unit")}
    notes: list[tuple[str, tuple[int, int] | None]] = []
    for j, cell in sorted(line.cells.items()):
        column, use, text = sheet.table.columns[j], sheet.uses.get(j), words(cell) or ""
        if (
            j in used | own
            or column.role == "programme"
            or is_nothing(cell)
            or (use and use.what == "observed")
        ):
            continue
        figure = (cell.start, cell.end) if re.search(r"\d", text) else None
        if use is not None and use.what in ("double", "target", "baseline"):
            if figure:
                _tell(out.unread, cell, line, f"one of two columns of one year, under {column.label}")
        elif use is None and figure and not re.search(r"[\u4e00-\u9fff]{2}", text):
            what = f"under {column.label}" if column.label else "its column has no head"
            _tell(out.unread, cell, line, f"a figure of an unknown kind: {what}")
        elif use is not None or column.role in _TOLD:
            bare = column.role == "note" or not column.label or _BARE.fullmatch(text)
            notes.append((text if bare else f"{column.label} {text}", figure))
        elif figure:
            _tell(out.unread, cell, line, f"a figure of an unknown kind: under {column.label or 'no head'}")
        else:
            notes.append((f"{column.label} {text}" if column.label else text, None))
    return notes


def _marks(sheet: _Sheet, line: Line) -> list[str]:
    """What notes say of the marks behind a line's values: [a]为2019年数据."""
    texts = [fold(cell.text) for j, cell in line.cells.items() if j in sheet.uses]
    return [
        what.lstrip("为系是指")
        for mark, what in sheet.notes.marks.items()
        if any(t.strip().endswith(mark) for t in texts)
    ]


def _observed(sheet: _Sheet, line: Line, j: int, row: Row, context: Context, out: Indicators) -> None:
    """A line's value in a column of observations, as one of the indicator of a row."""
    use, cell = sheet.uses[j], line.cells.get(j)
    if is_nothing(cell):
        return
    level = _level(sheet, line, j, unit_of(sheet.unit), out)
    if level is None or level.value is None:
        return
    year = use.year or (int(context.as_of[:4]) if context.as_of else None)
    if year is None:
        _tell(
            out.unread,
            cell,
            line,
            f"an observed value of which no year is printed, under {sheet.table.columns[j].label}",
        )
        return
    if row["unit"] and level.unit and level.unit != row["unit"]:
        _tell(out.unread, cell, line, f"an observed value in another unit than its indicator's: {level.unit}")
        return
    told = ("预计" if use.expected else None, "累计" if level.form == "sum" else None, level.note)
    exact = None if level.bound == "exact" else cell.text.strip()
    place = context.row({}, level.start, level.end, cell.ref)
    out.observations.append(
        {
            "region": context.region,
            "indicator_id": row["indicator_id"],
            "year": year,
            "value": level.value,
            "unit": level.unit or row["unit"],
            "note": ";".join(filter(None, (*told, exact))) or None,
            "figures": ((level.start, level.end),),
            **place,
        }
    )


def _observe(
    sheet: _Sheet,
    lines: Sequence[Line | Unread],
    context: Context,
    known: Mapping[tuple[str, str | None], Row],
    out: Indicators,
) -> None:
    """A table of observed values alone: they are of the indicators that another table of the document has."""
    taken: set[str] = set()
    for line in lines:
        if isinstance(line, Unread):
            out.unread.append(line)
            continue
        _enter(sheet, line, 0, taken)
        column = sheet.table.column("unit")
        sheet.unit = (
            (words(line.cells.get(column)) if column is not None else None)
            or _unit_in(sheet.name)
            or _unit_above(sheet)
            or sheet.unit
        )
        sub = words(line.part)
        if any(use.what == "double" for use in sheet.uses.values()):
            part = _whole(line, "two columns of one year, and their heads do not tell them apart")
            out.unread += [part] if part and line.cells else []
            continue
        row = known.get((_without(sheet.name, sheet.unit), _without(sub, sheet.unit) if sub else None))
        if row is None:
            part = _whole(
                line, "observed values of an indicator that no table of the document sets a target for"
            )
            out.unread += [part] if part and line.cells else []
            continue
        for j, use in sheet.uses.items():
            if use.what == "observed":
                _observed(sheet, line, j, row, context, out)
        _beside(sheet, line, set(), out)


def _bases(texts: Iterable[str]) -> dict[str, str]:
    """Indicator -> 户籍口径 and the like, where a note sets some apart from the others."""
    found = (
        match
        for text in texts
        if "口" in text and "外" in text
        for match in _APART.finditer(fold(tidy(text)))
    )
    return {name: match["base"] for match in found for name in re.split("[、和]", match["names"])}


def _unit_in(name: str) -> str | None:
    """The unit that ends an indicator's name: （万人次）, (dB), 入园率%, 床位，张; not （含公办园）."""
    found = _UNIT.search(name)
    if found is None:
        return None
    unit = found["brackets"] or found["behind"] or found["sign"]
    known = parse_unit(f"({unit})") is not None
    return unit if known or (found["brackets"] and _SIGNS.fullmatch(fold(unit))) else None


def _unit_above(sheet: _Sheet) -> str | None:
    """The unit that stands over the values: in the heads of all of their columns, above the table or in its title."""
    labels = [
        sheet.table.columns[j].label
        for j, use in sheet.uses.items()
        if use.what in ("baseline", "target", "observed")
    ]
    units = {_unit_in(label) for label in labels}
    if len(units) == 1 and (unit := units.pop()):
        return unit
    said = {
        m[1] for text in (sheet.table.caption, fold(tidy(sheet.table.title))) for m in _CAPTION.finditer(text)
    }
    return said.pop() if len(said) == 1 else None


def _bare(name: str) -> str:
    """A name without the mark of a note behind it: 人均预期寿命（岁）①."""
    return _MARK.sub("", name)


def _without(name: str, unit: str | None) -> str:
    """A name without its unit."""
    found = _UNIT.search(name) if unit and _unit_in(name) == unit else None
    return name[: found.start()].strip() if found else name
