"""What a quantity counts: the noun before the number, else the one behind it, else the topic of the sentence so far.

``停车位新增2000个`` counts 停车位, ``为5000户老人安装`` counts 老人, and ``年末实际做到52242人`` what the
clause before it named. Verbs, adverbs and dates (``phrases``) come off the ends of what is found. Windows are
bounded, so the time is linear.
"""

from __future__ import annotations

import re
from itertools import pairwise

from minshi_analysis.language import grammar as g
from minshi_analysis.language import phrases as p
from minshi_analysis.language.clauses import in_bracket
from minshi_analysis.language.comparators import COUNTED
from minshi_analysis.language.grammar import words
from minshi_analysis.language.page import Hit, Page, Skip
from minshi_analysis.language.regions import find, town
from minshi_analysis.language.roles import Tone, role

__all__ = ["describe", "strip"]

_DATE = r"\d{1,4}[年月日](?!一?贯?制)(?:\d{1,2}[日号])?[末底初]?(?:以?前|以?后|起|内)?"
_PERIOD = r'"?十[一二三四五六]五"?(?:时期|规划)?(?:期间|期内|期末)?'
_NEW_BUILT = r"新?\([改扩建迁、/]{1,6}\)建?"
_MAKING = words(p.MAKING)
_DONE_OR_BUILT = re.compile(  # 学校食堂|已改造10个, 公路|新(改)建30公里
    rf"(?<=..)已(?:经|全部)?(?:{_MAKING})了?$"
    r"|(?:[新改扩续迁重]建?){1,2}\([新改扩续迁重建、/]{1,6}\)建?$"
)
_BESIDE = rf"(?:{words(p.BESIDE_MAKING)})(?!性?住?房)"
_AND = "(?:以及|[和与及或、])"
_BY_RULE = (
    r"按(?:照)?(?:[新原现旧]|最新|现行|统一|有关|相关|规定|国家|[省市县州]定?级?)*(?:标准|规定|政策|要求)"
)
_LEAD = re.compile(
    rf"(?:(?:{_MAKING})+{_AND}{_BESIDE}|{_BESIDE}{_AND}(?:{_MAKING})+|{_BY_RULE})(?=[\u4e00-\u9fff]{{2}})|"
    rf"(?:{_PERIOD}|\d{{1,3}}[.)](?!\d)|\([\d一二三四五六七八九十]{{1,3}}\)|{_DATE}|{words(p.LINKS)}|{_NEW_BUILT}|[一二三四五六七八九]是"
    rf"|(?!新增(?:城镇)?就业)(?:{_MAKING})(?:了|到|至|在(?![职校册园岗编读]))?(?!{p.NOUN_TAIL}|{p.NAMED_BY_MAKING}|(?:{_MAKING})*类)"
    rf"|(?:{words(p.ADVERBS)})(?=、?(?:{words(p.LINKS + p.ADVERBS)}|{_MAKING})|$)|以[上下]|的|之|、)"
)
_TAIL = re.compile(words(f"{p.LINKS} {p.ADVERBS} {p.CLOSING}"[::-1]))  # of words turned round
# The character that each of them begins with: most of what is stripped has no such word at its edge.
_LEADS = frozenset(
    '0123456789(新以的之、一二三四五六七八九十"'
    + "".join(w[0] for w in f"{p.LINKS} {p.ADVERBS} {p.MAKING} {p.BESIDE_MAKING}".split())
)
_TAILS = frozenset(w[-1] for w in f"{p.LINKS} {p.ADVERBS} {p.CLOSING}".split())
_BRACKET_TAIL = re.compile(r"(?<=..)\([^()]*\)$")
_SHORT_BRACKET = re.compile(r"^\([\u4e00-\u9fff、]{1,6}\)")
_BRACKET_LEAD = re.compile(r"\([^()]*\)(?=..|$)|\((?!.*\))")
_PARALLEL = re.compile(r"(.).\1.$")  # 乱搭乱建: the last character of an idiom is no verb
_ITEM_MARKS = "".join(map(chr, [*range(0x2460, 0x249C), *range(0x2776, 0x2794), *range(0x3220, 0x322A)]))
_ITEM_MARKS += "●○◆◇■□▲△▼▽★☆※•▪◎►➢➤→♦✓"  # ①新增托位, ●新增托位
_LEFT_MARKS, _RIGHT_MARKS = " 、的之·~'|),-了" + _ITEM_MARKS, " 、的之·~'|(,-了"
_OPENINGS = frozenset(_ITEM_MARKS + "一二三四五六七八九十")
_OPENING = re.compile(rf"[{_ITEM_MARKS}]+|[一二三四五六七八九十]是")
_STUMP = re.compile(r"[\u4e00-\u9fff][0-9]+[^0-9\u4e00-\u9fff%‰]{0,2}$")  # 停车位1 before 500个
_SIZE = re.compile(r"(?:面积|规模|容积|库容|长度|全长|总长|里程|高度|宽度|投资|造价)$")
_PLACE = re.compile(  # 城区8条道路, 居住在山区的3000户: where, not what
    r"^(?:居住)?在(?![校册园岗建编读职线])|(?:[市城新辖郊山灾]区|城市区|地区|区域|范围|各乡镇|等(?:片区|乡镇|[乡镇村县区地]|街道|社区|县区|区县|园区)|^[市县镇城]中心区?|主城)(?:内|里)?$|全[市县区省州]$"
)
_SITES = re.compile(rf"(?P<what>点位|站点|网点)(?:{_MAKING})?[、和及与]?$")  # 健身器材30个|点位
# What sorts the parts of a whole: 供热800万平方米,其中|新建|住宅供热700万,补建老住宅供热100万.
_SORTS = re.compile(r"(?:新改?扩?建|改扩?建|扩建|续建|迁建|补建|重建|改造|翻建|配建)$")
_STATE = re.compile(r"在[册库建校园岗读编]|存量|剩余|其余|余下|首批|[上前后][一二三]?批")  # 在册|14个项目
_ROAD = re.compile(
    r"(?:[一二三四五六内外中]环|[\u4e00-\u9fff]{1,3}(?<![公道铁线电支干水油业耕头村组户好色游通景风背老小行商旧区校屯养护农硬设]))"
    r"(?:[东西南北中]?[路街]|大道)"
)
_PLACE_ENDS = frozenset("路街道镇乡")
_FIRST_OF_WORKS = re.compile(r".{2,}?(?=以?及[^、]+、)")  # 4个示范公园|及东西城市轴线、南北城市轴线的场景
_OF_TOWN = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?<![个乡城小制点范重强色型旧心区丽要有])(?:镇|街道)|[\u4e00-\u9fff]{1,3}(?<![城下各兴])乡"
)
_MOVING = "降低|下降|减少|压减|压降|提高|提升|上升|增加|扩大|缩小|升|降"
_MOVED_TO = re.compile(rf"(?P<how>{_MOVING})[到至为](?:了|约|近)?$")
_LESSENING = "减少|下降|降低|缩小|压减|压缩|削减"
_LESSENED = re.compile(rf"(?:{_LESSENING})(?=(?:了|约|近|超过?)*$)")
_RAISED_BY = re.compile(rf"(?:{_LESSENING}|提高|提升|增加|增长|上升|上涨|上调)(?=(?:了|约|近|超过?)*$)")
_SHARE = re.compile(rf"(?:比重|比例|占比|比率|份额)(?:{_MOVING})?")
_REACH = 200
_NEAR = 40
_ROUTE = re.compile(r"[^达直通]至.|[^达]到.")  # 东门桥至花船子3.4公里道路拓宽: from where to where, not what
_REACHED = re.compile(r"(?:达到?|为|按)*(?:全[省市县区州])?(?:常住|户籍|总)?(?:人口)?$")
_BEFORE_PLACES = frozenset("在对向")
_PLACES = frozenset("村镇乡县区旗")
_REST_OF_DATE = re.compile(
    r"^(?:(?:服务)?(?:半径|范围|车程|路程|步行|距离|圈层|区域)*(?:以内|之内|内|里)的?"  # 30公里范围内|农村客运班线
    r"|[末底初]?(?:以?前|以?后|起|内|里|中|以来|之前|期间)?)"
)
_ENUM = ("、", "和", "与", "及", "并", "或", "以")
_FILLER = re.compile(r"(?:约|为|达到?|是|分别|依次|超过|了)+$")
_DISTRIBUTED = re.compile(
    r"(?P<heads>[^,;:。|]{2,50}?)(?:较[^,;:。|]{0,12})?(?:分别|依次)(?P<tail>[^,;:。|]{0,12})$"
)
_BARE_SHARES = re.compile(  # 标准|分别为每人每月
    r"(?:其?(?:补[贴助]|救助|资助|发放|保障|奖励|每人|人均)*(?:标准|金额)?)(?:分别|依次)[^,;:。|]{0,12}"
)
_NEXT_COUNTED = re.compile(r"[^,;:。|]{1,20}[、和与及]")  # between 5200名 and 3100名重度残疾人
_ENDS = re.compile(f"[{p.SENTENCE_END};]")
_NEXT_OF_HEADS = re.compile(r"(?:(?P<comma>,)|[、和与及]|以及)(?P<what>[^,;:。|、\d]{2,16})$")
_TIMES = 10  # rates for so many heads that stand in one list differ by less
_TAKES = frozenset("到至于为在达约近过超短长每")  # before a length of time: 缩短15分钟
_OF_WORKS = re.compile(  # 管网改造完成总工程量的50%
    r"(?P<works>[^,;:|]{2,}?)完成(?P<whole>(?:年度|计划|概算)?(?:总(?:工程量|投资|量)|工程(?:总)?量|全部工程量|投资总?额?))的(?:约|近)?"
)
_JOINED = frozenset(("、", "和", "与", "及", "以及", ","))


def describe(
    page: Page, items: list[Hit | Skip], kind: str | None, year: int | None = None
) -> list[Hit | Skip]:
    """Give each quantity of a page its measure and role.

    Parameters
    ----------
    page : Page
    items : list
        What ``scan`` found: quantities, and the numbers that are none.
    kind : str or None
        Kind of document, for the role where the words do not say it.
    year : int or None
        Year of the document: what is told of an earlier one is background.

    Returns
    -------
    list of Hit or Skip
        The same, in their order; a quantity that is found to be part of another number is set aside.
    """
    s = page.s
    hits = [x for x in items if isinstance(x, Hit)]
    if not hits:
        return items
    skips: list[tuple[int, int]] = []
    earlier: Hit | None = None  # the quantity before the one before
    prev: Hit | None = None
    named: dict[
        str, Hit
    ] = {}  # the last quantity of each unit, outside brackets: what a bare figure refers to
    tone = Tone(s, kind, year)
    n = 0
    for item in items:
        if isinstance(item, Skip):
            if item.cuts:
                skips.append((item.start, item.end))
            continue
        n += 1
        following = hits[n] if n < len(hits) else None
        start = page.left_edge(item.outer_start, prev.outer_end if prev else 0)
        left = s[start : item.outer_start]
        if prev is not None and start == prev.outer_end + 1 and s[start - 1] == ")":
            opened = s.rfind("(", max(0, prev.start - 20), prev.start)
            if opened >= 0:  # 完成年度任务(50家)的94%: the bracket stands aside
                start = page.left_edge(opened, earlier.outer_end if earlier else 0)
                left = s[start:opened] + left
        end = page.right_edge(item.outer_end, following.outer_start if following else len(s))
        from_it = "由" in left or "从" in left or (prev is not None and prev.role == "baseline")
        rises = from_it and p.RISE.match(s, item.outer_end)
        right = "" if rises else s[item.outer_end : end]
        before, after = _around(page, left, start, skips)
        item.measure = _measure(page, item, left, before, after, start, right, prev, following)
        if not item.measure and (meant := named.get(item.unit, prev)) and item.start - meant.end < _REACH:
            item.measure = "" if _describes_another(meant, item) else meant.measure
        tone.move(item.start)
        same_sentence = prev if prev is not None and prev.start >= tone.begin else None
        item.role, item.said, item.sure = role(s, item, left, right, same_sentence, tone)
        skips.clear()
        earlier, prev = prev, item
        if not s.startswith(")", item.outer_end):
            named[item.unit] = item
    _distribute(page, hits)
    _name_beside(s, hits)
    return [_whole(s, item) for item in items]


def _name_beside(s: str, hits: list[Hit]) -> None:
    """Name each quantity as those beside it have it: one head for all, the next one's noun, a part told from its whole."""
    for one, hit in pairwise(hits):
        if (heads := p.FOR_ALL_HEADS.match(one.measure)) and _is_next_of(s, one, hit):
            hit.measure = heads[0] + hit.measure
    for hit in hits:
        if not hit.measure.isalpha():  # characters alone have no brackets
            hit.measure = _closed(hit.measure)
    for hit, following in zip(hits[-2::-1], hits[:0:-1], strict=True):
        if not hit.measure and hit.unit == following.unit and "、" in s[hit.end : following.start][:_NEAR]:
            hit.measure = following.measure  # 完成3个、新开工1个老旧小区改造
    for hit, following in pairwise(hits):  # 对中心城区43条、45万平方米土路
        if s[hit.outer_end : following.outer_start] == "、" and _PLACE.search(hit.measure):
            hit.measure = following.measure if hit.unit != following.unit else hit.measure
    if "其中" in s:
        _sort_parts(s, hits)
    for hit in hits if "受益" in s else ():
        if hit.kind in ("people", "household"):
            hit.measure = _benefiting(s, hit)


def _sort_parts(s: str, hits: list[Hit]) -> None:
    """Keep the word that tells a part from its whole, and from the other parts, where their names do not."""
    whole: Hit | None = None
    plain = [hit.measure for hit in hits]
    for k, hit in enumerate(hits[1:], 1):
        between = s[hits[k - 1].outer_end : hit.outer_start]
        if "其中" in between:
            whole = hits[k - 1]
        if _ENDS.search(between) or whole is None or whole.unit != hit.unit:
            whole = None
            continue
        name = plain[k]
        at = s.rfind(name, hits[k - 1].outer_end, hit.outer_start) if name else -1
        sort = _SORTS.search(s, hits[k - 1].outer_end, at) if at > 0 else None
        told = sort and sort[0] not in s[max(0, whole.outer_start - _NEAR) : whole.outer_start]
        if told and (name in whole.measure or whole.measure in name):
            hit.measure = sort[0] + name


def _benefiting(s: str, hit: Hit) -> str:
    """Who benefits, by a name that says so: 受益群众约6万人, 使6万群众受益."""
    who = hit.measure
    at = s.rfind(who, max(0, hit.start - _NEAR), hit.start) if who else -1
    before = at > 0 and s.endswith("受益", 0, at)
    return f"受益{who}" if who and (before or s.startswith(f"{who}受益", hit.end)) else who


def _is_next_of(s: str, before: Hit, hit: Hit) -> bool:
    """Whether a quantity goes on with a list of rates for so many heads: a bare noun, and a value of their size."""
    found = _NEXT_OF_HEADS.fullmatch(s, before.outer_end, hit.outer_start)
    if not found or hit.kind in ("percent", "ratio", "money") or p.FOR_ALL_HEADS.match(hit.measure):
        return False
    bare = hit.measure and _FILLER.sub("", found["what"]) == hit.measure
    near = before.value < _TIMES * hit.value and hit.value < _TIMES * before.value
    alike = found["comma"] or before.measure[1:2] == "均"  # then only what is measured alike goes on
    return bool(bare and near and (before.unit == hit.unit or not alike))


def _describes_another(meant: Hit, item: Hit) -> bool:
    """Whether a quantity before says how large something is, and so does not name what is counted: 建筑面积…平方米,设12个班."""
    return meant.unit != item.unit and bool(_SIZE.search(meant.measure))


def _whole(s: str, item: Hit | Skip) -> Hit | Skip:
    """A quantity whose number stands by itself; where digits were left beside it, neither is one."""
    if isinstance(item, Skip) or item.measure.isalpha() or not _STUMP.search(item.measure):
        return item
    if not _STUMP.search(s, max(0, item.outer_start - 12), item.outer_start):
        return item
    return Skip(item.outer_start, max(item.end, item.outer_end), "unclear", True)


def _around(page: Page, left: str, start: int, skips: list[tuple[int, int]]) -> tuple[str, str]:
    """The clause before and after the dates and ages in it; a number inside a quotation cuts nothing."""
    end = start + len(left)
    inside = [x for x in skips if start <= x[0] < end and page.quote(x[0]) is None and not _names(page.s, x)]
    if not inside:
        return "", left
    return left[: inside[0][0] - start], _REST_OF_DATE.sub("", left[inside[-1][1] - start :])


def _names(s: str, number: tuple[int, int]) -> bool:
    """Whether a number is what a thing is named by (24小时自助图书馆, 1号渠), and not when, or how long it takes."""
    if s[number[1] - 1] == "号" and "月" not in s[number[0] : number[1]]:
        return s[number[1] : number[1] + 1] in p.THING_ENDS  # 1号渠
    return s[number[0] - 1 : number[0]] not in _TAKES and p.NAMED_BY.match(s, number[1]) is not None


def strip(part: str) -> str:
    """Without introducing words, verbs and marks at its ends.

    Examples
    --------
    >>> strip("其中新增普惠托位"), strip("公租房建成"), strip("棚户区改造")
    ('普惠托位', '公租房', '棚户区改造')
    """
    before = None
    while before != part and (part := part.lstrip(_LEFT_MARKS).rstrip(_RIGHT_MARKS)):
        before = part
        if part[0] in _LEADS and (m := _LEAD.match(part)):
            part = part[m.end() :]
        elif len(part) > 2 and part[0] in p.SINGLE_LEADS and part[:2] not in p.NOUN_HEADS:
            part = part[1:]
        elif (
            (part[-1] in _TAILS and (m := _TAIL.match(part[::-1])))
            and not (
                part.endswith("全覆盖")  # 快递服务全覆盖: what is reached, and no verb
                or (m.end() == 1 and (part[-2:] in p.NOUN_ENDS or _PARALLEL.search(part)))
            )
        ):
            part = part[: len(part) - m.end()]
        elif part[0] == '"' and part.count('"') % 2:
            part = part[1:]  # 关于"新增停车位1.5万个": the number stands within the quotation
        elif ("已" in part[-8:-1] or ")" in part[-2:]) and (m := _DONE_OR_BUILT.search(part)):
            part = part[: m.start()]
        elif part.startswith("("):
            part = _BRACKET_LEAD.sub("", part, count=1)
        elif part.endswith(")"):
            part = _BRACKET_TAIL.sub("", part)
        else:
            break
    return part


def _core(part: str) -> str:
    """The noun of a clause: stripped, and the head of its last attribute (…升级的老旧小区)."""
    core = _head(strip(part))
    return "" if len(core) == 1 or core in p.EMPTY or core.endswith(p.ANSWERS) else core


def _thing(clause: str) -> str:
    """What is made, where a clause says first where or for whom."""
    made = p.PLACED.match(clause)
    return made["thing"] if made else clause


def _closed(measure: str) -> str:
    """Without brackets and quotation marks that the edge of the measure has parted."""
    if "》" in measure and measure.index("》") < measure.rfind("《"):
        measure = measure[measure.rindex("《") + 1 :]  # …免费检查》《建成健身中心
    for opening, closing in ("()", "“”", "《》"):
        if measure.count(opening) != measure.count(closing):
            measure = measure.replace(opening, "").replace(closing, "")
    return measure.replace('"', "") if measure.count('"') % 2 else measure


def _head(core: str) -> str:
    if "的" in core:
        head = strip(core[_outside(core, "的") + 1 :])
        if len(head) > 1 and head not in p.EMPTY:
            return head
    return core


def _owned(core: str, kind: str) -> str:
    """The noun behind a number, and whose it is where these are counted: 100个|老旧小区的二次管网; not 2000户最困难的家庭."""
    head = _head(core)
    if head == core:
        return core
    owner = core[: _outside(core, "的")]
    people = p.PEOPLE_OWN.search(owner) is not None and p.PEOPLE_OWN.search(head) is None
    counted = people if kind in p.ACTED_ON else p.OWNER.search(owner) is not None  # 5000名|困难家庭的学生
    if not counted or owner[0] in "有无没缺未不通" or strip(owner) != owner:
        return head
    return owner if head in p.BARE_ACTS else f"{owner}的{head}"  # 10个|示范村的验收


def _outside(part: str, word: str) -> int:
    """Where a word stands last outside of quotation marks and brackets ("回家的路(上班的路)"社区绿道); -1: nowhere."""
    at = part.rfind(word)
    while at >= 0 and _is_inside(part, at):
        at = part.rfind(word, 0, at)
    return at


def _is_inside(part: str, at: int) -> bool:
    """Whether a place is within quotation marks or brackets that are closed again."""
    in_marks = part.count('"', 0, at) % 2 == 1 and '"' in part[at:]
    return in_marks or (in_bracket(part, at) and ")" in part[at:])


def _behind(right: str, kind: str = "", free: bool = False) -> str:
    """The noun behind a number, as far as the next verb; with people, the act that is done to them.

    What is `free` there is the thing itself (2处|特定时段免费停车路段), and not what is done for someone.
    """
    right = right.lstrip(_LEFT_MARKS)
    if "率" in right or "比" in right or "重" in right:
        right = p.CHOSEN_BY_RATE.sub("", right, count=1) if p.CHOSEN_BY_RATE.match(right) else right
    if p.NO_NOUN.match(right):
        return ""
    if kind in p.ACTED_ON and (act := p.ACT.match(right)):
        return strip(act["whom"]) + strip(act["act"])
    m = p.CUT_RIGHT.search(right, 1)
    while free and m and m[0] == "免费":
        m = p.CUT_RIGHT.search(right, m.end())
    noun = _owned(strip(right[: m.start()] if m else right), kind)
    if len(noun) == 1:  # 7个村实施: what stands there has one character, and more follows
        return noun if noun in _PLACES else ""
    return "" if noun in p.EMPTY else noun


def _served(right: str, serves: re.Match | None) -> str:
    """For whom or where a thing is, behind the number of those that it serves: 覆盖200个|村|的快递站点."""
    whom, of, thing = right.partition("的") if serves else ("", "", "")
    noun = strip(whom) if of and len(strip(thing)) > 1 else ""
    return noun if noun and (serves["made"] or p.SERVED_PLACES.search(noun)) else ""


def _measure(page: Page, hit: Hit, left, before, after, start, right, prev, following) -> str:
    s = page.s
    if hit.against_target and (m := g.OF_THE_TARGET.match(s, hit.end)):
        return m[0].removeprefix("的")
    if (own := _behind_the_last(page, after, prev, start)) is not None:
        after, before = own, ""
    if left[:1] in _OPENINGS and (m := _OPENING.match(left)):
        left = left[m.end() :]
    if len(made := _thing(left)) < len(after):
        after, before = made, ""
    if "以" in after or "在" in after:
        after = p.MANNER.sub("", after)
    core = _core(after) or (_core(before) if before else "")
    if "每" in left and (m := p.PER_HEAD.search(left)):
        core = strip(left[m.start() :])
        if core == m[0]:  # 样本量达到常住人口每千人6.8批次; 检验21536批次,达到每千人5.1批次
            what = strip(_REACHED.sub("", left[: m.start()]))
            core += what or (prev.measure if prev is not None and prev.unit == hit.unit else "")
    elif core and hit.kind != "money" and "年" in after and (m := p.YEARLY.match(after.lstrip(_LEFT_MARKS))):
        core = m[0] + core
    if hit.kind == "percent":
        found = _of_percent(hit, left, after, right, core, prev, s[start - 1] == "|" if start else False)
    else:
        found = _of_count(
            hit, left, after, right, core, (prev, following), s[start - 1] == "|" if start else False
        )
    one = found.partition("、")[0] if hit.value == 1 and s[hit.start] == "一" else ""
    if len(one) > 1 and one[-1] in p.THING_ENDS:
        found = one  # 一个药房、健康小屋: of the second nobody says how many
    if hit.kind in ("percent", "ratio"):
        found = _what_moves(found, left, after)
    elif found and found == core:
        found = _moved_by(found, left, hit.kind)
    if found and s[start - 1 : start] == ":" and (find(found) or town(found)):
        return _topic(page, start, prev) or found  # 公办学校比例:石门县85%
    if hit.kind == "percent" and prev is not None and _SHARE.fullmatch(found):
        return _share_of(found, prev, s[prev.outer_end : hit.outer_start])
    return found or _topic(page, start, prev)


def _share_of(found: str, prev: Hit, between: str) -> str:
    """A share named by nothing but that it is one, with what was counted before it: 建成中医馆6个,占比达到60%."""
    own = prev.measure and prev.kind not in ("percent", "ratio", "money") and not _ENDS.search(between)
    return prev.measure + found if own and len(between) < _NEAR else found


def _behind_the_last(page: Page, after: str, prev: Hit | None, start: int) -> str | None:
    """What is left of a clause without the noun of the quantity before it: 5000名|老人安装呼叫器、为|800名.

    None where that quantity is named by what stands before it, or another clause begins between.
    """
    if prev is None or start != prev.outer_end or not prev.measure:
        return None
    noun, mark, own = after.rpartition("、")
    named = noun.lstrip(_LEFT_MARKS)[:2]
    return own if mark and named and named in prev.measure and ")" not in own and '"' not in own else None


def _of_percent(
    hit: Hit, left: str, after: str, right: str, core: str, prev: Hit | None, in_row: bool
) -> str:
    if m := _OF_WORKS.fullmatch(left.lstrip(_LEFT_MARKS)):
        return f"{m['works']}完成{m['whole']}"
    if m := p.SHARE.search(left):
        return m["what"]
    bare = not left.strip(" 、和与及的以")
    if (
        bare
        and prev is not None
        and prev.kind == "percent"
        and not (right.startswith("的") or _behind(right))
    ):
        return prev.measure
    own = _FILLER.sub("", after.lstrip(_LEFT_MARKS).rstrip(_RIGHT_MARKS))
    if own and p.RATE.search(own):
        if own[0] in "比较" and not in_row:
            return own
        if own == "完成" or (not core and own not in p.MERE_GROWTH and not (in_row and p.GROWTH.search(own))):
            return own
    if in_row and p.GROWTH.search(after):
        return ""
    if right.startswith("的") or not core:
        noun = _behind(right.removeprefix("的"))
        return _with_deed(noun, right.removeprefix("的")) if noun and not core else noun or core
    if hit.unit == "百分点" and own.endswith(p.MERE_GROWTH):
        return core.removesuffix(own[-2:]) + own[-2:]
    return core


def _with_deed(noun: str, right: str) -> str:
    """What a share of things has or does, with the things: 90%的|乡镇(街道)建有老年大学 is no share of 乡镇."""
    at = right.find(noun)
    deed = right[at + len(noun) :].rstrip(_RIGHT_MARKS) if at >= 0 and len(right) < _NEAR else ""
    said = _SHORT_BRACKET.sub("", deed, count=1)
    return noun + deed if p.HAS_OR_DOES.match(said) else noun


def _what_moves(measure: str, left: str, after: str) -> str:
    """The measure of a level, without the movement to it, and of a share with the whole that it is of.

    个人卫生支出占卫生总费用的比重降低到23%: what falls is no 比重降低. A rate of growth (降低2个百分点) keeps its word.
    """
    moved = _MOVED_TO.search(left)
    still = measure.removesuffix(moved["how"]).removesuffix("上") if moved else measure
    at = after.rfind(measure) if _SHARE.fullmatch(still) else -1
    if at <= 0 or after[at - 1] != "的":
        return still
    whole = strip(after[:at].lstrip(_LEFT_MARKS)).removeprefix("占")
    return f"{whole}的{still}" if whole else still


def _moved_by(measure: str, left: str, kind: str) -> str:
    """The measure of a number by which something moves: 大班额减少1.4万个 counts no 大班额, 标准提高50元 is no standard."""
    moved = (_RAISED_BY if kind == "money" else _LESSENED).search(left[-8:])
    return measure + moved[0] if moved and not measure.endswith(moved[0]) else measure


def _of_count(
    hit: Hit,
    left: str,
    after: str,
    right: str,
    core: str,
    beside: tuple[Hit | None, Hit | None],
    in_row: bool,
) -> str:
    prev, following = beside
    placed = after.lstrip(_LEFT_MARKS).rstrip(_RIGHT_MARKS)
    if not core and hit.kind == "money" and p.SPENT.search(placed):
        return placed
    if right and (following is None or following.kind != "percent" or not p.RATE.search(right)):
        for_whom = (placed.startswith(("每", "各")) or left.startswith(p.FOR)) and not core.endswith(
            ("率", "数")
        )
        free = hit.kind not in p.ACTED_ON and not left.startswith(p.FOR)
        noun = _served(right, p.SERVING.search(left)) or _behind(right, hit.kind, free)
        if hit.unit and len(noun) == 2 and noun.endswith(hit.unit):
            noun = ""  # 6种病种: only the unit again
        apart = following is None or hit.outer_end + len(right) < following.outer_start
        named = (
            _PLACE.search(core) is not None
            or (hit.kind == "length" and _ROUTE.search(core) is not None)
            or (apart and hit.kind != "money" and _is_done_to(right, noun, core, placed))
            or core.endswith("等")
            or ("、" in core and not _LEAD.match(right))
            or p.TAKES_OBJECT.search(placed)
            or p.DONE_YEARLY.fullmatch(core)
            or (len(core) < 4 and noun[-1:] in p.THING_ENDS and _STATE.fullmatch(core) is not None)
            or _is_proper_place(core, hit)
            or (_is_where(core, prev, hit, noun) and not p.ACT_BEHIND.match(right.lstrip(_LEFT_MARKS)))
        )
        if noun and (not core or for_whom or named or left.rstrip().endswith(_ENUM)):
            if "及" in noun and _is_proper_place(core, hit) and (first := _FIRST_OF_WORKS.match(noun)):
                noun = first[0]
            each = p.EACH.search(placed)
            return (each[0] if each else "") + noun
        if placed.startswith(p.ACTING) and core.endswith(p.ACTS):
            return noun + core
        if placed.endswith(p.CONTAINS) and not placed.endswith(p.OWNS):
            return noun or right.strip(_LEFT_MARKS)
        if (
            core
            and hit.unit in ("个", "处")
            and (site := _SITES.match(right))
            and not core.endswith(site["what"])
        ):
            return core + site["what"]
        if not placed and len(right.strip(_LEFT_MARKS)) > 1:
            return right.strip(_LEFT_MARKS)
    if not core and not in_row and (m := p.TELLING.search(placed)):
        return m[0]
    return core


def _is_where(core: str, prev: Hit | None, hit: Hit, noun: str) -> bool:
    """Whether a word before a number is that of the things counted before it: 7个|乡镇|1000公里管网, 14个|项目|7661套住房."""
    if prev is None or core != prev.measure or hit.outer_start - prev.outer_end != len(core):
        return False
    things = prev.unit != hit.unit and noun[-1:] in p.THING_ENDS
    return things or p.SERVED_PLACES.search(core) is not None


def _is_proper_place(core: str, hit: Hit) -> bool:
    """Whether a word before a number names the road or town in which the things behind it are: 二环路|4个示范公园."""
    if core[-1:] not in _PLACE_ENDS or hit.kind not in ("count", "place") or hit.unit in ("条", "段"):
        return False
    return _ROAD.fullmatch(core) is not None or (
        _OF_TOWN.fullmatch(core) is not None and town(core) is not None
    )


def _is_done_to(right: str, noun: str, core: str, before: str) -> bool:
    """Whether the one bare word before a number is what is done to the noun behind it: 添置30套健身器材."""
    bare = len(core) == 2 and before.endswith(core) and core[-1] not in p.THING_ENDS | _BEFORE_PLACES
    named = len(noun) > 2 or noun[-1:] in p.THING_ENDS
    listed = 0 <= right.find("、") < right.find(noun)  # 独居老人、残障人士的居所: which of them is not sure
    return bare and named and not right.startswith(_ENUM) and not listed and not p.STATE_BEHIND.match(noun)


def _topic(page: Page, start: int, prev: Hit | None) -> str:
    """The clauses before, where they have no quantity of their own (…消防给水管网,要建成超230个)."""
    s, floor = page.s, prev.outer_end if prev else 0
    for _ in range(3):
        if start - 2 < floor or s[start - 1] not in ",:|(":
            return ""
        end = start - 1
        start = page.left_edge(end, floor)
        if prev is not None and (s[end] == "|" or start <= floor):
            return ""
        core = _core(_thing(s[start:end]))
        if 2 <= len(core) <= 30 and not core.endswith(p.OFFICES):
            return core
    return ""


def _distribute(page: Page, hits: list[Hit]) -> None:
    """文化、旅游、体育产业增加值占比分别达到6.5%、9%、2.0%: each its own noun."""
    s = page.s
    i = 0
    while i < len(hits):
        j = i + 1
        while (
            j < len(hits)
            and hits[j].outer_start - hits[j - 1].outer_end < 3
            and (s[hits[j - 1].outer_end : hits[j].outer_start] in _JOINED)
        ):
            j += 1
        if j - i > 1:
            start = page.left_edge(hits[i].outer_start, hits[i - 1].outer_end if i else 0)
            own = s[start : hits[i].outer_start]
            if _BARE_SHARES.fullmatch(own):
                _name_as_before(s, hits, i, j)
            elif m := _DISTRIBUTED.search(own):
                _name(hits[i:j], m["heads"], strip(m["tail"]))
        i = j


def _name_as_before(s: str, hits: list[Hit], i: int, j: int) -> None:
    """5200名困难残疾人、3100名重度残疾人…,标准分别为60元、80元: to each of those that were counted, in their order."""
    n, last = j - i, hits[i - 1]
    if (
        i < n
        or hits[i].outer_start - last.outer_end > _NEAR
        or _ENDS.search(s, last.outer_end, hits[i].start)
    ):
        return
    near = hits[max(0, i - n - 1) : i]
    joined = [bool(_NEXT_COUNTED.fullmatch(s, a.outer_end, b.outer_start)) for a, b in pairwise(near)]
    as_many = all(joined[-n + 1 :]) and not (len(near) > n and joined[0])
    if as_many and all(x.measure and x.kind in COUNTED for x in near[-n:]):
        for hit, one in zip(hits[i:j], near[-n:], strict=True):
            hit.measure = one.measure


def _name(run: list[Hit], heads: str, tail: str) -> None:
    if len(run) == 2 and "城乡" in heads and "、" not in heads:
        urban = "城镇" if "城乡居民" in heads else "城市"
        heads = f"{heads.replace('城乡', urban)}、{heads.replace('城乡', '农村')}"
    for pattern in ("、", "、|和|与|以及|及"):
        names = [x for x in re.split(pattern, heads) if x]
        if len(names) == len(run):
            break
    else:
        return
    shared = tail or _shared(names[0], names[-1])
    for hit, name in zip(run, names, strict=True):
        hit.measure = strip(name if name is names[-1] and not tail else name + shared)


def _shared(first: str, last: str) -> str:
    """What the last name of an enumeration carries for all: 文化产业, 体育产业|增加值占比; 城镇, 农村|居民收入."""
    if first in p.CONTRASTS and last[: len(first)] in p.CONTRASTS:
        return last[len(first) :]
    for size in (4, 3, 2):
        at = last.find(first[-size:])
        if len(first) > size and 0 <= at < len(last) - size:
            return last[at + size :]
    return ""
