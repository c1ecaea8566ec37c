"""Where and with whom something was done: 在46个村开展改厕, 联合12所学校培训, 由4家单位承建. The count of these is no result of it."""

from __future__ import annotations

import re

from minshi_analysis.language.quantities import Quantity

__all__ = ["is_there"]

_WITH = re.compile(
    r"(?:^|[,;。:、(已均现前共并还])(?:在|依托|联合|由|通过|会同|借助)(?:全?[省市县区镇乡]|辖区内?|其中的?|了)*$"
)
_BODY = (
    r"[\u4e00-\u9fff]{0,8}?(?:医院|学校|小学|中学|幼儿园|高校|院校|卫生院|卫生室|中心|机构|企业|单位|部门|公司|银行|协会|"
    r"社区|村|乡镇|镇|乡|街道|县|市|区|旗|养老院|窗口|网点|站点?|门店|超市|队伍?)"
)
_DOES = re.compile(rf"(?:{_BODY})(?:、{_BODY})*[内里中]?(?:\([^()]*\))?(?=[,、]|[\u4e00-\u9fff]{{2}})")
_LED = re.compile(r"(?:^|[,;。:已均现前共])(?:组织|动员|发动|协调)了?(?:全?[省市县区镇乡])*$")
_TAKES_PART = re.compile(rf"(?:{_BODY})(?:开展|参与|参加|进行|实施)")
_PICKED = re.compile(r"(?:选取|选择|确定|遴选)了?(?:全?[省市县区镇乡])*$")
_TRIED = re.compile(rf"(?:{_BODY})[^,;。\d]{{0,4}}(?:作为?|为|开展|进行)[^,;。\d]{{0,4}}(?:试点|示范|样板)")


def is_there(folded: str, quantity: Quantity) -> bool:
    """Whether a figure counts the places or bodies where, by which or with which something else is done.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> def places(words):
    ...     return [q.value for q in parse_quantities(words, kind="progress") if is_there(words, q)]
    >>> places("在3家医院设立发热门诊5个"), places("46个村实现快递进村"), places("组织演出120场")
    ([3.0], [], [])
    """
    before, after = folded[: quantity.start], folded[quantity.end :]
    return any(
        left.search(before) and right.match(after)
        for left, right in ((_WITH, _DOES), (_LED, _TAKES_PART), (_PICKED, _TRIED))
    )
