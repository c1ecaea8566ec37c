"""The items of a document's lists: what each is called, what its lines say, and who answers for them.

A list is what is numbered (一、（一）1.（1）① 一是), what has bullets, or lines without any mark below a line that
announces them. An item knows the heading above it; each of its lines knows what it is about (目标任务：…, 完成情况：…)
and who answers for it. What belongs to no item is returned too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from minshi_analysis.facts.prose.duties import Duties, duties, is_note, note_of
from minshi_analysis.facts.prose.labels import about, labelled, promises_nothing
from minshi_analysis.facts.prose.meaning import SET_ASIDE, counts
from minshi_analysis.language.text import Text, fold
from minshi_analysis.layout.passages import LONGEST_HEADING, Passage, pieces

__all__ = ["TITLE", "Item", "Line", "Outside", "items_of"]

_ANNOUNCES = re.compile(
    r"(?:实事|项目|任务|清单|事项|工作|如下|以下|内容|分别是|[是为])[^,;。]{0,12}[:]$|(?:如下|清单|以下)。?$"
)
_LIST = re.compile(r"(?:民生|为民|惠民|实事|办实事)[^,;。]{0,20}$")
_MADE = re.compile(
    r"(?:全面|继续|持续|加快|推动|推进|免费|为)?(?:新[建增改开设]|[建改扩打创培发提举整治补配推实]|完成|启动|组织|开[展工通]|"
    r"加[快强装]|落实|解决|优化|免费|省道|县道)"
)
_WHO = re.compile(r"(?:责任|牵头|实施|配合|承办|主办|协办)(?:单位|部门|主体)|责任分工|职责分工")
_WHEN = re.compile(r"(?:完成|实施|办结|建设|工作)?(?:时限|期限|时间)(?:要求|安排)?$")
_PROMISES = re.compile(r"(?:实事|民生项目|民生工程)[^,;。:]{0,14}:")
_PROJECTS = r"(?:民生|为民|惠民)[^,;。]{0,6}实事"
_PERIOD = re.compile(
    r"(?:20\d\d年)?(?:\d{1,2}月?(?:-|至)\d{1,2}月|\d{1,2}月(?:底|份|[上中下]旬)?前?|[一二三四]季度|第[一二三四五]阶段"
    r"|[上下]半年)[,:。(]"
)
TITLE = "the title"
_SHORT = 25
_LONGEST_LINE = 90
_ENOUGH = 3
_NAME = "name"
_STEPS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an item: what it is about ('' where no label says it), its words, who answers, and where it stands."""

    kind: str
    text: Text
    said: Duties
    ref: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item.

    Attributes
    ----------
    number, name : str or None
        As printed; the name of an item whose lines are printed below it.
    head : Text or None
        The words of such a name, with their places.
    group : Passage or None
        The heading above it.
    lines : tuple of Line
    form : {"number", "bullet", "line"}
        What makes it an item of a list.
    told : bool
        Its lines are prose under a heading, where words without a figure explain.
    """

    number: str | None
    name: str | None
    head: Text | None
    group: Passage | None
    lines: tuple[Line, ...]
    form: str
    told: bool
    ref: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Outside:
    """A passage in no item, and why."""

    passage: Passage
    reason: str


@dataclass(slots=True)
class _Node:
    """A passage with the lines below it and the passages of deeper numbers."""

    passage: Passage | None
    depth: float
    bodies: list[Passage] = field(default_factory=list)
    below: list[_Node] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """What is gathered on the way, and what is known of the document."""

    year: int | None
    reports: bool
    outside: list[Outside] = field(default_factory=list)

    def leave(self, passages: Sequence[Passage], why: str = "") -> None:
        """Passages that belong to no item."""
        self.outside += [Outside(passage, why) for passage in passages]


def items_of(
    found: Sequence[Passage], *, year: int | None = None, reports: bool = False
) -> tuple[list[Item], list[Outside]]:
    """The items of all lists, in order, and what belongs to none.

    Parameters
    ----------
    found : sequence of Passage
        The document's passages, running lists unrolled.
    year : int or None
        The document's year.
    reports : bool
        The document reports (progress, completion).
    """
    walk = _Walk(year, reports)
    items = list(_of_node(_tree(found), None, {}, walk))
    return items, walk.outside


def _tree(found: Sequence[Passage]) -> _Node:
    root = _Node(None, -1)
    stack = [root]
    inside: tuple[float, int] | None = (
        None  # depth and next number of a list within an item of the same marks
    )
    passages = list(_titled(found))
    for k, passage in enumerate(passages):
        if passage.depth is None and not passage.heading:
            while stack[-1].passage is not None and stack[-1].passage.inline:
                stack.pop()  # behind a list within a paragraph nothing goes on with its last part
            stack[-1].bodies.append(passage)
            continue
        depth = _depth(passage)
        if inside and (depth != inside[0] or passage.number != str(inside[1]) or _opens(passages, k)):
            inside = None if depth <= inside[0] else inside
        if inside and depth == inside[0]:
            inside, depth = (depth, inside[1] + 1), depth + 0.5
        if _opens(passages, k):
            inside = (_depth(passage), 1)
        while stack[-1].depth >= depth:
            stack.pop()
        node = _Node(passage, depth)
        stack[-1].below.append(node)
        stack.append(node)
    return root


def _opens(found: Sequence[Passage], k: int) -> bool:
    """Whether a numbered heading opens a list with marks like its own: 1.稳就业, then 1.新增就业…, 2.培训…, 2.优教育."""
    if k + 1 >= len(found) or not found[k].heading or found[k].depth is None or counts(found[k].text):
        return False
    return found[k + 1].depth == found[k].depth and found[k + 1].number == "1"


def _depth(passage: Passage) -> float:
    """How deep a passage lies: by its number; a heading without one by its level, the title of a box in its chapter."""
    if passage.depth is not None:
        return passage.depth
    return passage.level - 0.5 if passage.level else 3.5


def _titled(found: Sequence[Passage]) -> Iterator[Passage]:
    """Passages, the short lines of a run that each name the longer one below them made headings."""
    k = 0
    while k < len(found):
        end = k
        while (
            end < len(found) and found[end].depth is None and not found[end].heading and not found[end].bullet
        ):
            end += 1
        run = list(found[k:end])
        first = next((i for i in range(len(run) - 3) if _names(run, i) and _names(run, i + 2)), None)
        for i, passage in enumerate(run):
            named = first is not None and i >= first and _names(run, i)
            yield replace(passage, heading=True) if named else passage
        if end < len(found):
            yield found[end]
        k = end + 1


def _names(run: Sequence[Passage], i: int) -> bool:
    """Whether a line is a bare title: short, without a figure or an end, and before a longer one that has them."""
    if i + 1 >= len(run):
        return False
    title, below = fold(run[i].text.norm).strip(), fold(run[i + 1].text.norm)
    if len(title) > _SHORT or re.search(r"[\d,;。:!?)]", title) or _WHO.match(title) or about(title):
        return False
    return len(below) > len(title) and bool(re.search(r"[。;]$", below)) and not is_note(run[i + 1].text)


def _of_node(node: _Node, group: Passage | None, given: Duties, walk: _Walk) -> Iterator[Item]:
    """The items of a node and of all below it."""
    given = given | _sections(node)
    for body in node.bodies if node.passage is not None and node.below else ():
        given = given | note_of(body.text)
    lists = [child for child in node.below if not _is_section(child)]
    if node.bodies and (node.passage is None or lists):
        yield from _of_bodies(node.bodies, group, given, walk, beside=bool(lists))
    for child in lists:
        yield from _of_child(child, node, lists, group, given, walk)


def _of_child(
    child: _Node, node: _Node, lists: Sequence[_Node], group: Passage | None, given: Duties, walk: _Walk
) -> Iterator[Item]:
    """The items of a numbered passage or heading: itself, or what is below it."""
    passage = child.passage
    if promises_nothing(passage.name, walk.year, walk.reports) and not _says(child, walk):
        walk.leave(_all(child), f"a chapter without promises ({passage.name})")
    elif passage.level and passage.depth is None and child is node.below[0] and node.depth < 0:
        walk.leave([passage], TITLE)
        yield from _of_node(_Node(None, child.depth, child.bodies, child.below), None, given, walk)
    elif _is_beside_the_list(child, lists):
        walk.leave(_all(child), "outside the list of livelihood projects")
    elif child.below and _labels_promise(child.bodies):
        yield _item(replace_below(child), group, given)
        if any(about(body.text.norm) == "steps" for body in child.bodies):
            walk.leave([p for below in child.below for p in _all(below)], SET_ASIDE["steps"])
        else:
            yield from _of_node(_Node(passage, child.depth, [], child.below), passage, given, walk)
    elif child.below and not counts(passage.text):
        walk.leave([passage], "a heading")
        yield from _of_node(child, passage, given, walk)
    elif child.below:
        yield from _with_parts(child, group, given, walk)
    elif _is_empty(child, lists):
        walk.leave([passage], "a heading with nothing below it")
    elif passage.heading and passage.depth is None and not _promising(child.bodies):
        yield from _of_bodies(child.bodies, passage, given, walk, beside=False)
    else:
        yield _item(child, group, given)


def _labels_promise(bodies: Sequence[Passage]) -> bool:
    """Whether the lines below a heading say by a label what it promises: its numbered parts are how."""
    return any(kind in ("promise", "result") for p in bodies for kind, _ in labelled(p.text))


def _is_empty(child: _Node, lists: Sequence[_Node]) -> bool:
    """Whether a heading has nothing below it, and is no item of a list of such lines."""
    bare = [other for other in lists if not other.bodies and not other.below]
    return (
        child.passage.heading and not child.bodies and len(bare) < _STEPS and not counts(child.passage.text)
    )


def _is_beside_the_list(child: _Node, siblings: Sequence[_Node]) -> bool:
    """Whether a chapter is about something else: another one names the projects and lists them (a work report)."""
    named = [n for n in siblings if n.below and re.search(_PROJECTS, fold(n.passage.text.norm))]
    return bool(named) and child not in named and not child.below


def _says(child: _Node, walk: _Walk) -> bool:
    """Whether a node is itself an item that says something, whatever its words remind of: 1.完善考核机制,新建…5个."""
    return child.depth >= 3 and not child.below and bool(counts(child.passage.text)) and not walk.reports


def _with_parts(child: _Node, group: Passage | None, given: Duties, walk: _Walk) -> Iterator[Item]:
    """An item that promises in its heading and has numbered parts below it.

    In a report they tell what became of it. In a plan they are items of their own where they promise something.
    """
    parts = [part for part in child.below]
    if walk.reports or not any(counts(p.text) for part in parts for p in _all(part)):
        item = _item(child, group, given)
        lines = [line for part in parts for p in _all(part) for line in _lines(p.text, p.ref)]
        yield replace(item, lines=(*item.lines, *lines))
        return
    yield _item(replace_below(child), group, given)
    yield from _of_node(_Node(child.passage, child.depth, [], parts), child.passage, given, walk)


def replace_below(node: _Node) -> _Node:
    return _Node(node.passage, node.depth, node.bodies, [])


def _all(node: _Node) -> list[Passage]:
    own = [node.passage] if node.passage else []
    return own + node.bodies + [p for child in node.below for p in _all(child)]


def _sections(node: _Node) -> Duties:
    """Who answers and by when, where sections of their own say it for everything beside them."""
    said: Duties = {}
    for child in filter(_is_section, node.below):
        for text in (child.passage.text, *(p.text for p in child.bodies)):
            said |= {k: v for k, v in note_of(text, bare=True).items() if k not in said}
    return said


def _is_section(node: _Node) -> bool:
    name = fold(node.passage.name)
    return len(name) <= 12 and bool(_WHO.search(name) or _WHEN.search(name)) and not node.below


def _promising(bodies: Sequence[Passage]) -> bool:
    return any(counts(p.text) for p in bodies)


def _item(node: _Node, group: Passage | None, given: Duties) -> Item:
    passage = node.passage
    telling = [body for body in node.bodies if not note_of(body.text, bare=True)]
    head = passage.text if passage.heading and telling and not counts(passage.text) else None
    lines = [] if head else list(_lines(passage.text, passage.ref, first=True))
    for body in node.bodies:
        lines += _lines(body.text, body.ref, lines[-1].kind if lines else "")
    if lines and about(passage.text.norm) and passage.heading:
        lines = [replace(line, kind=line.kind or about(passage.text.norm)) for line in lines]
    dated = [line for line in lines if _PERIOD.match(fold(line.text.norm))]
    if len(dated) >= _STEPS:  # 3-4月,开工; 5-6月,完成主体工程: how the works go on
        lines = [replace(line, kind="steps") if any(line is d for d in dated) else line for line in lines]
    told = passage.heading and head is not None and not _is_list(node.bodies, _SHORT)
    name = passage.name if head else None
    return Item(
        passage.number, name, head, group, _answered(lines, given), "number", told, passage.ref, passage.start
    )


def _lines(text: Text, ref: str, above: str = "", *, first: bool = False) -> Iterator[Line]:
    """The lines of a printed paragraph; one with nothing but a label names what comes below it."""
    alone = about(text.norm)
    if alone and len(text.norm) <= _SHORT:
        yield Line(alone, text.slice(len(text.norm), len(text.norm)), {}, ref)
        return
    for kind, part in labelled(text):
        if kind == "who":
            yield Line(kind, part, note_of(part), ref)
            continue
        said = note_of(part, bare=not first)
        if said:
            yield Line("who", part, said, ref)
            continue
        rest, said = duties(part)
        yield Line(kind or (above if above not in ("who", "") else ""), rest if said else part, said, ref)


def _answered(lines: Sequence[Line], given: Duties) -> tuple[Line, ...]:
    """Lines with who answers for each: its own words, else the note below it, else what holds for the whole plan."""
    out: list[Line] = []
    waiting = 0
    for line in lines:
        if line.kind != "who":
            out.append(line)
            continue
        for k in range(waiting, len(out)):
            out[k] = replace(out[k], said=line.said | out[k].said)
        if len(out) > waiting:
            last = len(out)
        else:
            last = waiting
            out = [
                replace(o, said=o.said | {k: v for k, v in line.said.items() if k not in o.said}) for o in out
            ]
        waiting = last if not _more_notes(lines, line) else waiting
    return tuple(replace(line, said=given | line.said) for line in out if line.text.norm.strip())


def _more_notes(lines: Sequence[Line], note: Line) -> bool:
    """Whether another note follows at once: 牵头单位 and 完成时限 on two lines are of the same lines."""
    k = next(i for i, line in enumerate(lines) if line is note)
    return k + 1 < len(lines) and lines[k + 1].kind == "who"


def _of_bodies(
    bodies: Sequence[Passage], group: Passage | None, given: Duties, walk: _Walk, *, beside: bool
) -> Iterator[Item]:
    """The items among lines without numbers: those with bullets, and those below a line that announces them.

    ``beside`` says that numbered items follow: then lines without a mark introduce them.
    """
    signs = [p.bullet for p in bodies]
    bulleted = {sign for sign in signs if sign and signs.count(sign) >= 2}
    if bulleted:
        yield from _bulleted(bodies, bulleted, group, given, walk)
        return
    if not beside and any(next(labelled(p.text), ("", None))[0] == _NAME for p in bodies):
        yield from _blocks(bodies, group, given, walk)
        return
    told = None if beside or walk.reports else _run_on(bodies)
    if told is not None:
        k, parts = told
        walk.outside += [Outside(p, "") for p in (*bodies[:k], *bodies[k + 1 :])]
        for part in parts:
            yield _bare([part], group, given, "line")
        return
    start = None if beside else _announced(bodies)
    if start is None:
        walk.outside += [Outside(p, "") for p in bodies]
        return
    walk.outside += [Outside(p, "") for p in bodies[:start]]
    lines = list(bodies[start:])
    while lines:
        first, lines = lines[0], lines[1:]
        own = [first]
        while lines and (is_note(lines[0].text) or note_of(lines[0].text, bare=True)):
            own.append(lines[0])
            lines = lines[1:]
        if len(first.text.norm) > _LONGEST_LINE and not counts(first.text):
            walk.outside.append(Outside(first, ""))
            continue
        yield _bare(own, group, given, "line")


def _blocks(bodies: Sequence[Passage], group: Passage | None, given: Duties, walk: _Walk) -> Iterator[Item]:
    """Items whose first line is 项目名称: …, with labelled lines below it."""
    own: list[Passage] = []
    for passage in [*bodies, None]:
        kind = next(labelled(passage.text), ("", None))[0] if passage else _NAME
        if kind != _NAME:
            if own:
                own.append(passage)
            else:
                walk.outside.append(Outside(passage, ""))
            continue
        if own:
            head = next(text for kind, text in labelled(own[0].text) if kind == _NAME)
            lines: list[Line] = []
            for below in own:
                lines += _lines(below.text, below.ref, lines[-1].kind if lines else "")
            lines = [line for line in lines if line.kind != _NAME]
            title = re.sub("[。:：;；]+$", "", head.norm.strip())
            yield Item(
                None, title, head, group, _answered(lines, given), "number", False, own[0].ref, own[0].start
            )
        own = [passage] if passage else []


def _bulleted(
    bodies: Sequence[Passage], signs: set[str], group: Passage | None, given: Duties, walk: _Walk
) -> Iterator[Item]:
    own: list[Passage] = []
    for passage in bodies:
        if passage.bullet in signs:
            if own:
                yield _bare(own, group, given, "bullet")
            own = [passage]
        elif (
            own and len(own) < 6 and (is_note(passage.text) or about(passage.text.norm) or _is_label(passage))
        ):
            own.append(passage)
        elif own and len(own) == 1 and len(own[0].text.norm) <= _SHORT and not counts(own[0].text):
            own.append(passage)  # ●教育助学 above its sentences
        else:
            walk.outside.append(Outside(passage, ""))
    if own:
        yield _bare(own, group, given, "bullet")


def _is_label(passage: Passage) -> bool:
    return next(labelled(passage.text), ("", passage.text))[0] != ""


def _bare(own: Sequence[Passage], group: Passage | None, given: Duties, form: str) -> Item:
    first = own[0]
    named = len(own) > 1 and not counts(first.text) and len(first.text.norm) <= LONGEST_HEADING
    named = named and not all(is_note(p.text) for p in own[1:])
    lines: list[Line] = []
    for passage in own[named:]:
        lines += _lines(passage.text, passage.ref, lines[-1].kind if lines else "", first=not lines)
    name = re.sub("[。:：*]+$", "", first.text.norm.strip()) if named else None
    head = first.text if named else None
    return Item(None, name, head, group, _answered(lines, given), form, named, first.ref, first.start)


def _announced(bodies: Sequence[Passage]) -> int | None:
    """Where the bare lines of a list begin: behind the line that announces them, or behind the title of a short page."""
    for k in range(len(bodies) - 1, -1, -1):
        words = fold(bodies[k].text.norm).strip()
        announces = _ANNOUNCES.search(words) or (
            k < 2 and len(words) <= LONGEST_HEADING and _LIST.search(words)
        )
        rest = bodies[k + 1 :]
        if announces and _is_list(rest):
            return k + 1
    return None


def _run_on(bodies: Sequence[Passage]) -> tuple[int, list[Passage]] | None:
    """The items of a running paragraph that announces them: 今年办好十件实事:新建幼儿园30所;改造小区120个。"""
    for k, passage in enumerate(bodies):
        folded = fold(passage.text.norm)
        lead = _PROMISES.search(folded)
        if lead is None:
            continue
        rest = passage.text.slice(lead.end(), len(folded))
        parts = [p for p in pieces(rest, "。;") if p.norm.strip(" 。；;")]
        if len(parts) >= _ENOUGH and sum(bool(counts(p)) for p in parts) >= 0.6 * len(parts):
            return k, [replace(passage, text=p, start=p.at[0], heading=False) for p in parts]
    return None


def _is_list(rest: Sequence[Passage], longest: int = _LONGEST_LINE) -> bool:
    """Whether lines are the items of a list: several, short, and most of them with a figure, a verb or who answers."""
    rest = [p for p in rest if not is_note(p.text)]
    short = [p for p in rest if len(p.text.norm) <= longest]
    if len(rest) < 2 or len(short) < 0.8 * len(rest):
        return False
    speaking = [p for p in rest if counts(p.text) or duties(p.text)[1] or _MADE.match(fold(p.text.norm))]
    return len(speaking) >= 0.6 * len(rest) and (len(rest) >= _ENOUGH or len(speaking) == len(rest))
