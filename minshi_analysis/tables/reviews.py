"""What a review printed of a plan's indicators, given to the plan: the same name, unit, region and period."""

from __future__ import annotations

import pandas as pd

from minshi_analysis.language.text import fold

__all__ = ["observed_of_plans"]


def observed_of_plans(
    observations: pd.DataFrame, indicators: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """The observations that reviews print, once more for the plan's own indicators.

    Parameters
    ----------
    observations : DataFrame
        As printed: each of an indicator of the document that prints it.
    indicators, documents : DataFrame

    Returns
    -------
    DataFrame
        Rows of ``observations`` with the id of the plan's indicator, and still the place in the review. An indicator of
        which the plan has no namesake, or two, has none.

    Examples
    --------
    >>> from minshi_analysis import model
    >>> len(observed_of_plans(*(model.empty(name) for name in ("observations", "indicators", "documents"))))
    0
    """
    if observations.empty:
        return observations
    about = documents.set_index("doc_id")
    named = indicators.assign(
        kind=indicators["doc_id"].map(about["kind"]),
        key=[_key(row, about) for row in indicators.to_dict("records")],
    )
    plans = named[named["kind"].eq("five_year_plan")].drop_duplicates("key", keep=False)
    plan_of = dict(zip(plans["key"], plans["indicator_id"], strict=True))
    reviews = named[~named["kind"].eq("five_year_plan")]
    twin = {row.indicator_id: plan_of[row.key] for row in reviews.itertuples() if row.key in plan_of}
    shared = observations[observations["indicator_id"].isin(twin)]
    return shared.assign(indicator_id=shared["indicator_id"].map(twin)).reset_index(drop=True)


def _key(row: dict, about: pd.DataFrame) -> tuple:
    """What makes an indicator the same in a plan and its review."""
    document = about.loc[row["doc_id"]]
    words = (
        "".join(fold(str(row[name])).split()) if pd.notna(row[name]) else ""
        for name in ("name", "sub_name", "unit")
    )
    years = (document["year"], document["year_end"])
    return (
        *words,
        document["region"],
        str(document["adcode"]),
        *(None if pd.isna(y) else int(y) for y in years),
    )
