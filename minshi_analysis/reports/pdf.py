"""A report on paper: the PDF of a page, set by Typst, with the glyphs it uses inside.

Typst and the fonts come with the lock; no font or library of the system has a say, so that a page gives the same
bytes everywhere. The HTML page is read as data, a tree of paragraphs, lists, tables and pictures, and handed to the
one Typst file in `templates/paper`: nothing that a report says is ever Typst code.
"""

from __future__ import annotations

import base64
import json
import os
import re
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from lxml import html

from minshi_analysis.fonts import FAMILY, font_file
from minshi_analysis.reports.grids import breakable, grid, styles

__all__ = ["Papers"]

_TEMPLATE = Path(__file__).parent / "templates" / "paper" / "main.typ"
_WIDTH = 493.0  # points: A4 less its margins
_PIXEL = 0.75  # points
_LONGEST_WORD = 45.0  # em, on a line of running text
_FORGET = 3  # Typst remembers what it set in its last ten runs: empty ones give 120 MB of pictures back
_SUFFIXES = {"png": "png", "jpeg": "jpg", "gif": "gif", "svg+xml": "svg", "webp": "webp"}
_DATA = re.compile(r"data:image/([a-z+]+)(?:;[^,;]+)*?(;base64)?,(.*)", re.S)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.S)  # HTML parsers write its names in lower case, which XML minds
_VIEW = re.compile(rb'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_HEAD = 400  # bytes of a drawing in which its size stands
_TALL = 260.0  # points: the text goes on before a taller drawing, which stands at the head of the next page
_SPACE = re.compile(r"[ \t\r\n\f]+")

_HIDDEN = {"head", "link", "meta", "noscript", "style", "template", "title"}
_INLINE = {
    **dict.fromkeys(("b", "em", "i", "strong"), "strong"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("del", "s"), "strike"),
    **{"mark": "mark", "small": "small", "sub": "sub", "sup": "super"},
}
_PLAIN = {
    "abbr", "bdi", "bdo", "cite", "data", "dfn", "font", "ins", "label", "q", "span", "time", "u", "var", "wbr",
}  # fmt: skip
_LISTS = {"ol": "enum", "ul": "list"}
_TITLES = {"dt", "figcaption", "summary"}
_UNSETTABLE = {"audio", "canvas", "embed", "iframe", "math", "object", "script", "svg", "video"}


class Papers:
    """Sets PDFs; made once and used for many.

    Examples
    --------
    >>> Papers().pdf("<main><h1>民生</h1></main>".encode(), "民生")[:5]
    b'%PDF-'
    """

    def __init__(self) -> None:
        import typst

        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(font_file().parent)])
        if FAMILY not in fonts.families():
            raise ValueError(f"{font_file()} has no font {FAMILY}: install noto-cjk-sans-otc")
        self._compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
        self._template = _TEMPLATE.read_bytes()

    def pdf(self, page: bytes, title: str) -> bytes:
        """The PDF of a page.

        Parameters
        ----------
        page : bytes
            A page as `minshi_analysis.reports.page.Pages.page` makes it. What is outside it, such as a picture at
            an address, cannot be set and is a ValueError.
        title : str
            Title of the document, also at the head of its pages.

        Returns
        -------
        bytes
            A4, with an outline of the headings. Its date is that of the page's data, else SOURCE_DATE_EPOCH, or 1970.
        """
        reading = _Reading(page.decode())
        report = {"title": title, "font": FAMILY, "width": _WIDTH, **reading.head, "body": reading.body}
        files: Any = {
            "main.typ": self._template,
            "report.json": json.dumps(report, ensure_ascii=False).encode(),
        }
        epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
        with tempfile.TemporaryDirectory(prefix="minshi-") as folder:  # Typst takes only text from memory
            for name, data in reading.pictures.items():
                Path(folder, name).write_bytes(data)
            made = self._compiler.compile(files, format="pdf", root=folder, timestamp=epoch)
        for _ in range(_FORGET):
            self._compiler.compile(b"", format="pdf")
        assert isinstance(made, bytes), "one file was asked for"
        return made


class _Reading:
    """What a page says: `body`, a tree of strings and of nodes with a `kind`, and `pictures` by file name."""

    def __init__(self, page: str):
        start = max(page.find("<main"), 0)  # before it there is a font, and no text
        drawn = _DRAWING.sub(_as_picture, page[start:])
        root = html.document_fromstring(drawn, parser=html.HTMLParser(huge_tree=True))
        headings = [element for element in root.iter() if _level(element)]
        self._labels = {heading: f"heading-{number}" for number, heading in enumerate(headings)}
        self._targets = {heading.get("id"): self._labels[heading] for heading in reversed(headings)}
        asked = {
            unquote(link.get("href", "")[1:])
            for link in root.iter("a")
            if link.get("href", "").startswith("#")
        }
        self._anchors = {  # places other than headings that a link of the page leads to
            name: f"anchor-{number}"
            for number, name in enumerate(sorted(asked - self._targets.keys() - {""}), 1)
        }
        self._set = {element.get("id") for element in root.iter("tr", "figcaption")} & self._anchors.keys()
        self._styles = styles(root)
        self.head = _head(page[:start])
        self.pictures: dict[str, bytes] = {}
        self.body = self._flow(next(root.iter("main"), root))
        for above, below in pairwise(self.body):
            above["sticky"] = (
                above.get("sticky", False) or below["kind"] == "picture"
            )  # what is said of a picture stays with it

    def _flow(self, element: Any, wrap: bool = True) -> list[Any]:
        """Blocks in their order; text between them becomes paragraphs where `wrap` says so."""
        nodes: list[Any] = []
        run: list[Any] = []

        def end_run() -> None:
            text = _trimmed(run)
            if text:
                nodes.extend([{"kind": "par", "body": text}] if wrap else text)
            run.clear()

        for part in _parts(element):
            if isinstance(part, str):
                run.append(_SPACE.sub(" ", part))
            elif part.tag in _INLINE or part.tag in _PLAIN or part.tag in ("a", "br"):
                run.extend(self._inline(part))
            elif part.tag not in _HIDDEN:
                end_run()
                nodes.extend(self._block(part))
        end_run()
        return nodes

    def _block(self, element: Any) -> list[Any]:
        tag = element.tag
        if element.get("class") == "chart-narrow":  # the same for a narrow screen
            return []
        if level := _level(element):
            body = _trimmed(self._inlines(element))
            return [{"kind": "heading", "level": level, "label": self._labels[element], "body": body}]
        if tag in _TITLES:
            return [{"kind": "par", "body": [{"kind": "strong", "body": self._flow(element, wrap=False)}]}]
        if tag == "table":
            return [grid(element, self._styles, self._cell, _WIDTH)]
        if tag == "figure" and (tables := element.xpath(".//table")):
            return [
                grid(each, self._styles, self._cell, _WIDTH, element.find("figcaption")) for each in tables
            ]
        if tag == "figure":  # what stands above a picture stays with it
            nodes = self._flow(element)
            first = next((at for at, node in enumerate(nodes) if node["kind"] == "picture"), 0)
            nodes = [{**node, "sticky": True} for node in nodes[:first]] + nodes[first:]
            return [{"kind": "float", "body": nodes}] if self._is_tall(nodes) else nodes
        if tag == "nav":
            return self._sections(element)
        if tag in _LISTS:
            items = [self._flow(item, wrap=False) for item in element if isinstance(item.tag, str)]
            start = element.get("start", "1")
            return [{"kind": _LISTS[tag], "items": items, "start": int(start) if start.isdecimal() else 1}]
        if tag == "pre":
            return [{"kind": "pre", "body": self._inlines(element, space=_kept)}]
        if tag == "blockquote":
            return [{"kind": "quote", "body": self._flow(element)}]
        if tag == "hr":
            return [{"kind": "rule"}]
        if tag == "img":
            return [self._picture(element)]
        if tag in _UNSETTABLE:
            raise ValueError(f"<{tag}> cannot be printed: show a picture (PNG, JPEG, SVG) or a table instead")
        return self._flow(element)

    def _cell(self, element: Any) -> list[Any]:
        """What a cell or caption says, with the place that links lead to: of a row, its first cell is it."""
        nodes = self._flow(element, wrap=False)
        row = element.getparent()
        place = row if row.tag == "tr" and row[0] is element else element
        label = self._anchors.get(place.get("id")) if place.get("id") in self._set else None
        return [{"kind": "anchor", "label": label}, *nodes] if label else nodes

    def _inlines(self, element: Any, space: Any = None) -> list[Any]:
        space = space or (lambda text: [_SPACE.sub(" ", text)])
        nodes: list[Any] = []
        for part in _parts(element):
            nodes.extend(space(part) if isinstance(part, str) else self._inline(part, space))
        return nodes

    def _inline(self, element: Any, space: Any = None) -> list[Any]:
        tag = element.tag
        if tag in _HIDDEN or element.get("class") == "anchor-link" or element.get("download"):
            return []
        if tag == "br":
            return [{"kind": "break"}]
        if tag == "img" or tag in _UNSETTABLE:
            return self._block(element)
        body = self._inlines(element, space)
        if tag == "a" and (link := self._link(element.get("href", ""))):
            return [{**link, "body": body}]
        return [{"kind": _INLINE[tag], "body": body}] if tag in _INLINE else body

    def _link(self, address: str) -> dict[str, str] | None:
        """A jump within the report, or a link to the web or to a page that lies beside the report."""
        if address.startswith("#"):
            name = unquote(address[1:])
            to = self._targets.get(address[1:]) or (self._anchors[name] if name in self._set else None)
            return {"kind": "jump", "to": to} if to else None
        return {"kind": "link", "to": address} if re.match(r"(https?:|mailto:|\.\./)", address) else None

    def _sections(self, element: Any) -> list[Any]:
        entries = []
        for anchor in element.iter("a"):
            link = self._link(anchor.get("href", ""))
            if link and link["kind"] == "jump":
                entries.append({"to": link["to"], "title": " ".join(anchor.text_content().split())})
        return [{"kind": "sections", "entries": entries}] if entries else self._flow(element)

    def _is_tall(self, nodes: list[Any]) -> bool:
        """Whether a drawing would leave much of a page empty if the text behind it waited for it."""
        files = [self.pictures[node["file"]] for node in nodes if node["kind"] == "picture"]
        boxes = [_VIEW.search(file[:_HEAD]) for file in files]
        return any(box and float(box[2]) / float(box[1]) * _WIDTH > _TALL for box in boxes)

    def _picture(self, element: Any) -> dict[str, Any]:
        found = _DATA.fullmatch(element.get("src", "").strip())
        if not found or found[1] not in _SUFFIXES:
            raise ValueError(
                f"the picture {element.get('src', '')[:60]!r} cannot be printed: have it inside the page,"
                " as PNG, JPEG, GIF, WebP or SVG"
            )
        data = base64.b64decode(found[3]) if found[2] else unquote_to_bytes(found[3])
        name = f"picture-{len(self.pictures) + 1}.{_SUFFIXES[found[1]]}"
        self.pictures[name] = data
        width = re.match(r"\d+", element.get("width", ""))
        points = int(width[0]) * _PIXEL if width else None
        return {"kind": "picture", "file": name, "alt": element.get("alt", ""), "width": points}


def _parts(element: Any) -> Iterator[Any]:
    """The texts and elements in an element; comments say nothing."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def _level(element: Any) -> int:
    tag = element.tag
    return int(tag[1]) if isinstance(tag, str) and re.fullmatch("h[1-6]", tag) else 0


def _trimmed(run: list[Any]) -> list[Any]:
    """Inline nodes without the space at their ends, and with places to break a word longer than a line."""
    run = [node for node in run if node != ""]
    while run and isinstance(run[0], str) and not run[0].strip(" "):
        run = run[1:]
    while run and isinstance(run[-1], str) and not run[-1].strip(" "):
        run = run[:-1]
    if run and isinstance(run[0], str):
        run = [run[0].lstrip(" "), *run[1:]]
    if run and isinstance(run[-1], str):
        run = [*run[:-1], run[-1].rstrip(" ")]
    return breakable(run, _LONGEST_WORD)


def _kept(text: str) -> list[Any]:
    """Preformatted text: its lines, each with its indent."""
    nodes: list[Any] = []
    for number, line in enumerate(text.expandtabs(4).split("\n")):
        if number:
            nodes.append({"kind": "break"})
            indent = len(line) - len(line.lstrip(" "))
            nodes.append({"kind": "gap", "width": indent / 2})
            line = line[indent:]
        nodes.append(line)
    return breakable(nodes, _LONGEST_WORD)


def _head(head: str) -> dict[str, Any]:
    """Who made the page and of when its data are, as its head says."""
    said = dict(re.findall(r'<meta name="(author|date)" content="([^"]*)">', head))
    day = [int(part) for part in said["date"].split("-")] if "date" in said else None
    return {"author": said.get("author"), "date": day}


def _as_picture(drawing: re.Match[str]) -> str:
    data = base64.b64encode(drawing[0].encode()).decode()
    named = re.match(r'<svg\b[^>]*?\baria-label="([^"]*)"', drawing[0])
    return f'<img alt="{named[1] if named else "图"}" src="data:image/svg+xml;base64,{data}">'
