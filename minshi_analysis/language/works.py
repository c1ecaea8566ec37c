"""How far works have come, as words: prepared, begun, under way, topped out, finished.

Alternatives for larger patterns, over tidy, folded text. What is begun is no result of a promise to finish, and the day
on which it begins is no deadline, wherever that is printed: in a cell, a head, a sentence or a step's line.

Examples
--------
>>> import re
>>> [bool(re.search(BEGUN, words)) for words in ("6月动工", "发动工会", "开复工率")]
[True, False, True]
>>> bool(re.search(TOPPED_OUT, "主体结构已全部封顶")), bool(re.search(TOPPED_OUT, "主体责任"))
(True, False)
>>> without_parts("框架结构已完成"), without_parts("装修工程已完成,已投用"), without_parts("装修工程已完成", "教室装修")
('', ',已投用', '装修工程已完成')
"""

from __future__ import annotations

import re

from minshi_analysis.language.clauses import clause_before

__all__ = [
    "BEGUN",
    "DONE",
    "FINISHED",
    "GOING_ON",
    "IN_HAND",
    "PREPARED",
    "SETTLED",
    "SHELL",
    "TOPPED_OUT",
    "UNDER_WAY",
    "asked_of",
    "without_parts",
]

# Before there is anything to see on the site.
PREPARED = "招投?标|立项|选址|选点|点位|可研|前期|设计|方案|论证|勘[察查]|摸底|摸排|排查|名单|申报|审批"
# What is done to things that are not there yet: 已确定13家, 已申报8个.
SETTLED = "确定|明确|选定|敲定|遴选|筛选|谋划|储备|申报|上报|摸排|报名|对接"
BEGUN = "开工|(?<!发)动工|开建|启动|进场|复工"
GOING_ON = "建设|施工|改造|实施|推进|进行|安装|采购|招标"
IN_HAND = f"(?:{GOING_ON})中|进场施工|主体施工|(?:有序|稳步|序时|按序时)推进"
UNDER_WAY = f"正在|在建|{IN_HAND}"
# What stands before the whole does: that it is done says that works are in hand, though the words say 完工.
SHELL = (
    "(?<!市场)(?<!经营)(?<!责任)主体(?!责任)|框架(?!协议)|桩基|(?<!园)(?<!营)地基|基坑|地下室|土建|土方|钢结构|砌体|"
    "基础(?=工程|结构|施工|部分|浇筑|开挖|均|已|完|全部)"
)
_BITS = "(?:工程|结构|建设|施工|部分|浇筑|开挖|作业)"
TOPPED_OUT = rf"(?:{SHELL}){_BITS}?[^,;。\d未尚]{{0,4}}(?:完工|完成|封顶|竣工)|完成了?(?:{SHELL}){_BITS}?"
FINISHED = "完工|竣工|建成|投用|投入使用|交付|通车|开园|开业"
# What a report's 已 stands before, finished or not.
DONE = f"完成|新增|发放|实施|开展|改造|培训|{BEGUN}|{FINISHED}"

_PART = (
    rf"{SHELL}|{PREPARED}|路基|垫层|屋面|外墙|内装|装修|装饰|(?:设备|水电|管线)安装|围挡|围墙|场地平整|征地|拆迁|附属|室外|"
    r"[一二三四五六七八九十\d]+(?:层(?!次)|期)"
)
_OF_IT = rf"(?:{_BITS}|工作|手续|任务|审查|编制|图|楼面|楼板|顶板|维修|改造|翻新|[、和及与]|{_PART})*"
_PART_DONE = re.compile(
    rf"(?P<what>(?:{_PART}){_OF_IT})[^,;。、\d未尚]{{0,4}}?(?:完成|完工|完毕|封顶|竣工|结束)(?!率)"
    rf"|完成了?(?:全部|所有)?(?P<done>(?:{_PART}){_OF_IT})"
)

_CLAUSE = re.compile(r"[,;。!?\n]")
_NO_NAME = re.compile(r"\d[\d.]*[百千万亿]*.|[^\u4e00-\u9fff]")
# A clause that names nothing but works goes on to tell of what the one before it names: 均完成主体工程, 开工60个.
_GOES_ON = re.compile(  # possessive: its words overlap
    rf"(?:{_PART}|{FINISHED}|{BEGUN}|{GOING_ON}|{_BITS}|\d+月底?|\d[\d.]*[百千万亿]*(?:平方米|公里|[\u4e00-\u9fff])|"
    "年底|年内|前|于|均|都|并|已|全部|全面|基本|确保|力争|计划|新|完成|实现|达到|进入|封顶|使用|条件|了)++"
)


def asked_of(thing: str, asked: str) -> str:
    """What a promise asks of a thing: the clause that names it; all of the promise where none does.

    Examples
    --------
    >>> words = "完成妇幼保健院主体工程,7个乡镇卫生院改扩建,年底前投入使用"
    >>> asked_of("卫生院", words), asked_of("妇保院", words)
    ('7个乡镇卫生院改扩建,年底前投入使用', '完成妇幼保健院主体工程')
    """
    name = set(_NO_NAME.sub("", re.sub(f"(?:{_PART}){_OF_IT}", "", thing)))
    parts = [part for part in _CLAUSE.split(asked) if part]
    shared = [len(name & set(part)) for part in parts]
    if not name or len(parts) < 2 or 2 * max(shared) < len(name):
        return asked
    first = shared.index(max(shared))
    last = next((k for k, part in enumerate(parts) if k > first and not _GOES_ON.fullmatch(part)), len(parts))
    return ",".join(parts[first:last])


def without_parts(folded: str, asked: str = "") -> str:
    """Words without those that say that a part of the works is done (框架结构已完成, 完成招投标).

    ``asked`` is what was promised: what that names of the same thing is no part of it (装修工程已完成, where
    教室装修 was promised).
    """

    def rest(found: re.Match[str]) -> str:
        what = re.match(_PART, found["what"] or found["done"])
        own = asked_of(clause_before(folded, found.start()), asked)
        promised = own.replace(found[0], "")  # without words of the report itself
        return found[0] if what and what[0] in promised else ""

    return _PART_DONE.sub(rest, folded)
