"""Sums: a headline against its split, a total against its funders, a grand total against its column, a summary
against the list it sums up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from minshi_analysis.audit.finding import Finding, damage, equal, figure, label, place, weigh
from minshi_analysis.audit.wording import own_clause
from minshi_analysis.language.text import tidy

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
_TOTAL = re.compile(r"合计|总计|汇总|总数|共计")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")


def check_sums(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """The findings of every sum that the tables hold."""
    yield from _splits(tables)
    yield from _funding(tables)
    yield from _grand_totals(tables)
    yield from _summaries(tables)


# --- a headline against its split --------------------------------------------------------------------------------


def _splits(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    texts = tables["tasks"].set_index("task_id")["text"]
    targets = tables["targets"].set_index("target_id", drop=False)
    for target_id, shares in tables["allocations"].groupby("target_id", sort=False):
        target = targets.loc[target_id]
        own = own_clause(texts[target.task_id], target.value, target.unit, target.measure)
        subject = label(target.task_id, own.text if own else texts[target.task_id])
        yield _split(target, shares, subject, damage(tables["patches"], shares))


def _split(target: pd.Series, shares: pd.DataFrame, subject: str, damaged: pd.Series | None) -> Finding:
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
        note = (
            "every region is given the rate of the headline"
            if same
            else "the regions' rates differ from the headline's"
        )
        return Finding(
            **about, verdict="not_additive", expected=stated, explanation=f"rates do not add up; {note}"
        )
    counted, beside = _added(shares)
    if stated is None:
        note = f"the headline prints no figure; the shares add up to {figure(counted)} {target.unit}"
        return Finding(**about, verdict="cannot_check", actual=counted, explanation=note)
    if damaged is not None and counted < stated and not equal(counted, stated):
        note = (
            f"damage in the source ({damaged['where']}): the shares of {'、'.join(shares['region'])} are all "
            "that can be read, the corrections file cannot mend the rest; "
            f"{figure(stated - counted)} are not accounted for"
        )
        return Finding(**about, verdict="cannot_check", expected=stated, actual=counted, explanation=note)
    verdict, note = weigh(stated, counted, target.bound)
    if damaged is not None and verdict == "ok":
        note = "; ".join(
            filter(None, [note, f"damage in the source ({damaged['where']}), mended by the corrections file"])
        )
    if beside:
        note = "; ".join(filter(None, [note, beside]))
    return Finding(**about, verdict=verdict, expected=stated, actual=counted, explanation=note)


def _added(shares: pd.DataFrame) -> tuple[float, str]:
    """The sum of the shares, with figures printed beside them (提升4), and what to say of those."""
    counted, beside = float(shares["value"].sum()), {}
    for note in shares["note"].dropna():
        if m := _BESIDE.fullmatch(note):
            beside[m["word"]] = beside.get(m["word"], 0.0) + float(m["value"])
    if not beside:
        return round(counted, 6), "" if shares["note"].isna().all() else "、".join(_spanning(shares))
    more = " and ".join(f"{figure(value)} {word}" for word, value in beside.items())
    return round(
        counted + sum(beside.values()), 6
    ), f"{figure(counted)} and, printed in brackets beside them, {more}"


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
        amounts = line.set_index("funder")["amount_wan"]
        whole = line[line["funder"] == "total"].iloc[0] if "total" in amounts.index else line.iloc[0]
        found = _against_funders(amounts, line.iloc[0].doc_id, _key(funding_id), named + more, place(whole))
        hit = damage(tables["patches"], line)
        if hit is not None:
            note = f"damage in the source ({hit['where']}), mended by the corrections file"
            found = _noted(found, note)
        yield found
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
        return Finding(
            **about, verdict="cannot_check", explanation="an amount of the line is missing in the source"
        )
    verdict, note = weigh(float(total), round(float(parts.sum()), 6))
    return Finding(
        **about, verdict=verdict, expected=float(total), actual=round(float(parts.sum()), 6), explanation=note
    )


def _noted(f: Finding, note: str) -> Finding:
    from dataclasses import replace

    return replace(f, explanation="; ".join(filter(None, [f.explanation, note])))


def _grand_totals(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    for total in tables["totals"][tables["totals"]["of"] == "funding"].to_dict("records"):
        column = tables["funding"]
        column = column[(column["doc_id"] == total["doc_id"]) & (column["funder"] == total["column"])]
        name = _FUNDERS.get(total["column"], total["column"])
        yield _sum_of(
            total,
            column["amount_wan"],
            "grand_total",
            f"funding.{total['column']}",
            f"资金表 {name}",
            "lines",
        )


def _sum_of(total: dict, parts: pd.Series, kind: str, key: str, subject: str, what: str) -> Finding:
    about = {"doc_id": total["doc_id"], "kind": kind, "key": key, "subject": subject, **place(total)}
    found = round(float(parts.sum()), 6)
    verdict, note = weigh(float(total["value"]), found)
    missing = int(parts.isna().sum())
    if missing:
        rest = f"{missing} of {len(parts)} {what} print no figure and are left out of the sum"
        note = "; ".join(filter(None, [note, rest]))
    return Finding(**about, verdict=verdict, expected=float(total["value"]), actual=found, explanation=note)


# --- a summary against its list ------------------------------------------------------------------------------------


def _summaries(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    totals = tables["totals"][tables["totals"]["of"] == "investments"]
    for doc_id, lines in totals.groupby("doc_id", sort=False):
        listed = tables["investments"][tables["investments"]["doc_id"] == doc_id]
        fields = {name: rows for name, rows in listed.groupby("field", sort=False)}
        subjects = {s: _field(s, fields) for s in lines["subject"].dropna().unique()}
        rest = lines[lines["subject"].map(subjects).notna()]
        for line in lines.to_dict("records"):
            field = subjects.get(line["subject"])
            column = _COLUMNS[line["column"]]
            if field is None and not _is_total(line["subject"]):
                key, note = (
                    f"line-{line['source_start']}.{line['column']}",
                    "what this line sums up could not be read",
                )
                about = {"expected": float(line["value"]), "explanation": note, **place(line)}
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
        note = (
            f"genuine inconsistency: a part larger than its whole: {figure(part)} of {figure(whole)}"
            if part > whole
            else ""
        )
        yield Finding(
            line.iloc[0].doc_id,
            "parts_vs_whole",
            f"summary.{name}",
            f"汇总表 {name} 计划投资",
            "mismatch" if part > whole else "ok",
            note or "the part lies within the whole",
            float(whole),
            float(part),
            **place(line.iloc[0]),
        )


def _key(row_id: str) -> str:
    return row_id.partition("/")[2]
