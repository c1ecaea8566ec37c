"""Charts: a metric's result in, a picture with its plotted data out. One module a question.

Every chart takes ``lang`` (zh or en) and ``documents``, the table of that name, whose titles its source line tells.
"""

from typing import TYPE_CHECKING

from minshi_analysis.lazy import attached

if TYPE_CHECKING:  # what is imported when it is first asked for, for type checkers and editors
    from minshi_analysis.charts.allocation import allocation_heatmap as allocation_heatmap
    from minshi_analysis.charts.allocation import share_strip as share_strip
    from minshi_analysis.charts.comparison import burden_ranges as burden_ranges
    from minshi_analysis.charts.comparison import comparison_bars as comparison_bars
    from minshi_analysis.charts.completion import class_bars as class_bars
    from minshi_analysis.charts.completion import completion_dots as completion_dots
    from minshi_analysis.charts.completion import progress_dots as progress_dots
    from minshi_analysis.charts.figure import FIGURE as FIGURE
    from minshi_analysis.charts.figure import numbered as numbered
    from minshi_analysis.charts.funding import funding_bars as funding_bars
    from minshi_analysis.charts.house import Picture as Picture
    from minshi_analysis.charts.milestones import milestone_steps as milestone_steps
    from minshi_analysis.charts.plan import investment_dots as investment_dots
    from minshi_analysis.charts.plan import trajectory_panels as trajectory_panels

_HOME = {
    "allocation_heatmap": "allocation",
    "share_strip": "allocation",
    "completion_dots": "completion",
    "progress_dots": "completion",
    "class_bars": "completion",
    "burden_ranges": "comparison",
    "comparison_bars": "comparison",
    "funding_bars": "funding",
    "milestone_steps": "milestones",
    "investment_dots": "plan",
    "trajectory_panels": "plan",
    "Picture": "house",
    "FIGURE": "figure",
    "numbered": "figure",
}

__all__ = sorted(_HOME)

# A page is set without matplotlib: a module is loaded when one of its names is asked for.
if not TYPE_CHECKING:  # a checker takes a module with this for one that has any name
    __getattr__, __dir__ = attached(__name__, _HOME)
