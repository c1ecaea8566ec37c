"""The targets that a multi-year plan sets in its sentences and boxes (专栏).

A promise is known by its horizon (到2025年…, 五年新增…, “十四五”期间…), which also holds for what follows it
in the paragraph, or by its words (新建…7所, 达到…以上, 支持建设16家…). What describes the past or the present
(a chapter of achievements, 2020年末…达, 13个…试点), names something (“人才新政40条”), explains (“1”即1个…),
qualifies (500人以上常住人口的行政村) or sets a norm (按照0.29/千人标准) is none. Counts written in Chinese
characters sum up what is listed (五个场景, 八大工程); plans print what they promise in digits.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from minshi_analysis.facts.context import Context
from minshi_analysis.facts.prose.background import (
    CLAUSE,
    NEAR,
    OPEN,
    UNSAID,
    around,
    doubting,
    is_qualifier,
    looks_back_at,
    no_promise,
    set_aside,
    told_of,
)
from minshi_analysis.facts.prose.costs import cost_of_works, is_paid
from minshi_analysis.facts.prose.deeds import deed_of
from minshi_analysis.facts.prose.due import begins_anew, ends_before, trails
from minshi_analysis.facts.prose.duties import Duties, agencies, duties, is_note
from minshi_analysis.facts.prose.evidence import REASONS
from minshi_analysis.facts.prose.growth import as_change
from minshi_analysis.facts.task import target_row
from minshi_analysis.language.dates import Date, find_dates, looks_back
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import Text
from minshi_analysis.layout.notes import without_notes
from minshi_analysis.layout.passages import Passage, passages, sentences
from minshi_analysis.layout.tables import Unread
from minshi_analysis.reading.blocks import Paragraph

__all__ = ["PlanProse", "around", "is_qualifier", "plan_targets", "spread"]

_LEVELS = re.compile(
    r"达到|达$|保持|稳定|维持|[率比重数量]$|(?:总里程|能力|规模|总面积)$|人均|每[千万百]|年均|每年|日均"
)
# The years of the plan, over which the figures behind it add up: 五年新建学校45所,新增学位2.8万个.
_OVER_THE_PERIOD = re.compile(r"(?<![近每第去过])五年(?![级制来行])|(?:规划|计划)期内?(?!末)")
_PERIOD = re.compile(r"期间|时期|期内")
_GOALS = re.compile(r"目标(?:$|[和与及、])|主要指标")
_QUALITATIVE = re.compile(
    r"全覆盖|全部[^,;。]{0,12}(?:达到|实现|完成|设置|配备|建成)|应保尽保|全面(?:完成|消除)"
)
_LONGEST_NAME = 40
_OF_PROSE = ("read from prose", 0.1)
# Such figures may be a promise or a cost, or money of which nobody says what it was for: they are not understood.
_UNKNOWN = (UNSAID, OPEN, REASONS["cost"], REASONS["spent"])
# A sentence that names works of its own; 项目总投资5亿元 goes on with those before it.
_WORKS = re.compile(
    r"新[建增改设]|[改扩重迁]建|建[设成]|改造|实施|打造|推进|配[备置]|购[置买]|提升|完善|开展"
)
_ANSWERS = re.compile(r"牵头|责任|负责|主办|承办|主责|配合|协办|参与|实施单位|落实单位")
_BRACKET = re.compile(r"[(\[](?P<inside>[^()\[\]]{2,200})[)\]]")


@dataclass(slots=True)
class _Section:
    """Where the reader stands: the chapter, and how much of it was used."""

    number: str | None = None
    name: str | None = None
    count: int = 0
    goals: float | None = None  # depth of the heading that announces goals, while under it


@dataclass(slots=True)
class _Promise:
    """What one printed sentence or item promises."""

    text: Text
    quantities: list[tuple[Text, Quantity, bool]] = field(default_factory=list)
    costs: list[tuple[Text, Quantity, str]] = field(default_factory=list)  # with who pays
    due: str | None = None
    qualitative: bool = False
    trailing: bool = False  # its date stands behind its figure, and holds for nothing that follows
    said: Duties = field(default_factory=dict)


class PlanProse(NamedTuple):
    """What a plan's prose gives: rows of tasks, of targets, and of what works cost with the tasks that it is for, the
    figures that promise nothing, with the reason, and those of which the words do not say whether they do."""

    tasks: list[dict]
    targets: list[dict]
    funding: list[dict]
    served: list[dict]
    aside: list[Unread]
    unread: list[Unread]


def plan_targets(paragraphs: Sequence[Paragraph], context: Context) -> PlanProse:
    """The tasks and targets in the prose and boxes of a multi-year plan.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        The plan's prose, in reading order.
    context : Context
        Whose plan it is, and its first and last year (five, where the last is not known). What names no year of its own is
        due when the plan ends.

    Returns
    -------
    PlanProse
        Rows of the model's tables. A task is a sentence, or a numbered item, that promises at least one
        quantity or, with a year of its own, something for all (全覆盖): such a task has no target. Values are
        in base units, money in 万元. Source offsets of a task span its sentence, of a target its figure. Who
        answers is said at the end of the paragraph, in the line below it or in its heading.

    Examples
    --------
    >>> said = Paragraph("到2025年，建成书房50家以上，阅读率达到92.5%。", 0, 26)
    >>> said = plan_targets([said], Context("x", "five_year_plan", 2021))
    >>> [(t["task_id"], t["value"], t["unit"], t["bound"]) for t in said.targets]
    [('x/0.1', 50.0, '家', 'at_least'), ('x/0.1', 92.5, '%', 'exact')]
    """
    out = PlanProse([], [], [], [], [], [])
    found = without_notes(passages(paragraphs))
    for section, passage, said in _promising(found, out.aside, context.year):
        for promise in _promises(passage, context, section.goals is not None, out.aside):
            section.count += 1
            task_id = f"{context.doc_id}/{section.number or 0}.{section.count}"
            start, end = promise.text.span(0, len(promise.text.norm))
            who = {k: v for k, v in (promise.said or said).items() if k != "due"}
            values = {
                "task_id": task_id,
                "level": context.level,
                "programme_no": section.number,
                "programme": section.name,
                "item_no": str(section.count),
                "text": promise.text.norm.strip(),
                "deadline": promise.due,
                **who,
                "doubts": (_OF_PROSE,),
            }
            out.tasks.append(context.row(values, start, end, passage.ref))
            for k, (text, quantity, cumulative) in enumerate(promise.quantities, 1):
                place = text.span(quantity.start, quantity.end)
                measure = deed_of(quantity, text.folded) or quantity.measure
                quantity = replace(quantity, measure=measure, cumulative=cumulative)
                out.targets.append(target_row(task_id, k, quantity, context, place, passage.ref))
            _pay(out, task_id, promise.costs, context, passage.ref)
    out.unread.extend(part for part in out.aside if part.reason.startswith(_UNKNOWN))
    out.aside[:] = [part for part in out.aside if not part.reason.startswith(_UNKNOWN)]
    return out


def _pay(
    out: PlanProse, task_id: str, costs: Sequence[tuple[Text, Quantity, str]], context: Context, ref: str
) -> None:
    """What a task costs, a row for each payer; of several sums the words do not say what each is for."""
    if sum(funder == "total" for _, _, funder in costs) > 1:
        out.aside.extend(set_aside(text, quantity, ref, REASONS["cost"]) for text, quantity, _ in costs)
        return
    funding_id = f"{context.doc_id}/funding-{task_id.removeprefix(context.doc_id)[1:]}"
    for text, quantity, funder in costs:
        values = {"funding_id": funding_id, "funder": funder, "amount_wan": float(quantity.value)}
        place = text.span(quantity.start, quantity.end)
        out.funding.append(context.row(values, *place, ref) | {"doubts": (_OF_PROSE,)})
    if costs:
        place = costs[0][0].span(costs[0][1].start, costs[0][1].end)
        out.served.append(context.row({"funding_id": funding_id, "task_id": task_id}, *place, ref))


def _promising(
    found: Sequence[Passage], aside: list[Unread], year: int
) -> Iterator[tuple[_Section, Passage, Duties]]:
    """Body passages with their chapter and who answers for them, without the chapters that look back."""
    headings = [p for p in found if p.heading and not p.box]
    top = min(map(_depth, [p for p in headings if p.depth is not None] or headings), default=0)
    section, seen = _Section(), {"0"}
    skipped: tuple[float, str] | None = None
    answering: dict[float, Duties] = {}
    for i, passage in enumerate(found):
        if not passage.heading:
            if skipped is not None:
                aside += told_of(passage, skipped[1], passage.ref, year)
            elif not is_note(passage.text):
                below = found[i + 1] if i + 1 < len(found) else None
                said = _duties(below.text) if below is not None and is_note(below.text) else {}
                yield (
                    section,
                    passage,
                    said or next((answering[d] for d in sorted(answering, reverse=True)), {}),
                )
            continue
        depth = _depth(passage)
        if skipped is not None and depth <= skipped[0]:
            skipped = None
        if skipped is None and looks_back_at(passage.name):
            skipped = depth, passage.name
        answering = {d: said for d, said in answering.items() if d < depth}
        if said := _duties(passage.text):
            answering[depth] = said
        if depth <= top and not passage.box:
            section = _Section(_unused(passage.number, seen), passage.name)
        if section.goals is None or depth <= section.goals:
            section.goals = depth if _GOALS.search(passage.name) else None


def _duties(text: Text) -> Duties:
    """Who answers, where a bracket or label that ends a text says it.

    由…负责 within a sentence is of that sentence, and bodies in brackets without such a word are what the words before
    them name (社区卫生服务中心（乡镇卫生院）), unless the sentence is over: 新建幼儿园5所。（市教育局）
    """
    rest, said = duties(text)
    cut = text.folded.rstrip("。;")[text.norm.find(rest.norm) + len(rest.norm) :] if rest.norm else ""
    ends = is_note(text) or (len(cut) > 2 and bool(_ANSWERS.search(cut) or cut.lstrip()[:1] in "。;!"))
    return said if ends else {}


def _depth(passage: Passage) -> float:
    """How deep a heading lies. A box lies inside its chapter; a bare title ends with the next heading."""
    if passage.box:
        return 3.5
    if passage.depth is not None:
        return passage.depth
    return passage.level - 0.5 if passage.level else 9


def _unused(number: str | None, seen: set[str]) -> str:
    """A number for a chapter's ids: as printed, and told apart where an annex counts from one again."""
    number = number or str(len(seen))
    candidate, letter = number, "b"
    while candidate in seen:
        candidate, letter = number + letter, chr(ord(letter) + 1)
    seen.add(candidate)
    return candidate


def _promises(passage: Passage, context: Context, goals: bool, aside: list[Unread]) -> Iterator[_Promise]:
    """The promises of a passage: one for a numbered item, else one for each sentence that makes one."""
    year_end = context.year_end or context.year + 4
    due = f"{year_end}-12-31" if goals else None
    made: list[_Promise] = []
    text, whole = passage.text, _duties(passage.text)
    if whole:
        text = text.slice(0, len(duties(text)[0].norm) + text.norm.find(duties(text)[0].norm))
    brackets = _answers(text)
    for sentence in sentences(text):
        for promise in _read(sentence, due, context, year_end, passage.ref, aside):
            due = due if promise.trailing else promise.due
            if promise.costs and not (promise.quantities or _WORKS.search(promise.text.folded)):
                if made:
                    made[-1].costs += promise.costs
                else:
                    aside += [
                        set_aside(text, q, passage.ref, REASONS["cost"]) for text, q, _ in promise.costs
                    ]
            elif promise.quantities or promise.qualitative or promise.costs:
                promise.said = _said_of(promise.text, brackets, whole)
                made.append(promise)
    if passage.depth is not None and len({promise.due for promise in made}) == 1:
        said = next((promise.said for promise in made if promise.said), {})
        quantities = [q for promise in made for q in promise.quantities]
        costs = [cost for promise in made for cost in promise.costs]
        made = [_Promise(text, quantities, costs, made[0].due, said=said)]
    for promise in made:
        promise.due = promise.due or f"{year_end}-12-31"
        yield promise


def _answers(text: Text) -> list[tuple[int, int, Duties]]:
    """The brackets within a text that say who answers, and where they are printed."""
    found = []
    for match in _BRACKET.finditer(text.folded):
        said = agencies(text.norm[match.start("inside") : match.end("inside")])
        if said and _ANSWERS.search(match["inside"]):
            found.append((*text.span(match.start(), match.end()), said))
    return found


def _said_of(text: Text, brackets: Sequence[tuple[int, int, Duties]], whole: Duties) -> Duties:
    """Who answers for a sentence: the first bracket behind its first word, else the end of its paragraph.

    The only bracket of a paragraph may stand before its sentence: 康复。(县残联牵头)康复救助儿童600人次。
    """
    start, _ = text.span(0, len(text.norm))
    behind = next((said for begin, _, said in brackets if begin > start), None)
    return behind or whole or (brackets[0][2] if len(brackets) == 1 else {})


def _read(
    sentence: Text, due: str | None, context: Context, year_end: int, ref: str, aside: list[Unread]
) -> list[_Promise]:
    """What a sentence promises: one promise for each horizon that it names, or under the one that holds."""
    folded, year = sentence.folded, context.year
    dates = find_dates(sentence.norm, year_end=year_end)
    ahead = [d for d in dates if int(d.date[:4]) >= year and not looks_back(sentence.norm, d)]
    later = bool(ahead) and begins_anew(folded, ahead[0])
    starts, promises = [0], [_Promise(sentence, due=ahead[0].date if ahead and not later else due)]
    for date in ahead if later else ahead[1:]:
        if date.date != promises[-1].due:
            starts.append(max((m.end() for m in CLAUSE.finditer(folded, starts[-1], date.start)), default=0))
            promises.append(_Promise(sentence, due=date.date))
    for date in ahead[-1:]:
        promises[-1].trailing = trails(folded, date)
        if promises[-1].trailing and ends_before(folded, date):
            starts.append(re.compile("[;。]").search(folded, date.end).end())
            promises.append(_Promise(sentence, due=due))
    for promise, start, end in zip(promises, starts, [*starts[1:], len(folded)], strict=True):
        promise.text = sentence.slice(start, end)
        promise.qualitative = bool(ahead and _QUALITATIVE.search(folded, start, end))
    looking_back = not ahead and any(int(d.date[:4]) < year for d in dates)
    names = _quoted(folded)
    quantities = spread(parse_quantities(sentence.norm, kind="plan"), folded)
    for quantity in quantities:
        last = bisect.bisect_right(dates, quantity.start, key=lambda d: d.end) - 1
        date = dates[last] if last >= 0 else None
        promise = promises[bisect.bisect_right(starts, quantity.start) - 1]
        quantity = as_change(quantity, folded)
        why = _why_not(quantity, folded, date, year, names, looking_back, given=promise.due is not None)
        payer = cost_of_works(sentence.norm, quantity, level=context.level, region=context.region)
        if payer is not None and why in (None, UNSAID):
            promise.costs.append((sentence, quantity, payer))
        elif why:
            before_it = any(d.end <= quantity.start for d in ahead)
            why = doubting(why, quantity, quantities, folded, ahead=before_it)
            aside.append(set_aside(sentence, quantity, ref, why))
        else:
            promise.quantities.append((sentence, quantity, _is_cumulative(quantity, folded, date)))
    return promises


def _why_not(
    quantity: Quantity,
    folded: str,
    date: Date | None,
    year: int,
    names: Sequence[tuple[int, int]],
    looking_back: bool,
    *,
    given: bool,
) -> str | None:
    """Why a quantity of a sentence is no target, or None."""
    k = bisect.bisect(names, (quantity.start,)) - 1
    if k >= 0 and quantity.end <= names[k][1]:
        return "part of a name"
    if looking_back:
        return "a sentence of years before the plan"
    if is_paid(folded, quantity):
        return REASONS["spent"]
    return no_promise(quantity, folded, date, year, given=given)


def spread(quantities: Sequence[Quantity], folded: str) -> list[Quantity]:
    """Give each figure behind 分别 its own measure.

    甲产业、乙产业、丙产业增加值占比分别达到6.5%、9%、2%: the things before 分别 are as many as the figures
    behind it and end alike (产业); what follows the last of them (增加值占比) belongs to all.
    """
    out = list(quantities)
    for mark in re.finditer("分别|依次", folded):
        first = last = bisect.bisect_left(out, mark.end(), key=lambda q: q.start)
        while last + 1 < len(out) and folded[out[last].end : out[last + 1].start] in ("、", "和", "及"):
            last += 1
        subject = CLAUSE.split(folded[max(0, mark.start() - NEAR) : mark.start()])[-1]
        heads = re.split("[、和]", subject)
        ending = _common_ending(heads[:-1])
        if last == first or len(heads) != last - first + 1 or not ending or ending not in heads[-1]:
            continue
        cut = heads[-1].index(ending) + len(ending)
        for i, head in zip(range(first, last + 1), [*heads[:-1], heads[-1][:cut]], strict=True):
            out[i] = replace(out[i], measure=head + heads[-1][cut:])
    return out


def _common_ending(words: Sequence[str]) -> str:
    """The longest ending that words share; of a single word its last two characters."""
    if len(words) <= 1:
        return words[0][-2:] if words else ""
    length = 0
    while length < min(map(len, words)) and len({word[-length - 1] for word in words}) == 1:
        length += 1
    return words[0][len(words[0]) - length :]


def _quoted(folded: str) -> list[tuple[int, int]]:
    """Spans between quotation marks that are short enough for a name."""
    marks = [mark.start() for mark in re.finditer('"', folded)]
    return [(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if b - a <= _LONGEST_NAME]


def _is_cumulative(quantity: Quantity, folded: str, date: Date | None) -> bool:
    """Whether a quantity is a sum over the plan's years: 累计, 五年新增, “十四五”期间, of its clause or of those before it."""
    if quantity.cumulative:
        return True
    before, _ = around(folded, quantity)
    if quantity.unit in ("%", "‰", "百分点") or _LEVELS.search(before):
        return False
    if "累计" in before or _OVER_THE_PERIOD.search(folded, date.start if date else 0, quantity.start):
        return True
    if date is None or not date.plan:
        return False
    return bool(
        folded[date.end : date.end + 1] in (",", "内") or _PERIOD.search(folded, date.start, date.end + 2)
    )
