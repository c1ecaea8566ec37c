"""What the notebooks call: one function a cell, which gives a sentence, a table, a chart, or nothing."""

from minshi_analysis.notebook.beginning import begin
from minshi_analysis.notebook.case import Case, city_year
from minshi_analysis.notebook.city import heading, key_findings
from minshi_analysis.notebook.delivery import class_table, delivery_chart, delivery_table, not_counted
from minshi_analysis.notebook.frames import browse, frames
from minshi_analysis.notebook.plan import (
    Plan,
    field_table,
    five_year_plan,
    indicator_chart,
    indicator_table,
    investment_chart,
    observation_sources,
    observed_table,
    plan_findings,
    plan_heading,
    project_table,
    prose_targets,
)
from minshi_analysis.notebook.promise import funding_chart, funding_table, promises, unit_costs
from minshi_analysis.notebook.shown import Prose, Table
from minshi_analysis.notebook.sources import (
    check_table,
    correction_table,
    document_table,
    reference_table,
    source_table,
)
from minshi_analysis.notebook.split import county_money, share_chart, share_table, split_chart, split_table
from minshi_analysis.notebook.year import milestone_chart, milestone_table

__all__ = [
    "Case",
    "Plan",
    "Prose",
    "Table",
    "begin",
    "browse",
    "check_table",
    "city_year",
    "class_table",
    "correction_table",
    "county_money",
    "delivery_chart",
    "delivery_table",
    "document_table",
    "field_table",
    "five_year_plan",
    "frames",
    "funding_chart",
    "funding_table",
    "heading",
    "indicator_chart",
    "indicator_table",
    "investment_chart",
    "key_findings",
    "milestone_chart",
    "milestone_table",
    "not_counted",
    "observation_sources",
    "observed_table",
    "plan_findings",
    "plan_heading",
    "project_table",
    "promises",
    "prose_targets",
    "reference_table",
    "share_chart",
    "share_table",
    "source_table",
    "split_chart",
    "split_table",
    "unit_costs",
]
