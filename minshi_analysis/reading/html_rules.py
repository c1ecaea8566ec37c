"""The rules of a page's style sheets: which there are for a wide screen, what they say, and which can apply to the page.

Rules inside rules, layers and conditions are followed; variables where the sheets give them one value.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

import cssselect
import tinycss2

__all__ = ["inline", "on_screen", "rarest", "rules", "selectors"]

_PROPERTIES = frozenset(
    re.findall(
        r"[\w-]+",
        "display visibility opacity font font-size content color background background-color background-image "
        "text-decoration "
        "text-decoration-line text-indent position left top right bottom margin-left margin-top clip clip-path "
        "width height max-height max-width overflow vertical-align transform mso-hide filter "
        "-webkit-text-fill-color direction unicode-bidi content-visibility zoom scale rotate order float line-height "
        "letter-spacing -webkit-text-security font-variant-position",
    )
)
_FONT = re.compile(r"(?:^|\s)(\d*\.?\d+[a-z%]*)\s*(?:/|\s)")
_WIDE = 1200  # pixels of the screen that a page is thought to be seen on
_MEDIUM = re.compile(r"(?:only\s+)?(all|screen)|not\s+(print|speech)")
_FEATURES = {
    "orientation": "landscape",
    "hover": "hover",
    "pointer": "fine",
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
}
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\))?[^()]*))?\)")
MAX_DEPTH = 5  # of rules inside rules

Declared = dict[str, tuple[str, bool]]


def on_screen(media: str) -> bool:
    """Whether a sheet for some media is for a wide screen of a computer.

    Examples
    --------
    >>> on_screen("print"), on_screen("screen and (max-width: 600px)"), on_screen("(min-width: 40em), print")
    (False, False, True)
    """
    return not media.strip() or any(map(_applies, media.lower().split(",")))


def _applies(query: str) -> bool:
    return all(_holds(part.strip()) for part in re.split(r"\band\b", query))


def _holds(part: str) -> bool:
    if _MEDIUM.fullmatch(part):
        return True
    asked = re.fullmatch(r"\(\s*(min-|max-)?([\w-]+)\s*(?::\s*([^)]*?)\s*)?\)", part)
    if asked is None:
        return False
    bound, name, value = asked.groups()
    if name in ("width", "device-width") and bound:
        length = re.fullmatch(r"([\d.]+)(px|r?em|pt)", value or "")
        pixels = float(length[1]) * {"px": 1, "pt": 4 / 3}.get(length[2], 16) if length else None
        return pixels is not None and (pixels <= _WIDE if bound == "min-" else pixels >= _WIDE)
    return name in _FEATURES and value in (None, _FEATURES[name])


def rules(text: str) -> Iterator[tuple[str, Declared]]:
    """Selectors and declarations of the sheets, with those that they have for a wide screen."""
    known = _variables(text)
    todo = [("", rule, 0) for rule in reversed(_parsed(text))]
    while todo:
        above, rule, depth = todo.pop()
        if rule.type == "qualified-rule":
            selector = _inside(above, tinycss2.serialize(rule.prelude))
            yield selector, _declarations(rule.content, known)
            if depth < MAX_DEPTH:
                todo += [(selector, each, depth + 1) for each in reversed(_nested(rule.content))]
        elif rule.type == "at-rule" and rule.content and depth < 2 * MAX_DEPTH and _is_followed(rule):
            if above:  # declarations straight inside a condition of a rule are the rule's own
                yield above, _declarations(rule.content, known)
            inside = _nested(rule.content) if above else _parsed(rule.content)
            todo += [(above, each, depth + 1) for each in reversed(inside)]


def _parsed(text: str | list) -> list:
    parse = tinycss2.parse_stylesheet if isinstance(text, str) else tinycss2.parse_rule_list
    return parse(text, skip_comments=True, skip_whitespace=True)


def _nested(content: list) -> list:
    """The rules inside a rule's braces."""
    if not any(token.type == "{} block" for token in content):
        return []
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [item for item in found if item.type in ("qualified-rule", "at-rule")]


def _is_followed(rule: tinycss2.ast.AtRule) -> bool:
    name, said = rule.lower_at_keyword, tinycss2.serialize(rule.prelude)
    if name == "media":
        return on_screen(said)
    return name == "layer" or (name == "supports" and not said.strip().lower().startswith("not"))


def _inside(above: str, selector: str) -> str:
    """A selector as it is meant inside another rule.

    Examples
    --------
    >>> _inside(".a, .b", "i"), _inside(".a", "&.c"), _inside("", "p")
    (':is(.a, .b) i', '.a.c', 'p')
    """
    if not above:
        return selector
    outer = f":is({above.strip()})" if "," in above else above.strip()
    parts = [part.strip() for part in selector.split(",")] if "(" not in selector else [selector.strip()]
    return ", ".join(part.replace("&", outer) if "&" in part else f"{outer} {part}" for part in parts)


def _variables(text: str) -> dict[str, str]:
    """Values of the sheets' variables; of those that have several none is known."""
    found: dict[str, set[str]] = {}
    for name, value in re.findall(r"(--[\w-]+)\s*:\s*([^;{}]+)", text):
        found.setdefault(name, set()).add(value.strip())
    return {name: next(iter(values)) for name, values in found.items() if len(values) == 1}


def _declarations(style: str | list, known: Mapping[str, str] | None = None) -> Declared:
    """The properties that matter, each with its value and whether it is important."""
    found: Declared = {}
    for item in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration" or item.lower_name not in _PROPERTIES:
            continue
        name, value = item.lower_name, tinycss2.serialize(item.value).strip().lower()
        for _ in range(3 * ("var(" in value)):  # a variable may be given by another
            value = _VARIABLE.sub(
                lambda each: (known or {}).get(each[1], (each[2] or each[0]).strip()), value
            )
        if name == "font":  # all of a font in short
            size = _FONT.search(value)
            name, value = "font-size", size[1] if size else ""
        found[name] = (value, item.important)
    return found


@functools.lru_cache(4096)  # a page says the same of a thousand cells
def inline(style: str) -> Declared:
    """What a style attribute declares."""
    return _declarations(style)


def selectors(text: str, names: Mapping[str, int]) -> Iterator[tuple[str, tuple, str]]:
    """XPath and weight of the selectors that can apply to a page with these tags, classes and ids.

    The third says whether a selector is for what a sheet prints ``before`` or ``after`` an element.
    """
    try:
        parsed = cssselect.parse(text)
    except (cssselect.SelectorError, RecursionError):
        return
    translator = cssselect.HTMLTranslator()
    for selector in parsed:
        try:
            generated = str(selector.pseudo_element or "")
            if generated in ("", "before", "after") and all(
                name in names for name in _asked(selector.canonical())
            ):
                yield translator.selector_to_xpath(selector), selector.specificity(), generated
        except (cssselect.SelectorError, RecursionError):  # :hover and the like, which no printed page has
            continue


def _asked(text: str) -> list[str]:
    """The tags, classes and ids that a selector asks for; escaped signs, as in ``.md\\:hidden``, are of the name."""
    plain = re.sub(r"\[[^\]]*\]|::?[\w-]+(\((?:[^()]|\([^()]*\))*\))?", "", text.replace("\\:", "\0"))
    found = re.findall(r"[.#](?:[\w\0-]|\\.)+|(?<![\w.#\0\\-])[a-zA-Z][\w-]*", plain)
    return [re.sub(r"\\(.)", r"\1", name.replace("\0", ":")) for name in found]


def rarest(text: str, names: Mapping[str, int], count: int) -> int:
    """How many elements the rarest name of a selector has: so many at most are asked for those beside them."""
    return min((names[name] for name in _asked(text[:500]) if names[name]), default=count)
