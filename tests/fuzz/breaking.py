"""Files that are broken on purpose: the documents of the corpus, damaged in ways that a number decides."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

__all__ = ["broken", "seeds"]

LARGEST = 120_000  # bytes of a seed
_FORMS = (".txt", ".md", ".html", ".docx", ".xlsx", ".xls", ".pdf")
# What stands in files of each kind and means something there.
_TOKENS = (
    b"<table><tr><td rowspan=65534 colspan=1000>", b"</table>", b"<ol start=-5>", b"<s>", b"<style>*{color:#fff}</style>",
    b"<p style='font:0/0 a'>", b"<![CDATA[", b"<!--", b"&#1114111;", b"&#0;", b"charset=zlib", b"charset=utf-7", b"<svg>",
    b"\xef\xbf\xbc", b"\xe2\x80\xae", b"\xff\xfe", b"\x00", b"|", b"\t", b"\n\t", b"~~", b"**", b"9" * 400, b"1e308", b"-1",
    b"<w:tbl><w:tr><w:tc>", b"</w:p>", b"<w:vMerge/>", b'w:val="99999999999"', b"<w:gridSpan w:val='60000'/>",
    b"<mergeCell ref='A1:XFD1048576'/>", b"<row r='1048576'>", b"<c r='XFD1' t='s'><v>99999</v></c>", b"<v>1e999</v>",
    b"stream", b"endstream", b"endobj", b"/Kids[2 0 R]", b"/Count 99999999", b"/Fm0 Do", b" 0 0 0 0 0 0 cm ", b"q " * 200,
    b"BT", b"ET", b"/Length 0", b"/FlateDecode", b"<<" * 200, b"[" * 200, b" Tz 0 Tf ", b"trailer", b"startxref", b"%PDF-",
)  # fmt: skip


def seeds(root: Path) -> list[Path]:
    """The corpus documents that are broken, in a fixed order."""
    found = sorted(
        p for p in (root / "tests/corpus").rglob("*") if p.suffix in _FORMS and p.name != "README.md"
    )
    return [path for path in found if path.stat().st_size < LARGEST]


def broken(number: int, files: list[Path]) -> tuple[str, bytes]:
    """The name and the bytes of a broken file; the same number always gives the same."""
    dice = random.Random(number)
    by_form = [[path for path in files if path.suffix == form] for form in _FORMS]
    path = dice.choice(dice.choice([these for these in by_form if these]))
    data = path.read_bytes()
    if path.suffix in (".docx", ".xlsx") and dice.random() < 0.75:
        data = _inside_zip(data, dice)
    elif path.suffix == ".pdf" and dice.random() < 0.5:
        data = _inside_pdf(data, dice)
    else:
        data = _changed(data, dice)
    return f"{path.parent.name}-{number}{path.suffix}", data


def _changed(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        data = dice.choice(_CHANGES)(data, dice)
    return data


def _flip(data: bytes, dice: random.Random) -> bytes:
    if not data:
        return data
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _drop(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[at + dice.choice((1, 2, 30, 1000)) :]


def _repeat(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[at : at + dice.choice((10, 300, 3000))] * dice.choice((2, 2, 50)) + data[at:]


def _insert(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(_TOKENS) * dice.choice((1, 1, 1, 30)) + data[at:]


def _number(data: bytes, dice: random.Random) -> bytes:
    """Another number in place of one."""
    places = list(re.finditer(rb"\d{1,6}", data[:50_000]))
    if not places:
        return data
    at = dice.choice(places)
    return (
        data[: at.start()]
        + dice.choice((b"0", b"-7", b"65536", b"4294967296", b"9" * 30, b"1.5"))
        + data[at.end() :]
    )


def _swap(data: bytes, dice: random.Random) -> bytes:
    a, b, c = sorted(dice.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _flip, _cut, _drop, _repeat, _insert, _insert, _number, _number, _swap,
)  # fmt: skip


def _inside_zip(data: bytes, dice: random.Random) -> bytes:
    """One part of an archive changed, its sums right; sometimes it is gone, twice there, or another's."""
    parts = zipfile.ZipFile(io.BytesIO(data))
    names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
    chosen, out = dice.choice(names), io.BytesIO()
    how = dice.choice(("changed", "changed", "changed", "gone", "another's", "empty"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            body = parts.read(name)
            if name == chosen:
                if how == "gone":
                    continue
                body = {"changed": lambda: _changed(body, dice), "empty": lambda: b""}.get(  # noqa: B023
                    how, lambda: parts.read(dice.choice(names))
                )()
            made.writestr(name, body)
    return out.getvalue()


def _inside_pdf(data: bytes, dice: random.Random) -> bytes:
    """One compressed part of a PDF changed and compressed again; what points behind it is then wrong too."""
    places = [m for m in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S) if m[1][:1] == b"x"]
    if not places:
        return _changed(data, dice)
    at = dice.choice(places)
    try:
        body = zlib.compress(_changed(zlib.decompress(at[1]), dice))
    except zlib.error:
        return _changed(data, dice)
    return data[: at.start(1)] + body + data[at.end(1) :]
