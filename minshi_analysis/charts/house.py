"""The house style: how a chart is drawn, and the picture that comes of it.

Figures are made without pyplot and without global settings, so that a chart changes nothing outside itself and a
kernel without a figure backend shows it all the same. Text is set in Noto Sans CJK SC from a package, whatever
fonts the machine has. Colours are Okabe and Ito's, which colour-blind readers tell apart.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from minshi_analysis.fonts import FAMILY, font_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Picture", "axes", "bare", "chart", "cut", "legend", "require"]

DPI = 150
WIDTH = 8.6  # inches: 860 px on the page, which is 900 px wide
INK, SOFT, FAINT = "#1f2328", "#59636e", "#d0d5db"
BLUE, ORANGE, GREEN, RED, PURPLE, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"
STYLE = {
    "font.family": [FAMILY],
    "font.size": 9,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": SOFT,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titlecolor": INK,
    "axes.axisbelow": True,
    "grid.color": "#eceff2",
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
    "svg.hashsalt": "minshi",
    "path.simplify": False,
}


@dataclass(frozen=True)
class Picture:
    """A drawn chart: PNG bytes, what it shows in words, and the data that is plotted.

    A notebook shows the picture; its plain-text form holds the data, so that a comparison of outputs compares
    what is plotted.
    """

    png: bytes = field(repr=False)
    alt: str
    data: pd.DataFrame = field(repr=False)
    figure: Figure = field(repr=False, compare=False)

    def __repr__(self) -> str:
        text = self.data.to_csv(index=False, float_format="%.6g", lineterminator="\n")
        return f"[图] {self.alt}\n{text}".rstrip()

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict[str, Any], dict[str, Any]]:
        width = round(self.figure.get_figwidth() * 100)
        shown = {"image/png": base64.b64encode(self.png).decode(), "text/plain": repr(self)}
        return shown, {"image/png": {"width": width, "alt": self.alt}}


@cache
def _font() -> None:
    """Make the packaged font known to matplotlib: once, when the first chart is drawn."""
    from matplotlib import font_manager

    path = str(font_file())
    known = {entry.name for entry in font_manager.fontManager.ttflist if entry.fname == path}
    if FAMILY not in known:
        font_manager.fontManager.addfont(path)


def chart(draw: Callable[..., tuple[Figure, str, pd.DataFrame]]) -> Callable[..., Picture]:
    """Draw in the house style, and render there: some settings take effect only when a figure is written."""

    @wraps(draw)
    def drawn(*args: Any, **kwargs: Any) -> Picture:
        _font()
        with mpl.rc_context(STYLE):
            figure, alt, data = draw(*args, **kwargs)
            file = io.BytesIO()
            # savefig would lay out and draw all twice
            figure.canvas.print_png(file, metadata={"Software": None})
        return Picture(file.getvalue(), alt, data.reset_index(drop=True), figure)

    return drawn


def axes(height: float, width: float = WIDTH) -> tuple[Figure, Axes]:
    figure = canvas(width, height)
    return figure, figure.add_subplot()


def canvas(width: float, height: float) -> Figure:
    """A figure that draws on one renderer; a bare one makes a new renderer for every text it measures."""
    figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def bare(ax: Axes, *, grid: str = "x") -> None:
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.grid(axis=grid)


def legend(ax: Axes) -> None:
    """Above the plot, in one line, where it hides nothing."""
    ax.figure.legend(*ax.get_legend_handles_labels(), loc="outside upper right", ncols=9, fontsize=8.5)


def require(frame: pd.DataFrame, *columns: str) -> None:
    lacking = [column for column in columns if column not in frame]
    if lacking:
        raise ValueError(f"the chart needs the columns {', '.join(lacking)}: pass the metric's result")
    if frame.empty:
        raise ValueError("the chart was given no rows: say so in a sentence instead of drawing it")


def cut(text: object, most: int) -> str:
    text = str(text)
    return text if len(text) <= most else text[: most - 1] + "…"
