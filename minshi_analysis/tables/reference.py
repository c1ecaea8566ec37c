"""Reference figures: data/reference/*.csv as the tables population, observations and sources."""

from pathlib import Path

import pandas as pd

from minshi_analysis import model
from minshi_analysis.language.text import fold

__all__ = ["load_reference", "unmatched_observations"]


def load_reference(
    folder: Path | str, indicators: pd.DataFrame, documents: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """Population, observations and sources, as the model has them.

    Parameters
    ----------
    folder : path
        With population.csv, indicator_observations.csv, sources.csv and adcodes.csv.
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
        lacks.

    Examples
    --------
    >>> tables = load_reference("data/reference", model.empty("indicators"))
    >>> int(tables["population"].query("region == '温州市' and kind == 'census'")["population"].iloc[0])
    9572903
    """
    folder = Path(folder)
    sources = model.conform("sources", _read(folder / "sources.csv"))
    population = model.conform("population", _read(folder / "population.csv"))
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
    rows = _read(folder / "indicator_observations.csv")
    parents = _parents(folder / "adcodes.csv")
    ids = [_indicator(row, indicators, documents, parents) for row in rows.to_dict("records")]
    return rows.assign(indicator_id=pd.Series(ids, index=rows.index, dtype=object))


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise ValueError(f"no reference file {path.name} in {path.parent}")
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8").replace("", None)


def _parents(path: Path) -> dict[str, str]:
    """Name of a region -> name of the region above it."""
    rows = _read(path)
    names = dict(zip(rows["adcode"], rows["name"], strict=True))
    return {
        row.name: names[row.parent_adcode]
        for row in rows.itertuples(index=False)
        if row.parent_adcode in names
    }


def _name(text: str) -> str:
    return "".join(fold(text).split())


def _indicator(
    row: dict, indicators: pd.DataFrame, documents: pd.DataFrame | None, parents: dict
) -> str | None:
    """The indicator that a row answers to; None where it says that it answers to none, or its region has no
    plan.
    """
    if not isinstance(row["plan_indicator"], str):
        return None
    plan = indicators
    if documents is not None:
        home = indicators["doc_id"].map(documents.set_index("doc_id")["region"])
        region = row["region"] if home.eq(row["region"]).any() else parents.get(row["region"])
        plan = indicators[home.eq(region)]
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
