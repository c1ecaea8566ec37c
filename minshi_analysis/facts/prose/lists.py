"""What a document's prose promises and reports: its items → tasks, targets, shares, money and results.

An item with a name (“…”工程, …行动。, …：) is a programme, and each clause with a figure of its own is one of its tasks,
as the tables annexed to such plans print them. An item without a name is one task of the heading above it. What an item
reports stands beside the targets that it is of. Every figure that ends in no row is returned with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minshi_analysis.facts.context import Context, Row
from minshi_analysis.facts.matching import pair
from minshi_analysis.facts.prose.duties import due_of
from minshi_analysis.facts.prose.items import TITLE, Item, Line, Outside, items_of
from minshi_analysis.facts.prose.meaning import (
    SET_ASIDE,
    Figure,
    Place,
    figures_of,
    is_reporting,
    reporting_date,
)
from minshi_analysis.facts.prose.parts import shares_of
from minshi_analysis.facts.prose.promises import Said, Sentence, clauses, named, sentences_of
from minshi_analysis.facts.prose.results import Result, results_of, status_said
from minshi_analysis.facts.task import Task, share_row
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.language.text import Text, clean, fold
from minshi_analysis.layout.passages import Passage, passages, sentences, unrolled
from minshi_analysis.layout.tables import Unread
from minshi_analysis.reading.blocks import Paragraph

__all__ = ["Prose", "read_prose"]

_COUNTS_ITEMS = SET_ASIDE["list"]
_SURE = frozenset(SET_ASIDE[kind] for kind in ("list", "vote", "old", "surplus", "rest", "qualifier"))
_OPENING = re.compile(r"[\s,;、。:]*(?:(?:其中|同时|并)[,:]?)?")
_RISE = re.compile(r"[由从][^,;。]*?(?:提高|提升|增加|上升|上调|降低|下降|减少|调整)")


@dataclass(slots=True)
class Prose:
    """What was read of a document's prose: tasks with their targets, results, money, and what is in no row."""

    tasks: list[Task] = field(default_factory=list)
    outcomes: list[Row] = field(default_factory=list)
    funding: list[Row] = field(default_factory=list)
    served: list[Row] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    aside: list[Unread] = field(default_factory=list)


def read_prose(paragraphs: Sequence[Paragraph], context: Context) -> Prose:
    """The promises and results that a document's prose prints.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        Prose in reading order; page breaks inside an item do no harm.
    context : Context

    Returns
    -------
    Prose
        Of a named item every clause with a figure is a task (``<doc_id>/<item>.<n>``, programme its name); an item
        without a name is one task of the heading above it (``<doc_id>/<heading>.<item>``). Source offsets of a task
        span its clause, of a target its figure.

    Examples
    --------
    >>> said = Paragraph('1. "温馨教室"工程,装空调50台,建书房5家、驿站2家。(牵头单位:市教育局)', 0, 42)
    >>> prose = read_prose([said], Context("x", "plan", 2022))
    >>> [(t.task_id, t.row["programme"], t.row["text"], t.row["lead_agency"]) for t in prose.tasks][2]
    ('x/1.3', '温馨教室', '驿站2家', '市教育局')
    """
    return _Reader(context).read(unrolled(passages(paragraphs)))


class _Reader:
    """Reads the items of a document one by one, and keeps what is read."""

    def __init__(self, context: Context):
        self.context = context
        self.reports = context.kind in ("progress", "completion")
        self.prose = Prose()
        self.claimed: list[tuple[int, int]] = []
        self.reasons: dict[tuple[int, int], str] = {}
        self.given: Counter[str] = Counter()

    def read(self, found: Sequence[Passage]) -> Prose:
        items, outside = items_of(found, year=self.context.year, reports=self.reports)
        told = [self._sentences(item, "promise") for item in items]
        both = sum({"promise", "result"} <= {s.does for s in own if s.figures} for own in told)
        alone = "promise" if not self.reports or both * 2 > len(items) else "result"
        for (prefix, item), own in zip(_numbered(items), told, strict=True):
            own = own if alone == "promise" else self._sentences(item, alone)
            self._item(prefix, item, own, unmarked=self.reports and alone == "result")
        if self.reports:
            self._free(outside)
        self._left_over(found, outside)
        return self.prose

    def _sentences(self, item: Item, alone: str) -> list[Sentence]:
        about = {"year": self.context.year, "level": self.context.level, "reports": self.reports}
        return sentences_of(item, alone=alone, **about)

    # --- an item ---------------------------------------------------------------------------------------------

    def _item(self, prefix: str, item: Item, told: Sequence[Sentence], *, unmarked: bool) -> None:
        splits = [line for line in item.lines if any(s.line is line and s.does == "promise" for s in told)]
        shares = [(line, share) for line in splits for share in shares_of(line.text, self.context.adcode)]
        places = [(share.start, share.end) for _, share in shares]
        name, _ = (item.name, 0) if item.name else named(item.lines[0].text) if item.lines else (None, 0)
        made: list[tuple[Said, Task]] = []
        count = 0
        waiting: list[Said] = []
        for said in clauses(item, told, places):
            if (name and said.costs and not said.promised) or not said.text.norm.strip():
                waiting.append(said)  # it only tells what the item costs
                continue
            count += 1
            task = self._task(prefix, item, name, count, said)
            made.append((said, task))
            waiting.append(said)
        if not made and not any(s.does == "result" for s in told):
            task = self._bare(prefix, item, name)
            made += (
                [
                    (
                        Said(
                            item.lines[0].text if item.lines else item.head,
                            item.lines[0] if item.lines else None,
                        ),
                        task,
                    )
                ]
                if task
                else []
            )
        tasks = [task for _, task in made]
        self._allocate(shares, tasks)
        self._costs(waiting, {id(said): task for said, task in made})
        if self.reports:
            self._results(prefix, item, name, told, tasks, count, unmarked)
        for sentence in told:
            self._set_aside(sentence)
        self.prose.tasks += [task for task in tasks if task not in self.prose.tasks]

    def _task(self, prefix: str, item: Item, name: str | None, count: int, said: Said) -> Task:
        text = _trimmed(said.text)
        task = Task(self._row(prefix, item, name, count, text, said.line), fold(text.norm))
        for k, figure in enumerate(said.promised, 1):
            task.targets.append(self._target(task, k, figure, item.ref))
        task.doubts = _doubts(item, said)
        return task

    def _row(
        self, prefix: str, item: Item, name: str | None, count: int, text: Text, line: Line | None
    ) -> Row:
        doc = self.context.doc_id
        task_id = f"{doc}/{prefix}.{count}" if name else f"{doc}/{prefix}"
        self.given[task_id] += 1
        if self.given[task_id] > 1:  # a list that numbers two items alike
            task_id += f"-{self.given[task_id]}"
        by = line.said if line else {}
        due = by.get("due") or text.norm
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
            "deadline": due_of(due, self.context.year) or due_of(text.norm, self.context.year),
        }
        return self.context.row(values, start, end, item.ref)

    def _bare(self, prefix: str, item: Item, name: str | None) -> Task | None:
        """An item that promises no figure: its words are the task."""
        first = next(
            (line for line in item.lines if line.kind in ("", "promise") and line.text.norm.strip(" 。")),
            None,
        )
        text = first.text if first else item.head
        if text is None or len(text.norm.strip(" 。；;")) < 4:
            return None
        text = _trimmed(text)
        task = Task(
            self._row(prefix, item, name, 1, text, first or next(iter(item.lines), None)), fold(text.norm)
        )
        task.doubts = _doubts(item, None)
        return task

    def _target(self, task: Task, k: int, figure: Figure, ref: str) -> Row:
        quantity = figure.quantity
        start, end = self._claim(figure)
        return self.context.row(
            {
                "target_id": f"{task.task_id}#{k}",
                "task_id": task.task_id,
                "measure": _measure(figure) or None,
                "value": float(quantity.value),
                "upper": quantity.upper,
                "unit": quantity.unit or None,
                "bound": quantity.bound,
                "cumulative": quantity.cumulative,
            },
            start,
            end,
            ref,
        )

    def _allocate(self, shares: Sequence[tuple[Line, object]], tasks: Sequence[Task]) -> None:
        """Give shares to the target that is printed before them with their unit."""
        for _, share in shares:
            before = [(task, t) for task in tasks for t in task.targets if t["source_end"] <= share.start]
            fitting = [
                (task, t) for task, t in before if share.unit is None or same_unit(t["unit"], share.unit)
            ]
            if not fitting:
                self.reasons[(share.start, share.end)] = "a share of which the whole is not known"
                continue
            task, target = fitting[-1]
            task.allocations.append(share_row(target, share, self.context, task.row["source_ref"] or ""))
            self.claimed.append((share.start, share.end))

    # --- money -----------------------------------------------------------------------------------------------

    def _costs(self, said: Sequence[Said], tasks: dict[int, Task]) -> None:
        """What an item says once of its money is for all its tasks; of several sums each for the tasks before it."""
        sums: list[tuple[list[Task], dict[str, Figure]]] = []
        waiting: list[Task] = []
        for part in said:
            waiting += [tasks[id(part)]] if id(part) in tasks else []
            for figure in part.costs:
                if not sums or waiting:
                    sums.append((waiting, {}))
                    waiting = []
                if figure.funder == "total" and "total" in sums[-1][1]:
                    continue
                key = (
                    figure.funder
                    if figure.funder not in sums[-1][1]
                    else f"{figure.funder} {len(sums[-1][1])}"
                )
                sums[-1][1][key] = figure
        served = [own for own, _ in sums]
        if len(sums) == 1:
            served = [served[0] + waiting]
        elif sums and not served[0]:  # each sum stands before what it pays for
            served = [*served[1:], waiting]
        for own, (_, costs) in zip(served, sums, strict=True):
            if own:
                self._money(own, list(costs.values()))

    def _money(self, tasks: Sequence[Task], costs: Sequence[Figure]) -> None:
        doc_id, ref = self.context.doc_id, tasks[0].row["source_ref"] or ""
        funding_id = f"{doc_id}/funding-{tasks[0].task_id.removeprefix(doc_id)[1:]}"
        for figure in costs:
            values = {
                "funding_id": funding_id,
                "funder": figure.funder,
                "amount_wan": float(figure.quantity.value),
            }
            self.prose.funding.append(self.context.row(values, *self._claim(figure), ref))
        place = costs[0].text.span(costs[0].quantity.start, costs[0].quantity.end)
        self.prose.served += [
            self.context.row({"funding_id": funding_id, "task_id": task.task_id}, *place, ref)
            for task in tasks
        ]

    # --- results ---------------------------------------------------------------------------------------------

    def _results(
        self,
        prefix: str,
        item: Item,
        name: str | None,
        told: Sequence[Sentence],
        tasks: list[Task],
        count: int,
        unmarked: bool,
    ) -> None:
        reporting = [s for s in told if s.does == "result"]
        found: list[tuple[Sentence, Result]] = []
        for sentence in reporting:
            results, _ = results_of(sentence.text, sentence.figures, sentence.status)
            found += [(sentence, result) for result in results]
        targets = [t for task in tasks for t in task.targets]
        actuals = [(s, r) for s, r in found if r.actual is not None]
        paired = pair(
            [r.actual.quantity for _, r in actuals], [t for t in targets if t["unit"]],
            [0.5 * (r.rate is not None) for _, r in actuals],
        )  # fmt: skip
        linked = {
            id(actuals[i][1]): t
            for i, t in paired.items()
            if same_unit(t["unit"], actuals[i][1].actual.quantity.unit)
        }
        told_of = {id(t) for t in linked.values()}
        for sentence, result in found:
            target = linked.get(id(result)) or _equal(result.aim, targets)
            if target is None and result.actual is None and len(targets) == 1:
                target = targets[0]
            if result.actual is None and target is not None and id(target) in told_of:
                self._refuse(result, "the target, repeated")
                continue  # 58个小区全部开工,已完工31个
            if target is None and targets and result.rate is None and result.aim is None:
                self._refuse(result, "a result that no printed target asks for")
                continue
            task = next((t for t in tasks for own in t.targets if own is target), None)
            if task is None:
                count += 1
                task = self._reported(prefix, item, name, count, sentence, result, unmarked)
                tasks.append(task)
                target = task.targets[0] if task.targets else None
            self._outcome(task, target, sentence.text, result, item.ref)
        if not tasks and reporting:  # works under way that print no figure
            tasks += filter(None, [self._bare(prefix, item, name)])
        self._silent(tasks, reporting, item.ref)

    def _silent(self, tasks: Sequence[Task], reporting: Sequence[Sentence], ref: str) -> None:
        """A state that is told of a single target without a figure: 27个项目正在施工."""
        targets = [(task, t) for task in tasks for t in task.targets]
        known = {row["target_id"] for row in self.prose.outcomes}
        if len(tasks) != 1 or len(targets) > 1 or (targets and targets[0][1]["target_id"] in known):
            return
        if any(row["task_id"] == tasks[0].task_id for row in self.prose.outcomes):
            return
        for sentence in reporting:
            status = status_said(sentence.text.norm)
            if status:
                target = targets[0][1] if targets else None
                self._outcome(tasks[0], target, sentence.text, Result(sentence.text, status=status), ref)
                return

    def _reported(
        self,
        prefix: str,
        item: Item,
        name: str | None,
        count: int,
        sentence: Sentence,
        result: Result,
        unmarked: bool,
    ) -> Task:
        """A task of which only the result is printed, with its target where that stands beside it."""
        text = _trimmed(result.text)
        if name is None and count > 1:
            name = item.group.name if item.group else None
        task = Task(self._row(prefix, item, name, count, text, sentence.line), fold(text.norm))
        if result.aim is not None:
            target = self._target(task, 1, result.aim, item.ref)
            own = result.actual.quantity.measure if result.actual else ""
            aimed = _measure(result.aim)
            target["measure"] = (
                own
                if not aimed or re.fullmatch(r"[的年度全总]*(?:目标|任务|计划)(?:任务)?", fold(aimed))
                else aimed
            )
            task.targets.append(target)
        marked = result.rate is not None or result.aim is not None or is_reporting(sentence.text)
        task.doubts = () if marked or not unmarked else (("whether it is promised or reported", 0.3),)
        return task

    def _outcome(self, task: Task, target: Row | None, sentence: Text, result: Result, ref: str) -> None:
        quantity = result.actual.quantity if result.actual else None
        figures = tuple(self._claim(f) for f in (result.actual, result.rate, result.aim) if f is not None)
        start, end = figures[0] if quantity else result.text.span(0, len(result.text.norm))
        measure = result.measure if quantity else None
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

    def _refuse(self, result: Result, why: str) -> None:
        for figure in (result.actual, result.rate, result.aim):
            if figure is not None:
                self.reasons[figure.text.span(figure.quantity.start, figure.quantity.end)] = why

    # --- what is in no list ----------------------------------------------------------------------------------

    def _free(self, outside: Sequence[Outside]) -> None:
        """Results that a report tells in running paragraphs: sentences with a rate, a target or a claimed state."""
        for out in outside:
            if out.reason:
                continue
            line = Line("", out.passage.text, {}, out.passage.ref)
            item = Item(None, None, None, None, (line,), "line", False, out.passage.ref, out.passage.start)
            for sentence in self._sentences(item, "result"):
                self._free_sentence(sentence, item)

    def _free_sentence(self, sentence: Sentence, item: Item) -> None:
        results, loose = results_of(sentence.text, sentence.figures, sentence.status)
        for figure in loose if sentence.does != "lead" else sentence.figures:
            why = figure.reason if sentence.does != "lead" else _COUNTS_ITEMS
            self.reasons.setdefault(figure.text.span(figure.quantity.start, figure.quantity.end), why)
        for result in results if sentence.does != "lead" else ():
            if not (sentence.listed or result.rate or result.aim or result.status):
                self._refuse(result, "a figure of a report that no words tie to a promise")
                continue
            number = str(len(self.prose.tasks) + 1)
            task = self._reported(number, item, None, 1, sentence, result, False)
            target = task.targets[0] if task.targets else None
            self.prose.tasks.append(task)
            self._outcome(task, target, result.text, result, item.ref)

    def _claim(self, figure: Figure) -> tuple[int, int]:
        place = figure.text.span(figure.quantity.start, figure.quantity.end)
        self.claimed.append(place)
        return place

    def _set_aside(self, sentence: Sentence) -> None:
        for figure in sentence.figures:
            place = figure.text.span(figure.quantity.start, figure.quantity.end)
            told = SET_ASIDE.get(sentence.does) if figure.reading not in SET_ASIDE else None
            told = _COUNTS_ITEMS if sentence.does == "lead" else told
            self.reasons.setdefault(place, told or figure.reason)

    def _left_over(self, found: Sequence[Passage], outside: Sequence[Outside]) -> None:
        """Every figure of the prose that is in no row, with the reason."""
        why = {id(out.passage): out.reason for out in outside}
        place = Place(self.reports, "", self.context.year, self.context.level)
        for passage in found:
            if why.get(id(passage)) == TITLE:
                continue
            for sentence in sentences(passage.text, "。!?;"):
                for figure in figures_of(sentence, place):
                    start, end = sentence.span(figure.quantity.start, figure.quantity.end)
                    if any(a < end and start < b for a, b in self.claimed):
                        continue
                    reason = next((r for (a, b), r in self.reasons.items() if a < end and start < b), None)
                    reason = reason or why.get(id(passage)) or SET_ASIDE.get(figure.reading)
                    reason = reason or "a figure in no list of promises or results"
                    told = self.prose.aside if reason in _SURE and figure.lead >= 3 else self.prose.unread
                    told.append(Unread(start, end, passage.ref, sentence.norm.strip(), reason))


def _counted(measure: str | None, target: Row | None) -> str | None:
    """What a result counts: its own words where they are close to the target's, else the target's."""
    if target is not None and target["measure"] and len(set(measure or "") & set(target["measure"])) < 2:
        return target["measure"]
    return measure


def _equal(aim: Figure | None, targets: Sequence[Row]) -> Row | None:
    """The target that a report's words repeat."""
    if aim is None:
        return None
    quantity = aim.quantity
    return next(
        (t for t in targets if t["value"] == quantity.value and same_unit(t["unit"], quantity.unit)), None
    )


def _doubts(item: Item, said: Said | None) -> tuple[tuple[str, float], ...]:
    doubts: list[tuple[str, float]] = []
    if item.form == "line":
        doubts.append(("a list without marks", 0.05))
    if said is not None and any(f.lead < 1.5 for f in said.promised):
        doubts.append(("what a figure is cannot be told for certain", 0.3))
    return tuple(doubts)


def _measure(figure: Figure) -> str:
    """What a figure counts; of several raised at once (甲、乙由…分别提高到…) each its own."""
    measure = figure.quantity.measure
    folded = fold(figure.text.norm)
    rise = _RISE.search(folded)
    if (
        rise is None
        or figure.quantity.start < rise.end()
        or not re.search(r"提高|提升|上调|分别|^$", measure)
    ):
        return re.sub(r"^(?:共有|现有|已有|已)", "", measure)
    subject = re.sub(r"(?:分别|统一|逐步)$", "", re.split(r"[,;。:]", folded[: rise.start()])[-1])
    new = [q for q in parse_quantities(figure.text.norm) if q.start >= rise.end()]
    names = re.split("[、和]", subject)
    if len(names) == len(new) > 1:  # 城市、农村低保标准分别…: each its own
        subject = names[[q.start for q in new].index(figure.quantity.start)]
    return clean(subject).norm or measure


def _numbered(items: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    """Items with the first part of their ids; told apart where lists count from one again."""
    again = any(n > 1 for n in Counter(_prefix_number(item) for item in items if _is_named(item)).values())
    seen: Counter[str] = Counter()
    for k, item in enumerate(items):
        number = item.number or str(1 + k)
        above = item.group.number if item.group and item.group.number else "1"
        prefix = f"{above}.{number}" if again or not _is_named(item) else number
        seen[prefix] += 1
        yield (prefix if seen[prefix] == 1 else f"{prefix}{chr(ord('a') + seen[prefix] - 1)}"), item


def _prefix_number(item: Item) -> str | None:
    return item.number


def _is_named(item: Item) -> bool:
    return bool(item.name or (item.lines and named(item.lines[0].text)[0]))


def _trimmed(text: Text) -> Text:
    """Words without separators at their ends and without 其中."""
    folded = fold(text.norm)
    start = _OPENING.match(folded).end()
    end = len(folded.rstrip(" ,;、。:"))
    return text.slice(min(start, end), end)
