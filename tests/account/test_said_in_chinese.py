"""Every reason for which a figure is in no row, or a row in doubt, is worded in Chinese: pages show it to readers."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import minshi_analysis
from minshi_analysis.account.sheet_words import reason_in, words

PACKAGE = Path(minshi_analysis.__file__).parent
ROOMS = (
    "facts",
    "layout",
    "account/confidence.py",
    "account/constraints.py",
    "account/claiming.py",
    "account/ledger.py",
)
PART = {  # put together of reasons that are listed, or no reason
    "{}, under {}",
    "no share can be read in {}",
    "{} figures read, {} set aside",
}
SENTENCE = re.compile(r"[a-z{][A-Za-z' ,.:;(){}-]*[a-z]")


def sentences(path: Path) -> list[str]:
    """What reads like a reason among a module's strings: several English words, no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped, found = set(), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(map(id, node.values))
            found.append("".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            found.append(node.value)
    return [text for text in found if SENTENCE.fullmatch(text) and text.count(" ") > 1 and text not in PART]


MODULES = sorted(
    path
    for room in ROOMS
    for path in ([PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*.py"))
)


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_every_reason_has_chinese_words(path):
    left = [
        text
        for text in sentences(path)
        if re.search("[a-z]{3}", reason_in(text.replace("{}", "某"), words("zh")))
    ]
    assert not left


def test_reasons_are_found_where_they_stand():
    assert "no column takes this cell" in sentences(PACKAGE / "layout" / "tables.py")
    assert "one figure for {} together" in sentences(PACKAGE / "facts" / "tables" / "splits.py")
