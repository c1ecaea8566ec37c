"""Who answers for an item as a sentence of its own says it: 此项工作由市建委负责组织,各区政府具体实施。"""

from __future__ import annotations

import re
from itertools import pairwise

from minshi_analysis.language.agencies import HELPS, LEADS, is_agency
from minshi_analysis.language.text import fold

__all__ = ["UNKNOWN", "is_unknown", "who_does"]

UNKNOWN = "it says who answers, in words that were not understood"
_THIS = r"(?:此|本|该|这|以上|上述|前述)[一二三四五六七八九十两几各\d]*[项件些个]?"
_WORK = r"(?:民生|民心|实事|重点|惠民)*(?:工作|项目|任务|工程|实事|事项|举措|措施)"
_OPENS = re.compile(rf"\s*(?:{_THIS}(?:{_WORK})?|{_WORK})?(?:均|都|统一|分别)?由")
_NAMED = re.compile(rf"\s*{_THIS}(?:{_WORK})?(?:均|都|统一|分别)?由[^。]*(?:{LEADS}|{HELPS})")
_CUT = re.compile(r"[,;。]|(?<=[责头织施])、")
_DOES = re.compile(
    rf"(?:并|再)?由?(?P<names>.{{2,100}}?)(?:共同|联合|分别|统一|具体|直接|主要|全面|总)*"
    rf"(?P<does>(?:{LEADS}|{HELPS}|推进|完成|协调|具体)+)(?:工作|任务)?"
)
_WITH = re.compile(r"会同|(?<!残)(?<!妇)联合|商(?=[市县区省])")
_HELPING = re.compile(rf"(?:{HELPS})")
_DAY = re.compile(
    r"(?:20\d\d年)?(?:年底|年内|\d{1,2}月(?:[底末]|\d{1,2}日)?)(?:之?前|底前)?(?:全[部面]|基本)?(?:完成|完工|建成)?"
)
_HEAD = 16  # characters before which such a sentence has its 由


def who_does(words: str) -> dict[str, str]:
    """The bodies of a sentence that says nothing but who does something, and by when; nothing where it says more.

    Who stands first leads; who only helps or carries out what another leads is a partner.

    Examples
    --------
    >>> who_does("此项工作由市建委负责组织,市国土局、各区人民政府具体实施。")
    {'lead_agency': '市建委', 'partner_agencies': '市国土局、各区人民政府'}
    >>> who_does("由市民政局会同市残联组织实施"), who_does("由市教育局负责新建学校3所")
    ({'lead_agency': '市民政局', 'partner_agencies': '市残联'}, {})
    """
    folded = fold(words)
    opens = _OPENS.match(folded) if "由" in folded[:_HEAD] else None
    if opens is None:
        return {}
    lead, partners, day = "", [], ""
    for start, end in _clauses(folded, opens.end()):
        clause = folded[start:end]
        if _DAY.fullmatch(clause) and lead:
            day = words[start:end]
            continue
        does = _DOES.fullmatch(clause)
        bodies = _WITH.split(words[start + does.start("names") : start + does.end("names")]) if does else []
        if not bodies or not all(map(is_agency, bodies)) or (lead and "牵头" in does["does"]):
            return {}
        if not lead and not _HELPING.match(does["does"]):
            lead, bodies = bodies[0], bodies[1:]
        partners += bodies
    if not lead:
        return {}
    said = {"lead_agency": lead, "partner_agencies": "、".join(partners), "due": day}
    return {key: value for key, value in said.items() if value}


def is_unknown(words: str) -> bool:
    """Whether a sentence says who answers for what stands above it, in words that `who_does` does not know."""
    folded = fold(words)
    return "由" in folded[:_HEAD] and _NAMED.match(folded) is not None and not who_does(words)


def _clauses(folded: str, start: int) -> list[tuple[int, int]]:
    """The places of the clauses behind a place that say something."""
    cuts = [(start, start), *(cut.span() for cut in _CUT.finditer(folded, start)), (len(folded),) * 2]
    places = [(a[1], b[0]) for a, b in pairwise(cuts)]
    return [(a, b) for a, b in places if folded[a:b].strip()]
