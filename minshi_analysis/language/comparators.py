"""What stands around a quantity: comparators, 累计, the period of a standard; and whether the quantity counts at all."""

from __future__ import annotations

import re

from minshi_analysis.language import grammar as g
from minshi_analysis.language.page import Hit, Page
from minshi_analysis.language.phrases import CHOSEN_BEFORE, CHOSEN_BY_RATE, MAKING, NAMES_RATE

__all__ = ["COUNTED", "why_not"]

COUNTED = frozenset(("count", "people", "household", "place"))
_BEFORE = tuple(sorted(g.BEFORE, key=len, reverse=True))
_BEFORE_ENDS = frozenset(word[-1] for word in _BEFORE) | set(g.PAST)
_NEXT_OF_LIST = re.compile(r"[\u4e00-\u9fff()\"]{1,16}[、和与及]")
_MADE = tuple(MAKING.split())
_LATER_NUMBER = re.compile(r"[^\d,;。:|、并且及]{0,24}?\d")


def why_not(page: Page, text: str, hit: Hit, last: Hit | None) -> str:
    """Read the comparators around a quantity into it.

    Parameters
    ----------
    page : Page
    text : str
        The numeral as printed, without scale and unit.
    hit : Hit
        Gets its bound and the offsets with its comparators.
    last : Hit or None
        The quantity before it.

    Returns
    -------
    str
        Why it does not count (name, threshold, place, word), ``""`` where it does.
    """
    s, a, e = page.s, hit.start, hit.end
    hit.outer_start, hit.outer_end = a, e
    arabic = text[0] in "0123456789"
    quote = page.quote(a)
    if quote and e < quote[1] and (not arabic or a == quote[0] + 1) and hit.kind != "percent":
        return "name"
    if hit.kind == "length" and (g.REACH.match(s, e) or g.AROUND.search(s, max(0, a - 6), a)):
        return "place"
    comparator = _before(s, hit) if a and s[a - 1] in _BEFORE_ENDS else ""
    follow = s[e : e + 1]
    worded = "\u4e00" <= follow <= "\u9fff"
    if (worded and g.OF_THE_TARGET.match(s, e)) or s.endswith(g.TARGET_BRACKET, 0, a):
        hit.against_target = True
        if comparator and hit.bound == "more_than":  # 超过110万户的任务: what it is compared with
            hit.bound, hit.outer_start = "exact", a
    after = g.AFTER.match(s, e) if worded or follow == "(" else None
    if after:
        bound = g.AFTER_BOUND[after["word"].lstrip("及或和")]
        if hit.bound in ("exact", "approx") or (bound == "at_least" and not comparator):
            hit.bound = bound
        hit.outer_end = after.end()
    if reason := _qualifies(page, hit, after, comparator, last):
        return reason
    plain = hit.bound == "exact" and hit.upper is None and not (comparator or after)
    if (
        plain
        and len(text) == 1
        and not arabic
        and hit.kind != "ratio"
        and not _single_counts(s, hit, text, last)
    ):
        return "word"
    begin = max(page.clause_start(a), last.outer_end if last else 0)
    left = s[begin : hit.outer_start]
    tail = left[-10:]
    if hit.bound == "exact" and ("少" in tail or "低" in tail) and g.AT_LEAST_EARLIER.search(tail):
        hit.bound = "at_least"
    if hit.bound == "exact" and hit.kind == "percent" and left.endswith("的") and "不" in left:
        compared = g.COMPARED.search(left)
        hit.bound = g.COMPARED_BOUND[compared["how"]] if compared else "exact"
    if hit.bound == "exact" and hit.upper is not None:
        hit.bound = "range"
    if hit.bound == "exact" and _is_kept_under(page, left, hit):
        hit.bound = "at_most"
    if g.TOTAL in left:  # as the label of a table cell it is a column's name
        hit.cumulative = s[begin - 1 : begin] != "|"
    if hit.unit == "元" and hit.kind == "money":
        hit.unit = _per_period(s, hit, left, last)
    return ""


def _is_kept_under(page: Page, left: str, hit: Hit) -> bool:
    """Whether a level is one not to be passed: 控制在732人, and the next of a list, 分别控制在4%和5.5%."""
    if left in ("、", "和", "与", "及"):
        left = page.s[page.clause_start(hit.start) : hit.outer_start]
    return ("控" in left or "限" in left) and g.KEPT_UNDER.search(left) is not None


def _before(s: str, hit: Hit) -> str:
    """The comparator before a quantity, read into it."""
    a = hit.start
    if s.endswith(_BEFORE, max(0, a - 6), a):
        if s.endswith(g.NOT_BEFORE, max(0, a - 3), a):
            return ""
        word = next(w for w in _BEFORE if s.endswith(w, 0, a))
    elif hit.kind == "percent" and s[a - 1] in g.PAST and not s.endswith(g.NOT_PAST, max(0, a - 2), a):
        word = s[a - 1]  # 过20%, 破九成
    else:
        return ""
    hit.bound, hit.outer_start = g.BEFORE.get(word, "more_than"), a - len(word)
    return word


def _per_period(s: str, hit: Hit, left: str, last: Hit | None) -> str:
    """元, or 元/月 and 元/年 where the words before name the period of a standard."""
    near = left[max((i + 1 for i, c in enumerate(left) if c.isdigit()), default=0) :]
    period = next((period for words, period in g.PERIODS if any(w in near for w in words)), "")
    if not period and ("月" in near or "年" in near) and (named := g.PERIOD_IN_NAME.search(near)):
        period = named["period"]
    if period:
        return "元/" + period
    joined = last is not None and s[last.outer_end : hit.start] in ("、", "和", "与", "及")
    if (
        last is not None
        and last.unit.startswith("元/")
        and (joined or g.REACHES.fullmatch(s, last.outer_end, hit.start))
    ):
        return last.unit
    return hit.unit


def _qualifies(page: Page, hit: Hit, after: re.Match | None, comparator: str, last: Hit | None) -> str:
    """Whether the quantity only says who, what or where qualifies (50户以上村寨, 超过5万元的费用)."""
    s, end = page.s, hit.outer_end
    if hit.kind in COUNTED and g.FOR_PLACES.search(s, max(0, hit.start - 16), hit.start):
        return "place" if g.MADE_THERE.match(s, end) else ""
    if hit.kind == "percent":
        return "threshold" if _chooses(page, hit, last) else ""
    if hit.kind == "ratio" or not (after or comparator):
        return ""
    follow = s[end : end + 1]
    if after and follow == ")" and s[hit.start - 1 : hit.start] == "(":
        return "threshold"
    if hit.against_target or not g.CJK.match(follow):
        return ""
    if after and hit.unit in ("人", "户") and g.HAS_SO_MANY.match(s, end):
        return "threshold"
    made = g.MADE.search(s[max(0, hit.outer_start - 8) : hit.outer_start])
    if after and after["word"] not in ("左右", "上下", "之多"):
        if made:
            found = bool(_LATER_NUMBER.match(s, end))
        else:
            found = follow == "的" or not (hit.kind == "count" or hit.unit in ("名", "位", "人次"))
    else:
        found = bool(comparator) and follow == "的" and not made and hit.bound in ("more_than", "less_than")
    return "threshold" if found else ""


def _chooses(page: Page, hit: Hit, last: Hit | None) -> bool:
    """Whether a rate says which things are counted: 631个|空置率30%-50%|"空心村"治理, 覆盖率90%以上的|村民小组200个."""
    s = page.s
    if last is not None and last.kind in COUNTED and (m := CHOSEN_BY_RATE.match(s, last.outer_end)):
        return last.outer_end < hit.start < m.end()
    return NAMES_RATE.search(s, max(0, hit.outer_start - 8), hit.outer_start) is not None and (
        CHOSEN_BEFORE.match(s, hit.outer_end) is not None
    )


def _single_counts(s: str, hit: Hit, text: str, last: Hit | None) -> bool:
    """Whether a single Chinese numeral counts: 学校两所, 新建两所, 近六成; not 两家医院, 一个平台, 十名院士.

    Behind one that counts the next of the list does too: 新建三所幼儿园、五座公厕, 设置两个诊室、一个药房.
    """
    if hit.unit == "%" or hit.value >= 100:
        return True
    unit = hit.unit.split("(")[0]
    follow = s[hit.end : hit.end + 1]
    if text == "十" and unit in ("件", "项"):
        return True
    if unit not in g.SINGLE_HAN_UNITS:
        return False
    if last is not None and last.kind in COUNTED and _NEXT_OF_LIST.fullmatch(s, last.outer_end, hit.start):
        return not g.ABSTRACT.match(s, hit.end)
    if text == "一":
        return False
    if not follow or follow in g.CLAUSE or follow == "、":
        return bool(g.CJK.match(s, hit.start - 1)) if hit.start else False
    if (not hit.start or s[hit.start - 1] in g.CLAUSE) and g.MADE_BEHIND.match(s, hit.end):
        return not g.ABSTRACT.match(s, hit.end)
    made = g.NEWLY_MADE if unit in g.ANYTHING else (*g.NEWLY_MADE, *_MADE)
    return s.endswith(made, 0, hit.start) and not g.ABSTRACT.match(s, hit.end)
