"""A report's page: one HTML file that needs no network, with the glyphs it uses inside.

nbconvert's exporter on a template of our own (built on `basic`, which loads nothing), without code cells: the
executed notebook beside the page has them. The page's font is a subset of Noto Sans CJK SC, so that Chinese text
shows on a machine without Chinese fonts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
from nbconvert.exporters import HTMLExporter, TemplateExporter

from minshi_analysis.charts.figure import FIGURE, numbered
from minshi_analysis.notebook.shown import STYLE
from minshi_analysis.reasons import say
from minshi_analysis.reports import arranged
from minshi_analysis.reports.frame import Frame, framed
from minshi_analysis.reports.glyphs import Glyphs

__all__ = ["Pages"]

_TEMPLATES = Path(__file__).parent / "templates"
_PICTURES = ("image/png", "image/jpeg")
_WRITTEN_AS_NUMBER = re.compile(r"&#(\d{4,6});")  # nbconvert writes Chinese in headings so
_FIRST_SAID = re.compile(r'<ul class="(?:headlines|findings)"><li>(.*?)</li>', re.S)
_SOURCE = re.compile(
    r'(href="\.\./sources/[^"#]+)\.html'
)  # an English report leads to the English page of a source
_TAG = re.compile(r"<[^>]*>")


class _Exporter(HTMLExporter):
    """nbconvert's exporter without its last step, which reads the whole page again to describe pictures."""

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> tuple[Any, Any]:
        self.register_filter("highlight_code", lambda source, **_options: source)  # code is not shown
        return TemplateExporter.from_notebook_node(self, nb, self._init_resources(resources), **options)


class Pages:
    """Sets pages; made once and used for many.

    Examples
    --------
    `Pages().page(notebook, "温州市 2022")` gives the bytes of a UTF-8 HTML file.
    """

    def __init__(self, glyphs: Glyphs | None = None):
        self._glyphs = glyphs or Glyphs()
        self._exporter = _Exporter(
            template_name="minshi",
            extra_template_basedirs=[str(_TEMPLATES)],
            exclude_input=True,
            exclude_input_prompt=True,
            exclude_output_prompt=True,
            exclude_anchor_links=False,
            optimistic_validation=True,  # once, and not behind each of twelve steps
        )

    def page(
        self, notebook: Mapping[str, Any], title: str, file: str = "", lang: str = "zh", date: str = ""
    ) -> bytes:
        """The page of a canonical notebook.

        Parameters
        ----------
        notebook : mapping
            Executed and canonical (see `canonical`): the page is a function of it, the title and the template.
        title : str
            Title of the page.
        file : str
            What the files beside the page are called, without suffix; empty where there are none.
        lang : str
            Language of the report.
        date : str
            The day of its newest document, in ISO form.
        """
        node = nbformat.from_dict({**notebook, "cells": arranged.filled(notebook["cells"])})
        for cell in node["cells"]:
            for output in cell.get("outputs", ()):
                _describe(output, lang)
                _as_figure(output)
        html, _ = self._exporter.from_notebook_node(node, {"metadata": {"name": title}})
        html = _SOURCE.sub(rf"\1.{lang}.html", html) if lang != "zh" else html
        html = _WRITTEN_AS_NUMBER.sub(lambda match: chr(int(match[1])), html).replace(STYLE, "")
        terms = f"../terms{'' if lang == 'zh' else f'.{lang}'}.html" if file else ""
        body = numbered(arranged.arranged(html, lang, terms))
        root, files = "../" if file else "", _files(file, lang)
        frame = Frame(title, _description(html), lang, root, files=files, date=date)
        return framed(frame, body, self._glyphs)

    def index(self, index: Any) -> bytes:
        """The index page of a `minshi_analysis.reports.index.Index`."""
        from minshi_analysis.reports.landing import landing_page

        return landing_page(index, self._glyphs)

    def terms(self, lang: str = "zh", others: Mapping[str, str] | None = None) -> bytes:
        """The page that explains the words, and where it is in other languages."""
        from minshi_analysis.reports.landing import terms_page

        return terms_page(lang, self._glyphs, others)

    def source(self, source: Any) -> bytes:
        """The page of a source document; see `minshi_analysis.reports.source_page.SourceDocument`."""
        from minshi_analysis.reports.source_page import source_page

        return source_page(source, self._glyphs)


def _files(file: str, lang: str) -> dict[str, str]:
    words = {"PDF": "pdf", say("pages.notebook", lang): "ipynb", say("pages.record", lang): "json"}
    return {word: f"{quote(file)}.{suffix}" for word, suffix in words.items()} if file else {}


def _description(html: str) -> str:
    """The first thing that the report has found."""
    found = _FIRST_SAID.search(html)
    return unescape(_TAG.sub("", found[1])) if found else ""


def _as_figure(output: Any) -> None:
    """Show a chart as the page's own figure, not as the picture that a notebook shows."""
    if FIGURE in output.get("data", {}):
        output["data"] = nbformat.NotebookNode({"text/html": output["data"][FIGURE]})


def _describe(output: Any, lang: str) -> None:
    """Give a picture that says nothing of itself a word for those who do not see it."""
    for kind in _PICTURES:
        if kind in output.get("data", {}) and "alt" not in output["metadata"]:
            told = output["metadata"].setdefault(kind, nbformat.NotebookNode())
            told.setdefault("alt", say("pages.picture", lang))
