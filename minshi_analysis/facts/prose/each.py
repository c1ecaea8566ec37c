"""So much for each of so many: 日间照料中心5所,每所60平方米. It says how large each of them is, and no more is promised by it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.language.clauses import begin_of
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import Quantity

__all__ = ["is_of_each", "is_size_of_each"]

_CLASSIFIER = r"个|所|座|家|名|位|条|户|处|栋|幢|间|场|期|批|台|辆|套|人|村|校|班|站|点"
_EACH = re.compile(
    r"每(?:一|个|所|座|家|名|位|条|户|县|市|区|乡|镇|村|街道|社区|旗|团|连|校|班|乡镇|镇街|[县市区乡镇村]+个?)[^,;。:\d]{0,12}$"
)
_EACH_MAKES = re.compile(
    r"各(?![类项级界种族方门])[^,;。:\d]{0,8}$"
)  # 为12个乡镇配备救护车各1辆, 各镇新建公厕2座
_EACH_LEVEL = re.compile(r"每(?:[百千万亿]|[一二三四五六七八九十]*[百千万])|每[个位名]?[年月周季日天]")
_ONE = re.compile(rf"(?:平均)?(?:每一?|单)(?P<unit>{_CLASSIFIER})(?P<noun>[^,;。:\d]{{0,12}})$")
_ANY = frozenset({"个", "处", "家"})  # 每个, of whatever was counted
_PARTS = re.compile(r"[;。]")


def is_of_each(clause: str) -> bool:
    """Whether a figure is that of each of several, by the words before it in its clause.

    Examples
    --------
    >>> is_of_each("每个乡镇新建不少于"), is_of_each("为12个乡镇配备救护车各"), is_of_each("每千名老人床位")
    (True, True, False)
    """
    return bool(_EACH_MAKES.search(clause) or (_EACH.search(clause) and not _EACH_LEVEL.search(clause)))


def is_size_of_each(folded: str, quantity: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether a figure says how much each has of what is counted before it in the same sentence.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> def sizes(words):
    ...     found = parse_quantities(words, kind="plan")
    ...     return [q.value for q in found if is_size_of_each(words, q, found)]
    >>> sizes("新建中心5所,每所60平方米"), sizes("新建公厕5处,单处投资5万元"), sizes("每个乡镇新建1所"), sizes("招聘会12场,每场30家")
    ([60.0], [5.0], [], [30.0])
    """
    if quantity.unit == "%":
        return False
    start = begin_of(folded, quantity.start, ";。")
    clause = re.split("[,:]", folded[start : quantity.start])[-1]
    one = _ONE.search(clause)
    if one is None or _EACH_LEVEL.search(clause):
        return False
    counted = [q for q in quantities if start <= q.start and q.end <= quantity.start - len(one[0])]
    return any(same_unit(q.unit, one["unit"]) or (one["unit"] in _ANY and _is_counted(q)) for q in counted)


def _is_counted(quantity: Quantity) -> bool:
    return len(quantity.unit) == 1 and quantity.unit not in "元人名户亩米%"
