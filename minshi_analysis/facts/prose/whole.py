"""Money that is said of a whole list: 以上10件实事计划总投资4.6亿元,其中争取上级资金3.2亿元. It is of all items, and of none alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from minshi_analysis.facts.prose.item import Item
from minshi_analysis.facts.task import Task
from minshi_analysis.language.numerals import numeral
from minshi_analysis.language.text import Text
from minshi_analysis.layout.passages import Passage, with_words

__all__ = ["OF_SOME", "SUMMED", "Sum", "served_by", "sums_apart", "sums_of"]

OF_SOME = "money of several promises: the words do not say which"
SUMMED = "a sum over amounts that are printed for the items"
_THESE = r"(?:以上|上述|前述|上列|全部|所有|这些?)"
_OF = (
    r"(?:今年|全年|本年度?|年度|20\d\d年度?|全?[省市县区州镇乡]|(?:人民)?政府|[省市县区州]?[委级]|街道|实施|办好?|安排|确定|列入|拟|计划|共|的"
    r"|所列)*"
)
_COUNT = r"(?P<{}>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:大类|方面|大|类|个|件|项)"
_KINDS = r"(?:重点|民生|民心|为民|惠民|利民|便民|办|政府|年度|微|新)*"
_ITEMS = rf"{_KINDS}(?:实事|工程|项目|事项|任务)(?:项目|工程|事项)?"
_LISTED = (
    rf"{_KINDS}(?:实事(?:项目|工程|事项)?|(?:民[生心]|为民|惠民|利民)[^,;。:\d]{{0,2}}(?:工程|项目|事项))"
)
_MONEY = (
    r"(?P<money>,?(?:总共|总计|合计|共计|计划|预计|概算|估算|匡算|初步|年度|所需|[总共约需将]|安排|筹措|落实)*(?:投资|投入|资金|经费)"
    r"(?:总?额|概算|估算|规模|预算|需求)?(?:合计|总计|[约为共达计需])*\d)"
)
_WHOLE = re.compile(
    rf"(?:^|(?<=[。;!?:,(]))(?P<who>{_OF}{_THESE}{_OF}(?:{_COUNT.format('n')})?(?P<named>{_ITEMS})"
    rf"|{_OF}{_COUNT.format('m')}{_LISTED}){_MONEY}"
)
_END = re.compile(
    r"[。!?]|(?<!其中)(?<!来源)(?<!包括)(?<!分别为):|;(?![^,;。:]*(?:资金|投资|财政|配套|自筹|资本|补助|债券|投入|捐))"
)
_GOES_ON = re.compile(r"\s*(?:其中|资金来源|所需资金|包括)[^。!?]*元[^。!?]*[。!?]?")
_BEFORE = re.compile("以上|上述|前述|上列|这")


@dataclass(frozen=True, slots=True)
class Sum:
    """What is said of a list's money: the passage of these words alone, how many items it names, and whether they stand before."""

    passage: Passage
    count: int | None
    behind: bool | None  # its list stands before it; None where the words do not say


def sums_of(passage: Passage) -> tuple[Sum, tuple[int, int]] | None:
    """The money of a whole list in a passage, and which of its characters say it."""
    folded = passage.text.folded
    if "元" not in folded or not ("投" in folded or "资" in folded or "经费" in folded):
        return None
    found = _WHOLE.search(folded)
    if found is None:
        return None
    number = found["n"] or found["m"]
    alone = passage.depth is None and not passage.inline and not folded[: found.start()].strip(" 注备:")
    if found["named"] and "实事" not in found["named"] and not number and not alone:
        return None  # 以上项目总投资500万元, within an item: of that item's works
    start = found.start() if found["named"] else found.start("money")
    end = _end(folded, found.end())
    count = numeral(number) if number else None
    said = with_words(passage, passage.text.slice(start, end))
    behind = True if _BEFORE.search(found["who"]) else None
    return Sum(said, int(count) if count else None, behind), (start, end)


def _end(folded: str, at: int) -> int:
    stop = _END.search(folded, at)
    end = len(folded) if stop is None else stop.end() - (stop[0] == ":")
    more = _GOES_ON.match(folded, end)
    return more.end() if more else end


def sums_apart(found: Sequence[Passage]) -> tuple[list[Passage], list[Sum]]:
    """Passages without what they say of the money of a whole list, and these sums.

    Examples
    --------
    >>> from minshi_analysis.layout.passages import passages
    >>> from minshi_analysis.reading.blocks import Paragraph
    >>> words = ["1.新建公园3个。", "2.改造小区5个。", "以上2件实事共投资300万元。"]
    >>> printed = passages([Paragraph(w, 20 * k, 20 * k + len(w)) for k, w in enumerate(words)])
    >>> kept, sums = sums_apart(printed)
    >>> [passage.text.norm for passage in kept], [(s.passage.text.norm, s.count) for s in sums]
    (['新建公园3个。', '改造小区5个。'], [('以上2件实事共投资300万元。', 2)])
    """
    kept: list[Passage] = []
    sums: list[Sum] = []
    for passage in found:
        said = sums_of(passage)
        if said is None:
            kept.append(passage)
            continue
        whole, (start, end) = said
        sums.append(whole)
        rest = _without(passage.text, start, end)
        if rest.norm.strip(" ,，。;；:：()（）"):
            kept.append(with_words(passage, rest))
    return kept, sums


def _without(text: Text, start: int, end: int) -> Text:
    """A text without some of its characters; all others know where they were printed."""
    at = [*text.at[:start], *text.at[end:]]
    return Text(text.norm[:start] + text.norm[end:], at, text.folded[:start] + text.folded[end:])


def served_by(whole: Sum, made: Sequence[tuple[Item, Sequence[Task]]]) -> list[Task]:
    """The tasks of the list that a sum is of, none where its words do not tell which.

    Parameters
    ----------
    whole : Sum
    made : sequence of (Item, tasks)
        All items of the document in order.
    """
    for own in _lists(whole, made):
        chapters = {id(item.group) for item, _ in own if item.group is not None}
        if own and (whole.count is None or whole.count in (len(own), len(chapters))):
            return [task for _, tasks in own for task in tasks]
    return []


def _lists(
    whole: Sum, made: Sequence[tuple[Item, Sequence[Task]]]
) -> Iterator[Sequence[tuple[Item, Sequence[Task]]]]:
    """The lists that a sum may be of, the likeliest first: without a number that tells, no more than one."""
    at = whole.passage.text.at[0]
    before = [pair for pair in made if pair[0].start < at]
    after = [pair for pair in made if pair[0].start >= at]
    ahead = not before if whole.behind is None else not whole.behind
    beside = after if ahead else before
    groups = _groups(beside)
    if whole.count is None:
        if not (before if ahead else after):
            yield beside
        elif groups and whole.behind is not None:
            yield groups[-1]
        return
    yield beside
    yield from (groups[0], groups[-1]) if groups else ()
    yield made


def _groups(made: Sequence[tuple[Item, Sequence[Task]]]) -> list[list[tuple[Item, Sequence[Task]]]]:
    return [list(own) for _, own in groupby(made, key=lambda pair: id(pair[0].group))]
