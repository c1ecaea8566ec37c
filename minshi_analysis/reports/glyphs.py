"""A WOFF2 font with just the characters of a text, cut from Noto Sans CJK SC.

fontTools' subsetter takes most of a second per page, because it runs every outline of a font of 65,000 glyphs
and packs them as tightly as can be. Here an outline is taken from the big font once, freed of the routines it
shares with others, and a page's small font is put together from those.
"""

from __future__ import annotations

import base64
import io
import mmap
import struct
from collections.abc import Iterable
from typing import Any

from minshi_analysis.fonts import FAMILY, font_file

__all__ = ["Glyphs"]

BROTLI_QUALITY = 9  # a twelfth larger than the best, and twenty times faster
UNIX_EPOCH = 2082844800  # in the font format, which counts from 1904


class Glyphs:
    """The glyphs taken so far; made once, used for many pages.

    Examples
    --------
    >>> Glyphs().data_url("民生")[:29]
    'data:font/woff2;base64,d09GMk'
    """

    def __init__(self) -> None:
        from fontTools.ttLib import TTCollection

        # Mapped: glyphs are read when they are asked for, and no file stays open.
        with font_file().open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        fonts = TTCollection(mapped, lazy=True).fonts
        self._font = next(font for font in fonts if font["name"].getDebugName(1) == FAMILY)
        self._names = self._font.getBestCmap()
        self._glyphs = self._font.getGlyphSet()
        self._taken: dict[str, tuple[int, bytes]] = {}

    def data_url(self, characters: Iterable[str]) -> str:
        """The font as a `data:` address."""
        return "data:font/woff2;base64," + base64.b64encode(self.woff2(characters)).decode()

    def woff2(self, characters: Iterable[str]) -> bytes:
        """The bytes of a WOFF2 font with these characters, as far as the big font has them."""
        return _woff2(self.opentype(characters))

    def opentype(self, characters: Iterable[str]) -> bytes:
        """The bytes of an OpenType font with these characters; the same characters give the same bytes."""
        from fontTools.fontBuilder import FontBuilder

        points = sorted({ord(character) for character in characters} & self._names.keys())
        names = {point: self._names[point] for point in points}
        taken = {name: self._take(name) for name in (".notdef", *names.values())}
        builder = FontBuilder(unitsPerEm=1000, isTTF=False)
        builder.setupGlyphOrder(list(taken))
        builder.setupCharacterMap(names)
        builder.setupCFF("Report", {}, {name: _outline(code) for name, (_, code) in taken.items()}, {})
        builder.setupHorizontalMetrics({name: (width, 0) for name, (width, _) in taken.items()})
        builder.setupHorizontalHeader(ascent=1160, descent=-288)
        builder.setupNameTable({"familyName": "Report", "styleName": "Regular"})
        builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=1160, usWinDescent=288)
        builder.setupPost(keepGlyphNames=False)
        head = builder.font["head"]
        head.created = head.modified = UNIX_EPOCH
        head.flags |= 1 << 11  # WOFF2 asks for this mark of a font that was packed
        builder.font.recalcBBoxes = builder.font.recalcTimestamp = False
        out = io.BytesIO()
        builder.save(out)
        return out.getvalue()

    def _take(self, name: str) -> tuple[int, bytes]:
        """A glyph's width, and its outline without hints and shared routines."""
        if name not in self._taken:
            from fontTools.pens.t2CharStringPen import T2CharStringPen

            glyph = self._glyphs[name]
            pen = T2CharStringPen(glyph.width, None)
            glyph.draw(pen)
            outline = pen.getCharString()
            outline.compile()
            self._taken[name] = (round(glyph.width), outline.bytecode)
        return self._taken[name]


def _outline(code: bytes) -> Any:
    from fontTools.misc.psCharStrings import T2CharString

    return T2CharString(bytecode=code)


def _woff2(opentype: bytes) -> bytes:
    """Pack an OpenType font without `glyf` outlines as WOFF2 (W3C Recommendation, section 4)."""
    import brotli
    from fontTools.ttLib.woff2 import packBase128, woff2KnownTags

    count = struct.unpack(">H", opentype[4:6])[0]
    directory, data = b"", b""
    for number in range(count):
        tag, _, offset, length = struct.unpack_from(">4s3L", opentype, 12 + 16 * number)
        directory += bytes([woff2KnownTags.index(tag.decode())]) + packBase128(length)
        data += opentype[offset : offset + length]
    packed = brotli.compress(data, mode=brotli.MODE_FONT, quality=BROTLI_QUALITY)
    length = 48 + len(directory) + len(packed)
    padding = b"\0" * (-length % 4)
    header = struct.pack(
        ">4s4sLHHLLHH5L", b"wOF2", b"OTTO", length + len(padding), count, 0, len(opentype), len(packed), 1, 0,
        0, 0, 0, 0, 0,
    )  # fmt: skip
    return header + directory + packed + padding
