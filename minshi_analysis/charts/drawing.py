"""A figure as an SVG of a page: small, without a date, its text as text.

The page's own font draws the text, so that it can be searched and copied, and the dark page can turn it light. What
matplotlib writes around it (groups, clips, styles, six decimals) is most of the file and leaves here.
"""

from __future__ import annotations

import hashlib
import io
import re

from lxml import etree
from matplotlib.figure import Figure

__all__ = ["SAID", "drawing"]

SAID = "said"  # the id of what a lone picture says itself and a page in its own text
_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_MOVE = re.compile(r"(\w+)\(([^)]*)\)")
_PLAIN = {  # what a browser takes it for anyway
    ("text-anchor", "start"),
    ("stroke-dashoffset", "0"),
    ("stroke-width", "1"),
    ("stroke-linecap", "butt"),
    ("stroke-linejoin", "round"),  # said once, at the top
}
_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


def drawing(figure: Figure, name: str, alt: str, top: float, bottom: float, family: str) -> str:
    """The SVG of a figure.

    Parameters
    ----------
    figure : Figure
    name : str
        Begins the ids in it, with a mark of the contents: a page may hold several drawings.
    alt : str
        What it shows in words.
    top, bottom : float
        Inches at either end that are left out, with the texts whose id is `SAID`.
    family : str
        The font, for paper; a page sets its own.
    """
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata=_METADATA)
    root = etree.fromstring(file.getvalue().encode(), etree.XMLParser(remove_blank_text=True, huge_tree=True))
    width, height = (float(size) for size in root.get("viewBox").split()[2:])
    shown = height - 72 * (top + bottom)
    parts = [part for child in root for part in _parts(child)]
    body = "".join(etree.tostring(part, encoding="unicode") for part in parts).replace(f' xmlns="{_SVG}"', "")
    body = _named(
        body.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace("xlink:href", "href"), name
    )
    told = alt.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return (
        f'<svg xmlns="{_SVG}" viewBox="0 {_short(72 * top)} {_short(width)} {_short(shown)}"'
        f' width="{round(width / 0.72)}" height="{round(shown / 0.72)}" role="img" aria-label="{told}"'
        f' font-family="{family}" stroke-linejoin="round">{body}</svg>'
    )


def _parts(element: etree._Element) -> list[etree._Element]:
    """What is drawn, without the groups around it."""
    tag = etree.QName(element).localname
    if tag in ("metadata", "clipPath", "style") or element.get("id") == SAID:
        return []
    if tag in ("g", "defs") and not element.get("transform"):
        inner = [part for child in element for part in _parts(child)]
        if tag == "g" or not inner:
            return inner
        kept = etree.Element(f"{{{_SVG}}}defs", nsmap={None: _SVG})
        kept.extend(inner)
        return [kept]
    for part in element.iter():
        _tidy(part)
    return (
        []
        if tag == "path" and element.get("fill") == "none" and "stroke" not in element.attrib
        else [element]
    )


def _tidy(element: etree._Element) -> None:
    for pair in filter(None, (element.attrib.pop("style", None) or "").split(";")):
        key, _, value = (side.strip() for side in pair.partition(":"))
        if key != "font-family" and (key, value) not in _PLAIN:
            element.set(key, value)
    element.attrib.pop("clip-path", None)
    if etree.QName(element).localname == "text":
        _place(element)
    for key in ("x", "y", "width", "height", "font-size", "stroke-width", "stroke-dasharray"):
        if key in element.attrib:
            element.set(key, _NUMBER.sub(lambda match: _short(match[0]), element.get(key)).replace("px", ""))
    if "d" in element.attrib:
        element.set("d", _path(element.get("d")))


def _place(text: etree._Element) -> None:
    """Where a text stands, and its turn only where it is turned."""
    moves = {name: _NUMBER.findall(rest) for name, rest in _MOVE.findall(text.attrib.pop("transform", ""))}
    angle, *centre = moves.get("rotate", ["0"])
    if "translate" in moves:
        text.set("x", moves["translate"][0])
        text.set("y", moves["translate"][1])
    if float(angle):
        x, y = (_short(number) for number in (centre or (text.get("x"), text.get("y"))))
        text.set("transform", f"rotate({_short(angle)} {x} {y})")


def _path(steps: str) -> str:
    """A path with one decimal, and level and upright lines as such."""
    told, before = [], ("", "")
    for letter, rest in _STEP.findall(steps):
        numbers = [_short(number) for number in _NUMBER.findall(rest)]
        here = (numbers[-2], numbers[-1]) if len(numbers) > 1 else before
        if letter == "L" and here[1] == before[1]:
            told.append(f"H{here[0]}")
        elif letter == "L" and here[0] == before[0]:
            told.append(f"V{here[1]}")
        else:
            told.append(letter + " ".join(numbers))
        before = here
    return "".join(told)


def _short(number: str | float) -> str:
    return (
        f"{float(number) + 0.0:.1f}".removesuffix(".0").replace("-0", "0", 1)
        if abs(float(number)) < 0.05
        else (f"{float(number):.1f}".removesuffix(".0"))
    )


def _named(body: str, name: str) -> str:
    """Ids that no other drawing of the page has."""
    mark = f"{name}-{hashlib.sha256(body.encode()).hexdigest()[:6]}"
    for number, old in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', body))):
        if f"#{old}" in body:
            body = body.replace(f'id="{old}"', f'id="{mark}-{number}"').replace(
                f"#{old}", f"#{mark}-{number}"
            )
        else:
            body = body.replace(f' id="{old}"', "")
    return body
