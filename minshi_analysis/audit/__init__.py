"""The audit: what documents say against what they add up to, and the same promise in two documents.

Each question has its module: ``sums``, ``claims``, ``parts``, ``schedules``, ``repeats``, ``statements`` (figures
and counts in prose), ``further`` (kinds of projects, notes, headings), ``links`` (between documents). ``weighing`` says what
class a finding is of and how much it weighs. ``trace`` shows the printed source of any row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from minshi_analysis.reading.blocks import Document

__all__ = ["run_checks", "run_links"]


def run_checks(
    tables: Mapping[str, pd.DataFrame], documents: Mapping[str, Document] | None = None
) -> pd.DataFrame:
    """Every check that the documents make or imply.

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
    from minshi_analysis.audit.claims import check_claims
    from minshi_analysis.audit.further import check_further
    from minshi_analysis.audit.links import check_documents
    from minshi_analysis.audit.parts import check_parts
    from minshi_analysis.audit.prose import passages
    from minshi_analysis.audit.repeats import check_repeats
    from minshi_analysis.audit.schedules import check_schedules
    from minshi_analysis.audit.statements import check_statements
    from minshi_analysis.audit.sums import check_sums
    from minshi_analysis.audit.weighing import table_of

    prose = passages(tables["documents"], documents or {})
    findings = [
        *check_sums(tables),
        *check_claims(tables),
        *check_parts(tables, prose),
        *check_schedules(tables),
        *check_repeats(tables),
        *check_statements(tables, prose),
        *check_documents(tables),
        *check_further(tables, prose),
    ]
    return table_of(findings, tables.get("unread"))


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
    from minshi_analysis.audit.links import links_table

    return links_table(tables)
