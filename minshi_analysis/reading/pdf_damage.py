"""Signs that a PDF is damaged, which its library mends or passes over without a word.

Compressed parts carry a sum of their bytes; the list of objects says where each stands; the page tree says how many
pages there are. What has no sum (an uncompressed page) cannot be checked beyond the words of its language.
"""

from __future__ import annotations

import base64
import re
import zlib

__all__ = ["damage", "hides_layers"]

MAX_UNPACKED = 500_000_000  # bytes of compressed parts that are checked, all together
_STREAM = re.compile(rb"<<(?P<head>[^\0]{0,4000}?)>>\s*stream\r?\n", re.S)
_COUNT = re.compile(
    rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d{1,9})|/Count\s+(\d{1,9})[^>]*?/Type\s*/Pages\b", re.S
)
_OFF = re.compile(rb"/OFF\s*\[\s*\d|/(?:BaseState|ViewState)\s*/OFF")
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", re.S)
_WORD = re.compile(rb"(?<![/\w.#+-])[A-Za-z'\"][A-Za-z0-9*'\"]*")
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re "
    b"RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" true false null".split()
)


def damage(data: bytes, pages: int) -> list[str]:
    """What is wrong with the bytes of a PDF whose library finds some number of pages; empty where nothing is.

    Examples
    --------
    >>> damage(b"%PDF-1.4 /Type /Pages /Count 3 startxref 2 %%EOF", 2)
    ['it says that it has 3 pages, 2 are found', 'its list of objects is not where it says']
    """
    found = []
    counts = [int(a or b) for a, b in _COUNT.findall(data)]
    if counts and max(counts) != pages:
        found.append(f"it says that it has {max(counts):,} pages, {pages:,} are found")
    if not _listed(data):
        found.append("its list of objects is not where it says")
    if b"/Encrypt" not in data:  # what is encrypted without a password has its sums inside
        broken = _broken_streams(data)
        if broken:
            found.append(f"{broken:,} of its parts have wrong bytes")
    return found


def hides_layers(data: bytes) -> bool:
    """Whether a PDF has layers that are switched off: its library reads them as if they were shown.

    Examples
    --------
    >>> hides_layers(b"/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>"), hides_layers(b"/OCProperties<</D<</OFF[]>>>>")
    (True, False)
    """
    if b"/OCProperties" in data and _OFF.search(data):
        return True
    for match in _STREAM.finditer(data):
        if b"/ObjStm" in match["head"].rpartition(b"obj")[2]:
            end = data.find(b"endstream", match.end())
            try:
                inside = zlib.decompressobj().decompress(data[match.end() : end], 1 << 24)
            except zlib.error:
                continue
            if b"/OCProperties" in inside and _OFF.search(inside):
                return True
    return False


def _listed(data: bytes) -> bool:
    """Whether the list of objects stands where the file's end says, and each object where the list says."""
    at = data.rfind(b"startxref")
    said = re.match(rb"startxref\s+(\d{1,12})", data[at : at + 40]) if at >= 0 else None
    start = data.find(b"%PDF-")
    if not said:
        return False
    place = int(said[1]) + max(start, 0)
    if re.match(rb"\s*\d+\s+\d+\s+obj", data[place : place + 40]):
        return True  # a list that is an object, which has a sum of its own
    if not re.match(rb"\s*xref", data[place : place + 10]):
        return False
    for section in re.finditer(
        rb"(?:^|\n|\r)(\d+) (\d+)[ \r\n]+((?:\d{10} \d{5} [fn][ \r\n]{1,2})+)", data[place:]
    ):
        for number, entry in enumerate(re.findall(rb"(\d{10}) (\d{5}) ([fn])", section[3]), int(section[1])):
            here = int(entry[0]) + max(start, 0)
            if entry[2] == b"n" and not re.match(rb"\s*%d\s+\d+\s+obj" % number, data[here : here + 30]):
                return False
    return True


def _broken_streams(data: bytes) -> int:
    broken, unpacked, end = 0, 0, 0
    for match in _STREAM.finditer(data):
        if match.start() < end:
            continue
        end = data.find(b"endstream", match.end())
        if end < 0:
            return broken + 1
        head = match["head"].rpartition(b"obj")[2]
        body = data[match.end() : end]
        if b"/FlateDecode" in head or b"/Fl " in head:
            size = _unpacked(body, b"/ASCII85Decode" in head)
            broken += size < 0
            unpacked += max(size, 0)
            if unpacked > MAX_UNPACKED:
                break
        elif b"/Filter" not in head and re.search(rb"\bBT\b", body) and b"/Length1" not in head:
            words = set(_WORD.findall(_STRING.sub(b" ", body)))
            broken += not words <= _OPERATORS
    return broken


def _unpacked(body: bytes, in_letters: bool) -> int:
    """How many bytes a compressed part has, -1 where it is not what was compressed."""
    inflating, size = zlib.decompressobj(), 0
    try:
        left = base64.a85decode(body.strip().removesuffix(b"~>")) if in_letters else body
        while left and not inflating.eof and size < MAX_UNPACKED:
            size += len(inflating.decompress(left, 1 << 22))
            left = inflating.unconsumed_tail
    except (zlib.error, ValueError):
        return -1
    return size if inflating.eof or size >= MAX_UNPACKED else -1
