"""What a document does: promises, reports on them, plans five years, or reviews such a plan; and at which stage it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from minshi_analysis.intake.identify.front import Front
from minshi_analysis.intake.identify.identity import Found

__all__ = ["PART_OF_YEAR", "kind_of", "stage_of"]

PART_OF_YEAR = r"[一二三]季度|三个季度|(?<!下)半年|1月?[-~至到](?:[2-9]|1[01])月|(?<!\d)(?:[2-9]|1[01])月(?:份|底|末)|(?<!\d)1月份"
_FIVE = r"十[一二三四五六七八九]?五[\"\]]?|五年"
_RESULT = (
    r"完成情况|落实情况|办理情况|办结|执行情况|进展|推进情况|推进成效|通报|测评|考核(?!指标|办法|目标|任务|方案|细则|工作)|评[估价](?!办法|方案|指标|细则|工作)|总结|回顾(?!.{0,4}(?:展望|打算|安排))|兑现|结果|答卷|成绩单|"
    r"(?:有序|全力|加快|扎实|稳步|高效|快速)推进(?=$|[^\u4e00-\u9fff])|"
    r"进度(?!安排|计划|目标|节点|要求)|实施情况|建设情况|(?:全面|全部|圆满|超额|如期|提前|顺利|均已?)(?:完成|落地|实现|办结)|"
    r"(?:完成|落地|实现|办[好成完妥结]|建成|落实)[了啦](?!吗|没)"
)
# The promises of the page are said to be kept, and not those of the year before (去年承诺的10件实事全部完成).
_ALL_KEPT = re.compile(
    r"(?:^|[。\n])(?P<before>[^。\n]{0,80}?)(?:实事|项目|任务|承诺)[^,。;\n]{0,8}?(?:全面|全部|圆满|均已?|都已?|如期)(?:按期|如期)?(?:完成|办[结好完]|落实|落地|兑现)"
)
_NOT_THESE = re.compile(r"去年|上年|前年|过去|回顾|20\d\d|确保|力争|推[进动]|将|要|使|让|促")
_THIS_YEAR = re.compile(
    r"今年[^。;\n]{0,16}(?:将|继续|计划|要|力争|办好)|将(?:继续|重点)?办好|(?:下列|以下|如下)"
)
_UNDERWAY = (
    r"进展|推进情况|进度(?!安排|计划|目标|节点|要求)|半年|季度|截[至止]|序时|中期|年中|督[查办导](?!.{0,6}通知)|"
    r"第[一二三四五六七八九十\d]+期|月份|[月季旬周]报|1月?[-~至到](?:[2-9]|1[01])月"
)
_PROMISES = r"实事|(?:民生|民心|惠民|利民|暖心)(?:实事|工程|项目|行动)"
_PLAN = (
    r"候选|征集|征求意见|票决|责任|分解|分工|目标任务|工作目标|清单|方案|计划|安排|项目表|一览|督办|通知|办好|"
    r"政府工作报告|工作要点|建设项目|项目库|名单|公示|承诺(?:书|事项|清单|公告|内容|一览)|公开承诺|责任书"
)
_BEFOREHAND = (
    r"候选|征集|征求意见|票决[^,。]{0,24}(?:结果|产生|确定|出炉)|拟(?:定|办)|力争|确保|将(?:办|实施|建)"
)
_PAST = re.compile(
    r"已(?:经|全部|累计|完成|建成|投|开|发|新|改)|完成率|超额|占[^,。;]{0,12}%|为(?:年度|全年)?(?:计划|任务|目标)[^,。;]{0,6}\d|完成情况[:]|"
    r"累计(?:完成|建成|新增|发放)|均(?:已|按)|按期完成|(?:目标|任务)的\d"
)
# What only a report says, where neither title nor heading tells what it is.
_TELLS = re.compile(
    r"(?:^|[,。])(?:上半年|前三季度|截[至止]目前|到目前)|今年以来|圆满完成|实际(?:新增|完成|建成)|(?:竣工|建成|完工)(?:并|后)?(?:投入使用|投用)|"
    r"完成率|共(?:发放|投入|完成|建成|筹资)|已解决|完成(?:年度|全年)?(?:任务|目标)的?\d|直接受[益惠]",
    re.M,
)
# Titles that name a list, or say that it is made known.
_NAMES_LIST = re.compile(
    rf"(?:{_PROMISES}|项目|事项|承诺)[^\u4e00-\u9fff]*(?:\([^()]*\))?[^\u4e00-\u9fff]*$|确定|敲定|出炉|公布|发布|来了|启动|实施|定了|全文|新鲜"
)
_BESIDE = re.compile(r"[(（](?:对照|对比|参照|附|并附|含|与)[^()（）]*(?:情况|结果|进展)[^()（）]*[)）]")
_SLOGAN = re.compile(r"(?:办好|办实|兑现)")
_PROMISED = re.compile(r"(?:年底|月底)前|力争|确保|将(?:新|建|实施|完成)|计划(?:新|建|实施)")
_SINCE = re.compile(r"今年以来|年初以来|[一二三四五两几]年来|进展顺利|取得[^,。]{0,8}(?:成效|进展|突破)")
_UNTIL = re.compile(r"截[至止](?:到|时间|日期)?:?\s*(?:(20\d\d)年)?(?:(\d{1,2})月|([一二三]季度|上半年))?")
_CANDIDATE = r"候选|征集(?![^,。]{0,6}(?:岗位|线索))|征求意见|公开征求|票决前|提请[^,。]{0,20}票决|草案|建议项目|预备项目|初步方案"
_ADOPTED = (
    r"票决(?:结果|产生|确定|选出|通过|出)|(?:审议|表决|票决)并?通过|被?(?:正式)?确定为|印发(?:给你们|实施)|研究同意|"
    r"印发.{0,40}通知"
)
_LIST = r"(?:实事|项目|任务|目标|清单|计划)"
_REVISED = rf"{_LIST}[^,。]{{0,12}}(?:调整|变更|修订|修编)|(?:调整|变更|修订)[^,。(]{{0,20}}{_LIST}"

_ENOUGH = 3  # sentences that report
_SEVERAL = 2
_SHARE = 0.2  # of the sentences with a figure: of 74 plans none has as many that report, of 75 reports three have fewer


def kind_of(front: Front, title: str, headings: Sequence[str]) -> Found | None:
    """What the title says it does; then headings, the columns of its tables, the tense of its sentences."""
    found = _by_words(front, title, "the title", 0.95)
    if found and (found.value != "plan" or not _is_slogan(title)):
        if found.value == "plan" and _many_report(front, _SEVERAL, _SHARE):
            return Found("plan", "the title, above sentences that report", 0.6)
        if found.value == "plan" and _all_kept(front):
            return Found(_report(front, title), "the text says that all is done, under a plan's title", 0.6)
        return _of_two(found, title)
    if found and _tense(front).reports:
        return Found(_report(front, title), "results in its sentences, under a slogan", 0.6)
    if re.search(r"规划(?:期限?|期)[^。]{0,6}20\d\d年?[-~至到]+20\d\d年", front.lead):
        return Found("five_year_plan", "its stated period", 0.9)
    for heading in headings:
        if found := _by_words(front, heading, f"the heading {heading[:24]!r}", 0.8):
            return found
    if found := _by_columns(front):
        return found
    past, promised, reported = _tense(front)
    if past >= 3 and past > promised:
        return Found(_report(front, title), "results in its sentences", 0.7)
    if reported or _many_report(front, _ENOUGH, 2 * _SHARE):
        return Found(_report(front, title), "sentences that report", 0.6)
    if re.search(_PROMISES, front.lead) and _SINCE.search(front.lead) and not promised:
        return Found(_report(front, title), "what was done since the year began", 0.65)
    if re.search(_PROMISES, title):
        sure = (
            0.8 if promised or _NAMES_LIST.search(title) else 0.65
        )  # news of what was done has such titles too
        sure = min(sure, 0.6) if _many_report(front, _SEVERAL, _SHARE) else sure
        sure = sure if past <= promised or past < 2 else 0.5
        return Found("plan", "a title on promises, and no results", sure)
    if found := _by_words(front, front.file_name, "the file's name", 0.65):
        return found
    if re.search(_PROMISES, front.lead):
        return Found("plan", "promises in its sentences", 0.65 if past <= promised or past < 2 else 0.4)
    return None


class _Tense(NamedTuple):
    """How often a text tells of the past and promises, and whether it tells so often that it reports."""

    past: int
    promised: int
    reports: bool


def _tense(front: Front) -> _Tense:
    past, promised = len(_PAST.findall(front.body)), len(_PROMISED.findall(front.body))
    tells = past + len(_TELLS.findall(front.body))
    return _Tense(past, promised, tells >= _ENOUGH and tells > 2 * promised)


def _many_report(front: Front, least: int, share: float) -> bool:
    """Whether so many of the first sentences with a figure report what was done, and such a share of them."""
    told, said = front.told
    return told >= least and told >= share * said


def _all_kept(front: Front) -> bool:
    """Whether the opening says of these promises that all are kept, and promises nothing itself."""
    kept = any(not _NOT_THESE.search(m["before"]) for m in _ALL_KEPT.finditer(front.lead))
    return kept and not _PROMISED.search(front.body) and not _THIS_YEAR.search(front.lead)


def _is_slogan(title: str) -> bool:
    """Whether a title only praises the cause (办好民生实事 提升幸福指数): no other word of it names a plan."""
    return (
        bool(_SLOGAN.search(title))
        and not re.search(_PLAN, _SLOGAN.sub("", title))
        and not re.search(r"\d|今年", title)
    )


def _of_two(found: Found, title: str) -> Found:
    """A report on one year and the plan of the next under one title are a doubt."""
    several = len(set(re.findall(r"20\d\d(?=年)", title))) > 1 and re.search(r"[和及暨与、]", title)
    both = re.search(_RESULT, title) and re.search(_PLAN, title)
    if found.value in ("plan", "progress", "completion") and several and both:
        return Found(found.value, "the title reports on one year and promises for another", 0.4)
    return found


def _by_words(front: Front, text: str, where: str, sure: float) -> Found | None:
    """What the words of a title say; what it has beside the list (对照2023年完成情况) is none of it."""
    text = _BESIDE.sub("", text) or text
    result = re.search(_RESULT, text)
    of_plan = re.search(r"规划|纲要", text)
    one_year = re.search(r"(?<![-~至到])20\d\d年(?!远景|[-~至到])", text)
    five = re.search(_FIVE, text) if of_plan or not one_year else None  # the list of a year within the five
    if (five or of_plan) and (re.search(r"评估|中期", text) or (five and result)):
        return Found("review", where, sure)
    if five and re.search(r"规划|纲要|项目|指标|方案|计划|目标|清单|任务|工程|事业", text):
        return Found("five_year_plan", where, sure)
    if of_plan and re.search(r"20\d\d年?[-~至到]+20\d\d", text):
        return Found("five_year_plan", where, sure)
    if re.search(_BEFOREHAND, text) and not re.search(r"完成情况|落实情况|进展", text):
        return Found("plan", where, sure)
    if result and not (
        result[0] in ("通报", "结果", "考核", "评估") and re.search(r"分解|分工|任务表|清单|考核办法", text)
    ):
        return Found(_report(front, text), where, sure)
    if re.search(_UNDERWAY, text) and re.search(r"情况|完成|报告", text):
        return Found("progress", where, sure)
    if re.search(_PLAN, text):
        # 一项清单 may be one of results: the columns and the sentences may say so
        results = _by_columns(front, results_only=True)
        return results or Found("plan", where, sure)
    return None


def _report(front: Front, text: str) -> str:
    """progress or completion: words of a part of the year, or a date before its end."""
    if re.search(r"全年|年度完成|年底|总结|办结|兑现|(?:全面|全部|圆满)完成", text) and not re.search(
        _UNDERWAY, text
    ):
        return "completion"
    for number, words in enumerate((text, *front.labels, front.lead)):
        until = _UNTIL.search(words)
        if until and (until[2] or until[3]):
            return "completion" if until[2] in ("12", "1") else "progress"
        part, lead = re.search(PART_OF_YEAR, words), number > len(front.labels)
        if not lead and (part or re.search(_UNDERWAY, words)):
            return "progress" if part or number == 0 else "completion"
    if re.search(r"截至目前|目前(?:已|,)|截[至止](?:日前|当前)", front.lead) and not re.search(
        r"全部(?:按期|如期)?完成|全面完成", front.lead
    ):
        return "progress"
    return "completion"


def _by_columns(front: Front, results_only: bool = False) -> Found | None:
    roles = front.roles
    if "result" in roles and not results_only:
        report = _report(front, "")
        kind = report if report == "progress" or roles & {"status", "rate"} else "progress"
        return Found(kind, "a column of results", 0.75)
    if results_only:
        full = {"result", "rate"} <= roles or {"result", "status"} <= roles
        return Found(_report(front, ""), "columns of results", 0.75) if full else None
    if roles & {"task", "project", "indicator"}:
        return Found("plan", "the columns of its table", 0.75)
    return None


def stage_of(front: Front, title: str, headings: Sequence[str], kind: str | None) -> Found | None:
    """candidate, adopted or revised, where the words say it; a report or a plan of years has none."""
    if kind != "plan":
        return None
    for where, texts, sure in (("the title", [title], 0.95), ("a heading", headings, 0.8)):
        for text in texts:
            for stage, words in (("adopted", _ADOPTED), ("candidate", _CANDIDATE), ("revised", _REVISED)):
                if found := re.search(words, text):
                    return Found(stage, f"{found[0]!r} in {where}", sure)
    lead = front.lead[:800]
    adopted = re.search(_ADOPTED, lead)
    candidate = re.search(r"候选项目|(?:实事|项目)[^。]{0,20}征求意见|公开征求|提请[^,。]{0,20}票决", lead)
    if adopted:
        return Found("adopted", f"{adopted[0]!r} in the opening", 0.75)
    if candidate:
        return Found("candidate", f"{candidate[0]!r} in the opening", 0.7)
    return None
