"""The scanner: one walk over the numbers of a folded text, each read with its scale, unit and comparators, or set aside.

What is set aside (dates, ages, durations, thresholds, codes, names) comes with its reason, and says whether it closes
a phrase, for then it cuts the noun of the quantity behind it (3岁以下婴幼儿托位增4万个). What may be one number is
read as one or not at all (1,50 50+30 1·5千). No recursion, bounded windows, possessive runs: linear in the length of
the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minshi_analysis.language import grammar as g
from minshi_analysis.language.comparators import COUNTED, why_not
from minshi_analysis.language.numerals import compound, neat, numeral, value_of
from minshi_analysis.language.page import Hit, Page, Skip
from minshi_analysis.language.units import DESCRIBING, based, describes, unit_at

__all__ = ["scan"]

_ARABIC = frozenset("0123456789")
_AT_ITEM = "|。;" + g.BREAK
_YEAR_BEHIND = re.compile(r"[0-9]{1,2} ?\. ?((?:19|20)[0-9]{2})")  # 1.2024年: an item's number, then a year
_PARTS = {"百分之": ("%", 1), "千分之": ("‰", 1), "万分之": ("%", 100)}
_WITH_MORE = frozenset(("成", "倍", "元"))
_DASHES = frozenset("-~至到 ")
_CARRIED = re.compile(r"视频|监控|探头|摄像|图像|高清|感知|信号|电话")
_RANK_ENDS = frozenset(word[-1] for word in g.RANK)
_SYSTEM = re.compile(g.SYSTEM)
_TEAM = 100  # so many people play or work in turns
_NAME = 20  # characters: a longer quotation is a sentence
_POINT_FOR_COMMA = re.compile(r"[0-9]{1,3}\.[0-9]{3}")  # 1.500个
_SHARED_UNIT = re.compile(r"分别|依次|各")
_THOUSAND = re.compile(r"[0-9]{1,3}、[0-9]{3}(?![0-9])")
_SIGNS = frozenset(g.MINUS + "±—–")
_DENIED = frozenset("≠≮≯≰≱༪")  # not 500, not less than 500; a sign that is a half less
_FOREIGN_ENDS = frozenset("$＄€£￡₩DRYPW")
_FOREIGN = re.compile(r"(?:[$＄€£￡₩]|(?<![A-Za-z])(?:USD|HKD|EUR|JPY|GBP|KRW)) ?$")  # before an amount
_OLD = frozenset("廿卅卌幺")  # twenty, thirty, forty and one as they are rarely printed: 廿五个 is not five


class _Number(NamedTuple):
    """A numeral that was read: its text without scale, value, upper end of a pair, and where it stands."""

    text: str
    value: float
    upper: float | None
    scaled: bool
    start: int
    end: int
    bound: str

    @property
    def arabic(self) -> bool:
        return self.text[0] in _ARABIC


def scan(page: Page) -> Iterator[Hit | Skip]:
    """Every printed number that counts or could count, in reading order: quantities, and the rest with reasons."""
    s, pos = page.s, 0
    last: Hit | None = None
    while first := g.NUMBER_START.search(s, pos):
        pos = first.end()
        if (m := g.NUMBER.match(s, pos - 1)) is None:
            continue
        found = _read(page, m, last)
        if found is None:
            pos = m.end()
            continue
        if isinstance(found, Hit):
            last = found
            pos = max(found.end, found.outer_end)
        else:
            pos = found.end
        yield found


def _read(page: Page, m: re.Match, last: Hit | None) -> Hit | Skip | None:
    """The quantity at a number, or why it is none; None where a Chinese character only looks like a number."""
    n = _numeral(page, m)
    if not isinstance(n, _Number):
        return n
    hit = _meant(page, n, m["part"], last)
    if not isinstance(hit, Hit):
        return hit
    if page.norm[n.start - 1] in _SIGNS and n.arabic and (reason := _signed(page, hit)):
        return Skip(n.start, hit.end, reason, True)
    if reason := why_not(page, n.text, hit, last):
        return Skip(n.start, max(hit.end, hit.outer_end), reason, n.arabic)
    return hit


def _skip(s: str, start: int, end: int, reason: str, cuts: bool = False) -> Skip:
    """What is set aside, with all digits that hang on its last one."""
    if s[end - 1] in _ARABIC and s[end : end + 1] in g.JOINTS and (more := g.JOINED.match(s, end)):
        end = more.end()
    return Skip(start, end, reason, cuts)


def _numeral(page: Page, m: re.Match) -> _Number | Skip | None:
    """The numeral at a match, where it stands by itself; else why not, None where it is part of a word."""
    s, a = page.s, m.start()
    arabic = m["num"][0] in _ARABIC
    before = s[a - 1] if a else "。"
    if not "\u4e00" <= before <= "\u9fff" and (reason := _glued(page, a, arabic)):
        return _skip(s, a, m.end(), reason) if arabic else None
    if before in _OLD:
        return Skip(a - 1, m.end(), "unclear", True)
    if not arabic and g.VAGUE.fullmatch(s, a - 1, m.end()):
        unit, _, end = unit_at(s, m.end())
        return Skip(a, end, "vague") if unit else None
    return _number(s, m) or _no_number(s, m, arabic)


def _meant(page: Page, n: _Number, part: str | None, last: Hit | None) -> Hit | Skip | None:
    """What a numeral says with the unit behind it: a quantity, or why it is none."""
    s, a = page.s, n.start
    unit, kind, end = unit_at(s, n.end)
    if not unit:
        unit, kind, end = _after_mark(page, n)
    if s[a - 1] in _RANK_ENDS and _is_rank(s, a, kind, end):
        return _skip(s, a, end, "ordinal", kind in DESCRIBING)
    point = "." in n.text
    if point and (item := _item(page, n, kind, unit)):
        page.marker = item
        return Skip(a, item, "item_number")
    if s[end : end + 1] in _DASHES and kind not in DESCRIBING and (r := g.RANGE.match(s, end)):
        ranged = _range(page, n, unit, r.end())
        if isinstance(ranged, Skip):
            return ranged
        if ranged is not None:
            n, unit, kind, end = ranged
    if kind == "foreign":
        return Skip(a, end, "foreign_money", True)
    if part or n.text == "百分之百":
        (unit, over), kind, end = _PARTS[part or "百分之"], "percent", n.end
        n = n._replace(value=neat(n.value / over))
    elif kind == "people" and n.value < _TEAM and _SYSTEM.match(s, end):
        return Skip(a, end, "name")  # 3人制篮球场
    elif kind in DESCRIBING and not _is_measured(page, n, unit):
        return Skip(a, end, kind, kind != "attribute")  # 三级医院: part of the noun
    if point and kind in COUNTED and _is_split(s, n):
        return Skip(a, end, "unclear", True)
    hit = _with_unit(s, n, unit, kind, end) if unit else _without_unit(page, n, last)
    if isinstance(hit, str):
        return _uncounted(page, n, hit)
    if n.bound and isinstance(hit, Hit) and hit.bound == "exact":
        hit.bound = n.bound
    return hit


def _is_rank(s: str, a: int, kind: str, end: int) -> bool:
    """Whether the word before a number makes a place in a row of it: 第3, 前10; not 目前18个, 年底前500人参加."""
    if not s.endswith(g.RANK, max(0, a - 3), a) or s.endswith(g.BY_WHEN, 0, a):
        return False
    return s[a - 1] != "前" or kind != "people" or g.CJK.match(s, end) is None


def _is_split(s: str, n: _Number) -> bool:
    """Whether a point stands where a comma may have been (1.500个), or behind the number of an item (4.460个居村).

    Of 7.497万 it is a point: nobody parts thousands before 万, unless they are round (1.500万) or an item may begin.
    """
    if not _POINT_FOR_COMMA.fullmatch(n.text) or g.PER_SO_MANY.search(s, max(0, n.start - 16), n.start):
        return False
    opens = not n.start or s[n.start - 1] in _AT_ITEM
    return opens or s[n.end - 1] not in "万亿" or n.text.endswith("0")


def _uncounted(page: Page, n: _Number, reason: str) -> Skip | None:
    """A number without a unit, set aside; None for a Chinese one that could not count."""
    if not (n.arabic or _counts(page.s, n)):
        return None
    if reason in ("bare", "unclear") and (quote := page.quote(n.start)) and quote[1] - quote[0] < _NAME:
        reason = "name"  # “12+1”, “1”
    return _skip(page.s, n.start, n.end, reason, reason == "unclear")


def _glued(page: Page, a: int, arabic: bool) -> str:
    """Why a number is part of a printed form before it: 1+8, PM2.5, A-24."""
    s = page.s
    before = s[a - 1] if a else ""
    if before == g.TORN or before in _DENIED:
        return "unclear"
    if (before if before != " " else s[a - 2 : a - 1]) in _FOREIGN_ENDS and _FOREIGN.search(
        s, max(0, a - 5), a
    ):
        return "foreign_money"
    if before in g.MONEY_SIGNS:
        if before in g.FOREIGN_SIGNS:
            return "foreign_money"
        if page.declared and "元" not in page.declared[1]:
            return "unclear"  # ¥1,500 under 个
    if before in g.GLUE and a != page.marker:
        return "unclear" if a > 1 and s[a - 2] in _ARABIC else "bare"
    if arabic and before.isascii() and before.isalnum():
        return "code"
    if before == "-" and a > 1 and s[a - 2].isascii() and s[a - 2].isalnum():
        return "code"
    return ""


def _number(s: str, m: re.Match) -> _Number | None:
    """The numeral at a match, with the scales that alternate with its digits (2亿3000万)."""
    _, text, mid, scale, post = m.groups()
    start, end = m.span()
    if not (scale or mid or post) and text.isdigit() and len(text) < 19:
        return _Number(text, float(text), None, False, start, end, "")
    if (
        scale
        and not (mid or post)
        and text[0] in _ARABIC
        and (s[end : end + 1] in _ARABIC or s[end : end + 1] == "零")
    ):
        whole = g.COMPOUND.match(s, m.start("num"))
        value = compound(whole["digits"].replace("余", "").replace("多", "")) if whole else None
        if value is None:
            return None
        return _Number(text, value, None, True, start, whole.end(), _more(whole["mid"], whole["post"]))
    if (read := value_of(m)) is None or (text in g.SCALES and not (post or mid) and text != "十"):
        return None
    scaled = bool(scale) or "万" in text or "亿" in text
    value, upper = read
    while post and s[end : end + 1] in ("万", "亿"):  # 5千余万
        value, scaled, end = value * g.SCALES[s[end]], True, end + 1
    return _Number(text, value, upper, scaled, start, end, _more(mid, post))


def _more(mid: str | None, post: str | None) -> str:
    """The bound of 余, 多, 几, 来."""
    if not (mid or post):
        return ""
    return "approx" if "来" in (mid, post) else "more_than"


def _no_number(s: str, m: re.Match, arabic: bool) -> Skip | None:
    """A run that is no number: a code of 20 digits, 二〇二二年, 三五个, 1万5; not 千 in 千万不要."""
    unit, kind, end = unit_at(s, m.end())
    if arabic:
        whole = g.COMPOUND.match(s, m.start("num")) if m["scale"] else None
        return _skip(s, m.start(), whole.end() if whole else m.end(), "unclear" if whole else "code", True)
    if not unit:
        return None
    return Skip(m.start(), end, kind if describes(kind) else "vague", describes(kind) and kind != "attribute")


def _after_mark(page: Page, n: _Number) -> tuple[str, str, int]:
    """The unit behind a footnote's mark (1200①个), or behind a remark in a cell (5(4)个)."""
    s, at = page.s, n.end
    mark = g.ASIDE.match(s, at) if page.cell else None
    if not mark and s[at : at + 1] in g.MARKS and page.norm[at] not in "〔【":
        mark = g.MARK.match(s, at)
    found = unit_at(s, mark.end()) if mark else ("", "", at)
    return found if found[0] and found[1] not in DESCRIBING else ("", "", at)


def _is_measured(page: Page, n: _Number, unit: str) -> bool:
    """Whether a unit that only describes elsewhere is what is measured: 预期寿命82岁, 55 under a head of 分贝."""
    if (
        page.cell
        and n.value < 1000
        and (unit in ("岁", "年") or (page.declared and page.declared[1] == unit))
    ):
        return True
    before = page.s[max(0, n.start - 16) : n.start]
    if unit == "路":  # 监控3000路, 1000路视频: lines that carry a picture or a call; 302路公交 is a name
        behind = page.s[n.end + 1 : n.end + 6]
        return bool(_CARRIED.search(behind) or (not g.CJK.match(behind) and _CARRIED.search(before[-10:])))
    if unit == "期":  # 托管班4期: so many times; 二期工程, 4期建设 name a part of the works
        return bool(g.HELD.search(before)) and not g.CJK.match(page.s, n.end + 1)
    return unit in ("岁", "年") and any(w in before for w in g.MEASURED_IN_YEARS)


def _item(page: Page, n: _Number, kind: str, unit: str) -> int:
    """Where the number of an item ends that a quantity or a year follows (1.5000户居民, 1.2024年); 0: none."""
    a = n.start
    if n.scaled:
        return 0
    if unit.startswith("年") and (m := _YEAR_BEHIND.fullmatch(n.text)):
        return a + m.start(1)
    if kind in COUNTED and (not a or page.s[a - 1] in _AT_ITEM):
        return a + n.text.index(".") + 1
    return 0


def _range(page: Page, n: _Number, unit: str, at: int) -> tuple[_Number, str, str, int] | Skip | None:
    """A number and the one behind a dash as one range; a Skip where they are none, None where they are apart."""
    s = page.s
    m = g.NUMBER.match(s, at)
    second = _number(s, m) if m else None
    if second is None:
        return None
    unit2, kind2, end2 = unit_at(s, second.end)
    if describes(kind2) and kind2 != "attribute":
        return Skip(n.start, end2, kind2, True)
    if unit and unit2 != unit:
        return None  # 3个到5人
    value, scaled = n.value, n.scaled
    if second.scaled and not scaled and not unit and (plain := numeral(m["num"])) and value < plain:
        value, scaled = neat(value * second.value / plain), True  # 10-15万套
    if not value < second.value or (not unit2 and g.YEAR.fullmatch(n.text)):
        # 20-10个, 2021-2025, 0577-8811
        return None if unit else _skip(s, n.start, end2, "bare" if not unit2 else "unclear", bool(unit2))
    return (
        n._replace(
            value=value,
            upper=second.value,
            scaled=scaled or second.scaled,
            end=second.end,
            bound=n.bound or second.bound,
        ),
        unit2,
        kind2,
        end2,
    )


def _with_unit(s: str, n: _Number, unit: str, kind: str, end: int) -> Hit:
    """A number with its unit, in base units."""
    value, upper, bound = n.value, n.upper, "exact"
    if unit in _WITH_MORE:
        value, end, bound = _more_behind(s, n, unit, end)
    if upper is not None:
        upper = based(upper, unit, kind, n.scaled)[0]
    value, unit = based(value, unit, kind, n.scaled)
    return Hit(value, unit, kind, n.start, end, upper, bound)


def _more_behind(s: str, n: _Number, unit: str, end: int) -> tuple[float, int, str]:
    """What a unit is followed by that adds to its number: 九成五, 一成半, 七成多, 123元1角1分."""
    value, bound = n.value, "exact"
    if unit == "成" and s[end : end + 1] in g.DIGITS:
        value, end = value + g.DIGITS[s[end]] / 10, end + 1
    elif unit == "成" and s.startswith("半", end):
        value, end = value + 0.5, end + 1
    if unit != "元" and s[end : end + 1] in ("多", "余"):
        bound, end = "more_than", end + 1
    elif unit == "元" and not n.scaled and (coins := g.COINS.match(s, end))[0]:
        value = neat(value + int(coins[1] or 0) / 10 + int(coins[2] or 0) / 100)
        end = coins.end()
    return value, end, bound


def _without_unit(page: Page, n: _Number, last: Hit | None) -> Hit | Skip | str:
    """A number without a unit of its own: a ratio, a fraction, people, money, or a unit inherited; or why none."""
    s, a, e, value = page.s, n.start, n.end, n.value
    after = s[e : e + 1]
    if after == "/" and (over := _over(page, n)):
        return over
    if after == "分" and (f := g.PARTS.match(s, e)) and not n.scaled and value <= 10:
        return Hit(g.DIGITS[f[1]] / value, "", "ratio", a, f.end())
    if after in g.JOINTS and n.arabic and g.JOINED.match(s, e):
        return "unclear"
    if after == "。" and (end := _point(page, a, e)):
        return Skip(a, end, "unclear", True)
    if after == "、" and (listed := _listed(page, n)):
        return listed
    if n.scaled and after not in ("+", "-", "×", "级"):
        left = s[max(page.clause_start(a), a - 14) : a]
        if value >= 10**4 and (
            g.PEOPLE.search(s, e, page.right_edge(e, e + 10)) or g.PEOPLE.search(left[-8:])
        ):
            return Hit(value, "人", "people", a, e, n.upper)
        whole = not after or after in g.CLAUSE or after == "、"
        if "万" in s[a:e] and whole and g.INVESTED.search(left):
            upper = None if n.upper is None else neat(n.upper / 10**4)
            return Hit(neat(value / 10**4), "万元", "money", a, e, upper)
        if "亿" in s[a:e] and g.MONEY_WORDS.search(left):
            upper = None if n.upper is None else neat(n.upper / 10**4)
            return Hit(neat(value / 10**4), "万元", "money", a, e, upper)
    whole = page.cell and not a and e == len(s)
    if (not whole and not n.arabic) or after in ("+", "×", "]") or (after.isascii() and after.isalnum()):
        return "code" if after.isascii() and after.isalpha() else "bare"
    if (declared := page.inherited(a)) and declared[1]:
        return _inherits(n, *declared)
    if not n.scaled and after not in (":", "/"):
        follows = last is not None and last.kind == "ratio" and a - last.outer_end < 16
        if g.RATIO_NAMES.search(s[max(0, a - 20) : a]) or (
            follows and g.REACHES.fullmatch(s, last.outer_end, a)
        ):
            return Hit(value, "", "ratio", a, e, n.upper)
    return Hit(value, "", "ratio", a, e, n.upper) if page.cell and after not in (":", "/") else "bare"


def _point(page: Page, a: int, e: int) -> int:
    """Where two numbers end between which a point was misread as the end of a sentence (停车位1。200个); 0: none."""
    s = page.s
    second = g.NUMBER.match(s, e + 1) if s[e + 1 : e + 2] in _ARABIC and a else None
    return second.end() if second and g.CJK.match(s, a - 1) and not page.inherited(a) else 0


def _over(page: Page, n: _Number) -> Hit | str | None:
    """A number before a slash: for so many heads (20.1/10万), a part (1/3), or the same twice (98/98)."""
    s, a, e = page.s, n.start, n.end
    if f := g.PER_HEAD.match(s, e):
        return Hit(n.value, f[0], "ratio", a, f.end())
    f = g.FRACTION.match(s, e) if not n.scaled and page.declared is None else None
    if f and 0 < n.value < int(f[1]) and not (unit_at(s, f.end())[0] or s[f.end() : f.end() + 1] in g.SCALES):
        return Hit(n.value / int(f[1]), "", "ratio", a, f.end())
    same = s.startswith(n.text, e + 1) and s[e + 1 + len(n.text) :][:1] not in _ARABIC | {".", "/"}
    if same and (declared := page.inherited(a)) and declared[1]:
        hit = _inherits(n, *declared)
        if isinstance(hit, Hit):
            hit.end = e + 1 + len(n.text)
        return hit
    return None


def _listed(page: Page, n: _Number) -> Hit | Skip | str:
    """A number of a list that shares the unit behind its last one (1200、500个); 2、3个 is two or three."""
    s, a = page.s, n.start
    if not (m := g.LISTED.match(s, n.end)) or (page.declared and page.declared[1]):
        return ""
    if not a or s[a - 1] in _AT_ITEM:
        return "bare"  # 1、500户居民
    unit, kind, end = unit_at(s, m.end())
    if not unit:
        return ""
    if describes(kind):
        return kind  # 2021、2022年
    if (next_one := float(m["last"])) == n.value + 1 < 10 and not m["more"]:
        return Hit(
            *based(n.value, unit, kind, n.scaled), kind, a, end, based(next_one, unit, kind, n.scaled)[0]
        )
    begin = max(page.clause_start(a), a - 40)
    if _THOUSAND.match(s, a) and not _SHARED_UNIT.search(s[begin:a]):
        return Skip(a, end, "unclear", True)  # 1、500个: a comma that was misread?
    return Hit(*based(n.value, unit, kind, n.scaled), kind, a, n.end)


def _inherits(n: _Number, scale: float, unit: str) -> Hit | str:
    """A bare number under a head; one with a scale of its own (1.5亿 under 万元) keeps that scale."""
    kind = g.UNITS.get(unit.split("/")[0].split("(")[0], "money" if unit.endswith("元") else "count")
    if kind == "foreign":
        return "foreign_money"
    if n.scaled:
        scale = 1 / 10**4 if unit == "万元" else 1.0
    upper = None if n.upper is None else neat(n.upper * scale)
    return Hit(neat(n.value * scale), unit, kind, n.start, n.end, upper)


def _signed(page: Page, hit: Hit) -> str:
    """Give a share or a growth its minus sign; 'unclear' where anything else has one."""
    a = hit.start
    if page.cell and a == 1 and page.s[0] == "-" and page.norm[0] not in g.MINUS:
        return "unclear"  # —5
    if a and page.norm[a - 1] == "±":
        return "unclear"
    if not a or page.norm[a - 1] not in g.MINUS or page.s[a - 2 : a - 1] in ("-", "~"):
        return ""
    if hit.kind not in ("percent", "ratio"):
        return "unclear"
    hit.value, hit.start = -hit.value, a - 1
    return ""


def _counts(s: str, n: _Number) -> bool:
    """Whether a Chinese numeral without a unit could count: 三百零五, 一、 and (二) before an item."""
    return any(c in g.SCALES for c in n.text[1:]) or n.scaled or s[n.end : n.end + 1] in ("、", ")", ".")
