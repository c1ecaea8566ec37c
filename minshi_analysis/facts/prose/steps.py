"""Dated steps to what a plan promises: 培训1200人,6月底前完成500人 promises 1200, and 500 of them by the end of June."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minshi_analysis.facts.context import Context
from minshi_analysis.facts.prose.meaning import Figure
from minshi_analysis.facts.prose.promises import Said
from minshi_analysis.language import works
from minshi_analysis.language.dates import Date, find_dates, only_date
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.text import Text, fold

__all__ = ["STEP", "Step", "steps_among", "without", "words_beside"]

STEP = ("it may be a step to another figure", 0.2)
_BEGUN = re.compile(f"{works.BEGUN}|{works.PREPARED}")
_OPENS = 6  # characters of a clause before which its date begins
_BEFORE_DATE = re.compile(r"(?:其中|力争|确保|争取|计划|到|在|于|至|并|,|、)*")
_MERE = re.compile(  # what is done, and no name of anything
    rf"(?:(?:底|末|前|内|以前|之前|底前|年底|[上中下]旬)|力争|确保|争取|累计|共计?|再|先|至少|基本|全[部面]|实现|达到?|约|不少于|不低于"
    rf"|任务|目标|计划|工作|工程量?|总量|建设|进度|项目|新[建增]|创建|安装|购置|的|[了至到共]|,|{works.DONE}|{works.GOING_ON})*"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A figure that is to be reached on the way to another one, by when, and the words that say so."""

    figure: Figure
    whole: Figure
    due: str
    text: Text

    @property
    def kind(self) -> str:
        """As ``milestones`` calls it."""
        if self.figure.quantity.unit == "%":
            return "percent"
        words = self.text.folded
        begun = re.search(_BEGUN, words) and not re.search(works.FINISHED, words)
        return "stage" if begun or re.search(works.TOPPED_OUT, words) else "quantity"

    @property
    def ends(self) -> bool:
        """Whether it is the whole that is due by then."""
        own, whole = self.figure.quantity, self.whole.quantity
        reached = own.value == (100 if own.unit == "%" else whole.value)
        return reached and self.kind != "stage"


def steps_among(
    said: Sequence[Said], scheduled: Sequence[Figure], context: Context
) -> tuple[list[Step], list[Figure]]:
    """The steps among the promised figures of an item and those of its schedule, and the promised ones that may be one.

    A step stands in a clause that begins with a date, behind a figure of its unit that is no smaller, and names nothing
    else. What is less than the whole and due with the year is promised itself: 启动100个,年内建成30个. Of two dated
    figures of one thing the words do not say whether the second holds the first.
    """
    steps: list[Step] = []
    unsure: list[Figure] = []
    wholes: list[tuple[Figure, Date | None]] = []
    promised = [figure for part in said for figure in part.promised]
    for figure in (*promised, *scheduled):
        clause, date = _dated(figure, context)
        if date is not None:
            alike = [(w, due) for w, due in wholes if _is_of(figure, w, clause, date)]
            later = [w for w, due in alike if due is None or date.date < due.date]
            holding = [w for w in later if _is_no_more(figure, w)]
            if len(holding) == 1:
                step = Step(figure, holding[0], date.date, clause)
                before = any(other.whole is step.whole for other in steps)
                if not date.date.endswith("-12-31") or step.ends or step.kind == "stage" or before:
                    steps.append(step)
                    continue
            elif holding or any(due is not None for _, due in alike):
                unsure.append(figure)
        if not any(figure is other for other in scheduled):
            wholes.append((figure, date))
    return steps, unsure


def without(said: Iterable[Said], steps: Sequence[Step]) -> Iterator[Said]:
    """Tasks under construction without the steps among their figures; what holds nothing else is none."""
    taken = {id(step.figure) for step in steps}
    for part in said:
        kept = [figure for figure in part.promised if id(figure) not in taken]
        if len(kept) == len(part.promised) or kept or part.costs:
            part.promised = kept
            yield part


def words_beside(words: str, steps: Sequence[Step]) -> str:
    """The words of a task without those of its steps, in which its own deadline stands."""
    for step in steps:
        words = words.replace(step.text.norm, "")
    return words


def _dated(figure: Figure, context: Context) -> tuple[Text, Date | None]:
    """The clause of a figure, and the date that it begins with."""
    folded, quantity = figure.text.folded, figure.quantity
    start = _begin(folded, quantity.start)
    if folded[start - 1 : start] == ":":  # 6月底:完成500人
        before = _begin(folded, start - 1)
        start = before if only_date(folded[before : start - 1], year=context.year) else start
    ends = [end for mark in ",;。" if (end := folded.find(mark, quantity.end)) >= 0]
    clause = figure.text.slice(start, min(ends, default=len(folded)))
    opens = _BEFORE_DATE.match(clause.folded).end()
    found = find_dates(clause.folded[: quantity.start - start], year=context.year)
    first = next((d for d in found if d.start <= max(opens, 0) and d.start < _OPENS), None)
    return clause, first


def _begin(folded: str, end: int) -> int:
    """Where the clause of a place begins."""
    return max(folded.rfind(mark, 0, end) for mark in ",;。:") + 1


def _is_of(figure: Figure, whole: Figure, clause: Text, date: Date) -> bool:
    """Whether a dated figure counts what another one does: by its unit or as a share, and its clause names nothing else."""
    own, other = figure.quantity, whole.quantity
    share = own.unit == "%" and other.unit != "%"
    if not share and not same_unit(own.unit, other.unit):
        return False
    at = clause.folded.find(figure.text.folded[own.start : own.end], date.end)
    words = clause.folded[date.end : at] + clause.folded[at + own.end - own.start :]
    if _MERE.fullmatch(words.rstrip("。;")):
        return True
    asked = fold(other.measure)
    return not share and any(a + b in asked for a, b in pairwise(_MERE.sub("", words)))


def _is_no_more(figure: Figure, whole: Figure) -> bool:
    own, other = figure.quantity, whole.quantity
    return own.value <= (100 if own.unit == "%" != other.unit else other.value)
