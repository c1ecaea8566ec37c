"""What was put to the vote and not chosen (未列入的候选项目, 以下项目落选): nobody promises it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.language.phrases import CHOSEN, NOT_CHOSEN, SPARE, VOTED
from minshi_analysis.layout.passages import LONGEST_HEADING, Passage

__all__ = ["rejected"]

_VOTED = re.compile(VOTED)
_SAID_OF_ONE = re.compile(rf"[(,、](?:{NOT_CHOSEN})\)")  # 改造农贸市场4个(96票,未通过)


def rejected(found: Sequence[Passage]) -> list[Passage]:
    """The passages of a document that tell what was not chosen: such items, and all below a line that announces them.

    备选项目 are such beside those that were chosen; a page of candidates alone has not been voted on yet.

    Examples
    --------
    >>> from minshi_analysis.layout.passages import passages
    >>> from minshi_analysis.reading.blocks import Paragraph
    >>> words = ["一、入选项目", "1.新建公园3个。", "二、落选项目", "1.改造小区5个。"]
    >>> printed = [Paragraph(w, 20 * k, 20 * k + len(w)) for k, w in enumerate(words)]
    >>> [passage.text.norm for passage in rejected(passages(printed))]
    ['落选项目', '改造小区5个。']
    """
    if not any(_VOTED.search(passage.text.folded) for passage in found):
        return []  # 未通过验收, 未列入规划
    told = [passage for passage in found if _announces(passage)]
    chosen = any(re.search(CHOSEN, _without(p)) for p in told)
    words = re.compile(f"{NOT_CHOSEN}|{SPARE}" if chosen else NOT_CHOSEN)
    out: list[Passage] = []
    opened: Passage | None = None
    for passage in found:
        if opened is not None and _ends(passage, opened):
            opened = None
        if opened is None and _announces(passage) and words.search(passage.text.folded):
            opened = passage
        if opened is not None or _SAID_OF_ONE.search(passage.text.folded):
            out.append(passage)
    return out


def _announces(passage: Passage) -> bool:
    folded = passage.text.folded.rstrip()
    return passage.heading or (
        passage.depth is None and folded.endswith(":") and len(folded) <= LONGEST_HEADING
    )


def _without(passage: Passage) -> str:
    """A passage's words without those that deny: 未入选 says nothing of what was chosen."""
    return re.sub(NOT_CHOSEN, "", passage.text.folded)


def _ends(passage: Passage, opened: Passage) -> bool:
    """Whether a passage is no longer below the one that announces."""
    if not _announces(passage):
        return opened.depth is not None and passage.depth is not None and passage.depth <= opened.depth
    if opened.depth is None and not opened.level:
        return True
    return _rank(passage) <= _rank(opened)


def _rank(passage: Passage) -> float:
    return passage.depth if passage.depth is not None else passage.level - 0.5 if passage.level else 0.0
