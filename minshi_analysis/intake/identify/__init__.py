"""What a document says of itself: title, issuer, region, year, kind, stage, dates and number.

Nothing is guessed in silence: each field says where it was found and how sure that is; what is only a guess is asked.
"""

from __future__ import annotations

import re

from minshi_analysis.intake.identify.days import as_of, published_of
from minshi_analysis.intake.identify.front import Front, digits
from minshi_analysis.intake.identify.identity import DOUBT, Found, Identity
from minshi_analysis.intake.identify.kinds import kind_of, stage_of
from minshi_analysis.intake.identify.region import region_of
from minshi_analysis.intake.identify.stated import fields_of, stated
from minshi_analysis.intake.identify.titles import headings, issuer_of, title_of
from minshi_analysis.intake.identify.years import years_of
from minshi_analysis.language.text import fold, simplified
from minshi_analysis.reading.blocks import Document

__all__ = ["DOUBT", "Identity", "identify", "stated"]

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}\[(?:19|20)\d\d\]\d{1,4}号")


def identify(document: Document, name: str = "", *, placed: bool = False) -> Identity:
    """What a document says of itself.

    Parameters
    ----------
    document : Document
    name : str
        The file's name, the last place to look.
    placed : bool
        Whether its region is known, and so is not looked for: of all that is, it takes longest.

    Returns
    -------
    Identity

    Examples
    --------
    >>> from minshi_analysis.reading.text import parse
    >>> said = identify(parse("汉中市洋县2024年十大民生实事项目清单\\n1.新建幼儿园3所。\\n"))
    >>> said.region, said.adcode, said.year, said.kind, said.note("region")
    ('洋县', '610723', 2024, 'plan', "'汉中市洋县' in the title")
    """
    front = Front(document, name)
    title = title_of(front)
    words = digits(fold(title.value)) if title else ""
    others = headings(front, words)
    kind = kind_of(front, words, others)
    doing = kind.value if kind else None
    published = published_of(front)
    year, last = years_of(front, words, others, doing, published.value if published else None)
    when = year.value if year else None
    found = {
        "title": title,
        "issuer": issuer_of(front, title.value if title else None),
        "region": None if placed else region_of(front, words, others, when),
        "year": year,
        "kind": kind,
        "stage": stage_of(front, words, others, doing),
        "as_of": as_of(front, words, others, doing, when),
        "published": published,
        "reference_no": _number(front),
    }
    return _identity(found, last, document)


def _identity(found: dict[str, Found | None], year_end: int | None, document: Document) -> Identity:
    known = {name: field for name, field in found.items() if field is not None}
    values = {name: field.value for name, field in known.items()}
    place = values.pop("region", None)
    if place is not None:
        values |= fields_of(place)
    return Identity(
        **values,
        year_end=year_end,
        script="hant" if _is_traditional(document.text[:5000]) else "hans",
        notes=tuple(f"{name}: {field.where}" for name, field in known.items()),
        sure={name: field.sure for name, field in known.items()},
    )


def _number(front: Front) -> Found | None:
    for line in front.lines:
        if found := _NUMBER.search(line.text):
            return Found(found[0], f"{line.text[:40]!r}", 0.9)
    return None


def _is_traditional(text: str) -> bool:
    other = simplified(text)
    return other != text and sum(a != b for a, b in zip(text, other, strict=True)) > 0.02 * len(text)
