"""Lists without numbers: lines with bullets, below a line that announces them, or in a paragraph that does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from minshi_analysis.facts.prose.duties import Duties, duties, is_note, note_of
from minshi_analysis.facts.prose.item import SHORT, Item, Line, Search, answered, lines_of
from minshi_analysis.facts.prose.labels import about, labelled
from minshi_analysis.facts.prose.meaning import counts, is_reporting
from minshi_analysis.layout.passages import BOXED, LONGEST_HEADING, Passage, pieces, sentences

__all__ = ["is_list", "unmarked_items"]

_ANNOUNCES = re.compile(
    r"(?:实事|项目|任务|清单|事项|工作|如下|以下|内容|分别是|[是为])[^,;。]{0,12}[:]$|(?:如下|清单|以下)。?$"
)
_LIST = re.compile(r"(?:民生|为民|惠民|实事|办实事)[^,;。]{0,20}$")
_MADE = re.compile(
    r"(?:全面|继续|持续|加快|推动|推进|免费|为)?(?:新[建增改开设]|[建改扩打创培发提举整治补配推实]|完成|启动|组织|开[展工通]|"
    r"加[快强装]|落实|解决|优化|免费|省道|县道)"
)
_PROMISES = re.compile(r"(?:实事|民生项目|民生工程)[^,;。:]{0,14}:")
_FURNITURE = re.compile(
    r"[(\[]?(?:(?:发布|发文|更新|成文|信息|发表)?(?:时间|日期|来源)[:]|(?:责任)?编辑[:]|责编|记者|作者|浏览|字[号体]|分享|打印"
    r"|扫一扫|上一[篇页]|下一[篇页]|附件|.{2,20}(?:政府|办公室|委员会)$|20\d\d年\d+月\d+日)"
)
_NEWS = re.compile(  # 本报讯(记者某某)昨日下午,…; 某某网1月22日讯; 记者从市政府获悉
    r"[\u4e00-\u9fff]{2,12}(?:\d{1,2}月)?\d{1,2}日[讯电]|(?:本[报网刊台站]|[\u4e00-\u9fff]{2,8}[报网社台刻])[^,;。\d]{0,6}[讯电](?=[\s(:,]|[昨今近日\d])"
    r"|(?:[昨今近]日|\d{1,2}月\d{1,2}日)?,?(?:本报)?记者(?:[昨今近]日)?从[^,;。]{2,20}(?:获悉|了解到)"
)
_LONGEST_LINE = 90
_ENOUGH = 3
_PLANNED = re.compile(r"(?:今年|全年|年初|年度)?(?:原)?计划")
_NAME = "name"


def unmarked_items(
    bodies: Sequence[Passage],
    group: Passage | None,
    given: Duties,
    search: Search,
    *,
    beside: bool,
    above: Sequence[Passage] = (),
) -> Iterator[Item]:
    """The items among lines without numbers: those with bullets, and those below a line that announces them.

    ``beside`` says that numbered items follow: then lines without a mark introduce them. ``above`` is the document's
    title, where that stands right above the lines.
    """
    signs = [p.bullet for p in bodies]
    bulleted = {sign for sign in signs if sign and signs.count(sign) >= 2}
    if bulleted:
        yield from _bulleted(bodies, bulleted, group, given, search)
        return
    opening = None if beside else _opening(bodies)
    if opening is not None:
        yield from _blocks(bodies, opening, group, given, search)
        return
    heads = [] if beside else _answered(bodies)
    if heads:
        search.leave(bodies[: heads[0]])
        for k, end in zip(heads, [*heads[1:], len(bodies)], strict=True):
            last = max(i for i in range(k, end) if i == k or _is_labelled(bodies[i])) + 1
            yield _bare(bodies[k:last], group, given, "line")
            search.leave(bodies[last:end])
        return
    told = None if beside or search.reports else _run_on(bodies)
    if told is not None:
        k, parts = told
        search.leave([*bodies[:k], *bodies[k + 1 :]])
        for part in parts:
            yield _bare([part], group, given, "line")
        return
    start = None if beside else _announced([*above, *bodies])
    if start is None:
        tracked = set() if beside or not search.reports else _followed_up(bodies)
        for k, passage in enumerate(bodies):
            if k in tracked:
                yield _bare([passage], group, given, "paragraph")
            else:
                search.leave([passage])
        return
    start -= len(above)
    search.leave(bodies[:start])
    yield from _lines_as_items(bodies[start:], group, given, search)


def _answered(bodies: Sequence[Passage]) -> list[int]:
    """Where items begin that no mark tells, each a line with labelled ones below it: who answers, by when, what is done first."""
    heads = [
        k
        for k, (passage, below) in enumerate(pairwise(bodies))
        if not _is_labelled(passage) and _is_labelled(below) and not _FURNITURE.match(passage.text.folded)
    ]
    answered = [k for k in heads if is_note(bodies[k + 1].text) and counts(bodies[k].text)]
    return heads if len(answered) >= 2 and len(answered) * 2 > len(heads) else []


def _is_labelled(passage: Passage) -> bool:
    return is_note(passage.text) or _is_label(passage)


def _lines_as_items(
    bodies: Sequence[Passage], group: Passage | None, given: Duties, search: Search
) -> Iterator[Item]:
    """Each line as an item, with the lines below it that say who answers for it."""
    lines = list(bodies)
    while lines:
        first, lines = lines[0], lines[1:]
        own = [first]
        while lines and (is_note(lines[0].text) or note_of(lines[0].text, bare=True)):
            own.append(lines[0])
            lines = lines[1:]
        if any(form.match(first.text.folded) for form in (_FURNITURE, _NEWS, BOXED)):
            search.leave([first])
            continue
        if len(first.text.norm) > _LONGEST_LINE and not counts(first.text):
            search.leave([first])
            continue
        yield _bare(own, group, given, "line")


def _opening(bodies: Sequence[Passage]) -> str | None:
    """The kind of label with which each of several blocks begins: 项目名称, or 任务目标 that 进展情况 follows."""
    kinds = [_kind_of(passage) for passage in bodies]
    if _NAME in kinds:
        return _NAME
    order = [kind for kind in kinds if kind in ("promise", "result")]
    answered = sum(pair == ("promise", "result") for pair in pairwise(order))
    return "promise" if answered >= 2 and answered * 2 == len(order) else None


def _kind_of(passage: Passage) -> str:
    return next(labelled(passage.text), ("", None))[0]


def _blocks(
    bodies: Sequence[Passage], opening: str, group: Passage | None, given: Duties, search: Search
) -> Iterator[Item]:
    """Items that begin with a label (项目名称: …), with labelled lines below it; what stands before the first is none."""
    starts = [k for k, passage in enumerate(bodies) if _kind_of(passage) == opening]
    search.leave(bodies[: starts[0]])
    for k, end in zip(starts, [*starts[1:], len(bodies)], strict=True):
        own = bodies[k:end]
        if opening != _NAME:
            last = max(i for i, passage in enumerate(own) if _kind_of(passage) or is_note(passage.text)) + 1
            search.leave(own[last:])
            own = own[:last]
        lines: list[Line] = []
        for below in own:
            lines += lines_of(below.text, below.ref, lines[-1].kind if lines else "")
        head = next((text for kind, text in labelled(own[0].text) if kind == _NAME), None)
        title = re.sub("[。:：;；]+$", "", head.norm.strip()) if head else None
        lines = [line for line in lines if line.kind != _NAME]
        yield Item(
            None, title, head, group, answered(lines, given), "number", False, own[0].ref, own[0].start
        )


def _bulleted(
    bodies: Sequence[Passage], signs: set[str], group: Passage | None, given: Duties, search: Search
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
        elif own and len(own) == 1 and len(own[0].text.norm) <= SHORT and not counts(own[0].text):
            own.append(passage)  # ●教育助学 above its sentences
        else:
            search.leave([passage])
    if own:
        yield _bare(own, group, given, "bullet")


def _is_label(passage: Passage) -> bool:
    return next(labelled(passage.text), ("", passage.text))[0] != ""


def _followed_up(bodies: Sequence[Passage]) -> set[int]:
    """Which paragraphs of a report are items without a mark: each begins with what was to be done, and goes on to tell what was.

    改造农村公路3000公里。上半年已完成610公里。 One alone may be anything; three with little between them are a list.
    """
    found = [k for k, passage in enumerate(bodies) if _is_followed_up(passage)]
    if len(found) < _ENOUGH or len(found) < 0.6 * (found[-1] + 1 - found[0]):
        return set()
    return set(found)


def _is_followed_up(passage: Passage) -> bool:
    first, *rest = [part for part in sentences(passage.text, "。") if part.norm.strip()] or [passage.text]
    if _PLANNED.match(first.folded):  # 计划改造60公里,已完成38公里
        return bool(counts(first))
    if is_reporting(first):
        return False
    bare = len(first.norm) <= LONGEST_HEADING and not re.search("[,;:]", first.folded.rstrip("。"))
    return bare and any(is_reporting(part) and counts(part) for part in rest)


def _bare(own: Sequence[Passage], group: Passage | None, given: Duties, form: str) -> Item:
    first = own[0]
    named = len(own) > 1 and not counts(first.text) and len(first.text.norm) <= LONGEST_HEADING
    named = named and not all(is_note(p.text) for p in own[1:])
    lines: list[Line] = []
    for passage in own[named:]:
        lines += lines_of(passage.text, passage.ref, lines[-1].kind if lines else "", first=not lines)
    name = re.sub("[。:：*]+$", "", first.text.norm.strip()) if named else None
    head = first.text if named else None
    return Item(None, name, head, group, answered(lines, given), form, named, first.ref, first.start)


def _announced(bodies: Sequence[Passage]) -> int | None:
    """Where the bare lines of a list begin: behind the line that announces them, or behind the title of a short page."""
    for k in range(len(bodies) - 1, -1, -1):
        words = bodies[k].text.folded.strip()
        announces = _ANNOUNCES.search(words) or (
            k < 2 and len(words) <= LONGEST_HEADING and _LIST.search(words)
        )
        rest = bodies[k + 1 :]
        if announces and is_list(rest):
            return k + 1
    return None


def _run_on(bodies: Sequence[Passage]) -> tuple[int, list[Passage]] | None:
    """The items of a running paragraph that announces them: 今年办好十件实事:新建幼儿园30所;改造小区120个。"""
    for k, passage in enumerate(bodies):
        folded = passage.text.folded
        lead = _PROMISES.search(folded)
        if lead is None:
            continue
        rest = passage.text.slice(lead.end(), len(folded))
        parts = [p for p in pieces(rest, "。;") if p.norm.strip(" 。；;")]
        if len(parts) >= _ENOUGH and sum(bool(counts(p)) for p in parts) >= 0.6 * len(parts):
            return k, [replace(passage, text=p, start=p.at[0], heading=False) for p in parts]
    return None


def is_list(rest: Sequence[Passage], longest: int = _LONGEST_LINE) -> bool:
    """Whether lines are the items of a list: several, short, and most of them with a figure, a verb or who answers."""
    rest = [p for p in rest if not is_note(p.text)]
    short = [p for p in rest if len(p.text.norm) <= longest]
    if len(rest) < 2 or len(short) < 0.8 * len(rest):
        return False
    speaking = [p for p in rest if counts(p.text) or duties(p.text)[1] or _MADE.match(p.text.folded)]
    return len(speaking) >= 0.6 * len(rest) and (len(rest) >= _ENOUGH or len(speaking) == len(rest))
