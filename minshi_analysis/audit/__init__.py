"""The audit: what documents say against what they add up to, and the same promise in two documents.

Each question has its module: ``sums``, ``claims``, ``parts``, ``schedules``, ``repeats``, ``statements`` (figures
and counts in prose), ``further`` (kinds of projects, notes, headings), ``links`` (between documents). ``weighing`` says what
class a finding is of and how much it weighs. ``trace`` shows the printed source of any row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from minshi_analysis.audit.finding import Finding, Tables
    from minshi_analysis.audit.prose import Passage
    from minshi_analysis.reading.blocks import Document

__all__ = ["check_between", "check_document", "run_checks", "run_links"]


def check_document(tables: Mapping[str, pd.DataFrame], document: Document | None = None) -> pd.DataFrame:
    """Every check that one document makes or implies.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Its extracted tables, and its rows of documents and patches; one without rows may be left out.
    document : Document, optional
        As it was read; without it nothing is said of figures and counts in prose.

    Returns
    -------
    DataFrame
        Its rows of the table ``checks`` (see `run_checks`), as they come: `weighing.table_of` puts many in order.
    """
    from minshi_analysis import model
    from minshi_analysis.audit.prose import passages
    from minshi_analysis.audit.weighing import weighed

    rows = {name: model.records(tables[name]) if name in tables else [] for name in model.TABLES}
    prose: list[Passage] = []
    if document is not None:
        for row in rows["documents"]:
            prose += passages(row["doc_id"], row["kind"], document)
    return weighed(_questions(rows, prose, document=document), rows["unread"])


def check_between(tables: Mapping[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same promises in two documents: the table ``links``, and rows of ``checks`` as they come.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        documents, tasks, targets, allocations and patches, of all documents or of one of `links.families`.
    """
    from minshi_analysis import model
    from minshi_analysis.audit.links import between
    from minshi_analysis.audit.weighing import weighed

    links, findings = between(tables)
    nothing: Tables = {name: [] for name in model.TABLES}
    return links, weighed(_questions(nothing, (), findings))


def _questions(
    tables: Tables,
    prose: Sequence[Passage],
    between: Iterable[Finding] = (),
    document: Document | None = None,
) -> list[Iterable[Finding]]:
    """What each question finds, in the order in which findings of the same weight are listed."""
    from minshi_analysis.audit.claims import check_claims
    from minshi_analysis.audit.further import check_further
    from minshi_analysis.audit.parts import check_parts
    from minshi_analysis.audit.repeats import check_repeats
    from minshi_analysis.audit.schedules import check_schedules
    from minshi_analysis.audit.statements import check_statements
    from minshi_analysis.audit.sums import check_sums

    return [
        *check_sums(tables, document),
        *check_claims(tables),
        *check_parts(tables, prose),
        *check_schedules(tables),
        *check_repeats(tables),
        *check_statements(tables, prose),
        between,
        *check_further(tables, prose),
    ]


def run_checks(
    tables: Mapping[str, pd.DataFrame], documents: Mapping[str, Document] | None = None
) -> pd.DataFrame:
    """Every check that the documents make or imply, each for itself and beside others.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        The extracted tables of the model, with documents and patches.
    documents : mapping of doc_id to Document, optional
        The documents as read; without them nothing is said of figures and counts in prose.

    Returns
    -------
    DataFrame
        The table ``checks``: check_id (document/kind/what), kind, subject, expected (what the statement says),
        actual (what was found), difference, verdict (ok, mismatch, not_additive, cannot_check), class (arithmetic, wording,
        change, repeat, policy, reading), importance (0..1; the weightiest first), explanation and its codes, follows (the
        finding that says the same fact), by_construction, and where the statement is printed.

    Examples
    --------
    >>> from minshi_analysis import model
    >>> run_checks({name: model.empty(name) for name in model.TABLES}).empty
    True
    """
    from minshi_analysis.audit.weighing import table_of

    read = documents or {}
    alone = [check_document(own, read.get(doc_id)) for doc_id, own in _apart(tables).items()]
    return table_of([*alone, check_between(tables)[1]])


def _apart(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, pd.DataFrame]]:
    """The tables of each document, in the order in which tables name them."""
    empty = {name: rows.iloc[:0] for name, rows in tables.items()}
    found: dict[str, dict[str, pd.DataFrame]] = {}
    for name, rows in tables.items():
        if "doc_id" in rows:
            for doc_id, own in rows.groupby("doc_id", sort=False):
                found.setdefault(doc_id, dict(empty))[name] = own
    return found


def run_links(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The same promises in two documents, one to one.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        documents, tasks, targets, allocations and patches.

    Returns
    -------
    DataFrame
        The table ``links``: target_id and other_target_id, region, value (the region's share in the first) and
        other_value, unit, same, score (0 to 1) and reason.
    """
    from minshi_analysis.audit.links import between

    return between(tables)[0]
