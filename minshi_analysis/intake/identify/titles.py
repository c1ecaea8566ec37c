"""A document's title and issuer: never the way to the page (首页>政务公开), never a label or a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minshi_analysis.intake.identify.front import Front, Line
from minshi_analysis.intake.identify.identity import Found
from minshi_analysis.language.agencies import BODIES, HELPS, LEADS
from minshi_analysis.language.text import fold, tidy

__all__ = ["headings", "issuer_of", "title_of"]

_TITLED = re.compile(r"(?:标题|信息名称|文件名称|名称)[:：]\s*([^\s:：|]{6,90})$")
_WAY = re.compile(
    r"^(?:您?(?:的|当前)?(?:所在)?(?:当前)?(?:的)?位置|首页)|首页\s*[>›»/-]|[>›»].*(?:正文|详情|内容)?$"
)
_LABELLED = re.compile(
    r"^[\[(]?(?:来源|信息来源|文章来源|稿源|作者|编辑|责任编辑|责编|记者|审核|浏览|点击|阅读|发布|发文|成文|公开|生成|更新|发表|日期|时间|索引|文号|"
    r"字号|字体|打印|分享|关键词|主题|分类|标签|单位|联系|电话|附件|抄送|主送|有效|体裁|载体|效力|统一登记|登记号|主办|承办|版权|网站)[\u4e00-\u9fff]{0,6}[:\]]"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(（]?[一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、](?!\d)|第[一二三四五六七八九十]+[章节条])"
)
_ABOUT = re.compile(
    r"实事|民[生心]|规划|纲要|项目|方案|通知|通报|报告|计划|清单|任务|情况|结果|公告|公示|意见|办法|工程|安排|指标|一览|[表单册]$"
)
_OFFICE = (
    r"(?:人民政府|政府|人民代表大会(?:常务委员会)?|人大常委会|委员会|管委会|行政公署|领导小组|指挥部|"
    r"办公[厅室]|办事处|发展改革委|[\u4e00-\u9fff]{1,10}[委局厅办部署院])(?:办公[厅室])?"
)
_ISSUING = re.compile(rf"^(?P<who>[\u4e00-\u9fff、()]{{2,40}}?{_OFFICE})(?=关于|印发|转发)")
_SIGNED = re.compile(rf"^[\u4e00-\u9fff、()]{{2,40}}?{_OFFICE}$")
_NAMED = re.compile(
    r"^(?:发布机构|发文机关|发文单位|发布单位|制发机关|发文机构|责任部门|公开主体|信息来源|来源)[:](?P<who>[^\s:,;|]{2,40})"
)
_END = re.compile(
    r"(?:通知|通报|报告|方案|意见|函|公告|公示|决定|批复|清单|计划|规划|纲要|办法|情况|[表册]|项目|实事|工程|安排|结果|名单)(?:\(.*\))?$"
)
_NO_OFFICE = re.compile(
    rf"(?:{LEADS}|{HELPS})(?:{BODIES})|各.{{0,6}}(?:委|局|办|单位|部门)|^(?:全面|基本|已经?|继续)"
)
_SUFFIX = re.compile(r"[-_|—–]+[^-_|—–]{2,40}$")
_USELESS = re.compile(
    r"^(?:microsoft|word|文档|document|untitled|新建|无标题|幻灯片|sheet|book|附件|正文|首页)", re.I
)


def title_of(front: Front) -> Found | None:
    """The title: the page's own heading, the largest line, or the first line that looks like one."""
    about = front.document.about
    lines = _joined(front.lines)
    declared = _bare(about.get("title", ""))
    if found := _printed_heading(front, lines, declared):
        return found
    named = next((m for line in lines if (m := _TITLED.match(line.printed))), None)
    if named:
        return Found(_clean(named[1]), "the line that calls it the title", 0.9)
    largest = _clean(tidy(about.get("largest", "")))
    if largest and _looks(fold(largest)):
        return Found(largest, "the largest line", 0.85)
    for line in lines[:25]:
        if line.where == "text" and _looks(line.text):
            return Found(_clean(line.printed), "the first line that reads like a title", 0.8)
    for line in lines[:25]:
        if line.where == "table" and _looks(line.text):
            return Found(_clean(line.printed), "the first row of its table", 0.75)
    if declared and _looks(fold(declared)) and not _USELESS.match(declared):
        return Found(declared, "the file's own title, which is not printed", 0.6)
    first = next(
        (line for line in lines[:6] if 6 <= len(line.text) <= 70 and not _is_no_title(line.text)), None
    )
    if first and not re.search(r"[。;]", first.text):
        return Found(_clean(first.printed), "the first line", 0.6)
    return None


def headings(front: Front, title: str | None) -> list[str]:
    """Titles of attachments and tables: short lines of the front that read like a title, without a list's number."""
    lines = _joined(front.lines)
    return [
        _clean(line.text)
        for line in lines
        if line.where in ("text", "table") and _looks(line.text) and _clean(line.text) != (title or "")
    ]


def issuer_of(front: Front, title: str | None) -> Found | None:
    """Who issued it: the body before 关于 in the title, a signature, or a label."""
    if title and (found := _ISSUING.match(title)):
        return Found(found["who"], "the title", 0.95)
    for line in front.lines:
        if line.where in ("text", "end") and _signs(line.text):
            return Found(line.printed, "a line of its own", 0.85)
    for line in front.lines:
        for part in re.split(r"\s{1,}|(?<=\d)(?=[\u4e00-\u9fff]{2,4}:)", line.text):
            named = _NAMED.match(part)
            if named and _SIGNED.match(named["who"]):
                return Found(named["who"], f"{part[: named.start('who')]!r}", 0.8)
    return None


def _signs(text: str) -> bool:
    """Whether a line is an office's name and nothing else."""
    return (
        len(text) <= 40
        and bool(_SIGNED.match(text))
        and not _NO_OFFICE.search(text)
        and not _NUMBERED.match(text)
    )


def _printed_heading(front: Front, lines: Sequence[Line], declared: str) -> Found | None:
    """A page's or a Word file's own heading; and the declared title where it is printed too."""
    if front.document.plain:
        marked = [line for line in lines[:6] if line.level == 1]  # Markdown's one title
    else:
        marked = [line for line in lines[:40] if line.level in (1, 2)]
    marked = [line for line in marked if len(line.text) <= 120 and not _is_no_title(line.text)]
    for line in sorted(
        marked, key=lambda line: not _looks(line.text)
    ):  # the first of a page may be its site's name
        if (_looks(line.text) or not declared) and len(line.text) >= 4:
            heading, whole = _clean(line.printed), _clean(tidy(front.document.about.get("largest", "")))
            broken = whole.endswith(heading) and _looks(
                fold(whole)
            )  # 关于印发2016年 | 十大惠民实事方案的通知
            return Found(whole if broken else heading, "the page's heading", 0.95)
    if declared and any(_clean(line.printed) == declared for line in lines):
        return Found(declared, "the file's own title, printed on the page", 0.95)
    return None


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Lines, those that one title is broken over being one."""
    out: list[Line] = []
    for line in lines:
        if out and _goes_on(out[-1], line):
            out[-1] = Line(out[-1].printed + line.printed, out[-1].level, line.where)
        else:
            out.append(line)
    return out


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line goes on with the title that the line before it begins."""
    alike = before.where == line.where == "text" and before.level == line.level
    if not alike or len(before.text) > 70 or any(map(_is_no_title, (before.text, line.text))):
        return False
    if re.search(r"[。;]", before.text + line.text):
        return False
    if _signs(before.text) and line.text.startswith(("关于", "印发", "转发")):
        return True
    if not _ABOUT.search(before.text):
        return False
    if re.fullmatch(r"[(\[][\u4e00-\u9fff]{2,8}[)\]]", line.text):  # (征求意见稿)
        return True
    if _END.search(before.text) and not re.search(r"(?:关于|印发|转发)[^》]*$", before.text):
        short = len(line.text) <= 16 and not re.search(r"\d", line.text)
        return before.text.endswith(("项目", "实事", "工程")) and short and bool(_END.search(line.text))
    ended = re.search(r"(?:通知|通报|报告|意见|公告|公示|函|决定)(?:\(.*\))?$", before.text)
    return not ended and len(line.text) <= 40 and bool(_END.search(line.text)) and not _signs(line.text)


def _looks(text: str) -> bool:
    return (
        6 <= len(text) <= 90
        and not re.search(r"[。;]", text)
        and not _is_no_title(text)
        and bool(_ABOUT.search(text))
    )


def _is_no_title(text: str) -> bool:
    text = text.removeprefix("附件:")
    return bool(
        _WAY.search(text)
        or _LABELLED.match(text)
        or _NUMBERED.match(text)
        or re.search(r"[:,、]$|^[-—]|\|", text)
    )


def _bare(title: str) -> str:
    """A page's title without the name of the site behind it."""
    text = tidy(title).strip()
    while (cut := _SUFFIX.sub("", text)) != text and len(cut) >= 6:
        text = cut
    return _clean(text)


def _clean(text: str) -> str:
    text = re.sub(r"^附件\d?[:：]?", "", text) if len(text) > 8 else text
    return text.strip(" *#-")
