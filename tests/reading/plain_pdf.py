"""A PDF written by hand: what no writer of PDFs does can be tried too."""

from __future__ import annotations

from pathlib import Path

__all__ = ["write_pdf"]


def write_pdf(
    path: Path,
    content: bytes,
    resources: bytes = b"",
    page: bytes = b"",
    catalog: bytes = b"",
    more: dict[int, bytes] | None = None,
) -> Path:
    """A page with this content in Helvetica (``/F1``).

    Parameters
    ----------
    path : Path
    content : bytes
        The page's language.
    resources, page, catalog : bytes
        Further entries of these dictionaries.
    more : dict of int to bytes, optional
        Further objects, by number from 10.
    """
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        + resources
        + b">>"
        + page
        + b">>",
        4: b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    } | (more or {})
    data, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, size = len(data), max(objects) + 1
    data += b"xref\n0 %d\n" % size
    for number in range(size):
        data += b"%010d %05d %s \n" % ((places[number], 0, b"n") if number in places else (0, 65535, b"f"))
    data += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    path.write_bytes(data)
    return path
