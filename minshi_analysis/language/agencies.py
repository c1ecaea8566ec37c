"""Agencies and persons: what such a cell looks like, and how several of them share one.

A cell of 责任单位 may be wrapped in a word's middle (市人力 社保局) or hold a list without separators
(区卫生健康局 区大数据管理中心). A break is a separator only where the words before it are a whole agency.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minshi_analysis.language.text import fold, tidy

__all__ = ["BODIES", "HELPS", "LEADS", "is_agency", "is_person", "one_per_body", "persons"]

# How a line says in which part a body acts (牵头单位, 配合部门), as alternatives for larger patterns; heads of columns have
# theirs in heads.toml, and a test holds both together.
LEADS = "牵头|责任|主责|主办|主管|承办|承担|组织|实施|建设|落实|负责"
HELPS = "配合|协办|协同|协助|参与|参加|协作|支持|会办"
BODIES = "单位|部门|处室|科室|主体|机构"

_ENDS = re.compile(
    r"(?:局|委|办|厅|部|府|处|中心|集团|公司|(?<!社)会|院|队|站|所|社|馆|校|园|大学|街道|镇|(?<!城)乡|残联|妇联|科协|文联|银行|法院|"
    r"政府\)?|管委会\)?|单位|电台|电视台|机关|总队|分行|支行|工程建设|[区县市]\)?人民政府)$"
)
_EVERYWHERE = re.compile(r"各[县市区旗乡镇街道、()]{1,10}$")  # 市园林局、各镇街
_BRACKET = re.compile(r"\([^()]*\)$")
_PLACE = re.compile(r"(?:[区县市旗镇乡园]|街道)(?:\([^()]*\))?$|^各")
_OF_PLACE = re.compile(
    r"(?:人民)?政府|管委|管理|办事|党工?委"
)  # 各县(市、区)/政府: it goes on with the place before it
_NOT = re.compile(r"^(?:含|包[括含]|其中)|[\d。;:!?%]|已|完成|任务|不少于|以上")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")


@lru_cache(maxsize=1024)  # one body answers for many tasks, and every column asks each cell
def is_agency(text: str) -> bool:
    """Whether a cell's words are an agency, or several.

    Examples
    --------
    >>> is_agency("市市场监管局"), is_agency("区卫生健康局 区大数据管理中心"), is_agency("王小强"), is_agency("完成任务")
    (True, True, False, False)
    """
    words = fold(tidy(text)).strip()
    ends = _ENDS.search(words) or _EVERYWHERE.search(words)
    return 2 <= len(words) <= 120 and not _NOT.search(words) and bool(ends)


@lru_cache(maxsize=1024)
def is_person(text: str) -> bool:
    """Whether a cell's words are a person's name, or several.

    Examples
    --------
    >>> is_person("黄扬武 郑鹏"), is_person("王 孝"), is_person("赵章盛、倪海滨"), is_person("市教育局")
    (True, True, True, False)
    """
    names = persons(text)
    return bool(names) and all(_NAME.fullmatch(name) for name in names) and not is_agency(text)


def persons(text: str) -> list[str]:
    """The names in a cell; a name may be printed with a space in it (王 孝)."""
    pieces = [tidy(piece) for piece in re.split(r"[\s、,，;；]+", text.strip()) if piece]
    if len(pieces) == 2 and all(len(piece) == 1 for piece in pieces):
        return ["".join(pieces)]
    return pieces


def one_per_body(text: str) -> str:
    """An agency cell as one line: wrapped words joined, several agencies separated by 、, none twice.

    Examples
    --------
    >>> one_per_body("市人力 社保局"), one_per_body("区发改局 区国资经营集团"), one_per_body("市民政局、市教育局")
    ('市人力社保局', '区发改局、区国资经营集团', '市民政局、市教育局')
    >>> one_per_body("经开区 高新园(邹区镇) 各街道"), one_per_body("温州市 教育局")
    ('经开区、高新园(邹区镇)、各街道', '温州市教育局')
    """
    bodies: list[str] = []
    for piece in text.split():
        piece = tidy(piece)
        if (
            bodies
            and _is_whole(fold(bodies[-1]), fold(piece))
            and not bodies[-1].endswith(("、", ",", "，"))
            and piece[0] not in "、,，(（)）"
        ):
            if piece != bodies[-1]:
                bodies.append(piece)
        elif bodies:
            bodies[-1] += piece
        else:
            bodies.append(piece)
    return "、".join(dict.fromkeys(bodies))


def _is_whole(body: str, following: str) -> bool:
    """Whether the words before a break are a body: by their end, or a place before another one (鹿城区 龙湾区)."""
    if len(body) < 3 or len(following) < 3:
        return False
    places = _PLACE.search(body) and _PLACE.search(following) and not _OF_PLACE.match(following)
    return bool(_ENDS.search(_BRACKET.sub("", body)) or _ENDS.search(body) or places)
