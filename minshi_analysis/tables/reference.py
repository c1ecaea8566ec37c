"""Reference figures: data/reference/*.csv as the tables population, observations and sources."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from minshi_analysis import model
from minshi_analysis.language import regions
from minshi_analysis.language.text import fold

__all__ = ["HEADS", "load_reference", "read_reference", "unmatched_observations"]

HEADS: Mapping[str, Sequence[str]] = {
    "population.csv": model.TABLES["population"].names,
    "indicator_observations.csv": (
        "region",
        "indicator",
        "plan_indicator",
        "year",
        "value",
        "unit",
        "source_id",
        "note",
    ),
    "sources.csv": model.TABLES["sources"].names,
}
"""The reference files and their columns. Each may be absent: then nothing of its kind is known."""


def load_reference(
    folder: Path | str, indicators: pd.DataFrame, documents: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """Population, observations and sources, as the model has them.

    Parameters
    ----------
    folder : path
        With population.csv, indicator_observations.csv and sources.csv, as far as there are any.
    indicators : DataFrame
        The plans' indicators; an observation answers to the one whose name is its `plan_indicator`.
    documents : DataFrame, optional
        Decides between plans of several regions: the plan of the observed region, or of the region above.

    Returns
    -------
    dict of str to DataFrame
        population, observations, sources. Figures that answer to no indicator are left to
        :func:`unmatched_observations`.

    Raises
    ------
    ValueError
        A `plan_indicator` that the region's plan does not have, or has twice; a source that sources.csv
        lacks; a file without one of its columns.

    Examples
    --------
    >>> tables = load_reference("data/reference", model.empty("indicators"))
    >>> int(tables["population"].query("region == '温州市' and kind == 'census'")["population"].iloc[0])
    9572903
    """
    folder = Path(folder)
    sources = model.conform("sources", read_reference(folder / "sources.csv"))
    population = model.conform("population", read_reference(folder / "population.csv"))
    rows = _matched(folder, indicators, documents)
    _cited(population, sources, "population.csv")
    _cited(rows, sources, "indicator_observations.csv")
    answered = rows[rows["indicator_id"].notna()].drop(columns=["indicator", "plan_indicator"])
    return {
        "population": population,
        "observations": model.conform("observations", answered),
        "sources": sources,
    }


def unmatched_observations(
    folder: Path | str, indicators: pd.DataFrame, documents: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The observed figures that answer to no plan indicator: income, counts, half-years, regions without a
    plan.

    Parameters
    ----------
    folder, indicators, documents
        As in :func:`load_reference`.

    Returns
    -------
    DataFrame
        region, indicator (as observed), year, value, unit, source_id, note.

    Examples
    --------
    >>> unmatched_observations("data/reference", model.empty("indicators"))["source_id"].isna().any()
    np.False_
    """
    rows = _matched(Path(folder), indicators, documents)
    rows = rows[rows["indicator_id"].isna()].drop(columns=["plan_indicator", "indicator_id"])
    return rows.astype({"year": "Int64", "value": "float64"}).reset_index(drop=True)


def _matched(folder: Path, indicators: pd.DataFrame, documents: pd.DataFrame | None) -> pd.DataFrame:
    rows = read_reference(folder / "indicator_observations.csv")
    ids = [_indicator(row, indicators, documents) for row in rows.to_dict("records")]
    return rows.assign(indicator_id=pd.Series(ids, index=rows.index, dtype=object))


def read_reference(path: Path) -> pd.DataFrame:
    """A reference file's rows; none where it is not there."""
    columns = HEADS[path.name]
    if not path.is_file():
        return pd.DataFrame(columns=list(columns), dtype=object)
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig").replace("", None)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"data/reference/{path.name} is no CSV file in UTF-8: {error}") from error
    if lacking := [column for column in columns if column not in rows]:
        head = ",".join(columns)
        raise ValueError(f"data/reference/{path.name} has no column {lacking[0]}: its first line is {head}")
    return rows


def _above(region: str) -> set[str]:
    """The names of the regions above those of a name."""
    over = (regions.parent(each.adcode) for each in regions.named(region) if each.adcode)
    return {each.name for each in over if each}


def _name(text: str) -> str:
    return "".join(fold(text).split())


def _indicator(row: dict, indicators: pd.DataFrame, documents: pd.DataFrame | None) -> str | None:
    """The indicator that a row answers to; None where it says that it answers to none, or its region has no
    plan.
    """
    if not isinstance(row["plan_indicator"], str):
        return None
    plan = indicators
    if documents is not None:
        home = indicators["doc_id"].map(documents.set_index("doc_id")["region"])
        homes = {row["region"]} if home.eq(row["region"]).any() else _above(row["region"])
        plan = indicators[home.isin(homes)]
    if plan.empty:
        return None
    found = plan[
        plan["name"].fillna("").map(_name).eq(_name(row["plan_indicator"])) & plan["sub_name"].isna()
    ]
    if len(found) != 1:
        what = f"observation {row['indicator']} of {row['region']} {row['year']}"
        raise ValueError(
            f"{what}: {len(found)} indicators of its plan are named {row['plan_indicator']}: "
            "correct plan_indicator in indicator_observations.csv"
        )
    return found["indicator_id"].iloc[0]


def _cited(rows: pd.DataFrame, sources: pd.DataFrame, file: str) -> None:
    lost = sorted({part for ids in rows["source_id"] for part in ids.split("|")} - set(sources["source_id"]))
    if lost:
        raise ValueError(f"{file} cites {', '.join(lost)}, which sources.csv does not have")
