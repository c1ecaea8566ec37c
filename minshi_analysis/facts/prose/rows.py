"""Rows of the data model from what prose says, and the account of its figures: in a row, or not and why."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from minshi_analysis.facts.context import Context, Row
from minshi_analysis.facts.prose.answering import UNKNOWN, is_unknown
from minshi_analysis.facts.prose.certain import is_certain
from minshi_analysis.facts.prose.deeds import deed_of
from minshi_analysis.facts.prose.due import due_of
from minshi_analysis.facts.prose.evidence import SET_ASIDE
from minshi_analysis.facts.prose.growth import is_change
from minshi_analysis.facts.prose.items import TITLE, Item, Line, Outside
from minshi_analysis.facts.prose.meaning import (
    Figure,
    Place,
    figures_of,
    reporting_date,
)
from minshi_analysis.facts.prose.results import Result
from minshi_analysis.facts.prose.steps import Step, words_beside
from minshi_analysis.facts.tables.shares import Share
from minshi_analysis.facts.task import Task, share_row, target_row
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.language.text import Text, clean, fold
from minshi_analysis.layout.passages import Passage, sentences
from minshi_analysis.layout.tables import Unread

__all__ = ["Prose", "Rows", "measure_of", "trimmed"]

_OPENING = re.compile(r"[\s,;、。:]*(?:(?:其中|同时|并)[,:]?)?")
_NUMBER = "the number of an item or a section"
_RISE = re.compile(r"[由从][^,;。]*?(?:提高|提升|增加|上升|上调|降低|下降|减少|调整)")
_MERE_AIM = re.compile(  # the words of 超额完成40所的年度目标任务 name nothing that is counted
    r"(?:占|为|完成|达到?)?[的年度全总省市县区]*(?:目标|任务|计划|指标)+(?:任务|总?[数量值])*的?"
)
_LEAST = 4  # characters of a task's words


@dataclass(slots=True)
class Prose:
    """What was read of a document's prose: tasks with their targets, steps, results, money, and what is in no row."""

    tasks: list[Task] = field(default_factory=list)
    outcomes: list[Row] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)
    funding: list[Row] = field(default_factory=list)
    served: list[Row] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    aside: list[Unread] = field(default_factory=list)


class Rows:
    """Makes the rows of a document's prose and remembers where each printed figure went."""

    def __init__(self, context: Context, *, reports: bool):
        self.context, self.reports = context, reports
        self.prose = Prose()
        self._claimed: set[tuple[int, int]] = set()
        self._reasons: dict[tuple[int, int], str] = {}
        self._given: Counter[str] = Counter()

    # --- the account -----------------------------------------------------------------------------------------

    def claim(self, figure: Figure) -> tuple[int, int]:
        """Take a figure into a row."""
        place = figure.text.span(figure.quantity.start, figure.quantity.end)
        self._claimed.add(place)
        return place

    def aside(self, figure: Figure, why: str) -> None:
        """Say why a figure is in no row, where nobody said it yet."""
        self._reasons.setdefault(figure.text.span(figure.quantity.start, figure.quantity.end), why)

    def refuse(self, result: Result, why: str) -> None:
        """A result that makes no row."""
        for figure in (result.actual, result.rate, result.aim):
            if figure is not None:
                self._reasons[figure.text.span(figure.quantity.start, figure.quantity.end)] = why

    def close(self, found: Sequence[Passage], outside: Sequence[Outside]) -> None:
        """Tell every figure of the prose that is in no row, with the reason."""
        why = {id(out.passage): out.reason for out in outside}
        about = self.context
        place = Place(self.reports, "", about.year, about.level, about.region, afterwards=about.afterwards)
        taken, told = sorted(self._claimed), sorted(self._reasons)
        for passage in found:
            if passage.depth is not None and passage.start < passage.text.at[0]:
                number = f"{passage.number} {passage.name or passage.text.norm[:20]}"
                part = Unread(passage.start, passage.text.at[0], passage.ref, number, _NUMBER)
                self.prose.aside.append(part)
            if why.get(id(passage)) == TITLE:
                continue
            listed = id(passage) not in why
            for sentence in sentences(passage.text, "。!?;"):
                if is_unknown(sentence.norm):
                    where = sentence.span(0, len(sentence.norm))
                    self.prose.unread.append(Unread(*where, passage.ref, sentence.norm.strip(), UNKNOWN))
                figures = figures_of(sentence, place)
                for figure in figures:
                    start, end = sentence.span(figure.quantity.start, figure.quantity.end)
                    if _meeting(taken, start, end) is not None:
                        continue
                    own = _meeting(told, start, end)
                    reason = self._reasons[own] if own else why.get(id(passage))
                    reason = reason or SET_ASIDE.get(
                        figure.reading, "a figure in no list of promises or results"
                    )
                    sure = is_certain(figure, figures, reason, listed=listed)
                    part = Unread(start, end, passage.ref, sentence.norm.strip(), reason)
                    (self.prose.aside if sure else self.prose.unread).append(part)

    # --- promises --------------------------------------------------------------------------------------------

    def task(
        self,
        prefix: str,
        item: Item,
        name: str | None,
        count: int,
        text: Text,
        line: Line | None,
        *,
        told: bool = False,
        due: str | None = None,
    ) -> Task:
        """A task without targets: its words, and who answers for it by when (by ``due``, where its own words do not say it).

        Of one that is ``told`` of by its result alone a time in its words (全年建成5所) is no deadline.
        """
        row = self._row(prefix, item, name, count, text, line)
        if told and not (line and line.said.get("due")):
            row["deadline"] = None
        if row["deadline"] is None and due is not None:
            row["deadline"] = self._due(None, due)
        return Task(row, text.folded)

    def bare(self, prefix: str, item: Item, name: str | None) -> Task | None:
        """An item that promises no figure: its words are the task."""
        own = [line for line in item.lines if line.kind in ("", "promise") and line.text.norm.strip(" 。")]
        text = own[0].text if own else item.head
        if text is None or len(text.norm.strip(" 。；;")) < _LEAST:
            return None
        line = own[0] if own else next(iter(item.lines), None)
        return self.task(prefix, item, name, 1, trimmed(text), line)

    def _row(
        self, prefix: str, item: Item, name: str | None, count: int, text: Text, line: Line | None
    ) -> Row:
        doc = self.context.doc_id
        task_id = f"{doc}/{prefix}.{count}" if name else f"{doc}/{prefix}"
        self._given[task_id] += 1
        if self._given[task_id] > 1:  # a list that numbers two items alike
            task_id += f"-{self._given[task_id]}"
        by = line.said if line else {}
        start, end = text.span(0, len(text.norm))
        values = {
            "task_id": task_id,
            "level": self.context.level,
            "programme_no": item.number if name else (item.group.number if item.group else None),
            "programme": name or (item.group.name if item.group else None),
            "item_no": str(count) if name else item.number,
            "text": text.norm.strip(),
            "lead_agency": by.get("lead_agency"),
            "partner_agencies": by.get("partner_agencies"),
            "responsible": by.get("responsible"),
            "deadline": self._due(by.get("due"), text.norm),
        }
        return self.context.row(values, start, end, item.ref)

    def _due(self, noted: str | None, words: str) -> str | None:
        """The day that a note gives, else one in the words themselves; what they tell of an earlier year is not due then."""
        year = self.context.year
        said = due_of(noted, year) if noted else None
        if said is not None:
            return said
        said = due_of(words, year)
        return said if said is None or year is None or int(said[:4]) >= year else None

    def target(self, task: Task, k: int, figure: Figure, ref: str) -> Row:
        """A promised figure."""
        said = deed_of(figure.quantity, figure.text.folded) or measure_of(figure)
        quantity = replace(figure.quantity, measure=said)
        return target_row(task.task_id, k, quantity, self.context, self.claim(figure), ref)

    def allocate(self, shares: Sequence[Share], tasks: Sequence[Task]) -> None:
        """Give shares to the target that is printed before them with their unit."""
        for share in shares:
            before = [(task, t) for task in tasks for t in task.targets if t["source_end"] <= share.start]
            fitting = [
                (task, t) for task, t in before if share.unit is None or same_unit(t["unit"], share.unit)
            ]
            if not fitting:
                self._reasons[(share.start, share.end)] = "a share of which the whole is not known"
                continue
            task, target = fitting[-1]
            task.allocations.append(share_row(target, share, self.context, task.row["source_ref"] or ""))
            self._claimed.add((share.start, share.end))

    def money(self, tasks: Sequence[Task], costs: Sequence[Figure], called: str | None = None) -> None:
        """What tasks cost, a row for each payer; ``called`` as its first task, or by a name of its own."""
        doc_id, ref = self.context.doc_id, tasks[0].row["source_ref"] or ""
        funding_id = f"{doc_id}/funding-{called or tasks[0].task_id.removeprefix(doc_id)[1:]}"
        for figure in costs:
            values = {
                "funding_id": funding_id,
                "funder": figure.funder,
                "amount_wan": float(figure.quantity.value),
            }
            self.prose.funding.append(self.context.row(values, *self.claim(figure), ref))
        place = costs[0].text.span(costs[0].quantity.start, costs[0].quantity.end)
        self.prose.served += [
            self.context.row({"funding_id": funding_id, "task_id": task.task_id}, *place, ref)
            for task in tasks
        ]

    def steps(self, task: Task, target: Row, steps: Sequence[Step], line: Line, ref: str) -> None:
        """What is to be reached on the way to a target; the day of a step is not that of the whole, unless it is all of it."""
        for step in steps:
            quantity = step.figure.quantity
            values = {
                "task_id": task.task_id,
                "target_id": target["target_id"],
                "due": step.due,
                "value": float(quantity.value),
                "upper": quantity.upper,
                "unit": quantity.unit or None,
                "bound": quantity.bound,
                "kind": step.kind,
                "text": step.text.norm.strip(" ,，;；。"),
            }
            place = self.claim(step.figure)
            row = self.context.row(values, *step.text.span(0, len(step.text.norm)), ref)
            self.prose.milestones.append(row | {"figures": (place,)})
        if steps and not line.said.get("due"):
            own = self._due(None, words_beside(task.row["text"], steps))
            task.row["deadline"] = own or next((step.due for step in steps if step.ends), None)

    # --- results ---------------------------------------------------------------------------------------------

    def outcome(self, task: Task, target: Row | None, sentence: Text, result: Result, ref: str) -> None:
        """A result, beside its target where it has one."""
        quantity = result.actual.quantity if result.actual else None
        figures = tuple(self.claim(f) for f in (result.actual, result.rate, result.aim) if f is not None)
        start, end = figures[0] if quantity else result.text.span(0, len(result.text.norm))
        measure = (deed_of(quantity, result.actual.text.folded) or result.measure) if quantity else None
        self.prose.outcomes.append(
            self.context.row(
                {
                    "task_id": task.task_id,
                    "target_id": target["target_id"] if target else None,
                    "measure": _counted(measure, target) or task.row["programme"],
                    "value": float(quantity.value) if quantity else None,
                    "upper": quantity.upper if quantity else None,
                    "unit": (quantity.unit if quantity else target["unit"] if target else None) or None,
                    "bound": quantity.bound if quantity else None,
                    "status_claimed": result.status,
                    "rate_claimed": result.rate.quantity.value if result.rate else None,
                    "as_of": reporting_date(sentence, self.context.year) or self.context.as_of,
                    "text": sentence.norm.strip(),
                },
                start,
                end,
                ref,
            )
            | {"figures": figures}
        )


def _meeting(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The place among sorted ones that shares a character with another one."""
    k = bisect_left(places, (end, end))
    return next((p for p in reversed(places[max(0, k - 3) : k]) if start < p[1] and p[0] < end), None)


def _counted(measure: str | None, target: Row | None) -> str | None:
    """What a result counts: its own words where they are close to the target's, else the target's."""
    if target is not None and target["measure"] and len(set(measure or "") & set(target["measure"])) < 2:
        return target["measure"]
    return measure


def measure_of(figure: Figure) -> str:
    """What a figure counts, nothing where only a target is named; of several raised at once (甲、乙由…分别提高到…) each its own."""
    measure = figure.quantity.measure
    if _MERE_AIM.fullmatch(fold(measure)):
        return ""
    folded = figure.text.folded
    if is_change(figure.quantity, folded):
        return measure
    rise = _RISE.search(folded)
    if (
        rise is None
        or figure.quantity.start < rise.end()
        or not re.search(r"提高|提升|上调|分别|^$", measure)
    ):
        return re.sub(r"^(?:共有|现有|已有|已)", "", measure)
    subject = re.sub(r"(?:分别|统一|逐步)$", "", clause_before(folded, rise.start()))
    new = [q for q in parse_quantities(figure.text.norm) if q.start >= rise.end()]
    names = re.split("[、和]", subject)
    if len(names) == len(new) > 1:  # 城市、农村低保标准分别…: each its own
        subject = names[[q.start for q in new].index(figure.quantity.start)]
    return clean(subject).norm or measure


def trimmed(text: Text) -> Text:
    """Words without separators at their ends and without 其中."""
    folded = text.folded
    start = _OPENING.match(folded).end()
    end = len(folded.rstrip(" ,;、。:"))
    return text.slice(min(start, end), end)
