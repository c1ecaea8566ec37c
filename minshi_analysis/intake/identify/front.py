"""Where a document presents itself: its first and last lines, its small tables, and what its file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from minshi_analysis.facts.prose.meaning import done_before, is_reporting
from minshi_analysis.language.heads import role_of
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.layout.passages import sentences
from minshi_analysis.reading.blocks import Cell, Document, Grid, Paragraph

__all__ = ["Front", "Line", "digits"]

_ENDS = 40  # blocks at the beginning, and as many at the end
_LEAD = 2_000  # characters of the text that are read as its opening
_BODY = 60_000  # characters in which words of the body are counted
_LABEL = re.compile(
    r"[\u4e00-\u9fff]{2,6}[:：]$|(?:索引|文)号$|(?:发文|发布|制发|公开)(?:机关|机构|单位|字号|文号|日期|时间|方式)$|(?:成文|印发|生成)日期$|"
    r"主题(?:词|分类)$|(?:标题|名称|信息名称|文件名称|有效性|体裁分类|公开主体|责任部门)$"
)
_FIGURE = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?(?![\d.年月季]|[-—~至到]\d)"
)  # a row of them is no row of heads
_AHEAD = re.compile(r"(?:年|月)底?[前内]|力争|确保|[将拟]|预计|(?:去|上|前|往)年")
_RUN = 3  # lines that are heads of columns, one below the other
_CHINESE_YEAR = re.compile(r"二[〇○零0][〇○零0一二三四五六七八九]{2}(?=年)")
_CHINESE = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "0": "0"}


@dataclass(frozen=True)
class Line:
    """A line in which a document may present itself: tidy as printed, its heading level, and where it stands."""

    printed: str
    level: int = 0
    where: str = "text"

    @cached_property
    def text(self) -> str:
        """The line with signs folded and years in digits, for matching: character for character."""
        return digits(fold(self.printed))


@dataclass(frozen=True)
class Front:
    """The parts of a document that say what it is."""

    document: Document
    name: str = ""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Paragraphs at both ends, label and value of the small tables among them, the first rows of the others."""
        return tuple(line for line in _lines(self.document) if line.text)

    @cached_property
    def lead(self) -> str:
        """The opening of the running text."""
        return digits(fold(tidy(self._prose[: 2 * _LEAD])))[:_LEAD]

    @cached_property
    def body(self) -> str:
        """The text, as far as words are counted in it."""
        return digits(fold(tidy(self.document.text[:_BODY])))

    @cached_property
    def file_name(self) -> str:
        return digits(fold(tidy(self.name)))

    @cached_property
    def roles(self) -> set[str | None]:
        """What the columns of the tables are for."""
        return {role_of(label) for label in self.labels}

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The heads of the tables' columns, of a table that is printed one cell a line too."""
        return (*self._heads(), *self._head_lines())

    @cached_property
    def told(self) -> tuple[int, int]:
        """How many of the first sentences with a figure report what was done, and how many sentences with a figure there are."""
        told = said = length = 0
        for block in self.document.blocks:
            if not isinstance(block, Paragraph) or length > _BODY:
                continue
            length += len(block.text)
            for sentence in sentences(block.said, "。!?;"):
                if not re.search(r"\d", sentence.folded):
                    continue
                said += 1
                ahead = _AHEAD.search(sentence.folded) or 0 < done_before(sentence.folded) < len(
                    sentence.norm
                )
                told += is_reporting(sentence) and not ahead
        return told, said

    def _heads(self) -> Iterator[str]:
        for block in self.document.blocks:
            if not isinstance(block, Grid):
                continue
            for k, row in enumerate(block.rows[:2]):
                if k == 0 or not any(_FIGURE.search(fold(cell.text)) for cell in row if cell):
                    yield from (
                        cell.said.folded for cell in dict.fromkeys(row) if cell and len(cell.text) < 24
                    )

    def _head_lines(self) -> Iterator[str]:
        run: list[str] = []
        for line in (*self.lines, Line("")):
            if len(line.text) < 12 and line.where == "text" and role_of(line.text):
                run.append(line.text)
                continue
            yield from run if len(run) >= _RUN else ()
            run = []

    @property
    def _prose(self) -> str:
        paragraphs = (block.text for block in self.document.blocks if isinstance(block, Paragraph))
        taken: list[str] = []
        while sum(map(len, taken)) < 2 * _LEAD and (text := next(paragraphs, None)) is not None:
            taken.append(text)
        return "\n".join(taken)


def digits(text: str) -> str:
    """Years in Chinese numerals as digits: 二〇二四年 is 2024年."""
    return _CHINESE_YEAR.sub(lambda found: "".join(_CHINESE.get(c, c) for c in "2" + found[0][1:]), text)


def _lines(document: Document) -> Iterator[Line]:
    yield from (Line(_plain(text), 0, "page") for text in document.about.get("page", "").split("\n"))
    blocks = document.blocks
    last = len(blocks) - _ENDS
    for number, block in enumerate(blocks):
        if _ENDS <= number < last:
            continue
        where = "text" if number < _ENDS else "end"
        if isinstance(block, Paragraph):
            yield Line(_plain(block.text), block.level, where)
        elif len(block.rows) <= 6:
            for row in block.rows:
                yield from _labelled(row)
        else:
            for row in block.rows[:2]:
                yield from (
                    Line(_plain(c.text), 0, "table") for c in dict.fromkeys(row) if c and len(c.text) < 60
                )


def _labelled(row: tuple[Cell, ...]) -> Iterator[Line]:
    """The cells of a box over a published page: a label and its value are one line."""
    cells = [_plain(cell.text) for cell in dict.fromkeys(row) if cell and len(cell.text) < 80]
    while cells:
        text = cells.pop(0)
        if cells and _LABEL.match(text) and not _LABEL.match(cells[0]):
            text = f"{text.rstrip(':：')}:{cells.pop(0)}"
        yield Line(text, 0, "table")


def _plain(text: str) -> str:
    return tidy(text if len(text) <= 400 else text[:400]).strip()
