"""Officials' names on the pages of sources: left out, and their places marked, unless they are asked for.

Documents print who answers for a task. Reports speak of bodies and not of persons; the page of a source, which prints
everything else, keeps as many signs as there were, so that lines, places and offsets stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from minshi_analysis.language.text import simplified

__all__ = ["HIDDEN", "hidden", "names_of"]

HIDDEN = "×"
_CHINESE = "\u4e00-\u9fff"
_BEFORE = (
    "责任人",
    "负责人",
    "联系人",
    "联络员",
    "经办人",
    "领导",
    "局长",
    "主任",
)  # what may stand before a name without a stop
_BETWEEN = re.compile("[、,，;；/\\s]+")


def names_of(responsible: Iterable[str]) -> tuple[str, ...]:
    """The names in the column ``responsible`` of tasks, each once.

    Examples
    --------
    >>> names_of(["方毅、吴金富", "方毅"])
    ('吴金富', '方毅')
    """
    found = (name for cell in responsible for name in _BETWEEN.split(cell) if len(name) > 1)
    return tuple(sorted(set(found)))


def hidden(text: str, names: Iterable[str]) -> str:
    """The text with a sign in place of each sign of a name that stands by itself: in a cell, in a list, behind 责任人.

    Examples
    --------
    >>> hidden("市民政局 | 方 毅 | 吳金富 |", ["方毅", "吴金富"])
    '市民政局 | × × | ××× |'
    >>> hidden("方毅然小学一所，责任人:方毅。", ["方毅"])
    '方毅然小学一所，责任人:××。'
    """
    names = sorted(names, key=len, reverse=True)
    if not names:
        return text
    spaced = "|".join(r"[ \u3000]*".join(map(re.escape, name)) for name in names)
    before = "|".join(f"(?<={word})" for word in _BEFORE)
    alone = re.compile(rf"(?:(?<![{_CHINESE}])|{before})(?:{spaced})(?![{_CHINESE}])")
    signs = list(text)
    for found in alone.finditer(simplified(text)):
        for place in range(*found.span()):
            if not signs[place].isspace():
                signs[place] = HIDDEN
    return "".join(signs)
