"""Agencies by one name each: 市卫健局 and 市卫生健康局 are one body, and are counted as one."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["ABBREVIATED", "one_name"]

# What abbreviations stand for. An abbreviation is a whole name behind its level (市, 区, 市政府): 建委 is none in 城建委.
ABBREVIATED = {
    "卫健委": "卫生健康委员会",
    "卫生健康委": "卫生健康委员会",
    "卫健局": "卫生健康局",
    "卫计委": "卫生和计划生育委员会",
    "卫计局": "卫生和计划生育局",
    "医保局": "医疗保障局",
    "人社局": "人力资源和社会保障局",
    "人力社保局": "人力资源和社会保障局",
    "人社厅": "人力资源和社会保障厅",
    "人力社保厅": "人力资源和社会保障厅",
    "住建局": "住房和城乡建设局",
    "住建委": "住房和城乡建设委员会",
    "住建厅": "住房和城乡建设厅",
    "住保房管局": "住房保障和房产管理局",
    "房管局": "房产管理局",
    "建委": "城乡建设委员会",
    "发改局": "发展和改革局",
    "发改委": "发展和改革委员会",
    "经信局": "经济和信息化局",
    "经信委": "经济和信息化委员会",
    "工信局": "工业和信息化局",
    "工信委": "工业和信息化委员会",
    "科技局": "科学技术局",
    "市场监管局": "市场监督管理局",
    "市监局": "市场监督管理局",
    "食药监局": "食品药品监督管理局",
    "文旅局": "文化和旅游局",
    "文广旅局": "文化广电和旅游局",
    "文广新局": "文化广电新闻出版局",
    "文化广电旅游局": "文化广电和旅游局",
    "文广旅体局": "文化和广电旅游体育局",
    "文旅体局": "文化旅游体育局",
    "教体局": "教育和体育局",
    "资规局": "自然资源和规划局",
    "自规局": "自然资源和规划局",
    "规自局": "规划和自然资源局",
    "国土局": "国土资源局",
    "环保局": "环境保护局",
    "城管局": "城市管理局",
    "城管委": "城市管理委员会",
    "综合执法局": "综合行政执法局",
    "行政执法局": "综合行政执法局",
    "应急局": "应急管理局",
    "交通局": "交通运输局",
    "农业局": "农业农村局",
    "农委": "农业农村委员会",
    "园文局": "园林文物局",
    "林水局": "林业水利局",
    "退役军人局": "退役军人事务局",
    "审批局": "行政审批局",
    "国资委": "国有资产监督管理委员会",
    "供销社": "供销合作社联合社",
    "残联": "残疾人联合会",
    "妇联": "妇女联合会",
    "科协": "科学技术协会",
    "文联": "文学艺术界联合会",
    "工商联": "工商业联合会",
}
_LEVEL = "省市县区州旗盟"
_YOUTH = re.compile(r"^(?:共青)?团([省市县区州旗])委$")


@lru_cache(maxsize=4096)
def _one(body: str) -> str:
    if found := _YOUTH.match(body):
        return f"共青团{found[1]}委员会"
    for i in range(min(len(body), 8)):
        if (i == 0 or body[i - 1] in _LEVEL) and body[i:] in ABBREVIATED:
            return body[:i] + ABBREVIATED[body[i:]]
    return body


def one_name(agencies: object) -> str | None:
    """A cell of agencies with each body by its full name; None where there is none.

    Examples
    --------
    >>> one_name("市卫健局"), one_name("市卫生健康局"), one_name("区发改局、区国资经营集团")
    ('市卫生健康局', '市卫生健康局', '区发展和改革局、区国资经营集团')
    >>> one_name("团市委"), one_name("市城建委")
    ('共青团市委员会', '市城建委')
    """
    if not isinstance(agencies, str) or not agencies.strip():
        return None
    return "、".join(dict.fromkeys(_one(body) for body in agencies.split("、")))
