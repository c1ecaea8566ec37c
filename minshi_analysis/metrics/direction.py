"""Which way an indicator is to go: printed as a bound, told by its name, or inferred from baseline and target."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

__all__ = ["direction_of"]

UP, DOWN = ("at_least", "more_than"), ("at_most", "less_than")
LOWER_IS_BETTER = re.compile(
    r"死亡率|失业率|收入比|收入差|倍差|浓度|发病率|发生率|发案|事故|能耗|排放|近视率|负担|等待|缺口|贫困"
)
HIGHER_IS_BETTER = re.compile(
    r"合格率|满意|达标率|覆盖率|覆盖面|普及率|巩固率|入学率|入园率|毛入学|参保率|签约率|参与率|优良|预期寿命|增加值|保障率|建成率|利用率|处理率|"
    r"拥有|新增|就业人数|绿地|床位|医师|护士|识字|阅读率|完成率|开通率|留存率"
)


def direction_of(name: str, bound: object, baseline: Any, target: Any) -> tuple[str | None, str | None]:
    """The direction (up, down, flat; None where nothing says it) and what says it (bound, name, figures).

    Examples
    --------
    >>> direction_of("城镇登记失业率", "less_than", 1.79, 3.5), direction_of("基本药物抽检合格率", "exact", 100, 99.5)
    (('down', 'bound'), ('up', 'name'))
    >>> direction_of("户籍人口", "exact", 830, 880)
    ('up', 'figures')
    """
    if bound in UP:
        return "up", "bound"
    if bound in DOWN:
        return "down", "bound"
    if isinstance(name, str) and LOWER_IS_BETTER.search(name):
        return "down", "name"
    if isinstance(name, str) and HIGHER_IS_BETTER.search(name):
        return "up", "name"
    if pd.isna(baseline) or pd.isna(target):
        return None, None
    return ("up" if target > baseline else "down" if target < baseline else "flat"), "figures"
