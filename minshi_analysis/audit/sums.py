"""Sums: a headline against its split, a total against its funders, a grand total against its column, a summary
against the list it sums up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from minshi_analysis.audit.finding import Finding, damage, equal, label, place, weigh
from minshi_analysis.audit.wording import own_clause
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.model import records
from minshi_analysis.reading.blocks import Document, Grid
from minshi_analysis.reasons import Reason, why

__all__ = ["check_sums"]

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


def check_sums(
    tables: Mapping[str, pd.DataFrame], document: Document | None = None
) -> Iterator[Iterator[Finding]]:
    """The findings of every sum that the tables hold, question by question; with the document its words are heard."""
    yield _splits(tables, document)
    yield _funding(tables)
    yield _printed_sums(tables)
    yield _grand_totals(tables)
    yield _summaries(tables)


# --- a headline against its split --------------------------------------------------------------------------------


def _splits(tables: Mapping[str, pd.DataFrame], document: Document | None) -> Iterator[Finding]:
    texts = tables["tasks"].set_index("task_id")["text"]
    targets = tables["targets"].set_index("target_id", drop=False)
    regions = tables["allocations"].groupby("doc_id")["region"].nunique()
    for target_id, shares in tables["allocations"].groupby("target_id", sort=False):
        target = targets.loc[target_id]
        own = own_clause(texts[target.task_id], target.value, target.unit, target.measure)
        subject = label(target.task_id, own.text if own else texts[target.task_id])
        hit = damage(tables["patches"], shares)
        found = _split(target, shares, subject, hit, regions[target.doc_id])
        if found.verdict == "mismatch" and _names_some(
            [texts[target.task_id], *_printed(shares, document)], shares, target.value
        ):
            said = why("some_shares", named=len(shares), share=found.actual, stated=found.expected)
            found = replace(found, verdict="cannot_check", said=said)
        if found.verdict == "mismatch":
            found = replace(found, said=(*found.reasons, _money(target, found, tables)))
        yield found


def _split(
    target: pd.Series, shares: pd.DataFrame, subject: str, damaged: pd.Series | None, regions: int
) -> Finding:
    """The shares of a target against it; `regions` are those that the document divides anything among."""
    about = {
        "doc_id": target.doc_id,
        "kind": "allocation_sum",
        "key": _key(target.target_id),
        "subject": subject,
    }
    about |= place(target)
    stated = None if pd.isna(target.value) else float(target.value)
    if target.unit in ("%", "‰"):
        said = shares["value"].dropna()
        same = said.nunique() == 1 and stated is not None and equal(said.iloc[0], stated)
        said = why("rates_of_headline") if same else why("rates_differ")
        return Finding(**about, verdict="not_additive", expected=stated, said=(why("rates_no_sum"), said))
    counted, beside = _added(shares)
    if stated is None:
        said = why("headline_without_figure", shares=counted, unit=target.unit)
        return Finding(**about, verdict="cannot_check", actual=counted, said=said)
    if damaged is not None and counted < stated and not equal(counted, stated):
        said = why(
            "damage_shares",
            where=damaged["where"],
            regions="、".join(shares["region"]),
            rest=stated - counted,
        )
        return Finding(**about, verdict="cannot_check", expected=stated, actual=counted, said=said)
    named = shares["region"].nunique()
    if counted < stated and not equal(counted, stated) and (named == 1 or 2 * named < regions):
        said = why("few_shares", named=named, regions=regions, share=counted, stated=stated)
        if named == 1:
            said = why("one_share", region=shares["region"].iloc[0], share=counted, stated=stated)
        return Finding(**about, verdict="cannot_check", expected=stated, actual=counted, said=said)
    verdict, note = weigh(stated, counted, target.bound)
    mended = why("damage_mended", where=damaged["where"]) if damaged is not None and verdict == "ok" else None
    slip = _slip(stated, counted, shares) if verdict == "mismatch" else None
    return Finding(
        **about, verdict=verdict, expected=stated, actual=counted, said=(note, mended, slip, *beside)
    )


def _names_some(said: Iterable[object], shares: pd.DataFrame, stated: float) -> bool:
    """Whether the words promise no whole split: 其中 before the first region, 其余 or 等 behind it, and no more than the whole."""
    if not shares["value"].sum() < stated:
        return False
    stems = [name[:-1] if len(name) > 2 else name for name in shares["region"]]
    for text in (fold(each) for each in said if isinstance(each, str)):
        places = [at for stem in stems if (at := text.find(stem)) >= 0]
        if places and (_AMONG.search(text[: min(places)]) or _REST.search(text, min(places))):
            return True
    return False


def _printed(shares: pd.DataFrame, document: Document | None) -> Iterator[str]:
    """The words that the shares stand in: a task's own text ends where its split begins."""
    if document is None:
        return
    if document.plain:
        known = shares.dropna(subset=["source_start", "source_end"])
        if len(known):
            start, end = int(known["source_start"].min()), int(known["source_end"].max())
            before, behind = (
                document.text[max(0, start - _BEFORE) : start],
                document.text[end : end + _BEFORE],
            )
            yield _EDGE.split(before)[-1] + document.text[start:end] + _EDGE.split(behind)[0]
        return
    refs = set(shares["source_ref"].dropna())
    if len(refs) > 1:
        return  # each in a column of its own
    for block in document.blocks:
        cells = (cell for row in block.rows for cell in row) if isinstance(block, Grid) else (block,)
        yield from (cell.text for cell in cells if cell.ref in refs)


def _money(target: pd.Series, found: Finding, tables: Mapping[str, pd.DataFrame]) -> Reason | None:
    """Which of two figures the money was reckoned for: 1550 / 31 = 50 exactly, 5000 / 500 = 10."""
    served = tables["funding_tasks"]
    lines = served.loc[served["task_id"].eq(target.task_id), "funding_id"]
    alone = served[served["funding_id"].isin(lines)]["task_id"].nunique() == 1
    money = tables["funding"]
    total = money.loc[money["funding_id"].isin(lines) & money["funder"].eq("total"), "amount_wan"]
    if not alone or len(total) != 1 or not total.iloc[0] > 0:
        return None
    amount = float(total.iloc[0])
    whole = {units: _round(amount / units) for units in (found.expected, found.actual) if units}
    meant = [units for units, fits in whole.items() if fits]
    if len(meant) != 1 or len(whole) != 2:
        return None
    other = next(units for units in whole if units != meant[0])
    return why("money_fits", amount=amount, each=amount / meant[0], units=meant[0], other=other)


def _round(value: float) -> bool:
    """Whether a sum for each has at most two figures."""
    return value > 0 and abs(value - float(f"{value:.2g}")) <= 1e-9 * value


def _slip(stated: float, counted: float, shares: pd.DataFrame) -> Reason | None:
    """What else the printed figures say of a sum that does not close: one share with a figure more, or one left out."""
    gap = counted - stated
    alone = shares[shares["value"].sub(abs(gap)).abs().lt(1e-9)]
    return why("gap_is_a_share", gap=abs(gap), regions="、".join(alone["region"])) if len(alone) else None


def _added(shares: pd.DataFrame) -> tuple[float, tuple[Reason, ...]]:
    """The sum of the shares, with figures printed beside them (提升4), and what to say of those."""
    counted = float(shares["value"].sum())
    beside: dict[str, float] = {}
    for note in shares["note"].dropna():
        if m := _BESIDE.fullmatch(note):
            beside[m["word"]] = beside.get(m["word"], 0.0) + float(m["value"])
    if not beside:
        spanning = _spanning(shares)
        return round(counted, 6), (why("noted", notes="、".join(spanning)),) if spanning else ()
    more = "、".join(f"{word}{value:g}" for word, value in beside.items())
    return round(counted + sum(beside.values()), 6), (why("beside", counted=counted, more=more),)


def _spanning(shares: pd.DataFrame) -> list[str]:
    noted = shares[shares["note"].notna()]
    return [f"{region} {note}" for region, note in zip(noted["region"], noted["note"], strict=True)]


# --- money ---------------------------------------------------------------------------------------------------------


def _funding(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    texts = tables["tasks"].set_index("task_id")["text"]
    served = tables["funding_tasks"].groupby("funding_id")["task_id"].agg(list)
    for funding_id, line in tables["funding"].groupby("funding_id", sort=False):
        tasks = served.get(funding_id, [])
        named = label(tasks[0], texts[tasks[0]]) if tasks else funding_id
        more = f" (and {len(tasks) - 1} more lines)" if len(tasks) > 1 else ""
        parts = line[line["funder"] != "total"]
        if len(parts) == 1 and "其中" in str(parts["funder_printed"].iloc[0]):
            line = line[line["funder"] == "total"]  # 其中:县级财政 is a part, and the others are not printed
        amounts = line.set_index("funder")["amount_wan"]
        whole = line[line["funder"] == "total"].iloc[0] if "total" in amounts.index else line.iloc[0]
        found = _against_funders(amounts, line.iloc[0].doc_id, _key(funding_id), named + more, place(whole))
        hit = damage(tables["patches"], line)
        if hit is not None:
            found = replace(found, said=(*found.reasons, why("damage_mended", where=hit["where"])))
        prose = line["funder_printed"].isna().all()  # no columns: what the words name may be some of it
        if prose and found.verdict == "mismatch" and _short(found):
            said = why("some_funders", named=len(line) - 1, share=found.actual, stated=found.expected)
            found = replace(found, verdict="cannot_check", said=said)
        yield found


def _short(found: Finding) -> bool:
    """Whether the parts make less than the whole."""
    return found.actual is not None and found.expected is not None and found.actual < found.expected


def _printed_sums(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """The lines of sums below a table of money."""
    lines = tables["totals"][tables["totals"]["of"] == "funding"]
    for (doc_id, subject), line in lines.groupby(["doc_id", "subject"], sort=False, dropna=False):
        amounts = line.set_index("column")["value"]
        subject = "总额" if pd.isna(subject) else subject
        yield _against_funders(amounts, doc_id, str(subject), f"{subject}行", place(line.iloc[0]))


def _against_funders(amounts: pd.Series, doc_id: str, key: str, subject: str, where: dict) -> Finding:
    about = {"doc_id": doc_id, "kind": "funding_sum", "key": key, "subject": subject, **where}
    parts = amounts.drop("total", errors="ignore")
    total = amounts.get("total")
    if total is None or pd.isna(total) or parts.isna().any() or parts.empty:
        return Finding(**about, verdict="cannot_check", said=why("amount_missing"))
    verdict, note = weigh(float(total), round(float(parts.sum()), 6))
    found = round(float(parts.sum()), 6)
    noughts = not total and not parts.any()  # nought is nought
    return Finding(**about, verdict=verdict, expected=float(total), actual=found, said=note, built=noughts)


def _grand_totals(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """The printed totals of each funder: of two columns of one funder (中央, 自治区) together, a group's of its own lines.

    A line that 其中 names is a part of the line above it, and is not added again.
    """
    totals = tables["totals"][tables["totals"]["of"] == "funding"]
    if totals.empty:
        return
    served = tables["funding_tasks"].merge(tables["tasks"][["task_id", "programme", "text"]], on="task_id")
    named = served["programme"].fillna("")
    within = served.loc[
        named.str.startswith("其中") | served["text"].fillna("").str.startswith("其中"), "funding_id"
    ]
    lines = tables["funding"][~tables["funding"]["funding_id"].isin(within)]
    for (doc_id, group, funder), printed in totals.groupby(
        ["doc_id", "subject", "column"], sort=False, dropna=False
    ):
        column = lines[lines["doc_id"].eq(doc_id) & lines["funder"].eq(funder)]
        total = printed.iloc[0].to_dict() | {"value": printed["value"].sum(min_count=len(printed))}
        key, subject = f"funding.{funder}", f"资金表 {_FUNDERS.get(funder, funder)}"
        if isinstance(group, str) and not _is_total(group):
            own = served.loc[named.eq(group), "funding_id"]  # none: a sum of nobody knows what
            column = column[column["funding_id"].isin(own)]
            key, subject = f"{key}.{group}", f"{subject} {group}"
            if column.empty:
                said = why("line_of_what")
                about: dict[str, Any] = {"expected": float(total["value"]), **place(total)}
                yield Finding(doc_id, "grand_total", key, subject, "cannot_check", said=said, **about)
                continue
        yield _sum_of(total, column["amount_wan"], "grand_total", key, subject, "lines")


def _sum_of(total: dict, parts: pd.Series, kind: str, key: str, subject: str, what: str) -> Finding:
    about = {"doc_id": total["doc_id"], "kind": kind, "key": key, "subject": subject, **place(total)}
    found = round(float(parts.sum()), 6)
    verdict, note = weigh(float(total["value"]), found)
    missing = int(parts.isna().sum())
    rest = why(f"{what}_without_figure", some=missing, all=len(parts)) if missing else None
    return Finding(**about, verdict=verdict, expected=float(total["value"]), actual=found, said=(note, rest))


# --- a summary against its list ------------------------------------------------------------------------------------


def _summaries(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    totals = tables["totals"][tables["totals"]["of"] == "investments"]
    for doc_id, lines in totals.groupby("doc_id", sort=False):
        listed = tables["investments"][tables["investments"]["doc_id"] == doc_id]
        fields = {name: rows for name, rows in listed.groupby("field", sort=False)}
        subjects = {s: _field(s, fields) for s in lines["subject"].dropna().unique()}
        rest = lines[lines["subject"].map(subjects).notna()]
        for line in records(lines):
            field = subjects.get(line["subject"])
            column = _COLUMNS[line["column"]]
            if field is None and not _is_total(line["subject"]):
                key = f"line-{line['source_start']}.{line['column']}"
                about: dict[str, Any] = {
                    "expected": float(line["value"]),
                    "said": why("line_of_what"),
                    **place(line),
                }
                yield Finding(doc_id, "summary_vs_list", key, column, "cannot_check", **about)
            elif field is not None:
                parts = _parts(fields[field], line["column"])
                key = f"{field}.{line['column']}"
                yield _sum_of(line, parts, "summary_vs_list", key, f"{field} {column}", "projects")
            else:
                summed = rest.loc[rest["column"] == line["column"], "value"]
                key = f"summary.{line['column']}"
                if len(summed):
                    yield _sum_of(line, summed, "grand_total", key, f"汇总表 {column}", "lines")
                yield _sum_of(
                    line,
                    _parts(listed, line["column"]),
                    "grand_total",
                    f"list.{line['column']}",
                    f"项目表 {column}",
                    "projects",
                )
        yield from _larger_parts(lines)


def _is_total(subject: object) -> bool:
    return isinstance(subject, str) and bool(_TOTAL.search(tidy(subject)))


def _parts(rows: pd.DataFrame, column: str) -> pd.Series:
    return pd.Series(1.0, index=rows.index) if column == "number" else rows[column]


def _field(subject: str, fields: Mapping[str, pd.DataFrame]) -> str | None:
    """The field of the list that a line of the summary names (七、文化 is 文化)."""
    name = _NUMBERED.sub("", tidy(subject))
    return name if name in fields else None


def _larger_parts(lines: pd.DataFrame) -> Iterator[Finding]:
    """What is planned within the period is part of the total."""
    for subject, line in lines.groupby("subject", sort=False):
        values = line.set_index("column")["value"]
        whole, part = values.get("total_yi"), values.get("plan_period_yi")
        if whole is None or part is None or pd.isna(whole) or pd.isna(part):
            continue
        name = _NUMBERED.sub("", tidy(subject))
        yield Finding(
            line.iloc[0].doc_id,
            "parts_vs_whole",
            f"summary.{name}",
            f"汇总表 {name} 计划投资",
            "mismatch" if part > whole else "ok",
            why("part_larger", part=float(part), whole=float(whole)) if part > whole else why("part_within"),
            float(whole),
            float(part),
            **place(line.iloc[0]),
        )


def _key(row_id: str) -> str:
    return row_id.partition("/")[2]
