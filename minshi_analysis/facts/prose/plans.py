"""The targets that a multi-year plan sets in its sentences and boxes (专栏).

A promise is known by its horizon (到2025年…, 五年新增…, “十四五”期间…), which also holds for what follows it
in the paragraph, or by its words (新建…7所, 达到…以上, 支持建设16家…). What describes the past or the present
(a chapter of achievements, 2020年末…达, 13个…试点), names something (“人才新政40条”), explains (“1”即1个…),
qualifies (500人以上常住人口的行政村) or sets a norm (按照0.29/千人标准) is none. Counts written in Chinese
characters sum up what is listed (五个场景, 八大工程); plans print what they promise in digits.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from minshi_analysis.language.dates import Date, find_dates, looks_back
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import Text, fold
from minshi_analysis.layout.passages import Passage, passages, sentences
from minshi_analysis.reading.blocks import Paragraph

__all__ = ["around", "is_qualifier", "plan_targets", "target_row"]

# Headings of chapters that look back or around: what they print is a state, not a promise.
_LOOKING_BACK = re.compile(
    r"(?:现实|发展|工作|规划|建设|改革)基础(?:$|[和与及、])|回顾"
    r"|(?:主要|工作|发展|突出|建设|改革|取得的?|显著|历史)(?:成就|成绩|成效|进展)|成效显著|发展现状|现状(?:$|[和与及、分])"
    r"|(?:面临|发展|宏观|当前|主要|国内外?)的?(?:形势|机遇|挑战|问题|背景|环境)|形势(?:[和与及、分])|机遇[和与及、]挑战"
    r"|(?:存在|突出)的?(?:问题|短板|不足)|(?:规划|编制|时代)背景|^(?:前言|序言|引言)$|编制(?:依据|说明)"
)
# Words that promise what follows them.
_MAKE = (
    r"(?:新改扩建|改扩建|新改建|新[建增改引设开育认配]|[建改扩创打引培推评选招增附配][建成造进育设立选聘集出]?|完成|支持|遴选|认定|"
    r"实施|开展|培训|建有|拥有|投用|改造|提升|提高|增加|集聚|发展|创建|举办|组织|吸引|发放|资助|救助)"
)
_PROMISES = re.compile(
    rf"{_MAKE}|实现|确保|力争|达到|达|保持|稳定|维持|巩固|控制|降低|下降|缩小|增长|不[低少超高大小]|[低高大小多]于|超过|突破|以内|至少|"
    r"[率比重]$|覆盖面$|占比$"
)
_MADE_HERE = re.compile(rf"{_MAKE}(?:[\u4e00-\u9fff]{{0,2}}(?:至少|不少于|不低于|约|近|超过?|了))?$")
_LEVELS = re.compile(r"达到|达$|保持|稳定|维持|[率比重数量]$|人均|每[千万百]|年均|每年")
_SIZE = re.compile(
    r"(?:床位|泊位|车位|学位|班级|人口|面积|规模)(?:及|或)?以[上下内]$"
)  # 500张床位以上养老机构
_EXPLAINS = re.compile(r"(?:即|指|称|含|其中的|简称)$")
_NORM = re.compile(r"按照?[^,;。]{0,15}$")
_SUMS_UP = re.compile(r"(?:等|共|这|该|上述|以上|现有|原有|已有|全市|全县|全区|全省)$")
_NEW = re.compile(r"新建|新增|新[改开设]|建成|建设|打造|完成|实施|创成|创建|改造|培育")
_GOALS = re.compile(r"目标(?:$|[和与及、])|主要指标")
_QUALITATIVE = re.compile(
    r"全覆盖|全部[^,;。]{0,12}(?:达到|实现|完成|设置|配备|建成)|应保尽保|全面(?:完成|消除)"
)
_CLAUSE = re.compile(r"[,;。!?:]")
_NEAR = 120  # characters of a clause that are looked at on either side of a figure
_LONGEST_NAME = 40


@dataclass(slots=True)
class _Section:
    """Where the reader stands: the chapter, and how much of it was used."""

    number: str | None = None
    name: str | None = None
    count: int = 0
    goals: float | None = None  # depth of the heading that announces goals, while under it


@dataclass(slots=True)
class _Promise:
    """What one printed sentence or item promises."""

    text: Text
    quantities: list[tuple[Text, Quantity, bool]] = field(default_factory=list)
    due: str | None = None
    qualitative: bool = False


def plan_targets(
    paragraphs: Sequence[Paragraph], *, doc_id: str, level: str | None, year: int, year_end: int
) -> tuple[list[dict], list[dict]]:
    """The tasks and targets in the prose and boxes of a multi-year plan.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        The plan's prose, in reading order.
    doc_id : str
    level : {"province", "city", "county"} or None
        Whose plan it is.
    year, year_end : int
        First and last year of the plan. What names no year of its own is due when the plan ends.

    Returns
    -------
    tasks, targets : list of dict
        Rows of the model's tables. A task is a sentence, or a numbered item, that promises at least one
        quantity or, with a year of its own, something for all (全覆盖): such a task has no target. Values are
        in base units, money in 万元. Source offsets of a task span its sentence, of a target its figure.

    Examples
    --------
    >>> said = Paragraph("到2025年，建成书房50家以上，阅读率达到92.5%。", 0, 26)
    >>> tasks, targets = plan_targets([said], doc_id="x", level="city", year=2021, year_end=2025)
    >>> [(t["task_id"], t["value"], t["unit"], t["bound"]) for t in targets]
    [('x/0.1', 50.0, '家', 'at_least'), ('x/0.1', 92.5, '%', 'exact')]
    """
    tasks: list[dict] = []
    targets: list[dict] = []
    for section, passage in _promising(passages(paragraphs)):
        for promise in _promises(passage, year, year_end, section.goals is not None):
            section.count += 1
            task_id = f"{doc_id}/{section.number or 0}.{section.count}"
            start, end = promise.text.span(0, len(promise.text.norm))
            tasks.append(
                {
                    "task_id": task_id,
                    "level": level,
                    "programme_no": section.number,
                    "programme": section.name,
                    "item_no": str(section.count),
                    "text": promise.text.norm.strip(),
                    "deadline": promise.due,
                    "doc_id": doc_id,
                    "source_start": start,
                    "source_end": end,
                    "source_ref": passage.ref or None,
                    "patched": False,
                }
            )
            for k, (text, quantity, cumulative) in enumerate(promise.quantities, 1):
                targets.append(
                    target_row(
                        task_id, k, text, quantity, doc_id=doc_id, ref=passage.ref, cumulative=cumulative
                    )
                )
    return tasks, targets


def target_row(
    task_id: str,
    k: int,
    text: Text,
    quantity: Quantity,
    *,
    doc_id: str,
    ref: str = "",
    cumulative: bool | None = None,
) -> dict:
    """A row of the targets table: a quantity found in a text, with the place where its figure was printed."""
    start, end = text.span(quantity.start, quantity.end)
    return {
        "target_id": f"{task_id}#{k}",
        "task_id": task_id,
        "measure": quantity.measure or None,
        "value": float(quantity.value),
        "unit": quantity.unit or None,
        "bound": quantity.bound,
        "cumulative": quantity.cumulative if cumulative is None else cumulative,
        "doc_id": doc_id,
        "source_start": start,
        "source_end": end,
        "source_ref": ref or None,
        "patched": False,
    }


def _promising(found: Sequence[Passage]) -> Iterator[tuple[_Section, Passage]]:
    """Body passages with their chapter, without the chapters that look back."""
    headings = [p for p in found if p.heading and not p.box]
    top = min(map(_depth, [p for p in headings if p.depth is not None] or headings), default=0)
    section, seen = _Section(), {"0"}
    skipped: float | None = None
    for passage in found:
        if not passage.heading:
            if skipped is None:
                yield section, passage
            continue
        depth = _depth(passage)
        if skipped is not None and depth <= skipped:
            skipped = None
        if skipped is None and _LOOKING_BACK.search(passage.name):
            skipped = depth
        if depth <= top and not passage.box:
            section = _Section(_unused(passage.number, seen), passage.name)
        if section.goals is None or depth <= section.goals:
            section.goals = depth if _GOALS.search(passage.name) else None


def _depth(passage: Passage) -> float:
    """How deep a heading lies. A box lies inside its chapter; a bare title ends with the next heading."""
    if passage.box:
        return 3.5
    if passage.depth is not None:
        return passage.depth
    return passage.level - 0.5 if passage.level else 9


def _unused(number: str | None, seen: set[str]) -> str:
    """A number for a chapter's ids: as printed, and told apart where an annex counts from one again."""
    number = number or str(len(seen))
    candidate, letter = number, "b"
    while candidate in seen:
        candidate, letter = number + letter, chr(ord(letter) + 1)
    seen.add(candidate)
    return candidate


def _promises(passage: Passage, year: int, year_end: int, goals: bool) -> Iterator[_Promise]:
    """The promises of a passage: one for a numbered item, else one for each sentence that makes one."""
    due = f"{year_end}-12-31" if goals else None
    made: list[_Promise] = []
    for sentence in sentences(passage.text):
        for promise in _read(sentence, due, year, year_end):
            due = promise.due
            if promise.quantities or promise.qualitative:
                made.append(promise)
    if passage.depth is not None and len({promise.due for promise in made}) == 1:
        made = [_Promise(passage.text, [q for promise in made for q in promise.quantities], made[0].due)]
    for promise in made:
        promise.due = promise.due or f"{year_end}-12-31"
        yield promise


def _read(sentence: Text, due: str | None, year: int, year_end: int) -> list[_Promise]:
    """What a sentence promises: one promise for each horizon that it names, or under the one that holds."""
    folded = fold(sentence.norm)
    dates = find_dates(sentence.norm, year_end=year_end)
    ahead = [d for d in dates if int(d.date[:4]) >= year and not looks_back(sentence.norm, d)]
    starts, promises = [0], [_Promise(sentence, due=ahead[0].date if ahead else due)]
    for date in ahead[1:]:
        if date.date != promises[-1].due:
            starts.append(max((m.end() for m in _CLAUSE.finditer(folded, starts[-1], date.start)), default=0))
            promises.append(_Promise(sentence, due=date.date))
    for promise, start, end in zip(promises, starts, [*starts[1:], len(folded)], strict=True):
        promise.text = sentence.slice(start, end)
        promise.qualitative = bool(ahead and _QUALITATIVE.search(folded, start, end))
    if ahead or not any(int(d.date[:4]) < year for d in dates):
        names = _quoted(folded)
        for quantity in spread(parse_quantities(sentence.norm, kind="plan"), folded):
            k = bisect.bisect(names, (quantity.start,)) - 1
            if k >= 0 and quantity.end <= names[k][1]:
                continue
            last = bisect.bisect_right(dates, quantity.start, key=lambda d: d.end) - 1
            date = dates[last] if last >= 0 else None
            promise = promises[bisect.bisect_right(starts, quantity.start) - 1]
            if _is_promised(quantity, folded, date, year, given=promise.due is not None):
                promise.quantities.append((sentence, quantity, _is_cumulative(quantity, folded, date)))
    return promises


def _is_promised(quantity: Quantity, folded: str, date: Date | None, year: int, *, given: bool) -> bool:
    """Whether a quantity of a sentence is a target.

    ``date`` is the last date before it, ``given`` says that a horizon holds for it.
    """
    before, after = around(folded, quantity)
    if quantity.role == "baseline" or is_qualifier(quantity, before, after):
        return False
    if not re.search(r"\d", quantity.surface) and quantity.unit != "%" and quantity.bound == "exact":
        return False
    if date and int(date.date[:4]) < year and folded[max(0, date.start - 1) : date.start] not in ("较", "比"):
        return False
    if _EXPLAINS.search(before) or (_NORM.search(before) and after.startswith("标准")):
        return False
    if _SUMS_UP.search(before) and not _NEW.search(before):
        return False
    if given:
        return True
    return bool(_PROMISES.search(before) or (quantity.unit == "%" and _PROMISES.search(after)))


def is_qualifier(quantity: Quantity, before: str, after: str) -> bool:
    """Whether a quantity only says who or what qualifies: 500人以上常住人口的行政村, 200张床位以上公办机构.

    ``before`` and ``after`` are the rest of its clause. With a verb of making before it (建设11个以上示范点)
    it is promised, and so is a share that opens its clause (60%以上县创成示范县).
    """
    if not quantity.surface.endswith(("以上", "以下", "以内")) or not re.match(r"[\u4e00-\u9fff]", after):
        return False
    if _SIZE.search(quantity.surface):
        return True
    return not (_MADE_HERE.search(before) or (quantity.unit == "%" and not before.strip("其中")))


def spread(quantities: Sequence[Quantity], folded: str) -> list[Quantity]:
    """Give each figure behind 分别 its own measure.

    甲产业、乙产业、丙产业增加值占比分别达到6.5%、9%、2%: the things before 分别 are as many as the figures
    behind it and end alike (产业); what follows the last of them (增加值占比) belongs to all.
    """
    out = list(quantities)
    for mark in re.finditer("分别|依次", folded):
        first = last = bisect.bisect_left(out, mark.end(), key=lambda q: q.start)
        while last + 1 < len(out) and folded[out[last].end : out[last + 1].start] in ("、", "和", "及"):
            last += 1
        subject = _CLAUSE.split(folded[max(0, mark.start() - _NEAR) : mark.start()])[-1]
        heads = re.split("[、和]", subject)
        ending = _common_ending(heads[:-1])
        if last == first or len(heads) != last - first + 1 or not ending or ending not in heads[-1]:
            continue
        cut = heads[-1].index(ending) + len(ending)
        for i, head in zip(range(first, last + 1), [*heads[:-1], heads[-1][:cut]], strict=True):
            out[i] = replace(out[i], measure=head + heads[-1][cut:])
    return out


def _common_ending(words: Sequence[str]) -> str:
    """The longest ending that words share; of a single word its last two characters."""
    if len(words) <= 1:
        return words[0][-2:] if words else ""
    length = 0
    while length < min(map(len, words)) and len({word[-length - 1] for word in words}) == 1:
        length += 1
    return words[0][len(words[0]) - length :]


def _quoted(folded: str) -> list[tuple[int, int]]:
    """Spans between quotation marks that are short enough for a name."""
    marks = [i for i, char in enumerate(folded) if char == '"']
    return [(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if b - a <= _LONGEST_NAME]


def _is_cumulative(quantity: Quantity, folded: str, date: Date | None) -> bool:
    """Whether a quantity is a sum over the plan's years: 累计, 五年新增, “十四五”期间."""
    if quantity.cumulative:
        return True
    before, _ = around(folded, quantity)
    if quantity.unit in ("%", "‰", "百分点") or _LEVELS.search(before):
        return False
    if re.search(r"累计|五年(?!级)", before):
        return True
    return date is not None and date.plan and folded[date.end : date.end + 1] in (",", "内")


def around(folded: str, quantity: Quantity) -> tuple[str, str]:
    """The words of a quantity's clause before it, without what stands in brackets there, and after it."""
    before = _CLAUSE.split(folded[max(0, quantity.start - _NEAR) : quantity.start])[-1]
    after = _CLAUSE.split(folded[quantity.end : quantity.end + _NEAR], maxsplit=1)[0]
    return re.sub(r"\([^()]*\)", "", before), after
