"""Office files from the outside: a zip archive of XML parts, opened with limits and read as a stream."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

__all__ = [
    "MAX_UNPACKED",
    "archive",
    "attribute",
    "brief",
    "child",
    "chunks",
    "damage",
    "elements",
    "name_of",
    "ole2_sentence",
    "part",
]

MAX_UNPACKED = 1_000_000_000  # bytes; a file that unpacks to more is taken for an attack
MAX_XML = 300_000_000  # bytes of its XML parts
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(path: Path) -> zipfile.ZipFile:
    """Open a Word or Excel file as the zip archive that it is.

    Raises
    ------
    ValueError
        Where it is truncated, encrypted, an old binary file, or unpacks to more than `MAX_UNPACKED` bytes.
    """
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise ValueError(f"{path.name} is empty: get the file again")
    if head == OLE2:
        raise ValueError(ole2_sentence(path))
    try:
        parts = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        if head.startswith(b"PK"):
            raise ValueError(f"{path.name} is truncated or damaged: get the file again") from None
        raise ValueError(f"{path.name} is no Word or Excel file: save it as .docx or .xlsx first") from None
    members = parts.infolist()
    whole = sum(member.file_size for member in members)
    xml = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    if whole > MAX_UNPACKED or xml > MAX_XML:
        parts.close()
        raise ValueError(
            f"{path.name} would unpack to {whole // 1_000_000:,} MB and is not opened: "
            "remove its pictures or split it"
        )
    if any(member.flag_bits & 1 for member in members):
        parts.close()
        raise ValueError(f"{path.name} is encrypted: open it with its password and save it without one")
    return parts


def damage(parts: zipfile.ZipFile) -> list[str]:
    """What of an archive's XML is not as it was written: a part that a reader does not find goes missing in silence."""
    wrong = []
    for member in parts.infolist():
        try:
            with parts.open(member) as stream:
                while member.filename.endswith((".xml", ".rels")) and stream.read(1 << 20):
                    pass
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            wrong.append(f"its part {member.filename[:60]} has wrong bytes")
    claimed = _claimed(parts)
    if claimed is not None and claimed != len(parts.infolist()):
        wrong.append(f"{len(parts.infolist())} of its {claimed} parts are found")
    return wrong


def _claimed(parts: zipfile.ZipFile) -> int | None:
    """How many parts the archive says it has."""
    file = parts.fp
    file.seek(0, 2)
    file.seek(max(file.tell() - 66_000, 0))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    count = int.from_bytes(tail[at + 10 : at + 12], "little") if at >= 0 else 0xFFFF
    return None if count == 0xFFFF else count


def chunks(parts: zipfile.ZipFile, name: str, path: Path) -> Iterator[bytes]:
    """The bytes of one part of an archive, a megabyte at a time."""
    try:
        with parts.open(name) as stream:
            while data := stream.read(1 << 20):
                yield data
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise ValueError(
            f"{path.name} is damaged in {name} ({brief(error, path)}): get the file again"
        ) from None


def part(
    parts: zipfile.ZipFile,
    name: str,
    path: Path,
    *,
    tags: Sequence[str] = (),
    events: tuple[str, ...] = ("start", "end"),
) -> Iterator[tuple[str, etree._Element]]:
    """Stream the XML elements of one part of an archive, as ``(event, element)`` pairs at start and end; ``tags``: of these names.

    Entities are never resolved and the depth is limited; the caller clears what it has read.

    Raises
    ------
    ValueError
        Where the part is damaged or declares a document type, which Office files never do.
    """
    try:
        with parts.open(name) as stream:
            walk = etree.iterparse(
                stream,
                events=events,
                tag=[f"{{*}}{tag}" for tag in tags] or None,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            first = True
            for event, element in walk:
                if first and element.getroottree().docinfo.doctype:
                    raise ValueError(
                        f"{path.name} declares entities in {name}, as no Office file does: not read"
                    )
                first = False
                yield event, element
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise ValueError(
            f"{path.name} is damaged in {name} ({brief(error, path)}): get the file again"
        ) from None


def elements(parts: zipfile.ZipFile, name: str, path: Path, *tags: str) -> Iterator[etree._Element]:
    """The elements of some names, whole, of one small part of an archive; see `part`."""
    for _, element in part(parts, name, path, tags=tags, events=("end",)):
        yield element


def brief(error: Exception, path: Path) -> str:
    """What a library says of a file, in one line without the place where the file lies.

    Examples
    --------
    >>> brief(ValueError("cannot read /scratch/a.xlsx\\nThis is most probably"), Path("/scratch/a.xlsx"))
    'cannot read a.xlsx'
    """
    said = str(error).replace(str(path), path.name).split("\n")[0].strip()
    return said if len(said) <= 120 else said[:120] + " …"


def name_of(element: etree._Element) -> str:
    """An element's name without its namespace, of which Office writes two."""
    return element.tag.rpartition("}")[2]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    if element is not None:
        for inner in element:
            if name_of(inner) == name:
                return inner
    return None


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its name without namespace; None where it or the element is missing."""
    if element is not None:
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return value
    return None


def ole2_sentence(path: Path) -> str:
    """The sentence for an OLE2 file that is no workbook: an encrypted new one, a damaged one, or an old binary one."""
    with path.open("rb") as file:
        data = file.read(2_000_000)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"{path.name} is encrypted: open it with its password and save it without one"
    streams = {name: name.encode("utf-16-le") in data for name in ("WordDocument", "Workbook")}
    if streams["Workbook"] and not streams["WordDocument"]:
        return f"{path.name} is a damaged old Excel file (.xls): open it in a spreadsheet program and save it as .xlsx"
    return f"{path.name} is an old Word file (.doc): open it in a word processor and save it as .docx"
