"""How well a cell's words suit what a column holds: what tells columns apart, and where a row without its blanks stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from minshi_analysis.language import agencies
from minshi_analysis.language.agencies import BODIES, HELPS, LEADS
from minshi_analysis.language.funders import every_funder
from minshi_analysis.language.grammar import ANY_BEFORE
from minshi_analysis.layout.claims import is_figure

__all__ = ["fit"]

_ORDINAL = re.compile(r"\(?\d{1,3}[.、)]?|[一二三四五六七八九十]{1,3}")
_STATUS = re.compile(
    r"(?:超额|提前|已|基本|全部|按时|正在|未|正常|顺利|有序|稳步)*(?:完成|推进|达标|开工|实施|滞后)"
    r"(?:任务|(?:[一二三四]季度|上半年|全年|年度)?(?:目标|计划)(?:任务)?)?|进行中|在建"
)
_AMOUNT = re.compile(r"[><≥≤≈约]*[\d,]+(?:\.\d+)?(?:万|亿)?元?|[-—–/无]+|待定")
_PAID = re.compile(
    rf"(?:资金|财政|债券|公益金|补助|配套|自筹|投资|捐赠|经费|{every_funder()})[\u4e00-\u9fff]{{0,4}}\d[\d.,]*[万亿千百]?元"
)  # 省级资金600万元, 县级98万元
_SHARE = re.compile(
    rf"[-—–/]+|无|(?:{ANY_BEFORE})?[\d.,]+\s*(?:\([\d.,]+\))?\D{{0,12}}(?:\([^()]*\))?|[\d.]+%"
)
_RATE = re.compile(r"[约≥>]*[\d.]+%?|[-—–/]+")
_DUE = re.compile(r"\d{1,4}[年月日.\-/]|^20\d{2}$|[一二三四]季度|[上下]半年|全年|年底|底前|持续|长期")
_NUMBERED = re.compile(r"(?:\(?\d{1,3}[.、)]|\([一二三四五六七八九十]+\)|[①-⑳])")
_ANSWERS = re.compile(
    rf"(?:(?:{LEADS}|{HELPS})(?:{BODIES})|牵头|主办|承办|责任|配合):[\u4e00-\u9fff]{{2}}"
)  # 牵头:县住建局 配合:各乡镇
_DONE = re.compile(r"已|完成|截[至止]|目前|累计|正在|均|启动|建成")
_RANKED = re.compile(r"第?[\d.]+[票名位]?|[-—–/]+")
_NONE = re.compile(r"[-/]+")
_ANYTHING = 0.3  # what suits as well as other words


def fit(role: str | None, words: str, raw: str | None = None) -> float:
    """How well words suit a column's role: positive where they look like it, negative where they do not.

    Parameters
    ----------
    role : str or None
        What the column holds; None where that is not known.
    words : str
        The cell's words, folded.
    raw : str, optional
        The cell as printed: names are told apart by their spaces.

    Examples
    --------
    >>> fit("rate", "85%"), fit("rate", "县住建局"), fit("lead", "县住建局")
    (4, -4, 3)
    """
    if role == "person":
        return 2 if agencies.is_person(words if raw is None else raw) else -3
    if role in _OF_ONE_FORM:
        return _OF_ONE_FORM[role](words)
    if role == "period" and _DUE.search(words):
        return _deadline(words)
    if role == "result" and is_figure(words):
        return 1.5
    if role is None or (role == "unit" and _NONE.fullmatch(words)):
        return _ANYTHING
    if _STATUS.fullmatch(words) or _AMOUNT.fullmatch(words):
        return -3
    return _IN_WORDS[role](words) if role in _IN_WORDS else _ANYTHING


# --- roles whose cells have a form of their own ----------------------------------------------------------------------


def _index(words: str) -> float:
    return 3 if _ORDINAL.fullmatch(words) else -5


def _status(words: str) -> float:
    return 4 if _STATUS.fullmatch(words) else -4


def _rate(words: str) -> float:
    if _RATE.fullmatch(words):
        return 4 if "%" in words or not re.search(r"\d{4}", words) else -1
    return -1 if _STATUS.fullmatch(words) else -4


def _body(words: str) -> float:
    if agencies.is_agency(words) or _ANSWERS.match(words):
        return 3
    return -1 if len(words) < 12 and not re.search(r"\d", words) else -4


def _deadline(words: str) -> float:
    return 3 if _DUE.search(words) and len(words) <= 24 else -3


def _funds(words: str) -> float:
    return 1.0 if _PAID.search(words) else _amount(words)


def _amount(words: str) -> float:
    return 3 if _AMOUNT.fullmatch(words) else -1 if len(words) <= 3 else -5


def _region(words: str) -> float:
    return 2 if _SHARE.fullmatch(words) else -2 if len(words) <= 12 else -4


def _target(words: str) -> float:
    return 2 if _SHARE.fullmatch(words) else -1


def _ranked(words: str) -> float:
    return 2 if _RANKED.fullmatch(words) else -1


def _year(words: str) -> float:
    return 1 if len(words) <= 12 else -3


_OF_ONE_FORM: Mapping[str, Callable[[str], float]] = {
    "index": _index,
    "status": _status,
    "rate": _rate,
    "lead": _body,
    "partner": _body,
    "owner": _body,
    "deadline": _deadline,
    "funds": _funds,
    "spent": _amount,
    "total_investment": _amount,
    "plan_investment": _amount,
    "count": _amount,
    "region": _region,
    "target": _target,
    "measure": _target,
    "year": _year,
    "ranked": _ranked,
}


# --- roles whose cells are in words ----------------------------------------------------------------------------------


def _task(words: str) -> float:
    return 2.5 if _NUMBERED.match(words) else 1 - 2 * agencies.is_agency(words)


def _course(words: str) -> float:
    """What was done, or is to be done by when."""
    done = _DONE.search(words) and not _NUMBERED.match(words)
    return 1.5 if done else 0.5 - 2 * agencies.is_agency(words)


def _programme(words: str) -> float:
    if _NUMBERED.match(words):
        return -3
    return 1 if len(words) <= 30 and not re.search(r"\d", words) else -0.5


def _name(words: str) -> float:
    return -3 if is_figure(words) else 0.8  # 16万亩 names nothing


_IN_WORDS: Mapping[str, Callable[[str], float]] = {
    "task": _task,
    "result": _course,
    "schedule": _course,
    "programme": _programme,
    "indicator": _name,
    "project": _name,
}
