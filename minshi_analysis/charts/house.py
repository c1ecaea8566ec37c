"""The house style: what a chart says, how it is drawn, and the picture that comes of it.

Figures are made without pyplot and without global settings, so that a chart changes nothing outside itself and a
kernel without a figure backend shows it all the same. Text is set in Noto Sans CJK SC, whatever fonts the machine has.
Colours are Okabe and Ito's, which colour-blind readers tell apart; what a colour says a mark or a hatch says too.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, cast

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from minshi_analysis.charts.drawing import drawing
from minshi_analysis.charts.figure import FIGURE, as_html, csv
from minshi_analysis.charts.paper import Paper
from minshi_analysis.charts.tones import FAINT, INK, RULE, SOFT
from minshi_analysis.fonts import FAMILY, font_file
from minshi_analysis.reasons import say

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Chart", "Picture", "chart", "require"]

P = ParamSpec("P")

DPI = 150
WIDE, NARROW = 8.6, 3.5  # inches, of which a page makes 100 px each: its own width, and that of a telephone
TONES = 256  # of the PNG, as many as a byte tells: half the bytes of full colour
STYLE: dict[Any, Any] = {
    "font.family": [FAMILY],
    "font.size": 9,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "axes.facecolor": "none",
    "axes.edgecolor": FAINT,
    "axes.labelcolor": SOFT,
    "axes.axisbelow": True,
    "axes.formatter.use_mathtext": False,
    "grid.color": RULE,
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.7,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "auto",
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
    "svg.fonttype": "none",
    "svg.hashsalt": "minshi",
    "path.simplify": False,
}


@dataclass(frozen=True)
class Chart:
    """What a chart says and how it is drawn: the same on paper of any width.

    Attributes
    ----------
    title : str
        The finding.
    measure : str
        What is measured, in which unit, of how many, and by what rule where it is a selection.
    source : str
        Where the data come from.
    alt : str
        What the drawing shows, for those who do not see it: kind, extremes, base.
    data : DataFrame
        What is plotted.
    draw : callable
        Given a `Paper`, the figure.
    """

    title: str
    measure: str
    source: str
    alt: str
    data: pd.DataFrame
    draw: Callable[[Paper], Figure]


@dataclass(frozen=True)
class Picture:
    """A drawn chart.

    A notebook shows the PNG, which says title, measure and source itself. A report's page shows `html`: the same in
    the page's text, an SVG for a wide and one for a narrow screen, and the data to download. The plain text holds the
    data, so that a comparison of outputs compares what is plotted.
    """

    name: str
    lang: str
    title: str
    measure: str
    source: str
    alt: str
    data: pd.DataFrame = field(repr=False)
    png: bytes = field(repr=False)
    svg: str = field(repr=False)
    narrow: str = field(repr=False)
    figures: tuple[Figure, Figure] = field(repr=False, compare=False)

    @property
    def html(self) -> str:
        """The chart on a page, without its number: see `minshi_analysis.charts.numbered`."""
        drawings = (self.svg, self.narrow)
        return as_html(self.name, self.lang, self.title, self.measure, self.source, drawings, self.data)

    def __repr__(self) -> str:
        number = say("charts.number", self.lang)
        return f"[{number}] {self.title}\n{self.measure}\n{self.alt}\n{csv(self.data)}".rstrip()

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict[str, Any], dict[str, Any]]:
        width = round(self.figures[0].get_figwidth() * 100)
        shown = {
            "image/png": base64.b64encode(self.png).decode(),
            FIGURE: self.html,
            "text/plain": repr(self),
        }
        return shown, {"image/png": {"width": width, "alt": self.alt}}


@cache
def _font() -> None:
    """Make the one font known to matplotlib: once, when the first chart is drawn."""
    from matplotlib import font_manager

    path = str(font_file())
    known = {entry.name for entry in font_manager.fontManager.ttflist if entry.fname == path}
    if FAMILY not in known:
        font_manager.fontManager.addfont(path)


def chart(told: Callable[P, Chart]) -> Callable[P, Picture]:
    """Draw in the house style, and render there: some settings take effect only when a figure is written."""

    @wraps(told)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Picture:
        _font()
        with mpl.rc_context(STYLE):
            made, lang = told(*args, **kwargs), str(kwargs.get("lang", "zh"))
            made = replace(made, title=made.title[:1].upper() + made.title[1:])
            name = told.__name__.replace("_", "-")
            wide = Paper(WIDE, lang=lang, title=made.title, measure=made.measure, source=made.source)
            small = Paper(NARROW, lang=lang, narrow=True)
            figures = made.draw(wide), made.draw(small)
            png = _png(figures[0])
            figures[0].patch.set_visible(False)
            figures[1].patch.set_visible(False)
            svg = drawing(figures[0], f"{name}-w", made.alt, wide.top, wide.bottom, FAMILY)
            narrow = drawing(figures[1], f"{name}-n", made.alt, small.top, small.bottom, FAMILY)
        data = made.data.reset_index(drop=True)
        return Picture(
            name, lang, made.title, made.measure, made.source, made.alt, data, png, svg, narrow, figures
        )

    return drawn


def _png(figure: Figure) -> bytes:
    figure.canvas.draw()
    file = io.BytesIO()
    _in_tones(np.asarray(cast(Any, figure.canvas).buffer_rgba())).save(file, "png")
    return file.getvalue()


def _in_tones(pixels: np.ndarray) -> Image:
    """A picture in its most frequent tones, so that areas keep theirs; a rare one, at an edge, becomes the nearest of them.

    Pillow sorts every pixel, of which nine in ten are paper, and takes several times as long.
    """
    from PIL import Image as pillow

    packed = pixels.view(np.uint32)[..., 0]
    paper = packed[0, 0]
    inked = packed != paper
    tones, which, often = np.unique(packed[inked], return_inverse=True, return_counts=True)
    kept = tones[np.argsort(-often, kind="stable")[: TONES - 1]]
    palette = _rgb(np.append(paper, kept))
    nearest = ((_rgb(tones)[:, None] - palette) ** 2).sum(axis=2).argmin(axis=1)
    places = np.zeros(packed.shape, dtype=np.uint8)
    places[inked] = nearest[which]
    picture = pillow.fromarray(places)
    picture.putpalette(palette.astype(np.uint8).tobytes())
    return picture


def _rgb(packed: np.ndarray) -> np.ndarray:
    return packed.view(np.uint8).reshape(-1, 4)[:, :3].astype(np.int32)


def require(frame: pd.DataFrame, *columns: str) -> None:
    """Refuse a table that a chart cannot draw, in one sentence."""
    lacking = [column for column in columns if column not in frame]
    if lacking:
        raise ValueError(f"the chart needs the columns {', '.join(lacking)}: pass the metric's result")
    if frame.empty:
        raise ValueError("the chart was given no rows: say so in a sentence instead of drawing it")
