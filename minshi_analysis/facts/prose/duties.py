"""Who answers for a promise, and when, as its own words say: a closing bracket, a line below, 由…负责, 县教育局牵头."""

from __future__ import annotations

import re

from minshi_analysis.facts.prose.answering import who_does
from minshi_analysis.language.agencies import BODIES, HELPS, LEADS, is_agency
from minshi_analysis.language.text import Text, fold

__all__ = ["Duties", "agencies", "duties", "is_note", "note_of", "together", "trimmed"]

_CHIEF = r"(?:分管|主管|包[抓保联]|联系|挂钩)[省市县区]?领导"
_WHO = rf"(?:(?:主要|第一|直接|具体)?[省市县区]?(?:{LEADS}|{HELPS}){{1,2}}(?:{BODIES}|[省市县区]?领导|人)|{_CHIEF})"
_OTHER = (  # who only watches or reports: 数据提供单位:市统计局
    rf"(?:(?<=[;,、。\s])[\u4e00-\u9fff]{{2,8}}|监督|督办|督导|督查|考核|验收|监管|审核|填报|报送)(?:{BODIES}|领导|人)"
)
_ROLE = re.compile(
    rf"(?P<role>{_WHO})\s*[:为]\s*(?P<names>.*?)(?=[;,、。\s]*(?:(?:{_WHO}|(?:完成|办结)?[时期][限间])\s*[:为]|{_OTHER}:)|$)"
)
_TIME = re.compile(r"(?:完成|办结)?(?:时限|时间|期限|节点)\s*[:为]\s*(?P<when>[^;)]+)")
_BRACKET = re.compile(r"[(\[](?P<inside>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]][。;,、\s]*$")
_LONGEST_BRACKET = 600
_LABEL = rf"(?:{_WHO}|(?:完成|办结)?[时期][限间])\s*[:为]"
_TAIL = re.compile(
    rf"(?<=[。;])\s*{_LABEL}[^。]{{1,120}}(?:。\s*{_LABEL}[^。]{{1,120}}){{0,4}}。?\s*$"
)  # …。责任单位:市教育局
_BY = re.compile(
    r"(?<!资金)(?<!经费)(?<!费用)(?<!投资)(?<!配套)由(?P<who>[^,;。:()]{2,40}?)(?:共同|联合|分别)?(?:牵头|负责|组织(?:推进|实施|落实)|承办)"
)
_VERBAL = re.compile(
    r"(?P<names>(?:[^,;。:()]|\([^()]*\)){2,60}?)(?:共同|联合)?(?P<role>牵头负责|牵头实施|牵头|负责|主办|承办|配合|协办|参与|协同)(?:实施|落实|配合)?(?=[,;。、]|$)[,;。、]?"
)
_HELPED = re.compile(  # 责任单位:县教育局(牵头),县住建局配合
    rf"(?P<lead>[^,，;；()（）]{{2,40}}?)(?:牵头|负责|主办)?[,，;；(（](?P<partner>[^,，;；()（）]{{2,60}}?)(?:{HELPS})[)）]?"
)
_BARE_BODY = re.compile(
    r"(?:局|委|办|厅|部|政府|残联|妇联|总工会|工会|团委|街道|镇|乡|公司|集团|指挥部|代建中心|服务中心|办公室|人民医院|供电所|管委会)$"
)
_BARE_TIME = re.compile(
    r"(?:20\d\d年)?(?:全年|年底前?|年内|\d{1,2}月(?:份|[底末]|\d{1,2}日|[上中下]旬)?|第?[一二三四]季度|[上下]半年)(?:之?前|底前|末前)?(?P<what>[^\d,;。]{0,8})[。;]?"
)
_BESIDE = re.compile(r"[,，;；。]|(?<=[\u4e00-\u9fff])(?<!年)(?=(?:20\d\d年)?\d{1,2}月)")  # 市园林局6月底前
_NOTE = re.compile(rf"(?:{_WHO}|(?:完成|办结)?[时期][限间])\s*[:为]")
_ANSWERS = re.compile(r"(?:牵头)?负责$|牵头$")
_CHIEFLY = re.compile(r"[\s(\[]*(?:牵头|主办|主管|主责)")

# What is said of a task: the model's columns, and ``due``, the printed words of a time.
Duties = dict[str, str]


def agencies(text: str) -> Duties:
    """Who answers for a task, from the words of a bracket or line.

    Returns
    -------
    dict
        Some of lead_agency, partner_agencies, responsible; the names as printed, tidy.

    Examples
    --------
    >>> agencies("牵头单位：市教育局；配合单位：市财政局、市住建局")
    {'lead_agency': '市教育局', 'partner_agencies': '市财政局、市住建局'}
    >>> agencies("责任单位:市住建局,责任人:张三")
    {'lead_agency': '市住建局', 'responsible': '张三'}
    """
    out: Duties = {}
    folded = fold(text)
    for match in _ROLE.finditer(folded):
        names = text[match.start("names") : match.start("names") + _inside(match["names"])]
        names = names.strip(" 、,，;；。")
        if not names:
            continue
        key = _column(match["role"])
        if key == "lead_agency" and key in out:  # 牵头单位 and 责任单位 side by side: the first leads
            key = "partner_agencies"
        helped = _HELPED.fullmatch(names) if key == "lead_agency" else None
        if helped:
            names = helped["lead"]
            out.setdefault("partner_agencies", helped["partner"])
        out[key] = f"{out[key]}、{names}" if key in out else names
    bare = _ANSWERS.sub("", text).strip()
    if not out and (said := _verbal(text, folded)):
        return said
    if not out and is_agency(bare):
        out["lead_agency"] = bare
    return out


def _inside(folded: str) -> int:
    """How far names go: to the bracket that closes what was opened before them (责任单位:甲局)该件实事已完成."""
    depth = 0
    for at, sign in enumerate(folded):
        depth += (sign in "([") - (sign in ")]")
        if depth < 0:
            return at
    return len(folded)


def _verbal(text: str, folded: str) -> Duties:
    """Who answers where the words name the bodies first: 县教育局牵头,县住建局、各乡镇配合."""
    out: Duties = {}
    done = 0
    for match in _VERBAL.finditer(folded):
        names = text[match.start("names") : match.end("names")].strip(" 、,，;；由会同")
        before = text[done : match.start()].strip(" 、,，;；")
        if not is_agency(names) or (before and (out or not is_agency(before))):
            return {}
        if before:  # 市园林局、市住建局,市财政局配合: who stands first leads
            out["lead_agency"] = before
        done = match.end()
        key = "partner_agencies" if re.search(HELPS, match["role"]) else "lead_agency"
        if key == "lead_agency" and key in out:
            key = "partner_agencies"
        out[key] = f"{out[key]}、{names}" if key in out else names
    return out if done >= len(folded.rstrip(" 。;")) else {}


def _column(role: str) -> str:
    if role.endswith("人") or "领导" in role:
        return "responsible"
    return "partner_agencies" if re.search(HELPS, role) else "lead_agency"


def duties(text: Text) -> tuple[Text, Duties]:
    """A clause without the closing bracket that says who answers, and what it says.

    Returns
    -------
    text : Text
        The clause, trimmed.
    said : dict
        As `agencies`, with the words of a time under ``due``.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> rest, said = duties(clean("新建幼儿园3所。（县教育局牵头，县住建局配合）"))
    >>> rest.norm, said
    ('新建幼儿园3所', {'lead_agency': '县教育局', 'partner_agencies': '县住建局'})
    """
    folded = text.folded
    match = _BRACKET.search(folded, max(0, len(folded) - _LONGEST_BRACKET))
    if match:
        said = _said(text.norm[match.start("inside") : match.end("inside")])
        if said:
            return trimmed(text.slice(0, match.start())), said
    if is_note(text):
        return trimmed(text), _said(text.norm)
    tail = _TAIL.search(folded)
    said = _said(text.norm[tail.start() :]) if tail else {}
    if said:
        return trimmed(text.slice(0, tail.start())), said
    last = folded.rstrip(" 。").rfind("。") + 1
    sentence = who_does(text.norm[last:]) if last else {}
    if sentence:
        return trimmed(text.slice(0, last)), sentence
    for by in _BY.finditer(folded):
        who = text.norm[by.start("who") : by.end("who")]
        if is_agency(who):
            return trimmed(text), {"lead_agency": who}
    return trimmed(text), {}


def _said(words: str) -> Duties:
    sentence = who_does(words)
    if sentence:
        return sentence
    names, day = _apart(words)
    said = agencies(names)
    time = _TIME.search(fold(words))
    if time:
        return said | {"due": time["when"]}
    return said | {"due": day} if said and day else said


def _apart(words: str) -> tuple[str, str | None]:
    """Who answers, and the day that stands beside them (市教育局,8月底前; 10月底前,责任单位:市住建局), if one does."""
    parts = [part for part in map(str.strip, _BESIDE.split(words)) if part]
    days = [part for part in parts if _BARE_TIME.fullmatch(fold(part))]
    if len(days) != 1 or len(parts) == 1 or days[0] not in (parts[0], parts[-1]):
        return words, None
    day = days[0]
    return words.removesuffix(day).removeprefix(day).strip(" ,，;；。"), day


def note_of(text: Text, *, bare: bool = False) -> Duties:
    """What a line says that only says who answers, or by when; nothing where it says something else.

    Parameters
    ----------
    text : Text
    bare : bool
        Whether the names of bodies alone (县水务局), or a date alone (12月底前), are such a line.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> note_of(clean("牵头单位：县水务局")), note_of(clean("县水务局")), note_of(clean("12月底前"), bare=True)
    ({'lead_agency': '县水务局'}, {}, {'due': '12月底前'})
    """
    folded = text.folded.strip()
    words = text.norm.strip(" ()（）[]【】〔〕") if folded[:1] in ("(", "[") else text.norm
    if is_note(text):
        return _said(words)
    if not bare:
        return {}
    names, day = _apart(words)
    if day and is_agency(names):
        return {"lead_agency": names, "due": day}
    time = _BARE_TIME.match(folded)
    if time and (
        time.end() == len(folded)
        or re.fullmatch(r"(?:20\d\d年)?.{2,14}(?:全面|全部)?(?:完成|完工|投用|建成)。?", folded)
    ):
        return {"due": text.norm.strip()}
    names = text.norm.strip(" 。")
    if len(names) <= 60 and is_agency(names) and all(map(_BARE_BODY.search, re.split("[、,]", fold(names)))):
        return {"lead_agency": names}
    return {}


def together(said: Duties, more: Duties, note: Text) -> Duties:
    """What is known of an item and what a further note of it says: nothing that is known is lost.

    Of two lines that name bodies to answer (牵头单位:…, 责任单位:…) the one that is said to lead does, else the first; the
    other's are partners. Persons of two lines (主管领导, 责任人) both answer.

    Examples
    --------
    >>> from minshi_analysis.language.text import clean
    >>> known = {"lead_agency": "县城投集团"}
    >>> together(known, {"lead_agency": "县城管局"}, clean("牵头单位:县城管局"))
    {'lead_agency': '县城管局', 'partner_agencies': '县城投集团'}
    """
    one, other = said.get("lead_agency"), more.get("lead_agency")
    lead, helps = (other, one) if other and _CHIEFLY.match(note.folded) else (one or other, one and other)
    found = {
        "lead_agency": [lead],
        "partner_agencies": [helps if helps != lead else None, *_both("partner_agencies", said, more)],
        "responsible": _both("responsible", said, more),
    }
    named = {key: "、".join(dict.fromkeys(filter(None, names))) for key, names in found.items()}
    return more | said | {key: names for key, names in named.items() if names}


def _both(key: str, said: Duties, more: Duties) -> list[str | None]:
    return [said.get(key), more.get(key)]


def is_note(text: Text) -> bool:
    """Whether a line only says who answers, or by when."""
    return bool(_NOTE.match(text.folded.strip("([ ")) or who_does(text.norm))


def trimmed(text: Text) -> Text:
    """A clause without separators at its ends and without 其中."""
    folded = text.folded
    start = re.match(r"[\s,;、。:]*(?:(?:其中|同时|并)[,:]?)?", folded).end()
    end = len(folded.rstrip(" ,;、。:"))
    return text.slice(min(start, end), end)
