"""The audit as a report: what does not hold and why, what is explained, what two documents say of one promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from minshi_analysis.notebook.places import labels, place
from minshi_analysis.notebook.shown import Prose, findings, title
from minshi_analysis.notebook.sources import by_class, facts
from minshi_analysis.reasons import Reason, catalogue, term, why

__all__ = [
    "Audit",
    "audit",
    "audit_findings",
    "audit_heading",
    "changed",
    "explained",
    "facts",
    "kinds",
    "said_of_audit",
    "unlinked",
    "unsure",
]

_TABLES = ("documents", "checks", "links", "patches", "targets", "tasks", "unread")
VERDICTS = ("ok", "mismatch", "not_additive", "cannot_check")


@dataclass(frozen=True)
class Audit:
    """The tables that the report is made of, of one document or of all."""

    doc_id: str | None
    tables: Mapping[str, pd.DataFrame]
    lang: str = "zh"

    @property
    def checks(self) -> pd.DataFrame:
        return self.tables["checks"]

    @property
    def documents(self) -> pd.DataFrame:
        return self.tables["documents"]

    def where(self, verdict: str) -> pd.DataFrame:
        return self.checks[self.checks["verdict"].eq(verdict)]


def audit(
    doc_id: str | None = None, lang: str = "zh", tables: Mapping[str, pd.DataFrame] | None = None
) -> Audit:
    """The audit of a document, or of all of them: the first call of a notebook.

    Parameters
    ----------
    doc_id : str, optional
        One document; without it every catalogued one.
    lang : str
        The language of the report: zh or en.
    tables : mapping of table name to DataFrame, optional
        Without it the built tables are loaded.

    Raises
    ------
    ValueError
        No document of that doc_id; the message lists those there are.
    """
    catalogue(lang)  # refuses a language that there is not
    if tables is None:
        import minshi_analysis

        tables = {name: minshi_analysis.load(name) for name in _TABLES}
    if doc_id is None:
        return Audit(None, tables, lang)
    known = tables["documents"]["doc_id"]
    if doc_id not in set(known):
        raise ValueError(f"no document {doc_id!r}: there are {', '.join(known)}")
    own = {
        name: rows[rows["doc_id"].eq(doc_id)] if "doc_id" in rows else rows for name, rows in tables.items()
    }
    links = tables["links"]
    ends = [links[column].str.partition("/")[0].eq(doc_id) for column in ("target_id", "other_target_id")]
    return Audit(doc_id, {**own, "links": links[ends[0] | ends[1]]}, lang)


def audit_heading(case: Audit) -> Prose:
    """The title: of all documents, or of the one."""
    if case.doc_id is None:
        return title(why("notebook.audit_title"), case.lang)
    return title(why("notebook.audit_title_of", title=case.documents.iloc[0]["title"]), case.lang)


def audit_findings(case: Audit) -> Prose | None:
    """How much was checked, how much of it does not hold, and how promises fared between documents."""
    return findings(said_of_audit(case), case.lang)


def said_of_audit(case: Audit) -> list[Reason]:
    counts = case.checks["verdict"].value_counts()
    verdicts = [
        why("notebook.verdict_count", verdict=name, count=int(counts[name]))
        for name in VERDICTS
        if name in counts
    ]
    built = int(
        (case.checks["verdict"].eq("ok") & case.checks["by_construction"].fillna(False).astype(bool)).sum()
    )
    wrong = case.where("mismatch")
    first = wrong[wrong["follows"].isna()]
    links = case.tables["links"]
    same = int(links["same"].sum())
    said = [
        why(
            "notebook.audited",
            count=len(case.checks),
            verdicts=why("notebook.listed", items=verdicts),
            built=why("notebook.audited_built", count=built) if built else None,
        ),
        why("notebook.audit_facts", count=len(first), same=len(wrong) - len(first), classes=by_class(first))
        if len(first)
        else why("notebook.audit_well"),
        why("notebook.audit_linked", count=len(links), same=same, other=len(links) - same)
        if len(links)
        else None,
    ]
    return [finding for finding in said if finding]


def kinds(case: Audit) -> pd.DataFrame:
    """What was asked, how often, and with which verdicts: check_kind, and a count for each verdict."""
    counts = pd.crosstab(case.checks["kind"], case.checks["verdict"])
    order = [kind for kind in catalogue("zh", "notebook")["words"]["check"] if kind in counts.index]
    counts = counts.reindex(order)
    rows = pd.DataFrame({"check_kind": counts.index})
    for name in VERDICTS:
        if name in counts:
            rows[term("verdict", name, case.lang)] = counts[name].to_numpy()
    return rows


def explained(case: Audit) -> pd.DataFrame:
    """What looks wrong and is not: a bound explains it, or damage that a correction mends."""
    holds = case.where("ok")
    return listed(case, holds[holds["codes"].fillna("").str.contains("explained|damage_mended")])


def unsure(case: Audit) -> pd.DataFrame:
    """What cannot be checked, and why."""
    rows = case.checks[case.checks["verdict"].isin(["cannot_check", "not_additive"])]
    return listed(case, rows[rows["kind"].ne("between_documents")])


def changed(case: Audit) -> pd.DataFrame:
    """Promises that two documents both make, with different numbers, each called by its own words."""
    rows = case.tables["links"]
    rows = rows[~rows["same"]]
    names = labels(case.tables["targets"], case.tables["tasks"])
    return pd.DataFrame(
        {
            "promise": rows["target_id"].map(names),
            "region": rows["region"],
            "share": rows["value"],
            "share_unit": rows["unit"],
            "other_promise": rows["other_target_id"].map(names),
            "other_target": rows["other_value"],
            "other_target_unit": rows["unit"],
            "likeness": rows["score"],
        }
    )


def unlinked(case: Audit) -> pd.DataFrame:
    """Promises that vanished from the lower document, were added in it, or cannot be compared."""
    rows = case.checks[case.checks["kind"].eq("between_documents")]
    return listed(case, rows[rows["expected"].isna() | rows["actual"].isna()])


def listed(case: Audit, rows: pd.DataFrame) -> pd.DataFrame:
    """Checks as rows to read: check_id, check_kind, subject, expected, actual, codes (the explanation), place."""
    return pd.DataFrame(
        {
            "check_id": rows["check_id"],
            "check_kind": rows["kind"],
            "subject": rows["subject"],
            "expected": rows["expected"],
            "actual": rows["actual"],
            "codes": rows["codes"],
            "place": place(rows.assign(source_ref=None), case.documents, case.lang),
        }
    )
