"""The marks that open an item: 一、 （一） 1. （1） ① 一是 ●, printed at the head of a line or within a paragraph.

Some of them open an item only where others of their kind stand around them: a bare `1` on a line of its own, `1 新建`,
`1.5000户`, `一是`. These are counted first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minshi_analysis.language.dates import find_dates
from minshi_analysis.language.quantities import parse_quantities

__all__ = ["BULLET", "NOTE", "Mark", "counted", "in_line", "number_of"]

_HAN = "〇零一二三四五六七八九十百"
_COUNT_ON = (4, 5)
_SAID = 7  # depth of 一是, 第一,
# Ways to number, the outermost first; depth is the place in this list.
_NUMBERS = (
    re.compile(rf"第(?P<n>[{_HAN}\d]{{1,4}})(?:[篇编章]|部分)[\s、:]*"),
    re.compile(rf"第(?P<n>[{_HAN}\d]{{1,4}})节[\s、:]*"),
    re.compile(
        rf"(?P<n>[{_HAN}]{{1,4}})(?:、|[.](?!\d))|(?P<o>第[{_HAN}\d]{{1,4}}[项件](?:实事)?)[,:、.]?\s*"
    ),
    re.compile(rf"\((?P<n>[{_HAN}]{{1,4}})\)[、.]?\s*|(?P<o>[㈠-㈩])[、.]?\s*"),
    re.compile(
        r"(?P<n>\d{1,3})(?:、(?!\d{1,2}(?:月|季度))|[.](?!\d)|[.](?=(?:19|20)\d\d年)|。(?=\S))\s*|(?P<o>[⒈-⒛])\s*"
        rf"|(?:实事|项目|任务)之?(?P<q>[{_HAN}]{{1,3}})[:、]\s*"
    ),
    re.compile(r"\((?P<n>\d{1,3})\)[、.]?\s*|(?P<o>\d{1,3})\)\s*|(?P<p>[⑴-⒇])\s*"),
    re.compile(r"(?P<n>[①-⑳❶-❿])[、.]?\s*"),
)
_FIRSTS = "①⑴⒈㈠❶"  # of the numbers that are one character, each followed by the others
_OF = r"(?:填[表报写]|[编绘]制|制表|有关|相关|几点|指标|数据|名词|口径)"
_NOTED = rf"(?:备注|附?注|注释|{_OF}?(?:说明|解释))"
# What a note begins with, folded: 注:, 备注1:, (说明:, [注], 填表说明.
NOTE = re.compile(rf"[(\[]?{_NOTED}\d{{0,2}}[)\]]?[:：]|[(\[]{_NOTED}\d{{0,2}}[)\]]|填[表报写]说明$")
BULLET = re.compile(r"[-*•·■□●○◎◆◇▪▲△►▶➢➤★☆※√✓—#\s]+(?=\S)")
# Marks that count only in a row, by how they are told apart: at the head of a printed line.
_WEAK = (
    (4, re.compile(r"0?(?P<n>\d{1,2})[.．](?=\d)")),  # 1.5000户
    (4, re.compile(r"0?(?P<n>\d{1,2})[ \u3000\xa0]+(?=[^\d\s])")),  # 1 新建
    (4, re.compile(r"0?(?P<n>\d{1,2})[.．、]?\s*$")),
    (4, re.compile(r"0(?P<n>\d)(?=[\u4e00-\u9fff])")),  # 01新建
    (4, re.compile(r"(?P<n>\d{4})[、.](?!\d)")),  # 1000、新建, behind 999、
    (_SAID, re.compile(rf"(?P<n>[{_HAN[2:]}]{{1,3}})[是要](?=\S)")),
    (_SAID, re.compile(rf"第(?P<n>[{_HAN[2:]}]{{1,3}})[,，、:：]\s*")),
    (4, re.compile(r"(?P<n>[1-9]\d?)(?=[\u4e00-\u9fff]{2})")),  # 1优化, 2加快, where it counts nothing
)
_MAY_COUNT = (1, len(_WEAK) - 1)
# The same within a paragraph; what is printed before them ends something.
_BEHIND = r"(?:^|(?<=[。;:,、!?\s]))"
_IN_LINE = (
    (2, re.compile(rf"(?:^|(?<=[。;:]))(?P<n>[{_HAN[2:]}]{{1,3}})、")),
    (3, re.compile(rf"\((?P<n>[{_HAN[2:]}]{{1,3}})\)[、.]?")),
    (4, re.compile(r"(?:^|(?<=[。;:\s]))(?P<n>\d{1,2})[、.](?!\d)")),
    (5, re.compile(r"\((?P<n>\d{1,2})\)[、.]?")),
    (6, re.compile(r"(?P<n>[①-⑳])[、.]?")),
    (_SAID, re.compile(rf"{_BEHIND}(?P<n>[{_HAN[2:]}]{{1,3}})[是要](?=\S)")),
    (_SAID, re.compile(rf"{_BEHIND}第(?P<n>[{_HAN[2:]}]{{1,3}})(?:[,、:]|件[是为,:])")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: how deep it lies, its number as digits, and how many characters it takes."""

    depth: int
    number: str
    length: int


def number_of(folded: str) -> Mark | None:
    """The mark with which a folded text begins, where it needs no others beside it.

    Examples
    --------
    >>> number_of("(三)新建书房"), number_of("1.5万户")
    (Mark(depth=3, number='3', length=3), None)
    """
    for depth, pattern in enumerate(_NUMBERS):
        match = pattern.match(folded)
        if match:
            printed = next(group for group in match.groups() if group)
            return Mark(depth, _digits(printed), match.end())
    return None


def counted(printed: Sequence[str], folded: Sequence[str]) -> list[Mark | None]:
    """The mark of each paragraph, bullets before it included; weak ones only where the number before or after is there.

    ``printed`` are the paragraphs as printed, ``folded`` their tidy and folded words.
    """
    marks: list[Mark | None] = []
    weak: list[tuple[int, Mark, int] | None] = []  # depth, mark, kind
    for raw, words in zip(printed, folded, strict=True):
        bullet = BULLET.match(words)
        skip = bullet.end() if bullet else 0
        mark = number_of(words[skip:])
        marks.append(mark and Mark(mark.depth, mark.number, skip + mark.length))
        weak.append(None if mark else _weak(raw, words))
    rows = [(k, mark.depth, int(mark.number), -1) for k, mark in enumerate(marks) if mark]
    rows += [
        (k, mark.depth, int(mark.number), kind) for k, w in enumerate(weak) if w for _, mark, kind in [w]
    ]
    for depth in (4, _SAID):
        own = sorted(row for row in rows if row[1] == depth)
        for i, (k, _, number, kind) in enumerate(own):
            beside = [*own[max(0, i - 1) : i], *own[i + 1 : i + 2]]
            near = [n - number for _, _, n, other in beside if other in (-1, kind)]
            follows = (i and own[i - 1][2] == number - 1 and own[i - 1][3] in (-1, kind)) or (
                i + 1 < len(own) and own[i + 1][2] == number + 1 and own[i + 1][3] in (-1, kind)
            )
            if marks[k] is None and near and follows:
                marks[k] = weak[k][1]
    return marks


def _weak(raw: str, words: str) -> tuple[int, Mark, int] | None:
    """A mark that counts only in a row; none where the number counts something (5月底前, 10件)."""
    for kind, (depth, pattern) in enumerate(_WEAK):
        match = pattern.match(raw.lstrip() if depth == 4 else words)
        if not match or match["n"] in ("0", "00"):
            continue
        if kind in _MAY_COUNT and _counts(words):
            return None
        length = len(re.sub(r"\s", "", match[0])) if depth == 4 else match.end()
        return depth, Mark(depth, _digits(match["n"]), length), kind
    return None


def _counts(words: str) -> bool:
    if any(quantity.start == 0 for quantity in parse_quantities(words[:24])):
        return True
    return any(date.start == 0 for date in find_dates(words[:24], year=2000))


def in_line(folded: str, own: tuple[int | None, str | None]) -> list[tuple[int, Mark]]:
    """Where the parts of a numbered paragraph begin, each with its mark: 1, 2, 3 … of one kind, in order.

    ``own`` is the paragraph's own depth and number: a list that goes on with 2. in the same line counts too.

    Examples
    --------
    >>> [(at, mark.number) for at, mark in in_line("如下:一是建书房5家;二是建学校3所", (None, None))]
    [(3, '1'), (11, '2')]
    """
    best: list[tuple[int, Mark]] = []
    for depth, pattern in _IN_LINE:
        found = [m for m in pattern.finditer(folded) if not _inside(folded, m.start())]
        if own[0] == depth and own[1] is not None:  # its own list goes on in the same line
            cuts = _in_order(found, depth, int(own[1]) + 1)
            if cuts:
                return cuts
            continue
        cuts = _in_order(found, depth, 1)
        if len(cuts) < 2 and depth in _COUNT_ON and found:  # a part of a list that counts on
            cuts = _in_order(found, depth, int(_digits(found[0]["n"])))
        if len(cuts) >= 2 and (not best or cuts[0][0] < best[0][0]):
            best = cuts
    return best


def _in_order(found: Sequence[re.Match], depth: int, due: int) -> list[tuple[int, Mark]]:
    """The marks that count on from a number, each with where it stands."""
    cuts = []
    for match in found:
        if _digits(match["n"]) == str(due):
            cuts.append((match.start(), Mark(depth, str(due), match.end() - match.start())))
            due += 1
    return cuts


def _inside(folded: str, at: int) -> bool:
    """Whether a place lies in quotation marks or in an open bracket."""
    before = folded[:at]
    return before.count('"') % 2 == 1 or before.count("(") > before.count(")")


def _digits(printed: str) -> str:
    """五 → 5, 十二 → 12, ③ → 3, 第一项 → 1."""
    printed = re.sub(r"[第项件实事]", "", printed)
    if printed.isascii():
        return str(int(printed))
    first = next((first for first in _FIRSTS if first <= printed <= chr(ord(first) + 19)), None)
    if first is not None:
        return str(ord(printed) - ord(first) + 1)
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
