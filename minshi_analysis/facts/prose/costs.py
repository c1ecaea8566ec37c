"""What a promise costs, as its own words say: 总投资6500万元,其中:上级补助2000万元,市级财政4500万元.

An amount is a cost where the words before it name a payer or the money spent. Money that is itself promised
(发放贷款5亿元, 减免税费3亿元, 完成投资2亿元) or the norm of a single case (每户补助2万元) is none.
"""

from __future__ import annotations

import re

from minshi_analysis.language import heads
from minshi_analysis.language.quantities import Quantity
from minshi_analysis.language.text import fold

__all__ = ["cost_of_works", "funder_of", "is_paid", "is_spent", "is_won"]

_BEFORE = re.compile(r"[,;。!?:、()\[\]]")
_PROMISED = re.compile(
    r"发放|贷款?|放款|授信|融资|减免|[减降退免缓]税|[减降]费|税费|消费券|兑[付现]|追[讨回]|清欠|救助|报销|赔付|理赔"
    r"|完成|实现|达到|引进|招商|撬动|带动|拉动|新增|销售|产值|收入|营收|采购|奖[励补]|补贴|代偿|节[约省]"
)
_ECONOMY = re.compile(
    r"固定资产|民间|工业|制造业|产业|服务业|技改|研发|教育投入|经费投入|科技|有效投资|社会投资|外资|招商|年均|规模|余额|消费"
)
_NORM = re.compile(r"每|人均|户均|标准|平均|最[高低]|一次性|限额")
_MONEY = r"(?:投资|资金|财政|补助|配套|投入|自筹|捐赠|捐款|拨款|出资|资本|概算|预算|估算|匡算|经费|债券)"
_COST = re.compile(
    rf"{_MONEY}(?:总?额|款|资金)?(?:[共约为需达计]|安排|投入|配套|补助|承担|解决|支出|支持|合计)*$"
)
_LEVEL = re.compile(
    r"(?:其中|由|争取)?(?:上级|中央|国家|省级?|自治区|市级?|市本级|[州盟]级|[县区旗](?:级|本级)?|乡镇|镇级?|社会|自筹|其他|地方政府|专项)"
)
_WON = re.compile(r"争取|争引|申请|申报|募集|募捐|跑办")
_PAY = "支出|支付|拨付|下达|划拨|到位|投入|使用|落实|完成投资"
_ABOUT = "(?:已|约|共|近|超|达到?|为|总?额)*$"
_FUNDS = "(?:投资|资金|经费|工程款|款项?|专款)"
_SPENT = re.compile(
    rf"(?:完成|累计|{_PAY})[^,;。\d]{{0,4}}{_FUNDS}{_ABOUT}|^[^,;。\d]{{0,6}}(?:投资|资金)完成(?:额)?$"
    rf"|(?:已经?|实际|累计|共|^)(?:支出|支付|拨付|到位){_ABOUT}|(?:结余|节余)(?:资金)?{_ABOUT}"
    rf"|{_FUNDS}[^,;。\d]{{0,6}}(?:已经?|均|全部|实际|累计)+(?:{_PAY}){_ABOUT}"
)
_PAID = re.compile(
    rf"(?:已经?|实际)[^,;。\d]{{0,6}}(?:{_PAY})[^,;。\d]{{0,8}}$|{_FUNDS}[^,;。\d]{{0,6}}(?:已经?|均|全部)+(?:{_PAY}){_ABOUT}"
    rf"|(?<!引进)(?<!招商)(?<!引资)到位{_FUNDS}{_ABOUT}"
)
_TO_PEOPLE = re.compile(r"发放|兑付|救助|低保|报销|贷款|助学金|养老金|赔付|减免|征缴")
_AMOUNT = re.compile(r"\d[\d.,]*[万亿千百]*元")
_APART = re.compile(r"[,;。!?:()\[\]]|(?<=元)、")  # 争取中央、省级资金2亿元 is one
_SENTENCE = re.compile(r"[。;!?\n]")


def is_won(text: str, quantity: Quantity) -> bool:
    """Whether an amount is what a promise is to win from others (争取扶贫资金10万元), and no part of what its works cost.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> said = ("争取扶贫资金10万元,发展种植", "总投资50万元,其中争取上级补助30万元")
    >>> [is_won(words, parse_quantities(words, kind="plan")[-1]) for words in said]
    [True, False]
    """
    folded = fold(text)
    if not _WON.search(_APART.split(folded[: quantity.start])[-1]):
        return False
    begin = max((m.end() for m in _SENTENCE.finditer(folded, 0, quantity.start)), default=0)
    stop = _SENTENCE.search(folded, quantity.end)
    beside = _APART.split(folded[begin : stop.start() if stop else len(folded)])
    paid = [words[: found.start()] for words in beside if (found := _AMOUNT.search(words))]
    return not any(
        not _WON.search(words) and (_LEVEL.fullmatch(words) or _COST.search(words)) for words in paid
    )


def is_spent(folded: str, quantity: Quantity, *, invested: bool = True) -> bool:
    """Whether an amount of a report is what works took (累计完成投资6.8亿元, 已支出300万元), not what people were given.

    ``invested`` counts what was invested too, which in a cell of its own is how far the works have come.
    """
    words = _clause(folded, quantity)
    if not invested and "投资" in words:
        return False
    return quantity.unit == "万元" and bool(_SPENT.search(words)) and not _TO_PEOPLE.search(words)


def is_paid(folded: str, quantity: Quantity) -> bool:
    """Whether an amount of a plan is already there or gone: 已拨付资金300万元, 上级资金已到位300万元.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> said = ("上级资金已到位300万元", "所需资金300万元", "引进到位资金300万元")
    >>> [is_paid(words, parse_quantities(words, kind="plan")[0]) for words in said]
    [True, False, False]
    """
    words = _clause(folded, quantity)
    return quantity.unit == "万元" and bool(_PAID.search(words)) and not _TO_PEOPLE.search(words)


def _clause(folded: str, quantity: Quantity) -> str:
    return re.sub(r"\s", "", _APART.split(folded[: quantity.start])[-1])


def funder_of(
    text: str,
    quantity: Quantity,
    *,
    money: bool = False,
    level: str | None = None,
    region: str | None = None,
) -> str | None:
    """Who pays an amount that a text prints; None where it is no cost.

    Parameters
    ----------
    text : str
    quantity : Quantity
    money : bool
        The text is about nothing else (资金来源: …): every amount in it is a cost.
    level : str or None
        Level of the document: what stands above it is superior.
    region : str or None
        Name of its region: in a county that is a city (武夷山市) 市级 is its own.

    Returns
    -------
    str or None
        A funder of the model: total also where money is spent and nobody is named.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> said = "改造小区20个,总投资6500万元,其中:上级补助2000万元,发放贷款5亿元"
    >>> [funder_of(said, q) for q in parse_quantities(said, kind="plan")]
    [None, 'total', 'superior', None]
    """
    if quantity.unit != "万元":
        return None
    words = re.sub(r"\s", "", _BEFORE.split(fold(text)[: quantity.start])[-1])
    if not money and (_PROMISED.search(words) or _NORM.search(words)):
        return None
    if not (money or _LEVEL.fullmatch(words) or _COST.search(words)):
        return None
    return heads.funder_of(words, level, region)


def cost_of_works(
    text: str, quantity: Quantity, *, level: str | None = None, region: str | None = None
) -> str | None:
    """Who pays an amount that a plan of several years says its works cost; None where it is no cost.

    Such plans also promise money of the whole economy (固定资产投资, 研发投入): that is what they aim at, and no cost.

    Examples
    --------
    >>> from minshi_analysis.language.quantities import parse_quantities
    >>> said = ("新建医院,总投资8600万元", "固定资产投资达8600万元", "每户补助2万元")
    >>> [cost_of_works(words, parse_quantities(words, kind="plan")[0]) for words in said]
    ['total', None, None]
    """
    clause = _BEFORE.split(fold(text)[: quantity.start])[-1]
    if _ECONOMY.search(clause) or is_won(text, quantity):
        return None
    return funder_of(text, quantity, level=level, region=region)
