"""What a document's prose promises and reports: its items → tasks, targets, shares, money and results.

An item with a name (“…”工程, …行动。, …：) is a programme, and each clause with a figure of its own is one of its tasks,
as the tables annexed to such plans print them. An item without a name is one task of the heading above it. What an item
reports stands beside the targets that it is of. Every figure that ends in no row is returned with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from minshi_analysis.facts.context import Context, Row
from minshi_analysis.facts.matching import is_named_alike, pair
from minshi_analysis.facts.nature import is_of_another_kind, nature_of
from minshi_analysis.facts.prose.done_of import are_begun
from minshi_analysis.facts.prose.evidence import SET_ASIDE
from minshi_analysis.facts.prose.items import AGAIN, Item, Line, Outside, items_of
from minshi_analysis.facts.prose.meaning import Figure, is_reporting
from minshi_analysis.facts.prose.parts import shares_of
from minshi_analysis.facts.prose.promises import Said, Sentence, as_lists, clauses, name_of, sentences_of
from minshi_analysis.facts.prose.results import (
    Result,
    claims_only_itself,
    is_cumulative,
    is_done,
    is_of_other_works,
    is_told,
    results_of,
    status_said,
)
from minshi_analysis.facts.prose.rows import Prose, Rows, measure_of, trimmed
from minshi_analysis.facts.prose.standing import doubts_of, doubts_of_link, doubts_of_pair
from minshi_analysis.facts.prose.steps import STEP, steps_among, without
from minshi_analysis.facts.prose.surplus import with_results
from minshi_analysis.facts.prose.whole import OF_SOME, SUMMED, Sum, served_by, sums_apart, sums_of
from minshi_analysis.facts.task import Task
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.text import Text, fold
from minshi_analysis.layout.notes import without_notes
from minshi_analysis.layout.passages import Passage, passages, sentences, unrolled
from minshi_analysis.reading.blocks import Paragraph

__all__ = ["Prose", "read_prose"]

_FAR_LESS = 10  # times that a target is more than a result of another sort
_NOUN = 2  # characters
_FLOOR = re.compile(r"不得?[低少]于")
_COUNTS_ITEMS = SET_ASIDE["list"]
_NEXT_PART = re.compile(r"、[^,;。、\d]{4,}投[资入](?:约|近|共)?\d[\d.]*[万亿]?元")
_NAMELESS = ("only a state is told, of a figure that no words name", 0.25)  # 6个任务村的水源已完工
_BESIDE = ("a result beside those of the printed targets", 0.1)
_UNTIED = ("a figure of a report that no words tie to a promise", 0.1)
_PARAGRAPH = ("a paragraph taken for an item: no mark says that it is one", 0.15)
_WILL = re.compile(
    r"[拟将]|计划|力争|确保|争取|预计|(?:今年|年内|年底前)[^,;。]{0,12}(?:新[建增]|建成|完成|改造|实施)"
)


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
    printed = passages(paragraphs)
    found = without_notes(printed)
    if context.kind in ("progress", "completion"):
        return _Reader(context).read(unrolled(found), [])
    listed = set(map(id, found))
    noted = [said[0] for p in printed if id(p) not in listed and (said := sums_of(p))]
    kept, sums = sums_apart(unrolled(found))
    return _Reader(context).read(kept, [*sums, *noted])


@dataclass(slots=True)
class _Work:
    """An item under way: the first part of its ids, its name, and its tasks so far."""

    prefix: str
    item: Item
    name: str | None
    tasks: list[Task]
    unmarked: bool  # no word of the list says whether it promises or reports

    @property
    def targets(self) -> list[Row]:
        return [target for task in self.tasks for target in task.targets]

    @property
    def asked(self) -> str:
        """What it promises, in words."""
        return fold(";".join(filter(None, (self.name, *(task.row["text"] for task in self.tasks)))))


class _Reader:
    """Reads the items of a document one by one."""

    def __init__(self, context: Context):
        self.context = context
        self.reports = context.kind in ("progress", "completion")
        self.rows = Rows(context, reports=self.reports)

    def read(self, found: Sequence[Passage], sums: Sequence[Sum]) -> Prose:
        items, outside = items_of(found, year=self.context.year, reports=self.reports)
        items = as_lists(items)
        told = [self._sentences(item, "promise") for item in items]
        both = sum({"promise", "result"} <= {s.does for s in own if s.figures} for own in told)
        alone = "promise" if not self.reports or both * 2 > len(items) else "result"
        made: list[tuple[Item, list[Task]]] = []
        for (prefix, item), own in zip(_numbered(items), told, strict=True):
            name = item.name or name_of(item)[0]
            work = _Work(prefix, item, name, [], self.reports and alone == "result")
            self._item(work, own if alone == "promise" else self._sentences(item, alone))
            made.append((item, work.tasks))
        outside = [*outside, *self._wholes(sums, made)]
        found = [*found, *(whole.passage for whole in sums)]
        if self.reports:
            self._free(outside)
        elif not any(task.targets for task in self.rows.prose.tasks):
            self._free_promises(outside)
        self.rows.close(found, outside)
        return self.rows.prose

    def _sentences(self, item: Item, alone: str) -> list[Sentence]:
        about: dict[str, Any] = {
            "year": self.context.year,
            "level": self.context.level,
            "region": self.context.region,
            "reports": self.reports,
            "afterwards": self.context.afterwards,
        }
        return sentences_of(item, alone=alone, **about)

    def _wholes(self, sums: Sequence[Sum], made: Sequence[tuple[Item, list[Task]]]) -> Iterator[Outside]:
        """The money of whole lists, of all their tasks; each with the reason for what of it is in no row."""
        paid = {row["task_id"] for row in self.rows.prose.served}
        for k, whole in enumerate(sums, 1):
            passage = whole.passage
            line = Line("money", passage.text, {}, passage.ref)
            item = Item(None, None, None, None, (line,), "paragraph", False, passage.ref, passage.start)
            figures = [f for s in self._sentences(item, "promise") for f in s.figures]
            costs = [f for f in figures if f.reading == "cost"]
            for figure in figures:
                if figure.reading == "list":
                    self.rows.aside(figure, _COUNTS_ITEMS)
            tasks = served_by(whole, made)
            if any(task.task_id in paid for task in tasks):
                yield Outside(passage, SUMMED)
                continue
            if tasks and costs:
                self.rows.money(tasks, costs, called="list" if k == 1 else f"list-{k}")
            yield Outside(passage, OF_SOME)

    # --- an item ---------------------------------------------------------------------------------------------

    def _item(self, work: _Work, told: Sequence[Sentence]) -> None:
        item = work.item
        for figure in self._called(item):
            self.rows.aside(figure, AGAIN)
        splits = [line for line in item.lines if any(s.line is line and s.does == "promise" for s in told)]
        other = [s.text.span(0, len(s.text.norm)) for s in told if s.does != "promise"]
        shares = [
            share
            for line in splits
            for share in shares_of(line.text, self.context.adcode)
            if not any(a <= share.start < b for a, b in other)
        ]
        said = list(clauses(item, told, [(share.start, share.end) for share in shares]))
        scheduled = [figure for s in told if s.does == "steps" for figure in s.figures]
        steps, unsure = steps_among(said, scheduled, self.context) if not self.reports else ([], [])
        said = list(without(said, steps))
        of_said: dict[int, Task] = {}
        for part in said:
            if (work.name and part.costs and not part.promised) or not part.text.norm.strip():
                continue  # it only tells what the item costs
            of_said[id(part)] = task = self._task(work, part)
            task.doubts += (STEP,) if any(figure in unsure for figure in part.promised) else ()
            for target, figure in zip(task.targets, part.promised, strict=True):
                own = [step for step in steps if step.whole is figure]
                self.rows.steps(task, target, own, part.line, item.ref)
        costs_alone = bool(work.name) and any(part.costs for part in said)
        if not of_said and (costs_alone or not any(s.does == "result" for s in told)):
            task = self.rows.bare(work.prefix, item, work.name)
            if task is not None:
                task.doubts = _doubts(item, ())
                work.tasks.append(task)
                said.insert(0, Said(item.lines[0].text if item.lines else item.head, None))
                of_said[id(said[0])] = task
        self.rows.allocate(shares, work.tasks)
        for tasks, costs in _costs(said, of_said):
            self.rows.money(tasks, costs)
        if self.reports:
            self._results(work, told)
        for sentence in told:
            for figure in sentence.figures:
                why = SET_ASIDE.get(sentence.does) if figure.reading not in SET_ASIDE else None
                self.rows.aside(figure, _COUNTS_ITEMS if sentence.does == "lead" else why or figure.reason)
        self.rows.prose.tasks += work.tasks

    def _called(self, item: Item) -> tuple[Figure, ...]:
        """The figures of the words that an item is called by, which its lines promise."""
        if item.head is None:
            return ()
        line = Line("promise", item.head, {}, item.ref)
        return tuple(f for s in self._sentences(replace(item, lines=(line,)), "promise") for f in s.figures)

    def _task(self, work: _Work, said: Said) -> Task:
        text = trimmed(said.text)
        task = self.rows.task(
            work.prefix, work.item, work.name, len(work.tasks) + 1, text, said.line, due=said.due
        )
        for k, figure in enumerate(said.promised, 1):
            row = self.rows.target(task, k, figure, work.item.ref)
            task.targets.append(row | {"measure": row["measure"] or work.name})
        task.doubts = (*_doubts(work.item, said.promised), *_standing(said.promised, said.line, work.name))
        work.tasks.append(task)
        return task

    # --- results ---------------------------------------------------------------------------------------------

    def _results(self, work: _Work, told: Sequence[Sentence]) -> None:
        reporting = [s for s in told if s.does == "result"]
        for sentence in _repeated(told):
            reporting.remove(sentence)
            for figure in sentence.figures:
                self.rows.aside(figure, AGAIN)
        found = self._found(work, told, reporting)
        targets = work.targets
        pledged = work.tasks[0] if len(work.tasks) == 1 else None
        linked = _linked([result for _, result in found], work.tasks)
        told_of = {id(target) for target in linked.values()}
        silent = True
        for sentence, result in found:
            target = linked.get(id(result)) or _equal(result.aim, targets)
            if target is not None:
                unlinked = [r for _, r in found if r is not result and id(r) not in linked]
                for doubt in doubts_of_link(result, target, targets, unlinked):
                    _doubt(work.tasks, target, doubt)
            if target is None and result.actual is None and len(targets) == 1:
                target = targets[0]
            if result.actual is None and target is not None and id(target) in told_of:
                self.rows.refuse(result, AGAIN)
                continue  # 58个小区全部开工,已完工31个
            if target is None and targets and result.rate is None and result.aim is None:
                self._unasked(work, sentence, result, pledged if told_of else None)
                continue
            task = next((t for t in work.tasks for own in t.targets if own is target), None)
            if task is None and pledged and not targets and result.aim is None:
                task = pledged  # it promises no figure, and all that is reported is of it
            if task is None:
                task = self._reported(work, sentence, result)
                target = task.targets[0] if task.targets else None
            if target is not None and _is_done_of_more(result, target, work.asked):
                result.status = None
            silent = silent and task is not work.tasks[0]
            self.rows.outcome(task, target, sentence.text, result, work.item.ref)
        if not work.tasks and reporting:  # works under way that print no figure
            work.tasks += filter(None, [self.rows.bare(work.prefix, work.item, work.name)])
        if silent and len(work.tasks) == 1 and len(work.targets) <= 1:
            self._silent(work, reporting)

    def _found(
        self, work: _Work, told: Sequence[Sentence], reporting: Sequence[Sentence]
    ) -> list[tuple[Sentence, Result]]:
        """The results of the sentences that report, each with its own; a rate on a line of its own is the only one's."""
        found: list[tuple[Sentence, Result]] = []
        loose: list[Figure] = []
        for sentence in reporting:
            asked = [
                f.quantity for s in told if s is not sentence for f in s.figures if f.reading == "promise"
            ]
            figures = _begun_as_asked(with_results(self._of_whole(sentence), asked), work.tasks)
            results, left = results_of(sentence.text, figures, sentence.status, work.asked)
            found += [(sentence, result) for result in results]
            loose += [figure for figure in left if figure.reading == "rate"]
        if (
            len(loose) == 1
            and len(found) == 1
            and found[0][1].rate is None
            and _behind(loose[0], found[0][1])
            and not is_of_other_works(loose[0], [found[0][1]])
        ):
            found[0][1].rate = loose[0]  # 完成率: … on a line of its own
        return found

    def _unasked(self, work: _Work, sentence: Sentence, result: Result, pledged: Task | None) -> None:
        """A result that no printed target asks for: what came of the same task (建成饭堂18个,累计助餐5.3万人次), or a task's own."""
        if pledged is not None and is_told(result):
            self.rows.outcome(pledged, None, sentence.text, result, work.item.ref)
        elif is_done(result):
            other = self._reported(work, sentence, result)
            other.doubts = (*other.doubts, _BESIDE)
            self.rows.outcome(other, None, sentence.text, result, work.item.ref)
        else:
            self.rows.refuse(result, "a result that no printed target asks for")

    def _of_whole(self, sentence: Sentence) -> list[Figure]:
        """The figures of a report's sentence without those of its parts by region."""
        parts = shares_of(sentence.text, self.context.adcode)
        out = []
        for figure in sentence.figures:
            start, end = figure.text.span(figure.quantity.start, figure.quantity.end)
            if any(share.start < end and start < share.end for share in parts):
                self.rows.aside(figure, "a region's part of a result")
            else:
                out.append(figure)
        return out

    def _silent(self, work: _Work, reporting: Sequence[Sentence]) -> None:
        """A state that is told of a single target without a figure: 27个项目正在施工."""
        for sentence in reporting:
            status = status_said(sentence.text.norm, work.asked)
            if status:
                target = work.targets[0] if work.targets else None
                result = Result(sentence.text, status=status)
                self.rows.outcome(work.tasks[0], target, sentence.text, result, work.item.ref)
                return

    def _reported(self, work: _Work, sentence: Sentence, result: Result) -> Task:
        """A task of which only the result is printed, with its target where that stands beside it."""
        item, name, count = work.item, work.name, len(work.tasks) + 1
        if name is None and count > 1:
            name = item.group.name if item.group else None
        own = result.actual.quantity.measure if result.actual else ""
        aimed = measure_of(result.aim) if result.aim is not None else None
        words = _clause_of(result.aim, sentence.text, result.text) if aimed else result.text
        task = self.rows.task(work.prefix, item, name, count, trimmed(words), sentence.line, told=True)
        if result.aim is not None:
            target = self.rows.target(task, 1, result.aim, item.ref)
            target["measure"] = aimed or own or (name if result.actual else None)
            task.targets.append(target)
        figures = [figure for figure in (result.actual, result.aim) if figure is not None]
        marked = result.rate or result.aim or sentence.listed or is_reporting(sentence.text)
        task.doubts = () if marked or not work.unmarked else (("whether it is promised or reported", 0.3),)
        if result.actual is None and any(not row["measure"] for row in task.targets):
            task.doubts = (*task.doubts, _NAMELESS)
        task.doubts = (*task.doubts, *doubts_of_pair(result), *_standing(figures, sentence.line, name))
        work.tasks.append(task)
        return task

    # --- what is in no list ----------------------------------------------------------------------------------

    def _free(self, outside: Sequence[Outside]) -> None:
        """Results that a report tells in running paragraphs: sentences with a rate, a target or a claimed state."""
        for out in outside:
            if out.reason:
                continue
            passage = out.passage
            line = Line("", passage.text, {}, passage.ref)
            item = Item(None, None, None, None, (line,), "line", False, passage.ref, passage.start)
            for sentence in self._each_alone(item):
                ahead = _WILL.search(sentence.text.folded) and not is_reporting(sentence.text)
                if not (ahead and self._free_promise(sentence.text, passage)):
                    self._free_sentence(sentence, item)

    def _each_alone(self, item: Item) -> Iterator[Sentence]:
        """The sentences of a running paragraph; in a report of what was completed none only asks what another answers."""
        for sentence in self._sentences(item, "result"):
            if sentence.does == "promise" and self.context.kind == "completion":
                line = replace(item.lines[0], text=sentence.text)
                yield from self._sentences(replace(item, lines=(line,)), "result")
            else:
                yield sentence

    def _free_promises(self, outside: Sequence[Outside]) -> None:
        """Promises that a plan without a list tells in running paragraphs: sentences that say that it will be done."""
        for out in outside:
            if out.reason or out.passage.heading:
                continue
            for text in sentences(out.passage.text, "。!?;"):
                if _WILL.search(text.folded) and text.folded.rstrip().endswith(("。", ";", "!")):
                    self._free_promise(text, out.passage)

    def _free_promise(self, text: Text, passage: Passage) -> bool:
        """Read a sentence of a running paragraph as a promise; whether it is one."""
        line = Line("", text, {}, passage.ref)
        item = Item(None, None, None, None, (line,), "paragraph", False, passage.ref, text.at[0])
        told = self._sentences(item, "promise")
        own = [f for s in told if s.does == "promise" for f in s.figures]
        figures = [f for f in own if f.reading == "promise"]
        if not figures:
            return False
        work = _Work(str(len(self.rows.prose.tasks) + 1), item, None, [], False)
        task = self._task(work, Said(text, line, figures))
        costs = [f for f in own if f.reading == "cost"]
        if costs:
            self.rows.money([task], costs[:1])
        self.rows.prose.tasks += work.tasks
        return True

    def _free_sentence(self, sentence: Sentence, item: Item) -> None:
        if sentence.does == "lead":
            for figure in sentence.figures:
                self.rows.aside(figure, _COUNTS_ITEMS)
            return
        results, loose = results_of(sentence.text, sentence.figures, sentence.status)
        for figure in loose:
            self.rows.aside(figure, figure.reason)
        for result in results:
            if result.aim is not None and fold(result.aim.quantity.measure) in ("项目", "工程"):
                self.rows.refuse(result, _COUNTS_ITEMS)  # 全年20个项目中,8个已完成, in no item
                continue
            if _is_floor(result):
                self.rows.refuse(result, "a figure of a report that no words tie to a promise")
                continue  # 低保标准不低于430元/月,已达标: what is asked, not what came of it
            tied = sentence.listed or result.rate or result.aim or result.status
            if not (tied or (is_done(result) and result.measure and not _counts_items(result))):
                self.rows.refuse(result, "a figure of a report that no words tie to a promise")
                continue
            work = _Work(str(len(self.rows.prose.tasks) + 1), item, None, [], False)
            task = self._reported(work, sentence, result)
            if not tied:
                task.doubts = (*task.doubts, _UNTIED)
            self.rows.prose.tasks.append(task)
            self.rows.outcome(task, task.targets[0] if task.targets else None, result.text, result, item.ref)


def _is_done_of_more(result: Result, target: Row, asked: str) -> bool:
    """Whether a result claims that so many are done (23所已竣工), and more are asked for: the task is not."""
    if result.status != "met" or result.actual is None or result.actual.quantity.value >= target["value"]:
        return False
    alike = same_unit(target["unit"], result.actual.quantity.unit)
    return alike and claims_only_itself(result, result.text.folded, asked)


def _is_floor(result: Result) -> bool:
    """Whether a result's figure only says what is to be reached at least, of which no rate or target is printed."""
    if result.actual is None or result.rate is not None or result.aim is not None:
        return False
    quantity, folded = result.actual.quantity, result.actual.text.folded
    return quantity.bound == "at_least" and bool(
        _FLOOR.search(folded, max(0, quantity.start - 4), quantity.end)
    )


def _counts_items(result: Result) -> bool:
    """Whether a result may count the items themselves: 余下27项已完成19项."""
    return result.actual is not None and result.actual.quantity.unit in ("项", "件")


def _repeated(told: Sequence[Sentence]) -> list[Sentence]:
    """Sentences that print again what was promised before them, above one that reports: 2.新建小学16所。已建成17所。"""
    out = []
    for k, sentence in enumerate(told):
        own = [(f.quantity.value, f.quantity.unit) for f in sentence.figures]
        if sentence.does != "result" or sentence.line.kind or sentence.listed or not own:
            continue
        if sentence.status or is_reporting(sentence.text) or status_said(sentence.text.norm):
            continue
        before = [f.quantity for s in told[:k] if s.does == "promise" for f in s.figures]
        asked = {(q.value, q.unit) for q in before}
        reported = any(is_reporting(s.text) or status_said(s.text.norm) for s in told[k + 1 :])
        if reported and asked.issuperset(own):
            out.append(sentence)
    return out


def _behind(rate: Figure, result: Result) -> bool:
    """Whether a rate is printed behind a result: before it, it is of all that follows."""
    return rate.text.span(rate.quantity.start, rate.quantity.end)[0] >= result.text.at[0]


def _linked(results: Sequence[Result], tasks: Sequence[Task]) -> dict[int, Row]:
    """The target of each result that has one, by the result's identity."""
    asked = [(task, t) for task in tasks for t in task.targets if t["unit"]]
    counted = [t for _, t in asked]
    actuals = [
        r
        for r in results
        if r.actual is not None and not _answers_none(r.actual, asked) and not _is_of_another_sort(r, counted)
    ]
    emphasis = [0.5 * (r.rate is not None) + 0.25 * is_cumulative(r) for r in actuals]
    paired = pair([r.actual.quantity for r in actuals], counted, emphasis)
    return {
        id(actuals[i]): target
        for i, target in paired.items()
        if same_unit(target["unit"], (own := actuals[i].actual.quantity).unit) or is_named_alike(own, target)
    }


def _answers_none(figure: Figure, asked: Sequence[tuple[Task, Row]]) -> bool:
    """Whether a figure is of another kind than each target of its unit: 新增学位1290个, of 学位增至1800个."""
    own = [(task, t) for task, t in asked if same_unit(t["unit"], figure.quantity.unit)]
    said, folded = figure.quantity, figure.text.folded
    return bool(own) and all(is_of_another_kind(said, folded, t, fold(task.row["text"])) for task, t in own)


def _is_of_another_sort(result: Result, asked: Sequence[Row]) -> bool:
    """Whether a result counts another sort of what each target of its unit does, and far less: 寄宿制学校102所, of 薄弱学校5100所."""
    quantity = result.actual.quantity
    own = [t for t in asked if same_unit(t["unit"], quantity.unit)]
    if not own or result.rate is not None or result.aim is not None:
        return False
    said = fold(quantity.measure or "")
    return all(
        quantity.value * _FAR_LESS < t["value"] and _names_another_sort(said, fold(t["measure"] or ""))
        for t in own
    )


def _names_another_sort(said: str, asked: str) -> bool:
    """Whether two names end in one noun and share nothing before it."""
    shared = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(said[::-1], asked[::-1], strict=False))
    )
    one, other = (name[: len(name) - shared] for name in (said, asked))
    return shared >= _NOUN and min(len(one), len(other)) >= _NOUN and not set(one) & set(other)


def _begun_as_asked(figures: Sequence[Figure], tasks: Sequence[Task]) -> list[Figure]:
    """Figures, those of works begun made results where the item promises that so many are begun: 新开工3200套, of 计划新开工3000套."""
    units = [
        t["unit"] for task in tasks for t in task.targets if nature_of(t, fold(task.row["text"])) == "stage"
    ]
    return [
        replace(f, reading="result")
        if f.reading == "begun"
        and any(same_unit(unit, f.quantity.unit) for unit in units)
        and are_begun(f.text.folded, f.quantity)
        else f
        for f in figures
    ]


def _clause_of(aim: Figure, sentence: Text, told: Text) -> Text:
    """What a task is: the words of its target, where they stand before those of the result (计划改造8万座,已完成2万座)."""
    at = aim.text.span(aim.quantity.start, aim.quantity.end)[0]
    if not sentence.at[0] <= at < told.at[0]:
        return told
    place = bisect_right(sentence.at, at) - 1
    start = max(sentence.folded.rfind(mark, 0, place) for mark in ",;。:") + 1
    ends = [end for mark in ",;。" if (end := sentence.folded.find(mark, place)) >= 0]
    return sentence.slice(start, min(ends, default=len(sentence.norm)))


def _costs(said: Sequence[Said], tasks: Mapping[int, Task]) -> Iterator[tuple[list[Task], list[Figure]]]:
    """What an item says once of its money is for all its tasks; of several sums each for the tasks before it."""
    sums: list[tuple[list[Task], list[Figure]]] = []
    waiting: list[Task] = []
    for part in said:
        waiting += [tasks[id(part)]] if id(part) in tasks else []
        for figure in part.costs:
            if figure.funder == "total" and _is_part(figure) and not any(costs for _, costs in sums):
                continue  # 其中甲路投资250万元、乙路投资100万元, of a sum that is not printed
            if not sums or waiting:
                sums.append((waiting, []))
                waiting = []
            if figure.funder != "total" or all(other.funder != "total" for other in sums[-1][1]):
                sums[-1][1].append(figure)
    served = [own for own, _ in sums]
    if len(sums) == 1:
        served = [served[0] + waiting]
    elif sums and not served[0]:  # each sum stands before what it pays for
        served = [*served[1:], waiting]
    yield from ((own, costs) for own, (_, costs) in zip(served, sums, strict=True) if own)


def _is_part(figure: Figure) -> bool:
    """Whether an amount is that of one part alone: its sentence begins with 其中, or lists another part's behind it."""
    folded = figure.text.folded
    return folded.lstrip().startswith("其中") or bool(_NEXT_PART.match(folded, figure.quantity.end))


def _doubt(tasks: Sequence[Task], target: Row, doubt: tuple[str, float]) -> None:
    for task in tasks:
        if any(own is target for own in task.targets) and doubt not in task.doubts:
            task.doubts = (*task.doubts, doubt)


def _equal(aim: Figure | None, targets: Sequence[Row]) -> Row | None:
    """The target that a report's words repeat."""
    if aim is None:
        return None
    quantity = aim.quantity
    return next(
        (t for t in targets if t["value"] == quantity.value and same_unit(t["unit"], quantity.unit)), None
    )


def _doubts(item: Item, promised: Sequence[Figure]) -> tuple[tuple[str, float], ...]:
    doubts: list[tuple[str, float]] = []
    if item.form == "line":
        doubts.append(("a list without marks", 0.05))
    if item.form == "paragraph":
        doubts.append(_PARAGRAPH)
    if any(figure.lead < 1.5 for figure in promised):
        doubts.append(("what a figure is cannot be told for certain", 0.3))
    return tuple(doubts)


def _standing(
    figures: Sequence[Figure], line: Line | None, name: str | None
) -> tuple[tuple[str, float], ...]:
    """What is wanting of the evidence of a task's figures, each doubt once."""
    label = line.kind if line else ""
    found = [d for figure in figures for d in doubts_of(figure, label=label, above=fold(name or ""))]
    return tuple(dict.fromkeys(found))


def _numbered(items: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    """Items with the first part of their ids; told apart where lists count from one again."""
    again = any(n > 1 for n in Counter(item.number for item in items if _is_named(item)).values())
    programmes = {id(item.group) for item in items if _is_named(item)}  # lists numbered as programmes are
    seen: Counter[str] = Counter()
    for k, item in enumerate(items):
        number = item.number or str(1 + k)
        above = item.group.number if item.group and item.group.number else "1"
        prefix = f"{above}.{number}" if again or id(item.group) not in programmes else number
        seen[prefix] += 1
        yield (prefix if seen[prefix] == 1 else f"{prefix}{chr(ord('a') + seen[prefix] - 1)}"), item


def _is_named(item: Item) -> bool:
    return bool(item.name or name_of(item)[0])
