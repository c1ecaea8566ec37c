"""A region's year: its title, what this is, and what the tables say of it."""

from __future__ import annotations

from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.delivery_said import delivery_findings
from minshi_analysis.notebook.promise import candidates, funding_findings, promise_findings
from minshi_analysis.notebook.shown import Prose, findings, prose, title
from minshi_analysis.notebook.sources import check_findings
from minshi_analysis.notebook.split import link_findings, money_findings, share_findings, split_findings
from minshi_analysis.notebook.year import milestone_findings
from minshi_analysis.reasons import Reason, why

__all__ = ["about", "heading", "key_findings", "said_of"]


def heading(case: Case) -> Prose:
    """The report's title, which says where it rests on a list of candidates."""
    own = case.documents["doc_id"].isin(case.own) & case.documents["stage"].eq("candidate").fillna(False)
    listed = "title_candidate" if own.any() else "title_candidate_above" if candidates(case) else None
    mark = why(f"notebook.{listed}") if listed else None
    return title(
        why("notebook.title", region=case.called or case.region, year=case.year, candidate=mark), case.lang
    )


def about(case: Case) -> Prose | None:
    """What 民生实事 is, in two sentences."""
    return prose(why("notebook.about"), lang=case.lang)


def key_findings(case: Case) -> Prose | None:
    """What the tables say of the region and year, in sentences, each computed from them."""
    return findings(said_of(case), case.lang)


def said_of(case: Case) -> list[Reason]:
    """The findings of a region and year, as codes with their figures."""
    told = delivery_findings(case)
    reported = bool(case.kinds("progress", "completion"))
    said = [
        *promise_findings(case),  # the first says where a list of candidates is no plan
        *(told if reported else ()),
        *link_findings(case),
        *funding_findings(case),
        *split_findings(case),
        *share_findings(case),
        *(money_findings(case) if case.above else ()),
        *(() if reported else told),
        *milestone_findings(case),
        *check_findings(case.of("checks")),
    ]
    return [finding for finding in said if finding]
