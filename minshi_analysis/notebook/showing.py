"""Any rows as a table to read: headings, codes, units and names in the language of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from minshi_analysis.glosses import KINDS, UNKNOWN, glossed
from minshi_analysis.locales import MISSING, number, percent
from minshi_analysis.notebook.places import short
from minshi_analysis.notebook.shown import Prose, Table, prose, table
from minshi_analysis.reasons import Reason, catalogue, coded, decoded, quantity, say, term, worded

__all__ = ["label", "show"]

ROOM = "notebook"
# Columns that say what a row is of; the first there is names it.
IDS = ("check_id", "target_id", "task_id", "funding_id", "indicator_id", "investment_id")
HIDDEN = {
    *IDS,
    "doc_id",
    "other_target_id",
    "source_ids",
    "source_start",
    "source_end",
    "source_ref",
    "patched",
    "stage",
    "reason",
}
CODES = {
    name: name
    for name in (
        "funder",
        "class",
        "level",
        "kind",
        "verdict",
        "start",
        "standing",
        "direction",
        "direction_by",
        "basis",
    )
} | {
    "status_claimed": "class",
    "claimed_class": "class",
    "check_kind": "check",
    "check_class": "class_of_fact",
    "deed": "deed",
}
EVEN = ("gini", "quotient", "likeness")  # reckoned ratios, with the same decimals down a column
WORDS = (
    "measure",
    "text",
    "name",
    "thing",
    "promise",
    "other_promise",
)  # a document's words: known or not, they stand
NAMES = (
    {"payer": "region", "lead_agency": "agency", "issuer": "agency"}
    | dict.fromkeys(WORDS, "measure")
    | {name: name for name in KINDS if name != "measure"}
)
MANY = 3  # rows from which a remark that all have is said once
PER_CENT = ("%", "‰")


def show(
    rows: pd.DataFrame | None,
    title: str = "",
    lang: str = "zh",
    names: Mapping[str, str] | None = None,
    **about: Any,
) -> Table | Prose | None:
    """Rows as a table to read.

    Parameters
    ----------
    rows : DataFrame or None
        Of a metric, of a table, or of one's own. A figure ``x`` stands with its unit (``x_unit``; ``unit`` for value) and bound;
        ids are kept for links; columns without any value are left out.
    title : str, optional
        Which caption of the catalogue (``table_<title>``); without rows its sentence ``none_<title>`` is shown.
    lang : str
        zh or en.
    names : mapping of column to str, optional
        What a column is called here, as a code of the catalogue's columns (`{"value": "per_capita"}`) or in words.
    **about
        Parameters of the caption.

    Examples
    --------
    >>> rows = pd.DataFrame({"region": ["乐清市"], "value": [628.7], "unit": ["元/人"], "funder": ["county"]})
    >>> show(rows, names={"value": "per_capita"}).rows.to_dict("records")
    [{'地区': '乐清市', '人均（元/人）': '628.7', '资金来源': '县市区财政'}]
    >>> list(show(rows, lang="en").rows)
    ['Region', 'Value (CNY per resident)', 'Paid by']
    """
    if rows is None or rows.empty:
        return prose(_of(f"none_{title}", lang, about))
    names = names or {}
    cells: dict[str, Any] = {}
    numbers, said = [], []
    for column in rows:
        if column in HIDDEN or _belongs(column, rows) or rows[column].isna().all():
            continue
        if column.endswith("codes"):
            rows, once = _once(rows, column, lang)
            said += once
            if rows[column].isna().all():
                continue
        unit = _unit(column, rows)
        head = _headed(names.get(column, column), unit, lang)
        cells[head] = _cells(rows, column, unit, lang, names.get(column, column))
        if pd.api.types.is_numeric_dtype(rows[column]) and not pd.api.types.is_bool_dtype(rows[column]):
            numbers.append(head)
    frame = pd.DataFrame(cells, index=rows.index)
    between = catalogue(lang, "terms")["mark"]["sentence"]
    caption = between.join(filter(None, [_of(f"table_{title}", lang, about), *said]))
    return table(frame, title or "rows", caption, numbers, lang=lang)


def _once(rows: pd.DataFrame, column: str, lang: str) -> tuple[pd.DataFrame, list[str]]:
    """The rows without the reasons that all of them have, and those reasons as one sentence, to be said once.

    Examples
    --------
    >>> from minshi_analysis.reasons import coded, why
    >>> alike = [why("no_year_before")]
    >>> rows = pd.DataFrame({"codes": [coded(alike), coded(alike), coded([*alike, why("no_date")])]})
    >>> left, said = _once(rows, "codes", "en")
    >>> [worded(codes) for codes in left["codes"]], said
    ([None, None, 'no date is printed'], ['All rows: no document prints what there was the year before.'])
    """
    found = [decoded(codes) for codes in rows[column]]
    shared = (
        [reason for reason in found[0] if all(reason in each for each in found)] if len(found) >= MANY else []
    )
    if not shared:
        return rows, []
    left = [coded(reason for reason in each if reason not in shared) for each in found]
    kept = rows.assign(**{column: pd.Series(left, index=rows.index, dtype=object)})
    return kept, [say("notebook.all_rows", lang, what=worded(shared, lang))]


def label(column: str, lang: str = "zh") -> str:
    """What a column is called; its own name where the catalogue has no words for it."""
    return catalogue(lang, ROOM)["columns"].get(column, column)


def _headed(column: str, unit: str | None, lang: str) -> str:
    said = label(column, lang)
    if unit is None or unit in PER_CENT:
        return said
    unit = term("unit", unit, lang)
    return say("notebook.column", lang, name=said, unit=unit) if unit else said


def _of(code: str, lang: str, about: Mapping[str, Any]) -> str | None:
    return say(f"{ROOM}.{code}", lang, **about) if code in catalogue(lang, ROOM)["say"] else None


def _belongs(column: str, rows: pd.DataFrame) -> bool:
    """Whether a column says something of a figure beside it: its unit, its bound."""
    if column in ("unit", "bound"):
        return True
    head, _, tail = column.rpartition("_")
    return tail in ("unit", "bound") and head in rows


def _unit_column(column: str, rows: pd.DataFrame) -> str | None:
    if f"{column}_unit" in rows:
        return f"{column}_unit"
    return "unit" if column == "value" and "unit" in rows else None


def _unit(column: str, rows: pd.DataFrame) -> str | None:
    """The one unit of all figures of a column, which its heading says; None where there are several or a bound is printed."""
    beside = _unit_column(column, rows)
    if beside is None or _bounds(column, rows).dropna().nunique() > 1:
        return None
    units = rows.loc[rows[column].notna(), beside].dropna().unique()
    return str(units[0]) if len(units) == 1 and not str(units[0]).startswith("（") else None


def _bounds(column: str, rows: pd.DataFrame) -> pd.Series:
    beside = f"{column}_bound" if f"{column}_bound" in rows else "bound"
    known = beside in rows and column in (
        "value",
        "promised",
        "reported",
        "target",
        "baseline",
        beside.removesuffix("_bound"),
    )
    return rows[beside] if known and column != "baseline" else pd.Series("exact", index=rows.index)


def _code(kind: str, value: Any, lang: str) -> str:
    """The word of a code, among those of notebooks or those that all rooms share."""
    return catalogue(lang, ROOM)["words"].get(kind, {}).get(str(value)) or term(kind, value, lang)


def _cells(rows: pd.DataFrame, column: str, unit: str | None, lang: str, called: str) -> list[str]:
    values = rows[column].astype(object).where(rows[column].notna(), None).tolist()
    if column in NAMES:
        return [
            _text(value, lang) if isinstance(value, Reason) else _named(NAMES[column], value, lang)
            for value in values
        ]
    if column in CODES:
        return [MISSING if pd.isna(value) else _code(CODES[column], value, lang) for value in values]
    if column.endswith("codes"):
        return [worded(value, lang) or "" for value in values]
    if column.endswith("_ids") or column in ("id", "number"):
        return ["、".join(map(short, str(value).split("|"))) for value in values]
    if unit in PER_CENT:
        return [percent(value, lang) for value in values]
    beside = _unit_column(column, rows)
    if beside is not None and unit is None:
        parts = zip(values, rows[beside], _bounds(column, rows), strict=True)
        return [_quantity(value, each, bound, lang) for value, each, bound in parts]
    if called in EVEN:
        return [MISSING if value is None else say("terms.ratio", lang, value=value) for value in values]
    if pd.api.types.is_numeric_dtype(rows[column]) and not pd.api.types.is_bool_dtype(rows[column]):
        return [str(value) if column.endswith("year") else number(value, lang) for value in values]
    return [_text(value, lang) for value in values]


def _quantity(value: float, unit: Any, bound: Any, lang: str) -> str:
    said = quantity(None if pd.isna(value) else value, unit, bound)
    return MISSING if said is None else say(said, lang)


def _named(kind: str, value: Any, lang: str) -> str:
    if not isinstance(value, str):
        return MISSING
    said = glossed(kind, value, lang)
    return said.removesuffix(UNKNOWN) if kind == "measure" else said


def _text(value: Any, lang: str) -> str:
    if isinstance(value, Reason):
        return say(value, lang)
    if isinstance(value, tuple):
        return catalogue(lang, "terms")["mark"]["between"].join(_text(each, lang) for each in value)
    if value is True or value is False:
        return term("truth", value, lang)
    return MISSING if pd.isna(value) else str(value)
