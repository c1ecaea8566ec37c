"""A corpus the size of the country with known truth: every county and city, five years, seven layouts.

The documents are in the manner of official ones and made from a seed: the same number gives the same document.
Nothing in them is a real promise.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Made", "Place", "document", "documents", "places"]

HERE = Path(__file__).resolve().parents[1]
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


FUNDED = (("total", "合计"), ("superior", "上级资金"), ("county", "县级财政"), ("social", "社会资金"))
DEADLINES = (("6月底", "06-30"), ("9月底", "09-30"), ("11月底", "11-30"), ("12月底", "12-31"))
Truth = Mapping[str, Mapping[tuple, tuple]]


@dataclass(frozen=True, slots=True)
class Place:
    """A county, or a city with its counties."""

    name: str
    adcode: str
    level: str
    counties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A promise: what is printed of it and what it means."""

    item: int
    promise: str
    result: str
    agency: str
    deadline: tuple[str, str]
    value: float
    reached: float
    unit: str


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the corpus: what is known of it, its text, and what a reader must find in it.

    `truth` has for each table a row of cells by its key, which begins with the item's number: agency and deadline
    of tasks, value and unit of targets and outcomes, amount by funder, value by region.
    """

    number: int
    place: Place
    year: int
    kind: str
    suffix: str
    text: str
    truth: Truth

    @property
    def province(self) -> str:
        return self.place.adcode[:2]

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.place.adcode}-{self.year}-{self.number}{self.suffix}"
        path.write_text(self.text, encoding="utf-8")
        return path


@cache
def places() -> tuple[Place, ...]:
    """Every county-level division in this checkout's list, and every city with at least three."""
    with (HERE / "minshi_analysis" / "reference" / "regions.csv").open(encoding="utf-8") as file:
        rows = {row["adcode"]: row for row in csv.DictReader(file)}
    has_counties = {row["parent"] for row in rows.values()}
    counties, cities = {}, {}
    for code, row in rows.items():
        if row["level"] == "province" or code in has_counties:
            continue
        level = "city" if code.endswith("00") else "county"  # 东莞, 中山: cities without counties
        counties[code] = Place(row["region"], code, level)
        above = rows[row["parent"]]
        if above["level"] == "city":
            cities.setdefault((above["adcode"], above["region"]), []).append(row["region"])
    found = [Place(name, code, "city", tuple(own)) for (code, name), own in cities.items() if len(own) >= 3]
    return tuple(sorted([*counties.values(), *found], key=lambda place: place.adcode))


def documents(count: int) -> Iterator[Made]:
    """The first documents of the corpus; five years of every place come before any place's second document."""
    order = list(places())
    random.Random(0).shuffle(order)  # so that a small corpus too is spread over the country
    for number in range(count):
        yield document(number, order[number % len(order)], YEARS[number // len(order) % len(YEARS)])


def document(number: int, place: Place, year: int) -> Made:
    """One document, the same for the same number."""
    rng = random.Random(number)
    kind, layout = ("plan", _split) if place.counties else _LAYOUTS[number % len(_LAYOUTS)]
    promises = rng.sample(PROMISES, rng.randint(8, len(PROMISES)))
    lines = []
    for item, (words, unit, least, most, agency) in enumerate(promises, 1):
        value = rng.randint(least, most)
        reached = rng.randint(value // 2, value + value // 4)
        promise, result = (words.format(_printed(each, unit, rng)) for each in (value, reached))
        who = ("市" if place.counties else "区") + agency
        lines.append(Line(item, promise, result, who, rng.choice(DEADLINES), value, reached, unit))
    title = f"{place.name}{year}年度民生实事项目"
    suffix, text, more = layout(title, year, lines, place, rng)
    truth = {
        "targets": {(line.item,): (float(line.value), line.unit) for line in lines},
        "tasks": {(line.item,): (line.agency,) for line in lines},
    }
    if kind != "plan":
        truth["outcomes"] = {(line.item,): (float(line.reached), line.unit) for line in lines}
    return Made(number, place, year, kind, suffix, text, truth | more)


def _printed(value: int, unit: str, rng: random.Random) -> str:
    """As officials print it: 1.5万个 for 15000 where that is exact, else the digits."""
    if value >= 10000 and value % 1000 == 0 and rng.random() < 0.5:
        return f"{value / 10000:g}万{unit}"
    return f"{value}{unit}"


def _due(lines: list[Line], year: int) -> Truth:
    """Tasks with their agency and deadline."""
    return {"tasks": {(line.item,): (line.agency, f"{year}-{line.deadline[1]}") for line in lines}}


def _prose(title: str, year: int, lines: list[Line], _place: Place, _rng: random.Random):
    items = "\n".join(f"{line.item}.{line.promise}。(责任单位:{line.agency})" for line in lines)
    text = f"{title}计划\n现将{year}年度民生实事项目印发给你们,请认真组织实施。\n{items}\n"
    return ".txt", text, {}


def _web_page(title: str, year: int, lines: list[Line], _place: Place, _rng: random.Random):
    rows = "".join(
        f"<tr><td>{line.item}</td><td>{line.promise}</td><td>{line.agency}</td>"
        f"<td>{year}年{line.deadline[0]}</td></tr>\n"
        for line in lines
    )
    head = "<tr><th>序号</th><th>任务数</th><th>牵头单位</th><th>完成时限</th></tr>"
    return ".html", _html(title, f"{head}\n{rows}"), _due(lines, year)


def _spans(title: str, year: int, lines: list[Line], _place: Place, rng: random.Random):
    """A web page whose programmes and deadlines are merged cells."""
    rows, at = [], 0
    due: dict[tuple, tuple] = {}
    while at < len(lines):
        part = lines[at : at + rng.randint(1, 4)]
        deadline = rng.choice(DEADLINES)
        for place, line in enumerate(part):
            merged = f"<td rowspan={len(part)}>{{}}</td>" if place == 0 else ""
            rows.append(
                f"<tr>{merged.format(f'民生工程之{line.item}')}<td>{line.item}</td><td>{line.promise}</td>"
                f"<td>{line.agency}</td>{merged.format(f'{year}年{deadline[0]}')}</tr>\n"
            )
            due[(line.item,)] = (line.agency, f"{year}-{deadline[1]}")
        at += len(part)
    head = "<tr><th>类别</th><th>序号</th><th>建设内容</th><th>主办单位</th><th>时间节点</th></tr>"
    return ".html", _html(title, f"{head}\n{''.join(rows)}"), {"tasks": due}


def _html(title: str, table: str) -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}计划</title></head><body>'
        f"<h1>{title}计划</h1><table>{table}</table></body></html>\n"
    )


def _pipes(title: str, _year: int, lines: list[Line], _place: Place, _rng: random.Random):
    rows = "\n".join(
        f"{line.item} | {line.promise} | 已{line.result}。 | 完成任务 | {line.agency} |" for line in lines
    )
    return ".txt", f"{title}完成情况\n序号 | 项目内容 | 年度完成情况 | 完成成效 | 责任单位 |\n{rows}\n", {}


def _tabs(title: str, _year: int, lines: list[Line], _place: Place, _rng: random.Random):
    rows = "\n".join(f"{line.item}\t{line.promise}\t{line.agency}\t已{line.result}。" for line in lines)
    return ".txt", f"{title}半年度进展表\n\n序号\t项目内容\t责任单位\t进展情况\n{rows}\n", {}


def _money(title: str, _year: int, lines: list[Line], _place: Place, rng: random.Random):
    """Money by funder, in 万元, with the sum below."""
    amounts: dict[tuple, tuple] = {}
    rows = []
    for line in lines:
        parts = [rng.choice((0, rng.randint(5, 9000), rng.randint(5, 90000) / 10)) for _ in FUNDED[1:]]
        paid = [round(sum(parts), 1), *parts]
        for (funder, _), amount in zip(FUNDED, paid, strict=True):
            amounts[(line.item, funder)] = (float(amount),)
        rows.append("\t".join([str(line.item), line.promise, line.agency, *(f"{each:g}" for each in paid)]))
    sums = [sum(value for (_, name), (value,) in amounts.items() if name == funder) for funder, _ in FUNDED]
    head = "\t".join(["序号", "项目名称", "责任单位", *(f"{label}(万元)" for _, label in FUNDED)])
    total = "\t".join(["", "合计", "", *(f"{each:.1f}" for each in sums)])
    return ".txt", "\n".join([f"{title}及资金安排表", head, *rows, total, ""]), {"funding": amounts}


def _split(title: str, year: int, lines: list[Line], place: Place, rng: random.Random):
    """A city's targets over its counties, a column each; a county without a share is a dash."""
    shares: dict[tuple, tuple] = {}
    rows = []
    for line in lines:
        left, parts = int(line.value), []
        for _ in place.counties[1:]:
            parts.append(rng.choice((0, rng.randint(0, left // 2))))
            left -= parts[-1]
        parts = [left, *parts]
        pairs = zip(place.counties, parts, strict=True)
        shares |= {(line.item, county): (float(part),) for county, part in pairs if part}
        cells = [str(line.item), line.promise, f"{int(line.value)}{line.unit}", line.agency]
        cells.append(f"{year}年{line.deadline[0]}")
        rows.append("\t".join(cells + [f"{part}{line.unit}" if part else "—" for part in parts]))
    head = "\t".join(["序号", "项目名称", "目标任务", "牵头单位", "完成时限", *place.counties])
    text = "\n".join([f"{title}任务分解表", head, *rows, ""])
    return ".txt", text, {"allocations": shares} | _due(lines, year)


Layout = Callable[[str, int, list[Line], Place, random.Random], tuple[str, str, Truth]]
_LAYOUTS: tuple[tuple[str, Layout], ...] = (
    ("plan", _prose),
    ("plan", _web_page),
    ("completion", _pipes),
    ("progress", _tabs),
    ("plan", _money),
    ("plan", _spans),
)
