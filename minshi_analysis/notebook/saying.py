"""Parts that many findings share: names cut after a few, and what is not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from minshi_analysis.account.unread_kinds import may_be
from minshi_analysis.reasons import Reason, why

_STOPS = "。；;,，"
_PAIR = re.compile(r'"([^"]*)"')
_SINGLE = str.maketrans("“”", "‘’")

__all__ = ["joined", "quoted", "some", "task", "unread_of"]


def some(words: Sequence[Any], most: int = 6) -> Reason:
    """Names in a row, cut after `most` with how many there are.

    Examples
    --------
    >>> from minshi_analysis.reasons import say
    >>> say(some(["a", "b", "c"], most=2)), say(some(["a", "b", "c"], most=2), "en"), say(some(["a", "b"]))
    ('a、b等 3 项', 'a, b and others (3 in all)', 'a、b')
    """
    words = list(words)
    if len(words) <= most:
        return why("notebook.all_of", items=words)
    return why("notebook.some_of", items=words[:most], total=len(words))


def quoted(text: object) -> Reason:
    """A document's words between quotation marks, without the stop behind them; marks inside become single ones.

    Examples
    --------
    >>> from minshi_analysis.reasons import say
    >>> say(quoted('"环浙步道"；')), say(quoted("停车位。"), "en")
    ('“‘环浙步道’”', '“parking spaces 停车位”')
    """
    words = _PAIR.sub(r"‘\1’", str(text).rstrip(_STOPS))
    return why("notebook.quoted", text=words.translate(_SINGLE))


def task(text: object) -> Reason:
    """A document's words as a part of a sentence, without the stop behind them.

    Examples
    --------
    >>> from minshi_analysis.reasons import say
    >>> say(task("停车位")), say(task("停车位。"), "en")
    ('停车位', 'parking spaces 停车位')
    """
    return why("notebook.task", text=str(text).rstrip(_STOPS))


def joined(ids: Sequence[Any]) -> str:
    """Ids of the rows that a finding rests on."""
    return "|".join(dict.fromkeys(str(each) for each in ids if isinstance(each, str)))


def unread_of(unread: pd.DataFrame, doc_ids: Sequence[str], kind: str | None = None) -> pd.DataFrame:
    """What was not understood of these documents; of a kind of figures (money, shares, results, deadlines) what may be of it.

    Examples
    --------
    >>> rows = pd.DataFrame({"doc_id": ["a", "a"], "text": ["补助经费500万元", "共3年"], "reason": ["background", "background"]})
    >>> len(unread_of(rows, ["a"], "money")), len(unread_of(rows, ["a"])), len(unread_of(rows, ["b"]))
    (1, 2, 0)
    """
    rows = unread[unread["doc_id"].isin(doc_ids)]
    if kind is None or rows.empty:
        return rows
    return rows[may_be(rows, kind)]
