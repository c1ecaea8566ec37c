"""What the notebooks call: findings as sentences, rows to filter and show, in Chinese or English."""

from minshi_analysis.notebook.beginning import begin
from minshi_analysis.notebook.case import Case, city_year
from minshi_analysis.notebook.city import about, heading, key_findings
from minshi_analysis.notebook.comparing import compare_heading, plans_of
from minshi_analysis.notebook.delivery import (
    charted,
    charted_of,
    classed,
    classes,
    delivered,
    results,
    uncounted,
)
from minshi_analysis.notebook.delivery_said import delivery_findings, elsewhere
from minshi_analysis.notebook.frames import browse, frames
from minshi_analysis.notebook.headlines import headlines
from minshi_analysis.notebook.held import held
from minshi_analysis.notebook.plan import (
    Plan,
    captions,
    fields,
    five_year_plan,
    indicators,
    later_values,
    observed,
    projects,
    prose_targets,
)
from minshi_analysis.notebook.plan_said import plan_findings, plan_heading, plan_headlines
from minshi_analysis.notebook.promise import money_by_programme, money_elsewhere, promises, unit_costs
from minshi_analysis.notebook.showing import show
from minshi_analysis.notebook.shown import Prose, Table, findings, method, notes, prose, section
from minshi_analysis.notebook.sources import cited, corrections, documents, facts, notice, references, unread
from minshi_analysis.notebook.split import money_findings, share_notes, shares, split_by_region, split_notes
from minshi_analysis.notebook.year import dated, milestone_findings, no_milestones, quarters

__all__ = [
    "Case",
    "Plan",
    "Prose",
    "Table",
    "about",
    "begin",
    "browse",
    "captions",
    "charted",
    "charted_of",
    "cited",
    "city_year",
    "classed",
    "classes",
    "compare_heading",
    "corrections",
    "dated",
    "delivered",
    "delivery_findings",
    "documents",
    "elsewhere",
    "facts",
    "fields",
    "findings",
    "five_year_plan",
    "frames",
    "heading",
    "headlines",
    "held",
    "indicators",
    "key_findings",
    "later_values",
    "method",
    "milestone_findings",
    "money_by_programme",
    "money_elsewhere",
    "money_findings",
    "no_milestones",
    "notes",
    "notice",
    "observed",
    "plan_findings",
    "plan_heading",
    "plan_headlines",
    "plans_of",
    "projects",
    "promises",
    "prose",
    "prose_targets",
    "quarters",
    "references",
    "results",
    "section",
    "share_notes",
    "shares",
    "show",
    "split_by_region",
    "split_notes",
    "uncounted",
    "unit_costs",
    "unread",
]
