"""A region's year: its title and what the tables say of it."""

from __future__ import annotations

from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.delivery import delivery_findings
from minshi_analysis.notebook.promise import candidates, funding_findings, promise_findings
from minshi_analysis.notebook.shown import Prose, findings, title
from minshi_analysis.notebook.sources import check_findings
from minshi_analysis.notebook.split import link_findings, money_findings, share_findings, split_findings
from minshi_analysis.notebook.year import milestone_findings

__all__ = ["heading", "key_findings"]


def heading(case: Case) -> Prose:
    """The report's title, which says where it rests on a list of candidates."""
    own = case.documents["doc_id"].isin(case.own) & case.documents["stage"].eq("candidate").fillna(False)
    listed = "（候选项目）" if own.any() else "（上级计划为候选项目）" if candidates(case) else ""
    return title(f"{case.called or case.region} {case.year} 年民生实事{listed}")


def key_findings(case: Case) -> Prose:
    """What the tables say of the region and year, in sentences, each computed from them."""
    delivered = delivery_findings(case)
    reported = bool(case.kinds("progress", "completion"))
    said = [
        *promise_findings(case),  # the first says where a list of candidates is no plan
        *(delivered if reported else ()),
        *link_findings(case),
        *funding_findings(case),
        *split_findings(case),
        *share_findings(case),
        *(money_findings(case) if case.above else ()),
        *(() if reported else delivered),
        *milestone_findings(case),
        *check_findings(case.of("checks")),
    ]
    return findings(said)
