"""The metrics' reasons and the audit's explanations in the language of the report."""

from __future__ import annotations

import re

__all__ = ["reason"]

# The metrics give their reasons in English; a report gives them in its reader's language.
_REASONS = [
    (r"the report has no result for it", "报告未列结果"),
    (r"the result prints no number", "结果未印数量"),
    (r"the target has no printed (?:number|quantity to divide by)", "目标未印数量"),
    (r"the report gives a rate of completion, not a quantity", "报告只给完成率，未给数量"),
    (r"the result is in (\S+), the target in (\S+)", r"结果按“\1”计，目标按“\2”计，不可比"),
    (r"counted in (\S+), promised in (\S+)", r"结果以“\1”计数，目标以“\2”计数"),
    (r"the result is known from one side only", "结果只给上限或下限"),
    (r"the result answers to no target", "结果没有对应的量化目标"),
    (r"the task has no quantity and no reported number", "任务和结果都没有数量"),
    (r"the target is 0: no ratio", "目标为0，不能求比率"),
    (r"no funding line is printed(?: for the task)?", "文件未印资金"),
    (r"no funding line prints this amount|the funding line prints no such amount", "资金栏为空"),
    (r"(\d+) of (\d+) lines print no amount: a lower bound", r"\2行资金中有\1行未印金额，合计为下限"),
    (r"tasks without a funding line: (\d+)", r"\1项任务未印资金"),
    (r"the result prints no number, only a rate", "结果只印完成率，未印数量"),
    (r"one funding line for (\d+) tasks|the funding line serves (\d+) tasks", r"\1\2项任务合用一笔资金"),
    (r"the funding line serves (\d+) targets of the task", r"一笔资金对应任务的\1个目标"),
    (r"(?:\S+: )?one amount for (\d+) tasks, (\d+) targets", r"一笔资金对应\1项任务、\2个目标"),
    (r"the target is a rate or a sum of money, not a number of units", "目标是比率或金额，不是数量"),
    (r"(?:\S+: )?its task has no split of a quantity over regions", "任务没有按地区分解"),
    (r"no year_end population of (\S+) for (\d+)", r"未见\1 \2年末常住人口"),
    (r"no census population of (\S+) for (\d+)", r"\1没有普查人口"),
    (r"a rate is not divided among regions", "比率不能在地区间分解"),
    (
        r"no share is printed, and the printed shares do not add up to the target",
        "未列份额，且各地份额之和不等于目标",
    ),
    (r"estimate: divided as the task's quantity is", "估算：按任务量比例分摊"),
    (r"no milestone in numbers by then", "截至该日没有数字节点"),
    (r"the report's own rate", "完成率为报告所称"),
    (r"(?:\S+: )?no amount of (\S+) is printed", "资金栏为空"),
    (r"no money of (\S+) is printed|no \S+ prints money of (\S+)", "没有印这一来源的资金"),
    (r"(?:\S+: )?one amount for (.+)", "一笔资金对应几项任务或目标"),
    (r"(\d+) of (\d+) targets print no number", r"\2个目标中\1个未印数量"),
    (r"a rate is compared as it is", "比率按原值比较"),
    (r"(\d+) (?:counties|regions) have no printed share and are left out", r"\1个地区未列份额，没有计入"),
    (r"fewer than two regions with residents share it", "有人口数的地区不足两个"),
    (r"not defined for these regions", "对这些地区没有定义"),
    (r"(\d+) lines without a task left out: (.+)", r"\1行资金没有对应任务，未计入：\2"),
    (r"groups without all of their money printed: (\d+) of (\d+)", r"\2组中\1组的资金没有印全"),
    (r"the printed parts do not add up to the printed total", "所印各项来源之和不等于所印总额"),
    (r"the printed total is 0", "所印总额为0"),
    (r"(\d+) of (\d+) tasks have no quantity or date", r"\2项任务中\1项没有数量或日期"),
    (r"neither a milestone in numbers nor a deadline", "既没有数字节点也没有时限"),
    (r"no milestone in numbers before the deadline", "时限以前没有数字节点"),
    (r"no task has a milestone in numbers", "没有一项任务有数字节点"),
    (r"the milestone is in (\S+), the target in (\S+)", r"节点按“\1”计，目标按“\2”计，不可比"),
    (r"the milestone names no target of the task", "节点没有指明是哪个目标"),
    (r"the task has no quantity", "任务没有数量"),
    (r"no (\S+) population of (\S+) for (\d+)(?: with the body it contains)?", r"未见\2 \3年的常住人口"),
    (r"the report's date is not known", "报告的截止日期不明"),
    (r"left out, two values for one year: (.+)", r"同一年有两个数值，未采用：\1"),
    (r"no path of constant growth through values that are not positive", "数值不为正，没有等速增长的路径"),
    (r"(\d+) funding lines serve the task", r"任务对应\1笔资金"),
    (r"no date is printed", "未印日期"),
    (r"the whole promise is due on the task's deadline", "到完成时限须全部完成"),
    (
        r"more than a later milestone promises: it counts something else, and is not in the curve",
        "数值大于后面的节点，所计的是别的事，不计入曲线",
    ),
    (r"tasks that cannot be computed: (\d+)", r"\1项任务无法判定"),
    (r"promised in words", "节点只有文字"),
    (r"no (baseline|target) is printed(?: \((.*)\))?", None),
    (r"no later value is observed", "没有后续观测值"),
    (r"(\d+) years observed: too few to project", r"只有\1个年份的数据，不足以推算"),
    (r"left out as contradicted: (.*)", r"未采用互相矛盾的数值：\1"),
    (r"low reliability: (.*)", r"可靠性低的年份：\1"),
    (
        r"the baseline is printed as (\S+): the change is not exact",
        "基期值印有“以上”“约”等字样，变化量不精确",
    ),
    (r"the sum of the yearly values so far", "为历年观测值之和"),
    (r"(\S+) only: printed as (\S+)", r"观测值只计\1（源文为“\2”）"),
    (r"no unbroken run of yearly values from the first year", "缺少从第一年起连续的年度数据"),
]
# The audit's explanations of what does not add up.
_EXPLANATIONS = [
    (r"(\S+) is (\S+) more than the stated (\S+)", r"合计 \1，比所印的 \3 多 \2"),
    (r"(\S+) is (\S+) less than the stated (\S+)", r"合计 \1，比所印的 \3 少 \2"),
    (
        r"(\d+) of (\d+) projects print no figure and are left out of the sum",
        r"\2个项目中\1个没有印数字，未计入",
    ),
    (r"(\S+) done of (\S+) is (\S+), yet the status says (\S+)", r"完成 \1，目标 \2，按数字为\3，自报为\4"),
    (r"(\S+) is claimed for (\S+) done of (\S+)", r"自报\1，实为完成 \2，目标 \3"),
    (r"(\S+ / \S+) = (\S+) %", r"\1＝\2%"),
    (
        r"(\S+) % fits only a target of (\S+), printed nowhere for it \((.+)\)",
        r"所印的 \1% 只与目标 \2 相符（\3），而文件没有印这个目标",
    ),
    (
        r"the parts make (\S+), (\S+) (less|more) than the whole \((\S+)\)",
        r"各部分合计 \1，与总数 \4 相差 \2",
    ),
    (
        r"the last milestone \((\S+)\) lies after the deadline \((\S+)\): (.*)",
        r"最后一个节点（\1）晚于完成时限（\2）：\3",
    ),
    (
        r"the baseline of (\d+) \((\S+)\) is already better than the target \((\S+)\): "
        r"a floor or a ceiling that lets it get worse, not an improvement",
        r"\1年基期值 \2 已优于目标 \3：这是底线或上限，允许变差，不是改善目标",
    ),
    (
        r"(\S+) in (\d+) years is (\S+) a year, below the (\S+) of (\d+)",
        r"\2年合计 \1，合每年 \3，低于\5年的 \4",
    ),
    (
        r"the term (\S+) runs on after the plan, yet the whole sum is planned within it",
        r"年限 \1 超出规划期，却把全部投资列在规划期内",
    ),
    (
        r"the whole term (\S+) lies in the plan, yet (\S+) of (\S+) are planned",
        r"年限 \1 全在规划期内，却只列了 \3 中的 \2",
    ),
    (
        r"listed (\d+) times, no\. (\d+) under (\S+) and no\. (\d+) under (\S+)",
        r"列了\1次：序号\2（\3）、序号\4（\5）",
    ),
    (r"no\. (\d+) prints (\S+), no\. (\d+) prints (\S+)", r"序号\1印 \2，序号\3印 \4"),
    (
        r"(\S+) reports (\S+), (\S+) reports (\S+) (\S+) for the same thing",
        r"同一事项，\1报 \2，\3报 \4（\5）",
    ),
    (
        r"the prose prints (\S+), indicator (\S+) prints (\S+) and no figure",
        r"正文印 \1，指标\2印“\3”，没有数字",
    ),
    (r"the prose prints (\S+), indicator (\S+) prints (\S+)", r"正文印 \1，指标\2印 \3"),
    (
        r"the prose promises (\S+) points, indicator (\S+) prints (\S+) to (\S+)",
        r"正文承诺提高 \1 个百分点，指标\2为 \3 → \4",
    ),
    (
        r"(?:a part larger than its whole: )?(\S+)(?: planned)? of (?:a total of )?(\S+)",
        r"部分 \1 大于总数 \2",
    ),
    (r"changed: (\S+) (\S+), (\S+) \((\S+)\) (\S+)", r"任务数变了：\1 为 \2，\3（\4）为 \5"),
    (
        r"vanished: (\S+) gives (\S+) (\S+), (\S+) has no such promise of that level"
        r"(?: \((\S+) of its own list promises (\S+)\))?",
        None,
    ),
    (r"the list of (?:the same|a higher) level", ""),
    (r"worded \d+% alike", ""),
    (r"[\u4e00-\u9fff()]{1,5}", ""),  # the unit in which the two were compared
]
_COMPILED = [(re.compile(pattern), text) for pattern, text in [*_REASONS, *_EXPLANATIONS]]


def reason(text: object) -> str:
    """The metrics' reasons in Chinese; one that is not known here stays as it is.

    Examples
    --------
    >>> reason("the result prints no number; tasks without a funding line: 3")
    '结果未印数量；3项任务未印资金'
    """
    if not isinstance(text, str):
        return ""
    parts = [_one(part) for part in text.removeprefix("genuine inconsistency: ").split("; ")]
    return "；".join(dict.fromkeys(part for part in parts if part))


def _one(part: str) -> str:
    for pattern, chinese in _COMPILED:
        found = pattern.fullmatch(part)
        if found:
            return found.expand(chinese) if chinese is not None else _spelt(found)
    return part


def _spelt(found: re.Match) -> str:
    """Sentences of which a part may be absent."""
    if found[1] in ("baseline", "target"):
        what = {"baseline": "基期值", "target": "目标值"}[found[1]]
        return f"未印{what}" + (f"（{found[2]}）" if found[2] else "")
    own = f"（{found[5]}自列 {found[6]}）" if found[5] else ""
    return f"{found[1]} 分给{found[2]} {found[3]}，{found[4]} 同级清单没有这一项{own}"
