"""Metrics: tables of the model in, tidy tables of figures out, each figure with its unit and source ids
beside it.

One module a question. Every public function is called as ``metric(region, year, *, tables=None, ...)``:
without `tables` the built tables are loaded, with it (a mapping of table name to DataFrame) those are used;
`region` and `year` choose the documents. The columns of every result follow
:mod:`minshi_analysis.metrics.result`.
"""

from typing import TYPE_CHECKING

from minshi_analysis.lazy import attached

if TYPE_CHECKING:  # what is imported when it is first asked for, for type checkers and editors
    from minshi_analysis.metrics.attribution import attributed_funding as attributed_funding
    from minshi_analysis.metrics.before import ambition as ambition
    from minshi_analysis.metrics.before import delivered_per_yuan as delivered_per_yuan
    from minshi_analysis.metrics.before import timeliness as timeliness
    from minshi_analysis.metrics.binding import bound_structure as bound_structure
    from minshi_analysis.metrics.binding import sensitivity as sensitivity
    from minshi_analysis.metrics.comparison import compare_cities as compare_cities
    from minshi_analysis.metrics.completion import completion_summary as completion_summary
    from minshi_analysis.metrics.completion import over_completion as over_completion
    from minshi_analysis.metrics.equity import allocation_rates as allocation_rates
    from minshi_analysis.metrics.favour import allocation_equity as allocation_equity
    from minshi_analysis.metrics.favour import size_and_group as size_and_group
    from minshi_analysis.metrics.funding import funding_concentration as funding_concentration
    from minshi_analysis.metrics.funding import funding_structure as funding_structure
    from minshi_analysis.metrics.funding import per_capita_funding as per_capita_funding
    from minshi_analysis.metrics.held import held_to_plan as held_to_plan
    from minshi_analysis.metrics.milestones import back_loading as back_loading
    from minshi_analysis.metrics.milestones import milestone_curve as milestone_curve
    from minshi_analysis.metrics.progress import progress_to_date as progress_to_date
    from minshi_analysis.metrics.survival import promise_survival as promise_survival
    from minshi_analysis.metrics.trajectories import indicator_paths as indicator_paths
    from minshi_analysis.metrics.trajectories import indicator_trajectories as indicator_trajectories
    from minshi_analysis.metrics.unit_cost import funding_per_unit as funding_per_unit

_HOME = {
    "per_capita_funding": "funding",
    "funding_structure": "funding",
    "funding_concentration": "funding",
    "funding_per_unit": "unit_cost",
    "attributed_funding": "attribution",
    "over_completion": "completion",
    "completion_summary": "completion",
    "held_to_plan": "held",
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
if not TYPE_CHECKING:  # a checker takes a module with this for one that has any name
    __getattr__, __dir__ = attached(__name__, _HOME)
