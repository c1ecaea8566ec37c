"""What stands around every page: head, policy, font, script and foot. One HTML file that needs no network.

The page's policy lets only our own script run and only style sheets that are in the page apply; nothing is fetched, and
nothing that a document says can change that.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from minshi_analysis import __version__
from minshi_analysis.reasons import say
from minshi_analysis.reports.glyphs import Glyphs

__all__ = ["Frame", "framed", "switch"]

_TEMPLATES = Path(__file__).parent / "templates"
_DATA = re.compile(r"(?:base64,[A-Za-z0-9+/=\s]+|data:text/csv[^\"']*)")
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S)
_LANGUAGES = {"zh": ("zh-Hans", "中文"), "en": ("en", "English")}
_SWITCH = frozenset(
    "".join(word for _, word in _LANGUAGES.values())
)  # a link that comes when the page is made
_DESCRIPTION = 160  # signs, which is what previews of links show
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='#0b5c8a'/>"
    "<path d='M4 12V8M8 12V4M12 12V6' stroke='#fff' stroke-width='2.4'/></svg>"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page is called and what it leads to.

    Attributes
    ----------
    title, description : str
    lang : str
        ``zh`` or ``en``.
    root : str
        The way from the page to the folder of all reports: empty, or ``../``.
    others : mapping of language to address
        The same page in other languages.
    files : mapping of word to address
        What can be had beside the page.
    script : str
        A further script of this kind of page, by the name of its file.
    wide : bool
        The page asks for the whole window.
    date : str
        The day, in ISO form, of the newest data on the page.
    """

    title: str
    description: str = ""
    lang: str = "zh"
    root: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    script: str = ""
    wide: bool = False
    date: str = ""


def framed(frame: Frame, body: str, glyphs: Glyphs) -> bytes:
    """A whole page.

    Parameters
    ----------
    frame : Frame
    body : str
        HTML of what stands in `main`.
    glyphs : Glyphs

    Examples
    --------
    >>> b"<h1>" in framed(Frame("民生"), "<h1>民生</h1>", Glyphs())
    True
    """
    lang, description = frame.lang, _short(frame.description or frame.title)
    script = "\n".join(_part(name) for name in ("page.js", frame.script) if name)
    parts = {
        "lang": _LANGUAGES[lang][0],
        "title": escape(frame.title),
        "description": escape(description),
        "site": escape(say("pages.site", lang)),
        "author": escape(say("pages.author", lang)),
        "date": f'<meta name="date" content="{escape(frame.date)}">\n' if frame.date else "",
        "icon": "data:image/svg+xml;base64," + base64.b64encode(_ICON.encode()).decode(),
        "style": _part("style.css"),
        "skip": escape(say("pages.skip", lang)),
        "home": escape(f"{frame.root}index{'' if lang == 'zh' else f'.{lang}'}.html"),
        "terms": escape(f"{frame.root}terms{'' if lang == 'zh' else f'.{lang}'}.html"),
        "terms_word": escape(say("pages.terms", lang)),
        "home_word": escape(say("pages.index", lang)),
        "others": switch(frame.others),
        "wide": ' class="wide"' if frame.wide else "",
        "body": body,
        "foot": _foot(frame),
        "words": _words(lang),
        "script": script,
        "script_hash": _hash(script),
    }
    page = Template(_part("page.html")).substitute(parts)
    font = f'@font-face {{ font-family: "Report"; src: url("{glyphs.data_url(set(_DATA.sub("", page)) | _SWITCH)}") format("woff2"); }}'
    page = page.replace("@@font@@", font, 1)
    hashes = dict.fromkeys(_hash(style) for style in _STYLE.findall(page))
    return page.replace("@@styles@@", " ".join(f"'{each}'" for each in hashes), 1).encode()


def switch(others: Mapping[str, str]) -> str:
    """The links to the same page in other languages, by language."""
    return f'<div class="switch">{"".join(_other(code, address) for code, address in others.items())}</div>'


def _other(code: str, address: str) -> str:
    lang, word = _LANGUAGES[code]
    return f'<a href="{escape(address)}" hreflang="{lang}" lang="{lang}">{word}</a>'


def _foot(frame: Frame) -> str:
    said = escape(say("pages.made_by", frame.lang, version=__version__))
    if not frame.files:
        return f"<p>{said}</p>"
    listed = " ".join(f'<a href="{escape(to)}">{escape(word)}</a>' for word, to in frame.files.items())
    return f'<p class="files">{escape(say("pages.download", frame.lang))} {listed}</p><p>{said}</p>'


def _words(lang: str) -> str:
    """What the script says, as attributes of the body: its own text is the same on every page."""
    shown = {name: say(f"pages.{name}", lang, shown="{shown}", all="{all}", column="{column}")
             for name in ("filter", "shown", "sort", "none_shown")}  # fmt: skip
    return escape(json.dumps(shown, ensure_ascii=False))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _DESCRIPTION else text[: _DESCRIPTION - 1] + "…"


@cache
def _part(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
