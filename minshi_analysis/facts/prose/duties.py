"""Who answers for a promise and by when, as its own words say: a closing bracket, a line below, 由…负责."""

from __future__ import annotations

import re

from minshi_analysis.language.agencies import is_agency
from minshi_analysis.language.text import Text, fold

__all__ = ["Duties", "agencies", "duties", "is_note", "trimmed"]

_LEADS = "牵头|责任|主办|承办|实施|负责|主责"
_HELPS = "配合|协办|协同|参与|参加|协作"
_BODIES = "单位|部门|处室|科室|主体"
_WHO = rf"(?:[省市县区]?(?:{_LEADS}|{_HELPS})(?:{_BODIES}|领导|人)|分管[省市县区]?领导)"
_ROLE = re.compile(
    rf"(?P<role>{_WHO})\s*[:为]\s*(?P<names>.*?)(?=[;,、。\s]*(?:{_WHO}|(?:完成|办结)?[时期][限间])\s*[:为]|$)"
)
_TIME = re.compile(r"(?:完成|办结)?(?:时限|时间|期限|节点)\s*[:为]\s*(?P<when>[^;)]+)")
_BRACKET = re.compile(r"[(\[](?P<inside>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]][。;,、\s]*$")
_LONGEST_BRACKET = 600
_LABEL = rf"(?:{_WHO}|(?:完成|办结)?[时期][限间])\s*[:为]"
_TAIL = re.compile(
    rf"(?<=[。;])\s*{_LABEL}[^。]{{1,120}}(?:。\s*{_LABEL}[^。]{{1,120}}){{0,4}}。?\s*$"
)  # …。责任单位:市教育局
_BY = re.compile(r"由(?P<who>[^,;。:()]{2,40}?)(?:共同|联合)?(?:牵头|负责)")
_NOTE = re.compile(rf"(?:{_WHO}|(?:完成|办结)?[时期][限间])\s*[:为]")
_ANSWERS = re.compile(r"(?:牵头)?负责$|牵头$")

# What is said of a task: the model's columns, and ``due``, the printed words of a time.
Duties = dict[str, str]


def agencies(text: str) -> Duties:
    """Who answers for a task, from the words of a bracket or line.

    Returns
    -------
    dict
        Some of lead_agency, partner_agencies, responsible; the names as printed, tidy.

    Examples
    --------
    >>> agencies("牵头单位：市教育局；配合单位：市财政局、市住建局")
    {'lead_agency': '市教育局', 'partner_agencies': '市财政局、市住建局'}
    >>> agencies("责任单位:市住建局,责任人:张三")
    {'lead_agency': '市住建局', 'responsible': '张三'}
    """
    out: Duties = {}
    folded = fold(text)
    for match in _ROLE.finditer(folded):
        names = text[match.start("names") : match.end("names")].strip(" 、,，;；。)）】]")
        if not names:
            continue
        key = _column(match["role"])
        if key == "lead_agency" and key in out:  # 牵头单位 and 责任单位 side by side: the first leads
            key = "partner_agencies"
        out[key] = f"{out[key]}、{names}" if key in out else names
    bare = _ANSWERS.sub("", text).strip()
    if not out and is_agency(bare):
        out["lead_agency"] = bare
    return out


def _column(role: str) -> str:
    if role.endswith("人") or "领导" in role:
        return "responsible"
    return "partner_agencies" if re.search(_HELPS, role) else "lead_agency"


def duties(text: Text) -> tuple[Text, Duties]:
    """A clause without the closing bracket that says who answers, and what it says.

    Returns
    -------
    text : Text
        The clause, trimmed.
    said : dict
        As `agencies`, with the words of a time under ``due``.
    """
    folded = fold(text.norm)
    match = _BRACKET.search(folded, max(0, len(folded) - _LONGEST_BRACKET))
    if match:
        said = _said(text.norm[match.start("inside") : match.end("inside")])
        if said:
            return trimmed(text.slice(0, match.start())), said
    if is_note(text):
        return trimmed(text), _said(text.norm)
    tail = _TAIL.search(folded)
    said = _said(text.norm[tail.start() :]) if tail else {}
    if said:
        return trimmed(text.slice(0, tail.start())), said
    for by in _BY.finditer(folded):
        who = text.norm[by.start("who") : by.end("who")]
        if is_agency(who):
            return trimmed(text), {"lead_agency": who}
    return trimmed(text), {}


def _said(words: str) -> Duties:
    said = agencies(words)
    time = _TIME.search(fold(words))
    return said | {"due": time["when"]} if time else said


def is_note(text: Text) -> bool:
    """Whether a line only says who answers, or by when."""
    return bool(_NOTE.match(fold(text.norm).strip("([ ")))


def trimmed(text: Text) -> Text:
    """A clause without separators at its ends and without 其中."""
    folded = fold(text.norm)
    start = re.match(r"[\s,;、。:]*(?:(?:其中|同时|并)[,:]?)?", folded).end()
    end = len(folded.rstrip(" ,;、。:"))
    return text.slice(min(start, end), end)
