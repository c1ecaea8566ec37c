"""The role of a quantity: promised (target), reached (actual), a share or growth (rate), money (amount), or baseline.

The words of its own clause decide first (已, 实际, 计划, 力争), then the quantity before it in the same sentence, then
the kind of document where the caller knows it, then the tone of the sentence.
"""

from __future__ import annotations

import re

from minshi_analysis.language import phrases as p
from minshi_analysis.language import works
from minshi_analysis.language.page import Hit
from minshi_analysis.language.text import without_names

__all__ = ["KINDS", "Tone", "role"]

KINDS = p.DEFAULT_ROLE
_REACH = 300
_LOOK_BACK = 60
_SENTENCE_END = re.compile(f"[{p.SENTENCE_END}]")
_ON_TOP = ("基础上", "的基础上")
_LISTED = ("、", "和", "与", "及")
# Three printed digits or more that are no round number: plans promise 1.5万 and 200, reports count 15236 and 7.53.
_PRECISE = re.compile(r"[1-9](?<![\d.].)(?:\d+[1-9]0*|\d+\.\d|\.\d\d)(?![\d.年])")
_NEW_STATE = re.compile(rf"[\d;|]|[已实]|完成|{works.BEGUN}|{works.FINISHED}")
_ROW_RESULT = re.compile(r"完成|累计|现状|实际")
_INDICATOR = re.compile(
    r"[\u4e00-\u9fff\)\"”]{2}占(?:比|.{0,12}(?:比重|比例|比))(?:分别|依次|约|为|达到?|至|提高到)*$"
)
_REPORTS = re.compile("目标|已|累计|完成")
_ROW_REPORTS = re.compile(rf"\|[^|]{{0,30}}\|?[^|]{{0,30}}(?:{_REPORTS.pattern})")


class Tone:
    """The role that the tone of the current sentence suggests, worked out once a sentence."""

    def __init__(self, s: str, kind: str | None, year: int | None = None):
        self.s, self.kind, self.year = s, kind, year
        self.begin = self.end = -1
        self.past = self.years = False  # whether the sentence names an earlier year, or any
        self.role = KINDS[kind] if kind is not None else "target"

    def looks_back(self, at: int) -> bool:
        """Whether the words before ``at`` in its sentence speak of an earlier year."""
        before = self.s[max(self.begin, at - _LOOK_BACK) : at]
        if self.past and p.PAST.search(before):
            return True
        years = list(p.PAST_YEAR.finditer(before)) if self.years else []
        return bool(
            years and int(years[-1][1]) < self.year and not p.THIS_YEAR.search(before, years[-1].end())
        )

    def move(self, at: int) -> None:
        """Go on to the sentence around ``at``."""
        if at < self.end:
            return
        low, s = max(0, at - _REACH, self.end), self.s
        begins = [m.end() for m in _SENTENCE_END.finditer(s, low, at)]
        self.begin = begins[-1] if begins else low
        end = _SENTENCE_END.search(s, at, at + _REACH)
        self.end = end.start() if end else min(len(s), at + _REACH) + 1
        dated = s.find("年", self.begin, self.end) >= 0
        self.past = dated and p.PAST_WORD.search(s, self.begin, self.end) is not None
        self.years = dated and self.year is not None
        if self.kind is None:
            sentence = s[self.begin : self.end]
            report, plan = len(p.REPORT.findall(sentence)), len(p.PLAN.findall(sentence))
            if not report and not plan:
                report = bool(_PRECISE.search(sentence))
            self.role = "actual" if report and report >= plan else "target"


# How much a reading weighs: the tone of the sentence, a word of the clause, a form that can mean nothing else.
_TONE, _WORD, _FORM = 2.0, 5.0, 8.0


def role(s: str, hit: Hit, left: str, right: str, prev: Hit | None, tone: Tone) -> tuple[str, bool, float]:
    """The role that the most speaks for, whether the words of the clause say it, and how sure it is (0..1).

    ``left`` and ``right`` are the clause around the quantity, ``prev`` is the quantity before it in the same sentence.
    """
    left, right = without_names(left), without_names(right)
    word, said, weight = _of_clause(s, hit, left, right, prev, tone.role)
    second = _TONE
    if word == tone.role:
        weight, second = weight + _TONE, 0.0
    if (beside := _beside(s, hit, left, right, prev, tone)) is not None:
        other, speaks = beside
        if other == word:
            weight += speaks
        elif speaks > weight:
            word, said, weight, second = other, False, speaks, max(weight, second)
        else:
            second = max(second, speaks)
    return word, said, weight / (weight + second + 1.0)


def _of_clause(
    s: str, hit: Hit, left: str, right: str, prev: Hit | None, default: str
) -> tuple[str, bool, float]:
    """What the words of the clause make of it, whether they say it, and how much that weighs."""
    if hit.unit == "万元" or (hit.kind == "money" and not hit.unit.startswith("元")):
        return "amount", False, _WORD
    row = s.rfind("|", max(0, hit.start - 60), hit.start) >= 0
    if hit.kind == "percent" and (found := _percent_role(hit, left, prev, row, default)):
        return found, False, _WORD
    if hit.against_target or (
        prev is not None and left.startswith("完成") and s.endswith("超额", 0, prev.start)
    ):
        return "target", False, _FORM  # 超额113%完成120张: the 120 are the task
    if hit.unit in ("项", "件", "个") and p.LIST_SIZE.match(right) and not p.PART_OF_LIST.search(left):
        return "target", False, _WORD
    reported, promised = _last(p.REPORTED, left), _last(p.PROMISED, left)
    if reported and hit.bound == "at_least" and reported[0] == "累计":
        reported = None  # 全市累计建成60个以上: a sum that is promised
    if reported and (not promised or reported.end() >= promised.end()):
        return "actual", True, _WORD
    if promised:
        return "target", True, _WORD
    if row and _ROW_RESULT.search(left):
        return "actual", True, _WORD
    if not row and _heads_reported_row(s, hit.outer_end):
        return "target", False, _WORD
    if prev is not None and prev.said and not _NEW_STATE.search(s, prev.outer_end, hit.outer_start):
        return prev.role, True, _WORD - _TONE
    return default, False, 0.0


def _last(words: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last of some words in a text."""
    last = found = words.search(text)
    while found:
        last, found = found, words.search(text, found.start() + 1)
    return last


def _beside(
    s: str, hit: Hit, left: str, right: str, prev: Hit | None, tone: Tone
) -> tuple[str, float] | None:
    """What speaks for an old value, for background or for a standard that is paid for each, and how much."""
    listed = prev is not None and prev.role in ("baseline", "standard") and left in _LISTED
    if ("从" in left or "由" in left or listed) and p.RISE.match(s, hit.outer_end):
        if listed or p.BASE.search(left):
            return "baseline", 2 * _FORM
    elif s.startswith(_ON_TOP, hit.outer_end) or (left.endswith("的") and p.BASE_BESIDE.search(left)):
        return "baseline", _FORM
    if tone.role == "actual":
        return None  # in a report an earlier state is part of the telling
    wanting = "缺" in left or "缺" in right[:8] or "尚需" in left
    if (
        (wanting and (p.NEED.search(left) or p.NEED_BEHIND.match(right)))
        or (("有" in left or "存" in left) and p.STATE.search(left))
        or ((tone.past or tone.years) and tone.looks_back(hit.outer_start))
    ):
        return "background", _FORM
    if hit.kind not in ("money", "standard") or hit.bound == "at_least":
        return None
    if listed and prev.role == "standard":
        return "standard", _FORM
    paid = p.EACH_ONE.search(left) and p.PAID.search(left + right[:12])
    return ("standard", _FORM) if paid and not p.RAISED.search(left) else None


def _heads_reported_row(s: str, at: int) -> bool:
    """Whether the cells behind report on the first one (新建幼儿园10所 | 已竣工6所)."""
    bar = s.find("|", at, at + 60)
    if bar < 0 or not _REPORTS.search(s, bar, at + 60):
        return False
    return bool(_ROW_REPORTS.search(s[at : at + 60].split(p.BREAK)[0]))


def _percent_role(hit: Hit, left: str, prev: Hit | None, row: bool, default: str) -> str:
    """The role of a percentage where it is a share, a growth, or follows another; '' where it is an indicator."""
    if hit.unit == "百分点" or p.SHARE.search(left) or p.OF_PLAN.search(left):
        return "rate"
    bare = left.strip("、和与及的 ")
    if not bare:
        if prev is not None and prev.kind == "percent":
            return prev.role
        return "rate" if row else ""
    if (row or "增速" in left) and p.GROWTH.search(left):
        if "目标" in left or "计划" in left:
            return "target"
        return "actual" if row else default
    if row and ("比例" in left or "完成" in left):
        return "rate"
    if _INDICATOR.search(left):
        return ""  # 护理型床位占比: an indicator by name
    return "rate" if p.RATE.search(left) else ""
