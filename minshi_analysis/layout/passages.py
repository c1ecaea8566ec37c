"""Paragraphs as a reader takes them in: whole, numbered, under their headings, cut into sentences.

A paragraph that a page break or a footnote cut in two is one passage. Its number (一、 （一） 1. （1） ①
第一项) says how deep it lies; the words up to the first full stop may be its name (`1.人才集聚行动。面向…`).
Everything still knows where it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minshi_analysis.language.text import Text, clean, fold
from minshi_analysis.reading.blocks import Paragraph

__all__ = ["Passage", "passages", "pieces", "sentences"]

_HAN = "〇零一二三四五六七八九十百"
# Ways to number, the outermost first; depth is the place in this list.
_NUMBERS = (
    re.compile(rf"第(?P<n>[{_HAN}\d]{{1,4}})(?:[篇编章]|部分)[\s、:]*"),
    re.compile(rf"第(?P<n>[{_HAN}\d]{{1,4}})节[\s、:]*"),
    re.compile(
        rf"(?P<n>[{_HAN}]{{1,4}})(?:、|[.](?!\d))|(?P<o>第[{_HAN}\d]{{1,4}}[项件](?:实事)?)[,:、.]?\s*"
    ),
    re.compile(rf"\((?P<n>[{_HAN}]{{1,4}})\)[、.]?\s*"),
    re.compile(r"(?P<n>\d{1,3})(?:、|[.](?!\d))\s*"),
    re.compile(r"\((?P<n>\d{1,3})\)[、.]?\s*|(?P<o>\d{1,3})\)\s*"),
    re.compile(r"(?P<n>[①-⑳])[、.]?\s*"),
)
_ITEMS = 4  # from this depth on, short lines may be items as well as headings
_ORDER = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BULLET = re.compile(r"[-*•·■●◆▪—#\s]+(?=\S)")
_BOX = re.compile(r"专[栏欄]")
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

    @property
    def name(self) -> str:
        """The words that name the passage: a whole heading, or what stands before the first full stop."""
        if self.heading:
            return re.sub("[。:：]+$", "", self.text.norm.strip())
        match = _RUN_IN.match(fold(self.text.norm))
        return self.text.norm[: match.end() - 1] if match else ""


def passages(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """Paragraphs joined where a page break cut them, with their numbers read.

    Examples
    --------
    >>> cut = [Paragraph("5. 改造12处,筹集", 0, 12), Paragraph("住房4万套。", 14, 20)]
    >>> [(p.number, p.text.norm, p.heading) for p in passages(cut)]
    [('5', '改造12处,筹集住房4万套。', False)]
    """
    groups: list[list[tuple[Paragraph, Text]]] = []
    for paragraph in paragraphs:
        text = clean(paragraph.text, paragraph.start)
        if not text.norm.strip():
            continue
        if groups and _goes_on(groups[-1], paragraph, text):
            groups[-1].append((paragraph, text))
        else:
            groups.append([(paragraph, text)])
    return [_passage(group) for group in groups]


def _goes_on(group: list[tuple[Paragraph, Text]], paragraph: Paragraph, text: Text) -> bool:
    """Whether a paragraph carries on the last one: that one ends no sentence, this one begins nothing."""
    (first, _), (_, last) = group[0], group[-1]
    begun = fold(text.norm)
    if begun[0] in ",;。、)":
        return True
    if first.level or paragraph.level or _number(begun) or _BOX.match(begun) or begun[0] in "-*•#":
        return False
    end = fold(last.norm[-40:])
    if _CLOSED.search(end):
        return False
    # What is short and says nothing yet is a title, unless it breaks off in a list.
    return (
        len(group) > 1
        or end[-1] in ",、"
        or len(last.norm) > LONGEST_HEADING
        or bool(re.search(r"[,;。]", fold(last.norm)))
    )


def _passage(group: list[tuple[Paragraph, Text]]) -> Passage:
    first, last = group[0][0], group[-1][0]
    norm = "".join(text.norm for _, text in group)
    at = [offset for _, text in group for offset in text.at[:-1]] + [group[-1][1].at[-1]]
    folded = fold(norm)
    bullet = _BULLET.match(folded)
    skip = bullet.end() if bullet else 0
    found = _number(folded[skip:])
    depth, number, length = found or (None, None, 0)
    text = Text(norm[skip + length :], at[skip + length :])
    box = bool(_BOX.match(folded[skip:]))
    body = folded[skip + length :].strip()
    short = len(body) <= LONGEST_HEADING and not re.search(r"[,;。].|[,;。!?]$", body)
    item = depth is not None and depth >= _ITEMS and any(char.isdigit() for char in body)  # 1.新建书房5家
    numbered = depth is not None and short and not item
    heading = box or body in _TITLES or (first.level > 0 and not item) or numbered
    return Passage(text, first.start, last.end, first.ref, depth, number, first.level, heading, box)


def _number(folded: str) -> tuple[int, str, int] | None:
    """Depth, number as digits and length of the number that a folded text begins with."""
    for depth, pattern in enumerate(_NUMBERS):
        match = pattern.match(folded)
        if match:
            printed = next(group for group in match.groups() if group)
            return depth, _digits(printed), match.end()
    return None


def _digits(printed: str) -> str:
    """五 → 5, 十二 → 12, ③ → 3, 第一项 → 1."""
    printed = re.sub(r"[第项件实事]", "", printed)
    if printed.isascii():
        return str(int(printed))
    if printed in _ORDER:
        return str(_ORDER.index(printed) + 1)
    values = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
    hundreds, _, rest = printed.rpartition("百")
    tens, ten, ones = rest.partition("十")
    total = 100 * values[hundreds] if hundreds else 0
    if ten:
        return str(
            total
            + 10 * (values[tens.lstrip("零")] if tens.lstrip("零") else 1)
            + (values[ones] if ones else 0)
        )
    digits = "".join(str(values[c]) for c in rest) if rest else "0"
    return str(total + int(digits))


def sentences(text: Text, marks: str = "。!?") -> Iterator[Text]:
    """The sentences of a text; brackets and quotes are not cut."""
    yield from pieces(text, marks)


def pieces(text: Text, marks: str) -> Iterator[Text]:
    """A text cut behind every mark that stands outside brackets and quotation marks.

    Examples
    --------
    >>> [p.norm for p in pieces(clean("新(改、扩)建5所、改造2所"), "、")]
    ['新(改、扩)建5所、', '改造2所']
    """
    folded = fold(text.norm)
    start, inside, quoted = 0, 0, False
    for i, char in enumerate(folded):
        if char in "([":
            inside += 1
        elif char in ")]":
            inside = max(0, inside - 1)
        elif char == '"':
            quoted = text.norm[i] in "“「『" or (text.norm[i] == '"' and not quoted)
        elif char in marks and (char in "。;!?" or not (inside or quoted)):
            yield text.slice(start, i + 1)
            start, inside, quoted = i + 1, 0, False
    if start < len(folded):
        yield text.slice(start, len(folded))
