"""Who gets how much."""

from __future__ import annotations

import numpy as np
import pandas as pd

from minshi_analysis.charts.house import (
    BLUE,
    FAINT,
    INK,
    axes,
    bare,
    chart,
    cut,
    legend,
    require,
)


@chart
def allocation_heatmap(rates: pd.DataFrame, order: list[str] | None = None, most: float = 4.0):
    """Each region's share per resident against the average (location quotient), targets by regions.

    Parameters
    ----------
    rates : DataFrame
        Of ``metrics.allocation_rates``: label or measure, region, quotient.
    order : list of str, optional
        Targets (values of target_id) from top to bottom.
    most : float
        Where the colours end, up and down: `most` times and one `most`-th of the average.

    Returns
    -------
    Picture
        Data: target_id, measure, region, quotient (倍; missing where the region has no share in the table).
    """
    import seaborn as sns

    require(rates, "target_id", "measure", "region", "quotient")
    rates = rates[rates["quotient"].notna()]
    require(rates, "quotient")
    wide = rates.pivot(index="target_id", columns="region", values="quotient")
    wide = wide.loc[[target for target in order or sorted(wide.index) if target in wide.index]]
    few = wide.count().lt(wide.count().max() / 2)  # a median of few targets ranks nothing: to the right
    ranks = pd.DataFrame({"few": few, "middle": -wide.median()}).sort_values(["few", "middle"], kind="stable")
    wide = wide[ranks.index]
    names = rates.drop_duplicates("target_id").set_index("target_id")["measure"].loc[wide.index]
    figure, ax = axes(1.1 + 0.215 * len(wide))
    limit = np.log2(most)
    with np.errstate(divide="ignore"):
        shades = np.log2(wide).clip(-limit, limit)
    sns.heatmap(
        shades,
        ax=ax,
        cmap="PuOr_r",
        vmin=-limit,
        vmax=limit,
        linewidths=0.6,
        linecolor="white",
        cbar_kws={
            "ticks": [-limit, -limit / 2, 0, limit / 2, limit],
            "shrink": 0.35,
            "aspect": 24,
            "pad": 0.01,
        },
        xticklabels=False,  # seaborn would draw the whole figure to see whether they overlap
        yticklabels=False,
    )
    ax.set_xticks(np.arange(wide.shape[1]) + 0.5, [_upright(name) for name in wide.columns])
    ax.set_yticks(np.arange(wide.shape[0]) + 0.5, [cut(name, 22) for name in names])
    for row, column in zip(*np.nonzero((wide == 0).to_numpy()), strict=True):
        ax.text(column + 0.5, row + 0.5, "0", ha="center", va="center", fontsize=6.5, color="white")
    ax.patch.set(facecolor="white", edgecolor=FAINT, hatch="////")  # shows where there is no share
    ax.set(xlabel="", ylabel="")
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", labelrotation=0, labelsize=8.5)
    ax.tick_params(axis="y", labelrotation=0, labelsize=8)
    bar = ax.collections[0].colorbar
    bar.set_ticklabels(
        [f"1/{most:g}以下", f"1/{most**0.5:g}", "平均", f"{most**0.5:g}倍", f"{most:g}倍以上"], fontsize=8
    )
    bar.outline.set_visible(False)
    data = wide.stack().rename("quotient").reset_index().assign(measure=lambda d: d["target_id"].map(names))
    return (
        figure,
        "各地按人口平均得到的份额与全域平均之比",
        data[["target_id", "measure", "region", "quotient"]],
    )


def _upright(name: str) -> str:
    """A long name in even lines of four characters at most."""
    step = -(-len(name) // -(-len(name) // 4))
    return "\n".join(name[at : at + step] for at in range(0, len(name), step))


@chart
def share_strip(rates: pd.DataFrame, region: str, most: int = 24):
    """One region's shares per resident against the average, with the other regions behind.

    Parameters
    ----------
    rates : DataFrame
        Of ``metrics.allocation_rates``: target_id, measure, region, quotient.
    region : str
    most : int
        Targets shown: those furthest from the average.

    Returns
    -------
    Picture
        Data: target_id, measure, quotient of the region (倍), highest first.
    """
    require(rates, "target_id", "measure", "region", "quotient")
    rates = rates[rates["quotient"].notna() & rates["quotient"].gt(0)]
    own = rates[rates["region"].eq(region)]
    require(own, "quotient")
    own = own.assign(far=np.log2(own["quotient"]).abs()).sort_values(
        ["far", "target_id"], ascending=[False, True]
    )
    own = own.head(most).sort_values(["quotient", "target_id"], kind="stable")
    figure, ax = axes(1.15 + 0.235 * len(own))
    places = {target: at for at, target in enumerate(own["target_id"])}
    others = rates[rates["target_id"].isin(places) & ~rates["region"].eq(region)]
    ax.scatter(
        others["quotient"], others["target_id"].map(places), s=12, color=FAINT, label="其他地区", zorder=2
    )
    ax.hlines(range(len(own)), 1, own["quotient"], color=BLUE, linewidth=1.2, zorder=2)
    ax.scatter(own["quotient"], range(len(own)), s=34, color=BLUE, label=region, zorder=3)
    ax.axvline(1, color=INK, linewidth=0.9)
    ax.set_xscale("log", base=2)
    _ratio_ticks(ax)
    ax.set_yticks(range(len(own)), [cut(name, 20) for name in own["measure"]], fontsize=8.5)
    ax.set_ylim(-0.7, len(own) - 0.3)
    bare(ax)
    ax.set_xlabel("按常住人口平均的份额，以全部地区平均为1倍（对数刻度）")
    legend(ax)
    return figure, f"{region}按人口平均得到的份额与平均之比", own[::-1][["target_id", "measure", "quotient"]]


def _ratio_ticks(ax) -> None:
    low, high = ax.get_xlim()
    steps = [2.0**power for power in range(-8, 9) if low <= 2.0**power <= high]
    ax.set_xticks(steps, [f"{step:g}" if step >= 1 else f"1/{1 / step:g}" for step in steps])
    ax.minorticks_off()
