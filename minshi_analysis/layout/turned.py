"""Splits with a row for each county: turned, so that they lie as the others do, a column for each region.

A head `县区 | 新增城镇就业(人) | 新增停车位(个)` names the tasks, the rows under it the regions. Turned, every cell
keeps its place in the document; a head is cut into the task's words and its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from minshi_analysis.language import heads, works
from minshi_analysis.language.agencies import is_agency
from minshi_analysis.language.quantities import parse_unit
from minshi_analysis.language.regions import find, named_in, town
from minshi_analysis.language.text import fold
from minshi_analysis.layout.claims import is_figure
from minshi_analysis.layout.columns import distinct, label_in, over_blanks, plain
from minshi_analysis.layout.fitting import fit
from minshi_analysis.reading.blocks import Cell, Grid, Paragraph

__all__ = [
    "Turned",
    "bare",
    "cut_unit",
    "headed",
    "heads_regions",
    "is_paid",
    "naming",
    "paged",
    "relabelled",
    "stacked",
    "turned",
]

_SHORT = 12  # characters of a head that names a column; a longer one is a task's own words
_LEAST = 3  # rows of a grid that is a split
_HIGH = 3  # rows that a header may take
_REGION = re.compile(
    r"(?:所[属在]|各)?(?:[县市区州旗盟镇]|地市|设区市|[(),、/])*[县市区州旗](?:[()])?(?:名称)?|(?:所[属在]|各)?(?:(?:乡镇|镇街|街镇|镇乡|乡|镇|街道|街|苏木)(?:[(、/和及]?(?:街道|街|镇|乡|办事处|办|场|园区|管委会)\)?)*)(?:名称)?|(?:地区|区域|辖区|属地|行政区划?|单位)(?:名称)?"
)
_WHOLE = re.compile(r"合计|总计|共计|小计|全[省市州盟县区旗](?:合计|总计|小计)?|总[数量]")
_COUNTED = re.compile(r"(?:其中:?)?(?:\d{1,2}[.、．)]|\(\d{1,2}\)|[①-⑳])?")  # 其中:1.历下区
_UNIT = re.compile(r"\s*[(（\[【](?P<unit>[^()（）\[\]【】]{1,8})[)）\]】]\s*$")
_MONEY = re.compile(r"[(\[][^()\[\]]*?[万亿千百]?元[)\]]|[万亿千百]元$")
# What is told of a region beside its share: works that have begun, another time, how it stands among the others.
_BEGUN = re.compile(
    rf"(?:截至目前|目前|累计|实际|已|新|正)*(?:{works.BEGUN}|在建)(?:建设|改造)?[\u4e00-\u9fff]{{0,3}}[数量率]?"
)
_TIMED = re.compile(r"排名|位次|得分|[上前去]年|往年|同期|[当本上][月周季]|增幅|增速|序时")
# Labels of what is told about one task, not of a task: 目标任务 beside 完成数 by county.
_NO_TASK = frozenset({"result", "rate", "status", "target", "task", "schedule", "year"})
_PAID = frozenset({"funds", "spent", "total_investment", "plan_investment"})
# A task that is called after its completion (完成危房改造), and no result.
_DONE_THING = re.compile(r"完成[\u4e00-\u9fff]{4,}(?<![数量率值])(?<!情况)")
_HOW_MUCH = re.compile(
    r"(?:任务|计划|建设|改造)?(?:[户人个处座套间栋所张件]数|数量|里程|长度|面积|规模|人口)数?"
)
_LEAVES = frozenset({"target", "task", "result", "rate"})


def stacked(grid: Grid) -> Grid:
    """A grid whose heads stand twice side by side (序号 | 项目 | 目标 | 序号 | 项目 | 目标) with the right half below the left one."""
    for r, row in enumerate(grid.rows[:2]):
        half = len(row) // 2
        labels = [label_in(cell) for cell in row]
        twice = len(row) >= 4 and not len(row) % 2 and labels[:half] == labels[half:] and all(labels)
        if (
            twice
            and (heads.role_of(labels[0]) == "index" or _REGION.fullmatch(labels[0]))
            and all(len(other) == len(row) for other in grid.rows)
        ):
            below = [
                *(other[:half] for other in grid.rows[r + 1 :]),
                *(other[half:] for other in grid.rows[r + 1 :]),
            ]
            above = [other[:half] for other in grid.rows[: r + 1]]
            return Grid((*above, *(part for part in below if any(part))), grid.spans, grid.ref)
    return grid


def paged(
    blocks: Iterable[Paragraph | Grid], within: str | None, number: re.Pattern[str]
) -> Iterator[Paragraph | Grid]:
    """Blocks in which the pages of a split with a row for each county, or for each county of each task, are one grid, its
    header printed once.

    Its next page has as many columns and begins with the same header or with a region. 合计 may stand on any page.
    ``number`` is what a page's number looks like, which may stand between.
    """
    begun: Grid | None = None
    numbers: list[Paragraph] = []
    for block in blocks:
        if begun is not None and isinstance(block, Paragraph) and number.fullmatch(block.text):
            numbers.append(block)
            continue
        rows = _further(begun, block, within) if begun is not None and isinstance(block, Grid) else None
        if rows is not None:
            begun = Grid((*begun.rows, *rows), begun.spans, begun.ref)
            continue
        if begun is not None:
            yield begun
            yield from numbers
            begun, numbers = None, []
        if within and isinstance(block, Grid) and _key(block):
            begun = block
        else:
            yield block
    if begun is not None:
        yield begun
        yield from numbers


def _key(grid: Grid) -> tuple[int, int] | None:
    """Height of the header and the column of regions, wherever that stands (项目名称 | 县区 | 任务数)."""
    if (found := _label(grid)) is not None:
        return found
    key = next((j for j, cell in enumerate(grid.rows[0]) if heads_regions(label_in(cell))), None)
    return None if key is None or len(grid.rows) < _LEAST else (1, key)


def _further(begun: Grid, page: Grid, within: str | None) -> Sequence[tuple[Cell, ...]] | None:
    """The rows that a page adds to a split that has begun; None where it is another table."""
    at = _key(begun)
    if at is None or within is None or len(page.rows[0]) != len(begun.rows[0]):
        return None
    high, key = at
    printed = [[plain(cell) for cell in row] for row in begun.rows[:high]]
    if [[plain(cell) for cell in row] for row in page.rows[:high]] == printed:
        return page.rows[high:]
    above, below = begun.rows[0][key : key + 2] if key + 1 < len(begun.rows[0]) else (begun.rows[0][key],) * 2
    keys = (key, key + 1) if above is not below and heads_regions(label_in(below)) else (key,)  # 市 | 县区
    return page.rows if any(headed(page.rows[0][j], within) for j in keys) else None


@dataclass(frozen=True, slots=True)
class Turned:
    """A grid as it is read, and the cells that have no place in it where it was turned.

    ``loose`` are those of columns that are no task (备注) and of rows that name no region; ``numbers`` count the rows.
    """

    grid: Grid
    loose: Sequence[Cell] = ()
    numbers: Sequence[Cell] = ()


def turned(grid: Grid, within: str | None, title: Cell | None = None) -> Turned:
    """A grid with a row for each region as one with a column for each; any other grid as it is.

    Parameters
    ----------
    grid : Grid
    within : str or None
        Code of the document's region; without it no regions are known.
    title : Cell or None
        The line above the grid: it names the task of a table whose heads only tell of one (年度任务, 完成数, 完成率).

    Returns
    -------
    Turned
        Its header: 类别 where the heads are grouped, 任务, 分项 where each task has its 目标 and 完成, 单位, 责任单位 where a row
        names them, and the rows' regions, 合计 for the whole; below it a row for each column.
    """
    at = _label(grid) if within else None
    if at is None:
        return Turned(grid)
    high, key = _body_begins(grid, *at, within), at[1]
    body = [row for row in grid.rows[high:] if any(row)]
    parts = _parts(body, key, within)
    keys = parts or [headed(naming(row, key), within) if key < len(row) else None for row in body]
    named = [word for word in keys if word and word != "合计"]
    if (
        len(named) + ("合计" in keys) < 2
        or len(set(named)) < len(named)
        or (not parts and len(keys) - len(named) > len(named) + 2)
    ):
        return Turned(grid)
    if not grid.spans and len({len(row) for row in grid.rows[:high]} | {len(grid.rows[0])}) > 1:
        return Turned(grid)  # spans were lost in its heads: which of them a column has is not known
    if not parts and any(not row[key] and not row[0] and _counts(row[key + 1 :]) for row in body):
        return Turned(grid)  # several rows to a region
    rows = [row for row, word in zip(body, keys, strict=True) if word]
    below = [row for row in body if _answers(row, key)]  # 责任单位 under the regions
    spare = [row for row, word in zip(body, keys, strict=True) if not word and row not in below]
    loose = [cell for row in spare for cell in distinct(row) if cell]
    above = _Heads.of([*(grid.rows[:high] if grid.spans else _spread(grid.rows[:high], key)), *below], key)
    if any(_names(above, j, rows) for j in range(key + 1, len(grid.rows[0]))):
        return Turned(grid)
    if title is not None and above.of_one_task(key, grid):
        above = above.under(title)
    found: list[tuple[int, list[Cell]]] = []
    for j in range(key + 1, len(grid.rows[0])):
        cells = [row[j] if j < len(row) else Cell("", row[-1].end, row[-1].end) for row in rows]
        if not above.of_another_thing(j) and _is_task(above, j, cells):
            found.append((j, cells))
        else:
            loose += [cell for cell in cells if cell and not re.fullmatch(r"[-—–/]+|无", plain(cell))]
    holding = [cells for _, cells in found if _figures(cells)]
    telling = [above.said("任务", j) for j, _ in found if above.tells(j)]
    things = [cell for cell in telling if _DONE_THING.fullmatch(label_in(cell))]
    if not holding or len(holding) < len(found) / 2 or telling != things or 2 * len(things) > len(found):
        return Turned(grid)
    label = grid.rows[0][key]
    columns = above.columns(found)
    top = [Cell(name, label.start, label.end, label.ref) for name in columns]
    top += [relabelled(naming(row, key), word) for row, word in zip(rows, filter(None, keys), strict=True)]
    turned_rows = [tuple(top)] + [(*(above.said(name, j) for name in columns), *cells) for j, cells in found]
    numbers = [cell for row in rows for cell in row[:key] if cell and cell is not naming(row, key)]
    return Turned(Grid(tuple(turned_rows), spans=True, ref=grid.ref), loose, numbers)


def _spread(rows: Sequence[Sequence[Cell]], key: int) -> list[tuple[Cell, ...]]:
    """Heads whose spans were lost: an upper label goes on over blank places that have a label below."""
    begin = key + 1
    spread = [(*row[:begin], *over_blanks(row[begin:], below[begin:])) for row, below in pairwise(rows)]
    return [*spread, *map(tuple, rows[-1:])]


def _answers(row: Sequence[Cell], key: int) -> bool:
    """Whether a row says who answers for each column: 责任单位 | 县住建局 | 县教育局."""
    bodies = [cell for cell in distinct(row[key + 1 :]) if cell]
    named = key < len(row) and heads.role_of(label_in(row[key])) == "lead" and label_in(row[key]) != "单位"
    return bool(named and bodies) and all(is_agency(line) for cell in bodies for line in _lines_of(cell))


def _lines_of(cell: Cell) -> list[str]:
    return [part for part in re.split(r"[\s、,，/]+", fold(cell.text)) if part]


def _is_task(above: _Heads, j: int, cells: Sequence[Cell]) -> bool:
    """Whether a column is a task's: it has a head that is no note's, and figures or words that several regions share."""
    task = above.said("任务", j)
    if not task or heads.role_of(label_in(task)) in ("note", "person", "aside", "location", "ranked"):
        return False
    filled = [cell for cell in cells if cell]
    return bool(filled) and (_figures(cells) or above.grouped or above.answered)


def _parts(body: Sequence[Sequence[Cell]], key: int, within: str) -> list[str | None]:
    """Of a table with rows for the villages of each town and one for their sum, the regions of the rows of sums (城关镇 | 小计)
    and of the whole, None for the others; nothing for any other table."""
    found: list[str | None] = []
    town_: str | None = None
    for row in body:
        words = plain(row[key]) if key < len(row) else ""
        named = headed(row[key], within) if words else None
        town_ = named if named not in (None, "合计") else town_ if not words else None
        behind = plain(row[key + 1]) if key + 1 < len(row) else ""
        found.append(named if named == "合计" else town_ if _WHOLE.fullmatch(behind) else None)
    return found if any(word not in (None, "合计") for word in found) else []


def _names(above: _Heads, j: int, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column names what each row is about (乡镇 | 路线名称 | 里程): the region only says where that is."""
    label = above.labels.get(j, [])
    named = ("project", "task", "content", "kind", "programme", "location")
    if not label or heads.role_of(label_in(label[-1])) not in named:
        return False
    filled = [words for row in rows if j < len(row) and row[j] for words in [plain(row[j])]]
    told = [words for words in filled if not re.match(r"[\d.,≥≤<>约]|[-—–/]+$", words)]
    return len(told) > len(rows) / 2 and len(set(told)) > 1


def _figures(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell]
    figures = [cell for cell in filled if fit("region", plain(cell)) > 0]
    return len(figures) > len(filled) / 2 and bool(re.search(r"\d", "".join(map(plain, figures))))


def _body_begins(grid: Grid, high: int, key: int, within: str) -> int:
    """The first row of a region: rows between the head and them have a label of their own (责任单位), and no figures: a
    row with figures is that of a region whose name nobody knows."""
    for i, row in enumerate(islice(grid.rows, high + 3)):
        if i >= high and headed(naming(row, key), within):
            return i
        if i >= high and _counts(row[key + 1 :]):
            break
    return high


def _counts(cells: Sequence[Cell]) -> bool:
    """Whether a figure stands in one of some cells: they are no heads."""
    return any(map(is_figure, map(plain, cells)))


@dataclass(frozen=True, slots=True)
class _Heads:
    """What stands above the rows of regions: the labels of each column from top to bottom, and the rows that say more.

    ``leaves`` are the columns whose lowest label is 目标, 完成 or a rate: their task is the label above.
    """

    labels: Mapping[int, list[Cell]]
    units: Mapping[int, Cell]
    answers: Mapping[int, Cell]

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]], key: int) -> _Heads:
        labels: dict[int, list[Cell]] = {}
        extra: dict[str, dict[int, Cell]] = {"unit": {}, "lead": {}}
        first = rows[0][key]
        for row in rows:
            corner = row[key] if key < len(row) else first
            role = heads.role_of(label_in(corner)) if corner and corner != first else None
            role = "unit" if label_in(corner) in ("单位", "计量单位") and corner != first else role
            if corner == first and row is not rows[0] and all(is_agency(c.text) for c in row[key + 1 :] if c):
                role = "lead"  # a row of bodies under 地区, which covers it too
            for j in range(key + 1, len(rows[0])):
                cell = row[j] if j < len(row) else Cell("", corner.end, corner.end)
                if role in extra:
                    extra[role][j] = cell
                elif cell and all(cell != other for other in labels.get(j, [])):
                    labels.setdefault(j, []).append(cell)
        return cls(labels, extra["unit"], extra["lead"])

    def of_one_task(self, key: int, grid: Grid) -> bool:
        """Whether the heads only tell of one task: what was asked of each region, once, and what was done or its rate."""
        unpaid = [found for j, found in self.labels.items() if not self._is_paid(j)]
        roles = [_told_by(found[-1]) for found in unpaid]
        return roles.count("target") == 1 and all(len(found) == 1 for found in unpaid)

    def under(self, title: Cell) -> _Heads:
        """The heads that tell of one task under its name; the others (money, works begun, a rank) as they are."""
        labels = {
            j: [title, *found] if _told_by(found[-1]) and not self._is_paid(j) else []
            for j, found in self.labels.items()
        }
        return _Heads(labels, self.units, self.answers)

    @property
    def grouped(self) -> bool:
        """Whether the heads have two rows, the upper one naming groups."""
        return any(len(found) > 1 for found in self.labels.values())

    @property
    def answered(self) -> bool:
        """Whether a row names who answers for each column."""
        return bool(self.answers)

    def leaf(self, j: int) -> Cell | None:
        """The lowest label of a column, where it only says which figure of the task above stands there."""
        found = self.labels.get(j, [])
        short = len(found) > 1 and len(found[-1].text) <= _SHORT
        known = short and (_role(found[-1]) in _LEAVES or _told_by(found[-1]) or self._is_how_much(j))
        return found[-1] if known else None

    def _is_how_much(self, j: int) -> bool:
        """Whether a label only says how much of the task above there is, beside what it costs: 危房改造 | 户数(户) | 资金(万元)."""
        found = self.labels[j]
        if not _HOW_MUCH.fullmatch(_UNIT.sub("", fold(found[-1].text))):
            return False
        under = [c for k, c in self.labels.items() if k != j and len(c) > 1 and c[-2] == found[-2]]
        return bool(under) and all(is_paid(re.sub(r"\s", "", fold(labels[-1].text))) for labels in under)

    def _is_paid(self, j: int) -> bool:
        """Whether one of a column's labels speaks of money and of nothing that is done with it."""
        return any(is_paid(re.sub(r"\s", "", fold(cell.text))) for cell in self.labels.get(j, []))

    def of_another_thing(self, j: int) -> bool:
        """Whether a column says of each region what no task promises it: money, works begun, another time's figures, a
        rank; or what stands beside a task's 目标 and 完成 and is known to be neither (计划任务数 | 开工数)."""
        found = self.labels.get(j, [])
        words = [re.sub(r"\s", "", fold(cell.text)) for cell in found]
        if self._is_paid(j):
            return True
        if any(map(_TIMED.search, words)) or (words and _BEGUN.fullmatch(_UNIT.sub("", words[-1]))):
            return True
        if len(found) < 2 or self.leaf(j) is not None:
            return False
        over = label_in(found[-2])
        beside = self.labels.items()
        return any(len(other) > 1 and label_in(other[-2]) == over and self.leaf(k) for k, other in beside)

    def tells(self, j: int) -> bool:
        """Whether a column's head tells of one task (目标任务 beside 完成数): no split by tasks."""
        found = self.labels.get(j, [])
        words = _UNIT.sub("", fold(found[-1].text)) if found else ""
        role = heads.role_of(heads.label_of(words)) if len(words) <= _SHORT else None
        return self.leaf(j) is None and (role in _NO_TASK or heads.is_year(heads.label_of(words)))

    def columns(self, found: Sequence[tuple[int, list[Cell]]]) -> list[str]:
        """The columns before the regions' that there is anything to say in."""
        return [
            name
            for name in ("类别", "任务", "分项", "单位", "责任单位")
            if name in ("任务", "单位") or any(self.said(name, j) for j, _ in found)
        ]

    def said(self, name: str, j: int) -> Cell:
        """What a column says of its tasks, in a column of the turned grid."""
        found, leaf = self.labels.get(j, []), self.leaf(j)
        names = found[:-1] if leaf is not None else found
        if len(names) > 1 and _WHOLE.fullmatch(label_in(names[-1])):
            names = names[:-1]  # 年度任务(户) | 小计, C级, D级: the sum is what the label above names
        own = names[-1] if names else Cell("", 0, 0)
        words, unit = cut_unit(own)
        if unit.text == "—" and len(names) > 1:
            unit = cut_unit(names[-2])[1]  # 年度任务(户) over C级 and D级
        if name == "任务":
            return words
        if name == "类别":
            return names[-2] if len(names) > 1 else Cell("", own.end, own.end, own.ref)
        if name == "分项":
            if leaf is not None and _role(leaf) is None and _told_by(leaf) == "result":
                return Cell(
                    "完成数", leaf.start, leaf.end, leaf.ref
                )  # 已完工数, in a word that later rooms know
            return leaf or Cell("", own.end, own.end, own.ref)
        if name == "单位":
            rate = leaf is not None and _role(leaf) == "rate"
            if (
                leaf is not None
                and not rate
                and (printed := _UNIT.search(leaf.text))
                and parse_unit(printed["unit"])
            ):
                unit = cut_unit(leaf)[1]
            return Cell("%", leaf.end, leaf.end, leaf.ref) if rate else self.units.get(j) or unit
        return self.answers.get(j) or Cell("", own.end, own.end, own.ref)


def _told_by(head: Cell) -> str | None:
    """What a head tells of one task: target, result or rate; works begun and money are none."""
    words = re.sub(r"[(（\[].*?[)）\]]", "", fold(head.text))
    if re.search(rf"{works.BEGUN}|在建|[投资]资|资金|金额", words) or _TIMED.search(words):
        return None
    role = heads.role_of(heads.label_of(words))
    if role == "task":
        return "target"
    if role in ("target", "result", "rate"):
        return role
    if re.fullmatch(r"(?:计划|应|拟)[\u4e00-\u9fff]{1,4}数?", words):
        return "target"
    return "result" if re.fullmatch(rf"(?:累计)?已?(?:完成|改造|{works.FINISHED})[数量]?", words) else None


def heads_regions(words: str) -> bool:
    """Whether a head stands over names of regions: 县区, 镇(街道)."""
    return any(_REGION.fullmatch(part) for part in re.split(r"[\\/|]", words))


def is_paid(words: str) -> bool:
    """Whether a head speaks of money and of nothing that is done with it: 补助资金(万元), 补助金额, 第一批已拨付(万元)."""
    bare = _UNIT.sub("", words)
    if len(bare) > _SHORT:
        return False
    return (heads.is_money(bare) and heads.role_of(heads.label_of(bare)) in _PAID) or (
        bool(_MONEY.search(words)) and heads.role_of(heads.label_of(words)) in _PAID | {None}
    )


def _role(cell: Cell) -> str | None:
    return heads.role_of(label_in(cell))


def _label(grid: Grid) -> tuple[int, int] | None:
    """Height of the header and the column of regions, where its label says that it is one."""
    if len(grid.rows) < 3:
        return None
    for key, cell in enumerate(grid.rows[0][:2]):
        if heads_regions(label_in(cell)):
            upper = [row for row in islice(grid.rows, _HIGH) if key < len(row)]
            high = sum(1 for row in upper if row[key] == cell or not (row[key] or _counts(row[key + 1 :])))
            before = grid.rows[0][:key]
            known = all(heads.role_of(label_in(c)) == "index" for c in before)
            return (max(high, 1), key) if known else None
    return None


def headed(cell: Cell, within: str) -> str | None:
    """The column that a row becomes: its region's name, 合计 for the whole; None where it names neither."""
    name = bare(cell)
    if not name or len(name) > 16:
        return None
    own = find(name)
    if (
        _WHOLE.fullmatch(name)
        or name in ("全市", "全县", "全区", "全州", "全省")
        or (own is not None and own.adcode == within)
    ):
        return "合计"
    return _words(cell) if named_in(name, within) is not None or town(name) is not None else None


def bare(cell: Cell) -> str:
    """A row's label without what counts it and what stands in brackets: 其中:1.历下区(含高新区) is 历下区."""
    return re.sub(r"\(.*?\)", "", _words(cell))


def _words(cell: Cell) -> str:
    return _COUNTED.sub("", re.sub(r"\s", "", plain(cell)).rstrip(":"), count=1)


def naming(row: Sequence[Cell], key: int) -> Cell:
    """The cell that names a row's region: that of its column, or a sum's name that covered it where spans were lost."""
    before = next((cell for cell in row[:key] if cell), None)
    covered = key < len(row) and not row[key] and before is not None and _WHOLE.fullmatch(bare(before))
    return before if covered and before is not None else row[key]


def relabelled(cell: Cell, words: str | None) -> Cell:
    """A row's label as a column's: the whole has one name, a region its own without what counts it."""
    own = words is None or re.sub(r"\s", "", plain(cell)) == words
    return cell if own else Cell(words, cell.start, cell.end, cell.ref)


def cut_unit(head: Cell) -> tuple[Cell, Cell]:
    """A head's words and its unit, each in its place: 新增停车位(个)."""
    found = _UNIT.search(head.text)
    if found is None or not parse_unit(fold(found["unit"])):
        return head, Cell("—", head.end, head.end, head.ref)
    start = head.start + found.start("unit")
    unit = Cell(found["unit"], start, start + len(found["unit"]), head.ref)
    return Cell(head.text[: found.start()], head.start, head.start + found.start(), head.ref), unit
