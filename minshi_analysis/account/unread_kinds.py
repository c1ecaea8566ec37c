"""What kind of figures a part that was not understood may hold: the one place where audit and reports ask.

A part says why it was not understood, in words (`reason`). Figures of a column that nobody knows may be of any kind.
"""

from __future__ import annotations

import pandas as pd

__all__ = ["KINDS", "may_be", "of_unknown_column"]

# Words of the printed text, and of the reason, that say what kind of figures was not understood.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "money": (("万元", "亿元", "资金", "投资额", "经费", "财政"), ("money", "funder")),
    "shares": ((), ("share", "region")),
    "results": ((), ("result", "finished", "begun")),
    "deadlines": (("时限", "期限"), ("deadline",)),
}
# Reasons of figures in a column of which nobody knows what it counts.
_COLUMN = (
    "no role is known",
    "another column of the table",
    "no known header above this row",
    "a cell without a column",
)


def of_unknown_column(reason: object) -> bool:
    """Whether the reason is that nobody knows what the column of the figures counts.

    Examples
    --------
    >>> of_unknown_column("no role is known for this head: 督查得分"), of_unknown_column("a need, not a promise")
    (True, False)
    """
    return isinstance(reason, str) and any(words in reason for words in _COLUMN)


def may_be(unread: pd.DataFrame, kind: str) -> pd.Series:
    """Which parts may hold figures of a kind (money, shares, results, deadlines): by their words, their reason, or no column.

    Examples
    --------
    >>> rows = pd.DataFrame({"text": ["补助经费500万元", "共3年", "85"],
    ...                      "reason": ["background", "background", "no role is known for this head: 督查得分"]})
    >>> may_be(rows, "money").tolist()
    [True, False, True]
    """
    words, reasons = KINDS[kind]
    printed = unread["text"].fillna("").map(lambda text: any(word in text for word in words))
    said = unread["reason"].fillna("").map(lambda text: any(word in text for word in reasons))
    return (printed | said | unread["reason"].map(of_unknown_column)).astype(bool)
