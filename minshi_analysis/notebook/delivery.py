"""What was delivered: results against promises, at the year's end or on the way."""

from __future__ import annotations

from typing import Any

import pandas as pd

from minshi_analysis import metrics
from minshi_analysis.facts.same import counted_once
from minshi_analysis.metrics.progress import year_elapsed
from minshi_analysis.notebook.case import REPORTS, Case
from minshi_analysis.notebook.naming import Named, named_finished, preparing
from minshi_analysis.notebook.places import labels, sourced
from minshi_analysis.notebook.saying import joined, quoted, some, task, unread_of
from minshi_analysis.reasons import Reason, decoded, quantity, say, why

__all__ = [
    "charted",
    "charted_of",
    "classes",
    "delivered",
    "delivery_findings",
    "elsewhere",
    "named_finding",
    "results",
    "uncounted",
]

LEVELS = ("nation", "province", "city", "county", "town")
CLASSES = ("over", "met", "behind", "in_progress", "unknown")
POINTS = "百分点"


def reports_of(case: Case) -> tuple[str, ...]:
    """The region's own reports, the last word first: completion before progress, then the latest date."""
    rows = case.documents[case.documents["doc_id"].isin(case.kinds(*REPORTS))]
    rows = rows.assign(final=rows["kind"].eq("completion"))
    rows = rows.sort_values(["final", "as_of", "doc_id"], ascending=[False, False, True], na_position="last")
    return tuple(rows["doc_id"])


def called(case: Case) -> dict[str, Reason]:
    """What to call each report: its kind and date, its id too where several share these."""
    names = {}
    for doc_id in reports_of(case):
        report = case.row(doc_id)
        day = report["as_of"] if pd.notna(report["as_of"]) else None
        until = why("notebook.until", day=day) if day else None
        names[doc_id] = why("notebook.report", kind=report["kind"], until=until)
    known = list(names.values())
    return {
        doc_id: why("notebook.report_id", report=name, id=doc_id) if known.count(name) > 1 else name
        for doc_id, name in names.items()
    }


def of_several(case: Case, doc_id: str) -> Reason | None:
    """Which report it is, where there are several; None where it is the only one."""
    names = called(case)
    return names[doc_id] if len(names) > 1 else None


def _lead(case: Case, doc_id: str) -> Reason | None:
    """How a sentence about one report of several begins."""
    of = of_several(case, doc_id)
    return why("notebook.in_report", report=of) if of else None


def delivered(case: Case, doc_ids: tuple[str, ...]) -> pd.DataFrame:
    """One row a target, with what to call it; of several results for one target those with a number."""
    done = case.ask(metrics.over_completion, of=doc_ids)
    names = labels(case.of("targets", doc_ids), case.of("tasks", doc_ids))
    text = case.of("tasks", doc_ids).set_index("task_id")["text"]
    titled = done["target_id"].map(names).astype(object).fillna(done["task_id"].map(text)).str.rstrip("。")
    again = titled.groupby(titled).transform("size").gt(1)
    twice = again & done["level"].groupby(titled).transform("nunique").gt(1)
    words = [
        say("notebook.of_level", case.lang, task=task, level=level) if both else task
        for task, level, both in zip(titled, done["level"], twice, strict=True)
    ]
    return done.assign(measure=words)


def _once(case: Case) -> frozenset[str]:
    """The targets that are counted: no part beside its whole, no promise of several lists twice."""
    once = counted_once(case.tables)
    return frozenset(once.loc[once["counts"], "target_id"])


def judged_of(done: pd.DataFrame) -> pd.DataFrame:
    known = done[done["target_id"].notna() & done["class"].ne("unknown")]
    return known.drop_duplicates("target_id", keep="last")


def alike(judged: pd.DataFrame) -> pd.DataFrame:
    """Without results counted in another unit than the promise: their ratio may mean nothing."""
    return judged[judged["promised_unit"].eq(judged["reported_unit"])]


def delivery_findings(case: Case) -> list[Reason | None]:
    """How many promises were kept, the largest excesses, what is behind or not countable."""
    out: list[Reason | None] = list(elsewhere(case))
    for doc_id in reports_of(case):
        done, once = delivered(case, (doc_id,)), _once(case)
        done = done[done["target_id"].isna() | done["target_id"].isin(once)]
        judged = judged_of(done)
        targets = int(case.of("targets", (doc_id,))["target_id"].isin(once).sum())
        if case.row(doc_id)["kind"] == "progress":
            out += _progress_findings(case, doc_id, judged, targets)
            continue
        counts, lead = judged["class"].value_counts(), _lead(case, doc_id)
        if not targets:
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


def reached(row) -> Reason | None:
    """How far a result reaches: a ratio, or for two rates the difference in points."""
    if pd.notna(row.value):
        return why("notebook.reached", value=row.value)
    if pd.notna(row.difference) and row.difference_unit == POINTS:
        code = "more" if row.difference > 0 else "less" if row.difference < 0 else "even"
        return why(f"notebook.points_{code}", value=abs(row.difference))
    return None


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
    out: list[Reason | None] = [
        why(
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


def named(case: Case, doc_id: str) -> dict[str, tuple[Named, float, str]]:
    """Task -> what its result names as finished, the promised number and its unit: where no number of results is printed."""
    judged = set(judged_of(delivered(case, (doc_id,)))["task_id"])
    targets = case.of("targets", (doc_id,)).drop_duplicates("task_id", keep=False).set_index("task_id")
    texts = case.of("outcomes", (doc_id,)).drop_duplicates("task_id").set_index("task_id")["text"].dropna()
    found = {}
    for each, text in texts.items():
        if each in judged or each not in targets.index:
            continue
        names, whole = named_finished(text), targets.at[each, "value"]
        if names and pd.notna(whole) and names.count <= whole:
            found[each] = (names, whole, targets.at[each, "unit"])
    return found


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


def uncounted(case: Case, doc_id: str | None = None) -> pd.DataFrame:
    """Tasks none of whose targets can be judged by numbers, with what the report prints and names; of the last report that has some.

    Returns
    -------
    DataFrame
        task_id, text, reported_text, named (finished by name, of how many), not_judged (why), place.
    """
    for report in reports_of(case) if doc_id is None else (doc_id,):
        rows = _silent(case, report)
        if len(rows) or doc_id:
            return rows
    return pd.DataFrame()


def _silent(case: Case, doc_id: str) -> pd.DataFrame:
    done = delivered(case, (doc_id,))
    judged = set(judged_of(done)["task_id"])
    tasks = case.of("tasks", (doc_id,))
    tasks = tasks[~tasks["task_id"].isin(judged)]
    outcomes = case.of("outcomes", (doc_id,)).drop_duplicates("task_id").set_index("task_id")
    told = done.dropna(subset=["reason_codes"]).sort_values("target_id", na_position="last", kind="stable")
    told = told.drop_duplicates("task_id").set_index("task_id")[
        "reason_codes"
    ]  # of the promise, before results without one
    found = named(case, doc_id)
    names = {
        task: why(
            "notebook.named_of",
            count=quantity(each.count, unit),
            of=quantity(whole, unit),
            names=some(each.names, 5),
        )
        for task, (each, whole, unit) in found.items()
    }
    reasons = {
        task: (why("notebook.only_named"),) if task in found else decoded(told.get(task))
        for task in tasks["task_id"]
    }
    return pd.DataFrame(
        {
            "task_id": tasks["task_id"],
            "text": tasks["text"],
            "reported_text": tasks["task_id"].map(outcomes["text"]),
            "named": pd.Series(
                [names.get(task) for task in tasks["task_id"]], index=tasks.index, dtype=object
            ),
            "not_judged": pd.Series(
                [reasons[task] for task in tasks["task_id"]], index=tasks.index, dtype=object
            ),
            "place": pd.Series(
                sourced(tasks["task_id"], tasks, case.documents, case.lang), index=tasks.index, dtype=object
            ),
        }
    ).reset_index(drop=True)


def charted(case: Case) -> pd.DataFrame:
    """The targets of the last report with comparable figures, each once, with promise and result; for a chart.

    Rates, and results in another unit than their promise, have no `value`: a chart counts and does not draw them.

    Returns
    -------
    DataFrame
        Of ``metrics.over_completion``, and of a progress report with `value` and `elapsed` of ``metrics.progress_to_date``.
    """
    for doc_id in reports_of(case):
        done = delivered(case, (doc_id,))
        judged = judged_of(done[done["target_id"].isin(_once(case))])
        drawn = judged["target_id"].isin(alike(judged)["target_id"])
        if case.row(doc_id)["kind"] == "progress":
            known = case.ask(metrics.progress_to_date, of=(doc_id,)).dropna(subset=["value", "target_id"])
            known = known.drop_duplicates("target_id", keep="last").set_index("target_id")
            judged = judged.assign(
                value=judged["target_id"].map(known["value"]).where(drawn),
                elapsed=judged["target_id"].map(known["elapsed"]),
            )
        else:
            judged = judged.assign(value=judged["value"].where(drawn))
            if not judged["value"].sub(100).abs().gt(1e-6).any():
                continue  # all just met: a chart would show a line
        if judged["value"].notna().any():
            return judged.reset_index(drop=True)
    return pd.DataFrame()


def charted_of(case: Case) -> Reason | None:
    """Which report the chart is of, where there are several."""
    rows = charted(case)
    of = of_several(case, rows["doc_id"].iloc[0]) if len(rows) else None
    return why("notebook.charted", report=of) if of else None


def classes(case: Case) -> pd.DataFrame:
    """Tasks by class, as computed and as the report claims, by the level whose programme they are of.

    Returns
    -------
    DataFrame
        report (where there are several), level, tasks, over, met, behind, in_progress, unknown (counts), claimed.
    """
    reports = reports_of(case)
    found = case.ask(metrics.completion_summary, of=reports, by="level")
    names, rows = called(case), []
    for doc_id in reports:
        for level in LEVELS:
            part = found[found["doc_id"].eq(doc_id) & found["level"].eq(level)].set_index("class")
            if part.empty:
                continue
            claimed = [
                why("notebook.claimed", kind=name, count=part.at[name, "claimed"])
                for name in CLASSES[:4]
                if name in part.index and part.at[name, "claimed"]
            ]
            rows.append(
                {"report": names[doc_id], "level": level, "tasks": int(part["tasks"].iloc[0])}
                | {f"tasks_{name}": int(part["value"].get(name, 0)) for name in CLASSES}
                | {"claimed": tuple(claimed) or why("notebook.claimed_none")}
            )
    frame = pd.DataFrame(rows)
    dull = [column for column in frame if frame[column].eq(0).all()]
    return frame.drop(columns=dull + (["report"] if len(reports) == 1 else []))


def results(case: Case) -> pd.DataFrame:
    """Every promise with its result, rate, class and claim.

    Returns
    -------
    DataFrame
        target_id, report and level (where there are several), measure, lead_agency, promised, reported, reached (%; in points for
        rates), class, status_claimed, rate_claimed, place.
    """
    reports = reports_of(case)
    if not reports:
        return pd.DataFrame()
    done = pd.concat([delivered(case, (doc_id,)) for doc_id in reports], ignore_index=True)
    done = done[done["target_id"].notna()].reset_index(drop=True)
    outcome = case.of("outcomes", reports).drop_duplicates("target_id").set_index("target_id")
    where = outcome.reindex(done["target_id"]).reset_index()
    places = sourced(done["target_id"], where, case.documents, case.lang)
    claimed = done["status_claimed"].where(done["status_claimed"].isin(CLASSES[:4]))
    frame = pd.DataFrame(
        {
            "target_id": done["target_id"],
            "report": done["doc_id"].map(called(case)),
            "level": done["level"],
            "measure": done["measure"],
            "lead_agency": done["lead_agency"],
            "promised": done["promised"],
            "promised_unit": done["promised_unit"],
            "promised_bound": done["bound"],
            "reported": done["reported"],
            "reported_unit": done["reported_unit"],
            "reported_bound": done["reported_bound"],
            "reached": pd.Series([reached(row) for row in done.itertuples()], dtype=object),
            "class": done["class"],
            "status_claimed": claimed,
            "rate_claimed": done["rate_claimed"],
            "rate_claimed_unit": "%",
            "place": places,
        }
    )
    dull = [column for column in ("report", "level") if frame[column].nunique() == 1]
    return frame.drop(columns=dull).drop_duplicates()
