"""A scale of ratios on which zero has a place: nothing is dropped because a logarithm has no zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from minshi_analysis.charts.tones import FAINT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

__all__ = ["Ratios"]

LANE = 0.08  # of the scale's length, left of it: where what is zero stands


class Ratios:
    """Places of values on a logarithmic axis, with a lane at its left end for zero and what is below it.

    Examples
    --------
    >>> scale = Ratios(np.array([0.0, 1.0, 100.0]))
    >>> float(scale.at(100.0)), bool(scale.at(0.0) < scale.at(1.0)), Ratios(np.array([1.0, 2.0])).zero
    (2.0, True, None)
    """

    def __init__(self, values: pd.Series | np.ndarray, *within: float):
        known = np.asarray(values, dtype=float)
        known = known[np.isfinite(known)]
        above = np.log10(np.concatenate([known[known > 0], np.asarray(within, dtype=float)]))
        room = max(above.max() - above.min(), 0.1) * 0.04
        self.low, self.high = above.min() - room, above.max() + room
        self.zero = self.low - LANE * (self.high - self.low) if (known <= 0).any() else None
        self.below = bool((known < 0).any())

    def at(self, values: pd.Series | np.ndarray | float) -> np.ndarray:
        """Where on the axis these stand."""
        known = np.asarray(values, dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            places = np.log10(known)
        return np.where(known <= 0, np.nan if self.zero is None else self.zero, places)

    def show(self, ax: Axes, ticks: Sequence[float], word: Callable[[float], str]) -> None:
        """Ticks where there is room for them, and the lane marked off."""
        kept = [tick for tick in ticks if self.low <= np.log10(tick) <= self.high]
        places, words = [float(np.log10(tick)) for tick in kept], [word(tick) for tick in kept]
        left = self.low
        if self.zero is not None:
            places, words = [self.zero, *places], ["≤0" if self.below else word(0.0), *words]
            left = self.zero - (self.low - self.zero) / 2
            ax.axvline((self.zero + self.low) / 2, color=FAINT, linewidth=0.9, linestyle=(0, (2, 2)))
        ax.set_xticks(places, words)
        ax.set_xlim(left, self.high)
