"""Paragraphs as a reader takes them in: whole, numbered, under their headings, cut into sentences.

A paragraph that a page break or a footnote cut in two is one passage. Its number (一、 （一） 1. （1） ①
第一项) says how deep it lies; the words up to the first full stop may be its name (`1.人才集聚行动。面向…`).
Everything still knows where it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from minshi_analysis.language.dates import find_dates
from minshi_analysis.language.text import Text, fold
from minshi_analysis.layout.marks import BULLET, NOTE, Mark, counted, in_line
from minshi_analysis.reading.blocks import Paragraph

__all__ = ["BOXED", "Passage", "passages", "pieces", "sentences", "unrolled", "with_words"]

_ITEMS = 4  # from this depth on, short lines may be items as well as headings
_COUNTED = re.compile(r"\d[万亿]?[\u4e00-\u9fff()%]{0,6}$")  # …30个以上
_BEGINS = re.compile(r"新[建增改开]|[建改扩打]|完成|实施|开展|推进|组织|为\d|提供|培训|发放|[^:]{2,8}:")
_ANSWERED = re.compile(r"(?:单位|部门|领导|[时期][限间])[:][^。;]{2,}$")
_LABEL = re.compile(r"[\u4e00-\u9fff()]{2,10}:")  # 建设内容:
_DATED = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:$|\D{0,3}(?:\d{1,2}:\d\d|来源|作者|稿源|编辑))")
_NAME_LABEL = re.compile(r"^(?:项目|实事|工程|任务|事项)(?:名称|标题)[:：]\s*")
BOXED = re.compile(
    r"(?:索引号|文号|来源|信息来源|作者|记者|编辑|责任编辑|发布(?:机构|单位|时间|日期|人)|(?:生成|成文|发文|公开|更新)(?:日期|时间|方式)|时间|日期|主题分类|浏览次数)[:]"
)
_BOX = re.compile(r"专[栏欄]")
_CUT = re.compile(
    r"[\u4e00-\u9fff][^:\d]{0,3}\d[\d,]*[.,]?$"
)  # …改造公路1: the number may go on in the next line
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_HOLE = "\ufffc"  # what may stand between two digits is not known
_CLOSED = re.compile(r"[。!?;:)\]…|]$|[。!?][\"']$")
_RUN_IN = re.compile(r"[^。;:!?]{2,40}?[。::](?=\S)")
_TITLES = ("前言", "序言", "引言", "附件", "附录", "目录")
LONGEST_HEADING = 45


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, whole.

    Attributes
    ----------
    text : Text
        The tidy text without the number, with printed offsets.
    start, end : int
        Where the whole passage, number included, was printed.
    ref : str
        Reference for formats without plain text.
    depth : int or None
        How deep its number lies (0 第一章, 1 第一节, 2 一、, 3 （一）, 4 1., 5 （1）, 6 ①); None without one.
    number : str or None
        The printed number as digits (`五` is `5`).
    level : int
        Level of a heading where the format knows it, else 0.
    heading : bool
        It only names what follows.
    box : bool
        The title of a box (专栏).
    bullet : str
        The sign that opens it (●, -), where it has one.
    inline : bool
        It is a numbered part of a running paragraph.
    """

    text: Text
    start: int
    end: int
    ref: str
    depth: int | None
    number: str | None
    level: int
    heading: bool
    box: bool
    bullet: str = ""
    inline: bool = False

    @property
    def name(self) -> str:
        """The words that name the passage: a whole heading, or what stands before the first full stop."""
        if self.heading:
            return re.sub("[。:：*]+$", "", _NAME_LABEL.sub("", self.text.norm.strip()))
        match = _RUN_IN.match(self.text.folded)
        return self.text.norm[: match.end() - 1] if match else ""


def passages(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """Paragraphs joined where a page break cut them, with their numbers read.

    Examples
    --------
    >>> cut = [Paragraph("5. 改造12处,筹集", 0, 12), Paragraph("住房4万套。", 14, 20)]
    >>> [(p.number, p.text.norm, p.heading) for p in passages(cut)]
    [('5', '改造12处,筹集住房4万套。', False)]
    """
    texts = [(paragraph, paragraph.said) for paragraph in paragraphs if paragraph.said.norm.strip()]
    marks = counted([paragraph.text for paragraph, _ in texts], [text.folded for _, text in texts])
    groups: list[_Group] = []
    alone: tuple[Mark, Paragraph] | None = None  # a number on a line of its own
    for k, (paragraph, text) in enumerate(texts):
        mark = marks[k]
        if mark is not None and mark.length >= len(text.norm.rstrip()) and k + 1 < len(texts):
            alone = (mark, paragraph)
        elif alone is not None:
            groups.append(_Group([(paragraph, text)], replace(alone[0], length=0), alone[1]))
            alone = None
        elif groups and _goes_on(groups[-1], paragraph, text, mark):
            groups[-1].parts.append((paragraph, text))
        else:
            groups.append(_Group([(paragraph, text)], mark, paragraph))
    return [_passage(group) for group in groups]


@dataclass(slots=True)
class _Group:
    """The printed paragraphs of one passage, its number, and where it begins."""

    parts: list[tuple[Paragraph, Text]]
    mark: Mark | None
    first: Paragraph


def _goes_on(group: _Group, paragraph: Paragraph, text: Text, mark: Mark | None) -> bool:
    """Whether a paragraph carries on the last one: that one ends no sentence, this one begins nothing."""
    (first, head), (_, last) = group.parts[0], group.parts[-1]
    begun = text.folded
    if begun[0] in ",;。、)":
        return True
    if first.level or paragraph.level or mark or _BOX.match(begun) or begun[0] in "#" or BULLET.match(begun):
        return False
    if NOTE.match(begun) or BOXED.match(last.folded) or BOXED.match(begun) or _DATED.match(begun):
        return False  # 索引号:… 生成日期:2020-11-26
    end = last.folded[-40:]
    if _cuts_number(end, begun):
        return True
    if _CLOSED.search(end) or _LABEL.match(begun) or (_ANSWERED.search(end) and end[-1] not in ",、"):
        return False
    if _COUNTED.search(end) and _BEGINS.match(begun):
        return False  # two lines of a list
    if group.mark and end[-1] not in ",、" and (_COUNTED.search(end) or _is_whole(first)):
        return False
    if (opened := BULLET.match(head.folded)) and not opened[0].strip(" -*#—"):
        return False
    if opened:  # a list's line is cut where the page ends: what it counts is still to come
        return not (_COUNTED.search(end) or _BEGINS.match(begun))
    # What is short and says nothing yet is a title, unless it breaks off in a list.
    return (
        len(group.parts) > 1
        or end[-1] in ",、"
        or len(last.norm) > LONGEST_HEADING
        or bool(re.search(r"[,;。]", last.folded))
    )


def _cuts_number(end: str, begun: str) -> bool:
    """Whether a line breaks off within a number that the next one goes on with: 改造公路1 | 20公里."""
    cut = _CUT.search(end)
    return bool(cut) and begun[0].isdigit() and not find_dates(end[cut.start() :], year=2000)


def _is_whole(paragraph: Paragraph) -> bool:
    """Whether the format knows where its paragraphs end: neither plain text nor the lines of a page do."""
    return bool(paragraph.ref) and "/" not in paragraph.ref


def _passage(group: _Group) -> Passage:
    first, last = group.first, group.parts[-1][0]
    text = _joined([text for _, text in group.parts])
    bullet = BULLET.match(text.folded)
    skip = bullet.end() if bullet else 0
    mark = group.mark
    depth, number, length = (mark.depth, mark.number, mark.length) if mark else (None, None, skip)
    return _told(
        text.slice(length, len(text.norm)),
        Passage(
            text.slice(len(text.norm), len(text.norm)), first.start, last.end, first.ref, depth, number, group.parts[0][0].level,
            False, bool(_BOX.match(text.folded[skip:])), bullet[0].strip()[:1] if bullet else "",
        ),
    )  # fmt: skip


def _joined(parts: Sequence[Text]) -> Text:
    if len(parts) == 1:
        return parts[0]
    norm = ""
    at: list[int] = []
    for text in parts:
        if norm and _cuts_number(norm[-40:], text.folded):
            norm, at = norm + _HOLE, [*at, text.at[0]]  # neither part is the number
        norm, at = norm + text.norm, [*at, *text.at[:-1]]
    return Text(norm, [*at, parts[-1].at[-1]], fold(norm))


def _told(text: Text, about: Passage) -> Passage:
    """A passage with its words, and whether they only name what follows."""
    body = text.folded.strip()
    short = len(body) <= LONGEST_HEADING and not re.search(r"[,;。].|[,;。!?]$", body)
    item = about.depth is not None and about.depth >= _ITEMS and any(char.isdigit() for char in body)
    numbered = about.depth is not None and short and not item  # 1.新建书房5家 is an item
    heading = about.box or body in _TITLES or (about.level > 0 and not item) or numbered
    return replace(about, text=text, heading=heading)


def with_words(passage: Passage, text: Text) -> Passage:
    """A passage of which only these words are left: they may name what follows where the whole did not."""
    return _told(text, passage)


def unrolled(found: Sequence[Passage]) -> list[Passage]:
    """Passages with each numbered part of a running paragraph as a passage of its own.

    Examples
    --------
    >>> said = "今年办好三件事:(1)建书房5家。(2)建学校3所;一是甲地1所;二是乙地2所。"
    >>> [(p.number, p.text.norm) for p in unrolled(passages([Paragraph(said, 0, len(said))]))][:3]
    [(None, '今年办好三件事:'), ('1', '建书房5家。'), ('2', '建学校3所;')]
    """
    out: list[Passage] = []
    for passage in found:
        if passage.box or (passage.heading and passage.depth is None):
            out.append(passage)
            continue
        own = (passage.depth, passage.number)
        cuts = in_line(passage.text.folded, own)
        if not cuts:
            out.append(passage)
            continue
        edges = [*cuts, (len(passage.text.norm), None)]
        lead = passage.text.slice(0, cuts[0][0])
        if lead.norm.strip():
            out += unrolled([_told(lead, passage)])
        parts = []
        for (at, mark), (end, _) in zip(cuts, edges[1:], strict=True):
            text = passage.text.slice(at + mark.length, end)
            if text.norm.strip():
                start = passage.text.at[at]
                about = replace(
                    passage, start=start, end=text.span(0, len(text.norm))[1], depth=mark.depth,
                    number=mark.number, level=0, bullet="", inline=True,
                )  # fmt: skip
                parts.append(_told(text, about))
        out += unrolled(parts)
    return out


def sentences(text: Text, marks: str = "。!?") -> Iterator[Text]:
    """The sentences of a text; brackets and quotes are not cut."""
    yield from pieces(text, marks)


def _groups(folded: str, i: int) -> bool:
    """Whether a comma only parts the digits of a number: 2,150户."""
    return folded[i] == "," and _THOUSANDS.match(folded, max(0, i - 1)) is not None


@cache
def _edges(marks: str) -> re.Pattern[str]:
    """Where a text may be cut, and what opens and closes."""
    return re.compile(rf'[()\[\]"{re.escape(marks)}]')


def pieces(text: Text, marks: str) -> Iterator[Text]:
    """A text cut behind every mark that stands outside brackets and quotation marks.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> [p.norm for p in pieces(clean("新(改、扩)建5所、改造2所"), "、")]
    ['新(改、扩)建5所、', '改造2所']
    """
    folded = text.folded
    start, inside, quoted = 0, 0, False
    for edge in _edges(marks).finditer(folded):
        i, char = edge.start(), edge[0]
        if char in "([":
            inside += 1
        elif char in ")]":
            inside = max(0, inside - 1)
        elif char == '"':
            quoted = text.norm[i] in "“「『" or (text.norm[i] == '"' and not quoted)
        elif (char in "。;!?" or not (inside or quoted)) and not _groups(folded, i):
            yield text.slice(start, i + 1)
            start, inside, quoted = i + 1, 0, False
    if start < len(folded):
        yield text.slice(start, len(folded))
