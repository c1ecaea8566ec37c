"""What a chart is drawn on: a figure whose margins are as wide as the words in them.

Margins are worked out from the words, not by matplotlib's layout engines, which draw all several times. No label is
cut: it is broken into lines, and on narrow paper it stands above its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from minshi_analysis.charts.drawing import SAID
from minshi_analysis.charts.texts import wrapped
from minshi_analysis.charts.tones import INK, SOFT
from minshi_analysis.widths import ems

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Paper", "Rows"]

POINTS = 72.0
LEADING = 1.4
LABEL, NOTE, HEAD = 9.0, 8.5, 11.0  # points
WIDEST = 19.0  # em of a label in its column
DPI = 150


@dataclass(frozen=True)
class Rows:
    """Axes with a row for each label: `places` are the rows' heights on them, from the top."""

    figure: Figure
    axes: Axes
    places: np.ndarray


@dataclass(frozen=True)
class Paper:
    """Paper of a width in inches. What is said in `title`, `measure` and `source` stands on it, above and below."""

    width: float
    lang: str = "zh"
    narrow: bool = False
    title: str = ""
    measure: str = ""
    source: str = ""
    _head: list[tuple[str, float, str]] = field(init=False, repr=False, default_factory=list)
    _foot: list[str] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        for text, size, colour in ((self.title, HEAD, INK), (self.measure, LABEL, SOFT)):
            if text:
                self._head.extend((line, size, colour) for line in wrapped(text, self.ems(size)))
        if self.source:
            self._foot.extend(wrapped(self.source, self.ems(NOTE - 1)))

    def ems(self, size: float) -> float:
        """How many em of this size fit in a line."""
        return (self.width - 0.1) * POINTS / size

    @property
    def top(self) -> float:
        """Inches above the drawing."""
        return sum(size * LEADING for _, size, _ in self._head) / POINTS + (0.12 if self._head else 0.0)

    @property
    def bottom(self) -> float:
        """Inches below it."""
        return len(self._foot) * (NOTE - 1) * LEADING / POINTS + (0.1 if self._foot else 0.0)

    def figure(self, height: float) -> Figure:
        """A figure of this height between what is said above and below."""
        whole = self.top + height + self.bottom
        figure = Figure(figsize=(self.width, whole), dpi=DPI)
        FigureCanvasAgg(figure)
        figure.__dict__["minshi_room"] = (self.top, height, whole)
        at = 0.0
        for line, size, colour in self._head:
            figure.text(
                0.04 / self.width, 1 - at / whole, line, fontsize=size, color=colour, va="top", gid=SAID
            )
            at += size * LEADING / POINTS
        for number, line in enumerate(reversed(self._foot)):
            low = (number * (NOTE - 1) * LEADING / POINTS + 0.02) / whole
            figure.text(0.04 / self.width, low, line, fontsize=NOTE - 1, color=SOFT, va="bottom", gid=SAID)
        return figure

    def axes(self, figure: Figure, left: float, right: float, top: float, bottom: float) -> Axes:
        """Axes with these margins, in inches."""
        above, height, whole = figure.__dict__["minshi_room"]
        low = whole - above - height + bottom
        box = (
            left / self.width,
            low / whole,
            (self.width - left - right) / self.width,
            (height - top - bottom) / whole,
        )
        return figure.add_axes(box)

    def rows(
        self,
        labels: Sequence[str],
        notes: Sequence[str] = (),
        *,
        legend: Sequence[tuple[Any, str]] = (),
        axis: str = "",
        over: float = 0.0,
        tall: float = 0.0,
    ) -> Rows:
        """Axes with a row for each label; `notes` stand behind the marks, on narrow paper behind the labels.

        Parameters
        ----------
        labels, notes : sequence of str
        legend : sequence of (artist, str)
        axis : str
            What the level axis counts.
        over : float
            Inches between the legend and the rows, for words on the axes.
        tall : float
            Inches that a row has more than its label needs.
        """
        notes = list(notes) or [""] * len(labels)
        if self.narrow:
            both = [f"{label}  {note}".strip() for label, note in zip(labels, notes, strict=True)]
            texts = [wrapped(text, self.ems(LABEL)) for text in both]
            left = right = 0.12
            heights = [len(lines) * LABEL * LEADING / POINTS + 0.24 + tall for lines in texts]
        else:
            room = min(max(map(ems, labels), default=0), WIDEST)
            texts = [wrapped(label, room) for label in labels]
            left = room * LABEL / POINTS + 0.16
            right = max(map(ems, notes), default=0) * NOTE / POINTS + 0.2
            heights = [max(len(lines) * LABEL * 1.25 / POINTS + 0.1, 0.25) + tall for lines in texts]
        lines = self.legend_lines(legend)
        top = lines * NOTE * 1.6 / POINTS + (0.06 if lines else 0.02) + over
        bottom = 0.26 + (0.2 if axis else 0.0)
        figure = self.figure(top + sum(heights) + bottom)
        ax = self.axes(figure, left, right, top, bottom)
        ends = np.cumsum(heights)
        ax.set_ylim(ends[-1], 0)
        ax.set_yticks([])
        ax.grid(axis="x")
        starts = ends - heights
        places = ends - 0.12 - tall / 2 if self.narrow else (starts + ends) / 2
        for at, begins, lines_of in zip(places, starts, texts, strict=True):
            self._label(ax, at, begins, lines_of)
        if not self.narrow:
            for at, note in zip(places, notes, strict=True):
                ax.annotate(note, (1, at), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                            va="center", fontsize=NOTE, color=SOFT, annotation_clip=False)  # fmt: skip
        if axis:
            ax.set_xlabel(axis, fontsize=NOTE, color=SOFT)
        self.legend(figure, legend)
        ax.tick_params(axis="x", labelsize=NOTE)
        return Rows(figure, ax, places)

    def _label(self, ax: Axes, at: float, begins: float, lines: list[str]) -> None:
        if self.narrow:
            place, offset, side, rise = begins + 0.02, (-6, 0), "left", "top"
        else:
            place, offset, side, rise = at, (-6, 0), "right", "center"
        ax.annotate("\n".join(lines), (0, place), offset, xycoords=("axes fraction", "data"),
                    textcoords="offset points", ha=side, va=rise, fontsize=LABEL, color=INK,
                    linespacing=1.15, annotation_clip=False,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1} if self.narrow else None)  # fmt: skip

    def legend_lines(self, entries: Sequence[tuple[Any, str]]) -> int:
        """How many lines a legend of these takes."""
        return -(-len(entries) // self._columns(entries)) if entries else 0

    def _columns(self, entries: Sequence[tuple[Any, str]]) -> int:
        """As many columns as fit; matplotlib fills them from top to bottom."""
        wide = [ems(label) + 3.8 for _, label in entries]
        for columns in range(len(wide), 1, -1):
            deep = -(-len(wide) // columns)
            if sum(max(wide[at : at + deep]) for at in range(0, len(wide), deep)) <= self.ems(NOTE):
                return columns
        return 1

    def legend(self, figure: Figure, entries: Sequence[tuple[Any, str]]) -> None:
        """Above the plot, in even columns, where it hides nothing."""
        if not entries:
            return
        above, _, whole = figure.__dict__["minshi_room"]
        handles, labels = zip(*entries, strict=True)
        figure.legend(
            handles, labels, loc="upper left", bbox_to_anchor=(0.0, 1 - above / whole), ncols=self._columns(entries),
            fontsize=NOTE, borderpad=0.1, borderaxespad=0.0, labelspacing=0.35, columnspacing=1.4, handlelength=1.6,
            handletextpad=0.5,
        )  # fmt: skip
