"""Rivals: of two columns that say the same, which is the document's own, and which is the latest."""

from __future__ import annotations

import re

from minshi_analysis.language.regions import find

__all__ = ["handicap", "last_month"]

# Whose target a head names, seen from a document's level: 省下达, 市定 over a county's own; and what was revised since.
_ABOVE = {
    "county": re.compile(r"[省市州盟](?:级|定|里|政府)?(?:下达|交办|考核|目标|任务|计划|指标)|上级|自治区"),
    "city": re.compile(r"省(?:级|定|里|政府)?(?:下达|交办|考核|目标|任务|计划|指标)|上级|自治区"),
}
_BODY_ABOVE = {
    "county": re.compile(r"^(?:[省市州盟](?:级|直)|自治区|上级)"),
    "city": re.compile(r"^(?:省(?:级|直)|自治区|上级)"),
}
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_SEASONS = (("一季度", 3), ("上半年|[二两]季度", 6), ("三季度", 9), ("四季度|下半年|全年", 12))
_REVISED = re.compile(r"(?:调整|变更|修订)[后为]|现(?:目标|任务|计划)")  # beside 年初目标
_DRAFT = re.compile(r"(?:^|[^复])原(?!因|有)|调整前|变更前|修订前|初定")


def handicap(label: str, role: str, level: str | None, region: str | None) -> float:
    """By how much a column stands behind its rivals: that of the level above (省下达任务 beside 市定目标, 市级主管部门 beside
    县级责任单位), or a first draft's; what was revised since stands before them.

    Examples
    --------
    >>> handicap("市级主管部门", "lead", "county", None), handicap("调整后目标", "target", "county", None)
    (0.3, -0.2)
    """
    if role in ("lead", "partner"):
        above_us = _BODY_ABOVE.get(level or "")
        return 0.3 * bool(above_us and above_us.search(label))
    if role not in ("target", "task", "result", "rate"):
        return 0.0
    own = find(region) if region else None
    parents = [parent for code in (own.parent if own else None,) if code and (parent := find(code))]
    higher = (level in _ABOVE and _ABOVE[level].search(label)) or any(p.short in label for p in parents)
    higher = higher and not (own and own.short in label) and not re.search("核[定实查]|[审认]定", label)
    return 0.3 * bool(higher or _DRAFT.search(label)) - 0.2 * bool(_REVISED.search(label))


def last_month(label: str) -> int:
    """The last month that a head names: of two states (4月底, 8月底; 上半年, 前三季度) the later one is heard first."""
    named = [int(found[1]) for found in _MONTH.finditer(label)]
    named += [last for words, last in _SEASONS if re.search(words, label)]
    return max(named, default=0)
