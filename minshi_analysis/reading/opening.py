"""What kind of file this is, by its bytes, and a clear sentence where it is one that cannot be read."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from minshi_analysis.reading.ooxml import OLE2, archive, ole2_sentence

__all__ = ["kind"]

_HTML = re.compile(
    rb"<(!doctype\s+html|html|head|body|title|meta|link|style|script|base|table|tbody|tr|td|div|p|span|font|center|h[1-6]"
    rb"|ul|ol|li|dl|a|b|strong|br|img|article|section|main|header|nav|form|pre)[\s/>]",
)
_PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"BM": "BMP",
}
_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def kind(path: Path) -> str:
    """The format of a file by its content: ``pdf``, ``docx``, ``xlsx``, ``xls``, ``html`` or ``text``.

    The suffix is not asked: a page saved as ``.doc`` or ``.xls`` is still a page.

    Raises
    ------
    ValueError
        Where the file is empty or of a kind that has to be converted first; the sentence says how.
    """
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(4096)
    name = path.name
    if not head.strip(b"\0 \t\r\n"):
        raise ValueError(f"{name} is empty: get the file again")
    if head.startswith(OLE2):
        from minshi_analysis.reading.xls import is_workbook

        if is_workbook(path):
            return "xls"
        raise ValueError(ole2_sentence(path))
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if b"endobj" in head:  # its first bytes are wrong, and what follows is no text
        raise ValueError(f"{name} is a damaged PDF file: get the file again")
    if head.startswith(b"PK"):
        with archive(path) as parts:
            found = [_MAIN[n] for n in parts.namelist() if n in _MAIN]
            if not found:
                found = _main_part(parts)
            pages = any(n.rpartition("/")[2] == "OFD.xml" for n in parts.namelist())
        if found:
            return found[0]
        if pages:
            raise ValueError(f"{name} is an OFD file: print it to a PDF file from its viewer and read that")
        raise ValueError(
            f"{name} is a zip archive but no Word or Excel file: unpack it and read the files inside"
        )
    for magic, picture in _PICTURES.items():
        if head.startswith(magic) and b"\0" in head:
            raise ValueError(
                f"{name} is a picture ({picture}) without text: recognise it (OCR) and read the text"
            )
    if head.startswith(b"{\\rtf"):
        raise ValueError(f"{name} is an RTF file: open it in a word processor and save it as .docx")
    if head.startswith(b"Rar!") or head.startswith(b"7z\xbc\xaf"):
        raise ValueError(f"{name} is an archive: unpack it and read the files inside")
    lower = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    lower = re.sub(rb"\A(\s*(<\?xml.*?\?>|<!--.*?-->))+\s*", b"", lower, flags=re.S)
    if _HTML.match(lower) or (b"mime-version:" in lower and b"multipart/related" in lower):
        return "html"
    return "text"


def _main_part(parts: zipfile.ZipFile) -> list[str]:
    """Kinds by declared content type, for files whose main part has another name."""
    try:
        types = parts.read("[Content_Types].xml")[:200_000]
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError):
        return []
    if b"wordprocessingml.document.main" in types or b"ms-word.document.macroEnabled.main" in types:
        return ["docx"]
    return (
        ["xlsx"]
        if b"spreadsheetml.sheet.main" in types or b"ms-excel.sheet.macroEnabled.main" in types
        else []
    )
