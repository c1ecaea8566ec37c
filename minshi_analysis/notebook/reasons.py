"""The metrics' reasons and the audit's explanations in the language of the report."""

from __future__ import annotations

import re

from minshi_analysis.reasons import worded

__all__ = ["reason", "told"]

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
_COMPILED = [(re.compile(pattern), text) for pattern, text in _EXPLANATIONS]


def told(codes: object) -> str:
    """The reasons of a metric (its `reason_codes`) in Chinese; nothing where there is none."""
    return worded(codes, "zh") or ""


def reason(text: object) -> str:
    """An explanation of the audit in Chinese; one that is not known here stays as it is.

    Examples
    --------
    >>> reason("genuine inconsistency: 77 is 12 more than the stated 65")
    '合计 77，比所印的 65 多 12'
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
    own = f"（{found[5]}自列 {found[6]}）" if found[5] else ""
    return f"{found[1]} 分给{found[2]} {found[3]}，{found[4]} 同级清单没有这一项{own}"
