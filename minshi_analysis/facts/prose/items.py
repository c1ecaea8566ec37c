"""The items of a document's lists: what each is called, what its lines say, and who answers for them.

A list is what is numbered (一、（一）1.（1）① 一是), what has bullets, or lines without any mark below a line that
announces them. An item knows the heading above it; each of its lines knows what it is about (目标任务：…, 完成情况：…)
and who answers for it. What belongs to no item is returned too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from minshi_analysis.facts.prose.duties import Duties, agencies, duties, is_note, note_of, together
from minshi_analysis.facts.prose.evidence import REASONS, SET_ASIDE
from minshi_analysis.facts.prose.item import SHORT, Item, Line, Outside, Search, answered, lines_of
from minshi_analysis.facts.prose.labels import about, labelled, promises_nothing
from minshi_analysis.facts.prose.meaning import Place, counts, figures_of
from minshi_analysis.facts.prose.rejected import rejected
from minshi_analysis.facts.prose.signature import signature
from minshi_analysis.facts.prose.unmarked import is_list, unmarked_items
from minshi_analysis.language.agencies import BODIES, HELPS, LEADS
from minshi_analysis.language.kin import countable
from minshi_analysis.language.text import fold
from minshi_analysis.layout.passages import Passage

__all__ = ["AGAIN", "TITLE", "Item", "Line", "Outside", "items_of"]

_WHO = re.compile(rf"(?:{LEADS}|{HELPS})(?:{BODIES})|责任分工|职责分工")
_WHEN = re.compile(r"(?:完成|实施|办结|建设|工作)?(?:时限|期限|时间)(?:要求|安排)?$")
_PROJECTS = r"(?:民生|为民|惠民)[^,;。]{0,6}实事"
_PERIOD = re.compile(
    r"(?:20\d\d年)?(?:\d{1,2}月?(?:-|至)\d{1,2}月|\d{1,2}月(?:底|份|[上中下]旬)?前?|[一二三四]季度|第[一二三四五]阶段"
    r"|[上下]半年)[,:。(]"
)
_TITLED = re.compile(r"[^,;。:]{2,40}(?:工程|行动|计划|项目|专项)。")  # a name that is printed as a sentence
_LATE = re.compile(
    r"(?:其他|其余)?(?:进[展度]|推进|建设)?(?:滞后|缓慢|较慢|未完成|未达标|未达序时)的?(?:项目|事项|实事|任务|工程)[^,;。:]{0,8}:"
)
TITLE = "the title"
AGAIN = "the target, repeated"
_STEPS = 2
_PARTS = 2
_LONGEST_NAME = 60  # characters of the words above an item's parts


@dataclass(slots=True)
class _Node:
    """A passage with the lines below it and the passages of deeper numbers."""

    passage: Passage | None
    depth: float
    bodies: list[Passage] = field(default_factory=list)
    below: list[_Node] = field(default_factory=list)


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
    search = Search(year, reports)
    signed = signature(found)
    search.leave(signed, "a signature")
    apart = set(map(id, signed))
    refused = [p for p in rejected(found) if id(p) not in apart]
    search.leave(refused, SET_ASIDE["refused"])
    behind = _behind(found) if reports else []
    search.leave(behind, SET_ASIDE["next"])
    apart.update(map(id, (*refused, *behind)))
    found = [p for p in found if id(p) not in apart]
    items = list(_of_node(_tree(found), None, {}, search))
    return items, search.outside


def _behind(found: Sequence[Passage]) -> list[Passage]:
    """The paragraphs of a report that tell of what is late, each with its parts: they say nothing of the item above them."""
    out: list[Passage] = []
    inside = False
    for passage in found:
        if not passage.inline:
            inside = passage.depth is None and not passage.heading and bool(_LATE.match(passage.text.folded))
        if inside:
            out.append(passage)
    return out


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
    title, below = run[i].text.folded.strip(), run[i + 1].text.folded
    if len(title) > SHORT or re.search(r"[\d,;。:!?)]", title) or _WHO.match(title) or about(title):
        return False
    says = re.search(r"[。;]$|[。;].{0,4}(?:单位|部门)[:]", below)
    return len(below) > len(title) and bool(says) and not is_note(run[i + 1].text)


def _of_node(node: _Node, group: Passage | None, given: Duties, search: Search) -> Iterator[Item]:
    """The items of a node and of all below it."""
    given = given | _sections(node)
    for body in node.bodies if node.passage is not None and node.below else ():
        given = given | note_of(body.text)
    lists = [child for child in node.below if not _is_section(child)]
    if node.bodies and (node.passage is None or lists):
        yield from unmarked_items(node.bodies, group, given, search, beside=bool(lists))
    for child in lists:
        yield from _of_child(child, node, lists, group, given, search)


def _of_child(
    child: _Node, node: _Node, lists: Sequence[_Node], group: Passage | None, given: Duties, search: Search
) -> Iterator[Item]:
    """The items of a numbered passage or heading: itself, or what is below it."""
    passage = child.passage
    called, said = _answers(passage)
    given = given | said | _said_below(child, lists)
    title = passage.level and passage.depth is None and child is node.below[0] and node.depth < 0
    alone = title and len(node.below) == 1 and child.below  # all that is printed stands below it
    if not alone and promises_nothing(passage.name, search.year, search.reports) and not _says(child, search):
        search.leave(_all(child), f"a chapter without promises ({passage.name})")
    elif title:
        search.leave([passage], TITLE)
        if child.below:
            yield from _of_node(_Node(None, child.depth, child.bodies, child.below), None, given, search)
        else:
            yield from unmarked_items(child.bodies, None, given, search, beside=False, above=[passage])
    elif _is_beside_the_list(child, lists):
        search.leave(_all(child), "outside the list of livelihood projects")
    elif child.below and _labels_promise(child.bodies):
        yield _item(_alone(child), group, given)
        if any(about(body.text.norm) == "steps" for body in child.bodies):
            search.leave([p for below in child.below for p in _all(below)], SET_ASIDE["steps"])
        else:
            yield from _of_node(_Node(passage, child.depth, [], child.below), called, given, search)
    elif child.below and not counts(passage.text) and _are_labels(child.below):
        parts = [line for part in child.below for p in _all(part) for line in lines_of(p.text, p.ref)]
        item = replace(_item(_alone(child), group, given), name=passage.name or None, head=passage.text)
        yield replace(item, lines=answered(parts, given))
    elif child.below and (not counts(passage.text) or _only_rated(child, search)):
        search.leave([passage], REASONS["rate"] if counts(passage.text) else "a heading")
        if search.reports and all(part.passage.inline for part in child.below) and _promising(child.bodies):
            yield _item(_alone(child), group, given)
            child = _Node(passage, child.depth, [], child.below)
        yield from _of_node(child, called, given, search)
    elif child.below:
        yield from _with_parts(child, group, given, search)
    elif _is_empty(child, lists):
        search.leave([passage], "a heading with nothing below it")
    elif passage.heading and passage.depth is None and not _promising(child.bodies):
        yield from unmarked_items(child.bodies, called, given, search, beside=False)
    else:
        yield _item(child, group, given)


def _said_below(child: _Node, lists: Sequence[_Node]) -> Duties:
    """Who answers for all parts of an item, as a line of its own below the last of them says.

    No other part has such a line, and the items beside it end with one too: else it may be the last part's alone.
    """
    if len(child.below) < _PARTS or not _ends_with_note(child):
        return {}
    beside = [other for other in lists if other is not child]
    if not any(map(_ends_with_note, beside)):
        return {}
    said: Duties = {}
    for note in _closing(child):
        said = together(said, note_of(note.text), note.text)
    return said


def _ends_with_note(node: _Node) -> bool:
    """Whether lines that say who answers are the last of an item, and no others in it say so."""
    closing = _closing(node)
    return bool(closing) and not any(_answers_itself(p) for p in _all(node)[: -len(closing)])


def _closing(node: _Node) -> list[Passage]:
    """The lines at an item's end that say who answers: 主办单位:…, and below it 协办单位:…"""
    bodies = _last(node).bodies
    k = len(bodies)
    while k and is_note(bodies[k - 1].text):
        k -= 1
    return bodies[k:]


def _answers_itself(passage: Passage) -> bool:
    return is_note(passage.text) or any(key != "due" for key in duties(passage.text)[1])


def _last(node: _Node) -> _Node:
    while node.below:
        node = node.below[-1]
    return node


def _answers(passage: Passage) -> tuple[Passage, Duties]:
    """A heading as what is below it knows it, without the bracket that says who answers for it and by when; what that says.

    Words of its own may say so too: 一、县教育局牵头(2项).
    """
    if not passage.heading:
        short = len(passage.text.norm) <= _LONGEST_NAME and not re.search("。.|[以如]下", passage.text.folded)
        bare = short and passage.depth is not None and not passage.name
        return replace(passage, heading=True) if bare else passage, {}  # 治理“餐桌污染”,建设“放心工程”
    words = re.sub(r"\([^()]*\)$", "", fold(passage.name))
    if re.search(r"(?:牵头|负责)$", words):
        return passage, agencies(words)
    name, said = duties(passage.text)
    return replace(passage, text=name), said


def _only_rated(child: _Node, search: Search) -> bool:
    """Whether a report's heading only says how far all below it is (总体进度95%): its parts promise and report themselves."""
    if not search.reports or not any(counts(part.passage.text) for part in child.below):
        return False
    figures = figures_of(child.passage.text, Place(True, "", search.year, likely="result"))
    return bool(figures) and all(figure.reading == "rate" for figure in figures)


def _labels_promise(bodies: Sequence[Passage]) -> bool:
    """Whether the lines below a heading say by a label what it promises: its numbered parts are how."""
    return any(kind in ("promise", "result") for p in bodies for kind, _ in labelled(p.text))


def _are_labels(parts: Sequence[_Node]) -> bool:
    """Whether the numbered parts of an item are its labelled lines: (1)年度目标:… (2)完成情况:…"""
    return any(next(labelled(n.passage.text), ("",))[0] in ("promise", "result") for n in parts)


def _is_empty(child: _Node, lists: Sequence[_Node]) -> bool:
    """Whether a heading has nothing below it, and is no item of a list of such lines."""
    bare = [other for other in lists if not other.bodies and not other.below]
    return (
        child.passage.heading and not child.bodies and len(bare) < _STEPS and not counts(child.passage.text)
    )


def _is_beside_the_list(child: _Node, siblings: Sequence[_Node]) -> bool:
    """Whether a chapter is about something else: another one names the projects and lists them (a work report)."""
    named = [n for n in siblings if n.below and re.search(_PROJECTS, n.passage.text.folded)]
    return bool(named) and child not in named and not child.below


def _says(child: _Node, search: Search) -> bool:
    """Whether a node is itself an item that says something, whatever its words remind of: 1.完善考核机制,新建…5个."""
    return child.depth >= 3 and not child.below and bool(counts(child.passage.text)) and not search.reports


def _with_parts(child: _Node, group: Passage | None, given: Duties, search: Search) -> Iterator[Item]:
    """An item that promises in its heading and has numbered parts below it.

    In a report they tell what became of it, but for those that print its promises again, each with its own bodies and
    results: these are the items. In a plan they are items of their own where they promise something.
    """
    parts = [part for part in child.below]
    if search.reports and _print_again(parts, child.passage):
        search.leave([child.passage], AGAIN)
        yield from _of_node(
            _Node(child.passage, child.depth, child.bodies, parts), child.passage, given, search
        )
        return
    if search.reports or not any(counts(p.text) for part in parts for p in _all(part)):
        item = _item(child, group, given)
        lines = [line for part in parts for p in _all(part) for line in lines_of(p.text, p.ref)]
        yield replace(item, lines=(*item.lines, *lines))
        return
    yield _item(_alone(child), group, given)
    yield from _of_node(_Node(child.passage, child.depth, [], parts), child.passage, given, search)


def _print_again(parts: Sequence[_Node], heading: Passage) -> bool:
    """Whether numbered parts promise one by one what their heading promises together."""
    promised = [{(q.value, q.unit) for q in counts(part.passage.text)} for part in parts]
    return (
        all(promised)
        and len(parts) > 1
        and set.union(*promised) == {(q.value, q.unit) for q in counts(heading.text)}
    )


def _alone(node: _Node) -> _Node:
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
    says = len(name) <= 12 and bool(_WHO.search(name) or _WHEN.search(name)) and not node.below
    return says and not counts(node.passage.text)  # 改造小区9个(责任单位:…)


def _promising(bodies: Sequence[Passage]) -> bool:
    return any(counts(p.text) for p in bodies)


def _item(node: _Node, group: Passage | None, given: Duties) -> Item:
    passage = node.passage
    telling = [body for body in node.bodies if not note_of(body.text, bare=True)]
    names = passage.heading or bool(_TITLED.fullmatch(passage.text.folded.strip()))
    head = passage.text if names and telling and not counts(passage.text) else None
    lines = [] if head else list(lines_of(passage.text, passage.ref, first=True))
    for body in node.bodies:
        lines += lines_of(body.text, body.ref, lines[-1].kind if lines else "")
    if lines and about(passage.text.norm) and passage.heading:
        lines = [replace(line, kind=line.kind or about(passage.text.norm)) for line in lines]
    dated = [line for line in lines if _PERIOD.match(line.text.folded)]
    if len(dated) >= _STEPS:  # 3-4月,开工; 5-6月,完成主体工程: how the works go on
        lines = [replace(line, kind="steps") if any(line is d for d in dated) else line for line in lines]
    called = passage.name
    if head is None and _prints_its_promise(lines):
        head, called, given = lines[0].text, "", given | lines[0].said
        lines = lines[1:]
    told = head is not None and not is_list(node.bodies, SHORT)
    name = called or re.sub("[。:：*]+$", "", head.norm.strip()) if head else None
    return Item(
        passage.number, name, head, group, answered(lines, given), "number", told, passage.ref, passage.start
    )


def _prints_its_promise(lines: Sequence[Line]) -> bool:
    """Whether an item is called by the figures that a labelled line of it promises: 新增学位5000个项目, 任务目标:…学位不少于5000个."""
    if not lines or lines[0].kind:
        return False
    goals = [line.text for line in lines[1:] if line.kind == "promise"]
    called, promised = counts(lines[0].text), [q for goal in goals for q in counts(goal)]
    words = "".join(goal.folded for goal in goals)
    return bool(called) and all(
        any(own.value == q.value and countable(own.unit, q.unit) for q in promised)
        and (not own.measure or any(a + b in words for a, b in pairwise(fold(own.measure))))
        for own in called
    )
