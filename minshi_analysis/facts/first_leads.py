"""A note that the body listed first leads (列第一位的为牵头单位, 下同): it holds for all tasks of the document that prints it."""

from __future__ import annotations

import re

from minshi_analysis.facts.context import Row
from minshi_analysis.language.agencies import is_agency
from minshi_analysis.language.clauses import in_bracket
from minshi_analysis.language.text import fold, tidy

__all__ = ["first_leads", "says_first_leads"]

_HINTS = ("第一", "第1", "首位", "首个", "首家", "最前")
_FIRST = (
    r"(?:第[一1](?:位|个|家|名)?|首(?:位|个|家)|最前面?)(?:的|者)?(?:责任|承办)?(?:单位|部门|机构)?(?:的|者)?"
)
_LEADS = r"(?:牵头|主办|主责|主要责任|汇总|第一责任单位|责任(?:单位|部门)[,;]其[他余])"
_NOTE = re.compile(
    rf"{_FIRST},?(?:均|即|皆)?(?:[为是系]|作为)[^,;。()]{{0,6}}{_LEADS}|{_FIRST}(?:牵头|主办)(?!人)"
)
_IN_NAMES = re.compile(rf"[(,;、]?[^(),;、]*(?:{_NOTE.pattern}).*$")
_APART = re.compile(r"[、,;/\s]+")
_JOINED = re.compile("[和及与]|会同")


def says_first_leads(text: str) -> bool:
    """Whether a document says that of several bodies the one listed first leads.

    Examples
    --------
    >>> [says_first_leads(words) for words in ("注:列第一位的为牵头单位", "责任单位(第一个牵头)", "党委书记是第一责任人")]
    [True, True, False]
    """
    if not any(hint in text for hint in _HINTS):
        return False
    return bool(_NOTE.search(fold(tidy(text))))


def first_leads(row: Row) -> Row:
    """A task of such a document: of the bodies that answer the first leads, the others help; the note is no part of a name.

    Examples
    --------
    >>> row = {"lead_agency": "市教育局、市规划局,各区政府(列第一位者为牵头单位,下同)", "partner_agencies": "市财政局"}
    >>> first_leads(row)
    {'lead_agency': '市教育局', 'partner_agencies': '市规划局、各区政府、市财政局'}
    """
    names = row["lead_agency"]
    if not names:
        return row
    bodies = _bodies(names)
    if not bodies:
        return row | {"lead_agency": None}
    helping = [*bodies[1:], *filter(None, [row["partner_agencies"]])]
    return row | {"lead_agency": bodies[0], "partner_agencies": "、".join(dict.fromkeys(helping)) or None}


def _bodies(names: str) -> list[str]:
    """The bodies of a list, without the note."""
    folded = fold(names)
    note = _IN_NAMES.search(folded)
    end = note.start() if note else len(folded)
    out: list[str] = []
    start = 0
    for mark in [m for m in _APART.finditer(folded, 0, end) if not in_bracket(folded, m.start())]:
        out.append(names[start : mark.start()])
        start = mark.end()
    return [body for part in (*out, names[start:end]) if part.strip() for body in _parted(part.strip())]


def _parted(words: str) -> list[str]:
    """Two bodies that an 和 joins (县教育局和县财政局), or one whose name has it (市自然资源和规划局)."""
    for mark in _JOINED.finditer(words):
        one, other = words[: mark.start()], words[mark.end() :]
        if is_agency(one) and is_agency(other):
            return [one, *_parted(other)]
    return [words]
