"""How plain frames look in a notebook: text left, figures right with their units, everything escaped."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from minshi_analysis.model import TABLES
from minshi_analysis.notebook import browse, frames
from minshi_analysis.notebook.frames import as_html, unit

ROWS = pd.DataFrame(
    {
        "funder": ["city", None],
        "text": ["<script>alert(1)</script>", "乐清市"],
        "amount_wan": [4857.08, 50000.0],
        "year": pd.array([2022, None], dtype="Int64"),
        "patched": [True, False],
    }
)


def cells(made: str, tag: str) -> list[tuple[str, str]]:
    """Which side each cell stands on, and what is in it."""
    found = re.findall(rf"<{tag} style='text-align:(\w+)[^']*'>(.*?)</{tag}>", made)
    return found


def test_text_stands_left_and_figures_right_with_their_unit():
    assert cells(as_html(ROWS), "th") == [
        ("left", "funder"),
        ("left", "text"),
        ("right", "amount_wan<br><small>万元</small>"),
        ("right", "year"),
        ("left", "patched"),
    ]


def test_figures_keep_every_digit_and_missing_values_are_empty():
    assert [said for _, said in cells(as_html(ROWS), "td")] == [
        "city", "&lt;script&gt;alert(1)&lt;/script&gt;", "4857.08", "2022", "True",
        "", "乐清市", "50000", "", "False",
    ]  # fmt: skip


def test_a_long_text_is_cut_and_says_so():
    ids = "|".join(f"plan/{i}" for i in range(100))
    ((_, said),) = cells(as_html(pd.DataFrame({"source_ids": [ids]})), "td")
    assert said == f"<span title='{ids}'>{ids[:99]}…</span>"


def test_an_index_of_ones_own_is_shown_and_a_plain_one_is_not():
    own = ROWS.set_index(["funder", "text"])[["amount_wan"]]
    assert cells(as_html(own), "th")[0] == ("left", "funder / text")
    assert len(cells(as_html(own), "td")) == 2
    assert "&lt;script&gt;" in as_html(own) and "<script>" not in as_html(own)


def test_a_long_frame_says_how_many_rows_are_left():
    made = as_html(pd.concat([ROWS] * 30), rows=10)
    assert made.count("<tr>") == 11 and "60 × 5 · 50 more rows" in made


def test_a_unit_by_the_columns_name_is_the_same_in_every_table():
    said = {(column.name, column.unit) for table in TABLES.values() for column in table.columns}
    assert len(said) == len({name for name, _ in said})
    assert (unit("total_yi"), unit("population"), unit("rate_claimed"), unit("value")) == (
        "亿元",
        "人",
        "%",
        "",
    )


@pytest.fixture
def shell(monkeypatch):
    own = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: own)
    return own


def test_frames_are_opted_in_and_out_and_carry_nothing(shell):
    plain = shell.display_formatter.format(ROWS)[0]["text/html"]
    frames()
    styled = shell.display_formatter.format(ROWS)[0]["text/html"]
    assert "万元" in styled and "万元" not in plain
    assert ROWS.attrs == {}
    frames(False)
    assert shell.display_formatter.format(ROWS)[0]["text/html"] == plain


def test_a_long_table_is_browsed_without_network():
    shown = browse(ROWS)
    made = shown._repr_html_()
    assert repr(shown) == "2 rows: funder, text, amount_wan, year, patched"
    assert "amount_wan (万元)" in made and "<script>alert" not in made
    # Nothing is loaded from elsewhere: links within the licence comments and the help of the library are no requests.
    assert not re.search(r"""(?:src|href)=["']https?://[^"']+\.(?:js|css)|from ["']https?://|@import""", made)
