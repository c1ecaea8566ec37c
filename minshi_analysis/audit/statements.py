"""Figures and counts in prose: held against the table that says the same, and against what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from minshi_analysis.audit.finding import Finding, Tables, distinct, equal, label, place
from minshi_analysis.audit.prose import Passage
from minshi_analysis.audit.wording import clauses, likeness, own_clause
from minshi_analysis.language.kin import same_unit
from minshi_analysis.language.text import fold
from minshi_analysis.model import Row, having
from minshi_analysis.reasons import why

__all__ = ["check_statements"]

_IN_TABLE = re.compile(r"(?:^|/)t\d")
_ALIKE = 0.75  # prose and the table of one plan use the same words
_INDICATOR = 0.65  # prose turns the names of indicators round
_ITEMS = r"[项件]"
_COUNT = re.compile(
    rf"(?P<what>[^,;。:()]{{0,16}}(?:民生实事|候选项目|实事项目)(?:项目)?)(?:共计|共有|总计|共|计|有)?(?P<n>\d+){_ITEMS}"
    rf"|(?P<voted>(?:票决|投票)?确定的?)(?P<m>\d+){_ITEMS}民生实事"
)
_STATUS = re.compile(rf"(?:等|其中|有)[^,;。\d]{{0,6}}(?P<n>\d+){_ITEMS}(?P<status>超额完成|未完成)")
_OF_MONEY = re.compile(r"投资|资金|预算")
_SHARE = re.compile(r"占(?:比|[^。;%\d]{0,10}的)?[^。;%\d]{0,4}(?P<rate>\d+(?:\.\d+)?)%")
_ANY = re.compile(r"(?<![\d.])(?P<n>\d+)(?:项|件|个)")
_STATED = {"超额完成": "over", "未完成": "behind"}
_LISTED = re.compile(
    r"(?P<n>\d+)(?P<unit>个|家|座|条|所|处|项|种|对)[^,;。:()\d]{0,14}(?:\((?P<inside>[^()\d]*、[^()\d]*)\)|[:](?P<behind>[^;。]*))"
)
_KIND = "(?:[市区县旗州镇乡村场]|街道|社区|园区|团场|办事处|管委会|开发区)"
_CLASSES = re.compile(rf"{_KIND}(?:[、,]{_KIND})+")  # 47个县(市、区): no two of their names
_BEFORE = re.compile(
    r"(?P<names>[^,;。:()]*?、[^,;。:()]*?)(?:等)?(?P<n>\d{1,2})(?P<unit>个|家|座|条|所|处|项)(?!\d)"
)
_OUTSIDE = re.compile(r"\([^()]*\)")


def check_statements(tables: Tables, prose: Sequence[Passage]) -> Iterator[Iterator[Finding]]:
    """The findings of counts, shares, names and figures in prose, question by question."""
    yield (found for passage in prose for found in _counts(passage, tables))
    yield _in_results(tables["outcomes"])
    yield _in_projects(tables["investments"])
    yield _prose_and_table(tables, prose)
    yield _prose_and_indicators(tables)


# --- counts --------------------------------------------------------------------------------------------------------


def _counts(passage: Passage, tables: Tables) -> Iterator[Finding]:
    """...项, 其中...项超额完成, 占比...%: against the rows of the document."""
    flat = fold(passage.text)
    at = 0
    for part in re.split(r"(?<=[;。])", flat):
        rows = None
        for m in _COUNT.finditer(part):
            stated = float(m["n"] or m["m"])
            rows, what = _counted(m["what"] or "", tables, stated)
            yield _count(passage, at, m, f"{m[0]}", stated, len(rows), what)
        if rows is not None:
            for m in _STATUS.finditer(part):
                done = (row for row in tables["outcomes"] if row["status_claimed"] == _STATED[m["status"]])
                found = len({row["task_id"] for row in done}.intersection(rows))
                subject = f"{_subject(part)} {m['status']}{m['n']}项"
                yield _count(passage, at, m, subject, float(m["n"]), found, f"status_{m['status']}")
        yield from _shares(passage, part, at)
        at += len(part)


def _subject(part: str) -> str:
    m = _COUNT.search(part)
    return (m["what"] or m[0]) if m else part[:16]


def _count(
    passage: Passage, at: int, m: re.Match, subject: str, stated: float, found: int, what: str
) -> Finding:
    about: dict[str, Any] = {
        "kind": "count_vs_table",
        "subject": subject,
        **passage.place(at + m.start(), at + m.end()),
    }
    key = f"{_key(passage, at + m.start())}"
    same = equal(stated, found)
    said = why("counted" if same else "count_differs", stated=stated, found=found, what=what)
    return Finding(
        passage.doc_id,
        key=key,
        verdict="ok" if same else "mismatch",
        said=said,
        expected=stated,
        actual=float(found),
        **about,
    )


def _counted(what: str, tables: Tables, stated: float) -> tuple[list[str], str]:
    """The tasks that a count speaks of: a level's, or all; programmes where the document counts those."""
    tasks, kind = tables["tasks"], "tasks"
    programmes = {row["programme_no"]: row for row in reversed(having(tasks, "programme_no"))}
    if len({row["level"] for row in having(tasks, "level")}) > 1:
        level = _level(what, tables["documents"][0])
        tasks, kind = [row for row in tasks if level in (None, row["level"])], f"list_{level or 'all'}"
    elif programmes and not equal(stated, len(tasks)):
        tasks, kind = list(programmes.values()), "programmes"
    return [row["task_id"] for row in tasks], kind


def _level(what: str, document: Row) -> str | None:
    """Whose list words name: 省级, the document's own region, the region above it; None for all of them."""
    if re.search(r"[一二三四两]级|省市县|各级", what):
        return None
    if "省" in what:
        return "province"
    if document["region"] in what or "本级" in what:
        return document["level"]
    return "city" if re.search(r"市", what) and document["level"] == "county" else document["level"]


def _shares(passage: Passage, part: str, at: int) -> Iterator[Finding]:
    """A share of two numbers that stand before it."""
    for m in _SHARE.finditer(part):
        before = [float(n["n"]) for n in _ANY.finditer(part[: m.start()])]
        if len(before) < 2 or not max(before) > before[-1] or _OF_MONEY.search(m[0]):
            continue  # 5个完成主体,占年度计划投资的53.3%: a share of another thing
        whole, some, claimed = max(before), before[-1], float(m["rate"])
        share = round(100 * some / whole, 2)
        digits = len(m["rate"].partition(".")[2])
        same = abs(share - claimed) <= 0.5 * 10.0**-digits + 1e-9
        said = why(
            "share_is" if same else "share_differs", some=some, whole=whole, share=share, claimed=claimed
        )
        yield Finding(
            passage.doc_id,
            "rate_claimed",
            _key(passage, at + m.start()),
            f"{_subject(part)} {m[0]}",
            "ok" if same else "mismatch",
            said,
            claimed,
            share,
            **passage.place(at + m.start(), at + m.end()),
        )


def _key(passage: Passage, at: int) -> str:
    return f"prose-{passage.body.at[at]}"


# --- names ---------------------------------------------------------------------------------------------------------


def _in_results(outcomes: Sequence[Row]) -> Iterator[Finding]:
    results = distinct(having(outcomes, "text"), "task_id", "text")
    yield from _names((r["task_id"], label(r["task_id"]), r) for r in results)


def _in_projects(projects: Sequence[Row]) -> Iterator[Finding]:
    told = having(projects, "text")
    yield from _names((r["investment_id"], f"{r['item_no']} {r['name']}", r) for r in told)


def _names(texts: Iterable[tuple[str, str, dict]]) -> Iterator[Finding]:
    """A number against the names that are listed for it: 3个(乐昌小区、金雁商城、银河花园)."""
    for row_id, subject, row in texts:
        flat = fold(row["text"])
        for k, (m, stated, found) in enumerate(_lists(flat), start=1):
            same = stated == found
            yield Finding(
                row["doc_id"],
                "count_vs_table",
                f"{row_id.partition('/')[2]}.names-{k}",
                f"{subject} {m[0][:60]}",
                "ok" if same else "mismatch",
                why("names_listed" if same else "names_differ", found=found, stated=stated),
                float(stated),
                float(found),
                **place(row),
                built=not m.groupdict().get("inside"),  # a list without brackets counts only where it fits
            )


def _lists(flat: str) -> Iterator[tuple[re.Match, int, int]]:
    """Lists of names with their number. One in brackets is complete; others count only where they fit."""
    for m in _LISTED.finditer(flat):
        stated = int(m["n"])
        if (
            m["inside"]
            and not m["inside"].startswith(("含", "包括", "其中", "如"))
            and "等" not in m["inside"]
            and not _CLASSES.fullmatch(m["inside"])
        ):
            yield m, stated, len(re.split(r"[、,]", m["inside"]))
        elif m["behind"]:
            names = _OUTSIDE.sub("", m["behind"])
            fitting = [n for n in (names.count("、") + 1, len(re.split(r"[、,]", names))) if n == stated]
            if fitting and stated > 1:
                yield m, stated, stated
    for m in _BEFORE.finditer(flat):
        stated, names = int(m["n"]), m["names"].strip("、")
        if stated > 1 and stated in (names.count("、") + 1, len(re.split(r"、|和", names))):
            yield m, stated, stated


# --- the same figure stated twice ----------------------------------------------------------------------------------


def _prose_and_table(tables: Tables, prose: Sequence[Passage]) -> Iterator[Finding]:
    """Promises in a document's prose against the rows of its table."""
    texts = {task["task_id"]: task["text"] for task in tables["tasks"]}
    promised: dict[str, list[dict]] = {}
    for t in having(tables["targets"], "value"):
        clause = own_clause(texts[t["task_id"]], t["value"], t["unit"], t["measure"])
        promised.setdefault(t["doc_id"], []).append(
            t | {"words": clause.words if clause else str(t["measure"])}
        )
    spoken = _of_prose(promised, prose)
    for passage in prose:
        targets = promised.get(passage.doc_id, [])
        listed = [t for t in targets if t["target_id"] not in spoken]
        if (
            passage.kind == "five_year_plan" or not listed
        ):  # a document of prose alone has no table to differ from
            continue
        inside = [t for t in targets if _within(t, passage)]
        yield from (_only_in_prose(t, texts) for t in inside)
        for clause in clauses(passage.text):
            q = clause.quantity
            if not any(_covers(t, passage, q.start) for t in inside):
                yield from _held_against(passage, clause, listed)


def _of_prose(promised: Mapping[str, Sequence[dict]], prose: Sequence[Passage]) -> set[str]:
    """Targets that stand in prose: inside a passage, or at a reference that names no table."""
    spoken = {
        t["target_id"] for passage in prose for t in promised.get(passage.doc_id, []) if _within(t, passage)
    }
    refs = ((t["target_id"], t["source_ref"]) for found in promised.values() for t in found)
    return spoken | {target for target, ref in refs if isinstance(ref, str) and not _IN_TABLE.search(ref)}


def _within(target: dict, passage: Passage) -> bool:
    start = target["source_start"]
    return passage.start is not None and pd.notna(start) and passage.start <= start < passage.end


def _covers(target: dict, passage: Passage, at: int) -> bool:
    return target["source_start"] <= passage.body.at[at] < target["source_end"]


def _only_in_prose(target: dict, texts: Mapping[str, str]) -> Finding:
    subject = label(target["task_id"], texts[target["task_id"]])
    key = target["target_id"].partition("/")[2]
    return Finding(
        target["doc_id"],
        "prose_vs_table",
        key,
        subject,
        "cannot_check",
        why("only_in_prose"),
        float(target["value"]),
        **place(target),
    )


def _held_against(passage: Passage, clause, listed: list[dict]) -> Iterator[Finding]:
    q = clause.quantity
    scored = [
        (likeness(clause.words, t["words"]), equal(q.value, float(t["value"])), t)
        for t in listed
        if same_unit(t["unit"], q.unit)
    ]
    scored = [s for s in scored if s[0] >= _ALIKE]
    if not scored:
        return
    _, same, target = max(scored, key=lambda s: (round(s[0], 1), s[1], s[0]))
    where = target["target_id"].partition("/")[2]
    printed = float(target["value"])
    said = why("table_agrees", table=printed, where=where)
    if not same:
        said = why("table_differs", prose=q.value, table=printed, where=where)
    yield Finding(
        passage.doc_id,
        "prose_vs_table",
        f"{where}@{_key(passage, q.start)}",
        clause.text,
        "ok" if same else "mismatch",
        said,
        q.value,
        printed,
        **passage.place(q.start, q.end),
    )


def _prose_and_indicators(tables: Tables) -> Iterator[Finding]:
    """Targets of a plan's prose against its table of indicators."""
    texts = {task["task_id"]: task["text"] for task in tables["tasks"]}
    for t in having(tables["targets"], "value"):
        clause = own_clause(texts[t["task_id"]], t["value"], t["unit"], t["measure"])
        whole = clause is not None and clause.words and "分别" not in clause.text
        words = [clause.words if clause is not None and whole else str(t["measure"])]
        scored = [
            (max(likeness(w, n) for w in words for n in _names_of(i)), i)
            for i in tables["indicators"]
            if _same_kind(t, i)
        ]
        scored = [s for s in scored if s[0] >= _INDICATOR]
        if scored:
            yield _stated_twice(
                t, max(scored, key=lambda s: s[0])[1], clause.text if clause else str(t["measure"])
            )


def _names_of(indicator: dict) -> list[str]:
    name = indicator["name"]
    return [name] if pd.isna(indicator["sub_name"]) else [f"{name}{indicator['sub_name']}"]


def _same_kind(target: dict, indicator: dict) -> bool:
    """Units that may be said of each other: the same, points of a per cent, money by the year, none where none is."""
    a = target["unit"] if isinstance(target["unit"], str) else ""
    b = indicator["unit"] if isinstance(indicator["unit"], str) else ""
    return a == b or (a, b) in (("百分点", "%"), ("%", "")) or a == b.partition("/")[0] == "元"


def _stated_twice(target: dict, indicator: dict, words: str) -> Finding:
    stated = float(target["value"])
    name = " ".join(str(indicator[c]) for c in ("name", "sub_name") if pd.notna(indicator[c]))
    about = {
        "doc_id": target["doc_id"],
        "kind": "prose_vs_table",
        "key": f"{target['target_id'].partition('/')[2]}={indicator['indicator_id'].partition('/')[2]}",
        "subject": f"{words} · {indicator['indicator_no']} {name}",
        "expected": stated,
        **place(target),
    }
    at = {"indicator": indicator["indicator_no"], "prose": stated}
    if pd.isna(indicator["target"]):
        printed = indicator["note"] if isinstance(indicator["note"], str) else ""
        return Finding(
            **about, verdict="mismatch", said=why("indicator_without_figure", printed=printed, **at)
        )
    goal = float(indicator["target"])
    if target["unit"] == "百分点":
        if pd.isna(indicator["baseline"]):
            return Finding(**about, verdict="cannot_check", said=why("indicator_without_baseline", **at))
        rise = round(goal - float(indicator["baseline"]), 6)
        same = equal(abs(rise), stated)
        said = why(
            "points_agree" if same else "points_differ",
            baseline=float(indicator["baseline"]),
            goal=goal,
            **at,
        )
        return Finding(**about, actual=rise, verdict="ok" if same else "mismatch", said=said)
    if equal(stated, goal):
        differ = target["bound"] != indicator["bound"]
        bounds = why("bounds_differ", prose=target["bound"], table=indicator["bound"]) if differ else None
        return Finding(**about, actual=goal, verdict="ok", said=bounds)
    return Finding(**about, actual=goal, verdict="mismatch", said=why("indicator_differs", goal=goal, **at))
