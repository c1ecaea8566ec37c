"""The words that say what a line or chapter of an item is about: 目标任务：…, 完成情况, 资金来源, 总体要求."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minshi_analysis.facts.prose.duties import is_note
from minshi_analysis.language.clauses import in_bracket
from minshi_analysis.language.text import Text, fold

__all__ = ["about", "labelled", "promises_nothing"]

# What follows a label: words of each kind are put together from these parts.
_KINDS = (
    ("rate", r"(?:任务|目标|工程)?(?:完成|达成|兑现|竣工)(?:率|比例|进度)"),
    ("name", r"(?:项目|实事|工程|任务|实事项目)(?:名称|标题)"),
    (
        "next",
        r"(?:下一?步|下阶段|下步)(?:工作)?(?:打算|计划|安排|措施|思路)?|原因分析|困难(?:和问题)?"
        r"|存在(?:的)?(?:主要)?问题|问题(?:短板|及原因)?",
    ),
    (
        "past",
        r"(?:上年度?|去年|20\d\d年)(?:完成|进展|落实)?情况|现状|基本情况|背景|必要性|征集情况",
    ),
    (
        "result",
        r"(?:目前|当前|工作|年度|项目|任务|总体|实际|具体|截至[^:,。]{1,8})?的?"
        r"(?:完成|进展|落实|实施|执行|推进|建设|办理)?(?:情况|进展|进度|成效|结果)"
        r"|(?:实际|累计|已)?完成(?:值|数|数量|量)?|(?:实际|实绩)(?:值|数|完成)?|完成实绩",
    ),
    (
        "steps",
        r"(?:实施|工作|推进)?(?:步骤|阶段)|(?:实施|工作|时间|进度|推进|序时)(?:进度|安排|计划|节点)|序时进度"
        r"|(?:推进|工作|保障|主要|具体)?(?:措施|举措)",
    ),
    (
        "money",
        r"(?:资金|经费)(?:来源|安排|筹措|保障|估算|预算|需求|规模)?|投入资金"
        r"|(?:总|计划|年度|估算)?投资(?:估算|规模|额|总额|来源|计划)?",
    ),
    (
        "promise",
        r"(?:年度|全年|计划|绩效|预期|年初|工作|建设|主要|项目|总体|任务|实施|具体|承诺|实事|20\d\d年)*(?:目标任务|任务目标|目标|任务|(?:目标|任务|计划)(?:值|数|量)|内容|规模|内容及规模|内容和目标|计划|承诺事项)",
    ),
)
_LABEL = re.compile(
    rf"(?:[\[(](?P<in>{'|'.join(f'(?P<b{k}>{words})' for k, (_, words) in enumerate(_KINDS))})[\])]:?"
    rf"|[\[(]?(?:{'|'.join(f'(?P<l{k}>{words})' for k, (_, words) in enumerate(_KINDS))})[:])\s*"
)
_ALONE = re.compile("|".join(f"(?P<l{k}>{words})" for k, (_, words) in enumerate(_KINDS)))
_STARTS = re.compile(r"^|(?<=[。;\s])|(?<![。;\s])(?=[\[(])")
# Chapters that tell how the list came about, what was done before it, or how the work is led.
_NOTHING = re.compile(
    r"过程|原则|特点|说明|要求$|措施$|(?:组织|工作|服务|经费|资金|要素)保障$|保障机制|意义|回顾|指导思想|总体(?!.*完成)|背景|"
    r"程序|机制$|(?:工作|总体|主要)目标$|组织(?:领导|实施)|加强领导|督查|督导|考核(?:评价|问责|办法|机制)?$|监督|宣传|相关(?:链接|阅读|新闻)|"
    r"基本情况|现状|联系(?:人|方式)|征集|存在.{0,4}问题|下一步|意见建议"
)
_DONE = re.compile(r"(?:完成|进展|执行|落实)情况")


def about(words: str) -> str:
    """The kind of a heading or a label that stands alone: past, result, steps, money, promise, or nothing.

    Examples
    --------
    >>> about("目标任务"), about("完成情况:"), about("扩大学位")
    ('promise', 'result', '')
    """
    match = _ALONE.fullmatch(fold(words).strip(" :[]()。"))
    return _kind(match) if match else ""


def labelled(text: Text) -> Iterator[tuple[str, Text]]:
    """A text cut at the labels in it, each part with its kind; what stands before the first has none.

    Parts of the kinds ``who`` (牵头单位: …) and ``rate`` (完成率: …) keep their label.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> [(kind, part.norm) for kind, part in labelled(clean("建书房5家。完成情况:建成6家。"))]
    [('', '建书房5家。'), ('result', '建成6家。')]
    """
    folded = text.folded
    start, kind = 0, ""
    for place in _STARTS.finditer(folded):
        at = place.start()
        match = _LABEL.match(folded, at)
        match = None if match and (match["in"] or "").endswith("完成") else match  # 新建5所(已完成)
        note = is_note(text.slice(at, len(folded)))
        if not (match or note) or at < start or in_bracket(folded, at):
            continue
        if folded[start:at].strip():
            yield kind, text.slice(start, at)
        kind = "who" if note else _kind(match)
        start = at if kind in ("who", "rate") else match.end()
        closing = _closing(folded, at) if match and folded[at] in "([" and not match["in"] else None
        if closing is not None:  # (完成情况:…)
            yield kind, text.slice(start, closing)
            start, kind = closing + 1, ""
    if folded[start:].strip(" 。;") or (kind and not folded[start:].strip()):
        yield kind, text.slice(start, len(folded))


def _closing(folded: str, at: int) -> int | None:
    """Where the bracket that opens at a place closes."""
    depth = 0
    for k in range(at, len(folded)):
        depth += (folded[k] in "([") - (folded[k] in ")]")
        if depth == 0:
            return k
    return None


def _kind(match: re.Match) -> str:
    group = next(name for name, words in match.groupdict().items() if words and name[0] in "bl")
    return _KINDS[int(group[1:])][0]


def promises_nothing(name: str, year: int | None, reports: bool) -> bool:
    """Whether a chapter with this name promises and reports nothing that the document is about.

    Parameters
    ----------
    name : str
        Its heading.
    year : int or None
        The document's year: what another year's chapter tells is past.
    reports : bool
        The document is a report: 完成情况 is what it is about.
    """
    words = fold(name)
    if _NOTHING.search(words) and not re.search(r"重点任务|目标任务", words):
        return True
    years = [int(found) for found in re.findall(r"20\d\d(?=年|年?[-~至到]+20\d\d)", words)]
    if reports and years and year is not None and min(years) > year:
        return True  # what is planned for the next year
    if not _DONE.search(words):
        return False
    past = bool(years) and year is not None and max(years) < year
    return past or not reports
