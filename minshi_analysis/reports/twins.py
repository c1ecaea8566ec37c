"""The link between the two languages of a report: on each of the two pages, and only while the other is there.

Which reports lie beside a page is no input of its notebook: the link is set when a page is written, and on the other page
when its twin comes. A record says whether its page has the link, so that a page whose twin has gone is made again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote

from minshi_analysis.locales import LANGUAGES
from minshi_analysis.reports.frame import switch
from minshi_analysis.reports.parameters import OWN, Report, in_language

__all__ = ["is_there", "linked", "twin_of"]

_SWITCH = re.compile(rb'<div class="switch">.*?</div>', re.S)


def twin_of(report: Report) -> Report:
    """The same report in the other language.

    Examples
    --------
    >>> here = Report("city_year", (("region", "温州市"), ("year", 2022)))
    >>> twin_of(here).name, twin_of(twin_of(here)) == here
    ('city_year/温州市-2022-en', True)
    """
    lang = dict(report.parameters).get("lang", OWN)
    plain = _without_language(report)
    other = next(each for each in LANGUAGES if each != lang)
    return in_language([plain], str(other))[0] if other != OWN else replace(plain, title=_untitled(report))


def _without_language(report: Report) -> Report:
    return replace(report, parameters=tuple(each for each in report.parameters if each[0] != "lang"))


def _untitled(report: Report) -> str:
    """A title without the language that `in_language` puts behind it; none where it only repeats the parameters."""
    plain = replace(_without_language(report), title="")
    title = re.sub(r" \([a-z]{2}\)$", "", report.title)
    return "" if title == plain.label else title


def is_there(report: Report, out: Path) -> bool:
    """Whether the report in the other language has been made."""
    return (out / f"{twin_of(report).name}.html").is_file()


def linked(page: bytes, report: Report, out: Path) -> bytes:
    """The page with the link to its twin where that is there, and without it where it is not."""
    twin = twin_of(report)
    lang = str(dict(twin.parameters).get("lang", OWN))
    file = quote(f"{twin.name.rpartition('/')[2]}.html")
    link = switch({lang: escape(file)} if is_there(report, out) else {}).encode()
    return _SWITCH.sub(lambda _: link, page, count=1)
