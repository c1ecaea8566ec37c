"""Charts: a metric's result in, a picture with its plotted data out. One module a question."""

from minshi_analysis.charts.allocation import allocation_heatmap, share_strip
from minshi_analysis.charts.completion import completion_dots, progress_dots
from minshi_analysis.charts.funding import FUNDERS, funding_bars
from minshi_analysis.charts.house import Picture
from minshi_analysis.charts.milestones import milestone_steps
from minshi_analysis.charts.plan import investment_dots, trajectory_panels

__all__ = [
    "FUNDERS",
    "Picture",
    "allocation_heatmap",
    "completion_dots",
    "funding_bars",
    "investment_dots",
    "milestone_steps",
    "progress_dots",
    "share_strip",
    "trajectory_panels",
]
