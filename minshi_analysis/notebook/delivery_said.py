"""What a region's reports say of its promises, in sentences: what was kept, what is behind, what cannot be counted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from minshi_analysis import metrics
from minshi_analysis.metrics.progress import year_elapsed
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.delivery import (
    alike,
    called,
    counted,
    delivered,
    judged_of,
    named,
    of_several,
    reached,
    reports_of,
    uncounted,
)
from minshi_analysis.notebook.held import held_finding
from minshi_analysis.notebook.naming import preparing
from minshi_analysis.notebook.saying import joined, quoted, some, task, unread_of
from minshi_analysis.reasons import Reason, quantity, why

__all__ = [
    "comparable",
    "delivery_findings",
    "elsewhere",
    "named_finding",
    "pair",
    "parts_below",
    "result",
    "since",
]


def _lead(case: Case, doc_id: str) -> Reason | None:
    """How a sentence about one report of several begins."""
    of = of_several(case, doc_id)
    return why("notebook.in_report", report=of) if of else None


def delivery_findings(case: Case) -> list[Reason | None]:
    """How many promises were kept, the largest excesses, what is behind or not countable."""
    out: list[Reason | None] = list(elsewhere(case))
    for doc_id in reports_of(case):
        done, once = delivered(case, (doc_id,)), counted(case)
        done = done[done["target_id"].isna() | done["target_id"].isin(once)]
        judged = judged_of(done)
        targets = int(case.of("targets", (doc_id,))["target_id"].isin(once).sum())
        if case.row(doc_id)["kind"] == "progress":
            out += _progress_findings(case, doc_id, judged, targets)
            continue
        counts, lead = judged["class"].value_counts(), _lead(case, doc_id)
        if not targets:
            if (beside := held_finding(case, doc_id)) is not None:
                out.append(beside)
                continue
            unread = len(unread_of(case.tables["unread"], (doc_id,), "results"))
            out.append(
                why("notebook.no_targets_read" if unread else "notebook.no_targets", count=unread or None)
            )
            continue
        rest = targets - len(judged)
        out.append(
            why(
                "notebook.kept",
                report=called(case)[doc_id]
                if lead
                else why("notebook.report", kind="completion", until=None),
                targets=targets,
                judged=len(judged),
                rest=why("notebook.kept_rest", count=rest) if rest else None,
                **{name: int(counts.get(name, 0)) for name in ("over", "met", "behind")},
            )
        )
        most = alike(judged[judged["class"].eq("over") & judged["value"].notna()])
        most = most.sort_values(["value", "target_id"]).tail(3)[::-1]
        behind = judged[judged["class"].eq("behind")]
        for code, rows in (("most", most), ("behind", behind)):
            if len(rows):
                parts = [result(row) for row in rows.itertuples()]
                out.append(
                    why(f"notebook.kept_{code}", lead=lead, parts=parts, ids=joined(rows["target_id"]))
                )
        out += [why("notebook.kept_parts", **_quoting(part)) for part in parts_below(case, doc_id)]
        out.append(named_finding(case, doc_id, lead))
    return [finding for finding in out if finding]


def _quoting(part: Reason) -> dict:
    """The parts of such a finding for a sentence that quotes what the result is called."""
    found = dict(part.params)
    return found | {"thing": quoted(dict(found["thing"].params)["text"])}


def result(row) -> Reason:
    """A promise with what was reported and how far that reaches."""
    return why("notebook.result", task=task(row.measure), pair=pair(row), reached=reached(row))


def pair(row) -> Reason:
    return why(
        "notebook.pair",
        reported=quantity(row.reported, row.reported_unit, row.reported_bound),
        promised=quantity(row.promised, row.promised_unit),
    )


def elsewhere(case: Case) -> list[Reason]:
    """That the region has no report of its own, and what is known all the same from those below it."""
    below = [finding for finding in (_below(case, doc_id) for doc_id in case.below) if finding]
    if reports_of(case):
        return below
    about = {"region": case.region, "year": case.year}
    if not below:
        return [why("notebook.no_report", **about)]
    return [
        why("notebook.no_report_own", **about),
        *below,
        why("notebook.no_report_rest", region=case.region),
    ]


def _below(case: Case, doc_id: str) -> Reason | None:
    """What a county's report says of the city's tasks."""
    if case.row(doc_id)["kind"] != "completion":
        return None
    done = delivered(case, (doc_id,))
    parts = case.tables["targets"].dropna(subset="part_of")["target_id"]
    city = judged_of(done[done["level"].eq("city") & ~done["target_id"].isin(parts)])
    if city.empty:
        return None
    counts = city["class"].value_counts()
    numbers = {name: int(counts.get(name, 0)) for name in ("over", "met", "behind")}
    return why("notebook.below", region=case.home(doc_id), count=len(city), **numbers)


def _progress(case: Case, doc_id: str, judged: pd.DataFrame) -> pd.DataFrame:
    """Progress of what can be judged; rates of parts of a work (幼儿园已完成65%) are no rate of the whole."""
    known = case.ask(metrics.progress_to_date, of=(doc_id,))
    known = known[known["value"].notna() & known["target_id"].isin(judged["target_id"])]
    return known.drop_duplicates("target_id", keep="last")


def since(day: Any) -> Reason:
    """The day that a report is of, and how much of the year had passed."""
    if pd.isna(day):
        return why("notebook.since_unknown")
    return why("notebook.since", day=day, elapsed=year_elapsed(day))


def comparable(targets: int, judged: int, reached: int, *, few: bool = False) -> Reason:
    """How many of the targets have a result that can be compared, and how many of these are reached; `few` says that it is few."""
    if not targets:
        return why("notebook.judged_no_targets")
    if not judged:
        return why("notebook.judged_none", targets=targets)
    code = "all" if reached == judged else "part" if reached else "none"
    return why(
        "notebook.judged_some",
        only=why("notebook.judged_only") if few and judged < targets else None,
        count=judged,
        targets=targets,
        reached=why(
            "notebook.reached_one" if reached == judged == 1 else f"notebook.reached_{code}", count=reached
        ),
    )


def _progress_findings(case: Case, doc_id: str, judged: pd.DataFrame, targets: int) -> list[Reason | None]:
    day, lead = case.row(doc_id)["as_of"], _lead(case, doc_id)
    hit = judged[judged["class"].isin(["over", "met"])]
    beside = None if targets else held_finding(case, doc_id)
    out: list[Reason | None] = [
        beside
        or why(
            "notebook.progress",
            lead=None if pd.notna(day) else lead,
            since=since(day),
            judged=comparable(targets, len(judged), len(hit)),
            ids=joined(hit["target_id"]),
        )
    ]
    over = alike(judged[judged["class"].eq("over")]).sort_values(["value", "target_id"]).tail(3)[::-1]
    if len(over):
        parts = [
            why("notebook.result_plain", task=task(row.measure), pair=pair(row)) for row in over.itertuples()
        ]
        out.append(why("notebook.progress_over", lead=lead, parts=parts, ids=joined(over["target_id"])))
    known = _progress(case, doc_id, judged)
    slow = known[known["calendar"].eq("behind")]
    if len(slow):
        names = delivered(case, (doc_id,)).drop_duplicates("target_id").set_index("target_id")["measure"]
        parts = [
            why("notebook.rated", task=task(names[row.target_id]), value=row.value)
            for row in slow.itertuples()
        ]
        out.append(why("notebook.progress_slow", lead=lead, parts=parts, ids=joined(slow["target_id"])))
    out.append(named_finding(case, doc_id, lead))
    early = uncounted(case, doc_id)
    early = early[early["reported_text"].fillna("").map(preparing)]
    if len(early):
        tasks = some([task(text) for text in early["text"]], 8)
        out.append(
            why("notebook.preparing", lead=lead, count=len(early), tasks=tasks, ids=joined(early["task_id"]))
        )
    return out


def named_finding(case: Case, doc_id: str, lead: Reason | None) -> Reason | None:
    """What a report names as finished, of how many."""
    found = named(case, doc_id)
    if not found:
        return None
    text = case.of("tasks", (doc_id,)).set_index("task_id")["text"]
    parts = [
        why(
            "notebook.named_part",
            task=task(text[each]),
            count=quantity(names.count, unit),
            of=quantity(whole, unit),
        )
        for each, (names, whole, unit) in found.items()
    ]
    return why("notebook.named", lead=lead, parts=parts, ids=joined(list(found)))


def parts_below(case: Case, doc_id: str) -> list[Reason]:
    """Results above their target only with all their parts, of which the first is below it; the largest promise first."""
    done = judged_of(delivered(case, (doc_id,)))
    rows = case.of("outcomes", (doc_id,))
    loose = rows[rows["target_id"].isna() & rows["value"].notna()]
    found = []
    for row in done[done["class"].eq("over")].itertuples():
        own = rows[rows["target_id"].eq(row.target_id) & rows["value"].eq(row.reported)]
        thing = own["measure"].iloc[0] if len(own) else None
        if not isinstance(thing, str):
            continue
        parts = loose[loose["task_id"].eq(row.task_id) & loose["measure"].fillna("").str.endswith(thing)]
        parts = parts[parts["unit"].eq(row.reported_unit)]
        if len(parts) < 2 or abs(parts["value"].sum() - row.reported) > 1e-6:
            continue
        first = parts.iloc[0]
        if first["value"] < row.promised:
            found.append(
                why(
                    "notebook.headline_parts",
                    thing=task(thing),
                    whole=quantity(row.reported, row.reported_unit),
                    part=task(first["measure"]),
                    amount=quantity(first["value"], first["unit"]),
                    promised=quantity(row.promised, row.promised_unit, row.bound),
                    share=100 * first["value"] / row.reported,
                    size=row.promised,
                    ids=row.target_id,
                )
            )
    return sorted(found, key=lambda part: -dict(part.params)["size"])
