"""The signature of a document: the office that issues it, and the day, below its last words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.layout.passages import Passage

__all__ = ["signature"]

_DAY = re.compile(
    r"20\d\d年\d{1,2}月\d{1,2}日|二[〇○零O0][〇○零O0一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff()\s]{2,30}(?:政府|办公室|办公厅|委员会|委|局|厅|部|办|处|院|中心|小组|指挥部|专班)"
)
_MORE = re.compile(r"附件|附表|附:")


def signature(found: Sequence[Passage]) -> list[Passage]:
    """The passages of a document that sign it: they say nothing of the item above them.

    An office and a whole date below it are one where they stand once, or before the attachments. Pairs that
    stand below every item are who answers for it, and by when.

    Examples
    --------
    >>> from minshi_analysis.layout.passages import passages
    >>> from minshi_analysis.reading.blocks import Paragraph
    >>> words = ["1.新建公园3个", "2.改造小区5个", "某县教育局", "2024年1月19日"]
    >>> printed = [Paragraph(w, 20 * k, 20 * k + len(w)) for k, w in enumerate(words)]
    >>> [passage.text.norm for passage in signature(passages(printed))]
    ['某县教育局', '2024年1月19日']
    """
    first = next((k for k, p in enumerate(found) if p.depth is not None), len(found))
    pairs = []
    for k in range(first + 1, len(found)):
        if not _is_day(found[k]):
            continue
        begin = k
        while begin - 1 > first and _is_office(found[begin - 1]):
            begin -= 1
        if begin < k or k + 1 == len(found):
            pairs.append((begin, k))
    covering = [
        (a, b) for a, b in pairs if b + 1 < len(found) and _MORE.match(found[b + 1].text.folded.strip())
    ]
    other = [pair for pair in pairs if pair not in covering]
    signing = covering + (other if len(other) == 1 else [])
    return [passage for a, b in signing for passage in found[a : b + 1]]


def _is_day(passage: Passage) -> bool:
    return passage.depth is None and bool(_DAY.fullmatch(passage.text.folded.replace(" ", "")))


def _is_office(passage: Passage) -> bool:
    return passage.depth is None and bool(_OFFICE.fullmatch(passage.text.folded.strip()))
