"""A chart on a page: number, title, measure, drawing, source line and the download of its data, as HTML without script."""

from __future__ import annotations

import base64
import html
import itertools
import re

import pandas as pd

from minshi_analysis.reasons import say

__all__ = ["FIGURE", "as_html", "csv", "numbered"]

FIGURE = "application/vnd.minshi.chart+html"  # beside the PNG in a cell's output: what a report's page shows
_OPEN = re.compile(r'<figure class="chart">|<b class="chart-number">([^<]*)</b>')


def csv(data: pd.DataFrame) -> str:
    """The plotted data as text."""
    return data.to_csv(index=False, float_format="%.6g", lineterminator="\n")


def as_html(
    name: str, lang: str, title: str, measure: str, source: str, drawings: tuple[str, str], data: pd.DataFrame
) -> str:
    """The figure: a wide drawing and one for a narrow screen, of which a page shows one.

    The number is the page's to give: see `numbered`.
    """
    rows = base64.b64encode(
        b"\xef\xbb\xbf" + csv(data).encode()
    ).decode()  # with the mark by which Excel knows UTF-8
    number, download = say("charts.number", lang), say("charts.download", lang, rows=len(data))
    return (
        '<figure class="chart">\n'
        f'<figcaption><b class="chart-number">{number}</b> {html.escape(title)}</figcaption>\n'
        f'<p class="chart-measure">{html.escape(measure)}</p>\n'
        f'<div class="chart-wide">{drawings[0]}</div>\n<div class="chart-narrow">{drawings[1]}</div>\n'
        f'<p class="chart-source">{html.escape(source)} '
        f'<a download="{name}.csv" href="data:text/csv;charset=utf-8;base64,{rows}">{download}</a></p>\n'
        "</figure>"
    )


def numbered(page: str) -> str:
    """A page's HTML with its charts numbered in their order, each with an id (`chart-1`) to link to.

    Examples
    --------
    >>> numbered('<figure class="chart">\\n<figcaption><b class="chart-number">图</b> 题')
    '<figure class="chart" id="chart-1">\\n<figcaption><b class="chart-number">图 1</b> 题'
    """
    opened, told = itertools.count(1), itertools.count(1)

    def number(match: re.Match[str]) -> str:
        if match[1] is None:
            return f'<figure class="chart" id="chart-{next(opened)}">'
        return f'<b class="chart-number">{match[1]} {next(told)}</b>'

    return _OPEN.sub(number, page)
