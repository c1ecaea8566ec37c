"""Paths from a baseline to a target: linear, of constant growth, and of yearly flows that sum to a target."""

import numpy as np

__all__ = ["flow_growth", "growth_path", "growth_rate", "linear_path", "project"]


def linear_path(baseline: float, target: float, years: int) -> np.ndarray:
    """Levels of years 0..n with the same change each year.

    Examples
    --------
    >>> linear_path(2.0, 4.5, 5).tolist()
    [2.0, 2.5, 3.0, 3.5, 4.0, 4.5]
    """
    return baseline + (target - baseline) * np.arange(years + 1) / years


def growth_rate(baseline: float, target: float, years: int) -> float:
    """The constant yearly growth between two levels; NaN unless both are positive.

    Examples
    --------
    >>> round(growth_rate(2.0, 4.5, 5), 4)
    0.1761
    """
    return (target / baseline) ** (1 / years) - 1 if baseline > 0 and target > 0 else float("nan")


def growth_path(baseline: float, target: float, years: int) -> np.ndarray:
    """Levels of years 0..n that grow by the same share each year."""
    return baseline * (1 + growth_rate(baseline, target, years)) ** np.arange(years + 1)


def flow_growth(flow: float, total: float, years: int) -> float:
    """The yearly growth at which flows after a first one sum to a total; NaN where there is none.

    Solves ``flow * sum((1 + g)**k for k = 1..n) == total``.

    Examples
    --------
    >>> flow_growth(10, 50, 5)
    0.0
    """
    if not (flow > 0 and total > 0):
        return float("nan")
    from scipy.optimize import brentq

    powers = np.arange(1, years + 1)
    found = brentq(lambda g: flow * ((1 + g) ** powers).sum() - total, -1 + 1e-9, 1 + total / flow)
    return round(float(found), 12) + 0.0


def project(years: np.ndarray, values: np.ndarray, at: int, level: float) -> tuple[float, float, float]:
    """The least-squares line through observations, carried to a year, with its prediction interval.

    ``t * s * sqrt(1 + 1/n + (at - mean)**2 / Sxx)`` on either side, s the residual scatter with n - 2
    degrees of freedom.

    Returns
    -------
    tuple
        value, low, high.

    Raises
    ------
    ValueError
        Fewer than three different years.
    """
    n = len(np.unique(years))
    if n < 3:
        raise ValueError(f"{n} years observed: a line with an interval needs three")
    from scipy import stats

    fit = stats.linregress(years, values)
    value = fit.intercept + fit.slope * at
    rest = values - (fit.intercept + fit.slope * years)
    scatter = np.sqrt((rest**2).sum() / (len(years) - 2))
    spread = 1 + 1 / len(years) + (at - years.mean()) ** 2 / ((years - years.mean()) ** 2).sum()
    half = stats.t.ppf((1 + level) / 2, len(years) - 2) * scatter * np.sqrt(spread)
    return float(value), float(value - half), float(value + half)
