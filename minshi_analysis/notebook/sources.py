"""Where it comes from: documents, reference figures, corrections, what was not understood, and whether documents add up."""

from __future__ import annotations

import re

import pandas as pd

from minshi_analysis import reference
from minshi_analysis.account.sheet_words import reason_said
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import place
from minshi_analysis.notebook.saying import joined, task, unread_of
from minshi_analysis.notebook.shown import Prose, prose
from minshi_analysis.reasons import Reason, decoded, say, why

__all__ = [
    "CLASSES",
    "by_class",
    "check_findings",
    "cited",
    "corrections",
    "documents",
    "facts",
    "notice",
    "references",
    "unread",
]

GRAVEST = 3  # facts that the finding about the checks tells
_CLAUSE = re.compile("[:：,，;；。]")
_NUMBERED = re.compile(r"(?:([^\s\d]{0,2}\d[\d.]*(?: / [^\s\d]{0,2}\d[\d.]*)?) )?(.*)", re.S)
CLASSES = ("arithmetic", "wording", "change", "repeat", "policy", "reading")


PEOPLE = "人"  # unit of the tables


def documents(rows: pd.DataFrame, lang: str = "zh") -> pd.DataFrame:
    """The documents used: doc_id as code, title, issuer, kind, reference number, date, address, file and its digest."""
    return pd.DataFrame(
        {
            "code": rows["doc_id"],
            "title": rows["title"],
            "issuer": rows["issuer"],
            "kind": rows["kind"],
            "reference_no": rows["reference_no"],
            "date": rows["published"].fillna(rows["as_of"]),
            "url": rows["url"],
            "file": rows["file"] + " (SHA-256 " + rows["sha256"].str[:12] + ")",
        }
    )


def references(case: Case) -> pd.DataFrame:
    """The population figures used: region, population, date, kind with its boundary (what_of), source_id."""
    population = case.tables["population"]
    rows = population[population["region"].isin(_regions(case))]
    yearly = rows["kind"].eq("year_end") & rows["date"].str[:4].eq(str(case.year))
    rows = rows[rows["kind"].eq("census") | yearly].sort_values(
        ["kind", "adcode", "boundary"], na_position="last"
    )
    rows = pd.concat([rows, _stand_ins(case, _regions(case) - set(population["region"]))]).reset_index(
        drop=True
    )
    return pd.DataFrame(
        {
            "region": rows["region"],
            "population": rows["population"],
            "population_unit": PEOPLE,
            "date": rows["date"],
            "what_of": pd.Series(
                [_what_of(row.kind, row.boundary) for row in rows.itertuples()],
                index=rows.index,
                dtype=object,
            ),
            "source": rows["source_id"],
        }
    )


def _regions(case: Case) -> set[str]:
    shares = case.of("allocations", (*case.own, *case.above))["region"]
    return {case.region, *shares, *case.documents["region"]}


def _what_of(kind: str, boundary: object) -> Reason:
    known = isinstance(boundary, str) and boundary in BOUNDARIES
    return why("notebook.count", kind=kind, boundary=why(f"notebook.boundary_{boundary}") if known else None)


BOUNDARIES = ("combined", "2021_new", "old_2020")


def _stand_ins(case: Case, regions: set[str]) -> pd.DataFrame:
    """Figures of the package's census for regions of which the tables hold none."""
    codes = dict(zip(case.documents["region"], case.documents["adcode"], strict=True))
    shares = case.of("allocations", (*case.own, *case.above))
    codes |= dict(zip(shares["region"], shares["adcode"], strict=True))
    found = {name: reference.count(name, codes.get(name), case.year) for name in sorted(regions)}
    rows = [
        {
            "region": name,
            "population": count.value,
            "date": reference.DATE,
            "kind": "census",
            "source_id": reference.SOURCE,
        }
        for name, count in found.items()
        if count.ids
    ]
    return pd.DataFrame(rows, columns=["region", "population", "date", "kind", "boundary", "source_id"])


def cited(sources: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """The sources behind these source ids (joined by `|`): code, title, publisher, date, address, how it was verified."""
    wanted = {part for joined_ids in ids.dropna() for part in joined_ids.split("|")}
    rows = sources[sources["source_id"].isin(wanted)]
    if reference.SOURCE in wanted and reference.SOURCE not in set(rows["source_id"]):
        rows = pd.concat([rows, pd.DataFrame([reference.CITATION])])
    kept = rows.rename(columns={"source_id": "code"})
    return kept[["code", "title", "publisher", "date", "url", "how_verified"]].reset_index(drop=True)


def corrections(patches: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> pd.DataFrame:
    """What was corrected by hand in these documents: where, what is printed, what it should be, why we know."""
    return pd.DataFrame(
        {
            "code": patches["doc_id"],
            "where": patches["where"],
            "printed": patches["printed"],
            "corrected": patches["corrected"].fillna(say("notebook.struck", lang)),
            "grounds": patches["reason"],
            "place": place(patches, documents, lang),
        }
    )


def unread(rows: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> pd.DataFrame:
    """What the reader did not understand in these documents: where, the printed words, and why."""
    return pd.DataFrame(
        {
            "code": rows["doc_id"],
            "printed": rows["text"].map(lambda text: " ".join(text.split()), na_action="ignore"),
            "grounds": rows["reason"].map(lambda reason: reason_said(str(reason), lang)),
            "place": place(rows, documents, lang),
        }
    )


def notice(case: Case, kind: str) -> Prose | None:
    """That figures of a kind (money, shares, results, deadlines) were not understood in the region's documents; nothing where all were."""
    rows = unread_of(case.tables["unread"], (*case.own, *case.above), kind)
    if rows.empty:
        return None
    texts = [" ".join(str(text).split())[:40] for text in rows["text"].head(3)]
    return prose(why("notebook.notice", count=len(rows), texts=texts), lang=case.lang)


def facts(checks: pd.DataFrame, documents: pd.DataFrame, lang: str = "zh") -> pd.DataFrame:
    """What does not add up in documents, each fact once, the gravest first, with the explanation.

    Returns
    -------
    DataFrame
        check_id, check_class, subject, expected, actual, difference, codes (the explanation), place.
    """
    rows = checks[checks["verdict"].eq("mismatch") & checks["follows"].isna()]
    return pd.DataFrame(
        {
            "check_id": rows["check_id"],
            "check_class": rows["class"],
            "subject": rows["subject"],
            "expected": rows["expected"],
            "actual": rows["actual"],
            "difference": rows["difference"],
            "codes": rows["codes"],
            "place": place(rows.assign(source_ref=None), documents, lang),
        }
    )


def check_findings(checks: pd.DataFrame) -> list[Reason | None]:
    """Whether documents add up, each kind of doubt counted for itself, with the gravest."""
    if checks.empty:
        return []
    rows = checks[checks["verdict"].eq("mismatch") & checks["follows"].isna()]
    unsure = int(checks["verdict"].isin(["cannot_check", "not_additive"]).sum())
    asked = len(checks[~checks["by_construction"].fillna(False).astype(bool)])
    if rows.empty:
        return [why("notebook.checked_well", count=asked, unsure=unsure)]
    first = rows.head(GRAVEST)
    odd = [_found(row.subject, decoded(row.codes)) for row in first.itertuples()]
    gravest = "all" if len(first) == len(rows) else "some"
    return [
        why(
            "notebook.checked",
            count=asked,
            unsure=unsure,
            facts=len(rows),
            classes=by_class(rows),
            gravest=why(f"notebook.gravest_{gravest}", count=len(first)),
            odd=odd,
            ids=joined(first["check_id"]),
        )
    ]


def by_class(rows: pd.DataFrame) -> Reason:
    """How many facts of each class, in words: sums that do not close are no changed target and no lenient one."""
    counts = rows["class"].value_counts()
    return why(
        "notebook.listed",
        items=[why(f"notebook.class_{name}", count=int(counts[name])) for name in CLASSES if name in counts],
    )


def _found(subject: str, reasons: tuple[Reason, ...]) -> Reason:
    """What a check is about, with the first thing that is to be said of it."""
    number, told = _NUMBERED.fullmatch(subject).groups()  # type: ignore[union-attr]
    return why("notebook.found", number=number, subject=task(_brief(told)), what=list(reasons[:1]))


def _brief(subject: str, most: int = 40) -> str:
    """What a check is about: its first sentence, cut behind a clause where it is long."""
    subject = subject.partition("。")[0]
    if len(subject) <= most:
        return subject
    clauses = [found.start() for found in _CLAUSE.finditer(subject) if found.start() <= most]
    return subject[: clauses[-1]] if clauses else f"{subject[: most - 1]}…"
