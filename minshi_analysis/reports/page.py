"""A report's page: one HTML file that needs no network, with the glyphs it uses inside.

nbconvert's exporter on a template of our own (built on `basic`, which loads nothing), without code cells: the
executed notebook beside the page has them. The page's font is a subset of Noto Sans CJK SC, so that Chinese text
shows on a machine without Chinese fonts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter, TemplateExporter

from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.index import render

__all__ = ["Pages"]

_TEMPLATES = Path(__file__).parent / "templates"
_PICTURES = ("image/png", "image/jpeg")
_WRITTEN_AS_NUMBER = re.compile(r"&#(\d{4,6});")  # nbconvert writes Chinese in headings so
_SECTION = re.compile(r'<h2 id="([^"]*)">([^<]*)<')
_DATA = re.compile(r"base64,[A-Za-z0-9+/=\s]+")


class _Exporter(HTMLExporter):
    """nbconvert's exporter without its last step, which reads the whole page again to describe pictures."""

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> tuple[str, Any]:
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
        )

    def page(self, notebook: Mapping[str, Any], title: str) -> bytes:
        """The page of a canonical notebook.

        Parameters
        ----------
        notebook : mapping
            Executed and canonical (see `canonical`): the page is a function of it, the title and the template.
        title : str
            Title of the page.
        """
        node = nbformat.from_dict({**notebook, "metadata": {**notebook["metadata"], "title": title}})
        for cell in node["cells"]:
            for output in cell.get("outputs", ()):
                _describe(output)
        html, _ = self._exporter.from_notebook_node(node, {"metadata": {"name": title}})
        html = _with_contents(_WRITTEN_AS_NUMBER.sub(lambda match: chr(int(match[1])), html))
        return html.replace("@@font@@", self._font(html), 1).encode()

    def index(self, entries: Sequence[Any]) -> bytes:
        """The index page of `minshi_analysis.reports.index.Entry` items, in the style of the reports."""
        body = nbformat.v4.new_markdown_cell(render(entries), id="index")
        notebook = {"cells": [body], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return self.page(notebook, "民生实事报告")

    def _font(self, html: str) -> str:
        return self._glyphs.data_url(set(_DATA.sub("", html)))


def _describe(output: Any) -> None:
    """Give a picture that says nothing of itself a word for those who do not see it."""
    for kind in _PICTURES:
        if kind in output.get("data", {}) and "alt" not in output["metadata"]:
            output["metadata"].setdefault(kind, nbformat.NotebookNode()).setdefault("alt", "图")


def _with_contents(html: str) -> str:
    """A list of the page's sections behind its title, where it has more than two."""
    sections = _SECTION.findall(html)
    title = html.find("</h1>") + len("</h1>")
    if len(sections) < 3 or title < len("</h1>"):
        return html
    items = "".join(f'<li><a href="#{anchor}">{name}</a></li>' for anchor, name in sections)
    return f'{html[:title]}\n<nav class="contents"><ol>{items}</ol></nav>{html[title:]}'
