"""Whether the words around a figure that a form sets aside (a length of time, a threshold, a note's column) promise or report it.

The scanner knows such figures by their form alone: 20分钟 is a length of time wherever it stands. Where the words beside it
say that it is reached or made (响应时间缩短到20分钟, 开展5期培训) it may be what the document promises, and is told.
"""

from __future__ import annotations

import re

from minshi_analysis.language import grammar, works
from minshi_analysis.language.figures import Figure
from minshi_analysis.language.text import fold, simplified

__all__ = ["is_made", "may_be_promised"]

_LOOK = 40  # characters on either side of a figure
_CLAUSE = re.compile(r"[,;。:!?()|\n\t]|\d[.、)](?!\d)")
_SENTENCE = re.compile(r"[;。!?|\n\t]")
_REACHED = re.compile(
    r"(?:达到?|不[少低]于|至少|不[超高]过?于?|[超突]破?过|控制|压缩|缩短|缩减|压减|减少|延长|增加|新增|提[高升]|降低?|开放|保持|稳定)"
    r"(?:[到至为在了约满]|以内)*$"
)
_SPANS = re.compile(r"(?:天数|时间|时限|时长|周期)(?:[为约共达在是])*$")
_HELD = re.compile(r"(?:开展|举办|组织|完成|承办|新增|增加|推出)[了共约]*$")
_BUILT = re.compile(r"新[建增设开购]|[建改扩创打培][建造成设育立]")
_MADE = re.compile(
    rf"{_BUILT.pattern}|新招|安排|投入|招[聘录收]|引进|吸引|集聚|购置|配[备置]|发放|完成|{works.FINISHED}"
)
_SERVED = re.compile(r"(?:培训|培育|服务|救助|资助|惠及|帮扶)[了共约]*$")
_MADE_BEHIND = re.compile(rf"[^,;。:|\d]{{1,16}}?(?:{works.FINISHED}|改造|拆除|修缮|翻新|提升|重建)")
_FEW = grammar.SINGLE_HAN_UNITS - {"个", "成", "倍"}  # 三所幼儿园; 三个层次 are none
_SEVERAL = re.compile(r"[二两三四五六七八九十](?P<unit>.+)")
_COUNTED = re.compile(r"[\d.]+[万亿]?[个家所处条座套间台张场户人名亩盏辆]")


def may_be_promised(figure: Figure, text: str) -> bool:
    """Whether the words around a figure that is no quantity may promise or report it.

    Parameters
    ----------
    figure : Figure
        One with a reason.
    text : str
        The printed text that it stands in.

    Examples
    --------
    >>> from minshi_analysis.language.figures import figures
    >>> def told(text):
    ...     return [f.surface for f in figures(text, kind="plan") if f.reason and may_be_promised(f, text)]
    >>> told("急救响应时间缩短到10分钟以内,建设15分钟便民圈8个"), told("开展5期培训"), told("启动二期工程")
    (['10分钟'], ['5期'], [])
    >>> told("对两座危桥拆除重建"), told("安排100万元以上的资金"), told("新建100张以上床位的医院2家")
    (['两座'], ['100万元以上'], [])
    """
    form = _FORMS.get(figure.reason or "")
    if form is None:
        return False
    behind = fold(simplified(text[figure.end : figure.end + _LOOK]))
    return form(fold(figure.surface), _before(figure, text), behind)


def is_made(figure: Figure, text: str, *, built: bool = False) -> bool:
    """Whether words of making or finishing (or, where they must be ``built``, of building alone) stand before a quantity in
    its clause: 备注: 新增床位300张."""
    form = _BUILT if built else _MADE
    return figure.quantity is not None and form.search(_before(figure, text)) is not None


def _before(figure: Figure, text: str) -> str:
    """The words of a figure's clause before it; the text is as it is printed."""
    return _CLAUSE.split(fold(simplified(text[max(0, figure.start - _LOOK) : figure.start])))[-1]


def _is_reached(surface: str, before: str, behind: str) -> bool:
    return bool(_REACHED.search(before) or _SPANS.search(before))


def _is_level(surface: str, before: str, behind: str) -> bool:
    """Of grades and terms: so many terms that are held, or what can be measured and is reached."""
    if re.search("[期届类]$", surface):
        return bool(_HELD.search(before)) and surface[0].isdigit()
    return bool(re.search(r"分贝|dB|℃|摄氏度", surface)) and bool(_REACHED.search(before))


def _is_no_threshold(surface: str, before: str, behind: str) -> bool:
    """Of 100万元以上的资金: something is made before it, and nothing else is counted in its sentence."""
    made = _MADE.search(before) or _SERVED.search(before)
    return made is not None and not re.search(r"\d", before + _SENTENCE.split(behind)[0])


def _is_several(surface: str, before: str, behind: str) -> bool:
    """Of 三所幼儿园: several things that are made, in a list or behind."""
    named = _SEVERAL.fullmatch(surface)
    made = _MADE.search(before) or _MADE_BEHIND.match(behind)
    return bool(named and named["unit"] in _FEW and made and not grammar.ABSTRACT.match(behind))


def _is_in_name(surface: str, before: str, behind: str) -> bool:
    """Of “100个口袋公园”建设: a name that begins with how many there are to be."""
    return before.endswith('"') and _COUNTED.fullmatch(surface) is not None


_FORMS = {
    "duration": _is_reached,
    "rating": _is_level,
    "threshold": _is_no_threshold,
    "word": _is_several,
    "name": _is_in_name,
}
