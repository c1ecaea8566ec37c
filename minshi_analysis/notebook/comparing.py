"""Several regions side by side: which plans there are to compare."""

from __future__ import annotations

import pandas as pd

from minshi_analysis.language import regions as places
from minshi_analysis.notebook.shown import Prose, title
from minshi_analysis.reasons import why
from minshi_analysis.tables.loaders import load

__all__ = ["compare_heading", "plans_of"]

KINDS = ("plan",)


def plans_of(regions: str = "") -> pd.DataFrame:
    """The yearly plans of these regions (names or codes with commas between), or of all regions: the table documents.

    Raises
    ------
    ValueError
        A region without a plan; the message says which there are.

    Examples
    --------
    >>> list(plans_of("温州市,杭州市")["region"])
    ['杭州市', '温州市']
    """
    plans = load("documents")
    plans = plans[plans["kind"].isin(KINDS)]
    wanted = [name.strip() for name in regions.replace("\uff0c", ",").split(",") if name.strip()]
    if not wanted:
        return plans.reset_index(drop=True)
    names = [places.meant(name, zip(plans["region"], plans["adcode"], strict=True))[0] for name in wanted]
    lacking = [name for name in names if name not in set(plans["region"])]
    if lacking:
        raise ValueError(
            f"no plan of {', '.join(lacking)}: there are plans of {', '.join(plans['region'].unique())}"
        )
    return plans[plans["region"].isin(names)].reset_index(drop=True)


def compare_heading(plans: pd.DataFrame, lang: str = "zh") -> Prose:
    """The report's title: which regions and years."""
    parts = [why("notebook.region_year", region=row.region, year=int(row.year)) for row in plans.itertuples()]
    return title(why("notebook.compare_title", regions=parts), lang)
