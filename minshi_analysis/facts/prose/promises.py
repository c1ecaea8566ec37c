"""What the lines of an item promise: tasks with their targets, their splits and what they cost."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from minshi_analysis.facts.prose.days import with_days
from minshi_analysis.facts.prose.done_of import are_begun
from minshi_analysis.facts.prose.duties import duties
from minshi_analysis.facts.prose.evidence import QUOTED
from minshi_analysis.facts.prose.items import Item, Line
from minshi_analysis.facts.prose.meaning import Figure, Place, counts, done_before, figures_of, is_reporting
from minshi_analysis.facts.prose.results import status_said
from minshi_analysis.language import works
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.numerals import numeral
from minshi_analysis.language.text import Text, fold
from minshi_analysis.layout.passages import pieces, sentences

__all__ = ["Said", "Sentence", "as_lists", "clauses", "name_of", "named", "sentences_of"]

_KINDS = r"(?:工程|行动|计划|项目|专项|攻坚|实事|活动|任务)"
_QUOTED = re.compile(
    rf'(?:(?:实施|推进|开展|深化|抓好)\s*)?"(?!十.?五")(?P<name>[^"]{{2,20}})"[^,:。;"\d]{{0,12}}?{_KINDS}?[,:。]\s*'
)
_NAMED = re.compile(
    rf"(?P<name>[^,:。;]{{2,30}}?(?:{_KINDS}))[,:。]\s*|(?P<other>[^,:。;]{{2,30}})[:。]\s*(?=[^\s(\[])"
)
_PURPOSE = re.compile(
    r"(?:进一步|切实|不断|有效|着力|让|使|从而|以便?|为了|确保|更好|持续|全面提[升高]|促进|方便|满足|助力|推动)"
)
# The rest of a sentence that tells of the clause before it: who pays for the rest, or what it is good for.
_REST = re.compile(
    r"(?:其[余他]|剩余|不足|差额|缺口|所需|余下)(?:部分|资金|经费|款项)*[^,;。]{0,24}(?:自筹|承担|解决|筹措|配套|负担|统筹|兜底|安排|补足)[。;]?$"
    r"|(?:资金|经费|费用)由[^,;。]{2,24}(?:自筹|承担|解决|筹措|配套|负担|统筹|安排)[。;]?$"
    r"|(?:提[升高]|改善|优化|增强|美化|满足|保障|改变|解决好?)[^,;。\d]{0,12}(?:品质|水平|能力|环境|面貌|条件|质量|形象|[得福全]感|满意度|需求|效率|体验|风貌|安全)[。;]?$"
)
_NUMBER = r"[\d一二三四五六七八九十]+"
_N = rf"{_NUMBER}[项个件]"
_HOW_MANY = re.compile(rf"({_NUMBER})[项个件]")
_SUMS_UP = re.compile(
    rf"(?:分别[是为]|如下|包括|有{_N}|情况)[^,;。]{{0,6}}:"
    rf"|{_N}[^;。:]{{2,40}},(?:即|具体|分别|其中|包括)[为是有]?:?(?<=[即是为括:])"  # 有9个指标超额完成年度任务,即:
)
_A_LIST = 3  # items
_ANNOUNCES = re.compile(
    r"(?:完成|达标|达到|实现|滞后)[^。;:]{0,16}(?:指标|实事|项目|任务|事项)[^。;:]{0,8}[\d一二三四五六七八九十]+[项个件]"
)
_OTHER_TIMES = frozenset({"past", "done", "state", "list", "led"})
_QUOTED_TASK = re.compile(r'(?:关于)?"[^"]{4,80}"(?:项目|工程|事项|任务)?[。:]')
_BARE = re.compile(r"\d[\d.,万亿]*[^\d,;。、]{0,4}[,;。、]?")  # …提高到720元、660元
_FOR_ALL = re.compile(r"全覆盖[,、;。]?$")
_REPORTS_ON = re.compile(r"全[年市县区州省盟旗]|累计|共|1-\d+月|[从自]\d{4}年|今年以来|实际")
_BARE_AGAIN = re.compile(rf"(?:现|目前|全市|全县)?(?:新建|创建|建设|{works.DONE})了?(?=\d)")
_ASKS = re.compile(
    r"(?:该|本)?(?:项目|工程)?(?:计划|概算|估算)总?投资|(?:[^,;。:]{2,20}:)?(?:年度|全年|主要|工作)?(?:目标|任务|计划)(?:任务|目标)?(?:数|值)?(?:[为是:]|\d|(?:新[建增]|建设|改造))(?![^,;]*的\d)"
)
_PLANS = re.compile(rf"{QUOTED}(?:今年|全年|年度|年初)?(?:原)?计划[^,;。]*\d[^,;。]*[,;。]?(?P<rest>.*)")
# What became of a promise, told behind its label: 年度目标:新建30个;已完成20个.
_COME_OF_IT = re.compile(
    r"(?:截[至止][^,;。]{1,12},?|目前|现|今年以来|,)*(?:已(?!有|建成的)|实际|累计)[^,;。]{0,16}\d(?![^,;。]*基础上)"
)
_TELLS = re.compile(
    r"(?:已|实际|累计|竣工)[^,;。]{0,12}\d|(?:截[至止]|目前|到(?:今年)?\d+月)[^;。]{0,24}\d|已[^,;。]*[一二三四五六七八九十]+[座个所处条]|"
    r"(?:占|为|完成)[^,;。]{0,8}(?:目标|任务|计划)[^,;。]{0,4}的?\d|(?:率|进度)[^,;。\d]{0,4}\d"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an item.

    Attributes
    ----------
    does : str
        promise, result, lead (it announces results: 超额完成的有10项:), or why it is neither.
    text : Text
    figures : tuple of Figure
    line : Line
        The line that it stands in.
    status : str or None
        What the words that announce it claim of it.
    listed : bool
        Words announce it.
    """

    does: str
    text: Text
    figures: tuple[Figure, ...]
    line: Line
    status: str | None = None
    listed: bool = False


@dataclass(slots=True)
class Said:
    """A task under construction: its words, what it promises and costs, the line that says who answers, and the words of
    another clause that say by when."""

    text: Text
    line: Line
    promised: list[Figure] = field(default_factory=list)
    costs: list[Figure] = field(default_factory=list)
    due: str | None = None


def named(text: Text) -> tuple[str | None, int]:
    """The name with which an item begins, and how much of the text it takes.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> named(clean("“温馨教室”工程,为50个教室装空调"))
    ('温馨教室', 9)
    """
    folded = text.folded
    match = _QUOTED.match(folded) or _NAMED.match(folded)
    if match is None:
        bare = re.fullmatch(r'(?:实施|推进|开展)?"([^"]{2,20})".{0,8}', folded.rstrip("。:"))
        return (text.norm[bare.start(1) : bare.end(1)], len(folded)) if bare else (None, 0)
    group = "name" if match["name"] else "other"
    name = text.norm[match.start(group) : match.end(group)]
    if counts(text.slice(match.start(group), match.end(group))) or duties(text)[0].norm.strip() == name:
        return None, 0
    return name, match.end()


def sentences_of(
    item: Item,
    *,
    year: int | None,
    level: str | None,
    reports: bool,
    alone: str,
    region: str | None = None,
    afterwards: bool = False,
) -> list[Sentence]:
    """The sentences of an item, each with what it does and its figures read.

    Parameters
    ----------
    item : Item
    year, level, reports, region, afterwards
        What is known of the document.
    alone : {"promise", "result"}
        What an unmarked sentence does in an item of a report that has no other.
    """
    cut = [piece for line in item.lines for piece in _pieces(line, reports)]
    does = [piece.does or _does(piece.line, piece.text, reports) for piece in cut]
    announced = item.group is not None and _ANNOUNCES.search(fold(item.group.text.norm))
    if reports and announced:  # 超额完成的指标有6个,分别是: what is listed below is done
        status = status_said(item.group.text.norm)
        cut = [
            replace(p, status=p.status or status, listed=True) if not d else p
            for p, d in zip(cut, does, strict=True)
        ]
        does = [d or "result" for d in does]
    if reports:
        told = any(d == "result" for d in does)
        first = next((k for k, d in enumerate(does) if not d and counts(cut[k].text)), None)
        for k, d in enumerate(does):
            if d:
                continue
            head = first is None or cut[k].line is cut[first].line
            later = any(piece.line is not cut[k].line for piece in cut[k:])
            opens = k > 0 and cut[k - 1].line is cut[k].line and cut[k - 1].text.norm.endswith("。")
            if opens and _QUOTED_TASK.fullmatch(cut[k - 1].text.folded.strip()):
                does[k], does[k - 1] = "result", does[k - 1] or "promise"
                continue  # 关于"新增社康机构6家"。新增社康机构5家。
            if opens and _reports_on(cut[k - 1].text, cut[k].text):
                does[k], does[k - 1] = "result", does[k - 1] if does[k - 1] == "result" else "promise"
                continue  # 新建公路150公里。全年建成158公里。
            head = head and not any(does[i] == "result" and cut[i].line is cut[k].line for i in range(k))
            does[k] = "promise" if head and (told or later) else alone if head else "result"
    about = Place(reports, "", year, level, region, afterwards=afterwards)
    found = [_figured(piece, what, about) for piece, what in zip(cut, does, strict=True)]
    return [_to_begin(s) if s.does == "promise" and "result" in does else s for s in found]


def _to_begin(sentence: Sentence) -> Sentence:
    """A promise above what came of it, its works to be begun promised too: 开工改造小区60个, above 已开工62个."""
    return replace(
        sentence,
        figures=tuple(
            replace(f, reading="promise")
            if f.reading == "begun" and are_begun(f.text.folded, f.quantity)
            else f
            for f in sentence.figures
        ),
    )


def _reports_on(before: Text, text: Text) -> bool:
    """Whether a sentence tells what became of the one before: 全年建成158公里, or no more than a verb and as many of the same."""
    asked, told = counts(before), counts(text)
    if not asked or not told:
        return False
    again = _BARE_AGAIN.match(text.folded) and same_unit(asked[0].unit, told[0].unit) and asked[0].unit
    return bool(again) or bool(_REPORTS_ON.match(text.folded))


def _pieces(line: Line, reports: bool) -> Iterator[Sentence]:
    """The sentences of a line; in a report the words that announce results apart, and what they say with each of them.

    Words that say how many they announce (有9个指标超额完成年度任务,即:) speak of no sentence behind the last of these.
    """
    status, listed, due = None, False, 0.0
    for text in sentences(line.text, "。!?;"):
        lead = _SUMS_UP.search(text.folded) if reports else None
        if lead:
            head = text.slice(0, lead.end())
            status, listed, due = status_said(head.norm), True, _announced(head.folded)
            yield Sentence("lead", head, (), line)
            text = text.slice(lead.end(), len(text.norm))
        elif listed and due == 0:
            status, listed = None, False
        if text.norm.strip(" 。;；,，"):
            yield Sentence("result" if listed else "", text, (), line, status, listed)
            due -= 1


def _announced(folded: str) -> float:
    """How many results words announce; not a number that is counted down to none, where they do not say it."""
    counted = _HOW_MANY.findall(folded)
    return (numeral(counted[-1]) or 0.5) if counted else 0.5


def _figured(piece: Sentence, does: str, about: Place) -> Sentence:
    kind = piece.line.kind if piece.line.kind in ("promise", "result", "rate", "past", "money") else ""
    place = replace(about, kind=kind, likely=does if does in ("promise", "result") else "promise")
    return replace(piece, does=does, figures=tuple(figures_of(piece.text, place)))


def _does(line: Line, text: Text, reports: bool) -> str:
    """What a sentence does by its label or its words; '' in a report where neither says it."""
    if line.kind in ("past", "steps", "next"):
        return line.kind
    if line.kind == "money":
        return "money"
    if not reports:
        return "done" if line.kind == "result" or done_before(text.folded) == len(text.norm) else "promise"
    if line.kind == "promise" and _COME_OF_IT.match(text.folded):
        return "result"  # 年度目标:新建30个;已完成20个
    if line.kind in ("promise", "result", "rate"):
        return "result" if line.kind == "rate" else line.kind
    planned = _PLANS.match(text.folded)
    if planned:  # 计划改造200万平方米,已下发三批计划: the next sentence tells how far it came
        tells = _TELLS.search(planned["rest"]) or status_said(planned["rest"])
        begin = planned.start("rest")
        again = _reports_on(
            text.slice(0, begin), text.slice(begin, len(text.norm))
        )  # 计划新建30公里,建成31公里
        return "result" if tells or again else "promise"
    if _ASKS.match(text.folded) and not is_reporting(text):
        return "promise"
    return "result" if is_reporting(text) else ""


def clauses(item: Item, told: Sequence[Sentence], shares: Sequence[tuple[int, int]] = ()) -> Iterator[Said]:
    """The tasks of an item: of a named one each clause with a figure, of another each of its lines.

    ``shares`` are the places of figures that split another one: they make no task.
    """
    name, length = (item.name, 0) if item.name else name_of(item)
    rows = [s for s in told if s.does in ("promise", "money")]
    lines = list(dict.fromkeys(id(s.line) for s in rows))
    made: list[Said] = []
    for line_id in lines:
        own = [s for s in rows if id(s.line) == line_id]
        line = own[0].line
        if own[0].does == "money":
            made.append(
                Said(
                    line.text.slice(0, 0),
                    line,
                    [],
                    [f for s in own for f in s.figures if f.reading == "cost"],
                )
            )
            continue
        first = line is item.lines[0]
        if not first and item.head is None and line.kind == "" and not any(map(_says_what, own)):
            continue  # what is printed below an item, and promises nothing
        if name is None:
            made.append(_whole(own, line, shares))
        else:
            made += _cut(item, own, line, length if first else 0, shares)
    yield from made


def _says_what(sentence: Sentence) -> bool:
    """Whether a sentence has a figure of its own that is none of another time: 据了解,去年改造小区188个 has none."""
    told = [figure.reading not in _OTHER_TIMES for figure in sentence.figures]
    return bool(counts(sentence.text)) and (not told or any(told))


def name_of(item: Item) -> tuple[str | None, int]:
    """The name that the first words of an item give it, and how much of them it takes."""
    return named(item.lines[0].text) if item.lines and not item.nameless else (None, 0)


def as_lists(items: Sequence[Item]) -> list[Item]:
    """Items, each read as most of its list are: among items without names no words of a single one are a name.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> said = ["改造农房9户", '实施"保护视力"项目,为40名学生配镜', "新建公园5个"]
    >>> lines = [Line("", clean(words), {}, "") for words in said]
    >>> items = [Item(str(k), None, None, None, (line,), "number", False, "") for k, line in enumerate(lines, 1)]
    >>> [name_of(item)[0] for item in items], [name_of(item)[0] for item in as_lists(items)]
    ([None, '保护视力', None], [None, None, None])
    """
    out: list[Item] = []
    for _, group in groupby(items, key=lambda item: (id(item.group), item.form)):
        own = list(group)
        names = sum(bool(item.name or name_of(item)[0]) for item in own)
        nameless = len(own) >= _A_LIST and 2 * names < len(own) and own[0].form == "number"
        out += [replace(item, nameless=nameless) for item in own]
    return out


def _whole(own: Sequence[Sentence], line: Line, shares: Sequence[tuple[int, int]]) -> Said:
    first, last = own[0].text.at[0], own[-1].text.at[-1]
    at = line.text.at
    text = line.text.slice(bisect.bisect_left(at, first), bisect.bisect_left(at, last))
    return _with_figures(Said(text, line), [f for s in own for f in s.figures if not _among(f, shares)])


def _with_figures(said: Said, figures: Sequence[Figure]) -> Said:
    said.promised = [f for f in figures if f.reading in ("promise", "rate")]
    said.costs = [f for f in figures if f.reading == "cost"]
    return said


def _among(figure: Figure, places: Sequence[tuple[int, int]]) -> bool:
    start, end = figure.text.span(figure.quantity.start, figure.quantity.end)
    return any(a < end and start < b for a, b in places)


def _cut(
    item: Item, own: Sequence[Sentence], line: Line, length: int, shares: Sequence[tuple[int, int]]
) -> Iterator[Said]:
    """The clauses of a named item's line."""
    figures = [
        f
        for s in own
        for f in s.figures
        if f.reading in ("promise", "rate", "cost") and not _among(f, shares)
    ]
    beside = [  # what only describes another figure makes no task: 比上年提高2个百分点
        f.text.span(f.quantity.start, f.quantity.end)
        for s in own
        for f in s.figures
        if f.reading not in ("promise", "rate", "cost")
    ]
    parts: list[Text] = []
    for sentence in own:
        skip = 0
        if sentence.text.at[0] == line.text.at[0] and length:
            skip = min(length, len(sentence.text.norm))
        rest = sentence.text.slice(skip, len(sentence.text.norm))
        if rest.norm.strip(" ,，、;；。:："):
            parts += _task_lines(rest, [f for f in figures if f.text is sentence.text])
    lines = [
        _with_figures(Said(part, line), _within(part, figures))
        for part in _joined(parts, line.text, figures, [*shares, *beside])
    ]
    if lines and all(said.costs and not said.promised for said in lines):
        yield Said(line.text, line)  # its name and its costs are all that is said
    for said in with_days(lines):
        if said.promised or said.costs or not item.told or _FOR_ALL.search(said.text.folded):
            yield said


def _within(part: Text, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that are printed in a part."""
    begin, end = part.span(0, len(part.norm))
    return [f for f in figures if begin <= f.text.span(f.quantity.start, f.quantity.end)[0] < end]


def _task_lines(sentence: Text, figures: Sequence[Figure]) -> Iterator[Text]:
    """A sentence cut behind each figure; words without one go with the figure that follows them.

    A 、 only cuts where both sides have a figure or the figure comes last: in 为5000户老人、残障人士居所改造
    it lists whom the one figure is for. Rates in a list (参保100%、救助100%) are one promise.
    """
    own = _within(sentence, figures)
    base = sentence.at
    spans = []
    for f in own:
        start, end = f.text.span(f.quantity.start, f.quantity.end)
        spans.append((bisect.bisect_left(base, start), bisect.bisect_left(base, end), f.quantity.unit))
    parts, ends = [], [0]
    for piece in pieces(sentence, ",、"):
        parts.append(piece.folded)
        ends.append(ends[-1] + len(piece.norm))
    holding = [bisect.bisect_left(spans, (end,)) for end in ends]  # figures before each cut
    start, done = 0, 0
    for i, part in enumerate(parts):
        end, last = ends[i + 1], i == len(parts) - 1
        ready = holding[i + 1] > done or bool(_FOR_ALL.search(part))
        if ready and part.endswith("、") and not last and holding[i + 1] > done:
            behind = sentence.norm[spans[holding[i + 1] - 1][1] : end - 1]
            ready = not re.sub(r"\([^()]*\)", "", fold(behind)) or holding[i + 2] > holding[i + 1]
            ready = ready and not _BARE.fullmatch(parts[i + 1])
            units = [unit for _, _, unit in spans[holding[i + 1] - 1 : holding[i + 1] + 1]]
            ready = ready and units != ["%", "%"]
        if ready or last:
            if sentence.norm[start:end].strip(" ,，、;；。"):
                yield sentence.slice(start, end)
            start, done = end, holding[i + 1]


def _joined(
    lines: Sequence[Text], text: Text, figures: Sequence[Figure], shares: Sequence[tuple[int, int]]
) -> Iterator[Text]:
    """Task lines, a line that only says what a task is for, or what part of it is whose, joined to the task before it."""
    waiting: Text | None = None
    for line in lines:
        start = re.match(r"[\s,;、。]*", line.folded).end()
        begin, end = line.span(0, len(line.norm))
        splits = any(begin <= a < end for a, _ in shares)
        if (
            waiting is not None
            and not _within(line, figures)
            and (splits or _PURPOSE.match(line.norm, start) or _REST.match(line.folded, start))
        ):
            first, last = (bisect.bisect_left(text.at, at) for at in (waiting.at[0], line.at[0]))
            waiting = text.slice(first, last + len(line.norm))
            continue
        if waiting is not None:
            yield waiting
        waiting = line
    if waiting is not None:
        yield waiting
