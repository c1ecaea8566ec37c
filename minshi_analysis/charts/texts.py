"""Words of a chart: where a line may end, what a name is called, where the data come from."""

from __future__ import annotations

import pandas as pd

from minshi_analysis.glosses import glossed
from minshi_analysis.reasons import Reason, say, term, why
from minshi_analysis.widths import ems, is_wide

__all__ = ["measures", "named", "sources", "wrapped"]

_NEVER_FIRST = "，。；：、！？）》」』】〕％…·),.;:!?%"
_KEPT = 8.0  # em of a word that stays in one line
_NEVER_LAST = "（《「『【〔("


def wrapped(text: str, most: float) -> list[str]:
    """A text in lines of at most `most` em: Chinese ends anywhere, other words between them; nothing is cut off.

    Examples
    --------
    >>> wrapped("婴幼儿照护服务机构（公办）", 8)
    ['婴幼儿照护服务机', '构（公办）']
    >>> wrapped("new parking spaces", 8)
    ['new parking', 'spaces']
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and ems(line + piece.rstrip()) > most:
            lines.append(line.rstrip())
            line = ""
        while ems(piece.rstrip()) > most and len(piece) > 1:  # a word longer than a line
            fits = next(at for at in range(len(piece), 0, -1) if ems(piece[:at]) <= most or at == 1)
            lines.append(piece[:fits])
            piece = piece[fits:]
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """What a line may not be broken within; the last word, often a name behind its English, is one of them."""
    head, space, last = text.rpartition(" ")
    if not space or ems(last) > _KEPT:
        head, space, last = text, "", ""
    pieces: list[str] = []
    for sign in head + space:
        glued = pieces and (
            sign in _NEVER_FIRST
            or sign == " "
            or pieces[-1][-1] in _NEVER_LAST
            or (_latin(sign) and _latin(pieces[-1][-1]))
        )
        if glued:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return [*pieces, last] if last else pieces


def _latin(sign: str) -> bool:
    return sign != " " and not is_wide(sign)


def named(kind: str, name: object, lang: str) -> str:
    """A name of a document as a chart of this language prints it."""
    return "" if pd.isna(name) else glossed(kind, str(name), lang)


def measures(rows: pd.DataFrame, lang: str) -> list[str]:
    """What each row of a chart is called: its measure; those of one name also by their list, else by their number.

    Examples
    --------
    >>> measures(pd.DataFrame({"measure": ["绿道", "绿道", "托位"], "target_id": ["d/8.1#1", "d/8.2#1", "d/2#1"]}), "zh")
    ['绿道（8.1）', '绿道（8.2）', '托位']
    """
    names = [named("measure", name, lang) for name in rows["measure"]]
    if "level" in rows:
        told = [
            _apart(name, names, term("level", level, lang))
            for name, level in zip(names, rows["level"], strict=True)
        ]
        names = told if len(set(told)) > len(set(names)) else names
    if "target_id" not in rows:
        return names
    numbers = rows["target_id"].astype(str).str.partition("/")[2].str.partition("#")[0]
    return [_apart(name, names, number) for name, number in zip(names, numbers, strict=True)]


def _apart(name: str, names: list[str], mark: str) -> str:
    return f"{name}（{mark}）" if mark and names.count(name) > 1 else name


def sources(rows: pd.DataFrame, documents: pd.DataFrame | None, lang: str) -> str:
    """Where the rows of a chart come from: their documents by title, and whose residents were counted.

    Parameters
    ----------
    rows : DataFrame
        doc_id; population_date and population_kind, where the figures are for a resident.
    documents : DataFrame, optional
        The table documents. Without it the documents are told by their ids.
    lang : str
    """
    ids = list(dict.fromkeys(rows["doc_id"].dropna())) if "doc_id" in rows else []
    titles = {} if documents is None else documents.set_index("doc_id")["title"].to_dict()
    told = [
        why("charts.document", title=titles[doc]) if doc in titles else why("charts.document_id", doc=doc)
        for doc in ids
    ]
    people: list[Reason] = []
    if "population_date" in rows:
        known = rows.dropna(subset=["population_date"]).drop_duplicates(
            ["population_date", "population_kind"]
        )
        people = [
            why("charts.residents", day=row.population_date, kind=row.population_kind)
            for row in known.sort_values("population_date").itertuples()
        ]
    if not told and not people:
        return say("charts.source_none", lang)
    return say("charts.source", lang, documents=[*told, *people])
