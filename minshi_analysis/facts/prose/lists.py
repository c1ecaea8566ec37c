"""Promises in numbered prose lists: `1. “温馨教室”工程，为5000个教室安装空调。（牵头单位：市教育局）`.

An item with a name (“…”工程, …行动。, …：) is a programme, and each clause with a figure of its own is one of
its tasks, as the tables annexed to such plans print them. An item without a name is one task of the heading
above it. What an item reports (截至6月底，已完成…) is no promise and is returned apart.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from minshi_analysis.facts.prose.costs import funder_of
from minshi_analysis.facts.prose.duties import Duties, duties, is_note
from minshi_analysis.facts.prose.plans import around, is_qualifier, target_row
from minshi_analysis.facts.tables.outcomes import LEFT_OVER
from minshi_analysis.language.dates import find_dates, looks_back, parse_deadline
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import Text, fold
from minshi_analysis.layout.passages import Passage, passages, pieces, sentences
from minshi_analysis.reading.blocks import Paragraph

__all__ = ["list_funding", "list_results", "list_tasks"]

_KINDS = r"(?:工程|行动|计划|项目|专项|攻坚|实事|活动|任务)"
_QUOTED = re.compile(
    rf'(?:(?:实施|推进|开展|深化|抓好)\s*)?"(?P<name>[^"]{{2,20}})"[^,:。;"]{{0,12}}?{_KINDS}?[,:。]\s*'
)
_NAMED = re.compile(
    rf"(?P<name>[^,:。;]{{2,30}}?(?:{_KINDS}))[,:。]\s*|(?P<other>[^,:。;]{{2,30}})[:。]\s*(?=[^\s(\[])"
)
# Chapters that tell how the list came about, or what was done before it.
_NOT_PROMISING = re.compile(
    r"过程|原则|特点|说明|要求$|措施$|(?:组织|工作|服务)保障$|意义|回顾|(?:完成|进展|执行)情况|指导思想|总体|背景|"
    r"程序|机制$|(?:工作|总体|主要)目标"
)
_PURPOSE = re.compile(
    r"(?:进一步|切实|不断|有效|着力|让|使|从而|以便?|为了|确保|更好|持续|全面提[升高]|促进|方便|满足|助力|推动)"
)
_REPORTED = re.compile(
    r"^(?:截至|截止|目前|到目前|至目前|今年以来|1-\d{1,2}月|上半年)|"
    r"已(?:经)?[^,。;]{0,6}(?:完成|建成|开工|新增|启动|投用|竣工|发放|实施|开展|改造|培训)|累计完成|完成率|(?:占|完成)[^,。;]{0,6}(?:目标|任务|计划)[^,。;]{0,4}的?\d|提前[^,。;]{0,4}完成|超额"
)
_FOR_ALL = re.compile(r"全覆盖[,、;。]?$")
_SHARE = re.compile(r"(?:占|完成|达到?)[^,;。]{0,12}(?:目标|任务|计划)|完成率|进度|超额")


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered item: where it stands, what it is called, what it says."""

    number: str | None
    name: str | None
    group: Passage | None
    bodies: tuple[Text, ...]
    notes: tuple[Text, ...]
    ref: str
    told: bool = False  # its body is prose under a heading, where words without a figure explain


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an item: its words, what it promises, and what that costs (with who pays it)."""

    clause: Text
    promised: list[tuple[Text, Quantity]]
    costs: list[tuple[Text, Quantity, str]]


def list_tasks(
    paragraphs: Sequence[Paragraph],
    *,
    doc_id: str,
    level: str | None,
    year: int | None,
    first_programme: int | None = None,
) -> tuple[list[dict], list[dict]]:
    """The tasks and targets that numbered prose lists promise.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        Prose in reading order; page breaks inside an item do no harm.
    doc_id : str
    level : {"province", "city", "county"} or None
        Whose programme it is.
    year : int or None
        The document's year, for deadlines printed without one.
    first_programme : int, optional
        Number for the first programme whose number is not printed (default 1).

    Returns
    -------
    tasks, targets : list of dict
        Rows of the model's tables. Of a named item every clause with a figure is a task
        (``<doc_id>/<item>.<n>``, programme its name); an item without a name is one task of the heading above
        it (``<doc_id>/<heading>.<item>``). Source offsets of a task span its clause, of a target its figure.

    Examples
    --------
    >>> said = Paragraph('1. "温馨教室"工程,装空调50台,建书房5家、驿站2家。(牵头单位:市教育局)', 0, 42)
    >>> tasks, targets = list_tasks([said], doc_id="x", level="city", year=2022)
    >>> [(t["task_id"], t["programme"], t["text"], t["lead_agency"]) for t in tasks][2]
    ('x/1.3', '温馨教室', '驿站2家', '市教育局')
    >>> [t["value"] for t in targets]
    [50.0, 5.0, 2.0]
    """
    tasks: list[dict] = []
    targets: list[dict] = []
    default: tuple[_Item | None, Duties] = (None, {})
    for task_id, count, item, line in _told(paragraphs, doc_id, first_programme or 1):
        if task_id is None:
            continue
        if default[0] is not item:
            default = item, _of_item(item)
        named = bool(item.name)
        text, own = duties(line.clause)
        start, end = text.span(0, len(text.norm))
        by = default[1] | own
        due = parse_deadline(own.get("due") or text.norm, year=year)
        tasks.append(
            {
                "task_id": task_id,
                "level": level,
                "programme_no": item.number if named else (item.group.number if item.group else None),
                "programme": item.name if named else (item.group.name if item.group else None),
                "item_no": str(count) if named else item.number,
                "text": text.norm.strip(),
                "lead_agency": by.get("lead_agency"),
                "partner_agencies": by.get("partner_agencies"),
                "responsible": by.get("responsible"),
                "deadline": due or parse_deadline(by.get("due", ""), year=year),
                "doc_id": doc_id,
                "source_start": start,
                "source_end": end,
                "source_ref": item.ref or None,
                "patched": False,
            }
        )
        for k, (said, quantity) in enumerate(line.promised, 1):
            targets.append(target_row(task_id, k, said, quantity, doc_id=doc_id, ref=item.ref))
    return tasks, targets


def list_funding(
    paragraphs: Sequence[Paragraph], *, doc_id: str, first_programme: int | None = None
) -> tuple[list[dict], list[dict], list[dict]]:
    """What the promises of prose lists cost, and who pays it: 总投资6500万元,其中:上级补助2000万元.

    Parameters
    ----------
    paragraphs, doc_id, first_programme
        As for `list_tasks`.

    Returns
    -------
    funding, funding_tasks, aside : list of dict
        Rows of the model's tables. What an item says once is for all its tasks; of several sums each is for the
        tasks that are printed between it and the sum before. ``aside`` are the places of amounts of which the words
        do not say which part of a sum they are (a second 总投资).

    Examples
    --------
    >>> said = Paragraph("1. 建书房5家、驿站2家,总投资300万元,其中市级财政200万元。(责任单位:市文旅局)", 0, 47)
    >>> money, served, _ = list_funding([said], doc_id="x")
    >>> [(row["funder"], row["amount_wan"]) for row in money], [row["task_id"] for row in served]
    ([('total', 300.0), ('city', 200.0)], ['x/1.1'])
    """
    funding: list[dict] = []
    served: list[dict] = []
    aside: list[tuple[Text, Quantity]] = []
    for _, told in groupby(_told(paragraphs, doc_id, first_programme or 1), key=lambda line: id(line[2])):
        sums: list[tuple[list[str], dict[str, tuple[Text, Quantity]]]] = []
        waiting: list[str] = []
        ref = ""
        for task_id, _, item, line in told:
            ref = item.ref
            waiting += [task_id] if task_id is not None else []
            for said, quantity, funder in line.costs:
                if not sums or waiting:
                    sums.append((waiting, {}))
                    waiting = []
                if funder in sums[-1][1]:
                    aside.append((said, quantity))
                else:
                    sums[-1][1][funder] = said, quantity
        tasks = [tasks for tasks, _ in sums]
        if len(sums) == 1:
            tasks = [tasks[0] + waiting]
        elif sums and not tasks[0]:  # each sum stands before what it pays for
            tasks = [*tasks[1:], waiting]
        for own, (_, costs) in zip(tasks, sums, strict=True):
            if own:
                funding_id = f"{doc_id}/funding-{own[0].removeprefix(doc_id)[1:]}"
                funding += [
                    {"funding_id": funding_id, "funder": funder, "amount_wan": float(quantity.value)}
                    | _place(said, quantity, doc_id, ref)
                    for funder, (said, quantity) in costs.items()
                ]
                where = _place(*next(iter(costs.values())), doc_id, ref)
                served += [{"funding_id": funding_id, "task_id": task} | where for task in own]
    return funding, served, [_place(*cost, doc_id, "") | {"text": cost[0].norm} for cost in aside]


def _place(text: Text, quantity: Quantity, doc_id: str, ref: str) -> dict:
    start, end = text.span(quantity.start, quantity.end)
    place = {"source_start": start, "source_end": end, "source_ref": ref or None}
    return {"doc_id": doc_id, **place, "patched": False}


def _told(
    paragraphs: Sequence[Paragraph], doc_id: str, first: int
) -> Iterator[tuple[str | None, int, _Item, _Line]]:
    """The lines of all items with the ids and numbers of their tasks; a line that only tells costs is no task."""
    given: Counter[str] = Counter()
    for prefix, item in _numbered(_items(passages(paragraphs)), first):
        count = 0
        for line in _lines(item):
            if item.name and line.costs and not line.promised:
                yield None, 0, item, line
                continue
            count += 1
            task_id = f"{doc_id}/{prefix}.{count}" if item.name else f"{doc_id}/{prefix}"
            given[task_id] += 1
            if given[task_id] > 1:  # a list that numbers two items alike
                task_id += f"-{given[task_id]}"
            yield task_id, count, item, line


def list_results(
    paragraphs: Sequence[Paragraph], *, doc_id: str, year: int | None, first_programme: int | None = None
) -> list[dict]:
    """What the items of a prose list report of themselves: 截至6月底，已完成5家，占年度目标任务的62.5%.

    Parameters
    ----------
    paragraphs, doc_id, year, first_programme
        As for `list_tasks`.

    Returns
    -------
    list of dict
        Rows of the model's outcomes table, one for each reported quantity. The share of the target that a
        sentence claims (rate_claimed, %) stands with the first result before it. ``task_id`` is the item's
        first task; target_id is left open: which target is meant is not printed.
    """
    rows: list[dict] = []
    for prefix, item in _numbered(_items(passages(paragraphs)), first_programme or 1):
        task_id = f"{doc_id}/{prefix}.1" if item.name else f"{doc_id}/{prefix}"
        for sentence in (s for body in item.bodies for s in _reporting(body)):
            folded = fold(sentence.norm)
            as_of = next((d.date for d in find_dates(folded, year=year) if looks_back(folded, d)), None)
            said: list[dict] = []
            for quantity in parse_quantities(sentence.norm, kind="progress"):
                clause = re.split(r"[,;。]", folded[: quantity.start])[-1]
                if quantity.unit == "%" and (quantity.role == "rate" or _SHARE.search(clause)):
                    open_rows = [row for row in said if row["rate_claimed"] is None]
                    if open_rows:
                        open_rows[0]["rate_claimed"] = quantity.value
                    continue
                if LEFT_OVER.search(folded[: quantity.start]):
                    continue
                row = target_row(task_id, 0, sentence, quantity, doc_id=doc_id, ref=item.ref)
                del row["target_id"], row["cumulative"]
                said.append(
                    row
                    | {"target_id": None, "rate_claimed": None, "as_of": as_of, "text": sentence.norm.strip()}
                )
            rows += said
    return rows


def _items(found: Sequence[Passage]) -> Iterator[_Item]:
    """The items of all lists, with the heading each stands under."""
    group: Passage | None = None
    skipped: float | None = None
    i = 0
    while i < len(found):
        passage = found[i]
        i += 1
        below = i
        while below < len(found) and found[below].depth is None and not found[below].heading:
            below += 1
        depth = passage.depth if passage.depth is not None else (passage.level - 0.5 if passage.level else 9)
        if passage.heading and skipped is not None and depth <= skipped:
            skipped = None
        title = passage.depth is None and i == 1  # …完成情况的通报 names the document, not a chapter of it
        if passage.heading and skipped is None and not title and _NOT_PROMISING.search(passage.name):
            skipped = depth
        if skipped is not None:
            continue
        bodies = [p.text for p in found[i:below]]
        deeper = below < len(found) and (found[below].depth or -1) > depth
        itself = passage.depth is not None and bool(_promised(passage.text) or duties(passage.text)[1])
        if passage.heading and not (itself and not deeper):
            if passage.depth is None or deeper or not any(_promised(body) for body in bodies):
                group = passage if passage.depth is None or deeper else group
                continue
            notes = tuple(body for body in bodies if is_note(body))
            said = tuple(body for body in bodies if not is_note(body))
            name = _name(passage.text)[0] or passage.name
            yield _Item(passage.number, name, group, said, notes, passage.ref, told=True)
            i = below
        elif passage.depth is not None:
            name, length = _name(passage.text)
            notes = tuple(body for body in bodies[:2] if is_note(body))
            if itself or notes:
                said = (passage.text.slice(length, len(passage.text.norm)),)
                yield _Item(passage.number, name, group, said, notes, passage.ref)


def _numbered(items: Iterator[_Item], first: int) -> Iterator[tuple[str, _Item]]:
    """Items with the first part of their ids; told apart where lists count from one again."""
    every = list(items)
    again = any(n > 1 for n in Counter(item.number for item in every if item.name).values())
    seen: Counter[str] = Counter()
    for k, item in enumerate(every):
        number = item.number or str(first + k)
        above = item.group.number if item.group and item.group.number else str(first)
        prefix = f"{above}.{number}" if again or not item.name else number
        seen[prefix] += 1
        yield (prefix if seen[prefix] == 1 else f"{prefix}{chr(ord('a') + seen[prefix] - 1)}"), item


def _name(text: Text) -> tuple[str | None, int]:
    """The name with which an item begins, and how much of the text it takes."""
    folded = fold(text.norm)
    match = _QUOTED.match(folded) or _NAMED.match(folded)
    if match is None:
        bare = re.fullmatch(r'(?:实施|推进|开展)?"([^"]{2,20})".{0,8}', folded.rstrip("。:"))
        return (text.norm[bare.start(1) : bare.end(1)], len(folded)) if bare else (None, 0)
    group = "name" if match["name"] else "other"
    name = text.norm[match.start(group) : match.end(group)]
    if parse_quantities(name) or is_note(text):
        return None, 0
    return name, match.end()


def _promised(text: Text) -> list[Quantity]:
    """The quantities of a text that are promised."""
    folded = fold(text.norm)
    out = []
    for quantity in parse_quantities(text.norm, kind="plan"):
        if quantity.role != "baseline" and not is_qualifier(quantity, *around(folded, quantity)):
            out.append(quantity)
    return out


def _of_item(item: _Item) -> Duties:
    """Who answers for all clauses of an item, and by when."""
    said: Duties = {}
    for text in (*item.bodies, *item.notes):
        said |= duties(text)[1]
    return said


def _reporting(body: Text) -> list[Text]:
    """The sentences of a body that report."""
    return [s for s in sentences(body, "。!?;") if _REPORTED.search(fold(s.norm))]


def _lines(item: _Item) -> Iterator[_Line]:
    """The lines of an item with their promised quantities and costs."""
    for body in item.bodies:
        text = duties(body)[0] if item.name else body
        promising = [s for s in sentences(text, "。!?;") if not _REPORTED.search(fold(s.norm))]
        if not item.name:
            if promising:
                first, last = promising[0].at[0], promising[-1].at[-1]
                whole = text.slice(bisect.bisect_left(text.at, first), bisect.bisect_left(text.at, last))
                yield _line(whole, promising)
            continue
        clauses: list[Text] = []
        for sentence in promising:
            clauses += _task_lines(sentence)
        lines = [_line(clause, [clause]) for clause in _joined(clauses, text)]
        if lines and all(line.costs and not line.promised for line in lines):
            yield _Line(text, [], [])  # its name and its costs are all that is said
        for line in lines:
            if line.promised or line.costs or not item.told or _FOR_ALL.search(fold(line.clause.norm)):
                yield line


def _line(clause: Text, said: Sequence[Text]) -> _Line:
    """A line with the figures of what it says: what is promised, and what that costs."""
    figures = [(s, q, funder_of(s.norm, q)) for s in said for q in _promised(s)]
    promised = [(s, q) for s, q, funder in figures if funder is None]
    return _Line(clause, promised, [(s, q, funder) for s, q, funder in figures if funder is not None])


def _task_lines(sentence: Text) -> Iterator[Text]:
    """A sentence cut behind each figure; words without one go with the figure that follows them.

    A 、 only cuts where both sides have a figure or the figure comes last: in 为5000户老人、残障人士居所改造
    it lists whom the one figure is for. Rates in a list (参保100%、救助100%) are one promise.
    """
    promised = _promised(sentence)
    figures = [(q.start, q.end) for q in promised]
    parts, ends = [], [0]
    for piece in pieces(sentence, ",、"):
        parts.append(fold(piece.norm))
        ends.append(ends[-1] + len(piece.norm))
    holding = [bisect.bisect_left(figures, (end,)) for end in ends]  # figures before each cut
    start, done = 0, 0
    for i, part in enumerate(parts):
        end, last = ends[i + 1], i == len(parts) - 1
        ready = holding[i + 1] > done or bool(_FOR_ALL.search(part))
        if ready and part.endswith("、") and not last and holding[i + 1] > done:
            behind = sentence.norm[figures[holding[i + 1] - 1][1] : end - 1]
            ready = not re.sub(r"\([^()]*\)", "", fold(behind)) or holding[i + 2] > holding[i + 1]
            around = [q.unit for q in promised[holding[i + 1] - 1 : holding[i + 1] + 1]]
            ready = ready and around != ["%", "%"]
        if ready or last:
            if sentence.norm[start:end].strip(" ,，、;；。"):
                yield sentence.slice(start, end)
            start, done = end, holding[i + 1]


def _joined(lines: Sequence[Text], text: Text) -> Iterator[Text]:
    """Task lines, a line that only says what a task is for joined to the task before it."""
    waiting: Text | None = None
    for line in lines:
        start = re.match(r"[\s,;、。]*", fold(line.norm)).end()
        if waiting is not None and not _promised(line) and _PURPOSE.match(line.norm, start):
            first, last = (bisect.bisect_left(text.at, at) for at in (waiting.at[0], line.at[0]))
            waiting = text.slice(first, last + len(line.norm))
            continue
        if waiting is not None:
            yield waiting
        waiting = line
    if waiting is not None:
        yield waiting
