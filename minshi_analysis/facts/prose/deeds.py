"""What is done to the people or places that a figure counts: 为200个|乡镇卫生院配备DR is a promise of equipment, not of hospitals."""

from __future__ import annotations

import re

from minshi_analysis.language import phrases as p
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.quantities import Quantity
from minshi_analysis.language.text import fold

__all__ = ["deed_of"]

_WORKS = re.compile("实施|开展")
_NAME = 24  # characters: longer words say more than a name


def deed_of(quantity: Quantity, folded: str) -> str:
    """The noun behind a number with what is done there, where no word before the number is; else nothing.

    Parameters
    ----------
    quantity : Quantity
    folded : str
        The sentence that it stands in.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> [deed_of(q, words) for words in ("为200个卫生院配备救护车", "新建5个卫生院配备救护车") for q in parse_quantities(words)]
    ['卫生院配备救护车', '']
    """
    noun = fold(quantity.measure)
    right = re.split("[,;。:!?]", folded[quantity.end : quantity.end + 2 * _NAME])[0]
    if (number := re.search(r"\d", right)) is not None:
        right = right[: max(right.rfind("、", 0, number.start()), 0)]  # …安装呼叫器、为800名…
    if not noun or "的" in noun or not 0 < len(right) <= _NAME or not right.startswith(noun):
        return ""
    before = clause_before(folded, quantity.start, "、")
    if before.startswith("在") and _WORKS.match(right, len(noun)):
        return ""  # 在8个村实施治理工程: how many places, and no word of how many works
    done = p.ACT_BEHIND.fullmatch(right, len(noun)) and not p.STATE_BEHIND.search(right, len(noun))
    return right.removesuffix("等") if done and not p.MADE.search(before) else ""
