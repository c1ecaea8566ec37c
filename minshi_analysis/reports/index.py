"""The index: one page that links every report there is, and says which are missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from minshi_analysis.hashes import digest
from minshi_analysis.reports.parameters import Report

__all__ = ["Entry", "entries", "entries_digest", "render"]

HEADS = {
    "city_year": "各地各年民生实事",
    "indicator_trajectories": "五年规划指标与项目",
    "audit": "数据核对",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A report on the index, and whether its page is there."""

    report: Report
    made: bool


def entries(reports: Iterable[Report], out: Path) -> list[Entry]:
    """An entry for every report that exists, made or not."""
    return [Entry(report, (out / f"{report.name}.html").is_file()) for report in reports]


def entries_digest(listed: Sequence[Entry], code: str) -> str:
    """What the index page is a function of."""
    rows = [(entry.report.name, entry.report.label, entry.report.documents, entry.made) for entry in listed]
    return digest(json.dumps([code, rows], ensure_ascii=False).encode())


def render(listed: Sequence[Entry]) -> str:
    """The body of the index, in HTML.

    Examples
    --------
    >>> report = Report("city_year", (("region", "温州市"), ("year", 2022)))
    >>> '<a href="city_year/%E6%B8%A9%E5%B7%9E%E5%B8%82-2022.html">温州市</a>' in render([Entry(report, True)])
    True
    """
    parts = ["<h1>民生实事报告</h1>"]
    notebooks = list(dict.fromkeys(entry.report.notebook for entry in listed))
    for notebook in notebooks:
        own = [entry for entry in listed if entry.report.notebook == notebook]
        parts.append(f"<h2>{escape(HEADS.get(notebook, notebook))}</h2>")
        years = list(dict.fromkeys(_year(entry.report) for entry in own))
        for year in sorted(years, reverse=True):
            if year:
                parts.append(f"<h3>{year} 年</h3>")
            items = "".join(f"<li>{_item(entry)}</li>" for entry in own if _year(entry.report) == year)
            parts.append(f"<ul class='reports'>{items}</ul>")
    return "\n".join(parts)


def _year(report: Report) -> int:
    return int(dict(report.parameters).get("year", 0))


def _item(entry: Entry) -> str:
    values = [str(value) for name, value in entry.report.parameters if name != "year"]
    label = escape(entry.report.title or " ".join(values) or entry.report.notebook)
    if not entry.made:
        return f"{label} <small>（尚未生成）</small>"
    href = quote(entry.report.name)
    documents = escape("、".join(entry.report.documents)) if entry.report.notebook == "city_year" else ""
    return (
        f'<a href="{href}.html">{label}</a> <small>{documents} '
        f'<a href="{href}.pdf">PDF</a> <a href="{href}.ipynb">ipynb</a> <a href="{href}.json">json</a></small>'
    )
