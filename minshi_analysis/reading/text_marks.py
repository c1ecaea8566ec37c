"""What nobody sees in a text file: Markdown's tildes, the few tags it takes from HTML, comments, typed strokes."""

from __future__ import annotations

import re

from minshi_analysis.reading.visible import GAP, HIDDEN, OVERLAID, RAISED, STRUCK, LeftOut, apart, raised

__all__ = ["seen"]

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_STRUCK = re.compile(r"(?<!~)~~(?=[^\s~])((?:[^\n~]|~(?!~)){1,400})(?<=\S)~~(?!~)")
_TAGGED = re.compile(r"<(del|s|strike)>([^<>\n]{0,400})</\1>", re.I)
_BOLD = re.compile(r"(\*\*|__|`)(?=\S)([^*_`\n]{1,100})(?<=\S)\1")
_ENTITY = re.compile(
    r"(?<=\d)(?:&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)+|&[A-Za-z]{2,8};(?=\d)|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
# Between digits a line break of HTML, a picture, a pipe that parts no cells; a terminal's commands.
_STANDS = re.compile(
    r"(?<=\d)(?:<br\s*/?>|!\[[^\]\n]{0,100}\]\([^)\n]{0,300}\)|\\\|)(?=\d)"
    r"|(?<=\d)!\[[^\]\n]{0,100}\d[^\]\n]{0,100}\]\([^)\n]{0,300}\)|\x1b\[[\d;]{0,20}[A-Za-z]",
    re.I,
)
_SHIFTED = re.compile(r"<(sup|sub)>([^<>\n]{0,80})</\1>", re.I)


def seen(text: str) -> tuple[str, LeftOut]:
    """A text of the same length in which what is not seen is blank, and what that was.

    Two tildes between digits are a range and strike nothing out.

    Examples
    --------
    >>> seen("停车位~~1000~~800个")[0]
    '停车位        800个'
    >>> seen("3000m<sup>2</sup>, 投资5~~10万元, 3~~5个")[0]
    '3000m²           , 投资5~~10万元, 3~~5个'
    """
    left = LeftOut()
    if "-->" in text:
        text = _COMMENT.sub(lambda match: _blank(match, match[0][4:-3], HIDDEN, left), text)
    if ";" in text and "&" in text:
        text = _ENTITY.sub(lambda match: GAP * len(match[0]), text)
    if "\x1b" in text or "<br" in text or "](" in text or "\\|" in text:
        text = _STANDS.sub(lambda match: GAP * len(match[0]), text)
    if "**" in text or "`" in text or "__" in text:
        text = _BOLD.sub(_plain, text)
    if "~~" in text:
        text = _STRUCK.sub(lambda match: _struck(match, left), text)
    if "</" in text:
        text = _TAGGED.sub(lambda match: _blank(match, match[2], STRUCK, left), text)
        text = _SHIFTED.sub(lambda match: _shifted(match, left), text)
    return OVERLAID.sub(lambda match: _blank(match, match[0], STRUCK, left), text), left


def _blank(match: re.Match, words: str, kind: str, left: LeftOut) -> str:
    left.add(kind, words)
    blank = re.sub(r"[^\r\n\t|]", " ", match[0]) if kind == HIDDEN else " " * len(match[0])
    between = apart(
        match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    )
    return GAP + blank[1:] if between and blank[0] == " " else blank


def _plain(match: re.Match) -> str:
    """Marks of bold print and code beside a figure, blanked."""
    words, mark = match[2], " " * len(match[1])
    return mark + words + mark if words[0].isdecimal() or words[-1].isdecimal() else match[0]


def _struck(match: re.Match, left: LeftOut) -> str:
    before, after = match.string[match.start() - 1 : match.start()], match[1][:1]
    ranged = before.isdecimal() and after.isdecimal() and not _is_between(match)
    return match[0] if ranged else _blank(match, match[1], STRUCK, left)


def _is_between(match: re.Match) -> bool:
    """Whether a bare number stands between two tildes and two tildes, and another behind: no range has three."""
    return match[1].isdecimal() and match.string[match.end() : match.end() + 1].isdecimal()


def _shifted(match: re.Match, left: LeftOut) -> str:
    before = match.string[max(match.start() - 8, 0) : match.start()]
    kept = raised(match[2], before, match[1].lower() == "sub")
    if not kept:
        left.add(RAISED, match[2])
    return kept.ljust(len(match[0]))
