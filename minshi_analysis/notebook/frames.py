"""How plain DataFrames look in a notebook: text left, figures right, each with its unit.

Opt in by `frames`. The units are those of the model: nothing is hidden in a frame, and nothing about it changes.
"""

from __future__ import annotations

import html
import sys
import uuid
from collections.abc import Callable
from typing import Any

import pandas as pd

from minshi_analysis.model import TABLES

__all__ = ["Browser", "browse", "frames"]

ROWS = 20
SHORT = 24  # characters that stay in one line
LONGEST = 100  # characters of a cell
_LEFT = "text-align:left;vertical-align:top"
_RIGHT = "text-align:right;vertical-align:top;white-space:nowrap"


def frames(on: bool = True, rows: int = ROWS) -> None:
    """Show the DataFrames of this notebook as tables to read, from here on.

    Text stands left and figures right; under the name of a column stands its unit, where the model gives one.

    Parameters
    ----------
    on : bool
        False gives back the look of pandas.
    rows : int
        How many rows of a longer frame are shown; `browse` shows all.

    Examples
    --------
    >>> frames()  # outside IPython nothing happens
    """
    shell = _shell()
    if shell is None:
        return
    formatter = shell.display_formatter.formatters["text/html"]
    if on:
        formatter.for_type(pd.DataFrame, lambda frame: as_html(frame, rows))
    else:
        formatter.pop(pd.DataFrame, None)


def _shell() -> Any:
    """The IPython that runs this, if any does."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def unit(column: object) -> str:
    """The unit of a column of the model, by its name, which means the same in every table.

    Examples
    --------
    >>> unit("amount_wan"), unit("region")
    ('万元', '')
    """
    return next((own.unit for table in TABLES.values() for own in table.columns if own.name == column), "")


def as_html(frame: pd.DataFrame, rows: int = ROWS) -> str:
    """A frame as HTML, everything in it escaped.

    Examples
    --------
    >>> made = as_html(pd.DataFrame({"funder": ["<省>"], "amount_wan": [1200.5]}))
    >>> "&lt;省&gt;" in made and "amount_wan<br><small>万元</small>" in made and "1200.5" in made
    True
    """
    index = None if isinstance(frame.index, pd.RangeIndex) and frame.index.name is None else frame.index
    shown = frame.head(rows)
    columns = [(str(name), shown.iloc[:, i], frame.dtypes.iloc[i]) for i, name in enumerate(frame.columns)]
    heads = [f"<th style='{_LEFT}'>{_safe(_index_name(index))}</th>"] if index is not None else []
    heads += [f"<th style='{_side(dtype)}'>{_head(name)}</th>" for name, _, dtype in columns]
    cells = (
        [_cells(pd.Series(index[:rows].map(_label)), f"<th style='{_LEFT}'>", "</th>")]
        if index is not None
        else []
    )
    cells += [
        _cells(values, f"<td style='{_side(dtype)}{_room(values, dtype)}'>", "</td>")
        for _, values, dtype in columns
    ]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*cells, strict=True))
    more = len(frame) - len(shown)
    note = f"{len(frame)} × {frame.shape[1]}" + (f" · {more} more rows: browse(…) shows all" if more else "")
    return (
        f"<div style='overflow-x:auto'><table class='dataframe'><thead><tr>{''.join(heads)}</tr></thead>"
        f"<tbody>{body}</tbody></table></div><p><small>{note}</small></p>"
    )


def _index_name(index: pd.Index) -> str:
    return " / ".join("" if name is None else str(name) for name in index.names)


def _label(key: object) -> str:
    return " / ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _head(name: str) -> str:
    known = unit(name)
    return _safe(name) + (f"<br><small>{known}</small>" if known else "")


def _side(dtype: Any) -> str:
    return _RIGHT if pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype) else _LEFT


def _room(values: pd.Series, dtype: Any) -> str:
    """Short texts stay in one line, long ones have room for some words: a wide frame scrolls."""
    if _side(dtype) == _RIGHT:
        return ""
    longest = values.dropna().astype(str).str.len().max() if values.notna().any() else 0
    return ";white-space:nowrap" if longest <= SHORT else ";min-width:16em"


def _cells(values: pd.Series, opened: str, closed: str) -> list[str]:
    show = _shower(values)
    return [
        f"{opened}{_cut(show(value)) if there else ''}{closed}"
        for value, there in zip(values, values.notna(), strict=True)
    ]


def _cut(text: str) -> str:
    """A text; of a long one the beginning, and the whole where the pointer rests on it."""
    if len(text) <= LONGEST:
        return _safe(text)
    return f"<span title='{_safe(text)}'>{_safe(text[: LONGEST - 1])}…</span>"


def _shower(values: pd.Series) -> Callable[[Any], str]:
    """Figures as they are, whole ones without a point; no digit is rounded away."""
    return (lambda value: f"{value:.15g}") if pd.api.types.is_float_dtype(values.dtype) else str


def _texts(values: pd.Series) -> pd.Series:
    """Values as they are shown; what is missing is empty. Sorted as figures they are all the same."""
    show = _shower(values)
    return values.astype(object).map(show, na_action="ignore").fillna("")


def _safe(text: object) -> str:
    return html.escape(str(text))


class Browser:
    """A long table that can be searched, sorted and paged through; it needs no network. Shown by a notebook."""

    def __init__(self, rows: pd.DataFrame):
        self._rows = rows

    def __repr__(self) -> str:
        return f"{len(self._rows)} rows: {', '.join(map(str, self._rows.columns))}"

    def _repr_html_(self) -> str:
        import itables.options as options
        from itables.javascript import generate_init_offline_itables_html, to_html_datatable

        left = [i for i, dtype in enumerate(self._rows.dtypes) if _side(dtype) == _LEFT]
        right = [i for i in range(self._rows.shape[1]) if i not in left]
        rows = self._rows.apply(_texts).rename(
            columns=lambda name: f"{name} ({unit(name)})" if unit(name) else str(name)
        )
        table = to_html_datatable(
            rows,
            connected=False,
            maxBytes=0,
            table_id=f"minshi-{uuid.uuid4().hex[:8]}",
            classes="display compact",
            columnDefs=[
                {"className": "dt-left", "targets": left},
                {"className": "dt-right", "targets": right, "type": "num"},
            ],
            showIndex=False,
        )
        return generate_init_offline_itables_html(options.dt_bundle) + table


def browse(rows: pd.DataFrame) -> Browser:
    """A table of any length to search, sort and page through.

    Parameters
    ----------
    rows : DataFrame

    Examples
    --------
    >>> browse(pd.DataFrame({"region": ["乐清市"], "value": [760]}))
    1 rows: region, value
    """
    return Browser(rows)
