"""Metrics: tables of the model in, tidy tables of figures out, each figure with its unit and source ids
beside it.

One module a question. Every public function is called as ``metric(region, year, *, tables=None, ...)``:
without `tables` the built tables are loaded, with it (a mapping of table name to DataFrame) those are used;
`region` and `year` choose the documents. The columns of every result follow
:mod:`minshi_analysis.metrics.result`.
"""

from minshi_analysis.lazy import attached

_HOME = {
    "per_capita_funding": "funding",
    "funding_structure": "funding",
    "funding_concentration": "funding",
    "funding_per_unit": "unit_cost",
    "attributed_funding": "attribution",
    "over_completion": "completion",
    "completion_summary": "completion",
    "progress_to_date": "progress",
    "indicator_trajectories": "trajectories",
    "indicator_paths": "trajectories",
    "milestone_curve": "milestones",
    "back_loading": "milestones",
    "allocation_rates": "equity",
    "allocation_equity": "favour",
    "size_and_group": "favour",
    "compare_cities": "comparison",
    "promise_survival": "survival",
    "ambition": "before",
    "timeliness": "before",
    "delivered_per_yuan": "before",
    "bound_structure": "binding",
    "sensitivity": "binding",
}

__all__ = sorted(_HOME)

# scipy.stats takes most of a second to import: a module is loaded when one of its functions is asked for.
__getattr__, __dir__ = attached(__name__, _HOME)
