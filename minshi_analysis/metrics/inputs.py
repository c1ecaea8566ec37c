"""The tables a metric works on: those passed in, or the built ones, of the documents of a region and year."""

from collections.abc import Iterable, Mapping

import pandas as pd

from minshi_analysis import model

__all__ = ["resolve"]


def resolve(
    names: Iterable[str],
    region: str | None = None,
    year: int | None = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
    *,
    optional: Iterable[str] = (),
    kinds: Iterable[str] | None = None,
) -> dict[str, pd.DataFrame]:
    """The tables a metric needs, cut to the documents asked for.

    Parameters
    ----------
    names : iterable of str
        Tables that must be there; `documents` is always needed.
    region, year : str and int, optional
        Only documents of this region; only documents whose year or period holds this year. Population,
        observations and sources are not cut: they are no part of a document.
    tables : mapping of table name to DataFrame, optional
        The tables; without it the project's built tables are loaded.
    optional : iterable of str
        Tables that are empty where absent.
    kinds : iterable of str, optional
        Only documents of these kinds.

    Returns
    -------
    dict of str to DataFrame

    Raises
    ------
    ValueError
        A table is missing, or no document answers to region, year and kind.
    """
    needed = ["documents", *names]
    if tables is None:
        import minshi_analysis

        tables = {name: minshi_analysis.load(name) for name in (*needed, *optional)}
    lacking = [name for name in needed if name not in tables]
    if lacking:
        raise ValueError(f"the metric needs the tables {', '.join(lacking)}: pass them in `tables`")

    documents = tables["documents"]
    wanted = pd.Series(True, index=documents.index)
    if region is not None:
        wanted &= documents["region"].eq(region)
    if year is not None:
        last = documents["year_end"].fillna(documents["year"])
        wanted &= documents["year"].le(year) & last.ge(year)
    if kinds is not None:
        wanted &= documents["kind"].isin(list(kinds))
    wanted = wanted.fillna(False).astype(bool)
    if not wanted.any():
        asked = " ".join(str(part) for part in (region, year, "/".join(kinds or ())) if part)
        there = ", ".join(sorted(documents["doc_id"]))
        raise ValueError(f"no document answers to {asked or 'the call'}: there are {there or 'none'}")

    chosen = set(documents.loc[wanted, "doc_id"])
    out = {}
    for name in dict.fromkeys((*needed, *optional)):
        table = tables[name] if name in tables else model.empty(name)
        if "doc_id" in table:
            table = table[table["doc_id"].isin(chosen)]
        out[name] = table.reset_index(drop=True)
    return out
