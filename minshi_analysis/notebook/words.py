"""How a report says things in Chinese: numbers, bounds, funders, classes, dates."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

__all__ = [
    "CENSUS",
    "CLASS",
    "FUNDER",
    "KIND",
    "LEVEL",
    "MISSING",
    "amount",
    "date",
    "listed",
    "money",
    "number",
    "percent",
    "small",
]

MISSING = "—"
FUNDER = {
    "county": "县市区财政",
    "other": "其他来源",
    "city": "市财政",
    "superior": "上级支持",
    "province": "省财政",
    "town": "乡镇街道财政",
    "social": "社会资本和自筹",
    "bond": "债券",
    "unexplained": "未说明",
}
KIND = {
    "plan": "计划",
    "progress": "进展报告",
    "completion": "完成情况报告",
    "five_year_plan": "五年规划",
    "review": "中期评估",
}
LEVEL = {"nation": "国家", "province": "省级", "city": "市级", "county": "县级", "town": "乡镇级"}
CLASS = {"over": "超额", "met": "达到", "behind": "未达到", "in_progress": "进行中", "unknown": "无法判定"}
_BOUND = {
    "range": "{}起",
    "at_least": "{}以上",
    "more_than": "超过{}",
    "at_most": "{}以内",
    "less_than": "低于{}",
    "approx": "约{}",
}
CENSUS = {"census": "普查", "year_end": "年末"}
WAN_PER_YI = 10_000


def number(value: float, digits: int = 2) -> str:
    """A number with thousands separators and no more decimals than it has.

    Examples
    --------
    >>> number(608488.4889), number(5000.0), number(-0.0012), number(float("nan"))
    ('608,488.49', '5,000', '-0.0012', '—')
    """
    if pd.isna(value):
        return MISSING
    if 0 < abs(value) < 10**-digits:  # too small for the decimals: two figures of it
        return f"{value:.2g}"
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def small(value: float) -> str:
    """A rate to three figures, however small.

    Examples
    --------
    >>> small(0.013767), small(82.604), small(1234.5)
    ('0.0138', '82.6', '1,234')
    """
    if pd.isna(value):
        return MISSING
    return number(value, 0 if abs(value) >= 1000 else 2) if abs(value) >= 100 else f"{value:.3g}"


def percent(value: float, digits: int = 1) -> str:
    """A percentage.

    Examples
    --------
    >>> percent(79.6756), percent(100.0)
    ('79.7%', '100%')
    """
    return MISSING if pd.isna(value) else f"{number(value, digits)}%"


def amount(value: float, unit: object, bound: object = "exact") -> str:
    """A quantity with its unit and bound, as a document would print it.

    Examples
    --------
    >>> amount(7500, "个", "at_least"), amount(83, "%"), amount(0.011, None)
    ('7,500 个以上', '83%', '0.011')
    """
    if pd.isna(value):
        return MISSING
    unit = "" if pd.isna(unit) or str(unit).startswith("（") else str(unit)
    text = f"{number(value, 3)}{unit}" if unit in ("%", "‰", "") else f"{number(value)} {unit}"
    return _BOUND.get(bound, "{}").format(text) if isinstance(bound, str) else text


def money(wan: float) -> str:
    """A sum of money, 亿元 from one hundred million on.

    Examples
    --------
    >>> money(608488.4889), money(858.0)
    ('60.85 亿元', '858 万元')
    """
    if pd.isna(wan):
        return MISSING
    return f"{number(wan / WAN_PER_YI)} 亿元" if abs(wan) >= WAN_PER_YI else f"{number(wan)} 万元"


def date(iso: object) -> str:
    """An ISO date in words.

    Examples
    --------
    >>> date("2022-11-30")
    '2022年11月30日'
    """
    if not isinstance(iso, str):
        return MISSING
    year, month, day = iso.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"


def listed(words: Iterable[str], most: int = 6, counter: str = "项") -> str:
    """Words joined by 、, cut after `most` with how many there are.

    Examples
    --------
    >>> listed(["a", "b", "c"], most=2)
    'a、b等3项'
    """
    words = list(words)
    return "、".join(words) if len(words) <= most else f"{'、'.join(words[:most])}等{len(words)}{counter}"
