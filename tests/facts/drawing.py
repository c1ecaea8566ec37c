"""What made documents are drawn with: a seeded pencil, tables of columns, the forms they are written in, their facts.

A fact is a tuple that begins with its kind: ``("target", thing, value, unit)``, ``("result", thing, region, value, unit)``,
… (see `read_facts`). A thing is one of the names of the document; each stands in the words of one task, indicator or project.
"""

from __future__ import annotations

import csv
import html
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd
from variants.sheets import Notice, Sheet, sheet
from variants.writers import to_docx, to_html, to_pdf, to_pipes, to_tabs, to_xlsx

__all__ = ["FORMS", "SURE", "THINGS", "Column", "Drawn", "Pencil", "lost", "read_facts", "table", "wrong"]

SURE = 0.8  # a row that is as sure as this, or surer, stands undoubted

BODIES = ("县教育局", "县住建局", "县交通运输局", "县民政局", "县卫健局", "县水利局", "县人社局", "县残联")
THINGS = (
    ("新建改建农村公路", "公里"),
    ("新增公办幼儿园学位", "个"),
    ("改造老旧小区", "个"),
    ("新增停车泊位", "个"),
    ("建设口袋公园", "座"),
    ("完成适老化改造", "户"),
    ("更新供水管网", "公里"),
    ("建设社区食堂", "处"),
    ("开展技能培训", "人次"),
    ("加装电梯", "台"),
    ("资助困难学生", "人"),
    ("建设村卫生室", "所"),
    ("新增养老床位", "张"),
    ("适龄妇女两癌筛查", "人"),
    ("发放救助物资", "份"),
    ("新增公交线路", "条"),
)


class Pencil(random.Random):
    """A seeded source that never gives the same figure twice, so that each printed figure can be known again."""

    def __init__(self, seed: int):
        super().__init__(seed)
        self._given: set[float] = set()

    def figure(self, low: int = 12, high: int = 9000, part: int = 1) -> float:
        """A number that was not given before; ``part`` 10 is for one with a decimal."""
        while (value := self.randint(low * part, high * part) / part) in self._given or value in range(
            2000, 2040
        ):
            high += 1
        self._given.add(value)
        return int(value) if part == 1 else value

    def below(self, value: float, *shares: float) -> int:
        """A new number near a share of another one."""
        about = max(1, int(value * self.choice(shares or (0.3, 0.5, 0.8, 0.9))))
        return int(self.figure(about, about))

    def maybe(self, share: float) -> bool:
        return self.random() < share


def number(value: float) -> str:
    return f"{value:g}" if value < 100_000 else f"{value:.0f}"


@dataclass(frozen=True)
class Column:
    """A column: its labels from top to bottom, and its cells; ``^`` goes on with the cell above."""

    labels: tuple[str, ...]
    cells: Sequence[str]


def merged(cells: Sequence[str]) -> list[str]:
    """Equal cells below each other as one."""
    return ["^" if i and cells[i] == cells[i - 1] else cell for i, cell in enumerate(cells)]


def heads(labels: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """The rows of the heads: one label goes down all of them, one that neighbours share goes over their columns."""
    depth = max(map(len, labels))
    rows = [[own[level] if level < len(own) else "^" for own in labels] for level in range(depth)]
    for level in range(depth - 1):
        for i in range(len(labels) - 1, 0, -1):
            if level < len(labels[i]) - 1 and labels[i][: level + 1] == labels[i - 1][: level + 1]:
                rows[level][i] = "<"
    return rows


def table(title: str, columns: Sequence[Column], *more: tuple[int, Sequence[str]]) -> Sheet:
    """A sheet of columns; ``more`` are rows to stand before a row of the body, given by its number."""
    top = heads([column.labels for column in columns])
    body = [[column.cells[r] for column in columns] for r in range(len(columns[0].cells))]
    for at, row in sorted(more, key=lambda entry: -entry[0]):
        body.insert(at, [*row, *["<"] * (len(columns) - len(row))])
    return sheet(title, len(top), [*top, *body])


# ---- forms


def _to_bare_pipes(notice: Notice, path: Path) -> Path:
    """Pipes between the cells and none around them."""
    to_pipes(notice, path)
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join(line.removeprefix("| ").removesuffix(" |") for line in lines), "utf-8")
    return path


def _to_csv(notice: Notice, path: Path) -> Path:
    """A table alone, as a spreadsheet saves it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in _own(notice.sheets[0]):
            csv.writer(file).writerow("" if text is None else text for text in row)
    return path


def _to_lost(notice: Notice, path: Path) -> Path:
    """A page whose cells have lost their spans: what a merged cell covers is not there."""
    parts = ['<html><head><meta charset="utf-8"></head><body>', *(f"<p>{p}</p>" for p in notice.paragraphs)]
    for one in notice.sheets:
        parts.append(f"<p>{one.title}</p><table border=1>")
        for row in _own(one):
            cells = (html.escape(text).replace("\n", "<br>") for text in row if text is not None)
            parts.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        parts.append("</table>")
    path.write_text("\n".join([*parts, "</body></html>"]), "utf-8")
    return path


def _to_lines(notice: Notice, path: Path) -> Path:
    """One cell a line, blank ones left out, as a copied page gives them."""
    lines = list(notice.paragraphs)
    for one in notice.sheets:
        lines += [one.title, *(text for row in _own(one) for text in row if text)]
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return path


def _own(one: Sheet) -> Iterator[list[str | None]]:
    """The rows of a sheet: each cell's text in its corner, None where it goes on."""
    for r, row in enumerate(one.places()):
        yield [
            "" if box is None else box.text if (box.row, box.column) == (r, c) else None
            for c, box in enumerate(row)
        ]


FORMS: dict[str, Callable[[Notice, Path], Path]] = {
    "html": to_html,
    "lost.html": _to_lost,
    "docx": to_docx,
    "xlsx": to_xlsx,
    "ruled.pdf": to_pdf,
    "space.pdf": partial(to_pdf, ruled=False),
    "tabs.txt": to_tabs,
    "pipes.txt": to_pipes,
    "bare.txt": _to_bare_pipes,
    "lines.txt": _to_lines,
    "csv": _to_csv,
}


# ---- facts


@dataclass(frozen=True)
class Drawn:
    """A document and what it says.

    Attributes
    ----------
    names : tuple of str
        The things that it speaks of, each in the words of one task, indicator or project.
    facts : Counter
        What a careful person reads in it.
    may : Counter
        What is right if it is read and right if not.
    region, year, kind, year_end
        What the reader is told of it.
    """

    kind: str
    notice: Notice
    names: tuple[str, ...]
    facts: Counter
    may: Counter = field(default_factory=Counter)
    region: str = "131125"
    year: int = 2023
    year_end: int | None = None

    @property
    def known(self) -> dict[str, object]:
        known = {"region": self.region, "year": self.year, "year_end": self.year_end, "kind": self.kind}
        return {name: value for name, value in known.items() if value is not None}


def read_facts(tables: dict[str, pd.DataFrame], names: Sequence[str]) -> list[tuple[tuple, float]]:
    """What was read of a document, in the words of `Drawn`, with how sure the reader is of each."""
    sure = tables["confidence"].set_index("row_id")["confidence"].to_dict()

    def rows(name: str) -> list[dict]:
        found = tables.get(name)
        clean = [] if found is None else found.astype(object).where(found.notna(), None).to_dict("records")
        return clean

    def thing(text: str | None) -> str | None:
        held = [name for name in names if name in (text or "")]
        return max(held, key=len) if held else None

    out: list[tuple[tuple, float]] = []
    of_task = {row["task_id"]: thing(row["text"]) or thing(row["programme"]) for row in rows("tasks")}
    of_target = {row["target_id"]: row["task_id"] for row in rows("targets")}
    said = (("lead", "lead_agency"), ("due", "deadline"))
    named = {
        (kind, of_task[row["task_id"]], row[c]): sure[row["task_id"]]
        for row in rows("tasks")
        for kind, c in said
    }
    out += [(fact, how) for fact, how in named.items() if fact[2]]
    for row in rows("targets"):
        if row["value"] is not None:
            fact = ("target", of_task[row["task_id"]], row["value"], row["unit"])
            out.append((fact, sure[row["task_id"]]))
    for row in rows("allocations"):
        task = of_target[row["target_id"]]
        if row["value"] is not None:
            out.append((("share", of_task[task], row["region"], row["value"], row["unit"]), sure[task]))
    for row in rows("outcomes"):
        who = of_task[row["task_id"]], row["region"]
        if row["value"] is not None:
            out.append((("result", *who, row["value"], row["unit"]), sure[row["task_id"]]))
        if row["rate_claimed"] is not None:
            out.append((("rate", *who, row["rate_claimed"]), sure[row["task_id"]]))
    for row in rows("milestones"):
        if row["value"] is not None:
            fact = ("step", of_task[row["task_id"]], row["due"], row["value"], row["unit"])
            out.append((fact, sure[row["task_id"]]))
    served = {row["funding_id"]: row["task_id"] for row in reversed(rows("funding_tasks"))}
    for row in rows("funding"):
        if row["amount_wan"]:
            fact = ("money", of_task.get(served.get(row["funding_id"])), row["funder"], row["amount_wan"])
            out.append((fact, sure[row["funding_id"]]))
    for row in rows("indicators"):
        name, how = thing((row["name"] or "") + (row["sub_name"] or "")), sure[row["indicator_id"]]
        if row["baseline"] is not None:
            out.append((("baseline", name, row["baseline_year"], row["baseline"], row["unit"]), how))
        if row["target"] is not None:
            aim = ("aim", name, row["target_year"], row["target"], row["unit"], row["bound"], row["form"])
            out.append((aim, how))
    for row in rows("observations"):
        name = next(
            (thing(i["name"]) for i in rows("indicators") if i["indicator_id"] == row["indicator_id"]), None
        )
        out.append((("observed", name, row["year"], row["value"], row["unit"]), sure[row["indicator_id"]]))
    for row in rows("investments"):
        name, how = thing(row["name"]), sure[row["investment_id"]]
        for kind, column in (("cost", "total_yi"), ("cost in plan", "plan_period_yi")):
            if row[column] is not None:
                out.append(((kind, name, row[column]), how))
        if row["start_year"] or row["end_year"]:
            out.append((("years", name, row["start_year"], row["end_year"]), how))
    return out


def told(fact: tuple, tables: dict[str, pd.DataFrame], doubted: Iterable[tuple] = ()) -> bool:
    """Whether the figures of a fact stand in what is told as not understood, or in a row that is doubted, in whatever scale;
    words need not."""
    parts = " ".join(tables["unread"]["text"].dropna())
    numbers = {float(n) for n in re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", parts))}
    numbers |= {value for other in doubted for value in _values(other)}
    return all(
        any(abs(value * scale - n) < 1e-9 * abs(n) for scale in (1, 1e-4, 1e4, 1e-8) for n in numbers)
        for value in _values(fact)
    )


def _values(fact: tuple) -> list[float]:
    return [value for value in fact[2:] if isinstance(value, float)]


def wrong(case: Drawn, found: Iterable[tuple[tuple, float]]) -> Counter:
    """What is read of a document, not doubted, and not so."""
    return Counter(fact for fact, sure in found if sure >= SURE) - case.facts - case.may


def lost(case: Drawn, found: Sequence[tuple[tuple, float]], tables: dict[str, pd.DataFrame]) -> list[tuple]:
    """What a document says that is in no row, not told, and in no row that is doubted."""
    doubted = [fact for fact, sure in found if sure < SURE]
    lacking = case.facts - Counter(fact for fact, _ in found)
    return [fact for fact in lacking.elements() if not told(fact, tables, doubted)]
