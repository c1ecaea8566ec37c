"""Inequality of a rate over regions of different size: weighted Gini and Theil, in few lines of numpy.

Held in the tests against the package `inequality`, which has the unweighted measures only.
"""

from typing import Any

import numpy as np

__all__ = ["gini", "theil", "theil_parts"]


def gini(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted Gini coefficient along the last axis: ``sum(w_i w_j |x_i - x_j|) / (2 mean)``, weights
    summing to 1.

    Parameters
    ----------
    values, weights : array
        Rates (not negative) and the residents who have them.

    Returns
    -------
    array
        0 where all have the same, towards 1 where one has everything; NaN where there is nothing to share.

    Examples
    --------
    >>> float(gini(np.array([0.0, 1.0]), np.array([1.0, 1.0])))
    0.5
    """
    values, weights = np.broadcast_arrays(np.asarray(values, float), np.asarray(weights, float))
    share = weights / weights.sum(-1, keepdims=True)
    mean = (share * values).sum(-1)
    apart = np.abs(values[..., :, None] - values[..., None, :])
    spread = (share[..., :, None] * share[..., None, :] * apart).sum((-1, -2))
    return np.divide(spread, 2 * mean, out=np.full(np.shape(mean), np.nan), where=mean > 0)


def theil(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted Theil index T along the last axis: ``sum(w r ln r)``, r the rate over the mean, ``0 ln 0 =
    0``.

    Examples
    --------
    >>> round(float(theil(np.array([0.0, 1.0]), np.array([1.0, 1.0]))), 4)  # ln 2
    0.6931
    """
    values, weights = np.broadcast_arrays(np.asarray(values, float), np.asarray(weights, float))
    share = weights / weights.sum(-1, keepdims=True)
    mean = (share * values).sum(-1, keepdims=True)
    ratio = np.divide(values, mean, out=np.full(values.shape, np.nan), where=mean > 0)
    return (share * ratio * np.log(np.where(ratio > 0, ratio, 1.0))).sum(-1)


def theil_parts(values: np.ndarray, weights: np.ndarray, groups: Any) -> tuple[float, float]:
    """Theil T within the groups and between them; their sum is the whole.

    Examples
    --------
    >>> within, between = theil_parts(np.array([1.0, 1.0, 3.0]), np.ones(3), ["a", "a", "b"])
    >>> round(within, 12), between > 0
    (0.0, True)
    """
    values, weights = np.asarray(values, float), np.asarray(weights, float)
    groups = np.asarray(groups)
    total = (values * weights).sum()
    means, sizes, within = [], [], 0.0
    for name in np.unique(groups):
        own = groups == name
        amount = (values[own] * weights[own]).sum()
        sizes.append(weights[own].sum())
        means.append(amount / sizes[-1])
        if amount > 0:
            within += amount / total * float(theil(values[own], weights[own]))
    return float(within), float(theil(np.array(means), np.array(sizes)))
