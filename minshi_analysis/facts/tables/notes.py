"""What notes below a table say of its figures: brackets, marks, whom an indicator counts, the base year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minshi_analysis.facts.tables.levels import Brackets, bracket_note

__all__ = ["Notes", "notes_of"]

# 除人均预期寿命、…为户籍口径外: a note below the table says which indicators count whom.
_APART = re.compile(r"除(?P<names>[^,。;:]{2,200}?)为(?P<base>[^,。;:为]{2,6}口径)外")
_MARKED = re.compile(
    r"(?P<mark>\[[a-z\d]{1,2}\]|[①-⑳]|\*+)\s*(?:内|处)?(?P<what>[为系是指][^,，;；。\[\]①-⑳*]{2,40})"
)
_BASE_YEAR = re.compile(r"基期为?((?:19|20)\d\d)年|((?:19|20)\d\d)年为基期")


@dataclass(frozen=True, slots=True)
class Notes:
    """What is printed below a table of its figures."""

    brackets: Brackets
    bases: Mapping[str, str]
    marks: Mapping[str, str]
    base_year: int | None


def notes_of(texts: Sequence[str]) -> Notes:
    """What the notes of a table say, tidy and folded.

    Examples
    --------
    >>> found = notes_of(["注:①为2019年数据;基期为2020年。"])
    >>> found.marks, found.base_year
    ({'①': '2019年数据'}, 2020)
    """
    year = next((m for text in texts if (m := _BASE_YEAR.search(text))), None)
    marks = {
        m["mark"]: m["what"].lstrip("为系是指")
        for text in texts
        if "注" in text
        for m in _MARKED.finditer(text)
    }
    return Notes(bracket_note(texts), _bases(texts), marks, int(year[1] or year[2]) if year else None)


def _bases(texts: Iterable[str]) -> dict[str, str]:
    """Indicator -> 户籍口径 and the like, where a note sets some apart from the others."""
    found = (match for text in texts if "口" in text and "外" in text for match in _APART.finditer(text))
    return {name: match["base"] for match in found for name in re.split("[、和]", match["names"])}
