"""What a closed account is: asked of the sources, the corpus, every variant and the generated country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from minshi_analysis.account.ledger import Ledger
from minshi_analysis.layout.tables import Unread
from minshi_analysis.reading.blocks import Document, Paragraph

__all__ = ["open_figures"]


def open_figures(ledger: Ledger, unread: Sequence[Unread], document: Document) -> list[str]:
    """What keeps an account from being closed, none where it is: a sentence each, for the test to print."""
    entries = ledger.entries
    told = [(part.start, part.end) for part in unread]
    covered = {i for entry in entries for i in range(entry.start, entry.end)}
    found = [f"claimed twice: {entry.text} by {entry.row_id}" for entry in ledger.twice]
    found += [f"a value that is not printed: {row}" for row in sorted(ledger.invented)]
    found += [f"in two entries: {a.text}, {b.text}" for a, b in pairwise(entries) if a.end > b.start]
    found += [
        f"not understood and not told: {entry.text}"
        for entry in entries
        if entry.state == "unread" and not any(a <= entry.start and entry.end <= b + 1 for a, b in told)
    ]
    for start, text in _printed(document):
        for digits in re.finditer(r"[0-9]+", text):
            if not covered.issuperset(range(start + digits.start(), start + digits.end())):
                found.append(f"in no entry: {digits[0]} of {text[:60]!r}")
    return found


def _printed(document: Document) -> list[tuple[int, str]]:
    """Every paragraph and cell, with where it begins."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append((block.start, block.text))
        else:
            found += {
                cell.start: (cell.start, cell.text) for row in block.rows for cell in row if cell
            }.values()
    return found
