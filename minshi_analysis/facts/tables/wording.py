"""What the words of a task's cell say beside its promise: figures that are none, and the dated steps behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minshi_analysis.facts.context import Context, Row, printed
from minshi_analysis.facts.prose.costs import is_spent
from minshi_analysis.facts.prose.done_of import are_begun, done_of
from minshi_analysis.facts.prose.due import is_of_a_part
from minshi_analysis.facts.prose.each import is_of_each, is_size_of_each
from minshi_analysis.facts.prose.evidence import REASONS, SET_ASIDE
from minshi_analysis.facts.prose.meaning import Figure, Place, figures_of
from minshi_analysis.facts.prose.rates import is_rated
from minshi_analysis.facts.prose.where import is_there
from minshi_analysis.language import dates, works
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.grammar import words
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.phrases import MAKING
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import clean, fold
from minshi_analysis.reading.blocks import Cell

__all__ = ["COST", "Other", "due_alone", "due_in", "none_of_it", "not_reported", "says_of_each", "stepped"]

COST = "what the work costs, in the words of its task"
# Words beside which a figure may be no promise; without one of them nothing is weighed.
_HINTS = re.compile(
    r"容纳|可|班|预计|有望|后|[现已原共]有|缺|尚需|涉及|[宽厚高]|投资|[预概估匡]算|造价|资金|财政|补助|支[出付]|拨付|到位|以[上下]的|剩|比|票|代表|每|单"
)
_NO_RESULT = re.compile(
    "[现已原共]有|缺|尚|剩|其余|余下|超|涉及|票|代表|建议|[在现]园|人口|比|多|在|任务|实事"
)
_NEVER = frozenset({"state", "need", "vote", "list", "where", "rest"})
_LEAST = 1.0  # how far ahead a reading must be to make a figure no promise
_DATED = re.compile(
    r"(?:(?<=[。;；\n])|(?<=[,，])|(?<=其中)|(?<=其中[:：]))\s*(?=(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|份|底|末|中旬|上旬|下旬)?|[年]底|年内|[上下]半年|(?:第?[一二三四]|前[二两三])季度)"
    r"(?:之?前|以前|底|起|完成|内|,|，)?)"
)
_BEGUN = re.compile(rf"{works.BEGUN}|起(?=实施|执行|发放|开展|[,，])|开始")
_ENDED = re.compile(rf"完成|{works.FINISHED}|投入运营|验收|达到|落实|结束|到位|发放|覆盖|办结")
_DONE = re.compile(rf"完成|{works.FINISHED}")
_CLASSES = re.compile(r"(?:设有?|设置|规模[为达]?|含|[共可]有)\s*$")
_WHEN = re.compile("[月日季]|年[底内末]|半年")  # a bare year says nothing that the document's does not
# What stands around the date of a note that says by when and nothing else: 确保11月底前全部建成投用.
_TO_BE = re.compile(r"(?:预计|计划|力争|确保|争取|须|需|应|要求|完成)*(?:时[间限]:?)?[于到在至]?")
_ENDS_THEN = re.compile(
    rf"(?:[底末内]|之?前|以前)*(?:全[部面]|基本|整体|总体|正式|[均可将])*(?:(?:项目|工程|建设|改造|施工|任务|[并和、,])*"
    rf"(?:完成|{works.FINISHED}|投入运营|验收|办结|到位|开放|发放|使用))+(?:到位|合格|[。;])?"
)
_BY_THEN = re.compile(
    rf"(?:[底末]?之?前|以前|年?[底末]?前)(?:力争|确保|全面|全部|累计|,)*(?:{words(MAKING)})"
)
_STAGE = re.compile(rf"{works.PREPARED}|入户|主体|封顶")
_CLAUSE = re.compile(r"[,，。;；\n]+")


@dataclass(frozen=True, slots=True)
class Other:
    """What a quantity is that is no promise: why, and who pays where it is what the work costs."""

    reason: str
    funder: str | None = None


def none_of_it(text: str, quantities: Sequence[Quantity], context: Context) -> dict[int, Other]:
    """Which quantities of a task's words are no promise (可容纳24个班, 现有5所, 总投资200万元), and what they are.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> said = "新建幼儿园2所,可容纳24个班"
    >>> none_of_it(said, parse_quantities(said, kind="plan"), Context("x", "plan", 2024))
    {1: Other(reason='a forecast', funder=None)}
    """
    found: dict[int, Other] = {}
    if not quantities or not _HINTS.search(text):
        return found
    place = Place(False, "promise", context.year, context.level, context.region, likely="promise")
    figures = list(figures_of(clean(text), place))
    for i, quantity in enumerate(quantities):
        if quantity.unit in ("个班", "班") and _CLASSES.search(text[: quantity.start]):
            found[i] = Other(SET_ASIDE["size"])  # 新建小学1所,设24个班
            continue
        figure = next((f for f in figures if _is(f, quantity)), None)
        if figure is None:
            continue
        figures.remove(figure)
        of_all = figure.reading == "qualifier" and quantity.unit == "%"  # 80%以上的餐饮单位: of all of them
        if figure.reading in SET_ASIDE and figure.lead >= _LEAST and not of_all:
            found[i] = Other(figure.reason)
        elif quantity.unit == "万元" and figure.reading == "cost":
            found[i] = Other(COST, figure.funder)
    return found


def says_of_each(text: str, quantities: Sequence[Quantity]) -> bool:
    """Whether words promise so much for each of several whose number stands elsewhere: 每个乡镇新建不少于1所.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> said = "每个乡镇新建养老院1所"
    >>> says_of_each(said, parse_quantities(said, kind="plan"))
    True
    """
    folded = fold(text)
    return any(
        is_of_each(clause_before(folded, quantity.start))
        for quantity in quantities
        if quantity.unit not in ("%", "万元")
    )


def not_reported(
    text: str, quantities: Sequence[Quantity], context: Context, asked: Sequence[Row] = ()
) -> dict[int, tuple[Quantity, str]]:
    """Which quantities of a result's words are none (现有2.1万名, 超额完成6人, 12个单位), by their id, with the reason.

    Places and bodies where it was done are none, unless ``asked`` counts such.
    """
    folded = fold(text)
    found: dict[int, tuple[Quantity, str]] = {
        id(whole): (whole, SET_ASIDE["whole"])
        for whole, _ in done_of(folded, quantities)
        if not are_begun(folded, whole)
    }
    for quantity in quantities:
        if is_size_of_each(folded, quantity, quantities):
            found[id(quantity)] = quantity, SET_ASIDE["standard"]
            continue
        counted = any(same_unit(target["unit"], quantity.unit) for target in asked)
        if not counted and is_there(folded, quantity):
            found[id(quantity)] = quantity, SET_ASIDE["where"]
        if not counted and is_spent(folded, quantity, invested=False) and not is_rated(folded, quantity):
            found[id(quantity)] = quantity, REASONS["spent"]
    if len(quantities) < 1 or not _NO_RESULT.search(text):
        return found
    place = Place(True, "result", context.year, context.level, context.region, "result", context.afterwards)
    figures = list(figures_of(clean(text), place))
    for quantity in quantities:
        figure = next((f for f in figures if _is(f, quantity)), None)
        if figure is not None:
            figures.remove(figure)
            if (
                id(quantity) not in found
                and figure.reading in _NEVER
                and figure.lead >= _LEAST
                and quantity.unit != "%"
            ):
                found[id(quantity)] = quantity, figure.reason
    return found


def _is(figure: Figure, quantity: Quantity) -> bool:
    return figure.quantity.value == quantity.value and figure.quantity.unit == quantity.unit


def stepped(cell: Cell, context: Context) -> tuple[Cell, Cell | None]:
    """A task's words, and the dated steps behind them (…10个。6月底前完成4个;11月底前全部完工): two at least.

    One date alone says when the whole is due, and stays with the words.
    """
    text = printed(cell)
    cuts = [m.end() for m in _DATED.finditer(text) if m.end() >= 6]
    sentences = [at for at in cuts if not re.search(r"[,，]\s*$", text[:at])]
    if not sentences or len([at for at in cuts if at >= sentences[0]]) < 2:
        return cell, None
    at = sentences[0]
    if not any(context.deadline(text[start : start + 12]) for start in cuts if start >= at):
        return cell, None
    head = re.sub(r"[,，。;；]?\s*其中[:：]?\s*$", "", text[:at].rstrip())
    if not _are_of(head, text[at:]):
        return cell, None
    return Cell(cell.text[: len(head)], cell.start, cell.start + len(head), cell.ref), Cell(
        cell.text[at:], cell.start + at, cell.end, cell.ref
    )


def _are_of(head: str, steps: str) -> bool:
    """Whether what steps count is on the way to what the head promises; a new thing (9月底前新增学位900个) is a promise."""
    whole = parse_quantities(head, kind="plan")
    return bool(whole) and all(
        q.unit == "%" or any(same_unit(w.unit, q.unit) and q.value <= w.value for w in whole)
        for q in parse_quantities(steps, kind="plan")
    )


def due_in(text: str, context: Context) -> str | None:
    """The day by which the words say that a task is done: of its dated clauses the last that names an end."""
    said = clean(text).folded
    if is_of_a_part(said, dates.find_dates(said, year=context.year)):
        return None  # of what stands before it, or of its own clause, alone
    if (opens := _due_before_all(said, context)) is not None:
        return opens
    ends = []
    for clause in _CLAUSE.split(said):
        found = dates.find_dates(clause, year=context.year)
        begins = _BEGUN.search(clause) and not _DONE.search(clause)
        step = begins or _STAGE.search(clause)
        if (
            found
            and _WHEN.search(found[0].surface)
            and found[0].start <= 4
            and not step
            and _ENDED.search(clause)
        ):
            ends.append(context.deadline(clause))
    return max(filter(None, ends), default=None)


def _due_before_all(said: str, context: Context) -> str | None:
    """The day by which all that words promise is to be made: the one date of theirs, before their one promise (10月底前新增
    停车泊位300个)."""
    found = dates.find_dates(said[:24], year=context.year)
    if len(found) != 1 or found[0].start > 1 or not _BY_THEN.match(said, found[0].end):
        return None
    clause, *others = _CLAUSE.split(said.rstrip("。;,"))
    if _BEGUN.search(clause) or _STAGE.search(clause) or any(re.search(r"\d", other) for other in others):
        return None
    return context.deadline(clause)


def due_alone(text: str, context: Context) -> str | None:
    """The day that a note names by which its row is done, where it says nothing else.

    Examples
    --------
    >>> plan = Context("x", "plan", 2024)
    >>> [due_alone(said, plan) for said in ("11月底前完工", "6月底前开工", "11月底前完成1所", "续建1所")]
    ['2024-11-30', None, None, None]
    """
    if "月" not in text and "年" not in text and "季" not in text:
        return None
    said = clean(text).folded
    found = dates.find_dates(said, year=context.year)
    if len(found) != 1 or not _WHEN.search(found[0].surface):
        return None
    around = said[: found[0].start], said[found[0].end :]
    if not (_TO_BE.fullmatch(around[0]) and _ENDS_THEN.fullmatch(around[1])):
        return None
    return context.deadline(found[0].surface)
