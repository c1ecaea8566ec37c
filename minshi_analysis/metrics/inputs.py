"""The tables a metric works on: those passed in, or the built ones, of the documents of a region and year."""

import difflib
import numbers
from collections.abc import Iterable, Mapping

import pandas as pd

from minshi_analysis import model
from minshi_analysis.language import regions
from minshi_analysis.sentences import few

__all__ = ["nearest", "regions_of", "resolve", "without_namesakes"]


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
        Only documents of this region (full name, or six-digit code where several have the name); only documents
        whose year or period holds this year. Population, observations and sources are no part of a document: they
        are not cut, save that figures of another region of the same name as one of the documents are left out.
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
        A table is missing, the name stands for several regions in the documents (the message gives their
        codes), or no document answers to region, year and kind; the message says which do.
    """
    _asked(region, year, tables)
    needed = ["documents", *names]
    if tables is None:
        import minshi_analysis

        tables = {name: minshi_analysis.load(name) for name in (*needed, *optional)}
    # Residents come with the package: the tables of one document that was just read have none of their own.
    lacking = [name for name in needed if name not in tables and name != "population"]
    if lacking:
        raise ValueError(f"the metric needs the tables {', '.join(lacking)}: pass them in `tables`")

    documents = tables["documents"]
    kinds = None if kinds is None else list(kinds)
    wanted = pd.Series(True, index=documents.index)
    if region is not None:
        name, code = regions.meant(region, zip(documents["region"], documents["adcode"], strict=True))
        wanted &= documents["region"].eq(name) if code is None else documents["adcode"].eq(code)
    if year is not None:
        last = documents["year_end"].fillna(documents["year"])
        wanted &= documents["year"].le(year) & last.ge(year)
    if kinds is not None:
        wanted &= documents["kind"].isin(kinds)
    wanted = wanted.fillna(False).astype(bool)
    if not wanted.any():
        raise ValueError(_nothing(documents, region if region is None else name, year, kinds))

    chosen = set(documents.loc[wanted, "doc_id"])
    homes = regions_of(documents[wanted])
    out = {}
    for each in dict.fromkeys((*needed, *optional)):
        table = tables[each] if each in tables else model.empty(each)
        if "doc_id" in table and each != "observations":
            table = table[table["doc_id"].isin(chosen)]
        elif {"region", "adcode"} <= set(table.columns):
            table = without_namesakes(table, homes)
        out[each] = table.reset_index(drop=True)
    return out


def _asked(region: object, year: object, tables: object) -> None:
    """One sentence for what cannot be a region, a year or tables."""
    if isinstance(region, (Mapping, pd.DataFrame)):
        raise ValueError("the first argument is a region: pass the tables by name, as tables=...")
    if year is not None and (isinstance(year, bool) or not isinstance(year, numbers.Integral)):
        raise ValueError(f"year is {year!r}: give a whole number such as 2022")
    if tables is not None and not isinstance(tables, Mapping):
        raise ValueError("tables is no mapping of table name to DataFrame: read_document and load give one")


def regions_of(rows: pd.DataFrame) -> dict[str, set[str]]:
    """The codes that each name stands for in a table with region and adcode."""
    coded = rows[rows["adcode"].notna()]
    return {name: set(part) for name, part in coded.groupby("region")["adcode"]}


def without_namesakes(rows: pd.DataFrame, homes: Mapping[str, set[str]]) -> pd.DataFrame:
    """Rows without those of other regions that share a name with one of `homes` (name -> codes).

    Figures are matched to documents by name: those of 鼓楼区 in 徐州 say nothing of 鼓楼区 in 开封.
    """
    if not rows["region"].isin(list(homes)).any():
        return rows
    pairs = zip(rows["region"], rows["adcode"], strict=True)
    keep = [pd.isna(code) or name not in homes or code in homes[name] for name, code in pairs]
    return rows[keep]


def _nothing(documents: pd.DataFrame, region: str | None, year: int | None, kinds: list[str] | None) -> str:
    """What was asked for in vain, and the regions and years that there are for documents of these kinds."""
    of_kind = documents if kinds is None else documents[documents["kind"].isin(kinds)]
    years: dict[str, list[str]] = {}
    for row in of_kind.sort_values(["year", "doc_id"]).itertuples():
        period = str(row.year) if pd.isna(row.year_end) else f"{row.year}-{row.year_end}"
        if period not in years.setdefault(row.region, []):
            years[row.region].append(period)
    what = f"{'/'.join(kinds)} document" if kinds else "document"
    asked = (f" of {region}" if region is not None else "") + (f" for {year}" if year is not None else "")
    return f"no {what}{asked}: {nearest(region, years)}"


def nearest(region: str | None, held: Mapping[str, list[str]]) -> str:
    """What there is instead of a region and year: its other years, a near name, or some of all regions.

    Examples
    --------
    >>> nearest("温洲市", {"温州市": ["2022"], "杭州市": ["2024"]})
    'did you mean 温州市 (2022)?'
    """
    told = {name: f"{name} ({', '.join(years)})" for name, years in held.items()}
    if region in told:
        return f"there is {told[region]}"
    near = (
        [] if region is None or _exists(region) else difflib.get_close_matches(region, told, n=1, cutoff=0.5)
    )
    if near:
        return f"did you mean {told[near[0]]}?"
    return f"there are {few(list(told.values())) or 'none'}"


def _exists(region: str) -> bool:
    """Whether it is the full name of a region: then no other one was meant."""
    found = regions.find(region)
    return found is not None and found.name == region
