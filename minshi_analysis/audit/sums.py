"""Sums: a headline against its split, a total against its funders, a grand total against its column, a summary
against the list it sums up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import fsum, nan

import pandas as pd

from minshi_analysis.audit.finding import Finding, Tables, damage, equal, label, place, weigh
from minshi_analysis.audit.wording import own_clause
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.model import Row, grouped, having
from minshi_analysis.reading.blocks import Document, Grid
from minshi_analysis.reasons import Reason, why

__all__ = ["check_sums"]

_WITHIN = re.compile("含|包[括含]|其中")  # 30(含之江5): the 5 are among the 30
_BESIDE = re.compile(r"(?P<word>[^\d,;]*?)(?P<value>\d+(?:\.\d+)?)$")
_COLUMNS = {"number": "项目数", "total_yi": "总投资", "plan_period_yi": "计划投资"}
_FUNDERS = {
    "total": "总额",
    "superior": "上级支持",
    "city": "市财政统筹",
    "county": "县市区财政",
    "other": "其他来源",
}
_TOTAL = re.compile(r"合计|总计|汇总|总数|共计|总额")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")
_BEFORE = 24  # characters around a split in which a text says that it is one of some
_EDGE = re.compile(r"[。;；\n\t|]")
# Words before the first share, and behind the last, by which a text names some of its parts and not all.
_AMONG = re.compile(r"其中[:,]?(?:包括|包含|含|有)?[:,(]?$")
_REST = re.compile(r"其余|其他|其它|余下|剩余|另外|\d[^\d,;。、]{0,4}等")


def check_sums(tables: Tables, document: Document | None = None) -> Iterator[Iterator[Finding]]:
    """The findings of every sum that the tables hold, question by question; with the document its words are heard."""
    yield _splits(tables, document)
    yield _funding(tables)
    yield _printed_sums(tables)
    yield _grand_totals(tables)
    yield _summaries(tables)


# --- a headline against its split --------------------------------------------------------------------------------


def _splits(tables: Tables, document: Document | None) -> Iterator[Finding]:
    texts = {task["task_id"]: task["text"] for task in tables["tasks"]}
    targets = {target["target_id"]: target for target in tables["targets"]}
    regions = len(_named(tables["allocations"]))
    for target_id, shares in grouped(tables["allocations"], "target_id").items():
        target = targets[target_id]
        text = texts[target["task_id"]]
        own = own_clause(text, target["value"], target["unit"], target["measure"])
        subject = label(target["task_id"], own.text if own else text)
        hit = damage(tables["patches"], shares)
        found = _split(target, shares, subject, hit, regions)
        if found.verdict == "mismatch" and _names_some(
            [text, *_printed(shares, document)], shares, target["value"]
        ):
            said = why("some_shares", named=len(shares), share=found.actual, stated=found.expected)
            found = replace(found, verdict="cannot_check", said=said)
        if found.verdict == "mismatch":
            found = replace(found, said=(*found.reasons, _money(target, found, tables)))
        yield found


def _named(shares: Sequence[Row]) -> set[str]:
    """The regions of shares."""
    return {share["region"] for share in having(shares, "region")}


def _split(target: Row, shares: Sequence[Row], subject: str, damaged: Row | None, regions: int) -> Finding:
    """The shares of a target against it; `regions` are those that the document divides anything among."""
    about = {
        "doc_id": target["doc_id"],
        "kind": "allocation_sum",
        "key": _key(target["target_id"]),
        "subject": subject,
    }
    about |= place(target)
    stated = None if pd.isna(target["value"]) else float(target["value"])
    if target["unit"] in ("%", "‰"):
        rates = {share["value"] for share in having(shares, "value")}
        same = len(rates) == 1 and stated is not None and equal(rates.pop(), stated)
        said = why("rates_of_headline") if same else why("rates_differ")
        return Finding(**about, verdict="not_additive", expected=stated, said=(why("rates_no_sum"), said))
    counted, beside = _added(shares)
    if stated is None:
        said = why("headline_without_figure", shares=counted, unit=target["unit"])
        return Finding(**about, verdict="cannot_check", actual=counted, said=said)
    if damaged is not None and counted < stated and not equal(counted, stated):
        said = why(
            "damage_shares",
            where=damaged["where"],
            regions=_regions(shares),
            rest=stated - counted,
        )
        return Finding(**about, verdict="cannot_check", expected=stated, actual=counted, said=said)
    named = len(_named(shares))
    if counted < stated and not equal(counted, stated) and (named == 1 or 2 * named < regions):
        said = why("few_shares", named=named, regions=regions, share=counted, stated=stated)
        if named == 1:
            said = why("one_share", region=shares[0]["region"], share=counted, stated=stated)
        return Finding(**about, verdict="cannot_check", expected=stated, actual=counted, said=said)
    verdict, note = weigh(stated, counted, target["bound"])
    mended = why("damage_mended", where=damaged["where"]) if damaged is not None and verdict == "ok" else None
    slip = _slip(stated, counted, shares) if verdict == "mismatch" else None
    return Finding(
        **about, verdict=verdict, expected=stated, actual=counted, said=(note, mended, slip, *beside)
    )


def _regions(shares: Sequence[Row]) -> str:
    return "、".join(share["region"] for share in shares)


def _names_some(said: Iterable[object], shares: Sequence[Row], stated: float) -> bool:
    """Whether the words promise no whole split: 其中 before the first region, 其余 or 等 behind it, and no more than the whole."""
    if not _sum(shares, "value") < stated:
        return False
    stems = [name[:-1] if len(name) > 2 else name for name in (share["region"] for share in shares)]
    for text in (fold(each) for each in said if isinstance(each, str)):
        places = [at for stem in stems if (at := text.find(stem)) >= 0]
        if places and (_AMONG.search(text[: min(places)]) or _REST.search(text, min(places))):
            return True
    return False


def _printed(shares: Sequence[Row], document: Document | None) -> Iterator[str]:
    """The words that the shares stand in: a task's own text ends where its split begins."""
    if document is None:
        return
    if document.plain:
        known = having(shares, "source_start", "source_end")
        if known:
            start, end = min(row["source_start"] for row in known), max(row["source_end"] for row in known)
            before, behind = (
                document.text[max(0, start - _BEFORE) : start],
                document.text[end : end + _BEFORE],
            )
            yield _EDGE.split(before)[-1] + document.text[start:end] + _EDGE.split(behind)[0]
        return
    refs = {share["source_ref"] for share in having(shares, "source_ref")}
    if len(refs) > 1:
        return  # each in a column of its own
    for block in document.blocks:
        cells = (cell for row in block.rows for cell in row) if isinstance(block, Grid) else (block,)
        yield from (cell.text for cell in cells if cell.ref in refs)


def _money(target: Row, found: Finding, tables: Tables) -> Reason | None:
    """Which of two figures the money was reckoned for: 1550 / 31 = 50 exactly, 5000 / 500 = 10."""
    served = tables["funding_tasks"]
    lines = {row["funding_id"] for row in served if row["task_id"] == target["task_id"]}
    alone = len({row["task_id"] for row in served if row["funding_id"] in lines}) == 1
    money = (row for row in tables["funding"] if row["funding_id"] in lines)
    total = [row["amount_wan"] for row in money if row["funder"] == "total"]
    if not alone or len(total) != 1 or not total[0] > 0:
        return None
    amount = float(total[0])
    whole = {units: _round(amount / units) for units in (found.expected, found.actual) if units}
    meant = [units for units, fits in whole.items() if fits]
    if len(meant) != 1 or len(whole) != 2:
        return None
    other = next(units for units in whole if units != meant[0])
    return why("money_fits", amount=amount, each=amount / meant[0], units=meant[0], other=other)


def _round(value: float) -> bool:
    """Whether a sum for each has at most two figures."""
    return value > 0 and abs(value - float(f"{value:.2g}")) <= 1e-9 * value


def _slip(stated: float, counted: float, shares: Sequence[Row]) -> Reason | None:
    """What else the printed figures say of a sum that does not close: one share with a figure more, or one left out."""
    gap = abs(counted - stated)
    alone = [share for share in shares if abs(share["value"] - gap) < 1e-9]
    return why("gap_is_a_share", gap=gap, regions=_regions(alone)) if alone else None


def _added(shares: Sequence[Row]) -> tuple[float, tuple[Reason, ...]]:
    """The sum of the shares, with figures printed beside them (提升4), and what to say of those."""
    counted = _sum(shares, "value")
    beside: dict[str, float] = {}
    noted = having(shares, "note")
    for note in (share["note"] for share in noted):
        if (m := _BESIDE.fullmatch(note)) and not _WITHIN.match(note):
            beside[m["word"]] = beside.get(m["word"], 0.0) + float(m["value"])
    if not beside:
        spanning = [f"{share['region']} {share['note']}" for share in noted]
        return round(counted, 6), (why("noted", notes="、".join(spanning)),) if spanning else ()
    more = "、".join(f"{word}{value:g}" for word, value in beside.items())
    return round(counted + sum(beside.values()), 6), (why("beside", counted=counted, more=more),)


def _sum(rows: Iterable[Row], column: str) -> float:
    """The sum of what is known."""
    return fsum(row[column] for row in having(rows, column))


# --- money ---------------------------------------------------------------------------------------------------------


def _funding(tables: Tables) -> Iterator[Finding]:
    texts = {task["task_id"]: task["text"] for task in tables["tasks"]}
    served = grouped(tables["funding_tasks"], "funding_id")
    for funding_id, line in grouped(tables["funding"], "funding_id").items():
        tasks = [row["task_id"] for row in served.get(funding_id, ())]
        named = label(tasks[0], texts[tasks[0]]) if tasks else funding_id
        more = f" (and {len(tasks) - 1} more lines)" if len(tasks) > 1 else ""
        whole = [row for row in line if row["funder"] == "total"]
        parts = [row for row in line if row["funder"] != "total"]
        if whole and len(parts) == 1 and "其中" in str(parts[0]["funder_printed"]):
            line = whole  # 其中:县级财政 is a part, and the others are not printed
        amounts = [(row["funder"], row["amount_wan"]) for row in line]
        at = place((whole or line)[0])
        found = _against_funders(amounts, line[0]["doc_id"], _key(funding_id), named + more, at)
        hit = damage(tables["patches"], line)
        if hit is not None:
            found = replace(found, said=(*found.reasons, why("damage_mended", where=hit["where"])))
        prose = not having(line, "funder_printed")  # no columns: what the words name may be some of it
        if prose and found.verdict == "mismatch" and _short(found):
            said = why("some_funders", named=len(line) - 1, share=found.actual, stated=found.expected)
            found = replace(found, verdict="cannot_check", said=said)
        yield found


def _short(found: Finding) -> bool:
    """Whether the parts make less than the whole."""
    return found.actual is not None and found.expected is not None and found.actual < found.expected


def _of(what: str, tables: Tables) -> list[Row]:
    """The printed sums of something; a subject that is not told is empty."""
    lines = (row for row in tables["totals"] if row["of"] == what)
    return [row | {"subject": "" if pd.isna(row["subject"]) else row["subject"]} for row in lines]


def _printed_sums(tables: Tables) -> Iterator[Finding]:
    """The lines of sums below a table of money."""
    for told, line in grouped(_of("funding", tables), "subject").items():
        subject, amounts = told or "总额", [(row["column"], row["value"]) for row in line]
        yield _against_funders(amounts, line[0]["doc_id"], subject, f"{subject}行", place(line[0]))


def _against_funders(
    amounts: Sequence[tuple[str, float]], doc_id: str, key: str, subject: str, where: dict
) -> Finding:
    about = {"doc_id": doc_id, "kind": "funding_sum", "key": key, "subject": subject, **where}
    parts = [amount for funder, amount in amounts if funder != "total"]
    total = next((amount for funder, amount in amounts if funder == "total"), nan)
    if not parts or any(map(pd.isna, [total, *parts])):
        return Finding(**about, verdict="cannot_check", said=why("amount_missing"))
    found = round(fsum(parts), 6)
    verdict, note = weigh(total, found)
    noughts = not total and not any(parts)  # nought is nought
    return Finding(**about, verdict=verdict, expected=total, actual=found, said=note, built=noughts)


def _grand_totals(tables: Tables) -> Iterator[Finding]:
    """The printed totals of each funder: of two columns of one funder (中央, 自治区) together, a group's of its own lines.

    A line that 其中 names is a part of the line above it, and is not added again.
    """
    tasks = {task["task_id"]: task for task in tables["tasks"]}
    served = [(row["funding_id"], tasks[row["task_id"]]) for row in tables["funding_tasks"]]
    within = {line for line, task in served if _is_part(task["programme"]) or _is_part(task["text"])}
    lines = [row for row in tables["funding"] if row["funding_id"] not in within]
    for (group, funder), sums in grouped(_of("funding", tables), "subject", "column").items():
        column = [row for row in lines if row["funder"] == funder]
        total = sums[0] | {"value": sum(row["value"] for row in sums)}
        key, subject = f"funding.{funder}", f"资金表 {_FUNDERS.get(funder, funder)}"
        if group and not _is_total(group):
            own = {line for line, task in served if task["programme"] == group}
            column = [row for row in column if row["funding_id"] in own]
            key, subject = f"{key}.{group}", f"{subject} {group}"
            if not column:  # a sum of nobody knows what
                yield _of_what(total, "grand_total", key, subject)
                continue
        yield _sum_of(total, [row["amount_wan"] for row in column], "grand_total", key, subject, "lines")


def _is_part(words: object) -> bool:
    return isinstance(words, str) and words.startswith("其中")


def _sum_of(total: Row, parts: Sequence[float], kind: str, key: str, subject: str, what: str) -> Finding:
    known = [part for part in parts if pd.notna(part)]
    stated, found, missing = float(total["value"]), round(fsum(known), 6), len(parts) - len(known)
    verdict, note = weigh(stated, found)
    rest = why(f"{what}_without_figure", some=missing, all=len(parts)) if missing else None
    return Finding(total["doc_id"], kind, key, subject, verdict, (note, rest), stated, found, **place(total))


def _of_what(total: Row, kind: str, key: str, subject: str) -> Finding:
    said, stated = why("line_of_what"), float(total["value"])
    return Finding(total["doc_id"], kind, key, subject, "cannot_check", said, stated, **place(total))


# --- a summary against its list ------------------------------------------------------------------------------------


def _summaries(tables: Tables) -> Iterator[Finding]:
    lines, listed = _of("investments", tables), tables["investments"]
    fields = grouped(listed, "field")
    subjects = {line["subject"]: _field(line["subject"], fields) for line in lines if line["subject"]}
    for line in lines:
        field = subjects.get(line["subject"])
        column = _COLUMNS[line["column"]]
        if field is None and not _is_total(line["subject"]):
            key = f"line-{line['source_start']}.{line['column']}"
            yield _of_what(line, "summary_vs_list", key, column)
        elif field is not None:
            parts = _parts(fields[field], line["column"])
            key = f"{field}.{line['column']}"
            yield _sum_of(line, parts, "summary_vs_list", key, f"{field} {column}", "projects")
        else:
            summed = [
                row["value"]
                for row in lines
                if row["column"] == line["column"] and subjects.get(row["subject"]) is not None
            ]
            key = f"summary.{line['column']}"
            if summed:
                yield _sum_of(line, summed, "grand_total", key, f"汇总表 {column}", "lines")
            parts, key = _parts(listed, line["column"]), f"list.{line['column']}"
            yield _sum_of(line, parts, "grand_total", key, f"项目表 {column}", "projects")
    yield from _larger_parts(lines)


def _is_total(subject: object) -> bool:
    return isinstance(subject, str) and bool(_TOTAL.search(tidy(subject)))


def _parts(rows: Sequence[Row], column: str) -> list[float]:
    return [1.0 if column == "number" else row[column] for row in rows]


def _field(subject: str, fields: Mapping[str, list[Row]]) -> str | None:
    """The field of the list that a line of the summary names (七、文化 is 文化)."""
    name = _NUMBERED.sub("", tidy(subject))
    return name if name in fields else None


def _larger_parts(lines: Sequence[Row]) -> Iterator[Finding]:
    """What is planned within the period is part of the total."""
    for subject, line in grouped(lines, "subject").items():
        values = {row["column"]: row["value"] for row in line}
        whole, part = values.get("total_yi", nan), values.get("plan_period_yi", nan)
        if not subject or pd.isna(whole) or pd.isna(part):
            continue
        name = _NUMBERED.sub("", tidy(subject))
        yield Finding(
            line[0]["doc_id"],
            "parts_vs_whole",
            f"summary.{name}",
            f"汇总表 {name} 计划投资",
            "mismatch" if part > whole else "ok",
            why("part_larger", part=part, whole=whole) if part > whole else why("part_within"),
            whole,
            part,
            **place(line[0]),
        )


def _key(row_id: str) -> str:
    return row_id.partition("/")[2]
