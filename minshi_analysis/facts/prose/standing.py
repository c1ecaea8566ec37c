"""What a row of running words stands on: words of its own that promise or report it, or a doubt that says what is wanting.

A figure that nothing else claims is read as what its place makes likely. That is a guess, however often it is right: a row of
which the reader is sure has a verb that makes or reports its thing, a label or a heading, and counts things and not the items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minshi_analysis.facts.context import Row
from minshi_analysis.facts.prose.each import is_of_each
from minshi_analysis.facts.prose.meaning import Figure
from minshi_analysis.facts.prose.results import Result, is_unlike
from minshi_analysis.facts.prose.rows import measure_of
from minshi_analysis.facts.prose.where import may_act
from minshi_analysis.language import phrases as p
from minshi_analysis.language import works
from minshi_analysis.language.clauses import clause_before
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.text import fold

__all__ = ["EACH", "doubts_of", "doubts_of_link", "doubts_of_pair"]

Doubt = tuple[str, float]
EACH: Doubt = ("so much for each, not in all", 0.2)
WHERE: Doubt = ("it may say where or for whom, and not how much", 0.2)
DESCRIBES: Doubt = ("it may describe what another figure counts", 0.2)
COUNTED: Doubt = ("it may count the items themselves", 0.2)
UNLIKE: Doubt = ("its words and those of the target share nothing", 0.2)
OF_SEVERAL: Doubt = (
    "several results share the words of this target: it may be that of all of them",
    0.2,
)
NAMELESS: Doubt = ("no word says what it is of", 0.2)
UNSAID: Doubt = ("no word of its own says that it is promised or reported", 0.2)
OF_STAGE: Doubt = ("it may be the target of a part of the year, not of all of it", 0.2)

_STAGE = r"(?:第?[一二三四]季度|前[一二三两]个?季度|[上下]半年|1-\d{1,2}月|本季度?|节点|序时|阶段性?|当期)"
_OF_STAGE = re.compile(rf"{_STAGE}[^,;。\d]{{0,6}}(?:计划|目标|任务|应)")
_AIM_OF_STAGE = re.compile(
    rf"(?:计划|目标|应)(?:[在于到]|完成)*{_STAGE}|计划累计|应累计|累计(?:计划|目标|应)"
)

_MAKES = re.compile(
    r"[新改扩重迁续翻修整疏]?[建改扩修]|打造|完[成善工]|实[施现]|开[展工办设发通辟]|新[增添购]|增[加设殖补]|提[升高供]|达到?|创[建业]|培[训育养]|改[造扩]|"
    r"安[装置排]|配[备置套齐]|购[置买]|发[放展]|资助|救助|帮扶|扶持|组织|举办|开[展放]|推[进广行出动]|落实|解决|治理|整治|硬化|绿化|亮化|栽植|种植|"
    r"覆盖|惠及|服务|保障|确保|力争|保持|稳定|控制|降低|下降|减少|不[低少超高]|检查|筛查|体检|免费|招[聘录引]|引进|选[派聘]|认定|评[定选]|设[立置]|"
    r"[打贯]通|任务|目标|计划|免除|拟|将|争取|办[结理好]|更[换新]|加[装固宽大强快]|拆[除迁]|搬迁|疏[浚通]|清[理淤运]|架设|铺设|敷设|补[助贴齐建]|支持|投[入放用]|启用|维修|养护|绿[化地]|优化|调整|建档|就业|供[应水热]|受益|新|[率比]$"
)
_PLACES = re.compile(
    r"(?:乡镇|镇街|镇|乡|街道|社区|行政村|自然村|村|县区|县|区|旗|苏木|嘎查|团场|连队)(?P<rest>[^,;。:]*)"
)
_ATTRIBUTE = re.compile(r"(?:以上|以下|左右)?[长宽高深厚]?的[^,;。:、\d]{1,12}\d")  # 占地30亩的公园2个
_OF_THE_LIST = re.compile(
    r"(?:实事|任务|目标|事项|工作|指标|进展|前期|手续|阶段|环节|内容|措施|问题|建议|提案|诉求|子项|小项|要求|时序|序时|进度)(?:较?快|较?慢|顺利)?$"
)
_LIST = re.compile("(?<!微)实事|(?:民生|惠民|为民)(?:项目|工程|事项)")
_IS_SAID_OF_ITEMS = re.compile("属于?|涉及|归|分属|达到|超过|未|已|均")  # 有3项属于社会保障工程
_GENERIC = re.compile(
    r"(?:完成|总|年度|计划|累计|实际|全年|已|的|任务|目标|投资|资金|项目|工程|总量|数量|数|个|面积|规模|建设|改造|实施|拟对|对|为)*"
)
_SAYS_NOTHING = re.compile(
    r"目前|现|已经?|实际|累计|共计?|全[部面年市县区省]|截至.*|上半年|前三季度|今年以来|\d+月[底份末]?|其中|新[增建]|完成|了|均|有|"
    rf"{works.BEGUN}|{works.FINISHED}"
)
_ITEMS = frozenset({"项", "件"})
_BARE_WORD = re.compile(r"[\u4e00-\u9fff]{2}(?=$|[,;。、])")
_ONLY_ITEMS = re.compile("项目|工程|子项")


def doubts_of(figure: Figure, *, label: str = "", above: str = "") -> Iterator[Doubt]:
    """What is wanting for one to be sure of a promised or reported figure.

    Parameters
    ----------
    figure : Figure
    label : str
        Kind of the line that it stands in, where a label says it.
    above : str
        The name of its item: 农村饮水工程 makes what is listed below it.

    Examples
    --------
    >>> from minshi_analysis.facts.prose.meaning import Place, figures_of
    >>> from minshi_analysis.language.text import clean
    >>> def why(words):
    ...     return [list(doubts_of(f)) for f in figures_of(clean(words), Place(False))]
    >>> why("新建公厕12座"), why("每个乡镇新建不少于2所")
    ([[]], [[('so much for each, not in all', 0.2)]])
    """
    quantity, folded = figure.quantity, figure.text.folded
    clause = clause_before(folded, quantity.start)
    if is_of_each(clause) and quantity.unit not in ("%", "万元"):
        yield EACH
    after = folded[quantity.end :]
    if _is_where(clause, after, folded) or (figure.reading == "promise" and may_act(folded, quantity)):
        yield WHERE
    if _ATTRIBUTE.match(after):
        yield DESCRIBES
    measure = fold(quantity.measure)
    of_list = _OF_THE_LIST.search(measure) or _IS_SAID_OF_ITEMS.match(measure) or _LIST.search(clause)
    if quantity.unit in _ITEMS and of_list:
        yield COUNTED  # 市级重点民生实事项目分解至我区任务5项
    if _ONLY_ITEMS.fullmatch(measure) and quantity.unit == "个" and figure.reading == "aim":
        yield COUNTED  # 20个项目中,18个已完成
    if (not above and _GENERIC.fullmatch(fold(quantity.measure))) or _may_be_done(measure, clause, after):
        yield NAMELESS
    if _OF_STAGE.search(clause) or (figure.reading == "aim" and _AIM_OF_STAGE.search(clause)):
        yield OF_STAGE  # 二季度计划完成演出9场,实际完成11场
    behind = re.split(r"[;。]", folded[quantity.end : quantity.end + 60])[0]
    if not label and not any(map(_MAKES.search, (folded[: quantity.start], behind, above))):
        yield UNSAID


def _may_be_done(measure: str, before: str, after: str) -> bool:
    """Whether a bare word before a number may be what is done to the word behind it: 刷新30处墙绘."""
    bare = len(measure) == 2 and before.endswith(measure) and measure[-1] not in p.THING_ENDS
    beside = _BARE_WORD.match(after)
    return bare and beside is not None and not p.STATE_BEHIND.match(after) and not p.MADE.match(after)


def _is_where(clause: str, after: str, folded: str) -> bool:
    """Whether a count of places stands before what is done there, which has a figure of its own.

    对14个乡镇的56个行政村实施改厕3200户; 在3个街道、18个社区开展试点,建设空间21个.
    """
    places = _PLACES.match(after)
    if places is None:
        return False
    rest = places["rest"]
    done = rest[:1] in ("的", "、") or rest[:1].isdigit() or bool(_MAKES.match(rest))
    beside = re.match(r"[^,;。:、]*\d", rest) is not None
    placed = re.search(r"(?:^|[^\u4e00-\u9fff存现实])在[^,;。:]*$", clause) is not None
    return (done and beside) or (placed and re.search(r"\d", after) is not None)


def doubts_of_pair(result: Result) -> Iterator[Doubt]:
    """What is wanting for a result and the target that its own sentence prints to be of one thing."""
    if result.aim and result.actual and not result.rate and is_unlike(result, measure_of(result.aim)):
        yield UNLIKE
    if result.of_several:
        yield OF_SEVERAL  # 新建幼儿园5所、小学3所,超额完成6所的目标


def doubts_of_link(
    result: Result, target: Row, targets: Sequence[Row], unlinked: Sequence[Result]
) -> Iterator[Doubt]:
    """What is wanting for a result to answer a target of its item: like words, or a rate, and no other claimant.

    Parameters
    ----------
    result : Result
    target : Row
    targets : sequence of Row
        All targets of the item.
    unlinked : sequence of Result
        The other results of the item that answer none.
    """
    apart = len(targets) > 1 or result.aim is None
    unlike = apart and (is_unlike(result, target["measure"]) or _is_hardly_like(result, target["measure"]))
    if result.rate is None and (unlike or (result.actual and _is_of_others(result.actual, target))):
        yield UNLIKE
    asked, own = fold(target["measure"] or ""), fold(result.measure or "")
    if result.actual is None or "、" not in asked or own == asked:
        return
    others = [
        r for r in unlinked if r.actual and same_unit(r.actual.quantity.unit, result.actual.quantity.unit)
    ]
    if any(_is_named_in(fold(other.measure or ""), asked) for other in others):
        yield OF_SEVERAL  # 甲、乙、丙类项目不少于3个, then each alone


def _is_hardly_like(result: Result, asked: str | None) -> bool:
    """Whether a result's words share a character with its target's by chance alone: 市区道路"禁止左转"措施, of 路口."""
    own, asked = fold(result.measure or ""), fold(asked or "")
    longer = max(len(own), len(asked))
    pairs = {own[k : k + 2] for k in range(len(own) - 1)}
    alone = not any(asked[k : k + 2] in pairs for k in range(len(asked) - 1))
    return min(len(own), len(asked)) >= 2 and alone and len(set(own) & set(asked)) < longer / 4


def _is_of_others(figure: Figure, target: Row) -> bool:
    """Whether a clause before a result that names nothing itself names other works: 运动场改造开工31所,完工18所."""
    clauses = re.split(r"[,;。:]", figure.text.folded[: figure.quantity.start])
    own = _SAYS_NOTHING.sub("", clauses[-1])
    if len(own) >= 2 or len(clauses) < 2:
        return False
    subject = _SAYS_NOTHING.sub("", re.split(r"\d", clauses[-2])[0])
    asked = fold(target["measure"] or "")
    return (
        len(subject) >= 4
        and len(asked) >= 2
        and not any(subject[k : k + 2] in asked for k in range(len(subject) - 1))
    )


def _is_named_in(words: str, asked: str) -> bool:
    """Whether most of what words say stands in others too."""
    pairs = [words[k : k + 2] for k in range(len(words) - 1)]
    return bool(pairs) and sum(pair in asked for pair in pairs) >= 0.5 * len(pairs)
