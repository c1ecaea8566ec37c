"""What a table's header says: the words in use across provinces for each kind of column.

A role is what a column holds; the vocabulary below is all that is known of headers. To teach the reader a new
synonym, add it here. The first role whose words stand in a label wins, so the order matters: 牵头单位分管领导 is
a person before it is an agency, 项目类型 a kind before it is a project.
"""

from __future__ import annotations

import re

from minshi_analysis.language.text import fold, tidy

__all__ = ["FUNDERS", "ROLES", "SPANNING", "is_year", "label_of", "role_of", "table_kind"]

ROLES: tuple[tuple[str, str], ...] = (
    ("index", r"^(?:序.?号?|编号|项目序号|项目编号|号|№|No\.?)$"),
    ("person", r"责任人|联系人|负责人|分管|领导|联络员|经办人"),
    ("period", r"项目期限|建设期限|起止|建设年限|建设周期|实施期限|建设时间"),
    ("deadline", r"完成时[限间]|时间节点|预计完成|办结时限|^时限$|完成期限|完成日期|时限要求"),
    (
        "schedule",
        r"工作计划|进度安排|时间进度|推进计划|实施计划|阶段目标|节点目标|月度计划|季度.*(?:计划|目标|节点|安排)"
        r"|^(?!.*(?:进展|完成|实际|情况)).*季度|^(?:\d{4}年)?\d{1,2}月[底末](?:前|目标|计划|节点)*$",
    ),
    ("rate", r"完成率|完成比例|完成百分比"),
    ("status", r"成效|完成状态|是否完成|完成与否|进度状态|评价"),
    (
        "result",
        r"完成情况|进展|推进情况|实施情况|落实情况|工作情况|办理情况|完成数|实际完成|工作进度|目前进度|形象进度"
        r"|(?:月|年|季度|累计|已|目前)完成(?:量|值|任务)?$",
    ),
    ("partner", r"配合|协办|协同|参与单位|协助单位"),
    (
        "lead",
        r"牵头|责任单位|责任部门|主办|主要责任|责任主体|承办|实施单位|负责单位|责任处室|主管部门|组织实施|建设单位|业主单位",
    ),
    ("plan_investment", r"(?:[\"“]?[十\d]+[一二三四五六七八九\d]*五[\"”]?|规划期).{0,6}投资"),
    ("total_investment", r"总投资|投资总额|估算投资|项目投资"),
    ("location", r"地点|所在地|建设地址|项目选址"),
    ("kind", r"项目类型|建设性质|项目性质"),
    ("content", r"建设内容和规模|建设内容及规模|建设规模|规模及内容"),
    ("count", r"项目数|个数|项数"),
    ("indicator", r"指标名称|^指标$|主要指标"),
    ("unit", r"^(?:计量)?单位(?:名称)?$"),
    ("note", r"备注|^说明$"),
    (
        "funds_total",
        r"总额|资金合计|合计$|小计$|总资金|资金总计|^计$|资金需求|所需资金|^(?:计划|概算|估算|年度|投资)?(?:投资|资金)(?:额|概算)?$",
    ),
    ("funds_superior", r"上级|中央|省级财政|省财政|省补助|国家|省级资金|自治区|省级补助"),
    ("funds_city", r"市财政|市级财政|市本级财政|市级资金|市级统筹|市级配套"),
    ("funds_county", r"县.{0,6}财政|区.{0,6}财政|县级资金|区县配套|县市区|镇街"),
    ("funds_other", r"其他|其它|社会|自筹|捐赠"),
    ("target", r"量化目标|目标值|计划数|任务量|目标数|数量"),
    (
        "task",
        r"任务数|目标任务|年度目标|年度任务|项目内容|任务内容|工作内容|具体内容|建设内容|实施内容|工作任务|重点任务"
        r"|任务$|内容$|实事内容|目标$",
    ),
    ("programme", r"类别|领域|分类|工程名称|大类|项目类别|^名称$|板块|方面"),
    ("project", r"项目名称|实事项目|项目$|事项|名称$"),
)

FUNDERS = {
    "funds_total": "total",
    "funds_superior": "superior",
    "funds_city": "city",
    "funds_county": "county",
    "funds_other": "other",
}

# A cell of these columns often covers several rows: one programme, one agency for many tasks.
SPANNING = frozenset({"index", "programme", "lead", "partner", "person", "deadline", "unit"})

_ROLES = tuple((role, re.compile(words)) for role, words in ROLES)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SPECKS = re.compile(r"[\s·•*]|^[-_.]+|[-_.]+$")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


def label_of(text: str) -> str:
    """A header cell's words: tidy, folded, without spaces, tags and specks of a scan."""
    return _SPECKS.sub("", fold(tidy(_TAG.sub("", text))))


def is_year(label: str) -> bool:
    """Whether a label names a year's column (2020年, 2025年目标)."""
    return bool(_YEAR.search(label)) and len(label) <= 12


def role_of(label: str) -> str | None:
    """The role that a label gives its column, or None.

    Examples
    --------
    >>> role_of("主要责任单位"), role_of("总投资(亿元)"), role_of("牵头单位分管领导")
    ('lead', 'total_investment', 'person')
    """
    bare = _BRACKETS.sub("", label) or label
    return next((role for role, words in _ROLES if words.search(bare)), None)


def table_kind(roles: set[str], regions: int) -> str | None:
    """What a table is about, from its columns' roles and how many of them are regions.

    Returns
    -------
    str or None
        split, investments, summary, indicators, tasks; None where the header says too little.
    """
    if regions >= 3:
        return "split"
    if "total_investment" in roles:
        return "summary" if "count" in roles else "investments"
    if "indicator" in roles and "year" in roles:
        return "indicators"
    if roles & {"task", "project"} and len(roles) >= 3:
        return "tasks"
    return None
