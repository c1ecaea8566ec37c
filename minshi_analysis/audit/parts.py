"""Parts against the whole: what a text itemises (其中, 包括, in brackets), and what a project plans of its total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from minshi_analysis.audit.finding import Finding, Tables, distinct, equal, figure, label, place
from minshi_analysis.audit.prose import Passage
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import fold
from minshi_analysis.model import Row, grouped, having
from minshi_analysis.reasons import Reason, why

__all__ = ["Itemised", "check_parts", "itemised"]

_OPENS = re.compile(r"[^,;。:()\d]{0,10}[,]?\s*(?P<mark>其中|包括|包含|含有?|:|\()")
# 9个指标超额完成任务,即:… counts the lines of the list, and what they count is no part of the nine.
_LINES = re.compile(r"(?:指标|任务|实事|事项)(?!性)")
_STOP = re.compile(r"[;。\n]|,(?:另外?|此外|还|同时)(?![一\d])")  # 其中5个…,另新增31个: no part
_NEAR = 0.95  # parts that make this much of the whole look like all of it


@dataclass(frozen=True, slots=True)
class Itemised:
    """A whole, its parts in order, and whether the text presents them as all there are."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    complete: bool


def itemised(text: str) -> list[Itemised]:
    """What a text breaks down, nested break-downs included.

    Parameters
    ----------
    text : str
        A sentence or a cell, tidy.

    Returns
    -------
    list of Itemised
        Parts have the unit of their whole.

    Examples
    --------
    >>> [(i.whole.value, [p.value for p in i.parts]) for i in itemised("新增停车位7630个(其中公共1423个,专用6207个)")]
    [(7630.0, [1423.0, 6207.0])]
    """
    flat = fold(text)
    found = [q for q in parse_quantities(text) if q.unit and q.unit not in ("%", "‰")]  # rates have no parts
    marks = [None if _LINES.match(flat, q.end) else _OPENS.match(flat, q.end) for q in found]
    out = []
    for i, (whole, mark) in enumerate(zip(found, marks, strict=True)):
        if mark is None:
            continue
        end = _extent(flat, mark, [m for m in marks[i + 1 :] if m], found, i)
        inner = [
            j
            for j in range(i + 1, len(found))
            if found[j].end <= end and same_unit(found[j].unit, whole.unit)
        ]
        parts = _direct(inner, marks, flat, found)
        if parts:
            out.append(Itemised(whole, tuple(parts), mark["mark"] in "(:"))
    return out


def _extent(flat: str, mark: re.Match, later: Sequence[re.Match], found: Sequence[Quantity], i: int) -> int:
    """Where a break-down ends: at its bracket, at the next semicolon, or at the full stop where it nests another."""
    if mark["mark"] == "(":
        depth = 1
        for at in range(mark.end(), len(flat)):
            depth += (flat[at] == "(") - (flat[at] == ")")
            if not depth:
                return at
        return len(flat)
    stop = _STOP.search(flat, mark.end())
    end = stop.start() if stop else len(flat)
    if any(m.start() < end and m["mark"] not in "(" for m in later):
        full = re.compile("[。\n]").search(flat, mark.end())
        return full.start() if full else len(flat)
    return end


def _direct(
    inner: list[int], marks: list[re.Match | None], flat: str, found: list[Quantity]
) -> list[Quantity]:
    """The parts on the first level: what a part itself breaks down is not counted again."""
    parts, skip = [], -1
    for j in inner:
        if found[j].start < skip:
            continue
        parts.append(found[j])
        if (m := marks[j]) is not None:
            skip = _extent(flat, m, [], found, j)
    return parts


def check_parts(tables: Tables, prose: Sequence[Passage]) -> Iterator[Iterator[Finding]]:
    """The findings of every break-down in tasks, results, projects and prose, question by question."""
    texts = {task["task_id"]: task["text"] for task in tables["tasks"]}
    yield _in_tasks(tables["tasks"])
    yield _in_results(tables["outcomes"])
    yield _in_projects(tables["investments"])
    yield _in_prose(prose)
    yield _results_by_place(tables, texts)
    yield _sub_targets(tables, texts)
    yield _planned(tables["investments"])


def _in_tasks(tasks: Sequence[Row]) -> Iterator[Finding]:
    for row in tasks:
        yield from _in_text(row["text"], row["task_id"], label(row["task_id"]), place(row))


def _in_results(outcomes: Sequence[Row]) -> Iterator[Finding]:
    for row in distinct(having(outcomes, "text"), "task_id", "text"):
        yield from _in_text(
            row["text"], f"{row['task_id']}.done", f"{label(row['task_id'])} 完成情况", place(row)
        )


def _in_projects(projects: Sequence[Row]) -> Iterator[Finding]:
    for row in having(projects, "text"):
        yield from _in_text(row["text"], f"{row['investment_id']}.text", row["name"], place(row))


def _in_prose(prose: Sequence[Passage]) -> Iterator[Finding]:
    for passage in prose:
        if passage.kind != "five_year_plan":  # there the passages are tasks already
            key = f"{passage.doc_id}/prose-{passage.start}"
            yield from _in_text(passage.text, key, "正文", {"start": passage.start, "end": passage.end})


def _in_text(text: str, row_id: str, subject: str, where: dict) -> Iterator[Finding]:
    doc_id, _, number = row_id.partition("/")
    for k, item in enumerate(itemised(text), start=1):
        whole, parts = item.whole.value, [p.value for p in item.parts]
        about = {"doc_id": doc_id, "kind": "parts_vs_whole", "key": f"{number}.{k}", **where}
        unit = item.whole.unit
        about["subject"] = (
            f"{subject} {item.whole.measure}{figure(whole)}{unit}: {' + '.join(map(figure, parts))}"
        )
        together = round(sum(parts), 6)
        verdict, said = _verdict(whole, parts, together, item.complete)
        built = said.code == "not_itemised"  # nothing is said of the rest, so nothing can fail
        yield Finding(**about, verdict=verdict, expected=whole, actual=together, said=said, built=built)


def _verdict(whole: float, parts: list[float], together: float, complete: bool) -> tuple[str, Reason]:
    if equal(whole, together):
        return "ok", why("part_is_whole") if len(parts) == 1 else why("parts_add_up")
    if max(parts) > whole:
        return "mismatch", why("part_larger", part=max(parts), whole=whole)
    if len(parts) == 1 or (not complete and together < _NEAR * whole):
        return "ok", why("not_itemised", parts=together, whole=whole)
    return "mismatch", why("parts_make", parts=together, whole=whole, gap=abs(whole - together))


def _results_by_place(tables: Tables, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Results given place by place that add up to the printed total, or to the target."""
    targets = _by_task(tables["targets"])
    for task_id, results in _by_task(tables["outcomes"]).items():
        for unit in dict.fromkeys(r["unit"] for r in results):
            rows = [r for r in results if r["unit"] == unit]
            goals = [float(t["value"]) for t in targets.get(task_id, []) if same_unit(t["unit"], unit)]
            hit = _adds_up([float(r["value"]) for r in rows], goals)
            if hit is None or unit == "%":
                continue
            whole, parts = hit
            yield Finding(
                rows[0]["doc_id"],
                "parts_vs_whole",
                f"{task_id.partition('/')[2]}.places",
                f"{label(task_id, texts[task_id])}: {' + '.join(map(figure, parts))}",
                "ok",
                why("places_add_up"),
                whole,
                round(sum(parts), 6),
                **place(rows[0]),
                built=True,
            )


def _by_task(table: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows with a value, by task, in order."""
    return grouped(having(table, "value"), "task_id")


def _adds_up(values: list[float], goals: list[float]) -> tuple[float, list[float]] | None:
    """A total among the values, or a target, and the values in a row that make it up (two at least)."""
    for whole in [*values, *goals]:
        for size in range(len(values), 1, -1):
            for i in range(len(values) - size + 1):
                parts = values[i : i + size]
                if equal(sum(parts), whole) and whole not in parts:
                    return whole, parts
    return None


def _sub_targets(tables: Tables, texts: Mapping[str, str]) -> Iterator[Finding]:
    """A task's first target and the kinds that a split table divides it into."""
    for task_id, (first, *rest) in _by_task(tables["targets"]).items():
        if first["unit"] == "%":
            continue
        end = first["source_end"]
        rest = [t for t in rest if pd.isna(end) or t["source_start"] > end]
        same = [float(t["value"]) for t in rest if same_unit(t["unit"], first["unit"])]
        if len(same) > 1 and equal(sum(same), float(first["value"])):
            yield Finding(
                first["doc_id"],
                "parts_vs_whole",
                f"{first['target_id'].partition('/')[2]}.kinds",
                f"{label(task_id, texts[task_id])}: {' + '.join(map(figure, same))}",
                "ok",
                why("kinds_add_up"),
                float(first["value"]),
                round(sum(same), 6),
                **place(first),
                built=True,
            )


def _planned(projects: Sequence[Row]) -> Iterator[Finding]:
    """What is planned within the period is part of a project's total."""
    for p in having(projects, "total_yi", "plan_period_yi"):
        whole, part = float(p["total_yi"]), float(p["plan_period_yi"])
        larger = part > whole and not equal(part, whole)
        yield Finding(
            p["doc_id"],
            "parts_vs_whole",
            f"{p['investment_id'].partition('/')[2]}.planned",
            f"{p['item_no']} {p['name']} 计划投资",
            "mismatch" if larger else "ok",
            why("part_larger", part=part, whole=whole) if larger else why("part_within"),
            whole,
            part,
            **place(p),
        )
