"""The index as a page to arrive at, and the page that explains the words: what this is, what is known of each place and year."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import product
from urllib.parse import quote

from minshi_analysis import __version__, locales
from minshi_analysis.glosses import glossed
from minshi_analysis.language import regions
from minshi_analysis.reasons import catalogue, say, worded
from minshi_analysis.reports.frame import Frame, framed
from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.index import WORKBOOK, Entry, Index, Known, part_of
from minshi_analysis.reports.parameters import Report

__all__ = ["landing_page", "search_words", "terms_page"]

_READINGS = 8  # ways to read a name that are searched for
_SUFFIX = re.compile(r"(市|区|县|自治县|自治州|盟|旗|地区|特区|林区)$")


def landing_page(index: Index, glyphs: Glyphs) -> bytes:
    """The index page."""
    if index.part:
        return _province_page(index, glyphs)
    said = _Said(index.lang)
    total = len(index.entries) + sum(part.reports for part in index.parts)
    parts = [
        f"<h1>{said('site')}</h1>",
        f'<p class="lead">{said("explained")} <a href="terms{_ending(index.lang)}.html">{said("more_terms")}</a></p>',
        f"<p>{said('held', documents=index.documents, reports=total, date=_day(index))}</p>",
        _provinces(index, said) if index.parts else _grid(index, said),
        _findings(index, said),
        _warnings(index, said),
        _others(index, said),
        _downloads(index, said),
        _method(index, said),
    ]
    others = {lang: f"index{_ending(lang)}.html" for lang in index.langs if lang != index.lang}
    title, about = say("pages.site", index.lang), say("pages.explained", index.lang)
    frame = Frame(title, about, index.lang, others=others, date=index.date)
    return framed(frame, "\n".join(part for part in parts if part), glyphs)


def _province_page(index: Index, glyphs: Glyphs) -> bytes:
    """What is known of the regions of a province, and their reports: a page of an index of several."""
    said, name = _Said(index.lang), _province(index.part, index.lang)
    parts = [f"<h1>{escape(name)}</h1>", _grid(index, said), _findings(index, said), _others(index, said)]
    others = {lang: _page_of(index.part, lang) for lang in index.langs if lang != index.lang}
    title = f"{name} {say('pages.site', index.lang)}"
    frame = Frame(title, say("pages.explained", index.lang), index.lang, others=others, date=index.date)
    return framed(frame, "\n".join(part for part in parts if part), glyphs)


def terms_page(lang: str, glyphs: Glyphs, others: Mapping[str, str] | None = None) -> bytes:
    """The page that explains the words that reports use."""
    said, words = _Said(lang), catalogue(lang, "pages")
    items = "".join(
        f'<dt id="{escape(code)}">{escape(words["words"]["explained"][code])}</dt><dd>{escape(sentence)}</dd>\n'
        for code, sentence in words["explained"].items()
    )
    body = (
        f'<h1>{said("terms")}</h1>\n<p class="lead">{said("explained")}</p>\n<dl class="terms">{items}</dl>'
    )
    frame = Frame(say("pages.terms", lang), say("pages.explained", lang), lang, others=others or {})
    return framed(frame, body, glyphs)


class _Said:
    """What the page says in its language, escaped."""

    def __init__(self, lang: str):
        self.lang = lang

    def __call__(self, code: str, /, **params: object) -> str:
        return escape(say(f"pages.{code}", self.lang, **params))


def _day(index: Index) -> str:
    """The day of the newest document in words; empty where none is known."""
    return locales.date(index.date, index.lang) if index.date else ""


def _called(report: Report, lang: str) -> str:
    """What a person calls a report, in the language of the page."""
    if lang == "zh":
        return report.label
    words = catalogue(lang, "pages")["words"]["title_of"]
    region, year = report.region[0], dict(report.parameters).get("year")
    label = report.label.removesuffix(f" ({lang})")
    if region and label == f"{region} {year}":
        return f"{glossed('region', region, lang)} {year}"
    return words.get(report.notebook, label)


def _ending(lang: str) -> str:
    return "" if lang == "zh" else f".{lang}"


def _page_of(part: str, lang: str) -> str:
    return f"index-{part}{_ending(lang)}.html"


def _province(part: str, lang: str) -> str:
    """What a part of the index is called."""
    found = regions.find(f"{part}0000")
    return glossed("region", found.name, lang) if found else say("pages.no_province", lang)


@cache  # a place has a report of each year and kind
def search_words(name: str) -> str:
    """A region's name with its readings and their initials, as a search finds it.

    Examples
    --------
    >>> words = search_words("乐清市").split()
    >>> [word in words for word in ("乐清市", "yueqing", "yq", "lq")]
    [True, True, True, True]
    """
    from pypinyin import Style, pinyin

    short = _SUFFIX.sub("", name) if len(name) > 2 else name
    usual = tuple(syllable[0] for syllable in pinyin(short, style=Style.NORMAL, errors="ignore"))
    # Character by character: whoever reads 乐清 as leqing looks for lq.
    each = [pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore") for sign in short]
    ways = [
        way for way, _ in zip(product(*(found[0] for found in each if found)), range(_READINGS), strict=False)
    ]
    found = [
        name,
        *("".join(way) for way in (usual, *ways)),
        *("".join(s[0] for s in way) for way in (usual, *ways)),
    ]
    return " ".join(dict.fromkeys(found))


def _provinces(index: Index, said: _Said) -> str:
    """The pages of an index of several, and the names by which their regions are found."""
    heads = "".join(f'<th scope="col"{look}>{said(code)}</th>' for code, look in
                    (("province", ""), ("years_head", ""), ("regions_head", ' class="n"'), ("reports_head", ' class="n"')))  # fmt: skip
    body = "\n".join(
        f'<tr><th scope="row"><a href="{_page_of(part.code, said.lang)}">{escape(_province(part.code, said.lang))}</a></th>'
        f'<td>{escape(_years(part.years))}</td><td class="n">{part.regions:,}</td><td class="n">{part.reports:,}</td></tr>'
        for part in index.parts
    )
    names = [
        [name, _over(code), search_words(name), code, _page_of(part_of(code), said.lang)]
        for name, code in index.names
    ]
    data = json.dumps(names, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f"<h2>{said('grid')}</h2>\n{_search(said)}"
        f'<ul id="places" hidden></ul><script type="application/json" id="names">{data}</script>\n'
        f'<figure class="table plain"><figcaption id="provinces-caption">{said("provinces_told")}</figcaption>'
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="provinces-caption">'
        f'<table id="provinces" aria-labelledby="provinces-caption"><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>'
        "</table></div></figure>"
    )


def _years(years: Sequence[int]) -> str:
    return "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _over(code: str) -> str:
    """The region above a county, by which it is told from others of its name."""
    above = regions.parent(code) if code and not code.endswith("00") else None
    return above.name if above else ""


def _search(said: _Said) -> str:
    return (
        f'<p class="find" hidden><label>{said("find")} <input id="find" type="search" autocomplete="off"></label> '
        f'<span role="status" id="found"></span></p>\n'
    )


def _grid(index: Index, said: _Said) -> str:
    """Regions by year, with what is known of each; cities before their counties."""
    if not index.known:
        return ""
    years = sorted({known.year for known in index.known}, reverse=True)
    pages = {(entry.report.region[1] or entry.report.region[0], dict(entry.report.parameters).get("year")): entry
             for entry in index.entries if entry.report.notebook == "city_year"}  # fmt: skip
    rows: dict[tuple[str, str], dict[int, Known]] = {}
    for known in index.known:
        rows.setdefault((known.code, known.region), {})[known.year] = known
    heads = "".join(f'<th scope="col">{head}</th>' for head in (said("region"), *map(str, years)))
    body = "\n".join(
        _row(region, code, held, years, pages, said) for (code, region), held in sorted(rows.items())
    )
    badges = "　".join(
        f'<span class="badge {code}">{escape(word)}</span> {said(f"about_{code}")}'
        for code, word in catalogue(said.lang, "pages")["words"]["known"].items()
    )
    return (
        f"<h2>{said('grid')}</h2>\n{_search(said)}"
        f'<figure class="table plain"><figcaption id="grid-caption">{badges}</figcaption>'
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="grid-caption">'
        f'<table id="grid" aria-labelledby="grid-caption"><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'
        "</div></figure>"
    )


def _row(
    region: str, code: str, held: dict[int, Known], years: Sequence[int], pages: dict, said: _Said
) -> str:
    above = regions.parent(code) if code else None
    county = bool(code) and not code.endswith("00")
    where = f" <small>{escape(above.name)}</small>" if county and above and said.lang == "zh" else ""
    cells = "".join(
        f"<td>{_cell(held.get(year), pages.get((code or region, year)), said)}</td>" for year in years
    )
    look = ' class="county"' if county else ""
    words = escape(f"{search_words(region)} {code} {above.name if above else ''}".strip())
    anchor = f' id="r{escape(code)}"' if code else ""
    name = escape(glossed("region", region, said.lang))
    return f'<tr data-search="{words}"{anchor}{look}><th scope="row">{name}{where}</th>{cells}</tr>'


def _cell(known: Known | None, entry: Entry | None, said: _Said) -> str:
    if known is None:
        return ""
    words = catalogue(said.lang, "pages")["words"]["known"]
    badges = " ".join(f'<span class="badge {kind}">{escape(words[kind])}</span>' for kind in known.kinds)
    if entry is None or not entry.made:
        return f"{badges} <small>{said('unmade')}</small>"
    label = escape(_called(entry.report, said.lang))
    return f'<a href="{quote(entry.report.name)}.html" aria-label="{label}">{said("report")}</a> {badges}'


def _findings(index: Index, said: _Said) -> str:
    """The first findings of each region that has a document of its own, the latest year."""
    own = {(known.code or known.region, known.year) for known in index.known if set(known.kinds) - {"share"}}
    latest: dict[str, Entry] = {}
    for entry in index.entries:
        region = entry.report.region[1] or entry.report.region[0]
        if entry.made and entry.findings and (region, dict(entry.report.parameters).get("year")) in own:
            latest[region] = max(
                latest.get(region, entry), entry, key=lambda each: dict(each.report.parameters)["year"]
            )
    cards = "\n".join(
        f'<section class="card" data-search="{escape(search_words(entry.report.region[0]))}"><h3>'
        f'<a href="{quote(entry.report.name)}.html">{escape(_called(entry.report, index.lang))}</a></h3><ul>'
        f"{''.join(f'<li>{escape(finding)}</li>' for finding in entry.findings)}</ul></section>"
        for entry in latest.values()
    )
    return f'<h2>{said("found")}</h2>\n<div class="cards">{cards}</div>' if cards else ""


def _warnings(index: Index, said: _Said) -> str:
    """What the audit found, the weightiest first."""
    if not index.warnings:
        return ""
    words = catalogue(said.lang, "pages")
    kinds, mark = words["words"]["class"], words["mark"]
    counts = mark["list"].join(
        f"{escape(kinds.get(kind, kind))} {count}" for kind, count in index.classes.items()
    )
    audit = next((entry for entry in index.entries if entry.report.notebook == "audit" and entry.made), None)
    more = f' <a href="{quote(audit.report.name)}.html">{said("all_warnings")}</a>' if audit else ""
    items = "".join(
        f"<li><b>{escape(kinds.get(each.kind, each.kind))}</b> {escape(each.subject)}"
        f"{_why(each.codes, said.lang)} <small>{said('document', title=each.title)}</small></li>\n"
        for each in index.warnings
    )
    total = sum(index.classes.values())
    head = (
        f"<p>{said('warned', total=total, shown=len(index.warnings))}{counts}{escape(mark['stop'])}{more}</p>"
    )
    return f"<h2>{said('warnings')}</h2>\n{head}\n<ul>{items}</ul>"


def _why(codes: str, lang: str) -> str:
    found = worded(codes, lang)
    return f"{escape(catalogue(lang, 'pages')['mark']['colon'])}{escape(found)}" if found else ""


def _others(index: Index, said: _Said) -> str:
    """Every report, by notebook, with its files."""
    parts = [f"<h2>{said('reports')}</h2>"]
    heads = catalogue(said.lang, "pages")["words"]["notebook_of"]
    for notebook in dict.fromkeys(entry.report.notebook for entry in index.entries):
        items = "".join(
            f'<li data-search="{escape(search_words(entry.report.region[0] or entry.report.label))}">{_item(entry, said)}</li>\n'
            for entry in index.entries
            if entry.report.notebook == notebook
        )
        parts.append(f'<h3>{escape(heads.get(notebook, notebook))}</h3>\n<ul class="reports">{items}</ul>')
    return "\n".join(parts)


def _item(entry: Entry, said: _Said) -> str:
    label = escape(_called(entry.report, said.lang))
    if not entry.made:
        return f"{label} <small>{said('unmade')}</small>"
    href = quote(entry.report.name)
    files = " ".join(
        f'<a href="{href}.{suffix}" aria-label="{label} {word}">{word}</a>'
        for word, suffix in (("PDF", "pdf"), ("ipynb", "ipynb"), ("json", "json"))
    )
    return f'<a href="{href}.html">{label}</a> <small>{files}</small>'


def _downloads(index: Index, said: _Said) -> str:
    if not index.downloads:
        return ""
    words = catalogue(said.lang, "pages")["words"]["table_of"]
    heads = "".join(f'<th scope="col"{look}>{said(code)}</th>' for code, look in
                    (("table_head", ""), ("rows_head", ' class="n"'), ("files_head", "")))  # fmt: skip
    body = "\n".join(
        f'<tr><th scope="row">{escape(words.get(each.name, each.name))} <small>{escape(each.name)}</small></th>'
        f'<td class="n">{each.rows:,}</td><td>{_files(each.name, each.files)}</td></tr>'
        for each in index.downloads
    )
    book = f' <a href="tables/{quote(WORKBOOK)}" download>{said("workbook")}</a>' if index.workbook else ""
    return (
        f"<h2>{said('downloads')}</h2>\n"
        f'<figure class="table"><figcaption id="downloads-caption">{said("downloads_told")}{book}</figcaption>'
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="downloads-caption">'
        f'<table id="downloads" aria-labelledby="downloads-caption"><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>'
        "</table></div></figure>"
    )


def _files(table: str, files: Iterable[str]) -> str:
    shown = ((name, name.rpartition(".")[2]) for name in files)
    return " ".join(
        f'<a href="tables/{quote(name)}" download aria-label="{escape(table)} {suffix}">{suffix}</a>'
        for name, suffix in shown
    )


def _method(index: Index, said: _Said) -> str:
    cited = said("cited", version=__version__, date=_day(index))
    paragraphs = "".join(f"<p>{said(code)}</p>" for code in ("method", "unknown", "licence"))
    return f"<h2>{said('method_head')}</h2>\n{paragraphs}\n<p>{said('cite_head')}</p>\n<blockquote>{cited}</blockquote>"
