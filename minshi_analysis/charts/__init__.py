"""Charts: a metric's result in, a picture with its plotted data out. One module a question.

Every chart takes ``lang`` (zh or en) and ``documents``, the table of that name, whose titles its source line tells.
"""

from minshi_analysis.lazy import attached

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
__getattr__, __dir__ = attached(__name__, _HOME)
