"""Script and spacing: one tidy form for every text, and the way back to the printed character.

Official documents come in traditional or simplified characters, with full-width digits, and with the spaces and
line breaks that recognition and word processors leave inside Chinese words. Everything downstream reads the tidy
form; provenance always speaks of the printed one, so each tidy character remembers where it was printed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

__all__ = ["RADICALS", "Text", "clean", "fold", "simplified", "tidy", "without_names"]


class Twins:
    """Characters and what stands for each, one for one. Few are in a text: looking for them all at once and replacing
    those is faster than ``str.translate`` (7 times, measured). None is ASCII."""

    __slots__ = ("_any", "_twins")

    def __init__(self, twins: Mapping[str, str]):
        self._twins = twins
        self._any = re.compile(f"[{''.join(map(re.escape, twins))}]")

    def put_into(self, text: str) -> str:
        """The text with the twins in place of the characters."""
        if text.isascii():
            return text
        for char in set(self._any.findall(text)):
            text = text.replace(char, self._twins[char])
        return text


# Radicals, which are signs of dictionaries: a PDF that a browser prints, and what is pasted from one, has them in place of
# the characters that look the same (⼈ for 人, ⽼⺠ for 老民). Those of Kangxi's dictionary in their order, and others.
RADICALS = dict(
    zip(
        map(chr, range(0x2F00, 0x2FD6)),
        "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生"
        "用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾见角言谷豆豕豸贝赤走足身车辛辰辵邑酉釆里金长门阜隶隹雨青非面革韦韭音页风飞食首香马骨高髟斗鬯鬲鬼鱼鸟卤鹿麦麻"
        "黄黍黑黹黾鼎鼓鼠鼻齐齿龙龟龠",
        strict=True,
    )
)
RADICALS |= dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺶⺷⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭"
        "⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄㣺扌攵旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹纟纟罓罒㓁羊羊耂肀聿肉臼艹艹艹虎衤覀西见角讠贝足车辶辶辶阝钅长镸长门阝雨青韦页风飞食饣饣首马骨鬼鱼鸟卤麦黄黾斉齐歯"
        "齿竜龙龟亀龟",
        strict=True,
    )
)
# Full-width letters and digits, and signs with an ASCII twin that carries the same meaning in a number.
_ASCII = Twins(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0x21 + i).isalnum()} | {"．": "."} | RADICALS
)
# Forms that machine conversion to traditional characters leaves behind and OpenCC does not undo.
_STRAY = Twins({"谘": "咨", "麽": "么"})
# Signs with the same meaning, one character for one character: for matching, never for printing.
_FOLD = Twins(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | {"〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]", "﹥": ">", "﹤": "<"}
    | {"“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "＂": '"', "‘": "'", "’": "'"}
    | {
        "—": "-",
        "–": "-",
        "－": "-",
        "〜": "~",
        "～": "~",
        "：": ":",
        "∶": ":",
        "﹕": ":",
        "﹪": "%",
        "　": " ",
        "\xa0": " ",
    }
)
# Marks that show nothing and move nothing. Those that turn the direction stay: behind them print and file differ.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060-\u2064\xad\u200e\u202a\u202c\u2066\u2069\ufe00-\ufe0f"
_OTHER_DIGITS = re.compile(r"[^\D0-9]")  # of other scripts, and of mathematics
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’〔〕—–…"
_BLANK = rf"\s{_INVISIBLE}"
# What is dropped; the group is there where it stands between two characters of which none is Chinese: a space.
_GAP = re.compile(rf"[{_BLANK}](?:((?<=[^{_CHINESE}][{_BLANK}])[{_BLANK}]*+(?=[^{_CHINESE}]))|[{_BLANK}]*)")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Offsets(Sequence):
    """Printed offsets of consecutive characters, kept as runs: where each begins, and how much further on it is printed.

    A tidy text loses a few spaces only, so a document has some thousand runs where it has millions of characters.
    """

    __slots__ = ("_length", "_offset", "_shifts", "_starts")

    def __init__(self, starts: list[int], shifts: list[int], offset: int, length: int):
        self._starts, self._shifts, self._offset, self._length = starts, shifts, offset, length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self._part(*i.indices(self._length))
        if i < 0:
            i += self._length
        if not 0 <= i < self._length:
            raise IndexError(f"offset {i} is outside a text of {self._length - 1} characters")
        return i + self._offset + self._shifts[bisect_right(self._starts, i) - 1]

    def _part(self, start: int, stop: int, step: int) -> Sequence[int]:
        if step != 1:
            return [self[k] for k in range(start, stop, step)]
        first, last = bisect_right(self._starts, start) - 1, bisect_left(self._starts, stop)
        starts = [0, *(begin - start for begin in self._starts[first + 1 : last])]
        return Offsets(starts, self._shifts[first:last], self._offset + start, max(0, stop - start))


@dataclass(frozen=True, slots=True)
class Text:
    """A tidy text whose every character knows where it was printed, folded once for all who match in it.

    Attributes
    ----------
    norm : str
        The tidy form (simplified, NFC, ASCII digits and letters, no spaces that touch Chinese).
    at : sequence of int
        Printed offset of each character of ``norm``, and one more entry: the end of the printed text.
    folded : str
        ``norm`` with its signs in ASCII, one character for one character: for matching (see `fold`).

    Examples
    --------
    >>> t = clean("新增托位 ７500 個")
    >>> t.norm
    '新增托位7500个'
    >>> t.span(4, 8)
    (5, 9)
    """

    norm: str
    at: Sequence[int]
    folded: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Printed offsets of ``norm[start:end]``."""
        if end <= start:
            return self.at[start], self.at[start]
        return self.at[start], self.at[end - 1] + 1

    def slice(self, start: int, end: int) -> Text:
        """The part ``norm[start:end]``, still pointing at the printed text."""
        return Text(self.norm[start:end], self.at[start : end + 1], self.folded[start:end])


def clean(text: str, offset: int = 0) -> Text:
    """Tidy a printed text and keep the way back.

    Parameters
    ----------
    text : str
        The printed text.
    offset : int
        Where ``text`` starts in its document; printed offsets count from there.

    Returns
    -------
    Text
    """
    norm, folded, starts, shifts = (_kept if len(text) <= _KEPT else _tidied)(text)
    length = len(norm) + 1
    at: Sequence[int] = (
        Offsets(starts, shifts, offset, length) if any(shifts) else range(offset, offset + length)
    )
    return Text(norm, at, folded)


def _tidied(text: str) -> tuple[str, str, list[int], list[int]]:
    """The tidy and the folded form of a text, and its runs: where each begins, and how much further on it is printed."""
    composed, origin = (text, None) if unicodedata.is_normalized("NFC", text) else _compose(text)
    norm = _in_one_script(composed)
    parts: list[str] = []
    starts, shifts = [0], [0]
    last = shift = 0
    for gap in _GAP.finditer(norm):
        begin, end = gap.span()
        parts.append(norm[last:begin])
        if gap.lastindex and any(map(str.isspace, gap[0])):
            parts.append(" ")
            begin += 1
        if begin < end:
            shift += end - begin
            starts.append(end - shift)
            shifts.append(shift)
        last = end
    if last:
        norm = "".join((*parts, norm[last:]))
    if origin is not None:
        at = Offsets(starts, shifts, 0, len(norm) + 1)
        starts = list(range(len(norm) + 1))
        printed = [*origin, len(text)]
        shifts = [printed[at[i]] - i for i in starts]
    return norm, fold(norm), starts, shifts


@lru_cache(maxsize=4096)
def _kept(text: str) -> tuple[str, str, list[int], list[int]]:
    """The tidy form of a short text, kept: many cells say the same, and a cell is read as words and for its figures."""
    return _tidied(text)


def _in_one_script(text: str) -> str:
    """A composed text in simplified characters, with ASCII digits and letters: character for character."""
    norm = _ASCII.put_into(simplified(text))
    if not norm.isascii() and _OTHER_DIGITS.search(norm):
        norm = _OTHER_DIGITS.sub(lambda m: str(unicodedata.decimal(m[0])), norm)
    return norm


def tidy(text: str) -> str:
    """The tidy form of a text, without the way back.

    Examples
    --------
    >>> tidy("市政 府  ５ 家")
    '市政府5家'
    """
    return (_kept if len(text) <= _KEPT else _tidied)(text)[0]


def fold(text: str) -> str:
    """The same text with full-width punctuation as ASCII, one character for one character.

    For matching only: what is stored keeps its printed punctuation.

    Examples
    --------
    >>> fold("（一）50％：")
    '(一)50%:'
    """
    return _FOLD.put_into(text)


_NAMED = re.compile(r'"[^",;。:]{1,20}"|《[^《》,;。:]{1,30}》|“[^“”,;。:]{1,20}”')


def without_names(folded: str) -> str:
    """Folded text, with what stands in quotation marks as so many circles: no word of a name says what a figure is.

    Examples
    --------
    >>> without_names('举办"武原有戏"演出')
    '举办"○○○○"演出'
    """
    if '"' not in folded and "《" not in folded and "“" not in folded:
        return folded
    return _NAMED.sub(lambda m: m[0][0] + "○" * (len(m[0]) - 2) + m[0][-1], folded)


_KEPT = 300  # characters of a text whose tidy form is kept: a cell or a sentence


def _compose(text: str) -> tuple[str, list[int]]:
    """NFC, and where each composed character is printed: where its base is."""
    out: list[str] = []
    at: list[int] = []
    for i, char in enumerate(text):
        if out and unicodedata.combining(char):
            joined = unicodedata.normalize("NFC", out[-1] + char)
            out[-1] = joined if len(joined) == 1 else out[-1]
            continue
        single = unicodedata.normalize("NFC", char)
        out.append(single if len(single) == 1 else char)
        at.append(i)
    return "".join(out), at


@cache
def _converter():
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional to simplified, one character for one character (so that offsets hold)."""
    if text.isascii():
        return text
    convert = _converter().convert
    try:
        done = convert(text)
    except UnicodeEncodeError:  # half a surrogate pair is no character
        text = _SURROGATE.sub("\ufffd", text)
        done = convert(text)
    if len(done) != len(text):  # a phrase rule changed the length: each character by itself
        twins = {char: twin for char in set(text) if char > "\u2e7f" and len(twin := convert(char)) == 1}
        done = text.translate(str.maketrans(twins))
    if done != text and done == text.replace(
        "乾", "干"
    ):  # nothing else is traditional: a name (乾县, 乾安县)
        return text
    return _STRAY.put_into(done)
