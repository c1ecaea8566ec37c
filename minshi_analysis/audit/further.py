"""What a document says beside its figures: a project's kind and its start, notes without a row, steps that end long before
their deadline, headings that promise more than their body counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from minshi_analysis.audit.finding import Finding, Tables, label, last_due, place
from minshi_analysis.audit.prose import Passage
from minshi_analysis.language.text import fold
from minshi_analysis.model import Row, grouped, having
from minshi_analysis.reasons import why

__all__ = ["check_further"]

_NOTE = re.compile(
    r"(?:^|[。;\n:])\s*(?P<said>(?:\d{1,2}[.、]\s*)?(?P<names>[^,;。:\d\n]{4,60}?)(?:均)?按(?:现价|可比价|不变价)[^。;\n]{0,30})"
)
_SCOPE = re.compile(r"^(?:全市|全省|全县|全区|其中)|(?:绝对值|速度|增速|数值|指标)$")
_EARLY = 60  # days
_AGES = re.compile(r"(?P<low>\d{1,3})(?:周岁|岁)?[-~至到](?P<high>\d{1,3})(?:周岁|岁)")
_FROM = re.compile(r"(?P<low>\d{1,3})(?:周岁|岁)(?:\(?含?[^,;)]{0,6}\)?)?(?:以上|及以上)")
_GROUPS = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:残疾人|老年人|老人|儿童|困难群众|学生|家庭|职工|妇女|人员)")


def check_further(tables: Tables, prose: Sequence[Passage]) -> Iterator[Iterator[Finding]]:
    """The findings of project kinds, notes, early ends and headings, question by question."""
    yield _projects(tables)
    yield _notes(tables, prose)
    yield _early(tables)
    yield _headings(tables["tasks"])


def _projects(tables: Tables) -> Iterator[Finding]:
    """新建 is begun in the plan's period, 续建 before it."""
    years = {document["doc_id"]: document["year"] for document in tables["documents"]}
    for p in having(tables["investments"], "kind", "start_year"):
        first, kind = years[p["doc_id"]], fold(p["kind"])
        if kind not in ("新建", "续建") or pd.isna(first):
            continue
        before = int(p["start_year"]) < int(first)
        wrong = before if kind == "新建" else not before
        said = {"printed": kind, "year": int(p["start_year"]), "first": int(first)}
        yield Finding(
            p["doc_id"],
            "project_kind",
            p["investment_id"].partition("/")[2],
            f"{p['item_no']} {p['name']}",
            "mismatch" if wrong else "ok",
            why("kind_and_start_differ" if wrong else "kind_and_start_agree", **said),
            **place(p),
        )


def _notes(tables: Tables, prose: Sequence[Passage]) -> Iterator[Finding]:
    """A note says how an indicator is counted that the table does not have."""
    names = [fold(str(row["name"])) for row in having(tables["indicators"], "name")]
    for passage in prose if tables["indicators"] else ():
        for found in _NOTE.finditer(fold(passage.text)):
            told = [_SCOPE.sub("", _SCOPE.sub("", name)) for name in re.split(r"[、和]", found["names"])]
            absent = [name for name in told if len(name) >= 3 and not _has(name, names)]
            where = passage.place(found.start("said"), found.end("said"))
            yield Finding(
                passage.doc_id,
                "note_without_row",
                f"prose-{where['start']}",
                found["said"][:60],
                "mismatch" if absent else "ok",
                why("note_without_row", names="、".join(absent)) if absent else why("note_has_rows"),
                **where,
            )


def _has(name: str, indicators: Sequence[str]) -> bool:
    """Whether an indicator is meant: its name holds the note's, or most of its characters in one piece."""
    core = name.removeprefix("常住")
    return any(core in indicator or indicator.startswith(core[:8]) for indicator in indicators)


def _early(tables: Tables) -> Iterator[Finding]:
    """The last step of a schedule lies months before the deadline: what is left for the months between is not said."""
    tasks = {task["task_id"]: task for task in tables["tasks"]}
    for task_id, steps in grouped(having(tables["milestones"], "due"), "task_id").items():
        task = tasks[task_id]
        if pd.isna(task["deadline"]):
            continue
        last = last_due(steps)
        days = (date.fromisoformat(task["deadline"]) - date.fromisoformat(last["due"])).days
        if days < _EARLY:
            continue
        yield Finding(
            task["doc_id"],
            "ends_early",
            task_id.partition("/")[2],
            label(task_id, task["text"]),
            "mismatch",
            why("ends_early", due=last["due"], deadline=task["deadline"], days=days),
            **place(last),
        )


def _headings(tasks: Sequence[Row]) -> Iterator[Finding]:
    """A heading that names more people than its body counts: 65周岁以上 and 65-69周岁, 残疾人 and 轻度残疾人."""
    for task in tasks:
        head, mark, body = fold(str(task["text"])).partition(":")
        narrowed = [*_ages(head, body), *_groups(head, body)] if mark else []
        if narrowed:
            yield Finding(
                task["doc_id"],
                "heading_vs_body",
                task["task_id"].partition("/")[2],
                label(task["task_id"], task["text"]),
                "mismatch",
                tuple(why("heading_narrows", head=a, body=b) for a, b in narrowed),
                **place(task),
            )


def _ages(head: str, body: str) -> Iterator[tuple[str, str]]:
    for m in _FROM.finditer(head):
        for n in _AGES.finditer(body):
            if n["low"] == m["low"]:
                yield m[0], n[0]


def _groups(head: str, body: str) -> Iterator[tuple[str, str]]:
    """A group of the heading that the body names with a word more in its middle."""
    wide = [part for piece in re.split(r"[、和及,]", head) for part in _GROUPS.findall(piece)]
    narrow = [part for piece in re.split(r"[、和及,]", body) for part in _GROUPS.findall(piece)]
    for a in wide:
        for b in narrow:
            if a != b and len(b) > len(a) and a not in b and b.startswith(a[:2]) and b.endswith(a[-3:]):
                yield a, b
