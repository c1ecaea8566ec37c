"""Where and with whom something was done: 在46个村开展改厕, 联合12所学校培训, 由4家单位承建. The count of these is no result of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.language.grammar import word_set
from minshi_analysis.language.quantities import Quantity

__all__ = ["is_actor", "is_there", "may_act"]

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

# Who does something, at the head of a clause: (全区)18个社区组织活动90次, 由15支队伍巡查河道300公里.
_HEAD = re.compile(
    r"(?:^|[,;。:!?、)])(?P<led>(?:计划|将|拟|并|全年|年内)*(?:由|依托|通过|联合|会同|组织|发动|动员)?)"
    r"(?:全?[省市州县区旗镇乡]|辖区内?|现有|已有|各类|的)*$"
)
_PERSON = (
    r"[\u4e00-\u9fff]{0,8}?(?:志愿者|医生|医师|专家|律师|讲师|辅导员|教师|社工|队员|干部|网格员|"
    r"(?:医务|医护|执法|工作|技术|科技)人员)"
)
_HOUSE = r"[\u4e00-\u9fff]{0,10}?(?:活动室|分馆|图书馆|文化馆|博物馆|体育馆|美术馆|剧院|剧团|书房|书屋|食堂)"
_WHO = rf"(?:{_BODY}|{_PERSON}|{_HOUSE})"
_ACTS = re.compile(
    rf"{_WHO}(?:[、和]{_WHO})*(?:\([^()]*\))?(?:每年|全年|分别|共|累计|计划|将|定期|常态化|免费)*"
    r"(?P<act>提供|开展|举办|组织|承办|举行|巡查|巡防|巡护|走访|派出|送|演出|接诊|义诊|宣讲|放映|服务)"
    r"(?:(?!改造|建设|[新扩改]建|安装|加装|配备|整治|修缮|加固|试点)[^,;。:!?\d])*(?=\d)"  # 10所学校开展食堂改造、提供服务2万人次
)
_WORKS_TOO = frozenset(("开展", "组织"))  # 8所学校开展校舍加固12栋: both are promised
_OF_ACTS = word_set("场 次 场次 期 期次 人次 节 堂 课时 批 批次 例 例次 小时 户次 趟 件次")


def is_actor(folded: str, quantity: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether a promise's figure counts who does what is counted behind it in its clause, and not what is promised.

    Sure is only what no works are counted so: 32家医院开展义诊200场, or who is led to it: 由15支队伍巡查河道300公里.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> def acting(words):
    ...     found = parse_quantities(words, kind="plan")
    ...     return [q.value for q in found if is_actor(words, q, found)]
    >>> acting("32家医院开展义诊200场"), acting("改造460个活动室,开展活动20场"), acting("100所学校开展心理健康教育")
    ([32.0], [], [])
    """
    if (acts := _acts(folded, quantity)) is None:
        return False
    end = acts.end()
    behind = next((q for q in others if q.start <= end <= q.end and q is not quantity), None)
    if behind is None or behind.unit in ("%", "万元"):
        return False
    led = _HEAD.search(folded, max(0, quantity.start - 24), quantity.start)
    return behind.unit in _OF_ACTS or (led is not None and led["led"].endswith(("由", "依托", "通过")))


def may_act(folded: str, quantity: Quantity) -> bool:
    """Whether a figure at the head of a clause may count who does what is counted behind it: 20家企业提供岗位500个."""
    acts = _acts(folded, quantity)
    return acts is not None and acts["act"] not in _WORKS_TOO


def _acts(folded: str, quantity: Quantity) -> re.Match[str] | None:
    if not _HEAD.search(folded, max(0, quantity.start - 24), quantity.start):
        return None
    return _ACTS.match(folded, quantity.end)


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
