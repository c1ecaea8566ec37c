"""What sentences report: results with the rates, targets and states that the words beside them print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from minshi_analysis.facts.prose.done_of import are_begun, done_of
from minshi_analysis.facts.prose.meaning import IN_AIM, Figure
from minshi_analysis.language import works
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.text import Text, fold
from minshi_analysis.layout.passages import pieces

__all__ = [
    "Result",
    "claims_only_itself",
    "is_cumulative",
    "is_done",
    "is_of_other_works",
    "is_overall",
    "is_told",
    "is_unlike",
    "results_of",
    "status_said",
]

# A rate of the target is no state (完成年度目标任务6000个的113.7%, 完成年度任务近九成), nor is a part of it.
_NOT_RATED = (
    r"(?!任务|目标|[总数]?[量值数]?的?\d|[^,;。]{0,16}的(?:约|近|超过?)*[\d一二三四五六七八九十]|[^,;。]{0,8}(?:百分之|[一二三四五六七八九]成|\d[\d.]*%)"
    r"|(?:的|已|约|近|超)*(?:[过近大]?半|多半|\d[\d.]*%))"
)
_STATES = (
    (
        "behind",
        re.compile(r"未(?:能)?(?:按[期时])?完成|尚未完成|滞后|未达|未能|延期|低于(?:目标|任务|计划|序时)"),
    ),
    (
        "over",
        re.compile(r"超(?:额|出|前)?(?:完成)?(?:了)?(?:年度|全年|年|省|市|定)*(?:目标|任务|计划)|超额|超\d"),
    ),
    (
        "in_progress",
        re.compile(rf"{works.UNDER_WAY}|按序时|(?:已|均|全部|全面)+(?:{works.BEGUN})|开工建设"),
    ),
    (
        "met",
        re.compile(
            rf"(?:完成|达到|实现)了?(?:年度|全年|年初|既定|预期|当年|省定|市定)*(?:目标|任务|计划)(?:任务|目标)?{_NOT_RATED}"
            r"|(?:已|均|都)(?:经)?(?:全部|全面)?(?:按[时期]|如期|提前)?(?:完成|完工|竣工|建成)(?:[。;,)]|$)|(?:全部|全面|如期|按时|按期|提前)(?:完成|完工|竣工|建成)|100%的?完成"
            r"|(?:已|均|全部|现)[^,;。\d]{0,10}(?:更新|改造|安装|发放|建设|实施|施工|验收|整治|拆除|铺设)完[毕成](?=[。;,)]|$)"
            rf"|已于[^,;。]{{2,14}}?(?:完成|{works.FINISHED})(?![率\d]|主体|招标)"
        ),
    ),
)
_OWN_AIM = re.compile(r"(?<=[标务划量数])\([^()]{1,20}\)")  # 完成年度目标任务(6000个)的113.7%
_WHOLE_DONE = re.compile(  # 主体已完成,已投入使用
    rf"(?:^|[,;。])[^,;。\d]*(?:已|均|全部)[^,;。\d]{{0,4}}(?:{works.FINISHED}|验收)(?!率|[^,;。]*\d)"
)
_ASKING = re.compile(
    r"(?:[^,;。]{0,14},)?(?:(?!完成|[已超按])[\u4e00-\u9fff]){0,4}(?:年度|全年|年初|今年)?(?:目标任务|工作任务|目标|任务|计划)(?!的|完成)"
)
_TURN = re.compile(
    r"[,;](?:目前|现|截[至止][^,;]{1,10}|全年)*,?(?:实际|已|累计|均|分别|共|全部|全面|如期|按期|提前|超额)"
)
_AHEAD = re.compile(r"预计[^,;。]{0,30}$|(?:将|拟|计划)[^,;。]{0,12}$")
_STARTED = re.compile(r"已|正在|均|完成|全部")
_OVERALL = re.compile(
    r"(?:整体|总体|综合|平均|合计|总)[\u4e00-\u9fff]{0,4}(?:率|比例|进度|目标|任务|计划)的?(?:分别)?(?:为|达到?|约)?$"
)
_OF_EACH = re.compile(r"(?:均|都|皆)(?!衡)[^,;。\d]{0,12}$")  # 完成率均达100%, 均完成年度任务的100%
_TOLD = re.compile(r"已|实际|累计|截至|目前|全年|今年以来|共(?!享|同|有)|完成了")
_EACH = re.compile(
    r"(?:分别|依次)[^,;。\d]{0,8}(?=\d)|[,;](?:目前|现|实际|累计|已|均|共)+(?:完成|达到?|建成|为)?(?=\d)"
)
_RISE_TO = re.compile(r"(?:提高|增加|提升|上调|调整|降低|减少)[到至为]")
_CUMULATIVE = re.compile(r"累计|共计|全年共|总计")
_DONE = re.compile(rf"(?:已|实际|累计(?![向为对给])|完成|发放|{works.FINISHED})[^,;。\d]{{0,10}}$")
_BUILT = re.compile(rf"(?:实际|共|累计)*(?:完成|{works.FINISHED})了?")
_UNDER_WAY = re.compile(
    rf"^[^,;。]*[,;](?:目前|现|已|正在|全部|均|都)*(?:施工|招标|建设|推进|实施|{works.BEGUN})"
    rf"|^[^,;。()]*\((?:目前|现|均|全部|已|正在?)+(?:完成|施工|推进|{works.BEGUN}|{works.FINISHED})[^,;。()\d]{{0,6}}\)"
)
_DONE_BEHIND = re.compile(  # 60个已完成配套建设,19个正在建设
    rf"(?:[^,;。\d]{{0,8}}(?:已|均|基本|全部)+)?(?:完成|{works.FINISHED})"
)
_ALL_DONE = re.compile(  # 2381户农村危房改造全部竣工,"三改"完成2044户
    rf"[^,;。()\d]{{0,12}}(?:已|均|都|全部)+[^,;。()\d]{{0,4}}(?:完成|{works.FINISHED})"
)
_PART_DONE = re.compile(  # 21所、9所已完成; 21所(其中9所已投用)
    r"[^\d,;。、]{0,12}[、,(](?:目前|其中|现|有|已有)*\d[\d.]*[\u4e00-\u9fff]{1,3}(?:已经?|均已?|全部)+"
    rf"(?:完成|开工|{works.FINISHED})"
)
# Done is said of so many alone (23所已竣工): among others (其中, 已有), or of fewer than are asked for, it claims no more.
_OF_ITS_OWN = re.compile(
    rf"[^,;。()\d]{{0,8}}?(?<![均都])(?:已经?)(?:{works.FINISHED}|完成)[^,;。()\d]{{0,6}}"
)
_SOME_DONE = re.compile(
    rf"(?:其中|(?<![现共所])已?有)[^,;。\d]{{0,8}}\d[\d.]*万?[^,;。()\d]{{0,8}}?已经?(?:{works.FINISHED}|完成)"
)
_REST = re.compile(r"(?:其余|剩余?|剩下|余下|尚有|还有|另外?)的?有?$")
_AMOUNT = "(?:工程|工作)总?量|工程总量"
_PROGRESS = re.compile(
    rf"(?:(?:工程|形象|总体|整体|施工|建设|改造|总|序时)*进度|{_AMOUNT})(?:已|约|为|达到?|过|完成|的|近)*$"
)
_WHOLE_WORKS = re.compile(rf"(?:(?:总体|整体|形象|总)进度|{_AMOUNT})(?:已|约|为|达到?|过|完成|的|近)*$")
_TOLD_WORDS = re.compile(
    r"目前|现|已经?|实际|累计|共计?|全[部面年市县区省]|截至[^,;]{1,8}|其中|新[增建]|开展|实施|完成|发放|改造|建设|了|均|约|有|"
    rf"{works.FINISHED}"
)
_FINISHING = (
    r"(?:已(?!有)|实际|累计(?![向为对给])|完成|发放|购置|解决|安装|改造|新[建增]|"
    rf"{works.FINISHED})"
)
_FINISHED = re.compile(rf"{_FINISHING}[^,;。\d]{{0,16}}$")
_NOT_YET = "在建|正在|开工|动工|未|拟|计划|招标"
_LISTED_WITH = re.compile(  # 购置图书345万册、课桌46.5万套、计算机3.2万台: one verb for all
    rf"{_FINISHING}(?:(?!{_NOT_YET})[^,;。、\d]){{0,16}}\d[\d.]*[万亿]?[^,;。、\d]{{1,4}}(?:\([^()]*\))?"
    rf"(?:[、和](?:(?!{_NOT_YET})[^,;。、\d]){{1,12}}\d[\d.]*[万亿]?[^,;。、\d]{{1,4}})*[、和](?:(?!{_NOT_YET})[^,;。、\d]){{1,12}}$"
)
_TIMES = 3  # a result of more than this many times its target is one of something else
_NAMED = 6  # characters of a clause that name works of their own
_LEVEL = re.compile(r"达到?$|达到了?$|提高到|提升到|增加到|稳定在|保持|[率比数]$|(?:为|是)$")


@dataclass(slots=True)
class Result:
    """A reported piece of a sentence: its words, its result, the target and the rate beside it, its status."""

    text: Text
    actual: Figure | None = None
    aim: Figure | None = None
    rate: Figure | None = None
    status: str | None = None
    of_several: bool = False  # its target stands behind other results too, and names none of them alone

    @property
    def measure(self) -> str | None:
        """What is counted: the result's words, else the target's."""
        own = self.actual.quantity.measure if self.actual else None
        return own or (self.aim.quantity.measure if self.aim else None) or None


@dataclass(slots=True)
class _Piece:
    text: Text
    figures: list[Figure] = field(default_factory=list)

    def of(self, reading: str) -> list[Figure]:
        return [f for f in self.figures if f.reading == reading]


def status_said(words: str, asked: str = "") -> str | None:
    """The state that words claim; figures and rates claim none.

    Of works of which a part is done (框架结构已完成) only what else is said tells more; ``asked`` is what was promised.

    Examples
    --------
    >>> [status_said(w) for w in ("超任务17元", "未完成年度目标", "正在施工中", "完成年度目标的64%", "均已完成。")]
    ['over', 'behind', 'in_progress', None, 'met']
    """
    folded = _OWN_AIM.sub("", fold(words))
    whole = works.without_parts(folded, asked)
    for status, form in _STATES:
        for match in form.finditer(whole):
            if not _AHEAD.search(whole[: match.start()]):
                return status
    if whole == folded:
        return None
    return "met" if _WHOLE_DONE.search(whole) else "in_progress"


def results_of(
    sentence: Text, figures: Sequence[Figure], status: str | None = None, asked: str = ""
) -> tuple[list[Result], list[Figure]]:
    """The results of a sentence in order, and the figures of it that belong to none.

    Parameters
    ----------
    sentence : Text
    figures : sequence of Figure
    status : str or None
        What the line that announces the sentence claims of all its results (超额完成的有10项:).
    asked : str
        What its item promises.
    """
    results = _respectively(sentence, figures)
    taken = {_at(f) for r in results for f in (r.actual, r.aim, r.rate) if f is not None}
    figures = [f for f in figures if _at(f) not in taken]
    figures = _asked(sentence, figures)
    loose: list[Figure] = []
    for group in _groups(sentence, figures):
        found, left = _read(group, status, asked)
        results += found
        loose += left
    return results, loose


def _respectively(sentence: Text, figures: Sequence[Figure]) -> list[Result]:
    """The results of an enumeration that answer to its targets one by one: 幼儿园5所、小学3所,目前分别建成4所、2所."""
    folded = sentence.folded
    mark = _EACH.search(folded)
    if mark is None:
        return []
    numbers = [f for f in figures if f.reading in ("aim", "result", "promise")]
    aims = [f for f in numbers if f.quantity.end <= mark.start()]
    actuals = [f for f in numbers if f.quantity.start >= mark.end() and f.reading == "result"]
    units = [f.quantity.unit for f in aims]
    if len(aims) < 2 or units != [f.quantity.unit for f in actuals] or not _listed_all(actuals, folded):
        return []
    if _RISE_TO.search(folded, 0, actuals[0].quantity.start):  # 由…分别提高到…: the values before
        return []
    rates = [f for f in figures if f.reading == "rate" and f.quantity.start > actuals[-1].quantity.end]
    out = []
    for k, (aim, actual) in enumerate(zip(aims, actuals, strict=True)):
        named = replace(actual.quantity, measure=aim.quantity.measure)
        part = next(p for p in pieces(sentence, ",，;、") if aim in _in(p, aims))
        rate = rates[k] if len(rates) == len(aims) else None
        out.append(Result(part, replace(actual, quantity=named), replace(aim, reading="aim"), rate))
    return out


def _listed_all(figures: Sequence[Figure], folded: str) -> bool:
    between = (folded[a.quantity.end : b.quantity.start] for a, b in pairwise(figures))
    return all(re.fullmatch(r"[、和及与,](?:新建|改建|扩建|改造|新增|建设)?", words) for words in between)


def _asked(sentence: Text, figures: Sequence[Figure]) -> list[Figure]:
    """Figures, those made targets that a result follows in their sentence: 改造60公里,已完成38公里; 解决1.1万人饮水,正在施工."""
    folded = sentence.folded
    out = list(figures)
    turn = _TURN.search(folded) if _ASKING.match(folded) else None
    if turn is not None:
        at = _place(sentence, turn)
        answered = any(f.reading == "result" and _at(f) > at for f in out)
        out = [
            replace(f, reading="aim")
            if f.reading == "result" and _at(f) < at and (answered or not _BUILT.fullmatch(_clause(f)))
            else f
            for f in out
        ]  # 目标任务甲6400人、乙6400人,实际分别完成6588人、6502人; of 计划10个,建成12个,超额完成 the second is done
    for k, figure in enumerate(out):
        told = _TOLD.search(_clause(figure)) or are_begun(folded, figure.quantity)
        if figure.reading not in ("result", "aim") or told:
            continue
        between, later = "", None
        for other in out[k + 1 :]:
            if other.reading in ("rate", "aim"):
                break
            if other.reading == "result" and same_unit(other.quantity.unit, figure.quantity.unit):
                if _of_another(figure, other):
                    break
                between = folded[figure.quantity.end : other.quantity.start]
                later = other
                break
        begun = any(f.reading == "begun" for f in out[k + 1 :])
        far = later is not None and later.quantity.value > _TIMES * figure.quantity.value
        done = (
            later is not None
            and not far
            and _DONE.search(_clause(later))
            and ("其中" not in between or begun)
            and not _ALL_DONE.match(between)
        )
        rest = folded[figure.quantity.end :]
        done = done or (later is not None and _PART_DONE.match(rest) is not None)
        works = not any(f.reading == "result" for f in out[k + 1 :]) and (
            _UNDER_WAY.search(rest)
            or (
                not _DONE.search(_clause(figure))
                and not _DONE_BEHIND.match(rest)
                and any(
                    f.reading == "begun" and f.quantity.unit == figure.quantity.unit and not _is_the_rest(f)
                    for f in out[k + 1 :]
                )
            )
        )  # 新建市场3个,目前主体完工2个,1个正在办理前期手续
        if done or (works and not any(f.reading == "rate" for f in out)):
            out[k] = replace(figure, reading="aim")
    return out


def _is_the_rest(figure: Figure) -> bool:
    """Whether a figure counts those that are not done: of 改造危桥31座,其余19座正在施工 the first are."""
    return _REST.search(_clause(figure)) is not None


def _of_another(figure: Figure, other: Figure) -> bool:
    """Whether a later figure counts another thing: 开展涂氟服务1.9万人,窝沟封闭完成1.2万人."""
    folded = figure.text.folded
    begin = max(figure.quantity.end, other.quantity.start - len(_clause(other)))
    words = (folded[begin : other.quantity.start], fold(other.quantity.measure))
    own = max((_TOLD_WORDS.sub("", said) for said in words), key=len)
    pairs = [own[k : k + 2] for k in range(len(own) - 1)]
    return len(own) >= _NAMED and sum(pair in folded[:begin] for pair in pairs) < 0.6 * len(pairs)


def _place(text: Text, found: re.Match[str]) -> int:
    return text.span(found.start(), found.end())[0]


def _before(figure: Figure) -> str:
    return figure.text.folded[: figure.quantity.start]


def _clause(figure: Figure) -> str:
    """The words of a figure's clause before it."""
    return clause_before(figure.text.folded, figure.quantity.start)


def _groups(sentence: Text, figures: Sequence[Figure]) -> Iterator[list[_Piece]]:
    """The pieces of a sentence, those together that a rate or a target closes."""
    group: list[_Piece] = []
    for piece in _pieces(sentence, figures):
        closed = any(p.of("result") for p in group) and any(p.of("rate") or p.of("aim") for p in group)
        if closed and piece.of("result"):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _pieces(sentence: Text, figures: Sequence[Figure]) -> Iterator[_Piece]:
    """A sentence cut at its commas, and at a 、 between two reported things."""
    for part in pieces(sentence, ",，;"):
        subs = list(pieces(part, "、"))
        holding = [_in(sub, figures) for sub in subs]
        if len(subs) > 1 and all(any(f.reading in ("result", "aim") for f in h) for h in holding):
            for sub, own in zip(subs, holding, strict=True):
                yield from _with_aim(_Piece(sub, own))
        else:
            merged = _merged(subs, holding, part)
            for sub, own in merged:
                yield from _with_aim(_Piece(sub, own))


def _merged(
    subs: Sequence[Text], holding: Sequence[list[Figure]], part: Text
) -> list[tuple[Text, list[Figure]]]:
    """Pieces between 、 joined until each holds something reported."""
    out: list[tuple[Text, list[Figure]]] = []
    begin = 0
    own: list[Figure] = []
    length = 0
    for sub, held in zip(subs, holding, strict=True):
        length += len(sub.norm)
        own = own + held
        closed = sub.folded.rstrip("、").endswith(")") and any(f.reading in ("result", "rate") for f in own)
        if closed:
            out.append((part.slice(begin, length), own))
            begin, own = length, []
    if begin < len(part.norm):
        out.append((part.slice(begin, len(part.norm)), own))
    return out


def _in(text: Text, figures: Sequence[Figure]) -> list[Figure]:
    begin, end = text.span(0, len(text.norm))
    return [f for f in figures if begin <= f.text.span(f.quantity.start, f.quantity.end)[0] < end]


def _with_aim(piece: _Piece) -> Iterator[_Piece]:
    """A piece that opens with what was to be done: 15个农村幸福院建设已完成8个."""
    results = piece.of("result") + piece.of("begun")
    if results:
        first = min(results, key=lambda f: f.quantity.start)
        q = first.quantity
        words = first.text.norm
        clause = piece.text.folded
        begin = fold(re.split(r"[,，;；。:：、]", words[: q.start])[-1])
        rest = fold(words[q.end :])
        rest = re.split(r"[,;。]", rest)[0]
        behind = [f for f in results if f is not first and same_unit(f.quantity.unit, q.unit)]
        done = re.match(r"[^\d]{2,40}?(?:\([^()]*\))?(?:已|正在|均)", rest)
        own = begin.strip("其中的 ") == "" and done is not None and q.bound == "exact"
        if own and (behind or (len(results) == 1 and re.search(r"正在|施工中|推进中", clause))):
            figures = [replace(f, reading="aim") if f is first else f for f in piece.figures]
            yield _Piece(piece.text, figures)
            return
    yield piece


def _read(group: Sequence[_Piece], given: str | None, asked: str) -> tuple[list[Result], list[Figure]]:
    """The results of a group of pieces with their rates and targets."""
    results: list[Result] = []
    loose: list[Figure] = []
    for piece in group:
        own = piece.of("result")
        status = _claimed(piece.text.folded, asked)
        results += [Result(piece.text, actual=f, status=status or given) for f in own]
        if not own and status and results and not piece.figures:
            of_all = re.search(r"均|都|全部", piece.text.norm)
            for result in results if of_all else results[-1:]:
                result.status = result.status if result.status not in (None, given) else status
        if not own and status == "in_progress" and (piece.of("rate") or piece.of("aim")):
            results.append(Result(piece.text, status=status))
        loose += [f for f in piece.figures if f.reading not in ("result", "rate", "aim")]
    speaking = [
        p
        for p, after in zip(group, [*group[1:], None], strict=True)
        if not (results and _counts_begun(p, after))
    ]
    own_status = _claimed("".join(p.text.folded for p in speaking), asked)
    aimed = [p for p in group if any(not IN_AIM.search(_before(f)) for f in p.of("aim"))]
    if not results and aimed and own_status is not None:
        results += [Result(piece.text, status=own_status) for piece in aimed for _ in piece.of("aim")]
    if len(results) == 1 and results[0].status in (None, given) and own_status:
        results[0].status = own_status
    aims = [f for piece in group for f in piece.of("aim")]
    rates = [f for piece in group for f in piece.of("rate")]
    loose += _aimed(results, aims)
    for result in results:
        if result.status == "met" and given != "met" and _is_some_of(result):
            result.status = None  # 20个小区中,18个已完工
    loose += _rated(results, rates)
    return results, loose


def _is_some_of(result: Result) -> bool:
    """Whether a result is done of more that its words name, and they claim no more than that."""
    if result.actual is None or result.aim is None:
        return False
    pairs = done_of(result.actual.text.folded, [result.aim.quantity, result.actual.quantity])
    return bool(pairs) and result.actual.quantity.value < result.aim.quantity.value


def _claimed(folded: str, asked: str) -> str | None:
    """The state that words claim of all that they tell, and not of some among it: 开工255个,其中236个已完工."""
    return status_said(_SOME_DONE.sub("", folded) if "已" in folded else folded, asked)


def claims_only_itself(result: Result, said: str, asked: str = "") -> bool:
    """Whether the words that a result is done are said of its own figure, and no other word claims that its task is.

    Parameters
    ----------
    result : Result
    said : str
        The folded words in which the claim stands.
    asked : str
        What was promised.
    """
    if result.actual is None:
        return False
    folded, quantity = result.actual.text.folded, result.actual.quantity
    done = _OF_ITS_OWN.match(folded, quantity.end)
    if done is None or re.search("全部|均|都", done[0]):
        return False
    return status_said(said.replace(folded[quantity.start : done.end()], ""), asked) != "met"


def _counts_begun(piece: _Piece, after: _Piece | None) -> bool:
    """Whether a piece only counts works in hand (在建3座, 58个全部开工): that says nothing of the results beside it."""
    begun = piece.of("begun")
    every = begun and re.search(r"(?:全部|全面|均)已?(?:开工|启动|动工)", piece.text.folded)
    goes_on = after is not None and after.text.folded.startswith("其中")
    return (bool(every) and not goes_on) or any(re.search(r"在建[^,;。\d]{0,4}$", _clause(f)) for f in begun)


def _aimed(results: Sequence[Result], aims: Sequence[Figure]) -> list[Figure]:
    """Give each printed target to the result that it is of: the one before it with its unit, else the next one."""
    loose = []
    for aim in aims:
        at = aim.text.span(aim.quantity.start, aim.quantity.end)[0]
        free = [
            r
            for r in results
            if r.aim is None
            and (r.actual is None or same_unit(r.actual.quantity.unit, aim.quantity.unit))
            and not _named_apart(r, aim)
        ]
        before = [r for r in free if r.actual is not None and _at(r.actual) < at]
        named = [r for r in before if _is_named_by(aim, r)]
        fitting = (named if len(named) == 1 else before)[-1:] or free[:1]
        if fitting:
            fitting[0].aim = aim
            fitting[0].of_several = len(before) > 1 and len(named) != 1
        else:
            loose.append(aim)
    return loose


def _named_apart(result: Result, aim: Figure) -> bool:
    """Whether a target that no word calls one names another thing than a result: 抹灰5300平方米,粉刷涂料5700平方米."""
    words = _clause(aim) + aim.text.folded[aim.quantity.end : aim.quantity.end + 16]
    own = _TOLD_WORDS.sub("", fold(result.actual.quantity.measure)) if result.actual else ""
    unlike = len(own) > 1 and is_unlike(result, aim.quantity.measure)  # 9所已完成 names nothing
    return unlike and not re.search("目标|任务|计划|指标", words)


def _is_named_by(aim: Figure, result: Result) -> bool:
    """Whether words of a result name its target too: 完成公厕目标10座."""
    said, own = fold(aim.quantity.measure), fold(result.actual.quantity.measure if result.actual else "")
    return any(own[k : k + 2] in said for k in range(len(own) - 1))


def is_unlike(result: Result, measure: str | None) -> bool:
    """Whether a result names another thing than a target of its unit: 放映70场次, of 送戏120场次."""
    own = _TOLD_WORDS.sub("", fold(result.actual.quantity.measure if result.actual else ""))
    asked = fold(measure or "")
    return len(own) >= 2 and len(asked) >= 2 and not set(own) & set(asked)


def _at(figure: Figure) -> int:
    return figure.text.span(figure.quantity.start, figure.quantity.end)[0]


def _rated(results: Sequence[Result], rates: Sequence[Figure]) -> list[Figure]:
    """Give each rate to its result: as many rates as results in order, one rate to the one that is no level."""
    free = [r for r in results if r.rate is None]
    if len(rates) == 1 and is_of_other_works(rates[0], free):
        return list(rates)
    if rates and len(rates) == len(free):
        for result, rate in zip(free, rates, strict=True):
            result.rate = rate
        return []
    if len(rates) != 1 or not free:
        return list(rates)
    at = _at(rates[0])
    made = [r for r in free if not _is_level(r)] or free
    before = [r for r in made if r.actual is None or _at(r.actual) < at] or made
    summed = is_cumulative(before[-1]) and not any(map(is_cumulative, before[:-1]))
    if (
        len(before) > 1
        and not summed
        and (_listed(before) or is_overall(rates[0].text.folded, rates[0].quantity.start))
    ):
        return list(rates)
    before[0 if len(before) == 1 else -1].rate = rates[0]
    return []


def is_of_other_works(rate: Figure, results: Sequence[Result]) -> bool:
    """Whether a rate is how far works have come as a whole (总进度80%, 工程量的60%), or those that its clause names, and of no result."""
    words = _clause(rate)
    if not _PROGRESS.search(words) or any(r.aim is not None or r.actual is None for r in results):
        return False
    own = _PROGRESS.sub("", words)
    named = len(own) >= _NAMED and not any(
        set(own[k : k + 2]) <= set(r.text.folded) and own[k : k + 2] in r.text.folded
        for r in results
        for k in range(len(own) - 1)
    )
    return named or bool(_WHOLE_WORKS.search(words))


def is_overall(folded: str, at: int) -> bool:
    """Whether the rate at a place is that of all results before it, together or each alike, and of none alone.

    Examples
    --------
    >>> said = "建成公园7个,建成绿道16公里,整体完成率128%"
    >>> is_overall(said, said.index("128"))
    True
    """
    return bool(_OVERALL.search(folded[max(0, at - 16) : at]) or _OF_EACH.search(folded[:at]))


def _listed(results: Sequence[Result]) -> bool:
    """Whether results stand in one enumeration: 完成甲8000人、乙8200人,完成率80%."""
    return len({id(r.text) for r in results[-2:]}) == 1 or results[-2].text.folded.rstrip().endswith(
        ("、", "和", "及")
    )


def is_done(result: Result) -> bool:
    """Whether a verb of the result's own clause says that so much was finished: 竣工84条, 购置图书345万册、课桌46万套."""
    if result.actual is None or result.actual.quantity.unit in ("万元", "百分点", "%"):
        return False
    return bool(_FINISHED.search(_clause(result.actual)) or _LISTED_WITH.search(_before(result.actual)))


def is_cumulative(result: Result) -> bool:
    """Whether a result says that it sums up what was done so far: 上半年新增12处,累计完成45处."""
    return result.actual is not None and _CUMULATIVE.search(_clause(result.actual)) is not None


def is_told(result: Result) -> bool:
    """Whether the words of a result's own clause say that it was reached: 累计助餐5.3万人次, 每千人口托位数达3.1个.

    Money is none: what was spent is another thing than what was done.
    """
    if result.actual is None or result.actual.quantity.unit in ("万元", "百分点", "%"):
        return False
    return bool(is_cumulative(result) or (_is_level(result) and result.status is None))


def _is_level(result: Result) -> bool:
    """Whether a result is a level that is reached, and nothing that was made: 千人口托位数达到3.88个."""
    if result.actual is None:
        return False
    quantity = result.actual.quantity
    before = result.actual.text.folded[max(0, quantity.start - 8) : quantity.start]
    return quantity.unit == "%" or bool(_LEVEL.search(before))
